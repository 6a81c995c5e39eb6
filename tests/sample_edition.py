"""The sample as its readers get it: collected, mended by the officer and composed, once for all tests."""

import tempfile
from functools import cache
from pathlib import Path

from drop_folder import no_progress

from bulletin.model.edition import Edition
from bulletin.pipeline.check import check
from bulletin.pipeline.collect import collect
from bulletin.pipeline.demo import CLOSED, DUE, ISSUE, LATE, MEETING, NEXT_MEETING, play_officer
from bulletin.pipeline.job import Job
from bulletin.pipeline.new import make_workspace, new_issue
from bulletin.workspace import Workspace


@cache
def sample() -> Edition:
    """Give the larger of the sample's editions."""
    with tempfile.TemporaryDirectory(prefix="bulletin-test-") as name:
        root = Path(name) / "work"
        make_workspace(root, sample=True, without=LATE)
        workspace = Workspace(root)
        settings = workspace.settings()
        new_issue(workspace, settings, ISSUE, MEETING, NEXT_MEETING, MEETING)
        job = Job(workspace, settings, ISSUE, CLOSED)
        collect(job, no_progress)
        list(play_officer(job))
        judged = check(job._replace(now=DUE), DUE.date())
        assert judged.stopping == ()
        return max(judged.editions, key=lambda one: len(one.html))

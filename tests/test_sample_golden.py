"""The sample's raw contributions give the items and findings they are known to give, however often."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import Golden
from drop_folder import no_progress

from bulletin.check import check_issue
from bulletin.model.contribution import CollectedFile
from bulletin.pipeline.collect import collect
from bulletin.pipeline.demo import CLOSED, DUE, ISSUE, LATE, MEETING, NEXT_MEETING, play_officer
from bulletin.pipeline.job import Job
from bulletin.pipeline.merge import merge
from bulletin.pipeline.new import drop_sample, make_workspace, new_issue
from bulletin.report.files import file_line
from bulletin.report.findings import finding_lines
from bulletin.workspace import Workspace

LATER = CLOSED.replace(day=23, hour=9)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, tuple[CollectedFile, ...]]:
    """Collect the sample after closing, then once more with the late file."""
    root = tmp_path_factory.mktemp("sample") / "work"
    make_workspace(root, sample=True, without=LATE)
    workspace = Workspace(root)
    settings = workspace.settings()
    new_issue(workspace, settings, ISSUE, MEETING, NEXT_MEETING, MEETING)
    job = Job(workspace, settings, ISSUE, CLOSED)
    collect(job, no_progress)
    drop_sample(root, LATE)
    return job, collect(job._replace(now=LATER), no_progress)


def kept(job: Job) -> dict[str, object]:
    """Everything in the items' folder, and collected.json but for the times."""
    folder = job.workspace.issue_folder(job.issue)
    record = json.loads((folder / "collected.json").read_bytes())
    del record["collects"]
    return {"": record, **{path.name: path.read_bytes() for path in sorted((folder / "items").iterdir())}}


def heads(folder: Path) -> Iterator[str]:
    """Give the labels of every item."""
    for path in sorted(folder.glob("*.md")):
        yield f"{path.name}\n" + path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n") + "\n"


def test_every_file_and_every_finding_is_as_it_was(
    collected: tuple[Job, tuple[CollectedFile, ...]], golden: Golden
) -> None:
    job, rows = collected
    findings = check_issue(job.load(), job.settings, date(2026, 11, 26))
    lines = [*map(file_line, rows), "", *(line for one in findings for line in finding_lines(one))]

    golden.check("sample-collected.txt", "\n".join([*lines, ""]).encode())


def test_every_items_labels_are_as_they_were(
    collected: tuple[Job, tuple[CollectedFile, ...]], golden: Golden
) -> None:
    job, _ = collected
    folder = job.workspace.issue_folder(job.issue) / "items"

    golden.check("sample-labels.txt", "\n".join(heads(folder)).encode())


def test_every_file_has_one_row_with_an_outcome_and_a_reason(
    collected: tuple[Job, tuple[CollectedFile, ...]],
) -> None:
    job, rows = collected
    there = [path for path in job.workspace.drop_folder.rglob("*") if path.is_file()]

    assert len(rows) == len({row.path for row in rows}) == len(there)
    assert all(row.why for row in rows if row.outcome != "read")


def test_collecting_again_changes_nothing_byte_for_byte(
    collected: tuple[Job, tuple[CollectedFile, ...]],
) -> None:
    job, rows = collected
    before = kept(job)

    assert collect(job._replace(now=LATER), no_progress) == rows
    assert kept(job) == before


def test_collecting_after_the_officers_edits_keeps_them(
    collected: tuple[Job, tuple[CollectedFile, ...]],
) -> None:
    job = collected[0]._replace(now=DUE)
    list(play_officer(job))
    merge(job, "harrowell-christmas-market", "christmas-gathering-for-all-three-partnerships")
    before = kept(job)
    collect(job, no_progress)
    after = kept(job)

    assert {name: after[name] for name in before if name} == {name: before[name] for name in before if name}
    assert before.keys() == after.keys()
    assert job.load().changes == ()

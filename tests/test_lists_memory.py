"""What a send needs to know of people takes as much memory for many as for few."""

import gc
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from officer import ISSUE, Officer, writing_to

from bulletin.pipeline.job import Job
from bulletin.pipeline.plan import Plan, plan
from bulletin.pipeline.send import Run, send
from bulletin.workspace import Workspace
from bulletin.workspace.rosters import Snapshot

FEW, MANY = 1_000, 8_000
LEAST_OF_A_TEXT = 50
"""Bytes that any text in memory takes."""
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def job_of(officer: Officer) -> Job:
    workspace = Workspace(officer.folder)
    return Job(workspace, workspace.settings(), ISSUE, NOON)


def plan_and_enrol(job: Job) -> Plan:
    """Plan a rehearsal, write everybody into the ledger, and stop before anybody is written to."""
    planned = plan(job, "", "")
    send(job, planned, Run(lambda: NOON, lambda _done, _total: None, lambda: True))
    return planned


def peak(job: Job, count: int) -> int:
    """Give the bytes that planning and enrolling take at most."""
    gc.collect()
    tracemalloc.start()
    try:
        assert plan_and_enrol(job).recipients == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_nobody_more_takes_as_much_as_their_address_would(tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    few, many = job_of(writing_to(FEW, tmp_path / "few")), job_of(writing_to(MANY, tmp_path))
    plan_and_enrol(few)  # so that neither has to import what is needed
    assert peak(many, MANY) - peak(few, FEW) < LEAST_OF_A_TEXT * (MANY - FEW)


@pytest.mark.parametrize("count", [0, 1, 90_000])
def test_a_list_is_read_as_it_was_when_reading_began(tmp_path: Path, count: int) -> None:
    path, data = tmp_path / "core.csv", b"a@x.example\n" * count
    path.write_bytes(data)
    snapshot = Snapshot(path)
    path.write_bytes(b"edited meanwhile")
    assert [b"".join(snapshot) for _ in range(2)] == [data, data]
    assert snapshot.lines == count

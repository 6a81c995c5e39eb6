"""What a send needs to know of people takes as much memory for many as for few."""

import gc
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from officer import ISSUE, writing_to

from bulletin.pipeline.job import Job
from bulletin.pipeline.plan import Plan, plan
from bulletin.pipeline.send import Run, send
from bulletin.workspace import Workspace
from bulletin.workspace.rosters import Snapshot

FEW, MANY = 1_000, 8_000
LEAST_OF_A_TEXT = 50
"""Bytes that any text in memory takes."""
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def job_of(folder: Path) -> Job:
    workspace = Workspace(folder)
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


def growth(few: Path, many: Path) -> int:
    """Give the bytes that many people take more than few; for the first time all imports are made."""
    plan_and_enrol(job_of(few))
    return peak(job_of(many), MANY) - peak(job_of(few), FEW)


def test_nobody_more_takes_as_much_as_their_address_would(tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    folders = writing_to(FEW, tmp_path / "few").folder, writing_to(MANY, tmp_path).folder
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:  # nothing else takes memory meanwhile
        assert alone.submit(growth, *folders).result() < LEAST_OF_A_TEXT * (MANY - FEW)


@pytest.mark.parametrize("count", [0, 1, 90_000])
def test_a_list_is_read_as_it_was_when_reading_began(tmp_path: Path, count: int) -> None:
    path, data = tmp_path / "core.csv", b"a@x.example\n" * count
    path.write_bytes(data)
    snapshot = Snapshot(path)
    path.write_bytes(b"edited meanwhile")
    assert [b"".join(snapshot) for _ in range(2)] == [data, data]
    assert snapshot.lines == count

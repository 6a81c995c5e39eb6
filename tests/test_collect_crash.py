"""Collecting that is killed, crowded or out of room: run it again, and everything is there once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from drop_folder import EARLY, DropFolder, labelled, no_progress

from bulletin.errors import BulletinError
from bulletin.workspace import files

TESTS = Path(__file__).parent
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
COLLECT = """
import sys
from pathlib import Path
from drop_folder import EARLY, DropFolder
from bulletin.errors import BulletinError
folder = DropFolder.__new__(DropFolder)
from bulletin.workspace import Workspace
folder.root = Path(sys.argv[1]); folder.workspace = Workspace(folder.root)
folder.settings = folder.workspace.settings()
print("ready", flush=True)
try:
    folder.collect(EARLY)
except BulletinError as fault:
    sys.exit(f"sentence: {fault.detail}")
"""


def collecting(folder: DropFolder, before: str = "") -> subprocess.Popen[str]:
    """Start a collect in a process of its own."""
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    return subprocess.Popen(
        [sys.executable, "-c", before + COLLECT, folder.root],
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def fill(folder: DropFolder, count: int) -> None:
    for number in range(count):
        folder.drop(f"{number}.txt", labelled(f"Item {number % 7}", text=f"Text {number}. " * 50))


@POSIX
@pytest.mark.slow
def test_a_collect_killed_at_any_moment_and_run_again_gives_every_item_once(tmp_path: Path) -> None:
    whole = DropFolder(tmp_path / "whole")
    fill(whole, 40)
    start = time.perf_counter()
    whole.collect()
    length = time.perf_counter() - start
    for kill in range(12):
        folder = DropFolder(tmp_path / f"killed-{kill}")
        fill(folder, 40)
        for _ in range(2):
            running = collecting(folder)
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(length * (kill + 0.5) / 12)
            running.send_signal(signal.SIGKILL)
            running.communicate()
        folder.collect()
        assert folder.files() == whole.files()


@pytest.mark.parametrize("writes", range(0, 9, 2))
def test_a_collect_that_stops_after_any_file_is_gone_on_with(
    folder: DropFolder, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    fill(folder, 4)
    left = writes

    def stopping(path: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        files.write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("bulletin.collect.run.write", stopping)
        patch.setattr("bulletin.collect.keeping.originals.write", stopping)
        patch.setattr("bulletin.workspace.write", stopping)
        with pytest.raises(KeyboardInterrupt):
            folder.collect()
    rows = folder.collect()

    assert [row.items for row in rows.values()] == [(f"item-{number}",) for number in range(4)]
    assert sorted(folder.items()) == [f"item-{number}" for number in range(4)]


def test_a_crash_between_a_replaced_item_and_its_record_leaves_no_false_edit(
    folder: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.drop("a.txt", labelled(text="one"))
    folder.collect()
    folder.drop("a.txt", labelled(text="two"))
    with monkeypatch.context() as patch:
        patch.setattr("bulletin.workspace.write_collected", None)
        with pytest.raises(TypeError):
            folder.collect()
    folder.collect()
    folder.drop("a.txt", labelled(text="three"))
    folder.collect()

    assert folder.items()["library-opens"].text == "three"
    assert folder.issue().changes == ()


@POSIX
def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_written(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled(text="Short."))
    folder.collect()
    before = folder.files()
    folder.drop("b.txt", labelled("Long", text="Long. " * 2000))
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
    running = collecting(folder, limit)
    _, said = running.communicate()

    assert running.returncode == 1
    assert said.startswith("sentence: ")
    assert "could not be written: File too large" in said
    assert folder.files() == before


def test_what_a_killed_write_left_behind_is_swept_up(folder: DropFolder) -> None:
    folder.path("x").parent.mkdir(parents=True, exist_ok=True)
    (folder.path("x").parent / ".x.md.123.new").write_bytes(b"half")
    folder.collect()

    assert list(folder.files()) == ["issue.toml"]


def test_two_collects_at_once_are_one_sentence(folder: DropFolder) -> None:
    from bulletin.pipeline.collect import collect
    from bulletin.pipeline.job import Job

    job = Job(folder.workspace, folder.settings, folder.issue_id, EARLY)
    with (
        folder.workspace.lock("building"),
        pytest.raises(
            BulletinError, match="another bulletin command is at work in this workspace, so collecting"
        ),
    ):
        collect(job, no_progress)
    assert collect(job, no_progress) == ()

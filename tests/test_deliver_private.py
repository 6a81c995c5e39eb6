"""What holds readers' addresses is its owner's alone, and what may not be written is said to be so."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from officer import at, through
from relays import Relay
from sending import enrol, open_ledger

from bulletin.deliver.relays.folder import EmlFolder
from bulletin.errors import BulletinError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bits")

_NOBODY = 65534


@pytest.fixture(autouse=True)
def _open_handed() -> Iterator[None]:
    """Let everybody read what is made, as many systems do."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def somebody() -> Iterator[Path]:
    """A folder of somebody who may not write everywhere, as root may."""
    folder = Path(tempfile.mkdtemp(prefix="bulletin-somebody-"))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    yield folder
    if is_root:
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]


def test_ledgers_and_copies_are_their_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    officer = at("approved", tmp_path / "OneDrive")
    with Relay() as relay:
        officer.send()
        officer.send(*through(relay))
    officer("test", "ann@parish.example")
    data = Path(os.environ["BULLETIN_DATA"])
    assert [name for name in open_to_others(data / "ledgers") if name.endswith(".db")] == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in data.glob("ledgers/**/")} == {0o700}
    assert open_to_others(officer.path("sandbox")) == []
    assert open_to_others(officer.path("tests")) == []


def test_a_ledgers_logs_are_too(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 3)
        assert (tmp_path / "ledger.db-wal").exists()
        assert [name for name in open_to_others(tmp_path) if not name.endswith("-spare")] == []


def test_what_an_earlier_version_left_open_is_closed_to_others(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    (tmp_path / "0001.eml").write_bytes(b"To: p1@council.example\r\n\r\n")
    (tmp_path / "ledger.db").chmod(0o644)
    open_ledger(tmp_path).close()
    EmlFolder(tmp_path)
    assert open_to_others(tmp_path) == []


def test_a_folder_that_may_not_be_written_to_has_room_enough(somebody: Path) -> None:
    somebody.chmod(0o555)
    with pytest.raises(BulletinError, match=r"nothing may be written in .*Permission denied") as said:
        open_ledger(somebody)
    assert "room" not in said.value.hint


def test_nor_is_a_ledger_that_may_only_be_read_a_full_disk(somebody: Path) -> None:
    open_ledger(somebody).close()
    (somebody / "ledger.db").chmod(0o444)
    with pytest.raises(BulletinError, match=r"you may not write to .*ledger\.db") as said:
        open_ledger(somebody)
    assert "room" not in said.value.hint


def test_nor_is_a_folder_shut_after_the_ledger_was_begun(somebody: Path) -> None:
    open_ledger(somebody).close()
    somebody.chmod(0o555)
    with pytest.raises(BulletinError, match=r"may not write|nothing may be written") as said:
        open_ledger(somebody)
    assert "room" not in said.value.hint

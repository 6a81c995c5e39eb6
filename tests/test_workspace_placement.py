"""A ledger lies on a disk of this computer, whatever the workspace is on."""

import json
from pathlib import Path

import pytest
from officer import PEOPLE, Officer, at, through
from relays import Relay

from bulletin.errors import BulletinError
from bulletin.workspace import placement
from bulletin.workspace.placement import kind_of, ledger_place, unfit, user_data

MOUNTS = (
    ("/", "ext4"), ("/home", "nfs4"), ("/home/jo/local", "xfs"), ("/mnt/share", "cifs"),
    ("/mnt/s", "fuse.sshfs"), ("/run", "tmpfs"), ("/data", "overlay"),
    ("/stick", "fuseblk"), ("/c", "fuse.fuse-overlayfs"),
)  # fmt: skip


@pytest.fixture
def one_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Officer:
    """An officer whose workspace is in OneDrive."""
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path / "data"))
    (tmp_path / "OneDrive - Avonbridge Council").mkdir()
    return at("approved", tmp_path / "OneDrive - Avonbridge Council")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/x", "ext4"), ("/home/jo", "nfs4"), ("/home/jo/local/x", "xfs"), ("/homestead", "ext4"),
        ("/mnt/share/a", "cifs"), ("/mnt/s", "fuse.sshfs"),
    ],
)  # fmt: skip
def test_the_innermost_mount_counts(path: str, kind: str) -> None:
    assert kind_of(Path(path), iter(MOUNTS)) == kind


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/srv", True), ("/run/x", True), ("/data/x", True), ("/stick", True), ("/c", True),
        ("/home/jo", False), ("/mnt/share", False), ("/mnt/s/x", False),
    ],
)  # fmt: skip
def test_networks_will_not_do_and_overlays_will(
    path: str, local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placement, "_mounts", lambda: iter(MOUNTS))
    monkeypatch.setattr(placement.sys, "platform", "linux")
    assert (unfit(Path(path)) == "") is local


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("OneDrive", "OneDrive"), ("OneDrive - Council", "OneDrive"), ("Dropbox", "Dropbox"),
        ("Google Drive", "Google Drive"), ("iCloud Drive", "iCloud Drive"),
        ("Mobile Documents", "iCloud Drive"),
        ("dropboxes", ""), ("my OneDrive notes", ""),
    ],
)  # fmt: skip
def test_synchronised_folders_are_known_by_name(tmp_path: Path, folder: str, words: str) -> None:
    (tmp_path / folder).mkdir()
    found = unfit(tmp_path / folder / "work")
    assert words in found
    assert bool(found) is bool(words)


def test_in_onedrive_the_ledger_lies_on_this_computer_and_the_plan_says_so_once(
    one_drive: Officer, tmp_path: Path
) -> None:
    with Relay(replies={("RCPT", PEOPLE[0]): ["450 later", "250 ok"]}) as relay:
        first, second = one_drive.send(*through(relay)), one_drive.send(*through(relay))
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)
    assert "The workspace is synchronised by OneDrive, so the ledger is kept in" in first.err
    assert "so the ledger is kept in" not in second.err
    assert not one_drive.path("ledger.db").exists()
    assert one_drive("report", json=True).data["accepted"] == 4
    assert list((tmp_path / "data" / "ledgers").rglob("ledger.db"))


def test_another_computer_does_not_begin_a_second_ledger(
    one_drive: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Relay() as relay:
        one_drive.send(*through(relay))
        pointer = one_drive.path("ledger.place")
        told = json.loads(pointer.read_text("utf-8")) | {
            "computer": "LAPTOP-7",
            "path": str(tmp_path / "far/ledger.db"),
        }
        pointer.write_text(json.dumps(told), "utf-8")
        monkeypatch.setenv("BULLETIN_DATA", str(tmp_path / "another"))
        said = one_drive.send(*through(relay))
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)
    assert (said.code, "is kept on the computer LAPTOP-7" in said.err) == (1, True)


def test_a_ledger_begun_before_the_folder_was_synchronised_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = at("approved", tmp_path)
    with Relay(replies={("RCPT", PEOPLE[0]): ["450 later", "250 ok"]}) as relay:
        officer.send(*through(relay))
        (tmp_path / "Dropbox").mkdir()
        officer.folder.rename(tmp_path / "Dropbox" / "work")
        again = Officer(tmp_path / "Dropbox" / "work").send(*through(relay))
        assert (again.code, relay.counts()) == (0, dict.fromkeys(PEOPLE, 1))
    assert not (tmp_path / "Dropbox/work/issues/2026-11/ledger.db").exists()


def test_where_no_disk_will_do_the_send_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path / "Dropbox" / "data"))
    with pytest.raises(
        BulletinError, match="neither in the workspace, which is synchronised by OneDrive, nor in"
    ):
        ledger_place(tmp_path / "OneDrive" / "work", "2026-11", "ledger.db")


@pytest.mark.parametrize(
    ("system", "variable", "ending"),
    [("linux", "XDG_DATA_HOME", "bulletin"), ("win32", "LOCALAPPDATA", "bulletin")],
)
def test_each_system_has_its_place_for_data(
    system: str, variable: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BULLETIN_DATA")
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(placement.sys, "platform", system)
    assert user_data() == tmp_path / ending

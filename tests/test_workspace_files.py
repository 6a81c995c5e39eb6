"""Single files: old or new, never half; one command at a time; a key nobody else reads."""

import stat
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.workspace import approval, files
from bulletin.workspace.files import (
    as_text,
    exclusive,
    plain_size,
    printable,
    read,
    read_text,
    regular_files,
    write,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def test_a_file_is_written_whole_with_its_folders_and_read_back(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", b"words")

    assert read(tmp_path / "a" / "b") == b"words"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    write(tmp_path / "a", b"words")
    before = (tmp_path / "a").stat()
    write(tmp_path / "a", b"words")

    assert (tmp_path / "a").stat() == before


def test_whoever_reads_meanwhile_sees_the_old_or_the_new(tmp_path: Path) -> None:
    path, seen = tmp_path / "a", set()
    versions = [bytes([letter]) * 200_000 for letter in b"ab"]
    write(path, versions[0])
    writer = threading.Thread(target=lambda: [write(path, versions[n % 2]) for n in range(1, 60)])
    writer.start()
    while writer.is_alive():
        seen.add(read(path))
    writer.join()

    assert seen <= set(versions)


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    write(tmp_path / "a", b"old")

    def failing(handle: int) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", failing)
        with pytest.raises((BulletinError, KeyboardInterrupt)):
            write(tmp_path / "a", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


@pytest.mark.parametrize("place", ["file/below", "folder", "x" * 300])
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, place: str) -> None:
    write(tmp_path / "file", b"words")
    (tmp_path / "folder").mkdir()

    with pytest.raises(BulletinError) as fault:
        write(tmp_path / place, b"words")
    assert "\n" not in fault.value.detail


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    write(tmp_path / "a", b"")

    assert (read(tmp_path / "b"), read(tmp_path / "a" / "b"), read_text(tmp_path / "b")) == (None, None, None)


def test_a_settings_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    write(tmp_path / "a", b"one\r\ntwo\r\ncaf\xe9")

    with pytest.raises(BulletinError, match="line 3: a character is not UTF-8"):
        read_text(tmp_path / "a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_item_is_read_however_an_editor_saved_it(encoding: str) -> None:
    assert as_text("Caf\u00e9\r\n\u2013\rx\n".encode(encoding)) == "Caf\u00e9\n\u2013\nx\n"


@given(st.binary())
def test_an_item_s_words_are_read_whatever_its_bytes(data: bytes) -> None:
    assert "\r" not in as_text(data)


@POSIX
def test_the_key_is_its_owner_s_alone_and_never_made_twice(tmp_path: Path) -> None:
    approval.make_key(tmp_path / "workspace.key")
    key = approval.read_key(tmp_path / "workspace.key")
    approval.make_key(tmp_path / "workspace.key")

    assert stat.S_IMODE((tmp_path / "workspace.key").stat().st_mode) == 0o600
    assert (len(key), approval.read_key(tmp_path / "workspace.key")) == (32, key)


@pytest.mark.parametrize("data", [b"", b"abc", b"00" * 31, b"\xff" * 64, None])
def test_a_key_that_is_damaged_or_gone_is_refused(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        write(tmp_path / "workspace.key", data)

    with pytest.raises(BulletinError, match="is missing" if data is None else "is damaged"):
        approval.read_key(tmp_path / "workspace.key")


def test_one_command_holds_the_lock_and_a_second_waits_in_words(tmp_path: Path) -> None:
    with (
        exclusive(tmp_path / "lock", "building"),
        pytest.raises(BulletinError, match="so collecting has to wait"),
        exclusive(tmp_path / "lock", "collecting"),
    ):
        pass
    with exclusive(tmp_path / "lock", "collecting"):
        pass


def test_a_lock_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(BulletinError, match="could not be opened"),
        exclusive(tmp_path / "gone" / "lock", "building"),
    ):
        pass


@POSIX
def test_files_come_in_a_fixed_order_and_links_are_not_followed(tmp_path: Path) -> None:
    for name in ("b/c", "b/a", "z", "a"):
        write(tmp_path / name, b"")
    (tmp_path / "b" / "round").symlink_to(tmp_path, target_is_directory=True)

    assert [name for name, _ in regular_files(tmp_path)] == ["a", "z", "b/a", "b/c", "b/round"]
    assert plain_size(tmp_path / "b" / "round") is None
    assert list(regular_files(tmp_path / "gone")) == []


def test_a_file_that_goes_away_meanwhile_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BulletinError, match="could not be looked at"):
        plain_size(tmp_path / "gone")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a/\u00e9 b.txt", "a/\u00e9 b.txt"),
        ("a\nb", "a\\x0ab"),
        ("a\udce9b", "a\\xe9b"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_a_path_is_shown_so_that_it_can_be_printed(path: str, shown: str) -> None:
    assert printable(path) == shown


@given(st.text())
def test_any_path_shown_fits_on_a_line_and_into_utf_8(path: str) -> None:
    assert printable(path).isprintable()
    assert printable(path).encode().decode() == printable(path)

"""Every file of the drop folder is accounted for once, whatever it is called and whatever is in it."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest
from drop_folder import EARLY, DropFolder, labelled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.collect.marking import is_sensitive
from bulletin.collect.taking.kinds import Kind
from bulletin.errors import BulletinError
from bulletin.model.contribution import FileOutcome
from bulletin.report.files import file_line, files_json
from bulletin.settings.reader import is_name

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names or files")


def test_every_file_has_one_row_in_a_fixed_order(folder: DropFolder) -> None:
    names = ["Z.txt", "a.md", "b/a.md", "b/c/x.docx", "b/Thumbs.db", "empty.txt", "kingsbrook/~$a.docx"]
    for name in reversed(names):
        folder.drop(name, "" if name == "empty.txt" else f"About {name}")

    assert list(folder.collect()) == ["Z.txt", "a.md", "empty.txt", "b/Thumbs.db", "b/a.md", "b/c/x.docx",
                                      "kingsbrook/~$a.docx"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "outcome", "why"),
    [
        ("a.txt", labelled().encode(), FileOutcome.READ, ""),
        ("a.TXT", labelled().encode(), FileOutcome.READ, ""),
        ("a.md", b"# News\n\nWords.", FileOutcome.NEEDS_YOU, "no section"),
        ("a.txt", labelled(section="Librray").encode(), FileOutcome.NEEDS_YOU, "Librray"),
        ("a.txt", labelled(when="Thursday 4 December 2026").encode(), FileOutcome.NEEDS_YOU, "Friday"),
        ("a.txt", b"", FileOutcome.READ, "empty"),
        ("a.txt", b" \r\n ", FileOutcome.READ, "empty"),
        ("a.html", b"<p> </p>", FileOutcome.READ, "empty"),
        ("a.txt", b"a\0b", FileOutcome.NOT_READ, "not text"),
        ("a.html", bytes(range(256)), FileOutcome.NOT_READ, "not text"),
        ("a.docx", b"PK", FileOutcome.NOT_READ, "damaged"),
        ("a.pdf", b"%PDF", FileOutcome.NOT_READ, "PDF"),
        ("a.xyz", b"?", FileOutcome.NOT_READ, ".xyz"),
        ("a", b"?", FileOutcome.NOT_READ, "no ending"),
        ("~$a.docx", b"x", FileOutcome.IGNORED, "Word"),
        (".~lock.a.odt#", b"x", FileOutcome.IGNORED, "office"),
        ("THUMBS.DB", b"x", FileOutcome.IGNORED, "thumbnails"),
        (".DS_Store", b"x", FileOutcome.IGNORED, "macOS"),
    ],
)
def test_what_becomes_of_a_file_and_why(
    folder: DropFolder, name: str, data: bytes, outcome: FileOutcome, why: str
) -> None:
    folder.drop(name, data)
    row = folder.collect()[name]

    assert (row.outcome, why in row.why) == (outcome, True), row
    assert bool(row.hint) == (outcome in (FileOutcome.NOT_READ, FileOutcome.NEEDS_YOU))


@POSIX
def test_links_pipes_and_sockets_are_told_of_and_never_followed(
    folder: DropFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(labelled("Secret"), "utf-8")
    drop = folder.root / "contributions"
    (drop / "link.txt").symlink_to(secret)
    (drop / "folder").symlink_to(tmp_path, target_is_directory=True)
    (drop / "gone.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(drop / "pipe.txt")
    monkeypatch.chdir(drop)  # the address of a socket holds 107 bytes, and a clone may lie deep
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door.txt")
    rows = folder.collect()

    assert {row.outcome for row in rows.values()} == {FileOutcome.NOT_READ}
    assert sorted(rows) == ["door.txt", "folder", "gone.txt", "link.txt", "pipe.txt"]
    assert folder.items() == {}


@POSIX
@pytest.mark.parametrize(
    "name",
    [b"caf\xe9.txt", b"a\nHold: x.txt", b"\x1b[31mred.txt", "a\u202etxt.md".encode(), b"a\\b.txt", b" .txt",
     b"-rf.txt", b"a:b*c?.txt", "\u00e9".encode() * 120 + b".txt", b"x" * 251 + b".txt"],
    ids=["no UTF-8", "line end", "escape", "turned round", "backslash", "blank", "option", "Windows",
    "accents", "long"],
)  # fmt: skip
def test_a_name_however_odd_gives_an_item_and_can_be_printed(folder: DropFolder, name: bytes) -> None:
    words = (
        b"Section: key-messages\n\nToo long a text to be a title, which is why the name of its file counts."
    )
    (folder.root / "contributions" / os.fsdecode(name)).write_bytes(words)
    (row,) = folder.collect().values()
    (item,) = folder.items().values()

    assert row.items == (item.id,)
    assert file_line(row).isprintable()
    assert json.dumps(files_json([row]), ensure_ascii=False).encode()
    assert item.hold == ""
    assert folder.collect()[row.path.removeprefix("contributions/")] == row


@POSIX
def test_two_names_that_differ_in_a_broken_byte_alone_are_two_files(folder: DropFolder) -> None:
    for byte in (b"\xe9", b"\xe8"):
        (folder.root / "contributions" / os.fsdecode(byte + b".txt")).write_bytes(b"Words " + byte)

    assert list(folder.collect()) == ["\\xe8.txt", "\\xe9.txt"]


@POSIX
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told_of_and_the_rest_goes_on(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled()).chmod(0)
    folder.drop("b/c.txt", labelled()).parent.chmod(0)
    folder.drop("z.txt", labelled())
    rows = folder.collect()
    (folder.root / "contributions" / "b").chmod(0o700)

    assert [row.outcome for row in rows.values()] == [
        FileOutcome.NOT_READ,
        FileOutcome.READ,
        FileOutcome.NOT_READ,
    ]


def test_a_file_of_more_than_20_megabytes_is_not_read_and_not_kept(folder: DropFolder) -> None:
    with folder.drop("a.txt", "x").open("r+b") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    row = folder.collect()["a.txt"]

    assert (row.outcome, "20 MB; at most 20" in row.why) == (FileOutcome.NOT_READ, True)
    assert list(folder.files()) == ["issue.toml"]


def test_without_a_drop_folder_there_is_one_sentence(folder: DropFolder) -> None:
    (folder.root / "contributions").rmdir()

    with pytest.raises(BulletinError, match="there is no folder"):
        folder.collect()


def test_a_reader_that_breaks_makes_one_file_not_read(
    folder: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Kind("a rogue", "rogue_readers:fail")
    monkeypatch.setattr("bulletin.collect.taking.kinds.ENDINGS", {".md": broken})
    folder.drop("a.md", "words")
    folder.drop("b.pdf", "words")

    assert [row.outcome for row in folder.collect().values()] == [FileOutcome.NOT_READ] * 2
    assert folder.collect()["a.md"].why.startswith("it is damaged, needs too much memory")


MARKED = "Dear partner,\n\nOFFICIAL-SENSITIVE\n\nA plan."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_a_file_marked_sensitive_leaves_no_item_and_no_copy(folder: DropFolder, encoding: str) -> None:
    folder.drop("a.txt", MARKED.encode(encoding))
    row = folder.collect()["a.txt"]

    assert (row.outcome, row.items) == (FileOutcome.NEEDS_YOU, ())
    assert "OFFICIAL-SENSITIVE" in row.why
    assert list(folder.files()) == ["issue.toml"]
    assert "A plan" not in (folder.root / "issues/2026-11/collected.json").read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "OFFICIAL SENSITIVE", "Official-Sensitive", "OFFICIAL \u2013 SENSITIVE", "OFFICIAL\u2011SENSITIVE",
        "OFFICIAL:SENSITIVE", "OFFICIAL\r\nSENSITIVE", "OFFICIAL&ndash;SENSITIVE", "OFFICIAL&#8211;SENSITIVE",
        "<b>OFFICIAL</b>-<i>SENSITIVE</i>", "OFFICIAL=2DSENSITIVE", "OFFICIAL-=\r\nSENSITIVE",
        "**OFFICIAL** - SENSITIVE",
        "OFFICIAL\xa0\u2014\xa0SENSITIVE",
    ],
)  # fmt: skip
def test_the_marking_is_seen_however_it_is_written(words: str) -> None:
    assert is_sensitive("a.txt", f"x {words} y".encode())
    assert is_sensitive("a.txt", f"x {words} y".encode("utf-16-le"))


def test_the_marking_counts_in_a_file_s_name() -> None:
    assert is_sensitive("contributions/OFFICIAL-SENSITIVE plan.docx", b"PK")


@pytest.mark.parametrize(
    "words", ["official. Sensitive", "unofficial sensitive", "official, sensitive", "OFFICIAL"]
)
def test_prose_is_not_taken_for_the_marking(words: str) -> None:
    assert not is_sensitive("a.txt", words.encode())


@pytest.mark.parametrize(
    ("title", "item"),
    [
        ("Library opens", "library-opens"),
        ("CON", "item-con"), ("com1", "item-com1"), ("nul.", "item-nul"),
        ("../../etc/passwd", "etc-passwd"), ("Caf\u00e9 \u00c5", "cafe-a"), ("\u56fe\u4e66\u9986", "item"),
        ("It's on", "its-on"), ("x" * 300, "x" * 48), (" ".join(["words"] * 40),
        "words-words-words-words-words-words-words-words"),
        ("!!!", "item"), ("2026", "2026"), ("-rf", "rf"),
    ],
)  # fmt: skip
def test_an_item_s_id_is_a_safe_file_name(folder: DropFolder, title: str, item: str) -> None:
    folder.drop("a.txt", labelled(title))

    assert folder.collect()["a.txt"].items == (item,)
    assert is_name(item)
    assert folder.items()[item].title == title


def test_items_of_one_title_are_told_apart(folder: DropFolder) -> None:
    for name in "abc":
        folder.drop(f"{name}.txt", labelled("Con", text=name))

    assert [row.items for row in folder.collect().values()] == [
        ("item-con",),
        ("item-con-2",),
        ("item-con-3",),
    ]


def test_no_contributor_can_write_the_tool_s_own_labels(folder: DropFolder) -> None:
    folder.drop(
        "a.txt", "Title: Library\nSource: Office for Statistics\nHold:\nInferred: no\nFormat: 9\n\nWords."
    )
    folder.collect()
    (item,) = folder.items().values()

    assert (item.hold, item.source) == ("", "contributions/a.txt")
    assert item.text == "Source: Office for Statistics\n\nHold\n\nInferred: no\n\nFormat: 9\n\nWords."


def test_an_unknown_label_reaches_the_item_and_one_given_twice_its_text(folder: DropFolder) -> None:
    folder.drop("a.txt", "Title: Library\nPrice: free\nPrice: really\nNext steps:\n\nWords.")
    folder.collect()
    (item,) = folder.items().values()

    assert [(label.name, label.value) for label in item.unknown] == [("Price", "free")]
    assert item.text == "Price: really\n\nNext steps\n\nWords."


@given(st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.html"]), st.binary(max_size=300), min_size=1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_bytes_every_file_gets_a_row_and_every_item_a_file(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = DropFolder(tmp_path_factory.mktemp("any") / "work")
    for name, data in files.items():
        folder.drop(name, data)
    rows = folder.collect(EARLY)

    assert sorted(rows) == sorted(files)
    assert sorted(item for row in rows.values() for item in row.items) == sorted(folder.items())
    assert folder.collect(EARLY) == rows


def test_a_text_in_another_alphabet_asks_whether_its_words_are_right(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled("Tea", "Η ελληνική γλώσσα μιλιέται ακόμα").encode("cp1253"))  # noqa: RUF001
    row = folder.collect()["a.txt"]
    assert row.outcome is FileOutcome.NEEDS_YOU
    assert "another alphabet" in row.why

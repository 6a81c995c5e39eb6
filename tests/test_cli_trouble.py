"""The surroundings fail: one sentence, what to do, and never a traceback."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from officer import ROOT, Officer, Said, at, contents

from bulletin import cli

BARE = ("collect", "status", "chase", "check", "build", "report", "resolve", "archive", "preview", "lists")
VERBS = {verb: (verb,) for verb in BARE} | {
    "approve": ("approve", "--by", "Jo"), "test": ("test", "jo@parish.example"), "send": ("send", "--plan"),
    "new": ("new", "2027-02", "--meeting", "2027-02-11"), "query": ("query", "a-winter-walk"),
    "pack": ("pack",),
    "merge": ("merge", "a-winter-walk", "a-police-survey"),
    "correct": ("correct", "--text", __file__, "--plan"),
    "doctor": ("doctor", "--offline"), "bounces": ("bounces", "."), "backup": ("backup", "copy"),
}  # fmt: skip
"""Every verb that needs a workspace."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is named without a folder lies in the test's own: a copy of the workspace must not stay here."""
    monkeypatch.chdir(tmp_path)


def is_one_sentence(said: Said, words: str = "") -> bool:
    """Whether a command failed with a sentence and what to do, and without a traceback."""
    assert "Traceback" not in said.err, said.err
    return said.code in (1, 2, 5) and words in said.err and bool(re.search(r"\n  hint: .", said.err))


def test_every_verb_that_needs_a_workspace_is_tried_here() -> None:
    assert set(VERBS) == set(cli.VERBS) - {"demo", "init"}


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = Officer(tmp_path / "missing")(*words)

    assert said.code == 2
    assert is_one_sentence(said, f"there is no folder {tmp_path / 'missing'}")


@pytest.mark.parametrize("words", [words for verb, words in VERBS.items() if verb != "status"], ids=str)
def test_a_folder_without_a_bulletin_says_how_to_make_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = Officer(tmp_path)(*words)

    assert said.code == 2
    assert is_one_sentence(said, "there is no bulletin.toml")
    assert "bulletin init" in said.err
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("words", [words for verb, words in VERBS.items() if verb != "new"], ids=str)
def test_an_issue_that_is_not_there_names_those_that_are(officer: Officer, words: tuple[str, ...]) -> None:
    said = officer("--issue", "2026-12", *words)

    assert said.code == 2
    assert is_one_sentence(said, 'there is no issue "2026-12"')
    assert "2026-11" in said.err


@pytest.mark.parametrize("words", VERBS.values(), ids=VERBS)
def test_every_mistake_in_the_settings_is_listed_at_once(officer: Officer, words: tuple[str, ...]) -> None:
    officer.edit("bulletin.toml", 'title = "Communicate"', "title = 5\ntitel = 'x'")
    officer.edit("bulletin.toml", "summaries_days_before = 10", "summaries_days_before = -1")
    officer.edit(
        "bulletin.toml", 'reach = "partners"\n\n[editions.everyone]', 'reach = "all"\n\n[editions.everyone]'
    )
    officer.edit("bulletin.toml", 'colour = "#1d5c4f"', 'colour = "green"')

    said = officer(*words)

    assert is_one_sentence(said, "bulletin.toml has 5 mistakes")
    for key in (
        "partnership.title",
        "titel",
        "summaries_days_before",
        "editions.partners.reach",
        "style.colour",
    ):
        assert key in said.err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'[partnership]\nname = "Caf\xe9"\n', "line 2: a character is not UTF-8"),
        (b"name = Avonbridge", "line 1: what stands after the = is no value"),
        (b"", "bulletin.toml has"),
        (b"\xff\xfe[\x00", "is not UTF-8"),
    ],
    ids=["cp1252", "not TOML", "empty", "UTF-16"],
)
def test_settings_that_cannot_be_read_are_a_sentence(officer: Officer, data: bytes, words: str) -> None:
    (officer.folder / "bulletin.toml").write_bytes(data)

    assert is_one_sentence(officer("check"), words)
    assert is_one_sentence(officer("status"), words)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("issue.toml", b"number = fourteen"),
        ("issue.toml", b""),
        ("collected.json", b"{"),
        ("collected.json", b"[]"),
        ("collected.json", b'{"format": 99}'),
        ("approval.json", b"{}"),
        ("approval.json", b"\xff"),
        ("approval.json", b"[" * 200_000),
        ("editions/partners/manifest.json", b"[1]"),
        ("editions/partners/manifest.json", b'{"files": {"bulletin.html": 3}}'),
    ],
    ids=lambda part: str(part)[:60],
)
@pytest.mark.parametrize("words", [words for verb, words in VERBS.items() if verb != "preview"], ids=str)
def test_a_damaged_file_is_a_sentence_or_no_matter(
    officer: Officer, words: tuple[str, ...], name: str, data: bytes
) -> None:
    officer.path(name).write_bytes(data)

    said = officer(*words)

    assert said.code == 0 or is_one_sentence(said)


@pytest.mark.parametrize("words", [("send", "--confirm", "4"), ("report",)], ids=["send", "report"])
@pytest.mark.parametrize(
    "data", [b"", b"not a ledger", b"SQLite format 3\0" + b"\xff" * 4096], ids=["empty", "text", "broken"]
)
def test_a_damaged_ledger_is_not_written_over(officer: Officer, words: tuple[str, ...], data: bytes) -> None:
    officer.path("rehearsal.db").write_bytes(data)

    said = officer(*words)

    assert is_one_sentence(said)
    assert officer.path("rehearsal.db").read_bytes() == data
    assert not officer.path("sandbox").exists()


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[Officer]:
    """An officer whose workspace somebody else owns: it can be read and not written to."""
    if sys.platform != "linux":
        pytest.skip("how the superuser gives up rights is of Linux")
    officer = at("approved", tmp_path)
    officer("send", "--confirm", "4")
    for path in [officer.folder, *officer.folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield officer
    for path in [officer.folder, *officer.folder.rglob("*")]:
        path.chmod(0o755)


def obey_rights() -> None:
    """Take from this process what lets the superuser write where nobody may (Linux, capabilities(7))."""
    prctl, drop, (write, read) = ctypes.CDLL(None).prctl, 24, (1, 2)
    if os.geteuid() == 0 and (prctl(drop, write, 0, 0, 0) or prctl(drop, read, 0, 0, 0)):
        raise OSError("no right can be dropped here")


WRITING = {verb: VERBS[verb] for verb in ("collect", "build", "approve", "test", "archive", "new")}


@pytest.mark.parametrize(
    "words", [*WRITING.values(), ("send", "--confirm", "4", "--relay", "smtp://127.0.0.1:1")], ids=str
)
def test_a_workspace_that_cannot_be_written_to_is_a_sentence(
    readable: Officer, words: tuple[str, ...]
) -> None:
    said = readable.outside(*words, preexec_fn=obey_rights)

    assert is_one_sentence(said)
    assert re.search("Permission denied|Read-only|cannot be used|cannot write", said.err)


@pytest.mark.parametrize("words", [("status",), ("check",), ("report",), ("send", "--plan")], ids=str)
def test_a_workspace_that_cannot_be_written_to_can_be_looked_at(
    readable: Officer, words: tuple[str, ...]
) -> None:
    said = readable.outside(*words, preexec_fn=obey_rights)

    assert (said.code, said.err) == (0, "")


def no_room() -> None:
    """Let this process write files of no more than a few bytes, as on a disk that is full."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.mark.skipif(os.name == "nt", reason="limits are of POSIX")
@pytest.mark.parametrize(
    "words", [*WRITING.values(), ("send", "--confirm", "4"), ("init", "."), ("demo", "x")], ids=str
)
def test_a_full_disk_is_a_sentence_and_loses_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    stage = {"collect": "new", "build": "collected", "approve": "built"}.get(words[0], "approved")
    officer = at(stage, tmp_path)
    if words[0] == "init":
        (officer.folder / "bulletin.toml").unlink()
    before = contents(officer.folder, but=(".bulletin.lock",))

    said = officer.outside(*words, preexec_fn=no_room)

    assert said.code == 4 or is_one_sentence(said)
    assert {name: data for name, data in contents(officer.folder).items() if name in before} == before


@pytest.mark.skipif(os.name == "nt", reason="limits are of POSIX")
def test_after_a_full_disk_the_same_command_goes_on(officer: Officer) -> None:
    officer.outside("send", "--confirm", "4", preexec_fn=no_room)

    said = officer.send(json=True)

    assert (said.code, said.data["accepted"]) == (0, 4)
    assert len(list(officer.path("sandbox").glob("*.eml"))) == 4


def test_two_commands_that_write_at_once_are_told_apart(officer: Officer) -> None:
    from bulletin.workspace.files import exclusive

    with exclusive(officer.folder / ".bulletin.lock", "testing"):
        said = officer("build")

    assert is_one_sentence(said, "another bulletin command")


def test_a_file_where_a_folder_should_be_is_a_sentence(officer: Officer) -> None:
    for name in ("archive", "issues/2026-11/sandbox"):
        (officer.folder / name).write_text("", "utf-8")

    assert is_one_sentence(officer("archive"))
    assert is_one_sentence(officer.send())
    assert is_one_sentence(officer("init", "archive"))


def hostile(officer: Officer) -> Iterator[Path]:
    """Drop what breaks programs into the drop folder."""
    folder = officer.folder / "contributions"
    names = ("a" * 200 + ".md", "..md", "-rf.md", "x\ny.md", "\u202egnp.md", "{{7*7}}.md", "con.txt", "%s.md")
    for name in names:
        path = folder / name
        path.write_bytes(b"Title: \x00\x1b[31m\xff\nSection: Events\nWhen: 99/99/9999\n\n" + b"<b>" * 2000)
        yield path


@pytest.mark.skipif(os.name == "nt", reason="such names are of POSIX")
def test_a_hostile_drop_folder_is_told_of_and_everything_else_goes_on(tmp_path: Path) -> None:
    officer = at("new", tmp_path)
    dropped = list(hostile(officer))

    said = officer("collect", json=True)

    rows = {row["path"]: row["outcome"] for row in said.data["files"]}
    assert said.code == 0
    assert len(rows) == 4 + len(dropped)
    assert rows["contributions/fund.md"] == "read"


@pytest.mark.skipif(os.name == "nt", reason="such names are of POSIX")
def test_a_file_name_of_another_age_is_a_row_like_others(tmp_path: Path) -> None:
    officer = at("new", tmp_path)
    name = os.fsencode(officer.folder / "contributions") + b"/caf\xe9.md"
    with open(name, "wb") as file:  # noqa: PTH123  a Path cannot be made of bytes
        file.write(b"Title: Tea\nSection: Successes\n\nWords.\n")

    assert officer.outside("collect", json=True).code == 0
    assert officer.outside("collect").code == 0
    assert officer.outside("status").code == 0


def test_a_workspace_in_a_folder_with_an_odd_name_works(tmp_path: Path) -> None:
    folder = tmp_path / 'José\'s "bulletin" - 2026 %s {x}'
    officer = at("approved", tmp_path)
    shutil.move(officer.folder, folder)

    assert Officer(folder).send(json=True).data["accepted"] == 4
    assert Officer(folder)("archive").code == 0


def test_ctrl_c_before_anything_began_is_said_in_a_sentence(officer: Officer) -> None:
    program = (
        "import bulletin.cli as c, bulletin.pipeline.check as k\ndef stop(*a): raise KeyboardInterrupt\n"
    )
    program += "import sys; k.check = stop; sys.exit(c.run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, "-C", str(officer.folder), "check"],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.returncode == 130
    assert "stopped before it was done" in done.stderr

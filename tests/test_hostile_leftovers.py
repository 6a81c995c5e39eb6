"""Nothing of the machine, the folder, the hour or the readers is in what goes out: same input, same bytes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MACHINES: Mapping[str, Mapping[str, str]] = {
    "one": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "USER": "mallory", "LOGNAME": "mallory"},
    "another machine/with a longer way": {
        "PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8",
        "USER": "trudy", "LOGNAME": "trudy", "COMPUTERNAME": "OFFICE-PC-7", "HOSTNAME": "office-pc-7",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Do the whole sample on two machines at once, and give their folders."""
    root = tmp_path_factory.mktemp("machines")
    started = [_start(root / name, machine) for name, machine in MACHINES.items()]
    for process in started:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    return [root / name / "try it" for name in MACHINES]


def _start(folder: Path, machine: Mapping[str, str]) -> "subprocess.Popen[str]":
    folder.mkdir(parents=True)
    return subprocess.Popen(
        [sys.executable, "-m", "bulletin", "demo", "try it"], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), **machine},
    )  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """Give what a reader may come to see."""
    for part in ("archive", "issues/2026-11/editions"):
        yield from (path for path in sorted((folder / part).rglob("*")) if path.is_file())


def messages(folder: Path) -> list[Path]:
    return sorted(folder.glob("issues/2026-11/sandbox/*.eml"))


def test_editions_items_and_archive_are_the_same_bytes_on_any_machine(folders: list[Path]) -> None:
    found = [
        {path.relative_to(folder): sha256(path.read_bytes()).hexdigest() for path in files(folder)}
        | {path.relative_to(folder): path.read_bytes() for path in folder.glob("issues/2026-11/items/*.md")}
        for folder in folders
    ]
    assert len(found[0]) > 30
    assert found[0] == found[1]


def test_no_path_no_user_and_no_machine_is_in_them(folders: list[Path]) -> None:
    private = re.compile(
        "|".join(
            [
                "mallory",
                "trudy",
                "office-pc-7",
                *(re.escape(str(folder)) for folder in folders),
                re.escape(str(ROOT)),
            ]
        ),
        re.IGNORECASE,
    )
    for folder in folders:
        assert messages(folder)
        for path in (*files(folder), *messages(folder)):
            assert not private.search(path.read_bytes().decode("utf-8", "replace")), path


def test_no_reader_is_in_what_all_readers_get(folders: list[Path]) -> None:
    rosters = [
        path.read_bytes().decode("cp1252", "replace") for path in folders[0].glob("mailing_lists/*.csv")
    ]
    readers = set(re.findall(r"[\w.+'-]+@[\w.-]+\w", "\n".join(rosters).casefold()))
    contributed = "\n".join(path.read_text("utf-8") for path in folders[0].glob("issues/2026-11/items/*.md"))
    named = contributed + (folders[0] / "bulletin.toml").read_text("utf-8")
    silent = {one for one in readers if one not in named.casefold()}
    assert len(silent) > 100
    for path in files(folders[0]):
        words = path.read_bytes().decode("utf-8", "replace").casefold()
        assert not [one for one in silent if one in words], path


def test_a_message_names_its_own_reader_alone(folders: list[Path]) -> None:
    several = [path.read_text("utf-8").partition("\n\n")[0] for path in messages(folders[0])]
    everybody = [re.search(r"^To:.*?([^\s<]+@[^\s>]+)", head, re.MULTILINE) for head in several]
    addresses = {found[1] for found in everybody if found}
    assert len(addresses) > 100
    for head, own in zip(several, everybody, strict=True):
        assert own is None or not [one for one in addresses - {own[1]} if one in head]

"""The house stands as drawn: imports, purity, names, and a lock that names every part by its hash."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "bulletin"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]
PURE = next(
    [name.removeprefix("bulletin.") for name in contract["source_modules"]]
    for contract in PROJECT["tool"]["importlinter"]["contracts"]
    if contract["name"].startswith("Values in, values out")
)
MODULES = sorted(PACKAGE.rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

DOWNWARD = "Imports point downward through the house"
COLLECTING = "Collecting goes one way, from the file to the item"
READERS = "No reader knows another kind of file"
DELIVERING = "Delivering goes one way, from the run to the socket"
CLICK = "Only the command line knows click"
PURITY = "Values in, values out: the pure rooms touch no file, no socket and no clock"
DELIVERY = "Delivery never reads the workspace"
DOORS = "Each large library has one door"
SOCKETS = "Only delivery and the desk open sockets"
ALONE = "The leave page stands alone, so that any host can run it"
SYSTEMS = "The operating systems differ in one place"

OFFENCES = [
    (DOWNWARD, "model", "import bulletin.errors"),
    (DOWNWARD, "workspace", "import bulletin.pipeline"),
    (DOWNWARD, "check", "import bulletin.compose"),
    (DOWNWARD, "dates", "import bulletin.prose"),
    (DOWNWARD, "a_room_nobody_drew", ""),
    (DOWNWARD, "report", "import bulletin.letters"),
    (COLLECTING, "collect/words", "import bulletin.collect.deciding"),
    (COLLECTING, "collect/readers", "import bulletin.collect.taking"),
    (COLLECTING, "collect", ""),
    (READERS, "collect/readers/word", "import bulletin.collect.readers.mail"),
    (DELIVERING, "deliver/smtp", "import bulletin.deliver.record"),
    (DELIVERING, "deliver/relays", "import bulletin.deliver.sending"),
    (DELIVERING, "deliver", ""),
    (CLICK, "report", "import click"),
    (CLICK, "pipeline", "def later():\n    from click import echo"),
    (PURITY, "report", "import os"),
    (PURITY, "markdown", "from pathlib import Path"),
    (PURITY, "check", "import time"),
    (DELIVERY, "deliver", "import bulletin.settings"),
    (DOWNWARD, "bounces", "import bulletin.deliver"),
    (DOWNWARD, "tokens", "import bulletin.dates"),
    (PURITY, "bounces", "import pathlib"),
    (ALONE, "leave", "import bulletin.model"),
    (ALONE, "leave", "import jinja2"),
    (DOORS, "bounces", "import flufl.bounce"),
    (DOORS, "compose", "import premailer"),
    (DOORS, "collect", "import docx"),
    (DOWNWARD, "pack", "import bulletin.compose"),
    (DOORS, "pipeline", "import sqlite3"),
    (DOORS, "collect", "import openpyxl"),
    (SOCKETS, "collect", "import socket"),
    (SYSTEMS, "deliver", "import fcntl"),
]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Judge the package that lies in a folder, beside its pyproject.toml."""
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def spoil(package: Path, room: str, line: str) -> None:
    """Add a line to a room: a module of its own where the room is a folder."""
    module = package / room / "spoilt.py" if (package / room).is_dir() else package / f"{room}.py"
    with module.open("a", encoding="utf-8") as file:
        file.write(f"\n\n{line}\n")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the package and its contracts, to be spoilt."""
    shutil.copytree(PACKAGE, tmp_path / "bulletin", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds() -> None:
    done = lint_imports(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
    assert all(re.search(re.escape(name) + ".* KEPT", done.stdout) for name in CONTRACTS)


@pytest.mark.parametrize(
    ("contract", "room", "line"), OFFENCES, ids=[f"{room}: {line}" for _, room, line in OFFENCES]
)
def test_a_contract_breaks_when_it_is_violated(copy: Path, contract: str, room: str, line: str) -> None:
    spoil(copy / "bulletin", room, line)

    done = lint_imports(copy)

    assert done.returncode != 0
    assert re.search(re.escape(contract) + ".* BROKEN", done.stdout), done.stdout


def test_every_contract_has_been_seen_to_break() -> None:
    assert {contract for contract, _, _ in OFFENCES} == set(CONTRACTS)


def test_the_pure_rooms_neither_print_nor_open_nor_ask_the_time() -> None:
    forbidden = {"print", "open", "input", "now", "today", "utcnow", "time_ns", "read_text", "write_text"}
    found = [
        f"{module.relative_to(ROOT)}:{node.lineno}: {_called(node)}()"
        for module in MODULES
        if module.relative_to(PACKAGE).parts[0].removesuffix(".py") in PURE
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and _called(node) in forbidden
    ]

    assert found == []


def _called(call: ast.Call) -> str:
    """Name the function or method that is called."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def test_every_module_opens_with_one_line_that_says_what_it_is_for() -> None:
    opening = {module: ast.get_docstring(ast.parse(module.read_text("utf-8"))) or "" for module in MODULES}

    assert [str(module) for module, words in opening.items() if not words.partition("\n")[0].strip()] == []
    assert [str(module) for module, words in opening.items() if "\n" in words.partition("\n\n")[0]] == []


def test_every_room_has_a_name_that_says_what_is_in_it() -> None:
    vague = {"utils", "util", "helpers", "common", "misc", "tools", "base"}

    assert [str(module) for module in MODULES if module.stem in vague] == []


def test_every_module_can_be_read_in_one_sitting() -> None:
    lengths = {str(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}

    assert {module: lines for module, lines in lengths.items() if lines > 300} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_no_path(lock: Path) -> None:
    text = lock.read_text("utf-8")

    assert not re.search(r"://|@ |^-|\.(org|com|net)\b|(^|\s)[~./]*/", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: Path) -> None:
    rows = lock.read_text("utf-8").replace("\\\n", "").splitlines()
    pinned = re.compile(r"\S+==\S+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+")

    assert rows
    assert [row for row in rows if not pinned.fullmatch(row)] == []


def test_the_locks_hold_everything_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {
        "run": PROJECT["project"]["dependencies"],
        "build": PROJECT["build-system"]["requires"] + groups["build"],
        "dev": [*PROJECT["project"]["dependencies"], *(row for row in groups["dev"] if isinstance(row, str))],
    }

    missing = {name: _unmet([Requirement(row) for row in rows], _pins(name)) for name, rows in asked.items()}

    assert missing == {"run": [], "build": [], "dev": []}


def test_the_locks_agree_with_one_another() -> None:
    dev = _pins("dev")

    assert {**dev, **_pins("run"), **_pins("build")} == dev


def _pins(name: str) -> dict[str, str]:
    """Give a lock's versions by name."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def _unmet(asked: list[Requirement], pins: dict[str, str]) -> list[str]:
    return [str(one) for one in asked if pins.get(canonicalize_name(one.name), "0") not in one.specifier]

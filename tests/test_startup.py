"""What people run all day starts at once: it loads nothing that only the heavy commands need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "PIL", "aiosmtpd", "asyncio", "dataclasses", "dns", "email", "email_validator", "holidays",
    "html2text", "http", "icalendar", "jinja2", "lxml", "mammoth", "markdown_it", "multiprocessing",
    "nh3", "olefile", "openpyxl", "premailer", "pypdf", "requests", "smtplib", "socketserver",
    "sqlite3", "ssl", "zoneinfo",
}  # fmt: skip


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program from this tree, telling on standard error what it imports."""
    return python("-X", "importtime", "-m", "bulletin", *map(str, arguments))


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python that finds this tree first."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip


def imported(*arguments: str | Path) -> set[str]:
    """Give the names of all modules that a command imports, and of the packages they are in."""
    done = run(*arguments)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stdout  # `check` gives 1 where there are errors
    rows = [line.rsplit("|", 1)[-1] for line in done.stderr.splitlines() if line.startswith("import time:")]
    names = {row.strip() for row in rows}
    return names | {name.partition(".")[0] for name in names}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample with an issue that has been collected."""
    folder = tmp_path_factory.mktemp("startup") / "sample"
    made = [
        run("init", "--sample", folder),
        run("-C", folder, "--today", "2026-11-20", "new", "2026-11", "--meeting", "2026-11-12"),
        run("-C", folder, "--today", "2026-11-20", "collect"),
    ]
    assert [done.stderr for done in made if done.returncode] == []
    return folder


def test_the_probe_sees_what_a_heavy_command_loads(workspace: Path) -> None:
    assert {"click", "jinja2"} <= imported("-C", workspace, "--today", "2026-11-20", "check")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["status", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert imported(*words) & HEAVY == set()


@pytest.mark.parametrize("words", [[], ["status"], ["--json", "status"]], ids=["alone", "status", "as JSON"])
def test_status_loads_nothing_heavy(workspace: Path, words: list[str]) -> None:
    assert imported("-C", workspace, "--today", "2026-11-20", *words) & HEAVY == set()


@pytest.mark.parametrize("verb", [[], ["status"]], ids=["alone", "status"])
def test_what_status_loads_of_ours_is_not_compiled_as_it_starts(workspace: Path, verb: list[str]) -> None:
    code = """if True:
        import sys
        from bulletin.cli import run
        assert run(sys.argv[1:]) == 0
        ours = [module for name, module in sys.modules.items() if name.startswith("bulletin.")]
        made = [value for module in ours for value in vars(module).values() if isinstance(value, type)]
        print({one.__name__ for one in made if issubclass(one, tuple)}, file=sys.stderr)
    """
    words = ["-C", str(workspace), "--today", "2026-11-20", *verb]
    done = python("-c", code, *words)

    assert done.stderr.strip() == "{'Label'}"  # every line of every item is one


def test_status_loads_only_the_rooms_it_needs(workspace: Path) -> None:
    heavy = {"collect", "check", "compose", "deliver", "archive", "render", "markdown", "mail", "calendar"}
    loaded = imported("-C", workspace, "--today", "2026-11-20", "status")

    assert "bulletin.workspace" in loaded
    assert loaded & {f"bulletin.{room}" for room in heavy} == set()

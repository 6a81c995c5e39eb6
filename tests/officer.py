"""An officer at the command line: a small workspace at every stage of an issue, and what commands say."""

import atexit
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from bulletin import cli

ROOT = Path(__file__).resolve().parent.parent
ISSUE = "2026-11"
STAGES = ("new", "collected", "built", "approved")
LISTS = {
    "core": "email,name\nann@parish.example,Ann\nbob@parish.example,Bob\ncat@parish.example,Cat\n",
    "clerks": "email,name\ndan@parish.example,Dan\nANN@Parish.example,Ann again\neve@parish.example,Eve\n",
    "suppressed": "email\neve@parish.example\n",
}
PEOPLE = ("ann@parish.example", "bob@parish.example", "cat@parish.example", "dan@parish.example")
"""Who gets a copy: Ann is on both lists, and Eve wants none."""

EDITIONS = """[editions.partners]
lists = ["core"]
reach = "partners"

[editions.everyone]
lists = ["clerks"]

[lists.core]
reach = "partners"

[packs.north]
publisher = "North Partnership"
contact = "North office, 01632 960150"

[packs.inner]
publisher = "Inner Circle"
reach = "partners"
"""
WHO = "From: Core Group\nContact: Jo Field, 01632 960123\n"
CONTRIBUTIONS = {
    "fund.md": f"Title: A fund for halls\n{WHO}Section: Key messages\n\nHalls [apply](https://fund.example/a).\n",
    "survey.md": f"Title: A police survey\n{WHO}Opens: 1 Oct 2026\nCloses: 27 November 2026\n\nBrief.\n",
    "walk.md": f"Title: A winter walk\n{WHO}When: 5 December 2026, 10am\nWhere: The hall\n\nBring boots.\n",
    "draft.md": f"Title: Draft priorities\n{WHO}Section: county-news\nShare: partners\n\nNot yet.\n",
}
"""What partners dropped; the survey closes on the day after the issue is due."""


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Officer:
    """Somebody who works in a folder on a day; called with words, they run a command."""

    folder: Path
    today: str = "2026-11-26"

    def __call__(self, *words: object, json: bool = False) -> Said:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.run(self._line(*words, json=json))
        return Said(code, out.getvalue(), err.getvalue())

    def outside(self, *words: object, json: bool = False, **more: Any) -> Said:
        """Run a command in a process of its own, and wait for it."""
        with self.start(*words, json=json, **more) as process:
            out, err = process.communicate(timeout=60)
        return Said(process.returncode, out, err)

    def start(self, *words: object, json: bool = False, **more: Any) -> "subprocess.Popen[str]":
        """Start a command in a process of its own."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more.pop("env", {})}
        streams = {name: subprocess.PIPE for name in ("stdout", "stderr") if name not in more}
        line = [sys.executable, "-m", "bulletin", *self._line(*words, json=json)]
        return subprocess.Popen(
            line, text=True, encoding="utf-8", stdin=more.pop("stdin", subprocess.DEVNULL),
            env=environment, **streams, **more,
        )  # fmt: skip

    def on(self, today: str) -> "Officer":
        """The same officer on another day."""
        return replace(self, today=today)

    def path(self, name: str) -> Path:
        """A path in the issue's folder."""
        return self.folder / "issues" / ISSUE / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Edit a file of the workspace."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text, f"{name} does not say {old}"
        path.write_text(text.replace(old, new), "utf-8")

    def edit_item(self, item: str, old: str, new: str) -> None:
        """Edit an item of the issue."""
        self.edit(f"issues/{ISSUE}/items/{item}.md", old, new)

    def add(self, *addresses: str, to: str = "clerks") -> None:
        """Put people on a list."""
        with (self.folder / f"mailing_lists/{to}.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{address},\n" for address in addresses)

    def add_many(self, count: int) -> None:
        """Put so many people more on a list: p0, p1, p2 ..."""
        self.add(*(f"p{number}@parish.example" for number in range(count)))

    def send(self, *words: object, confirm: int = len(PEOPLE), **more: Any) -> Said:
        """Send, confirming the number."""
        return self("send", "--confirm", confirm, *words, **more)

    def _line(self, *words: object, json: bool) -> list[str]:
        first = ["-C", str(self.folder), "--today", self.today, *(["--json"] if json else [])]
        return [*first, *map(str, words)]


class Listening(Protocol):
    """A relay of a test, on this machine."""

    port: int


def through(relay: Listening) -> tuple[str, str]:
    """Give the option that sends through a relay on this machine."""
    return "--relay", f"smtp://127.0.0.1:{relay.port}"


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def at(stage: str, folder: Path) -> Officer:
    """Give an officer a workspace of their own with an issue at a stage of its life."""
    shutil.copytree(_stages() / stage, folder / "work", symlinks=True)
    return Officer(folder / "work")


def writing_to(count: int, folder: Path) -> Officer:
    """Give an officer whose approved issue goes to so many people."""
    officer = at("built", folder)
    officer.add_many(count - len(PEOPLE))
    _play(officer, "approve", "--by", "Jo")
    return officer


def contents(folder: Path, *, but: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file in a folder and its bytes, to see what was touched."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes() for name, path in sorted(found.items()) if not name.endswith(but or ("\0",))
    }


@cache
def _stages() -> Path:
    """Make the workspace at every stage, once."""
    folder = Path(tempfile.mkdtemp(prefix="bulletin-stages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    officer = Officer(folder / "now", "2026-11-19")
    officer.folder.mkdir()
    _play(officer.on("2026-11-12"), "init", ".")
    officer.edit("bulletin.toml", "[editions.everyone]\n", EDITIONS)
    officer.edit("bulletin.toml", "[relay]\n", "[relay]\nretry_wait = 0\n")
    (officer.folder / "mailing_lists/everyone.csv").unlink()
    for name, rows in LISTS.items():
        (officer.folder / f"mailing_lists/{name}.csv").write_text(rows, "utf-8")
    for name, words in CONTRIBUTIONS.items():
        (officer.folder / "contributions" / name).write_text(words, "utf-8")
    _play(officer.on("2026-11-12"), "new", ISSUE, "--meeting", "2026-11-12")
    acts = (("status",), ("collect",), ("build", "--date", "2026-11-26"), ("approve", "--by", "Jo Field"))
    for stage, words in zip(STAGES, acts, strict=True):
        _play(officer, *words)
        shutil.copytree(officer.folder, folder / stage)
    return folder


def _play(officer: Officer, *words: str) -> None:
    said = officer(*words)
    assert said.code == 0, said.err

"""Read the pages people read, and do what they say: their commands, their edits, their new files.

A `console` block is run: a line that starts with `$ ` is a command, the lines under it are what it says
(`...` stands for anything, alone for any lines), and `# exit 1` at its end is the code it ends with if not 0.
A `diff` block edits the file its first line names. A `text PATH` block is a file to save.
In a `powershell` block the lines `cd` and `bulletin` are run. An `sh` block installs things, and is not run.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bulletin.cli import run

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
SECONDS = 60


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, the path after it, its lines, and the line it starts on."""

    kind: str
    path: str
    lines: tuple[str, ...]
    at: int


@dataclass(frozen=True)
class Command:
    """A command as shown, the exit code it should end with, and the lines shown under it."""

    words: str
    code: int
    shown: tuple[str, ...]


def blocks(page: Path) -> Iterator[Block]:
    """Give the fenced blocks of a page, in order."""
    text = page.read_text("utf-8")
    for found in re.finditer(r"(?ms)^```(\w*) ?([^\n]*)\n(.*?)^```$", text):
        yield Block(found[1], found[2], tuple(found[3].splitlines()), text[: found.start()].count("\n") + 1)


def commands(block: Block) -> list[Command]:
    """Give the commands of a `console` block, or those of a `powershell` block that are ours."""
    if block.kind == "powershell":
        return [Command(line, 0, ()) for line in block.lines if re.match(r"(bulletin|cd)\b", line)]
    found: list[Command] = []
    for line in block.lines if block.kind == "console" else ():
        if line.startswith("$ "):
            words, _, code = line[2:].partition("  # exit ")
            found.append(Command(words, int(code or 0), ()))
        else:
            last = found.pop()
            found.append(Command(last.words, last.code, (*last.shown, line)))
    return found


def pattern(shown: tuple[str, ...]) -> str:
    """Give a regular expression that finds the lines shown in what was really said."""
    return "".join(r"(?:.*\n)*?" if line.strip() == "..." else _line(line) for line in shown)


def _line(shown: str) -> str:
    return re.escape(shown.rstrip()).replace(r"\.\.\.", ".*") + r" *\n"


def prose(page: Path) -> str:
    """Give a page without its fenced blocks."""
    return re.sub(r"(?ms)^```.*?^```$", "", page.read_text("utf-8"))


def links(page: Path) -> list[str]:
    """Give the links of a page that stay in the repository."""
    found = re.findall(r"\]\(([^)\s]+)\)", _without_code(page))
    return [link for link in found if not re.match(r"https?://|mailto:", link)]


def pictures(page: Path) -> list[tuple[str, str]]:
    """Give the pictures of a page: their words and their paths."""
    return re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", _without_code(page))


def _without_code(page: Path) -> str:
    return re.sub(r"`[^`\n]*`", "", prose(page))


def anchors(page: Path) -> set[str]:
    """Give what a page's headings are called in addresses."""
    headings = re.findall(r"(?m)^#{1,6} (.+)$", prose(page))
    plain = [re.sub(r"[^\w\s-]", "", heading).strip().lower() for heading in headings]
    return {re.sub(r"\s", "-", heading) for heading in plain}


def section(page: Path, heading: str) -> str:
    """Give what stands under a heading, up to the next of its level."""
    text = page.read_text("utf-8")
    found = re.search(rf"(?m)^(#+) {re.escape(heading)}$", text)
    assert found, f"{page.name} has no heading {heading}"
    after = text[found.end() :]
    following = re.search(rf"(?m)^#{{1,{len(found[1])}}} ", after)
    return after[: following.start()] if following else after


def rows(text: str) -> list[list[str]]:
    """Give the cells of the tables in a text, without their headings."""
    lines = [line.strip("|").split("|") for line in re.findall(r"(?m)^(\|.*\|)$", text)]
    heads = [number - 1 for number, cells in enumerate(lines) if set("".join(cells)) <= set("-: ")]
    skipped = {row for number in heads for row in (number, number + 1)}
    return [[cell.strip() for cell in cells] for number, cells in enumerate(lines) if number not in skipped]


@dataclass
class Reader:
    """Somebody who follows a page to the letter, in a folder of their own."""

    folder: Path

    def follow(self, page: Path) -> None:
        """Do everything a page says."""
        for block in blocks(page):
            where = f"{page.name}:{block.at}"
            if block.kind == "diff":
                self.edit(block, where)
            elif block.path:
                self.save(block)
            for command in commands(block):
                self.type(command, where)

    def edit(self, block: Block, where: str) -> None:
        """Change a file as a `diff` block says."""
        path, changes = self.folder / block.lines[0], block.lines[1:]
        old = "".join(f"{line[1:]}\n" for line in changes if not line.startswith("+"))
        new = "".join(f"{line[1:]}\n" for line in changes if not line.startswith("-"))
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{where}: {block.lines[0]} has {text.count(old)} times:\n{old}\n{text}"
        path.write_text(text.replace(old, new), "utf-8")

    def save(self, block: Block) -> None:
        """Save a new file."""
        path = self.folder / block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in block.lines), "utf-8")

    def type(self, command: Command, where: str) -> None:
        """Run a command and compare what it says with what is shown."""
        if command.words.startswith("cd "):
            self.folder = (self.folder / command.words[3:]).resolve()
            assert self.folder.is_dir(), f"{where}: {command.words}"
            return
        program, *words = shlex.split(command.words)
        code, said = self.ours(words, len(command.shown)) if program == "bulletin" else self._other(command)
        said = re.sub(r"[ \t]+$", "", said, flags=re.MULTILINE)
        told = f"{where}: {command.words}\nexit {code}, and it said:\n{said}"
        assert code == command.code, told
        assert re.fullmatch(pattern(command.shown) if command.shown else r"(?s).*", said), told

    def ours(self, words: list[str], lines: int = 0) -> tuple[int, str]:
        """Run the program in this process: starting Python for each command would take most of the time."""
        if "preview" in words:
            return self._watch(words, max(1, lines))
        said = StringIO()
        with chdir(self.folder), redirect_stdout(said), redirect_stderr(said):
            code = run(words)
        return code, said.getvalue()

    def _watch(self, words: list[str], lines: int) -> tuple[int, str]:
        """Run the preview, which goes on until it is stopped, for as long as it takes to say so much."""
        found = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": found, "BROWSER": "true", "PYTHONUTF8": "1"}
        with subprocess.Popen(
            [sys.executable, "-m", "bulletin", *words],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as running:
            assert running.stdout
            said = "".join(running.stdout.readline() for _ in range(lines))
            running.terminate()
        return 0, said

    def _other(self, command: Command) -> tuple[int, str]:
        """Run a command of the system."""
        done = subprocess.run(
            ["sh", "-c", command.words],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        return done.returncode, done.stdout

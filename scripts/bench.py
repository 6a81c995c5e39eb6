"""Measure start-up and composing against their limits: `make bench`.

Everything is measured in one run, turn and turn about, and the fastest turn counts, so that what else the
machine does decides nothing. Only ratios have limits, since times depend on the machine; exit code 1 if one
is broken.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generated import as_item, as_mjml, stories

PROGRAM = Path(sys.executable).with_name("bulletin")
DAY = "2026-11-26"
SIZES = (10, 100, 1000)
MJML = "mjml@5.4.1"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bulletin-bench"

BYTECODE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of what is measured: as installed programs run, compiled once."""

Command = Sequence[str | Path]
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: two times in seconds, and the most their ratio may be."""

    words: str
    time: float
    against: str
    other: float
    limit: float

    @property
    def ratio(self) -> float:
        """How many times the other it takes."""
        return self.time / self.other


def main() -> int:
    """Measure everything, print the table, and give 1 where a limit is broken."""
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as name:
        folder = Path(name)
        rows = [*start_up(folder), *beside_mjml(folder), *growth(folder)]
    print(table(rows))
    broken = [row for row in rows if row.ratio > row.limit]
    print(f"\n{len(broken)} of {len(rows)} limits broken." if broken else f"\nAll {len(rows)} limits hold.")
    return 1 if broken else 0


def start_up(folder: Path) -> Iterator[Row]:
    """Compare what people run all day with importing click alone."""
    workspace = make_sample(folder / "start")
    click = "python -c 'import click'"
    times = fastest(
        {
            click: [sys.executable, "-c", "import click"],
            "bulletin --help": [PROGRAM, "--help"],
            "bulletin status": [PROGRAM, "-C", workspace, "--today", DAY, "status"],
        },
        turns=25,
    )
    yield Row("bulletin --help", times["bulletin --help"], click, times[click], 1.3)
    yield Row("bulletin status", times["bulletin status"], click, times[click], 1.6)


def beside_mjml(folder: Path) -> Iterator[Row]:
    """Compare `build` with the mjml command line on the same items."""
    mjml = find_mjml()
    if isinstance(mjml, str):
        print(f"bulletin build beside mjml: not measured, since {mjml}.\n")
        return
    workspace = make_workspace(folder / "beside", 18)
    source = folder / "same.mjml"
    source.write_text(as_mjml(stories(18)), "utf-8")
    times = fastest(
        {
            "mjml": [mjml, source, "-o", folder / "same.html"],
            "bulletin": [PROGRAM, "-C", workspace, "--today", DAY, "build"],
        },
        turns=9,
    )
    yield Row("bulletin build, 18 items", times["bulletin"], "mjml, the same items", times["mjml"], 0.9)


def growth(folder: Path) -> Iterator[Row]:
    """Compare what one more item costs among a thousand and among a hundred."""
    workspaces = {size: make_workspace(folder / f"size-{size}", size) for size in SIZES}
    small, middle, large = SIZES
    for verb in ("check", "build"):
        commands = {
            size: [PROGRAM, "-C", folder, "--today", DAY, verb] for size, folder in workspaces.items()
        }
        times = fastest(commands, turns=11)
        whole = {size: times[size] / size for size in SIZES}
        more = (times[large] - times[middle]) / (large - middle)
        less = (times[middle] - times[small]) / (middle - small)
        yield Row(f"{verb}, per item of 100", whole[middle], "per item of 10", whole[small], 1.0)
        yield Row(f"{verb}, per item of 1,000", whole[large], "per item of 100", whole[middle], 1.0)
        yield Row(f"{verb}, one more from 100 to 1,000", more, "one more from 10 to 100", less, 1.25)


def fastest(commands: Mapping[Name, Command], turns: int) -> dict[Name, float]:
    """Run every command in turn, so many times, and give the fastest time of each in seconds."""
    times: dict[Name, list[float]] = {name: [] for name in commands}
    for turn in range(turns + 1):
        for name, command in commands.items():
            seconds = timed(command)
            if turn:  # the first turn warms the disk's cache and compiles to bytecode
                times[name].append(seconds)
    return {name: min(found) for name, found in times.items()}


def timed(command: Command) -> float:
    """Run one command to its end and give its time; `check` may give 1."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False, env=BYTECODE)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout.decode()}{done.stderr.decode()}")
    return seconds


def make_sample(folder: Path) -> Path:
    """Make the sample, collected."""
    run(PROGRAM, "init", "--sample", folder)
    on_the_day: list[str | Path] = [PROGRAM, "-C", folder, "--today", "2026-11-20"]
    run(*on_the_day, "new", "2026-11", "--meeting", "2026-11-12")
    run(*on_the_day, "collect")
    return folder


def make_workspace(folder: Path, size: int) -> Path:
    """Make a workspace whose issue holds so many items; that it is too large for one e-mail is waived."""
    run(PROGRAM, "init", folder)
    run(PROGRAM, "-C", folder, "--today", "2026-11-13", "new", "2026-11", "--meeting", "2026-11-12")
    issue = folder / "issues" / "2026-11"
    (issue / "items").mkdir(exist_ok=True)
    for number, story in enumerate(stories(size), 1):
        (issue / "items" / f"story-{number}.md").write_text(as_item(story), "utf-8")
    waiver = {
        "rule": "edition-size",
        "path": "issues/2026-11/editions/everyone/bulletin.html",
        "reason": "It is measured, not mailed.",
    }
    with (issue / "issue.toml").open("a", encoding="utf-8") as file:
        rows = [f"{key} = {json.dumps(value)}" for key, value in waiver.items()]
        file.write("\n".join(["", "[[waivers]]", *rows, ""]))
    run(PROGRAM, "-C", folder, "--today", DAY, "build")
    return folder


def run(*command: str | Path) -> None:
    """Run a command that must succeed."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def find_mjml() -> Path | str:
    """Give the mjml command, fetched into the user's cache the first time, or why there is none."""
    name = "mjml.cmd" if os.name == "nt" else "mjml"
    command = CACHE / "node_modules" / ".bin" / name
    if command.exists():
        return command
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed (it comes with Node.js; Debian: apt-get install npm)"
    CACHE.mkdir(parents=True, exist_ok=True)
    quiet = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [npm, "install", *quiet, "--prefix", str(CACHE), MJML],
        cwd=CACHE, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode or not command.exists():
        shutil.rmtree(CACHE / "node_modules", ignore_errors=True)
        return "npm could not fetch mjml: " + (done.stderr.strip().splitlines() or ["it gave no reason"])[0]
    return command


def table(rows: Sequence[Row]) -> str:
    """Lay the comparisons out in columns, times in milliseconds."""
    head = ("", "ms", "against", "ms", "ratio", "limit", "")
    body = [
        (
            row.words,
            f"{row.time * 1000:.1f}",
            row.against,
            f"{row.other * 1000:.1f}",
            f"{row.ratio:.2f}",
            f"{row.limit:.2f}",
            "ok" if row.ratio <= row.limit else "BROKEN",
        )
        for row in rows
    ]
    widths = [max(len(row[column]) for row in (head, *body)) for column in range(len(head))]
    numbers = {1, 3, 4, 5}
    lines = [
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *body)
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""Measure our page beside MJML's on the same items, in a real browser: `make compare` writes docs/figures.md.

Everything is counted here by the same code for both; nothing depends on the machine but the browser's fonts.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from bench import MJML, find_mjml, make_workspace  # noqa: E402 -- beside this script
from chromium import LARGER, PAGE_WIDE, Tab, opened  # noqa: E402 -- the browser the tests look through
from generated import as_mjml, stories  # noqa: E402 -- beside this script

SIZES = (1, 14, 60)
TARGET = ROOT / "docs" / "figures.md"
SHEETS = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
CONTRAST = ("color-contrast", "link-in-text-block")

HEAD = """# The page in figures

What `make compare` measured on generated items of about a hundred words: our page and that of {mjml}
for the same words, with axe-core {axe} in {browser}. For ours, every row but the second is a gate of the
test suite: on the sample, on editions of none, 1, 14 and 60 items, and on one of everything that is hard
to show (tables, pictures, Welsh, right-to-left text, addresses of 300 characters):
`tests/test_page_gates.py`, `tests/test_text_gates.py` and, with the Nu HTML checker and SpamAssassin,
`tests/test_judges.py`.

"""
FOOT = """
Both of a pair of tables are counted where Outlook gets one and all others the other. Rules of axe-core for
whole web pages ({rules}) are left out
for both: a message is shown inside one. Gmail cuts off a page over about 102 KB; some mail programs drop
`<style>`. The text part of ours says what its page says, each address whole on a line of its own; MJML writes
none.
"""


def main() -> int:
    """Measure, and write the table."""
    mjml = find_mjml()
    if isinstance(mjml, str):
        raise SystemExit(f"MJML cannot be had: {mjml}")
    with tempfile.TemporaryDirectory(prefix="bulletin-compare-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        pages = {size: (ours(folder, size), theirs(folder, size, mjml)) for size in SIZES}
        with opened(folder / "profile") as tab:
            measured = {size: [figures(tab, page) for page in pair] for size, pair in pages.items()}
            tab.axe()
            head = HEAD.format(mjml=MJML.replace("@", " "), axe=tab.run("axe.version"), browser=version(tab))
    TARGET.write_text(head + table(measured) + FOOT.format(rules=", ".join(PAGE_WIDE)), "utf-8")
    print(f"{TARGET.relative_to(ROOT)} is written")
    return 0


def ours(folder: Path, size: int) -> str:
    """Build an edition of so many items and give its page."""
    workspace = make_workspace(folder / f"ours-{size}", size)
    (page,) = workspace.glob("issues/*/editions/*/bulletin.html")
    return page.read_text("utf-8")


def theirs(folder: Path, size: int, mjml: Path) -> str:
    """Give the page MJML makes of the same items."""
    source, page = folder / f"{size}.mjml", folder / f"{size}.html"
    source.write_text(as_mjml(stories(size)), "utf-8")
    subprocess.run([mjml, source, "-o", page], check=True, capture_output=True)
    return page.read_text("utf-8")


def version(tab: Tab) -> str:
    """Name the browser."""
    name, _, number = tab.call("Browser.getVersion")["product"].partition("/")
    return f"{name.replace('Headless', '')} {number.partition('.')[0]}"


def figures(tab: Tab, page: str) -> list[str]:
    """Give the figures of one page, in the table's order."""
    bare = SHEETS.sub("", page)
    return [
        f"{len(page.encode()) / 1000:.1f}",
        str(len(re.findall(r"<table\b", page))),
        count(tab, page, tab.axe),
        count(tab, page, lambda: tab.axe(*CONTRAST), dark=True),
        count(tab, bare, tab.axe),
        *(yes(tab, page, width) for width in (320, 280)),
        yes(tab, bare, 320),
        yes(tab, page, 600, LARGER),
    ]


ROWS = (
    "HTML, KB",
    "Tables",
    "axe-core, violations",
    "… contrast in dark",
    "… without `<style>`",
    "Fits 320 px",
    "Fits 280 px",
    "Fits 320 px without `<style>`",
    "Fits with text twice as large",
)


def count(tab: Tab, page: str, judge: Callable[[], Sequence[str]], *, dark: bool = False) -> str:
    """Count what a judge finds in a page."""
    tab.show(page, dark=dark)
    return str(len(judge()))


def yes(tab: Tab, page: str, width: int, script: str = "0") -> str:
    """Say whether a page fits a window."""
    tab.show(page, width)
    tab.run(script)
    return "no" if tab.overflow() else "yes"


def table(measured: dict[int, list[list[str]]]) -> str:
    """Lay the figures out as Markdown."""
    names = [f"{who}, {size} item{'s' if size > 1 else ''}" for size in measured for who in ("Ours", "MJML")]
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    columns = [column for pair in measured.values() for column in pair]
    for number, row in enumerate(ROWS):
        lines.append(f"| {row} | " + " | ".join(column[number] for column in columns) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

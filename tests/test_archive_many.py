"""An archive of 300 past issues: one more is quick, and the search answers within a second."""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from chromium import AXE, opened
from officer import Officer, Said

ROOT = Path(__file__).resolve().parent.parent
TIMED = """<script>addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  const words = document.getElementById("status").textContent;
  if (words && !words.includes("Still looking")) document.title = `after ${Math.round(performance.now())} ms`;
}).observe(document.getElementById("status"), { childList: true }))</script></head>"""


def make(folder: Path, issues: int) -> None:
    script = [sys.executable, ROOT / "scripts/make_archive.py", folder, str(issues)]
    subprocess.run(script, check=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})


def timed(officer: Officer) -> tuple[float, Said]:
    start = time.perf_counter()
    with officer.start("archive", json=True) as process:
        out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return time.perf_counter() - start, Said(0, out, err)


def searched(folder: Path, words: str, profile: Path) -> int:
    """Give the milliseconds from opening the search page to the answer, of all years, in a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("this test needs a browser: apt-get install chromium")
    page = (folder / "search/index.html").read_text("utf-8")
    page = re.sub("<meta http-equiv=[^>]*>", "", page).replace("</head>", TIMED)
    (folder / "search/timed.html").write_text(page, "utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}"]
    address = f"file://{folder}/search/timed.html?q={words}"
    done = subprocess.run(
        [chromium, *quiet, "--timeout=5000", "--dump-dom", address],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    found = re.search(r"<title>after (\d+) ms</title>", done.stdout)
    assert found, "the search gave no answer"
    assert re.search(r"[1-9]\d* items found", done.stdout)
    return int(found[1])


def faults(archive: Path, profile: Path) -> list[str]:
    """Give what axe-core finds on a page of each kind, in light and in dark."""
    if not AXE.exists():
        pytest.fail("this test needs axe-core: run scripts/setup.sh pages")
    newest = max(path.parent.parent for path in archive.glob("2*/items/*/index.html")).parent
    item = next((newest / "items").glob("*/index.html"))
    years = [max(archive.glob(f"{name}/*/index.html")) for name in ("years", "events")]
    names = ("index.html", "search/index.html", "glossary/index.html", "events/index.html")
    found = []
    with opened(profile) as tab:
        for page in (*(archive / name for name in names), newest / "index.html", item, *years):
            for dark in (False, True):
                tab.go(page.as_uri(), dark=dark)
                found += [f"{page}: {one}" for one in tab.axe(whole=True)]
    return found


@pytest.mark.slow
def test_issue_301_writes_only_what_it_changes_and_a_search_takes_less_than_a_second(tmp_path: Path) -> None:
    folder, officer = tmp_path / "work", Officer(tmp_path / "work", "2026-12-31")
    make(folder, 300)
    whole, first = timed(officer)
    make(folder, 301)
    one_more, second = timed(officer)
    assert first.data["changed"] > 5000
    assert second.data["changed"] < 50
    assert one_more < whole / 4
    assert min(searched(folder / "archive", "orchard", tmp_path / str(turn)) for turn in range(3)) < 1000
    assert faults(folder / "archive", tmp_path / "profile") == []

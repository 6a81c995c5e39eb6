"""Make the pictures in docs/images from the sample: `make picture`, needs Chromium.

They show the largest edition as `bulletin demo` builds it, on a desktop and on a telephone in the dark, and
the officer's preview of it.
"""

import argparse
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LARGEST = 150_000
"""Bytes: what a picture in a README may weigh."""
DAY = "2026-11-26"
TRIES = 4
SCALE = 1.4
"""Dots a pixel: sharp on a good screen, and half the bytes of 2."""


@dataclass(frozen=True, slots=True)
class View:
    """A window onto the edition: its size in CSS pixels, the anchor it begins at, its look."""

    width: int
    height: int
    anchor: str = ""
    style: str = ""
    scheme: str = "light"


TELEPHONE = "border:10px solid #111;border-radius:36px"
BULLETIN = (View(640, 860), View(375, 744, "section-consultations", TELEPHONE, "dark"))
GAP = 36


def main() -> int:
    """Take every picture of a demo that is there, or of one made for this."""
    parser = argparse.ArgumentParser(description="Make the pictures in docs/images from the sample.")
    parser.add_argument("demo", nargs="?", type=Path, help="where `bulletin demo` was; made anew unless told")
    wanted = parser.parse_args().demo
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bulletin-picture-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        demo = wanted or make_demo(folder / "demo")
        take(frame(shown_page(demo, folder), folder), "bulletin.webp", window(BULLETIN), folder)
        with preview(demo) as address:
            take(address, "preview.webp", (1366, 860), folder)
    return 0


def make_demo(folder: Path) -> Path:
    """Do the whole demo in a folder."""
    run(sys.executable, "-m", "bulletin", "demo", folder)
    return folder


def shown_page(demo: Path, folder: Path) -> Path:
    """Copy the largest edition where a browser may read it, its pictures beside it as files."""
    pages = sorted(demo.glob("issues/*/editions/*/bulletin.html"))
    if not pages:
        raise SystemExit(f"there is no edition in {demo}: run `bulletin demo {demo}` first")
    chosen = max(pages, key=lambda page: page.stat().st_size)
    copied = folder / "shown"
    shutil.copytree(chosen.parent, copied)
    page = copied / chosen.name
    html = re.sub(r"""\bcid:(?=[^"'\s>]+["'])""", "images/", page.read_text("utf-8"))
    page.write_text(html.replace("</head>", "<style>a[name]{scroll-margin-top:26px}</style></head>"), "utf-8")
    return page


def frame(page: Path, folder: Path) -> str:
    """Write a page with the views side by side and give its address."""
    views = "".join(
        f'<div style="width:{view.width}px;height:{view.height}px;{view.style}">'
        f'<iframe src="{page.as_uri()}#{view.anchor}" style="color-scheme:{view.scheme}"></iframe></div>'
        for view in BULLETIN
    )
    style = (
        "body{margin:0;height:100vh;display:flex;justify-content:space-evenly;align-items:center}"
        "body{background:#e4e9e6;overflow:hidden}div{overflow:hidden;background:#111}"
        "iframe{width:100%;height:100%;border:0;display:block}"
    )
    shown = folder / "frame.html"
    shown.write_text(f"<!doctype html><title>-</title><style>{style}</style><body>{views}", "utf-8")
    return shown.as_uri()


def window(views: tuple[View, ...]) -> tuple[int, int]:
    """Give the size of a window that holds the views and the gaps round them."""
    width = sum(view.width for view in views) + GAP * (len(views) + 1)
    return width, max(view.height for view in views) + 2 * GAP


@contextmanager
def preview(demo: Path) -> Iterator[str]:
    """Open the officer's preview for a while and give its address."""
    command = [sys.executable, "-m", "bulletin", "-C", str(demo), "--today", DAY, "--json"]
    with subprocess.Popen([*command, "preview", "--no-browser"], cwd=ROOT, stdout=subprocess.PIPE) as desk:
        try:
            assert desk.stdout  # noqa: S101 -- for the type checker: it is a pipe
            announced = b"".join(iter(desk.stdout.readline, b"}\n"))
            yield json.loads(announced + b"}")["address"]
        finally:
            desk.send_signal(signal.SIGTERM)


def take(address: str, name: str, size: tuple[int, int], folder: Path) -> None:
    """Take one picture; as WebP text stays sharp in a third of a PNG's bytes.

    A frame in the page is sometimes not painted yet, and nothing tells: of a few tries the fullest is kept.
    """
    tries = [shoot(address, size, folder / f"{number}-{name}") for number in range(TRIES)]
    target = IMAGES / name
    target.write_bytes(max(tries, key=len))
    weight = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {weight // 1000} KB{', too much' if weight > LARGEST else ''}")


def shoot(address: str, size: tuple[int, int], target: Path) -> bytes:
    """Have headless Chromium show an address and give what it sees."""
    run(
        browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--hide-scrollbars",
        "--no-first-run", "--disable-background-networking", f"--user-data-dir={target.parent / 'profile'}",
        "--run-all-compositor-stages-before-draw", f"--window-size={size[0]},{size[1]}",
        f"--force-device-scale-factor={SCALE}", f"--screenshot={target}", address,
    )  # fmt: skip
    return target.read_bytes()


def browser() -> str:
    """Find Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise SystemExit("this needs Chromium: apt-get install chromium")


def run(*command: str | Path) -> None:
    """Run a program that must succeed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())

"""Make the pictures of the sample bulletin in docs/images: `make picture`, needs Chromium.

They show the top of the edition for everyone, as `bulletin demo` builds it, on a desktop and on a telephone.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LARGEST = 150_000
"""Bytes: what a picture in a README may weigh."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to take: its name, what the page has of room, and the margin round it, in CSS pixels.

    scale: dots a pixel. frame: what is drawn round the page, as CSS.
    """

    name: str
    width: int
    height: int
    margin: int = 0
    scale: float = 1
    frame: str = ""


PHONE = "border:12px solid #222;border-radius:36px;background:#fff"
PICTURES = (
    Picture("bulletin.png", 760, 1180),
    Picture("phone.png", 375, 760, margin=64, frame=PHONE),  # Chromium makes no window under 500 px
)


def main() -> int:
    """Take every picture of a demo that is there, or of one made for this."""
    parser = argparse.ArgumentParser(description="Make the pictures of the sample bulletin in docs/images.")
    parser.add_argument("demo", nargs="?", type=Path, help="where `bulletin demo` was; made anew unless told")
    wanted = parser.parse_args().demo
    with tempfile.TemporaryDirectory(prefix="bulletin-picture-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page = shown_page(wanted or make_demo(folder / "demo"), folder)
        for picture in PICTURES:
            target = IMAGES / picture.name
            take(page, picture, target, folder)
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KB")
    return 0


def make_demo(folder: Path) -> Path:
    """Do the whole demo in a folder."""
    run(sys.executable, "-m", "bulletin", "demo", folder)
    return folder


def shown_page(demo: Path, folder: Path) -> Path:
    """Copy the widest edition where a browser may read it, its pictures beside it as files."""
    pages = sorted(demo.glob("issues/*/editions/*/bulletin.html"))
    if not pages:
        raise SystemExit(f"there is no edition in {demo}: run `bulletin demo {demo}` first")
    chosen = next((page for page in pages if page.parent.name == "everyone"), pages[0])
    copied = folder / "shown"
    shutil.copytree(chosen.parent, copied)
    page = copied / chosen.name
    page.write_text(re.sub(r"""\bcid:(?=[^"'\s>]+["'])""", "images/", page.read_text("utf-8")), "utf-8")
    return page


def take(page: Path, picture: Picture, target: Path, folder: Path) -> None:
    """Take one picture with headless Chromium, the page in a frame of its own width."""
    width, height = picture.width + 2 * picture.margin, picture.height + 2 * picture.margin
    shown = folder / f"{picture.name}.html"
    shown.write_text(frame(page, picture), "utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    run(
        browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},{height}", f"--force-device-scale-factor={picture.scale}",
        f"--screenshot={target}", shown.as_uri(),
    )  # fmt: skip


def frame(page: Path, picture: Picture) -> str:
    """Write a page that shows another one in a frame in its middle."""
    size = f"width:{picture.width}px;height:{picture.height}px"
    middle = "position:absolute;left:50%;top:50%;transform:translate(-50%,-50%)"
    return (
        "<!doctype html><title>-</title>"
        "<style>body{margin:0;overflow:hidden;background:#e8ebe9}iframe{border:0}</style>"
        f'<iframe src="{page.as_uri()}" scrolling="no" style="{size};{middle};{picture.frame}"></iframe>'
    )


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

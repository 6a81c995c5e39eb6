"""The wheel works on its own: built from the tree, installed elsewhere, it does the whole demo."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CARRIED = ("templates", "forms", "contributions", "mailing_lists")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program that must succeed, with no clone in sight."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=clean, check=False,
        capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment that sees our libraries, and give its folder of programs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    places = {"base": str(folder), "platbase": str(folder)}
    site, scripts = (Path(sysconfig.get_path(name, "venv", places)) for name in ("purelib", "scripts"))
    python = scripts / Path(sys.executable).name
    python = python if python.exists() else scripts / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel, cwd=folder)
    # Our libraries are found through this, our editable install is not: .pth files in there are not read.
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "libraries.pth").write_text("\n".join(libraries) + "\n", "utf-8")
    return scripts


def test_the_wheel_carries_the_templates_and_the_sample_whole(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [path for part in CARRIED for path in (ROOT / part).rglob("*") if path.is_file()]

    wanted = {f"bulletin/shipped/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert wanted | {"bulletin/shipped/bulletin.toml", "bulletin/py.typed"} <= names


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [path for path in (ROOT / "bulletin").rglob("*") if path.is_file() and path.suffix != ".pyc"]

    assert {path.relative_to(ROOT).as_posix() for path in files} <= names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    tops = {name.partition("/")[0].partition("-")[0] for name in names}
    assert tops == {"bulletin", "communicate_bulletin"}
    assert [name for name in names if name.endswith((".pyc", ".key", ".db-wal"))] == []


def test_an_installed_wheel_does_the_demo_outside_the_clone(programs: Path, tmp_path: Path) -> None:
    where = run(programs / "python", "-c", "import bulletin; print(bulletin.__file__)", cwd=tmp_path)
    run(programs / "bulletin", "demo", tmp_path / "demo", cwd=tmp_path)

    assert programs.parent in Path(where.strip()).parents
    assert list((tmp_path / "demo").rglob("bulletin.html"))
    assert (tmp_path / "demo" / "archive" / "index.html").exists()

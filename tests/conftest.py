"""What every test may ask for."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import AXE, Tab, opened
from drop_folder import DropFolder
from hypothesis import HealthCheck, settings
from officer import Officer, at

# What the program keeps on a computer beside its workspaces is, in tests, nobody's.
os.environ["BULLETIN_DATA"] = tempfile.mkdtemp(prefix="bulletin-data-")
atexit.register(shutil.rmtree, os.environ["BULLETIN_DATA"], ignore_errors=True)

# How long an example takes on a machine that others use says nothing of whether the property holds.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
    parser.addoption(
        "--torture", type=int, default=1, metavar="N", help="kill N sends of 2,000 a hundred times (slow; 1)"
    )


class Golden:
    """The files a result is compared with, byte for byte."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self.folder = folder
        self.update = update

    def check(self, name: str, result: bytes) -> None:
        file = self.folder / name
        if self.update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(result)
        assert file.read_bytes() == result, f"{file} differs; look, then run pytest --update-golden"


@pytest.fixture(autouse=True)
def _own_register(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a computer of its own: workspaces that are copies of one know nothing of each other."""
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path_factory.mktemp("data")))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(Path(__file__).parent / "golden", update=request.config.getoption("--update-golden"))


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """Give an officer whose small issue is approved and not sent yet."""
    return at("approved", tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> DropFolder:
    return DropFolder(tmp_path / "work")


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    if not AXE.exists():
        pytest.fail("this test needs axe-core: run scripts/setup.sh pages")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, opened(Path(name)) as tab:
        yield tab

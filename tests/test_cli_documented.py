"""Every command has a test and stands in the documentation."""

import re
from pathlib import Path

import pytest

from bulletin import cli

ROOT = Path(__file__).resolve().parent.parent
TESTS = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("test_cli_*.py"))
PAGES = "\n".join(
    path.read_text("utf-8") for path in [*ROOT.glob("README.md"), *(ROOT / "docs").glob("*.md")]
)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_command_has_a_test(verb: str) -> None:
    assert re.search(rf'\("{verb}"|"{verb}",|\({verb}\)', TESTS)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_command_is_in_the_documentation(verb: str) -> None:
    assert re.search(rf"bulletin (-\S+ \S+ |--json )*{verb}\b", PAGES)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_command_is_a_module_with_a_line_of_help(verb: str) -> None:
    assert (ROOT / f"bulletin/cli/{verb}.py").is_file()
    assert cli.VERBS[verb].endswith(".")

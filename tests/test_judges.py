"""What other people's judges say of a whole message: the Nu HTML checker and SpamAssassin."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from chromium import AXE
from gate_editions import edition, made
from sending import LETTERHEAD, NOON, identify, person

from bulletin.mail.message import content, message
from bulletin.model.edition import Edition

pytestmark = pytest.mark.slow

NU = AXE.parent.parent / "vnu-jar/build/dist/vnu.jar"
NAMES = [
    "of the sample", "of a correction", "of everything", "of 1 item", "of 60 items", "of odd items",
    "of odd items in a long page",
]  # fmt: skip
UNAVOIDABLE = {
    "Element “a” is missing required attribute “href”.":
        "Outlook jumps to a name alone, and a name must be on an element of its own",
    "CSS: “mso-hide”: Property “mso-hide” doesn't exist.":
        "Outlook shows the preheader without it",
    "CSS: “supported-color-schemes”: Property “supported-color-schemes” doesn't exist.":
        "older Apple Mail knows the property by this name",
}  # fmt: skip
"""The errors e-mail cannot avoid, and why."""


def whole(found: Edition) -> bytes:
    """Give the message one person gets, to the byte."""
    to = person("ann@parish.example", "Ann Field")
    ready = content(found, LETTERHEAD, calendar_attached=True)
    return message(ready, to, identify(to.key), NOON)


def test_the_nu_checker_finds_no_error_but_those_email_cannot_avoid(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.html").write_text(edition(name).html, "utf-8")
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!DOCTYPE html><html lang=en><title>-</title><p><table><tr><td><nobr>", "utf-8")
    said = errors(sorted(tmp_path.glob("*.html")))
    assert said.pop(wrong.name, None), "it sees nothing"
    assert {name: found - set(UNAVOIDABLE) for name, found in said.items()} == {name: set() for name in said}


def errors(pages: list[Path]) -> dict[str, set[str]]:
    """Let the Nu HTML checker judge pages: its errors by a page's name."""
    if shutil.which("java") is None:
        pytest.fail("the Nu HTML checker needs Java: run scripts/setup.sh part java")
    command = ["java", "-jar", NU, "--format", "json", "--errors-only", *pages]
    done = subprocess.run(command, capture_output=True, check=False)
    found: dict[str, set[str]] = {page.name: set() for page in pages}
    for one in json.loads(done.stderr)["messages"]:
        found[unquote(one["url"].rpartition("/")[2])].add(one["message"])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_spamassassin_thinks_no_harm_of_it(name: str, tmp_path: Path) -> None:
    assert points(whole(edition(name)), tmp_path) <= 0.1


def test_spamassassin_knows_harm_when_it_sees_it(tmp_path: Path) -> None:
    gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
    assert points(whole(replace(made("of 1 item"), text=gtube)), tmp_path) > 0.1


def points(data: bytes, folder: Path) -> float:
    """Let SpamAssassin judge a message by its local rules alone, as a network that is not asked would."""
    if shutil.which("spamassassin") is None:
        pytest.fail("this test needs SpamAssassin: run scripts/setup.sh part spam")
    done = subprocess.run(
        ["spamassassin", "-L", "-t", "--siteconfigpath=/etc/spamassassin", f"--prefspath={folder / 'prefs'}"],
        input=data, capture_output=True, check=True, timeout=120,
        env={"HOME": str(folder), "PATH": os.defpath},
    )  # fmt: skip
    found = re.search(rb"^X-Spam-Status: .*?score=(-?[0-9.]+)", done.stdout, re.MULTILINE)
    assert found, done.stderr.decode()
    return float(found[1])

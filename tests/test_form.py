"""The form partners fill in: the same lines in Word, in each bulletin's footer and in what is collected."""

import html
import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote

import pytest
from officer import ROOT, Officer, at
from small_issue import PARTNERS, SETTINGS, edition, item

from bulletin.collect.readers.word.drafts import FORM_HEADING
from bulletin.form import FORM, form_lines
from bulletin.labels import LABELS, read_labels
from bulletin.settings.values import Sender
from bulletin.workspace.shipped import FORM as PATH
from bulletin.workspace.shipped import shipped

sys.path.insert(0, str(ROOT / "scripts"))
import make_form

LINK = re.compile(r'href="(mailto:[^"]*body=[^"]*)"')


def link(page: str) -> str:
    """Give the one link of a bulletin that opens the form."""
    (found,) = LINK.findall(page)
    return html.unescape(found)


def body(url: str) -> str:
    return parse_qs(url.partition("?")[2])["body"][0]


def test_it_has_every_label_a_contributor_may_write() -> None:
    assert sorted(name.lower() for name in FORM) == sorted(LABELS)


def test_the_word_form_has_the_same_lines_in_the_same_order() -> None:
    assert tuple(name for name, _ in make_form.ROWS if name != "Text") == FORM


def test_the_word_form_in_the_repository_is_what_the_script_makes() -> None:
    assert shipped(PATH).read_bytes() == make_form.form()
    assert make_form.HEADING.lower() == FORM_HEADING


def test_left_empty_it_says_nothing() -> None:
    read = read_labels("\n".join((*form_lines(), "", "Words.")))

    assert {label.value for label in read.labels.values()} == {""}
    assert (read.text, read.unknown) == ("Words.", ())


def test_each_bulletin_opens_it_as_an_e_mail() -> None:
    url = link(edition(item("walk")).html)

    assert url.startswith("mailto:communicate@avon.example?subject=For%20Communicate&body=")
    assert body(url).split("\r\n")[2:-2] == list(form_lines())


def test_the_link_is_one_that_outlook_takes() -> None:
    url = link(edition(item("walk"), of=PARTNERS).html)

    assert len(url) < 2000
    assert not set(url) & set(" +\r\n")
    assert url.count("%0D%0A") == unquote(url).count("\r\n") == len(FORM) + 3


def test_the_plain_text_shows_the_address_and_the_lines() -> None:
    text = edition(item("walk")).text
    words = " ".join(text.split())

    assert "Send us your news. Write to communicate@avon.example with our short form." in words
    assert f"{', '.join(FORM[:-1])} and {FORM[-1]}." in words
    assert "mailto:" not in text


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        (Sender("A", "a@x.example"), "a@x.example"),
        (Sender("A", "a@x.example", reply_to="b@x.example"), "b@x.example"),
        (Sender("A", "a@x.example", reply_to="b@x.example", contributions="c+d@x.example"), "c+d@x.example"),
    ],
)
def test_it_goes_where_the_settings_say(sender: Sender, address: str) -> None:
    page = edition(item("walk"), settings=SETTINGS._replace(sender=sender)).html

    assert link(page).startswith(f"mailto:{address}?")


def test_the_longest_names_leave_the_link_short_enough() -> None:
    long = SETTINGS._replace(
        partnership=SETTINGS.partnership._replace(title="A title " * 40 + "\u00e9" * 60),
        sender=SETTINGS.sender._replace(contributions=f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"),
    )

    assert len(link(edition(item("walk"), settings=long).html)) < 2000


def test_an_e_mail_that_was_opened_with_it_is_read_whole(tmp_path: Path) -> None:
    officer = at("collected", tmp_path)
    filled = body(link(_built(officer)))
    filled = filled.replace("Title: ", "Title: Bridge opens").replace("When: ", "When: 4 December 2026, 10am")
    mail = f"From: Jo <jo@north.example>\nSubject: For Communicate\n\n{filled}Come and see.\n"
    (officer.folder / "contributions/jo.eml").write_bytes(
        mail.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    )
    assert officer("collect").code == 0

    written = officer.path("items/bridge-opens.md").read_text("utf-8")
    assert "Title: Bridge opens\n" in written
    assert "When: 4 December 2026, 10am\n" in written
    assert written.endswith("---\n\nCome and see.\n")


def _built(officer: Officer) -> str:
    assert officer("build").code == 0
    return officer.path("editions/everyone/bulletin.html").read_text("utf-8")


@pytest.mark.parametrize("words", [("init", "w"), ("init", "--sample", "w")], ids=["empty", "sample"])
def test_a_new_workspace_has_the_word_form(tmp_path: Path, words: tuple[str, ...]) -> None:
    (*before, _), folder = words, tmp_path / "w"
    assert Officer(tmp_path)(*before, folder).code == 0

    assert (folder / PATH).read_bytes() == shipped(PATH).read_bytes()

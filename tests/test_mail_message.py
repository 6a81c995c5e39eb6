"""A message is the edition encoded once, with a few headers for each person, verified."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.mail.message import Leaving, Letterhead, content, head, message, message_id, verify
from bulletin.mail.parts import quoted_printable
from bulletin.model.delivery import Recipient
from bulletin.model.edition import CalendarFile, Edition, Image
from bulletin.model.partnership import Reach

LETTERHEAD = Letterhead(
    name="Avonbridge Partnership",
    address="bulletin@avonbridge.example",
    reply_to="officer@avonbridge.example",
    list_id="communicate.avonbridge.example",
    leave="leave@avonbridge.example",
    sender="bounces@avonbridge.example",
    domain="avonbridge.example",
    issue="2026-11",
)
EDITION = Edition(
    name="everyone",
    reach=Reach.PUBLIC,
    day=date(2026, 11, 26),
    subject="Communicate 14: a £60,000 transport fund",
    html='<p>Café</p><img src="cid:logo.png" alt="">\n',
    text="Café\n.hidden\nFrom here on\n",
    items=("fund",),
    calendar=(CalendarFile("joint-gathering.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),),
    images=(Image("logo.png", "image/png", b"\x89PNG" + bytes(range(256))),),
)
JOSE = Recipient("jose@b.example", "jose@b.example", "José", "everyone", "core-group")
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ID = message_id("2026-11", JOSE.key, "avonbridge.example", b"secret")
REAL = ["Date", "To", "Message-ID", "Subject", "List-Id", "List-Help", "List-Post", "List-Unsubscribe"]
COMMON = ["From", "Reply-To", "Auto-Submitted", "MIME-Version", "Content-Type"]
WORDS = st.text(st.characters(exclude_categories=("Cs",)))


def composed(*, test: bool = False, calendar_attached: bool = True, edition: Edition = EDITION) -> bytes:
    made = content(edition, LETTERHEAD, calendar_attached=calendar_attached)
    return message(made, JOSE, ID, NOON, test=test)


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def shape(part: EmailMessage) -> list[object]:
    inner = [shape(p) for p in part.iter_parts()] if part.is_multipart() else []
    return [part.get_content_type(), *inner]


def test_every_header_is_there_once_and_there_is_no_other() -> None:
    assert parsed(composed()).keys() == REAL + COMMON


def test_the_headers_say_who_to_whom_and_how_to_leave() -> None:
    mail = parsed(composed())
    assert mail["From"] == "Avonbridge Partnership <bulletin@avonbridge.example>"
    assert mail["To"] == "José <jose@b.example>"
    assert mail["Subject"] == EDITION.subject
    assert mail["List-Id"] == "<communicate.avonbridge.example>"
    assert mail["List-Unsubscribe"] == "<mailto:leave@avonbridge.example?subject=unsubscribe%20core-group>"
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("leaving", "out", "post"),
    [
        (Leaving(), "<mailto:leave@avonbridge.example?subject=unsubscribe%20core-group>", None),
        (Leaving("stop k3"), "<mailto:leave@avonbridge.example?subject=stop%20k3>", None),
        (
            Leaving("stop", "https://leave.example/k3?x=1"),
            "<https://leave.example/k3?x=1>, <mailto:leave@avonbridge.example?subject=stop>",
            "List-Unsubscribe=One-Click",
        ),
        (
            Leaving("stop", "http://leave.example/k3"),
            "<http://leave.example/k3>, <mailto:leave@avonbridge.example?subject=stop>",
            None,
        ),
    ],
    ids=["by-name", "by-subject", "one-click", "not-encrypted"],
)
def test_the_way_out_is_one_click_only_over_https(leaving: Leaving, out: str, post: str | None) -> None:
    made = content(EDITION, LETTERHEAD, calendar_attached=False)
    mail = parsed(head(made, JOSE, ID, NOON, leaving=leaving) + made.body)
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (out, post)
    assert (mail["List-Post"], mail["List-Help"]) == ("NO", "<mailto:leave@avonbridge.example?subject=help>")
    assert len(set(mail.keys())) == len(mail.keys())


@pytest.mark.parametrize(
    "url", ["https://a b", "https://a\r\nBcc: x@y.example", "https://é", "https://a>,<b"]
)
def test_a_way_out_that_is_no_address_of_a_page_is_refused(url: str) -> None:
    made = content(EDITION, LETTERHEAD, calendar_attached=False)
    with pytest.raises(BulletinError, match="List-Unsubscribe"):
        head(made, JOSE, ID, NOON, leaving=Leaving(url=url))


def test_a_head_and_the_shared_body_are_the_message() -> None:
    made = content(EDITION, LETTERHEAD, calendar_attached=False)
    assert head(made, JOSE, ID, NOON) + made.body == message(made, JOSE, ID, NOON)


def test_a_test_copy_is_marked_and_belongs_to_no_list() -> None:
    mail = parsed(composed(test=True))
    assert mail["Subject"] == f"TEST: {EDITION.subject}"
    assert mail.keys() == [name for name in REAL + COMMON if not name.startswith("List-")]


def test_text_and_html_are_alternatives_with_pictures_inside_and_events_attached() -> None:
    related = ["multipart/related", ["text/html"], ["image/png"]]
    alternative = ["multipart/alternative", ["text/plain"], related]
    assert shape(parsed(composed())) == ["multipart/mixed", alternative, ["text/calendar"]]
    assert shape(parsed(composed(calendar_attached=False))) == alternative


def test_every_part_comes_back_to_the_byte() -> None:
    plain, page, picture, event = [p for p in parsed(composed()).walk() if not p.is_multipart()]
    assert plain.get_content() == EDITION.text.replace("\n", "\r\n")
    assert page.get_content() == EDITION.html.replace("\n", "\r\n")
    assert picture.get_content() == EDITION.images[0].data
    assert picture["Content-ID"] == "<logo.png>"
    assert event.get_payload(decode=True) == EDITION.calendar[0].data
    assert event.get_filename() == "joint-gathering.ics"


def test_no_line_begins_with_a_full_stop_or_with_from() -> None:
    lines = composed().partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert not [line for line in lines if line.startswith((b".", b"From "))]


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert composed() == composed()
    first, second = (content(EDITION, LETTERHEAD, calendar_attached=c) for c in (True, False))
    assert first.digest != second.digest


@given(WORDS)
def test_any_text_survives_quoted_printable_on_short_lines(words: str) -> None:
    edition = Edition("e", Reach.PUBLIC, EDITION.day, "s", "<p>x</p>\n", words, ())
    plain = next(iter(parsed(composed(edition=edition)).iter_parts()))
    unix = words.replace("\r\n", "\n").replace("\r", "\n")
    assert plain.get_payload(decode=True).decode() == unix.removesuffix("\n").replace("\n", "\r\n") + "\r\n"
    assert max(map(len, quoted_printable(words).split(b"\r\n"))) <= 76


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_any_name_of_an_event_survives_as_its_file_name(name: str) -> None:
    edition = Edition("e", Reach.PUBLIC, EDITION.day, "s", "", "", (), (CalendarFile(f"x{name}.ics", b""),))
    data = composed(edition=edition, test=True)
    event = list(parsed(data).iter_parts())[1]
    assert event.get_filename() == f"x{name}.ics"
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_a_message_id_is_the_same_every_time_and_shows_no_address() -> None:
    again = message_id("2026-11", JOSE.key, "avonbridge.example", b"secret")
    assert again == ID
    assert "jose" not in ID
    assert len(ID.strip("<>").partition("@")[0]) == len("2026-11.") + 26
    assert message_id("2026-12", JOSE.key, "avonbridge.example", b"secret")[9:] != ID[9:]
    assert message_id("2026-11", JOSE.key, "avonbridge.example", b"other") != ID


def test_a_message_id_has_a_sound_local_part_whatever_the_issue_is_called() -> None:
    local = message_id("Ŵ..x/" * 30, "k", "münchen.example", b"s").strip("<>").partition("@")[0]
    assert len(local) <= 64
    assert ".." not in local
    assert local.isascii()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"To: ", b"Bcc: e@x.example\r\nTo: "),
        (b"To: ", b"To: e@x.example\r\nTo: "),
        (b"List-Id: ", b"Cc: "),
        (b"Subject: ", b"Subject: " + b"x" * 998),
        (b"Subject: ", b"Subject: \n"),
        (b"\r\n\r\n", b"\r\n\r\n" + b"x" * 999),
        (b"\r\n\r\n", b"\r\n\r\na\rb"),
        (b"\r\n\r\n", b"\r\n\r\n\0"),
    ],
    ids=["bcc", "two-to", "cc", "long-header", "bare-lf", "long-line", "bare-cr", "nul"],
)
def test_a_message_that_is_not_as_meant_is_refused(before: bytes, after: bytes) -> None:
    verify(composed(), REAL + COMMON)
    with pytest.raises(BulletinError, match="message"):
        verify(composed().replace(before, after, 1), REAL + COMMON)


def test_a_cc_is_refused_even_where_it_is_meant() -> None:
    with pytest.raises(BulletinError, match="one person alone"):
        verify(b"To: a@b.example\r\nCc: c@d.example\r\n\r\n", ["To", "Cc"])


def test_a_domain_with_accents_is_written_in_ascii() -> None:
    abroad = replace(LETTERHEAD, list_id="news.münchen.example", leave="leave@münchen.example")
    data = message(content(EDITION, abroad, calendar_attached=False), JOSE, ID, NOON)
    assert parsed(data)["List-Id"] == "<news.xn--mnchen-3ya.example>"
    assert data.isascii()


def test_a_subject_no_header_can_hold_is_refused_when_the_edition_is_made() -> None:
    bad = Edition("e", Reach.PUBLIC, EDITION.day, "a\nBcc: x", "", "", ())
    with pytest.raises(BulletinError, match="Subject"):
        content(bad, LETTERHEAD, calendar_attached=False)

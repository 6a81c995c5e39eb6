"""A copy somebody passes on: whoever gets it can take nobody off the list but themselves."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from urllib.parse import unquote

import html5lib
import pytest
from officer import at

from bulletin.tokens import is_mark

PAGE = "https://www.avonbridge.example/leave"


@pytest.fixture(scope="module")
def inboxes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EmailMessage]:
    """Send an issue and give the message everybody finds, by its reader, from its bytes."""
    officer = at("collected", tmp_path_factory.mktemp("forwarding"))
    officer.edit("bulletin.toml", "\n[site]\n", f'\n[site]\nleave = "{PAGE}"\n')
    doors = officer.folder / "passed"
    send = ("send", "--relay", f"folder:{doors}", "--confirm", 4)
    for words in (("build",), ("approve", "--by", "Jo"), send):
        said = officer(*words)
        assert said.code == 0, said.err
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in doors.rglob("*.eml")]
    return {str(mail["To"]): mail for mail in mails}


def parts(mail: EmailMessage) -> tuple[str, str]:
    page, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert page
    assert text
    return page.get_content(), text.get_content()


def as_outlook(mail: EmailMessage) -> str:
    """Quote a message as Outlook does: a rule, four bold headers, and the page as it was."""
    head = "".join(f"<b>{name}:</b> {escape(str(mail[of]))}<br>" for name, of in OUTLOOK.items())
    return f'<div style="border-top:solid #E1E1E1 1.0pt"><p>{head}</p></div>{parts(mail)[0]}'


def as_gmail(mail: EmailMessage) -> str:
    """Quote it as Gmail does: what stands in the body, without a sheet, in a quotation of its own."""
    head = "".join(f"{name}: {escape(str(mail[name]))}<br>" for name in ("From", "Date", "Subject", "To"))
    body = re.sub(r"(?s).*<body[^>]*>|</body>.*|<style.*?</style>", "", parts(mail)[0])
    return f'<div class="gmail_quote">---------- Forwarded message ---------<br>{head}<br>{body}</div>'


def as_apple(mail: EmailMessage) -> str:
    """Quote it as Apple Mail does in plain text: every line after a mark."""
    names = ("From", "Subject", "Date", "To", "Reply-To")
    head = "".join(f"{name}: {mail[name]}\n" for name in names)
    quoted = "\n".join(f"> {line}" for line in f"{head}\n{parts(mail)[1]}".splitlines())
    return f"Begin forwarded message:\n\n{quoted}\n"


def as_outlook_text(mail: EmailMessage) -> str:
    """Quote it as Outlook does where messages are plain text: under a rule, the page's links in brackets."""
    head = "".join(f"{name}: {mail[of]}\n" for name, of in OUTLOOK.items())
    tree = html5lib.parse(parts(mail)[0], namespaceHTMLElements=False)
    links = "\n".join(f"{''.join(one.itertext())}<{one.get('href', '')}>" for one in tree.iter("a"))
    return f"-----Original Message-----\n{head}\n{parts(mail)[1]}\n{links}\n"


def as_apple_page(mail: EmailMessage) -> str:
    """Quote it as Apple Mail does in HTML: the head in bold, the body with its sheet in a quotation."""
    head = "".join(
        f"<div><b>{name}: </b>{escape(str(mail[name]))}</div>" for name in ("From", "Subject", "To")
    )
    body = re.sub(r"(?s).*<body[^>]*>|</body>.*", "", parts(mail)[0])
    return f'<div>Begin forwarded message:</div><blockquote type="cite">{head}<br>{body}</blockquote>'


OUTLOOK = {"From": "From", "Sent": "Date", "To": "To", "Subject": "Subject"}
PROGRAMS: list[Callable[[EmailMessage], str]] = [
    as_outlook,
    as_outlook_text,
    as_gmail,
    as_apple,
    as_apple_page,
]
PEOPLE = [
    "Ann <ann@parish.example>",
    "Bob <bob@parish.example>",
    "Cat <cat@parish.example>",
    "Dan <dan@parish.example>",
]


def addresses(forwarded: str) -> set[str]:
    """Give every address in a forwarded message that a reader could follow."""
    links = {one.get("href", "") for one in html5lib.parse(forwarded, namespaceHTMLElements=False).iter("a")}
    return links | set(re.findall(r"https?://[^\s<>\"]+", forwarded))


@pytest.mark.parametrize("quoted", PROGRAMS)
def test_nothing_in_it_belongs_to_who_passed_it_on(
    inboxes: dict[str, EmailMessage], quoted: Callable[[EmailMessage], str]
) -> None:
    ann, bob, *_ = PEOPLE
    of_ann, of_bob = (quoted(inboxes[who]) for who in (ann, bob))
    assert of_ann == of_bob.replace(bob, ann).replace(escape(bob), escape(ann))


@pytest.mark.parametrize("quoted", PROGRAMS)
@pytest.mark.parametrize("who", PEOPLE)
def test_no_mark_and_no_way_out_of_theirs_is_in_it(
    inboxes: dict[str, EmailMessage], quoted: Callable[[EmailMessage], str], who: str
) -> None:
    ways = re.findall(r"<([^>]+)>", str(inboxes[who]["List-Unsubscribe"]))
    assert ways
    forwarded = unquote(quoted(inboxes[who]))
    assert not any(unquote(way) in forwarded for way in ways)
    assert not any(is_mark(word) for word in re.split(r"\W+", forwarded))


@pytest.mark.parametrize("quoted", PROGRAMS)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_way_out_it_names_asks_for_the_address_of_who_uses_it(
    inboxes: dict[str, EmailMessage], quoted: Callable[[EmailMessage], str], who: str
) -> None:
    found = addresses(quoted(inboxes[who]))
    assert {one for one in found if one.startswith(PAGE)} == {f"{PAGE}/"}
    assert "parish.example" not in unquote(" ".join(found))
    assert not any("unsubscribe" in one.lower() for one in found)

"""A draft: one person, no header but those meant, and edited ones can be told from those as written."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.mail.draft import Attachment, Draft, draft_message, is_as_written, usable

LETTER = Draft(
    "Jo Field", "jo@council.example", "news@council.example", "Ann Other", "ann@north.example",
    "A question", "Dear Ann,\n\nYes?\n", "<p>Dear Ann,</p>",
    (Attachment("a form.docx", "application/x", b"\0\r\n"),),
)  # fmt: skip
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=80)


def with_(**values: object) -> Draft:
    return Draft(**{**{name: getattr(LETTER, name) for name in LETTER.__slots__}, **values})  # type: ignore[arg-type]


def test_a_mail_program_reads_what_was_meant() -> None:
    mail = message_from_bytes(draft_message(LETTER), policy=policy.default)

    assert mail.keys() == ["From", "Reply-To", "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    plain = mail.get_body(("plain",))
    assert plain
    assert plain.get_content() == "Dear Ann,\r\n\r\nYes?\r\n"
    (form,) = mail.iter_attachments()
    assert (form.get_filename(), form.get_content()) == ("a form.docx", b"\0\r\n")


def test_without_an_addressee_there_is_no_to() -> None:
    assert b"\r\nTo:" not in draft_message(with_(to=""))


def test_an_answer_to_the_writer_needs_no_reply_to() -> None:
    assert b"Reply-To" not in draft_message(with_(reply_to="jo@council.example"))


@given(PRINTABLE, PRINTABLE, PRINTABLE)
def test_no_words_make_another_header(subject: str, name: str, text: str) -> None:
    message = draft_message(with_(subject=subject, to_name=name, text=text))
    mail = message_from_bytes(message, policy=policy.compat32)

    assert len(mail.keys()) == 7
    assert is_as_written(message)


@pytest.mark.parametrize("line", ["x\r\nBcc: eve@x.example", "x\ny", "\x00"])
def test_a_line_end_in_a_header_is_refused(line: str) -> None:
    with pytest.raises(BulletinError):
        draft_message(with_(subject=line))


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_any_edit_shows(at: int, words: bytes) -> None:
    message = draft_message(LETTER)
    at %= len(message)
    edited = message[:at] + words + message[at + len(words) :]

    assert is_as_written(edited) == (edited == message)


@pytest.mark.parametrize("message", [b"", b"From: x\r\n\r\nHello", b'boundary="=_000000000000000000000000"'])
def test_what_we_never_wrote_counts_as_edited(message: bytes) -> None:
    assert not is_as_written(message)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (" ann@north.example ", "ann@north.example"),
        ("ann", ""),
        ("", ""),
        ("a@b@c", ""),
        ("a b@north.example", ""),
    ],
)
def test_an_address_is_usable_or_nothing(words: str, address: str) -> None:
    assert usable(words) == address

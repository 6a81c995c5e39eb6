"""Outlook's .msg: the same contribution as from an .eml, and nothing lost of what it carries."""

from hypothesis import given, settings
from hypothesis import strategies as st
from outlook_file import attachment, compound, message

from bulletin.collect.readers.mail.opening.eml import read_eml
from bulletin.collect.readers.mail.opening.outlook import read_msg
from bulletin.collect.readers.mail.opening.rich_text import unpack_rich_text
from bulletin.model.contribution import FileOutcome

SENDER = {
    "s_0C1A001F": "Jo Field".encode("utf-16-le"),
    "s_5D01001F": "jo@harrowell.example".encode("utf-16-le"),
}
PACKED = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"


def test_a_message_gives_its_title_its_sender_and_its_words() -> None:
    data = compound(message("FW: Winter fair", "Come to the fair.\r\n\r\nKind regards\r\nJo", **SENDER))
    reading = read_msg("fair.msg", data)
    draft = reading.drafts[0]
    assert reading.outcome is FileOutcome.READ
    assert (draft.labels["title"], draft.text) == ("Winter fair", "Come to the fair.")
    assert draft.labels["sender"] == "Jo Field <jo@harrowell.example>"
    assert "a signature was cut: Kind regards Jo" in reading.notes


def test_the_html_is_preferred_and_kept_as_markdown() -> None:
    html = b"<html><body><p>Come to the <b>fair</b>.</p><ul><li>cake</li></ul></body></html>"
    reading = read_msg("a.msg", compound(message("Fair", "Come to the fair. * cake", html)))
    assert reading.drafts[0].text == "Come to the **fair**.\n\n- cake"


def test_words_in_a_windows_code_page_are_read() -> None:
    streams = message(
        "", s_0037001E=b"Caf\xe9 in Tamsford", s_1000001E="It\u2019s open at £2".encode("cp1252")
    )
    draft = read_msg("a.msg", compound(streams)).drafts[0]
    assert (draft.labels["title"], draft.text) == ("Café in Tamsford", "It\u2019s open at £2")


def test_what_is_attached_is_handed_on_and_a_logo_left_behind() -> None:
    streams = message(
        "Poster",
        "The poster for our fair is attached.",
        **{
            "__attach_version1.0_#00000000": attachment("..\\..\\Poster.pdf", b"%PDF-" + b"x" * 5000),
            "__attach_version1.0_#00000001": attachment("image001.png", b"\x89PNG", cid="image001.png@01"),
        },
    )
    reading = read_msg("a.msg", compound(streams))
    assert [(one.name, len(one.data)) for one in reading.attached] == [("Poster.pdf", 5005)]
    assert "a picture inside the text was left behind: image001.png" in reading.notes
    assert (reading.drafts, "poster for our fair" in reading.why) == ((), True)


def test_a_message_inside_a_message_becomes_an_eml_of_its_own() -> None:
    inner = message("Free trees", "We have 3,000 trees — “free”.", **SENDER)
    streams = message(
        "FW: Free trees", "See below", **{"__attach_version1.0_#00000000": {"__substg1.0_3701000D": inner}}
    )
    handed = read_msg("a.msg", compound(streams)).attached[0]
    draft = read_eml(handed.name, handed.data).drafts[0]
    assert handed.name == "Free trees.eml"
    assert draft.text == "We have 3,000 trees — “free”."
    assert draft.labels == {"title": "Free trees", "sender": "Jo Field <jo@harrowell.example>"}


def test_words_kept_as_rich_text_alone_are_handed_on() -> None:
    reading = read_msg("a.msg", compound(message("Hello", s_10090102=bytes.fromhex(PACKED))))
    assert [(one.name, one.data) for one in reading.attached] == [
        ("message.rtf", b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
    ]


def test_an_encrypted_message_and_a_calendar_entry_need_a_person() -> None:
    for kind in ("IPM.Note.SMIME", "IPM.Appointment"):
        streams = message("Secret", "words", s_001A001F=kind.encode("utf-16-le"))
        reading = read_msg("a.msg", compound(streams))
        assert reading.outcome is FileOutcome.NEEDS_YOU
        assert reading.why
        assert reading.hint


def test_what_is_no_outlook_message_says_so() -> None:
    for data in (
        b"",
        b"From: a@b.example\n\nhi",
        compound({"WordDocument": b"doc"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 200,
    ):
        reading = read_msg("a.msg", data)
        assert (reading.outcome, bool(reading.hint)) == (FileOutcome.NOT_READ, True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12), st.integers(0, 6000))
def test_a_broken_file_is_said_never_raised(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(compound(message("FW: Fair", "From: a\nTo: b", b"<p>x</p>", **SENDER)))
    for at, byte in changes:
        data[at % len(data)] = byte
    assert read_msg("a.msg", bytes(data)).outcome in FileOutcome
    assert read_msg("a.msg", bytes(data[:length])).outcome in FileOutcome


@given(st.binary(max_size=200))
def test_any_bytes_unpack_to_something(data: bytes) -> None:
    assert isinstance(unpack_rich_text(b"\0\0\0\0\xff\xff\0\0LZFu\0\0\0\0" + data), bytes)
    assert isinstance(unpack_rich_text(data), bytes)

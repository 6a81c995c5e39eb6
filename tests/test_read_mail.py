"""A saved e-mail: its subject, its parts, what it carries, and whatever is wrong with it."""

from base64 import b64encode
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import JO, draft, html_mail, notes, plain_mail, read, text

from bulletin.collect.mailfile.attachments import safe_name
from bulletin.collect.mailfile.flowed import reflow
from bulletin.collect.mailfile.headers import header_text, read_sender
from bulletin.collect.mailfile.saved import is_mail_text, read_mail_text
from bulletin.collect.mailfile.subject import read_subject, says_nothing
from bulletin.collect.words_file import read_words
from bulletin.model.contribution import FileOutcome


def carrying(words: str, *files: tuple[str, str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = JO, "Winter fair"
    message.set_content(words)
    for name, kind, data in files:
        message.add_attachment(
            data, maintype=kind.partition("/")[0], subtype=kind.partition("/")[2], filename=name
        )
    return message.as_bytes()


def test_the_subject_is_the_title_and_the_sender_is_kept_for_finding_the_organisation() -> None:
    found = draft(plain_mail("Come to the fair."))
    assert found.labels == {"title": "Winter fair", "sender": JO}
    assert found.inferred == ("title from the e-mail's subject",)
    assert found.text == "Come to the fair."


@pytest.mark.parametrize(
    ("line", "title", "taken_off"),
    [
        ("FW: FW: [EXTERNAL] Free trees", "Free trees", "FW: FW: [EXTERNAL]"),
        ("RE: Fwd: Re[2]: Trees", "Trees", "RE: Fwd: Re[2]:"),
        ("[OFFICIAL] Trees", "Trees", "[OFFICIAL]"),
        ("EXTERNAL: Trees - OFFICIAL", "Trees", "EXTERNAL: - OFFICIAL"),
        ("WG: AW: Bäume", "Bäume", "WG: AW:"),
        ("Ymlaen: Coed", "Coed", "Ymlaen:"),
        ("Regarding: the fair", "Regarding: the fair", ""),
        ("[Avonbridge] Trees", "[Avonbridge] Trees", ""),
        ("Official opening of the hall", "Official opening of the hall", ""),
        ("FW:", "", "FW:"),
    ],
)
def test_what_mail_programs_put_before_a_subject_is_taken_off(line: str, title: str, taken_off: str) -> None:
    assert read_subject(line)[:2] == (title, taken_off)


def test_what_was_taken_off_the_subject_is_said() -> None:
    assert "taken off the subject: FW: [EXTERNAL]" in notes(plain_mail("Come.", "FW: [EXTERNAL] Fair"))


def test_a_subject_that_says_only_what_it_is_for_is_no_title() -> None:
    assert says_nothing("Item for the Communicate bulletin")
    assert "title" not in draft(plain_mail("Come to the fair.", "Bulletin item")).labels


def test_a_label_goes_before_the_subject() -> None:
    found = draft(
        plain_mail("Hi Meera,\n\nTitle: Carols\nWhen: 9 December 2026\n\nSing with us.", "Bulletin")
    )
    assert (found.labels["title"], found.labels["when"], found.text) == (
        "Carols",
        "9 December 2026",
        "Sing with us.",
    )
    assert found.inferred == ()


def test_a_heading_that_repeats_the_title_is_not_said_twice() -> None:
    assert draft(html_mail("<h1>Winter fair</h1><p>Come.</p>")).text == "Come."


def test_a_sentence_that_begins_with_from_is_no_label_and_no_heading() -> None:
    words = (
        "From: Monday, the library is closed.\n\nFrom: 10am\nTo: 4pm\nDate: 4 December 2026\n\nCome along."
    )
    found = text(words)
    assert all(word in found for word in ("From: Monday", "From: 10am", "To: 4pm", "Come along."))


def test_an_official_sensitive_message_gives_no_draft_however_it_is_encoded() -> None:
    head = f"From: {JO}\nSubject: Fair\n"
    hidden = b64encode(b"<p>OFFICIAL<b>-</b>SENSITIVE</p><p>names</p>")
    for data in (
        plain_mail("Names of farms.", "=?utf-8?q?=5BOFFICIAL-SENS?= =?utf-8?q?ITIVE=5D?= Crime"),
        plain_mail("OFFICIAL: SENSITIVE\n\nNames"),
        f"{head}Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n".encode() + hidden,
    ):
        reading = read(data)
        assert (reading.outcome, reading.drafts, reading.attached) == (FileOutcome.NEEDS_YOU, (), ())
        assert "OFFICIAL-SENSITIVE" in reading.why


def test_encoded_and_raw_headers_are_read() -> None:
    assert header_text("=?iso-8859-1?q?Caf=E9?= =?utf-8?b?4oKs?= 5") == "Café€ 5"
    assert header_text("=?utf-8?b?ww==?= =?utf-8?b?pA==?=") == "ä"
    assert header_text("=?no-such-charset?q?Caf=C3=A9?=") == "Café"
    assert (
        draft("From: Siân <s@x.example>\nSubject: Bore coffi a Caffè\n\nDewch".encode()).labels["title"]
        == "Bore coffi a Caffè"
    )
    assert draft(b"From: s@x.example\nSubject: Caf\xe9 caf\xe9\n\nx").labels["title"] == "Café café"


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ('"Field, Jo" <jo@x.example>', "Field Jo", "jo@x.example"),
        ("Jo Field [mailto:jo@x.example]", "Jo Field", "jo@x.example"),
        ("jo@x.example", "", "jo@x.example"),
        ("Jo Field", "Jo Field", ""),
        ("Jo <jo@x.example> on behalf of Trees Team <trees@x.example>", "Trees Team", "trees@x.example"),
    ],
)
def test_a_sender_is_read_however_it_is_written(written: str, name: str, address: str) -> None:
    sender = read_sender(written)
    assert (sender.name, sender.address) == (name, address)


def test_an_unknown_character_set_is_guessed_and_said() -> None:
    data = b"From: a@x.example\nSubject: S\nContent-Type: text/plain; charset=klingon\n\nCaf\xe9 \x93open\x94"
    assert draft(data).text == "Café “open”"
    assert "klingon" in notes(data)


def test_lines_of_format_flowed_are_joined() -> None:
    assert reflow("One \nline.\n\n> quoted \n> too\n-- \nJo") == "One line.\n\n> quoted too\n-- \nJo"
    assert reflow("long wo \nrd", delsp=True) == "long word"


def test_the_text_is_taken_where_the_html_says_less() -> None:
    assert (
        draft(html_mail("<p><img src='cid:x'></p>", "All the words are here.")).text
        == "All the words are here."
    )


def test_the_html_is_taken_and_a_text_that_differs_is_said() -> None:
    data = html_mail(
        "<p>Come to the fair, with mulled wine and carols.</p>", "Please view our newsletter online"
    )
    assert draft(data).text == "Come to the fair, with mulled wine and carols."
    assert "reads differently and was left out: Please view our newsletter online" in notes(data)


def test_files_are_handed_on_under_safe_names() -> None:
    reading = read(
        carrying(
            "Come to the fair on 4 December, at the hall.",
            ("../../Fair poster.pdf", "application/pdf", b"%PDF"),
            ("Fair poster.pdf", "application/pdf", b"%PDF2"),
            ("Fair.ics", "text/calendar", b"BEGIN:VCALENDAR"),
        )
    )
    assert [one.name for one in reading.attached] == ["Fair poster.pdf", "Fair poster (2).pdf", "Fair.ics"]
    assert reading.outcome is FileOutcome.READ
    assert len(reading.drafts) == 1


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("..\\..\\boot.ini", "text/plain", "boot.ini"),
        ("/etc/passwd", "text/plain", "passwd.txt"),
        ("con.txt", "text/plain", "_con.txt"),
        ("a\u202efdp.exe", "application/pdf", "afdp.exe"),
        ("...", "text/calendar", "attachment 3.ics"),
        ("a:b|c?.docx", "application/pdf", "a_b_c_.docx"),
        ("x" * 300 + ".docx", "application/pdf", "x" * 115 + ".docx"),
    ],
)
def test_an_attachments_name_is_no_path_and_no_device(name: str, kind: str, safe: str) -> None:
    assert safe_name(name, kind, 3) == safe


def test_a_note_that_only_goes_with_what_is_attached_is_no_item() -> None:
    reading = read(
        carrying(
            "Hi Meera,\n\nPlease find our item for Communicate attached.\n\nThanks\nJo",
            ("Item.docx", "application/zip", b"PK"),
        )
    )
    assert (reading.outcome, reading.drafts) == (FileOutcome.READ, ())
    assert "Please find our item for Communicate attached." in reading.why


def test_a_picture_that_is_attached_is_handed_on_and_one_in_the_text_left_behind() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = JO, "Winter fair"
    message.set_content('<p>Come.</p><img src="cid:logo@x" alt="Town crest">', subtype="html")
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo@x>", filename="crest.gif")
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="Fair.jpg")
    reading = read(message.as_bytes())
    assert [one.name for one in reading.attached] == ["Fair.jpg"]
    assert "a picture inside the text was left behind: crest.gif" in reading.notes
    assert "1 picture in the text left behind: Town crest" in reading.notes


def test_winmail_dat_is_named_with_what_to_ask_for() -> None:
    reading = read(carrying("Come to the fair.", ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22")))
    assert (reading.outcome, len(reading.drafts), reading.attached) == (FileOutcome.NEEDS_YOU, 1, ())
    assert "winmail.dat" in reading.why
    assert reading.hint == "ask the sender to send as plain text or HTML, not as rich text"


def test_an_encrypted_message_needs_a_person() -> None:
    data = f"From: {JO}\nSubject: Fair\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB".encode()
    assert (read(data).outcome, read(data).drafts) == (FileOutcome.NEEDS_YOU, ())
    assert "encrypted" in read(data).why


def test_a_message_forwarded_as_an_attachment_is_handed_on() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Free trees"
    inner.set_content("We have trees.")
    outer = EmailMessage()
    outer["From"], outer["Subject"] = JO, "FW: Free trees"
    outer.set_content("See attached")
    outer.add_attachment(inner)
    reading = read(outer.as_bytes())
    assert [one.name for one in reading.attached] == ["Free trees.eml"]
    assert draft(reading.attached[0].data).text == "We have trees."


def test_an_empty_message_and_one_with_a_subject_alone() -> None:
    assert (read(b"").outcome, read(b"").drafts) == (FileOutcome.READ, ())
    assert "empty" in read(plain_mail("", "")).why
    lone = read(plain_mail("", "Coffee morning, 4 December, village hall"))
    assert (lone.outcome, lone.drafts[0].labels["title"]) == (
        FileOutcome.NEEDS_YOU,
        "Coffee morning, 4 December, village hall",
    )


def test_a_machines_answer_is_no_contribution() -> None:
    data = b"Auto-Submitted: auto-replied\n" + plain_mail("I am away until Monday.", "Automatic reply: Items")
    assert (read(data).outcome, read(data).drafts) == (FileOutcome.NEEDS_YOU, ())
    assert "I am away until Monday." in read(data).why


def test_a_message_saved_as_utf_16_or_without_headers_is_read() -> None:
    words = f"From: {JO}\r\nSubject: Fair\r\n\r\nCome along."
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        assert draft(words.encode(codec)).text == "Come along."
    assert draft(b"Come to the fair.\n\nAll welcome.").text == "Come to the fair.\n\nAll welcome."
    assert read(b"\0\1\2" * 50).outcome is FileOutcome.NEEDS_YOU


def test_a_text_file_of_a_saved_mail_is_unwound() -> None:
    saved = (
        "From:\tTrees Team <trees@wrenshire.example>\r\nSent:\t17 November 2026 14:03\r\nTo:"
        "\tJo Field\r\nSubject:\tFree trees\r\n\r\nWe have trees.\r\n"
    )
    assert is_mail_text(saved)
    assert not is_mail_text("From: 10am\nTo: 4pm\n\nOn Monday we wrote: nothing.")
    found = read_mail_text("a.txt", saved.encode()).drafts[0]
    assert (found.labels, found.text) == (
        {"title": "Free trees", "sender": "Trees Team <trees@wrenshire.example>"},
        "We have trees.",
    )


def test_broken_structure_is_read_as_far_as_it_goes() -> None:
    head = f"From: {JO}\nSubject: Fair\nContent-Type: multipart/mixed; boundary=b\n\n"
    assert draft(f"{head}--b\n\nCome along.".encode()).text == "Come along."
    assert draft(f"{head}Come along.".encode()).text == "Come along."
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1500))
    assert read(f"From: {JO}\n{nested}".encode()).hint
    assert read(
        f"From: {JO}\nSubject: F\nContent-Type: text/html\n\n{'<div>' * 9000}Come".encode()
    ).why.startswith("its HTML is nested")
    assert "too many lines" in read(plain_mail("a\n" * 7000)).why


def test_huge_headers_are_no_trouble() -> None:
    data = (
        b"Subject: "
        + b"=?utf-8?q?a?= " * 20_000
        + b"\nContent-Type: text/plain; "
        + b"a=b; " * 50_000
        + b"\n\nCome along."
    )
    found = draft(data)
    assert found.text == "Come along."
    assert len(found.labels["title"]) <= 301


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    for whole in (
        data,
        plain_mail("") + data,
        html_mail("<p>")[:-8] + data,
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\n" + data,
    ):
        reading = read(whole)
        assert reading.outcome in FileOutcome
        assert reading.drafts or reading.attached or reading.why


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "From: Jo <j@x.example>",
                "Sent: 1 May 2026",
                "To: Bo",
                "Subject: FW: Fair",
                "On 1 May 2026, Bo <b@x.example> wrote:",
                "> quoted",
                "",
                "-- ",
                "Kind regards",
                "Jo",
                "Title: Fair",
                "When: 4 May",
                "Hi Jo,",
                "CAUTION: external sender.",
                "A whole sentence of the item's own.",
                "----------",
                "unsubscribe",
                "<b>&lt;",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_what_mail_is_made_of_gives_a_reading(lines: list[str]) -> None:
    for data in (
        plain_mail("\n".join(lines)),
        html_mail("<br>".join(lines)),
        html_mail("".join(f"<p>{line}</p>" for line in lines)),
    ):
        assert read(data).outcome in FileOutcome


@pytest.mark.parametrize(
    "charset", ["charset*=utf-8''x", "charset=a\0b", "charset*0=; charset*1=x", 'charset="=?utf-8?q?x?="']
)
def test_a_strange_charset_parameter_is_no_trouble(charset: str) -> None:
    head = f"From: {JO}\nSubject: F\nContent-Type: text/plain; {charset}\nContent-Transfer-Encoding: 8bit"
    data = f"{head}\n\nCafé".encode()
    assert draft(data).text == "Café"


def test_a_message_inside_keeps_headers_the_library_would_not_write() -> None:
    head = "From: a@x.example\nSubject: Fair\n\u00a0 \nX: y\r\rTo: b\n"
    data = f"From: {JO}\nSubject: FW: Fair\nContent-Type: message/rfc822\n\n{head}\nCome along.".encode()
    assert [b"Come along." in one.data for one in read(data).attached] == [True]


def test_a_raw_file_name_beyond_ascii_is_read() -> None:
    data = carrying("See the poster that is attached.", ("x.txt", "text/plain", b"Tea")).replace(
        b"x.txt", "Café café.txt".encode()
    )
    assert [one.name for one in read(data).attached] == ["Café café.txt"]


@pytest.mark.parametrize(
    "words",
    [
        "CAUTION: This email originated from outside the council.\n\nWe have trees.\n",
        "We have trees.\n\nThis email is confidential and intended solely for the addressee.\n",
    ],
)
def test_the_pasted_body_of_a_mail_is_cut_like_one(words: str) -> None:
    reading = read_words("a.txt", words.encode())
    assert reading.drafts[0].text == "We have trees."
    assert "was cut" in " ".join(reading.notes)


def test_an_article_about_mail_is_not_cut() -> None:
    words = "Caution is advised: our e-mail was down. Messages sent on Monday may not have reached us.\n"
    assert read_words("a.txt", words.encode()).notes == ()

"""Forwarded and answered messages: unwound to the first one, and nothing of the contribution's own cut."""

import pytest
from letters import draft, html_mail, notes, plain_mail, read, text

from bulletin.model.contribution import FileOutcome

TREES = "Wrenshire has 3,000 trees to give away. From Monday, ask at the depot."
TEAM = "Trees Team <trees@wrenshire.example>"

OUTLOOK = f"""Hi Meera, one for the bulletin?

Jo

________________________________
From: {TEAM}
Sent: 17 November 2026 14:03
To: Jo Field <jo.field@harrowell.example>; Ann Other <ann@x.example>;
 Bo Peep <bo@x.example>
Subject: [EXTERNAL] Free trees

{TREES}
"""
GMAIL = (
    f"FYI\n\n---------- Forwarded message ---------\nFrom: {TEAM}\nDate: Tue, 17 Nov 2026 "
    f"at 14:03\nSubject: Free trees\nTo: <jo@x.example>\n\n\n{TREES}"
)
APPLE = (
    f"Please add\n\n> Begin forwarded message:\n> \n> From: {TEAM}\n> Subject: Free trees"
    f"\n> Date: 17 November 2026 at 14:03:22 GMT\n> To: Jo <jo@x.example>\n> \n> {TREES}"
)
GERMAN = (
    f"-----Ursprüngliche Nachricht-----\nVon: {TEAM}\nGesendet: Dienstag, 17. November "
    f"2026 14:03\nAn: Jo\nBetreff: WG: Free trees\n\n{TREES}"
)
WELSH = f"Oddi wrth: {TEAM}\nAnfonwyd: 17 Tachwedd 2026 14:03\nAt: Jo\nTestun: Free trees\n\n{TREES}"
STARRED = (
    f"*From:* {TEAM}\n*Sent:* 17 November 2026 14:03\n*To:* jo@x.example\n*Subject:* Free trees\n\n{TREES}"
)


@pytest.mark.parametrize(
    "body",
    [OUTLOOK, GMAIL, APPLE, GERMAN, WELSH, STARRED],
    ids=["Outlook", "Gmail", "Apple", "German", "Welsh", "starred"],
)
def test_a_forwarded_message_gives_the_first_senders_words(body: str) -> None:
    found = draft(plain_mail(body, "FW: Free trees"))
    assert found.text == TREES
    assert found.labels == {"title": "Free trees", "sender": TEAM}


def test_what_the_forwarder_wrote_is_shown() -> None:
    said = notes(plain_mail(OUTLOOK, "FW: Free trees"))
    assert (
        "forwarded by Jo Field <jo.field@harrowell.example>, whose words were left out: Hi "
        "Meera, one for the bulletin?"
    ) in said
    assert f"first sent by {TEAM} 17 November 2026 14:03" in said


def test_a_chain_is_unwound_to_its_first_message() -> None:
    inner = (
        f"Might suit?\n\n-----Original Message-----\nFrom: {TEAM}\nSent: 16 November 2026\nTo:"
        f" B\nSubject: Trees\n\n{TREES}"
    )
    body = (
        f"See below\n\nFrom: Bo <bo@x.example>\nSent: 17 November 2026\nTo: Jo\nSubject: FW: Trees\n\n{inner}"
    )
    assert draft(plain_mail(body, "FW: FW: Trees")).text == TREES
    assert "Bo <bo@x.example>, whose words were left out: Might suit?" in notes(
        plain_mail(body, "FW: FW: Trees")
    )


def test_the_first_subject_is_the_title_and_the_last_is_shown() -> None:
    data = plain_mail(GMAIL, "Fwd: for Meera")
    assert draft(data).labels["title"] == "Free trees"
    assert 'it was forwarded as "for Meera"' in notes(data)


def test_labels_the_forwarder_wrote_count() -> None:
    body = OUTLOOK.replace("Hi Meera, one for the bulletin?", "Section: events\nShare: partners")
    found = draft(plain_mail(body.replace("\n\nJo\n", "\n"), "FW: Free trees"))
    assert found.labels["share"] == "partners"


def test_an_answer_is_the_contribution_and_what_it_answers_is_cut() -> None:
    own = (
        "Our repair café mended 41 things in October, from lamps to a ukulele, and opens again on 5 December."
    )
    body = (
        f"{own}\n\nFrom: Meera <meera@avonbridge.example>\nSent: 1 November 2026\nTo: Jo\n"
        f"Subject: Items please\n\nDear all, send me items."
    )
    data = plain_mail(body, "RE: Items please")
    assert draft(data).text == own
    assert draft(data).labels["sender"].startswith("Jo Field")
    assert (
        "the earlier message from Meera <meera@avonbridge.example> below it was cut: Dear all, send me items."
        in notes(data)
    )


@pytest.mark.parametrize(
    "intro",
    [
        "On 1 Nov 2026, at 10:00, Meera <meera@avonbridge.example> wrote:",
        "On Sun, 1 Nov 2026 at 10:00, Meera Holloway\n<meera@avonbridge.example>\nwrote:",
        "Am 01.11.2026 um 10:00 schrieb Meera <meera@avonbridge.example>:",
        "Ar 1 Tach 2026, am 10:00, ysgrifennodd Meera <meera@avonbridge.example>:",
        "Le 1 nov. 2026 à 10:00, Meera <meera@avonbridge.example> a écrit :",
    ],
)
def test_a_quoted_message_under_an_answer_is_cut(intro: str) -> None:
    own = "Our repair café mended 41 things in October and opens again on 5 December at the hall, as ever."
    data = plain_mail(f"{own}\n\n{intro}\n\n> Dear all,\n> send me items.\n", "Re: Items please")
    assert draft(data).text == own
    assert "send me items" in notes(data)
    assert "meera@avonbridge.example" in notes(data)


def test_words_below_a_quotation_stay() -> None:
    body = (
        "On 1 Nov 2026 at 10:00, Meera <m@x.example> wrote:\n> Send me items.\n\nOur café "
        "opens again on 5 December, all welcome."
    )
    assert text(body, "Re: Items") == "Our café opens again on 5 December, all welcome."


def test_few_words_above_a_long_message_are_asked_about() -> None:
    reading = read(plain_mail(f"Use this.\n\nOn 1 Nov 2026 at 10:00, {TEAM} wrote:\n> {TREES}", "Re: Trees"))
    assert (reading.outcome, reading.drafts[0].text) == (FileOutcome.NEEDS_YOU, TREES)
    assert "see if that is the item" in reading.why


def test_many_words_of_a_forwarder_are_shown_whole_and_asked_about() -> None:
    cover = " ".join(f"word{n}" for n in range(90))
    reading = read(plain_mail(OUTLOOK.replace("Hi Meera, one for the bulletin?", cover), "FW: Free trees"))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert any("word89" in note for note in reading.notes)


@pytest.mark.parametrize(
    "words",
    [
        "From: the committee, thank you.\nTo: everyone who came, see you next year.\n\nMore follows.",
        "From Monday 4 December the library opens at 10am.\n\nSent: with love\n\nMore follows.",
        "The board wrote:\n\nWe are glad.\n\nMore follows.",
        "On Monday 9 December the mayor wrote: well done.\n\nMore follows.",
        "> A quotation from a visitor.\n\nMore follows.",
        "Route\n\nFrom: Tamsford\nTo: Harrowell\nDate: 4 December 2026\n\nMore follows.",
        "Original message to residents\n\nMore follows.",
    ],
)
def test_nothing_is_cut_because_a_line_looks_a_little_like_a_heading(words: str) -> None:
    found = text(words)
    assert found.endswith("More follows.")
    for word in ("committee", "library", "glad", "mayor", "visitor", "Tamsford", "Original"):
        assert (word in found) == (word in words)


def test_gmail_and_outlook_forward_html_too() -> None:
    gmail = (
        f'<div dir="ltr">FYI</div><br><div class="gmail_quote"><div class="gmail_attr">'
        f"---------- Forwarded message ---------<br>From: <strong>Trees Team</strong> <span>"
        f'&lt;<a href="mailto:trees@wrenshire.example">trees@wrenshire.example</a>&gt;</span>'
        f"<br>Date: Tue, 17 Nov 2026 at 14:03<br>Subject: Free trees<br>To: "
        f"&lt;jo@x.example&gt;<br></div><br><div>{TREES}</div></div>"
    )
    outlook = (
        f"<p>One for you?</p><div><div style='border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> "
        f"Trees Team &lt;trees@wrenshire.example&gt;<br><b>Sent:</b> 17 November 2026 14:03"
        f"<br><b>To:</b> Jo<br><b>Subject:</b> Free trees</p></div></div><p>{TREES}</p>"
    )
    apple = (
        f"<div>Please add</div><blockquote type=cite><div>Begin forwarded message:</div><div>"
        f"<b>From: </b>Trees Team &lt;trees@wrenshire.example&gt;</div><div><b>Subject: </b>"
        f"<b>Free trees</b></div><div><b>Date: </b>17 November 2026</div><div><b>To: </b>Jo"
        f"</div><br><div>{TREES}</div></blockquote>"
    )
    for html in (gmail, outlook, apple):
        found = draft(html_mail(html, subject="Fwd: Free trees"))
        assert (found.text, found.labels["sender"]) == (TREES, TEAM)

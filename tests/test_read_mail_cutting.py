"""What stands round a contribution is cut and shown; what is its own stays, even if it looks alike."""

import pytest
from letters import draft, html_mail, notes, plain_mail, text

from bulletin.collect.readers.mail.opening.eml import read_eml
from bulletin.model.contribution import FileOutcome

OWN = "Come to the fair on 4 December. It opens at 10am."


def left(data: bytes) -> str:
    """Give the notes on what was cut from a message, of which nothing is left but its own words."""
    assert draft(data).text == OWN
    return notes(data)


@pytest.mark.parametrize(
    ("banner", "kind"),
    [
        (
            (
                "CAUTION: This email originated from outside the Council. Do\nnot click links unless "
                "you recognise the sender."
            ),
            "warning banner",
        ),
        ("CAUTION: external sender.", "warning banner"),
        ("[EXTERNAL EMAIL] Do not click links or open attachments.", "warning banner"),
        (
            "You don't often get email from jo@x.example. Learn why this is important<https://aka.example/x>",
            "warning banner",
        ),
        ("RHYBUDD: Daeth yr e-bost hwn o'r tu allan i'r sefydliad.", "warning banner"),
        ("OFFICIAL", "marking"),
        ("Classification: OFFICIAL", "marking"),
        ("Hi Meera,", "greeting"),
        ("Annwyl bawb,", "greeting"),
        ("Get Outlook for iOS<https://aka.example/o>", "mail program's line"),
    ],
)
def test_what_stands_above_is_cut_and_shown(banner: str, kind: str) -> None:
    said = left(plain_mail(f"{banner}\n\n{OWN}"))
    assert f"{kind} was cut: {' '.join(banner.split())[:15]}" in said


@pytest.mark.parametrize(
    "below",
    [
        "Kind regards\n\nJo Field\nTown clerk, Harrowell\n01632 960001",
        "Cofion cynnes\nJo",
        "Many thanks,\nJo x",
        "-- \nJo Field\nHarrowell Town Council",
        "Jo Field\nTown clerk\nTel: 01632 960001",
        "Jo",
        "Thanks\nJo\n\n-- \nHarrowell Town Council\nThe Square",
    ],
)
def test_a_signature_is_cut_and_shown(below: str) -> None:
    said = left(plain_mail(f"{OWN}\n\n{below}"))
    assert all(word in said for word in below.split())


@pytest.mark.parametrize(
    "below",
    [
        "Contact:\nJo Field\n01632 960001",
        "For more, call Jo Field on 01632 960001.",
        "Book with Ann Other\n01632 960002\nann@x.example",
        "Best dressed stall wins a prize.",
        "Thank you to everyone who helped.",
        "Thanks\n\nThe stalls are run by volunteers, and every penny goes to the hospice.",
        "PS: bring a bag.",
    ],
)
def test_what_only_looks_like_a_signature_stays(below: str) -> None:
    found = text(f"{OWN}\n\n{below}")
    assert all(line in found for line in below.split("\n"))


def test_what_stands_below_a_signature_stays() -> None:
    found = text(f"Please use this.\n\nMany thanks\nJo\n\nWinter fair\n\n{OWN}\n\nThe hall has a ramp.")
    assert all(words in found for words in ("Please use this.", "Winter fair", OWN, "The hall has a ramp."))
    assert "Many thanks" not in found


def test_dates_are_never_cut_as_a_signature() -> None:
    assert text("Please add this.\n\nThanks\n\nCoffee morning\nVillage hall\n4 December, 10am").endswith(
        "4 December, 10am"
    )


@pytest.mark.parametrize(
    "legal",
    [
        (
            "This email and any attachments are confidential and intended solely for the\n"
            "addressee. If you have received it in error please delete it."
        ),
        "DISCLAIMER: The information in this message is confidential and may be legally privileged.",
        "Please consider the environment before printing this email.",
        "This email has been scanned for viruses.",
        "Mae'r neges hon yn gyfrinachol ac fe'i bwriadwyd ar gyfer y derbynnydd yn unig.",
    ],
)
def test_a_disclaimer_is_cut_and_shown(legal: str) -> None:
    said = left(plain_mail(f"{OWN}\n\n{legal}"))
    assert f"a disclaimer was cut: {' '.join(legal.split())[:40]}" in said


@pytest.mark.parametrize(
    "words",
    [
        "WARNING: flood water is over the road outside Tamsford.",
        "This message is for everybody: be kind.",
        "The helpline is confidential and intended solely for young people.",
        "To join our mailing list, write to us.",
        "Sent from my desk, this is much easier than by phone.",
        "Hello Kitty comes to the library on Saturday, with her friends and a cake for every child there is.",
        "The council's new e-mail service opens on Monday.",
    ],
)
def test_words_of_the_contribution_that_look_alike_stay(words: str) -> None:
    assert words in text(f"{words}\n\n{OWN}")
    assert words in text(f"{OWN}\n\n{words}")


def test_a_phones_line_and_a_lists_footer_are_cut_and_shown() -> None:
    footer = f"{'_' * 47}\nfair mailing list\nfair@x.example"
    said = left(plain_mail(f"{OWN}\n\nSent from my iPhone\n\n{footer}"))
    assert "the mail program's line was cut: Sent from my iPhone" in said
    assert "a mailing list's footer was cut: fair mailing list fair@x.example" in said


def test_what_is_long_is_shown_by_its_beginning() -> None:
    legal = (
        "This email is confidential and intended solely for the addressee. " + "It may contain words. " * 40
    )
    shown = next(note for note in notes(plain_mail(f"{OWN}\n\n{legal}")).split("\n") if "disclaimer" in note)
    assert "and 7" in shown
    assert len(shown) < 280


def test_gmail_says_itself_where_its_signature_is() -> None:
    signature = "<div>Trees r us<div>We plant, you water. Since 1990.</div></div>"
    said = left(html_mail(f'<div>{OWN}</div><div class="gmail_signature">{signature}</div>'))
    assert "a signature was cut: Trees r us We plant, you water. Since 1990." in said


def test_what_a_printer_put_round_the_words_is_cut_from_an_email_as_from_a_file() -> None:
    data = plain_mail(f"{OWN}\n\nPage 1 of 2\n\nTea is free, and so are the mince pies.")
    assert draft(data).text == f"{OWN}\n\nTea is free, and so are the mince pies."
    assert 'what a printer puts on every page was cut: "Page 1 of 2"' in notes(data)


def test_a_pasted_plan_that_lost_its_columns_is_asked_about_in_an_email_too() -> None:
    reading = read_eml("a.eml", plain_mail(f"{OWN}\n\nRef What When By\n1.1 Mend the gate Dec JF\n"))
    assert (reading.outcome, "a table has lost its columns" in reading.why) == (FileOutcome.NEEDS_YOU, True)

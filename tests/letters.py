"""Write e-mails for the tests, as mail programs write them."""

from email.message import EmailMessage

from bulletin.collect.readers.mail.opening.eml import read_eml
from bulletin.collect.reading import Draft, Reading

JO = "Jo Field <jo.field@harrowell.example>"


def plain_mail(text: str, subject: str = "Winter fair", sender: str = JO) -> bytes:
    """Give a message in plain text."""
    head = (
        f"From: {sender}\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n"
    )
    return (head + text).encode()


def html_mail(html: str, plain: str = "", subject: str = "Winter fair") -> bytes:
    """Give a message in HTML, with plain text beside it if there is any."""
    message = EmailMessage()
    message["From"], message["Subject"] = JO, subject
    if plain:
        message.set_content(plain)
        message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def read(data: bytes) -> Reading:
    """Read it."""
    return read_eml("a.eml", data)


def draft(data: bytes) -> Draft:
    """Read it and give its one draft."""
    drafts = read(data).drafts
    assert len(drafts) == 1
    return drafts[0]


def text(words: str, subject: str = "Winter fair") -> str:
    """Give the text that a plain message's draft has."""
    return draft(plain_mail(words, subject)).text


def notes(data: bytes) -> str:
    """Give all notes, a line each."""
    return "\n".join(read(data).notes)

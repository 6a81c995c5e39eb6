"""Read a text file, which may hold an e-mail that somebody saved or pasted."""

from dataclasses import replace

from bulletin.charset import FOREIGN, decode
from bulletin.collect.mailfile.saved import is_mail_text, read_mail_text
from bulletin.collect.reading import Reading
from bulletin.collect.text import read_plain
from bulletin.model.contribution import FileOutcome

SAVE_AGAIN = "if its words are wrong, ask the sender to save it as UTF-8, or for the words in an e-mail"


def read_words(name: str, data: bytes) -> Reading:
    """Read plain text: as an e-mail where it has been one, as it stands otherwise."""
    decoded = decode(data)
    is_mail = decoded is not None and is_mail_text(decoded.text)
    reading = read_mail_text(name, data) if is_mail else read_plain(name, data)
    if decoded is None or FOREIGN not in decoded.note or reading.outcome is not FileOutcome.READ:
        return reading
    why = reading.why if decoded.note in reading.why else f"{decoded.note}; {reading.why}".rstrip("; ")
    return replace(reading, outcome=FileOutcome.NEEDS_YOU, why=why, hint=SAVE_AGAIN)

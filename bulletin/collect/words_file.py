"""Read a text file, which may hold an e-mail that somebody saved or pasted."""

from bulletin.charset import decode
from bulletin.collect.mailfile.saved import is_mail_text, read_mail_text
from bulletin.collect.reading import Reading
from bulletin.collect.text import read_plain


def read_words(name: str, data: bytes) -> Reading:
    """Read plain text: as an e-mail where it has an e-mail's heading, as it stands otherwise."""
    decoded = decode(data)
    if decoded and is_mail_text(decoded.text):
        return read_mail_text(name, data)
    return read_plain(name, data)

"""Read the text of an e-mail saved or pasted into a text file, as Outlook's "Text Only" does."""

from bulletin.charset import decode
from bulletin.collect.readers.mail.contribution import read_letter
from bulletin.collect.readers.mail.cutting.banners import begins_with_warning
from bulletin.collect.readers.mail.cutting.disclaimers import ends_in_legal_text
from bulletin.collect.readers.mail.forwarded.heading import find_heading
from bulletin.collect.readers.mail.letter import Letter, Piece, Sender
from bulletin.collect.reading import NOT_TEXT, Reading


def read_mail_text(_name: str, data: bytes) -> Reading:
    """Read a text file that holds an e-mail: unwound and cut like one."""
    decoded = decode(data)
    if decoded is None:
        return NOT_TEXT
    notes = (decoded.note,) if decoded.note else ()
    return read_letter(Letter("", Sender(), (Piece(plain=decoded.text),), notes=notes))


def is_mail_text(text: str) -> bool:
    """Whether a text has been an e-mail, so that `read_mail_text` should read it.

    It has an e-mail's heading in it, begins with a server's warning, or ends in a disclaimer.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return find_heading(lines) is not None or begins_with_warning(lines) or ends_in_legal_text(lines)

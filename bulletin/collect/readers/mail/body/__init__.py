"""From the pieces of a message to its lines: the better of text and HTML, without mail programs' marks."""

import re
from dataclasses import dataclass
from html import unescape

from bulletin.charset import clean
from bulletin.collect.readers.mail.body.layout import Plainer, plainer_html
from bulletin.collect.readers.mail.body.links import say_unwrapped, unwrap_links
from bulletin.collect.readers.mail.body.weight import too_heavy
from bulletin.collect.readers.mail.letter import Piece
from bulletin.collect.readers.mail.lines import STAND_INS, shown
from bulletin.collect.words.bullets import BULLETS
from bulletin.collect.words.html import html_to_markdown
from bulletin.collect.words.plain import plain_to_markdown

_LEAST_SHARE = 0.6
_MOST_CHARACTERS = 400_000
_MOST_LINES = 6_000


@dataclass(frozen=True, slots=True)
class Body:
    """A message's lines, as Markdown or as plain text, and what was cut on the way.

    too_long: what makes it more than a person can have written, a clause; its lines are left out then.
    """

    lines: tuple[str, ...]
    markdown: bool
    notes: tuple[str, ...]
    too_long: str = ""


def read_body(pieces: tuple[Piece, ...]) -> Body:
    """Put a message's pieces together; where any of them is HTML, all of it is Markdown."""
    notes: list[str] = []
    chosen = [_choose(piece, notes) for piece in pieces]
    markdown = any(piece.html for piece in chosen)
    texts: list[str] = []
    for piece in chosen:
        too_long = _too_long(piece.plain, _MOST_CHARACTERS) or (too_heavy(piece.html) if piece.html else "")
        if not too_long and piece.html:
            plainer = plainer_html(_cleaned(piece.html, notes))
            too_long = _too_long(re.sub(r"<[^<>]*>", "", plainer.html), _MOST_CHARACTERS)
            if not too_long:
                texts.append(_from_html(plainer, notes))
        elif not too_long and piece.plain:
            plain = _from_plain(piece.plain, notes)
            texts.append(plain_to_markdown(plain) if markdown else plain)
        if too_long:
            return Body((), markdown, tuple(notes), too_long)
    whole = "\n\n".join(text.strip("\n") for text in texts if text.strip())
    too_long = _too_long(whole, _MOST_CHARACTERS) or (
        "it has too many lines" if whole.count("\n") > _MOST_LINES else ""
    )
    return Body(() if too_long else tuple(whole.split("\n")), markdown, tuple(dict.fromkeys(notes)), too_long)


def _too_long(text: str, most: int) -> str:
    return f"its text is {len(text):,} characters long" if len(text) > most else ""


def _choose(piece: Piece, notes: list[str]) -> Piece:
    """Take the HTML, which has the links and the lists, unless the text says clearly more."""
    if not (piece.plain.strip() and piece.html.strip()):
        return Piece(piece.plain if piece.plain.strip() else "", piece.html if piece.html.strip() else "")
    if heavy := too_heavy(piece.html):
        notes.append(f"{heavy}: its plain text was taken")
        return Piece(plain=piece.plain)
    plain, html = (
        _word_set(piece.plain),
        _word_set(re.sub(r"(?is)<(style|script|title)\b.*?</\1\s*>|<[^<>]{0,5000}>", " ", piece.html)),
    )
    if len(html) < _LEAST_SHARE * len(plain):
        return Piece(plain=piece.plain)
    if plain and len(plain & html) < _LEAST_SHARE * len(plain):
        notes.append(f"its plain-text version reads differently and was left out: {shown(piece.plain)}")
    return Piece(html=piece.html)


def _word_set(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"https?://\S+", " ", unescape(text)).lower()))


def _cleaned(text: str, notes: list[str]) -> str:
    cleaned, said = clean(text)
    notes += said
    return cleaned


def _from_html(plainer: Plainer, notes: list[str]) -> str:
    notes += plainer.notes
    text, unwrapped = unwrap_links(html_to_markdown(plainer.html))
    notes += [say_unwrapped(unwrapped)] if unwrapped else []
    lines = [re.sub(rf"^((?:> ?)*)[{BULLETS}][\xa0 ]+(?=\S)", r"\1- ", line) for line in text.split("\n")]
    return "\n".join(lines).replace("\xa0", " ")


def _from_plain(text: str, notes: list[str]) -> str:
    """Clean plain text of what mail programs write where HTML had a link or a picture."""
    text, unwrapped = unwrap_links(_cleaned(STAND_INS.sub("", text), notes))
    notes += [say_unwrapped(unwrapped)] if unwrapped else []
    pictures = re.findall(r"\[(?:cid|image):[^\]\n]{0,300}\]|<image\d{0,6}\.\w{3,4}>", text)
    if pictures:
        text = re.sub(r"\[(?:cid|image):[^\]\n]{0,300}\]|<image\d{0,6}\.\w{3,4}>", "", text)
        notes.append(f"the marks of pictures were cut: {shown(', '.join(pictures))}")
    text = re.sub(r"<((?:mailto:)?)([^\s<>]{1,2000}?)(/?)>", _unless_said, text)
    return re.sub(r"(?<=[\w.,!?)])<((?:https?://|mailto:)[^\s<>]{1,2000})>", r" (\1)", text)


def _unless_said(found: re.Match[str]) -> str:
    """Drop `<mailto:jo@…>` or `<https://…>` straight after the same address."""
    start, address = found.start(), found[2]
    if not found[1] and not address.startswith(("http://", "https://")):
        return found[0]
    return "" if found.string[max(0, start - len(address)) : start] == address else found[0]

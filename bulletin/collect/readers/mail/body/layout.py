"""Make an e-mail's HTML plain before it becomes Markdown.

Mail programs lay text out in tables, hide a first line for the preview, and say in a class where a signature
starts: tables that only place things become paragraphs, a labelled form in a table becomes its lines, and
what is hidden or a picture is taken out and said.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

from bulletin.collect.readers.mail.body.links import real_target, say_unwrapped
from bulletin.collect.readers.mail.body.tables import Table, label_lines, survey
from bulletin.collect.readers.mail.lines import RULE, SHOWN, SIGNATURE_ENDS, SIGNATURE_STARTS, STAND_INS
from bulletin.collect.words.figures import figures_in_html
from bulletin.collect.words.rewrite import BLOCKS, TABLES, TAGS
from bulletin.markdown import SCHEMES
from bulletin.wording import plural, short

_KEPT = TAGS | {"img", "hr", "pre", "span", "tfoot", "dl", "dt", "dd", "u"}
_GONE = {"script", "style", "title", "head", "template", "iframe", "svg", "object"}
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_SIGNATURE = re.compile(
    r"(?i)(?:^|[\s_-])(?:gmail_signature|moz-signature|signature|ms-outlook-mobile-signature|mobile-?signature)(?:$|\s)"
)
_WORDS_BULLET = re.compile(
    r"(<p\b[^>]{0,300}>(?:\s*<span[^>]{0,300}>){0,3})[o§]((?:<span[^>]{0,300}>){0,3}(?:&nbsp;|\xa0){2})"
)
_ENDLESS = {"br", "img", "hr"}
_PLACING = {*TABLES, "caption"}
_BLOCKS = {*BLOCKS, "div", "table", "dl", "dt", "dd"}
_PICTURE_WORDS = 300


@dataclass(frozen=True, slots=True)
class Plainer:
    """HTML that has nothing in it but the words' own structure, and what was taken out."""

    html: str
    notes: tuple[str, ...]


def plainer_html(html: str) -> Plainer:
    """Take the layout out of an e-mail's HTML."""
    kept = nh3.clean(
        STAND_INS.sub("", figures_in_html(html)),
        tags=_KEPT,
        clean_content_tags=_GONE,
        attributes={"*": {"class", "id", "style", "role"}, "a": {"href"}, "img": {"alt"}},
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=None,
    )
    kept = _WORDS_BULLET.sub(r"\1·\2", kept)
    writer = _Writer(survey(kept))
    writer.feed(kept)
    writer.close()
    notes = []
    if writer.hidden.strip():
        notes.append(f"text the e-mail hides was cut: {short(writer.hidden, SHOWN)}")
    if writer.pictures:
        notes.append(_say_pictures(writer.pictures))
    if writer.unwrapped:
        notes.append(say_unwrapped(writer.unwrapped))
    return Plainer("".join(writer.out), tuple(notes))


@dataclass
class _Open:
    """An element that is open, and what its end has to do."""

    tag: str
    ending: str = ""
    hides: bool = False
    start: int = 0
    words: str = ""
    row: int = -1
    column: int = -1
    table: Table | None = None
    skips: bool = False
    alts: list[str] = field(default_factory=list)


class _Writer(HTMLParser):
    """Write sanitised HTML out again without its layout; what it reads is well-formed, and may be deep."""

    def __init__(self, tables: list[Table]) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = iter(tables)
        self.out: list[str] = []
        self.open: list[_Open] = []
        self.hidden = ""
        self.hiding = 0
        self.link: _Open | None = None
        self.tabled: list[_Open] = []
        self.pictures: list[str] = []
        self.unwrapped = 0
        self.pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _ENDLESS:
            self._single(tag, given)
            return
        one = _Open(tag, hides=bool(_HIDDEN.search(given.get("style", ""))), start=len(self.out))
        table = next(self.tables, None) if tag == "table" else None
        self.open.append(one)
        self.hiding += one.hides
        if self.hiding:
            one.table = table
            if tag == "table":
                self.tabled.append(one)
            return
        if tag in _PLACING:
            self._place(one, table)
        elif tag == "a":
            self._start_link(one, given.get("href", ""))
        elif self.link is not None and tag in _BLOCKS:
            self.out.append(" ")
        elif tag in ("span", "u"):
            return
        elif tag == "pre":
            self.pre += 1
            self._write(one, "<p>", "</p>")
        else:
            self._write(one, f"<{tag}>", f"</{tag}>")
        if _SIGNATURE.search(given.get("class", "")) or _SIGNATURE.search(given.get("id", "")):
            self.out.append(f"<p>{SIGNATURE_STARTS}</p>")
            one.ending = f"<p>{SIGNATURE_ENDS}</p>{one.ending}"

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            return
        one = self.open.pop()
        self.hiding -= one.hides
        if tag == "table" and self.tabled:
            self.tabled.pop()
        if self.hiding or one.hides:
            self.hidden += " " if tag in _BLOCKS or tag in _PLACING else ""
            return
        self.pre -= tag == "pre"
        if one is self.link:
            self._end_link(one)
        self.out.append(one.ending)
        if one.skips:
            del self.out[one.start :]

    def handle_data(self, data: str) -> None:
        if self.hiding:
            self.hidden += data if len(self.hidden) < 1_000 else ""
            return
        if self.link is not None:
            self.link.words += data
        shown = escape(data, quote=False)
        self.out.append(shown.replace("\n", "<br>") if self.pre else shown)

    def _write(self, one: _Open, starting: str, ending: str) -> None:
        self.out.append(starting)
        one.ending = ending

    def _single(self, tag: str, given: dict[str, str]) -> None:
        if self.hiding:
            return
        if tag == "img":
            alt = " ".join(given.get("alt", "").split())[:_PICTURE_WORDS]
            if self.link is not None:
                self.link.alts.append(alt)
            else:
                self.pictures.append(alt)
        elif tag == "hr":
            self.out.append(f"<p>{RULE}</p>")
        else:
            self.out.append(" " if self.link is not None else "<br>")

    def _start_link(self, one: _Open, href: str) -> None:
        self.link = one
        target = real_target(href)
        self.unwrapped += target != href
        self._write(one, f'<a href="{escape(target)}">' if target else "", "</a>" if target else "")

    def _end_link(self, one: _Open) -> None:
        """A link with no words is the picture in it: its description stands for it, or it goes."""
        self.link = None
        if one.words.strip():
            self.pictures += one.alts
            return
        alt = " ".join(alt for alt in one.alts if alt)
        if alt and one.ending:
            self.out.append(escape(alt, quote=False))
        else:
            del self.out[one.start :]
            one.ending = " "
        self.pictures += one.alts

    def _place(self, one: _Open, table: Table | None) -> None:
        """Keep a table of data; put what another table places into paragraphs."""
        if one.tag == "table" and table is not None:
            one.table = table
            self.tabled.append(one)
            if table.is_form:
                self.out.append(label_lines(table))
        holder = self.tabled[-1] if self.tabled else None
        if holder is None or holder.table is None or self.link is not None:
            self.out.append(" ")
        elif holder.table.is_data:
            self._write(one, f"<{one.tag}>", f"</{one.tag}>")
        elif one.tag == "tr":
            holder.row, holder.column = holder.row + 1, -1
            one.skips = holder.table.is_form and holder.table.is_label(holder.row)
        elif one.tag in ("td", "th") and holder.table.is_name(holder.row, holder.column + 1):
            holder.column += 1
            one.skips = holder.table.names_the_text(holder.row)
            self._write(one, "<p><b>", "</b></p>")
        elif one.tag in ("td", "th", "caption", "table"):
            holder.column += 1
            self._write(one, "<div>", "</div>")


def _say_pictures(alts: list[str]) -> str:
    said = list(dict.fromkeys(alt for alt in alts if alt))
    count = f"{plural(len(alts), 'picture')} in the text left behind"
    return f"{count}: {'; '.join(said[:10])}" if said else count

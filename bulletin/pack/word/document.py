"""What a pack says, in the order of its page, as paragraphs of a Word document."""

from collections.abc import Iterable
from html import escape
from io import BytesIO

import docx

from bulletin.colours import palette
from bulletin.markdown import literal, to_html, to_inline_html
from bulletin.model.edition import DateRow, Entry, Fact, Group, Image, Layout, Way
from bulletin.model.picture import Figure
from bulletin.pack.word.look import dress
from bulletin.pack.word.passage import Page, write_html, write_inline
from bulletin.pack.word.runs import (
    Voice,
    describe_table,
    link_to,
    link_within,
    say,
    set_bookmark,
    turn,
)
from bulletin.pack.zipped import unzipped, zipped


def word_document(layout: Layout, images: Iterable[Image], colour: str) -> bytes:
    """Write everything a layout says as a .docx, in the same order as the page; the same bytes every time.

    colour: the brand colour as `#rrggbb`, made dark enough for headings and links on white.
    """
    page = Page(docx.Document(), {image.name: image for image in images})
    dress(page.document, layout, palette(colour).link)
    ours = Voice(rtl=layout.direction == "rtl")
    _masthead(page, layout, ours)
    places = {entry.anchor: f"item_{place}" for place, entry in enumerate(layout.entries, 1)}
    _contents(page, layout, ours, places)
    for group in layout.groups:
        _group(page, group, ours, places)
    if layout.acronyms:
        page.paragraph("Heading 2", ours).add_run("Short forms used here")
        _facts(page, layout.acronyms, ours)
    _about(page, layout, ours)
    out = BytesIO()
    page.document.save(out)
    return zipped(unzipped(out.getvalue()))


def _masthead(page: Page, layout: Layout, ours: Voice) -> None:
    if layout.logo:
        write_html(page, _shown(layout.logo), ours)
    if layout.publisher != layout.title:
        say(page.paragraph("Normal", ours), layout.publisher, ours)
    say(page.paragraph("Heading 1", ours), layout.title, ours)
    for words in (layout.strapline, layout.adapted):
        if words:
            say(page.paragraph("Normal", ours), words, ours)
    if layout.introduction:
        write_html(page, to_html(layout.introduction, heading=2), ours)


def _shown(figure: Figure) -> str:
    """Give a picture that travels along as HTML."""
    return f'<p><img src="{escape(figure.source)}" alt="{escape(figure.alt)}" width="{figure.width}"></p>'


def _contents(page: Page, layout: Layout, ours: Voice, places: dict[str, str]) -> None:
    """List the items, each a link to its place in the document."""
    if not layout.entries:
        return
    say(page.paragraph("Heading 2", ours), "In this issue", ours)
    for entry in layout.entries:
        line = page.paragraph("List Bullet", ours)
        say(line, entry.label, _voice(entry, ours), link_within(line, places[entry.anchor]))


def _group(page: Page, group: Group, ours: Voice, places: dict[str, str]) -> None:
    say(page.paragraph("Heading 2", ours), group.heading, ours)
    if group.dates:
        _dates(page, group, ours, places)
    for entry in group.entries:
        _entry(page, entry, ours, places[entry.anchor])


def _dates(page: Page, group: Group, ours: Voice, places: dict[str, str]) -> None:
    rows = group.dates
    say(page.paragraph("Caption", ours), group.caption, ours)
    table = page.document.add_table(len(rows) + 1, 2, style="Table Grid")
    describe_table(table, group.caption)
    for cell, words in zip(table.rows[0].cells, ("When", "What and where"), strict=True):
        say(cell.paragraphs[0], words, ours.but(bold=True))
    for place, row in enumerate(rows, 1):
        when, what = (cell.paragraphs[0] for cell in table.rows[place].cells)
        if ours.rtl:
            turn(when)
            turn(what)
        say(when, row.when, ours)
        if row.what:
            say(what, f"{row.what}: ", ours)
        say(what, row.label, _voice(row, ours), link_within(what, places[row.anchor]))
        if row.where:
            what.add_run().add_break()
            write_inline(page, to_inline_html(literal(row.where)), ours, what)
    page.paragraph("Normal", ours)


def _entry(page: Page, entry: Entry, ours: Voice, bookmark: str) -> None:
    theirs = _voice(entry, ours)
    title = page.paragraph("Heading 3", theirs)
    set_bookmark(title, bookmark, int(bookmark.rpartition("_")[2]))
    say(title, entry.title, theirs)
    head = [(entry.source, ours.but(italic=True))] if entry.source else []
    for words, said in [*head, *((one, ours.but(bold=True)) for one in entry.notice)]:
        into = page.paragraph("Normal", ours)
        into.paragraph_format.keep_with_next = True
        say(into, words, said)
    if entry.picture:
        write_html(page, _shown(entry.picture), ours)
    for words in (entry.summary, entry.text):
        write_html(page, to_html(words, heading=4, pictures=entry.pictures), theirs)
    _facts(page, entry.facts, ours)
    for way in entry.ways:
        _way(page, way, ours, theirs)


def _facts(page: Page, facts: tuple[Fact, ...], ours: Voice) -> None:
    """Write named values, a line each."""
    if not facts:
        return
    into = page.paragraph("Normal", ours)
    for place, fact in enumerate(facts):
        if place:
            into.add_run().add_break()
        say(into, f"{fact.name}:", ours.but(bold=True))
        say(into, " ", ours)
        write_inline(page, to_inline_html(literal(fact.value)), ours, into)


def _way(page: Page, way: Way, ours: Voice, theirs: Voice) -> None:
    into = page.paragraph("Normal", ours)
    link = link_to(into, way.url)
    say(into, f"{way.lead}: ", ours, link)
    say(into, way.label, theirs, link)
    if way.tail:
        say(into, way.tail, ours, link)


def _about(page: Page, layout: Layout, ours: Voice) -> None:
    say(page.paragraph("Heading 2", ours), "About this bulletin", ours)
    for note in layout.footer:
        into = page.paragraph("Normal", ours)
        say(into, f"{note.heading}.", ours.but(bold=True))
        say(into, " ", ours)
        write_inline(page, to_inline_html(note.text), ours, into)
    if layout.website:
        into = page.paragraph("Normal", ours)
        say(into, f"Visit the website of {layout.publisher}", ours, link_to(into, layout.website))


def _voice(part: Entry | DateRow, ours: Voice) -> Voice:
    """Give the voice of an item in its own language."""
    return ours.but(language=part.language, rtl=part.direction == "rtl") if part.language else ours

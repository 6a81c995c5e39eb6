"""An item by itself, to paste: as clean HTML and as plain text."""

from html import escape

from bulletin.markdown import literal, to_html, to_inline_html
from bulletin.model.edition import Entry, Layout
from bulletin.render import beside
from bulletin.render.lines import address, block, record, tidied, wrapped


def html_fragment(entry: Entry, layout: Layout) -> str:
    """Give an item as HTML without classes, styles, colours or layout tables; its own tables have data.

    Its pictures lie beside it. It is ASCII: a fragment has no head to name its character set, so that a
    browser would guess.
    """
    parts = [f"<h2>{escape(entry.title, quote=False)}</h2>"]
    if entry.source:
        parts.append(f"<p>{escape(entry.source, quote=False)}</p>")
    parts += [f"<p><strong>{escape(words, quote=False)}</strong></p>" for words in entry.notice]
    if entry.picture:
        name, alt = escape(entry.picture.source), escape(entry.picture.alt)
        parts.append(f'<p><img src="{name}" alt="{alt}" width="{entry.picture.width}"></p>')
    said = [words for words in (entry.summary, entry.text) if words]
    parts += [to_html(words, heading=3, pictures=entry.pictures) for words in said]
    facts = [
        f"<strong>{escape(fact.name)}:</strong> {to_inline_html(literal(fact.value))}" for fact in entry.facts
    ]
    parts += ["<p>" + "<br>\n".join(facts) + "</p>"] if facts else []
    for way in entry.ways:
        words = escape(f"{way.lead}: {way.label}{way.tail}", quote=False)
        parts.append(f'<p><a href="{escape(way.url)}">{words}</a></p>')
    whole = beside("\n".join(part for part in parts if part), ".")
    if entry.language:
        turned = ' dir="rtl"' if entry.direction == "rtl" else ""
        whole = f'<div lang="{escape(entry.language)}"{turned}>\n{whole}\n</div>'
    elif layout.direction == "rtl":
        whole = f'<div dir="rtl">\n{whole}\n</div>'
    return whole.encode("ascii", "xmlcharrefreplace").decode() + "\n"


def text_fragment(entry: Entry) -> str:
    """Give an item as plain text, as the text part of a message has it, without a number."""
    parts = [wrapped(entry.title), "", record(entry.source, "From") if entry.source else ""]
    parts += [wrapped(words, "  ", "  ") for words in entry.notice]
    if entry.picture and entry.picture.alt:
        parts.append(record(entry.picture.alt, "Picture"))
    parts += ["", block(f"{entry.summary}\n\n{entry.text}"), ""]
    parts += [record(fact.value, fact.name) for fact in entry.facts]
    for way in entry.ways:
        parts += [wrapped(f"{way.lead}: {way.label}{way.tail}", "  ", "    "), address(way.url)]
    return tidied("\n".join(parts))

"""Markdown as clean HTML: allow-listed tags, absolute links, headings that fit where they land."""

import html
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bulletin.markdown.address import SCHEMES, public_url
from bulletin.markdown.captions import captions, end_of_empty_head
from bulletin.markdown.clean import clean
from bulletin.markdown.parse import inline_tokens, tokens, words_of
from bulletin.markdown.tables import Table, is_wide, records, table_at
from bulletin.model.picture import Figure

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "caption",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
    }
    | {"strong", "table", "tbody", "td", "th", "thead", "tr", "ul"},
)
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}}
_ATTRIBUTES |= {"table": {"role"}, "th": {"scope"}}


def to_html(
    markdown: str,
    *,
    heading: int,
    pictures: Mapping[str, Figure] | None = None,
    title: str = "",
    fits: bool = False,
) -> str:
    """Render a contribution as HTML that cannot harm its reader.

    heading: the level (1 to 6) its topmost headings get; deeper ones follow without a gap.
    pictures: those that may be shown, by how the contribution names them; every other picture becomes its
    alternative text. title: the contribution's, for the captions of its tables; "" for tables without.
    fits: all of it must fit a small screen, so that a table too wide for one becomes records.
    """
    stream = tokens(markdown)
    shown = pictures or {}
    wide = _wide(stream, shown) if fits else {}
    return _safe(_blocks(stream, heading, shown, captions(stream, title), wide))


def to_inline_html(words: str) -> str:
    """Render one line of Markdown, with links but no blocks."""
    return _safe(_inline(inline_tokens(words), {}))


@cache
def _sanitiser() -> "object":
    """Build the one sanitiser; it is the second lock on a door that is already shut."""
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(SCHEMES) | {"cid"},
        url_relative="deny",
        link_rel=None,
    )


def _safe(fragment: str) -> str:
    """Sanitise a fragment."""
    return str(_sanitiser().clean(fragment))  # type: ignore[attr-defined]


def _wide(stream: "Sequence[Token]", pictures: Mapping[str, Figure]) -> dict[int, Table]:
    """Give the tables too wide for a small screen by the places of their opening tokens."""
    places = [place for place, token in enumerate(stream) if token.type == "table_open"]
    tables = {place: table_at(stream, place) for place in places}
    return {place: table for place, table in tables.items() if is_wide(table, pictures)}


def _blocks(
    stream: "Sequence[Token]",
    heading: int,
    pictures: Mapping[str, Figure],
    named: Mapping[int, str],
    wide: Mapping[int, Table],
) -> str:
    """Render block tokens; wide: the tables that become records."""
    levels = _levels(stream, heading)
    parts: list[str] = []
    begin = 0
    for index, token in enumerate(stream):
        if index < begin:
            continue
        if token.type == "inline":
            parts.append(_inline(token.children or (), pictures))
        elif index in wide:
            begin = wide[index].end + 1
            parts.append(_records(wide[index], pictures, named.get(index, "")))
        elif token.type == "table_open" and (head := end_of_empty_head(stream, index)):
            begin = head + 1
            parts.append('<table role="presentation">\n')
        else:
            parts.append(_mark(token, stream, index, levels))
        if index in named and index not in wide:
            parts.append(f"<caption>{html.escape(named[index], quote=False)}</caption>\n")
    return "".join(parts).rstrip("\n")


def _mark(token: "Token", stream: "Sequence[Token]", index: int, levels: Mapping[int, int]) -> str:
    """Write where a block begins or ends, or all of one that has only words of its own."""
    if token.type in ("fence", "code_block"):
        return f"<pre><code>{html.escape(token.content)}</code></pre>\n"
    if token.type in ("heading_open", "heading_close"):
        return _tag(token, f"h{levels[index]}")
    if token.type in ("th_open", "th_close"):
        return _header_cell(token, stream, index)
    return "" if token.hidden else _tag(token, token.tag)


def _records(table: Table, pictures: Mapping[str, Figure], caption: str) -> str:
    """Write a table as the text part has it: a paragraph for each row, its first line strong.

    No rule for narrow screens can do this, since many mail programs drop such rules.
    """
    parts = [f"<p>{html.escape(caption, quote=False)}</p>\n"] if caption else []
    for record in records(table, lambda cell: _inline(cell.children or (), pictures).strip()):
        lines = [f"{heading}: {words}" if heading else words for heading, words in record]
        if lines and any(heading for heading, _ in record):
            lines[0] = f"<strong>{lines[0]}</strong>"
        parts.append(f"<p>{'<br>'.join(lines)}</p>\n" if lines else "")
    return "".join(parts)


def _levels(stream: "Sequence[Token]", heading: int) -> dict[int, int]:
    """Give each heading token's level: as deep as what it stands under, and one more."""
    above: list[int] = []
    levels: dict[int, int] = {}
    for index, token in enumerate(stream):
        if token.type == "heading_open":
            level = int(token.tag[1])
            above = [other for other in above if other < level]
            levels[index] = levels[index + 2] = min(6, heading + len(above))
            above.append(level)
    return levels


def _tag(token: "Token", name: str) -> str:
    """Write an opening, closing or empty tag, with a list's first number."""
    start = token.attrs.get("start")
    attribute = f' start="{int(start)}"' if name == "ol" and start is not None else ""
    if token.nesting == 1:
        return f"<{name}{attribute}>"
    return f"</{name}>\n" if token.nesting == -1 else f"<{name}>\n"


def _header_cell(token: "Token", stream: "Sequence[Token]", index: int) -> str:
    """Write a column's heading; an empty one is a plain cell, since it heads nothing."""
    content = stream[index + token.nesting]
    name = "th" if words_of(content.children or ()).strip() else "td"
    if token.nesting == -1:
        return f"</{name}>"
    return '<th scope="col">' if name == "th" else "<td>"


def _inline(children: "Sequence[Token]", pictures: Mapping[str, Figure]) -> str:
    """Render inline tokens; a link to nowhere we link to keeps its words alone."""
    parts: list[str] = []
    linked: list[bool] = []
    for token in children:
        if token.type == "link_open":
            url = public_url(str(token.attrs["href"]))
            linked.append(bool(url))
            parts.append(f'<a href="{html.escape(url)}">' if url else "")
        elif token.type == "link_close":
            parts.append("</a>" if linked.pop() else "")
        elif token.type == "image":
            parts.append(_picture(token, pictures))
        else:
            parts.append(_piece(token))
    return "".join(parts)


def _piece(token: "Token") -> str:
    """Render a token that is neither a link nor a picture."""
    if token.type in ("text", "text_special"):
        return html.escape(token.content, quote=False)
    if token.type == "code_inline":
        return f"<code>{html.escape(token.content, quote=False)}</code>"
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak":
        return "<br>\n"
    return f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>"


def _picture(token: "Token", pictures: Mapping[str, Figure]) -> str:
    """Show a picture we carry ourselves; of any other, say what it shows."""
    source = str(token.attrs.get("src", ""))
    words = html.escape(clean(words_of(token.children or ())).strip())
    figure = pictures.get(source)
    if figure:
        sides = f'width="{int(figure.width)}" height="{int(figure.height)}"'
        return f'<img src="{html.escape(figure.source)}" alt="{words}" {sides}>'
    return f"[Picture: {words}]" if words else ""

"""Read an HTML file: sanitised, its text escaped, then html2text to Markdown."""

import re
from html import unescape
from html.entities import html5

import html2text
import nh3

from bulletin.charset import clean, decode
from bulletin.collect.escape import literal, release
from bulletin.collect.figures import figures_in_html
from bulletin.collect.reading import Draft, Reading, not_read
from bulletin.collect.rewrite import AMPERSAND, TAGS, Rewriter
from bulletin.collect.text import draft_from, with_literal_summary
from bulletin.model.contribution import FileOutcome

DROPPED = {
    *("script", "style", "title", "head", "nav", "template", "noscript", "iframe", "svg", "math", "button"),
    *("select", "textarea", "object", "audio", "video", "canvas"),
}
MOST_TAGS = 30_000
MOST_LETTERS = 2_000_000
"""More would cost the parser, whose time grows with the square of nesting and of `&`, more than seconds."""

ENTITY = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|\w{1,32};)?")
FORMATTING = re.compile(r"(?i)<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^>]*>")
SCHEMES = {"http", "https", "mailto", "tel"}
LEFT_BEHIND = (
    (
        r"<script\b|\son[a-z]{3,20}\s{0,9}=\s{0,9}[\"']|[\"'=]\s{0,9}javascript:",
        "its scripts were left behind",
    ),
    (r"<nav\b", "its menu was left behind"),
    (r"<(?:iframe|object|video|audio)\b", "something embedded was left behind"),
)
BULLET = re.compile("(?m)^[·•▪●◦‣∙○■\uf0b7\uf0a7][ \xa0]+(?=\\S)")


def read_page(_name: str, data: bytes) -> Reading:
    """Read an HTML file: one item; its title is the page's first heading, else its <title>."""
    decoded = decode(data)
    if decoded is None:
        return not_read("it is not text, whatever its name says", "ask the sender for the words in an e-mail")
    text, notes = clean(decoded.text)
    tags = len(re.findall(r"(?i)<[a-z]", text))
    if tags > MOST_TAGS or len(text) > MOST_LETTERS:
        size = f"{tags:,} tags and {len(text):,} characters; at most {MOST_TAGS:,} and {MOST_LETTERS:,}"
        return not_read(f"it is a page of {size}", "ask the sender for the words alone")
    draft = with_literal_summary(_plain_labels(draft_from(html_to_markdown(text))))
    title = _title(text)
    if title and "title" not in draft.labels and not draft.text.startswith("#"):
        draft = Draft({**draft.labels, "title": title}, draft.text, ("title from the page's own title",))
    if not (draft.text or draft.labels):
        return Reading(FileOutcome.READ, "the page is empty: it held nothing to print")
    said = [note for note in (decoded.note, *notes, *_left_behind(text)) if note]
    return Reading(FileOutcome.READ, "; ".join(said), drafts=(draft,))


def html_to_markdown(html: str) -> str:
    """Turn contributed HTML into Markdown that shows the same words and can do nothing else.

    nh3 keeps a few tags and the links http, https, mailto and tel; every text node is then protected, since
    html2text would print `&lt;img onerror=…&gt;` as a live tag and `# not a heading` as one.
    Unclosed tags of formatting are repeated in every paragraph, at most three alike (WHATWG HTML 13.2.4.3):
    without their attributes they are all alike, and no page can grow a thousandfold.
    """
    html = figures_in_html(html.replace(AMPERSAND, "").replace("\xa0", " "))
    kept = nh3.clean(
        FORMATTING.sub(r"<\1>", ENTITY.sub(_entity, html)),
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=None,
    )
    rewriter = Rewriter()
    rewriter.feed(kept)
    writer = html2text.HTML2Text(bodywidth=0)
    writer.unicode_snob = True
    writer.ul_item_mark = "-"
    lines = BULLET.sub("- ", writer.handle(rewriter.result())).split("\n")
    return release(re.sub(r"\n{3,}", "\n\n", "\n".join(_tidy(lines))).strip("\n"))


def _entity(found: re.Match[str]) -> str:
    """Put a stand-in for an `&`, a space for an unbreakable one: both cost the parser their square."""
    name = found[1] or ""
    if name == "nbsp;":
        return " "
    known = name.startswith("#") or (name in html5 and name != "amp;")
    return found[0] if known else f"{AMPERSAND}{'' if name == 'amp;' else name}"


def _tidy(lines: list[str]) -> list[str]:
    """Keep the two spaces that break a line only where one follows, and indent lists by four, as nested."""
    tidy = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        bare = line.rstrip()
        item = re.match(r"((?:> )*)((?:  )+)(?=- |\d+\. )", bare)
        if item:
            bare = f"{item[1]}{item[2][2:] * 2}{bare[item.end() :]}"
        breaks = bare and line.endswith("  ") and below.strip("> ") and not bare.endswith(literal("|"))
        tidy.append(f"{bare}  " if breaks else bare)
    return tidy


def _plain_labels(draft: Draft) -> Draft:
    """Take the Markdown off label values: they are plain words and addresses."""
    labels = {}
    for name, value in draft.labels.items():
        url = 2 if name == "link" else 1
        bare = re.sub(r"\[((?:\\.|[^\]\\])*)\]\(<([^>]*)>\)", rf"\{url}", value)
        bare = re.sub(r"<(https?://[^>]*)>", r"\1", bare)
        bare = re.sub(r"(?<!\\)\*{1,2}", "", bare)
        labels[name] = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare)
    return Draft(labels, draft.text, draft.inferred)


def _title(html: str) -> str:
    found = re.search(r"(?is)<title\b[^>]{0,200}>([^<]{1,500})", html)
    return " ".join(clean(unescape(found[1]))[0].split()) if found else ""


def _left_behind(html: str) -> list[str]:
    found = [note for pattern, note in LEFT_BEHIND if re.search(pattern, html, re.IGNORECASE)]
    pictures = len(re.findall(r"(?i)<img\b", html))
    if pictures:
        found.append(f"{pictures} picture{'s' if pictures > 1 else ''} left behind")
    return found

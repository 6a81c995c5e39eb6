"""Read an HTML file: sanitised, its text escaped, then html2text to Markdown."""

import re
from html import escape
from html.parser import HTMLParser

import html2text
import nh3

from bulletin.charset import clean, decode
from bulletin.collect.escape import protect, release
from bulletin.collect.reading import Draft, Reading, not_read
from bulletin.collect.text import draft_from
from bulletin.model.contribution import FileOutcome

TAGS = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "strong", "b", "em", "i"),
    *("blockquote", "table", "thead", "tbody", "tr", "th", "td", "caption", "div", "section", "article", "main"),
}
DROPPED = {"script", "style", "title", "head", "nav", "template", "noscript", "iframe", "svg", "form", "button"}
CELLS = {"td", "th", "caption"}
BLOCKS = {"p", "div", "br", "ul", "ol", "li", "section", "article", "main", "blockquote"}
SCHEMES = {"http", "https", "mailto", "tel"}


def read_page(_name: str, data: bytes) -> Reading:
    """Read an HTML file: one item; its title is the page's first heading, else its <title>."""
    decoded = decode(data)
    if decoded is None:
        return not_read("it is not text, whatever its name says", "ask the sender for the words in an e-mail")
    text, notes = clean(decoded.text)
    draft = _plain_labels(draft_from(html_to_markdown(text)))
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
    """
    kept = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=None,
    )
    writer = html2text.HTML2Text(bodywidth=0)
    writer.unicode_snob = True
    writer.ul_item_mark = "-"
    writer.wrap_links = False
    markdown = release(writer.handle(_Protector.run(kept)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in markdown.split("\n"))).strip()


def _plain_labels(draft: Draft) -> Draft:
    """Take the Markdown off label values: they are plain words and addresses."""
    labels = {}
    for name, value in draft.labels.items():
        bare = re.sub(r"\[([^\]]*)\]\(<?([^)>]*)>?\)", lambda found: found[2 if name == "link" else 1], value)
        bare = re.sub(r"<(https?://[^>]*)>", r"\1", bare)
        labels[name] = re.sub(r"\\([^\w\s])", r"\1", bare).rstrip("\\ ")
    return Draft(labels, draft.text, draft.inferred)


class _Protector(HTMLParser):
    """Write clean HTML out again with every text node protected; a table's cell stays one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.cells = 0
        self.links = 0

    @classmethod
    def run(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        parser.close()
        return "".join(parser.out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.cells += tag in CELLS
        self.links += tag == "a"
        if self.cells and tag in BLOCKS:
            self.out.append(" ")
        elif tag == "table":
            self.out.append("<p></p><table>")
        else:
            shown = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
            self.out.append(f"<{tag}{shown}>")

    def handle_endtag(self, tag: str) -> None:
        self.cells -= tag in CELLS
        self.links -= tag == "a"
        if not (self.cells and tag in BLOCKS):
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(protect(data, link=not self.links), quote=False))


def _title(html: str) -> str:
    from html import unescape

    found = re.search(r"(?is)<title[^>]*>(.{1,500}?)</title>", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", found[1])).split()) if found else ""


def _left_behind(html: str) -> list[str]:
    found = []
    if re.search(r"(?i)<script|\son\w+\s*=|javascript:", html):
        found.append("its scripts were left behind")
    pictures = len(re.findall(r"(?i)<img\b", html))
    if pictures:
        found.append(f"{pictures} picture{'s' if pictures > 1 else ''} left behind")
    return found

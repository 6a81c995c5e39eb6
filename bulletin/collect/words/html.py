"""Turn contributed HTML into Markdown: sanitised, its text escaped, then html2text."""

import re
from html.entities import html5

import html2text
import nh3

from bulletin.collect.words.bullets import POINTS
from bulletin.collect.words.escape import literal, release
from bulletin.collect.words.figures import figures_in_html
from bulletin.collect.words.rewrite import AMPERSAND, TAGS, Rewriter
from bulletin.markdown import SCHEMES

DROPPED = {
    *("script", "style", "title", "head", "nav", "template", "noscript", "iframe", "svg", "math", "button"),
    *("select", "textarea", "object", "audio", "video", "canvas"),
}
ENTITY = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|\w{1,32};)?")
FORMATTING = re.compile(r"(?i)<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^>]*>")
BULLET = re.compile(rf"(?m)^[{POINTS}][ \xa0]+(?=\S)")


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
        url_schemes=set(SCHEMES),
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

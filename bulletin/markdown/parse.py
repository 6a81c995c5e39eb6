"""Markdown as tokens, read the same way for HTML, text and words."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bulletin.markdown.address import public_url, shown_url
from bulletin.markdown.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SCHEME = re.compile(r"(?:^|[^a-z0-9])(https?)$", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_CLOSING = ".,;:!?'\"*_~\u2019\u201d"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A host or an address standing in a sentence; the parts are bounded so that no text is slow to search.
_NAMED = re.compile(
    r"(?<![\w.@/+-])(?:(?P<web>www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?:/[^\s<>\"“”]*)?)"
    r"|(?P<mail>[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}))",
)
_LOOKS_LIKE_URL = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def tokens(markdown: str) -> "tuple[Token, ...]":
    """Parse Markdown once; nobody may change what this gives."""
    return tuple(_parser().parse(clean(markdown)))


def inline_tokens(words: str) -> "tuple[Token, ...]":
    """Parse one line of Markdown without blocks; what this gives are the inline's children."""
    return tuple(_parser().parseInline(clean(words))[0].children or ())


def trimmed_url(run: str) -> str:
    """Take the address out of a run of characters: no closing punctuation, brackets in pairs."""
    url = run
    while url and (url[-1] in _CLOSING or (url[-1] in ")]" and _unpaired(url))):
        url = url[:-1]
    return url


def words_of(children: "Sequence[Token]") -> str:
    """Give the words of inline tokens; a picture counts as its alternative text."""
    parts: list[str] = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(words_of(token.children or ()))
        else:
            parts.append(token.content)
    return "".join(parts)


@cache
def _parser() -> "MarkdownIt":
    """Build the one reader: CommonMark and tables, no HTML, addresses linked."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Every destination becomes a token, so that `links` can speak of the bad ones; renderers leave those out.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 -- the library names it
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.inline.ruler.before("escape", "bare_url", _bare_url)
    reader.core.ruler.push("named_addresses", _named_addresses)
    reader.core.ruler.push("link_words", _link_words)
    reader.core.ruler.push("drop_empty_headings", _drop_empty_headings)
    return reader


def _bare_url(state: "StateInline", silent: bool) -> bool:
    """Link an address in running text before emphasis can eat its underscores."""
    scheme = _SCHEME.search(state.pending) if state.src.startswith("://", state.pos) else None
    if scheme is None or state.linkLevel:
        return False
    start = state.pos - len(scheme[1])
    run = _BARE.match(state.src, start)
    raw = trimmed_url(run[0]) if run else ""
    url = _ESCAPE.sub(r"\1", raw).replace("&amp;", "&")
    if not public_url(url):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        _push_link(state, url)
    state.pos = start + len(raw)
    return True


def _push_link(state: "StateInline", url: str) -> None:
    """Add the three tokens of a link whose words are its address."""
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": url}
    opening.info = "auto"
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)


def _named_addresses(state: "StateCore") -> None:
    """Link `www.` names and e-mail addresses that stand in a sentence."""
    for block in state.tokens:
        if block.type == "inline" and block.children and ("@" in block.content or "www." in block.content):
            block.children = list(_with_addresses(block.children))


def _with_addresses(children: "Sequence[Token]") -> "Iterator[Token]":
    """Give the tokens with every address outside a link made into one."""
    depth = 0
    for token in children:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or depth:
            yield token
        else:
            yield from _split(token.content)


def _split(words: str) -> "Iterator[Token]":
    """Cut a text where an address stands in it."""
    from markdown_it.token import Token

    last = 0
    for match in _NAMED.finditer(words):
        shown = trimmed_url(match[0])
        url = f"https://{shown}" if match["web"] else f"mailto:{shown}"
        yield Token("text", "", 0, content=words[last : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": url}, info="auto")
        yield Token("text", "", 0, content=shown)
        yield Token("link_close", "a", -1)
        last = match.start() + len(shown)
    yield Token("text", "", 0, content=words[last:])


def _link_words(state: "StateCore") -> None:
    """Give every link words a person can read, and keep those it had in `meta`."""
    for block in state.tokens:
        if block.type == "inline" and any(token.type == "link_open" for token in block.children or ()):
            block.children = list(_with_link_words(block.children or []))


def _with_link_words(children: "list[Token]") -> "Iterator[Token]":
    """Replace words that are an address, or none, by the address it really leads to, shown short."""
    from markdown_it.token import Token

    index = 0
    while index < len(children):
        token = children[index]
        yield token
        index += 1
        if token.type != "link_open":
            continue
        end = next(i for i in range(index, len(children)) if children[i].type == "link_close")
        words = words_of(children[index:end])
        url = public_url(str(token.attrs["href"]))
        token.meta = {"words": words}
        if url and (not words.strip() or _LOOKS_LIKE_URL.fullmatch(words)):
            yield Token("text", "", 0, content=shown_url(url))
        else:
            yield from children[index:end]
        index = end


def _drop_empty_headings(state: "StateCore") -> None:
    """Take out headings without words, which a screen reader would announce for nothing."""
    kept: list[Token] = []
    skip = 0
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open" and not words_of(state.tokens[index + 1].children or ()).strip():
            skip = 3
        if skip:
            skip -= 1
        else:
            kept.append(token)
    state.tokens = kept


def _unpaired(url: str) -> bool:
    """Whether the closing bracket at the end has no opening one."""
    opening = "(" if url[-1] == ")" else "["
    return url.count(url[-1]) > url.count(opening)

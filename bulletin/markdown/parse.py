"""Markdown as tokens, read the same way for HTML, text and words."""

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from bulletin.markdown.address import LONGEST_SHOWN, public_url, shown_url
from bulletin.markdown.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SCHEME = re.compile(r"(?:^|[^a-z0-9])(https?)$", re.IGNORECASE)
_HEAD = re.compile(r"https?://[^\s<>\"“”/?#]{1,300}(?![^\s<>\"“”/?#])", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_BRACKETS = ((")", "("), ("]", "["))
_CLOSING = ".,;:!?'\"*_~\u2019\u201d"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A host or an address standing in a sentence; the parts are bounded so that no text is slow to search.
_NAMED = re.compile(
    r"(?<![\w.@/+-])(?:(?P<web>www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?:/[^\s<>\"“”]*)?)"
    r"|(?P<mail>[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}))",
)
_LINE_END = re.compile(r"[\t\n]")
_LOOKS_LIKE_URL = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)

LONGEST_TEXT = 100_000
"""Characters of one text that are read; an edition may have 100 KB in all, so nothing longer can go out."""
EMPTY_CELLS = 1_000
"""How many cells the short rows of a table may lack before it ends there; the library would make 65,536."""


@lru_cache(maxsize=4096)
def tokens(markdown: str) -> "tuple[Token, ...]":
    """Parse Markdown once; nobody may change what this gives. What is over LONGEST_TEXT becomes "…"."""
    return tuple(_parser().parse(_bounded(clean(markdown), "\n\n…")))


def inline_tokens(words: str) -> "tuple[Token, ...]":
    """Parse one line of Markdown without blocks; what this gives are the inline's children."""
    return tuple(_parser().parseInline(_bounded(clean(words), "…"))[0].children or ())


def _bounded(words: str, end: str) -> str:
    return words if len(words) <= LONGEST_TEXT else words[:LONGEST_TEXT] + end


def trimmed_url(run: str) -> str:
    """Take the address out of a run of characters: no closing punctuation, brackets in pairs."""
    spare = {mark: run.count(mark) - run.count(opening) for mark, opening in _BRACKETS}
    end = len(run)
    while end and (run[end - 1] in _CLOSING or spare.get(run[end - 1], 0) > 0):
        end -= 1
        if run[end] in spare:
            spare[run[end]] -= 1
    return run[:end]


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

    vars(import_module("markdown_it.rules_block.table"))["MAX_AUTOCOMPLETED_CELLS"] = EMPTY_CELLS
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Every destination becomes a token, so that `links` can speak of the bad ones; renderers leave those out.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 -- the library names it
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.inline.ruler.before("escape", "bare_url", _bare_url)
    reader.core.ruler.push("unseen", _unseen)
    reader.core.ruler.push("named_addresses", _named_addresses)
    reader.core.ruler.push("link_words", _link_words)
    reader.core.ruler.push("drop_empty_headings", _drop_empty_headings)
    return reader


def _bare_url(state: "StateInline", silent: bool) -> bool:
    """Link an address in running text before emphasis can eat its underscores."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False  # "silent" looks for the end of a link's words, which may hold an address
    scheme = _SCHEME.search(state.pending[-6:])
    if scheme is None:
        return False
    start = state.pos - len(scheme[1])
    raw = _run_at(state.src, start)
    url = _unescaped(raw)
    if not public_url(url):
        return False
    state.pending = state.pending[: -len(scheme[1])]
    _push_link(state, url)
    state.pos = start + len(raw)
    return True


def _run_at(source: str, start: int) -> str:
    """Give the address that starts here, or "".

    The host is judged first: where it is none, nobody reads the run behind it, again for every "://" in it.
    """
    head = _HEAD.match(source, start)
    if head is None:
        return ""
    whole = source[head.end() : head.end() + 1] not in ("/", "?", "#")
    host = trimmed_url(head[0]) if whole else head[0]
    run = _BARE.match(source, start) if public_url(_unescaped(host)) else None
    return trimmed_url(run[0]) if run else ""


def _unescaped(raw: str) -> str:
    """Give an address as it is meant, without Markdown's backslashes."""
    return _ESCAPE.sub(r"\1", raw).replace("&amp;", "&")


def _push_link(state: "StateInline", url: str) -> None:
    """Add the three tokens of a link whose words are its address."""
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": url}
    opening.info = "auto"
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)


def _unseen(state: "StateCore") -> None:
    """Take out what entities brought back (`&#x202e;`): invisible characters, and line ends within a line."""
    for block in state.tokens:
        if block.type == "inline" and "&" in block.content:
            _without_unseen(block.children or ())


def _without_unseen(children: "Sequence[Token]") -> None:
    for token in children:
        if token.type == "text":
            token.content = _LINE_END.sub(" ", clean(token.content))
        _without_unseen(token.children or ())


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
        as_said = token.info == "auto" and words.startswith("www.") and len(words) <= LONGEST_SHOWN
        if url and not as_said and (not words.strip() or _LOOKS_LIKE_URL.fullmatch(words)):
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

"""Two kinds of template: HTML, where everything is escaped, and plain text, where nothing is."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from traceback import extract_tb
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from bulletin import markdown
from bulletin.errors import BulletinError
from bulletin.model.picture import Figure
from bulletin.render import bounds, lines
from bulletin.render.bounds import BoundedEnvironment

HERE = __file__.rpartition("render")[0]
"""Where our own code lies: a fault from deeper there is our bug and no template's."""

ORIGIN = "template: "
"""What a template's name starts with in a traceback, where other code has a path."""

_VERBATIM = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)


def html_environment(templates: Mapping[str, str]) -> BoundedEnvironment:
    """Give the environment for pages: autoescaped, with `html` for Markdown and `inline` for a line of it."""
    return _html(tuple(sorted(templates.items())))


def text_environment(templates: Mapping[str, str]) -> BoundedEnvironment:
    """Give the environment for plain text: nothing escaped, with the filters that lay out lines."""
    return _text(tuple(sorted(templates.items())))


def render(environment: ImmutableSandboxedEnvironment, name: str, **values: Any) -> str:
    """Render a template; its faults, the officer's to mend, are a BulletinError with the line."""
    bounds.begin()
    with _blamed(name):
        return environment.get_template(name).render(**values)


@lru_cache(maxsize=8)
def _html(templates: tuple[tuple[str, str], ...]) -> BoundedEnvironment:
    environment = _environment(templates, autoescape=True)
    environment.filters.update(html=_html_of, inline=_inline_of, words=_words_of)
    return environment


@lru_cache(maxsize=8)
def _text(templates: tuple[tuple[str, str], ...]) -> BoundedEnvironment:
    environment = _environment(templates, autoescape=False)
    environment.filters.update(
        wrap=lines.wrapped,
        underlined=lines.underlined,
        block=lines.block,
        record=lines.record,
        address=lines.address,
    )
    return environment


def _environment(templates: tuple[tuple[str, str], ...], *, autoescape: bool) -> BoundedEnvironment:
    sources = dict(templates)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (sources[name], ORIGIN + name, lambda: True) if name in sources else None

    environment = BoundedEnvironment(
        loader=FunctionLoader(load),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.guard()
    return environment


def _html_of(
    text: str,
    heading: int = 3,
    pictures: Mapping[str, Figure] | None = None,
    *,
    title: str = "",
    named: str = "",
) -> Markup:
    """Render a contributor's Markdown with its pictures; its topmost headings become that level.

    title: what its tables are called that stand under no heading of their own. named: the class of all of
    it: of its paragraph where it is one, else of a div around it.
    """
    if heading not in range(1, 7):
        raise TemplateRuntimeError(f"html({heading}): the level of a heading is a number from 1 to 6")
    shown = markdown.to_html(str(text), heading=heading, pictures=pictures, title=str(title), fits=True)
    shown = _VERBATIM.sub(_broken, shown)
    if named:
        shown = _named(shown, escape(named))
    return Markup(shown)  # noqa: S704 -- sanitised there


def _broken(found: re.Match[str]) -> str:
    """Give words that were typed with their own line ends as a paragraph that has them.

    Outlook breaks no line of a <pre>, so that one long line would make the whole page as wide.
    """
    lines = found[1].rstrip("\n").replace("  ", "\u00a0 ").split("\n")
    return f"<p><code>{'<br>'.join(lines)}</code></p>"


def _named(shown: str, name: str) -> str:
    if shown.startswith("<p>") and shown.find("</p>") == len(shown.rstrip()) - 4:
        return f'<p class="{name}">{shown[3:]}'
    return f'<div class="{name}">{shown}</div>'


def _inline_of(text: str) -> Markup:
    """Render one line of Markdown without blocks."""
    return Markup(markdown.to_inline_html(str(text)))  # noqa: S704 -- sanitised there


def _words_of(words: str) -> Markup:
    """Show plain words with the addresses among them linked."""
    return Markup(markdown.to_inline_html(markdown.literal(str(words))))  # noqa: S704 -- sanitised there


@contextmanager
def _blamed(name: str) -> Iterator[None]:
    """Turn what goes wrong inside a template into a sentence that names it and the line."""
    try:
        yield
    except TemplateNotFound as fault:
        place = _place(fault)
        asked = f"; {place[0]} asks for it in line {place[1]}" if place else ""
        raise BulletinError(
            f"there is no template called {fault.name or name}{asked}",
            "look for a misspelt name in the templates folder; the shipped templates need no copy there",
        ) from fault
    except TemplateSyntaxError as fault:
        raise _fault(fault.name or name, fault.lineno, fault.message or str(fault)) from fault
    except RecursionError as fault:
        raise _fault(*(_place(fault) or (name, 1)), "it asks for itself again and again") from None
    except MemoryError as fault:
        raise _fault(*(_place(fault) or (name, 1)), "what it makes is too large") from None
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        place = _place(fault)
        if place is None:
            raise
        raise _fault(*place, str(fault)) from fault


def _place(fault: BaseException) -> tuple[str, int] | None:
    """Find the innermost template line a fault came from; None where it is not the template's doing.

    Jinja sets a traceback whose template frames have the template's name as their file.
    """
    frames = extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(ORIGIN)]
    from_below = frames[-1].filename.startswith(HERE)
    if not ours or (from_below and not isinstance(fault, TemplateError | RecursionError | MemoryError)):
        return None
    return ours[-1].filename.removeprefix(ORIGIN), ours[-1].lineno or 0


def _fault(name: str, line: int, why: str) -> BulletinError:
    """Say where a template is at fault and what to do."""
    return BulletinError(
        f"the template {name} cannot be used: line {line}: {why.rstrip('.')}",
        f"mend line {line} of templates/{name}, or delete the file to use the shipped one again",
    )

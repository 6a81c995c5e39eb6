"""Rules about links: what they say, and whether a reader outside the office can follow them."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from bulletin.check.rule import Remark, each_item
from bulletin.check.view import View
from bulletin.markdown import public_url
from bulletin.model.finding import Severity
from bulletin.prose import normalise
from bulletin.wording import quoted, short

EMPTY_WORDS = frozenset(
    (
        "click",
        "click here",
        "click here for more",
        "click this link",
        "continue",
        "details",
        "download",
        "find out more",
        "follow this link",
        "full details",
        "further details",
        "further information",
        "go",
        "here",
        "info",
        "learn more",
        "link",
        "more",
        "more details",
        "more info",
        "more information",
        "our website",
        "page",
        "pdf",
        "read more",
        "read on",
        "see here",
        "see more",
        "the link",
        "the website",
        "this",
        "this link",
        "this page",
        "this website",
        "view",
        "visit website",
        "web page",
        "webpage",
        "website",
    )
)
"""Words of a link that do not say where it goes, folded."""

WALLED_HOSTS = (
    "sharepoint.com",
    "teams.microsoft.com",
    "teams.live.com",
    "office.com",
    "office365.com",
    "onedrive.live.com",
    "1drv.ms",
    "yammer.com",
    "slack.com",
    "mail.google.com",
    "basecamp.com",
    "huddle.com",
    "trello.com",
    "zendesk.com",
)
"""Hosts, and what is below them, where a visitor is asked to log in."""

INSIDE_NAMES = frozenset(
    ("intranet", "extranet", "sharepoint", "staffnet", "webmail", "owa", "vpn", "staging")
)
"""Parts of a host's name that speak of an office network."""

INSIDE_ENDINGS = (".local", ".lan", ".internal", ".intranet", ".corp", ".home", ".localhost")
LOGIN_STEPS = frozenset(
    ("login", "log-in", "logon", "signin", "sign-in", "sso", "adfs", "wp-admin", "wp-login.php")
)


def click_here(view: View) -> Iterator[Remark]:
    """The words of a link do not say where it goes.

    People who have the bulletin read aloud jump from link to link and hear "here, here, here". Put the link
    on the words that name the page: "Read the [Local Plan summary](https://...)".
    """
    if not view.english:
        return
    for link in view.links:
        if normalise(link.text) in EMPTY_WORDS:
            hint = "Put the link on words that name the page, such as [Local Plan summary](https://...)."
            yield Remark(
                f'the link "{link.text.strip()}" does not say where it goes', hint, view.text_line(link.line)
            )


def bare_link(view: View) -> Iterator[Remark]:
    """A web address stands in the text instead of words.

    A long address is hard to read and harder to listen to. Put it behind words: `[The bus
    review](https://...)`.
    """
    for link in view.links:
        if link.text.strip().lower().startswith(("http://", "https://", "www.")):
            hint = "Put it behind words that name the page: `[Bus review](https://...)`."
            detail = f"a bare web address: {short(link.text)}"
            yield Remark(detail, hint, view.text_line(link.line))


def walled_link(view: View) -> Iterator[Remark]:
    """A link leads to a place that asks for a password, or that only one office can reach.

    SharePoint, Teams, an intranet, a file on somebody's computer: most readers will stand before a closed
    door. Ask for a public address, or say in words whom to ask for the document.
    """
    for url, line in _addresses(view):
        why = wall(url)
        if why:
            hint = "Ask the contributor for an address that everybody can open, or say whom to ask for it."
            yield Remark(f"many readers cannot open {short(url)}: {why}", hint, line)


def odd_link(view: View) -> Iterator[Remark]:
    """A link is no address that a bulletin can link to, so only its words are printed.

    A web address starts with https://, an e-mail address with mailto:, a telephone number with tel:.
    """
    for url, line in _addresses(view):
        if not public_url(url) and not wall(url):
            whole = url.lower().startswith("www.") and not re.search(r"[\s<>\"]", url)
            guess = f"did you mean https://{url}? " if whole else ""
            hint = f"{guess}Write the whole address, starting with https://, as a browser shows it."
            yield Remark(f"{quoted(url)} is not a whole web address", hint, line)
        elif _fields(public_url(url)) < _fields(url):
            hint = "If more people should get the answers, name them in the words of the item."
            yield Remark(f"of {quoted(url)} only the addresses, subject and text are printed", hint, line)


def misleading_link(view: View) -> Iterator[Remark]:
    """The words of a link name another web site, or e-mail address, than the one it leads to.

    Readers trust the words. Ask for the true address: links copied out of an e-mail often lead to whoever
    checks them for viruses.
    """
    for link in view.links:
        there = _site(public_url(link.url))
        named = {_site(one) for one in _named_site().findall(link.text)}
        if there and named and not any(_is_within(there, one) or _is_within(one, there) for one in named):
            hint = f"It leads to {there}. Ask which is right, then correct the words or the address."
            detail = f"the words of the link {quoted(link.text)} name another place than it leads to"
            yield Remark(detail, hint, view.text_line(link.line))


def wall(url: str) -> str:
    """Say why most readers cannot open an address, as a clause, or ""."""
    if url.lower().startswith(("file:", "\\\\")) or url[1:3] == ":\\":
        return "it is a file on somebody's computer or network"
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    steps = parts.path.lower().split("/")
    if any(host == one or host.endswith(f".{one}") for one in WALLED_HOSTS) or LOGIN_STEPS.intersection(
        steps
    ):
        return "it asks for a password"
    if _is_inside(host):
        return "it is on an office network"
    return "" if port in (None, 80, 443) else f"port {port} is seldom open to the public"


def _is_inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    inside = host.endswith(INSIDE_ENDINGS) or "." not in host
    return inside or not INSIDE_NAMES.isdisjoint(host.split("."))


def _fields(url: str) -> int:
    """Count what an e-mail address is to be written with: a subject, a body, a copy."""
    return url.partition("?")[2].count("=") if url[:7].lower() == "mailto:" else 0


@cache
def _named_site() -> re.Pattern[str]:
    """A web address, a name that can be nothing else than a web site's, or an e-mail address."""
    return re.compile(
        r"(?<![\w.@/-])((?:https?://|www\.)[^\s/?#:]{1,253}|[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
        r"|(?:[\w-]{1,63}\.){1,8}(?:uk|com|org|net|gov|eu|info|wales|scot|example))(?![\w@-])",
        re.IGNORECASE,
    )


def _site(address: str) -> str:
    """Give the host of a web address, or an e-mail address whole, folded."""
    folded = address.casefold()
    if "@" in folded and "://" not in folded:
        return unquote(folded.removeprefix("mailto:").partition("?")[0])
    host = re.split(r"[/?#:]", folded.removeprefix("http://").removeprefix("https://"), maxsplit=1)[0]
    return "" if host == "tel" else host.removeprefix("www.").rstrip(".")


def _is_within(site: str, other: str) -> bool:
    return site == other or site.endswith(f".{other}")


def _addresses(view: View) -> Iterator[tuple[str, int]]:
    """Give the item's own link and those in its text, each with its line."""
    if view.item.link.strip():
        yield view.item.link.strip(), view.item.line("link")
    for link in view.links:
        yield link.url, view.text_line(link.line)


RULES = (
    each_item(walled_link, Severity.WARNING),
    each_item(odd_link, Severity.WARNING),
    each_item(misleading_link, Severity.WARNING),
    each_item(click_here, Severity.WARNING),
    each_item(bare_link, Severity.NOTE),
)

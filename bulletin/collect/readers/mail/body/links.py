"""Give web addresses their real target back where a mail gateway put its own in front."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

from bulletin.wording import plural

_WRAPPED = re.compile(
    r"https?://(?:[\w-]{1,40}\.)?(?:safelinks\.protection\.outlook\.com|urldefense\.(?:com|us)"
    r"|urldefense\.proofpoint\.com"
    r"|(?:www\.)?google\.(?:com|co\.uk)/url\?)[^\s<>\"'\\]{0,4000}"
)
_LAYERS = 3


def unwrap_links(text: str) -> tuple[str, int]:
    """Replace every wrapped address in a text; give the text and how many there were."""
    count = 0

    def once(found: re.Match[str]) -> str:
        nonlocal count
        target = real_target(found[0])
        tail = found[0][len(found[0].rstrip(").,;")) :] if target != found[0] else ""
        count += target != found[0]
        return target + (tail if not target.endswith(tail or "\0") else "")

    return _WRAPPED.sub(once, text), count


def say_unwrapped(count: int) -> str:
    """Say how many addresses were replaced."""
    return f"{plural(count, 'link')} freed from a mail gateway's address"


def real_target(url: str) -> str:
    """Give the address a link checker's address stands for; itself where that is no web address."""
    for _ in range(_LAYERS):
        target = _inside(unescape(url))
        if not target:
            break
        url = target
    return url


def _inside(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host.endswith("safelinks.protection.outlook.com"):
            target = _first(parts.query, "url")
        elif host.endswith(("google.com", "google.co.uk")):
            target = (_first(parts.query, "q") or _first(parts.query, "url")) if parts.path == "/url" else ""
        elif "/v3/__" in parts.path:
            target = url.partition("/v3/__")[2].rpartition("__;")[0]
            target = re.sub(r"^(https?):/(?!/)", r"\1://", target) if "*" not in target else ""
        elif host.startswith("urldefense."):
            target = unquote(_first(parts.query, "u").replace("-", "%").replace("_", "/"))
        else:
            return ""
        return target if _is_web(target) else ""
    except ValueError:
        return ""


def _first(query: str, name: str) -> str:
    return parse_qs(query, max_num_fields=50).get(name, [""])[0].strip()


def _is_web(target: str) -> bool:
    sound = target.isprintable() and not re.search(r"[\s<>\"\\]", target)
    return sound and urlsplit(target).scheme in ("http", "https") and bool(urlsplit(target).hostname)

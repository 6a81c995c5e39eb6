"""The addresses a bulletin may link to, whole and the same in both parts."""

import re
from urllib.parse import quote

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_SHOWN = 60

# What RFC 3986 allows stays as it is, an escape included; the rest is percent-encoded.
_KEPT = "%:/?#[]@!$&'()*+,;=-._~"
_BREAKS = re.compile(r"[\t\n\r]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WEB = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[^\s@/\\:\[\]%<>]+)(?::\d{1,5})?", re.IGNORECASE)


def public_url(url: str) -> str:
    """Give the address as a bulletin prints it, or "" where it is none we link to.

    Only http, https, mailto and tel with something after them; who logs in (`user:password@`) is left
    out; characters RFC 3986 forbids are percent-encoded, an international host name becomes its `xn--` form.
    """
    url = _BREAKS.sub("", url).strip()
    scheme = url.partition(":")[0].lower()
    if scheme in ("mailto", "tel"):
        return _encoded(url) if len(url) > len(scheme) + 1 else ""
    match = _WEB.fullmatch(url)
    if not match:
        return ""
    host = _public_host(match[2].rpartition("@")[2])
    return f"{match[1]}://{host}{_encoded(match[3])}" if host else ""


def shown_url(url: str) -> str:
    """Give the words for a link that has none of its own: the address without its scheme, kept short."""
    if url.lower().startswith(("mailto:", "tel:")):
        return url.partition(":")[2].partition("?")[0]
    shown = re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE)
    shown = shown[:-1] if shown.endswith("/") and shown.count("/") == 1 else shown
    if len(shown) <= LONGEST_SHOWN:
        return shown
    host, _, rest = shown.partition("/")
    return f"{host}/…{rest[-max(8, LONGEST_SHOWN - len(host) - 2) :]}"[: LONGEST_SHOWN * 2]


def _public_host(host: str) -> str:
    """Give the host in ASCII, or "" where it is none."""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return host if _HOST.fullmatch(host) else ""


def _encoded(rest: str) -> str:
    """Percent-encode what an address may not hold."""
    return _STRAY_PERCENT.sub("%25", quote(rest, safe=_KEPT, errors="replace"))

"""The addresses a bulletin may link to, whole and the same in both parts."""

import re
from urllib.parse import quote, unquote

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_SHOWN = 60
LONGEST_HOST = 253

# What RFC 3986 allows stays as it is, an escape included; the rest is percent-encoded.
_KEPT = "%:/?#[]@!$&'()*+,;=-._~"
_BREAKS = re.compile(r"[\t\n\r]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WEB = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(.+?)(:[0-9]{1,5})?:?", re.DOTALL)
_HOST = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9_][a-z0-9._-]*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ADDRESSEE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f<>()\[\]\\,;:\"@]+@[^\s\x00-\x1f\x7f-\x9f<>()\[\]\\,;:\"@]+")
_TELEPHONE = re.compile(r"\+?[0-9(][0-9 \xa0().-]{2,24}(?:;ext=[0-9]{1,8})?")


def public_url(url: str) -> str:
    """Give the address as a bulletin prints it, or "" where it is none we link to.

    Only http, https, mailto and tel; who logs in (`user:password@`) is left out; characters RFC 3986 forbids
    are percent-encoded, an international host name becomes its `xn--` form. A mailto says whom it is to, its
    subject and its body, and a tel is a number to ring, not a command to the telephone.
    """
    url = _BREAKS.sub("", url).strip()
    scheme, _, rest = url.partition(":")
    if scheme.lower() == "mailto":
        return _mailto(rest)
    if scheme.lower() == "tel":
        return f"tel:{_encoded(rest)}" if _TELEPHONE.fullmatch(unquote(rest)) else ""
    match = _WEB.fullmatch(url)
    if not match:
        return ""
    host = _public_host(match[2].rpartition("@")[2])
    return f"{match[1].lower()}://{host}{_encoded(match[3])}" if host else ""


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


def _mailto(rest: str) -> str:
    """Give a mailto (RFC 6068) without copies to people nobody sees and without any other header."""
    addressees, _, asked = rest.partition("#")[0].partition("?")
    if not all(_ADDRESSEE.fullmatch(unquote(one)) for one in addressees.split(",")):
        return ""
    fields = "&".join(field for field in asked.split("&") if _is_harmless(field))
    return f"mailto:{_encoded(addressees)}" + (f"?{_encoded(fields)}" if fields else "")


def _is_harmless(field: str) -> bool:
    """Whether a field of a mailto is subject or body, with nothing in it that could start another header."""
    name, _, value = field.partition("=")
    words = unquote(value)
    if name.lower() == "body":
        words = words.replace("\r", "").replace("\n", "")
    return name.lower() in ("subject", "body") and not _CONTROL.search(words)


def _public_host(authority: str) -> str:
    """Give a host and its port in ASCII, or "" where there is none (RFC 1035 2.3.4)."""
    match = _AUTHORITY.fullmatch(authority)
    if not match or len(match[1]) > LONGEST_HOST:
        return ""
    try:
        host = match[1] if match[1].isascii() else match[1].encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return host + (match[2] or "") if _HOST.fullmatch(host) else ""


def _encoded(rest: str) -> str:
    """Percent-encode what an address may not hold."""
    return _STRAY_PERCENT.sub("%25", quote(rest, safe=_KEPT, errors="replace"))

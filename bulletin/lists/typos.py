"""Point out addresses that look mistyped; nobody's address is ever changed for it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from bulletin.model.delivery import Member

_KNOWN = (
    "aol.com", "blueyonder.co.uk", "btinternet.com", "fsmail.net", "gmail.com", "gmx.co.uk", "googlemail.com",
    "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com", "me.com", "msn.com",
    "ntlworld.com", "o2.co.uk", "outlook.com", "outlook.co.uk", "plus.com", "plusnet.com", "proton.me",
    "protonmail.com", "sky.com", "supanet.com", "talk21.com", "talktalk.net", "tiscali.co.uk", "virgin.net",
    "virginmedia.com", "waitrose.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
)  # fmt: skip
"""Where people in the United Kingdom have their mail; each is itself never doubted."""
_TOO_SHORT = 9  # "sky.com" has neighbours that are somebody's own domain; "gmail.com" has hardly any
_ALSO_REAL = frozenset({
    "email.com", "gmx.com", "hotmail.be", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it",
    "hotmail.se", "live.ca", "live.cn", "live.co.za", "mail.com", "plus.net", "rocketmail.com", "yahoo.ca",
    "yahoo.cn", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.nz", "yahoo.co.za",
})  # fmt: skip
_ENDINGS = {
    ".con": ".com", ".cmo": ".com", ".ocm": ".com", ".co.ku": ".co.uk", ".co.u": ".co.uk", ".couk": ".co.uk",
    ".gov.ku": ".gov.uk", ".gov.u": ".gov.uk", ".govuk": ".gov.uk", ".org.ku": ".org.uk", ".org.u": ".org.uk",
    ".orguk": ".org.uk",
}  # fmt: skip
_MANY = 3
"""People at one domain for it to be what a lonely neighbour of it was meant to be."""


def suspicious(members: Iterable[Member]) -> Iterator[tuple[Member, str]]:
    """Give everybody whose domain looks mistyped, with the address that may be meant."""
    people = [(member, member.address.rpartition("@")[2].lower()) for member in members]
    counts = Counter(domain for _, domain in people)
    common = [domain for domain, count in counts.items() if count >= _MANY and len(domain) >= _TOO_SHORT]
    meant = {domain: _meant(domain, common if count == 1 else []) for domain, count in counts.items()}
    for member, domain in people:
        if meant[domain]:
            yield member, f"{member.address.rpartition('@')[0]}@{meant[domain]}"


def _meant(domain: str, common: Iterable[str]) -> str:
    """Say which domain may be meant, or ""."""
    if domain in _KNOWN or domain in _ALSO_REAL:
        return ""
    close = (known for known in _KNOWN if len(known) >= _TOO_SHORT and _is_one_slip(domain, known))
    # "-pc" and "-tc" are a parish council and a town council: a single other letter says nothing there.
    own = (one for one in common if len(one) != len(domain) or sorted(one) == sorted(domain))
    near = (one for one in own if one != domain and _is_one_slip(domain, one))
    ending = next((one for one in _ENDINGS if domain.endswith(one)), "")
    mended = domain.removesuffix(ending) + _ENDINGS[ending] if ending else ""
    return next(close, "") or next(near, "") or mended


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours exchanged, makes one of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = len(_shared_start(one, other))
    a, b = one[start:], other[start:]
    exchanged = len(a) >= 2 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return exchanged or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _shared_start(one: str, other: str) -> str:
    """Give what two texts begin with."""
    same = (a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return "".join(same)

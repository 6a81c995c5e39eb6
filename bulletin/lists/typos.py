"""Point out addresses that look mistyped; nobody's address is ever changed for it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import takewhile
from unicodedata import combining, normalize

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
_ALIKE = 0.75
"""The least likeness of two halves of addresses, one of which may be meant by the other."""
_MANY = 3
"""People at one domain for it to be what a lonely neighbour of it was meant to be."""


def suspicious(members: Collection[Member]) -> Iterator[tuple[Member, str]]:
    """Give everybody whose address looks mistyped, with the one that may be meant."""
    return slips(members, meant_domains(Counter(map(domain_of, members))))


def domain_of(member: Member) -> str:
    """Give the domain of somebody's address, in small letters."""
    return member.address.rpartition("@")[2].lower()


def slips(members: Iterable[Member], meant: Mapping[str, str]) -> Iterator[tuple[Member, str]]:
    """Give everybody whose address looks mistyped where domains may mean others, see `meant_domains`."""
    for member in members:
        local, _, domain = member.address.rpartition("@")
        plain = local if local.isascii() else _without_accents(local)
        meant_domain = meant[domain.lower()]
        if meant_domain or plain != local:
            yield member, f"{plain}@{meant_domain or domain}"


def alike(address: str, others: Iterable[str]) -> tuple[str, ...]:
    """Give up to three of the other addresses that are most like one, in both its halves."""
    local, _, domain = address.lower().rpartition("@")
    close: dict[str, float] = {}
    found: dict[str, tuple[float, str]] = {}
    for other in others:
        theirs, _, where = other.lower().rpartition("@")
        if where not in close:
            close[where] = SequenceMatcher(None, domain, where).ratio()
        if close[where] >= _ALIKE and abs(len(theirs) - len(local)) <= len(local):
            score = min(close[where], SequenceMatcher(None, local, theirs).ratio())
            if score >= _ALIKE:
                found.setdefault(other.lower(), (-score, other))
    return tuple(other for _, other in sorted(found.values())[:3])


def meant_domains(counts: Mapping[str, int]) -> dict[str, str]:
    """Say of each domain, with how many people have it, which one may be meant, or ""."""
    common = [domain for domain, count in counts.items() if count >= _MANY and len(domain) >= _TOO_SHORT]
    exchanged: dict[tuple[str, ...], list[str]] = {}
    endings: Counter[str] = Counter()
    for domain, count in counts.items():
        exchanged.setdefault(tuple(sorted(domain)), []).append(domain)
        endings[domain.rpartition(".")[2]] += count

    def weight(domain: str) -> tuple[int, int]:
        return endings[domain.rpartition(".")[2]], counts[domain]

    return {
        domain: _meant(
            domain,
            [one for one in exchanged[tuple(sorted(domain))] if weight(one) > weight(domain)],
            common if count == 1 else [],
        )
        for domain, count in counts.items()
    }


def _meant(domain: str, exchanged: Iterable[str], common: Iterable[str]) -> str:
    """Say which domain may be meant, or "".

    exchanged: what more people have, of the same letters in another order; common: what many have.
    """
    if domain in _KNOWN or domain in _ALSO_REAL:
        return ""
    close = (known for known in _KNOWN if len(known) >= _TOO_SHORT and _is_one_slip(domain, known))
    # "-pc" and "-tc" are a parish council and a town council: a single other letter says nothing there.
    own = (*exchanged, *(one for one in common if len(one) != len(domain)))
    near = (one for one in own if len(one) >= _TOO_SHORT and _is_one_slip(domain, one))
    ending = next((one for one in _ENDINGS if domain.endswith(one)), "")
    mended = domain.removesuffix(ending) + _ENDINGS[ending] if ending else ""
    return next(close, "") or next(near, "") or mended


def _without_accents(local: str) -> str:
    """Give a Latin name without its accents, or as it is where that is not enough to make it plain."""
    plain = "".join(c for c in normalize("NFKD", local) if not combining(c))
    return plain if plain.isascii() else local


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

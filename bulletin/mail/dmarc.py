"""Read DMARC records, and find whose policy counts for a domain and with what it aligns."""

import re
from dataclasses import dataclass

from bulletin.mail.dns import Names

_MOST_LABELS = 8
_ALL = 100


@dataclass(frozen=True, slots=True)
class Dmarc:
    """The policy that counts for a From domain.

    place: the domain whose record it is, "" where there is none; policy: none, quarantine or reject.
    organisation: the domain with whose subdomains it aligns; problem: why no record counts, or "".
    percent: of how much mail it is asked for; testing: the policy is to be the next gentler one (t=y).
    """

    place: str = ""
    policy: str = ""
    strict: bool = False
    organisation: str = ""
    problem: str = ""
    percent: int = 100
    testing: bool = False

    @property
    def refuses(self) -> bool:
        """Whether any mail is refused on its account."""
        return self.policy == "reject" and self.percent > 0 and not self.testing

    def aligns(self, domain: str, sender: str) -> bool:
        """Whether SPF of an envelope's domain speaks for a From domain."""
        one, other = domain.lower(), sender.lower()
        ours = self.organisation or _shorter(one, other)
        return one == other or (not self.strict and _is_in(one, ours) and _is_in(other, ours))


def read_tags(record: str) -> dict[str, str]:
    """Read `v=DMARC1; p=none; ...` as its tags; of one that stands twice the first counts."""
    tags: dict[str, str] = {}
    for part in record.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    return tags


def find_dmarc(domain: str, names: Names) -> Dmarc:
    """Find the policy for a From domain: its own record, or that of a domain above it.

    The walk up the tree is that of DMARCbis (draft-ietf-dmarc-dmarcbis 4.10): no list of suffixes is needed.
    """
    found: list[tuple[str, dict[str, str]]] = []
    for place in _upwards(domain.lower()):
        records = [read_tags(one) for one in names.texts(f"_dmarc.{place}")]
        records = [tags for tags in records if tags.get("v") == "DMARC1"]
        if len(records) > 1:
            return Dmarc(
                place=place, problem=f"_dmarc.{place} has {len(records)} DMARC records, and may have one"
            )
        if records:
            found.append((place, records[0]))
            if records[0].get("psd", "").lower() == "n":
                break
    if not found:
        return Dmarc()
    organisation = _organisation(domain.lower(), found)
    place, tags = found[0] if found[0][0] == domain.lower() else _above(found, organisation)
    return _policy(domain.lower(), place, tags, organisation)


def _policy(domain: str, place: str, tags: dict[str, str], organisation: str) -> Dmarc:
    key = "sp" if place != domain and "sp" in tags else "p"
    policy = tags.get(key, "").lower()
    strict = tags.get("aspf", "r").lower() == "s"
    if policy not in ("none", "quarantine", "reject"):
        problem = f'_dmarc.{place} has no policy that is known ({key}="{policy[:40]}")'
        return Dmarc(place, "", strict, organisation, problem)
    share = tags.get("pct", "")
    percent = int(share) if re.fullmatch("[0-9]{1,3}", share) and int(share) <= _ALL else _ALL
    testing = tags.get("t", "").lower() == "y"
    return Dmarc(place, policy, strict, organisation, percent=percent, testing=testing)


def _organisation(domain: str, found: list[tuple[str, dict[str, str]]]) -> str:
    """Give the shortest domain with a record, or the one below it where that is of a public suffix."""
    place, tags = found[-1]
    if tags.get("psd", "").lower() == "y" and place != domain:
        labels = domain.split(".")
        return ".".join(labels[-(place.count(".") + 2) :])
    return place


def _above(found: list[tuple[str, dict[str, str]]], organisation: str) -> tuple[str, dict[str, str]]:
    return next((one for one in found if one[0] == organisation), found[-1])


def _upwards(domain: str) -> list[str]:
    """Give a domain and those above it, down to one label; of a very long one not the middle."""
    labels = domain.split(".")
    above = range(max(1, len(labels) - _MOST_LABELS + 1), len(labels))
    return [domain, *(".".join(labels[at:]) for at in above)]


def _is_in(domain: str, above: str) -> bool:
    return domain == above or domain.endswith(f".{above}")


def _shorter(one: str, other: str) -> str:
    return min(one, other, key=len)

"""Evaluate SPF (RFC 7208) far enough to say what a domain's record means for a relay."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from bulletin.mail.dns import Names

MOST_LOOKUPS = 10
"""Terms that ask the DNS a record may have, included records counted (RFC 7208 4.6.4)."""

_TERM = re.compile(r"([+?~-]?)([a-z0-9]+)(?:[:=](\S*?))?(/\d{1,3})?(//\d{1,3})?", re.IGNORECASE)
_MOST_SERVERS = 10


class Verdict(StrEnum):
    """What SPF says of an address that sends for a domain; UNSURE where it depends on the message."""

    PASS = "pass"  # noqa: S105  no secret
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    UNSURE = "unsure"
    BROKEN = "broken"


_QUALIFIERS = {
    "": Verdict.PASS,
    "+": Verdict.PASS,
    "~": Verdict.SOFTFAIL,
    "?": Verdict.NEUTRAL,
    "-": Verdict.FAIL,
}


@dataclass(slots=True)
class Walk:
    """What was met on the way through a record: lookups made, names asked, and why it is broken, or "".

    grants: whether anything in it lets somebody send; `v=spf1 -all` is of a domain that never does.
    """

    lookups: int = 0
    grants: bool = False
    names: set[str] = field(default_factory=set)
    problem: str = ""
    unsure: bool = False


Address = IPv4Address | IPv6Address
NOBODY = ip_address("192.0.2.255")
"""An address that belongs to nobody (RFC 5737): evaluating for it walks through the whole record."""


def spf_record(domain: str, names: Names) -> tuple[str, ...]:
    """Give the SPF records of a domain: one, if all is well."""
    return tuple(one for one in names.texts(domain) if re.match(r"v=spf1(?: |$)", one, re.IGNORECASE))


def evaluate(domain: str, address: Address, names: Names) -> tuple[Verdict, Walk]:
    """Say what the record of a domain means for an address that sends for it."""
    walk = Walk()
    verdict = _check(domain, address, names, walk)
    if walk.problem:
        return Verdict.BROKEN, walk
    return (Verdict.UNSURE if walk.unsure and verdict is not Verdict.PASS else verdict), walk


def _check(domain: str, address: Address, names: Names, walk: Walk) -> Verdict:
    records = spf_record(domain, names)
    if len(records) != 1:
        if records:
            walk.problem = f"{domain} has {len(records)} SPF records, and may have one"
        return Verdict.NONE
    redirect = ""
    for term in records[0].split()[1:]:
        match = _TERM.fullmatch(term)
        if not match:
            walk.problem = walk.problem or f'the term "{term[:60]}" of {domain} cannot be read'
            return Verdict.BROKEN
        if match[2].lower() == "redirect":
            redirect = match[3] or ""
        elif "=" not in term and _matches(match, domain, address, names, walk):
            return _QUALIFIERS[match[1]]
        if walk.problem:
            return Verdict.BROKEN
    if redirect and _may_ask(redirect, walk):
        return _check(redirect, address, names, walk)
    return Verdict.NEUTRAL


def _matches(match: re.Match[str], domain: str, address: Address, names: Names, walk: Walk) -> bool:
    """Whether a mechanism names the address."""
    kind, value = match[2].lower(), match[3] or ""
    walk.grants = walk.grants or (_QUALIFIERS[match[1]] is Verdict.PASS and kind != "include")
    if kind in ("all", "ip4", "ip6"):
        return kind == "all" or _within(address, value + (match[4] or ""), domain, walk)
    if kind not in ("include", "a", "mx", "ptr", "exists"):
        walk.problem = f'{domain} has a term "{kind}", which there is not'
    if walk.problem or not _may_ask(value or domain, walk):
        return False
    if kind == "include":
        return _includes(value, domain, address, names, walk)
    if kind in ("ptr", "exists"):
        walk.unsure = True
        return False
    hosts = names.mail_servers(value or domain)[:_MOST_SERVERS] if kind == "mx" else (value or domain,)
    length = (match[5] or "")[1:] if address.version == 6 else match[4] or ""
    found = [one for host in hosts if host != "." for one in names.addresses(host)]
    same = [one for one in found if ip_address(one).version == address.version]
    return any(_within(address, one + length, domain, walk) for one in same)


def _includes(value: str, domain: str, address: Address, names: Names, walk: Walk) -> bool:
    verdict = _check(value, address, names, walk)
    if verdict is Verdict.NONE and not walk.problem:
        walk.problem = f"{domain} includes {value}, which has no SPF record"
    return verdict is Verdict.PASS


def _may_ask(name: str, walk: Walk) -> bool:
    """Count a lookup, and refuse one too many, or one of a name that only a message would complete."""
    walk.lookups += 1
    walk.names.add(name.lower().rstrip("."))
    if walk.lookups > MOST_LOOKUPS:
        walk.problem = f"it asks the DNS more than {MOST_LOOKUPS} times"
        return False
    if "%" in name:
        walk.unsure = True
        return False
    return True


def _within(address: Address, network: str, domain: str, walk: Walk) -> bool:
    try:
        found = ip_network(network, strict=False)
    except ValueError:
        walk.problem = f'{domain} names "{network[:60]}", which is no address'
        return False
    return address.version == found.version and address in found

"""Read what the server that took a message in found out about its writer (RFC 8601)."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 4_000
_RESULT = re.compile(r"\s*([a-z][a-z0-9-]*)(?:/\d+)?\s*=\s*([a-z]+)\b(.*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+\.[a-z0-9-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)
_BY = re.compile(r"\s*(?:from\s+\S+\s+)?by\s+(\S+)", re.IGNORECASE)
_GOOGLE = re.compile(r"(.+\.)?google\.com|2002:a[0-9a-f:]+", re.IGNORECASE)
_MICROSOFT = re.compile(r"(.+\.)?outlook\.com", re.IGNORECASE)
_PROVIDERS = ((_GOOGLE, re.compile(r"mx\.google\.com")), (_MICROSOFT, re.compile(r"|(.+\.)?outlook\.com")))
"""Who checks every message and takes out what pretends to be their check: names in Received, and in it."""


class Proof(StrEnum):
    """Whether a message is by whom it says: proven, found not to be, or nobody we trust has looked."""

    GIVEN = "given"
    DENIED = "denied"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class _Result:
    """What one method found: dmarc, dkim or spf; pass, fail and the like; and about what (`header.d`)."""

    method: str
    verdict: str
    about: dict[str, str]


def find_proof(fields: Iterable[tuple[str, str]], writer: str, servers: Collection[str]) -> tuple[Proof, str]:
    """Say whether the receiving server found that the writer's domain sent a message.

    Anybody can write this header into a message, so it counts from servers that are named, above the first
    Received, where no sender can write, or where Google's and Microsoft's servers have it.

    Args:
        fields: the message's headers in their order. servers: the names our own servers give themselves.

    Returns:
        The proof, and where it is lacking the name of the server that did write such a header, or "".
    """
    results, stranger = _trusted(list(fields), {one.lower() for one in servers})
    domain = writer.rpartition("@")[2].lower()
    if results is None:
        return Proof.LACKING, stranger
    verdicts = {one.verdict for one in results if one.method == "dmarc"}
    if "fail" in verdicts or not domain:
        return Proof.DENIED, ""
    passed = [one for one in results if one.verdict == "pass"]
    if any(_speaks(one, domain) for one in passed):
        return Proof.GIVEN, ""
    return (Proof.DENIED if results else Proof.LACKING), ""


def _speaks(result: _Result, domain: str) -> bool:
    """Whether what passed is the domain in From, or of the same organisation (RFC 7489 3.1)."""
    if result.method == "dmarc":
        return result.about.get("header.from", domain) == domain
    found = {
        "dkim": result.about.get("header.d") or result.about.get("header.i", ""),
        "spf": result.about.get("smtp.mailfrom", ""),
    }.get(result.method, "")
    other = found.rpartition("@")[2].rstrip(".")
    shorter, longer = sorted((other, domain), key=len)
    return "." in shorter and (longer == shorter or longer.endswith(f".{shorter}"))


def _trusted(fields: list[tuple[str, str]], servers: set[str]) -> tuple[list[_Result] | None, str]:
    """Give what the topmost trusted headers say, which stand together, or None and who wrote the first."""
    hosts: list[str] = []
    found: list[_Result] | None = None
    stranger = ""
    travelled = any(name.lower() == "received" for name, _ in fields)
    for name, value in fields:
        if name.lower() == "received":
            if found is not None:
                break
            hosts.append(_host(value))
        elif name.lower() == "authentication-results" and (bare := _bare(value[:_LONGEST])) is not None:
            server, results = _read(bare)
            if server in servers or (not servers and travelled and _is_receivers(server, hosts)):
                found = [*(found or ()), *results]
            elif found is None:
                stranger = stranger or server
    return found, stranger


def _is_receivers(server: str, hosts: list[str]) -> bool:
    """Whether a header below these hosts' Received must be of the server that took the message in."""
    return not hosts or any(
        name.fullmatch(server) and all(host.fullmatch(one) for one in hosts) for host, name in _PROVIDERS
    )


def _read(bare: str) -> tuple[str, list[_Result]]:
    """Take a header's value apart: who says it, "" where Microsoft leaves that out, and what."""
    first, *rest = bare.split(";")
    named = "=" not in first
    parts = rest if named else [first, *rest]
    words = first.split()
    return (words[0].lower() if named and words else ""), list(_results(parts))


def _results(parts: list[str]) -> Iterator[_Result]:
    for part in parts:
        if match := _RESULT.match(part):
            about = {name.lower(): value.lower() for name, value in _PROPERTY.findall(match[3])}
            yield _Result(match[1].lower(), match[2].lower(), about)


def _bare(value: str) -> str | None:
    """Leave out comments and what is quoted, where a sender's words may stand; None for one that is torn."""
    kept: list[str] = []
    depth, quoted, letters = 0, False, iter(value)
    for letter in letters:
        if letter == "\\":
            next(letters, "")
        elif letter == '"':
            if depth:
                return None
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            if depth < 0:
                return None
        elif not depth:
            kept.append(letter)
    return None if depth or quoted else "".join(kept)


def _host(received: str) -> str:
    """Give the name of the server that wrote a Received, "" where it cannot be read."""
    match = _BY.match(_bare(received[:_LONGEST]) or "")
    return match[1].rstrip(";").lower() if match else ""

"""Rosters and the suppression list: a file's bytes into members and findings."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bulletin.lists.identity import identity, problem_with
from bulletin.lists.table import Row, Table, read_table
from bulletin.lists.typos import domain_of, meant_domains, slips, suspicious
from bulletin.many import ManyKeys, ManyRows
from bulletin.model.delivery import Member
from bulletin.model.finding import Finding, Severity
from bulletin.tokens import is_mark, mark

SUPPRESSED = "mailing_lists/suppressed.csv"
_SAVE_AS = 'open it in Excel and save it as "CSV UTF-8", with a first row that says email, name, organisation'


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of one mailing list in the order of the file, nobody twice, and what is wrong in it.

    path: what findings call the file.
    """

    members: Collection[Member] = ()
    findings: tuple[Finding, ...] = ()
    path: str = ""


FORGOTTEN = "forgotten"
"""The purpose of the marks that stand in suppressed.csv for people whose address was erased."""


class Suppression(NamedTuple):
    """One row of suppressed.csv: whose key or the mark of a forgotten address; why, and since when."""

    key: str
    reason: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The keys (see `identity`) of everybody who must not be written to, and what is wrong with the file.

    forgotten: the marks of addresses that were erased; rows: all of it, in the order of the file.
    unsure: the findings that may hide somebody who left; nothing may be sent while there are any.
    """

    keys: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    unsure: tuple[Finding, ...] = ()
    forgotten: frozenset[str] = frozenset()
    rows: tuple[Suppression, ...] = ()

    def among(self, keys: Iterable[str], secrets: Sequence[bytes]) -> frozenset[str]:
        """Give those of some keys that must not be written to, forgotten ones too.

        secrets: the workspace's keys; only needed where somebody was forgotten.
        """
        if not self.forgotten:
            return self.keys.intersection(keys)
        return frozenset(key for key in keys if key in self.keys or self._is_forgotten(key, secrets))

    def _is_forgotten(self, key: str, secrets: Sequence[bytes]) -> bool:
        return not self.forgotten.isdisjoint(mark(secret, FORGOTTEN, key) for secret in secrets)


def read_roster(
    name: str, data: bytes | Iterable[bytes], tell: Callable[[int], None] = lambda _line: None
) -> Roster:
    """Read `mailing_lists/NAME.csv`; every row that cannot be used is a finding, the others stay."""
    return read_people(f"mailing_lists/{name}.csv", data, tell)


def read_people(
    path: str, data: bytes | Iterable[bytes], tell: Callable[[int], None] = lambda _line: None
) -> Roster:
    """Read a file of people as a roster is read.

    path: what findings call it; data: see `read_table`; tell: is told of each line that was read.
    """
    table = read_table(data)
    members, lines = ManyRows(Member), ManyKeys[str]()
    findings = list(_about_file(path, table))
    for row in table.rows:
        tell(row.last)
        used, wrong = _people(path, row)
        findings += wrong
        for member in used:
            key = identity(member.address)
            if lines.add(key, row.line):
                members.append(member)
            else:
                findings.append(_duplicate(path, member, lines[key]))
    if not members and not table.failure:
        findings.append(_empty(path))
    return Roster(members, tuple(findings), path)


def mistyped(roster: Roster) -> Iterator[Finding]:
    """Give whoever of a list looks mistyped."""
    return (_mistyped(roster.path, member, meant) for member, meant in suspicious(roster.members))


def mistyped_beside(rosters: Collection[Roster]) -> Iterator[Finding]:
    """Give whoever looks mistyped only beside the people of the other lists."""
    first, domains = ManyKeys[str](), Counter[str]()
    for roster in rosters:
        for member in roster.members:
            if first.add(identity(member.address), roster.path):
                domains[domain_of(member)] += 1
    meant = meant_domains(domains)
    for roster in rosters:
        known = {member.line for member, _ in suspicious(roster.members)}
        for member, mended in slips(roster.members, meant):
            if member.line not in known and first[identity(member.address)] == roster.path:
                yield _mistyped(roster.path, member, mended)


def read_suppressions(data: bytes | None) -> Suppressions:
    """Read `mailing_lists/suppressed.csv`; no file means nobody has left.

    A row that names nobody is among the unsure, since somebody who left could be written to. An address
    among other words counts, and so does the mark of a forgotten one.
    """
    if data is None:
        return Suppressions()
    table = read_table(data)
    rows: list[Suppression] = []
    findings = list(_about_file(SUPPRESSED, table))
    for row in table.rows:
        keys = [row.email.lower()] if is_mark(row.email) else _keys_in(row)
        rows += [Suppression(key, row.reason, row.since) for key in keys]
        if not keys:
            findings.append(_no_address(SUPPRESSED, row, Severity.WARNING))
        findings += [_stray(SUPPRESSED, row, one) for one in row.strays if identity(one) not in keys]
    unsure = tuple(finding for finding in findings if finding.severity is Severity.WARNING)
    marks = frozenset(row.key for row in rows if is_mark(row.key))
    keys_found = frozenset(row.key for row in rows) - marks
    return Suppressions(keys_found, tuple(findings), unsure, marks, tuple(rows))


def _keys_in(row: Row) -> list[str]:
    """Give whoever a row of suppressed.csv names, nobody twice."""
    used, _ = _people(SUPPRESSED, row)
    found = [member.address for member in used] + addresses_among(row.email)
    return list(dict.fromkeys(map(identity, found)))


def split_addresses(cell: str) -> tuple[tuple[str, str], ...]:
    """Split a cell into names and addresses: `Jo Smith <jo@x.example>; al@x.example`.

    A separator ends a piece only once there is an @ in it, so that `Smith, Jo <jo@x.example>` is one.
    """
    pieces: list[str] = []
    for piece in re.split(r"[;,\n]", cell):
        if pieces and "@" not in pieces[-1]:
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return tuple(_name_and_address(piece.strip()) for piece in pieces if piece.strip(" ,"))


def addresses_among(cell: str) -> list[str]:
    """Give what could be an address among other words."""
    return [word for word in re.split(r"[\s<>(),;:\"]+", cell) if "@" in word[1:-1]]


def _name_and_address(piece: str) -> tuple[str, str]:
    match = re.fullmatch(r"([^<>]*)<([^<>]*)>", piece)
    name, address = (match[1], match[2]) if match else ("", piece)
    address = re.sub(r"^mailto:", "", address.strip(), flags=re.IGNORECASE)
    return " ".join(name.split()).strip("\"' "), address


def _people(path: str, row: Row) -> tuple[list[Member], list[Finding]]:
    """Give the members of one row, and a finding for each address in it that cannot be used."""
    if not row.email:
        return [], [_no_address(path, row, Severity.WARNING), *(_stray(path, row, one) for one in row.strays)]
    members, findings = [], []
    for name, address in split_addresses(row.email):
        if problem := problem_with(address):
            findings.append(_unusable(path, row.line, address, problem))
        else:
            members.append(Member(address, row.name or name, row.organisation, row.line))
    known = {identity(member.address) for member in members}
    findings += [_stray(path, row, one) for one in row.strays if identity(one) not in known]
    if len(members) > 1:
        detail = f"there are {len(members)} addresses in one cell"
        hint = "each gets a copy; give each a row of its own if they are different people"
        findings.append(Finding("roster-address", Severity.NOTE, path, row.line, detail, hint))
    return members, findings


def _about_file(path: str, table: Table) -> Iterator[Finding]:
    """Say what holds for the whole file: whether and how it was read, and its unclosed quotation marks."""
    if table.failure:
        yield Finding("roster-unreadable", Severity.WARNING, path, 0, table.failure, _SAVE_AS)
    for note in table.notes:
        hint = "look whether the accented names are right; saving as CSV UTF-8 avoids the question"
        yield Finding("roster-characters", Severity.NOTE, path, 0, note, hint)
    for line in table.broken:
        detail = "its quotation marks do not go round whole cells, so this row was not read"
        hint = "take the quotation marks out, or close them at the end of the cell"
        yield Finding("roster-row", Severity.WARNING, path, line, detail, hint)


def _duplicate(path: str, member: Member, first: int) -> Finding:
    detail = f"{member.address} is already on line {first}"
    hint = "they get one copy; take one of the rows out"
    return Finding("roster-duplicate", Severity.NOTE, path, member.line, detail, hint)


def _mistyped(path: str, member: Member, meant: str) -> Finding:
    detail = f"{member.address} may be mistyped"
    hint = f"is it {meant}? Ask, and change it here; it is written to as it stands until then"
    return Finding("roster-typo", Severity.NOTE, path, member.line, detail, hint)


def _unusable(path: str, line: int, address: str, problem: str) -> Finding:
    straight = re.sub("[\u2018\u2019]", "'", address)
    repair = f"type {straight}, with a straight one" if straight != address else "put the address right"
    shown = address if len(address) <= 60 else f"{address[:59]}\u2026"
    detail = f'"{shown}" in the e-mail column is not an e-mail address: {problem}'
    hint = f"{repair}; until then they get nothing"
    return Finding("roster-address", Severity.WARNING, path, line, detail, hint)


def _stray(path: str, row: Row, address: str) -> Finding:
    detail = f"{address} stands beside the e-mail column and was not read"
    hint = (
        "give it a row of its own if they have left too; else put a word beside it"
        if path == SUPPRESSED
        else "give it a row of its own, or put quotation marks round addresses that belong into one cell"
    )
    return Finding("roster-address", Severity.WARNING, path, row.line, detail, hint)


def _no_address(path: str, row: Row, severity: Severity) -> Finding:
    who = row.email or row.name or row.organisation or "this row"
    detail = f"{who} has no e-mail address"
    hint = "write the address in the e-mail column, or take the row out"
    return Finding("roster-address", severity, path, row.line, detail, hint)


def _empty(path: str) -> Finding:
    return Finding("roster-empty", Severity.WARNING, path, 0, "nobody is on this list", "add people to it")

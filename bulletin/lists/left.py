"""Who is known to have left, by marks kept apart from suppressed.csv: what that file lacks."""

from collections.abc import Iterable, Sequence

from bulletin.lists.roster import FORGOTTEN, SUPPRESSED, Suppressions
from bulletin.model.finding import Finding, Severity
from bulletin.tokens import key_id, mark
from bulletin.wording import listed, plural

_UNKNOWN_KEY = (
    "put the key they were made with back into workspace.key, as a line under the one in use; it is in a "
    "backup or with the last officer (lost for good: see docs/administrator.md, A new key)"
)


def marks_of(keys: Iterable[str], secrets: Sequence[bytes]) -> dict[str, str]:
    """Give the marks some people may be known by, with each of the workspace's keys, and whose they are."""
    return {mark(secret, FORGOTTEN, key): key for key in keys for secret in secrets}


def lacking(suppressions: Suppressions, left: frozenset[str], secrets: Sequence[bytes]) -> frozenset[str]:
    """Give the marks of whoever has left and is not in suppressed.csv any more."""
    rest = left - suppressions.forgotten
    return rest - marks_of(suppressions.keys, secrets).keys() if rest else rest


def renewed(suppressions: Suppressions, left: frozenset[str], secrets: Sequence[bytes]) -> frozenset[str]:
    """Give the marks to keep from now on: of all in suppressed.csv, and of those it lacks."""
    newest = marks_of(suppressions.keys, secrets[:1]).keys()
    return frozenset(newest) | suppressions.forgotten | lacking(suppressions, left, secrets)


def understood(marks: Iterable[str], secrets: Sequence[bytes]) -> frozenset[str]:
    """Give those of some marks that one of the workspace's keys has made."""
    ids = {key_id(secret) for secret in secrets}
    return frozenset(one for one in marks if one[:2] in ids)


def gaps(
    suppressions: Suppressions, left: frozenset[str], secrets: Sequence[bytes], readers: Iterable[str]
) -> tuple[Finding, ...]:
    """Say whom nobody would keep off the lists: marks of an unknown key, and people who were taken out.

    readers: the keys of everybody on the lists, to name those of them who are meant.
    """
    missing = lacking(suppressions, left, secrets)
    strange = (suppressions.forgotten | missing) - understood(suppressions.forgotten | missing, secrets)
    found = []
    if strange:
        who = plural(len(strange), "mark of somebody who left was", "marks of people who left were")
        detail = f"{who} made with a key that is not in workspace.key"
        found.append(Finding("roster-key", Severity.WARNING, SUPPRESSED, 0, detail, _UNKNOWN_KEY))
    if missing - strange:
        found.append(_missing(missing - strange, readers, secrets))
    return tuple(found)


def _missing(missing: frozenset[str], readers: Iterable[str], secrets: Sequence[bytes]) -> Finding:
    named = sorted({key for key in readers if not missing.isdisjoint(marks_of([key], secrets))})
    shown = f" (on the lists: {listed(named, 5)})" if named else ""
    who = plural(len(missing), "person who left is", "people who left are")
    hint = (
        "put the file back from a backup or from mailing_lists/earlier/, or keep them off without their "
        "addresses: bulletin lists restore; for somebody who wants it again: bulletin lists allow ADDRESS"
    )
    return Finding(
        "roster-left", Severity.WARNING, SUPPRESSED, 0, f"{who} no longer in suppressed.csv{shown}", hint
    )

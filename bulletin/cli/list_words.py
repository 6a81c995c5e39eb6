"""What `bulletin lists` says, as lines and as JSON."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from bulletin.lists.intake import Change
from bulletin.model.delivery import Member
from bulletin.model.partnership import Reach
from bulletin.pipeline.forget import OldIssue
from bulletin.pipeline.held import Held
from bulletin.pipeline.joining import Addition
from bulletin.pipeline.lists import ListStanding, Standing
from bulletin.report.findings import finding_lines
from bulletin.wording import listed, one_line, plural

_SHOWN = 5
_MANY = 20


def standing_lines(found: Standing) -> Iterator[str]:
    """Show every list, its people, its reach and its domains."""
    for one in found.lists:
        yield from _list_lines(one)
    yield f"{_people(found.people)} on {plural(len(found.lists), 'list')}; {found.suppressed:,} suppressed."


def check_lines(found: Standing) -> Iterator[str]:
    """Show what is wrong and what has changed, list by list."""
    for one in found.findings:
        yield from finding_lines(one)
    for standing in found.lists:
        parts = [
            _people(standing.people),
            f"{standing.suppressed:,} suppressed",
            f"{standing.invalid:,} invalid",
        ]
        yield f"{standing.name}: {', '.join(parts)}; {_changed(standing.change)}"
        if standing.change and not standing.change.first:
            yield from _some("new: ", standing.change.added)
    if found.stopping:
        yield "send refuses until this is put right: " + one_line(found.stopping[0].detail)


def standing_json(found: Standing) -> dict[str, Any]:
    """Give the lists for programs; `added`, `gone` and `unchanged` only after a check."""
    return {
        "people": found.people,
        "suppressed": found.suppressed,
        "lists": [
            {
                "name": one.name,
                "heading": one.heading,
                "reach": one.reach.value,
                "editions": list(one.editions),
                "people": one.people,
                "suppressed": one.suppressed,
                "invalid": one.invalid,
                "domains": dict(one.domains),
                **_change_json(one.change),
            }
            for one in found.lists
        ],
    }


def addition_lines(planned: Addition) -> Iterator[str]:
    """Show whom adding would add, and whom not."""
    sorted_out = planned.intake
    for one in sorted_out.findings:
        yield from finding_lines(one)
    if planned.begins:
        yield f"{planned.name} is a new list."
    yield from _some("to add: ", sorted_out.added)
    yield from _some("suppressed, stays off: ", sorted_out.left)
    if sorted_out.left:
        yield "  (who asks to come back: bulletin lists allow ADDRESS, then add them)"
    counts = [f"{len(sorted_out.added):,} to add", f"{len(sorted_out.there):,} on it already"]
    counts += [f"{len(sorted_out.left):,} suppressed", f"{_invalid(planned):,} invalid"]
    yield f"{planned.name}: {', '.join(counts)}."
    yield from (f"mailing_lists/{planned.name}.csv: {note}" for note in planned.notes)


def addition_json(planned: Addition, *, changed: bool) -> dict[str, Any]:
    """Give an addition for programs."""
    sorted_out = planned.intake
    return {
        "list": planned.name,
        "changed": changed,
        "added": [member.address for member in sorted_out.added],
        "unchanged": [member.address for member in sorted_out.there],
        "suppressed": [member.address for member in sorted_out.left],
        "invalid": _invalid(planned),
        "notes": list(planned.notes),
    }


def held_lines(found: Held) -> Iterator[str]:
    """Show all that is held about somebody."""
    yield f"{found.address}:"
    for place in found.places:
        words = ", ".join(filter(None, (place.member.name, place.member.organisation)))
        yield one_line(f"  {place.path}, line {place.member.line}{': ' + words if words else ''}")
    if found.suppression:
        said = ", ".join(filter(None, (found.suppression.reason, found.suppression.since)))
        yield one_line(f"  suppressed{': ' + said if said else ''}")
    for ledger, copy in found.copies:
        said = " ".join(filter(None, (copy.outcome, copy.at[:10], copy.reply)))
        yield one_line(f"  {ledger}: the edition {copy.edition}, by the list {copy.list}: {said}")
    if found.soft:
        count = plural(found.soft[0], "copy", "copies")
        yield f"  {count} did not arrive, the last reported on {found.soft[1]}"
    yield from (one_line(f"  a copy of mail: {name}") for name in found.mail)
    yield from (one_line(f"  named in {name}") for name in found.mentions)
    if not any((found.places, found.suppression, found.copies, found.soft, found.mail, found.mentions)):
        yield "  nothing is held"


def held_json(found: Held) -> dict[str, Any]:
    """Give all that is held about somebody for programs."""
    suppression = found.suppression
    return {
        "address": found.address,
        "lists": [
            {
                "path": place.path,
                "line": place.member.line,
                "address": place.member.address,
                "name": place.member.name,
                "organisation": place.member.organisation,
            }
            for place in found.places
        ],
        "suppressed": {"reason": suppression.reason, "since": suppression.since} if suppression else None,
        "issues": [
            {
                "ledger": ledger,
                "edition": copy.edition,
                "list": copy.list,
                "name": copy.name,
                "outcome": copy.outcome,
                "reply": copy.reply,
                "attempts": copy.attempts,
                "at": copy.at,
            }
            for ledger, copy in found.copies
        ],
        "did_not_arrive": found.soft[0] if found.soft else 0,
        "copies": list(found.mail),
        "named_in": list(found.mentions),
    }


def purge_lines(old: tuple[OldIssue, ...]) -> Iterator[str]:
    """Show what a purge would take out."""
    for one in old:
        files = f", {plural(len(one.files), 'file')} of rehearsals and tests" if one.files else ""
        yield f"{one.issue} (meeting {one.meeting}): {_people(one.people)} in its ledger{files}"


def purge_json(old: tuple[OldIssue, ...], *, changed: bool) -> dict[str, Any]:
    """Give a purge for programs."""
    rows = [{"issue": one.issue, "people": one.people, "files": list(one.files)} for one in old]
    return {"changed": changed, "issues": rows}


def _list_lines(one: ListStanding) -> Iterator[str]:
    named = f" ({one.heading})" if one.heading else ""
    wrong = f", {one.invalid:,} invalid" if one.invalid else ""
    less = f", {one.suppressed:,} of them suppressed" if one.suppressed else ""
    reach = "for partners" if one.reach is Reach.PARTNERS else "for everybody"
    quoted = listed(f'"{name}"' for name in one.editions)
    editions = f"the edition{'s' if len(one.editions) > 1 else ''} {quoted}" if one.editions else "no edition"
    yield one_line(f"{one.name}{named}: {_people(one.people)}{less}{wrong}")
    yield f"  {reach}; gets {editions}"
    if one.domains:
        yield one_line(f"  {listed((f'{domain} {count}' for domain, count in one.domains), _SHOWN)}")


def _changed(change: Change | None) -> str:
    if change is None or change.first:
        return "not checked before"
    return (
        f"since the last check {len(change.added):,} added, {change.gone:,} gone, {change.stayed:,} unchanged"
    )


def _change_json(change: Change | None) -> dict[str, Any]:
    if change is None or change.first:
        return {}
    added = [member.address for member in change.added]
    return {"added": added, "gone": change.gone, "unchanged": change.stayed}


def _some(words: str, members: Collection[Member]) -> Iterator[str]:
    yield from (one_line(f"  {words}{member.address}") for member in islice(members, _MANY))
    if len(members) > _MANY:
        yield f"  {words}and {len(members) - _MANY:,} more"


def _invalid(planned: Addition) -> int:
    return sum(one.severity.value == "warning" for one in planned.intake.findings)


def _people(count: int) -> str:
    return plural(count, "person", "people")

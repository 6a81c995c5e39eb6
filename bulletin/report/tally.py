"""How an issue's deliveries stand."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from bulletin.deliver.smtp.advice import explain
from bulletin.deliver.smtp.replies import proposes_suppression
from bulletin.model.delivery import Outcome, Tally
from bulletin.wording import one_line, plural

_CODE = re.compile(r"^\d{3}|(?<=^\d{3} )\d\.\d{1,3}\.\d{1,3}")
_LOOK = (Outcome.UNKNOWN, Outcome.REJECTED, Outcome.DEFERRED, Outcome.PENDING)
_MANY, _FEW = 20, 5
"""People with one outcome who are all named; how many of more than that."""
_ORDER = (Outcome.ACCEPTED, Outcome.DEFERRED, Outcome.REJECTED, Outcome.UNKNOWN, Outcome.PENDING)


def tally_line(tally: Tally) -> str:
    """Give how an issue's deliveries stand in one sentence."""
    parts = [
        f"{getattr(tally, outcome.value):,} {outcome.value}"
        for outcome in _ORDER
        if getattr(tally, outcome.value)
    ]
    suppressed = f"; {tally.suppressed:,} suppressed and not written to" if tally.suppressed else ""
    return f"{plural(tally.recipients, 'recipient')}: {', '.join(parts) or 'nobody'}{suppressed}."


def person_line(address: str, edition: str, outcome: Outcome, reply: str) -> str:
    """Give how one person's copy stands, with the relay's words."""
    return one_line(f"{outcome.value:9} {address} ({edition}): {reply or 'not tried yet'}")


def people_lines(tally: Tally, *, everybody: bool) -> Iterator[str]:
    """Give person by person who needs a look, the strangest first; of many in one plight the first few.

    everybody: all of them, in the order of the lists.
    """
    if everybody:
        yield from (person_line(one.address, one.edition, one.outcome, one.reply) for one in tally.people)
        return
    for outcome in _LOOK:
        found = [one for one in tally.people if one.outcome is outcome]
        shown = found if len(found) <= _MANY else found[:_FEW]
        yield from (person_line(one.address, one.edition, outcome, one.reply) for one in shown)
        if len(shown) < len(found):
            yield f"{outcome.value:9} and {len(found) - len(shown):,} more: bulletin report --all"


def meaning_lines(tally: Tally) -> list[str]:
    """Say in plain words what the relay's replies mean, one line for each kind."""
    kinds: dict[str, dict[str, None]] = {}
    for one in tally.people:
        if one.outcome in (Outcome.DEFERRED, Outcome.REJECTED) and (words := explain(one.reply)):
            kinds.setdefault(words, {})[" ".join(_CODE.findall(one.reply))] = None
    return [one_line(f"{', '.join(codes)}: {words}") for words, codes in kinds.items()]


def suppression_lines(tally: Tally) -> list[str]:
    """Give the commands that suppress whom the relay does not know, for the officer to decide on each."""
    gone = [
        one.address
        for one in tally.people
        if one.outcome is Outcome.REJECTED and proposes_suppression(one.reply)
    ]
    told = ["Where the address is right and there is nobody any more:"] if gone else []
    return told + [one_line(f"  bulletin lists suppress {shlex.quote(address)}") for address in gone]


def tally_json(tally: Tally, *, people: bool) -> dict[str, Any]:
    """Give totals as `send --json` and `report --json` have them."""
    data: dict[str, Any] = {
        "issue": tally.issue,
        "rehearsal": tally.rehearsal,
        "recipients": tally.recipients,
        **{outcome.value: getattr(tally, outcome.value) for outcome in _ORDER},
        "suppressed": tally.suppressed,
    }
    if people:
        data["people"] = [
            {
                "address": one.address,
                "edition": one.edition,
                "outcome": one.outcome.value,
                "reply": one.reply,
                "attempts": one.attempts,
                "at": one.at,
            }
            for one in tally.people
        ]
    return data


def tally_exit(tally: Tally) -> int:
    """Give the exit code totals deserve: 4 before 3 before 0; rejected people alone give 0."""
    if tally.deferred or tally.pending:
        return 4
    return 3 if tally.unknown else 0

"""The plan of a `send` in words, for whoever confirms it, and as JSON."""

from datetime import date
from typing import Any

from bulletin.dates.house import house_date
from bulletin.pipeline.plan import Plan
from bulletin.report.tally import tally_line
from bulletin.wording import plural

MEGABYTE = 1024 * 1024
LARGE = MEGABYTE // 2
"""Bytes from which a message's size is said: slow on a telephone, and a relay feels hundreds of copies."""


def plan_lines(planned: Plan) -> list[str]:
    """Say what a send would do, before anybody is asked for the number."""
    where = "a rehearsal: nobody gets anything" if planned.rehearsal else "for real"
    editions = ", ".join(f"{name} {count:,}" for name, count in planned.editions.items())
    approval = planned.signed.approval
    lines = [
        f"Relay {planned.relay} ({where}).",
        f"{plural(planned.recipients, 'recipient')}, one copy each: {editions or 'nobody'}.",
        f"Approved by {approval.by} on {house_date(date.fromisoformat(approval.at[:10]))}.",
        *planned.notes,
    ]
    if planned.size >= LARGE:
        each, total = planned.size / MEGABYTE, planned.size * planned.chosen.total() / MEGABYTE
        lines.append(f"Each copy has up to {each:.1f} MB with its pictures: {total:,.0f} MB for all.")
    if planned.place.why and planned.before is None:
        lines.append(
            f"The workspace is {planned.place.why}, so the ledger is kept in {planned.place.path.parent}."
        )
    if planned.suppressed:
        people = plural(planned.suppressed, "person on the lists is", "people on the lists are")
        lines.append(f"{people} suppressed and not written to.")
    if planned.is_of_another_build:
        lines.append("Approved anew since this send began: whoever is left gets what is approved now.")
    if planned.before:
        lines.append(f"So far, {tally_line(planned.before)}")
    if planned.before or not planned.everybody:
        count = plural(planned.chosen.total(), "recipient") if planned.chosen else "nobody"
        lines.append(f"To write to now: {count}.")
    return lines


def plan_json(planned: Plan) -> dict[str, Any]:
    """Give a plan as `send --plan --json` has it."""
    return {
        "relay": str(planned.relay),
        "rehearsal": planned.rehearsal,
        "recipients": planned.recipients,
        "to_send": planned.chosen.total(),
        "suppressed": planned.suppressed,
        "size": planned.size,
        "editions": dict(planned.editions),
        "notes": list(planned.notes),
    }

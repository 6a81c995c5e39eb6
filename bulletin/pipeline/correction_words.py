"""What a correction would do, in lines and as JSON."""

from collections.abc import Iterator
from typing import Any

from bulletin.pipeline.correct import Correcting
from bulletin.pipeline.plan_words import plan_json, plan_lines
from bulletin.wording import one_line, plural


def correction_lines(found: Correcting) -> Iterator[str]:
    """Say what a correction would do, before anybody is asked for the number."""
    yield f"Correction {found.correction.number} of issue {found.job.issue}: {found.edition.subject}"
    lines = plan_lines(found.plan)
    yield from (line for line in lines if found.correction.by or not line.startswith("Approved by"))
    reached = found.reached
    if reached.unknown:
        yield from _unknown_lines(found)
    if reached.barred:
        people = plural(reached.barred, "reader", "readers")
        yield f"{people} of editions that may not hold what is for partners alone: they get nothing of it."
    if reached.waiting:
        yield (
            f"{plural(reached.waiting, 'person waits', 'people wait')} for the issue itself: after the next "
            "send, the same command writes to them too."
        )
    if reached.erased:
        yield f"{plural(reached.erased, 'person was', 'people were')} forgotten since, and not written to."


def _unknown_lines(found: Correcting) -> Iterator[str]:
    unknown = found.reached.unknown
    what = "not decided yet: --unknown include, or --unknown leave-out" if found.undecided else ""
    chosen = found.plan.signed.addressed.recipients
    what = what or ("they get the correction" if unknown[0] in chosen else "they get no correction")
    yield f"Nobody knows whether {plural(len(unknown), 'person has', 'people have')} the issue; {what}:"
    yield from (f"  {one_line(one.address)}" for one in unknown)


def correction_json(found: Correcting) -> dict[str, Any]:
    """Give a plan as `correct --plan --json` has it."""
    return {
        "issue": found.job.issue,
        "correction": found.correction.number,
        "subject": found.edition.subject,
        **plan_json(found.plan),
        "unknown_people": [one.address for one in found.reached.unknown],
        "undecided": found.undecided,
    }

"""`bulletin bounces`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.app import YES, App

if TYPE_CHECKING:
    from bulletin.pipeline.bounces import Judgement, Judgements

MANY = 3
"""Copies that did not arrive, from which on an address is worth a look."""
_NAMED = 5
"""Files that are named of those that were passed over."""


@click.command(
    epilog="""\b
Examples:
  bulletin bounces ~/Maildir                 what came back to the bounces address
  bulletin bounces unsubscribes.mbox         what people wrote to the leave address
  bulletin bounces leave.spool --yes         what the leave page noted; nobody is asked

\b
PATH is a Maildir, an mbox, an .eml file, the spool of the leave page, or a folder of these.
Nothing in it is changed. Run it again as often as you like: a message is judged once."""
)
@click.argument("path", metavar="PATH")
@YES
@click.option("--unproven", is_flag=True, help="Also believe what nobody can prove.")
@click.option("--all", "everything", is_flag=True, help="List all, and not the first of each kind.")
@click.pass_context
def command(ctx: click.Context, path: str, *, yes: bool, unproven: bool, everything: bool) -> None:
    """Take off whoever left or is not there any more, by what came back.

    It shows whom it would suppress and why, and asks. Reports count when they came back to an address we
    made for that copy; leaving counts by its token, or where the writer's own domain vouches for them. Full
    mailboxes and refused copies are counted and suppress nobody; automatic replies are passed over.
    """
    from bulletin.bounces import Ruling
    from bulletin.pipeline.bounces import judge, settle

    app: App = ctx.obj
    job = app.house()
    found = judge(job, Path(path), unproven=unproven)
    people = found.of(Ruling.SUPPRESS)
    everything = everything or app.as_json
    lines = list(_lines(found, everything=everything))
    if not people:
        settle(job, found, everything=everything)
        app.result("\n".join([*lines, "Nobody is to be suppressed."]), _json(found, changed=False))
        return
    for line in lines:
        app.say(line)
    agreed = app.agrees(f"Suppress {_people(len(people))}?", yes=yes)
    if agreed:
        settle(job, found, everything=everything)
        text = f"{_people(len(people))} suppressed: see mailing_lists/suppressed.csv."
    else:
        text = f"Nothing was changed. To suppress {_people(len(people))}: the same with --yes"
    app.result(text, _json(found, changed=agreed))
    ctx.exit(0 if agreed else 1)


def _lines(found: "Judgements", *, everything: bool) -> Iterator[str]:
    from bulletin.bounces import Ruling
    from bulletin.pipeline.bounces import FIRST
    from bulletin.wording import one_line, plural

    headings = (
        (Ruling.SUPPRESS, "To be suppressed:"),
        (Ruling.UNPROVEN, "Nothing proves these; ask the people, then: bulletin lists suppress ADDRESS"),
        (Ruling.SOFT, "Did not arrive, and nobody is suppressed for it:"),
        (Ruling.LOOK, "For you to look at:"),
    )
    for ruling, heading in headings:
        if rows := sorted(found.of(ruling), key=lambda row: -_copies(row, found)):
            yield heading
            shown = rows if everything or ruling is Ruling.SUPPRESS else rows[:FIRST]
            yield from (one_line(f"  {_row(row, found)}") for row in shown)
            if more := len(rows) - len(shown):
                yield f"  and {more:,} more: bulletin bounces PATH --all lists them"
            yield from (f"  {hint}" for hint in _unchecked(rows))
    counts = found.counts
    rest = [
        (counts[Ruling.ALREADY], "about people who are suppressed already"),
        (
            counts[Ruling.NOTHING],
            "that need nothing done (automatic replies, receipts, letters, people on no list)",
        ),
        (found.before, "judged before"),
    ]
    told = "; ".join(f"{count:,} {words}" for count, words in rest if count)
    yield f"{plural(len(found.all) + found.before, 'message')} read{': ' + told if told else ''}."
    if other := found.passed_over:
        named = ", ".join(other[:_NAMED]) + (" and others" if len(other) > _NAMED else "")
        kinds = "only .eml, .mbox and .spool are read; save Outlook's .msg as .eml"
        yield one_line(f"{plural(len(other), 'file')} passed over: {named} ({kinds}).")


def _unchecked(rows: Iterable["Judgement"]) -> Iterator[str]:
    """Say once why nobody vouches for those who wrote, and what to do about it."""
    from bulletin.wording import one_line

    checkers = {row.verdict.checker for row in rows if row.verdict.checker is not None}
    if named := sorted(filter(None, checkers)):
        example = ", ".join(f'"{name}"' for name in named[:2])
        yield one_line(
            f"(whether the writer's domain sent it was noted by {' and '.join(named[:2])}; if IT says that "
            f"this is your mailbox's own server: mailbox_servers = [{example}] under [sender])"
        )
    elif checkers:
        yield (
            "(your mailbox notes nothing we can trust of who wrote a message; "
            "its IT team can switch Authentication-Results on)"
        )


def _row(row: "Judgement", found: "Judgements") -> str:
    person = row.verdict.person
    words = f"{person.address}: {row.verdict.why}" if person else row.verdict.why
    count = _copies(row, found)
    often = f" ({count} copies so far: bulletin lists suppress it?)" if count >= MANY else ""
    return f"{words}{often} [{row.place}]"


def _copies(row: "Judgement", found: "Judgements") -> int:
    """Count the copies that did not reach whom a report is about."""
    from bulletin.bounces import Ruling

    person = row.verdict.person if row.verdict.ruling is Ruling.SOFT else None
    return found.soft.get(person.key, 0) if person else 0


def _json(found: "Judgements", *, changed: bool) -> dict[str, Any]:
    from bulletin.bounces import Ruling

    def rows(ruling: Ruling) -> list[dict[str, Any]]:
        return [
            {
                "address": one.verdict.person.address if one.verdict.person else "",
                "why": one.verdict.why,
                "place": one.place,
            }
            for one in found.of(ruling)
        ]

    return {
        "changed": changed,
        "messages": len(found.all) + found.before,
        "suppress": rows(Ruling.SUPPRESS),
        "unproven": rows(Ruling.UNPROVEN),
        "soft": rows(Ruling.SOFT),
        "look": rows(Ruling.LOOK),
        "already": found.counts[Ruling.ALREADY],
        "nothing": found.counts[Ruling.NOTHING],
        "before": found.before,
        "passed_over": list(found.passed_over),
    }


def _people(count: int) -> str:
    from bulletin.wording import plural

    return plural(count, "person", "people")

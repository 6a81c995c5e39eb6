"""Unwind a message that was forwarded or answered, down to the message that is the contribution."""

from dataclasses import dataclass, field

from bulletin.collect.readers.mail.cutting import cut_furniture
from bulletin.collect.readers.mail.form import has_form
from bulletin.collect.readers.mail.forwarded.heading import Heading, find_heading
from bulletin.collect.readers.mail.forwarded.subject import Subject, read_subject
from bulletin.collect.readers.mail.letter import Sender
from bulletin.collect.readers.mail.lines import depth, is_blank, shown, stripped, unquoted, words

_LONGEST_CHAIN = 20
_COVERING_WORDS = 12
_MANY_WORDS = 60
_FEW_WORDS = 3
_SHOWN_OF_A_COVER = 2_000


@dataclass
class Chain:
    """Where the unwinding stands: the message's lines, its sender and subject, and what was left behind.

    covers: what those who forwarded it wrote, as lines; first: who wrote it first, and when; asks: what a
    person must decide.
    """

    lines: list[str]
    sender: Sender
    subject: Subject
    notes: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    covers: list[list[str]] = field(default_factory=list)
    first: str = ""


def unwind(lines: list[str], sender: Sender, subject: Subject) -> Chain:
    """Follow forwarded messages to the first one; leave out what an answer quotes."""
    chain = Chain(lines, sender, subject)
    for _ in range(_LONGEST_CHAIN):
        heading = find_heading(chain.lines)
        if heading is None or not _step(chain, heading):
            break
    if chain.first:
        chain.notes.append(f"first sent by {chain.first}")
    return chain


def _step(chain: Chain, heading: Heading) -> bool:
    """Deal with the first earlier message; whether there may be another."""
    own = cut_furniture(chain.lines[: heading.start], chain.sender)
    answer = _goes_on_below(chain.lines, heading)
    if answer is not None:
        _leave_quotes(chain, heading, answer)
    elif _is_contribution(chain, heading, own.lines):
        _leave_the_rest(chain, heading, words(own.lines))
        return False
    else:
        _go_down(chain, heading, own.lines, own.notes)
    return True


def _is_contribution(chain: Chain, heading: Heading, own: list[str]) -> bool:
    """Whether what stands above an earlier message is the contribution, rather than a covering note."""
    if has_form(own):
        return True
    if heading.forwarded or chain.subject.forwards:
        return False
    count = words(own)
    if count <= _COVERING_WORDS and not (
        chain.subject.answers and words(chain.lines[heading.end :]) <= count
    ):
        if count and not heading.forwarded:
            chain.asks.append(
                "it says little itself, so the message below was taken: see if that is the item"
            )
        return False
    return True


def _go_down(chain: Chain, heading: Heading, own: list[str], notes: list[str]) -> None:
    """Make the earlier message the message."""
    if str(chain.sender) and (own or notes or str(heading.sender) != str(chain.sender)):
        by = f"forwarded by {chain.sender}"
        chain.notes.append(f"{by}, whose words were left out: {shown(own, _SHOWN_OF_A_COVER)}" if own else by)
    elif own:
        chain.notes.append(
            f"the words above the forwarded message were left out: {shown(own, _SHOWN_OF_A_COVER)}"
        )
    if words(own) > _MANY_WORDS:
        chain.asks.append(
            f"whoever forwarded it wrote {words(own)} words of their own: see whether they belong in the item"
        )
    chain.notes += notes
    chain.covers.append(own)
    said = read_subject(heading.subject)
    if chain.subject.title and said.title and said.title.lower() != chain.subject.title.lower():
        chain.notes.append(f'it was forwarded as "{chain.subject.title}"')
    chain.first = " ".join(part for part in (str(heading.sender), heading.date) if part)
    chain.lines = [unquoted(line, heading.quoted) for line in chain.lines[heading.end :]]
    chain.sender = heading.sender
    chain.subject = (
        said if said.title else Subject(chain.subject.title, said.taken_off, said.answers, said.forwards)
    )


def _leave_the_rest(chain: Chain, heading: Heading, count: int) -> None:
    """Leave out the earlier message below an answer."""
    below = stripped(chain.lines[heading.end :])
    who = f" from {heading.sender}" if str(heading.sender) else ""
    if below:
        chain.notes.append(f"the earlier message{who} below it was cut: {shown(below)}")
    if below and not chain.subject.answers and words(below) > count:
        chain.asks.append("a longer message stands below it and was cut: see if that one is the item")
    chain.lines = chain.lines[: heading.start]


def _goes_on_below(lines: list[str], heading: Heading) -> list[int] | None:
    """Give the lines that are quoted, where the writer's own words follow or stand between them."""
    if not (heading.wrote and heading.quoted):
        return None
    quotes = [at for at in range(heading.end, len(lines)) if depth(lines[at]) >= heading.quoted]
    own = [
        at
        for at in range(heading.end, len(lines))
        if depth(lines[at]) < heading.quoted and not is_blank(lines[at])
    ]
    if not quotes or not own or own[-1] < quotes[0]:
        return None
    after = cut_furniture([lines[at] for at in own], Sender())
    first = not stripped(lines[: heading.start])
    return quotes if words(after.lines) > (0 if first else _FEW_WORDS) else None


def _leave_quotes(chain: Chain, heading: Heading, quotes: list[int]) -> None:
    quoted = [chain.lines[at] for at in quotes]
    chain.notes.append(f"what it quotes of {heading.sender or 'an earlier message'} was cut: {shown(quoted)}")
    gone = {*range(heading.start, heading.end), *quotes}
    chain.lines = [line for at, line in enumerate(chain.lines) if at not in gone]

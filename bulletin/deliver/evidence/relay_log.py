"""Read in a relay's log, Postfix's or Exim's, what became of messages: by Message-ID, then by queue id."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

_POSTFIX = re.compile(
    r"^(?P<at>.{15,40}?) \S+ postfix[\w./-]*/(?P<part>[\w-]+)\[\d+\]: "
    r"(?P<id>[0-9A-Za-z]{5,20}): (?P<rest>.*)$"
)
_MESSAGE_ID = re.compile(r"message-id=(<[^>\s]+>)")
_STATUS = re.compile(
    r"to=<(?P<to>[^>]*)>, (?:orig_to=<(?P<orig>[^>]*)>, )?.*?status=(?P<status>\w+) \((?P<why>.*)\)"
)
_EXIM = re.compile(
    r"^(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) (?:\[\d+\] )?"
    r"(?P<id>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) "
    r"(?P<mark><=|=>|->|\*\*|==|Completed)(?P<rest>.*)$"
)
_EXIM_ID = re.compile(r" id=(\S+)")
_SESSION = re.compile(
    r"^(?P<at>.{15,40}?) (?P<host>\S+) postfix[\w./-]*/smtpd\[(?P<pid>\d+)\]: "
    r"(?P<what>connect|disconnect) from "
)
PAUSE = timedelta(minutes=2)
"""The longest silence between two files of a log for the second to follow on the first."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SYSLOG = re.compile(r"(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d)")


class Fate(Enum):
    """What a log says of a message: the relay has it, passed it on, gave it back, or broke off taking it."""

    BROKEN_OFF = "begun and never taken"
    TAKEN = "taken into the queue"
    SENT = "passed on"
    BOUNCED = "refused further on"


@dataclass(slots=True)
class Trace:
    """What is known of one Message-ID; why: the log's own words; at: the line's moment, without an offset."""

    fate: Fate = Fate.BROKEN_OFF
    why: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class Log:
    """What the files of a log say of the messages asked after.

    spans: the first and the last moment of each stretch of time it covers; files that follow each other
    closely, as rotated ones do, are one stretch. sessions: how many connections it saw begin; open: when
    those began that it did not see end, by the host and the process that has them.
    """

    traces: dict[str, Trace] = field(default_factory=dict)
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    sessions: int = 0
    open: dict[tuple[str, str], datetime] = field(default_factory=dict)


def first_moment(lines: Iterable[str], near: datetime) -> datetime | None:
    """Give the moment of the first line that has one, None for what is no log."""
    matches = (_POSTFIX.match(line) or _EXIM.match(line) or _SESSION.match(line) for line in lines)
    return next((at for match in matches if match and (at := _moment(match["at"], near))), None)


def read_log(files: Iterable[Iterable[str]], wanted: Collection[str], near: datetime) -> Log:
    """Follow messages through a log, of either kind, whose lines may be millions.

    files: the lines of each of its files, the oldest first. wanted: Message-IDs with their angle brackets.
    near: a moment of the time looked for, since syslog's own dates have no year.
    """
    log, queue = Log(), dict[str, Trace]()
    for lines in files:
        moments: list[datetime] = []
        for line in lines:
            match = _POSTFIX.match(line) or _EXIM.match(line) or _SESSION.match(line)
            if match is None:
                continue
            at = _moment(match["at"], near)
            if at:
                moments = [*moments[:1], at]
            if match.re is _SESSION:
                _session(match, at, log)
            elif match.re is _POSTFIX:
                _postfix(match, at, log, queue, wanted)
            else:
                _exim(match, at, log, queue, wanted)
        if moments:
            _join(log.spans, moments[0], moments[-1])
    return log


def _join(spans: list[tuple[datetime, datetime]], first: datetime, last: datetime) -> None:
    """Add what a file covers to the stretch before it, or begin another where something may be missing."""
    if spans and first - spans[-1][1] <= PAUSE:
        before = spans.pop()
        first, last = before[0], max(before[1], last)
    spans.append((first, last))


def _session(match: re.Match[str], at: datetime | None, log: Log) -> None:
    """Take in that a connection began or ended; a process has one at a time."""
    process = (match["host"], match["pid"])
    log.open.pop(process, None)
    if match["what"] == "connect" and at:
        log.sessions += 1
        log.open[process] = at


def _postfix(
    match: re.Match[str], at: datetime | None, log: Log, queue: dict[str, Trace], wanted: Collection[str]
) -> None:
    """Take in a line: cleanup names a message before it has all of it; qmgr names what is in the queue."""
    part, number, rest = match["part"], match["id"], match["rest"]
    if part == "cleanup" and (named := _MESSAGE_ID.search(rest)):
        queue.pop(number, None)  # queue ids are used again
        if named[1] in wanted:
            queue[number] = log.traces.setdefault(named[1], Trace(at=at))
    elif trace := queue.get(number):
        if status := _STATUS.search(rest):
            if status["status"] == "sent":
                _advance(trace, Fate.SENT, status["why"])
            elif status["status"] in ("bounced", "undeliverable", "expired"):
                _advance(trace, Fate.BOUNCED, status["why"])
            else:
                _advance(trace, Fate.TAKEN, status["why"])
        elif part == "qmgr" and rest.startswith("from="):
            _advance(trace, Fate.TAKEN, "queue active")


def _exim(
    match: re.Match[str], at: datetime | None, log: Log, queue: dict[str, Trace], wanted: Collection[str]
) -> None:
    """Take in a line: Exim writes `<=` once it has the whole message."""
    number, mark, rest = match["id"], match["mark"], match["rest"]
    if mark == "<=":
        named = _EXIM_ID.search(rest)
        message_id = f"<{named[1].strip('<>')}>" if named else ""
        queue.pop(number, None)
        if message_id in wanted:
            queue[number] = log.traces.setdefault(message_id, Trace(at=at))
            _advance(queue[number], Fate.TAKEN, "received")
    elif trace := queue.get(number):
        if mark in ("=>", "->"):
            _advance(trace, Fate.SENT, rest.strip())
        elif mark == "**":
            _advance(trace, Fate.BOUNCED, rest.strip())


def _advance(trace: Trace, fate: Fate, why: str) -> None:
    """Keep the most that was said: one copy that was passed on outweighs all else."""
    order = (Fate.BROKEN_OFF, Fate.TAKEN, Fate.BOUNCED, Fate.SENT)
    if order.index(fate) >= order.index(trace.fate):
        trace.fate, trace.why = fate, why[:300]


def _moment(words: str, near: datetime) -> datetime | None:
    """Read a line's moment, without its offset; of syslog's, which has no year, the nearest one."""
    if match := _SYSLOG.fullmatch(words):
        if match["month"] not in _MONTHS:
            return None
        month = _MONTHS.index(match["month"]) + 1
        tries = [f"{near.year + n}-{month:02}-{int(match['day']):02}T{match['clock']}" for n in (-1, 0, 1)]
        plain = near.replace(tzinfo=None)
        found = [one for one in map(_parsed, tries) if one]
        return min(found, key=lambda one: abs(one - plain), default=None)
    return _parsed(words)


def _parsed(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def clock_offset(pairs: Iterable[tuple[datetime, datetime]]) -> timedelta | None:
    """Give by how much a log's clock is ahead of ours, from pairs of its moments and ours; None without any.

    It is taken to a quarter of an hour, as offsets from UTC are.
    """
    differences = sorted((theirs - ours).total_seconds() for theirs, ours in pairs)
    if not differences:
        return None
    quarters = round(differences[len(differences) // 2] / 900)
    return timedelta(seconds=900 * quarters)

"""`bounces`: what came back, judged; then who is suppressed for it, once it has been looked at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from bulletin.bounces import Known, Person, Ruling, Verdict, judge_letter, judge_request, rid_of, token_of
from bulletin.deliver.record.past import copies
from bulletin.lists import identity, read_suppressions
from bulletin.mail.returned import read_returned
from bulletin.pipeline.addressing import read_rosters, suppressed_keys
from bulletin.pipeline.held import SOFT, ledgers
from bulletin.pipeline.job import Job
from bulletin.pipeline.joining import suppress_all
from bulletin.tokens import is_mark, mark
from bulletin.workspace.approval import read_keys
from bulletin.workspace.mailbox import Letter, Request, passed_over, read_box
from bulletin.workspace.rosters import Judged, earlier_lists, keep_judged, read_checked, read_judged

JUDGED = "judged"
"""The purpose of the marks under which judged messages are remembered."""
COPY = "copy"
"""The purpose of the marks under which copies are remembered that were counted as not arrived."""
FIRST = 20
"""Rows of a kind that are shown, and then remembered, unless all are asked for."""
_CHANGING = (
    b"status:",
    b"x-status:",
    b"x-keywords:",
    b"x-uid:",
    b"x-mozilla-",
    b"content-length:",
    b"lines:",
)
"""Headers that mail programs write into a message in its box."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One message or request: where it lies, what it comes to, and its mark."""

    place: str
    verdict: Verdict
    mark: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """Everything in a box that was not judged before.

    before: how many were; soft: how many copies to somebody did not arrive, these among them; passed_over:
    the files in the folder that are no mail.
    """

    all: tuple[Judgement, ...]
    before: int
    soft: dict[str, int]
    passed_over: tuple[str, ...]

    def of(self, *rulings: Ruling) -> tuple[Judgement, ...]:
        """Give those with one of some rulings, in the order of the box."""
        return tuple(one for one in self.all if one.verdict.ruling in rulings)

    @property
    def counts(self) -> Counter[Ruling]:
        """How many have which ruling."""
        return Counter(one.verdict.ruling for one in self.all)


def judge(job: Job, path: Path, *, unproven: bool) -> Judgements:
    """Judge everything in a Maildir, an mbox, .eml files or a spool; nothing is changed.

    Args:
        unproven: take at its word what nobody can prove, too.

    Raises:
        UsageError: there is nothing. BulletinError: it, a ledger or workspace.key cannot be read.
    """
    known, judged = read_known(job), read_judged(job.workspace.root)
    found: list[Judgement] = []
    before, gone = 0, set(known.suppressed)
    for one in read_box(path):
        stands_for = mark(known.secrets[0], JUDGED, _fingerprint(one))
        if stands_for in judged.messages:
            before += 1
            continue
        verdict = _verdict(one, replace(known, suppressed=gone))
        if unproven and verdict.ruling is Ruling.UNPROVEN:
            verdict = replace(verdict, ruling=Ruling.SUPPRESS)
        if verdict.ruling is Ruling.SUPPRESS and verdict.person:
            gone.add(verdict.person.key)
        found.append(Judgement(one.place, verdict, stands_for))
    soft = _soft_counts(found, judged, known.secrets)
    return Judgements(tuple(found), before, soft, passed_over(path))


def settle(job: Job, found: Judgements, *, everything: bool) -> tuple[str, ...]:
    """Suppress whoever is to be, count what was soft, and remember it all; gives the keys that are new.

    What nobody could prove is not remembered: it is shown again until somebody has decided. Nor is what a
    person has to look at and was not shown.

    Args:
        everything: all was shown, and not the first rows alone.

    Raises:
        BulletinError: a file cannot be written.
    """
    with job.workspace.lock("suppressing addresses"):
        people = {
            one.verdict.person.key: (one.verdict.person.address, one.verdict.why)
            for one in found.of(Ruling.SUPPRESS)
            if one.verdict.person
        }
        new = suppress_all(job, people)
        judged, secrets = read_judged(job.workspace.root), read_keys(job.workspace.key)
        soft = dict(judged.soft)
        counted = _uncounted(found.of(Ruling.SOFT), judged, secrets)
        for person in counted.values():
            key = mark(secrets[0], SOFT, person)
            soft[key] = (soft.get(key, (0, ""))[0] + 1, job.today.isoformat())
        unseen = set() if everything else {one.mark for one in found.of(Ruling.LOOK)[FIRST:]}
        done = {one.mark for one in found.all if one.verdict.ruling is not Ruling.UNPROVEN} - unseen
        done |= {mark(secrets[0], COPY, copy) for copy in counted}
        keep_judged(job.workspace.root, Judged(judged.messages | done, soft))
    return new


def read_known(job: Job) -> Known:
    """Learn whom we write to from the lists, and whom we wrote to from the ledgers.

    Raises:
        BulletinError: a send is running, or there is no workspace.key.
    """
    rosters, secrets = read_rosters(job), read_keys(job.workspace.key)
    people: dict[str, Person] = {}
    owners: set[tuple[str, str]] = set()
    lists: set[str] = {*rosters, *_lists_of_before(job)}
    rids: dict[str, str] = {}
    for name, path in ledgers(job):
        for copy in copies(path):
            lists.add(copy.list)
            if name.endswith("ledger.db") and not is_mark(copy.key):
                people[copy.key] = Person(copy.key, copy.address)
                owners.add((copy.list, copy.key))
                rids[rid_of(copy.message_id)] = copy.key
    for name, roster in rosters.items():
        for member in roster.members:
            key = identity(member.address)
            people[key] = Person(key, member.address)
            owners.add((name, key))
    suppressions = read_suppressions(job.workspace.suppressions())
    gone = suppressed_keys(job, suppressions, rosters) | suppressions.among(people, secrets)
    sender, title = job.settings.sender, job.settings.partnership.title
    apart = {sender.address.lower(), sender.reply_to.lower()}
    return Known(
        people,
        _tokens(secrets, owners),
        rids,
        gone,
        secrets,
        earlier=cache(lambda: _tokens(secrets, ((name, key) for name in sorted(lists) for key in people))),
        leave={sender.leave.lower()} - apart - {""},
        title=title,
        lists=lists,
        servers=sender.mailbox_servers,
    )


def _tokens(secrets: Iterable[bytes], owners: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, str]]:
    """Make everybody's tokens."""
    pairs = tuple(owners)
    return {token_of(secret, *owner): owner for secret in secrets for owner in pairs}


def _lists_of_before(job: Job) -> Iterator[str]:
    """Give the names of lists whose files may be gone, and whose readers may still hold a token."""
    yield from (path.stem for path in earlier_lists(job.workspace.root))
    yield from read_checked(job.workspace.root)
    yield from (one.name for one in job.settings.lists)


def _verdict(one: Letter | Request, known: Known) -> Verdict:
    if isinstance(one, Request):
        return judge_request(one.token, one.address, known)
    return judge_letter(read_returned(one.data, known.servers), known)


def _fingerprint(one: Letter | Request) -> str:
    """Give what tells a message from all others, also after a mail program has noted that it was read."""
    if isinstance(one, Request):
        return f"{one.at} {one.token} {one.address}"
    head, _, body = one.data.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.lower().startswith(_CHANGING)]
    return sha256(b"\n".join([*lines, b"", body.rstrip()])).hexdigest()


def _soft_counts(found: list[Judgement], judged: Judged, secrets: Sequence[bytes]) -> dict[str, int]:
    """Count the copies that did not arrive: several reports of one copy are one."""
    soft = [one for one in found if one.verdict.ruling is Ruling.SOFT]
    new = Counter(_uncounted(soft, judged, secrets).values())
    keys = {one.verdict.person.key for one in soft if one.verdict.person}
    return {
        key: new[key] + sum(judged.soft.get(mark(secret, SOFT, key), (0, ""))[0] for secret in secrets)
        for key in keys
    }


def _uncounted(soft: Iterable[Judgement], judged: Judged, secrets: Sequence[bytes]) -> dict[str, str]:
    """Give the copies that were not counted before, and whose they are."""
    return {
        one.verdict.copy: one.verdict.person.key
        for one in soft
        if one.verdict.person
        and not any(mark(secret, COPY, one.verdict.copy) in judged.messages for secret in secrets)
    }

"""`bounces`: what came back, judged; then who is suppressed for it, once it has been looked at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bulletin.bounces import Known, Person, Ruling, Verdict, judge_letter, judge_request, rid_of, token_of
from bulletin.deliver.past import copies
from bulletin.lists import identity, read_suppressions
from bulletin.mail.returned import read_returned
from bulletin.pipeline.addressing import read_rosters, suppressed_keys
from bulletin.pipeline.held import SOFT, ledgers
from bulletin.pipeline.job import Job
from bulletin.pipeline.joining import suppress_all
from bulletin.tokens import is_mark, mark
from bulletin.workspace.approval import read_keys
from bulletin.workspace.mailbox import Letter, Request, read_box
from bulletin.workspace.rosters import Judged, keep_judged, read_judged

JUDGED = "judged"
"""The purpose of the marks under which judged messages are remembered."""
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

    before: how many were; soft: how often a copy to somebody did not arrive, these times among them.
    """

    all: tuple[Judgement, ...]
    before: int
    soft: dict[str, int]

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
    return Judgements(tuple(found), before, _soft_counts(found, judged, known))


def settle(job: Job, found: Judgements) -> tuple[str, ...]:
    """Suppress whoever is to be, count what was soft, and remember it all; gives the keys that are new.

    What nobody could prove is not remembered: it is shown again until somebody has decided.

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
        judged, secret = read_judged(job.workspace.root), read_keys(job.workspace.key)[0]
        soft = dict(judged.soft)
        for one in found.of(Ruling.SOFT):
            if one.verdict.person and one.mark not in judged.messages:
                key = mark(secret, SOFT, one.verdict.person.key)
                soft[key] = (soft.get(key, (0, ""))[0] + 1, job.today.isoformat())
        done = {one.mark for one in found.all if one.verdict.ruling is not Ruling.UNPROVEN}
        keep_judged(job.workspace.root, Judged(judged.messages | done, soft))
    return new


def read_known(job: Job) -> Known:
    """Learn whom we write to from the lists, and whom we wrote to from the ledgers.

    Raises:
        BulletinError: a send is running, or there is no workspace.key.
    """
    rosters, secrets = read_rosters(job).by_name, read_keys(job.workspace.key)
    people: dict[str, Person] = {}
    owners: set[tuple[str, str]] = set()
    rids: dict[str, str] = {}
    for name, path in ledgers(job):
        for copy in copies(path):
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
    tokens = {token_of(secret, *owner): owner for secret in secrets for owner in owners}
    gone = suppressed_keys(job, suppressions, rosters) | suppressions.among(people, secrets)
    sender, title = job.settings.sender, job.settings.partnership.title
    apart = {sender.address.lower(), sender.reply_to.lower()}
    leave = {sender.leave.lower()} - apart - {""}
    return Known(people, tokens, rids, gone, secrets, leave, title)


def _verdict(one: Letter | Request, known: Known) -> Verdict:
    if isinstance(one, Request):
        return judge_request(one.token, one.address, known)
    return judge_letter(read_returned(one.data), known)


def _fingerprint(one: Letter | Request) -> str:
    """Give what tells a message from all others, also after a mail program has noted that it was read."""
    if isinstance(one, Request):
        return f"{one.at} {one.token} {one.address}"
    head, _, body = one.data.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.lower().startswith(_CHANGING)]
    return sha256(b"\n".join([*lines, b"", body.rstrip()])).hexdigest()


def _soft_counts(found: list[Judgement], judged: Judged, known: Known) -> dict[str, int]:
    counts: Counter[str] = Counter(_soft_keys(found))
    return {
        key: count + sum(judged.soft.get(mark(secret, SOFT, key), (0, ""))[0] for secret in known.secrets)
        for key, count in counts.items()
    }


def _soft_keys(found: list[Judgement]) -> Iterator[str]:
    for one in found:
        if one.verdict.ruling is Ruling.SOFT and one.verdict.person:
            yield one.verdict.person.key

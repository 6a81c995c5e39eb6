"""`send`: everybody their copy, once, on the ledger's word; and the plan of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose import compose
from bulletin.deliver.ledger import Ledger
from bulletin.deliver.relay import (
    RelayAddress,
    is_loopback,
    is_rehearsal,
    open_transport,
    parse_relay,
    refuse_unusable,
)
from bulletin.deliver.run import deliver
from bulletin.deliver.tally import read_tally
from bulletin.deliver.transport import Clock
from bulletin.errors import BulletinError, UsageError
from bulletin.lists import Addressed, identity
from bulletin.model.delivery import Outcome, Recipient, Tally
from bulletin.pipeline.approve import Signed, read_signed
from bulletin.pipeline.job import Job
from bulletin.pipeline.letters import contents, identify, token
from bulletin.report.words import plural

SANDBOX = "sandbox"
"""The folder of an issue that the built-in relay writes into."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a send would do.

    recipients: everybody the issue is for; chosen: the keys of those it would write to now.
    everybody: whether nobody was picked out with `--only`; editions: edition name to recipients.
    suppressed: on a list, but not to be written to; before: how the deliveries stood, None before the first.
    """

    signed: Signed
    relay: RelayAddress
    rehearsal: bool
    recipients: int
    chosen: frozenset[str]
    everybody: bool
    editions: Counter[str]
    suppressed: int
    before: Tally | None

    @property
    def count(self) -> int:
        """The number that confirms this send."""
        return self.recipients if self.everybody else len(self.chosen)


@dataclass(frozen=True, slots=True)
class Run:
    """The surroundings of a send: the time, what to tell of progress, when to stop, how fast to go."""

    clock: Clock
    progress: Callable[[int, int], None]
    stop: Callable[[], bool]
    rate: float | None = None


def plan(job: Job, relay_url: str, only: str) -> Plan:
    """See what a send would do; no socket is opened and nothing is written but a stale rehearsal cleared.

    Args:
        relay_url: the relay, or "" for the one in the settings.
        only: "deferred", "failed", an address, or "" for everybody who is left.

    Raises:
        BulletinError: not approved, or it would read differently today, or the relay may not be used.
    """
    relay = parse_relay(relay_url or job.settings.relay.url)
    refuse_unusable(relay)
    signed = read_signed(job)
    rehearsal = is_rehearsal(relay)
    _refuse_placeholder(job, relay)
    before = _tally(job, signed, relay)
    if before is None or before.accepted + before.unknown + before.rejected + before.deferred == 0:
        _refuse_stale(job, signed)
    people = {identity(one.address): one.outcome for one in before.people} if before else {}
    wanted = {one.key: one for one in signed.addressed.recipients}
    settled = {key for key, outcome in people.items() if outcome in _SETTLED}
    return Plan(
        signed=signed,
        relay=relay,
        rehearsal=rehearsal,
        recipients=len(settled | set(wanted)),
        chosen=frozenset(_choose(wanted, people, only)),
        everybody=not only,
        editions=Counter(one.edition for one in wanted.values()),
        suppressed=len(signed.addressed.suppressed),
        before=before,
    )


def send(job: Job, planned: Plan, run: Run) -> Tally:
    """Write to whoever the plan has chosen, each once, and give how everything stands afterwards.

    Raises:
        BulletinError: the ledger cannot be kept. RelayError: the relay stops the run.
    """
    folder = job.workspace.issue_folder(job.issue)
    with Ledger.open(
        ledger_path(job, rehearsal=planned.rehearsal), job.issue, rehearsal=planned.rehearsal
    ) as ledger:
        ledger.enrol(
            contents(job, planned.signed.built),
            planned.signed.addressed.recipients,
            identify=lambda key: identify(job, key),
            first_sent_at=run.clock(),
            approval=_mark(planned.signed, planned.relay),
        )
        ledger.withdraw(_not_wanted(ledger, planned.signed.addressed))
        with open_transport(planned.relay, folder / SANDBOX, run.clock) as transport:
            only = None if planned.everybody else planned.chosen
            return deliver(
                ledger,
                transport,
                clock=run.clock,
                progress=run.progress,
                stop=run.stop,
                rate=run.rate,
                only=only,
            )


def ledger_path(job: Job, *, rehearsal: bool) -> Path:
    """Where the ledger is: one for real relays, one for rehearsals."""
    return job.workspace.issue_folder(job.issue) / ("rehearsal.db" if rehearsal else "ledger.db")


_SETTLED = (Outcome.ACCEPTED, Outcome.REJECTED, Outcome.UNKNOWN)


def _not_wanted(ledger: Ledger, addressed: Addressed) -> frozenset[str]:
    """Give whoever is suppressed, and whoever waits in the ledger but is on no list any more."""
    wanted = {one.key for one in addressed.recipients}
    waiting = ledger.select(Outcome.PENDING, Outcome.DEFERRED)
    return waiting.difference(wanted).union(one.key for one in addressed.suppressed)


def _choose(wanted: dict[str, Recipient], people: dict[str, Outcome], only: str) -> set[str]:
    """Pick who is to be written to; accepted and unknown people never are."""
    state = {key: people.get(key, Outcome.PENDING) for key in wanted}
    if not only:
        return {key for key, outcome in state.items() if outcome in (Outcome.PENDING, Outcome.DEFERRED)}
    if only in ("deferred", "failed"):
        outcome = Outcome.DEFERRED if only == "deferred" else Outcome.REJECTED
        return {key for key, found in state.items() if found is outcome}
    key = identity(only)
    if key not in state:
        raise UsageError(
            f"--only {only}: nobody with that address is to get this issue", "see: bulletin report --all"
        )
    if state[key] in (Outcome.ACCEPTED, Outcome.UNKNOWN):
        raise BulletinError(
            f"{only} is {state[key].value}: they have a copy or may have one, so no second is sent",
            "see: bulletin report --all",
        )
    return {key}


def _mark(signed: Signed, relay: RelayAddress) -> str:
    return f"{token(signed)} {relay}" if is_rehearsal(relay) else token(signed)


def _tally(job: Job, signed: Signed, relay: RelayAddress) -> Tally | None:
    """Read how the deliveries stand; a rehearsal of something else than is approved now starts afresh."""
    path = ledger_path(job, rehearsal=is_rehearsal(relay))
    if not path.exists():
        return None
    tally = read_tally(path)
    if tally.rehearsal and tally.approval != _mark(signed, relay):
        for old in [*path.parent.glob(f"{path.name}*"), *(path.parent / SANDBOX).glob("*.eml")]:
            old.unlink()
        return None
    return tally


def _refuse_placeholder(job: Job, relay: RelayAddress) -> None:
    if job.settings.partnership.placeholder and not (is_rehearsal(relay) or is_loopback(relay.host)):
        raise BulletinError(
            "bulletin.toml still has the names and addresses it was made with",
            'write your own into [partnership] and [sender], then take out the line "placeholder = true"',
        )


def _refuse_stale(job: Job, signed: Signed) -> None:
    """Refuse what would read differently today: "closes tomorrow" is only true once."""
    days = {built.edition.day for built in signed.built}
    if days == {job.today}:
        return
    issue, templates = job.load(), job.workspace.templates()
    for built, rule in zip(signed.built, job.settings.editions, strict=True):
        then, now = (
            compose(issue, rule, job.settings, day, templates) for day in (built.edition.day, job.today)
        )
        if (then.subject, then.html, then.text) != (now.subject, now.html, now.text):
            raise BulletinError(
                f'the edition "{rule.name}" was built for {built.edition.day} and would read differently '
                f"today, {job.today}",
                "run: bulletin build, then approve again; to get ready ahead: bulletin build --date DAY",
            )


def plan_lines(planned: Plan) -> list[str]:
    """Say what a send would do, before anybody is asked for the number."""
    where = "a rehearsal, nobody gets anything" if planned.rehearsal else "for real"
    editions = ", ".join(f"{name} {count:,}" for name, count in planned.editions.items())
    lines = [
        f"Relay {planned.relay} ({where}).",
        f"{plural(planned.recipients, 'recipient')}, one copy each: {editions}.",
        f"Approved by {planned.signed.approval.by} on {planned.signed.approval.at[:10]}.",
    ]
    if planned.suppressed:
        lines.append(
            f"{plural(planned.suppressed, 'person', 'people')} on the lists suppressed: not written to."
        )
    if planned.before:
        lines.append(
            f"Begun already: {planned.before.accepted:,} accepted, {len(planned.chosen):,} left to write to."
        )
    return lines

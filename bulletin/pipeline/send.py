"""`send`: everybody their copy, once, on the ledger's word."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bulletin.deliver.record.guard import Here, admit, counted, disown
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Naming
from bulletin.deliver.relays.relay import RelayAddress, is_loopback, open_relay
from bulletin.deliver.sending.pace import Pace
from bulletin.deliver.sending.quota import Quota
from bulletin.deliver.sending.run import Order, Sent, deliver
from bulletin.deliver.smtp.replies import asks_to_slow
from bulletin.deliver.transport import Clock, UnreachableError
from bulletin.errors import BulletinError
from bulletin.lists import Addressed, identity
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import message
from bulletin.many import ManyKeys
from bulletin.model.delivery import Delivery, Envelope, Outcome, Recipient
from bulletin.pipeline.access import access
from bulletin.pipeline.addressing import untold
from bulletin.pipeline.corrected import mark_corrections
from bulletin.pipeline.job import Job
from bulletin.pipeline.leaving import ways_out
from bulletin.pipeline.letters import contents, envelope_senders, identifying
from bulletin.pipeline.lost import issue_marks, refuse_lost, register
from bulletin.pipeline.plan import Plan, find_ledger, has_begun, standing
from bulletin.settings.relays import Limits
from bulletin.workspace.placement import computer, point_to, settle_place, user_data
from bulletin.workspace.sent import SentNote, drop_sent, keep_sent, read_sent

SANDBOX = "sandbox"
"""The folder of an issue that the built-in relay writes into."""


@dataclass(frozen=True, slots=True)
class Run:
    """The surroundings of a send: the time, what to tell of progress, when to stop, how fast to go.

    enrolling: what to tell of how many people have been written into the ledger before.
    rate: messages a second; connections: how many at once; None leaves either to the settings.
    """

    clock: Clock
    progress: Callable[[int, int], None]
    stop: Callable[[], bool]
    rate: float | None = None
    connections: int | None = None
    enrolling: Callable[[int, int], None] = untold


def send(job: Job, planned: Plan, run: Run) -> Sent:
    """Write to whoever the plan has chosen, each once, and give how everything stands afterwards.

    Raises:
        BulletinError: the ledger cannot be kept, or is a copy. RelayError: the relay stops the run.
    """
    limits = _limits(job, planned, run)
    pace = Pace(limits.rate)
    told = access(job, heard=lambda reply: pace.slow() if asks_to_slow(reply) else None)
    with _open_ledger(job, planned) as ledger, counted(ledger, register()):
        _enrol(job, planned, ledger, run)
        ledger.keep_note("relay", str(planned.relay))
        ledger.withdraw(_not_wanted(ledger, planned.signed.addressed))
        order = Order(
            clock=run.clock,
            progress=run.progress,
            stop=run.stop,
            only=planned.only,
            connections=limits.connections,
            pace=pace,
            quota=None if planned.rehearsal else quota(planned.relay, limits.per_day, run.clock),
            retry_wait=job.settings.relay.retry_wait,
            seeds=_seeds(job, planned, ledger.first_sent_at or run.clock()),
        )
        folder = job.workspace.issue_folder(job.issue) / SANDBOX
        with open_relay(planned.relay, folder, run.clock, told) as connect:
            try:
                return deliver(ledger, connect, order)
            except UnreachableError as fault:
                if has_begun(ledger.tally()):
                    raise
                raise UnreachableError(f"{fault.detail}; nothing was sent", fault.hint) from fault


def quota(relay: RelayAddress, most: int | None, clock: Clock) -> Quota | None:
    """Give the count of what a relay takes of an account in a day, one for all workspaces of a user."""
    return None if most is None else Quota(user_data() / "offered.db", str(relay), most, clock)


def _limits(job: Job, planned: Plan, run: Run) -> Limits:
    """Say how fast to go: as was typed, else as is set; a rehearsal writes one copy after the other."""
    nearby = planned.rehearsal or is_loopback(planned.relay.host)
    limits = job.settings.relay.limits(loopback=nearby)
    if planned.rehearsal:
        limits = Limits(connections=1)
    return limits._replace(
        connections=run.connections or limits.connections,
        rate=limits.rate if run.rate is None else run.rate,
    )


def _enrol(job: Job, planned: Plan, ledger: Ledger, run: Run) -> None:
    ledger.enrol(
        contents(job, planned.signed.built),
        _telling(planned.signed.addressed.recipients, run.enrolling),
        naming=Naming(identifying(job), envelope_senders(job), ways_out(job)),
        first_sent_at=run.clock(),
        approval=planned.mark,
    )


def _telling(people: Collection[Recipient], tell: Callable[[int, int], None]) -> Iterator[Recipient]:
    """Give people, and tell how many of them have been given."""
    for number, person in enumerate(people, start=1):
        yield person
        tell(number, len(people))


def _seeds(job: Job, planned: Plan, date: datetime) -> tuple[Delivery, ...]:
    """Make the copies of our own addresses, one of each edition that somebody still waits for.

    Whoever of them is on a list gets theirs by the ledger.
    """
    if not job.settings.sender.seeds:
        return ()
    found = []
    identify = identifying(job)
    for content in contents(job, planned.signed.built):
        for address in job.settings.sender.seeds if planned.chosen[content.edition] else ():
            key = identity(address)
            mark = identify(f"seed\0{key}\0{content.edition}\0{planned.mark}")
            data = message(content, Recipient(key, address, "", content.edition, "seeds"), mark, date)
            found.append(Delivery(key, Envelope(content.sender, wire_address(address)), mark, data))
    return tuple(found)


def _open_ledger(job: Job, planned: Plan) -> Ledger:
    """Open the ledger; one that counts for nothing any more is taken away first, while nobody else may."""
    place = find_ledger(job, rehearsal=planned.rehearsal)
    with job.workspace.lock("beginning to send"):
        settle_place(job.workspace.root, job.issue, place)
        if place.path.exists() and standing(job, planned.relay, planned.mark) is None:
            if not planned.rehearsal:
                drop_sent(job.workspace.issue_folder(job.issue))
                disown(place.path, register())
            remove_ledger(place.path)
            if planned.rehearsal:
                for copy in (job.workspace.issue_folder(job.issue) / SANDBOX).glob("*.eml"):
                    copy.unlink()
        elif not planned.rehearsal:
            refuse_lost(job, relay=planned.relay)
        begins = not place.path.exists()
        try:
            ledger = Ledger.open(place.path, job.issue, rehearsal=planned.rehearsal)
        except BulletinError:
            if begins:  # a full disk: what it left is no ledger, and would be in the way of the next send
                remove_ledger(place.path)
            raise
        if not planned.rehearsal:
            _admit(job, planned, ledger, place.path)
            point_to(job.workspace.root, job.issue, place)
            mark_corrections(job)  # those that were only rehearsed count no more
        return ledger


def _admit(job: Job, planned: Plan, ledger: Ledger, path: Path) -> None:
    """Make sure that the ledger is no copy, or let go of it; leave word beside the issue that it is sent."""
    try:
        name = admit(ledger, path.resolve(), here(job))
        folder = job.workspace.issue_folder(job.issue)
        before = read_sent(folder)
        if before is None or before.ledger != name or before.given_up:
            at = ledger.first_sent_at or job.now
            note = SentNote(name, computer(), at.isoformat(timespec="seconds"), planned.recipients)
            keep_sent(folder, note)
    except BaseException:
        ledger.close()
        raise


def here(job: Job) -> Here:
    """Give what a ledger is known by on this computer."""
    return Here(register(), computer(), issue_marks(job)[0], job.now)


def remove_ledger(ledger: Path) -> None:
    """Delete a ledger that counts for nothing, with what lies beside it."""
    for ending in ("-wal", "-shm", "-journal", "-spare", ""):
        ledger.with_name(ledger.name + ending).unlink(missing_ok=True)


def _not_wanted(ledger: Ledger, addressed: Addressed) -> Iterator[str]:
    """Give whoever is suppressed, and whoever waits in the ledger but is on no list any more."""
    wanted = ManyKeys.of(one.key for one in addressed.recipients)
    yield from (key for key in ledger.select(Outcome.PENDING, Outcome.DEFERRED) if key not in wanted)
    yield from (one.key for one in addressed.suppressed)

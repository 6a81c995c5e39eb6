"""The plan of a `send`: whom it would write to and through what, and whether it may; nothing is changed."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose import compose
from bulletin.dates.house import house_date
from bulletin.deliver.record.tally import read_standing, read_tally
from bulletin.deliver.relays.relay import (
    RelayAddress,
    Scheme,
    is_loopback,
    is_rehearsal,
    parse_relay,
    refuse_unusable,
)
from bulletin.errors import BulletinError
from bulletin.many import ManyKeys
from bulletin.model.delivery import Outcome, Tally
from bulletin.pipeline.addressing import Tell, untold
from bulletin.pipeline.again import refuse_rehearsing_instead
from bulletin.pipeline.approve import Signed, read_signed
from bulletin.pipeline.edited import older_words, refuse_edited
from bulletin.pipeline.job import Job
from bulletin.pipeline.letters import contents, token
from bulletin.pipeline.lost import refuse_lost
from bulletin.pipeline.picked import picked
from bulletin.workspace.placement import Place, ledger_place


@dataclass(frozen=True, slots=True)
class Plan:
    """What a send would do.

    recipients: everybody the issue is for; editions: how many of them get each edition.
    chosen: how many of each edition it would write to now; only: the keys of those picked out with `--only`.
    mark: what the ledger notes that it was last enrolled for.
    suppressed: on a list, but not to be written to; before: how the deliveries stood, None before the first.
    place: where the ledger is or will be.
    size: the bytes of the largest edition's message, pictures and all.
    notes: what else to say first: that it is sent from a copy, what was changed since it was approved.
    """

    signed: Signed
    relay: RelayAddress
    mark: str
    recipients: int
    editions: Counter[str]
    chosen: Counter[str]
    only: frozenset[str] | None
    suppressed: int
    before: Tally | None
    place: Place
    size: int = 0
    notes: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        """Whether nobody was picked out with `--only`."""
        return self.only is None

    @property
    def count(self) -> int:
        """The number that confirms this send."""
        return self.recipients if self.everybody else self.chosen.total()

    @property
    def rehearsal(self) -> bool:
        """Whether nothing can leave this machine."""
        return is_rehearsal(self.relay)

    @property
    def is_of_another_build(self) -> bool:
        """Whether other editions are approved now than those the send began with, which the ledger keeps."""
        return self.before is not None and self.before.approval.split()[:1] != self.mark.split()[:1]


def plan(
    job: Job,
    relay_url: str,
    only: str,
    *,
    as_approved: bool = False,
    tell: Tell = untold,
) -> Plan:
    """See what a send would do; no socket is opened and nothing is written.

    Args:
        relay_url: the relay, or "" for the one in the settings.
        only: "deferred", "failed", an address, or "" for everybody who is left.
        as_approved: whether it may go out although something was changed since it was approved.
        tell: is told how many of how many lines of the lists have been read.

    Raises:
        BulletinError: not approved, or it would read differently today, or the relay may not be used.
    """
    relay = usable_relay(job, relay_url)
    signed = read_signed(job, tell)
    approved = token(signed)
    before = standing(job, relay, _mark(approved, relay))
    begun = before is not None and has_begun(before)
    if not relay_url and is_rehearsal(relay):
        refuse_rehearsing_instead(job, standing(job, _REAL, approved))
    if not (begun or as_approved):
        refuse_edited(job, signed.built, signed.approval)
    if not begun:
        _refuse_stale(job, signed)
    planned = planned_for(job, relay, signed, only)
    if not (planned.chosen and (begun or as_approved)):
        return planned
    older = older_words(job, signed.built, signed.approval)
    return replace(planned, notes=(*planned.notes, *older))


def planned_for(job: Job, relay: RelayAddress, signed: Signed, only: str = "") -> Plan:
    """Give the plan of sending what is signed through a relay that may be used.

    Raises:
        BulletinError: it was sent for real, and the ledger is lost.
    """
    copied = "" if is_rehearsal(relay) else refuse_lost(job, relay=relay)
    mark, wanted = _mark(token(signed), relay), signed.addressed.recipients
    before = standing(job, relay, mark)
    outcomes = ManyKeys[str]()
    editions, chosen = Counter[str](), Counter[str]()
    if before:
        for key, edition, outcome in read_standing(ledger_path(job, rehearsal=is_rehearsal(relay))):
            if outcome is not Outcome.PENDING:
                outcomes.add(key, outcome)
            editions[edition] += outcome in _SETTLED
    named = picked(wanted, outcomes, only)
    for one in wanted:
        stands = outcomes.get(one.key) if outcomes else None
        editions[one.edition] += stands not in _SETTLED
        chosen[one.edition] += stands in _LEFT if named is None else one.key in named
    return Plan(
        signed=signed,
        relay=relay,
        mark=mark,
        recipients=editions.total(),
        editions=+editions,
        chosen=+chosen,
        only=named,
        suppressed=len(signed.addressed.suppressed),
        before=before,
        place=find_ledger(job, rehearsal=is_rehearsal(relay)),
        size=max((len(one.body) for one in contents(job, signed.built)), default=0),
        notes=(copied,) if copied else (),
    )


def usable_relay(job: Job, relay_url: str) -> RelayAddress:
    """Read the relay's address, or that of the settings, and refuse one that may not be used.

    Raises:
        UsageError: it is none. RelayError: it may not be used. BulletinError: the identity is a placeholder.
    """
    relay = parse_relay(relay_url or job.settings.relay.url)
    if job.settings.partnership.placeholder and not (is_rehearsal(relay) or is_loopback(relay.host)):
        raise BulletinError(
            "bulletin.toml still has the names and addresses it was made with",
            'write your own into [partnership] and [sender], then take out the line "placeholder = true"',
        )
    refuse_unusable(relay)
    return relay


def find_ledger(job: Job, *, rehearsal: bool) -> Place:
    """Find where the ledger is or will be: one for real relays, one for rehearsals.

    Raises:
        BulletinError: it is kept on another computer.
    """
    name = "rehearsal.db" if rehearsal else "ledger.db"
    return ledger_place(job.workspace.root, job.issue, name)


def ledger_path(job: Job, *, rehearsal: bool) -> Path:
    """Where the ledger lies now: in its place, or still beside the issue."""
    place = find_ledger(job, rehearsal=rehearsal).path
    beside = job.workspace.issue_folder(job.issue) / place.name
    return beside if beside.exists() and not place.exists() else place


def standing(job: Job, relay: RelayAddress, mark: str) -> Tally | None:
    """Read how the deliveries stand, None where there is no ledger or it counts for nothing any more.

    A rehearsal of something else counts for nothing, and once something else is approved so does a ledger
    from which nobody's copy was ever offered.
    """
    path = ledger_path(job, rehearsal=is_rehearsal(relay))
    if not path.exists():
        return None
    tally = read_tally(path, of=())
    over = tally.approval != mark and (tally.rehearsal or not has_begun(tally))
    return None if over else tally


_REAL = RelayAddress(Scheme.SMTP)
"""Stands for any relay that is not a rehearsal: they share one ledger."""


def _mark(approved: str, relay: RelayAddress) -> str:
    """Mark what is approved, by its token, and for a rehearsal through which relay it is."""
    return f"{approved} {relay}" if is_rehearsal(relay) else approved


_SETTLED = (Outcome.ACCEPTED, Outcome.REJECTED, Outcome.UNKNOWN)
_LEFT = (None, Outcome.DEFERRED)
"""How those stand, if they do at all, who are written to unless somebody is picked out."""


def has_begun(tally: Tally) -> bool:
    """Whether anybody's copy was offered to the relay."""
    return tally.recipients > tally.pending


def _refuse_stale(job: Job, signed: Signed) -> None:
    """Refuse what would read differently today: "closes tomorrow" is only true once."""
    days = {built.edition.day for built in signed.built}
    if days == {job.today}:
        return
    issue, templates = job.load(), job.workspace.templates()
    for built, rule in zip(signed.built, job.settings.editions, strict=True):
        day = built.edition.day
        then, now = (compose(issue, rule, job.settings, one, templates) for one in (day, job.today))
        if (then.subject, then.html, then.text) != (now.subject, now.html, now.text):
            wait = "send it on that day, or " if day > job.today else ""
            raise BulletinError(
                f'the edition "{rule.name}" was built for {house_date(day)} and would read differently '
                f"today, {house_date(job.today)}",
                f"{wait}run: bulletin build, then approve again "
                "(to get ready ahead: bulletin build --date DAY)",
            )

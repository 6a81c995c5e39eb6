"""Whom an issue reached: what its ledger says, less those who must not be written to any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose.correction import EDITION
from bulletin.deliver.record.past import Copy, copies
from bulletin.errors import BulletinError
from bulletin.model.delivery import Outcome, Recipient
from bulletin.model.partnership import Reach
from bulletin.pipeline.addressing import kept_off
from bulletin.pipeline.job import Job
from bulletin.pipeline.lost import refuse_lost
from bulletin.pipeline.plan import ledger_path
from bulletin.settings.values import Settings
from bulletin.tokens import is_mark


@dataclass(frozen=True, slots=True)
class Reached:
    """Who of an issue's recipients may be sent a correction, and who may not.

    recipients: accepted; unknown: nobody knows; suppressed: accepted or unknown, and not written to since.
    waiting: not written to yet; erased: reached, but forgotten by now.
    barred: readers of an edition that may not hold what the correction is about.
    """

    recipients: tuple[Recipient, ...]
    unknown: tuple[Recipient, ...]
    suppressed: tuple[Recipient, ...]
    waiting: int
    erased: int
    barred: int


def read_reached(job: Job, reach: Reach, *, rehearsal: bool) -> Reached:
    """Read whom an issue reached, of those whose editions have that reach.

    A rehearsal is for those whom the real send reached, or before there is one, whom its rehearsal did.

    Raises:
        BulletinError: it was not sent, or is being sent, or its ledger is lost; suppressed.csv cannot be
            trusted.
    """
    rows = list(_ledger(job, rehearsal=rehearsal))
    waiting = sum(one.outcome in (Outcome.PENDING, Outcome.DEFERRED) for one in rows)
    hit = [one for one in rows if one.outcome in (Outcome.ACCEPTED, Outcome.UNKNOWN)]
    named = [one for one in hit if not is_mark(one.key)]
    allowed = [one for one in named if reach is Reach.PUBLIC or _is_for_partners(job.settings, one.edition)]
    gone = kept_off(job, [one.key for one in allowed])
    written = [one for one in allowed if one.key not in gone]
    return Reached(
        recipients=tuple(_recipient(one) for one in written if one.outcome == Outcome.ACCEPTED),
        unknown=tuple(_recipient(one) for one in written if one.outcome == Outcome.UNKNOWN),
        suppressed=tuple(_recipient(one) for one in allowed if one.key in gone),
        waiting=waiting,
        erased=len(hit) - len(named),
        barred=len(named) - len(allowed),
    )


def _ledger(job: Job, *, rehearsal: bool) -> Iterator[Copy]:
    """Give the rows of the ledger that counts."""
    refuse_lost(job, rehearsal=rehearsal)
    real = ledger_path(job, rehearsal=False)
    rows = list(copies(real)) if real.exists() else []
    if not rehearsal or any(one.outcome not in (Outcome.PENDING, "withdrawn") for one in rows):
        if not rows:
            raise _not_sent(job, ledger_path(job, rehearsal=True))
        return iter(rows)
    practised = ledger_path(job, rehearsal=True)
    if not practised.exists():
        raise _not_sent(job, practised)
    return copies(practised)


def _not_sent(job: Job, practised: Path) -> BulletinError:
    how = "was only rehearsed" if practised.exists() else "was not sent to anybody yet"
    rehearse = "; to rehearse a correction: --relay sandbox:" if practised.exists() else ""
    return BulletinError(
        f"issue {job.issue} {how}, so there is nobody to send a correction to",
        f"correct the item itself, then build and approve again{rehearse}",
    )


def _is_for_partners(settings: Settings, edition: str) -> bool:
    """Whether an edition is for partners alone; one the settings do not know any more is taken not to be."""
    return any(one.name == edition and one.reach is Reach.PARTNERS for one in settings.editions)


def _recipient(copy: Copy) -> Recipient:
    return Recipient(copy.key, copy.address, copy.name, EDITION, copy.list)

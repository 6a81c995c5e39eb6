"""`correct`: a correction to exactly those an issue reached, on a ledger of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulletin.check.leaks import leaks
from bulletin.compose.correction import EDITION, compose_correction
from bulletin.deliver.record.tally import read_tally
from bulletin.deliver.relays.relay import is_rehearsal
from bulletin.deliver.sending.run import Sent
from bulletin.errors import BulletinError, UsageError
from bulletin.lists import Addressed
from bulletin.model.correction import Correction
from bulletin.model.edition import Edition
from bulletin.pipeline.again import refuse_rehearsing_instead
from bulletin.pipeline.approve import Signed
from bulletin.pipeline.correctable import sound_items, sound_text
from bulletin.pipeline.corrected import is_begun, job_of, mark_corrections
from bulletin.pipeline.job import Job
from bulletin.pipeline.plan import Plan, ledger_path, planned_for, usable_relay
from bulletin.pipeline.reached import Reached, read_reached
from bulletin.pipeline.send import SANDBOX, Run, remove_ledger, send
from bulletin.settings.values import EditionSettings
from bulletin.wording import listed, one_line, plural, printable
from bulletin.workspace.approval import (
    Approval,
    keyed_all,
    read_approval,
    read_key,
    unapproved,
    write_approval,
)
from bulletin.workspace.corrections import keep_correction, read_corrections
from bulletin.workspace.editions import Built, read_edition, unwritten, write_edition

MESSAGE = "message"
"""The folder of a correction that holds what is sent, as an edition's folder does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer wants corrected, and who signs it.

    text: Markdown; items: ids; by: a name, "" only for a plan; relay: "" for the settings'.
    include_unknown: whether to write to people who may have the issue, None where nobody has decided.
    """

    text: str
    items: tuple[str, ...] = ()
    by: str = ""
    relay: str = ""
    include_unknown: bool | None = None


@dataclass(frozen=True, slots=True)
class Correcting:
    """What a `correct` would do: to whom, through what, and what they would read.

    home: the job of the correction itself. undecided: whether people are unknown and nobody has said what of
    them. is_frozen: whether it is being sent already, so that it stays as it is.
    """

    job: Job
    home: Job
    correction: Correction
    edition: Edition
    reached: Reached
    plan: Plan
    undecided: bool
    is_frozen: bool


def plan_correction(job: Job, asked: Asked) -> Correcting:
    """See what a correction would do; no socket is opened and nothing is written.

    Raises:
        UsageError: no text, no such item. BulletinError: the issue reached nobody, or is being sent now, or
            the correction is unfinished for real and no relay was named.
    """
    text, by = sound_text(asked.text), " ".join(printable(asked.by).split())
    relay = usable_relay(job, asked.relay)
    items, reach = sound_items(job, asked.items)
    reached = read_reached(job, reach, rehearsal=is_rehearsal(relay))
    wanted = reached.recipients + (reached.unknown if asked.include_unknown else ())
    is_decided = asked.include_unknown is not None
    if not wanted and (not reached.unknown or is_decided):
        raise BulletinError(
            f"issue {job.issue} reached nobody who may be written to now, so there is nobody to send a "
            "correction to",
            "see: bulletin report --all",
        )
    draft = Correction(0, text, items, reach, job.now.isoformat(timespec="seconds"), by)
    correction, is_frozen = _numbered(job, draft)
    home = job_of(job, correction.number)
    if is_frozen and not asked.relay and is_rehearsal(relay):
        real = ledger_path(home, rehearsal=False)
        begun = read_tally(real, of=()) if real.exists() else None
        refuse_rehearsing_instead(job, begun, correction.number)
    built = _frozen(home) if is_frozen else _composed(job, correction)
    signed = _signed(home, built, Addressed(wanted, reached.suppressed), correction)
    return Correcting(
        job,
        home,
        correction,
        built.edition,
        reached,
        planned_for(home, relay, signed),
        undecided=bool(reached.unknown) and not is_decided,
        is_frozen=is_frozen,
    )


def correct(found: Correcting, run: Run) -> Sent:
    """Send a correction to whoever the plan has chosen, each once; the same again goes on where it stopped.

    Raises:
        BulletinError: nobody signed it, or who may have the issue is not decided. Else as `send`.
    """
    refuse_unsigned(found)
    begin(found)
    number, job = found.correction.number, found.job
    marked: list[int] = []

    def tell(done: int, total: int) -> None:
        if not marked and done:
            marked.append(number)
            if not found.plan.rehearsal:
                mark_corrections(job, begun=marked)
        run.progress(done, total)

    try:
        return send(found.home, found.plan, replace(run, progress=tell))
    finally:
        mark_corrections(job)


def begin(found: Correcting) -> None:
    """Write what is sent and who signed it for whom, before anybody is written to.

    Raises:
        BulletinError: another correction was begun meanwhile, or the disk will not have it.
    """
    home, correction = found.home, found.correction
    folder = home.path
    with home.workspace.lock("beginning a correction"):
        now, is_frozen = _numbered(found.job, correction)
        if (now.number, is_frozen) != (correction.number, found.is_frozen):
            raise BulletinError(
                "another correction of this issue was begun meanwhile", "run the same command again"
            )
        if not is_frozen:
            _drop_other(found)
            write_edition(folder / MESSAGE, found.edition, _letterhead(home))
            keep_correction(home.workspace, found.job.issue, correction)
        write_approval(home.workspace, home.issue, found.plan.signed.approval)


def refuse_unsigned(found: Correcting) -> None:
    """Refuse what nobody answers for, and what the officer has yet to decide."""
    if not found.correction.by:
        raise UsageError("a correction needs the name of whoever signs it", 'give it: --by "Your Name"')
    if found.undecided:
        who = listed((one_line(one.address) for one in found.reached.unknown), 20)
        raise BulletinError(
            f"nobody knows whether {plural(len(found.reached.unknown), 'person has', 'people have')} issue "
            f"{found.job.issue}: {who}; nothing was sent",
            "settle it: bulletin resolve; or decide: --unknown include, or --unknown leave-out",
        )


def _numbered(job: Job, draft: Correction) -> tuple[Correction, bool]:
    """Give a correction its number, and whether it is being sent already.

    The same words about the same items are the same correction. One that was never begun makes room for the
    next: its text was still being worked on.
    """
    known = read_corrections(job.workspace, job.issue)
    for one in known:
        if (one.text, one.items) == (draft.text, draft.items):
            if is_begun(job, one.number):
                return replace(one, by=draft.by), True
            return replace(draft, number=one.number), False
    if known and not is_begun(job, known[-1].number):
        return replace(draft, number=known[-1].number), False
    return replace(draft, number=known[-1].number + 1 if known else 1), False


def _letterhead(home: Job) -> dict[str, Any]:
    sender = home.settings.sender
    return {
        "from": f"{sender.name} <{sender.address}>",
        "reply_to": sender.reply_to or sender.address,
        "lists": [],
        "sources": {},
    }


def _composed(job: Job, correction: Correction) -> Built:
    """Compose a correction as of today.

    Raises:
        BulletinError: it says what may not travel so far.
    """
    issue, templates = job.load(), job.workspace.templates()
    edition = compose_correction(correction, issue, job.settings, job.today, templates)
    own = EditionSettings(EDITION, reach=correction.reach)
    for leak in leaks(replace(edition, items=()), issue, own, job.settings):
        raise BulletinError(
            f'the correction says what only partners may read: words of "{leak.item.id}"',
            f"say it in other words, or name the item, and only they get it: --item {leak.item.id}",
        )
    return unwritten(edition, _letterhead(job))


def _frozen(home: Job) -> Built:
    """Read the message of a correction that is being sent.

    Raises:
        BulletinError: it is not what was signed any more.
    """
    shown = f"{home.folder}/{MESSAGE}"
    try:
        return read_edition(home.path / MESSAGE, shown)
    except BulletinError as fault:
        raise BulletinError(
            f"{fault.detail}; the correction has begun to be sent as it was",
            f"put {shown} back from a backup; for other words, make another correction of another text",
        ) from None


def _signed(home: Job, built: Built, addressed: Addressed, correction: Correction) -> Signed:
    """Give the sign-off there is, where it covers these bytes and people, else a new one by this name."""
    known, key = read_approval(home.workspace, home.issue), read_key(home.workspace.key)
    same = known and dict(known.manifests) == {EDITION: built.manifest}
    if known and same and not unapproved(known, key, addressed.recipients):
        return Signed(known, (built,), addressed)
    marks, at = keyed_all(key, addressed.recipients), home.now.isoformat(timespec="seconds")
    approval = Approval(correction.by, at, {EDITION: built.manifest}, marks)
    return Signed(approval, (built,), addressed)


def _drop_other(found: Correcting) -> None:
    """Take away what a rehearsal of other words under this number left; it counts for nothing any more."""
    for one in read_corrections(found.job.workspace, found.job.issue):
        if one.number == found.correction.number and one.text != found.correction.text:
            remove_ledger(ledger_path(found.home, rehearsal=True))
            for copy in _copies(found.home):
                copy.unlink(missing_ok=True)


def _copies(home: Job) -> Iterator[Path]:
    yield from (home.path / SANDBOX).glob("*.eml")

"""Look at what lies on this computer: settings, key, ledger, disk, clock, lists."""

from collections.abc import Iterator

from bulletin.deliver.relays.relay import RelayAddress, is_loopback, is_rehearsal
from bulletin.errors import BulletinError
from bulletin.lists import read_suppressions
from bulletin.lists.left import gaps
from bulletin.model.checkup import Checkup, State
from bulletin.model.finding import Severity
from bulletin.pipeline.addressing import about_rosters, address, read_rosters
from bulletin.pipeline.job import Job
from bulletin.pipeline.lost import refuse_lost
from bulletin.pipeline.plan import find_ledger
from bulletin.wording import plural
from bulletin.workspace.approval import read_keys
from bulletin.workspace.health import carried_by_git, free_bytes, is_open_to_others, seconds_behind
from bulletin.workspace.rosters import read_left

_MEGABYTE = 1024 * 1024
_TOO_LITTLE, _LITTLE = 50 * _MEGABYTE, 500 * _MEGABYTE
_SLACK = 300


def settings_checks(job: Job, relay: RelayAddress) -> Iterator[Checkup]:
    """Look at bulletin.toml, which could be read, or there would be no job."""
    if not job.settings.partnership.placeholder:
        yield Checkup("settings", State.OK, "bulletin.toml can be read and has no mistakes.")
        return
    near = is_rehearsal(relay) or is_loopback(relay.host)
    yield Checkup(
        "settings",
        State.LOOK if near else State.BAD,
        "bulletin.toml still has the names and addresses it was made with, so only rehearsals are possible.",
        'write your own into [partnership] and [sender], then take out the line "placeholder = true"',
    )


def workspace_checks(job: Job) -> Iterator[Checkup]:
    """Look at the key, the ledger's place, the disk, the clock and the repository."""
    yield _key(job)
    yield _ledger(job)
    yield _room(job)
    behind = seconds_behind(job.workspace.root)
    if behind > _SLACK:
        yield Checkup(
            "clock",
            State.BAD,
            f"this computer's clock is {plural(int(behind // 60), 'minute')} behind the newest file here.",
            "set the clock: dates, certificates and the count of 24 hours depend on it",
        )
    else:
        yield Checkup("clock", State.OK, "no file here is newer than this computer's clock.")
    carried = carried_by_git(job.workspace.root)
    if carried:
        yield Checkup(
            "privacy",
            State.BAD,
            f"git would carry personal data or the key off: {', '.join(carried[:4])}.",
            "add these to .gitignore, and if they were committed already, ask whoever keeps the repository",
        )
    elif carried is not None:
        yield Checkup("privacy", State.OK, "git ignores the key, the lists of who left, and the issues.")


def _key(job: Job) -> Checkup:
    try:
        keys = read_keys(job.workspace.key)
        count, suppressions = len(keys), read_suppressions(job.workspace.suppressions())
        for gap in gaps(suppressions, read_left(job.workspace.root), keys, ()):
            if gap.rule == "roster-key":
                return Checkup("key", State.BAD, f"{gap.detail}: it was replaced.", gap.hint)
        if is_open_to_others(job.workspace.key):
            return Checkup(
                "key",
                State.BAD,
                "workspace.key can be read by others than its owner.",
                "run: chmod 600 workspace.key, and make a new key if others may have seen it",
            )
    except BulletinError as fault:
        return Checkup("key", State.BAD, f"{fault.detail}.", fault.hint)
    return Checkup("key", State.OK, f"workspace.key is there and private ({plural(count, 'key')}).")


def _ledger(job: Job) -> Checkup:
    try:
        place = find_ledger(job if job.issue else job._replace(issue="any"), rehearsal=False)
        if job.issue:
            refuse_lost(job, rehearsal=True)
    except BulletinError as fault:
        return Checkup("ledger", State.BAD, f"{fault.detail}.", fault.hint)
    if place.why:
        where = f"the workspace is {place.why}, so ledgers are kept in {place.path.parent}."
        return Checkup("ledger", State.LOOK, where, "take a backup of that folder too, or: bulletin backup")
    return Checkup("ledger", State.OK, "ledgers lie on a disk of this computer.")


def _room(job: Job) -> Checkup:
    free = free_bytes(job.workspace.root)
    if free is None:
        return Checkup("disk", State.LOOK, "nobody can tell how much room the disk has.")
    words = f"the disk has {free / _MEGABYTE:,.0f} MB free."
    if free < _LITTLE:
        state = State.BAD if free < _TOO_LITTLE else State.LOOK
        return Checkup("disk", state, words, "make room: a full disk stops a send half-way")
    return Checkup("disk", State.OK, words)


def list_checks(job: Job) -> Iterator[Checkup]:
    """Look at the lists: whether they can be read whole, and whom they give."""
    try:
        rosters, addressed = read_rosters(job), address(job)
    except BulletinError as fault:
        yield Checkup("lists", State.BAD, f"{fault.detail}.", fault.hint or "see: bulletin lists check")
        return
    wrong = sum(one.severity is not Severity.NOTE for one in about_rosters(job, rosters))
    unsure = read_suppressions(job.workspace.suppressions()).unsure
    people = plural(len(addressed.recipients), "person gets", "people get")
    words = f"{people} one copy each; {len(addressed.suppressed):,} suppressed."
    if unsure or not addressed.recipients:
        yield Checkup("lists", State.BAD if unsure else State.LOOK, words, "see: bulletin lists check")
    elif wrong:
        lines = plural(wrong, "line needs", "lines need")
        yield Checkup("lists", State.LOOK, f"{words} {lines} a look.", "see: bulletin lists check")
    else:
        yield Checkup("lists", State.OK, words)

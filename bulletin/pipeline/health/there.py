"""Look at the relay: knock, without sending anything."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bulletin.deliver.relays.probe import Knock, knock
from bulletin.deliver.relays.relay import RelayAddress, is_rehearsal
from bulletin.errors import BulletinError
from bulletin.model.checkup import Checkup, State
from bulletin.pipeline.access import access
from bulletin.pipeline.approve import read_built
from bulletin.pipeline.job import Job
from bulletin.pipeline.letters import contents

_SOON = 21
_MEGABYTE = 1024 * 1024
_HEADERS = 4096
"""Bytes that a copy's own headers add at most."""


def relay_checks(job: Job, relay: RelayAddress) -> Iterator[Checkup]:
    """Connect, encrypt, greet and sign in; say what the relay offers."""
    if is_rehearsal(relay):
        yield Checkup(
            "relay",
            State.LOOK,
            f"the relay is {relay}, a rehearsal: nobody gets anything.",
            "for real, set url in [relay], or look at one: bulletin doctor --relay smtp://localhost:25",
        )
        return
    try:
        found = knock(relay, access(job), signing_in=False)
    except BulletinError as fault:
        yield Checkup("relay", State.BAD, f"{_without(fault.detail)}.", fault.hint)
        return
    yield Checkup("relay", State.OK, f"{relay} answers and takes our greeting.")
    yield from _encryption(found)
    yield _signing_in(job, relay, found)
    yield _size(job, found)
    yield _pace(found)


def _encryption(found: Knock) -> Iterator[Checkup]:
    if not found.tls or found.until is None:
        yield Checkup("encryption", State.OK, "none, on this machine alone.")
        return
    days = (found.until - datetime.now(UTC)).days
    words = f"{found.tls}; the certificate proves the relay's name and holds for {days} days more."
    if days <= _SOON:
        hint = "ask whoever runs the relay to renew it: on the day it ends, nothing is sent any more"
        yield Checkup("encryption", State.LOOK, words, hint)
    else:
        yield Checkup("encryption", State.OK, words)


def _signing_in(job: Job, relay: RelayAddress, found: Knock) -> Checkup:
    if relay.user:
        try:
            knock(relay, access(job), signing_in=True)
        except BulletinError as fault:
            return Checkup("signing in", State.BAD, f"{_without(fault.detail)}.", fault.hint)
        return Checkup("signing in", State.OK, f"the relay lets {relay.user} in; nothing was sent.")
    if found.offers.auth:
        return Checkup(
            "signing in",
            State.LOOK,
            "the relay offers signing in, and its address names no user.",
            f"if it wants one: {relay.scheme}://USER@{relay.host}:{relay.port}",
        )
    return Checkup("signing in", State.OK, "the relay asks for none.")


def _size(job: Job, found: Knock) -> Checkup:
    limit = found.offers.size
    says = f"messages of up to {limit / _MEGABYTE:.1f} MB" if limit else "messages of a size it does not say"
    try:
        built = read_built(job) if job.issue else ()
        largest = max((len(one.headers) + len(one.body) for one in contents(job, built)), default=0)
    except BulletinError:
        largest = 0
    if not largest:
        return Checkup("size", State.OK, f"the relay takes {says}; nothing is built yet to compare it with.")
    words = f"the relay takes {says}; ours has {largest / _MEGABYTE:.2f} MB."
    if limit and largest + _HEADERS > limit:
        return Checkup(
            "size", State.BAD, words, "make the pictures smaller, or ask whoever runs the relay for more"
        )
    return Checkup("size", State.OK, words)


def _pace(found: Knock) -> Checkup:
    names = {"PIPELINING": "several commands at once", "DSN": "reports of arrival", "8BITMIME": "8-bit text"}
    has = [f"{name} ({words})" for name, words in names.items() if name in found.offers.names]
    lacks = [f"{name} ({words})" for name, words in names.items() if name not in found.offers.names]
    parts = [f"offered: {', '.join(has)}" if has else "", f"not offered: {', '.join(lacks)}" if lacks else ""]
    return Checkup("extensions", State.OK, "; ".join(filter(None, parts)) + ". None of them is needed.")


def _without(detail: str) -> str:
    """Leave out what is true of a send: here nothing was to be sent."""
    return detail.replace("; nothing was sent and no password left", "; no password left").removesuffix(
        "; nothing was sent"
    )

"""`doctor`: everything a send depends on, looked at before anything goes out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bulletin.deliver.names import Resolver
from bulletin.deliver.relays.relay import RelayAddress, parse_relay
from bulletin.errors import BulletinError, UsageError
from bulletin.model.checkup import Checkup, State
from bulletin.pipeline.health.here import list_checks, settings_checks, workspace_checks
from bulletin.pipeline.health.names import name_checks
from bulletin.pipeline.health.signing import click_checks
from bulletin.pipeline.health.there import relay_checks
from bulletin.pipeline.job import Job
from bulletin.wording import one_line, plural

_PARTS = 5


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look: the relay, "" for the settings'; the DNS server, "" for this computer's; or neither."""

    relay: str = ""
    dns: str = ""
    offline: bool = False


def examine(job: Job, look: Look, progress: Callable[[int, int], None]) -> tuple[Checkup, ...]:
    """Look at everything; nothing is sent and nothing is changed.

    Raises:
        UsageError: the relay or the DNS server that is named is none.
    """
    relay = parse_relay(look.relay or job.settings.relay.url)
    parts: tuple[Callable[[], Iterator[Checkup]], ...] = (
        lambda: settings_checks(job, relay),
        lambda: workspace_checks(job),
        lambda: list_checks(job),
        lambda: _outside(job, relay, look),
        lambda: _names(job, relay, look),
    )
    found: list[Checkup] = []
    for done, part in enumerate(parts):
        progress(done, _PARTS)
        found += part()
    progress(_PARTS, _PARTS)
    return tuple(found)


def _outside(job: Job, relay: RelayAddress, look: Look) -> Iterator[Checkup]:
    if look.offline:
        yield Checkup("relay", State.LOOK, "not looked at (--offline).")
        return
    yield from relay_checks(job, relay)


def _names(job: Job, relay: RelayAddress, look: Look) -> Iterator[Checkup]:
    if look.offline or job.settings.partnership.placeholder:
        why = "(--offline)" if look.offline else "while [sender] has the addresses it was made with"
        yield Checkup("names", State.LOOK, f"SPF, DKIM and DMARC were not looked at {why}.")
        return
    try:
        yield from name_checks(job, relay, Resolver(look.dns))
        yield from click_checks(job)
    except UsageError:
        raise
    except BulletinError as fault:
        yield Checkup("names", State.BAD, f"{fault.detail}.", fault.hint)


def checkup_lines(found: tuple[Checkup, ...]) -> Iterator[str]:
    """Say how each thing stands, what to do, and how many are which."""
    for one in found:
        yield one_line(f"{one.state.value:4} {one.name}: {one.detail}")
        if one.hint:
            yield one_line(f"       hint: {one.hint}")
    counts = [f"{number} {state.value}" for state, number in _counts(found).items() if number]
    yield f"{plural(len(found), 'thing')} looked at: {', '.join(counts)}."


def checkup_json(found: tuple[Checkup, ...]) -> dict[str, Any]:
    """Give the same as `doctor --json` has it."""
    rows = [
        {"name": one.name, "state": one.state.value, "detail": one.detail, "hint": one.hint} for one in found
    ]
    return {"checks": rows, **{state.value: number for state, number in _counts(found).items()}}


def _counts(found: tuple[Checkup, ...]) -> dict[State, int]:
    return {state: sum(one.state is state for one in found) for state in State}

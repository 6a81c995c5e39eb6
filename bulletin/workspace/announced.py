"""announced.json: what people have of an issue's events, so that a change of one gets a higher number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import BulletinError
from bulletin.model.edition import Announced
from bulletin.workspace.files import read, write
from bulletin.workspace.jsonfile import as_json, understood

if TYPE_CHECKING:
    from bulletin.workspace import Workspace

NAME = "announced.json"
PACKS = "packs-announced"
"""The folder of an issue with a file for each pack that has told of events of the partner's own."""


@dataclass(frozen=True, slots=True)
class _File:
    """What announced.json says.

    carried: the id of each item that was carried over, with the issue it came from.
    events: the name of each calendar file that an approved edition had, with what it said.
    """

    carried: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, Announced] = field(default_factory=dict)


def read_announced(workspace: "Workspace", issue: str) -> dict[str, Announced]:
    """Give what people have of an issue's events by the names of their calendar files.

    What an approved edition of this issue said counts; else, for an item that was carried over, what the
    issue said that it came from, as that stands now: it may be approved after the next one is begun.

    Raises:
        BulletinError: an announced.json is damaged or of another version.
    """
    return _known(workspace, issue, frozenset())


def keep_announced(workspace: "Workspace", issue: str, events: Mapping[str, Announced]) -> None:
    """Write what is approved over what was; an event that is in no edition any more is still out there."""
    path = workspace.issue_folder(issue) / NAME
    known = _read(path, issue)
    if events:
        _write(path, _File(known.carried, {**known.events, **events}))


def keep_carried(workspace: "Workspace", issue: str, previous: str, items: Collection[str]) -> None:
    """Write which items came from the issue before, so that their events stay the same events."""
    if items:
        _write(workspace.issue_folder(issue) / NAME, _File(dict.fromkeys(items, previous)))


def read_own_announced(workspace: "Workspace", issue: str, pack: str) -> dict[str, Announced]:
    """Give what people have of a partner's own events by the names of their calendar files.

    What this issue's pack said counts; else what the one of the issue before said, of what is there still.

    Raises:
        BulletinError: a file is damaged or of another version.
    """
    known = workspace.issue_ids()
    before = known[: known.index(issue)][-1:] if issue in known else ()
    found: dict[str, Announced] = {}
    for one in (*before, issue):
        name = f"{PACKS}/{pack}.json"
        found |= _read(workspace.issue_folder(one) / name, one, name).events
    return found


def keep_own_announced(
    workspace: "Workspace", issue: str, pack: str, events: Mapping[str, Announced]
) -> None:
    """Write what a pack says of a partner's own events over what it said."""
    name = f"{PACKS}/{pack}.json"
    path = workspace.issue_folder(issue) / name
    if events:
        _write(path, _File(events={**_read(path, issue, name).events, **events}))


def _known(workspace: "Workspace", issue: str, seen: frozenset[str]) -> dict[str, Announced]:
    from bulletin.calendar import file_names

    if issue in seen:  # a file edited by hand may lead in a circle
        return {}
    own = _read(workspace.issue_folder(issue) / NAME, issue)
    found: dict[str, Announced] = {}
    for previous in sorted({*own.carried.values()}):
        before = _known(workspace, previous, seen | {issue})
        items = (item for item, origin in own.carried.items() if origin == previous)
        names = (name for item in items for name in file_names(item))
        found |= {name: before[name] for name in names if name in before}
    return {**found, **own.events}


def _read(path: Path, issue: str, name: str = NAME) -> _File:
    raw = read(path)
    if raw is None:
        return _File()
    if found := understood(raw, _told):
        return found
    raise BulletinError(
        f"issues/{issue}/{name} is damaged or of another version",
        "bring it back from a backup; without it, calendars that have an event may not see that it changed",
    )


def _told(data: dict[str, Any]) -> _File:
    carried = {str(item): _issue(origin) for item, origin in data["carried"].items()}
    return _File(carried, {str(name): _event(*one) for name, one in data["events"].items()})


def _issue(origin: object) -> str:
    from bulletin.settings.reader import is_name

    if isinstance(origin, str) and is_name(origin):
        return origin
    raise ValueError(origin)


def _event(uid: object, sequence: object, details: object) -> Announced:
    if isinstance(uid, str) and type(sequence) is int and 0 <= sequence < 2**31 and isinstance(details, str):
        return Announced(uid, sequence, details)
    raise ValueError(uid)


def _write(path: Path, known: _File) -> None:
    told = {
        "carried": dict(sorted(known.carried.items())),
        "events": {name: [one.uid, one.sequence, one.details] for name, one in sorted(known.events.items())},
    }
    write(path, as_json(told))

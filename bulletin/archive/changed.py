"""What stands around an issue: its neighbours, and its dates that another issue moved or took back."""

from collections.abc import Iterator, Mapping, Sequence

from bulletin.archive.dates import Row, told_last
from bulletin.archive.page import Around, Changed
from bulletin.archive.paths import item_path
from bulletin.archive.record import Record


def around(records: Sequence[Record]) -> dict[str, Around]:
    """Give the neighbours of every issue by its id, and what became of its dates; records: newest first."""
    told, since = [None, *(one.neighbour for one in records), None], changed(records)
    return {one.id: Around(told[place], told[place + 2], since[one.id]) for place, one in enumerate(records)}


def changed(records: Sequence[Record]) -> Mapping[str, tuple[Changed, ...]]:
    """Give what became of each issue's dates, by the issue's id, for records newest first."""
    last, files = told_last(records), dict[str, str]()
    for one in records:
        files |= {f"{one.id}/{name}": file for name, file in one.calendars.items()}
    found: dict[str, tuple[Changed, ...]] = {}
    undated: dict[str, tuple[int, str]] = {}
    for one in records:
        found[one.id] = tuple(_changed(one, last, undated, files))
        places = {uid: (one.number, item_path(one.id, anchor)) for uid, anchor in one.undated.items()}
        undated = {**places, **undated}
    return found


def _changed(
    record: Record,
    last: Mapping[str, Row],
    undated: Mapping[str, tuple[int, str]],
    files: Mapping[str, str],
) -> Iterator[Changed]:
    for row in record.rows:
        if not row.uid:
            continue
        anchor, name = row.href.split("/")[-2], row.calendar.rpartition("/")[2]
        now = last.get(row.uid)
        if now is None and row.uid in undated:
            number, href = undated[row.uid]
            yield Changed(anchor, row.what, None, number, href)
        elif now is not None and now.sequence > row.sequence:
            yield Changed(anchor, row.what, now, now.number, now.href, files.get(now.calendar, ""), name)

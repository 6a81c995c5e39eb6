"""Say which of a file's items wait, and why: it is late, or may not be published yet."""

from datetime import datetime

from bulletin.collect.marking import embargo_around
from bulletin.collect.reading import Draft, Reading, with_label
from bulletin.collect.reconcile import EMBARGO
from bulletin.collect.whole import Origin
from bulletin.model.when import When


def spread_embargo(
    drafts: tuple[Draft, ...], origins: tuple[Origin, ...], reading: Reading, path: str
) -> tuple[Draft, ...]:
    """Give a file's drafts, each under the embargo the file is under: of one story, of words round it.

    Better one item too many waits than one too few. A row of a table or a calendar speaks for itself alone.
    """
    until = next(
        (
            draft.labels["embargo"]
            for draft, origin in zip(drafts, origins, strict=True)
            if draft.labels.get("embargo") and not origin.row
        ),
        "",
    )
    reason = "another story of the same file"
    if not any(draft.labels.get("embargo") for draft in drafts):
        until, reason = embargo_around((reading.why, *reading.notes), path.rpartition("/")[2])
    if not until:
        return drafts
    reason = f"embargo from {reason}"
    return tuple(
        draft if draft.labels.get("embargo") else with_label(draft, "embargo", until, reason)
        for draft in drafts
    )


def runs(embargo: When, now: datetime) -> bool:
    """Whether an embargo is running; one whose date is not certain is."""
    if not embargo:
        return False
    if embargo.start is None:
        return True
    ends = datetime.combine(embargo.start, embargo.starts) if embargo.starts else None
    return now < ends if ends else now.date() < embargo.start


def why_held(*, late: bool, embargoed: bool) -> str:
    """Give the words of a new item's line `Hold:`, or ""."""
    return ", ".join(word for word, applies in (("late", late), (EMBARGO, embargoed)) if applies)

"""The whole site as paths and bytes: relative links, nothing that goes stale, no script but the search."""

from collections.abc import Mapping, Sequence

from bulletin.archive.changed import changed
from bulletin.archive.issue import issue_files, record
from bulletin.archive.masthead import Logo, Press
from bulletin.archive.page import Around, Page, newest_first
from bulletin.archive.record import Record
from bulletin.archive.shared import shared_files
from bulletin.settings.values import Settings


def site(
    pages: Sequence[Page], settings: Settings, templates: Mapping[str, str], logo: Logo | None = None
) -> Mapping[str, bytes]:
    """Render the archive: each file's path, with `/`, and its bytes, in the order of the paths.

    `pipeline.archive` does the same step by step, and makes again only what changed.

    Args:
        pages: the public edition of each issue, in any order.
        settings: who publishes, where, and the brand colour.
        templates: those under `site/`, and what they use.

    Raises:
        BulletinError: a template is missing or mistaken.
    """
    press = Press(settings, templates, logo)
    by_id = {page.id: page for page in pages}
    records = newest_first(record(page, press) for page in pages)
    files = shared_files(records, press)
    for one, beside in around(records).items():
        files |= issue_files(by_id[one], beside, press)
    return dict(sorted(files.items()))


def around(records: Sequence[Record]) -> dict[str, Around]:
    """Give the neighbours of every issue by its id, and what became of its dates; records: newest first."""
    told, since = [None, *(one.neighbour for one in records), None], changed(records)
    return {one.id: Around(told[place], told[place + 2], since[one.id]) for place, one in enumerate(records)}

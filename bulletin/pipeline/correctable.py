"""What may be said in a correction, about which items, and how far that may travel."""

from bulletin.collect.marking import is_sensitive
from bulletin.errors import BulletinError, UsageError
from bulletin.markdown import clean, plain
from bulletin.model.partnership import Reach, Share
from bulletin.pipeline.job import Job
from bulletin.wording import did_you_mean
from bulletin.workspace.editions import MANIFEST, read_edition

LONGEST = 10_000
"""Characters of a correction; what is longer is another issue."""


def sound_text(words: str) -> str:
    """Give the text of a correction as it is kept.

    Raises:
        UsageError: it says nothing, or too much for a correction. BulletinError: it is OFFICIAL-SENSITIVE.
    """
    text = clean(words).strip()
    if not plain(text).strip():
        raise UsageError(
            "the text of the correction is empty", "write what was wrong and what is right, in a few lines"
        )
    if len(text) > LONGEST:
        raise UsageError(
            f"the text of the correction has {len(text):,} characters, and more than {LONGEST:,} are no "
            "correction",
            "say in a few lines what was wrong and what is right, and link to the rest",
        )
    if is_sensitive("", text.encode()):
        raise BulletinError(
            "the text of the correction is marked OFFICIAL-SENSITIVE, so it goes to nobody",
            "say it in words that may be read by everybody",
        )
    return text


def sound_items(job: Job, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], Reach]:
    """Check the items that are named, and say how far what is said of them may travel.

    Raises:
        UsageError: no edition of the issue holds such an item.
    """
    if not wanted:
        return (), Reach.PUBLIC
    shares = {item.id: item.share for item in job.load().items}
    known = [name for name in shares if name in _printed(job)]
    for name in wanted:
        if name not in known:
            held = " as it went out" if name in shares else ""
            raise UsageError(
                f'issue {job.issue}{held} has no item "{name}"',
                f"{did_you_mean(name, known)}An item's ID is the name of its file in {job.folder}/items, "
                "without .md",
            )
    items = tuple(dict.fromkeys(wanted))
    is_public = all(shares[name] is Share.PUBLIC for name in items)
    return items, Reach.PUBLIC if is_public else Reach.PARTNERS


def _printed(job: Job) -> set[str]:
    """Give the items that the editions hold: a held one, or one under embargo, is named to nobody."""
    printed: set[str] = set()
    for rule in job.settings.editions:
        folder = job.workspace.edition_folder(job.issue, rule.name)
        if (folder / MANIFEST).exists():
            printed.update(read_edition(folder, f"{job.folder}/editions/{rule.name}").edition.items)
    return printed

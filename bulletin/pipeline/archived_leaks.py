"""Proof in the bytes that the archive shows nothing it may not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bulletin.check.leaks import leaks
from bulletin.compose.selection import may_stay
from bulletin.errors import BulletinError
from bulletin.model.partnership import Reach, Share
from bulletin.pipeline.archived_issue import Whole
from bulletin.pipeline.job import Job
from bulletin.settings.values import EditionSettings, Settings
from bulletin.wording import plural
from bulletin.workspace import Workspace
from bulletin.workspace.files import read
from bulletin.workspace.rosters import list_path

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\.[\w-]+")
"""An address, or what of it follows a character that pages, lists and settings each write their own way."""


def refuse_leaks(job: Job, shown: Whole, files: Mapping[str, bytes], people: AbstractSet[str]) -> None:
    """See that an issue's pages hold nothing they may not, whatever a template or an introduction says.

    Raises:
        BulletinError: the words of an item that the site may not show, or the address of somebody on a list.
    """
    texts = dict(_texts(files))
    reach = job.settings.site.reach
    judged = tuple(
        replace(one, share=Share.PUBLIC if may_stay(one, reach) else Share.PARTNERS)
        for one in shown.issue.items
    )
    made = replace(
        shown.page.edition,
        reach=Reach.PUBLIC,
        html="\n".join(text for name, text in texts.items() if name.endswith(".html")),
        text="\n".join(text for name, text in texts.items() if name.endswith(".txt")),
    )
    own = EditionSettings("archive")
    for leak in leaks(made, replace(shown.issue, items=judged), own, job.settings):
        raise BulletinError(
            f"the pages of issue {job.issue} would show words of {leak.item.path}, which may not be there",
            "look for them in the introduction, in another item, in a correction or in your own templates",
        )
    refuse_strangers(f"issue {job.issue}", files, _sources(shown), shown.settings, people)


def refuse_strangers(
    where: str,
    files: Mapping[str, bytes],
    sources: Iterable[str],
    settings: Settings,
    people: AbstractSet[str],
) -> None:
    """See that no address of a mailing list stands in files, but those that their sources have.

    Args:
        where: what the files are of, for the message.
        people: every address of a list.

    Raises:
        BulletinError: there is one.
    """
    there = _addresses("\n".join(text for _, text in _texts(files))) & people
    strangers = there - _addresses("\n".join(sources)) - _addresses(repr(settings)) if there else there
    if strangers:
        raise BulletinError(
            f"the pages of {where} would show {plural(len(strangers), 'address', 'addresses')} of a mailing "
            f"list: {', '.join(sorted(strangers))}",
            "look for them in your own templates under templates/site/",
        )


def everybody_listed(workspace: Workspace) -> frozenset[str]:
    """Give everybody's address on any list, in lower case."""
    files = (read(list_path(workspace.root, name)) or b"" for name in workspace.list_names())
    return frozenset(_addresses("\n".join(data.decode("latin-1") for data in files)))


def _sources(shown: Whole) -> Iterator[str]:
    """Give the words an address may come from: those of what is shown."""
    yield shown.page.layout.introduction
    yield from (one.text for one in shown.page.corrections)
    for item in shown.issue.items:
        if item.id in shown.page.edition.items:
            contact = item.contact if shown.settings.site.contacts else ""
            yield repr(replace(item, contact=contact, inferred=()))


def _texts(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Give the files that hold words."""
    return ((name, data.decode("utf-8", "replace")) for name, data in files.items() if "/images/" not in name)


def _addresses(text: str) -> set[str]:
    return set(_ADDRESS.findall(text.lower()))

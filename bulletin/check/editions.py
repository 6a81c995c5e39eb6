"""Rules for an edition as it would go out: its size, its addresses, its audience."""

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.check.leaks import Leak, leaks
from bulletin.check.page import html_addresses, link_addresses, text_addresses
from bulletin.check.rule import Remark, whole
from bulletin.markdown import LONGEST_TEXT
from bulletin.model.edition import Edition
from bulletin.model.finding import Severity
from bulletin.model.issue import Issue
from bulletin.model.partnership import Reach
from bulletin.settings.values import EditionSettings, Settings
from bulletin.wording import listed, plural

LARGEST = 100 * 1024
LARGE = 80 * 1024
"""Bytes: Gmail cuts a message off at about 102 KB of HTML."""
MOST_ADDRESSES = 5
SETTINGS_FILE = "bulletin.toml"


@dataclass(frozen=True, slots=True)
class EditionScope:
    """Everything a rule for an edition may look at; own: the edition's own settings."""

    edition: Edition
    issue: Issue
    own: EditionSettings
    settings: Settings

    @property
    def page(self) -> str:
        """Where its HTML lies."""
        return page_path(self.issue, self.edition.name)


def page_path(issue: Issue, edition: str) -> str:
    """Give the path of an edition's HTML, relative to the workspace."""
    return f"issues/{issue.id}/editions/{edition}/bulletin.html"


def audience_leak(scope: EditionScope) -> Iterator[Remark]:
    """An item shared with partners alone would reach others. This cannot be waived.

    It is found as a whole, as a calendar file, or by its words: in the introduction, in another item, in a
    comment nobody sees. It is also a leak where an edition for partners goes to a list that is for everybody.
    """
    for leak in leaks(scope.edition, scope.issue, scope.own, scope.settings):
        how = _HOW.get(leak.part, _WORDS)
        yield Remark(_what_leaks(leak, scope), f"{how} See {leak.item.path}.", path=scope.page)
    if scope.own.reach is Reach.PARTNERS or scope.edition.reach is Reach.PARTNERS:
        yield from _wide_lists(scope)


def edition_size(scope: EditionScope) -> Iterator[Remark]:
    """An edition is so large that mail programs cut it off: over 100 KB; a warning from 80 KB.

    Gmail shows the first 102 KB and hides the rest behind a link, the way to leave the list among it. Shorten
    the longest texts, leave their rest to links, or give the events an edition of their own.
    """
    for item in scope.issue.items:
        length = max(len(item.text), len(item.summary))
        if item.id in scope.edition.items and length > LONGEST_TEXT:
            detail = f"{item.path} has {length:,} characters; what is over {LONGEST_TEXT:,} is not printed"
            yield Remark(detail, "Shorten it, and leave the rest to its link.", path=scope.page)
    size = len(scope.edition.html.encode())
    if size < LARGE:
        return
    severity = Severity.ERROR if size > LARGEST else Severity.WARNING
    detail = f"it has {size / 1024:.1f} KB; Gmail cuts off what is over 100 KB"
    most = LARGE if severity is Severity.WARNING else LARGEST
    count = len(scope.edition.items)
    spare = min(count * (size - most) // size + 1, count - 1)
    held = "an item or two" if spare <= 2 else f"about {spare} of its {count} items"
    hint = f"Shorten the longest texts and leave the rest to their links, or hold {held}."
    yield Remark(detail, hint, path=scope.page, severity=severity)


def urls_in_both(scope: EditionScope) -> Iterator[Remark]:
    """A web address is in the HTML and not in the plain text, or the other way round.

    Both should say the same. If you have changed the templates, look there first.
    """
    in_html, in_text = html_addresses(scope.edition.html), text_addresses(scope.edition.text)
    lost = [url for key, url in link_addresses(scope.edition.html).items() if key not in in_text]
    extra = [url for key, url in in_text.items() if key not in in_html]
    for urls, here, there in ((lost, "HTML", "plain text"), (extra, "plain text", "HTML")):
        for url in urls[:MOST_ADDRESSES]:
            hint = f"Look for it in the {here}; if you have changed the templates, look there first."
            yield Remark(f"{url} is in the {here} and not in the {there}", hint, path=scope.page)
        if len(urls) > MOST_ADDRESSES:
            more = plural(len(urls) - MOST_ADDRESSES, "more address").replace("addresss", "addresses")
            yield Remark(
                f"{more} in the {here} and not in the {there}", "They have the same cause.", path=scope.page
            )


def empty_edition(scope: EditionScope) -> Iterator[Remark]:
    """An edition holds nothing.

    Its audience, areas or sections in bulletin.toml may fit no item, or all of them are held, over or closed.
    """
    if not scope.edition.items:
        hint = (
            f"Look at audience, areas and sections under [editions.{scope.edition.name}] in {SETTINGS_FILE}."
        )
        yield Remark(f'the edition "{scope.edition.name}" holds no items', hint, path=scope.page)


_HOW = {
    "": "Run `bulletin build` again; if it says so still, the templates or the edition's reach are wrong.",
    "picture": "Take the picture out of what shows it; if you have changed the templates, look there first.",
}
_WORDS = "Take these words out of the introduction, the settings or the item that repeats them."


def _what_leaks(leak: Leak, scope: EditionScope) -> str:
    name = f'"{leak.item.title}"' if leak.item.title else leak.item.id
    what = f"its {leak.part} stands" if leak.part else "it is"
    where = f'in the edition "{scope.edition.name}", which is for everybody'
    return f"{name} is for partners alone, and {what} {where}"


def _wide_lists(scope: EditionScope) -> Iterator[Remark]:
    """Report lists for everybody that an edition for partners goes to; any list is one unless it says not."""
    reaches = {one.name: one.reach for one in scope.settings.lists}
    names = scope.own.lists if scope.own.lists is not None else tuple(reaches)
    wide = [name for name in names if reaches.get(name, Reach.PUBLIC) is Reach.PUBLIC]
    whom = f"the mailing list {listed(wide)}" if wide else "every mailing list" if not names else ""
    if whom:
        detail = (
            f'the edition "{scope.edition.name}" is for partners alone, and goes to {whom}, for everybody'
        )
        hint = (
            f"Name its lists under [editions.{scope.own.name}], and write reach = "
            '"partners" under each of them whose people are all partners.'
        )
        yield Remark(detail, hint, path=SETTINGS_FILE)


RULES = (
    whole(audience_leak, Severity.ERROR),
    whole(edition_size, Severity.ERROR),
    whole(urls_in_both, Severity.WARNING),
    whole(empty_edition, Severity.WARNING),
)

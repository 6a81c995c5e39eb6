"""A partner's own edition: which items of an issue it holds, and what it says in the partner's dress."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from bulletin.calendar import MAILBOX_FACT
from bulletin.compose.entry import PARTNERS_ONLY, whole_items
from bulletin.compose.furniture import PREHEADER, shortened
from bulletin.compose.layout import lay_out
from bulletin.compose.selection import belongs, may_stay
from bulletin.dates import house_date
from bulletin.markdown import clean_line, literal, public_url
from bulletin.model.edition import Entry, Layout, Note
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach
from bulletin.settings.values import EditionSettings, PackSettings, Settings, Site

DRAFT = "DRAFT"
NOT_APPROVED = "Not approved yet: to look at, not to pass on"


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a pack's items come from: the bulletin and its issue, and that issue's page on the web, or ""."""

    words: str
    url: str = ""


def pack_items(issue: Issue, pack: PackSettings, own: tuple[Item, ...], day: date) -> Issue:
    """Give the issue with the partner's own items and those of its others that the pack is to hold.

    own: the partner's own items, which come first in their sections, whatever the pack chooses.
    """
    wanted = EditionSettings(
        pack.name, reach=pack.reach, audience=pack.audience, areas=pack.areas, sections=pack.sections
    )
    chosen = [item for item in issue.items if may_stay(item, pack.reach) and belongs(item, wanted, day)]
    if pack.items:
        chosen = [item for item in chosen if item.id in pack.items]
    mine = [item for item in own if may_stay(item, pack.reach) and item.goes_out(day)]
    order = (*(item.id for item in mine), *(pack.items or issue.order))
    return replace(
        issue,
        items=(*mine, *chosen),
        order=order,
        introduction=pack.introduction,
        next_meeting=None,
        next_summaries_due=None,
    )


def pack_rule(pack: PackSettings) -> EditionSettings:
    """Give a pack as the settings of an edition of all that is in it; it goes to no list."""
    return EditionSettings(pack.name, lists=(), reach=pack.reach, subject="{title}: {stories}")


def dressed(settings: Settings, pack: PackSettings) -> Settings:
    """Give the settings with the partner in the publisher's place; items are whole, with their pictures."""
    partnership = settings.partnership._replace(
        name=pack.publisher,
        title=pack.title or pack.publisher,
        strapline=pack.strapline,
        contact=pack.contact,
        website=pack.website,
        logo=pack.logo,
        logo_alt=pack.logo_alt,
    )
    style = settings.style._replace(colour=pack.colour or settings.style.colour)
    site = settings.site._replace(images=False) if _is_open(settings.site, pack) else Site()
    return whole_items(settings._replace(partnership=partnership, style=style, site=site))


def credit_of(issue: Issue, pack: PackSettings, settings: Settings) -> Credit:
    """Say which issue of what a pack is made from, and where it can be read by the pack's readers."""
    url = f"{settings.site.url}/{quote(issue.id)}/" if _is_open(settings.site, pack) else ""
    return Credit(f"{clean_line(settings.partnership.title)} issue {issue.number}", public_url(url))


def lay_out_pack(
    issue: Issue, pack: PackSettings, settings: Settings, day: date, own: Collection[str] = ()
) -> Layout:
    """Lay out a pack: nothing of the mailing list it does not come from, nothing that goes stale in a day.

    issue: with the items of `pack_items`; settings: the partnership's own.
    own: the ids of the partner's own items, of which the archive has no calendar file.
    """
    credit = credit_of(issue, pack, settings)
    layout = lay_out(issue, pack_rule(pack), dressed(settings, pack), day)
    groups = (
        replace(
            group,
            entries=tuple(_lasting(one, settings.site if one.id in own else Site()) for one in group.entries),
        )
        for group in layout.groups
    )
    return replace(
        layout,
        preheader=_preheader(credit, layout.entries),
        groups=tuple(groups),
        bodies=(),
        footer=_footer(credit, pack, settings, day),
        web="",
        adapted=f"Adapted from {credit.words}, {layout.day_words}",
    )


def as_draft(layout: Layout) -> Layout:
    """Give a layout that says in its title and under it that nobody has approved it."""
    return replace(
        layout,
        title=f"{DRAFT}: {layout.title}",
        subject=f"{DRAFT}: {layout.subject}",
        strapline=NOT_APPROVED,
    )


def _is_open(site: Site, pack: PackSettings) -> bool:
    """Whether the pack's readers can open the archive."""
    return bool(site.url) and (site.reach is Reach.PUBLIC or pack.reach is Reach.PARTNERS)


def _lasting(entry: Entry, without: Site) -> Entry:
    """Leave out the days left, wrong tomorrow, files "attached to this e-mail", and ways to a site."""
    return replace(
        entry,
        notice=tuple(words for words in entry.notice if words == PARTNERS_ONLY),
        facts=tuple(fact for fact in entry.facts if fact.name != MAILBOX_FACT),
        ways=tuple(way for way in entry.ways if not (without.url and way.url.startswith(f"{without.url}/"))),
    )


def _preheader(credit: Credit, entries: Iterable[Entry]) -> str:
    titles = "; ".join(entry.title for entry in entries)
    return shortened(f"Adapted from {credit.words}: {titles}", PREHEADER.stop - 1)


def _footer(credit: Credit, pack: PackSettings, settings: Settings, day: date) -> tuple[Note, ...]:
    """Say where the items come from, whose words they are, and whom to ask."""
    name = literal(credit.words)
    named = f"[{name}]({credit.url})" if credit.url else name
    publisher = literal(clean_line(settings.partnership.name))
    words = (
        f"Adapted from {named}, published by {publisher} on {house_date(day)}."
        " Each item is in the words of the organisation it is from."
    )
    notes = [Note("Where this comes from", words)]
    if pack.contact:
        notes.append(Note("Who to ask", literal(clean_line(pack.contact))))
    return tuple(notes)

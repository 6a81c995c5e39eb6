"""One item as an edition shows it."""

from dataclasses import dataclass
from datetime import date
from itertools import compress
from urllib.parse import quote

from bulletin.calendar import MAILBOX_FACT, file_names, is_certain
from bulletin.compose.diary import is_to_come
from bulletin.compose.figures import figure_of, figures_in
from bulletin.compose.language import direction, own_language
from bulletin.compose.selection import may_stay
from bulletin.compose.shorten import LEAST_REST, beginning, word_count
from bulletin.dates import days_left, house_deadline, house_when
from bulletin.languages import language_tag
from bulletin.markdown import clean, clean_line, links, plain, public_url
from bulletin.model.edition import Entry, Fact, Way
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import SectionKind, Share
from bulletin.model.when import When
from bulletin.settings.values import HouseStyle, Settings

PARTNERS_ONLY = "For partners only: please pass it on to no one else, nor publish it"
NO_FURTHER = "For you to read only: please do not publish this or pass it on"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its number, its anchor, and its title made unique for links.

    page: its own in the archive, where this edition's readers will find all of it, or "".
    """

    number: str
    anchor: str
    label: str
    page: str = ""


def calendar_names(item: Item, day: date) -> tuple[str, ...]:
    """Give the names of an item's calendar files: its event, if that is to come, and its closing date."""
    is_coming = is_certain(item.when) and is_to_come(item.when, day)
    is_open = item.closes.end is not None and item.closes.end >= day
    return tuple(compress(file_names(item.id), (is_coming, is_open)))


def entry_of(item: Item, place: Place, issue: Issue, settings: Settings, day: date) -> Entry:
    """Say what an edition of that day says of an item."""
    ours = own_language(settings)
    language = language_tag(item.language) or ours
    summary, text = printed(item, settings.style, place.page)
    rest = _rest(item, summary, text, place)
    return Entry(
        id=item.id,
        number=place.number,
        anchor=place.anchor,
        title=title_of(item),
        label=place.label,
        language="" if language.casefold() == ours.casefold() else language,
        direction=direction(language),
        source=clean_line(item.body.name if item.body else item.organisation),
        notice=_notices(item, day),
        summary=summary,
        text=text,
        facts=_facts(item, settings, day),
        ways=(
            *rest,
            *_link(item, f"{summary}\n\n{text}", place.label, is_second=bool(rest)),
            *_calendar_links(item, place.label, issue, settings, day),
        ),
        picture=figure_of(item, issue, settings),
        pictures=figures_in(item, issue, settings),
    )


def whole_items(settings: Settings) -> Settings:
    """Give the settings under which every item is printed whole, as it is where others lead to."""
    return settings._replace(style=settings.style._replace(entry_words=0))


def printed(item: Item, style: HouseStyle, page: str) -> tuple[str, str]:
    """Give the summary and the text an edition prints: all of both, unless the rest can be read elsewhere.

    A long item is its summary, if it has one, else its text up to a sentence or a block.

    Args:
        page: where all of it can be read, or "".
    """
    summary, text = clean(item.summary).strip(), clean(item.text).strip()
    said = _says(text, summary)
    whole = word_count(text) + (0 if said else word_count(summary))
    if page and style.entry_words and whole > style.entry_words:
        if summary and whole - word_count(summary) >= LEAST_REST:
            return summary, ""
        return "" if said else summary, beginning(text, style.summary_words)
    return "" if said else summary, text


def title_of(item: Item) -> str:
    """Give the title on one line, or the id of an item that has none."""
    return clean_line(item.title) or item.id


def _says(text: str, summary: str) -> bool:
    """Whether the text already says what the summary says."""
    return bool(text) and " ".join(plain(summary).split()) in " ".join(plain(text).split())


def _notices(item: Item, day: date) -> tuple[str, ...]:
    """Give what a reader must see first: that it is restricted, that it closes soon."""
    limits = {Share.PARTNERS: PARTNERS_ONLY, Share.NO: NO_FURTHER}
    notices = [limits[item.share]] if item.share in limits else []
    if item.closes.end is not None and item.closes.end >= day:
        words = days_left(item.closes.end, day)
        notices.append(words[:1].upper() + words[1:])
    return tuple(notices)


def _facts(item: Item, settings: Settings, day: date) -> tuple[Fact, ...]:
    """Give what is known of an item, one named value each."""
    opens = item.opens if item.opens.start is None or item.opens.start > day else When("")
    link = "" if public_url(_schemed(item.link)) else clean_line(item.link)
    facts = [
        Fact("When", _words(item.when, house_when(item.when) if item.when else "")),
        Fact("Where", clean_line(item.where)),
        Fact("Opens", _words(opens, house_when(opens) if opens else "")),
        Fact("Closes", _words(item.closes, house_deadline(item.closes) if item.closes else "")),
        Fact("Contact", clean_line(item.contact)),
        Fact("Link", link),
    ]
    if not settings.site.url:
        files = " and ".join(calendar_names(item, day))
        facts.append(Fact(MAILBOX_FACT, f"{files}, attached to this e-mail" if files else ""))
    return tuple(fact for fact in facts if fact.value)


def _words(when: When, house: str) -> str:
    """Give a date in house style where it is certain, else as it was written."""
    return clean_line(house if when.start is not None or when.repeats else when.words)


def _schemed(link: str) -> str:
    """Give an address that was written as people say it its scheme."""
    link = clean_line(link)
    bare = "://" not in link and "@" not in link and " " not in link and "." in link.partition("/")[0]
    return f"https://{link}" if bare and not link.startswith(("/", "mailto:", "tel:")) else link


def _rest(item: Item, summary: str, text: str, place: Place) -> tuple[Way, ...]:
    """Give the way to all of an item of which only a part is printed."""
    whole = clean(item.text).strip()
    if text == whole or (not text and _says(summary, whole)):
        return ()
    return (Way("Read more", place.label, place.page),)


def _link(item: Item, said: str, label: str, *, is_second: bool) -> tuple[Way, ...]:
    """Give the way to more about an item, unless what is printed of it already leads there."""
    url = public_url(_schemed(item.link))
    if not url or any(public_url(link.url) == url for link in links(said)):
        return ()
    asks = item.section is not None and item.section.kind is SectionKind.CONSULTATIONS
    more = "Find out more" if is_second else "Read more"
    tail = " (PDF)" if url.lower().partition("?")[0].endswith(".pdf") else ""
    return (Way("Take part" if asks else more, label, url, tail),)


def _calendar_links(item: Item, label: str, issue: Issue, settings: Settings, day: date) -> tuple[Way, ...]:
    """Give the ways to an item's calendar files, where they are published for all who may read it."""
    site = settings.site
    if not site.url or not may_stay(item, site.reach):
        return ()
    ways = []
    for name in calendar_names(item, day):
        tail = " (closing date)" if name == file_names(item.id)[1] else ""
        url = public_url(f"{site.url}/{quote(issue.id)}/calendar/{quote(name)}")
        ways.append(Way("Add to your calendar", label, url, tail))
    return tuple(ways)

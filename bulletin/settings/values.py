"""Settings as frozen values, with their defaults: what bulletin.toml may say."""

from collections.abc import Mapping
from datetime import time
from types import MappingProxyType

from bulletin.model.partnership import Body, Reach, Section, SectionKind
from bulletin.model.value import Value
from bulletin.settings.relays import RelaySettings


class Partnership(Value):
    """Who publishes the bulletin.

    title: the bulletin's own name; strapline: a line under it.
    first_issue: the number `new` gives the first issue of this workspace.
    contact: whom readers may ask, a line; website: the partnership's own page.
    logo: a picture's file beside bulletin.toml, or ""; logo_alt: what it says beyond the name beside it.
    placeholder: True in a workspace `init` has just written; only rehearsals may use it.
    """

    name: str
    title: str = "Communicate"
    strapline: str = ""
    district: str = ""
    county: str = ""
    contact: str = ""
    website: str = ""
    language: str = "en-GB"
    first_issue: int = 1
    placeholder: bool = False
    logo: str = ""
    logo_alt: str = ""


class Sender(Value):
    """Where the bulletin comes from: addresses only, never a password.

    bounces: the envelope sender, or "" for `address`; leave: where "take me off" goes, or "" for `reply_to`
    or `address`; contributions: where partners send their news, or "" for the same. verp: whether each copy
    has an envelope sender of its own, which a bounce names. seeds: our own addresses, whose copies go first;
    if one is refused, nobody else is written to. mailbox_servers: what the servers of our mailbox call
    themselves in Authentication-Results.
    """

    name: str
    address: str
    reply_to: str = ""
    bounces: str = ""
    leave: str = ""
    contributions: str = ""
    verp: bool = False
    seeds: tuple[str, ...] = ()
    mailbox_servers: tuple[str, ...] = ()

    @property
    def domain(self) -> str:
        """What makes the ids of events and of the feed ours, as it is written."""
        return self.address.rpartition("@")[2] or "bulletin.invalid"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of our own that is set."""
        named = (self.address, self.reply_to, self.bounces, self.leave, self.contributions, *self.seeds)
        return tuple(one for one in named if one)

    @property
    def envelope(self) -> str:
        """The RFC 5321 sender: where bounces go."""
        return self.bounces or self.address

    @property
    def leaving(self) -> str:
        """Where somebody writes who wants no more of this."""
        return self.leave or self.reply_to or self.address

    @property
    def contributing(self) -> str:
        """Where somebody writes who has something for the bulletin."""
        return self.contributions or self.reply_to or self.address


class CalendarRules(Value):
    """How an issue's dates follow from the meeting; days are calendar days, weekends included.

    notice_days: a consultation open for less earns a note.
    summaries_in: the sections an area partnership's summary lands in, by id; empty means any.
    holidays: a country and part of it as the holidays library names them ("GB-ENG"), or "".
    """

    summaries_days_before: int = 10
    closes_days_after: int = 8
    closes_at: time = time(12, 0)
    due_days_after: int = 14
    notice_days: int = 28
    summaries_in: tuple[str, ...] = ("key-messages", "meeting-summary")
    holidays: str = "GB-ENG"


class HouseStyle(Value):
    """What `check` advises and how an edition looks; nothing here rewrites a word.

    Words are counted in the rendered text. entry_words: an item with more prints its beginning, about
    summary_words, where readers find the rest in the archive; 0 prints every item whole.
    district_share: the percentage of items from the district council above which `check` says so.
    colour: the brand colour, `#rrggbb`, at least 4.5:1 against white.
    """

    summary_words: int = 60
    entry_words: int = 80
    sentence_words: int = 25
    district_share: int = 40
    colour: str = "#1d5c4f"
    known_acronyms: tuple[str, ...] = ()


class EditionSettings(Value):
    """One edition: who it is for and what of the issue it holds.

    lists: the rosters it goes to; None means every roster.
    reach: `partners` editions may hold items shared with partners alone.
    audience, areas, sections: empty means all; otherwise only items that match, or name none.
    subject: a Jinja-free pattern with {title}, {number}, {month}, {year}, {name}; "" for the default.
    """

    name: str
    heading: str = ""
    lists: tuple[str, ...] | None = None
    reach: Reach = Reach.PUBLIC
    audience: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    subject: str = ""


class PackSettings(Value):
    """A partner's own edition of the public's news, for them to pass on as theirs.

    publisher: who passes it on; title: its masthead, "" for the publisher's name.
    logo: a picture's file beside bulletin.toml, or ""; logo_alt: what it says beyond the name beside it.
    colour: the brand colour, `#rrggbb`, "" for the partnership's; introduction: Markdown.
    contact: whom its readers may ask, a line; website: the publisher's own page.
    sections, areas, audience: empty means all; items: ids of those wanted alone, in their order, or all.
    """

    name: str
    publisher: str
    title: str = ""
    strapline: str = ""
    logo: str = ""
    logo_alt: str = ""
    colour: str = ""
    introduction: str = ""
    contact: str = ""
    website: str = ""
    reach: Reach = Reach.PUBLIC
    sections: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class ListSettings(Value):
    """One roster, `mailing_lists/NAME.csv`: its heading and how far it reaches."""

    name: str
    heading: str = ""
    reach: Reach = Reach.PUBLIC


class Term(Value):
    """An agreed term and the other words people use for it."""

    name: str
    aliases: tuple[str, ...] = ()


class Priority(Value):
    """Something the partnership wants its bulletin to do, and what counts towards it.

    An item counts that is in one of the sections or from one of the bodies (ids of both), is about one of the
    areas, is for one of the audiences, or says one of the words.
    """

    id: str
    name: str
    sections: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class CollectRules(Value):
    """How collecting decides; default_section: the id of where goes what nothing else places, or ""."""

    default_section: str = ""


class Site(Value):
    """Where the archive is published, "" for nowhere yet; no slash at its end.

    images: whether an e-mail shows the archive's pictures instead of carrying them.
    leave: the https address of the leave page, "" for none; no slash at its end.
    contacts: whether it says whom to ask about an item and at a body.
    """

    url: str = ""
    reach: Reach = Reach.PUBLIC
    images: bool = False
    leave: str = ""
    contacts: bool = True


DEFAULT_SECTIONS = (
    Section("key-messages", "Key messages"),
    Section("county-news", "County partnership news"),
    Section("consultations", "Consultations", SectionKind.CONSULTATIONS),
    Section("publications", "Publications"),
    Section("events", "Events", SectionKind.EVENTS),
    Section("successes", "Successes"),
    Section("meeting-summary", "Meeting summary"),
)


class Settings(Value):
    """Everything bulletin.toml says, checked; editions, sections and bodies in their order there.

    areas, audiences: the name of each to the places, or the words, that point to it.
    """

    partnership: Partnership
    sender: Sender
    bodies: tuple[Body, ...] = ()
    sections: tuple[Section, ...] = DEFAULT_SECTIONS
    editions: tuple[EditionSettings, ...] = (EditionSettings("everyone"),)
    lists: tuple[ListSettings, ...] = ()
    packs: tuple[PackSettings, ...] = ()
    calendar: CalendarRules = CalendarRules()
    relay: RelaySettings = RelaySettings()
    style: HouseStyle = HouseStyle()
    priorities: tuple[Priority, ...] = ()
    terms: tuple[Term, ...] = ()
    acronyms: Mapping[str, str] = MappingProxyType({})
    site: Site = Site()
    collect: CollectRules = CollectRules()
    areas: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    audiences: Mapping[str, tuple[str, ...]] = MappingProxyType({})

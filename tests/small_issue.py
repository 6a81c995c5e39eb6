"""A small fixed issue with something of everything in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bulletin.compose import compose
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Body, Reach, Role, Section, Share
from bulletin.model.when import When
from bulletin.settings.values import DEFAULT_SECTIONS, EditionSettings, Partnership, Sender, Settings, Site

TEMPLATES = {
    file.name: file.read_text("utf-8")
    for file in (Path(__file__).parent.parent / "templates").iterdir()
    if file.name.startswith("email")
}
DAY = date(2026, 11, 26)
SECTIONS = {section.id: section for section in DEFAULT_SECTIONS}
EVERYONE = EditionSettings("everyone")
PARTNERS = EditionSettings("partners", reach=Reach.PARTNERS)

CORE = Body("core", "Core Group", Role.CORE_GROUP, about="Leads the partnership.", email="core@avon.example")
NORTH = Body("north", "North Partnership", Role.LSP, about="Speaks for the north.", contact="Ann Other")
COUNCIL = Body("council", "District Council", Role.DISTRICT_COUNCIL, about="Collects the bins.")
SETTINGS = Settings(
    Partnership(
        "Avon Partnership",
        strapline="News from the Core Group",
        contact="Jo Field, 01632 960123, jo@avon.example",
        website="https://www.avon.example/",
    ),
    Sender("Avon Partnership", "communicate@avon.example", leave="leave@avon.example"),
    bodies=(CORE, NORTH, COUNCIL),
    acronyms={"LSP": "local strategic partnership", "CAB": "Citizens Advice Bureau"},
    site=Site("https://archive.avon.example"),
)


def on(day: date, starts: time | None = None, ends: time | None = None, *, repeats: str = "") -> When:
    return When("as written", day, day, starts, ends, repeats)


def item(name: str, section: str | Section = "key-messages", **values: Any) -> Item:
    chosen = SECTIONS[section] if isinstance(section, str) else section
    plain = {
        "path": f"issues/2026-11/items/{name}.md",
        "title": f"The title of {name}",
        "text": f"Text of {name}.",
    }
    return Item(name, section=chosen, **{**plain, **values})


def issue(*items: Item, **values: Any) -> Issue:
    whole = Issue(
        "2026-11",
        14,
        meeting=date(2026, 11, 12),
        summaries_due=date(2026, 11, 2),
        closes=datetime(2026, 11, 20, 12),  # noqa: DTZ001 -- an issue's closing time is local
        due=date(2026, 11, 26),
        next_meeting=date(2027, 2, 11),
        next_summaries_due=date(2027, 2, 1),
    )
    return replace(whole, items=items, **values)


def edition(
    *items: Item, of: EditionSettings = EVERYONE, settings: Settings = SETTINGS, **values: Any
) -> Edition:
    return compose(issue(*items, **values), of, settings, DAY, TEMPLATES)


def everything() -> Iterator[Item]:
    """Give an item of every kind, in no order."""
    yield item(
        "carols",
        "events",
        title="Carols & mince pies",
        text="Bring a *friend*.",
        when=on(date(2026, 12, 9), time(17, 30), time(19, 30)),
        where="Town Hall, High Street",
        body=NORTH,
        contact="Sam Hill, 01632 960200, sam@north.example",
    )
    yield item(
        "bore-coffi",
        "events",
        title="Bore coffi yn y neuadd",
        text="Dewch draw am baned a sgwrs.",
        language="Welsh",
        when=on(date(2026, 12, 1), time(10), time(12), repeats="every Tuesday"),
        where="Online: https://meet.example/j/12?pwd=a&b=c",
    )
    yield item("market", "events", title="Winter market", text="All day.", when=on(date(2026, 12, 5)))
    yield item(
        "buses",
        "consultations",
        title="Bus review",
        text="Tell the council about the 12.\n\n"
        "| Route | Every |\n|---|---|\n| 12 | [30 minutes](https://bus.example/12) |",
        closes=on(date(2027, 1, 8), time(23, 59)),
        link="https://www.council.example/bus_review__2026?a=1&b=2#take-part",
        body=COUNCIL,
    )
    yield item(
        "police",
        "consultations",
        title="Police survey",
        text="It takes four minutes.",
        closes=on(date(2026, 11, 27)),
    )
    yield item(
        "fund",
        title="£60,000 for community transport",
        summary="Groups can apply for up to £5,000.",
        text="## Who may apply\n\nAny LSP. See https://www.avon.example/fund_2026__a (PDF).\n\n"
        "- one\n- two\n\n## How\n\nWrite.",
        body=CORE,
        link="https://www.avon.example/fund.pdf",
    )
    yield item("draft", "county-news", title="Draft priorities", text="Not yet public.", share=Share.PARTNERS)
    yield item(
        "hostile",
        "successes",
        title="<script>alert(1)</script> {{ 7 * 7 }}",
        text="<img src=x onerror=alert(1)> [x](javascript:alert(1)) **bold**",
        link="https://user:secret@hostile.example/",
    )

"""The editions every gate is tried on: small, ordinary, large, and with all that is hard to show."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from picture_files import photograph
from sample_edition import sample
from small_issue import CORE, DAY, EVERYONE, PARTNERS, SETTINGS, TEMPLATES, everything, issue, item, on

from bulletin.compose import compose
from bulletin.compose.correction import compose_correction
from bulletin.images import look_at
from bulletin.model.correction import Correction
from bulletin.model.edition import Edition
from bulletin.model.issue import Item
from bulletin.model.partnership import Reach
from bulletin.settings.values import EditionSettings, Site

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
from generated import Story, stories

LONG = f"https://www.avonbridge.example/{'a-long-path/' * 24}page_1__2026?a=1&b=2#part"
ALONE = SETTINGS._replace(site=Site(""))
"""The settings of a partnership without a web site, whose calendar files are attached."""


def story(name: str, told: Story) -> Item:
    """Give an ordinary item of about a hundred words."""
    section = "consultations" if told.closes else "county-news"
    more = {"closes": on(told.closes)} if told.closes else {}
    return item(
        name, section, title=told.title, summary=told.summary, text=told.text, link=told.link,
        contact=told.contact, body=CORE, **more,
    )  # fmt: skip


def table_of(columns: int, heading: str, *cells: str) -> str:
    """Give a table with a row of each cell's words."""
    rows = [heading, "---", *cells]
    return "".join(f"|{f'{words}|' * columns}\n" for words in rows)


def odd() -> list[Item]:
    """Give items with tables, pictures, other languages, headings and what is too long for a line."""
    table = "| Stop | Mon to Fri | Sat |\n|---|---:|---|\n| Market Place | 9:05am | 10:05am |\n"
    wide = f"|{'Day|' * 7}\n|{'---|' * 7}\n|{'half past nine|' * 7}\n"
    twelve = table_of(12, "Month", "9:05am", f"[The timetable]({LONG})")
    long = table_of(7, "Neighbourhood", "Conversations, consultations", "Photographs")
    indented = table.replace("\n", "\n  ")
    narrow = "| Day | What happens |\n|---|---|\n| Wednesday | " + "We talk about it all. " * 9 + "|\n"
    return [
        item("table", title="Bus times", text=f"{table}\n## Sundays\n\n{table}\n{wide}"),
        item("twelve", title="Twelve months", text=twelve),
        item("places", title="Seven neighbourhoods", text=long),
        item("days", title="What happens when", text=f"{narrow}\n- {indented}"),
        item("picture", image="wide.jpg", alt="A mill by the river", text="![The old bridge](tall.jpg)"),
        item("welsh", "events", title="Bore coffi", text="Dewch i\u2019n bore coffi.\n\n" + table,
             language="cy",
             when=on(DAY), where="Neuadd y dref"),
        item("arabic", title="مرحبا بكم في المكتبة", language="ar", contact="Jo Field, 01632 960123",
             text=f"تفتح المكتبة أبوابها يوم الأحد.\n\n- أولا\n- ثانيا\n\n[خبر]({LONG})"),
        item("long", "publications", title="A very long heading " * 15, link=f"{LONG}&c=3", where="W" * 90,
             text=f"See [the study]({LONG}) or {LONG}\n\n# One\n\n### Two\n\nText.\n\n```\n{LONG}\n```"),
        item("lists", "successes",
             text="1. one\n   - [two](https://a.example/b_c__d)\n\n> said\n\nWrite to a@b.example"),
    ]  # fmt: skip


PICTURES = {
    name: look_at(name, photograph(width, height))
    for name, width, height in (("wide.jpg", 1100, 550), ("tall.jpg", 300, 500))
}


def _stories(size: int) -> list[Item]:
    return [story(f"story-{number}", told) for number, told in enumerate(stories(size), 1)]


MADE: dict[str, tuple[Callable[[], list[Item]], EditionSettings]] = {
    "of everything": (lambda: list(everything()), PARTNERS),
    "of nothing": (list, EVERYONE),
    "of 1 item": (lambda: _stories(1), EVERYONE),
    "of 14 items": (lambda: _stories(14), EVERYONE),
    "of 60 items": (lambda: _stories(60), EVERYONE),
    "of odd items": (odd, EVERYONE),
    "of odd items in a long page": (lambda: [*odd(), *_stories(40)], EVERYONE),
}


@cache
def made(name: str, *, published: bool = True) -> Edition:
    """Compose one of them, with an archive on the web or without one."""
    items, own = MADE[name]
    settings = SETTINGS if published else ALONE
    return compose(issue(*items(), pictures=PICTURES), own, settings, DAY, TEMPLATES)


ALL = ("of the sample", "of a correction", *MADE)


@cache
def edition(name: str) -> Edition:
    """Give one of them, the sample's or a correction, as it goes out."""
    if name == "of the sample":
        return sample()
    return corrected() if name == "of a correction" else made(name)


def corrected() -> Edition:
    """Compose a correction of items in two languages, one of which has no page in the archive."""
    folder = Path(__file__).parent.parent / "templates"
    own = {file.name: file.read_text("utf-8") for file in folder.glob("correction*")}
    said = f"The carols begin at **6pm**, not 5:30pm.\n\n- See {LONG}\n- [Write](mailto:sam@north.example)"
    names = ("carols", "bore-coffi", "draft")
    wrong = Correction(1, said, names, Reach.PARTNERS)
    return compose_correction(wrong, issue(*everything()), SETTINGS, DAY, {**TEMPLATES, **own})

"""Issues composed for the tests of the archive, as messy and as hostile as life."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from bulletin.archive import Logo, Page, Press, around, issue_files, newest_first, record, shared_files
from bulletin.compose import compose, lay_out
from bulletin.dates import read_deadline, read_when
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Body, Role, Section, Share
from bulletin.settings.values import DEFAULT_SECTIONS, Partnership, Sender, Settings

SECTIONS: Mapping[str, Section] = {section.id: section for section in DEFAULT_SECTIONS}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }}'

SETTINGS = Settings(
    partnership=Partnership(
        name="Avonbridge Partnership",
        strapline="Key messages from the Core Group",
        contact="Priya Nair, bulletin@avonbridge.example, 01632 960101",
        website="https://avonbridge.example",
    ),
    sender=Sender("Avonbridge Partnership", "bulletin@avonbridge.example", leave="leave@avonbridge.example"),
    bodies=(
        Body("core", "Core Group", Role.CORE_GROUP, about="Steers the partnership", contact="Priya Nair"),
        Body("tamsford", "Tamsford and Villages Partnership", Role.LSP, about="Eleven parishes"),
    ),
    acronyms={"LSP": "local strategic partnership"},
)


def templates() -> dict[str, str]:
    """Give the templates as they are shipped."""
    folder = Path(__file__).parent.parent / "templates"
    files = (path for path in folder.rglob("*") if path.suffix in (".html", ".txt", ".css", ".js", ".xml"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def item(name: str, section: str, title: str, text: str = "", **more: object) -> Item:
    path = f"issues/2026-11/items/{name}.md"
    return Item(name, path, title, text, section=SECTIONS[section], **more)  # type: ignore[arg-type]


def items(day: date) -> tuple[Item, ...]:
    return (
        item(
            "fund",
            "key-messages",
            "A £60,000 transport fund opens",
            "**Voluntary groups** may apply. The LSP decides.\n\n### Who may apply\n\n- parishes\n- clubs",
            organisation="Core Group",
            link="https://avonbridge.example/fund_a__b.pdf",
            contact="Jo Field, jo.field@avonbridge.example",
        ),
        item(
            "plan",
            "consultations",
            "Local Plan: have your say",
            "The draft plan is out.",
            closes=read_deadline("5pm on Friday 18 December 2026", day),
            link="https://plan.example/respond",
        ),
        item(
            "police",
            "consultations",
            "Police survey",
            "Ten questions.",
            closes=read_deadline("Friday 27 November 2026", day),
        ),
        item(
            "gathering",
            "events",
            "Joint Christmas gathering",
            "Three hosts.",
            when=read_when("Wednesday 9 December 2026, 5:30pm to 7:30pm", day),
            where="Tamsford village hall",
        ),
        item(
            "hwyl",
            "successes",
            "Hwyl fawr i Gôr Afon",
            "Enillodd y côr y **gystadleuaeth**.",
            language="Welsh",
        ),
        item("secret", "successes", "For partners alone", "Not for the public.", share=Share.PARTNERS),
        item("hostile", "publications", HOSTILE, f"{HOSTILE}\n\n[x](javascript:alert(1))", where=HOSTILE),
    )


def issue(name: str, number: int, due: date, *more: Item) -> Issue:
    return Issue(
        name,
        number,
        meeting=due,
        summaries_due=due,
        closes=datetime.combine(due, time(12), UTC),
        due=due,
        next_meeting=date(2027, 2, 11),
        introduction="Welcome to *this* issue.",
        items=(*items(due), *more),
    )


def page(whole: Issue, settings: Settings = SETTINGS) -> Page:
    rule = settings.editions[0]
    edition = compose(whole, rule, settings, whole.due, templates())
    return Page(whole.id, edition, lay_out(whole, rule, settings, whole.due))


def pages(settings: Settings = SETTINGS) -> tuple[Page, ...]:
    """Give issue 13 of August, with an event in September, and issue 14 of November."""
    august = date(2026, 8, 27)
    fete = item("fete", "events", "Village fete", when=read_when("Saturday 12 September 2026", august))
    thirteen, fourteen = issue("2026-08", 13, august, fete), issue("2026-11", 14, date(2026, 11, 26))
    return page(thirteen, settings), page(fourteen, settings)


def site(
    pages: Sequence[Page], settings: Settings, templates: Mapping[str, str], logo: Logo | None = None
) -> Mapping[str, bytes]:
    """Render the whole archive: each file's path, and its bytes; `pipeline.archive` goes the same way."""
    press = Press(settings, templates, logo)
    by_id = {page.id: page for page in pages}
    records = newest_first(record(page, press) for page in pages)
    files = shared_files(records, press)
    for one, beside in around(records).items():
        files |= issue_files(by_id[one], beside, press)
    return dict(sorted(files.items()))


def built(settings: Settings = SETTINGS) -> dict[str, str]:
    """Build the site of two issues, its files as text."""
    return {path: data.decode() for path, data in site(pages(settings), settings, templates()).items()}

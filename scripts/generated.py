"""Items to measure with, as many as wanted, in our format and in MJML."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

WORDS = """\
advice allotment bench bicycle bridge bus canal carer centre choir church clinic club coffee council
course craft cycle day dentist door drop evening exchange fair family farm field film fire flood
food forest friend garden grant green group hall harvest health heating hedge help history home hour
house idea job kitchen library lift light lunch map market meal meeting mile museum music nature
neighbour office orchard parent park path people picnic place plan plant playground pond price
project repair river road room school season seat shed shop show skill song sport station street
supper swim table tea team theatre time town train tree van village visit voice volunteer walk
warden water week winter wood workshop year
"""


@dataclass(frozen=True, slots=True)
class Story:
    """One generated item; closes is None where it is no consultation."""

    title: str
    summary: str
    text: str
    link: str
    contact: str
    closes: date | None


def stories(size: int) -> list[Story]:
    """Make so many items, the same every time; every third is a consultation."""
    draw = random.Random(14)  # noqa: S311 -- items to measure, the same on every machine
    return [_story(number, draw) for number in range(1, size + 1)]


def _story(number: int, draw: random.Random) -> Story:
    words = WORDS.split()

    def sentence(length: int) -> str:
        return " ".join(draw.choices(words, k=length)).capitalize() + "."

    return Story(
        title=f"{sentence(4)[:-1]} {number}",
        summary=sentence(16),
        text="\n\n".join(" ".join(sentence(12) for _ in range(3)) for _ in range(2)),
        link=f"https://www.avonbridge.example/stories/{number}",
        contact=f"Jo Field, 01632 960{number % 1000:03}, story{number}@avonbridge.example",
        closes=date(2026, 12, 1) + timedelta(days=number % 60) if number % 3 == 0 else None,
    )


def as_item(story: Story) -> str:
    """Write an item's file."""
    labels = {
        "Title": story.title,
        "From": "Core Group",
        "Section": "consultations" if story.closes else "county-news",
        "Summary": story.summary,
        "Link": story.link,
        "Contact": story.contact,
        "Opens": "2026-10-01" if story.closes else "",
        "Closes": story.closes.isoformat() if story.closes else "",
    }
    head = "".join(f"{label}: {value}\n" for label, value in labels.items() if value)
    return f"---\n{head}---\n\n{story.text}\n"


def as_mjml(items: Sequence[Story]) -> str:
    """Write the same items as one MJML file."""
    parts = [
        f"""<mj-section><mj-column>
<mj-text font-size="20px"><h2>{escape(story.title)}</h2></mj-text>
<mj-text>{escape(story.summary)}</mj-text>
<mj-text>{"".join(f"<p>{escape(part)}</p>" for part in story.text.split(chr(10) * 2))}</mj-text>
<mj-text>{f"Closes: {story.closes:%A %d %B %Y}" if story.closes else "Core Group"}</mj-text>
<mj-text><a href="{escape(story.link)}">Read more: {escape(story.title)}</a></mj-text>
<mj-text>{escape(story.contact)}</mj-text>
</mj-column></mj-section>"""
        for story in items
    ]
    body = f"<mj-body>{''.join(parts)}</mj-body>"
    return f"<mjml><mj-head><mj-title>Communicate</mj-title></mj-head>{body}</mjml>"

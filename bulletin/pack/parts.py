"""The parts of a pack: each item by itself in six forms, to paste wherever a partner likes."""

import json
from collections.abc import Mapping
from typing import Any

from bulletin.model.edition import Edition, Entry, Layout
from bulletin.model.issue import Item
from bulletin.model.when import When
from bulletin.pack.fragment import html_fragment, text_fragment
from bulletin.pack.label import labelled
from bulletin.pack.short import one_line, sixty_words

FORMAT = 1
READ_ME = """\
Each item by itself, to paste or to pass on. {credit}

html/       clean HTML for a website or a newsletter: no layout, no colours, nothing to take out
markdown/   text with labels. If you have this bulletin program yourselves, copy these files into your
            contributions folder: they are collected, checked, approved and sent like any other
text/       plain text for an e-mail
60-words/   the first sentences, never altered
one-line/   the title, who it is from, and where to read on
items.json  all of it, for programs

Please leave the words as they are, and keep the name of the organisation and its contact with them.
"""


def parts(
    layout: Layout, edition: Edition, items: Mapping[str, Item], credit: Mapping[str, str]
) -> dict[str, bytes]:
    """Give every part by its path, in a fixed order.

    items: those of the pack, by id; credit: "words" and "url" of the issue it is made from.
    """
    logo = layout.logo.name if layout.logo else ""
    pictures = {image.name: image.data for image in edition.images if image.name != logo}
    named = " ".join(("Adapted from", *filter(None, credit.values())))
    found: dict[str, bytes] = {"READ-ME.txt": READ_ME.format(credit=f"{named}").encode()}
    for entry in layout.entries:
        item = items[entry.id]
        found[f"html/{entry.id}.html"] = html_fragment(entry, layout).encode()
        found[f"markdown/{entry.id}.md"] = labelled(item, entry.picture).encode()
        found[f"text/{entry.id}.txt"] = text_fragment(entry).encode()
        found[f"60-words/{entry.id}.txt"] = f"{sixty_words(entry)}\n".encode()
        found[f"one-line/{entry.id}.txt"] = f"{one_line(entry)}\n".encode()
    for folder in ("html", "markdown"):
        found |= {f"{folder}/{name}": data for name, data in pictures.items()}
    about = {
        "format": FORMAT,
        "adapted_from": dict(credit),
        "items": [_record(entry, items[entry.id], layout) for entry in layout.entries],
    }
    found["items.json"] = (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode()
    return dict(sorted(found.items()))


def _record(entry: Entry, item: Item, layout: Layout) -> dict[str, Any]:
    """Give an item as JSON: its labels, its words in every form, and its dates as ISO 8601 where certain."""
    section = next((group for group in layout.groups if entry in group.entries), None)
    return {
        "id": entry.id,
        "title": entry.title,
        "from": entry.source,
        "section": section.heading if section else "",
        "language": entry.language or layout.language,
        "share": item.share.value,
        "notice": list(entry.notice),
        "summary": entry.summary,
        "markdown": entry.text,
        "html": html_fragment(entry, layout),
        "text": text_fragment(entry),
        "sixty_words": sixty_words(entry),
        "one_line": one_line(entry),
        "facts": {fact.name: fact.value for fact in entry.facts},
        "links": [{"words": f"{way.lead}: {way.label}{way.tail}", "url": way.url} for way in entry.ways],
        "when": _moment(item.when),
        "closes": _moment(item.closes),
    }


def _moment(when: When) -> dict[str, str] | None:
    """Give a date as written, with its days and local times where they are certain."""
    if not when:
        return None
    certain = {"start": when.start, "end": when.end, "starts": when.starts, "ends": when.ends}
    return {"words": when.words, **{name: one.isoformat() for name, one in certain.items() if one}}

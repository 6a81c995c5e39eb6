"""Work out a contribution's section, area and audience, and say from what; what is a guess says so."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath

from bulletin.collect.reading import Draft, with_label
from bulletin.markdown import plain
from bulletin.model.partnership import Body, Section, SectionKind
from bulletin.prose import normalise, opening, sentences
from bulletin.settings.values import Settings
from bulletin.workspace.outline import find_body, find_section

FIRST_WORDS = 40
"""How much of a text counts as its first lines."""
FIRST_LETTERS = 4_000
"""How much of a text is looked at for them."""


def section_of(draft: Draft, path: str, settings: Settings) -> Draft:
    """Give the draft with its section: told by a date or a folder, else proposed where one thing points.

    Args:
        path: the contributed file, relative to the drop folder.
    """
    if draft.labels.get("section"):
        return draft
    section, reason = _told(draft, path, settings.sections)
    if section:
        return with_label(draft, "section", section.id, f"section from {reason}")
    section, reason = _proposed(draft, path, settings)
    if section:
        return with_label(draft, "section", section.id, f"section {section.id} proposed from {reason}")
    return draft


def area_of(draft: Draft, settings: Settings) -> Draft:
    """Give the draft with its area: its organisation's, or the only one its title or its place names."""
    if draft.labels.get("area"):
        return draft
    body = _body(draft, settings)
    if body and body.area:
        return with_label(draft, "area", body.area, f"area from {body.name}")
    if not settings.areas:
        return draft
    words = f"{draft.labels.get('title', '')} . {draft.labels.get('where', '')}"
    found = _heard(normalise(words), settings.areas)
    if len(found) != 1:
        return draft
    (area, place), *_ = found.items()
    return with_label(draft, "area", area, f"area proposed from the place {place}")


def audience_of(draft: Draft, settings: Settings) -> Draft:
    """Give the draft with the audiences its title, its summary or its first sentence names."""
    if draft.labels.get("audience") or not settings.audiences:
        return draft
    said = (
        draft.labels.get("title", ""),
        draft.labels.get("summary", ""),
        *sentences(plain(draft.text[:FIRST_LETTERS]))[:1],
    )
    found = _heard(normalise("\n".join(said)), settings.audiences)
    if not found:
        return draft
    words = _listed(found.values())
    return with_label(draft, "audience", ", ".join(found), f"audience proposed from {words}")


def _told(draft: Draft, path: str, sections: tuple[Section, ...]) -> tuple[Section | None, str]:
    """Find the section a date means, or a folder that bears its name."""
    for label, kind, reason in (
        ("closes", SectionKind.CONSULTATIONS, "its closing date"),
        ("when", SectionKind.EVENTS, "its date"),
    ):
        section = next((one for one in sections if one.kind is kind), None)
        if draft.labels.get(label) and section:
            return section, reason
    for folder in reversed(PurePosixPath(path).parent.parts):
        section = find_section(folder, sections)
        if section:
            return section, f'the folder "{folder}"'
    return None, ""


def _proposed(draft: Draft, path: str, settings: Settings) -> tuple[Section | None, str]:
    """Find the one section that a file's name, its first words or its organisation point to.

    Words that point two ways leave it to the organisation's usual section to decide between them.
    """
    sections = {section.id: section for section in settings.sections}
    named = _naming(PurePosixPath(path).stem, settings.sections)
    if len(named) == 1:
        return named[0], "the file's name"
    body = _body(draft, settings)
    usual = sections.get(body.section) if body else None
    words = {section.id: section.words for section in settings.sections if section.words}
    title = draft.labels.get("title", "")
    for place, text in (("its title", title), ("its first lines", _first_lines(draft))):
        found = _heard(normalise(text), words)
        if len(found) == 1:
            (name, word), *_ = found.items()
            return sections[name], f'"{word}" in {place}'
        if found and not (usual and usual.id in found):
            return None, ""
        if found:
            break
    if usual and body:
        return usual, f"what {body.name} usually sends"
    return sections.get(settings.collect.default_section), "the setting default_section"


def _heard(text: str, wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give what a folded text names, each with the first word or phrase that does; a plural counts too."""
    padded, found = f" {text} ", dict[str, str]()
    for name, words in wanted.items():
        for word in words:
            folded = _folded(word)
            if folded and (f" {folded} " in padded or f" {folded}s " in padded):
                found.setdefault(name, word)
    return found


def _naming(stem: str, sections: tuple[Section, ...]) -> list[Section]:
    """Give the sections a file's name has the heading or the id of, in the plural or not."""
    padded = f" {_singular(normalise(stem))} "
    names = ((one, {_singular(_folded(name)) for name in (one.heading, one.id)}) for one in sections)
    return [one for one, known in names if any(f" {name} " in padded for name in known if name)]


@cache
def _folded(setting: str) -> str:
    """Fold a word of the settings, which every item is held against."""
    return normalise(setting)


def _singular(words: str) -> str:
    return " ".join(word.removesuffix("s") for word in words.split())


def _first_lines(draft: Draft) -> str:
    summary = draft.labels.get("summary", "")
    return f"{summary} {opening(plain(draft.text[:FIRST_LETTERS]), FIRST_WORDS)}"


def _body(draft: Draft, settings: Settings) -> Body | None:
    return find_body(draft.labels.get("from", ""), settings.bodies)


def _listed(words: Iterable[str]) -> str:
    return " and ".join(f'"{word}"' for word in words)

"""Fill in what a contributor left out, each time with the reason."""

import re
from pathlib import PurePosixPath

from bulletin.collect.reading import Draft
from bulletin.model.partnership import Body, Section, SectionKind
from bulletin.workspace.outline import find_body

TITLE_WORDS = 14


def infer(draft: Draft, path: str, sections: tuple[Section, ...], bodies: tuple[Body, ...]) -> Draft:
    """Give the draft with title, section and From worked out where they can be.

    Args:
        path: the contributed file, relative to the drop folder.
    """
    return _from(_section(_title(draft, path), sections), path, bodies)


def _title(draft: Draft, path: str) -> Draft:
    if draft.labels.get("title"):
        return draft
    lines = draft.text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is not None:
        alone = first + 1 == len(lines) or not lines[first + 1].strip()
        for pattern, reason in (
            (r"#{1,6}\s+(?P<title>.+?)\s*#*$", "its heading"),
            (r"(?:\*\*|__)(?P<title>.+?)(?:\*\*|__):?$", "its first bold line"),
            (r"(?P<title>[^-*>|#].+)$", "its first short line"),
        ):
            found = re.match(pattern, lines[first].strip())
            if found and (pattern.startswith("#") or (alone and _is_short(found["title"]))):
                rest = "\n".join(lines[first + 1 :]).strip("\n")
                return _with(draft, "title", _plain(found["title"]), reason, rest)
    return _with(draft, "title", _from_file_name(path), "the file's name")


def _section(draft: Draft, sections: tuple[Section, ...]) -> Draft:
    if draft.labels.get("section"):
        return draft
    for label, kind, reason in (
        ("closes", SectionKind.CONSULTATIONS, "its closing date"),
        ("when", SectionKind.EVENTS, "its date"),
    ):
        section = next((one for one in sections if one.kind is kind), None)
        if draft.labels.get(label) and section:
            return _with(draft, "section", section.id, reason)
    return draft


def _from(draft: Draft, path: str, bodies: tuple[Body, ...]) -> Draft:
    if draft.labels.get("from"):
        return draft
    for folder in reversed(PurePosixPath(path).parent.parts):
        body = find_body(folder, bodies)
        if body:
            return _with(draft, "from", body.name, f'the folder "{folder}"')
    return draft


def _with(draft: Draft, label: str, value: str, reason: str, text: str | None = None) -> Draft:
    return Draft(
        {**draft.labels, label: value},
        draft.text if text is None else text,
        (*draft.inferred, f"{label} from {reason}"),
    )


def _is_short(line: str) -> bool:
    return len(line.split()) <= TITLE_WORDS and not line.rstrip("*_ ").endswith((".", ",", ";"))


def _plain(markdown: str) -> str:
    """Take the marks off a title: it is a label's value, not Markdown."""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    bare = re.sub(r"(?<!\\)(\*\*|__|\*|`)", "", bare)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", bare).split()).rstrip(":")


def _from_file_name(path: str) -> str:
    """Read a title out of a file's name, without what people add to names."""
    stem = PurePosixPath(path).stem
    words = re.sub(r"[_\s]+", " ", stem)
    words = re.sub(r"(?i)\b(final|draft|copy|new|v\d+)\b|\(\d+\)", " ", words)
    words = " ".join(words.replace(" - ", " ").split()).strip(" -") or stem
    return words[:1].upper() + words[1:]

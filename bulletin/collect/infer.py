"""Fill in what a contributor left out, each time with the reason."""

import re
from pathlib import PurePosixPath

from bulletin.collect.reading import Draft
from bulletin.markdown import plain
from bulletin.model.partnership import Body, Section, SectionKind
from bulletin.workspace.outline import find_body

TITLE_WORDS = 14
TITLE_LETTERS = 150


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
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    line, below = lines[first].strip(), "".join(lines[first + 1 : first + 2]).strip()
    for title, after, reason in (
        (_heading(line), first + 1, "its heading"),
        (_short(line) if re.fullmatch(r"\\?=+|\\?-{3,}", below) else "", first + 2, "its heading"),
        (_short(line) if re.fullmatch(r"(\*\*|__)\S.*\1:?", line) else "", first + 1, "its first bold line"),
        (_short(line) if not below else "", first + 1, "its first short line"),
    ):
        if title:
            return _with(draft, "title", title, reason, "\n".join(lines[after:]).strip("\n"))
    return _with(draft, "title", _from_file_name(path), "the file's name")


def _heading(line: str) -> str:
    """Give the words of a Markdown heading, or ""."""
    found = re.match(r"#{1,6}[ \t]+\S", line)
    return _words(line) if found else ""


def _short(line: str) -> str:
    """Give the words of a line that may be a title, or ""."""
    if len(line) > TITLE_LETTERS or re.match(r"[-+>|#`~]|\*(?!\*)|\d+[.)]\s", line):
        return ""
    words = _words(f"# {line}")
    return "" if len(words.split()) > TITLE_WORDS or words.endswith((".", ",", ";")) else words


def _words(heading: str) -> str:
    """Give a heading's words without marks: a title is a label's value, not Markdown."""
    return " ".join(plain(heading).split()).rstrip(":").rstrip()


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
    sender = draft.labels.get("sender", "")
    if "sender" in draft.labels:  # a person's name and address are nobody's to print
        labels = {name: value for name, value in draft.labels.items() if name != "sender"}
        draft = Draft(labels, draft.text, draft.inferred)
    if draft.labels.get("from"):
        return draft
    body, reason = _of_sender(sender, bodies)
    if body:
        inferred = (*draft.inferred, f"organisation from {reason}")
        return Draft({**draft.labels, "from": body.name}, draft.text, inferred)
    for folder in reversed(PurePosixPath(path).parent.parts):
        body = find_body(folder, bodies)
        if body:
            inferred = (*draft.inferred, f'organisation from the folder "{folder}"')
            return Draft({**draft.labels, "from": body.name}, draft.text, inferred)
    return draft


def _of_sender(sender: str, bodies: tuple[Body, ...]) -> tuple[Body | None, str]:
    """Find the body of an e-mail's sender by the address, or by the name, and say how."""
    name, _, address = sender.rpartition("<")
    domain = address.rstrip("> ").rpartition("@")[2].casefold()
    for body in bodies:
        if any(domain and f".{domain}".endswith(f".{one.casefold()}") for one in body.domains):
            return body, f"the sender's address, @{domain}"
    return find_body(name.strip(' "'), bodies), "the sender's name"


def _with(draft: Draft, label: str, value: str, reason: str, text: str | None = None) -> Draft:
    return Draft(
        {**draft.labels, label: value},
        draft.text if text is None else text,
        (*draft.inferred, f"{'organisation' if label == 'from' else label} from {reason}"),
    )


def _from_file_name(path: str) -> str:
    """Read a title out of a file's name, without what people put round it: `Copy of`, `FINAL v3 (2)`."""
    stem = PurePosixPath(path).stem
    words = " ".join(stem.replace("_", " ").split())
    words = re.sub(r"(?i)^copy of ", "", words)
    words = (
        re.sub(r"(?i)(?:[ -]+(?:final|draft|copy|new|v\d+(?:\.\d+)*|\(\d+\)))+$", "", words).strip(" -")
        or stem
    )
    return words[:1].upper() + words[1:]

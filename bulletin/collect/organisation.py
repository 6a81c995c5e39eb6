"""Work out which organisation a contribution is from: by its sender, its folder, or what it says itself."""

import re
from functools import cache
from pathlib import PurePosixPath

from bulletin.collect.reading import Draft, with_label
from bulletin.markdown import plain
from bulletin.model.partnership import Body
from bulletin.prose import normalise, opening
from bulletin.workspace.outline import find_body

HEAD_LINES, FOOT_LINES = 5, 6
"""Lines where a byline, and where a signature, may stand."""
FIRST_WORDS = 40
LONGEST = 400
"""Letters of a line that are looked at."""
_BYLINE = re.compile(r"(?i)^(?:(?:sent|submitted|contributed|provided) by|from|by|source)\b:?\s+")


def organisation_of(draft: Draft, path: str, bodies: tuple[Body, ...]) -> Draft:
    """Give the draft with the organisation it is from, where that can be told, and without its sender."""
    sender = draft.labels.get("sender", "")
    if "sender" in draft.labels:  # a person's name and address are nobody's to print
        labels = {name: value for name, value in draft.labels.items() if name != "sender"}
        draft = Draft(labels, draft.text, draft.inferred)
    if draft.labels.get("from"):
        return draft
    body, reason = _of_sender(sender, bodies)
    if body is None:
        body, reason = _of_folder(path, bodies)
    if body:
        return with_label(draft, "from", body.name, f"organisation from {reason}")
    body, reason = _of_words(draft, bodies)
    return with_label(draft, "from", body.name, f"organisation proposed from {reason}") if body else draft


def address_of(sender: str) -> str:
    """Give the address of `Name <address>`, "" where there is none that could be written to."""
    address = sender.rpartition("<")[2].rstrip("> ").strip()
    return address if re.fullmatch(r"[^\s<>()\[\],;:\"@]{1,64}@[\w.-]{1,255}", address) else ""


def _of_sender(sender: str, bodies: tuple[Body, ...]) -> tuple[Body | None, str]:
    """Find the body of an e-mail's sender by the address, the nearest domain first, or by the name."""
    name, _, address = sender.rpartition("<")
    domain = address.rstrip("> ").rpartition("@")[2].casefold()
    matching = [
        (len(one), body)
        for body in bodies
        for one in body.domains
        if domain and one and f".{domain}".endswith(f".{one.casefold()}")
    ]
    if matching:
        return max(matching, key=lambda pair: pair[0])[1], f"the sender's address, @{domain}"
    return find_body(name.strip(' "'), bodies), "the sender's name"


def _of_folder(path: str, bodies: tuple[Body, ...]) -> tuple[Body | None, str]:
    for folder in reversed(PurePosixPath(path).parent.parts):
        body = find_body(folder, bodies)
        if body:
            return body, f'the folder "{folder}"'
    return None, ""


def _of_words(draft: Draft, bodies: tuple[Body, ...]) -> tuple[Body | None, str]:
    """Find the one body a text names as its own: in a byline or a signature, or else in its first lines."""
    lines = [line.strip()[:LONGEST] for line in draft.text.split("\n") if line.strip()]
    for some in (lines[:HEAD_LINES], lines[-FOOT_LINES:]):
        found = {body.id: body for line in some if (body := _signing(plain(line), bodies))}
        if found:
            return _only(found), "a line that is its name"
    words = plain("\n".join(lines[: 2 * HEAD_LINES]))
    head = normalise(f"{draft.labels.get('title', '')} . {opening(words, FIRST_WORDS)}")
    named = {
        body.id: body for body in bodies if any(f" {name} " in f" {head} " for name in _long_names(body))
    }
    return _only(named), "its name in the first lines"


def _signing(line: str, bodies: tuple[Body, ...]) -> Body | None:
    """Find the body whose name a line is, after "From" or a person's name and a comma, if at all.

    A name of one word is often a place as well, so it counts only after such a word.
    """
    said = _BYLINE.sub("", line)
    if said != line:
        return find_body(said.rstrip(". "), bodies)
    for part in (line, re.split(r",|\||\s[-\u2013\u2014]\s", line)[-1]):
        words = part.strip(" .")
        body = find_body(words, bodies) if " " in words and len(line.split()) <= 12 else None
        if body:
            return body
    return None


@cache
def _long_names(body: Body) -> tuple[str, ...]:
    """Give the names that are nobody else's: two words or more, and not "the police"."""
    names = (normalise(name) for name in (body.name, *body.aliases))
    return tuple(name for name in names if " " in name and not name.startswith("the "))


def _only(found: dict[str, Body]) -> Body | None:
    return next(iter(found.values())) if len(found) == 1 else None

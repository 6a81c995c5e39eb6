"""Find the labelled form in a message: its lines may be bold, and stand under a few words of greeting."""

import re
from typing import NamedTuple

from bulletin.collect.readers.mail.lines import bare, is_blank, next_line, shown, words
from bulletin.collect.reading import Draft
from bulletin.collect.words.draft import drafts_from, label_of, plain_value, with_literal_summary
from bulletin.collect.words.plain import Pasted, read_pasted
from bulletin.collect.words.printed import without_page_furniture
from bulletin.labels import LABELS, known_label

_TIME = re.compile(r"(?i)\d|(?:day|month|week|year|now)\b")
_LATEST = 25
_COVERING_WORDS = 50


class Form(NamedTuple):
    """What a message's lines give: its drafts, what was cut or left out, and what a person must decide."""

    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def has_form(lines: list[str]) -> bool:
    """Whether some lines hold the form: a run with at least two known labels."""
    return _start(lines) is not None


def read_form(lines: list[str], *, markdown: bool) -> Form:
    """Make drafts of a message's lines, mostly one; the words above the form are left out, and said."""
    notes = []
    start, kept = _start(lines), list[str]()
    if start is not None:
        above = lines[:start]
        if words(above) > _COVERING_WORDS:
            kept = [*above, ""]
        elif words(above):
            notes.append(f"the words above the form were left out: {shown(above, 1_000)}")
        lines = [_plain_label(line) if markdown else line for line in lines[start:]]
    drafts, blocks = drafts_from("\n".join(lines))
    if start is None and _is_notice(drafts[0]):
        drafts, blocks = (Draft({}, "\n".join(lines).strip("\n")),), ()
    forms = [_form(draft, [] if number else kept, markdown=markdown) for number, draft in enumerate(drafts)]
    more = [note for form in forms for note in form.notes]
    asks = dict.fromkeys(ask for form in forms for ask in form.asks)
    return Form(tuple(form.drafts[0] for form in forms), (*notes, *blocks, *more), tuple(asks))


def _form(draft: Draft, above: list[str], *, markdown: bool) -> Form:
    """Write one form's labels and text as an item has them."""
    labels = {
        name: plain_value(name, value).strip() if markdown else value for name, value in draft.labels.items()
    }
    text = "\n".join([*above, *draft.text.split("\n")]).strip("\n")
    text, furniture = (text, ()) if markdown else without_page_furniture(text)
    pasted = Pasted(text) if markdown else read_pasted(text)
    draft = with_literal_summary(Draft(labels, pasted.markdown, draft.inferred))
    return Form((draft,), (*furniture, *pasted.notes), pasted.asks)


def _is_notice(draft: Draft) -> bool:
    """Whether a text's only labels are a notice's own words: "From: Monday the library is closed"."""
    known = draft.labels.keys() & set(LABELS)
    others = {name.lower() for name in draft.labels}
    return known == {"from"} or (
        known == {"from", "when"} and ("to" in others or bool(_TIME.search(draft.labels["from"])))
    )


def _start(lines: list[str]) -> int | None:
    """Give the line where a run of at least two known labels starts, near the top."""
    for at in range(min(len(lines), _LATEST)):
        if label_of(bare(lines[at])) and (
            at == 0 or is_blank(lines[at - 1]) or bare(lines[at - 1]).endswith((":", ","))
        ):
            names = {label_of(bare(lines[at]))}
            here = next_line(lines, at + 1)
            while here < len(lines) and (
                label_of(bare(lines[here])) or (not is_blank(lines[here - 1]) and here - at < _LATEST)
            ):
                names.add(label_of(bare(lines[here])))
                here = next_line(lines, here + 1)
            if len(names - {""}) >= 2 and not names <= {"", "from", "when"}:
                return at
    return None


def _plain_label(line: str) -> str:
    """Take the bold off `**Title:** Free trees` so that it is a label again."""
    found = re.match(
        r"(?:#{1,6} )?[*_]{1,3}([^*_:\n]{2,40}?)\s*(?::\s*[*_]{1,3}|[*_]{1,3}\s*:)[*_]{0,3}\s*(.*)$", line
    )
    if found and known_label(found[1]):
        return f"{found[1].strip()}: {found[2]}".rstrip()
    return line

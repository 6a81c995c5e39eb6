"""From a message to its contribution: the order of work for every kind of saved e-mail."""

import re
from dataclasses import replace

from bulletin.charset import clean
from bulletin.collect.marking import SENSITIVE, is_sensitive
from bulletin.collect.readers.mail.body import Body, read_body
from bulletin.collect.readers.mail.cutting import cut_furniture
from bulletin.collect.readers.mail.form import read_form
from bulletin.collect.readers.mail.forwarded.chain import Chain, unwind
from bulletin.collect.readers.mail.forwarded.subject import Subject, read_subject, says_nothing
from bulletin.collect.readers.mail.letter import Letter
from bulletin.collect.readers.mail.lines import bare, shown, words
from bulletin.collect.reading import DECIDE, Draft, Reading
from bulletin.model.contribution import FileOutcome

_COVERING = 45
_SAYS_ATTACHED = (
    *("attach", "enclos", "herewith", "below", "see ", "find ", "poster", "flyer", "item", "contribution"),
    *(
        "bulletin",
        "communicate",
        "newsletter",
        "here is",
        "here's",
        "here are",
        "as promised",
        "as requested",
    ),
    *("fyi", "atod", "amgae", "anbei", "anhang"),
)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)"
)
_HOUR = re.compile(r"\b\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b|\b(?:noon|midday)\b|\b\d{1,2}[.:]\d\d\b")
_DOCUMENTS = (
    *(".docx", ".doc", ".odt", ".rtf", ".pdf", ".txt", ".md", ".eml", ".msg", ".htm", ".html", ".xlsx"),
    *(".csv", ".ics", ".pub", ".pptx"),
)


def read_letter(letter: Letter) -> Reading:
    """Make a draft of a message's contribution, and say everything that was cut on the way."""
    texts = (letter.subject, *(text for piece in letter.pieces for text in (piece.plain, piece.html)))
    if any(is_sensitive("", clean(text)[0].encode()) for text in texts):
        return SENSITIVE
    body = read_body(letter.pieces)
    if body.too_long:
        return replace(_too_long(letter, body), sender=str(letter.sender))
    subject = read_subject(clean(letter.subject)[0])
    chain = unwind(list(body.lines), letter.sender, subject)
    return replace(_unwound(letter, subject, body, chain), sender=str(chain.sender))


def _unwound(letter: Letter, subject: Subject, body: Body, chain: Chain) -> Reading:
    """Make a draft of the words of a chain's first writer."""
    own = cut_furniture(chain.lines, chain.sender)
    off = [f"taken off the subject: {subject.taken_off}"] if subject.taken_off else []
    notes = [*letter.notes, *body.notes, *off, *chain.notes, *own.notes]
    asks = [*letter.asks, *chain.asks]
    if letter.automatic or subject.title.lower().startswith(
        ("automatic reply:", "out of office:", "undeliverable:")
    ):
        return _automatic(letter, own.lines, notes)
    if not words(own.lines) or _only_covers(own.lines, letter):
        return _nothing_to_print(letter, chain, own.lines, notes, asks)
    form = read_form(own.lines, markdown=body.markdown)
    drafts = tuple(_labelled(draft, chain, markdown=body.markdown) for draft in form.drafts)
    return _reading(letter, drafts, [*notes, *form.notes], [*asks, *form.asks])


def _labelled(draft: Draft, chain: Chain, *, markdown: bool) -> Draft:
    """Add the labels that whoever forwarded it wrote, the title and the sender."""
    labels = dict(draft.labels)
    for cover in chain.covers:
        given = read_form(cover, markdown=markdown).drafts[0].labels
        labels.update({name: value for name, value in given.items() if name not in labels})
    inferred = draft.inferred
    text = draft.text
    title = chain.subject.title
    if (
        "title" not in labels
        and title
        and not says_nothing(title)
        and not (chain.subject.answers and _has_heading(text))
    ):
        labels["title"] = title
        inferred = (*inferred, "title from the e-mail's subject")
    if labels.get("title"):
        text = _without_title(text, labels["title"])
    if str(chain.sender):
        labels["sender"] = str(chain.sender)
    return Draft(labels, text, inferred)


def _has_heading(text: str) -> bool:
    first = text.partition("\n")[0]
    return first.startswith(("#", "**"))


def _without_title(text: str, title: str) -> str:
    """Leave out a first line that is the title again."""
    first, _, rest = text.partition("\n")
    same = bare(first).rstrip(":. ").lower() == " ".join(title.split()).rstrip(":. ").lower()
    return rest.strip("\n") if same and rest.strip() else text


def _only_covers(lines: list[str], letter: Letter) -> bool:
    """Whether the words only say that something is attached."""
    if not any(one.name.lower().endswith(_DOCUMENTS) for one in letter.attached):
        return False
    count, said = words(lines), " ".join(lines).lower()
    if _DAY.search(said) and _HOUR.search(said):  # that is news: a poster may show nothing more
        return False
    return count <= 6 or (count <= _COVERING and any(word in said for word in _SAYS_ATTACHED))


def _nothing_to_print(
    letter: Letter, chain: Chain, lines: list[str], notes: list[str], asks: list[str]
) -> Reading:
    """Account for a message without a contribution in its own words."""
    title = chain.subject.title
    if letter.attached:
        said = (
            f"its own words only go with what is attached: {shown(lines, 500)}"
            if lines
            else "it has no words of its own, only what is attached"
        )
        subject = [f'its subject: "{title}"'] if title else []
        return _reading(letter, (), [*notes, *subject], asks, said)
    if asks or not title:
        return _reading(letter, (), notes, asks, "the message is empty: it held nothing to print")
    labels = {"title": title} | ({"sender": str(chain.sender)} if str(chain.sender) else {})
    asks = ["it has a subject and no text"]
    return _reading(letter, (Draft(labels, "", ("title from the e-mail's subject",)),), notes, asks)


def _too_long(letter: Letter, body: Body) -> Reading:
    hint = "ask the sender for the few paragraphs that matter"
    why = f"{body.too_long}: nobody wrote that for a bulletin, and no item was made of it"
    return Reading(
        FileOutcome.NEEDS_YOU, why, hint, notes=_once([*letter.notes, *body.notes]), attached=letter.attached
    )


def _automatic(letter: Letter, lines: list[str], notes: list[str]) -> Reading:
    ask = f"a machine wrote it, not a person, so no item was made of it: {shown(lines) or letter.subject}"
    hint = "if it is a contribution after all, copy its words into a new text file (.txt) and collect again"
    return Reading(FileOutcome.NEEDS_YOU, ask, hint, notes=_once(notes), attached=letter.attached)


def _reading(
    letter: Letter, drafts: tuple[Draft, ...], notes: list[str], asks: list[str], why: str = ""
) -> Reading:
    outcome = FileOutcome.NEEDS_YOU if asks else FileOutcome.READ
    hint = (letter.hint or DECIDE) if asks else ""
    return Reading(
        outcome,
        "; ".join(_once([*asks, *([why] if why else [])])),
        hint,
        drafts,
        _once(notes),
        letter.attached,
        pictures=letter.pictures,
    )


def _once(notes: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notes))

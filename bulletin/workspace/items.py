"""An item's file: labels between `---`, then Markdown; what the officer edits."""

from collections.abc import Mapping
from datetime import date

from bulletin.dates import house_deadline, house_when, read_deadline, read_when
from bulletin.labels import LABELS, label_line, read_labels, writable
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.model.when import DoubtKind
from bulletin.settings.values import Settings
from bulletin.workspace.outline import TOOL_LABELS, find_body, find_section, names_in

FORMAT = "1"
ROLLED_OVER = "rolled over from issue"
"""How the reason begins for which an item is in this issue that came for an earlier one."""


def write_item(labels: Mapping[str, str], text: str) -> bytes:
    """Write an item's file; empty labels are left out, their order is fixed.

    Args:
        labels: agreed lower-case names to one-line values; a label nobody knows keeps its own name.
        text: Markdown.
    """
    ours = (*LABELS, *TOOL_LABELS)
    values = {**labels, "format": FORMAT}
    known = [label_line(name.capitalize(), values[name]) for name in LABELS if values.get(name)]
    others = [label_line(name, value) for name, value in labels.items() if name not in ours]
    tool = [label_line(name.capitalize(), values[name]) for name in TOOL_LABELS if values.get(name)]
    return "\n".join(["---", *known, *others, *tool, "---", "", text.strip("\n"), ""]).encode(
        "utf-8", "replace"
    )


def read_item(path: str, source: str, settings: Settings, reference: date) -> Item:
    """Read an item's file into an Item; whatever it says, there is one.

    Args:
        path: relative to the workspace, ends in `ID.md`.
        source: the file's text.
        settings: for its sections and bodies.
        reference: the meeting's date; a date without a year means the next one on or after it.
    """
    read = read_labels(source, TOOL_LABELS)
    value = read.values.get
    organisation, section_words = value("from") or "", value("section") or ""
    return Item(
        id=path.rpartition("/")[2].removesuffix(".md"),
        path=path,
        title=value("title") or "",
        text=read.text,
        summary=value("summary") or "",
        section=find_section(section_words, settings.sections),
        section_words=section_words,
        organisation=organisation,
        body=find_body(organisation, settings.bodies),
        link=value("link") or "",
        contact=value("contact") or "",
        audience=names_in(value("audience") or ""),
        area=value("area") or "",
        language=value("language") or "",
        when=read_when(value("when") or "", reference),
        where=value("where") or "",
        opens=read_when(value("opens") or "", reference),
        closes=read_deadline(value("closes") or "", reference),
        image=value("image") or "",
        alt=value("alt") or "",
        share=_share(value("share") or ""),
        share_words=value("share") or "",
        embargo=read_when(value("embargo") or "", reference),
        hold=value("hold") or "",
        settle=value("settle") or "",
        source=value("source") or "",
        inferred=tuple(part.strip() for part in (value("inferred") or "").split(";") if part.strip()),
        unknown=read.unknown,
        lines={**{name: label.line for name, label in read.labels.items()}, "text": read.text_line},
    )


def first_issue(item: Item) -> str:
    """Give the id of the issue an item first came in, "" where it was not carried over."""
    over = next((reason for reason in item.inferred if reason.startswith(ROLLED_OVER)), "")
    return over.removeprefix(ROLLED_OVER).strip().partition(",")[0]


def carried_over(source: str, item: Item, reason: str, *, hold: str) -> bytes:
    """Write an item's file anew for the next issue, with the reason among what was inferred.

    A date whose year was worked out from this issue's meeting gets its year written out, since the next
    meeting would give it another.

    Args:
        source: the item's file; item: what was read from it.
        hold: why it still waits, or "".
    """
    labels, text = writable(read_labels(source, TOOL_LABELS))
    reasons = [*item.inferred, reason]
    for name, when in (
        ("when", item.when),
        ("opens", item.opens),
        ("closes", item.closes),
        ("embargo", item.embargo),
    ):
        if when.start and any(doubt.kind is DoubtKind.YEAR for doubt in when.doubts):
            labels[name] = house_deadline(when) if name == "closes" else house_when(when)
            reasons.append(f'the year of "{when.words}" from the issue before')
    labels |= {"hold": hold, "inferred": "; ".join(reasons)}
    return write_item(labels, text)


def _share(words: str) -> Share:
    """Read how far an item may travel; words we do not know keep it closest."""
    folded = words.casefold().strip()
    if not folded:
        return Share.PUBLIC
    return next((share for share in Share if folded == share.value), Share.NO)

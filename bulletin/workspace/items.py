"""An item's file: labels between `---`, then Markdown; what the officer edits."""

from collections.abc import Mapping
from datetime import date

from bulletin.dates import read_deadline, read_when
from bulletin.labels import LABELS, agreed_name, read_labels
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.settings.values import Settings
from bulletin.workspace.outline import TOOL_LABELS, find_body, find_section

FORMAT = "1"


def write_item(labels: Mapping[str, str], text: str) -> bytes:
    """Write an item's file; empty labels are left out, their order is fixed.

    Args:
        labels: agreed lower-case names to one-line values.
        text: Markdown.
    """
    order = [*LABELS, *(name for name in labels if name not in (*LABELS, *TOOL_LABELS)), *TOOL_LABELS]
    values = {**labels, "format": FORMAT}
    lines = [f"{name.capitalize()}: {values[name]}" for name in order if values.get(name)]
    return "\n".join(["---", *lines, "---", "", text.strip("\n"), ""]).encode()


def read_item(path: str, source: str, settings: Settings, reference: date) -> Item:
    """Read an item's file into an Item; whatever it says, there is one.

    Args:
        path: relative to the workspace, ends in `ID.md`.
        source: the file's text.
        settings: for its sections and bodies.
        reference: the meeting's date; a date without a year means the next one on or after it.
    """
    read = read_labels(source, TOOL_LABELS)
    value = {name: label.value for name, label in read.labels.items()}.get
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
        audience=_words(value("audience")),
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
        source=value("source") or "",
        inferred=tuple(part.strip() for part in (value("inferred") or "").split(";") if part.strip()),
        unknown=read.unknown,
        lines={**{name: label.line for name, label in read.labels.items()}, "text": read.text_line},
    )


def without_hold(source: bytes, reason: str) -> bytes:
    """Take the `Hold:` line out of an item's file and say why among what was inferred."""
    lines = source.decode("utf-8-sig").split("\n")
    end = next((n for n in range(1, len(lines)) if lines[n].strip() == "---"), len(lines))
    head = [line for line in lines[:end] if agreed_name(line.partition(":")[0]) != "hold"]
    for at, line in enumerate(head):
        if agreed_name(line.partition(":")[0]) == "inferred":
            head[at] = f"{line}; {reason}"
            break
    else:
        head.append(f"Inferred: {reason}")
    return "\n".join([*head, *lines[end:]]).encode()


def _words(value: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in (value or "").replace(";", ",").split(",") if one.strip())


def _share(words: str) -> Share:
    """Read how far an item may travel; words we do not know keep it closest."""
    folded = words.casefold().strip()
    if not folded:
        return Share.PUBLIC
    return next((share for share in Share if folded == share.value), Share.NO)

"""Put what one item's file adds into another's, choosing nothing silently."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bulletin.dates import read_deadline, read_when
from bulletin.labels import LABELS, read_labels, writable
from bulletin.model.merged import Merged, Unsettled
from bulletin.model.partnership import Share
from bulletin.prose import normalise
from bulletin.wording import clause
from bulletin.workspace.items import write_item
from bulletin.workspace.outline import TOOL_LABELS, names_in

MERGED = "merged into"
"""How the reason begins for which an item waits whose words another one has."""
DATES = ("when", "opens", "closes", "embargo")
ALIKE = 0.5
"""Two paragraphs that share more of their words than this may say one thing in two ways."""
_LONGEST = 100
CHOOSERS = ("audience", "area")
"""Labels without which an item is for everybody, so that taking one over would narrow it."""


def merge_items(keep: str, other: str, name: str, reference: date) -> Merged:
    """Put into an item's file what another's adds: labels that are missing, paragraphs that are not there.

    Where both say different things, the kept one's stands, and a line `Settle:` gives both. How far an item
    may travel and how long it must wait is the exception: of those the stricter stands.

    Args:
        keep: the file that is kept; other: the other file; name: the other's id.
        reference: the meeting's date, for dates without a year.
    """
    (ours, text), (theirs, their_text) = (writable(read_labels(one, TOOL_LABELS)) for one in (keep, other))
    labels, added, unsettled = dict(ours), [], []
    for label, value in _told(theirs):
        mine = ours.get(label, "")
        if _same(label, mine, value, reference) or (label == "alt" and not _one_image(ours, theirs)):
            continue
        stays = _stands(label, mine, value, reference)
        if stays != mine:
            labels[label] = stays
            added.append((label, stays))
        if (mine and not (label == "audience" and names_in(mine))) or (not mine and label in CHOOSERS):
            unsettled.append(Unsettled(label, mine, value))
    paragraphs = tuple(_new_paragraphs(text, their_text))
    unsettled += _alike(text, paragraphs)
    labels["inferred"] = _clause(labels.get("inferred", ""), f"merged with {name}", theirs.get("source", ""))
    labels["settle"] = _settle(labels.get("settle", ""), unsettled, name)
    data = write_item(labels, "\n\n".join(part for part in (text, *paragraphs) if part))
    return Merged(data, tuple(added), paragraphs, tuple(unsettled))


def hold_merged(other: str, keep: str) -> bytes:
    """Give an item's file with a hold that says which item has its words now; all else stays."""
    labels, text = writable(read_labels(other, TOOL_LABELS))
    hold = ", ".join(part for part in (f"{MERGED} {keep}", labels.get("hold", "")) if part)
    return write_item({**labels, "hold": hold}, text)


def merged_into(hold: str) -> str:
    """Give the id of the item that has the words of one held like this, "" where it waits otherwise."""
    reasons = (reason.strip() for reason in hold.split(","))
    return next((one.removeprefix(MERGED).strip() for one in reasons if one.startswith(f"{MERGED} ")), "")


def _told(labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give an item's own labels that have a value, the known ones first."""
    for label in (*LABELS, *(name for name in labels if name not in LABELS)):
        if labels.get(label) and label not in TOOL_LABELS:
            yield label, labels[label]


def _same(label: str, mine: str, value: str, reference: date) -> bool:
    if label in DATES:
        read = read_deadline if label == "closes" else read_when
        one, other = (read(words, reference)._replace(words="", doubts=()) for words in (mine, value))
        if one.start and one == other:
            return True
    if label == "link":
        return _address(mine) == _address(value)
    if label == "audience":
        return {normalise(one) for one in names_in(value)} <= {normalise(one) for one in names_in(mine)}
    return normalise(mine) == normalise(value) if normalise(value) else mine == value


def _stands(label: str, mine: str, value: str, reference: date) -> str:
    """Give what a label says in the item that is kept."""
    if not mine:
        return "" if label in CHOOSERS else value
    if label == "audience":
        more = [one for one in names_in(value) if normalise(one) not in map(normalise, names_in(mine))]
        return ", ".join([*names_in(mine), *more])
    if label == "share":
        return max((mine, value), key=_closeness)
    if label == "embargo":
        return max((mine, value), key=lambda words: _ends(words, reference))
    return mine


def _closeness(words: str) -> int:
    """Rank how close an item is to be kept; words nobody knows keep it closest, as they do elsewhere."""
    known = [share.value for share in (Share.PUBLIC, Share.PARTNERS, Share.NO)]
    folded = words.casefold().strip()
    return known.index(folded) if folded in known else len(known)


def _ends(words: str, reference: date) -> date:
    """Give the day an embargo ends; one that cannot be told ends last."""
    return read_when(words, reference).start or date.max


def _new_paragraphs(text: str, theirs: str) -> Iterator[str]:
    """Give the paragraphs of a text, of a list the lines, whose words another text does not have."""
    there = f" {normalise(text)} "
    for paragraph in _paragraphs(theirs):
        lines = paragraph.split("\n")
        if all(re.match(r"\s*(?:[-*+]|\d+[.)])\s", line) for line in lines):
            lines = [line for line in lines if f" {normalise(line)} " not in there]
            if lines:
                yield "\n".join(lines)
        elif f" {normalise(paragraph)} " not in there:
            yield paragraph


def _paragraphs(text: str) -> list[str]:
    return [one for one in re.split(r"\n[ \t]*\n", text.strip("\n")) if one.strip()]


def _alike(text: str, paragraphs: tuple[str, ...]) -> Iterator[Unsettled]:
    """Give each paragraph that was added though one much like it was there, with that one."""
    there = [(one, set(normalise(one).split())) for one in _paragraphs(text)]
    for paragraph in paragraphs:
        words = set(normalise(paragraph).split())
        like = next((one for one, other in there if len(words & other) > ALIKE * len(words | other)), None)
        if like is not None:
            yield Unsettled("text", like, paragraph)


def _settle(before: str, unsettled: list[Unsettled], name: str) -> str:
    """Write what two items disagree on, each on a line of its own words."""
    clauses = [part.strip() for part in before.split(";") if part.strip()]
    for one in unsettled:
        keep = f'here "{clause(one.keep, _LONGEST)}"' if one.keep else "not said here"
        said = f'{one.label.capitalize()}: {keep}, in {name} "{clause(one.other, _LONGEST)}"'
        clauses += [] if said in clauses else [said]
    return "; ".join(clauses)


def _clause(inferred: str, said: str, source: str) -> str:
    said += f" ({source.replace(';', ',')})" if source else ""
    return inferred if said in inferred else "; ".join(part for part in (inferred, said) if part)


def _address(link: str) -> str:
    return re.sub(r"(?i)^(?:https?://)?(?:www\.)?", "", link.strip()).rstrip("/")


def _one_image(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Whether the words for a picture are about the one that is kept."""
    return ours.get("image", "") in ("", theirs.get("image", ""))

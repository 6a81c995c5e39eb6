"""Say what a Word document carries that is not printed: comments, headers, pictures, tracked changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bulletin.charset import clean
from bulletin.collect.readers.word.package import Package, W
from bulletin.collect.readers.word.seen import Seen
from bulletin.wording import plural, quoted

LONGEST = 500


@dataclass(frozen=True, slots=True)
class AsideText:
    """What stands beside a document's text: comments as (author, words), the words of headers and footers."""

    comments: tuple[tuple[str, str], ...]
    margins: tuple[str, ...]

    def words(self) -> tuple[str, ...]:
        """Give all of it."""
        return (*(words for _, words in self.comments), *self.margins)


def read_asides(package: Package) -> AsideText:
    """Read a document's comments, headers and footers."""
    comments = [
        (comment.get(W + "author", ""), _words(comment))
        for part in package.parts("comments")
        for comment in part.iter(W + "comment")
    ]
    margins = [_words(part) for kind in ("header", "footer") for part in package.parts(kind)]
    return AsideText(
        tuple((author, words) for author, words in comments if words),
        tuple(dict.fromkeys(filter(None, margins))),
    )


def left_out(seen: Seen, aside: AsideText) -> Iterator[str]:
    """Give a note for each kind of thing that was accepted, changed or left out."""
    changes = seen.insertions + seen.deletions
    if changes:
        yield (
            f"{plural(changes, 'tracked change')} accepted "
            f"({plural(seen.insertions, 'insertion')}, {plural(seen.deletions, 'deletion')})"
        )
    if aside.comments:
        said = "; ".join(f"{author or 'somebody'}: {_quoted(words)}" for author, words in aside.comments)
        yield f"{plural(len(aside.comments), 'comment')} left out: {said}"
    if aside.margins:
        yield "page headers and footers left out: " + "; ".join(map(_quoted, aside.margins))
    if seen.struck:
        yield "struck-out words left out: " + "; ".join(map(_quoted, seen.struck))
    if seen.hidden:
        yield "hidden words left out: " + "; ".join(map(_quoted, seen.hidden))
    for count, one, many, fate in (
        (seen.boxes, "text box", "text boxes", "put after the paragraph it hangs on"),
        (seen.formulas, "formula", "formulas", "written on one line: compare with the file"),
        (seen.contents and 1, "table of contents", "", "left out"),
        (seen.blanks, "field", "fields", "left out that nobody filled in"),
        (seen.decorations, "decorative picture", "decorative pictures", "left out"),
    ):
        if count:
            yield f"{plural(count, one, many)} {fate}"


def questions(seen: Seen, left: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give what a person must ask for, each with what to do.

    left: what each picture that could not be taken is said to show, or "".
    """
    if left:
        shown = "; ".join(_quoted(alt) if alt else "no alt text" for alt in left)
        them = "it" if len(left) == 1 else "them"
        yield (
            f"{plural(len(left), 'picture')} left out: {shown}",
            f"if the item needs {them}, ask the sender for {them} as JPEG",
        )
    if seen.others:
        yield f"left out: {'; '.join(seen.others)}", "ask the sender for its words in an e-mail"


def _words(root: ET.Element) -> str:
    """Give the words of a part, paragraphs apart, without what tracked changes took out."""
    paragraphs = ("".join(text.text or "" for text in one.iter(W + "t")) for one in root.iter(W + "p"))
    return clean(" ".join(" ".join(paragraphs).split()))[0]


def _quoted(words: str) -> str:
    return quoted(clean(words)[0], LONGEST)

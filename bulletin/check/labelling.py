"""Rules about labels that are none, and about what stands where a label should."""

from collections.abc import Iterator

from bulletin.check.rule import Remark, each_item
from bulletin.check.view import View
from bulletin.labels import LABELS
from bulletin.labels.stray import stray_labels
from bulletin.model.finding import Severity
from bulletin.wording import clause, did_you_mean, listed, quoted

MOST_LINES = 3
"""Lines of a block of labels in a text that are quoted."""
LONGEST_TITLE = 150
"""Letters of a title that the reason for it names."""


def file_name_title(view: View) -> Iterator[Remark]:
    """An item's heading is only the name of the file it came in, since its contributor gave none.

    Write a heading that says what is new, in the line `Title: ...`. Leave it if it says enough.
    """
    title = view.item.title
    reason = f'title "{clause(title, LONGEST_TITLE)}" from the file\'s name'
    if title and reason in view.item.inferred:
        hint = "Write a heading that says what is new, in the line `Title: ...`; or waive this if it will do."
        detail = f"its heading, {quoted(title)}, is only the name of its file"
        yield Remark(detail, hint, view.item.line("title"))


def unknown_label(view: View) -> Iterator[Remark]:
    """An item has a label that means nothing here, so what follows it is not used.

    Correct the label, or move the words into the text below the labels.
    """
    for label in view.item.unknown:
        guess = did_you_mean(label.name, (name.capitalize() for name in LABELS))
        hint = (
            f"{guess}If it is part of the story, move it below the labels. "
            "What stands on this line is not printed."
        )
        yield Remark(f'"{label.name}" is not a label we know', hint, label.line)


def label_in_text(view: View) -> Iterator[Remark]:
    """A line that reads like a label stands in an item's text or title, so it is printed as it is.

    A block of labels in the text may be a second item: then move it, with its words, into a file of its own.
    Otherwise move the line up between the lines `---`, spelt as in the form, or leave it if it is to be read.
    """
    found = stray_labels(view.item.title, view.item.text)
    if not found:
        return
    guesses = listed(dict.fromkeys(f'"{one.label.capitalize()}"' for one in found if one.misspelt))
    meant = f"Did you mean {guesses}? " if guesses else ""
    block = sum(not one.misspelt for one in found) > 1
    second = "If it is a second item, give it a file of its own. " if block else ""
    lines = listed((quoted(one.words, 40) for one in found), MOST_LINES)
    detail = "a block of labels stands in the text" if block else "what reads like a label stands in the text"
    hint = (
        f"{meant}{second}Move labels up between the lines `---`; or waive this if they are part of the story."
    )
    at = found[0].at
    yield Remark(f"{detail}: {lines}", hint, view.text_line(at + 1) if at >= 0 else view.item.line("title"))


RULES = (
    each_item(unknown_label, Severity.WARNING),
    each_item(label_in_text, Severity.WARNING),
    each_item(file_name_title, Severity.WARNING),
)

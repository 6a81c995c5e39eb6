"""Rules about pictures: that they are there, can be printed, and have words for those who do not see them."""

from collections.abc import Iterator

from bulletin.check.rule import Remark, each_item, whole
from bulletin.check.view import Scope, View
from bulletin.images import find_picture, is_plain_name
from bulletin.model.finding import Severity
from bulletin.model.picture import Picture
from bulletin.wording import did_you_mean, quoted

SETTINGS_FILE = "bulletin.toml"
SMALL = 200
LONG = 4
"""Pixels across, and how often a picture may be longer than it is wide or high."""


def missing_alt(view: View) -> Iterator[Remark]:
    """A picture has no words for those who cannot see it.

    Many read with pictures off or have the bulletin read aloud. Say what the picture shows: `Alt: ...` for
    the item's own picture, or between the square brackets of `![...](...)` in the text.
    """
    item = view.item
    if is_plain_name(item.image) and not item.alt.strip():
        hint = "Write a line `Alt: ...` that says what the picture shows, for readers who do not see it."
        yield Remark("the picture has no words for those who cannot see it", hint, item.line("image"))
    for picture in view.pictures:
        if not picture.alt.strip():
            hint = "Say what it shows between the square brackets: `![Children on the new swings](...)`."
            detail = "a picture in the text has no words for those who cannot see it"
            yield Remark(detail, hint, view.text_line(picture.line))


def odd_image(view: View) -> Iterator[Remark]:
    """An item names its picture by a path or an address, which is never opened.

    A bulletin carries its pictures with it and fetches nothing. Save the picture into contributions/,
    collect, and write its name alone: `Image: library.jpg`.
    """
    for words, line in _named(view):
        if not is_plain_name(words):
            hint = "Save the picture into contributions/, run `bulletin collect`, and write its name alone."
            yield Remark(f"{quoted(words)} is a path or an address, which is never opened", hint, line)


def image_not_found(view: View) -> Iterator[Remark]:
    """An item names a picture that the issue does not have, so none is printed.

    Save the picture into contributions/ and collect: it gets a name there, which the item has to write.
    """
    for words, line in _named(view):
        if is_plain_name(words) and not find_picture(words, view.issue.pictures):
            guess = did_you_mean(words, view.issue.pictures)
            hint = f"{guess}Save it into contributions/ and run `bulletin collect`, or take the line out."
            yield Remark(f"there is no picture called {quoted(words)}", hint, line)


def image_unfit(view: View) -> Iterator[Remark]:
    """A picture lies in the issue's folder as it came, and cannot be printed like that.

    Pictures are made small and freed of what else is in them, such as where they were taken, when they are
    collected. Put it into contributions/ and collect; do not save it into the folder images yourself.
    """
    for picture, line in _found(view):
        if picture.trouble:
            hint = f"Put it into contributions/, take it out of {_folder(view)}, and run `bulletin collect`."
            yield Remark(f"{picture.name} cannot be printed: {picture.trouble}", hint, line)


def image_shape(view: View) -> Iterator[Remark]:
    """A picture is so small, or so long, that little of it will be seen on a telephone.

    Ask for the photograph as it was taken; crop a banner to what matters.
    """
    for picture, line in _found(view):
        width, height = picture.width, picture.height
        if picture.trouble or not (width and height):
            continue
        if max(width, height) < SMALL:
            hint = "Ask the contributor for a larger version, or leave it out."
            yield Remark(f"{picture.name} is small: {width} by {height} pixels", hint, line)
        elif max(width, height) > LONG * min(width, height):
            hint = "Crop it to what matters, or leave it out: on a telephone it is a narrow strip."
            yield Remark(f"{picture.name} is very long: {width} by {height} pixels", hint, line)


def logo(scope: Scope) -> Iterator[Remark]:
    """The logo named in bulletin.toml cannot be printed, so the bulletin goes out without it.

    It is a JPEG or PNG beside bulletin.toml, shown on white: take the version for light backgrounds.
    """
    found = scope.issue.logo
    if found and found.trouble:
        hint = "Put a JPEG or PNG beside bulletin.toml, in the version for light backgrounds."
        yield Remark(f"the logo {found.name} cannot be printed: {found.trouble}", hint, path=SETTINGS_FILE)


def _named(view: View) -> Iterator[tuple[str, int]]:
    """Give each name of a picture an item has, with its line."""
    if view.item.image.strip():
        yield view.item.image.strip(), view.item.line("image")
    for picture in view.pictures:
        yield picture.src, view.text_line(picture.line)


def _found(view: View) -> Iterator[tuple[Picture, int]]:
    for words, line in _named(view):
        name = find_picture(words, view.issue.pictures)
        if name:
            yield view.issue.pictures[name], line


def _folder(view: View) -> str:
    return f"issues/{view.issue.id}/images"


RULES = (
    each_item(missing_alt, Severity.WARNING),
    each_item(odd_image, Severity.WARNING),
    each_item(image_not_found, Severity.WARNING),
    each_item(image_unfit, Severity.WARNING),
    each_item(image_shape, Severity.NOTE),
    whole(logo, Severity.WARNING),
)

"""An item as Markdown with labels, which another workspace collects like any other contribution."""

from collections.abc import Iterable

from bulletin.dates import house_deadline, house_when
from bulletin.labels import label_line
from bulletin.markdown import clean, clean_line
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.model.when import DoubtKind, When


def labelled(item: Item, pictures: Iterable[str]) -> str:
    """Write an item's labels and its Markdown; nothing of the tool's own, no embargo, which has ended.

    pictures: the names of the pictures that travel beside it.
    """
    known = {name.casefold(): name for name in pictures}
    image = known.get(item.image.strip().casefold(), "")
    values = {
        "Title": item.title,
        "From": item.body.name if item.body else item.organisation,
        "Section": item.section.id if item.section else "",
        "Summary": item.summary,
        "Link": item.link,
        "Contact": item.contact,
        "Audience": ", ".join(item.audience),
        "Area": item.area,
        "Language": item.language,
        "When": dated(item.when),
        "Where": item.where,
        "Opens": dated(item.opens),
        "Closes": dated(item.closes, deadline=True),
        "Image": image,
        "Alt": item.alt if image else "",
        "Share": "" if item.share is Share.PUBLIC else item.share.value,
    }
    lines = [label_line(name, clean_line(value)) for name, value in values.items() if value.strip()]
    return "\n".join(["---", *lines, "---", "", clean(item.text).strip("\n"), ""])


def dated(when: When, *, deadline: bool = False) -> str:
    """Give a date as it was written; where its year was worked out, with the year.

    Another workspace's next meeting would give it another year.
    """
    if when.start and any(doubt.kind is DoubtKind.YEAR for doubt in when.doubts):
        return house_deadline(when) if deadline else house_when(when)
    return when.words

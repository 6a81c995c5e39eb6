"""An item as Markdown with labels, which another workspace collects like any other contribution."""

from bulletin.dates import house_deadline, house_when
from bulletin.labels import label_line
from bulletin.markdown import clean, clean_line
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.model.picture import Figure
from bulletin.model.when import DoubtKind, When


def labelled(item: Item, picture: Figure | None) -> str:
    """Write an item's labels and its Markdown; nothing of the tool's own, no embargo, which has ended.

    picture: its own, which travels beside it, None where it has none that is printed.
    """
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
        "Image": picture.name if picture else "",
        "Alt": item.alt if picture else "",
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

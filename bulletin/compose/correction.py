"""A correction becomes an edition of its own: short, in the same house, to those an issue reached."""

from collections.abc import Iterator, Mapping
from datetime import date

from bulletin.compose.entry import title_of
from bulletin.compose.furniture import PREHEADER, footer_notes, shortened
from bulletin.compose.language import direction, own_language
from bulletin.compose.layout import item_anchor, page_of
from bulletin.compose.selection import may_reach, may_stay
from bulletin.dates import house_date
from bulletin.languages import language_tag
from bulletin.markdown import clean, clean_line, literal, plain, public_url
from bulletin.model.correction import About, Correction
from bulletin.model.edition import Edition, Layout, Note
from bulletin.model.issue import Issue
from bulletin.render import correction_html, correction_text
from bulletin.settings.values import EditionSettings, Settings

EDITION = "correction"
"""The name of the edition that a correction is."""

_KEPT = ("How to leave", "Who to ask", "Nobody is tracked")


def compose_correction(
    correction: Correction, issue: Issue, settings: Settings, day: date, templates: Mapping[str, str]
) -> Edition:
    """Compose a correction of an issue as it reads on `day`.

    templates: names to texts. Raises BulletinError where one of them is at fault.
    """
    layout = _layout(correction, issue, settings, day)
    about = tuple(_about(correction, issue, settings, layout))
    return Edition(
        name=EDITION,
        reach=correction.reach,
        day=day,
        subject=layout.subject,
        html=correction_html(layout, about, templates, settings.style.colour),
        text=correction_text(layout, about, templates),
        items=correction.items,
    )


def _layout(correction: Correction, issue: Issue, settings: Settings, day: date) -> Layout:
    title = clean_line(settings.partnership.title)
    text, language = clean(correction.text).strip(), own_language(settings)
    return Layout(
        title=title,
        publisher=clean_line(settings.partnership.name),
        subject=clean_line(f"Correction: {title} issue {issue.number}"),
        number=issue.number,
        day=day,
        day_words=house_date(day),
        preheader=_preheader(text, title, issue.number),
        language=language,
        direction=direction(language),
        introduction=text,
        footer=_footer(correction, issue, settings),
        web=page_of(issue, correction.reach, settings.site),
        website=public_url(settings.partnership.website),
    )


def _preheader(text: str, title: str, number: int) -> str:
    """Give the line beside the subject in an inbox: how the correction begins."""
    words = shortened(" ".join(plain(text).split()), PREHEADER.stop - 1)
    if len(words) >= PREHEADER.start:
        return words
    return shortened(f"{words} (a correction to issue {number} of {title})", PREHEADER.stop - 1)


def _about(correction: Correction, issue: Issue, settings: Settings, layout: Layout) -> Iterator[About]:
    """Give the items that are corrected, with their places in the archive where these readers can open it."""
    items = {item.id: item for item in issue.items if may_reach(item, correction.reach)}
    for item in (items[name] for name in correction.items if name in items):
        linked = layout.web and may_stay(item, settings.site.reach)
        tag = language_tag(item.language)
        yield About(
            title_of(item),
            f"{layout.web}#{item_anchor(item.id)}" if linked else "",
            "" if tag == layout.language else tag,
            direction(tag) if tag else layout.direction,
        )


def _footer(correction: Correction, issue: Issue, settings: Settings) -> tuple[Note, ...]:
    """Say why somebody gets this, how to leave, whom to ask, and that nobody is tracked."""
    shown = settings._replace(site=settings.site._replace(images=False))  # a correction has no pictures
    notes = footer_notes(EditionSettings(EDITION, reach=correction.reach), shown)
    title, publisher = literal(clean_line(settings.partnership.title)), literal(settings.partnership.name)
    sent = f"Issue {issue.number} of {title} was sent to your address."
    why = f"{sent} {publisher} sends corrections to the same people."
    return (Note("Why you get this", why), *(note for note in notes if note.heading in _KEPT))

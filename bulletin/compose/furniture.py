"""The words an edition adds of its own: subject, preheader, contents of the footer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from urllib.parse import quote

from bulletin.dates import house_date
from bulletin.form import FORM, form_lines
from bulletin.markdown import clean_line, literal
from bulletin.model.edition import Entry, Fact, Note, Who
from bulletin.model.issue import Issue
from bulletin.model.partnership import Body, Reach, Role
from bulletin.settings.values import EditionSettings, Settings

LONGEST_SUBJECT = 78
PREHEADER = range(35, 141)
FILL_IN = "Please fill in what you can, leave the rest empty, and write your words below the last line."
OUR_OWN = (Role.CORE_GROUP, Role.LSP, Role.COUNTY)


def subject_of(
    issue: Issue, edition: EditionSettings, settings: Settings, day: date, leads: Sequence[str]
) -> str:
    """Give the subject: the officer's pattern, or the bulletin, its number and its first stories."""
    title = settings.partnership.title
    values = {
        "title": title,
        "number": str(issue.number),
        "month": house_date(day).split()[-2],
        "year": str(day.year),
        "name": edition.heading or edition.name,
        "stories": _as_many("", leads[:2], LONGEST_SUBJECT),
    }
    if edition.subject:
        return clean_line(re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), edition.subject))
    return clean_line(_as_many(f"{title} issue {issue.number}: ", leads[:2], LONGEST_SUBJECT))


def preheader_of(issue: Issue, settings: Settings, day: date, subject: str, leads: Sequence[str]) -> str:
    """Give the line beside the subject in an inbox: stories the subject leaves out, while there are any."""
    untold = [title for title in leads if title not in subject]
    words = _as_many("", untold or leads, PREHEADER.stop - 1)
    if len(words) >= PREHEADER.start:
        return words
    partnership = settings.partnership
    rest = f"issue {issue.number} of {clean_line(partnership.title)}, {house_date(day)}"
    return shortened(f"{words}; {rest}" if words else f"Issue{rest[5:]}", PREHEADER.stop - 1)


def shortened(words: str, longest: int) -> str:
    """Cut words to a length between two of them, with an ellipsis where something is gone."""
    if len(words) <= longest:
        return words
    cut = words[: longest - 1].rsplit(None, 1)[0] if " " in words[: longest - 1] else words[: longest - 1]
    return f"{cut.rstrip(' ,;:.-')}…"


def _as_many(start: str, titles: Iterable[str], longest: int) -> str:
    """Add as many whole titles as fit, the first one even if it has to be cut."""
    words = ""
    for title in titles:
        longer = f"{words}; {title}" if words else title
        if words and len(start) + len(longer) > longest:
            break
        words = longer
    return shortened(start + words if words else start.rstrip(": "), longest)


def acronyms_used(meanings: Mapping[str, str], words: str) -> tuple[Fact, ...]:
    """Give those acronyms, in order, that stand in the words as whole words or in the plural."""
    longest_first = sorted(filter(str.strip, meanings), key=lambda name: (-len(name), name))
    if not longest_first:
        return ()
    found = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)").findall(words)
    return tuple(
        Fact(clean_line(name), clean_line(meanings[name])) for name in sorted(set(found), key=str.casefold)
    )


def visible_words(introduction: str, entries: Iterable[Entry], plain_words: Mapping[str, str]) -> str:
    """Give everything an edition says in contributors' words, for looking for acronyms."""
    parts = [introduction]
    for entry in entries:
        parts += [entry.title, entry.source, plain_words[entry.id]]
        parts += [fact.value for fact in entry.facts]
    return "\n".join(parts)


def whos_who(bodies: Iterable[Body], named: AbstractSet[str]) -> tuple[Who, ...]:
    """Give the partnership's own bodies, with whom to ask, and of the others those whose items are here.

    named: the ids of the bodies an item of the edition is from. Only bodies that say what they are.
    """
    return tuple(
        Who(clean_line(body.name), clean_line(body.about), _contact(body))
        for body in bodies
        if body.about and (body.role in OUR_OWN or body.id in named)
    )


def _contact(body: Body) -> str:
    """Give whom to ask at one of our own bodies; the others' items name somebody each."""
    return clean_line(", ".join(filter(None, (body.contact, body.email)))) if body.role in OUR_OWN else ""


def dates_ahead(issue: Issue, settings: Settings) -> tuple[Fact, ...]:
    """Give the next meeting and the day summaries for it are due."""
    host = next((clean_line(body.name) for body in settings.bodies if body.role is Role.CORE_GROUP), "")
    facts = []
    if issue.next_meeting:
        facts.append(Fact(f"Next {host} meeting" if host else "Next meeting", house_date(issue.next_meeting)))
    if issue.next_summaries_due:
        facts.append(Fact("Summaries for it are due by", house_date(issue.next_summaries_due)))
    return tuple(facts)


_SHOWN = (
    " The pictures are those of our archive, at the same address for every reader: your mail program asks for"
    " them there if you let it."
)


def footer_notes(edition: EditionSettings, settings: Settings) -> tuple[Note, ...]:
    """Say why somebody gets this, how to leave, whom to ask, what may be used, and that nobody is tracked."""
    partnership, leaving = settings.partnership, settings.sender.leaving
    title, publisher = literal(partnership.title), literal(partnership.name)
    leave = _mailto(leaving, f"Leave {clean_line(partnership.title)}")
    page = f", or [use the leave page](<{settings.site.leave}/>)" if settings.site.leave else ""
    use = "You are welcome to use anything here in your own newsletter, website or meeting."
    if edition.reach is Reach.PARTNERS:
        use = "You are welcome to use anything here that is not marked for partners only."
    contact = partnership.contact or settings.sender.reply_to or settings.sender.address
    return (
        Note("Why you get this", f"Your address is on a mailing list that {publisher} keeps for {title}."),
        Note(
            "How to leave",
            f"Write to {leave}{page}. We take the address you write from, and no other, off all our lists for"
            f" {title}. If somebody passed this copy on to you, you are on none of them and need do nothing.",
        ),
        Note("Who to ask", literal(contact)),
        Note("Send us your news", _contributing(settings)),
        Note("Pass it on", use),
        Note(
            "Nobody is tracked",
            "We cannot see whether you open this or what you follow: there are no hidden pictures, and every"
            f" link goes straight to the address it names.{_SHOWN if settings.site.images else ''}",
        ),
    )


def _contributing(settings: Settings) -> str:
    """Say how to contribute: a link that opens a message with the form in it, and the form's lines."""
    address, title = settings.sender.contributing, clean_line(settings.partnership.title)
    body = "\r\n".join((FILL_IN, "", *form_lines(), "", ""))
    form = _mailto(
        address,
        f"For {shortened(title, LONGEST_SUBJECT)}",
        body,
        f"Write to {literal(address)} with our short form",
    )
    *first, last = FORM
    return (
        f"{form}. Begin with these lines, as many as you know, and put your words under them: "
        f"{', '.join(first)} and {last}."
    )


def _mailto(address: str, subject: str, body: str = "", words: str = "") -> str:
    """Give a link to an address as Markdown (RFC 6068): spaces are %20 and line ends %0D%0A."""
    fields = f"subject={quote(subject, safe='')}" + (f"&body={quote(body, safe='')}" if body else "")
    return f"[{words or literal(address)}](mailto:{quote(address, safe='@+')}?{fields})"

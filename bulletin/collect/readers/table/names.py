"""What people call the columns of a list and the lines of a form."""

_ROLES = {
    "title": (
        "event, events, what, event name, name of event, event title, name of the event, activity, "
        "activity name, headline, subject, story, news item, news, what's on, whats on, session, "
        "course, course title, workshop, meeting, item, title of event"
    ),
    "name": ("name, project, group, description of event, event description"),
    "when": (
        "date and time, dates and times, date/time, date & time, date time, datetime, when is it, dates"
    ),
    "day": ("date, event date, date of event, day and date, day/date, day & date"),
    "weekday": ("day, weekday, day of week, day of the week"),
    "time": (
        "time, times, event time, start and end time, hours, opening hours, timing, timings, start/end time"
    ),
    "start day": (
        "start date, date from, from date, first date, begins on, starts on, date start, start day"
    ),
    "end day": ("end date, date to, to date, last date, finish date, ends on, date end, end day"),
    "start": (
        "start, start time, starts, starting, begins, time from, from time, starting time, "
        "time start, doors, begin"
    ),
    "end": (
        "end, end time, ends, finish, finishes, finish time, until, time to, to time, ending, "
        "time end, finishing time"
    ),
    "where": (
        "where is it, place, venue/location, venue name, venue address, address, room, building, "
        "town, village, postcode, post code, location/venue, event location, held at, "
        "venue and address"
    ),
    "from": (
        "organiser, organizer, organised by, organized by, organisation, organization, host, "
        "hosted by, run by, provider, partner, submitted by, contributor, your organisation, "
        "organising body, led by, source organisation"
    ),
    "text": (
        "details, detail, description, more information, more info, information, info, "
        "further information, notes, text, further details, about, comments, message, body, "
        "body text, article, copy, content, story text, what happens, event details, full text, "
        "wording, your text, event information, programme"
    ),
    "summary": ("in brief, short description, one line, brief summary, strapline"),
    "link": (
        "weblink, web link, web address, web site, webpage, web page, links, booking link, book at, "
        "more information link, website/link, hyperlink, booking website, web/booking link, "
        "link to more information, website link, site"
    ),
    "contact": (
        "contact name, contact person, contact details, who to contact, contact for details, "
        "enquiries, contacts, enquiries to, for more information contact, contact information"
    ),
    "email": ("email, e-mail, email address, e-mail address, contact email, contact e-mail, mail"),
    "phone": (
        "phone, tel, telephone, telephone number, phone number, mobile, contact number, tel no, "
        "telephone no, contact phone"
    ),
    "closes": (
        "closing, closes on, closing date and time, apply by, respond by, comments by, reply by, "
        "consultation closes"
    ),
    "opens": ("opening date, opens on, consultation opens"),
    "number": ("ref, no, number, id, #, item no, ref no, reference, s/n, row"),
}
"""What a column holds, an agreed label or a part of one, to the names it goes by, lower case."""

ROLES = {name: role for role, names in _ROLES.items() for name in names.split(", ")}
"""The role of each name."""

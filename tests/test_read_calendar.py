from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.collect.calendar_file import read_calendar_file
from bulletin.collect.reading import Reading
from bulletin.dates import read_when
from bulletin.model.contribution import FileOutcome

LONDON = """BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", "SUMMARY:Drop-in", *lines, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", "")).encode()


def read(*parts: str) -> Reading:
    return read_calendar_file("x.ics", calendar(*parts))


def when(*lines: str) -> str:
    return read(event(*lines)).drafts[0].labels.get("when", "")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("DTSTART:20261209T173000", "DTEND:20261209T193000"), "Wednesday 9 December 2026, 5:30pm to 7:30pm"),
        (("DTSTART;VALUE=DATE:20261209", "DTEND;VALUE=DATE:20261210"), "Wednesday 9 December 2026"),
        (("DTSTART;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20261207"), "4 to 6 December 2026"),
        (("DTSTART;VALUE=DATE:20261209",), "Wednesday 9 December 2026"),
        (("DTSTART:20261209T100000", "DURATION:PT2H"), "Wednesday 9 December 2026, 10am to midday"),
        (("DTSTART:20261209T200000", "DTEND:20261210T010000"), "Wednesday 9 December 2026, 8pm to 1am"),
        (("DTSTART:20261209T190000", "DTEND:20261210T000000"), "Wednesday 9 December 2026, 7pm to midnight"),
        (("DTSTART:20261209T000000", "DTEND:20261211T000000"), "9 to 10 December 2026"),
        (("DTSTART:20260701T090000Z",), "Wednesday 1 July 2026, 10am"),
        (("DTSTART;TZID=Europe/Paris:20261209T110000",), "Wednesday 9 December 2026, 10am"),
    ],
)
def test_a_date_is_written_in_house_style_and_uk_time(lines: tuple[str, ...], said: str) -> None:
    assert when(*lines) == said


def test_a_zone_of_outlooks_own_name_is_uk_time() -> None:
    reading = read(LONDON, event("DTSTART;TZID=GMT Standard Time:20261202T180000"))
    assert reading.drafts[0].labels["when"] == "Wednesday 2 December 2026, 6pm"
    assert reading.outcome is FileOutcome.READ
    assert not reading.notes


def test_a_converted_time_is_noted() -> None:
    reading = read(event("DTSTART;TZID=America/New_York:20261209T100000"))
    assert reading.notes == ("its times were turned from America/New_York into UK time (10am is 3pm here)",)


def test_an_unknown_zone_is_asked_about_and_gives_no_date() -> None:
    reading = read(event("DTSTART;TZID=Customized Time Zone:20261209T100000"))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert '"Customized Time Zone" is not one we know' in reading.why
    assert read_when(reading.drafts[0].labels["when"], date(2026, 11, 1)).start is None


def test_a_zone_of_one_file_is_unknown_to_the_next() -> None:
    own = LONDON.replace("GMT Standard Time", "Our Own").replace("+0100", "+0900").replace("+0000", "+0900")
    start = event("DTSTART;TZID=Our Own:20261209T100000")
    assert read(own, start).drafts[0].labels["when"] == "Wednesday 9 December 2026, 1am"
    assert "is not one we know" in read(start).why


def test_hours_over_several_days_go_to_the_text() -> None:
    draft = read(event("DTSTART:20261204T100000", "DTEND:20261206T160000")).drafts[0]
    assert draft.labels["when"] == "4 to 6 December 2026"
    ends = "ends at 4pm on Sunday 6 December 2026."
    assert draft.text == f"Starts at 10am on Friday 4 December 2026, {ends}"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", "Thursday 3 December 2026, 2:30pm, then every Thursday"),
        (
            "FREQ=WEEKLY;UNTIL=20270325T160000Z",
            "Thursday 3 December 2026, 2:30pm, then every Thursday until 25 March 2027",
        ),
        (
            "FREQ=WEEKLY;COUNT=3",
            "Thursday 3 December 2026, 2:30pm, then every Thursday until 17 December 2026",
        ),
        ("FREQ=WEEKLY;COUNT=1", "Thursday 3 December 2026, 2:30pm"),
        ("FREQ=DAILY;COUNT=3", "3 to 5 December 2026, 2:30pm"),
    ],
)
def test_a_plain_weekly_or_daily_rule_is_a_certain_date(rule: str, said: str) -> None:
    reading = read(event("DTSTART;TZID=Europe/London:20261203T143000", f"RRULE:{rule}"))
    assert reading.drafts[0].labels["when"] == said
    assert reading.outcome is FileOutcome.READ
    assert read_when(said, date(2020, 1, 1)).start == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every Tuesday and Thursday"),
        ("FREQ=MONTHLY;BYDAY=1TH", "every month on the first Thursday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=HOURLY;BYMINUTE=1", "every time its rule says (FREQ=HOURLY;BYMINUTE=1)"),
    ],
)
def test_any_other_rule_is_said_in_words_and_decided_by_a_person(rule: str, said: str) -> None:
    reading = read(event("DTSTART:20261203T143000", f"RRULE:{rule}"))
    words = reading.drafts[0].labels["when"]
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert words == f"Thursday 3 December 2026, 2:30pm, then {said}"
    assert read_when(words, date(2020, 1, 1)).start is None


def test_a_weekly_hour_kept_elsewhere_is_asked_about() -> None:
    reading = read(event("DTSTART:20261203T143000Z", "RRULE:FREQ=WEEKLY"))
    assert "an hour earlier or later when the clocks change" in reading.why
    assert read_when(reading.drafts[0].labels["when"], date(2020, 1, 1)).start is None


def test_days_taken_out_of_a_series_are_said() -> None:
    lines = ("DTSTART:20261203T143000", "RRULE:FREQ=WEEKLY", "EXDATE:20261203T143000,20261224T143000")
    reading = read(event(*lines))
    assert reading.drafts[0].labels["when"] == "Thursday 10 December 2026, 2:30pm, then every Thursday"
    assert reading.why == "it does not happen on Thursday 24 December 2026"
    assert reading.drafts[0].text == "Not on Thursday 24 December 2026."


def test_a_changed_time_of_a_series_is_asked_about_and_no_item() -> None:
    series = event("UID:1", "DTSTART:20261203T143000", "RRULE:FREQ=WEEKLY")
    moved = event("UID:1", "RECURRENCE-ID:20261210T143000", "DTSTART:20261211T143000")
    reading = read(series, moved)
    assert len(reading.drafts) == 1
    assert 'one time of "Drop-in" is different: Friday 11 December 2026, 2:30pm' in reading.why


@pytest.mark.parametrize(
    "parts", [("METHOD:CANCEL", event("DTSTART:20261207T140000")), (event("STATUS:CANCELLED"),)]
)
def test_a_cancellation_gives_no_item_and_names_the_event(parts: tuple[str, ...]) -> None:
    reading = read(*parts)
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert not reading.drafts
    assert reading.why.startswith('it cancels "Drop-in"')


def test_a_private_event_gives_no_item() -> None:
    reading = read(event("DTSTART:20261207T140000", "CLASS:PRIVATE"))
    assert not reading.drafts
    assert '"Drop-in" is marked private' in reading.why


def test_guests_never_reach_an_item() -> None:
    reading = read(
        event(
            "DTSTART:20261207T140000",
            "ATTENDEE;CN=Wendy Akehurst:mailto:wendy@harrowell.example",
            "ORGANIZER;CN=Dafydd Marl:mailto:dafydd@harrowell.example",
        )
    )
    assert reading.drafts[0].labels["contact"] == "Dafydd Marl"
    assert "wendy" not in str(reading).lower()
    assert "1 guest left out" in reading.notes


def test_an_organiser_without_a_name_is_left_out() -> None:
    reading = read(event("DTSTART:20261207T140000", "ORGANIZER:mailto:room3@harrowell.example"))
    assert "contact" not in reading.drafts[0].labels
    assert reading.notes == ("its organiser was left out: room3@harrowell.example",)


def test_joining_details_are_cut_and_other_words_stay() -> None:
    text = (
        r"Bring questions.\n\n________________________________\nMicrosoft Teams meeting\n"
        r"Join on your computer\n"
        r"https://teams.microsoft.com/l/meetup-join/1\nMeeting ID: 123 456\nPasscode: a1\n\nTea at 10am."
    )
    reading = read(event("DTSTART:20261207T140000", f"DESCRIPTION:{text}"))
    assert reading.drafts[0].text == "Bring questions.\n\nTea at 10am."
    assert reading.notes == ("how to join it online was cut: https://teams.microsoft.com/l/meetup-join/1",)


def test_an_online_place_is_not_printed_as_its_address() -> None:
    reading = read(event("DTSTART:20261207T140000", "LOCATION:https://zoom.us/j/1?pwd=2"))
    assert reading.drafts[0].labels["where"] == "Online"
    assert reading.notes == ("the address to join it online was left out: https://zoom.us/j/1?pwd=2",)


def test_an_address_alone_on_its_line_becomes_the_link() -> None:
    draft = read(event("DTSTART:20261207T140000", r"DESCRIPTION:Free.\nhttps://x.example/a__b")).drafts[0]
    assert draft.labels["link"] == "https://x.example/a__b"
    assert draft.text == "Free."
    assert draft.inferred


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_unsafe_link_is_left_out_with_a_note(url: str) -> None:
    reading = read(event("DTSTART:20261207T140000", f"URL:{url}", f"DESCRIPTION:<a href='{url}'>x</a>"))
    assert "link" not in reading.drafts[0].labels
    assert url not in reading.drafts[0].text
    assert any("is no web address" in note for note in reading.notes)


def test_a_file_inside_an_event_is_handed_on() -> None:
    line = "ATTACH;VALUE=BINARY;ENCODING=BASE64;FILENAME=plan.txt:aGVsbG8="
    reading = read(event("DTSTART:20261207T140000", line))
    assert [(one.name, one.data) for one in reading.attached] == [("plan.txt", b"hello")]


def test_a_broken_event_spoils_no_other() -> None:
    broken = event("DTSTART:20261332T140000")
    reading = read(broken, event("DTSTART:20261207T140000"), event("DTSTART:None", "DTEND:None"))
    whens = [draft.labels.get("when") for draft in reading.drafts]
    assert whens == ["20261332T140000", "Monday 7 December 2026, 2pm", "None"]
    assert 'its date ("20261332T140000") could not be read' in reading.why


def test_lines_broken_off_by_hand_are_joined() -> None:
    reading = read(event("DTSTART:20261207T140000", "DESCRIPTION:Dear all,\n\nDo come; bring tea.\nJoan"))
    assert reading.drafts[0].text == "Dear all,\n\nDo come; bring tea.\n\nJoan"
    assert "joined 2 lines that had been broken off" in reading.notes


def test_a_character_folded_in_two_is_put_together() -> None:
    data = calendar(event("DTSTART:20261207T140000")).replace(
        b"Drop-in", "Caf\u00e9".encode()[:-1] + b"\r\n \xa9"
    )
    assert read_calendar_file("x.ics", data).drafts[0].labels["title"] == "Caf\u00e9"


def test_a_file_cut_off_gives_what_is_there_and_says_so() -> None:
    data = calendar(event("DTSTART:20261207T140000", "LOCATION:Hall")).partition(b"END:VEVENT")[0]
    reading = read_calendar_file("x.ics", data)
    assert reading.drafts[0].labels["where"] == "Hall"
    assert "the file breaks off inside it" in reading.why


def test_a_whole_diary_is_named_and_not_taken() -> None:
    reading = read(*[event("DTSTART:20261207T140000")] * 51)
    assert not reading.drafts
    assert reading.why == "it is a whole diary: 51 events, and at most 50 are taken"


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((), "the calendar is empty: it held no event"),
        (("BEGIN:VTODO", "SUMMARY:Dishes", "END:VTODO"), 'it holds no event, only 1 task ("Dishes")'),
        ((event(),), "it has no date"),
        (("METHOD:REPLY", event()), 'it is somebody\'s answer to an invitation ("Drop-in"), not an event'),
    ],
)
def test_what_is_no_dated_event_is_named(parts: tuple[str, ...], why: str) -> None:
    assert read(*parts).why == why


@pytest.mark.parametrize("data", [b"", b"\0\0", b"hello", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_what_is_no_calendar_is_not_read(data: bytes) -> None:
    assert read_calendar_file("x.ics", data).outcome is FileOutcome.NOT_READ


def test_a_zone_that_would_be_unrolled_by_the_second_is_not_believed() -> None:
    zone = LONDON.replace("YEARLY;BYDAY=-1SU;BYMONTH=3", "SECONDLY").replace("GMT Standard Time", "Slow")
    assert "is not one we know" in read(zone, event("DTSTART;TZID=Slow:20261207T140000")).why


PARTS = (
    *("INTERVAL=2", "COUNT=4", "UNTIL=20270101", "UNTIL=20200101T000000Z", "BYDAY=TU", "BYDAY=2MO,-1FR"),
    *("BYMONTHDAY=3", "BYMONTH=5", "BYSETPOS=-1", "BYHOUR=9", "WKST=SU", "COUNT=999999999"),
)
RULES = st.builds(
    lambda often, parts: ";".join((f"FREQ={often}", *parts)),
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY")),
    st.lists(st.sampled_from(PARTS), max_size=3, unique=True),
)


@settings(max_examples=150, deadline=None)
@given(st.datetimes(), st.integers(0, 3000), RULES)
def test_a_date_that_is_certain_is_the_events_own(start: object, minutes: int, rule: str) -> None:
    begins = f"{start:%Y%m%dT%H%M%S}".rjust(15, "0")
    draft = read(event(f"DTSTART:{begins}", f"DURATION:PT{minutes}M", f"RRULE:{rule}")).drafts[0]
    back = read_when(draft.labels.get("when", ""), date(2026, 1, 1))
    if back.start is not None:
        assert f"{back.start:%Y%m%d}" == begins[:8]
        assert back.starts in (None, time(int(begins[9:11]), int(begins[11:13])))
        assert not back.repeats or "WEEKLY" in rule


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 800))
def test_whatever_the_bytes_it_gives_a_reading(noise: bytes, at: int) -> None:
    whole = calendar(LONDON, event("DTSTART;TZID=GMT Standard Time:20261202T180000", "RRULE:FREQ=WEEKLY"))
    assert isinstance(read_calendar_file("x.ics", whole[:at] + noise + whole[at:]), Reading)


def test_a_calendar_of_a_million_lines_is_one_clear_line() -> None:
    reading = read(event("DTSTART:20261207T140000", "DESCRIPTION:x", *["more words"] * 30_000))
    assert reading.why.startswith("it is too large to be an event: 30,0")


def test_days_that_cannot_be_read_are_asked_about() -> None:
    reading = read(event("DTSTART:20261203T143000", "RRULE:FREQ=WEEKLY", "EXDATE:20261399T143000"))
    assert reading.why == "days it happens or not (EXDATE) could not be read"


OLD = b"""BEGIN:VCALENDAR
VERSION:1.0
BEGIN:VEVENT
SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9 morning=
 for all
LOCATION;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:St Ann=92s=0D=0AHarrowell
DTSTART:20261204T100000
DTEND:20261204T120000
END:VEVENT
END:VCALENDAR
"""


def test_an_old_telephones_calendar_is_read() -> None:
    labels = read_calendar_file("x.vcs", OLD.replace(b"=92", b"=E9")).drafts[0].labels
    assert labels["title"] == "Café morning for all"
    assert labels["where"] == "St Annés, Harrowell"
    assert labels["when"] == "Friday 4 December 2026, 10am to midday"


@pytest.mark.parametrize("rule", ["RRULE:EVERY WEEK", "RRULE:W1 FR #4", "EXRULE:FREQ=DAILY", "RDATE:soon"])
def test_a_rule_that_cannot_be_read_is_asked_about_and_gives_no_date(rule: str) -> None:
    reading = read(event("DTSTART:20261204T100000", rule))
    assert "its rule could not be read" in reading.why
    assert read_when(reading.drafts[0].labels["when"], date(2026, 11, 12)).start is None

import re
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.dates import house_deadline, house_when, read_deadline, read_when
from bulletin.model.when import DoubtKind, When

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_AND_YEARS = (
    "4 4th 22st 31 12 10 1 05 0 26 '26 99 226 2026 2027 1926|2026-12-04 12/04/2026 18/12/2026 4.12"
)
CLOCK = "9/10 10am 5pm 5.30pm 10.00 13.00 9:30 17:00 24:00 noon midday midnight 12am 12pm 1400hrs 10-12 2-4pm"
NAMES = (
    "Dec December December, Jan. May may February Fri Friday Thursday (Friday) Tuesdays every weekly daily"
)
LINKS = (
    "to - \u2013 until by from between and & on at the of , . ( ) ; / or starts onwards w/c not before after "
    "'til about provisional tbc"
)
MORE = "2026-12-04T17:00Z 2026-12-04T23:30-05:00 4-Dec 04-Dec-2026 4/Dec/26 pm evening CET BST GMT Th Freiday"
OTHERS = "room tbc cancelled for each other \u00a35 01632|960001 WR9 \u0664 \u00b2 people"
PIECES = [
    piece.replace("|", " ")
    for pieces in (DAYS_AND_YEARS, CLOCK, NAMES, LINKS, MORE, OTHERS)
    for piece in pieces.split(" ")
]
WORDS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(max_size=60),
)
REFERENCES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(WORDS, REFERENCES)
@settings(max_examples=600)
def test_no_part_of_a_date_is_ever_invented(words: str, reference: date) -> None:
    for when in (read_when(words, reference), read_deadline(words, reference)):
        for day in filter(None, (when.start, when.end)):
            assert day.day in _numbers(words)
            assert day.month in _numbers(words) or MONTHS[day.month - 1] in words.lower()
            assert day.year in _numbers(words) or DoubtKind.YEAR in _kinds(when)


@given(WORDS, REFERENCES)
@settings(max_examples=600)
def test_no_time_of_day_is_ever_invented(words: str, reference: date) -> None:
    for when in (read_when(words, reference), read_deadline(words, reference)):
        for at in (at for at in (when.starts, when.ends) if at is not None):
            said = {12, 0} if re.search("noon|midday|midnight", words.lower()) else set()
            hours = {number // 100 if number > 99 else number for number in _numbers(words)} | said
            assert {at.hour, at.hour - 12} & hours or at == time(23, 59)
            assert at.minute in {number % 100 for number in _numbers(words)} | {0, 59}


@given(WORDS, REFERENCES)
@settings(max_examples=600)
def test_no_date_goes_out_beside_a_weekday_that_disagrees(words: str, reference: date) -> None:
    when = read_when(words, reference)
    named = {
        WEEKDAYS.index(found[:3])
        for found in re.findall(r"\b(?:fri|friday|thursday|tuesdays)\b", words.lower())
    }
    if when.start and when.end:
        assert named <= {when.start.weekday(), when.end.weekday()}
        assert when.start <= when.end


@given(WORDS, REFERENCES)
@settings(max_examples=600)
def test_words_that_give_no_date_always_get_a_doubt(words: str, reference: date) -> None:
    when = read_when(words, reference)
    assert bool(when.start) == bool(when.end)
    assert when.start or when.doubts or not words.strip()
    assert when.start or not (when.starts or when.ends or when.repeats)


DAYS = st.dates(date(1900, 1, 1), date(2099, 6, 30))
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0)).filter(lambda at: at != time(0))


@st.composite
def events(draw: st.DrawFn) -> When:
    start = draw(DAYS)
    end = start + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 6, 40, 180])))
    starts, ends = draw(st.none() | MINUTES), draw(st.none() | MINUTES)
    if starts and ends and starts >= ends:
        starts, ends = (ends, starts) if starts > ends else (starts, None)
    weekday = f"every {start:%A}" if draw(st.booleans()) else ""
    return When("", start, end, starts, ends, weekday)


@given(events(), REFERENCES)
@settings(max_examples=400)
def test_house_style_reads_back_as_what_it_was(when: When, reference: date) -> None:
    words = house_when(when)
    assert read_when(words, reference) == When(
        words, when.start, when.end, when.starts, when.ends, when.repeats
    )


@given(DAYS, st.none() | MINUTES, REFERENCES)
def test_a_deadline_in_house_style_reads_back_as_what_it_was(
    day: date, at: time | None, reference: date
) -> None:
    words = house_deadline(When("", day, day, ends=at))
    assert read_deadline(words, reference) == When(words, day, day, ends=at)


def _numbers(words: str) -> set[int]:
    return {int(number) for number in re.findall("[0-9]+", words)}


def _kinds(when: When) -> set[DoubtKind]:
    return {doubt.kind for doubt in when.doubts}

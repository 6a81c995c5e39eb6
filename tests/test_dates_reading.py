import subprocess
import sys
from datetime import date, time
from timeit import default_timer

import pytest

from bulletin.dates import read_deadline, read_when
from bulletin.model.when import Doubt, DoubtKind, When

ON = date(2026, 11, 20)
FOURTH = date(2026, 12, 4)


@pytest.mark.parametrize("words", ["", "  ", "\n\t"])
def test_no_words_are_no_date_and_no_doubt(words: str) -> None:
    assert read_when(words, ON) == read_deadline(words, ON) == When("")


def test_an_event_keeps_its_words_and_has_days_and_times() -> None:
    words = "Wednesday 9th December 2026 5.30pm \u2013 7.30pm"
    day = date(2026, 12, 9)
    assert read_when(words, ON) == When(words, day, day, time(17, 30), time(19, 30))


def test_a_time_after_until_is_an_end() -> None:
    when = read_when("until 5pm on 4 December 2026", ON)
    assert (when.start, when.starts, when.ends) == (FOURTH, None, time(17))


def test_the_time_of_a_deadline_is_its_end() -> None:
    when = read_deadline("5pm on Friday 4 December 2026", ON)
    assert (when.end, when.starts, when.ends) == (FOURTH, None, time(17))


def test_a_deadline_at_midnight_is_the_last_minute_of_the_day_it_names() -> None:
    assert read_deadline("midnight on 4 December 2026", ON).ends == time(23, 59)


def test_an_end_in_the_small_hours_is_on_the_next_morning() -> None:
    when = read_when("4 December 2026, 7pm to 1am", ON)
    assert (when.start, when.end, when.starts, when.ends) == (FOURTH, FOURTH, time(19), time(1))


def test_what_is_weekly_has_its_first_day_and_its_weekday() -> None:
    when = read_when("every Friday from 4 December 2026, 10am to midday", ON)
    assert (when.start, when.repeats, when.ends) == (FOURTH, "every Friday", time(12))


def test_a_weekly_event_may_have_a_last_day() -> None:
    when = read_when("Fridays, 4 December 2026 to 29 January 2027", ON)
    assert (when.start, when.end, when.repeats) == (FOURTH, date(2027, 1, 29), "every Friday")


@pytest.mark.parametrize(
    ("words", "reference", "year"),
    [
        ("4 December", ON, 2026),
        ("20 November", ON, 2026),
        ("19 November", ON, 2027),
        ("4 to 6 December", date(2026, 12, 5), 2026),
        ("29 February", ON, 2028),
        ("30 December to 2 January", ON, 2026),
        ("30 December to 2 January", date(2027, 1, 1), 2026),
    ],
)
def test_a_missing_year_is_that_of_the_next_occurrence_and_is_doubted(
    words: str, reference: date, year: int
) -> None:
    when = read_when(words, reference)
    assert when.start is not None
    assert when.start.year == year
    assert [doubt.kind for doubt in when.doubts] == [DoubtKind.YEAR]


def test_a_weekday_that_disagrees_leaves_no_date() -> None:
    words = "Thursday 4 December 2026"
    doubt = Doubt(DoubtKind.WEEKDAY, "4 December 2026 is a Friday, not a Thursday")
    assert read_when(words, ON) == When(words, doubts=(doubt,))


def test_a_day_first_date_that_could_be_month_first_is_a_question() -> None:
    doubt = Doubt(DoubtKind.UNREAD, "12/04/2026 could be 12 April or 4 December: write the month as a word")
    assert read_when("12/04/2026", ON).doubts == (doubt,)


def test_an_unclear_time_leaves_the_day_certain() -> None:
    when = read_when("4 December 2026, 2-4", ON)
    assert (when.start, when.starts, when.ends) == (FOURTH, None, None)
    assert [doubt.kind for doubt in when.doubts] == [DoubtKind.UNREAD]


def test_an_event_over_before_it_starts_is_doubted() -> None:
    assert read_when("6 to 4 December 2026", ON).doubts[0].kind == DoubtKind.ORDER
    assert read_when("4 December 2026, 5pm to 3pm", ON).doubts[0].kind == DoubtKind.ORDER


@pytest.mark.parametrize("words", ["1 " * 50_000, "9" * 100_000, "4 December 2026 " + "-" * 100_000])
def test_a_long_text_is_no_date_and_costs_no_time(words: str) -> None:
    began = default_timer()
    assert read_when(words, ON).start is None
    assert default_timer() - began < 0.5


@pytest.mark.parametrize("piece", ["1 ", "9", "- ", "4 Dec ", "10-", "9.", "to ", "fri ", "(", "a'", "1/"])
def test_the_longest_words_that_are_read_cost_little(piece: str) -> None:
    began = default_timer()
    read_when((piece * 300)[:300], ON)
    assert default_timer() - began < 0.5


def test_reading_dates_needs_no_library_but_regular_expressions() -> None:
    heavy = "{'calendar', 'locale', 'email', 'zoneinfo', 'dateutil', 'dateparser', '_strptime'}"
    code = f"import sys, bulletin.dates; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        ("Fri 4 Dec 2026, 10-12", ""),
        (
            "Friday 4 December 2026 at 10am, Harrowell Town Hall (ask for Jo)",
            "Harrowell Town Hall, ask for Jo",
        ),
        ("4 December 2026, all day, drop in", "all day, drop in"),
        ("4 December 2026, 2-4", "2-4"),
        ("4 December 2026, 6.30 for 7pm", "6.30 for 7pm"),
    ],
)
def test_what_stands_beside_a_date_is_kept(words: str, beside: str) -> None:
    assert read_when(words, ON).beside == beside


def test_a_wrong_weekday_and_times_out_of_order_are_said_together() -> None:
    when = read_when("Sat 6 December, 2pm to 11am", date(2026, 11, 12))

    assert [doubt.kind for doubt in when.doubts] == [DoubtKind.WEEKDAY, DoubtKind.ORDER]
    assert when.start is None

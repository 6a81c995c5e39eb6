from datetime import date, time

import pytest

from bulletin.dates import days_left, house_date, house_deadline, house_time, house_when
from bulletin.model.when import When

DAY = date(2026, 12, 9)


def test_a_day_is_written_with_its_weekday_and_without_an_ordinal() -> None:
    assert house_date(date(2026, 11, 26)) == "Thursday 26 November 2026"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (time(10), "10am"),
        (time(17, 30), "5:30pm"),
        (time(12), "midday"),
        (time(12, 5), "12:05pm"),
        (time(0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_a_time_is_written_on_the_twelve_hour_clock(at: time, written: str) -> None:
    assert house_time(at) == written


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (When("w", DAY, DAY), "Wednesday 9 December 2026"),
        (When("w", DAY, DAY, time(17, 30), time(19, 30)), "Wednesday 9 December 2026, 5:30pm to 7:30pm"),
        (When("w", DAY, DAY, time(10)), "Wednesday 9 December 2026, 10am"),
        (When("w", DAY, DAY, ends=time(17)), "Wednesday 9 December 2026, until 5pm"),
        (When("w", date(2026, 12, 4), date(2026, 12, 6)), "4 to 6 December 2026"),
        (When("w", date(2026, 11, 28), date(2026, 12, 2)), "28 November to 2 December 2026"),
        (When("w", date(2026, 12, 30), date(2027, 1, 2)), "30 December 2026 to 2 January 2027"),
        (
            When("w", date(2026, 12, 1), date(2026, 12, 1), time(10), time(12), "every Tuesday"),
            "Tuesday 1 December 2026, 10am to midday, then every Tuesday",
        ),
        (
            When("w", date(2026, 12, 1), date(2027, 1, 26), repeats="every Tuesday"),
            "Tuesday 1 December 2026, then every Tuesday until 26 January 2027",
        ),
        (When("Friday evening, we think"), "Friday evening, we think"),
    ],
)
def test_when_something_happens_is_written_in_house_style(when: When, written: str) -> None:
    assert house_when(when) == written


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (When("w", DAY, DAY, ends=time(17)), "5pm on Wednesday 9 December 2026"),
        (When("w", DAY, DAY, starts=time(17)), "5pm on Wednesday 9 December 2026"),
        (When("w", DAY, DAY, ends=time(0)), "11:59pm on Wednesday 9 December 2026"),
        (When("w", DAY, DAY), "Wednesday 9 December 2026"),
        (When("w", date(2026, 12, 1), DAY), "Wednesday 9 December 2026"),
        (When("when the fund is spent"), "when the fund is spent"),
    ],
)
def test_a_deadline_is_written_time_first_and_never_as_midnight(when: When, written: str) -> None:
    assert house_deadline(when) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 12, 9), "closes today"),
        (date(2026, 12, 8), "closes tomorrow"),
        (date(2026, 11, 17), "22 days left"),
        (date(2026, 12, 10), "closed"),
    ],
)
def test_days_left_are_counted_from_the_day(day: date, written: str) -> None:
    assert days_left(DAY, day) == written

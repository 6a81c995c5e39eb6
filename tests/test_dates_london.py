"""The clock in London by our rule is the zone database's, in every hour of the years we may be asked of."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.dates.london import daytime, in_london

LONDON = ZoneInfo("Europe/London")
YEARS = (2000, 2199)


@given(st.integers(*(int(datetime(year, 7, 1, tzinfo=UTC).timestamp()) for year in YEARS)))
def test_any_moment_is_what_the_zone_database_says(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert in_london(moment).isoformat() == moment.astimezone(LONDON).isoformat()


@pytest.mark.parametrize("month", [3, 10], ids=["spring", "autumn"])
def test_clocks_change_at_the_hour_the_zone_database_says(month: int) -> None:
    for year in range(YEARS[0], YEARS[1] + 1):
        for hours in range(24 * 8):
            moment = datetime(year, month, 24, tzinfo=UTC) + timedelta(hours=hours)
            assert in_london(moment).utcoffset() == moment.astimezone(LONDON).utcoffset(), moment


@given(st.dates(date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)), st.times(time(2)))
def test_a_time_of_the_day_is_that_moment(day: date, at: time) -> None:
    assert daytime(day, at) == datetime.combine(day, at, LONDON)
    assert daytime(day, at).isoformat() == datetime.combine(day, at, LONDON).isoformat()


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    there = datetime(2026, 6, 30, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    assert in_london(there) == there
    assert in_london(there).isoformat() == "2026-07-01T03:30:00+01:00"

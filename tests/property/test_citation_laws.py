"""Laws of periods: a year, a month or a day, from its first day to its last."""

from __future__ import annotations

import calendar
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from budgetperf.citations import first_day, is_period, last_day


@given(day=st.dates())
def test_a_day_is_within_its_month_and_its_year(day: dt.date) -> None:
    whole = day.isoformat()
    for length in (4, 7, 10):
        period = whole[:length]
        assert is_period(period)
        assert first_day(period) <= day <= last_day(period)
    assert first_day(whole) == day == last_day(whole)
    assert first_day(whole[:4]) == first_day(whole[:4] + "-01")
    assert last_day(whole[:4]) == last_day(whole[:4] + "-12")


@given(day=st.dates())
def test_a_month_is_as_long_as_the_calendar_has_it(day: dt.date) -> None:
    month = day.isoformat()[:7]
    assert first_day(month).day == 1
    assert last_day(month).day == calendar.monthrange(day.year, day.month)[1]

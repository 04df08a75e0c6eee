"""Laws of the ages of rule-sets: what is said holds however the dates are meant."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import Department
from budgetperf.scoring.ages import out_of_time
from tests.factories import RULES

days = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))


@st.composite
def periods(draw: st.DrawFn, day: dt.date) -> str:
    """The day, its month or its year."""
    return day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]


@given(first=days, last=days, year=st.integers(1998, 2042), filed=days | st.none(), data=st.data())
def test_a_rule_set_in_force_in_the_year_or_the_next_is_let_be(
    first: dt.date, last: dt.date, year: int, filed: dt.date | None, data: st.DataObject
) -> None:
    """In force at some time from the report's year to the day of filing: to the end of the next
    year, if that day is not stated."""
    first, last = sorted((first, last))
    rules = attrs.evolve(
        RULES,
        effective=data.draw(periods(first) | st.just("")),
        until=data.draw(periods(last) | st.just("")),
    )
    department = Department(year=year)
    if filed is not None:
        department = attrs.evolve(department, filing_date=filed)
    end = filed or dt.date(year + 1, 12, 31)
    is_said = out_of_time(rules, department) is not None
    if first <= max(end, dt.date(year, 12, 31)) and last.year >= year:
        assert not is_said
    if rules.until and last.year < year:
        assert is_said
    if rules.effective == first.isoformat() and first > max(end, dt.date(year, 12, 31)):
        assert is_said

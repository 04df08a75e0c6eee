"""What a rule rests on, and the days on which it is in force."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from budgetperf.rates import Status

__all__ = ["Status", "first_day", "is_period", "last_day"]


_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_period(text: str) -> bool:
    """Whether ``text`` is a year, a month or a day: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def first_day(period: str) -> dt.date:
    """The first day of a year, a month or a day.

    >>> first_day("2020-02"), last_day("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    year, month, day = [*_parts(period), 1, 1][:3]
    return dt.date(year, month, day)


def last_day(period: str) -> dt.date:
    """The last day of a year, a month or a day."""
    parts = _parts(period)
    year, month = [*parts, 12][:2]
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


def _parts(period: str) -> list[int]:
    return [int(part) for part in period.split("-")]

"""What a target is where it is no number: a day, a range, all, or nothing that applies."""

from __future__ import annotations

import datetime as dt
import functools
import re

import attrs

from budgetperf.exact import (
    BudgetperfError,
    Figure,
    Interval,
    Missing,
    MissingReason,
    Place,
    Unit,
)
from budgetperf.exact.absent import missing_at
from budgetperf.exact.calls import Called
from budgetperf.exact.limits import MAX_PRINTED, require_text
from budgetperf.exact.printed import number_of, plain_text

__all__ = ["Days", "aim_of", "days_of", "range_of", "reached_in", "whole_of"]


@attrs.frozen(kw_only=True)
class Days(Called):
    """The days that words such as 2023年12月底前 may mean, all in one year.

    Args:
        first: the first of them, in the year, or in a leap year where none is said.
        last: the last of them.
        has_year: whether the words say which year.
    """

    first: dt.date
    last: dt.date
    has_year: bool


_LEAP = 2024
_SIGN = r"(?:≤|<=|不[晚迟]于|截至|截止到?|在|于|到)?"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年度?)?"
_MONTH = (
    r"(?P<month>1[0-2]|0?[1-9])月"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<third>[上中下])旬|(?P<end>[底末])|份)?"
)
_PART = (
    r"第?(?P<quarter>[一二三四1-4])季度[底末]?|(?P<half>[上下])半年"
    r"|(?:年|(?<=年))(?P<close>[底末内])"
)
_TAIL = r"(?P<before>之?前|以前)?内?(?:已?(?:按时|按期|如期|全部|全面)?(?:完成|完工|竣工|建成))?"
_WORDS = rf"{_SIGN}{_YEAR}(?:{_MONTH}|{_PART}){_TAIL}"
_NUMBERS = (
    rf"{_SIGN}(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])"
    rf"(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])日?{_TAIL}"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


@functools.cache
def _pattern(written: str) -> re.Pattern[str]:
    """What is compiled when it is first asked for, and not on import."""
    return re.compile(written)


@functools.lru_cache(maxsize=1024)
def days_of(text: str) -> Days | None:
    """The days that ``text`` means; ``None`` if it is no date.

    A month alone (12月) may be a time of twelve months, and a year alone (2023年) a number: these
    are none. 12月31日前 is up to that day, and it is one of them; 12月前 is before that month.

    >>> days_of("2023年12月底前").last, days_of("12月")
    (datetime.date(2023, 12, 31), None)
    """
    if len(text) > MAX_PRINTED:
        return None
    words = "".join(plain_text(text).split())
    match = _pattern(_WORDS).fullmatch(words)
    if match is None:
        match = _pattern(_NUMBERS).fullmatch(words)
        return None if match is None else _of_months(match, is_day=True)
    if match["month"] is None:
        return _of_parts(match)
    says_day = any(match[part] for part in ("day", "third", "end"))
    if not (says_day or match["year"] or match["before"] or "月份" in words):
        return None
    return _of_months(match, is_day=says_day)


def _of_months(match: re.Match[str], *, is_day: bool) -> Days | None:
    year_text, month = match["year"], int(match["month"])
    year = int(year_text) if year_text else _LEAP
    length = _last_of(year, month).day
    parts = match.groupdict()
    first, last = 1, length
    if match["day"]:
        first = last = int(match["day"])
    elif parts["third"]:
        first, last = _THIRDS[parts["third"]]
        last = min(last, length)
    elif parts["end"]:
        first = 21
    if last > length:
        return None
    start, end = dt.date(year, month, first), dt.date(year, month, last)
    if match["before"]:
        if not is_day:
            if month == 1:
                return None
            end = dt.date(year, month, 1) - dt.timedelta(days=1)
        start = dt.date(year, 1, 1)
    return Days(first=start, last=end, has_year=bool(year_text))


def _of_parts(match: re.Match[str]) -> Days:
    year_text = match["year"]
    year = int(year_text) if year_text else _LEAP
    start, end = 1, 12
    if match["quarter"]:
        number = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        start, end = 3 * number - 2, 3 * number
    elif match["half"]:
        start, end = (1, 6) if match["half"] == "上" else (7, 12)
    if match["before"]:
        start = 1
    return Days(first=dt.date(year, start, 1), last=_last_of(year, end), has_year=bool(year_text))


def _last_of(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


_RANGE = r"(?P<low>[^-~—–～至]{1,20})[-~—–～至](?P<high>[^-~—–～至]{1,20})"
_TIMES = ("年", "月", "日", "号")


@functools.lru_cache(maxsize=1024)
def range_of(text: str) -> tuple[Interval, Unit] | None:
    """From where to where ``text`` goes, ends included, in base units; ``None`` if it is no range.

    >>> str(range_of("80%-90%")[0]), range_of("2-3月")
    ('[0.8, 0.9]', None)
    """
    if len(text) > MAX_PRINTED:
        return None
    match = _pattern(_RANGE).fullmatch("".join(plain_text(text).split()))
    if match is None:
        return None
    try:
        low, high = (number_of(match[end], match[end]) for end in ("low", "high"))
    except BudgetperfError:
        return None
    unit = high.unit
    bare = low.unit.symbol == ""
    if low.operator or high.operator or unit.symbol in _TIMES or not (bare or low.unit == unit):
        return None
    ends = [Figure(value=number.value, unit=unit, rounding=None).nominal for number in (low, high)]
    return (Interval(lower=ends[0], upper=ends[1]), unit) if ends[0] < ends[1] else None


def whole_of(text: str) -> bool:
    """Whether the word means all of it, 100%."""
    return text.strip() in ("全部", "全覆盖")


def reached_in(text: str, *, place: Place | None = None) -> Figure | Missing | None:
    """What was reached where it is told by a day or as all of it; ``None`` if it is something else.

    >>> str(reached_in("全部").nominal), reached_in("12月20日").reason.value, reached_in("99%")
    ('1', 'date', None)
    """
    if whole_of(text):
        return Figure(value=100, unit="%", rounding=None, text=text.strip(), place=place)
    if days_of(text) is None:
        return None
    return missing_at(place, reason=MissingReason.DATE, text=text.strip())


def aim_of(text: str, *, place: Place | None = None) -> Missing | None:
    """Why no number is to be read in a target: a day, a range, or nothing; ``None`` if one may be.

    >>> aim_of("2023年12月31日前").reason.value, aim_of("80%-90%").reason.value
    ('date', 'range')
    """
    require_text(text)
    reason = None
    if text.strip() in ("无", "暂无"):
        reason = MissingReason.NOT_APPLICABLE
    elif days_of(text) is not None:
        reason = MissingReason.DATE
    elif range_of(text) is not None:
        reason = MissingReason.RANGE
    if reason is None:
        return None
    return missing_at(place, reason=reason, text=text.strip())

"""What a person has, as what a report holds: the converters of the model's fields.

What none of them can make use of they hand on as it is, so that it is refused with its field, and
together with whatever else is wrong with the object.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Set
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import SupportsIndex, TypeAlias, TypeGuard, TypeVar, cast

from budgetperf.exact import (
    MONEY,
    RATIO,
    Amount,
    BudgetperfError,
    Count,
    Figure,
    Labelled,
    Missing,
    MissingReason,
    Points,
    Rate,
    Stated,
    Unit,
    decimal_text,
)
from budgetperf.exact.figure import as_typed, as_typed_exact, read_figure, read_number, typed_simple
from budgetperf.exact.number import to_exact
from budgetperf.exact.printed import blank_reason

from .aims import reached_in

__all__ = [
    "NOT_STATED",
    "Given",
    "StatedText",
    "aimed",
    "amount",
    "day",
    "exactly",
    "member",
    "number",
    "rate",
    "reached",
    "stated",
    "stated_or_in_words",
    "stated_text",
    "together",
]

NOT_STATED = Missing()
"""The document does not state it."""

StatedText: TypeAlias = str | Missing
"""Words of a report, or why they are not there."""

Given: TypeAlias = (
    Figure
    | Missing
    | Amount
    | Rate
    | Points
    | Count
    | Decimal
    | Fraction
    | SupportsIndex
    | str
    | None
)
"""What a figure may be given as in code: a figure, or why there is none; a quantity or a number; or
text as it would be printed: ``"353.21万元"``, ``"68.47%"``, ``"—"``. ``None`` is not stated."""

_Member = TypeVar("_Member", bound=Labelled)
_T = TypeVar("_T")


def stated(value: Given) -> Stated:
    """The figure that is given, or why there is none.

    What is no figure yet is taken as it would be printed, and as precise as its column; a quantity
    as short as it can be written.
    """
    if value is None or value is NOT_STATED:
        return NOT_STATED
    if type(value) is str:
        return _typed(value) or cast("Stated", value)
    if isinstance(value, (Figure, Missing)):
        return value
    printed = _printed(value)
    if printed is None:
        return cast("Stated", value)
    return _typed(printed) or cast("Stated", value)


# What is read of a text is the same every time, and never changes.
@functools.lru_cache(maxsize=4096)
def _typed(printed: str) -> Stated | None:
    """The figure that is typed so, or the mark for none; ``None`` if it is neither."""
    simple = typed_simple(printed)
    if simple is not None:
        return simple
    number = read_number(printed)
    if isinstance(number, Missing):
        is_mark = number.reason not in (MissingReason.UNREADABLE, MissingReason.QUALITATIVE)
        return number if is_mark else None
    # An operator is that of a target; read past, it would be lost without a word.
    return None if number.operator else as_typed(Figure.from_printed(number))


def amount(value: Given) -> Stated:
    """The same of an amount of money; a bare number is in the unit of its table."""
    if value is None or value is NOT_STATED:  # most fields of a part: they are done with here
        return NOT_STATED
    is_number = not isinstance(value, (Points, Count))
    return _only(value, lambda unit: unit.dimension == MONEY or (is_number and not unit.symbol))


def rate(value: Given) -> Stated:
    """The same of a rate, which says that it is one: 1 may be 1 % or all of it."""
    if value is None or value is NOT_STATED:
        return NOT_STATED
    return _only(value, _is_rate)


def _is_rate(unit: Unit) -> bool:
    return unit.dimension == RATIO


def number(value: Given) -> Stated:
    """The same of points, and of what is counted: no money."""
    if value is None or value is NOT_STATED:
        return NOT_STATED
    return _only(value, _is_no_money)


def _is_no_money(unit: Unit) -> bool:
    return unit.dimension != MONEY


def _only(value: Given, is_due: Callable[[Unit], bool]) -> Stated:
    """The figure that is given; what is typed in another unit than is due stays as it is."""
    figure = stated(value)
    if isinstance(figure, Figure) and figure is not value and not is_due(figure.unit):
        return cast("Stated", value)
    return figure


def exactly(value: Given) -> Stated:
    """The same of points that are set: they are exact, whatever stands beside them."""
    if type(value) is str or type(value) is int:
        read = _exact_points(value)
        return cast("Stated", value) if read is None else read
    return _set(number(value), value)


@functools.lru_cache(maxsize=1024, typed=True)
def _exact_points(value: str | int) -> Stated | None:
    figure = cast("object", _set(number(value), value))
    return figure if isinstance(figure, (Figure, Missing)) else None


def _set(figure: Stated, value: Given) -> Stated:
    """What is set as exact, where it was read."""
    return as_typed_exact(figure) if _is_read(figure, value) else figure


def _is_read(figure: Stated, value: Given) -> TypeGuard[Figure]:
    """Whether it is a figure that was no figure before."""
    return type(figure) is Figure and figure is not value


def reached(value: Given) -> Stated:
    """What was reached, as precise as in a column of its own: what is whole is exact there."""
    if value is None or value is NOT_STATED:
        return NOT_STATED
    if type(value) is str:
        read = _reached_as_told(value)
        return cast("Stated", value) if read is None else read
    return _whole(stated_or_in_words(value), value)


@functools.lru_cache(maxsize=4096)
def _reached_as_told(text: str) -> Stated | None:
    figure = cast("object", _whole(stated_or_in_words(text), text))
    return figure if isinstance(figure, (Figure, Missing)) else None


def _whole(figure: Stated, value: Given) -> Stated:
    return as_typed_exact(figure) if _is_read(figure, value) and not figure.places else figure


def aimed(value: Given) -> Stated:
    """What is to be reached: it is set, and exact."""
    return _set(stated_or_in_words(value), value)


def stated_or_in_words(value: Given) -> Stated:
    """The figure of what may be told in words, too: ``"达成预期指标"``, ``"12月20日"``."""
    if isinstance(value, str):
        read = typed_simple(value) or reached_in(value)
        if read is not None:
            return read
    figure = stated(value)
    if not isinstance(figure, str):
        return figure
    words = read_figure(figure)
    is_read = isinstance(words, Missing) and words.reason is MissingReason.QUALITATIVE
    return words if is_read else figure


def _printed(value: object) -> str | None:
    """A quantity or a number as it would be printed; ``None`` of what has no end of decimals."""
    if isinstance(value, str):
        return value
    if type(value) is int and abs(value) < 1000:
        return str(value)
    if isinstance(value, bool):
        return None
    number, unit = value, ""
    if isinstance(value, Amount):
        number, unit = value.value, value.unit.symbol
    elif isinstance(value, Rate):
        number, unit = value.ratio * 100, "%"
    elif isinstance(value, (Points, Count)):
        number = value.value
    if not isinstance(number, (int, Decimal, Fraction, Integral)):
        return None
    try:
        exact = to_exact(number)
    except BudgetperfError:
        return None
    written = f"{number:f}" if isinstance(number, Decimal) else decimal_text(exact)
    return None if "/" in written else written + unit


def stated_text(value: StatedText | None) -> StatedText:
    """The words that are given, or why there are none."""
    return NOT_STATED if value is None else value


def together(value: Iterable[_T]) -> tuple[_T, ...]:
    """Several parts as a tuple."""
    several = cast("object", value)
    is_several = isinstance(several, Iterable) and not isinstance(several, (str, bytes, dict, Set))
    return tuple(value) if is_several else cast("tuple[_T, ...]", value)


def member(kind: type[_Member], value: _Member | str) -> _Member:
    """A member of an enumeration, or the one of that code or label, or whose label so begins."""
    if not isinstance(value, str):
        return value
    words = value.strip()
    for each in kind:
        if words in (each.value, each.label.zh, each.label.en):
            return each
    begun = [each for each in kind if len(words) > 1 and each.label.zh.startswith(words)]
    return begun[0] if len(begun) == 1 else cast("_Member", value)


def day(value: dt.date | Missing | str | None) -> dt.date | Missing:
    """A date, or the one that is written ``2024-04-22``."""
    if value is None:
        return NOT_STATED
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            return blank_reason(value) or cast("dt.date", value)
    return value

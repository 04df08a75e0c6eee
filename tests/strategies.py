"""What the property tests draw from, and slow but plain references to compare with."""

from __future__ import annotations

import itertools
import pickle
import unicodedata
from collections.abc import Callable, Collection, Iterable
from fractions import Fraction
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from budgetperf import Interval, RoundingMode

TINY = Fraction(1, 10**9)
"""Far less than the distance of two different ends that `intervals` draws."""
HUGE = Fraction(10**12)
"""A point that stands for "as far out as you like"."""

_T = TypeVar("_T")


def times(factor: Fraction | int) -> settings:
    """So many times the examples of the profile: what is quick gets more, a whole report fewer."""
    most = settings().max_examples
    return settings(max_examples=max(min(3, most), int(most * factor)))


fewer = times(Fraction(1, 3))
"""Where an example is a whole report, audited or shown: about a tenth of a second."""
fewest = times(Fraction(1, 6))
"""Where it is several of them, or one audited in several ways."""


def crossed(*several: Collection[object]) -> list[Any]:
    """Parameters of every combination. By default each value is in one of them, and no more; the
    others are asked for by ``-m law``."""
    values = [list(each) for each in several]
    shown = {tuple(n % len(of) for of in values) for n in range(max(map(len, values)))}
    return [
        pytest.param(
            *(of[at] for of, at in zip(values, places, strict=True)),
            marks=[] if places in shown else [pytest.mark.law],
        )
        for places in itertools.product(*(range(len(of)) for of in values))
    ]


def pickled(value: _T) -> _T:
    """``value`` after a journey to another process."""
    again = pickle.loads(pickle.dumps(value))  # noqa: S301
    assert type(again) is type(value)
    return again


modes = st.sampled_from(RoundingMode)
places = st.integers(-3, 4)
flags = st.booleans()

# Halves in a narrow range: ends meet, ties happen and 0 comes up often.
halves = st.integers(-12, 12).map(lambda n: Fraction(n, 2))
rationals = st.one_of(
    halves, st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)
)


def acts_unseen(char: str) -> bool:
    """Whether a terminal or a browser obeys a character instead of showing it.

    Controls, halves of pairs, separators of lines, and what Unicode calls formats, such as the
    directions of writing; but for a few marks of scripts that are seen.
    """
    kind = unicodedata.category(char)
    return kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and char not in SEEN_FORMATS)


SEEN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
).union(map(chr, (*range(0x13430, 0x13440), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B))))
"""Formats that stand in writing: marks of Arabic numbers, of shorthand, of music."""


def written_out(char: str) -> str:
    """A character as it is written in code."""
    code = ord(char)
    named = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
    if char in named:
        return named[char]
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


@st.composite
def decimals_as_text(draw: st.DrawFn, max_places: int = 5) -> str:
    """A plain decimal such as ``-12.50``; every other one ends in 5, which is where ties are."""
    digits = draw(st.integers(0, 10**9))
    if draw(flags):
        digits = digits * 10 + 5
    shift = draw(st.integers(0, max_places))
    text = str(digits).rjust(shift + 1, "0")
    text = f"{text[: len(text) - shift]}.{text[len(text) - shift :]}" if shift else text
    return f"-{text}" if draw(flags) else text


@st.composite
def intervals(draw: st.DrawFn, *, bounded: bool = False) -> Interval:
    """Any interval with ends in `halves`: points, open and closed ends, unbounded ends."""
    ends = [draw(halves if bounded else st.one_of(halves, halves, st.none())) for _ in range(2)]
    finite = [end for end in ends if end is not None]
    if len(finite) == 2:
        if finite[0] == finite[1]:
            return Interval.point(finite[0])
        ends = [min(finite), max(finite)]
    return Interval(
        lower=ends[0], upper=ends[1], lower_closed=draw(flags), upper_closed=draw(flags)
    )


@st.composite
def points_of(draw: st.DrawFn, interval: Interval) -> Fraction:
    """A value of ``interval``; its own ends and what lies next to them are likely."""
    lower, upper = interval.lower, interval.upper
    if lower is None or upper is None:
        inner = st.fractions(min_value=-20, max_value=20, max_denominator=50)
    else:  # a narrow one far from 0 is hardly ever hit
        width = upper - lower
        parts = st.fractions(min_value=0, max_value=1, max_denominator=50)
        inner = parts.map(lambda part: lower + part * width)
    candidates = st.sampled_from(sorted(samples(interval)))
    return draw(st.one_of(candidates, inner.filter(lambda value: holds(interval, value))))


def holds(interval: Interval, value: Fraction) -> bool:
    """Membership, said as in a school book, to compare ``in`` with."""
    lower, upper = interval.lower, interval.upper
    above = lower is None or value > lower or (interval.lower_closed and value == lower)
    below = upper is None or value < upper or (interval.upper_closed and value == upper)
    return above and below


def samples(interval: Interval) -> set[Fraction]:
    """Values of an interval that are enough to know it: its ends, next to them, 0, far out."""
    candidates = {Fraction(0), -HUGE, HUGE}
    for end in (interval.lower, interval.upper):
        if end is not None:
            candidates |= {end - TINY, end, end + TINY}
    return {value for value in candidates if holds(interval, value)}


def assert_is_hull_of(result: Interval, values: Iterable[Fraction]) -> None:
    """``result`` is the smallest interval around the sampled image ``values``.

    An end is closed just where the image attains it, nowhere further out than the image comes
    near to, and unbounded just where the image runs away.
    """
    values = set(values)
    least, most = min(values), max(values)
    assert all(holds(result, value) for value in values)
    assert (result.lower is None) == (least < -(10**6))
    assert (result.upper is None) == (most > 10**6)
    if result.lower is not None:
        assert least - result.lower < Fraction(1, 1000)
        assert result.lower_closed == (result.lower in values)
    if result.upper is not None:
        assert result.upper - most < Fraction(1, 1000)
        assert result.upper_closed == (result.upper in values)


def images(
    function: Callable[[Fraction, Fraction], Fraction], a: Interval, b: Interval
) -> set[Fraction]:
    """``function`` of every pair of `samples`."""
    return {function(x, y) for x in samples(a) for y in samples(b)}

"""Intervals of exact rationals, each end open or closed, or unbounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

import attrs

from .checking import check_types
from .number import ExactInput, decimal_text, exact_sum, to_exact
from .text import BudgetperfError, Text

__all__ = ["Interval", "interval_sum"]

_ZERO = Fraction(0)

# An end as a sortable triple (infinity, value, nudge). The first is -1 or 1 for an unbounded end;
# the last is 1 for an open lower end, -1 for an open upper end and 0 for a closed one, so that
# triples compare as the ends do.
_End: TypeAlias = tuple[int, Fraction, int]


def _bound(value: ExactInput | None) -> Fraction | None:
    return value if value is None or type(value) is Fraction else to_exact(value)


@attrs.frozen(kw_only=True)
class Interval:
    """A non-empty set of rationals between two ends.

    An end that is ``None`` is unbounded (and then never closed). The empty set is no interval:
    an operation that could give it returns ``None``.

    Args:
        lower: the lower end, or ``None``.
        upper: the upper end, or ``None``.
        lower_closed: whether the lower end belongs to the set.
        upper_closed: whether the upper end belongs to the set.

    Raises:
        BudgetperfError: the ends are in the wrong order, they are equal and not both closed, or
            whether they are closed is no bool.
        FloatRefusedError: an end is a float.

    >>> str(Interval(lower="353.205", upper="353.215", upper_closed=False))
    '[353.205, 353.215)'
    """

    lower: Fraction | None = attrs.field(default=None, converter=_bound)
    upper: Fraction | None = attrs.field(default=None, converter=_bound)
    lower_closed: bool = True
    upper_closed: bool = True

    def __attrs_post_init__(self) -> None:
        if type(self.lower_closed) is not bool or type(self.upper_closed) is not bool:  # type: ignore[redundant-expr]
            check_types(self)
        lower, upper = self.lower, self.upper
        if lower is None and self.lower_closed:
            object.__setattr__(self, "lower_closed", False)
        if upper is None and self.upper_closed:
            object.__setattr__(self, "upper_closed", False)
        if lower is None or upper is None:
            return
        if lower is upper and self.lower_closed and self.upper_closed:
            return
        if lower < upper:
            return
        if lower > upper or not (self.lower_closed and self.upper_closed):
            raise BudgetperfError(
                "empty-interval",
                Text(
                    zh=f"{self} 是空集：下界须小于上界，单点须两端皆闭",
                    en=f"{self} is empty: the lower end must be below the upper, "
                    "and a single point needs both ends closed",
                ),
            )

    @classmethod
    def point(cls, value: ExactInput) -> Interval:
        """The single value ``value``."""
        exact = to_exact(value)
        return cls(lower=exact, upper=exact)

    @classmethod
    def hull(cls, intervals: Iterable[Interval]) -> Interval:
        """The smallest interval that contains all of ``intervals``.

        Raises:
            BudgetperfError: there is none to take.
        """
        many = tuple(intervals)
        if not many:
            raise BudgetperfError(
                "empty-interval", Text(zh="至少要给一个区间", en="give at least one interval")
            )
        return cls._spanning(min(i._low for i in many), max(i._high for i in many))

    @classmethod
    def _spanning(cls, low: _End, high: _End) -> Interval:
        return cls(
            lower=None if low[0] else low[1],
            upper=None if high[0] else high[1],
            lower_closed=not low[2],
            upper_closed=not high[2],
        )

    @property
    def _low(self) -> _End:
        if self.lower is None:
            return (-1, _ZERO, 0)
        return (0, self.lower, 0 if self.lower_closed else 1)

    @property
    def _high(self) -> _End:
        if self.upper is None:
            return (1, _ZERO, 0)
        return (0, self.upper, 0 if self.upper_closed else -1)

    @property
    def is_point(self) -> bool:
        """Whether the interval holds one value only."""
        return self.lower is not None and self.lower == self.upper

    @property
    def width(self) -> Fraction | None:
        """Upper minus lower end; ``None`` if unbounded."""
        if self.lower is None or self.upper is None:
            return None
        return self.upper - self.lower

    def __contains__(self, value: ExactInput) -> bool:
        exact, lower, upper = to_exact(value), self.lower, self.upper
        if lower is not None and (exact < lower or (exact == lower and not self.lower_closed)):
            return False
        return upper is None or exact < upper or (exact == upper and self.upper_closed)

    def covers(self, other: Interval) -> bool:
        """Whether every value of ``other`` belongs to this interval."""
        return self._low <= other._low and other._high <= self._high

    def intersection(self, other: Interval) -> Interval | None:
        """The values that belong to both; ``None`` if there are none.

        A point where ends touch counts only if both ends are closed.
        """
        low = max(self._low, other._low)
        high = min(self._high, other._high)
        return Interval._spanning(low, high) if low <= high else None

    def gap(self, other: Interval) -> Fraction | None:
        """How far apart the two lie; ``None`` if they meet.

        Two intervals that touch without a common point are 0 apart and still do not meet.
        """
        if self._low <= other._high and other._low <= self._high:
            return None
        below, above = (self, other) if self._high < other._low else (other, self)
        return above._low[1] - below._high[1]

    def __neg__(self) -> Interval:
        return self.scaled(-1)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            lower=_plus(self.lower, other.lower),
            upper=_plus(self.upper, other.upper),
            lower_closed=self.lower_closed and other.lower_closed,
            upper_closed=self.upper_closed and other.upper_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        return Interval(
            lower=_minus(self.lower, other.upper),
            upper=_minus(self.upper, other.lower),
            lower_closed=self.lower_closed and other.upper_closed,
            upper_closed=self.upper_closed and other.lower_closed,
        )

    def scaled(self, factor: ExactInput) -> Interval:
        """Every value times ``factor``; a negative factor swaps the ends and their openness."""
        exact = to_exact(factor)
        if not exact:
            return Interval.point(0)
        if exact == 1:
            return self
        return self.monotone_image(lambda value: value * exact, increasing=exact > 0)

    def monotone_image(
        self, function: Callable[[Fraction], Fraction], *, increasing: bool
    ) -> Interval:
        """The image under a strictly monotone and continuous ``function`` onto the whole line.

        Args:
            function: applied to the finite ends; an unbounded end stays unbounded.
            increasing: whether ``function`` rises (else it falls, and the ends swap).
        """
        lower = None if self.lower is None else function(self.lower)
        upper = None if self.upper is None else function(self.upper)
        if increasing:
            return Interval(
                lower=lower,
                upper=upper,
                lower_closed=self.lower_closed,
                upper_closed=self.upper_closed,
            )
        return Interval(
            lower=upper,
            upper=lower,
            lower_closed=self.upper_closed,
            upper_closed=self.lower_closed,
        )

    def __mul__(self, other: Interval) -> Interval:
        if other.lower is not None and other.is_point:
            return self.scaled(other.lower)
        corners = [
            _corner(mine, yours)
            for mine in (self._low, self._high)
            for yours in (other._low, other._high)
        ]
        least = min(corner[:2] for corner in corners)
        most = max(corner[:2] for corner in corners)
        return Interval(
            lower=None if least[0] else least[1],
            upper=None if most[0] else most[1],
            lower_closed=any(closed for *end, closed in corners if tuple(end) == least),
            upper_closed=any(closed for *end, closed in corners if tuple(end) == most),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients, where the divisor excludes 0.

        Raises:
            ZeroDivisionError: 0 belongs to the divisor.
        """
        return self * other._reciprocal()

    def _reciprocal(self) -> Interval:
        if 0 in self:
            raise ZeroDivisionError(f"除数区间 {self} 含 0 / the divisor {self} contains 0")
        if self._high < (0, _ZERO, 0):
            return -(-self)._reciprocal()
        # All values are positive: an end at 0 (open) or at infinity changes into the other.
        return Interval(
            lower=_ZERO if self.upper is None else 1 / self.upper,
            upper=1 / self.lower if self.lower else None,
            lower_closed=self.upper_closed,
            upper_closed=self.lower_closed,
        )

    def __str__(self) -> str:
        left = "[" if self.lower_closed else "("
        right = "]" if self.upper_closed else ")"
        lower = "-∞" if self.lower is None else decimal_text(self.lower)
        upper = "∞" if self.upper is None else decimal_text(self.upper)
        return f"{left}{lower}, {upper}{right}"


def interval_sum(intervals: Iterable[Interval]) -> Interval:
    """All sums of one value of each interval; of none it is the point 0."""
    many = tuple(intervals)
    lowers, uppers = [one.lower for one in many], [one.upper for one in many]
    return Interval(
        lower=None if None in lowers else exact_sum(end for end in lowers if end is not None),
        upper=None if None in uppers else exact_sum(end for end in uppers if end is not None),
        lower_closed=all(one.lower_closed for one in many),
        upper_closed=all(one.upper_closed for one in many),
    )


def _plus(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _minus(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a - b


def _corner(a: _End, b: _End) -> tuple[int, Fraction, bool]:
    """The product of two ends, and whether it is attained.

    0 times an unbounded end is 0. A product of 0 is attained when a factor attains 0, however
    open the other end is.
    """
    if not a[0] and not b[0]:
        attained = (not a[2] and not b[2]) or (not a[1] and not a[2]) or (not b[1] and not b[2])
        return (0, a[1] * b[1], attained)
    sign = _sign(a) * _sign(b)
    zero_attained = not sign and any(not end[0] and not end[2] for end in (a, b))
    return (sign, _ZERO, zero_attained)


def _sign(end: _End) -> int:
    return end[0] or (end[1] > 0) - (end[1] < 0)

"""Intervals of exact rationals, each end open or closed, or unbounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

import attrs

from .calls import Called
from .checking import check_types
from .number import ExactInput, decimal_text, exact_sum, to_exact
from .text import BudgetperfError, Text, ZeroDivisorError
from .written.brief import as_code

__all__ = [
    "POINT_ZERO",
    "Interval",
    "between",
    "holds_quotient",
    "interval_sum",
    "meet",
    "quotients",
]

_ZERO, _MINUS = Fraction(0), Fraction(-1)

# An end as a sortable triple (infinity, value, nudge). The first is -1 or 1 for an unbounded end;
# the last is 1 for an open lower end, -1 for an open upper end and 0 for a closed one, so that
# triples compare as the ends do.
_End: TypeAlias = tuple[int, Fraction, int]


def _bound(value: ExactInput | None) -> Fraction | None:
    return value if value is None or type(value) is Fraction else to_exact(value)


@attrs.frozen(kw_only=True)
class Interval(Called):
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
        if lower is None:
            object.__setattr__(self, "lower_closed", False)
        if upper is None:
            object.__setattr__(self, "upper_closed", False)
        if lower is None or upper is None:
            return
        if lower is upper and self.lower_closed and self.upper_closed:
            return
        if _order(lower, upper) >= (self.lower_closed and self.upper_closed):
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
        exact = value if type(value) is Fraction else to_exact(value)
        made = _new(Interval)
        _set(made, "lower", exact)
        _set(made, "upper", exact)
        _set(made, "lower_closed", True)
        _set(made, "upper_closed", True)
        return made

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
        return _spanning(min(i._low for i in many), max(i._high for i in many))

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
        lower, upper = self.lower, self.upper
        return lower is not None and upper is not None and not _order(lower, upper)

    @property
    def width(self) -> Fraction | None:
        """Upper minus lower end; ``None`` if unbounded."""
        return _minus(self.upper, self.lower)

    def __contains__(self, value: ExactInput) -> bool:
        exact = value if type(value) is Fraction or type(value) is int else to_exact(value)
        n, d = exact.as_integer_ratio()
        return _holds(self, n, d)

    def covers(self, other: Interval) -> bool:
        """Whether every value of ``other`` belongs to this interval."""
        starts = self.lower is None or (
            other.lower is not None
            and _order(self.lower, other.lower) < (self.lower_closed or not other.lower_closed)
        )
        return starts and (
            self.upper is None
            or (
                other.upper is not None
                and _order(other.upper, self.upper) < (self.upper_closed or not other.upper_closed)
            )
        )

    def intersection(self, other: Interval) -> Interval | None:
        """The values that belong to both; ``None`` if there are none.

        A point where ends touch counts only if both ends are closed.
        """
        if not meet(self, other):
            return None
        below, above = self, self
        if self.lower is None or (
            other.lower is not None
            and _order(self.lower, other.lower) < (self.lower_closed and not other.lower_closed)
        ):
            below = other
        if self.upper is None or (
            other.upper is not None
            and _order(other.upper, self.upper) < (self.upper_closed and not other.upper_closed)
        ):
            above = other
        return between(below.lower, above.upper, below.lower_closed, above.upper_closed)

    def gap(self, other: Interval) -> Fraction | None:
        """How far apart the two lie; ``None`` if they meet.

        Two intervals that touch without a common point are 0 apart and still do not meet.
        """
        if not _starts_within(self, other):
            return _minus(self.lower, other.upper)
        if not _starts_within(other, self):
            return _minus(other.lower, self.upper)
        return None

    def __neg__(self) -> Interval:
        return self.scaled(_MINUS)

    def __abs__(self) -> Interval:
        """The sizes of all values, whatever their sign."""
        if self.lower is not None and self.lower >= 0:
            return self
        if self.upper is not None and self.upper <= 0:
            return -self
        return _spanning((0, _ZERO, 0), max(self._high, (-self)._high))

    def __add__(self, other: Interval) -> Interval:
        return between(
            _plus(self.lower, other.lower),
            _plus(self.upper, other.upper),
            self.lower_closed and other.lower_closed,
            self.upper_closed and other.upper_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        return between(
            _minus(self.lower, other.upper),
            _minus(self.upper, other.lower),
            self.lower_closed and other.upper_closed,
            self.upper_closed and other.lower_closed,
        )

    def scaled(self, factor: ExactInput) -> Interval:
        """Every value times ``factor``; a negative factor swaps the ends and their openness."""
        exact = factor if type(factor) is Fraction else to_exact(factor)
        numerator, denominator = exact.as_integer_ratio()
        if not numerator:
            return POINT_ZERO
        if numerator == denominator:
            return self

        def times(end: Fraction | None) -> Fraction | None:
            if end is None:
                return None
            top, bottom = end.as_integer_ratio()
            return Fraction(top * numerator, bottom * denominator)

        lower, upper = times(self.lower), times(self.upper)
        if numerator > 0:
            return between(lower, upper, self.lower_closed, self.upper_closed)
        return between(upper, lower, self.upper_closed, self.lower_closed)

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
        if self._is_positive and other._is_positive:
            return between(
                _times(self.lower, other.lower),
                _times(self.upper, other.upper),
                self.lower_closed and other.lower_closed,
                self.upper_closed and other.upper_closed,
            )
        corners = [
            _corner(mine, yours)
            for mine in (self._low, self._high)
            for yours in (other._low, other._high)
        ]
        least = min(corner[:2] for corner in corners)
        most = max(corner[:2] for corner in corners)
        return between(
            None if least[0] else least[1],
            None if most[0] else most[1],
            any(closed for *end, closed in corners if tuple(end) == least),
            any(closed for *end, closed in corners if tuple(end) == most),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients, where the divisor excludes 0.

        Raises:
            ZeroDivisorError: 0 belongs to the divisor.
        """
        return self * other._reciprocal()

    @property
    def _is_positive(self) -> bool:
        """Whether even the lower end is above 0."""
        return self.lower is not None and self.lower.numerator > 0

    def _reciprocal(self) -> Interval:
        lower, upper = self.lower, self.upper
        if 0 in self:
            message = Text(
                zh=f"除数区间 {self} 含 0：请先排除 0",
                en=f"the divisor {self} contains 0: leave 0 out of it first",
            )
            raise ZeroDivisorError("zero-divisor", message)
        if upper is not None and upper.numerator <= 0:
            return -(-self)._reciprocal()
        # All values are positive: an end at 0 (open) or at infinity changes into the other.
        return between(
            _ZERO if upper is None else _turned(upper),
            _turned(lower) if lower else None,
            self.upper_closed,
            self.lower_closed,
        )

    def __str__(self) -> str:
        return self.written(decimal_text)

    def __repr__(self) -> str:
        return as_code(self)

    def written(self, number: Callable[[Fraction], str]) -> str:
        """As mathematics write it, the ends as ``number`` writes them.

        >>> Interval(lower="0.6", upper_closed=False).written(lambda end: f"{end * 100}%")
        '[60%, ∞)'
        """
        left, right = "[" if self.lower_closed else "(", "]" if self.upper_closed else ")"
        lower = "-∞" if self.lower is None else number(self.lower)
        upper = "∞" if self.upper is None else number(self.upper)
        return f"{left}{lower}, {upper}{right}"

    def compared(self, name: Text, number: Callable[[Fraction], str]) -> Text:
        """In words, as what ``name`` is compared with.

        >>> Interval(upper=80).compared(Text(zh="总分", en="total"), str).zh
        '总分 ≤ 80'
        """
        lower = "" if self.lower is None else number(self.lower)
        if self.upper is None:
            above = f" {'≥' if self.lower_closed else '>'} {lower}"
            return name + above if lower else Text(zh="一律", en="always")
        if self.lower == self.upper:
            return name + f" = {lower}"
        below = f"{lower} {'≤' if self.lower_closed else '<'} " if lower else ""
        return below + name + f" {'≤' if self.upper_closed else '<'} {number(self.upper)}"


def between(
    lower: Fraction | None, upper: Fraction | None, lower_closed: bool, upper_closed: bool
) -> Interval:
    """An interval of ends that are known to be exact and in their order, not checked again.

    >>> between(Fraction(0), None, True, False) == Interval(lower=0)
    True
    """
    made = _new(Interval)
    _set(made, "lower", lower)
    _set(made, "upper", upper)
    _set(made, "lower_closed", lower_closed and lower is not None)
    _set(made, "upper_closed", upper_closed and upper is not None)
    return made


_new, _set = object.__new__, object.__setattr__
POINT_ZERO = Interval(lower=_ZERO, upper=_ZERO)
"""The single value 0."""


def meet(interval: Interval, other: Interval) -> bool:
    """Whether the two have a value in common.

    >>> meet(Interval(lower=0), Interval(upper=0, upper_closed=False))
    False
    """
    return _starts_within(interval, other) and _starts_within(other, interval)


def holds_quotient(interval: Interval, top: Fraction, bottom: Fraction) -> bool:
    """Whether ``top / bottom`` belongs to an interval, which is not worked out; ``bottom`` is above
    0.

    >>> holds_quotient(Interval(lower="0.6", upper="0.8"), Fraction(7), Fraction(10))
    True
    """
    (n, d), (m, e) = top.as_integer_ratio(), bottom.as_integer_ratio()
    return _holds(interval, n * e, d * m)


def _holds(interval: Interval, n: int, d: int) -> bool:
    """Whether ``n / d`` belongs to it; ``d`` is above 0, and the two may have a divisor."""
    lower, upper = interval.lower, interval.upper
    if lower is not None:
        m, e = lower.as_integer_ratio()
        if m * d - n * e >= interval.lower_closed:
            return False
    if upper is None:
        return True
    m, e = upper.as_integer_ratio()
    return n * e - m * d < interval.upper_closed


def quotients(top: Interval, bottom: Interval) -> Interval:
    """All quotients of the values of two intervals; any number where the divisor may be 0.

    >>> [str(quotients(Interval(lower=1, upper=2), Interval(lower=n, upper=4))) for n in (0, 2)]
    ['(-∞, ∞)', '[0.25, 1]']
    """
    return Interval() if 0 in bottom else top / bottom


def _starts_within(interval: Interval, other: Interval) -> bool:
    """Whether the lower end leaves values below the upper end of ``other``, or at it."""
    lower, upper = interval.lower, other.upper
    if lower is None or upper is None:
        return True
    return _order(lower, upper) < (interval.lower_closed and other.upper_closed)


def _spanning(low: _End, high: _End) -> Interval:
    return between(
        None if low[0] else low[1], None if high[0] else high[1], not low[2], not high[2]
    )


def interval_sum(intervals: Iterable[Interval]) -> Interval:
    """All sums of one value of each interval; of none it is the point 0."""
    many = tuple(intervals)
    if not many:
        return POINT_ZERO
    lowers = [part.lower for part in many if part.lower is not None]
    uppers = [part.upper for part in many if part.upper is not None]
    return between(
        exact_sum(lowers) if len(lowers) == len(many) else None,
        exact_sum(uppers) if len(uppers) == len(many) else None,
        False not in [part.lower_closed for part in many],
        False not in [part.upper_closed for part in many],
    )


# On the integers behind the ends: a comparison or a sum of two ``Fraction`` looks up what kind of
# number each is, every time.


def _order(a: Fraction, b: Fraction) -> int:
    """Below 0, 0 or above 0, as ``a`` is below, at or above ``b``: a whole number.

    So ``_order(a, b) < is_closed`` says that ``a`` is below ``b``, or at it if that is allowed.
    """
    n, d = a.as_integer_ratio()
    m, e = b.as_integer_ratio()
    return n - m if d == e else n * e - m * d


def _plus(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    if a is None or b is None:
        return None
    n, d = a.as_integer_ratio()
    m, e = b.as_integer_ratio()
    return Fraction(n + m, d) if d == e else Fraction(n * e + m * d, d * e)


def _minus(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    if a is None or b is None:
        return None
    n, d = a.as_integer_ratio()
    m, e = b.as_integer_ratio()
    return Fraction(n - m, d) if d == e else Fraction(n * e - m * d, d * e)


def _times(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    if a is None or b is None:
        return None
    n, d = a.as_integer_ratio()
    m, e = b.as_integer_ratio()
    return Fraction(n * m, d * e)


def _turned(value: Fraction) -> Fraction:
    return Fraction(value.denominator, value.numerator)


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

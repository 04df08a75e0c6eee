"""A scoring rule as a piecewise-linear curve from a measure to a share of the weight."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from fractions import Fraction

import attrs

from budgetperf.exact import (
    BudgetperfError,
    ExactInput,
    Interval,
    Text,
    decimal_text,
    to_exact,
)

__all__ = ["Curve", "Knot"]


def _optional(value: ExactInput | None) -> Fraction | None:
    return None if value is None else to_exact(value)


@attrs.frozen(kw_only=True)
class Knot:
    """A point of a curve.

    Args:
        x: the measure.
        y: the value there.
        left: the value just below ``x``, where the curve jumps; by default ``y``.
        right: the value just above ``x``, where the curve jumps; by default ``y``.
    """

    x: Fraction = attrs.field(converter=to_exact)
    y: Fraction = attrs.field(converter=to_exact)
    left: Fraction | None = attrs.field(default=None, converter=_optional)
    right: Fraction | None = attrs.field(default=None, converter=_optional)

    @property
    def before(self) -> Fraction:
        return self.y if self.left is None else self.left

    @property
    def after(self) -> Fraction:
        return self.y if self.right is None else self.right


def _knots(value: Iterable[Knot]) -> tuple[Knot, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class _Piece:
    """A stretch of a curve on which it is linear: ``y = at + slope * (x - origin)``."""

    domain: Interval
    origin: Fraction
    at: Fraction
    slope: Fraction

    def value(self, x: Fraction) -> Fraction:
        return self.at + self.slope * (x - self.origin)

    def image(self, xs: Interval) -> Interval:
        if not self.slope or xs.is_point:
            return Interval.point(self.value(xs.lower) if xs.lower is not None else self.at)
        return xs.monotone_image(self.value, increasing=self.slope > 0)


@attrs.frozen(kw_only=True)
class Curve:
    """Straight lines between knots, level outside them; with jumps where a knot says so.

    Args:
        knots: in rising order of ``x``; at least one.
        domain: where the curve is defined; everywhere by default.

    Raises:
        BudgetperfError: no knots, or their ``x`` do not rise: the curve would be no function.

    >>> curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
    >>> curve.value("0.8618"), curve.value(3)
    (Fraction(4309, 5000), Fraction(1, 1))
    """

    knots: tuple[Knot, ...] = attrs.field(converter=_knots)
    domain: Interval = Interval()

    def __attrs_post_init__(self) -> None:
        if not self.knots:
            raise BudgetperfError(
                "empty-curve",
                Text(zh="曲线至少要有一个点", en="a curve needs at least one knot"),
                field="knots",
            )
        for a, b in itertools.pairwise(self.knots):
            if a.x >= b.x:
                raise BudgetperfError(
                    "not-a-function",
                    Text(
                        zh=f"点的 x 须递增：{decimal_text(a.x)} 之后不能是 {decimal_text(b.x)}；"
                        "跳跃请用同一点的 left 与 right",
                        en=f"the x of knots must rise: {decimal_text(b.x)} cannot follow "
                        f"{decimal_text(a.x)}; for a jump use left and right of one knot",
                    ),
                    field="knots",
                )

    def value(self, x: ExactInput) -> Fraction | None:
        """The value at ``x``; ``None`` outside the domain."""
        exact = to_exact(x)
        if exact not in self.domain:
            return None
        return next(piece.value(exact) for piece in self._pieces() if exact in piece.domain)

    def image(self, xs: Interval) -> Interval | None:
        """The smallest interval with all values over ``xs``; ``None`` if none is in the domain."""
        inside = xs.intersection(self.domain)
        if inside is None:
            return None
        parts = ((piece, inside.intersection(piece.domain)) for piece in self._pieces())
        return Interval.hull(piece.image(part) for piece, part in parts if part is not None)

    def _pieces(self) -> tuple[_Piece, ...]:
        first, last = self.knots[0], self.knots[-1]
        below = Interval(upper=first.x, upper_closed=False)
        above = Interval(lower=last.x, lower_closed=False)
        pieces = [_level(below, first.before), _level(above, last.after)]
        pieces += [_level(Interval.point(knot.x), knot.y) for knot in self.knots]
        for a, b in itertools.pairwise(self.knots):
            between = Interval(lower=a.x, upper=b.x, lower_closed=False, upper_closed=False)
            slope = (b.before - a.after) / (b.x - a.x)
            pieces.append(_Piece(domain=between, origin=a.x, at=a.after, slope=slope))
        return tuple(pieces)


def _level(domain: Interval, value: Fraction) -> _Piece:
    return _Piece(domain=domain, origin=Fraction(0), at=value, slope=Fraction(0))

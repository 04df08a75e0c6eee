"""A curve of a rule-set as straight lines over whole numbers, cut where it bends."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from budgetperf.rules.curve import Curve

__all__ = ["Stretch", "common_denominator", "stretches"]


@attrs.frozen(kw_only=True)
class Stretch:
    """The measures up to an end, and the share of the weight there: ``at + slope * measure``.

    Args:
        end: where it ends; ``None`` of the last one.
        closed: whether the end belongs to it.
        slope: how much the share rises for 1 of the measure.
        at: the share at a measure of 0.
        is_silent: whether the rule says nothing here.
        is_open: whether the rule leaves the score to judgement here.
    """

    end: Fraction | None
    closed: bool
    slope: Fraction = Fraction(0)
    at: Fraction = Fraction(0)
    is_silent: bool = False
    is_open: bool = False

    @property
    def _says(self) -> tuple[Fraction, Fraction, bool, bool]:
        return self.slope, self.at, self.is_silent, self.is_open

    def share(self, measure: Fraction) -> Fraction:
        """The share on the line."""
        return self.at + self.slope * measure

    def reaches(self, measure: Fraction) -> bool:
        """Whether the measure is not beyond its end."""
        return self.end is None or measure < self.end or (self.closed and measure == self.end)

    def says_the_same_as(self, other: Stretch) -> bool:
        """Whether one rule holds over both, one of which may be a single point."""
        return self._says == other._says


def stretches(curve: Curve, lowest: Curve | None) -> tuple[Stretch, ...]:
    """The whole line from left to right, in as few stretches as there can be.

    Args:
        curve: the share of the weight.
        lowest: the lowest share that a reasoned deduction may leave, if the rule has one.
    """
    cuts = sorted({*_cuts(curve), *(() if lowest is None else _cuts(lowest, curve))})
    parts = list[Stretch]()
    for at, (below, above) in enumerate(itertools.pairwise((None, *cuts, None))):
        parts.append(_over(curve, lowest, _between(below, above), above, closed=False))
        if at < len(cuts):
            parts.append(_over(curve, lowest, cuts[at], cuts[at], closed=True))
    return tuple(_merged(parts))


def _cuts(curve: Curve, other: Curve | None = None) -> Iterator[Fraction]:
    """Where a curve bends or ends, and where it meets another one."""
    yield from (knot.x for knot in curve.knots)
    yield from (end for end in (curve.domain.lower, curve.domain.upper) if end is not None)
    if other is None:
        return
    for a, b in itertools.product(curve.pieces, other.pieces):
        if a.slope != b.slope:
            meet = (b.at - b.slope * b.origin - a.at + a.slope * a.origin) / (a.slope - b.slope)
            if meet in a.domain and meet in b.domain:
                yield meet


def _between(below: Fraction | None, above: Fraction | None) -> Fraction:
    """A measure between two cuts."""
    if below is None:
        return Fraction(0) if above is None else above - 1
    return below + 1 if above is None else (below + above) / 2


def _over(
    curve: Curve, lowest: Curve | None, sample: Fraction, end: Fraction | None, *, closed: bool
) -> Stretch:
    """What holds around a measure between two cuts, or at one."""
    share = curve.value(sample)
    if share is None:
        return Stretch(end=end, closed=closed, is_silent=True)
    floor = None if lowest is None else lowest.value(sample)
    if floor is not None and floor < share:
        return Stretch(end=end, closed=closed, is_open=True)
    piece = next(piece for piece in curve.pieces if sample in piece.domain)
    slope = Fraction(0) if closed else piece.slope
    return Stretch(end=end, closed=closed, slope=slope, at=share - slope * sample)


def _merged(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of which one rule holds as one stretch; a point goes with a line through it."""
    following = iter(parts)
    held, is_point = next(following), False
    for part in following:
        if held.says_the_same_as(part) or _lies_on(part, held):
            held, is_point = attrs.evolve(held, end=part.end, closed=part.closed), False
        elif is_point and _lies_on(held, part):
            held, is_point = part, False
        else:
            yield held
            held, is_point = part, part.closed
    yield held


def _lies_on(point: Stretch, line: Stretch) -> bool:
    """Whether a single point lies on a line beside it."""
    if not point.closed or point.end is None or point.slope:
        return False
    if line.is_silent or line.is_open or point.is_silent or point.is_open:
        return False
    return line.share(point.end) == point.at


def common_denominator(parts: Iterable[Stretch]) -> int:
    """A whole number that makes every line one over whole numbers."""
    return math.lcm(*(f.denominator for part in parts for f in (part.slope, part.at)))

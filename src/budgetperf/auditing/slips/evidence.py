"""What explanations are made of: the suspect, the figures of the report, and chance.

The chance of a coincidence is the number of alternatives to be expected in an interval of the
target's width by their density around it: of those within a factor of 2 of its middle m, spread
over a length of 3/2 |m|. Those that fit are always counted. Around 0 a target has no size of its
own: there each alternative may lie within a factor of 2 of itself, and where it fits, most of the
values that it could have would fit.
"""

from __future__ import annotations

import bisect
import functools
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import MONEY, NUMBER, RATIO, Figure, Interval, Text
from budgetperf.exact.interval import meet
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.relations.expression import (
    Equation,
    Expression,
    Operand,
    missing,
    nominal,
    operands,
)

from .likeness import Rows
from .misprints import Grid, how_many

__all__ = [
    "COINCIDENCE",
    "Accused",
    "Case",
    "Explanation",
    "Ledger",
    "Offer",
    "distance",
    "expected",
    "is_same",
    "middle",
]


COINCIDENCE = Fraction(1, 4)
"""From here on a fit is called a coincidence and not shown: a policy of what is worth reading."""


@attrs.frozen(kw_only=True)
class Explanation(Shown):
    """A known slip that gives the printed figure, from a value that the report admits.

    Args:
        kind: a stable ASCII code.
        text: the slip in words, with the figures that it uses.
        before: the figure before the slip, printed like the suspect, if one follows.
        figures: the other figures of the report that the slip uses.
        tried: how many alternatives of this kind were tried.
        chance: how many of them are expected to fit by chance; little, or it is not offered.
    """

    kind: str
    text: Text
    before: Figure | None
    figures: tuple[Operand, ...]
    tried: int
    chance: Fraction

    def __repr__(self) -> str:
        return in_brief(self, f"{self.kind}:", self.text.en)


# Without slots, as all that remembers what is worked out of it: see ``keep``.


@attrs.frozen(kw_only=True, slots=False)
class Accused:
    """A figure that cannot be right if all others are.

    Args:
        operand: the figure.
        admissible: the values that the others leave for it, in base units.
    """

    operand: Operand
    admissible: Interval

    @functools.cached_property
    def grid(self) -> Grid | None:
        """The numbers that could stand in its place; ``None`` if it is missing."""
        stated = self.operand.stated
        return Grid.of(stated) if isinstance(stated, Figure) else None

    @functools.cached_property
    def admitted(self) -> range | None:
        """Those that stand for an admissible value; ``None`` if there is no end of them."""
        is_bounded = self.admissible.lower is not None and self.admissible.upper is not None
        return self.grid.admitted(self.admissible) if self.grid and is_bounded else None


@attrs.frozen(kw_only=True)
class Offer:
    """An explanation that fits, and what it is ranked by.

    Args:
        explanation: the explanation.
        rarity: how seldom a slip of this kind is met, against the most usual ones.
        far: how far off in the report the figures stand that it uses.
    """

    explanation: Explanation
    rarity: int
    far: int = 0


@attrs.frozen(kw_only=True, slots=False)
class Case:
    """A suspect, with what is worked out of it once.

    Args:
        operand: the suspect.
        figure: what is printed.
        admissible: the values that the report admits.
        cell: the values that print like this.
        grid: the numbers that could stand in its place.
        admitted: those that stand for an admissible value; ``None`` if there is no end of them.
        results: what the suspect is stated to be equal to, with its value by the printed figures.
        equations: all equations at hand in which nothing is missing.
    """

    operand: Operand
    figure: Figure
    admissible: Interval
    cell: Interval
    grid: Grid
    admitted: range | None
    results: tuple[tuple[Expression, Fraction], ...]
    equations: tuple[Equation, ...]

    @classmethod
    def of(cls, accused: Accused, equations: Sequence[Equation] = ()) -> Case | None:
        """The case, unless the figure is missing, or right as it is printed."""
        grid, admissible = accused.grid, accused.admissible
        if grid is None or meet(admissible, grid.figure.interval):
            return None
        # Only an equation says what the figure should be: an order leaves it open.
        whole = tuple(e for e in equations if e.comparator == "=" and not missing(e))
        return cls(
            operand=accused.operand,
            figure=grid.figure,
            admissible=admissible,
            cell=grid.figure.interval,
            grid=grid,
            admitted=accused.admitted,
            results=tuple(_results(accused.operand, whole)),
            equations=whole,
        )

    @functools.cached_property
    def width(self) -> Fraction:
        """The width of the cell; of an exact figure, the unit in its last place."""
        return self.cell.width or self.grid.step

    @functools.cached_property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The ends of the cell; around an exact figure, half a unit in its last place each way."""
        value, half, cell = self.figure.nominal, self.width / 2, self.cell
        if cell.is_point or cell.lower is None or cell.upper is None:
            return value - half, value + half
        return cell.lower, cell.upper

    @functools.cached_property
    def grain(self) -> Fraction:
        """The unit of the last digit that is not 0: round numbers agree more often than others."""
        # Asked of numbers other than 0 only: every power of ten divides 0.
        step = 1
        while self.grid.number % (10 * step) == 0:
            step *= 10
        return max(step * self.grid.step, self.width)

    def before(self, value: Fraction) -> Figure | None:
        """The figure that ``value`` should have been printed as, if the report admits it."""
        # Slip after slip asks it of the same results.
        known = self._befores.get(value)
        if known is None:
            # In a tuple, for ``None`` is an answer that is kept as well.
            known = self._befores[value] = (self._before(value),)
        return known[0]

    @functools.cached_property
    def _befores(self) -> dict[Fraction, tuple[Figure | None]]:
        return {}

    def _before(self, value: Fraction) -> Figure | None:
        printed = self.grid.like(value)
        return printed if meet(printed.interval, self.admissible) else None

    def stands_for(self, value: Fraction, factor: Fraction, admitted: range) -> bool:
        """Whether ``value`` times ``factor``, printed here, is one of the admitted numbers."""
        (n, d), (m, e) = value.as_integer_ratio(), factor.as_integer_ratio()
        whole, parts = self.grid.step.as_integer_ratio()
        number, odd = divmod(n * m * parts, d * e * whole)
        return not odd and number in admitted

    @property
    def is_count(self) -> bool:
        """Whether it counts things, which are whole and no fewer than none."""
        return self.figure.unit.dimension not in (MONEY, NUMBER, RATIO)

    def is_possible(self, value: Fraction) -> bool:
        """Whether such a figure can have this value at all."""
        return not self.is_count or (value.denominator == 1 and value >= 0)

    @property
    def only(self) -> Figure | None:
        """The one figure that the report admits, if it is one."""
        if self.admitted is None or how_many(self.admitted) != 1:
            return None
        return self.grid.printed(self.admitted[0])


def is_same(operand: Operand, other: Operand) -> bool:
    """Whether two operands are one figure of the report; by hand, whether they are equal."""
    return operand.path == other.path if operand.path else operand == other


def _results(
    suspect: Operand, equations: Iterable[Equation]
) -> Iterator[tuple[Expression, Fraction]]:
    for equation in equations:
        sides = equation.left, equation.right
        for side, other in (sides, sides[::-1]):
            if not isinstance(side, Operand) or not is_same(side, suspect):
                continue
            value = nominal(other)
            if isinstance(value, Fraction) and not any(
                is_same(o, suspect) for o in operands(other)
            ):
                yield other, value


_Ratio: TypeAlias = tuple[int, int]


@attrs.frozen(kw_only=True)
class Ledger:
    """The figures of a report by what they measure and by value. Zeros are left out.

    A 0 stands all over a report; that it fits says nothing.
    """

    values: Mapping[str, Sequence[Fraction]]
    """For each dimension, the different values in order."""
    at: Mapping[str, Mapping[Fraction, Sequence[Operand]]]
    """For each dimension and value, the figures."""
    counted: Mapping[str, tuple[int, Sequence[int]]]
    """For each dimension a common denominator, and the numerators of the values over it.

    Values are looked up among these, for whole numbers are compared quicker than fractions.
    """
    by_path: Mapping[str, Operand]
    """Every figure, zeros too."""

    @classmethod
    def of(cls, figures: Iterable[Operand]) -> Ledger:
        at: dict[str, dict[Fraction, list[Operand]]] = defaultdict(lambda: defaultdict(list))
        by_path: dict[str, Operand] = {}
        for operand in figures:
            figure = operand.stated
            if not isinstance(figure, Figure):
                continue
            by_path.setdefault(operand.path, operand)
            if figure.value:
                # By the value behind the print: 35300 元 and 3.53 万元 are one number.
                at[figure.unit.dimension][figure.nominal].append(operand)
        values, counted = dict[str, Sequence[Fraction]](), dict[str, tuple[int, Sequence[int]]]()
        for dimension, by_value in at.items():
            whole = math.lcm(*[value.denominator for value in by_value])
            numbers = {value.numerator * (whole // value.denominator): value for value in by_value}
            counted[dimension] = whole, sorted(numbers)
            values[dimension] = [numbers[number] for number in counted[dimension][1]]
        return cls(
            values=values,
            at={dimension: dict(by_value) for dimension, by_value in at.items()},
            counted=counted,
            by_path=by_path,
        )

    @functools.cached_property
    def rows(self) -> Rows:
        """The values by row and column: only where something fits they are asked for."""
        figures = ((path, operand.stated) for path, operand in self.by_path.items())
        return Rows.of((path, f.nominal) for path, f in figures if isinstance(f, Figure))

    def between(self, dimension: str, low: Fraction, high: Fraction) -> Sequence[Fraction]:
        """The values from ``low`` to ``high``, both included."""
        span = self._span(dimension, low.as_integer_ratio(), high.as_integer_ratio())
        return self.values.get(dimension, ())[span.start : span.stop]

    def _span(self, dimension: str, low: _Ratio, high: _Ratio) -> range:
        whole, numbers = self.counted.get(dimension, (1, ()))
        # Numerators are whole: the lower end is rounded up, the upper one down.
        first = bisect.bisect_left(numbers, -(-low[0] * whole // low[1]))
        return range(first, bisect.bisect_right(numbers, high[0] * whole // high[1]))

    def count(self, dimension: str, without: Collection[Fraction]) -> int:
        """How many different values there are."""
        by_value = self.at.get(dimension, {})
        return len(by_value) - sum(value in by_value for value in without)

    def expected(
        self, dimension: str, low: Fraction, high: Fraction, without: Collection[Fraction]
    ) -> Fraction:
        """How many values are expected to lie from ``low`` to ``high`` by chance."""
        mid, width = (low + high) / 2, high - low
        if not mid:
            others = [v for v in self.values.get(dimension, ()) if v not in without]
            return expected(others, mid, width)
        n, d = abs(mid).as_integer_ratio()
        ends = low.as_integer_ratio(), high.as_integer_ratio()
        spans = ((n, 2 * d), (2 * n, d)), ((-2 * n, d), (-n, 2 * d)), ends
        near = set[int]().union(*(self._span(dimension, *span) for span in spans))
        for value in without:
            ratio = value.as_integer_ratio()
            near.difference_update(self._span(dimension, ratio, ratio))
        return _spread(len(near), width, mid)


def expected(tried: Iterable[Fraction], mid: Fraction, width: Fraction) -> Fraction:
    """How many of the values tried are expected by chance in an interval around ``mid``.

    Equal values count once.
    """
    values = set(tried)
    if not mid:
        return sum((_around_zero(abs(value), width) for value in values), Fraction(0))
    near = sum(_is_of_size(value, mid) or abs(value - mid) <= width for value in values)
    return _spread(near, width, mid)


# On whole numbers: fractions would be made for each value that is tried.


def _is_of_size(value: Fraction, mid: Fraction) -> bool:
    """Whether a value is from half as large as ``mid`` to twice as large, to either side of 0."""
    (n, d), (m, e) = value.as_integer_ratio(), mid.as_integer_ratio()
    return abs(m) * d <= 2 * abs(n) * e and abs(n) * e <= 2 * abs(m) * d


def _spread(count: int, width: Fraction, mid: Fraction) -> Fraction:
    """So many values, spread over 3/2 of the size of ``mid``: how many lie within ``width``."""
    (n, d), (m, e) = width.as_integer_ratio(), mid.as_integer_ratio()
    return Fraction(2 * count * n * e, 3 * d * abs(m))


def _around_zero(size: Fraction, width: Fraction) -> Fraction:
    """How likely a value from half of ``size`` to twice as much lies within half of ``width``."""
    if not size:
        return Fraction(1)
    below = min(2 * size, width / 2) - size / 2
    return max(below, Fraction(0)) / (size * 3 / 2)


def middle(interval: Interval) -> Fraction:
    """The middle of a bounded interval."""
    lower, upper = interval.lower, interval.upper
    return ((lower or Fraction(0)) + (upper or Fraction(0))) / 2


_STEPS = re.compile(r"[^.\[\]]+")


@functools.lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(_STEPS.findall(path))


def distance(path: str, other: str) -> int:
    """How many steps lie between two figures of a report."""
    a, b = _steps(path), _steps(other)
    common = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        common += 1
    return len(a) + len(b) - 2 * common

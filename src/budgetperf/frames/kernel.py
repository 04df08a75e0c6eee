"""Scores as expressions over whole numbers, with the proof that nothing overflows."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from typing import TypeAlias, cast

import attrs

from budgetperf.exact import BudgetperfError, RoundingMode, Text
from budgetperf.model import Direction
from budgetperf.rules.ruleset import ScoreRounding, ZeroBase

from .curves.plans import (
    BAD_DIRECTION,
    DIRECTIONS,
    NO_DIRECTION,
    OTHER_DIRECTION,
    TWO_DIRECTIONS,
    Lines,
    Over,
    Plan,
)
from .curves.stretches import Stretch
from .engine import Expr, Narwhals, Operand
from .statuses import UNSAID, RowStatus

__all__ = [
    "CODES",
    "Row",
    "Scored",
    "Stage",
    "Width",
    "any_of",
    "choose",
    "code_of",
    "equal",
    "fitting",
    "scored",
]

CODES: tuple[RowStatus, ...] = tuple(RowStatus)
"""The statuses in the order of their numbers in the kernel."""


def code_of(status: RowStatus) -> int:
    """The number of a status."""
    return CODES.index(status)


@attrs.frozen(kw_only=True)
class Width:
    """The whole numbers that go in: how large they are at most.

    Args:
        values: targets and actual values, at their common places.
        places: those places.
        weights: the weights, at their own places.
        weight_places: those places.
        unit: how many units of those places make 100 %, where both are rates in print.
    """

    values: int
    places: int
    weights: int
    weight_places: int
    unit: int

    def largest(self, plans: Sequence[Plan], rounding: ScoreRounding) -> int:
        """The largest number that is met on the way, whatever the row."""
        up, down = _scaling(rounding, self.weight_places)
        numbers = [2 * self.weights * up + 2 * down, self.values, self.weights]
        for lines in (plan.lines for plan in plans if plan.lines is not None):
            top, bottom = self._quotient(lines.over)
            ends = [part.end for part in lines.parts if part.end is not None]
            numbers += [top * end.denominator + abs(end.numerator) * bottom for end in ends]
            slopes = [(abs(part.slope), abs(part.at)) for part in lines.parts]
            numbers += [int(lines.scale * (a * top + b * bottom)) for a, b in slopes]
            # A share is 1 at most: what stands above is no more than what stands below.
            whole = max(lines.scale * bottom, 1)
            numbers.append(2 * whole * self.weights * up + 2 * whole * down)
        return max(numbers)

    def _quotient(self, over: Over) -> tuple[int, int]:
        match over:
            case Over.COMPLETION | Over.INVERSE:
                return self.values, self.values
            case Over.DEVIATION:
                return 2 * self.values, self.values
            case Over.DIFFERENCE:
                return 2 * self.values, self.unit


def _widest(width: Width, largest: Callable[[Width], int], bits: int) -> Width | None:
    """The widest numbers for which nothing leaves so many bits; ``None`` if none are.

    Args:
        width: the numbers that there are.
        largest: the largest number that is met on the way with numbers of a width.
        bits: the bits, one of them for the sign.
    """
    limit = 2 ** (bits - 1)
    # No form has a weight beyond a thousand points: room goes to the values.
    weights = min(width.weights, 1000 * 10**width.weight_places)
    for held in (width, attrs.evolve(width, weights=weights)):
        if largest(held) < limit:
            return held
    powers = (10**n for n in range(38, -1, -1))
    fitting = [attrs.evolve(width, weights=weights, values=min(n, width.values)) for n in powers]
    fitting.append(attrs.evolve(width, weights=0, values=0))
    return next((held for held in fitting if largest(held) < limit), None)


def fitting(
    nw: Narwhals, width: Width, largest: Callable[[Width], int], bits: int
) -> tuple[object, Width]:
    """The narrowest type of whole numbers that holds all, and how large the numbers may be.

    Raises:
        BudgetperfError: not even numbers of one digit fit.
    """
    dtype, most = nw.Int64, min(bits, 64)
    if bits > most and largest(width) >= 2 ** (most - 1):
        dtype, most = nw.Int128, bits
    held = _widest(width, largest, most)
    if held is None:
        message = Text(
            zh="这些列的小数位数过多，无法精确计算：请减少位数",
            en="these columns have too many decimals to be computed with exactly: give fewer",
        )
        raise BudgetperfError("too-many-places", message, field="frame")
    return dtype, held


@attrs.frozen(kw_only=True)
class Row:
    """The parts of a row, as expressions. Where a value is not there its number is 0.

    Args:
        target: the target, at the common places.
        actual: the actual value, likewise.
        weight: the weight, at its own places.
        direction: the code of the direction, or one code for all rows.
        alone: rows of which another thing is to be said before all else, each with what.
        no_weight: where there is no weight, and why.
        no_target: where there is no target, and why.
        no_actual: where there is no actual value, and why.
        is_spelled: whether the direction is that of a column, where something else may stand.
    """

    target: Expr
    actual: Expr
    weight: Expr
    direction: Expr | int
    alone: tuple[tuple[RowStatus, Expr], ...] = ()
    no_weight: tuple[tuple[RowStatus, Expr], ...] = ()
    no_target: tuple[tuple[RowStatus, Expr], ...] = ()
    no_actual: tuple[tuple[RowStatus, Expr], ...] = ()
    is_spelled: bool = False


Stage: TypeAlias = "tuple[Expr, ...]"
"""Columns that are put beside those of a table at once."""


@attrs.frozen(kw_only=True)
class Scored:
    """How the scores of a table come about, step by step: each step uses the columns of the one
    before, for an engine that is given one expression may work its parts out as often as they
    stand in it.

    Args:
        numbers: the numbers of a row.
        parts: what is divided by what, and the number of the status.
        top: the column of what is divided; it is below 0 only where there is no score.
        bottom: that of what it is divided by; it is above 0.
        is_to_even: whether a half goes to the even number.
        rounded: of their quotient as a whole number, rounded down, the score in units of its last
            place. Where the status is not the one of a score, it means nothing.
        unsaid: which rows may be left to the functions for single rows, over the first columns;
            ``None`` if none are.
    """

    numbers: Stage
    parts: Stage
    top: str
    bottom: str
    is_to_even: bool
    rounded: Callable[[Expr], Expr]
    unsaid: Expr | None


def scored(
    nw: Narwhals,
    row: Row,
    plans: Sequence[Plan],
    rounding: ScoreRounding,
    width: Width,
    dtype: object,
    named: Callable[[str], str],
) -> Scored:
    """The score in units of its last place, and the number of the status.

    Args:
        nw: narwhals.
        row: the parts of a row.
        plans: what becomes of it in each direction.
        rounding: how the score is rounded.
        width: how large the numbers are at most.
        dtype: the type of whole numbers that holds them all.
        named: the name of a column, of ``status`` and what comes between.
    """
    numbers = {"t": row.target, "a": row.actual, "w": row.weight}
    if not isinstance(row.direction, int):
        numbers["d"] = row.direction
    held = {name: nw.col(named(name)) for name in numbers}
    direction = held.get("d", row.direction)
    row = attrs.evolve(
        row, target=held["t"], actual=held["a"], weight=held["w"], direction=direction
    )
    top, bottom, codes = _Kernel(nw, row, width, dtype).shares(plans)
    up, down = _scaling(rounding, width.weight_places)
    n, m = _divided(top * row.weight, up, bottom, down, rounding.mode)
    cases = _cases(nw, row, plans, codes)
    unsaid = [where for why, where in cases if why in UNSAID]
    status = choose(nw, [(where, code_of(why)) for why, where in cases], nw.lit(0, nw.Int8))
    parts = {"n": n, "m": m, "status": status}
    is_to_even = rounding.mode is RoundingMode.HALF_EVEN
    return Scored(
        numbers=tuple(expr.alias(named(name)) for name, expr in numbers.items()),
        parts=tuple(expr.alias(named(name)) for name, expr in parts.items()),
        top=named("n"),
        bottom=named("m"),
        is_to_even=is_to_even,
        rounded=_to_even(nw, named) if is_to_even else _as_it_is,
        unsaid=any_of(unsaid),
    )


def _scaling(rounding: ScoreRounding, weight_places: int) -> tuple[int, int]:
    """What takes points at the places of the weight to units of the last place of a score."""
    more = rounding.places - weight_places
    return (10**more, 1) if more >= 0 else (1, 10**-more)


def _divided(n: Expr, up: int, d: Expr, down: int, mode: RoundingMode) -> tuple[Expr, Expr]:
    """What is divided by what, so that ``n * up / (d * down)`` is rounded by rounding down."""
    # floor(x + 1/2) of x = n/d is floor((2n + d) / 2d), and ceil(x) is floor((n + d - 1) / d): no
    # number leaves the integers. Half to even is rounded up here; see ``_to_even``.
    match mode:
        case RoundingMode.HALF_UP | RoundingMode.NEAREST | RoundingMode.HALF_EVEN:
            return _times(n, 2 * up) + _times(d, down), _times(d, 2 * down)
        case RoundingMode.HALF_DOWN:
            return _times(n, 2 * up) + _times(d, down) - 1, _times(d, 2 * down)
        case RoundingMode.DOWN | RoundingMode.FLOOR:
            return _times(n, up), _times(d, down)
        case RoundingMode.UP | RoundingMode.CEILING:
            return _times(n, up) + _times(d, down) - 1, _times(d, down)


def _as_it_is(quotient: Expr) -> Expr:
    return quotient


def _to_even(nw: Narwhals, named: Callable[[str], str]) -> Callable[[Expr], Expr]:
    """A half that was rounded up, to the even number below where that is nearer to even."""
    top, bottom = nw.col(named("n")), nw.col(named("m"))

    def rounded(up: Expr) -> Expr:
        # With the half added the division leaves nothing: there was exactly a half.
        is_tie = equal(up * bottom, top)
        is_odd = ~equal((up // 2) * 2, up)
        return choose(nw, [(is_tie & is_odd, up - 1)], up)

    return rounded


def _cases(
    nw: Narwhals, row: Row, plans: Sequence[Plan], codes: Sequence[tuple[RowStatus, Expr]]
) -> list[tuple[RowStatus, Expr]]:
    """Why a row has no score, in the order in which the functions for single rows ask."""
    cases = [*row.alone, *row.no_weight, (RowStatus.NEGATIVE_WEIGHT, row.weight < 0)]
    if _may_be(row.direction, NO_DIRECTION):
        is_none = _is(nw, row.direction, NO_DIRECTION)
        cases += [(status, where & is_none) for status, where in row.no_target]
    if row.is_spelled:
        cases.append((RowStatus.UNREADABLE, _is(nw, row.direction, BAD_DIRECTION)))
        cases.append((RowStatus.DIRECTION_MISMATCH, _is(nw, row.direction, TWO_DIRECTIONS)))
    silent = [plan.code for plan in plans if not plan.says]
    single = [plan.code for plan in plans if plan.says and plan.lines is None]
    cases += _in_direction(nw, row, RowStatus.ROW_BY_ROW, NO_DIRECTION, OTHER_DIRECTION)
    cases += _in_direction(nw, row, RowStatus.RULE_SILENT, *silent)
    cases += [*row.no_target, *row.no_actual]
    cases += _in_direction(nw, row, RowStatus.ROW_BY_ROW, *single)
    return [*cases, *codes]


def _in_direction(
    nw: Narwhals, row: Row, status: RowStatus, *codes: int
) -> Iterator[tuple[RowStatus, Expr]]:
    """What is said of rows in these directions, if there may be some."""
    if _may_be(row.direction, *codes):
        yield status, _is(nw, row.direction, *codes)


def _may_be(direction: Expr | int, *codes: int) -> bool:
    return direction in codes if isinstance(direction, int) else bool(codes)


@attrs.frozen
class _Kernel:
    """The share of the weight of a row, as a quotient."""

    nw: Narwhals
    row: Row
    width: Width
    dtype: object

    def shares(self, plans: Sequence[Plan]) -> tuple[Expr, Expr, list[tuple[RowStatus, Expr]]]:
        """What stands above and below, and where there is no share, each with why.

        Of directions that no line is drawn for something else is said before.
        """
        drawn = [
            plan
            for plan in plans
            if plan.lines is not None and _may_be(self.row.direction, plan.code)
        ]
        every = {plan.code for plan in drawn}
        is_low = self.row.target <= 0
        low, codes = self._low(drawn, every)
        tops = list[tuple[Expr | None, Operand]]()
        bottoms = dict[tuple[Over, bool, int], tuple[Expr, list[int]]]()
        for lines, directions in self._by_lines(drawn).items():
            here = self._among(directions, every)
            top, bottom, why = self._along(lines, *self._quotient(lines.over))
            codes += [(status, _both(~is_low, here, where)) for status, where in why]
            tops.append((here, top))
            alike = (lines.over, lines.beyond is None, lines.scale)
            bottoms.setdefault(alike, (bottom, []))[1].extend(directions)
        below = [(self._among(codes_, every), bottom) for bottom, codes_ in bottoms.values()]
        undefined = [plan.code for plan in plans if plan.undefined_measure]
        if undefined:
            codes.append((RowStatus.RULE_SILENT, ~is_low & self._is(undefined)))
        top = choose(self.nw, [(is_low, low)], self._first([*tops, (None, 0)]))
        return top, choose(self.nw, [(is_low, 1)], self._first([*below, (None, 1)])), codes

    def _low(
        self, plans: Sequence[Plan], every: Collection[int]
    ) -> tuple[Operand, list[tuple[RowStatus, Expr]]]:
        """The share of a target of 0 or less, and where there is none, each with why."""
        negative = list[int]()
        codes = list[tuple[RowStatus, Expr]]()
        shares = list[tuple[Expr | None, Operand]]()
        for policy, directions in self._by_zero(plans).items():
            here = self._among(directions, every)
            share, why = self._at_zero(*policy)
            shares.append((here, share))
            codes += [(status, _both(self.row.target <= 0, here, w)) for status, w in why]
            negative += directions if policy[0] is not ZeroBase.FULL_IF_MET else []
        if negative:
            is_below = _both(self.row.target < 0, self._among(negative, every))
            codes.insert(0, (RowStatus.NEGATIVE_TARGET, is_below))
        return self._first([*shares, (None, 0)]), codes

    def _first(self, cases: Sequence[tuple[Expr | None, Operand]]) -> Expr:
        """The value of the first case that holds; of a case without a condition, which is met by
        whatever is left, or else of the last."""
        tested = list[tuple[Expr, Operand]]()
        for where, value in cases:
            if where is None:
                return choose(self.nw, tested, self._column(value))
            tested.append((where, value))
        return choose(self.nw, tested[:-1], self._column(tested[-1][1]))

    def _column(self, value: Operand) -> Expr:
        """A number as a column of the type of the others."""
        return self.nw.lit(value, self.dtype) if isinstance(value, (int, float)) else value

    def _is(self, codes: Sequence[int]) -> Expr:
        return _is(self.nw, self.row.direction, *codes)

    def _among(self, codes: Collection[int], every: Collection[int]) -> Expr | None:
        """Where the direction is one of these; ``None`` where there are no others."""
        return None if set(codes) >= set(every) else self._is(sorted(codes))

    def _by_zero(
        self, plans: Sequence[Plan]
    ) -> dict[tuple[ZeroBase, Direction | None, bool, bool], list[int]]:
        """The directions that do the same on a target of 0, by what that is."""
        by_zero = dict[tuple[ZeroBase, Direction | None, bool, bool], list[int]]()
        for plan in plans:
            if plan.lines is not None:
                by_operator = plan.at_zero is ZeroBase.FULL_IF_MET
                side = plan.direction if by_operator else None
                key = (plan.at_zero, side, by_operator and plan.strict, plan.discretion)
                by_zero.setdefault(key, []).append(plan.code)
        return by_zero

    def _by_lines(self, plans: Sequence[Plan]) -> dict[Lines, list[int]]:
        by_lines = dict[Lines, list[int]]()
        for plan in plans:
            if plan.lines is not None:
                by_lines.setdefault(plan.lines, []).append(plan.code)
        return by_lines

    def _at_zero(
        self, policy: ZeroBase, side: Direction | None, strict: bool, discretion: bool
    ) -> tuple[Operand, list[tuple[RowStatus, Expr | None]]]:
        """The share of a target of 0 or less, and where there is none, each with why; ``None`` is
        everywhere. Below 0 there is none but where a target is met or missed."""
        actual, nw = self.row.actual, self.nw
        match policy:
            case ZeroBase.UNDEFINED:
                return 0, [(RowStatus.UNDEFINED, None)]
            case ZeroBase.FULL:
                return 1, []
            case ZeroBase.NONE:
                return 0, []
            case ZeroBase.FULL_UNLESS_ABOVE:
                return choose(nw, [(actual <= 0, 1)], 0), []
            case ZeroBase.FULL_IF_ABOVE:
                return choose(nw, [(actual > 0, 1)], 0), []
            case ZeroBase.NONE_IF_ZERO:
                return 0, [(RowStatus.UNDEFINED, ~equal(actual, 0))]
            case ZeroBase.FULL_IF_MET:
                met = self._met(side, strict)
                far = [(RowStatus.OPEN, actual > self.row.target)] if discretion else []
                return choose(nw, [(met, 1)], 0), [(RowStatus.UNDEFINED, ~met), *far]

    def _met(self, side: Direction | None, strict: bool) -> Expr:
        target, actual = self.row.target, self.row.actual
        match side:
            case Direction.AT_LEAST:
                return actual > target if strict else actual >= target
            case Direction.AT_MOST:
                return actual < target if strict else actual <= target
            case _:
                return equal(actual, target)

    def _quotient(self, over: Over) -> tuple[Expr, Expr | int]:
        target, actual = self.row.target, self.row.actual
        match over:
            case Over.COMPLETION:
                return actual, target
            case Over.INVERSE:
                return target, actual
            case Over.DEVIATION:
                return actual - target, target
            case Over.DIFFERENCE:
                return actual - target, self.width.unit

    def _along(
        self, lines: Lines, n: Expr, d: Expr | int
    ) -> tuple[Expr, Expr, list[tuple[RowStatus, Expr]]]:
        """The share on a target above 0: what stands above, what below, and where there is none."""
        tops = list[tuple[Expr, Operand]]()
        kinds = list[tuple[Expr | None, Stretch]]()
        is_within: Expr | None = None
        if lines.beyond is not None:
            is_within = self.row.actual <= 0
            kinds.append((is_within, lines.beyond))
            d = choose(self.nw, [(is_within, 1)], self.row.actual)
            tops.append((is_within, int(lines.beyond.at * lines.scale)))
        for part in lines.parts:
            where = None if part.end is None else _before(n, d, part)
            kinds.append((where, part))
            tops.append((n < 0 if where is None else where, self._line(part, lines.scale, n, d)))
        *firsts, (_, last) = tops
        top = choose(self.nw, firsts, self._column(last))
        return top, _times(self._column(d), lines.scale), list(self._silences(kinds))

    def _line(self, part: Stretch, scale: int, n: Expr, d: Expr | int) -> Operand:
        slope, at = int(part.slope * scale), int(part.at * scale)
        if part.is_silent or part.is_open or not (slope or at):
            return 0
        terms = ([_times(n, slope)] if slope else []) + (
            [] if not at else [at * d if isinstance(d, int) else _times(d, at)]
        )
        return reduce(lambda a, b: a + b, terms)  # type: ignore[operator]

    def _silences(
        self, kinds: Sequence[tuple[Expr | None, Stretch]]
    ) -> Iterator[tuple[RowStatus, Expr]]:
        """Where the rule is silent, or leaves the score open."""
        reached: Expr | None = None  # what the stretches before have taken
        for where, part in kinds:
            here = where
            if reached is not None:
                here = ~reached if where is None else where & ~reached
            reason = RowStatus.RULE_SILENT if part.is_silent else RowStatus.OPEN
            if part.is_silent or part.is_open:
                yield reason, self.row.target > 0 if here is None else here
            if where is not None:
                reached = where if reached is None else reached | where


def _before(n: Expr, d: Expr | int, part: Stretch) -> Expr:
    """Whether ``n / d`` is at most the end of a stretch, or below it: by cross-multiplication."""
    end = part.end or Fraction(0)
    left = _times(n, end.denominator)
    if isinstance(d, int):
        right: Operand = d * end.numerator
    else:
        right = _times(d, end.numerator) if end else 0
    return left <= right if part.closed else left < right


def _times(value: Expr, factor: int) -> Expr:
    return value if factor == 1 else value * factor


def _both(first: Expr, *others: Expr | None) -> Expr:
    """Where all hold; ``None`` holds everywhere."""
    return reduce(lambda a, b: a & b, (other for other in others if other is not None), first)


def any_of(several: Sequence[Expr]) -> Expr | None:
    """Where one of these holds; ``None`` if there are none."""
    return reduce(lambda a, b: a | b, several) if several else None


def equal(a: Expr, b: Operand | str) -> Expr:
    return cast("Expr", operator.eq(a, b))


def _is(nw: Narwhals, direction: Expr | int, *codes: int) -> Expr:
    """Whether the direction is one of these."""
    if isinstance(direction, int):
        return nw.lit(direction in codes)
    wanted = set(codes)
    every = set(DIRECTIONS)
    if wanted >= every:
        return direction > 0
    return reduce(lambda a, b: a | b, [equal(direction, code) for code in sorted(wanted)])


def choose(nw: Narwhals, cases: Sequence[tuple[Expr, Operand]], otherwise: Operand) -> Expr:
    """The value of the first case that holds."""
    value = otherwise
    for where, then in reversed(cases):
        value = nw.when(where).then(then).otherwise(value)
    return value  # type: ignore[return-value]

"""Slips of calculation: the printed figure follows from other figures of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias, cast

from budgetperf.exact import RATIO, BudgetperfError, Figure, Interval, Text, Unit
from budgetperf.exact.interval import interval_sum, meet
from budgetperf.relations.expression import (
    Binary,
    Const,
    Equation,
    Expression,
    Operand,
    Sum,
    dimension,
    map_leaves,
    nominal,
    operands,
)

from . import words
from .evidence import (
    Case,
    Explanation,
    Ledger,
    Offer,
    distance,
    expected,
    is_same,
    middle,
)

__all__ = ["recomputed"]


def recomputed(case: Case, ledger: Ledger) -> Iterator[Offer]:
    """Every slip of calculation that gives the printed figure."""
    if case.grid.number:
        yield from _another_figure(case, ledger)
        yield from _replaced(case, ledger)
    if case.figure.unit.dimension == RATIO:
        yield from _redefined(case, "other-definition", _definitions)
        yield from _redefined(case, "points-for-percent", _points)
        yield from _otherwise_deviating(case, ledger)
    yield from _not_updated(case)
    yield from _from_weights(case, ledger)
    yield from _remainder(case)


# --- Another figure in place of this one, or of one that it is made of

_ROW = 2
"""The distance of two figures of one row: they differ in the last step of their paths."""


def _another_figure(case: Case, ledger: Ledger) -> Iterator[Offer]:
    """Figures that must be equal to this one do not count, nor does the same print in another place
    of the report: they are the same figure."""
    unit = case.figure.unit.dimension
    low, high = case.ends
    same = [case.operand, *(side for side, _ in case.results if isinstance(side, Operand))]
    others = [
        operand
        for value in ledger.between(unit, low, high)
        if value in case.cell
        for operand in ledger.at[unit][value]
        if not any(is_same(operand, twin) for twin in same)
        and not _is_same_print(operand, case.operand)
    ]
    if not others:
        return
    nearest = min(others, key=lambda operand: distance(operand.path, case.operand.path))
    far = distance(nearest.path, case.operand.path)
    # A round number stands in a report more often than its neighbours: its grain, not the width of
    # its cell, tells how many figures would have fitted by chance.
    own = _own(case, ledger, unit)
    chance = ledger.expected(unit, low, high, own) * case.grain / case.width
    chance = max(chance, ledger.rows.equal(case.operand.path, nearest.path))
    yield Offer(
        explanation=Explanation(
            kind="another-figure",
            text=words.another_text(case.operand, nearest),
            before=case.only,
            figures=(nearest,),
            tried=ledger.count(unit, own),
            chance=chance,
        ),
        rarity=2 if far <= _ROW else 4,
        far=far,
    )


def _is_same_print(operand: Operand, other: Operand) -> bool:
    return operand.place is not None and operand.place == other.place


def _replaced(case: Case, ledger: Ledger) -> Iterator[Offer]:
    """Another figure took the place of an operand."""
    hits: list[tuple[Expression, Operand, Operand, Figure]] = []
    tried, chance = 0, Fraction(0)
    for side, value in case.results:
        before = case.before(value)
        if before is None or isinstance(side, Operand):
            continue
        for due, low, high in _places(side, *case.ends):
            due_figure = cast("Figure", due.stated)  # nothing is missing in a result
            unit = due_figure.unit.dimension
            # Solved backwards: what this place would have to hold is looked up among the figures.
            # Trying each figure in each place would be as many calculations as both multiplied.
            without = _own(case, ledger, unit) | {due_figure.nominal}
            tried += ledger.count(unit, without)
            chance += ledger.expected(unit, low, high, without)
            for value_there in ledger.between(unit, low, high):
                if value_there in without:
                    continue
                used = _nearest(ledger.at[unit][value_there], due, case.operand)
                made = _with(side, due, used)
                if _gives(made, case):
                    hits.append((made, used, due, before))
    for made, used, due, before in hits:
        far = distance(used.path, due.path)
        yield Offer(
            explanation=Explanation(
                kind="operand-replaced",
                text=words.replaced_text(case.operand, made, used, due, before),
                before=before,
                figures=(used, *(o for o in operands(made) if o is not used)),
                tried=tried,
                chance=max(
                    chance * case.grain / case.width, ledger.rows.equal(due.path, used.path)
                ),
            ),
            rarity=1 if far <= _ROW else 3,
            far=far,
        )


def _own(case: Case, ledger: Ledger, dimension: str) -> frozenset[Fraction]:
    """The suspect's own value, if no other figure has it: it is no alternative to itself."""
    value = case.figure.nominal
    same = ledger.at.get(dimension, {}).get(value, ())
    return frozenset({value} if all(is_same(o, case.operand) for o in same) else ())


def _with(side: Expression, due: Operand, used: Operand) -> Expression:
    return map_leaves(side, lambda leaf: used if leaf is due else leaf)


def _nearest(same: Sequence[Operand], due: Operand, suspect: Operand) -> Operand:
    others = (operand for operand in same if not is_same(operand, suspect))
    return min(others, key=lambda operand: distance(operand.path, due.path))


_Place: TypeAlias = tuple[Operand, Fraction, Fraction]
"""An operand, and from where to where its value would give the printed result."""


def _places(side: Expression, low: Fraction, high: Fraction) -> Iterator[_Place]:
    """Every operand of ``side``, with the values that would bring ``side`` to ``low … high``."""
    match side:
        case Operand():
            yield side, low, high
        case Sum(terms=terms):
            total = _value(side)
            for sign, term in terms:
                others = total - sign * _value(term)
                ends = sign * (low - others), sign * (high - others)
                yield from _places(term, min(ends), max(ends))
        case Binary(symbol=symbol, left=left, right=right):
            a, b = _value(left), _value(right)
            if symbol == "/":
                yield from _scaled(left, b, low, high)
                # Around 0 a divisor may be as great as one likes: nothing could be looked up.
                if a and low * high > 0:
                    ends = a / low, a / high
                    yield from _places(right, min(ends), max(ends))
            else:
                for part, factor in ((left, b), (right, a)):
                    if factor:
                        yield from _scaled(part, 1 / factor, low, high)
        case _:
            return


def _scaled(part: Expression, factor: Fraction, low: Fraction, high: Fraction) -> Iterator[_Place]:
    ends = low * factor, high * factor
    yield from _places(part, min(ends), max(ends))


def _value(expression: Expression) -> Fraction:
    # A part of a result: it is not undefined, or the result would be.
    return cast("Fraction", nominal(expression))


def _gives(made: Expression, case: Case) -> bool:
    """Whether the calculation prints as the suspect."""
    value = nominal(made)
    return isinstance(value, Fraction) and value in case.cell


# --- A rate by another definition

_Made: TypeAlias = tuple[Expression, Text]


def _redefined(
    case: Case, kind: str, definitions: Callable[[Expression], Iterator[_Made]]
) -> Iterator[Offer]:
    results: list[Fraction] = []
    hits: list[tuple[Expression, Text, Figure]] = []
    for side, value in case.results:
        before = case.before(value)
        if before is None:
            continue
        for made, note in definitions(side):
            result = nominal(made)
            # Where both definitions give one value, neither was taken for the other.
            if not isinstance(result, Fraction) or result == value:
                continue
            results.append(result)
            if result in case.cell:
                hits.append((made, note, before))
    for made, note, before in hits:
        yield Offer(
            explanation=Explanation(
                kind=kind,
                text=words.definition_text(case.operand, made, note, before),
                before=before,
                figures=tuple(dict.fromkeys(operands(made))),
                tried=len(results),
                chance=expected(results, case.figure.nominal, case.width),
            ),
            rarity=2,
        )


def _definitions(side: Expression) -> Iterator[_Made]:
    """What else a rate ``n / d`` may have been taken for."""
    if not (isinstance(side, Binary) and side.symbol == "/"):
        return
    n, d = side.left, side.right
    yield _over(d, n), Text(zh="分子与分母颠倒", en="the fraction was inverted")
    if not _alike(n, d):
        return
    yield _over(_minus(n, d), d), Text(zh="按增减率计算", en="computed as a rate of change")
    yield _over(_plus(n, d), d), Text(zh="分子误含基数", en="the numerator includes the base")
    yield (
        _over(n, _plus(n, d)),
        Text(zh="以两者之和为分母", en="the base is the sum of both"),
    )
    yield _minus(_ONE, side), Text(zh="按其余部分的比重计算", en="computed as the remaining share")


_IN_POINTS = Text(zh="按百分点计算，未按相对差", en="in percentage points, not relative")


def _points(side: Expression) -> Iterator[_Made]:
    """A difference of rates in percentage points as a relative one, or the reverse."""
    relative = Text(zh="按相对差计算，未按百分点", en="relative, not in percentage points")
    points = _IN_POINTS
    match side:
        case Sum(terms=((1, Operand() as a), (-1, Operand() as b))):
            yield _over(side, b), relative
        case Sum(terms=((1, Binary(symbol="/", left=a, right=b)), (-1, Const()))):
            if _are_rates(a, b):
                yield _minus(a, b), points
        case Binary(symbol="/", left=Sum(terms=((1, a), (-1, b))), right=base):
            if base == b and _are_rates(a, b):
                yield side.left, points
        case _:
            return


def _otherwise_deviating(case: Case, ledger: Ledger) -> Iterator[Offer]:
    """A 偏差率 by another definition than those that the report admits."""
    path = case.operand.path
    head = path.removesuffix(_DEVIATION)
    actual, target = (ledger.by_path.get(head + name) for name in (_ACTUAL, _TARGET))
    if head == path or actual is None or target is None or not _alike(actual, target):
        return
    known = [
        (made, note, value)
        for made, note in _deviations(actual, target)
        if isinstance(value := nominal(made), Fraction)
    ]
    due = [(made, value, before) for made, _, value in known if (before := case.before(value))]
    # A definition that gives an admitted value is no slip: the report may go by it.
    admitted = [value for _, value, _ in due]
    others = [(made, note, value) for made, note, value in known if value not in admitted]
    chance = expected([value for _, _, value in others], case.figure.nominal, case.width)
    for made, note, value in others:
        if due and value in case.cell:
            right, _, before = due[0]
            in_points = isinstance(made, Sum) or isinstance(right, Sum)
            yield Offer(
                explanation=Explanation(
                    kind="points-for-percent" if in_points else "other-definition",
                    text=words.definition_text(case.operand, made, note, before),
                    before=before,
                    figures=(actual, target),
                    tried=len(others),
                    chance=chance,
                ),
                rarity=2,
            )


_DEVIATION, _ACTUAL, _TARGET = ".deviation", ".actual", ".target.value"


def _deviations(actual: Operand, target: Operand) -> Iterator[_Made]:
    points = _minus(actual, target)
    if _are_rates(actual, target):
        yield points, _IN_POINTS
    yield _over(points, target), Text(zh="按指标值计算相对差", en="relative to the target")
    yield _over(points, actual), Text(zh="按实际值计算相对差", en="relative to the actual value")


def _are_rates(*both: Expression) -> bool:
    return all(
        isinstance(side, Operand)
        and isinstance(side.stated, Figure)
        and side.stated.unit.dimension == RATIO
        for side in both
    )


def _alike(a: Expression, b: Expression) -> bool:
    try:
        return dimension(a) == dimension(b)
    except BudgetperfError:
        return False


_ONE = Const(value=Fraction(1), unit=Unit.of("%"))


def _over(a: Expression, b: Expression) -> Expression:
    return Binary(symbol="/", left=a, right=b)


def _plus(a: Expression, b: Expression) -> Expression:
    return Sum(terms=((1, a), (1, b)))


def _minus(a: Expression, b: Expression) -> Expression:
    return Sum(terms=((1, a), (-1, b)))


# --- Totals


def _not_updated(case: Case) -> Iterator[Offer]:
    """A total without one of its parts, most often the last."""
    for side, value in case.results:
        parts = [part for part in _parts(side) if _value(part)]
        before = case.before(value) or _within_rounding(case, parts)
        if len(parts) < 2 or before is None:
            continue
        # The part left out is what the total lacks: the sizes of the parts are compared with that.
        lack = value - case.figure.nominal
        whole = _cells(parts)
        for index, part in enumerate(parts):
            others = _others_that_fit(whole, parts, part, case)
            if others is None:
                continue
            # What a total has not been told of is most often the row that was added last.
            last = index == len(parts) - 1
            made = Sum(terms=tuple((1, other) for other in others))
            loose = Fraction(0) if _gives(made, case) else _cells(others).width or Fraction(0)
            yield Offer(
                explanation=Explanation(
                    kind="total-not-updated",
                    text=words.left_out_text(case.operand, made, part, before),
                    before=before,
                    figures=(part, *others),
                    tried=len(parts),
                    chance=expected(map(_value, parts), lack, case.width + loose),
                ),
                rarity=1 if last else 3,
            )


def _cells(parts: Iterable[Operand]) -> Interval:
    """All that printed parts can add up to."""
    figures = (cast("Figure", part.stated) for part in parts)  # nothing is missing in a result
    return interval_sum(figure.interval for figure in figures)


def _others_that_fit(
    whole: Interval, parts: Sequence[Operand], part: Operand, case: Case
) -> list[Operand] | None:
    """The parts but one, if they can add up to the printed total."""
    # Taken from the whole first: to add up all others for every part would be a sum for each pair.
    if not meet(_reach_without(whole, part), case.cell):
        return None
    others = [other for other in parts if other is not part]
    return others if meet(_cells(others), case.cell) else None


def _reach_without(whole: Interval, part: Operand) -> Interval:
    """Between what the other parts of a sum add up to: they may not attain the ends."""
    ends = cast("Figure", part.stated).interval

    def less(end: Fraction | None, of_part: Fraction | None) -> Fraction | None:
        return None if end is None or of_part is None else end - of_part

    return Interval(lower=less(whole.lower, ends.lower), upper=less(whole.upper, ends.upper))


def _within_rounding(case: Case, parts: Iterable[Operand]) -> Figure | None:
    """The total that the report admits, if its parts can add up to it and need not as printed."""
    common = case.admissible.intersection(_cells(parts))
    return None if common is None else case.grid.like(middle(common))


def _from_weights(case: Case, ledger: Ledger) -> Iterator[Offer]:
    """A total of scores that is the total of the weights."""
    for side, value in case.results:
        scores = [part.path for part in _parts(side)]
        before = case.before(value)
        if before is None or not all(path.endswith(_SCORE) for path in scores):
            continue
        stated = (ledger.by_path.get(path.removesuffix(_SCORE) + _WEIGHT) for path in scores)
        weights = [operand for operand in stated if operand is not None]
        made = Sum(terms=tuple((1, weight) for weight in weights))
        if weights and _gives(made, case):
            yield Offer(
                explanation=Explanation(
                    kind="copied-from-weights",
                    text=words.weights_text(case.operand, made, before),
                    before=before,
                    figures=tuple(weights),
                    tried=1,
                    chance=expected([_value(made)], case.figure.nominal, case.width),
                ),
                rarity=1,
            )


_SCORE, _WEIGHT = ".score", ".weight"


def _remainder(case: Case) -> Iterator[Offer]:
    """A share or a part that is what the others leave of the whole, and not its own rounding."""
    # Parts that are rounded one by one need not add up: one of them is then made to fit.
    left = list(_remainders(case))
    if not any(_gives(made, case) for made, _ in left):
        return
    tried = [made for made, rounded in left if rounded is None or _is_near(case, rounded)]
    chance = expected(
        [value for made in tried if isinstance(value := nominal(made), Fraction)],
        case.figure.nominal,
        case.width,
    )
    for made in tried:
        if _gives(made, case):
            yield Offer(
                explanation=Explanation(
                    kind="remainder-forced",
                    text=words.remainder_text(case.operand, made, case.only),
                    before=case.only,
                    figures=tuple(operands(made)),
                    tried=len(tried),
                    chance=chance,
                ),
                rarity=1,
            )


def _remainders(case: Case) -> Iterator[tuple[Expression, Sequence[Operand] | None]]:
    """What the others leave of 100 %; or of a printed total, with the figures it is made of."""
    for equation in case.equations:
        for whole, side in _both_ways(equation):
            parts = _parts(side)
            others = [part for part in parts if not is_same(part, case.operand)]
            if not others or len(others) != len(parts) - 1:
                continue
            is_share = isinstance(whole, Const) and case.figure.unit.dimension == RATIO
            made = Sum(terms=((1, whole), *((-1, other) for other in others)))
            yield made, None if is_share else [*operands(whole), *others]


def _is_near(case: Case, others: Sequence[Operand]) -> bool:
    """Whether the rounding of the other figures can account for all that the print is off."""
    reach = (_cells(others).width or Fraction(0)) / 2
    off = case.admissible.gap(Interval.point(case.figure.nominal))
    return off is not None and off <= reach


def _both_ways(equation: Equation) -> Iterator[tuple[Expression, Expression]]:
    yield equation.left, equation.right
    yield equation.right, equation.left


def _parts(side: Expression) -> tuple[Operand, ...]:
    """The parts of a plain total; none if anything is subtracted, multiplied or constant."""
    if not isinstance(side, Sum):
        return ()
    parts: list[Operand] = []
    for sign, term in side.terms:
        inner = (term,) if isinstance(term, Operand) else _parts(term)
        if sign < 0 or not inner:
            return ()
        parts += inner
    return tuple(parts)

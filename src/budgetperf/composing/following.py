"""What follows from the relations of a report: totals, differences, rates, completions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.auditing.checks.rows import rows
from budgetperf.exact import (
    BudgetperfError,
    Figure,
    Missing,
    Text,
    Undefined,
    Unit,
)
from budgetperf.exact.absent import UndefinedReason
from budgetperf.exact.figure import last_place, printed_as
from budgetperf.model import Direction, Element, SelfEvaluation, elements, is_whole, resolve
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of
from budgetperf.relations.binding import bind_blanks, operand_at
from budgetperf.relations.catalogue import relations
from budgetperf.relations.expression import (
    Binary,
    Equation,
    Expression,
    Operand,
    Sum,
    interval,
    nominal,
    operands,
    require_same_units,
)
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import expression_text, missing_text, printed_text
from budgetperf.rules import Measure, RuleSet
from budgetperf.scoring.measures import alike, deviation_of

from .columns import Due
from .composition import LeftOpen

__all__ = ["RATE_PLACES", "Follows", "amounts", "indicator_rates", "is_blank", "rates"]

RATE_PLACES = 2
"""The decimals of a rate in percent that does not end before."""

_AMOUNTS = (
    *("F01", "F11", "F12.basic", "F12.project", "F14.sum", "F16"),
    *("F17.service", "F17.roll", "F18.kind", "F18.completion"),
)
_RATES = ("F05", "F05.received", "F05.use", "F08", "F13.share", "F14.rate", "F15")
_PERCENT = Unit.of("%")


@attrs.frozen(kw_only=True)
class Follows:
    """A blank and the value that it has.

    Args:
        path: where it stands.
        label: what it is.
        due: the value.
        code: the relation that gives it.
        how: the same with the printed figures.
        operands: these.
    """

    path: str
    label: Text
    due: Due
    code: str
    how: Text
    operands: tuple[Operand, ...]


def is_blank(stated: object) -> bool:
    """Whether nothing is stated: neither a figure nor a mark or words in its place."""
    return isinstance(stated, Missing) and stated.is_blank


def amounts(report: SelfEvaluation, places: int) -> Iterator[Follows | LeftOpen]:
    """Totals and differences that are not stated, and why others do not follow."""
    for relation in _named(_AMOUNTS):
        for equation in bind_blanks(relation, report):
            yield from _following(relation, equation, report, places)
    for where in ("narrative", "form"):
        change, initial, revised = (
            operand_at(report, f"{where}.{path}")
            for path in ("adjustment.amount", "funding.total.initial", "funding.total.revised")
        )
        if is_blank(change.stated):
            difference = Sum(terms=((1, revised), (-1, initial)))
            equation = Equation(left=change, comparator="=", right=difference)
            yield from _following(next(_named(("F03",))), equation, report, places)


def rates(report: SelfEvaluation, places: int) -> Iterator[Follows | LeftOpen]:
    """Rates of money that are not stated."""
    for relation in _named(_RATES):
        for equation in bind_blanks(relation, report):
            yield from _following(relation, equation, report, places)


def _named(ids: Sequence[str]) -> Iterator[Relation]:
    by_id = {relation.id: relation for relation in relations()}
    return (by_id[id] for id in ids)


def _following(
    relation: Relation, equation: Equation, report: SelfEvaluation, places: int
) -> Iterator[Follows | LeftOpen]:
    result, right = equation.left, equation.right
    if not isinstance(result, Operand) or _is_of_silence(result.path, report):
        return
    parts = tuple(operands(right))
    absent = tuple(part for part in parts if isinstance(part.stated, Missing))
    if len(absent) == len(parts):
        return
    if absent:
        in_use = relation.parts or not _states_nothing(result.path, report)
        if relation.where_stated or not in_use:
            return
        yield _open(result, "not-stated", missing_text(tuple(dict.fromkeys(absent))))
        return
    whole = _is_whole(relation, result.path, report)
    if not whole:
        yield _open(result, "perhaps-incomplete", _PERHAPS)
        return
    try:
        require_same_units(attrs.evolve(equation, left=right))
    except BudgetperfError as error:
        yield _open(result, error.code, error.message)
        return
    value = nominal(right)
    if isinstance(value, Undefined):
        if ".sources[" not in result.path:  # a source that has nothing has no rate, and needs none
            yield _open(result, "undefined", value.reason.label)
        return
    is_rate = kind_of(result.path) is FigureKind.RATE
    if is_rate and not value and not _is_nothing(right):
        yield _open(result, "too-coarse", _TOO_COARSE)
        return
    unit = _PERCENT if is_rate else _unit_of(parts)
    due = Due(value=value, unit=unit, places=places)
    if not is_rate:
        due = attrs.evolve(due, places=_coarsest(parts, unit), exact=False)
    yield Follows(
        path=result.path,
        label=result.label,
        due=due,
        code=relation.code,
        how=expression_text(right),
        operands=parts,
    )


def _is_nothing(rate: Expression) -> bool:
    """Whether a rate of amounts printed as 0 is 0 as far as its own print shows: 0.00百万元 of
    0.01百万元 may be nearly all."""
    return Figure.rounded(0, unit=_PERCENT, places=0).interval.covers(interval(rate))


_TOO_COARSE = Text(
    zh="填列为 0 的金额不一定是 0，比率无从得知；请用较小的单位填列金额",
    en="the amount printed as 0 may be more than that, so the rate is not known: state the amounts "
    "in a smaller unit",
)


def _is_of_silence(path: str, report: SelfEvaluation) -> bool:
    """Whether it belongs to a text that states nothing: none is begun."""
    return path.startswith("narrative.") and report.narrative == type(report.narrative)()


def _states_nothing(path: str, report: SelfEvaluation) -> bool:
    """Whether the part that it belongs to is not in use."""
    part = resolve(report, path.rpartition(".")[0])
    return not isinstance(part, Element) and part == type(part)()


def _is_whole(relation: Relation, path: str, report: SelfEvaluation) -> bool:
    """Whether the parts that are added up are known to be all."""
    if not relation.parts:
        return True
    where = path.partition(".")[0]
    return is_whole(elements(report, f"{where}.{relation.parts}")) is True


_PERHAPS = Text(
    zh="所列各项未必齐全，合计须自行填列；来源列到“其他资金”（没有的填 0 或“—”）即可合计",
    en="the parts listed need not be all, so the total has to be stated; sources that end in "
    "其他资金 (0 or a dash where there are none) are added up",
)


def _unit_of(parts: Sequence[Operand]) -> Unit:
    """The unit of what is added up: the finest of money, so that no decimals are lost."""
    units = [part.stated.unit for part in parts if isinstance(part.stated, Figure)]
    with_symbol = [unit for unit in units if unit.symbol] or units
    return min(with_symbol, key=lambda unit: unit.scale)


def _coarsest(parts: Sequence[Operand], unit: Unit) -> int:
    """The decimals of the coarsest of the figures that are added up: the sum knows no more."""
    figures = [part.stated for part in parts if isinstance(part.stated, Figure)]
    rounded = [last_place(figure) for figure in figures if not figure.is_exact]
    steps = [max(rounded)] if rounded else [last_place(figure) for figure in figures]
    step = min(steps) / unit.scale
    return max(0, len(str(step.denominator)) - 1)


def _open(result: Operand, reason: str, why: Text) -> LeftOpen:
    return LeftOpen(path=result.path, label=result.label, reason=reason, why=why)


# The indicators.


def indicator_rates(
    report: SelfEvaluation, rules: RuleSet | None, places: int
) -> Iterator[Follows | LeftOpen]:
    """Completions, and deviations as the rule-set defines them, of indicators with figures."""
    for row in rows(report):
        if not row.is_measured or _is_of_silence(row.path, report):
            continue
        if is_blank(row.completion_rate.stated):
            yield from _completion(
                row.completion_rate, row.actual, row.target, report, rules, places
            )
        if is_blank(row.deviation.stated) and rules is not None and rules.deviation is not None:
            yield from _deviation(row.deviation, row.actual, row.target, rules, places)


def _direction(report: SelfEvaluation, path: str) -> Direction | Missing:
    where, _, index = path.partition(".indicators[")
    table = report.form.indicators if where == "form" else report.narrative.indicators
    return table[int(index.partition("]")[0])].target.direction


def _completion(
    result: Operand,
    actual: Operand,
    target: Operand,
    report: SelfEvaluation,
    rules: RuleSet | None,
    places: int,
) -> Iterator[Follows | LeftOpen]:
    """What is reached of the target; of a target that should stay low, as the rule measures it."""
    direction, quotient = _direction(report, result.path), (actual, target)
    if direction is Direction.AT_MOST:
        rule = None if rules is None else rules.at_most
        if rule is None or rule.measure is Measure.DEVIATION:
            yield _open(result, "rule-silent", _NO_DEFINITION)
            return
        quotient = (target, actual) if rule.measure is Measure.INVERSE else quotient
    elif direction not in (Direction.AT_LEAST, Direction.EQUAL):
        yield _open(result, "not-stated", _NO_OPERATOR)
        return
    both = _in_one_unit(*quotient)
    if both is None:
        yield _open(result, "unit-mismatch", _UNITS)
        return
    value = nominal(Binary(symbol="/", left=both[0], right=both[1]))
    if isinstance(target.stated, Figure) and target.stated.nominal < 0:
        value = Undefined(reason=UndefinedReason.NEGATIVE_BASE)
    if isinstance(value, Undefined):
        yield _open(result, "undefined", value.reason.label)
        return
    top, bottom = map(_without_operator, quotient)
    how = expression_text(Binary(symbol="/", left=top, right=bottom))
    yield _rate(result, "W10", value, how, (actual, target), places)


def _without_operator(operand: Operand) -> Operand:
    figure = operand.stated
    if not isinstance(figure, Figure):
        return operand
    text = f"{figure.value:f}{figure.unit.symbol}"
    return attrs.evolve(operand, stated=printed_as(figure, text))


def _in_one_unit(top: Operand, bottom: Operand) -> tuple[Expression, Expression] | None:
    if not isinstance(top.stated, Figure) or not isinstance(bottom.stated, Figure):
        return None
    both = alike(top.stated, bottom.stated)
    if both is None:
        return None
    return attrs.evolve(top, stated=both[0]), attrs.evolve(bottom, stated=both[1])


def _deviation(
    result: Operand, actual: Operand, target: Operand, rules: RuleSet, places: int
) -> Iterator[Follows | LeftOpen]:
    stated, aim = actual.stated, target.stated
    if rules.deviation is None or not isinstance(stated, Figure) or not isinstance(aim, Figure):
        return
    both = alike(stated, aim)
    if both is None:
        yield _open(result, "unit-mismatch", _UNITS)
        return
    derived = deviation_of(*both, rules.deviation)
    if isinstance(derived, Undefined):
        yield _open(result, "undefined", derived.reason.label)
        return
    value, _, title = derived
    how = title + _WITH.fill(printed_text(stated), printed_text(aim))
    yield _rate(result, "W11", value, how, (actual, target), places)


_WITH = Text(zh="（实际完成值 {}，指标值 {}）", en=" (actual {}, target {})")


def _rate(
    result: Operand,
    code: str,
    value: Fraction,
    how: Text,
    taking_part: tuple[Operand, ...],
    places: int,
) -> Follows:
    due = Due(value=value, unit=_PERCENT, places=places)
    return Follows(
        path=result.path, label=result.label, due=due, code=code, how=how, operands=taking_part
    )


_UNITS = Text(zh="实际完成值与指标值单位不同", en="actual value and target are in different units")
_NO_OPERATOR = Text(
    zh="指标值没有比较符号，不知越大越好还是越小越好：请写明 ≥、≤ 或 =，或用 directions 给出",
    en="the target has no operator, so which side is good is not known: write ≥, ≤ or =, or give "
    "it by directions",
)
_NO_DEFINITION = Text(
    zh="规则没有说明反向指标（≤）的完成率怎样计算",
    en="the rule does not say how the completion of a target with ≤ is computed",
)

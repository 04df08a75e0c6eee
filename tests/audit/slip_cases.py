"""Suspects and equations to try slips on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from budgetperf import Explanation, Figure, Interval, Operand, Text, Unit
from budgetperf.auditing.slips.explanations import Accused, explain
from budgetperf.relations.expression import Binary, Const, Equation, Expression, Sum

HUNDRED = Const(value=Fraction(1), unit=Unit.of("%"))


def op(path: str, text: str, *, exact: bool | None = None, **changes: object) -> Operand:
    """The figure printed as ``text``; its label is its path."""
    figure = attrs.evolve(Figure.parse(text, exact=exact, path=path), **changes)  # type: ignore[arg-type]
    return Operand(path=path, stated=figure, label=Text(zh=path, en=path))


def admits(unit: str, lower: str, upper: str) -> Interval:
    """From ``lower``, included, up to ``upper``."""
    values = Interval(lower=lower, upper=upper, upper_closed=False)
    return values.scaled(Unit.of(unit).scale)


def exactly(value: int) -> Interval:
    return Interval.point(value)


def plus(*terms: Expression) -> Sum:
    return Sum(terms=tuple((1, term) for term in terms))


def minus(a: Expression, b: Expression) -> Sum:
    return Sum(terms=((1, a), (-1, b)))


def over(a: Expression, b: Expression) -> Binary:
    return Binary(symbol="/", left=a, right=b)


def equals(a: Expression, b: Expression) -> Equation:
    return Equation(left=a, comparator="=", right=b)


def explained(
    suspect: Operand,
    admissible: Interval,
    result: Expression | None = None,
    figures: Sequence[Operand] = (),
) -> tuple[Explanation, ...]:
    equations = () if result is None else (equals(suspect, result),)
    accused = Accused(operand=suspect, admissible=admissible)
    return explain(accused, equations, (suspect, *figures))


def kinds(explanations: Sequence[Explanation]) -> list[str]:
    return [explanation.kind for explanation in explanations]


def before(explanation: Explanation) -> str:
    assert explanation.before is not None
    return str(explanation.before)


PROJECT = "narrative.project_expenditure"
SHARE = op(f"{PROJECT}.share", "17.17%")
INITIAL = op(f"{PROJECT}.initial", "102.17万元")
REVISED = op(f"{PROJECT}.revised", "355.55万元")
EXECUTED = op(f"{PROJECT}.executed", "355.55万元")
TOTAL = op("narrative.funding.total.executed", "595.07万元")
BY_THE_OTHERS = admits("%", "59.7479", "59.7507")
N, D = op("row.executed", "36.00万元"), op("row.revised", "48.00万元")

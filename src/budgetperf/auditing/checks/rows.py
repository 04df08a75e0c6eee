"""The rows of the indicator table as checks see them, and what several checks ask of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.auditing.remembering import Remembering
from budgetperf.exact import Figure, Missing, Stated, Unit
from budgetperf.exact.unit import go_together
from budgetperf.model import Direction, Indicator, SelfEvaluation, Statement
from budgetperf.relations.binding import once, once_before, operand_at, rows_of
from budgetperf.relations.expression import Const, Equation, Operand
from budgetperf.relations.finding import Verdict
from budgetperf.relations.judging import judge
from budgetperf.rules import Gauge, RuleSet
from budgetperf.scoring.gauges import budget_parts
from budgetperf.scoring.measures import alike

__all__ = [
    "STATEMENTS",
    "Row",
    "budget_operands",
    "figure_of",
    "is_dash",
    "is_met",
    "may_be_cut",
    "points",
    "rows",
    "statement",
    "units_differ",
]

STATEMENTS = ("narrative", "form")
"""The parts of a report that state figures, by their names."""


@attrs.frozen(kw_only=True)
class Row(Remembering):
    """An indicator of one statement, where it stands, and its figures, stated or not.

    Args:
        statement: the name of the statement.
        index: the place of the row in its table.
        indicator: what the row says.
    """

    statement: str
    index: int
    indicator: Indicator
    weight: Operand
    score: Operand
    target: Operand
    actual: Operand
    completion_rate: Operand
    deviation: Operand

    @property
    def path(self) -> str:
        return f"{self.statement}.indicators[{self.index}]"

    @property
    def is_scored(self) -> bool:
        """Whether weight and score are stated."""
        return isinstance(self.indicator.weight, Figure) and isinstance(
            self.indicator.score, Figure
        )

    @property
    def is_measured(self) -> bool:
        """Whether the actual value and the target are stated as numbers."""
        return isinstance(self.indicator.actual, Figure) and isinstance(
            self.indicator.target.value, Figure
        )


def rows(report: SelfEvaluation, of: Sequence[str] = STATEMENTS) -> Iterator[Row]:
    """The rows of the statements ``of`` that are an indicator, in the order of the document."""
    for where in of:
        yield from _table(report, where)


def _table(report: SelfEvaluation, where: str) -> Sequence[Row]:
    """The rows of one statement, built once for all checks of an audit."""
    return once(report, ("rows", where), lambda: _rows(report, where))


def _rows(report: SelfEvaluation, where: str) -> Sequence[Row]:
    # A row of which nothing was changed is the same one, with what is known of it.
    earlier = cast("Sequence[Row]", once_before(report, ("rows", where)) or ())
    known = {row.index: row for row in earlier}
    table = cast("dict[int, Indicator]", rows_of(report, f"{where}.indicators"))
    return tuple(
        known[index]
        if index in known and known[index].indicator is indicator
        else _row(report, where, index, indicator)
        for index, indicator in table.items()
    )


def _row(report: SelfEvaluation, where: str, index: int, indicator: Indicator) -> Row:
    path = f"{where}.indicators[{index}]"
    return Row(
        statement=where,
        index=index,
        indicator=indicator,
        weight=operand_at(report, f"{path}.weight"),
        score=operand_at(report, f"{path}.score"),
        target=operand_at(report, f"{path}.target.value"),
        actual=operand_at(report, f"{path}.actual"),
        completion_rate=operand_at(report, f"{path}.completion_rate"),
        deviation=operand_at(report, f"{path}.deviation"),
    )


def figure_of(operand: Operand) -> Figure:
    """The figure of an operand that is known to be stated."""
    return cast("Figure", operand.stated)


_MET = {
    (Direction.AT_LEAST, False): "≥",
    (Direction.AT_LEAST, True): ">",
    (Direction.AT_MOST, False): "≤",
    (Direction.AT_MOST, True): "<",
    (Direction.EQUAL, False): "≥",
}


def is_met(row: Row) -> bool | None:
    """Whether the target is met by every true value, or by none; ``None`` if it is open."""
    target = row.indicator.target
    if isinstance(target.direction, Missing) or target.direction is Direction.QUALITATIVE:
        return None
    if units_differ(figure_of(row.actual), figure_of(row.target)):
        return None
    comparator = _MET[target.direction, target.strict]
    verdict = judge(Equation(left=row.actual, comparator=comparator, right=row.target)).verdict
    return None if verdict is Verdict.ROUNDING else verdict is Verdict.EXACT


def units_differ(figure: Figure, other: Figure) -> bool:
    """Whether two figures do not compare."""
    return alike(figure, other) is None and not go_together(figure.unit, other.unit)


def is_dash(stated: Stated) -> bool:
    """Whether a dash stands in place of the figure, or the words that it does not apply."""
    return isinstance(stated, Missing) and stated.says_none


def statement(report: SelfEvaluation, where: str) -> Statement:
    """The text or the form, by its name in :data:`STATEMENTS`."""
    return report.form if where == "form" else report.narrative


def budget_operands(
    report: SelfEvaluation, where: str, gauge: Gauge, rules: RuleSet | None
) -> list[Operand]:
    """The two figures that a gauge of the budget divides."""
    return [
        operand_at(report, f"{where}.funding.total.{name}") for name in budget_parts(gauge, rules)
    ]


def may_be_cut(report: SelfEvaluation, where: str) -> bool:
    """Whether rows of the table may be missing at its end: the form was read from a document, and
    there is no row for the total. What is given in code has the rows that were given."""
    stated = statement(report, where)
    has_total = isinstance(stated.total_score, Figure) or isinstance(stated.total_weight, Figure)
    return where == "form" and report.reading is not None and not has_total


def points(value: Fraction) -> Const:
    """So many points."""
    return Const(value=value, unit=Unit.of(""))

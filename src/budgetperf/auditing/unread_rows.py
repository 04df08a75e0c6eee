"""Sums that hold with a number that was not read, such as that of a hidden row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.exact import LIST, BudgetperfError, Figure, Text, parse_number
from budgetperf.model import SelfEvaluation, Unread
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.expression import Equation, Operand, Sum
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge

__all__ = ["unless_unread"]

_HOLDS = Text(
    zh="{why}；其间 {numbers} 没有读取，计入即相符：请核对是否为其中一项",
    en="{why}; with {numbers}, which stands between them and was not read, it holds: check whether "
    "that is one of the parts",
)
_NEITHER = Text(
    zh="{why}；其间 {numbers} 没有读取，计入也不相符",
    en="{why}; nor does it hold with {numbers}, which stands between them and was not read",
)


def unless_unread(finding: Finding, report: SelfEvaluation) -> Finding:
    """A sum that does not hold is a question to a reviewer if it does with the numbers that stand
    among its parts, in their column, and were not read.

    Args:
        finding: what was found of a relation.
        report: the report.
    """
    equation, reading = finding.equation, report.reading
    if equation is None or reading is None or finding.verdict is not Verdict.INCONSISTENT:
        return finding
    if not isinstance(equation.right, Sum):
        return finding
    between = list(_between(equation, reading.unread))
    if not between:
        return finding
    numbers = LIST.join(_told(number) for number, _ in between)
    parts = tuple((1, operand) for _, operand in between)
    with_them = attrs.evolve(equation, right=Sum(terms=((1, equation.right), *parts)))
    if not judge(with_them).verdict.holds:
        return attrs.evolve(finding, why=_NEITHER.fill(why=finding.why, numbers=numbers))
    question = for_review(finding, _HOLDS.fill(why=finding.why, numbers=numbers))
    return attrs.evolve(question, equation=None, assumes=(Assumption.COMPLETE,))


def _between(equation: Equation, unread: Sequence[Unread]) -> Iterator[tuple[Unread, Operand]]:
    """The numbers among the parts of a sum, each as one more."""
    units: dict[tuple[str | None, int], str] = {}
    lines: defaultdict[tuple[str | None, int], set[int]] = defaultdict(set)
    for operand in equation.operands:
        place = operand.place
        if isinstance(operand.stated, Figure) and place is not None and place.column is not None:
            column = place.sheet, place.column
            units[column] = operand.stated.unit.symbol
            lines[column].add(place.line)
    last = {column: max(numbers) for column, numbers in lines.items() if len(numbers) > 1}
    for number in unread:
        place = number.place
        if place is None or place.column is None:
            continue
        column = place.sheet, place.column
        if column not in last or not min(lines[column]) < place.line <= last[column] + 1:
            continue
        last[column] = max(last[column], place.line)  # what stands right below may go on
        try:
            printed = parse_number(f"{number.text}{units[column]}")
        except BudgetperfError:
            continue
        yield number, Operand(stated=Figure.from_printed(printed, place=place))


def _told(number: Unread) -> Text:
    place = number.place
    if place is None or place.cell is None:
        return Text.of(number.text)
    where = place.cell if place.sheet is None else f"{place.sheet}!{place.cell}"
    return Text(zh="{where} 的 {number}", en="{number} in {where}").fill(
        where=where, number=number.text
    )

"""Sums that hold with a number that was not read, such as that of a hidden row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import attrs

from budgetperf.exact import LIST, BudgetperfError, Figure, Missing, Place, Text, parse_number
from budgetperf.model import SelfEvaluation, Unread
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.expression import Equation, Expression, Operand, Sum, missing
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge
from budgetperf.relations.words import explain

__all__ = ["is_blank", "unless_unread"]

_Strip: TypeAlias = tuple[str | None, int]
"""A column of a sheet, or a row."""

_HOLDS = Text(
    zh="{why}；其间 {numbers} 没有读取，计入即相符：请核对是否为其中一项",
    en="{why}; with {numbers}, which stands between them and was not read, it holds: check whether "
    "that is one of the parts",
)
_NEITHER = Text(
    zh="{why}；其间 {numbers} 没有读取，计入也不相符",
    en="{why}; nor does it hold with {numbers}, which stands between them and was not read",
)


def unless_unread(finding: Finding, report: SelfEvaluation, *, of_list: bool = False) -> Finding:
    """A sum that does not hold is a question to a reviewer if it does with the numbers that stand
    among its parts, in their column, and were not read.

    Args:
        finding: what was found of a relation.
        report: the report.
        of_list: whether its parts are those of a list: only one may show, and some may be blank.
    """
    equation, reading = finding.equation, report.reading
    if equation is None or reading is None or not reading.unread:
        return finding
    parts = _parts(equation.right, of_list=of_list)
    is_wrong = finding.verdict is Verdict.INCONSISTENT
    if not parts or not (is_wrong or (of_list and finding.verdict is Verdict.UNCHECKED)):
        return finding
    equation = attrs.evolve(equation, right=Sum(terms=parts))
    between = [] if missing(equation) else list(_between(equation, reading.unread))
    if not between:
        return finding
    numbers = LIST.join(_told(number) for number, _ in between)
    more = tuple((1, operand) for _, operand in between)
    if judge(attrs.evolve(equation, right=Sum(terms=(*parts, *more)))).verdict.holds:
        why = finding.why if is_wrong else explain(equation, judge(equation))
        question = for_review(finding, _HOLDS.fill(why=why, numbers=numbers))
        return attrs.evolve(question, equation=None, assumes=(Assumption.COMPLETE,))
    why = _NEITHER.fill(why=finding.why, numbers=numbers)
    return attrs.evolve(finding, why=why) if is_wrong else finding


def _parts(right: Expression, *, of_list: bool) -> tuple[tuple[int, Expression], ...]:
    """What is added up; of a list what is stated."""
    terms = right.terms if isinstance(right, Sum) else ((1, right),) if of_list else ()
    return tuple((sign, term) for sign, term in terms if not (of_list and is_blank(term)))


def is_blank(term: Expression) -> bool:
    """Whether a term is a figure that a report leaves blank."""
    stated = term.stated if isinstance(term, Operand) else None
    return isinstance(stated, Missing) and stated.is_blank


def _between(equation: Equation, unread: Sequence[Unread]) -> Iterator[tuple[Unread, Operand]]:
    """The numbers among the parts of a sum, each as one more: in a column, or, of those that do not
    show, in a row."""
    yield from _along(_down, equation, unread)
    yield from _along(_across, equation, [number for number in unread if number.hidden])


def _down(place: Place | None) -> tuple[_Strip, int] | None:
    """The column of a place, and the line in it."""
    if place is None or place.column is None:
        return None
    return (place.sheet, place.column), place.line


def _across(place: Place | None) -> tuple[_Strip, int] | None:
    """The row of a place, and the column in it."""
    if place is None or place.column is None:
        return None
    return (place.sheet, place.line), place.column


def _along(
    where: Callable[[Place | None], tuple[_Strip, int] | None],
    equation: Equation,
    unread: Sequence[Unread],
) -> Iterator[tuple[Unread, Operand]]:
    """The numbers between the parts of a sum, or right behind the last one."""
    units: dict[_Strip, str] = {}
    own: defaultdict[_Strip, set[int]] = defaultdict(set)
    for operand in equation.operands:
        placed = where(operand.place)
        if isinstance(operand.stated, Figure) and placed is not None:
            units[placed[0]] = operand.stated.unit.symbol
            own[placed[0]].add(placed[1])
    last = {strip: max(numbers) for strip, numbers in own.items() if len(numbers) > 1}
    first = {strip: min(own[strip]) + 1 for strip in last}
    whole = where(equation.operands[0].place)
    if whole is not None and last.get(whole[0]) == whole[1]:
        first[whole[0]] = _first_above(where, whole[0], first[whole[0]] - 1, unread)
    for number in unread:
        placed = where(number.place)
        if placed is None or placed[0] not in last:
            continue
        strip, at = placed
        if not first[strip] <= at <= last[strip] + 1:
            continue
        last[strip] = max(last[strip], at)  # what stands right behind may go on
        try:
            printed = parse_number(f"{number.text}{units[strip]}")
        except BudgetperfError:
            continue
        yield number, Operand(stated=Figure.from_printed(printed, place=number.place))


def _first_above(
    where: Callable[[Place | None], tuple[_Strip, int] | None],
    strip: _Strip,
    first: int,
    unread: Sequence[Unread],
) -> int:
    """Where the parts begin of which the sum stands last: hidden ones may stand right before the
    first that shows, or are told at it, as where they have no line of their own."""
    placed = [where(number.place) for number in unread if number.hidden]
    hidden = {at[1] for at in placed if at is not None and at[0] == strip}
    while first - 1 in hidden:
        first -= 1
    return first if first in hidden else first + 1


def _told(number: Unread) -> Text:
    place = number.place
    if place is None or place.cell is None:
        return _HIDDEN.fill(number.text) if number.hidden else Text.of(number.text)
    where = place.cell if place.sheet is None else f"{place.sheet}!{place.cell}"
    words = (
        _HIDDEN_IN if number.hidden else Text(zh="{where} 的 {number}", en="{number} in {where}")
    )
    return words.fill(where=where, number=number.text)


_IN = Text(zh="{where} 的 {number}", en="{number} in {where}")
_HIDDEN = Text(zh="隐藏的 {}", en="the hidden {}")
_HIDDEN_IN = Text(zh="{where}（隐藏）的 {number}", en="{number} in {where} (hidden)")

"""One equation typed by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs

from budgetperf.exact import Figure, RoundingMode, Text, share_precision

from .composing import decided
from .expression import Binary, Equation, Expression, Operand, Sum, require_same_units
from .finding import Finding
from .grammar import parse_equation
from .judging import judge
from .relation import Relation

__all__ = ["check"]

_TYPED = Relation(id="EQUATION", title=Text(zh="算式", en="equation"))


def check(equation: str) -> Finding:
    """The verdict on one equation typed by hand.

    Sums, differences, products, quotients, parentheses, units, ``=``, ``≤``, ``≥``, ``<`` and
    ``>``. Figures that are added or compared are one column and share their precision: ``30``
    beside ``29.99`` is 30.00, and whole numbers among themselves are exact. A result of a product
    or quotient is rounded as printed.

    Raises:
        BudgetperfError: the text is no equation, or its units do not fit; place and remedy are
            named.

    >>> check("68.48% = 241.86 / 353.21").verdict.value
    'rounding'
    >>> check("17.17% = 355.55 / 595.07").verdict.value
    'inconsistent'
    """
    parsed = parse_equation(equation)
    require_same_units(parsed)
    precise = _with_shared_precision(parsed)
    return decided(_TYPED, precise, judge(precise))


@attrs.define(kw_only=True)
class _Columns:
    """The figures of an equation, numbered from left to right, and the columns they stand in."""

    figures: list[Figure] = attrs.Factory(list[Figure])
    column: list[int] = attrs.Factory(list[int])
    results: set[int] = attrs.Factory(set[int])
    count: int = 0

    def new(self) -> int:
        self.count += 1
        return self.count

    def merge(self, a: int, b: int) -> int:
        self.column = [a if column == b else column for column in self.column]
        if b in self.results:
            self.results.add(a)
        return a

    def enter(self, expression: Expression) -> int:
        """Number the figures below ``expression``; the answer is the column of its value."""
        match expression:
            case Operand(stated=Figure() as figure):
                self.figures.append(figure)
                self.column.append(self.new())
                return self.column[-1]
            case Sum(terms=terms):
                first, *rest = [self.enter(term) for _, term in terms]
                for other in rest:
                    first = self.merge(first, other)
                return first
            case Binary(symbol=symbol, left=left, right=right):
                a, b = self.enter(left), self.enter(right)
                if symbol == "/":
                    self.merge(a, b)
                result = self.new()
                self.results.add(result)
                return result
            case _:
                return self.new()


def _with_shared_precision(equation: Equation) -> Equation:
    columns = _Columns()
    columns.merge(columns.enter(equation.left), columns.enter(equation.right))
    members: dict[int, list[int]] = defaultdict(list)
    for index, column in enumerate(columns.column):
        members[column].append(index)
    precise = list(columns.figures)
    for column, indices in members.items():
        figures = [columns.figures[i] for i in indices]
        if column in columns.results:
            shared = tuple(
                attrs.evolve(f, rounding=f.rounding or RoundingMode.HALF_UP) for f in figures
            )
        else:
            shared = share_precision(figures) if len(figures) > 1 else tuple(figures)
        for index, figure in zip(indices, shared, strict=True):
            precise[index] = figure
    queue = iter(precise)
    return attrs.evolve(
        equation, left=_replaced(equation.left, queue), right=_replaced(equation.right, queue)
    )


def _replaced(expression: Expression, queue: Iterator[Figure]) -> Expression:
    match expression:
        case Operand():
            return attrs.evolve(expression, stated=next(queue))
        case Sum(terms=terms):
            return Sum(terms=tuple((sign, _replaced(term, queue)) for sign, term in terms))
        case Binary(left=left, right=right):
            return attrs.evolve(
                expression, left=_replaced(left, queue), right=_replaced(right, queue)
            )
        case _:
            return expression

"""One equation typed by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs

from budgetperf.exact import BudgetperfError, Figure, Text, share_precision
from budgetperf.exact.figure import as_rounded
from budgetperf.exact.unit import is_bare, is_counter
from budgetperf.exact.written.by_name import by_name

from .composing import decided
from .expression import (
    Binary,
    Equation,
    Expression,
    Operand,
    Sum,
    map_figures,
    require_same_units,
)
from .finding import Finding
from .grammar import parse_equation
from .judging import is_rate, judge
from .relation import Relation, references

__all__ = ["check"]

_TYPED = Relation(id="EQUATION", title=Text(zh="算式", en="equation"))


@by_name
def check(equation: str) -> Finding:
    """The verdict on one equation typed by hand.

    Sums, differences, products, quotients, parentheses, units, ``=``, ``≤``, ``≥``, ``<`` and
    ``>``. Figures that are added or compared are one column and share their precision: ``30``
    beside ``29.99`` is 30.00, and whole numbers among themselves are exact. Rates, and the result
    of a product or quotient, are rounded as printed. A number without a unit counts what is counted
    beside it: ``80人 = 24 + 26人 + 30人``.

    Raises:
        BudgetperfError: the text is no equation, or its units do not fit; place and remedy are
            named.

    >>> check("68.48% = 241.86 / 353.21").verdict.value
    'rounding'
    >>> check("17.17% = 355.55 / 595.07").verdict.value
    'inconsistent'
    """
    parsed = parse_equation(equation)
    for name in references(parsed):
        raise BudgetperfError(
            "not-an-equation",
            Text(
                zh=f"名称 {name!r} 在这里没有值：请写数字，如 68.48% = 241.86 / 353.21",
                en=f"the name {name!r} has no value here: write figures, "
                "such as 68.48% = 241.86 / 353.21",
            ),
        )
    require_same_units(parsed)
    precise = _with_shared_precision(parsed)
    return decided(_TYPED, precise, judge(precise))


def _with_shared_precision(equation: Equation) -> Equation:
    """The equation with each figure as precise as the column that it stands in.

    Figures that are added up with each other, or divided by each other, are one column, and so is
    a sum with the figure that it is compared to. Two single figures are two prints, each with its
    own precision. A figure that stands alone against something computed is a result: rounded. So
    is every rate: a whole 100 % may be 99.6 % as well as the whole itself.
    """
    columns = _Columns()
    left, right = columns.enter(equation.left), columns.enter(equation.right)
    # A sum is a column of several, in which none is a result: so it need not be told apart here.
    for own, other in ((left, right), (right, left)):
        if own is not None and other is None:
            columns.results.add(own)
    both_single = isinstance(equation.left, Operand) and isinstance(equation.right, Operand)
    if left is not None and right is not None and not both_single:
        columns.merge(left, right)
    queue = columns.precise()
    return attrs.evolve(
        equation,
        left=map_figures(equation.left, lambda _: next(queue)),
        right=map_figures(equation.right, lambda _: next(queue)),
    )


@attrs.define(kw_only=True)
class _Columns:
    """The figures of an equation from left to right, and the column that each stands in.

    Columns that were merged form a tree: each knows one that it is part of, and the last of these
    names them all.
    """

    figures: list[Figure] = attrs.Factory(list[Figure])
    part_of: list[int] = attrs.Factory(list[int])
    results: set[int] = attrs.Factory(set[int])
    divided: set[int] = attrs.Factory(set[int])

    def merge(self, a: int, b: int) -> None:
        """Make one column of two."""
        self.part_of[self.whole(b)] = self.whole(a)

    def whole(self, column: int) -> int:
        """The column that names all that this one is merged with."""
        while self.part_of[column] != column:
            # Halves the way for the next who asks.
            self.part_of[column] = self.part_of[self.part_of[column]]
            column = self.part_of[column]
        return column

    def enter(self, expression: Expression) -> int | None:
        """Take in the figures of an expression; the column of its value, unless it is computed."""
        if isinstance(expression, Sum):
            entered = [self.enter(term) for _, term in expression.terms]
            printed = [column for column in entered if column is not None]
            for other in printed[1:]:
                self.merge(printed[0], other)
            return printed[0] if len(printed) == len(entered) else None
        if isinstance(expression, Binary):
            left, right = self.enter(expression.left), self.enter(expression.right)
            # What is divided by each other comes from one table, where amounts print alike.
            if expression.symbol == "/" and left is not None and right is not None:
                self.merge(left, right)
                self.divided.add(left)
            return None
        stated = expression.stated if isinstance(expression, Operand) else None
        self.figures += (stated,) if isinstance(stated, Figure) else ()
        self.part_of.append(len(self.part_of))
        return self.part_of[-1]

    def precise(self) -> Iterator[Figure]:
        """The figures with the precision of their columns, from left to right."""
        wholes = [self.whole(column) for column in self.part_of]
        results = {self.whole(column) for column in self.results}
        divided = {self.whole(column) for column in self.divided}
        members: dict[int, list[Figure]] = defaultdict(list)
        for figure, column in zip(self.figures, wholes, strict=True):
            members[column].append(figure)
        shared = {
            column: iter(
                _with_shared_places(figures, one_unit=column not in divided)
                if len(figures) > 1
                else [as_rounded(figures[0]) if column in results else figures[0]]
            )
            for column, figures in members.items()
        }
        return (next(shared[column]) for column in wholes)


def _with_shared_places(figures: list[Figure], *, one_unit: bool) -> list[Figure]:
    """The figures of one column, rates rounded.

    In a column of ``one_unit`` a bare number has the places of what is counted beside it; as a
    divisor it may be a mere factor.
    """
    counted = [figure.unit for figure in figures if one_unit and is_counter(figure.unit)]
    alike = [
        attrs.evolve(figure, unit=counted[0]) if counted and is_bare(figure.unit) else figure
        for figure in figures
    ]
    shared = [
        as_rounded(figure) if is_rate(figure) else figure for figure in share_precision(alike)
    ]
    pairs = zip(figures, shared, strict=True)
    return [attrs.evolve(figure, unit=stated.unit) for stated, figure in pairs]

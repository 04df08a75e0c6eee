"""Expressions over figures: evaluated at the printed values, and over all true values behind them.

An expression is written once, over names or over numbers typed by hand, and then bound to the
operands of a report.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    MONEY,
    NUMBER,
    RATIO,
    BudgetperfError,
    Figure,
    Interval,
    Missing,
    Stated,
    Text,
    Undefined,
    Unit,
    decimal_text,
    quotient,
)
from budgetperf.exact.interval import interval_sum
from budgetperf.exact.number import exact_sum
from budgetperf.exact.unit import go_together

from .assumption import Assumption

__all__ = [
    "Binary",
    "Const",
    "Equation",
    "Expression",
    "Operand",
    "Ref",
    "Sum",
    "dimension",
    "interval",
    "leaves",
    "map_figures",
    "map_leaves",
    "missing",
    "nominal",
    "operands",
    "render",
    "require_same_units",
]


@attrs.frozen(kw_only=True)
class Operand:
    """A figure that takes part in a relation, or why it is not there.

    Args:
        path: its path in the report, or ``""`` for a number typed by hand.
        stated: the figure.
        label: the figure in words.
    """

    path: str = ""
    stated: Stated
    label: Text = Text(zh="", en="")

    @property
    def line(self) -> int | None:
        """The line of the source where it stands, or should stand, if known."""
        if isinstance(self.stated, Missing):
            return self.stated.line
        return self.stated.place.line if self.stated.place else None


@attrs.frozen(kw_only=True)
class Const:
    """An exact number that belongs to the relation itself, such as 100 %."""

    value: Fraction
    unit: Unit


@attrs.frozen(kw_only=True)
class Ref:
    """A name, not yet bound. With ``[*]`` it stands for all of its kind, inside ``sum``."""

    name: str


@attrs.frozen(kw_only=True)
class Sum:
    """Terms added up, each with its sign."""

    terms: tuple[tuple[int, Expression], ...]


@attrs.frozen(kw_only=True)
class Binary:
    """A product (``*``) or a quotient (``/``)."""

    symbol: str
    left: Expression
    right: Expression


Expression: TypeAlias = Operand | Const | Ref | Sum | Binary


@attrs.frozen(kw_only=True)
class Equation:
    """Two expressions and how they compare: ``=``, ``≤``, ``≥``, ``<`` or ``>``.

    What it assumes is more than its figures say; without it nothing is stated.
    """

    left: Expression
    comparator: str
    right: Expression
    assumes: tuple[Assumption, ...] = ()


def leaves(expression: Expression) -> Iterator[Operand | Const | Ref]:
    """What an expression is made of, from left to right."""
    match expression:
        case Sum(terms=terms):
            for _, term in terms:
                yield from leaves(term)
        case Binary(left=left, right=right):
            yield from leaves(left)
            yield from leaves(right)
        case _:
            yield expression


def operands(expression: Expression) -> Iterator[Operand]:
    """The operands, from left to right."""
    return (leaf for leaf in leaves(expression) if isinstance(leaf, Operand))


def map_leaves(
    expression: Expression, function: Callable[[Operand | Const | Ref], Expression]
) -> Expression:
    """The expression with ``function(leaf)`` in place of every leaf."""
    match expression:
        case Sum(terms=terms):
            return Sum(terms=tuple((sign, map_leaves(term, function)) for sign, term in terms))
        case Binary(symbol=symbol, left=left, right=right):
            return Binary(
                symbol=symbol, left=map_leaves(left, function), right=map_leaves(right, function)
            )
        case _:
            return function(expression)


def map_figures(expression: Expression, function: Callable[[Figure], Figure]) -> Expression:
    """The expression with ``function(figure)`` in place of every figure, from left to right."""

    def mapped(leaf: Operand | Const | Ref) -> Expression:
        if isinstance(leaf, Operand) and isinstance(leaf.stated, Figure):
            return attrs.evolve(leaf, stated=function(leaf.stated))
        return leaf

    return map_leaves(expression, mapped)


def nominal(expression: Expression) -> Fraction | Undefined:
    """The value at the printed figures; on a zero base ``Undefined``."""
    match expression:
        case Operand(stated=Figure() as figure):
            return figure.nominal
        case Const(value=value):
            return value
        case Sum(terms=terms):
            parts = list[Fraction]()
            for sign, term in terms:
                part = nominal(term)
                if isinstance(part, Undefined):
                    return part
                parts.append(part if sign > 0 else -part)
            return exact_sum(parts)
        case Binary(symbol=symbol, left=left, right=right):
            a, b = nominal(left), nominal(right)
            if isinstance(a, Undefined) or isinstance(b, Undefined):
                return a if isinstance(a, Undefined) else b
            return a * b if symbol == "*" else quotient(a, b)
        case _:
            raise _unbound(expression)


def interval(
    expression: Expression, reading: Callable[[Figure], Interval] = lambda f: f.interval
) -> Interval:
    """All values over the true values behind the figures.

    Tight where no figure occurs twice; otherwise it contains them all. A divisor that may be 0
    leaves the quotient unbounded.

    Args:
        expression: bound, with every operand stated.
        reading: the interval of a figure; by default its own.
    """
    match expression:
        case Operand(stated=Figure() as figure):
            return reading(figure)
        case Const(value=value):
            return Interval.point(value)
        case Sum(terms=terms):
            parts = ((sign, interval(term, reading)) for sign, term in terms)
            return interval_sum(values if sign > 0 else -values for sign, values in parts)
        case Binary(symbol=symbol, left=left, right=right):
            a, b = interval(left, reading), interval(right, reading)
            if symbol == "*":
                return a * b
            return Interval() if 0 in b else a / b
        case _:
            raise _unbound(expression)


def _unbound(expression: Expression) -> TypeError:
    return TypeError(f"bind and state every operand before evaluating: {expression}")


_Units: TypeAlias = frozenset[Unit]
"""The units of what is added up or compared: of one thing, if all of them go together."""


def dimension(expression: Expression) -> str:
    """What the expression measures; a quotient of two like dimensions is a ratio.

    Raises:
        BudgetperfError: unlike things are added, compared or multiplied.
    """
    return _dimension_of(_readings(expression)[0])


def _readings(expression: Expression) -> tuple[_Units, ...]:
    """What the expression may measure: 10 次 / 2 are 5 次, or, with 2 次 meant, a ratio."""
    match expression:
        case Operand(stated=Figure(unit=unit)) | Const(unit=unit):
            return (frozenset({unit}),)
        case Sum(terms=terms):
            return functools.reduce(_common, (_readings(term) for _, term in terms))
        case Binary(symbol="/", left=left, right=right):
            return _combined(_quotients, _readings(left), _readings(right), _COMPARE)
        case Binary(left=left, right=right):
            return _combined(_products, _readings(left), _readings(right), _MULTIPLY)
        case _:
            raise _unbound(expression)


_PURE = Unit(symbol="÷", dimension="pure", scale=Fraction(1))
"""A quotient of like things: it compares with a rate as well as with a bare number."""
_FACTORS = (NUMBER, RATIO, _PURE.dimension)
_COMPARE = Text(zh="相加、相除或比较", en="add, divide or compare")
_MULTIPLY = Text(zh="相乘", en="multiply")


def _dimension_of(units: _Units) -> str:
    """The dimension of the unit that says most."""
    return min((unit.dimension for unit in units), key=lambda d: _UNSAID.get(d, 0))


_UNSAID = {NUMBER: 1, _PURE.dimension: 2}


def _combined(
    function: Callable[[_Units, _Units], Iterable[_Units]],
    left: tuple[_Units, ...],
    right: tuple[_Units, ...],
    verb: Text,
) -> tuple[_Units, ...]:
    """What both may measure together, by any reading of each."""
    found = dict.fromkeys(units for a in left for b in right for units in function(a, b))
    if not found:
        raise _mismatch(_dimension_of(left[0]), _dimension_of(right[0]), verb)
    return tuple(found)


def _quotients(a: _Units, b: _Units) -> Iterator[_Units]:
    divided, divisor = _dimension_of(a), _dimension_of(b)
    if divided != divisor and divisor in _FACTORS:
        yield a
    are_factors = divided in _FACTORS and divisor in _FACTORS
    if _go_together(a, b) and (divided == divisor or not are_factors):
        yield frozenset({_PURE})
    if divided == divisor == NUMBER:
        yield a


def _products(a: _Units, b: _Units) -> Iterator[_Units]:
    # What is not a mere factor wins: 万元, then a bare number, then a percentage.
    strongest, factor = sorted((a, b), key=lambda units: _FACTOR_RANKS.get(_dimension_of(units), 0))
    if _dimension_of(factor) in _FACTORS:
        yield strongest


_FACTOR_RANKS = {name: rank for rank, name in enumerate(_FACTORS, 1)}


def _sums(a: _Units, b: _Units) -> Iterator[_Units]:
    if _go_together(a, b):
        yield a | b


def _go_together(a: _Units, b: _Units) -> bool:
    return all(
        go_together(one, other)
        or (_PURE in (one, other) and one.dimension in _FACTORS and other.dimension in _FACTORS)
        for one in a
        for other in b
    )


def _common(a: tuple[_Units, ...], b: tuple[_Units, ...]) -> tuple[_Units, ...]:
    """What a sum of both measures, or both sides of an equation."""
    return _combined(_sums, a, b, _COMPARE)


def require_same_units(equation: Equation) -> None:
    """Refuse an equation whose sides do not measure the same.

    Raises:
        BudgetperfError: the units do not fit.
    """
    _common(_readings(equation.left), _readings(equation.right))


_DIMENSIONS = {
    MONEY: Text(zh="金额", en="money"),
    NUMBER: Text(zh="无单位数", en="a bare number"),
    RATIO: Text(zh="百分数", en="a percentage"),
    _PURE.dimension: Text(zh="比值", en="a ratio"),
}


def _mismatch(a: str, b: str, verb: Text) -> BudgetperfError:
    names = [
        _DIMENSIONS.get(dimension, Text(zh=f"“{dimension}”", en=repr(dimension)))
        for dimension in (a, b)
    ]
    return BudgetperfError(
        "unit-mismatch",
        Text(
            zh="{}与{}不能{}：请写明并统一单位",
            en="{} and {} do not {}: state the same unit for both",
        ).fill(*names, verb),
    )


def render(expression: Expression, name: Callable[[Operand], str]) -> str:
    """The expression in print, each operand by ``name``."""
    if isinstance(expression, Operand):
        return name(expression)
    if isinstance(expression, Const):
        return f"{decimal_text(expression.value / expression.unit.scale)}{expression.unit.symbol}"
    if isinstance(expression, Ref):
        return expression.name
    if isinstance(expression, Binary):
        divisor = _grouped(expression.right, name, tight=True)
        return f"{_grouped(expression.left, name)} {expression.symbol} {divisor}"
    first, *rest = [(sign, _grouped(term, name)) for sign, term in expression.terms]
    text = first[1] if first[0] > 0 else f"-{first[1]}"
    return text + "".join(f" {'+' if sign > 0 else '-'} {term}" for sign, term in rest)


def _grouped(expression: Expression, name: Callable[[Operand], str], *, tight: bool = False) -> str:
    text = render(expression, name)
    loose = isinstance(expression, Sum) and len(expression.terms) > 1
    return f"({text})" if loose or (tight and isinstance(expression, Binary)) else text


def missing(equation: Equation) -> tuple[Operand, ...]:
    """The operands that are not stated."""
    both = (*operands(equation.left), *operands(equation.right))
    return tuple(operand for operand in both if isinstance(operand.stated, Missing))

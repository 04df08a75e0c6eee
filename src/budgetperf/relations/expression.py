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
    NO_WORDS,
    NUMBER,
    RATIO,
    BudgetperfError,
    Figure,
    Interval,
    Missing,
    Place,
    Stated,
    Text,
    Undefined,
    Unit,
    decimal_text,
    quotient,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import keep
from budgetperf.exact.interval import interval_sum, quotients
from budgetperf.exact.number import exact_sum
from budgetperf.exact.text import WrongTypeError, shortened, shown
from budgetperf.exact.unit import go_together
from budgetperf.exact.written.brief import literal

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
    "known_operand",
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
class Operand(Called):
    """A figure that takes part in a relation, or why it is not there.

    Args:
        path: its path in the report, or ``""`` for a number typed by hand.
        stated: the figure.
        label: the figure in words.
    """

    path: str = ""
    stated: Stated
    label: Text = NO_WORDS

    @property
    def line(self) -> int | None:
        """The line of the source where it stands, or should stand, if known."""
        if isinstance(self.stated, Missing):
            return self.stated.line
        return self.stated.place.line if self.stated.place else None

    @property
    def place(self) -> Place | None:
        """The same with all else that is known of it."""
        if isinstance(self.stated, Missing):
            line = self.stated.line
            return self.stated.place or (None if line is None else Place(line=line))
        return self.stated.place

    def __repr__(self) -> str:
        stated = self.stated
        printed = repr(stated) if isinstance(stated, Missing) else literal(stated.text)
        path = shortened(literal(self.path), 100)
        return f"Operand(path={path}, stated={shortened(printed)})"


def known_operand(path: str, stated: Stated, label: Text) -> Operand:
    """The operand of a figure that was looked up in a report: nothing of it is checked.

    >>> known_operand("", Figure(value=1), NO_WORDS) == Operand(stated=Figure(value=1))
    True
    """
    made = _new(Operand)
    _set(made, "path", path)
    _set(made, "stated", stated)
    _set(made, "label", label)
    return made


_new, _set = object.__new__, object.__setattr__


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


class _Keeping:
    """What an equation works out once."""

    __slots__ = ("_coarse_rounded", "_operands")

    _operands: tuple[Operand, ...]
    _coarse_rounded: Equation | None
    """What it is with coarse amounts rounded; ``None`` if it is that already."""


@attrs.frozen(kw_only=True)
class Equation(_Keeping):
    """Two expressions and how they compare: ``=``, ``≤``, ``≥``, ``<`` or ``>``.

    What it assumes is more than its figures say; without it nothing is stated.
    """

    left: Expression
    comparator: str
    right: Expression
    assumes: tuple[Assumption, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Its figures, from left to right."""
        try:
            return self._operands
        except AttributeError:
            return keep(self, "_operands", (*operands(self.left), *operands(self.right)))


def leaves(expression: Expression) -> Iterator[Operand | Const | Ref]:
    """What an expression is made of, from left to right."""
    return iter(_leaves(expression))


def _leaves(expression: Expression) -> list[Operand | Const | Ref]:
    if isinstance(expression, Operand):
        return [expression]
    if isinstance(expression, Sum):
        return [leaf for _, term in expression.terms for leaf in _leaves(term)]
    if isinstance(expression, Binary):
        return _leaves(expression.left) + _leaves(expression.right)
    return [expression]


def operands(expression: Expression) -> Iterator[Operand]:
    """The operands, from left to right."""
    if isinstance(expression, Operand):
        return iter((expression,))
    return iter([leaf for leaf in _leaves(expression) if isinstance(leaf, Operand)])


def map_leaves(
    expression: Expression, function: Callable[[Operand | Const | Ref], Expression]
) -> Expression:
    """The expression with ``function(leaf)`` in place of every leaf."""
    if isinstance(expression, Sum):
        terms = [(sign, term, map_leaves(term, function)) for sign, term in expression.terms]
        if all(new is old for _, old, new in terms):
            return expression
        return Sum(terms=tuple([(sign, new) for sign, _, new in terms]))
    if isinstance(expression, Binary):
        left, right = (map_leaves(side, function) for side in (expression.left, expression.right))
        if left is expression.left and right is expression.right:
            return expression
        return Binary(symbol=expression.symbol, left=left, right=right)
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
    if isinstance(expression, Operand) and isinstance(expression.stated, Figure):
        return expression.stated.nominal
    if isinstance(expression, Sum):
        parts: list[Fraction] = []
        for sign, term in expression.terms:
            part = nominal(term)
            if isinstance(part, Undefined):
                return part
            parts.append(part if sign > 0 else -part)
        return exact_sum(parts)
    if isinstance(expression, Binary):
        a, b = nominal(expression.left), nominal(expression.right)
        if isinstance(a, Undefined) or isinstance(b, Undefined):
            return a if isinstance(a, Undefined) else b
        return a * b if expression.symbol == "*" else quotient(a, b)
    if isinstance(expression, Const):
        return expression.value
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
    if isinstance(expression, Operand) and isinstance(expression.stated, Figure):
        return reading(expression.stated)
    if isinstance(expression, Sum):
        parts = [(sign, interval(term, reading)) for sign, term in expression.terms]
        return interval_sum([values if sign > 0 else -values for sign, values in parts])
    if isinstance(expression, Binary):
        a, b = interval(expression.left, reading), interval(expression.right, reading)
        if expression.symbol == "*":
            return a * b
        return quotients(a, b)
    if isinstance(expression, Const):
        return Interval.point(expression.value)
    raise _unbound(expression)


def _unbound(expression: Expression) -> WrongTypeError:
    message = Text(
        zh="求值之前须代入每个数字：{}", en="bind and state every operand before evaluating: {}"
    )
    return WrongTypeError("unbound", message.fill(shown(expression)))


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


@functools.lru_cache(maxsize=512)
def _combined(
    function: Callable[[_Units, _Units], Iterable[_Units]],
    left: tuple[_Units, ...],
    right: tuple[_Units, ...],
    verb: Text,
) -> tuple[_Units, ...]:
    """What both may measure together, by any reading of each."""
    common = dict.fromkeys(units for a in left for b in right for units in function(a, b))
    if not common:
        raise _mismatch(_dimension_of(left[0]), _dimension_of(right[0]), verb)
    return tuple(common)


def _quotients(a: _Units, b: _Units) -> Iterator[_Units]:
    divided, divisor = _dimension_of(a), _dimension_of(b)
    # 10 万元 / 2, or / 50 %: divided by a mere factor it stays what it was.
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
        go_together(unit, other)
        or (_PURE in (unit, other) and unit.dimension in _FACTORS and other.dimension in _FACTORS)
        for unit in a
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
    # What is of one unit measures the same, as long as nothing is multiplied or divided.
    units = _added_up(equation.left) + _added_up(equation.right)
    first = units[0]
    if first is None or any(unit is not first and unit != first for unit in units):
        _common(_readings(equation.left), _readings(equation.right))


def _added_up(side: Expression) -> list[Unit | None]:
    """The units of what is added up; ``None`` for what is multiplied or divided, or not stated."""
    if isinstance(side, Operand):
        return [side.stated.unit if isinstance(side.stated, Figure) else None]
    if isinstance(side, Sum):
        return [unit for _, term in side.terms for unit in _added_up(term)]
    return [side.unit if isinstance(side, Const) else None]


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
    message = Text(
        zh="{}与{}不能{}：请写明并统一单位",
        en="{} and {} do not {}: state the same unit for both",
    ).fill(*names, verb)
    if {a, b} == {MONEY, NUMBER}:
        message += _GIVEN_ONCE
    return BudgetperfError("unit-mismatch", message)


_GIVEN_ONCE = Text(
    zh="；用代码填列的，可用 in_unit(…, '万元') 一次写明",
    en="; in code, in_unit(…, '万元') gives it once",
)


def render(
    expression: Expression, name: Callable[[Operand], str], unit: Callable[[Unit], str] = str
) -> str:
    """The expression in print, each operand by ``name`` and each constant with its ``unit``."""
    if isinstance(expression, Operand):
        return name(expression)
    if isinstance(expression, Const):
        return f"{decimal_text(expression.value / expression.unit.scale)}{unit(expression.unit)}"
    if isinstance(expression, Ref):
        return expression.name
    if isinstance(expression, Binary):
        divisor = _grouped(expression.right, name, unit, tight=True)
        return f"{_grouped(expression.left, name, unit)} {expression.symbol} {divisor}"
    first, *further = [(sign, _grouped(term, name, unit)) for sign, term in expression.terms]
    text = first[1] if first[0] > 0 else f"-{first[1]}"
    return text + "".join(f" {'+' if sign > 0 else '-'} {term}" for sign, term in further)


def _grouped(
    expression: Expression,
    name: Callable[[Operand], str],
    unit: Callable[[Unit], str],
    *,
    tight: bool = False,
) -> str:
    if isinstance(expression, Operand):
        return name(expression)
    text = render(expression, name, unit)
    loose = isinstance(expression, Sum) and len(expression.terms) > 1
    return f"({text})" if loose or (tight and isinstance(expression, Binary)) else text


def missing(equation: Equation) -> tuple[Operand, ...]:
    """The operands that are not stated."""
    return tuple([operand for operand in equation.operands if isinstance(operand.stated, Missing)])

"""Expressions with other figures in them: what stays is the same, and what changes is told."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetperf.exact import Figure, Unit
from budgetperf.relations.expression import (
    Binary,
    Const,
    Expression,
    Operand,
    Ref,
    Sum,
    map_figures,
    map_leaves,
    nominal,
    operands,
    render,
)
from tests.audit.slip_cases import minus, op, over, plus

A, B, C = op("a", "12"), op("b", "3"), op("c", "4")
HUNDRED = Const(value=Fraction(100), unit=Unit.of(""))


@pytest.mark.parametrize(
    ("expression", "value", "others"),
    [
        (A, 12, {"a": 24, "b": 12, "c": 12}),
        (plus(A, B, C), 19, {"a": 31, "b": 22, "c": 23}),
        (minus(A, B), 9, {"a": 21, "b": 6, "c": 9}),
        (over(A, B), 4, {"a": 8, "b": 2, "c": 4}),
        (Binary(symbol="*", left=B, right=C), 12, {"a": 12, "b": 24, "c": 24}),
        (over(A, plus(B, minus(C, B))), 3, {"a": 6, "b": 3, "c": Fraction(3, 2)}),
    ],
)
def test_one_figure_at_a_time_is_doubled(
    expression: Expression, value: int, others: dict[str, int | Fraction]
) -> None:
    """The value with it is the one worked out by hand, and all else is as it was."""
    assert nominal(expression) == value
    before = list(operands(expression))
    for path, doubled in others.items():

        def other(leaf: Operand | Const | Ref, path: str = path) -> Expression:
            return op(path, str(TWICE[path])) if leaf == PLAIN[path] else leaf

        changed = map_leaves(expression, other)
        assert nominal(changed) == doubled
        assert (changed is expression) == (path not in {operand.path for operand in before})
        for new, old in zip(operands(changed), before, strict=True):
            assert new.path == old.path
            assert (new is old) == (old.path != path)


PLAIN, TWICE = {"a": A, "b": B, "c": C}, {"a": 24, "b": 6, "c": 8}


def test_figures_are_given_in_their_order() -> None:
    seen: list[str] = []

    def told(figure: Figure) -> Figure:
        seen.append(figure.path)
        return figure

    expression = over(plus(B, A), minus(C, A))
    assert map_figures(expression, told) == expression
    assert seen == ["b", "a", "c", "a"]
    assert isinstance(expression.left, Sum)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (over(A, B), "a / b"),
        (over(A, over(B, C)), "a / (b / c)"),
        (over(over(A, B), C), "a / b / c"),
        (over(A, plus(B, C)), "a / (b + c)"),
        (over(A, plus(B)), "a / b"),
        (over(A, HUNDRED), "a / 100"),
        (minus(A, plus(B, C)), "a - (b + c)"),
        (minus(A, over(B, C)), "a - b / c"),
        (Binary(symbol="*", left=plus(A, B), right=HUNDRED), "(a + b) * 100"),
    ],
)
def test_parentheses_stand_where_they_are_needed(expression: Expression, text: str) -> None:
    assert render(expression, lambda operand: operand.path, str) == text

"""The relations of a report: declared once, as data over named figures."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs

from budgetperf.exact import Figure, Text
from budgetperf.exact.structuring import data_folder, make_converter, structure
from budgetperf.model import Direction

from .expression import Binary, Const, Equation, Expression, Operand, Ref, Sum
from .finding import Severity
from .grammar import parse_equation

__all__ = ["Relation", "equations", "references", "relations"]

_SCOPES = {"statement": ("narrative", "form"), "report": ("",)}


@attrs.frozen(kw_only=True)
class Relation:
    """One check of the catalogue, as declared in ``audit/data/relations.toml``.

    Args:
        id: the check's code, with a suffix where a code has several relations.
        title: what should hold.
        each: where the names of the equation start.
        vary: the words that replace ``{}``, each giving a relation of its own.
        equation: the relation over named figures, or ``""`` if ``check`` names a function.
        check: the function that checks what no equation over names can say.
        severity: how much it matters if it is broken.
        asks: whether a reviewer asks if it does not hold, instead of calling it inconsistent.
        directions: the directions of the indicators that it is for; all if empty.
    """

    id: str
    title: Text
    each: str = ""
    vary: tuple[str, ...] = ("",)
    equation: str = ""
    check: str = ""
    severity: Severity = Severity.ERROR
    asks: bool = False
    directions: tuple[Direction, ...] = ()

    @property
    def code(self) -> str:
        """The check's code in the field's catalogue, such as ``F13``."""
        return self.id.partition(".")[0]


@functools.cache
def equations(relation: Relation) -> tuple[Equation, ...]:
    """The relation's equation in each of its scopes and variants, over absolute names."""
    return tuple(
        _anchored(parse_equation(relation.equation.replace("{}", word)), scope)
        for word in relation.vary
        for scope in _SCOPES.get(relation.each, ())
    )


@functools.cache
def relations() -> tuple[Relation, ...]:
    """All relations that are declared, in the order of the catalogue."""
    import tomllib

    text = (data_folder("budgetperf.audit", "data") / "relations.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)["relation"]
    converter = make_converter()
    return structure(converter, data, tuple[Relation, ...], code="bad-relations")


def _anchored(equation: Equation, scope: str) -> Equation:
    """The equation with names made absolute and its numbers made constants."""
    return attrs.evolve(
        equation, left=_anchor(equation.left, scope), right=_anchor(equation.right, scope)
    )


def _anchor(expression: Expression, scope: str) -> Expression:
    match expression:
        case Ref(name=name):
            return Ref(name=f"{scope}.{name}" if scope else name)
        case Operand(stated=Figure() as figure):
            return Const(value=figure.nominal, unit=figure.unit)
        case Sum(terms=terms):
            return Sum(terms=tuple((sign, _anchor(term, scope)) for sign, term in terms))
        case Binary(left=left, right=right):
            return attrs.evolve(expression, left=_anchor(left, scope), right=_anchor(right, scope))
        case _:
            return expression


def references(expression: Expression) -> Iterator[Ref]:
    """The names in an expression, from left to right."""
    match expression:
        case Ref():
            yield expression
        case Sum(terms=terms):
            for _, term in terms:
                yield from references(term)
        case Binary(left=left, right=right):
            yield from references(left)
            yield from references(right)
        case _:
            return

"""Relations bound to a report: each name finds its figure, or why it is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs

from budgetperf.exact import Figure, Missing, MissingReason
from budgetperf.model import (
    NOT_STATED,
    Direction,
    Indicator,
    SelfEvaluation,
    elements,
    locate,
    resolve,
)

from .expression import Binary, Equation, Expression, Operand, Ref, Sum, operands
from .relation import Relation, equations, references

__all__ = ["bind", "keyed", "operand_at"]

Key: TypeAlias = tuple[str, int]


def operand_at(report: SelfEvaluation, path: str) -> Operand:
    """The figure at ``path`` as an operand."""
    stated, label = locate(report, path)
    if not isinstance(stated, (Figure, Missing)):
        raise TypeError(f"{path} is no figure")
    return Operand(path=path, stated=stated, label=label)


def keyed(report: SelfEvaluation, path: str) -> dict[Key, int]:
    """The elements of the tuple at ``path``: key (and which of that key) to index.

    Rows without a key, such as a heading without indicators, are left out.
    """
    seen: Counter[str] = Counter()
    found: dict[Key, int] = {}
    for index, item in enumerate(elements(report, path)):
        if item.key:
            found[item.key, seen[item.key]] = index
            seen[item.key] += 1
    return found


def bind(relation: Relation, report: SelfEvaluation) -> Iterator[Equation]:
    """Every instance of the relation in which the report claims something.

    Nothing is claimed where the document has no place for one of the figures, or a dash stands
    there, which on these forms says that it does not apply. Of a sum, one part is enough.
    """
    for equation in equations(relation):
        names = [ref.name for side in (equation.left, equation.right) for ref in references(side)]
        for rows in _matches(names, report):
            if relation.directions and not _directed(report, rows, relation.directions):
                continue
            bound = {name: _found(name, report, rows) for name in names}
            if all(_is_claimed(value) for value in bound.values()):
                yield attrs.evolve(
                    equation,
                    left=_with(equation.left, bound),
                    right=_with(equation.right, bound),
                )


Elements: TypeAlias = Mapping[str, int]
"""For each container named with ``[k]``, the index of the element that has the key."""


def _matches(names: list[str], report: SelfEvaluation) -> Iterator[Elements]:
    """The elements that ``[k]`` stands for, matched by key; once, with none, if it is not used."""
    containers = dict.fromkeys(name.partition("[k]")[0] for name in names if "[k]" in name)
    if not containers:
        yield {}
        return
    indices = {container: keyed(report, container) for container in containers}
    for key in dict.fromkeys(key for found in indices.values() for key in found):
        yield {c: found[key] for c, found in indices.items() if key in found}


def _directed(report: SelfEvaluation, rows: Elements, directions: tuple[Direction, ...]) -> bool:
    """Whether the indicators at hand are of one of ``directions``; an unstated one may be."""
    for container, index in rows.items():
        indicator = resolve(report, f"{container}[{index}]")
        direction = indicator.target.direction if isinstance(indicator, Indicator) else NOT_STATED
        if isinstance(direction, Direction) and direction not in directions:
            return False
    return True


def _found(name: str, report: SelfEvaluation, rows: Elements) -> Expression:
    """The operand that a name stands for; for ``[*]`` the sum of all of its kind."""
    for mark in ("[*]", "[k]"):
        container, found, rest = name.partition(mark)
        if not found:
            continue
        if mark == "[*]":
            indices = keyed(report, container).values()
            parts = (operand_at(report, f"{container}[{i}]{rest}") for i in indices)
            return Sum(terms=tuple((1, part) for part in parts))
        if container not in rows:
            return Operand(path=name, stated=NOT_STATED)
        return operand_at(report, f"{container}[{rows[container]}]{rest}")
    return operand_at(report, name)


def _with(expression: Expression, bound: Mapping[str, Expression]) -> Expression:
    """The expression with what its names stand for."""
    match expression:
        case Ref(name=name):
            return bound[name]
        case Sum(terms=terms):
            return Sum(terms=tuple((sign, _with(term, bound)) for sign, term in terms))
        case Binary(left=left, right=right):
            return attrs.evolve(expression, left=_with(left, bound), right=_with(right, bound))
        case _:
            return expression


_NO_CLAIM = (MissingReason.NOT_STATED, MissingReason.DASH)


def _is_claimed(bound: Expression) -> bool:
    return any(
        isinstance(operand.stated, Figure) or operand.stated.reason not in _NO_CLAIM
        for operand in operands(bound)
    )

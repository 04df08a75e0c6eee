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
    describe,
    elements,
    resolve,
)

from .expression import Binary, Equation, Expression, Operand, Ref, Sum, operands
from .relation import Relation, equations, references

__all__ = ["bind", "keyed", "operand_at"]

Key: TypeAlias = tuple[str, int]


def operand_at(report: SelfEvaluation, path: str) -> Operand:
    """The figure at ``path`` as an operand."""
    stated = resolve(report, path)
    if not isinstance(stated, (Figure, Missing)):
        raise TypeError(f"{path} is no figure")
    return Operand(path=path, stated=stated, label=describe(report, path))


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
        for key, rows in _keys(equation, report):
            if relation.directions and not _directed(report, rows, relation.directions):
                continue
            bound = attrs.evolve(
                equation,
                left=_bind(equation.left, report, key, rows),
                right=_bind(equation.right, report, key, rows),
            )
            if all(_is_claimed(ref, report, key, rows) for ref in _refs(equation)):
                yield bound


def _refs(equation: Equation) -> tuple[Ref, ...]:
    return (*references(equation.left), *references(equation.right))


Elements: TypeAlias = Mapping[str, int]
"""For each container named with ``[k]``, the index of the element that has the key."""


def _keys(equation: Equation, report: SelfEvaluation) -> Iterator[tuple[Key | None, Elements]]:
    names = [ref.name for ref in _refs(equation)]
    containers = dict.fromkeys(name.partition("[k]")[0] for name in names if "[k]" in name)
    if not containers:
        yield None, {}
        return
    indices = {container: keyed(report, container) for container in containers}
    for key in dict.fromkeys(key for found in indices.values() for key in found):
        yield key, {c: found[key] for c, found in indices.items() if key in found}


def _directed(report: SelfEvaluation, rows: Elements, directions: tuple[Direction, ...]) -> bool:
    """Whether the indicators at hand are of one of ``directions``; an unstated one may be."""
    for container, index in rows.items():
        indicator = resolve(report, f"{container}[{index}]")
        direction = indicator.target.direction if isinstance(indicator, Indicator) else NOT_STATED
        if isinstance(direction, Direction) and direction not in directions:
            return False
    return True


def _bind(
    expression: Expression, report: SelfEvaluation, key: Key | None, rows: Elements
) -> Expression:
    match expression:
        case Ref(name=name) if "[*]" in name:
            container, _, rest = name.partition("[*]")
            indices = keyed(report, container).values()
            terms = tuple((1, operand_at(report, f"{container}[{i}]{rest}")) for i in indices)
            return Sum(terms=terms) if terms else Operand(path=name, stated=NOT_STATED)
        case Ref(name=name) if "[k]" in name:
            container, _, rest = name.partition("[k]")
            if container not in rows:
                return Operand(
                    path=name.replace("[k]", f"[{key[0] if key else ''}]"), stated=NOT_STATED
                )
            return operand_at(report, f"{container}[{rows[container]}]{rest}")
        case Ref(name=name):
            return operand_at(report, name)
        case Sum(terms=terms):
            return Sum(terms=tuple((sign, _bind(t, report, key, rows)) for sign, t in terms))
        case Binary(left=left, right=right):
            return attrs.evolve(
                expression,
                left=_bind(left, report, key, rows),
                right=_bind(right, report, key, rows),
            )
        case _:
            return expression


_NO_CLAIM = (MissingReason.NOT_STATED, MissingReason.DASH)


def _is_claimed(ref: Ref, report: SelfEvaluation, key: Key | None, rows: Elements) -> bool:
    bound = operands(_bind(ref, report, key, rows))
    return any(
        isinstance(operand.stated, Figure) or operand.stated.reason not in _NO_CLAIM
        for operand in bound
    )

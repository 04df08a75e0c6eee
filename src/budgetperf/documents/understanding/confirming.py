"""Which reading of a number the other figures of a report leave: a relation holds with it, and with
nothing else that could stand there."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import LIST, Figure, Missing, MissingReason, Text
from budgetperf.model import SelfEvaluation
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import bind, indexed
from budgetperf.relations.catalogue import relations
from budgetperf.relations.expression import (
    Const,
    Equation,
    Expression,
    Operand,
    Ref,
    Sum,
    map_leaves,
)
from budgetperf.relations.finding import Verdict
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation

__all__ = ["Choice", "Confirmed", "confirmed"]


@attrs.frozen(kw_only=True)
class Choice:
    """A reading of a number.

    Args:
        text: as it should be printed.
        figure: what that says.
        is_likely: whether it is what the print looks like.
    """

    text: str
    figure: Figure
    is_likely: bool


@attrs.frozen(kw_only=True)
class Confirmed:
    """The reading that the other figures leave.

    Args:
        choice: the reading.
        relations: the relations that it takes part in.
        alone: one that holds with this reading and with no other; ``None`` where others are left
            out by several together, or agree less well.
    """

    choice: Choice
    relations: tuple[Relation, ...]
    alone: Relation | None

    @property
    def reason(self) -> Text:
        """Why it is this reading."""
        if self.alone is not None:
            return _BY_RELATION.fill(self.alone.code, self.alone.title)
        return _BEST.fill(
            LIST.join(_TITLED.fill(relation.code, relation.title) for relation in self.relations)
        )


_BY_RELATION = Text(
    zh="只有这样读，{}“{}”才成立",
    en="only with this reading does {} hold ({})",
)
_BEST = Text(
    zh="在可能的读法中，只有这一种与其他数字最相符（{}）",
    en="of all that may stand there this one fits the other figures best: {}",
)
_TITLED = Text(zh="{}“{}”", en="{} ({})")


def confirmed(report: SelfEvaluation, path: str, choices: Sequence[Choice]) -> Confirmed | None:
    """The one reading with which all relations hold that it takes part in; ``None`` if there is
    none, or another one as well.

    Where relations hold exactly with one and within rounding with others, it is the first one.

    Args:
        report: the report with one of the readings.
        path: where the figure stands.
        choices: all that may stand there.
    """
    equations = tuple(_equations(report, path))
    if not equations:
        return None
    holding = _holding([equation for _, equation in equations], path, choices)
    fitting = holding[Verdict.EXACT] or holding[Verdict.ROUNDING]
    only = next(iter(fitting.values())) if len(fitting) == 1 else None
    if only is None or not only.is_likely:
        return None
    alone = (
        relation
        for relation, equation in equations
        if _leaves_one(_holding([equation], path, choices))
    )
    relations_of_it = tuple(dict.fromkeys(relation for relation, _ in equations))
    return Confirmed(choice=only, relations=relations_of_it, alone=next(alone, None))


_Holding: TypeAlias = dict[Verdict, dict[Fraction, Choice]]


def _holding(equations: Sequence[Equation], path: str, choices: Sequence[Choice]) -> _Holding:
    """The readings with which equations hold, by how well they do and by number."""
    holding: _Holding = {Verdict.EXACT: {}, Verdict.ROUNDING: {}}
    for choice in sorted(choices, key=lambda reading: not reading.is_likely):
        verdict = _verdict(equations, path, choice.figure)
        if verdict is not None:
            holding[verdict].setdefault(choice.figure.nominal, choice)
    return holding


def _leaves_one(holding: _Holding) -> bool:
    return sum(map(len, holding.values())) == 1


def _verdict(equations: Sequence[Equation], path: str, figure: Figure) -> Verdict | None:
    """How well all equations hold with a figure; ``None`` if one of them does not."""
    verdicts = {judge(_with(equation, path, figure)).verdict for equation in equations}
    if not verdicts <= {Verdict.EXACT, Verdict.ROUNDING}:
        return None
    return Verdict.EXACT if verdicts == {Verdict.EXACT} else Verdict.ROUNDING


def _equations(report: SelfEvaluation, path: str) -> Iterator[tuple[Relation, Equation]]:
    """The equations that the figure at a path takes part in, of which every other one is stated."""
    remembering = indexed(report)
    for relation in _relations_of(path.removesuffix(".value").rpartition(".")[2]):
        for equation in bind(relation, remembering):
            if equation.comparator != "=" or all(o.path != path for o in equation.operands):
                continue
            stated = _without_blanks(equation, relation)
            if len(stated.operands) < 2 or any(
                isinstance(operand.stated, Missing) for operand in stated.operands
            ):
                continue
            if judge(stated).verdict is not Verdict.UNDEFINED:
                yield relation, stated


@functools.lru_cache(maxsize=128)
def _relations_of(field: str) -> tuple[Relation, ...]:
    """The relations with an equation that may name a field; one that varies names many."""
    return tuple(
        relation
        for relation in relations()
        if not relation.asks
        and (field in relation.equation or any(field in word for word in relation.vary))
    )


def _without_blanks(equation: Equation, relation: Relation) -> Equation:
    """The equation without the blank parts of a sum of which absent ones are nothing."""
    if Assumption.ABSENT_IS_ZERO not in relation.assumes:
        return equation
    left, right = (_stated_terms(side) for side in (equation.left, equation.right))
    return attrs.evolve(equation, left=left, right=right)


def _stated_terms(side: Expression) -> Expression:
    if not isinstance(side, Sum):
        return side
    stated_terms = tuple((sign, term) for sign, term in side.terms if not _is_blank(term))
    return Sum(terms=stated_terms) if stated_terms else side


def _is_blank(term: Expression) -> bool:
    stated = term.stated if isinstance(term, Operand) else None
    return isinstance(stated, Missing) and stated.reason is MissingReason.BLANK


def _with(equation: Equation, path: str, figure: Figure) -> Equation:
    def read(leaf: Operand | Const | Ref) -> Expression:
        if isinstance(leaf, Operand) and leaf.path == path:
            return attrs.evolve(leaf, stated=figure)
        return leaf

    left, right = (map_leaves(side, read) for side in (equation.left, equation.right))
    return attrs.evolve(equation, left=left, right=right)

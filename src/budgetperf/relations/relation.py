"""What a relation of a report is: declared once, as data over named figures."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, Missing, NotFoundError, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.text import PLACE, later
from budgetperf.model import Direction

from .assumption import Assumption
from .expression import Const, Equation, Expression, Operand, Ref, leaves, map_leaves
from .finding import Severity
from .grammar import parse_equation
from .words import printed_text

__all__ = ["Relation", "equations", "named_equations", "references"]

_SCOPES = {"statement": ("narrative", "form"), "report": ("",)}


def _require_places(
    relation: Relation, _: attrs.Attribute[Mapping[str, Text]], sentences: Mapping[str, Text]
) -> None:
    """A sentence has the same places in both languages, each with a name."""
    for name, sentence in sentences.items():
        zh, en = (PLACE.findall(words) for words in (sentence.zh, sentence.en))
        if set(zh) != set(en) or "" in zh:
            message = Text(
                zh="关系 {} 的句子 {}：空位须有名字，且中英文一致；中文有 {}，英文有 {}",
                en="relation {}, sentence {}: places need names, the same in both languages; "
                "the Chinese has {}, the English {}",
            ).fill(relation.id, name, zh, en)
            raise BudgetperfError("bad-sentence", message, field=f"sentences.{name}")


@attrs.frozen(kw_only=True, cache_hash=True)
class Relation(Called):
    """One check of the catalogue, as declared in ``relations/data/relations.toml``.

    Args:
        id: the check's code, with a suffix where a code has several relations.
        title: what should hold.
        each: where the names of the equation start.
        vary: the words that replace ``{}``, each giving a relation of its own.
        equation: the relation over named figures, or ``""`` if ``check`` names a function.
        check: the function that checks what no equation over names can say.
        severity: how much it matters if it is broken.
        asks: whether a reviewer asks if it does not hold, instead of calling it inconsistent.
        parts: the list whose elements are added up, where it need not be complete: only more than
            the whole is then inconsistent.
        directions: the directions of the indicators that it is for; all if empty.
        assumes: what its verdicts may rest on besides the figures.
        by_rules: whether it is there only where the chosen rule-set says something of it.
        where_stated: whether it is there only where the report states something of it.
        with_previous: whether it is there only where last year's report is given beside this one.
        sentences: what its check can say of a report, by name, with ``{places}`` for values.
    """

    id: str
    title: Text
    each: str = ""
    vary: tuple[str, ...] = ("",)
    equation: str = ""
    check: str = ""
    severity: Severity = Severity.ERROR
    asks: bool = False
    parts: str = ""
    directions: tuple[Direction, ...] = ()
    assumes: tuple[Assumption, ...] = ()
    by_rules: bool = False
    where_stated: bool = False
    with_previous: bool = False
    sentences: Mapping[str, Text] = attrs.field(
        factory=dict[str, Text], hash=False, repr=False, validator=_require_places
    )

    @property
    def code(self) -> str:
        """The check's code in the field's catalogue, such as ``F13``."""
        return self.id.partition(".")[0]

    def say(self, name: str, /, **values: object) -> Text:
        """One of its sentences with values in its places, put together when it is read.

        Raises:
            NotFoundError: it has no sentence of that name.
        """
        if name not in self.sentences:
            message = Text(
                zh="关系 {} 没有句子 {}：请在它的 sentences 中写上",
                en="relation {} has no sentence {}: add it to its sentences",
            ).fill(self.id, name)
            raise NotFoundError("unknown-sentence", message)
        sentence = self.sentences[name]
        return later(_with_values, sentence, values) if values else sentence


def _with_values(sentence: Text, values: Mapping[str, object]) -> Text:
    figures = {
        name: printed_text(value)
        for name, value in values.items()
        if isinstance(value, Figure | Missing)
    }
    return sentence.fill(**{**values, **figures})


@functools.cache
def equations(relation: Relation) -> tuple[Equation, ...]:
    """The relation's equation in each of its scopes and variants, over absolute names."""
    return tuple(
        _anchored(parse_equation(relation.equation.replace("{}", word)), scope)
        for word in relation.vary
        for scope in _SCOPES.get(relation.each, ())
    )


def _anchored(equation: Equation, scope: str) -> Equation:
    """The equation with names made absolute and its numbers made constants."""

    def anchored(leaf: Operand | Const | Ref) -> Expression:
        if isinstance(leaf, Ref):
            return Ref(name=f"{scope}.{leaf.name}" if scope else leaf.name)
        figure = cast("Figure", leaf.stated) if isinstance(leaf, Operand) else None
        return leaf if figure is None else Const(value=figure.nominal, unit=figure.unit)

    return attrs.evolve(
        equation,
        left=map_leaves(equation.left, anchored),
        right=map_leaves(equation.right, anchored),
    )


def references(equation: Equation) -> tuple[str, ...]:
    """The names in an equation, from left to right."""
    both = (*leaves(equation.left), *leaves(equation.right))
    return tuple(leaf.name for leaf in both if isinstance(leaf, Ref))


@functools.cache
def named_equations(relation: Relation) -> tuple[tuple[Equation, tuple[str, ...]], ...]:
    """The relation's equations, each with its names."""
    return tuple((equation, references(equation)) for equation in equations(relation))

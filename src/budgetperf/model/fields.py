"""How the fields of the model are declared: what each is, with its label in both languages."""

from __future__ import annotations

import enum
import types
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, FloatRefusedError, Missing, Stated, Text
from budgetperf.exact.checking import wrong_type
from budgetperf.exact.text import shown

__all__ = [
    "NOT_STATED",
    "Declaration",
    "Element",
    "FigureKind",
    "Sign",
    "StatedText",
    "declared",
    "figure",
    "is_words",
    "label_of",
    "part",
    "parts",
    "words",
]

NOT_STATED = Missing()
"""The document does not state it."""

StatedText: TypeAlias = str | Missing
"""Words of a report, or why they are not there."""

_T = TypeVar("_T")
_NO_LABEL = Text(zh="", en="")


class FigureKind(enum.Enum):
    """What a figure is."""

    AMOUNT = "amount"
    """An amount of money."""
    RATE = "rate"
    """A result in per cent: of two figures, or of one and another year's."""
    WEIGHT = "weight"
    """Points that can be reached; they are set, and exact."""
    SCORE = "score"
    """Points that were reached."""
    COUNT = "count"
    """How many there are, or which year it is."""
    TARGET = "target"
    """What an indicator is to reach, in a unit of its own; it is set, and exact."""
    REACHED = "reached"
    """What an indicator has reached, in the unit of its target."""
    STATED = "stated"
    """Whatever else the text states with a number."""


class Sign(enum.Enum):
    """Whether a figure can be less than 0."""

    NEVER_NEGATIVE = "never-negative"
    SELDOM_NEGATIVE = "seldom-negative"
    """0 or more as a rule: where it decides something, a reviewer is asked."""
    EITHER = "either"


_SIGNS = {
    FigureKind.AMOUNT: Sign.SELDOM_NEGATIVE,
    FigureKind.RATE: Sign.SELDOM_NEGATIVE,
    FigureKind.WEIGHT: Sign.NEVER_NEGATIVE,
    FigureKind.SCORE: Sign.NEVER_NEGATIVE,
    FigureKind.COUNT: Sign.NEVER_NEGATIVE,
    FigureKind.TARGET: Sign.EITHER,
    FigureKind.REACHED: Sign.EITHER,
    FigureKind.STATED: Sign.EITHER,
}


@attrs.frozen(kw_only=True)
class Declaration:
    """What the model says of one of its fields.

    Args:
        label: its name in both languages.
        kind: what the figure is; ``None`` where there is no figure, but words or a part.
        sign: whether the figure can be less than 0.
        of: the class of the part or the parts that it holds, if it does.
        table: the name of the table that the figures of that part stand in: those of one column
            share their decimals. A part in a part may have a table of its own.
        phrase: the name of the phrase that its amounts stand in: nothing else has a column there.
    """

    label: Text
    kind: FigureKind | None = None
    sign: Sign = Sign.EITHER
    of: type | None = None
    table: str = ""
    phrase: str = ""


class Element:
    """One of several parts of a kind: what tells it from its neighbours, and its name in words."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """What tells it from its neighbours; ``""`` for a row that states nothing of its own."""
        raise NotImplementedError

    @property
    def long_key(self) -> str:
        """What tells it from its neighbours where ``key`` does not."""
        return self.key

    @property
    def title(self) -> Text:
        """Its name in words."""
        raise NotImplementedError


def figure(zh: str, en: str, kind: FigureKind, *, sign: Sign | None = None) -> Stated:
    """A field that holds a figure or says why there is none; its sign is by default its kind's."""
    declaration = Declaration(label=Text(zh=zh, en=en), kind=kind, sign=sign or _SIGNS[kind])
    field: Stated = _field(declaration, (Figure, Missing), default=NOT_STATED)
    return field


def words(zh: str, en: str) -> StatedText:
    """A field that holds words or says why there are none."""
    declaration = Declaration(label=Text(zh=zh, en=en))
    field: StatedText = _field(declaration, (str, Missing), default=NOT_STATED)
    return field


def part(kind: type[_T], zh: str, en: str, *, table: str = "", phrase: str = "") -> _T:
    """A field that holds a part of the report; by default one in which nothing is stated."""
    declaration = Declaration(label=Text(zh=zh, en=en), of=kind, table=table, phrase=phrase)
    field: _T = _field(declaration, (kind,), factory=kind)
    return field


def parts(kind: type[_T], zh: str, en: str, *, table: str = "") -> tuple[_T, ...]:
    """A field that holds several parts of one kind, in the order of the document."""

    def each(_: object, attribute: attrs.Attribute[Any], value: tuple[_T, ...]) -> None:
        if not isinstance(value, tuple):  # pyright: ignore[reportUnnecessaryIsInstance]
            wanted = types.GenericAlias(tuple, (kind, ...))
            raise BudgetperfError("wrong-type", wrong_type(value, wanted), field=attribute.name)
        for item in value:
            _require(attribute.name, item, (kind,))

    converter: Callable[[Iterable[_T]], tuple[_T, ...]] = _together
    declaration = Declaration(label=Text(zh=zh, en=en), of=kind, table=table)
    field: tuple[_T, ...] = _field(declaration, (), default=(), converter=converter, validator=each)
    return field


def _together(value: object) -> Any:
    """Several parts as a tuple; what is no collection stays what it is, and is refused."""
    return tuple(cast("Iterable[object]", value)) if isinstance(value, Iterable) else value


def declared(attribute: attrs.Attribute[Any]) -> Declaration | None:
    """What the model says of a field; ``None`` where it holds no figure, no words and no part."""
    declaration: Declaration | None = attribute.metadata.get("declared")
    return declaration


def label_of(attribute: attrs.Attribute[Any]) -> Text:
    """The label that a field of the model was declared with."""
    declaration = declared(attribute)
    return _NO_LABEL if declaration is None else declaration.label


def is_words(attribute: attrs.Attribute[Any]) -> bool:
    """Whether a field of the model holds words, and no figure."""
    declaration = declared(attribute)
    return declaration is not None and declaration.kind is None and declaration.of is None


def _field(declaration: Declaration, kinds: tuple[Any, ...], **options: Any) -> Any:
    def one_of(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        _require(attribute.name, value, kinds)

    options.setdefault("validator", one_of)
    return attrs.field(metadata={"declared": declaration}, **options)


def _in_print(value: object) -> str:
    """A number that stands where a figure is due as it would be printed; else a number at all."""
    is_number = isinstance(value, (str, int, Decimal)) and not isinstance(value, bool)
    is_short = "…" not in shown(value) and "..." not in shown(value)
    return str(value) if is_number and is_short else "353.21"


def _require(name: str, value: object, kinds: tuple[Any, ...]) -> None:
    if isinstance(value, kinds):
        return
    if isinstance(value, float):
        raise FloatRefusedError(value, field=name)
    wanted = " | ".join(kind.__name__ for kind in kinds)
    hint = f"Figure.parse({_in_print(value)!r})" if Figure in kinds else wanted
    raise BudgetperfError(
        "wrong-type",
        Text(
            zh=f"应为 {wanted}，而不是 {type(value).__name__}：请写 {hint}",
            en=f"expected {wanted}, not {type(value).__name__}: write {hint}",
        ),
        field=name,
    )

"""How the fields of the model are declared: each with its label in both languages."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, FloatRefusedError, Missing, Stated, Text
from budgetperf.exact.checking import wrong_type
from budgetperf.exact.text import shown

__all__ = ["NOT_STATED", "Element", "StatedText", "figure", "is_words", "label_of", "part", "parts", "words"]

NOT_STATED = Missing()
"""The document does not state it."""

StatedText: TypeAlias = str | Missing
"""Words of a report, or why they are not there."""

_T = TypeVar("_T")
_NO_LABEL = Text(zh="", en="")


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


def figure(zh: str, en: str) -> Stated:
    """A field that holds a figure or says why there is none."""
    field: Stated = _field(zh, en, (Figure, Missing), default=NOT_STATED)
    return field


def words(zh: str, en: str) -> StatedText:
    """A field that holds words or says why there are none."""
    field: StatedText = _field(zh, en, _WORDS, default=NOT_STATED)
    return field


_WORDS = (str, Missing)


def part(kind: Callable[[], _T], zh: str, en: str) -> _T:
    """A field that holds a part of the report; by default one in which nothing is stated."""
    field: _T = _field(zh, en, (kind,), factory=kind)
    return field


def parts(kind: type[_T], zh: str, en: str) -> tuple[_T, ...]:
    """A field that holds several parts of one kind, in the order of the document."""

    def each(_: object, attribute: attrs.Attribute[Any], value: tuple[_T, ...]) -> None:
        if not isinstance(value, tuple):  # pyright: ignore[reportUnnecessaryIsInstance]
            wanted = types.GenericAlias(tuple, (kind, ...))
            raise BudgetperfError("wrong-type", wrong_type(value, wanted), field=attribute.name)
        for item in value:
            _require(attribute.name, item, (kind,))

    converter: Callable[[Iterable[_T]], tuple[_T, ...]] = _together
    field: tuple[_T, ...] = _field(zh, en, (), default=(), converter=converter, validator=each)
    return field


def _together(value: object) -> Any:
    """Several parts as a tuple; what is no collection stays what it is, and is refused."""
    return tuple(cast("Iterable[object]", value)) if isinstance(value, Iterable) else value


def label_of(attribute: attrs.Attribute[Any]) -> Text:
    """The label that a field of the model was declared with."""
    label: Text = attribute.metadata.get("label", _NO_LABEL)
    return label


def is_words(attribute: attrs.Attribute[Any]) -> bool:
    """Whether a field of the model holds words, and no figure."""
    return attribute.metadata.get("kinds") == _WORDS


def _field(zh: str, en: str, kinds: tuple[Any, ...], **options: Any) -> Any:
    def one_of(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        _require(attribute.name, value, kinds)

    options.setdefault("validator", one_of)
    return attrs.field(metadata={"label": Text(zh=zh, en=en), "kinds": kinds}, **options)


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

"""How the fields of the model are declared: what each is, with its label in both languages."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, Self, TypeVar, cast

import attrs

from budgetperf.exact import (
    MONEY,
    NO_WORDS,
    NUMBER,
    RATIO,
    BudgetperfError,
    Figure,
    Missing,
    Text,
    Unit,
    decimal_text,
)
from budgetperf.exact.checking import (
    EXAMPLE,
    REMEDY,
    are_plain,
    raise_errors,
    type_errors,
    values_of,
)
from budgetperf.exact.figure import is_typed, with_unit
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import as_code, literal
from budgetperf.exact.written.by_name import ByName

from .given import NOT_STATED, StatedText
from .rows import parts_of_rows

__all__ = [
    "ITEMS",
    "NOT_STATED",
    "PEOPLE",
    "REVIEWED",
    "REVIEW_SCORES",
    "SHEETS",
    "Declaration",
    "Element",
    "FigureKind",
    "Part",
    "Sign",
    "StatedText",
    "blank",
    "copied",
    "declared",
    "figure",
    "holds_typed",
    "is_words",
    "label_of",
    "part",
    "parts",
    "words",
]

PEOPLE, ITEMS, SHEETS = ("人",), ("个", "项", "个项目", "个指标"), ("份", "张")
"""What is counted, in the words that may stand behind the number."""


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
        units: what is counted there, in the words that may stand behind the number.
    """

    label: Text
    kind: FigureKind | None = None
    sign: Sign = Sign.EITHER
    of: type | None = None
    table: str = ""
    phrase: str = ""
    units: tuple[str, ...] = ()


_P = TypeVar("_P", bound="Part")


class Part(ByName, Shown):
    """A part of a report, which holds only what its fields are declared to hold."""

    # Whether figures in it were given in code as they would be printed. Each part looks at its own
    # fields only, so that a report need not be walked through for it whenever one is made.
    __slots__ = ("_holds_typed",)

    _holds_typed: bool

    def __attrs_post_init__(self) -> None:
        values, is_typed_in = values_of(self), False
        kinds = tuple(map(type, values))
        foreign: list[BudgetperfError] = []
        are_right, filled = _looked_at(type(self), kinds)  # type: ignore[arg-type]
        for place, name, declaration, is_free in filled:
            value = values[place]
            if holds_typed(value):
                is_typed_in = True
                if not is_free and isinstance(value, Figure):
                    foreign += _foreign(name, value, declaration)
        if foreign or not are_right:
            raise_errors([*type_errors(self), *foreign])
        object.__setattr__(self, "_holds_typed", is_typed_in)

    @classmethod
    def _also_wrong(cls, name: str, value: object) -> Iterable[BudgetperfError]:
        attribute = next(field for field in attrs.fields(cls) if field.name == name)  # type: ignore[arg-type]
        figure = attribute.converter(value) if attribute.converter else value
        if not isinstance(figure, Figure) or not is_typed(figure):
            return ()
        several = _may_have_figures(cls)  # type: ignore[arg-type] # classes do hash
        fields = (field for field in several if field.name == name)
        return [error for field in fields for error in _foreign(name, figure, field.declaration)]

    def __repr__(self) -> str:
        """What is stated, in one line: figures as they are printed, and what parts there are."""
        part = cast("attrs.AttrsInstance", self)
        names = (attribute.name for attribute in attrs.fields(type(part)))
        return as_code(part, **{name: _in_line(getattr(self, name)) for name in names})

    def _in_line(self) -> str:
        """What stands for it in the line of a part that holds it."""
        return f"{type(self).__name__}(…)"


def blank(kind: Callable[[], _P]) -> Callable[[], _P]:
    """What gives a part that states nothing: always the same one, since it never changes."""
    return functools.cache(kind)


def copied(part: Part, kind: type[_P], changed: Mapping[str, object]) -> _P:
    """The part as one of a class of the same fields, some of them changed.

    What stands in them is not checked again: it was in ``part``, or is of the class that was there.
    """
    made = object.__new__(kind)
    put = object.__setattr__
    for name in _names(kind):  # type: ignore[arg-type]
        put(made, name, changed[name] if name in changed else getattr(part, name))
    values: Iterable[object] = changed.values()
    if getattr(part, "_holds_typed", True):  # else only what has changed may
        values = [getattr(made, name) for _, name, *_ in _may_have_figures(kind)]  # type: ignore[arg-type]
    put(made, "_holds_typed", any(map(holds_typed, values)))
    return made


@functools.cache
def _names(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    return tuple(attribute.name for attribute in attrs.fields(kind))


def _in_line(value: object) -> str:
    """What a field holds: a figure as it is printed, with the unit of its column where the cell
    leaves it out, so that it can be typed; of parts only that there are some."""
    match value:
        case Figure():
            return literal(with_unit(value))
        case Part():
            return value._in_line()  # pyright: ignore[reportPrivateUsage]
        case tuple():
            several = cast("tuple[object, ...]", value)
            kinds = dict.fromkeys(type(item).__name__ for item in several)
            return f"({len(several)} × {', '.join(kinds)})"
        case _:
            return literal(value)


def holds_typed(value: object) -> bool:
    """Whether a figure, or one in some parts, was given in code as it would be printed."""
    if type(value) is Figure:
        return is_typed(value)
    if type(value) is Missing:
        return False
    if isinstance(value, tuple):
        return any(map(holds_typed, cast("tuple[object, ...]", value)))
    # A copy does not know it of itself, and has to be looked through.
    return isinstance(value, Part) and getattr(value, "_holds_typed", True)


class _Field(NamedTuple):
    """A field of a part that may hold figures."""

    place: int
    """Which of its fields it is, counted from 0."""
    name: str
    declaration: Declaration
    """What the model says of it."""
    is_free: bool
    """Whether a figure in it may be of any unit and sign."""


@functools.cache
def _may_have_figures(kind: type) -> tuple[_Field, ...]:
    several: list[_Field] = []
    for place, attribute in enumerate(attrs.fields(kind)):
        declaration = None if is_words(attribute) else declared(attribute)
        if declaration is not None:
            is_free = (
                declaration.kind not in _IN_UNITS_OF_THEIR_OWN
                and declaration.sign is not Sign.NEVER_NEGATIVE
            )
            several.append(_Field(place, attribute.name, declaration, is_free))
    return tuple(several)


@functools.lru_cache(maxsize=1024)  # see ``are_plain``
def _looked_at(kind: type, kinds: tuple[type, ...]) -> tuple[bool, tuple[_Field, ...]]:
    """Of a class in whose fields stand values of these classes: whether that is surely right, and
    the fields that hold a figure, or may."""
    fields = _may_have_figures(kind)
    filled = tuple(field for field in fields if kinds[field.place] is not Missing)
    return are_plain(kind, kinds), filled


_IN_UNITS_OF_THEIR_OWN = (FigureKind.WEIGHT, FigureKind.SCORE, FigureKind.COUNT)


# A document may print what a field should not hold; what is typed is taken at its word, and told.


def _foreign(name: str, figure: Figure, declaration: Declaration) -> tuple[BudgetperfError, ...]:
    """That it was typed in a unit that is not the field's, or below 0 where nothing is."""
    if not _is_unit_of(figure.unit, declaration.kind, declaration.units):
        is_share = declaration.kind is FigureKind.SCORE and figure.unit.dimension == RATIO
        message = _SHARE_OF_WEIGHT if is_share else _IN_ANOTHER_UNIT
        given = figure.text if is_share else figure.unit
        number = f"'{_number_of(figure, declaration)}'"
        message = message.fill(declaration.label, given, number)
        return (BudgetperfError("wrong-unit", message, field=name),)
    if declaration.sign is Sign.NEVER_NEGATIVE and figure.value < 0:
        message = Text(
            zh="{}不能小于 0：请写成 {}；原件如此填列的，请写成 {}",
            en="{} is never below 0: write {}, or {} where the document prints it so",
        ).fill(declaration.label, *_as_positive(figure))
        return (BudgetperfError("negative", message, field=name),)
    return ()


_IN_ANOTHER_UNIT = Text(zh="{}的单位不能是“{}”：请写成 {}", en="{} is not measured in {}: write {}")
# 90 % may be 90 points, or that share of a weight of 20.
_SHARE_OF_WEIGHT = Text(
    zh="{}须是分数，不能是 {}：是得分率的，请先乘以分值；就是分数的，请写成 {}",
    en="{} is in points, not {}: multiply a share by its weight first; where points are meant, "
    "write {}",
)


def _number_of(figure: Figure, declaration: Declaration) -> str:
    """The number without the unit: 万 is part of the number, and any other unit is not."""
    is_counted = figure.unit.dimension not in (MONEY, RATIO)
    number = figure.nominal if is_counted else Fraction(figure.value)
    return decimal_text(abs(number) if declaration.sign is Sign.NEVER_NEGATIVE else number)


def _as_positive(figure: Figure) -> tuple[str, str]:
    return f"'{abs(figure.value):f}'", f"Figure.parse('{figure.value:f}{figure.unit}')"


@functools.lru_cache(maxsize=1024)  # there are few units, and each stands in many rows
def _is_unit_of(unit: Unit, kind: FigureKind | None, units: tuple[str, ...]) -> bool:
    """Whether what is of a kind may be in a unit; what is counted, in ``units``."""
    match kind:
        case FigureKind.WEIGHT:  # in points, or as a share of the total
            return unit.dimension == RATIO or _is_points(unit)
        case FigureKind.SCORE:
            return _is_points(unit)
        case FigureKind.COUNT:
            return not unit.symbol or unit.dimension in units
        case _:
            return True


def _is_points(unit: Unit) -> bool:
    return unit.dimension == NUMBER and unit.scale == 1


class Element(Part):
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

    @classmethod
    def from_rows(
        cls, fields: str | Sequence[str], rows: Iterable[Sequence[object]]
    ) -> tuple[Self, ...]:
        """Several parts of this kind, a row each, as they would be given one by one.

        Args:
            fields: the names of the fields above the columns; in one string with blanks between.
            rows: the rows, each with what every field is given as; ``None`` is not stated.

        Raises:
            BudgetperfError: a name is no field or stands twice, a row is shorter or longer than the
                names, or cells hold what they cannot; several of these as a ``ProblemsError``,
                each with its row, counted from 0.

        >>> from budgetperf import Achievement
        >>> Achievement.from_rows("name value", [("进驻率", "97%"), ("累计办件", "16.3万件")])
        (Achievement(name='进驻率', value='97%'), Achievement(name='累计办件', value='16.3万件'))
        """
        return tuple(parts_of_rows(cls, fields, rows))


# Type checkers know that a field takes more than it holds only where ``attrs.field`` is called with
# a converter by name: so each field of the model says ``field(converter=…)`` in full, and what it
# is stands in its metadata.


def figure(
    zh: str,
    en: str,
    kind: FigureKind,
    *,
    sign: Sign | None = None,
    units: tuple[str, ...] = (),
) -> dict[str, object]:
    """What a field is that holds a figure; its sign is by default its kind's."""
    label, due = Text(zh=zh, en=en), sign or _SIGNS[kind]
    return _meta(Declaration(label=label, kind=kind, sign=due, units=units))


def words(zh: str, en: str) -> dict[str, object]:
    """What a field is that holds words."""
    return _meta(Declaration(label=Text(zh=zh, en=en)))


def part(
    kind: type, zh: str, en: str, *, table: str = "", phrase: str = "", example: str = ""
) -> dict[str, object]:
    """What a field is that holds a part of the report."""
    declaration = Declaration(label=Text(zh=zh, en=en), of=kind, table=table, phrase=phrase)
    return _meta(declaration, example)


def parts(kind: type, zh: str, en: str, *, table: str = "") -> dict[str, object]:
    """What a field is that holds several parts of one kind, in the order of the document."""
    return _meta(Declaration(label=Text(zh=zh, en=en), of=kind, table=table))


def _meta(declaration: Declaration, example: str = "") -> dict[str, object]:
    kind = declaration.kind
    example = example or _EXAMPLES.get(kind, "")
    # A rate says that it is one: the same number as a string does not.
    remedy = example if kind is FigureKind.RATE else ""
    return {"declared": declaration, EXAMPLE: example, REMEDY: remedy}


_EXAMPLES: dict[FigureKind | None, str] = {
    FigureKind.AMOUNT: "'353.21万元'",
    FigureKind.RATE: "'68.47%'",
    FigureKind.WEIGHT: "'20'",
    FigureKind.SCORE: "'19.5'",
    FigureKind.COUNT: "'12'",
    FigureKind.TARGET: "'90'",
    FigureKind.REACHED: "'99'",
    FigureKind.STATED: "'353.21万元'",
}


def declared(attribute: attrs.Attribute[Any]) -> Declaration | None:
    """What the model says of a field; ``None`` where it holds no figure, no words and no part."""
    declaration: Declaration | None = attribute.metadata.get("declared")
    return declaration


def label_of(attribute: attrs.Attribute[Any]) -> Text:
    """The label that a field of the model was declared with."""
    declaration = declared(attribute)
    return NO_WORDS if declaration is None else declaration.label


def is_words(attribute: attrs.Attribute[Any]) -> bool:
    """Whether a field of the model holds words, and no figure."""
    declaration = declared(attribute)
    return declaration is not None and declaration.kind is None and declaration.of is None


REVIEWED = ("reviewed_score", "second_reviewed_score", "third_reviewed_score")
"""The fields of scores that others gave (复核得分, 财政审核评分), one for each column of them, from
left to right."""
REVIEW_SCORES = (
    figure("复核得分", "score given on review", FigureKind.SCORE),
    figure("第二复核得分", "second score given on review", FigureKind.SCORE),
    figure("第三复核得分", "third score given on review", FigureKind.SCORE),
)
"""What each of them is, of an indicator, of budget execution and of a project."""

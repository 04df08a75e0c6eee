"""Fields of value objects: what is of the wrong type, told with what is due; what is kept."""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
import functools
import operator
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from .number import decimal_text
from .text import (
    LIST,
    NO_WORDS,
    BudgetperfError,
    FloatRefusedError,
    Labelled,
    Problem,
    ProblemsError,
    Text,
    WrongTypeError,
    compiled,
    in_brackets,
    is_float,
    shown,
)

__all__ = [
    "EXAMPLE",
    "REMEDY",
    "are_plain",
    "check_types",
    "errors_in",
    "keep",
    "not_negative",
    "positive",
    "problems_of",
    "raise_errors",
    "raise_together",
    "require",
    "required",
    "together",
    "type_errors",
    "values_of",
    "wrong_type",
]


def check_types(
    instance: attrs.AttrsInstance,
    *,
    rows: int | None = None,
) -> None:
    """Refuse fields whose values are not what their annotations say.

    Args:
        instance: the value object.
        rows: how many elements a tuple may have, where that is limited.

    Raises:
        BudgetperfError: a field has the wrong type, or too many elements; several of these as a
            ``ProblemsError``.
    """
    if rows is not None:
        long = (
            Problem(code="too-many-rows", where=f"$.{field.name}", message=_too_many(number, rows))
            for field in _fields(type(instance))
            if (number := _number_of_rows(getattr(instance, field.name))) > rows
        )
        raise_together("too-many-rows", long)
    if not are_plain(type(instance), tuple(map(type, values_of(instance)))):
        raise_errors(type_errors(instance))


def type_errors(instance: object) -> list[BudgetperfError]:
    """What is wrong with the types of the fields, each with its field."""
    return [
        _refused(field, value)
        for field in _fields(type(instance))  # type: ignore[arg-type] # classes do hash
        if not _is_right(value := getattr(instance, field.name), field)
    ]


def _is_right(value: object, field: _Field) -> bool:
    return type(value) in field.plain or _are_elements(value, field) or _is_one(value, field.kind)


def errors_in(
    kind: type[attrs.AttrsInstance], attribute: attrs.Attribute[object], value: object
) -> Iterator[BudgetperfError]:
    """What is wrong with what a field is given as, whatever the rest of the object is."""
    try:
        converter = typing.cast("object", attribute.converter)  # pyright: ignore[reportUnknownMemberType]
        if converter is not None:
            value = typing.cast("Callable[[object], object]", converter)(value)
        if attribute.validator is not None:
            attribute.validator(None, attribute, value)
    except BudgetperfError as error:
        yield error
        return
    field = next(field for field in _fields(kind) if field.name == attribute.name)
    if not _is_right(value, field):
        yield _refused(field, value)


def required(kind: type[attrs.AttrsInstance], attribute: attrs.Attribute[object]) -> WrongTypeError:
    """That a field has to be given, and what it holds."""
    field = next(field for field in _fields(kind) if field.name == attribute.name)
    due = Text(zh="或", en=" or ").join(_wanted(field.kind, None, field.example))
    message = (_REQUIRED if due.zh[0].isascii() else _REQUIRED_IN_WORDS).fill(kind.__name__, due)
    return WrongTypeError("missing-field", message, field=attribute.name)


_REQUIRED = Text(zh="{} 必须给出这一项：应为 {}", en="{} requires it: expected {}")
_REQUIRED_IN_WORDS = Text(zh="{} 必须给出这一项：应为{}", en=_REQUIRED.en)


def _are_elements(value: object, field: _Field) -> bool:
    """Whether it is several parts that are surely right."""
    return (
        type(value) is tuple
        and field.elements is not None
        and field.elements.issuperset(map(type, typing.cast("tuple[object, ...]", value)))
    )


def values_of(instance: object) -> tuple[object, ...]:
    """What stands in the fields of a value object."""
    return _getter(type(instance))(instance)  # type: ignore[arg-type]


@functools.cache
def _getter(cls: type) -> Callable[[object], tuple[object, ...]]:
    names = [field.name for field in attrs.fields(cls)]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda instance: tuple([getattr(instance, name) for name in names])


# The objects of one class hold the same kinds of things again and again: a row of a table has the
# same cells filled as those around it. What is right of one is right of all.
@functools.lru_cache(maxsize=1024)
def are_plain(cls: type, kinds: tuple[type, ...]) -> bool:
    """Whether values of these classes are surely right in the fields of a class."""
    pairs = zip(kinds, _fields(cls), strict=True)
    return all(kind in field.plain for kind, field in pairs)


def raise_errors(errors: Sequence[BudgetperfError]) -> None:
    """Raise the error of a value object as it is, or several together."""
    if len(errors) == 1:
        raise errors[0]
    raise_together("wrong-type", (problem for error in errors for problem in problems_of(error)))


_T = typing.TypeVar("_T")


def keep(instance: object, slot: str, value: _T) -> _T:
    """Put what a value object works out once into a slot of it, and hand it on.

    The slot is one of a base class, and empty until then. Not ``functools.cached_property``: for
    that attrs gives a slotted class a ``__getattr__``, and the interpreter then takes the long way
    round to every attribute of it, however plain. What is made for the time of one audit, or few
    times at all, does without slots instead, and may have such properties.
    """
    object.__setattr__(instance, slot, value)
    return value


def _refused(field: _Field, value: object) -> WrongTypeError:
    is_number = bool(field.example) or not {Fraction, Decimal}.isdisjoint(field.plain)
    if is_number and is_float(value):
        return FloatRefusedError(value, field=field.name, remedy=field.remedy)
    message = _wrong_element(field, value) or wrong_type(value, field.kind, field.example)
    return WrongTypeError("wrong-type", message, field=field.name)


def _wrong_element(field: _Field, value: object) -> Text | None:
    """Of several parts the first that is wrong; of something else, that several are due."""
    if typing.get_origin(field.kind) is not tuple:
        return None
    kind, _ = typing.get_args(field.kind)
    if isinstance(value, tuple):
        several = enumerate(typing.cast("tuple[object, ...]", value), start=1)
        number, wrong = next((n, each) for n, each in several if not _is_one(each, kind))
        return _ELEMENT.fill(number) + wrong_type(wrong, kind, field.example)
    if not field.takes_lists:
        return None
    name = typing.cast("type", kind).__name__
    return _SEVERAL.fill(name, f"[{name}(…)]", shown(value))


_ELEMENT = Text(zh="第 {} 项", en="element {}: ")
_SEVERAL = Text(
    zh="应为由 {} 组成的列表，如 {}，而不是 {}", en="expected a list of {}, such as {}, not {}"
)


def require(value: object, kind: type | types.UnionType, *, field: str) -> None:
    """Refuse what is not of a kind.

    Raises:
        WrongTypeError: it is something else (a ``TypeError``).
    """
    if not isinstance(value, kind):
        raise WrongTypeError("wrong-type", wrong_type(value, kind), field=field)


def _number_of_rows(value: object) -> int:
    return len(typing.cast("tuple[object, ...]", value)) if isinstance(value, tuple) else 0


def _too_many(number: int, most: int) -> Text:
    return Text(
        zh=f"有 {number} 项，最多 {most} 项：请确认没有重复，或拆分为几个规则集",
        en=f"{number} elements, {most} at most: make sure that none appears twice, or split it "
        "into several rule-sets",
    )


def raise_together(code: str, problems: Iterable[Problem]) -> None:
    """Raise what is wrong, if anything is.

    Raises:
        BudgetperfError: as :func:`together` makes it.
    """
    if several := tuple(problems):
        raise together(code, several)


def together(code: str, problems: Sequence[Problem]) -> BudgetperfError:
    """The error of one problem, with its own code and its place as the field; or of several."""
    if len(problems) > 1:
        return ProblemsError(code, tuple(problems))
    (problem,) = problems
    field = problem.where.removeprefix("$").removeprefix(".")
    error = WrongTypeError if problem.code == "wrong-type" else BudgetperfError
    return error(problem.code, problem.message, field=field)


def problems_of(
    error: BudgetperfError, *, within: str = "$", field: str = ""
) -> tuple[Problem, ...]:
    """What is wrong by an error, each with its place.

    Args:
        error: the error.
        within: the place of what it was raised for.
        field: the field that is wrong, where the error names none.
    """
    if isinstance(error, ProblemsError):
        return tuple(
            attrs.evolve(problem, where=within + problem.where.removeprefix("$"))
            for problem in error.problems
        )
    name = error.field or field
    where = f"{within}.{name}" if name else within
    return (Problem(code=error.code, where=where, message=error.message),)


def positive(instance: object, attribute: attrs.Attribute[Fraction], value: Fraction) -> None:
    """An attrs validator: the value is above 0."""
    if value <= 0:
        written = decimal_text(value)
        message = Text(zh=f"须大于 0，不能是 {written}", en=f"must be above 0, not {written}")
        raise BudgetperfError("not-positive", message, field=attribute.name)


def not_negative(instance: object, attribute: attrs.Attribute[Fraction], value: Fraction) -> None:
    """An attrs validator: the value is 0 or above."""
    if value < 0:
        printed = decimal_text(value)
        message = Text(
            zh=f"不能小于 0，不能是 {printed}", en=f"must not be below 0, as {printed} is"
        )
        raise BudgetperfError("negative", message, field=attribute.name)


def wrong_type(value: object, kind: object, example: str = "") -> Text:
    """That ``value`` is no ``kind``, and what is one: an example of it, in code."""
    due, given = Text(zh="或", en=" or ").join(_wanted(kind, value, example)), shown(value)
    expected = Text(zh="应为 {}，而不是 {}", en="expected {}, not {}")
    if not due.zh[0].isascii():
        expected = Text(zh="应为{}，而不是 {}", en=expected.en)
    return expected.fill(due, given) + _what_to_do(value, example)


def _what_to_do(value: object, example: str) -> Text:
    """What helps with a value that no figure is: a fraction without end, a range."""
    if not example:
        return NO_WORDS
    ratio = value if isinstance(value, Fraction) else getattr(value, "ratio", None)
    ratio = ratio if ratio is not None else getattr(value, "value", None)
    if isinstance(ratio, Fraction) and "/" in decimal_text(ratio):
        return Text(
            zh="；除不尽的数请按报告填列的位数写，如 '33.33%'",
            en="; a fraction without end is written with the decimals that the report prints, "
            "such as '33.33%'",
        )
    if isinstance(value, str) and compiled(_RANGE).fullmatch(value.strip()):
        return Text(
            zh="；区间不是一个数：请写其中一个；指标值也可分成两行指标",
            en="; a range is no number: write one; a target may also be split into two indicators",
        )
    return NO_WORDS


_RANGE = r"[0-9.]+\D{0,4}\s*(?:[-—–~～至]|到)+\s*[0-9.]+\D{0,4}"


EXAMPLE = "example"
"""The key, in the metadata of a field, of what the field may be given as, written in code."""
REMEDY = "remedy"
"""The key of what to give in place of a float, where the same number as a string will not do."""


@attrs.frozen(kw_only=True)
class _Field:
    """A field of a value object.

    Args:
        name: its name.
        kind: what its annotation says.
        plain: the classes of which a value is surely right.
        elements: of a tuple, those of which its elements are surely right.
        example: what it may be given as; ``""`` where its kind says enough.
        remedy: what to give in place of a float; ``""`` for the same number as a string.
        takes_lists: whether several may be given as a list, and not only as a tuple.
    """

    name: str
    kind: object
    plain: frozenset[object]
    elements: frozenset[object] | None
    example: str
    remedy: str
    takes_lists: bool


@functools.cache
def _fields(cls: type) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        _Field(
            name=field.name,
            kind=hints[field.name],
            plain=frozenset(_plain(hints[field.name])),
            elements=_elements(hints[field.name]),
            example=field.metadata.get(EXAMPLE, ""),
            remedy=field.metadata.get(REMEDY, ""),
            takes_lists=field.converter is not None,
        )
        for field in attrs.fields(cls)
    )


def _plain(kind: object) -> Iterator[object]:
    if isinstance(kind, types.UnionType):
        for member in typing.get_args(kind):
            yield from _plain(member)
    elif isinstance(kind, type):
        yield kind


def _name(kind: object) -> str:
    return typing.cast("type", kind).__name__


def _elements(kind: object) -> frozenset[object] | None:
    """The classes of which the elements are, where ``kind`` is a tuple of any length."""
    if typing.get_origin(kind) is not tuple:
        return None
    return frozenset(_plain(typing.get_args(kind)[0]))


def _is_one(value: object, kind: object) -> bool:
    if isinstance(kind, types.UnionType):
        return any(_is_one(value, member) for member in typing.get_args(kind))
    if typing.get_origin(kind) is tuple:
        item, _ = typing.get_args(kind)
        many = typing.cast("tuple[object, ...]", value)
        return isinstance(value, tuple) and all(_is_one(element, item) for element in many)
    is_of_kind = isinstance(value, typing.cast("type", kind))
    return is_of_kind and not isinstance(value, _NOT_ALSO.get(kind, ()))


def _is_meant(member: enum.Enum, value: object) -> bool:
    """Whether a value in the place of a member is its code, or in its name in words."""
    code: object = member.value
    label: object = getattr(member, "label", None)
    words = value.strip() if isinstance(value, str) else ""
    return code == value or (bool(words) and isinstance(label, Text) and words in label.zh)


def _named_members(kind: type[enum.Enum], value: object) -> Text:
    """The members that may be meant, in code, the nearest first; of many the first few."""
    meant = [member for member in kind if _is_meant(member, value)]
    if not meant and isinstance(value, str) and issubclass(kind, Labelled):
        meant = list(kind._near(value))  # pyright: ignore[reportPrivateUsage]
    members = meant or list(kind)
    listed = members if len(members) <= _MANY_MEMBERS else members[: _MANY_MEMBERS - 1]
    names = [_member_in_code(member, alone=len(members) == 1) for member in listed]
    is_cut = 1 < len(listed) < len(kind)
    more = Text(zh="等", en=", …") if is_cut else NO_WORDS
    return LIST.join(names) + more


_MANY_MEMBERS = 5


def _member_in_code(member: enum.Enum, *, alone: bool) -> Text:
    """A member, with its label where there are others beside it."""
    name = Text.of(f"{type(member).__name__}.{member.name}")
    if alone or not isinstance(member, Labelled):
        return name
    return name + in_brackets(member.label)


_NOT_ALSO: dict[object, type] = {int: bool, dt.date: dt.datetime}
"""What is a kind of something in Python, and yet not meant."""


def _wanted(kind: object, value: object, example: str) -> Iterator[Text]:
    """What is due, as it is written in code."""
    if isinstance(kind, types.UnionType):
        for member in typing.get_args(kind):
            yield from _wanted(member, value, example)
    elif typing.get_origin(kind) is tuple:
        item = " | ".join(dict.fromkeys(map(_name, _plain(typing.get_args(kind)[0]))))
        yield Text(zh=f"由 {item} 组成的元组 tuple，如 (…,)", en=f"a tuple of {item}, such as (…,)")
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        yield _named_members(kind, value)
    elif kind is dt.date:
        yield _a_date(value)
    elif kind is types.NoneType:
        yield Text(zh="None", en="None")
    else:
        name = typing.cast("type", kind).__name__
        if kind is str and isinstance(value, (int, float)):
            yield Text(zh="字符串（如 '{}'）", en="a string (such as '{}')").fill(shown(value))
        elif example and name != "Missing":
            yield Text(zh=f"{example} 之类", en=f"a value such as {example}")
        else:
            yield _WORDS.get(name, Text.of(f"{name}(…)"))


_DATE = re.compile(r"\s*([0-9]{4})\D+([0-9]{1,2})\D+([0-9]{1,2})(?:\D.*)?", re.DOTALL)
"""2024-04-22, 2024/4/22, 2024年4月22日, with or without a time."""


def _a_date(value: object) -> Text:
    """A date in code: the one that is meant, if the value names one."""
    day = value.date() if isinstance(value, dt.datetime) else dt.date(2024, 4, 22)
    if isinstance(value, str):
        written = _DATE.fullmatch(value)
        with contextlib.suppress(ValueError):
            day = dt.date(*map(int, written.groups())) if written else day
    return Text.of(f"datetime.date({day.year}, {day.month}, {day.day})")


_WORDS = {
    "Figure": Text(
        zh="数字（如 '353.21万元'、'68.47%'）", en="a figure (such as '353.21万元' or '68.47%')"
    ),
    "Missing": Text(zh="未填报（None）", en="None (not stated)"),
    "Text": Text(zh="Text(zh=…, en=…)", en="Text(zh=…, en=…)"),
    "Iterable": Text(zh="列表，如 […]", en="a list, such as […]"),
    "Mapping": Text(zh="字典（dict）", en="a dict"),
    "Fraction": Text(zh="数字（如 '353.21'）", en="a number (such as '353.21')"),
    "Decimal": Text(zh="数字（如 '353.21'）", en="a number (such as '353.21')"),
    "str": Text(zh="字符串（str）", en="a string (str)"),
    "int": Text(zh="整数（int）", en="a whole number (int)"),
    "bool": Text(zh="True 或 False（bool）", en="True or False (bool)"),
}

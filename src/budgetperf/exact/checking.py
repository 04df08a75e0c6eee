"""Fields of value objects that are of the wrong type, told together with what is due."""

from __future__ import annotations

import enum
import functools
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from .number import decimal_text
from .text import BudgetperfError, Problem, ProblemsError, Text

__all__ = ["check_types", "not_negative", "positive", "raise_together", "together", "wrong_type"]


def check_types(instance: attrs.AttrsInstance) -> None:
    """Refuse fields whose values are not what their annotations say.

    Raises:
        BudgetperfError: a field has the wrong type; several of these as a ``ProblemsError``.
    """
    kinds = _kinds(type(instance))
    found = (
        Problem(code="wrong-type", where=f"$.{name}", message=wrong_type(value, kind))
        for name, kind in kinds.items()
        if not _is_one(value := getattr(instance, name), kind)
    )
    raise_together("wrong-type", found)


def raise_together(code: str, problems: Iterable[Problem]) -> None:
    """Raise what is wrong, if anything is.

    Raises:
        BudgetperfError: as :func:`together` makes it.
    """
    if found := tuple(problems):
        raise together(code, found)


def together(code: str, problems: Sequence[Problem]) -> BudgetperfError:
    """The error of one problem, with its own code and its place as the field; or of several."""
    if len(problems) > 1:
        return ProblemsError(code, tuple(problems))
    (problem,) = problems
    field = problem.where.removeprefix("$").removeprefix(".")
    return BudgetperfError(problem.code, problem.message, field=field)


def positive(instance: object, attribute: attrs.Attribute[Fraction], value: Fraction) -> None:
    """An attrs validator: the value is above 0."""
    if value <= 0:
        found = decimal_text(value)
        message = Text(zh=f"须大于 0，不能是 {found}", en=f"must be above 0, not {found}")
        raise BudgetperfError("not-positive", message, field=attribute.name)


def not_negative(instance: object, attribute: attrs.Attribute[Fraction], value: Fraction) -> None:
    """An attrs validator: the value is 0 or above."""
    if value < 0:
        found = decimal_text(value)
        message = Text(zh=f"不能小于 0，不能是 {found}", en=f"must not be below 0, as {found} is")
        raise BudgetperfError("negative", message, field=attribute.name)


def wrong_type(value: object, kind: object) -> Text:
    """That ``value`` is no ``kind``, and what is one."""
    shown = repr(value)
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
    due = list(_wanted(kind, value))
    zh, en = "或".join(one.zh for one in due), " or ".join(one.en for one in due)
    return Text(zh=f"应为 {zh}，而不是 {shown}", en=f"expected {en}, not {shown}")


_LONGEST = 60


@functools.cache
def _kinds(cls: type) -> dict[str, object]:
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in attrs.fields(cls)}


def _is_one(value: object, kind: object) -> bool:
    if isinstance(kind, types.UnionType):
        return any(_is_one(value, member) for member in typing.get_args(kind))
    if typing.get_origin(kind) is tuple:
        item, _ = typing.get_args(kind)
        many = typing.cast("tuple[object, ...]", value)
        return isinstance(value, tuple) and all(_is_one(one, item) for one in many)
    is_of_kind = isinstance(value, typing.cast("type", kind))
    return is_of_kind and (kind is bool or not isinstance(value, bool))


def _wanted(kind: object, value: object) -> Iterator[Text]:
    """What is due, as it is written in code."""
    if isinstance(kind, types.UnionType):
        for member in typing.get_args(kind):
            yield from _wanted(member, value)
    elif typing.get_origin(kind) is tuple:
        item = typing.cast("type", typing.get_args(kind)[0]).__name__
        yield Text(zh=f"由 {item} 组成的元组 tuple，如 (…,)", en=f"a tuple of {item}, such as (…,)")
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        meant = [member for member in kind if member.value == value] or list(kind)
        names = [f"{kind.__name__}.{member.name}" for member in meant]
        yield Text(zh="、".join(names), en=", ".join(names))
    elif kind is types.NoneType:
        yield Text(zh="None", en="None")
    else:
        name = typing.cast("type", kind).__name__
        yield _WORDS.get(name, Text(zh=f"{name}(…)", en=f"{name}(…)"))


_WORDS = {
    "Text": Text(zh="Text(zh=…, en=…)", en="Text(zh=…, en=…)"),
    "str": Text(zh="字符串（str）", en="a string (str)"),
    "int": Text(zh="整数（int）", en="a whole number (int)"),
    "bool": Text(zh="True 或 False（bool）", en="True or False (bool)"),
    "date": Text(zh="datetime.date", en="a datetime.date"),
}

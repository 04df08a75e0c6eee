"""Value objects to plain data and back, with every problem of an input reported at its place."""

from __future__ import annotations

import datetime as dt
import enum
import types
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import attrs

from .absent import Missing
from .number import decimal_text, to_exact
from .text import BudgetperfError, Problem, ProblemsError, Text
from .unit import Unit

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import cattrs

__all__ = ["InexactNumber", "data_folder", "make_converter", "structure"]

_T = TypeVar("_T")
_Json: TypeAlias = dict[str, object]


@attrs.frozen
class InexactNumber:
    """A number with a fraction, or an exponent, as a JSON or TOML file holds it."""

    text: str


def data_folder(package: str, name: str) -> Traversable:
    """The folder ``name`` of data files inside a package."""
    from importlib import resources

    return resources.files(package) / name


def make_converter() -> cattrs.Converter:
    """A converter in which numbers are strings, keys are checked and defaults are left out."""
    import cattrs

    converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind in (bool, int, str):
        converter.register_structure_hook(kind, _checked(kind))
    converter.register_structure_hook(Fraction, lambda value, _: to_exact(_exact_input(value)))
    converter.register_structure_hook(Decimal, _to_decimal)
    converter.register_structure_hook(dt.date, _to_date)
    converter.register_structure_hook_func(_is_enum, _to_enum)
    converter.register_structure_hook(Unit, lambda value, _: Unit.of(_checked(str)(value, str)))
    converter.register_unstructure_hook(Fraction, decimal_text)
    converter.register_unstructure_hook(Decimal, lambda value: f"{value:f}")
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_unstructure_hook(Unit, lambda unit: unit.symbol)

    def stated_or_missing(value: object) -> object:
        plain = converter.unstructure(value)
        return {"missing": plain} if isinstance(value, Missing) else plain

    def hook_for(union: types.UnionType) -> Callable[[object, object], object]:
        return _structure_or_missing(converter, union)

    converter.register_unstructure_hook_func(_may_be_missing, stated_or_missing)
    converter.register_structure_hook_factory(_may_be_missing, hook_for)
    return converter


def structure(converter: cattrs.Converter, data: object, kind: type[_T], *, code: str) -> _T:
    """``data`` as a ``kind``.

    Raises:
        ProblemsError: with ``code``; every problem is listed with its place, such as
            ``$.funding.total.initial.value``.
    """
    import cattrs

    try:
        return converter.structure(data, kind)
    except (
        cattrs.BaseValidationError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ) as error:
        raise ProblemsError(code, tuple(_problems(error, "$"))) from None


def _may_be_missing(kind: object) -> bool:
    return isinstance(kind, types.UnionType) and Missing in typing.get_args(kind)


def _structure_or_missing(
    converter: cattrs.Converter, union: types.UnionType
) -> Callable[[object, object], object]:
    (kind,) = (member for member in typing.get_args(union) if member is not Missing)

    def hook(value: object, _: object) -> object:
        if isinstance(value, dict) and list(cast("_Json", value)) == ["missing"]:
            return converter.structure(cast("_Json", value)["missing"], Missing)
        return converter.structure(value, kind)

    return hook


def _checked(kind: type[Any]) -> Callable[[object, object], Any]:
    def hook(value: object, _: object) -> Any:
        if type(value) is kind:
            return value
        raise _unexpected(value, kind.__name__)

    return hook


def _exact_input(value: object) -> int | str:
    if isinstance(value, str) or type(value) is int:
        return value
    raise _unexpected(value, "str")


def _to_decimal(value: object, _: object) -> Decimal:
    exact = _exact_input(value)
    to_exact(exact)
    if isinstance(exact, str) and "/" in exact:
        raise _unexpected(value, "decimal")
    return Decimal(exact)


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _to_enum(value: object, kind: type[enum.Enum]) -> enum.Enum:
    for member in kind:
        if member.value == value:
            return member
    known = "、".join(str(member.value) for member in kind)
    raise BudgetperfError(
        "unknown-value",
        Text(zh=f"{value!r} 不在可取的值之内：{known}", en=f"{value!r} is none of: {known}"),
    )


def _to_date(value: object, _: object) -> dt.date:
    if type(value) is dt.date:
        return value
    try:
        return dt.date.fromisoformat(_checked(str)(value, str))
    except ValueError:
        raise _unexpected(value, "date") from None


_WANTED = {
    "str": Text(
        zh='字符串（数字也写成字符串，如 "353.21"）', en='a string (numbers too: "353.21")'
    ),
    "int": Text(zh="整数", en="a whole number"),
    "bool": Text(zh="true 或 false", en="true or false"),
    "date": Text(zh="日期，如 2024-04-22", en="a date, such as 2024-04-22"),
    "decimal": Text(zh='十进制数字串，如 "353.21"', en='a decimal in a string, such as "353.21"'),
}


def _unexpected(value: object, kind: str) -> BudgetperfError:
    if isinstance(value, InexactNumber):
        return BudgetperfError(
            "number-with-fraction",
            Text(
                zh=f'带小数的数字 {value.text} 不被接受：请写成字符串 "{value.text}"',
                en=f'the number {value.text} with a fraction is refused: write "{value.text}"',
            ),
        )
    wanted = _WANTED[kind]
    return BudgetperfError(
        "wrong-type",
        Text(zh=f"应为{wanted.zh}，而不是 {value!r}", en=f"expected {wanted.en}, not {value!r}"),
    )


def _problems(error: BaseException, path: str) -> Iterator[Problem]:
    """The leaves of a validation error, each with the path that leads to it."""
    import cattrs
    from cattrs import AttributeValidationNote

    if isinstance(error, cattrs.BaseValidationError):
        for inner in error.exceptions:
            step = ""
            for note in getattr(inner, "__notes__", ()):
                if isinstance(note, AttributeValidationNote):
                    step = f".{note.name}"
                else:  # of an element
                    step = f"[{note.index}]"
            yield from _problems(inner, path + step)
    elif isinstance(error, cattrs.ForbiddenExtraKeysError):
        known = [attribute.name for attribute in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields):
            yield Problem(code="unknown-key", where=f"{path}.{key}", message=_near(key, known))
    elif isinstance(error, BudgetperfError):
        where = f"{path}.{error.field}" if error.field else path
        yield Problem(code=error.code, where=where, message=error.message)
    elif isinstance(error, KeyError):
        yield Problem(
            code="missing-key",
            where=path,
            message=Text(zh=f"缺少必需的键 {error}", en=f"the required key {error} is missing"),
        )
    else:  # a list or a bare value where keys or elements are due
        yield Problem(code="wrong-shape", where=path, message=_WRONG_SHAPE)


_WRONG_SHAPE = Text(
    zh="结构不对：这里应是带键的对象或列表", en="the structure is wrong: an object or a list is due"
)


def _near(key: str, known: list[str]) -> Text:
    import difflib

    near = difflib.get_close_matches(key, known, n=2)
    options = "、".join(near or known)
    return Text(
        zh=f"没有这个键；可用的是 {options}",
        en=f"no such key; {'did you mean' if near else 'the keys are'} {options}",
    )

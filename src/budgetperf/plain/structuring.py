"""Value objects to plain data and back, with every problem of an input reported at its place."""

from __future__ import annotations

import datetime as dt
import difflib
import enum
import functools
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import attrs
import cattrs
from cattrs import AttributeValidationNote, IterableValidationError, IterableValidationNote

from budgetperf.exact.absent import Missing
from budgetperf.exact.limits import MAX_PLACES, MAX_PROBLEMS
from budgetperf.exact.number import decimal_text, to_exact
from budgetperf.exact.text import (
    LIST,
    BudgetperfError,
    Name,
    Problem,
    ProblemsError,
    Text,
    WrongTypeError,
    did_you_mean,
    in_both,
    shortened,
    shown,
)
from budgetperf.exact.unit import Unit

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "InexactNumber",
    "data_folder",
    "is_clouded",
    "make_converter",
    "shared_converter",
    "structure",
    "structured",
    "unknown_key",
]

_T = TypeVar("_T")
_Json: TypeAlias = dict[str, object]
_Steps: TypeAlias = tuple[str | int, ...]


@attrs.frozen
class InexactNumber:
    """A number with a fraction, or an exponent, as a JSON or TOML file holds it."""

    text: str

    @property
    def plain(self) -> str:
        """The number as a string that is accepted; ``""`` if there is none that is not endless."""
        mantissa, _, exponent = self.text.lower().partition("e")
        if len(mantissa) > _LONGEST or len(exponent) > 3 or not _MANTISSA.fullmatch(mantissa):
            return ""
        return f"{Decimal(self.text):f}" if abs(int(exponent or 0)) <= _LONGEST else ""


_LONGEST = 50
_MANTISSA = re.compile(r"[+-]?[0-9_]+(?:\.[0-9_]+)?")


def data_folder(package: str, name: str) -> Traversable:
    """The folder ``name`` of data files inside a package."""
    return resources.files(package) / name


@functools.cache
def shared_converter() -> cattrs.Converter:
    """The one of :func:`make_converter` that takes no hooks of its own.

    What it does for a class is compiled once, which takes longer than to read a report.
    """
    return make_converter()


def make_converter() -> cattrs.Converter:
    """A converter in which numbers are strings, keys are checked and defaults are left out."""
    converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind in (bool, int, str):
        converter.register_structure_hook(kind, _checked(kind))
    converter.register_structure_hook(Fraction, lambda value, _: to_exact(_exact_input(value)))
    converter.register_structure_hook(Decimal, _to_decimal)
    converter.register_structure_hook(dt.date, _to_date)
    converter.register_structure_hook(enum.Enum, _to_enum)
    converter.register_structure_hook(Unit, lambda value, _: Unit.of(_checked(str)(value, str)))
    converter.register_unstructure_hook(Fraction, decimal_text)
    converter.register_unstructure_hook(Decimal, lambda value: f"{value:f}")
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_unstructure_hook(Unit, lambda unit: unit.symbol)

    def several(value: object, kind: object) -> tuple[object, ...]:
        if not isinstance(value, (list, tuple)):
            raise _unexpected(value, "list")
        return _each(converter, cast("Sequence[object]", value), typing.get_args(kind))

    converter.register_structure_hook_func(_is_several, several)

    def name(value: object, _: object) -> Text:
        if isinstance(value, dict):
            return converter.structure(cast("_Json", value), Text)
        return in_both(_checked(str)(value, str))

    def one_or_both(text: Text) -> object:
        return text.zh if text.zh == text.en else converter.unstructure(text)

    converter.register_structure_hook_func(_is_name, name)
    converter.register_unstructure_hook_func(_is_name, one_or_both)

    def stated_or_missing(value: object) -> object:
        plain = converter.unstructure(value)
        return {"missing": plain} if isinstance(value, Missing) else plain

    def hook_for(union: types.UnionType) -> Callable[[object, object], object]:
        return _structure_or_missing(converter, union)

    converter.register_unstructure_hook_func(_may_be_missing, stated_or_missing)
    converter.register_structure_hook_factory(_may_be_missing, hook_for)
    return converter


def _each(
    converter: cattrs.Converter, values: Sequence[object], kinds: tuple[object, ...]
) -> tuple[object, ...]:
    """The elements of a list; of those that are wrong, as many as are told."""
    item = cast("type[object]", kinds[0])
    done: list[object] = []
    wrong: list[Exception] = []
    for index, value in enumerate(values):
        try:
            done.append(converter.structure(value, item))
        except _REFUSALS as error:
            error.add_note(IterableValidationNote(f"[{index}]", index, item))
            wrong.append(error)
            if len(wrong) > MAX_PROBLEMS:
                break
    if wrong:
        raise IterableValidationError("in a list", wrong, tuple)  # pyright: ignore[reportCallIssue]
    return tuple(done)


_REFUSALS = (ValueError, TypeError, KeyError, AttributeError, ExceptionGroup)
"""What says that data cannot be structured; a validation error of cattrs is a group."""


def structure(converter: cattrs.Converter, data: object, kind: type[_T], *, code: str) -> _T:
    """``data`` as a ``kind``.

    Raises:
        ProblemsError: with ``code``; every problem is listed with its place, such as
            ``$.funding.total.initial.value``.
    """
    built, problems = structured(converter, data, kind)
    if problems or built is None:
        raise ProblemsError(code, problems)
    return built


def structured(
    converter: cattrs.Converter,
    data: object,
    kind: type[_T],
    *,
    standins: Mapping[str, object] | None = None,
) -> tuple[_T | None, tuple[Problem, ...]]:
    """``data`` as a ``kind`` as far as it can be read, and every problem of it.

    What is wrong is mended and read again, so that one mistake does not hide another: a number
    with a fraction becomes the string that it should be, and unknown keys are left out. Beyond
    :data:`~budgetperf.exact.limits.MAX_PROBLEMS` problems it is not read on.

    Args:
        converter: one from :func:`make_converter`.
        data: plain data.
        kind: what it is read as.
        standins: what stands, by its key, for a value that cannot be read; for other values
            their defaults do. Without it nothing does.
    """
    problems: list[Problem] = []
    while True:
        try:
            return converter.structure(data, kind), tuple(problems)
        except _REFUSALS as error:
            leaves = list(_leaves(error, (), ()))
        known = {problem.where for problem in problems}
        new = [
            leaf
            for leaf in leaves
            if leaf.problem.where not in known and not is_clouded(leaf.problem.where, problems)
        ]
        if not new:
            return None, tuple(problems)
        problems += [leaf.problem for leaf in new]
        if len(problems) > MAX_PROBLEMS:
            return None, tuple(problems)
        for leaf in new:
            data = _mended(data, leaf, standins)


def is_clouded(where: str, problems: Sequence[Problem]) -> bool:
    """Whether something within ``where`` could not be read, so that the whole is not known."""
    within = (f"{where}.", f"{where}[")
    return any(other.code not in _MENDED and other.where.startswith(within) for other in problems)


_MENDED = ("number-with-fraction", "unknown-key")
"""What is known in spite of the problem."""


@attrs.frozen
class _Leaf:
    """A problem, the steps to what is to be mended, and to what around it has a default."""

    problem: Problem
    steps: _Steps
    optional: _Steps = ()


def _mended(data: object, leaf: _Leaf, standins: Mapping[str, object] | None) -> object:
    code, steps = leaf.problem.code, leaf.steps
    if code == "unknown-key":
        return _changed(data, steps, lambda _: _GONE)
    if code == "number-with-fraction":
        return _changed(data, steps, _plain)
    if standins is None:
        return data
    for depth in range(len(steps), 0, -1):
        key = str(steps[depth - 1])
        if key in standins:
            return _changed(data, steps[:depth], lambda _: standins[key])  # noqa: B023
    return _changed(data, leaf.optional, lambda _: _GONE) if leaf.optional else data


_GONE = object()


def _plain(value: object) -> object:
    return value.plain if isinstance(value, InexactNumber) else value


def _changed(data: object, steps: _Steps, change: Callable[[object], object]) -> object:
    """``data`` with what the steps lead to changed; the last key may be one that is not there."""
    if not steps:
        return change(data)
    step, *further = steps
    unchanged = data
    keys = cast("_Json", data) if isinstance(data, dict) else None
    if keys is not None and isinstance(step, str) and (step in keys or not further):
        new = _changed(keys.get(step), tuple(further), change)
        others = {key: value for key, value in keys.items() if key != step}
        return others if new is _GONE else {**others, step: new}
    items = cast("list[object]", data) if isinstance(data, list) else None
    if items is not None and isinstance(step, int) and step < len(items):
        new = _changed(items[step], tuple(further), change)
        return [*items[:step], new, *items[step + 1 :]]
    return unchanged


def _is_several(kind: object) -> bool:
    return typing.get_origin(kind) is tuple and typing.get_args(kind)[1:] == (...,)


def _is_name(kind: object) -> bool:
    return kind == Name


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
    to_exact(exact, most=MAX_PLACES)  # as long as a figure can be that was worked out
    if isinstance(exact, str) and "/" in exact:
        raise _unexpected(value, "decimal")
    return Decimal(exact)


def _to_enum(value: object, kind: type[enum.Enum]) -> enum.Enum:
    for member in kind:
        if member.value == value:
            return member
    known = [str(member.value) for member in kind]
    raise BudgetperfError(
        "unknown-value",
        Text(
            zh=f"{shown(value)} 不在可取的值之内：{'、'.join(known)}",
            en=f"{shown(value)} is none of: {', '.join(known)}",
        ),
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
    "list": Text(zh="列表，如 [ … ]", en="a list, such as [ … ]"),
    "date": Text(zh="日期，如 2024-04-22", en="a date, such as 2024-04-22"),
    "decimal": Text(zh='十进制数字串，如 "353.21"', en='a decimal in a string, such as "353.21"'),
}


def _unexpected(value: object, kind: str) -> BudgetperfError:
    if isinstance(value, InexactNumber):
        plain, written = value.plain or "353.21", shortened(value.text)
        return BudgetperfError(
            "number-with-fraction",
            Text(
                zh=f'带小数的数字 {written} 不被接受：请写成字符串 "{plain}"',
                en=f'the number {written} with a fraction is refused: write "{plain}"',
            ),
        )
    wanted = _WANTED[kind]
    return WrongTypeError(
        "wrong-type",
        Text(zh="应为{}，而不是 {}", en="expected {}, not {}").fill(wanted, shown(value)),
    )


def _leaves(error: BaseException, steps: _Steps, optional: _Steps) -> Iterator[_Leaf]:
    """The leaves of a validation error, each with the path that leads to it."""
    where = _written(steps)
    if isinstance(error, cattrs.BaseValidationError):
        for inner in error.exceptions:
            inside = (*steps, *_noted(inner))
            has_default = _has_default(error.cl, inside[-1]) if len(inside) > len(steps) else False
            yield from _leaves(inner, inside, inside if has_default else optional)
    elif isinstance(error, cattrs.ForbiddenExtraKeysError):
        known = [attribute.name for attribute in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields)[: MAX_PROBLEMS + 1]:
            problem = unknown_key(key, f"{where}.{shortened(key)}", known)
            yield _Leaf(problem, (*steps, key))
    elif isinstance(error, ProblemsError):
        for fault in error.problems:
            place = f"{where}{fault.where.removeprefix('$')}"
            yield _Leaf(attrs.evolve(fault, where=place), (*steps, *_read(fault.where)), optional)
    elif isinstance(error, BudgetperfError):
        inside = (*steps, *_read(error.field))
        problem = Problem(code=error.code, where=_written(inside), message=error.message)
        yield _Leaf(problem, inside, optional)
    elif isinstance(error, KeyError):
        message = Text(zh=f"缺少必需的键 {error}", en=f"the required key {error} is missing")
        problem = Problem(code="missing-key", where=where, message=message)
        yield _Leaf(problem, steps, optional)
    else:  # a list or a bare value where keys or elements are due
        problem = Problem(code="wrong-shape", where=where, message=_WRONG_SHAPE)
        yield _Leaf(problem, steps, optional)


def _noted(error: BaseException) -> _Steps:
    """The step that a validation error says it is at: the name of a field, or an index."""
    return tuple(
        note.name if isinstance(note, AttributeValidationNote) else note.index
        for note in getattr(error, "__notes__", ())
    )


def _has_default(cls: object, name: str | int) -> bool:
    if not (isinstance(cls, type) and attrs.has(cls)):
        return False
    field = attrs.fields_dict(cls).get(str(name))
    return field is not None and field.default is not attrs.NOTHING


def _written(steps: _Steps) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _read(place: str) -> _Steps:
    """A place such as ``weights[1].level1``, with or without a ``$`` before it, as its steps."""
    parts = re.findall(r"\[(\d+)\]|([^.\[\]$]+)", place)
    return tuple(int(index) if index else name for index, name in parts)


_WRONG_SHAPE = Text(
    zh="结构不对：这里应是带键的对象或列表",
    en="the structure is wrong: expected an object or a list",
)


def unknown_key(key: str, where: str, known: Sequence[str]) -> Problem:
    """That there is no such key, and which ones there are."""
    near = difflib.get_close_matches(key, known, n=2)
    keys = did_you_mean(near) if near else Text(zh="", en="the keys are ") + LIST.join(known)
    message = Text(zh="没有这个键；可用的是 ", en="no such key; ") + keys
    return Problem(code="unknown-key", where=where, message=message)

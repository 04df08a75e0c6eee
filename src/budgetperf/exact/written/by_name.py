"""What is given by name: fields of values, arguments of functions. What is given by position, or by
a name that no field has, is told how it is written."""

from __future__ import annotations

import difflib
import functools
import inspect
import itertools
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

import attrs

from budgetperf.exact.calls import Called
from budgetperf.exact.text import LIST, SEMICOLON, Labelled, Text, WrongTypeError, shown

from .brief import literal

__all__ = ["ByName", "by_name", "by_position", "fields_like", "unknown_fields"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class ByName(Called):
    """A value object of keyword-only fields."""

    __slots__ = ()


def unknown_fields(kind: type, unknown: Sequence[str]) -> WrongTypeError:
    """That a class has no fields of these names, and which may be meant."""
    names = sorted(field.alias for field in attrs.fields(kind) if field.init)
    message = _NO_FIELD.fill(kind.__name__, LIST.join(map(shown, unknown)))
    near = [n for name in unknown for n in fields_like(kind, name)]
    if near:
        message += _MEANT.fill(LIST.join(dict.fromkeys(near)))
    elif len(names) <= _MOST_NAMES:
        message += _THERE_ARE.fill(LIST.join(names))
    return WrongTypeError("unknown-field", message, field=unknown[0])


_NO_FIELD = Text(zh="{} 没有 {} 这一项", en="{} has no field {}")
_MEANT = Text(zh="，是否为 {}？", en=": did you mean {}?")
_THERE_ARE = Text(zh="，可写 {}", en=": it has {}")


def fields_like(kind: type, name: str) -> list[str]:
    """The fields of a class that a name may mean."""
    names = sorted(field.alias for field in attrs.fields(kind) if field.init)
    return difflib.get_close_matches(name, names, n=2)


def by_position(kind: type, given: tuple[object, ...]) -> WrongTypeError:
    """That what was given by position is to be given by name, with the call."""
    placed = [field for field in attrs.fields(kind) if field.init and not field.kw_only]
    if placed:
        return WrongTypeError(
            "by-position", _MOST.fill(kind.__name__, len(placed), _named(kind, ()))
        )
    call = _parsed(kind, given) or _named(kind, given)
    message = Text(zh="{} 的各项须写明名称：请写成 {}", en="{} takes its fields by name: write {}")
    return WrongTypeError("by-position", message.fill(kind.__name__, call))


_MOST = Text(
    zh="{} 按位置最多写 {} 项，每项只写一次：请写成 {}",
    en="{} takes at most {} of its fields by position, and each of them once: write {}",
)


def _parsed(kind: type, given: tuple[object, ...]) -> str:
    """The call that reads what was given as text in print; ``""`` if there is none."""
    is_text = len(given) == 1 and isinstance(given[0], str)
    readers = (name for name in ("parse", "of") if is_text and hasattr(kind, name))
    reader = next(readers, "")
    return f"{kind.__name__}.{reader}({literal(given[0])})" if reader else ""


def _named(kind: type, given: tuple[object, ...]) -> str:
    """The call with the names of the fields; with what was given, if that can be told of few."""
    fields = [field for field in attrs.fields(kind) if field.init]
    fields.sort(key=lambda field: field.default is not attrs.NOTHING)  # what is due comes first
    if len(fields) > _FEW or len(given) > len(fields):
        names = [f"{field.name}=…" for field in fields[:_MOST_NAMES]]
        return f"{kind.__name__}({', '.join(names)}{', …' * (len(fields) > _MOST_NAMES)})"
    hints = typing.get_type_hints(kind)
    parts = [
        f"{field.name}={_written(value, field.converter, hints[field.name])}"
        for field, value in zip(fields, given, strict=False)
    ] or [f"{field.name}=…" for field in fields]
    return f"{kind.__name__}({', '.join(parts)})"


_FEW, _MOST_NAMES = 4, 8
"""How many fields are told apart by their order, and how many names one line has."""


def _written(value: object, converter: object, hint: object) -> str:
    """A value in code: as the member that it is the code of, where only a member is taken."""
    if converter is None and isinstance(hint, type) and issubclass(hint, Labelled):
        for member in hint:
            if value in (member.value, member.label.zh):
                return literal(member)
    return literal(value)


def by_name(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function some of whose arguments are given by name: one too many by position is refused
    with the call, and so are one that is missing, and a name that no argument has."""
    code = typing.cast("types.FunctionType", function).__code__
    places = code.co_argcount

    @functools.wraps(function)
    def called(*given: _P.args, **named: _P.kwargs) -> _T:
        if len(given) > places:
            names = code.co_varnames[places : places + code.co_kwonlyargcount]
            call = _call(function.__name__, places, names, given[places:], named)
            raise WrongTypeError("by-position", _BY_NAME.fill(function.__name__, call))
        try:
            return function(*given, **named)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
                raise  # from within: the call itself fits
            wrong = _no_fit(function, given, named)
        raise wrong

    return called


def _no_fit(
    function: Callable[..., object], given: tuple[object, ...], named: Mapping[str, object]
) -> WrongTypeError:
    """That a call lacks arguments, or names some that there are not."""
    several = inspect.signature(function).parameters
    known = list(several)
    unknown = [name for name in named if name not in several]
    like = {name: difflib.get_close_matches(name, known, n=2) for name in unknown}
    meant = set(itertools.chain.from_iterable(like.values()))
    lacking = [
        name
        for name, parameter in list(several.items())[len(given) :]
        if parameter.default is parameter.empty and name not in named
    ]
    missing = [name for name in lacking if name not in meant]
    reasons: list[Text] = []
    if unknown:
        near = LIST.join(dict.fromkeys(itertools.chain.from_iterable(like.values())))
        hint = _MEANT.fill(near) if meant else _THERE_ARE.fill(LIST.join(known))
        reasons.append(_NO_ARGUMENT.fill(function.__name__, LIST.join(map(shown, unknown))) + hint)
    if missing or not unknown:
        due = [name for name in known[len(given) :] if name in named or name in lacking]
        parts = [
            "…" if several[name].kind is inspect.Parameter.POSITIONAL_ONLY else f"{name}=…"
            for name in due
        ]
        call = f"{function.__name__}({', '.join(['…'] * len(given) + parts)})"
        lacks = _LACKING.fill(function.__name__, LIST.join(missing), call)
        reasons.append(lacks if missing else _TWICE.fill(call))
    message = SEMICOLON.join(reasons)
    if missing:
        return WrongTypeError("missing-argument", message, field=missing[0])
    return WrongTypeError("unknown-argument", message, field=unknown[0] if unknown else "")


_TWICE = Text(zh="同一个参数写了两次：请写成 {}", en="an argument stands twice: write {}")
_NO_ARGUMENT = Text(zh="{} 没有参数 {}", en="{} has no argument {}")
_LACKING = Text(zh="{} 还须给出 {}：请写成 {}", en="{} also needs {}: write {}")


_BY_NAME = Text(
    zh="{} 的这些参数须写明名称：请写成 {}", en="{} takes these arguments by name: write {}"
)


def _call(
    function: str,
    places: int,
    names: tuple[str, ...],
    given: tuple[object, ...],
    named: Mapping[str, object],
) -> str:
    """A call with what was given too many, behind the names that are left."""
    left = iter(given)
    values = ((name, named[name] if name in named else next(left, _NOTHING)) for name in names)
    known = [f"{name}={_short(value)}" for name, value in values if value is not _NOTHING]
    return f"{function}({', '.join(['…'] * places + known)})"


_NOTHING = object()


def _short(value: object) -> str:
    written = literal(value)
    return written if len(written) <= _LONGEST else "…"


_LONGEST = 60
"""How many characters of a value are written out in a call."""

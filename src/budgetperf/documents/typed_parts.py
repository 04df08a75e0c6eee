"""Parts of a report in JSON as a person types them: what is typed is text there, so that it is
still as precise as its column when a report is built of it."""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, Labelled, Missing, Problem, ProblemsError
from budgetperf.exact.checking import problems_of, raise_together, require
from budgetperf.exact.figure import is_typed
from budgetperf.exact.shown import Json
from budgetperf.exact.written.foreign import Form
from budgetperf.model import Indicator, Target
from budgetperf.model.fields import Part, declared
from budgetperf.plain.structuring import shared_converter, structured

__all__ = ["part_form", "target_form"]


def part_form(kind: type[Part]) -> Form:
    """The form of a part: each of its fields as in code, or as in the JSON of a report."""
    return Form(
        read=functools.partial(_read, kind),
        write=_written,
        schema=lambda: _schema(kind),
    )


def target_form() -> Form:
    """That of a target, which may be text as it stands in print."""

    def schema() -> dict[str, Json]:
        return {"anyOf": [_schema(Target), *_AS_PRINTED]}

    return Form(read=_target, write=_target_data, schema=schema)


# Reading.


def _read(kind: type[Part], value: object) -> Part:
    require(value, Mapping, field="")
    hints = typing.get_type_hints(kind)
    typed: dict[str, object] = {}
    problems: list[Problem] = []
    for key, data in cast("Mapping[object, object]", value).items():
        name = str(key)
        try:
            typed[name] = _field(hints.get(name), data)
        except BudgetperfError as error:
            problems += _within(name, error)
    made: Part | None = None
    try:
        made = kind(**typed)
    except BudgetperfError as error:
        wrong = {problem.where for problem in problems}
        problems += [p for p in problems_of(error) if not _is_told(p, wrong)]
    raise_together("bad-json", problems)
    return cast("Part", made)


def _is_told(problem: Problem, wrong: set[str]) -> bool:
    """Whether a field is missing only because what was given there is wrong."""
    place = problem.where
    return any(where == place or where.startswith((f"{place}.", f"{place}[")) for where in wrong)


def _within(name: str, error: BudgetperfError) -> Iterator[Problem]:
    """The problems of what a field holds, with their places in the part."""
    if isinstance(error, ProblemsError):
        for problem in error.problems:
            place = problem.where.removeprefix("$")
            yield attrs.evolve(problem, where=f"$.{name}{place}")
        return
    place = error.field if error.field.startswith("[") or not error.field else f".{error.field}"
    yield Problem(code=error.code, where=f"$.{name}{place}", message=error.message)


def _field(hint: object, data: object) -> object:
    """What a field is given as: parts are made, what stands as in a report is read."""
    kind = _part_in(hint)
    if kind is None:
        keys = _keys(data)
        return _several(hint, data) if keys is None else _one(hint, keys)
    if typing.get_origin(hint) is not tuple:
        return _read_part(kind, data)
    if not isinstance(data, Sequence) or isinstance(data, str):
        return data
    done: list[object] = []
    problems: list[Problem] = []
    for index, each in enumerate(cast("Sequence[object]", data)):
        try:
            done.append(_read_part(kind, each))
        except BudgetperfError as error:
            problems += (
                attrs.evolve(problem, where=f"$[{index}]{problem.where.removeprefix('$')}")
                for problem in problems_of(error)
            )
    raise_together("bad-json", problems)
    return tuple(done)


def _read_part(kind: type[Part], data: object) -> object:
    keys = _keys(data)
    if keys is None:
        return data
    return _target(keys) if kind is Target else _read(kind, keys)


def _keys(data: object) -> Mapping[object, object] | None:
    return cast("Mapping[object, object]", data) if isinstance(data, Mapping) else None


def _one(hint: object, data: Mapping[object, object]) -> object:
    """A figure, or why there is none, as it stands in the JSON of a report."""
    if hint is None:  # no field: the class says so
        return data
    held, problems = structured(shared_converter(), data, cast("type[object]", hint))
    raise_together("bad-json", problems)
    return held


def _several(hint: object, data: object) -> object:
    """Several values that are no parts, such as notes; all else the class reads itself."""
    if typing.get_origin(hint) is not tuple or not isinstance(data, list):
        return data
    several = cast("list[object]", data)
    held, problems = structured(shared_converter(), several, cast("type[object]", hint))
    raise_together("bad-json", problems)
    return held


def _part_in(hint: object) -> type[Part] | None:
    """The class of the part, or of the parts, that a field holds."""
    kind = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
    return kind if isinstance(kind, type) and issubclass(kind, Part) else None


def _target(value: object) -> Target:
    if isinstance(value, Mapping):
        return cast("Target", _read(Target, cast("Mapping[object, object]", value)))
    if value is None:
        require(value, str, field="")
    return Indicator(target=cast("str", value)).target


# Writing.


def _written(part: Part) -> dict[str, Json]:
    """The part as in the JSON of a report, but that what was typed is text again."""
    data: dict[str, Json] = shared_converter().unstructure(part)
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(part))):
        if field.name not in data:
            continue
        value = getattr(part, field.name)
        match value:
            case Target():
                data[field.name] = _target_data(value)
            case Part():
                data[field.name] = _written(value)
            case tuple():
                several = cast("tuple[object, ...]", value)
                if all(isinstance(each, Part) for each in several):
                    data[field.name] = [_written(cast("Part", each)) for each in several]
            case Figure() if _is_as_typed(field.converter, value):
                data[field.name] = value.text
            case _:
                pass
    return data


def _is_as_typed(converter: Callable[[object], object] | None, figure: Figure) -> bool:
    """Whether its text, typed in a field, gives the figure again."""
    return is_typed(figure) and converter is not None and converter(figure.text) == figure


def _target_data(target: Target) -> Json:
    text = target.text
    if isinstance(text, str) and Target.parse(text) == target:
        return text
    return _written(target)


# The schema: of figures only the frame, which would stand here a hundred times.


def _schema(kind: type[Part]) -> dict[str, Json]:
    hints = typing.get_type_hints(kind)
    keys: dict[str, Json] = {}
    fields = [field for field in attrs.fields(cast("type[Any]", kind)) if field.init]
    for field in fields:
        declaration = declared(field)
        title: dict[str, Json] = {}
        if declaration is not None and declaration.label.zh:
            title = {"title": str(declaration.label)}
        keys[field.name] = {**title, **_field_schema(hints[field.name])}
    due: list[Json] = [field.name for field in fields if field.default is attrs.NOTHING]
    return {
        "type": "object",
        "properties": keys,
        **({"required": due} if due else {}),
        "additionalProperties": False,
    }


def _field_schema(hint: object) -> dict[str, Json]:
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if Figure in kinds:
        return {"anyOf": [_FIGURE, _MISSING, *_AS_PRINTED, {"type": "null"}]}
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _kind_schema(typing.get_args(hint)[0])}
    several: list[Json] = [_kind_schema(kind) for kind in kinds]
    if Missing in kinds:
        several.append({"type": "null"})
    return _kind_schema(hint) if len(several) == 1 else {"anyOf": several}


def _kind_schema(kind: object) -> dict[str, Json]:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if kind is Target:
        return {"anyOf": [_schema(Target), *_AS_PRINTED]}
    if isinstance(kind, type) and issubclass(kind, Part):
        return _schema(kind)
    if isinstance(kind, type) and issubclass(kind, Labelled):
        # Labels, and what labels begin with, are read, too.
        return {"type": "string", "examples": [member.value for member in kind]}
    return {"type": "object"}


_PLAIN: dict[object, dict[str, Json]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    dt.date: {"type": "string", "examples": ["2024-04-22"]},
    types.NoneType: {"type": "null"},
}
_FIGURE: dict[str, Json] = {
    "type": "object",
    "title": "填列的数字 / printed figure",
    "properties": {"value": {"type": "string"}, "unit": {"type": "string"}},
    "required": ["value"],
}
_MISSING: dict[str, Json] = {
    "type": "object",
    "title": "缺少的数字及原因 / what is missing, and why",
    "properties": {"missing": {"type": "object"}},
    "required": ["missing"],
    "additionalProperties": False,
}
_PLAIN.update({Figure: _FIGURE, Missing: _MISSING})
_AS_PRINTED: list[Json] = [{"type": "string"}, {"type": "integer"}]

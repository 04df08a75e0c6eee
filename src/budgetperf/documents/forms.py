"""Single values in JSON: what a field of another library's model is read from and written as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import attrs

from budgetperf.display.data.model import part_data, report_data
from budgetperf.display.data.schemas import schema
from budgetperf.exact import (
    Amount,
    BudgetperfError,
    Count,
    Figure,
    Points,
    Rate,
)
from budgetperf.exact.checking import problems_of, raise_together, require
from budgetperf.exact.figure import is_typed
from budgetperf.exact.shown import Json
from budgetperf.exact.written.foreign import Form, plug_form
from budgetperf.model import Indicator, SelfEvaluation, Target
from budgetperf.model.fields import is_words
from budgetperf.plain.structuring import shared_converter, structure, structured

from .json import report_of

__all__: list[str] = []

_T = TypeVar("_T")


def _in_text(kind: Callable[[str], _T], example: str, zh: str, en: str) -> Form:
    """The form of what is written as a string."""

    def read(value: object) -> _T:
        text = str(value) if type(value) is int else value
        require(text, str, field="")
        return kind(str(text))

    written: dict[str, Json] = {"type": "string", "title": f"{zh} / {en}", "examples": [example]}
    return Form(read=read, write=str, schema=lambda: written)


def _figure(value: object) -> Figure:
    if isinstance(value, str):
        return Figure.parse(value)
    return structure(shared_converter(), value, Figure, code="bad-json")


def _figure_schema() -> dict[str, Json]:
    """That of a report; text in print is read, too."""
    return {"anyOf": [_whole("Figure"), _PRINTED]}


_PRINTED: dict[str, Json] = {"type": "string", "examples": ["353.21万元"]}


def _whole(name: str) -> dict[str, Json]:
    """The schema of a part of a report, with what it refers to in its place."""
    parts = cast("dict[str, Any]", schema("report")["$defs"])

    def resolved(value: Any) -> Any:
        match value:
            case [*several]:
                return [resolved(each) for each in several]
            case {"$ref": ref, **beside}:
                return resolved(parts[ref.rpartition("/")[2]] | beside)
            case {**keys}:
                return {key: resolved(each) for key, each in keys.items()}
            case _:
                return value

    whole: dict[str, Json] = resolved(parts[name])
    return whole


# Parts of a report that a person types: what is typed is text, so that it is still as precise as
# its column when a report is built of it.


def _target(value: object) -> Target:
    if isinstance(value, Mapping):
        data = cast("Mapping[str, object]", value)
        return structure(shared_converter(), data, Target, code="bad-json")
    if value is None:
        require(value, str, field="")
    return Indicator(target=cast("str", value)).target


def _target_data(target: Target) -> Json:
    text = target.text
    if isinstance(text, str) and Target.parse(text) == target:
        return text
    return part_data(target)


def _indicator(value: object) -> Indicator:
    """An indicator of which each part is typed, or as in a report."""
    require(value, Mapping, field="")
    given = cast("Mapping[str, object]", value)
    known = attrs.fields_dict(Indicator)
    typed = {k: v for k, v in given.items() if k in known and not isinstance(v, Mapping)}
    untyped = {str(key): data for key, data in given.items() if key not in typed}
    held, problems = structured(shared_converter(), untyped, Indicator)
    try:
        built = Indicator(**typed)  # type: ignore[arg-type]
    except BudgetperfError as error:
        raise_together("bad-json", [*problems, *problems_of(error)])
        raise
    raise_together("bad-json", problems)
    return attrs.evolve(built, **{key: getattr(held, key) for key in untyped})


def _indicator_data(indicator: Indicator) -> Json:
    data = part_data(indicator)
    for name in data:
        value = getattr(indicator, name)
        if isinstance(value, Target):
            data[name] = _target_data(value)
        elif isinstance(value, Figure) and _is_as_typed(name, value):
            data[name] = value.text
    return data


def _is_as_typed(name: str, figure: Figure) -> bool:
    """Whether its text, typed in a field, gives the figure again."""
    if not is_typed(figure):
        return False
    again = getattr(Indicator(**{name: figure.text}), name)
    return bool(again == figure)


def _indicator_schema() -> dict[str, Json]:
    whole = cast("dict[str, Any]", _whole("Indicator"))
    for field in attrs.fields(Indicator):
        own = whole["properties"][field.name]
        if not is_words(field):
            whole["properties"][field.name] = {"title": own["title"], "anyOf": [own, *_TYPED]}
    return whole


_TYPED: list[Json] = [{"type": "string"}, {"type": "integer"}, {"type": "null"}]


def _target_schema() -> dict[str, Json]:
    typed: list[Json] = [{"type": "string", "examples": ["≥90%"]}, {"type": "integer"}]
    return {"anyOf": [_whole("Target"), *typed]}


def _report_schema() -> dict[str, Json]:
    """Its frame: pydantic has no place for the parts that a schema refers to."""
    whole: dict[str, Any] = schema("report")
    frame = whole["$defs"]["Document"]
    frame["properties"]["report"] = {"type": "object", "description": "budgetperf schema report"}
    return {**frame, "description": whole["$id"]}


plug_form(Amount, _in_text(Amount.parse, "353.21万元", "金额", "amount"))
plug_form(Rate, _in_text(Rate, "68.47%", "比率", "rate"))
plug_form(Points, _in_text(Points, "19.5", "分数", "points"))
plug_form(Count, _in_text(Count, "12", "个数", "count"))
plug_form(Figure, Form(read=_figure, write=shared_converter().unstructure, schema=_figure_schema))
plug_form(Target, Form(read=_target, write=_target_data, schema=_target_schema))
plug_form(Indicator, Form(read=_indicator, write=_indicator_data, schema=_indicator_schema))
plug_form(SelfEvaluation, Form(read=report_of, write=report_data, schema=_report_schema))

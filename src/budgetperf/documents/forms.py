"""Single values in JSON: what a field of another library's model is read from and written as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from budgetperf.display.data.model import report_data
from budgetperf.display.data.schemas import schema
from budgetperf.exact import Amount, Count, Figure, Points, Rate
from budgetperf.exact.checking import require
from budgetperf.exact.shown import Json
from budgetperf.exact.written.foreign import Form, plug_form
from budgetperf.model import SelfEvaluation
from budgetperf.plain.structuring import shared_converter, structure

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
    """That of a report, without references; text in print is read, too."""
    parts = cast("dict[str, Any]", schema("report")["$defs"])
    figure = parts["Figure"]
    figure["properties"]["place"]["anyOf"][0] = parts["Place"]
    return {"anyOf": [figure, {"type": "string", "examples": ["353.21万元"]}]}


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
plug_form(SelfEvaluation, Form(read=report_of, write=report_data, schema=_report_schema))

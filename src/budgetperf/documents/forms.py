"""Single values in JSON: what a field of another library's model is read from and written as."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import attrs

from budgetperf import model
from budgetperf.citations import Provision
from budgetperf.display.data.model import report_data, ruleset_data
from budgetperf.display.data.receipt import receipt_data
from budgetperf.display.data.schemas import schema
from budgetperf.exact import (
    Amount,
    BudgetperfError,
    Count,
    Figure,
    Interval,
    Missing,
    MissingReason,
    Place,
    Points,
    Rate,
    Text,
    Undefined,
    UndefinedReason,
    Unit,
)
from budgetperf.exact.checking import require
from budgetperf.exact.shown import Json
from budgetperf.exact.written.foreign import Form, plug_form
from budgetperf.model import Indicator, SelfEvaluation, Target
from budgetperf.model.fields import Part
from budgetperf.plain.structuring import shared_converter, structure
from budgetperf.receipts import Receipt
from budgetperf.receipts.receipt import Pinned
from budgetperf.rules import RuleSet, policies, ruleset
from budgetperf.rules.curve import Curve, Knot

from .json import report_of
from .typed_parts import part_form, target_form

__all__ = ["whole_schema"]

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
    return {"anyOf": [whole_schema("Figure", "report"), _PRINTED]}


_PRINTED: dict[str, Json] = {"type": "string", "examples": ["353.21万元"]}


def whole_schema(name: str, document: str) -> dict[str, Json]:
    """The schema of a class, with what it refers to in its place: pydantic has none for that."""
    parts = cast("dict[str, Any]", schema(document)["$defs"])

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


def _read_again(kind: type[object], document: str) -> Form:
    """The form of what is written and read by its fields, such as a part of a rule-set."""

    def read(value: object) -> object:
        return structure(shared_converter(), value, kind, code="bad-json")

    def written() -> dict[str, Json]:
        return whole_schema(kind.__name__, document)

    return Form(read=read, write=shared_converter().unstructure, schema=written)


# What stands in the place of a number.


def _missing(value: object) -> Missing:
    """Why there is none; also a mark as it stands in print, and nothing at all."""
    as_actual = Indicator(actual=value).actual if isinstance(value, str) else value
    if value is None or (isinstance(as_actual, Missing) and as_actual.reason not in _WORDS):
        return Missing() if value is None else cast("Missing", as_actual)
    require(value, Mapping, field="")
    data = cast("Mapping[str, object]", value)
    held = data["missing"] if list(data) == ["missing"] else data
    return structure(shared_converter(), held, Missing, code="bad-json")


_WORDS = (MissingReason.QUALITATIVE, MissingReason.DATE)


def _missing_data(missing: Missing) -> Json:
    return {"missing": cast("Json", shared_converter().unstructure(missing))}


def _undefined(value: object) -> Undefined:
    require(value, Mapping, field="")
    data = cast("Mapping[str, object]", value)
    held = data["undefined"] if list(data) == ["undefined"] else data
    return structure(shared_converter(), held, Undefined, code="bad-json")


def _undefined_data(undefined: Undefined) -> Json:
    return {"undefined": {"reason": undefined.reason.value}}


def _missing_schema() -> dict[str, Json]:
    return _wrapped("missing", whole_schema("Missing", "report"))


def _undefined_schema() -> dict[str, Json]:
    reasons: list[Json] = [reason.value for reason in UndefinedReason]
    keys: dict[str, Json] = {"reason": {"enum": reasons}}
    return _wrapped("undefined", {"type": "object", "properties": keys, "required": ["reason"]})


def _wrapped(key: str, inner: dict[str, Json]) -> dict[str, Json]:
    whole: dict[str, Json] = {"type": "object", "properties": {key: inner}, "required": [key]}
    return {**whole, "additionalProperties": False}


# A rule-set and its receipt have keys that tell what they are, beside those of their fields.


def _ruleset(value: object) -> RuleSet:
    require(value, Mapping, field="")
    data = dict(cast("Mapping[str, object]", value))
    stated_hash = data.pop("sha256", None)
    rules = structure(shared_converter(), data, RuleSet, code="bad-json")
    if stated_hash not in (None, rules.sha256):
        raise BudgetperfError("changed", _CHANGED.fill(rules.id), field="sha256")
    return rules


_CHANGED = Text(
    zh="规则集 {} 的内容与 sha256 不符：请核对来源，或去掉 sha256",
    en="the rule-set {} does not say what its sha256 is of: check where it is from, or leave "
    "sha256 out",
)


def _receipt(value: object) -> Receipt:
    require(value, Mapping, field="")
    return Receipt.parse(json.dumps(value, default=repr))


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
plug_form(Unit, _in_text(Unit.of, "万元", "单位", "unit"))
plug_form(Figure, Form(read=_figure, write=shared_converter().unstructure, schema=_figure_schema))
plug_form(Missing, Form(read=_missing, write=_missing_data, schema=_missing_schema))
plug_form(Undefined, Form(read=_undefined, write=_undefined_data, schema=_undefined_schema))

for _name in model.__all__:
    _kind: object = getattr(model, _name)
    if isinstance(_kind, type) and issubclass(_kind, Part):
        plug_form(_kind, part_form(_kind))
plug_form(Target, target_form())
plug_form(SelfEvaluation, Form(read=report_of, write=report_data, schema=_report_schema))

for _room in (policies, ruleset):
    for _name in _room.__all__:
        _kind = getattr(_room, _name)
        if isinstance(_kind, type) and attrs.has(_kind):
            plug_form(_kind, _read_again(_kind, "rules"))
for _kind in (Curve, Knot, Interval, Text, Provision):
    plug_form(_kind, _read_again(_kind, "rules"))
plug_form(Place, _read_again(Place, "report"))
plug_form(Pinned, _read_again(Pinned, "receipt"))
plug_form(
    RuleSet,
    Form(read=_ruleset, write=ruleset_data, schema=lambda: whole_schema("RuleSet", "rules")),
)
plug_form(
    Receipt,
    Form(read=_receipt, write=receipt_data, schema=lambda: whole_schema("Receipt", "receipt")),
)

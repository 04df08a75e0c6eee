"""JSON Schemas of what is read again: of reports, rule-sets and receipts, by their classes.

``budgetperf.plain.structuring`` writes them and reads them by the same fields.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import types
import typing
from collections import abc
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, cast

import attrs
from key_meanings import MEANINGS, TITLES
from key_tables import meaning

from budgetperf.exact import Figure, Missing, Place, Text, Unit
from budgetperf.exact.text import Name
from budgetperf.model import (
    FundingTotal,
    LayoutDirection,
    Reading,
    Repair,
    SelfEvaluation,
    Statement,
    ThreePublicItem,
    Unread,
)
from budgetperf.model.fields import declared, label_of
from budgetperf.receipts import Pinned, Receipt
from budgetperf.rules import RuleSet

__all__ = [
    "BOOL",
    "CLOSED",
    "COUNT",
    "DIALECT",
    "ENDS",
    "EXACT",
    "HASH",
    "LABEL",
    "LINE",
    "MESSAGE",
    "NAMES",
    "PATH",
    "RECEIPT",
    "REPORT",
    "RULES",
    "STRING",
    "TEXT",
    "Schema",
    "list_of",
    "object_of",
    "or_null",
    "receipt_parts",
    "ref",
    "report_parts",
    "ruleset_parts",
    "said",
    "text_part",
    "words",
]

Schema: TypeAlias = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECIMAL = r"^[+-]?\d+(\.\d+)?$"
NUMBER = r"^[+-]?\d+(\.\d+|/0*[1-9]\d*)?$"

REPORT = Text(zh="绩效自评报告", en="self-evaluation report")
RULES = Text(zh="规则集", en="rule-set")
RECEIPT = Text(zh="凭据", en="receipt")


def words(kind: type[enum.Enum]) -> Schema:
    """One of the members of an enumeration, with what each is called."""
    options = [{"const": one.value, "title": str(getattr(one, "label", one.value))} for one in kind]
    return {"type": "string", "oneOf": options}


def object_of(
    title: Text | None,
    properties: Mapping[str, object],
    *,
    required: typing.Iterable[str] | None = None,
    closed: bool = False,
) -> Schema:
    """An object with these keys, all of them by default required."""
    keys = list(properties) if required is None else list(required)
    return {
        "type": "object",
        **({} if title is None else {"title": str(title)}),
        "properties": dict(properties),
        **({"required": keys} if keys else {}),
        **({"additionalProperties": False} if closed else {}),
    }


def said(kind: Schema, zh: str, en: str) -> Schema:
    """The same, with what it says."""
    return {**kind, "title": f"{zh} / {en}"}


def or_null(kind: Schema) -> Schema:
    return {"anyOf": [kind, {"type": "null"}]}


def list_of(kind: Schema) -> Schema:
    return {"type": "array", "items": kind}


def pair(kind: Schema) -> Schema:
    return {"type": "array", "items": kind, "minItems": 2, "maxItems": 2}


def ref(name: str) -> Schema:
    """What is described under a name."""
    return {"$ref": f"#/$defs/{name}"}


STRING: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
BOOL: Schema = {"type": "boolean"}
EXACT: Schema = {"type": "string", "pattern": NUMBER}
ENDS = pair(or_null(EXACT))
CLOSED = pair(BOOL)
TEXT = ref("Text")
MESSAGE = said(TEXT, "说明", "message")
PATH = said(STRING, "在报告中的路径", "path in the report")
LABEL = said(TEXT, "名称", "name")
LINE = said(or_null({"type": "integer", "minimum": 1}), "行号", "line")
HASH = said({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "内容的哈希", "hash of the content")


_LABELS: dict[type, dict[str, Text]] = {
    Figure: {
        "value": Text(zh="数值，如填列", en="the number, as printed"),
        "unit": Text(zh="单位", en="unit"),
        "places": Text(zh="小数位数", en="decimals"),
        "rounding": Text(zh="舍入方式；精确数为 null", en="rounding mode; null if exact"),
        "text": Text(zh="原文", en="text as printed"),
        "path": Text(zh="在报告中的路径", en="path in the report"),
        "place": Text(zh="在原文中的位置", en="place in the source"),
    },
    Missing: {
        "reason": Text(zh="缺少的原因", en="why it is missing"),
        "text": Text(zh="原文", en="text as printed"),
        "line": Text(zh="行号", en="line"),
        "place": Text(zh="在原文中的位置", en="place in the source"),
    },
    Place: {
        "line": Text(zh="行号", en="line"),
        "column": Text(zh="表格的第几格", en="cell of a table row"),
        "page": Text(zh="PDF 的第几页", en="page of a PDF"),
        "sheet": Text(zh="工作表的名称", en="name of the sheet"),
        "cell": Text(zh="单元格，如 C12", en="cell, such as C12"),
        "table": Text(zh="第几个表格", en="which table"),
        "paragraph": Text(zh="第几段", en="which paragraph"),
    },
    Text: {"zh": Text(zh="中文", en="in Chinese"), "en": Text(zh="英文", en="in English")},
    Unread: {
        "text": Text(zh="原文", en="text as printed"),
        "line": Text(zh="行号", en="line"),
        "place": Text(zh="在原文中的位置", en="place in the source"),
        "hidden": Text(zh="是否隐藏", en="whether it does not show"),
    },
    Repair: {
        "path": Text(zh="该数的路径", en="path of the figure"),
        "line": Text(zh="行号", en="line"),
        "before": Text(zh="原文", en="text as printed"),
        "after": Text(zh="读作", en="as it was read"),
        "why": Text(zh="为何这样读", en="why it was read so"),
        "place": Text(zh="在原文中的位置", en="place in the source"),
    },
    LayoutDirection: {
        "name": Text(zh="标题或指标名称", en="heading, or name of an indicator"),
        "sign": Text(zh="运算符", en="operator"),
    },
    Reading: {
        "source": Text(zh="文件", en="file"),
        "layout": Text(zh="版式", en="layout"),
        "encoding": Text(zh="编码", en="encoding"),
        "format": Text(zh="文件的种类", en="kind of file"),
        "recognised": Text(zh="是否由图片识别而得", en="whether it was recognised from pictures"),
        "numbers": Text(zh="数字的个数", en="how many numbers it has"),
        "accounted": Text(zh="已读取的个数", en="how many were understood"),
        "unread": Text(zh="未读取的数字", en="numbers not read"),
        "notes": Text(zh="关于原文的说明", en="notes on the document"),
        "sha256": Text(zh="文件的 SHA-256", en="SHA-256 of the document"),
        "layout_sha256": Text(zh="版式内容的 SHA-256", en="SHA-256 of what the layout says"),
        "why": Text(zh="为什么按这个版式读取", en="why it was read by this layout"),
        "directions": Text(
            zh="版式规定的没有运算符的指标值的方向",
            en="directions of targets without an operator, by the layout",
        ),
        "repairs": Text(
            zh="印错而仍能读取的数", en="numbers printed wrongly that were read all the same"
        ),
    },
    Pinned: {
        "id": Text(zh="标识；文件为文件名", en="id; of a document the name of the file"),
        "sha256": Text(zh="内容的 SHA-256", en="SHA-256 of what it says"),
    },
    Receipt: {
        "made": Text(zh="用于什么", en="what it is for"),
        "version": Text(zh="库的版本", en="version of the library"),
        "report": Text(
            zh="报告内容的 SHA-256，不含读取情况",
            en="SHA-256 of the report, without how it was read",
        ),
        "result": Text(
            zh="结果的 SHA-256，不含措辞", en="SHA-256 of the result, without the words"
        ),
        "document": Text(zh="文件", en="document"),
        "layout": Text(zh="版式", en="layout"),
        "rules": Text(zh="规则集", en="rule-sets"),
        "relations": Text(zh="关系目录的 SHA-256", en="SHA-256 of the relations"),
        "trust": Text(zh="各部分的可信度", en="how much parts are trusted"),
        "directions": Text(zh="给定的方向", en="directions that were stated"),
        "outcome": Text(zh="结果概要", en="the result in short"),
        "previous": Text(zh="对照的上年报告", en="last year's report, where they were compared"),
    },
    SelfEvaluation: {
        "kind": Text(zh="评价对象", en="what is evaluated"),
        "reading": Text(zh="读取情况", en="how it was read"),
    },
}
NAMES = {
    Figure: Text(zh="填列的数字", en="printed figure"),
    Missing: Text(zh="缺少的数字及原因", en="what is missing, and why"),
    Place: Text(zh="位置", en="place"),
    Text: Text(zh="中英文", en="text in both languages"),
    Unread: Text(zh="未读取的数字", en="number not read"),
    Repair: Text(zh="印错而仍能读取的数", en="number printed wrongly that was read all the same"),
    LayoutDirection: Text(zh="版式的方向", en="direction by the layout"),
    Reading: Text(zh="读取情况", en="how it was read"),
    Pinned: Text(zh="标识与内容的哈希", en="id, and hash of what it says"),
    Receipt: RECEIPT,
    SelfEvaluation: REPORT,
    Statement: Text(zh="正文或附表", en="narrative or form"),
    FundingTotal: Text(zh="资金合计", en="total funds"),
    ThreePublicItem: Text(zh="“三公”经费的合计或一项", en="three public expenses, or one of them"),
}


def report_parts() -> Schema:
    """A report, and what it is made of."""
    schema = said({"const": "budgetperf/report/1"}, "格式标识", "id of the form")
    report = said(ref("SelfEvaluation"), REPORT.zh, REPORT.en)
    document = object_of(REPORT, {"schema": schema, "report": report}, closed=True)
    return {"Document": document, **_classes(SelfEvaluation)}


def ruleset_parts() -> Schema:
    """A rule-set, and what it is made of."""
    parts = _classes(RuleSet)
    rules = cast("Schema", parts["RuleSet"])
    cast("Schema", rules["properties"])["sha256"] = HASH
    return parts


def receipt_parts(*, closed: bool = True) -> Schema:
    """The parts of a receipt; closed where it is read again, and open within what is written."""
    schema = said({"const": "budgetperf/receipt/1"}, "格式标识", "id of the form")
    pinned, receipt = (_class(kind, closed=closed) for kind in (Pinned, Receipt))
    keys = cast("Schema", receipt["properties"])
    for part, names in ((pinned, ("sha256",)), (receipt, ("report", "result"))):
        for name in names:
            cast("dict[str, Schema]", part["properties"])[name]["pattern"] = HASH["pattern"]
    receipt["properties"] = {"schema": schema, **keys}
    receipt["required"] = ["schema", *cast("list[str]", receipt["required"])]
    return {"Pinned": pinned, "Receipt": receipt}


def _classes(root: type) -> Schema:
    """The class and those that it is made of, each under its name."""
    parts: Schema = {}
    waiting = [root]
    while waiting:
        kind = waiting.pop(0)
        if kind.__name__ not in parts:
            parts[kind.__name__] = _class(kind)
            waiting += _inside(kind)
    return dict(sorted(parts.items()))


def _class(kind: type, *, closed: bool = True) -> Schema:
    fields = [field for field in _fields(kind) if field.init]
    properties = {
        field.name: {**_kind(field.type), "title": str(_label(kind, field))} for field in fields
    }
    required = [field.name for field in fields if field.default is attrs.NOTHING]
    return object_of(_name(kind), properties, required=required, closed=closed)


def _fields(kind: type) -> tuple[attrs.Attribute[object], ...]:
    return attrs.fields(attrs.resolve_types(kind, include_extras=True))


def _name(kind: type) -> Text:
    if kind in TITLES:
        title = TITLES[kind]
        return Text(zh=title.zh.partition(" `")[0], en=title.en.partition(" `")[0])
    return NAMES.get(kind) or _called(SelfEvaluation)[kind]


@functools.cache
def _called(kind: type) -> Mapping[type, Text]:
    """The parts of a report, by the labels of the fields that hold them."""
    names: dict[type, Text] = {}
    for field in _fields(kind):
        own = declared(field)
        if own is not None and own.of is not None and own.of is not Figure:
            names = {own.of: own.label, **_called(own.of), **names}
    return names


def _label(kind: type, field: attrs.Attribute[object]) -> Text:
    if kind in MEANINGS:
        told = meaning(kind, field.name)
        return Text(zh=told.zh.replace("`", ""), en=told.en.replace("`", ""))
    label = label_of(field) if declared(field) is not None else None
    if label:
        return label
    return _LABELS[kind][field.name] if kind in _LABELS else _name(kind)


def _inside(kind: type) -> Iterator[type]:
    for field in _fields(kind):
        yield from _made_of(field.type)


def _made_of(kind: object) -> Iterator[type]:
    if kind == Name:
        yield Text
    elif inside := typing.get_args(kind):
        for one in inside:
            yield from _made_of(one)
    elif isinstance(kind, type) and attrs.has(kind) and kind is not Unit:
        yield kind


_PLAIN: dict[object, Schema] = {
    str: STRING,
    int: {"type": "integer"},
    bool: BOOL,
    types.NoneType: {"type": "null"},
    Decimal: {"anyOf": [{"type": "string", "pattern": DECIMAL}, {"type": "integer"}]},
    Fraction: {"anyOf": [{"type": "string", "pattern": NUMBER}, {"type": "integer"}]},
    dt.date: {"type": "string", "format": "date"},
    Unit: STRING,
    Name: {"anyOf": [STRING, TEXT]},
}


def _kind(kind: object) -> Schema:
    """What a field of that kind is in JSON."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if typing.get_origin(kind) is tuple:
        return list_of(_kind(typing.get_args(kind)[0]))
    if typing.get_origin(kind) is abc.Mapping:
        return {"type": "object", "additionalProperties": _kind(typing.get_args(kind)[1])}
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return {"anyOf": [_member(one) for one in typing.get_args(kind)]}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return words(kind)
    return ref(cast("type", kind).__name__)


def _member(kind: object) -> Schema:
    if kind is Missing:
        return object_of(None, {"missing": ref("Missing")}, closed=True)
    return _kind(kind)


def text_part() -> Schema:
    """Words in both languages."""
    keys = {name: said(STRING, label.zh, label.en) for name, label in _LABELS[Text].items()}
    return {"Text": object_of(NAMES[Text], keys)}

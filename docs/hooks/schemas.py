"""JSON Schemas of all JSON that the library writes: from the classes, or key by key.

What is read again, a report and a rule-set, follows the fields of its class, as
``budgetperf.plain.structuring`` writes them. What is only written is described key by key.
``budgetperf/display/schemas`` holds what this gives; a test compares the two.
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

from budgetperf.auditing import Lapse, Ruling, Since
from budgetperf.auditing.conventions.fit import Basis, Outcome
from budgetperf.exact import (
    Figure,
    Missing,
    MissingReason,
    Place,
    RoundingMode,
    Text,
    UndefinedReason,
    Unit,
)
from budgetperf.exact.text import Name
from budgetperf.model import (
    EvaluationKind,
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
from budgetperf.receipts import Aspect, Pinned, Receipt
from budgetperf.relations import Assumption, Severity, Verdict
from budgetperf.rules import Demand, Gauge, RuleSet, Status
from budgetperf.scoring import Change

__all__ = ["schemas"]

Schema: TypeAlias = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECIMAL = r"^[+-]?\d+(\.\d+)?$"
NUMBER = r"^[+-]?\d+(\.\d+|/0*[1-9]\d*)?$"


def schemas() -> dict[str, Schema]:
    """Each schema by its name."""
    return {
        "report": _document("report", 1, _REPORT, {"$ref": "#/$defs/Document"}, _report_parts()),
        "read": _document("read", 1, _READ, _one_or_more("#/$defs/Document"), _report_parts()),
        "rules": _document("rules", 1, _RULES, _one_or_more("#/$defs/RuleSet"), _ruleset_parts()),
        "audit": _document("audit", 1, _AUDIT, _one_or_more("#/$defs/Audit"), _audit_parts()),
        "check": _document("check", 1, _FINDING, {"$ref": "#/$defs/Finding"}, _finding_parts()),
        "fit": _document("fit", 1, _FIT, {"$ref": "#/$defs/Fit"}, _fit_parts()),
        "scorecard": _document(
            "scorecard", 1, _CARD, {"$ref": "#/$defs/Scorecard"}, _scorecard_parts()
        ),
        "examples": _document(
            "examples", 1, _EXAMPLES, {"$ref": "#/$defs/Examples"}, _examples_parts()
        ),
        "comparison": _document(
            "comparison", 1, _COMPARISON, {"$ref": "#/$defs/Comparison"}, _comparison_parts()
        ),
        "composition": _document(
            "composition", 1, _COMPOSITION, {"$ref": "#/$defs/Composition"}, _composition_parts()
        ),
        "diff": _document("diff", 1, _DIFF, {"$ref": "#/$defs/Drafts"}, _diff_parts()),
        "layouts": _document(
            "layouts", 1, _LAYOUTS, _one_or_more("#/$defs/Layout"), _layout_parts()
        ),
        "ledger": _document("ledger", 1, _LEDGER, {"$ref": "#/$defs/Ledger"}, _ledger_parts()),
        "receipt": _document("receipt", 1, _RECEIPT, {"$ref": "#/$defs/Receipt"}, _receipt_parts()),
        "verification": _document(
            "verification",
            1,
            _VERIFICATION,
            _one_or_more("#/$defs/Verification"),
            _verification_parts(),
        ),
    }


_REPORT = Text(zh="绩效自评报告", en="self-evaluation report")
_READ = Text(
    zh="读取的内容：一份报告，或几份报告", en="what was read: a report, or several reports"
)
_LAYOUTS = Text(zh="已知的版式：一种，或各种", en="layouts that are known: one, or all")
_RULES = Text(zh="规则集", en="rule-set")
_AUDIT = Text(zh="复核结果", en="audit")
_FINDING = Text(zh="一条结论", en="finding")
_FIT = Text(zh="哪种口径相符", en="which convention fits")
_CARD = Text(zh="计分结果", en="scorecard")
_EXAMPLES = Text(zh="算例的试算结果", en="worked examples, tried")
_RECEIPT = Text(zh="凭据", en="receipt")
_VERIFICATION = Text(zh="按凭据重做的比对", en="result repeated and compared")
_COMPOSITION = Text(zh="填报的计算", en="what was computed for a report")
_LEDGER = Text(zh="应核对的和是否核对", en="what ought to be checked, and whether it is")
_DIFF = Text(zh="两稿对比", en="two drafts compared")
_COMPARISON = Text(zh="报告对比", en="reports side by side")


def _document(name: str, version: int, title: Text, root: Schema, parts: Schema) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"urn:budgetperf:{name}:{version}",
        "title": str(title),
        **root,
        "$defs": parts,
    }


def _one_or_more(ref: str) -> Schema:
    one = {"$ref": ref}
    return {"anyOf": [one, {"type": "array", "items": one}]}


# What is read again: by the fields of the classes.

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
    },
    Place: {
        "line": Text(zh="行号", en="line"),
        "column": Text(zh="表格的第几格", en="cell of a table row"),
    },
    Text: {"zh": Text(zh="中文", en="in Chinese"), "en": Text(zh="英文", en="in English")},
    Unread: {
        "text": Text(zh="原文", en="text as printed"),
        "line": Text(zh="行号", en="line"),
    },
    Repair: {
        "path": Text(zh="该数的路径", en="path of the figure"),
        "line": Text(zh="行号", en="line"),
        "before": Text(zh="原文", en="text as printed"),
        "after": Text(zh="读作", en="as it was read"),
        "why": Text(zh="为何这样读", en="why it was read so"),
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
        "previous": Text(zh="对照的上年报告", en="last year's report, if it was held against that"),
    },
    SelfEvaluation: {
        "kind": Text(zh="评价对象", en="what is evaluated"),
        "reading": Text(zh="读取情况", en="how it was read"),
    },
}
_NAMES = {
    Figure: Text(zh="填列的数字", en="printed figure"),
    Missing: Text(zh="缺少的数字及原因", en="what is missing, and why"),
    Place: Text(zh="位置", en="place"),
    Text: Text(zh="中英文", en="text in both languages"),
    Unread: Text(zh="未读取的数字", en="number not read"),
    Repair: Text(zh="印错而仍能读取的数", en="number printed wrongly that was read all the same"),
    LayoutDirection: Text(zh="版式的方向", en="direction by the layout"),
    Reading: Text(zh="读取情况", en="how it was read"),
    Pinned: Text(zh="标识与内容的哈希", en="id, and hash of what it says"),
    Receipt: _RECEIPT,
    SelfEvaluation: _REPORT,
    Statement: Text(zh="正文或附表", en="narrative or form"),
    FundingTotal: Text(zh="资金合计", en="total funds"),
    ThreePublicItem: Text(zh="“三公”经费的合计或一项", en="three public expenses, or one of them"),
}


def _report_parts() -> Schema:
    schema = {"const": "budgetperf/report/1", "title": "格式标识 / id of the form"}
    report = _said(_ref("SelfEvaluation"), _REPORT.zh, _REPORT.en)
    document = _object(_REPORT, {"schema": schema, "report": report}, closed=True)
    return {"Document": document, **_classes(SelfEvaluation)}


def _ruleset_parts() -> Schema:
    parts = _classes(RuleSet)
    rules = cast("Schema", parts["RuleSet"])
    cast("Schema", rules["properties"])["sha256"] = _HASH
    return parts


def _receipt_parts(*, closed: bool = True) -> Schema:
    """The parts of a receipt; closed where it is read again, and open within what is written."""
    schema = _said({"const": "budgetperf/receipt/1"}, "格式标识", "id of the form")
    pinned, receipt = (_class(kind, closed=closed) for kind in (Pinned, Receipt))
    keys = cast("Schema", receipt["properties"])
    for part, names in ((pinned, ("sha256",)), (receipt, ("report", "result"))):
        for name in names:
            cast("dict[str, Schema]", part["properties"])[name]["pattern"] = _HASH["pattern"]
    receipt["properties"] = {"schema": schema, **keys}
    receipt["required"] = ["schema", *cast("list[str]", receipt["required"])]
    return {"Pinned": pinned, "Receipt": receipt}


def _verification_parts() -> Schema:
    aspects = _list(_words(Aspect))
    verification = {
        "schema": _said({"const": "budgetperf/verification/1"}, "格式标识", "id of the form"),
        "holds": _said(_BOOL, "与凭据是否一致", "whether it is as in the receipt"),
        "same": _said(aspects, "相同的", "what is the same"),
        "differing": _said(aspects, "不同的", "what differs"),
        "receipt": _said(_ref("Receipt"), "给出的凭据", "the receipt that was given"),
        "repeated": _said(_ref("Receipt"), "重做的凭据", "that of the result now"),
    }
    return {
        "Verification": _object(_VERIFICATION, verification),
        **_receipt_parts(closed=False),
    }


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
    return _object(_name(kind), properties, required=required, closed=closed)


def _fields(kind: type) -> tuple[attrs.Attribute[object], ...]:
    return attrs.fields(attrs.resolve_types(kind, include_extras=True))


def _name(kind: type) -> Text:
    if kind in TITLES:
        title = TITLES[kind]
        return Text(zh=title.zh.partition(" `")[0], en=title.en.partition(" `")[0])
    return _NAMES.get(kind) or _called(SelfEvaluation)[kind]


@functools.cache
def _called(kind: type) -> Mapping[type, Text]:
    """The parts of a report, by the labels of the fields that hold them."""
    names: dict[type, Text] = {}
    for field in _fields(kind):
        said = declared(field)
        if said is not None and said.of is not None and said.of is not Figure:
            names = {said.of: said.label, **_called(said.of), **names}
    return names


def _label(kind: type, field: attrs.Attribute[object]) -> Text:
    if kind in MEANINGS:
        said = meaning(kind, field.name)
        return Text(zh=said.zh.replace("`", ""), en=said.en.replace("`", ""))
    label = label_of(field) if declared(field) is not None else Text.of("")
    return label or _LABELS[kind][field.name] if kind in _LABELS else label or _name(kind)


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
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    Decimal: {"anyOf": [{"type": "string", "pattern": DECIMAL}, {"type": "integer"}]},
    Fraction: {"anyOf": [{"type": "string", "pattern": NUMBER}, {"type": "integer"}]},
    dt.date: {"type": "string", "format": "date"},
    Unit: {"type": "string"},
    Name: {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Text"}]},
}


def _kind(kind: object) -> Schema:
    """What a field of that kind is in JSON."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _kind(typing.get_args(kind)[0])}
    if typing.get_origin(kind) is abc.Mapping:
        return {"type": "object", "additionalProperties": _kind(typing.get_args(kind)[1])}
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return {"anyOf": [_member(one) for one in typing.get_args(kind)]}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _words(kind)
    return {"$ref": f"#/$defs/{cast('type', kind).__name__}"}


def _member(kind: object) -> Schema:
    if kind is Missing:
        return _object(None, {"missing": {"$ref": "#/$defs/Missing"}}, closed=True)
    return _kind(kind)


def _words(kind: type[enum.Enum]) -> Schema:
    options = [{"const": one.value, "title": str(getattr(one, "label", one.value))} for one in kind]
    return {"type": "string", "oneOf": options}


def _object(
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


# What is only written: key by key. Further keys may come.


def _said(kind: Schema, zh: str, en: str) -> Schema:
    return {**kind, "title": f"{zh} / {en}"}


def _or_null(kind: Schema) -> Schema:
    return {"anyOf": [kind, {"type": "null"}]}


def _list(kind: Schema) -> Schema:
    return {"type": "array", "items": kind}


def _pair(kind: Schema) -> Schema:
    return {"type": "array", "items": kind, "minItems": 2, "maxItems": 2}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_STRING: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_BOOL: Schema = {"type": "boolean"}
_EXACT: Schema = {"type": "string", "pattern": NUMBER}
_ENDS = _pair(_or_null(_EXACT))
_CLOSED = _pair(_BOOL)
_TEXT = _ref("Text")
_MESSAGE = _said(_TEXT, "说明", "message")
_PATH = _said(_STRING, "在报告中的路径", "path in the report")
_LABEL = _said(_TEXT, "名称", "name")
_LINE = _said(_or_null({"type": "integer", "minimum": 1}), "行号", "line")
_HASH = _said({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "内容的哈希", "hash of the content")
_KEY = {
    "id": _said(_STRING, "标识", "id"),
    "status": _said(_words(Status), "依据什么", "what it rests on"),
    "sha256": _HASH,
}


def _text_part() -> Schema:
    keys = {name: _said(_STRING, label.zh, label.en) for name, label in _LABELS[Text].items()}
    return {"Text": _object(_NAMES[Text], keys)}


def _finding_parts() -> Schema:
    operand = {
        "path": _said(_STRING, "报告里的路径", "path in the report"),
        "text": _said(_STRING, "原文", "text as printed"),
        "value": _said(_or_null(_EXACT), "数", "number"),
        "unit": _said(_or_null(_STRING), "单位", "unit"),
        "interval": _said(_or_null(_ENDS), "实际值的范围", "the range of true values"),
        "closed": _said(_or_null(_CLOSED), "两端是否包含在内", "whether each end belongs to it"),
        "line": _LINE,
    }
    finding = {
        "code": _said(_STRING, "检查的代码", "code of the check"),
        "verdict": _said(_words(Verdict), "结论", "verdict"),
        "severity": _said(_words(Severity), "有多要紧", "severity"),
        "relation": _said(_STRING, "关系", "relation"),
        "operands": _said(_list(_ref("Operand")), "参与的数", "figures that take part"),
        "derived": _said(_or_null(_ENDS), "按其余数字应在的范围", "range by the other figures"),
        "gap": _said(_or_null(_EXACT), "相差", "how far apart"),
        "provision": _said(_or_null(_STRING), "依据的文件", "what the rule rests on"),
        "reason": _said(_or_null(_STRING), "原因代码", "code of the reason"),
        "assumes": _said(_list(_words(Assumption)), "前提", "assumptions"),
        "message": _MESSAGE,
    }
    return {
        "Finding": _object(_FINDING, finding),
        "Operand": _object(Text(zh="参与的数", en="figure that takes part"), operand),
        **_text_part(),
    }


def _decided_finding_parts() -> Schema:
    """Findings that may say what was decided on them, and decisions that no longer apply."""
    decision = {
        "ruling": _said(_or_null(_words(Ruling)), "决定", "what was decided"),
        "reason": _said(_STRING, "理由", "why"),
        "by": _said(_STRING, "决定的人", "who decided"),
    }
    figure = {
        "path": _said(_STRING, "报告里的路径", "path in the report"),
        "text": _said(_STRING, "原文", "text as printed"),
    }
    lapsed = {
        "code": _said(_STRING, "检查的代码", "code of the check"),
        "figures": _said(_list(_ref("DecisionFigure")), "所依据的数", "figures it rests on"),
        **decision,
        "lapse": _said(_words(Lapse), "为何不再适用", "why it no longer applies"),
        "message": _MESSAGE,
    }
    parts = _finding_parts()
    finding = cast("Schema", parts["Finding"])
    own = cast("Schema", finding["properties"])
    said = _said(_ref("Decision"), "复核决定", "what was decided on it")
    return {
        **parts,
        "Finding": {**finding, "properties": {**own, "decision": said}},
        "Decision": _object(Text(zh="复核决定", en="decision"), decision),
        "DecisionFigure": _object(Text(zh="所依据的数", en="figure it rests on"), figure),
        "Lapsed": _object(Text(zh="不再适用的决定", en="lapsed decision"), lapsed),
    }


def _ledger_parts() -> Schema:
    duty = {
        "code": _said(_STRING, "代码", "code"),
        "title": _said(_TEXT, "应当成立的", "what should hold"),
        "checked": _said(_BOOL, "是否核对", "whether it is checked"),
        "relations": _said(_list(_STRING), "由哪些关系核对", "the relations that check it"),
        "why": _said(_or_null(_ref("Text")), "为何没有核对", "why it is not checked"),
    }
    ledger = {
        "schema": _said({"const": "budgetperf/ledger/1"}, "格式标识", "id of the form"),
        "relations_sha256": _said(_HASH, "关系目录的散列值", "hash of the relations"),
        "duties": _said(_list(_ref("Duty")), "应核对的", "what ought to be checked"),
    }
    return {
        "Ledger": _object(_LEDGER, ledger),
        "Duty": _object(Text(zh="应核对的", en="something that ought to be checked"), duty),
        **_text_part(),
    }


def _diff_parts() -> Schema:
    parts = _decided_finding_parts()
    finding = cast("Schema", parts["Finding"])
    own = cast("Schema", finding["properties"])
    since = {
        "since": _said(_words(Since), "两稿之间的情况", "what became of it"),
        "figures_changed": _said(_BOOL, "数字是否改动", "whether its figures changed"),
    }
    required = [*since, *cast("list[str]", finding["required"])]
    figure = {
        "path": _said(_STRING, "报告里的路径", "path in the report"),
        "label": _LABEL,
        "before": _said(_or_null(_STRING), "原稿", "in the old draft"),
        "after": _said(_or_null(_STRING), "新稿", "in the new draft"),
    }
    drafts = {
        "schema": _said({"const": "budgetperf/diff/1"}, "格式标识", "id of the form"),
        "summary": _said(_ref("Summary"), "各种情况的条数", "how many of each"),
        "figures": _said(_list(_ref("Redrawn")), "改动的数字", "figures that changed"),
        "findings": _said(_list(_ref("Finding")), "结论", "findings"),
        "lapsed": _said(_list(_ref("Lapsed")), "不再适用的决定", "lapsed decisions"),
    }
    summary = {one.value: _said(_COUNT, one.label.zh, one.label.en) for one in Since}
    return {
        **parts,
        "Finding": {**finding, "properties": {**since, **own}, "required": required},
        "Drafts": _object(_DIFF, drafts),
        "Redrawn": _object(Text(zh="改动的数字", en="figure that changed"), figure),
        "Summary": _object(Text(zh="各种情况的条数", en="how many of each"), summary),
    }


_OPTIONAL = ("lapsed", "previous")


def _audit_parts() -> Schema:
    places = _list(_COUNT)
    report = {
        "department": _said(_or_null(_STRING), "部门（单位）名称", "department"),
        "project": _said(_STRING, "项目名称", "project"),
        "year": _said(_or_null({"type": "integer"}), "年度", "year"),
        "source": _said(_or_null(_STRING), "文件名", "name of the file"),
    }
    rules = {**_KEY, "effective": _said(_or_null(_STRING), "施行日期", "in force from")}
    reading = {
        "numbers": _said(_COUNT, "数字的个数", "how many numbers it has"),
        "accounted": _said(_COUNT, "已读取的个数", "how many were understood"),
        "unread": _said(_list(_ref("Unread")), "未读取的数字", "numbers not read"),
        "repairs": _said(
            _list(_ref("Repair")),
            "印错而仍能读取的数",
            "numbers printed wrongly that were read all the same",
        ),
    }
    unread = {"text": _said(_STRING, "原文", "text as printed"), "line": _LINE}
    repair = {
        "path": _said(_STRING, "该数的路径", "path of the figure"),
        "line": _LINE,
        "before": _said(_STRING, "原文", "text as printed"),
        "after": _said(_STRING, "读作", "as it was read"),
        "why": _said(_TEXT, "为何这样读", "why it was read so"),
    }
    summary = {one.value: _said(_COUNT, one.label.zh, one.label.en) for one in Verdict}
    cause = {
        "verdict": _said(_words(Verdict), "其中最重的结论", "the gravest verdict"),
        "findings": _said(places, "涉及的结论", "its findings, by their places"),
        "diagnoses": _said(_list(places), "各个诊断", "diagnoses: places of suspects"),
        "further": _said(_COUNT, "另有几个诊断", "how many further diagnoses"),
        "undecided": _said(_or_null(_STRING), "未能判定的原因", "why it is undecided"),
        "message": _MESSAGE,
        "consequences": _said(_list(_TEXT), "更正后的影响", "what follows once it is mended"),
    }
    suspect = {
        "cause": _said(_COUNT, "属于哪个原因", "place of its cause"),
        "path": _said(_STRING, "报告里的路径", "path in the report"),
        "text": _said(_STRING, "原文", "text as printed"),
        "line": _LINE,
        "others": _said(_list(_STRING), "须一并更正的数", "what is to be corrected with it"),
        "unit": _said(_STRING, "单位", "unit"),
        "admissible": _said(_ENDS, "其余的数留给它的值", "values that the others leave"),
        "closed": _said(_CLOSED, "两端是否包含在内", "whether each end belongs to it"),
        "becomes": _said(_or_null(_STRING), "应填列的数", "how it should be printed"),
        "unique": _said(_BOOL, "诊断是否唯一", "whether the diagnosis is the only one"),
        "convicted_by": _said(places, "与它不能同时成立的结论", "findings against it"),
        "acquitted_by": _said(places, "有它参与而成立的结论", "findings that hold with it"),
        "explanations": _said(
            _list(_ref("Explanation")), "可能的由来", "how it may have come about"
        ),
        "message": _MESSAGE,
    }
    explanation = {
        "kind": _said(_STRING, "差错的种类", "kind of slip"),
        "before": _said(_or_null(_STRING), "出错以前的数", "the figure before the slip"),
        "figures": _said(_list(_STRING), "用到的其他数", "other figures that it uses"),
        "tried": _said(_COUNT, "推算过多少种", "how many were tried"),
        "chance": _said(_EXACT, "预计碰巧相符的有多少", "how many fit by chance, expected"),
        "message": _MESSAGE,
    }
    audit = {
        "schema": _said({"const": "budgetperf/audit/1"}, "格式标识", "id of the form"),
        "report": _said(_ref("Report"), "报告", "report"),
        "previous": _said(_ref("Report"), "对照的上年报告", "last year's report, held against it"),
        "ruleset": _said(_or_null(_ref("RuleSet")), "规则集", "rule-set"),
        "reading": _said(_or_null(_ref("Reading")), "读取情况", "how it was read"),
        "summary": _said(_ref("Summary"), "各种结论的条数", "how many of each verdict"),
        "detail": _said(
            {"enum": ["causes", "findings", "all"]}, "列出哪些结论", "which findings are listed"
        ),
        "causes": _said(_list(_ref("Cause")), "各个原因", "causes"),
        "suspects": _said(_list(_ref("Suspect")), "可疑的数", "suspects"),
        "findings": _said(_list(_ref("Finding")), "列出的结论", "the findings that are listed"),
        "remarks": _said(
            _list(_TEXT),
            "说明，如规则集不适用于报告年度",
            "remarks, such as on the age of the rule-set",
        ),
        "lapsed": _said(_list(_ref("Lapsed")), "不再适用的决定", "lapsed decisions"),
        "receipt": _said(_ref("Receipt"), _RECEIPT.zh, _RECEIPT.en),
    }
    return {
        "Audit": _object(_AUDIT, audit, required=[key for key in audit if key not in _OPTIONAL]),
        "Cause": _object(
            Text(zh="原因", en="cause"), cause, required=[k for k in cause if k != "consequences"]
        ),
        "Explanation": _object(Text(zh="可能的由来", en="explanation"), explanation),
        "Reading": _object(_NAMES[Reading], reading),
        "Repair": _object(_NAMES[Repair], repair),
        "Report": _object(_REPORT, report, required=[key for key in report if key != "project"]),
        "RuleSet": _object(_RULES, rules),
        "Summary": _object(Text(zh="各种结论的条数", en="how many of each verdict"), summary),
        "Suspect": _object(Text(zh="可疑的数", en="suspect"), suspect),
        "Unread": _object(_NAMES[Unread], unread),
        **_receipt_parts(closed=False),
        **_decided_finding_parts(),
    }


def _fit_parts() -> Schema:
    findings = _list(_ref("Finding"))
    candidate = {
        "id": _said(_STRING, "标识", "id"),
        "status": _KEY["status"],
        "sha256": _HASH,
        "outcome": _said(_words(Outcome), "是否相符", "whether it fits"),
        "holding": _said(_COUNT, "成立的有多少", "how many hold"),
        "by_judgement": _said(_COUNT, "由评价人判断的有多少", "how many are a judgement"),
        "refuting": _said(_COUNT, "不成立的有多少", "how many do not hold"),
        "refutation": _said(
            _or_null(_ref("Finding")), "最有力的反证", "what speaks against it most"
        ),
        "undecided": _said(findings, "未能判定的", "what is undecided"),
    }
    candidates = {
        "candidates": _said(_list(_ref("Candidate")), "各种口径", "conventions"),
        "unexplained": _said(findings, "哪种口径都不能解释的", "what none explains"),
    }
    row = {
        "bases": _said(_or_null(_list(_words(Basis))), "相符的依据", "bases that fit"),
        "exact_ratio": _said(_ref("Finding"), "按精确的比率", "by the exact ratio"),
        "printed_rate": _said(_ref("Finding"), "按填列的比率", "by the printed rate"),
    }
    basis = {
        "ruleset": _said(_STRING, "规则集", "rule-set"),
        "outcomes": _said(
            {"type": "object", "additionalProperties": _words(Outcome)},
            "各种依据是否相符",
            "whether each basis fits",
        ),
        "rows": _said(_list(_ref("BasisRow")), "各行", "rows"),
    }
    one = _ref("Candidates")
    fit = {
        "schema": _said({"const": "budgetperf/fit/1"}, "格式标识", "id of the form"),
        "rules": _said(one, "规则集", "rule-sets"),
        "deviation": _said(one, "偏差率的口径", "definitions of the deviation"),
        "rounding": _said(one, "舍入方式", "rounding modes"),
        "basis": _said(_list(_ref("BasisFit")), "得分所依据的比率", "what scores follow from"),
        "receipt": _said(_or_null(_ref("Receipt")), _RECEIPT.zh, _RECEIPT.en),
    }
    optional = ("status", "sha256")
    return {
        "BasisFit": _object(Text(zh="得分所依据的比率", en="what scores follow from"), basis),
        "BasisRow": _object(Text(zh="一行的得分", en="score of a row"), row),
        "Candidate": _object(
            Text(zh="一种口径", en="convention"),
            candidate,
            required=[key for key in candidate if key not in optional],
        ),
        "Candidates": _object(Text(zh="各种口径", en="conventions"), candidates),
        "Fit": _object(_FIT, fit),
        **_receipt_parts(closed=False),
        **_finding_parts(),
    }


def _scorecard_parts() -> Schema:
    demands = _said(_list(_words(Demand)), "要求", "what is demanded")
    remarks = _said(_list(_TEXT), "说明", "remarks")
    steps = _said(_list(_ref("Step")), "计算步骤", "steps")
    points = _or_null(_EXACT)
    line = {
        "name": _said(_STRING, "名称", "name"),
        "weight": _said(points, "分值", "weight"),
        "stated": _said(points, "填列得分", "score as stated"),
        "score": _said(points, "应得分数", "score due"),
        "admissible": _said(_or_null(_STRING), "可取的范围", "admissible range"),
        "possible": _said(
            _or_null(_STRING), "按实际值可能的得分", "scores possible for the true values"
        ),
        "path": _said(_or_null(_STRING), "在报告中的路径", "path in the report"),
        "steps": steps,
        "why": _said(_or_null(_TEXT), "没有得分的原因", "why there is no score"),
        "reason": _said(_or_null(_STRING), "原因代码", "code of the reason"),
        "status": _said(_or_null(_words(Status)), "依据什么", "what it rests on"),
        "excluded": _said(_BOOL, "不计入", "whether it does not count"),
        "demands": demands,
        "remarks": remarks,
    }
    cap = {
        "on": _said(_words(Gauge), "取决于", "what it depends on"),
        "most": _said(_EXACT, "总分上限", "the most points"),
        "status": _said(_or_null(_words(Status)), "依据什么", "what it rests on"),
    }
    step = {
        "zh": _said(_STRING, "中文", "in Chinese"),
        "en": _said(_STRING, "英文", "in English"),
        "value": _said(_EXACT, "值", "value"),
    }
    card = {
        "schema": _said({"const": "budgetperf/scorecard/1"}, "格式标识", "id of the form"),
        "ruleset": _said(_ref("RuleSet"), "规则集", "rule-set"),
        "lines": _said(_list(_ref("Line")), "各行", "lines"),
        "total": _said(points, "总分", "total"),
        "subtotal": _said(points, "指标得分小计", "points of the indicators alone"),
        "admissible": _said(_or_null(_STRING), "总分可取的范围", "admissible range of the total"),
        "rating": _said(_or_null(_STRING), "评价等级", "rating"),
        "rating_status": _said(
            _or_null(_words(Status)), "评价等级依据什么", "what the rating rests on"
        ),
        "caps": _said(_list(_ref("Cap")), "用到的总分上限", "caps that apply"),
        "steps": steps,
        "demands": demands,
        "remarks": remarks,
        "receipt": _said(_or_null(_ref("Receipt")), _RECEIPT.zh, _RECEIPT.en),
    }
    return {
        "Cap": _object(Text(zh="总分上限", en="cap on the total"), cap),
        "Line": _object(
            Text(zh="一行", en="line"),
            line,
            required=[key for key in line if key not in ("possible", "path")],
        ),
        "RuleSet": _object(_RULES, _KEY),
        "Scorecard": _object(_CARD, card),
        "Step": _object(Text(zh="计算步骤", en="step"), step),
        **_receipt_parts(closed=False),
        **_text_part(),
    }


def _examples_parts() -> Schema:
    mismatch = {
        "key": _said(_STRING, "算例的键", "key of the example"),
        "where": _said(_TEXT, "何处", "where"),
        "due": _said(_STRING, "应为", "due"),
        "found": _said(_STRING, "算得", "computed"),
    }
    example = {
        "name": _said(_TEXT, "名称", "name"),
        "holds": _said(_BOOL, "是否相符", "whether it holds"),
        "mismatches": _said(_list(_ref("Mismatch")), "不同之处", "differences"),
    }
    examples = {
        "schema": _said({"const": "budgetperf/examples/1"}, "格式标识", "id of the form"),
        "ruleset": _said(_ref("RuleSet"), "规则集", "rule-set"),
        "examples": _said(_list(_ref("Example")), "算例", "examples"),
    }
    return {
        "Example": _object(Text(zh="算例", en="worked example"), example),
        "Examples": _object(_EXAMPLES, examples),
        "Mismatch": _object(Text(zh="不同之处", en="difference"), mismatch),
        "RuleSet": _object(_RULES, _KEY),
        **_text_part(),
    }


def _composition_parts() -> Schema:
    computed = {
        "path": _PATH,
        "label": _LABEL,
        "text": _said(_STRING, "算得的数，如填列", "the figure, as printed"),
        "value": _said(_or_null(_EXACT), "数", "number"),
        "unit": _said(_or_null(_STRING), "单位", "unit"),
        "exact": _said(_or_null(_EXACT), "舍入以前的精确值", "the exact value before rounding"),
        "rounding": _said(
            _or_null(_words(RoundingMode)),
            "舍入方式；没有舍去什么的为 null",
            "rounding mode; null if nothing was rounded away",
        ),
        "code": _said(_STRING, "由哪一条关系算得", "code of the relation"),
        "how": _said(_TEXT, "由何算得", "what it was computed from"),
        "from": _said(_list(_STRING), "所用的数的路径", "paths of the figures used"),
        "steps": _said(_list(_ref("Step")), "计分的步骤", "steps of a score"),
    }
    left_open = {
        "path": _PATH,
        "label": _LABEL,
        "reason": _said(_STRING, "原因代码", "code of the reason"),
        "why": _said(_TEXT, "原因", "why"),
        "admissible": _said(
            _or_null(_STRING), "可取的范围，以基本单位计", "the values admitted, in base units"
        ),
    }
    asked = {
        "path": _said(_or_null(_STRING), "填在报告的何处", "where it is to stand"),
        "label": _LABEL,
        "codes": _said(_list(_STRING), "哪些关系要求", "the relations that ask"),
        "why": _said(_TEXT, "原因", "why"),
    }
    composition = {
        "schema": _said({"const": "budgetperf/composition/1"}, "格式标识", "id of the form"),
        "ruleset": _said(_or_null(_ref("RuleSet")), "规则集", "rule-set"),
        "computed": _said(_list(_ref("Computed")), "算得的数", "what was computed"),
        "left_open": _said(_list(_ref("LeftOpen")), "待填的数", "what was left open"),
        "asked": _said(_list(_ref("Asked")), "须说明的原因", "reasons that are due"),
        "conflicts": _said(_list(_ref("Finding")), "所填与其余不符", "stated and in conflict"),
        "receipt": _said(_ref("Receipt"), "凭据", "receipt"),
    }
    step = {
        "zh": _said(_STRING, "中文", "in Chinese"),
        "en": _said(_STRING, "英文", "in English"),
        "value": _said(_EXACT, "数", "number"),
    }
    return {
        "Asked": _object(Text(zh="须说明的原因", en="reason that is due"), asked),
        "Composition": _object(_COMPOSITION, composition),
        "Computed": _object(Text(zh="算得的数", en="computed figure"), computed),
        "LeftOpen": _object(Text(zh="待填的数", en="figure left open"), left_open),
        "RuleSet": _object(_RULES, _KEY),
        "Step": _object(Text(zh="计算步骤", en="step"), step),
        **_finding_parts(),
        **_receipt_parts(closed=False),
    }


def _layout_parts() -> Schema:
    layout = {
        "id": _said(_STRING, "标识", "id"),
        "title": _said(_TEXT, "读取哪种报告", "what it reads"),
        "kind": _said(_words(EvaluationKind), "评价对象", "what such a report evaluates"),
        "seen": _said(_list(_STRING), "见于何处", "where such forms were seen"),
        "words": _said(_list(_STRING), "据以识别的单元格文字", "words that it is told by"),
    }
    one = _object(Text(zh="版式", en="layout"), layout, required=["id", "title"])
    return {"Layout": one, **_text_part()}


def _comparison_parts() -> Schema:
    absent = {"anyOf": [_words(MissingReason), _words(UndefinedReason), {"type": "null"}]}
    unit = _said(_or_null(_STRING), "单位", "unit")
    value = {
        "text": _said(_TEXT, "数或缺少的原因", "the figure in words, or why there is none"),
        "value": _said(_or_null(_EXACT), "数", "number"),
        "unit": unit,
        "missing": _said(absent, "缺少的原因", "why there is none"),
    }
    change = {
        "change": _said(_words(Change), "与前一份相比", "against the report before"),
        "by": _said(_or_null(_EXACT), "增减多少", "by how much"),
        "unit": unit,
    }
    row = {
        "key": _said(_STRING, "标识", "id"),
        "title": _said(_TEXT, "名称", "name"),
        "values": _said(_list(_ref("Value")), "各份报告的数", "what each report says"),
        "changes": _said(_list(_ref("Change")), "各份与前一份相比", "each against the one before"),
        "note": _said(_or_null(_TEXT), "备注", "note"),
    }
    comparison = {
        "schema": _said({"const": "budgetperf/comparison/1"}, "格式标识", "id of the form"),
        "reports": _said(_list(_STRING), "各份报告的名称", "names of the reports"),
        "rows": _said(_list(_ref("Row")), "各行", "rows"),
    }
    return {
        "Change": _object(Text(zh="变化", en="change"), change),
        "Comparison": _object(_COMPARISON, comparison),
        "Row": _object(Text(zh="一行", en="row"), row),
        "Value": _object(Text(zh="一份报告的数", en="what a report says"), value),
        **_text_part(),
    }

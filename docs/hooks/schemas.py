"""JSON Schemas of all JSON that the library writes.

What is read again, a report and a rule-set, follows the fields of its class; what is only written
is described here, key by key, and further keys may come. ``budgetperf/display/schemas`` holds what
this gives; a test compares the two.
"""

from __future__ import annotations

from typing import cast

from class_schemas import (
    BOOL,
    CLOSED,
    COUNT,
    DIALECT,
    ENDS,
    EXACT,
    HASH,
    LABEL,
    LINE,
    MESSAGE,
    NAMES,
    PATH,
    RECEIPT,
    REPORT,
    RULES,
    STRING,
    TEXT,
    Schema,
    list_of,
    object_of,
    or_null,
    receipt_parts,
    ref,
    report_parts,
    ruleset_parts,
    said,
    text_part,
    words,
)

from budgetperf.auditing import Lapse, Ruling, Since
from budgetperf.auditing.conventions.fit import Basis, Outcome
from budgetperf.exact import MissingReason, Place, RoundingMode, Text, UndefinedReason
from budgetperf.frames import RowStatus
from budgetperf.model import EvaluationKind, Reading, Repair, Unread
from budgetperf.receipts import Aspect
from budgetperf.relations import Assumption, Severity, Verdict
from budgetperf.rules import Demand, Gauge, Status
from budgetperf.scoring import Change

__all__ = ["schemas"]


def schemas() -> dict[str, Schema]:
    """Each schema by its name."""
    return {
        "report": _document("report", 1, REPORT, ref("Document"), report_parts()),
        "read": _document("read", 1, _READ, _one_or_more("Document"), report_parts()),
        "rules": _document("rules", 1, RULES, _one_or_more("RuleSet"), ruleset_parts()),
        "audit": _document("audit", 1, _AUDIT, _AUDITS, _audit_parts()),
        "check": _document("check", 1, _FINDING, ref("Finding"), _finding_parts()),
        "fit": _document("fit", 1, _FIT, ref("Fit"), _fit_parts()),
        "scorecard": _document("scorecard", 1, _CARD, ref("Scorecard"), _scorecard_parts()),
        "examples": _document("examples", 1, _EXAMPLES, ref("Examples"), _examples_parts()),
        "comparison": _document(
            "comparison", 1, _COMPARISON, ref("Comparison"), _comparison_parts()
        ),
        "composition": _document(
            "composition", 1, _COMPOSITION, ref("Composition"), _composition_parts()
        ),
        "diff": _document("diff", 1, _DIFF, ref("Drafts"), _diff_parts()),
        "layouts": _document("layouts", 1, _LAYOUTS, _one_or_more("Layout"), _layout_parts()),
        "ledger": _document("ledger", 1, _LEDGER, ref("Ledger"), _ledger_parts()),
        "receipt": _document("receipt", 1, RECEIPT, ref("Receipt"), receipt_parts()),
        "table": _document("table", 1, _TABLE, ref("Table"), _table_parts()),
        "verification": _document(
            "verification",
            1,
            _VERIFICATION,
            _one_or_more("Verification"),
            _verification_parts(),
        ),
    }


_READ = Text(
    zh="读取的内容：一份报告，或几份报告", en="what was read: a report, or several reports"
)
_LAYOUTS = Text(zh="已知的版式：一种，或各种", en="layouts that are known: one, or all")
_AUDIT = Text(zh="复核结果", en="audit")
_FINDING = Text(zh="一条结论", en="finding")
_FIT = Text(zh="哪种口径相符", en="which convention fits")
_CARD = Text(zh="计分结果", en="scorecard")
_EXAMPLES = Text(zh="算例的试算结果", en="worked examples, tried")
_VERIFICATION = Text(zh="按凭据重做的比对", en="result repeated and compared")
_COMPOSITION = Text(zh="填报的计算", en="what was computed for a report")
_LEDGER = Text(zh="应核对的和是否核对", en="what ought to be checked, and whether it is")
_DIFF = Text(zh="两稿对比", en="two drafts compared")
_TABLE = Text(zh="整表的计算", en="whole table, worked on")
_COMPARISON = Text(zh="报告对比", en="reports side by side")


def _document(name: str, version: int, title: Text, root: Schema, parts: Schema) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"urn:budgetperf:{name}:{version}",
        "title": str(title),
        **root,
        "$defs": parts,
    }


def _one_or_more(name: str) -> Schema:
    return {"anyOf": [ref(name), list_of(ref(name))]}


_AUDITS: Schema = {"anyOf": [ref("Audit"), list_of({"anyOf": [ref("Audit"), ref("Refusal")]})]}
_KEY = {
    "id": said(STRING, "标识", "id"),
    "status": said(words(Status), "依据什么", "what it rests on"),
    "sha256": HASH,
}


_FROM_1: Schema = {"type": "integer", "minimum": 1}
_PLACE = said(ref("Place"), "位置", "place")


def _finding_parts() -> Schema:
    operand = {
        "path": said(STRING, "报告里的路径", "path in the report"),
        "text": said(STRING, "原文", "text as printed"),
        "value": said(or_null(EXACT), "数", "number"),
        "unit": said(or_null(STRING), "单位", "unit"),
        "interval": said(or_null(ENDS), "实际值的范围", "the range of true values"),
        "closed": said(or_null(CLOSED), "两端是否包含在内", "whether each end belongs to it"),
        "line": LINE,
        "place": _PLACE,
    }
    place = {
        "line": said(_FROM_1, "行号", "line"),
        "column": said(_FROM_1, "表格的第几格", "cell of a table row"),
        "page": said(_FROM_1, "PDF 的第几页", "page of a PDF"),
        "sheet": said(STRING, "工作表的名称", "name of the sheet"),
        "cell": said(STRING, "单元格，如 C12", "cell, such as C12"),
        "table": said(_FROM_1, "第几个表格", "which table"),
        "paragraph": said(_FROM_1, "第几段", "which paragraph"),
    }
    finding = {
        "code": said(STRING, "检查的代码", "code of the check"),
        "verdict": said(words(Verdict), "结论", "verdict"),
        "severity": said(words(Severity), "有多要紧", "severity"),
        "relation": said(STRING, "关系", "relation"),
        "operands": said(list_of(ref("Operand")), "参与的数", "figures that take part"),
        "derived": said(or_null(ENDS), "按其余数字应在的范围", "range by the other figures"),
        "gap": said(or_null(EXACT), "相差", "how far apart"),
        "provision": said(or_null(STRING), "依据的文件", "what the rule rests on"),
        "reason": said(or_null(STRING), "原因代码", "code of the reason"),
        "assumes": said(list_of(words(Assumption)), "前提", "assumptions"),
        "message": MESSAGE,
    }
    return {
        "Finding": object_of(_FINDING, finding),
        "Operand": object_of(
            Text(zh="参与的数", en="figure that takes part"),
            operand,
            required=[key for key in operand if key != "place"],
        ),
        "Place": object_of(NAMES[Place], place, required=["line"]),
        **text_part(),
    }


def _decided_finding_parts() -> Schema:
    """Findings that may say what was decided on them, and decisions that no longer apply."""
    decision = {
        "ruling": said(or_null(words(Ruling)), "决定", "what was decided"),
        "reason": said(STRING, "理由", "why"),
        "by": said(STRING, "决定的人", "who decided"),
    }
    figure = {
        "path": said(STRING, "报告里的路径", "path in the report"),
        "text": said(STRING, "原文", "text as printed"),
    }
    lapsed = {
        "code": said(STRING, "检查的代码", "code of the check"),
        "figures": said(list_of(ref("DecisionFigure")), "所依据的数", "figures it rests on"),
        **decision,
        "lapse": said(words(Lapse), "为何不再适用", "why it no longer applies"),
        "message": MESSAGE,
    }
    parts = _finding_parts()
    finding = cast("Schema", parts["Finding"])
    own = cast("Schema", finding["properties"])
    decided = said(ref("Decision"), "复核决定", "what was decided on it")
    return {
        **parts,
        "Finding": {**finding, "properties": {**own, "decision": decided}},
        "Decision": object_of(Text(zh="复核决定", en="decision"), decision),
        "DecisionFigure": object_of(Text(zh="所依据的数", en="figure it rests on"), figure),
        "Lapsed": object_of(Text(zh="不再适用的决定", en="lapsed decision"), lapsed),
    }


def _ledger_parts() -> Schema:
    duty = {
        "code": said(STRING, "代码", "code"),
        "title": said(TEXT, "应当成立的", "what should hold"),
        "checked": said(BOOL, "是否核对", "whether it is checked"),
        "relations": said(list_of(STRING), "由哪些关系核对", "the relations that check it"),
        "why": said(or_null(ref("Text")), "为何没有核对", "why it is not checked"),
    }
    ledger = {
        "schema": said({"const": "budgetperf/ledger/1"}, "格式标识", "id of the form"),
        "relations_sha256": said(HASH, "关系目录的散列值", "hash of the relations"),
        "duties": said(list_of(ref("Duty")), "应核对的", "what ought to be checked"),
    }
    return {
        "Ledger": object_of(_LEDGER, ledger),
        "Duty": object_of(Text(zh="应核对的", en="something that ought to be checked"), duty),
        **text_part(),
    }


def _diff_parts() -> Schema:
    parts = _decided_finding_parts()
    finding = cast("Schema", parts["Finding"])
    own = cast("Schema", finding["properties"])
    since = {
        "since": said(words(Since), "两稿之间的情况", "what became of it"),
        "figures_changed": said(BOOL, "数字是否改动", "whether its figures changed"),
    }
    required = [*since, *cast("list[str]", finding["required"])]
    figure = {
        "path": said(STRING, "报告里的路径", "path in the report"),
        "label": LABEL,
        "before": said(or_null(STRING), "原稿", "in the old draft"),
        "after": said(or_null(STRING), "新稿", "in the new draft"),
    }
    drafts = {
        "schema": said({"const": "budgetperf/diff/1"}, "格式标识", "id of the form"),
        "summary": said(ref("Summary"), "各种情况的条数", "how many of each"),
        "figures": said(list_of(ref("Redrawn")), "改动的数字", "figures that changed"),
        "findings": said(list_of(ref("Finding")), "结论", "findings"),
        "lapsed": said(list_of(ref("Lapsed")), "不再适用的决定", "lapsed decisions"),
    }
    summary = {one.value: said(COUNT, one.label.zh, one.label.en) for one in Since}
    return {
        **parts,
        "Finding": {**finding, "properties": {**since, **own}, "required": required},
        "Drafts": object_of(_DIFF, drafts),
        "Redrawn": object_of(Text(zh="改动的数字", en="figure that changed"), figure),
        "Summary": object_of(Text(zh="各种情况的条数", en="how many of each"), summary),
    }


_OPTIONAL = ("lapsed", "previous")


def _audit_parts() -> Schema:
    places = list_of(COUNT)
    report = {
        "department": said(or_null(STRING), "部门（单位）名称", "department"),
        "project": said(STRING, "项目名称", "project"),
        "year": said(or_null({"type": "integer"}), "年度", "year"),
        "source": said(or_null(STRING), "文件名", "name of the file"),
    }
    rules = {**_KEY, "effective": said(or_null(STRING), "施行日期", "in force from")}
    reading = {
        "numbers": said(COUNT, "数字的个数", "how many numbers it has"),
        "accounted": said(COUNT, "已读取的个数", "how many were understood"),
        "unread": said(list_of(ref("Unread")), "未读取的数字", "numbers not read"),
        "repairs": said(
            list_of(ref("Repair")),
            "印错而仍能读取的数",
            "numbers printed wrongly that were read all the same",
        ),
    }
    way = {
        "format": said(STRING, "文件的种类", "kind of file"),
        "layout": said(STRING, "版式的标识", "id of the layout"),
        "why": said(TEXT, "为什么按这个版式读取", "why it was read by this layout"),
        "notes": said(list_of(TEXT), "关于原文的说明", "notes on the document"),
    }
    unread = {"text": said(STRING, "原文", "text as printed"), "line": LINE, "place": _PLACE}
    repair = {
        "path": said(STRING, "该数的路径", "path of the figure"),
        "line": LINE,
        "before": said(STRING, "原文", "text as printed"),
        "after": said(STRING, "读作", "as it was read"),
        "why": said(TEXT, "为何这样读", "why it was read so"),
        "place": _PLACE,
    }
    summary = {one.value: said(COUNT, one.label.zh, one.label.en) for one in Verdict}
    cause = {
        "verdict": said(words(Verdict), "其中最重的结论", "the gravest verdict"),
        "findings": said(places, "涉及的结论", "its findings, by their places"),
        "diagnoses": said(list_of(places), "各个诊断", "diagnoses: places of suspects"),
        "further": said(COUNT, "另有几个诊断", "how many further diagnoses"),
        "undecided": said(or_null(STRING), "未能判定的原因", "why it is undecided"),
        "message": MESSAGE,
        "consequences": said(list_of(TEXT), "更正后的影响", "what follows once it is mended"),
        "blamed": said(
            list_of(ref("Blamed")), "最可能有误的数", "the figures that are likeliest to be wrong"
        ),
        "concerns": said(list_of(ref("Concern")), "涉及的结论", "its findings, by their names"),
    }
    figure = {
        "path": said(STRING, "报告里的路径", "path in the report"),
        "text": said(STRING, "原文", "text as printed"),
        "line": LINE,
        "place": _PLACE,
    }
    blamed = {
        **figure,
        "becomes": said(or_null(STRING), "应填列的数", "how it should be printed"),
    }
    concern = {
        "code": said(STRING, "检查的代码", "code of the check"),
        "verdict": said(words(Verdict), "结论", "verdict"),
        "title": said(TEXT, "名称", "title"),
        "figures": said(list_of(ref("Figure")), "用到的数", "its figures"),
        "decision": said(ref("Decision"), "复核人的决定", "decision of the reviewer"),
    }
    refusal = {
        "schema": said({"const": "budgetperf/refusal/1"}, "格式标识", "id of the form"),
        "source": said(STRING, "文件", "file"),
        "code": said(STRING, "原因代码", "code of the reason"),
        "message": MESSAGE,
    }
    suspect = {
        "cause": said(COUNT, "属于哪个原因", "place of its cause"),
        "path": said(STRING, "报告里的路径", "path in the report"),
        "text": said(STRING, "原文", "text as printed"),
        "line": LINE,
        "place": _PLACE,
        "others": said(list_of(STRING), "须一并更正的数", "what is to be corrected with it"),
        "unit": said(STRING, "单位", "unit"),
        "admissible": said(ENDS, "其余的数留给它的值", "values that the others leave"),
        "closed": said(CLOSED, "两端是否包含在内", "whether each end belongs to it"),
        "becomes": said(or_null(STRING), "应填列的数", "how it should be printed"),
        "unique": said(BOOL, "诊断是否唯一", "whether the diagnosis is the only one"),
        "convicted_by": said(places, "与它不能同时成立的结论", "findings against it"),
        "acquitted_by": said(places, "有它参与而成立的结论", "findings that hold with it"),
        "explanations": said(
            list_of(ref("Explanation")), "可能的由来", "how it may have come about"
        ),
        "message": MESSAGE,
    }
    explanation = {
        "kind": said(STRING, "差错的种类", "kind of slip"),
        "before": said(or_null(STRING), "出错以前的数", "the figure before the slip"),
        "figures": said(list_of(STRING), "用到的其他数", "other figures that it uses"),
        "tried": said(COUNT, "推算过多少种", "how many were tried"),
        "chance": said(EXACT, "预计碰巧相符的有多少", "how many fit by chance, expected"),
        "message": MESSAGE,
    }
    audit = {
        "schema": said({"const": "budgetperf/audit/1"}, "格式标识", "id of the form"),
        "report": said(ref("Report"), "报告", "report"),
        "previous": said(ref("Report"), "对照的上年报告", "last year's report, compared with it"),
        "ruleset": said(or_null(ref("RuleSet")), "规则集", "rule-set"),
        "reading": said(or_null(ref("Reading")), "读取情况", "how it was read"),
        "summary": said(ref("Summary"), "各种结论的条数", "how many of each verdict"),
        "detail": said(
            {"enum": ["causes", "findings", "all"]}, "列出哪些结论", "which findings are listed"
        ),
        "causes": said(list_of(ref("Cause")), "各个原因", "causes"),
        "suspects": said(list_of(ref("Suspect")), "可疑的数", "suspects"),
        "findings": said(list_of(ref("Finding")), "列出的结论", "the findings that are listed"),
        "remarks": said(
            list_of(TEXT),
            "说明，如规则集不适用于报告年度",
            "remarks, such as on the age of the rule-set",
        ),
        "lapsed": said(list_of(ref("Lapsed")), "不再适用的决定", "lapsed decisions"),
        "receipt": said(ref("Receipt"), RECEIPT.zh, RECEIPT.en),
    }
    return {
        "Audit": object_of(_AUDIT, audit, required=[k for k in audit if k not in _OPTIONAL]),
        "Blamed": object_of(
            Text(zh="最可能有误的数", en="figure to blame"),
            blamed,
            required=[key for key in blamed if key != "place"],
        ),
        "Cause": object_of(
            Text(zh="原因", en="cause"),
            cause,
            required=[k for k in cause if k not in ("consequences", "blamed", "concerns")],
        ),
        "Concern": object_of(
            Text(zh="涉及的结论", en="finding that it concerns"),
            concern,
            required=[k for k in concern if k != "decision"],
        ),
        "Explanation": object_of(Text(zh="可能的由来", en="explanation"), explanation),
        "Figure": object_of(
            Text(zh="用到的数", en="figure"), figure, required=["path", "text", "line"]
        ),
        "Reading": object_of(NAMES[Reading], {**reading, **way}, required=list(reading)),
        "Refusal": object_of(
            Text(zh="没有得出结果的文件", en="file that was not audited"), refusal
        ),
        "Repair": object_of(
            NAMES[Repair], repair, required=[key for key in repair if key != "place"]
        ),
        "Report": object_of(REPORT, report, required=[key for key in report if key != "project"]),
        "RuleSet": object_of(RULES, rules),
        "Summary": object_of(Text(zh="各种结论的条数", en="how many of each verdict"), summary),
        "Suspect": object_of(
            Text(zh="可疑的数", en="suspect"),
            suspect,
            required=[key for key in suspect if key != "place"],
        ),
        "Unread": object_of(NAMES[Unread], unread, required=["text", "line"]),
        **receipt_parts(closed=False),
        **_decided_finding_parts(),
    }


def _fit_parts() -> Schema:
    findings = list_of(ref("Finding"))
    candidate = {
        "id": said(STRING, "标识", "id"),
        "status": _KEY["status"],
        "sha256": HASH,
        "outcome": said(words(Outcome), "是否相符", "whether it fits"),
        "holding": said(COUNT, "成立的有多少", "how many hold"),
        "by_judgement": said(COUNT, "由评价人判断的有多少", "how many are a judgement"),
        "refuting": said(COUNT, "不成立的有多少", "how many do not hold"),
        "refutation": said(or_null(ref("Finding")), "最有力的反证", "what speaks against it most"),
        "undecided": said(findings, "未能判定的", "what is undecided"),
    }
    candidates = {
        "candidates": said(list_of(ref("Candidate")), "各种口径", "conventions"),
        "unexplained": said(findings, "哪种口径都不能解释的", "what none explains"),
    }
    row = {
        "bases": said(or_null(list_of(words(Basis))), "相符的依据", "bases that fit"),
        "exact_ratio": said(ref("Finding"), "按精确的比率", "by the exact ratio"),
        "printed_rate": said(ref("Finding"), "按填列的比率", "by the printed rate"),
    }
    basis = {
        "ruleset": said(STRING, "规则集", "rule-set"),
        "outcomes": said(
            {"type": "object", "additionalProperties": words(Outcome)},
            "各种依据是否相符",
            "whether each basis fits",
        ),
        "rows": said(list_of(ref("BasisRow")), "各行", "rows"),
    }
    one = ref("Candidates")
    fit = {
        "schema": said({"const": "budgetperf/fit/1"}, "格式标识", "id of the form"),
        "rules": said(one, "规则集", "rule-sets"),
        "deviation": said(one, "偏差率的口径", "definitions of the deviation"),
        "rounding": said(one, "舍入方式", "rounding modes"),
        "basis": said(list_of(ref("BasisFit")), "得分所依据的比率", "what scores follow from"),
        "receipt": said(or_null(ref("Receipt")), RECEIPT.zh, RECEIPT.en),
    }
    optional = ("status", "sha256")
    return {
        "BasisFit": object_of(Text(zh="得分所依据的比率", en="what scores follow from"), basis),
        "BasisRow": object_of(Text(zh="一行的得分", en="score of a row"), row),
        "Candidate": object_of(
            Text(zh="一种口径", en="convention"),
            candidate,
            required=[key for key in candidate if key not in optional],
        ),
        "Candidates": object_of(Text(zh="各种口径", en="conventions"), candidates),
        "Fit": object_of(_FIT, fit),
        **receipt_parts(closed=False),
        **_finding_parts(),
    }


def _scorecard_parts() -> Schema:
    demands = said(list_of(words(Demand)), "要求", "what is demanded")
    remarks = said(list_of(TEXT), "说明", "remarks")
    steps = said(list_of(ref("Step")), "计算步骤", "steps")
    points = or_null(EXACT)
    line = {
        "name": said(STRING, "名称", "name"),
        "weight": said(points, "分值", "weight"),
        "stated": said(points, "填列得分", "score as stated"),
        "score": said(points, "应得分数", "score due"),
        "admissible": said(or_null(STRING), "可取的范围", "admissible range"),
        "possible": said(
            or_null(STRING), "按实际值可能的得分", "scores possible for the true values"
        ),
        "path": said(or_null(STRING), "在报告中的路径", "path in the report"),
        "steps": steps,
        "why": said(or_null(TEXT), "没有得分的原因", "why there is no score"),
        "reason": said(or_null(STRING), "原因代码", "code of the reason"),
        "status": said(or_null(words(Status)), "依据什么", "what it rests on"),
        "excluded": said(BOOL, "不计入", "whether it does not count"),
        "demands": demands,
        "remarks": remarks,
    }
    cap = {
        "on": said(words(Gauge), "取决于", "what it depends on"),
        "most": said(EXACT, "总分上限", "the most points"),
        "status": said(or_null(words(Status)), "依据什么", "what it rests on"),
    }
    step = {
        "zh": said(STRING, "中文", "in Chinese"),
        "en": said(STRING, "英文", "in English"),
        "value": said(EXACT, "值", "value"),
    }
    card = {
        "schema": said({"const": "budgetperf/scorecard/1"}, "格式标识", "id of the form"),
        "ruleset": said(ref("RuleSet"), "规则集", "rule-set"),
        "lines": said(list_of(ref("Line")), "各行", "lines"),
        "total": said(points, "总分", "total"),
        "subtotal": said(points, "指标得分小计", "points of the indicators alone"),
        "admissible": said(or_null(STRING), "总分可取的范围", "admissible range of the total"),
        "rating": said(or_null(STRING), "评价等级", "rating"),
        "rating_status": said(
            or_null(words(Status)), "评价等级依据什么", "what the rating rests on"
        ),
        "caps": said(list_of(ref("Cap")), "用到的总分上限", "caps that apply"),
        "steps": steps,
        "demands": demands,
        "remarks": remarks,
        "receipt": said(or_null(ref("Receipt")), RECEIPT.zh, RECEIPT.en),
    }
    return {
        "Cap": object_of(Text(zh="总分上限", en="cap on the total"), cap),
        "Line": object_of(
            Text(zh="一行", en="line"),
            line,
            required=[key for key in line if key not in ("possible", "path")],
        ),
        "RuleSet": object_of(RULES, _KEY),
        "Scorecard": object_of(_CARD, card),
        "Step": object_of(Text(zh="计算步骤", en="step"), step),
        **receipt_parts(closed=False),
        **text_part(),
    }


def _examples_parts() -> Schema:
    mismatch = {
        "key": said(STRING, "算例的键", "key of the example"),
        "where": said(TEXT, "何处", "where"),
        "due": said(STRING, "应为", "due"),
        "found": said(STRING, "算得", "computed"),
    }
    example = {
        "name": said(TEXT, "名称", "name"),
        "holds": said(BOOL, "是否相符", "whether it holds"),
        "mismatches": said(list_of(ref("Mismatch")), "不同之处", "differences"),
    }
    examples = {
        "schema": said({"const": "budgetperf/examples/1"}, "格式标识", "id of the form"),
        "ruleset": said(ref("RuleSet"), "规则集", "rule-set"),
        "examples": said(list_of(ref("Example")), "算例", "examples"),
    }
    return {
        "Example": object_of(Text(zh="算例", en="worked example"), example),
        "Examples": object_of(_EXAMPLES, examples),
        "Mismatch": object_of(Text(zh="不同之处", en="difference"), mismatch),
        "RuleSet": object_of(RULES, _KEY),
        **text_part(),
    }


def _composition_parts() -> Schema:
    computed = {
        "path": PATH,
        "label": LABEL,
        "text": said(STRING, "算得的数，如填列", "the figure, as printed"),
        "value": said(or_null(EXACT), "数", "number"),
        "unit": said(or_null(STRING), "单位", "unit"),
        "exact": said(or_null(EXACT), "舍入以前的精确值", "the exact value before rounding"),
        "rounding": said(
            or_null(words(RoundingMode)),
            "舍入方式；没有舍去什么的为 null",
            "rounding mode; null if nothing was rounded away",
        ),
        "code": said(STRING, "由哪一条关系算得", "code of the relation"),
        "how": said(TEXT, "由何算得", "what it was computed from"),
        "from": said(list_of(STRING), "所用的数的路径", "paths of the figures used"),
        "steps": said(list_of(ref("Step")), "计分的步骤", "steps of a score"),
    }
    left_open = {
        "path": PATH,
        "label": LABEL,
        "reason": said(STRING, "原因代码", "code of the reason"),
        "why": said(TEXT, "原因", "why"),
        "admissible": said(
            or_null(STRING), "可取的范围，以基本单位计", "the values admitted, in base units"
        ),
    }
    asked = {
        "path": said(or_null(STRING), "填在报告的何处", "where it is to stand"),
        "label": LABEL,
        "codes": said(list_of(STRING), "哪些关系要求", "the relations that ask"),
        "why": said(TEXT, "原因", "why"),
    }
    composition = {
        "schema": said({"const": "budgetperf/composition/1"}, "格式标识", "id of the form"),
        "ruleset": said(or_null(ref("RuleSet")), "规则集", "rule-set"),
        "computed": said(list_of(ref("Computed")), "算得的数", "what was computed"),
        "left_open": said(list_of(ref("LeftOpen")), "待填的数", "what was left open"),
        "asked": said(list_of(ref("Asked")), "须说明的原因", "reasons that are due"),
        "conflicts": said(list_of(ref("Finding")), "所填与其余不符", "stated and in conflict"),
        "receipt": said(ref("Receipt"), "凭据", "receipt"),
    }
    step = {
        "zh": said(STRING, "中文", "in Chinese"),
        "en": said(STRING, "英文", "in English"),
        "value": said(EXACT, "数", "number"),
    }
    return {
        "Asked": object_of(Text(zh="须说明的原因", en="reason that is due"), asked),
        "Composition": object_of(_COMPOSITION, composition),
        "Computed": object_of(Text(zh="算得的数", en="computed figure"), computed),
        "LeftOpen": object_of(Text(zh="待填的数", en="figure left open"), left_open),
        "RuleSet": object_of(RULES, _KEY),
        "Step": object_of(Text(zh="计算步骤", en="step"), step),
        **_finding_parts(),
        **receipt_parts(closed=False),
    }


def _layout_parts() -> Schema:
    layout = {
        "id": said(STRING, "标识", "id"),
        "title": said(TEXT, "读取哪种报告", "what it reads"),
        "kind": said(words(EvaluationKind), "评价对象", "what such a report evaluates"),
        "seen": said(list_of(STRING), "见于何处", "where such forms were seen"),
        "words": said(list_of(STRING), "据以识别的单元格文字", "words that it is told by"),
    }
    one = object_of(Text(zh="版式", en="layout"), layout, required=["id", "title"])
    return {"Layout": one, **text_part()}


def _table_parts() -> Schema:
    rows: Schema = {
        code.value: said(COUNT, code.label.zh, code.label.en) for code in (*Verdict, *RowStatus)
    }
    table = {
        "schema": said({"const": "budgetperf/table/1"}, "格式标识", "id of the form"),
        "output": said(STRING, "写入的文件", "the file that was written"),
        "rows": said(COUNT, "行数", "number of rows"),
        "columns": said(
            {"type": "object", "additionalProperties": ref("Rows")},
            "状态或结论各列中每种有几行",
            "how many rows there are of each kind, by the column of statuses or verdicts",
        ),
    }
    return {
        "Rows": object_of(Text(zh="每种的行数", en="rows of each kind"), rows, required=[]),
        "Table": object_of(_TABLE, table),
    }


def _comparison_parts() -> Schema:
    absent: Schema = {"anyOf": [words(MissingReason), words(UndefinedReason), {"type": "null"}]}
    unit = said(or_null(STRING), "单位", "unit")
    value = {
        "text": said(TEXT, "数或缺少的原因", "the figure in words, or why there is none"),
        "value": said(or_null(EXACT), "数", "number"),
        "unit": unit,
        "missing": said(absent, "缺少的原因", "why there is none"),
    }
    change = {
        "change": said(words(Change), "与前一份相比", "against the report before"),
        "by": said(or_null(EXACT), "增减多少", "by how much"),
        "unit": unit,
    }
    row = {
        "key": said(STRING, "标识", "id"),
        "title": said(TEXT, "名称", "name"),
        "values": said(list_of(ref("Value")), "各份报告的数", "what each report says"),
        "changes": said(list_of(ref("Change")), "各份与前一份相比", "each against the one before"),
        "note": said(or_null(TEXT), "备注", "note"),
    }
    comparison = {
        "schema": said({"const": "budgetperf/comparison/1"}, "格式标识", "id of the form"),
        "reports": said(list_of(STRING), "各份报告的名称", "names of the reports"),
        "rows": said(list_of(ref("Row")), "各行", "rows"),
    }
    return {
        "Change": object_of(Text(zh="变化", en="change"), change),
        "Comparison": object_of(_COMPARISON, comparison),
        "Row": object_of(Text(zh="一行", en="row"), row),
        "Value": object_of(Text(zh="一份报告的数", en="what a report says"), value),
        **text_part(),
    }


def _verification_parts() -> Schema:
    aspects = list_of(words(Aspect))
    verification = {
        "schema": said({"const": "budgetperf/verification/1"}, "格式标识", "id of the form"),
        "holds": said(BOOL, "与凭据是否一致", "whether it is as in the receipt"),
        "same": said(aspects, "相同的", "what is the same"),
        "differing": said(aspects, "不同的", "what differs"),
        "receipt": said(ref("Receipt"), "给出的凭据", "the receipt that was given"),
        "repeated": said(ref("Receipt"), "重做的凭据", "that of the result now"),
    }
    return {
        "Verification": object_of(_VERIFICATION, verification),
        **receipt_parts(closed=False),
    }

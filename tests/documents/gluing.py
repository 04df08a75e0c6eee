"""Tables of indicators as text in which cells ran together, and what they print.

Names and figures are invented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import attrs
from hypothesis import strategies as st

import budgetperf as bp

HEADERS = {
    "target": "年度指标值",
    "actual": "实际完成值",
    "completion_rate": "完成率",
    "weight": "分值",
    "score": "得分",
    "explanation": "偏差原因分析及改进措施",
}
_ORDERS = (
    ("target", "actual", "weight", "score", "explanation"),
    ("target", "actual", "weight", "score"),
    ("weight", "target", "actual", "score", "explanation"),
    ("target", "weight", "actual", "score"),
    ("target", "actual", "completion_rate", "weight", "score", "explanation"),
)
_NAMES = (
    "培训人数",
    "培训甲类人员",
    "验收合格率",
    "任务1",
    "PM2.5",
    "PM10",
    "培训满3天",
    "开展第2批",
    "群众知晓",
    "2023年完成项目数",
    "3项20",
    "达标率为95%",
    "建设5座",
)
_LEVELS = ("产出指标", "效益指标", "满意度指标")
_UNITS = ("", "", "人", "次", "%", "万元", "人次", "平方米", "头")
_REASONS = ("", "", "时间不足", "因2023年汛期推迟", "按计划1次完成", "10月补齐")


@attrs.frozen(kw_only=True)
class Line:
    """An indicator, as it is printed: its headings, its name and its cells by field."""

    heads: tuple[str, ...]
    name: str
    cells: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Printed:
    """A table: its columns, its rows, and the points of the execution of the budget."""

    fields: tuple[str, ...]
    rows: tuple[Line, ...]
    execution: bool
    total: tuple[str, str]


def _points() -> st.SearchStrategy[Decimal]:
    return st.one_of(
        st.sampled_from([Decimal(10), Decimal(20), Decimal(5), Decimal(1)]),
        st.integers(1, 60).map(Decimal),
        st.integers(1, 400).map(lambda tenths: Decimal(tenths) / 10),
    )


def _measures(draw: st.DrawFn) -> tuple[str, str, str]:
    """A target, what was reached, and the rate."""
    kind = draw(st.sampled_from(["figures", "figures", "figures", "words", "blank", "mixed"]))
    if kind == "words":
        return draw(st.sampled_from([("良好", "良好", "100%"), ("提高", "已提高", "100%")]))
    unit = draw(st.sampled_from(_UNITS))
    sign = draw(st.sampled_from(["", "≥", "≥", "≤", "="]))
    aim = draw(st.one_of(st.integers(0, 12), st.integers(1, 3000)))
    reached = draw(st.one_of(st.just(aim), st.integers(0, 12), st.integers(0, 3000)))
    rate = f"{(Decimal(reached) / aim * 100).quantize(Decimal('0.01'))}%" if aim else "100%"
    places = draw(st.sampled_from(["", "", ".5", ".00"]))
    due, did = f"{sign}{aim}{places}{unit}", f"{reached}{places}{unit}"
    if kind == "blank":
        return draw(st.sampled_from([(due, "", rate), ("", did, rate)]))
    if kind == "mixed":
        return draw(st.sampled_from([(due, "完成", rate), ("按时", did, rate)]))
    return due, did, rate


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


@st.composite
def printed(draw: st.DrawFn) -> Printed:
    """A table in which the points tie."""
    fields = draw(st.sampled_from(_ORDERS))
    rows: list[Line] = []
    weights, scores = Decimal(0), Decimal(0)
    shown = draw(st.sampled_from([_number, _number, lambda value: f"{value:.2f}"]))
    before = ""
    for number in range(draw(st.integers(1, 7))):
        weight = draw(_points())
        lost = draw(st.sampled_from([Decimal(0), Decimal(0), weight, weight / 2, weight / 10]))
        score = weight - lost.quantize(Decimal("0.1"))
        target, actual, rate = _measures(draw)
        level = _LEVELS[min(number // 2, 2)]
        heads = (
            *((level,) if level != before else ()),
            *draw(st.sampled_from([(), ("数量指标",)])),
        )
        before = level
        said = {
            "target": target,
            "actual": actual,
            "completion_rate": rate,
            "weight": shown(weight),
            "score": shown(score),
            "explanation": draw(st.sampled_from(_REASONS if actual else (*_REASONS, "5", "95"))),
        }
        name = draw(st.sampled_from(_NAMES))
        rows.append(Line(heads=heads, name=name, cells={field: said[field] for field in fields}))
        weights, scores = weights + weight, scores + score
    execution = draw(st.booleans())
    if execution:
        weights, scores = weights + 10, scores + Decimal("7.69")
    return Printed(
        fields=fields,
        rows=tuple(rows),
        execution=execution,
        total=(_number(weights), _number(scores)),
    )


def glued(table: Printed, blanks: Sequence[bool]) -> str:
    """The table as text: between two cells stands a blank or none, as ``blanks`` say in turn."""
    at = 0

    def joined(cells: Sequence[str]) -> str:
        nonlocal at
        found = ""
        for cell in cells:
            is_apart = bool(found) and blanks[at % len(blanks)]
            at += 1
            found += f" {cell}" if is_apart and cell else cell
        return found

    funds = "预算数(A) 执行数(B) 执行率(B/A)\n年度资金总额 194.90 149.92 76.92%"
    if table.execution:
        funds = (
            "分值 预算数(A) 执行数(B) 执行率(B/A) 得分\n年度资金总额 10 194.90 149.92 76.92% 7.69"
        )
    lines = ["项目支出绩效自评表", "（2023年度）", "项目名称：某项目", f"项目资金（万元） {funds}"]
    lines.append(joined(["一级指标", "二级指标", "三级指标", *(HEADERS[f] for f in table.fields)]))
    lines += [joined([*row.heads, row.name, *row.cells.values()]) for row in table.rows]
    lines.append(joined(["总分", *table.total]))
    return "\n".join(lines)


def wrongly_read(table: Printed, report: bp.SelfEvaluation) -> list[tuple[str, str, str]]:
    """The figures of the indicators that are not those of their row: its name, what is printed, and
    what was read."""
    rows = [row for row in report.form.indicators if row.name]
    if not rows:
        return []
    return [
        (line.name, text, value.text)
        for row, line in zip(rows, table.rows, strict=True)
        for field, text in line.cells.items()
        if isinstance(value := _said(row, field), bp.Figure) and _bare(value.text) != _bare(text)
    ]


def _said(row: bp.Indicator, field: str) -> object:
    return row.target.value if field == "target" else getattr(row, field)


def _bare(text: str) -> str:
    return text.lstrip("≥≤=")

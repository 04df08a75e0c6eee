"""Self-evaluation forms, and the manners in which people print one.

Names and figures are invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import attrs
from hypothesis import strategies as st

import budgetperf as bp

from . import writing
from .pdf_writing import table_in_pdf
from .xls_writing import table_in_xls

FUNDING = {
    "initial": ["年初预算数", "年初预算", "年初⏎预算数"],
    "revised": ["全年预算数", "全年预算数（A）", "预算数(A)", "调整后预算数", "全年(调整)预算数"],
    "executed": ["全年执行数", "全年执行数（B）", "执行数(B)", "预算执行数", "实际支出金额"],
    "execution_rate": ["执行率", "执行率（B/A）", "预算执行率（B/A×100%）", "预算执行进度(%)"],
    "weight": ["分值", "分值权重", "权重", "分值⏎权重"],
    "score": ["得分", "自评得分"],
}
INDICATORS = {
    "level1": ["一级指标"],
    "level2": ["二级指标"],
    "name": ["三级指标", "指标名称"],
    "operator": ["指标性质", "符号", "计算符号"],
    "target": ["指标值", "年度指标值", "目标值", "预期指标值", "年初目标值(A)", "年度⏎指标值"],
    "unit": ["度量单位", "计量单位", "计量单位（文字描述）"],
    "weight": ["分值", "权重", "指标权重（分）", "分值权重", "指标分值权重"],
    "actual": [
        "实际完成值",
        "全年实际值",
        "全年完成值(B)",
        "完成值",
        "指标实际完成值",
        "年终完成值",
    ],
    "score": ["得分", "指标得分（分）", "自评分", "实际得分"],
    "reviewed_score": ["复核分", "财政审核评分", "复核得分"],
    "explanation": ["偏差原因分析及改进措施", "未完成原因分析", "未完成原因和改进措施"],
}
TOTAL = ["年度资金总额", "年度资金总额：", "年度总资金", "总额", "合计", "年度财政资金总额"]
SOURCES = {
    "current-appropriation": ["其中：当年财政拨款", "其中：本年财政拨款", "其中：财政资金"],
    "carry-over": ["上年结转资金", "上年结转"],
    "other": ["其他资金", "其他"],
}


@attrs.frozen(kw_only=True)
class Row:
    """An indicator: what a form says of it, as it would be printed."""

    level1: str
    level2: str
    name: str
    operator: str
    target: str
    unit: str
    actual: str
    weight: str
    score: str
    reviewed: str = ""


@attrs.frozen(kw_only=True)
class Form:
    """A form: amounts in 万元 by row and column, points and indicators."""

    project: str
    total: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str]]
    rate: str
    weight: str
    score: str
    rows: tuple[Row, ...]
    total_score: str


@attrs.frozen(kw_only=True)
class Style:
    """How a form is printed.

    Args:
        pick: which of several words is used.
        funding: the order of the columns of amounts.
        indicators: the order of the columns behind the names.
        in_columns: whether operator and unit have columns of their own.
        unit: where the unit of money stands.
        rate: how the rate is printed.
        points: whether the headings say their points.
        prefix: what stands before the names.
        blanks: whether rows of the template were left empty.
        again: before which row of the table the header stands again.
        cut: before which row of the table it goes on in a table of its own.
        two_rows: whether the header takes two rows.
        total: how the total is printed.
    """

    pick: int = 0
    funding: tuple[str, ...] = (
        "initial",
        "revised",
        "executed",
        "weight",
        "execution_rate",
        "score",
    )
    indicators: tuple[str, ...] = ("target", "actual", "weight", "score", "explanation")
    in_columns: bool = False
    unit: str = "block"
    rate: str = "percent"
    points: bool = False
    prefix: str = ""
    blanks: bool = False
    again: int = 0
    cut: int = 0
    two_rows: bool = False
    total: str = "row"
    kind: str = "项目"


_NAMES = (
    ("培训甲类人员", "培训甲类人员", "12345热线办结率", "2023年培训人次"),
    ("培训合格情况", "培训合格情况", "+86电话办理", "-18℃冷库达标情况"),
    ("群众受益情况", "群众受益情况", "3·15宣传活动场次", "≥90分学校数"),
    ("群众满意情况", "群众满意情况", "100%覆盖", "5G用户满意情况"),
)
"""Names by the place of their row, no two alike; some begin with a sign or a number."""


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form in which everything holds."""
    amounts = st.integers(1, 10**6).map(lambda cents: Decimal(cents) / 100)
    parts = {kind: draw(amounts) for kind in ("current-appropriation", "other")}
    spent = {
        kind: (amount * draw(st.integers(50, 100)) / 100).quantize(Decimal("0.01"))
        for kind, amount in parts.items()
    }
    parts["carry-over"] = spent["carry-over"] = Decimal(0)
    revised, executed = sum(parts.values(), Decimal(0)), sum(spent.values(), Decimal(0))
    weights = [
        Decimal(part) for part in draw(st.sampled_from([(20, 30, 30, 10), (50, 20, 10, 10)]))
    ]
    rows = []
    for number, weight in enumerate(weights):
        goal = draw(st.integers(2, 99))
        more = draw(st.integers(0, goal // 4)) if goal < 80 else 0
        is_rate = draw(st.booleans())
        rows.append(
            Row(
                level1=["产出指标", "产出指标", "效益指标", "满意度指标"][number],
                level2=["数量指标", "质量指标", "社会效益指标", "服务对象满意度指标"][number],
                name=draw(st.sampled_from(_NAMES[number])),
                operator="≥",
                target=str(goal),
                unit="%" if is_rate else draw(st.sampled_from(["人", "次", "个"])),
                actual=str(goal + more),
                weight=str(weight),
                score=str(weight),
                reviewed=str(draw(st.integers(0, int(weight)))),
            )
        )
    rate = (executed / revised * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    score = (executed / revised * 10).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Form(
        project="某项目经费",
        total=_amounts(revised, revised, executed),
        sources={kind: _amounts(parts[kind], parts[kind], spent[kind]) for kind in SOURCES},
        rate=str(rate),
        weight="10",
        score=str(score),
        rows=tuple(rows),
        total_score=str(score + sum(weights)),
    )


def _amounts(initial: Decimal, revised: Decimal, executed: Decimal) -> dict[str, str]:
    shown = (f"{value:.2f}" for value in (initial, revised, executed))
    return dict(zip(("initial", "revised", "executed"), shown, strict=True))


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """A manner of printing."""
    in_columns = draw(st.booleans())
    columns = ["target", "actual", "weight", "score", "explanation"]
    if in_columns:
        columns += ["operator", "unit"]
    if draw(st.booleans()):
        columns.append("reviewed_score")
    two_rows = in_columns and draw(st.booleans())
    order = tuple(draw(st.permutations(columns)))
    if two_rows:
        rest = [name for name in order if name not in ("operator", "target", "unit")]
        order = ("operator", "target", "unit", *rest)
    return Style(
        pick=draw(st.integers(0, 30)),
        funding=tuple(draw(st.permutations(Style().funding))),
        indicators=order,
        in_columns=in_columns,
        unit=draw(st.sampled_from(["block", "head", "header", "cell", "total", "wan", "pair"])),
        rate=draw(st.sampled_from(["percent", "bare", "fraction"])),
        points=draw(st.booleans()),
        prefix=draw(st.sampled_from(["", "指标1：", "指标1", "★"])),
        blanks=draw(st.booleans()),
        again=draw(st.integers(0, 3)),
        cut=draw(st.integers(0, 3)),
        two_rows=two_rows,
        total=draw(st.sampled_from(["row", "points", "score"])),
        kind=draw(st.sampled_from(["项目", "部门整体"])),
    )


Cells = list[str]


def _word(words: Sequence[str], style: Style) -> str:
    return words[style.pick % len(words)].replace("⏎", "\n")


def _spread(cells: Sequence[tuple[str, int, int]], width: int) -> list[writing.Written]:
    """Cells whose last one takes the rest of the columns."""
    taken = sum(columns for _, _, columns in cells[:-1])
    text, rows, _ = cells[-1]
    return [*cells[:-1], (text, rows, width - taken)]


def grids(form: Form, style: Style) -> list[writing.Grid]:
    """The form as tables with merged cells."""
    width = max(4 + len(style.indicators), 2 + len(style.funding))
    tables: list[writing.Grid] = [[]]
    rows = tables[0]
    year = "（2023年度）"
    rows.append([(f"{style.kind}支出绩效自评表", 1, width)])
    rows.append([(year, 1, width)])
    if style.unit == "head":
        rows.append([("金额单位：万元", 1, width)])
    if style.unit == "pair":
        rows.append(_spread([("金额单位", 1, 1), ("万元", 1, 1)], width))
    name = "项目名称" if style.kind == "项目" else "部门（单位）名称"
    rows.append(_spread([(name, 1, 2), (form.project, 1, 1)], width))
    rows.append(
        _spread([("主管部门", 1, 2), ("某局", 1, 2), ("实施单位", 1, 1), ("某中心", 1, 1)], width)
    )
    _funding(form, style, rows, width)
    rows.append(
        _spread([("年度总体目标", 2, 1), ("预期目标", 1, 3), ("实际完成情况", 1, 1)], width)
    )
    rows.append(_spread([("做好工作", 1, 3), ("已做好", 1, 1)], width - 1))
    _indicators(form, style, tables, width)
    return tables


def _funding(form: Form, style: Style, rows: writing.Grid, width: int) -> None:
    across = width - 1 - len(style.funding)
    label = "项目资金（万元）" if style.unit in ("block", "wan") else "项目资金"
    height = 1 if style.unit == "total" else 2 + len(SOURCES)
    header = [(label, height, 1), ("", 1, across)]
    for field in style.funding:
        word = _word(FUNDING[field], style)
        if style.unit == "header" and field in form.total:
            word += "（万元）"
        header.append((word, 1, 1))
    rows.append(header)

    def cells(row: Mapping[str, str], extra: Mapping[str, str]) -> list[writing.Written]:
        said = {field: _money(row.get(field, ""), style) for field in form.total} | dict(extra)
        return [(said.get(field, ""), 1, 1) for field in style.funding]

    extra = {"weight": form.weight, "score": form.score, "execution_rate": _rate(form, style)}
    first = [("（万元）", 1 + len(SOURCES), 1)] if style.unit == "total" else []
    rows.append([*first, (_word(TOTAL, style), 1, across), *cells(form.total, extra)])
    for kind, words in SOURCES.items():
        rows.append([(_word(words, style), 1, across), *cells(form.sources[kind], {})])


def _money(text: str, style: Style) -> str:
    suffix = {"cell": "万元", "wan": "万"}.get(style.unit, "")
    return f"{text}{suffix}" if text else ""


def _rate(form: Form, style: Style) -> str:
    in_percent = "%" in _word(FUNDING["execution_rate"], style).rpartition("(")[2]
    match style.rate:
        case "bare":
            return form.rate
        case "fraction" if not in_percent:
            return f"{Decimal(form.rate) / 100:.4f}"
        case _:
            return f"{form.rate}%"


def _indicators(form: Form, style: Style, tables: list[writing.Grid], width: int) -> None:
    rest = width - 4 - len(style.indicators)
    fields = ["level1", "level2", "name", *style.indicators]
    words = [_word(INDICATORS[field], style) for field in fields]
    headers: list[list[writing.Written]] = [[(word, 1, 1) for word in words]]
    if style.two_rows:
        group = ("年度指标值", 1, 3)
        upper = [(word, 2, 1) for word in words]
        headers = [[*upper[:3], group, *upper[6:]], [(word, 1, 1) for word in words[3:6]]]
    headers[0] = [*headers[0], ("", len(headers), rest)] if rest else headers[0]
    rows = tables[-1]

    def begin(block: str) -> None:
        first, *more = headers
        rows.append([(block, len(headers), 1), *first])
        rows.extend(list(row) for row in more)

    begin("绩效指标")
    before = ""
    for number, row in enumerate(form.rows):
        if number and number == style.cut:
            tables.append([])
            rows = tables[-1]
            before = ""
        if number and number == style.again:
            begin("绩效指标")
        points = sum(int(other.weight) for other in form.rows if other.level1 == row.level1)
        level1 = f"{row.level1}（{points}分）" if style.points else row.level1
        said = {
            "operator": row.operator,
            "target": row.target if style.in_columns else f"{row.operator}{row.target}{row.unit}",
            "unit": row.unit,
            "actual": row.actual if style.in_columns else f"{row.actual}{row.unit}",
            "weight": row.weight,
            "score": row.score,
            "reviewed_score": row.reviewed,
            "explanation": "",
        }
        values: list[writing.Written] = [
            ("", 1, 1),
            ("" if row.level1 == before else level1, 1, 1),
            (row.level2, 1, 1),
            (f"{_prefix(style, row)}{row.name}", 1, 1),
            *((said[field], 1, 1) for field in style.indicators),
        ]
        rows.append(_filled(values, width))
        before = row.level1
        if style.blanks:
            for name in ("指标2：", "……"):
                rows.append(_filled([("", 1, 1)] * 3 + [(name, 1, 1)], width))
            rows.append(_filled([("", 1, 1)], width))
    _total(form, style, rows, width)


def _prefix(style: Style, row: Row) -> str:
    """What stands before a name: two numbers do not stand side by side."""
    is_apart = not (style.prefix[-1:].isdigit() and row.name[0].isdigit())
    return style.prefix if is_apart else f"{style.prefix}："


def _filled(cells: Sequence[writing.Written], width: int) -> list[writing.Written]:
    return [*cells, *[("", 1, 1)] * (width - sum(columns for _, _, columns in cells))]


def _total(form: Form, style: Style, rows: writing.Grid, width: int) -> None:
    weight, score = (4 + style.indicators.index(name) for name in ("weight", "score"))
    cells = [("", 1, 1)] * width
    cells[0] = ("总分（100分）" if style.total == "points" else "总分", 1, 1)
    cells[score] = (form.total_score, 1, 1)
    if style.total == "row":
        cells[weight] = ("100", 1, 1)
    rows.append(cells)
    rows.append(_spread([("其他需要说明的事项", 1, 1), ("全年共有3项工作", 1, 1)], width))


def flat(grid: writing.Grid) -> writing.Grid:
    """The same table with its merged cells lost: their words in the first place, blanks behind."""
    cells = {(row, column): text for row, column, text, _, _ in writing.placed(grid)}
    spans = [(row + r - 1, column + c - 1) for row, column, _, r, c in writing.placed(grid)]
    height, width = max(row for row, _ in spans), max(column for _, column in spans)
    return [
        [(cells.get((row, column), ""), 1, 1) for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]


def shifted(grid: writing.Grid) -> writing.Grid:
    """The same table as a program leaves it that writes a row without the cells from above."""
    width = max(sum(columns for _, _, columns in row) for row in grid)
    rows = [
        [cell for text, _, columns in row for cell in (text, *[""] * (columns - 1))] for row in grid
    ]
    return [[(text, 1, 1) for text in (*row, *[""] * (width - len(row)))] for row in rows]


def repeated(grid: writing.Grid) -> writing.Grid:
    """The same table with the words of merged cells repeated across the columns that they take."""
    rows: dict[int, dict[int, str]] = {}
    for row, column, text, _, columns in writing.placed(grid):
        for over in range(columns):
            rows.setdefault(row, {})[column + over] = text
    width = max(max(row) for row in rows.values())
    return [[(row.get(c, ""), 1, 1) for c in range(1, width + 1)] for row in rows.values()]


def _html(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    body = "<p>索引号：000014349/2024-00012　浏览次数：1234</p>"
    body += "".join(map(writing.table_in_html, tables))
    return f"<!DOCTYPE html><body>{body}</body>".encode(), "x.html"


def _word_file(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return writing.docx("<w:p/>".join(map(writing.table_in_word, tables))), "x.docx"


def _open_document(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return writing.odf("text", "".join(map(writing.table_in_odf, tables))), "x.odt"


def _pipes(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return "\n\n".join(writing.table_in_pipes(flat(grid)) for grid in tables).encode(), "x.md"


def _docling(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return "\n\n".join(writing.table_in_pipes(repeated(grid)) for grid in tables).encode(), "x.md"


def _tabs(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    rows = [row for grid in tables for row in flat(grid)]
    return writing.table_in_tabs(rows).encode(), "x.tsv"


def _excel(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return writing.table_in_excel([row for grid in tables for row in grid]), "x.xlsx"


def _in_markdown(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    text = "\n\n".join(writing.table_in_html(grid).replace("\n", "") for grid in tables)
    return text.encode(), "x.md"


FORMATS: Mapping[str, Callable[[Sequence[writing.Grid]], tuple[bytes, str]]] = {
    "html": _html,
    "docx": _word_file,
    "odt": _open_document,
    "xlsx": _excel,
    "pipes": _pipes,
    "repeated": _docling,
    "tabs": _tabs,
    "html in Markdown": _in_markdown,
}


def _filled_words(tables: Sequence[writing.Grid]) -> list[list[str]]:
    """The cells of each row that are not blank, in one line each."""
    rows = [[text.replace("\n", "") for text, _, _ in row] for grid in tables for row in grid]
    return [[text for text in row if text] for row in rows]


def _row_by_row(tables: Sequence[writing.Grid]) -> str:
    return "\n".join(" ".join(row) for row in _filled_words(tables))


def _cell_by_cell(tables: Sequence[writing.Grid]) -> str:
    return "\n".join(text for row in _filled_words(tables) for text in row)


def run_together(tables: Sequence[writing.Grid]) -> str:
    """The form with a line for each row, and no blank between its cells."""
    return "\n".join("".join(row) for row in _filled_words(tables))


def in_a_stream(tables: Sequence[writing.Grid]) -> str:
    """The form with a line for each of its blocks, however many rows they have."""
    lines: list[str] = []
    for row in _filled_words(tables):
        begins = row[:1] in (["项目资金"], ["项目资金（万元）"], ["年度总体目标"], ["绩效指标"])
        is_head = not any(line.startswith("项目资金") for line in lines)
        if not lines or begins or is_head or row[:1] == ["其他需要说明的事项"]:
            lines.append(" ".join(row))
        else:
            lines[-1] += f" {' '.join(row)}"
    return "\n".join(lines)


TEXTS: Mapping[str, Callable[[Sequence[writing.Grid]], str]] = {
    "a line for each row": _row_by_row,
    "a line for each cell": _cell_by_cell,
}
"""How a form arrives as text: blank cells are lost, and which cells were merged."""


def _whole(tables: Sequence[writing.Grid]) -> writing.Grid:
    return [row for grid in tables for row in grid]


def _old_excel(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return table_in_xls(_whole(tables)), "x.xls"


def _sheet(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return writing.odf("spreadsheet", writing.table_in_odf(_whole(tables))), "x.ods"


def _pages(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    return table_in_pdf(_whole(tables), 125), "x.pdf"


def _commas(tables: Sequence[writing.Grid]) -> tuple[bytes, str]:
    out = io.StringIO()
    csv.writer(out).writerows([text for text, _, _ in row] for row in flat(_whole(tables)))
    return out.getvalue().encode(), "x.csv"


def _in_lines(text: Callable[[Sequence[writing.Grid]], str]) -> Callable[..., tuple[bytes, str]]:
    return lambda tables: (text(tables).encode(), "x.txt")


EVERY_FORMAT: Mapping[str, Callable[[Sequence[writing.Grid]], tuple[bytes, str]]] = {
    **FORMATS,
    "xls": _old_excel,
    "ods": _sheet,
    "pdf": _pages,
    "csv": _commas,
    **{name: _in_lines(text) for name, text in TEXTS.items()},
}
"""Each as the file that it makes, for a table of what is read."""


def _row(level1: str, level2: str, name: str, target: str, unit: str, points: str) -> Row:
    return Row(
        level1=level1,
        level2=level2,
        name=name,
        operator="≥",
        target=target,
        unit=unit,
        actual=target,
        weight=points,
        score=points,
        reviewed=points,
    )


SAMPLE = Form(
    project="某项目经费",
    total={"initial": "120.00", "revised": "150.00", "executed": "135.00"},
    sources={
        "current-appropriation": {"initial": "100.00", "revised": "130.00", "executed": "115.00"},
        "carry-over": {"initial": "20.00", "revised": "20.00", "executed": "20.00"},
        "other": {"initial": "0.00", "revised": "0.00", "executed": "0.00"},
    },
    rate="90.00",
    weight="10",
    score="9",
    rows=(
        _row("产出指标", "数量指标", "培训甲类人员", "200", "人次", "30"),
        _row("产出指标", "质量指标", "培训合格情况", "95", "%", "20"),
        _row("效益指标", "社会效益指标", "群众知晓情况", "90", "%", "30"),
        _row("满意度指标", "服务对象满意度指标", "群众满意情况", "92", "%", "10"),
    ),
    total_score="99",
)
SHAPES: Mapping[tuple[str, str], Style] = {
    ("国家表样", "the form of the state"): Style(),
    ("分值在指标值之前", "weight before target"): Style(
        indicators=("weight", "target", "actual", "score", "explanation")
    ),
    ("表头两行，符号、值、单位分栏", "header of two rows; operator, target and unit apart"): Style(
        indicators=("operator", "target", "unit", "actual", "weight", "score"),
        in_columns=True,
        two_rows=True,
    ),
    ("单位在格内（`10万`）", "unit in the cells (`10万`)"): Style(unit="wan"),
    ("单位在合计行首", "unit in the row of the total"): Style(unit="total"),
    ("执行率为小数", "execution rate as a fraction"): Style(rate="fraction"),
    ("另有复核分", "scores of others beside"): Style(
        indicators=("target", "actual", "weight", "score", "reviewed_score")
    ),
    ("表头重复", "header repeated"): Style(again=2, points=True),
    ("换页断开", "cut by a page end"): Style(cut=2, blanks=True, prefix="指标1："),
}
"""The shapes of a form, by their names in both languages."""


def due(form: Form) -> dict[str, Fraction]:
    """What each figure of the form is, by its path: money in 元, rates as shares."""
    found = {"department.year": Fraction(2023)}
    lines = [("form.funding.total", form.total)]
    lines += [
        (f"form.funding.sources[{number}]", form.sources[kind])
        for number, kind in enumerate(SOURCES)
    ]
    for path, amounts in lines:
        found |= {f"{path}.{field}": Fraction(text) * 10000 for field, text in amounts.items()}
    total = "form.funding.total"
    found[f"{total}.execution_rate"] = Fraction(form.rate) / 100
    found |= {f"{total}.weight": Fraction(form.weight), f"{total}.score": Fraction(form.score)}
    for number, row in enumerate(form.rows):
        share = 100 if row.unit == "%" else 1
        path = f"form.indicators[{number}]"
        found[f"{path}.target.value"] = Fraction(row.target) / share
        found[f"{path}.actual"] = Fraction(row.actual) / share
        found |= {f"{path}.weight": Fraction(row.weight), f"{path}.score": Fraction(row.score)}
    return found | {"form.total_score": Fraction(form.total_score)}


def said(report: bp.SelfEvaluation) -> dict[str, Fraction]:
    """What each figure says, by its path, but for those that not every manner of printing has."""
    return {
        path: figure.nominal
        for path, figure in bp.figures(report)
        if not path.endswith(("total_weight", "reviewed_score"))
    }


def named(form: Form) -> list[tuple[str, str]]:
    """The indicators by name, each with its operator."""
    return [(row.name, row.operator) for row in form.rows]

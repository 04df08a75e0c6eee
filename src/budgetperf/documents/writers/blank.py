"""An empty form to fill in: cells for input, lists to choose from, live formulas, checks."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from budgetperf.display.text.ruleset import ruleset_text
from budgetperf.documents.source import cell_name
from budgetperf.exact import decimal_text
from budgetperf.model import EvaluationKind
from budgetperf.rules import RuleSet

from .form_layout import FormLayout
from .grid import Look
from .package import attribute, words
from .rule_formulas import execution_formula, indicator_formula
from .sheet import Styles, print_titles, text_rows, workbook, worksheet

__all__ = ["blank_bytes"]

_UNIT = "万元"
_SIGNS = ("≥", "≤", "=", ">", "<", "定性")
_UNITS = ("%", "次", "个", "项", "件", "人", "人次", "户", "家", "天", "元", "万元")
_SOURCES = {
    EvaluationKind.PROJECT: ("其中：当年财政拨款", "上年结转资金", "其他资金"),
    EvaluationKind.DEPARTMENT: ("其中：上级安排", "本级安排", "其他资金"),
}
_WIDTHS = {
    "level1": 13, "level2": 15, "name": 24, "operator": 8, "target": 13, "unit": 9, "actual": 13,
    "weight": 9, "score": 10, "explanation": 34, "basis": 18,
}  # fmt: skip
_CHECK = "核对（不填）"
_HINT = (
    "填写有底色的格子；合计、执行率、得分、总分自动计算。"
    "没有的金额填 0，不适用的填“—”，年度写成（2024年度）。"
)


@attrs.frozen(kw_only=True)
class _Column:
    field: str
    word: str
    at: int


def blank_bytes(layout: FormLayout, rules: RuleSet | None, rows: int) -> bytes:
    """The workbook.

    Args:
        layout: which form.
        rules: the rule-set for the scores, if there is one.
        rows: how many rows there are for indicators.
    """
    form = _Form(layout, rules, rows)
    form.draw()
    styles = form.styles
    protection = '<sheetProtection sheet="1" objects="1" scenarios="1" formatRows="0"/>'
    sheet = worksheet(
        form.rows_xml,
        form.merges,
        form.widths,
        protection=protection,
        rules=form.rules_xml,
        is_wide=True,
    )
    text = _NO_RULES if rules is None else ruleset_text(rules, "zh")
    lines = text_rows((line, styles.left) for line in text.split("\n"))
    titles = print_titles(_FORM, form.header)
    return workbook(
        {_FORM: sheet, _RULES: worksheet(lines, (), (86,))}, styles, [titles], computes=True
    )


_FORM, _RULES = "自评表", "评分规则"
_NO_RULES = "没有选用规则集：得分由填报人填写，或以后由 budgetperf compose 按规则集计算。"


class _Form:
    def __init__(self, layout: FormLayout, rules: RuleSet | None, rows: int) -> None:
        self.layout, self.rules, self.count = layout, rules, rows
        self.styles = Styles()
        self.cells: dict[int, dict[int, str]] = {}
        self.merges: list[str] = []
        self.at = 0
        self.header = 1
        first = 2 if layout.indicators.label else 1
        self.columns = list(self._columns(first))
        self.last = self.columns[-1].at
        self.check = self.last + 1
        self.signs: list[str] = []
        self.units: list[str] = []
        self.points: list[str] = []
        self.amounts: list[str] = []

    def _columns(self, at: int) -> list[_Column]:
        made: list[_Column] = []
        for column in self.layout.indicators.columns:
            parts = [(column.field, column.word)]
            if column.field == "target":
                parts = [("operator", "符号"), ("target", column.word), ("unit", "度量单位")]
            for field, word in parts:
                made.append(_Column(field=field, word=word, at=at))
                at += 1
        return made

    @property
    def widths(self) -> list[int]:
        """Those of all columns."""
        widths = [_WIDTHS[column.field] for column in self.columns]
        return [*([14] if self.layout.indicators.label else []), *widths, 22]

    @property
    def rows_xml(self) -> str:
        """All rows."""
        return "".join(
            f'<row r="{row}"{self._height(row)}>'
            + "".join(text for _, text in sorted(cells.items()))
            + "</row>"
            for row, cells in sorted(self.cells.items())
        )

    def _height(self, row: int) -> str:
        """That of a row; those of indicators grow with what is filled in."""
        if self.header < row <= self.header + self.count:
            return ' ht="36"'
        height = {1: 36, 2: 22, 3: 34}.get(row, 60 if row == self.tall else 24)
        return f' ht="{height}" customHeight="1"'

    # Cells.

    def _style(self, look: Look, *, is_input: bool = False, format: str = "") -> int:
        return self.styles.number(
            look=look, is_open=is_input, is_locked=not is_input, format=format
        )

    def put(
        self,
        row: int,
        column: int,
        *,
        to: int = 0,
        rows: int = 1,
        text: str = "",
        formula: str = "",
        style: int = 0,
    ) -> str:
        """A cell; its name."""
        name, last = cell_name(row, column), max(to, column)
        inside, kind = "", ""
        if formula:
            inside, kind = f"<f>{words(formula)}</f><v></v>", ' t="str"'
        elif text:
            inside = f'<is><t xml:space="preserve">{words(text)}</t></is>'
            kind = ' t="inlineStr"'
        for down in range(rows):
            for over in range(column, last + 1):
                place = cell_name(row + down, over)
                self.cells.setdefault(row + down, {})[over] = f'<c r="{place}" s="{style}"/>'
        self.cells[row][column] = f'<c r="{name}" s="{style}"{kind}>{inside}</c>'
        if rows > 1 or last > column:
            self.merges.append(f"{name}:{cell_name(row + rows - 1, last)}")
        return name

    # The form, from top to bottom.

    def draw(self) -> None:
        """All of it."""
        self.label = self._style(Look.LABEL)
        self.input = self._style(Look.WORDS, is_input=True)
        self.fixed = self._style(Look.NUMBER)
        self.rate = self._style(Look.NUMBER, format="0.00%")
        self.put(1, 1, to=self.last, text=self.layout.heading, style=self.styles.number(look=None))
        year = self.styles.free
        self.put(2, 1, to=self.last, text="（　　　　年度）", style=year)
        self.put(3, 1, to=self.last, text=_HINT, style=self.styles.plain)
        self.put(3, self.check, text=_CHECK, style=self.label)
        self.at = 4
        self._identity()
        self._funding()
        self._goal()
        self._indicators()

    def _identity(self) -> None:
        for row in self.layout.identity:
            count = len(row.cells)
            bounds = [1 + self.last * part // count for part in range(count)] + [self.last + 1]
            for cell, start, end in zip(row.cells, bounds, bounds[1:], strict=False):
                self.put(self.at, start, text=cell.word, style=self.label)
                self.put(self.at, start + 1, to=end - 1, style=self.input)
            self.at += 1

    def _funding(self) -> None:
        places = self.layout.funding
        sources = _SOURCES.get(self.layout.kind, _SOURCES[EvaluationKind.PROJECT])
        names = (2, 3) if self.layout.indicators.label else (2, 2)
        spans = _spread(names[1] + 1, self.last, len(places.columns))
        top = self.at
        label = places.label.replace("{unit}", _UNIT)
        self.put(top, 1, rows=len(sources) + 2, text=label, style=self.label)
        self.put(top, names[0], to=names[1], text=places.word, style=self.label)
        for column, (start, end) in zip(places.columns, spans, strict=True):
            self.put(top, start, to=end, text=column.word, style=self.label)
        rows = (top + 1, *range(top + 2, top + 2 + len(sources)))
        starts = {c.field: start for c, (start, _) in zip(places.columns, spans, strict=True)}
        for row, word in zip(rows, (places.total, *sources), strict=True):
            self.put(row, names[0], to=names[1], text=word, style=self.label)
            executed, revised = (cell_name(row, starts[field]) for field in ("executed", "revised"))
            for column, (start, end) in zip(places.columns, spans, strict=True):
                self._funding_cell(column.field, row, (start, end), rows, executed, revised)
            over = f'IF({executed}>{revised},"执行数大于预算数","✓")'
            formula = f'IF(COUNT({executed},{revised})=2,{over},"")'
            self.put(row, self.check, formula=formula, style=self.fixed)
        self.execution = {f: cell_name(rows[0], starts[f]) for f in ("weight", "score")}
        self.at = rows[-1] + 1

    def _funding_cell(
        self,
        field: str,
        row: int,
        span: tuple[int, int],
        rows: Sequence[int],
        executed: str,
        revised: str,
    ) -> None:
        start, end = span
        is_total = row == rows[0]
        if field == "execution_rate":
            known = f"COUNT({executed},{revised})=2"
            formula = f'IF({known},IF({revised}>0,ROUND({executed}/{revised},4),""),"")'
            self.put(row, start, to=end, formula=formula, style=self.rate)
        elif field == "weight" and is_total:
            rule = None if self.rules is None else self.rules.execution
            text = "" if rule is None else decimal_text(rule.weight)
            name = self.put(row, start, to=end, style=self.input)
            if text:
                self.cells[row][start] = f'<c r="{name}" s="{self.input}"><v>{text}</v></c>'
            self.points.append(name)
        elif field == "score" and is_total:
            formula = execution_formula(self.rules, executed, revised)
            style = self.fixed if formula else self.input
            name = self.put(row, start, to=end, formula=formula, style=style)
            if not formula:
                self.points.append(name)
        elif field in ("weight", "score"):
            self.put(row, start, to=end, style=self.fixed)
        elif is_total:
            stretch = f"{cell_name(rows[1], start)}:{cell_name(rows[-1], start)}"
            formula = f'IF(COUNT({stretch})=0,"",SUM({stretch}))'
            self.put(row, start, to=end, formula=formula, style=self.fixed)
        else:
            self.amounts.append(self.put(row, start, to=end, style=self.input))

    def _goal(self) -> None:
        places = self.layout.goal
        spans = _spread(2, self.last, len(places.columns))
        self.put(self.at, 1, rows=2, text=places.label, style=self.label)
        for column, (start, end) in zip(places.columns, spans, strict=True):
            self.put(self.at, start, to=end, text=column.word, style=self.label)
            self.put(self.at + 1, start, to=end, style=self.input)
        self.tall = self.at + 1
        self.at += 2

    def _indicators(self) -> None:
        places = self.layout.indicators
        self.header = self.at
        if places.label:
            self.put(self.at, 1, rows=self.count + 1, text=places.label, style=self.label)
        for column in self.columns:
            self.put(self.at, column.at, text=column.word, style=self.label)
        by_field = {column.field: column.at for column in self.columns}
        first, last = self.at + 1, self.at + self.count
        for row in range(first, last + 1):
            self._row(row, by_field)
        self.at = last + 1
        start = min(by_field["weight"], by_field["score"])
        self.put(self.at, 1, to=start - 1, text=places.total, style=self.label)
        for field in ("weight", "score"):
            at = by_field[field]
            stretch = f"{cell_name(first, at)}:{cell_name(last, at)}"
            own = self.execution[field]
            formula = f'IF(COUNT({stretch})=0,"",SUM({own},{stretch}))'
            self.put(self.at, at, formula=formula, style=self.fixed)
        for at in range(start, self.last + 1):
            if at not in self.cells[self.at]:
                self.put(self.at, at, style=self.fixed)
        total = cell_name(self.at, by_field["weight"])
        whole = "100" if self.rules is None else decimal_text(self.rules.total)
        formula = (
            f'IF(ISNUMBER({total}),IF(ROUND({total}-{whole},6)=0,"✓",'
            f'"分值合计为 "&{total}&"，应为 {whole}"),"")'
        )
        self.put(self.at, self.check, formula=formula, style=self.fixed)

    def _row(self, row: int, by_field: dict[str, int]) -> None:
        at = {field: cell_name(row, column) for field, column in by_field.items()}
        formula = indicator_formula(
            self.rules, at["operator"], at["target"], at["actual"], at["weight"]
        )
        for column in self.columns:
            self.put(
                row, column.at, style=self.input,
                formula=formula if column.field == "score" else "",
            )  # fmt: skip
        self.signs.append(at["operator"])
        self.units.append(at["unit"])
        self.points.append(at["weight"])
        weight, score, name = at["weight"], at["score"], at["name"]
        checks = (
            f'IF({name}="","",IF(NOT(ISNUMBER({weight})),"缺分值",'
            f'IF(AND(ISNUMBER({score}),N({score})>N({weight})),"得分超过分值",'
            f'IF({at["actual"]}="","缺实际完成值","✓"))))'
        )
        self.put(row, self.check, formula=checks, style=self.fixed)

    # What may be entered, and what turns red.

    @property
    def rules_xml(self) -> str:
        """The XML of both."""
        first, last = cell_name(4, self.check), cell_name(self.at, self.check)
        wrong = f'AND(LEN({first})>0,{first}<>"✓")'
        red = (
            f'<conditionalFormatting sqref="{first}:{last}"><cfRule type="expression" dxfId="0" '
            f'priority="1"><formula>{words(wrong)}</formula></cfRule></conditionalFormatting>'
        )
        listed = (
            _choice(self.signs, _SIGNS, "stop", "请从列表中选择比较符号"),
            _choice(self.units, _UNITS, "", ""),
            _least(self.amounts, "金额应为不小于 0 的数；没有的填 0"),
            _least(self.points, "分值应为不小于 0 的数"),
        )
        checks = [one for one in listed if one]
        return red + f'<dataValidations count="{len(checks)}">{"".join(checks)}</dataValidations>'


def _choice(cells: Sequence[str], values: Sequence[str], style: str, message: str) -> str:
    """A list to choose from; without a message other values are taken, too."""
    told = (
        f' showErrorMessage="1" errorStyle="{style}" error={attribute(message)}' if message else ""
    )
    formula = words('"' + ",".join(values) + '"')
    return (
        f'<dataValidation type="list" allowBlank="1"{told} sqref="{" ".join(cells)}">'
        f"<formula1>{formula}</formula1></dataValidation>"
    )


def _least(cells: Sequence[str], message: str) -> str:
    """Numbers from 0 on; of others the program warns."""
    if not cells:
        return ""
    return (
        '<dataValidation type="decimal" operator="greaterThanOrEqual" allowBlank="1" '
        f'showErrorMessage="1" errorStyle="warning" error={attribute(message)} '
        f'sqref="{" ".join(cells)}"><formula1>0</formula1></dataValidation>'
    )


def _spread(first: int, last: int, count: int) -> list[tuple[int, int]]:
    """So many stretches of columns side by side, the wider ones first."""
    own, more = divmod(last - first + 1, count)
    spans: list[tuple[int, int]] = []
    for number in range(count):
        end = first + own + (number < more) - 1
        spans.append((first, end))
        first = end + 1
    return spans

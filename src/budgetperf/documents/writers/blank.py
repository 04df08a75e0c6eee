"""An empty form to fill in: cells for input, lists to choose from, live formulas, checks."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.display.text.ruleset import ruleset_text
from budgetperf.documents.source import cell_name
from budgetperf.exact import decimal_text
from budgetperf.model import EvaluationKind
from budgetperf.rules import RuleSet

from .form_layout import ColumnPlace, FormLayout
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


class _Kind(enum.Enum):
    """What a cell is for."""

    LABEL = "label"
    INPUT = "input"
    FIXED = "fixed"
    RATE = "rate"
    TITLE = "title"
    YEAR = "year"
    HINT = "hint"


class _Entry(enum.Enum):
    """What may be entered in a cell."""

    SIGN = "sign"
    UNIT = "unit"
    POINTS = "points"
    AMOUNT = "amount"


@attrs.frozen(kw_only=True)
class _Cell:
    """A cell of the form.

    Args:
        row: its first row.
        at: its first column.
        to: its last column; 0 if it is the first.
        rows: how many rows it takes.
        kind: what it is for.
        text: the words in it.
        formula: what it is computed by.
        number: the number that stands in it.
        entry: what may be entered.
    """

    row: int
    at: int
    kind: _Kind
    to: int = 0
    rows: int = 1
    text: str = ""
    formula: str = ""
    number: str = ""
    entry: _Entry | None = None

    @property
    def last(self) -> int:
        """Its last column."""
        return max(self.at, self.to)

    @property
    def name(self) -> str:
        """What a formula calls it."""
        return cell_name(self.row, self.at)

    @property
    def stretch(self) -> str:
        """The cells that are merged in it; ``""`` if it is one."""
        last = cell_name(self.row + self.rows - 1, self.last)
        return "" if last == self.name else f"{self.name}:{last}"

    def xml(self, style: int) -> str:
        """The XML of its first cell."""
        kind = ' t="str"' if self.formula else ' t="inlineStr"' if self.text else ""
        inside = ""
        if self.formula:
            inside = f"<f>{words(self.formula)}</f><v></v>"
        elif self.text:
            inside = f'<is><t xml:space="preserve">{words(self.text)}</t></is>'
        elif self.number:
            inside = f"<v>{self.number}</v>"
        return f'<c r="{self.name}" s="{style}"{kind}>{inside}</c>'


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
    form = _Form(layout=layout, rules=rules, count=rows)
    styles = Styles()
    cells = tuple(form.cells())
    sheet = worksheet(
        _rows_xml(form, cells, _numbers(styles)),
        [cell.stretch for cell in cells if cell.stretch],
        form.widths,
        protection='<sheetProtection sheet="1" objects="1" scenarios="1" formatRows="0"/>',
        rules=_checks(form, cells),
        is_wide=True,
    )
    text = _NO_RULES if rules is None else ruleset_text(rules, "zh")
    lines = text_rows((line, styles.left) for line in text.split("\n"))
    titles = print_titles(_FORM, form.header)
    sheets = {_FORM: sheet, _RULES: worksheet(lines, (), (86,))}
    return workbook(sheets, styles, [titles], computes=True)


_FORM, _RULES = "自评表", "评分规则"
_NO_RULES = "没有选用规则集：得分由填报人填写，或以后由 budgetperf compose 按规则集计算。"


def _numbers(styles: Styles) -> dict[_Kind, int]:
    """The number of the style of each kind of cell."""
    return {
        _Kind.LABEL: styles.number(look=Look.LABEL),
        _Kind.INPUT: styles.number(look=Look.WORDS, is_open=True, is_locked=False),
        _Kind.FIXED: styles.number(look=Look.NUMBER),
        _Kind.RATE: styles.number(look=Look.NUMBER, format="0.00%"),
        _Kind.TITLE: styles.number(look=None),
        _Kind.YEAR: styles.free,
        _Kind.HINT: styles.plain,
    }


def _rows_xml(form: _Form, cells: Sequence[_Cell], styles: dict[_Kind, int]) -> str:
    placed: dict[int, dict[int, str]] = {}
    for cell in cells:
        style = styles[cell.kind]
        for row in range(cell.row, cell.row + cell.rows):
            for at in range(cell.at, cell.last + 1):
                blank = f'<c r="{cell_name(row, at)}" s="{style}"/>'
                placed.setdefault(row, {})[at] = blank
        placed[cell.row][cell.at] = cell.xml(style)
    return "".join(
        f'<row r="{row}"{form.height(row)}>'
        + "".join(text for _, text in sorted(own.items()))
        + "</row>"
        for row, own in sorted(placed.items())
    )


@attrs.frozen(kw_only=True, slots=False)  # what is worked out once is kept
class _Form:
    """Which row and which column is for what.

    Args:
        layout: which form.
        rules: the rule-set for the scores, if there is one.
        count: how many rows there are for indicators.
    """

    layout: FormLayout
    rules: RuleSet | None
    count: int

    @functools.cached_property
    def columns(self) -> tuple[_Column, ...]:
        """Those of the indicators: a target has its operator before and its unit behind it."""
        parts: list[tuple[str, str]] = []
        for column in self.layout.indicators.columns:
            own = (column.field, column.word)
            is_target = column.field == "target"
            parts += [("operator", "符号"), own, ("unit", "度量单位")] if is_target else [own]
        first = 2 if self.layout.indicators.label else 1
        return tuple(
            _Column(field=field, word=word, at=at)
            for at, (field, word) in enumerate(parts, start=first)
        )

    @property
    def last(self) -> int:
        """The last column of the form."""
        return self.columns[-1].at

    @property
    def check(self) -> int:
        """The column of the checks."""
        return self.last + 1

    @property
    def widths(self) -> list[int]:
        """Those of all columns."""
        widths = [_WIDTHS[column.field] for column in self.columns]
        return [*([14] if self.layout.indicators.label else []), *widths, 22]

    # Rows.

    @property
    def sources(self) -> tuple[str, ...]:
        """What the sources of funds are called."""
        return _SOURCES.get(self.layout.kind, _SOURCES[EvaluationKind.PROJECT])

    @property
    def funding(self) -> int:
        """The row of the header of the funds."""
        return _FIRST + len(self.layout.identity)

    @property
    def funds(self) -> tuple[int, ...]:
        """The rows of the total and of the sources."""
        start = self.funding + 1
        return tuple(range(start, start + 1 + len(self.sources)))

    @property
    def goal(self) -> int:
        """The row of the header of the goal."""
        return self.funds[-1] + 1

    @property
    def header(self) -> int:
        """The row of the header of the indicators."""
        return self.goal + 2

    @property
    def total(self) -> int:
        """The row of their total."""
        return self.header + self.count + 1

    def height(self, row: int) -> str:
        """That of a row; those of indicators grow with what is filled in."""
        if self.header < row < self.total:
            return ' ht="36"'
        height = {1: 36, 2: 22, 3: 34}.get(row, 60 if row == self.goal + 1 else 24)
        return f' ht="{height}" customHeight="1"'

    # The form, from top to bottom.

    def cells(self) -> Iterator[_Cell]:
        """All cells, from top to bottom."""
        title = self.layout.heading
        yield _Cell(row=1, at=1, to=self.last, text=title, kind=_Kind.TITLE)
        yield _Cell(row=2, at=1, to=self.last, text="（　　　　年度）", kind=_Kind.YEAR)
        yield _Cell(row=3, at=1, to=self.last, text=_HINT, kind=_Kind.HINT)
        yield _Cell(row=3, at=self.check, text=_CHECK, kind=_Kind.LABEL)
        yield from self._identity()
        yield from self._funding()
        yield from self._goal()
        yield from self._indicators()
        yield from self._total()

    def _identity(self) -> Iterator[_Cell]:
        for row, line in enumerate(self.layout.identity, start=_FIRST):
            count = len(line.cells)
            starts = [1 + self.last * part // count for part in range(count)]
            ends = [*(start - 1 for start in starts[1:]), self.last]
            for cell, start, end in zip(line.cells, starts, ends, strict=True):
                yield _Cell(row=row, at=start, text=cell.word, kind=_Kind.LABEL)
                yield _Cell(row=row, at=start + 1, to=end, kind=_Kind.INPUT)

    def _funding(self) -> Iterator[_Cell]:
        places, top, rows = self.layout.funding, self.funding, self.funds
        label = places.label.replace("{unit}", _UNIT)
        first, last = self._names
        yield _Cell(row=top, at=1, rows=1 + len(rows), text=label, kind=_Kind.LABEL)
        yield _Cell(row=top, at=first, to=last, text=places.word, kind=_Kind.LABEL)
        for column, (start, end) in self._amounts:
            yield _Cell(row=top, at=start, to=end, text=column.word, kind=_Kind.LABEL)
        for row, word in zip(rows, (places.total, *self.sources), strict=True):
            yield _Cell(row=row, at=first, to=last, text=word, kind=_Kind.LABEL)
            executed, revised = self._fund(row, "executed"), self._fund(row, "revised")
            for column, (start, end) in self._amounts:
                base = _Cell(row=row, at=start, to=end, kind=_Kind.INPUT)
                yield self._fund_cell(base, column.field, executed, revised)
            over = f'IF({executed}>{revised},"执行数大于预算数","✓")'
            formula = f'IF(COUNT({executed},{revised})=2,{over},"")'
            yield _Cell(row=row, at=self.check, formula=formula, kind=_Kind.FIXED)

    @property
    def _names(self) -> tuple[int, int]:
        """The columns in which the names of the funds stand."""
        return (2, 3) if self.layout.indicators.label else (2, 2)

    @property
    def _amounts(self) -> list[tuple[ColumnPlace, tuple[int, int]]]:
        """The columns of the funds, each with where it begins and ends."""
        columns = self.layout.funding.columns
        spans = _spread(self._names[1] + 1, self.last, len(columns))
        return list(zip(columns, spans, strict=True))

    def _fund(self, row: int, field: str) -> str:
        """The name of the cell of the funds in that row and column."""
        starts = {column.field: start for column, (start, _) in self._amounts}
        return cell_name(row, starts[field])

    def _fund_cell(self, base: _Cell, field: str, executed: str, revised: str) -> _Cell:
        is_total = base.row == self.funds[0]
        if field == "execution_rate":
            known = f"COUNT({executed},{revised})=2"
            formula = f'IF({known},IF({revised}>0,ROUND({executed}/{revised},4),""),"")'
            return attrs.evolve(base, formula=formula, kind=_Kind.RATE)
        if field == "weight" and is_total:
            rule = None if self.rules is None else self.rules.execution
            number = "" if rule is None else decimal_text(rule.weight)
            return attrs.evolve(base, number=number, entry=_Entry.POINTS)
        if field == "score" and is_total:
            formula = execution_formula(self.rules, executed, revised)
            if formula:
                return attrs.evolve(base, formula=formula, kind=_Kind.FIXED)
            return attrs.evolve(base, entry=_Entry.POINTS)
        if field in ("weight", "score"):
            return attrs.evolve(base, kind=_Kind.FIXED)
        if is_total:
            first, last = (cell_name(row, base.at) for row in (self.funds[1], self.funds[-1]))
            formula = f'IF(COUNT({first}:{last})=0,"",SUM({first}:{last}))'
            return attrs.evolve(base, formula=formula, kind=_Kind.FIXED)
        return attrs.evolve(base, entry=_Entry.AMOUNT)

    def _goal(self) -> Iterator[_Cell]:
        places, row = self.layout.goal, self.goal
        spans = _spread(2, self.last, len(places.columns))
        yield _Cell(row=row, at=1, rows=2, text=places.label, kind=_Kind.LABEL)
        for column, (start, end) in zip(places.columns, spans, strict=True):
            yield _Cell(row=row, at=start, to=end, text=column.word, kind=_Kind.LABEL)
            yield _Cell(row=row + 1, at=start, to=end, kind=_Kind.INPUT)

    def _indicators(self) -> Iterator[_Cell]:
        label = self.layout.indicators.label
        if label:
            rows = self.count + 1
            yield _Cell(row=self.header, at=1, rows=rows, text=label, kind=_Kind.LABEL)
        for column in self.columns:
            yield _Cell(row=self.header, at=column.at, text=column.word, kind=_Kind.LABEL)
        for row in range(self.header + 1, self.total):
            yield from self._indicator(row)

    def _indicator(self, row: int) -> Iterator[_Cell]:
        at = {column.field: cell_name(row, column.at) for column in self.columns}
        score_formula = indicator_formula(
            self.rules, at["operator"], at["target"], at["actual"], at["weight"]
        )
        for column in self.columns:
            formula = score_formula if column.field == "score" else ""
            entry = _ENTRIES.get(column.field)
            yield _Cell(row=row, at=column.at, formula=formula, entry=entry, kind=_Kind.INPUT)
        weight, score, name = at["weight"], at["score"], at["name"]
        formula = (
            f'IF({name}="","",IF(NOT(ISNUMBER({weight})),"缺分值",'
            f'IF(AND(ISNUMBER({score}),N({score})>N({weight})),"得分超过分值",'
            f'IF({at["actual"]}="","缺实际完成值","✓"))))'
        )
        yield _Cell(row=row, at=self.check, formula=formula, kind=_Kind.FIXED)

    def _total(self) -> Iterator[_Cell]:
        by_field = {column.field: column.at for column in self.columns}
        row, start = self.total, min(by_field["weight"], by_field["score"])
        text = self.layout.indicators.total
        yield _Cell(row=row, at=1, to=start - 1, text=text, kind=_Kind.LABEL)
        sums: dict[int, str] = {}
        for field in ("weight", "score"):
            at = by_field[field]
            stretch = f"{cell_name(self.header + 1, at)}:{cell_name(row - 1, at)}"
            own = self._fund(self.funds[0], field)
            sums[at] = f'IF(COUNT({stretch})=0,"",SUM({own},{stretch}))'
        for at in range(start, self.last + 1):
            yield _Cell(row=row, at=at, formula=sums.get(at, ""), kind=_Kind.FIXED)
        total = cell_name(row, by_field["weight"])
        whole = "100" if self.rules is None else decimal_text(self.rules.total)
        formula = (
            f'IF(ISNUMBER({total}),IF(ROUND({total}-{whole},6)=0,"✓",'
            f'"分值合计为 "&{total}&"，应为 {whole}"),"")'
        )
        yield _Cell(row=row, at=self.check, formula=formula, kind=_Kind.FIXED)


_FIRST = 4
"""The first row of the head of the form."""
_ENTRIES = {"operator": _Entry.SIGN, "unit": _Entry.UNIT, "weight": _Entry.POINTS}


# What may be entered, and what turns red.


def _checks(form: _Form, cells: Sequence[_Cell]) -> str:
    """The XML of both."""
    first, last = cell_name(_FIRST, form.check), cell_name(form.total, form.check)
    wrong = f'AND(LEN({first})>0,{first}<>"✓")'
    red = (
        f'<conditionalFormatting sqref="{first}:{last}"><cfRule type="expression" dxfId="0" '
        f'priority="1"><formula>{words(wrong)}</formula></cfRule></conditionalFormatting>'
    )
    named = {entry: [cell.name for cell in cells if cell.entry is entry] for entry in _Entry}
    listed = (
        _choice(named[_Entry.SIGN], _SIGNS, "stop", "请从列表中选择比较符号"),
        _choice(named[_Entry.UNIT], _UNITS, "", ""),
        _least(named[_Entry.AMOUNT], "金额应为不小于 0 的数；没有的填 0"),
        _least(named[_Entry.POINTS], "分值应为不小于 0 的数"),
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

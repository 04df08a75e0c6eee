"""An empty form to fill in: cells for input, lists to choose from, live formulas, checks."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs

from budgetperf.documents.apart import RULES as RULES_SHEET
from budgetperf.documents.source import cell_name
from budgetperf.documents.writers.basic_data import SHEET
from budgetperf.documents.writers.form_layout import ColumnPlace, FormLayout
from budgetperf.documents.writers.sheet import (
    Styles,
    defined_name,
    print_titles,
    spread,
    workbook,
    worksheet,
)
from budgetperf.exact import decimal_text
from budgetperf.model import EvaluationKind
from budgetperf.rules import RuleSet

from .data import basic_data_sheet
from .entry import (
    CHECK,
    LOCKED,
    MONEY_UNIT,
    Cell,
    Entry,
    Kind,
    checks_xml,
    rows_xml,
    style_numbers,
)
from .rule_formulas import Row, execution_formula, indicator_formula
from .rules import rules_sheet

__all__ = ["blank_bytes"]

_SOURCES = {
    EvaluationKind.PROJECT: ("其中：当年财政拨款", "上年结转资金", "其他资金"),
    EvaluationKind.DEPARTMENT: ("其中：上级安排", "本级安排", "其他资金"),
}
_WIDTHS = {
    "level1": 13, "level2": 15, "name": 24, "operator": 8, "target": 13, "unit": 9, "actual": 13,
    "weight": 9, "score": 10, "explanation": 34, "basis": 18,
    "midyear": 13, "analysis": 34,
}  # fmt: skip
_HINT = (
    "填写有底色的格子；合计、执行率、得分、总分自动计算。"
    "没有的金额填数字零，不适用的填“—”，年度写成（2024年度）。"
)


@attrs.frozen(kw_only=True)
class _Column:
    """A column of the indicators: what it is for, and where it stands."""

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
    first, last = cell_name(_FIRST, form.check), cell_name(form.total, form.check)
    sheet = worksheet(
        rows_xml(cells, style_numbers(styles), form.height),
        [cell.stretch for cell in cells if cell.stretch],
        form.widths,
        protection=LOCKED,
        rules=checks_xml(cells, first, last),
        is_wide=True,
    )
    sheets = {_FORM: sheet}
    if layout.basic_data:
        known = {path: f"'{_FORM}'!{name}" for path, name in form.names.items()}
        sheets[SHEET] = basic_data_sheet(styles, known)
    sheets[_RULES] = rules_sheet(rules, styles)
    names = [defined_name(RULES_SHEET, f"'{_RULES}'!$A$1"), print_titles(_FORM, form.header)]
    return workbook(sheets, styles, names, computes=True)


_FORM, _RULES = "自评表", "评分规则"


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
        parts += [(column.field, column.word) for column in self.layout.indicators.more]
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

    @property
    def names(self) -> dict[str, str]:
        """The cells of the total of the funds, by path."""
        top = self.funds[0]
        return {f"form.funding.total.{field}": self._fund(top, field) for field in _PHASES}

    def height(self, row: int) -> str:
        """That of a row; those of indicators grow with what is filled in."""
        if self.header < row < self.total:
            return ' ht="36"'
        height = {1: 36, 2: 22, 3: 34}.get(row, 60 if row == self.goal + 1 else 24)
        return f' ht="{height}" customHeight="1"'

    # The form, from top to bottom.

    def cells(self) -> Iterator[Cell]:
        """All cells, from top to bottom."""
        title = self.layout.heading
        yield Cell(row=1, at=1, to=self.last, text=title, kind=Kind.TITLE)
        yield Cell(row=2, at=1, to=self.last, text="（　　　　年度）", kind=Kind.YEAR)
        yield Cell(row=3, at=1, to=self.last, text=_HINT, kind=Kind.HINT)
        yield Cell(row=3, at=self.check, text=CHECK, kind=Kind.LABEL)
        yield from self._identity()
        yield from self._funding()
        yield from self._goal()
        yield from self._indicators()
        yield from self._total()

    def _identity(self) -> Iterator[Cell]:
        for row, line in enumerate(self.layout.identity, start=_FIRST):
            count = len(line.cells)
            starts = [1 + self.last * part // count for part in range(count)]
            ends = [*(start - 1 for start in starts[1:]), self.last]
            for cell, start, end in zip(line.cells, starts, ends, strict=True):
                yield Cell(row=row, at=start, text=cell.word, kind=Kind.LABEL)
                yield Cell(row=row, at=start + 1, to=end, kind=Kind.INPUT)

    def _funding(self) -> Iterator[Cell]:
        places, top, rows = self.layout.funding, self.funding, self.funds
        label = places.label.replace("{unit}", MONEY_UNIT)
        first, last = self._names
        yield Cell(row=top, at=1, rows=1 + len(rows), text=label, kind=Kind.LABEL)
        yield Cell(row=top, at=first, to=last, text=places.word, kind=Kind.LABEL)
        for column, (start, end) in self._amounts:
            yield Cell(row=top, at=start, to=end, text=column.word, kind=Kind.LABEL)
        for row, word in zip(rows, (places.total, *self.sources), strict=True):
            yield Cell(row=row, at=first, to=last, text=word, kind=Kind.LABEL)
            executed, revised = self._fund(row, "executed"), self._fund(row, "revised")
            sums: list[Cell] = []
            for column, (start, end) in self._amounts:
                base = Cell(row=row, at=start, to=end, kind=Kind.INPUT)
                cell = self._fund_cell(base, column.field, executed, revised)
                sums += [cell] if column.field in _PHASES else []
                yield cell
            over = f'IF({executed}>{revised},"执行数大于预算数","✓")'
            formula = f'IF(COUNT({executed},{revised})=2,{over},"")'
            if row == rows[0]:
                columns = [self._parts(cell.at) for cell in sums]
                gaps = (f"AND(COUNT({parts})>0,COUNTBLANK({parts})>0)" for parts in columns)
                formula = f'IF(OR({",".join(gaps)}),"有空格：没有的填数字零",{formula})'
            yield Cell(row=row, at=self.check, formula=formula, kind=Kind.FIXED)

    @property
    def _names(self) -> tuple[int, int]:
        """The columns in which the names of the funds stand."""
        return (2, 3) if self.layout.indicators.label else (2, 2)

    @property
    def _amounts(self) -> list[tuple[ColumnPlace, tuple[int, int]]]:
        """The columns of the funds, each with where it begins and ends."""
        columns = self.layout.funding.columns
        spans = spread(self._names[1] + 1, self.last, len(columns))
        return list(zip(columns, spans, strict=True))

    def _fund(self, row: int, field: str) -> str:
        """The name of the cell of the funds in that row and column."""
        starts = {column.field: start for column, (start, _) in self._amounts}
        return cell_name(row, starts[field])

    def _parts(self, at: int) -> str:
        """The cells of the sources in a column."""
        first, last = (cell_name(row, at) for row in (self.funds[1], self.funds[-1]))
        return f"{first}:{last}"

    def _fund_cell(self, base: Cell, field: str, executed: str, revised: str) -> Cell:
        is_total = base.row == self.funds[0]
        if field == "execution_rate":
            known = f"COUNT({executed},{revised})=2"
            formula = f'IF({known},IF({revised}>0,ROUND({executed}/{revised},4),""),"")'
            return attrs.evolve(base, formula=formula, kind=Kind.RATE)
        if field == "weight" and is_total:
            rule = None if self.rules is None else self.rules.execution
            number = "" if rule is None else decimal_text(rule.weight)
            return attrs.evolve(base, number=number, entry=Entry.POINTS)
        if field == "score" and is_total:
            initial = self._fund(base.row, "initial")
            formula = execution_formula(self.rules, executed, revised, initial)
            # It may be filled in where the rule leaves it open, as scores of indicators are.
            return attrs.evolve(base, formula=formula, entry=Entry.POINTS)
        if field in ("weight", "score"):
            return attrs.evolve(base, kind=Kind.FIXED)
        if is_total:
            parts = self._parts(base.at)
            blank = f"COUNT({parts})=0,COUNTBLANK({parts})>0"
            formula = f'IF(OR({blank}),"",SUM({parts}))'
            return attrs.evolve(base, formula=formula, kind=Kind.FIXED)
        return attrs.evolve(base, entry=Entry.AMOUNT)

    def _goal(self) -> Iterator[Cell]:
        places, row = self.layout.goal, self.goal
        spans = spread(2, self.last, len(places.columns))
        yield Cell(row=row, at=1, rows=2, text=places.label, kind=Kind.LABEL)
        for column, (start, end) in zip(places.columns, spans, strict=True):
            yield Cell(row=row, at=start, to=end, text=column.word, kind=Kind.LABEL)
            yield Cell(row=row + 1, at=start, to=end, kind=Kind.INPUT)

    def _indicators(self) -> Iterator[Cell]:
        label = self.layout.indicators.label
        if label:
            rows = self.count + 1
            yield Cell(row=self.header, at=1, rows=rows, text=label, kind=Kind.LABEL)
        for column in self.columns:
            yield Cell(row=self.header, at=column.at, text=column.word, kind=Kind.LABEL)
        for row in range(self.header + 1, self.total):
            yield from self._indicator(row)

    def _indicator(self, row: int) -> Iterator[Cell]:
        at = {column.field: cell_name(row, column.at) for column in self.columns}
        row_cells = Row(
            **{name: at[name] for name in ("level1", "level2", "name", "target", "unit")},
            sign=at["operator"],
            actual=at["actual"],
            weight=at["weight"],
        )
        score_formula = indicator_formula(self.rules, row_cells)
        for column in self.columns:
            formula = score_formula if column.field == "score" else ""
            entry = _ENTRIES.get(column.field)
            yield Cell(row=row, at=column.at, formula=formula, entry=entry, kind=Kind.INPUT)
        weight, score, name = at["weight"], at["score"], at["name"]
        # Typed as 90 % a cell holds 0.9, which is not what 90 beside the unit % is.
        shares = (f'LEFT(CELL("format",{at[field]}))="P"' for field in ("target", "actual"))
        formula = (
            f'IF({name}="","",IF(NOT(ISNUMBER({weight})),"缺分值",'
            f'IF(AND({at["unit"]}="%",OR({",".join(shares)})),"单位是 %：数填 90，不填 90%",'
            f'IF(AND(ISNUMBER({score}),N({score})>N({weight})),"得分超过分值",'
            f'IF({at["actual"]}="","缺实际完成值","✓")))))'
        )
        yield Cell(row=row, at=self.check, formula=formula, kind=Kind.FIXED)

    def _total(self) -> Iterator[Cell]:
        by_field = {column.field: column.at for column in self.columns}
        row, start = self.total, min(by_field["weight"], by_field["score"])
        text = self.layout.indicators.total
        yield Cell(row=row, at=1, to=start - 1, text=text, kind=Kind.LABEL)
        sums: dict[int, str] = {}
        for field in ("weight", "score"):
            at = by_field[field]
            stretch = f"{cell_name(self.header + 1, at)}:{cell_name(row - 1, at)}"
            own = self._fund(self.funds[0], field)
            name = by_field["name"]
            named = f"{cell_name(self.header + 1, name)}:{cell_name(row - 1, name)}"
            # What is blank counts for nothing, not for 0: nor has the total a value then.
            gaps = f'SUMPRODUCT(({named}<>"")*({stretch}=""))>0'
            if field == "score":
                weight = self._fund(self.funds[0], "weight")
                gaps += f',AND(ISNUMBER({weight}),{own}="")'
            sums[at] = f'IF(OR(COUNT({stretch})=0,{gaps}),"",SUM({own},{stretch}))'
        for at in range(start, self.last + 1):
            yield Cell(row=row, at=at, formula=sums.get(at, ""), kind=Kind.FIXED)
        total = cell_name(row, by_field["weight"])
        score = cell_name(row, by_field["score"])
        full_points = "100" if self.rules is None else decimal_text(self.rules.total)
        formula = (
            f'IF(ISNUMBER({total}),IF(ROUND({total}-{full_points},6)=0,IF({score}="","得分未填齐","✓"),'
            f'"分值合计为 "&{total}&"，应为 {full_points}"),"")'
        )
        yield Cell(row=row, at=self.check, formula=formula, kind=Kind.FIXED)


_PHASES = ("initial", "revised", "executed")
_FIRST = 4
"""The first row of the head of the form."""
_ENTRIES = {"operator": Entry.SIGN, "unit": Entry.UNIT, "weight": Entry.POINTS}

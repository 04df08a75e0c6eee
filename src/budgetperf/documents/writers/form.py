"""A report laid out as a form: which figure and which words stand in which cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.forms.vocabulary import REVIEWED
from budgetperf.exact import (
    MONEY,
    Figure,
    Missing,
    MissingReason,
    round_to,
)
from budgetperf.model import (
    FundingKind,
    Indicator,
    SelfEvaluation,
    StatedText,
    Target,
    figures,
    resolve,
)
from budgetperf.model.indicators import is_subtotal

from .form_layout import ColumnPlace, FormLayout
from .grid import Block, Look, Page, Put
from .printed import called_alone, in_chinese, mark_text, printed_in_cell, target_text

__all__ = ["money_unit_of", "page_of"]

_POINTS = ("weight", "score", "mark", *REVIEWED)
_AMOUNTS = ("initial", "revised", "executed", "received")
_MONEY_UNIT = "万元"


def page_of(
    report: SelfEvaluation,
    layout: FormLayout,
    *,
    left_open: Collection[str] = (),
    notes: dict[str, tuple[str, ...]] | None = None,
) -> Page:
    """The form of a report.

    Args:
        report: the report.
        layout: which form.
        left_open: the paths of cells that are left to be filled in.
        notes: what is told below the form.
    """
    drawing = _Drawing(report, layout, frozenset(left_open))
    year = report.department.year
    above, table = drawing.above(), drawing.indicators()
    return Page(
        heading=layout.heading,
        year=f"（{year.value:f}年度）" if isinstance(year, Figure) else "",
        widths=layout.widths,
        blocks=tuple(block for block in (above, table) if block.rows),
        notes=notes or {},
        held=frozenset(drawing.held),
    )


class _Drawing:
    """Puts a report into the cells of a layout, and notes which of its paths they hold."""

    def __init__(
        self, report: SelfEvaluation, layout: FormLayout, left_open: frozenset[str]
    ) -> None:
        self.report = report
        self.layout = layout
        self.left_open = left_open
        self.unit = money_unit_of(report)
        self.held = {"department.year"}

    # The head, the funds, the goal.

    def above(self) -> Block:
        """All that stands above the indicators."""
        rows = [*self._identity(), *self._funding(), *self._goal()]
        return Block(rows=tuple(rows))

    def _identity(self) -> Iterator[tuple[Put, ...]]:
        for row in self.layout.identity:
            cells: list[Put] = []
            for cell in row.cells:
                label = Put(text=cell.word, column=cell.at, look=Look.LABEL)
                value = resolve(self.report, cell.path)
                words = self._words(cell.path, value, cell.at + 1, columns=cell.columns - 1)
                cells += [label, words]
            yield tuple(cells)

    def _funding(self) -> Iterator[tuple[Put, ...]]:
        places, name = self.layout.funding, self.layout.funding.name
        lines = list(self._lines())
        label = places.label.replace("{unit}", self.unit)
        first = Put(text=label, column=1, rows=len(lines) + 1, look=Look.LABEL)
        head = Put(text=places.word, column=name.at, columns=name.columns, look=Look.LABEL)
        yield (first, head, *(_above(column) for column in places.columns))
        for path, word in lines:
            called = Put(text=word, column=name.at, columns=name.columns, look=Look.LABEL)
            row = resolve(self.report, path)
            cells = (
                self._figure(f"{path}.{c.field}", c)
                if hasattr(row, c.field)
                else Put(text="", column=c.at, columns=c.columns)  # expenditure has no points
                for c in places.columns
            )
            yield (called, *cells)

    def _lines(self) -> Iterator[tuple[str, str]]:
        """The rows of the funds, each with its words."""
        yield "form.funding.total", self.layout.funding.total
        sources = self.report.form.funding.sources
        for index, source in enumerate(sources):
            word = source.label or _SOURCES.get(source.kind, source.kind.label.zh)
            word = called_alone(word)
            yield f"form.funding.sources[{index}]", word if index else f"其中：{word}"
        if self.layout.basic_data:  # it has their rows
            return
        for path, word in (("basic_expenditure", "基本支出"), ("project_expenditure", "项目支出")):
            if getattr(self.report.form, path) != type(getattr(self.report.form, path))():
                yield f"form.{path}", word

    def _goal(self) -> Iterator[tuple[Put, ...]]:
        places = self.layout.goal
        first = Put(text=places.label, column=1, rows=2, look=Look.LABEL)
        yield (first, *(_above(column) for column in places.columns))
        yield tuple(
            self._words(path, resolve(self.report, path), c.at, columns=c.columns)
            for c in places.columns
            for path in [f"form.goal.{c.field}"]
        )

    # The indicators.

    def indicators(self) -> Block:
        """The table of indicators, with the row of the total."""
        places, table = self.layout.indicators, self.report.form.indicators
        total = self._total()
        if not table and not total:
            return Block(rows=())
        heads = tuple(_above(column) for column in places.columns)
        if places.label:
            label = Put(text=places.label, column=1, rows=len(table) + 1, look=Look.LABEL)
            heads = (label, *heads)
        spans = {name: _spans(table, name) for name in ("level1", "level2")}
        rows = [tuple(self._row(index, indicator, spans)) for index, indicator in enumerate(table)]
        return Block(rows=(heads, *rows, *total, *self._reasons()), header=1)

    def _row(self, index: int, indicator: Indicator, spans: dict[str, list[int]]) -> Iterator[Put]:
        where = f"form.indicators[{index}]"
        for column in self.layout.indicators.columns:
            path = f"{where}.{column.field}"
            value = getattr(indicator, column.field)
            if column.field in spans:
                rows = spans[column.field][index]
                self.held.add(path)
                if rows:
                    words = self._words(path, value, column.at)
                    yield attrs.evolve(words, rows=rows, look=Look.LABEL)
            elif isinstance(value, Target):
                text = target_text(value)
                self.held |= {path, f"{path}.value"}
                yield Put(text=text, column=column.at, path=path, look=Look.NUMBER)
            elif isinstance(value, (Figure, Missing)) and column.field in _FIGURES:
                yield self._figure(path, column)
            else:
                yield self._words(path, value, column.at)

    def _total(self) -> tuple[tuple[Put, ...], ...]:
        form, places = self.report.form, self.layout.indicators
        stated = (form.total_weight, form.total_score, form.rating)
        is_open = {"form.total_score", "form.rating"} & self.left_open
        if not is_open and all(
            isinstance(value, Missing) and value.reason is MissingReason.NOT_STATED
            for value in stated
        ):
            return ()
        by_field = {column.field: column for column in places.columns}
        first = min(column.at for column in places.columns if column.field in _POINTS)
        cells = [Put(text=places.total, column=1, columns=first - 1, look=Look.LABEL)]
        taken = set(range(1, first))
        for field, path in (("weight", "form.total_weight"), ("score", "form.total_score")):
            column = by_field[field]
            cells.append(self._figure(path, column))
            taken.add(column.at)
        left = [at for at in range(1, len(self.layout.widths) + 1) if at not in taken]
        rating = form.rating if isinstance(form.rating, str) else ""
        words = f"{_RATING}{rating}" if rating or "form.rating" in self.left_open else ""
        path = "form.rating"
        if left:
            put = Put(text=words, column=left[0], path=path, is_open=path in self.left_open)
            cells += [put, *(Put(text="", column=at) for at in left[1:])]
            return (tuple(sorted(cells, key=lambda cell: cell.column)),)
        rows = [tuple(cells)]
        if words:
            label = Put(text=_RATING.rstrip("："), column=1, columns=first - 1, look=Look.LABEL)
            columns = len(self.layout.widths) - first + 1
            value = Put(
                text=rating, column=first, columns=columns, path=path,
                is_open=path in self.left_open,
            )  # fmt: skip
            rows.append((label, value))
        return tuple(rows)

    def _reasons(self) -> tuple[tuple[Put, ...], ...]:
        """A row for the reasons that are of all indicators, where some are given."""
        path, words = "form.deviation_reasons", self.report.form.deviation_reasons
        if not isinstance(words, str):
            return ()
        first = next(c.at for c in self.layout.indicators.columns if c.field == "name")
        label = Put(text=_REASONS, column=1, columns=first - 1, look=Look.LABEL)
        columns = len(self.layout.widths) - first + 1
        return ((label, self._words(path, words, first, columns=columns)),)

    # Cells.

    def _words(self, path: str, value: object, column: int, *, columns: int = 1) -> Put:
        text = value.text if isinstance(value, Missing) else in_chinese(str(value))
        is_open = path in self.left_open
        return Put(text=text, column=column, columns=columns, path=path, is_open=is_open)

    def _figure(self, path: str, place: ColumnPlace) -> Put:
        stated = resolve(self.report, path)
        is_open = path in self.left_open
        base = Put(
            text="", column=place.at, columns=place.columns, path=path, look=Look.NUMBER,
            is_open=is_open,
        )  # fmt: skip
        if isinstance(stated, Missing):
            return attrs.evolve(base, text=mark_text(stated))
        if not isinstance(stated, Figure):
            return base
        unit = self.unit if place.field in _AMOUNTS else ""
        text, is_number = printed_in_cell(stated, unit)
        formula = _formula(self.report, path, stated) if is_number else ""
        return attrs.evolve(base, text=text, number=stated if is_number else None, formula=formula)


_RATING = "自评等级："
_REASONS = "偏差大或目标未完成原因分析"
_FIGURES = (*_POINTS, "actual", "midyear", "completion_rate", "deviation")
_SOURCES = {
    FundingKind.CURRENT_APPROPRIATION: "当年财政拨款",
    FundingKind.CARRY_OVER: "上年结转资金",
    FundingKind.OTHER: "其他资金",
    FundingKind.CENTRAL_TRANSFER: "中央转移支付",
    FundingKind.REGIONAL_TRANSFER: "自治区转移支付",
}
"""What the rows of sources are called where the report does not print it."""


def _above(column: ColumnPlace) -> Put:
    return Put(text=column.word, column=column.at, columns=column.columns, look=Look.LABEL)


def money_unit_of(report: SelfEvaluation) -> str:
    """The unit that the amounts of the form have, where it is one."""
    symbols = {
        figure.unit.symbol
        for path, figure in figures(report)
        if path.startswith("form.") and figure.unit.dimension == MONEY
        if ".indicators[" not in path
    }
    return symbols.pop() if len(symbols) == 1 else _MONEY_UNIT


def _spans(table: Sequence[Indicator], field: str) -> list[int]:
    """How many rows the heading of each row takes; 0 where it goes on from above.

    Equal headings are merged; of level 2 only below one of level 1, and never across rows that sum
    others up.
    """
    spans = [1] * len(table)
    start = 0
    for index in range(1, len(table)):
        if _goes_on(table[index - 1], table[index], field):
            spans[start] += 1
            spans[index] = 0
        else:
            start = index
    return spans


def _goes_on(above: Indicator, below: Indicator, field: str) -> bool:
    if not (above.key and below.key):
        return False
    same = _same(above.level1, below.level1)
    return same if field == "level1" else same and _same(above.level2, below.level2)


def _same(above: StatedText, below: StatedText) -> bool:
    words = isinstance(above, str) and isinstance(below, str)
    return words and above == below and not is_subtotal(above)


# Formulas: only where they give the very figure that is printed.


def _formula(report: SelfEvaluation, path: str, figure: Figure) -> str:
    for formula, value in _candidates(report, path):
        if value is not None and value == figure.nominal and formula:
            return formula
    return ""


def _candidates(report: SelfEvaluation, path: str) -> Iterator[tuple[str, Fraction | None]]:
    where, _, field = path.rpartition(".")
    figure = resolve(report, path)
    if not isinstance(figure, Figure):
        return
    if field == "execution_rate":
        top, bottom = f"{where}.executed", f"{where}.revised"
        yield _ratio(report, top, bottom, figure)
    elif where == "form.funding.total" and field in _AMOUNTS:
        count = len(report.form.funding.sources)
        paths = [f"form.funding.sources[{index}].{field}" for index in range(count)]
        yield _sum(report, paths, figure)
    elif path in ("form.total_weight", "form.total_score"):
        column = path.removeprefix("form.total_")
        rows = [
            f"form.indicators[{index}].{column}"
            for index, row in enumerate(report.form.indicators)
            if row.key
        ]
        yield _sum(report, [f"form.funding.total.{column}", *rows], figure)


def _ratio(
    report: SelfEvaluation, top: str, bottom: str, figure: Figure
) -> tuple[str, Fraction | None]:
    a, b = _number(report, top), _number(report, bottom)
    if a is None or not b or figure.unit.symbol != "%":
        return "", None
    places = figure.places + 2
    return f"ROUND({{{top}}}/{{{bottom}}},{places})", round_to(a / b, places)


def _sum(
    report: SelfEvaluation, paths: Sequence[str], figure: Figure
) -> tuple[str, Fraction | None]:
    """The sum of the cells that hold numbers; those with a mark count for nothing in it."""
    stated = {path: resolve(report, path) for path in paths}
    if any(
        not isinstance(value, Figure) and not (isinstance(value, Missing) and value.says_none)
        for path, value in stated.items()
        if not _is_no_row(path, value)
    ):
        return "", None
    known = {path: value for path, value in stated.items() if isinstance(value, Figure)}
    if not known or any(summand.unit != figure.unit for summand in known.values()):
        return "", None
    value = sum((summand.nominal for summand in known.values()), start=Fraction(0))
    places = max(figure.places, 0)
    return f"ROUND(SUM({','.join(_ranges(known))}),{places})", value


def _is_no_row(path: str, value: object) -> bool:
    nowhere = isinstance(value, Missing) and value.reason is MissingReason.NOT_STATED
    return nowhere and path.startswith("form.funding.total.")


def _ranges(paths: Iterable[str]) -> list[str]:
    """The cells of consecutive rows as ranges."""
    runs: list[list[str]] = []
    before = -2
    for path in paths:
        index = re.search(r"\[(\d+)\]", path)
        at = int(index[1]) if index else -2
        if at == before + 1 and at > 0:
            runs[-1].append(path)
        else:
            runs.append([path])
        before = at
    return [f"{{{run[0]}}}" if len(run) == 1 else f"{{{run[0]}}}:{{{run[-1]}}}" for run in runs]


def _number(report: SelfEvaluation, path: str) -> Fraction | None:
    stated: object = resolve(report, path)
    return stated.nominal if isinstance(stated, Figure) else None

"""The table of a department's basic data, as it stands beside a form that is written: the rows of
what the report states and neither the form nor the text has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.documents.basic_data import Column, Row, Section, basic_data, terms_of
from budgetperf.documents.understanding.layout import layouts
from budgetperf.exact import Figure, Missing, round_to
from budgetperf.model import (
    Achievement,
    FundingSource,
    Indicator,
    SelfEvaluation,
    Survey,
    resolve,
)
from budgetperf.model.fields import Element, FigureKind
from budgetperf.model.paths import kind_of

from .grid import Block, Look, Page, Put
from .printed import called_alone, date_text, in_chinese, mark_text, printed_in_cell

__all__ = ["SHEET", "WIDTHS", "basic_data_of"]

SHEET = "基础数据"
"""What its sheet is called in a workbook."""

WIDTHS = (34, 14, 14, 14, 14, 14, 14)
"""Of its columns, in characters of half width: the names, and as many as any section has."""


def basic_data_of(
    report: SelfEvaluation, unit: str, *, held: Collection[str], left_open: Collection[str] = ()
) -> Page | None:
    """The table; ``None`` where nothing is left for it.

    Args:
        report: the report.
        unit: the unit of money of its form.
        held: the paths of what stands in the form and the text.
        left_open: the paths of what is left to be filled in.
    """
    drawing = _Drawing(report, unit, frozenset(held), frozenset(left_open))
    rows = [row for section in basic_data().section for row in drawing.section(section)]
    if not rows:
        return None
    return Page(
        heading=basic_data().title,
        year="",
        widths=WIDTHS,
        blocks=(Block(rows=tuple(rows)),),
        held=frozenset(drawing.named),
    )


class _Drawing:
    """Puts a report's basic data into cells, and notes which figures the form has already."""

    def __init__(
        self, report: SelfEvaluation, unit: str, held: frozenset[str], left_open: frozenset[str]
    ) -> None:
        self.report = report
        self.unit = unit
        self.held = held
        self.left_open = left_open
        self.named = set[str]()

    def section(self, section: Section) -> Iterator[tuple[Put, ...]]:
        """Its header and its rows; nothing where none of them says anything."""
        rows = [cells for row in self._rows(section) if (cells := self._row(section, row))]
        if rows:
            word = section.word.replace("{unit}", self.unit)
            heads = (word, *(column.word for column in section.columns))
            yield _to_the_end(
                [Put(text=t, column=at, look=Look.LABEL) for at, t in enumerate(heads, start=1)]
            )
            yield from rows

    def _rows(self, section: Section) -> Iterator[Row]:
        """The rows; of a list those of its elements, in their order."""
        if section.each:
            for index, element in enumerate(self._elements(section.each)):
                name = element.name if isinstance(element, (Achievement, Indicator, Survey)) else ""
                is_own = all(
                    getattr(element, name) is value for name, value in section.says.items()
                )
                if isinstance(name, str) and name and is_own and not self._is_of_goal(element):
                    yield section.row(str(index), name)
        done = set[str]()
        for row in section.rows:
            if not row.list_path:
                yield row
            elif row.list_path not in done:
                done.add(row.list_path)
                alike = [other for other in section.rows if other.list_path == row.list_path]
                yield from self._of_list(row.list_path, alike)

    def _is_of_goal(self, element: Element) -> bool:
        """Whether it is a result that was read from the words of the goal, which have it."""
        if not (isinstance(element, Achievement) and isinstance(element.value, Figure)):
            return False
        goal = self.report.form.goal
        words = "".join(w for w in (goal.expected, goal.achieved) if isinstance(w, str))
        known = {name for layout in layouts() for name in layout.achievements}
        return element.name in known and element.value.text in words

    def _of_list(self, path: str, rows: list[Row]) -> Iterator[Row]:
        words = {row.key: row.word for row in rows}
        for index, element in enumerate(self._elements(path)):
            word = words.get(element.key, element.title.zh)
            if isinstance(element, FundingSource) and element.label:
                word = element.label
            word = called_alone(word) if index else f"其中：{called_alone(word)}"
            path_of_one = f"{path}[{index}]"
            yield attrs.evolve(rows[0], path=path_of_one, word=word, paths={}, formulas={})

    def _elements(self, path: str) -> tuple[Element, ...]:
        return cast("tuple[Element, ...]", resolve(self.report, path))

    def _row(self, section: Section, row: Row) -> tuple[Put, ...]:
        """A row; nothing where all that it says stands elsewhere already."""
        columns = [column for column in section.columns if row.has(column.field)]
        paths = [row.at(column.field) for column in columns]
        if not (any(map(self._is_due, paths)) or self._is_of_list(row.path)):
            return ()
        if row.path.endswith("]"):  # it stands at its beginning
            names = ("name", "label", "kind", "category", *section.says)
            self.named |= {f"{row.path}.{name}" for name in names}
        cells = [Put(text=row.word, column=1, look=Look.LABEL)]
        for at, column in enumerate(section.columns, start=2):
            if row.has(column.field):
                cells.append(self._cell(row, column, at))
        return _to_the_end(cells)

    def _is_of_list(self, path: str) -> bool:
        """Whether it is a row of a list that stands nowhere else: such a list is kept whole."""
        where, _, index = path.rpartition("[")
        return (
            bool(index) and where in _KEPT and not any(held.startswith(where) for held in self.held)
        )

    def _is_due(self, path: str) -> bool:
        """Whether something stands there that stands nowhere else, or is to be filled in."""
        if path in self.held:
            return False
        value = resolve(self.report, path)
        if isinstance(value, Missing):
            return path in self.left_open or (bool(value.text) and not value.is_blank)
        return True

    def _cell(self, row: Row, column: Column, at: int) -> Put:
        path = row.at(column.field)
        value = resolve(self.report, path)
        base = Put(text="", column=at, path=path, look=Look.NUMBER, is_open=path in self.left_open)
        match value:
            case Figure():
                is_amount = kind_of(path) is FigureKind.AMOUNT
                text, is_number = printed_in_cell(value, self.unit if is_amount else "")
                formula = self._formula(row, column.field, value) if is_number else ""
                number = value if is_number else None
                return attrs.evolve(base, text=text, number=number, formula=formula)
            case Missing():
                return attrs.evolve(base, text=mark_text(value))
            case dt.date():
                return attrs.evolve(base, text=date_text(value))
            case _:
                return attrs.evolve(base, text=in_chinese(str(value)), look=Look.WORDS)

    def _formula(self, row: Row, field: str, figure: Figure) -> str:
        """What the figure is computed by, where that gives just what is printed."""
        terms = terms_of(row.formulas[field]) if field in row.formulas else []
        stated = [(sign, path, resolve(self.report, path)) for sign, path in terms]
        figures = [(sign, path, term) for sign, path, term in stated if isinstance(term, Figure)]
        if not terms or len(figures) < len(terms):
            return ""
        if figures[-1][0] == "/":
            (_, top, a), (_, bottom, b) = figures
            places = figure.places + 2
            if figure.unit.symbol != "%" or not b.nominal:
                return ""
            value, formula = round_to(a.nominal / b.nominal, places), f"{{{top}}}/{{{bottom}}}"
        else:
            if any(term.unit != figure.unit for _, _, term in figures):
                return ""
            places = max(figure.places, 0)
            value = sum((_signed(sign, term) for sign, _, term in figures), start=Fraction(0))
            formula = "".join(f"{sign}{{{path}}}" for sign, path, _ in figures)[1:]
        return f"ROUND({formula},{places})" if value == figure.nominal else ""


def _signed(sign: str, figure: Figure) -> Fraction:
    return -figure.nominal if sign == "-" else figure.nominal


_KEPT = ("form.basic_expenditure.categories", "form.project_expenditure.sources")


def _to_the_end(cells: list[Put]) -> tuple[Put, ...]:
    """A row as wide as the table: one figure takes all the room, others have blanks beside them."""
    last = cells[-1]
    if last.column == _SECOND:
        return (*cells[:-1], attrs.evolve(last, columns=len(WIDTHS) - 1))
    taken = {cell.column for cell in cells}
    blanks = [Put(text="", column=at) for at in range(1, len(WIDTHS) + 1) if at not in taken]
    return tuple(sorted([*cells, *blanks], key=lambda cell: cell.column))


_SECOND = 2

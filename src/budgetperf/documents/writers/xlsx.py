"""A form as an Excel workbook: numbers with formats, formulas with our values, made for A4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from budgetperf.documents.apart import TO_DO_SHEET
from budgetperf.documents.source import cell_name
from budgetperf.exact import RATIO, Figure, columns, decimal_text

from .basic_data import SHEET
from .grid import Look, Page, Put
from .package import words
from .sheet import (
    LEAST,
    LINE,
    Styles,
    defined_name,
    print_titles,
    text_cell,
    text_sheet,
    workbook,
    worksheet,
)

__all__ = ["xlsx_bytes"]

_MOST = 400.0
"""The height of a row at most, in points."""
_FORM, _NOTES = "自评表", "待办清单"


# Numbers.


def _number_of(figure: Figure) -> str:
    """The number as it stands in the file: a rate is a part of 1."""
    is_rate = figure.unit.dimension == RATIO and bool(figure.unit.symbol)
    return decimal_text(figure.nominal) if is_rate else f"{figure.value:f}"


def _format_of(figure: Figure) -> str | None:
    """The number format that shows the figure as it is printed; ``None`` if none does."""
    symbol, text = figure.unit.symbol, figure.text
    behind = text.removesuffix(symbol).partition(".")[2] if "." in text else ""
    places = len(behind) if behind.isdigit() else -min(0, _exponent(figure))
    before_point = "#,##0" if "," in text else "0"
    code = f"{before_point}.{'0' * places}" if places else before_point
    if symbol == "%":
        return f"{code}%"
    if figure.unit.dimension == RATIO and symbol:
        return None
    if symbol and not _PLAIN.fullmatch(symbol):
        return None
    return f'{code}"{symbol}"' if symbol else code


_PLAIN = re.compile(r"[\u4e00-\u9fff㎡]+")


def _exponent(figure: Figure) -> int:
    exponent = figure.value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


# The sheet.


def _placed(page: Page, first: int) -> dict[str, str]:
    """The name of the cell of each figure.

    Args:
        page: the form.
        first: the row of the sheet on which it begins.
    """
    return {
        cell.path: cell_name(row, cell.column)
        for row, cells in enumerate(page.rows, start=first)
        for cell in cells
        if cell.path and cell.number is not None
    }


def _cell_xml(
    name: str, put: Put, styles: Styles, places: Mapping[str, str], *, unit: str = ""
) -> str:
    """A cell with what it holds."""
    figure, look = put.number, put.look
    format = None if figure is None else _format_of(figure)
    if figure is not None and unit == figure.unit.symbol:
        format = (format or "0").replace(f'"{unit}"', "")
    if figure is None or format is None:
        is_text = put.text[:1] in "=+-@'" and bool(put.text)
        align = "left" if put.is_long else "center"
        style = styles.number(look=look, align=align, is_open=put.is_open, is_text=is_text)
        return text_cell(name, style, put.text)
    style = styles.number(look=look, format=format, is_open=put.is_open)
    formula = _filled(put.formula, places)
    inside = f"<f>{words(formula)}</f>" if formula else ""
    return f'<c r="{name}" s="{style}">{inside}<v>{_number_of(figure)}</v></c>'


_PLACE = re.compile(r"\{([^{}]+)\}")


def _filled(formula: str, places: Mapping[str, str]) -> str:
    """The formula with the names of cells; ``""`` if one of them holds no number."""
    if any(path not in places for path in _PLACE.findall(formula)):
        return ""
    return _PLACE.sub(lambda match: places[match[1]], formula)


@attrs.frozen(kw_only=True)
class _Rows:
    """The rows of a sheet as XML, with the cells that are merged in them."""

    xml: str
    merges: tuple[str, ...]


def _sheet_rows(page: Page, styles: Styles, first: int) -> _Rows:
    places = _placed(page, first)
    taken: dict[int, dict[int, str]] = {}
    merges: list[str] = []
    heights: dict[int, float] = {}
    for row, cells in enumerate(page.rows, start=first):
        for put in cells:
            name = cell_name(row, put.column)
            own = taken.setdefault(row, {})
            unit = _unit_in(page, put)
            own[put.column] = _cell_xml(name, put, styles, places, unit=unit)
            heights[row] = max(heights.get(row, LEAST), _height(page, put))
            if put.rows * put.columns > 1:
                last = cell_name(row + put.rows - 1, put.column + put.columns - 1)
                merges.append(f"{name}:{last}")
            blank = attrs.evolve(put, text="", number=None)
            for down in range(put.rows):
                for over in range(put.columns):
                    if down or over:
                        at = cell_name(row + down, put.column + over)
                        below = taken.setdefault(row + down, {})
                        below[put.column + over] = _cell_xml(at, blank, styles, places)
    xml = "".join(
        f'<row r="{row}" ht="{heights.get(row, LEAST)}" customHeight="1">'
        + "".join(text for _, text in sorted(cells.items()))
        + "</row>"
        for row, cells in sorted(taken.items())
    )
    return _Rows(xml=xml, merges=tuple(merges))


def _unit_in(page: Page, put: Put) -> str:
    """The unit of money that the form says once, so that its cells do not."""
    if put.number is None or not put.path.startswith("form.") or ".indicators[" in put.path:
        return ""
    symbol = put.number.unit.symbol
    return symbol if symbol and not put.text.endswith(symbol) else ""


def _height(page: Page, put: Put) -> float:
    indent = 2 if put.is_long else 0
    width = sum(page.widths[put.column - 1 : put.column - 1 + put.columns]) - 1 - indent
    text = put.text
    lines = sum(-(-max(columns(part), 1) // max(width, 2)) for part in text.split("\n"))
    return min(_MOST, max(LEAST, (lines * LINE + 6) / put.rows))


def xlsx_bytes(page: Page) -> bytes:
    """The form as a workbook: a sheet of it, one of the table behind it, one of what is told."""
    styles = Styles()
    sheets = {_FORM: _worksheet(page, styles)}
    if page.annex is not None:
        sheets[SHEET] = _worksheet(page.annex, styles)
    names: list[str] = []
    if page.notes:
        sheets[_NOTES] = text_sheet(_notes(page, styles))
        names.append(defined_name(TO_DO_SHEET, f"'{_NOTES}'!$A$1"))
    return workbook(sheets, styles, [*names, *_repeated(page)])


def _worksheet(page: Page, styles: Styles) -> str:
    titles, merges = _titles(page, styles)
    body = _sheet_rows(page, styles, len(titles) + 1)
    return worksheet("".join(titles) + body.xml, (*merges, *body.merges), page.widths)


def _titles(page: Page, styles: Styles) -> tuple[list[str], list[str]]:
    """The rows above the form, and their merged cells."""
    rows: list[str] = []
    merges: list[str] = []
    last = len(page.widths)
    for text, style, height in (
        (page.heading, styles.number(look=None), 36),
        (page.year, styles.plain, 20),
    ):
        if text:
            row = len(rows) + 1
            cell = text_cell(f"A{row}", style, text)
            rows.append(f'<row r="{row}" ht="{height}" customHeight="1">{cell}</row>')
            merges.append(f"A{row}:{cell_name(row, last)}")
    return rows, merges


def _notes(page: Page, styles: Styles) -> Iterator[tuple[str, int]]:
    label = styles.number(look=Look.LABEL, align="left")
    plain = styles.number(look=Look.WORDS, align="left")
    for heading, several in page.notes.items():
        yield heading, label
        yield from ((note, plain) for note in several)


def _repeated(page: Page) -> Iterator[str]:
    """The header of the indicators stands again on each page."""
    row = 1 + sum(map(bool, (page.heading, page.year)))  # below the titles
    for block in page.blocks:
        if block.header:
            yield print_titles(_FORM, row, block.header)
        row += len(block.rows)

"""A form as an Excel workbook: numbers with formats, formulas with our values, made for A4.

It is written by the standard library, like our readers: numbers stand in it with all their digits,
where writers that take floats would round them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from budgetperf.documents.source import cell_name
from budgetperf.exact import RATIO, Figure, columns, decimal_text

from .grid import Look, Page, Put
from .package import MAIN, OFFICE, archive, attribute, words

__all__ = ["Styles", "cell_xml", "format_of", "number_of", "placed", "workbook", "xlsx_bytes"]

_KINDS = {
    "xl/workbook.xml": "officedocument.spreadsheetml.sheet.main",
    "xl/styles.xml": "officedocument.spreadsheetml.styles",
}
_WORKSHEET = "officedocument.spreadsheetml.worksheet"
_FONT, _LABELS, _TITLE = "仿宋", "黑体", "方正小标宋简体"
_LINE, _LEAST, _MOST = 15.0, 21.0, 400.0
"""The height of a line of text, and of a row at least and at most, in points."""


@attrs.frozen
class _Style:
    font: int = 1
    border: int = 1
    align: str = "center"
    format: str = ""
    is_open: bool = False
    is_text: bool = False
    is_locked: bool = True


class Styles:
    """The styles that cells ask for, numbered as they come up."""

    def __init__(self) -> None:
        self._numbers: dict[_Style, int] = {_Style(font=0, border=0, align="left"): 0}

    def number(
        self,
        *,
        look: Look | None = None,
        format: str = "",
        align: str = "center",
        is_open: bool = False,
        is_text: bool = False,
        is_locked: bool = True,
    ) -> int:
        """The number of the style: of a cell with a border, or without a look of a title."""
        font = 3 if look is None else 2 if look is Look.LABEL else 1
        style = _Style(font, 0 if look is None else 1, align, format, is_open, is_text, is_locked)
        return self._numbers.setdefault(style, len(self._numbers))

    @property
    def plain(self) -> int:
        """Text in the middle, without a border."""
        return self._numbers.setdefault(_Style(font=1, border=0), len(self._numbers))

    @property
    def left(self) -> int:
        """Text on the left, without a border."""
        style = _Style(font=1, border=0, align="left")
        return self._numbers.setdefault(style, len(self._numbers))

    @property
    def free(self) -> int:
        """Text in the middle, without a border, that may be changed."""
        style = _Style(font=1, border=0, is_open=True, is_locked=False)
        return self._numbers.setdefault(style, len(self._numbers))

    @property
    def xml(self) -> str:
        """The part."""
        formats = [one.format for one in self._numbers if one.format]
        known = {format: 164 + at for at, format in enumerate(dict.fromkeys(formats))}
        listed = "".join(
            f'<numFmt numFmtId="{id}" formatCode={attribute(code)}/>' for code, id in known.items()
        )
        fonts = [
            ("宋体", 11, ""), (_FONT, 10.5, ""), (_LABELS, 10.5, ""), (_TITLE, 18, ""),
        ]  # fmt: skip
        font_xml = "".join(
            f'<font>{more}<sz val="{size}"/><name val="{name}"/><charset val="134"/></font>'
            for name, size, more in fonts
        )
        side = '<{0} style="thin"><color rgb="FF000000"/></{0}>'
        border = "".join(map(side.format, ("left", "right", "top", "bottom"))) + "<diagonal/>"
        xfs = "".join(_xf(style, known) for style in self._numbers)
        return (
            f'<styleSheet xmlns="{MAIN["x"]}">'
            + (f'<numFmts count="{len(known)}">{listed}</numFmts>' if known else "")
            + f'<fonts count="{len(fonts)}">{font_xml}</fonts>'
            '<fills count="3"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill>'
            '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/>'
            '<bgColor indexed="64"/></patternFill></fill></fills>'
            '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
            f"<border>{border}</border></borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            "</cellStyleXfs>"
            f'<cellXfs count="{len(self._numbers)}">{xfs}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
            '<dxfs count="1"><dxf><font><color rgb="FF9C0006"/></font><fill><patternFill>'
            '<bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>'
        )


def _xf(style: _Style, formats: Mapping[str, int]) -> str:
    number = formats.get(style.format, 0)
    quote = ' quotePrefix="1"' if style.is_text else ""
    locked = "" if style.is_locked else '<protection locked="0"/>'
    return (
        f'<xf numFmtId="{number}" fontId="{style.font}" fillId="{2 if style.is_open else 0}" '
        f'borderId="{style.border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
        f'applyBorder="1" applyAlignment="1" applyProtection="1"{quote}>'
        f'<alignment horizontal="{style.align}" vertical="center" wrapText="1"/>{locked}</xf>'
    )


# Numbers.


def number_of(figure: Figure) -> str:
    """The number as it stands in the file: a rate is a part of 1."""
    is_rate = figure.unit.dimension == RATIO and bool(figure.unit.symbol)
    return decimal_text(figure.nominal) if is_rate else f"{figure.value:f}"


def format_of(figure: Figure) -> str | None:
    """The number format that shows the figure as it is printed; ``None`` if none does."""
    symbol, text = figure.unit.symbol, figure.text
    behind = text.removesuffix(symbol).partition(".")[2] if "." in text else ""
    places = len(behind) if behind.isdigit() else -min(0, _exponent(figure))
    whole = "#,##0" if "," in text else "0"
    code = f"{whole}.{'0' * places}" if places else whole
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


def placed(page: Page, first: int) -> dict[str, str]:
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


def cell_xml(
    name: str, put: Put, styles: Styles, places: Mapping[str, str], *, unit: str = ""
) -> str:
    """A cell with what it holds."""
    figure, look = put.number, put.look
    format = None if figure is None else format_of(figure)
    if figure is not None and unit == figure.unit.symbol:
        format = (format or "0").replace(f'"{unit}"', "")
    if figure is None or format is None:
        is_text = put.text[:1] in "=+-@'" and bool(put.text)
        align = "left" if look is Look.WORDS and len(put.text) > _SHORT else "center"
        style = styles.number(look=look, align=align, is_open=put.is_open, is_text=is_text)
        if not put.text:
            return f'<c r="{name}" s="{style}"/>'
        text = words(put.text)
        return (
            f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t>'
            "</is></c>"
        )
    style = styles.number(look=look, format=format, is_open=put.is_open)
    formula = _filled(put.formula, places)
    inside = f"<f>{words(formula)}</f>" if formula else ""
    return f'<c r="{name}" s="{style}">{inside}<v>{number_of(figure)}</v></c>'


_SHORT = 12
_PLACE = re.compile(r"\{([^{}]+)\}")


def _filled(formula: str, places: Mapping[str, str]) -> str:
    """The formula with the names of cells; ``""`` if one of them holds no number."""
    if any(path not in places for path in _PLACE.findall(formula)):
        return ""
    return _PLACE.sub(lambda match: places[match[1]], formula)


@attrs.frozen(kw_only=True)
class _Rows:
    xml: str
    merges: tuple[str, ...]


def _sheet_rows(page: Page, styles: Styles, first: int) -> _Rows:
    places = placed(page, first)
    taken: dict[int, dict[int, str]] = {}
    merges: list[str] = []
    heights: dict[int, float] = {}
    for row, cells in enumerate(page.rows, start=first):
        for put in cells:
            name = cell_name(row, put.column)
            own = taken.setdefault(row, {})
            unit = _unit_in(page, put)
            own[put.column] = cell_xml(name, put, styles, places, unit=unit)
            heights[row] = max(heights.get(row, _LEAST), _height(page, put))
            if put.rows * put.columns > 1:
                last = cell_name(row + put.rows - 1, put.column + put.columns - 1)
                merges.append(f"{name}:{last}")
            blank = attrs.evolve(put, text="", number=None)
            for down in range(put.rows):
                for over in range(put.columns):
                    if down or over:
                        at = cell_name(row + down, put.column + over)
                        below = taken.setdefault(row + down, {})
                        below[put.column + over] = cell_xml(at, blank, styles, places)
    xml = "".join(
        f'<row r="{row}" ht="{heights.get(row, _LEAST)}" customHeight="1">'
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
    width = sum(page.widths[put.column - 1 : put.column - 1 + put.columns]) - 1
    text = put.text
    lines = sum(-(-max(columns(part), 1) // max(width, 2)) for part in text.split("\n"))
    return min(_MOST, max(_LEAST, (lines * _LINE + 6) / put.rows))


def workbook(sheets: Mapping[str, str], styles: Styles, names: Sequence[str] = ()) -> bytes:
    """A workbook.

    Args:
        sheets: the XML of each worksheet, by its name.
        styles: what their cells look like.
        names: the XML of names that it defines.
    """
    listed = "".join(
        f'<sheet name={attribute(name)} sheetId="{at}" r:id="s{at}"/>'
        for at, name in enumerate(sheets, start=1)
    )
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    book = (
        f'<workbook xmlns="{MAIN["x"]}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>'
        f"{defined}</workbook>"
    )
    files = {f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), start=1)}
    related = (
        *((f"s{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(files) + 1)),
        ("styles", "styles", "styles.xml"),
    )
    return archive(
        {"xl/workbook.xml": book, "xl/styles.xml": styles.xml, **files},
        {**_KINDS, **dict.fromkeys(files, _WORKSHEET)},
        {"": (("book", "officeDocument", "xl/workbook.xml"),), "xl/workbook.xml": related},
    )


def worksheet(
    rows: str,
    merges: Sequence[str],
    widths: Sequence[int],
    *,
    protection: str = "",
    rules: str = "",
    is_wide: bool = False,
) -> str:
    """The XML of a worksheet, made for A4, as wide as the page.

    Args:
        rows: those of its cells.
        merges: the stretches of merged cells.
        widths: of the columns, in characters.
        protection: the XML that locks it.
        rules: the XML of conditional formats and of what may be entered.
        is_wide: whether the page lies on its long side.
    """
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    merged = "".join(f'<mergeCell ref="{stretch}"/>' for stretch in merges)
    side = "landscape" if is_wide else "portrait"
    return (
        f'<worksheet xmlns="{MAIN["x"]}" xmlns:r="{OFFICE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_LEAST}"/><cols>{cols}</cols>'
        f"<sheetData>{rows}</sheetData>{protection}"
        + (f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else "")
        + f"{rules}"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.4"/>'
        f'<pageSetup paperSize="9" orientation="{side}" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>"
    )


def xlsx_bytes(page: Page) -> bytes:
    """The form as a workbook: a sheet of it, and one of what is told below it."""
    styles = Styles()
    titles, merges = _titles(page, styles)
    first = len(titles) + 1
    body = _sheet_rows(page, styles, first)
    sheets = {"自评表": worksheet("".join(titles) + body.xml, (*merges, *body.merges), page.widths)}
    if page.notes:
        sheets["待填与说明"] = worksheet(_note_rows(page, styles), (), (100,))
    return workbook(sheets, styles, list(_print_titles(page, first)))


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
            cell = f'<c r="A{row}" s="{style}" t="inlineStr"><is><t>{words(text)}</t></is></c>'
            rows.append(f'<row r="{row}" ht="{height}" customHeight="1">{cell}</row>')
            merges.append(f"A{row}:{cell_name(row, last)}")
    return rows, merges


def _note_rows(page: Page, styles: Styles) -> str:
    label = styles.number(look=Look.LABEL, align="left")
    plain = styles.number(look=Look.WORDS, align="left")
    lines = [
        (text, style)
        for heading, several in page.notes.items()
        for text, style in ((heading, label), *((one, plain) for one in several))
    ]
    return "".join(
        f'<row r="{row}"><c r="A{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{words(text)}</t></is></c></row>"
        for row, (text, style) in enumerate(lines, start=1)
    )


def _print_titles(page: Page, first: int) -> Iterator[str]:
    """The header of the indicators stands again on each page."""
    row = first
    for block in page.blocks:
        if block.header:
            rows = f"${row}:${row + block.header - 1}"
            yield (
                '<definedName name="_xlnm.Print_Titles" localSheetId="0">'
                f"'自评表'!{rows}</definedName>"
            )
        row += len(block.rows)

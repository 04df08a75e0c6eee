"""Worksheets, their styles and the workbook around them, as XML. They know nothing of forms.

They are written by the standard library, like our readers: numbers stand in them with all their
digits, where writers that take floats would round them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from budgetperf.documents.source import cell_name
from budgetperf.exact import columns

from .grid import Look
from .package import MAIN, OFFICE, archive, attribute, words

__all__ = [
    "LEAST",
    "LINE",
    "Styles",
    "defined_name",
    "print_titles",
    "spread",
    "text_cell",
    "text_sheet",
    "workbook",
    "worksheet",
]


_KINDS = {
    "xl/workbook.xml": "officedocument.spreadsheetml.sheet.main",
    "xl/styles.xml": "officedocument.spreadsheetml.styles",
}
_WORKSHEET = "officedocument.spreadsheetml.worksheet"
_FONT, _LABELS, _TITLE = "仿宋", "黑体", "方正小标宋简体"
LEAST, LINE = 21.0, 15.0
"""The height of a row at least, and of a line of text, in points."""


@attrs.frozen
class _Style:
    """How a cell looks, as the styles of a workbook number it."""

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
        formats = [style.format for style in self._numbers if style.format]
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
    indent = ' indent="1"' if style.border and style.align == "left" else ""
    locked = "" if style.is_locked else '<protection locked="0"/>'
    return (
        f'<xf numFmtId="{number}" fontId="{style.font}" fillId="{2 if style.is_open else 0}" '
        f'borderId="{style.border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
        f'applyBorder="1" applyAlignment="1" applyProtection="1"{quote}>'
        f'<alignment horizontal="{style.align}" vertical="center" wrapText="1"{indent}/>'
        f"{locked}</xf>"
    )


def workbook(
    sheets: Mapping[str, str],
    styles: Styles,
    names: Sequence[str] = (),
    *,
    computes: bool = False,
) -> bytes:
    """A workbook.

    Args:
        sheets: the XML of each worksheet, by its name.
        styles: what their cells look like.
        names: the XML of names that it defines.
        computes: whether its formulas are computed when it is opened.
    """
    listed = "".join(
        f'<sheet name={attribute(name)} sheetId="{at}" r:id="s{at}"/>'
        for at, name in enumerate(sheets, start=1)
    )
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    computed = '<calcPr fullCalcOnLoad="1"/>' if computes else ""
    book = (
        f'<workbook xmlns="{MAIN["x"]}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>'
        f"{defined}{computed}</workbook>"
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
        f'<sheetFormatPr defaultRowHeight="{LEAST}"/><cols>{cols}</cols>'
        f"<sheetData>{rows}</sheetData>{protection}"
        + (f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else "")
        + f"{rules}"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.4"/>'
        f'<pageSetup paperSize="9" orientation="{side}" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>"
    )


def text_cell(name: str, style: int, text: str) -> str:
    """A cell of text: what looks like a formula is none."""
    if not text:
        return f'<c r="{name}" s="{style}"/>'
    return (
        f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words(text)}</t>'
        "</is></c>"
    )


_TEXT = (24, 24, 24, 24)


def text_sheet(lines: Iterable[tuple[str, int]]) -> str:
    """The XML of a sheet of running text as wide as a page: each text, the number of its style.

    Several columns are merged: a single one is not made narrower to fit a page.
    """
    listed = list(lines)
    rows = "".join(
        f'<row r="{row}" ht="{_height(text)}" customHeight="1">'
        f"{text_cell(f'A{row}', style, text)}</row>"
        for row, (text, style) in enumerate(listed, start=1)
    )
    merges = [f"A{row}:{cell_name(row, len(_TEXT))}" for row in range(1, len(listed) + 1)]
    return worksheet(rows, merges, _TEXT)


def _height(text: str) -> float:
    """That of a row of running text, which has no height of its own."""
    lines = -(-max(columns(text), 1) // (sum(_TEXT) - 4))
    return max(LEAST, lines * LINE + 6)


def spread(first: int, last: int, count: int) -> list[tuple[int, int]]:
    """So many stretches of columns side by side, the wider ones first."""
    own, more = divmod(last - first + 1, count)
    spans: list[tuple[int, int]] = []
    for number in range(count):
        end = first + own + (number < more) - 1
        spans.append((first, end))
        first = end + 1
    return spans


def print_titles(sheet: str, first: int, rows: int = 1) -> str:
    """The XML of the name by which rows of the first sheet stand again on each page."""
    return (
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"'{words(sheet)}'!${first}:${first + rows - 1}</definedName>"
    )


def defined_name(name: str, stretch: str) -> str:
    """The XML of a name for some cells, which does not show."""
    return f'<definedName name="{name}" hidden="1">{words(stretch)}</definedName>'

"""Excel workbooks of 1997 to 2003 (.xls), by xlrd: what their cells show."""

from __future__ import annotations

import importlib
import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, cast

from budgetperf.documents.readers.remarks import COMMENTS, STRUCK, Remarks
from budgetperf.documents.readers.text import RAISED, encrypted, unusable
from budgetperf.documents.source import Document, cell_name
from budgetperf.exact import Text

from .number_formats import BUILT_IN
from .sheets import HIDDEN_SHEETS, ZEROS, Merge, Sheet, Style, shown_in_format, tables_of

__all__ = ["read_xls"]

_ABSENT = Text(
    zh="读取 .xls 需要先安装组件：请运行 pip install 'budgetperf[xls]'，"
    "或用 WPS、Excel 打开后另存为 .xlsx",
    en="is an .xls file, for which a package is needed: install it by pip install "
    "'budgetperf[xls]', or save it as .xlsx in Excel or WPS",
)
_DAMAGED = Text(
    zh="已损坏或不是完整的 .xls：请用 WPS 或 Excel 打开并另存为 .xlsx",
    en="is damaged, or no whole .xls file: open it in Excel or WPS and save it as .xlsx",
)
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_SUPERSCRIPT = 1


class _Font(Protocol):
    """What is used of a font of xlrd: whether it is struck out or raised."""

    struck_out: int
    escapement: int


class _Format(Protocol):
    """What is used of a number format of xlrd."""

    format_str: str


class _Look(Protocol):
    """What is used of how xlrd says that a cell looks: its format and its font."""

    format_key: int
    font_index: int


class _Note(Protocol):
    """What is used of the note of a cell."""

    text: str


class _Shape(Protocol):
    """What is used of a row: whether it is hidden."""

    hidden: int


class _Column(_Shape, Protocol):
    """What is used of a column: also how wide it is."""

    width: int


class _Sheet(Protocol):
    """What is used of a sheet of xlrd."""

    name: str
    nrows: int
    show_zero_values: int
    merged_cells: Sequence[tuple[int, int, int, int]]
    colinfo_map: Mapping[int, _Column]
    rowinfo_map: Mapping[int, _Shape]
    cell_note_map: Mapping[tuple[int, int], _Note]
    rich_text_runlist_map: Mapping[tuple[int, int], Sequence[tuple[int, int]]]

    def row_types(self, rowx: int) -> Sequence[int]: ...

    def row_values(self, rowx: int) -> Sequence[object]: ...

    def cell_xf_index(self, rowx: int, colx: int) -> int: ...


class _Book(Protocol):
    """What is used of a workbook of xlrd, which has no types of its own."""

    datemode: int
    nsheets: int
    font_list: Sequence[_Font]
    xf_list: Sequence[_Look]
    format_map: Mapping[int, _Format]

    def sheet_by_index(self, sheetx: int) -> _Sheet: ...

    def sheet_names(self) -> Sequence[str]: ...


def read_xls(data: bytes, name: str) -> Document:
    """The sheets of a workbook, each a table.

    Args:
        data: the file.
        name: its name, for messages.

    Raises:
        UnusableDocumentError: the extra ``xls`` is not installed; it is damaged, encrypted, or
            beyond a limit.
    """
    try:
        xlrd = importlib.import_module("xlrd")
        compdoc = importlib.import_module("xlrd.compdoc")
        standard = importlib.import_module("xlrd.formatting")
    except ImportError:
        raise unusable("needs-extra", _ABSENT.zh, _ABSENT.en, name) from None
    broken = (
        *(xlrd.XLRDError, compdoc.CompDocError, struct.error, AssertionError, LookupError),
        *(UnicodeError, TypeError, AttributeError, ArithmeticError, EOFError, RecursionError),
    )
    remarks = Remarks()
    try:
        opened = xlrd.open_workbook(
            file_contents=data,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        visible = cast("Sequence[int]", opened._sheet_visibility)
        reader = _Reader(
            cast("_Book", opened), cast("Mapping[int, str]", standard.std_format_strings), remarks
        )
        sheets = list(reader.sheets(visible))
    except broken as error:
        if "encrypted" in str(error):
            raise encrypted(name) from None
        raise unusable("damaged", _DAMAGED.zh, _DAMAGED.en, name) from None
    tables = tuple(tables_of(sheets, remarks))
    return Document(kind="xls", blocks=tables, notes=remarks.texts())


class _Reader:
    """Makes tables of the sheets of a workbook, with what their cells show."""

    def __init__(self, book: _Book, standard: Mapping[int, str], remarks: Remarks) -> None:
        self._book = book
        self._standard = standard
        self._remarks = remarks
        self._styles: dict[int, Style] = {}

    def sheets(self, visible: Sequence[int]) -> Iterator[Sheet]:
        """Those that are to be seen.

        Args:
            visible: 0 for each such sheet.
        """
        for at, name in enumerate(self._book.sheet_names()):
            if visible[at]:
                self._remarks.add(HIDDEN_SHEETS, name)
            else:
                yield self._sheet(self._book.sheet_by_index(at))

    def _sheet(self, source: _Sheet) -> Sheet:
        sheet = Sheet(source.name)
        for column, shape in source.colinfo_map.items():
            if shape.hidden or shape.width == 0:
                sheet.hide_columns(column + 1, column + 1)
        sheet.hidden_rows.update(row + 1 for row, s in source.rowinfo_map.items() if s.hidden)
        for top, bottom, left, right in source.merged_cells:
            sheet.merge(Merge(top + 1, left + 1, bottom, right))
        for row in range(source.nrows):
            pairs = zip(source.row_types(row), source.row_values(row), strict=True)
            for column, (kind, value) in enumerate(pairs):
                if kind in (_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR):
                    sheet.put(row + 1, column + 1, self._shown(source, row, column, kind, value))
        for (row, column), note in source.cell_note_map.items():
            self._remarks.add(COMMENTS, f"{_where(source, row, column)} {note.text}")
        return sheet

    def _shown(self, source: _Sheet, row: int, column: int, kind: int, value: object) -> str:
        """What a cell shows."""
        at = source.cell_xf_index(row, column)
        style = self._styles.get(at) or self._style(at)
        content: Decimal | str
        if kind in (_NUMBER, _DATE):
            content = Decimal(repr(value))
            if content == 0 and not source.show_zero_values:
                self._remarks.add(ZEROS, source.name)
                return ""
        elif kind == _BOOLEAN:
            content = "TRUE" if value else "FALSE"
        elif kind == _ERROR:
            content = _ERRORS.get(cast("int", value), "#ERROR")
        else:
            runs = source.rich_text_runlist_map.get((row, column), ())
            content = self._in_runs(str(value), runs)
        if isinstance(content, str) and style.code in ("General", "@"):
            shown = content
        else:
            shown = shown_in_format(
                content,
                style.code,
                _where(source, row, column),
                self._remarks,
                from_1904=self._book.datemode == 1,
            )
        if style.struck and shown.strip():
            self._remarks.add(STRUCK, f"{_where(source, row, column)} {shown}")
            return ""
        return shown

    def _style(self, at: int) -> Style:
        look = self._book.xf_list[at]
        struck = bool(self._book.font_list[look.font_index].struck_out)
        style = self._styles[at] = Style(self._code(look), struck)
        return style

    def _code(self, look: _Look) -> str:
        """The format of a number: what the file says, or what a Chinese system has for it."""
        key = look.format_key
        code = self._book.format_map[key].format_str if key in self._book.format_map else "General"
        is_standard = key in BUILT_IN and code == self._standard.get(key)
        return BUILT_IN[key] if is_standard else code

    def _in_runs(self, text: str, runs: Sequence[tuple[int, int]]) -> str:
        """A text without what is struck out in it, and with raised digits as such."""
        if not runs:
            return text.replace("\r\n", "\n")
        parts = [text[: runs[0][0]]]
        ends = [start for start, _ in runs[1:]] + [len(text)]
        for (start, at), end in zip(runs, ends, strict=True):
            font, part = self._book.font_list[at], text[start:end]
            if part.strip() and font.struck_out:
                self._remarks.add(STRUCK, part)
            else:
                parts.append(part.translate(RAISED) if font.escapement == _SUPERSCRIPT else part)
        return "".join(parts).replace("\r\n", "\n")


def _where(source: _Sheet, row: int, column: int) -> str:
    return f"{source.name}!{cell_name(row + 1, column + 1)}"


_ERRORS: Mapping[int, str] = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""What cells with an error show."""

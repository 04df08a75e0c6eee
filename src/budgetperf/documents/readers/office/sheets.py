"""Sheets as they are shown: from cells here and there to a table, without what is hidden."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs

from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.readers.text import too_long, too_many_columns
from budgetperf.documents.source import Cell, Row, Spot, Table, cell_name
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_COLUMNS, MAX_DOCUMENT, MAX_MERGES, MAX_PARTS

from .number_formats import displayed, has_colour, is_sign_in_doubt

__all__ = [
    "HIDDEN_SHEETS",
    "ZEROS",
    "Merge",
    "Sheet",
    "Style",
    "shown_in_format",
    "tables_of",
    "with_minus",
]

HIDDEN_SHEETS = Text(zh="隐藏的工作表未读取：{}", en="hidden sheets were left out: {}")
_UNSEEN = Text(
    zh="数字格式使内容不显示，未读取：{}", en="cells whose number format shows nothing: {}"
)
ZEROS = Text(
    zh="工作表 {} 设为不显示零值：为 0 的单元格按空白读取",
    en="sheet {} does not show zeros: cells with 0 are read as blank",
)
_SIGNS = Text(
    zh="数字格式带条件，负数的负号各软件显示不一，请核对：{}",
    en="number formats with conditions, where programs differ in showing the minus; check: {}",
)
_BRACKETS = Text(
    zh="括号里的数存为负数，按带负号读取：{}",
    en="numbers in brackets are stored as negative, and read with a minus: {}",
)
_RED = Text(
    zh="负数只以颜色表示，没有负号，按带负号读取：{}",
    en="negative numbers shown by their colour alone were read with a minus: {}",
)
_NO_MINUS = Text(
    zh="存的是负数，而显示没有负号：按显示的读取，请核对：{}",
    en="numbers stored as negative are shown without a minus, and read so; check: {}",
)
_HIDDEN_ROWS = Text(
    zh="隐藏的行未读取（其中有内容）：{}", en="hidden rows with content were left out: {}"
)
_HIDDEN_COLUMNS = Text(
    zh="隐藏的列未读取（其中有内容）：{}", en="hidden columns with content were left out: {}"
)
_COVERED = Text(
    zh="被合并单元格遮住的内容未读取：{}", en="content under merged cells was left out: {}"
)
_STARTS = Text(zh="工作表 {} 的行号从第 {} 行起算", en="lines of sheet {} are counted from {}")


@attrs.frozen
class Merge:
    """Merged cells: the first and the last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@attrs.frozen
class Style:
    """What matters of the style of a cell: its number format, and whether it is struck out."""

    code: str
    struck: bool


@attrs.define
class Sheet:
    """A sheet on the way: texts by row and column, merged cells, and what is hidden."""

    name: str
    cells: dict[int, dict[int, str]] = attrs.Factory(dict[int, dict[int, str]])
    merges: list[Merge] = attrs.Factory(list[Merge])
    hidden_rows: set[int] = attrs.Factory(set[int])
    hidden_columns: set[int] = attrs.Factory(set[int])
    count: int = 0
    size: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """A text in its cell.

        Raises:
            UnusableDocumentError: it is too far to the right, or there are too many.
        """
        if not text.strip():
            return
        if column > MAX_COLUMNS:
            raise too_many_columns(f"{self.name}!{cell_name(row, column)}")
        self.count += 1
        self.size += len(text)
        if self.count > MAX_PARTS or self.size > MAX_DOCUMENT:
            raise too_long()
        self.cells.setdefault(row, {})[column] = text

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that do not show."""
        if not (self.hides(first) and self.hides(min(last, MAX_COLUMNS))):
            self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def merge(self, merge: Merge) -> None:
        """Cells that are one; of more columns than a table has, the first ones.

        Raises:
            UnusableDocumentError: there are too many.
        """
        if len(self.merges) >= MAX_MERGES:
            raise too_long()
        if merge.top <= merge.bottom and merge.left <= min(merge.right, MAX_COLUMNS):
            self.merges.append(attrs.evolve(merge, right=min(merge.right, MAX_COLUMNS)))

    def table(self, remarks: Remarks, *, number: int, offset: int) -> Table | None:
        """What is seen of it; ``None`` if that is nothing.

        Args:
            remarks: where it is said what is hidden.
            number: which table of the document it is.
            offset: by how much its lines come after its rows.
        """
        self._tell_hidden(remarks)
        rows = sorted(row for row in self.cells if row not in self.hidden_rows)
        shown = _Shown(self, rows)
        self._tell_covered(remarks, shown)
        if not any(map(self._visible, rows)):
            return None
        width = max(shown.width, *(column for row in rows for column in self._visible(row)))
        if len(rows) * width > MAX_PARTS * 4:
            raise too_long()
        if offset:
            remarks.add(_STARTS.fill(self.name, offset + 1))
        return Table(
            rows=tuple(
                Row(
                    line=offset + row,
                    cells=tuple(self._row(row, shown, width, number=number, offset=offset)),
                )
                for row in rows
            ),
            spot=Spot(line=offset + rows[0], table=number, sheet=self.name),
            hidden=tuple(self._hidden(number=number, offset=offset)),
        )

    def _hidden(self, *, number: int, offset: int) -> Iterator[Cell]:
        """The cells that would show, were their rows or their columns not hidden."""
        for row, cells in sorted(self.cells.items()):
            in_row = row in self.hidden_rows
            for column, text in sorted(cells.items()):
                if self.hides(column) == in_row:
                    continue
                yield Cell(
                    text=text,
                    column=column,
                    spot=Spot(
                        line=offset + row,
                        table=number,
                        sheet=self.name,
                        cell=cell_name(row, column),
                    ),
                )

    def _row(
        self, row: int, shown: _Shown, width: int, *, number: int, offset: int
    ) -> Iterator[Cell]:
        texts = self._visible(row)
        begins = shown.begins.get(row, {})
        covered = shown.covered.get(row, {})
        for column in sorted({*texts, *begins, width}):
            if column > width or (column in covered and column not in begins):
                continue
            merge = begins.get(column)
            yield Cell(
                text=shown.text(merge) if merge else texts.get(column, ""),
                column=column,
                columns=min(merge.right, width) - column + 1 if merge else 1,
                rows=shown.height(merge) if merge else 1,
                spot=Spot(
                    line=offset + row,
                    table=number,
                    sheet=self.name,
                    cell=cell_name(row, column),
                ),
            )

    def _visible(self, row: int) -> dict[int, str]:
        return {c: text for c, text in self.cells.get(row, {}).items() if not self.hides(c)}

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return column in self.hidden_columns

    def _tell_hidden(self, remarks: Remarks) -> None:
        columns: set[int] = set()
        for row, cells in sorted(self.cells.items()):
            if row in self.hidden_rows:
                remarks.add(_HIDDEN_ROWS, f"{self.name}!{row}")
            columns.update(column for column in cells if self.hides(column))
        for column in sorted(columns):
            remarks.add(_HIDDEN_COLUMNS, f"{self.name}!{cell_name(0, column)[:-1]}")

    def _tell_covered(self, remarks: Remarks, shown: _Shown) -> None:
        for row, cells in self.cells.items():
            for column in cells:
                merge = shown.covered.get(row, {}).get(column)
                if merge is not None and (merge.top, merge.left) != (row, column):
                    remarks.add(_COVERED, f"{self.name}!{cell_name(row, column)}")


class _Shown:
    """Which merged cells begin where, as far as rows and columns are to be seen."""

    def __init__(self, sheet: Sheet, rows: list[int]) -> None:
        self._sheet = sheet
        self._rows = rows
        self.begins: dict[int, dict[int, Merge]] = {}
        self.covered: dict[int, dict[int, Merge]] = {}
        self.width = 0
        count = 0
        for merge in sheet.merges:
            inside = self._inside(merge)
            columns = [c for c in range(merge.left, merge.right + 1) if not sheet.hides(c)]
            if not inside or not columns:
                continue
            count += len(inside) * (merge.right - merge.left + 1)
            if count > MAX_PARTS * 4:
                raise too_long()
            if any(merge.left in self.covered.get(row, {}) for row in inside):
                continue  # one over the other: no program writes it
            if self.text(merge).strip() and merge.right < MAX_COLUMNS:  # no row as a whole
                self.width = max(self.width, merge.right)
            for row in inside:
                places = self.covered.setdefault(row, {})
                places.update(dict.fromkeys(range(merge.left, merge.right + 1), merge))
            self.begins.setdefault(inside[0], {})[columns[0]] = merge

    def _inside(self, merge: Merge) -> list[int]:
        first = bisect.bisect_left(self._rows, merge.top)
        return self._rows[first : bisect.bisect_right(self._rows, merge.bottom)]

    def text(self, merge: Merge) -> str:
        return self._sheet.cells.get(merge.top, {}).get(merge.left, "")

    def height(self, merge: Merge) -> int:
        return len(self._inside(merge))


def tables_of(sheets: Iterable[Sheet], remarks: Remarks) -> Iterator[Table]:
    """The sheets that show something, each a table; the rows of one go on from the one before."""
    last, number = 0, 1
    for sheet in sheets:
        table = sheet.table(remarks, number=number, offset=last)
        if table is not None:
            yield table
            last, number = table.rows[-1].line, number + 1


def shown_in_format(
    content: Decimal | str, code: str, where: str, remarks: Remarks, *, from_1904: bool
) -> str:
    """What a cell shows.

    Args:
        content: the number or the text in it.
        code: its format.
        where: its place, for what is said.
        remarks: where it is said that nothing shows, or that programs differ.
        from_1904: whether days are counted from 1904 and not from 1900.
    """
    if isinstance(content, str) and code in ("General", "@"):
        return content
    shown = displayed(content, code, from_1904=from_1904)
    if not shown.strip() and (isinstance(content, Decimal) or content.strip()):
        remarks.add(_UNSEEN, where)
    if isinstance(content, Decimal) and is_sign_in_doubt(content, code):
        remarks.add(_SIGNS, where)
    elif isinstance(content, Decimal) and content < 0:
        return with_minus(shown, where, remarks, is_coloured=has_colour(content, code))
    return shown


def with_minus(shown: str, where: str, remarks: Remarks, *, is_coloured: bool) -> str:
    """What a cell with a negative number shows, with the minus for which brackets or a colour
    stand.

    Args:
        shown: what it shows.
        where: its place, for what is said.
        remarks: where it is said what stands for the minus.
        is_coloured: whether it is shown in a colour.
    """
    bare = _BARE.fullmatch(shown)
    if bare is None or not _NOT_ZERO.search(shown):
        return shown
    where_shown = f"{where} {shown}"
    if bare["bracketed"]:
        remarks.add(_BRACKETS, where_shown)
        return f"-{bare['bracketed']}"
    remarks.add(_RED if is_coloured else _NO_MINUS, where_shown)
    return f"-{shown}" if is_coloured else shown


_NOT_ZERO = re.compile("[1-9]")
_AMOUNT = r"[¥￥$]?\s*[\d,]*(?:\.\d+|\d)[^\d()（）-]*"
_BARE = re.compile(rf"\s*(?:[(（](?P<bracketed>{_AMOUNT})[)）]|{_AMOUNT})\s*")
"""A number without a minus, nor a word before it that may say as much."""

"""Tables as programs have them: a header and rows, whoever holds them. No library is imported that
the user does not have."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from math import isnan
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast

import attrs

from budgetperf.documents.readers.delimited import separated_rows
from budgetperf.documents.readers.text import EMPTY, read_text, unusable
from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.limits import MAX_NUMBERS
from budgetperf.exact.text import MissingExtraError, is_float, shown
from budgetperf.plain.files import as_path

__all__ = ["ArrowTable", "RecordTable", "Records", "Table", "is_blank", "records"]


class RecordTable(Protocol):
    """A table that gives itself as a list of rows, as one of pandas does."""

    def to_dict(self, orient: Any, /) -> Any:
        """The rows, asked for by ``"records"``."""


class ArrowTable(Protocol):
    """A table that gives itself as a stream of Arrow data, as those of polars and pyarrow do."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The stream."""


Table: TypeAlias = str | Path | Iterable[Mapping[str, object]] | RecordTable | ArrowTable
"""A table: the path of a CSV file (UTF-8 or GB18030, with a header), rows as mappings by header, or
a table of pandas, polars, pyarrow or whatever gives its rows as one of them does."""


@attrs.frozen
class Records:
    """A table that was read.

    Args:
        headers: as they stand above the columns, none twice.
        rows: the cells, in the order of the headers; ``None`` where a row has none.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def records(table: Table) -> Records:
    """The header and the rows of a table.

    Raises:
        BudgetperfError: it is no table, a header stands twice or is no text, a row is longer than
            the header, or what is needed to read the table is not installed.
        UnusableDocumentError: the file cannot be read.
    """
    if isinstance(table, (str, Path)):
        return _from_file(as_path(table))
    return _from_mappings(_rows_of(table))


def is_blank(cell: object) -> bool:
    """Whether nothing stands in a cell: ``None``, blanks, and what pandas puts there."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    if type(cell).__name__ in ("NAType", "NaTType"):  # these compare with nothing
        return True
    return (
        cell.is_nan()
        if isinstance(cell, Decimal)
        else is_float(cell) and isnan(cast("float", cell))
    )


def _rows_of(table: object) -> Iterator[Mapping[object, object]]:
    """The rows as mappings, by what the table itself offers."""
    held: Any = table
    if hasattr(table, "to_dicts"):  # polars
        rows = held.to_dicts()
    elif hasattr(table, "to_pylist"):  # pyarrow, which leaves out what stands twice
        _require_once(getattr(table, "column_names", ()))
        rows = held.to_pylist()
    elif hasattr(table, "to_dict"):  # pandas, which does so too
        _require_once(map(str, getattr(table, "columns", ())))
        try:
            rows = held.to_dict("records")
        except TypeError:  # one column of pandas, which knows no such way
            raise _no_table(held) from None
    elif hasattr(table, "__arrow_c_stream__"):
        pyarrow = _pyarrow()
        try:
            columns = pyarrow.table(table)
        except ValueError:  # one column of polars or pyarrow
            raise _no_table(held) from None
        yield from _rows_of(columns)
        return
    elif isinstance(table, Iterable) and not isinstance(table, (bytes, Mapping)):
        rows = cast("Iterable[object]", table)
    else:
        raise _no_table(held)
    for row in rows:
        if not isinstance(row, Mapping):
            raise _no_table(row)
        yield row


def _no_table(value: object) -> BudgetperfError:
    message = Text(
        zh=f"{shown(value)} 不是表格：请传入 CSV 路径、DataFrame，或每行一个 dict 的列表",
        en=f"{shown(value)} is no table: pass the path of a CSV file, a DataFrame, or a list with "
        "a dict for each row",
    )
    return BudgetperfError("no-table", message, field="table")


def _pyarrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        message = Text(
            zh="读取 Arrow 数据流需要 pyarrow：请执行 pip install pyarrow，或改传 list[dict]",
            en="pyarrow is needed to read a stream of Arrow data: pip install pyarrow, or pass a "
            "list[dict]",
        )
        raise MissingExtraError("needs-pyarrow", message, field="table") from None


def _from_mappings(rows: Iterable[Mapping[object, object]]) -> Records:
    table = list(itertools.islice(rows, MAX_NUMBERS + 1))
    headers = list(dict.fromkeys(header for row in table for header in row))
    for header in headers:
        if not isinstance(header, str):
            message = Text(
                zh=f"表头 {shown(header)} 不是文字：请以第一行为表头读取，或用 columns 注明",
                en=f"the header {shown(header)} is no text: read the first line as the header",
            )
            raise BudgetperfError("bad-header", message, field="table")
    names = cast("list[str]", headers)
    _require_once(names)
    _require_few(len(table) * len(names))
    return Records(tuple(names), tuple(tuple(row.get(name) for name in names) for row in table))


def _from_file(path: Path) -> Records:
    if path.suffix.lower() in _SHEETS:
        raise unusable(
            "other-kind",
            "是 Excel 文件：请另存为 CSV，或用 pd.read_excel(path, dtype=str) 读取后传入",
            "is an Excel file: save it as CSV, or pass pd.read_excel(path, dtype=str)",
            str(path),
        )
    lines = [cells for _, cells in separated_rows(read_text(path).text, name=str(path))]
    if not lines:
        raise unusable("empty", *EMPTY, str(path))
    headers, *lines = lines
    headers = [header.strip() for header in headers]
    used = [number for number, header in enumerate(headers) if header]
    _require_once(headers[number] for number in used)
    _require_few(len(lines) * len(headers))
    for number, line in enumerate(lines, start=1):
        over = [cell for place, cell in enumerate(line) if place not in used]
        if not all(map(is_blank, over)):
            message = Text(
                zh=f"第 {number} 行有一格没有表头：请补上表头；格内有分隔符的，请给这一格加引号",
                en=f"row {number} has a cell without a header: write one above it, or put quotes "
                "around the cell that holds the separator",
            )
            raise BudgetperfError("no-header", message, field=f"[{number - 1}]")
        if len(line) <= used[-1]:
            message = Text(
                zh=f"第 {number} 行只有 {len(line)} 格，表头有 {used[-1] + 1} 格：空格也要留分隔符",
                en=f"row {number} has {len(line)} of {used[-1] + 1} cells: a blank one needs its "
                "separator, too",
            )
            raise BudgetperfError("short-row", message, field=f"[{number - 1}]")
    rows = (tuple(line[place] for place in used) for line in lines)
    return Records(tuple(headers[place] for place in used), tuple(rows))


_SHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".et")


def _require_once(headers: Iterable[str]) -> None:
    for header, times in Counter(headers).items():
        if times > 1:
            message = Text(
                zh=f"表头“{header}”出现两次：请改名或删去其一",
                en=f"the header {shown(header)} stands twice: rename or remove one of the two",
            )
            raise BudgetperfError("header-twice", message, field="table")


def _require_few(cells: int) -> None:
    if cells > MAX_NUMBERS:
        message = Text(
            zh="表格过大：请确认这是一张绩效自评表，或拆分后再读",
            en="the table is too large: make sure that it is that of one report, or split it",
        )
        raise BudgetperfError("too-many-rows", message, field="table")

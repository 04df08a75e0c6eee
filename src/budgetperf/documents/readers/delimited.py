"""Tables with separators (.csv, .tsv)."""

from __future__ import annotations

import csv
import io

from budgetperf.documents.readers.cells import table_of
from budgetperf.documents.readers.text import too_long, unusable
from budgetperf.documents.source import Document
from budgetperf.exact.limits import MAX_PARTS

__all__ = ["read_delimited", "separated_rows"]


def read_delimited(text: str, encoding: str, kind: str) -> Document:
    """The table.

    Args:
        text: the whole file.
        encoding: how it was encoded.
        kind: ``"csv"`` or ``"tsv"``.

    Raises:
        UnusableDocumentError: it is beyond a limit, or a cell is not closed.
    """
    rows = separated_rows(text, "\t" if kind == "tsv" else None)
    return Document(kind=kind, encoding=encoding, blocks=(table_of(rows, 1),))


def separated_rows(
    text: str, separator: str | None = None, name: str = ""
) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with its line.

    Args:
        text: the whole file.
        separator: what stands between the cells. By default whichever of comma, tab and semicolon
            the first line has most of that has any: amounts in further lines have commas, too.
        name: that of the file, for messages.

    Raises:
        UnusableDocumentError: it is beyond a limit, or a cell is not closed.
    """
    first = next((line for line in io.StringIO(text) if _SEPARATORS.intersection(line)), "")
    separator = separator or max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    cells = line = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line + 1, list(map(_plain, row))))
            line, cells = reader.line_num, cells + len(row)
            if cells > MAX_PARTS:
                raise too_long()
    except csv.Error as error:
        raise unusable(
            "damaged",
            f"第 {line + 1} 行起不是 CSV（{error}）：请检查引号是否成对，或另存一次",
            f"is no CSV from line {line + 1} on ({error}): check that quotes come in pairs, or "
            "save it once more",
            name,
        ) from None
    return rows


def _plain(cell: str) -> str:
    """The cell without the apostrophe that keeps a program from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULAS else cell


_FORMULAS = ("=", "+", "-", "@")
_SEPARATORS = frozenset(",\t;")

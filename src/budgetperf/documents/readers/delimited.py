"""Tables with separators (.csv, .tsv)."""

from __future__ import annotations

import csv
import io

from budgetperf.documents.readers.markdown import table_of
from budgetperf.documents.readers.text import too_long, unusable
from budgetperf.documents.source import Document
from budgetperf.exact.limits import MAX_PARTS

__all__ = ["read_delimited"]


def read_delimited(text: str, encoding: str, kind: str) -> Document:
    """The table.

    Args:
        text: the whole file.
        encoding: how it was encoded.
        kind: ``"csv"``, separated by whichever of comma, semicolon and tab its lines have most of,
            or ``"tsv"``.

    Raises:
        UnusableDocumentError: it is beyond a limit, or a cell is not closed.
    """
    separator = "\t" if kind == "tsv" else max(",;\t", key=text.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    cells = line = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line + 1, row))
            line, cells = reader.line_num, cells + len(row)
            if cells > MAX_PARTS:
                raise too_long()
    except csv.Error as error:
        raise unusable(
            "damaged",
            f"第 {line + 1} 行起不是 CSV（{error}）：请另存一次",
            f"is no CSV from line {line + 1} on ({error}): save it once more",
            "",
        ) from None
    return Document(kind=kind, encoding=encoding, blocks=(table_of(rows, 1),))

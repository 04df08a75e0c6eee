"""Excel of before 2007: what its cells show, and what is hidden in it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Document, Table

pytest.importorskip("xlrd", reason="the extra xls")

from .xls_writing import Book, Content, Style, compound, sheet_of, xls

PLAIN = Style()


def read(data: bytes) -> Document:
    return document_of(data, "x.xls")


def texts(document: Document) -> list[tuple[str, ...]]:
    (table,) = document.blocks
    assert isinstance(table, Table)
    return list(table.texts())


def notes(document: Document) -> str:
    return "\n".join(note.zh for note in document.notes)


@pytest.mark.parametrize(
    ("content", "format", "shown"),
    [
        (0.6848, "0.00%", "68.48%"),
        (0.6848, 10, "68.48%"),
        (595.0699999999999, "0.00", "595.07"),
        (595.0699999999999, 0, "595.07"),
        (353.21, "#,##0.00", "353.21"),
        (1234.5, 4, "1,234.50"),
        (0.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (45404.0, 31, "2024年4月22日"),
        (45404.0, 14, "2024/4/22"),
        (12.0, '0"次"', "12次"),
        (True, 0, "TRUE"),
        ("≥90%", 0, "≥90%"),
        ("353.21", "@", "353.21"),
    ],
)
def test_cells_show_what_their_format_says(content: Content, format: str | int, shown: str) -> None:
    assert texts(read(sheet_of([("甲", PLAIN), (content, Style(format=format))]))) == [
        ("甲", shown)
    ]


def test_formats_are_those_of_the_newer_files() -> None:
    """The numbers and formats that the other reader is tried on, as LibreOffice shows them, but for
    brackets: they stand for a minus, which is read."""
    file = Path(__file__).parent / "data" / "number_formats.json"
    shown: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))
    rows: list[list[tuple[Content, Style]]] = [
        [("行", PLAIN), *((float(number), Style(format=code)) for number in numbers)]
        for code, numbers in shown.items()
    ]
    for row, numbers in zip(texts(read(sheet_of(*rows))), shown.values(), strict=True):
        assert row[1 : len(numbers) + 1] == tuple(map(_with_minus, numbers.values()))


def _with_minus(shown: str) -> str:
    stands_for_one = shown.startswith("(") and not set(shown) <= set("(0.)")
    return f"-{shown[1:-1]}" if stands_for_one else shown


def test_what_is_hidden_is_left_out_and_told() -> None:
    cells = [(r, c, f"{r}{c}", PLAIN) for r in range(1, 4) for c in range(1, 4)]
    book = Book(
        cells=cells, hidden_rows=[2], hidden_columns=[3], hidden_sheets=["字典"], shows_zeros=False
    )
    document = read(xls(book))
    assert texts(document) == [("11", "12"), ("31", "32")]
    for place in ("自评表!2", "自评表!C", "字典"):
        assert place in notes(document)


def test_a_column_without_width_is_hidden() -> None:
    cells = [(r, c, f"{r}{c}", PLAIN) for r in range(1, 3) for c in range(1, 4)]
    document = read(xls(Book(cells=cells, columns_without_width=[2])))
    assert texts(document) == [("11", "", "13"), ("21", "", "23")]
    assert "自评表!B" in notes(document)


def test_zeros_that_do_not_show_are_blank_and_told() -> None:
    row: list[Content] = ["甲", 0.0, 5.0]
    cells = [(1, at, content, PLAIN) for at, content in enumerate(row, start=1)]
    document = read(xls(Book(cells=cells, shows_zeros=False)))
    assert texts(document) == [("甲", "", "5")]
    assert "不显示零值" in notes(document)


def test_what_is_struck_out_is_left_out_and_told() -> None:
    struck, raised = Style(struck=True), Style(raised=True)
    cells: list[tuple[int, int, Content, Style]] = [
        (1, 1, "甲", PLAIN),
        (1, 2, 353.21, struck),
        (1, 3, "595.071", PLAIN),
        (1, 4, "旧新", PLAIN),
    ]
    runs = [("595.071", 6, raised), ("旧新", 0, struck), ("旧新", 1, PLAIN)]
    document = read(xls(Book(cells=cells, runs=runs)))
    assert texts(document) == [("甲", "", "595.07¹", "新")]
    assert "353.21" in notes(document)
    assert "旧" in notes(document)


def test_merged_cells_are_one() -> None:
    cells = [(1, 1, "甲", PLAIN), (1, 2, "乙", PLAIN), (2, 2, "丙", PLAIN), (2, 1, "遮住", PLAIN)]
    document = read(xls(Book(cells=cells, merges=[(1, 2, 1, 1)])))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.texts() == (("甲", "乙"), ("", "丙"))
    assert table.rows[0].cells[0].rows == 2
    assert "A2" in notes(document)


def test_what_is_damaged_or_locked_is_refused() -> None:
    data = sheet_of([("甲", PLAIN), (5.0, PLAIN)])
    for broken in (data[:2000], compound(b"\0" * 100), data[:1536] + b"\xff" * 4096):
        with pytest.raises(UnusableDocumentError) as error:
            read(broken)
        assert (error.value.code, error.value.field) == ("damaged", "x.xls")
    locked = data[: 1536 + 20] + b"\x2f\x00\x06\x00" + bytes(6) + data[1536 + 20 :]
    with pytest.raises(UnusableDocumentError) as error:
        read(locked[: len(data)])
    assert error.value.code == "encrypted"


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(UnusableDocumentError, match=r"budgetperf\[xls\]") as error:
        read(sheet_of([("甲", PLAIN)]))
    assert error.value.code == "needs-extra"

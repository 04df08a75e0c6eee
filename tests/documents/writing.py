"""Tables and texts written in each format by hand: what a reader of it has to give back.

A table is a list of rows, a row a list of cells, a cell its text and how many rows and columns it
takes. Cells stand where there is room, as in HTML.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from typing import TypeAlias

from budgetperf.documents.source import Document, Table

Written: TypeAlias = tuple[str, int, int]
"""A cell: its text, its rows, its columns."""
Grid: TypeAlias = list[list[Written]]
Placed: TypeAlias = tuple[int, int, str, int, int]
"""A cell by row and column, each from 1: its text, its rows, its columns."""


def placed(grid: Grid) -> Iterator[Placed]:
    """The cells where there is room for them."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid, start=1):
        column = 1
        for text, rows, columns in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            yield row, column, text, rows, columns
            column += columns


def found(document: Document) -> list[Placed]:
    """The cells of the tables of a document that say something."""
    return [
        (row, cell.column, cell.text, cell.rows, cell.columns)
        for table in document.blocks
        if isinstance(table, Table)
        for row, own in enumerate(table.rows, start=1)
        for cell in own.cells
        if cell.text
    ]


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of the parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return data.getvalue()


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def relations(*entries: tuple[str, str, str]) -> str:
    """A part with relations: each its id, its kind and its target."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}" '
        f'TargetMode="{"External" if "://" in target else "Internal"}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


_KIND = "application/vnd.openxmlformats-officedocument."
_PARTS = {
    "word/document.xml": f"{_KIND}wordprocessingml.document.main+xml",
    "word/styles.xml": f"{_KIND}wordprocessingml.styles+xml",
    "xl/workbook.xml": f"{_KIND}spreadsheetml.sheet.main+xml",
    "xl/worksheets/sheet1.xml": f"{_KIND}spreadsheetml.worksheet+xml",
    "xl/strings.xml": f"{_KIND}spreadsheetml.sharedStrings+xml",
    "xl/styles.xml": f"{_KIND}spreadsheetml.styles+xml",
}


def with_types(data: bytes) -> bytes:
    """An office file that says what its parts are, without which others do not open it."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in _PARTS.items()
        if name in parts
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    types = f'<Default Extension="rels" ContentType="{rels}"/>{listed}'
    parts["[Content_Types].xml"] = TYPES.replace("/>", f">{types}</Types>").encode()
    return archive(parts)


# Word.


def docx(body: str, **parts: str) -> bytes:
    """A Word document with that body; further parts by the kind of their relation."""
    names = {kind: f"{kind}.xml" for kind in parts}
    root = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    root += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    root += ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("a", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(
                *((kind, kind, name) for kind, name in names.items())
            ),
            "word/document.xml": f"<w:document {root}><w:body>{body}</w:body></w:document>",
            **{f"word/{names[k]}": f"<w:{k} {root}>{text}</w:{k}>" for k, text in parts.items()},
        }
    )


def run(text: str) -> str:
    """Text of a Word document, with its line breaks."""
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:r>{lines}</w:r>"


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def table_in_word(grid: Grid) -> str:
    """A table of a Word document: cells that go on from above are written, too."""
    cells: dict[tuple[int, int], str] = {}
    for row, column, text, rows, columns in placed(grid):
        for down in range(rows):
            merge = ("<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>') if rows > 1 else ""
            properties = f'<w:tcPr><w:gridSpan w:val="{columns}"/>{merge}</w:tcPr>'
            inside = "<w:p/>" if down else "".join(map(paragraph, text.split("\n")))
            cells[row + down, column] = f"<w:tc>{properties}{inside}</w:tc>"
    height = max(row for row, _ in cells)
    rows_written = (
        "".join(cells[at] for at in sorted(cells) if at[0] == row) for row in range(1, height + 1)
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows_written)}</w:tbl>"


# Excel.


def cell_at(row: int, column: int) -> str:
    """The name of a cell among the first 26 columns."""
    return f"{chr(ord('A') + column - 1)}{row}"


def xlsx(
    sheets: Mapping[str, str], *, styles: str = "", strings: str = "", book: str = ""
) -> bytes:
    """A workbook of sheets by their name, or by ``name" state="hidden``."""
    names = [f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="s{at}"/>'
        for at, name in enumerate(sheets, start=1)
    )
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("a", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{book}'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                *((f"s{at}", "worksheet", name) for at, name in enumerate(names, start=1)),
                ("t", "sharedStrings", "strings.xml"),
                ("u", "styles", "styles.xml"),
            ),
            "xl/strings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
            **{
                f"xl/{name}": f'<worksheet xmlns="{SHEET}" xmlns:r="{OFFICE}">{text}</worksheet>'
                for name, text in zip(names, sheets.values(), strict=True)
            },
        }
    )


def table_in_excel(grid: Grid) -> bytes:
    """A workbook of one sheet, its texts shared."""
    rows: dict[int, str] = {}
    texts: list[str] = []
    merges = ""
    for row, column, text, height, width in placed(grid):
        name = cell_at(row, column)
        rows[row] = rows.get(row, "") + f'<c r="{name}" t="s"><v>{len(texts)}</v></c>'
        texts.append(text)
        if height * width > 1:
            last = cell_at(row + height - 1, column + width - 1)
            merges += f'<mergeCell ref="{name}:{last}"/>'
    data = "".join(f'<row r="{row}">{cells}</row>' for row, cells in rows.items())
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    sheet = f"<sheetData>{data}</sheetData><mergeCells>{merges}</mergeCells>"
    return xlsx({"自评表": sheet}, strings=shared)


# OpenDocument.

_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odf(kind: str, body: str, styles: str = "") -> bytes:
    """A text or a spreadsheet."""
    spaces = " ".join(
        f'xmlns:{name}="{_ODF}:{full}:1.0"'
        for name, full in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
            ("draw", "drawing"),
        )
    )
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": f'<manifest xmlns="{_ODF}:manifest:1.0"/>',
            "content.xml": f"<office:document-content {spaces}>{styles}<office:body>"
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        }
    )


def table_in_odf(grid: Grid) -> str:
    """A table: covered cells are written, too."""
    cells: dict[tuple[int, int], str] = {}
    for row, column, text, rows, columns in placed(grid):
        for down in range(rows):
            for right in range(columns):
                cells[row + down, column + right] = "<table:covered-table-cell/>"
        inside = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
        cells[row, column] = f"<table:table-cell {spans}>{inside}</table:table-cell>"
    height = max(row for row, _ in cells)
    written = (
        "".join(cells[at] for at in sorted(cells) if at[0] == row) for row in range(1, height + 1)
    )
    rows_written = "".join(f"<table:table-row>{row}</table:table-row>" for row in written)
    return f'<table:table table:name="自评表">{rows_written}</table:table>'


# Text.


def table_in_html(grid: Grid) -> str:
    """A table of a web page."""
    rows = (
        "".join(
            f'<td rowspan="{rows}" colspan={columns}>{"<br>".join(map(escape, text.split(NEXT)))}'
            for text, rows, columns in row
        )
        for row in grid
    )
    return f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>"


NEXT = "\n"


def table_in_pipes(grid: Grid) -> str:
    """A table in Markdown, without merged cells."""
    rows = [[text.replace("|", r"\|").replace("\n", "<br>") for text, _, _ in row] for row in grid]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def table_in_tabs(grid: Grid) -> str:
    """A table as Excel copies it."""
    return "\n".join("\t".join(map(_copied, row)) for row in grid)


def _copied(cell: Written) -> str:
    text = cell[0]
    needs_quotes = "\n" in text or text.startswith('"')
    return '"' + text.replace('"', '""') + '"' if needs_quotes else text

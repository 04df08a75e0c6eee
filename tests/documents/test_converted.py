"""Files as LibreOffice makes them of others: the same is read, and no number is read short."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf.documents.readers.files import read_document
from budgetperf.documents.source import Document, Table
from budgetperf.documents.understanding.lines import lines_of

from . import writing
from .test_renderings import DOCUMENTS, TEXT, judged, said, shared, written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice"),
]
pytest.importorskip("pdfminer")
pytest.importorskip("xlrd")


def converted(files: list[Path], to: str, folder: Path) -> list[Path]:
    """The files in another format."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / to)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [folder / to / f"{file.stem}.{to}" for file in files]


def bare(document: Document) -> list[str]:
    """Its lines without blanks, and without cells at the end that say nothing."""
    return [line.replace(" ", "").rstrip("\t") for _, line in lines_of(document)]


@pytest.mark.parametrize("to", ["pdf", "odt", "docx"])
def test_the_example_says_the_same(to: str, tmp_path: Path) -> None:
    source = tmp_path / "example.docx"
    body = written(
        writing.paragraph,
        lambda grid: writing.table_in_word(grid).replace("<w:tbl>", f"<w:tbl>{BORDERS}"),
    )
    source.write_bytes(writing.with_types(writing.docx(body)))
    (file,) = converted([source], to, tmp_path)
    report, plain = bp.read(file), bp.parse(TEXT)
    assert said(report) == said(plain)
    assert judged(report) == judged(plain)


@shared
def test_published_forms_say_the_same(tmp_path: Path) -> None:
    """But for columns that do not show, where cells of several columns lie above each other."""
    books = sorted(DOCUMENTS.glob("tables/*.xlsx"))
    texts = sorted(DOCUMENTS.glob("tables/*.docx"))
    for files, to in ((books, "xls"), (books, "pdf"), (texts, "pdf")):
        for source, file in zip(files, converted(files, to, tmp_path), strict=True):
            due, found = bare(read_document(source)), bare(read_document(file))
            if to == "pdf":
                due, found = ([line.replace("\t", "") for line in one] for one in (due, found))
            assert found == due, file.name


SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
BORDERS = f'<w:tblPr><w:tblLayout w:type="fixed"/><w:tblBorders>{SIDES}</w:tblBorders></w:tblPr>'


def narrow(rows: list[list[str]], widths: list[int], *, header: bool) -> bytes:
    """A Word document with a table whose columns have these widths, in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = ""
    for number, row in enumerate(rows):
        repeats = "<w:trPr><w:tblHeader/></w:trPr>" if header and not number else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{writing.paragraph(text)}</w:tc>"
            for text, width in zip(row, widths, strict=True)
        )
        body += f"<w:tr>{repeats}{cells}</w:tr>"
    table = f"<w:tbl>{BORDERS}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    body = writing.paragraph("附表") + table + writing.paragraph("注：单位为万元。")
    return writing.with_types(writing.docx(body))


@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("size", [600, 900, 1400])
def test_no_number_is_read_short(size: int, header: bool, tmp_path: Path) -> None:
    """However narrow its column: it is whole, or it is none, and both are told."""
    chosen = random.Random(size)
    rows = [["三级指标", "指标值", "执行数", "分值"]]
    for number in range(120):
        amount = chosen.randint(1, 10 ** chosen.randint(2, 11))
        target = f"≥{chosen.randint(1, 10**6)}" if number % 3 else f"{chosen.randint(1, 99)}.5%"
        name = "政务服务事项办理授权率"[: chosen.randint(3, 11)]
        rows.append([name, target, f"{amount / 100:.2f}", str(chosen.randint(1, 20))])
    source = tmp_path / "narrow.docx"
    source.write_bytes(narrow(rows, [2000, size, size, 500], header=header))
    (file,) = converted([source], "pdf", tmp_path)
    document = read_document(file)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    told = "".join(note.zh for note in document.notes)
    assert len(table.rows) == len(rows)
    whole = 0
    for row, texts in zip(rows, table.texts(), strict=True):
        assert "".join(texts[0].split()) == row[0]
        for due, text in zip(row[1:], texts[1:], strict=True):
            assert text == due or ("\n" in text and text.replace("\n", "") == due)
            whole += text == due
    assert whole > len(rows) * 2
    assert ("未读取" in told) == (whole < 3 * len(rows))

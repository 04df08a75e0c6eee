"""How long files of each kind take to read, over the mere opening by the usual library.

    python -m benchmarks.documents
    python -m benchmarks.documents FILE...
    python -m benchmarks.documents --folder 500

Without files it takes the example report, written in each format as the tests write it; in Word,
also as ``bp.write`` writes it, with the few styles that it needs, as python-docx does, with all
those of Word, and its text in short runs, every other of which has a style of its own, as samples
of code have. For each it prints the least processor time of opening it by the usual library of its
format (python-docx, openpyxl, xlrd, pdfplumber, Beautiful Soup; ``-`` where that is not installed),
of opening it and asking that library for the text of every paragraph and cell, of reading it into
the neutral document, of reading the report in it, and of the audit, all in one run, and reading
into the document over the first and over the second. What a library does on opening differs:
pdfplumber finds the signs and the tables of each page, openpyxl takes in all cells, python-docx
parses the XML (in C) and makes text of it only when asked for it.

Below them stands what repairs cost: the time of reading a form and a text as they are, with a
misprint that the other figures settle, and with one that nothing settles.

With ``--folder`` so many files of all formats are read and audited, by one process and by two: the
time on the clock, and how much memory the largest process took.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import importlib
import io
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import budgetperf as bp
from budgetperf.documents.readers.files import document_of
from tests.documents import forms, pdf_writing, writing, xls_writing
from tests.documents.test_renderings import BLOCKS, RENDERINGS
from tests.documents.test_renderings import TEXT as EXAMPLE

TURNS = 15
WHILE = 0.2
"""So many seconds a call is repeated at least: what takes less than a millisecond is quicker after
some hundred calls."""


def word(data: bytes) -> object:
    """A Word document, opened."""
    return importlib.import_module("docx").Document(io.BytesIO(data))


def excel(data: bytes) -> object:
    """A workbook, opened."""
    return importlib.import_module("openpyxl").load_workbook(io.BytesIO(data))


def old_excel(data: bytes) -> object:
    """A workbook of before 2007, opened with what its cells look like."""
    return importlib.import_module("xlrd").open_workbook(file_contents=data, formatting_info=True)


def pages(data: bytes) -> object:
    """A PDF, with the signs and the tables of its pages."""
    with importlib.import_module("pdfplumber").open(io.BytesIO(data)) as file:
        return [(page.chars, page.extract_tables()) for page in file.pages]


def web_page(data: bytes) -> object:
    """A web page, parsed."""
    return importlib.import_module("bs4").BeautifulSoup(data, "html.parser")


def words(data: bytes) -> object:
    """A Word document, opened, and the text of its paragraphs and cells."""
    file: Any = word(data)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in file.paragraphs], cells


def values(data: bytes) -> object:
    """A workbook, opened, and the values of its cells."""
    file: Any = excel(data)
    return [cell.value for sheet in file for row in sheet.iter_rows() for cell in row]


def old_values(data: bytes) -> object:
    """A workbook of before 2007, opened, and the values of its cells."""
    file: Any = old_excel(data)
    return [sheet.row_values(row) for sheet in file.sheets() for row in range(sheet.nrows)]


def page_words(data: bytes) -> object:
    """A web page, parsed, and its text."""
    page: Any = web_page(data)
    return list(page.stripped_strings)


USUAL: dict[str, Callable[[bytes], object]] = {
    "docx": word,
    "xlsx": excel,
    "xls": old_excel,
    "pdf": pages,
    "html": web_page,
}
WITH_TEXTS = USUAL | {"docx": words, "xlsx": values, "xls": old_values, "html": page_words}
FORM = next(block[0] for block in BLOCKS if not isinstance(block, str) and len(block[0]) > 3)
GRID: writing.Grid = [[(text, 1, 1) for text in row] for row in FORM]


def form_in_pdf() -> bytes:
    """The form on pages."""
    flow = pdf_writing.Flow()
    flow.table(GRID)
    return flow.data()


TABLES: dict[str, Callable[[], bytes]] = {
    "form.xlsx": lambda: writing.table_in_excel(GRID),
    "form.xls": lambda: xls_writing.table_in_xls(GRID),
    "form.ods": lambda: writing.odf("spreadsheet", writing.table_in_odf(GRID)),
    "form.pdf": form_in_pdf,
}


def written() -> dict[str, bytes]:
    """The example and its form in each format, by the names of the files."""
    names = {"docx": "docx", "odt": "odt", "html": "html", "pipes": "md", "pdf": "pdf"}
    reports = {f"report.{end}": RENDERINGS[kind][0]() for kind, end in names.items()}
    files = reports | {name: write() for name, write in TABLES.items()}
    return {
        n: writing.with_types(d) if n.endswith(("docx", "xlsx")) else d for n, d in files.items()
    }


def written_in_word() -> bytes:
    """The example as the library writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        bp.write(bp.parse(EXAMPLE), path)
        return path.read_bytes()


def written_with_styles_of_word() -> bytes:
    """The example with the styles that Word gives to its documents: as python-docx writes it."""
    document: Any = importlib.import_module("docx").Document()
    for block in BLOCKS:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(0, max(map(len, block[0])))
        for texts in block[0]:
            for cell, text in zip(table.add_row().cells, texts, strict=False):
                cell.text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def written_in_runs() -> bytes:
    """The text of the example in short runs, of which every other has a style of characters."""
    run = "<w:r>{}<w:t>{}</w:t></w:r>".format
    styled = '<w:rPr><w:rStyle w:val="code"/></w:rPr>'
    lines = [line for line in EXAMPLE.splitlines() if line]
    body = "".join(
        "<w:p>{}</w:p>".format(
            "".join(
                run(styled if at % 20 else "", html.escape(line[at : at + 10]))
                for at in range(0, len(line), 10)
            )
        )
        for line in lines
    )
    styles = '<w:style w:type="character" w:styleId="code"><w:rPr><w:b/></w:rPr></w:style>'
    return writing.with_types(writing.docx(body, styles=styles))


def in_word() -> dict[str, bytes]:
    """The example as two libraries write it in Word; as python-docx does, where that is there; and
    in runs."""
    files = {"written.docx": written_in_word(), "runs.docx": written_in_runs()}
    with contextlib.suppress(ImportError):
        files["styles.docx"] = written_with_styles_of_word()
    return files


def least(call: Callable[[], object]) -> float:
    """The least processor time of several calls, in milliseconds."""
    times: list[float] = []
    while len(times) < TURNS or sum(times) < WHILE:
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def opening(data: bytes, by: Callable[[bytes], object] | None) -> float | None:
    """How long a library takes to open it, if there is one."""
    if by is None:
        return None
    try:
        by(data)
    except ImportError:
        return None
    return least(lambda: by(data))


def reading(name: str, data: bytes, folder: Path) -> str:
    """A row: opening, with texts, reading the document, its ratios to these, the report, the
    audit."""
    kind = Path(name).suffix[1:].lower()
    others = [opening(data, by.get(kind)) for by in (USUAL, WITH_TEXTS)]
    own = least(lambda: document_of(data, name))
    (folder / Path(name).name).write_bytes(data)
    report = bp.read(folder / Path(name).name)
    whole = least(lambda: bp.read(folder / Path(name).name))
    audit = least(lambda: bp.audit(report))
    times = "".join(f"{'-' if other is None else f'{other:.2f}':>9}" for other in others)
    ratios = "".join(f"{'-' if other is None else f'{own / other:.2f}':>8}" for other in others)
    return f"{Path(name).name:24}{times}{own:9.2f}{ratios}{whole:9.1f}{audit:9.1f}"


FORM_IN_PIPES = "\n".join(
    map(writing.table_in_pipes, map(forms.flat, forms.grids(forms.SAMPLE, forms.Style())))
)
TEXT = """某局2023年度项目支出绩效自评报告
一、项目资金情况
本项目全年预算数200.00万元，全年执行数180.00万元，执行率为90.00%。项目自评得分98分。
"""
MISPRINTS = {
    "form": (FORM_IN_PIPES, ("| 90.00% ", "| 9O.00% "), ("| 200人次 ", "| 2OO人次 ")),
    "text": (TEXT, ("180.00", "18O.00"), ("98分", "9B分")),
}
"""Texts with a misprint that is settled, and one that is not, as they would be printed rightly."""


def repairing() -> Iterator[str]:
    """How long a form and a text take to read without and with a misprint: each a row."""
    for name, (text, *changes) in MISPRINTS.items():
        sound, settled, left_out = (
            least(lambda text=changed: bp.parse(text))  # type: ignore[misc]
            for changed in (text, *(text.replace(*change, 1) for change in changes))
        )
        yield f"{name:24}{sound:9.1f}{settled:9.1f}{left_out:9.1f}"


def audited(path: Path) -> int:
    """How many findings a file gives."""
    return len(bp.audit(bp.read(path)).findings)


def many(count: int, folder: Path) -> Iterator[str]:
    """So many files, by one process and by two: each a row."""
    files = list(written().items())
    paths: list[Path] = []
    for number in range(count):
        name, data = files[number % len(files)]
        paths.append(folder / f"{number:04}-{name}")
        paths[-1].write_bytes(data)
    for processes in (1, 2):
        start = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            findings = sum(pool.imap_unordered(audited, paths, chunksize=4))
        took = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        said = f"{took:.1f} s, {memory:.0f} MB, {findings} findings"
        yield f"{count} files, {processes} processes: {said}"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How long files of each kind take to read.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--folder", type=int, metavar="N", help="read and audit so many files")
    given: Any = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.folder:
            for row in many(given.folder, folder):
                print(row, flush=True)
            return
        files = {str(path): path.read_bytes() for path in given.files}
        files = files or written() | in_word()
        print(
            f"{'ms':24}{'open':>9}{'texts':>9}{'read':>9}{'/open':>8}{'/texts':>8}{'report':>9}"
            f"{'audit':>9}"
        )
        for file, data in files.items():
            print(reading(file, data, folder), flush=True)
        if not given.files:
            print(f"{'misprint':24}{'none':>9}{'settled':>9}{'left out':>9}")
            for row in repairing():
                print(row, flush=True)


if __name__ == "__main__":
    main()

"""Laws of forms that LibreOffice or pandoc wrote anew: the same is read, or nothing that is wrong.

A conversion is a program that is started, so that many forms go through it at once.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.choosing import reports_of
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.ways import way_of
from tests.documents import writing
from tests.documents.forms import FORMATS, Form, Style, due, forms, grids, said, styles
from tests.documents.test_converted import BORDERS

pytestmark = pytest.mark.slow
needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice (soffice)"
)
needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="needs pandoc")

# What is drawn first is the simplest, eight times the same: not worth starting a program for.
batches = st.lists(st.tuples(forms(), styles()), min_size=8, max_size=8).filter(
    lambda batch: len({str(pair) for pair in batch}) == len(batch)
)
one = settings(
    max_examples=1,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_Tables = Sequence[writing.Grid]


def _bordered(tables: _Tables) -> bytes:
    """A Word document whose tables have borders, without which a PDF shows none, and columns with
    a width, without which LibreOffice makes up columns of its own."""
    return writing.with_types(writing.docx("<w:p/>".join(map(_table, tables))))


def _table(grid: writing.Grid) -> str:
    count = max(column + columns - 1 for _, column, _, _, columns in writing.placed(grid))
    columns = f'<w:gridCol w:w="{_WIDTH}"/>' * count
    written = writing.table_in_word(grid).replace(
        "<w:tbl>", f"<w:tbl>{BORDERS}<w:tblGrid>{columns}</w:tblGrid>"
    )
    return re.sub(
        r'<w:tcPr><w:gridSpan w:val="(\d+)"/>',
        lambda span: (
            f'<w:tcPr><w:tcW w:w="{_WIDTH * int(span[1])}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{span[1]}"/>'
        ),
        written,
    )


_WIDTH = 800
"""How wide a column is, in twentieths of a point."""


def _book(tables: _Tables) -> bytes:
    return writing.with_types(FORMATS["xlsx"](tables)[0])


def _page(tables: _Tables) -> bytes:
    return FORMATS["html"](tables)[0]


def _by_libreoffice(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / to)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [folder / to / f"{file.stem}.{to}" for file in files]


def _by_pandoc(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    made: list[Path] = []
    for file in files:
        end = {"gfm": "md", "markdown": "md", "plain": "txt"}.get(to, to)
        target = folder / f"{file.stem}-{to}.{end}"
        command = ["pandoc", "-t", to, "-o", str(target), str(file), "--wrap=none", "-s"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made.append(target)
    return made


_Converter = Callable[[Sequence[Path], str, Path], list[Path]]


def _reports(
    batch: Sequence[tuple[Form, Style]],
    write: Callable[[_Tables], bytes],
    end: str,
    convert: _Converter,
    to: str,
) -> list[tuple[Form, bp.SelfEvaluation | None]]:
    """The forms, each with what is read of it when it was written, converted and read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: list[Path] = []
        for number, (form, style) in enumerate(batch):
            files.append(folder / f"form{number}.{end}")
            files[-1].write_bytes(write(grids(form, style)))
        made = convert(files, to, folder)
        return [(form, _read(file)) for (form, _), file in zip(batch, made, strict=True)]


_LEFT_OUT = b"[TABLE]"
"""What pandoc writes as plain text for a table that it cannot: its rows are lost."""


def _read(file: Path) -> bp.SelfEvaluation | None:
    """The report of a file; ``None`` if a part was lost, or no figure of it can be read."""
    document = document_of(file.read_bytes(), file.name)
    is_lost = file.suffix == ".txt" and _LEFT_OUT in file.read_bytes()
    assert is_lost == any("[TABLE]" in note.en for note in document.notes)
    if is_lost:
        return None
    try:
        (report,) = reports_of(document, file.name, way_of("forms"))
    except bp.UnusableDocumentError as error:
        if error.code != "no-figures":
            raise
        return None
    return report


def _says_nothing_wrong(form: Form, report: bp.SelfEvaluation) -> None:
    """Whether all that is read is printed, names of rows included."""
    expected = due(form)
    rows = {row.name: number for number, row in enumerate(form.rows)}
    for path, value in said(report).items():
        before, _, after = path.partition("[")
        index, _, rest = after.partition("]")
        if before == "form.indicators":
            own = rows[str(report.form.indicators[int(index)].name)]
            assert expected[f"{before}[{own}]{rest}"] == value
        elif not index:
            assert expected[path] == value
    assert {row.name for row in report.form.indicators} <= rows.keys()
    assert not bp.audit(report).inconsistent


@needs_libreoffice
@pytest.mark.parametrize("to", ["odt", "docx", "pdf"])
@given(batches)
@one
def test_documents_from_libreoffice_say_the_same(to: str, batch: list[tuple[Form, Style]]) -> None:
    if to == "pdf":
        pytest.importorskip("pdfminer")
    for form, report in _reports(batch, _bordered, "docx", _by_libreoffice, to):
        assert report is not None
        if to == "pdf":  # numbers that are broken off may be left out
            _says_nothing_wrong(form, report)
            continue
        assert said(report) == due(form)
        assert not bp.audit(report).inconsistent


@needs_libreoffice
@pytest.mark.parametrize("to", ["ods", "xlsx", "xls"])
@given(batches)
@one
def test_sheets_from_libreoffice_say_the_same(to: str, batch: list[tuple[Form, Style]]) -> None:
    if to == "xls":
        pytest.importorskip("xlrd")
    for form, report in _reports(batch, _book, "xlsx", _by_libreoffice, to):
        assert report is not None
        assert said(report) == due(form)
        assert not bp.audit(report).inconsistent


@needs_pandoc
@pytest.mark.parametrize("to", ["docx", "odt", "html", "gfm", "markdown", "plain"])
@pytest.mark.parametrize("source", ["docx", "html"])
@given(batches)
@one
def test_what_pandoc_writes_is_not_misread(
    source: str, to: str, batch: list[tuple[Form, Style]]
) -> None:
    """It may lose which cells were merged: what is read is right, or nothing is."""
    write = _bordered if source == "docx" else _page
    for form, report in _reports(batch, write, source, _by_pandoc, to):
        if source == "docx" and to in ("docx", "odt", "html"):  # loses nothing
            assert report is not None
            assert said(report) == due(form)
        if report is not None:
            _says_nothing_wrong(form, report)

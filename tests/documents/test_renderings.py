"""One report, whatever file it comes in: the same figures, verdicts and causes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.documents.readers.files import document_of, read_document
from budgetperf.documents.source import Table
from budgetperf.documents.understanding.lines import lines_of

from . import pdf_writing, writing
from .samples import EXAMPLES, REAL, SHARED

DOCUMENTS = SHARED / "documents"
shared = pytest.mark.skipif(not DOCUMENTS.exists(), reason="these documents are not shipped")

TEXT = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
BLOCKS = [
    [block.texts()] if isinstance(block, Table) else block.text
    for block in document_of(TEXT.encode(), "x.md").blocks
]


def written(paragraph: Callable[[str], str], table: Callable[[writing.Grid], str]) -> str:
    """The example's paragraphs and tables, one after the other."""
    return "".join(
        paragraph(block)
        if isinstance(block, str)
        else table([[(text, 1, 1) for text in row] for row in block[0]])
        for block in BLOCKS
    )


def in_pdf(*, anywhere: bool = False) -> bytes:
    """The example on pages, with a header and numbers of pages.

    Args:
        anywhere: whether a line may end inside of a number, as Word can be told to.
    """
    flow = pdf_writing.Flow(anywhere=anywhere, header="2023 年度绩效自评报告")
    for block in BLOCKS:
        if isinstance(block, str):
            flow.paragraph(block.lstrip("# "))
        else:
            flow.table([[(text, 1, 1) for text in row] for row in block[0]])
    return flow.data()


RENDERINGS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "docx": (
        lambda: writing.docx(written(writing.paragraph, writing.table_in_word)),
        "x",
    ),
    "odt": (
        lambda: writing.odf(
            "text",
            written(lambda text: f"<text:p>{escape(text)}</text:p>", writing.table_in_odf),
        ),
        "x",
    ),
    "html": (
        lambda: (
            "<!DOCTYPE html>"
            + written(lambda text: f"<p>{escape(text)}</p>\n", writing.table_in_html)
        ).encode("gb18030"),
        "x",
    ),
    "pipes": (
        lambda: written(
            lambda text: f"{text}\n", lambda grid: f"\n{writing.table_in_pipes(grid)}\n"
        ).encode(),
        "x.md",
    ),
    "pdf": (in_pdf, "x"),
    "pdf, with numbers in two": (lambda: in_pdf(anywhere=True), "x"),
    "html in Markdown": (
        lambda: written(
            lambda text: f"{text}\n", lambda grid: f"{writing.table_in_html(grid)}\n"
        ).encode(),
        "x.md",
    ),
}


def said(report: bp.SelfEvaluation) -> list[tuple[str, str, str]]:
    """Each figure: where it belongs, its text and its unit."""
    return sorted((path, figure.text, str(figure.unit)) for path, figure in bp.figures(report))


def judged(report: bp.SelfEvaluation) -> tuple[list[tuple[str, str, str]], list[str]]:
    """What the audit finds, and its causes but for their lines."""
    audit = bp.audit(report)
    findings = sorted((f.code, f.relation, f.verdict.value) for f in audit.findings)
    return findings, [re.sub(r"〔[^〕]*〕", "", "".join(str(c).split())) for c in audit.causes]


@pytest.mark.parametrize("kind", RENDERINGS)
def test_the_example_says_the_same_in_every_format(kind: str, tmp_path: Path) -> None:
    if kind.startswith("pdf"):
        pytest.importorskip("pdfminer")
    write, name = RENDERINGS[kind]
    (tmp_path / name).write_bytes(write())
    report, plain = bp.read(tmp_path / name), bp.parse(TEXT)
    assert said(report) == said(plain)
    assert len(said(report)) > 100
    assert judged(report) == judged(plain)


@shared
@pytest.mark.parametrize(
    "name",
    ["karamay-word.docx", "karamay-word.pdf", "karamay-mineru.md", "karamay-pipes-blank.md"],
)
def test_the_real_report_says_the_same_in_its_renderings(name: str) -> None:
    plain = bp.read(REAL)
    report = bp.read(DOCUMENTS / "renderings" / name)
    ours, theirs = Counter(said(report)), Counter(said(plain))
    assert not theirs - ours
    printed_besides = {path for path, *_ in ours - theirs}
    assert printed_besides <= {"form.total_weight", "form.total_score", "department.year"}
    wrong, due = ({f.relation for f in bp.audit(r).inconsistent} for r in (report, plain))
    assert due <= wrong
    assert wrong - due <= {"narrative.total_score = form.total_score"}  # the row is printed there


@shared
def test_the_real_report_whose_form_lost_its_table() -> None:
    """pandoc left the words of the cells alone, with blanks between them."""
    plain = bp.read(REAL)
    report = bp.read(DOCUMENTS / "renderings" / "karamay-pandoc.html")
    due, read = (
        [text for path, text, _ in said(r) if path.startswith(("form.funding", "form.indic"))]
        for r in (plain, report)
    )
    assert sorted(read) == sorted(due)
    assert {f.code for f in bp.audit(report).inconsistent} == {
        f.code for f in bp.audit(plain).inconsistent
    } | {"W08"}


@shared
def test_the_real_form_as_a_workbook() -> None:
    """Its figures as they are shown: stored are 595.0699999999999 and 1.0000000000000002."""
    expected: dict[str, Any] = json.loads((DOCUMENTS / "renderings" / "expected.json").read_text())
    due = expected["karamay-form.xlsx"]["figures"]
    report = bp.read(DOCUMENTS / "renderings" / "karamay-form.xlsx")
    total, reading = report.form.funding.total, report.reading
    for field, label in (
        ("initial", "年初预算数"),
        ("revised", "全年预算数"),
        ("executed", "全年执行数"),
    ):
        figure = getattr(total, field)
        assert isinstance(figure, bp.Figure)
        assert figure.text == due[f"资金/年度总资金/{label}"]
    assert isinstance(total.execution_rate, bp.Figure)
    assert total.execution_rate.text == due["资金/年度总资金/执行率"]
    assert isinstance(report.form.total_score, bp.Figure)
    assert report.form.total_score.text == due["总分/得分"]
    assert reading is not None
    assert any("字典" in note.zh for note in reading.notes)
    assert not bp.audit(report).inconsistent


@shared
@pytest.mark.parametrize("number", ["202", "203", "205", "214", "215", "216"])
def test_a_form_reads_the_same_in_every_format(number: str) -> None:
    files = [f for f in DOCUMENTS.glob(f"tables/{number}_*") if f.suffix != ".json"]
    assert len(files) >= 4
    forms = {
        file.suffix: [line.rstrip("\t") for _, line in lines_of(read_document(file))]
        for file in files
    }
    first, *others = forms.values()
    assert all(other == first for other in others)

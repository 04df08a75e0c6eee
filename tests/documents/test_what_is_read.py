"""The table of what is read, on its page: each shape of a form in each format."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.forms.reports import form_reports

from .forms import FORMATS, SAMPLE, SHAPES, TEXTS, Style, due, grids, said
from .samples import ROOT


def right(style: Style, written: str) -> tuple[int, int]:
    """How many figures of the sample were read right, and how many it has; none is wrong."""
    if written in TEXTS:
        report = bp.parse(TEXTS[written](grids(SAMPLE, style)))
    else:
        data, name = FORMATS[written](grids(SAMPLE, style))
        (report,) = form_reports(document_of(data, name), name, None).reports
    expected, read = due(SAMPLE), said(report)
    assert {path: value for path, value in read.items() if expected.get(path) != value} == {}
    assert not bp.audit(report).inconsistent
    return len(read), len(expected)


@pytest.mark.law
@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="the wheel: its pages are not there")
@pytest.mark.parametrize(("page", "at"), [("documents.md", 0), ("documents.en.md", 1)])
def test_the_page_says_what_is_read(page: str, at: int) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for names, style in SHAPES.items():
        counts = ["{}/{}".format(*right(style, written)) for written in (*FORMATS, *TEXTS)]
        assert f"| {names[at]} | {' | '.join(counts)} |" in text

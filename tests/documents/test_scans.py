"""Scans and pictures: what is recognised is marked as such; without the extra it is refused."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.display.text.reading import reading_text
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.readers.pdf.page import Glyph, Page, Rule

from . import forms, writing
from .shown import notes, rows

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
MODULE = "budgetperf.documents.readers.scans.recognising"
ROWS = [["三级指标", "指标值", "实际完成值", "分值", "得分"], ["完成率", "≥95%", "9□%", "20", "18"]]


def page_of(texts: list[list[str]]) -> Page:
    """A page with a table, as it is recognised."""
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    ends = (50.0, 50.0 + 100 * len(texts[0]))
    for at, cells in enumerate(texts):
        y = 50.0 + 30 * at
        rules.append(Rule(ends[0], y, ends[1], y))
        for column, text in enumerate(cells):
            x = 50.0 + 100 * column
            rules.append(Rule(x, y, x, y + 30))
            glyphs += (
                Glyph(char, x + 10 + 9 * n, x + 19 + 9 * n, y + 20, 9.0)
                for n, char in enumerate(text)
            )
    bottom = 50.0 + 30 * len(texts)
    rules.append(Rule(ends[0], bottom, ends[1], bottom))
    rules.append(Rule(ends[1], 50.0, ends[1], bottom))
    return Page(number=1, width=595, height=842, glyphs=tuple(glyphs), rules=tuple(rules))


class BrokenError(Exception):
    """What a library of pictures raises."""


@pytest.fixture
def recognising(monkeypatch: pytest.MonkeyPatch) -> None:
    """A recogniser that sees the same table in every picture."""
    module: Any = ModuleType(MODULE)

    class Recogniser:
        def page(self, picture: object, number: int) -> Page:
            assert number
            return page_of(ROWS) if picture == "form" else page_of([])

    def pictures_in(data: bytes) -> Iterator[str]:
        if data.endswith(b"broken"):
            raise BrokenError
        yield "form"

    module.BROKEN, module.Recogniser, module.pictures_in = (BrokenError,), Recogniser, pictures_in
    module.pages_of_pdf = pictures_in
    monkeypatch.setitem(sys.modules, MODULE, module)


@pytest.mark.usefixtures("recognising")
def test_a_picture_is_recognised_and_each_figure_marked() -> None:
    document = document_of(PICTURE, "x.png")
    assert document.kind == "image"
    assert document.recognised
    assert rows(document) == [(tuple(ROWS[0]), ("完成率", "≥95%", "9*%", "20", "18"))]
    assert "check each figure against the original" in notes(document)
    assert "A dash and a blank are not told apart" in notes(document)


@pytest.mark.usefixtures("recognising")
def test_figures_of_a_scan_are_marked_and_doubtful_ones_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(PICTURE)
    report = bp.read(tmp_path / "x.png")
    assert report.reading is not None
    assert report.reading.recognised
    (indicator,) = report.form.indicators
    assert isinstance(indicator.actual, bp.Missing)
    assert str(indicator.score) == "18"
    assert "18（识别）" in reading_text(report)
    assert "18 (recognised)" in reading_text(report, lang="en")
    assert bp.loads(bp.dumps(report)) == report


@pytest.mark.usefixtures("recognising")
def test_a_picture_that_is_broken_is_refused() -> None:
    with pytest.raises(bp.UnusableDocumentError) as refused:
        document_of(PICTURE + b"broken", "x.png")
    assert refused.value.code == "damaged"


def test_without_the_extra_a_picture_is_refused_and_the_extra_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    with pytest.raises(bp.UnusableDocumentError, match=r"budgetperf\[ocr\]") as refused:
        document_of(PICTURE, "x.png")
    assert refused.value.code == "other-kind"


@pytest.mark.slow
def test_strokes_of_a_large_title_are_no_lines_and_pages_have_the_size_of_paper() -> None:
    """A page whose dots are points, as phones write it, is a page of A4 all the same."""
    recognising = pytest.importorskip(MODULE, exc_type=ImportError)
    pil, draw, fonts = (pytest.importorskip(f"PIL.Image{end}") for end in ("", "Draw", "Font"))
    image = pil.new("RGB", (2339, 1654), "white")
    pen = draw.Draw(image)
    title = fonts.truetype(chinese_font() or pytest.skip("no Chinese font"), 90)
    pen.text((300, 200), "三亚市生产王丰项目自评表", fill="black", font=title)
    pen.line((300, 400, 2000, 400), fill="black", width=3)
    data = io.BytesIO()
    image.save(data, "pdf")
    (picture,) = recognising.pages_of_pdf(data.getvalue())
    page = recognising.Recogniser().page(picture, 1)
    assert (round(page.width), round(page.height)) == (842, 595)
    assert [round(rule.x1 - rule.x0) for rule in page.rules] == [613]


def chinese_font() -> str:
    """A font file with Chinese signs, or nothing."""
    if not shutil.which("fc-list"):
        return ""
    command = ["fc-list", ":lang=zh", "file"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True)
    return next((line.strip(": ") for line in listed.stdout.splitlines() if "Sans" in line), "")


@pytest.mark.slow
def test_a_form_in_a_picture() -> None:
    """Drawn on a page of A4 that lies on its side."""
    pytest.importorskip("rapidocr")
    pil, draw, fonts = (pytest.importorskip(f"PIL.Image{end}") for end in ("", "Draw", "Font"))
    font = fonts.truetype(chinese_font() or pytest.skip("no Chinese font"), 26)
    image = pil.new("RGB", (2339, 1654), "white")
    pen = draw.Draw(image)
    (grid,) = forms.grids(forms.SAMPLE, forms.Style())
    for row, column, text, height, width in writing.placed(grid):
        x, y = 60 + 235 * (column - 1), 60 + 74 * (row - 1)
        pen.rectangle((x, y, x + 235 * width, y + 74 * height), outline="black", width=2)
        parts = [text[at : at + 8] for at in range(0, len(text), 8)]
        pen.text((x + 12, y + 4), "\n".join(parts), fill="black", font=font)
    data = io.BytesIO()
    image.save(data, "PNG")
    (report,) = bp.documents.reading.read_data(data.getvalue(), "x.png")
    due, said = forms.due(forms.SAMPLE), forms.said(report)
    assert {path: value for path, value in said.items() if due.get(path) != value} == {}
    assert len(said) >= len(due) - 2
    assert report.reading is not None
    assert report.reading.recognised

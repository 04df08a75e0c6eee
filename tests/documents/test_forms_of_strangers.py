"""Forms that combine words and shapes as the other tests do not, in every format.

What each states was written by hand, before it was read. Names and figures are invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest

import budgetperf as bp

from . import forms
from .writing import Grid


class Written(TypedDict):
    """A form: its cells, and what it states."""

    rows: list[list[tuple[str, int, int]]]
    figures: dict[str, str]
    indicators: list[list[str]]


DATA = Path(__file__).parent / "data" / "forms_of_strangers.json"
FORMS: dict[str, Written] = json.loads(DATA.read_text(encoding="utf-8"))
WITH_CELLS = sorted(forms.EVERY_FORMAT.keys() - forms.TEXTS.keys() - {"pdf"})


def read(name: str, written: str, folder: Path) -> bp.SelfEvaluation | None:
    grid: Grid = [
        [(text, rows, columns) for text, rows, columns in row] for row in FORMS[name]["rows"]
    ]
    data, file = forms.EVERY_FORMAT[written]([grid])
    (folder / file).write_bytes(data)
    try:
        return bp.read(folder / file)
    except bp.UnusableDocumentError:
        return None


def figures_of(report: bp.SelfEvaluation) -> dict[str, str]:
    """The first figure of each path, as it is printed without commas."""
    printed: dict[str, str] = {}
    for path, figure in bp.figures(report):
        printed.setdefault(path.removeprefix("form."), figure.text.replace(",", ""))
    return printed


def rows_of(report: bp.SelfEvaluation) -> dict[str, list[str]]:
    """Target, actual value, weight and score of each indicator by its name, without commas."""
    return {
        str(row.name): [
            str(value.text if isinstance(value, bp.Missing) else value).replace(",", "")
            for value in (row.target.text, row.actual, row.weight, row.score)
        ]
        for row in report.form.indicators
    }


@pytest.mark.parametrize("written", WITH_CELLS)
@pytest.mark.parametrize("name", FORMS)
def test_what_a_form_states_is_read(name: str, written: str, tmp_path: Path) -> None:
    report = read(name, written, tmp_path)
    assert report is not None
    due = {path: text.replace(",", "") for path, text in FORMS[name]["figures"].items()}
    printed = figures_of(report)
    assert {path: printed.get(path) for path in due} == due
    rows = rows_of(report)
    for label, *texts in FORMS[name]["indicators"]:
        own = rows[label]
        for text, stated in zip(texts, own, strict=True):
            assert not text or stated == text.replace(",", "")
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("written", ["pdf", *sorted(forms.TEXTS)])
@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_read_otherwise(name: str, written: str, tmp_path: Path) -> None:
    """Where blank cells are lost, or text is wider than its cell, some of it may be unread."""
    report = read(name, written, tmp_path)
    if report is None:
        return
    due = {path: text.replace(",", "") for path, text in FORMS[name]["figures"].items()}
    printed = figures_of(report)
    assert {path: printed[path] for path in due if path in printed}.items() <= due.items()
    assert not bp.audit(report).inconsistent

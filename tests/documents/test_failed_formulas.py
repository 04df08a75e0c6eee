"""Cells of a workbook whose formula has no result, and what shows in its place: unreadable, and
told with their place; no words, no blanks, and nothing that does not apply."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf.exact import Missing, MissingReason
from budgetperf.model import Target, resolve
from tests.documents.road_form import road_book, wrong_in

FIELDS = {
    "C6": "form.funding.total.initial",
    "H6": "form.funding.total.execution_rate",
    "I6": "form.funding.total.score",
    "E12": "form.indicators[1].target",
    "F12": "form.indicators[1].actual",
    "G12": "form.indicators[1].weight",
}


def missing_at(report: bp.SelfEvaluation, path: str) -> Missing:
    value = resolve(report, path)
    missing = value.value if isinstance(value, Target) else value
    assert isinstance(missing, Missing)
    return missing


@pytest.mark.parametrize("cell", FIELDS)
@pytest.mark.parametrize("text", ["=A1+1", "#N/A", "#VALUE!", "#DIV/0!", "#REF!"])
def test_a_formula_without_a_result_cannot_be_read(tmp_path: Path, cell: str, text: str) -> None:
    road_book(tmp_path / "form.xlsx", {cell: text})
    report = bp.read(tmp_path / "form.xlsx")
    missing = missing_at(report, FIELDS[cell])
    assert missing.reason is MissingReason.UNREADABLE
    assert missing.place is not None
    assert missing.place.cell == cell
    assert wrong_in(report) == []
    if cell == "E12":
        assert not isinstance(report.form.indicators[1].target.direction, bp.Direction)


@pytest.mark.parametrize("cell", FIELDS)
def test_a_column_too_narrow_for_its_number_is_masked(tmp_path: Path, cell: str) -> None:
    road_book(tmp_path / "form.xlsx", {cell: "#####"})
    missing = missing_at(bp.read(tmp_path / "form.xlsx"), FIELDS[cell])
    assert missing.reason is MissingReason.MASKED

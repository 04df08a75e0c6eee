"""Hidden rows among those of a form: they are not read, and a sum that they make good is asked
about and not called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from tests.documents.road_form import road_book, wrong_in

SOURCE, LAST_SOURCE, OUTPUT, LAST_ROW = 8, 9, 12, 17
"""Rows of the sheet: one of the funds, the last of them, one of the indicators, the last one."""


def read(path: Path, *hidden: int, **cells: str) -> bp.SelfEvaluation:
    road_book(path / "form.xlsx", cells, hidden=hidden)
    return bp.read(path / "form.xlsx")


@pytest.mark.parametrize(
    "hidden", [(), (SOURCE,), (LAST_SOURCE,), (OUTPUT,), (LAST_ROW,), (SOURCE, OUTPUT, LAST_ROW)]
)
def test_a_hidden_row_is_no_wrong_sum(tmp_path: Path, hidden: tuple[int, ...]) -> None:
    report = read(tmp_path, *hidden)
    assert wrong_in(report) == []
    reading = report.reading
    assert reading is not None
    assert {number.line for number in reading.unread} == {*hidden}
    assert reading.numbers - reading.accounted == len(reading.unread)


def test_what_the_hidden_row_would_make_good_is_asked_about(tmp_path: Path) -> None:
    audit = bp.audit(read(tmp_path, SOURCE))
    asked = [finding for finding in audit.to_review if finding.code == "F01"]
    assert len(asked) == 3
    assert "自评表!C8 的 60.00 没有读取，计入即相符" in asked[0].message.zh
    assert "with 60.00 in 自评表!C8" in asked[0].message.en


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [("C9", "41.00", "F01"), ("C6", "1,281.50", "F01"), ("G14", "11", "W01"), ("H14", "7", "W08")],
)
def test_a_wrong_figure_beside_hidden_rows_is_found(
    tmp_path: Path, cell: str, text: str, code: str
) -> None:
    report = read(tmp_path, SOURCE, OUTPUT, **{cell: text})
    assert code in wrong_in(report)


def test_a_hidden_row_that_is_no_part_changes_nothing(tmp_path: Path) -> None:
    """One that the total does not count: an older row that was hidden and not taken out."""
    cells = {"C6": "1,220.50", "D6": "1,290.00", "E6": "1,165.00", "H6": "90.31%"}
    report = read(tmp_path, SOURCE, **cells)
    audit = bp.audit(report)
    assert "F01" not in {f.code for f in (*audit.inconsistent, *audit.to_review)}


def test_hidden_rows_away_from_the_form_are_no_numbers_of_it(tmp_path: Path) -> None:
    report = read(tmp_path, 40, C40="999.00")
    reading = report.reading
    assert reading is not None
    assert reading.unread == ()
    assert any("自评表!40" in note.zh for note in reading.notes)


def test_what_a_template_prints_in_hidden_rows_is_no_number(tmp_path: Path) -> None:
    report = read(tmp_path, 19, D19="指标2：", E19="2023年12月底前", F19="第3季度")
    reading = report.reading
    assert reading is not None
    assert reading.unread == ()

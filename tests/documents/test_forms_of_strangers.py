"""Forms that combine words and shapes as the other tests do not, in every format.

What each states was written by hand, before it was read. Names and figures are invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
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
IN_SHORT = ("docx", "xlsx", "pipes")
"""In these by default, in all of them with ``-m law``."""


def _formats(names: Iterable[str]) -> list[object]:
    return [pytest.param(name, marks=() if name in IN_SHORT else pytest.mark.law) for name in names]


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


@pytest.mark.parametrize("written", _formats(WITH_CELLS))
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


@pytest.mark.parametrize("written", _formats(["pdf", *sorted(forms.TEXTS)]))
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


@pytest.mark.parametrize("written", WITH_CELLS)
def test_a_heading_with_strokes_alone_is_no_indicator(written: str, tmp_path: Path) -> None:
    report = read("nothing due", written, tmp_path)
    assert report is not None
    named = [label for label, *_ in FORMS["nothing due"]["indicators"]]
    assert [str(row.name) for row in report.form.indicators] == named


def test_a_form_that_names_its_project_is_of_no_department(tmp_path: Path) -> None:
    """Where words are repeated in each place of a merged cell, a layout of departments may account
    for a few more of the numbers in sentences."""
    goal = "目标1：培训200人；目标2：验收12个项目"
    rows: Grid = [
        [("2022年度省级项目支出绩效自评表", 1, 8)],
        [("项目名称", 1, 1), ("某某工程", 1, 2), ("主管部门", 1, 1), ("某某厅", 1, 4)],
        [("总体目标", 2, 1), ("年初设定目标", 1, 3), ("年度总体目标完成情况综述", 1, 4)],
        [(goal, 1, 3), (goal, 1, 4)],
        [
            *[(word, 1, 1) for word in ("一级指标", "二级指标", "三级指标", "年度指标值")],
            *[(word, 1, 1) for word in ("实际完成值", "分值", "得分", "备注")],
        ],
        [
            *[(word, 1, 1) for word in ("产出指标", "数量指标", "举办展览", "6场", "6场")],
            *[(word, 1, 1) for word in ("90", "90", "")],
        ],
        [("合计", 1, 5), ("90", 1, 1), ("90", 1, 1), ("", 1, 1)],
    ]
    data, file = forms.EVERY_FORMAT["repeated"]([rows])
    (tmp_path / file).write_bytes(data)
    report = bp.read(tmp_path / file)
    assert report.kind is bp.EvaluationKind.PROJECT
    assert str(report.project.name) == "某某工程"


def test_a_column_that_words_not_known_divide_is_left_out(tmp_path: Path) -> None:
    """自评得分 stands above what is not the score: the words below it are cut, or not known."""
    above = [("一级指标", 2, 1), ("二级指标", 2, 1), ("三级指标", 2, 1), ("预期指标值", 1, 3)]
    below = [(word, 1, 1) for word in ("符号", "值", "单位", "单项指标", "权重占比", "折算")]
    rows: Grid = [
        [("项目支出绩效自评表（2023年度）", 1, 10)],
        [*above, ("实际完成值", 2, 1), ("自评得分", 1, 3)],
        below,
        [
            *[(word, 1, 1) for word in ("产出指标", "数量指标", "发放人数", "≥", "2019", "人")],
            *[(word, 1, 1) for word in ("2019人", "100.00", "90.00", "90.00")],
        ],
    ]
    for written in ("html", "docx", "xlsx", "ods"):
        data, file = forms.EVERY_FORMAT[written]([rows])
        (tmp_path / file).write_bytes(data)
        report = bp.read(tmp_path / file)
        (row,) = report.form.indicators
        assert isinstance(row.score, bp.Missing), (written, row.score)
        assert str(row.actual) == "2019人"


@pytest.mark.parametrize("written", WITH_CELLS)
def test_units_above_several_columns_are_those_of_each(written: str, tmp_path: Path) -> None:
    """金额（万元） stands over the kinds of amounts, and 权重（%） over weights that say so."""
    rows: Grid = [
        [("项目支出绩效自评表（2023年度）", 1, 7)],
        [("项目名称", 1, 1), ("某项经费", 1, 6)],
        [
            *[("预算执行情况", 2, 1), ("金额（万元）", 1, 3)],
            *[("执行率", 2, 1), ("分值", 2, 1), ("得分", 2, 1)],
        ],
        [("年初预算数", 1, 1), ("全年预算数", 1, 1), ("全年执行", 1, 1)],
        [(text, 1, 1) for text in ("年度资金总额", "88.00", "92.00", "82.80", "90%", "10", "9")],
        [
            *[(text, 1, 1) for text in ("一级指标", "二级指标", "三级指标", "权重（%）")],
            *[(text, 1, 1) for text in ("年度指标值", "实际完成值", "得分")],
        ],
        [
            *[(text, 1, 1) for text in ("产出指标", "数量指标", "养护面积", "90%")],
            *[(text, 1, 1) for text in ("5万亩", "5万亩", "90")],
        ],
    ]
    data, file = forms.EVERY_FORMAT[written]([rows])
    (tmp_path / file).write_bytes(data)
    report = bp.read(tmp_path / file)
    total = report.form.funding.total
    amounts = (total.initial, total.revised, total.executed)
    said = dict(bp.figures(report))
    units = [said[f"form.funding.total.{name}"].unit for name in ("initial", "revised", "executed")]
    assert [str(amount) for amount in amounts] == ["88.00", "92.00", "82.80"]
    assert [unit.symbol for unit in units] == ["万元"] * 3
    (row,) = report.form.indicators
    assert str(row.weight) == "90%"
    assert not bp.audit(report).inconsistent

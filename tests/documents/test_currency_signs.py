"""A currency sign says that a number is money, and not whether it is in 元 or in 万元."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp

from .test_forms import notes, pipes, said, unread


def form(unit: str, initial: str, revised: str, executed: str) -> str:
    return pipes(
        "项目支出绩效自评表",
        "项目名称|某某补助经费",
        f"项目资金{unit}||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        f"|年度资金总额|{initial}|{revised}|{executed}|10|90%|9",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        "|产出指标|数量指标|培训人次|≥200人次|210人次|90|90",
        "总分||||||100|99",
    )


@pytest.mark.parametrize("sign", ["￥", "¥", "¥ "])
@pytest.mark.parametrize("unit", ["万元", "元", "亿元"])
def test_the_heading_says_the_unit_of_an_amount_with_a_currency_sign(sign: str, unit: str) -> None:
    report = bp.parse(form(f"（{unit}）", f"{sign}150.00", f"{sign}1,150.00", "135.00"))
    figures = said(report)
    assert figures["funding.total.initial"] == f"150.00{unit}"
    assert figures["funding.total.revised"] == f"1150.00{unit}"
    assert figures["funding.total.executed"] == f"135.00{unit}"
    assert not unread(report)
    assert "自带单位" not in notes(report)


def test_a_currency_sign_under_no_unit_is_yuan() -> None:
    figures = said(bp.parse(form("", "￥150.00", "￥150.00", "￥135.00")))
    assert figures["funding.total.executed"] == "135.00元"


def test_a_unit_behind_the_number_counts_and_is_told_where_the_heading_has_another() -> None:
    report = bp.parse(form("（万元）", "150.00元", "￥150.00元", "¥135.00万元"))
    figures = said(report)
    assert figures["funding.total.initial"] == "150.00元"
    assert figures["funding.total.revised"] == "150.00元"
    assert figures["funding.total.executed"] == "135.00万元"
    assert notes(report).count("自带单位") == 1


def test_one_cell_with_a_currency_sign_is_no_contradiction() -> None:
    audit = bp.audit(bp.parse(form("（万元）", "¥150.00", "150.00万元", "135.00")))
    assert not audit.inconsistent


@pytest.mark.parametrize("number_format", ['_ "¥"* #,##0.00_ ', '"¥"#,##0.00', "[$¥-804]#,##0.00"])
def test_an_accounting_format_of_a_sheet_names_no_scale(tmp_path: Path, number_format: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in form("（万元）", "150", "150", "135").splitlines():
        if "---" not in line:
            sheet.append([_cell(cell.strip()) for cell in line.strip("|").split("|")])
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in (150, 135):
                cell.number_format = number_format
    book.save(tmp_path / "form.xlsx")
    figures = said(bp.read(tmp_path / "form.xlsx"))
    assert figures["funding.total.revised"] == "150.00万元"
    assert figures["funding.total.executed"] == "135.00万元"


def _cell(text: str) -> str | int | None:
    return int(text) if text.isdigit() else text or None


def test_the_unit_of_its_row_counts_for_an_indicator() -> None:
    rows = (
        "项目支出绩效自评表",
        "项目名称|某某补助经费",
        "一级指标|二级指标|三级指标|年度指标值|计量单位|实际完成值|分值|得分",
        "成本指标|经济成本指标|总成本|≤￥150.00|万元|¥135.00|50|50",
        "产出指标|数量指标|培训人次|≥200|人次|210|50|50",
        "总分||||||100|100",
    )
    first = bp.parse(pipes(*rows)).form.indicators[0]
    assert isinstance(first.actual, bp.Figure)
    assert str(first.actual.unit) == "万元"
    assert isinstance(first.target, bp.Target)
    assert isinstance(first.target.value, bp.Figure)
    assert str(first.target.value.unit) == "万元"


@pytest.mark.parametrize(("target", "actual"), [("≤150万元", "¥135"), ("≤¥150", "135万元")])
def test_an_amount_beside_one_of_another_unit_is_not_guessed(target: str, actual: str) -> None:
    rows = (
        "项目支出绩效自评表",
        "项目名称|某某补助经费",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        f"成本指标|经济成本指标|总成本|{target}|{actual}|50|50",
        "产出指标|数量指标|培训人次|≥200人次|210人次|50|50",
        "总分|||||100|100",
    )
    report = bp.parse(pipes(*rows))
    assert ("135" in unread(report)) == ("¥135" in actual)
    assert ("150" in unread(report)) == ("¥150" in target)
    assert not bp.audit(report).inconsistent


def test_in_a_list_of_projects_too() -> None:
    report = bp.parse(
        form("（万元）", "100", "100", "95")
        + "\n\n项目支出情况表\n\n"
        + pipes(
            "序号|项目名称|年初预算数（万元）|全年预算数（万元）|全年执行数（万元）|执行率|自评得分",
            "1|甲项目|￥60.00|60.00|57.00元|95%|96",
        )
    )
    figures = said(report)
    own = {path: text for path, text in figures.items() if "listed" in path}
    assert "60.00万元" in own.values()
    assert "60.00元" not in own.values()

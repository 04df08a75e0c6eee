"""Two places of a form that state one thing differently: a note names both."""

from __future__ import annotations

import budgetperf as bp
from budgetperf.documents.understanding.forms.claims import Claim, left_to_form
from tests.documents.test_forms import notes

HEAD = ("项目支出绩效自评表", "（2023年度）")
FUNDS = (
    "| 项目名称 | 某项目 | | | | | | |",
    "| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |",
    "| | 年度资金总额 | 100 | 100 | 90 | 10 | 90% | 9 |",
)
ROWS = (
    "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |",
    "| 产出指标 | 数量指标 | 培训次数 | ≥5次 | 5次 | 50 | 50 |",
    "| 效益指标 | 社会效益指标 | 知晓率 | ≥90% | 95% | 40 | 40 |",
)
YEARS = (
    "| 项目 | 2022年决算数 | 2023年预算数 | 2023年决算数 |",
    "| 三公经费 | 10 | 12 | 11 |",
)


def _table(*rows: str) -> str:
    width = rows[0].count("|") - 1
    return "\n".join([rows[0], "|" + "---|" * width, *rows[1:]])


def _read(*blocks: str) -> bp.SelfEvaluation:
    return bp.parse("\n\n".join(blocks))


def _text(value: object) -> str:
    return value.text if isinstance(value, bp.Figure) else ""


def test_of_two_totals_that_differ_neither_is_read() -> None:
    row = "| | 年度资金总额 | 110 | 100 | 90 | | | |"
    report = _read(*HEAD, _table(*FUNDS, row), _table(*ROWS))
    total = report.form.funding.total
    assert isinstance(total.initial, bp.Missing)
    assert "第 8 行“年度资金总额”为 100，第 9 行“年度资金总额”为 110" in notes(report)
    assert _text(total.executed) == "90"
    assert report.reading is not None
    assert "line 8 (年度资金总额) has 100" in report.reading.notes[-1].en


def test_of_two_sources_of_one_name_neither_is_read_and_none_is_found_wrong() -> None:
    more = ("| | 其他资金 | 40 | 40 | 30 | | | |", "| | 其他资金 | 60 | 60 | 60 | | | |")
    report = _read(*HEAD, _table(*FUNDS, *more), _table(*ROWS))
    (source,) = report.form.funding.sources
    assert all(isinstance(v, bp.Missing) for v in (source.initial, source.revised, source.executed))
    assert "第 9 行“其他资金”为 40，第 10 行“其他资金”为 60" in notes(report)
    assert not bp.audit(report).inconsistent


def test_a_source_that_makes_the_total_stands_and_its_part_is_left_out() -> None:
    more = ("| | 其他资金 | 100 | 100 | 90 | | | |", "| | 其他资金 | 60 | 60 | 60 | | | |")
    report = _read(*HEAD, _table(*FUNDS, *more), _table(*ROWS))
    (source,) = report.form.funding.sources
    assert _text(source.initial) == "100"
    assert "没有读取：其他资金" in notes(report)


def test_a_rate_that_stands_beside_the_funds_and_among_the_indicators() -> None:
    more = "| 预算执行率 | | | 100% | 80% | 10 | 9 |"
    report = _read(*HEAD, _table(*FUNDS), _table(*ROWS, more))
    assert "执行率有两处，数字不同：第 8 行为 90%，第 14 行为 80%" in notes(report)
    assert [figure.text for figure in report.repeated if figure.path.endswith("rate")] == ["80%"]
    same = _read(*HEAD, _table(*FUNDS), _table(*ROWS, more.replace("80%", "90%")))
    assert "有两处" not in notes(same)


def test_rows_of_a_table_of_years_that_claim_one_place() -> None:
    head = ("部门整体支出绩效自评基础数据表", "（2023年度）")
    report = _read(*head, _table(*YEARS, "| 三公经费 | 10 | 13 | 11 |"), _table(*ROWS))
    assert "预算数有两处，数字不同：第 7 行“三公经费”为 12，第 8 行“三公经费”为 13" in notes(report)
    assert isinstance(report.form.three_public.total.budget, bp.Missing)
    assert _text(report.form.three_public.total.executed) == "11"


def test_what_the_form_and_a_table_of_years_state_differently() -> None:
    years = ("| 项目 | 2022年决算数 | 2023年预算数 | 2023年决算数 |", "| 合计 | 80 | 100 | 95 |")
    report = _read(*HEAD, _table(*FUNDS), _table(*ROWS), "金额单位：万元", _table(*years))
    assert "第 8 行为 90，几个年度的表中第 19 行为 95" in notes(report)
    assert _text(report.form.funding.total.executed) == "90"
    assert report.reading is not None
    assert "95" in {one.text for one in report.reading.unread}


def test_a_project_that_is_named_twice() -> None:
    head = _table("| 项目名称 | 甲项目 |", "| 项目名称 | 乙项目 |")
    report = _read(HEAD[0], head, _table(*FUNDS[1:]), _table(*ROWS))
    assert "（甲项目、乙项目）" in notes(report)
    assert "甲项目, 乙项目" not in notes(report)


def test_the_same_number_in_another_unit_is_told_so() -> None:
    claims = Claim(line=3, text="1,428.50"), Claim(line=9, text="1,428.50")
    note = left_to_form("form.project_expenditure.revised", *claims)
    assert "单位不同或没有写明：第 3 行为 1,428.50" in note.zh
    assert "数字不同" not in note.zh
    assert "in other units, or in none: line 3 has 1,428.50" in note.en

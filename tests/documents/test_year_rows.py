"""Tables with a row for each year: this year's row is the form's, those of others stand apart."""

from __future__ import annotations

import pytest

import budgetperf as bp

from .test_forms import notes, pipes, said, unread
from .test_other_tables import FUNDS, HEAD, ROWS, TOTAL

HEADS = (HEAD, "（2023年度）", "部门名称|某局", "金额单位|万元")
COLUMNS = "年度|年初预算数|全年预算数|全年执行数|执行率"
YEARS = ("2021年|80|90|81|90%", "2022年|90|95|95|100%", "2023年|100|110|99|90%")
DUE = {
    "other_years[0].total.initial": "80万元",
    "other_years[0].total.revised": "90万元",
    "other_years[0].total.executed": "81万元",
    "other_years[0].total.execution_rate": "90%",
    "other_years[1].total.initial": "90万元",
    "other_years[1].total.revised": "95万元",
    "other_years[1].total.executed": "95万元",
    "other_years[1].total.execution_rate": "100%",
    "funding.total.initial": "100万元",
    "funding.total.revised": "110万元",
    "funding.total.executed": "99万元",
    "funding.total.execution_rate": "90%",
}


def figures(text: str) -> dict[str, str]:
    found = said(bp.parse(text))
    found.pop("department.year", None)
    return found


@pytest.mark.parametrize("order", [YEARS, YEARS[::-1], (YEARS[2], YEARS[0], YEARS[1])])
@pytest.mark.parametrize("printed", ["{}年", "{}年度", "{}"])
def test_a_row_for_each_year(order: tuple[str, ...], printed: str) -> None:
    rows = [row.replace(row[:5], printed.format(row[:4]), 1) for row in order]
    report = bp.parse(pipes(*HEADS, "近三年预算执行情况", COLUMNS, *rows))
    found = said(report)
    by_year = {year.year: year for year in report.form.other_years}
    assert str(by_year["2021"].total.executed) == "81"
    assert str(by_year["2022"].total.revised) == "95"
    assert {k: v for k, v in found.items() if k.startswith("funding")} == {
        k: v for k, v in DUE.items() if k.startswith("funding")
    }
    assert not unread(report)
    assert "一行一个年度" in notes(report)
    assert not bp.audit(report).inconsistent
    wrong = bp.audit(bp.parse(pipes(*HEADS, COLUMNS, *rows).replace("| 99 |", "| 98 |")))
    assert [finding.code for finding in wrong.inconsistent] == ["F05"]


def test_years_of_words_and_units_in_the_header() -> None:
    rows = ("上年|90|95|95|100%", "本年|100|110|99|90%")
    header = "年度（万元）|年初预算数|全年预算数|全年执行数|执行率"
    assert figures(pipes(HEAD, "（2023年度）", header, *rows)) == {
        key.replace("[1]", "[0]"): value for key, value in DUE.items() if "[0]" not in key
    }
    columns = "年度|年初预算数（万元）|全年预算数（万元）|全年执行数（万元）|执行率（%）"
    bare = [row.replace("%", "") for row in YEARS]
    assert figures(pipes(HEAD, "（2023年度）", columns, *bare)) == DUE


def test_items_above_the_columns() -> None:
    report = bp.parse(
        pipes(
            *HEADS,
            "年度|三公经费||公务接待费|",
            "|预算数|决算数|预算数|决算数",
            "2022年|6|5|2|1",
            "2023年|7|6|3|2",
        )
    )
    assert figures_of(report) == {
        "other_years[0].three_public.total.budget": "6万元",
        "other_years[0].three_public.total.executed": "5万元",
        "other_years[0].three_public.official_reception.budget": "2万元",
        "other_years[0].three_public.official_reception.executed": "1万元",
        "three_public.total.budget": "7万元",
        "three_public.total.executed": "6万元",
        "three_public.official_reception.budget": "3万元",
        "three_public.official_reception.executed": "2万元",
    }


def test_the_budget_of_an_item_is_the_revised_one_where_it_has_one() -> None:
    report = bp.parse(
        pipes(
            *HEADS,
            "年度|三公经费|||公务接待费|",
            "|年初预算数|调整后预算数|决算数|年初预算数|决算数",
            "2022年|8|6|5|2|1",
            "2023年|9|7|6|3|2",
        )
    )
    budgets = {path: value for path, value in figures_of(report).items() if "budget" in path}
    assert budgets == {
        "other_years[0].three_public.total.budget": "6万元",
        "other_years[0].three_public.official_reception.budget": "2万元",
        "three_public.total.budget": "7万元",
        "three_public.official_reception.budget": "3万元",
    }
    assert report.repeated == ()


def figures_of(report: bp.SelfEvaluation) -> dict[str, str]:
    found = said(report)
    found.pop("department.year", None)
    return found


def test_the_form_itself_stands_before_its_row() -> None:
    form = (HEAD, "（2023年度）", "部门名称|某局", *FUNDS, *ROWS, *TOTAL)
    report = bp.parse(pipes(*form) + "\n\n" + pipes("近三年预算执行情况（万元）", COLUMNS, *YEARS))
    plain = said(bp.parse(pipes(*form)))
    assert {k: v for k, v in said(report).items() if not k.startswith("other")} == plain
    assert len(report.form.other_years) == 2
    assert not bp.audit(report).inconsistent


def test_which_year_is_this_one_is_not_guessed() -> None:
    no_year = (HEAD, "部门名称|某局", "金额单位|万元")
    report = bp.parse(pipes(*no_year, COLUMNS, *YEARS))
    assert [year.year for year in report.form.other_years] == ["2021", "2022", "2023"]
    assert isinstance(report.form.funding.total.executed, bp.Missing)
    assert "一行一个年度；不能确定本年，都分开保存" in notes(report)
    last = ("2021年|—|90|—|—", "2022年|—|95|—|—", YEARS[2])
    report = bp.parse(pipes(*no_year, COLUMNS, *last))
    assert str(report.form.funding.total.executed) == "99"
    assert "以最后的 2023 年为本年" in notes(report)
    report = bp.parse(pipes(HEAD, "（2024年度）", "金额单位|万元", COLUMNS, *YEARS))
    assert len(report.form.other_years) == 3
    assert isinstance(report.form.funding.total.executed, bp.Missing)


@pytest.mark.parametrize(
    ("before", "after"), [("2022年 | 90 | 95 |", "2022年 | 90 |"), ("| 全年执行数", "| 结余数")]
)
def test_what_fits_no_column_leaves_out_the_table(before: str, after: str) -> None:
    table = pipes(*HEADS, "项目名称|某经费", COLUMNS, *YEARS).replace(before, after)
    report = bp.parse(table + "\n\n" + pipes(*ROWS, *TOTAL))
    assert report.form.indicators
    assert not report.form.other_years
    assert isinstance(report.form.funding.total.executed, bp.Missing)


def test_a_row_of_no_year_is_left_out() -> None:
    report = bp.parse(pipes(*HEADS, COLUMNS, *YEARS, "三年合计|270|295|275|93.22%"))
    assert {"270", "295", "275"} <= set(unread(report))
    assert figures_of(report) == DUE

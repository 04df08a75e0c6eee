"""What is beside a form and is none of it: it is left out with a word, and read wrongly nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf.documents.understanding.forms.beside.years import heads_years
from budgetperf.documents.understanding.forms.vocabulary import vocabulary

from .test_forms import NATIONAL, notes, pipes, said, unread
from .test_other_tables import FUNDS, HEAD, ROWS, TOTAL
from .test_project_lists import FORM, LIST
from .test_years import BASICS, YEARS, head, rows


@pytest.mark.parametrize("table", [LIST, (*YEARS, *rows())], ids=["projects", "years"])
@pytest.mark.parametrize("is_behind", [False, True])
def test_a_table_that_belongs_to_no_form_is_told(
    tmp_path: Path, table: tuple[str, ...], is_behind: bool
) -> None:
    """Beside forms of projects, it is of none of them: its figures are not counted as read."""
    other = NATIONAL.replace("某某补助经费", "另一补助经费")
    forms = [NATIONAL, other]
    behind = [*forms, pipes(BASICS, *table)]
    before = [pipes(*FUNDS), pipes(*table), *forms]
    parts = behind if is_behind else before
    file = tmp_path / "x.md"
    file.write_text("\n\n".join(parts), encoding="utf-8")
    reports = bp.read_all(file)
    assert len(reports) == 2
    alone = said(bp.parse(NATIONAL))
    assert all(said(report) == alone for report in reports)
    told = "\n".join(map(notes, reports))
    assert "不能确定是否属于已读取的表" in told
    lost = [text for report in reports for text in unread(report)]
    assert ("57.00" if table is LIST else "5.50") in lost


def test_two_numbers_below_one_year_are_none_of_its_figures() -> None:
    split = (
        "项目（万元）|2023年决算数|2024年预算数|2024年决算数|",
        "三公经费|5.10|6.00|5.50|91.67",
    )
    cells = "".join(
        "<tr>"
        + "".join(
            f'<td colspan="{2 if "2024年决" in cell else 1}">{cell}</td>'
            for cell in row.split("|")
            if cell
        )
        + "</tr>"
        for row in split
    )
    form = "".join(
        "<tr><td>" + row.replace("|", "</td><td>") + "</td></tr>"
        for row in (HEAD, "（2024年度）", "部门名称|某局", *FUNDS, *ROWS, *TOTAL)
    )
    text = f"<!DOCTYPE html><body><table>{form}</table><p>附表</p><table>{cells}</table></body>"
    report = bp.parse(text)
    assert not [path for path in said(report) if "three_public" in path]
    assert "91.67" in unread(report)
    assert "错开" in notes(report)


def test_the_budget_of_a_year_is_the_revised_one() -> None:
    header = "经费控制情况（万元）|2024年年初预算数|2024年调整后预算数|2024年决算数|2023年决算数"
    report = bp.parse(pipes(*head(), header, "三公经费|7.00|6.00|5.50|5.10"))
    assert str(report.form.three_public.total.budget) == "6.00"
    assert report.repeated == ()
    assert unread(report) == ["7.00"]
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("label", ["合计", "总计"])
def test_the_sum_of_one_block_is_no_total_of_the_funds(label: str) -> None:
    report = bp.parse(pipes(*head(), *YEARS, *rows(), f"{label}|5.10|6.00|5.50"))
    assert not [path for path in said(report) if "funding" in path or path.endswith("].total")]
    assert said(report)["three_public.total.budget"] == "6.00万元"
    assert not bp.audit(report).inconsistent
    first = bp.parse(pipes(*head(), *YEARS, f"{label}|90|99|94", *rows()))
    assert said(first)["funding.total.revised"] == "99万元"


def test_a_place_that_two_rows_claim_has_neither() -> None:
    report = bp.parse(pipes(*head(), *YEARS, *rows(), "政府采购金额|3|4|5", "政府采购金额|6|7|8"))
    assert not [path for path in said(report) if "procurement" in path]
    assert report.repeated == ()
    assert unread(report) == ["3", "4", "5", "6", "7", "8"]
    same = bp.parse(pipes(*head(), *YEARS, *rows(), *["政府采购金额|3|4|5"] * 2))
    assert said(same)["procurement.budget"] == "4万元"


def test_a_target_that_is_a_span_of_years_ends_no_table() -> None:
    """An indicator of a layout with a name whose values are years is a row like others."""
    known = vocabulary()
    assert heads_years(["项目", "2022年决算数", "2023年预算数"], known)
    assert heads_years(["项目", "2022年", "2023年"], known)
    assert not heads_years(["完成时间", "2022年", "2023年", "10", "10"], known)


def test_a_list_of_another_year_is_not_read_as_this_one() -> None:
    for heading in ("2020年度项目情况", "上年度项目情况"):
        report = bp.parse(pipes(*FORM) + f"\n\n{heading}\n\n" + pipes(*LIST))
        assert report.form.projects.listed == ()
        assert "写明是其他年度的" in notes(report)
        assert "57.00" in unread(report)
    own = bp.parse(pipes(*FORM) + "\n\n2021年度项目情况\n\n" + pipes(*LIST))
    assert len(own.form.projects.listed) == 2
    years = ("项目（万元）|上年决算数|本年预算数|本年决算数", "三公经费|5.10|6.00|5.50")
    report = bp.parse(pipes(*FORM) + "\n\n2020年度经费情况\n\n" + pipes(*years))
    assert not [path for path in said(report) if "three_public" in path]
    assert "写明是其他年度的" in notes(report)
    own = bp.parse(pipes(*FORM) + "\n\n2021年度经费情况\n\n" + pipes(*years))
    assert said(own)["three_public.total.budget"] == "6.00万元"

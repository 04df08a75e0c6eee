"""Tables with columns of several years: this year's are the report's, the others are kept apart."""

from __future__ import annotations

import pytest

import budgetperf as bp

from .samples import EXAMPLES
from .test_forms import notes, pipes, said, unread
from .test_other_tables import FUNDS, HEAD, ROWS, TOTAL
from .test_project_lists import LIST

BASICS = "部门整体支出绩效评价基础数据表"
YEARS = ("经费控制情况（万元）|2023年决算数|2024年预算数|2024年决算数",)
PUBLISHED = (  # 021 of the published tables
    "三公经费|1|1|1",
    "公务用车购置和维护|0|0|0",
    "出国|0|0|0",
    "公务接待|1|1|1",
    "项目支出|1505.3|1377.9|1369.3",
    "1、中介服务|1049.4|960.00|958.7",
    "2、财政信息化|156.6|44.50|43.6",
    "3、金融政策补贴|279.3|351.40|345",
    "4、综合管理|20|20|20",
    "5、劳务派遣|4|2|2",
    "公用经费|20|20|20",
    "其中：办公|7.5|8|8",
    "政府采购金额|3.5|4.5|4.5",
)
ROW = {
    "三公经费": "three_public.total",
    "因公出国（境）费": "three_public.overseas_travel",
    "公务用车购置费": "three_public.vehicle_purchase",
    "公务用车运行维护费": "three_public.vehicle_operation",
    "公务接待费": "three_public.official_reception",
}
AMOUNTS = {  # 2023 executed, 2024 budget and executed
    "三公经费": ("5.10", "6.00", "5.50"),
    "因公出国（境）费": ("0.00", "0.00", "0.00"),
    "公务用车购置费": ("1.00", "1.00", "1.00"),
    "公务用车运行维护费": ("3.00", "3.50", "3.50"),
    "公务接待费": ("1.10", "1.50", "1.00"),
}
PLACES = (
    "other_years[0].{}.executed",
    "{}.budget",
    "{}.executed",
)
DUE = {
    place.format(path): f"{value}万元"
    for name, path in ROW.items()
    for place, value in zip(PLACES, AMOUNTS[name], strict=True)
}


def head(title: str = BASICS, year: str = "（2024年度）") -> tuple[str, ...]:
    return (title, *([year] if year else []), "填报单位|某局")


def test_a_published_table_and_what_is_wrong_in_it() -> None:
    """The project expenditure of the year before lacks the last item, which was added later."""
    report = bp.parse(pipes(*head(), *YEARS, *PUBLISHED))
    form = report.form
    assert report.kind.value == "department"
    assert (str(form.project_expenditure.revised), str(form.project_expenditure.executed)) == (
        "1377.9",
        "1369.3",
    )
    assert [project.name for project in form.projects.listed][:2] == ["中介服务", "财政信息化"]
    assert len(form.projects.listed) == len(form.other_years[0].projects.listed) == 5
    assert str(form.three_public.total.budget) == str(form.three_public.total.executed) == "1"
    assert (str(form.procurement.budget), str(form.procurement.executed)) == ("4.5", "4.5")
    (before,) = form.other_years
    assert before.year == "2023"
    assert str(before.project_expenditure.executed) == "1505.3"
    assert isinstance(before.project_expenditure.revised, bp.Missing)
    assert unread(report) == ["0", "0", "0", "20", "20", "20", "7.5", "8", "8"]
    (finding,) = bp.audit(report).inconsistent
    assert (finding.code, "1505.3" in finding.why.zh) == ("F21", True)
    right = [row.replace("1505.3", "1509.3") for row in PUBLISHED]
    assert not bp.audit(bp.parse(pipes(*head(), *YEARS, *right))).inconsistent
    assert bp.loads(bp.dumps(report)) == report


def rows() -> list[str]:
    return [f"{name}|{'|'.join(values)}" for name, values in AMOUNTS.items()]


@pytest.mark.parametrize(
    "header",
    [
        ("经费控制情况（万元）|2023年决算数|2024年预算数|2024年决算数",),
        ("项目|2023年度决算数（万元）|2024年度预算数（万元）|2024年度决算数（万元）",),
        ("项目（万元）|2023年|2024年|", "|决算数|预算数|决算数"),
        ("项目（万元）|上年决算数|本年预算数|本年决算数",),
        ("金额单位|万元", "项目|2023年执行数|2024年全年预算数|2024年全年执行数"),
    ],
)
def test_however_the_years_are_printed(header: tuple[str, ...]) -> None:
    report = bp.parse(pipes(*head(), *header, *rows()))
    figures = said(report)
    assert figures.pop("department.year") == "2024"
    assert figures == DUE
    assert report.form.other_years[0].year == "2023"
    assert "其他年度的分开保存" in notes(report)
    assert not bp.audit(report).inconsistent
    wrong = [row.replace("5.10", "5.20") for row in rows()]
    audit = bp.audit(bp.parse(pipes(*head(), *header, *wrong)))
    (finding,) = audit.inconsistent
    assert finding.relation.startswith("form.other_years[0].three_public.total.executed = ")


def test_the_year_that_no_head_says() -> None:
    report = bp.parse(pipes(*head(year=""), *YEARS, *rows()))
    assert said(report) == DUE
    assert "没有写明年度，以最后的 2024 年为本年" in notes(report)
    # Which one is this year is not plain: all of them are kept apart.
    four = ("项目（万元）|2023年预算数|2023年决算数|2024年预算数|2024年决算数",)
    cells = [f"{name}|{v[0]}|{v[0]}|{v[1]}|{v[2]}" for name, v in AMOUNTS.items()]
    report = bp.parse(pipes(*head(year=""), *four, *cells))
    assert [year.year for year in report.form.other_years] == ["2023", "2024"]
    assert not [path for path in said(report) if not path.startswith("other_years")]
    assert "不能确定本年，都分开保存" in notes(report)
    assert "本年的读作" not in notes(report)
    rated = ("项目（万元）|2023年预算数|2024年决算数|2024年执行率",)
    report = bp.parse(pipes(*head(year=""), *rated, "三公经费|6.00|5.50|91.67%"))
    assert [year.year for year in report.form.other_years] == ["2023", "2024"]
    assert "不能确定本年，都分开保存" in notes(report)
    both = ("项目（万元）|2022年预算数|2022年决算数|本年预算数",)
    report = bp.parse(pipes(*head(year=""), *both, "三公经费|5.00|4.50|6.00"))
    assert said(report)["three_public.total.budget"] == "6.00万元"
    assert said(report)["other_years[0].three_public.total.budget"] == "5.00万元"
    relative = ("项目（万元）|上年决算数|本年预算数|本年决算数",)
    report = bp.parse(pipes(*head(year=""), *relative, *rows()))
    assert "本年的读作本表的" in notes(report)
    assert said(report) == DUE
    assert report.form.other_years[0].title.zh == "上年"
    other = bp.parse(pipes(*head(year="（2025年度）"), *YEARS, *rows()))
    assert [year.year for year in other.form.other_years] == ["2023", "2024"]


def test_beside_a_form_the_years_add_what_it_does_not_state() -> None:
    form = (HEAD, "（2024年度）", "部门名称|某局", *FUNDS, *ROWS, *TOTAL)
    table = (*YEARS, "年度资金总额|90|99|94", *rows())
    for text in (
        pipes(*form) + "\n\n" + pipes(BASICS, *table),
        pipes(BASICS, *table) + "\n\n" + pipes(*form),
    ):
        report = bp.parse(text)
        assert said(report)["funding.total.revised"] == "100万元"
        assert said(report)["three_public.total.budget"] == "6.00万元"
        assert said(report)["other_years[0].total.executed"] == "90万元"
        assert report.repeated == ()
        assert not bp.audit(report).inconsistent


def test_a_row_that_has_moved_spoils_the_table() -> None:
    table = "".join(
        "<tr><td>" + row.replace("|", "</td><td>") + "</td></tr>"
        for row in (*head(), *YEARS, *rows()[:2], "公务接待费|1.50|1.00", *rows()[2:4])
    )
    with pytest.raises(bp.UnusableDocumentError):
        bp.parse(f"<!DOCTYPE html><body><table>{table}</table></body>")
    beside = [row.replace("公务接待费|1.10", "公务接待费|1.10|9") for row in rows()]
    lost = ["|" + row if row.startswith("公务接待费") else row for row in beside]
    figures = said(bp.parse(pipes(*head(), *YEARS, *lost)))
    figures.pop("department.year")
    assert figures == {path: v for path, v in DUE.items() if "official_reception" not in path}


def test_a_second_table_of_years_is_left_out() -> None:
    text = pipes(*head(), *YEARS, *rows()) + "\n\n" + pipes(*YEARS, "公务接待费|7|8|9")
    report = bp.parse(text)
    figures = said(report)
    figures.pop("department.year")
    assert figures == DUE
    assert "另有一个几年并列的表" in notes(report)


@pytest.mark.parametrize("beside", ["projects", "years"])
def test_behind_a_report_of_a_layout_with_a_name(beside: str) -> None:
    """Its rows are no indicators: nothing else becomes inconsistent."""
    example = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
    known = bp.parse(example)
    header = YEARS[0].replace("2024", "2023").replace("2023年决", "2022年决", 1)
    table = LIST if beside == "projects" else (header, *rows())
    for text in ("\n".join(row.replace("|", "\t") for row in table), pipes(*table)):
        report = bp.parse(f"{example}\n\n附件\n\n{text}\n")
        assert str(report.narrative.funding.total.revised) == "595.07万元"
        names = [row.name for row in report.form.indicators if row.key]
        assert names == [row.name for row in known.form.indicators if row.key]
        found = bp.audit(report).inconsistent
        assert len(found) == len(bp.audit(known).inconsistent)
        if beside == "projects":
            assert len(report.form.projects.listed) == 2
        else:
            assert str(report.form.three_public.total.budget) == "6.00"
            assert [year.year for year in report.form.other_years] == ["2022"]


def test_an_amount_in_a_unit_of_its_own_is_told() -> None:
    """As in the funds: it is read in its own unit, and the line is named, once."""
    header = ("经费控制情况（万元）|2023年决算数|2024年预算数|2024年决算数",)
    plain = bp.parse(pipes(*head(), *header, *rows()))
    assert "自带单位" not in notes(plain)
    own = [row.replace("5.10|6.00|5.50", "5.10万元|60000元|5.50") for row in rows()]
    report = bp.parse(pipes(*head(), *header, *own))
    assert said(report)["three_public.total.budget"] == "60000元"
    assert "第 6 行的金额自带单位" in notes(report)
    assert notes(report).count("自带单位") == 1
    every = [f"{row}万元" if number < 2 else row for number, row in enumerate(rows())]
    several = bp.parse(pipes(*head(), *(h.replace("万元", "元") for h in header), *every))
    assert several.reading is not None
    assert any("on lines 6, 7 have" in note.en for note in several.reading.notes)

"""Lists of projects inside a department's report: their own figures, and what they add up to."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from tests.factories import refused

from .test_forms import NATIONAL, notes, pipes, said, unread
from .test_other_tables import FUNDS, HEAD, ROWS, TOTAL

LIST = (
    "序号|项目编码|项目名称|预算单位|业务处室|全年预算数|全年执行数|执行率|自评得分|复核得分|自评等级",
    "1|0001|甲项目|某中心|一科|60.00|57.00|95%|96|95|优",
    "2|0002|乙项目|某中心|二科|40.00|38.00|95.00%|92.5|90|优",
    "合计|||||100.00|95.00|95%|||",
)
FORM = (HEAD, "（2021年度）", "部门名称|某局", "金额单位|万元", *FUNDS, *ROWS, *TOTAL)


def verdicts(report: bp.SelfEvaluation) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in bp.audit(report).findings:
        if finding.code == "F21":
            found.setdefault(finding.title.en, set()).add(finding.verdict.value)
    return found


def test_the_figures_of_projects_are_their_own() -> None:
    report = bp.parse(pipes(*FORM, *LIST))
    first, second = report.form.projects.listed
    assert (first.name, first.code, first.unit, first.rating) == ("甲项目", "0001", "某中心", "优")
    assert said(report)["projects.listed[1].revised"] == "40.00万元"
    assert (str(second.executed), str(second.execution_rate)) == ("38.00", "95.00%")
    assert (str(second.score), str(second.reviewed_score)) == ("92.5", "90")
    total = report.form.projects.total
    assert (str(total.revised), str(total.executed)) == ("100.00", "95.00")
    assert report.form.projects.complete
    assert str(report.form.funding.total.executed) == "95"
    assert [row.name for row in report.form.indicators] == ["培训"]
    assert str(report.form.total_score) == "99.5"
    assert "按各项目自己的金额和得分读取" in notes(report)
    assert unread(report) == []
    assert set().union(*verdicts(report).values()) == {"exact"}
    assert not bp.audit(report).inconsistent
    assert bp.loads(bp.dumps(report)) == report


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("|100.00|95.00|95%|", "|100.00|94.00|94%|", "sum"),
        ("|60.00|57.00|95%", "|60.00|57.00|90%", "rate of a listed"),
        ("|100.00|95.00|95%|", "|100.00|95.00|96%|", "rate of all"),
    ],
)
def test_a_list_that_does_not_hold(right: str, wrong: str, what: str) -> None:
    text = pipes(*FORM, *LIST).replace(" ", "")
    assert right in text
    audit = bp.audit(bp.parse(text.replace(right, wrong)))
    assert {finding.code for finding in audit.inconsistent} == {"F21"}
    assert any(what in finding.title.en for finding in audit.inconsistent)


def test_the_share_of_what_was_received_is_a_question() -> None:
    rows = ("项目名称|全年预算数|到位数|全年执行数|执行率", "甲|60|50|45|90%", "乙|40|40|36|90%")
    audit = bp.audit(bp.parse(pipes(*FORM, *rows)))
    assert not audit.inconsistent
    assert any("到位数" in f.why.zh and f.is_for_review for f in audit.findings)


def test_what_a_list_leaves_out_is_asked_for() -> None:
    """Less than the whole may be a list that is not complete; and so is another total."""
    without = pipes(*FORM, *LIST[:3])
    report = bp.parse(without)
    assert not report.form.projects.complete
    assert "projects.total.revised" not in said(report)
    for executed, verdict in (
        ("95万元", "exact"),
        ("96万元", "unchecked"),
        ("94万元", "unchecked"),
    ):
        form = bp.Statement(
            projects=report.form.projects,
            project_expenditure=bp.ProjectExpenditure(executed=executed),
        )
        of_text = bp.SelfEvaluation(
            form=bp.Statement(projects=report.form.projects),
            narrative=bp.Statement(project_expenditure=form.project_expenditure),
        )
        for one in (bp.SelfEvaluation(form=form), of_text):
            assert verdicts(one)[
                "the listed projects make up the department's project expenditure, unless the "
                "list leaves some out"
            ] == {verdict}
            assert not bp.audit(one).inconsistent


def test_rows_that_divide_others_make_no_sum() -> None:
    rows = [*LIST[:2], "||其中：甲之一|||20.00|19.00||||", *LIST[2:]]
    report = bp.parse(pipes(*FORM, *rows))
    assert len(report.form.projects.listed) == 2
    assert not report.form.projects.complete
    assert not bp.audit(report).inconsistent


def test_of_two_totals_that_differ_none_is_that_of_the_list() -> None:
    """One of a part and one of all look alike; one that stands again on a page is the same."""
    part = "合计|||||60.00|57.00|95%|||"
    report = bp.parse(pipes(*FORM, *LIST[:2], part, *LIST[2:]))
    assert len(report.form.projects.listed) == 2
    assert "projects.total.revised" not in said(report)
    assert not report.form.projects.complete
    assert unread(report) == ["60.00", "57.00", "95", "100.00", "95.00", "95"]
    assert "有几行合计，数字不同" in notes(report)
    assert not bp.audit(report).inconsistent
    same = bp.parse(pipes(*FORM, *LIST, LIST[-1].replace("合计", "总计")))
    assert said(same)["projects.total.revised"] == "100.00万元"
    assert same.form.projects.complete
    assert unread(same) == []
    assert "有几行合计" not in notes(same)


def test_a_second_list_of_other_columns_is_left_out() -> None:
    other = ("项目名称|分值|得分", "丙项目|100|50", "丁项目|100|60")
    report = bp.parse(pipes(*FORM, *LIST) + "\n\n" + pipes(*other))
    assert [project.name for project in report.form.projects.listed] == ["甲项目", "乙项目"]
    assert "没有读取" in notes(report)
    again = (LIST[0], "3|0003|丙项目|某中心|一科|10.00|9.00|90%|90|90|优")
    report = bp.parse(pipes(*FORM, *LIST[:3]) + "\n\n" + pipes(*again))
    assert [project.name for project in report.form.projects.listed][2:] == ["丙项目"]


def test_a_list_whose_cells_have_moved_is_left_out() -> None:
    rows = [*LIST[:2], "2|乙项目|40.00|38.00|95.00%|92.5|90|优|||77", *LIST[3:]]
    text = "\n".join(
        [
            "<table><tr><td>"
            + "</td></tr><tr><td>".join(
                row.replace("|", "</td><td>") for row in [*FORM, *rows, "x|y|1|1|1|1|1|1|1|1|1|1"]
            )
            + "</td></tr></table>"
        ]
    )
    report = bp.parse("<!DOCTYPE html><body>" + text + "</body>")
    assert not [path for path in said(report) if "projects" in path]
    assert "错开" in notes(report)


def test_the_list_of_an_annex_is_the_departments(tmp_path: Path) -> None:
    annex = pipes("部门项目支出绩效自评情况汇总表", *LIST)
    file = tmp_path / "x.md"
    form = pipes(*FORM)
    for text in (f"{form}\n\n{annex}", f"{annex}\n\n{form}", f"{form}\n\n{NATIONAL}\n\n{annex}"):
        file.write_text(text, encoding="utf-8")
        reports = bp.read_all(file)
        of_list = [report for report in reports if report.form.projects.listed]
        assert [report.kind.value for report in of_list] == ["department"], text
    file.write_text(annex, encoding="utf-8")
    (alone,) = bp.read_all(file)
    assert alone.kind.value == "department"
    assert len(alone.form.projects.listed) == 2
    file.write_text(f"{NATIONAL}\n\n{annex}", encoding="utf-8")
    (project,) = bp.read_all(file)  # no project's form has the list of a department
    assert not project.form.projects.listed


def test_an_export_of_the_budget_system_is_a_list() -> None:
    export = (
        "项目编码|项目名称|预算单位|业务处室|审核状态|全年预算数|全年执行数",
        "650001|甲项目|某中心|一科|已审核|1,200.00|1,100.00",
        "650002|乙项目|某中心|一科|已审核|800.00|800.00",
    )
    report = bp.parse(pipes(*export))
    assert [p.code for p in report.form.projects.listed] == ["650001", "650002"]
    assert said(report)["projects.listed[0].revised"] == "1200.00"
    with refused("no-figures"):  # a table of projects without a title may be anything
        bp.parse(pipes(*[row.partition("|")[2] for row in export]))


def test_a_project_with_a_name_is_no_header() -> None:
    text = pipes("项目名称|某经费|预算数|执行数", "其他|一|2|3")
    with refused("no-figures"):
        bp.parse(text)


def test_projects_of_two_years_side_by_side() -> None:
    before, after = (
        bp.SelfEvaluation(
            form=bp.Statement(
                projects=bp.ProjectList(
                    listed=bp.ListedProject.from_rows("name executed score", rows)
                )
            )
        )
        for rows in (
            [("甲", "5万元", "90"), ("乙", "1万元", None)],
            [("甲", "6万元", "95"), ("丙", "2万元", "80"), ("丙", "3万元", "80")],
        )
    )
    rows = {row.key: row for row in bp.compare({"2022": before, "2023": after}).rows}
    assert list(rows) == ["project:甲:executed", "project:甲:score", "project:乙:executed"]
    assert rows["project:甲:executed"].changes[0].change.value == "up"
    assert "项目“甲”·全年执行数" in rows["project:甲:executed"].title.zh


def test_evidence_and_the_code_of_a_project() -> None:
    report = bp.parse(
        pipes(
            "项目名称|某经费|项目编码|65000123",
            "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|佐证资料",
            "产出指标|数量指标|培训|≥10人|12人|90|90|签到表3份",
        )
    )
    assert (report.project.name, report.project.code) == ("某经费", "65000123")
    assert report.form.indicators[0].evidence == "签到表3份"


def test_the_total_that_others_gave_is_asked_about() -> None:
    rows = (
        "项目资金（万元）|全年预算数|全年执行数|执行率|分值|得分",
        "年度资金总额|100|95|95%|10|9.5",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|复核得分",
        "预算执行率|预算执行率|预算执行率|100%|95%|10|9.5|9",
        "产出指标|数量指标|培训|≥10人|12人|90|90|85",
        "总分|||||100|99.5|94",
    )
    report = bp.parse(pipes(HEAD, *rows[2:]))
    assert str(report.form.funding.total.reviewed_score) == "9"
    assert str(report.form.reviewed_score) == "94"

    def of_review(report: bp.SelfEvaluation) -> list[str]:
        return [f.verdict.value for f in bp.audit(report).findings if f.code == "W17"]

    assert of_review(report) == ["exact"]
    wrong = bp.parse(pipes(HEAD, *rows[2:5], rows[5].replace("|94", "|95")))
    assert of_review(wrong) == ["unchecked"]
    assert not bp.audit(wrong).inconsistent
    assert of_review(bp.parse(pipes(HEAD, *rows[2:4], *rows[4:]).replace("| 9 |", "| — |"))) == []


def test_a_list_above_the_forms_of_its_projects_is_of_none_of_them(tmp_path: Path) -> None:
    def form(name: str, executed: str, score: str) -> str:
        funds = (
            "||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
            f"|年度资金总额|100|100|{executed}|10|{executed}%|{score}",
        )
        return pipes("项目支出绩效自评表（2023年度）", f"项目名称|{name}", *funds, *ROWS)

    listed = (
        "2023年度项目支出绩效自评情况汇总表",
        "序号|项目名称|全年预算数|全年执行数|执行率|自评得分",
        "1|甲项目|100|95|95%|99.5",
        "2|乙项目|100|90|90%|99",
    )
    text = "\n\n".join([pipes(*listed), form("甲项目", "95", "9.5"), form("乙项目", "90", "9")])
    file = tmp_path / "all.md"
    file.write_text(text, encoding="utf-8")
    first, second = bp.read_all(file)
    assert (str(first.project.name), str(second.project.name)) == ("甲项目", "乙项目")
    assert not first.form.projects.listed
    assert not second.form.projects.listed
    assert str(first.form.funding.total.executed) == "95"
    assert "逐个列出各项目，没有读取" in notes(first)

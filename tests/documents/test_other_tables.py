"""Tables beside a form with the same words above their columns: of other years, of projects. Their
figures are none of the form's: they are kept apart, or left out."""

from __future__ import annotations

import itertools

import pytest

import budgetperf as bp

from .test_forms import notes, pipes, said

HEAD = "部门整体支出绩效自评表"
FUNDS = (
    "项目资金（万元）|全年预算数|全年执行数|执行率|分值|得分",
    "年度资金总额|100|95|95%|10|9.5",
)
ROWS = (
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标|数量指标|培训|≥10人|12人|90|90",
)
TOTAL = ("总分|||||100|99.5",)
PROJECTS = {
    "with funds": (
        "项目名称|全年预算数|全年执行数|执行率|自评得分|自评等级",
        "甲项目|60|57|95%|96|优",
        "乙项目|40|38|95%|92|优",
        "合计|100|95|95%||",
    ),
    "numbered": (
        "序号|项目名称|预算数|执行数|自评得分",
        "1|甲项目|60|57|96",
        "2|乙项目|40|38|92",
        "合计||100|95|188",
    ),
    "with scores": ("项目名称|分值|得分", "甲项目|100|96", "乙项目|100|92", "合计|200|188"),
}
LISTED = {
    kind: {f"projects.{row}.{field}" for row, fields in rows.items() for field in fields.split()}
    for kind, rows in {
        "with funds": {
            **dict.fromkeys(("listed[0]", "listed[1]"), "revised executed execution_rate score"),
            "total": "revised executed execution_rate",
        },
        "numbered": dict.fromkeys(("listed[0]", "listed[1]", "total"), "revised executed score"),
        "with scores": dict.fromkeys(("listed[0]", "listed[1]", "total"), "weight score"),
    }.items()
}
FIGURES = {
    "department.year": "2021年",
    "funding.total.revised": "100万元",
    "funding.total.executed": "95万元",
    "funding.total.execution_rate": "95%",
    "funding.total.weight": "10",
    "funding.total.score": "9.5",
    "indicators[0].target.value": "10人",
    "indicators[0].weight": "90",
    "indicators[0].actual": "12人",
    "indicators[0].score": "90",
    "total_weight": "100",
    "total_score": "99.5",
}


@pytest.mark.parametrize("apart", [False, True], ids=["in one table", "in tables"])
@pytest.mark.parametrize("kind", PROJECTS)
def test_a_list_of_projects_is_no_part_of_the_form(kind: str, *, apart: bool) -> None:
    projects = PROJECTS[kind]
    for blocks in (
        *itertools.permutations((FUNDS, projects, ROWS + TOTAL)),
        (FUNDS, ROWS, projects),
        (FUNDS, projects, ROWS),
    ):
        if blocks.index(FUNDS) > next(at for at, block in enumerate(blocks) if ROWS[0] in block):
            continue  # the funds stand above the indicators
        head = (HEAD, "（2021年度）", "部门名称|某局")
        if apart:
            text = "\n\n".join(pipes(*block) for block in (head, *blocks))
        else:
            text = pipes(*head, *(row for block in blocks for row in block))
        report = bp.parse(text)
        figures = {path: text for path, text in said(report).items() if "projects" not in path}
        assert {path for path in said(report) if "projects" in path} == LISTED[kind], blocks
        figures["department.year"] = "2021年"
        assert figures.items() <= FIGURES.items(), blocks
        assert len(figures) >= len(FIGURES) - 2
        assert "逐个列出各项目" in notes(report)
        assert not bp.audit(report).inconsistent


def test_what_is_wrong_in_the_form_beside_a_list_of_projects_is_found() -> None:
    total = TOTAL[0].replace("99.5", "98.5")
    text = pipes(HEAD, "（2021年度）", *FUNDS, *ROWS, total, *PROJECTS["with scores"])
    assert {finding.code for finding in bp.audit(bp.parse(text)).inconsistent} == {"W08"}


def test_of_rows_of_several_years_none_is_this_one_without_a_word() -> None:
    rows = (
        "项目资金（万元）|全年预算数|全年执行数|执行率",
        "2020年|90|90|100%",
        "2021年|100|95|95%",
    )
    report = bp.parse(pipes(HEAD, "部门名称|某局", *rows, *ROWS))
    assert not [path for path in said(report) if path.startswith("funding")]
    report = bp.parse(pipes(HEAD, "（2021年度）", "部门名称|某局", *rows, *ROWS))
    assert said(report)["funding.total.executed"] == "95万元"
    assert said(report)["other_years[0].total.executed"] == "90万元"


def test_a_column_of_last_year_is_left_out() -> None:
    text = pipes(
        *(HEAD, "（2021年度）", "部门名称|某局"),
        "项目资金（万元）|上年执行数|全年预算数|全年执行数|执行率|分值|得分",
        "年度资金总额|90|100|95|95%|10|9.5",
        "一级指标|二级指标|三级指标|年度指标值|上年完成值|实际完成值|分值|得分",
        "产出指标|数量指标|培训|≥10人|9人|12人|90|90",
    )
    figures = said(bp.parse(text))
    figures["department.year"] = "2021年"
    assert figures.pop("indicators[0].last_year") == "9人"
    assert figures.items() <= FIGURES.items()
    assert len(figures) == len(FIGURES) - 2

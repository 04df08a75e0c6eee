"""Projects that a text goes through one by one, as the accounts of departments do.

Names and figures are invented.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp

TITLE = "某某县某某局2023年度部门决算\n第三部分 情况说明\n（一）部门决算中项目绩效自评结果\n"
TEMPLATES = (
    (
        "{at}.“{name}”项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为{score}分。全年预算数为{budget}万元，"
        "执行数为{spent}万元，完成预算的{rate}%。项目绩效目标完成情况：一是举办讲座12场。下一步改进措施：加强调度。"
    ),
    (
        "{at}、{name}项目绩效自评综述：根据年初设定的绩效目标，{name}项目绩效自评得分为{score}分。项目全年预算数为"
        "{budget}万元，执行数为{spent}万元，完成预算的{rate}%。"
    ),
    (
        "（{at}）{name}项目支出绩效自评结果综述。全年预算数{budget}万元，全年执行数{spent}万元，执行率{rate}%，"
        "自评得分{score}分。"
    ),
    (
        "{name}项目绩效目标完成情况综述。项目全年预算数{budget}万元，执行数为{spent}万元，完成预算的{rate}%。"
        "项目自评得分{score}分。"
    ),
    "（{numeral}）{name}项目\n全年预算数{budget}万元，执行数{spent}万元，预算执行率{rate}%。\n自评得分{score}分。",
    "（{numeral}）{name}工程。全年预算数{budget}万元，执行数{spent}万元，预算执行率{rate}%。自评得分{score}分。",
)
NAMES = ("公共文化服务", "文物保护维修", "旅游宣传推广", "优待金发放")
FIELDS = ("revised", "executed", "execution_rate", "score")
Row = tuple[str, Decimal, Decimal, Decimal, Decimal]


def printed(template: str, rows: list[Row]) -> str:
    texts = (
        template.format(
            at=at, numeral="一二三四"[at - 1], name=name, budget=b, spent=s, rate=r, score=score
        )
        for at, (name, b, s, r, score) in enumerate(rows, start=1)
    )
    return TITLE + "\n".join(texts) + "\n"


def row(name: str, budget: str, spent: str, score: str = "98.5") -> Row:
    rate = (100 * Decimal(spent) / Decimal(budget)).quantize(Decimal("0.01"))
    return name, Decimal(budget), Decimal(spent), rate, Decimal(score)


ROWS = [
    row("公共文化服务", "500", "475"),
    row("文物保护维修", "260.50", "260.50", "100"),
    row("旅游宣传推广", "100", "82.3", "92.3"),
]


def read_of(report: bp.SelfEvaluation) -> list[tuple[str, ...]]:
    """The name and the digits of each project."""
    return [
        (each.name, *(str(getattr(each, field)).rstrip("万元%分") for field in FIELDS))
        for each in report.narrative.projects.listed
    ]


def due(rows: list[Row]) -> list[tuple[str, ...]]:
    return [tuple(map(str, each)) for each in rows]


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_project_has_its_own_figures(template: str) -> None:
    report = bp.parse(printed(template, ROWS))
    assert read_of(report) == due(ROWS)
    total = report.narrative.funding.total
    assert isinstance(total.revised, bp.Missing)
    assert isinstance(total.executed, bp.Missing)
    assert isinstance(report.narrative.total_score, bp.Missing)
    audit = bp.audit(report)
    assert not audit.inconsistent
    assert not [finding for finding in audit.findings if finding.is_for_review]


def test_what_each_reached_is_named_after_it() -> None:
    report = bp.parse(printed(TEMPLATES[0], ROWS))
    reached = [(each.name, str(each.value)) for each in report.narrative.achievements]
    assert reached == [(f"{name}：讲座", "12场") for name, *_ in ROWS]
    assert report.reading is not None
    assert report.reading.unread == ()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_rate_that_is_not_that_of_its_project(template: str) -> None:
    wrong = [ROWS[0], (*ROWS[1][:3], Decimal("93.00"), ROWS[1][4]), ROWS[2]]
    findings = bp.audit(bp.parse(printed(template, wrong))).inconsistent
    assert {finding.code for finding in findings} == {"F21"}


def test_one_summary_in_the_accounts_of_a_department_is_of_its_project() -> None:
    report = bp.parse(printed(TEMPLATES[0], ROWS[:1]))
    assert read_of(report) == due(ROWS[:1])
    assert report.kind is bp.EvaluationKind.DEPARTMENT


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("某某县某某局2023年度部门决算", "某某县某某局"),
        ("2023年度某某县某某局部门决算公开", "某某县某某局"),
        ("某某县某某局（本级）2023年单位决算情况说明", "某某县某某局"),
        ("2023年度部门决算", ""),
    ],
)
def test_whose_accounts_they_are(title: str, name: str) -> None:
    report = bp.parse(f"{title}\n{printed(TEMPLATES[1], ROWS).removeprefix(TITLE)}")
    assert report.department.name == (name or bp.Missing())
    assert read_of(report) == due(ROWS)


def test_the_summary_of_the_project_that_the_title_names_is_of_the_whole() -> None:
    text = printed(TEMPLATES[1], ROWS[:1]).replace(TITLE, "某某县公共文化服务项目绩效自评报告\n")
    report = bp.parse(text)
    assert not report.narrative.projects.listed
    assert str(report.narrative.funding.total.revised) == "500万元"


def test_what_the_text_says_of_all_stays_that_of_all() -> None:
    whole = "全年预算数860.5万元，全年执行数817.8万元，执行率95.04%。\n"
    text = printed(TEMPLATES[4], ROWS).replace(TITLE, f"{TITLE.partition('（')[0]}{whole}")
    report = bp.parse(text)
    total = report.narrative.funding.total
    assert (str(total.revised), str(total.executed)) == ("860.5万元", "817.8万元")
    assert read_of(report) == due(ROWS)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    "heading",
    ["一般公共预算项目", "专项资金项目", "重点建设项目", "其他项目", "经常性项目", "县级项目"],
)
def test_a_heading_of_a_kind_of_projects_is_no_project(heading: str) -> None:
    other = "\n（三）部门项目\n支出20万元。"
    text = f"{TITLE}全年培训120人次。\n（二）{heading}\n年初预算数30万元。{other}"
    assert not bp.parse(text).narrative.projects.listed


amounts = st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2))


@given(
    st.sampled_from(TEMPLATES),
    st.lists(st.tuples(amounts, st.integers(81, 100), amounts), min_size=2, max_size=4),
)
def test_whatever_is_printed_is_read(
    template: str, amounts_of: list[tuple[Decimal, int, Decimal]]
) -> None:
    """Figures that are what they say, rounded to the digits shown, are no error."""
    rows: list[Row] = []
    for name, (budget, points, spent) in zip(NAMES, amounts_of, strict=False):
        paid = min(budget, spent)
        rows.append(row(name, str(budget), str(paid), str(points)))
    report = bp.parse(printed(template, rows))
    assert read_of(report) == due(rows)
    assert not bp.audit(report).inconsistent

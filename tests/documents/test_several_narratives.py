"""Reports in sentences that stand in one document, one below the other."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf.documents.reading import read_data
from tests.factories import refused

ARCHIVES = (
    "2023年我局年初预算数1000.00万元，全年预算数1200.00万元，全年执行数1140.00万元，"
    "预算执行率95%。自评得分96分。"
)
FINANCE = (
    "2023年我局年初预算数800.00万元，全年预算数900.00万元，全年执行数855.00万元，"
    "预算执行率95%。自评得分97分。"
)
TITLE = "2023年度部门整体支出绩效自评报告"


def executed(text: str) -> list[str]:
    reports = read_data(text.encode(), "reports.md")
    assert not any(bp.audit(report).inconsistent for report in reports)
    assert not any(report.reading.unread for report in reports if report.reading)
    return [
        figure.text
        for report in reports
        for path, figure in bp.figures(report)
        if path == "narrative.funding.total.executed"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"# 某县档案馆{TITLE}", f"# 某县财政局{TITLE}"),
        (f"某县档案馆{TITLE}", f"关于某县财政局{TITLE.replace('报告', '情况的报告')}"),
        (f"附件1 某县档案馆{TITLE}", f"附件2：某县财政局{TITLE}"),
        (f"某县档案馆\n\n{TITLE}", f"某县财政局\n\n{TITLE}"),
        ("甲项目2023年度绩效自评报告", "乙项目2023年度绩效自评报告"),
        (f"某县档案馆{TITLE}", "某县档案馆库房改造项目2023年度绩效自评报告"),
        ("道路维修项目2023年度绩效自评报告", "道路维修二期项目2023年度绩效自评报告"),
        ("道路维修（二期）项目2023年度绩效自评报告", "道路维修项目2023年度绩效自评报告"),
        ("道路维修第一批项目2023年度绩效自评报告", "道路维修项目2023年度绩效自评报告"),
    ],
)
def test_each_title_of_another_name_begins_a_report(first: str, second: str) -> None:
    is_of_project = ["项目" in first, "项目" in second]
    texts = [
        text.replace("我局", "本项目") if is_of_it else text
        for text, is_of_it in zip((ARCHIVES, FINANCE), is_of_project, strict=True)
    ]
    text = f"{first}\n\n{texts[0]}\n\n{second}\n\n{texts[1]}\n"
    assert executed(text) == ["1140.00万元", "855.00万元"]


def test_of_two_reports_one_is_asked_for() -> None:
    text = f"# 某县档案馆{TITLE}\n\n{ARCHIVES}\n\n# 某县财政局{TITLE}\n\n{FINANCE}\n"
    with refused("several-reports"):
        bp.parse(text)


@pytest.mark.parametrize("again", ["农村道路维修", "道路维修工程", "某县道路维修", "道路维修补助"])
def test_a_name_that_another_one_holds_begins_none_where_it_may_be_the_same(again: str) -> None:
    """Only a further phase or batch is another project for sure."""
    first, _, second = ARCHIVES.replace("我局", "本项目").partition("。")
    titles = [f"{name}项目2023年度绩效自评报告" for name in ("道路维修", again)]
    assert executed(f"# {titles[0]}\n\n{first}。\n\n{titles[1]}\n\n{second}\n") == ["1140.00万元"]


def test_titles_in_a_list_of_contents_begin_none() -> None:
    titles = f"某县档案馆{TITLE}\n\n某县财政局{TITLE}\n\n"
    text = f"目录\n\n{titles}# 某县档案馆{TITLE}\n\n{ARCHIVES}\n"
    assert executed(text) == ["1140.00万元"]


@pytest.mark.parametrize(
    "again",
    [
        f"某县档案馆{TITLE}",
        TITLE,
        f"档案馆{TITLE}",
        "某县档案馆绩效自评报告",
        "财政支出绩效评价报告",
    ],
)
def test_a_title_that_stands_again_begins_none(again: str) -> None:
    first, _, second = ARCHIVES.partition("。")
    text = f"# 某县档案馆{TITLE}\n\n{first}。\n\n{again}\n\n{second}\n"
    assert executed(text) == ["1140.00万元"]

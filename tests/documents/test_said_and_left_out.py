"""What is understood and is no figure of a report: told, and used for nothing.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total

WHOLE = {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}
SPENT = "全年预算数118万元，全年执行数112.1万元，执行率95%"
LEFT_OUT = "正文中的以下数字已读懂，但未采用"


def left_out(text: str, title: str = PROJECT) -> str:
    """What is told of numbers that are not used; ``""`` if nothing is."""
    reading = bp.parse(title + text).reading
    assert reading is not None
    (note,) = [note.zh for note in reading.notes if note.zh.startswith(LEFT_OUT)] or [""]
    return note.removeprefix(f"{LEFT_OUT}：")


def unread(text: str, title: str = PROJECT) -> list[str]:
    """The numbers that were not understood."""
    reading = bp.parse(title + text).reading
    assert reading is not None
    return [number.text for number in reading.unread]


@pytest.mark.parametrize(
    "last_year",
    [
        "（上年93.75%）",
        "（上年为93.75%）",
        "（2022年93.75%）",
        "（2022年为93.75%）",
        "（上年同期93.75%）",
        "（上年执行率93.75%）",
        "，上年执行率93.75%",
        "，上年为93.75%",
        "（去年93.75%）",
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_the_rate_of_last_year(last_year: str, title: str) -> None:
    text = f"{SPENT}{last_year}。"
    assert total(text, title) == WHOLE
    assert left_out(text, title) == "其他年度或时点的数（第 3 行“93.75%”）"
    assert not unread(text, title)


@pytest.mark.parametrize(
    "change",
    [
        "，较上年93.75%提高1.25个百分点",
        "，比上年的93.75%提高了1.25个百分点",
        "，较2022年93.75%上升1.25个百分点",
        "（较上年93.75%提高1.25个百分点）",
    ],
)
def test_by_how_much_the_rate_changed(change: str) -> None:
    text = f"{SPENT}{change}。"
    assert total(text) == WHOLE
    told = "其他年度或时点的数（第 3 行“93.75%”）；增减额、增减幅度（第 3 行“1.25个百分点”）"
    assert left_out(text) == told


def test_what_stands_behind_the_year_in_brackets_is_of_this_year_again() -> None:
    text = "执行率95%（上年93.75%），支出112.1万元。"
    assert total(text) == {"executed": "112.1万元", "execution_rate": "95%"}
    text = "全年预算118万元（2022年110万元），支出112.1万元（2022年103.13万元），执行率95%。"
    assert total(text) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "2022年执行率93.75%。",
        "2022年全年预算数110万元，全年执行数103.13万元，执行率93.75%。",
        "甲镇执行率95%（上年93.75%）。",
        "执行率（上年）93.75%。",
        "2022年预算110万元（其中中央80万元），支出103.13万元。",
        "2022年（上年）全年执行数103.13万元，执行率93.75%。",
        "水厂建设项目执行率95%（上年93.75%）。",
    ],
)
def test_rates_of_last_year_and_of_others_alone(text: str) -> None:
    assert not total(f"{text}\n共维修泵站5处。")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("占60%", "占40%"),
        ("占比60%", "占比40%"),
        ("占总支出的60%", "占总支出的40%"),
        ("占支出总额的比重为60%", "占支出总额的比重为40%"),
        ("所占比例60%", "所占比例40%"),
    ],
)
@pytest.mark.parametrize("mark", ["，", "；"])
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_shares_behind_parts(first: str, second: str, mark: str, title: str) -> None:
    text = (
        "全年支出112.1万元，其中：人员经费67.26万元，"
        f"{first}{mark}公用经费44.84万元，{second}。执行率95%。"
    )
    assert total(text, title) == {"executed": "112.1万元", "execution_rate": "95%"}
    report = bp.parse(title + text)
    assert [str(part.name) for part in report.narrative.breakdowns[0].parts] == [
        "人员经费",
        "公用经费",
    ]
    assert left_out(text, title) == "占比（第 3 行“60%”、第 3 行“40%”）"
    assert not unread(text, title)


def test_shares_that_are_rates_of_execution() -> None:
    text = "全年预算数118万元，支出112.1万元，占预算的95%。"
    assert total(text) == WHOLE
    assert not left_out(text)
    of_initial = "年初预算数118万元，全年支出112.1万元，占年初预算的95%。"
    assert "execution_rate" not in total(of_initial)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{SPENT}，得9.5分。", "单项指标得分（第 3 行“9.5分”）"),
        (f"{SPENT}，得分9.5分。", "单项指标得分（第 3 行“9.5分”）"),
        (f"{SPENT}。\n自评得分98.5分，扣分1.5分。", "扣分（第 4 行“1.5分”）"),
        (
            f"年初结转10万元，本年收入118万元，年末结转15.9万元。\n{SPENT}。",
            "收入、结转结余（第 3 行“10万元”、第 3 行“118万元”、第 3 行“15.9万元”）",
        ),
        (
            f"{SPENT}。\n全年支出比上年增加5万元，增长4.67%。",
            "增减额、增减幅度（第 4 行“5万元”、第 4 行“4.67%”）",
        ),
    ],
)
def test_what_has_no_place(text: str, told: str) -> None:
    assert {**WHOLE, **total(text)} == WHOLE
    assert left_out(text) == told
    assert not unread(text)


def test_of_many_numbers_a_few_are_named() -> None:
    parts = "；".join(f"第{n}类经费10万元，占{n}%" for n in "一二三四五六七八")
    text = f"{SPENT}，其中：{parts}。"
    for digit, numeral in enumerate("一二三四五六七八", start=1):
        text = text.replace(f"占{numeral}%", f"占{digit}%")
    assert left_out(text).endswith("“6%”等 8 个）")


@pytest.mark.parametrize(
    "text",
    [
        "执行率达到95%以上，较上年提高1至2个百分点。",
        "占比不低于60%的项目。",
        "根据规定，占比60%的项目应当报批。",
    ],
)
def test_bounds_and_rules_are_not_understood(text: str) -> None:
    assert not left_out(f"{text}\n共维修泵站5处。")
    assert unread(f"{text}\n共维修泵站5处。")


def test_what_is_left_out_is_no_result() -> None:
    text = "全年支出112.1万元，较上年107.1万元增加5万元，总收入118万元。"
    assert not [path for path in read(text) if "achievements" in path]


def test_it_is_told_around_a_form_too() -> None:
    form = (
        "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
        "|---|---|---|---|---|---|---|\n"
        "| 产出指标 | 数量指标 | 新建水厂 | 3处 | 3处 | 50 | 50 |\n"
        "| 效益指标 | 社会效益 | 受益人口 | 100人 | 100人 | 40 | 40 |\n"
    )
    report = bp.parse(f"{PROJECT}{SPENT}（上年93.75%）。\n\n{form}")
    assert report.form.indicators
    assert report.reading is not None
    assert any("其他年度或时点的数（第 3 行“93.75%”）" in note.zh for note in report.reading.notes)


@pytest.mark.parametrize(
    "text",
    [
        "年初批复预算8个项目985万元。",
        "年中追加3个项目120万元。",
        "共下达5个项目资金300万元。",
        "批复3个批次预算500万元。",
    ],
)
def test_what_several_projects_may_spend_is_no_result(text: str) -> None:
    report = bp.parse(f"{PROJECT}2023年全年预算数1105万元，支出900万元。\n{text}")
    assert not report.narrative.achievements
    assert report.narrative.funding.total.executed.text == "900万元"


@pytest.mark.parametrize(
    "text",
    [
        "我局内设科室12个",
        "下属事业单位3个",
        "下属25个二级预算单位",
        "离退休人员96名",
        "本单位实施项目4个",
        "共抽查项目6个，涉及资金4,200万元",
    ],
)
def test_what_there_is_is_nothing_that_was_reached(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}。改造户厕300户。")
    assert [each.name for each in report.narrative.achievements] == ["改造户厕"]
    assert report.reading is not None
    assert report.reading.unread == ()
    assert "机构、人员、项目" in str(report.reading.notes)


@pytest.mark.parametrize("text", ["完成水利项目12个", "新建村级服务机构6个", "服务企业36家"])
def test_what_was_built_or_served_is(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}。")
    assert len(report.narrative.achievements) == 1


@pytest.mark.parametrize("kind", ["基本支出", "项目支出"])
@pytest.mark.parametrize("words", ["年初预算数", "全年预算", "年初安排预算", "实际支出"])
def test_the_budget_of_one_kind_of_expenditure_is_no_result(kind: str, words: str) -> None:
    report = bp.parse(f"{DEPARTMENT}全年调解纠纷120件。\n{kind}{words}386.5万元。")
    assert [each.name for each in report.narrative.achievements] == ["调解纠纷"]

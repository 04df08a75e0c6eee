"""What a text says twice of the whole and not alike is told, unless it may be said of several
things.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, total

FIRST = "一、基本情况\n{}100万元，{}95万元，执行率95%。\n"
SECOND = "二、资金使用情况\n{}110万元，{}99万元，执行率90%。\n"
COUNTED = "三、其他\n共维修泵站5处。"
WORDS = [
    ("全年预算数", "全年执行数"),
    ("全年预算", "实际支出"),
    ("预算", "支出"),
    ("年初预算", "决算数"),
    ("下达资金", "实际支出"),
]


def rivals(text: str, title: str = PROJECT) -> list[str]:
    """What is told of amounts of the whole that differ."""
    report = bp.parse(title + text)
    assert not bp.audit(report).inconsistent
    assert report.reading is not None
    return [note.zh for note in report.reading.notes if "不能确定以哪一处为准" in note.zh]


@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
@pytest.mark.parametrize("words", WORDS)
def test_two_chapters_that_say_the_whole_differently(words: tuple[str, str], title: str) -> None:
    text = FIRST.format(*words) + SECOND.format(*words) + COUNTED
    assert not {"revised", "initial", "executed"} & set(total(text, title))
    budget, spent = rivals(text, title)
    assert "第 4 行“100万元”、第 6 行“110万元”" in budget
    assert "全年执行数不同" in spent
    assert "第 4 行“95万元”、第 6 行“99万元”" in spent


@pytest.mark.parametrize("words", WORDS)
def test_two_chapters_that_say_the_same(words: tuple[str, str]) -> None:
    second = SECOND.replace("110", "100").replace("99", "95").replace("90%", "95%")
    text = FIRST.format(*words) + second.format(*words) + COUNTED
    assert not rivals(text)
    assert "executed" in total(text)


@pytest.mark.parametrize(
    "text",
    [
        "（一）水厂建设\n预算60万元，支出57万元。\n（二）管网改造\n预算58万元，支出55.1万元。\n",
        "（1）水厂建设，预算60万元，支出57万元。\n（2）管网改造，预算58万元，支出55.1万元。\n",
        "水厂建设：全年预算数60万元，全年执行数57万元。\n管网改造：全年预算数58万元，全年执行数55.1万元。\n",
        "水厂建设预算60万元，支出57万元。\n管网改造预算58万元，支出55.1万元。\n",
        "安排水厂建设资金60万元，支出57万元。\n安排管网改造资金58万元，支出55.1万元。\n",
        "2022年预算60万元，支出57万元。\n2021年预算58万元，支出55.1万元。\n",
        "一是水厂建设项目。预算60万元，支出57万元。\n二是管网改造项目。预算58万元，支出55.1万元。\n",
        "预算60万元，支出57万元；预算58万元，支出55.1万元。\n",
        "预算60万元，支出57万元。预算58万元，支出55.1万元。\n",
        "甲镇预算60万元，支出57万元。\n乙镇预算58万元，支出55.1万元。\n",
        "中央资金预算60万元，支出57万元。\n省级资金预算58万元，支出55.1万元。\n",
        "邻县某项目预算60万元，支出57万元。\n某县某项目预算58万元，支出55.1万元。\n",
        "计划预算60万元，计划支出57万元。\n预计预算58万元，预计支出55.1万元。\n",
        "（一）基本支出\n全年预算数60万元，执行数57万元。\n（二）项目支出\n全年预算数58万元，执行数55.1万元。\n",
        "（一）资金情况\n预算60万元，支出57万元。\n（二）水厂建设情况\n预算58万元，支出55.1万元。\n",
        "“三公”经费预算60万元，支出57万元。\n公务接待费预算58万元，支出55.1万元。\n",
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_what_is_said_of_several_things(text: str, title: str) -> None:
    assert not rivals(text + COUNTED, title)


def test_what_was_handed_out_and_all_that_there_is_need_not_be_the_same() -> None:
    text = "下达资金100万元。\n二、资金情况\n项目资金总额110万元，全年执行数99万元。\n"
    assert not rivals(text)


def test_two_chapters_that_differ_are_the_reason_why_nothing_was_read() -> None:
    second = SECOND.format("全年预算数", "全年执行数").replace("90%", "95%")
    with pytest.raises(bp.UnusableDocumentError) as caught:
        bp.parse(PROJECT + FIRST.format("全年预算数", "全年执行数") + second)
    told = str(caught.value)
    assert "第 4 行“100万元”、第 6 行“110万元”" in told
    assert "“100万元” on line 4, “110万元” on line 6" in told
    assert "遮盖" not in told
    assert "masked" not in told

"""What a budget was before it changed, by how much, and after: one chain of amounts.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total

COUNTED = "\n共维修泵站5处。"
"""Something that is read whatever else is not."""
ADDED = {"initial": "100万元", "revised": "120万元", "executed": "108万元", "execution_rate": "90%"}
CUT = {"initial": "100万元", "revised": "80万元", "executed": "76万元", "execution_rate": "95%"}


@pytest.mark.parametrize(
    "added",
    [
        "调整增加",
        "调增",
        "追加",
        "增加",
        "净增加",
        "净增",
        "年中追加",
        "年中调增",
        "年中净增加",
        "年中追加预算",
        "调整增加预算",
        "预算调整增加",
        "追加资金",
        "年中追加指标",
        "因政策调整增加",
        "年中调整",
        "调整数",
        "年中调整数为",
    ],
)
def test_what_was_added_to_a_budget(added: str) -> None:
    text = f"年初预算数100万元，{added}20万元，全年预算数120万元。全年执行数108万元，执行率90%。"
    assert total(text) == ADDED
    assert read(text)["narrative.adjustment.amount"] == "20万元"
    assert total(text, DEPARTMENT) == ADDED


@pytest.mark.parametrize(
    "cut",
    [
        "调减",
        "压减",
        "核减",
        "追减",
        "收回",
        "减少",
        "调整减少",
        "净减少",
        "年中调减",
        "年中压减",
        "年中压减预算",
        "财政收回",
        "年底财政收回",
        "年中收回结余资金",
        "财政收回指标",
        "压减一般性支出",
        "年中调整减少",
    ],
)
@pytest.mark.parametrize("after", ["调整后预算", "全年预算数"])
def test_what_was_cut_from_a_budget(cut: str, after: str) -> None:
    text = f"年初预算100万元，{cut}20万元，{after}80万元，实际支出76万元，执行率95%。"
    assert total(text) == CUT
    assert read(text)["narrative.adjustment.amount"] == "-20万元"
    report = bp.parse(PROJECT + text)
    assert not report.narrative.breakdowns
    assert not bp.audit(report).inconsistent
    assert total(text, DEPARTMENT) == CUT


@pytest.mark.parametrize("mark", "，、；")
def test_what_was_added_and_cut(mark: str) -> None:
    changes = f"年中追加30万元{mark}调减10万元"
    text = f"年初预算100万元，{changes}，调整后预算120万元，支出108万元，执行率90%。"
    assert total(text) == ADDED


@pytest.mark.parametrize(
    "score", ["", "，得9.5分", "，得分9.5分", "，该项得9.5分", "，扣0.5分，得9.5分"]
)
def test_what_was_cut_from_what_was_handed_out(score: str) -> None:
    text = f"下达资金500万元，调减20万元，实际下达480万元，实际支出456万元，执行率95%{score}。"
    said = {"revised": "480万元", "executed": "456万元", "execution_rate": "95%"}
    assert total(text + COUNTED) == said
    assert "narrative.total_score" not in read(text + COUNTED)


@pytest.mark.parametrize("score", ["", "，得9分"])
def test_what_was_added_to_what_was_handed_out(score: str) -> None:
    text = f"年初下达100万元，年中追加20万元，全年预算120万元，实际支出108万元，执行率90%{score}。"
    assert total(text) == ADDED


def test_what_was_added_for_one_thing_need_not_be_all() -> None:
    text = "年初预算数100万元，追加人员经费{}万元，全年预算数120万元。"
    assert read(text.format(20))["narrative.adjustment.amount"] == "20万元"
    assert "narrative.adjustment.amount" not in read(text.format(15))
    text = "年初预算数100万元，压减一般性支出{}万元，全年预算数80万元。"
    assert read(text.format(20))["narrative.adjustment.amount"] == "-20万元"
    assert "narrative.adjustment.amount" not in read(text.format(15))
    assert total(text.format(15)) == {"initial": "100万元", "revised": "80万元"}


def test_a_chain_that_does_not_hold_beside_marks_is_left_out() -> None:
    text = "下达资金500万元，调减30万元，实际下达480万元，实际支出456万元，执行率95%，得9.5分。"
    assert not total(text + COUNTED)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("基本支出年初预算100万元，调整增加20万元，全年预算数120万元。", DEPARTMENT),
        (
            "项目支出年初预算100万元，调整增加20万元，调整后预算120万元，支出110万元。",
            DEPARTMENT,
        ),
        ("“三公”经费年初预算10万元，压减2万元，全年预算数8万元。", DEPARTMENT),
        ("公务接待费：年初预算数10万元，压减2万元，全年预算数8万元。", DEPARTMENT),
        ("水厂建设年初预算60万元，追加20万元，调整后预算80万元，支出76万元。", PROJECT),
        ("水厂建设年初预算60万元，调整增加20万元，调整后预算80万元，支出76万元。", PROJECT),
        ("水厂建设：年初预算数60万元，调增20万元，全年预算数80万元。", PROJECT),
        ("水厂建设：年初预算数60万元，调整减少20万元，全年预算数40万元。", PROJECT),
        ("2022年年初预算数90万元，调整增加20万元，全年预算数110万元。", PROJECT),
        ("2022年下达资金500万元，调减20万元，实际下达480万元，实际支出456万元。", PROJECT),
        ("邻县年初预算数90万元，调整增加20万元，全年预算数110万元。", PROJECT),
        ("另一项目下达资金500万元，调减20万元，实际下达480万元。", PROJECT),
        ("计划年中调增20万元，预计全年预算数120万元。", PROJECT),
        ("根据规定，年初预算100万元，调整增加20万元以上的，应当报批。", PROJECT),
    ],
)
def test_the_changes_of_a_part_of_another_year_or_of_others(text: str, title: str) -> None:
    said = read(text + COUNTED, title)
    assert not total(text + COUNTED, title)
    assert not [path for path in said if "adjustment" in path]
    report = bp.parse(title + text + COUNTED)
    assert not report.narrative.breakdowns


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收入、支出分别为100万元、95万元。", {"executed": "95万元"}),
        ("本年收入和支出分别为100万元和95万元。", {"executed": "95万元"}),
        ("截至2023年底，收入、支出分别为100万元、95万元。", {"executed": "95万元"}),
        (
            "年初预算数、全年执行数分别为100万元、95万元。",
            {"initial": "100万元", "executed": "95万元"},
        ),
        (
            "2023年全年预算数、全年执行数分别为100万元、95万元，执行率95%。",
            {"revised": "100万元", "executed": "95万元", "execution_rate": "95%"},
        ),
        (
            "资金到位率、预算执行率分别为100%、95%，全年支出95万元。",
            {"received_rate": "100%", "execution_rate": "95%", "executed": "95万元"},
        ),
        (
            "年初预算数、全年预算数和全年执行数分别为90万元、100万元、95万元。",
            {"initial": "90万元", "revised": "100万元", "executed": "95万元"},
        ),
    ],
)
def test_names_that_stand_together_before_their_numbers(text: str, said: dict[str, str]) -> None:
    assert total(text) == said
    assert total(text, DEPARTMENT) == said


def test_people_that_are_named_together() -> None:
    said = read("编制数、在职人数分别为50人、45人。", DEPARTMENT)
    assert said["department.staffing.authorised"] == "50人"
    assert said["department.staffing.in_service"] == "45人"


@pytest.mark.parametrize(
    "text",
    [
        "水厂建设、管网改造支出分别为60万元、35万元。",
        "水厂建设预算数、执行数分别为60万元、57万元。",
        "水厂建设：预算数、执行数分别为60万元、57万元。",
        "甲镇预算数、执行数分别为60万元、57万元。",
        "2022年、2023年全年执行数分别为90万元、95万元。",
        "2022年全年预算数、全年执行数分别为100万元、95万元。",
        "全年预算数、全年执行数分别为100万元、95万元、90万元。",
        "全年预算数、全年执行数分别较上年增加10万元、5万元。",
        "中央、省级资金分别为60万元、40万元。",
        "基本支出、项目支出分别为60万元、35万元。",
        "“三公”经费预算数、决算数分别为10万元、8万元。",
        "非税收入、支出分别为100万元、95万元。",
        "预计全年预算数、全年执行数分别为100万元、95万元。",
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_names_of_parts_that_stand_together(text: str, title: str) -> None:
    assert not total(text + COUNTED, title)


@pytest.mark.parametrize(
    "text",
    [
        "年初结转10万元，本年收入100万元，本年支出95万元，年末结转15万元。",
        "年初结转结余10万元，本年收入100万元，本年支出95万元，年末结转结余15万元。",
        "上年结转10万元，本年收入100万元，本年支出95万元，结转下年15万元。",
        "本年收入合计100万元，本年支出合计95万元。",
        "总收入100万元，总支出95万元，结余5万元。",
        "2023年收入100万元，支出95万元，年末结余5万元。",
    ],
)
def test_what_came_in_and_what_was_spent(text: str) -> None:
    for title in (PROJECT, DEPARTMENT):
        assert total(text, title) == {"executed": "95万元"}
        assert not [name for name in read(text, title) if "achievements" in name]


@pytest.mark.parametrize(
    "text",
    [
        "食堂收入100万元，支出95万元。",
        "非税收入100万元，支出95万元。",
        "政府性基金年初结转10万元，本年收入100万元，本年支出95万元，年末结转15万元。",
        "政府性基金：年初结转10万元，本年收入100万元，本年支出95万元。",
        "2022年收入100万元，支出95万元。",
        "下属单位收入100万元，支出95万元。",
        "村集体收入100万元，支出95万元。",
        "门票收入100万元，支出95万元。",
        "预计收入100万元，支出95万元。",
        "财政拨款收入100万元，支出95万元，其他收入20万元，支出18万元。",
        "供水公司运营情况：总收入100万元，总支出95万元。",
        "带动农户增收，总收入100万元，支出95万元。",
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_what_came_in_for_a_part(text: str, title: str) -> None:
    assert not total(text + COUNTED, title)


@pytest.mark.parametrize(
    "text",
    [
        "全年支出100万元，其中（单位：万元）：人员经费70.64、公用经费29.36。",
        "（单位：万元）全年支出100，其中：人员经费70.64，公用经费29.36。",
        "（单位：万元）全年支出100（人员经费70.64，公用经费29.36）。",
        "（单位：万元）全年支出100，其中：人员经费70.64、公用经费29.36，执行率95%。",
    ],
)
def test_parts_with_one_unit_for_all(text: str) -> None:
    for title in (PROJECT, DEPARTMENT):
        assert total(text, title)["executed"] == "100万元"
        (split,) = bp.parse(title + text).narrative.breakdowns
        assert [str(part.name) for part in split.parts] == ["人员经费", "公用经费"]
        assert [part.amount.text for part in split.parts] == ["70.64万元", "29.36万元"]


@pytest.mark.parametrize(
    "text",
    [
        "（单位：万元）全年支出100，其中：维修泵站5，铺设管网12。",
        "（单位：万元）全年支出100，其中：人员经费70.64，涉及3。",
        "（单位：万元）全年支出100，其中：人员经费70.64，实际支出95。",
        "全年支出100万元，其中：人员经费70.64，公用经费29.36。",
    ],
)
def test_bare_numbers_that_do_not_make_up_their_whole(text: str) -> None:
    assert total(text) == {"executed": "100万元"}
    assert not bp.parse(PROJECT + text).narrative.breakdowns


def test_a_bare_number_behind_parts_that_make_up_their_whole() -> None:
    text = "（单位：万元）全年支出100，其中：人员经费70.64，公用经费29.36，在职人员45。"
    assert "45万元" not in read(text).values()

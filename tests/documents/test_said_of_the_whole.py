"""Whether an amount, a score or people without a name are those of the whole.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, TOTAL, read, total

SPENT = "\n全年执行数112.1万元。\n"
NO_PART = {"executed": "112.1万元"}


@pytest.mark.parametrize("thing", ["水厂建设", "管网改造（二期）", "某镇供水站", "一、水厂建设"])
def test_what_is_said_behind_the_name_of_a_thing_and_a_colon(thing: str) -> None:
    part = f"{thing}：预算60万元，支出57万元，执行率95%。"
    assert total(part + SPENT) == NO_PART
    assert total(f"{part}执行率高于预期的部分为5%。{SPENT}") == NO_PART
    rate = f"{thing}：执行率95%。"
    assert total(rate + SPENT) == NO_PART
    whole = "全年预算118万元，全年执行112.1万元。"
    assert total(whole + part) == {"revised": "118万元", "executed": "112.1万元"}


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "资金情况：",
        "项目资金使用情况：",
        "农村饮水安全项目：",
        "2023年：",
        "预算执行：",
        "一是：",
    ],
)
def test_what_is_said_behind_words_that_name_nothing_else(topic: str) -> None:
    said = {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}
    assert total(f"{topic}全年预算118万元，支出112.1万元，执行率95%。") == said


@pytest.mark.parametrize(
    "part",
    ["水厂建设，支出决算57万元。", "水厂建设方面：支出决算57万元。", "监理费，实际支出9.5万元。"],
)
def test_what_was_spent_for_a_part_that_is_named_before_it(part: str) -> None:
    assert total(f"全年预算118万元。\n{part}") == {"revised": "118万元"}


def test_the_budget_of_the_body_of_which_a_project_has_a_part() -> None:
    text = "单位年初预算2000万元，其中本项目年初预算300万元。共维修泵站5处。"
    assert not total(text)


def test_the_budget_of_a_subject_in_a_list() -> None:
    text = (
        "其中：公共安全支出（类）年初预算为1000万元，支出决算为990万元，完成年初预算的99%；"
        "社会保障和就业支出（类）年初预算为200万元，支出决算为198万元，完成年初预算的99%。"
    )
    assert not total(f"全年结转资金3万元。{text}", DEPARTMENT)
    whole = "2023年年初预算1200万元，支出决算1188万元，完成年初预算的99%。"
    assert total(whole + text, DEPARTMENT) == {"initial": "1200万元", "executed": "1188万元"}


def test_what_was_spent_as_accounts_name_it() -> None:
    assert total("2023年度支出决算1286.45万元。", DEPARTMENT) == {"executed": "1286.45万元"}
    assert not total("公用经费年初预算100万元，支出决算95万元。", DEPARTMENT)


def test_a_budget_that_says_what_is_spent_of_it_may_be_either() -> None:
    assert not total("部门预算支出1286.45万元。", DEPARTMENT)


@pytest.mark.parametrize(
    "budget", ["当年预算80万元", "本年预算80万元", "安排资金80万元", "本年到位资金80万元"]
)
def test_what_was_carried_over_is_no_part_of_the_budget_of_the_year(budget: str) -> None:
    text = f"上年结转20万元，{budget}，全年支出95万元，执行率95%，结转下年5万元。"
    assert total(text) == {"executed": "95万元", "execution_rate": "95%"}


def test_sources_by_numbers_in_circles() -> None:
    said = read("资金安排：①中央资金70万元；②县级资金48万元。")
    assert sorted(text for text in said.values() if "万元" in text) == ["48万元", "70万元"]


def people(text: str) -> dict[str, str]:
    at = "department.staffing."
    said = read(text + SPENT, DEPARTMENT)
    return {path.removeprefix(at): value for path, value in said.items() if path.startswith(at)}


@pytest.mark.parametrize(
    "text",
    [
        "局机关行政编制22名，在职19人。下属单位在职17人。",
        "局机关行政编制22名，在职19人。\n下属单位法律援助中心核定编制18名，在职17人。",
        "我局在职19人。所属单位2个，在职17人。",
        "我局有下属单位2个。局机关核定编制22名，在职19人。",
        "机关行政编制22人，在职19人；事业编制18人，实有17人。",
        "局机关：编制25名，在职24名。法律援助中心：编制10名，在职9名。",
        "下设法律援助中心，编制10名，在职9名。",
        "法律援助中心编制10名，在职9名。",
    ],
)
def test_people_of_the_body_itself_are_not_all_of_them(text: str) -> None:
    assert not people(text)


@pytest.mark.parametrize(
    "text",
    [
        "本部门共有编制40名，在职36人。其中局机关在职19人，下属单位在职17人。",
        "我局无下属单位。局机关人员精干，核定编制40名，在职36人。",
    ],
)
def test_people_of_the_whole(text: str) -> None:
    assert people(text) == {"authorised": "40名", "in_service": "36人"}


def test_people_of_the_whole_by_kind() -> None:
    text = "我局编制40名，其中行政编制22名、事业编制18名；在职36人，其中行政19人、事业17人。"
    by_kind = {"administrative": "19人", "public_institution": "17人"}
    assert people(text) == {"authorised": "40名", "in_service": "36人", **by_kind}


def scored(text: str, title: str = PROJECT) -> str | None:
    said = read(SPENT + text, title)
    return said.get("narrative.total_score")


@pytest.mark.parametrize(
    "text",
    [
        "自评得分58分，等级为差。",
        "自评得分58分。",
        "自评得分：58分（其中：预算执行率8分，产出指标30分，效益指标20分）。",
        "满分100分，自评得分58分。",
        "根据评分标准，自评得分58分。",
        "预算执行率58%，自评得分58分，评价等级为“差”。",
        "县级预算单位平均得分91分，我局自评得分58分。",
        "本项目得分58分。",
        "经自评，本项目得58分，评价等级为“差”。",
        "本项目总体评分58分。",
        "从决策、过程、产出、效益四个方面进行评价，自评得分58分。",
        "对照《项目支出绩效评价指标体系》，自评得分58分。",
    ],
)
def test_a_score_of_the_whole_may_be_low(text: str) -> None:
    assert scored(text) == "58分"


@pytest.mark.parametrize(
    "text",
    [
        "数量指标：该项满分70分，完成较好，自评得分70分。",
        "产出情况：该部分满分80分，自评得分78分。",
        "1.产出指标（90分）。各项均已完成。自评得分88分。",
        "（一）产出指标\n各项均已完成。自评得分88分。",
        "预算执行率100%，自评得分70分。",
    ],
)
def test_a_score_of_a_part_may_be_high(text: str) -> None:
    assert scored(text) is None


def test_the_name_of_a_project_on_a_line_of_its_own_is_no_part_of_the_next() -> None:
    text = "项目名称：农村饮水安全项目\n2023年全年预算118万元，全年执行数112.1万元。"
    report = bp.parse("某某县2023年农村饮水安全项目绩效自评报告\n" + text)
    assert {path: figure.text for path, figure in bp.figures(report)}[TOTAL + "revised"] == (
        "118万元"
    )


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("实际支出叁拾万元整。", ["叁拾万元"]),
        ("实际支出三十万元，结余一千二百元。", ["三十万元", "一千二百元"]),
        ("单位：万元。实际支出112.1万元（壹佰壹拾贰万壹仟元整），几十万元，城乡二元结构。", []),
    ],
)
def test_an_amount_in_numerals_alone_is_told(text: str, unread: list[str]) -> None:
    report = bp.parse(f"{PROJECT}全年预算数118万元，{text}\n")
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == unread


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("（单位：万元）全年预算数118，全年执行数112.1，执行率95%。", "118万元"),
        ("（金额单位：元）\n全年预算数为1,180,000，全年执行数为1,121,000。", "1,180,000元"),
        ("单位：万元。全年预算数118万元，涉及村组15，第2批。", "118万元"),
    ],
)
def test_a_unit_that_is_said_once(text: str, budget: str) -> None:
    assert total(text)["revised"] == budget


def test_a_unit_that_is_said_of_something_else() -> None:
    for text in ("单位：万元/公里。全年预算数118。", "填报单位：元谋县水利局。全年预算数118。"):
        assert not total(text + "全年新建水厂3处。")
    said = read("（单位：万元）全年预算数118万元。\n新建水厂目标值3，实际完成值3。")
    assert set(said.values()) == {"2023", "118万元"}
    said = read("（单位：万元）全年预算数118，其中中央资金70，惠及群众5700。受益人口5700人。")
    assert set(said.values()) == {"2023", "118万元", "5700人"}


@pytest.mark.parametrize("change", ["较年初预算减少20万元", "年中调整增加20万元", "调整增加20万元"])
def test_by_how_much_a_budget_changed_is_no_achievement(change: str) -> None:
    figures = read(f"全年预算数500万元，{change}，全年执行数475万元。")
    assert not [path for path in figures if "achievements" in path]


# Items of a list, each with what it is about and a rate or a score of its own.

WHOLE_OF_ALL = "2023年年初预算118万元，总支出112.1万元，执行率95%。\n"
MARKS = ("({})", "{}.", "{})", "{}、", "({0}){0})")


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "said",
    [
        "预算执行率{}%。",
        "执行率为{}%。",
        "资金使用率达{}%。",
        "自评得分{}分。",
        "综合得分为{}分。",
    ],
)
def test_what_each_item_of_a_list_states_is_not_of_the_whole(mark: str, said: str) -> None:
    things = (
        "国省干线养护资金。",
        "某财建〔2023〕29号节能减排补助资金59万元。",
        "公交车防护项目补贴。",
    )
    items = [
        f"{mark.format(at)}{thing}{said.format(number)}"
        for at, (thing, number) in enumerate(zip(things, (100, 30, 88), strict=True), start=1)
    ]
    report = bp.parse(PROJECT + WHOLE_OF_ALL + "\n".join(items))
    assert report.narrative.funding.total.execution_rate.text == "95%"
    assert not {"30%", "88%", "30分", "88分"} & {f.text for _, f in bp.figures(report)}
    assert not bp.audit(report).inconsistent


def test_one_item_of_a_list_that_states_the_rate_of_the_whole() -> None:
    items = (
        "1.资金到位情况。资金到位率100%。",
        "2.资金执行情况。预算执行率95%。",
        "3.自评得分97分。",
    )
    report = bp.parse(PROJECT + "2023年全年预算数118万元。\n" + "\n".join(items))
    assert report.narrative.funding.total.execution_rate.text == "95%"
    assert report.narrative.total_score.text == "97分"
    wrong = bp.parse(PROJECT + WHOLE_OF_ALL + "\n".join(items).replace("执行率95%", "执行率59%"))
    assert bp.audit(wrong).inconsistent


# Amounts of so many 万, without 元.


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数118万，全年执行数112.1万，执行率95%。",
        "全年预算数为118万，支出112.1万，执行率95%。",
        "全年预算数118万;全年执行数112.1万。执行率95%。",
        "2023年预算资金共118万，支出112.1万，执行率95%。",
        "全年预算数118万元，全年执行数112.1万，执行率95%。",
        "全年预算数0.0118亿，全年执行数0.01121亿，执行率95%。",
    ],
)
def test_an_amount_without_yuan_is_money_behind_words_for_money(text: str) -> None:
    found = {path: figure.nominal for path, figure in bp.figures(bp.parse(PROJECT + text))}
    total = "narrative.funding.total."
    assert found[f"{total}revised"] == 1180000
    assert found[f"{total}executed"] == 1121000


@pytest.mark.parametrize(
    "text",
    [
        "惠及群众29.6万。",
        "资金惠及29.6万人次。",
        "支出29.6万-30万。",
        "支出29.6万多。",
        "投入资金29.6万人民币。",
    ],
)
def test_other_numbers_of_so_many_wan_are_no_amounts(text: str) -> None:
    report = bp.parse(f"{PROJECT}2023年全年预算数118万元。{text}")
    assert not [f for p, f in bp.figures(report) if f.text.startswith("29.6万元")]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("培训三百人", ["三百人"]),
        ("全年举办演出十二场，培训三百二十人次", ["十二场", "三百二十人次"]),
        ("新建水厂三座，改造管网四十五公里", ["三座", "四十五公里"]),
        ("举办两场，召开会议两次", ["两场", "两次"]),
        ("群众满意率达到百分之九十五", ["百分之九十五"]),
        ("补助一百二十户，共计十万元", ["一百二十户", "十万元"]),
        ("三公经费、一级指标、第三方、两个维护、三年，一是落实一岗双责", []),
        ("十四五期间、第十二期、十一期间、二期工程、四套班子、十个月、十年", []),
        ("千家万户、百姓、十分满意、百分之百、几十户、上千人、万亩良田", []),
        ("一个项目、一批、一项、一次性、三年行动、四个意识、八项规定、二十大", []),
        ("新建七台河站、五家渠市、三台县，十个方面，每十户一组", []),
    ],
)
def test_counts_in_characters_are_listed_and_idioms_are_not(text: str, unread: list[str]) -> None:
    reading = bp.parse(f"{PROJECT}全年预算数100万元，全年执行数95万元。{text}。").reading
    assert reading is not None
    assert [number.text for number in reading.unread] == unread


@pytest.mark.parametrize(
    "included", ["含1个上年结转项目50万元", "含2022年结转项目5个", "其中含上年结转50万元"]
)
def test_what_a_bracket_includes_leaves_the_sentence_what_it_is(included: str) -> None:
    text = (
        f"年初批复预算985万元（{included}），调整预算后项目预算861.46万元，实际到位资金334.67万元。"
    )
    said = {"initial": "985万元", "revised": "861.46万元", "received": "334.67万元"}
    assert total(text) == said

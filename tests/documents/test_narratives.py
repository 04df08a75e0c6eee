"""Narratives of our own making: what each phrase gives, and what gives nothing."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf.documents.readers.files import read_document
from budgetperf.documents.understanding.assembling import assemble
from budgetperf.documents.understanding.lines import lines_of
from budgetperf.documents.understanding.phrases.reading import read_phrases
from budgetperf.documents.understanding.segments import is_row
from budgetperf.model import EvaluationKind, figures

from .samples import EXAMPLES

TITLE = "甲县2023年度农村供水保障项目绩效自评报告"
TOTAL = "narrative.funding.total."
DEPARTMENT = "甲县档案局2023年度部门整体支出绩效自评报告"


def read(*sentences: str, title: str = TITLE) -> dict[str, str]:
    """The figures but the year, each as printed."""
    report = bp.parse("\n".join((title, *sentences)))
    return {path: str(figure) for path, figure in figures(report) if path != "department.year"}


def parts(*sentences: str, title: str = TITLE) -> dict[str, tuple[str, bool, dict[str, str]]]:
    """The amounts that are split up, each with its parts."""
    report = bp.parse("\n".join((title, *sentences)))
    assert bp.audit(report).inconsistent == ()
    return {
        split.name: (
            str(split.total) if isinstance(split.total, bp.Figure) else "",
            split.complete,
            {part.name: str(part.amount) for part in split.parts},
        )
        for split in report.narrative.breakdowns
    }


def test_a_narrative_says_what_it_is_on() -> None:
    report = bp.parse(f"{TITLE}\n全年预算数100万元。")
    assert report.kind is EvaluationKind.PROJECT
    assert str(report.department.year) == "2023"
    assert report.reading is not None
    assert report.reading.layout == "phrases"
    assert bp.parse(f"{DEPARTMENT}\n全年支出100万元。").kind is EvaluationKind.DEPARTMENT


def test_amounts_have_the_role_that_their_words_say() -> None:
    said = "年初预算100万元，全年预算数120万元，实际到位110万元，全年执行数90万元，执行率75%。"
    assert read(said) == {
        TOTAL + "initial": "100万元",
        TOTAL + "revised": "120万元",
        TOTAL + "executed": "90万元",
        TOTAL + "execution_rate": "75%",
        TOTAL + "received": "110万元",
    }


def test_two_weak_claims_to_be_the_total_are_none() -> None:
    said = "下达资金100万元。下达资金20万元。"
    assert read(said, "全年执行数90万元。") == {TOTAL + "executed": "90万元"}
    assert read(said, "2023年共下达资金120万元。") == {TOTAL + "revised": "120万元"}


def test_strong_claims_that_differ_are_a_contradiction() -> None:
    report = bp.parse(f"{TITLE}\n全年执行数90万元。\n全年执行数91万元。")
    assert [finding.code for finding in bp.audit(report).inconsistent] == ["F02"]


def test_amounts_in_steps_and_batches() -> None:
    assert parts("下达资金350万元，调减50万元，实际下达300万元。") == {
        "下达资金": ("350万元", True, {"调减": "50万元", "实际下达": "300万元"})
    }
    assert parts("2023年年初下达资金500万元，年底决算620万元，增加120万元。") == {
        "决算": ("620万元", True, {"年初下达资金": "500万元", "增加": "120万元"})
    }
    assert parts("第一批下达资金200万元，第二批下达资金150.5万元，共计350.5万元。") == {
        "合计": ("350.5万元", True, {"第一批": "200万元", "第二批": "150.5万元"})
    }
    assert parts("预拨资金60万元，清算资金4万元，共计拨付64万元。") == {
        "共计拨付": ("64万元", True, {"预拨资金": "60万元", "清算资金": "4万元"})
    }


def test_a_list_that_need_not_be_whole_is_a_question() -> None:
    report = bp.parse(f"{TITLE}\n项目总投资100万元，其中：材料费30万元，人工费40万元。")
    audit = bp.audit(report)
    assert audit.inconsistent == ()
    assert any("breakdowns" in finding.relation for finding in audit.to_review)


def test_a_list_that_is_whole_must_add_up() -> None:
    report = bp.parse(f"{TITLE}\n第一批下达资金20万元，第二批下达资金15万元，共计36万元。")
    (finding,) = bp.audit(report).inconsistent
    assert finding.code == "F01"


def test_indicators_stand_in_sentences() -> None:
    report = bp.parse(
        f"{TITLE}\n1.水质达标率，年初目标值≥95%，实际完成值≥96%，自评得分10分。\n"
        "目标：安装水表200块。实际完成：安装水表230块。\n自评总得分98.5分，评价等级为“优”。"
    )
    first, second = report.narrative.indicators
    assert (first.name, first.target.text, str(first.actual)) == ("水质达标率", "≥95%", "≥96%")
    assert (second.name, second.target.text, str(second.actual)) == ("水表", "200块", "230块")
    assert (str(first.score), str(report.narrative.total_score)) == ("10分", "98.5分")
    assert report.narrative.rating == "优"


def test_what_was_planned_and_what_was_done_is_one_indicator() -> None:
    report = bp.parse(f"{TITLE}\n下达53户计划任务。完成厕所改造129户，完成率243%。")
    (row,) = report.narrative.indicators
    assert (row.name, row.target.text) == ("厕所改造", "53户")
    assert (str(row.actual), str(row.completion_rate)) == ("129户", "243%")


def test_amounts_of_a_chapter_are_not_those_of_the_whole() -> None:
    said = ("一、“三公”经费", "预算数10万元，实际支出8万元。", "二、预算执行", "全年支出100万元。")
    assert read(*said, title=DEPARTMENT) == {TOTAL + "executed": "100万元"}


def test_what_is_of_something_else_in_a_sentence_is_not_the_whole() -> None:
    assert read("三公经费预算10万元，实际支出8万元。") == {
        "narrative.three_public.total.budget": "10万元",
        "narrative.three_public.total.executed": "8万元",
    }


def test_about_so_much_is_told_and_takes_part_in_nothing() -> None:
    report = bp.parse(f"{TITLE}\n投入水泥款约30.5万元。全年执行数90万元。")
    (result,) = report.narrative.achievements
    assert str(result.value) == "约30.5万元"


@pytest.mark.parametrize(
    "sentence",
    ["全年执行数3 50万元。", "全年执行数30-50万元。", "全年执行数30余万元。", "全年执行数≥50万元。",
     "两年分别支出30万元、50万元。", "全年执行数**万元。", "全年执行数35□21万元。",
     "全年执行数□21万元。", "全年执行数35□万元。",
     "全年执行数35.■1万元。", "全年执行数35\ufffd21万元。"],
)  # fmt: skip
def test_what_cannot_be_read_for_sure_is_not(sentence: str) -> None:
    assert read("全年预算数100万元。", sentence) == {TOTAL + "revised": "100万元"}


def test_people_of_the_department() -> None:
    said = "我局编制数25人，年末在职人员22人，退休人员13人。"
    staffing = "department.staffing."
    assert read(said, title=DEPARTMENT) == {
        staffing + "authorised": "25人",
        staffing + "in_service": "22人",
        staffing + "retired": "13人",
    }


def test_a_sentence_without_end_is_not_read() -> None:
    endless = "支出1万元，" * 2000
    assert read("全年预算数100万元。", endless) == {TOTAL + "revised": "100万元"}


def test_behind_what_is_of_others_a_paragraph_does_not_say_whose_an_amount_is() -> None:
    assert read("三公经费预算10万元。全年支出8万元。", "全年预算数100万元。") == {
        "narrative.three_public.total.budget": "10万元",
        TOTAL + "revised": "100万元",
    }
    assert read("乙镇供水项目支出60万元。全年支出50万元。本项目全年预算数100万元。") == {
        TOTAL + "revised": "100万元"
    }


def test_a_list_ends_where_its_whole_is_reached() -> None:
    said = "全年预算数100万元，其中中央资金60万元、省级资金40万元；县级财政安排资金30万元。"
    report = bp.parse(f"{TITLE}\n{said}")
    assert [str(source.revised) for source in report.narrative.funding.sources] == [
        "60万元",
        "40万元",
    ]
    assert bp.audit(report).to_review == ()


def test_who_gives_money_is_its_source() -> None:
    report = bp.parse(f"{TITLE}\n中央财政下达我县补助资金60万元。全年支出50万元。")
    (source,) = report.narrative.funding.sources
    assert (source.kind.value, str(source.revised)) == ("central-transfer", "60万元")
    assert isinstance(report.narrative.funding.total.revised, bp.Missing)


@pytest.mark.parametrize(
    "said",
    ["年初预算100万元，追加20万元，调减5万元，调整后预算115万元。",
     "年初预算100万元，年中追加20万元，12月追加10万元，调整后预算130万元。",
     "年初预算100万元，上年结转10万元，追加20万元，调整后预算130万元。"],
)  # fmt: skip
def test_of_more_than_three_amounts_it_is_not_said_what_they_make(said: str) -> None:
    report = bp.parse(f"{TITLE}\n{said}")
    assert isinstance(report.narrative.adjustment.amount, bp.Missing)
    assert report.narrative.breakdowns == ()
    assert bp.audit(report).inconsistent == ()


def test_an_adjustment_between_two_budgets() -> None:
    report = bp.parse(f"{TITLE}\n年初预算100万元，追加20万元，调整后预算120万元。")
    assert str(report.narrative.adjustment.amount) == "20万元"


def test_the_score_of_a_part_is_not_the_total() -> None:
    said = ("一、产出指标分析", "自评得分48分。", "二、结论", "综合得分95.5分。自评得分95分。")
    assert read("全年支出1万元。", *said) == {
        TOTAL + "executed": "1万元",
        "narrative.total_score": "95.5分",
    }


def test_beside_a_form_weak_words_make_no_total() -> None:
    form = """
| 项目名称 | 供水保障 | | | | | | |
|---|---|---|---|---|---|---|---|
| 项目资金（万元） | | 全年预算数(A) | 全年执行数(B) | 执行率(B/A) | 分值 | 得分 | |
| | 年度资金总额： | 150.00 | 135.00 | 90% | 10 | 9 | |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 |
| | 产出指标（90分） | 数量指标 | 指标1：新建水渠 | 90 | ≥12公里 | 12公里 | 90 |
| 总分 | | | | 100 | | | 99 |
"""
    said = "2023年下达资金100万元。全年执行数135万元，执行率90%。自评总得分98分。"
    report = bp.parse(f"# {TITLE}\n\n{said}\n\n{form}", source="x.md")
    assert report.reading is not None
    assert report.reading.layout == "forms, phrases"
    total = report.narrative.funding.total
    assert (str(total.executed), isinstance(total.revised, bp.Missing)) == ("135万元", True)
    wrong = bp.audit(report).inconsistent
    assert {finding.operands[0].path for finding in wrong} == {"narrative.total_score"}


def test_the_example_by_phrases_is_read_as_by_its_own_layout() -> None:
    """Not all of it, but nothing otherwise, and nothing that contradicts itself."""
    file = EXAMPLES / "department-2023.md"
    lines = [line for line in lines_of(read_document(file)) if not is_row(line[1])]
    by_phrases = read_phrases(lines)
    report = bp.with_column_precision(assemble(list(by_phrases.values), by_phrases.kind))
    named = bp.read(file)
    assert bp.audit(report).inconsistent == ()
    for field in ("initial", "revised", "executed", "execution_rate"):
        read, due = (getattr(one.narrative.funding.total, field) for one in (report, named))
        assert read == due
    assert report.narrative.adjustment.amount == named.narrative.adjustment.amount
    assert report.narrative.total_score == named.narrative.total_score


def test_an_area_is_no_place() -> None:
    assert read("全年支出1万元。", "2023年实际改造老旧小区15个，惠及居民3256户。") == {
        TOTAL + "executed": "1万元",
        "narrative.achievements[0].value": "15个",
        "narrative.achievements[1].value": "3256户",
    }


def test_what_is_planned_goes_on_to_the_end_of_its_sentence() -> None:
    said = "计划改造水厂15座、惠及居民3200户，改造管网28.5公里，实际改造水厂12座。"
    assert read("全年支出1万元。", said) == {
        TOTAL + "executed": "1万元",
        "narrative.achievements[0].value": "12座",
    }


def test_a_list_in_a_sentence_of_its_own_is_of_the_amount_that_it_makes_up() -> None:
    said = "全年预算数120万元，全年执行数100万元。其中，材料费60万元，人工费40万元。"
    assert parts(said) == {"执行数": ("100万元", False, {"材料费": "60万元", "人工费": "40万元"})}
    assert parts(said.replace("60万元", "61万元")) == {}


ALL = "2023年全年预算数100万元，全年支出95万元，执行率95%。"
WHOLE = {
    TOTAL + "revised": "100万元",
    TOTAL + "executed": "95万元",
    TOTAL + "execution_rate": "95%",
}


@pytest.mark.parametrize(
    "others",
    [
        ("2022年度全年预算数90万元，全年支出80万元，执行率88.89%。", ALL),
        ("2022年全年预算数90万元。全年支出80万元，执行率88.89%。", ALL),
        ("1.管网改造项目。预算60万元，实际支出58万元，执行率96.67%。", "2.合计。", ALL),
        ("(1)管网改造。预算60万元，实际支出58万元，执行率96.67%。",
         "(2)水厂建设。预算40万元，实际支出37万元，执行率92.5%。", "1.资金情况。" + ALL),
        ("项目一:管网改造。预算60万元，实际支出58万元，执行率96.67%。",
         "项目二:水厂建设。预算40万元，实际支出37万元，执行率92.5%。", "一、资金", ALL),
        ("1.中央资金。下达60万元，支出60万元，执行率100%。",
         "2.省级资金。下达40万元，支出35万元，执行率87.5%。", "3.合计。" + ALL),
        ("一是管网改造项目。预算60万元，实际支出58万元，执行率96.67%。", ALL),
        (ALL, "其中：甲镇预算60万元，实际支出58万元；乙镇预算40万元，实际支出37万元。"),
        (ALL, "截至6月底支出40万元，执行率40%。"),
        (ALL, "2022年安排400万元。累计支出480万元，累计执行率96%。"),
    ],
)  # fmt: skip
def test_what_is_of_another_year_or_thing_is_not_the_whole(others: tuple[str, ...]) -> None:
    report = bp.parse("\n".join((TITLE, *others)))
    found = {path: str(figure) for path, figure in figures(report) if path in WHOLE}
    assert found == WHOLE
    assert bp.audit(report).inconsistent == ()


def test_what_follows_the_amount_of_a_source_is_of_that_source() -> None:
    said = "中央下达资金60万元，到位60万元，支出58万元，执行率96.67%；"
    said += "县级安排资金40万元，到位40万元，支出37万元，执行率92.5%。"
    assert not any(path.startswith(TOTAL) for path in read(said))
    said = "资金到位100万元，其中：中央资金60万元（2022年提前下达40万元，2023年下达20万元），"
    assert TOTAL + "revised" not in read(said + "县级资金40万元。")


def test_a_budget_without_what_was_carried_over_is_not_the_whole() -> None:
    said = "2023年预算安排项目资金100万元，上年结转资金20万元，合计120万元，全年支出114万元，"
    report = bp.parse(f"{TITLE}\n{said}执行率95%。")
    assert bp.audit(report).inconsistent == ()
    assert TOTAL + "revised" not in read(said)


def test_people_of_a_unit_below_are_not_those_of_the_department() -> None:
    said = "本部门编制50人，在职46人。下属甲中心编制10人，在职9人。"
    found = read(said, title=DEPARTMENT)
    assert found["department.staffing.authorised"] == "50人"
    assert found["department.staffing.in_service"] == "46人"
    assert bp.audit(bp.parse(f"{DEPARTMENT}\n{said}")).inconsistent == ()


@pytest.mark.parametrize("title", [TITLE, DEPARTMENT])
@pytest.mark.parametrize(
    "inner", ["（人员经费600万元、公用经费100万元）", "（其中：人员经费600万元，公用经费100万元）"]
)
def test_a_list_goes_on_behind_the_parts_of_a_part(inner: str, title: str) -> None:
    said = f"年初预算1000万元，其中：基本支出700万元{inner}，项目支出300万元。"
    assert parts(said, title=title) == {
        "年初预算": ("1000万元", False, {"基本支出": "700万元", "项目支出": "300万元"}),
        "基本支出": ("700万元", False, {"人员经费": "600万元", "公用经费": "100万元"}),
    }


def test_a_list_goes_on_behind_what_is_said_of_a_source() -> None:
    said = "资金到位100万元，其中：中央资金60万元（2022年提前下达40万元，2023年下达20万元），"
    report = bp.parse(f"{TITLE}\n{said}县级资金40万元。全年支出95万元。")
    received = [(s.label, str(s.received)) for s in report.narrative.funding.sources]
    assert received == [("中央资金", "60万元"), ("县级资金", "40万元")]
    assert bp.audit(report).inconsistent == ()


def test_what_the_rate_weighs_is_no_rate() -> None:
    text = "某局2023年项目绩效自评报告\n全年预算数100万元，全年执行数95万元。\n预算执行率{}。\n"
    weights = "10%、产出指标50%、效益指标30%、满意度指标10%"
    for said, rate in ((weights, ""), ("95%、产出指标100%", "95%"), ("95%", "95%")):
        report = bp.parse(text.format(said))
        assert getattr(report.narrative.funding.total.execution_rate, "text", "") == rate
        assert not bp.audit(report).inconsistent
    wrong = bp.parse(text.format("90%，满意度95%"))
    assert [finding.code for finding in bp.audit(wrong).inconsistent] == ["F05"]

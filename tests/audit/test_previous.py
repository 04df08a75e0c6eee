"""A report beside last year's: what is refused, what is asked about, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf.auditing import relations
from budgetperf.auditing.decisions import Ruling
from budgetperf.auditing.previous import previous_among
from budgetperf.auditing.registry import CHECKS_OF_TWO
from budgetperf.auditing.shown import with_round_amounts
from budgetperf.cli.main import main
from budgetperf.exact.text import ProblemsError
from budgetperf.model import FundingKind, OtherYear, Staffing
from tests.factories import refused, says

OF_TWO = [relation for relation in relations() if relation.with_previous]
TEXT = """某部门2023年度部门整体支出绩效自评表
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t353.21\t353.21\t353.21\t10\t100%\t10
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t培训人次\t≥10人次\t8人次\t90\t72\t受天气影响，部分活动未能如期开展，已顺延
总分\t\t\t\t\t100\t82\t
"""
OLD = TEXT.replace("2023", "2022").replace("8人次\t90\t72", "9人次\t90\t81").replace("82", "91")
BOUNDS = ("大于等于", "大于或等于", "不小于", "小于等于", "不多于", "≧", ">=", "＞＝")
WORDS = "受天气影响，部分活动未能如期开展，下一年加强组织"


def report(year: int = 2023, **parts: Any) -> bp.SelfEvaluation:
    """A report of one department, with what is given of its form."""
    return bp.SelfEvaluation(
        department=bp.Department(name="某部门", year=f"{year}年"), form=bp.Statement(**parts)
    )


def funds(revised: str, executed: str, carried: str | None = "0.00万元", **more: Any) -> bp.Funding:
    sources = [bp.FundingSource(kind=FundingKind.CURRENT_APPROPRIATION, revised=revised)]
    if carried is not None:
        sources.append(bp.FundingSource(kind=FundingKind.CARRY_OVER, initial=carried))
    total = bp.FundingTotal(revised=revised, executed=executed, **more)
    return bp.Funding(total=total, sources=sources)


def asked(now: bp.SelfEvaluation, then: bp.SelfEvaluation) -> list[bp.Finding]:
    new, old = with_round_amounts(now), with_round_amounts(then)
    findings = [f for each in OF_TWO for f in CHECKS_OF_TWO[each.check](each, new, old)]
    assert not [f for f in findings if f.verdict is bp.Verdict.INCONSISTENT]
    return [f for f in findings if f.is_for_review]


# --- what is no report of last year


def test_without_last_years_report_nothing_is_said_of_it() -> None:
    alone, both = (bp.audit(report(), previous=then) for then in (None, report(2022)))
    of_both = {finding.code for finding in both.findings}
    assert {"F22", "T06"} <= of_both
    assert {finding.code for finding in alone.findings} == of_both - {"F22", "T06"}


def test_a_report_that_does_not_say_its_year_may_be_that_of_last_year() -> None:
    now, then = report(), report(2022)
    timeless = attrs.evolve(then, department=attrs.evolve(then.department, year=bp.Missing()))
    assert bp.audit(now, previous=timeless).previous is timeless
    assert bp.audit(timeless, previous=now).previous is now


def test_another_kind_name_or_year_is_refused_all_together() -> None:
    now = report()
    with refused("not-last-year", "previous", match="give the report for 2022"):
        bp.audit(now, previous=now)
    with refused("not-last-year", "previous"):
        bp.audit(now, previous=report(2021))
    other = attrs.evolve(now.department, name="另一部门", year="2022年")
    with refused("other-name", "previous", match="put the present name"):
        bp.audit(now, previous=attrs.evolve(now, department=other))
    with refused("other-kind", "previous"):
        bp.audit(now, previous=attrs.evolve(report(2022), kind="project"))
    with pytest.raises(ProblemsError) as caught:
        bp.audit(now, previous=attrs.evolve(now, department=attrs.evolve(other, year=2023)))
    assert [p.code for p in caught.value.problems] == ["other-name", "not-last-year"]
    assert caught.value.code == "no-previous"
    with pytest.raises(TypeError):
        bp.audit(now, previous="old.md")  # type: ignore[arg-type]


def project(name: str, year: int) -> bp.SelfEvaluation:
    return attrs.evolve(report(year), kind="project", project=bp.Project(name=name))


def test_the_name_of_a_project_may_hold_its_year() -> None:
    bp.audit(
        project("2023年“老旧小区”改造", 2023), previous=project("老旧小区改造（2022年度）", 2022)
    )
    with refused("other-name"):
        bp.audit(project("老旧小区改造", 2023), previous=project("道路养护", 2022))


def test_a_name_that_only_one_of_the_reports_says_is_held_against_neither() -> None:
    now, then = project("甲项目", 2023), project("甲项目", 2022)
    for this, last in ((now, without_name(then)), (without_name(now), then)):
        says(bp.audit(this, previous=last).remarks[-1], "没有都写明名称", "does not say its name")


def without_name(of: bp.SelfEvaluation) -> bp.SelfEvaluation:
    department = attrs.evolve(of.department, name=bp.Missing())
    return attrs.evolve(of, department=department, project=bp.Project())


@pytest.mark.parametrize(("now", "then"), [("甲项目", "甲项目二期"), ("甲项目二期", "甲项目")])
def test_a_name_that_holds_the_other_is_taken_for_the_same_and_told(now: str, then: str) -> None:
    (_, alike) = bp.audit(project(now, 2023), previous=project(then, 2022)).remarks
    says(alike, f"名称是“{now}”，上年报告的是“{then}”", f"of “{now}”, last year's of “{then}”")


def test_that_one_of_the_reports_does_not_say_its_year_is_told() -> None:
    now, then = report(), report(2022)
    undated = attrs.evolve(now, department=attrs.evolve(now.department, year=bp.Missing()))
    for this, last in ((undated, then), (now, undated)):
        (_, told) = bp.audit(this, previous=last).remarks
        says(told, "没有都写明年度", "does not say its year")


def test_what_is_not_said_is_told() -> None:
    bare = bp.SelfEvaluation(form=bp.Statement(funding=funds("1.0万元", "1.0万元")))
    (held, year, name) = bp.audit(bare, previous=bare).remarks
    says(held, "对照的上年报告：未写明名称，未写明年度", "report: name not stated, year not stated")
    says(year, "没有都写明年度", "does not say its year")
    says(name, "没有都写明名称", "does not say its name")
    (told,) = bp.audit(report(), previous=report(2022)).remarks
    says(
        told, "对照的上年报告：某部门，2022 年度", "compared with last year's report: 某部门, 2022"
    )
    (_, alike) = bp.audit(project("甲项目", 2023), previous=project("甲项目二期", 2022)).remarks
    says(alike, "本年报告的名称是“甲项目”，上年报告的是“甲项目二期”", "make sure that they are")


def test_what_was_not_read_of_last_years_report_is_told() -> None:
    old = bp.parse(OLD + "\n其他说明\n另有 17 处隐患、23 个场地\n")
    told = bp.audit(bp.parse(TEXT), previous=old).remarks[1]
    says(told, "其余没有对照", "numbers of last year's report were read")


def test_of_a_last_report_that_was_read_as_a_whole_nothing_is_told() -> None:
    old = bp.parse(OLD)
    assert old.reading is not None
    assert old.reading.accounted == old.reading.numbers > 0
    told = bp.audit(bp.parse(TEXT), previous=old).remarks
    assert not any("只读取了" in remark.zh for remark in told)


def test_of_several_the_one_of_the_same_name_is_taken() -> None:
    several = [project("甲项目二期", 2022), project("甲项目", 2022), project("乙项目", 2022)]
    assert previous_among(project("甲项目", 2023), several) is several[1]
    assert previous_among(project("乙项目", 2023), several) is several[2]
    renamed = [project("甲项目二期", 2022), project("乙项目", 2022)]
    assert previous_among(project("甲项目", 2023), renamed) is renamed[0]
    with refused("no-previous", match="丙项目"):
        previous_among(project("丙项目", 2023), several)
    with refused("no-previous", match="that of this report"):
        previous_among(bp.SelfEvaluation(kind="project"), several)
    nameless = attrs.evolve(report(), kind="project", department=bp.Department(year="2023年"))
    with refused("no-previous", match="that of this report"):  # though one only is of 2022
        previous_among(nameless, [project("甲项目", 2022), project("乙项目", 2020)])


# --- F22


def test_what_this_report_says_of_last_year_is_what_that_says() -> None:
    then = report(2022, funding=funds("353.21万元", "300.04万元"))
    for executed, count in (
        ("300.04万元", 0),
        ("300.0万元", 0),
        ("3000400元", 0),
        ("310.00万元", 1),
    ):
        other = OtherYear(year="2022", total=bp.Execution(executed=executed))
        assert len(asked(report(other_years=[other]), then)) == count, executed
    other = OtherYear(year="2022", total=bp.Execution(executed="310.00万元"))
    (finding,) = asked(report(other_years=[other]), then)
    says(
        finding.why,
        "2022 年的这一数字，本报告为310.00万元，上年报告为300.04万元",
        "for 2022 this report has 310.00 wan yuan, and last year's report has 300.04 wan yuan",
    )
    assert finding.severity is bp.Severity.WARNING
    assert finding.operands[0].path == "form.other_years[0].total.executed"
    assert finding.operands[1].path == ""
    assert finding.relation.endswith("= previous.form.funding.total.executed")
    assert "上年报告·附表" in finding.operands[1].label.zh


def test_years_are_told_in_the_order_of_the_report() -> None:
    years = ["2019", "2022", "2018", "2021", "2020"]

    def of_years(year: int, spent: str) -> bp.SelfEvaluation:
        total = bp.Execution(executed=spent)
        return report(year, other_years=[OtherYear(year=each, total=total) for each in years])

    found = asked(of_years(2023, "2.00万元"), of_years(2017, "1.00万元"))
    assert [finding.why.zh[:4] for finding in found] == years


def test_last_year_without_a_number_is_the_year_before() -> None:
    then = report(2022, funding=funds("353.21万元", "300.04万元"))
    other = OtherYear(year="last", total=bp.Execution(revised="35.00万元"))
    assert len(asked(report(other_years=[other]), then)) == 1
    undated = attrs.evolve(report(other_years=[other]), department=bp.Department(name="某部门"))
    assert asked(undated, then) == []


def test_the_budget_of_another_year_is_the_initial_or_the_revised_one() -> None:
    total = bp.FundingTotal(initial="100.00万元", revised="120.00万元")
    then = report(2022, funding=bp.Funding(total=total))
    for printed, count in (("100.00万元", 0), ("120.00万元", 0), ("110.00万元", 1)):
        other = OtherYear(year="2022", total=bp.Execution(initial=printed))
        assert len(asked(report(other_years=[other]), then)) == count


def test_last_years_report_may_say_this_years_budget() -> None:
    other = OtherYear(year="2023", total=bp.Execution(initial="90.00万元"))
    then = report(2022, other_years=[other])
    for printed, count in (("90.00万元", 0), ("95.00万元", 1)):
        now = report(funding=bp.Funding(total=bp.FundingTotal(initial=printed)))
        assert len(asked(now, then)) == count


def test_projects_are_paired_by_name() -> None:
    def listed(**spent: str) -> bp.ProjectList:
        return bp.ProjectList(
            listed=[bp.ListedProject(name=name, executed=by) for name, by in spent.items()]
        )

    then = report(2022, projects=listed(甲="10.00万元", 乙="20.00万元"))
    other = OtherYear(year="2022", projects=listed(乙="21.00万元", 甲="10.00万元", 丙="5.00万元"))
    (finding,) = asked(report(other_years=[other]), then)
    assert finding.operands[0].path == "form.other_years[0].projects.listed[0].executed"
    twice = [bp.ListedProject(name="甲", executed=by) for by in ("1.00万元", "2.00万元")]
    other = OtherYear(year="2022", projects=bp.ProjectList(listed=twice))
    assert asked(report(other_years=[other]), then) == []


def test_last_years_value_of_an_indicator() -> None:
    def reached(**fields: str) -> list[bp.Indicator]:
        return [bp.Indicator(name="1.培训人次", target="≥100人次", **fields)]

    then = report(2022, indicators=[attrs.evolve(reached(actual="96人次")[0], name="培训人次")])
    for printed, count in (("96人次", 0), ("98人次", 1)):
        found = asked(report(indicators=reached(last_year=printed)), then)
        assert len(found) == count
    twice = report(2022, indicators=[*then.form.indicators, *then.form.indicators])
    assert asked(report(indicators=reached(last_year="98人次")), twice) == []
    (finding,) = asked(report(indicators=reached(last_year="98人次")), then)
    says(
        finding.why,
        "所列上年完成值为98人次，上年报告的实际完成值为96人次",
        "last year's value is stated as 98; the actual value in last year's report is 96",
    )


@pytest.mark.parametrize(("stated", "reached"), [("96人次", None), (None, "96人次"), (None, None)])
def test_where_one_of_them_is_not_stated_nothing_is_held_against_last_year(
    stated: str | None, reached: str | None
) -> None:
    then = report(2022, indicators=[bp.Indicator(name="培训", actual=reached)])
    now = report(indicators=[bp.Indicator(name="培训", last_year=stated)])
    findings = bp.audit(now, previous=then).findings
    assert not [f for f in findings if f.code == "F22" and "last_year" in f.relation]


def test_an_indicator_may_stand_in_the_other_statement_of_last_years_report() -> None:
    rows = [bp.Indicator(name="培训人次", actual="96人次")]
    then = attrs.evolve(report(2022), narrative=bp.Statement(indicators=rows))
    now = report(indicators=[bp.Indicator(name="培训人次", last_year="98人次")])
    assert len(asked(now, then)) == 1


def test_no_more_is_carried_over_than_was_left() -> None:
    then = report(2022, funding=funds("100.00万元", "80.00万元"))
    for carried, count in (
        ("20.00万元", 0),
        ("12.00万元", 0),
        ("20.01万元", 0),
        ("20.03万元", 1),
        ("—", 0),
    ):
        assert len(asked(report(funding=funds("90.00万元", "1.00万元", carried)), then)) == count
    (finding,) = asked(report(funding=funds("90.00万元", "1.00万元", "30.00万元")), then)
    says(
        finding.why,
        "上年报告的全年预算数为100.00万元，执行数为80.00万元，所余不足此数",
        "the revised budget is 100.00 wan yuan and the amount executed 80.00 wan yuan",
    )
    bare = funds("100.00万元", "80.00万元", received="90.00万元")
    bare = attrs.evolve(bare, total=attrs.evolve(bare.total, revised=bp.Missing()))
    (finding,) = asked(
        report(funding=funds("90.00万元", "1.00万元", "30.00万元")), report(2022, funding=bare)
    )
    says(finding.why, "上年报告的到位数为90.00万元", "the amount received is 90.00 wan yuan")
    received = report(2022, funding=funds("100.00万元", "80.00万元", received="115.00万元"))
    assert asked(report(funding=funds("90.00万元", "1.00万元", "30.00万元")), received) == []
    without = report(2022, funding=funds("100.00万元", "80.00万元", None))
    assert asked(report(funding=funds("90.00万元", "1.00万元", "30.00万元")), without) == []
    unspent = report(2022, funding=funds("100.00万元", "—"))
    assert asked(report(funding=funds("90.00万元", "1.00万元", "30.00万元")), unspent) == []


@pytest.mark.parametrize(
    ("carried", "reason"), [("20.00万元", [None]), ("30.00万元", ["review"]), ("—", [])]
)
def test_what_is_carried_over_is_judged_once(carried: str, reason: list[str | None]) -> None:
    then = report(2022, funding=funds("100.00万元", "80.00万元"))
    now = report(funding=funds("90.00万元", "1.00万元", carried))
    findings = bp.audit(now, previous=then).findings
    assert [f.reason for f in findings if f.code == "F22" and "<=" in f.relation] == reason


def test_what_is_carried_over_is_asked_about_once_and_by_its_line() -> None:
    then = bp.parse(with_funds(2022, "100.00", "80.00", "0.00", "0.00"))
    both = bp.parse(with_funds(2023, "100.00", "80.00", "30.00", "30.00"))
    (finding,) = asked(both, then)
    assert finding.operands[0].path == "form.funding.sources[0].initial"
    says(finding.why, "上年报告（第 4 行）的全年预算数", "in last year's report (line 4)")
    later = bp.parse(with_funds(2023, "100.00", "80.00", "", "30.00"))
    (finding,) = asked(later, then)
    assert finding.operands[0].path == "form.funding.sources[0].revised"


def test_nothing_carried_over_needs_no_question() -> None:
    overspent = report(2022, funding=funds("100.00万元", "105.00万元"))
    assert asked(report(funding=funds("90.00万元", "1.00万元", "0.00万元")), overspent) == []
    assert len(asked(report(funding=funds("90.00万元", "1.00万元", "1.00万元")), overspent)) == 1


def test_what_was_left_stands_in_the_statement_that_has_what_was_carried_over() -> None:
    """The text of last year's report says what was carried over, the form what was spent of what:
    neither says that what was left of earlier years is within it. One that says both does."""
    now = report(funding=funds("90.00万元", "1.00万元", "30.00万元"))
    carried, left = funds("100.00万元", "—"), funds("100.00万元", "80.00万元", None)
    whole = funds("100.00万元", "80.00万元")
    cases = ((carried, left, 0), (left, carried, 0), (whole, left, 1), (whole, carried, 1))
    for text, in_form, count in cases:
        then = attrs.evolve(report(2022, funding=in_form), narrative=bp.Statement(funding=text))
        assert len(asked(now, then)) == count


def with_funds(year: int, revised: str, executed: str, initial: str, carried: str) -> str:
    return f"""某部门{year}年度部门整体支出绩效自评表
部门名称\t某部门
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t{revised}\t{revised}\t{executed}\t10\t\t
\t上年结转资金\t{initial}\t{carried}\t\t\t\t
"""


def people(year: int, **numbers: int) -> bp.SelfEvaluation:
    bare = report(year)
    return attrs.evolve(
        bare, department=attrs.evolve(bare.department, staffing=Staffing(**numbers))
    )


def test_the_change_in_people_is_that_of_some_people() -> None:
    then = people(2022, on_roll=12, in_service=10)
    for change, count in ((-2, 0), (2, 0), (-1, 0), (3, 1)):
        now = people(2023, on_roll=10, in_service=9, change=change)
        assert len(asked(now, then)) == count, change
    (finding,) = asked(people(2023, on_roll=10, in_service=9, change=3), then)
    says(
        finding.why,
        "所列同比增减为3；实有人数本年为10，上年报告为12",
        "people on the roll: 10 in this report, 12 in last year's report",
    )
    assert asked(people(2023, on_roll=10, change=5), then) == []


def test_without_a_change_of_people_none_is_judged() -> None:
    now, then = (people(year, on_roll=10 + year % 10, in_service=9) for year in (2023, 2022))
    findings = bp.audit(now, previous=then).findings
    assert not [f for f in findings if f.code == "F22" and "staffing" in f.relation]


def test_the_change_in_people_may_be_of_several_kinds_together() -> None:
    then = people(2022, in_service=10, retired=4, authorised=12)
    for change, count in ((1, 0), (2, 0), (3, 0), (4, 1)):
        now = people(2023, in_service=11, retired=6, authorised=12, change=change)
        assert len(asked(now, then)) == count, change
    (finding,) = asked(people(2023, in_service=11, retired=6, authorised=12, change=4), then)
    says(finding.why, "在职人数本年为11，上年报告为10", "in service: 11 in this report, 10 in last")


# --- T06


def explained(year: int, actual: str, words: str = WORDS, **more: Any) -> bp.SelfEvaluation:
    row = bp.Indicator(
        name="活动场次", target="≥10场", actual=actual, explanation=words, weight=10, **more
    )
    return report(year, indicators=[row])


def test_the_same_reason_for_another_shortfall_is_asked_about() -> None:
    (finding,) = asked(explained(2023, "7场"), explained(2022, "8场"))
    says(finding.why, f"逐字相同：“{WORDS}”；而这一数字上年为8场，本年为7场", "word for word")
    assert finding.severity is bp.Severity.WARNING
    assert asked(explained(2023, "7场"), explained(2022, "7场")) == []
    assert asked(explained(2023, "7场"), explained(2022, "8场", WORDS + "。另有调整")) == []
    assert asked(explained(2023, "12场"), explained(2022, "11场")) == [], "nothing to explain"
    assert asked(explained(2023, "7场", "受天气影响"), explained(2022, "8场", "受天气影响")) == []
    one, other = (explained(year, "12场", score=by) for year, by in ((2023, "8"), (2022, "9")))
    assert len(asked(one, other)) == 1
    one, other = (explained(year, by, score="10") for year, by in ((2023, "12场"), (2022, "11场")))
    assert asked(one, other) == [], "full marks need no reason"
    one, other = (
        explained(year, by, deviation="20%") for year, by in ((2023, "12场"), (2022, "13场"))
    )
    assert len(asked(one, other)) == 1


def test_a_reason_for_points_that_are_lost_needs_no_result() -> None:
    """8 of 10 this year and 9 last year, whatever was reached."""

    def unreached(year: int, score: str) -> bp.SelfEvaluation:
        row = bp.Indicator(
            name="活动场次", target="≥10场", explanation=WORDS, weight="10", score=score
        )
        return report(year, indicators=[row])

    assert len(asked(unreached(2023, "8"), unreached(2022, "9"))) == 1
    assert asked(unreached(2023, "10"), unreached(2022, "9")) == []


@pytest.mark.parametrize(
    ("words", "before", "outcomes"),
    [
        (WORDS, WORDS, ["review"]),
        (WORDS, f"{WORDS}。另有调整", ["exact"]),
        (WORDS, None, []),
        (None, WORDS, []),
        (None, None, []),
        ("因场地检修停办了其中两场", "因场地检修停办了其中两场", ["review"]),
        ("因场地检修停办其中两场", "因场地检修停办其中两场", []),  # any two may be so short
    ],
)
def test_reasons_of_two_years_are_judged_once(
    words: str | None, before: str | None, outcomes: list[str]
) -> None:
    def explained_by(year: int, actual: str, why: str | None) -> bp.SelfEvaluation:
        row = bp.Indicator(name="活动", target="≥9场", actual=actual, explanation=why)
        return report(year, indicators=[row])

    now, then = explained_by(2023, "7场", words), explained_by(2022, "8场", before)
    findings = [f for f in bp.audit(now, previous=then).findings if f.code == "T06" and f.operands]
    assert [f.reason or f.verdict.value for f in findings] == outcomes


def test_a_sentence_with_the_result_of_last_year_is_asked_about() -> None:
    def goal(year: int, actual: str, words: str) -> bp.SelfEvaluation:
        row = bp.Indicator(name="培训人次", target="≥10人次", actual=actual, analysis=words)
        return report(year, indicators=[row], goal=bp.Goal(achieved=words))

    said = "全年共组织培训120人次，效果良好；其余工作按计划完成，均达到预期目标"
    assert len(asked(goal(2023, "130人次", said), goal(2022, "120人次", said))) == 2
    assert (
        asked(goal(2023, "130人次", said.replace("120", "130")), goal(2022, "120人次", said)) == []
    )
    assert asked(goal(2023, "130人次", said), goal(2022, "1200人次", said)) == []
    assert asked(goal(2023, "120人次", said), goal(2022, "120人次", said)) == []
    plain = "其余工作按计划完成，均达到预期目标"
    assert asked(goal(2023, "130人次", plain), goal(2022, "120人次", plain)) == []
    assert asked(report(), goal(2022, "120人次", said)) == []


def test_a_sentence_about_several_results_is_asked_about_once() -> None:
    def goal(year: int, actual: str) -> bp.SelfEvaluation:
        rows = [bp.Indicator(name=name, actual=actual) for name in ("培训人次", "党员培训人次")]
        said = "全年共组织培训120人次，效果良好"
        return report(year, indicators=rows, goal=bp.Goal(achieved=said))

    assert len(asked(goal(2023, "130人次"), goal(2022, "120人次"))) == 1


@pytest.mark.parametrize(
    ("now", "then", "count"),
    [
        ("全年共组织培训120人次，效果良好", "全年共组织培训120人次，效果良好", 1),
        ("全年共组织培训120人次，成效显著", "全年共组织培训120人次，效果良好", 0),
        ("培训120人次", "培训120人次", 0),
    ],
)
def test_only_a_long_sentence_that_stands_in_both_years_is_asked_about(
    now: str, then: str, count: int
) -> None:
    """What was written anew is no sentence of last year, and any two may be as short."""

    def goal(year: int, actual: str, words: str) -> bp.SelfEvaluation:
        row = bp.Indicator(name="培训人次", target="≥10人次", actual=actual)
        return report(year, indicators=[row], goal=bp.Goal(achieved=words))

    assert len(asked(goal(2023, "130人次", now), goal(2022, "120人次", then))) == count


@pytest.mark.parametrize(
    "achieved",
    [
        "本年新增两处培训场地并通过验收。全年共组织培训120人次，效果良好",
        "好。全年共组织培训120人次，效果良好",
        "其余工作按计划完成并达到目标。全年共组织培训120人次，效果良好",
    ],
)
def test_a_new_sentence_hides_no_old_one(achieved: str) -> None:
    """What is new, short, or without the number comes first."""
    old = "全年共组织培训120人次，效果良好。其余工作按计划完成并达到目标"

    def goal(year: int, actual: str, said: str) -> bp.SelfEvaluation:
        row = bp.Indicator(name="培训人次", target="≥10人次", actual=actual)
        return report(year, indicators=[row], goal=bp.Goal(achieved=said))

    assert len(asked(goal(2023, "130人次", achieved), goal(2022, "120人次", old))) == 1


@pytest.mark.parametrize(
    ("reached", "count"),
    [("8人次", 0), ("80人次", 0), ("0.8人次", 0), ("85人次", 1), ("8.5人次", 1), ("108人次", 1)],
)
def test_a_number_of_one_digit_may_be_met_by_chance(reached: str, count: int) -> None:
    """In what is said of the whole year; beside the indicator itself it is asked about."""

    def told(year: int, actual: str, **about: Any) -> bp.SelfEvaluation:
        said = f"全年共组织培训{reached}，参加的人都很满意"
        row = bp.Indicator(name="培训人次", target="≥1人次", actual=actual)
        if about:
            return report(year, indicators=[attrs.evolve(row, analysis=said)])
        return report(year, indicators=[row], goal=bp.Goal(achieved=said))

    assert len(asked(told(2023, "77人次"), told(2022, reached))) == count
    assert len(asked(told(2023, "77人次", own=True), told(2022, reached, own=True))) == 1


@pytest.mark.parametrize(("target", "count"), [("≥120人次", 0), ("≥100人次", 1), (None, 1)])
def test_what_was_planned_excuses_only_the_target(target: str | None, count: int) -> None:
    """120 人次 of last year may be what is aimed at now, but not where the target is another."""

    def goal(year: int, actual: str) -> bp.SelfEvaluation:
        row = bp.Indicator(name="培训人次", target=target, actual=actual)
        said = "按计划组织培训120人次，效果良好"
        return report(year, indicators=[row], goal=bp.Goal(achieved=said))

    assert len(asked(goal(2023, "130人次"), goal(2022, "120人次"))) == count


@pytest.mark.parametrize(
    ("sentence", "more", "count"),
    [
        ("全年共组织培训120人次，效果良好", "", 1),
        ("2022年共组织培训120人次，效果良好", "", 1),
        ("2022年共组织培训120人次，效果良好", "2023年培训130人次", 0),
        ("上年共组织培训120人次，效果良好", "本年培训130人次", 0),
        ("全年共组织培训120人次以上，效果良好", "", 0),
        ("全年共组织培训不少于120人次，效果良好", "", 0),
        ("全年共组织培训120人次（含）以上，效果良好", "", 0),
        *((f"全年共组织培训{sign}120人次，效果良好", "", 0) for sign in BOUNDS),
        ("全年共组织培训１２０人次，效果良好", "", 1),
        ("2022年共组织培训120人次，效果良好", "2023年培训１３０人次", 0),
        ("全年共接待来访群众120人次，效果良好", "", 0),
        ("全年共整改各类教训120人次，效果良好", "", 0),  # 训 is only one sign of 培训
        ("全年共组织培训120场次，效果良好", "", 0),
        ("甲地组织培训120人次，乙地组织培训130人次，效果良好", "", 0),
        ("按照年度目标培训120人次的要求全部完成", "", 0),
    ],
)
def test_a_sentence_that_is_true_in_both_years_is_none(
    sentence: str, more: str, count: int
) -> None:
    """A bound, another matter, the target of both years, an earlier year beside this one."""

    def goal(year: int, actual: str, words: str) -> bp.SelfEvaluation:
        row = bp.Indicator(name="培训人次", target="≥120人次", actual=actual)
        return report(year, indicators=[row], goal=bp.Goal(achieved=words))

    now, then = goal(2023, "130人次", f"{sentence}。{more}"), goal(2022, "120人次", sentence)
    assert len(asked(now, then)) == count


@pytest.mark.parametrize(
    ("actual", "then", "sentence", "count"),
    [
        ("7", "8", "全年共组织开展活动8次，均通过验收合格", 1),
        ("7", "8", "已于8月底前组织开展全部活动并通过验收", 0),
        ("7", "8", "按照第8次会议的部署组织开展全部活动", 0),
        ("7场", "8场", "第8场活动之后组织开展全部验收及总结", 0),
        ("98%", "95%", "群众满意率由90%提高至95%，活动取得良好效果", 1),
        ("98%", "95%", "群众满意率在90%-95%之间，活动取得良好效果", 0),
        ("98%", "95%", "群众满意率在90至95％之间，活动取得良好效果", 0),
        ("98%", "95%", "群众满意率为95%—97%，活动取得良好效果", 0),
        ("98%", "95%", "群众满意率等于95%，全年活动取得良好效果", 1),
        ("98%", "95%", "群众满意率=95%，全年活动取得良好的效果", 1),
        ("98%", "95%", "群众满意率大于等于95%，活动取得良好效果", 0),
        ("7场", "8场", "全年组织8场年度总结活动，均通过验收合格", 1),
        ("7", "8", "全年组织的8年级学生活动，均已通过验收合格", 0),
    ],
)
def test_a_number_that_is_no_value_is_no_result(
    actual: str, then: str, sentence: str, count: int
) -> None:
    """A date, an ordinal, an end of a range."""

    def told(year: int, by: str) -> bp.SelfEvaluation:
        return report(year, indicators=[bp.Indicator(name="活动", actual=by, analysis=sentence)])

    assert len(asked(told(2023, actual), told(2022, then))) == count


def test_what_stands_beside_an_indicator_need_not_name_it() -> None:
    def told(year: int, by: str) -> bp.SelfEvaluation:
        said = "全年参加的有120人次，均已通过考核"
        return report(year, indicators=[bp.Indicator(name="培训", actual=by, analysis=said)])

    assert len(asked(told(2023, "130人次"), told(2022, "120人次"))) == 1


def test_a_unit_of_one_sign_is_part_of_a_name() -> None:
    def goal(year: int, actual: str) -> bp.SelfEvaluation:
        row = bp.Indicator(name="保障人员数", target="≥10人", actual=actual)
        said = bp.Goal(achieved="财政供养人员12人，全部按时足额发放工资及补贴")
        return report(year, indicators=[row], goal=said)

    assert len(asked(goal(2023, "11人"), goal(2022, "12人"))) == 1


def test_one_reason_for_several_figures_is_one_question() -> None:
    def several(year: int, *actual: str) -> bp.SelfEvaluation:
        rows = [
            bp.Indicator(name=name, target="≥10场", actual=by, explanation=WORDS)
            for name, by in zip(("活动场次", "宣讲场次", "培训场次"), actual, strict=True)
        ]
        return report(year, indicators=rows)

    (finding,) = asked(several(2023, "7场", "6场", "5场"), several(2022, "8场", "5场", "5场"))
    says(finding.why, "同一说明还用于另外 1 个已变的数字", "for 1 more figures")
    assert [operand.path for operand in finding.operands] == [
        "form.indicators[0].actual",
        "",
        "form.indicators[1].actual",
        "",
    ]


def test_the_same_figure_printed_coarser_is_no_other_one() -> None:
    one, other = (
        report(year, adjustment=bp.Adjustment(amount=by, reason=WORDS))
        for year, by in ((2023, "20万元"), (2022, "200400元"))
    )
    assert asked(one, other) == []


def test_figures_of_other_kinds_are_not_compared() -> None:
    """As where a result is a count in one year and a share in the other."""
    assert not asked(explained(2023, "80%"), explained(2022, "9人次"))


def test_the_same_reason_for_another_adjustment_is_asked_about() -> None:
    def adjusted(year: int, by: str, words: str = WORDS) -> bp.SelfEvaluation:
        return report(year, adjustment=bp.Adjustment(amount=by, reason=words))

    assert len(asked(adjusted(2023, "10.00万元"), adjusted(2022, "20.00万元"))) == 1
    assert asked(adjusted(2023, "10.00万元"), adjusted(2022, "10.00万元")) == []
    assert asked(adjusted(2023, "10.00万元"), adjusted(2022, "20.00万元", "追加专项" * 4)) == []


# --- the faces


def test_without_last_year_nothing_is_said_of_it() -> None:
    audit = bp.audit(report())
    assert {"F22", "T06"}.isdisjoint({finding.code for finding in audit.findings})
    assert "previous" not in audit.to_data()
    assert audit.receipt.previous is None


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    now, then = tmp_path / "new.md", tmp_path / "old.md"
    now.write_text(TEXT, encoding="utf-8")
    then.write_text(OLD, encoding="utf-8")
    return now, then


def test_the_command_holds_one_against_the_other(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now, then = map(str, files)
    assert main(["audit", now, "--previous", then]) == 0
    told = capsys.readouterr().out
    assert "对照的上年报告：" in told
    assert "而这一数字上年为9人次，本年为8人次" in "".join(told.split())
    assert main(["audit", now, "--previous", then, "--format", "json"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["previous"]["year"] == 2022
    assert json.loads(printed)["receipt"]["previous"]["id"] == "old.md"
    receipt = tmp_path / "receipt.json"
    receipt.write_text(printed, encoding="utf-8")
    assert main(["verify", str(receipt), now, "--previous", then]) == 0
    capsys.readouterr()
    assert main(["--lang", "en", "verify", str(receipt), now]) == 2
    assert "--previous" in capsys.readouterr().err
    assert main(["audit", now, "--previous", now]) == 2
    assert "2022" in capsys.readouterr().err
    assert main(["decide", now, "--previous", then, "-o", str(tmp_path / "d.toml")]) == 0


def test_what_is_not_held_against_last_year_is_counted_apart(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of which one report is inconsistent, and another is on no year after last year's."""
    now, then = map(str, files)
    both = tmp_path / "both.md"
    wrong, other = TEXT.replace("100\t82", "100\t83"), TEXT.replace("2023", "2021")
    both.write_text(f"{wrong}\n\n{other}", encoding="utf-8")
    assert main(["audit", str(both), now, "--previous", then]) == 2
    told = capsys.readouterr()
    last = told.out.splitlines()[-1]
    assert last.startswith("共 2 个文件：有不符 1 个，没有不符 1 个，无法读取 0 个；1 份报告未能")
    assert "请给出 2020 年度的报告" in told.err


def test_a_receipt_is_repeated_beside_last_year(files: tuple[Path, Path]) -> None:
    now, then = files
    receipt = bp.audit(bp.read(now), previous=bp.read(then)).receipt
    assert bp.verify(receipt, now, previous=then).holds
    assert bp.verify(receipt, bp.read(now), previous=bp.read(then)).holds
    with refused("needs-previous", "previous"):
        bp.verify(receipt, now)
    text = then.read_text(encoding="utf-8").replace("353.21", "353.22")
    then.write_text(text, encoding="utf-8")
    again = bp.verify(receipt, now, previous=then)
    assert [aspect.value for aspect in again.differing][:1] == ["previous"]


def test_drafts_are_held_against_the_same_year() -> None:
    old = bp.audit(explained(2023, "7场"), previous=explained(2022, "8场"))
    drafts = bp.diff(old, explained(2023, "7场", "设备故障，三场活动改在次年举行，已重新安排"))
    assert drafts.new.previous is old.previous
    settled = [each.finding.code for each in drafts.findings if each.since.value == "settled"]
    assert settled == ["T06"]


def test_of_two_questions_on_one_figure_a_draft_may_settle_one() -> None:
    """The same sentence beside the row and in what is said of the year: one is written anew."""
    said = "全年共组织培训120人次，效果良好"

    def told(year: int, actual: str, achieved: str = said) -> bp.SelfEvaluation:
        row = bp.Indicator(name="培训人次", target="≥10人次", actual=actual, analysis=said)
        return report(year, indicators=[row], goal=bp.Goal(achieved=achieved))

    old = bp.audit(told(2023, "130人次"), previous=told(2022, "120人次"))
    drafts = bp.diff(old, told(2023, "130人次", "全年培训130人次，比上年更多，效果良好"))
    since = [each.since.value for each in drafts.findings if each.finding.code == "T06"]
    assert since == ["still", "settled"]


def test_without_last_year_a_draft_settles_nothing_of_it() -> None:
    old = bp.audit(explained(2023, "7场"), previous=explained(2022, "8场"))
    drafts = bp.diff(old, bp.audit(explained(2023, "7场")))
    found = {each.finding.code: each.since.value for each in drafts.findings}
    assert found["T06"] == "gone"


def test_a_decision_lapses_with_the_figures_of_last_year() -> None:
    now = report(funding=funds("90.00万元", "1.00万元", "30.00万元"))

    def beside(executed: str, decisions: bp.Decisions | None = None) -> bp.Audit:
        then = report(2022, funding=funds("100.00万元", executed))
        return bp.audit(now, previous=then, decisions=decisions)

    first = beside("80.00万元")
    (index,) = [at for at, f in enumerate(first.findings) if f.code == "F22" and f.is_for_review]
    (entry,) = bp.Decisions().with_open([first.findings[index]]).decisions
    dismissed = attrs.evolve(entry, ruling=Ruling.DISMISSED, reason="已核", by="某人")
    decisions = bp.Decisions.parse(bp.Decisions(decisions=(dismissed,)).to_toml())
    again = beside("80.00万元", decisions)
    assert again.is_dismissed(again.findings[index])
    later = beside("75.00万元", decisions)
    assert not later.is_dismissed(later.findings[index])
    (lapsed,) = later.lapsed
    assert lapsed.lapse.value == "figures-changed"
    says(lapsed.message, "现为 30.00万元、100.00万元、75.00万元", "75.00万元 now")


def test_a_receipt_of_a_report_from_code_names_no_file() -> None:
    receipt = bp.audit(report(), previous=report(2022)).receipt
    with refused("needs-previous", match="last year's report, too"):
        bp.verify(receipt, report())


def test_a_rating_that_another_draft_prints_is_listed_beside_the_figures() -> None:
    drafts = bp.diff(report(rating="优"), report(rating="良"))
    assert [(each.path, each.before, each.after) for each in drafts.figures] == [
        ("form.rating", "优", "良")
    ]
    assert bp.diff(report(rating="优"), report(rating="优")).figures == ()

"""What can be true is not called wrong, however it is printed; the errors beside it still are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import Figure, Interval, Statement, Verdict, audit
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing import Assumption
from budgetperf.auditing.shown import with_round_amounts
from budgetperf.exact import Stated, fixed_text, round_to
from budgetperf.linear.system import Linear, Printing, Quotient
from budgetperf.model import Funding, FundingKind, FundingSource, FundingTotal
from tests.audit.check_cases import verdicts
from tests.factories import BLANK, DASH, LOCKED, form, indicator, stated

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "examples" / "department-2023.md").read_text(encoding="utf-8")
BROKEN = (Verdict.INCONSISTENT, Verdict.TRUNCATED)


def broken(report: Report, rules: str | None = None) -> list[tuple[str, str]]:
    """The codes of what does not hold, and its subjects."""
    return [(f.code, f.subject.zh) for f in audit(report, rules=rules).findings
            if f.verdict in BROKEN]  # fmt: skip


# --- points in headings


def headed(*headings: str) -> Report:
    """The national form: 10 for execution and 50, 30 and 10 by heading, in full."""
    rows = [
        indicator(f"指标{n}", level1, weight, weight)
        for n, (level1, weight) in enumerate(
            [(headings[0], "20"), (headings[0], "30"), (headings[1], "30"), (headings[2], "10")]
        )
    ]
    return form(*rows, weight="10", score="10", total="100")


@pytest.mark.parametrize(
    "headings",
    [
        ("产出指标（50分）", "效益指标（30分）", "满意度指标（10分）"),
        ("产出指标(50分)", "效益指标", "满意度指标（分值：10分）"),
        ("产出指标（50.0分）", "效益指标（30分）", "满意度指标"),
    ],
)
@pytest.mark.parametrize("rules", [None, "national-2020", "yitihua-default"])
def test_points_in_headings(headings: tuple[str, ...], rules: str | None) -> None:
    """The commonest form of the country, and nothing wrong in it."""
    assert broken(headed(*headings), rules) == []


def test_points_in_a_heading_of_the_example() -> None:
    """They are right there, and change nothing else."""
    marked = EXAMPLE.replace("履职效能\t", "履职效能（70分）\t")
    assert marked != EXAMPLE
    plain, other = (audit(bp.parse(text)) for text in (EXAMPLE, marked))
    assert [f.code for f in other.inconsistent] == [f.code for f in plain.inconsistent]
    assert [c.title for c in other.causes] == [c.title for c in plain.causes]


def test_wrong_points_in_a_heading() -> None:
    """50 stands under 产出指标（60分）: so the weights say, and their total."""
    report = headed("产出指标（60分）", "效益指标（30分）", "满意度指标（10分）")
    first, *_ = audit(report).causes
    (suspect,) = first.diagnoses[0]
    assert suspect.operand.path == "form.indicators[0].level1"
    assert suspect.operand.label.zh == "“产出指标”名称中标注的分值"
    assert (str(suspect.becomes), suspect.unique) == ("50", True)


ONE, UNNAMED = (("a", Fraction(1)),), (("", Fraction(1)),)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Printing(quantity="", interval=Interval.point(1)),
        lambda: Linear(terms=UNNAMED),
        lambda: Quotient(rate="", numerator=ONE, denominator=ONE),
        lambda: Quotient(rate="r", numerator=UNNAMED, denominator=ONE),
        lambda: Quotient(rate="r", numerator=ONE, denominator=UNNAMED),
    ],
)
def test_no_quantity_is_told_by_an_empty_name(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="a quantity has a name"):
        make()


# --- fewer data


@pytest.mark.parametrize("weight", ["10", None])
@pytest.mark.parametrize("score", ["10", "9", None])
@pytest.mark.parametrize("last", ["40", "30", BLANK])
def test_fewer_data_give_no_stronger_verdict(
    weight: str | None, score: str | None, last: str | Stated
) -> None:
    """50, up to 40, and 10 for execution, which the form need not print: 95 can be true."""
    rows = indicator("甲", "产出指标", "50", "46"), indicator("乙", "效益指标", "40", last)
    printed = form(*rows, weight=weight, score=score, total="95")
    full = isinstance(last, str) and score is not None
    if full and 46 + int(str(last)) + int(score or 0) != 95:
        assert ("W08", "附表·综合得分") in broken(printed)
    else:
        assert broken(printed) == []


def test_a_total_below_its_scores_is_wrong_without_an_execution_row() -> None:
    rows = indicator("甲", "产出指标", "50", "50"), indicator("乙", "效益指标", "50", BLANK)
    assert [code for code, _ in broken(form(*rows, total="49"))] == ["J01"]
    assert broken(form(*rows, total="50")) == []


def test_a_cap_in_force_and_a_blank_score() -> None:
    """The adjustment is 40 %: 90 is the cap, though the scores that are stated make 93."""
    rows = (
        indicator("甲", "产出指标", "50", "50"),
        indicator("乙", "效益指标", "33", "33"),
        indicator("丙", "满意度指标", "7", BLANK),
    )
    capped = {"weight": "10", "initial": "100元", "revised": "140元", "executed": "140元"}
    report = form(*rows, score="10", total="90", **capped)
    assert broken(report, "guangxi-mode") == []
    assert broken(attrs.evolve(report, form=attrs.evolve(report.form, total_score=stated("91"))),
                  "guangxi-mode") == [("W14", "附表·综合得分")]  # fmt: skip


def test_a_cap_whose_gauge_is_not_in_print() -> None:
    """90 of 100 is the cap of 广西 on a large adjustment; the initial budget is not stated."""
    row = indicator("甲", "产出指标", "90", "90")
    (asked,) = [
        finding
        for finding in audit(form(row, weight="10", score="10", total="90"), rules="guangxi-mode")
        .findings
        if finding.code == "W08" and finding.operands
    ]  # fmt: skip
    assert asked.reason == "review"
    assert "没有列出" in asked.why.zh
    assert ("W08", "附表·综合得分") in broken(
        form(row, weight="10", score="10", total="91"), "guangxi-mode"
    )


# --- amounts printed as 0, rules that are silent, rounded scores


def executed(revised: str, spent: str, score: str, weight: str = "10") -> Report:
    """A form with its budget, as a column prints it."""
    amounts = {"revised": Figure.parse(revised), "executed": Figure.parse(spent)}
    row = indicator("甲", "产出指标", "90", "90")
    return form(row, weight=weight, score=Figure(value=score), **amounts)


@pytest.mark.parametrize("rules", ["national-2020", "yitihua-default", "central-2021-101"])
def test_amounts_printed_as_0(rules: str) -> None:
    """40万元 and 32.12万元 print as 0.00亿元: the score is 10 × 32.12 / 40 = 8.03."""
    report = executed("0.00亿元", "0.00亿元", "8.03")
    assert verdicts(report, "F06", rules) == [Verdict.EXACT]


def test_a_budget_of_0_itself() -> None:
    """Whole amounts are what they say: 0 out of 0 gives no points in the system."""
    report = form(revised="0元", executed="0元", score="8.03", weight="10")
    assert verdicts(report, "F06", "yitihua-default") == [Verdict.INCONSISTENT]


def test_a_rule_that_is_silent_over_part_of_the_interval() -> None:
    """0.1 and 0.1 may be 0.14 and 0.06: of rates other than 100 % nothing is known."""
    assert verdicts(executed("0.1万元", "0.1万元", "5.60"), "F06", "xinjiang-observed-2023") == [
        Verdict.ROUNDING
    ]
    # The same amounts where a rule is known for every rate: 0.05 / 0.15 is the least.
    assert verdicts(executed("0.1万元", "0.1万元", "3.20"), "F06", "yitihua-default") == [
        Verdict.INCONSISTENT
    ]


def rounded(total: str, last: str | Stated) -> Report:
    """Ten scores of 8.6 out of 10, by a rule that rounds none: 86 in all."""
    rows = [
        attrs.evolve(
            indicator(f"指标{n}", "产出指标", "10", "9" if n < 8 else last),
            target=bp.Target.parse("≥100次"), actual=Figure.parse("86次"),
        )
        for n in range(9)
    ]  # fmt: skip
    return form(*rows, weight="10", score="9", revised="100元", executed="86元", total=total)


@pytest.mark.parametrize("last", ["9", BLANK])
def test_whole_scores_rounded_before_or_after_they_are_added_up(last: str | Stated) -> None:
    """Printed as 9 each, they make 90: both are totals of the report, and 97 is none."""
    for total in ("86", "90"):
        assert broken(rounded(total, last), "national-2020") == []
    assert broken(rounded("97", last), "national-2020") != []


def test_whole_scores_that_no_rule_shows_to_be_rounded() -> None:
    """Without a rule whole numbers are exact: 10 × 9 is 90."""
    assert broken(rounded("86", "9")) == [("W08", "附表·综合得分")]


# --- amounts below 0, lists that need not be complete


def funded(total: str, **sources: str) -> Statement:
    """What one statement says was executed, in all and by source."""
    return Statement(
        funding=Funding(
            total=FundingTotal(executed=bp.parse_figure(total)),
            sources=tuple(
                FundingSource(kind=FundingKind[kind], executed=bp.parse_figure(text))
                for kind, text in sources.items()
            ),
        )
    )


@pytest.mark.parametrize("other", ["***", "—", "", "-20.00万元", None])
def test_a_source_below_0_that_the_other_statement_does_not_print(other: str | None) -> None:
    """130.00 - 20.00 = 110.00: a reversal. Where the form hides it, a reviewer may be asked."""
    listed = {"UPPER": "100.00万元", "LOCAL": "30.00万元"}
    hidden = listed if other is None else listed | {"OTHER": other}
    report = Report(
        narrative=funded("110.00万元", **listed, OTHER="-20.00万元"),
        form=funded("110.00万元", **hidden),
    )
    assert broken(report) == []
    questions = [f for f in audit(report).findings if f.assumes]
    assert {a for f in questions for a in f.assumes} <= {
        Assumption.NOT_NEGATIVE, Assumption.COMPLETE, Assumption.ABSENT_IS_ZERO
    }  # fmt: skip
    assert all(f.reason == "review" for f in questions)


def test_a_rate_of_amounts_below_0() -> None:
    """-20.00 of -20.00 is 100 %, and not 50 %."""
    for rate, outcome in (("100%", []), ("50%", ["F05"])):
        source = FundingSource(
            kind=FundingKind.OTHER, revised=Figure.parse("-20.00万元"),
            executed=Figure.parse("-20.00万元"), execution_rate=Figure.parse(rate),
        )  # fmt: skip
        report = Report(form=Statement(funding=Funding(sources=(source,))))
        assert [code for code, _ in broken(report)] == outcome


def test_zeros_in_print_may_be_below_0() -> None:
    """37608.255 + 55306.245 - 0.004 - 0.004 = 92914.492."""
    report = Report(
        form=funded(
            "92914.49万元",
            UPPER="37608.26万元",
            LOCAL="55306.25万元",
            UNLISTED="0.00万元",
            OTHER="0.00万元",
        )
    )
    assert broken(report) == []


# --- scores that are written by hand


@pytest.mark.parametrize(
    ("actual", "score", "outcome"),
    [
        ("25次", "60", Verdict.EXACT),
        ("25次", "50", "review"),  # 1.2 times the target: flagged, and edited
        ("11次", "50", Verdict.INCONSISTENT),
        ("5次", "50", Verdict.INCONSISTENT),
    ],
)
def test_a_row_that_the_rule_set_flags_may_be_edited(
    actual: str, score: str, outcome: object
) -> None:
    row = attrs.evolve(
        indicator("甲", "产出指标", "60", score),
        target=bp.Target.parse("≥10次"),
        actual=Figure.parse(actual),
    )
    assert verdicts(form(row), "W04", LOCKED) == [outcome]


def test_a_cap_and_a_row_that_does_not_apply() -> None:
    """Neither bounds the total from below: 90 is the cap, and a dash may have been rescaled."""
    rows = (
        indicator("甲", "产出指标", "50", "45"),
        indicator("乙", "效益指标", "33", DASH),
        indicator("丙", "满意度指标", "7", BLANK),
    )
    capped = {"weight": "10", "initial": "100元", "revised": "140元", "executed": "140元"}
    assert broken(form(*rows, score="10", total="90", **capped), "guangxi-mode") == []


# --- one amount in several units


def amounts(in_text: str, in_form: str) -> Report:
    text, table = (
        Statement(funding=Funding(total=FundingTotal(revised=Figure.parse(printed))))
        for printed in (in_text, in_form)
    )
    return bp.with_column_precision(Report(narrative=text, form=table))


@pytest.mark.parametrize(
    ("in_text", "in_form", "is_wrong"),
    [
        ("750万元", "0.07亿元", False),  # 7,496,000 元
        ("750万元", "0.08亿元", False),
        ("749万元", "0.08亿元", True),
        ("750万元", "751万元", True),
        ("751万元", "0.07亿元", True),
    ],
)
def test_a_whole_amount_beside_a_coarser_one(in_text: str, in_form: str, is_wrong: bool) -> None:
    """It may be rounded itself: what a coarser print is rounded from, it does not tell."""
    assert bool(broken(amounts(in_text, in_form))) is is_wrong


# --- lists that divide the whole in two ways


@pytest.mark.parametrize(
    "sources",
    [
        {"CENTRAL_TRANSFER": "30.00万元", "CURRENT_APPROPRIATION": "60.00万元"},
        {"REGIONAL_TRANSFER": "20.00万元", "CARRY_OVER": "30.00万元"},
        {"UPPER": "60.00万元", "CENTRAL_TRANSFER": "30.00万元"},
    ],
)
def test_transfers_are_part_of_other_sources(sources: dict[str, str]) -> None:
    """Of 100.00 in all; what is listed adds up to more, or less, and no diagnosis is made of it."""
    listed = sources | {"LOCAL": "40.00万元", "OTHER": "0.00万元"}
    audited = audit(Report(form=funded("100.00万元", **listed)))
    asked = [(f.code, f.verdict) for f in audited.to_review]
    assert asked == [("F01", Verdict.UNCHECKED)]
    assert [c.findings[0].code for c in audited.causes] == ["F01"]


# --- bands of grades


def graded(*scores: str, again: str, total: str) -> Report:
    """Rows of 22 points in the second grade, of 60 to 80 %: 13.2 to 17.6, first in the text."""
    rows = [
        attrs.evolve(
            indicator(f"指标{n}", "产出指标", "22", score),
            target=bp.Target.parse("优良中低差"),
            actual=bp.parse_figure("部分实现目标"),
        )
        for n, score in enumerate(scores)
    ]
    text = attrs.evolve(rows[0], score=Figure.parse(again), weight=BLANK)
    report = form(*rows, total=total)
    return attrs.evolve(report, narrative=Statement(indicators=(text,)))


@pytest.mark.parametrize("total", ["53", "54"])
def test_a_whole_score_rounded_up_past_its_band(total: str) -> None:
    """17.55 each, printed as 18: 52.65 before it is rounded, 54 after."""
    report = graded("18", "18", "18", again="18", total=total)
    assert broken(report, "central-2021-101") == []


@pytest.mark.parametrize(("again", "total"), [("18", "51"), ("17", "54"), ("19", "54")])
def test_a_score_beyond_its_band_by_more_than_rounding(again: str, total: str) -> None:
    report = graded("18", "18", "18", again=again, total=total)
    assert broken(report, "central-2021-101") != []


@pytest.mark.parametrize(
    ("in_text", "in_form", "is_wrong"),
    [
        ("95%", "95.37%", False),
        ("95.4%", "95.37%", False),
        ("95%", "95.57%", True),
        ("95%", "96%", True),
        ("95%", None, False),
    ],
)
def test_a_percentage_reached_in_round_numbers(
    in_text: str, in_form: str | None, is_wrong: bool
) -> None:
    """95.37 of 90 is 105.97 %: what one statement rounds, the other prints, or its rate shows."""
    row = attrs.evolve(indicator("合格率", "产出指标", BLANK), target=bp.Target.parse("≥90%"))
    text = attrs.evolve(row, actual=Figure.parse(in_text))
    actual = BLANK if in_form is None else Figure.parse(in_form)
    table = attrs.evolve(row, actual=actual, completion_rate=cell_of(in_form))
    report = bp.with_column_precision(
        Report(narrative=Statement(indicators=(text,)), form=Statement(indicators=(table,)))
    )
    assert bool(broken(report)) is is_wrong


def cell_of(actual: str | None) -> Figure:
    """The completion of 90 % that the actual value in the form makes."""
    value = Fraction("95.37") if actual is None else Fraction(actual.strip("%"))
    return Figure.parse(f"{fixed_text(round_to(value / 90 * 100, 2), 2)}%")


# --- one name in several rows


@pytest.mark.parametrize(
    ("headings", "is_known"),
    [
        ((("产出指标", "数量指标"), ("产出指标", "质量指标")), True),
        ((("产出指标", "数量指标"), ("", "")), False),
        ((("", ""), ("", "")), False),
        ((("产出指标", ""), ("", "")), False),
        ((("产出指标（40分）", "数量指标"), ("产出指标", "数量指标")), False),
    ],
)
def test_a_name_that_stands_twice_with_a_blank_heading(
    headings: tuple[tuple[str, str], ...], is_known: bool
) -> None:
    """Which row the text speaks of is told by headings only if none of them is blank."""
    rows = [
        indicator("社会影响", level1, "20", score, level2)
        for (level1, level2), score in zip(headings, ("18", "15"), strict=True)
    ]
    text = indicator("社会影响", *(headings[1][0], BLANK, "16", headings[1][1]))
    report = attrs.evolve(form(*rows), narrative=Statement(indicators=(text,)))
    assert bool([code for code, _ in broken(report) if code == "F02"]) is is_known


# --- a rule for a heading, and rows whose heading is blank


@pytest.mark.parametrize(
    ("heading", "score", "is_wrong"),
    [
        ("满意度指标", "10", False), ("满意度指标", "12.06", True),
        ("效益指标", "12.06", False), ("效益指标", "10", True),
        ("", "10", False), ("", "12.06", False), ("", "15", True),
    ],
)  # fmt: skip
def test_a_row_with_a_blank_heading_may_stand_under_those_beside_it(
    heading: str, score: str, is_wrong: bool
) -> None:
    """75.7 % of ≥ 90 %: 10 of 20 points by the band of satisfaction, 12.06 by completion.

    财预〔2021〕101号 as the rule-set has it: half from 60 %; and (0.757 / 0.9 - 0.6) / 0.4 of 20.
    """
    first = indicator("服务对象满意度", "满意度指标", "60", "60", "服务对象满意度指标")
    rows = [
        attrs.evolve(row, target=bp.Target.parse("≥90%"), actual=Figure.parse(actual))
        for row, actual in (
            (first, "90%"),
            (indicator("另一满意度", heading, "20", score), "75.7%"),
        )
    ]
    last = indicator("", "可持续发展能力", None)
    report = form(*rows, last)
    wrong = [subject for code, subject in broken(report, "central-2021-101") if code == "W04"]
    assert bool(wrong) is is_wrong
    line = bp.scorecard(report, rules="central-2021-101").lines[2]
    assert (line.score is None) is (heading == "")


def test_a_row_of_which_only_some_headings_give_a_score() -> None:
    """A target without an operator is scored as a satisfaction, and else not at all."""
    first = indicator("服务对象满意度", "满意度指标", "60", "60")
    second = indicator("另一满意度", "", "20", "15")
    rows = [
        attrs.evolve(row, target=bp.Target.parse(target), actual=Figure.parse("95%"))
        for row, target in ((first, "≥90%"), (second, "90%"))
    ]
    findings = bp.audit(form(*rows), rules="central-2021-101").findings
    assert [f.reason for f in findings if f.code == "W04"] == [None, "no-heading"]


@pytest.mark.parametrize(
    ("score", "without_heading", "verdict"),
    [
        ("8", "—", Verdict.UNCHECKED),  # a dash may stand for a point
        ("12", "—", Verdict.INCONSISTENT),
        ("12", "3", Verdict.INCONSISTENT),
    ],
)
def test_a_sum_less_than_one_of_its_rows_is_wrong_whatever_others_leave_out(
    score: str, without_heading: str, verdict: Verdict
) -> None:
    rows = [("甲", "产出指标", score), ("乙", "产出指标", "—"), ("丙", None, without_heading)]
    report = bp.SelfEvaluation(form=Statement(indicators=tuple(
        bp.Indicator(name=name, level1=heading, score=of_row)
        for name, heading, of_row in [*rows, ("小计", "产出指标", "9")]
    )))  # fmt: skip
    (finding,) = (f for f in bp.audit(report).findings if f.code == "W02" and f.operands)
    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("in_text", "score", "reason"),
    [("105%", "0", "not-stated"), (None, "0", "review"), (None, "2", None)],
)
def test_a_dash_may_stand_for_a_value_that_is_not_stated(
    in_text: str | None, score: str, reason: str | None
) -> None:
    """Hunan gives full marks to what does not apply; 105 % of ≤ 100 % has lost both points."""
    name = "新建楼堂馆所面积控制率"
    row = attrs.evolve(
        indicator(name, "产出指标", "2", score), target=bp.Target.parse("≤100%"), actual=DASH
    )
    text = attrs.evolve(row, actual=stated(in_text), weight=BLANK, score=BLANK)
    report = attrs.evolve(form(row), narrative=Statement(indicators=(text,)))
    findings = bp.audit(report, rules="hunan-dept-weight-8").findings
    assert [f.reason for f in findings if f.code == "W04"] == [reason]
    line = bp.scorecard(report, rules="hunan-dept-weight-8").lines[1]
    assert (line.score is None) is (in_text is not None)


@pytest.mark.parametrize(("score", "is_wrong"), [("10", False), ("12.06", False), ("15", True)])
def test_a_row_of_the_text_may_stand_under_its_heading_in_the_form(
    score: str, is_wrong: bool
) -> None:
    """The same 75.7 % of ≥ 90 % in a text without headings."""
    target, actual = bp.Target.parse("≥90%"), Figure.parse("75.7%")
    text = attrs.evolve(indicator("满意度", "", "20", score), target=target, actual=actual)
    row = attrs.evolve(text, level1="满意度指标", weight=BLANK, score=BLANK)
    report = attrs.evolve(form(row), narrative=Statement(indicators=(text,)))
    wrong = [code for code, _ in broken(report, "central-2021-101") if code == "W04"]
    assert bool(wrong) is is_wrong


@pytest.mark.parametrize(
    ("name", "score", "is_wrong"),
    [
        ("服务对象满意度", "17.3", False),  # half the weight from 60% on
        ("服务对象满意度", "34.5", False),  # the target is met
        ("服务对象满意度", "12", True),
        ("培训合格率", "17.3", True),
    ],
)
def test_a_row_without_heading_may_be_what_its_name_speaks_of(
    name: str, score: str, is_wrong: bool
) -> None:
    """The guide scores satisfaction by bands, and all else by completion."""
    target, actual = bp.Target.parse("≥60%"), Figure.parse("62.000%")
    row = attrs.evolve(indicator(name, "", "34.5", score), target=target, actual=actual)
    report = attrs.evolve(form(), narrative=Statement(indicators=(row,)))
    wrong = [code for code, _ in broken(report, "central-2021-101") if code == "W04"]
    assert bool(wrong) is is_wrong


@pytest.mark.parametrize(("heading", "is_wrong"), [("", False), ("效益指标（55分）", True)])
def test_points_of_headings_beside_weights_in_percent(heading: str, is_wrong: bool) -> None:
    """The second row stands under the heading of the first; its weight in percent says nothing."""
    rows = [
        indicator("a", "效益指标（55分）", "38%", None, "经济效益指标（38分）"),
        indicator(
            "b", heading, "17%", None, "生态效益指标（18分）" if heading else "生态效益（17分）"
        ),
        indicator("c", "满意度指标（7分）", "7%", None, "满意度指标（7分）"),
    ]
    assert (("W02", "“效益指标”") in broken(form(*rows))) is is_wrong


@pytest.mark.parametrize(
    ("weight", "score", "is_wrong"), [("8%", "6", False), ("8", "6", False), ("8", "9", True)]
)
def test_a_masked_weight_beside_one_in_percent(weight: str, score: str, is_wrong: bool) -> None:
    """Whether the unknown weight of the text is 8 or 8% nobody knows."""
    masked = bp.Missing(reason=bp.MissingReason.MASKED, text="**")
    text = attrs.evolve(indicator("设备完好率", "效益指标", None, score), weight=masked)
    row = indicator("设备完好率", "效益指标", weight, None)
    report = attrs.evolve(form(row), narrative=Statement(indicators=(text,)))
    assert [code for code, _ in broken(report)] == (["J01"] if is_wrong else [])


@pytest.mark.parametrize(
    ("in_form", "rate", "is_wrong"),
    [
        (("1.63百万元", "1.15百万元"), "70.2064%", False),  # 114.6 of 163.2
        (("1.63百万元", "1.15百万元"), "71.2064%", True),
        (("163万元", "115万元"), "70.2064%", True),  # whole everywhere
    ],
)
def test_whole_amounts_beside_others_that_are_rounded_to_the_same_step(
    in_form: tuple[str, str], rate: str, is_wrong: bool
) -> None:
    def statement(revised: str, executed: str, rate: str | None) -> Statement:
        total = FundingTotal(
            revised=Figure.parse(revised),
            executed=Figure.parse(executed),
            execution_rate=BLANK if rate is None else Figure.parse(rate),
        )
        return Statement(funding=Funding(total=total))

    report = Report(narrative=statement("163万元", "115万元", None), form=statement(*in_form, rate))
    assert bool(broken(bp.with_column_precision(report))) is is_wrong


def test_a_number_of_people_that_is_printed_again_stays_exact() -> None:
    """What is taken as rounded beside finer amounts is money, however often it is printed."""
    path = "form.funding.total.revised"
    total = FundingTotal(revised=Figure.parse("163万元"), executed=Figure.parse("115.04万元"))
    report = Report(
        form=Statement(funding=Funding(total=total)),
        repeated=(Figure.parse("163万元", path=path), Figure.parse("10人", path="department.year")),
    )
    amount, people = with_round_amounts(bp.with_column_precision(report)).repeated
    assert not amount.is_exact
    assert people.is_exact


# --- sources of one kind that are not the same


def listed(narrative: dict[str, str], form: dict[str, str]) -> Report:
    """100 万元 in all; each statement lists one source of this level, and leaves others out."""

    def statement(given: dict[str, str]) -> Statement:
        sources = [FundingSource(**given, executed=amount) for amount in (given.pop("executed"),)]
        return Statement(funding=Funding(total=FundingTotal(executed="100万元"), sources=sources))

    return Report(narrative=statement(dict(narrative)), form=statement(dict(form)))


@pytest.mark.parametrize(
    ("kind", "label", "other", "wrong"),
    [
        ("local", "县级资金", "镇级资金", False),
        ("local", "区级财政资金", "街道与镇级资金", False),
        ("unlisted", "彩票公益金", "福利基金", False),
        ("local", "本级安排", "县级资金", False),  # each may leave the other out
        ("local", "本级安排", "其中：本级安排", True),
        ("unlisted", "彩票公益金", "彩票公益金", True),
        ("local", "", "镇级资金", True),
    ],
)
def test_sources_of_two_levels_or_names_are_two(
    kind: str, label: str, other: str, *, wrong: bool
) -> None:
    report = listed(
        {"kind": kind, "label": label, "executed": "30.0万元"},
        {"kind": kind, "label": other, "executed": "20.0万元"},
    )
    assert ("F02" in [code for code, _ in broken(report)]) is wrong


def test_a_source_of_another_name_is_the_same_where_a_list_is_whole() -> None:
    """100 万元 is all there is: what the form calls by another name is in the list of the text."""
    report = listed(
        {"kind": "local", "label": "本级安排", "executed": "100.0万元"},
        {"kind": "local", "label": "县级资金", "executed": "20.0万元"},
    )
    assert "F02" in [code for code, _ in broken(report)]


@pytest.mark.parametrize("total", ["0万元", "100", None])
def test_a_total_of_0_without_a_unit_or_not_stated_tells_nothing_of_its_list(
    total: str | None,
) -> None:
    report = listed(
        {"kind": "local", "label": "本级安排", "executed": "100.0万元"},
        {"kind": "local", "label": "县级资金", "executed": "20.0万元"},
    )
    assert report.narrative is not None
    assert report.form is not None
    narrative, form = (
        attrs.evolve(
            statement, funding=attrs.evolve(statement.funding, total=FundingTotal(executed=total))
        )
        for statement in (report.narrative, report.form)
    )
    report = attrs.evolve(report, narrative=narrative, form=form)
    assert "F02" not in [code for code, _ in broken(report)]


@pytest.mark.parametrize(
    ("scores", "outcomes"),
    [
        (("9", "17"), ["exact", "exact"]),  # 8.6 and 17.1111… in whole points
        (("8.6", "17.1"), ["exact", "exact"]),
        (("8.60", "17.11"), ["exact", "exact"]),
        (("9", "20"), ["exact", "inconsistent"]),
        (("9", "17.1"), ["inconsistent", "exact"]),  # a column of tenths: 9 is 9.0
        (("8.6", "17.2"), ["exact", "inconsistent"]),
    ],
)
def test_rows_may_be_scored_in_fewer_decimals_than_budget_execution(
    scores: tuple[str, str], outcomes: list[str]
) -> None:
    """Where nothing is said on rounding; the score of budget execution is worked out apart."""
    rows = [
        bp.Indicator(name=str(weight), target="≥90%", actual=actual, weight=weight, score=score)
        for weight, actual, score in zip((10, 20), ("77.40%", "77.00%"), scores, strict=True)
    ]
    total = bp.FundingTotal(revised="100.00万元", executed="86.20万元", weight=10, score="8.62")
    form = bp.Statement(funding=bp.Funding(total=total), indicators=rows)
    audit = bp.audit(bp.SelfEvaluation(form=form), rules="national-2020")
    by_rule = [finding.verdict.value for finding in audit.findings if finding.code == "W04"]
    assert by_rule == outcomes
    others = {finding.code for finding in audit.inconsistent} - {"W01", "W04"}
    assert not others  # of 100 points 40 are given here


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        ("8.62", "exact"), ("8.6", "exact"), ("9", "exact"), ("8.60", "inconsistent"),
        ("8.63", "inconsistent"), ("8.7", "inconsistent"), ("10", "inconsistent"),
    ],
)  # fmt: skip
def test_budget_execution_may_be_scored_in_fewer_decimals_than_rows(
    score: str, outcome: str
) -> None:
    rows = [bp.Indicator(name="1", target="≥90%", actual="89.00%", weight=10, score="9.89")]
    total = bp.FundingTotal(revised="100.00万元", executed="86.20万元", weight=10, score=score)
    form = bp.Statement(funding=bp.Funding(total=total), indicators=rows)
    report = bp.SelfEvaluation(form=form)
    audit = bp.audit(report, rules="national-2020")
    assert [f.verdict.value for f in audit.findings if f.code == "F06"] == [outcome]
    assert {f.code for f in audit.inconsistent} <= {"W01", "F06"}
    cut = bp.audit(report, rules="yitihua-default")  # two decimals by the rule
    (by_rule,) = [f for f in cut.findings if f.code == "F06"]
    assert by_rule.verdict.holds is (score == "8.62")

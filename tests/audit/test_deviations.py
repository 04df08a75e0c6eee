"""W11: deviations on one definition, and on the base of the completion beside them."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import (
    DeviationDefinition,
    Figure,
    Finding,
    Indicator,
    Interval,
    RuleSet,
    Statement,
    Suspect,
    Verdict,
    audit,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing.checks.deviations import _Fit, _tried
from budgetperf.auditing.checks.rows import rows as rows_of
from budgetperf.rules import get
from tests.audit.check_cases import C, E, I, deviations, findings_of, of
from tests.factories import form, row, says, typed

# --- W11


def test_the_definition_that_fits_best_is_told() -> None:
    """1/9 = 11 % of the target, and 10 points: two rows decide for the former."""
    rows = (
        row("a", "≥90%", "100%", deviation="11%"),
        row("b", "≥90%", "99%", deviation="10%"),
        row("c", "≥95%", "97%", deviation="3%"),
    )
    findings = deviations(form(*rows))
    assert [f.verdict for f in findings] == [E, E, I]  # 2/95 = 2.1 %, 2 points: 3 % is neither
    assert all("相对指标值" in f.message.zh for f in findings)
    assert not any("无法区分" in f.message.zh for f in findings)


def test_definitions_that_cannot_be_told_apart_are_named() -> None:
    (finding,) = deviations(form(row("a", "≥10次", "10次", deviation="0%")))
    assert finding.verdict is E
    says(finding.message, "无法区分", "together with")


@pytest.mark.parametrize(
    ("again", "is_wrong"), [("5.3%", False), ("5.0%", False), ("5.26%", False), ("4.8%", True)]
)
def test_a_deviation_that_several_definitions_give_is_printed_again(
    again: str, is_wrong: bool
) -> None:
    """100 of 95: 5 points, 5/95 = 5.263 % of the target, 5/100 = 5 % of what was reached."""
    report = attrs.evolve(
        form(row("a", "≥95%", "100%", deviation="5%")),
        repeated=(Figure.parse(again, path=DEVIATION),),
    )
    assert bool(audit(report).inconsistent) is is_wrong


def test_a_small_shortfall_is_printed_again_with_or_without_its_sign() -> None:
    """999 of 1000: -0.1 %, which prints as 0 %, and again as 0.1 % or -0.1 %."""
    for again in ("0.1%", "-0.1%"):
        report = attrs.evolve(
            form(row("a", "≥1000次", "999次", deviation="0%")),
            repeated=(Figure.parse(again, path=DEVIATION),),
        )
        assert audit(report).inconsistent == ()


def test_a_shortfall_with_or_without_its_sign() -> None:
    for printed in ("-10%", "10%"):
        (finding,) = deviations(form(row("a", "≥90%", "80%", deviation=printed)))
        assert finding.verdict is E
    (finding,) = deviations(form(row("a", "≥90%", "100%", deviation="-10%")))
    assert finding.verdict is I


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [("≥90%", "100%", C), ("≤90%", "80%", C), ("≥90%", "80%", I), ("90%", "80%", I)],
)
def test_no_deviation_of_what_is_met_is_asked_about(
    target: str, actual: str, verdict: Verdict
) -> None:
    """偏差率 0 beside 100 of at least 90: nothing falls short. No rule-set says what it is."""
    rows = row("a", target, actual, deviation="0%"), row("b", "≥90%", "80%", deviation="10%")
    report = form(*rows)
    assert [f.verdict for f in deviations(report)] == [verdict, E]
    assert bool(audit(report).inconsistent) is (verdict is I)
    ruled = deviations(report, "xinjiang-observed-2023")[0]
    assert ruled.verdict is I


def test_an_excess_that_was_cut_off_to_none_is_no_question() -> None:
    """1009 of 1000: 0.9 %, of which 0 % is what is left without its decimals."""
    (finding,) = deviations(form(row("a", "≥1000次", "1009次", deviation="0%")))
    assert (finding.verdict, finding.reason) == (Verdict.TRUNCATED, None)


def about(report: Report, path: str, rules: RuleSet | str | None = None) -> list[Suspect]:
    return [s for s in audit(report, rules=rules).suspects if s.operand.path == path]


DEVIATION = "form.indicators[0].deviation"


def test_a_wrong_shortfall_may_have_been_either_sign() -> None:
    """64 of 65: -1.54 %, which prints as -2 % or as 2 %."""
    short = form(row("a", "≥65次", "64次", deviation="3%"))
    (finding,) = deviations(short, "xinjiang-observed-2023")
    assert finding.verdict is I
    assert finding.ranges == (Interval.point(Fraction(-1, 65)), Interval.point(Fraction(1, 65)))
    assert finding.derived == Interval(lower=Fraction(-1, 65), upper=Fraction(1, 65))
    assert finding.gap == Fraction("0.025") - Fraction(1, 65)
    assert "负号可省" in finding.why.zh
    (suspect,) = about(short, DEVIATION, "xinjiang-observed-2023")
    assert suspect.admissible == finding.derived
    assert suspect.becomes is None
    says(suspect.message, "-2%或2%", "-2% or 2%")


def test_a_wrong_excess_has_one_sign() -> None:
    """66 of 65: 1.54 %."""
    (suspect,) = about(
        form(row("a", "≥65次", "66次", deviation="3%")), DEVIATION, "xinjiang-observed-2023"
    )
    assert suspect.admissible == Interval.point(Fraction(1, 65))
    assert str(suspect.becomes) == "2%"


def test_no_print_of_a_shortfall_hides_it() -> None:
    """0 % lies between -10 % and 10 %, and is neither."""
    short = form(row("a", "≥90%", "80%", deviation="0%"))
    (suspect,) = about(short, DEVIATION, "xinjiang-observed-2023")
    assert "应为-10%或10%" in suspect.message.zh


def test_a_range_that_prints_in_several_ways_is_told_as_a_range() -> None:
    """79.5 % to 80.5 % of 90 %: 9.5 to 10.5 points short."""
    rounded = attrs.evolve(
        row("a", "≥90%", "80%", deviation="3.00%"), actual=Figure.parse("80%", exact=False)
    )
    (suspect,) = about(form(rounded), DEVIATION, "xinjiang-observed-2023")
    assert "应为-10.5%至-9.5%或9.5%至10.5%" in suspect.message.zh


def test_a_definition_that_one_wrong_row_decides_is_not_certain() -> None:
    """100 of 90: 10 points, 11.1 % of the target or 10 % of the actual value; 3 % is neither."""
    alone = form(row("a", "≥90%", "100%", deviation="3%"))
    (suspect,) = about(alone, DEVIATION)
    assert suspect.admissible == Interval(lower=Fraction(1, 10), upper=Fraction(1, 9))
    assert suspect.becomes is None
    assert "10%或11%" in suspect.message.zh
    (finding,) = deviations(alone)
    assert "则为11.1111%至11.1112%" in finding.why.zh


def test_the_other_rows_decide_what_a_wrong_one_should_be() -> None:
    """15 points of 95 %, which is 16 % of the target and 14 % of 110 %: a second row in points."""
    rows = row("a", "≥90%", "100%", deviation="3%"), row("b", "≥95%", "110%", deviation="15%")
    (suspect,) = about(form(*rows), DEVIATION)
    assert suspect.admissible == Interval.point(Fraction(1, 10))
    assert str(suspect.becomes) == "10%"


def test_rows_that_go_by_two_definitions_make_neither_certain() -> None:
    """Row a is relative to the target, row b in points; the completions decide for the former."""
    rows = (("≥80%", "100%", "125%", "25%"), ("≥50%", "70%", "140%", "20%"))
    (suspect,) = about(with_completions(*rows), "form.indicators[1].deviation")
    assert suspect.admissible == Interval(lower=Fraction(2, 10), upper=Fraction(4, 10))
    assert suspect.becomes is None


def test_a_deviation_without_a_base() -> None:
    report = form(row("a", "≥0次", "5次", deviation="5%"))
    points_only = attrs.evolve(get("yitihua-default"), deviation=DeviationDefinition.POINTS)
    assert [f.reason for f in deviations(report, points_only)] == ["undefined"]
    other_units = form(row("a", "≥90%", "5次", deviation="5%"))
    assert [f.reason for f in deviations(other_units)] == ["undefined"]


def test_an_actual_value_of_nothing_speaks_against_its_being_the_base() -> None:
    """-100 % of the target; nothing can be said in percent of 0."""
    (finding,) = deviations(form(row("a", "≥10次", "0次", deviation="-90%")))
    assert finding.verdict is I


TWICE_20 = (
    row("a", "≥96%", "116%", deviation="20%"),
    row("b", "≥102%", "122.6%", deviation="20%"),
)
"""20 points are 20/96 = 20.83 % of the target; 20.6 points are 20.6/102 = 20.20 % of it.

Each of both definitions fits one row as it is and the other cut off: they cannot be told apart.
"""


def test_a_deviation_that_was_cut_off_is_so_whatever_else_fits() -> None:
    whole, cut = deviations(form(*TWICE_20))
    assert (whole.verdict, cut.verdict) == (E, Verdict.TRUNCATED)
    assert cut.why.zh.count("则为") == 1
    assert "则为" not in whole.why.zh  # where it holds nothing else needs to be meant


def test_what_is_meant_by_two_definitions_is_told_once() -> None:
    """2 of 10: 20 % of the target, which is what points are of what is no rate; 2/12 = 16.67 %."""
    (finding,) = deviations(form(row("a", "≥10次", "12次", deviation="3%")))
    assert "应为20%，按相对实际完成值（差额 ÷ 实际完成值）则为16.6666%至16.6667%" in finding.why.zh
    assert finding.why.zh.count("则为") == 1
    assert finding.ranges == (Interval.point(Fraction(1, 5)), Interval.point(Fraction(1, 6)))


@pytest.mark.parametrize(("actual", "due"), [("65次", "应为0%"), ("66次", "应为1.5384%至1.5385%")])
def test_what_is_not_short_has_no_sign_to_leave_out(actual: str, due: str) -> None:
    (finding,) = deviations(
        form(row("a", "≥65次", actual, deviation="3%")), "xinjiang-observed-2023"
    )
    assert due in finding.why.zh
    assert "负号可省" not in finding.why.zh
    assert finding.ranges == ()
    assert finding.unit.symbol == "%"
    assert typed(Interval, finding.derived).is_point


def test_a_row_left_out_counts_neither_for_a_definition_nor_against_it() -> None:
    """As if it were not in the table; of three rows one fits, one is cut off, one is wrong."""
    wrong = row("c", "≥90%", "100%", deviation="3%")
    table = [*rows_of(form(*TWICE_20, wrong))]
    column = [_tried(row, DeviationDefinition.POINTS) for row in table]
    fit = _Fit.of(DeviationDefinition.POINTS, column, table)
    assert fit.all_rows == (-1, 1)
    for number in range(3):
        fewer = [it for n, it in enumerate(column) if n != number]
        others = [row for n, row in enumerate(table) if n != number]
        alone = _Fit.of(DeviationDefinition.POINTS, fewer, others)
        assert fit.without(number) == alone.all_rows
    assert [fit.without(number) for number in range(3)] == [(-1, 0), (-1, 1), (0, 1)]


def with_completions(*rows: tuple[str, str, str, str]) -> Report:
    """Indicators from target, actual value, completion rate and deviation."""
    return form(
        *(
            attrs.evolve(
                row(str(number), target, actual, deviation=deviation),
                completion_rate=Figure.parse(completion),
            )
            for number, (target, actual, completion, deviation) in enumerate(rows)
        )
    )


def bases(report: Report, rules: RuleSet | str | None = None) -> Finding:
    (finding,) = [
        f for f in findings_of(report, "W11", rules) if "completion_rate - 100%" in f.relation
    ]
    return finding


def test_completion_and_deviation_on_two_bases() -> None:
    """100 / 90 is 111 % and 11 % more than the target; 10 % are percentage points."""
    report = with_completions(("≥90%", "100%", "111%", "10%"), ("≥95%", "97%", "102%", "2%"))
    finding = bases(report)
    assert (finding.verdict, finding.reason) == (C, "review")
    assert "111%/10%" in finding.message.zh
    assert "102%" not in finding.message.en  # 97 / 95 is 102 %: one base in this row
    assert bases(report, "yitihua-default").reason == "review"  # which says nothing of deviations
    assert [o.path for o in finding.operands] == [DEVIATION, "form.indicators[0].completion_rate"]
    points_only = attrs.evolve(get("yitihua-default"), deviation=DeviationDefinition.POINTS)
    settled = bases(report, points_only)
    assert settled.verdict is E
    assert "规则集" in settled.message.zh


def test_completion_and_deviation_on_one_base() -> None:
    report = with_completions(("≥90%", "100%", "111%", "11%"), ("≥90%", "81%", "90%", "10%"))
    assert bases(report).verdict is E
    assert [o.path.partition("[")[2] for o in bases(report).operands] == [
        "0].deviation", "0].completion_rate", "1].deviation", "1].completion_rate",
    ]  # fmt: skip
    assert not [f for f in findings_of(form(row("a", "≥9次", "9次")), "W11") if f.verdict is not C]
    apart = with_completions(("≥90%", "100%", "111%", "11次"))
    assert all("completion_rate - 100%" not in f.relation for f in findings_of(apart, "W11"))


def test_completions_decide_between_definitions_that_fit_as_well() -> None:
    """Row 1 is relative (100/80 - 1 = 25 %), row 2 neither: 20 points would be one for points."""
    rows = (("≥80%", "100%", "125%", "25%"), ("≥50%", "70%", "140%", "20%"))
    first, second = deviations(with_completions(*rows))
    assert (first.verdict, second.verdict) == (E, I)
    without = form(
        row("a", "≥80%", "100%", deviation="25%"), row("b", "≥50%", "70%", deviation="20%")
    )
    assert [f.reason for f in deviations(without) if f.verdict is not E] == ["review"]


# --- W10 of indicators that should stay low


def completions(report: Report) -> list[Finding]:
    return [f for f in findings_of(report, "W10") if "= completion(" in f.relation]


def reverse(actual: str, rate: str, target: str = "≤10件") -> Finding:
    indicator = attrs.evolve(row("a", target, actual), completion_rate=Figure.parse(rate))
    (finding,) = completions(form(indicator))
    return finding


@pytest.mark.parametrize("target", ["≤10件", "<10件", "10件"])
@pytest.mark.parametrize(
    ("actual", "rate", "by"),
    [
        ("12件", "120%", "actual / target"),
        ("12件", "83.33%", "target / actual"),  # 10 / 12 = 0.83333…
        ("12件", "80%", "2 - actual / target"),  # 1 - (12 - 10) / 10
        ("5件", "50%", "actual / target"),
        ("5件", "200%", "target / actual"),
        ("5件", "150%", "2 - actual / target"),
        ("7件", "100%", "100% once the target is met"),
        ("0件", "100%", "100% once the target is met"),
    ],
)
def test_a_completion_that_should_stay_low_by_each_definition(
    actual: str, rate: str, by: str, target: str
) -> None:
    """So may what is printed without a direction."""
    finding = reverse(actual, rate, target)
    assert finding.verdict.holds
    assert finding.why.en.endswith(f": computed as {by}")


def test_one_by_no_definition_is_inconsistent() -> None:
    finding = reverse("12件", "100%")
    assert finding.verdict is I
    says(finding.why, "均不相符", "it fits none of")


def test_a_target_of_zero_has_no_completion() -> None:
    """3 / 0 and 2 - 3 / 0 are nothing; 0 / 3 is 0 %."""
    assert reverse("3件", "100%", "≤0件").reason == "division-by-zero"
    assert reverse("3件", "0%", "≤0件").verdict is E


def test_it_is_asked_only_of_what_should_stay_low() -> None:
    stated = Figure.parse("83.33%")
    rising = attrs.evolve(row("a", "≥10件", "12件"), completion_rate=stated)
    other_unit = attrs.evolve(row("b", "≤10件", "12%"), completion_rate=stated)
    assert completions(form(rising, other_unit)) == []
    assert {f.reason for f in findings_of(form(other_unit), "W10")} == {"not-stated"}


def test_rates_of_the_form_are_looked_at_below_a_text_without_any() -> None:
    """-25 % beside 80 % is on another base; what the text leaves out changes nothing in that."""
    bare = Indicator(name="检查", target="≥10次", actual="8次")
    rated = attrs.evolve(bare, completion_rate="80%", deviation="-25%")
    table = Statement(indicators=(rated,))
    for text in (Statement(), Statement(indicators=(bare,))):
        report = Report(narrative=text, form=table)
        (finding,) = of(report, "W11", "completion_rate - 100%")
        assert finding.is_for_review
        assert finding.operands[0].path == "form.indicators[0].deviation"

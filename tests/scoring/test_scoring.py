"""Scores by the rule-sets that are shipped, against domain/rules.md."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import (
    DeviationDefinition,
    Direction,
    Figure,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    Points,
    RoundingMode,
    RuleSet,
    Target,
    scorecard,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.rules import (
    Curve,
    ExecutionRule,
    Knot,
    Measure,
    QuantitativeRule,
    ScoreRounding,
    ZeroBase,
    get,
)
from budgetperf.scoring import NoScore, ScoreRange, execution_score, indicator_score, ruleset
from budgetperf.scoring.marks import deviation_of
from budgetperf.scoring.measures import inverse, product
from tests.factories import PROPORTIONAL, RULES, form, refused, there, typed, unscored
from tests.factories import scored as scored_row

YITIHUA, NATIONAL, XINJIANG = (
    get("yitihua-default"), get("national-2020"), get("xinjiang-observed-2023"),
)  # fmt: skip


def money(text: str) -> Figure:
    return Figure(value=text, unit="元")


def indicator(target: str, actual: str, weight: str = "10", score: str = "") -> Indicator:
    return Indicator(
        name="某指标",
        target=Target.parse(target),
        actual=Figure.parse(actual),
        weight=Figure(value=weight, rounding=None),
        score=Figure(value=score) if score else Missing(),
    )


def scored(target: str, actual: str, rules: RuleSet, weight: str = "10") -> ScoreRange | NoScore:
    weighed = Figure(value=weight, rounding=None)
    return indicator_score(indicator(target, actual, weight), rules, weight=weighed)


def points(result: ScoreRange | NoScore) -> Fraction:
    assert isinstance(result, ScoreRange)
    return there(result.value)


def code(result: ScoreRange | NoScore) -> str:
    assert isinstance(result, NoScore)
    assert result.why.zh
    assert result.why.en
    return result.code


@pytest.mark.parametrize(
    ("executed", "revised", "score"),
    [
        ("215457.6", "250000", "8.62"),  # rules.md §2.2, Shanghai 2022
        ("9034", "20000", "4.52"),
        ("595.07", "595.07", "10"),
        ("600", "500", "10"),  # capped
        ("0", "500", "0"),
        ("7.6", "10", "7.6"),  # Chongqing: 76 % -> 7.6
    ],
)
def test_execution(executed: str, revised: str, score: str) -> None:
    rule = there(YITIHUA.execution)
    result = execution_score(
        rule, executed=money(executed), revised=money(revised), rounding=YITIHUA.score_rounding
    )
    assert points(result) == Fraction(score)


def test_execution_without_rounding_keeps_the_ratio() -> None:
    rule = there(NATIONAL.execution)
    result = execution_score(rule, executed=money("215457.6"), revised=money("250000"))
    assert points(result) == Fraction("8.618304")
    assert [step.value for step in result.steps] == [  # type: ignore[union-attr]
        Fraction("0.8618304"), Fraction("0.8618304"), Fraction("8.618304"),
    ]  # fmt: skip


def test_execution_on_no_budget() -> None:
    """rules.md §5: the 一体化 module records 0 points; what says nothing stays open."""
    yitihua, national = YITIHUA.execution, NATIONAL.execution
    nothing = attrs.evolve(money("0"), rounding=None)
    for spent in ("0", "5"):
        result = execution_score(there(yitihua), executed=money(spent), revised=nothing)
        assert points(result) == 0
        open_case = execution_score(there(national), executed=money(spent), revised=nothing)
        assert code(open_case) == "undefined"


def test_execution_on_a_budget_that_is_printed_as_0() -> None:
    """0.00亿元 may be 40万元: any rate is possible, and so is any score."""
    printed = Figure(value="0.00", unit="亿元")
    for rules in (YITIHUA, NATIONAL):
        result = execution_score(there(rules.execution), executed=printed, revised=printed)
        assert isinstance(result, ScoreRange)
        assert result.value is None
        assert result.admissible == Interval(lower=0, upper=10)
        assert "填列为 0" in there(result.why).zh


def test_execution_where_only_full_execution_was_observed() -> None:
    rule = there(XINJIANG.execution)
    assert points(execution_score(rule, executed=money("5"), revised=money("5"))) == 10
    below = execution_score(rule, executed=money("4"), revised=money("5"))
    assert code(below) == "rule-silent"
    assert "80%" in below.why.en  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("actual", "score"), [("12", "0.8"), ("15", "0.5"), ("20", "0"), ("25", "0"), ("10", "1"),
                          ("8", "1"), ("0", "1")],
)  # fmt: skip
@pytest.mark.parametrize("target", ["≤10", "<10"])
def test_the_linear_reverse_formula(target: str, actual: str, score: str) -> None:
    """rules.md §4.2: target 10, actual 12 -> 0.8, 15 -> 0.5, 20 and more -> 0."""
    assert points(scored(target, actual, YITIHUA, weight="1")) == Fraction(score)


@pytest.mark.parametrize(
    ("actual", "score"), [("12", "0.833"), ("15", "0.667"), ("20", "0.5"), ("25", "0.4")]
)
def test_the_other_reverse_formula(actual: str, score: str) -> None:
    """rules.md §4.2: A/B."""
    inverse = attrs.evolve(
        YITIHUA,
        at_most=QuantitativeRule(measure=Measure.INVERSE, curve=PROPORTIONAL),
        score_rounding=ScoreRounding(places=3),
    )
    assert points(scored("≤10", actual, inverse, weight="1")) == Fraction(score)
    half = scored("≤10", "0.4", inverse)
    assert points(half) == 10


def test_what_is_met_in_print_may_be_missed_in_a_direction_without_a_rule() -> None:
    """9.95 to 10.05 of 10: by proportion of ≥10; of ≤ and = the rule-set says nothing."""
    near = attrs.evolve(unscored("10次", "10次"), actual=Figure.parse("10.0次"))
    open_ = typed(ScoreRange, scored_row(near, RULES))
    assert open_.value == 10
    assert open_.admissible == Interval(lower=0, upper=10)
    met = typed(ScoreRange, scored_row(unscored("10次", "10次"), RULES))
    assert met.value == 10
    assert met.admissible == Interval.point(10)


@pytest.mark.parametrize("a", ["0", "1", "2", "-1", "1/2", "3/2"])
@pytest.mark.parametrize("b", ["0", "1", "7", "-3", "2/3"])
def test_a_product_of_fractions(a: str, b: str) -> None:
    assert product(Fraction(a), Fraction(b)) == Fraction(a) * Fraction(b)


@pytest.mark.parametrize("last", ["1/2", "1", "3"])
def test_within_the_target_is_beyond_every_quotient(last: str) -> None:
    """5 / 0 has no value, and whatever has one has less: what the curve has after its last knot."""
    curve = Curve(knots=(Knot(x=0, y=0), Knot(x=last, y=1, right="1/2")))
    for actual in ("0次", "-2次", "0.0次"):
        measured = inverse(curve, Figure.parse(actual), Fraction(5))
        assert curve.value(measured.value) == Fraction(1, 2)
        assert measured.value > 1


def test_by_what_was_reached_the_score_is_open_by_no_more_than_its_rounding() -> None:
    """10 / 20.0 is a half; of 19.95 to 20.05 it is 0.5012 to 0.4988."""
    row = attrs.evolve(unscored("≤10次", "20次"), actual=Figure.parse("20.0次"))
    result = typed(ScoreRange, scored_row(row, INVERSE))
    assert result.value == 5
    assert result.admissible == Interval(lower="4.99", upper="5.01")


INVERSE = attrs.evolve(
    YITIHUA, at_most=QuantitativeRule(measure=Measure.INVERSE, curve=PROPORTIONAL)
)


@pytest.mark.parametrize("actual", ["0", "0.0", "-3"])
def test_nothing_at_all_is_within_a_target_that_should_stay_low(actual: str) -> None:
    """A met target has the whole weight in every form with A/B, and 0 of at most 10 meets it."""
    result = scored("≤10", actual, INVERSE)
    assert points(result) == 10
    assert isinstance(result, ScoreRange)
    assert result.admissible == Interval.point(10)
    assert result.steps[0].value == Fraction(actual)


def test_a_print_of_0_may_stand_for_more_than_a_small_target() -> None:
    """0 with no decimals is below 0.5: of at most 0.1 at least 0.1 / 0.5 is left."""
    row = attrs.evolve(
        indicator("≤0.1", "0"), actual=Figure(value="0", rounding=RoundingMode.HALF_UP)
    )
    result = indicator_score(row, INVERSE, weight=Figure(value="10", rounding=None))
    assert points(result) == 10
    assert typed(ScoreRange, result).admissible == Interval(lower=2, upper=10)


def test_a_figure_that_may_be_0_has_a_quotient_without_end() -> None:
    """±0.5 around 0.5, as XBRL has it: from 0.5 / 1 to beyond all bounds."""
    wide = Figure(value="0.5", places=0, rounding=RoundingMode.NEAREST)
    row = attrs.evolve(indicator("≤0.5", "0.5"), actual=wide)
    result = indicator_score(row, INVERSE, weight=Figure(value="10", rounding=None))
    assert points(result) == 10
    assert typed(ScoreRange, result).admissible == Interval(lower=5, upper=10)


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("≥90%", "100%", "10"),
        ("≥90%", "90%", "10"),
        ("≥90%", "45%", "5"),
        (">90%", "60%", "6.67"),  # 6.666…, half-up to two decimals
        ("≥10次", "8次", "8"),
        ("=10次", "8次", "8"),
        ("=10次", "12次", "10"),  # rules.md §4.1: B ≥ A -> w
        ("=8个", "0个", "0"),
        # rules.md §5, the three lines on a target of 0
        ("≥0%", "0%", "10"),
        ("≥0%", "5%", "10"),
        ("≤0起", "0起", "10"),
        ("≤0起", "1起", "0"),
        ("=0起", "0起", "10"),
        ("=0起", "2起", "0"),
    ],
)
def test_by_the_default_algorithm(target: str, actual: str, score: str) -> None:
    assert points(scored(target, actual, YITIHUA)) == Fraction(score)


def test_a_target_of_zero_where_the_rule_says_nothing() -> None:
    assert code(scored("≤0%", "5%", NATIONAL)) == "undefined"
    none = attrs.evolve(
        YITIHUA,
        at_least=QuantitativeRule(
            measure=Measure.COMPLETION, curve=PROPORTIONAL, zero_target=ZeroBase.NONE
        ),
    )
    assert points(scored("≥0%", "5%", none)) == 0


def test_national_discretion() -> None:
    """Met: full marks. Clearly above: a reasoned deduction, as large as is judged right."""
    met = scored("≥90%", "90%", NATIONAL)
    assert points(met) == 10
    above = typed(ScoreRange, scored("≥90%", "100%", NATIONAL))
    assert above.value is None
    assert above.admissible == Interval(lower=0, upper=10)
    assert len(above.steps) == 2
    assert points(scored("≥90%", "45%", NATIONAL)) == 5


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≤9次", "4次"), ("=9次", "9次"), ("9次", "9次"), ("≤0次", "0次"), ("≤-5%", "-8.0%"),
     (">-5%", "0%"), ("=0次", "0次"), ("≥0次", "0次")],
)  # fmt: skip
def test_national_full_marks_for_what_is_met(target: str, actual: str) -> None:
    """Art. 16: 完成指标值的，记该指标所赋全部分值, of every operator and every target.

    Above a target with ≥ or > a reasoned deduction is possible, so that it is no single score.
    """
    result = typed(ScoreRange, scored(target, actual, NATIONAL))
    above = target[0] == ">"
    assert result.value == (None if above else 10)
    assert result.admissible == Interval(lower=0 if above else 10, upper=10)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [("≤90%", "91%", "rule-silent"), ("=90%", "91%", "rule-silent"), ("≤0%", "1%", "undefined"),
     ("≤-5%", "-4%", "undefined"), ("≥-5%", "-6%", "undefined"), ("=0%", "1%", "undefined"),
     ("90%", "91%", "no-direction")],
)  # fmt: skip
def test_national_says_nothing_of_some_misses(target: str, actual: str, reason: str) -> None:
    assert code(scored(target, actual, NATIONAL)) == reason


def test_a_target_that_only_the_print_meets_bounds_nothing() -> None:
    """0.0% stands for −0.05% to 0.05%: beside ≤0% it may be a miss, which is not scored."""
    result = typed(ScoreRange, scored("≤0%", "0.0%", NATIONAL))
    assert result.value == 10
    assert result.admissible == Interval(lower=0, upper=10)


@pytest.mark.parametrize(
    ("actual", "share"),
    [("90%", "1"), ("99.9%", "1"), ("100%", "0.9"), ("110%", "0.8"), ("190%", "0"), ("300%", "0")],
)
def test_xinjiang_above_the_target(actual: str, share: str) -> None:
    """Full marks below 10 points of deviation, then weight × (1 - deviation)."""
    assert points(scored("≥90%", actual, XINJIANG, weight="20")) == 20 * Fraction(share)


def test_xinjiang_below_the_target_is_silent() -> None:
    below = scored("≥90%", "89%", XINJIANG)
    assert code(below) == "rule-silent"
    assert "-1%" in below.why.en  # type: ignore[union-attr]


@pytest.mark.parametrize(("target", "actual"), [("≥10次", "12次"), ("≥10", "12")])
def test_points_exist_between_rates_only(target: str, actual: str) -> None:
    """For what is counted the deviation is in percent of the target: 12/10 - 1 = 20 %."""
    assert points(scored(target, actual, XINJIANG)) == 10 * (1 - Fraction(20, 100))


def test_deviation_relative_to_the_target() -> None:
    rules = attrs.evolve(XINJIANG, deviation=DeviationDefinition.RELATIVE_TO_TARGET)
    # 100/90 - 1 = 1/9, which is more than 10 %.
    assert points(scored("≥90%", "100%", rules)) == 10 * (1 - Fraction(1, 9))


def test_deviation_relative_to_the_actual_value() -> None:
    rules = attrs.evolve(XINJIANG, deviation=DeviationDefinition.RELATIVE_TO_ACTUAL)
    assert points(scored("≥50%", "100%", rules)) == 5  # 1 - 50/100
    zero = attrs.evolve(indicator("≥50%", "0%"), actual=Figure(value=0, unit="%", rounding=None))
    assert code(indicator_score(zero, rules, weight=Figure(value="10"))) == "undefined"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (indicator("效果明显", "90%"), "qualitative"),
        (Indicator(name="某指标", actual=Figure(value="9")), "no-direction"),
        (indicator("≥90次", "90%"), "unit-mismatch"),
        (attrs.evolve(indicator("≥90%", "90%"), actual=Missing()), "not-stated"),
        (
            attrs.evolve(indicator("≥9", "9"), target=Target(direction=Direction.EQUAL)),
            "not-stated",
        ),
    ],
)
def test_no_score(row: Indicator, why: str) -> None:
    assert code(indicator_score(row, YITIHUA, weight=Figure(value="10"))) == why


def test_the_admissible_scores_are_those_of_the_true_values() -> None:
    """89.5 % to 90.5 % against 100 %: 8.95 to 9.05 of 10 points."""
    row = attrs.evolve(indicator("≥100%", "90%"), actual=Figure(value="90", unit="%"))
    exact_rules = attrs.evolve(YITIHUA, score_rounding=None)
    result = indicator_score(row, exact_rules, weight=Figure(value="10", rounding=None))
    assert isinstance(result, ScoreRange)
    assert result.admissible == Interval(lower="8.95", upper="9.05", upper_closed=False)
    rounded = indicator_score(row, YITIHUA, weight=Figure(value="10", rounding=None))
    assert isinstance(rounded, ScoreRange)
    assert rounded.admissible == Interval(lower="8.95", upper="9.05")


def report(*rows: Indicator, executed: str = "5", revised: str = "5") -> Report:
    return form(*rows, executed=money(executed), revised=money(revised), score=Figure(value="9"))


def test_a_scorecard() -> None:
    heading = Indicator(level1="运行成本")
    card = scorecard(
        report(heading, indicator("≥90%", "45%", "90", score="40")), rules="yitihua-default"
    )
    execution, row = card.lines
    assert (execution.name, execution.score, execution.stated) == (
        "预算执行率", Points(10), Points(9),
    )  # fmt: skip
    assert (row.name, row.weight, row.stated, row.score) == (
        "某指标", Points(90), Points(40), Points(45),
    )  # fmt: skip
    assert row.steps[0].value == Fraction(1, 2)
    assert card.total == Points(55)
    assert card.admissible == Interval.point(55)
    assert card.rating == "差"  # 60 is the least for 中


@pytest.mark.parametrize(
    ("share", "rating"), [("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59", "差")]
)
def test_ratings(share: str, rating: str) -> None:
    """Exactly 90 is 优 (checks.md W09)."""
    for rules in (YITIHUA, NATIONAL):
        assert rules.rating(Fraction(share)) == rating
    assert XINJIANG.rating(Fraction(share)) == ("优" if rating == "优" else None)


def test_a_weight_that_is_missing_leaves_the_total_open() -> None:
    row = attrs.evolve(indicator("≥90%", "90%"), weight=Missing(reason=MissingReason.BLANK))
    card = scorecard(report(row), rules=YITIHUA)
    assert card.lines[1].weight is None
    assert "分值" in there(card.lines[1].why).zh
    assert (card.total, card.admissible, card.rating) == (None, None, None)


def test_amounts_that_are_missing_leave_execution_open() -> None:
    empty = form(indicator("≥90%", "90%"))
    card = scorecard(empty, rules=YITIHUA)
    assert card.lines[0].score is None
    assert card.lines[0].why is not None
    assert card.total is None
    silent = scorecard(empty, rules=attrs.evolve(YITIHUA, execution=None))
    assert silent.lines[0].weight is None
    assert "yitihua-default" in there(silent.lines[0].why).en


def test_without_indicators_there_is_no_total() -> None:
    card = scorecard(report(), rules=YITIHUA)
    assert len(card.lines) == 1
    assert (card.total, card.admissible) == (None, None)


@pytest.mark.parametrize(
    ("actual", "low", "high"),
    [
        ("90%", "10", "10"),  # met, whichever is meant
        ("80%", "8.89", "10"),  # 8 / 9 by ≥ and =, met by ≤
        ("99%", "9", "10"),  # met by ≥ and =, 1 - 9 / 90 by ≤
    ],
)
def test_a_target_without_an_operator_has_the_scores_of_every_direction(
    actual: str, low: str, high: str
) -> None:
    row = attrs.evolve(indicator("90%", actual), actual=Figure.parse(actual, exact=True))
    result = indicator_score(row, YITIHUA, weight=Figure(value="10", rounding=None))
    assert isinstance(result, ScoreRange)
    assert result.admissible == Interval(lower=low, upper=high)
    assert result.value == (Fraction(low) if low == high else None)
    assert (result.why is None) == (low == high)


def test_a_row_without_a_direction_has_no_score_where_one_direction_has_no_rule() -> None:
    """xinjiang-observed-2023 says nothing of ≤ and of =, and a miss may be a miss of either."""
    card = scorecard(report(indicator("90%", "80%")), rules=XINJIANG)
    assert card.lines[1].score is None
    assert card.lines[1].reason == "no-direction"


def test_rule_sets_by_id_or_themselves() -> None:
    assert ruleset("national-2020") is NATIONAL
    assert ruleset(NATIONAL) is NATIONAL
    with refused("unknown-ruleset"):
        scorecard(report(), rules="national-2021")


def test_an_execution_budget_that_may_be_zero_bounds_nothing() -> None:
    """±0.5 around 0.5 contains 0 under the XBRL reading: any rate is possible."""
    rule = ExecutionRule(weight=10, curve=PROPORTIONAL)
    wide = Figure(value="0.5", unit="元", places=0, rounding=RoundingMode.NEAREST)
    result = typed(ScoreRange, execution_score(rule, executed=money("0.5"), revised=wide))
    assert result.admissible == Interval(lower=0, upper=10)


def test_a_negative_target_and_unlike_units_have_no_score() -> None:
    assert code(scored("≥-5%", "5%", YITIHUA)) == "negative-target"
    rule = there(YITIHUA.execution)
    people = Figure(value="5", unit="人")
    assert code(execution_score(rule, executed=money("5"), revised=people)) == "unit-mismatch"


def test_weights_in_percent_are_shares_of_the_total() -> None:
    """权重 60% of 100 points are 60."""
    given = Figure(value="60", unit="%", rounding=None)
    row = indicator("≥10次", "5次")
    result = typed(ScoreRange, indicator_score(row, YITIHUA, weight=given))
    assert result.value == 30
    weighed = form(attrs.evolve(row, weight=given))
    assert scorecard(weighed, rules=YITIHUA).lines[1].weight == Points(60)


def test_a_figure_that_may_be_0_and_no_more_is_within_its_target() -> None:
    """±0.5 around -0.5: from -1 to 0, none of which is above a target of 0.5."""
    low = Figure(value="-0.5", places=0, rounding=RoundingMode.NEAREST)
    row = attrs.evolve(indicator("≤0.5", "0.5"), actual=low)
    result = typed(ScoreRange, scored_row(row, INVERSE))
    assert result.value == 10
    assert result.admissible == Interval.point(10)


def test_a_measure_without_end_is_rounded_as_far_as_it_goes() -> None:
    """0 of at most 10 is beyond every quotient, and ±0.5 around 0.5 may be next to nothing."""
    whole = ScoreRounding(places=0)
    inverse_rule = attrs.evolve(there(INVERSE.at_most), measure_rounding=whole)
    result = scored("≤10", "0", attrs.evolve(INVERSE, at_most=inverse_rule))
    assert points(result) == 10


def test_beside_a_figure_that_may_be_0_any_deviation_is_possible() -> None:
    """±0.5 around 0.5: 1 - 0.25 / 0.5 is a half, of 1 it is three quarters, of 0 it has no end."""
    relative = DeviationDefinition.RELATIVE_TO_ACTUAL
    wide = Figure(value="0.5", places=0, rounding=RoundingMode.NEAREST)
    row = attrs.evolve(indicator("≥0.25", "0.5"), actual=wide)
    value, values, _ = typed(tuple, deviation_of(wide, Figure.parse("0.25", exact=True), relative))
    assert (value, values) == (Fraction(1, 2), Interval())
    for rounding in (None, ScoreRounding(places=0)):
        rule = attrs.evolve(there(XINJIANG.at_least), measure_rounding=rounding)
        rules = attrs.evolve(XINJIANG, at_least=rule, deviation=relative)
        result = typed(ScoreRange, scored_row(row, rules))
        assert result.value == 5
        assert result.admissible == Interval(lower=0, upper=10)
        up = Figure(value="1", places=0, rounding=RoundingMode.UP)  # above 0, at most 1
        result = typed(ScoreRange, scored_row(attrs.evolve(row, actual=up), rules))
        assert result.value == Fraction("2.5")
        assert result.admissible == Interval(lower=0, upper=10)


def test_an_execution_of_figures_of_which_one_is_rounded() -> None:
    """1 of 2.95 to 3.05 is 32.79 % to 33.90 %; 0.95 to 1.05 of 3 is 31.67 % to 35 %."""
    rule = there(NATIONAL.execution)
    one, three = (attrs.evolve(money(text), rounding=None) for text in ("1", "3"))
    for executed, revised, low, high in (
        (one, Figure.parse("3.0元"), Fraction(200, 61), Fraction(200, 59)),
        (Figure.parse("1.0元"), three, Fraction(19, 6), Fraction(7, 2)),
    ):
        result = typed(ScoreRange, execution_score(rule, executed=executed, revised=revised))
        assert result.value == Fraction(10, 3)
        assert (result.admissible.lower, result.admissible.upper) == (low, high)


def test_a_target_without_an_operator_that_is_met_exactly_and_costs_something() -> None:
    """Where ≥ gives nine tenths for what is reached exactly, nothing follows from it alone."""
    most = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y="0.9")))
    at_least = QuantitativeRule(measure=Measure.COMPLETION, curve=most)
    partly = attrs.evolve(RULES, at_least=at_least)
    assert code(scored("10次", "10次", partly)) == "no-direction"
    assert points(scored("10次", "10次", RULES)) == 10
    assert (
        points(scored("10次", "10次", attrs.evolve(partly, at_most=at_least, equal=at_least))) == 9
    )


@pytest.mark.parametrize(
    ("definition", "value", "low", "high"),
    [
        # 11.95 % to 12.05 % of 10 %: points apart, beside the actual value, beside the target
        (DeviationDefinition.POINTS, "1/50", "39/2000", "41/2000"),
        (DeviationDefinition.RELATIVE_TO_ACTUAL, "1/6", "39/239", "41/241"),
        (DeviationDefinition.RELATIVE_TO_TARGET, "1/5", "39/200", "41/200"),
    ],
)
def test_a_deviation_of_what_was_rounded(
    definition: DeviationDefinition, value: str, low: str, high: str
) -> None:
    target = Figure.parse("10%", exact=True)
    rounded = deviation_of(Figure.parse("12.0%"), target, definition)
    due = Interval(lower=low, upper=high, upper_closed=False)
    assert typed(tuple, rounded)[:2] == (Fraction(value), due)
    exact = deviation_of(Figure.parse("12.0%", exact=True), target, definition)
    assert typed(tuple, exact)[:2] == (Fraction(value), Interval.point(value))


def test_where_every_direction_gives_the_same_it_is_told_by_the_first() -> None:
    """10 of 10 is a completion of 100 % by ≥, and a deviation of 0 by =: 10 points by both."""
    by_deviation = QuantitativeRule(
        measure=Measure.DEVIATION, curve=Curve(knots=(Knot(x=0, y=1), Knot(x=1, y=0)))
    )
    rules = attrs.evolve(
        RULES,
        at_most=by_deviation,
        equal=by_deviation,
        deviation=DeviationDefinition.RELATIVE_TO_TARGET,
    )
    result = typed(ScoreRange, scored("10次", "10次", rules))
    assert result.value == 10
    assert result.steps == typed(ScoreRange, scored("≥10次", "10次", rules)).steps


def test_without_an_operator_more_than_the_target_is_not_just_met() -> None:
    """12 of 10 has full marks by ≥; of ≤ and = the rule-set says nothing, and it may be a miss."""
    assert code(scored("10次", "12次", RULES)) == "no-direction"


def test_a_target_of_0_that_is_met_has_full_marks_where_nothing_is_left_to_judgement() -> None:
    rule = attrs.evolve(there(RULES.at_least), zero_target=ZeroBase.FULL_IF_MET)
    result = typed(ScoreRange, scored("≥0次", "5次", attrs.evolve(RULES, at_least=rule)))
    assert result.value == 10

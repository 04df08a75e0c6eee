"""What rule-sets say besides curves: names, steps, strict targets, what does not apply, bases."""

from __future__ import annotations

import itertools
from fractions import Fraction

import attrs
import pytest

import budgetperf as bp
from budgetperf import (
    DeviationDefinition,
    Figure,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    Points,
    RoundingMode,
    RuleSet,
    ScoreLine,
    Statement,
    Undefined,
    scorecard,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.model import Funding, FundingTotal
from budgetperf.rules import (
    Counting,
    Curve,
    Deduction,
    Excess,
    ExecutionBase,
    ExecutionRule,
    IndicatorRule,
    Knot,
    Measure,
    NotApplicable,
    OverCompletion,
    QuantitativeRule,
    ScoreRounding,
    Status,
    Steps,
    ZeroBase,
    get,
    shipped,
)
from budgetperf.scoring import (
    NoScore,
    ScoreRange,
    deviation_of,
    execution_base,
    execution_score,
    marks,
)
from tests.factories import (
    PROPORTIONAL,
    RULES,
    points,
    refused,
    scored,
    there,
    typed,
    unscorable,
    unscored,
)
from tests.scoring.filled import GRADES, money, report

DASH = Missing(reason=MissingReason.DASH, text="/")


def code(indicator: Indicator, rules: RuleSet) -> str:
    return unscorable(indicator, rules).code


# Steps.


def by_steps(counting: Counting, above: bool, x: Fraction) -> Fraction:
    """Two points of ten for each 0.05 off 1, counted on one's fingers."""
    off = (x - 1 if above else 1 - x) / Fraction("0.05")
    if off <= 0:
        return Fraction(1)
    whole = off.numerator // off.denominator
    steps = {
        Counting.WHOLE: Fraction(whole),
        Counting.PART: Fraction(whole if whole == off else whole + 1),
        Counting.PROPORTIONAL: off,
    }[counting]
    return max(Fraction(0), 1 - steps * Fraction(2, 10))


@pytest.mark.parametrize("counting", [Counting.WHOLE, Counting.PART, Counting.PROPORTIONAL])
@pytest.mark.parametrize("above", [False, True])
def test_steps(counting: Counting, above: bool) -> None:
    steps = Steps(start=1, width="0.05", loss=2, above=above, counting=counting)
    curve = steps.curve(10)
    assert steps.lowest(10) is None
    for thousandths in range(600, 1401):
        x = Fraction(thousandths, 1000)
        assert curve.value(x) == by_steps(counting, above, x), x


def test_steps_that_are_not_said_have_two_readings() -> None:
    steps = Steps(start=1, width="0.05", loss=2, counting=Counting.UNSAID)
    low, high = steps.lowest(10), steps.curve(10)
    for thousandths in range(600, 1001):
        x = Fraction(thousandths, 1000)
        assert there(low).value(x) == by_steps(Counting.PART, False, x)
        assert high.value(x) == by_steps(Counting.WHOLE, False, x)


def test_a_loss_that_does_not_divide_the_weight_leaves_nothing_in_the_end() -> None:
    """5 points, 2 for each step: 3, 1, 0."""
    curve = Steps(start=1, width="0.1", loss=2).curve(5)
    assert [curve.value(x) for x in ("0.9", "0.8", "0.7", "0.1")] == [
        Fraction(3, 5), Fraction(1, 5), 0, 0,
    ]  # fmt: skip


# Rules for certain indicators.


BY_NAME = attrs.evolve(
    RULES,
    indicators=(
        IndicatorRule(
            headings=("满意度指标",),
            curve=Curve(knots=(Knot(x="0.9", left=0, y=1),)),
            status=Status.OBSERVED,
        ),
        IndicatorRule(
            names=("预算完成率",),
            weight=8,
            steps=Steps(start=1, width="0.05", loss=2, counting=Counting.UNSAID),
            not_applicable=NotApplicable.FULL,
        ),
    ),
)


def test_a_rule_by_name_comes_before_those_by_heading_and_direction() -> None:
    named = unscored("≥50%", "90%", "8", name="预算 完成率", level1="满意度指标")
    assert points(named, BY_NAME) == 4  # two steps of two points
    assert points(unscored("≥50%", "89%", level1="满意度指标"), BY_NAME) == 0
    assert points(unscored("≥50%", "95%", level2=" 满意度 指标 "), BY_NAME) == 10
    assert points(unscored("≥100%", "89%"), BY_NAME) == Fraction("8.9")
    marks = typed(ScoreRange, scored(unscored("≥50%", "95%", level2="满意度指标"), BY_NAME))
    assert marks.status is Status.OBSERVED


def test_a_rule_by_name_is_over_rates() -> None:
    assert code(unscored("≥5次", "5次", "8", name="预算完成率"), BY_NAME) == "unit-mismatch"
    assert code(unscored("≥5%", Missing(), "8", name="预算完成率"), BY_NAME) == "not-stated"
    below = attrs.evolve(
        BY_NAME.indicators[0], curve=Curve(knots=(Knot(x=0, y=1),), domain=Interval(lower=0))
    )
    silent = attrs.evolve(RULES, indicators=(below,))
    assert code(unscored("≤0%", "-1%", level1="满意度指标"), silent) == "rule-silent"


def test_part_of_a_step_leaves_a_range_and_says_why() -> None:
    card = scorecard(report(unscored("≥50%", "93%", "8", name="预算完成率")), rules=BY_NAME)
    line = card.lines[1]
    assert line.score is None
    assert line.admissible == Interval(lower=4, upper=6)
    assert "part of a step" in there(line.why).en
    assert (card.total, card.admissible) == (None, Interval(lower=14, upper=16))


# Strict targets.


def test_strict_targets_may_have_rules_of_their_own() -> None:
    none = QuantitativeRule(measure=Measure.COMPLETION, curve=Curve(knots=(Knot(x=0, y=0),)))
    rules = attrs.evolve(RULES, above=none, below=none)
    assert points(unscored("≥10次", "10次"), rules) == 10
    assert points(unscored(">10次", "10次"), rules) == 0
    assert points(unscored("<10次", "9次"), rules) == 0
    assert code(unscored("≤10次", "9次"), rules) == "rule-silent"
    assert points(unscored(">10次", "5次"), RULES) == 5


# Grades.


def test_grades() -> None:
    def graded(grade: str) -> Missing:
        return Missing(reason=MissingReason.QUALITATIVE, text=grade)

    assert points(unscored("效果明显", graded("好")), GRADES) == 10
    fair = typed(ScoreRange, scored(unscored("效果明显", graded("一般")), GRADES))
    assert (fair.value, fair.status) == (None, Status.TEXT)
    assert fair.admissible == Interval(lower=6, upper=8, upper_closed=False)
    assert code(unscored("效果明显", graded("差")), GRADES) == "qualitative"
    assert code(unscored("效果明显", "3次"), GRADES) == "qualitative"
    card = scorecard(report(unscored("效果明显", graded("好"))), rules=GRADES)
    assert card.total == Points(20)
    assert card.lines[1].remarks == (Status.UNVERIFIED.label,)


# What does not apply.


def test_full_marks_for_what_does_not_apply() -> None:
    rules = attrs.evolve(RULES, not_applicable=NotApplicable.FULL)
    assert points(unscored("≥10次", DASH), rules) == 10
    assert code(unscored("≥10次", DASH), RULES) == "not-stated"
    assert points(unscored("≤5%", DASH, "8", name="预算完成率"), BY_NAME) == 8
    assert code(unscored("≥10次", DASH), BY_NAME) == "not-stated"


@pytest.mark.parametrize(
    ("rounding", "total"),
    [(None, Fraction(8400, 90)), (ScoreRounding(places=2), Fraction("93.33"))],
)
def test_what_does_not_apply_is_left_out_and_the_rest_rescaled(
    rounding: ScoreRounding | None, total: Fraction
) -> None:
    """9 + 45 + 30 = 84 of the 90 points that apply: 84 × 100 / 90."""
    rules = attrs.evolve(RULES, not_applicable=NotApplicable.RESCALE, score_rounding=rounding)
    rows = (
        unscored("≥10次", "9次", "50"),
        unscored("≥10次", "10次", "30"),
        unscored("≥10次", DASH, "10"),
    )
    card = scorecard(report(*rows, executed="90"), rules=rules)
    assert [line.excluded for line in card.lines] == [False, False, False, True]
    assert card.total == Points(total)
    assert card.admissible == Interval.point(total)
    assert card.rating == "优"
    assert [step.value for step in card.steps] == [84, 90, total]
    assert "rescaled" in scorecard_html(card, lang="en")


def test_nothing_that_applies_makes_no_total() -> None:
    rules = attrs.evolve(RULES, not_applicable=NotApplicable.RESCALE, execution=None)
    assert scorecard(report(unscored("≥10次", DASH)), rules=rules).total is None
    rows = (unscored("≥10次", DASH), unscored("≥10次", "9次", "0"))
    assert scorecard(report(*rows), rules=rules).total is None
    rows = (unscored("≥10次", DASH), unscored("≤10次", "9次"))
    card = scorecard(report(*rows), rules=rules)
    assert (card.total, card.admissible) == (None, None)


def test_a_rescaled_total_may_be_open() -> None:
    """Of 20 points that apply 6 to 8 are admitted for one row of 10, and 10 for the other."""
    rules = attrs.evolve(GRADES, not_applicable=NotApplicable.RESCALE)
    fair = Missing(reason=MissingReason.QUALITATIVE, text="一般")
    card = scorecard(report(unscored("好", fair), unscored("≥10次", DASH)), rules=rules)
    assert card.total is None
    assert card.admissible == Interval(lower=80, upper=90, upper_closed=False)


# Budget execution.


def test_the_denominator() -> None:
    rule = ExecutionRule(weight=10, curve=PROPORTIONAL, denominator=ExecutionBase.INITIAL)
    total = FundingTotal(initial=money("80"), revised=money("100"))
    assert execution_base(rule, total) == money("80")
    for base in (ExecutionBase.REVISED, ExecutionBase.REVISED_WITH_CARRY_OVER):
        assert execution_base(attrs.evolve(rule, denominator=base), total) == money("100")
    card = scorecard(
        report(initial="80", revised="100", executed="50"),
        rules=attrs.evolve(RULES, execution=rule),
    )
    assert card.lines[0].score == Points("6.25")
    assert "年初预算数" in card.lines[0].steps[0].title.zh
    missing = Report(form=Statement(funding=Funding(total=attrs.evolve(total, initial=Missing()))))
    line = scorecard(missing, rules=attrs.evolve(RULES, execution=rule)).lines[0]
    assert "年初预算数" in there(line.why).zh


@pytest.mark.parametrize(
    ("policy", "nothing", "something"),
    [
        (ZeroBase.FULL, 10, 10),
        (ZeroBase.NONE, 0, 0),
        (ZeroBase.FULL_UNLESS_ABOVE, 10, 0),
        (ZeroBase.FULL_IF_ABOVE, 0, 10),
    ],
)
def test_a_budget_of_zero(policy: ZeroBase, nothing: int, something: int) -> None:
    """rules.md §5: rate 0; or a base of 1 and a cap, which gives 0/0 → 0 and more → 10."""
    rule = ExecutionRule(weight=10, curve=PROPORTIONAL, zero_budget=policy)
    for executed, due in (("0", nothing), ("5", something)):
        result = execution_score(rule, executed=money(executed), revised=money("0"))
        assert isinstance(result, ScoreRange)
        assert result.value == due
        assert result.steps[0].value == due


def test_a_rate_may_be_rounded_first() -> None:
    """rules.md §2.2: 154.74 / 310.2 = 49.88 %, printed 50 % and 5 points."""
    rule = ExecutionRule(weight=10, curve=PROPORTIONAL, measure_rounding=ScoreRounding(places=0))
    result = execution_score(rule, executed=money("154.74"), revised=money("310.2"))
    assert isinstance(result, ScoreRange)
    assert result.value == 5
    assert result.steps[0].value == Fraction(1, 2)
    assert result.admissible == Interval.point(5)
    # 0.95 / 3.05 is 31.1 %, 1.05 / 2.95 is 35.6 %: 31 % to 36 %.
    wide = execution_score(rule, executed=Figure.parse("1.0元"), revised=Figure.parse("3.0元"))
    assert isinstance(wide, ScoreRange)
    assert (wide.value, wide.admissible) == (Fraction("3.3"), Interval(lower="3.1", upper="3.6"))


def test_a_completion_and_a_deviation_may_be_rounded_first() -> None:
    """2/3 is 66 % cut; 100/90 - 1 = 11.1 % is 11 %."""
    cut = ScoreRounding(places=0, mode=RoundingMode.DOWN)
    by_completion = QuantitativeRule(
        measure=Measure.COMPLETION, curve=PROPORTIONAL, measure_rounding=cut
    )
    rules = attrs.evolve(
        RULES,
        at_least=by_completion,
        equal=QuantitativeRule(measure=Measure.DEVIATION, curve=PROPORTIONAL, measure_rounding=cut),
        deviation=DeviationDefinition.RELATIVE_TO_TARGET,
    )
    assert points(unscored("≥3次", "2次"), rules) == Fraction("6.6")
    assert points(unscored("=90%", "100%"), rules) == Fraction("1.1")


def test_what_figures_alone_do_not_decide() -> None:
    card = scorecard(
        report(unscored("≥10次", "10次", "90"), executed="85"), rules="central-2021-101"
    )
    line = card.lines[0]
    assert (line.score, line.admissible) == (None, Interval(lower=7, upper=10))
    assert "facts outside the figures" in there(line.why).en
    assert card.admissible == Interval(lower=97, upper=100)


def test_discretion_may_end() -> None:
    """Up to 50 % a deduction may leave nothing; 80 % are 8 of 10, and nothing else."""
    nothing = Curve(knots=(Knot(x=0, y=0),), domain=Interval(upper=Fraction(1, 2)))
    rules = attrs.evolve(RULES, at_least=attrs.evolve(there(RULES.at_least), discretion=nothing))
    assert scored(unscored("≥100次", "80次"), rules) == scored(unscored("≥100次", "80次"), RULES)
    low = typed(ScoreRange, scored(unscored("≥100次", "40次"), rules))
    assert low.admissible == Interval(lower=0, upper=4)


def test_a_form_without_a_row_for_execution() -> None:
    """Where the rule-set has no rule for it either, the indicators make the total."""
    rules = attrs.evolve(RULES, execution=None)
    plain = report(unscored("≥10次", "9次", "100"))
    assert scorecard(plain, rules=rules).total == Points(90)
    total = attrs.evolve(plain.form.funding.total, score=Figure(value="10"))
    form = attrs.evolve(plain.form, funding=Funding(total=total))
    assert scorecard(attrs.evolve(plain, form=form), rules=rules).total is None
    blank = attrs.evolve(total, score=Missing(reason=MissingReason.BLANK))
    form = attrs.evolve(plain.form, funding=Funding(total=blank))
    assert scorecard(attrs.evolve(plain, form=form), rules=rules).total is None


# What is unverified is said aloud.


def test_every_score_says_what_it_rests_on() -> None:
    rows = (unscored("≥10次", "9次"), unscored("≥10次", "10次"), unscored("≤10次", "9次"))
    for rules in shipped():
        for line in scorecard(report(*rows), rules=rules).lines:
            follows = line.score is not None or line.admissible is not None
            assert (line.status is not None) == follows
            unverified = follows and line.status is Status.UNVERIFIED
            assert (Status.UNVERIFIED.label in line.remarks) == unverified
            assert not unverified or rules.status is Status.UNVERIFIED


def test_a_scorecard_shows_itself() -> None:
    card = scorecard(
        report(unscored("≥10次", "9次"), unscored("≥10次", DASH)), rules="national-2020"
    )
    assert card._repr_html_() == scorecard_html(card)
    assert Status.OBSERVED.label.zh in card._repr_html_()  # the formula of execution


@pytest.mark.parametrize("target", ["0", "-5"])
def test_a_deviation_has_a_base(target: str) -> None:
    base = Figure(value=target, unit="次", rounding=None)
    for definition in (DeviationDefinition.RELATIVE_TO_TARGET, DeviationDefinition.POINTS):
        assert isinstance(deviation_of(Figure(value="5", unit="次"), base, definition), Undefined)


def test_a_part_may_be_worse_known_than_the_rest() -> None:
    part = attrs.evolve(there(RULES.at_least), status=Status.UNVERIFIED)
    card = scorecard(report(unscored("≥10次", "9次")), rules=attrs.evolve(RULES, at_least=part))
    execution, line = card.lines
    assert (execution.status, execution.remarks) == (Status.TEXT, ())
    assert (line.status, line.remarks) == (Status.UNVERIFIED, (Status.UNVERIFIED.label,))
    page = scorecard_html(card)
    assert Status.UNVERIFIED.label.zh in page
    assert isinstance(line, ScoreLine)


def test_over_completion_is_inclusive_unless_said() -> None:
    over = OverCompletion(policy=Excess.EXPLAIN, threshold="1.3")
    assert Fraction("1.3") in over.within
    assert Fraction("1.3") not in attrs.evolve(over, inclusive=False).within


# The table of Jishan (2021), where no rule explains the scores.


JISHAN = [  # target, actual, weight, score
    ("≥120人", "69人", "2", "1"),
    ("≥5662人", "4044人", "2", "1.4"),
    ("≥3807人", "3224人", "2", "1.9"),
    ("≥863人", "683人", "2", "1.7"),
    ("≥212人", "209人", "2", "1.8"),
    ("≥1228人", "770人", "2", "1.8"),
    ("≥24694人", "22584人", "2", "1.7"),
]


@pytest.mark.parametrize("rules", shipped(), ids=lambda rules: rules.id)
def test_no_rule_set_explains_the_table_of_jishan(rules: RuleSet) -> None:
    """Those that say anything of a missed target are refuted by some row."""
    results = [(scored(unscored(t, a, w), rules), Fraction(score)) for t, a, w, score in JISHAN]
    marked = [(marks, score) for marks, score in results if isinstance(marks, ScoreRange)]
    cell = Interval(lower="-0.05", upper="0.05", upper_closed=False)
    off = [score for marks, score in marked if marks.admissible.gap(cell + Interval.point(score))]
    assert bool(off) == bool(marked)


# A base of 0 of which only 0 / 0 was seen.


def test_0_of_0_may_have_no_marks_and_the_rest_be_left_open() -> None:
    rule = ExecutionRule(weight=10, curve=PROPORTIONAL, zero_budget=ZeroBase.NONE_IF_ZERO)
    nothing = typed(ScoreRange, execution_score(rule, executed=money("0"), revised=money("0")))
    assert nothing.value == 0
    assert nothing.admissible == Interval.point(0)
    for spent in ("5", "-5"):
        some = typed(NoScore, execution_score(rule, executed=money(spent), revised=money("0")))
        assert some.code == "undefined"
    maybe = execution_score(rule, executed=Figure.parse("0.0元"), revised=money("0"))
    assert typed(ScoreRange, maybe).value == 0
    assert typed(ScoreRange, maybe).admissible == Interval(lower=0, upper=10)


def test_spending_beside_a_budget_of_0_was_not_seen_in_chizhou() -> None:
    rule = there(get("anhui-chizhou-2022").execution)
    seen = typed(ScoreRange, execution_score(rule, executed=money("0"), revised=money("0")))
    assert seen.value == 0
    unseen = typed(NoScore, execution_score(rule, executed=money("5"), revised=money("0")))
    assert unseen.code == "undefined"


# Deviations without a definition.


def test_a_deviation_without_a_definition_has_no_score() -> None:
    """Relative to the target 100 % of 90 % are off by 11 %, in points by 10: nothing is assumed."""
    by_deviation = QuantitativeRule(
        measure=Measure.DEVIATION, curve=PROPORTIONAL, zero_target=ZeroBase.FULL
    )
    rules = attrs.evolve(RULES, at_least=by_deviation)
    assert code(unscored("≥90%", "100%"), rules) == "rule-silent"
    assert points(unscored("≥0%", "5%"), rules) == 10  # no deviation is needed here
    defined = attrs.evolve(rules, deviation=DeviationDefinition.POINTS)
    assert points(unscored("≥90%", "100%"), defined) == 1


# Units.


@pytest.mark.parametrize(
    ("target", "actual", "due"),
    [
        ("≥3%", "0", 0),  # table 053: a bare 0 beside a rate
        ("≥3万元", "0", 0),
        ("≥3次", "0", 0),
        ("≥10次", "9", 9),
        ("≥10人", "9", 9),
        ("≥0", "5%", 10),
        ("≥0", "5次", 10),
    ],
)
def test_a_bare_number_may_have_the_unit_of_the_other(target: str, actual: str, due: int) -> None:
    rules = attrs.evolve(
        RULES, at_least=attrs.evolve(there(RULES.at_least), zero_target=ZeroBase.FULL_IF_ABOVE)
    )
    assert points(unscored(target, actual), rules) == due


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥90%", "90"),
        ("≥9万元", "9"),
        ("≥9", "9次"),
        ("≥9", "9%"),
        ("≥9次", "9人"),
        ("≥9次", "9%"),
        ("≥9次", "0%"),
        ("≥0次", "9%"),
        ("≥0%", "9次"),
        ("≥0%", "0次"),
        ("≥9分", "9次"),
    ],
)
def test_other_units_stay_apart(target: str, actual: str) -> None:
    assert code(unscored(target, actual), RULES) == "unit-mismatch"


def test_a_bare_0_stands_for_the_values_of_its_decimals() -> None:
    """0 of [-0.5, 0.5) %: of at least 2 % up to a quarter."""
    zero = Figure(value="0", rounding=RoundingMode.HALF_UP)
    result = typed(ScoreRange, scored(attrs.evolve(unscored("≥2%", "1%"), actual=zero), RULES))
    assert result.value == 0
    assert result.admissible == Interval(lower=0, upper="2.5", upper_closed=False)


def test_a_bare_0_beside_rules_over_rates_and_amounts() -> None:
    assert points(unscored("≥50%", "0", "8", name="预算完成率"), BY_NAME) == 0
    assert code(unscored("≥50%", "5", "8", name="预算完成率"), BY_NAME) == "unit-mismatch"
    rule = ExecutionRule(weight=10, curve=PROPORTIONAL)
    for executed, revised, due in (("0", "5万元", 0), ("0万元", "0", None), ("5", "5万元", None)):
        result = execution_score(
            rule, executed=Figure.parse(executed), revised=Figure.parse(revised)
        )
        assert (result.value if isinstance(result, ScoreRange) else None) == due


# Points that are taken off whatever the weight.


def _deducting(**changed: object) -> RuleSet:
    rule = QuantitativeRule(
        measure=Measure.COMPLETION,
        curve=PROPORTIONAL,
        deductions=(Deduction(within=Interval(lower="1.3"), points=2),),
        **changed,  # type: ignore[arg-type]
    )
    return attrs.evolve(RULES, at_least=rule)


@pytest.mark.parametrize(
    ("actual", "weight", "due"),
    [("129", 10, 10), ("130", 10, 8), ("200", 5, 3), ("130", 1, 0), ("50", 10, 5), ("130", 0, 0)],
)
def test_so_many_points_are_taken_off_whatever_the_weight(
    actual: str, weight: int, due: int
) -> None:
    line = bp.score(target="≥100次", actual=f"{actual}次", weight=weight, rules=_deducting())
    assert there(line.score).value == due


def test_they_are_taken_off_the_lowest_share_too() -> None:
    rules = _deducting(discretion=Curve(knots=(Knot(x=0, y=0), Knot(x=1, y="0.5"))))
    line = bp.score(target="≥100次", actual="130次", weight=10, rules=rules)
    assert line.admissible == Interval(lower=3, upper=8)


def test_no_points_are_no_deduction() -> None:
    with refused("not-positive", "points"):
        Deduction(within=Interval(), points=0)


@pytest.mark.parametrize(
    ("lowest", "admissible"),
    [(("1/2", "1/2", "1/4"), "[2.5, 10]"), (("1/4", "1/2", "1/2"), "[2.5, 10]")],
)
def test_scores_that_are_open_in_any_direction_are_open_for_want_of_an_operator(
    lowest: tuple[str, ...], admissible: str
) -> None:
    """Each direction has a reason of its own, and a range of its own: neither is that of all."""
    full = Curve(knots=(Knot(x=0, y=1),))
    at_least, at_most, equal = (
        QuantitativeRule(
            measure=Measure.COMPLETION, curve=full, discretion=Curve(knots=(Knot(x=0, y=least),))
        )
        for least in lowest
    )
    rules = attrs.evolve(RULES, at_least=at_least, at_most=at_most, equal=equal)
    result = typed(ScoreRange, scored(unscored("10次", "5次"), rules))
    assert (result.value, str(result.admissible)) == (None, admissible)
    assert there(result.why).zh == "指标值没有 ≥、≤ 或 ="


# What is plain.

UNAPPLIED = attrs.evolve(RULES, not_applicable=NotApplicable.FULL)


@pytest.mark.parametrize("rules", [BY_NAME, GRADES, UNAPPLIED], ids=["names", "grades", "dashes"])
def test_where_only_the_measure_gives_the_score_nothing_else_is_left_out(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is plain is not looked at for a rule of its own, a grade, a day or a range: the score is
    what it is where each row is looked at."""
    said: tuple[str | Missing, ...] = (
        Missing(),
        "达到指标值得满分，否则不得分",
        "≥80%得满分，否则不得分",
    )
    aims = ("≥90%", "=90%", "90%", "80%-90%", "2023年12月31日前", "好", "/", "")
    reached = ("85%", "90%", "一般", "2023年12月30日", "/", "")
    names = ("某率", "预算完成率")
    rows = [
        bp.Indicator(name=name, target=aim, actual=actual, scoring_rule=words, weight="10")
        for name, aim, actual, words in itertools.product(names, aims, reached, said)
    ]
    rows += [
        attrs.evolve(row, target=attrs.evolve(row.target, direction=bp.Direction.QUALITATIVE))
        for row in rows
    ]
    by_themselves = [scored(row, rules) for row in rows]
    assert any(marks.is_plain(row, rules) for row in rows) == (not rules.indicators)
    monkeypatch.setattr(marks, "is_plain", lambda _row, _rules: False)
    assert by_themselves == [scored(row, rules) for row in rows]

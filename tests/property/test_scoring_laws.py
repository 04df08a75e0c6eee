"""Laws of scores and curves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import (
    Direction,
    Figure,
    Indicator,
    Interval,
    RuleSet,
    SelfEvaluation,
    Statement,
    Target,
    score,
    score_execution,
    scorecard,
)
from budgetperf.model import Funding, FundingTotal
from budgetperf.rules import Curve, Knot, get, shipped
from budgetperf.scoring import NoScore, ScoreRange, execution_score, indicator_score
from tests.factories import there, typed
from tests.strategies import flags, halves, intervals

SHIPPED = [get(id) for id in ("national-2020", "yitihua-default", "xinjiang-observed-2023")]
ALL = shipped()
RATED = [get(id) for id in ("national-2020", "yitihua-default", "ningxia-mode", "hefei-mode")]
rulesets = st.sampled_from(SHIPPED)
every = st.sampled_from(ALL)
directions = st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL])
units = st.sampled_from(["%", "次", "", "万元", "‰"])
counts = st.integers(0, 400)
weights = st.integers(1, 50)


def indicator(direction: Direction, unit: str, target: int, actual: Figure) -> Indicator:
    value = Figure(value=target, unit=unit, rounding=None)
    return Indicator(name="某指标", target=Target(direction=direction, value=value), actual=actual)


def whole(value: int, unit: str = "") -> Figure:
    return Figure(value=value, unit=unit, rounding=None)


@given(rules=every, direction=directions, unit=units, target=counts, actual=counts, weight=weights)
def test_a_score_lies_between_nothing_and_the_weight(
    rules: RuleSet, direction: Direction, unit: str, target: int, actual: int, weight: int
) -> None:
    row = indicator(direction, unit, target, Figure(value=actual, unit=unit))
    result = indicator_score(row, rules, weight=whole(weight))
    if isinstance(result, NoScore):
        assert result.code in ("rule-silent", "undefined")
        return
    assert Interval(lower=0, upper=weight).covers(result.admissible)
    if result.value is not None:
        assert 0 <= result.value <= weight
        assert result.value in result.admissible


@given(
    unit=units, target=st.integers(1, 200), lower=counts, higher=counts, weight=weights,
    rules=rulesets,
)  # fmt: skip
def test_a_score_rises_with_completion_up_to_the_target(
    unit: str, target: int, lower: int, higher: int, weight: int, rules: object
) -> None:
    rules = next(r for r in SHIPPED if r is rules)
    low, high = sorted([min(lower, target), min(higher, target)])
    results = [
        indicator_score(
            indicator(Direction.AT_LEAST, unit, target, whole(actual, unit)),
            rules,
            weight=whole(weight),
        )
        for actual in (low, high)
    ]
    values = [r.value for r in results if isinstance(r, ScoreRange) and r.value is not None]
    assert values == sorted(values)
    at_target = indicator_score(
        indicator(Direction.AT_LEAST, unit, target, whole(target, unit)),
        rules,
        weight=whole(weight),
    )
    assert typed(ScoreRange, at_target).value == weight


@given(target=st.integers(1, 200), low=counts, more=counts, weight=weights)
def test_a_reverse_score_falls(target: int, low: int, more: int, weight: int) -> None:
    scores = []
    for actual in (low, low + more):
        row = indicator(Direction.AT_MOST, "次", target, whole(actual, "次"))
        result = indicator_score(row, get("yitihua-default"), weight=whole(weight))
        assert isinstance(result, ScoreRange)
        scores.append(there(result.value))
    assert scores == sorted(scores, reverse=True)


@given(target=st.integers(1, 200), actual=counts, weight=weights, direction=directions,
       rules=every, unit=st.sampled_from(["元", "千元", "亿元"]))  # fmt: skip
def test_scores_do_not_depend_on_the_unit(
    target: int, actual: int, weight: int, direction: Direction, rules: RuleSet, unit: str
) -> None:
    row = indicator(direction, "万元", target, whole(actual, "万元"))
    value = typed(Figure, row.target.value)
    assert isinstance(row.actual, Figure)
    other = attrs.evolve(
        row, target=attrs.evolve(row.target, value=value.to(unit)), actual=row.actual.to(unit)
    )
    assert indicator_score(row, rules, weight=whole(weight)) == indicator_score(
        other, rules, weight=whole(weight)
    )


@given(target=counts, actual=counts, weight=weights, direction=directions, rules=every,
       unit=st.sampled_from(["次", "人", "%", "万元"]))  # fmt: skip
def test_a_bare_number_is_scored_with_its_unit_or_not_at_all(
    target: int, actual: int, weight: int, direction: Direction, rules: RuleSet, unit: str
) -> None:
    """Things counted, and 0 of anything, need no unit; a rate or an amount does."""
    bare, full = (
        indicator_score(
            indicator(direction, unit, target, whole(actual, symbol)), rules, weight=whole(weight)
        )
        for symbol in ("", unit)
    )
    silent = isinstance(full, NoScore) and full.code == "rule-silent"
    if unit in ("次", "人") or not actual:
        assert bare == full
    else:
        assert isinstance(bare, NoScore)
        assert bare.code == "unit-mismatch" or (silent and bare == full)


@given(
    before=st.sampled_from(["", "1.", "（2）", "③", "四、"]),
    quotes=st.sampled_from(["", "“”", '""', "「」", "‘’"]),
    after=st.sampled_from(["", "（%）", "(%)", " （ % ）"]),
    value=counts,
)
def test_a_name_is_one_name_in_every_spelling(
    before: str, quotes: str, after: str, value: int
) -> None:
    left, right = quotes[:1], quotes[1:]
    name = f"{before}{left}三公经费{right}变动率{after}"
    spelled, plain = (
        indicator_score(
            attrs.evolve(indicator(Direction.AT_MOST, "%", 0, whole(value, "%")), name=spelling),
            get("hunan-dept-weight-8"),
            weight=whole(8),
        )
        for spelling in (name, "三公经费变动率")
    )
    assert spelled == typed(ScoreRange, plain)


@given(parts=st.lists(weights, min_size=1, max_size=3), rules=st.sampled_from(RATED), filled=flags)
def test_a_total_is_rated_just_where_the_weights_add_up(
    parts: list[int], rules: RuleSet, filled: bool
) -> None:
    left_over = 90 - sum(parts)
    parts = (
        [*parts, left_over + 10 * (rules.execution is None)] if filled and left_over > 0 else parts
    )
    rows = tuple(
        attrs.evolve(indicator(Direction.AT_LEAST, "次", 9, whole(9, "次")), weight=whole(part))
        for part in parts
    )
    paid = FundingTotal(executed=whole(5, "元"), revised=whole(5, "元"))
    report = SelfEvaluation(form=Statement(funding=Funding(total=paid), indicators=rows))
    card = scorecard(report, rules=rules)
    execution = 0 if rules.execution is None else rules.execution.weight
    adds_up = sum(parts) + execution == rules.total
    assert there(card.total).value == sum(parts) + execution
    assert (card.rating is not None) == adds_up == (card.rating_status is not None)
    assert any("add up to" in remark.en for remark in card.remarks) is not adds_up


NAMES = sorted({name for rules in ALL for rule in rules.indicators for name in rule.names})
HEADINGS = sorted({name for rules in ALL for rule in rules.indicators for name in rule.headings})
texts = st.sampled_from(
    ["≥90%", "≤10次", "=5万元", ">3", "<7.5天", "90%", "≥0", "达到优秀", "—", ""]
)
values = st.one_of(
    st.sampled_from(["达成预期指标", "好", "—", "", None]),
    st.builds(
        lambda digits, places, unit: f"{Decimal(digits).scaleb(-places):f}{unit}",
        st.integers(0, 3000),
        st.integers(0, 2),
        st.sampled_from(["%", "次", "", "万元"]),
    ),
)


@given(
    rules=every, target=texts, actual=values, weight=st.one_of(weights, st.none()),
    name=st.sampled_from(["某指标", *NAMES]), level1=st.sampled_from([None, "产出指标", *HEADINGS]),
    explanation=st.sampled_from([None, "", "无", "需求增加"]),
)  # fmt: skip
def test_a_score_is_the_row_of_the_scorecard(
    rules: RuleSet, target: str, actual: str | None, weight: int | None, name: str,
    level1: str | None, explanation: str | None,
) -> None:  # fmt: skip
    """Whether it is given as it stands on paper or as a row."""
    row = Indicator(
        target=target, actual=actual, weight=weight, name=name, level1=level1,
        explanation=explanation,
    )  # fmt: skip
    report = SelfEvaluation(form=Statement(indicators=(row,)))
    line = scorecard(report, rules=rules).lines[1]
    assert score(row, rules=rules) == line == score(report.form.indicators[0], rules=rules.id)
    assert line == score(
        target=target, actual=actual, weight=weight, name=name, level1=level1,
        explanation=explanation, rules=rules,
    )  # fmt: skip
    if line.score is not None:
        assert line.score.value in there(line.possible)


ROWS_ALIKE: st.SearchStrategy[dict[str, object]] = st.builds(
    dict,
    target=st.sampled_from(["≥90%", "≤90%", ">90%", "90%", "≥0%", "≥90次", "显著", "80%-95%"]),
    actual=st.sampled_from(["99%", "81%", "81.00%", "90次", "81", "0%", "—", "达成", None]),
    weight=st.sampled_from([5, "5.00", 10, "10%", None]),
    explanation=st.sampled_from([None, "", "进度滞后"]),
    scoring_rule=st.sampled_from([None, None, None, "直接赋分", "按完成比例赋分"]),
    midyear=st.sampled_from([None, "50%"]),
)


@given(rules=every, rows=st.lists(ROWS_ALIKE, min_size=2, max_size=12), again=st.integers(1, 3))
def test_rows_that_say_the_same_are_scored_as_each_alone(
    rules: RuleSet, rows: list[dict[str, object]], again: int
) -> None:
    """A table is scored row by row, however many rows are alike, or nearly so."""
    several = rows * again
    table: list[Any] = [{**row, "name": f"指标{n}"} for n, row in enumerate(several)]
    report = SelfEvaluation(form=Statement(indicators=[Indicator(**row) for row in table]))
    card = scorecard(report, rules=rules)
    assert len(card.lines) == len(table) + 1
    for line, row in zip(card.lines[1:], report.form.indicators, strict=True):
        alone = score(row, rules=rules)
        assert line == alone
        assert [str(remark) for remark in line.remarks] == [str(remark) for remark in alone.remarks]
        assert str(line.why) == str(alone.why)


@given(
    rules=every, weight=st.sampled_from([None, 10, 20]),
    money=st.lists(st.one_of(st.none(), st.decimals(0, 999, places=2)), min_size=3, max_size=3),
)  # fmt: skip
def test_a_score_of_execution_is_the_row_of_the_scorecard(
    rules: RuleSet, weight: int | None, money: list[Decimal | None]
) -> None:
    initial, revised, executed = money
    funds = FundingTotal(initial=initial, revised=revised, executed=executed, weight=weight)
    line = scorecard(SelfEvaluation(form=Statement(funding=Funding(total=funds))), rules=rules)
    assert score_execution(funds, rules=rules) == line.lines[0]
    assert line.lines[0] == score_execution(
        initial=initial, revised=revised, executed=executed, weight=weight, rules=rules
    )


# The published formulas once more, line by line in decimals, compared to 40 digits.

Formula: TypeAlias = Callable[[Decimal, Decimal], Decimal]


def met_or_b_over_a(a: Decimal, b: Decimal) -> Decimal:
    """完成值达到指标值记满分，未达到按 B/A: the forms of 2016 to 2022, the module, the reviewer."""
    return Decimal(1) if b >= a else b / a


def a_over_b(a: Decimal, b: Decimal) -> Decimal:
    """反向按 A/B: the forms of 2016 to 2022."""
    return Decimal(1) if b <= a else a / b


def linear(a: Decimal, b: Decimal) -> Decimal:
    """1 - (B - A) / A, none from twice the target on: the module."""
    if b <= a:
        return Decimal(1)
    return 1 - (b - a) / a if b < 2 * a else Decimal(0)


def within_130(a: Decimal, b: Decimal) -> Decimal:
    """Sichuan 2020: missed, or above by more than 30 %: none."""
    return Decimal(1) if a <= b <= a * Decimal("1.3") else Decimal(0)


def pass_mark(a: Decimal, b: Decimal) -> Decimal:
    """财预〔2021〕101号: none below 60 %, else (completion - 60 %) / (1 - 60 %)."""
    done = min(b / a, Decimal(1))
    return Decimal(0) if done < Decimal("0.6") else (done - Decimal("0.6")) / Decimal("0.4")


AT_LEAST, AT_MOST, EQUAL = Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL
MODES = ("yitihua-default", "guangxi-mode", "ningxia-mode", "hefei-mode", "yitihua-80-70-60")
FORMS = ("national-pilot-2016", "beijing-haidian-2016", "jiangxi-cppcc-2017", "hubei-2020",
         "sichuan-transfer-2022", "generic-form-rescale")  # fmt: skip
FORMULAS: dict[tuple[str, Direction], Formula] = {
    **{(id, AT_LEAST): met_or_b_over_a for id in (*FORMS, *MODES)},
    **{(id, AT_MOST): a_over_b for id in FORMS},
    **{(id, AT_MOST): linear for id in MODES},
    **{(id, EQUAL): met_or_b_over_a for id in MODES},
    ("hebei-tianjin-mode", AT_LEAST): met_or_b_over_a,
    ("hebei-tianjin-mode", EQUAL): met_or_b_over_a,
    ("sichuan-pidu-review-2025", AT_LEAST): met_or_b_over_a,
    ("sichuan-dept-2020", AT_LEAST): within_130,
    ("central-2021-101", AT_LEAST): pass_mark,
}


@pytest.mark.parametrize(("id", "direction"), FORMULAS, ids=str)
@given(
    target=st.decimals(1, 200, places=2),
    actual=st.decimals(0, 500, places=2),
    weight=st.integers(1, 100),
    on_target=st.sampled_from(["", "", "1", "0.6", "1.3", "2"]),
)
def test_published_formulas_give_the_same_digits(
    id: str, direction: Direction, target: Decimal, actual: Decimal, weight: int, on_target: str
) -> None:
    """The curve in fractions against the formula in decimals, also where the curve has a knot."""
    rules = get(id)
    if on_target:
        target = target.quantize(Decimal("0.1"))
        actual = target * Decimal(on_target)
    row = Indicator(
        name="某指标",
        target=Target(direction=direction, value=Figure(value=target, unit="%", rounding=None)),
        actual=Figure(value=actual, unit="%", rounding=None),
    )
    result = indicator_score(row, rules, weight=whole(weight))
    formula = FORMULAS[id, direction]
    assert isinstance(result, ScoreRange)
    assert result.value is not None
    assert result.admissible == Interval.point(result.value)
    with localcontext() as context:
        context.prec = 60
        share = formula(target, actual)
        expected = weight * share
        if rules.score_rounding is not None:
            expected = expected.quantize(Decimal("0.01"), ROUND_HALF_UP)
        exact = Decimal(result.value.numerator) / Decimal(result.value.denominator)
        assert exact.quantize(DIGITS) == expected.quantize(DIGITS)


DIGITS = Decimal("1e-40")


@pytest.mark.parametrize(
    ("id", "points", "cut"),
    [("national-pilot-2016", 10, False), ("hubei-2020", 20, False), ("hefei-mode", 10, True),
     ("yitihua-default", 10, True), ("sichuan-transfer-2022", 10, False),
     ("shanghai-2022", 10, True), ("chongqing-2021", 10, False),
     ("self-eval-checker", 10, False)],
)  # fmt: skip
@given(executed=st.decimals(0, 10**6, places=2), revised=st.decimals(1, 10**6, places=2))
def test_execution_gives_the_same_digits(
    id: str, points: int, cut: bool, executed: Decimal, revised: Decimal
) -> None:
    """points × B / A, capped; half-up to two decimals where the rule-set says so."""
    rules = get(id)
    result = execution_score(
        there(rules.execution),
        executed=Figure(value=executed, unit="元"),
        revised=Figure(value=revised, unit="元"),
        rounding=rules.score_rounding,
    )
    if isinstance(result, NoScore):
        assert result.code == "rule-silent"
        assert executed > revised
        return
    value = there(result.value)
    assert value in result.admissible
    with localcontext() as context:
        context.prec = 60
        expected = points * min(Decimal(1), executed / revised)
        if cut:
            expected = expected.quantize(Decimal("0.01"), ROUND_HALF_UP)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        assert exact.quantize(DIGITS) == expected.quantize(DIGITS)


@given(rate=st.decimals(0, 2, places=4))
def test_rows_of_hunan_give_the_same_digits(rate: Decimal) -> None:
    """Whole steps of 5 %, two points each, of 8; and the bands 8/6/4/2/0."""
    short = max(Decimal(0), 1 - rate)
    steps = int(short / Decimal("0.05"))
    control = next(
        points
        for limit, points in (("0", 8), ("0.1", 6), ("0.2", 4), ("0.3", 2), ("9", 0))
        if rate <= Decimal(limit)
    )
    for name, due in (("预算完成率", max(0, 8 - 2 * steps)), ("预算控制率", control)):
        row = Indicator(name=name, actual=Figure(value=rate * 100, unit="%", rounding=None))
        result = indicator_score(row, get("hunan-dept-weight-8"), weight=whole(8))
        assert isinstance(result, ScoreRange)
        assert result.value == due


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Up to four knots on a coarse grid, with jumps; the domain may be cut."""
    xs = sorted(draw(st.sets(halves, min_size=1, max_size=4)))
    jump = st.one_of(st.none(), st.none(), halves)
    knots = tuple(Knot(x=x, y=draw(halves), left=draw(jump), right=draw(jump)) for x in xs)
    domain = draw(intervals()) if draw(flags) else Interval()
    return Curve(knots=knots, domain=domain)


def plotted(curve: Curve, x: Fraction) -> Fraction:
    """The curve at ``x``, drawn with a ruler."""
    for knot in curve.knots:
        if knot.x == x:
            return knot.y
    below = [knot for knot in curve.knots if knot.x < x]
    above = [knot for knot in curve.knots if knot.x > x]
    if not below:
        first = above[0]
        return first.y if first.left is None else first.left
    start = below[-1].y if below[-1].right is None else below[-1].right
    if not above:
        return start
    end = above[0].y if above[0].left is None else above[0].left
    done = (x - below[-1].x) / (above[0].x - below[-1].x)
    return start + (end - start) * done


@given(curve=curves(), x=halves)
def test_a_curve_is_what_a_ruler_draws(curve: Curve, x: Fraction) -> None:
    inside = x in curve.domain
    assert curve.value(x) == (plotted(curve, x) if inside else None)


def test_a_jump_has_three_values() -> None:
    """Just below, at, and just above 0.1."""
    curve = Curve(
        knots=(Knot(x=0, y=1), Knot(x="0.1", left=1, y="0.9", right="0.5"), Knot(x=1, y=0))
    )
    eps = Fraction(1, 10**6)
    assert curve.value(Fraction(1, 10) - eps) == 1
    assert curve.value("0.1") == Fraction(9, 10)
    above = there(curve.value(Fraction(1, 10) + eps))
    assert Fraction("0.4999") < above < Fraction(1, 2)
    assert curve.image(Interval(lower="0.05", upper="0.1")) == Interval(lower="0.9", upper=1)
    beyond = Interval(lower="0.1", upper=1, lower_closed=False)
    assert curve.image(beyond) == Interval(lower=0, upper="0.5", upper_closed=False)


@pytest.mark.parametrize("rules", ALL, ids=lambda rules: rules.id)
def test_shipped_curves_stay_within_the_weight(rules: RuleSet) -> None:
    by_direction = (rules.at_least, rules.at_most, rules.equal, rules.above, rules.below)
    curves = [rule.curve for rule in by_direction if rule]
    curves += [rules.execution.curve] if rules.execution else []
    for rule in rules.indicators:
        curves += [curve for curve in rule.curves(Fraction(rule.weight or 7)) if curve]
    assert curves or rules.ratings  # a digest may tell of the ratings alone
    for curve in curves:
        image = there(curve.image(Interval()))
        assert Interval(lower=0, upper=1).covers(image)


@given(curve=curves())
def test_curves_are_values(curve: Curve) -> None:
    assert attrs.evolve(curve) == curve
    assert hash(attrs.evolve(curve)) == hash(curve)
    assume(len(curve.knots) > 1)
    assert Curve(knots=curve.knots[:-1], domain=curve.domain) != curve

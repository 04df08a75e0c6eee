"""What caps and triggers look at, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from budgetperf import (
    Direction,
    Figure,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    RoundingMode,
    RuleSet,
    Statement,
    Target,
    Text,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.model import Adjustment, FundingTotal
from budgetperf.rules import (
    Curve,
    Demand,
    Excess,
    ExecutionBase,
    ExecutionRule,
    Gauge,
    Knot,
    Measure,
    OverCompletion,
    QuantitativeRule,
    Status,
    TotalCap,
    Trigger,
)
from budgetperf.scoring.gauges import (
    Gauged,
    asks_why_missed,
    budget_gauge,
    budget_gauges,
    budget_parts,
    explains_adjustment,
    gauge_text,
    gives_reason,
    indicator_gauges,
    indicator_quotients,
    is_lifted,
    lead,
    may_be_edited,
    set_off,
    shows,
    triggers_for,
)
from tests.factories import OWN, form, there, unscored

LEVEL = Curve(knots=(Knot(x=0, y=1),))
RULES = RuleSet(
    id="own",
    title=OWN,
    status=Status.FORM,
    execution=ExecutionRule(weight=10, curve=LEVEL),
    at_least=QuantitativeRule(measure=Measure.COMPLETION, curve=LEVEL),
)
BY_INITIAL = attrs.evolve(
    RULES, execution=ExecutionRule(weight=10, curve=LEVEL, denominator=ExecutionBase.INITIAL)
)


def total(**amounts: str | Missing) -> FundingTotal:
    return form(**amounts).form.funding.total


# Those of the budget.


@pytest.mark.parametrize(
    ("rules", "gauge", "parts"),
    [
        (None, Gauge.EXECUTION, ("executed", "revised")),
        (attrs.evolve(RULES, execution=None), Gauge.EXECUTION, ("executed", "revised")),
        (RULES, Gauge.EXECUTION, ("executed", "revised")),
        (BY_INITIAL, Gauge.EXECUTION, ("executed", "initial")),
        (None, Gauge.ADJUSTMENT, ("revised", "initial")),
        (BY_INITIAL, Gauge.ADJUSTMENT, ("revised", "initial")),
    ],
)
def test_what_is_divided(rules: RuleSet | None, gauge: Gauge, parts: tuple[str, str]) -> None:
    assert budget_parts(gauge, rules) == parts


def test_rates_of_the_budget() -> None:
    """90 of 120 万元 are 75 %, of 100 they are 90 %; 100 → 120 is 20 %, 120 → 100 is 1/6."""
    up = total(initial="100万元", revised="120万元", executed="90万元")
    assert budget_gauges(up, RULES) == {
        Gauge.EXECUTION: Gauged(value=Fraction(3, 4)),
        Gauge.ADJUSTMENT: Gauged(value=Fraction(1, 5)),
    }
    assert budget_gauges(up, BY_INITIAL)[Gauge.EXECUTION] == Gauged(value=Fraction(9, 10))
    down = total(initial="120万元", revised="1000000元")
    assert budget_gauges(down, None) == {Gauge.ADJUSTMENT: Gauged(value=Fraction(1, 6))}
    assert budget_gauge(up, Gauge.TOTAL, RULES) is None  # looked at elsewhere


@pytest.mark.parametrize(
    "amounts",
    [
        {},
        {"initial": "100万元", "executed": "90万元"},
        {"initial": "0万元", "revised": "0万元", "executed": "0万元"},
        {"initial": "5人", "revised": "100万元", "executed": "5人"},
        {"initial": Missing(), "revised": Missing(reason=MissingReason.DASH), "executed": "1万元"},
    ],
)
def test_rates_that_cannot_be_had(amounts: dict[str, str | Missing]) -> None:
    assert budget_gauges(total(**amounts), RULES) == {}


def test_true_values_behind_the_rates() -> None:
    """130 stands for [129.5, 130.5): off by 29.5 % to 30.5 %; 70 for -30.5 % to -29.5 %."""
    for revised, closed in (("130", (True, False)), ("70", (False, True))):
        funds = attrs.evolve(
            total(initial="100元"),
            revised=Figure(value=revised, unit="元", rounding=RoundingMode.HALF_UP),
        )
        adjustment = budget_gauges(funds, RULES)[Gauge.ADJUSTMENT]
        assert adjustment.value == Fraction(3, 10)
        assert adjustment.values == Interval(
            lower="0.295", upper="0.305", lower_closed=closed[0], upper_closed=closed[1]
        )


def test_a_budget_that_may_not_have_moved() -> None:
    """100 of [99.5, 100.5): between -0.5 % and 0.5 %, and so 0 % to 0.5 %, both ways."""
    about = Figure(value="100", unit="元", rounding=RoundingMode.HALF_UP)
    funds = attrs.evolve(total(initial="100元"), revised=about)
    adjustment = budget_gauges(funds, None)[Gauge.ADJUSTMENT]
    assert (adjustment.value, adjustment.values) == (Fraction(0), Interval(lower=0, upper="0.005"))


# Those of a row.


@pytest.mark.parametrize(
    ("target", "actual", "gauge", "value"),
    [
        ("≥90%", "117%", Gauge.COMPLETION, Fraction(13, 10)),
        ("≤1万元", "5000元", Gauge.COMPLETION, Fraction(1, 2)),
        ("10次", "-5次", Gauge.COMPLETION, Fraction(-1, 2)),
        ("≥0次", "30次", Gauge.ACTUAL_AT_ZERO, Fraction(30)),
        ("≥0%", "30%", Gauge.ACTUAL_AT_ZERO, Fraction(30)),
        ("≤0万元", "3万元", Gauge.ACTUAL_AT_ZERO, Fraction(3)),
    ],
)
def test_what_a_row_shows(target: str, actual: str, gauge: Gauge, value: Fraction) -> None:
    assert indicator_gauges(unscored(target, actual)) == {gauge: Gauged(value=value)}


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥90%", "90次"), ("≥-5次", "5次"), ("效果明显", "5次"), ("≥5次", Missing())],
)
def test_a_row_that_shows_nothing(target: str, actual: str | Missing) -> None:
    assert indicator_gauges(unscored(target, actual)) == {}


def test_true_values_of_a_completion() -> None:
    """13 of [12.5, 13.5) of 10, and 13 beside a target of 0."""
    about = Figure(value=13, unit="次", rounding=RoundingMode.HALF_UP)
    for target, factor, gauge in (
        ("≥10次", Fraction(1, 10), Gauge.COMPLETION),
        ("≥0次", Fraction(1), Gauge.ACTUAL_AT_ZERO),
    ):
        gauged = indicator_gauges(attrs.evolve(unscored(target, "1次"), actual=about))[gauge]
        assert gauged.values == Interval(
            lower=Fraction(25, 2) * factor, upper=Fraction(27, 2) * factor, upper_closed=False
        )


def test_a_lead() -> None:
    """(90/90 - 9/10) / (90/90) = 10 %; behind it is below 0; of nothing there is none."""
    full, most, none = (Gauged(value=Fraction(x, 10)) for x in (10, 9, 0))
    assert lead(full, most) == Gauged(value=Fraction(1, 10))
    assert lead(most, full) == Gauged(value=Fraction(-1, 9))
    assert lead(full, none) == Gauged(value=Fraction(1))
    assert lead(none, full) is None
    wide = Gauged(value=Fraction(1), values=Interval(lower="0.9", upper="1"))
    assert lead(wide, most) == Gauged(value=Fraction(1, 10), values=Interval(lower=0, upper="0.1"))


# Triggers.


@pytest.mark.parametrize(
    ("policy", "demand"), [(Excess.EXPLAIN, Demand.EXPLAIN), (Excess.FLAG, Demand.FLAG)]
)
def test_a_policy_on_over_completion_is_a_trigger(policy: Excess, demand: Demand) -> None:
    note = Text(zh="备注", en="a note")
    over = OverCompletion(policy=policy, threshold="1.3", inclusive=False, note=note)
    assert RULES.at_least is not None
    rules = attrs.evolve(RULES, at_least=attrs.evolve(RULES.at_least, over_completion=over))
    due = Trigger(
        on=Gauge.COMPLETION, within=Interval(lower="1.3", lower_closed=False), demand=demand,
        note=note,
    )  # fmt: skip
    assert triggers_for(unscored("≥9", "9"), rules) == (due,)
    assert triggers_for(unscored("≤9", "9"), rules) == ()
    noted = attrs.evolve(over, status=Status.OBSERVED)
    rules = attrs.evolve(RULES, at_least=attrs.evolve(RULES.at_least, over_completion=noted))
    assert triggers_for(unscored("≥9", "9"), rules) == (attrs.evolve(due, status=Status.OBSERVED),)


def test_other_policies_ask_for_nothing() -> None:
    over = OverCompletion(policy=Excess.NONE)
    rules = attrs.evolve(RULES, at_least=attrs.evolve(there(RULES.at_least), over_completion=over))
    assert (
        triggers_for(unscored("≥9", "9"), rules) == triggers_for(unscored("≥9", "9"), RULES) == ()
    )


def test_triggers_are_for_directions() -> None:
    every = Trigger(on=Gauge.COMPLETION, within=Interval())
    equal = attrs.evolve(every, directions=(Direction.EQUAL,))
    rules = attrs.evolve(RULES, triggers=(every, equal))
    assert triggers_for(unscored("=9", "9"), rules) == (every, equal)
    assert triggers_for(unscored("≥9", "9"), rules) == (every,)
    assert triggers_for(unscored("9", "9"), rules) == (every,)


def test_what_is_set_off() -> None:
    above = Trigger(on=Gauge.COMPLETION, within=Interval(lower="1.3"))
    below = Trigger(on=Gauge.COMPLETION, within=Interval(upper=1, upper_closed=False))
    other = Trigger(on=Gauge.TOTAL, within=Interval())
    triggers = (above, below, other)
    for value, due in (("1.3", (above,)), ("1.299", ()), ("1", ()), ("0.99", (below,))):
        assert set_off(triggers, {Gauge.COMPLETION: shows(Fraction(value))}) == due
        quotient = Fraction(value) * 90, Fraction(90)
        assert set_off(triggers, {Gauge.COMPLETION: quotient}) == due
    assert set_off(triggers, {}) == ()


# Words.


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("上级追加", True),
        ("无偏差，但上级追加", True),
        (" 无 ", False),
        ("无偏差。", False),
        ("  ", False),
        *((mark, False) for mark in ("/", "—", "-", "——", "－", "...", "……", "\\", "√", "*", "、")),
        *((f" {word}。", False) for word in ("暂无", "没有", "不涉及", "不适用", "没有偏差")),
        *((word, False) for word in ("N/A", "n.a.", "NA", "None", "（无）", "无;", "无 偏差", "0")),
        ("无法按期完工", True),
        ("不涉及的两项由省级调整", True),
        ("2023年追加", True),
        ("nature reserve", True),
        (Missing(), False),
    ],
)
def test_what_is_a_reason(words: str | Missing, given: bool) -> None:
    assert gives_reason(words) is given
    cap = TotalCap(on=Gauge.ADJUSTMENT, within=Interval(lower="0.3"), most=90)
    liftable = attrs.evolve(cap, unless_explained=True)
    statement = Statement(adjustment=Adjustment(reason=words))
    for report in (Report(form=statement), Report(narrative=statement)):
        assert explains_adjustment(report) is given
        assert is_lifted(liftable, report) is given
        assert not is_lifted(cap, report)


BELOW, ABOVE = Interval(upper=1, upper_closed=False), Interval(lower=1, lower_closed=False)


@pytest.mark.parametrize(
    ("direction", "within", "changed", "is_asked"),
    [
        (Direction.AT_LEAST, BELOW, {}, True),
        (Direction.EQUAL, BELOW, {}, True),
        (Missing(), BELOW, {}, True),
        (Direction.AT_MOST, ABOVE, {}, True),
        (Direction.AT_MOST, BELOW, {}, False),
        (Direction.AT_LEAST, ABOVE, {}, False),
        (Direction.AT_LEAST, Interval(upper=1), {}, False),
        (Direction.AT_LEAST, Interval(upper="0.8", upper_closed=False), {}, False),
        (Direction.AT_LEAST, BELOW, {"demand": Demand.FLAG}, False),
        (Direction.AT_LEAST, BELOW, {"demand": Demand.WARN}, False),
        (Direction.AT_LEAST, BELOW, {"on": Gauge.SCORE_SHARE}, False),
        (Direction.AT_LEAST, BELOW, {"on": Gauge.EXECUTION}, False),
    ],
)
def test_why_a_target_is_missed_is_asked_just_where_it_is(
    direction: Direction | Missing, within: Interval, changed: dict[str, Any], is_asked: bool
) -> None:
    given: dict[str, Any] = {"on": Gauge.COMPLETION, "demand": Demand.EXPLAIN, "within": within}
    assert asks_why_missed(Trigger(**given | changed), direction) is is_asked


@pytest.mark.parametrize(
    ("gauge", "value", "number"),
    [
        (Gauge.COMPLETION, Fraction(13, 10), "130%"),
        (Gauge.COMPLETION, Fraction(4, 3), "133.33%"),
        (Gauge.ADJUSTMENT, Fraction("0.299996"), "29.9996%"),  # not 30 %
        (Gauge.EXECUTION, Fraction("0.800001"), "80.0001%"),
        (Gauge.EXECUTION, Fraction("0.79995"), "79.995%"),  # not 80 %
        (Gauge.LEAD, Fraction(-1, 9), "-11.11%"),
        (Gauge.TOTAL, Fraction(280, 3), "93.3333"),
        (Gauge.TOTAL, Fraction("79.99"), "79.99"),
        (Gauge.ACTUAL_AT_ZERO, Fraction(30), "30"),
    ],
)
def test_a_gauge_in_words(gauge: Gauge, value: Fraction, number: str) -> None:
    assert gauge_text(gauge, value) == Text(
        zh=f"{gauge.label.zh}为{number}", en=f"{gauge.label.en} {number}"
    )


@pytest.mark.parametrize("target", ["1次", "2次", "1%", "50%", "100%", "0.5次", "353.21次"])
def test_every_target_above_0_has_a_completion(target: str) -> None:
    """Also where it is 1, or one part of something: twice as much is 200 %."""
    aim = Figure.parse(target)
    double = Figure(value=aim.value * 2, unit=aim.unit)
    row = Indicator(target=Target.parse(f"≥{target}"), actual=double)
    (gauged,) = indicator_gauges(row).values()
    assert gauged.value == 2
    assert list(indicator_gauges(row)) == [Gauge.COMPLETION]
    assert list(indicator_quotients(row)) == [Gauge.COMPLETION]


@pytest.mark.parametrize("target", ["0次", "-1次"])
def test_no_other_target_has_one(target: str) -> None:
    row = Indicator(target=Target.parse(f"≥{target}"), actual=Figure.parse("1次"))
    assert Gauge.COMPLETION not in indicator_gauges(row)


@pytest.mark.parametrize(
    ("target", "actual", "trigger", "may"),
    [
        ("≥10次", "13次", {}, True),
        ("≥10次", "12次", {}, False),
        ("≥10次", "13次", {"demand": Demand.EXPLAIN}, False),
        ("≥10次", "13次", {"on": Gauge.ACTUAL_AT_ZERO}, False),  # which the row does not show
        ("≥0次", "13次", {}, False),
        ("≥0次", "13次", {"on": Gauge.ACTUAL_AT_ZERO}, True),
        ("达到要求", "达到要求", {}, False),
        ("10次", "13次", {"directions": (Direction.EQUAL,)}, True),  # it may be one
        ("≥10次", "13次", {"directions": (Direction.EQUAL,)}, False),
    ],
)
def test_a_row_that_is_flagged_may_be_edited(
    target: str, actual: str, trigger: dict[str, Any], may: bool
) -> None:
    given: dict[str, Any] = {
        "on": Gauge.COMPLETION, "within": Interval(lower="1.3"), "demand": Demand.FLAG,
    }  # fmt: skip
    locked = attrs.evolve(RULES, editable=False, triggers=(Trigger(**given | trigger),))
    row = Indicator(target=target, actual=actual)
    assert may_be_edited(row, locked) is may
    assert may_be_edited(row, attrs.evolve(locked, editable=True))
    if (target, actual, trigger) == ("≥10次", "12次", {}):  # up to 13
        wide = attrs.evolve(row, actual=Figure(value="12.5", places=0, unit="次", rounding=_ABOUT))
        assert may_be_edited(wide, locked)


_ABOUT = RoundingMode.NEAREST


def test_of_indicators_that_may_have_no_marks_there_is_no_lead() -> None:
    maybe = Gauged(value=Fraction(1, 2), values=Interval(lower=0, upper=1))
    assert lead(maybe, Gauged(value=Fraction(1))) is None

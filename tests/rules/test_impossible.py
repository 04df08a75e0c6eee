"""What no rule-set can say is refused: in a file with its key, in code where it is built."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from budgetperf import (
    BudgetperfError,
    DeviationDefinition,
    Direction,
    Interval,
    ProblemsError,
    RuleSet,
    Text,
    rules,
)
from budgetperf.rules import (
    Band,
    Curve,
    Demand,
    Excess,
    ExecutionRule,
    Gauge,
    IndicatorRule,
    Knot,
    LevelWeight,
    Measure,
    OverCompletion,
    Provision,
    QuantitativeRule,
    RatingBand,
    ScoreRounding,
    Status,
    Steps,
    TotalCap,
    Trigger,
    WeightLayout,
)
from tests.factories import OWN as TITLE
from tests.factories import refused, says
from tests.rules.files import CURVE, HEAD, own, places, problems

LEVEL = Curve(knots=(Knot(x=0, y=1),))

# In a file.


def execution(weight: str = '"10"', curve: str = CURVE) -> str:
    return f"{HEAD}[execution]\nweight = {weight}\ncurve = {curve}\n"


def band(grade: str, lower: str, upper: str, more: str = "") -> str:
    return (
        f'[[qualitative]]\ngrade = {{ zh = "{grade}", en = "{grade} en" }}\n'
        f'shares = {{ lower = "{lower}", upper = "{upper}"{more} }}\n'
    )


def test_a_share_of_a_curve_lies_between_0_and_1(tmp_path: Path) -> None:
    """A score in points where a share is due would give a row 1000 of 10."""
    curve = (
        '{ knots = [{ x = "0", y = "-1" }, { x = "1", y = "100", left = "2", right = "1.01" }] }'
    )
    caught = problems(tmp_path, execution(curve=curve))
    assert [problem.where for problem in caught] == [
        "$.execution.curve.knots[0].y",
        "$.execution.curve.knots[1].y",
        "$.execution.curve.knots[1].left",
        "$.execution.curve.knots[1].right",
    ]
    says(caught[1].message, "0.9", "0.9")
    points = Curve(knots=(Knot(x=1, y=100),))
    wrong: list[tuple[Callable[..., object], dict[str, Any], str]] = [
        (ExecutionRule, {"weight": 10, "curve": points}, "curve"),
        (ExecutionRule, {"weight": 10, "curve": LEVEL, "discretion": points}, "discretion"),
        (QuantitativeRule, {"measure": Measure.COMPLETION, "curve": points}, "curve"),
        (IndicatorRule, {"names": ("甲",), "curve": points}, "curve"),
    ]
    for kind, fields, name in wrong:
        with refused("not-a-share", f"{name}.knots[0].y"):
            kind(**fields)


@pytest.mark.parametrize("weight", ['"-10"', '"0"', "0"])
def test_execution_has_points(tmp_path: Path, weight: str) -> None:
    (problem,) = problems(tmp_path, execution(weight=weight))
    assert (problem.code, problem.where) == ("not-positive", "$.execution.weight")


def test_the_total_has_points(tmp_path: Path) -> None:
    assert places(tmp_path, HEAD + 'total = "0"\n') == ["$.total"]


@pytest.mark.parametrize(
    "shares",
    [
        '{ lower = "80", upper = "100" }',
        '{ lower = "-0.1", upper = "0.5" }',
        '{ lower = "0.8", upper = "1.2" }',
        '{ lower = "0.8" }',
        '{ upper = "0.8" }',
    ],
)
def test_the_shares_of_a_band_lie_between_0_and_1(tmp_path: Path, shares: str) -> None:
    text = f'{HEAD}[[qualitative]]\ngrade = {{ zh = "好", en = "good" }}\nshares = {shares}\n'
    (problem,) = problems(tmp_path, text)
    assert (problem.code, problem.where) == ("not-a-share", "$.qualitative[0].shares")
    says(problem.message, "0.8", "0.8")


def test_a_grade_stands_once(tmp_path: Path) -> None:
    text = HEAD + band("好", "0.8", "1") + band("好", "0", "0.5")
    (problem,) = problems(tmp_path, text)
    assert (problem.code, problem.where) == ("grade-twice", "$.qualitative[1].grade")
    assert "qualitative[0]" in problem.message.zh
    same_in_english = Band(grade=Text(zh="良", en="好 en"), shares=Interval.point(0))
    good = Band(grade=Text(zh="好", en="好 en"), shares=Interval.point(1))
    with pytest.raises(BudgetperfError, match=r"qualitative\[1\]\.grade"):
        RuleSet(id="own", title=TITLE, status=Status.FORM, qualitative=(good, same_in_english))


def test_a_rating_stands_once(tmp_path: Path) -> None:
    text = HEAD + '[[ratings]]\nrating = "优"\nleast = 90\n[[ratings]]\nrating = "优"\nleast = 80\n'
    (problem,) = problems(tmp_path, text)
    assert (problem.code, problem.where) == ("rating-twice", "$.ratings[1].rating")


@pytest.mark.parametrize(
    ("lower", "upper", "common"),
    [("0.6", "0.85", "[0.8, 0.85]"), ("0", "1", "[0.8, 1]"), ("0.9", "0.9", "[0.9, 0.9]")],
)
def test_bands_do_not_overlap(tmp_path: Path, lower: str, upper: str, common: str) -> None:
    (problem,) = problems(tmp_path, HEAD + band("好", "0.8", "1") + band("中", lower, upper))
    assert (problem.code, problem.where) == ("bands-overlap", "$.qualitative[1].shares")
    for text in (problem.message.zh, problem.message.en):
        assert common in text
        assert "qualitative[0]" in text


@pytest.mark.parametrize(
    ("lower", "upper", "more"),
    [
        ("0.6", "0.8", ", upper_closed = false"),
        ("0.6", "0.8", ""),  # as documents print it: 80%—100%, 60%—80%
        ("0.8", "1", ""),  # two names of one band
        ("1", "1", ""),
        ("0", "0.5", ""),
    ],
)
def test_bands_that_do_not(tmp_path: Path, lower: str, upper: str, more: str) -> None:
    text = HEAD + band("好", "0.8", "1") + band("中", lower, upper, more)
    assert len(own(tmp_path, text).qualitative) == 2


def test_a_heading_stands_once_in_a_layout(tmp_path: Path) -> None:
    text = f"""{HEAD}[[layouts]]
weights = [{{ level1 = "产出", weight = "50" }}, {{ level1 = "产出", weight = "50" }}]
"""
    (problem,) = problems(tmp_path, text)
    assert (problem.code, problem.where) == ("level-twice", "$.layouts[0].weights[1].level1")
    assert "产出" in problem.message.zh


@pytest.mark.parametrize(
    "id", ["A 3 规则!", "Own", "own_2", "", "-own", "own-", "own--2", "ｏｗｎ", "own\\n"]
)
def test_an_id_is_of_small_letters_digits_and_hyphens(tmp_path: Path, id: str) -> None:
    (problem,) = problems(tmp_path, HEAD.replace('"own"', f'"{id}"', 1))
    assert (problem.code, problem.where) == ("bad-id", "$.id")
    says(problem.message, "shili-2025", "shili-2025")


@pytest.mark.parametrize("id", ["own", "2025", "a-1-b", "xinjiang-2026"])
def test_what_is_an_id(tmp_path: Path, id: str) -> None:
    assert own(tmp_path, HEAD.replace('"own"', f'"{id}"', 1)).id == id


def test_the_id_of_a_shipped_rule_set_is_taken(tmp_path: Path) -> None:
    taken = HEAD.replace('"own"', '"national-2020"', 1)
    (problem,) = problems(tmp_path, taken)
    assert (problem.code, problem.where) == ("id-taken", "$.id")
    for text in (problem.message.zh, problem.message.en):
        assert 'base = "national-2020"' in text
    both = problems(tmp_path, taken + 'until = "never"\n')
    assert [problem.code for problem in both] == ["bad-date", "id-taken"]
    derived = 'base = "yitihua-default"\nid = "hefei-mode"\ntitle = { zh = "甲", en = "A" }\n'
    assert places(tmp_path, derived) == ["$.id"]
    with refused("id-taken", "id"):
        rules.derive("yitihua-default", id="national-2020", title=TITLE)


@pytest.mark.parametrize("id", rules.ids())
def test_a_copy_of_a_shipped_file_is_itself(id: str) -> None:
    file = Path(rules.__file__).parent / "data" / f"{id}.toml"
    assert rules.load(file) == rules.get(id)


# The policy on over-completion, and the curve.

FALLING = Curve(knots=(Knot(x=0, y=1), Knot(x=1, y=0)))
RISING = Curve(knots=(Knot(x=-1, y=0), Knot(x=0, y=1)))
RELATIVE, OVER_ACTUAL, POINTS = (
    DeviationDefinition.RELATIVE_TO_TARGET,
    DeviationDefinition.RELATIVE_TO_ACTUAL,
    DeviationDefinition.POINTS,
)


def clash(
    measure: Measure,
    curve: Curve,
    over: OverCompletion,
    deviation: DeviationDefinition | None = None,
) -> bool:
    rule = QuantitativeRule(measure=measure, curve=curve, over_completion=over)
    with contextlib.suppress(BudgetperfError):
        RuleSet(id="own", title=TITLE, status=Status.FORM, at_least=rule, deviation=deviation)
        return False
    return True


@pytest.mark.parametrize("deviation", [RELATIVE, OVER_ACTUAL, POINTS, None])
def test_a_policy_and_a_curve_of_deviations(deviation: DeviationDefinition | None) -> None:
    """At the target the deviation is 0, whichever is meant; above it, it is positive."""
    none = OverCompletion(policy=Excess.NONE)
    assert clash(Measure.DEVIATION, FALLING, none, deviation)
    assert not clash(Measure.DEVIATION, RISING, none, deviation)
    deduct = OverCompletion(policy=Excess.DEDUCT)
    assert not clash(Measure.DEVIATION, FALLING, deduct, deviation)
    assert clash(Measure.DEVIATION, RISING, deduct, deviation)


def test_a_threshold_as_a_deviation() -> None:
    """From 150 % on: 50 % over the target, a third of the actual value; points do not say."""
    free = Curve(knots=(Knot(x="0.4", left=0, y=1),))
    none = OverCompletion(policy=Excess.NONE, threshold=Fraction(3, 2))
    assert not clash(Measure.DEVIATION, free, none, RELATIVE)
    assert clash(Measure.DEVIATION, free, none, OVER_ACTUAL)  # 1/3 is below 0.4
    for unsaid in (POINTS, None):
        assert not clash(Measure.DEVIATION, FALLING, none, unsaid)
    all_of_it = OverCompletion(policy=Excess.NONE, threshold=Fraction(0))
    assert not clash(Measure.DEVIATION, FALLING, all_of_it, OVER_ACTUAL)
    # Relative to the actual value no deviation comes to 1.
    late = Curve(knots=(Knot(x=1, y=1, left=1, right=0),))
    assert not clash(Measure.DEVIATION, late, none, OVER_ACTUAL)
    assert clash(Measure.DEVIATION, late, none, RELATIVE)


def test_a_policy_and_a_curve_of_target_over_actual() -> None:
    """130 % is 1/1.3 there, and twice the target one half."""
    half = Curve(knots=(Knot(x="0.5", left=0, y=1),))
    none = OverCompletion(policy=Excess.NONE, threshold=Fraction("1.3"))
    assert clash(Measure.INVERSE, half, none)
    assert clash(Measure.INVERSE, half, OverCompletion(policy=Excess.ZERO, threshold=Fraction(2)))
    over = OverCompletion(policy=Excess.ZERO, threshold=Fraction(2), inclusive=False)
    assert not clash(Measure.INVERSE, half, over)
    assert not clash(Measure.INVERSE, FALLING, OverCompletion(policy=Excess.EXPLAIN))
    assert not clash(Measure.INVERSE, half, OverCompletion(policy=Excess.NONE, threshold=0))


def test_one_tier_is_enough() -> None:
    curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1), Knot(x="1.3", y=1, right="0.8")))
    for threshold, inclusive in ((1, True), ("1.3", True), ("1.3", False)):
        over = OverCompletion(
            policy=Excess.TIERS, threshold=Fraction(threshold), inclusive=inclusive
        )
        assert not clash(Measure.COMPLETION, curve, over)


@pytest.mark.parametrize(
    ("policy", "curve", "zh", "en"),
    [
        (Excess.NONE, FALLING, "都须是 100%", "must be 100%"),
        (Excess.ZERO, LEVEL, "都须是 0", "must be 0"),
        (Excess.DEDUCT, LEVEL, "须低于 100%", "must fall below 100%"),
        (Excess.TIERS, LEVEL, "至少一档低于 100%", "at least one of them below 100%"),
    ],
)
def test_the_refusal_says_what_the_policy_needs(
    policy: Excess, curve: Curve, zh: str, en: str
) -> None:
    rule = QuantitativeRule(
        measure=Measure.COMPLETION, curve=curve, over_completion=OverCompletion(policy=policy)
    )
    with pytest.raises(BudgetperfError) as caught:
        RuleSet(id="own", title=TITLE, status=Status.FORM, at_least=rule)
    says(caught.value.message, zh, en)


# In code.

MINIMAL: dict[str, Any] = {"id": "own", "title": TITLE, "status": Status.FORM}
WITHIN = Interval(lower=1)
WRONG: list[tuple[Callable[..., object], dict[str, Any], str, str]] = [
    (RuleSet, MINIMAL | {"status": "form"}, "status", "Status.FORM"),
    (RuleSet, MINIMAL | {"status": "official"}, "status", "Status.TEXT"),
    (RuleSet, MINIMAL | {"title": "x"}, "title", "Text(zh=…, en=…)"),
    (RuleSet, MINIMAL | {"id": 5}, "id", "'5'"),
    (RuleSet, MINIMAL | {"execution": "20"}, "execution", "ExecutionRule"),
    (RuleSet, MINIMAL | {"ratings": "优"}, "ratings", "RatingBand"),
    (RuleSet, MINIMAL | {"ratings": ("优",)}, "ratings", "RatingBand"),
    (RuleSet, MINIMAL | {"provisions": [Provision(document="甲", status=Status.FORM)]},
     "provisions", "tuple"),
    (RuleSet, MINIMAL | {"verified": "2024-01-01"}, "verified", "datetime.date"),
    (RuleSet, MINIMAL | {"deviation": "points"}, "deviation", "DeviationDefinition.POINTS"),
    (ExecutionRule, {"weight": 10, "curve": LEVEL.knots}, "curve", "Curve"),
    (ExecutionRule, {"weight": 10, "curve": LEVEL, "denominator": "revised"}, "denominator",
     "ExecutionBase.REVISED"),
    (QuantitativeRule, {"measure": "deviation", "curve": LEVEL}, "measure", "Measure.DEVIATION"),
    (QuantitativeRule, {"measure": Measure.INVERSE, "curve": LEVEL, "over_completion": "none"},
     "over_completion", "OverCompletion"),
    (Band, {"grade": "好", "shares": WITHIN}, "grade", "Text"),
    (Band, {"grade": TITLE, "shares": (0, 1)}, "shares", "Interval"),
    (RatingBand, {"rating": 5, "least": 90}, "rating", "'5'"),
    (WeightLayout, {"weights": {"产出": 50}}, "weights", "LevelWeight"),
    (LevelWeight, {"level1": None, "weight": 50}, "level1", "str"),
    (Trigger, {"on": "completion", "within": WITHIN}, "on", "Gauge.COMPLETION"),
    (Trigger, {"on": Gauge.COMPLETION, "within": WITHIN, "directions": ("≥",)}, "directions",
     "Direction"),
    (TotalCap, {"on": Gauge.EXECUTION, "within": "1", "most": 90}, "within", "Interval"),
    (TotalCap, {"on": Gauge.EXECUTION, "within": WITHIN, "most": 90, "unless_explained": 1},
     "unless_explained", "bool"),
    (IndicatorRule, {"names": "预算完成率", "curve": LEVEL}, "names", "str"),
    (IndicatorRule, {"names": ("甲",), "curve": "1"}, "curve", "Curve"),
    (OverCompletion, {"policy": "none"}, "policy", "Excess.NONE"),
    (OverCompletion, {"policy": Excess.NONE, "inclusive": "yes"}, "inclusive", "bool"),
    (Provision, {"document": "甲", "status": "form"}, "status", "Status.FORM"),
    (Curve, {"knots": ((0, 1),)}, "knots", "Knot"),
    (Curve, {"knots": LEVEL.knots, "domain": None}, "domain", "Interval"),
    (Steps, {"start": 1, "width": 1, "loss": 1, "counting": "part"}, "counting", "Counting.PART"),
    (ScoreRounding, {"places": True}, "places", "int"),
    (ScoreRounding, {"places": 2, "mode": "half-up"}, "mode", "RoundingMode.HALF_UP"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "field", "remedy"),
    WRONG,
    ids=[f"{getattr(kind, '__name__', kind)}.{field}" for kind, _, field, _ in WRONG],
)
def test_a_field_of_the_wrong_type_is_refused(
    kind: Callable[..., object], fields: dict[str, Any], field: str, remedy: str
) -> None:
    with refused("wrong-type", field) as caught:
        kind(**fields)
    for text in (caught.value.message.zh, caught.value.message.en):
        assert remedy in text
        given = fields[field]
        parts = (given, *given) if isinstance(given, tuple) else (given,)
        assert any(repr(part)[:20] in text for part in parts)


def test_wrong_types_are_told_together() -> None:
    wrong: dict[str, Any] = {"id": "own", "title": "x", "status": "form", "execution": 20}
    with pytest.raises(ProblemsError) as caught:
        RuleSet(**wrong)
    assert [problem.where for problem in caught.value.problems] == [
        "$.title",
        "$.status",
        "$.execution",
    ]


def test_a_long_value_is_shown_in_short() -> None:
    wrong: Any = "很长" * 1000
    with pytest.raises(BudgetperfError) as caught:
        attrs.evolve(rules.get("national-2020"), title=wrong)
    assert len(caught.value.message.zh) < 200


def test_the_right_types_are_taken() -> None:
    own = RuleSet(
        **MINIMAL,
        verified=dt.date(2025, 1, 1),
        execution=ExecutionRule(weight=10, curve=LEVEL),
        triggers=(Trigger(on=Gauge.TOTAL, within=WITHIN, directions=(Direction.EQUAL,)),),
    )
    assert own.triggers[0].demand is Demand.EXPLAIN


# Derived in code.


def derived(**changes: Any) -> BudgetperfError:
    given: dict[str, Any] = {"id": "own", "title": TITLE} | changes
    with pytest.raises(BudgetperfError) as caught:
        rules.derive("yitihua-default", **given)
    return caught.value


def test_a_part_of_the_wrong_type_cannot_be_derived() -> None:
    error = derived(execution="20")
    assert (error.code, error.field) == ("wrong-type", "execution")


def test_everything_that_cannot_be_derived_is_told_together() -> None:
    error = derived(id="Own", at_mots=None, colour=1, without=["ratngs", "status"], until="never")
    assert isinstance(error, ProblemsError)
    wrong = [(problem.code, problem.where) for problem in error.problems]
    assert wrong == [
        ("unknown-key", "$.at_mots"),
        ("unknown-key", "$.colour"),
        ("unknown-key", "$.ratngs"),
        ("required-key", "$.status"),
        ("bad-id", "$.id"),
        ("bad-date", "$.until"),
    ]
    assert "at_most" in error.problems[0].message.en


def test_what_is_left_out_is_no_single_word() -> None:
    error = derived(without="execution")
    assert (error.code, error.field) == ("wrong-type", "without")
    assert '["execution"]' in error.message.zh
    assert derived(without=[1]).code == "wrong-type"


def test_the_base_is_a_rule_set_or_an_id() -> None:
    base: Any = 5
    with refused("wrong-type", "base"):
        rules.derive(base, id="own", title=TITLE)


def test_a_limit_of_a_rating_is_not_negative() -> None:
    with refused("negative", "least") as caught:
        RatingBand(rating="差", least=-1)
    says(caught.value.message, "不能小于 0", "must not be below 0")

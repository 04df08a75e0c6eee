"""Rule-sets by place and date, and those derived from another."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import Direction, Interval, ProblemsError, RuleSet, rules
from budgetperf.citations import first_day, is_period, last_day
from budgetperf.rules import (
    Curve,
    Excess,
    ExecutionBase,
    ExecutionRule,
    Gauge,
    IndicatorRule,
    Knot,
    LevelWeight,
    Measure,
    OverCompletion,
    QuantitativeRule,
    RatingBand,
    Status,
    Steps,
    WeightLayout,
    ZeroBase,
)
from tests.factories import OWN as TITLE
from tests.factories import refused, there
from tests.rules.files import own, places, problems

HUNAN = ("hunan-dept-weight-5", "hunan-dept-weight-8")


def ids_at(date: dt.date | str, place: str | None = None) -> list[str]:
    return [ruleset.id for ruleset in rules.at(date, place=place)]


@pytest.mark.parametrize(
    ("date", "place", "ids"),
    [
        ("2022-12-31", "上海", ["shanghai-2022", "central-2021-101", "national-2020"]),
        ("2022-12-31", "shanghai", ["shanghai-2022", "central-2021-101", "national-2020"]),
        ("2021-12-31", "上海", ["central-2021-101", "national-2020"]),
        ("2021-12-31", "湖北", ["hubei-2020", "central-2021-101", "national-2020"]),
        ("2021-12-31", "湖北省武汉市", ["hubei-2020", "central-2021-101", "national-2020"]),
        ("2021-08-17", "湖北", ["hubei-2020", "national-2020"]),
        ("2021-08-18", "甘肃", ["central-2021-101", "national-2020"]),
        (
            "2026-01-01",
            "四川",
            [
                "sichuan-2025", "sichuan-pidu-dept-2025", "sichuan-pidu-project-2025",
                "sichuan-pidu-review-2025",
                "sichuan-transfer-2022",
                "sichuan-dept-2020", "central-2021-101", "national-2020",
            ],
        ),
        (
            "2016-12-31",
            "湖南",
            ["hunan-dept-2016", *HUNAN, "national-pilot-2016"],
        ),
        ("2017-01-01", "湖南", [*HUNAN, "national-pilot-2016"]),
        ("2018-12-31", "江西", ["jiangxi-cppcc-2017", "national-pilot-2016"]),
    ],
)  # fmt: skip
def test_in_force_on_a_day_in_a_place(date: str, place: str, ids: list[str]) -> None:
    assert ids_at(date, place) == ids
    day = dt.date.fromisoformat(date)
    assert ids_at(day, place) == ids
    assert ids_at(dt.datetime.combine(day, dt.time(23), tzinfo=dt.UTC), place) == ids


def test_without_a_place_all_that_are_in_force_the_latest_first() -> None:
    everywhere = ids_at("2022-12-31")
    assert everywhere[:2] != []
    assert {"shanghai-2022", "hubei-2020", "national-2020"} < set(everywhere)
    assert "hunan-dept-weight-8" not in everywhere
    assert "yitihua-default" not in everywhere  # its day is not known
    starts = [rules.get(id).effective for id in everywhere]
    assert [first_day(start) for start in starts] == sorted(map(first_day, starts), reverse=True)


@pytest.mark.parametrize(
    ("date", "place", "earliest"),
    [("2015-12-31", None, "beijing-haidian-2016"), ("1999-01-01", "上海", "national-pilot-2016")],
)
def test_a_date_before_any_rule_names_the_earliest(
    date: str, place: str | None, earliest: str
) -> None:
    with refused("no-ruleset", "date") as caught:
        rules.at(date, place=place)
    for text in (caught.value.message.zh, caught.value.message.en):
        assert earliest in text
        assert "2016" in text
        assert date in text


@pytest.mark.parametrize("date", ["2023", "31.12.2023", "", 2023])
def test_what_is_no_date(date: str) -> None:
    with refused("bad-date") as caught:
        rules.at(date)
    assert "2023-12-31" in caught.value.message.en


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-04-30", "2023-04-30", "2023-04-30"),
    ],
)
def test_periods(period: str, first: str, last: str) -> None:
    assert is_period(period)
    assert first_day(period).isoformat() == first
    assert last_day(period).isoformat() == last


@pytest.mark.parametrize("text", ["", "24", "2024-2", "2024-00", "2024-02-30", "二〇二四", "0000"])
def test_what_is_no_period(text: str) -> None:
    assert not is_period(text)


# What the shipped ones say, from rules.md §2 to §5.
# One that comes later brings its own examples, and needs no line here.

IDS = (
    "anhui-chizhou-2022", "beijing-haidian-2016", "central-2021-101", "chongqing-2021",
    "generic-form-rescale", "guangxi-form-2021", "guangxi-mode", "hebei-tianjin-mode",
    "hefei-mode", "hubei-2020", "hunan-dept-2016", "hunan-dept-weight-5",
    "hunan-dept-weight-8", "jiangxi-cppcc-2017", "national-2020", "national-pilot-2016",
    "ningxia-mode", "self-eval-checker", "shanghai-2022", "sichuan-dept-2020",
    "sichuan-pidu-review-2025", "sichuan-transfer-2022", "xinjiang-observed-2023",
    "yitihua-80-70-60", "yitihua-default",
)  # fmt: skip
KNOWN = tuple(rules.get(id) for id in IDS)


def test_how_a_high_completion_is_met() -> None:
    """rules.md §4.1 and the end of §4.9: three regimes at 130 %, and 120 % by default."""
    explain, flag, none, zero = Excess.EXPLAIN, Excess.FLAG, Excess.NONE, Excess.ZERO
    met = {
        ruleset.id: (over.policy, over.threshold, over.inclusive)
        for ruleset in KNOWN
        if ruleset.at_least is not None and (over := ruleset.at_least.over_completion) is not None
    }
    assert met == {
        "chongqing-2021": (none, 1, True),
        "hubei-2020": (none, 1, True),
        "self-eval-checker": (none, 1, True),
        "shanghai-2022": (none, 1, True),
        "sichuan-dept-2020": (zero, Fraction("1.3"), False),
        "sichuan-pidu-review-2025": (explain, Fraction("1.3"), False),
        "sichuan-transfer-2022": (none, 1, True),
        **dict.fromkeys(
            ("national-pilot-2016", "beijing-haidian-2016", "jiangxi-cppcc-2017"), (none, 1, True)
        ),
        **dict.fromkeys(
            ("yitihua-default", "yitihua-80-70-60", "hebei-tianjin-mode", "hefei-mode",
             "ningxia-mode", "guangxi-mode"),
            (flag, Fraction("1.2"), True),
        ),
    }  # fmt: skip


def test_what_each_asks_for() -> None:
    """rules.md §2.2, §4.1, §4.3: those that a derived one takes over stand in it, too."""
    watched = {ruleset.id: [trigger.on for trigger in ruleset.triggers] for ruleset in KNOWN}
    share, lead, execution = Gauge.SCORE_SHARE, Gauge.LEAD, Gauge.EXECUTION
    default = [share, lead, execution]
    assert {id: gauges for id, gauges in watched.items() if gauges} == {
        "yitihua-default": default,
        "yitihua-80-70-60": default,
        "hefei-mode": default,
        "guangxi-mode": [Gauge.COMPLETION, share, share, Gauge.ACTUAL_AT_ZERO, lead, execution],
        "hebei-tianjin-mode": [
            Gauge.COMPLETION, Gauge.ACTUAL_AT_ZERO,  # < and ≤
            Gauge.COMPLETION, Gauge.COMPLETION, Gauge.ACTUAL_AT_ZERO, Gauge.ACTUAL_AT_ZERO,
            *default,
        ],
        "ningxia-mode": [Gauge.TOTAL, share],
        "sichuan-transfer-2022": [execution],
        "national-2020": [Gauge.COMPLETION, Gauge.COMPLETION],
        "self-eval-checker": [Gauge.COMPLETION],
        "sichuan-pidu-review-2025": [Gauge.COMPLETION],
    }  # fmt: skip
    taken = set(rules.get("yitihua-default").triggers)
    for id in ("yitihua-80-70-60", "hefei-mode", "hebei-tianjin-mode"):
        assert taken <= set(rules.get(id).triggers)
    always = [
        trigger for trigger in rules.get("guangxi-mode").triggers if trigger.within == Interval()
    ]
    assert [trigger.directions for trigger in always] == [(Direction.QUALITATIVE,)]


def test_layouts() -> None:
    """rules.md §2.1, §2.3, §4.7: the weights beside budget execution, which has 10."""
    weights = {
        ruleset.id: [[int(level.weight) for level in layout.weights] for layout in ruleset.layouts]
        for ruleset in KNOWN
        if ruleset.layouts
    }
    assert weights == {
        "national-2020": [[50, 30, 10]],
        "sichuan-transfer-2022": [[50, 30, 10]],
        "anhui-chizhou-2022": [[50, 30, 10]],
        "central-2021-101": [[20, 40, 20, 10], [20, 40, 30], [50, 30, 10], [50, 40]],
    }
    for id in weights:
        execution = there(rules.get(id).execution)
        assert execution.weight == 10


def test_budget_execution() -> None:
    """rules.md §2.2 and §5: the points, what divides, and what a budget of 0 gives."""
    execution = {
        ruleset.id: (int(rule.weight), rule.denominator, rule.zero_budget)
        for ruleset in KNOWN
        if (rule := ruleset.execution) is not None
    }
    usual = 10, ExecutionBase.REVISED, ZeroBase.UNDEFINED
    no_points = 10, ExecutionBase.REVISED, ZeroBase.NONE
    assert execution == {
        "anhui-chizhou-2022": (10, ExecutionBase.REVISED, ZeroBase.NONE_IF_ZERO),
        "beijing-haidian-2016": (10, ExecutionBase.INITIAL, ZeroBase.UNDEFINED),
        "hubei-2020": (20, ExecutionBase.REVISED_WITH_CARRY_OVER, ZeroBase.UNDEFINED),
        **dict.fromkeys(
            ("central-2021-101", "chongqing-2021", "jiangxi-cppcc-2017", "national-2020",
             "national-pilot-2016", "self-eval-checker", "shanghai-2022",
             "sichuan-transfer-2022", "xinjiang-observed-2023"),
            usual,
        ),
        **dict.fromkeys(
            ("guangxi-mode", "hebei-tianjin-mode", "hefei-mode",
             "yitihua-80-70-60", "yitihua-default"),
            no_points,
        ),
    }  # fmt: skip


def test_which_formula_there_is_for_low_values() -> None:
    """rules.md §4.2: target / actual on forms, a straight line in the module."""
    inverse = {
        ruleset.id for ruleset in KNOWN
        if ruleset.at_most is not None and ruleset.at_most.measure is Measure.INVERSE
    }  # fmt: skip
    assert inverse == {
        "beijing-haidian-2016", "generic-form-rescale", "hubei-2020", "jiangxi-cppcc-2017",
        "national-pilot-2016", "sichuan-transfer-2022",
    }  # fmt: skip
    straight = {ruleset.id for ruleset in KNOWN if ruleset.at_most is not None} - inverse
    assert straight == {
        "anhui-chizhou-2022", "chongqing-2021",  # full marks within the limit, no more is known
        "national-2020",  # likewise
        "guangxi-mode", "hefei-mode", "ningxia-mode", "yitihua-80-70-60", "yitihua-default",
    }  # fmt: skip


def test_parts_that_are_less_well_known_than_the_rest() -> None:
    parts_apart = {
        (ruleset.id, name)
        for ruleset in KNOWN
        for name, parts in attrs.asdict(ruleset, recurse=False).items()
        for part in (parts if isinstance(parts, tuple) else (parts,))
        if name != "provisions" and getattr(part, "status", None) not in (None, ruleset.status)
    }
    assert parts_apart == {
        ("chongqing-2021", "at_most"),
        ("national-2020", "execution"),
        ("sichuan-pidu-review-2025", "triggers"),
        ("hunan-dept-weight-5", "indicators"),
        ("hunan-dept-weight-8", "indicators"),
        ("xinjiang-observed-2023", "ratings"),
    }


# Derived ones.


def test_derived_in_code() -> None:
    old = rules.get("yitihua-default")
    own = rules.derive(
        attrs.evolve(old, replaces="older", verified=dt.date(2024, 1, 1)),
        id="own",
        title=TITLE,
        without=["execution", "deviation"],
        ratings=(RatingBand(rating="优", least=85),),
    )
    assert (own.id, own.title, own.base) == ("own", TITLE, "yitihua-default")
    assert (own.replaces, own.verified, own.execution) == ("", None, None)
    assert own.ratings == (RatingBand(rating="优", least=85),)
    assert (own.at_most, own.status, own.note) == (old.at_most, old.status, old.note)
    by_id = rules.derive("yitihua-default", id="own", title=TITLE, verified=dt.date(2025, 1, 1))
    assert by_id.verified == dt.date(2025, 1, 1)


def test_what_cannot_be_derived() -> None:
    with refused("unknown-key", "at_mots") as caught:
        rules.derive("yitihua-default", id="own", title=TITLE, at_mots=None)
    assert "at_most" in caught.value.message.en
    with refused("required-key", "status"):
        rules.derive("yitihua-default", id="own", title=TITLE, without=["status"])
    with refused("unknown-ruleset"):
        rules.derive("yitihua", id="own", title=TITLE)
    with refused("bad-date"):
        rules.derive("yitihua-default", id="own", title=TITLE, until="never")


DERIVED = """
base = "hubei-2020"
id = "own"
title = { zh = "自定", en = "own" }
without = ["at_most", "provisions"]

[execution]
weight = "15"
zero_budget = "none"
"""


def test_derived_in_a_file(tmp_path: Path) -> None:
    """A table changes the keys that it names, what is left out is gone, the rest stays."""
    old, new = rules.get("hubei-2020"), own(tmp_path, DERIVED)
    assert new.execution == attrs.evolve(
        there(old.execution), weight=Fraction(15), zero_budget=ZeroBase.NONE
    )
    assert (new.at_most, new.provisions, new.base) == (None, (), "hubei-2020")
    assert (new.at_least, new.qualitative, new.place) == (
        old.at_least, old.qualitative, old.place,
    )  # fmt: skip
    in_code = rules.derive(
        "hubei-2020",
        id="own",
        title=TITLE,
        without=["at_most", "provisions"],
        execution=new.execution,
    )
    assert in_code == new
    assert in_code.sha256 == new.sha256


def test_a_curve_is_replaced_as_a_whole(tmp_path: Path) -> None:
    changed = DERIVED.replace(
        'weight = "15"', 'curve = { knots = [{ x = "1", y = "1" }] }'
    ).replace("hubei-2020", "shanghai-2022")
    changed = changed.replace('without = ["at_most", "provisions"]\n', "")
    new = own(tmp_path, changed)
    assert new.execution is not None
    assert new.execution.curve == Curve(knots=(Knot(x=1, y=1),), domain=Interval())
    assert new.execution.weight == 10


def test_problems_of_a_derived_file_are_told_together(tmp_path: Path) -> None:
    text = DERIVED.replace('"at_most"', '"at_mots"').replace('"15"', "15.5") + 'curv = "1"\n'
    text += '[[layouts]]\nweights = [{ level1 = "产出", weight = "70" }]\n'
    wrong = problems(tmp_path, text.replace('id = "own"\n', ""))
    messages = {(problem.code, problem.where): problem.message.en for problem in wrong}
    assert set(messages) == {
        ("unknown-key", "$.without"),
        ("missing-key", "$.id"),
        ("number-with-fraction", "$.execution.weight"),
        ("unknown-key", "$.execution.curv"),
        ("layout-sum", "$.layouts[0]"),
    }
    assert "at_most" not in messages["unknown-key", "$.without"].partition("there is")[0]
    assert "at_most" in messages["unknown-key", "$.without"]
    assert "curve" in messages["unknown-key", "$.execution.curv"]


@pytest.mark.parametrize("without", ['"at_most"', "[1]"])
def test_what_is_left_out_is_a_list_of_names(tmp_path: Path, without: str) -> None:
    wrong = places(tmp_path, DERIVED.replace('["at_most", "provisions"]', without))
    assert all(where.startswith("$.without") for where in wrong)


# Parts that do not fit each other.


def test_every_contradiction_is_told_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        RuleSet(
            id="own",
            title=TITLE,
            status=Status.FORM,
            effective="someday",
            ratings=(RatingBand(rating="良", least=80), RatingBand(rating="优", least=90)),
            layouts=(WeightLayout(weights=(LevelWeight(level1="产出", weight=90),)),),
        )
    assert [problem.where for problem in caught.value.problems] == [
        "$.effective", "$.ratings", "$.layouts[0]",
    ]  # fmt: skip


def by_completion(curve: Curve, policy: Excess, threshold: str = "1") -> RuleSet:
    over = OverCompletion(policy=policy, threshold=Fraction(threshold), inclusive=False)
    rule = QuantitativeRule(measure=Measure.COMPLETION, curve=curve, over_completion=over)
    return RuleSet(id="own", title=TITLE, status=Status.FORM, equal=rule)


FLAT = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
FALLING = Curve(knots=(Knot(x=1, y=1), Knot(x=2, y=0)))
STEPPED = Curve(knots=(Knot(x="1.2", y=1, right="0.8"), Knot(x="1.5", y="0.8", right="0.5")))
CUT = Curve(knots=(Knot(x=1, y=1, right=0),))


@pytest.mark.parametrize(
    ("policy", "good", "bad"),
    [
        (Excess.NONE, [FLAT], [FALLING, STEPPED, CUT]),
        (Excess.EXPLAIN, [FLAT, FALLING, STEPPED, CUT], []),
        (Excess.FLAG, [FLAT, FALLING, STEPPED, CUT], []),
        (Excess.ZERO, [CUT], [FLAT, FALLING, STEPPED]),
        (Excess.DEDUCT, [FALLING, STEPPED, CUT], [FLAT]),
        (Excess.TIERS, [STEPPED, CUT], [FLAT, FALLING]),
    ],
)
def test_a_policy_on_excess_and_its_curve_agree(
    policy: Excess, good: list[Curve], bad: list[Curve]
) -> None:
    for curve in good:
        assert by_completion(curve, policy).equal is not None
    for curve in bad:
        with refused("over-completion", "equal.over_completion"):
            by_completion(curve, policy)


def test_a_policy_where_the_curve_says_nothing_is_not_compared() -> None:
    short = Curve(knots=(Knot(x=1, y=1),), domain=Interval(upper=1))
    assert by_completion(short, Excess.ZERO).equal is not None


def test_a_layout_counts_execution() -> None:
    layout = WeightLayout(weights=(LevelWeight(level1="产出", weight=80),))
    own = RuleSet(
        id="own",
        title=TITLE,
        status=Status.FORM,
        execution=ExecutionRule(weight=20, curve=FLAT),
        layouts=(layout,),
    )
    assert own.layouts == (layout,)


def test_a_rule_by_name_has_one_curve() -> None:
    steps = Steps(start=1, width="0.1", loss=1)
    for wrong in ({"curve": FLAT, "steps": steps}, {}):
        with refused("curve-or-steps"):
            IndicatorRule(names=("甲",), **wrong)  # type: ignore[arg-type]


def test_contradictions_of_a_file_are_told_together(tmp_path: Path) -> None:
    text = (
        DERIVED + '[[ratings]]\nrating = "良"\nleast = 80\n[[ratings]]\nrating = "优"\nleast = 90\n'
    )
    text = text.replace('id = "own"', 'id = "own"\nuntil = "some day"')
    assert places(tmp_path, text) == ["$.until", "$.ratings"]


def test_a_rule_set_shows_itself() -> None:
    shown = rules.get("hunan-dept-weight-8")._repr_html_()
    assert "hunan-dept-weight-8" in shown
    assert "预算完成率" in shown


def test_the_collection_of_rule_sets() -> None:
    """Iteration, ids and dates, as by the functions."""
    assert tuple(rules.rulesets) == rules.shipped()
    assert len(rules.rulesets) == len(rules.ids())
    assert "shanghai-2022" in rules.rulesets
    assert "shanghai-1922" not in rules.rulesets
    assert rules.rulesets.get("shanghai-2022") is rules.get("shanghai-2022")
    assert rules.rulesets.at("2022-12-31", place="上海") == rules.at("2022-12-31", place="上海")
    assert bp.rulesets is rules.rulesets

"""Rule-sets by place and date, and those derived from another."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from budgetperf import rules
from budgetperf.exact import BudgetperfError, Interval, ProblemsError, Text
from budgetperf.rules import (
    Curve,
    Excess,
    ExecutionRule,
    IndicatorRule,
    Knot,
    LevelWeight,
    Measure,
    OverCompletion,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    Status,
    Steps,
    WeightLayout,
    ZeroBase,
)
from budgetperf.rules.status import first_day, is_period, last_day

TITLE = Text(zh="自定", en="own")
HUNAN = ("hunan-dept-weight-5", "hunan-dept-weight-8")


def found(date: dt.date | str, place: str = "") -> list[str]:
    return [one.id for one in rules.at(date, place=place)]


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
                "sichuan-pidu-review-2025", "sichuan-transfer-2022", "sichuan-dept-2020",
                "central-2021-101", "national-2020",
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
    assert found(date, place) == ids
    day = dt.date.fromisoformat(date)
    assert found(day, place) == ids
    assert found(dt.datetime.combine(day, dt.time(23), tzinfo=dt.UTC), place) == ids


def test_without_a_place_all_that_are_in_force_the_latest_first() -> None:
    everywhere = found("2022-12-31")
    assert everywhere[:2] != []
    assert {"shanghai-2022", "hubei-2020", "national-2020"} < set(everywhere)
    assert "hunan-dept-weight-8" not in everywhere
    assert "yitihua-default" not in everywhere  # its day is not known
    starts = [rules.get(id).effective for id in everywhere]
    assert [first_day(start) for start in starts] == sorted(map(first_day, starts), reverse=True)


@pytest.mark.parametrize(
    ("date", "place", "earliest"),
    [("2015-12-31", "", "beijing-haidian-2016"), ("1999-01-01", "上海", "national-pilot-2016")],
)
def test_a_date_before_any_rule_names_the_earliest(date: str, place: str, earliest: str) -> None:
    with pytest.raises(BudgetperfError) as caught:
        rules.at(date, place=place)
    assert (caught.value.code, caught.value.field) == ("no-ruleset", "date")
    for text in (caught.value.message.zh, caught.value.message.en):
        assert earliest in text
        assert "2016" in text
        assert date in text


@pytest.mark.parametrize("date", ["2023", "31.12.2023", "", 2023])
def test_what_is_no_date(date: str) -> None:
    with pytest.raises(BudgetperfError) as caught:
        rules.at(date)
    assert caught.value.code == "bad-date"
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
    with pytest.raises(BudgetperfError) as caught:
        rules.derive("yitihua-default", id="own", title=TITLE, at_mots=None)
    assert (caught.value.code, caught.value.field) == ("unknown-key", "at_mots")
    assert "at_most" in caught.value.message.en
    with pytest.raises(BudgetperfError) as caught:
        rules.derive("yitihua-default", id="own", title=TITLE, without=["status"])
    assert (caught.value.code, caught.value.field) == ("required-key", "status")
    with pytest.raises(BudgetperfError) as caught:
        rules.derive("yitihua", id="own", title=TITLE)
    assert caught.value.code == "unknown-ruleset"
    with pytest.raises(BudgetperfError) as caught:
        rules.derive("yitihua-default", id="own", title=TITLE, until="never")
    assert caught.value.code == "bad-date"


DERIVED = """
base = "hubei-2020"
id = "own"
title = { zh = "自定", en = "own" }
without = ["at_most", "provisions"]

[execution]
weight = "15"
zero_budget = "none"
"""


def own(tmp_path: Path, text: str) -> RuleSet:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return rules.load(file)


def test_derived_in_a_file(tmp_path: Path) -> None:
    """A table changes the keys that it names, what is left out is gone, the rest stays."""
    old, new = rules.get("hubei-2020"), own(tmp_path, DERIVED)
    assert old.execution is not None
    assert new.execution == attrs.evolve(
        old.execution, weight=Fraction(15), zero_budget=ZeroBase.NONE
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
    with pytest.raises(ProblemsError) as caught:
        own(tmp_path, text.replace('id = "own"\n', ""))
    told = {(one.code, one.where): one.message.en for one in caught.value.problems}
    assert set(told) == {
        ("unknown-key", "$.without"),
        ("missing-key", "$.id"),
        ("number-with-fraction", "$.execution.weight"),
        ("unknown-key", "$.execution.curv"),
        ("layout-sum", "$.layouts[0]"),
    }
    assert "at_most" not in told["unknown-key", "$.without"].partition("there is")[0]
    assert "at_most" in told["unknown-key", "$.without"]
    assert "curve" in told["unknown-key", "$.execution.curv"]


@pytest.mark.parametrize("without", ['"at_most"', "[1]"])
def test_what_is_left_out_is_a_list_of_names(tmp_path: Path, without: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        own(tmp_path, DERIVED.replace('["at_most", "provisions"]', without))
    assert all(one.where.startswith("$.without") for one in caught.value.problems)


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
    assert [one.where for one in caught.value.problems] == [
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
        (Excess.TIERS, [STEPPED], [FLAT, FALLING, CUT]),
    ],
)
def test_a_policy_on_excess_and_its_curve_agree(
    policy: Excess, good: list[Curve], bad: list[Curve]
) -> None:
    for curve in good:
        assert by_completion(curve, policy).equal is not None
    for curve in bad:
        with pytest.raises(BudgetperfError) as caught:
            by_completion(curve, policy)
        assert (caught.value.code, caught.value.field) == (
            "over-completion", "equal.over_completion",
        )  # fmt: skip


def test_a_policy_where_the_curve_says_nothing_is_not_compared() -> None:
    short = Curve(knots=(Knot(x=1, y=1),), domain=Interval(upper=1))
    assert by_completion(short, Excess.ZERO).equal is not None
    over = OverCompletion(policy=Excess.ZERO)
    inverse = QuantitativeRule(measure=Measure.INVERSE, curve=FLAT, over_completion=over)
    assert RuleSet(id="own", title=TITLE, status=Status.FORM, below=inverse).below is inverse


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
        with pytest.raises(BudgetperfError) as caught:
            IndicatorRule(names=("甲",), **wrong)  # type: ignore[arg-type]
        assert caught.value.code == "curve-or-steps"


def test_contradictions_of_a_file_are_told_together(tmp_path: Path) -> None:
    text = (
        DERIVED + '[[ratings]]\nrating = "良"\nleast = 80\n[[ratings]]\nrating = "优"\nleast = 90\n'
    )
    with pytest.raises(ProblemsError) as caught:
        own(tmp_path, text.replace('id = "own"', 'id = "own"\nuntil = "some day"'))
    assert [one.where for one in caught.value.problems] == ["$.until", "$.ratings"]


def test_a_rule_set_shows_itself() -> None:
    shown = rules.get("hunan-dept-weight-8")._repr_html_()
    assert "hunan-dept-weight-8" in shown
    assert "预算完成率" in shown

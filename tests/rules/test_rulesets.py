"""Rule-sets: the shipped ones are what they were; one's own are refused with every problem."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from budgetperf import rules
from budgetperf.exact import BudgetperfError, Interval, Problem, ProblemsError, RoundingMode, Text
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import (
    Band,
    Curve,
    ExecutionRule,
    Knot,
    Measure,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    ScoreRounding,
    Status,
    ZeroBase,
)
from tests.strategies import pickled

# A rule-set once released never changes: a correction is a new id. Do not update a hash here
# for an id that was part of a release; give the corrected rules a new one.
RELEASED = {
    "national-2020": "92bc4f60d19f7d187eb427fc2c9d7fbb7d9a6c00644fd400197a82dfc1fc624b",
    "xinjiang-observed-2023": "b213bfac34bc8838bb73d1b9447aa5a93e71918cb9e4f9e46006a32eab6b4e88",
    "yitihua-default": "6e57f30c8d2ab037b463311fd318c6e6e47ca419622c6cdd0ba34f731bdd5911",
}


def test_the_shipped_ids() -> None:
    assert rules.ids() == tuple(sorted(RELEASED))


@pytest.mark.parametrize("id", RELEASED)
def test_released_content_never_changes(id: str) -> None:
    assert rules.get(id).sha256 == RELEASED[id]


@pytest.mark.parametrize("id", RELEASED)
def test_a_rule_set_says_what_it_rests_on(id: str) -> None:
    """None of the three is official: the text of none was read."""
    found = rules.get(id)
    assert found.id == id
    assert found.status not in (Status.TEXT, Status.FORM)
    assert found.provisions
    assert found.verified is None
    assert found.note.zh
    assert found.note.en
    assert found.total == 100
    assert found.execution is not None
    assert found.execution.weight == 10
    assert re.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?", found.effective)


def test_what_the_shipped_rules_say() -> None:
    """rules.md §2.1, §4.1, §4.3 and the issue."""
    national, yitihua, xinjiang = (
        rules.get(id) for id in ("national-2020", "yitihua-default", "xinjiang-observed-2023")
    )
    assert (national.at_most, national.equal, national.deviation) == (None, None, None)
    assert (xinjiang.at_most, xinjiang.equal) == (None, None)
    assert xinjiang.deviation is DeviationDefinition.POINTS
    assert yitihua.score_rounding == ScoreRounding(places=2, mode=RoundingMode.HALF_UP)
    for found in (national, yitihua):
        assert [band.shares for band in found.qualitative] == [
            Interval(lower="0.8", upper=1),
            Interval(lower="0.6", upper="0.8", upper_closed=False),
            Interval(lower=0, upper="0.6", upper_closed=False),
        ]
        assert [(band.rating, int(band.least)) for band in found.ratings] == [
            ("优", 90), ("良", 80), ("中", 60), ("差", 0),
        ]  # fmt: skip


@pytest.mark.parametrize("id", RELEASED)
def test_a_rule_set_is_a_value(id: str) -> None:
    found = rules.get(id)
    assert rules.get(id) is found
    assert pickled(found) == found
    assert hash(pickled(found)) == hash(found)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"title": Text(zh="另一个", en="another")},
        {"effective": "2024"},
        {"total": Fraction(99)},
        {"execution": None},
        {"at_least": None},
        {"deviation": DeviationDefinition.RELATIVE_TO_ACTUAL},
        {"score_rounding": ScoreRounding(places=1)},
        {"ratings": (RatingBand(rating="优", least=Fraction(91)),)},
        {"qualitative": (Band(grade=Text(zh="好", en="good"), shares=Interval.point(1)),)},
        {"status": Status.TEXT},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_hash_is_that_of_the_content(change: dict[str, object]) -> None:
    found = rules.get("yitihua-default")
    changed = attrs.evolve(found, **change)  # type: ignore[arg-type]
    assert changed != found
    assert changed.sha256 != found.sha256
    again = attrs.evolve(changed, **{name: getattr(found, name) for name in change})
    assert again == found
    assert again.sha256 == found.sha256


def test_the_hash_sees_a_knot() -> None:
    found = rules.get("yitihua-default")
    assert found.at_least is not None
    bent = attrs.evolve(found.at_least, curve=Curve(knots=(Knot(x=0, y=0), Knot(x=2, y=1))))
    assert attrs.evolve(found, at_least=bent).sha256 != found.sha256


MINIMAL = """
id = "own"
title = { zh = "自定", en = "own" }
status = "form"
"""
FULL = (
    MINIMAL
    + """
effective = "2024-05"
verified = 2024-06-01
replaces = "older"
total = "90"
deviation = "relative-to-target"
score_rounding = { places = 1, mode = "down" }

[execution]
weight = "20"
curve = { knots = [{ x = "0", y = "0" }, { x = "1/3", y = "1" }], domain = { lower = "0" } }
zero_budget = "full"

[at_most]
measure = "target/actual"
curve = { knots = [{ x = "0", y = "0" }, { x = "1", left = "0.5", y = "0.9", right = "1" }] }
zero_target = "none"
status = "text"

[[ratings]]
rating = "优"
least = 90
"""
)


def own(tmp_path: Path, text: str) -> RuleSet:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return rules.load(file)


def problems(tmp_path: Path, text: str) -> list[Problem]:
    with pytest.raises(ProblemsError) as caught:
        own(tmp_path, text)
    assert caught.value.code == "bad-ruleset"
    for problem in caught.value.problems:
        assert problem.message.zh
        assert problem.message.en
        assert problem.where in str(caught.value)
    return list(caught.value.problems)


def test_one_of_ones_own(tmp_path: Path) -> None:
    minimal = own(tmp_path, MINIMAL)
    assert minimal == RuleSet(id="own", title=Text(zh="自定", en="own"), status=Status.FORM)
    assert rules.load(str(tmp_path / "own.toml")) == minimal


def test_every_key(tmp_path: Path) -> None:
    found = own(tmp_path, FULL)
    assert found.verified is not None
    assert found.verified.isoformat() == "2024-06-01"
    assert (found.effective, found.replaces) == ("2024-05", "older")
    assert found.total == 90
    assert found.score_rounding == ScoreRounding(places=1, mode=RoundingMode.DOWN)
    assert found.execution == ExecutionRule(
        weight=Fraction(20),
        curve=Curve(knots=(Knot(x=0, y=0), Knot(x="1/3", y=1)), domain=Interval(lower=0)),
        zero_budget=ZeroBase.FULL,
    )
    assert found.at_most == QuantitativeRule(
        measure=Measure.INVERSE,
        curve=Curve(knots=(Knot(x=0, y=0), Knot(x=1, left="0.5", y="0.9", right=1))),
        zero_target=ZeroBase.NONE,
        status=Status.TEXT,
    )
    assert found.ratings == (RatingBand(rating="优", least=Fraction(90)),)
    assert found.sha256 == own(tmp_path, FULL).sha256


CASES = [
    ("misspelt", FULL.replace("replaces", "replcaes"), "unknown-key", "$.replcaes", "replaces"),
    ("unknown", MINIMAL + 'colour = "red"\n', "unknown-key", "$.colour", "the keys are"),
    (
        "misspelt deep",
        FULL.replace("zero_budget", "zero_budgets"),
        "unknown-key",
        "$.execution.zero_budgets",
        "zero_budget",
    ),
    (
        "float",
        FULL.replace('weight = "20"', "weight = 20.5"),
        "number-with-fraction",
        "$.execution.weight",
        'write "20.5"',
    ),
    (
        "float key",
        FULL.replace('total = "90"', "total = 9e1"),
        "number-with-fraction",
        "$.total",
        'write "9e1"',
    ),
    (
        "missing",
        'title = { zh = "", en = "" }\nstatus = "form"\n',
        "missing-key",
        "$.id",
        "required",
    ),
    ("wrong type", MINIMAL.replace('"own"', "5", 1), "wrong-type", "$.id", "string"),
    ("no number", FULL.replace('"20"', '"twenty"'), "not-a-number", "$.execution.weight", "353"),
    ("status", MINIMAL.replace('"form"', '"official"'), "", "$.status", "official"),
    (
        "knots fall",
        FULL.replace('{ x = "1/3"', '{ x = "0"'),
        "not-a-function",
        "$.execution.curve.knots",
        "rise",
    ),
    (
        "no knots",
        FULL.replace('[{ x = "0", y = "0" }, { x = "1/3", y = "1" }]', "[]"),
        "empty-curve",
        "$.execution.curve.knots",
        "at least one",
    ),
    (
        "ratings rise",
        FULL + '[[ratings]]\nrating = "良"\nleast = 95\n',
        "ratings-order",
        "$.ratings",
        "fall",
    ),
    (
        "ratings twice",
        FULL + '[[ratings]]\nrating = "良"\nleast = 90\n',
        "ratings-order",
        "$.ratings",
        "fall",
    ),
    ("date", FULL.replace("2024-06-01", '"June"'), "wrong-type", "$.verified", "date"),
    (
        "domain",
        FULL.replace('{ lower = "0" }', '{ lower = "1", upper = "0" }'),
        "empty-interval",
        "$.execution.curve.domain",
        "empty",
    ),
    ("shape", FULL.replace('{ places = 1, mode = "down" }', '"two"'), "", "$.score_rounding", ""),
]


@pytest.mark.parametrize(
    ("text", "code", "where", "words"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_problems_are_named_with_key_and_remedy(
    tmp_path: Path, text: str, code: str, where: str, words: str
) -> None:
    found = problems(tmp_path, text)
    assert [problem.where for problem in found] == [where]
    assert code in ("", found[0].code)
    assert words in found[0].message.en


def test_several_problems_are_told_together(tmp_path: Path) -> None:
    text = (
        FULL.replace("replaces", "replcaes")
        .replace('weight = "20"', "weight = 20.5")
        .replace('"form"', '"official"')
        .replace('{ x = "1", left', '{ z = "1", left')
    )
    places = {problem.where for problem in problems(tmp_path, text)}
    assert {"$.execution.weight", "$.status"} <= places
    assert any(place.startswith("$.at_most.curve.knots[1]") for place in places)


@pytest.mark.parametrize("text", ["id = ", "[", 'id = "a"\nid = "b"', "\x00"])
def test_what_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert (problem.code, problem.where) == ("bad-toml", "own.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rules.load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("id", "near"),
    [
        ("national-2021", ["national-2020"]),
        ("yitihua", ["yitihua-default"]),
        ("xinjiang-2023", ["xinjiang-observed-2023"]),
        ("???", sorted(RELEASED)),
        ("../rules/data/national-2020", ["national-2020"]),
    ],
)
def test_an_unknown_id_names_near_ones(id: str, near: list[str]) -> None:
    with pytest.raises(BudgetperfError) as caught:
        rules.get(id)
    assert (caught.value.code, caught.value.field) == ("unknown-ruleset", "rules")
    for name in near:
        assert name in caught.value.message.zh
        assert name in caught.value.message.en


def test_labels() -> None:
    for status in Status:
        assert status.label.zh
        assert status.label.en
    assert "非官方" in Status.IMPLEMENTATION.label.zh

"""Rule-sets: the shipped ones are what they were; one's own are refused with every problem."""

from __future__ import annotations

import functools
import os
import re
import tomllib
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from budgetperf import (
    DeviationDefinition,
    Interval,
    RoundingMode,
    RuleSet,
    Text,
    rules,
)
from budgetperf.rules import (
    Band,
    Curve,
    ExecutionRule,
    Knot,
    Measure,
    QuantitativeRule,
    RatingBand,
    ScoreRounding,
    Status,
    ZeroBase,
)
from tests.factories import OWN, refused, says, there
from tests.rules.files import HEAD as MINIMAL
from tests.rules.files import own, places, problems
from tests.strategies import pickled

RECORD = Path(__file__).parents[1] / "data" / "released.toml"
UPDATE = "BUDGETPERF_UPDATE_RULESETS"
HEAD = """\
# Every rule-set that is shipped, and the hash of its content.
#
# A released rule-set never changes: a correction is a new id, with `replaces`. For a new id, and
# before 0.1.0, this file is written by
#
#     BUDGETPERF_UPDATE_RULESETS=1 python3 -m pytest tests/rules/test_rulesets.py
"""
HOW = (
    f"the rule-sets are not those of {RECORD.name}. A released id never changes: give corrected"
    " rules a new id, with `replaces`. For a new id, or before 0.1.0, write the file anew with"
    f" {UPDATE}=1 python3 -m pytest tests/rules/test_rulesets.py, and read the diff"
)
WITHOUT_TEXT = ("xinjiang-observed-2023", "yitihua-default")
"""Some of those that rest on no text that was read."""


def recorded() -> dict[str, str]:
    record: dict[str, str] = tomllib.loads(RECORD.read_text(encoding="utf-8"))
    return record


@functools.cache
def hashes() -> dict[str, str]:
    return {ruleset.id: ruleset.sha256 for ruleset in rules.shipped()}


def test_released_content_never_changes() -> None:
    shipped = hashes()
    if os.environ.get(UPDATE):
        lines = "".join(f'{id} = "{sha256}"\n' for id, sha256 in shipped.items())
        RECORD.write_text(f"{HEAD}\n{lines}", encoding="utf-8")
    assert shipped == recorded(), HOW


def test_a_changed_a_new_and_a_lost_rule_set_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was recorded is written only when it is asked for."""
    monkeypatch.delenv(UPDATE, raising=False)
    text = RECORD.read_text(encoding="utf-8")
    changed = re.sub(r'(?m)^(national-2020 = ")..', r"\1zz", text)
    lost = re.sub(r"(?m)^national-2020 = .*\n", "", text)
    other = tmp_path / "released.toml"
    monkeypatch.setitem(globals(), "RECORD", other)
    for wrong in (changed, lost, f'{text}new-2026 = "0"\n'):
        assert wrong != text
        other.write_text(wrong, encoding="utf-8")
        with pytest.raises(AssertionError, match=UPDATE):
            test_released_content_never_changes()
        assert other.read_text(encoding="utf-8") == wrong
    monkeypatch.setenv(UPDATE, "1")
    test_released_content_never_changes()
    assert other.read_text(encoding="utf-8") == text


def test_half_of_a_pair_has_a_hash_of_its_own() -> None:
    """A lone surrogate is no text in UTF-8, and is none of what it may be written as."""
    titles = ("\ud800", "\udfff", "\ufffd", "\\ud800", "?")
    kept = [RuleSet(id="own", title=Text(zh=zh, en="own"), status=Status.FORM) for zh in titles]
    assert len({rules.sha256 for rules in kept}) == len(titles)


def test_the_shipped_ids() -> None:
    assert rules.ids() == tuple(sorted(rules.ids()))
    assert tuple(ruleset.id for ruleset in rules.shipped()) == rules.ids()
    assert len(rules.ids()) >= 15


@pytest.mark.parametrize("id", WITHOUT_TEXT)
def test_some_rest_on_no_official_text(id: str) -> None:
    ruleset = rules.get(id)
    assert not ruleset.status.is_official
    assert there(ruleset.execution).weight == 10


@pytest.mark.parametrize("id", rules.ids())
def test_a_rule_set_says_what_it_rests_on(id: str) -> None:
    """One on the text of a regulation names it; one that was compared says where to read it."""
    ruleset = rules.get(id)
    assert ruleset.id == id
    assert ruleset.provisions
    assert ruleset.provisions[0].status in (ruleset.status, Status.FORM)
    assert ruleset.verified is None or ruleset.provisions[0].address
    for text in (ruleset.title, ruleset.note):
        assert text.zh
        assert text.en
    assert ruleset.total == 100
    for period in (ruleset.effective, ruleset.until, *(p.published for p in ruleset.provisions)):
        assert re.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?", period)


def test_what_each_rests_on() -> None:
    """texts.md, rules.md §4.1: never official where no text and no form was read."""
    assert "非官方" in Status.IMPLEMENTATION.label.zh
    texts = ("national-2020", "central-2021-101", "henan-2020", "henan-bond", "zhengzhou")
    implementations = (
        "guangxi-mode", "hebei-tianjin-mode", "hefei-mode", "ningxia-mode", "self-eval-checker",
        "sichuan-pidu-review-2025", "yitihua-80-70-60", "yitihua-default", "yitihua-zero-budget",
    )  # fmt: skip
    standing = {
        **dict.fromkeys(texts, Status.TEXT),
        "sichuan-2025": Status.UNVERIFIED,
        "sichuan-pidu-project-2025": Status.UNVERIFIED,
        "sichuan-pidu-dept-2025": Status.UNVERIFIED,
        "yitihua-manual-2022": Status.UNVERIFIED,
        **dict.fromkeys(implementations, Status.IMPLEMENTATION),
        "xinjiang-observed-2023": Status.OBSERVED,
    }
    assert {id: rules.get(id).status for id in standing} == standing


@pytest.mark.parametrize(
    ("total", "rating"),
    [("100", "优"), ("90", "优"), ("89.5", None), ("89", "良"), ("79.01", None), ("59", "差")],
)
def test_a_total_between_two_ratings_has_none(total: str, rating: str | None) -> None:
    """Zhengzhou, art. 26: 90-100, 80-89, 60-79, 0-59."""
    assert rules.get("zhengzhou").rating(Fraction(total)) == rating


@pytest.mark.parametrize("most", ["79", "90", "95"])
def test_the_highest_total_of_a_rating_lies_in_its_band(most: str) -> None:
    best, band = RatingBand(rating="优", least=90), RatingBand(rating="良", least=80, most=most)
    with refused("ratings-most", match="no lower than 80"):
        attrs.evolve(rules.get("zhengzhou"), ratings=(best, band))


def test_what_the_shipped_rules_say() -> None:
    """texts.md, rules.md §4.1, §4.3."""
    national, yitihua, xinjiang = (
        rules.get(id) for id in ("national-2020", "yitihua-default", "xinjiang-observed-2023")
    )
    assert national.deviation is None
    assert (xinjiang.at_most, xinjiang.equal) == (None, None)
    assert (xinjiang.rating(Fraction(90)), xinjiang.rating(Fraction("89.99"))) == ("优", None)
    assert xinjiang.deviation is DeviationDefinition.POINTS
    assert yitihua.score_rounding == ScoreRounding(places=2, mode=RoundingMode.HALF_UP)
    for ruleset in (national, yitihua):
        assert [band.shares for band in ruleset.qualitative] == [
            Interval(lower="0.8", upper=1),
            Interval(lower="0.6", upper="0.8", upper_closed=False),
            Interval(lower=0, upper="0.6", upper_closed=False),
        ]
        assert [(band.rating, int(band.least)) for band in ruleset.ratings] == [
            ("优", 90), ("良", 80), ("中", 60), ("差", 0),
        ]  # fmt: skip


@pytest.mark.parametrize("id", rules.ids())
def test_a_rule_set_is_a_value(id: str) -> None:
    ruleset = rules.get(id)
    assert rules.get(id) is ruleset
    assert pickled(ruleset) == ruleset
    assert hash(pickled(ruleset)) == hash(ruleset)


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
    ruleset = rules.get("yitihua-default")
    changed = attrs.evolve(ruleset, **change)  # type: ignore[arg-type]
    assert changed != ruleset
    assert changed.sha256 != ruleset.sha256
    again = attrs.evolve(changed, **{name: getattr(ruleset, name) for name in change})
    assert again == ruleset
    assert again.sha256 == ruleset.sha256


def test_the_hash_sees_a_knot() -> None:
    ruleset = rules.get("yitihua-default")
    bent = attrs.evolve(
        there(ruleset.at_least), curve=Curve(knots=(Knot(x=0, y=0), Knot(x=2, y=1)))
    )
    assert attrs.evolve(ruleset, at_least=bent).sha256 != ruleset.sha256


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


def test_one_of_ones_own(tmp_path: Path) -> None:
    minimal = own(tmp_path, MINIMAL)
    assert minimal == RuleSet(id="own", title=OWN, status=Status.FORM)
    assert rules.load(str(tmp_path / "own.toml")) == minimal


def test_every_key(tmp_path: Path) -> None:
    ruleset = own(tmp_path, FULL)
    assert there(ruleset.verified).isoformat() == "2024-06-01"
    assert (ruleset.effective, ruleset.replaces) == ("2024-05", "older")
    assert ruleset.total == 90
    assert ruleset.score_rounding == ScoreRounding(places=1, mode=RoundingMode.DOWN)
    assert ruleset.execution == ExecutionRule(
        weight=Fraction(20),
        curve=Curve(knots=(Knot(x=0, y=0), Knot(x="1/3", y=1)), domain=Interval(lower=0)),
        zero_budget=ZeroBase.FULL,
    )
    assert ruleset.at_most == QuantitativeRule(
        measure=Measure.INVERSE,
        curve=Curve(knots=(Knot(x=0, y=0), Knot(x=1, left="0.5", y="0.9", right=1))),
        zero_target=ZeroBase.NONE,
        status=Status.TEXT,
    )
    assert ruleset.ratings == (RatingBand(rating="优", least=Fraction(90)),)
    assert ruleset.sha256 == own(tmp_path, FULL).sha256


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
        'write "90"',
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
    (
        "layout",
        MINIMAL + '[execution]\nweight = "20"\ncurve = { knots = [{ x = "1", y = "1" }] }\n'
        '[[layouts]]\nweights = [{ level1 = "产出", weight = "50" },'
        ' { level1 = "效益", weight = "40" }]\n',
        "layout-sum",
        "$.layouts[0]",
        "20 + 50 + 40 add up to 110, not 100: take away 10",
    ),
    (
        "layout without execution",
        MINIMAL + '[[layouts]]\nweights = [{ level1 = "产出", weight = "60.5" }]\n',
        "layout-sum",
        "$.layouts[0]",
        "60.5 add up to 60.5, not 100: add 39.5 (without budget execution)",
    ),
    (
        "weight of nothing",
        MINIMAL + '[[layouts]]\nweights = [{ level1 = "产出", weight = "0" }]\n',
        "not-positive",
        "$.layouts[0].weights[0].weight",
        "above 0",
    ),
    ("no period", MINIMAL + 'effective = "2024-13"\n', "bad-date", "$.effective", "2024-05"),
    ("no period at all", MINIMAL + 'until = "soon"\n', "bad-date", "$.until", "2024-05"),
    (
        "ends before it starts",
        MINIMAL + 'effective = "2024-05"\nuntil = "2023"\n',
        "dates-order",
        "$.until",
        "correct one of the two",
    ),
    (
        "excess that the curve denies",
        FULL.replace(
            "[at_most]",
            '[at_least]\nmeasure = "actual/target"\ncurve = { knots = [{ x = "1", y = "1" }] }\n'
            'over_completion = { policy = "zero", threshold = "1.3" }\n\n[at_most]',
        ),
        "over-completion",
        "$.at_least.over_completion",
        "change curve or policy",
    ),
    (
        "two rules for one name",
        MINIMAL
        + '[[indicators]]\nnames = ["甲", "乙"]\ncurve = { knots = [{ x = "1", y = "1" }] }\n'
        '[[indicators]]\nnames = ["乙"]\nsteps = { start = "1", width = "0.1", loss = "1" }\n',
        "indicator-twice",
        "$.indicators[1].names",
        "indicators[0] is already for 乙",
    ),
    (
        "a rule for no name",
        MINIMAL + '[[indicators]]\ncurve = { knots = [{ x = "1", y = "1" }] }\n',
        "no-name",
        "$.indicators[0].names",
        "names or headings",
    ),
    (
        "neither curve nor steps",
        MINIMAL + '[[indicators]]\nheadings = ["甲"]\n',
        "curve-or-steps",
        "$.indicators[0].curve",
        "write curve or steps, not both",
    ),
    (
        "a step of no width",
        MINIMAL
        + '[[indicators]]\nnames = ["甲"]\nsteps = { start = "1", width = "0", loss = "1" }\n',
        "not-positive",
        "$.indicators[0].steps.width",
        "above 0",
    ),
    (
        "a cap on what is none",
        MINIMAL + '[[total_caps]]\non = "total"\nwithin = { lower = "1" }\nmost = "90"\n',
        "cap-on",
        "$.total_caps[0].on",
        "execution-rate or adjustment-size",
    ),
    ("base", MINIMAL + 'base = "hubei-2021"\n', "unknown-ruleset", "$.base", "hubei-2020"),
    ("base of no name", MINIMAL + "base = 5\n", "unknown-ruleset", "$.base", "anhui-chizhou-2022"),
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
    wrong = problems(tmp_path, text)
    assert [problem.where for problem in wrong] == [where]
    assert code in ("", wrong[0].code)
    assert words in wrong[0].message.en


def test_several_problems_are_told_together(tmp_path: Path) -> None:
    text = (
        FULL.replace("replaces", "replcaes")
        .replace('weight = "20"', "weight = 20.5")
        .replace('"form"', '"official"')
        .replace('{ x = "1", left', '{ z = "1", left')
    )
    wrong = places(tmp_path, text)
    assert {"$.execution.weight", "$.status"} <= set(wrong)
    assert any(place.startswith("$.at_most.curve.knots[1]") for place in wrong)


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
        ("yitihua-defualt", ["yitihua-default"]),
        ("hubei", ["hubei-2020"]),
        ("xinjiang-2023", ["xinjiang-observed-2023"]),
        ("???", [*rules.ids()[:5], "budgetperf rules"]),
        ("NATIONAL-2020", ["national-2020"]),
        (" Hubei-2020 ", ["hubei-2020"]),
        ("../rules/data/national-2020", ["national-2020"]),
    ],
)
def test_an_unknown_id_names_near_ones(id: str, near: list[str]) -> None:
    with refused("unknown-ruleset", "rules") as caught:
        rules.get(id)
    for name in near:
        says(caught.value.message, name, name)


def test_lists_have_so_many_elements_and_no_more() -> None:
    aliases = tuple(f"等级{number}" for number in range(501))
    shares = Interval(lower=0, upper=1)
    band = Band(grade=Text(zh="优", en="excellent"), shares=shares, aliases=aliases[:500])
    assert len(band.aliases) == 500
    with refused("too-many-rows", match="501 elements, 500 at most"):
        Band(grade=Text(zh="优", en="excellent"), shares=shares, aliases=aliases)


@pytest.mark.parametrize(
    "grade", ["达成年度指标", "达成预期指标", "基本达成目标", "达成", "全部达成", "达成指标"]
)
@pytest.mark.parametrize("id", ["national-2020", "yitihua-default"])
def test_the_best_grade_has_the_names_that_forms_and_systems_write(id: str, grade: str) -> None:
    band = rules.get(id).band(grade)
    assert band is not None
    assert band.shares == Interval(lower=Fraction(4, 5), upper=1)  # 100%-80%(含), art. 16

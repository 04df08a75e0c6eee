"""The worked examples of every rule-set, recomputed; and files of one's own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import pytest

from budgetperf import Direction, Figure, ProblemsError, RuleSet, Text, run_example, scorecard
from budgetperf import rules as rulebook
from budgetperf.exact import decimal_text
from budgetperf.rules import (
    Curve,
    Demand,
    Example,
    ExampleRow,
    Excess,
    Gauge,
    IndicatorRule,
    Knot,
    Measure,
    NotApplicable,
    QuantitativeRule,
    Trigger,
    ZeroBase,
)
from budgetperf.scoring import NoScore, execution_base
from budgetperf.scoring.gauges import budget_gauges, indicator_gauges
from budgetperf.scoring.marks import indicator_rule, rule_for
from tests.factories import typed

CASES = [
    pytest.param(rules, example, id=f"{rules.id}: {example.name.en}")
    for rules in rulebook.shipped()
    for example in rulebook.examples(rules.id)
]


@pytest.mark.parametrize(("rules", "example"), CASES)
def test_worked_examples(rules: RuleSet, example: Example) -> None:
    assert run_example(example, rules) == ()


@pytest.mark.parametrize("id", rulebook.ids())
def test_every_rule_set_has_examples_with_names_and_sources(id: str) -> None:
    examples = rulebook.examples(id)
    assert len(examples) >= 3
    assert len({example.name for example in examples}) == len(examples)
    for example in examples:
        for text in (example.name, example.source):
            assert text.zh
            assert text.en
        rows = [row.score is not None or row.none for row in example.rows]
        assert all(rows)
        assert rows or example.execution is not None or example.execution_none


def test_there_is_no_file_of_examples_without_a_rule_set() -> None:
    folder = Path(rulebook.__file__).parent / "examples"
    assert {file.stem for file in folder.glob("*.toml")} == set(rulebook.ids())
    assert rulebook.examples("nothing") == ()


# That every rule is shown: on its thresholds and just beside them.

NEAR, STEP = Fraction(1, 50), Fraction(1, 1000)
DIRECTIONS = ("at_least", "at_most", "equal", "above", "below")
AT_LEAST, AT_MOST, EQUAL = Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL
MEANT = (AT_LEAST, AT_MOST, EQUAL, AT_LEAST, AT_MOST)
Shown = set[tuple[str, Fraction]]


def own(rules: RuleSet, part: str) -> bool:
    """Whether a part is said by the rule-set itself, and not as in the one it is derived from."""
    part_said = getattr(rules, part)
    return bool(part_said) and not (
        rules.base and part_said == getattr(rulebook.get(rules.base), part)
    )


def sides(curve: Curve, knot: Knot) -> Iterator[int]:
    """On which sides of a knot full marks end, the curve jumps, or nothing is said."""
    for side, limit in ((-1, knot.before), (1, knot.after)):
        beside = curve.value(knot.x + side * STEP)
        if knot.x and (beside is None or limit != knot.y or (knot.y == 1 and beside != 1)):
            yield side


def missing(name: str, curve: Curve, shown: Shown) -> Iterator[str]:
    """The thresholds of a curve beside which nothing is shown."""
    xs = {x for shown_name, x in shown if shown_name == name}
    for knot in curve.knots:
        for side in sides(curve, knot):
            if not any(0 < (x - knot.x) * side <= NEAR for x in xs):
                yield f"{name}: just {'below' if side < 0 else 'above'} {knot.x}"


def measure(rule: QuantitativeRule, target: Figure, actual: Figure) -> Fraction:
    a, t = actual.nominal, target.nominal
    match rule.measure:
        case Measure.COMPLETION:
            return a / t
        case Measure.INVERSE:
            return t / a
        case _:
            return a - t


def shown_by(rules: RuleSet, example: Example) -> Iterator[tuple[str, Fraction]]:
    """What an example shows: the rule, and at which measure."""
    total = example.report().form.funding.total
    if rules.execution is not None and isinstance(total.executed, Figure):
        base = typed(Figure, execution_base(rules.execution, total))
        if base.nominal:
            yield "execution", total.executed.nominal / base.nominal
        else:
            yield "zero budget", Fraction(0)
    for row in example.rows:
        yield from shown_by_row(rules, row)


def shown_by_row(rules: RuleSet, row: ExampleRow) -> Iterator[tuple[str, Fraction]]:
    filled = row.indicator()
    if row.actual == "/":
        yield f"not applicable {filled.key if filled.key != '某指标' else ''}", Fraction(0)
    named = indicator_rule(filled, rules)
    if named is not None:
        if isinstance(filled.actual, Figure):
            base = filled.target.value if named.of_completion else None
            over = base.nominal if isinstance(base, Figure) else Fraction(1)
            where = filled.actual.nominal / over if over else Fraction(0)
            yield f"indicator {rules.indicators.index(named)}", where
        return
    for band in rules.qualitative:
        if row.actual == band.grade.zh:
            yield f"band {band.grade.zh}", Fraction(0)
    rule, target = rule_for(filled, rules), filled.target.value
    if isinstance(rule, NoScore) or not isinstance(target, Figure):
        return
    if not isinstance(filled.actual, Figure):
        return
    name = next(part for part in reversed(DIRECTIONS) if getattr(rules, part) is rule)
    if target.nominal:
        yield name, measure(rule, target, filled.actual)
    else:
        yield f"zero target {name}", Fraction(filled.actual.nominal > 0)


def not_shown(rules: RuleSet) -> Iterator[str]:
    examples = rulebook.examples(rules.id)
    shown = {fact for example in examples for fact in shown_by(rules, example)}
    yield from _execution_not_shown(rules, shown)
    for part in DIRECTIONS:
        if own(rules, part):
            yield from _direction_not_shown(part, getattr(rules, part), shown)
    yield from _triggers_not_shown(rules, examples)
    for index, rule in enumerate(rules.indicators):
        yield from _indicator_not_shown(f"indicator {index}", rule, shown)
    names = {name for name, _ in shown}
    if own(rules, "qualitative"):
        yield from {f"band {band.grade.zh}" for band in rules.qualitative} - names
    if rules.not_applicable is NotApplicable.RESCALE:
        yield from {"not applicable "} - names
    totals = {(example.total, example.rating) for example in examples}
    if own(rules, "ratings") and has_totals(rules):
        yield from _ratings_not_shown(rules, totals)
    for cap in rules.total_caps:
        if cap.most not in {total for total, _ in totals}:
            yield f"cap at {cap.most}"


def has_totals(rules: RuleSet) -> bool:
    """Whether it scores indicators: a text may only have weights and ratings."""
    return any(getattr(rules, part) for part in (*DIRECTIONS, "qualitative", "indicators"))


@pytest.mark.parametrize(
    ("id", "limits"),
    [("henan-bond", (90, 80, 60)), ("sichuan-2025", (90, 80, 70))],  # art. 25; a digest
)
def test_ratings_of_rule_sets_that_score_no_indicators(id: str, limits: tuple[int, ...]) -> None:
    rules = rulebook.get(id)
    assert not has_totals(rules)
    for limit, rating, worse in zip(limits, "优良中", "良中差", strict=True):
        assert rules.rating(Fraction(limit)) == rating
        assert rules.rating(limit - Fraction(1, 100)) == worse


def _execution_not_shown(rules: RuleSet, shown: Shown) -> Iterator[str]:
    rule = rules.execution
    if rule is not None and own(rules, "execution"):
        yield from {"execution", "zero budget"} - {name for name, _ in shown}
        for curve in filter(None, (rule.curve, rule.discretion)):
            yield from missing("execution", curve, shown)


def _direction_not_shown(part: str, rule: QuantitativeRule, shown: Shown) -> Iterator[str]:
    for curve in filter(None, (rule.curve, rule.discretion)):
        yield from missing(part, curve, shown)
    over = rule.over_completion
    if over is not None and (part, over.threshold) not in shown:
        yield f"{part}: over-completion of {over.threshold}"
    if rule.zero_target is not ZeroBase.UNDEFINED:
        yield from {f"zero target {part}"} - {name for name, _ in shown}


def _indicator_not_shown(name: str, rule: IndicatorRule, shown: Shown) -> Iterator[str]:
    if rule.curve is not None:
        yield from missing(name, rule.curve, shown)
    if rule.steps is not None:
        start, side = rule.steps.start, 1 if rule.steps.above else -1
        if (name, start) not in shown:
            yield f"{name}: at {start}"
        off = {
            (x - start) * side / rule.steps.width for shown_name, x in shown if shown_name == name
        }
        if not any(0 < steps < 1 for steps in off):
            yield f"{name}: part of a step"
    if rule.not_applicable is not None:
        yield from {f"not applicable {rule.names[0]}"} - {shown_name for shown_name, _ in shown}


def _triggers_not_shown(rules: RuleSet, examples: tuple[Example, ...]) -> Iterator[str]:
    """The ends of what sets a trigger off, and just beside each: inside, or outside."""
    seen = {gauge_shown for example in examples for gauge_shown in gauges_shown(rules, example)}
    for trigger in own_triggers(rules):
        aimed = [
            (value, direction)
            for gauge, direction, value in seen
            if gauge is trigger.on and (not trigger.directions or direction in trigger.directions)
        ]
        name, within = f"{trigger.demand.value} on {trigger.on.value}", trigger.within
        if not aimed:
            yield name
        near = 1 if trigger.on is Gauge.ACTUAL_AT_ZERO else NEAR
        for end, closed, outwards in (
            (within.lower, within.lower_closed, -1), (within.upper, within.upper_closed, 1),
        ):  # fmt: skip
            if end is not None:
                side = outwards if closed else -outwards
                off = [(value - end) * side for value, _ in aimed if value is not None]
                if 0 not in off or not any(0 < distance <= near for distance in off):
                    yield f"{name}: at {end} and just beside"


def own_triggers(rules: RuleSet) -> Iterator[Trigger]:
    """What is asked for, policies on over-completion included."""
    if own(rules, "triggers"):
        yield from rules.triggers
    demands = {Excess.EXPLAIN: Demand.EXPLAIN, Excess.FLAG: Demand.FLAG}
    for part, direction in zip(DIRECTIONS, MEANT, strict=True):
        over = rule.over_completion if (rule := getattr(rules, part)) is not None else None
        if own(rules, part) and over is not None and over.policy in demands:
            yield Trigger(
                on=Gauge.COMPLETION,
                within=over.within,
                demand=demands[over.policy],
                directions=(direction,),
            )


Seen: TypeAlias = tuple[Gauge, Direction | None, Fraction | None]


def gauges_shown(rules: RuleSet, example: Example) -> Iterator[Seen]:
    """What triggers look at, where the example says what is asked for there."""
    budget = budget_gauges(example.report().form.funding.total, rules)
    if example.execution_asks is not None and Gauge.EXECUTION in budget:
        yield Gauge.EXECUTION, None, budget[Gauge.EXECUTION].value
    if example.asks is not None:
        yield Gauge.TOTAL, None, example.total
        yield Gauge.LEAD, None, lead(rules, example)
    for row in example.rows:
        if row.asks is not None:
            filled = row.indicator()
            direction = typed(Direction, filled.target.direction)
            for gauge, gauged in indicator_gauges(filled).items():
                yield gauge, direction, gauged.value
            score = row.score if row.most is None else None
            yield Gauge.SCORE_SHARE, direction, None if score is None else score / row.weight


def lead(rules: RuleSet, example: Example) -> Fraction | None:
    """(S - E) / S, of the scores that are due."""
    execution, rule = example.execution, rules.execution
    scores = sum((row.score or Fraction(0) for row in example.rows), start=Fraction(0))
    weights = sum((row.weight for row in example.rows), start=Fraction(0))
    if rule is None or execution is None or not scores or any(row.most for row in example.rows):
        return None
    return 1 - (execution / rule.weight) / (scores / weights)


def _ratings_not_shown(rules: RuleSet, totals: set[tuple[Fraction | None, str]]) -> Iterator[str]:
    """The lowest total of each rating, and the one just below."""
    for better, worse in itertools.pairwise(rules.ratings):
        below = better.least - Fraction(1, 100) if worse.most is None else worse.most
        due = (better.least, better.rating), (below, worse.rating)
        yield from (
            f"{rating} at {decimal_text(total)}"
            for total, rating in due
            if (total, rating) not in totals
        )


@pytest.mark.parametrize("id", rulebook.ids())
def test_every_rule_is_shown_on_its_thresholds_and_just_beside_them(id: str) -> None:
    left_out = sorted(not_shown(rulebook.get(id)))
    assert not left_out, f"rules/examples/{id}.toml lacks an example of: {'; '.join(left_out)}"


# What the rule-sets ask for, on thresholds and just beside them.


def asked(id: str, executed: str, *, budget: str, actual: str = "10次") -> list[str]:
    row = ExampleRow(target="≥10次", actual=actual, weight=90)
    text = Text(zh="例", en="a case")
    example = Example(name=text, source=text, budget=budget, executed=executed, rows=(row,))
    card = scorecard(example.report(), rules=id)
    remarks = [*card.remarks, *(remark for line in card.lines for remark in line.remarks)]
    return sorted(word for word in WORDS for remark in remarks if word in remark.en)


WORDS = ("red self-evaluation", "yellow self-evaluation", "a reason must be given")
WARNING = ("yitihua-default", "yitihua-80-70-60", "hefei-mode", "guangxi-mode",
           "hebei-tianjin-mode")  # fmt: skip


@pytest.mark.parametrize("id", WARNING)
@pytest.mark.parametrize(
    ("executed", "actual", "words"),
    [
        ("1000元", "10次", []),
        ("950元", "10次", []),  # (1 - 0.95) / 1 is just 5 %
        ("949元", "10次", ["red self-evaluation"]),  # 9.49 of 10: 5.1 %
        ("800元", "10次", ["red self-evaluation"]),  # unspent 20 % is not more than 20 %
        ("799元", "10次", ["red self-evaluation", "yellow self-evaluation"]),
        # 63 of 90 are 70 %, as is 7 of 10
        ("700元", "7次", ["a reason must be given", "yellow self-evaluation"]),
        ("800元", "8次", ["a reason must be given"]),
    ],
)
def test_warnings_of_the_module(id: str, executed: str, actual: str, words: list[str]) -> None:
    """rules.md §4.3: red if the lead is above 5 %; yellow if more than 20 % is unspent; a score
    below its weight needs a reason."""
    assert asked(id, executed, budget="1000元", actual=actual) == words


def test_ningxia_has_no_row_to_compare_with() -> None:
    assert asked("ningxia-mode", "500元", budget="1000元") == []
    assert asked("ningxia-mode", "500元", budget="1000元", actual="9次") == [
        "a reason must be given"
    ]


OWN = """
[[example]]
name = { zh = "一例", en = "a case" }
source = { zh = "手算", en = "by hand" }
rows = [{ target = "≥10次", actual = "8次", weight = "10", score = "8" }]
"""


def test_examples_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    (example,) = rulebook.load_examples(file)
    assert example.rows == (ExampleRow(target="≥10次", actual="8次", weight=10, score=8),)
    assert run_example(example, "national-2020") == ()


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (OWN.replace('"8" }', "8.5 }"), "number-with-fraction", "$.example[0].rows[0].score"),
        (OWN.replace("actual", "actaul"), "unknown-key", "$.example[0].rows[0].actaul"),
        (OWN.replace("source", "sauce"), "missing-key", "$.example[0].source"),
        (
            OWN.replace('score = "8"', 'none = "silent", score = "8"'),
            "one-of-both",
            "$.example[0].rows[0].none",
        ),
        (OWN.replace("8次", "约8次"), "not-a-printed-number", "$.example[0].rows[0].actual"),
        (
            OWN.replace('"8" }', '"8", asks = ["reason"] }'),
            "unknown-value",
            "$.example[0].rows[0].asks[0]",
        ),
        (OWN + 'printed = "8"', "missing-key", "$.example[0].printed"),
        ("example = []", "no-examples", "$.example"),
        ("", "missing-key", "$.example"),
        ("[", "bad-toml", "own.toml"),
    ],
)
def test_problems_of_examples(tmp_path: Path, text: str, code: str, where: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        rulebook.load_examples(file)
    assert caught.value.code == "bad-examples"
    assert (code, where) in {(problem.code, problem.where) for problem in caught.value.problems}

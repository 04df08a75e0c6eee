"""Laws of rule-sets: whatever a number is changed to, no score leaves 0 to the weight."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from budgetperf import Direction, Figure, Indicator, Interval, ProblemsError, RuleSet, Target
from budgetperf.exact import Problem, decimal_text
from budgetperf.plain.structuring import make_converter
from budgetperf.rules import shipped
from budgetperf.rules.places import fits
from budgetperf.rules.reading import built
from budgetperf.scoring import NoScore, indicator_score
from tests.strategies import rationals

SHARES = Interval(lower=0, upper=1)
NUMBERS = ("x", "y", "left", "right", "lower", "upper", "weight", "least", "most", "total",
           "threshold", "start", "width", "loss")  # fmt: skip
Path: TypeAlias = tuple[str | int, ...]


def numbers(data: Any, path: Path = ()) -> Iterator[Path]:
    """Where the numbers of a rule-set as plain data stand."""
    items = enumerate(data) if isinstance(data, list | tuple) else ()
    for key, value in data.items() if isinstance(data, dict) else items:
        here = (*path, key)
        if key in NUMBERS and isinstance(value, str):
            yield here
        else:
            yield from numbers(value, here)


PLAIN = [make_converter().unstructure(rules) for rules in shipped()]
PLACES = [(data, path) for data in PLAIN for path in numbers(data)]


def changed(data: Any, path: Path, value: str) -> Any:
    if not path:
        return value
    step, *below = path
    if isinstance(data, dict):
        return {**data, step: changed(data[step], tuple(below), value)}
    return [
        changed(item, tuple(below), value) if i == step else item for i, item in enumerate(data)
    ]


def made(data: Any) -> RuleSet | tuple[Problem, ...]:
    """The rule-set, or what is wrong with it."""
    try:
        return built(data)
    except ProblemsError as error:
        return error.problems


def shares(rules: RuleSet) -> Iterator[Interval]:
    """Every share of a weight that the rules may give."""
    quantitative = (rules.at_least, rules.at_most, rules.equal, rules.above, rules.below)
    for rule in (rules.execution, *quantitative):
        for curve in () if rule is None else (rule.curve, rule.discretion):
            if curve is not None:
                yield curve.bounds
    for by_name in rules.indicators:
        yield from (curve.bounds for curve in by_name.curves(Fraction(7)) if curve is not None)
    yield from (band.shares for band in rules.qualitative)


@given(
    place=st.sampled_from(PLACES),
    value=rationals | st.sampled_from([Fraction(1, 10), Fraction(1), Fraction(100)]),
    completion=st.integers(0, 300),
    direction=st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL]),
)
def test_a_number_out_of_its_range_is_refused_or_does_no_harm(
    place: tuple[Any, Path], value: Fraction, completion: int, direction: Direction
) -> None:
    data, path = place
    rules = made(changed(data, path, decimal_text(value)))
    if not isinstance(rules, RuleSet):
        assert rules
        for problem in rules:
            assert problem.where.startswith("$.")
            assert problem.message.zh
            assert problem.message.en
        return
    assert all(SHARES.covers(share) for share in shares(rules))
    assert rules.total > 0
    amount = Figure(value=completion, unit="%", rounding=None)
    target = Target(direction=direction, value=Figure(value=100, unit="%", rounding=None))
    row = Indicator(name="某指标", target=target, actual=amount)
    weight = Figure(value=20, rounding=None)
    score = indicator_score(row, rules, weight=weight)
    assert isinstance(score, NoScore) or Interval(lower=0, upper=20).covers(score.admissible)


@given(data=st.sampled_from(PLAIN), value=rationals.filter(lambda y: not 0 <= y <= 1),
       draw=st.data())  # fmt: skip
def test_no_share_below_0_or_above_1_is_taken(
    data: Any, value: Fraction, draw: st.DataObject
) -> None:
    ys = [path for path in numbers(data) if path[-1] in ("y", "left", "right")]
    if not ys:
        return
    path = draw.draw(st.sampled_from(ys))
    problems = made(changed(data, path, decimal_text(value)))
    assert not isinstance(problems, RuleSet)
    written = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
    assert [(problem.code, problem.where) for problem in problems] == [
        ("not-a-share", f"${written}")
    ]


@given(
    rules=st.sampled_from([ruleset for ruleset in shipped() if ruleset.place.zh]), draw=st.data()
)
def test_a_rule_set_fits_its_own_place_and_no_single_letter(
    rules: RuleSet, draw: st.DataObject
) -> None:
    for name in (rules.place.zh, rules.place.en, rules.place.en.upper()):
        assert fits(rules.place, name)
        assert not fits(rules.place, draw.draw(st.sampled_from(name)))

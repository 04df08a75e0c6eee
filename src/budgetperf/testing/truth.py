"""The true values behind a report: what the money, the indicators and the scores really are.

The sums, rates and scores here are plain arithmetic on ``Fraction``, written down from the rules of
the field and not taken from the library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st

from budgetperf import DeviationDefinition, Direction, Unit
from budgetperf.model import EconomicCategory, FundingKind

__all__ = ["PHASES", "Item", "Phases", "Truth", "half_up", "quotient", "truths"]

PHASES = ("initial", "revised", "executed")
VISIBLE = 10**6
"""What is divided by is no less than this many 元: it never prints as 0 in a unit below."""
OBSERVED, DEFAULT = "xinjiang-observed-2023", "yitihua-default"
BANDS = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
PUBLIC = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")

_Kind = TypeVar("_Kind")
Phases: TypeAlias = Mapping[str, Fraction]
"""An amount in each phase of the budget, in 元."""


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounding of a value that is not negative, as at school."""
    steps: int = math.floor(value * 10**places + Fraction(1, 2))
    return Fraction(steps, 10**places)


def quotient(part: Fraction, whole: Fraction) -> Fraction | None:
    """A rate, where what it divides by shows in print."""
    return part / whole if whole >= VISIBLE else None


@attrs.frozen(kw_only=True)
class Item:
    """The true values of an indicator."""

    name: str
    direction: Direction
    unit: str
    target: Fraction
    actual: Fraction
    midyear: Fraction
    weight: int
    score: Fraction
    completion: Fraction | None
    deviation: Fraction | None


@attrs.frozen(kw_only=True)
class Truth:
    """The true values of a report: amounts in 元, rates as ratios.

    Args:
        rules: the id of the rule-set by which its scores were given; ``None`` where they follow
            from the plain ratio.
        basic: basic expenditure.
        project: project expenditure.
        sources: what each source has of the two together, by phase.
        received: what was received of all funds, by source.
        batches: the same in the batches that it came in.
        project_sources: what each source has of the project expenditure that was executed.
        categories: what each economic category has of the basic expenditure that was executed.
        public: the budget and the expenditure of each of the three public expenses.
        procurement: budget and expenditure.
        assets: the original value, and the accumulated depreciation.
        items: the indicators.
    """

    rules: str | None
    basic: Phases
    project: Phases
    sources: Mapping[FundingKind, Phases]
    received: Mapping[FundingKind, Fraction]
    batches: tuple[Fraction, ...]
    project_sources: Mapping[FundingKind, Fraction]
    categories: Mapping[EconomicCategory, Fraction]
    public: Mapping[str, tuple[Fraction, Fraction]]
    procurement: tuple[Fraction, Fraction]
    assets: tuple[Fraction, Fraction]
    items: tuple[Item, ...]

    @property
    def total(self) -> Phases:
        """All funds."""
        return {phase: self.basic[phase] + self.project[phase] for phase in PHASES}

    @property
    def received_total(self) -> Fraction:
        """What was received of all funds."""
        return sum(self.received.values(), Fraction(0))

    @property
    def public_total(self) -> tuple[Fraction, Fraction]:
        """The three public expenses together."""
        budgets, spent = zip(*self.public.values(), strict=True)
        return sum(budgets, Fraction(0)), sum(spent, Fraction(0))

    @property
    def execution_score(self) -> Fraction:
        """The score of budget execution, of 10 points."""
        score = min(Fraction(1), self.total["executed"] / self.total["revised"]) * 10
        return half_up(score, 2) if self.rules == DEFAULT else score

    @property
    def total_score(self) -> Fraction:
        """All points."""
        return self.execution_score + sum(item.score for item in self.items)

    @property
    def rating(self) -> str:
        """The rating of all points."""
        return next(name for name, least in BANDS if self.total_score >= least)


amounts: st.SearchStrategy[Fraction] = st.one_of(
    st.builds(Fraction, st.integers(VISIBLE, 10**9), st.just(1)),
    st.builds(Fraction, st.integers(7 * VISIBLE, 10**10), st.sampled_from([3, 7])),
)
maybe: st.SearchStrategy[Fraction] = st.one_of(st.just(Fraction(0)), amounts)
parts_received: st.SearchStrategy[Fraction] = st.sampled_from([Fraction(1), Fraction(2, 3)])
parts_spent: st.SearchStrategy[Fraction] = st.sampled_from(
    [Fraction(0), Fraction(1, 3), Fraction(1)]
)


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """The true values of a report."""
    rules = draw(st.sampled_from([None, "national-2020", DEFAULT, OBSERVED]))
    definition = draw(st.sampled_from(DeviationDefinition))
    if rules == OBSERVED:
        definition = DeviationDefinition.POINTS
    basic = {phase: draw(maybe) for phase in PHASES}
    project = {phase: draw(amounts) for phase in PHASES}
    if rules == OBSERVED or draw(st.booleans()):
        basic["executed"], project["executed"] = basic["revised"], project["revised"]
    kinds = draw(st.lists(st.sampled_from(FundingKind), min_size=1, max_size=4, unique=True))
    by_phase = {phase: draw(_split(basic[phase] + project[phase], kinds)) for phase in PHASES}
    received = (basic["revised"] + project["revised"]) * draw(parts_received)
    return Truth(
        rules=rules,
        basic=basic,
        project=project,
        sources={kind: {phase: by_phase[phase][kind] for phase in PHASES} for kind in kinds},
        received=draw(_split(received, kinds)),
        batches=tuple(draw(_split(received, range(draw(st.integers(2, 3))))).values()),
        project_sources=draw(_split(project["executed"], kinds)),
        categories=draw(_split(basic["executed"], draw(st.permutations(list(EconomicCategory))))),
        public={name: draw(_spent()) for name in PUBLIC},
        procurement=(draw(maybe), draw(maybe)),
        assets=(draw(amounts), draw(amounts)),
        items=draw(_items(rules, definition)),
    )


@st.composite
def _split(draw: st.DrawFn, total: Fraction, kinds: Sequence[_Kind]) -> dict[_Kind, Fraction]:
    """Parts of these kinds that add up to ``total``."""
    weights = [draw(st.integers(0, 9)) for _ in kinds[1:]]
    whole = sum(weights) + draw(st.integers(1, 9))
    shares = [total * weight / whole for weight in weights]
    return dict(zip(kinds, [*shares, total - sum(shares)], strict=True))


@st.composite
def _spent(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    """A budget, and a part of it that was spent."""
    budget = draw(maybe)
    return budget, budget * draw(parts_spent)


# The indicators.

WEIGHTS = {
    1: [[90]],
    2: [[45, 45], [60, 30]],
    3: [[30, 30, 30], [50, 20, 20]],
    4: [[30, 20, 20, 20], [45, 15, 15, 15]],
}
"""How 90 points are given to so many indicators."""


@st.composite
def _items(draw: st.DrawFn, rules: str | None, definition: DeviationDefinition) -> tuple[Item, ...]:
    weights = draw(st.sampled_from(WEIGHTS[draw(st.integers(1, 4))]))
    return tuple(
        draw(_item(f"指标{index}", weight, rules, definition))
        for index, weight in enumerate(weights)
    )


@st.composite
def _item(
    draw: st.DrawFn, name: str, weight: int, rules: str | None, definition: DeviationDefinition
) -> Item:
    over_only = rules == OBSERVED
    direction, unit = Direction.AT_LEAST, "%"
    if not over_only:
        sided = (Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL)
        direction = draw(st.sampled_from(sided))
        unit = draw(st.sampled_from(["%", "%", "次", "", "万元"]))
    target = draw(st.integers(1 if over_only else 0, 200)) * Unit.of(unit).scale
    least = Fraction(1) if over_only else Fraction(1, 8)
    usual = st.sampled_from([Fraction(1), Fraction(11, 10), Fraction(2)])
    actual = target * draw(st.one_of(usual, st.fractions(min_value=least, max_value=3)))
    score = weight * _share_of_weight(rules, direction, actual, target)
    return Item(
        name=name,
        direction=direction,
        unit=unit,
        target=target,
        actual=actual,
        midyear=actual * draw(parts_spent),
        weight=weight,
        score=half_up(score, 2) if rules == DEFAULT else score,
        completion=actual / target if target else None,
        deviation=_deviation(definition, unit, actual, target) if target else None,
    )


def _share_of_weight(rules: str | None, direction: Direction, a: Fraction, t: Fraction) -> Fraction:
    """The share of the weight that an indicator earns."""
    if not t:
        return Fraction(1)
    if direction is Direction.AT_MOST:  # w × (1 - (B - A) / A), from A to 2A
        return min(Fraction(1), max(Fraction(0), 1 - (a - t) / t))
    if rules == OBSERVED:
        return Fraction(1) if a - t < Fraction(1, 10) else max(Fraction(0), 1 - (a - t))
    return min(Fraction(1), a / t)


def _deviation(definition: DeviationDefinition, unit: str, a: Fraction, t: Fraction) -> Fraction:
    """偏差率: points exist only between percentages."""
    if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
        return (a - t) / a
    if definition is DeviationDefinition.POINTS and unit == "%":
        return a - t
    return (a - t) / t

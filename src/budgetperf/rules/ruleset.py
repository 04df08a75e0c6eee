"""A rule-set: how scores follow from completion and execution, from when, and on what authority."""

from __future__ import annotations

import datetime as dt
import enum
from fractions import Fraction

import attrs

from budgetperf.exact import (
    BudgetperfError,
    Interval,
    RoundingMode,
    Text,
    to_exact,
)
from budgetperf.exact.structuring import make_converter
from budgetperf.rates import DeviationDefinition

from .curve import Curve

__all__ = [
    "Band",
    "ExecutionRule",
    "Measure",
    "Provision",
    "QuantitativeRule",
    "RatingBand",
    "RuleSet",
    "ScoreRounding",
    "Status",
    "ZeroBase",
]


class Status(enum.Enum):
    """What a rule rests on. Only ``TEXT`` and ``FORM`` are official."""

    TEXT = "text"
    FORM = "form"
    IMPLEMENTATION = "implementation"
    OBSERVED = "observed"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> Text:
        return _STATUS[self]


_STATUS = {
    Status.TEXT: Text(zh="法规原文", en="text of a regulation"),
    Status.FORM: Text(zh="公开表样", en="published form"),
    Status.IMPLEMENTATION: Text(
        zh="系统实现（非官方规定）", en="implementation (practice, not a regulation)"
    ),
    Status.OBSERVED: Text(
        zh="由公开报告观察所得（未见规则原文）", en="observed in a report (rule text not found)"
    ),
    Status.UNVERIFIED: Text(zh="未核实（未读到原文）", en="unverified (the text was not read)"),
}


class Measure(enum.Enum):
    """What a curve is drawn over."""

    COMPLETION = "actual/target"
    """B / A: the completion rate."""
    INVERSE = "target/actual"
    """A / B, for indicators that should stay low."""
    DEVIATION = "deviation"
    """The deviation under the rule-set's definition."""


class ZeroBase(enum.Enum):
    """What a rule says of a target or budget of 0, where the measure is undefined."""

    UNDEFINED = "undefined"
    FULL = "full"
    NONE = "none"
    FULL_UNLESS_ABOVE = "full-unless-above"
    """Full marks for an actual value of 0 or less, none above."""


@attrs.frozen(kw_only=True)
class Provision:
    """A document that a rule rests on, and how well it is known."""

    document: str
    status: Status
    article: str = ""
    published: str = ""
    note: Text = Text(zh="", en="")


@attrs.frozen(kw_only=True)
class QuantitativeRule:
    """The share of the weight that a quantitative indicator earns in one direction.

    Args:
        measure: what the curves are drawn over.
        curve: the share of the weight.
        discretion: the lowest share that a reasoned deduction may leave, where the rule leaves
            room for one; any share between it and ``curve`` is then admissible.
        zero_target: what a target of 0 gives.
        status: what this rule rests on, where it differs from the rule-set.
        note: a remark.
    """

    measure: Measure
    curve: Curve
    discretion: Curve | None = None
    zero_target: ZeroBase = ZeroBase.UNDEFINED
    status: Status | None = None
    note: Text = Text(zh="", en="")


@attrs.frozen(kw_only=True)
class ExecutionRule:
    """The score for budget execution: ``weight`` times the curve over executed / revised."""

    weight: Fraction = attrs.field(converter=to_exact)
    curve: Curve
    zero_budget: ZeroBase = ZeroBase.UNDEFINED
    status: Status | None = None
    note: Text = Text(zh="", en="")


@attrs.frozen(kw_only=True)
class Band:
    """A grade of qualitative indicators and the shares of the weight that it admits."""

    grade: Text
    shares: Interval


@attrs.frozen(kw_only=True)
class RatingBand:
    """A rating and the lowest total that earns it (which belongs to it)."""

    rating: str
    least: Fraction = attrs.field(converter=to_exact)


@attrs.frozen(kw_only=True)
class ScoreRounding:
    """How scores are rounded: to so many decimals, by a mode."""

    places: int
    mode: RoundingMode = RoundingMode.HALF_UP


@attrs.frozen(kw_only=True)
class RuleSet:
    """A dated set of scoring rules. Once released, an id never changes its content.

    What a rule-set does not say is ``None`` and stays unchecked: nothing is filled in.

    Args:
        id: the stable ASCII id.
        title: its name.
        place: where it is in use.
        status: what it rests on.
        provisions: the documents.
        effective: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as exactly as it is known, or ``""``.
        verified: the day on which a person last compared it with its source, if one did.
        replaces: the id that this one corrects.
        total: the points that all weights add up to.
        execution: the rule for budget execution.
        at_least, at_most, equal: the rules for quantitative indicators by direction.
        qualitative: the bands of qualitative indicators, the best first.
        deviation: the definition of 偏差率.
        score_rounding: how scores are rounded.
        ratings: the bands of the rating, the best first.
        note: a remark.
    """

    id: str
    title: Text
    status: Status
    place: Text = Text(zh="", en="")
    provisions: tuple[Provision, ...] = ()
    effective: str = ""
    verified: dt.date | None = None
    replaces: str = ""
    total: Fraction = attrs.field(default=Fraction(100), converter=to_exact)
    execution: ExecutionRule | None = None
    at_least: QuantitativeRule | None = None
    at_most: QuantitativeRule | None = None
    equal: QuantitativeRule | None = None
    qualitative: tuple[Band, ...] = ()
    deviation: DeviationDefinition | None = None
    score_rounding: ScoreRounding | None = None
    ratings: tuple[RatingBand, ...] = ()
    note: Text = Text(zh="", en="")

    def __attrs_post_init__(self) -> None:
        leasts = [band.least for band in self.ratings]
        if leasts != sorted(set(leasts), reverse=True):
            raise BudgetperfError(
                "ratings-order",
                Text(
                    zh="评价等级的下限须由高到低排列",
                    en="the lower limits of the ratings must fall",
                ),
                field="ratings",
            )

    @property
    def sha256(self) -> str:
        """The hash of the content: equal for two rule-sets that say the same."""
        import hashlib
        import json

        data = make_converter().unstructure(self)
        canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def rating(self, total: Fraction) -> str | None:
        """The rating that ``total`` points earn; ``None`` if the rule-set has no bands for it."""
        return next((band.rating for band in self.ratings if total >= band.least), None)

    def _repr_html_(self) -> str:
        """The rule-set in full, for a notebook."""
        from .html import ruleset_html

        return ruleset_html(self)

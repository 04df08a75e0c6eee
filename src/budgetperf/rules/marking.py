"""The score of one row by a rule-set: exact, with the steps that led to it."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.exact import (
    RATIO,
    Figure,
    Interval,
    Missing,
    MissingReason,
    Stated,
    Text,
    Undefined,
    decimal_text,
    quotient,
    round_to,
)
from budgetperf.model import Direction, FundingTotal, Indicator, StatedText

from .curve import Curve
from .measuring import Measured, deviation_of, measure_of, rounded, rounded_range
from .policies import ExecutionBase, IndicatorRule, NotApplicable
from .ruleset import (
    Band,
    ExecutionRule,
    QuantitativeRule,
    RuleSet,
    ScoreRounding,
    ZeroBase,
)
from .status import Status

__all__ = [
    "NoScore",
    "ScoreRange",
    "Step",
    "band_range",
    "deviation_of",
    "does_not_apply",
    "execution_base",
    "execution_score",
    "indicator_rule",
    "indicator_score",
    "rounded",
    "rounded_range",
    "rule_for",
]


@attrs.frozen(kw_only=True)
class Step:
    """One step of a score: what was computed, and its exact value."""

    title: Text
    value: Fraction


@attrs.frozen(kw_only=True)
class ScoreRange:
    """What a rule gives at the printed figures, and over all true values behind them.

    Args:
        value: the score at the printed figures, rounded as the rule-set says; ``None`` where the
            rule leaves room for judgement.
        admissible: every score that the rule admits for some true value, in points.
        steps: how ``value`` came about.
        why: why there is no single score, where there is none.
        status: what the rule rests on, if it is known which one gave the score.
    """

    value: Fraction | None
    admissible: Interval
    steps: tuple[Step, ...] = ()
    why: Text | None = None
    status: Status | None = None


@attrs.frozen(kw_only=True)
class NoScore:
    """Why no score follows. ``code`` is a stable ASCII code."""

    code: str
    why: Text


def indicator_score(
    indicator: Indicator, rules: RuleSet, *, weight: Figure
) -> ScoreRange | NoScore:
    """The score of an indicator: by the rule of its name, its grade, or its direction.

    The measure comes from the exact ratio of actual and target value, never from a printed rate.

    Args:
        indicator: with target and actual value stated.
        rules: the rule-set.
        weight: the indicator's weight.
    """
    named = indicator_rule(indicator, rules)
    if does_not_apply(indicator):
        policy = rules.not_applicable
        if named is not None and named.not_applicable is not None:
            policy = named.not_applicable
        if policy is not None:
            return _not_applicable(policy, weight.nominal, rules)
    if named is not None:
        return _by_name(named, indicator, weight.nominal, rules)
    if indicator.target.direction is Direction.QUALITATIVE:
        return _by_grade(indicator, weight.nominal, rules)
    rule = rule_for(indicator, rules)
    if isinstance(rule, NoScore):
        return rule if rule.code != _UNDIRECTED else _by_any_direction(indicator, rules, weight)
    target, actual = indicator.target.value, indicator.actual
    if isinstance(target, Missing) or isinstance(actual, Missing):
        return NoScore(
            code="not-stated",
            why=Text(zh="指标值或实际完成值未填报", en="target or actual value is not stated"),
        )
    if target.unit.dimension != actual.unit.dimension:
        return NoScore(
            code="unit-mismatch",
            why=Text(
                zh=f"指标值 {target} 与实际完成值 {actual} 单位不同",
                en=f"target {target} and actual value {actual} differ in unit",
            ),
        )
    if target.nominal < 0:
        return NoScore(
            code="negative-target",
            why=Text(
                zh=f"指标值 {target} 为负，完成率没有意义",
                en=f"the target {target} is negative: completion has no meaning",
            ),
        )
    status = rule.status or rules.status
    rounding = rules.score_rounding
    if not target.nominal:
        title = Text(zh="指标值为 0 的规定", en="rule for a target of 0")
        result = _at_zero(rule.zero_target, actual.nominal > 0, weight.nominal, rounding, title)
    else:
        measured = measure_of(rule, actual, target, rules)
        if isinstance(measured, Undefined):
            return _undefined()
        score = _Score(weight=weight.nominal, rounding=rounding, why=_DISCRETION)
        result = score.by(rule.curve, rule.discretion, measured.rounded(rule.measure_rounding))
    return _resting_on(status, result)


def execution_score(
    rule: ExecutionRule, *, executed: Figure, revised: Figure, rounding: ScoreRounding | None = None
) -> ScoreRange | NoScore:
    """The score for budget execution, from the exact ratio executed / budget.

    Args:
        rule: the rule.
        executed: 全年执行数.
        revised: the budget that the rule divides by; see :func:`execution_base`.
        rounding: how the score is rounded.
    """
    base = rule.denominator.label
    if executed.unit.dimension != revised.unit.dimension:
        return NoScore(
            code="unit-mismatch",
            why=Text(
                zh=f"全年执行数 {executed} 与{base.zh} {revised} 单位不同",
                en=f"executed {executed} and {base.en} {revised} differ in unit",
            ),
        )
    value = quotient(executed.nominal, revised.nominal)
    if isinstance(value, Undefined):
        title = Text(zh="预算为 0 的规定", en="rule for a budget of 0")
        above = executed.nominal > 0
        result = _at_zero(rule.zero_budget, above, rule.weight, rounding, title)
    else:
        many = revised.interval
        values = Interval() if 0 in many else executed.interval / many
        name = Text(
            zh=f"预算执行率 = 全年执行数 ÷ {base.zh}", en=f"execution rate = executed / {base.en}"
        )
        if rule.denominator is ExecutionBase.REVISED:
            name = _EXECUTION
        measured = Measured(value=value, values=values, title=name)
        score = _Score(weight=rule.weight, rounding=rounding, why=_UNDECIDED)
        result = score.by(rule.curve, rule.discretion, measured.rounded(rule.measure_rounding))
    return _resting_on(rule.status, result)


_EXECUTION = Text(
    zh="预算执行率 = 全年执行数 ÷ 全年预算数", en="execution rate = executed / revised"
)
_DISCRETION = Text(
    zh="规则允许有理由地扣分，由评价人判断", en="the rule allows a reasoned deduction"
)
_UNDECIDED = Text(
    zh="得分还取决于数字之外的情况", en="the score also depends on what the figures do not say"
)
_COUNTING = Text(
    zh="规则未说明不足一步如何计", en="the rule does not say what part of a step counts for"
)
_GRADE = Text(
    zh="定性指标在等级范围内由人评分",
    en="a qualitative indicator is scored by judgement within the band of its grade",
)


def execution_base(rule: ExecutionRule, total: FundingTotal) -> Stated:
    """The figure that the rule divides the amount executed by."""
    return total.initial if rule.denominator is ExecutionBase.INITIAL else total.revised


def does_not_apply(indicator: Indicator) -> bool:
    """Whether a dash stands where the actual value should be."""
    actual = indicator.actual
    return isinstance(actual, Missing) and actual.reason is MissingReason.DASH


def indicator_rule(indicator: Indicator, rules: RuleSet) -> IndicatorRule | None:
    """The rule for the indicator's name, or else the one for a heading that it stands under."""
    headings = {_without_blanks(indicator.level1), _without_blanks(indicator.level2)} - {""}
    by_name = (rule for rule in rules.indicators if indicator.key in rule.names)
    by_heading = (rule for rule in rules.indicators if headings.intersection(rule.headings))
    return next(by_name, None) or next(by_heading, None)


def rule_for(indicator: Indicator, rules: RuleSet) -> QuantitativeRule | NoScore:
    """The rule for the direction of a quantitative indicator, or why there is none."""
    direction = indicator.target.direction
    if isinstance(direction, Missing):
        return NoScore(
            code=_UNDIRECTED,
            why=_NO_OPERATOR,
        )
    strict = indicator.target.strict
    rule = {
        Direction.AT_LEAST: (rules.above if strict else None) or rules.at_least,
        Direction.AT_MOST: (rules.below if strict else None) or rules.at_most,
        Direction.EQUAL: rules.equal,
        Direction.QUALITATIVE: None,
    }[direction]
    return rule or NoScore(
        code="rule-silent",
        why=Text(
            zh=f"规则集 {rules.id} 未规定{direction.label.zh}指标的计分",
            en=f"{rules.id} has no rule for indicators that are {direction.label.en}",
        ),
    )


_UNDIRECTED = "no-direction"
_NO_OPERATOR = Text(zh="指标值没有 ≥、≤ 或 =", en="the target has no ≥, ≤ or =")


def _by_any_direction(indicator: Indicator, rules: RuleSet, weight: Figure) -> ScoreRange | NoScore:
    """The scores that a target without an operator can have, whichever direction is meant.

    None follows unless the rule-set has a rule for every direction.
    """
    results = [
        indicator_score(_directed(indicator, direction), rules, weight=weight)
        for direction in (Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL)
    ]
    found = [one for one in results if isinstance(one, ScoreRange)]
    if len(found) < len(results):
        return NoScore(code=_UNDIRECTED, why=_NO_OPERATOR)
    first, values = found[0], {one.value for one in found}
    admissible = Interval.hull([one.admissible for one in found])
    if len(values) == 1 and first.value is not None:
        return attrs.evolve(first, admissible=admissible)
    return ScoreRange(value=None, admissible=admissible, why=_NO_OPERATOR, status=first.status)


def _directed(indicator: Indicator, direction: Direction) -> Indicator:
    return attrs.evolve(indicator, target=attrs.evolve(indicator.target, direction=direction))


def _not_applicable(
    policy: NotApplicable, weight: Fraction, rules: RuleSet
) -> ScoreRange | NoScore:
    if policy is NotApplicable.RESCALE:
        return NoScore(code="not-applicable", why=policy.label)
    score = rounded(weight, rules.score_rounding)
    step = Step(title=policy.label, value=score)
    return ScoreRange(value=score, admissible=Interval.point(score), steps=(step,))


def _by_name(
    rule: IndicatorRule, indicator: Indicator, weight: Fraction, rules: RuleSet
) -> ScoreRange | NoScore:
    """The score by the actual value itself."""
    actual = indicator.actual
    if isinstance(actual, Missing):
        why = Text(zh="实际完成值未填报", en="the actual value is not stated")
        return NoScore(code="not-stated", why=why)
    if actual.unit.dimension != RATIO:
        why = Text(
            zh=f"实际完成值 {actual} 不是比率，规则按比率计分",
            en=f"the actual value {actual} is no rate, and the rule is over rates",
        )
        return NoScore(code="unit-mismatch", why=why)
    title = Text(zh="实际完成值", en="actual value")
    measured = Measured(value=actual.nominal, values=actual.interval, title=title)
    if rule.weight is not None:
        weight = rule.weight
    score = _Score(weight=weight, rounding=rules.score_rounding, why=_COUNTING)
    return _resting_on(rule.status or rules.status, score.by(*rule.curves(weight), measured))


def _by_grade(indicator: Indicator, weight: Fraction, rules: RuleSet) -> ScoreRange | NoScore:
    """The scores within the band of the grade that the actual value names."""
    grade = indicator.actual.text if isinstance(indicator.actual, Missing) else ""
    band = next((one for one in rules.qualitative if one.grade.zh == grade), None)
    if band is None:
        return NoScore(
            code="qualitative",
            why=Text(zh="定性指标由人评分", en="a qualitative indicator is scored by judgement"),
        )
    admissible = band_range(band, weight, rules.score_rounding)
    value = admissible.lower if admissible.is_point else None
    title = Text(zh=f"等级“{band.grade.zh}”的得分", en=f"score of the grade {band.grade.en}")
    return ScoreRange(
        value=value,
        admissible=admissible,
        steps=() if value is None else (Step(title=title, value=value),),
        why=_GRADE if value is None else None,
        status=band.status or rules.status,
    )


def band_range(band: Band, weight: Fraction, rounding: ScoreRounding | None) -> Interval:
    """The points that a grade admits: its limits are rounded, and one that is open stays open."""
    points = band.shares.scaled(weight)
    ends = rounded_range(points, rounding)
    if ends.is_point:
        return ends
    return attrs.evolve(ends, lower_closed=points.lower_closed, upper_closed=points.upper_closed)


@attrs.frozen(kw_only=True)
class _Score:
    """What turns a measure into points.

    ``why`` says why a score between two curves is open.
    """

    weight: Fraction
    rounding: ScoreRounding | None
    why: Text

    def by(self, curve: Curve, lowest: Curve | None, measured: Measured) -> ScoreRange | NoScore:
        """The weight times the curve, at the printed figures and over their true values."""
        value, values, title = measured.value, measured.values, measured.title
        share, shares = curve.value(value), curve.image(values)
        if share is None or shares is None:
            return NoScore(
                code="rule-silent",
                why=Text(
                    zh=f"{title.zh} 为 {_percent(value)}，规则未作规定",
                    en=f"{title.en} is {_percent(value)}, for which the rule says nothing",
                ),
            )
        score = rounded(share * self.weight, self.rounding)
        admissible = self._points(shares)
        steps = (
            Step(title=title, value=value if measured.shown is None else measured.shown),
            Step(title=Text(zh="得分系数", en="share of the weight"), value=share),
            Step(title=Text(zh="得分 = 分值 × 系数", en="score = weight × share"), value=score),
        )
        if lowest is not None:
            floor, floors = lowest.value(value), lowest.image(values)
            if floor is not None and floors is not None and floor < share:
                hull = Interval.hull((admissible, self._points(floors)))
                return ScoreRange(value=None, admissible=hull, steps=steps[:2], why=self.why)
        return ScoreRange(value=score, admissible=admissible, steps=steps)

    def _points(self, shares: Interval) -> Interval:
        return rounded_range(shares.scaled(self.weight), self.rounding)


def _at_zero(
    policy: ZeroBase, above: bool, weight: Fraction, rounding: ScoreRounding | None, title: Text
) -> ScoreRange | NoScore:
    """The score on a base of 0; ``above`` says whether the other figure is above 0."""
    if policy is ZeroBase.UNDEFINED:
        return _undefined()
    full = {
        ZeroBase.FULL: True,
        ZeroBase.NONE: False,
        ZeroBase.FULL_UNLESS_ABOVE: not above,
        ZeroBase.FULL_IF_ABOVE: above,
    }[policy]
    score = rounded(weight if full else Fraction(0), rounding)
    step = Step(title=title, value=score)
    return ScoreRange(value=score, admissible=Interval.point(score), steps=(step,))


def _resting_on(status: Status | None, result: ScoreRange | NoScore) -> ScoreRange | NoScore:
    return result if isinstance(result, NoScore) else attrs.evolve(result, status=status)


def _without_blanks(words: StatedText) -> str:
    return "".join(words.split()) if isinstance(words, str) else ""


def _percent(value: Fraction) -> str:
    return f"{decimal_text(round_to(value * 100, 2))}%"


def _undefined() -> NoScore:
    return NoScore(
        code="undefined",
        why=Text(zh="分母为 0，规则未作规定", en="the base is 0 and the rule says nothing of it"),
    )

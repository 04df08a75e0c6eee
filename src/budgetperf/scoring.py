"""Scores from completion and execution, by a rule-set: exact, with the steps that led to them."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.exact import (
    RATIO,
    Figure,
    Interval,
    Missing,
    Points,
    Text,
    Undefined,
    UndefinedReason,
    decimal_text,
    quotient,
    round_to,
)
from budgetperf.model import Direction, Indicator, SelfEvaluation, StatedText
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import (
    ExecutionRule,
    Measure,
    QuantitativeRule,
    RuleSet,
    ScoreRounding,
    ZeroBase,
    get,
)

__all__ = [
    "NoScore",
    "ScoreLine",
    "ScoreRange",
    "Scorecard",
    "Step",
    "execution_score",
    "indicator_score",
    "ruleset",
    "scorecard",
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
    """

    value: Fraction | None
    admissible: Interval
    steps: tuple[Step, ...] = ()


@attrs.frozen(kw_only=True)
class NoScore:
    """Why no score follows. ``code`` is a stable ASCII code."""

    code: str
    why: Text


@attrs.frozen(kw_only=True)
class ScoreLine:
    """A row of a scorecard.

    Args:
        name: the indicator, or 预算执行率.
        weight: its weight, if stated.
        stated: the score that the report states, if it does.
        score: the recomputed score; ``None`` where it does not follow.
        admissible: the scores that the rule admits, where it leaves room for judgement.
        steps: how the score came about.
        why: why there is no score, or no single one.
    """

    name: str
    weight: Points | None
    stated: Points | None
    score: Points | None
    admissible: Interval | None = None
    steps: tuple[Step, ...] = ()
    why: Text | None = None


@attrs.frozen(kw_only=True)
class Scorecard:
    """The scores of a report, recomputed under a rule-set.

    Args:
        rules: the rule-set.
        lines: budget execution first, then the indicators of the form.
        total: the sum of the scores; ``None`` if one is missing or left to judgement.
        admissible: the totals that the rule-set admits; ``None`` if a score is missing.
        rating: the rating of ``total``, if it follows and the rule-set has bands.
    """

    rules: RuleSet
    lines: tuple[ScoreLine, ...]
    total: Points | None
    admissible: Interval | None
    rating: str | None

    def _repr_html_(self) -> str:
        """The scorecard as a table, for a notebook."""
        from budgetperf.rules.scorecard_html import scorecard_html

        return scorecard_html(self)


def ruleset(rules: RuleSet | str) -> RuleSet:
    """A rule-set as it is, or the shipped one of that id.

    Raises:
        BudgetperfError: there is no such id.
    """
    return get(rules) if isinstance(rules, str) else rules


def indicator_score(
    indicator: Indicator, rules: RuleSet, *, weight: Figure
) -> ScoreRange | NoScore:
    """The score of a quantitative indicator by the rule of its direction.

    The measure comes from the exact ratio of actual and target value, never from a printed rate.

    Args:
        indicator: with target and actual value stated.
        rules: the rule-set.
        weight: the indicator's weight.
    """
    rule = _rule_for(indicator, rules)
    if isinstance(rule, NoScore):
        return rule
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
    if not target.nominal:
        return _at_zero(rule.zero_target, actual.nominal > 0, weight, rules)
    measured = _measure(rule, actual, target, rules)
    if isinstance(measured, (Undefined, NoScore)):
        return _undefined() if isinstance(measured, Undefined) else measured
    value, values, title = measured
    return _apply(rule, value, values, title, weight.nominal, rules.score_rounding)


def execution_score(
    rule: ExecutionRule, *, executed: Figure, revised: Figure, rounding: ScoreRounding | None = None
) -> ScoreRange | NoScore:
    """The score for budget execution, from the exact ratio executed / revised."""
    if executed.unit.dimension != revised.unit.dimension:
        return NoScore(
            code="unit-mismatch",
            why=Text(
                zh=f"全年执行数 {executed} 与全年预算数 {revised} 单位不同",
                en=f"executed {executed} and revised budget {revised} differ in unit",
            ),
        )
    title = Text(
        zh="预算执行率 = 全年执行数 ÷ 全年预算数", en="execution rate = executed / revised"
    )
    value = quotient(executed.nominal, revised.nominal)
    if isinstance(value, Undefined):
        if rule.zero_budget is ZeroBase.NONE:
            return ScoreRange(value=Fraction(0), admissible=Interval.point(0))
        return _undefined()
    many = revised.interval
    values = Interval() if 0 in many else executed.interval / many
    return _apply(rule, value, values, title, rule.weight, rounding)


def scorecard(report: SelfEvaluation, *, rules: RuleSet | str) -> Scorecard:
    """Every score of the report's form recomputed under a rule-set, with the steps.

    Args:
        report: the report.
        rules: a rule-set, or the id of one that is shipped.

    Raises:
        BudgetperfError: there is no such id.
    """
    rules = ruleset(rules)
    lines = [_execution_line(report, rules)]
    lines += [
        _indicator_line(indicator, rules) for indicator in report.form.indicators if indicator.key
    ]
    scores = [line.score for line in lines]
    known = [score for score in scores if score is not None]
    complete = len(lines) > 1 and len(known) == len(scores)
    total = sum(known, start=Points(0)) if complete else None
    ranges = [
        line.admissible if line.score is None else Interval.point(line.score.value)
        for line in lines
    ]
    found = [one for one in ranges if one is not None]
    admissible = None
    if len(lines) > 1 and len(found) == len(lines):
        admissible = sum(found, start=Interval.point(0))
    return Scorecard(
        rules=rules,
        lines=tuple(lines),
        total=total,
        admissible=admissible,
        rating=None if total is None else rules.rating(total.value),
    )


def _rule_for(indicator: Indicator, rules: RuleSet) -> QuantitativeRule | NoScore:
    direction = indicator.target.direction
    if isinstance(direction, Missing):
        return NoScore(
            code="no-direction",
            why=Text(zh="指标值没有 ≥、≤ 或 =", en="the target has no ≥, ≤ or ="),
        )
    if direction is Direction.QUALITATIVE:
        return NoScore(
            code="qualitative",
            why=Text(zh="定性指标由人评分", en="a qualitative indicator is scored by judgement"),
        )
    rule = {
        Direction.AT_LEAST: rules.at_least,
        Direction.AT_MOST: rules.at_most,
        Direction.EQUAL: rules.equal,
    }[direction]
    return rule or NoScore(
        code="rule-silent",
        why=Text(
            zh=f"规则集 {rules.id} 未规定{direction.label.zh}指标的计分",
            en=f"{rules.id} has no rule for indicators that are {direction.label.en}",
        ),
    )


def _measure(
    rule: QuantitativeRule, actual: Figure, target: Figure, rules: RuleSet
) -> tuple[Fraction, Interval, Text] | Undefined | NoScore:
    """The rule's measure at the printed figures, over their true values, and its name."""
    a, t = actual.nominal, target.nominal
    many, point = actual.interval, Interval.point(t)
    match rule.measure:
        case Measure.COMPLETION:
            title = Text(zh="完成率 = 实际完成值 ÷ 指标值", en="completion = actual / target")
            return a / t, many / point, title
        case Measure.INVERSE:
            title = Text(zh="指标值 ÷ 实际完成值", en="target / actual")
            value = quotient(t, a)
            if isinstance(value, Undefined) or 0 in many:
                return _zero()
            return value, point / many, title
        case _:
            definition = rules.deviation or DeviationDefinition.RELATIVE_TO_TARGET
            return deviation_of(actual, target, definition)


def deviation_of(
    actual: Figure, target: Figure, definition: DeviationDefinition
) -> tuple[Fraction, Interval, Text] | Undefined:
    """The deviation at the printed figures, over their true values, and its name.

    Each figure is used once: relative to the target it is actual / target - 1, relative to the
    actual value 1 - target / actual. Points exist only between rates in print; for things counted
    and for bare numbers they are in percent of the target.
    """
    a, t = actual.nominal, target.nominal
    many, one, base = actual.interval, Interval.point(1), Interval.point(t)
    if definition is DeviationDefinition.POINTS and target.unit.dimension == RATIO:
        title = Text(zh="偏差率 = 实际完成值 − 指标值", en="deviation = actual - target")
        return a - t, many - base, title
    if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
        if not a or 0 in many:
            return _zero()
        title = Text(zh="偏差率 = 1 − 指标值 ÷ 实际完成值", en="deviation = 1 - target / actual")
        return 1 - t / a, one - base / many, title
    if t <= 0:
        return _zero()
    title = Text(zh="偏差率 = 实际完成值 ÷ 指标值 − 1", en="deviation = actual / target - 1")
    return a / t - 1, many / base - one, title


def _apply(
    rule: QuantitativeRule | ExecutionRule,
    value: Fraction,
    values: Interval,
    title: Text,
    weight: Fraction,
    rounding: ScoreRounding | None,
) -> ScoreRange | NoScore:
    """The weight times the curve, at the printed figures and over their true values."""
    share, shares = rule.curve.value(value), rule.curve.image(values)
    if share is None or shares is None:
        return NoScore(
            code="rule-silent",
            why=Text(
                zh=f"{title.zh} 为 {_percent(value)}，规则未作规定",
                en=f"{title.en} is {_percent(value)}, for which the rule says nothing",
            ),
        )
    score = _rounded(share * weight, rounding)
    admissible = _rounded_range(shares.scaled(weight), rounding)
    steps = (
        Step(title=title, value=value),
        Step(title=Text(zh="得分系数", en="share of the weight"), value=share),
        Step(title=Text(zh="得分 = 分值 × 系数", en="score = weight × share"), value=score),
    )
    lowest = rule.discretion if isinstance(rule, QuantitativeRule) else None
    if lowest is not None:
        floor, floors = lowest.value(value), lowest.image(values)
        if floor is not None and floors is not None and floor < share:
            hull = Interval.hull((admissible, _rounded_range(floors.scaled(weight), rounding)))
            return ScoreRange(value=None, admissible=hull, steps=steps[:2])
    return ScoreRange(value=score, admissible=admissible, steps=steps)


def _at_zero(policy: ZeroBase, above: bool, weight: Figure, rules: RuleSet) -> ScoreRange | NoScore:
    if policy is ZeroBase.UNDEFINED:
        return _undefined()
    full = policy is ZeroBase.FULL or (policy is ZeroBase.FULL_UNLESS_ABOVE and not above)
    score = _rounded(weight.nominal if full else Fraction(0), rules.score_rounding)
    step = Step(title=Text(zh="指标值为 0 的规定", en="rule for a target of 0"), value=score)
    return ScoreRange(value=score, admissible=Interval.point(score), steps=(step,))


def _rounded(value: Fraction, rounding: ScoreRounding | None) -> Fraction:
    return value if rounding is None else round_to(value, rounding.places, rounding.mode)


def _rounded_range(values: Interval, rounding: ScoreRounding | None) -> Interval:
    """The hull of the rounded values: rounding never falls, so the ends do."""
    if rounding is None or values.lower is None or values.upper is None:
        return values
    return Interval(lower=_rounded(values.lower, rounding), upper=_rounded(values.upper, rounding))


def _execution_line(report: SelfEvaluation, rules: RuleSet) -> ScoreLine:
    total = report.form.funding.total
    name = "预算执行率"
    stated = Points(total.score.nominal) if isinstance(total.score, Figure) else None
    rule = rules.execution
    if rule is None:
        why = Text(zh=f"规则集 {rules.id} 未规定", en=f"{rules.id} says nothing of it")
        return ScoreLine(name=name, weight=None, stated=stated, score=None, why=why)
    weight = Points(rule.weight)
    if isinstance(total.executed, Missing) or isinstance(total.revised, Missing):
        why = Text(zh="全年预算数或执行数未填报", en="revised budget or executed is not stated")
        return ScoreLine(name=name, weight=weight, stated=stated, score=None, why=why)
    result = execution_score(
        rule, executed=total.executed, revised=total.revised, rounding=rules.score_rounding
    )
    return _line(name, weight, stated, result)


def _indicator_line(indicator: Indicator, rules: RuleSet) -> ScoreLine:
    name = _name(indicator.name)
    stated = Points(indicator.score.nominal) if isinstance(indicator.score, Figure) else None
    if isinstance(indicator.weight, Missing):
        why = Text(zh="分值未填报", en="the weight is not stated")
        return ScoreLine(name=name, weight=None, stated=stated, score=None, why=why)
    result = indicator_score(indicator, rules, weight=indicator.weight)
    return _line(name, Points(indicator.weight.nominal), stated, result)


def _line(
    name: str, weight: Points, stated: Points | None, result: ScoreRange | NoScore
) -> ScoreLine:
    if isinstance(result, NoScore):
        return ScoreLine(name=name, weight=weight, stated=stated, score=None, why=result.why)
    if result.value is None:
        why = Text(
            zh="规则允许有理由地扣分，由评价人判断", en="the rule allows a reasoned deduction"
        )
        return ScoreLine(
            name=name,
            weight=weight,
            stated=stated,
            score=None,
            admissible=result.admissible,
            steps=result.steps,
            why=why,
        )
    return ScoreLine(
        name=name, weight=weight, stated=stated, score=Points(result.value), steps=result.steps
    )


def _name(name: StatedText) -> str:
    return name if isinstance(name, str) else ""


def _percent(value: Fraction) -> str:
    return f"{decimal_text(round_to(value * 100, 2))}%"


def _zero() -> Undefined:
    return Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)


def _undefined() -> NoScore:
    return NoScore(
        code="undefined",
        why=Text(zh="分母为 0，规则未作规定", en="the base is 0 and the rule says nothing of it"),
    )

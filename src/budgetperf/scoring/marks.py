"""The score of one row by a rule-set: exact, with the steps that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.citations import Status
from budgetperf.exact import (
    RATIO,
    Figure,
    Interval,
    Missing,
    Stated,
    Text,
    Undefined,
    decimal_text,
    in_brackets,
    quotient,
)
from budgetperf.exact.interval import quotients
from budgetperf.model import Direction, FundingTotal, Indicator, StatedText, Target
from budgetperf.model.indicators import heading_name, plain_heading, plain_name
from budgetperf.rules.policies import Excess, ExecutionBase, IndicatorRule, NotApplicable
from budgetperf.rules.ruleset import (
    Band,
    ExecutionRule,
    QuantitativeRule,
    RuleSet,
    ScoreRounding,
    ZeroBase,
)

from .marking.aims import BY_DAY, Reaching, reaching
from .marking.printed import printed_rule, printed_score
from .marking.results import SHARES, ScoreRange, Scoring, Step
from .measures import (
    NO_ACTUAL,
    Measured,
    NoScore,
    Spread,
    alike,
    completion,
    deviation_of,
    divided,
    measure_of,
    rounded,
    rounded_range,
    true_values,
    undefined,
)

__all__ = [
    "NoScore",
    "ScoreRange",
    "Step",
    "band_range",
    "deviation_of",
    "does_not_apply",
    "execution_base",
    "execution_mark",
    "execution_result",
    "execution_score",
    "in_any_direction",
    "indicator_rule",
    "indicator_score",
    "is_plain",
    "rounded",
    "rounded_range",
    "row_score",
    "rule_for",
    "set_apart",
    "weight_points",
    "with_standing",
]


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
    points = weight_points(weight, rules)
    if points.numerator < 0:
        return NoScore(code="negative-weight", why=_NEGATIVE_WEIGHT.fill(weight))
    if isinstance(indicator.target.direction, Missing):
        assumed = _by_default(indicator, rules, weight)
        if assumed is not None:
            return assumed
    if not is_plain(indicator, rules):
        result = _by_other(indicator, rules, points, weight)
        if result is not None:
            return result
    rule = rule_for(indicator, rules)
    if isinstance(rule, NoScore):
        return rule if rule.code != _UNDIRECTED else _by_any_direction(indicator, rules, weight)
    return _by_measure(indicator, rule, rules, points)


def is_plain(indicator: Indicator, rules: RuleSet) -> bool:
    """Whether all that can give the score is the measure of a direction: most rows of a table."""
    return (
        not rules.indicators
        and type(indicator.scoring_rule) is Missing
        and type(indicator.actual) is Figure
        and type(indicator.target.value) is Figure
        and indicator.target.direction is not Direction.QUALITATIVE
    )


def _by_default(
    indicator: Indicator, rules: RuleSet, weight: Figure
) -> ScoreRange | NoScore | None:
    """The score in the direction that the rule-set takes where none is printed, which is said."""
    default = rules.default_direction(indicator.name, indicator.level2, indicator.level1)
    if default is None or not isinstance(indicator.target.value, Figure):
        return None
    target = attrs.evolve(indicator.target, direction=default.direction)
    result = indicator_score(attrs.evolve(indicator, target=target), rules, weight=weight)
    note = _ASSUMED.fill(_sign(default.direction, False))
    if isinstance(result, NoScore):
        return attrs.evolve(result, why=result.why + in_brackets(note))
    return attrs.evolve(result, notes=(*result.notes, note))


_ASSUMED = Text(
    zh="指标值没有运算符，按规则集的缺省方向 {} 计",
    en="no operator in print, taken for {} by default of the rule-set",
)


def _by_other(
    indicator: Indicator, rules: RuleSet, points: Fraction, weight: Figure
) -> ScoreRange | NoScore | None:
    """The score by something else than the measure of a direction; ``None`` if nothing gives it.

    In this order: it does not apply, the form prints its rule, the rule-set has one for its name,
    it has a grade, its target is a day or a range.
    """
    named = indicator_rule(indicator, rules)
    if does_not_apply(indicator):
        unapplied = _not_applicable(named, points, rules)
        if unapplied is not None:
            return unapplied
        if _says_none(indicator.target.value):
            return _UNAPPLIED
    words = printed_rule(indicator)
    if words:
        return printed_score(indicator, words, points, rules.score_rounding)
    if named is not None:
        return _by_name(named, indicator, points, rules)
    if indicator.target.direction is Direction.QUALITATIVE:
        return _by_grade(indicator, points, rules)
    reached = reaching(indicator)
    return None if reached is None else _by_aim(reached, indicator, rules, weight)


def _by_measure(
    indicator: Indicator, rule: QuantitativeRule, rules: RuleSet, points: Fraction
) -> ScoreRange | NoScore:
    """The score by the rule for the direction."""
    target, actual = indicator.target.value, indicator.actual
    if isinstance(target, Missing) or isinstance(actual, Missing):
        return _NOT_STATED
    both = alike(actual, target)
    if both is None:
        return _units_differ(target, actual)
    actual, target = both
    sign = target.nominal.numerator
    status, rounding = rule.status or rules.status, rules.score_rounding
    if sign <= 0:
        is_by_operator = rule.zero_target is ZeroBase.FULL_IF_MET
        if sign < 0 and not is_by_operator:
            return NoScore(
                code="negative-target",
                why=Text(
                    zh="指标值 {} 为负，完成率没有意义",
                    en="the target {} is negative: completion has no meaning",
                ).fill(target),
            )
        if is_by_operator:
            met = _meeting(indicator.target, target.nominal)
            far = rule.discretion is not None and actual.nominal > target.nominal
            result = _if_met(met, actual, points, rounding, discretion=far)
        else:
            result = _at_zero(rule.zero_target, actual, points, rounding, _ZERO_TARGET)
        return _resting_on(status, result)
    measured = measure_of(rule, actual, target, rules)
    if isinstance(measured, NoScore):
        return measured
    score = Scoring(points, rounding, _DISCRETION, _over_status(rule, actual, target) or status)
    return score.by(*rule.curves(points), measured.rounded(rule.measure_rounding))


def _units_differ(target: Figure, actual: Figure) -> NoScore:
    return NoScore(
        code="unit-mismatch",
        why=Text(
            zh="指标值 {} 与实际完成值 {} 单位不同",
            en="target {} and actual value {} differ in unit",
        ).fill(target, actual),
    )


_NOT_STATED = NoScore(
    code="not-stated",
    why=Text(
        zh="指标值或实际完成值未填报，或无法读取",
        en="the target or the actual value is not stated, or cannot be read",
    ),
)
_UNAPPLIED = NoScore(
    code="rule-silent",
    why=Text(
        zh="填写为不适用，规则集未规定不适用的指标如何计分",
        en="stated not to apply, and the rule-set does not say what becomes of such a row",
    ),
)
_NEGATIVE_WEIGHT = Text(zh="分值 {} 为负", en="the weight {} is negative")
_ZERO_TARGET = Text(zh="指标值为 0 的规定", en="rule for a target of 0")


def row_score(
    indicator: Indicator,
    rules: RuleSet,
    *,
    headings: Sequence[Sequence[StatedText]] = (),
    others: Sequence[Indicator] = (),
) -> ScoreRange | NoScore | None:
    """The score of a row; ``None`` where its weight is not stated.

    Args:
        indicator: the row.
        rules: the rule-set.
        headings: those that it may stand under as well, 一级 or 一级 and 二级.
        others: the same row in the other statement.
    """
    weight = indicator.weight
    if isinstance(weight, Missing):
        return None
    if does_not_apply(indicator) and any(isinstance(other.actual, Figure) for other in others):
        return NoScore(code="not-stated", why=_TOLD_ELSEWHERE)
    score = indicator_score(indicator, rules, weight=weight)
    if rules.indicators and not headings:
        headings = list(_headings_named(indicator, rules))
    if not headings:
        return score
    maybe = (indicator_score(_under(indicator, n), rules, weight=weight) for n in headings)
    return _whichever([score, *maybe], rules, _HEADLESS)


def _headings_named(indicator: Indicator, rules: RuleSet) -> Iterator[Sequence[StatedText]]:
    """The headings of rules that the name of a row speaks of, where no heading is stated.

    服务对象满意度 in a text without headings may be scored as what stands under 满意度指标 is.
    """
    if heading_name(indicator.level1) or heading_name(indicator.level2):
        return
    name = plain_name(indicator.name)
    for rule in rules.indicators:
        yield from ((heading,) for heading in rule.headings if plain_heading(heading) in name)


def _under(indicator: Indicator, headings: Sequence[StatedText]) -> Indicator:
    """The row under these headings, 一级 or 一级 and 二级, where its own are blank."""
    level2 = headings[1] if len(headings) > 1 else indicator.level2
    return attrs.evolve(indicator, level1=headings[0], level2=level2)


def _whichever(
    results: Sequence[ScoreRange | NoScore], rules: RuleSet, unknown: NoScore
) -> ScoreRange | NoScore:
    """What several readings of one row give: ``unknown`` if only some of them give a score."""
    scores = [result for result in results if isinstance(result, ScoreRange)]
    if len(scores) == len(results):
        return _any_of(scores, rules, unknown.why)
    return results[0] if all(result == results[0] for result in results) else unknown


def _any_of(scores: Sequence[ScoreRange], rules: RuleSet, why: Text) -> ScoreRange:
    """What each of the scores may be; the score itself where all agree, otherwise why none is."""
    if all(score == scores[0] for score in scores):
        return scores[0]
    admissible = Interval.hull([score.admissible for score in scores])
    status = _least_known(score.status or rules.status for score in scores)
    if scores[0].value is not None and len({score.value for score in scores}) == 1:
        return attrs.evolve(scores[0], admissible=admissible, status=status)
    return ScoreRange(value=None, admissible=admissible, why=why, status=status)


_TOLD_ELSEWHERE = Text(
    zh="此处实际完成值填列为横线，另一处填有数值",
    en="the actual value is a dash here, but it is stated elsewhere",
)
_NO_HEADING = Text(
    zh="这一行的一级或二级指标空白，无法确定属于哪一项",
    en="the row has no heading, so what it belongs to is not known",
)
_HEADLESS = NoScore(code="no-heading", why=_NO_HEADING)


def weight_points(weight: Figure, rules: RuleSet) -> Fraction:
    """A weight in points: one in percent is a share of the total."""
    return weight.nominal * rules.total if weight.unit.dimension == RATIO else weight.nominal


def _over_status(rule: QuantitativeRule, actual: Figure, target: Figure) -> Status | None:
    """What the part of the curve rests on that a policy on over-completion describes.

    A policy that asks for a reason or flags the row leaves the score as it is.
    """
    over = rule.over_completion
    if over is None or over.policy in (Excess.EXPLAIN, Excess.FLAG):
        return None
    return over.status if divided(actual.nominal, target.nominal) in over.within else None


def set_apart(status: Status | None, rules: RuleSet) -> Text | None:
    """What a part of the rule-set rests on, where that is something else than the whole does."""
    if status is None or status is rules.status:
        return None
    rests_on = Text(zh="依据：", en="based on: ")
    return rests_on + status.label if status.is_official else status.label


def with_standing(words: Text, status: Status | None, rules: RuleSet) -> Text:
    """The words, and behind them what they rest on, where that is to be said."""
    apart = set_apart(status, rules)
    return words if apart is None else words + " · " + apart


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
    both = alike(executed, revised)
    if both is None:
        return NoScore(
            code="unit-mismatch",
            why=Text(
                zh="全年执行数 {} 与{} {} 单位不同", en="executed {} and {} {} differ in unit"
            ).fill(executed, rule.denominator.label, revised),
        )
    executed, revised = both
    value = quotient(executed.nominal, revised.nominal)
    if isinstance(value, Undefined):
        # The rule for a budget of 0 is for one that is none, not for one that rounds to 0.
        if not revised.interval.is_point:
            return _open_score(rule, rounding)
        title = Text(zh="预算为 0 的规定", en="rule for a budget of 0")
        result = _at_zero(rule.zero_budget, executed, rule.weight, rounding, title)
        return _resting_on(rule.status, result)
    if executed.is_exact and revised.is_exact:
        return execution_mark(rule, value, None, rounding=rounding)
    values = quotients(executed.interval, revised.interval)
    return execution_mark(rule, value, values, rounding=rounding)


def execution_mark(
    rule: ExecutionRule, rate: Fraction, rates: Spread, *, rounding: ScoreRounding | None
) -> ScoreRange | NoScore:
    """The score for an execution rate, and for all that it may be."""
    title = _EXECUTION
    if rule.denominator is not ExecutionBase.REVISED:
        title = _EXECUTION_OF + rule.denominator.label
    measured = Measured(rate, rates, title).rounded(rule.measure_rounding)
    score = Scoring(rule.weight, rounding, _UNDECIDED, rule.status)
    return score.by(rule.curve, rule.discretion, measured)


def _open_score(rule: ExecutionRule, rounding: ScoreRounding | None) -> ScoreRange:
    """The scores on a budget that is printed as 0 and may be more: any rate is possible."""
    return ScoreRange(
        value=None,
        admissible=rounded_range(SHARES.scaled(rule.weight), rounding),
        why=Text(
            zh="{}填列为 0，实际值可能不为 0，无法确定执行率",
            en="the {} is stated as 0 but may be more: the rate is not known",
        ).fill(rule.denominator.label),
        status=rule.status,
    )


_EXECUTION_OF = Text(zh="预算执行率 = 全年执行数 ÷ ", en="execution rate = executed / ")
_EXECUTION = Text(
    zh="预算执行率 = 全年执行数 ÷ 全年预算数", en="execution rate = executed / revised"
)
_DISCRETION = Text(
    zh="规则允许有理由地扣分，由评价人判断", en="the rule allows a reasoned deduction"
)
_UNDECIDED = Text(
    zh="得分还取决于数字以外的情况", en="the score also depends on facts outside the figures"
)
_COUNTING = Text(
    zh="规则未规定不足一个扣分单位如何计分", en="the rule does not say how part of a step counts"
)
_GRADE = Text(
    zh="定性指标由评价人在等级区间内评分",
    en="a qualitative indicator is scored by judgement within the band of its grade",
)


def execution_base(rule: ExecutionRule, total: FundingTotal) -> Stated:
    """The figure that the rule divides the amount executed by."""
    return total.initial if rule.denominator is ExecutionBase.INITIAL else total.revised


def execution_result(total: FundingTotal, rules: RuleSet) -> ScoreRange | NoScore:
    """The score for budget execution of a form, or why there is none."""
    rule = rules.execution
    if rule is None:
        why = Text(zh=f"规则集 {rules.id} 未规定", en=f"{rules.id} has no rule for this")
        return NoScore(code="rule-silent", why=why)
    base = execution_base(rule, total)
    if isinstance(total.executed, Missing) or isinstance(base, Missing):
        either = Text(zh="或执行数未填报", en=" or executed is not stated")
        why = rule.denominator.label + either
        return NoScore(code="not-stated", why=why)
    return execution_score(
        rule, executed=total.executed, revised=base, rounding=rules.score_rounding
    )


def does_not_apply(indicator: Indicator) -> bool:
    """Whether a dash, or the words for it, stand where the actual value should be.

    Beside a target that does not apply, a blank and 无 say so, too; beside another one 无 may be 0.
    """
    actual = indicator.actual
    if _says_none(indicator.target.value) and isinstance(actual, Missing):
        return actual.is_blank or actual.says_none or actual.text in _NONE_THERE
    return _says_none(actual)


def _says_none(stated: Stated) -> bool:
    return isinstance(stated, Missing) and stated.says_none


_NONE_THERE = ("无", "暂无")


def _by_aim(
    reached: Reaching, indicator: Indicator, rules: RuleSet, weight: Figure
) -> ScoreRange | NoScore:
    """Full marks where a day or a range is met, if the rule-set has them for every target met."""
    # A day or a range has no ratio to score: it counts as a target that is met exactly.
    whole = attrs.evolve(_RATE, text="100%")
    met = attrs.evolve(indicator, target=Target(value=whole), actual=whole)
    scored = indicator_score(met, rules, weight=weight)
    if isinstance(scored, NoScore):
        return scored
    full = rounded(weight_points(weight, rules), rules.score_rounding)
    if not reached.met or scored.value != full:
        code = "not-in-time" if reached.title == BY_DAY else "not-in-range"
        return NoScore(code=code, why=reached.why)
    return reached.full(full, rules.score_rounding, scored.status)


def indicator_rule(indicator: Indicator, rules: RuleSet) -> IndicatorRule | None:
    """The rule for the indicator's name, or else the one for a heading that it stands under.

    Spellings are one name, and one heading: see :func:`budgetperf.model.indicators.plain_name`. A
    rule for certain directions is also for a target without an operator.
    """
    if not rules.indicators:
        return None
    aimed = [rule for rule in rules.indicators if _is_for(rule, indicator.target)]
    name = plain_name(indicator.name)
    by_name = (rule for rule in aimed if name in rule.plain_names)
    headings = {plain_heading(indicator.level1), plain_heading(indicator.level2)} - {""}
    by_heading = (rule for rule in aimed if not headings.isdisjoint(rule.plain_headings))
    return next(by_name, None) or next(by_heading, None)


def _is_for(rule: IndicatorRule, target: Target) -> bool:
    """A target in print may be of any direction, if it has no operator; of none if it is not."""
    if not rule.directions or target.direction in rule.directions:
        return True
    return isinstance(target.direction, Missing) and isinstance(target.value, Figure)


def rule_for(indicator: Indicator, rules: RuleSet) -> QuantitativeRule | NoScore:
    """The rule for the direction of a quantitative indicator, or why there is none."""
    direction = indicator.target.direction
    if isinstance(direction, Missing):
        return _WITHOUT_DIRECTION
    rule = rules.rule_for(direction, strict=indicator.target.strict)
    return rule or NoScore(
        code="rule-silent",
        why=Text(
            zh="规则集 {} 未规定{}指标的计分",
            en="{} has no rule for indicators with {}",
        ).fill(rules.id, Text(zh=direction.label.zh, en=_sign(direction, indicator.target.strict))),
    )


def _sign(direction: Direction, strict: bool) -> str:
    """The operator of a direction."""
    match direction:
        case Direction.AT_LEAST:
            return ">" if strict else "≥"
        case Direction.AT_MOST:
            return "<" if strict else "≤"
        case _:
            return "="


_UNDIRECTED = "no-direction"
_NO_OPERATOR = Text(zh="指标值没有 ≥、≤ 或 =", en="the target has no ≥, ≤ or =")
_WITHOUT_DIRECTION = NoScore(code=_UNDIRECTED, why=_NO_OPERATOR)


def _by_any_direction(indicator: Indicator, rules: RuleSet, weight: Figure) -> ScoreRange | NoScore:
    """The scores that a target without an operator can have, whichever direction is meant.

    None follows unless the rule-set has a rule for every direction, or every one that it has gives
    full marks to a target that is met exactly.
    """
    results = [indicator_score(read, rules, weight=weight) for read in in_any_direction(indicator)]
    scores = [result for result in results if isinstance(result, ScoreRange)]
    full = rounded(weight_points(weight, rules), rules.score_rounding)
    if scores and _is_just_met(indicator) and all(score.value == full for score in scores):
        met = _any_of(scores, rules, _WITHOUT_DIRECTION.why)
        if len(scores) == len(results):
            return met
        # Where a true value beside the printed one would miss, a direction without a rule is open.
        points = Interval.point(full)
        values = indicator.actual.interval if isinstance(indicator.actual, Figure) else Interval()
        open_scores = points if values.is_point else Interval(lower=0, upper=full)
        return attrs.evolve(met, admissible=Interval.hull((met.admissible, open_scores)))
    return _whichever(results, rules, _WITHOUT_DIRECTION) if scores else _WITHOUT_DIRECTION


def _is_just_met(indicator: Indicator) -> bool:
    """Whether target and actual value are the same in print."""
    stated = (indicator.actual, indicator.target.value)
    figures = [value for value in stated if isinstance(value, Figure)]
    both = alike(*figures) if len(figures) == len(stated) else None
    return both is not None and both[0].nominal == both[1].nominal


def _least_known(several: Iterable[Status]) -> Status:
    return max(several, key=list(Status).index)


def in_any_direction(indicator: Indicator) -> tuple[Indicator, ...]:
    """The indicator, or where its target has no operator the three that it may be."""
    if isinstance(indicator.target.direction, Direction):
        return (indicator,)
    return tuple(
        attrs.evolve(indicator, target=attrs.evolve(indicator.target, direction=direction))
        for direction in (Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL)
    )


def _not_applicable(
    named: IndicatorRule | None, weight: Fraction, rules: RuleSet
) -> ScoreRange | NoScore | None:
    """What a row gives that does not apply; ``None`` where the rule-set says nothing of that."""
    own = None if named is None else named.not_applicable
    policy = own or rules.not_applicable
    if policy is None:
        return None
    if policy is NotApplicable.RESCALE:
        return NoScore(code="not-applicable", why=policy.label)
    mismatch = None if named is None else _weight_mismatch(named, weight)
    if mismatch is not None:
        return mismatch
    score = rounded(weight, rules.score_rounding)
    step = Step(title=policy.label, value=score)
    full = ScoreRange(value=score, admissible=Interval.point(score), steps=(step,))
    status = named.status if named is not None and own is not None else None
    return _resting_on(status or rules.status, full)


def _weight_mismatch(rule: IndicatorRule, weight: Fraction) -> NoScore | None:
    """That the rule fixes another weight than that of the form, if it does."""
    if rule.weight is None or rule.weight == weight:
        return None
    fixed, printed = decimal_text(rule.weight), decimal_text(weight)
    return NoScore(
        code="weight-mismatch",
        why=Text(
            zh=f"规则规定的分值为 {fixed}，表中分值为 {printed}",
            en=f"the rule is for a weight of {fixed}; the form gives {printed}",
        ),
    )


def _by_name(
    rule: IndicatorRule, indicator: Indicator, weight: Fraction, rules: RuleSet
) -> ScoreRange | NoScore:
    """The score by the actual value itself, or by the completion if the rule says so."""
    actual, mismatch = indicator.actual, _weight_mismatch(rule, weight)
    if mismatch is not None:
        return mismatch
    if isinstance(actual, Missing):
        return NO_ACTUAL
    too_fine = next(rule.too_fine(weight), None)
    if too_fine is not None:
        return NoScore(code=too_fine.code, why=too_fine.message)
    measured = _completed(actual, indicator) if rule.of_completion else _actual_rate(actual)
    if isinstance(measured, NoScore):
        return measured
    why = _COUNTING if rule.discretion is None else _UNDECIDED
    score = Scoring(weight, rules.score_rounding, why, rule.status or rules.status)
    # No weight is no points, whatever the share.
    return score.by(*rule.curves(weight if weight > 0 else Fraction(1)), measured)


def _actual_rate(actual: Figure) -> Measured | NoScore:
    both = alike(actual, _RATE)
    if both is None:
        why = Text(
            zh=f"实际完成值 {actual} 不是比率，规则按比率计分",
            en=f"the actual value {actual} is not a rate, but the rule scores rates",
        )
        return NoScore(code="unit-mismatch", why=why)
    rate, _ = both
    return Measured(rate.nominal, true_values(rate), _ACTUAL)


def _completed(actual: Figure, indicator: Indicator) -> Measured | NoScore:
    target = indicator.target.value
    if isinstance(target, Missing):
        return _NOT_STATED
    both = alike(actual, target)
    if both is None:
        return _units_differ(target, actual)
    actual, target = both
    return completion(actual, target.nominal) if target.nominal > 0 else undefined()


_ACTUAL = Text(zh="实际完成值", en="actual value")


_RATE = Figure(value=100, unit="%", rounding=None)


def _by_grade(indicator: Indicator, weight: Fraction, rules: RuleSet) -> ScoreRange | NoScore:
    """The scores within the band of the grade that the actual value names."""
    grade = indicator.actual.text if isinstance(indicator.actual, Missing) else ""
    band = rules.band(grade)
    if band is None:
        return NoScore(
            code="qualitative",
            why=Text(
                zh="定性指标由评价人评分", en="a qualitative indicator is scored by judgement"
            ),
        )
    admissible = band_range(band, weight, rules.score_rounding)
    value = admissible.lower if admissible.is_point else None
    title = Text(zh="等级“{}”的得分", en="score of the grade {}").fill(band.grade)
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


def _at_zero(
    policy: ZeroBase, other: Figure, weight: Fraction, rounding: ScoreRounding | None, title: Text
) -> ScoreRange | NoScore:
    """The score on a base of 0, beside another figure; one printed as 0 may be more or less."""
    share = _share_at_zero(policy, other.nominal)
    if share is None:
        return undefined()
    # Such rules ask for the sign alone, and a print of 0 may hide either.
    shares = [_share_at_zero(policy, Fraction(sign)) for sign in _signs(other.interval)]
    known = [Interval.point(at_end) for at_end in shares if at_end is not None]
    possible = Interval.hull(known) if len(known) == len(shares) else SHARES
    score = rounded(share * weight, rounding)
    return ScoreRange(
        value=score,
        admissible=rounded_range(possible.scaled(weight), rounding),
        steps=(Step(title=title, value=score),),
    )


def _share_at_zero(policy: ZeroBase, other: Fraction) -> Fraction | None:
    """The share of the weight on a base of 0; ``None`` where the rule says nothing of it."""
    full = {
        ZeroBase.UNDEFINED: None,
        ZeroBase.FULL: True,
        ZeroBase.NONE: False,
        ZeroBase.FULL_UNLESS_ABOVE: other <= 0,
        ZeroBase.FULL_IF_ABOVE: other > 0,
        ZeroBase.NONE_IF_ZERO: None if other else False,
    }[policy]
    return None if full is None else Fraction(full)


def _meeting(target: Target, bound: Fraction) -> Interval:
    """The actual values by which a target is met."""
    match target.direction:
        case Direction.AT_LEAST:
            return Interval(lower=bound, lower_closed=not target.strict)
        case Direction.AT_MOST:
            return Interval(upper=bound, upper_closed=not target.strict)
        case _:
            return Interval.point(bound)


def _if_met(
    met: Interval,
    actual: Figure,
    weight: Fraction,
    rounding: ScoreRounding | None,
    *,
    discretion: bool,
) -> ScoreRange | NoScore:
    """Full marks where a target is met, whatever it is; what a miss costs is not said."""
    if actual.nominal not in met:
        return undefined()
    full = rounded(weight, rounding)
    any_score = rounded_range(SHARES.scaled(weight), rounding)
    if discretion:
        return ScoreRange(value=None, admissible=any_score, why=_DISCRETION)
    step = Step(title=_MET, value=full)
    certain = met.covers(actual.interval)
    return ScoreRange(
        value=full, admissible=Interval.point(full) if certain else any_score, steps=(step,)
    )


_MET = Text(zh="完成指标值，记满分", en="the target is met: full marks")


def _signs(values: Interval) -> list[int]:
    """The signs that the values have: -1, 0, 1."""
    below, above = (
        Interval(upper=0, upper_closed=False),
        Interval(lower=0, lower_closed=False),
    )
    ranges = {-1: below, 0: Interval.point(0), 1: above}
    return [sign for sign, values_of in ranges.items() if values.intersection(values_of)]


def _resting_on(status: Status | None, result: ScoreRange | NoScore) -> ScoreRange | NoScore:
    return result if isinstance(result, NoScore) else attrs.evolve(result, status=status)

"""Whether the parts of a rule-set fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from budgetperf.exact import Interval, Problem, Text, decimal_text
from budgetperf.exact.text import shown
from budgetperf.rates import DeviationDefinition

from .curve import Curve
from .policies import Excess, IndicatorRule, OverCompletion
from .status import first_day, is_period, last_day

if TYPE_CHECKING:
    from .ruleset import Band, QuantitativeRule, RatingBand, RuleSet

__all__ = ["problems_of"]


def problems_of(rules: RuleSet) -> tuple[Problem, ...]:
    """Every way in which the parts of a rule-set contradict each other, each with its key."""
    return (
        *_id(rules.id),
        *_dates(rules),
        *_ratings(rules.ratings),
        *_bands(rules.qualitative),
        *_layouts(rules),
        *_names(rules.indicators),
        *_steps(rules),
        *_excesses(rules),
    )


def _id(id: str) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id):
        message = Text(
            zh=f"{shown(id)} 不能作标识：只用小写英文字母、数字和连字符，如 shili-2025",
            en=f"{shown(id)} is no id: use lower-case letters, digits and hyphens, such as "
            "shili-2025",
        )
        yield Problem(code="bad-id", where="$.id", message=message)


def _dates(rules: RuleSet) -> Iterator[Problem]:
    good = True
    for name, value in (("effective", rules.effective), ("until", rules.until)):
        if value and not is_period(value):
            good = False
            message = Text(
                zh=f"{shown(value)} 不是日期：请写成 2024、2024-05 或 2024-05-31",
                en=f"{shown(value)} is no date: write 2024, 2024-05 or 2024-05-31",
            )
            yield Problem(code="bad-date", where=f"$.{name}", message=message)
    if good and rules.effective and rules.until:
        first, last = first_day(rules.effective), last_day(rules.until)
        if last < first:
            message = Text(
                zh=f"止日 {rules.until} 在施行日 {rules.effective} 之前：请更正其一",
                en=f"it ends on {rules.until}, before {rules.effective}: correct one of the two",
            )
            yield Problem(code="dates-order", where="$.until", message=message)


def _ratings(ratings: Sequence[RatingBand]) -> Iterator[Problem]:
    leasts = [band.least for band in ratings]
    if leasts != sorted(set(leasts), reverse=True):
        message = Text(
            zh="评价等级的下限须由高到低排列，互不相同",
            en="the lower limits of the ratings must fall, from the best rating on",
        )
        yield Problem(code="ratings-order", where="$.ratings", message=message)
    names = [band.rating for band in ratings]
    for index, name in enumerate(names):
        if name in names[:index]:
            where = f"$.ratings[{index}].rating"
            first = f"ratings[{names.index(name)}]"
            yield Problem(code="rating-twice", where=where, message=_twice(name, first))


def _bands(bands: Sequence[Band]) -> Iterator[Problem]:
    """A grade that stands twice, and bands that overlap.

    Two grades may have the same band, and bands may touch: documents print 80%—100% and 60%—80%.
    """
    for index, band in enumerate(bands):
        for number, other in enumerate(bands[:index]):
            first = f"qualitative[{number}]"
            if band.grade.zh == other.grade.zh or band.grade.en == other.grade.en:
                where = f"$.qualitative[{index}].grade"
                message = _twice(str(band.grade), first)
                yield Problem(code="grade-twice", where=where, message=message)
            common = _overlap(band.shares, other.shares)
            if common is not None:
                message = Text(
                    zh=f"与 {first} 重叠于 {common}：请改上下限",
                    en=f"it has {common} in common with {first}: change a limit",
                )
                where = f"$.qualitative[{index}].shares"
                yield Problem(code="bands-overlap", where=where, message=message)


def _overlap(one: Interval, other: Interval) -> Interval | None:
    """What two different intervals have in common, but for an end where they touch."""
    common = None if one == other else one.intersection(other)
    if common is None or not common.is_point:
        return common
    touch = common.lower in (one.lower, one.upper) and common.lower in (other.lower, other.upper)
    return None if touch else common


def _twice(name: str, first: str) -> Text:
    return Text(
        zh=f"“{name}”已见于 {first}：请删去其一，或改正名称",
        en=f"{name} stands in {first} already: remove one of the two, or correct the name",
    )


def _layouts(rules: RuleSet) -> Iterator[Problem]:
    """A layout that does not add up, with what is missing or too much."""
    execution = Fraction(0) if rules.execution is None else rules.execution.weight
    for index, layout in enumerate(rules.layouts):
        parts = [one.weight for one in layout.weights]
        found = sum(parts, start=execution)
        if found == rules.total:
            continue
        terms = " + ".join(map(decimal_text, [execution, *parts] if execution else parts))
        due, off = decimal_text(rules.total), decimal_text(abs(found - rules.total))
        many = found > rules.total
        message = Text(
            zh=f"分值合计 {terms} = {decimal_text(found)}，应为 {due}："
            f"请{'减去' if many else '补上'} {off}（{'含' if execution else '不含'}预算执行）",
            en=f"the weights {terms} add up to {decimal_text(found)}, not {due}: "
            f"{'take away' if many else 'add'} {off} "
            f"({'with' if execution else 'without'} budget execution)",
        )
        yield Problem(code="layout-sum", where=f"$.layouts[{index}]", message=message)


def _names(indicators: Sequence[IndicatorRule]) -> Iterator[Problem]:
    """A name or heading that two rules are for."""
    for kind in ("names", "headings"):
        seen: dict[str, int] = {}
        for index, rule in enumerate(indicators):
            for name in rule.names if kind == "names" else rule.headings:
                first = seen.setdefault(name, index)
                if first != index:
                    message = Text(
                        zh=f"“{name}”已由 indicators[{first}] 规定：请删去其一",
                        en=f"indicators[{first}] is already for {name}: remove one of the two",
                    )
                    where = f"$.indicators[{index}].{kind}"
                    yield Problem(code="indicator-twice", where=where, message=message)


def _steps(rules: RuleSet) -> Iterator[Problem]:
    """A deduction by steps that are too small, for an indicator that has the whole total."""
    for index, rule in enumerate(rules.indicators):
        for problem in rule.too_fine(max(rules.total, Fraction(1))) if rule.weight is None else ():
            where = f"$.indicators[{index}]{problem.where.removeprefix('$')}"
            yield attrs.evolve(problem, where=where)


def _excesses(rules: RuleSet) -> Iterator[Problem]:
    """A policy on over-completion that the curve contradicts."""
    named = {
        "at_least": rules.at_least,
        "at_most": rules.at_most,
        "equal": rules.equal,
        "above": rules.above,
        "below": rules.below,
    }
    for name, rule in named.items():
        if rule is None or rule.over_completion is None:
            continue
        over = rule.over_completion
        measures = _measures(rule, over, rules.deviation)
        image = None if measures is None else rule.curve.image(measures)
        if measures is None or image is None or _agrees(over.policy, image, rule.curve, measures):
            continue
        need = _NEEDS[over.policy]
        message = Text(
            zh=f"完成率在 {over.within} 时规定“{over.policy.label.zh}”，那里的系数{need.zh}，"
            f"而曲线给出的在 {image} 之内：请改 curve 或 policy",
            en=f"for a completion within {over.within} it says {over.policy.value!r}: the share "
            f"{need.en}, but the curve gives {image}: change curve or policy",
        )
        yield Problem(code="over-completion", where=f"$.{name}.over_completion", message=message)


_NEEDS = {
    Excess.NONE: Text(zh="都须是 100%", en="must be 100 %"),
    Excess.ZERO: Text(zh="都须是 0", en="must be 0"),
    Excess.DEDUCT: Text(zh="须低于 100%", en="must fall below 100 %"),
    Excess.TIERS: Text(
        zh="须分档：每档之内水平（left、right 处跳跃），至少一档低于 100%",
        en="goes by tiers, each of them level (a jump is written with left or right), and "
        "at least one of them below 100 %",
    ),
}


def _measures(
    rule: QuantitativeRule, over: OverCompletion, deviation: DeviationDefinition | None
) -> Interval | None:
    """The completions that a policy is about, as what the curve is drawn over, for a target > 0.

    ``None`` where they cannot be told: a deviation in points depends on the target.
    """
    from .ruleset import Measure

    threshold, inclusive = over.threshold, over.inclusive
    if rule.is_by_completion:
        return over.within
    if threshold <= 0:
        return None
    if rule.measure is Measure.INVERSE:
        return Interval(lower=0, upper=1 / threshold, lower_closed=False, upper_closed=inclusive)
    if deviation is DeviationDefinition.RELATIVE_TO_ACTUAL:
        lower = 1 - 1 / threshold
        return Interval(lower=lower, upper=1, lower_closed=inclusive, upper_closed=False)
    if deviation is DeviationDefinition.RELATIVE_TO_TARGET:
        return Interval(lower=threshold - 1, lower_closed=inclusive)
    if threshold == 1:
        return Interval(lower=0, lower_closed=inclusive)
    return None


def _agrees(policy: Excess, image: Interval, curve: Curve, within: Interval) -> bool:
    match policy:
        case Excess.NONE:
            return image == Interval.point(1)
        case Excess.ZERO:
            return image == Interval.point(0)
        case Excess.DEDUCT:
            return image.lower is not None and image.lower < 1
        case Excess.TIERS:
            lines = [piece for piece in curve.pieces if piece.domain.intersection(within)]
            level = not any(piece.slope for piece in lines)
            return level and image.lower is not None and image.lower < 1
        case _:
            return True

"""Whether the parts of a rule-set fit each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from budgetperf.exact import Interval, Problem, Text, decimal_text

from .curve import Curve
from .policies import Excess, IndicatorRule
from .status import first_day, is_period, last_day

if TYPE_CHECKING:
    from .ruleset import RatingBand, RuleSet

__all__ = ["problems_of"]


def problems_of(rules: RuleSet) -> tuple[Problem, ...]:
    """Every way in which the parts of a rule-set contradict each other, each with its key."""
    return (
        *_dates(rules),
        *_ratings(rules.ratings),
        *_layouts(rules),
        *_names(rules.indicators),
        *_excesses(rules),
    )


def _dates(rules: RuleSet) -> Iterator[Problem]:
    good = True
    for name, value in (("effective", rules.effective), ("until", rules.until)):
        if value and not is_period(value):
            good = False
            message = Text(
                zh=f"{value!r} 不是日期：请写成 2024、2024-05 或 2024-05-31",
                en=f"{value!r} is no date: write 2024, 2024-05 or 2024-05-31",
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
            zh="评价等级的下限须由高到低排列", en="the lower limits of the ratings must fall"
        )
        yield Problem(code="ratings-order", where="$.ratings", message=message)


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
        if rule is None or rule.over_completion is None or not rule.is_by_completion:
            continue
        policy = rule.over_completion.policy
        image = rule.curve.image(rule.over_completion.within)
        if image is None or _agrees(policy, image, rule.curve, rule.over_completion.within):
            continue
        message = Text(
            zh=f"完成率在 {rule.over_completion.within} 时规定“{policy.label.zh}”，"
            f"而曲线给出的系数在 {image} 之内：请改 curve 或 policy",
            en=f"for a completion within {rule.over_completion.within} it says "
            f"{policy.value!r}, but the curve gives {image}: change curve or policy",
        )
        yield Problem(code="over-completion", where=f"$.{name}.over_completion", message=message)


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
            changes = itertools.pairwise(piece.limits[0] for piece in lines)
            return level and any(a != b for a, b in changes)
        case _:
            return True

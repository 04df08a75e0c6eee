"""Values that a report is made of."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from budgetperf import Amount, Direction, Figure, Indicator, RuleSet, Target, Text
from budgetperf import rules as rulebook

__all__ = ["amounts", "figures", "indicators", "rulesets", "targets"]

MONEY = ("元", "万元", "亿元")
UNITS = (*MONEY, "%", "", "次", "人")
SCORING_RULES = (
    *(None, None, "直接赋分", "按完成比例赋分", "达到指标值得满分，否则不得分"),
    *("每低于一个百分点扣0.1分，扣完为止", "≥90%得满分，80%-90%得分值的80%", "视情况给分"),
)
ONE_SIDED = (Direction.AT_LEAST, Direction.AT_MOST)


def amounts() -> st.SearchStrategy[Amount]:
    """Amounts of money of up to 10 digits, in one of its units; some of them 0 or negative."""
    return st.builds(Amount, _decimals(4), st.sampled_from(MONEY))


@st.composite
def figures(draw: st.DrawFn, *, unit: str | None = None) -> Figure:
    """Figures as they are printed, half-up.

    Args:
        draw: given by Hypothesis.
        unit: the unit of all of them; by default any of those in use.
    """
    symbol = draw(st.sampled_from(UNITS)) if unit is None else unit
    return Figure(value=draw(_decimals(2)), unit=symbol)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """Targets with an operator and a number, such as ``≥90%``, or in words."""
    direction = draw(st.sampled_from(Direction))
    if direction is Direction.QUALITATIVE:
        return Target.parse(draw(st.sampled_from(["显著", "有效保障", "持续提升"])))
    value = Figure(
        value=draw(st.integers(0, 200)), unit=draw(st.sampled_from(UNITS)), rounding=None
    )
    strict = direction in ONE_SIDED and draw(st.booleans())
    return Target(direction=direction, strict=strict, value=value)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """Indicators with target, actual value in its unit, weight, and a score of at most that.

    Some of them with the rule that a form prints beside them.
    """
    target = draw(targets())
    weight = draw(st.integers(1, 30))
    actual: Figure | str = "达成预期指标"
    if isinstance(target.value, Figure):
        actual = Figure(value=draw(st.integers(0, 300)), unit=target.value.unit)
    return Indicator(
        level1=draw(st.sampled_from(["产出指标", "效益指标", "满意度指标"])),
        name=f"指标{draw(st.integers(1, 99))}",
        target=target,
        actual=actual,
        weight=weight,
        score=draw(st.integers(0, weight)),
        scoring_rule=draw(st.sampled_from(SCORING_RULES)),
    )


@st.composite
def rulesets(draw: st.DrawFn) -> RuleSet:
    """Rule-sets that are shipped, and some that are derived from these with another id."""
    rules = rulebook.get(draw(st.sampled_from(rulebook.ids())))
    if draw(st.booleans()):
        return rules
    year = str(draw(st.integers(2000, 2099)))
    title = Text(zh=f"自定 {year}", en=f"own, {year}")
    return rulebook.derive(rules, id=f"own-{year}", title=title, effective=year, until="")


def _decimals(places: int) -> st.SearchStrategy[Decimal]:
    digits = st.one_of(st.just(0), st.integers(-(10**4), 10**10))
    return st.builds(_scaled, digits, st.integers(0, places))


def _scaled(digits: int, places: int) -> Decimal:
    return Decimal(digits).scaleb(-places)

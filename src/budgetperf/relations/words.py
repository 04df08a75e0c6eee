"""Findings in words, in Chinese and in English."""

from __future__ import annotations

from fractions import Fraction

from budgetperf.exact import (
    LIST,
    Figure,
    Interval,
    Missing,
    Stated,
    Text,
    UndefinedReason,
    Unit,
    fixed_text,
    in_brackets,
    round_to,
)
from budgetperf.exact import RoundingMode as Mode

from .expression import Const, Equation, Expression, Operand, operands, render
from .finding import Verdict
from .judging import Judgement

__all__ = [
    "REVIEW",
    "equation_text",
    "explain",
    "expression_text",
    "printed_text",
    "range_text",
    "result_figure",
    "unit_of",
]

REVIEW = Text(zh="未判定：请复核", en="unchecked: a reviewer would ask")
"""The heading of what arithmetic does not decide."""
_SPARE = 2
"""How many decimals more than the printed result a range is shown with."""


def equation_text(equation: Equation) -> str:
    """The equation with its printed figures."""
    return (
        f"{expression_text(equation.left)} {equation.comparator} {expression_text(equation.right)}"
    )


def expression_text(expression: Expression) -> str:
    """The expression with its printed figures."""
    return render(expression, lambda operand: printed_text(operand.stated))


def printed_text(stated: Stated) -> str:
    """A figure as printed, with the unit of its column where the cell leaves it out."""
    if isinstance(stated, Missing) or stated.unit.symbol in stated.text:
        return str(stated)
    return f"{stated.text}{stated.unit.symbol}"


def result_figure(equation: Equation) -> Figure | None:
    """The printed figure that the equation states as its result: alone on its side, left first."""
    for side in (equation.left, equation.right):
        if isinstance(side, Operand) and isinstance(side.stated, Figure):
            return side.stated
    return None


def unit_of(equation: Equation) -> Unit:
    """The unit in which the equation's result is best shown."""
    figure = result_figure(equation)
    if figure is not None:
        return figure.unit
    for side in (equation.left, equation.right):
        if isinstance(side, Const):
            return side.unit
    units = [o.stated.unit for o in operands(equation.left) if isinstance(o.stated, Figure)]
    return units[0] if units else Unit.of("")


def range_text(interval: Interval, unit: Unit, places: int) -> Text:
    """An interval of base values in words, rounded outwards to ``places`` decimals of ``unit``."""
    outwards = ((interval.lower, Mode.FLOOR), (interval.upper, Mode.CEILING))
    low, high = (
        "" if end is None else _shown(end / unit.scale, places, mode) + unit.symbol
        for end, mode in outwards
    )
    if low and high:
        return Text(zh=" 至 ", en=" to ").join(dict.fromkeys((low, high)))
    if low:
        return Text(zh="不少于 ", en="at least ") + low
    return Text(zh="不超过 ", en="at most ") + high if high else Text(zh="任何值", en="anything")


def _shown(value: Fraction, places: int, mode: Mode) -> str:
    text = fixed_text(round_to(value, places, mode), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def explain(equation: Equation, judgement: Judgement) -> Text:
    """Why the equation has its verdict."""
    printed = equation_text(equation)
    figure = result_figure(equation)
    unit = unit_of(equation)
    places = (max(figure.places, 0) if figure else 2) + _SPARE
    if judgement.verdict is Verdict.EXACT:
        return Text(zh=f"{printed}，相符", en=f"{printed} holds")
    if judgement.verdict is Verdict.UNDEFINED:
        return undefined_text(printed, judgement.undefined)
    if judgement.derived is None or equation.comparator != "=":
        return _SO.join((printed, judgement.verdict.label))
    why = Text(zh="{}：按其余数字应为 {}", en="{}: by the other figures {}").fill(
        printed, range_text(judgement.derived, unit, places)
    )
    if figure is not None:
        why += Text(zh="，所印数字代表 ", en="; the print stands for ")
        why += range_text(figure.interval, unit, places)
    return _SO.join((why, _ending(judgement, unit, places)))


_SO = Text(zh="，", en=": ")
"""Between what was found and what that means."""


def _ending(judgement: Judgement, unit: Unit, places: int) -> Text:
    if judgement.verdict is Verdict.ROUNDING:
        return Text(zh="舍入范围内相符", en="within rounding")
    if judgement.verdict is Verdict.TRUNCATED:
        return Text(zh="只有截断时才相符", en="only if it was cut off")
    if not judgement.gap:
        return Text(zh="两者相接而无公共值", en="they touch but share no value")
    gap = _shown(judgement.gap / unit.scale, places, Mode.FLOOR)
    return Text(zh="至少相差 {}", en="at least {} apart").fill(gap + gap_unit(unit))


def gap_unit(unit: Unit) -> Text:
    """The unit of a difference: percentage points for percent."""
    if unit.symbol == "%":
        return Text(zh=" 个百分点", en=" percentage points")
    return Text.of(unit.symbol)


def undefined_text(printed: str, reason: UndefinedReason | None) -> Text:
    """A rate was stated on a zero base."""
    if reason is UndefinedReason.ZERO_OVER_ZERO:
        return Text(
            zh=f"{printed}：0/0 无定义，所填比率只是约定", en=f"{printed}: 0/0 has no value"
        )
    return Text(zh=f"{printed}：分母为 0，无定义", en=f"{printed}: the base is 0")


def missing_text(absent: tuple[Operand, ...]) -> Text:
    """Which operands are not stated, and why."""
    parts = [
        operand.label + in_brackets(Text(zh=str(stated), en=stated.reason.label.en))
        for operand in absent
        if isinstance(stated := operand.stated, Missing)
    ]
    return Text(zh="缺少 ", en="missing: ") + LIST.join(parts)

"""Findings in words, in Chinese and in English."""

from __future__ import annotations

import functools
from fractions import Fraction

from budgetperf.exact import (
    LIST,
    MONEY,
    NUMBER,
    RATIO,
    SEMICOLON,
    Figure,
    Interval,
    Missing,
    Stated,
    Text,
    UndefinedReason,
    Unit,
    fixed_text,
    fold_width,
    in_brackets,
    round_to,
)
from budgetperf.exact import RoundingMode as Mode
from budgetperf.exact.figure import with_unit

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
    "should_be_text",
    "unit_of",
    "unit_text",
]

REVIEW = Text(zh="未判定：请复核", en="unchecked: for review")
"""The heading of what arithmetic does not decide."""
_SPARE = 2
"""How many decimals more than the printed result a range is shown with."""


def equation_text(equation: Equation) -> Text:
    """The equation with its printed figures."""
    left, right = expression_text(equation.left), expression_text(equation.right)
    return left + f" {equation.comparator} " + right


def expression_text(expression: Expression) -> Text:
    """The expression with its printed figures."""
    return Text(
        zh=render(expression, lambda operand: printed_text(operand.stated).zh),
        en=render(expression, lambda operand: printed_text(operand.stated).en, _english),
    )


def printed_text(stated: Stated) -> Text:
    """A figure as printed, with the unit of its column where the cell leaves it out.

    In English its unit is translated; what is counted one by one stands without its measure word.
    """
    if isinstance(stated, Missing):
        return Text(zh=str(stated), en=stated.reason.label.en)
    text, symbol = stated.text, stated.unit.symbol
    if _has_chinese(text):
        text = fold_width(text)
    number = text.removesuffix(symbol).rstrip()
    if _has_chinese(number):
        number = f"{stated.value:f}"
    return Text(zh=with_unit(stated), en=number + _english(stated.unit))


def unit_text(unit: Unit) -> Text:
    """A unit as it stands behind a number."""
    return Text(zh=unit.symbol, en=_english(unit))


@functools.lru_cache(maxsize=256)
def _english(unit: Unit) -> str:
    if unit.symbol == "个百分点":
        return " percentage points"
    if unit.dimension == RATIO:
        return _PARTS.get(unit.scale, unit.symbol)
    name = " yuan" if unit.dimension == MONEY else _MEASURES.get(unit.dimension)
    size = _SIZES.get(unit.scale)
    return unit.symbol if name is None or size is None else size + name


def _has_chinese(text: str) -> bool:
    return max(text, default="") >= "\u2e80"


_PARTS = {Fraction(1, 100): "%", Fraction(1, 1000): "‰"}
_SIZES = {
    Fraction(1): "",
    Fraction(10): " ten",
    Fraction(100): " hundred",
    Fraction(1000): " thousand",
    Fraction(10**4): " wan",
    Fraction(10**6): " million",
    Fraction(10**8): " yi",
}
"""The powers that stand before a unit; 万 and 亿 keep their names, so that the digits stay."""
_COUNTED = (*"个人次户家项件份张篇场期批条台套辆座栋间处所册本部宗起例种类", "人次", "人日", "人天")
_MEASURES = dict.fromkeys((NUMBER, *_COUNTED), "") | {
    "天": " days", "日": " days", "周": " weeks", "月": " months", "个月": " months",
    "季": " quarters", "年": " years", "小时": " hours", "分钟": " minutes",
    "米": " m", "公里": " km", "千米": " km", "平方米": " m²", "平方公里": " km²",
    "亩": " mu", "公顷": " ha", "吨": " t", "公斤": " kg", "千克": " kg", "倍": " times",
}  # fmt: skip


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
    low, high = _ends(interval, unit, places)
    name = unit_text(unit)
    if low is None:
        return Text(zh="不超过", en="at most ") + high + name if high else _ANYTHING
    if high is None:
        return Text(zh="不少于", en="at least ") + low + name
    if low == high:
        return low + name
    once = Text(zh=name.zh, en="" if name.en.startswith(" ") else name.en)
    return Text(zh="至", en=" to ").join((low + once, high + name))


_ANYTHING = Text(zh="任何值", en="anything")


def should_be_text(interval: Interval, unit: Unit, places: int) -> Text:
    """The same as what a figure should be; in English the range alone."""
    low, high = _ends(interval, unit, places)
    if low is None and high is None:
        return Text(zh="可为", en="") + _ANYTHING
    zh = "应{}" if low is None or high is None else "应在{}之间" if low != high else "应为{}"
    return Text(zh=zh, en="{}").fill(range_text(interval, unit, places))


def _ends(interval: Interval, unit: Unit, places: int) -> tuple[str | None, str | None]:
    """Both ends in ``unit``, rounded outwards; ``None`` where there is none."""
    low, high = (
        None if end is None else _shown(end / unit.scale, places, mode)
        for end, mode in ((interval.lower, Mode.FLOOR), (interval.upper, Mode.CEILING))
    )
    return low, high


def _shown(value: Fraction, places: int, mode: Mode) -> str:
    text = fixed_text(round_to(value, places, mode), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def explain(equation: Equation, judgement: Judgement) -> Text:
    """What the equation says and its figures allow; the verdict stands elsewhere."""
    printed = equation_text(equation)
    figure = result_figure(equation)
    unit = unit_of(equation)
    places = (max(figure.places, 0) if figure else 2) + _SPARE
    if judgement.verdict is Verdict.EXACT:
        return printed
    if judgement.verdict is Verdict.UNDEFINED:
        return undefined_text(printed, judgement.undefined)
    if judgement.derived is None or equation.comparator != "=":
        return printed
    derived = should_be_text(judgement.derived, unit, places)
    why = [Text(zh="{}：按其余数字{}", en="{}: the other figures give {}").fill(printed, derived)]
    if figure is not None and figure.rounding is not None:
        why.append(_true_text(figure, figure.rounding, places))
    if judgement.verdict is Verdict.TRUNCATED:
        why.append(Text(zh="按截断才相符", en="it holds only if it was cut off"))
    elif judgement.verdict is Verdict.INCONSISTENT:
        is_exact = judgement.derived.width == 0 and figure is not None and figure.is_exact
        why.append(_apart_text(judgement.gap, unit, places, is_exact=is_exact))
    return SEMICOLON.join(why)


def _true_text(figure: Figure, rounding: Mode, places: int) -> Text:
    """What a printed figure can have been before it was rounded."""
    return Text(
        zh="{}按{}，实际值{}",
        en="{} (rounded {}) means {}",
    ).fill(
        printed_text(figure),
        rounding.label,
        should_be_text(figure.interval, figure.unit, places),
    )


def _apart_text(gap: Fraction | None, unit: Unit, places: int, *, is_exact: bool) -> Text:
    """How far the printed result lies from what it can be; at least so far, if not exactly."""
    if not gap:
        return Text(zh="两者相接而无公共值", en="they touch but share no value")
    shown = _shown(gap / unit.scale, places, Mode.FLOOR)
    if is_exact and Fraction(shown) * unit.scale == gap:
        words = Text(zh="相差{}", en="the difference is {}")
    else:
        words = Text(zh="至少相差{}", en="the difference is at least {}")
    return words.fill(shown + gap_unit(unit))


def gap_unit(unit: Unit) -> Text:
    """The unit of a difference: percentage points for percent."""
    if unit.symbol == "%":
        return Text(zh="个百分点", en=" percentage points")
    return unit_text(unit)


def undefined_text(printed: Text, reason: UndefinedReason | None) -> Text:
    """A rate was stated on a zero base."""
    if reason is UndefinedReason.ZERO_OVER_ZERO:
        why = Text(
            zh="{}：0/0 无定义，填列的比率只是约定",
            en="{}: 0/0 is undefined; the stated rate is only a convention",
        )
    else:
        why = Text(zh="{}：分母为 0", en="{}: the base is 0")
    return why.fill(printed)


def missing_text(absent: tuple[Operand, ...]) -> Text:
    """Which operands are not stated, and why."""
    parts = [
        operand.label + in_brackets(printed_text(operand.stated))
        for operand in absent
        if isinstance(operand.stated, Missing)
    ]
    return Text(zh="缺少", en="not stated: ") + LIST.join(parts)

"""Figures and targets as they are printed in a cell or in a sentence."""

from __future__ import annotations

import datetime as dt
import re

from budgetperf.exact import NUMBER, RATIO, Figure, Missing, MissingReason, fold_width
from budgetperf.model import Target

__all__ = [
    "called_alone",
    "date_text",
    "has_sign",
    "in_chinese",
    "mark_text",
    "printed_in_cell",
    "printed_in_text",
    "target_text",
]

_DIGITS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?")
_EXACT_DIGITS = 15
"""So many digits a spreadsheet keeps of a number; what has more is written as text."""


def printed_in_cell(figure: Figure, unit: str) -> tuple[str, bool]:
    """A figure as its cell shows it, and whether that is a number in the unit of the column."""
    number, symbol = _number(figure), figure.unit.symbol
    if number is None:
        return fold_width(figure.text).strip(), False
    own = symbol if symbol != unit else ""
    in_column = symbol == unit or figure.unit.dimension in (RATIO, NUMBER) or not unit
    return f"{number}{own}", in_column and len(figure.value.as_tuple().digits) <= _EXACT_DIGITS


def printed_in_text(figure: Figure, unit: str | None = None) -> str:
    """A figure as it stands in a sentence.

    Args:
        figure: the figure.
        unit: what stands behind a number without a unit; ``""``: the number alone.
    """
    number, symbol = _number(figure), figure.unit.symbol
    if number is None:
        return fold_width(figure.text).strip()
    return number if unit == "" else f"{number}{symbol or unit or ''}"


def _number(figure: Figure) -> str | None:
    """The number without its unit; ``None`` where a sign stands in front of it."""
    text, symbol = fold_width(figure.text).strip(), figure.unit.symbol
    number = text.removesuffix(symbol).strip() if symbol else text
    if _DIGITS.fullmatch(number):
        return number
    return None if has_sign(number) else f"{figure.value:f}"


def mark_text(missing: Missing) -> str:
    """What stands in a cell without a figure."""
    return missing.text or ("—" if missing.reason is MissingReason.DASH else "")


def date_text(day: dt.date) -> str:
    """A day as it is printed."""
    return f"{day.year}年{day.month}月{day.day}日"


def called_alone(name: str) -> str:
    """The name of a row without the 其中 in front of the first of them."""
    return _OF_WHICH.sub("", name) or name


_OF_WHICH = re.compile("^其中[：:]?")
_WIDE = {",": "，", ";": "；", ":": "："}
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff”’）》])[,;:]")


def in_chinese(words: str) -> str:
    """Words with the marks of Chinese print, which readers fold to those of a typewriter."""
    return _NARROW.sub(lambda match: _WIDE[match[0]], words)


def has_sign(text: str) -> bool:
    """Whether it begins with a sign of comparison."""
    return bool(text) and text[0] in "≥≤<>=＞＜＝"


def target_text(target: Target) -> str:
    """A target with its sign, as it was printed or as it would be."""
    if isinstance(target.text, str):
        return target.text
    value = target.value
    if isinstance(value, Missing):
        return value.text
    signs = {"at-least": ("≥", ">"), "at-most": ("≤", "<"), "equal": ("=", "=")}
    direction = "" if isinstance(target.direction, Missing) else target.direction.value
    sign = signs.get(direction, ("", ""))[target.strict]
    text = value.text
    return text if not sign or has_sign(text) else f"{sign}{text}"

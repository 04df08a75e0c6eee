"""The indicators of a report: targets, actual values, weights, scores."""

from __future__ import annotations

import enum

import attrs

from budgetperf.exact import (
    Missing,
    MissingReason,
    Operator,
    Stated,
    Text,
    parse_figure,
    parse_number,
)

from .fields import NOT_STATED, Element, StatedText, figure, part, words

__all__ = ["Direction", "Indicator", "LevelCounts", "Target"]


class Direction(enum.Enum):
    """What counts as reaching a target."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    EQUAL = "equal"
    QUALITATIVE = "qualitative"

    @property
    def label(self) -> Text:
        return _DIRECTIONS[self]


_DIRECTIONS = {
    Direction.AT_LEAST: Text(zh="正向（≥）", en="at least"),
    Direction.AT_MOST: Text(zh="反向（≤）", en="at most"),
    Direction.EQUAL: Text(zh="等于（=）", en="equal"),
    Direction.QUALITATIVE: Text(zh="定性", en="qualitative"),
}
_OPERATORS = {
    Operator.AT_LEAST: (Direction.AT_LEAST, False),
    Operator.ABOVE: (Direction.AT_LEAST, True),
    Operator.AT_MOST: (Direction.AT_MOST, False),
    Operator.BELOW: (Direction.AT_MOST, True),
    Operator.EQUAL: (Direction.EQUAL, False),
}


@attrs.frozen(kw_only=True)
class Target:
    """指标值: what is to be reached.

    Args:
        direction: which side is good; missing where no operator is printed.
        strict: whether the operator is ``>`` or ``<``.
        value: the number to reach; exact, as targets are.
        text: as printed.
    """

    direction: Direction | Missing = NOT_STATED
    strict: bool = False
    value: Stated = figure("", "")
    text: StatedText = words("指标值原文", "target as printed")

    @classmethod
    def parse(cls, text: str) -> Target:
        """The target printed as ``text``.

        Words without a number are a qualitative target. A number that cannot be read stays
        unreadable.

        >>> target = Target.parse("≥90%")
        >>> target.direction.value, str(target.value)
        ('at-least', '≥90%')
        """
        value = parse_figure(text)
        if isinstance(value, Missing):
            qualitative = value.reason is MissingReason.QUALITATIVE
            direction = Direction.QUALITATIVE if qualitative else NOT_STATED
            return cls(direction=direction, value=value, text=text.strip())
        operator = parse_number(text).operator
        direction, strict = _OPERATORS[operator] if operator else (NOT_STATED, False)
        return cls(
            direction=direction,
            strict=strict,
            value=attrs.evolve(value, rounding=None),
            text=text.strip(),
        )


@attrs.frozen(kw_only=True)
class Indicator(Element):
    """A row of the indicator table: an indicator of level 3 under its two headings.

    A heading without indicators is a row of its own, with only ``level1`` stated. ``weight`` and
    ``score`` are points; ``target``, ``midyear`` and ``actual`` share the indicator's unit;
    ``completion_rate`` and ``deviation`` are rates.
    """

    level1: StatedText = words("一级指标", "level-1 heading")
    level2: StatedText = words("二级指标", "level-2 heading")
    name: StatedText = words("三级指标", "indicator")
    target: Target = part(Target, "指标值", "target")
    basis: StatedText = words("指标值设定依据", "basis of the target")
    weight: Stated = figure("分值（权重）", "weight")
    midyear: Stated = figure("年中监控值", "mid-year value")
    actual: Stated = figure("实际完成值", "actual value")
    completion_rate: Stated = figure("指标完成率", "completion rate")
    deviation: Stated = figure("偏差率", "deviation")
    score: Stated = figure("得分", "score")
    analysis: StatedText = words("指标成效分析", "analysis")
    explanation: StatedText = words("偏差原因及改进措施", "explanation of the deviation")

    @property
    def key(self) -> str:
        """What tells this indicator from its neighbours: its name without blanks, or ``""``."""
        return "".join(self.name.split()) if isinstance(self.name, str) else ""

    @property
    def long_key(self) -> str:
        headings = (level if isinstance(level, str) else "" for level in (self.level1, self.level2))
        return " ".join((*headings, self.key))

    @property
    def title(self) -> Text:
        name = self.key or (self.level1 if isinstance(self.level1, str) else "")
        return Text(zh=f"指标“{name}”", en=f"indicator {name}")


@attrs.frozen(kw_only=True)
class LevelCounts:
    """How many indicators of each level the text says there are."""

    level1: Stated = figure("一级指标数", "number of level-1 indicators")
    level2: Stated = figure("二级指标数", "number of level-2 indicators")
    level3: Stated = figure("三级指标数", "number of level-3 indicators")

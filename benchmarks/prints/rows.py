"""True indicators: where they stand, their targets, and what was reached."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from budgetperf.rules import IndicatorRule, RuleSet

from .marks import Shares
from .pen import SCALES, Pen

__all__ = ["Row", "draw_rows", "rule_by_name"]


@attrs.frozen(kw_only=True)
class Row:
    """An indicator as it truly is.

    Args:
        level1, level2, name: where it stands, and its name.
        operator: as printed before the target; ``""`` for none.
        target: in the base unit; ``None`` for words or no target.
        words: the target in words.
        unit: of target and actual value.
        actual: in the base unit; ``None`` for words.
        reached: what was reached, in words.
        weight: its points.
        score: its true score.
        reason: why marks were lost, or whatever else stands there.
        applies: whether it applies at all.
        midyear: the share of the actual value that was there in the middle of the year.
        room: the shares among which judgement was free.
        rule: what the form prints beside it of how it is scored.
    """

    level1: str
    level2: str
    name: str
    operator: str = ""
    target: Fraction | None = None
    words: str = ""
    unit: str = ""
    actual: Fraction | None = None
    reached: str = ""
    weight: Fraction = Fraction(0)
    score: Fraction = Fraction(0)
    reason: str = ""
    applies: bool = True
    midyear: Fraction = Fraction(0)
    room: Shares | None = None
    rule: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it is measured in percent."""
        return self.unit in ("%", "‰")

    @property
    def stays_low(self) -> bool:
        """Whether less is better."""
        return self.operator in ("≤", "<")

    @property
    def attained(self) -> Fraction:
        """How far the target is attained, as a person would say; 1 where nobody can tell."""
        if self.target is None or self.actual is None:
            return Fraction(1)
        if self.stays_low:
            if self.actual <= self.target:
                return Fraction(1)
            return (
                max(Fraction(0), 2 - self.actual / self.target) if self.target > 0 else Fraction(0)
            )
        if self.target <= 0:
            return Fraction(int(self.actual >= self.target))
        return self.actual / self.target


_PLAN = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
_SIX = (
    ("运行成本", ("成本控制",)),
    ("管理效率", ("预算管理", "资产管理")),
    ("履职效能", ("数量指标", "质量指标")),
    ("社会效应", ("社会效益",)),
    ("服务对象满意度", ("满意度",)),
)
_NATIONAL = (
    ("投入", ("目标设定",)),
    ("过程", ("预算执行", "预算管理")),
    ("产出", ("职责履行",)),
    ("效果", ("履职效益",)),
)

_COUNTS = (
    ("培训次数", "次"), ("发放补贴人数", "人"), ("宣传资料份数", "份"), ("检查企业数", "家"),
    ("维修房屋数", "间"), ("采购设备数", "台"), ("服务群众人次", "人次"), ("开展活动", "场"),
)  # fmt: skip
_RATES = ("验收合格率", "设备完好率", "按时办结率", "政策知晓率", "任务完成率", "覆盖率")
_WORDS = (
    ("有效提升", "达成预期指标"), ("显著", "显著"), ("及时", "及时"), ("优良中低差", "优"),
    ("持续改善", "部分达成年度指标并具有一定效果"), ("长期", "长期"),
)  # fmt: skip


def _number_of_rows(pen: Pen) -> int:
    if pen.uses("many indicators", 0.06):
        return pen.whole(20, 60)
    return pen.pick((1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15))


def draw_rows(pen: Pen, rules: RuleSet | None, percents: int) -> list[Row]:
    plan = pen.pick((_PLAN, _PLAN, _PLAN, _SIX, _NATIONAL))
    slots = [(one, two) for one, below in plan for two in below]
    number = _number_of_rows(pen)
    chosen = sorted(pen.rng.choices(range(len(slots)), k=number))
    rows = [_row(pen, *slots[slot], index, percents, rules) for index, slot in enumerate(chosen)]
    if rules is not None and rules.indicators:
        named = [rule for rule in rules.indicators if rule.names]
        pen.rng.shuffle(named)
        for index, rule in enumerate(named[: len(rows) - 1]):
            if pen.chance(0.8):
                rows[index] = _named(pen, rows[index], rule, percents)
    if (
        len(rows) > 1
        and rule_by_name(rows[0], rules) is None
        and pen.uses("one name under two headings", 0.05)
    ):
        rows[-1] = attrs.evolve(rows[-1], name=rows[0].name)
        if pen.uses("one name twice under one heading", 0.3):
            last = rows.pop()
            again = attrs.evolve(last, level1=rows[0].level1, level2=rows[0].level2)
            rows.insert(1, again)  # the rows of a heading stand together
    return rows


def _row(
    pen: Pen, level1: str, level2: str, index: int, percents: int, rules: RuleSet | None
) -> Row:
    satisfied = "满意" in level1
    kind = "rate" if satisfied else pen.pick(
        ("count", "count", "count", "rate", "rate", "money", "measure", "growth", "words", "none")
    )  # fmt: skip
    if "成本" in level2 or "成本" in level1:
        kind = pen.pick(("money", "money", "count", "words"))
    row = Row(level1=level1, level2=level2, name=f"社会影响{index}")
    if kind in ("words", "none"):
        words, reached = pen.pick(_WORDS)
        if rules is not None and rules.qualitative and pen.chance(0.6):
            reached = pen.pick(rules.qualitative).grade.zh
        pen.note("targets in words" if kind == "words" else "no target")
        return attrs.evolve(row, words=words if kind == "words" else "", reached=reached)
    if kind == "rate":
        name = "服务对象满意度" if satisfied else pen.pick(_RATES)
        return _nearly(
            pen, _rate(pen, attrs.evolve(row, name=f"{name}{index}"), percents), percents
        )
    if kind == "growth":
        return _nearly(
            pen, _growth(pen, attrs.evolve(row, name=f"产值增长率{index}"), percents), percents
        )
    if kind == "money":
        return _nearly(pen, _money(pen, attrs.evolve(row, name=f"项目支出成本{index}")), percents)
    if kind == "measure":
        target = Fraction(pen.whole(10, 99999), pen.pick((1, 10, 100)))
        actual = _reached(pen, target, Fraction(1, 100))
        row = attrs.evolve(row, name=f"道路里程{index}", unit="公里")
        return _nearly(pen, _measured(pen, row, target, actual), percents)
    name, unit = pen.pick(_COUNTS)
    target = Fraction(pen.whole(1, pen.pick((5, 50, 3000))))
    if pen.uses("a target of 0", 0.06):
        target = Fraction(0)
    unit = "" if pen.uses("counts without a unit", 0.1) else unit
    row = attrs.evolve(row, name=f"{name}{index}", unit=unit)
    return _measured(pen, row, target, _reached(pen, target, Fraction(1)))


_OPERATORS = ("≥", "≥", "≥", "≥", "=", "=", "", ">", "≤", "<")


def _measured(
    pen: Pen, row: Row, target: Fraction, actual: Fraction, operators: Sequence[str] = _OPERATORS
) -> Row:
    operator = pen.pick(operators)
    if operator in (">", "<"):
        pen.note("strict operators")
    if operator == "":
        pen.note("targets without an operator")
    return attrs.evolve(row, operator=operator, target=target, actual=actual)


def _rate(pen: Pen, row: Row, percents: int) -> Row:
    target = Fraction(pen.pick((60, 80, 85, 90, 95, 98, 100)), 100)
    grain = Fraction(1, 100) if percents == 0 else Fraction(1, pen.pick((37, 163, 1000, 10000)))
    actual = min(_reached(pen, target, grain), Fraction(1))
    if percents == 0:
        actual = Fraction(int(actual * 100), 100)
    return _measured(pen, attrs.evolve(row, unit="%"), target, actual)


def _growth(pen: Pen, row: Row, percents: int) -> Row:
    grain = Fraction(1, 100 * 10**percents)
    target = Fraction(pen.whole(-5, 12), 100)
    actual = pen.whole(-8 * 10**percents, 15 * 10**percents) * grain
    if target < 0 or actual < 0:
        pen.note("negative targets or actual values")
    operators = ("≥", "≥", "=", "≤", "")
    return _measured(pen, attrs.evolve(row, unit="%"), target, actual, operators)


def _money(pen: Pen, row: Row) -> Row:
    unit = pen.pick(("万元", "万元", "元"))
    target = Fraction(pen.whole(1, 99999), pen.pick((1, 100))) * SCALES[unit]
    actual = _reached(pen, target, Fraction(1, 100))
    operators = ("≤", "≤", "≤", "=", "≥", "<")
    return _measured(pen, attrs.evolve(row, unit=unit), target, actual, operators)


def _reached(pen: Pen, target: Fraction, grain: Fraction) -> Fraction:
    """What was reached of a target: all of it, less, more, much more or nothing."""
    how = pen.whole(1, 20)
    if how <= 8 or target < 0:
        return target
    share = Fraction(1)
    if how <= 13:
        share = Fraction(pen.whole(500, 999), 1000)
    elif how <= 17:
        share = Fraction(pen.whole(1001, 1300), 1000)
    elif how <= 19:
        share = Fraction(pen.whole(1301, 4000), 1000)
        pen.note("far above the target")
    else:
        pen.note("nothing reached")
        return Fraction(0)
    base = target or 3 * grain
    return int(base * share / grain) * grain


_LIMITS = ("1", "1", "0.6", "0.8", "0.9", "10/9", "1.1", "1.2", "1.3", "2")
"""Shares of a target at which rules change."""


def _nearly(pen: Pen, row: Row, percents: int) -> Row:
    """The row, or one whose actual value is next to a limit, by less than is printed."""
    if row.target is None or not pen.uses("values next to a limit", 0.06):
        return row
    step = Fraction(1, 2500) if row.unit != "%" else Fraction(1, 250000 if percents else 100)
    step *= SCALES.get(row.unit, Fraction(1)) if row.unit != "%" else 1
    limit = row.target * Fraction(pen.pick(_LIMITS))
    if row.unit == "%" and not percents:
        limit = Fraction(round(limit * 100), 100)
    return attrs.evolve(row, actual=limit + pen.pick((-1, 1)) * step)


def _named(pen: Pen, row: Row, rule: IndicatorRule, percents: int) -> Row:
    """The row with the name that a rule is for, and a rate as its actual value."""
    pen.note("rules for indicators of a name")
    start = Fraction(1) if rule.steps is None else rule.steps.start
    if rule.curve is not None:
        start = rule.curve.knots[0].x
    grain = Fraction(1, 100) if percents == 0 else Fraction(1, 10000)
    actual = start + pen.whole(-30, 30) * pen.pick((grain, Fraction(1, 100), Fraction(1, 20)))
    if rule.curve is not None and rule.curve.domain.lower is not None:
        actual = max(actual, rule.curve.domain.lower)
    if percents and pen.uses("values next to a limit", 0.3):
        actual = (
            start + pen.whole(-3, 3) * Fraction(1, 20) + pen.pick((-1, 1)) * Fraction(1, 250000)
        )
        if rule.curve is not None and rule.curve.domain.lower is not None:
            actual = max(actual, rule.curve.domain.lower)
    if percents == 0:
        actual = Fraction(int(actual * 100), 100)
    above = rule.steps is not None and rule.steps.above
    operator = "≤" if above else pen.pick(("≥", "=", ""))
    if rule.steps is None:
        operator = pen.pick(("≤", "=", ""))
    return attrs.evolve(
        row, name=pen.pick(rule.names), operator=operator, target=start, words="", unit="%",
        actual=actual, reached="",
    )  # fmt: skip


def rule_by_name(row: Row, rules: RuleSet | None) -> IndicatorRule | None:
    """The rule for the name, or for the heading, of a row."""
    if rules is None:
        return None
    for rule in rules.indicators:
        if row.name in rule.names:
            return rule
    direction = {"≥": "at-least", ">": "at-least", "≤": "at-most", "<": "at-most", "=": "equal"}
    for rule in rules.indicators:
        aimed = {one.value for one in rule.directions}
        fits = not aimed or direction.get(row.operator, "at-least") in aimed
        satisfied = any("满意" in heading for heading in rule.headings)
        if satisfied and "满意" in row.level1 + row.level2 and fits and row.target is not None:
            return rule
    return None

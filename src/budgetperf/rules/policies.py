"""What a rule-set says besides its curves: layouts, steps, triggers, caps, what does not apply."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterator
from fractions import Fraction

import attrs

from budgetperf.citations import Status
from budgetperf.exact import (
    NO_WORDS,
    BudgetperfError,
    ExactInput,
    Interval,
    Labelled,
    Problem,
    Text,
    decimal_text,
    to_exact,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import check_types, keep, not_negative, positive, raise_together
from budgetperf.exact.limits import MAX_KNOTS, MAX_ROWS
from budgetperf.exact.number import integer_text
from budgetperf.exact.text import shortened
from budgetperf.model import Direction
from budgetperf.model.indicators import plain_heading, plain_name

from .curve import Curve, Knot, beyond_shares

__all__ = [
    "Counting",
    "Deduction",
    "DefaultDirection",
    "Demand",
    "Excess",
    "ExecutionBase",
    "Gauge",
    "IndicatorRule",
    "LevelWeight",
    "NotApplicable",
    "OverCompletion",
    "Steps",
    "TotalCap",
    "Trigger",
    "WeightLayout",
]


class ExecutionBase(Labelled):
    """What the amount executed is divided by."""

    REVISED = ("revised", "全年预算数", "revised budget")
    """全年（调整后）预算数."""
    INITIAL = ("initial", "年初预算数", "initial budget")
    """年初预算数."""
    REVISED_WITH_CARRY_OVER = (
        "revised-with-carry-over",
        "调整后预算数（含上年结转）",
        "revised budget with last year's carry-over",
    )
    """调整后预算数 that includes what was carried over from last year, as the form prints it."""


class Excess(Labelled):
    """What a rule-set does about a completion far above the target."""

    NONE = ("none", "不扣分", "nothing is deducted")
    """Nothing is deducted."""
    EXPLAIN = ("explain", "须说明原因", "a reason must be given")
    """A reason must be given."""
    FLAG = ("flag", "标红，得分可手工修改", "flagged, the score may be edited by hand")
    """The row is flagged, and its score may be edited."""
    ZERO = ("zero", "记 0 分", "no marks")
    """No marks."""
    DEDUCT = ("deduct", "按偏离度扣分", "points are deducted by the deviation")
    """Marks are lost with the deviation."""
    TIERS = ("tiers", "分档扣分", "points are deducted by tiers")
    """Marks are lost by tiers."""


class _Keeping:
    """What a policy works out once."""

    __slots__ = ("_within",)

    _within: Interval


@attrs.frozen(kw_only=True)
class OverCompletion(_Keeping, Called):
    """The policy on a completion above ``threshold``.

    The curve says what it costs; this says what it is called, and that a reason is due. A policy
    that the curve contradicts is refused.

    Args:
        policy: what is done.
        threshold: the completion (actual / target) from which on it is done.
        inclusive: whether the threshold itself belongs to it.
        status: what this rests on, where it differs from the rule.
        note: a remark.
    """

    policy: Excess
    threshold: Fraction = attrs.field(default=Fraction(1), converter=to_exact)
    inclusive: bool = True
    status: Status | None = None
    note: Text = NO_WORDS

    def __attrs_post_init__(self) -> None:
        check_types(self)

    @property
    def within(self) -> Interval:
        """The completions that it is about."""
        try:
            return self._within
        except AttributeError:
            within = Interval(lower=self.threshold, lower_closed=self.inclusive)
            return keep(self, "_within", within)


class NotApplicable(Labelled):
    """What becomes of an indicator that does not apply."""

    FULL = ("full", "不适用的指标按满分计", "full marks for indicators that do not apply")
    """Full marks."""
    RESCALE = (
        "rescale",
        "剔除不适用的指标，其余换算为满分",
        "indicators that do not apply are left out, the rest rescaled",
    )
    """It is left out, and the total of the others is rescaled."""


class Counting(Labelled):
    """Which steps of a deduction such as 每低 5% 扣 2 分 count."""

    WHOLE = ("whole", "不足一个扣分单位不计", "whole steps only")
    """Whole steps only: 4.9 % short costs nothing."""
    PART = ("part", "不足一个扣分单位按一个计", "part of a step counts as a whole step")
    """Part of a step counts as a step."""
    PROPORTIONAL = ("proportional", "按比例计", "in proportion")
    """In proportion."""
    UNSAID = ("unsaid", "未规定不足一个扣分单位如何计", "how part of a step counts is not said")
    """The rule does not say: any score from counting parts to counting whole steps."""


@attrs.frozen(kw_only=True)
class Steps(Called):
    """A deduction by steps, until nothing is left: ``loss`` points for each ``width`` off.

    Args:
        start: the value up to which, or down to which, nothing is lost.
        width: how long a step is.
        loss: the points that a step costs.
        above: whether values above ``start`` lose marks; by default those below do.
        counting: which steps count.

    Raises:
        BudgetperfError: the width or the loss is not above 0.

    >>> completion = Steps(start=1, width="0.05", loss=2)
    >>> [completion.curve(8).value(x) for x in ("0.9927", "0.95", "0.9", "0.399")]
    [Fraction(1, 1), Fraction(3, 4), Fraction(1, 2), Fraction(0, 1)]
    """

    start: Fraction = attrs.field(converter=to_exact)
    width: Fraction = attrs.field(converter=to_exact, validator=positive)
    loss: Fraction = attrs.field(converter=to_exact, validator=positive)
    above: bool = False
    counting: Counting = Counting.WHOLE

    def __attrs_post_init__(self) -> None:
        check_types(self)

    def number(self, weight: ExactInput) -> int:
        """How many steps there are until nothing of ``weight`` is left."""
        return math.ceil(to_exact(weight) / self.loss)

    def curve(self, weight: ExactInput) -> Curve:
        """The share of ``weight`` that is left; of two readings, the one that costs less.

        Raises:
            BudgetperfError: there are more steps than a curve has knots.
        """
        counting = Counting.WHOLE if self.counting is Counting.UNSAID else self.counting
        return self._drawn(to_exact(weight), counting)

    def lowest(self, weight: ExactInput) -> Curve | None:
        """The reading that costs more, where the rule does not say which steps count."""
        if self.counting is not Counting.UNSAID:
            return None
        return self._drawn(to_exact(weight), Counting.PART)

    def _drawn(self, weight: Fraction, counting: Counting) -> Curve:
        most = self.number(weight)
        if most > MAX_KNOTS and counting is not Counting.PROPORTIONAL:
            raise BudgetperfError("too-many-steps", too_many_steps(most, weight), field="loss")
        share = self.loss / weight
        towards = self.width if self.above else -self.width

        def left(steps: int) -> Fraction:
            return max(Fraction(0), 1 - steps * share)

        def knot(steps: int, nearer: Fraction, farther: Fraction) -> Knot:
            """The curve at the end of so many steps, and on either side of it."""
            sides = (nearer, farther) if self.above else (farther, nearer)
            x = self.start + steps * towards
            return Knot(x=x, y=left(steps), left=sides[0], right=sides[1])

        if counting is Counting.PROPORTIONAL:
            none_left = Knot(x=self.start + towards / share, y=0)
            knots = [Knot(x=self.start, y=1), none_left]
        elif counting is Counting.WHOLE:
            knots = [knot(n, left(n - 1), left(n)) for n in range(1, most + 1)]
        else:
            knots = [knot(n, left(n), left(n + 1)) for n in range(most)]
        return Curve(knots=sorted(knots, key=lambda knot: knot.x))


def too_many_steps(number: int, weight: Fraction) -> Text:
    """That a deduction has more steps than a curve can have knots, and what to write."""
    many = integer_text(number) if number < 10**9 else "…"
    points = decimal_text(weight)
    return Text(
        zh=f"分值 {shortened(points)} 要分 {many} 步才扣完，最多 {MAX_KNOTS} 步：请核对每步扣的"
        ' loss；按比例扣分的请写 counting = "proportional"',
        en=f"a weight of {shortened(points)} takes {many} steps to be lost, {MAX_KNOTS} at most: "
        'check the loss of a step; for a loss in proportion write counting = "proportional"',
    )


@attrs.frozen(kw_only=True)
class IndicatorRule(Called):
    """The rule for an indicator of a certain name, over its actual value or its completion.

    Args:
        names: the names (三级指标) that it is for, without blanks.
        headings: the headings (一级、二级指标) under which it is for every indicator.
        weight: the weight that the document gives it; by default that of the form.
        curve: the share of the weight over the actual value. Either this or ``steps``.
        steps: a deduction by steps.
        not_applicable: what becomes of it where it does not apply.
        status: what this rests on, where it differs from the rule-set.
        verified: the day on which a person last compared it with its source, if one did.
        note: a remark.
        directions: the directions of targets that it is for; all by default. A target without an
            operator may be of any.
        of_completion: whether the curve is over actual / target, of a target above 0; by default it
            is over the actual value itself.
        discretion: the lowest share, where the numbers alone do not decide; beside ``curve``.

    Raises:
        BudgetperfError: no name, not exactly one of ``curve`` and ``steps``, more steps than a
            curve has knots, or a part that belongs to a curve beside ``steps``.
    """

    names: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    weight: Fraction | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(to_exact),
        validator=attrs.validators.optional(positive),
    )
    curve: Curve | None = None
    steps: Steps | None = None
    not_applicable: NotApplicable | None = None
    status: Status | None = None
    verified: dt.date | None = None
    note: Text = NO_WORDS
    directions: tuple[Direction, ...] = ()
    of_completion: bool = False
    discretion: Curve | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)
        if not self.names and not self.headings:
            raise BudgetperfError(
                "no-name",
                Text(
                    zh="请写明适用的指标名称 names 或所属标题 headings",
                    en="say which indicators it is for: names or headings",
                ),
                field="names",
            )
        if (self.curve is None) is (self.steps is None):
            raise BudgetperfError(
                "curve-or-steps",
                Text(
                    zh="curve 与 steps 必须写一个，且只能写一个",
                    en="write curve or steps, not both",
                ),
                field="curve",
            )
        if self.steps is not None and (self.of_completion or self.discretion is not None):
            raise BudgetperfError(
                "curve-or-steps",
                Text(
                    zh="of_completion 与 discretion 只能与 curve 一起写",
                    en="of_completion and discretion go with curve only",
                ),
                field="discretion" if self.discretion is not None else "of_completion",
            )
        shares = beyond_shares(curve=self.curve, discretion=self.discretion)
        raise_together("bad-curve", shares)
        if self.weight is not None:
            raise_together("bad-steps", self.too_fine(self.weight))

    @functools.cached_property
    def plain_names(self) -> frozenset[str]:
        """What the spellings of its names have in common."""
        return frozenset(map(plain_name, self.names))

    @functools.cached_property
    def plain_headings(self) -> frozenset[str]:
        """What the spellings of its headings have in common."""
        return frozenset(map(plain_heading, self.headings))

    def too_fine(self, weight: Fraction) -> Iterator[Problem]:
        """That so many points are lost in more steps than a curve has knots, if they are."""
        steps = self.steps
        if steps is None or steps.counting is Counting.PROPORTIONAL:
            return
        number = steps.number(weight)
        if number > MAX_KNOTS:
            message = too_many_steps(number, weight)
            yield Problem(code="too-many-steps", where="$.steps.loss", message=message)

    def curves(self, weight: Fraction) -> tuple[Curve, Curve | None]:
        """The share of the weight, and the lowest one where the rule leaves two readings."""
        if self.steps is not None:
            return self.steps.curve(weight), self.steps.lowest(weight)
        return self.curve or _LEVEL, self.discretion


_LEVEL = Curve(knots=(Knot(x=0, y=1),))


@attrs.frozen(kw_only=True)
class Deduction(Called):
    """Points taken off, the same number of them for every weight.

    Args:
        within: the values of the measure for which they are.
        points: how many.
        status: what this rests on, where it differs from the rule.
        note: a remark.
    """

    within: Interval
    points: Fraction = attrs.field(converter=to_exact, validator=positive)
    status: Status | None = None
    note: Text = NO_WORDS

    def __attrs_post_init__(self) -> None:
        check_types(self)


@attrs.frozen(kw_only=True)
class DefaultDirection(Called):
    """The direction of targets that are printed without an operator.

    Args:
        direction: at-least, at-most or equal.
        names: the headings (一级、二级指标) or the indicators that it is for; all that no other
            one is for by default.
        status: what this rests on, where it differs from the rule-set.

    Raises:
        BudgetperfError: the direction is that of words.
    """

    direction: Direction
    names: tuple[str, ...] = ()
    status: Status | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)
        if self.direction is Direction.QUALITATIVE:
            raise BudgetperfError("qualitative-direction", _NO_NUMBER, field="direction")

    @functools.cached_property
    def plain(self) -> frozenset[str]:
        """What the spellings of its names have in common."""
        return frozenset((*map(plain_name, self.names), *map(plain_heading, self.names)))


_NO_NUMBER = Text(
    zh="没有运算符的数字不会是定性指标：请写 at-least、at-most 或 equal",
    en="a number without an operator is not qualitative: write at-least, at-most or equal",
)


@attrs.frozen(kw_only=True)
class LevelWeight(Called):
    """The weight of a level-1 heading.

    Args:
        level1: the heading.
        weight: its weight, in points.
    """

    level1: str
    weight: Fraction = attrs.field(converter=to_exact, validator=positive)

    def __attrs_post_init__(self) -> None:
        check_types(self)


@attrs.frozen(kw_only=True)
class WeightLayout(Called):
    """The weights by level-1 heading; with that of budget execution they make the total.

    Args:
        weights: the headings, without budget execution where the rule-set has a rule for it.
        variant: when this layout is used, where there are several.
        status: what this rests on, where it differs from the rule-set.
        verified: the day on which a person last compared it with its source, if one did.

    Raises:
        BudgetperfError: a heading stands twice.
    """

    weights: tuple[LevelWeight, ...]
    variant: Text = NO_WORDS
    status: Status | None = None
    verified: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)
        names = [heading.level1 for heading in self.weights]
        problems = (
            Problem(
                code="level-twice",
                where=f"$.weights[{index}].level1",
                message=Text(
                    zh=f"一级指标“{name}”写了两次：请合并分值，或改正名称",
                    en=f"{name} appears twice: add the weights up, or correct the name",
                ),
            )
            for index, name in enumerate(names)
            if name in names[:index]
        )
        raise_together("bad-layout", problems)


class Gauge(Labelled):
    """What a trigger or a cap looks at."""

    COMPLETION = ("completion", "完成率", "completion")
    """Actual / target of an indicator."""
    ACTUAL_AT_ZERO = (
        "actual-at-zero-target",
        "指标值为 0 时的实际完成值",
        "for a target of 0, the actual value",
    )
    """The actual value of an indicator with a target of 0."""
    SCORE_SHARE = ("score/weight", "得分 ÷ 分值", "score / weight")
    EXECUTION = ("execution-rate", "预算执行率", "execution rate")
    ADJUSTMENT = ("adjustment-size", "预算调整率（绝对值）", "size of the budget adjustment")
    """|revised - initial| / initial, whatever its sign."""
    LEAD = (
        "attainment-lead",
        "指标得分率超出预算执行得分率的部分 ÷ 指标得分率",
        "lead of the indicators' share of marks over that of budget execution",
    )
    """(S - E) / S: how far the share of the weights that the indicators earn, S, is ahead of the
    share that budget execution earns, E."""
    TOTAL = ("total", "总分", "total")


class Demand(Labelled):
    """What a trigger asks for."""

    EXPLAIN = ("explain", "须说明原因", "a reason must be given")
    FLAG = ("flag", "标红，得分可手工修改", "flagged, the score may be edited by hand")
    WARN = ("warn", "预警提示", "a warning is shown")
    """A warning is shown; nothing is asked for."""
    MEASURES = ("measures", "须填报存在的问题和整改措施", "problems and measures must be stated")
    """Problems found and measures taken (存在的问题、整改措施)."""


@attrs.frozen(kw_only=True)
class Trigger(Called):
    """What is asked of the person who fills in the form, and when.

    Args:
        on: what is looked at.
        within: the values that set it off.
        demand: what is asked.
        directions: the directions of indicators that it is for; all by default.
        status: what this rests on, where it differs from the rule-set.
        note: a remark.
    """

    on: Gauge
    within: Interval
    demand: Demand = Demand.EXPLAIN
    directions: tuple[Direction, ...] = ()
    status: Status | None = None
    note: Text = NO_WORDS

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)


@attrs.frozen(kw_only=True)
class TotalCap(Called):
    """A total that is not exceeded, and when.

    Args:
        on: the execution rate or the size of the adjustment.
        within: the values of it that set the cap.
        most: the highest total.
        unless_explained: whether a stated reason for the adjustment lifts it.
        status: what this rests on, where it differs from the rule-set.
        note: a remark.

    Raises:
        BudgetperfError: ``on`` is something else.
    """

    on: Gauge
    within: Interval
    most: Fraction = attrs.field(converter=to_exact, validator=not_negative)
    unless_explained: bool = False
    status: Status | None = None
    note: Text = NO_WORDS

    def __attrs_post_init__(self) -> None:
        check_types(self)
        if self.on not in (Gauge.EXECUTION, Gauge.ADJUSTMENT):
            raise BudgetperfError(
                "cap-on",
                Text(
                    zh=f"总分上限只能取决于 {Gauge.EXECUTION.value} 或 {Gauge.ADJUSTMENT.value}",
                    en=f"a cap depends on {Gauge.EXECUTION.value} or {Gauge.ADJUSTMENT.value}",
                ),
                field="on",
            )

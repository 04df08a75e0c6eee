"""What words beside an indicator can say of how it is scored."""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import Interval
from budgetperf.rules.policies import Counting

__all__ = ["Loss", "Met", "Miss", "Proportion", "Quotient", "Said", "Side", "Tier", "Tiers"]


class Side(enum.Enum):
    """On which side of a limit all points are kept, where the words say so."""

    UNSAID = ""
    LEAST = "least"
    """At the limit and above it."""
    MOST = "most"
    """At the limit and below it."""
    NONE = "none"
    """Where nothing happened: the target is 0."""


class Quotient(enum.Enum):
    """What is multiplied by the weight."""

    COMPLETION = "completion"
    """完成比例: how far the target is reached, without saying how."""
    ACTUAL_BY_TARGET = "actual/target"
    TARGET_BY_ACTUAL = "target/actual"
    EITHER = "either"
    """B/A or A/B, by the direction of the target."""
    RATE = "rate"
    """The actual value itself, such as 执行率."""


class Miss(enum.Enum):
    """What a missed target has, where no curve says it."""

    NOTHING = "nothing"
    OPEN = "open"


@attrs.frozen(kw_only=True)
class Proportion:
    """Points in proportion to a quotient.

    Args:
        of: the quotient.
        least: below this quotient there are no points.
        passing: from this quotient on points are counted: (quotient - passing) / (1 - passing).
        points: the points that it is multiplied by, where the words have a number.
        met: whether a target that is met is said to have full marks.
        named: the rate that is multiplied, where the words have its name.
    """

    of: Quotient
    least: Fraction | None = None
    passing: Fraction | None = None
    named: str = ""
    points: Fraction | None = None
    met: bool = False


@attrs.frozen(kw_only=True)
class Loss:
    """So many points off for each step below or above the target.

    Args:
        below, above: which side loses.
        width: the length of a step, in ``unit``.
        unit: ``"%"``, ``"百分点"``, or what is counted.
        loss: the points that a step costs; and
        share: the share of the weight that it costs. One of the two is 0.
        subject: what the steps are of, where the words say so, such as 完成率.
        each: whether every one that there is costs points, such as 每发生1起.
        late: whether steps are days and the like behind the day that is the target.
        counting: which steps count.
        most: the points that are lost at most.
        floor: the points that are left at least.
        points: the points of a target that is met, where the words have a number.
        start: the value up to which all points are kept, where the words have that, too.
        start_unit: its unit: ``"%"``, what is counted, or ``""`` of 0.
        side: on which side of the start they are kept.
    """

    below: bool
    above: bool
    width: Fraction
    unit: str
    loss: Fraction = Fraction(0)
    share: Fraction = Fraction(0)
    subject: str = ""
    each: bool = False
    late: bool = False
    counting: Counting = Counting.UNSAID
    most: Fraction | None = None
    floor: Fraction | None = None
    points: Fraction | None = None
    start: Fraction | None = None
    start_unit: str = ""
    side: Side = Side.UNSAID


@attrs.frozen(kw_only=True)
class Met:
    """Full marks where the target is met, and what else.

    Args:
        miss: what a missed one has.
        points: the points of one that is met, where the words have a number.
        timely: whether the words are about time: of a number they say nothing then.
        side: which targets the words are about.
    """

    miss: Miss
    points: Fraction | None = None
    timely: bool = False
    side: Side = Side.UNSAID


@attrs.frozen(kw_only=True)
class Tier:
    """The points of values between two limits.

    Args:
        values: from where to where.
        firm: whether the lower and the upper limit are said to belong to it or not.
        points: the points; or
        off: the points that are lost; or else
        share: the share of the weight.
    """

    values: Interval
    firm: tuple[bool, bool]
    points: Fraction | None = None
    off: Fraction | None = None
    share: Fraction = Fraction(0)


@attrs.frozen(kw_only=True)
class Tiers:
    """Points by tiers.

    Args:
        tiers: each of them, in any order.
        subject: what they are of, such as 完成率; ``""`` where it is not said.
        percent: whether the limits are in percent; of nothing but 0 it is not told.
        others_have_none: whether everything else has no points.
    """

    tiers: tuple[Tier, ...]
    subject: str
    percent: bool | None
    others_have_none: bool


Said: TypeAlias = "Proportion | Loss | Met | Tiers"
"""What words say of a score."""

"""A rule-set: how scores follow from completion and execution, from when, and on what authority."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.citations import Provision, Status, first_day, is_period, last_day
from budgetperf.exact import (
    NO_WORDS,
    BudgetperfError,
    Interval,
    Labelled,
    Missing,
    Problem,
    RoundingMode,
    Text,
    decimal_text,
    to_exact,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import check_types, keep, not_negative, positive, raise_together
from budgetperf.exact.limits import MAX_ROWS, bounded_places
from budgetperf.exact.shown import Shown
from budgetperf.exact.text import shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.model import Direction, StatedText
from budgetperf.model.indicators import plain_heading, plain_name
from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import shared_converter
from budgetperf.rates import DeviationDefinition

from .curve import Curve, beyond_shares, percent_text
from .policies import (
    Deduction,
    DefaultDirection,
    Demand,
    Excess,
    ExecutionBase,
    Gauge,
    IndicatorRule,
    NotApplicable,
    OverCompletion,
    TotalCap,
    Trigger,
    WeightLayout,
)

__all__ = [
    "FULL_MARKS",
    "Band",
    "ExecutionRule",
    "Measure",
    "QuantitativeRule",
    "RatingBand",
    "RuleSet",
    "ScoreRounding",
    "ZeroBase",
    "own_triggers",
]

FULL_MARKS = Fraction(100)
"""满分: the points that a self-evaluation can reach where nothing else is said."""


class Measure(Labelled):
    """What a curve is drawn over."""

    COMPLETION = ("actual/target", "完成率（实际完成值 ÷ 指标值）", "completion (actual / target)")
    """B / A: the completion rate."""
    INVERSE = ("target/actual", "指标值 ÷ 实际完成值", "target / actual")
    """A / B, for indicators that should stay low."""
    DEVIATION = ("deviation", "偏差率", "deviation")
    """The deviation under the rule-set's definition."""


class ZeroBase(Labelled):
    """What a rule says of a target or budget of 0, where the measure is undefined."""

    UNDEFINED = ("undefined", "未作规定，无法得出得分", "not covered, so no score can be computed")
    FULL = ("full", "满分", "full marks")
    NONE = ("none", "0 分", "no marks")
    FULL_UNLESS_ABOVE = (
        "full-unless-above",
        "实际完成值不大于 0 得满分，大于 0 得 0 分",
        "full marks for an actual value of 0 or less, no marks above",
    )
    """Full marks for an actual value of 0 or less, none above."""
    FULL_IF_ABOVE = (
        "full-if-above",
        "实际数大于 0 得满分，否则得 0 分",
        "full marks for anything above 0, otherwise no marks",
    )
    """Full marks for anything above 0, none else: a base of 1 in place of 0, and a cap."""
    NONE_IF_ZERO = (
        "none-if-zero",
        "0/0 得 0 分，其余未作规定",
        "no marks for 0 / 0, otherwise not covered",
    )
    """No marks for 0 / 0; of anything else above a base of 0 nothing is said."""
    FULL_IF_MET = (
        "full-if-met",
        "完成指标值的得满分，未完成的未作规定",
        "full marks where the target is met, otherwise not covered",
    )
    """Full marks where the operator of the target holds, of a target below 0 too; otherwise not
    said. Not for budgets."""


class _KeepingTriggers:
    """What a rule works out once."""

    __slots__ = ("_own_triggers",)

    _own_triggers: tuple[Trigger, ...]


@attrs.frozen(kw_only=True)
class QuantitativeRule(_KeepingTriggers, Called):
    """The share of the weight that a quantitative indicator earns in one direction.

    Args:
        measure: what the curves are drawn over.
        curve: the share of the weight.
        discretion: the lowest share that a reasoned deduction may leave, where the rule leaves
            room for one; any share between it and ``curve`` is then admissible.
        zero_target: what a target of 0 gives; ``full-if-met`` is also for one below 0.
        status: what this rule rests on, where it differs from the rule-set.
        note: a remark.
        over_completion: the policy on a completion far above the target.
        measure_rounding: how the measure, in percent, is rounded before the curve is read.
        verified: the day on which a person last compared it with its source, if one did.
        deductions: points that are taken off whatever the weight is, such as 2 from 130% on.

    Raises:
        BudgetperfError: a curve leaves the shares from 0 to 1.
    """

    measure: Measure
    curve: Curve
    discretion: Curve | None = None
    zero_target: ZeroBase = ZeroBase.UNDEFINED
    status: Status | None = None
    note: Text = NO_WORDS
    over_completion: OverCompletion | None = None
    measure_rounding: ScoreRounding | None = None
    verified: dt.date | None = None
    deductions: tuple[Deduction, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)
        shares = beyond_shares(curve=self.curve, discretion=self.discretion)
        raise_together("bad-curve", shares)

    def curves(self, weight: Fraction) -> tuple[Curve, Curve | None]:
        """The share of so many points and the lowest one, with the points that are taken off."""
        curve, lowest = self.curve, self.discretion
        for deduction in self.deductions if self.deductions and weight > 0 else ():
            share = deduction.points / weight
            curve = curve.lowered(share, deduction.within)
            lowest = None if lowest is None else lowest.lowered(share, deduction.within)
        return curve, lowest

    @property
    def is_by_completion(self) -> bool:
        """Whether the curve is drawn over actual / target."""
        return self.measure is Measure.COMPLETION


def own_triggers(rule: QuantitativeRule) -> tuple[Trigger, ...]:
    """What its policy on over-completion asks for, if that is a reason or a flag."""
    try:
        return rule._own_triggers  # pyright: ignore[reportPrivateUsage]
    except AttributeError:
        return keep(rule, "_own_triggers", _own_triggers(rule))


def _own_triggers(rule: QuantitativeRule) -> tuple[Trigger, ...]:
    over = rule.over_completion
    demand = None if over is None else _DEMANDS.get(over.policy)
    if over is None or demand is None:
        return ()
    status = over.status or rule.status
    own = Trigger(
        on=Gauge.COMPLETION, within=over.within, demand=demand, status=status, note=over.note
    )
    return (own,)


_DEMANDS = {Excess.EXPLAIN: Demand.EXPLAIN, Excess.FLAG: Demand.FLAG}
_OF_A_ROW = (Gauge.COMPLETION, Gauge.ACTUAL_AT_ZERO, Gauge.SCORE_SHARE)


@attrs.frozen(kw_only=True)
class ExecutionRule(Called):
    """The score for budget execution: ``weight`` times the curve over the execution rate.

    Args:
        weight: the points.
        curve: the share of the weight.
        zero_budget: what a budget of 0 gives.
        status: what this rule rests on, where it differs from the rule-set.
        note: a remark.
        denominator: what the amount executed is divided by.
        discretion: the lowest share, where figures alone do not decide.
        measure_rounding: how the rate, in percent, is rounded before the curve is read.
        verified: the day on which a person last compared it with its source, if one did.

    Raises:
        BudgetperfError: no points, a curve leaves the shares from 0 to 1, or a budget of 0 is
            scored as a target is.
    """

    weight: Fraction = attrs.field(converter=to_exact, validator=positive)
    curve: Curve
    zero_budget: ZeroBase = ZeroBase.UNDEFINED
    status: Status | None = None
    note: Text = NO_WORDS
    denominator: ExecutionBase = ExecutionBase.REVISED
    discretion: Curve | None = None
    measure_rounding: ScoreRounding | None = None
    verified: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self)
        shares = beyond_shares(curve=self.curve, discretion=self.discretion)
        raise_together("bad-curve", shares)
        if self.zero_budget is ZeroBase.FULL_IF_MET:
            raise BudgetperfError(
                "no-target",
                Text(
                    zh="预算没有是否完成指标值一说：请改用 full、none 等其他写法",
                    en="a budget is no target that is met: write full, none or another value",
                ),
                field="zero_budget",
            )


@attrs.frozen(kw_only=True)
class Band(Called):
    """A grade of qualitative indicators and the shares of the weight that it admits.

    Args:
        grade: the name of the grade, as the document writes it.
        shares: the shares of the weight that it admits.
        status: what it rests on, where that differs from the rule-set.
        aliases: other names of it, as forms and systems print them.

    Raises:
        BudgetperfError: a share below 0 or above 1 is admitted.
    """

    grade: Text
    shares: Interval
    status: Status | None = None
    aliases: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)
        if not Interval(lower=0, upper=1).covers(self.shares):
            raise BudgetperfError("not-a-share", _no_shares(self.shares), field="shares")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it is printed by, in Chinese."""
        return (self.grade.zh, *self.aliases)


def _no_shares(shares: Interval) -> Text:
    text = 'shares = { lower = "0.8", upper = "1" }'
    return Text(
        zh=f"得分系数的范围 {shares} 不在 0 与 1 之间：80% 至 100% 写成 {text}，两端都要写",
        en=f"the shares {shares} are not from 0 to 1: write 80% to 100% as {text}, both ends",
    )


@attrs.frozen(kw_only=True)
class RatingBand(Called):
    """A rating and the lowest total that earns it (which belongs to it).

    Args:
        rating: the rating, such as 优.
        least: the lowest total, in points.
        status: what it rests on, where that differs from the rule-set.
        most: the highest total, in points, where a document prints bands with gaps, such as
            80-89 below 90-100: of 89.5 it then says nothing. By default it reaches to the next.
    """

    rating: str
    least: Fraction = attrs.field(converter=to_exact, validator=not_negative)
    status: Status | None = None
    most: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(to_exact))

    def __attrs_post_init__(self) -> None:
        check_types(self)


@attrs.frozen(kw_only=True)
class ScoreRounding(Called):
    """How scores are rounded: to so many decimals, by a mode.

    Args:
        places: the number of decimals.
        mode: the mode; half-up by default.

    Raises:
        BudgetperfError: there are more decimals than anything is printed with.
    """

    places: int
    mode: RoundingMode = RoundingMode.HALF_UP

    def __attrs_post_init__(self) -> None:
        check_types(self)
        bounded_places(self.places)


_Directed: TypeAlias = "tuple[dict[Direction, QuantitativeRule | None], ...]"
"""The rules by direction, and those for strict targets."""
_Asked: TypeAlias = "dict[Direction | Missing | None, tuple[Trigger, ...]]"
"""The triggers of a row by the direction of its target; by ``None`` those for any."""


class _Keeping:
    """What a rule-set works out once."""

    __slots__ = ("_asked", "_directed", "_sha256")

    _directed: _Directed
    _asked: _Asked
    _sha256: str


@attrs.frozen(kw_only=True)
class RuleSet(_Keeping, Shown):
    """A dated set of scoring rules. Once released, an id never changes its content.

    What a rule-set does not say is ``None`` and stays unchecked: nothing is filled in.

    Args:
        id: the stable id, of lower-case ASCII letters, digits and hyphens.
        title: its name.
        place: where it is in use.
        status: what it rests on.
        provisions: the documents.
        effective: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as exactly as it is known, or ``""``.
        verified: the day on which a person last compared it with its source, if one did.
        replaces: the id that this one corrects.
        total: the points that all weights add up to.
        execution: the rule for budget execution.
        at_least, at_most, equal: the rules for quantitative indicators by direction.
        qualitative: the bands of qualitative indicators, the best first.
        deviation: the definition of 偏差率.
        score_rounding: how scores are rounded.
        ratings: the bands of the rating, the best first.
        note: a remark.
        until: the last day, month or year in which it is in force, written like ``effective``.
        base: the id that it was derived from.
        above, below: the rules for targets with ``>`` and ``<``, where they are others than those
            for ``≥`` and ``≤``.
        indicators: rules for indicators of a certain name, which come before those by direction.
        layouts: the weights by level-1 heading; several where there are variants.
        not_applicable: what becomes of indicators that do not apply.
        total_caps: totals that are not exceeded, and when.
        triggers: what is asked of the person who fills in the form, and when.
        editable: whether scores of quantitative indicators may be written by hand: another score
            than the one that follows is then a question, and no contradiction.
        directions: the directions of targets that are printed without an operator.

    Raises:
        BudgetperfError: a part has the wrong type, or the parts do not fit each other; several of
            these as a ``ProblemsError``.
    """

    id: str
    title: Text
    status: Status
    place: Text = NO_WORDS
    provisions: tuple[Provision, ...] = ()
    effective: str = ""
    verified: dt.date | None = None
    replaces: str = ""
    total: Fraction = attrs.field(default=FULL_MARKS, converter=to_exact, validator=positive)
    execution: ExecutionRule | None = None
    at_least: QuantitativeRule | None = None
    at_most: QuantitativeRule | None = None
    equal: QuantitativeRule | None = None
    qualitative: tuple[Band, ...] = ()
    deviation: DeviationDefinition | None = None
    score_rounding: ScoreRounding | None = None
    ratings: tuple[RatingBand, ...] = ()
    note: Text = NO_WORDS
    until: str = ""
    base: str = ""
    above: QuantitativeRule | None = None
    below: QuantitativeRule | None = None
    indicators: tuple[IndicatorRule, ...] = ()
    layouts: tuple[WeightLayout, ...] = ()
    not_applicable: NotApplicable | None = None
    total_caps: tuple[TotalCap, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    editable: bool = False
    directions: tuple[DefaultDirection, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)
        raise_together("bad-ruleset", problems_of(self))

    @property
    def sha256(self) -> str:
        """The hash of the content: equal for two rule-sets that say the same."""
        try:
            return self._sha256
        except AttributeError:
            return keep(self, "_sha256", fingerprint(shared_converter().unstructure(self)))

    def rule_for(self, direction: Direction, *, strict: bool = False) -> QuantitativeRule | None:
        """The rule for quantitative targets of a direction, ``strict`` for ``>`` and ``<``."""
        try:
            directed = self._directed
        except AttributeError:
            directed = keep(self, "_directed", self._rules_by_direction())
        return directed[strict].get(direction)

    def _rules_by_direction(self) -> _Directed:
        plain = {
            Direction.AT_LEAST: self.at_least,
            Direction.AT_MOST: self.at_most,
            Direction.EQUAL: self.equal,
        }
        strict = {
            Direction.AT_LEAST: self.above or self.at_least,
            Direction.AT_MOST: self.below or self.at_most,
        }
        return plain, plain | strict

    def default_direction(self, *names: StatedText) -> DefaultDirection | None:
        """The direction of a target without an operator under these headings or of this name."""
        if not self.directions:
            return None
        plain = {*map(plain_name, names), *map(plain_heading, names)} - {""}
        named = (default for default in self.directions if not plain.isdisjoint(default.plain))
        others = (default for default in self.directions if not default.names)
        return next(named, None) or next(others, None)

    def triggers_for(self, direction: Direction | Missing) -> tuple[Trigger, ...]:
        """What is asked of an indicator whose target is of a direction, whatever its rule asks."""
        try:
            asked = self._asked
        except AttributeError:
            asked = keep(self, "_asked", self._triggers_by_direction())
        return asked.get(direction, asked[None])

    def _triggers_by_direction(self) -> _Asked:
        on_rows = [trigger for trigger in self.triggers if trigger.on in _OF_A_ROW]
        return {
            direction: tuple(t for t in on_rows if not t.directions or direction in t.directions)
            for direction in (*Direction, None)
        }

    def rating(self, total: Fraction) -> str | None:
        """The rating that ``total`` points earn; ``None`` if the rule-set has no bands for it."""
        band = self.rating_band(total)
        return None if band is None else band.rating

    def rating_band(self, total: Fraction) -> RatingBand | None:
        """The band in which ``total`` points lie; ``None`` if they lie in none."""
        band = next((band for band in self.ratings if total >= band.least), None)
        return None if band is None or (band.most is not None and total > band.most) else band

    def band(self, grade: str) -> Band | None:
        """The band of a qualitative grade, by its name or another one; ``None`` if it has none."""
        return next((band for band in self.qualitative if grade in band.names), None)

    def __repr__(self) -> str:
        return in_brief(self, f"{self.id}: {self.title.en} ({self.status.value})")


# --- What must hold of the parts of a rule-set together


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
            en=f"{shown(id)} is not an id: use lower-case letters, digits and hyphens, such as "
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
                en=f"{shown(value)} is not a date: write 2024, 2024-05 or 2024-05-31",
            )
            yield Problem(code="bad-date", where=f"$.{name}", message=message)
    if good and rules.effective and rules.until:
        first, last = first_day(rules.effective), last_day(rules.until)
        if last < first:
            message = Text(
                zh=f"截止日 {rules.until} 在施行日 {rules.effective} 之前：请更正其一",
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
    for index, band in enumerate(ratings):
        above = ratings[index - 1].least if index else None
        if band.most is not None and (
            band.most < band.least or (above is not None and band.most >= above)
        ):
            least, most = decimal_text(band.least), decimal_text(band.most)
            upto = "" if above is None else decimal_text(above)
            message = Text(
                zh=f"上限 {most} 须不低于下限 {least}" + (f"，且低于 {upto}" if upto else ""),
                en=f"the highest total {most} must be no lower than {least}"
                + (f", and lower than {upto}" if upto else ""),
            )
            yield Problem(code="ratings-most", where=f"$.ratings[{index}].most", message=message)
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
                continue
            for name in sorted(set(band.names) & set(other.names)):
                where = f"$.qualitative[{index}].aliases"
                yield Problem(code="grade-twice", where=where, message=_twice(name, first))
            common = _overlap(band.shares, other.shares)
            if common is not None:
                message = Text(
                    zh=f"与 {first} 重叠于 {common}：请改上下限",
                    en=f"it has {common} in common with {first}: change a limit",
                )
                where = f"$.qualitative[{index}].shares"
                yield Problem(code="bands-overlap", where=where, message=message)


def _overlap(band: Interval, other: Interval) -> Interval | None:
    """What two different intervals have in common, but for an end where they touch."""
    common = None if band == other else band.intersection(other)
    if common is None or not common.is_point:
        return common
    touch = common.lower in (band.lower, band.upper) and common.lower in (other.lower, other.upper)
    return None if touch else common


def _twice(name: str, first: str) -> Text:
    return Text(
        zh=f"“{name}”已出现在 {first}：请删去其一，或改正名称",
        en=f"{name} is already in {first}: remove one of the two, or correct the name",
    )


def _layouts(rules: RuleSet) -> Iterator[Problem]:
    """A layout that does not add up, with what is missing or too much."""
    execution = Fraction(0) if rules.execution is None else rules.execution.weight
    for index, layout in enumerate(rules.layouts):
        parts = [heading.weight for heading in layout.weights]
        total = sum(parts, start=execution)
        if total == rules.total:
            continue
        terms = " + ".join(map(decimal_text, [execution, *parts] if execution else parts))
        due, off = decimal_text(rules.total), decimal_text(abs(total - rules.total))
        many = total > rules.total
        message = Text(
            zh=f"分值合计 {terms} = {decimal_text(total)}，应为 {due}："
            f"请{'减去' if many else '补上'} {off}（{'含' if execution else '不含'}预算执行）",
            en=f"the weights {terms} add up to {decimal_text(total)}, not {due}: "
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
        need, shares = _NEEDS[over.policy], image.written(percent_text)
        when = over.within.compared(Gauge.COMPLETION.label, percent_text)
        message = Text(
            zh=f"{when.zh} 时规定“{over.policy.label.zh}”，那里的系数{need.zh}，"
            f"而曲线给出的在 {shares} 之内：请改 curve 或 policy",
            en=f"for {when.en} it says {over.policy.value!r}: the share {need.en}, "
            f"but the curve gives {shares}: change curve or policy",
        )
        yield Problem(code="over-completion", where=f"$.{name}.over_completion", message=message)


_NEEDS = {
    Excess.NONE: Text(zh="都须是 100%", en="must be 100%"),
    Excess.ZERO: Text(zh="都须是 0", en="must be 0"),
    Excess.DEDUCT: Text(zh="须低于 100%", en="must fall below 100%"),
    Excess.TIERS: Text(
        zh="须分档：每档之内水平（left、right 处跳跃），至少一档低于 100%",
        en="goes by tiers, each of them level (a jump is written with left or right), and "
        "at least one of them below 100%",
    ),
}


def _measures(
    rule: QuantitativeRule, over: OverCompletion, deviation: DeviationDefinition | None
) -> Interval | None:
    """The completions that a policy is about, as what the curve is drawn over, for a target > 0.

    ``None`` where they cannot be told: a deviation in points depends on the target.
    """
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

"""What a rule-set says, in words: the same for plain text, for notebooks and for pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from budgetperf.citations import Provision, Status
from budgetperf.exact import Interval, Text, decimal_text
from budgetperf.rules.curve import Curve, percent_text
from budgetperf.rules.policies import (
    Gauge,
    IndicatorRule,
    OverCompletion,
    Steps,
    TotalCap,
    Trigger,
    WeightLayout,
)
from budgetperf.rules.ruleset import (
    Band,
    ExecutionRule,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    ScoreRounding,
)

__all__ = [
    "Drawn",
    "Fact",
    "Said",
    "Section",
    "facts",
    "interval_text",
    "sections",
    "standing_text",
]


@attrs.frozen(kw_only=True)
class Said:
    """A statement.

    Args:
        text: what is said.
        status: what it rests on, where that is said with it.
        is_code: whether it is an id or a hash.
    """

    text: Text
    status: Status | None = None
    is_code: bool = False


@attrs.frozen(kw_only=True)
class Fact:
    """One thing known of the whole rule-set, and what it is; several if there are several."""

    label: Text
    values: tuple[Said, ...]


@attrs.frozen(kw_only=True)
class Drawn:
    """A curve, what it shows, and what it is drawn over."""

    title: Text
    curve: Curve
    measure: Text

    @property
    def reach(self) -> Text:
        """What the curve says between its knots and beyond them."""
        domain = self.curve.domain
        if domain.lower is None and domain.upper is None:
            return Text(
                zh="各点之间取直线，首尾两点之外取水平线",
                en="straight lines between the knots, level beyond the first and the last",
            )
        within = interval_text(domain)
        return Text(
            zh=f"只规定了 {within}，之外不作推定；各点之间取直线",
            en=f"said for {within} only, nothing is assumed outside; "
            "straight lines between the knots",
        )


@attrs.frozen(kw_only=True)
class Section:
    """What a rule-set says of one thing.

    Args:
        anchor: an ASCII name, different from that of the other sections.
        title: what it is about.
        status: what it rests on, where it differs from the rule-set.
        curves: the curves, the one that counts first.
        head: the heads of a table; empty if there is none.
        rows: its rows.
        said: what else is said.
    """

    anchor: str
    title: Text
    status: Status | None = None
    curves: tuple[Drawn, ...] = ()
    head: tuple[Text, ...] = ()
    rows: tuple[tuple[Said, ...], ...] = ()
    said: tuple[Said, ...] = ()


def facts(rules: RuleSet) -> tuple[Fact, ...]:
    """What is known of it as a whole, without its title, its status and its note."""
    return tuple(_facts(rules))


def sections(rules: RuleSet) -> tuple[Section, ...]:
    """All that the rule-set rules, a section for each thing."""
    return tuple(_sections(rules))


def standing_text(status: Status) -> Text:
    """What a rule rests on; said aloud where that is no official text."""
    label = status.label
    if status.is_official:
        return label
    return Text(zh=f"注意，非官方文本：{label.zh}", en=f"caution, not an official text: {label.en}")


def interval_text(interval: Interval) -> str:
    """An interval in percent, such as ``[60%, 80%)``; a point as its value."""
    if interval.is_point and interval.lower is not None:
        return percent_text(interval.lower)
    left = "[" if interval.lower_closed else "("
    right = "]" if interval.upper_closed else ")"
    low = "-∞" if interval.lower is None else percent_text(interval.lower)
    high = "∞" if interval.upper is None else percent_text(interval.upper)
    return f"{left}{low}, {high}{right}"


def _compared(name: Text, within: Interval, *, percent: bool) -> Text:
    """A condition: ``完成率 ≥ 130%``, ``60% ≤ 完成率 < 80%``; none where any value will do.

    >>> _compared(Text(zh="总分", en="total"), Interval(upper=80), percent=False).zh
    '总分 ≤ 80'
    """
    written = percent_text if percent else decimal_text
    lower, upper = within.lower, within.upper
    if lower is None and upper is None:
        return Text(zh="一律", en="always")
    if lower is not None and lower == upper:
        return _around("", name, f" = {written(lower)}")
    above = "" if upper is None else f" {'≤' if within.upper_closed else '<'} {written(upper)}"
    if lower is None:
        return _around("", name, above)
    if upper is None:
        return _around("", name, f" {'≥' if within.lower_closed else '>'} {written(lower)}")
    return _around(f"{written(lower)} {'≤' if within.lower_closed else '<'} ", name, above)


def _listed(words: Iterable[Text]) -> Text:
    """Words one after the other, as each language lists them."""
    several = tuple(words)
    return Text(
        zh="、".join(word.zh for word in several), en=", ".join(word.en for word in several)
    )


def _facts(rules: RuleSet) -> Iterator[Fact]:
    yield _fact("标识", "id", _code(rules.id))
    yield _fact("地区", "place", *_sentences(rules.place))
    yield _fact("施行", "effective", *_plain(rules.effective))
    if rules.until:
        yield _fact("止于", "in force until", *_plain(rules.until))
    never = Said(text=Text(zh="从未", en="never"))
    day = _plain("" if rules.verified is None else rules.verified.isoformat())
    yield _fact("与原文核对的日期", "last compared with its source", *(day or (never,)))
    if rules.replaces:
        yield _fact("更正", "corrects", _code(rules.replaces))
    if rules.base:
        yield _fact("由此派生", "derived from", _code(rules.base))
    yield _fact("文件", "documents", *map(_document, rules.provisions))
    yield _fact("分值合计", "weights add up to", *_plain(decimal_text(rules.total)))
    yield _fact("得分舍入", "rounding of scores", Said(text=_rounding(rules.score_rounding)))
    if rules.deviation is not None:
        yield _fact("偏差率口径", "deviation", Said(text=rules.deviation.label))
    silent = _sentences(_listed(_silent(rules)))
    yield _fact("没有规定（不作推定）", "not said (nothing is assumed)", *silent)
    yield _fact("内容哈希", "sha256", _code(rules.sha256))


def _document(one: Provision) -> Said:
    name = Text(
        zh=one.document.zh + "、".join(_once(one.article.zh, one.articles)),
        en=one.document.en + "、".join(_once(one.article.en, one.articles)),
    )
    number = one.number if one.number not in one.document.zh else ""
    addresses = ", ".join(_once(one.address, one.addresses))
    likely = Text(zh="", en="") if one.likelihood is None else one.likelihood.label
    day = "" if one.verified is None else one.verified.isoformat()
    parts = [
        (one.issuer, one.issuer.zh),
        (_same(number), number),
        (Text(zh=f"{one.published} 发布", en=f"published {one.published}"), one.published),
        (_compared_on(day), day),
        (Text(zh=f"见 {addresses}", en=f"read at {addresses}"), addresses),
        (Text(zh=f"内容：{likely.zh}", en=f"as to its content: {likely.en}"), likely.zh),
    ]
    given = [text for text, known in parts if known]
    note = Text(zh=f"（{one.note.zh}）", en=f" ({one.note.en})") if one.note.zh else _NOTHING
    zh = "，".join((name.zh, *(text.zh for text in given)))
    en = ", ".join((name.en, *(text.en for text in given)))
    return Said(text=Text(zh=zh + note.zh, en=en + note.en), status=one.status)


def _once(one: str, more: tuple[str, ...]) -> Iterable[str]:
    return dict.fromkeys(filter(None, (one, *more)))


def _rounding(rounding: ScoreRounding | None) -> Text:
    if rounding is None:
        return Text(zh="不舍入", en="none")
    mode = rounding.mode.label
    return Text(
        zh=f"{mode.zh}到 {rounding.places} 位小数", en=f"{mode.en}, to {rounding.places} decimals"
    )


def _silent(rules: RuleSet) -> Iterator[Text]:
    for name, said in (
        (_EXECUTION, rules.execution),
        (Text(zh="正向（≥）", en="≥"), rules.at_least),
        (Text(zh="反向（≤）", en="≤"), rules.at_most),
        (Text(zh="等于（=）", en="="), rules.equal),
        (Text(zh="定性", en="qualitative"), rules.qualitative or None),
        (Text(zh="偏差率口径", en="the definition of the deviation"), rules.deviation),
        (Text(zh="评价等级", en="ratings"), rules.ratings or None),
    ):
        if said is None:
            yield name


def _sections(rules: RuleSet) -> Iterator[Section]:
    if rules.execution is not None:
        yield _execution(rules.execution)
    yield from _by_direction(rules)
    for number, one in enumerate(rules.indicators, start=1):
        yield _indicator(one, f"indicator-{number}")
    if rules.qualitative:
        yield Section(
            anchor="qualitative",
            title=Text(zh="定性指标", en="Qualitative indicators"),
            head=(Text(zh="等级", en="grade"), _SHARE),
            rows=tuple(map(_band, rules.qualitative)),
        )
    if rules.layouts:
        yield Section(
            anchor="layouts",
            title=Text(zh="分值结构", en="Weights by heading"),
            head=(Text(zh="情形", en="case"), Text(zh="分值", en="weights")),
            rows=tuple(_layout(one, rules) for one in rules.layouts),
        )
    if rules.not_applicable is not None:
        yield Section(
            anchor="not-applicable",
            title=Text(zh="不适用的指标", en="What does not apply"),
            said=(Said(text=rules.not_applicable.label),),
        )
    if rules.total_caps:
        yield Section(
            anchor="caps",
            title=Text(zh="总分上限", en="Caps on the total"),
            said=tuple(map(_cap, rules.total_caps)),
        )
    if rules.triggers:
        yield Section(
            anchor="triggers",
            title=Text(zh="须说明或标出的情形", en="What must be explained or is flagged"),
            said=tuple(map(_trigger, rules.triggers)),
        )
    if rules.ratings:
        yield Section(
            anchor="ratings",
            title=Text(zh="评价等级", en="Ratings"),
            head=(Text(zh="等级", en="rating"), Text(zh="总分", en="total")),
            rows=tuple(map(_rating, rules.ratings)),
        )


def _execution(rule: ExecutionRule) -> Section:
    base = rule.denominator.label
    measure = Text(
        zh=f"执行率（全年执行数 ÷ {base.zh}）", en=f"execution rate (executed / {base.en})"
    )
    title = _weighted(Text(zh="预算执行", en="Budget execution"), rule.weight)
    at_zero = Text(
        zh=f"预算为 0 时：{rule.zero_budget.label.zh}",
        en=f"with a budget of 0: {rule.zero_budget.label.en}",
    )
    return Section(
        anchor="execution",
        title=title,
        status=rule.status,
        curves=_drawn(rule, title, measure),
        said=_sentences(
            _measure_rounding(rule.measure_rounding), at_zero, rule.note, _day(rule.verified)
        ),
    )


def _by_direction(rules: RuleSet) -> Iterator[Section]:
    high = "≥" if rules.above else "≥、>"
    low = "≤" if rules.below else "≤、<"
    for anchor, zh, signs, rule in (
        ("at-least", "正向指标", high, rules.at_least),
        ("above", "正向指标", ">", rules.above),
        ("at-most", "反向指标", low, rules.at_most),
        ("below", "反向指标", "<", rules.below),
        ("equal", "等于指标", "=", rules.equal),
    ):
        if rule is not None:
            en = f"Indicators with {signs.replace('、', ' or ')}"
            yield _direction(anchor, Text(zh=f"{zh}（{signs}）", en=en), rule)


def _direction(anchor: str, title: Text, rule: QuantitativeRule) -> Section:
    zero = rule.zero_target.label
    at_zero = Text(zh=f"指标值为 0 时：{zero.zh}", en=f"with a target of 0: {zero.en}")
    over = () if rule.over_completion is None else (_over_completion(rule.over_completion),)
    return Section(
        anchor=anchor,
        title=title,
        status=rule.status,
        curves=_drawn(rule, title, rule.measure.label),
        said=(
            *over,
            *_sentences(
                _measure_rounding(rule.measure_rounding), at_zero, rule.note, _day(rule.verified)
            ),
        ),
    )


def _drawn(rule: ExecutionRule | QuantitativeRule, title: Text, measure: Text) -> tuple[Drawn, ...]:
    main = Drawn(title=title, curve=rule.curve, measure=measure)
    if rule.discretion is None:
        return (main,)
    lowest = Text(
        zh="有理由扣分时的最低得分系数", en="The lowest share that a reasoned deduction leaves"
    )
    return (main, Drawn(title=lowest, curve=rule.discretion, measure=measure))


def _indicator(one: IndicatorRule, anchor: str) -> Section:
    """The rule for indicators of certain names; in words where its curve depends on a weight."""
    names = (*one.names, *one.headings)
    title = Text(zh="、".join(names), en=", ".join(names))
    if one.weight is not None:
        title = _weighted(title, one.weight)
    listed, only = ", ".join(one.headings), _listed(way.label for way in one.directions)
    zh, en = (f"（只限{only.zh}）", f" that is {only.en}") if one.directions else ("", "")
    under = Text(
        zh=f"用于标题 {'、'.join(one.headings)} 下的全部指标{zh}",
        en=f"for every indicator{en} under the headings {listed}",
    )
    return Section(
        anchor=anchor,
        title=title,
        status=one.status,
        curves=_by_actual(one, title),
        said=_sentences(
            under if one.headings else None,
            None if one.steps is None else _steps(one.steps),
            None if one.not_applicable is None else one.not_applicable.label,
            one.note,
            _day(one.verified),
        ),
    )


def _by_actual(one: IndicatorRule, title: Text) -> tuple[Drawn, ...]:
    if one.steps is not None and one.weight is None:
        return ()
    measure = Text(zh="实际完成值", en="actual value")
    curve, lowest = one.curves(one.weight or Fraction(1))
    main = Drawn(title=title, curve=curve, measure=measure)
    if lowest is None:
        return (main,)
    least = Text(
        zh="不足一步按一步计时的得分系数", en="The share if part of a step counts as a step"
    )
    return (main, Drawn(title=least, curve=lowest, measure=measure))


def _steps(steps: Steps) -> Text:
    start, width = percent_text(steps.start), percent_text(steps.width)
    loss, counting = decimal_text(steps.loss), steps.counting.label
    zh, en = ("高", "above") if steps.above else ("低", "below")
    points = "point" if steps.loss == 1 else "points"
    return Text(
        zh=f"以 {start} 为准，每{zh} {width} 扣 {loss} 分，扣完为止（{counting.zh}）",
        en=f"{loss} {points} for each {width} {en} {start}, until nothing is left ({counting.en})",
    )


def _over_completion(over: OverCompletion) -> Said:
    when = _compared(Gauge.COMPLETION.label, over.within, percent=True)
    return Said(text=_noted(_colon(when, over.policy.label), over.note), status=over.status)


def _band(band: Band) -> tuple[Said, ...]:
    return (Said(text=band.grade, status=band.status), *_plain(interval_text(band.shares)))


def _rating(band: RatingBand) -> tuple[Said, ...]:
    rating = Said(text=_same(band.rating), status=band.status)
    return (rating, *_plain(f"≥ {decimal_text(band.least)}"))


def _layout(layout: WeightLayout, rules: RuleSet) -> tuple[Said, ...]:
    """When a layout is used, and its weights as a sum."""
    parts = [_around("", _same(w.level1), f" {decimal_text(w.weight)}") for w in layout.weights]
    if rules.execution is not None:
        parts.append(_around("", _EXECUTION, f" {decimal_text(rules.execution.weight)}"))
    total = decimal_text(rules.total)
    weights = Text(
        zh=f"{' + '.join(part.zh for part in parts)} = {total}",
        en=f"{' + '.join(part.en for part in parts)} = {total}",
    )
    case = layout.variant if layout.variant.zh else _same("—")
    case = _noted(case, _day(layout.verified) or _NOTHING)
    return (Said(text=case, status=layout.status), Said(text=weights))


def _cap(cap: TotalCap) -> Said:
    when = _compared(cap.on.label, cap.within, percent=cap.on not in _PLAIN)
    most = decimal_text(cap.most)
    then = Text(zh=f"总分不超过 {most}", en=f"the total does not exceed {most}")
    if cap.unless_explained:
        then = Text(zh=f"{then.zh}，已说明原因的除外", en=f"{then.en}, unless a reason is stated")
    return Said(text=_noted(_colon(when, then), cap.note), status=cap.status)


def _trigger(trigger: Trigger) -> Said:
    when = _compared(trigger.on.label, trigger.within, percent=trigger.on not in _PLAIN)
    demand = trigger.demand.label
    if trigger.directions:
        names = _listed(direction.label for direction in trigger.directions)
        demand = Text(
            zh=f"{demand.zh}（只用于：{names.zh}）", en=f"{demand.en} (only for: {names.en})"
        )
    return Said(text=_noted(_colon(when, demand), trigger.note), status=trigger.status)


_NOTHING = Text(zh="", en="")
_EXECUTION = Text(zh="预算执行", en="budget execution")
_SHARE = Text(zh="得分系数", en="share of the weight")
_PLAIN = (Gauge.ACTUAL_AT_ZERO, Gauge.TOTAL)
"""What is not given in percent."""


def _measure_rounding(rounding: ScoreRounding | None) -> Text | None:
    if rounding is None:
        return None
    how = _rounding(rounding)
    return Text(
        zh=f"横轴以百分数计，先{how.zh}", en=f"the measure, in percent, is rounded first: {how.en}"
    )


def _day(verified: dt.date | None) -> Text | None:
    return None if verified is None else _compared_on(verified.isoformat())


def _compared_on(day: str) -> Text:
    return Text(zh=f"{day} 与原文核对", en=f"compared with its source on {day}")


def _sentences(*texts: Text | None) -> tuple[Said, ...]:
    return tuple(Said(text=text) for text in texts if text is not None and text.zh)


def _noted(text: Text, note: Text) -> Text:
    return Text(zh=f"{text.zh}（{note.zh}）", en=f"{text.en} ({note.en})") if note.zh else text


def _colon(when: Text, then: Text) -> Text:
    return Text(zh=f"{when.zh}：{then.zh}", en=f"{when.en}: {then.en}")


def _weighted(title: Text, weight: Fraction) -> Text:
    points = decimal_text(weight)
    return Text(zh=f"{title.zh}：分值 {points}", en=f"{title.en}: weight {points}")


def _around(before: str, text: Text, after: str) -> Text:
    return Text(zh=f"{before}{text.zh}{after}", en=f"{before}{text.en}{after}")


def _fact(zh: str, en: str, *values: Said) -> Fact:
    return Fact(label=Text(zh=zh, en=en), values=values)


def _plain(text: str) -> tuple[Said, ...]:
    return (Said(text=_same(text)),) if text else ()


def _code(text: str) -> Said:
    return Said(text=_same(text), is_code=True)


def _same(text: str) -> Text:
    return Text(zh=text, en=text)

"""What a rule-set says, in words: the same for plain text, for notebooks and for pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from budgetperf.citations import Provision, Status
from budgetperf.exact import COLON, COMMA, LIST, NO_WORDS, Interval, Text, decimal_text, in_brackets
from budgetperf.rules.curve import Curve, percent_text
from budgetperf.rules.policies import (
    Deduction,
    DefaultDirection,
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
    Measure,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    ScoreRounding,
)

__all__ = [
    "EXECUTION",
    "NO_RULESET",
    "RULESET",
    "SHARE",
    "Drawn",
    "Fact",
    "Said",
    "Section",
    "facts",
    "named",
    "sections",
    "standing_text",
]

EXECUTION = Text(zh="预算执行", en="budget execution")
SHARE = Text(zh="得分系数", en="share of the weight")
"""What the values of a curve are."""
NO_RULESET = Text(
    zh="规则集：未指定（需要规则集的关系不作判定）",
    en="rule-set: none chosen (relations that need one are unchecked)",
)
RULESET = Text(zh="规则集：", en="rule-set: ")
"""What stands before the name of one."""


def named(rules: RuleSet | None) -> Text:
    """The rule-set that something was done by, in one line, with what it rests on."""
    if rules is None:
        return NO_RULESET
    return RULESET + rules.id + " · " + rules.title + " · " + rules.status.label


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
                zh="相邻两点之间按直线计算，首尾两点之外按水平线计算",
                en="straight lines between knots, level before the first and after the last",
            )
        within = _in_percent(domain)
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
        remarks: what else is said.
    """

    anchor: str
    title: Text
    status: Status | None = None
    curves: tuple[Drawn, ...] = ()
    head: tuple[Text, ...] = ()
    rows: tuple[tuple[Said, ...], ...] = ()
    remarks: tuple[Said, ...] = ()


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
    return COLON.join((_UNOFFICIAL, label))


_UNOFFICIAL = Text(zh="注意（非官方文本）", en="caution (not an official text)")


def _in_percent(values: Interval) -> str:
    """A range such as ``[60%, 80%)``; a point as its value."""
    value = values.lower if values.is_point else None
    return values.written(percent_text) if value is None else percent_text(value)


def _facts(rules: RuleSet) -> Iterator[Fact]:
    yield _fact("标识", "id", _code(rules.id))
    yield _fact("地区", "place", *_sentences(rules.place))
    yield _fact("施行", "effective", *_plain(rules.effective))
    if rules.until:
        yield _fact("止于", "in force until", *_plain(rules.until))
    never = Said(text=Text(zh="尚未核对", en="never"))
    day = _plain("" if rules.verified is None else rules.verified.isoformat())
    yield _fact("与原文核对日期", "last compared with its source", *(day or (never,)))
    if rules.replaces:
        yield _fact("更正", "corrects", _code(rules.replaces))
    if rules.base:
        yield _fact("由此派生", "derived from", _code(rules.base))
    yield _fact("文件", "documents", *map(_document, rules.provisions))
    yield _fact("分值合计", "weights add up to", *_plain(decimal_text(rules.total)))
    yield _fact("得分舍入", "rounding of scores", Said(text=_rounding(rules.score_rounding)))
    if rules.editable:
        yield _fact("手工得分", "scores by hand", Said(text=_EDITABLE))
    if rules.deviation is not None:
        yield _fact("偏差率口径", "deviation", Said(text=rules.deviation.label))
    silent = _sentences(LIST.join(_silent(rules)))
    yield _fact("未作规定（不作推定）", "not covered (nothing is assumed)", *silent)
    yield _fact("内容哈希", "sha256", _code(rules.sha256))


def _document(provision: Provision) -> Said:
    articles = ", ".join(_once(provision.article.en, provision.articles))
    name = Text(
        zh=provision.document.zh + "、".join(_once(provision.article.zh, provision.articles)),
        en=f"{provision.document.en} {articles}".strip(),
    )
    number = provision.number if provision.number not in provision.document.zh else ""
    addresses = ", ".join(_once(provision.address, provision.addresses))
    unrecorded = LIST.join(_unrecorded(provision))
    likely = NO_WORDS if provision.likelihood is None else provision.likelihood.label
    day = "" if provision.verified is None else provision.verified.isoformat()
    parts: list[tuple[Text, object]] = [
        (name, True),
        (provision.issuer, provision.issuer),
        (Text.of(number), number),
        (Text(zh="{} 发布", en="published {}").fill(provision.published), provision.published),
        (_COMPARED_ON.fill(day), day),
        (Text(zh="见 {}", en="read at {}").fill(addresses), addresses),
        (Text(zh="内容：{}", en="on its content: {}").fill(likely), likely),
        (Text(zh="未记录：{}", en="not recorded: {}").fill(unrecorded), unrecorded),
    ]
    text = COMMA.join(part for part, known in parts if known)
    return Said(text=text + in_brackets(provision.note), status=provision.status)


def _unrecorded(provision: Provision) -> Iterator[Text]:
    """What is not known of a document: the article, the print and the day of reading."""
    if not provision.article and not provision.articles:
        yield Text(zh="条款", en="article")
    if not provision.address and not provision.addresses:
        yield Text(zh="在哪里读到", en="where it was read")
    if provision.verified is None:
        yield Text(zh="核对日期", en="day of reading")


def _once(first: str, more: tuple[str, ...]) -> Iterable[str]:
    return dict.fromkeys(filter(None, (first, *more)))


def _rounding(rounding: ScoreRounding | None) -> Text:
    if rounding is None:
        return Text(zh="不舍入", en="none")
    to_places = Text(zh="{}到 {} 位小数", en="{}, to {} decimals")
    return to_places.fill(rounding.mode.label, rounding.places)


def _silent(rules: RuleSet) -> Iterator[Text]:
    for name, ruled in (
        (EXECUTION, rules.execution),
        (Text(zh="正向（≥）", en="≥"), rules.at_least),
        (Text(zh="反向（≤）", en="≤"), rules.at_most),
        (Text(zh="等于（=）", en="="), rules.equal),
        (Text(zh="定性", en="qualitative"), rules.qualitative or None),
        (Text(zh="偏差率口径", en="the definition of the deviation"), rules.deviation),
        (Text(zh="评价等级", en="ratings"), rules.ratings or None),
    ):
        if ruled is None:
            yield name


def _sections(rules: RuleSet) -> Iterator[Section]:
    if rules.execution is not None:
        yield _execution(rules.execution)
    yield from _by_direction(rules)
    for number, rule in enumerate(rules.indicators, start=1):
        yield _indicator(rule, f"indicator-{number}")
    if rules.qualitative:
        yield Section(
            anchor="qualitative",
            title=Text(zh="定性指标", en="Qualitative indicators"),
            head=(Text(zh="等级", en="grade"), SHARE),
            rows=tuple(map(_band, rules.qualitative)),
        )
    if rules.layouts:
        yield Section(
            anchor="layouts",
            title=Text(zh="分值结构", en="Weights by heading"),
            head=(Text(zh="情形", en="case"), Text(zh="分值", en="weights")),
            rows=tuple(_layout(layout, rules) for layout in rules.layouts),
        )
    if rules.directions:
        yield Section(
            anchor="directions",
            title=Text(zh="没有运算符的指标值", en="Targets without an operator"),
            remarks=tuple(map(_default, rules.directions)),
        )
    if rules.not_applicable is not None:
        yield Section(
            anchor="not-applicable",
            title=Text(zh="不适用的指标", en="Indicators that do not apply"),
            remarks=(Said(text=rules.not_applicable.label),),
        )
    if rules.total_caps:
        yield Section(
            anchor="caps",
            title=Text(zh="总分上限", en="Caps on the total"),
            remarks=tuple(map(_cap, rules.total_caps)),
        )
    if rules.triggers:
        yield Section(
            anchor="triggers",
            title=Text(zh="须说明或标示的情形", en="What must be explained, and what is flagged"),
            remarks=tuple(map(_trigger, rules.triggers)),
        )
    if rules.ratings:
        yield Section(
            anchor="ratings",
            title=Text(zh="评价等级", en="Ratings"),
            head=(Text(zh="等级", en="rating"), Text(zh="总分", en="total")),
            rows=tuple(map(_rating, rules.ratings)),
        )


def _execution(rule: ExecutionRule) -> Section:
    measure = Text(zh="执行率（全年执行数 ÷ {}）", en="execution rate (executed / {})")
    title = _weighted(Text(zh="预算执行", en="Budget execution"), rule.weight)
    at_zero = COLON.join((_AT_NO_BUDGET, rule.zero_budget.label))
    return Section(
        anchor="execution",
        title=title,
        status=rule.status,
        curves=_drawn(rule, title, measure.fill(rule.denominator.label)),
        remarks=_sentences(
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
    at_zero = COLON.join((_AT_NO_TARGET, rule.zero_target.label))
    over = () if rule.over_completion is None else (_over_completion(rule.over_completion),)
    return Section(
        anchor=anchor,
        title=title,
        status=rule.status,
        curves=_drawn(rule, title, rule.measure.label),
        remarks=(
            *over,
            *(_deduction(deduction, rule) for deduction in rule.deductions),
            *_sentences(
                _measure_rounding(rule.measure_rounding), at_zero, rule.note, _day(rule.verified)
            ),
        ),
    )


def _deduction(deduction: Deduction, rule: QuantitativeRule) -> Said:
    when = deduction.within.compared(rule.measure.label, percent_text)
    off = Text(zh="另扣 {} 分（扣到 0 为止）", en="{} points are taken off, down to 0")
    text = COLON.join((when, off.fill(decimal_text(deduction.points))))
    return Said(text=text + in_brackets(deduction.note), status=deduction.status)


def _default(default: DefaultDirection) -> Said:
    """The direction that is taken where the print leaves it out, and for what."""
    all_others = Text(zh="其余指标", en="all others")
    names = LIST.join(default.names) if default.names else all_others
    return Said(text=COLON.join((names, default.direction.label)), status=default.status)


def _drawn(rule: ExecutionRule | QuantitativeRule, title: Text, measure: Text) -> tuple[Drawn, ...]:
    main = Drawn(title=title, curve=rule.curve, measure=measure)
    if rule.discretion is None:
        return (main,)
    lowest = Text(zh="有理由扣分时的最低得分系数", en="The lowest share after a reasoned deduction")
    return (main, Drawn(title=lowest, curve=rule.discretion, measure=measure))


def _indicator(rule: IndicatorRule, anchor: str) -> Section:
    """The rule for indicators of certain names; in words where its curve depends on a weight."""
    names = (*rule.names, *rule.headings)
    title = LIST.join(names)
    if rule.weight is not None:
        title = _weighted(title, rule.weight)
    only = Text(zh="（只限{}）", en=" that is {}").fill(LIST.join(d.label for d in rule.directions))
    under = Text(
        zh="用于标题 {headings} 下的全部指标{only}",
        en="for every indicator{only} under the headings {headings}",
    ).fill(headings=LIST.join(rule.headings), only=only if rule.directions else "")
    return Section(
        anchor=anchor,
        title=title,
        status=rule.status,
        curves=_by_actual(rule, title),
        remarks=_sentences(
            under if rule.headings else None,
            None if rule.steps is None else _steps(rule.steps),
            None if rule.not_applicable is None else rule.not_applicable.label,
            rule.note,
            _day(rule.verified),
        ),
    )


def _by_actual(rule: IndicatorRule, title: Text) -> tuple[Drawn, ...]:
    if rule.steps is not None and rule.weight is None:
        return ()
    measure = Text(zh="实际完成值", en="actual value")
    if rule.of_completion:
        measure = Measure.COMPLETION.label
    curve, lowest = rule.curves(rule.weight or Fraction(1))
    main = Drawn(title=title, curve=curve, measure=measure)
    if lowest is None:
        return (main,)
    if rule.discretion is not None:
        return (main, Drawn(title=_LOWEST, curve=lowest, measure=measure))
    least = Text(
        zh="不足一个扣分单位按一个计时的得分系数",
        en="The share if part of a step counts as a whole step",
    )
    return (main, Drawn(title=least, curve=lowest, measure=measure))


def _steps(steps: Steps) -> Text:
    return Text(
        zh="以 {start} 为准，每{way} {width} 扣 {loss} 分，扣完为止",
        en="{loss} {points} for each {width} {way} {start}, until nothing is left",
    ).fill(
        start=percent_text(steps.start),
        width=percent_text(steps.width),
        loss=decimal_text(steps.loss),
        points="point" if steps.loss == 1 else "points",
        way=Text(zh="高", en="above") if steps.above else Text(zh="低", en="below"),
    ) + in_brackets(steps.counting.label)


def _over_completion(over: OverCompletion) -> Said:
    when = over.within.compared(Gauge.COMPLETION.label, percent_text)
    words = COLON.join((when, over.policy.label)) + in_brackets(over.note)
    return Said(text=words, status=over.status)


def _band(band: Band) -> tuple[Said, ...]:
    also = COLON.join((_ALSO, LIST.join(map(Text.of, band.aliases)))) if band.aliases else NO_WORDS
    grade = band.grade + in_brackets(also)
    return (Said(text=grade, status=band.status), *_plain(_in_percent(band.shares)))


def _rating(band: RatingBand) -> tuple[Said, ...]:
    rating = Said(text=Text.of(band.rating), status=band.status)
    least = decimal_text(band.least)
    if band.most is not None:
        return (rating, *_plain(f"{least}–{decimal_text(band.most)}"))
    return (rating, *_plain(f"≥ {least}"))


def _layout(layout: WeightLayout, rules: RuleSet) -> tuple[Said, ...]:
    """When a layout is used, and its weights as a sum."""
    parts: list[Text | str] = [f"{w.level1} {decimal_text(w.weight)}" for w in layout.weights]
    if rules.execution is not None:
        parts.append(EXECUTION + f" {decimal_text(rules.execution.weight)}")
    weights = Text.of(" + ").join(parts) + f" = {decimal_text(rules.total)}"
    case = layout.variant or Text.of("—")
    case += in_brackets(_day(layout.verified) or NO_WORDS)
    return (Said(text=case, status=layout.status), Said(text=weights))


def _cap(cap: TotalCap) -> Said:
    when = _when(cap)
    then = Text(zh="总分不超过 ", en="the total does not exceed ") + decimal_text(cap.most)
    if cap.unless_explained:
        then += Text(zh="，已说明原因的除外", en=", unless a reason is stated")
    return Said(text=COLON.join((when, then)) + in_brackets(cap.note), status=cap.status)


def _when(rule: TotalCap | Trigger) -> Text:
    return rule.within.compared(rule.on.label, decimal_text if rule.on in _PLAIN else percent_text)


def _trigger(trigger: Trigger) -> Said:
    when = _when(trigger)
    demand = trigger.demand.label
    if trigger.directions:
        names = LIST.join(direction.label for direction in trigger.directions)
        demand += in_brackets(COLON.join((Text(zh="只用于", en="only for"), names)))
    return Said(text=COLON.join((when, demand)) + in_brackets(trigger.note), status=trigger.status)


_LOWEST = Text(
    zh="只看数字不能确定时的最低得分系数", en="The lowest share where figures do not decide"
)
_ALSO = Text(zh="也写作", en="also written")
_EDITABLE = Text(
    zh="定量指标的得分可以手工填写或修改，与计算结果不同时只提请复核",
    en="quantitative scores may be entered or edited by hand; one that differs from the rule "
    "is to be reviewed",
)
_AT_NO_BUDGET = Text(zh="预算为 0 时", en="with a budget of 0")
_AT_NO_TARGET = Text(zh="指标值为 0 时", en="with a target of 0")
_COMPARED_ON = Text(zh="{} 与原文核对", en="compared with its source on {}")
_PLAIN = (Gauge.ACTUAL_AT_ZERO, Gauge.TOTAL)
"""What is not given in percent."""


def _measure_rounding(rounding: ScoreRounding | None) -> Text | None:
    if rounding is None:
        return None
    first = Text(zh="横轴以百分数计，先", en="the measure, in percent, is rounded first: ")
    return first + _rounding(rounding)


def _day(verified: dt.date | None) -> Text | None:
    return None if verified is None else _COMPARED_ON.fill(verified)


def _sentences(*texts: Text | None) -> tuple[Said, ...]:
    return tuple(Said(text=text) for text in texts if text)


def _weighted(title: Text, weight: Fraction) -> Text:
    return COLON.join((title, Text(zh="分值 ", en="weight ") + decimal_text(weight)))


def _fact(zh: str, en: str, *values: Said) -> Fact:
    return Fact(label=Text(zh=zh, en=en), values=values)


def _plain(text: str) -> tuple[Said, ...]:
    return (Said(text=Text.of(text)),) if text else ()


def _code(text: str) -> Said:
    return Said(text=Text.of(text), is_code=True)

"""A rule-set in a notebook: what it rests on, its curves, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from budgetperf.exact import Interval, Text, decimal_text
from budgetperf.exact.markup import Markup, facts, joined, label, sheet, table, tag

from .curve import Curve, percent_text
from .picture import curve_figure
from .policies import IndicatorRule, Steps
from .ruleset import ExecutionRule, QuantitativeRule, RuleSet, Status

__all__ = ["ruleset_html", "ruleset_line", "standing"]


def ruleset_html(rules: RuleSet, *, lang: str = "zh") -> str:
    """The rule-set as HTML, in full."""
    return sheet(*_parts(rules, lang), lang=lang)


def standing(status: Status, lang: str) -> Markup:
    """What a rule rests on; said aloud where that is no official text."""
    if status in (Status.TEXT, Status.FORM):
        return label(status.label.pick(lang), "good")
    aloud = Text(
        zh=f"注意，非官方文本：{status.label.zh}",
        en=f"caution, not an official text: {status.label.en}",
    )
    return label(aloud.pick(lang), "warn")


def ruleset_line(rules: RuleSet | None, lang: str) -> Markup:
    """The rule-set that something was done by, with what it rests on."""
    if rules is None:
        none = Text(
            zh="规则集：未指定（需要规则集的关系不作判定）",
            en="rule-set: none chosen (what needs one is unchecked)",
        )
        return tag("p", none.pick(lang))
    name = Text(zh="规则集：", en="rule-set: ").pick(lang), tag("code", rules.id), " "
    return tag("p", *name, rules.title.pick(lang), " ", standing(rules.status, lang))


def _parts(rules: RuleSet, lang: str) -> Iterator[str]:
    yield tag("p", rules.title.pick(lang), cls="bp-title")
    yield tag("p", standing(rules.status, lang))
    if rules.note.pick(lang):
        yield tag("p", rules.note.pick(lang))
    yield facts((name.pick(lang), value) for name, value in _facts(rules, lang))
    for title, rule in _by_direction(rules):
        if rule is not None:
            yield tag("div", *_rule(title, rule, lang), cls="bp-card")
    for one in rules.indicators:
        yield tag("div", *_indicator(one, lang), cls="bp-card")
    if rules.qualitative:
        yield table(
            Text(zh="等级|得分系数", en="grade|share of the weight").pick(lang).split("|"),
            [(band.grade.pick(lang), _percents(band.shares)) for band in rules.qualitative],
            caption=Text(zh="定性指标", en="Qualitative indicators").pick(lang),
            cls="bp-facts",
        )
    if rules.ratings:
        yield table(
            Text(zh="等级|总分", en="rating|total").pick(lang).split("|"),
            [(band.rating, f"≥ {decimal_text(band.least)}") for band in rules.ratings],
            caption=Text(zh="评价等级", en="Ratings").pick(lang),
            cls="bp-facts",
        )


def _facts(rules: RuleSet, lang: str) -> Iterator[tuple[Text, str]]:
    yield Text(zh="标识", en="id"), tag("code", rules.id)
    yield Text(zh="地区", en="place"), rules.place.pick(lang) or "—"
    yield Text(zh="施行", en="effective"), rules.effective or "—"
    never = Text(zh="从未", en="never").pick(lang)
    compared = Text(zh="与原文核对的日期", en="last compared with its source")
    yield compared, rules.verified.isoformat() if rules.verified else never
    if rules.replaces:
        yield Text(zh="更正", en="corrects"), tag("code", rules.replaces)
    documents = joined(_documents(rules, lang), Markup("<br>"))
    yield Text(zh="文件", en="documents"), documents or "—"
    yield Text(zh="分值合计", en="weights add up to"), decimal_text(rules.total)
    yield Text(zh="得分舍入", en="rounding of scores"), _rounding(rules, lang)
    if rules.deviation is not None:
        yield Text(zh="偏差率口径", en="deviation"), rules.deviation.label.pick(lang)
    silent = Text(zh="、", en=", ").pick(lang).join(_silent(rules, lang))
    yield Text(zh="没有规定（不作推定）", en="not said (nothing is assumed)"), silent or "—"
    yield Text(zh="内容哈希", en="sha256"), tag("code", rules.sha256)


def _documents(rules: RuleSet, lang: str) -> Iterator[Markup]:
    for one in rules.provisions:
        when = Text(zh=f"，{one.published} 发布", en=f", published {one.published}").pick(lang)
        note = Text(zh=f"（{one.note.zh}）", en=f" ({one.note.en})").pick(lang)
        yield joined(
            (
                f"{one.document}{one.article}",
                when if one.published else "",
                note if one.note.pick(lang) else "",
                " ",
                standing(one.status, lang),
            )
        )


def _rounding(rules: RuleSet, lang: str) -> str:
    rounding = rules.score_rounding
    if rounding is None:
        return Text(zh="不舍入", en="none").pick(lang)
    mode = rounding.mode.label
    return Text(
        zh=f"{mode.zh}到 {rounding.places} 位小数", en=f"{mode.en}, to {rounding.places} decimals"
    ).pick(lang)


def _silent(rules: RuleSet, lang: str) -> Iterator[str]:
    for name, said in (
        (Text(zh="预算执行", en="budget execution"), rules.execution),
        (Text(zh="正向（≥）", en="≥"), rules.at_least),
        (Text(zh="反向（≤）", en="≤"), rules.at_most),
        (Text(zh="等于（=）", en="="), rules.equal),
        (Text(zh="定性", en="qualitative"), rules.qualitative or None),
        (Text(zh="偏差率口径", en="the definition of the deviation"), rules.deviation),
        (Text(zh="评价等级", en="ratings"), rules.ratings or None),
    ):
        if said is None:
            yield name.pick(lang)


def _by_direction(
    rules: RuleSet,
) -> Iterator[tuple[Text, QuantitativeRule | ExecutionRule | None]]:
    high = "≥" if rules.above else "≥、>"
    low = "≤" if rules.below else "≤、<"
    yield Text(zh="预算执行", en="Budget execution"), rules.execution
    for zh, signs, rule in (
        ("正向指标", high, rules.at_least),
        ("正向指标", ">", rules.above),
        ("反向指标", low, rules.at_most),
        ("反向指标", "<", rules.below),
        ("等于指标", "=", rules.equal),
    ):
        yield Text(zh=f"{zh}（{signs}）", en=f"Indicators with {signs.replace('、', ' or ')}"), rule


def _rule(title: Text, rule: QuantitativeRule | ExecutionRule, lang: str) -> Iterator[str]:
    if isinstance(rule, ExecutionRule):
        weight = decimal_text(rule.weight)
        title = Text(zh=f"{title.zh}：分值 {weight}", en=f"{title.en}: weight {weight}")
        base = rule.denominator.label
        measure = Text(
            zh=f"执行率（全年执行数 ÷ {base.zh}）", en=f"execution rate (executed / {base.en})"
        )
        zero = Text(zh="预算为 0 时", en="with a budget of 0"), rule.zero_budget.label
    else:
        measure = rule.measure.label
        zero = Text(zh="指标值为 0 时", en="with a target of 0"), rule.zero_target.label
    if rule.status is not None:
        yield tag("p", standing(rule.status, lang))
    yield _curve(rule.curve, title, measure, lang)
    name, policy = zero
    at_zero = Text(zh=f"{name.zh}：{policy.zh}", en=f"{name.en}: {policy.en}")
    for said in (_outside(rule.curve), at_zero, rule.note):
        if said.pick(lang):
            yield tag("p", said.pick(lang))
    if rule.discretion is not None:
        lowest = Text(
            zh="有理由扣分时的最低得分系数", en="The lowest share that a reasoned deduction leaves"
        )
        yield _curve(rule.discretion, lowest, measure, lang)


def _indicator(one: IndicatorRule, lang: str) -> Iterator[str]:
    """The rule for indicators of certain names; in words where its curve depends on a weight."""
    names = one.names or one.headings
    title = Text(zh="、".join(names), en=", ".join(names))
    if one.weight is not None:
        weight = decimal_text(one.weight)
        title = Text(zh=f"{title.zh}：分值 {weight}", en=f"{title.en}: weight {weight}")
    if one.status is not None:
        yield tag("p", standing(one.status, lang))
    measure = Text(zh="实际完成值", en="actual value")
    if one.steps is None or one.weight is not None:
        curve, lowest = one.curves(one.weight or Fraction(1))
        yield _curve(curve, title, measure, lang)
        if lowest is not None:
            least = Text(
                zh="不足一步按一步计时的得分系数", en="The share if part of a step counts as a step"
            )
            yield _curve(lowest, least, measure, lang)
    else:
        yield tag("p", tag("b", title.pick(lang)))
    steps = None if one.steps is None else _steps(one.steps)
    for said in (steps, one.not_applicable and one.not_applicable.label, one.note):
        if said is not None and said.pick(lang):
            yield tag("p", said.pick(lang))


def _steps(steps: Steps) -> Text:
    start, width = percent_text(steps.start), percent_text(steps.width)
    loss, counting = decimal_text(steps.loss), steps.counting.label
    zh, en = ("高", "above") if steps.above else ("低", "below")
    return Text(
        zh=f"以 {start} 为准，每{zh} {width} 扣 {loss} 分，扣完为止（{counting.zh}）",
        en=f"{loss} points for each {width} {en} {start}, until nothing is left ({counting.en})",
    )


def _curve(curve: Curve, title: Text, measure: Text, lang: str) -> Markup:
    """The knots, with the values beside them if the curve jumps; and the picture."""
    head = [measure.pick(lang), Text(zh="得分系数", en="share of the weight").pick(lang)]
    rows = [[percent_text(knot.x), percent_text(knot.y)] for knot in curve.knots]
    if any(knot.left is not None or knot.right is not None for knot in curve.knots):
        head.append(Text(zh="刚好低于此处", en="just below").pick(lang))
        head.append(Text(zh="刚好高于此处", en="just above").pick(lang))
        for row, knot in zip(rows, curve.knots, strict=True):
            row += [percent_text(knot.before), percent_text(knot.after)]
    numbers = ["bp-number"] * len(head)
    knots = table(head, rows, caption=title.pick(lang), kinds=numbers, cls="bp-facts")
    picture = curve_figure(curve, title=title, measure=measure, lang=lang)
    return tag("div", knots, picture, cls="bp-beside")


def _outside(curve: Curve) -> Text:
    """What the curve says between its knots and beyond them."""
    if curve.domain.lower is None and curve.domain.upper is None:
        return Text(
            zh="各点之间取直线，首尾两点之外取水平线",
            en="straight lines between the knots, level beyond the first and the last",
        )
    within = _percents(curve.domain)
    return Text(
        zh=f"只规定了 {within}，之外不作推定；各点之间取直线",
        en=f"said for {within} only, nothing is assumed outside; straight lines between the knots",
    )


def _percents(interval: Interval) -> str:
    if interval.is_point and interval.lower is not None:
        return percent_text(interval.lower)
    left = "[" if interval.lower_closed else "("
    right = "]" if interval.upper_closed else ")"
    low = "-∞" if interval.lower is None else percent_text(interval.lower)
    high = "∞" if interval.upper is None else percent_text(interval.upper)
    return f"{left}{low}, {high}{right}"

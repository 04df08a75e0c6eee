"""What a rule-set says is said in full, in plain text and in a notebook, in both languages."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator

import pytest

from budgetperf import Direction, Interval, RoundingMode, RuleSet, Text
from budgetperf import rules as rulebook
from budgetperf.citations import Likelihood
from budgetperf.display.html.ruleset import ruleset_html
from budgetperf.display.text.ruleset import ruleset_text
from budgetperf.exact import decimal_text
from budgetperf.rules import (
    Band,
    Counting,
    Curve,
    Demand,
    Excess,
    ExecutionBase,
    ExecutionRule,
    Gauge,
    IndicatorRule,
    Knot,
    LevelWeight,
    Measure,
    NotApplicable,
    OverCompletion,
    Provision,
    QuantitativeRule,
    RatingBand,
    ScoreRounding,
    Status,
    Steps,
    TotalCap,
    Trigger,
    WeightLayout,
    ZeroBase,
)
from tests.markup import display
from tests.strategies import crossed

LANGUAGES = ("zh", "en")
FORMS = ("text", "html")
every_display = pytest.mark.parametrize("form", FORMS)
every_language = pytest.mark.parametrize("lang", LANGUAGES)
every_rule_set = pytest.mark.parametrize("rules", rulebook.shipped(), ids=lambda rules: rules.id)


@functools.cache
def lines(rules: RuleSet, form: str, lang: str) -> list[str]:
    """What is said together: the lines of the text; the paragraphs and rows of the HTML."""
    if form == "text":
        return ruleset_text(rules, lang).splitlines()
    sheet = display(ruleset_html(rules, lang=lang))
    return [node.text for kind in ("p", "tr", "caption") for node in sheet.all(kind)]


def assert_said(shown: list[str], *words: str) -> None:
    """One line has all of these words."""
    assert any(all(word in line for word in words) for line in shown), words


def ends(within: Interval, *, percent: bool) -> list[str]:
    values = [end for end in (within.lower, within.upper) if end is not None]
    return [f"{decimal_text(end * 100)}%" if percent else decimal_text(end) for end in values]


PLAIN = ("actual-at-zero-target", "total")
"""What a trigger looks at that is no share of anything."""


@pytest.mark.law
@every_rule_set
@every_display
@every_language
def test_every_number_of_a_policy_is_said(rules: RuleSet, form: str, lang: str) -> None:
    shown = lines(rules, form, lang)
    for layout in rules.layouts:
        weights = [f"{level.level1} {decimal_text(level.weight)}" for level in layout.weights]
        assert_said(shown, layout.variant.pick(lang), *weights, f"= {decimal_text(rules.total)}")
    for cap in rules.total_caps:
        bounds = ends(cap.within, percent=cap.on.value not in PLAIN)
        assert_said(shown, cap.on.label.pick(lang), *bounds, decimal_text(cap.most))
    for trigger in rules.triggers:
        bounds = ends(trigger.within, percent=trigger.on.value not in PLAIN)
        always = Text(zh="一律", en="always")
        when = [trigger.on.label.pick(lang), *bounds] if bounds else [always.pick(lang)]
        demand = trigger.demand.label.pick(lang)
        directions = [direction.label.pick(lang) for direction in trigger.directions]
        assert_said(shown, *when, demand, *directions)
    for over in over_completions(rules):
        threshold = f"{'≥' if over.inclusive else '>'} {decimal_text(over.threshold * 100)}%"
        assert_said(shown, threshold, over.policy.label.pick(lang), over.note.pick(lang))
    for rule in rules.indicators:
        weight = [] if rule.weight is None else [decimal_text(rule.weight)]
        assert_said(shown, *rule.names, *rule.headings, *weight)
        if rule.steps is not None:
            start, width = (
                f"{decimal_text(v * 100)}%" for v in (rule.steps.start, rule.steps.width)
            )
            counting = rule.steps.counting.label.pick(lang)
            assert_said(shown, start, width, decimal_text(rule.steps.loss), counting)


def over_completions(rules: RuleSet) -> Iterator[OverCompletion]:
    for rule in curved(rules):
        if isinstance(rule, QuantitativeRule) and rule.over_completion is not None:
            yield rule.over_completion


def curved(rules: RuleSet) -> list[ExecutionRule | QuantitativeRule]:
    execution = [] if rules.execution is None else [rules.execution]
    directions = (rules.at_least, rules.above, rules.at_most, rules.below, rules.equal)
    return [*execution, *(rule for rule in directions if rule is not None)]


@pytest.mark.parametrize(
    ("id", "form_and_lang"), crossed(rulebook.ids(), [*itertools.product(FORMS, LANGUAGES)])
)
def test_every_word_is_said(id: str, form_and_lang: tuple[str, str]) -> None:
    rules, (form, lang) = rulebook.get(id), form_and_lang
    shown = lines(rules, form, lang)
    notes = [rules.title, rules.place, rules.note, rules.status.label]
    notes += [rule.note for rule in curved(rules)]
    notes += [trigger.note for trigger in rules.triggers]
    notes += [cap.note for cap in rules.total_caps]
    notes += [rule.note for rule in rules.indicators]
    for note in notes:
        assert_said(shown, note.pick(lang))
    for word in (rules.id, rules.effective, rules.until, rules.base, rules.replaces, rules.sha256):
        assert_said(shown, word)
    for provision in rules.provisions:
        name, article = provision.document.pick(lang), provision.article.pick(lang)
        words = (
            name,
            article,
            provision.number,
            provision.published,
            provision.address,
            *provision.articles,
        )
        words = (
            *words,
            *provision.addresses,
            provision.likelihood.label.pick(lang) if provision.likelihood else "",
        )
        together = (
            provision.issuer.pick(lang),
            provision.note.pick(lang),
            provision.status.label.pick(lang),
        )
        if form == "text":
            assert_said(shown, *words, *together)
        else:
            assert all(word in "".join(shown) for word in (*words, *together))
    if rules.execution is not None:
        assert_said(shown, decimal_text(rules.execution.weight))
        assert_said(shown, rules.execution.denominator.label.pick(lang))
        assert_said(shown, rules.execution.zero_budget.label.pick(lang))
    if rules.not_applicable is not None:
        assert_said(shown, rules.not_applicable.label.pick(lang))
    if rules.score_rounding is not None:
        rounding = rules.score_rounding
        assert_said(shown, rounding.mode.label.pick(lang), str(rounding.places))
    for band in rules.qualitative:
        assert_said(shown, band.grade.pick(lang), *ends(band.shares, percent=True))
    for rating in rules.ratings:
        least, most = decimal_text(rating.least), rating.most
        limits = f"≥ {least}" if most is None else f"{least}–{decimal_text(most)}"
        assert_said(shown, rating.rating, limits)


@every_rule_set
@every_language
def test_the_curves_are_told_in_the_text(rules: RuleSet, lang: str) -> None:
    shown = ruleset_text(rules, lang).splitlines()
    for rule in curved(rules):
        for curve in filter(None, (rule.curve, rule.discretion)):
            for row in curve.to_table():
                assert_said(shown, row.where.pick(lang), row.share.pick(lang))


WORDS = Text(zh="附注", en="a remark")
LEVEL = Curve(knots=(Knot(x=0, y=1),))
DAY = dt.date(2025, 3, 4)
MADE_UP = RuleSet(
    id="made-up",
    title=Text(zh="某办法", en="some measures"),
    status=Status.TEXT,
    effective="2024",
    until="2025-06",
    base="older",
    replaces="mistaken",
    provisions=(
        Provision(
            document="某办法",
            status=Status.FORM,
            issuer=Text(zh="某局", en="a bureau"),
            number="某财〔2024〕1号",
            article="第三条",
            articles=("第三条", "第五条"),
            published="2024-02",
            verified=DAY,
            address="example.org/a_b",
        ),
        Provision(
            document=Text(zh="乙办法", en="measures of B"),
            status=Status.UNVERIFIED,
            likelihood=Likelihood.UNCERTAIN,
            article=Text(zh="附件2", en="annex 2"),
            addresses=("example.org/c", "example.org/d"),
        ),
    ),
    execution=ExecutionRule(
        weight=10,
        curve=LEVEL,
        denominator=ExecutionBase.INITIAL,
        measure_rounding=ScoreRounding(places=2),
        verified=DAY,
    ),
    at_least=QuantitativeRule(
        measure=Measure.COMPLETION,
        curve=LEVEL,
        over_completion=OverCompletion(
            policy=Excess.EXPLAIN,
            threshold="1.5",
            inclusive=False,
            status=Status.OBSERVED,
            note=WORDS,
        ),
    ),
    below=QuantitativeRule(measure=Measure.INVERSE, curve=LEVEL, zero_target=ZeroBase.FULL),
    indicators=(
        IndicatorRule(
            names=("甲率",),
            headings=("满意度",),
            steps=Steps(start=1, width="0.05", loss=2, counting=Counting.PART),
        ),
    ),
    qualitative=(Band(grade=WORDS, shares=Interval.point(1), status=Status.UNVERIFIED),),
    layouts=(
        WeightLayout(
            weights=(LevelWeight(level1="产出", weight=60), LevelWeight(level1="效益", weight=30)),
            status=Status.OBSERVED,
            verified=DAY,
        ),
    ),
    not_applicable=NotApplicable.RESCALE,
    total_caps=(
        TotalCap(
            on=Gauge.ADJUSTMENT,
            within=Interval(lower="0.3", upper="0.5", upper_closed=False),
            most=90,
            unless_explained=True,
            note=WORDS,
        ),
        TotalCap(on=Gauge.EXECUTION, within=Interval.point(0), most=60),
    ),
    triggers=(
        Trigger(on=Gauge.COMPLETION, within=Interval(), directions=(Direction.QUALITATIVE,)),
        Trigger(on=Gauge.TOTAL, within=Interval(upper=80), demand=Demand.MEASURES),
        Trigger(
            on=Gauge.COMPLETION,
            within=Interval(lower="1.2", lower_closed=False),
            directions=(Direction.AT_LEAST, Direction.EQUAL),
            note=WORDS,
            status=Status.IMPLEMENTATION,
        ),
    ),
    score_rounding=ScoreRounding(places=1, mode=RoundingMode.DOWN),
    ratings=(RatingBand(rating="优", least=90, status=Status.FORM),),
)


@every_display
@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (
            "某局，某财〔2024〕1号，2024-02 发布，2025-03-04 与原文核对，见 example.org/a_b",
            "a bureau, 某财〔2024〕1号, published 2024-02, compared with its source on 2025-03-04",
        ),
        (
            "某办法第三条、第五条，某局",
            "某财〔2024〕1号, published 2024-02, compared with its source on 2025-03-04, read at",
        ),
        ("2025-06", "2025-06"),
        ("older", "older"),
        ("mistaken", "mistaken"),
        ("截断到 1 位小数", "by truncation, to 1 decimals"),
        ("执行率（全年执行数 ÷ 年初预算数）", "execution rate (executed / initial budget)"),
        (
            "横轴以百分数计，先四舍五入到 2 位小数",
            "the measure, in percent, is rounded first: half-up, to 2 decimals",
        ),
        ("2025-03-04 与原文核对", "compared with its source on 2025-03-04"),
        (
            "完成率 > 150%：须说明原因（附注）",
            "completion > 150%: a reason must be given (a remark)",
        ),
        ("反向指标（<）", "Indicators with <"),
        ("甲率、满意度", "甲率, 满意度"),
        ("用于标题 满意度 下的全部指标", "for every indicator under the headings 满意度"),
        (
            "以 100% 为准，每低 5% 扣 2 分，扣完为止（不足一个扣分单位按一个计）",
            "2 points for each 5% below 100%, until nothing is left (part of a step counts",
        ),
        ("产出 60 + 效益 30 + 预算执行 10 = 100", "产出 60 + 效益 30 + budget execution 10 = 100"),
        ("—（2025-03-04 与原文核对）", "— (compared with its source on 2025-03-04)"),
        (
            "剔除不适用的指标，其余换算为满分",
            "indicators that do not apply are left out, the rest rescaled",
        ),
        (
            "30% ≤ 预算调整率（绝对值） < 50%：总分不超过 90，已说明原因的除外（附注）",
            "< 50%: the total does not exceed 90, unless a reason is stated (a remark)",
        ),
        ("预算执行率 = 0%：总分不超过 60", "execution rate = 0%: the total does not exceed 60"),
        (
            "总分 ≤ 80：须填报存在的问题和整改措施",
            "total ≤ 80: problems and measures must be stated",
        ),
        (
            "完成率 > 120%：须说明原因（只用于：正向（≥）、等于（=））（附注）",
            "completion > 120%: a reason must be given (only for: at least, equal) (a remark)",
        ),
    ],
)
def test_how_policies_are_worded(form: str, zh: str, en: str) -> None:
    assert_said(lines(MADE_UP, form, "zh"), zh)
    assert_said(lines(MADE_UP, form, "en"), en)


@every_display
def test_what_is_not_official_is_said_beside_each_part(form: str) -> None:
    shown = lines(MADE_UP, form, "zh")
    caution = "注意（非官方文本）"
    assert_said(shown, "完成率 > 150%", f"{caution}：据公开报告推得")
    assert_said(shown, "产出 60", f"{caution}：据公开报告推得")
    assert_said(shown, "完成率 > 120%", f"{caution}：系统实现")
    assert_said(shown, "附注", "100%", f"{caution}：未核实")
    assert_said(shown, "优", "公开表样", "≥ 90")
    assert [line for line in shown if "总分 ≤ 80" in line and caution in line] == []


@every_display
def test_weights_without_budget_execution(form: str) -> None:
    parts = (LevelWeight(level1="产出", weight=70), LevelWeight(level1="效益", weight=30))
    layout = WeightLayout(weights=parts, variant=WORDS)
    rules = RuleSet(id="none", title=WORDS, status=Status.FORM, layouts=(layout,))
    assert_said(lines(rules, form, "zh"), "附注", "产出 70 + 效益 30 = 100")


@every_display
def test_a_rule_set_that_says_nothing(form: str) -> None:
    empty = RuleSet(id="none", title=Text(zh="空", en="none"), status=Status.FORM)
    shown = lines(empty, form, "en")
    assert_said(shown, "published form")
    assert_said(shown, "documents", "—")
    nothing = "budget execution, ≥, ≤, =, qualitative, the definition of the deviation, ratings"
    assert_said(shown, "not covered (nothing is assumed)", nothing)
    assert not any("caution" in line for line in shown)

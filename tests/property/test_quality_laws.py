"""Laws of the checks on how indicators are set: whatever the rows, and wherever they stand."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    Direction,
    Figure,
    Finding,
    Indicator,
    Missing,
    RoundingMode,
    RuleSet,
    Statement,
    Target,
    Verdict,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing import relations
from budgetperf.auditing.checks import quality
from budgetperf.exact.figure import read_figure
from budgetperf.rules import get
from budgetperf.scoring.gauges import gives_reason
from tests.factories import form, typed

CHECKS = {
    "Q01": quality.numbers,
    "Q02": quality.operators,
    "Q03": quality.unquantified,
    "Q05": quality.shortfalls,
}
RELATIONS = {relation.id: relation for relation in relations()}
NO_REASON = ["", " ", "无", "无。", "无偏差", "无偏差。"]
SILENT_CELLS = ["", "—", "***", "未达到监控节点", "7,00.0,77"]

units = st.sampled_from(["", "%", "‰", "百分比", "件", "个", "人", "名", "次", "元", "万元", "倍"])
operators = st.sampled_from(["", "≥", ">", "≤", "<", "="])
amounts = st.decimals(0, 200, places=1).map(str)
numbers = st.builds("{}{}{}".format, operators, amounts, units)
words = st.sampled_from(["有效提升", "显著", "及时", "年底前", "达成", "完成", "无", "2021年底"])
cells = st.one_of(numbers, words, st.sampled_from(SILENT_CELLS))
reasons = st.one_of(st.sampled_from(NO_REASON), st.sampled_from(["疫情影响", "年中调整计划"]))
headings = st.sampled_from(["数量指标", "成本指标", "满意度指标", "质量指标"])
names = st.sampled_from(["覆盖率", "完成率", "购置成本", "居民满意度", "投诉次数", "成本节约率"])
scores = st.one_of(st.just(Missing()), st.just(Figure(value=2, rounding=None)))
rulesets = st.sampled_from([None, get("yitihua-default")])


@st.composite
def indicators(draw: st.DrawFn, name: str = "") -> Indicator:
    """A row; `name` makes it another one than the rest."""
    return Indicator(
        level1=draw(headings),
        level2=draw(headings),
        name=draw(names) + name,
        target=Target.parse(draw(cells)),
        actual=read_figure(draw(cells)),
        score=draw(scores),
        explanation=draw(reasons),
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """Rows of different names."""
    count = draw(st.integers(1, 5))
    return tuple(draw(indicators(name=f"（{number}）")) for number in range(count))


def findings(id: str, report: Report, rules: RuleSet | None = None) -> list[Finding]:
    return list(CHECKS[id](RELATIONS[id], report, rules))


def asked(report: Report, rules: RuleSet | None = None) -> Counter[tuple[str, str]]:
    return Counter(
        (id, f.relation) for id in CHECKS for f in findings(id, report, rules) if _is_asked(f)
    )


def _is_asked(finding: Finding) -> bool:
    return finding.reason == "review" or finding.verdict is Verdict.INCONSISTENT


ONE_MEASURE = [["元", "万元", "亿元"], ["%", "‰", "百分比"], ["件", "万件"], ["人", "名"], [""]]


@given(target=amounts, actual=amounts, operator=operators, data=st.data())
def test_numbers_of_one_measure_are_never_asked_about(
    target: str, actual: str, operator: str, data: st.DataObject
) -> None:
    unit = st.sampled_from(data.draw(st.sampled_from(ONE_MEASURE)))
    row = Indicator(
        name="指标",
        target=Target.parse(f"{operator}{target}{data.draw(unit)}"),
        actual=Figure.parse(f"{actual}{data.draw(unit)}"),
    )
    assert [f.verdict for f in findings("Q01", form(row))] == [Verdict.EXACT]


@given(row=indicators())
def test_only_two_kinds_or_words_contradict_a_number(row: Indicator) -> None:
    """Money against rates, against counts, against words; a bare number against nothing."""
    kinds = {"": "", "%": "%", "‰": "%", "百分比": "%", "倍": "%", "元": "元", "万元": "元"}
    target, actual = row.target.value, row.actual
    for finding in findings("Q01", form(row)):
        wrong = False
        if isinstance(target, Figure) and isinstance(actual, Figure):
            pair = {kinds.get(figure.unit.symbol, "counted") for figure in (target, actual)}
            wrong = len(pair) == 2 and "" not in pair
        elif isinstance(target, Figure) and isinstance(actual, Missing):
            wrong = actual.text in ("有效提升", "显著", "及时", "年底前", "达成", "完成")
        assert (finding.verdict is Verdict.INCONSISTENT) == wrong


@given(rows=tables(), reason=st.text(min_size=1).filter(gives_reason),
       rules=rulesets, data=st.data())  # fmt: skip
def test_an_explanation_never_adds_a_question(
    rows: tuple[Indicator, ...], reason: str, rules: RuleSet | None, data: st.DataObject
) -> None:
    before = asked(form(*rows), rules)
    place = data.draw(st.integers(0, len(rows) - 1))
    explained = list(rows)
    explained[place] = attrs.evolve(rows[place], explanation=reason)
    after = asked(form(*explained), rules)
    assert after <= before
    gone = before - after
    assert all(id == "Q05" and f"[{place}]" in relation for id, relation in gone)


def _is_missed(target: Target, actual: Figure) -> bool:
    """Whether no true value behind the print, of 0 or more, reaches the target."""
    half = Fraction(0) if actual.is_exact else Fraction(1, 2 * 10**actual.places)
    value, due = Fraction(actual.value), Fraction(typed(Figure, target.value).value)
    if target.direction in (Direction.AT_LEAST, Direction.EQUAL):
        if actual.is_exact and not target.strict:
            return value < due
        return value + half <= due  # the upper end is none of the values, or is not enough
    if target.direction is Direction.AT_MOST:
        return value - half >= due if target.strict else value - half > due
    return False


@given(
    operator=operators,
    unit=st.sampled_from(["", "%", "次"]),
    due=st.integers(0, 40),
    value=st.integers(0, 40),
    places=st.integers(0, 1),
    mode=st.sampled_from([None, RoundingMode.HALF_UP]),
    text=reasons,
    table=reasons,
)
def test_a_shortfall_is_asked_about_just_where_it_is_sure_and_not_explained(
    operator: str,
    unit: str,
    due: int,
    value: int,
    places: int,
    mode: RoundingMode | None,
    text: str,
    table: str,
) -> None:
    """In tenths around each other, so that ends meet."""
    printed = f"{value // 10}.{value % 10}" if places else str(value // 10)
    actual = Figure(value=printed, unit=unit, rounding=mode)
    row = Indicator(
        name="指标", target=Target.parse(f"{operator}{due // 10}.{due % 10}{unit}"), actual=actual
    )
    report = Report(
        narrative=Statement(indicators=(attrs.evolve(row, explanation=text),)),
        form=Statement(indicators=(attrs.evolve(row, explanation=table),)),
    )
    explained = not {text, table} <= set(NO_REASON)
    missed = _is_missed(row.target, actual)
    expected = [None if explained else "review"] * 2 if missed else []
    assert [f.reason for f in findings("Q05", report)] == expected


def _said(report: Report, rules: RuleSet | None) -> Counter[object]:
    """What is said of a report, without where the rows stand."""
    return Counter(
        (id, f.verdict, f.reason, frozenset((o.label.zh, str(o.stated)) for o in f.operands))
        for id in CHECKS
        for f in findings(id, report, rules)
    )


@given(text=tables(), table=tables(), rules=rulesets, chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(
    text: tuple[Indicator, ...],
    table: tuple[Indicator, ...],
    rules: RuleSet | None,
    chance: random.Random,
) -> None:
    def mixed(rows: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(chance.sample(rows, len(rows)))

    straight, shuffled = (
        Report(narrative=Statement(indicators=a), form=Statement(indicators=b))
        for a, b in ((text, table), (mixed(text), mixed(table)))
    )
    assert _said(straight, rules) == _said(shuffled, rules)


@given(rows=tables(), rules=rulesets)
def test_text_and_form_are_judged_alike(rows: tuple[Indicator, ...], rules: RuleSet | None) -> None:
    whole = Statement(indicators=rows)

    def plain(report: Report) -> list[tuple[str, Verdict, str | None, str, str]]:
        return [
            (
                id,
                f.verdict,
                f.reason,
                f.why.zh.replace("正文", "附表"),
                f.relation.replace("narrative.", "form."),
            )
            for id in CHECKS
            for f in findings(id, report, rules)
        ]

    table = plain(Report(form=whole))
    assert plain(Report(narrative=whole)) == table
    assert Counter(plain(Report(narrative=whole, form=whole))) == Counter(table * 2)


@given(rows=tables(), rules=rulesets)
def test_every_finding_names_its_figures_and_says_why(
    rows: tuple[Indicator, ...], rules: RuleSet | None
) -> None:
    for id in CHECKS:
        for finding in findings(id, form(*rows), rules):
            assert finding.code == id
            assert finding.why.zh
            assert finding.why.en
            assert finding.subject.zh
            assert finding.operands
            assert all(operand.path.startswith("form.indicators[") for operand in finding.operands)
            assert (finding.verdict is Verdict.INCONSISTENT) <= (id == "Q01")
            assert (finding.verdict is Verdict.UNCHECKED) == (finding.reason is not None)

"""What rests on something else than its rule-set does says so wherever it is shown."""

from __future__ import annotations

from typing import Any, cast

import attrs
import pytest

from budgetperf import (
    Figure,
    Indicator,
    Interval,
    RuleSet,
    Scorecard,
    Text,
    audit,
    parse_figure,
    scorecard,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.display.data.scores import scorecard_data
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.display.text.scorecard import scorecard_text
from budgetperf.rules import (
    Band,
    Demand,
    Excess,
    ExecutionRule,
    Gauge,
    IndicatorRule,
    Measure,
    NotApplicable,
    OverCompletion,
    QuantitativeRule,
    RatingBand,
    Status,
    TotalCap,
    Trigger,
)
from tests.factories import PROPORTIONAL, RULES, form, stated, unscored
from tests.markup import display

LANGUAGES = ("zh", "en")
UNOFFICIAL = (Status.IMPLEMENTATION, Status.OBSERVED, Status.UNVERIFIED)
AT_LEAST = QuantitativeRule(measure=Measure.COMPLETION, curve=PROPORTIONAL)
EXECUTION = ExecutionRule(weight=10, curve=PROPORTIONAL)


def row(target: str, actual: str, weight: str = "90", **parts: Any) -> Indicator:
    return unscored(
        target, stated(actual) if actual[0].isdigit() else parse_figure(actual), weight, **parts
    )


def report(*rows: Indicator, executed: str = "5", **parts: Figure) -> Report:
    return form(*rows, initial="5元", revised="5元", executed=f"{executed}元", **parts)


def shown(card: Scorecard) -> dict[str, dict[str, str]]:
    """The card in both displays and both languages, row by row and the rest as ``total``."""
    displays = dict[str, dict[str, str]]()
    for lang in LANGUAGES:
        lines = scorecard_text(card, lang).splitlines()
        after = len(card.lines) + 2
        displays[f"text {lang}"] = {
            "execution": lines[2],
            "row": lines[after - 1],
            "total": "\n".join(lines[after:]),
        }
        sheet = display(scorecard_html(card, lang=lang))
        (table,) = sheet.all("table")
        paragraphs = [node.text for node in sheet.all("p")]
        displays[f"html {lang}"] = {
            "execution": " ".join(table.rows[0]),
            "row": " ".join(table.rows[-1]),
            "total": "\n".join(paragraphs[2:]),
        }
    return displays


def assert_said(card: Scorecard, where: str, status: Status) -> None:
    """Said there, and nowhere else."""
    for display_name, parts in shown(card).items():
        label = status.label.pick(display_name[-2:])
        assert [name for name, words in parts.items() if label in words] == [where], display_name


def assert_silent(card: Scorecard) -> None:
    for parts in shown(card).values():
        for words in parts.values():
            for status in Status:
                assert status.label.zh not in words
                assert status.label.en not in words


def over(policy: Excess, status: Status | None) -> QuantitativeRule:
    return attrs.evolve(
        AT_LEAST, over_completion=OverCompletion(policy=policy, threshold="1.3", status=status)
    )


def parts_of(status: Status) -> dict[str, tuple[RuleSet, Indicator, str]]:
    """Each part that may rest on something of its own: the rule-set, a row, and where it is due."""
    at_least = attrs.evolve(AT_LEAST, status=status)
    grade = Band(grade=Text(zh="好", en="good"), shares=Interval.point(1), status=status)
    named = IndicatorRule(names=("某指标",), curve=PROPORTIONAL, status=status)
    left_out = attrs.evolve(named, not_applicable=NotApplicable.FULL)
    caps = (TotalCap(on=Gauge.EXECUTION, within=Interval(), most=80, status=status),)
    rating = RatingBand(rating="优", least=90, status=status)
    flag = Trigger(on=Gauge.SCORE_SHARE, within=Interval(), demand=Demand.FLAG, status=status)
    warn = Trigger(on=Gauge.TOTAL, within=Interval(), demand=Demand.WARN, status=status)
    execution = attrs.evolve(EXECUTION, status=status)
    return {
        "execution": (attrs.evolve(RULES, execution=execution), row("≥5", "5"), "execution"),
        "direction": (attrs.evolve(RULES, at_least=at_least), row("≥5", "5"), "row"),
        "grade": (attrs.evolve(RULES, qualitative=(grade,)), row("好", "好"), "row"),
        "name": (attrs.evolve(RULES, indicators=(named,)), row("≥5%", "50%"), "row"),
        "not applicable": (attrs.evolve(RULES, indicators=(left_out,)), row("≥5", "/"), "row"),
        "over-completion": (
            attrs.evolve(RULES, at_least=over(Excess.NONE, status)), row("≥5", "7"), "row",
        ),
        "reason for over-completion": (
            attrs.evolve(RULES, at_least=over(Excess.EXPLAIN, status)), row("≥5", "7"), "row",
        ),
        "trigger": (attrs.evolve(RULES, triggers=(flag,)), row("≥5", "5"), "row"),
        "trigger on the total": (attrs.evolve(RULES, triggers=(warn,)), row("≥5", "5"), "total"),
        "cap": (attrs.evolve(RULES, total_caps=caps), row("≥5", "5"), "total"),
        "rating": (
            attrs.evolve(RULES, ratings=(rating, *RULES.ratings[1:])), row("≥5", "5"), "total",
        ),
    }  # fmt: skip


@pytest.mark.parametrize("status", [*UNOFFICIAL, Status.FORM])
@pytest.mark.parametrize("part", parts_of(Status.TEXT))
def test_what_a_part_rests_on_is_said(part: str, status: Status) -> None:
    rules, indicator, where = parts_of(status)[part]
    assert_said(scorecard(report(indicator), rules=rules), where, status)


@pytest.mark.parametrize("part", parts_of(Status.TEXT))
def test_what_rests_on_the_same_as_the_whole_is_not_said(part: str) -> None:
    rules, indicator, _ = parts_of(Status.TEXT)[part]
    assert_silent(scorecard(report(indicator), rules=rules))


@pytest.mark.parametrize("status", UNOFFICIAL)
def test_a_part_may_be_better_known_than_the_whole(status: Status) -> None:
    at_least = attrs.evolve(AT_LEAST, status=Status.TEXT)
    rules = attrs.evolve(RULES, status=status, at_least=at_least)
    card = scorecard(report(row("≥5", "5")), rules=rules)
    for name, parts in shown(card).items():
        assert Status.TEXT.label.pick(name[-2:]) in parts["row"]


def test_over_completion_is_about_what_is_above_its_threshold() -> None:
    rules = attrs.evolve(RULES, at_least=over(Excess.NONE, Status.OBSERVED))
    below, above = (
        scorecard(report(row("≥100", actual)), rules=rules).lines[1] for actual in ("129", "130")
    )
    assert (below.status, above.status) == (Status.TEXT, Status.OBSERVED)
    asked = attrs.evolve(RULES, at_least=over(Excess.FLAG, Status.OBSERVED))
    line = scorecard(report(row("≥100", "130")), rules=asked).lines[1]
    assert line.status is Status.TEXT  # the score is that of the rule, the flag was observed
    assert Status.OBSERVED.label.en in line.remarks[0].en


def test_of_several_directions_the_least_known_is_said() -> None:
    """5 against a target of 5 without an operator: full marks by each direction."""
    inverse = QuantitativeRule(measure=Measure.INVERSE, curve=PROPORTIONAL)
    rules = attrs.evolve(
        RULES,
        at_most=attrs.evolve(inverse, status=Status.OBSERVED),
        equal=attrs.evolve(AT_LEAST, status=Status.IMPLEMENTATION),
    )
    for actual, score in (("5", 90), ("4", None)):
        line = scorecard(report(row("5", actual)), rules=rules).lines[1]
        assert (None if line.score is None else line.score.value) == score
        assert line.status is Status.OBSERVED


def test_ratings_and_caps_as_data() -> None:
    rules, indicator, _ = parts_of(Status.OBSERVED)["rating"]
    capped = attrs.evolve(
        rules,
        total_caps=(
            TotalCap(on=Gauge.EXECUTION, within=Interval(upper="0.9"), most=95),
            TotalCap(on=Gauge.ADJUSTMENT, within=Interval(), most=97, status=Status.IMPLEMENTATION),
            TotalCap(on=Gauge.ADJUSTMENT, within=Interval(lower=1), most=60),
        ),
    )
    data = cast("dict[str, Any]", scorecard_data(scorecard(report(indicator), rules=capped)))
    assert (data["schema"], data["rating"]) == ("budgetperf/scorecard/1", "优")
    assert data["rating_status"] == "observed"
    assert data["caps"] == [{"on": "adjustment-size", "most": "97", "status": "implementation"}]
    low = cast(
        "dict[str, Any]", scorecard_data(scorecard(report(indicator, executed="0"), rules=capped))
    )
    assert [cap["status"] for cap in low["caps"]] == ["text", "implementation"]
    assert (low["rating"], low["rating_status"]) == ("优", "observed")
    none = scorecard(report(row("≤5", "5")), rules=capped)
    assert (none.rating, none.rating_status) == (None, None)
    assert cast("dict[str, Any]", scorecard_data(none))["rating_status"] is None


def test_the_rating_of_the_observed_rule_set_is_unverified() -> None:
    card = scorecard(report(row("≥90%", "95%")), rules="xinjiang-observed-2023")
    assert (card.rating, card.rating_status) == ("优", Status.UNVERIFIED)
    lines = scorecard_text(card, "zh").splitlines()
    assert "总分：100 优 · 未核实，未读到原文" in lines
    assert "优 · unverified, text not read" in display(scorecard_html(card, lang="en")).text


# In an audit.


def test_a_finding_names_what_the_rule_of_its_score_rests_on() -> None:
    """The rule for ≥ was observed, that for execution stands in the text."""
    observed = attrs.evolve(AT_LEAST, status=Status.OBSERVED)
    own = attrs.evolve(RULES, at_least=observed)
    filled = report(
        row("≥10次", "9次", "90", score=Figure(value=80, rounding=None)),
        score=Figure(value=9, rounding=None),
    )
    by_code = {
        finding.code: finding
        for finding in audit(filled, rules=own).findings
        if finding.code in ("W04", "F06")
    }
    assert f"own（{Status.OBSERVED.label.zh}）" in by_code["W04"].why.zh
    assert f"own ({Status.OBSERVED.label.en})" in by_code["W04"].why.en
    assert f"own（{Status.TEXT.label.zh}）" in by_code["F06"].why.zh

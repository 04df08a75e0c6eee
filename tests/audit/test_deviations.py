"""W11: deviations on one definition, and on the base of the completion beside them."""

from __future__ import annotations

import attrs

from budgetperf import (
    Figure,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.audit import Finding
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import RuleSet, get
from tests.audit.check_cases import C, E, I, deviations, form, found, row

# --- W11


def test_the_definition_that_fits_best_is_told() -> None:
    """1/9 = 11 % of the target, and 10 points: two rows decide for the former."""
    rows = (
        row("a", "≥90%", "100%", deviation="11%"),
        row("b", "≥90%", "99%", deviation="10%"),
        row("c", "≥95%", "97%", deviation="3%"),
    )
    findings = deviations(form(*rows))
    assert [f.verdict for f in findings] == [E, E, I]  # 2/95 = 2.1 %, 2 points: 3 % is neither
    assert all("相对指标值" in f.message.zh for f in findings)


def test_definitions_that_cannot_be_told_apart_are_named() -> None:
    (finding,) = deviations(form(row("a", "≥10次", "10次", deviation="0%")))
    assert finding.verdict is E
    assert "不可区分" in finding.message.zh
    assert "as well as" in finding.message.en


def test_a_shortfall_with_or_without_its_sign() -> None:
    for printed in ("-10%", "10%"):
        (finding,) = deviations(form(row("a", "≥90%", "80%", deviation=printed)))
        assert finding.verdict is E
    (finding,) = deviations(form(row("a", "≥90%", "100%", deviation="-10%")))
    assert finding.verdict is I


def test_a_deviation_without_a_base() -> None:
    report = form(row("a", "≥0次", "5次", deviation="5%"))
    points_only = attrs.evolve(get("yitihua-default"), deviation=DeviationDefinition.POINTS)
    assert [f.reason for f in deviations(report, points_only)] == ["undefined"]
    other_units = form(row("a", "≥90%", "5次", deviation="5%"))
    assert [f.reason for f in deviations(other_units)] == ["undefined"]


def test_an_actual_value_of_nothing_speaks_against_its_being_the_base() -> None:
    """-100 % of the target; nothing can be said in percent of 0."""
    (finding,) = deviations(form(row("a", "≥10次", "0次", deviation="-90%")))
    assert finding.verdict is I


def with_completions(*rows: tuple[str, str, str, str]) -> Report:
    """Indicators from target, actual value, completion rate and deviation."""
    return form(
        *(
            attrs.evolve(
                row(str(number), target, actual, deviation=deviation),
                completion_rate=Figure.parse(completion),
            )
            for number, (target, actual, completion, deviation) in enumerate(rows)
        )
    )


def bases(report: Report, rules: RuleSet | str | None = None) -> Finding:
    (finding,) = [f for f in found(report, "W11", rules) if "completion_rate - 100%" in f.relation]
    return finding


def test_completion_and_deviation_on_two_bases() -> None:
    """100 / 90 is 111 % and 11 % more than the target; 10 % are percentage points."""
    report = with_completions(("≥90%", "100%", "111%", "10%"), ("≥95%", "97%", "102%", "2%"))
    finding = bases(report)
    assert (finding.verdict, finding.reason) == (C, "review")
    assert "111%/10%" in finding.message.zh
    assert "102%" not in finding.message.en  # 97 / 95 is 102 %: one base in this row
    points_only = attrs.evolve(get("yitihua-default"), deviation=DeviationDefinition.POINTS)
    settled = bases(report, points_only)
    assert settled.verdict is E
    assert "规则集" in settled.message.zh


def test_completion_and_deviation_on_one_base() -> None:
    report = with_completions(("≥90%", "100%", "111%", "11%"), ("≥90%", "81%", "90%", "10%"))
    assert bases(report).verdict is E
    assert not [f for f in found(form(row("a", "≥9次", "9次")), "W11") if f.verdict is not C]
    apart = with_completions(("≥90%", "100%", "111%", "11次"))
    assert all("completion_rate - 100%" not in f.relation for f in found(apart, "W11"))


def test_completions_decide_between_definitions_that_fit_as_well() -> None:
    """Row 1 is relative (100/80 - 1 = 25 %), row 2 neither: 20 points would be one for points."""
    rows = (("≥80%", "100%", "125%", "25%"), ("≥50%", "70%", "140%", "20%"))
    first, second = deviations(with_completions(*rows))
    assert (first.verdict, second.verdict) == (E, I)
    without = form(
        row("a", "≥80%", "100%", deviation="25%"), row("b", "≥50%", "70%", deviation="20%")
    )
    assert [f.reason for f in deviations(without) if f.verdict is not E] == ["review"]

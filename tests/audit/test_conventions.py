"""Which conventions fit: on the report of 2023, and on reports of a few figures."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from budgetperf import (
    BudgetperfError,
    DeviationDefinition,
    Figure,
    Fit,
    Interval,
    Missing,
    MissingReason,
    RoundingMode,
    RuleSet,
    Statement,
    Target,
    Verdict,
    parse_figure,
    read,
    rules_that_fit,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing.conventions.fit import names_of
from budgetperf.auditing.conventions.fitting import (
    Basis,
    BasisFit,
    BasisRow,
    Candidate,
    Candidates,
    Outcome,
)
from budgetperf.exact import columns
from budgetperf.model import Funding, FundingTotal, ThreePublicExpenses, ThreePublicItem
from budgetperf.rules import (
    Curve,
    ExecutionRule,
    Knot,
    Measure,
    QuantitativeRule,
    ScoreRounding,
    Status,
    get,
    ids,
)
from tests import factories
from tests.factories import LOCKED, figure, form, says, there
from tests.factories import PROPORTIONAL as LINE
from tests.strategies import pickled

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "department-2023.md"

NATIONAL, OBSERVED, DEFAULT = "national-2020", "xinjiang-observed-2023", "yitihua-default"
THREE = (get(NATIONAL), get(OBSERVED), LOCKED)
POINTS, TO_TARGET, TO_ACTUAL = DeviationDefinition
EXACT, PRINTED = Basis


@pytest.fixture(scope="module")
def report() -> Report:
    return read(EXAMPLE)


@pytest.fixture(scope="module")
def fit(report: Report) -> Fit:
    return rules_that_fit(report, among=THREE)


def execution(revised: str, executed: str, printed: str, score: Figure) -> Report:
    """A form with one row of funds."""
    return form(
        revised=Figure(value=revised, unit="元", places=2),
        executed=Figure(value=executed, unit="元", places=2),
        execution_rate=parse_figure(printed),
        weight="10",
        score=score,
    )


row = functools.partial(factories.row, score_exact=None)


PROPORTIONAL = RuleSet(
    id="proportional",
    title=get(DEFAULT).title,
    status=Status.UNVERIFIED,
    execution=ExecutionRule(weight=Fraction(10), curve=LINE),
    at_least=QuantitativeRule(measure=Measure.COMPLETION, curve=LINE),
    score_rounding=ScoreRounding(places=2),
)
"""The weight times the completion, to two decimals."""


def by_deviation(definition: DeviationDefinition | None) -> RuleSet:
    """A rule-set that takes the deviation, whichever way it goes, off the weight."""
    tent = Curve(knots=(Knot(x=-1, y=0), Knot(x=0, y=1), Knot(x=1, y=0)))
    rule = QuantitativeRule(measure=Measure.DEVIATION, curve=tent)
    return attrs.evolve(PROPORTIONAL, id="by-deviation", at_least=rule, deviation=definition)


def only_row(report: Report, rules: RuleSet | str) -> BasisRow:
    (basis,) = rules_that_fit(report, among=[rules]).basis
    (basis_row,) = basis.rows
    return basis_row


def outcome(report: Report, rules: RuleSet | str) -> Outcome:
    (candidate,) = rules_that_fit(report, among=[rules]).rules.candidates
    return candidate.outcome


# The report of 2023 (defects.md §4).


def test_two_of_three_rule_sets_fit(fit: Fit) -> None:
    assert [rules.id for rules in fit.fitting] == [NATIONAL, OBSERVED]
    assert [candidate.convention.id for candidate in fit.refuted] == [DEFAULT]
    assert fit.open == ()


def test_the_default_system_is_refuted_by_row_2(fit: Fit) -> None:
    """100 % against ≥90 % is 20 of 20 there, and 18 in print."""
    (refuted,) = fit.refuted
    finding = there(refuted.refutation)
    assert finding.code == "W04"
    assert finding.verdict is Verdict.INCONSISTENT
    assert finding.operands[0].path == "form.indicators[3].score"
    assert str(finding.operands[0].stated) == "18"
    assert finding.derived == Interval.point(20)
    assert refuted.refuting == (finding,)
    says(refuted.message, "街道覆盖率", "18")


def test_scores_that_may_be_written_by_hand_refute_nothing(report: Report) -> None:
    """The 18 of 20 is another score than the default gives, and its setting may allow that."""
    (candidate,) = rules_that_fit(report, among=[DEFAULT]).rules.candidates
    assert candidate.outcome is Outcome.FITS
    (asked,) = candidate.undecided
    assert (asked.reason, asked.operands[0].path) == ("review", "form.indicators[3].score")
    says(asked.message, "允许手工填写或修改", "be entered or edited by hand")


def test_every_row_is_there_in_its_order(fit: Fit) -> None:
    """Execution, four indicators, the rating by the stated total and by the sum."""
    order = ["F06", "W04", "W04", "W04", "W04", "W09", "W09"]
    paths = [f"form.indicators[{i}].score" for i in (2, 3, 4, 7)]
    for candidate in fit.rules.candidates:
        findings = sorted(
            (*candidate.holding, *candidate.refuting),
            key=lambda f: (f.code, f.operands[0].path, f.relation),
        )
        assert [f.code for f in findings] == order
        assert [f.operands[0].path for f in findings if f.code == "W04"] == paths
        assert candidate.undecided == ()
    national, observed, _ = fit.rules.candidates
    assert [f.code for f in observed.holding] == order
    assert observed.by_judgement == ()
    # Above the target any deduction can be had with a reason: 100/90, 97/95 and 99/90.
    assert [f.operands[0].path for f in national.by_judgement] == paths[1:]


def test_the_deviation_is_points(fit: Fit) -> None:
    """0, 10, 2 and 9: 100 - 90, 97 - 95 and 99 - 90; 100/90 - 1 is 11.11 %, not 10 %."""
    # Relative to the actual value they are 10/100, 2/97 = 2.06 % and 9/99 = 9.09 %: the same
    # whole percents, so that these rows do not tell it from points.
    assert fit.deviation.fitting == (POINTS, TO_ACTUAL)
    (refuted,) = fit.deviation.refuted
    assert refuted.convention is TO_TARGET
    finding = there(refuted.refutation)
    assert finding.operands[0].path == "narrative.indicators[1].deviation"
    assert str(finding.operands[0].stated) == "10%"
    assert Fraction(100, 90) - 1 in there(finding.derived)
    assert finding.provision is None
    assert "规则集" not in finding.message.zh
    assert len(refuted.refuting) == 2
    assert fit.deviation.unexplained == ()


def test_rates_are_rounded_to_the_nearest(fit: Fit) -> None:
    """68.48 % needs 241.86/353.21 <= 0.684773, which is no truncation.

    40.25 % of 239.53/595.07 = 0.402524 is no rounding up. 17.17 % holds under none.
    """
    assert Fraction("241.865") / Fraction("353.205") < Fraction("0.6848")
    assert Fraction("239.525") / Fraction("595.075") > Fraction("0.4025")
    nearest = {m for m in RoundingMode if "half" in m.value} | {RoundingMode.NEAREST}
    assert set(fit.rounding.fitting) == nearest
    first = {candidate.convention: candidate.refutation for candidate in fit.rounding.refuted}
    assert {m: str(f.operands[0].stated) for m, f in first.items() if f is not None} == {
        RoundingMode.DOWN: "68.48%",
        RoundingMode.FLOOR: "68.48%",
        RoundingMode.UP: "40.25%",
        RoundingMode.CEILING: "40.25%",
    }
    assert all(f is not None and f.verdict is Verdict.INCONSISTENT for f in first.values())
    for mode, refutation in first.items():
        assert refutation is not None
        assert f"按{mode.label.zh}，" in refutation.why.zh
        assert f"(rounded {mode.label.en})" in refutation.why.en
    (wrong,) = fit.rounding.unexplained
    assert str(wrong.operands[0].stated) == "17.17%"
    # 0/0 in print as 100 % says nothing of rounding.
    for candidate in fit.rounding.candidates:
        assert [f.verdict for f in candidate.undecided] == [Verdict.UNDEFINED]


def test_either_basis_explains_the_scores(fit: Fit) -> None:
    """The printed 10 % takes 2 of 20 as well as 100 % - 90 % does."""
    observed = next(basis for basis in fit.basis if basis.rules.id == OBSERVED)
    assert observed.tried.fitting == (EXACT, PRINTED)
    assert observed.telling == ()
    assert [row.bases for row in observed.rows] == [(EXACT, PRINTED)] * 5
    assert [row.printed_rate.operands[1].path for row in observed.rows] == [
        "form.funding.total.execution_rate",
        *(f"narrative.indicators[{i}].deviation" for i in range(4)),
    ]
    default = next(basis for basis in fit.basis if basis.rules.id == DEFAULT)
    assert default.tried.fitting == ()
    assert [row.bases for row in default.rows][2] == ()


# Which rule-sets are tried.


def test_all_that_are_shipped_are_tried() -> None:
    fit = rules_that_fit(Report())
    assert tuple(candidate.convention.id for candidate in fit.rules.candidates) == ids()
    assert tuple(basis.rules.id for basis in fit.basis) == ids()


def test_those_that_are_given_are_tried_once_and_in_their_order() -> None:
    own = PROPORTIONAL
    given: list[RuleSet | str] = [DEFAULT, own, get(DEFAULT), NATIONAL, own]
    fit = rules_that_fit(Report(), among=iter(given))
    tried = [candidate.convention for candidate in fit.rules.candidates]
    assert tried == [get(DEFAULT), own, get(NATIONAL)]
    none = rules_that_fit(Report(), among=[])
    assert none.rules.candidates == ()
    assert none.basis == ()
    assert "无" in none.message.zh
    assert none.rules.to_text() == ""


def test_what_cannot_be_tried_is_refused() -> None:
    with pytest.raises(BudgetperfError, match="nowhere"):
        rules_that_fit(Report(), among=["nowhere"])
    for single in (NATIONAL, get(NATIONAL)):
        with pytest.raises(TypeError, match="a list"):
            rules_that_fit(Report(), among=single)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"bp\.read"):
        rules_that_fit("report.md")  # type: ignore[arg-type]


# Nothing to check is no fit.


def test_a_rule_set_that_decides_nothing_is_open() -> None:
    fit = rules_that_fit(Report(), among=THREE)
    assert fit.fitting == ()
    assert fit.refuted == ()
    assert [candidate.convention for candidate in fit.open] == list(THREE)
    assert {candidate.outcome for candidate in fit.deviation.candidates} == {Outcome.OPEN}
    assert {candidate.outcome for candidate in fit.rounding.candidates} == {Outcome.OPEN}
    assert all(candidate.refutation is None for candidate in fit.open)
    says(fit.open[0].message, "项均不能判定", "could be checked")


def test_a_blank_is_undecided_and_never_zero() -> None:
    """Under ≥, 0 of 90 would be refuted at once."""
    blank = attrs.evolve(row("a", "≥90%", "90%"), actual=Missing(reason=MissingReason.BLANK))
    (candidate,) = rules_that_fit(form(blank), among=[DEFAULT]).rules.candidates
    assert candidate.outcome is Outcome.OPEN
    assert [finding.reason for finding in candidate.undecided] == ["not-stated"]


def test_a_silent_rule_is_undecided_with_its_reason() -> None:
    """xinjiang-observed-2023 says nothing of ≤, and is not refuted by it."""
    report = form(row("a", "≤90%", "99%", score="18"), row("b", "≥90%", "90%"))
    (candidate,) = rules_that_fit(report, among=[OBSERVED]).rules.candidates
    assert candidate.outcome is Outcome.FITS
    assert [finding.reason for finding in candidate.undecided] == ["rule-silent"]
    assert "未判定 1 项" in candidate.message.zh
    text = candidate.to_text()
    assert "未规定反向（≤）指标的计分" in text
    assert "has no rule" in candidate.to_text(lang="en")
    twice = form(row("a", "≤90%", "99%"), row("b", "≤90%", "99%"))
    assert " × 2" in rules_that_fit(twice, among=[OBSERVED]).rules.to_text()


def test_a_score_that_was_cut_off_refutes() -> None:
    """8.618 cut to 8.61: no rounding gives it, and the finding says so."""
    report = execution("250000", "215457.6", "", Figure.parse("8.61"))
    (candidate,) = rules_that_fit(report, among=[NATIONAL]).rules.candidates
    assert there(candidate.refutation).verdict is Verdict.TRUNCATED


def test_grades_take_part_in_the_order_of_the_rows() -> None:
    """达成 admits 80 % to 100 % of the weight under yitihua-default, 部分达成 60 % to 80 %."""
    first = attrs.evolve(
        row("a", "≥1次", "1次", score="17"),
        target=Target.parse("完成"),
        actual=Missing(reason=MissingReason.QUALITATIVE, text="达成"),
    )
    second = row("b", "≥10次", "10次", score="19")
    third = attrs.evolve(
        first, name="c", actual=Missing(reason=MissingReason.QUALITATIVE, text="部分达成")
    )
    (candidate,) = rules_that_fit(form(first, second, third), among=[LOCKED]).rules.candidates
    assert [f.code for f in candidate.holding] == ["W07"]
    assert candidate.by_judgement == candidate.holding
    assert [f.code for f in candidate.refuting] == ["W04", "W07"]
    # Scores by grade are made of no rate.
    (basis,) = rules_that_fit(form(first, second, third), among=[LOCKED]).basis
    assert [row.exact_ratio.code for row in basis.rows] == ["W04"]


# Definitions of the deviation.


def test_a_deviation_that_no_definition_gives_is_set_aside() -> None:
    """25 % is none of 10 points, 11.1 % and 10 %; the other row still decides."""
    report = form(
        row("a", "≥90%", "100%", deviation="25%"), row("b", "≥80%", "100%", deviation="25%")
    )
    deviation = rules_that_fit(report, among=[]).deviation
    assert deviation.fitting == (TO_TARGET,)  # 20 / 80
    (wrong,) = deviation.unexplained
    assert POINTS.label.zh in wrong.why.zh  # as the first of them has it
    assert wrong.operands[0].path == "form.indicators[0].deviation"
    alone = rules_that_fit(form(report.form.indicators[0]), among=[]).deviation
    assert {candidate.outcome for candidate in alone.candidates} == {Outcome.OPEN}
    assert len(alone.unexplained) == 1
    assert "不作为判断依据（1 项）" in alone.to_text()


def test_a_deviation_without_a_value_is_undecided() -> None:
    """Nothing is relative to a target of 0; relative to the actual value it is 100 %."""
    deviation = rules_that_fit(form(row("a", "≤0次", "3次", deviation="100%")), among=[]).deviation
    assert deviation.fitting == (TO_ACTUAL,)
    assert [candidate.convention for candidate in deviation.open] == [POINTS, TO_TARGET]
    assert [f.reason for f in deviation.open[0].undecided] == ["undefined"]


def test_a_row_that_one_definition_leaves_open_is_not_set_aside() -> None:
    """An actual value printed as 0 % may be 0.3 %: relative to that, -4900 % of ≥15 % is right.

    (0.3 - 15) / 0.3 = -49. Points are -15 and relative to the target it is -100 %, at the most.
    """
    indicator = attrs.evolve(row("a", "≥15%", "0%", deviation="-4900%"), actual=Figure.parse("0%"))
    deviation = rules_that_fit(form(indicator), among=[]).deviation
    assert deviation.unexplained == ()
    assert [c.convention for c in deviation.refuted] == [POINTS, TO_TARGET]
    assert [c.convention for c in deviation.open] == [TO_ACTUAL]


# Rounding modes.


def rounding(report: Report) -> set[RoundingMode]:
    return set(rules_that_fit(report, among=[]).rounding.fitting)


DOWNWARDS = {RoundingMode.DOWN, RoundingMode.FLOOR}
UPWARDS = {RoundingMode.UP, RoundingMode.CEILING}
NEAREST = set(RoundingMode) - DOWNWARDS - UPWARDS


@pytest.mark.parametrize(
    ("revised", "executed", "printed", "modes"),
    [
        # 103: 215457.6 / 250000 = 86.18304 %, printed as 86.19 %
        ("250000", "215457.6", "86.19%", UPWARDS),
        ("250000", "215457.6", "86.18%", NEAREST | DOWNWARDS),
        # 021: 1389.3 / 1397.90 = 99.385 %
        ("1397.90", "1389.30", "99.3%", DOWNWARDS),
        ("1397.90", "1389.30", "99.4%", NEAREST | UPWARDS),
        ("250000", "250000", "100%", set(RoundingMode)),
        ("250000", "215457.6", "80%", set()),
        ("250000", "215457.6", "", set()),
    ],
)
def test_rounding_modes(revised: str, executed: str, printed: str, modes: set[object]) -> None:
    assert rounding(execution(revised, executed, printed, figure("10"))) == modes


@pytest.mark.parametrize(
    ("printed", "modes"),
    [
        # 1/8 = 12.5 % exactly: a tie
        ("13%", UPWARDS | {RoundingMode.HALF_UP, RoundingMode.NEAREST}),
        ("12%", DOWNWARDS | {RoundingMode.HALF_DOWN, RoundingMode.HALF_EVEN, RoundingMode.NEAREST}),
    ],
)
def test_a_tie_tells_the_halves_apart(printed: str, modes: set[object]) -> None:
    assert rounding(form(row("a", "≥8次", "1次", completion=printed))) == modes


def test_a_rate_cut_off_refutes_half_up_as_truncated() -> None:
    fit = rules_that_fit(execution("1397.90", "1389.30", "99.3%", figure("10")), among=[])
    by_mode = {candidate.convention: candidate.refutation for candidate in fit.rounding.refuted}
    half_up, up = by_mode[RoundingMode.HALF_UP], by_mode[RoundingMode.UP]
    assert up is not None
    assert there(half_up).verdict is Verdict.TRUNCATED
    # Read as rounded up it is simply wrong, by 1389.295 / 1397.905 - 99.3 % at the least.
    assert up.verdict is Verdict.INCONSISTENT
    assert up.gap == Fraction("1389.295") / Fraction("1397.905") - Fraction("0.993")


def test_rates_that_a_rate_is_made_of_may_be_cut_off_too() -> None:
    """97.9 % of 98 %: 99.898 %. Cut off, the actual value may be up to 98 %, and 99.9 % holds.

    Taken for rounded half-up it is below 97.95 %, which is 99.949 % of the target.
    """
    shown = attrs.evolve(
        row("a", "≥98%", "97.9%", completion="99.96%"), actual=Figure.parse("97.9%")
    )
    assert Fraction("97.95") / 98 < Fraction("0.9996") < 1
    assert rounding(form(shown)) == DOWNWARDS


def test_an_exact_rate_says_nothing_of_rounding() -> None:
    report = form(attrs.evolve(row("a", "≥8次", "1次"), completion_rate=figure("12.5%")))
    assert all(
        candidate.holding == ()
        for candidate in rules_that_fit(report, among=[]).rounding.candidates
    )


def test_more_decimals_than_the_print_is_good_for_are_undecided() -> None:
    """12.45 %, good for one decimal: to the nearest means 12.40 % to 12.50 %."""
    value = Figure(value="12.45", unit="%", places=1, rounding=RoundingMode.NEAREST)
    report = form(attrs.evolve(row("a", "≥8次", "1次"), completion_rate=value))
    tried = rules_that_fit(report, among=[]).rounding
    assert tried.fitting == (RoundingMode.NEAREST,)
    assert {f.reason for candidate in tried.open for f in candidate.undecided} == {
        "too-many-decimals"
    }
    assert len(tried.open) == len(RoundingMode) - 1


# The basis of scores.


@pytest.mark.parametrize("rules", [DEFAULT, NATIONAL])
@pytest.mark.parametrize(
    ("printed", "score", "bases"),
    [
        ("86.18%", "8.62", (EXACT, PRINTED)),  # 103: 8.618304 and 8.618
        ("86.19%", "8.62", (EXACT, PRINTED)),  # as printed there: 8.619
        ("86%", "8.62", (EXACT,)),
        ("86%", "8.60", (PRINTED,)),
        ("86%", "8.61", ()),
        ("", "8.62", None),
        ("达标", "8.62", None),
    ],
)
def test_the_basis_of_the_execution_score(
    rules: str, printed: str, score: str, bases: tuple[Basis, ...] | None
) -> None:
    report = execution("250000", "215457.6", printed, Figure.parse(score))
    basis_row = only_row(report, rules)
    assert basis_row.bases == bases
    if bases is None:
        assert basis_row.printed_rate.reason == "no-printed-rate"
        assert basis_row.printed_rate.operands[0].path == "form.funding.total.score"


def test_only_the_printed_rate_explains_5_points() -> None:
    """Beijing 海淀 2016: 154.74 / 310.2 = 49.88 %, printed 50 %, 5 points (rules.md §2.2)."""
    report = execution("3102000", "1547400", "50%", figure("5"))
    assert outcome(report, DEFAULT) is Outcome.REFUTED
    basis_row = only_row(report, DEFAULT)
    assert basis_row.bases == (PRINTED,)
    assert basis_row.exact_ratio.derived == Interval.point("4.99")
    assert basis_row.printed_rate.derived == Interval.point(5)
    assert basis_row.printed_rate.relation == (
        "form.funding.total.score = rule(form.funding.total.execution_rate)"
    )
    assert "50%" in basis_row.printed_rate.why.zh
    # Where a rule does not say how scores are rounded, 4.99 may be a whole 5, and so may 4.988.
    assert only_row(report, NATIONAL).bases == (EXACT, PRINTED)
    precise = execution("3102000", "1547400", "49.88%", figure("5"))
    assert only_row(precise, NATIONAL).bases == (EXACT, PRINTED)


def test_a_rate_of_the_text_serves_where_the_form_has_none() -> None:
    report = execution("250000", "215457.6", "", Figure.parse("8.60"))
    text = Statement(funding=Funding(total=FundingTotal(execution_rate=parse_figure("86%"))))
    basis_row = only_row(attrs.evolve(report, narrative=text), DEFAULT)
    assert basis_row.bases == (PRINTED,)
    assert basis_row.printed_rate.operands[1].path == "narrative.funding.total.execution_rate"


def test_a_printed_rate_decides_where_the_amounts_are_missing() -> None:
    report = execution("250000", "215457.6", "86%", Figure.parse("8.60"))
    total = attrs.evolve(report.form.funding.total, executed=Missing())
    blank = attrs.evolve(report, form=Statement(funding=Funding(total=total)))
    basis_row = only_row(blank, DEFAULT)
    assert basis_row.exact_ratio.verdict is Verdict.UNCHECKED
    assert basis_row.printed_rate.verdict is Verdict.EXACT
    assert basis_row.bases is None


def test_a_silent_rule_decides_on_neither_basis() -> None:
    report = execution("250000", "215457.6", "86%", Figure.parse("8.60"))
    basis_row = only_row(report, attrs.evolve(PROPORTIONAL, execution=None))
    assert basis_row.bases is None
    assert basis_row.printed_rate.reason == "rule-silent"
    without = only_row(
        execution("250000", "215457.6", "", Figure.parse("8.60")),
        attrs.evolve(PROPORTIONAL, execution=None),
    )
    assert without.printed_rate.reason == "no-printed-rate"
    assert without.message.zh.startswith("预算执行得分")


@pytest.mark.parametrize(
    ("completion", "score", "bases"),
    [
        ("67%", "20.10", (PRINTED,)),  # 2 of 3 times, weight 30: 30 × 67 %
        ("67%", "20.00", (EXACT,)),
        ("66.67%", "20.00", (EXACT, PRINTED)),
        ("67%", "30.00", ()),
        ("", "20.00", None),
    ],
)
def test_the_basis_of_an_indicator(
    completion: str, score: str, bases: tuple[Basis, ...] | None
) -> None:
    indicator = row("a", "≥3次", "2次", weight="30", score=score, completion=completion)
    assert only_row(form(indicator), LOCKED).bases == bases
    # The rate may stand in the text, in the row of that name.
    bare = attrs.evolve(indicator, completion_rate=Missing())
    text = attrs.evolve(indicator, weight=Missing(), score=Missing())
    report = Report(
        narrative=Statement(indicators=(row("b", "≥1次", "1次"), text)),
        form=Statement(indicators=(bare,)),
    )
    (basis,) = rules_that_fit(report, among=[LOCKED]).basis
    assert basis.rows[-1].bases == bases


def test_which_row_of_the_text_is_meant_is_not_guessed() -> None:
    indicator = row("a", "≥3次", "2次", completion="67%")
    bare = attrs.evolve(indicator, completion_rate=Missing())
    text = attrs.evolve(indicator, weight=Missing(), score=Missing())
    report = Report(
        narrative=Statement(indicators=(text, text)), form=Statement(indicators=(bare,))
    )
    assert only_row(report, DEFAULT).printed_rate.reason == "no-printed-rate"


@pytest.mark.parametrize(
    ("target", "rules"),
    [
        ("≤3次", DEFAULT),  # the completion of what should stay low has no one meaning
        ("≤3次", NATIONAL),  # and here there is no rule
        ("3次", DEFAULT),  # nor is there one without a direction
    ],
)
def test_rows_without_a_rate_of_one_meaning(target: str, rules: str) -> None:
    indicator = row("a", target, "2次", completion="67%")
    assert only_row(form(indicator), rules).printed_rate.reason == "no-printed-rate"


def test_an_equal_target_has_its_completion() -> None:
    indicator = row("a", "=3次", "2次", weight="30", score="20.10", completion="67%")
    assert only_row(form(indicator), LOCKED).bases == (PRINTED,)


@pytest.mark.parametrize(
    ("definition", "deviation", "score", "bases"),
    [
        # 97.5 % of ≥90 %: 7.5 points, 8.33 % of the target, 7.69 % of the actual value
        (POINTS, "8%", "18.40", (PRINTED,)),
        (POINTS, "7.5%", "18.50", (EXACT, PRINTED)),
        (TO_TARGET, "8%", "18.40", (PRINTED,)),
        (TO_TARGET, "8%", "18.33", (EXACT,)),
        (TO_ACTUAL, "8%", "18.40", (PRINTED,)),
        (TO_ACTUAL, "8%", "18.46", (EXACT,)),
    ],
)
def test_the_basis_of_a_deviation(
    definition: DeviationDefinition, deviation: str, score: str, bases: tuple[Basis, ...]
) -> None:
    indicator = row("a", "≥90%", "97.5%", score=score, deviation=deviation)
    assert only_row(form(indicator), by_deviation(definition)).bases == bases


@pytest.mark.parametrize(
    ("target", "bases"),
    [
        # 97.5 % of 90 %: 7.5 points; 20 × (1 - 8 %) is 18.40, from the deviation as printed
        (">90%", (PRINTED,)),
        # ≥ goes by the completion: 20.00 are due, by the printed 108.33 % as by the exact ratio
        ("≥90%", ()),
    ],
)
def test_a_strict_target_has_the_rate_of_its_own_rule(
    target: str, bases: tuple[Basis, ...]
) -> None:
    rules = attrs.evolve(
        by_deviation(POINTS), above=by_deviation(POINTS).at_least, at_least=PROPORTIONAL.at_least
    )
    indicator = row("a", target, "97.5%", score="18.40", completion="108.33%", deviation="8%")
    assert only_row(form(indicator), rules).bases == bases


def test_a_strict_limit_has_the_rate_of_its_own_rule() -> None:
    """97.5 % where < 90 % was to be: 20 × (1 - 8 %) by the deviation, which ≤ does not go by."""
    rules = attrs.evolve(by_deviation(POINTS), at_least=None, below=by_deviation(POINTS).at_least)
    indicator = row("a", "<90%", "97.5%", score="18.40", completion="92%", deviation="8%")
    assert only_row(form(indicator), rules).bases == (PRINTED,)


def test_a_shortfall_without_its_sign_is_a_shortfall() -> None:
    """82.4 % of ≥90 %: -7.6 points; by 20 × (1 - 8 %) it is 18.40 with or without the sign."""
    slope = Curve(knots=(Knot(x=-1, y=0), Knot(x=0, y=1)))
    rules = by_deviation(POINTS)
    rules = attrs.evolve(rules, at_least=QuantitativeRule(measure=Measure.DEVIATION, curve=slope))
    for printed in ("8%", "-8%"):
        indicator = row("a", "≥90%", "82.4%", score="18.40", deviation=printed)
        assert only_row(form(indicator), rules).bases == (PRINTED,)
    # Above the target the sign is what it says.
    above = row("a", "≥90%", "97.6%", score="20.00", deviation="8%")
    assert only_row(form(above), rules).bases == (EXACT, PRINTED)
    just = row("a", "≥90%", "90%", score="20.00", deviation="8%")
    assert only_row(form(just), rules).bases == (EXACT, PRINTED)
    # And where a value is missing, or is none that compares, nothing is turned.
    for blank in (
        attrs.evolve(above, actual=Missing()),
        attrs.evolve(above, target=attrs.evolve(above.target, value=Missing())),
        attrs.evolve(above, actual=Figure.parse("0.5")),
    ):
        assert only_row(form(blank), rules).printed_rate.verdict is Verdict.EXACT


def test_the_bases_of_all_scores() -> None:
    """One score by the printed rate and one by the exact ratio: neither basis fits both."""
    report = form(
        row("a", "≥3次", "2次", weight="30", score="20.10", completion="67%"),
        row("b", "≥3次", "2次", weight="30", score="20.00", completion="67%"),
        row("c", "≥3次", "3次", weight="30", score="30.00", completion="100%"),
    )
    (basis,) = rules_that_fit(report, among=[LOCKED]).basis
    assert basis.tried.fitting == ()
    assert [row.bases for row in basis.telling] == [(PRINTED,), (EXACT,)]
    assert [len(candidate.holding) for candidate in basis.tried.candidates] == [2, 2]
    for each in basis.rows:
        assert each.message.zh.startswith(each.exact_ratio.subject.zh)
    # A row without a printed rate tells nothing, nor does one that the text alone has.
    blank = row("d", "≥3次", "2次", weight="30", score="20.00")
    other = attrs.evolve(report, narrative=Statement(indicators=(row("e", "≥3次", "2次"),)))
    (basis,) = rules_that_fit(
        attrs.evolve(other, form=attrs.evolve(report.form, indicators=(blank,))), among=[LOCKED]
    ).basis
    assert (basis.rows[0].bases, basis.telling) == (None, ())


# Text and data.


@pytest.mark.law  # starts processes
def test_a_fit_can_be_the_first_thing_that_is_shown() -> None:
    """Displays are plugged in when one is asked for: the first asks for no more than others."""
    code = """import budgetperf as bp
from budgetperf.model import SelfEvaluation
print(bp.rules_that_fit(SelfEvaluation(), among=["national-2020"]))"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip()


def test_all_that_is_found_can_be_told(fit: Fit) -> None:
    report = execution("3102000", "1547400", "50%", figure("5"))
    basis = rules_that_fit(report, among=[DEFAULT]).basis[0]
    shown: list[Fit | Candidates[RuleSet] | Candidate[RuleSet] | BasisFit | BasisRow] = [
        fit, fit.rules, fit.refuted[0], basis, basis.rows[0],
    ]  # fmt: skip
    for value in shown:
        assert value.message.zh
        assert value.message.en
        assert str(value) == value.to_text() == value.to_text(lang="zh")
        assert value.to_text(lang="en") != str(value)
        data = value.to_data()
        assert json.loads(json.dumps(data)) == data
        assert pickled(value) == value
        with pytest.raises(ValueError, match="fr"):
            value.to_text(lang="fr")


def test_what_was_found_is_compared_and_not_of_what_or_by_what(fit: Fit) -> None:
    assert attrs.evolve(fit, report=None) == fit
    assert attrs.evolve(fit, by=attrs.evolve(fit.by, version="0")) == fit
    assert attrs.evolve(fit, basis=()) != fit


def test_the_text(fit: Fit) -> None:
    chinese, english = str(fit), fit.to_text(lang="en")
    for rules in THREE:
        assert rules.id in chinese
        assert rules.id in english
    assert chinese.index(NATIONAL) < chinese.index("不符")
    assert "7 项成立，其中 3 项规则留有判断余地" in chinese
    assert "6 项成立，1 项不成立" in chinese
    assert "7 hold, 3 of them only because the rule leaves room for judgement" in english
    assert chinese.count("0/0") == 1  # undecided by all modes, and told once
    assert "结果相同：national-2020、" in chinese
    basis = chinese.partition("── 得分的依据")[2]
    assert DEFAULT in basis
    assert max(map(columns, basis.splitlines())) <= 96
    nothing = rules_that_fit(Report(), among=[DEFAULT]).to_text()
    assert "均不能判定：yitihua-default" in nothing.partition("── 得分的依据")[2]
    assert "结果相同" not in nothing


def test_the_text_names_the_rows_that_tell_the_bases_apart() -> None:
    report = execution("3102000", "1547400", "50%", figure("5"))
    text = rules_that_fit(report, among=[DEFAULT, NATIONAL]).to_text()
    basis = text.partition("── 得分的依据")[2]
    assert "yitihua-default：按精确比值不符，按填列的比率相符" in basis
    assert "只有按填列的比率成立" in basis
    assert "应得4.99" in basis
    assert "结果相同：national-2020" in basis
    alone = rules_that_fit(report, among=[DEFAULT]).to_text()
    assert "没有分别" not in alone


def test_the_data(fit: Fit) -> None:
    data = fit.to_data()
    assert data["schema"] == "budgetperf/fit/1"
    assert list(data) == ["schema", "rules", "deviation", "rounding", "basis", "receipt"]
    rules = fit.rules.to_data()["candidates"]
    assert isinstance(rules, list)
    assert rules[2] == fit.refuted[0].to_data()
    refuted = fit.refuted[0].to_data()
    assert {key: refuted[key] for key in ("id", "status", "outcome", "holding", "refuting")} == {
        "id": DEFAULT, "status": "implementation", "outcome": "refuted",
        "holding": 6, "refuting": 1,
    }  # fmt: skip
    assert refuted["sha256"] == LOCKED.sha256
    points = fit.deviation.candidates[0].to_data()
    assert (points["id"], points["outcome"], points["refutation"]) == ("points", "fits", None)
    assert "sha256" not in points
    modes = fit.rounding.to_data()
    assert isinstance(modes["unexplained"], list)
    assert len(modes["unexplained"]) == 1
    undecided = fit.rounding.candidates[0].to_data()["undecided"]
    assert isinstance(undecided, list)
    assert isinstance(undecided[0], dict)
    assert undecided[0]["reason"] == "zero-over-zero"
    row_data = fit.basis[0].rows[0].to_data()
    assert row_data["bases"] == ["exact-ratio", "printed-rate"]
    none = only_row(execution("1", "1", "", figure("10")), DEFAULT).to_data()
    assert none["bases"] is None


def test_outcomes_have_labels() -> None:
    assert [member.label.zh for member in Outcome] == ["相符", "不符", "无法判断"]
    assert len({member.label.en for member in (*Outcome, *Basis)}) == 5


def test_a_zero_rate_is_undefined_and_not_0() -> None:
    """0/0 printed as 100 %: no mode is refuted by it."""
    zero = ThreePublicItem(budget=figure("0万元"), executed=figure("0万元"))
    public = ThreePublicExpenses(total=zero, control_rate=parse_figure("100%"))
    tried = rules_that_fit(Report(form=Statement(three_public=public)), among=[]).rounding
    assert tried.fitting == ()
    assert tried.refuted == ()
    assert tried.unexplained == ()


def test_a_deviation_that_fits_no_definition_is_told_with_what_it_should_be() -> None:
    """1 of 65 is 1.538 %, less or more."""
    rows = (row("a", "≥65次", "64次", deviation="3%"), row("b", "≥65次", "66次", deviation="3%"))
    short, over = rules_that_fit(form(*rows), among=[]).deviation.unexplained
    assert short.why.zh.endswith("应为-1.5385%至-1.5384%（负号可省）")
    assert over.why.zh.endswith("应为1.5384%至1.5385%")


def test_each_convention_is_named_once_with_what_came_of_it() -> None:
    fit = rules_that_fit(form(row("a", "≥90%", "90%", deviation="0%"), revised="3万元"))
    for many in (fit.rules, fit.deviation, fit.rounding):
        named = names_of([tried.convention for tried in many.candidates]).zh.split("、")
        parts = [part.partition("：")[2] for part in many.message.zh.split("；")]
        listed = [name for part in parts for name in part.split("、") if name]
        assert sorted(listed) == sorted([*named, *([] if many.fitting else ["无"])])


def test_numbers_in_words() -> None:
    """One holds, two hold; one does not, two do not."""
    rows = [row(str(n), "≥90%", "90%", score=score) for n, score in enumerate("53")]
    met = [row("a", "≥90%", "90%"), row("b", "≥90%", "90%")]
    for table, words in (
        ([*met, rows[0]], "2 hold, 1 does not"),
        ([met[0], *rows], "1 holds, 2 do not"),
        (met[:1], "1 holds"),
    ):
        text = rules_that_fit(form(*table), among=[LOCKED]).rules.to_text(lang="en")
        assert words in text.splitlines()[0]

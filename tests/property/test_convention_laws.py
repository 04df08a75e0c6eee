"""Laws of fitting conventions: the one that was kept is never refuted."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    DeviationDefinition,
    Figure,
    Finding,
    Fit,
    RoundingMode,
    Verdict,
    audit,
    rules_that_fit,
)
from budgetperf.auditing.conventions.fit import Convention
from budgetperf.auditing.conventions.fitting import Basis, Candidate, Outcome
from budgetperf.exact.unit import MONEY, RATIO
from budgetperf.model import map_figures
from budgetperf.rules import get
from budgetperf.testing import Case, reports
from tests.factories import form
from tests.strategies import fewer, fewest, modes

SHIPPED = ["national-2020", "xinjiang-observed-2023", "yitihua-default"]
SCORES = {"F06", "W04", "W07", "W09"}
QUOTIENTS = {"F05", "F08", "F13", "F14", "F15", "W10"}


def outcomes(fit: Fit) -> dict[str, Outcome]:
    """What became of each convention, by its code."""
    by_code = {candidate.convention.id: candidate.outcome for candidate in fit.rules.candidates}
    by_code |= {
        candidate.convention.value: candidate.outcome for candidate in fit.deviation.candidates
    }
    return by_code | {
        candidate.convention.value: candidate.outcome for candidate in fit.rounding.candidates
    }


def candidates(fit: Fit) -> list[Candidate[Convention]]:
    tried: list[Candidate[Convention]] = [*fit.rules.candidates]
    tried += fit.deviation.candidates
    return [*tried, *fit.rounding.candidates]


def every(candidate: Candidate[Convention]) -> tuple[Finding, ...]:
    return (*candidate.holding, *candidate.refuting, *candidate.undecided)


def taken_for_half_up(_: str, figure: Figure) -> Figure:
    is_rate = figure.unit.dimension == RATIO and not figure.is_exact
    return attrs.evolve(figure, rounding=RoundingMode.HALF_UP) if is_rate else figure


@st.composite
def wrong_reports(draw: st.DrawFn) -> Case:
    """A report in which some scores, rates and deviations are wrong."""
    case = draw(reports())
    chance = draw(st.randoms(use_true_random=False))

    def wrong(path: str, figure: Figure) -> Figure:
        name = path.rpartition(".")[2]
        if name not in ("score", "deviation", "execution_rate") or chance.random() < 0.5:
            return figure
        return attrs.evolve(figure, value=figure.value * 3 + 10, text="wrong")

    return Case(map_figures(case.report, wrong), case.rules)


@given(case=reports())
def test_the_rule_set_that_was_used_is_not_refuted(case: Case) -> None:
    """In whatever mode each column was rounded."""
    if case.rules is None:
        return
    fit = rules_that_fit(case.report, among=SHIPPED)
    assert outcomes(fit)[case.rules] is Outcome.FITS, fit.rules.to_text(lang="en")


@given(case=reports())
def test_a_definition_that_was_used_is_not_refuted(case: Case) -> None:
    """All deviations are of one definition, so one of the three is refuted by nothing."""
    deviation = rules_that_fit(case.report, among=[]).deviation
    assert deviation.unexplained == ()
    assert any(candidate.refuting == () for candidate in deviation.candidates), deviation.to_text(
        lang="en"
    )


@given(data=st.data(), mode=modes)
def test_the_mode_that_was_used_is_not_refuted(data: st.DataObject, mode: RoundingMode) -> None:
    """Amounts and rates are rounded by one mode; the rates are then taken for half-up."""
    case = data.draw(reports(mode=st.just(mode)))

    rounding = rules_that_fit(map_figures(case.report, taken_for_half_up), among=[]).rounding
    assert rounding.unexplained == ()
    assert mode not in [candidate.convention for candidate in rounding.refuted], rounding.to_text(
        lang="en"
    )


@given(case=reports(mode=st.just(RoundingMode.HALF_UP), cut=True))
def test_results_that_were_cut_off_do_not_refute_truncation(case: Case) -> None:
    """Rates are printed cut off, while the figures that they are made of are rounded."""
    rounding = rules_that_fit(case.report, among=[]).rounding
    assert RoundingMode.DOWN not in [candidate.convention for candidate in rounding.refuted]


@fewest
@given(case=wrong_reports())
def test_the_findings_are_those_of_the_audit(case: Case) -> None:
    """For each rule-set the same verdicts on the same scores as an audit under it."""
    fit = rules_that_fit(case.report, among=SHIPPED)

    def counted(findings: tuple[Finding, ...], codes: set[str]) -> Counter[tuple[str, Verdict]]:
        return Counter(
            (f.relation, f.verdict)
            for f in findings
            if f.code in codes and (f.operands or f.reason == "rule-silent")
        )

    for candidate in fit.rules.candidates:
        by_rules = audit(case.report, rules=candidate.convention)
        assert counted(every(candidate), SCORES) == counted(by_rules.findings, SCORES)
    half_up = map_figures(case.report, taken_for_half_up)
    rounding = rules_that_fit(half_up, among=[]).rounding
    first = rounding.candidates[0]
    assert first.convention is RoundingMode.HALF_UP
    stray = {f.relation for f in rounding.unexplained}
    audited = [f for f in audit(half_up).findings if f.code in QUOTIENTS and f.operands]
    verdicts = {f.relation: f.verdict for f in audited if f.relation not in stray}
    # A rate that is the share of what was received is a question of the audit alone.
    asked = {f.relation for f in audited if f.is_for_review}
    of_fit = {f.relation: f.verdict for f in every(first) if f.relation not in asked}
    assert of_fit.items() <= verdicts.items()
    assert len(every(first)) > 3


@fewest
@given(case=wrong_reports(), among=st.permutations(SHIPPED), count=st.integers(1, 3))
def test_what_else_is_tried_changes_nothing(case: Case, among: list[str], count: int) -> None:
    """Each rule-set is judged on its own; the order given is the order told."""
    whole = rules_that_fit(case.report, among=SHIPPED)
    fit = rules_that_fit(case.report, among=among[:count])
    by_id = {candidate.convention.id: candidate for candidate in whole.rules.candidates}
    assert list(fit.rules.candidates) == [by_id[id] for id in among[:count]]
    assert (fit.deviation, fit.rounding) == (whole.deviation, whole.rounding)
    bases = {basis.rules.id: basis for basis in whole.basis}
    assert list(fit.basis) == [bases[id] for id in among[:count]]


@fewer
@given(case=wrong_reports(), data=st.data())
def test_units_change_no_outcome(case: Case, data: st.DataObject) -> None:
    units = st.sampled_from(["元", "千元", "万元", "亿元"])

    def converted(_: str, figure: Figure) -> Figure:
        return figure.to(data.draw(units)) if figure.unit.dimension == MONEY else figure

    again = rules_that_fit(map_figures(case.report, converted), among=SHIPPED)
    assert outcomes(again) == outcomes(rules_that_fit(case.report, among=SHIPPED))


@fewer
@given(case=wrong_reports())
def test_every_row_is_counted_once(case: Case) -> None:
    fit = rules_that_fit(case.report, among=SHIPPED)
    for group in (fit.deviation, fit.rounding):
        rows = {
            len(candidate.holding) + len(candidate.refuting) + len(candidate.undecided)
            for candidate in group.candidates
        }
        assert len(rows) == 1
    for candidate in candidates(fit):
        assert all(f.verdict.holds for f in candidate.holding)
        assert not any(f.verdict.holds for f in (*candidate.refuting, *candidate.undecided))
        assert set(candidate.by_judgement) <= set(candidate.holding)
        assert (candidate.outcome is Outcome.REFUTED) == bool(candidate.refuting)
        assert (candidate.refutation is None) == (candidate.outcome is not Outcome.REFUTED)
    for basis in fit.basis:
        (judged,) = [c for c in fit.rules.candidates if c.convention == basis.rules]
        exact = [row.exact_ratio for row in basis.rows]
        assert set(exact) <= set(every(judged))
    data = fit.to_data()
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    for lang in ("zh", "en"):
        assert fit.to_text(lang=lang)


@given(
    executed=st.integers(0, 10**9),
    revised=st.integers(10**6, 10**9),
    places=st.integers(0, 4),
    basis=st.sampled_from(Basis),
)
def test_the_basis_that_was_used_explains_the_score(
    executed: int, revised: int, places: int, basis: Basis
) -> None:
    """10 times the ratio or the printed rate, to two decimals, at the most 10."""
    ratio = Fraction(executed, revised)
    printed = Figure.rounded(ratio, unit="%", places=places)
    used = ratio if basis is Basis.EXACT_RATIO else printed.nominal
    due = min(Fraction(10), used * 10)
    report = form(
        executed=Figure(value=executed, unit="元", rounding=None),
        revised=Figure(value=revised, unit="元", rounding=None),
        execution_rate=printed,
        score=Figure.rounded(due, places=2),
    )
    (tried,) = rules_that_fit(report, among=["yitihua-default"]).basis
    assert basis in tried.tried.fitting
    both = (Figure.rounded(min(Fraction(10), r * 10), places=2) for r in (ratio, printed.nominal))
    assert (tried.rows[0].bases == tuple(Basis)) == (len({f.value for f in both}) == 1)


def test_the_laws_are_about_something() -> None:
    """Rule-sets are refuted, too: the laws above would hold if none ever were."""
    fit = rules_that_fit(form(executed="1元", revised="2元", score="7"), among=SHIPPED)
    assert {candidate.convention for candidate in fit.refuted} == {get(SHIPPED[0]), get(SHIPPED[2])}
    assert [candidate.convention for candidate in fit.open] == [get(SHIPPED[1])]
    assert set(outcomes(fit)) >= {d.value for d in DeviationDefinition}

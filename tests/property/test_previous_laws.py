"""Laws of a report beside last year's: two years that go together raise nothing; what does not
is seen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import testing
from budgetperf.auditing import relations
from budgetperf.auditing.registry import CHECKS_OF_TWO
from budgetperf.auditing.shown import with_round_amounts
from budgetperf.model import map_figures
from budgetperf.testing import TwoYears
from tests.strategies import fewer, times

OF_TWO = [relation for relation in relations() if relation.with_previous]
CODES = {relation.code for relation in OF_TWO}


def found(report: bp.SelfEvaluation, previous: bp.SelfEvaluation) -> list[bp.Finding]:
    """What the relations of two years find; the others are not asked."""
    now, then = with_round_amounts(report), with_round_amounts(previous)
    return [f for each in OF_TWO for f in CHECKS_OF_TWO[each.check](each, now, then)]


def wrong(findings: list[bp.Finding]) -> list[str]:
    return [str(f.message) for f in findings if not f.verdict.holds]


@times(Fraction(1, 2))
@given(testing.two_years())
def test_two_years_that_go_together_raise_nothing(case: TwoYears) -> None:
    findings = found(case.report, case.previous)
    assert wrong(findings) == []
    assert "F22" in {finding.code for finding in findings}


@pytest.mark.law
@given(testing.two_years())
@fewer
def test_all_else_is_found_as_without_last_year(case: TwoYears) -> None:
    alone = bp.audit(case.report, rules=case.rules)
    beside = bp.audit(case.report, rules=case.rules, previous=case.previous)
    assert alone.inconsistent == ()
    assert not CODES & {finding.code for finding in alone.findings}
    others = tuple(f for f in beside.findings if f.code not in CODES)
    assert others == alone.findings
    assert beside.causes[: len(alone.causes)] == alone.causes


@times(Fraction(1, 2))
@given(testing.two_years(), st.data())
def test_what_is_printed_otherwise_of_last_year_is_asked_about(
    case: TwoYears, data: st.DataObject
) -> None:
    """A figure of last year that is twice what it was, and more than rounding, is seen."""
    printed = [
        (path, figure)
        for path, figure in bp.figures(case.report)
        if ".other_years[" in path and "rate" not in path and figure.value
    ]
    assume(printed)
    path, figure = data.draw(st.sampled_from(printed))
    twice = attrs.evolve(
        figure, value=figure.value * 2 + Decimal(1).scaleb(-figure.places), text=""
    )
    spoilt = map_figures(case.report, lambda _, __: twice, only={path})
    asked = [f for f in found(spoilt, case.previous) if not f.verdict.holds]
    assert path in {finding.operands[0].path for finding in asked}

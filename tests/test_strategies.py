"""The strategies for downstream: what they make is what they say."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given

import budgetperf as bp
from budgetperf import testing
from budgetperf.model import map_figures, resolve
from budgetperf.relations import Assumption
from budgetperf.testing import Case, Planted
from tests.strategies import fewer, times

FOUND = (bp.Verdict.INCONSISTENT, bp.Verdict.TRUNCATED)


@fewer  # the laws of the audit try many more of them
@given(testing.reports())
def test_nothing_is_wrong_with_consistent_reports(case: Case) -> None:
    assert bp.audit(case.report, rules=case.rules).inconsistent == ()


def is_asked(finding: bp.Finding) -> bool:
    """Whether a reviewer is asked about amounts below 0, which bounds take for impossible."""
    return finding.is_for_review and Assumption.NOT_NEGATIVE in finding.assumes


@times(Fraction(2, 3))
@given(testing.planted_errors())
def test_planted_errors_are_found_or_nobody_can_tell(planted: Planted) -> None:
    assert resolve(planted.report, planted.path) == planted.wrong
    assert planted.wrong.value != planted.true.value
    assert str(planted.true) in repr(planted)
    audit = bp.audit(planted.report, rules=planted.rules)
    if any(finding.verdict in FOUND or is_asked(finding) for finding in audit.findings):
        return
    true = map_figures(planted.report, lambda _, f: planted.true, only={planted.path})
    left = bp.audit(true, rules=planted.rules).bounds(planted.path)
    assert left is not None
    assert left.intersection(planted.wrong.interval) is not None


@given(testing.amounts(), testing.figures(), testing.figures(unit="万元"))
def test_amounts_and_figures(amount: bp.Amount, figure: bp.Figure, money: bp.Figure) -> None:
    assert bp.Amount.parse(str(amount)) == amount
    assert bp.parse_figure(figure.text) == bp.Figure.parse(figure.text)
    assert money.unit == bp.Unit.of("万元")


@given(testing.indicators(), testing.rulesets())
def test_indicators_and_rule_sets(indicator: bp.Indicator, rules: bp.RuleSet) -> None:
    report = bp.SelfEvaluation(form=bp.Statement(indicators=[indicator]))
    assert bp.loads(bp.dumps(report)) == report
    (_, line) = bp.scorecard(report, rules=rules).lines
    assert line.name == indicator.name
    if isinstance(indicator.target.text, str):
        assert bp.Target.parse(indicator.target.text) == indicator.target


def test_without_hypothesis_the_extra_is_named() -> None:
    code = """
import importlib.util
import budgetperf as bp
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "hypothesis" else find(name, *rest)
try:
    import budgetperf.testing
except ImportError as error:
    print(isinstance(error, bp.BudgetperfError), error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.startswith("True ")
    assert "budgetperf[testing]" in done.stdout


@pytest.mark.law  # starts processes
def test_the_library_does_not_import_hypothesis() -> None:
    code = """
import sys
import budgetperf as bp
bp.audit(bp.SelfEvaluation())
print('hypothesis' in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", testing.__all__)
def test_each_is_explained(name: str) -> None:
    assert getattr(testing, name).__doc__

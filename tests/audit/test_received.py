"""An execution rate that is the share of what was received: a question, and no contradiction."""

from __future__ import annotations

import attrs
import pytest

from budgetperf import SelfEvaluation as Report
from budgetperf import Verdict, audit
from budgetperf.model import BasicExpenditure, Funding, FundingKind, FundingSource
from tests.audit.check_cases import E, I, T, findings_of, message_says, only, verdicts
from tests.factories import BLANK, NONE, Written, form, in_text, stated


def budget(
    rate: str,
    *,
    revised: Written = "200万元",
    received: Written = "150万元",
    executed: Written = "135万元",
) -> Report:
    printed = stated(rate, exact=None)
    return form(revised=revised, received=received, executed=executed, execution_rate=printed)


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (budget("67.5%"), E),  # 135 / 200
        (budget("90%"), "review"),  # 135 / 150
        (budget("90.00%"), "review"),
        (budget("89.9%"), I),
        (budget("90%", received=None), I),
        (budget("90%", received=BLANK), I),
        (budget("90%", received="150次"), I),  # no amount
        (budget("90%", received="0万元"), I),
        (budget("66.7%", revised="150万元", executed="100万元"), E),
        (
            budget("66.6%", revised="150万元", executed="100万元"),
            T,
        ),  # what was received is the same
        (budget("67%", revised="198.3万元", executed="134.1万元", received="200.1万元"), "review"),
        (budget("90%", revised="0万元"), "review"),
        (budget("90%", revised=BLANK), "not-stated"),
        (budget("90%", executed=BLANK), "not-stated"),
    ],
)
def test_an_execution_rate_of_what_was_received(report: Report, outcome: object) -> None:
    assert verdicts(report, "F05") == [outcome]


def test_it_says_what_the_rate_fits() -> None:
    finding = only(findings_of(budget("90%"), "F05"))
    message_says(
        finding,
        "按到位数（150万元）计算则相符，请复核",
        "it is the share of the 150 wan yuan received: to be reviewed",
    )
    assert finding.equation is None


def test_the_rate_is_held_to_nothing_in_the_system() -> None:
    """Neither where the budget stands beside it nor where only the text states it."""
    here = budget("90%")
    there = in_text(budget("90%", revised="200万元", executed=None, received=None)).narrative
    blank = budget("90%", revised=BLANK)
    for report in (here, attrs.evolve(blank, narrative=there), attrs.evolve(here, narrative=there)):
        result = audit(report)
        assert not result.inconsistent
        assert [f.code for f in result.findings if f.verdict is Verdict.UNDEFINED] == []


def test_the_text_may_state_the_rate_and_the_form_what_was_received() -> None:
    narrative = in_text(budget("90%", received=None)).narrative
    report = attrs.evolve(budget("90%"), narrative=narrative)
    assert verdicts(report, "F05") == ["review", "review"]
    other = in_text(budget("90%", received="160万元")).narrative  # it has an amount of its own
    assert verdicts(attrs.evolve(report, narrative=other), "F05") == [I, "review"]


def test_the_rate_of_a_source() -> None:
    def report(received: Written) -> Report:
        source = FundingSource(
            kind=FundingKind.LOCAL,
            revised=stated("200万元"),
            received=stated(received),
            executed=stated("135万元"),
            execution_rate=stated("90%", exact=None),
        )
        plain = form()
        return attrs.evolve(plain, form=attrs.evolve(plain.form, funding=Funding(sources=[source])))

    assert verdicts(report("150万元"), "F05") == ["review"]
    assert verdicts(report(NONE), "F05") == [I]


def test_a_rate_of_other_money_is_not_held_against_what_was_received() -> None:
    wages = BasicExpenditure(revised="200万元", executed="135万元", execution_rate="90%")
    whole = budget("67.5%")
    report = attrs.evolve(whole, form=attrs.evolve(whole.form, basic_expenditure=wages))
    assert verdicts(report, "F05") == [E, I]

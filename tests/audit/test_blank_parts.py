"""Sources of which some are left blank: a blank is no 0, and the others may not make the total."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf import FundingKind, FundingSource, FundingTotal, SelfEvaluation
from budgetperf.exact import Missing, MissingReason, Stated
from budgetperf.relations.assumption import Assumption

BLANK = Missing(reason=MissingReason.BLANK)


def finding(total: Stated, current: Stated, other: Stated = BLANK) -> bp.Finding:
    """What is found of the sources of a form that ends in 其他资金."""
    sources = (
        FundingSource(kind=FundingKind.CURRENT_APPROPRIATION, revised=current),
        FundingSource(kind=FundingKind.OTHER, revised=other),
    )
    funding = bp.Funding(total=FundingTotal(revised=total), sources=sources)
    audit = bp.audit(SelfEvaluation(form=bp.Statement(funding=funding)))
    found = [f for f in audit.findings if f.code == "F01" and "revised" in f.operands[0].path]
    assert len(found) == 1
    return found[0]


def amount(text: str) -> bp.Figure:
    return bp.Figure.parse(text)


@pytest.mark.parametrize(
    ("total", "assumed"), [("0万元", Assumption.NOT_NEGATIVE), ("100万元", Assumption.COMPLETE)]
)
def test_a_reviewer_asks_where_the_stated_sources_do_not_make_the_total(
    total: str, assumed: Assumption
) -> None:
    found = finding(amount(total), amount("90万元"))
    assert (found.verdict, found.reason) == (bp.Verdict.UNCHECKED, "review")
    assert found.assumes == (assumed,)
    assert "90万元" in found.why.zh


@pytest.mark.parametrize(
    ("total", "current"),
    [
        (amount("90万元"), amount("90万元")),
        (amount("90.00万元"), amount("90万元")),
        (BLANK, amount("90万元")),
        (amount("90万元"), BLANK),
        (amount("90万元"), amount("90")),
    ],
)
def test_nothing_is_asked_where_they_make_it_or_too_little_is_stated(
    total: Stated, current: Stated
) -> None:
    found = finding(total, current)
    assert found.verdict is bp.Verdict.UNCHECKED
    assert found.reason != "review"


def test_of_a_list_that_may_leave_sources_out_nothing_is_asked() -> None:
    sources = (
        FundingSource(kind=FundingKind.CURRENT_APPROPRIATION, revised=amount("90万元")),
        FundingSource(kind=FundingKind.CARRY_OVER, revised=BLANK),
    )
    funding = bp.Funding(total=FundingTotal(revised=amount("100万元")), sources=sources)
    findings = bp.audit(SelfEvaluation(form=bp.Statement(funding=funding))).findings
    assert [f.reason for f in findings if f.code == "F01" and f.operands] == ["not-stated"]


def test_what_is_unreadable_is_no_blank() -> None:
    masked = Missing(reason=MissingReason.MASKED, text="***")
    assert finding(amount("100万元"), amount("90万元"), masked).reason != "review"

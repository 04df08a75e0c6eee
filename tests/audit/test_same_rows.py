"""Which rows of two statements are one and the same thing."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf.model import Funding, FundingKind, FundingSource, FundingTotal
from budgetperf.relations.matching import same_rows

TEXT, FORM = "narrative.funding.sources", "form.funding.sources"


@pytest.mark.parametrize(
    ("text", "form", "executed", "are_one"),
    [
        ("县级资金", "县级资金", "5.00万元", True),
        ("县级资金", "市级资金", "5.00万元", False),
        ("县级资金", "市级资金", "9.00万元", False),
        ("县级资金", "资金", "5.00万元", True),
        ("县级资金", "资金", "9.00万元", False),
        ("其中：县级资金", "县级资金", "9.00万元", True),
        ("", "县级资金", "9.00万元", True),
        ("", "", "9.00万元", True),
    ],
)
def test_sources_of_two_levels_are_two_also_where_their_lists_are_complete(
    text: str, form: str, executed: str, are_one: bool
) -> None:
    """One of 5.00 makes up a total of 5.00, and none of 9.00: something is left out of the list."""
    statements = [
        bp.Statement(
            funding=Funding(
                total=FundingTotal(executed=executed),
                sources=[FundingSource(kind=FundingKind.LOCAL, label=label, executed="5.00万元")],
            )
        )
        for label in (text, form)
    ]
    report = bp.SelfEvaluation(narrative=statements[0], form=statements[1])
    tables = {
        place: dict(enumerate(statement.funding.sources))
        for place, statement in zip((TEXT, FORM), statements, strict=True)
    }
    due = [{TEXT: 0, FORM: 0}] if are_one else [{TEXT: 0}, {FORM: 0}]
    assert list(same_rows(report, tables)) == due

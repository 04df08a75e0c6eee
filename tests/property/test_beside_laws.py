"""Laws of what stands beside a report's own figures: projects that are listed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp

amounts = st.integers(1, 10**7).map(lambda cents: Fraction(cents, 1000))


@st.composite
def lists(draw: st.DrawFn) -> bp.SelfEvaluation:
    """A list of projects in which everything holds, as it is rounded to print."""
    places = draw(st.integers(1, 3))
    spent = draw(st.lists(st.tuples(amounts, st.fractions(0, 1)), min_size=1, max_size=6))
    true = [(budget, budget * share) for budget, share in spent]

    def money(value: Fraction) -> bp.Figure:
        return bp.Figure.rounded(value * 10000, unit="万元", places=places)

    def figures(budget: Fraction, executed: Fraction) -> dict[str, Any]:
        rate = bp.Figure.rounded(executed / budget, unit="%", places=2)
        names = ("revised", "executed", "execution_rate")
        return dict(zip(names, (money(budget), money(executed), rate), strict=True))

    whole = tuple(sum(column, Fraction(0)) for column in zip(*true, strict=True))
    rows = [
        bp.ListedProject(name=f"项目{number}", score="90", weight="100", **figures(*one))
        for number, one in enumerate(true)
    ]
    expenditure = bp.ProjectExpenditure(**figures(*whole))
    listed = bp.ProjectList(
        total=bp.ProjectFigures(**figures(*whole)), listed=rows, complete=draw(st.booleans())
    )
    form = bp.Statement(projects=listed, project_expenditure=expenditure)
    return bp.SelfEvaluation(form=form)


@given(lists())
@settings(max_examples=40)
def test_a_list_that_is_right_raises_no_alarm(report: bp.SelfEvaluation) -> None:
    audit = bp.audit(report)
    assert not audit.inconsistent
    assert not [f for f in audit.findings if f.code == "F21" and f.is_for_review]
    assert bp.loads(bp.dumps(report)) == report

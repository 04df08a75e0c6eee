"""Laws of what stands beside a report's own figures: projects that are listed, other years."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
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
        bp.ListedProject(name=f"项目{number}", score="90", weight="100", **figures(*project))
        for number, project in enumerate(true)
    ]
    expenditure = bp.ProjectExpenditure(**figures(*whole))
    listed = bp.ProjectList(
        total=bp.ProjectFigures(**figures(*whole)), listed=rows, complete=draw(st.booleans())
    )
    form = bp.Statement(projects=listed, project_expenditure=expenditure)
    return bp.SelfEvaluation(form=form)


@given(lists())
def test_a_list_that_is_right_raises_no_alarm(report: bp.SelfEvaluation) -> None:
    audit = bp.audit(report)
    assert not audit.inconsistent
    assert not [f for f in audit.findings if f.code == "F21" and f.is_for_review]
    assert bp.loads(bp.dumps(report)) == report


ITEMS = {
    "因公出国（境）费": "overseas_travel",
    "公务用车购置费": "vehicle_purchase",
    "公务用车运行维护费": "vehicle_operation",
    "公务接待费": "official_reception",
}
BEFORE, BUDGET, NOW = range(3)
HEADERS = {
    "beside": {BEFORE: "2022年决算数", BUDGET: "2023年预算数", NOW: "2023年决算数"},
    "in words": {BEFORE: "上年决算数", BUDGET: "本年预算数", NOW: "本年决算数"},
}


@given(
    st.lists(st.tuples(amounts, amounts, amounts), min_size=4, max_size=4),
    st.permutations([BEFORE, BUDGET, NOW]),
    st.permutations(list(ITEMS)),
    st.sampled_from(sorted(HEADERS)),
    st.sampled_from(["万元", "元"]),
)
def test_years_side_by_side_never_mix(
    true: list[tuple[Fraction, ...]], order: list[int], names: list[str], words: str, unit: str
) -> None:
    """In whatever order columns and rows stand, each year's figures are its own."""

    def printed(value: Fraction) -> str:
        return f"{bp.Figure.rounded(value * 10000, unit=unit, places=2).value:f}"

    cells = {name: list(map(printed, row)) for name, row in zip(ITEMS, true, strict=True)}
    total = [printed(sum((row[k] for row in true), Fraction(0))) for k in (BEFORE, BUDGET, NOW)]
    lines = [
        ["部门整体支出绩效评价基础数据表", "", "", ""],
        ["---"] * 4,
        ["（2023年度）", "", "", ""],
        [f"项目（{unit}）", *(HEADERS[words][k] for k in order)],
        ["三公经费", *(total[k] for k in order)],
        *([name, *(cells[name][k] for k in order)] for name in names),
    ]
    report = bp.parse("\n".join(f"|{'|'.join(line)}|" for line in lines))
    form = report.form
    (before,) = form.other_years
    assert before.year == "2022"
    for name, field in ITEMS.items():
        now, last = getattr(form.three_public, field), getattr(before.three_public, field)
        assert [str(now.budget), str(now.executed)] == [cells[name][BUDGET], cells[name][NOW]]
        assert (str(last.executed), last.budget) == (cells[name][BEFORE], bp.Missing())
        assert now.budget.unit.symbol == unit
    found = bp.audit(report).inconsistent  # more may have been spent than the budget had
    assert not [finding.why.zh for finding in found if "≤" not in finding.relation]

"""What a department's list of projects adds up to, and what of it stands side by side."""

from __future__ import annotations

import attrs
import pytest

import budgetperf as bp
from budgetperf.model import ListedProject, ProjectExpenditure, ProjectFigures, ProjectList

WRONG, ASKED = bp.Verdict.INCONSISTENT, bp.Verdict.UNCHECKED


def listing(*executed: str | None, total: str | None = None, complete: bool = False) -> ProjectList:
    rows = tuple(
        ListedProject(name=f"项目{number}", executed=amount, score=80 + number)
        for number, amount in enumerate(executed, 1)
    )
    return ProjectList(total=ProjectFigures(executed=total), listed=rows, complete=complete)


def judged(projects: ProjectList, executed: str | None = None) -> list[tuple[str, bp.Verdict]]:
    form = bp.Statement(
        projects=projects, project_expenditure=ProjectExpenditure(executed=executed)
    )
    findings = bp.audit(bp.SelfEvaluation(form=form)).findings
    return [(f.relation, f.verdict) for f in findings if f.code == "F21" and f.operands]


@pytest.mark.parametrize(
    ("total", "complete", "verdict"),
    [
        ("30.00万元", True, bp.Verdict.EXACT),
        ("31.00万元", True, WRONG),
        ("30.00万元", False, bp.Verdict.EXACT),
        ("31.00万元", False, ASKED),  # a project may be left out
        ("29.00万元", False, WRONG),  # two of them are more than all
    ],
)
def test_the_total_of_a_list(total: str, complete: bool, verdict: bp.Verdict) -> None:
    projects = listing("10.00万元", "20.00万元", total=total, complete=complete)
    assert [found for _, found in judged(projects)] == [verdict]


def test_a_project_that_spent_nothing_is_no_sum_of_others_and_none_below_0() -> None:
    amounts = ("0.00万元", "0.00万元", "10.00万元", "20.00万元")
    for total, complete in (("31.00万元", True), ("29.00万元", True), ("29.00万元", False)):
        projects = listing(*amounts, total=total, complete=complete)
        assert [verdict for _, verdict in judged(projects)] == [WRONG]
    for first in ("0.00万元", "—", None):  # what says nothing hides no sum behind it
        projects = listing(first, "30.00万元", "10.00万元", "20.00万元", total="31.00万元")
        whole = attrs.evolve(projects, complete=True)
        assert [verdict for _, verdict in judged(whole)] == [ASKED]


def test_each_amount_of_a_list_is_added_up() -> None:
    rows = [
        ListedProject(
            name=name, initial=f"{n}.00万元", revised=f"{n}.00万元", executed=f"{n}.00万元"
        )
        for name, n in (("甲", 10), ("乙", 20))
    ]
    total = ProjectFigures(initial="30.00万元", revised="31.00万元", executed="29.00万元")
    for complete, outcomes in (
        (True, [bp.Verdict.EXACT, WRONG, WRONG]), (False, [bp.Verdict.EXACT, ASKED, WRONG]),
    ):  # fmt: skip
        projects = ProjectList(total=total, listed=rows, complete=complete)
        assert [verdict for _, verdict in judged(projects)] == outcomes


def test_a_list_that_may_leave_something_out_may_have_what_was_paid_back() -> None:
    """-5 is among them, so that 15 may be all."""
    projects = listing("20.00万元", "-5.00万元", total="10.00万元")
    assert [verdict for _, verdict in judged(projects)] == [ASKED]


@pytest.mark.parametrize(
    ("executed", "total"),
    [
        (("100.01万元", "33.34万元", "33.34万元", "33.34万元"), "100.01万元"),  # a kind, rounded
        (("10.00万元", "20.00万元", "—"), "31.00万元"),  # the third may have spent 1
        (("10.00万元", "20.00万元", None), "31.00万元"),
    ],
)
def test_what_can_be_true_of_a_whole_list_is_not_wrong(
    executed: tuple[str | None, ...], total: str
) -> None:
    assert [found for _, found in judged(listing(*executed, total=total, complete=True))] == [ASKED]


def test_all_projects_and_the_expenditure_of_the_department() -> None:
    projects = listing("10.00万元", "20.00万元", total="30.00万元", complete=True)
    same, other = (judged(projects, executed) for executed in ("30.00万元", "35.00万元"))
    assert [verdict for _, verdict in same] == [bp.Verdict.EXACT, bp.Verdict.EXACT]
    assert [verdict for _, verdict in other] == [bp.Verdict.EXACT, ASKED]


@pytest.mark.parametrize(
    ("beside", "verdict"),
    [(None, bp.Verdict.EXACT), ("35.00万元", ASKED), ("30.00万元", bp.Verdict.EXACT)],
)
def test_the_expenditure_of_the_other_statement_counts_where_there_is_none_beside_the_list(
    beside: str | None, verdict: bp.Verdict
) -> None:
    projects = listing("10.00万元", "20.00万元", total="30.00万元", complete=True)
    text = bp.Statement(project_expenditure=ProjectExpenditure(executed="30.00万元"))
    own = ProjectExpenditure(executed=beside)
    report = bp.SelfEvaluation(
        narrative=text, form=bp.Statement(projects=projects, project_expenditure=own)
    )
    findings = [f for f in bp.audit(report).findings if f.code == "F21" and f.operands]
    (of_department,) = [f for f in findings if "project_expenditure" in f.relation]
    assert of_department.verdict is verdict


def test_without_a_unit_of_money_nothing_is_compared() -> None:
    projects = listing("10.00", "20.00")
    assert judged(projects, "35.00万元") == []


def test_a_list_with_a_blank_is_not_decided() -> None:
    rows = listing("10.00万元", "20.00万元", "5.00万元").listed
    blank = attrs.evolve(rows[1], executed=bp.Missing(reason=bp.MissingReason.BLANK))
    total = ProjectFigures(executed="15.00万元")
    projects = ProjectList(total=total, listed=(rows[0], blank, rows[2]), complete=True)
    assert [verdict for _, verdict in judged(projects)] == [ASKED]
    bare = attrs.evolve(projects, total=ProjectFigures())
    assert [verdict for _, verdict in judged(bare, "15.00万元")] == [ASKED]


@pytest.mark.parametrize("reason", [bp.MissingReason.BLANK, bp.MissingReason.UNREADABLE])
def test_a_total_that_is_blank_or_cannot_be_read_is_below_nothing(reason: bp.MissingReason) -> None:
    total = ProjectFigures(executed=bp.Missing(reason=reason))
    projects = attrs.evolve(listing("10.00万元", "20.00万元"), total=total)
    assert WRONG not in [verdict for _, verdict in judged(projects)]


def test_projects_of_two_years_stand_side_by_side() -> None:
    years = (listing("10.00万元", "20.00万元"), listing("12.00万元"))
    reports = [bp.SelfEvaluation(form=bp.Statement(projects=projects)) for projects in years]
    rows = bp.compare(reports).rows
    printed = {row.key: [text.zh for text in row.texts] for row in rows if "project:" in row.key}
    assert printed == {
        "project:项目1:executed": ["10.00万元", "12.00万元"],
        "project:项目1:score": ["81", "81"],
        "project:项目2:executed": ["20.00万元", "未填报"],
        "project:项目2:score": ["82", "未填报"],
    }

"""F21: what a list of projects adds up to, in this year and in others."""

from __future__ import annotations

import pytest

import budgetperf as bp


def listed(
    *executed: str | None, total: str | None = None, complete: bool = False
) -> bp.ProjectList:
    rows = [(f"项目{number}", amount) for number, amount in enumerate(executed)]
    return bp.ProjectList(
        listed=bp.ListedProject.from_rows("name executed", rows),
        total=bp.ProjectFigures(executed=total),
        complete=complete,
    )


def verdicts(form: bp.Statement) -> list[tuple[str, str]]:
    audit = bp.audit(bp.SelfEvaluation(form=form))
    return [
        (finding.verdict.value, finding.reason or "")
        for finding in audit.findings
        if finding.code == "F21"
    ]


@pytest.mark.parametrize(
    ("rows", "total", "complete", "due"),
    [
        (("1.50万元", "2.50万元"), "4.00万元", True, [("exact", "")]),
        (("1.50万元", "2.50万元"), "4.00万元", False, [("exact", "")]),
        (("1.50万元", "2.50万元"), "5.00万元", True, [("inconsistent", "")]),
        (("1.50万元", "2.50万元"), "5.00万元", False, [("unchecked", "review")]),  # others may be
        (("1.50万元", "2.50万元"), "3.00万元", False, [("inconsistent", "")]),  # more than all
        (("1.50万元", "0.00万元", "2.50万元"), "3.00万元", False, [("inconsistent", "")]),
        (("-1.50万元", "2.50万元", "4.00万元"), "3.00万元", False, [("unchecked", "review")]),
        (("4.00万元", "1.50万元", "2.50万元"), "4.00万元", True, [("unchecked", "review")]),
        (("2.00万元", "0.00万元", "2.50万元"), "5.00万元", True, [("inconsistent", "")]),
        (("1.50万元",), "5.00万元", True, []),  # one project says nothing
        (("1.50万元", None), "5.00万元", True, []),
        (("1.50万元", "2.50万元"), None, True, []),
    ],
)
def test_a_list_and_its_total(
    rows: tuple[str | None, ...], total: str | None, complete: bool, due: list[tuple[str, str]]
) -> None:
    assert verdicts(bp.Statement(projects=listed(*rows, total=total, complete=complete))) == due


def test_of_another_year_the_list_makes_up_its_project_expenditure() -> None:
    for executed, due in (("4.00万元", "exact"), ("3.00万元", "inconsistent")):
        year = bp.OtherYear(
            year="2022",
            projects=listed("1.50万元", "2.50万元"),
            project_expenditure=bp.Execution(executed=executed),
        )
        assert verdicts(bp.Statement(other_years=[year])) == [(due, "")]
        assert year.title.en == "2022"


def test_the_expenditure_of_the_department_is_a_question() -> None:
    """Also where a list has units that do not go together: nothing is said then."""
    for executed, due in (
        ("4.00万元", [("exact", "")]),
        ("6.00万元", [("unchecked", "review")]),
        ("3.00万元", [("unchecked", "review")]),
    ):
        expenditure = bp.ProjectExpenditure(executed=executed)
        projects = listed("1.50万元", "2.50万元")
        form = bp.Statement(projects=projects, project_expenditure=expenditure)
        assert verdicts(form) == due
        text = bp.SelfEvaluation(
            narrative=bp.Statement(project_expenditure=expenditure),
            form=bp.Statement(projects=projects),
        )
        assert not bp.audit(text).inconsistent
    bare, expenditure = listed("1.50", "2.50"), bp.ProjectExpenditure(executed="4.00万元")
    assert verdicts(bp.Statement(projects=bare, project_expenditure=expenditure)) == []


def test_a_score_out_of_100_beside_a_share_is_a_question() -> None:
    rows = bp.ListedProject.from_rows("name weight score", [("甲", "10", "96"), ("乙", "10", "9")])
    form = bp.Statement(projects=bp.ProjectList(listed=rows))
    assert verdicts(form) == [("unchecked", "review"), ("exact", "")]

"""J01: the relations of a report as one system, and what cannot hold together."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

import budgetperf as bp
from budgetperf import (
    Figure,
    Finding,
    Interval,
    Operand,
    SelfEvaluation,
    Statement,
    Text,
    Verdict,
)
from budgetperf.auditing import relations
from budgetperf.auditing.diagnosis.together import together
from budgetperf.linear import simplex as tableau
from budgetperf.linear.bounds import Conflict
from budgetperf.linear.diagnoses import disjoint_conflicts
from budgetperf.linear.masks import Mask
from budgetperf.linear.system import Solver, Undecided
from budgetperf.model import Adjustment, Funding, FundingKind, FundingSource, FundingTotal
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.expression import Binary, Equation
from tests.audit.joint_cases import C, E, I, R, amounts, figure, finding_of, path, stated
from tests.factories import says

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "examples" / "department-2023.md").read_text(encoding="utf-8")
(J01,) = [relation for relation in relations() if relation.code == "J01"]


def judged(report: SelfEvaluation, *texts: str) -> list[Finding]:
    return list(together(J01, report, [finding_of(report, text) for text in texts]))


def j01(report: SelfEvaluation) -> list[Finding]:
    return [finding for finding in bp.audit(report).findings if finding.code == "J01"]


# --- whole reports --------------------------------------------------------------------------------


def test_a_blank_score_is_at_most_its_weight() -> None:
    """10 + 30 + 18 + 20 and up to 20 are 78 to 98 points; the report says 100."""
    row = "来访群众满意度\t≥90%\t中心2023年度任务分解表\t20\t99%\t20"
    assert EXAMPLE.count(row) == 1
    report = bp.parse(EXAMPLE.replace(row, row.removesuffix("20")))

    (finding,) = j01(report)

    assert finding.verdict is I
    assert finding.derived == Interval(lower=78, upper=98)
    assert finding.gap == 2
    assert finding.subject.en == "narrative › total score"
    assert {operand.path for operand in finding.operands} == {
        "narrative.total_score",
        "form.funding.total.score",
        *(f"form.indicators[{row}].score" for row in (2, 3, 4)),
        "form.indicators[7].weight",
    }
    assert "100 and 10, 30, 18, 20, 20 cannot all be right" in finding.why.en
    says(finding.why, "100分", "78 to 98")


def test_what_is_broken_by_itself_is_not_told_again() -> None:
    """The example has broken relations; without them the rest can hold, some by rounding."""
    audit = bp.audit(bp.parse(EXAMPLE))

    assert audit.inconsistent
    assert [finding.verdict for finding in j01(bp.parse(EXAMPLE))] == [R]


def test_relations_that_hold_one_by_one_and_not_together() -> None:
    """The sources are less than 10.00 in all, so that the year's budget is less than 20.005."""
    report = SelfEvaluation(
        narrative=Statement(
            funding=Funding(
                total=FundingTotal(initial=figure("10.00"), revised=figure("20.01")),
                sources=(
                    FundingSource(kind=FundingKind.LOCAL, initial=figure("5.00")),
                    FundingSource(kind=FundingKind.OTHER, initial=figure("4.99")),
                ),
            ),
            adjustment=Adjustment(amount=figure("10.00")),
        )
    )
    audit = bp.audit(report)
    single = [f for f in audit.findings if f.code != "J01" and f.equation is not None]
    assert {f.verdict for f in single if f.reason is None} == {R}

    (finding,) = j01(report)

    assert finding.verdict is I
    assert {operand.path.removeprefix("narrative.") for operand in finding.operands} == {
        "funding.total.revised",
        "funding.sources[0].initial",
        "funding.sources[1].initial",
        "adjustment.amount",
    }
    assert finding.operands[0].path == "narrative.funding.total.revised"
    # [9.995, 10.00) and [9.995, 10.005), against 20.005 or more.
    assert str(finding.derived) == "[19.99, 20.005)"
    assert finding.gap == 0
    assert "20.01 yuan and 5.00 yuan, " in finding.why.en


def test_where_nothing_is_stated_nothing_holds_together() -> None:
    assert list(together(J01, SelfEvaluation(), [])) == []
    assert [(finding.verdict, finding.reason) for finding in j01(SelfEvaluation())] == [
        (C, "not-stated")
    ]


# --- findings -------------------------------------------------------------------------------------


def test_it_says_how_many_relations_hold_together() -> None:
    report = amounts("3.00", "1.00", "2.00", "3.00")

    (finding,) = judged(report, "a = b + c", "a = d")

    assert (finding.verdict, finding.code, finding.reason) == (R, "J01", None)
    assert "the 2 relations" in finding.why.en
    exact = [finding_of(report, "a = b + c", verdict=E), finding_of(report, "a = d", verdict=E)]
    assert [finding.verdict for finding in together(J01, report, exact)] == [E]
    # What is no equation is none of those that hold together.
    apart = attrs.evolve(finding_of(report, "a = d", verdict=R), equation=None)
    assert [finding.verdict for finding in together(J01, report, [*exact, apart])] == [E]
    (finding,) = together(J01, report, [exact[0], finding_of(report, "a = d", verdict=R)])
    assert finding.verdict is R


def test_two_conflicts_are_two_findings() -> None:
    report = amounts("1.00", "2.00", "4.00", "1.00", "2.00", "5.00")

    first, second = judged(report, "c = a + b", "f = d + e")

    assert (first.relation, second.relation) == ("c = a + b", "f = d + e")
    assert first.operands[0].path == path("c")
    assert str(first.derived) == "[2.99, 3.01)"
    assert first.gap == Fraction("0.985")
    assert second.gap == Fraction("1.985")


def test_one_figure_alone_may_be_impossible() -> None:
    """Nothing is printed of b. If it is no less than 0, a cannot be 3: a reviewer asks."""
    impossible, rounded = judged(amounts("3.00", None), "1 = a + b")

    assert (impossible.verdict, impossible.reason) == (C, "review")
    assert impossible.assumes == (Assumption.NOT_NEGATIVE,)
    assert [operand.path for operand in impossible.operands] == [path("a")]
    assert impossible.derived == Interval(lower=0, upper=1)
    assert impossible.message.en.endswith(
        "several relations cannot all hold: 3.00 yuan cannot be right; "
        "the others give 0 to 1 yuan (assuming that amounts are 0 or more)"
    )
    assert "3.00元有误" in impossible.why.zh
    assert "（前提：金额不小于 0）" in impossible.message.zh
    assert rounded.verdict is R


@pytest.mark.parametrize(("unit", "rests"), [("元", True), ("人", False)])
def test_whole_amounts_may_have_been_rounded_and_counts_not(unit: str, rests: bool) -> None:
    """1 + 1 is 3 where each of them is 1.4 and the sum is 2.8; of people there are no parts."""
    report = amounts(*(f"={number}{unit}" for number in (3, 1, 1)))

    (finding,) = judged(report, "a = b + c")

    assert (Assumption.WHOLE_IS_EXACT in finding.assumes) is rests


def test_without_a_result_the_first_figure_is_told() -> None:
    """Nothing stands alone on the left."""
    (finding,) = judged(amounts("1.00", "2.00", "4.00"), "c - b = a + 0")

    assert finding.operands[0].path == path("a")
    assert str(finding.derived) == "(1.99, 2.01)"


def test_a_figure_of_two_conflicts_may_have_no_value_left() -> None:
    """c is 3 by a and b, and 5 by d and e: whatever c is, that remains."""
    report = amounts("=1", "=2", "=4", "=1", "=4")

    findings = judged(report, "c = a + b", "c = d + e")

    assert findings
    assert any(finding.derived is None and finding.gap is None for finding in findings)
    (none,) = [finding for finding in findings if finding.derived is None]
    assert none.why.en.endswith("4 yuan and 1 yuan, 2 yuan cannot all be right")


def by_rate(report: SelfEvaluation, *, exact: bool = False) -> Finding:
    """2 / 3 is 66 %, if that was cut off."""
    rate = Operand(
        path="form.funding.total.execution_rate",
        stated=Figure.parse("66%", exact=exact),
        label=Text(zh="率", en="rate"),
    )
    quotient = Binary(symbol="/", left=stated(report, "a"), right=stated(report, "b"))
    equation = Equation(left=rate, comparator="=", right=quotient)
    return attrs.evolve(
        finding_of(report, "a = b"), equation=equation, operands=equation.operands, relation="rate"
    )


def test_what_cutting_off_explains_is_no_part_of_the_trouble() -> None:
    """Nor is it asked about, as if it rested on amounts that are 0 or more."""
    report = amounts("2.0000", "3.0000", "1.00", "1.00", "3.00")
    total = finding_of(report, "e = c + d")
    (cut,) = together(J01, report, [by_rate(report)])
    assert (cut.verdict, cut.relation) == (Verdict.TRUNCATED, "rate")
    assert cut.gap is None
    (wrong,) = together(J01, report, [by_rate(report, exact=True)])
    assert (wrong.verdict, wrong.relation) == (I, "rate")  # 66 % and no more is none that was cut
    (wrong,) = together(J01, report, [by_rate(report), total])
    assert (wrong.verdict, wrong.relation) == (I, "e = c + d")


def test_whether_cutting_off_explains_it_may_be_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    decided = disjoint_conflicts
    asked: list[Solver] = []

    def conflicts(solver: Solver, *released: Mask) -> tuple[list[Conflict], Undecided | None]:
        asked.append(solver)
        return ([], Undecided(code="step-bound")) if len(asked) == 3 else decided(solver, *released)

    monkeypatch.setattr("budgetperf.auditing.diagnosis.together.disjoint_conflicts", conflicts)
    report = amounts("2.0000", "3.0000")
    *_, last = findings = list(together(J01, report, [by_rate(report)]))
    assert (last.verdict, last.reason) == (C, "step-bound")
    assert {finding.verdict for finding in findings} == {C}


def test_a_contradiction_that_no_print_is_to_blame_for() -> None:
    report = amounts("1.00")

    (finding,) = judged(report, "1 = 2")

    assert (finding.verdict, finding.reason) == (C, "no-print-to-blame")
    assert finding.why.en.endswith("(no-print-to-blame)")


def test_what_is_not_decided_is_said_to_be_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableau, "_MOST", 0)

    (finding,) = judged(amounts("1.00", "2.00", "4.00"), "c = a + b")

    assert (finding.verdict, finding.reason) == (C, "step-bound")
    assert "（step-bound）" in finding.why.zh


def test_what_is_undecided_with_an_assumption_may_hold_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "budgetperf.auditing.diagnosis.together.disjoint_conflicts"
    undecided = SimpleNamespace(code="step-bound")
    answers: list[object] = []
    monkeypatch.setattr(name, lambda _: answers.pop(0))
    report = amounts("3.00", "1.00", "2.00")
    for without, reason in ((None, None), (undecided, "step-bound")):
        answers[:] = [([], undecided), ([], without)]
        assert [finding.reason for finding in judged(report, "a = b + c")] == [reason]

"""The audit of a form that prints how its rows are scored."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.auditing.checks.ruled import AS_PRINTED
from budgetperf.exact import round_to
from budgetperf.relations.assumption import Assumption
from budgetperf.scoring import NoScore, indicator_score
from tests.factories import figure, form, indicator, says

LOSS = "每低于一个百分点扣0.5分，扣完为止"
HALF = "达到指标值得满分，否则不得分"


def row(score: str, rule: str = LOSS, **cells: Any) -> bp.Indicator:
    plain: dict[str, Any] = {
        "name": "某率", "level1": "产出", "target": "≥90%", "actual": "88%", "weight": 10,
    }  # fmt: skip
    return bp.Indicator(**plain | {"score": score, "scoring_rule": rule} | cells)


def report(*rows: bp.Indicator, **form: Any) -> bp.SelfEvaluation:
    stated = bp.SelfEvaluation(form=bp.Statement(indicators=rows, **form))
    return bp.with_column_precision(stated)


def verdicts(report: bp.SelfEvaluation, code: str, rules: str | None = None) -> list[str]:
    audit = bp.audit(report, rules=rules)
    return [f.verdict.value for f in audit.findings if f.code.startswith(code) and f.operands]


@pytest.mark.parametrize("rules", [None, "national-2020", "yitihua-default"])
def test_a_score_follows_the_printed_rule_with_and_without_a_rule_set(rules: str | None) -> None:
    assert verdicts(report(row("9")), "W04", rules) == ["exact"]
    wrong = verdicts(report(row("8")), "W04", rules)
    assert wrong == (["inconsistent"] if rules != "yitihua-default" else ["unchecked"])


def test_the_words_are_the_source() -> None:
    audit = bp.audit(report(row("8")))
    (finding,) = [f for f in audit.findings if f.code == "W04"]
    assert finding.provision == LOSS
    says(finding.why, LOSS, LOSS)


def test_other_rows_need_a_rule_set() -> None:
    audit = bp.audit(report(row("9"), row("9", "", name="别的")))
    outcomes = [(f.verdict.value, f.reason) for f in audit.findings if f.code == "W04"]
    assert outcomes == [("exact", None), ("unchecked", "no-ruleset")]


def test_words_that_are_not_understood_leave_the_row_unchecked() -> None:
    for rules in (None, "national-2020"):
        audit = bp.audit(report(row("3", "视情况给分")), rules=rules)
        (finding,) = [f for f in audit.findings if f.code == "W04"]
        assert (finding.verdict.value, finding.reason) == ("unchecked", "printed-rule")
        says(finding.why, "视情况给分", "视情况给分")


def test_a_row_without_a_rule_hides_no_row_that_has_one() -> None:
    """Without a rule-set, only what a row prints itself can be held against its score."""
    bare, ruled = row("10", "", name="甲率"), row("0", HALF, name="乙率")
    assert verdicts(report(ruled), "W04") == ["exact"]
    assert verdicts(report(bare, ruled), "W04") == verdicts(report(ruled, bare), "W04")
    assert "exact" in verdicts(report(bare, ruled), "W04")


def test_so_is_a_row_in_words() -> None:
    words = row("3", "视情况给分", target="及时", actual="达成预期指标")
    for rules in (None, "national-2020"):
        audit = bp.audit(report(words), rules=rules)
        (finding,) = [f for f in audit.findings if f.code == "W07"]
        assert (finding.verdict.value, finding.reason) == ("unchecked", "printed-rule")


def test_full_marks_for_a_miss_are_in_order_where_the_printed_rule_gives_them() -> None:
    lenient = "≥80%得满分，＜80%不得分"
    satisfied = {"name": "群众满意度"}
    assert verdicts(report(row("10", lenient, **satisfied)), "W05") == ["exact"]
    assert verdicts(report(row("10", HALF)), "W05") == ["unchecked"]


def test_a_fall_of_scores_may_come_of_two_printed_rules() -> None:
    falling = [row("10", HALF, actual="95%"), row("4", "视情况给分", name="别的", actual="96%")]
    worse = [row("9", HALF, actual="80%"), row("4", "视情况给分", name="别的", actual="85%")]
    for rows in (falling, worse):
        assert "inconsistent" not in verdicts(report(*rows), "W06")


def test_a_fall_that_the_printed_rules_give_is_not_asked_about() -> None:
    """3 points off for one complaint, and half a point for each that is missing elsewhere."""
    few = row("9.5", LOSS, name="甲率", actual="89%")
    fewer = row("9", LOSS, name="乙率", target="≥80%", actual="78%")
    lenient = row("10", "≥80%得满分，＜80%不得分", name="群众满意度", actual="85%")
    for rules in (None, "national-2020"):
        assert verdicts(report(few, fewer, lenient), "W06", rules) == ["exact"]
        wrong = attrs.evolve(few, score=bp.Figure.parse("8"))
        findings = bp.audit(report(wrong, lenient), rules=rules).findings
        (finding,) = [f for f in findings if f.code == "W06"]
        assert (finding.verdict.value, finding.reason) == ("unchecked", "by-rule")
        says(finding.why, "按规则应得的分见 W04", "for the scores that are due see W04")


def test_whole_scores_by_a_printed_rule_may_be_rounded() -> None:
    by_ratio = row("9", "实际完成值/指标值×分值", target="≥100%", actual="86.3%")
    other = attrs.evolve(by_ratio, name="别的")
    stated = report(by_ratio, other, total_score="17")  # 8.63 + 8.63 = 17.26
    assert verdicts(stated, "W04") == ["exact", "exact"]
    assert "inconsistent" not in verdicts(stated, "W08")


def test_zeros_at_the_end_of_all_scores_may_have_been_added() -> None:
    """2.430 beside 0.290 may be 2.4324, rounded to 2 decimals and printed with 3."""
    by_ratio = row("8.630", "实际完成值/指标值×分值", target="≥100.00%", actual="86.34%")
    assert verdicts(report(by_ratio, row("9.000", name="别的")), "W04") == ["exact", "exact"]
    among = report(by_ratio, row("9.001", "", name="别的"))
    assert verdicts(among, "W04") == ["inconsistent"]


def test_a_score_may_be_rounded_once_more_for_print() -> None:
    """8.946 is 8.95 in the books, and 9.0 in the form; 8.944 is 8.94, and 8.9."""
    for actual, outcome in (("89.46%", "rounding"), ("89.44%", "inconsistent")):
        by_ratio = row("9.0", "实际完成值/指标值×分值", target="≥100.00%", actual=actual)
        assert verdicts(report(by_ratio, row("4.7", "", name="别的")), "W04") == [outcome]


@given(st.integers(1, 9999), st.integers(0, 3), st.integers(0, 1))
@example(8946, 1, 1)
def test_no_score_that_was_rounded_in_steps_is_wrong(
    hundredths: int, places: int, more: int
) -> None:
    """To one more place first, or at once."""
    due = Fraction(hundredths, 1000)  # of 10 points
    kept = round_to(round_to(due, places + more), places)
    cells = {"target": "≥100.00%", "actual": f"{Decimal(hundredths) / 100}%"}
    score = f"{Decimal(kept.numerator) / kept.denominator:.{places}f}"
    other = row(f"4.{'7' * places}".rstrip("."), "", name="别的")
    outcomes = verdicts(report(row(score, "实际完成值/指标值×分值", **cells), other), "W04")
    assert "inconsistent" not in outcomes


def test_a_printed_rule_speaks_for_and_against_no_rule_set() -> None:
    plain = row("10", "", name="别的", actual="95%")
    alone = bp.rules_that_fit(report(plain)).rules
    beside = bp.rules_that_fit(report(plain, row("3"))).rules
    assert [c.outcome for c in alone.candidates] == [c.outcome for c in beside.candidates]


def test_the_empty_rule_set_says_nothing() -> None:
    scored = indicator_score(row("9", ""), AS_PRINTED, weight=figure("10"))
    assert isinstance(scored, NoScore)
    assert scored.code == "rule-silent"


def test_stated_directions_are_part_of_the_receipt() -> None:
    cost = row("10", "", name="成本", target="100万元", actual="80万元", level2="成本指标")
    stated, directions = report(cost), {"成本指标": "≤"}
    audit = bp.audit(stated, rules="yitihua-default", directions=directions)
    assert audit.receipt.directions == directions
    assert bp.verify(audit.receipt, stated).holds
    card = bp.scorecard(stated, rules="yitihua-default", directions=directions)
    assert card.receipt is not None
    assert card.receipt.directions == directions
    assert bp.verify(card.receipt, stated).holds
    assert "成本指标 ≤" in str(audit)


def test_a_total_of_scores_that_their_rules_round_is_not_called_wrong() -> None:
    """3 stands for 22 × 2 ÷ 14.57 = 3.0199; of 54 points 35 are 64.8, printed as 65."""
    rows = [
        bp.Indicator(
            name="甲",
            target="≤2%",
            actual="14.57%",
            weight=22,
            score=3,
            scoring_rule="指标值/实际完成值×分值",
        ),
        bp.Indicator(name="乙", target="33人次", actual="33人次", weight=22, score=22),
        bp.Indicator(name="丙", target="不适用", actual="不适用", weight=46, score="—"),
    ]
    total = bp.FundingTotal(weight=10, score=10)
    form = bp.Statement(funding=bp.Funding(total=total), indicators=rows, total_score="65")
    audit = bp.audit(bp.SelfEvaluation(kind="project", form=form), rules="generic-form-rescale")
    assert {f.verdict for f in audit.findings if f.code in ("W08", "J01")} >= {bp.Verdict.EXACT}
    assert audit.inconsistent == ()


@pytest.mark.parametrize(
    ("score", "verdict", "assumed"),
    [("8.3", "exact", True), ("8.33", "exact", True), ("9", "inconsistent", False)],
)
def test_only_a_score_that_is_due_is_taken_as_rounded(
    score: str, verdict: str, *, assumed: bool
) -> None:
    """10 × 10/12 is 8.333…, and the method of 2020 says nothing on rounding."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "10", score), target="≥12次", actual="10次")
    audit = bp.audit(form(row, weight="10", score="10"), rules="national-2020")
    (finding,) = [finding for finding in audit.findings if finding.code == "W04"]
    assert finding.verdict.value == verdict
    assert (Assumption.ROUNDED_TO_PRINT in finding.assumes) is assumed

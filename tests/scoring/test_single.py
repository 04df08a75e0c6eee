"""One row scored by itself: what stands on paper, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf import (
    Amount,
    Funding,
    FundingTotal,
    Indicator,
    Points,
    Rate,
    SelfEvaluation,
    Statement,
    score,
    score_execution,
    scorecard,
)
from tests.factories import refused, says, there, typed

MODULE = "yitihua-default"


def test_what_stands_on_paper() -> None:
    """18 of 20 for nine tenths; 81 % of 90 % and no less, as both are whole."""
    line = score(target="≥90%", actual="81%", weight=20, rules=MODULE)
    assert (line.score, line.weight, line.stated) == (Points(18), Points(20), None)
    assert there(line.possible).is_point
    assert (line.why, line.reason) == (None, None)
    assert [demand.value for demand in line.demands] == ["explain"]  # a target that was missed
    assert there(line.status).value == "implementation"


def test_what_was_rounded_has_several_scores() -> None:
    """81.0 % is 80.95 % to 81.05 %, of which 90 % makes 17.99 to 18.01 points."""
    line = score(target="≥90%", actual="81.0%", weight=20, rules=MODULE)
    assert line.score == Points(18)
    ends = there(line.possible)
    assert (ends.lower, ends.upper) == (Fraction("17.99"), Fraction("18.01"))


def test_judgement_is_left_open() -> None:
    line = score(target="≥90%", actual="99%", weight=20, rules="national-2020")
    assert (line.score, line.admissible) == (None, line.possible)
    assert line.admissible == bp.Interval(lower=0, upper=20)
    assert line.why is not None


def test_rules_by_name_and_heading() -> None:
    by_name = score(
        target="≥100%", actual="90%", weight=8, name="预算完成率", rules="hunan-dept-weight-8"
    )
    assert by_name.score == Points(4)  # two whole steps of 5 %, two points each
    nameless = score(target="≥100%", actual="90%", weight=8, rules="hunan-dept-weight-8")
    assert nameless.score is None


def test_whether_a_reason_is_given() -> None:
    paper: dict[str, Any] = {"target": "≥10次", "actual": "9次", "weight": 10}
    asked = score(**paper, rules=MODULE)
    given = score(**paper, explanation="需求增加", rules=MODULE)
    assert asked.demands == given.demands != ()
    says(asked.remarks[-1], "未填写", "none is")
    says(given.remarks[-1], "已填写", "one is")


def test_why_there_is_none() -> None:
    assert score(target="≥90%", actual="90次", weight=20, rules=MODULE).reason == "unit-mismatch"
    assert score(target="≥90%", actual="—", weight=20, rules=MODULE).reason == "not-stated"
    assert score(target="≥90%", actual="90%", weight=None, rules=MODULE).weight is None


def test_what_is_refused() -> None:
    with pytest.raises(bp.FloatRefusedError):
        score(target="≥90%", actual=0.9, weight=20, rules=MODULE)  # type: ignore[call-overload]
    with refused("wrong-type", "weight"):
        score(target="≥90%", actual="99%", weight="很多", rules=MODULE)
    with refused("either-or", "indicator"):
        score(Indicator(target="≥90%"), actual="90%", rules=MODULE)  # type: ignore[call-overload]
    with pytest.raises(bp.BudgetperfError):
        score(target="≥90%", actual="90%", weight=20, rules="nowhere-2020")


def test_the_rows_of_a_report_that_was_read() -> None:
    report = bp.read(Path(__file__).parents[2] / "examples" / "department-2023.md")
    rows = [row for row in report.form.indicators if row.key]
    card = scorecard(report, rules=MODULE)
    assert [score(row, rules=MODULE) for row in rows] == list(card.lines[1:])
    assert score_execution(report.form.funding.total, rules=MODULE) == card.lines[0]


def test_execution_by_amounts_by_rate_and_by_the_row() -> None:
    funds = FundingTotal(executed="8.62万元", revised="10.00万元", weight=10, score="8.62")
    line = score_execution(funds, rules=MODULE)
    report = SelfEvaluation(form=Statement(funding=Funding(total=funds)))
    assert line == scorecard(report, rules=MODULE).lines[0]
    assert (line.score, line.stated) == (Points("8.62"), Points("8.62"))
    by_amounts = score_execution(executed="8.62万元", revised="10.00万元", rules=MODULE)
    assert (by_amounts.score, by_amounts.possible) == (line.score, line.possible)
    rate = bp.execution_rate(executed=by_figure("8.62万元"), revised=by_figure("10.00万元"))
    by_rate = score_execution(rate=typed(Rate, rate), rules=MODULE)
    assert (by_rate.score, by_rate.possible) == (line.score, line.possible)
    exact = score_execution(rate=Rate("1/3"), rules="national-2020")
    assert there(exact.possible).upper == Fraction(10, 3)
    printed = score_execution(rate="86%", rules=MODULE)
    assert (there(printed.possible).lower, there(printed.possible).upper) == (
        Fraction("8.55"),
        Fraction("8.65"),
    )


def by_figure(text: str) -> bp.Figure:
    return bp.Figure.parse(text)


def test_execution_by_its_own_base_and_weight() -> None:
    amounts: dict[str, Any] = {"executed": Amount(50, "万元"), "rules": "national-pilot-2016"}
    by_initial = score_execution(**amounts, initial=Amount(100, "万元"))
    by_revised = score_execution(**amounts, revised=Amount(100, "万元"))
    assert {by_initial.score, by_revised.score} == {Points(5), None}
    other = score_execution(rate="50%", weight=20, rules=MODULE)
    assert other.score == Points(5)
    says(other.remarks[0], "分值为 20", "weight of 20")


def test_execution_that_is_not_there() -> None:
    assert score_execution(rules=MODULE).reason == "absent"
    assert score_execution(rate="—", rules=MODULE).reason == "not-stated"
    assert score_execution(executed="5元", rules=MODULE).reason == "not-stated"
    assert score_execution(rate="50%", rules="hunan-dept-weight-8").reason == "rule-silent"
    with refused("either-or", "rate"):
        score_execution(rate="50%", executed="5元", rules=MODULE)
    more: tuple[dict[str, Any], ...] = ({"weight": 10}, {"rate": "50%"}, {"executed": "5元"})
    for beside in more:
        with refused("either-or", "rate"):
            score_execution(FundingTotal(), **beside, rules=MODULE)


def test_a_rate_in_a_total_is_a_rate() -> None:
    """Where only a rate is there, the score follows from that, however it was given."""
    total = bp.FundingTotal(execution_rate="86%")
    assert score_execution(total, rules=MODULE).score == Points("8.6")
    assert score_execution(rate="86%", rules=MODULE).score == Points("8.6")


def test_what_is_no_indicator_is_refused() -> None:
    for wrong in ("a", 3, bp.Figure.parse("3")):
        with pytest.raises(bp.WrongTypeError, match="indicator"):
            bp.score(wrong, rules=MODULE)  # type: ignore[call-overload]

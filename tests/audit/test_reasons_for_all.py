"""Reasons for deviations that are given in one place for all indicators."""

from __future__ import annotations

import pytest

import budgetperf as bp


def asked(reasons: str | None, other: str | None = None, **own: str) -> set[str]:
    """What is asked of two indicators, of which the first is missed and lost points."""
    rows = [
        bp.Indicator(
            name="演出场次", target="≥10场", actual="8场", weight="50分", score="40分", **own
        ),
        bp.Indicator(name="观众人数", target="≥90人", actual="95人", weight="50分", score="50分"),
    ]
    report = bp.SelfEvaluation(
        narrative=bp.Statement(deviation_reasons=other),
        form=bp.Statement(indicators=rows, deviation_reasons=reasons),
    )
    audit = bp.audit(report)
    assert not audit.inconsistent
    return {finding.code for finding in audit.findings if finding.is_for_review}


BOTH = {"Q05", "W12"}


@pytest.mark.parametrize(
    ("reasons", "due"),
    [
        (None, BOTH),
        ("", BOTH),
        ("无", BOTH),
        ("演出 场次未完成：剧场改造。", set()),
        ("演出场次未完成：剧场改造；其他指标均已完成。", set()),
        ("观众人数较多：增加了宣传。", BOTH),
        ("受疫情影响，未能如期举办。", set()),
        ("全部完成。", BOTH),
        ("偏差较小。", BOTH),
    ],
)
def test_they_are_of_the_indicators_that_they_name(reasons: str | None, due: set[str]) -> None:
    assert asked(reasons) & BOTH == due
    assert asked(None, reasons) & BOTH == due  # wherever they are given


def test_a_reason_of_its_own_comes_first() -> None:
    assert asked("剧场改造。", explanation="已完成") & BOTH == {"W12"}  # contradicts the result
    assert asked("全部完成。", explanation="剧场改造") & BOTH == set()

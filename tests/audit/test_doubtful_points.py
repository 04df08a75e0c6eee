"""Numbers in headings that need not be points: 产出指标（50）."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf import Verdict


def verdicts(*headings: tuple[str, str]) -> list[tuple[Verdict, bool]]:
    """Of each heading with its number, above one row or two of 20 points each."""
    rows = [
        bp.Indicator(name=f"{heading}{number}", level1=heading, weight="20")
        for heading, many in headings
        for number in range(int(many))
    ]
    report = bp.SelfEvaluation(form=bp.Statement(indicators=tuple(rows)))
    findings = [f for f in bp.audit(report).findings if f.code == "W02" and f.operands]
    return [(finding.verdict, finding.is_for_review) for finding in findings]


ASKED = (Verdict.UNCHECKED, True)
WRONG = (Verdict.INCONSISTENT, False)
RIGHT = (Verdict.EXACT, False)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ([("产出指标（50分）", "2")], [WRONG]),  # they are called points
        ([("产出指标（50）", "2")], [ASKED]),
        ([("产出指标（40）", "2")], [RIGHT]),
        ([("产出指标（2）", "2")], []),  # a numbering, or that many rows
        ([("产出指标（12）", "12")], []),
        ([("产出指标（12）", "11")], [ASKED]),
        ([("产出指标（50）", "2"), ("效益指标（20）", "1")], [WRONG, RIGHT]),  # printed alike
        ([("产出指标（50%）", "2")], [ASKED]),
        ([("产出指标（50%）", "2"), ("效益指标（20）", "1")], [ASKED, RIGHT]),
    ],
)
def test_what_a_number_that_need_not_be_points_says(
    headings: list[tuple[str, str]], expected: list[tuple[Verdict, bool]]
) -> None:
    assert verdicts(*headings) == expected

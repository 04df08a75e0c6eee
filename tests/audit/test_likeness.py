"""Figures that are equal by rule show no copying."""

from __future__ import annotations

from fractions import Fraction

import pytest

import budgetperf as bp
from budgetperf.auditing.slips.likeness import Rows

FUNDS = {
    "form.funding.total.initial": 900,
    "form.funding.total.revised": 900,
    "form.funding.sources[0].initial": 600,
    "form.funding.sources[0].revised": 600,
    "form.funding.sources[1].initial": 300,
    "form.funding.sources[1].revised": 310,
    "form.funding.sources[2].initial": 0,
    "form.funding.sources[2].revised": 0,
    "form.indicators[0].weight": 10,
    "form.indicators[1].weight": 10,
    "form.indicators[2].weight": 10,
    "form.indicators[3].weight": 20,
    "form.indicators[0].score": 10,
    "form.indicators[1].score": 9,
}
TOTAL, FIRST, SECOND = "form.funding.total.", "form.funding.sources[0].", "form.funding.sources[1]."
ROW = "form.indicators[{}].weight"


@pytest.mark.parametrize(
    ("path", "other", "share"),
    [
        (TOTAL + "initial", TOTAL + "revised", Fraction(1, 2)),  # one of the two sources
        (SECOND + "revised", SECOND + "initial", Fraction(1)),  # the total and the other source
        (FIRST + "initial", TOTAL + "initial", Fraction(0)),  # nor are the revised ones
        (FIRST + "initial", TOTAL + "revised", Fraction(0)),  # neither beside nor below
        (ROW.format(3), ROW.format(0), Fraction(1)),  # all the others
        (ROW.format(0), ROW.format(3), Fraction(1, 3)),  # of 10, 10, 20
        (ROW.format(9), ROW.format(8), Fraction(1, 2)),  # of 10, 10, 10, 20
        ("form.total_score", "form.total_weight", Fraction(0)),  # nothing is like them
        ("a.b", "c.b", Fraction(0)),
    ],
)
def test_how_often_figures_like_these_are_equal(path: str, other: str, share: Fraction) -> None:
    rows = Rows.of((path, Fraction(value)) for path, value in FUNDS.items())
    assert rows.equal(path, other) == share


FORM = """项目支出绩效自评表

（2023年度）

| 项目名称 | 农村道路养护 | | | | | | |
|---|---|---|---|---|---|---|---|
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 980.21 | 980.21 | 980.21 | 10 | 100.00% | 10 |
| | 其中：当年财政拨款 | 742.21 | 742.21 | 742.21 | — | 100.00% | — |
| | 上年结转资金 | 56.00 | 56.00 | 56.00 | — | 100.00% | — |
| | 其他资金 | 182.00 | 182.00 | 182.00 | — | 100.00% | — |
"""


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("| 100.00% | 10 |", "| 180.00% | 10 |", "form.funding.total.execution_rate"),
        ("上年结转资金 | 56.00", "上年结转资金 | 65.00", "form.funding.sources[1].initial"),
        ("其他资金 | 182.00", "其他资金 | 812.00", "form.funding.sources[2].initial"),
        ("年度资金总额 | 980.21", "年度资金总额 | 98.21", "form.funding.total.initial"),
    ],
)
def test_what_is_equal_by_rule_is_not_blamed_first(right: str, wrong: str, path: str) -> None:
    assert not bp.audit(bp.parse(FORM)).inconsistent
    assert right in FORM
    cause = bp.audit(bp.parse(FORM.replace(right, wrong, 1))).causes[0]
    assert [suspect.operand.path for suspect in cause.diagnoses[0]] == [path]

"""Worked examples that are run: those that are wrong are caught, whatever is wrong with them."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from budgetperf import Figure, Mismatch, Missing, Text, run_example
from budgetperf.rules import Demand, Example, ExampleRow
from tests.factories import refused

NAMED = Text(zh="例", en="a case")


def row(**changes: object) -> ExampleRow:
    """8 of 10 times, 10 points: 8 are due, and a reason."""
    cells = {"target": "≥10次", "actual": "8次", "weight": 10, "score": 8} | changes
    return ExampleRow(**cells)  # type: ignore[arg-type]


def case(*rows: ExampleRow, **stated: object) -> Example:
    return Example(name=NAMED, source=NAMED, rows=rows, **stated)  # type: ignore[arg-type]


GRADE = {"target": "效果明显", "actual": "部分达成", "weight": 20}  # 12 to 16 points
MOST = row(weight=90, score=72)  # with 10 for execution 82 of 100
BUDGET = {"budget": "250000元", "executed": "215457.6元"}  # 8.618304, rounded 8.62
TO_SCORE = {**BUDGET, "execution": "8.62"}
HALF = {"budget": "1000000元", "executed": "850000元", "execution": 7}  # 7 to 10 points
SPENT = {"budget": "0元", "executed": "5元"}
PAID = {"budget": "5元", "executed": "5元", "execution": 10}
BEHIND = {"budget": "1000元", "executed": "700元", "execution": 7}
EXPLAIN, FLAG, WARN = Demand.EXPLAIN, Demand.FLAG, Demand.WARN
MODULE, NATIONAL, CENTRAL = "yitihua-default", "national-2020", "central-2021-101"
SILENT = {"target": "≤7次", "score": None}  # 8 miss it, of which national-2020 says nothing

WRONG = {
    "score": (MODULE, case(row()), case(row(score="8.01")), "rows[0].score", "8.01", "8"),
    "score of the second row": (
        MODULE, case(row(), row()), case(row(), row(score=9)), "rows[1].score", "9", "8",
    ),
    "score where none follows": (
        NATIONAL, case(row(**SILENT)), case(row(target="≤7次")), "rows[0].score", "8",
        "rule-silent",
    ),
    "score that is left out": (
        MODULE, case(row()), case(row(score=None)), "rows[0].score", "—", "8",
    ),
    "score where there is a range": (
        MODULE, case(row(**GRADE, score=12, most=16)), case(row(**GRADE, score=12)),
        "rows[0].score", "12", "12–16",
    ),
    "most": (
        MODULE, case(row(**GRADE, score=12, most=16)), case(row(**GRADE, score=12, most=15)),
        "rows[0].score", "12–15", "12–16",
    ),
    "least": (
        MODULE, case(row(**GRADE, score=12, most=16)), case(row(**GRADE, score=11, most=16)),
        "rows[0].score", "11–16", "12–16",
    ),
    "most where there is one score": (
        MODULE, case(row()), case(row(most=9)), "rows[0].score", "8–9", "8",
    ),
    "none": (
        NATIONAL, case(row(**SILENT, none="rule-silent")), case(row(**SILENT, none="qualitative")),
        "rows[0].none", "qualitative", "rule-silent",
    ),
    "none where a score follows": (
        MODULE, case(row()), case(row(score=None, none="rule-silent")), "rows[0].none",
        "rule-silent", "8",
    ),
    "none where there is a range": (
        MODULE, case(row(**GRADE, score=12, most=16)),
        case(row(**GRADE, score=None, none="qualitative")), "rows[0].none", "qualitative", "12–16",
    ),
    "execution": (
        MODULE, case(**TO_SCORE), case(**BUDGET, execution="8.63"), "execution", "8.63", "8.62",
    ),
    "execution that is left out": (
        MODULE, case(**TO_SCORE), case(**BUDGET), "execution", "—", "8.62",
    ),
    "execution without a rule": (
        "ningxia-mode", case(**BUDGET), case(**TO_SCORE), "execution", "8.62", "rule-silent",
    ),
    "execution without amounts": (
        MODULE, case(execution_none="not-stated"), case(execution=8), "execution", "8",
        "not-stated",
    ),
    "execution_most": (
        CENTRAL, case(**HALF, execution_most=10), case(**HALF, execution_most=9), "execution",
        "7–9", "7–10",
    ),
    "printed": (
        MODULE, case(**TO_SCORE, printed="8.6"), case(**TO_SCORE, printed="8.7"), "printed",
        "8.7", "8.6",
    ),
    "printed as a whole number": (
        MODULE, case(**TO_SCORE, printed="9"), case(**TO_SCORE, printed="8"), "printed", "8", "9",
    ),
    "execution_none": (
        NATIONAL, case(**SPENT, execution_none="undefined"),
        case(**SPENT, execution_none="rule-silent"), "execution_none", "rule-silent", "undefined",
    ),
    "execution_none where a score follows": (
        MODULE, case(**TO_SCORE), case(**BUDGET, execution_none="undefined"), "execution_none",
        "undefined", "8.62",
    ),
    "total": (
        MODULE, case(row(), **PAID, total=18), case(row(), **PAID, total="18.01"), "total",
        "18.01", "18",
    ),
    "total where there is a range": (
        MODULE, case(row(**GRADE, score=12, most=16), **PAID),
        case(row(**GRADE, score=12, most=16), **PAID, total=24), "total", "24", "22–26",
    ),
    "total where none follows": (
        NATIONAL, case(row(**SILENT), **PAID), case(row(**SILENT), **PAID, total=10), "total",
        "10", "—",
    ),
    "rating": (
        MODULE, case(MOST, **PAID, rating="良"), case(MOST, **PAID, rating="中"), "rating",
        "中", "良",
    ),
    "rating where none follows": (
        NATIONAL, case(row(**SILENT), **PAID), case(row(**SILENT), **PAID, rating="优"), "rating",
        "优", "—",
    ),
    "asks of a row": (
        MODULE, case(row(asks=(EXPLAIN,))), case(row(asks=(FLAG, EXPLAIN))), "rows[0].asks",
        "explain, flag", "explain",
    ),
    "asks nothing of a row": (
        MODULE, case(row(asks=(EXPLAIN,))), case(row(asks=())), "rows[0].asks", "—", "explain",
    ),
    "asks of a row that asks for nothing": (
        CENTRAL, case(row(score=5, asks=())), case(row(score=5, asks=(EXPLAIN,))), "rows[0].asks",
        "explain", "—",
    ),
    "execution_asks": (  # 70 % of the budget
        MODULE, case(**BEHIND, execution_asks=(WARN,)), case(**BEHIND, execution_asks=()),
        "execution_asks", "—", "warn",
    ),
    "asks of the total": (  # (80 % - 70 %) / 80 % is more than 5 %
        MODULE, case(row(), **BEHIND, asks=(WARN,)), case(row(), **BEHIND, asks=()), "asks", "—",
        "warn",
    ),
}  # fmt: skip
WrongCase: TypeAlias = tuple[str, Example, Example, str, str, str]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_example_is_caught(wrong: WrongCase) -> None:
    """The right one holds; the wrong one differs in this alone."""
    id, right, other, key, due, got = wrong
    assert run_example(right, id) == ()
    (mismatch,) = run_example(other, id)
    assert (mismatch.key, mismatch.due, mismatch.found) == (key, due, got)
    assert mismatch.where.zh
    assert mismatch.where.en


def test_the_order_of_what_is_asked_for_does_not_matter() -> None:
    """12 of = 10 in Hebei: flagged; 8: a reason, too."""
    for asks in ((EXPLAIN, FLAG), (FLAG, EXPLAIN)):
        assert run_example(case(row(target="=10次", asks=asks)), "hebei-tianjin-mode") == ()


def test_every_difference_is_told_in_the_order_of_the_form() -> None:
    rows = row(score=9, asks=()), row(name="资金到位率", score=7)
    wrong = case(*rows, **PAID | {"execution": 9}, total=25, rating="优", asks=(WARN,))
    mismatches = run_example(wrong, MODULE)
    assert [(mismatch.where.zh, mismatch.due, mismatch.found) for mismatch in mismatches] == [
        ("预算执行得分", "9", "10"),
        ("第 1 行（≥10次，8次）得分", "9", "8"),
        ("第 1 行（≥10次，8次）要求", "—", "explain"),
        ("第 2 行（资金到位率）得分", "7", "8"),
        ("总分", "25", "26"),  # 10 + 8 + 8
        ("评价等级", "优", "—"),  # the weights are 30 in all
        ("总分的要求", "warn", "—"),
    ]
    assert mismatches[3] == Mismatch(
        key="rows[1].score",
        where=Text(zh="第 2 行（资金到位率）得分", en="row 2 (资金到位率), score"),
        due="7",
        found="8",
    )


def test_a_stated_score_is_held_against_the_one_that_follows_if_one_does() -> None:
    silent = run_example(case(row(), execution=9, printed="9"), MODULE)  # without amounts
    assert [(m.key, m.due, m.found) for m in silent] == [("execution", "9", "not-stated")]
    paid = run_example(case(row(), **PAID, printed="9"), MODULE)
    assert [(m.key, m.due, m.found) for m in paid] == [("printed", "9", "10")]


def test_an_unknown_rule_set() -> None:
    with refused("unknown-ruleset"):
        run_example(case(row()), "national-2021")


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"score": 8, "none": "rule-silent"}, "one-of-both", "none"),
        ({"score": None, "most": 9}, "missing-key", "most"),
        ({"most": 7}, "empty-interval", "most"),
        ({"actual": "约9次"}, "not-a-printed-number", "actual"),
        ({"target": "约10-20%"}, "not-a-printed-number", "target"),
        ({"weight": "20/3"}, "not-a-number", "weight"),
        ({"name": " "}, "no-name", "name"),
    ],
)
def test_a_row_that_makes_no_sense(cells: dict[str, object], code: str, field: str) -> None:
    with refused(code, field):
        row(**cells)


@pytest.mark.parametrize(
    ("stated", "code", "field"),
    [
        ({"execution": 8, "execution_none": "undefined"}, "one-of-both", "execution_none"),
        ({"execution_most": 9}, "missing-key", "execution_most"),
        ({"printed": "9"}, "missing-key", "printed"),
        ({"printed": "满分", "execution": 9}, "not-a-printed-number", "printed"),
        ({"budget": "很多"}, "not-a-printed-number", "budget"),
        ({"initial": "/"}, "not-a-printed-number", "initial"),
        ({"executed": "约9万元"}, "not-a-printed-number", "executed"),
    ],
)
def test_an_example_that_makes_no_sense(stated: dict[str, object], code: str, field: str) -> None:
    with refused(code, field):
        case(**stated)


def test_what_an_example_says_stands_in_its_report() -> None:
    filled = case(row(actual="", level1="产出指标"), initial="5元", reason="上级追加").report().form
    assert filled.funding.total.initial == Figure.parse("5元", exact=True)
    assert isinstance(filled.funding.total.executed, Missing)
    assert filled.adjustment.reason == "上级追加"
    (only,) = filled.indicators
    assert (only.level1, only.weight) == ("产出指标", Figure(value=10, rounding=None))
    assert isinstance(only.actual, Missing)

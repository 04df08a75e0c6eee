"""Numbers of sentences that were recognised wrongly: what is read all the same, what is told."""

from __future__ import annotations

import pytest

import budgetperf as bp
from tests.factories import there

from .test_forms import notes, unread

TEXT = """某局2023年度项目支出绩效自评报告
一、项目资金情况
本项目全年预算数{revised}，全年执行数{executed}，执行率为{rate}。项目自评得分{score}。
"""
SOUND = {"revised": "200.00万元", "executed": "180.00万元", "rate": "90.00%", "score": "98分"}


def parsed(**changes: str) -> bp.SelfEvaluation:
    return bp.parse(TEXT.format(**(SOUND | changes)))


def figures(report: bp.SelfEvaluation) -> dict[str, str]:
    return {path: str(figure) for path, figure in bp.figures(report)}


@pytest.mark.parametrize(
    ("field", "before", "path"),
    [
        ("executed", "18O.00万元", "narrative.funding.total.executed"),
        ("executed", "l80.00万元", "narrative.funding.total.executed"),
        ("executed", "180.00万兀", "narrative.funding.total.executed"),
        ("executed", "180,00万元", "narrative.funding.total.executed"),
        ("revised", "2〇0.00万元", "narrative.funding.total.revised"),
        ("rate", "9O.00%", "narrative.funding.total.execution_rate"),
        ("rate", "90.00℅", "narrative.funding.total.execution_rate"),
    ],
)
def test_a_number_is_read_where_a_relation_holds_with_nothing_else(
    field: str, before: str, path: str
) -> None:
    report = parsed(**{field: before})
    (repair,) = there(report.reading).repairs
    assert (repair.path, repair.before, repair.after) == (path, before, SOUND[field])
    assert repair.line == 3
    assert "F05" in repair.why.zh
    assert "F05" in repair.why.en
    assert figures(report) == figures(parsed())
    assert not unread(report)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    ("field", "before"),
    [
        ("score", "9B分"),  # nothing else states it
        ("executed", "l85.00万元"),  # no relation holds with it
    ],
)
def test_what_nothing_confirms_stays_unread_and_is_told(field: str, before: str) -> None:
    report = parsed(**{field: before})
    assert not there(report.reading).repairs
    assert f"第 3 行“{before}”" in notes(report)
    assert set(figures(report)) < set(figures(parsed()))


def test_two_in_one_sentence() -> None:
    text = TEXT.format(**SOUND).replace("项目自评", "上级资金1OO万元。项目自评")
    report = bp.parse(text.replace("180.00", "18O.00"))
    assert [repair.after for repair in there(report.reading).repairs] == ["180.00万元"]
    assert figures(report) == figures(parsed())


@pytest.mark.parametrize(
    "words", ["PM2.5浓度", "完成S20l线养护", "B分区", "5G基站", "购置Z型设备O套", "IB分行业"]
)
def test_letters_of_names_are_no_numbers(words: str) -> None:
    text = TEXT.format(**SOUND).replace("项目自评", f"{words}达标。项目自评")
    report = bp.parse(text)
    assert not there(report.reading).repairs
    assert "识别错误" not in notes(report)


def test_more_than_a_few_are_to_be_recognised_anew() -> None:
    many = "".join(f"支付{n}O万元。" for n in range(1, 8))
    report = bp.parse(TEXT.format(**(SOUND | {"executed": "18O.00万元"})) + many)
    assert not there(report.reading).repairs

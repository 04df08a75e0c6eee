"""A sum that does not hold, beside numbers among its parts that were not read."""

from __future__ import annotations

import attrs
import pytest

import budgetperf as bp
from budgetperf import Figure
from budgetperf.exact import Place
from budgetperf.model import Funding, FundingKind, FundingSource, FundingTotal, Reading, Unread

WHERE = Place(line=5, column=3, sheet="自评表", cell="C5")


def at(text: str, line: int, column: int | None = 3) -> Figure:
    return attrs.evolve(Figure.parse(text), place=attrs.evolve(WHERE, line=line, column=column))


def audited(*unread: Unread, column: int | None = 3) -> bp.Finding:
    """100 for 60 and 30, on lines 4, 6 and 7 of one column."""
    sources = tuple(
        FundingSource(kind=kind, initial=at(text, line, column))
        for kind, text, line in (
            (FundingKind.LOCAL, "60.00万元", 6),
            (FundingKind.OTHER, "30.00万元", 7),
        )
    )
    total = FundingTotal(initial=at("100.00万元", 4, column))
    statement = bp.Statement(funding=Funding(total=total, sources=sources))
    reading = Reading(
        source="自评表.xlsx",
        layout="forms",
        encoding="utf-8",
        unread=unread,
        numbers=3 + len(unread),
        accounted=3,
    )
    report = bp.SelfEvaluation(form=statement, reading=reading)
    (finding,) = (f for f in bp.audit(report).findings if f.code == "F01" and f.operands)
    return finding


def number(text: str = "10.00", line: int = 5, place: Place = WHERE) -> Unread:
    return Unread(text=text, line=line, place=attrs.evolve(place, line=line))


@pytest.mark.parametrize("line", [5, 7, 8])
def test_a_sum_that_holds_with_it_is_asked_about(line: int) -> None:
    finding = audited(number(line=line))
    assert finding.is_for_review
    assert "自评表!C5 的 10.00" in finding.why.zh
    assert "10.00 in 自评表!C5" in finding.why.en


def test_without_a_cell_the_number_alone_is_told() -> None:
    assert "其间 10.00 没有读取" in audited(number(place=attrs.evolve(WHERE, cell=None))).why.zh


@pytest.mark.parametrize("text", ["9.00", "10.03"])
def test_a_sum_that_does_not_hold_with_it_either_is_wrong(text: str) -> None:
    finding = audited(number(text))
    assert finding.verdict is bp.Verdict.INCONSISTENT
    assert "计入也不相符" in finding.why.zh


@pytest.mark.parametrize(
    "unread",
    [
        number(line=4),
        number(line=9),
        number(place=attrs.evolve(WHERE, column=4)),
        number(place=attrs.evolve(WHERE, column=None)),
        number(place=attrs.evolve(WHERE, sheet="另一表")),
        number("10:00"),
        Unread(text="10.00", line=5),
    ],
)
def test_what_stands_elsewhere_or_is_no_number_says_nothing(unread: Unread) -> None:
    finding = audited(unread)
    assert finding.verdict is bp.Verdict.INCONSISTENT
    assert finding.why == audited().why


def test_without_columns_it_is_not_known_what_stands_among_them() -> None:
    assert audited(number(), column=None).why == audited().why

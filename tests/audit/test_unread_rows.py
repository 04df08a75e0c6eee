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


BOTH = ("60.00万元", "30.00万元")


def audited(
    *unread: Unread,
    column: int | None = 3,
    whole: int = 4,
    parts: tuple[str | None, ...] = BOTH,
    kinds: tuple[FundingKind, ...] = (FundingKind.LOCAL, FundingKind.OTHER),
) -> bp.Finding:
    """100 for 60 and 30, on lines 4, 6 and 7 of one column."""
    sources = tuple(
        FundingSource(kind=kind, initial=None if text is None else at(text, line, column))
        for kind, text, line in zip(kinds, parts, (6, 7), strict=False)
    )
    total = FundingTotal(initial=at("100.00万元", whole, column))
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


def number(
    text: str = "10.00", line: int = 5, place: Place = WHERE, *, hidden: bool = False
) -> Unread:
    return Unread(text=text, line=line, place=attrs.evolve(place, line=line), hidden=hidden)


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


def test_hidden_numbers_are_told_as_such() -> None:
    for cell, zh, en in (
        ("C5", "自评表!C5（隐藏）的 10.00", "10.00 in 自评表!C5 (hidden)"),
        (None, "隐藏的 10.00", "the hidden 10.00"),
    ):
        why = audited(number(place=attrs.evolve(WHERE, cell=cell), hidden=True)).why
        assert f"其间 {zh} 没有读取，计入即相符" in why.zh
        assert f"with {en}, which" in why.en


@pytest.mark.parametrize(
    ("lines", "hidden", "expected"),
    [((5,), True, True), ((4, 5), True, True), ((6,), True, True), ((5,), False, False)],
)
def test_hidden_parts_may_stand_above_where_the_sum_is_last(
    lines: tuple[int, ...], hidden: bool, expected: bool
) -> None:
    texts = {1: ("10.00",), 2: ("4.00", "6.00")}[len(lines)]
    numbers = [number(t, n, hidden=hidden) for t, n in zip(texts, lines, strict=True)]
    assert audited(*numbers, whole=8).is_for_review is expected


def test_one_part_alone_is_of_the_list() -> None:
    def alone(text: str) -> str:
        local = (FundingKind.LOCAL,)
        return audited(number(text), parts=("60.00万元",), kinds=local).why.zh

    assert "计入即相符" in alone("40.00")
    assert "计入也不相符" in alone("41.00")


def test_blank_parts_are_left_out() -> None:
    finding = audited(number("40.00"), parts=("60.00万元", None))
    assert finding.is_for_review
    assert "100.00万元 = 60.00万元" in finding.why.zh
    assert "计入即相符" in finding.why.zh
    assert (
        audited(number("41.00"), parts=("60.00万元", None)).why
        == audited(parts=("60.00万元", None)).why
    )


def across(*unread: Unread, whole: int) -> bp.Finding:
    """100 for 60 and 30, side by side in one row, in columns 4 and 5."""

    def there(text: str, column: int) -> Figure:
        return attrs.evolve(Figure.parse(text), place=attrs.evolve(WHERE, column=column))

    sources = tuple(
        FundingSource(kind=kind, initial=there(text, column))
        for kind, text, column in (
            (FundingKind.LOCAL, "60.00万元", 4),
            (FundingKind.OTHER, "30.00万元", 6),
        )
    )
    funding = Funding(total=FundingTotal(initial=there("100.00万元", whole)), sources=sources)
    reading = Reading(
        source="自评表.xlsx",
        layout="forms",
        encoding="utf-8",
        unread=unread,
        numbers=3 + len(unread),
        accounted=3,
    )
    report = bp.SelfEvaluation(form=bp.Statement(funding=funding), reading=reading)
    (finding,) = (f for f in bp.audit(report).findings if f.code == "F01" and f.operands)
    return finding


@pytest.mark.parametrize(
    ("column", "whole", "hidden", "expected"),
    [
        (5, 2, True, True),
        (5, 8, True, True),
        (7, 2, True, True),
        (3, 8, True, True),
        (3, 9, False, False),
        (5, 2, False, False),
        (1, 2, True, False),
        (None, 2, True, False),
    ],
)
def test_hidden_columns_among_parts_in_a_row(
    column: int | None, whole: int, hidden: bool, expected: bool
) -> None:
    place = attrs.evolve(WHERE, column=column)
    assert across(number(place=place, hidden=hidden), whole=whole).is_for_review is expected


def test_a_sum_that_holds_without_it_is_left_alone() -> None:
    assert audited(number(), parts=("60.00万元", "40.00万元")).verdict.holds

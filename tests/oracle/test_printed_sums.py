"""What is expected where sums are compared with Arelle's, without Arelle."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

import budgetperf as bp
from benchmarks import against_arelle
from benchmarks.against_arelle import Compared, Print, PrintedSum, as_text, draw


def rounded(digits: int, places: int = 1) -> Print:
    return Print(digits=digits, places=places, rounded=True)


def exact(digits: int, places: int = 0) -> Print:
    return Print(digits=digits, places=places, rounded=False)


def of(total: Print, *parts: tuple[int, Print]) -> PrintedSum:
    return PrintedSum(total=total, parts=parts)


# 7.0 is [6.95, 7.05), -7.0 is (-7.05, -6.95], 0.0 is (-0.05, 0.05).
END_POINTS = [
    (of(rounded(70), (1, exact(695, 2))), True),
    (of(rounded(70), (1, exact(705, 2))), False),
    (of(rounded(-70), (1, exact(-695, 2))), True),
    (of(rounded(-70), (1, exact(-705, 2))), False),
    (of(rounded(0), (1, exact(5, 2))), False),
    (of(rounded(0), (1, exact(-5, 2))), False),
    (of(rounded(70), (1, exact(8)), (-1, rounded(11))), True),  # 8 - (1.05, 1.15] from 1.05
    (of(rounded(70), (1, exact(8)), (-1, rounded(9))), False),
    (of(rounded(70), (1, exact(8)), (1, rounded(-11))), True),
    (of(rounded(70), (1, rounded(20)), (1, rounded(30)), (1, exact(185, 2))), False),
    (of(exact(7), (1, rounded(30)), (1, rounded(39))), False),
    (of(exact(-7), (-1, rounded(30)), (1, rounded(-41))), True),
]


@pytest.mark.parametrize(("printed_sum", "holds"), END_POINTS)
def test_at_an_end_point_all_must_move_towards_zero(
    printed_sum: PrintedSum, *, holds: bool
) -> None:
    assert printed_sum.at_end_point
    assert printed_sum.all_towards_zero == holds
    assert printed_sum.verdict().holds == holds
    assert printed_sum.judged(bp.RoundingMode.NEAREST).holds


@pytest.mark.parametrize(
    ("printed_sum", "holds"),
    [
        (of(exact(7), (1, exact(2)), (1, exact(5))), True),
        (of(exact(7), (1, exact(2)), (1, exact(3))), False),
        (of(rounded(1002, 2), *[(1, rounded(200, 2))] * 5), True),
        (of(rounded(1004, 2), *[(1, rounded(200, 2))] * 5), False),
    ],
)
def test_elsewhere_closed_ends_change_nothing(printed_sum: PrintedSum, *, holds: bool) -> None:
    assert not printed_sum.at_end_point
    assert printed_sum.verdict().holds == printed_sum.judged(bp.RoundingMode.NEAREST).holds == holds


def test_six_halves_apart_is_an_end_point() -> None:
    """Five times 2.00 and 10.03: 6 × 0.005 apart."""
    printed_sum = of(rounded(1003, 2), *[(1, rounded(200, 2))] * 5)
    assert printed_sum.at_end_point
    assert not printed_sum.verdict().holds


def test_a_sum_holds_if_its_total_is_near_enough() -> None:
    """Worked out from the distance, without intervals."""
    for seed in range(400):
        printed_sum = draw(random.Random(seed))
        distance, reach = abs(printed_sum.distance), printed_sum.reach
        assert printed_sum.judged(bp.RoundingMode.NEAREST).holds == (distance <= reach), printed_sum
        near = printed_sum.all_towards_zero if printed_sum.at_end_point else distance <= reach
        assert printed_sum.verdict().holds == near, printed_sum


def test_signed_terms_are_typed() -> None:
    assert as_text([(-1, "-5元"), (1, "3元"), (-1, "2元"), (1, "-1元")]) == (
        "- (-5元) + 3元 - 2元 + (-1元)"
    )
    assert as_text([(1, "30"), (1, "29.99")]) == "30 + 29.99"


def test_facts_state_value_and_decimals() -> None:
    printed_sum = of(rounded(35321, -2), (1, exact(7)), (-1, rounded(-205, 2)))
    context, *facts = against_arelle.facts(4, printed_sum)
    assert '<xbrli:context id="s4">' in context
    assert facts == [
        '<s:total contextRef="s4" unitRef="number" decimals="-2">3532100</s:total>\n',
        '<s:plus0 contextRef="s4" unitRef="number" decimals="INF">7</s:plus0>\n',
        '<s:minus1 contextRef="s4" unitRef="number" decimals="2">-2.05</s:minus1>\n',
    ]


def arelle_messages(*messages: str) -> Sequence[str]:
    start = "Calculation inconsistent from s:total reported sum [1, 2] computed sum [3, 4]"
    return [f"{start} context {message} unit number" for message in messages]


def test_differences_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = [printed_sum for printed_sum, _ in END_POINTS[:2]] + [
        of(exact(7), (1, exact(n))) for n in (7, 6, 7)
    ]
    monkeypatch.setattr(against_arelle, "arelle_says", lambda _: arelle_messages("s3", "s4"))
    compared = against_arelle.compare(sums)
    assert [against_arelle.outcome(printed_sum) for printed_sum in compared] == [
        "consistent in both",
        "differing at an end point",
        "consistent in both",
        "inconsistent in both",
        "other differences",
    ]
    lines = [line.split() for line in against_arelle.table(compared).splitlines()]
    assert [line[-1] for line in lines] == ["5", "0", "2", "2", "1", "1", "1", "1", "1"]


def test_an_end_point_is_no_excuse() -> None:
    """Arelle cannot call a sum inconsistent there, and we must where a figure moves away from 0."""
    (good, _), (bad, _) = END_POINTS[:2]
    for printed_sum, ours, nearest, arelle in (
        (good, True, False, False),
        (good, False, True, True),
        (bad, True, True, True),
        (bad, False, False, False),
    ):
        assert not Compared(sum=printed_sum, ours=ours, nearest=nearest, arelle=arelle).as_expected


def test_other_messages_are_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against_arelle, "arelle_says", lambda _: ["Schema file not found"])
    with pytest.raises(RuntimeError, match="Schema file"):
        against_arelle.inconsistent_in_arelle([])

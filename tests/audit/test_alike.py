"""Printings that can change places, worked out by hand."""

from __future__ import annotations

import math

import pytest

from budgetperf.linear import alike as module
from budgetperf.linear.alike import NONE_ALIKE, Alike, alike
from budgetperf.linear.diagnoses import disjoint_conflicts
from budgetperf.linear.simplex import bits
from budgetperf.linear.system import Solver, System
from tests.oracle.written import written


def found(system: System, labels: tuple[object, ...] = ()) -> Alike:
    conflicts, _ = disjoint_conflicts(Solver(system))
    return alike(system, labels or ("",) * len(system.printings), conflicts)


def families(same: Alike) -> list[list[tuple[int, ...]]]:
    return [[tuple(sorted(block)) for block in family] for family in same.families]


PARTS = written("t = a + b + c + d", a="=1", b="=1", c="=1", d="=2", t="=9")


def test_equal_parts_of_a_sum_are_alike() -> None:
    """a, b and c; d is another number, and the total stands on the other side."""
    same = found(PARTS)

    assert families(same) == [[(0,), (1,), (2,)]]
    assert same.first(0b00100) == 0b00001
    assert same.first(0b10110) == 0b10011
    assert [bits(one) for one in same.images(0b00001)] == [[0], [1], [2]]
    assert same.count(0b00011) == 3
    assert same.count(0b11000) == 1
    assert same.spread(0b10001) == 0b10111


def test_what_is_trusted_differently_is_not_alike() -> None:
    assert families(found(PARTS, (1, 1, 2, 1, 1))) == [[(0,), (1,)]]


ROWS = written(
    "t = s1 + s2 + s3", "s1 <= w1", "s2 <= w2", "s3 <= w3", "e = w1 + w2 + w3",
    s1="=2", w1="=2", s2="=2", w2="=2", s3="=2", w3="=2", t="=5", e="=5",
)  # fmt: skip
"""Three rows that say the same; neither column adds up."""


def test_rows_change_places_as_a_whole() -> None:
    """A score with its own weight is another set than with the weight of another row."""
    same = found(ROWS)

    assert families(same) == [[(0, 1), (2, 3), (4, 5)]]
    assert same.first(0b001100) == same.first(0b000011)
    assert same.first(0b000110) == same.first(0b100001) != same.first(0b000011)
    assert (same.count(0b000011), same.count(0b000110)) == (3, 6)
    assert len(set(same.images(0b000110))) == 6


def test_what_lies_beside_another_set() -> None:
    """The weight of row 1 beside its score: of the same row, or of another."""
    same = found(ROWS)
    score, weight = 0b01, 0b10

    beside = [set(bits(one)) for one in same.beside(weight, score)]
    assert len(beside) == 2
    assert {1} in beside


def test_sets_that_grow() -> None:
    """Of all that is still untouched one is enough; in a touched row each is another."""
    same = found(ROWS)

    assert sorted(same.grown(0, 0b111111)) == [0b01, 0b10]
    grown = {same.first(one) for one in same.grown(0b01, 0b111110)}
    assert grown == {same.first(one | 0b01) for one in (0b10, 0b100, 0b1000)}
    assert list(NONE_ALIKE.grown(0b01, 0b110)) == [0b011, 0b101]


def test_a_row_with_a_relation_of_its_own_stays() -> None:
    other = written(
        "t = a + b + c", "c = x + x", a="=1", b="=1", c="=1", x="0.5", t="=9",
    )  # fmt: skip

    assert families(found(other)) == [[(0,), (1,)]]


def test_two_sums_of_the_same_parts_keep_their_place() -> None:
    """Nothing has a colour of its own: one is picked out."""
    two = written("t = a + b + c", "u = a + b + c", a="1", b="1", c="1", t="9", u="9")

    assert [(0,), (1,), (2,)] in families(found(two))


def test_parts_without_conflict_have_no_say() -> None:
    """x and y tell a from b, but they hold by themselves and nothing leads from them to a or b."""
    system = written("t = a + b", "z = x + y", a="=1", b="=1", t="=9", x="=1", y="=2", z="=3")

    assert families(found(system)) == [[(0,), (1,)]]


@pytest.mark.parametrize("chosen", [0b0111, 0b1011, 0b0001])
def test_images_are_as_many_as_are_counted(chosen: int) -> None:
    same = Alike.of([tuple((n, n + 4) for n in range(4))])

    images = list(same.images(chosen))
    assert len(images) == len(set(images)) == same.count(chosen)
    assert same.count(0b0111) == math.comb(4, 3)


def test_rows_with_a_rate_change_places_as_a_whole() -> None:
    """1 = 2 / 2 in both rows, on one base; the total of the amounts is off."""
    system = written(
        "s = a1 + a2", "r1 = a1 / b", "r2 = a2 / b",
        a1="=2", r1="=1", a2="=2", r2="=1", s="=5", b="=2",
    )  # fmt: skip

    assert families(found(system)) == [[(0, 1), (2, 3)]]


def test_amount_and_base_of_a_rate_are_told_apart() -> None:
    """In the second row the base is the part of the total: 1 = b2 / a2."""
    system = written(
        "s = a1 + a2", "r1 = a1 / b1", "r2 = b2 / a2",
        a1="=2", r1="=1", b1="=2", a2="=2", r2="=1", b2="=2", s="=5",
    )  # fmt: skip

    assert families(found(system)) == []


def test_inside_a_row_that_has_a_twin_its_own_parts_are_alike() -> None:
    """Two rows of two equal parts each: of a row either part, and no part of the other row."""
    system = written(
        "s = x1 + x2", "x1 = p1 + q1", "x2 = p2 + q2",
        s="=9", p1="=1", q1="=1", p2="=1", q2="=1",
    )  # fmt: skip

    assert sorted(families(found(system))) == [[(1,), (2,)], [(3,), (4,)]]


def test_what_does_not_settle_is_not_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROUNDS", 0)

    assert families(found(PARTS)) == []

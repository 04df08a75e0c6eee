"""The simplex method on rows of a few variables; the values are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from budgetperf.linear import simplex as module
from budgetperf.linear.bounds import _idle
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.quotients import least_quotient
from budgetperf.linear.simplex import Bound, Conflict, Extreme, Ray, StepBoundError, Tableau
from budgetperf.linear.system import Solver
from tests.oracle.systems import random_system

HALF = Fraction(1, 2)


def least(variable: int, value: Fraction | int, owner: int | None = None) -> Bound:
    return Bound(variable, False, Fraction(value), owners=Mask(0 if owner is None else 1 << owner))


def most(variable: int, value: Fraction | int, owner: int | None = None) -> Bound:
    return Bound(variable, True, Fraction(value), owners=Mask(0 if owner is None else 1 << owner))


def above(variable: int, value: Fraction | int) -> Bound:
    return Bound(variable, False, Fraction(value), is_open=True)


def below(variable: int, value: Fraction | int) -> Bound:
    return Bound(variable, True, Fraction(value), is_open=True)


def over(size: int, rows: Sequence[Mapping[int, int]], *bounds: Bound) -> Tableau:
    return Tableau(size=size, rows=rows, bounds=bounds, start=[Fraction(0)] * size)


def owners(conflict: Conflict | None) -> list[int]:
    assert conflict is not None
    return bits(conflict.owners)


def test_bits_are_the_places_in_a_mask() -> None:
    assert bits(Mask(0)) == []
    assert bits(Mask(0b1011)) == [0, 1, 3]
    assert bits(Mask(1 << 200)) == [200]


def test_two_ends_of_one_variable_can_cross() -> None:
    table = over(1, [], least(0, 3, 0), most(0, 2, 1), most(0, 5, 2))

    assert owners(table.conflict()) == [0, 1]
    assert table.conflict(Mask(0b001)) is None
    assert table.conflict(Mask(0b010)) is None  # 3 … 5
    assert owners(table.conflict()) == [0, 1]


@pytest.mark.parametrize(
    "bounds",
    [
        (least(0, 10, 0), least(0, 7, 2), most(0, 5, 1)),
        (most(0, -10, 0), most(0, -7, 2), least(0, -5, 1)),
    ],
)
def test_an_end_that_gives_way_too_little_mends_no_crossing(bounds: tuple[Bound, ...]) -> None:
    """Of the 5 that are lacking the first end gives way by 3; the other one has no further end."""
    conflict = over(1, [], *bounds).conflict(most=1)
    assert owners(conflict) == [0, 1]
    assert conflict is not None
    assert conflict.able == (Mask(0b010),)
    assert conflict.idle == 0b001


@pytest.mark.parametrize(
    ("start", "value"),
    [("2", "3"), ("5/2", "3"), ("3", "3"), ("5", "5"), ("11/2", "11/2"), ("7", "7"), ("8", "7")],
)
def test_what_is_within_its_ends_stays_where_it_starts(start: str, value: str) -> None:
    table = Tableau(size=1, rows=[], bounds=[least(0, 3), most(0, 7)], start=[Fraction(start)])
    assert table.conflict() is None
    assert table.witness(1) == [Fraction(value)]
    assert table.standing(0) == Fraction(value)
    free = Tableau(size=2, rows=[{0: 1, 1: 1}], bounds=[], start=[Fraction(start), Fraction(1)])
    assert free.conflict() is None
    assert free.witness(3) == [Fraction(start), 1, Fraction(start) + 1]


@pytest.mark.parametrize("sign", [1, -1])
def test_what_was_short_of_an_open_end_moves_onto_a_closed_one(sign: int) -> None:
    """5 is at least 5, and not less; it is so again where nothing says less."""
    less, five, at_least = (
        Bound(variable, upper, Fraction(5 * sign), is_open=is_open, owners=Mask(1 << owner))
        for owner, (variable, upper, is_open) in enumerate(
            [(0, sign > 0, True), (0, sign > 0, False), (1, sign < 0, False)]
        )
    )
    bounds = [less, five, at_least]
    table = Tableau(size=1, rows=[{0: 1}], bounds=bounds, start=[Fraction(6 * sign)])
    assert owners(table.conflict()) == [0, 2]
    assert table.conflict(Mask(0b001)) is None
    assert table.witness(1) == [5 * sign]
    assert owners(table.conflict()) == [0, 2]


def test_open_ends_that_touch_cross() -> None:
    assert over(1, [], least(0, 7), most(0, 7)).conflict() is None
    assert over(1, [], least(0, 7), below(0, 7)).conflict() == Conflict(
        owners=Mask(0), sources=frozenset()
    )
    assert over(1, [], above(0, 7), most(0, 7)).conflict() is not None


def test_a_row_rests_on_the_ends_that_hold_it() -> None:
    """a ≤ 2 and b ≤ 3 do not add up to 6; c takes no part."""
    bounds = [most(0, 2, 0), most(1, 3, 1), most(2, 9, 2), least(3, 6, 3)]
    table = over(3, [{0: 1, 1: 1}], *bounds)

    assert owners(table.conflict()) == [0, 1, 3]
    for released in (0b0001, 0b0010, 0b1000):
        assert table.conflict(Mask(released)) is None
    assert owners(table.conflict(Mask(0b0100))) == [0, 1, 3]


def test_a_conflict_names_its_sources() -> None:
    bounds = [
        Bound(0, True, Fraction(2), source=4),
        Bound(0, True, Fraction(3), source=5),
        Bound(1, False, Fraction(5), source=6),
    ]

    conflict = over(1, [{0: 2}], *bounds).conflict()

    assert conflict == Conflict(owners=Mask(0), sources=frozenset({4, 6}))


def test_what_can_help_is_moved_until_it_suffices() -> None:
    """5 = a + b + c with each up to 2: two are moved to their end, the third by what is left."""
    table = over(3, [{0: 1, 1: 1, 2: 1}], *(most(v, 2) for v in range(3)), least(3, 5))

    assert table.conflict() is None
    assert sorted(table.witness(3)) == [1, 2, 2]


def test_what_has_no_end_is_moved_if_no_row_minds() -> None:
    """a + b ≥ 3 and a - b ≥ 0, nothing else is said of a."""
    assert over(2, [{0: 1, 1: 1}], least(2, 3)).conflict() is None
    assert over(2, [{0: 1, 1: 1}], most(2, -3)).conflict() is None
    minding = over(2, [{0: 1, 1: 1}, {0: 1, 1: 2}], least(2, 3), most(3, 0), most(1, 5))

    assert minding.conflict() is None
    a, b = minding.witness(2)
    assert a + b >= 3
    assert a + 2 * b <= 0


@pytest.mark.parametrize("bound", [above(2, 3), below(2, -3), least(2, 3), most(2, -3)])
def test_what_has_no_end_is_moved_once(bound: Bound, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past an open end as well: then the row is where it has to be, and nothing is left to do."""
    monkeypatch.setattr(module, "_MOST", 1)
    assert over(2, [{0: 1, 1: 1}], bound).conflict() is None


def test_a_step_that_is_no_whole_number_changes_the_row_instead() -> None:
    """2 a = 3."""
    table = over(1, [{0: 2}], least(1, 3), most(1, 3))

    assert table.conflict() is None
    assert table.witness(1) == [Fraction(3, 2)]


def test_extremes() -> None:
    """1 ≤ a < 4, b ≥ 0, a + b ≤ 6."""
    table = over(2, [{0: 1, 1: 1}], least(0, 1), below(0, 4), least(1, 0), most(2, 6))
    assert table.conflict() is None

    assert table.extreme(0, rising=False) == Extreme(value=Fraction(1), attained=True)
    assert table.extreme(0, rising=True) == Extreme(value=Fraction(4), attained=False)
    assert table.extreme(1, rising=True) == Extreme(value=Fraction(5), attained=True)
    assert table.extreme(2, rising=False) == Extreme(value=Fraction(1), attained=True)
    with table.temporary({0: -1, 1: 2}) as index:
        assert table.extreme(index, rising=True) == Extreme(value=Fraction(9), attained=True)
        assert table.extreme(index, rising=False) == Extreme(value=Fraction(-4), attained=False)


def test_an_extreme_without_an_end() -> None:
    """Only the sum of the two is bounded, from above."""
    table = over(2, [{0: 1, 1: 1}], most(2, 6), least(0, 0))
    assert table.conflict() is None

    assert table.extreme(1, rising=False) == Ray(variable=1, rising=False)
    assert table.extreme(1, rising=True) == Extreme(value=Fraction(6), attained=True)


def test_a_tie_is_won_by_the_end_that_comes_first() -> None:
    """a stops at 2, and so do both rows."""
    table = over(1, [{0: 1}, {0: 3}], most(0, 2), most(1, 2), most(2, 6), least(0, 0))
    assert table.conflict() is None

    assert table.extreme(0, rising=True) == Extreme(value=Fraction(2), attained=True)


def test_a_further_row_is_there_for_a_while() -> None:
    """Its number is free again, and questions in between do no harm."""
    table = over(2, [{0: 1, 1: 1}], least(0, 1), most(0, 2), least(2, 5, 0), most(2, 6, 1))
    assert table.conflict() is None
    for _ in range(2):
        with table.temporary({0: 1, 2: 2}) as index:
            assert index == 3
            assert table.extreme(index, rising=True) == Extreme(value=Fraction(14), attained=True)
    with table.temporary({1: 1, 2: -1}) as index:
        assert table.conflict(Mask(0b01)) is None
        assert table.extreme(index, rising=True) == Extreme(value=Fraction(-1), attained=True)
    with table.temporary({0: 1, 1: 3}):
        assert table.conflict() is None
    with pytest.raises(KeyError), table.temporary({0: 1}):
        raise KeyError
    assert table.conflict() is None


def test_standing_and_slope() -> None:
    """c = 2 a = 1, and b without an end."""
    table = over(2, [{0: 2}], least(0, HALF), most(0, HALF))
    assert table.conflict() is None

    with table.temporary({0: 1, 1: 5, 2: 3}) as index:
        assert table.standing(index) == HALF + 3
        ray = table.extreme(index, rising=False)
        assert ray == Ray(variable=1, rising=False)
        assert table.slope(index, Ray(variable=1, rising=False)) == -5
        assert table.slope(index, Ray(variable=1, rising=True)) == 5
        assert table.slope(index, Ray(variable=9, rising=True)) == 0


def test_a_witness_lies_inside_open_ends() -> None:
    """0 < a < 0.001, b > a, a + b < 0.002."""
    table = over(
        2,
        [{0: 1, 1: -1}, {0: 1, 1: 1}],
        above(0, 0), below(0, Fraction(1, 1000)), below(2, 0), below(3, Fraction(2, 1000)),
    )  # fmt: skip
    assert table.conflict() is None

    a, b = table.witness(2)

    assert 0 < a < Fraction(1, 1000)
    assert a < b < Fraction(2, 1000) - a


def test_blands_rule_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what ends the method; here it is followed from the first step on."""
    for seed in range(40):
        system = random_system(seed)
        names = [p.quantity for p in system.printings[::5]]
        before = Solver(system)
        expected = [before.conflict() is None, *(before.values(name) for name in names)]
        with monkeypatch.context() as patched:
            patched.setattr(module, "_STEPS", -1)
            other = Solver(system)
            assert [other.conflict() is None, *(other.values(name) for name in names)] == expected


def test_blands_rule_moves_what_has_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STEPS", -1)
    table = over(2, [{0: 1, 1: 1}], most(0, 0), least(0, 0), least(2, 3))

    assert table.conflict() is None
    assert table.witness(2) == [0, 3]


def test_a_long_row_takes_the_short_ones_beside_it_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """x₁ + … + x₈ ≥ 16, and each x is no more than a y from 0 to 3; all begin at 0.

    Raised alone, each x breaks its own row, and each such row is mended by itself: 9 repairs. Where
    each x has changed places with its row before, the y rise with it: 1 repair.
    """
    count = 8
    xs, ys = range(count), range(count, 2 * count)
    rows: list[dict[int, int]] = [dict.fromkeys(xs, 1)]
    rows += [{x: 1, y: -1} for x, y in zip(xs, ys, strict=True)]
    bounds = [least(2 * count, 16, count)]
    bounds += [most(2 * count + 1 + x, 0) for x in xs]
    bounds += [least(y, 0) for y in ys]
    bounds += [most(y, 3, owner) for owner, y in enumerate(ys)]
    bounds += [most(x, 5) for x in xs]
    monkeypatch.setattr(module, "_MOST", Fraction(1, 5))  # 2 repairs, of 9 rows
    with pytest.raises(StepBoundError):
        over(2 * count, rows, *bounds).conflict()

    monkeypatch.setattr(module, "_LONG", count - 1)
    table = over(2 * count, rows, *bounds)
    assert table.conflict() is None
    values = table.witness(2 * count)
    assert sum(values[:count]) >= 16
    assert all(values[x] <= values[y] <= 3 for x, y in zip(xs, ys, strict=True))
    # 8 x of up to 3 are 24. Of five y without more than 1, that leaves 3 · 3 + 5 · 1 = 14.
    tight = [*bounds, *(most(y, 1, count + 1) for y in list(ys)[:5])]
    assert owners(over(2 * count, rows, *tight).conflict()) == [5, 6, 7, 8, 9]


def test_the_step_bound_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 0)
    with pytest.raises(StepBoundError):
        over(1, [{0: 1}], least(1, 1)).conflict()
    assert over(1, [{0: 1}], least(0, 1)).conflict() is None


# --- quotients ------------------------------------------------------------------------------------


def test_the_least_quotient_is_at_a_corner() -> None:
    """2 ≤ n ≤ 3 and 4 ≤ d < 8: from 2/8, which is not reached, to 3/4."""
    table = over(2, [], least(0, 2), most(0, 3), least(1, 4), below(1, 8))
    assert table.conflict() is None

    assert least_quotient(table, {0: 1}, {1: 1}) == Extreme(value=Fraction(1, 4), attained=False)
    assert least_quotient(table, {0: -1}, {1: 1}) == Extreme(value=Fraction(-3, 4), attained=True)


def test_a_quotient_on_a_base_that_begins_at_0() -> None:
    """1 ≤ n ≤ 2 and 0 < d ≤ 5: at least 1/5, and as much as one likes."""
    table = over(2, [], least(0, 1), most(0, 2), above(1, 0), most(1, 5))
    assert table.conflict() is None

    assert least_quotient(table, {0: 1}, {1: 1}) == Extreme(value=Fraction(1, 5), attained=True)
    assert least_quotient(table, {0: -1}, {1: 1}) is None


def test_a_quotient_on_a_base_without_an_end() -> None:
    """n ≥ 1 and n ≥ 2 d - 6 with d > 0: nearly 0 at d = 3.5 it is not, 2/7 it is; then it rises."""
    table = over(2, [{0: 1, 1: -2}], least(0, 1), least(2, -6), above(1, 0))
    assert table.conflict() is None

    assert least_quotient(table, {0: 1}, {1: 1}) == Extreme(value=Fraction(2, 7), attained=True)


def test_a_quotient_that_falls_without_end() -> None:
    """n ≥ d + 1: down to 1, which is not reached. With n free of d: down to 0."""
    table = over(2, [{0: 1, 1: -1}], least(2, 1), above(1, 0))
    assert table.conflict() is None
    assert least_quotient(table, {0: 1}, {1: 1}) == Extreme(value=Fraction(1), attained=False)

    table = over(2, [], least(0, 1), most(0, 2), above(1, 0))
    assert table.conflict() is None
    assert least_quotient(table, {0: 1}, {1: 1}) == Extreme(value=Fraction(0), attained=False)

    table = over(2, [], most(0, -1), most(1, 2), above(1, 0))
    assert table.conflict() is None
    assert least_quotient(table, {0: 1}, {1: 1}) is None


def test_owners_whose_gains_do_not_make_up_for_a_lack_together() -> None:
    """1 and 2 are 3 of 4, and 3 more are enough; where the values are even, the nudges tell."""
    assert bits(_idle({0: (0, 1, 0), 1: (0, 2, 0), 2: (0, 3, 0)}, (4, 0))) == [0, 1]
    nudged = {0: (0, 1, 1), 1: (0, 1, 1)}
    assert bits(_idle(nudged, (2, 3))) == [0, 1]
    assert bits(_idle(nudged, (2, 2))) == [0]

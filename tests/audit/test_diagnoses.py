"""Diagnoses of small systems, worked out by hand."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from budgetperf.linear import diagnoses as module
from budgetperf.linear import simplex as tableau
from budgetperf.linear.diagnoses import (
    Diagnoses,
    diagnose,
    disjoint_conflicts,
    minimal_diagnoses,
)
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.simplex import Conflict
from budgetperf.linear.system import Solver, System, Undecided
from tests.factories import typed
from tests.oracle.written import written


def sets(diagnoses: Diagnoses) -> list[list[int]]:
    return [bits(diagnosis) for diagnosis in diagnoses.sets]


def groups(system: System, most: int = 3) -> list[list[list[int]]]:
    return [sets(group) for group in diagnose(Solver(system), most=most)]


SUM = written("c = a + b", a="1.0", b="2.0", c="4.0", d="9")
"""1.0 + 2.0 = 4.0, and a figure that has nothing to do with it."""


def test_a_broken_sum_has_three_suspects() -> None:
    diagnoses = minimal_diagnoses(Solver(SUM))

    assert sets(diagnoses) == [[0], [1], [2]]
    assert (diagnoses.owners, diagnoses.complete, diagnoses.undecided) == (0b0111, 3, None)


def test_what_holds_has_the_empty_diagnosis() -> None:
    diagnoses = minimal_diagnoses(Solver(written("c = a + b", a="1", b="2", c="3")))

    assert (diagnoses.sets, diagnoses.conflicts, diagnoses.owners) == ((0,), (), 0)
    assert diagnose(Solver(written("c = a + b", a="1", b="2", c="3"))) == ()


def test_a_row_and_a_column_point_at_one_cell() -> None:
    """a is 10 too much for its row and for its column; any other mending takes two."""
    system = written(
        "r1 = a + b", "r2 = c + d", "c1 = a + c", "c2 = b + d",
        a="=11", b="=2", c="=3", d="=4", r1="=3", r2="=7", c1="=4", c2="=6",
    )  # fmt: skip

    assert sets(minimal_diagnoses(Solver(system)))[0] == [0]
    assert [0] not in sets(minimal_diagnoses(Solver(system)))[1:]
    # Row: b or r1; column: c or c1. If b, then d or c2 as well, and so on.
    assert sets(minimal_diagnoses(Solver(system), most=2)) == [[0], [4, 6]]
    assert groups(system)[0][0] == [0]


def test_the_largest_size_is_a_limit() -> None:
    """Each of the sums needs one."""
    system = written("c = a + b", "z = x + y", a="=1", b="=2", c="=4", x="=1", y="=2", z="=4")

    assert sets(minimal_diagnoses(Solver(system), most=1)) == []
    assert len(minimal_diagnoses(Solver(system), most=2).sets) == 9
    assert sets(minimal_diagnoses(Solver(system), most=1, released=Mask(0b111000))) == [
        [0],
        [1],
        [2],
    ]


def test_two_may_make_up_for_just_what_is_lacking() -> None:
    """Three times 2 are not 8, but 3 at the most: two of them that are 3 are enough, for 9 not."""
    limits = ("a <= 3", "b <= 3", "c <= 3")
    eight, nine = (
        written("t = a + b + c", *limits, a="=2", b="=2", c="=2", t=t) for t in ("=8", "=9")
    )

    assert sets(minimal_diagnoses(Solver(eight), most=2)) == [[3], [0, 1], [0, 2], [1, 2]]
    assert sets(minimal_diagnoses(Solver(nine), most=2)) == [[3]]


def test_a_known_conflict_is_not_asked_for_again() -> None:
    known = Conflict(owners=Mask(0b0111), sources=frozenset({0}))
    diagnoses = minimal_diagnoses(Solver(SUM), known=[known])

    assert diagnoses.conflicts == (known,)
    assert sets(diagnoses) == [[0], [1], [2]]


def test_a_contradiction_has_no_print_to_blame() -> None:
    system = written("a = b", "c = d", a="1", c="1", d="5", ranges={"a": "[0, 1]", "b": "[2, 3]"})
    diagnoses = minimal_diagnoses(Solver(system))

    assert (diagnoses.sets, diagnoses.undecided) == ((), Undecided(code="no-print-to-blame"))
    *others, last = diagnose(Solver(system))
    assert last == Diagnoses(
        sets=(), conflicts=(), complete=0, undecided=Undecided(code="no-print-to-blame")
    )
    assert all(group.undecided is not None for group in others)


def test_an_undecided_question_may_leave_a_diagnosis_out() -> None:
    """1 / 2 and 3 / 5 are two rates, and no bound on sums says so."""
    system = written("r = a / b", "r = c / d", a="=1", b="=2", c="=3", d="=5")

    diagnoses = minimal_diagnoses(Solver(system))

    assert (diagnoses.sets, diagnoses.undecided) == ((), Undecided(code="not-linear"))
    assert [group.undecided for group in diagnose(Solver(system))] == [Undecided(code="not-linear")]


def test_a_diagnosis_is_found_behind_an_undecided_set() -> None:
    """1 + 1 is not 2.2; 1 / 2 and 3 / 5 are two rates, and a = 1.2 mends both.

    Without x or t it is still undecided whether a / b can be c / d.
    """
    relations = ("t = a + x", "r = a / b", "r = c / d")
    system = written(*relations, x="=1", t="=2.2", b="=2", c="=3", d="=5", a="=1")

    for most in (1, 2):
        diagnoses = minimal_diagnoses(Solver(system), most=most)
        assert (sets(diagnoses), diagnoses.undecided) == ([[5]], Undecided(code="not-linear"))


def test_where_the_relations_contradict_each_other_no_print_is_in_a_conflict() -> None:
    """a is printed beyond its range; but b = c, of 0 … 1 and 2 … 3, is impossible without it."""
    limits = {"a": "[0, 1]", "b": "[0, 1]", "c": "[2, 3]"}
    system = written("b = c", a="5", d="1", ranges=limits)
    for released in (0b00, 0b01, 0b11):
        conflicts, undecided = disjoint_conflicts(Solver(system), Mask(released))
        assert (conflicts, undecided) == ([], Undecided(code="no-print-to-blame"))
    assert bits(typed(Conflict, Solver(system).conflict()).owners) == [0]


def test_the_step_bound_leaves_everything_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableau, "_MOST", 0)

    assert [group.undecided for group in diagnose(Solver(SUM))] == [Undecided(code="step-bound")]


# --- limits ---------------------------------------------------------------------------------------

TWO_SUMS = written(
    "c = a + b", "z = c + y", a="=1", b="=2", c=("=4", "=4"), y="=1", z="=9",
)  # fmt: skip
"""1 + 2 = 4 with the 4 printed twice, and 4 + 1 = 9."""


def test_few_questions_leave_the_larger_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """c is none of the three: then a or b is wrong, with y or z; else both prints of c."""
    diagnoses = minimal_diagnoses(Solver(TWO_SUMS), most=2)
    assert (diagnoses.complete, min(map(len, sets(diagnoses)))) == (2, 2)

    monkeypatch.setattr(module, "_QUESTIONS", 1)
    diagnoses = minimal_diagnoses(Solver(TWO_SUMS), most=2)
    assert (diagnoses.sets, diagnoses.complete) == ((), 0)


def test_sets_that_cannot_be_kept_for_later_cut_the_search_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a, b and c there is no room for the last one."""
    monkeypatch.setattr(module, "_WAITING", 2)
    diagnoses = minimal_diagnoses(Solver(SUM))

    assert sets(diagnoses) == [[0], [1]]
    assert (diagnoses.complete, diagnoses.undecided) == (0, Undecided(code="search-limit"))


def test_beyond_the_smallest_only_some_questions_are_asked() -> None:
    """a, b or c alone; x and y together would do as well."""
    system = written("c = a + b", "c = x + y", a="=1", b="=2", c="=4", x="=1", y="=2")
    # c alone mends both; a or b goes with x or y.
    assert sets(minimal_diagnoses(Solver(system))) == [[2], [0, 3], [0, 4], [1, 3], [1, 4]]

    with_one = minimal_diagnoses(Solver(system), further=1)
    assert (sets(with_one), with_one.complete) == ([[2], [0, 3]], 1)
    with_none = minimal_diagnoses(Solver(system), further=0)
    assert (sets(with_none), with_none.complete) == ([[2]], 1)
    assert sets(minimal_diagnoses(Solver(system), further=4))[1:] == [
        [0, 3],
        [0, 4],
        [1, 3],
        [1, 4],
    ]


def test_as_much_may_be_done_as_is_allowed() -> None:
    """The first question costs nothing before it was asked; what it cost counts for the second."""
    system = written("c = a + b", a="1", b="2", c="3")
    assert minimal_diagnoses(Solver(system), work=0).sets == (0,)
    broken = minimal_diagnoses(Solver(SUM), work=0)
    assert (broken.sets, broken.complete, len(broken.conflicts)) == ((), 0, 1)
    assert broken.undecided == Undecided(code="search-limit")


THREE_SUMS = written(
    "c = a + b", "z = x + y", "r = p + q",
    a="=1", b="=2", c="=4", x="=1", y="=2", z="=4", p="=1", q="=2", r="=4",
)  # fmt: skip
"""Three sums that have nothing to do with each other, each wrong."""


def test_what_a_group_leaves_of_its_share_is_there_for_those_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shares: list[tuple[int, int]] = []

    def searched(solver: Solver, *, work: int, **options: Any) -> Diagnoses:
        before = solver.work
        group = minimal_diagnoses(solver, work=work, **options)
        shares.append((work, solver.work - before))
        return group

    monkeypatch.setattr(module, "_WORK", 9000)
    monkeypatch.setattr(module, "minimal_diagnoses", searched)
    diagnose(Solver(THREE_SUMS))

    (first, done), (second, then), (third, _) = shares
    assert (first, second, third) == (3000, (9000 - done) // 2, 9000 - done - then)
    assert 0 < done < 3000


# --- groups ---------------------------------------------------------------------------------------


def test_two_slips_that_have_nothing_in_common_are_two_groups() -> None:
    system = written("c = a + b", "z = x + y", a="=1", b="=2", c="=4", x="=1", y="=2", z="=4")

    assert groups(system) == [[[0], [1], [2]], [[3], [4], [5]]]
    first, second = diagnose(Solver(system))
    assert (first.owners, second.owners) == (0b000111, 0b111000)


def test_connected_groups_whose_diagnoses_all_go_together_stay_two() -> None:
    """Both sums are parts of one total that is not printed."""
    system = written(
        "c = a + b", "z = x + y", "t = c + z", a="=1", b="=2", c="=4", x="=1", y="=2", z="=4"
    )

    assert groups(system) == [[[0], [1], [2]], [[3], [4], [5]]]


TIED = written(
    "c = a + b", "z = x + y", "a = x", a="=1", b="=2", c="=4", x="=1", y="=2", z="=5",
)  # fmt: skip
"""c - a - b = 1 and z - x - y = 2, and a is x: the one figure cannot mend both."""


def test_groups_that_depend_on_each_other_are_one() -> None:
    """Without both prints of a = x, it would have to be 2 and 3."""
    joined = diagnose(Solver(TIED))

    assert len(joined) == 1
    assert [0, 3] not in sets(joined[0])
    # a with one of the other side is refuted by the x that is still printed, and the other way.
    expected = [[b, y] for b in (1, 2) for y in (4, 5)]
    assert sets(joined[0])[:4] == expected
    assert joined[0].undecided is None


def test_a_third_group_may_depend_on_two_that_were_joined() -> None:
    """c - a - b = 1, z - x - y = 2 and r - p - q = 3, where a is x and y is p.

    All in one search gives the same as three that are joined one by one.
    """
    system = written(
        "c = a + b", "z = x + y", "r = p + q", "a = x", "y = p",
        a="=1", b="=2", c="=4", x="=1", y="=2", z="=5", p="=2", q="=1", r="=6",
    )  # fmt: skip
    (joined,) = groups(system)

    assert sorted(joined) == sorted(sets(minimal_diagnoses(Solver(system))))
    assert sorted(joined) == [[of_c, 5, of_r] for of_c in (1, 2) for of_r in (7, 8)]


def test_without_a_small_diagnosis_of_both_they_stay_apart() -> None:
    """At most one printing each: of each group, what goes with none of the other is left out."""
    apart = groups(TIED, most=1)

    assert sorted(apart) == [[[1], [2]], [[4], [5]]]


def test_of_several_pairs_of_groups_each_is_tried() -> None:
    """Twice the same beside each other: those that stay apart do not keep the others from it."""
    other = {"a": "p", "b": "q", "c": "r", "x": "u", "y": "v", "z": "w"}
    relations = ("c = a + b", "z = x + y", "a = x")
    again = [" ".join(other.get(sign, sign) for sign in text.split()) for text in relations]
    prints = {"a": "=1", "b": "=2", "c": "=4", "x": "=1", "y": "=2", "z": "=5"}
    twice = written(
        *relations, *again, ranges=None, **prints, **{other[name]: prints[name] for name in prints}
    )

    assert sorted(groups(twice, most=1)) == [[[1], [2]], [[4], [5]], [[7], [8]], [[10], [11]]]
    assert len(groups(twice)) == 2


def test_of_many_pairs_only_some_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of each group with all of the other; what was not tried is not left out."""
    monkeypatch.setattr(module, "_PAIRS", 2)

    assert len(diagnose(Solver(TIED))) == 1
    assert sorted(groups(TIED, most=1)) == [[[0], [1], [2]], [[3], [4], [5]]]


def test_a_group_without_a_small_diagnosis_is_left_as_it_is() -> None:
    """a is printed as 1 and as 2, and is 3 by the sum: two prints of it are wrong."""
    system = written(
        "t = a + b", "z = x + y", "x = t", a=("=1", "=2"), b="=1", t="=4", x="=4", y="=1", z="=7",
    )  # fmt: skip

    assert groups(system, most=1) == [[], [[5], [6]]]
    assert groups(system)[0][0] == [0, 1, 5]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_of_many_groups_those_are_tried_that_a_question_about_all_ties(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = groups(TIED, most=most)
    monkeypatch.setattr(module, "_GROUPS", 1)

    assert groups(TIED, most=most) == expected


def test_of_many_groups_those_that_nothing_ties_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """r = p + q is in one total with the others, and whatever is wrong in it goes with them."""
    monkeypatch.setattr(module, "_GROUPS", 1)
    system = written(
        "c = a + b", "z = x + y", "a = x", "r = p + q", "t = c + z + r",
        a="=1", b="=2", c="=4", x="=1", y="=2", z="=5", p="=1", q="=1", r="=3",
    )  # fmt: skip

    separate = groups(system)
    assert len(separate) == 2
    assert [[6], [7], [8]] in separate


@pytest.mark.parametrize("order", ["bacyxz", "yxzbac"])
def test_of_many_groups_two_are_tied_by_one_pair_of_diagnoses(
    order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """c - a - b = 1 and z - x - y = 2, and x is at most twice a.

    If x is 3, a is the one that is wrong in the first sum. Nothing else ties them: of the first
    diagnoses b and y each goes with all others but b with x.
    """
    numbers = {"a": "=1", "b": "=2", "c": "=4", "x": "=1", "y": "=2", "z": "=5"}
    system = written(
        "c = a + b", "z = x + y", "x <= 2*a", ranges=None, **{name: numbers[name] for name in order}
    )
    monkeypatch.setattr(module, "_GROUPS", 1)

    (tied,) = groups(system)
    names = {"".join(sorted(order[number] for number in diagnosis)) for diagnosis in tied}
    assert names == {"ax", "ay", "az", "by", "bz", "cy", "cz"}
    assert len(tied) == 7


class _Dear(Solver):
    """Its questions about what is released, without more, take very long."""

    asked: int = 0

    def conflict(self, released: int = 0, most: int = 0) -> Conflict | Undecided | None:
        if not most:
            self.asked += 1
            self._work += 10**9
        return super().conflict(Mask(released), most)


def test_of_many_groups_none_is_tried_when_there_is_no_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then each group has all of its diagnoses, as if the others were not there."""
    monkeypatch.setattr(module, "_GROUPS", 1)

    solver = _Dear(TIED)
    assert sorted(sets(group) for group in diagnose(solver)) == [[[0], [1], [2]], [[3], [4], [5]]]
    # Whether each of three printings is needed, for both conflicts; and one that took too long.
    assert solver.asked <= 2 * 3 + 1


def test_what_is_alike_in_two_conflicts_belongs_to_each_of_them() -> None:
    """Two rows that say the same, each wrong by itself, beside a long sum that is wrong.

    A row cannot take the place of the other, but each part of the sum that of the others.
    """
    parts = [f"p{n}" for n in range(12)]
    system = written(
        "t = " + " + ".join(parts), "s1 <= w1", "s2 <= w2",
        s1="=3", w1="=2", s2="=3", w2="=2", t="=20", ranges=None, **dict.fromkeys(parts, "=1"),
    )  # fmt: skip

    conflict_groups = diagnose(Solver(system))
    assert sorted(sets(group) for group in conflict_groups) == [
        [[0], [1]],
        [[2], [3]],
        [[number] for number in range(4, 17)],
    ]
    assert sorted(bits(group.owners) for group in conflict_groups) == [
        [0, 1],
        [2, 3],
        list(range(4, 17)),
    ]


def test_of_what_is_alike_the_least_trusted_is_written_down_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 13 figures one is wrong; there is room for four, and the last two are trusted less."""
    monkeypatch.setattr(module, "_LISTED", 4)
    parts = [f"p{n}" for n in range(12)]
    system = written("t = " + " + ".join(parts), ranges=None, t="=20", **dict.fromkeys(parts, "=1"))
    weights = [*[5] * 11, 1, 1]

    (group,) = diagnose(Solver(system), weights=weights)

    assert {11, 12} < {place for (place,) in sets(group)}
    assert len(group.sets) + sum(group.further) == 13
    (plain,) = diagnose(Solver(system))
    assert {11, 12}.isdisjoint({place for (place,) in sets(plain)})


@pytest.mark.parametrize(("room", "listed"), [(0, 2), (1, 2), (2, 2), (3, 3), (12, 12), (13, 13)])
def test_one_of_each_family_is_written_down_whatever_room_there_is(
    room: int, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The total, or one of its 12 parts."""
    monkeypatch.setattr(module, "_LISTED", room)
    parts = [f"p{n}" for n in range(12)]
    system = written("t = " + " + ".join(parts), ranges=None, t="=20", **dict.fromkeys(parts, "=1"))
    (group,) = diagnose(Solver(system))

    assert sets(group) == [[number] for number in range(listed)]
    assert sum(group.further) == 13 - listed


@pytest.mark.parametrize(("count", "left_out"), [(10, 0), (11, 10), (12, 11)])
def test_what_is_alike_is_told_from_twelve_printings_on(
    count: int, left_out: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many parts and their total: where one of the parts stands for all, the others are not."""
    monkeypatch.setattr(module, "_LISTED", 0)
    parts = [f"p{n}" for n in range(count)]
    system = written("t = " + " + ".join(parts), ranges=None, t="=20", **dict.fromkeys(parts, "=1"))
    (group,) = diagnose(Solver(system))
    assert sum(group.further) == left_out
    assert len(group.sets) == count + 1 - left_out


def test_of_three_groups_two_are_one() -> None:
    apart = written("r = p + q", p="=1", q="=1", r="=3")
    three = attrs.evolve(
        TIED,
        printings=(*TIED.printings, *apart.printings),
        constraints=(*TIED.constraints, *apart.constraints),
    )

    joined = groups(three)

    assert min(len(group) for group in joined) == 3
    assert len(joined) == 2
    assert [[6], [7], [8]] in joined


def test_what_is_like_a_print_of_a_conflict_and_not_in_it_is_not_released_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """x and y are each beyond a and b, of which nothing tells one from the other; y beyond z too.

    One of x and of both a and b is wrong; and one of y and of all of a, b and z. While x and a are
    released, to search what is wrong with y and z, b is not like a.
    """
    monkeypatch.setattr(module, "_MANY", 0)
    system = written(
        "x <= a", "s1 <= w1", "y <= z", "x <= b", "s2 <= w2", "y <= b", "y <= a",
        x="=3", a="=2", b="=2", y="=4", z="=2", s1="=3", w1="=2", s2="=3", w2="=2", ranges=None,
    )  # fmt: skip
    x, a, b, y, z, s1, w1, s2, w2 = range(9)
    assert sorted(sorted(sets(group)) for group in diagnose(Solver(system))) == [
        [[x, y], [a, b, y], [a, b, z]],
        [[s1], [w1]],
        [[s2], [w2]],
    ]


def test_what_mends_a_conflict_is_known_for_so_many_and_no_more_released() -> None:
    """Of three printings one alone mends it by itself; a second can where two are released."""
    conflict = Conflict(
        owners=Mask(0b111),
        sources=frozenset({0}),
        able=(Mask(0b001), Mask(0b011)),
        released=Mask(0b11000),
    )

    assert [conflict.mended_by(most) for most in range(4)] == [0b111, 0b001, 0b011, 0b111]
    assert conflict.mended_by(1, Mask(0b01000)) == 0b001  # no more than was released then
    assert conflict.mended_by(1, Mask(0b11000)) == 0b001
    assert conflict.mended_by(1, Mask(0b100000)) == 0b111
    assert conflict.mended_by(1, Mask(0b111000)) == 0b111

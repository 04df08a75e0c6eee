"""Diagnoses of small systems, worked out by hand."""

from __future__ import annotations

import attrs
import pytest

from budgetperf.linear import diagnoses as module
from budgetperf.linear import simplex as tableau
from budgetperf.linear.diagnoses import Diagnoses, diagnose, minimal_diagnoses
from budgetperf.linear.simplex import Conflict, bits
from budgetperf.linear.system import Solver, System, Undecided
from tests.oracle.written import written


def sets(found: Diagnoses) -> list[list[int]]:
    return [bits(one) for one in found.sets]


def groups(system: System, most: int = 3) -> list[list[list[int]]]:
    return [sets(group) for group in diagnose(Solver(system), most=most)]


SUM = written("c = a + b", a="1.0", b="2.0", c="4.0", d="9")
"""1.0 + 2.0 = 4.0, and a figure that has nothing to do with it."""


def test_a_broken_sum_has_three_suspects() -> None:
    found = minimal_diagnoses(Solver(SUM))

    assert sets(found) == [[0], [1], [2]]
    assert (found.owners, found.complete, found.undecided) == (0b0111, 3, None)


def test_what_holds_has_the_empty_diagnosis() -> None:
    found = minimal_diagnoses(Solver(written("c = a + b", a="1", b="2", c="3")))

    assert (found.sets, found.conflicts, found.owners) == ((0,), (), 0)
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
    assert sets(minimal_diagnoses(Solver(system), most=1, released=0b111000)) == [[0], [1], [2]]


def test_a_known_conflict_is_not_asked_for_again() -> None:
    known = Conflict(owners=0b0111, sources=frozenset({0}))
    found = minimal_diagnoses(Solver(SUM), known=[known])

    assert found.conflicts == (known,)
    assert sets(found) == [[0], [1], [2]]


def test_a_contradiction_has_no_print_to_blame() -> None:
    system = written("a = b", "c = d", a="1", c="1", d="5", ranges={"a": "[0, 1]", "b": "[2, 3]"})
    found = minimal_diagnoses(Solver(system))

    assert (found.sets, found.undecided) == ((), Undecided(code="no-print-to-blame"))
    *others, last = diagnose(Solver(system))
    assert last == Diagnoses(
        sets=(), conflicts=(), complete=0, undecided=Undecided(code="no-print-to-blame")
    )
    assert all(group.undecided is not None for group in others)


def test_an_undecided_question_may_leave_a_diagnosis_out() -> None:
    """1 / 2 and 3 / 5 are two rates, and no bound on sums says so."""
    system = written("r = a / b", "r = c / d", a="=1", b="=2", c="=3", d="=5")

    found = minimal_diagnoses(Solver(system))

    assert (found.sets, found.undecided) == ((), Undecided(code="not-linear"))
    assert [group.undecided for group in diagnose(Solver(system))] == [Undecided(code="not-linear")]


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
    found = minimal_diagnoses(Solver(TWO_SUMS), most=2)
    assert (found.complete, min(map(len, sets(found)))) == (2, 2)

    monkeypatch.setattr(module, "_QUESTIONS", 1)
    found = minimal_diagnoses(Solver(TWO_SUMS), most=2)
    assert (found.sets, found.complete) == ((), 0)


def test_beyond_the_smallest_only_some_questions_are_asked() -> None:
    """a, b or c alone; x and y together would do as well."""
    system = written("c = a + b", "c = x + y", a="=1", b="=2", c="=4", x="=1", y="=2")
    # c alone mends both; a or b goes with x or y.
    assert sets(minimal_diagnoses(Solver(system))) == [[2], [0, 3], [0, 4], [1, 3], [1, 4]]

    one = minimal_diagnoses(Solver(system), further=1)
    assert (sets(one), one.complete) == ([[2], [0, 3]], 1)
    none = minimal_diagnoses(Solver(system), further=0)
    assert (sets(none), none.complete) == ([[2]], 1)
    assert sets(minimal_diagnoses(Solver(system), further=4))[1:] == [
        [0, 3],
        [0, 4],
        [1, 3],
        [1, 4],
    ]


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
    found = diagnose(Solver(TIED))

    assert len(found) == 1
    assert [0, 3] not in sets(found[0])
    # a with one of the other side is refuted by the x that is still printed, and the other way.
    expected = [[b, y] for b in (1, 2) for y in (4, 5)]
    assert sets(found[0])[:4] == expected
    assert found[0].undecided is None


def test_without_a_small_diagnosis_of_both_they_stay_apart() -> None:
    """At most one printing each: of each group, what goes with none of the other is left out."""
    found = groups(TIED, most=1)

    assert sorted(found) == [[[1], [2]], [[4], [5]]]


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


def test_of_three_groups_two_are_one() -> None:
    apart = written("r = p + q", p="=1", q="=1", r="=3")
    three = attrs.evolve(
        TIED,
        printings=(*TIED.printings, *apart.printings),
        constraints=(*TIED.constraints, *apart.constraints),
    )

    found = groups(three)

    assert min(len(one) for one in found) == 3
    assert len(found) == 2
    assert [[6], [7], [8]] in found


TWINS = written(
    "s1 <= w1", "s2 <= w2", "t = s1 + s2",
    s1="=3", w1="=2", s2="=3", w2="=2", t="[0, 100]",
)  # fmt: skip
"""Two rows that say the same and are both wrong: a score above its weight."""


def test_what_would_belong_to_two_conflicts_belongs_to_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked what is alike, or not: each row has its score and its weight to blame."""
    expected = [[[0], [1]], [[2], [3]]]
    assert sorted(groups(TWINS)) == expected

    monkeypatch.setattr(module, "_MANY", 1)
    assert sorted(groups(TWINS)) == expected


def test_of_many_connected_groups_those_that_depend_are_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_GROUPS", 1)

    found = diagnose(Solver(TIED))
    assert len(found) == 1
    assert sets(found[0])[:4] == [[b, y] for b in (1, 2) for y in (4, 5)]


def test_many_connected_groups_that_go_together_stay_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_GROUPS", 1)
    system = written(
        "c = a + b", "z = x + y", "t = c + z", a="=1", b="=2", c="=4", x="=1", y="=2", z="=4"
    )

    assert groups(system) == [[[0], [1], [2]], [[3], [4], [5]]]


def test_groups_are_not_tried_beyond_what_may_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be done: what was found of each group stays as it is."""
    monkeypatch.setattr(module, "_GROUPS", 1)
    solver = Solver(TIED)
    one, other = (minimal_diagnoses(solver, released=released) for released in (0b111000, 0b000111))

    assert list(module._dependent(solver, {0: one, 1: other}, (0, 1), solver.work - 1)) == []
    assert list(module._dependent(solver, {0: one, 1: other}, (0, 1), solver.work + 10**9))


def test_of_many_sets_that_wait_only_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits: not even the single figures of a broken sum are tried, and it is said."""
    monkeypatch.setattr(module, "_WAITING", 0)
    found = minimal_diagnoses(Solver(written("c = a + b", a="=1", b="=2", c="=4")))

    assert (found.sets, found.complete) == ((), 0)
    assert found.undecided is not None
    assert found.undecided.code == "search-limit"

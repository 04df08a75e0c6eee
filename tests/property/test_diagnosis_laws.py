"""Laws of diagnoses: each hits every conflict, none can be smaller, none is left out."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from budgetperf.audit.diagnoses import diagnose, minimal_diagnoses
from budgetperf.audit.system import Solver, System
from budgetperf.audit.tableau import bits
from tests.oracle.systems import systems


def subsets(system: System, most: int) -> list[int]:
    """All sets of up to ``most`` printings, the smallest first."""
    places = range(len(system.printings))
    return [
        sum(1 << n for n in chosen)
        for size in range(most + 1)
        for chosen in combinations(places, size)
    ]


@given(system=systems(), most=st.integers(0, 3))
def test_they_are_all_the_smallest_sets_without_which_the_rest_holds(
    system: System, most: int
) -> None:
    """Tried out one by one, each with a solver of its own."""
    expected: list[int] = []
    for one in subsets(system, most):
        if any(smaller & one == smaller for smaller in expected):
            continue
        if Solver(system).conflict(one) is None:
            expected.append(one)

    found = minimal_diagnoses(Solver(system), most=most)

    assert sorted(found.sets) == sorted(expected)


@given(system=systems())
def test_each_diagnosis_hits_every_conflict(system: System) -> None:
    found = minimal_diagnoses(Solver(system))

    assert all(one & conflict.owners for one in found.sets for conflict in found.conflicts)
    assert [one.bit_count() for one in found.sets] == sorted(one.bit_count() for one in found.sets)


@given(system=systems(), released=st.integers(0, 127))
def test_what_is_released_is_in_no_diagnosis(system: System, released: int) -> None:
    found = minimal_diagnoses(Solver(system), released=released)

    assert not any(one & released for one in found.sets)
    assert not found.owners & released


@given(system=systems())
def test_known_conflicts_change_no_diagnosis(system: System) -> None:
    plain = minimal_diagnoses(Solver(system))
    known = minimal_diagnoses(Solver(system), known=plain.conflicts)

    assert sorted(known.sets) == sorted(plain.sets)


@given(system=systems())
def test_groups_are_there_where_something_is_wrong(system: System) -> None:
    assert (diagnose(Solver(system)) == ()) == (Solver(system).conflict() is None)


@given(system=systems())
def test_each_diagnosis_of_a_group_mends_it(system: System) -> None:
    """Without the printings of the other groups nothing else is wrong, and no print is too many."""
    groups = diagnose(Solver(system))
    solver = Solver(system)
    for group in groups:
        rest = 0
        for other in groups:
            rest |= other.owners & ~group.owners
        for one in group.sets:
            assert solver.conflict(rest | one) is None
            assert all(solver.conflict(rest | one & ~(1 << n)) is not None for n in bits(one))

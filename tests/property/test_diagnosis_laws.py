"""Laws of diagnoses: each hits every conflict, none can be smaller, none is left out."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf.linear.alike import alike
from budgetperf.linear.diagnoses import diagnose, disjoint_conflicts, minimal_diagnoses
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.simplex import Conflict
from budgetperf.linear.system import Solver, System
from tests.oracle.systems import systems, tables


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
    for owners in subsets(system, most):
        if any(smaller & owners == smaller for smaller in expected):
            continue
        if Solver(system).conflict(Mask(owners)) is None:
            expected.append(owners)

    diagnoses = minimal_diagnoses(Solver(system), most=most)

    assert sorted(diagnoses.sets) == sorted(expected)


@given(system=systems())
def test_each_diagnosis_hits_every_conflict(system: System) -> None:
    diagnoses = minimal_diagnoses(Solver(system))

    assert all(
        owners & conflict.owners for owners in diagnoses.sets for conflict in diagnoses.conflicts
    )
    assert [owners.bit_count() for owners in diagnoses.sets] == sorted(
        owners.bit_count() for owners in diagnoses.sets
    )


@given(system=systems(), released=st.integers(0, 127))
def test_what_is_released_is_in_no_diagnosis(system: System, released: int) -> None:
    diagnoses = minimal_diagnoses(Solver(system), released=Mask(released))

    assert not any(owners & released for owners in diagnoses.sets)
    assert not diagnoses.owners & released


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
        others = 0
        for other in groups:
            others |= other.owners & ~group.owners
        for owners in group.sets:
            assert solver.conflict(Mask(others | owners)) is None
            assert all(
                solver.conflict(Mask(others | owners & ~(1 << n))) is not None for n in bits(owners)
            )


@given(system=tables())
def test_a_set_and_its_images_are_diagnoses_or_not(system: System) -> None:
    """What can change places makes no difference to any question."""
    conflicts, _ = disjoint_conflicts(Solver(system))
    assume(conflicts)
    same = alike(system, [""] * len(system.printings), conflicts)
    solver = Solver(system)
    for owners in subsets(system, 2):
        holds = solver.conflict(Mask(owners)) is None
        images = list(same.images(Mask(owners)))

        assert len(set(images)) == len(images) == same.count(Mask(owners))
        assert {same.first(image) for image in images} == {same.first(Mask(owners))}
        assert all((solver.conflict(image) is None) == holds for image in images)


@given(system=tables(), most=st.integers(1, 3))
def test_where_some_are_alike_none_is_lost_and_none_is_added(system: System, most: int) -> None:
    """One of each family is asked for; written out they are the same as without."""
    conflicts, _ = disjoint_conflicts(Solver(system))
    same = alike(system, [""] * len(system.printings), conflicts)

    plain = minimal_diagnoses(Solver(system), most=most)
    diagnoses = minimal_diagnoses(Solver(system), most=most, same=same)

    images = [image for owners in diagnoses.sets for image in same.images(owners)]
    assert sorted(images) == sorted(plain.sets)
    assert sum(diagnoses.further) == len(plain.sets) - len(diagnoses.sets)
    assert not plain.owners & ~diagnoses.owners


@given(system=systems() | tables(), released=st.integers(0, 127), most=st.integers(1, 3))
def test_what_is_not_able_to_mend_a_conflict_is_in_no_diagnosis(
    system: System, released: int, most: int
) -> None:
    released &= (1 << len(system.printings)) - 1
    solver = Solver(system)
    conflict = solver.conflict(Mask(released), most)
    assume(isinstance(conflict, Conflict))
    assert isinstance(conflict, Conflict)
    for owners in subsets(system, most):
        if Solver(system).conflict(Mask(released | owners)) is None:
            hit = owners & conflict.owners
            assert not hit & ~conflict.mended_by(hit.bit_count(), Mask(released))


@given(system=systems() | tables())
def test_disjoint_conflicts_leave_none(system: System) -> None:
    conflicts, undecided = disjoint_conflicts(Solver(system))
    everything = (1 << len(system.printings)) - 1
    owners = 0
    for conflict in conflicts:
        assert conflict.owners
        assert not conflict.owners & owners
        assert isinstance(Solver(system).conflict(Mask(everything & ~conflict.owners)), Conflict)
        owners |= conflict.owners
    if undecided is None:
        assert Solver(system).conflict(Mask(owners)) is None

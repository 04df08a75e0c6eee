"""Laws of the joint system: what is left out only widens, and the order of questions is free."""

from __future__ import annotations

from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import Interval
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.simplex import Bound, Conflict, Tableau
from budgetperf.linear.system import Linear, Printing, Quotient, Solver, System
from tests.oracle.systems import systems
from tests.strategies import halves, intervals

MASKS = st.integers(0, 127)
"""Which of up to seven printings are released."""


def quantities(system: System) -> list[str]:
    """All that a system speaks of."""
    names = {p.quantity for p in system.printings} | set(system.ranges)
    for constraint in system.constraints:
        if isinstance(constraint, Linear):
            names |= {q for q, _ in constraint.terms}
        else:
            names |= {
                constraint.rate,
                *(q for q, _ in (*constraint.numerator, *constraint.denominator)),
            }
    return sorted(names)


def everything(system: System) -> int:
    return (1 << len(system.printings)) - 1


def without(system: System, released: int) -> System:
    """The system as it would have been, had some prints never been there."""
    kept = [n for n in range(len(system.printings)) if not released >> n & 1]
    return System(
        printings=tuple(system.printings[n] for n in kept),
        constraints=tuple(
            attrs.evolve(constraint, given=tuple(map(kept.index, constraint.given)))
            if isinstance(constraint, Linear)
            else constraint
            for constraint in system.constraints
            if isinstance(constraint, Quotient) or set(constraint.given) <= set(kept)
        ),
        ranges=system.ranges,
    )


@given(system=systems(), some=MASKS, more=MASKS)
def test_a_consistent_system_stays_so_without_a_print(system: System, some: int, more: int) -> None:
    solver = Solver(system)
    if solver.conflict(Mask(some)) is None:
        assert solver.conflict(Mask(some | more)) is None


@given(data=st.data(), system=systems(), some=MASKS, more=MASKS)
def test_without_a_print_values_only_widen(
    data: st.DataObject, system: System, some: int, more: int
) -> None:
    quantity = data.draw(st.sampled_from(quantities(system)))
    solver = Solver(system)
    before, after = solver.values(quantity, Mask(some)), solver.values(quantity, Mask(some | more))
    if before is not None:
        assert after is not None
        assert after.covers(before)


@given(data=st.data(), system=systems(), released=MASKS)
def test_releasing_is_as_if_it_were_not_printed(
    data: st.DataObject, system: System, released: int
) -> None:
    quantity = data.draw(st.sampled_from(quantities(system)))
    solver, other = Solver(system), Solver(without(system, released))

    assert (solver.conflict(Mask(released)) is None) == (other.conflict() is None)
    assert solver.values(quantity, Mask(released)) == other.values(quantity)


@given(data=st.data(), system=systems())
def test_the_order_of_questions_is_free(data: st.DataObject, system: System) -> None:
    """What was asked before moves the solver, and changes no answer."""
    names = st.sampled_from(quantities(system))
    questions = data.draw(st.lists(st.tuples(names, MASKS), min_size=2, max_size=6))
    solver = Solver(system)
    for quantity, released in questions:
        assert solver.values(quantity, Mask(released)) == Solver(system).values(
            quantity, Mask(released)
        )


@given(system=systems(), released=MASKS)
def test_a_conflict_rests_on_its_prints_alone(system: System, released: int) -> None:
    solver = Solver(system)
    conflict = solver.conflict(Mask(released))
    if isinstance(conflict, Conflict):
        assert not conflict.owners & released
        assert isinstance(solver.conflict(Mask(everything(system) & ~conflict.owners)), Conflict)


@given(system=systems(), released=MASKS)
def test_each_print_of_a_reduced_conflict_is_needed(system: System, released: int) -> None:
    solver = Solver(system)
    conflict = solver.conflict(Mask(released))
    if isinstance(conflict, Conflict):
        reduced = solver.reduced(conflict)
        others = everything(system) & ~reduced.owners

        assert not reduced.owners & ~conflict.owners
        assert isinstance(solver.conflict(Mask(others)), Conflict)
        assert all(solver.conflict(Mask(others | 1 << n)) is None for n in bits(reduced.owners))


@given(data=st.data(), system=systems())
def test_a_larger_unit_changes_nothing(data: st.DataObject, system: System) -> None:
    """万元 or 元: rates stay what they are, amounts are 10,000 times as many."""
    rates = {
        constraint.rate for constraint in system.constraints if isinstance(constraint, Quotient)
    }

    def scaled(quantity: str, values: Interval) -> Interval:
        return values if quantity in rates else values.scaled(10_000)

    larger = System(
        printings=tuple(
            Printing(quantity=p.quantity, interval=scaled(p.quantity, p.interval))
            for p in system.printings
        ),
        constraints=tuple(
            constraint
            if isinstance(constraint, Quotient)
            else attrs.evolve(constraint, values=constraint.values.scaled(10_000))
            for constraint in system.constraints
        ),
        ranges={q: scaled(q, values) for q, values in system.ranges.items()},
    )
    quantity = data.draw(st.sampled_from(quantities(system)))
    values, others = Solver(system).values(quantity), Solver(larger).values(quantity)

    assert (values and scaled(quantity, values)) == others


@given(system=systems(with_rates=False))
def test_order_of_relations_and_names_changes_no_answer(system: System) -> None:
    other = attrs.evolve(system, constraints=system.constraints[::-1])
    for quantity in quantities(system):
        assert Solver(system).values(quantity) == Solver(other).values(quantity)


# --- propagation on a tree is plain interval arithmetic -------------------------------------------


@st.composite
def trees(
    draw: st.DrawFn, depth: int = 0
) -> tuple[str, list[Linear], dict[str, Interval], Interval]:
    """A total of totals: its name, the sums, what is printed of the leaves, the values by hand."""
    name = f"t{draw(st.uuids())}"
    if depth == 3 or (depth and draw(st.booleans())):
        values = draw(intervals())
        return name, [], {name: values}, values
    constraints, printed, total = list[Linear](), dict[str, Interval](), Interval.point(0)
    terms = [(name, Fraction(-1))]
    for _ in range(draw(st.integers(1, 3))):
        part, below, leaves, values = draw(trees(depth + 1))
        factor = draw(st.sampled_from([Fraction(1), Fraction(-1), Fraction(3, 2)]))
        terms.append((part, factor))
        constraints += below
        printed |= leaves
        total += values.scaled(factor)
    return name, [*constraints, Linear(terms=tuple(terms))], printed, total


@given(trees())
def test_a_total_of_a_tree_is_interval_arithmetic(
    tree: tuple[str, list[Linear], dict[str, Interval], Interval],
) -> None:
    name, constraints, printed, total = tree
    printings = tuple(Printing(quantity=q, interval=values) for q, values in printed.items())
    solver = Solver(System(printings=printings, constraints=tuple(constraints)))

    assert solver.values(name) == total


@given(trees(), trees())
def test_a_quotient_of_two_trees_is_interval_arithmetic(
    upper_tree: tuple[str, list[Linear], dict[str, Interval], Interval],
    lower_tree: tuple[str, list[Linear], dict[str, Interval], Interval],
) -> None:
    above, below = upper_tree[0], lower_tree[0]
    base = lower_tree[3].intersection(Interval(lower=0, lower_closed=False))
    quotient = Quotient(
        rate="rate", numerator=((above, Fraction(1)),), denominator=((below, Fraction(1)),)
    )
    prints = {**upper_tree[2], **lower_tree[2]}
    printings = tuple(Printing(quantity=q, interval=values) for q, values in prints.items())
    solver = Solver(
        System(printings=printings, constraints=(*upper_tree[1], *lower_tree[1], quotient))
    )

    assert solver.values("rate") == (None if base is None else upper_tree[3] / base)


# --- the tableau itself ---------------------------------------------------------------------------


@st.composite
def bounded_rows(draw: st.DrawFn) -> tuple[int, list[dict[int, int]], list[Bound]]:
    """Variables, rows over them, and bounds of both, each with an owner of its own."""
    size = draw(st.integers(1, 4))
    factors = st.integers(-3, 3).filter(bool)
    rows = draw(
        st.lists(
            st.dictionaries(st.integers(0, size - 1), factors, min_size=1), min_size=1, max_size=4
        )
    )
    bounds = [
        Bound(
            draw(st.integers(0, size + len(rows) - 1)),
            draw(st.booleans()),
            draw(halves),
            draw(st.booleans()),
            Mask(1 << number),
        )
        for number in range(draw(st.integers(1, 8)))
    ]
    return size, rows, bounds


@given(drawn=bounded_rows(), released=st.integers(0, 255))
def test_a_witness_satisfies_every_bound(
    drawn: tuple[int, list[dict[int, int]], list[Bound]], released: int
) -> None:
    size, rows, bounds = drawn
    tableau = Tableau(size=size, rows=rows, bounds=bounds, start=[Fraction(0)] * size)
    tableau.conflict()
    if tableau.conflict(Mask(released)) is not None:
        return
    values = tableau.witness(size)
    values += [sum((c * values[v] for v, c in row.items()), start=Fraction(0)) for row in rows]
    for bound in bounds:
        if not bound.owners & released:
            value = values[bound.variable]
            room = bound.value - value if bound.upper else value - bound.value

            assert room > 0 if bound.is_open else room >= 0

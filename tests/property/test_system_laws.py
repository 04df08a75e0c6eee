"""Laws of the joint system: what is left out only widens, and the order of questions is free."""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import Interval
from budgetperf.linear import simplex
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.quotients import least_quotient
from budgetperf.linear.simplex import Bound, Conflict, Extreme, Tableau
from budgetperf.linear.system import Linear, Printing, Quotient, Solver, System
from tests.oracle.systems import systems
from tests.strategies import halves, intervals, times

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


# --- against elimination --------------------------------------------------------------------------

Inequality: TypeAlias = tuple[tuple[int, ...], Fraction, bool]
"""A sum, by its coefficients, is at most so much; or less, if that is excluded."""


def tightest(known: Iterable[Inequality]) -> list[Inequality] | None:
    """Of each direction the tightest; ``None`` if one of them says that 0 is less than 0."""
    kept: dict[tuple[int, ...], tuple[Fraction, bool]] = {}
    for factors, limit, is_open in known:
        common = math.gcd(*factors)
        if not common:
            if limit < 0 or (is_open and not limit):
                return None
            continue
        key, own = tuple([factor // common for factor in factors]), (limit / common, not is_open)
        kept[key] = min(kept.get(key, own), own)
    return [(factors, limit, not closed) for factors, (limit, closed) in kept.items()]


def without_variable(known: Sequence[Inequality], place: int) -> list[Inequality] | None:
    """What follows for the other variables: Fourier and Motzkin's elimination."""
    others = [each for each in known if not each[0][place]]
    for a, most, a_open in known:
        for b, least, b_open in known:
            p, q = a[place], -b[place]
            if p > 0 and q > 0:
                joined = tuple([q * x + p * y for x, y in zip(a, b, strict=True)])
                others.append((joined, q * most + p * least, a_open or b_open))
    return tightest(others)


@attrs.frozen
class Rows:
    """What a tableau is about, decided by elimination."""

    size: int
    rows: Sequence[Mapping[int, int]]
    bounds: Sequence[Bound]

    @classmethod
    def drawn(cls, rng: random.Random, most: int = 4, owned: int = 1) -> Rows:
        """Variables, rows over them, and bounds of both; so many have one owner."""
        size, count = rng.randint(1, 4), rng.randint(1, most)
        rows = [
            {v: rng.choice((-3, -2, -1, 1, 2, 3)) for v in rng.sample(range(size), number)}
            for number in rng.choices(range(1, size + 1), k=count)
        ]
        bounds = [
            Bound(
                rng.randrange(size + count),
                rng.random() < 0.5,
                Fraction(rng.randint(-6, 6), 2),
                rng.random() < 0.5,
                Mask(1 << number // owned),
            )
            for number in range(rng.randint(1, 10))
        ]
        return cls(size, rows, bounds)

    def over(self, terms: Mapping[int, int]) -> tuple[int, ...]:
        """A sum of variables and rows, over the variables alone."""
        total = [0] * self.size
        for variable, factor in terms.items():
            parts = {variable: 1} if variable < self.size else self.rows[variable - self.size]
            for other, part in parts.items():
                total[other] += factor * part
        return tuple(total)

    def values(self, terms: Mapping[int, int], released: int = 0) -> Interval | None:
        """All values of a sum; ``None`` if the bounds cannot hold together."""
        limits = list[Inequality]()
        for variable, upper, limit, is_open, owners, _ in self.bounds:
            if not owners & released:
                sign = 1 if upper else -1
                limits.append(((*self.over({variable: sign}), 0), sign * limit, is_open))
        for sign in (1, -1):
            turned = {variable: sign * factor for variable, factor in terms.items()}
            limits.append(((*self.over(turned), -sign), Fraction(0), False))
        known = tightest(limits)
        for place in range(self.size):
            known = None if known is None else without_variable(known, place)
        if known is None:
            return None
        values: Interval | None = Interval()
        for (*_, sign), limit, is_open in known:
            end = Interval(upper=limit, upper_closed=not is_open)
            values = values and values.intersection(end if sign > 0 else -end)
        return values

    def holds(self, at: Sequence[Fraction], released: int) -> bool:
        """Whether these values of the variables are within all bounds."""
        for variable, upper, limit, is_open, owners, _ in self.bounds:
            terms = zip(self.over({variable: 1}), at, strict=True)
            value = sum((factor * each for factor, each in terms), start=Fraction(0))
            room = limit - value if upper else value - limit
            if not owners & released and (room < 0 or (is_open and not room)):
                return False
        return True

    def tableau(self) -> Tableau:
        """The tableau, from 0 on."""
        start = [Fraction(0)] * self.size
        return Tableau(size=self.size, rows=self.rows, bounds=self.bounds, start=start)


def spanned(tableau: Tableau, variable: int) -> Interval:
    low, high = (tableau.extreme(variable, rising=rising) for rising in (False, True))
    return Interval(
        lower=low.value if isinstance(low, Extreme) else None,
        upper=high.value if isinstance(high, Extreme) else None,
        lower_closed=isinstance(low, Extreme) and low.attained,
        upper_closed=isinstance(high, Extreme) and high.attained,
    )


@contextlib.contextmanager
def another_way(rng: random.Random) -> Iterator[None]:
    """Bland's rule from the first step on, or all rows taken for long ones, or neither.

    So few rows are mended within a few steps, whatever the way.
    """
    name, value = rng.choice([("_STEPS", 50), ("_STEPS", -1), ("_LONG", 0)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(simplex, name, value)
        patched.setattr(simplex, "_MOST", 5)
        yield


SEEDS = st.integers(0, 2**32).map(random.Random)


@times(25)
@given(SEEDS)
def test_the_tableau_decides_as_elimination_does(rng: random.Random) -> None:
    """Whether the bounds hold together, and all values of a variable, of a row and of a sum."""
    rows = Rows.drawn(rng)
    tableau = rows.tableau()
    for released in (rng.randrange(1024), 0):
        with another_way(rng):
            holds = rows.values({}, released) is not None
            assert (tableau.conflict(Mask(released)) is None) == holds
            if not holds:
                continue
            assert rows.holds(tableau.witness(rows.size), released)
            for variable in (rng.randrange(rows.size), rows.size):
                assert spanned(tableau, variable) == rows.values({variable: 1}, released)
            terms = {rng.randrange(rows.size): rng.choice((-1, 2)), rows.size: rng.choice((1, -3))}
            with tableau.temporary(terms) as index:
                assert spanned(tableau, index) == rows.values(terms, released)
                assert tableau.conflict(Mask(released)) is None


@times(25)
@given(SEEDS)
def test_the_least_quotient_by_elimination(rng: random.Random) -> None:
    """No quotient is below it, some are as near as one likes, and it is one if it is attained."""
    rows = Rows.drawn(rng)
    base = Bound(rows.size, False, Fraction(0), is_open=True)
    rows = attrs.evolve(rows, bounds=[*rows.bounds, base])
    above = {rng.randrange(rows.size): rng.choice((-1, 2))}
    tableau, released = rows.tableau(), rng.randrange(1024)

    def some_are(comparison: Interval, ratio: Fraction) -> bool:
        numerator, denominator = ratio.as_integer_ratio()
        terms = {v: factor * denominator for v, factor in above.items()}
        values = rows.values({**terms, rows.size: -numerator}, released)
        return values is not None and values.intersection(comparison) is not None

    with another_way(rng):
        if tableau.conflict(Mask(released)) is not None:
            return
        least = least_quotient(tableau, above, {rows.size: 1})
    less, equal = Interval(upper=0, upper_closed=False), Interval.point(0)
    if least is None:
        assert some_are(less, Fraction(-(10**9)))
        return
    assert not some_are(less, least.value)
    assert some_are(less, least.value + Fraction(1, 10**9))
    assert some_are(equal, least.value) == least.attained


@times(25)
@given(SEEDS)
def test_which_printings_can_mend_a_row(rng: random.Random) -> None:
    """Each is tried; some of them bound several variables, or one of them several times."""
    rows, released = Rows.drawn(rng, most=1, owned=rng.randint(1, 3)), rng.randrange(0, 1024, 2)
    conflict = rows.tableau().conflict(Mask(released), 1)
    if conflict is None:
        return
    # Ends of one variable that cross are told first, and mended by themselves.
    for variable in range(rows.size + 1):
        own = [bound for bound in rows.bounds if bound.variable == variable]
        if attrs.evolve(rows, bounds=own).values({}, released) is None:
            rows = attrs.evolve(rows, bounds=own)
            break

    def is_mended(further: int) -> bool:
        return rows.values({}, released | further) is not None

    owners = [owner for owner in range(10) if is_mended(1 << owner)]
    assert bits(conflict.mended_by(1, Mask(released))) == owners
    assert not conflict.idle & ~conflict.owners
    idle = {bound[:2] + bound[4:5] for bound in rows.bounds if bound.owners & conflict.idle}
    if len({end[:2] for end in idle}) == len(idle):  # none of them stands behind another
        assert not is_mended(conflict.idle)

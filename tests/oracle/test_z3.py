"""The exact system against z3, an SMT solver that knows nothing of how it works.

z3 gets a rate as ``numerator == rate * denominator``, not as the bounds on sums that the solver
makes of it, and decides over exact rationals with open ends.
"""

from __future__ import annotations

import functools
import os
import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from budgetperf import Interval
from budgetperf.linear.diagnoses import minimal_diagnoses
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.simplex import Conflict
from budgetperf.linear.system import Linear, Quotient, Solver, System, Terms, Undecided
from tests.oracle.systems import FEWEST, MOST, coarse_system, loose_system, random_system

z3 = pytest.importorskip("z3")

STEPS = 20_000_000
"""How much z3 may do for one question, in its own count: the same on every machine."""
TINY, HUGE = Fraction(1, 10**12), Fraction(10**12)
"""Nearer to an open end, and further out, than anything that the systems are made of."""

FIRST = 64
MANY = 1024
BEGIN = int(os.environ.get("BUDGETPERF_SYSTEMS_FROM", FIRST))
"""The first of the many systems: `.ci/run` takes others for each commit."""


def parts(few: int, many: int, size: int) -> list[object]:
    """Systems by their seeds; those after the first few are asked for by ``-m oracle``."""
    later = [range(n, n + size) for n in range(BEGIN, BEGIN + many, size)]
    return [
        pytest.param(seeds, id=f"{seeds[0]}-{seeds[-1]}", marks=marks)
        for marks, every in (([], [range(few)]), ([pytest.mark.oracle], later))
        for seeds in every
    ]


FEW_AND_MANY = pytest.mark.parametrize(
    "seeds", [range(0, 600, 9), pytest.param(range(600), marks=pytest.mark.oracle)], ids=str
)


@functools.cache
def number(value: Fraction) -> Any:
    return z3.RealVal(str(value))


@functools.cache
def real(name: str) -> Any:
    return z3.Real(name)


def within(term: Any, values: Interval) -> Any:
    ends = []
    if values.lower is not None:
        least = number(values.lower)
        ends.append(term >= least if values.lower_closed else term > least)
    if values.upper is not None:
        most = number(values.upper)
        ends.append(term <= most if values.upper_closed else term < most)
    return z3.And(ends)


class Oracle:
    """A system as z3 reads it: each printing holds, unless it is released."""

    def __init__(self, system: System) -> None:
        self.solver = z3.Solver()
        self.solver.set("rlimit", STEPS)
        self.released = [z3.Bool(f"released {n}") for n in range(len(system.printings))]
        for is_released, printing in zip(self.released, system.printings, strict=True):
            self.say(is_released, within(real(printing.quantity), printing.interval))
        for quantity, values in system.ranges.items():
            self.say(within(real(quantity), values))
        for place, constraint in enumerate(system.constraints):
            if isinstance(constraint, Linear):
                untrue = [self.released[n] for n in constraint.given]
                self.say(*untrue, within(self.total(constraint.terms), constraint.values))
            else:
                above, below = real(f"above {place}"), real(f"below {place}")
                self.say(within(above - self.total(constraint.numerator), constraint.upper))
                self.say(within(below - self.total(constraint.denominator), constraint.lower))
                self.say(above == real(constraint.rate) * below)
                self.say(below > 0)

    def say(self, *either: Any) -> None:
        self.solver.add(z3.Or(*either))

    @staticmethod
    def total(terms: Terms) -> Any:
        return z3.Sum([real(q) if c == 1 else number(c) * real(q) for q, c in terms])

    def can(self, released: int, *more: Any) -> bool:
        """Whether all that is not released can hold, and ``more``."""
        exactly = [
            is_released if released >> n & 1 else z3.Not(is_released)
            for n, is_released in enumerate(self.released)
        ]
        return self.decided(*exactly, *more)

    def decided(self, *assumptions: Any) -> bool:
        answer = self.solver.check(*assumptions)

        assert answer != z3.unknown, self.solver.reason_unknown()
        return bool(answer == z3.sat)

    def has_another(self, sets: Sequence[int], most: int) -> bool:
        """Whether a diagnosis of up to ``most`` printings contains none of ``sets``."""
        self.solver.push()
        self.solver.add(z3.AtMost(*self.released, most))
        for owners in sets:
            self.say(*(z3.Not(self.released[n]) for n in bits(Mask(owners))))
        answer = self.decided()
        self.solver.pop()
        return answer


@pytest.mark.oracle
def test_the_systems_span_5_to_60_figures() -> None:
    sizes = Counter(len(random_system(seed).printings) for seed in range(2048))

    assert min(sizes) == FEWEST == 5
    assert max(sizes) == MOST == 60
    assert all(sizes[size] >= 5 for size in range(FEWEST, MOST + 1))


@pytest.mark.parametrize("seeds", parts(FIRST, MANY, FIRST))
def test_finds_what_z3_finds(seeds: range) -> None:
    """Joint consistency, and exactly the minimal diagnoses of up to three; none is left out."""
    for seed in seeds:
        system = random_system(seed)
        oracle = Oracle(system)

        diagnoses = minimal_diagnoses(Solver(system), most=3)

        assert (diagnoses.undecided, diagnoses.complete) == (None, 3), seed
        # Each is one, none contains another, and whatever else is one contains one of them: so
        # they are the minimal ones, and the empty set is there if and only if all can hold.
        assert all(oracle.can(owners) for owners in diagnoses.sets), seed
        assert not any(
            owners & other == owners for owners, other in permutations(diagnoses.sets, 2)
        ), seed
        assert not oracle.has_another(diagnoses.sets, 3), seed


@pytest.mark.parametrize("seeds", parts(20, 140, 70))
def test_what_remains_possible_is_what_z3_allows(seeds: range) -> None:
    """Three quantities of each system, rates among them: neither wider nor narrower."""
    rates = 0
    for seed in seeds:
        system = random_system(seed)
        solver, oracle = Solver(system), Oracle(system)
        released = 0
        while isinstance(conflict := solver.conflict(Mask(released)), Conflict):
            released |= conflict.owners
        named = {
            constraint.rate for constraint in system.constraints if isinstance(constraint, Quotient)
        }
        names = sorted({p.quantity for p in system.printings} | set(system.ranges) | named)
        rng = random.Random(seed)
        chosen = rng.sample(sorted(named), min(1, len(named)))
        for quantity in chosen + rng.sample(names, 3 - len(chosen)):
            values = solver.values(quantity, Mask(released))
            rates += quantity in named

            assert values is not None, (seed, quantity)
            assert_is_hull(oracle, quantity, released, values)
    assert 3 * rates >= len(seeds)


def assert_is_hull(oracle: Oracle, quantity: str, released: int, values: Interval) -> None:
    """Nothing beyond the ends is possible, and all that is near them is, or they themselves."""
    term = real(quantity)
    if values.lower is None:
        assert oracle.can(released, term < number(-HUGE)), quantity
    else:
        least = values.lower
        outside = term < number(least) if values.lower_closed else term <= number(least)
        nearest = term == number(least) if values.lower_closed else term < number(least + TINY)
        assert not oracle.can(released, outside), quantity
        assert oracle.can(released, nearest), quantity
    if values.upper is None:
        assert oracle.can(released, term > number(HUGE)), quantity
    else:
        most = values.upper
        outside = term > number(most) if values.upper_closed else term >= number(most)
        nearest = term == number(most) if values.upper_closed else term > number(most - TINY)
        assert not oracle.can(released, outside), quantity
        assert oracle.can(released, nearest), quantity


@FEW_AND_MANY
def test_never_contradicts_z3_where_a_rate_is_loose(seeds: range) -> None:
    """A rate of two quotients, in a sum, or of a rate: at most one in eight stays undecided."""
    answers: Counter[str] = Counter()
    for seed in seeds:
        system = loose_system(seed)
        answer = Solver(system).conflict()
        if isinstance(answer, Undecided):
            answers[answer.code] += 1
            continue
        answers["conflict" if answer else "none"] += 1

        assert (answer is None) == Oracle(system).can(0), seed
        if answer is not None:
            assert not Oracle(system).can(~answer.owners), seed
    assert set(answers) == {"conflict", "none", "not-linear"}
    assert 8 * answers["not-linear"] <= len(seeds)


@FEW_AND_MANY
def test_never_contradicts_z3_where_amounts_are_coarse(seeds: range) -> None:
    answers: Counter[bool] = Counter()
    for seed in seeds:
        system = coarse_system(seed)
        answer = Solver(system).conflict()
        assert not isinstance(answer, Undecided)
        answers[answer is None] += 1

        assert (answer is None) == Oracle(system).can(0), seed
    assert 6 * min(answers[True], answers[False]) >= len(seeds)

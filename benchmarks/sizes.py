"""Time against the number of figures: systems of sums and rates, consistent or with one slip.

A tree is a hierarchy of sums, each of up to five parts, and each fifth figure or so is a rate of
what was spent of a sum. A wide sum is one total of all other figures: there, each of them may be
the wrong one.
"""

from __future__ import annotations

import math
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from types import FrameType

import attrs

from budgetperf.exact import Interval, cell, fixed_text, round_to
from budgetperf.linear.diagnoses import Diagnoses, diagnose
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.system import Linear, Printing, Quotient, Solver, System

__all__ = ["FORMS", "Timed", "timed", "tree", "wide", "with_slip"]

FAN = 5
OFF = Fraction(27)
"""By how much the wrong figure is off; every other one is rounded to the hundredth."""
STEPS = ("build", "decide", "diagnose", "values")


# ---------------------------------------------------------------- systems


class _Drawing:
    """A system that is being drawn: true values, and sums and rates that hold for them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.values: dict[str, Fraction] = {}
        self.constraints: list[Linear | Quotient] = []

    def sum_of(self, leaves: int, fan: int) -> str:
        """A sum over so many leaves, each sum of up to ``fan`` parts."""
        name = f"q{len(self.values)}"
        self.values[name] = Fraction(self.rng.randrange(10**3, 10**6), 10**3)
        if leaves > 1:
            count = min(fan, leaves)
            parts = [
                self.sum_of(leaves // count + (part < leaves % count), fan) for part in range(count)
            ]
            self.values[name] = sum((self.values[part] for part in parts), Fraction(0))
            terms = ((name, Fraction(-1)), *((part, Fraction(1)) for part in parts))
            self.constraints.append(Linear(terms=terms))
        return name

    def spent_of(self, name: str) -> None:
        """What was spent of an amount, and the rate."""
        spent, rate = f"e{name}", f"r{name}"
        self.values[spent] = self.values[name] * Fraction(self.rng.randrange(50, 100), 100)
        self.values[rate] = self.values[spent] / self.values[name]
        self.constraints.append(
            Quotient(
                rate=rate,
                numerator=((spent, Fraction(1)),),
                denominator=((name, Fraction(1)),),
            )
        )

    def system(self) -> System:
        """All values in print: amounts with two decimals, rates in percent with two."""
        return System(
            printings=tuple(
                Printing(quantity=name, interval=_print(value, 4 if name[0] == "r" else 2))
                for name, value in self.values.items()
            ),
            constraints=tuple(self.constraints),
            ranges={name: Interval(lower=0) for name in self.values},
        )


def _print(value: Fraction, places: int) -> Interval:
    return cell(round_to(value, places), places)


def tree(figures: int, rng: random.Random) -> System:
    """Sums of sums and rates, about so many figures in all."""
    drawing = _Drawing(rng)
    drawing.sum_of(max(2, figures * (FAN - 1) * 2 // (FAN * 3)), FAN)
    sums = list(drawing.values)
    for name in sums[: (figures - len(sums)) // 2]:
        drawing.spent_of(name)
    return drawing.system()


def wide(figures: int, rng: random.Random) -> System:
    """One total of all other figures."""
    drawing = _Drawing(rng)
    drawing.sum_of(figures - 1, figures)
    return drawing.system()


FORMS = {"tree": tree, "wide sum": wide}
"""The forms of systems, by name."""


def with_slip(system: System, rng: random.Random) -> System:
    """The system with one amount misprinted."""
    amounts = [n for n, one in enumerate(system.printings) if one.quantity[0] != "r"]
    at = rng.choice(amounts)
    printings = list(system.printings)
    wrong = printings[at].interval + Interval.point(OFF)
    printings[at] = attrs.evolve(printings[at], interval=wrong)
    return attrs.evolve(system, printings=tuple(printings))


# ---------------------------------------------------------------- time


@attrs.frozen(kw_only=True)
class Timed:
    """How long the steps took, in nanoseconds of processor time.

    Args:
        figures: how many are printed.
        steps: the time of each step that was finished, in order.
        diagnoses: how many smallest sets of figures may be wrong.
        suspects: how many figures they name.
    """

    figures: int
    steps: tuple[int, ...]
    diagnoses: int = 0
    suspects: int = 0

    @property
    def is_finished(self) -> bool:
        return len(self.steps) == len(STEPS)


class _OutOfTimeError(Exception):
    pass


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    """Give up after so many seconds of processor time; each second it is looked at."""
    start = time.process_time()

    def give_up(number: int, frame: FrameType | None) -> None:
        if time.process_time() - start > seconds:
            raise _OutOfTimeError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def timed(system: System, limit: int) -> Timed:
    """Build, decide, diagnose, and find the admissible values of all suspects.

    A step that takes more than ``limit`` seconds is left out, and those after it.
    """
    solvers: list[Solver] = []
    groups: list[Diagnoses] = []
    suspects: list[tuple[int, int]] = []

    def build() -> None:
        solvers.append(Solver(system))

    def decide() -> None:
        solvers[0].conflict()

    def name() -> None:
        groups.extend(diagnose(solvers[0]))
        suspects.extend((bit, one) for group in groups for one in group.sets for bit in bits(one))

    def values() -> None:
        for bit, released in suspects:
            solvers[0].values(system.printings[bit].quantity, Mask(released))

    steps: list[int] = []
    for step in (build, decide, name, values):
        start = time.process_time_ns()
        try:
            with _within(limit):
                step()
        except _OutOfTimeError:
            break
        steps.append(time.process_time_ns() - start)
    return Timed(
        figures=len(system.printings),
        steps=tuple(steps),
        diagnoses=sum(len(group.sets) for group in groups),
        suspects=len({bit for bit, _ in suspects}),
    )


# ---------------------------------------------------------------- table

HEADER = f"{'systems':<10} {'':<12} {'figures':>8} {'diagnoses':>9} {'suspects':>8}" + "".join(
    f" {step:>10}" for step in (*STEPS, "all", "growth")
)
LEGEND = """\
time in ms of one processor: build the system, decide it, find the smallest diagnoses, and the
admissible values of all suspects; growth: the exponent of the time against the figures"""


def show(sizes: Sequence[int], seed: int, limit: int) -> None:
    """Print the table of times; each is the least of three runs, and from 1,000 figures of one."""
    print(f"{LEGEND}\n\n{HEADER}")
    for name, form in FORMS.items():
        for is_wrong in (False, True):
            before: Timed | None = None
            for size in sizes:
                system = _drawn(form, size, seed, is_wrong)
                runs = [timed(system, limit) for _ in range(3 if size < 1000 else 1)]
                best = min(runs, key=lambda run: (-len(run.steps), sum(run.steps)))
                state = "one slip" if is_wrong else "consistent"
                print(_row(name, state, best, before, limit), flush=True)
                before = best


def _drawn(
    form: Callable[[int, random.Random], System], size: int, seed: int, is_wrong: bool
) -> System:
    rng = random.Random(f"{size} {seed}")
    system = form(size, rng)
    return with_slip(system, rng) if is_wrong else system


def _row(name: str, state: str, now: Timed, before: Timed | None, limit: int) -> str:
    times = [_milliseconds(step) for step in now.steps]
    times += [f"> {limit} s"] * (len(now.steps) < len(STEPS))
    times += ["-"] * (len(STEPS) - len(times))
    whole = _milliseconds(sum(now.steps)) if now.is_finished else "-"
    growth = _growth(before, now) if before else "-"
    return (
        f"{name:<10} {state:<12} {now.figures:>8} {now.diagnoses:>9} {now.suspects:>8}"
        + "".join(f" {text:>10}" for text in (*times, whole, growth))
    )


def _growth(before: Timed, now: Timed) -> str:
    if not before.is_finished or not now.is_finished:
        return "-"
    slower = math.log(Fraction(sum(now.steps), sum(before.steps)))
    return f"{slower / math.log(Fraction(now.figures, before.figures)):.2f}"


def _milliseconds(nanoseconds: int) -> str:
    return fixed_text(round_to(Fraction(nanoseconds, 10**6), 1), 1)

"""True numbers for z3, and what a print says of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
import z3

from budgetperf import Figure, Interval, Missing, MissingReason, RoundingMode, SelfEvaluation, Unit
from budgetperf.exact import Stated
from budgetperf.exact.unit import MONEY, RATIO

__all__ = [
    "PHASES",
    "STATEMENTS",
    "Claim",
    "Formula",
    "InPrint",
    "Number",
    "between",
    "can_be_true",
    "grain",
    "is_money",
    "is_rate",
    "leaves",
    "may_be_round",
    "measure_one_thing",
    "number",
    "quotient",
]

Number: TypeAlias = Any
"""A term of z3 of the sort of the reals; z3 has no types of its own."""
Formula: TypeAlias = Any
"""A term of z3 that is true or false."""

STATEMENTS = ("narrative", "form")
PHASES = ("initial", "revised", "executed")
RATES = ("execution_rate", "rate", "share", "control_rate", "completion_rate", "deviation")


def number(value: Fraction | int) -> Number:
    """An exact rational for z3."""
    exact = Fraction(value)
    return z3.Q(exact.numerator, exact.denominator)


def between(value: Number, interval: Interval, scale: Number = None) -> Formula:
    """Whether ``value`` lies in the interval, its ends taken ``scale`` times."""

    def end(at: Fraction) -> Number:
        return number(at) if scale is None else number(at) * scale

    conditions = []
    if interval.lower is not None:
        low = end(interval.lower)
        conditions.append(value >= low if interval.lower_closed else value > low)
    if interval.upper is not None:
        high = end(interval.upper)
        conditions.append(value <= high if interval.upper_closed else value < high)
    return z3.And(*conditions) if conditions else z3.BoolVal(True)


def quotient(above: Number, below: Number, values: Interval) -> Formula:
    """Whether ``above / below`` lies in ``values``; on a base of 0 nothing is said."""
    mirrored = between(-above, values, -below)
    return z3.Or(
        below == 0, z3.And(below > 0, between(above, values, below)), z3.And(below < 0, mirrored)
    )


@attrs.frozen(kw_only=True)
class Claim:
    """One thing that a report says, by a relation of the catalogue or by its print.

    Args:
        code: that of the relation; ``print`` and ``nature`` otherwise.
        paths: the figures that it is about.
        formula: what it says of the true numbers.
    """

    code: str
    paths: frozenset[str]
    formula: Formula


def can_be_true(
    claims: Iterable[Claim], *, steps: int = 20_000_000, seconds: int | None = None
) -> bool | None:
    """Whether there are true numbers for all the claims; ``None`` if z3 does not say in time."""
    solver = z3.Solver()
    solver.set("rlimit", steps)
    if seconds is not None:
        solver.set("timeout", 1000 * seconds)
    solver.add(*(claim.formula for claim in claims))
    answer = solver.check()
    if answer == z3.unknown:
        return None
    return bool(answer == z3.sat)


def measure_one_thing(units: Sequence[Unit]) -> bool:
    """Whether numbers in the units can be added.

    A number without a unit, beside things counted one by one, counts those; beside money, a
    percentage or ten thousand people it is not known what it counts.
    """
    named = {(unit.dimension, unit.scale) for unit in units if unit.symbol}
    dimensions = {dimension for dimension, _ in named}
    if all(unit.symbol for unit in units) or not named:
        return len(dimensions) < 2
    apart = dimensions & {MONEY, RATIO}
    return len(dimensions) == 1 and not apart and all(scale == 1 for _, scale in named)


def leaves(path: str, value: Any) -> Iterator[tuple[str, Stated]]:
    """Every figure, stated or missing, with its path; words come as missing figures too."""
    if isinstance(value, (Figure, Missing)):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from leaves(f"{path}[{index}]", item)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from leaves(f"{path}.{attribute.name}", getattr(value, attribute.name))


class InPrint:
    """What the print of a report says of its true numbers; the ground for its other claims.

    Args:
        report: the report.
        truncated: whether a rate may have been cut instead of rounded.
    """

    def __init__(self, report: SelfEvaluation, *, truncated: bool = False) -> None:
        self.report = report
        self.truncated = truncated
        self.found: list[Claim] = []
        self.stated: dict[str, Stated] = {}
        for root in ("department", *STATEMENTS):
            self.stated.update(leaves(root, getattr(report, root)))
        self.in_points()
        amounts = (*self.stated.values(), *report.repeated)
        self.finest = min(
            (
                grain(figure)
                for figure in amounts
                if isinstance(figure, Figure) and is_money(figure)
            ),
            default=Fraction(0),
        )
        self.reals: dict[str, Number] = {}
        self.fresh = itertools.count()

    def in_points(self) -> None:
        """Weights in percent are shares of 100 points."""
        for path, stated in self.stated.items():
            if not isinstance(stated, Figure) or not path.endswith(".weight"):
                continue
            if stated.unit.symbol == "%":
                self.stated[path] = attrs.evolve(stated, unit=Unit.of(""))

    # Numbers and their print.

    def figure(self, path: str) -> Figure | None:
        """What is printed at ``path``."""
        stated = self.stated.get(path)
        return stated if isinstance(stated, Figure) else None

    def is_dash(self, path: str) -> bool:
        stated = self.stated.get(path)
        return isinstance(stated, Missing) and stated.reason is MissingReason.DASH

    def real(self, name: str) -> Number:
        """The true number of that name."""
        if name not in self.reals:
            self.reals[name] = z3.Real(name)
        return self.reals[name]

    def cell(self, figure: Figure, *, rate: bool) -> Interval:
        """The true numbers behind the print."""
        if not (rate and self.truncated) or figure.is_exact:
            return figure.interval
        cut = figure.interval_under(RoundingMode.DOWN)
        return Interval.hull((figure.interval, cut))

    def is_round(self, figure: Figure, among: Sequence[str]) -> bool:
        """Whether a whole number may be a round one, in a relation with what stands at ``among``.

        An amount is where the report prints finer ones, or the relation has a coarser one; a
        percentage that was reached is beside another print of it with decimals.
        """
        if not may_be_round(figure, among):
            return False
        if is_money(figure) and grain(figure) > self.finest:
            return True
        others = (self.figure(path) for path in among)
        return any(other is not None and grain(other) != grain(figure) for other in others)

    def value(self, path: str, among: Sequence[str] = ()) -> Number:
        """The true number at ``path``, in a relation with what stands at ``among``."""
        figure = self.figure(path)
        if figure is None or not figure.is_exact:
            return self.real(path)
        if self.is_round(figure, among):
            return self.real(f"{path}~")
        return number(figure.nominal)

    def part(self, path: str, among: Sequence[str] = ()) -> Number:
        """The same for a part of a sum, where a dash is 0; an amount with one may be any."""
        is_open = self.is_dash(path) and path.rpartition(".")[2] in (*PHASES, "budget")
        if is_open:
            return self.real(f"{path} with a dash {next(self.fresh)}")
        return number(0) if self.is_dash(path) else self.value(path, among)

    def say(self, code: str, paths: Iterable[str], formula: Formula) -> None:
        self.found.append(Claim(code=code, paths=frozenset(paths), formula=formula))

    def is_silent(self, paths: Iterable[str]) -> bool:
        """Whether nothing is printed at the paths: nobody claims a relation between them."""
        return not any(map(self.figure, paths))

    def prints(self) -> None:
        """Each figure says that its true number lies in its cell."""
        for path, stated in self.stated.items():
            if not isinstance(stated, Figure):
                continue
            if stated.is_exact:
                half = grain(stated) / 2
                wide = Interval(
                    lower=stated.nominal - half,
                    upper=stated.nominal + half,
                    lower_closed=stated.nominal > 0,
                    upper_closed=stated.nominal < 0,
                )
                self.say("print", [path], between(self.real(f"{path}~"), wide))
            cell = self.cell(stated, rate=is_rate(path))
            self.say("print", [path], between(self.real(path), cell))

    def alike(self, paths: Sequence[str], dimension: str | None = None) -> bool:
        """Whether what is printed at the paths can be added: it measures one thing."""
        units = [figure.unit for path in paths if (figure := self.figure(path))]
        if dimension is not None:
            return all(unit.dimension == dimension for unit in units)
        return measure_one_thing(units)


def grain(figure: Figure) -> Fraction:
    """The unit in the last place that a figure shows, in the base unit."""
    return figure.unit.scale / Fraction(10) ** figure.places


def may_be_round(figure: Figure, among: Sequence[str]) -> bool:
    """Whether it is a whole amount, or a whole percentage that was reached and is printed again."""
    if not figure.is_exact:
        return False
    is_again = len(among) == 2 and all(path.endswith((".actual", ".midyear")) for path in among)
    return is_money(figure) or (is_again and figure.unit.symbol in ("%", "‰"))


def is_money(figure: Figure) -> bool:
    return figure.unit.dimension == MONEY


def is_rate(path: str) -> bool:
    return path.rpartition(".")[2] in RATES

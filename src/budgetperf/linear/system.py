"""All relations of a report as one system over its quantities, decided jointly and exactly.

A *quantity* is a number of the world; a *printing* says that it lies in an interval. Relations are
sums and quotients of quantities. A quotient is never multiplied out: where its rate is printed
between l and u, ``l * d <= n <= u * d`` is linear, and each quantity is used once.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import BudgetperfError, Interval, Text
from budgetperf.exact.interval import POINT_ZERO, between, quotients

from .masks import NOTHING, Mask, bits, mask_of
from .quotients import least_quotient
from .simplex import Bound, Conflict, Extreme, Ray, StepBoundError, Tableau

__all__ = [
    "Constraint",
    "Groups",
    "Linear",
    "Printing",
    "Quotient",
    "Solver",
    "System",
    "Terms",
    "Undecided",
    "quantities",
]

Terms: TypeAlias = tuple[tuple[str, Fraction], ...]
"""Quantities, each with its coefficient. A quantity has a name: none is told by an empty one."""

_ZERO = POINT_ZERO
_ONE = Fraction(1)
_ANYTHING = Interval()


def _named(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if not value:
        raise BudgetperfError("unnamed", _NO_NAME, field=attribute.name)


def _all_named(_: object, attribute: attrs.Attribute[Terms], value: Terms) -> None:
    if "" in [quantity for quantity, _ in value]:
        raise BudgetperfError("unnamed", _NO_NAME, field=attribute.name)


_NO_NAME = Text(zh="量须有名称", en="a quantity has a name")


@attrs.frozen(kw_only=True)
class Printing:
    """A print of a quantity: its true value lies in ``interval``."""

    quantity: str = attrs.field(validator=_named)
    interval: Interval


@attrs.frozen(kw_only=True)
class Linear:
    """The sum of ``terms`` lies in ``values``, as long as all the printings ``given`` are true.

    Args:
        terms: a sum; often a single quantity.
        values: where it lies, such as the scores that a rule admits.
        given: indices into the printings of the system; none if it always holds.
    """

    terms: Terms = attrs.field(validator=_all_named)
    values: Interval = _ZERO
    given: tuple[int, ...] = ()

    def __hash__(self) -> int:
        return hash((tuple([quantity for quantity, _ in self.terms]), self.given))


@attrs.frozen(kw_only=True)
class Quotient:
    """``rate`` is ``numerator / denominator``, and the denominator is positive.

    Args:
        rate: a quantity.
        numerator: a sum.
        denominator: a sum.
        upper: by how much the sum above may be off, where it was added up from coarser print.
        lower: likewise the one below.
    """

    rate: str = attrs.field(validator=_named)
    numerator: Terms = attrs.field(validator=_all_named)
    denominator: Terms = attrs.field(validator=_all_named)
    upper: Interval = _ZERO
    lower: Interval = _ZERO

    def __hash__(self) -> int:
        return hash(self.rate)


# They are looked up by the quantities that they speak of, which tells nearly all of them apart:
# fractions are slow to hash.

Constraint: TypeAlias = Linear | Quotient


@attrs.frozen(kw_only=True)
class System:
    """Quantities, what is printed of them, and how they are related.

    Args:
        printings: what is printed.
        constraints: the relations, which always hold.
        ranges: the natural range of a quantity: a number of people is 0 or more.
    """

    printings: tuple[Printing, ...]
    constraints: tuple[Constraint, ...]
    ranges: Mapping[str, Interval] = attrs.field(factory=dict[str, Interval])


@attrs.frozen(kw_only=True)
class Undecided:
    """Why a question about a system has no answer. ``code`` is a stable ASCII code."""

    code: str


class Solver:
    """Answers to questions about one system. It keeps its state from one to the next."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._work = 0
        self._rates = _rates(system)
        self._quotients: dict[str, list[int]] = {}
        rows: list[tuple[Terms, Interval, Mask, int]] = []
        for number, constraint in enumerate(system.constraints):
            if isinstance(constraint, Quotient):
                self._quotients.setdefault(constraint.rate, []).append(number)
                given = NOTHING
            else:
                given = mask_of(constraint.given)
            rows += [(*row, given, number) for row in _rows(constraint, self._rates)]
        plain = {q for terms, *_ in rows for q, _ in terms}
        # A rate that stands in one quotient and nowhere else is nothing but its print, which bounds
        # two sums. One that stands elsewhere, too, would have to be multiplied by an unknown base:
        # the rows leave that out. What is in conflict without it is so for certain; what is not
        # has to be witnessed.
        self._loose = frozenset(r for r, qs in self._rates.items() if r in plain or len(qs) > 1)
        plain |= {p.quantity for p in system.printings}
        # Where all holds with no amount coarser than others, it holds: none is off by nothing.
        even = _evened(system) if self._loose else system
        self._even = Solver(even) if even != system else None
        self._index = {quantity: index for index, quantity in enumerate(sorted(plain))}
        # By name, so that the same report asks the same questions in the same order everywhere.
        # A further variable that is 0: where all terms of a sum cancel, the sum is this.
        self._nothing = len(self._index)
        self._numbers: dict[tuple[tuple[int, int], ...], int] = {}
        self._bounds: list[Bound] = []
        self._bound(self._nothing, _ZERO, NOTHING, None)
        for terms, values, owners, source in rows:
            self._limit(terms, values, owners, source)
        for number, printing in enumerate(system.printings):
            self._state(printing.quantity, printing.interval, Mask(1 << number))
        for quantity, natural in system.ranges.items():
            self._state(quantity, natural, NOTHING)
        self._tableau = self._as_printed()

    def _as_printed(self) -> Tableau:
        # From the printed values on: most of the relations hold there, and few have to be mended.
        printed: dict[str, Interval] = {}
        for printing in self._system.printings:
            printed.setdefault(printing.quantity, printing.interval)
        return Tableau(
            size=self._nothing + 1,
            rows=[dict(row) for row in self._numbers],
            bounds=self._bounds,
            start=[*(_middle(printed.get(quantity)) for quantity in self._index), Fraction(0)],
        )

    @property
    def system(self) -> System:
        """The system that the questions are about."""
        return self._system

    @property
    def work(self) -> int:
        """How much was done so far, in coefficients looked at: the same on every machine."""
        return self._work + self._tableau.work + (0 if self._even is None else self._even.work)

    def conflict(self, released: Mask = NOTHING, most: int = 0) -> Conflict | Undecided | None:
        """Printings that cannot all be true; ``None`` if all that are not released can.

        Args:
            released: the printings that are left out.
            most: for up to how many printings beyond that to say which can be among those that
                mend a conflict.
        """
        try:
            conflict = self._tableau.conflict(released, most)
        except StepBoundError:
            return Undecided(code="step-bound")
        if conflict is None and self._loose and not self._is_witnessed(released):
            holds = self._even is not None and self._even.conflict(released) is None
            return None if holds else Undecided(code="not-linear")
        return conflict

    @property
    def everything(self) -> Mask:
        """All printings."""
        return Mask((1 << len(self._system.printings)) - 1)

    def reduced(self, conflict: Conflict, most: int = 0) -> Conflict:
        """A conflict of which each printing is needed, found among the printings of another.

        One of very many printings is left as it is.

        Args:
            conflict: the conflict.
            most: as for :meth:`conflict`.
        """
        if conflict.owners.bit_count() > _REDUCED:
            return conflict
        # One by one: what is still in conflict without a printing did not need it. The answer may
        # leave out more than that one.
        for number in bits(conflict.owners):
            answer = self.conflict(self.everything & ~conflict.owners | 1 << number)
            if isinstance(answer, Conflict):
                conflict = answer
        # Asked once more, for only such an answer says which of the printings left can mend it.
        if most:
            answer = self.conflict(self.everything & ~conflict.owners, most)
            return answer if isinstance(answer, Conflict) else conflict
        return conflict

    def values(self, quantity: str, released: Mask = NOTHING) -> Interval | None:
        """All values that a quantity can have, without what is released; ``None`` if none.

        Where a rate takes part in more than one relation, or amounts are coarser than others, the
        interval may be wider than that, never narrower.
        """
        # This also brings the tableau to where all bounds hold: extremes are looked for from there.
        if self.conflict(released) is not None:
            return None
        values = _ANYTHING
        for quotient in self._rates.get(quantity, ()):
            values = _met(values, self._ratios(quotient))
        if quantity in self._index:
            values = _met(values, self._extremes(self._index[quantity]))
        natural = self._system.ranges.get(quantity)
        return values if natural is None else _met(values, natural)

    def parts(self, printings: Mask) -> frozenset[str]:
        """The parts of the system, without relations between them, of some printings."""
        stated = self._system.printings
        return frozenset(self._parts.find(stated[number].quantity) for number in bits(printings))

    @functools.cached_property
    def _parts(self) -> Groups:
        """The quantities between which relations lead."""
        joined = Groups()
        printings = self._system.printings
        for constraint in self._system.constraints:
            # What a rule was applied to decides on its result without a term in the sum.
            given = constraint.given if isinstance(constraint, Linear) else ()
            named = quantities(constraint) + [printings[place].quantity for place in given]
            for quantity in named[1:]:
                joined.join(named[0], quantity)
        return joined

    def _sums(self, terms: Terms) -> Interval:
        """All values of a sum."""
        row, scale = self._row(terms)
        if len(row) == 1:
            return self._extremes(row[0][0]).scaled(1 / scale)
        with self._tableau.temporary(dict(row)) as index:
            return self._extremes(index).scaled(1 / scale)

    def _extremes(self, variable: int) -> Interval:
        least = self._tableau.extreme(variable, rising=False)
        return _between(least, self._tableau.extreme(variable, rising=True))

    def _ratios(self, quotient: Quotient) -> Interval:
        if _is_coarse(quotient):
            # The two sums are bounded apart: wider than the quotient can be, never narrower.
            above = self._sums(quotient.numerator) + quotient.upper
            below = self._sums(quotient.denominator) + quotient.lower
            return quotients(above, below)
        top, upper = self._row(quotient.numerator)
        base, lower = self._row(quotient.denominator)
        # A row begins with a positive coefficient. Where that turned the base, which is positive,
        # it is turned back.
        sign = 1 if lower > 0 else -1
        positive = {variable: sign * factor for variable, factor in base}
        least = least_quotient(self._tableau, dict(top), positive)
        fallen = least_quotient(self._tableau, {v: -factor for v, factor in top}, positive)
        most = None if fallen is None else Extreme(value=-fallen.value, attained=fallen.attained)
        return _between(least, most).scaled(sign * lower / upper)

    def _is_witnessed(self, released: Mask) -> bool:
        """Whether values exist under which the rates that are not linear hold, too.

        Each such rate is given the value that it has by the sums found; then all is linear.
        """
        names = tuple(self._index)
        values = dict(zip(names, self._tableau.witness(len(names)), strict=True))
        # A rate of several quotients has a value by each of them: these are tried in turn.
        for turn in range(max(len(self._rates[rate]) for rate in self._loose)):
            fixed: dict[str, Fraction] = {}
            for rate in self._loose:
                quotients = self._rates[rate]
                quotient = quotients[turn % len(quotients)]
                below = _total(quotient.denominator, values)
                fixed[rate] = _total(quotient.numerator, values) / below if below else Fraction(0)
            known = Solver(_with_fixed(self._system, fixed, released))
            holds = known.conflict() is None
            self._work += known.work + _BUILDING * len(self._system.printings)
            if holds:
                return True
        return False

    def _state(
        self, quantity: str, values: Interval, owners: Mask, source: int | None = None
    ) -> None:
        """Say that a quantity lies in ``values``; for a rate this is said of its sums."""
        if quantity in self._index:
            self._bound(self._index[quantity], values, owners, source)
        for number in self._quotients.get(quantity, ()):
            quotient = self._system.constraints[number]
            for terms, due in _within(quotient, values) if isinstance(quotient, Quotient) else ():
                self._limit(terms, due, owners, number)

    def _limit(self, terms: Terms, due: Interval, owners: Mask, source: int) -> None:
        """Bound a sum; one of a single quantity bounds the quantity itself."""
        integral, scale = self._row(terms)
        values = due if scale is _ONE else due.scaled(scale)
        if not integral:
            variable = self._nothing
        elif len(integral) == 1:
            variable = integral[0][0]
        else:
            # Relations over one sum are one row with several bounds, whatever they multiply it by.
            position = self._numbers.setdefault(integral, len(self._numbers))
            variable = self._nothing + 1 + position
        self._bound(variable, values, owners, source)

    def _bound(self, variable: int, values: Interval, owners: Mask, source: int | None) -> None:
        lower, upper = values.lower, values.upper
        if lower is not None:
            is_open = not values.lower_closed
            self._bounds.append(_bound((variable, False, lower, is_open, owners, source)))
        if upper is not None:
            is_open = not values.upper_closed
            self._bounds.append(_bound((variable, True, upper, is_open, owners, source)))

    def _row(self, terms: Terms) -> tuple[tuple[tuple[int, int], ...], Fraction]:
        """A sum with coprime integer coefficients, the first positive; and its multiple of it."""
        ratios = [(self._index[quantity], *factor.as_integer_ratio()) for quantity, factor in terms]
        whole = math.lcm(*[denominator for _, _, denominator in ratios])
        summed: dict[int, int] = {}
        for index, numerator, denominator in ratios:
            summed[index] = summed.get(index, 0) + numerator * (whole // denominator)
        integral = sorted([(index, factor) for index, factor in summed.items() if factor])
        if not integral:
            return (), _ONE
        common = math.gcd(*[factor for _, factor in integral])
        signed = common if integral[0][1] > 0 else -common
        coprime = tuple([(index, factor // signed) for index, factor in integral])
        return coprime, _ONE if whole == signed else Fraction(whole, signed)


# Made in one step of the interpreter: there are thousands of them in one report.
_bound = functools.partial(tuple.__new__, Bound)  # pyright: ignore[reportUnknownMemberType]
_BUILDING = 50
"""What the building of a solver counts as work, for each printing."""
_REDUCED = 100
"""Up to how many printings a conflict is reduced to those that it needs, a question for each."""


class Groups:
    """Names that belong together, joined two by two."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The name that stands for the group."""
        if name not in self._above:
            return name
        path: list[str] = []
        while (above := self._above.get(name, name)) != name:
            path.append(name)
            name = above
        for passed in path:
            self._above[passed] = name
        return name

    def join(self, name: str, other: str) -> None:
        """Let two groups be one, for which the group of ``name`` stands."""
        self._above[self.find(other)] = self.find(name)


def quantities(constraint: Constraint) -> list[str]:
    """The quantities that a constraint speaks of."""
    if isinstance(constraint, Linear):
        return [quantity for quantity, _ in constraint.terms]
    terms = (*constraint.numerator, *constraint.denominator)
    return [constraint.rate, *(quantity for quantity, _ in terms)]


def _rates(system: System) -> dict[str, tuple[Quotient, ...]]:
    rates: dict[str, tuple[Quotient, ...]] = {}
    for constraint in system.constraints:
        if isinstance(constraint, Quotient):
            rates[constraint.rate] = (*rates.get(constraint.rate, ()), constraint)
    return rates


_Row: TypeAlias = tuple[Terms, Interval]
"""A sum, and where it lies."""


def _rows(constraint: Constraint, rates: Mapping[str, tuple[Quotient, ...]]) -> list[_Row]:
    """What a constraint says of sums, whatever is printed.

    A sum of rates on one base is a sum of their numerators: shares that add up to 100 % are parts
    that add up to the whole.
    """
    if isinstance(constraint, Quotient):
        # The base is positive. The sum above may be anything, but its quantities need a place.
        above = between(_negated(constraint.lower.upper), None, False, False)
        return [(constraint.denominator, above), (constraint.numerator, _ANYTHING)]
    terms, values = constraint.terms, constraint.values
    stating = [rates.get(quantity, ()) for quantity, _ in terms]
    shares = [of_rate[0] for of_rate in stating if len(of_rate) == 1 and not _is_coarse(of_rate[0])]
    if not shares or len(shares) < len(terms):
        return [(terms, values)]
    if any(share.denominator != shares[0].denominator for share in shares):
        return [(terms, values)]
    parts = tuple(
        (quantity, factor * coefficient)
        for share, (_, factor) in zip(shares, terms, strict=True)
        for quantity, coefficient in share.numerator
    )
    return _within(attrs.evolve(shares[0], numerator=parts), values)


def _evened(system: System) -> System:
    """The system with no amount coarser than others."""
    # Only where off by 0 is among what is possible: so what holds here holds in the system itself.
    constraints = tuple(
        attrs.evolve(
            constraint,
            upper=_ZERO if 0 in constraint.upper else constraint.upper,
            lower=_ZERO if 0 in constraint.lower else constraint.lower,
        )
        if isinstance(constraint, Quotient)
        else constraint
        for constraint in system.constraints
    )
    return attrs.evolve(system, constraints=constraints)


def _is_coarse(quotient: Quotient) -> bool:
    return any(off is not _ZERO and off != _ZERO for off in (quotient.upper, quotient.lower))


def _within(quotient: Quotient, values: Interval) -> list[_Row]:
    """That a quotient lies in ``values``, said of its sums."""
    rows: list[_Row] = []
    for end, closed, is_upper in (
        (values.lower, values.lower_closed, False),
        (values.upper, values.upper_closed, True),
    ):
        if end is None:
            continue
        # n / d <= u is n - u * d <= 0, since d is positive: no quantity is multiplied by another.
        minus = -end
        negated = [(q, minus if c == 1 else minus * c) for q, c in quotient.denominator]
        terms = (*quotient.numerator, *negated)
        off = quotient.lower.scaled(end) - quotient.upper if _is_coarse(quotient) else _ZERO
        if is_upper:
            rows.append((terms, between(None, off.upper, False, closed and off.upper_closed)))
        else:
            rows.append((terms, between(off.lower, None, closed and off.lower_closed, False)))
    return rows


def _with_fixed(system: System, fixed: Mapping[str, Fraction], released: Mask) -> System:
    """The system with some rates known and without what is released."""
    constraints: list[Constraint] = [
        Linear(terms=((rate, Fraction(1)),), values=Interval.point(value))
        for rate, value in fixed.items()
    ]
    for constraint in system.constraints:
        if isinstance(constraint, Linear):
            # What is not released is true: what holds as long as it is, holds.
            if not any(released >> number & 1 for number in constraint.given):
                constraints.append(attrs.evolve(constraint, given=()))
        elif constraint.rate in fixed:
            point = Interval.point(fixed[constraint.rate])
            # With its rate known a quotient is linear; that its base is positive is said besides.
            rows = _within(constraint, point) + _rows(constraint, {})
            constraints += [Linear(terms=terms, values=due) for terms, due in rows]
        else:
            constraints.append(constraint)
    kept = (p for number, p in enumerate(system.printings) if not released >> number & 1)
    return System(printings=tuple(kept), constraints=tuple(constraints), ranges=system.ranges)


def _total(terms: Iterable[tuple[str, Fraction]], values: Mapping[str, Fraction]) -> Fraction:
    return sum((factor * values[quantity] for quantity, factor in terms), start=Fraction(0))


def _negated(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _met(a: Interval, b: Interval) -> Interval:
    """Both, where they are known to have a value in common."""
    return a.intersection(b) or a


def _middle(interval: Interval | None) -> Fraction:
    if interval is None:
        return Fraction(0)
    if interval.lower is None or interval.upper is None:
        return interval.lower or interval.upper or Fraction(0)
    if interval.lower is interval.upper:  # one object where nothing was rounded
        return interval.lower
    # In one step: adding and halving would each look for common factors.
    n, d = interval.lower.as_integer_ratio()
    m, e = interval.upper.as_integer_ratio()
    return Fraction(n * e + m * d, 2 * d * e)


def _between(least: Extreme | Ray | None, most: Extreme | Ray | None) -> Interval:
    low = least if isinstance(least, Extreme) else None
    high = most if isinstance(most, Extreme) else None
    return between(
        None if low is None else low.value,
        None if high is None else high.value,
        low is not None and low.attained,
        high is not None and high.attained,
    )

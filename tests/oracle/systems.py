"""Random systems of relations: sums, quotients, two-way tables and score rows, printed."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from budgetperf import Interval
from budgetperf.exact import cell, round_to
from budgetperf.linear.system import Constraint, Linear, Printing, Quotient, System, Terms
from tests.strategies import intervals

__all__ = [
    "FEWEST", "MOST", "coarse_system", "loose_system", "random_system", "systems", "tables",
]  # fmt: skip

FEWEST, MOST = 5, 60
"""How many figures a system prints."""

_ONE = Fraction(1)


class Drawing:
    """Quantities with true values under which all relations hold, and what is printed of them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.slips = rng.choice((0, 2, 4, 8, 12))
        """Of 100 prints, how many are wrong."""
        self.values: dict[str, Fraction] = {}
        self.constraints: list[Constraint] = []
        self.printings: list[Printing] = []
        self.ranges: dict[str, Interval] = {}

    def amount(self, value: Fraction | None = None) -> str:
        """A quantity of 0 or more."""
        if value is None:
            value = Fraction(self.rng.randrange(0, 300_000), 1000)
        name = self.free(value)
        self.ranges[name] = Interval(lower=0)
        return name

    def free(self, value: Fraction) -> str:
        """A quantity that may be less than 0."""
        name = f"q{len(self.values)}"
        self.values[name] = value
        return name

    def total(self, parts: list[str]) -> str:
        name = self.amount(sum((self.values[part] for part in parts), start=Fraction(0)))
        self.add_up(name, parts)
        return name

    def add_up(self, whole: str, parts: list[str]) -> None:
        terms = ((whole, -_ONE), *((part, _ONE) for part in parts))
        self.constraints.append(Linear(terms=terms))

    def rate(self, numerator: dict[str, int], base: str) -> str:
        """The rate of a sum on a base that is not 0."""
        name = f"r{len(self.values)}"
        above = sum((self.values[q] * c for q, c in numerator.items()), start=Fraction(0))
        self.values[name] = above / self.values[base]
        terms = tuple((q, Fraction(c)) for q, c in numerator.items())
        self.constraints.append(Quotient(rate=name, numerator=terms, denominator=((base, _ONE),)))
        return name

    def print(self, name: str, places: int = 2) -> None:
        """Print a quantity; sometimes wrongly, twice, exactly or not at all."""
        rng, value = self.rng, self.values[name]
        if rng.random() < 0.05:
            return
        for _ in range(1 + (rng.random() < 0.1)):
            printed = round_to(value, places)
            if rng.randrange(100) < self.slips:
                off = rng.choice((1, -1, 2, 9, -30, 1000)) * Fraction(1, 10**places)
                printed = printed + off if value < 0 else max(Fraction(0), printed + off)
            interval = cell(printed, places)
            if rng.random() < 0.15:
                interval = Interval.point(printed)
            self.printings.append(Printing(quantity=name, interval=interval))

    def system(self) -> System:
        return System(
            printings=tuple(self.printings), constraints=tuple(self.constraints), ranges=self.ranges
        )


def sums(draw: Drawing) -> list[str]:
    """A total of parts, some of them totals themselves, and a difference."""
    rng = draw.rng
    parts = [draw.amount() for _ in range(rng.randint(2, 5))]
    inner = [draw.total([draw.amount() for _ in range(rng.randint(2, 3))])]
    whole = draw.total(parts + inner)
    less = draw.amount(draw.values[whole] - draw.values[parts[0]])
    draw.constraints.append(Linear(terms=((less, _ONE), (whole, -_ONE), (parts[0], _ONE))))
    if rng.random() < 0.5:
        is_strict = draw.values[parts[0]] < draw.values[whole] and rng.random() < 0.5
        limit = Interval(upper=0, upper_closed=not is_strict)
        draw.constraints.append(Linear(terms=((parts[0], _ONE), (whole, -_ONE)), values=limit))
    return [*parts, *inner, whole, less]


def shares(draw: Drawing, base: str, parts: list[str]) -> None:
    """Shares of a base, which add up to 100 % where the parts do to the base."""
    if not draw.values[base]:
        return
    names = [draw.rate({part: 1}, base) for part in parts]
    for name in names:
        draw.print(name, 4)
    if sum(draw.values[part] for part in parts) == draw.values[base]:
        terms = tuple((name, _ONE) for name in names)
        draw.constraints.append(Linear(terms=terms, values=Interval.point(1)))


def quotients(draw: Drawing) -> list[str]:
    """Rates beside sums, and shares of a whole."""
    printed = sums(draw)
    shares(draw, printed[-2], printed[: draw.rng.randint(1, 2)])
    parts = [draw.amount() for _ in range(3)]
    whole = draw.total(parts)
    shares(draw, whole, parts)
    return [*printed, whole, *parts]


def changes(draw: Drawing) -> list[str]:
    """Amounts year by year, by how much each differs from the one before, and the rates of that."""
    years = [draw.amount() for _ in range(draw.rng.randint(2, 4))]
    printed = list(years)
    for before, after in pairwise(years):
        change = draw.free(draw.values[after] - draw.values[before])
        terms = ((change, -_ONE), (after, _ONE), (before, -_ONE))
        draw.constraints.append(Linear(terms=terms))
        printed.append(change)
        if draw.values[before]:
            draw.print(draw.rate({after: 1, before: -1}, before), 4)
    return printed


def table(draw: Drawing) -> list[str]:
    """A two-way table with its margins."""
    rows, columns = draw.rng.randint(2, 4), draw.rng.randint(2, 4)
    cells = [[draw.amount() for _ in range(columns)] for _ in range(rows)]
    across = [draw.total(row) for row in cells]
    down = [draw.total(list(column)) for column in zip(*cells, strict=True)]
    whole = draw.total(across)
    draw.add_up(whole, down)
    return [q for row in cells for q in row] + across + down + [whole]


def scores(draw: Drawing) -> list[str]:
    """Scores up to their weights, which add up to 100, with a total; a rule gives some of them."""
    rng, names, weights = draw.rng, list[str](), list[str]()
    count = rng.randint(2, 6)
    left = Fraction(100)
    for index in range(count):
        value = left if index == count - 1 else Fraction(rng.randint(1, max(1, int(left) // 2)))
        left -= value
        weight = draw.amount(value)
        share = rng.choice((_ONE, Fraction(rng.randint(50, 100), 100)))
        score = draw.amount(round_to(value * share, 2))
        limit = Linear(terms=((score, _ONE), (weight, -_ONE)), values=Interval(upper=0))
        draw.constraints.append(limit)
        before = len(draw.printings)
        draw.print(weight, 0)
        given = tuple(range(before, len(draw.printings)))
        if given and rng.random() < 0.4:
            due = Interval.point(draw.values[score])
            draw.constraints.append(Linear(terms=((score, _ONE),), values=due, given=given))
        names.append(score)
        weights.append(weight)
    terms = tuple((weight, _ONE) for weight in weights)
    draw.constraints.append(Linear(terms=terms, values=Interval.point(100)))
    return [*names, draw.total(names)]


_KINDS = (sums, quotients, changes, table, scores)


def random_system(seed: int) -> System:
    """A system of 5 to 60 figures, printed with slips."""
    rng = random.Random(seed)
    while True:
        draw = Drawing(rng)
        for kind in rng.choices(_KINDS, k=rng.randint(1, 4)):
            for name in kind(draw):
                draw.print(name)
        if FEWEST <= len(draw.printings) <= MOST:
            return draw.system()


def loose_system(seed: int) -> System:
    """A small system with a rate that takes part in more than one relation."""
    rng = random.Random(seed)
    draw = Drawing(rng)
    a, b, c = (draw.amount(Fraction(rng.randrange(1_000, 300_000), 1000)) for _ in range(3))
    rate = draw.rate({a: 1}, b)
    names = [a, b, c]
    match rng.randrange(4):
        case 0:  # the rate of two quotients
            d = draw.amount(draw.values[c] / draw.values[rate])
            twice = Quotient(rate=rate, numerator=((c, _ONE),), denominator=((d, _ONE),))
            draw.constraints.append(twice)
            names.append(d)
        case 1:  # beside something that is not a rate
            more = draw.free(draw.values[rate] + draw.values[c])
            draw.constraints.append(Linear(terms=((more, -_ONE), (rate, _ONE), (c, _ONE))))
            names.append(more)
        case 2:  # rates on two bases, one of them at least the other, or their difference known
            second = draw.rate({c: 1}, a)
            draw.print(second, rng.randint(1, 4))
            lead = draw.values[rate] - draw.values[second]
            values = Interval.point(lead)
            if rng.random() < 0.5:
                values = Interval(lower=0) if lead >= 0 else Interval(upper=0, upper_closed=False)
            draw.constraints.append(Linear(terms=((rate, _ONE), (second, -_ONE)), values=values))
        case _:  # a rate of a rate
            draw.print(draw.rate({rate: 1}, c), rng.randint(2, 4))
    if rng.random() < 0.3:
        draw.constraints.append(Linear(terms=((a, _ONE), (b, -_ONE)), values=Interval()))
    draw.print(rate, rng.randint(1, 4))
    if draw.printings and rng.random() < 0.2:
        due = Interval(lower=round_to(draw.values[rate], 1) - _ONE)
        draw.constraints.append(Linear(terms=((rate, _ONE),), values=due, given=(0,)))
    for name in names:
        draw.print(name, rng.randint(0, 2))
    return draw.system()


def coarse_system(seed: int) -> System:
    """Rates of which the amounts above or below were added up from coarser print."""
    rng = random.Random(seed)
    draw = Drawing(rng)
    names = list[str]()
    for _ in range(rng.randint(1, 3)):
        above = draw.amount(Fraction(rng.randrange(0, 300_000), 1000))
        base = draw.amount(Fraction(rng.randrange(5_000, 300_000), 1000))
        rate = draw.rate({above: 1}, base)
        exact = draw.constraints[-1]
        assert isinstance(exact, Quotient)
        draw.constraints[-1] = Quotient(
            rate=rate,
            numerator=exact.numerator,
            denominator=exact.denominator,
            upper=rng.choice((Interval.point(0), cell(Fraction(0), 0), cell(Fraction(0), 1))),
            lower=rng.choice((Interval.point(0), cell(Fraction(0), 0), cell(Fraction(0), 1))),
        )
        draw.print(rate, 4)
        names += [above, base]
    whole = draw.total(names)
    for name in (*names, whole):
        draw.print(name)
    return draw.system()


@st.composite
def _sums(draw: st.DrawFn, names: list[str]) -> Terms:
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    return tuple((name, draw(st.sampled_from(_FACTORS))) for name in chosen)


_FACTORS = [Fraction(1), Fraction(-1), Fraction(2), Fraction(-1, 2)]


@st.composite
def systems(draw: st.DrawFn, *, with_rates: bool = True, with_rules: bool = True) -> System:
    """Any small system: sums and quotients of anything, printed as anything, at odds or not."""
    names = [f"q{number}" for number in range(draw(st.integers(2, 5)))]
    constraints: list[Constraint] = draw(
        st.lists(st.builds(Linear, terms=_sums(names), values=intervals()), max_size=3)
    )
    rates = list[str]()
    for number in range(draw(st.integers(0, 2)) if with_rates else 0):
        rates.append(f"r{number}")
        above, below = draw(_sums(names)), draw(_sums(names))
        constraints.append(Quotient(rate=rates[-1], numerator=above, denominator=below))
    prints = st.builds(
        Printing,
        quantity=st.sampled_from(names + rates),
        interval=st.one_of(intervals(bounded=True), intervals()),
    )
    printings = draw(st.lists(prints, min_size=1, max_size=7))
    if with_rules:
        given = st.lists(st.integers(0, len(printings) - 1), min_size=1, max_size=2, unique=True)
        rules = st.builds(Linear, terms=_sums(names), values=intervals(), given=given.map(tuple))
        constraints += draw(st.lists(rules, max_size=2))
    natural = draw(st.lists(st.sampled_from(names + rates), max_size=2, unique=True))
    return System(
        printings=tuple(printings),
        constraints=tuple(constraints),
        ranges={name: Interval(lower=0) for name in natural},
    )


@st.composite
def tables(draw: st.DrawFn) -> System:
    """Rows of a few kinds under up to two headings, with totals: many rows say the same."""
    kinds = [draw(_rows) for _ in range(draw(st.integers(1, 2)))]
    printings, constraints = list[Printing](), list[Constraint]()
    under: dict[int, list[str]] = {}
    for row in range(draw(st.integers(3, 5))):
        score, weight = f"s{row}", f"w{row}"
        has_limit, has_rule, printed = draw(st.sampled_from(kinds))
        under.setdefault(draw(st.integers(0, 1)), []).append(score)
        first = len(printings)
        for quantity, values in zip((score, weight, f"a{row}"), printed, strict=True):
            printings += [Printing(quantity=quantity, interval=interval) for interval in values]
        if has_limit:
            below = ((score, _ONE), (weight, -_ONE))
            constraints.append(Linear(terms=below, values=Interval(upper=0)))
        if has_rule:
            given = tuple(range(first + len(printed[0]), len(printings)))
            due = Interval(lower=1, upper=2)
            constraints.append(Linear(terms=((score, _ONE),), values=due, given=given))
    names = list[str]()
    for heading, parts in under.items():
        names.append(f"t{heading}")
        added_up = ((names[-1], -_ONE), *((part, _ONE) for part in parts))
        constraints.append(Linear(terms=added_up))
    if draw(st.booleans()):
        every = tuple((name, _ONE) for name in names)
        constraints.append(Linear(terms=every, values=Interval.point(draw(st.integers(3, 9)))))
    for name in names:
        if draw(st.booleans()):
            printings.append(Printing(quantity=name, interval=draw(_printed)))
    return System(
        printings=tuple(printings),
        constraints=tuple(constraints),
        ranges={printing.quantity: Interval(lower=0) for printing in printings},
    )


_printed = st.sampled_from([Interval.point(1), Interval.point(2), cell(Fraction(2), 0)])
_prints = st.lists(_printed, min_size=1, max_size=1) | st.lists(_printed, max_size=2)
_rows = st.tuples(
    st.booleans(), st.booleans(), st.tuples(_prints, _prints, st.lists(_printed, max_size=1))
)

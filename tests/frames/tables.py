"""Rows of indicators and what the functions for single rows make of them."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import attrs

from budgetperf import rules as rulebook
from budgetperf.exact import Figure, Missing, round_to
from budgetperf.model import Direction, Indicator, Target
from budgetperf.rules import RuleSet
from budgetperf.scoring import score

SIGNS = {
    "≥": (Direction.AT_LEAST, False),
    ">": (Direction.AT_LEAST, True),
    "≤": (Direction.AT_MOST, False),
    "<": (Direction.AT_MOST, True),
    "=": (Direction.EQUAL, False),
}


@attrs.frozen(kw_only=True)
class Row:
    """A row, and its numbers as decimals."""

    target: Decimal | None
    actual: Decimal | None
    weight: Decimal | None
    sign: str

    def indicator(self) -> Indicator:
        direction, strict = SIGNS[self.sign]
        target = Target(direction=direction, strict=strict, value=_exact(self.target))
        return Indicator(target=target, actual=_exact(self.actual), weight=_exact(self.weight))


def _exact(value: Decimal | None) -> Figure | Missing:
    return Missing() if value is None else Figure(value=value, rounding=None)


def due(row: Row, rules: RuleSet, places: int) -> Decimal | None:
    """The score of the row by the function for single rows."""
    points = score(row.indicator(), rules=rules).score
    return None if points is None else printed(points.value, places)


@functools.lru_cache(maxsize=2)
def many_due(rows: tuple[Row, ...], rules: RuleSet, places: int) -> tuple[Decimal | None, ...]:
    """The score of each row; once for all engines."""
    return tuple(due(row, rules, places) for row in rows)


def printed(value: Fraction, places: int) -> Decimal:
    """A score as it is printed."""
    rounded = round_to(value, places)
    return Decimal(int(rounded * 10**places)).scaleb(-places)


@functools.lru_cache(maxsize=1)
def hundred_thousand() -> tuple[Row, ...]:
    return tuple(random_rows(100_000, seed=15))


@functools.lru_cache(maxsize=1)
def adversarial() -> tuple[Row, ...]:
    return tuple(adversarial_rows())


def random_rows(count: int, seed: int) -> Iterator[Row]:
    """Rows as forms have them: amounts, counts and rates around their targets."""
    draw = random.Random(seed)
    for _ in range(count):
        target = Decimal(draw.choice((draw.randint(1, 100), draw.randint(1, 10**7))))
        target = target.scaleb(-draw.randint(0, 2))
        actual = (target * Decimal(draw.randint(0, 240)) / 100).quantize(Decimal("0.01"))
        weight = Decimal(draw.randint(0, 200)).scaleb(-1)
        yield Row(target=target, actual=actual, weight=weight, sign=draw.choice(list(SIGNS)))


def adversarial_rows() -> Iterator[Row]:
    """Ties, near-ties, tiny divisors, quotients beyond 2^50, zeros, signs, 18 digits, blanks."""
    numbers = [
        *(Decimal(n) for n in ("0", "1", "-1", "2", "0.01", "-0.01", "3", "7", "100", "200")),
        *(Decimal(n) for n in ("99.99", "100.01", "33.33", "66.67", "119.99", "120", "1000000")),
        *(Decimal(n) for n in ("9999999999999999.99", "1234567890123456.78", "0.02", "199.99")),
        None,
    ]
    weights = [Decimal(n) for n in ("0", "0.5", "3", "10", "100", "0.1", "-1")]
    for sign in SIGNS:
        for target in numbers:
            for actual in numbers:
                for weight in (*weights, None):
                    yield Row(target=target, actual=actual, weight=weight, sign=sign)
    yield from ties()


def ties() -> Iterator[Row]:
    """Scores that are half of the last place, and next to that by one unit of a large target."""
    for sign in SIGNS:
        for target in (Decimal(8), Decimal(2000), Decimal(80000000000000), Decimal("0.08")):
            for steps in range(1, 16, 2):
                tie = target * steps / 1600  # of a weight of 10: (steps / 160), a tie at some
                for off in (Decimal(0), Decimal("0.01"), Decimal("-0.01")):
                    actual = (tie + off).quantize(Decimal("0.01"))
                    yield Row(target=target, actual=actual, weight=Decimal(10), sign=sign)
                    yield Row(target=target, actual=target + actual, weight=Decimal(10), sign=sign)


def places_of(rules: RuleSet) -> int | None:
    """The decimals to ask for, of a rule-set that does not round."""
    return 2 if rules.score_rounding is None else None


def shipped() -> tuple[RuleSet, ...]:
    return rulebook.shipped()

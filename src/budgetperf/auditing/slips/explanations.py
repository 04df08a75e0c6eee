"""How a wrong figure probably came about: known slips that turn a right value into the print.

A slip counts only if it gives the printed figure exactly, from a value that the rest of the report
admits. So many slips are tried that some would fit any wrong figure: each explanation says how many
were tried and how many of them are expected to fit by chance, and none is offered where that is
likely.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from budgetperf.exact import Interval, RoundingMode
from budgetperf.exact.interval import meet
from budgetperf.relations.expression import Equation, Operand

from . import words
from .evidence import (
    COINCIDENCE,
    Accused,
    Case,
    Explanation,
    Ledger,
    Offer,
    expected,
    middle,
)
from .misprints import Factor, Misprints, factors, how_many, misprints
from .recomputed import recomputed

__all__ = ["COINCIDENCE", "Accused", "Explanation", "Ledger", "explain", "explain_together"]


def explain(
    accused: Accused,
    equations: Sequence[Equation],
    figures: Sequence[Operand],
    *,
    ledger: Ledger | None = None,
) -> tuple[Explanation, ...]:
    """The slips that explain one figure, the likeliest first.

    They are ranked by the chance of a coincidence times the rarity of the kind, then by the chance,
    then by how near the figures stand. Rarities, a rough order and no statistics:

    ======  ========================================================================
    1       an operand of the same row, the weights, the last part left out, a forced
            remainder, cut off, folded, exchanged; unit, percent sign, sign
    2       another figure of the same row; another definition, points for percent
    3, 4    figures from elsewhere; another part left out; the decimal point
    6 - 12  misprints of digits: neighbours swapped; lost or doubled; one wrong, any two swapped
    ======  ========================================================================

    Args:
        accused: the figure, and the values that the rest of the report admits. A figure that may
            be right as it is printed needs no explanation and gets none.
        equations: the bound relations in which it takes part.
        figures: all figures of the report.
        ledger: the same figures as a ledger, where several suspects share it.
    """
    case = Case.of(accused, equations)
    if case is None:
        return ()
    ledger = ledger or Ledger.of(figures)
    return _ranked(itertools.chain(recomputed(case, ledger), _misprinted(case)))


def explain_together(
    accused: Sequence[Accused], figures: Sequence[Operand], *, ledger: Ledger | None = None
) -> tuple[Explanation, ...]:
    """The slips that explain several wrong figures at once, the likeliest first.

    Args:
        accused: the figures that are wrong together, each with its admissible values.
        figures: all figures of the report.
        ledger: the same figures as a ledger, where it is at hand.
    """
    cases = [case for case in map(Case.of, accused) if case and case.admitted is not None]
    ledger = ledger or Ledger.of(figures)
    return _ranked(itertools.chain(_folded(cases, ledger), _exchanged(cases)))


def _ranked(offers: Iterable[Offer]) -> tuple[Explanation, ...]:
    def order(offer: Offer) -> tuple[Fraction, Fraction, int]:
        chance = offer.explanation.chance
        return chance * offer.rarity, chance, offer.far

    # One slip is often found in several ways, such as by two relations: the best of them is told.
    likely = [offer for offer in offers if offer.explanation.chance < COINCIDENCE]
    best: dict[tuple[str, str], Explanation] = {}
    for offer in sorted(likely, key=order):
        likeliest = offer.explanation
        best.setdefault((likeliest.kind, likeliest.text.zh), likeliest)
    return tuple(best.values())


# --- One number, printed wrongly


def _misprinted(case: Case) -> Iterator[Offer]:
    """Slips that need no other figure; without an end of admissible values, all of them fit."""
    if case.admitted is None:
        return
    yield from _truncated(case)
    if case.grid.number:
        by_kind: dict[str, list[Factor]] = {}
        for factor in factors(case.figure):
            by_kind.setdefault(factor.kind, []).append(factor)
        for same in by_kind.values():
            yield from _by_factor(case, same, case.admitted)
    for slip in misprints(case.grid):
        yield from _by_digits(case, slip, case.admitted)


def _truncated(case: Case) -> Iterator[Offer]:
    if case.figure.is_exact:
        return
    cut = case.figure.interval_under(RoundingMode.DOWN)
    common = cut.intersection(case.admissible)
    if common is None:
        return
    before = case.grid.like(middle(common))
    mid = middle(case.admissible)
    yield Offer(
        explanation=Explanation(
            kind="truncated",
            text=words.truncated_text(case.operand, before),
            before=before,
            figures=(),
            tried=1,
            chance=expected([mid], mid, _width(case, cut)),
        ),
        rarity=1,
    )


def _width(case: Case, others: Interval) -> Fraction:
    """The width within which another interval meets that of the admissible values."""
    none = Fraction(0)
    return (case.admissible.width or none) + (others.width or none) or case.grid.step


def _by_factor(case: Case, same: Sequence[Factor], admitted: range) -> Iterator[Offer]:
    """The printed figure times one of the factors of one kind.

    Either its value was off, and then rounded, or the number itself, after it was rounded.
    """
    nominal = case.figure.nominal
    may_meet = _meeting(case)
    for factor in same:
        moved = factor.unit is None and case.stands_for(nominal, factor.factor, admitted)
        may_fit = moved or may_meet(factor.factor)
        if not (may_fit and case.is_possible(value := nominal * factor.factor)):
            continue
        scaled = case.cell.scaled(factor.factor)
        common = scaled.intersection(case.admissible)
        if moved or value in case.admissible:
            before = case.grid.unshifted(value)
        elif common is not None:
            before = case.grid.like(middle(common))
        else:
            continue
        tried = [nominal * other.factor for other in same]
        width = _width(case, case.cell if moved else scaled)
        yield Offer(
            explanation=Explanation(
                kind=factor.kind,
                text=words.factor_text(case.operand, factor, before),
                before=before,
                figures=(),
                tried=len(same),
                chance=expected(tried, middle(case.admissible), width),
            ),
            rarity=4 if factor.kind == "decimal-point" else 1,
        )


def _meeting(case: Case) -> Callable[[Fraction], bool]:
    """Whether the cell times a factor may meet the admissible values, which have both ends."""
    ends = case.cell.lower, case.cell.upper, case.admissible.lower, case.admissible.upper
    least, most, low, high = [end.as_integer_ratio() for end in ends if end is not None]

    def may_meet(factor: Fraction) -> bool:
        # By cross products, without a new fraction: most factors are turned down here.
        n, m = factor.as_integer_ratio()
        below, above = (least, most) if n > 0 else (most, least)
        return (
            below[0] * n * high[1] <= high[0] * below[1] * m
            and low[0] * above[1] * m <= above[0] * n * low[1]
        )

    return may_meet


def _by_digits(case: Case, slip: Misprints, admitted: range) -> Iterator[Offer]:
    hits = [number for number in slip.originals if number in admitted]
    if not hits:
        return
    chance = _crowd(slip.originals, case.grid.number, admitted) * slip.doubt
    if chance >= COINCIDENCE:
        return
    for number in sorted(hits):
        before = case.grid.printed(number)
        yield Offer(
            explanation=Explanation(
                kind=slip.kind,
                text=words.misprint_text(case.operand, slip.note, before),
                before=before,
                figures=(),
                tried=len(slip.originals),
                chance=chance,
            ),
            rarity=slip.rarity,
        )


def _crowd(originals: Iterable[int], printed: int, admitted: range) -> Fraction:
    """How many misprints are expected among the admitted numbers by chance.

    Misprints crowd around the printed number: each of its neighbours is one wrong digit away. So
    their density is taken at the distance at which the admitted numbers lie: among those off by
    half as much to twice as much, to the same side. Nearer to 0 than to the printed number, the
    distance is that from 0. The middle and the distance are doubled here, to stay whole.
    """
    mid = admitted[0] + admitted[-1]
    off = mid - 2 * printed
    size, away = (abs(mid), 0) if mid and abs(mid) <= abs(off) else (abs(off), printed)
    side = 1 if mid > 2 * away else -1
    near = sum(
        size <= 4 * side * (number - away) <= 4 * size or number in admitted for number in originals
    )
    return Fraction(4 * near * how_many(admitted), 3 * size)


# --- Several numbers, wrong together


def _folded(cases: Sequence[Case], ledger: Ledger) -> Iterator[Offer]:
    """One figure took up others, which are printed as 0."""
    if all(case.grid.number for case in cases):
        return
    tried = [
        (receiver, donors)
        for receiver in cases
        for size in range(1, len(cases))
        for donors in itertools.combinations([c for c in cases if c is not receiver], size)
        if all(_alike(receiver, donor) for donor in donors)
    ]
    for receiver, donors in tried:
        if any(donor.grid.number for donor in donors):
            continue
        group = (receiver, *donors)
        values = _adding_up(group, receiver.cell, ledger)
        if values is None:
            continue
        # The more figures are involved, the wider is what would have fitted by chance.
        parts = [case.grid.like(value) for case, value in zip(group, values, strict=True)]
        width = sum((_width(case, _POINT) for case in group), receiver.width)
        at = receiver.figure.nominal
        yield Offer(
            explanation=Explanation(
                kind="folded",
                text=words.folded_text(receiver.operand, [d.operand for d in donors], parts),
                before=parts[0],
                figures=tuple(case.operand for case in group),
                tried=len(tried),
                chance=len(tried) * expected([at], at, width),
            ),
            rarity=1,
        )


_POINT = Interval.point(0)


def _alike(case: Case, other: Case) -> bool:
    return case.figure.unit.dimension == other.figure.unit.dimension


def _adding_up(
    group: Sequence[Case], total: Interval, ledger: Ledger
) -> tuple[Fraction, ...] | None:
    """An admissible value of each of ``group`` that add up to a value in ``total``: true parts."""
    values: list[Fraction] = []
    left = total
    # One after the other, each within what those that follow can still make up for.
    for index, case in enumerate(group):
        others = sum((c.admissible for c in group[index + 1 :]), _POINT)
        possible = case.admissible.intersection(left - others)
        if possible is None:
            return None
        values.append(_plausible(case, possible, ledger))
        left -= Interval.point(values[-1])
    sign = 1 if group[0].grid.number > 0 else -1
    # One that is printed as 0 has no 0 among its admissible values.
    are_parts = all(sign * value >= 0 for value in values)
    can_be = all(case.is_possible(value) for case, value in zip(group, values, strict=True))
    return tuple(values) if are_parts and can_be else None


def _plausible(case: Case, possible: Interval, ledger: Ledger) -> Fraction:
    """A value that the report states elsewhere; else one that can be printed; else any."""
    mid, none = middle(possible), Fraction(0)
    half = (possible.width or none) / 2
    stated = ledger.between(case.figure.unit.dimension, mid - half, mid + half)
    printed = case.grid.like(mid).nominal
    return next((value for value in (*stated, printed) if value in possible), mid)


def _exchanged(cases: Sequence[Case]) -> Iterator[Offer]:
    """Two figures stand in each other's place."""
    tried = [pair for pair in itertools.combinations(cases, 2) if _alike(*pair)]
    for pair in tried:
        if not all(meet(a.admissible, b.cell) for a, b in (pair, pair[::-1])):
            continue
        chances = [
            expected([b.figure.nominal], b.figure.nominal, _width(a, b.cell))
            for a, b in (pair, pair[::-1])
        ]
        left, other = pair
        common = left.admissible.intersection(other.cell) or left.admissible
        yield Offer(
            explanation=Explanation(
                kind="exchanged",
                text=words.exchanged_text(left.operand, other.operand),
                before=left.grid.like(middle(common)),
                figures=(left.operand, other.operand),
                tried=len(tried),
                # Where their sum is known, the one follows from the other: it does not count.
                chance=len(tried) * max(chances),
            ),
            rarity=1,
        )

"""Linear constraints decided exactly: the simplex method on integers, with open ends.

The general form of Dutertre and de Moura (*A fast linear-arithmetic solver for DPLL(T)*, 2006):
every row is an equation, every variable has bounds, and a bound can be released and put back. An
open end is a closed one moved by an infinitesimal. Where no solution exists, one row shows it, and
the bounds that hold that row are a smallest set that cannot hold together.
"""

from __future__ import annotations

import contextlib
import functools
import heapq
import math
import operator
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from fractions import Fraction

from .bounds import (
    Bound,
    Conflict,
    End,
    Extreme,
    Gain,
    Pair,
    Ray,
    StepBoundError,
    conflict_of,
)
from .masks import NOTHING, Mask, bits

__all__ = ["Bound", "Conflict", "Extreme", "Ray", "StepBoundError", "Tableau"]

_STEPS = 50
"""Repairs per row before the rule changes to Bland's, under which the method terminates."""
_LONG, _SHORT = 64, 4
"""From how many variables on a row is long, and up to how many it is short."""
_MOST = 1000
"""Repairs per row after which the question is given up as undecided."""


class Tableau:
    """Rows over variables with bounds. Mutable: a solver, not a value.

    Args:
        size: how many variables there are.
        rows: each a mapping of variables to integer coefficients; its value is a variable, too.
        bounds: the bounds of variables and rows.
        start: where to begin: a value for each variable, such as the printed one.

    Attributes:
        work: how many coefficients were looked at so far: time that is the same everywhere.
    """

    def __init__(
        self,
        *,
        size: int,
        rows: Sequence[Mapping[int, int]],
        bounds: Sequence[Bound],
        start: Sequence[Fraction],
    ) -> None:
        # Every end is a whole number of parts of one scale, and a row has whole coefficients over
        # one denominator. Fractions would look for common factors at each coefficient of each step;
        # a row is shortened as a whole, and once.
        count = size + len(rows)
        values = [bound.value.as_integer_ratio() for bound in bounds]
        starts = [value.as_integer_ratio() for value in start]
        scale = math.lcm(*{denominator for _, denominator in values + starts})
        self._scale = scale
        self.work: int = 0
        self._released = NOTHING
        # All ends of a variable, the tightest first: where the owner of one is released, the next
        # that still stands takes its place.
        self._lows: list[list[End]] = [[] for _ in range(count)]
        self._highs: list[list[End]] = [[] for _ in range(count)]
        # An open end is a closed one that lies a little further in: how little need not be known,
        # for pairs compare by their values first. So a strict end stays exact, with no small number
        # in its place that would be too large for some report.
        for bound, (numerator, denominator) in zip(bounds, values, strict=True):
            variable, upper, _, is_open, owners, source = bound
            nudge = 0 if not is_open else -1 if upper else 1
            at = numerator * (scale // denominator), nudge
            (self._highs if upper else self._lows)[variable].append(_end((at, owners, source)))
        for ends in self._lows:
            if len(ends) > 1:
                ends.sort(key=_AT, reverse=True)
        for ends in self._highs:
            if len(ends) > 1:
                ends.sort(key=_AT)
        self._bounds = bounds
        self._low = [ends[0] if ends else None for ends in self._lows]
        self._high = [ends[0] if ends else None for ends in self._highs]
        self._crossed: dict[int, Pair] = {}
        """The variables whose ends cross, and by how much."""
        for variable in range(count):
            self._compare_ends(variable)
        # Of a basic variable the numerator of its value, of any other the value itself.
        self._value: list[Pair] = [
            (numerator * (scale // denominator), 0) for numerator, denominator in starts
        ]
        self._value += [(0, 0)] * len(rows)
        # A variable with a row is basic: denominator * variable = the sum of its row, in which only
        # others stand. Those others always keep their bounds; a row whose value leaves its own is
        # dirty until it is looked at.
        self._rows: dict[int, dict[int, int]] = {}
        self._denominator: dict[int, int] = {}
        self._columns: list[set[int]] = [set() for _ in range(count)]
        self._dirty: list[int] = []
        self._is_dirty = [False] * count
        for variable in range(size):
            self._value[variable] = self._clamped(variable)
        for index, row in enumerate(rows, start=size):
            self._insert(index, dict(row), 1)

    def conflict(self, released: Mask = NOTHING, most: int = 0) -> Conflict | None:
        """Bounds that cannot hold together, without those of released owners; ``None`` if all can.

        Args:
            released: owners.
            most: for up to how many further owners that are released to say which can be among
                those that mend it.

        Raises:
            StepBoundError: it could not be decided within the step bound.
        """
        self._release(released)
        if self._crossed:
            return self._crossing(min(self._crossed), most)
        steps = 0
        while (violated := self._violated()) is not None:
            steps += 1
            if steps > _MOST * (1 + len(self._rows)):
                raise StepBoundError
            lack = self._repair(*violated, bland=steps > _STEPS * (1 + len(self._rows)))
            if lack is not None:
                # All variables of the row stand where they help most, and it is not enough: their
                # ends and that of the row are a proof that nothing satisfies all of them.
                row, _, rising, _ = violated
                return self._held(row, rising=rising, lack=lack, most=most)
        return None

    def extreme(self, variable: int, *, rising: bool) -> Extreme | Ray:
        """The greatest or least value of a variable; the way on which it has no end.

        The tableau must have been found free of conflict; what is released stays so.
        """
        while True:
            own_end = self._flipped(variable, rising=rising)
            if own_end is not None:
                return own_end
            able = self._improving(variable, rising=rising)
            if not able:
                break
            # What stops at its own end leaves the rows as they are, and the rest of the list still
            # helps; where the rows have changed, all are looked at anew.
            for entering, upwards in able:
                moved = self._advance(entering, rising=upwards)
                if moved is None:
                    return Ray(variable=entering, rising=upwards)
                if not moved:  # the rows have changed
                    break
        top, nudge = self._value[variable]
        scale = self._scale * self._denominator.get(variable, 1)
        return Extreme(value=Fraction(top, scale), attained=not nudge)

    @contextlib.contextmanager
    def temporary(self, terms: Mapping[int, int]) -> Generator[int, None, None]:
        """A further variable for a while: the sum of ``terms``."""
        index = self._append(terms)
        try:
            yield index
        finally:
            self._drop(index)

    def standing(self, variable: int) -> Fraction:
        """The present value of a variable, up to the infinitesimal."""
        return self._exact(variable)[0] / self._scale

    def slope(self, row: int, ray: Ray) -> Fraction:
        """How fast a temporary variable rises on a way without an end."""
        factor = self._rows[row].get(ray.variable, 0)
        return Fraction(factor if ray.rising else -factor, self._denominator[row])

    def witness(self, size: int) -> list[Fraction]:
        """Values of the first ``size`` variables under which all bounds hold.

        The tableau must have been found free of conflict.
        """
        # A number in place of the infinitesimal: so small that no value passes an end that it was
        # on the right side of.
        pairs = [self._exact(variable) for variable in range(len(self._value))]
        small = Fraction(1)
        for (value, nudge), low, high in zip(pairs, self._low, self._high, strict=True):
            for end, sign in ((low, 1), (high, -1)):
                if end is None:
                    continue
                room, closing = (value - end.at[0]) * sign, (end.at[1] - nudge) * sign
                if closing > 0 and room < small * closing:
                    small = room / closing
        return [(value + small * nudge) / self._scale for value, nudge in pairs[:size]]

    # ---- bounds

    @functools.cached_property
    def _owned(self) -> dict[int, set[int]]:
        """The variables that each owner bounds: where nothing is released, nobody asks."""
        return _owned(self._bounds)

    def _release(self, released: Mask) -> None:
        changed = released ^ self._released
        if not changed:
            self.work += 1
            return
        self._released = released
        touched = set[int]().union(*[self._owned.get(owner, ()) for owner in bits(changed)])
        self.work += len(touched) + 1
        # Of each side the tightest end that still stands.
        lows, highs = self._low, self._high
        all_lows, all_highs = self._lows, self._highs
        for variable in sorted(touched):
            low = high = None
            for end in all_lows[variable]:
                if not end.owners & released:
                    low = end
                    break
            for end in all_highs[variable]:
                if not end.owners & released:
                    high = end
                    break
            if low is lows[variable] and high is highs[variable]:
                continue
            lows[variable], highs[variable] = low, high
            self._compare_ends(variable)
            if variable in self._rows:
                self._mark(variable)
            else:
                self._move(variable, self._clamped(variable))

    def _compare_ends(self, variable: int) -> None:
        low, high = self._low[variable], self._high[variable]
        if low is not None and high is not None and low.at > high.at:
            self._crossed[variable] = (low.at[0] - high.at[0], low.at[1] - high.at[1])
        elif self._crossed:
            self._crossed.pop(variable, None)

    def _clamped(self, variable: int) -> Pair:
        value, low, high = self._value[variable], self._low[variable], self._high[variable]
        if low is not None and value < low.at:
            value = low.at
        return high.at if high is not None and value > high.at else value

    # ---- repairs

    def _mark(self, variable: int) -> None:
        if not self._is_dirty[variable]:
            self._is_dirty[variable] = True
            heapq.heappush(self._dirty, variable)

    def _violated(self) -> tuple[int, Pair, bool, End] | None:
        """The first row whose value is out of its bounds, and its lack."""
        # The first by number, not the worst: that is half of Bland's rule.
        while self._dirty:
            variable = self._dirty[0]
            if variable in self._rows and (lack := self._lack(variable)) is not None:
                return variable, *lack
            heapq.heappop(self._dirty)
            self._is_dirty[variable] = False
        return None

    def _lack(self, row: int, value: Pair | None = None) -> tuple[Pair, bool, End] | None:
        """How far a row is from its bounds, times its denominator; whether below; which bound."""
        (top, nudge), factor = value or self._value[row], self._denominator[row]
        low, high = self._low[row], self._high[row]
        if low is not None:
            end, end_nudge = low.at
            lack, closing = end * factor - top, end_nudge * factor - nudge
            if lack > 0 or (not lack and closing > 0):
                return (lack, closing), True, low
        if high is not None:
            end, end_nudge = high.at
            excess, closing = top - end * factor, nudge - end_nudge * factor
            if excess > 0 or (not excess and closing > 0):
                return (excess, closing), False, high
        return None

    def _repair(
        self, row: int, need: Pair, rising: bool, target: End, *, bland: bool
    ) -> Pair | None:
        """Bring one row within its bounds, or say how much its variables lack for that.

        What can help is moved as far as it can, the one with the most room first; the last one
        changes places with the row. Under Bland's rule the first that can help does.
        """
        above, below = (self._high, self._low) if rising else (self._low, self._high)
        factors = self._rows[row].items()
        if len(factors) > _LONG and not bland:
            self._make_way(row, rising=rising)
        self.work += len(factors)
        if bland:
            # With the row and the variable both the first of those that will do, no set of basic
            # variables comes back, and of such sets there is an end. Going by room is quicker by
            # far, but it could turn in a circle.
            able = [v for v, c in factors if self._room(v, rising=(c > 0) == rising)[1] != (0, 0)]
            if able:
                self._pivot(row, min(able), target.at)
                return None
        ends = [(above if factor > 0 else below)[variable] for variable, factor in factors]
        # A variable without an end can make up for any lack: the one that touches fewest rows does.
        if None in ends:
            free = [v for (v, _), end in zip(factors, ends, strict=True) if end is None]
            easiest = min(free, key=lambda variable: len(self._columns[variable]))
            if not self._is_shifted(easiest, row, need, rising=rising):
                self._pivot(row, easiest, target.at)
            return None
        total, helpful = self._rooms(factors, [end.at for end in ends if end], rising=rising)
        if total < need:
            return need[0] - total[0], need[1] - total[1]
        # What has the most room first: few variables move, and the last of them lands between its
        # ends, so that it can be basic.
        helpful.sort()
        part, variable = helpful.pop()
        while part < need:
            need = (need[0] - part[0], need[1] - part[1])
            end = (above if self._rows[row][variable] > 0 else below)[variable]
            self._move(variable, end.at if end is not None else self._value[variable])
            part, variable = helpful.pop()
        if not self._is_shifted(variable, row, need, rising=rising):
            self._pivot(row, variable, target.at)
        return None

    def _make_way(self, row: int, *, rising: bool) -> None:
        """Let what stops the variables of a long row change places with them, where it is short.

        Else each of the variables is moved in turn, though another row moves it back.
        """
        for variable, factor in tuple(self._rows[row].items()):
            up = (factor > 0) == rising
            if self._room(variable, rising=up)[1] == (0, 0):
                continue
            for other in self._columns[variable]:
                end = self._stop(other, rising=(self._rows[other][variable] > 0) == up)
                if other != row and end is not None and len(self._rows[other]) <= _SHORT:
                    self._pivot(other, variable, end)
                    break

    def _stop(self, row: int, *, rising: bool) -> Pair | None:
        """The end that a row stands at, if it cannot move further."""
        end = (self._high if rising else self._low)[row]
        if end is None:
            return None
        scale = self._denominator[row]
        return end.at if self._value[row] == (end.at[0] * scale, end.at[1] * scale) else None

    def _held(self, row: int, *, rising: bool, lack: Pair, most: int) -> Conflict:
        """The conflict of a row's own end with those of its variables, which lack so much."""
        rising_ends, falling_ends = (
            (self._lows, self._highs) if rising else (self._highs, self._lows)
        )
        holding = [(rising_ends[row], self._denominator[row])]
        holding += [
            ((falling_ends if factor > 0 else rising_ends)[variable], abs(factor))
            for variable, factor in self._rows[row].items()
        ]
        return self._conflict(holding, lack, most)

    def _crossing(self, variable: int, most: int) -> Conflict:
        """The conflict of the two ends of one variable."""
        holding = [(self._lows[variable], 1), (self._highs[variable], 1)]
        return self._conflict(holding, self._crossed[variable], most)

    def _conflict(
        self, holding: Iterable[tuple[Sequence[End], int]], lack: Pair, most: int
    ) -> Conflict:
        """The conflict of the ends that hold among those of some variables, which lack so much.

        What a released owner gains is at the most the way to the end that is left when ``most``
        owners are released; an owner of several ends gains all of these.

        Args:
            holding: all ends of a variable to one side, the tightest first, and its coefficient.
            lack: what is lacking.
            most: for up to how many owners to say which can be among those that mend it.
        """
        held: list[End] = []
        gains: dict[int, Gain] = {}
        for ends, factor in holding:
            standing = [end for end in ends if not end.owners & self._released]
            held.append(standing[0])
            self.work += len(standing)
            if most and standing[0].owners:
                gain = _gained(standing, factor, most)
                for owner in bits(standing[0].owners):
                    before = gains.get(owner, (0, 0, 0))
                    gains[owner] = (before[0] + gain[0], before[1] + gain[1], before[2] + gain[2])
        return conflict_of(held, gains, lack, most, self._released)

    def _rooms(
        self, factors: Iterable[tuple[int, int]], ends: Iterable[Pair], *, rising: bool
    ) -> tuple[Pair, list[tuple[Pair, int]]]:
        """How much the variables of a row can move it, altogether and one by one."""
        value = self._value
        total, total_nudge = 0, 0
        helpful: list[tuple[Pair, int]] = []
        for (variable, factor), (end, end_nudge) in zip(factors, ends, strict=True):
            at, nudge = value[variable]
            sign = factor if rising else -factor
            room, room_nudge = sign * (end - at), sign * (end_nudge - nudge)
            if room or room_nudge:
                helpful.append(((room, room_nudge), variable))
                total += room
                total_nudge += room_nudge
        return (total, total_nudge), helpful

    def _is_shifted(self, free: int, row: int, need: Pair, *, rising: bool) -> bool:
        """Bring a row within its bounds by one variable, if no other row minds."""
        factor = self._rows[row][free]
        size = abs(factor)
        # Values of variables without a row stay whole numbers: a part of one is left to a pivot.
        if need[0] % size or need[1] % size:
            return False
        sign = 1 if (factor > 0) == rising else -1
        step = (sign * need[0] // size, sign * need[1] // size)
        for other in self._columns[free] - {row}:
            part, value = self._rows[other][free], self._value[other]
            moved = (value[0] + part * step[0], value[1] + part * step[1])
            if self._lack(other, moved) is not None:
                return False
        value = self._value[free]
        self._move(free, (value[0] + step[0], value[1] + step[1]))
        return True

    def _room(self, variable: int, *, rising: bool) -> tuple[End | None, Pair | None]:
        """The end that a variable can move to, and how far off it is; ``None`` without one."""
        value, end = self._value[variable], (self._high if rising else self._low)[variable]
        if end is None:
            return None, None
        sign = 1 if rising else -1
        return end, ((end.at[0] - value[0]) * sign, (end.at[1] - value[1]) * sign)

    # ---- extremes

    def _flipped(self, variable: int, *, rising: bool) -> Extreme | None:
        """Move all that bears on one row only as far as it helps that row, at once.

        If that alone would bring the row to its own end, nothing moves: the end is the extreme.
        """
        if variable not in self._rows:
            return None
        moves: list[tuple[int, Pair]] = []
        total, total_nudge = 0, 0
        for other, factor in self._rows[variable].items():
            if len(self._columns[other]) > 1:
                continue
            end = (self._high if (factor > 0) == rising else self._low)[other]
            if end is not None:
                at, nudge = self._value[other]
                moves.append((other, end.at))
                total += factor * (end.at[0] - at)
                total_nudge += factor * (end.at[1] - nudge)
        (top, top_nudge), scale = self._value[variable], self._denominator[variable]
        reached = (top + total, top_nudge + total_nudge)
        own = (self._high if rising else self._low)[variable]
        if own is not None:
            limit = (own.at[0] * scale, own.at[1] * scale)
            if reached >= limit if rising else reached <= limit:
                return Extreme(value=Fraction(own.at[0], self._scale), attained=not own.at[1])
        for other, to in moves:
            self._value[other] = to
        self._value[variable] = reached
        return None

    def _improving(self, variable: int, *, rising: bool) -> list[tuple[int, bool]]:
        """The variables that can move the objective, in their order, each with its direction."""
        factors = self._rows.get(variable, {variable: 1})
        # By number; and of the rows that stop a move equally soon the first goes. That is Bland's
        # rule: moves of length 0 do not come back to where they began.
        return sorted(
            (entering, (factor > 0) == rising)
            for entering, factor in factors.items()
            if self._room(entering, rising=(factor > 0) == rising)[1] != (0, 0)
        )

    def _advance(self, entering: int, *, rising: bool) -> bool | None:
        """Move a variable until something stops it; ``None`` if nothing does.

        ``True`` if its own end stops it; else it changes places with the row that does.
        """
        stop, own = self._room(entering, rising=rising)
        # The shortest way so far, as a pair over a divisor, and the row that ends it.
        shortest: tuple[Pair, int] | None = None if own is None else (own, 1)
        leaving: tuple[int, Pair] | None = None
        for row in sorted(self._columns[entering]):
            factor = self._rows[row][entering]
            up = (factor > 0) == rising
            end = (self._high if up else self._low)[row]
            if end is None:
                continue
            scale, (top, nudge) = self._denominator[row], self._value[row]
            sign = 1 if up else -1
            way = ((end.at[0] * scale - top) * sign, (end.at[1] * scale - nudge) * sign)
            if shortest is None or _is_shorter(way, abs(factor), *shortest):
                shortest, leaving = (way, abs(factor)), (row, end.at)
        if leaving is not None:
            self._pivot(leaving[0], entering, leaving[1])
            return False
        if stop is None:
            return None
        self._move(entering, stop.at)
        return True

    def _exact(self, variable: int) -> tuple[Fraction, Fraction]:
        """The value of any variable in the tableau's scale, with its infinitesimal part."""
        divisor = self._denominator.get(variable, 1)
        value, nudge = self._value[variable]
        return Fraction(value, divisor), Fraction(nudge, divisor)

    # ---- the rows

    def _insert(self, index: int, row: dict[int, int], denominator: int) -> None:
        """Make ``denominator * index = row`` a row over variables that have none."""
        self._rows[index], self._denominator[index] = row, denominator
        top = nudge = 0
        for variable, factor in row.items():
            self._columns[variable].add(index)
            value = self._value[variable]
            top += factor * value[0]
            nudge += factor * value[1]
        self._value[index] = (top, nudge)
        self._mark(index)

    def _append(self, terms: Mapping[int, int]) -> int:
        """A further row, over any variables, without bounds."""
        divisor = math.lcm(*(self._denominator.get(variable, 1) for variable in terms))
        row: dict[int, int] = {}
        for variable, factor in terms.items():
            share = factor * divisor // self._denominator.get(variable, 1)
            # A row is over variables that have none: in place of a basic one stands its own row.
            for other, part in self._rows.get(variable, {variable: 1}).items():
                row[other] = row.get(other, 0) + share * part
        index = len(self._value)
        self._value.append((0, 0))
        self._low.append(None)
        self._high.append(None)
        self._columns.append(set())
        self._is_dirty.append(False)
        self._insert(index, {v: c for v, c in row.items() if c}, divisor)
        return index

    def _drop(self, index: int) -> None:
        """Take the last row away; without bounds it has kept its place."""
        for variable in self._rows.pop(index):
            self._columns[variable].discard(index)
        del self._denominator[index]
        for parts in (self._value, self._low, self._high, self._columns, self._is_dirty):
            parts.pop()
        if index in self._dirty:
            self._dirty.remove(index)
            heapq.heapify(self._dirty)

    def _move(self, variable: int, to: Pair) -> None:
        """Give a variable that has no row another value."""
        value = self._value[variable]
        step = (to[0] - value[0], to[1] - value[1])
        if step == (0, 0):
            return
        self._value[variable] = to
        for row in self._columns[variable]:
            factor, (top, nudge) = self._rows[row][variable], self._value[row]
            self._value[row] = (top + factor * step[0], nudge + factor * step[1])
            self._mark(row)

    def _pivot(self, leaving: int, entering: int, at: Pair) -> None:
        """Let a row and one of its variables change places; the row's value becomes ``at``."""
        # scale * leaving = factor * entering + others, solved for entering, with its sign turned so
        # that the denominator stays positive; then put in wherever entering stands.
        row, scale = self._rows.pop(leaving), self._denominator.pop(leaving)
        factor, before = row.pop(entering), self._value[entering]
        sign = 1 if factor > 0 else -1
        turned = {variable: -sign * part for variable, part in row.items()}
        turned[leaving] = sign * scale
        divisor = _reduced(turned, abs(factor))
        self.work += len(turned)
        for variable in row:
            self._columns[variable].discard(leaving)
        self._value[leaving] = at
        others = self._columns[entering] - {leaving}
        self._columns[entering], self._columns[leaving] = set(), set()
        self._insert(entering, turned, divisor)
        top, nudge = self._value[entering]
        columns = self._columns
        for other in others:
            changed = self._rows[other]
            self.work += len(turned)
            part = changed.pop(entering)
            # The row is stretched only as far as the new denominator asks for it.
            common = math.gcd(part, divisor)
            share, stretch = part // common, divisor // common
            value = self._value[other]
            self._value[other] = (
                stretch * (value[0] - part * before[0]) + share * top,
                stretch * (value[1] - part * before[1]) + share * nudge,
            )
            if stretch > 1:
                self.work += len(changed)
                for variable in changed:
                    changed[variable] *= stretch
                self._denominator[other] *= stretch
            for variable, amount in turned.items():
                own = changed.get(variable)
                if own is None:
                    changed[variable] = share * amount
                    columns[variable].add(other)
                elif total := own + share * amount:
                    changed[variable] = total
                else:
                    del changed[variable]
                    columns[variable].discard(other)
            if self._denominator[other] > 1:
                self._shorten(other)
            self._mark(other)

    def _shorten(self, row: int) -> None:
        """Divide a row by what its coefficients have in common."""
        scale = self._denominator[row]
        divisor = _reduced(self._rows[row], scale)
        common = scale // divisor
        top, nudge = self._value[row]
        self._denominator[row] = divisor
        # Nothing is left over: it is a sum of these coefficients times whole numbers.
        self._value[row] = (top // common, nudge // common)


# Made in one step of the interpreter: there are thousands of them in one report.
_end = functools.partial(tuple.__new__, End)  # pyright: ignore[reportUnknownMemberType]
_AT = operator.itemgetter(0)


def _owned(bounds: Iterable[Bound]) -> dict[int, set[int]]:
    """The variables that each owner bounds."""
    # Many bounds have the same owners: these are taken apart once.
    together: dict[Mask, set[int]] = defaultdict(set)
    for bound in bounds:
        together[bound.owners].add(bound.variable)
    owned: dict[int, set[int]] = defaultdict(set)
    for owners, variables in together.items():
        for owner in bits(owners):
            owned[owner] |= variables
    return owned


def _gained(ends: Sequence[End], factor: int, most: int) -> Gain:
    """How far the tightest of some ends gives way if up to ``most`` owners are released."""
    # One owner may hold several ends: it is released once, and they all go with it.
    used, count = 0, 0
    first = ends[0].at
    for end in ends:
        if end.owners & used:
            continue
        count += 1
        if count > most or not end.owners:
            way = (end.at[0] - first[0], end.at[1] - first[1])
            # An upper end gives way upwards, a lower one downwards: either is a gain.
            sign = factor if way >= (0, 0) else -factor
            return 0, sign * way[0], sign * way[1]
        used |= end.owners
    return 1, 0, 0


def _reduced(row: dict[int, int], denominator: int) -> int:
    """Divide a row in place by what it has in common with its denominator, which is returned."""
    common = math.gcd(denominator, *row.values()) if denominator > 1 else 1
    if common > 1:
        for variable in row:
            row[variable] //= common
    return denominator // common


def _is_shorter(way: Pair, divisor: int, other: Pair, divided: int) -> bool:
    # As cross products: a division for each row would cost more than all the rest.
    return (way[0] * divided, way[1] * divided) < (other[0] * divisor, other[1] * divisor)

"""The columns of a table as the numbers of a row, and what stands where there is no number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from string import whitespace
from typing import Self, TypeAlias, cast

import attrs

from budgetperf.exact import RATIO, Unit
from budgetperf.rules import RuleSet

from .cells import SPELLINGS, Kind, ReadColumn
from .columns import Column
from .curves.plans import BAD_DIRECTION, NO_DIRECTION, OTHER_DIRECTION, TWO_DIRECTIONS
from .engine import HELPERS, Expr, Narwhals, Operand
from .kernel import Row, Width, choose, equal
from .statuses import RowStatus

__all__ = ["BESIDE", "HELPERS", "STATES", "Part", "Parts", "scale_of", "units_name"]

BESIDE = f"{HELPERS}operator_code"
"""The helper column with the codes of the directions in a column of their own."""

STATES = (RowStatus.OK, RowStatus.MISSING, RowStatus.UNREADABLE, RowStatus.ROW_BY_ROW)
"""What a text is, by the number in its helper column."""

Statuses: TypeAlias = "tuple[tuple[RowStatus, Expr], ...]"


def units_name(column: Column) -> str:
    """The helper column with the decimals of a column in units of their last place."""
    return f"{HELPERS}{column.field}_units"


@attrs.frozen(kw_only=True)
class Part:
    """The target, the actual value or the weight of every row.

    Args:
        column: where it stands.
        places: how many decimals its numbers have in the unit that they are computed in.
        bound: how large they are at most, in units of the last place.
        factor: what a number of the column is multiplied by.
        read: what its texts say, of a column of text.
        has_nulls: whether some may not be there.
        units: a helper column with the numbers of decimals in units of their last place, if the
            engine has one.
    """

    column: Column
    places: int
    bound: int
    factor: int = 1
    read: ReadColumn | None = None
    has_nulls: bool = True
    units: str = ""

    @property
    def dimensions(self) -> frozenset[str]:
        """What its numbers measure."""
        if self.read is None:
            return frozenset({Unit.of(self.column.unit).dimension})
        return frozenset(r.dimension for r in self.read.read if r.status is RowStatus.OK)

    @classmethod
    def of_numbers(
        cls,
        column: Column,
        *,
        places: int,
        bound: int,
        factor: int,
        has_nulls: bool = True,
        units: str = "",
    ) -> Self:
        """The same of a column of numbers. Where these have more places than whole numbers of 64
        bits have digits, they are for the function for single rows, but for 0."""
        if column.places > _MOST_PLACES:
            places, bound, factor = 0, 0, 1
        return cls(
            column=column,
            places=places,
            bound=bound,
            factor=factor,
            has_nulls=has_nulls,
            units=units,
        )

    def helper(self, what: str) -> str:
        """The name of a column beside it."""
        return f"{HELPERS}{self.column.field}_{what}"

    def absent(self, nw: Narwhals) -> Statuses:
        """Where there is no number, and why."""
        if self.read is not None:
            return self._states(nw, RowStatus.MISSING, RowStatus.UNREADABLE)
        states: list[tuple[RowStatus, Expr]] = []
        if self.has_nulls:
            states.append((RowStatus.MISSING, nw.col(self.column.name).is_null()))
        if self.column.kind is Kind.FLOAT:
            states.append((RowStatus.UNREADABLE, ~_is_printed(nw, self.column)))
        return tuple(states)

    def alone(self, nw: Narwhals) -> Statuses:
        """Where a text is for the function for single rows."""
        return self._states(nw, RowStatus.ROW_BY_ROW)

    def _states(self, nw: Narwhals, *wanted: RowStatus) -> Statuses:
        if self.read is None:
            return ()
        present = {each.status for each in self.read.read}
        state = nw.col(self.helper("state"))
        return tuple((s, equal(state, STATES.index(s))) for s in wanted if s in present)

    def beyond(self, nw: Narwhals, limit: int) -> Statuses:
        """Where a number is larger than so many units of the last place."""
        if self._fits(limit):
            return ()
        value, most = self._raw(nw, limit)
        low, high = self._edge(nw, -most), self._edge(nw, most)
        return ((RowStatus.OUT_OF_RANGE, ((value > high) | (value < low)).fill_null(False)),)

    def number(self, nw: Narwhals, dtype: object, limit: int, places: int) -> Expr:
        """The numbers at so many places; 0 where there is none, or one beyond the limit.

        Args:
            nw: narwhals.
            dtype: the type of whole numbers.
            limit: how large a number is at most, in units of the last place of this part.
            places: no fewer than those of this part.
        """
        value, most = self._raw(nw, limit)
        column = self.column
        if most == 0 and not self._fits(limit):
            return nw.lit(0, dtype)
        if not self._fits(limit):
            zero, low, high = (self._edge(nw, edge) for edge in (0, -most, most))
            value = nw.when((value <= high) & (value >= low)).then(value).otherwise(zero)
        if self.read is None and self._is_decimal:
            value = _in_units(nw, value, column.places, len(str(min(self.bound, limit))))
        if self.read is None and column.kind is Kind.FLOAT:
            scaled = (value * float(10**column.places)).round()
            value = nw.when(_is_printed(nw, column)).then(scaled).otherwise(0)
        value = value.cast(dtype)
        if self.read is None and self.has_nulls:
            value = value.fill_null(0)
        factor = self.factor * 10 ** (places - self.places)
        return value if factor == 1 else value * factor

    def _raw(self, nw: Narwhals, limit: int) -> tuple[Expr, int]:
        """The column as it is, and how large its numbers are at most for a limit."""
        most = 0 if self._is_too_fine else limit // self.factor
        if self.read is not None:
            return nw.col(self.helper("value")), most
        in_print = self._is_decimal or self.column.kind is Kind.FLOAT
        value = nw.col(self.units or self.column.name)
        return value, most // 10**self.column.places if in_print else most

    def _edge(self, nw: Narwhals, number: int) -> Operand:
        """A number to compare with: whole ones of 64 bits take 19 of the 38 digits of decimals."""
        if self.read is not None or not self._is_decimal:
            return number
        return nw.lit(Decimal(number) if number else Decimal(0).scaleb(-self.column.places))

    def _fits(self, limit: int) -> bool:
        """Whether no number is larger than so many units of the last place."""
        return self.bound <= limit and not self._is_too_fine

    @property
    def _is_too_fine(self) -> bool:
        return self.read is None and self.column.places > _MOST_PLACES

    @property
    def _is_decimal(self) -> bool:
        return self.column.kind is Kind.DECIMAL and not self.units


def _in_units(nw: Narwhals, value: Expr, places: int, digits: int) -> Expr:
    """Decimals as whole numbers of their last place.

    They lose some places at a time where there are many, and have room for each product: none of
    the engines widens the type of a column by itself, and each has an end to it at 38 digits.

    Args:
        nw: narwhals.
        value: the decimals.
        places: how many places they have.
        digits: how many digits the whole numbers have at most.
    """
    at_once = max(1, (_MOST_DIGITS - 2 - max(digits, places)) // 2)
    for left in range(places, 0, -at_once):
        gone = min(left, at_once)
        wide = min(max(digits, left) + gone, _MOST_DIGITS)
        value = value.cast(nw.Decimal(wide, left)) * nw.lit(Decimal(10**gone))
    return value


_MOST_DIGITS = 38
"""The digits of the widest decimals of every engine."""

_MOST_PLACES = 18
"""How many decimals numbers have that are computed with as whole numbers."""


def _is_printed(nw: Narwhals, column: Column) -> Expr:
    """Whether a float is the one next to a number with so many decimals; no float has two."""
    value, power = nw.col(column.name), float(10**column.places)
    scaled = (value * power).round()
    is_small = (scaled < 2.0**52) & (scaled > -(2.0**52))
    return (is_small & equal(scaled / power, value)).fill_null(False)


def scale_of(column: Column, rules: RuleSet | None, *, in_base: bool) -> tuple[int, int]:
    """What numbers under a header with a unit are multiplied by, and how many decimals they gain.

    Args:
        column: where they stand.
        rules: the rule-set, which says what a weight in % is of.
        in_base: whether they are computed in the base unit, beside others that are.
    """
    scale = Fraction(1)
    if rules is not None and column.field == "weight" and column.unit:
        scale = Unit.of(column.unit).scale * rules.total
    elif in_base:
        scale = Unit.of(column.unit).scale
    places = 0
    while (scale * 10**places).denominator != 1:
        places += 1
    return int(scale * 10**places), places


_BLANK = ("",)
_SPACES = f"{whitespace}\xa0\u3000"


def _text(nw: Narwhals, column: Column) -> Expr:
    """The words of a column whose type may be one of a few words; a blank for what is null."""
    return nw.col(column.name).cast(nw.String).fill_null("")


def _stripped(text: Expr) -> Expr:
    return text.str.strip_chars(_SPACES)


@attrs.frozen(kw_only=True)
class Parts:
    """A table as the kernel takes it.

    Args:
        target: the targets.
        actual: the actual values.
        weight: the weights.
        direction: the code for all rows, or ``None`` where each says its own.
        operator: the column of directions, if there is one.
        alone: helper columns that tell the rows for the function for single rows.
        worded: columns that tell them by holding any text.
        is_lazy: whether the table is worked out later.
    """

    target: Part
    actual: Part
    weight: Part
    direction: int | None
    operator: Column | None
    alone: tuple[str, ...] = ()
    worded: tuple[Column, ...] = ()
    is_lazy: bool = False

    @property
    def places(self) -> int:
        """The places that targets and actual values have in common."""
        return max(self.target.places, self.actual.places)

    @property
    def in_rates(self) -> bool:
        """Whether all targets and actual values are rates in print."""
        return self.target.dimensions | self.actual.dimensions <= {RATIO}

    @property
    def width(self) -> Width:
        """How large the numbers are."""
        places = self.places
        bounds = [part.bound * 10 ** (places - part.places) for part in (self.target, self.actual)]
        in_base = self.target.read is not None or self.actual.read is not None
        unit = Fraction(1) if in_base else 1 / Unit.of(self.target.column.unit).scale
        return Width(
            values=max(*bounds, 1),
            places=places,
            weights=max(self.weight.bound, 1),
            weight_places=self.weight.places,
            unit=int(unit * 10**places),
        )

    def row(self, nw: Narwhals, dtype: object, held: Width) -> Row:
        """The parts of a row as expressions, none of them larger than is held."""
        target, actual, weight = self.target, self.actual, self.weight
        limits = [held.values // 10 ** (held.places - part.places) for part in (target, actual)]
        alone = [*target.alone(nw), *actual.alone(nw)]
        alone += [(RowStatus.ROW_BY_ROW, equal(nw.col(name), 1)) for name in self.alone]
        words = [_stripped(_text(nw, column)) for column in self.worded]
        alone += [(RowStatus.ROW_BY_ROW, ~text.is_in(_BLANK)) for text in words]
        alone += self._in_other_units(nw)
        for part, limit in zip((target, actual), limits, strict=True):
            alone += part.beyond(nw, limit)
        alone += [*weight.alone(nw), *weight.beyond(nw, held.weights)]
        return Row(
            target=target.number(nw, dtype, limits[0], held.places),
            actual=actual.number(nw, dtype, limits[1], held.places),
            weight=weight.number(nw, dtype, held.weights, held.weight_places),
            direction=self._direction(nw),
            alone=tuple(alone),
            no_weight=weight.absent(nw),
            no_target=target.absent(nw),
            no_actual=actual.absent(nw),
            is_spelled=self.operator is not None,
        )

    def _in_other_units(self, nw: Narwhals) -> Statuses:
        """Where target and actual value measure different things: units may go together or not."""
        codes = self.measured
        if len(codes) < 2 or not (self.target.dimensions and self.actual.dimensions):
            return ()
        a, b = (self._dimension(nw, part) for part in (self.target, self.actual))
        return ((RowStatus.ROW_BY_ROW, ~equal(a, b) & (a >= 0) & (b >= 0)),)

    @property
    def measured(self) -> tuple[str, ...]:
        """What targets and actual values measure, in the order of the codes."""
        return tuple(sorted(self.target.dimensions | self.actual.dimensions))

    def _dimension(self, nw: Narwhals, part: Part) -> Expr:
        if len(part.dimensions) > 1:
            return nw.col(part.helper("dimension"))
        (own,) = part.dimensions
        return nw.lit(self.measured.index(own), nw.Int64)

    def _direction(self, nw: Narwhals) -> Expr | int:
        """The code of the direction, as :func:`directed` has it for a single row."""
        stated_for_all = NO_DIRECTION if self.direction is None else self.direction
        stated: Expr | int = stated_for_all
        if self.operator is not None:
            stated = self._of_column(nw, self.operator, stated_for_all)
        if self.target.read is None:
            return stated
        if all(each.direction == NO_DIRECTION for each in self.target.read.read):
            return stated
        own = nw.col(self.target.helper("direction"))
        in_target = nw.when(own > NO_DIRECTION).then(own).otherwise(stated)
        if self.operator is None:
            return in_target
        beside = nw.col(BESIDE)
        is_sign = (own > NO_DIRECTION) & (own < OTHER_DIRECTION)
        differs = is_sign & (beside > NO_DIRECTION) & ~equal(own, beside)
        return choose(
            nw, [(beside >= OTHER_DIRECTION, beside), (differs, TWO_DIRECTIONS)], in_target
        )

    def _of_column(self, nw: Narwhals, column: Column, stated: int) -> Expr:
        if not self.is_lazy:
            held = nw.col(BESIDE)
            return (
                held if stated == NO_DIRECTION else nw.when(held > 0).then(held).otherwise(stated)
            )
        text, value = _text(nw, column), cast("Expr | int", BAD_DIRECTION)
        codes = sorted(SPELLINGS, key=lambda code: code == NO_DIRECTION)
        # The first of them is how nearly all are spelled: an engine then asks for no other.
        firsts = [(equal(text, SPELLINGS[code][0]), code) for code in codes]
        plain = _stripped(text)
        others = [(plain.is_in(list(SPELLINGS[code])), code) for code in codes]
        for is_this, code in reversed([*firsts, *others]):
            value = nw.when(is_this).then(stated if code == NO_DIRECTION else code).otherwise(value)
        return cast("Expr", value)

"""Relations of DuckDB, spoken to in SQL: what is asked of narwhals elsewhere, in a fraction of the
time that it takes to make an expression of DuckDB of each of its parts.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, Self, TypeAlias, cast

import attrs

from budgetperf.frames.cells import Kind
from budgetperf.frames.columns import Column
from budgetperf.frames.engine import Expr, Implementation, Lazy, Narwhals, quoted
from budgetperf.frames.parts import units_name

__all__ = ["in_sql", "quotient", "with_units_later"]


def in_sql(nw: Narwhals, frame: Lazy) -> tuple[Narwhals, Lazy]:
    """What expressions are made with, and the table that takes them: of DuckDB both in SQL.

    Args:
        nw: narwhals.
        frame: a table that is worked out later.
    """
    if not frame.implementation.is_duckdb():
        return nw, frame
    relation = cast("_Relation", frame.to_native())
    held = _Table(native=relation, implementation=frame.implementation)
    return cast("Narwhals", _Language()), cast("Lazy", held)


def quotient(nw: Narwhals, top: str, bottom: str) -> Expr:
    """The quotient of two columns as a whole number, rounded down.

    Both are whole numbers, the lower one above 0; where the upper is below 0 anything may come.

    Args:
        nw: what expressions are made with.
        top: the column of what is divided.
        bottom: that of what it is divided by.
    """
    n, d = nw.col(top), nw.col(bottom)
    if not isinstance(nw, _Language):
        return n // d
    # In 64 bits, where they are enough, a division takes a thirtieth of the time.
    is_narrow = (n >= -_NARROW) & (n <= _NARROW) & (d <= _NARROW)
    return nw.when(is_narrow).then(n.cast(nw.Int64) // d.cast(nw.Int64)).otherwise(n // d)


_NARROW = 2**63 - 1

_Str: TypeAlias = str  # beside the property
_Value: TypeAlias = "_Sql | str | int | float | Decimal | None"


@attrs.frozen(eq=False)
class _Sql:  # noqa: PLW1641 - compared it makes an expression, and is in no set
    """An expression, in brackets where it takes some, and its name."""

    text: str
    name: str = ""

    def _with(self, sign: str, other: _Value) -> _Sql:
        return _Sql(f"({self.text} {sign} {_text(other)})")

    __add__ = functools.partialmethod(_with, "+")
    __sub__ = functools.partialmethod(_with, "-")
    __mul__ = functools.partialmethod(_with, "*")
    __truediv__ = functools.partialmethod(_with, "/")
    __floordiv__ = functools.partialmethod(_with, "//")
    __lt__ = functools.partialmethod(_with, "<")
    __le__ = functools.partialmethod(_with, "<=")
    __gt__ = functools.partialmethod(_with, ">")
    __ge__ = functools.partialmethod(_with, ">=")
    __and__ = functools.partialmethod(_with, "and")
    __or__ = functools.partialmethod(_with, "or")
    __xor__ = functools.partialmethod(_with, "<>")

    def __eq__(self, other: object) -> _Sql:  # type: ignore[override]
        return self._with("=", cast("_Value", other))

    def __invert__(self) -> _Sql:
        return _Sql(f"(not {self.text})")

    def alias(self, name: str, /) -> _Sql:
        """The same under a name."""
        return attrs.evolve(self, name=name)

    def cast(self, dtype: str, /) -> _Sql:
        """The same as another type."""
        return _Sql(f"cast({self.text} as {dtype})")

    def fill_null(self, value: _Value, /) -> _Sql:
        """The same, with a value where there is none."""
        return _Sql(f"coalesce({self.text}, {_text(value)})")

    def is_in(self, others: Sequence[_Value], /) -> _Sql:
        """Whether it is one of these."""
        return _Sql(f"({self.text} in ({', '.join(map(_text, others))}))")

    def is_null(self) -> _Sql:
        """Whether there is none."""
        return _Sql(f"({self.text} is null)")

    def round(self) -> _Sql:
        """The whole number next to a float."""
        return _Sql(f"round({self.text})")

    @property
    def str(self) -> Self:
        """What is asked of it as of text."""
        return self

    def strip_chars(self, characters: _Str, /) -> _Sql:
        """The text without these characters at its ends."""
        return _Sql(f"trim({self.text}, {_text(characters)})")


def _text(value: _Value) -> str:
    """A value as SQL has it, in the type that it has to Python."""
    match value:
        case _Sql():
            return value.text
        case str():
            doubled = value.replace("'", "''")
            return f"'{doubled}'"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"cast({value!r} as double)"
        case Decimal():
            places = -int(value.as_tuple().exponent)
            digits = max(len(value.as_tuple().digits), places, 1)
            return f"cast('{value:f}' as decimal({digits}, {places}))"
        case None:
            return "null"


@attrs.frozen(eq=False)
class _When:
    """A condition, and what comes of it where it does not hold: nothing, or the next condition."""

    condition: _Sql

    def then(self, value: _Value, /) -> _Then:
        return _Then(f"case when {self.condition.text} then {_text(value)} end")


@attrs.frozen(eq=False)
class _Then(_Sql):
    """A choice that has its first case."""

    def otherwise(self, value: _Value, /) -> _Sql:
        """With what comes where that does not hold; a further choice follows as its next case."""
        others = _text(value)
        if isinstance(value, _Then):
            return _Then(f"{self.text.removesuffix(' end')} {others.removeprefix('case ')}")
        return _Then(f"{self.text.removesuffix(' end')} else {others} end")


@attrs.frozen
class _Language:
    """What stands in the place of narwhals: whatever expressions begin with."""

    Int8: str = "tinyint"
    Int64: str = "bigint"
    Int128: str = "hugeint"
    String: str = "varchar"

    def Decimal(self, precision: int, scale: int) -> str:  # noqa: N802 - as it is called
        """The type of decimals."""
        return f"decimal({precision}, {scale})"

    def col(self, name: str, /) -> _Sql:
        """A column."""
        return _Sql(quoted(name), name)

    def lit(self, value: _Value, dtype: str | None = None, /) -> _Sql:
        """A value."""
        held = _Sql(_text(value))
        return held if dtype is None else held.cast(dtype)

    def when(self, condition: _Sql, /) -> _When:
        """A choice."""
        return _When(condition)


@attrs.frozen(kw_only=True)
class _Table:
    """A relation, which is given its expressions as SQL."""

    native: _Relation
    implementation: Implementation

    def collect_schema(self) -> Self:
        """The columns, by their names."""
        return self

    def names(self) -> list[str]:
        """The names of the columns."""
        return list(self.native.columns)

    def to_native(self) -> object:
        """The relation."""
        return self.native

    def select(self, *several: _Sql | str) -> Self:
        """These columns alone."""
        return self._of(", ".join(map(_column, several)))

    def with_columns(self, *several: _Sql) -> Self:
        """These columns beside the others, or in the places of those that have their names."""
        there = set(self.native.columns)
        replaced = ", ".join(_column(each) for each in several if each.name in there)
        added = [_column(each) for each in several if each.name not in there]
        others = f"* replace ({replaced})" if replaced else "*"
        return self._of(", ".join((others, *added)))

    def filter(self, where: _Sql, /) -> Self:
        """The rows of which this holds."""
        return attrs.evolve(self, native=self.native.filter(where.text))

    def _of(self, columns: str) -> Self:
        return attrs.evolve(self, native=self.native.project(columns))


def _column(column: _Sql | str) -> str:
    if isinstance(column, str):
        return quoted(column)
    return f"{column.text} as {quoted(column.name)}"


class _Relation(Protocol):
    """What is used of a relation of DuckDB."""

    @property
    def columns(self) -> list[str]: ...
    def project(self, what: str, /) -> _Relation: ...
    def filter(self, condition: str, /) -> _Relation: ...


# Decimals as whole numbers.


def with_units_later(frame: Lazy, columns: Iterable[Column]) -> tuple[Lazy, Mapping[str, str]]:
    """With helper columns of decimals as whole numbers in units of their last place, where the
    engine is DuckDB and holds them in 64 bits, and these by field.

    A cast of decimals to whole numbers divides by a power of ten. In 128 bits that takes longer
    than all else, and here nothing is wider than the decimals.

    Args:
        frame: a table that is worked out later, as :func:`in_sql` has it.
        columns: its columns.
    """
    held = {column.field: column for column in columns if _is_narrow(column)}
    if not isinstance(frame, _Table) or not held:
        return frame, {}
    units = (_Sql(_units(column), units_name(column)) for column in held.values())
    named = {field: units_name(column) for field, column in held.items()}
    table = cast("_Table", cast("object", frame))
    return cast("Lazy", table.with_columns(*units)), named


def _is_narrow(column: Column) -> bool:
    """Whether its decimals have 64 bits, and what stands behind their point has on the way."""
    digits = column.digits if column.kind is Kind.DECIMAL else None
    return digits is not None and max(digits, 2 * column.places + 2) <= _DIGITS


_DIGITS = 18
"""The digits of the widest decimals that DuckDB holds in 64 bits."""


def _units(column: Column) -> str:
    """What stands before the point in units of the last place, and what stands behind it."""
    name, places = quoted(column.name), column.places
    whole = f"cast({name} as bigint)"  # rounded: what is left may then be below 0
    if not places:
        return whole
    behind = f"{name} - cast({whole} as decimal({_DIGITS}, 0))"
    grown = f"cast({behind} as decimal({places + 1}, {places})) * {_text(Decimal(10**places))}"
    return f"{whole} * {10**places} + cast({grown} as bigint)"

"""What is asked of narwhals, by which every table is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from budgetperf.exact import Text
from budgetperf.exact.text import MissingExtraError

__all__ = [
    "HELPERS",
    "DType",
    "Eager",
    "Expr",
    "Frame",
    "Lazy",
    "Narwhals",
    "Operand",
    "Series",
    "bits_of",
    "narwhals",
    "quoted",
    "together",
    "worked_out",
]

HELPERS = "__budgetperf_"
"""What the names of columns begin with that are added on the way and taken away again."""


class DType(Protocol):
    """The type of a column.

    Args:
        precision: the digits of decimals.
        scale: how many of them stand behind the point.
    """

    @property
    def precision(self) -> int: ...
    @property
    def scale(self) -> int: ...

    def is_integer(self) -> bool: ...
    def is_float(self) -> bool: ...
    def is_decimal(self) -> bool: ...


class Expr(Protocol):
    """An expression over the columns of a table."""

    def __add__(self, other: Operand, /) -> Expr: ...
    def __sub__(self, other: Operand, /) -> Expr: ...
    def __mul__(self, other: Operand, /) -> Expr: ...
    def __truediv__(self, other: Operand, /) -> Expr: ...
    def __floordiv__(self, other: Operand, /) -> Expr: ...
    def __lt__(self, other: Operand, /) -> Expr: ...
    def __le__(self, other: Operand, /) -> Expr: ...
    def __gt__(self, other: Operand, /) -> Expr: ...
    def __ge__(self, other: Operand, /) -> Expr: ...
    def __and__(self, other: Expr, /) -> Expr: ...
    def __or__(self, other: Expr, /) -> Expr: ...
    def __xor__(self, other: Expr, /) -> Expr: ...
    def __invert__(self) -> Expr: ...
    def alias(self, name: str, /) -> Expr: ...
    def cast(self, dtype: object, /) -> Expr: ...
    def fill_null(self, value: object, /) -> Expr: ...
    def is_in(self, other: Sequence[object], /) -> Expr: ...
    def is_null(self) -> Expr: ...
    def null_count(self) -> Expr: ...
    def max(self) -> Expr: ...
    def min(self) -> Expr: ...
    def round(self) -> Expr: ...
    def replace_strict(
        self, old: Sequence[object], new: Sequence[object], /, *, return_dtype: object
    ) -> Expr: ...
    @property
    def str(self) -> Strings: ...


class Strings(Protocol):
    """What is asked of an expression over text."""

    def strip_chars(self, characters: str, /) -> Expr: ...


Operand: TypeAlias = "Expr | int | float"
"""What an expression is computed with."""


class Then(Expr, Protocol):
    """A choice that has its first case."""

    def otherwise(self, value: Operand, /) -> Expr: ...


class When(Protocol):
    """A condition."""

    def then(self, value: Operand, /) -> Then: ...


class Series(Protocol):
    """A column."""

    def to_list(self) -> list[object]: ...
    def unique(self) -> Series: ...
    def scatter(self, indices: Sequence[int], values: object, /) -> Series: ...


class Schema(Protocol):
    """The columns of a table and their types."""

    def names(self) -> list[str]: ...
    def items(self) -> Iterable[tuple[str, DType]]: ...


class Frame(Protocol):
    """A table."""

    @property
    def implementation(self) -> Implementation: ...
    def collect_schema(self) -> Schema: ...
    def to_native(self) -> object: ...


class Eager(Frame, Protocol):
    """A table that is there."""

    def __getitem__(self, rows: Sequence[int], /) -> Eager: ...
    def get_column(self, name: str, /) -> Series: ...
    def select(self, *exprs: Expr | Series | str) -> Eager: ...
    def with_columns(self, *exprs: Expr | Series) -> Eager: ...
    def rows(self) -> list[tuple[object, ...]]: ...


class Lazy(Frame, Protocol):
    """A table that is worked out when it is asked for."""

    def select(self, *exprs: Expr | str) -> Lazy: ...
    def with_columns(self, *exprs: Expr) -> Lazy: ...
    def filter(self, where: Expr, /) -> Lazy: ...
    def collect(self) -> Eager: ...


class Implementation(Protocol):
    """Which engine holds a table."""

    def is_polars(self) -> bool: ...
    def is_duckdb(self) -> bool: ...
    def is_pandas(self) -> bool: ...
    def is_pyarrow(self) -> bool: ...


class Narwhals(Protocol):
    """The module."""

    Int8: object
    Int64: object
    Int128: object
    String: object

    def Decimal(self, precision: int, scale: int) -> object: ...  # noqa: N802 - as it is called
    def col(self, name: str, /) -> Expr: ...
    def lit(self, value: object, dtype: object = None, /) -> Expr: ...
    def when(self, condition: Expr, /) -> When: ...
    def from_native(self, native: object, /) -> Frame: ...
    def concat(self, frames: Sequence[Lazy], /, *, how: str) -> Lazy: ...
    def from_dict(
        self, data: Mapping[str, object], schema: Mapping[str, object], /, *, backend: object
    ) -> Eager: ...
    def new_series(
        self, name: str, values: Sequence[object], dtype: object, *, backend: object
    ) -> Series: ...


def bits_of(frame: Frame) -> int:
    """The bits of the widest whole numbers that the engine computes with exactly.

    Others divide whole numbers by way of floats, which hold 53 bits: below that the nearest float
    of a quotient is never a whole number that the quotient does not reach.
    """
    engine = frame.implementation
    if engine.is_polars() or engine.is_duckdb():
        return 128
    return 64 if engine.is_pandas() or engine.is_pyarrow() else 52


def together(nw: Narwhals, frame: Eager) -> tuple[Narwhals, Eager | Lazy]:
    """What expressions are made with, and a table the steps of which are worked out together, where
    its engine can: what stands in several of them is worked out once.

    Polars has all that is asked of narwhals under the same names, and is asked itself.
    """
    if not frame.implementation.is_polars():
        return nw, frame
    native = cast("_Polars", frame.to_native())
    return cast("Narwhals", import_module("polars")), cast("Lazy", native.lazy())


def worked_out(nw: Narwhals, frame: object) -> Eager:
    """What those steps come to, as narwhals holds it."""
    if not hasattr(frame, "collect"):
        return cast("Eager", frame)
    return cast("Eager", nw.from_native(cast("Lazy", frame).collect()))


class _Polars(Protocol):
    """What is used of a table of polars."""

    def lazy(self) -> object: ...


def quoted(name: str) -> str:
    """The name of a column in the SQL of DuckDB, whatever characters it has."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def narwhals() -> Narwhals:
    """The module, imported when a table is given.

    Raises:
        MissingExtraError: the extra ``frames`` is not installed.
    """
    try:
        return cast("Narwhals", import_module("narwhals.stable.v2"))
    except ImportError:
        raise MissingExtraError("needs-extra", _ABSENT, field="frame") from None


_ABSENT = Text(
    zh="整表计算需要扩展 frames：请执行 pip install 'budgetperf[frames]'",
    en="whole tables need the extra frames: pip install 'budgetperf[frames]'",
)

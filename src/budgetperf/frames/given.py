"""A table as it was given: headers that stand twice are told, and no engine resolves one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias, cast

import attrs

from budgetperf.exact import LIST, BudgetperfError, Problem, Text
from budgetperf.exact.checking import raise_together
from budgetperf.exact.text import WrongTypeError, shown

from .columns import Columns, problem_of
from .engine import HELPERS, DType, Frame, Narwhals, quoted

__all__ = ["Given", "given", "given_once"]


@attrs.frozen(kw_only=True)
class Given:
    """A table, and what its headers say.

    Args:
        frame: the table as narwhals holds it.
        types: the types of its columns by their headers, the first of those that stand twice.
        problems: the headers that stand twice.
        names: the name in the frame of a header that its engine would take for something else.
    """

    frame: Frame
    types: Mapping[str, DType]
    problems: tuple[Problem, ...] = ()
    names: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def named(self, columns: Columns) -> Columns:
        """The columns by their names in the frame."""
        return Columns(
            by_field={
                field: attrs.evolve(column, name=self.names.get(column.name, column.name))
                for field, column in columns.by_field.items()
            }
        )

    def keys(self, headers: Sequence[str]) -> tuple[str, ...]:
        """The names in the frame of some headers."""
        return tuple(self.names.get(header, header) for header in headers)

    def back(self, native: object) -> object:
        """What was made of the table, with the headers that were given."""
        if not self.names:
            return native
        headers = {name: header for header, name in self.names.items()}
        spark = cast("_Spark", native)
        return spark.toDF(*(headers.get(name, name) for name in spark.columns))


def given(nw: Narwhals, table: object) -> Given:
    """A table as narwhals holds it.

    Raises:
        WrongTypeError: it is no table that narwhals knows (a ``TypeError``).
        BudgetperfError: a header is no text.
    """
    engine = type(table).__module__.partition(".")[0].lstrip("_")
    headers = _headers(table, engine)
    no_text = [shown(header) for header in headers if not isinstance(header, str)]
    if no_text:
        message = _NO_TEXT.fill(LIST.join(no_text))
        raise BudgetperfError("bad-header", message, field="frame")
    names = cast("list[str]", headers)
    first_of: dict[str, int] = {}
    for at, name in enumerate(names):
        first_of.setdefault(name.casefold() if engine in _CASELESS else name, at)
    # No engine resolves a name that stands twice: with the first of each, taken by its place, what
    # else is wrong with the table can be told along with it.
    firsts = list(first_of.values())
    if len(firsts) < len(names):
        others = set(range(len(names))).difference(firsts)
        twice = dict.fromkeys(names[at] for at in sorted(others))
        frame = nw.from_native(_only(table, engine, firsts))
        types = [dtype for _, dtype in frame.collect_schema().items()]
        return Given(
            frame=frame,
            types=dict(zip((names[at] for at in firsts), types, strict=True)),
            problems=tuple(problem_of("column-twice", name, _TWICE) for name in twice),
        )
    if engine == "pyspark" and any(_is_special(name) for name in names):
        plain = {
            name: f"{HELPERS}column_{at}" for at, name in enumerate(names) if _is_special(name)
        }
        renamed = cast("_Spark", table).toDF(*(plain.get(name, name) for name in names))
        frame = nw.from_native(renamed)
        types = [dtype for _, dtype in frame.collect_schema().items()]
        return Given(frame=frame, types=dict(zip(names, types, strict=True)), names=plain)
    try:
        frame = nw.from_native(table)
    except TypeError:
        raise WrongTypeError(
            "wrong-type", _NO_TABLE.fill(type(table).__name__), field="frame"
        ) from None
    return Given(frame=frame, types=dict(frame.collect_schema().items()))


def given_once(nw: Narwhals, table: object) -> Frame:
    """A table as narwhals holds it, whose headers stand there once.

    Raises:
        WrongTypeError: it is no table that narwhals knows (a ``TypeError``).
        BudgetperfError: two of its columns have one name, or one has none; several as a
            ``ProblemsError``.
    """
    held = given(nw, table)
    raise_together("bad-table", held.problems)
    return nw.from_native(table) if held.names else held.frame


_NO_TABLE = Text(
    zh="{} 不是表：请传入 polars、pandas、pyarrow、PySpark 的表，或 DuckDB 的 relation",
    en="{} is no table: pass one of polars, pandas, pyarrow or PySpark, or a relation of DuckDB",
)
_TWICE = Text(
    zh="这个列名不止一列：请改名或去掉其余的",
    en="several columns have this name: rename or drop them",
)
_NO_TEXT = Text(
    zh="列名 {} 不是文字：请改为文字，如 frame.columns = ['指标值', …]",
    en="headers that are no text: {}; make them text, such as by frame.columns = ['指标值', …]",
)
_CASELESS = ("duckdb", "pyspark")
"""The engines to which a name in upper and in lower case is the same."""


def _headers(table: object, engine: str) -> list[object]:
    """The headers of a table of an engine that may have one of them twice."""
    attribute = _HEADERS.get(engine, "")
    return list(cast("Sequence[object]", getattr(table, attribute, ())))


_HEADERS = {
    "pandas": "columns",
    "pyarrow": "column_names",
    "duckdb": "columns",
    "pyspark": "columns",
}


def _is_special(name: str) -> bool:
    """Whether Spark takes a name for a path or a pattern."""
    return not name or any(mark in name for mark in ".`*")


def _only(table: object, engine: str, at: Sequence[int]) -> object:
    """Some of the columns of a table, by their places."""
    if engine == "pandas":
        return cast("_Pandas", table).iloc[:, list(at)]
    if engine == "pyarrow":
        return cast("_Arrow", table).select(list(at))
    if engine == "duckdb":
        relation = cast("_Relation", table)
        return relation.project(", ".join(f"#{n + 1} as {quoted(f'{HELPERS}{n}')}" for n in at))
    spark = cast("_Spark", table)
    numbered = cast("_Spark", spark.toDF(*(f"{HELPERS}{n}" for n, _ in enumerate(spark.columns))))
    return numbered.select(*(f"{HELPERS}{n}" for n in at))


_Places: TypeAlias = "tuple[slice, list[int]]"


class _Located(Protocol):
    """What is used of a table of pandas by places: columns are taken by number there."""

    def __getitem__(self, places: _Places, /) -> object: ...


class _Pandas(Protocol):
    """What is used of a table of pandas."""

    @property
    def iloc(self) -> _Located: ...


class _Arrow(Protocol):
    """What is used of a table of pyarrow."""

    def select(self, places: list[int], /) -> object: ...


class _Relation(Protocol):
    """What is used of a relation of DuckDB."""

    def project(self, what: str, /) -> object: ...


class _Spark(Protocol):
    """What is used of a table of Spark."""

    columns: Sequence[str]

    def toDF(self, *names: str) -> object: ...  # noqa: N802 - as Spark has it
    def select(self, *names: str) -> object: ...

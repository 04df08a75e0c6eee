"""Relations of DuckDB, joined with what a function of Python says of the cells that occur.

DuckDB gives a function columns by way of pandas, where decimals are floats and whole numbers
beside a null are, too. So it is given text alone: what is printed in the cells that are asked
about, each combination once, and what it says is put beside every row that has these cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Protocol, TypeAlias, cast

import attrs

from budgetperf.exact import Text
from budgetperf.exact.text import MissingExtraError
from budgetperf.frames.cells import Kind
from budgetperf.frames.columns import Column, Columns, cell_text
from budgetperf.frames.engine import Eager, Lazy, Narwhals, quoted
from budgetperf.frames.parts import HELPERS
from budgetperf.frames.statuses import UNSAID

from .added import Work, statuses_of

__all__ = ["has_arrow", "joined", "joined_where_unsaid", "require_arrow"]


def joined(nw: Narwhals, frame: Lazy, work: Work, together: Sequence[str]) -> object:
    """A relation with what is added, once it is worked out. The rows keep their order.

    Args:
        nw: narwhals.
        frame: the relation.
        work: what is added.
        together: the headers by which rows belong together.

    Raises:
        MissingExtraError: pandas or pyarrow is not installed.
    """
    require_arrow()
    relation = cast("_Relation", frame.to_native())
    asked = _Asked(nw=nw, work=work, together=tuple(together))
    headers = ", ".join(map(quoted, frame.collect_schema().names()))
    rows = relation.project(f"*, row_number() over () as {_ROW}, {asked.cells_and_keys('_left')}")
    answers = asked.answers(relation)
    # A key may be null, and ``=`` joins null with nothing.
    same = " and ".join(
        f"{name}_left is not distinct from {name}" for name in (*asked.keys, *asked.cells)
    )
    # Every row has its answer, and every answer a row, unless the relation changes by itself.
    is_sound = _or_changes(f"{_ROW} is null or not ({asked.is_found})")
    both = rows.join(answers, same, how="outer").filter(is_sound).order(_ROW)
    added = (f"{answer} as {quoted(name)}" for name, answer in asked.typed_answers.items())
    return both.project(f"{headers}, {', '.join(added)}")


def joined_where_unsaid(nw: Narwhals, with_expressions: Lazy, work: Work, left: Lazy) -> object:
    """A relation with what expressions say, joined with what is said of the rows that they leave
    over. The rows keep their order.

    Args:
        nw: narwhals.
        with_expressions: the relation, with what is added.
        work: what is added.
        left: the rows that may be left over: to look for them costs less than all that is said.
    """
    relation = cast("_Relation", with_expressions.to_native())
    asked = _Asked(nw=nw, work=work, together=())
    unsaid = ", ".join(f"'{status.value}'" for status in UNSAID)
    where = " or ".join(f"{quoted(name)} in ({unsaid})" for name in statuses_of(work))
    # The cells of other rows are null, which is joined with nothing.
    cells = asked.cells_and_keys("_left", where=where)
    rows = relation.project(f"*, row_number() over () as {_ROW}, ({where}) as {_UNSAID}, {cells}")
    answers = asked.answers(cast("_Relation", left.to_native()))
    same = " and ".join(f"{name}_left = {name}" for name in asked.cells)
    both = rows.join(answers, same, how="left")
    headers = [
        quoted(name) for name in with_expressions.collect_schema().names() if name not in work.added
    ]
    added = (
        f"case when not {_UNSAID} then {quoted(name)} when {asked.is_found} then {answer} "
        f"else error('{_CHANGES}') end as {quoted(name)}"
        for name, answer in asked.typed_answers.items()
    )
    # What is sorted is carried along: what was put beside the rows is gone by then.
    kept = both.project(", ".join((*headers, *added, _ROW)))
    return kept.order(_ROW).project(", ".join((*headers, *map(quoted, work.added))))


def _or_changes(where: str) -> str:
    """What holds everywhere, and says where something holds that the relation changes."""
    return f"case when {where} then error('{_CHANGES}') else true end"


_ROW = f"{HELPERS}row"
_UNSAID = f"{HELPERS}unsaid"
_GROUP = f"{HELPERS}group"
_CHANGES = (
    "这个 relation 每次查询的结果不同：请先存为表或取出（如 relation.pl()）再计算 / the relation "
    "gives other rows each time: store it as a table, or fetch it first (such as relation.pl())"
)


@attrs.frozen(kw_only=True)
class _Asked:
    """What is asked about every row: the cells that count, and what the row belongs to."""

    nw: Narwhals
    work: Work
    together: tuple[str, ...]

    @property
    def _columns(self) -> Mapping[str, Column]:
        return self.work.columns.by_field

    @property
    def cells(self) -> list[str]:
        """The names of the cells."""
        return [f"{HELPERS}{field}_cell" for field in self._columns]

    @property
    def keys(self) -> list[str]:
        """The names of what rows that belong together agree in."""
        return [f"{HELPERS}key_{number}" for number, _ in enumerate(self.together)]

    @property
    def _said(self) -> list[str]:
        return [f"{HELPERS}said_{number}" for number, _ in enumerate(self.work.added)]

    def cells_and_keys(self, suffix: str = "", *, where: str = "true") -> str:
        """All of these as text, with something behind their names, and null somewhere else."""
        cells = [
            f"case when {where} then coalesce(cast({quoted(column.name)} as varchar), '') end "
            f"as {name}{suffix}"
            for name, column in zip(self.cells, self._columns.values(), strict=True)
        ]
        keys = [
            f"cast({quoted(header)} as varchar) as {name}{suffix}"
            for name, header in zip(self.keys, self.together, strict=True)
        ]
        return ", ".join((*keys, *cells))

    @property
    def typed_answers(self) -> dict[str, str]:
        """What is said, in the type that it has, by the header that it comes under."""
        kinds = (
            "varchar" if decimals is None else "decimal({}, {})".format(*decimals)
            for decimals in self.work.added.values()
        )
        return {
            header: f"cast({name} as {kind})"
            for header, name, kind in zip(self.work.added, self._said, kinds, strict=True)
        }

    @property
    def is_found(self) -> str:
        """Whether an answer stands beside a row: it has a status."""
        at = [*self.work.added].index(statuses_of(self.work)[0])
        return f"{self._said[at]} is not null"

    def answers(self, relation: _Relation) -> _Relation:
        """What is said of the cells that occur, each combination once."""
        texts = relation.project(self.cells_and_keys())
        names = [*self.cells, *self._said]
        module = cast("_DuckDB", import_module("duckdb"))
        text = module.sqltype("VARCHAR")
        if not self.together:
            schema = dict.fromkeys(names, text)
            return texts.distinct().map(self._of_rows, schema=schema)
        keys = ", ".join(self.keys)
        groups = texts.aggregate(f"{keys}, list([{', '.join(self.cells)}]) as {_GROUP}", keys)
        schema = {**dict.fromkeys(self.keys, text), _GROUP: module.sqltype("VARCHAR[][]")}
        answered = groups.map(self._of_groups, schema=schema)
        several = answered.project(f"{keys}, unnest({_GROUP}) as {_GROUP}")
        parts = [f"{_GROUP}[{number}] as {name}" for number, name in enumerate(names, start=1)]
        return several.project(f"{keys}, {', '.join(parts)}")

    def _of_rows(self, table: _Pandas) -> _Pandas:
        rows = list(zip(*(table[name].tolist() for name in self.cells), strict=True))
        answers = self._answered(cast("list[_Row]", rows), [])
        rows_with_answers = [(*row, *answer) for row, answer in zip(rows, answers, strict=True)]
        return _table([*self.cells, *self._said], rows_with_answers)

    def _of_groups(self, table: _Pandas) -> _Pandas:
        groups = [[tuple(row) for row in rows] for rows in table[_GROUP].tolist()]
        rows = [row for group in groups for row in group]
        # All groups in one table, each with a number: a call for each would cost far more.
        belonging = [str(number) for number, group in enumerate(groups) for _ in group]
        answers = iter(self._answered(rows, belonging))
        answered = list[list[list[str | None]]]()
        for group in groups:
            # Of rows that say the same, one: their answers are joined with all of them.
            known = dict(zip(group, answers, strict=False))
            answered.append([[*row, *answer] for row, answer in known.items()])
        keys = [table[name].tolist() for name in self.keys]
        return _table([*self.keys, _GROUP], list(zip(*keys, answered, strict=True)))

    def _answered(self, rows: Sequence[_Row], belonging: Sequence[str]) -> list[_Row]:
        """What is said of rows by their cells."""
        pa = import_module("pyarrow")
        data = dict[str, object]()
        columns = dict[str, Column]()
        for number, (field, column) in enumerate(self._columns.items()):
            known = dict[str, str]()
            texts = [cast("str", row[number]) for row in rows]
            for text in texts:
                if text not in known:
                    known[text] = cell_text(column, _READ[column.kind](text) if text else None)
            data[field] = pa.array([known[text] for text in texts], pa.string())
            columns[field] = Column(name=field, field=field, kind=Kind.TEXT)
        together = (_GROUP,) if belonging else ()
        if belonging:
            data[_GROUP] = pa.array(belonging, pa.string())
        work = self.work.on(Columns(by_field=columns), together)
        frame = cast("Eager", self.nw.from_native(pa.table(data)))
        answered = work.of_table(frame)
        several = [answered.get_column(name).to_list() for name in self.work.added]
        return [
            tuple(None if value is None else str(value) for value in answer)
            for answer in zip(*several, strict=True)
        ]


_Row: TypeAlias = "tuple[str | None, ...]"


def _itself(text: str) -> object:
    return text


_READ: Mapping[Kind, Callable[[str], object]] = {
    Kind.TEXT: _itself,
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.FLOAT: float,
}
"""The value that a cell printed as text had."""


def _table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> _Pandas:
    pd = import_module("pandas")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
    data = {name: pd.Series(list(columns.get(name, ())), dtype=object) for name in names}
    return cast("_Pandas", pd.DataFrame(data))


def require_arrow() -> None:
    """Require what DuckDB calls functions of Python by.

    Raises:
        MissingExtraError: pandas or pyarrow is not installed.
    """
    if not has_arrow():
        message = Text(
            zh="DuckDB 经由 pandas 和 pyarrow 调用 Python：请先安装：pip install pandas pyarrow",
            en="DuckDB calls Python by way of pandas and pyarrow: pip install pandas pyarrow",
        )
        raise MissingExtraError("needs-engine", message, field="frame")


def has_arrow() -> bool:
    """Whether what DuckDB calls functions of Python by is installed."""
    try:
        for name in ("pandas", "pyarrow"):
            import_module(name)
    except ImportError:
        return False
    return True


class _DuckDB(Protocol):
    """What is used of the module duckdb."""

    def sqltype(self, name: str, /) -> object: ...


class _Series(Protocol):
    """What is used of a column of pandas."""

    def tolist(self) -> list[Sequence[str]]: ...


class _Pandas(Protocol):
    """What is used of a table of pandas, which functions of Python are given."""

    def __getitem__(self, name: str, /) -> _Series: ...


class _Relation(Protocol):
    """What is used of a relation of DuckDB."""

    def project(self, what: str, /) -> _Relation: ...
    def distinct(self) -> _Relation: ...
    def aggregate(self, what: str, by: str, /) -> _Relation: ...
    def map(
        self, function: Callable[[_Pandas], _Pandas], /, *, schema: Mapping[str, object]
    ) -> _Relation: ...
    def join(self, other: _Relation, condition: str, /, *, how: str) -> _Relation: ...
    def filter(self, condition: str, /) -> _Relation: ...
    def order(self, by: str, /) -> _Relation: ...

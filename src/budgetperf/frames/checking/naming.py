"""Which column of the tables of departments is which field, and what it says of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from budgetperf.documents.records import Records
from budgetperf.exact import LIST, Problem, Text
from budgetperf.exact.text import is_float, shown
from budgetperf.frames.cells import in_unit, written
from budgetperf.frames.columns import TWICE, problem_of
from budgetperf.frames.funding.lines import AMOUNTS
from budgetperf.frames.tidy.reports import COLUMNS
from budgetperf.frames.tidy.tables import KEYS
from budgetperf.model.headers import (
    HEADERS,
    KEY_HEADERS,
    LINE_HEADERS,
    TOTAL_HEADERS,
    plain_header,
    unit_of_header,
)

__all__ = ["Named", "misnamed", "named_columns", "rows_by_field"]

_KNOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "indicators": {**KEY_HEADERS, **HEADERS},
    "lines": {**KEY_HEADERS, **LINE_HEADERS},
    "totals": {**KEY_HEADERS, **TOTAL_HEADERS},
}
_PROJECTS = ("项目名称", "项目")
"""Headers of what may have reports of its own in a department."""

_RATES = ("execution_rate", "received_rate", "use_rate", "completion_rate", "deviation")
_IN_UNIT = frozenset((*AMOUNTS, *_RATES, "target", "midyear", "actual", "last_year"))


@attrs.frozen(kw_only=True)
class Named:
    """A column of a table of departments.

    Args:
        field: the field that it is.
        unit: the unit in its header.
        is_clear: whether bare numbers say what they are: 85 may be 85% or a hundred times that,
            unless the column is that of :func:`budgetperf.frames.to_tables`.
    """

    field: str
    unit: str = ""
    is_clear: bool = True

    def cell(self, value: object) -> object:
        """A cell with the unit of its header; what is not clear is unreadable."""
        if value is None or is_float(value) or (not self.unit and self.is_clear):
            return value
        text = written(value, field=self.field)
        with_unit = in_unit(text, self.unit or "%")
        return with_unit if self.unit or with_unit == text else f"{text} ?"


def named_columns(
    table: str, headers: Iterable[str], columns: Mapping[str, str], problems: list[Problem]
) -> dict[str, Named]:
    """The columns by header. Those that are not known are left out, except from a table whose
    headers are those of :func:`budgetperf.frames.to_tables`, where one may be misspelt.

    Args:
        table: ``indicators``, ``lines`` or ``totals``.
        headers: its headers.
        columns: the field of a header, where it is not told by the header itself.
        problems: what is wrong with the headers is put here.
    """
    held = list(headers)
    fields = {header: columns.get(header) or _field_of(table, header) for header in held}
    mapped = {field for header, field in columns.items() if header in held}
    if all(fields[header] in (header, None) for header in held):
        return {header: Named(field=header) for header in held}
    known = dict[str, Named]()
    by_field = dict[str, str]()
    for header, field in fields.items():
        if field not in COLUMNS[table] or (field in mapped and header not in columns):
            continue
        if field in by_field:
            problems.append(_problem(table, header, TWICE.fill(first=by_field[field], field=field)))
            continue
        by_field[field] = header
        unit = unit_of_header(header) if field in _IN_UNIT else ""
        is_clear = field == header or field not in _RATES
        known[header] = Named(field=field, unit=unit, is_clear=is_clear)
    if KEYS[0] not in by_field:
        problems += (
            _problem(table, header, _PROJECT.fill(header))
            for header in held
            if plain_header(header) in _PROJECTS and header not in known
        )
        if not by_field.keys() & set(KEYS[1:3]):
            problems.append(_problem(table, KEYS[1], _NO_KEY))
    return known


def rows_by_field(
    table: str, read: Records, columns: Mapping[str, str], problems: list[Problem]
) -> list[dict[str, object]]:
    """The rows of a table that is there, by field."""
    names = named_columns(table, read.headers, columns, problems)
    known_columns = [(at, names[h]) for at, h in enumerate(read.headers) if h in names]
    return [{name.field: name.cell(row[at]) for at, name in known_columns} for row in read.rows]


def misnamed(columns: Mapping[str, str], tables: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """What ``columns`` says that cannot be: of no column, or of no field of its table."""
    every = {header for headers in tables.values() for header in headers}
    for header, field in columns.items():
        if header not in every:
            yield problem_of("unknown-column", header, _NO_HEADER)
        elif not any(header in h and field in COLUMNS[name] for name, h in tables.items()):
            known = dict.fromkeys(
                f for name, h in tables.items() if header in h for f in COLUMNS[name]
            )
            yield problem_of(
                "unknown-field", header, _NO_FIELD.fill(shown(field), LIST.join(known))
            )


def _field_of(table: str, header: str) -> str | None:
    """The field of a column of one of the tables; ``None`` if it is not known."""
    if header in COLUMNS[table]:
        return header
    plain = plain_header(header)
    return next((f for f, known in _KNOWN[table].items() if plain in (f, *known)), None)


def _problem(table: str, header: str, message: Text) -> Problem:
    return Problem(code="bad-column", where=f"$.{table}.{header}", message=message)


_PROJECT = Text(
    zh="一个部门可有几个项目的报告：请用 columns 注明同一份报告的行在哪一列相同，如 "
    "columns={'{}': 'report'}",
    en="a department may have reports on several projects: say by columns in which column the rows "
    "of one report agree, such as columns={'{}': 'report'}",
)
_NO_KEY = Text(
    zh="没有“部门”这一列，不知各行属于哪份报告：请用 columns 注明（department、year 或 report）",
    en="no column says which report a row belongs to: name it by columns (department, year or "
    "report)",
)
_NO_HEADER = Text(
    zh="columns 提到的这一列不在表中", en="columns names this column, which is not there"
)
_NO_FIELD = Text(zh="{} 不是字段：可写 {}", en="{} is no field: write one of {}")

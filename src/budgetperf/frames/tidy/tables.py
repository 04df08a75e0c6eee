"""The indicators, the funding lines and the totals of reports, as tables of text as printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast, final

import attrs

from budgetperf.exact import MONEY, Figure, Missing, MissingReason, Stated, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import require
from budgetperf.exact.figure import read_figure
from budgetperf.exact.text import MissingExtraError, WrongTypeError, shown
from budgetperf.model import Direction, FundingTotal, Indicator, SelfEvaluation, Statement, Target
from budgetperf.model.indicators import read_target

__all__ = [
    "FUNDING",
    "INDICATOR",
    "KEYS",
    "READ",
    "SIGNS",
    "TOTALS",
    "TOTAL_LINE",
    "Tables",
    "TidyTable",
    "keys_of",
    "to_tables",
]

KEYS = ("report", "department", "year", "statement")
"""The columns by which the rows of one statement of one report agree."""

INDICATOR: Mapping[str, tuple[str, ...]] = {
    "words": ("level1", "level2", "name", "basis", "scoring_rule", "analysis", "explanation"),
    "numbers": (
        *("weight", "midyear", "actual", "completion_rate", "deviation", "mark", "score"),
        *("reviewed_score", "last_year"),
    ),
}
"""The fields of an indicator beside its target; ``operator`` and ``target`` hold that."""

FUNDING = (
    *("initial", "revised", "received", "executed", "execution_rate", "received_rate"),
    *("use_rate", "weight", "score", "reviewed_score"),
)
"""The figures of a funding line; ``source`` and ``label`` say what it is."""

TOTALS = ("total_weight", "total_score", "reviewed_score")
"""The totals of a statement; beside them stands its ``rating``."""

READ = ("document", "layout", "numbers", "accounted")
"""What was read and how far: what can be missing is not missed in a report that was read."""

TOTAL_LINE = "total"
"""What stands for the source in the line of the total."""

SIGNS: Mapping[tuple[Direction, bool], str] = {
    (Direction.AT_LEAST, False): "≥",
    (Direction.AT_LEAST, True): ">",
    (Direction.AT_MOST, False): "≤",
    (Direction.AT_MOST, True): "<",
    (Direction.EQUAL, False): "=",
    (Direction.QUALITATIVE, False): "定性",
}
"""What stands in the column ``operator`` of a target that does not say its direction itself."""


class _Streaming(Protocol):
    """What hands itself over as a stream of Arrow, which every engine takes."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class _PyArrow(Protocol):
    """What is used of the module pyarrow."""

    def table(self, data: object, *, schema: object) -> _Streaming: ...
    def schema(self, fields: Sequence[tuple[str, object]], /) -> object: ...
    def string(self) -> object: ...
    def int64(self) -> object: ...


@final
@attrs.frozen(kw_only=True)
class TidyTable(Called):
    """A table with a row for each thing: its columns, each with a cell for every row.

    Polars, pyarrow and DuckDB take it as it is where pyarrow is installed, such as by
    ``pl.DataFrame(table)``.

    Args:
        columns: the cells by header: the number of the report, counted from 0, and text as it is
            printed; ``""`` of a blank and ``None`` of what is not stated.
    """

    columns: Mapping[str, tuple[int | str | None, ...]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def to_dicts(self) -> list[dict[str, int | str | None]]:
        """The rows, each by header."""
        return [
            dict(zip(self.columns, row, strict=True))
            for row in zip(*self.columns.values(), strict=True)
        ]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as a stream of Arrow data.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        pa = _pyarrow()
        numbers = all(isinstance(cell, int) for cell in self.columns.get(KEYS[0], ()))
        is_number = {KEYS[0]: numbers}
        types = [(n, pa.int64() if is_number.get(n) else pa.string()) for n in self.columns]
        data = {name: list(cells) for name, cells in self.columns.items()}
        held = pa.table(data, schema=pa.schema(types))
        return held.__arrow_c_stream__(requested_schema)


def _pyarrow() -> _PyArrow:
    try:
        return cast("_PyArrow", import_module("pyarrow"))
    except ImportError:
        message = Text(
            zh="以 Arrow 数据流给出表需要 pyarrow：请执行 pip install pyarrow，或用 to_dicts()",
            en="pyarrow is needed to give a table as a stream of Arrow data: pip install pyarrow, "
            "or use to_dicts()",
        )
        raise MissingExtraError("needs-pyarrow", message, field="table") from None


@attrs.frozen(kw_only=True)
class Tables(Called):
    """Reports as tables, whose rows agree in ``report``, ``department``, ``year``, ``statement``.

    Args:
        indicators: a row for each indicator.
        lines: a row for the total of the funds, and for each source of them.
        totals: a row for each statement, with its total score and its rating; of a report that was
            read the document, the layout, and how many numbers there are and were understood.
    """

    indicators: TidyTable
    lines: TidyTable
    totals: TidyTable


def to_tables(reports: Iterable[SelfEvaluation], /) -> Tables:
    """The indicators, the funding lines and the totals of reports, as three tidy tables.

    Every figure stands there as it is printed, with its unit and its decimals (``353.21万元``), so
    that none is lost; :func:`score`, :func:`rates` and :func:`check` take the tables as they are,
    and :func:`from_tables` makes reports of them.

    Args:
        reports: the reports. They are numbered from 0 in the column ``report``.

    Raises:
        WrongTypeError: one of them is no report (a ``TypeError``).
    """
    if isinstance(reports, SelfEvaluation) or not isinstance(reports, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise WrongTypeError("wrong-type", _NO_REPORTS.fill(shown(reports)), field="reports")
    several = tuple(reports)
    for report in several:
        require(report, SelfEvaluation, field="reports")
    statements = [
        ({**keys_of(number, report, where), **_read_cells(report)}, statement)
        for number, report in enumerate(several)
        for where, statement in (("narrative", report.narrative), ("form", report.form))
        if where == "form" or statement != _SILENT
    ]

    def table(headers: Sequence[str], rows: Callable[[Statement], Iterator[_Cells]]) -> TidyTable:
        held = [{**keys, **cells} for keys, statement in statements for cells in rows(statement)]
        every = (*KEYS, *headers)
        return TidyTable(columns={h: tuple(row[h] for row in held) for h in every})

    words, numbers = INDICATOR["words"], INDICATOR["numbers"]
    return Tables(
        indicators=table(
            (*words[:3], "operator", "target", *numbers, *words[3:]), _indicator_cells
        ),
        lines=table(("source", "label", *FUNDING), _line_cells),
        totals=table(("kind", *TOTALS, "rating", *READ), _total_cells),
    )


_NO_REPORTS = Text(
    zh="应为几份报告的列表，如 to_tables([report])，不能是 {}",
    en="expected a list of reports, such as to_tables([report]), not {}",
)
_Cells = dict[str, int | str | None]
_SILENT = Statement()


def keys_of(number: int, report: SelfEvaluation, where: str) -> dict[str, int | str | None]:
    """The cells that say of which statement of which report a row is, and of what kind it is.

    Args:
        number: the number of the report.
        report: the report.
        where: ``"narrative"`` or ``"form"``.
    """
    department = report.department
    return {
        "report": number,
        "department": _words(department.name),
        "year": _printed(department.year),
        "statement": where,
        "kind": report.kind.value,
    }


def _read_cells(report: SelfEvaluation) -> _Cells:
    reading = report.reading
    if reading is None:
        return dict.fromkeys(READ)
    document, layout, *counts = READ
    return {
        document: reading.source,
        layout: reading.layout,
        **{name: str(getattr(reading, name)) for name in counts},
    }


def _indicator_cells(statement: Statement) -> Iterator[_Cells]:
    for indicator in statement.indicators:
        words = {f: _words(getattr(indicator, f)) for f in INDICATOR["words"]}
        numbers = {f: _printed(getattr(indicator, f)) for f in INDICATOR["numbers"]}
        operator, target = _target(indicator)
        yield {**words, "operator": operator, "target": target, **numbers}


def _target(indicator: Indicator) -> tuple[str | None, str | None]:
    """The operator and the target, where the text of the target does not say both."""
    target = indicator.target
    printed = target.text if isinstance(target.text, str) else _printed(target.value)
    read = Target() if printed is None else read_target(printed)
    same = (read.direction, read.strict) == (target.direction, target.strict)
    if same or isinstance(target.direction, Missing):
        return None, printed
    return SIGNS[target.direction, target.strict], printed


def _line_cells(statement: Statement) -> Iterator[_Cells]:
    funding = statement.funding
    lines: list[tuple[str, str, FundingTotal]] = []
    if funding.total != _NO_TOTAL:
        lines.append((TOTAL_LINE, "", funding.total))
    lines += [(source.kind.value, source.label, source) for source in funding.sources]
    for source, label, line in lines:
        numbers = {field: _printed(getattr(line, field)) for field in FUNDING}
        yield {"source": source, "label": label, **numbers}


_NO_TOTAL = FundingTotal()


def _total_cells(statement: Statement) -> Iterator[_Cells]:
    numbers = {field: _printed(getattr(statement, field)) for field in TOTALS}
    yield {**numbers, "rating": _words(statement.rating)}


def _words(words: str | Missing) -> str | None:
    return words if isinstance(words, str) else _absent(words)


def _printed(stated: Stated) -> str | None:
    """A figure as it is printed, or what stands in its place."""
    if isinstance(stated, Missing):
        return _absent(stated)
    again = read_figure(stated.text)
    # Decimals that it has in common with its column come back with the column.
    if (
        isinstance(again, Figure)
        and again.places <= stated.places
        and (again.value, again.unit) == (stated.value, stated.unit)
    ):
        return stated.text
    for unit in ("万元", "亿元") if stated.unit.dimension == MONEY else ():
        if stated.places < 0:  # 353.21 万元 in 元, which as it stands would print too precisely
            stated = stated.to(unit)
    return f"{stated.value:.{max(stated.places, 0)}f}{stated.unit.symbol}"


def _absent(missing: Missing) -> str | None:
    if missing.reason is MissingReason.NOT_STATED:
        return None
    return "" if missing.is_blank else missing.text or _MARKS.get(missing.reason)


_MARKS = {MissingReason.DASH: "—", MissingReason.NOT_APPLICABLE: "不适用"}

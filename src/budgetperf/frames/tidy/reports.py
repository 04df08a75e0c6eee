"""Reports out of tidy tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from budgetperf.documents.records import Records, Table, records
from budgetperf.exact import BudgetperfError, Missing, MissingReason, Problem, Stated, Text
from budgetperf.exact.checking import problems_of, raise_together
from budgetperf.exact.figure import read_figure
from budgetperf.exact.text import is_float, shown
from budgetperf.frames.cells import Kind, directed, read_number, written
from budgetperf.frames.statuses import RowStatus
from budgetperf.model import (
    NOT_STATED,
    Department,
    EvaluationKind,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    Indicator,
    Reading,
    SelfEvaluation,
    Statement,
    Target,
    with_column_precision,
)
from budgetperf.model.indicators import read_target

from .sources import SourceNames, are_details
from .tables import FUNDING, INDICATOR, KEYS, READ, TOTAL_LINE, TOTALS, Tables, TidyTable

__all__ = [
    "COLUMNS",
    "LEFT_OUT",
    "absent_keys",
    "bad_types",
    "from_tables",
    "keyed_reports",
    "keys_by",
    "not_everywhere",
    "other_columns",
]

_Cells: TypeAlias = "Mapping[str, str | None]"
_Group: TypeAlias = "list[tuple[int, _Cells]]"


def from_tables(
    indicators: Tables | TidyTable | Table,
    lines: TidyTable | Table = (),
    totals: TidyTable | Table = (),
) -> tuple[SelfEvaluation, ...]:
    """The reports whose indicators, funding lines and totals stand in tables.

    The columns are those of :func:`to_tables`; those that are not there are not stated. Rows of one
    report agree in ``report``, or where that is not there in ``department`` and ``year``; rows
    without ``statement`` are of the form. Figures are then as precise as their columns in the
    report, as those of a report that was read are.

    Args:
        indicators: the indicators; or all three tables in one.
        lines: the funding lines. A line whose ``source`` is ``total`` or 合计 is the total.
        totals: the total scores and ratings.

    Raises:
        BudgetperfError: a table is none, has columns of other names, or holds floats; a row has no
            report, or a source, a kind or a statement that is none. What is wrong is told at once,
            as a ``ProblemsError``.
    """
    problems = list[Problem]()
    reports = [each for _, each in keyed_reports(indicators, lines, totals, problems)]
    raise_together("bad-table", problems)
    return tuple(reports)


def keyed_reports(
    indicators: Tables | TidyTable | Table,
    lines: TidyTable | Table,
    totals: TidyTable | Table,
    problems: list[Problem],
) -> Iterator[tuple[Mapping[str, object], SelfEvaluation]]:
    """Each report, after the cells that its rows agree in.

    Args:
        indicators: the indicators; or all three tables in one.
        lines: the funding lines.
        totals: the total scores and ratings.
        problems: what is wrong with the cells of a report is put here before it is given.

    Raises:
        BudgetperfError: a table is none, has columns of other names, or holds floats; a row has no
            report.
    """
    if isinstance(indicators, Tables):
        lines, totals, indicators = indicators.lines, indicators.totals, indicators.indicators
    wrong, numbers = list[Problem](), dict[str | None, object]()
    read = [
        _grouped(table, name, wrong, numbers)
        for table, name in ((indicators, "indicators"), (lines, "lines"), (totals, "totals"))
    ]
    if len({len(key) for groups in read for key in groups}) > 1:
        wrong.append(not_everywhere())
    raise_together("bad-table", wrong)
    for key in dict.fromkeys(key for groups in read for key in groups):
        of_indicators, of_lines, of_totals = (groups.get(key, []) for groups in read)
        report = _report(of_indicators, of_lines, of_totals, problems)
        by = keys_by(len(key) == 1)
        held = {h: numbers[c] if h == KEYS[0] else c for h, c in zip(by, key, strict=True)}
        yield held, with_column_precision(report)


def keys_by(is_numbered: bool) -> tuple[str, ...]:
    """The columns in which the rows of a report agree: its number, or department and year."""
    return KEYS[:1] if is_numbered else KEYS[1:3]


LEFT_OUT = "left-out"
"""The code of rows that are no source of money, without which a report can be checked."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "indicators": (*KEYS, *INDICATOR["words"], "operator", "target", *INDICATOR["numbers"]),
    "lines": (*KEYS, "source", "label", *FUNDING),
    "totals": (*KEYS, "kind", *TOTALS, "rating", *READ),
}
"""The columns that each of the tables may have."""


def _grouped(
    table: TidyTable | Table,
    name: str,
    problems: list[Problem],
    numbers: dict[str | None, object],
) -> dict[tuple[str | None, ...], _Group]:
    """The rows of each report, with their numbers; the cells ``report`` as they are are kept."""
    held = records(table)
    problems += other_columns(name, held.headers)
    by = keys_by(KEYS[0] in held.headers)
    groups = dict[tuple[str | None, ...], _Group]()
    at = held.headers.index(KEYS[0]) if KEYS[0] in held.headers else None
    for number, cells in enumerate(_cells(held, name, problems)):
        key = tuple(cells.get(header) for header in by)
        if at is not None:
            numbers.setdefault(key[0], held.rows[number][at])
        if not any(key):
            problems.append(_problem(name, number, by[0], _NO_REPORT))
        groups.setdefault(key, []).append((number, cells))
    return groups


def other_columns(name: str, headers: Iterable[str]) -> list[Problem]:
    """The columns that one of the tables has and does not know."""
    return [_problem(name, None, h, _OTHER) for h in headers if h not in COLUMNS[name]]


def not_everywhere() -> Problem:
    """That the reports are numbered in some of the tables, and in some not."""
    return _problem("totals", None, KEYS[0], _NOT_EVERYWHERE)


def absent_keys(name: str, keys: Iterable[str]) -> list[Problem]:
    """The columns that say which report a row belongs to, and are not there."""
    return [_problem(name, None, key, _NO_KEY) for key in keys]


def bad_types(name: str, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """The columns of one of the tables that hold neither text nor exact numbers."""
    for header, kind in kinds.items():
        if kind in (Kind.FLOAT, Kind.OTHER):
            message = _FLOATS if kind is Kind.FLOAT else _NO_NUMBERS
            yield _problem(name, None, header, message)


def _cells(held: Records, name: str, problems: list[Problem]) -> Iterator[_Cells]:
    for number, row in enumerate(held.rows):
        cells = dict[str, str | None]()
        for header, value in zip(held.headers, row, strict=True):
            if is_float(value) and value == value:  # noqa: PLR0124 - NaN stands for nothing
                problems.append(_problem(name, number, header, _FLOAT.fill(shown(value))))
            elif value is None or is_float(value):
                cells[header] = None
            else:
                cells[header] = written(value, field=header)
        yield cells


def _report(
    indicators: _Group, lines: _Group, totals: _Group, problems: list[Problem]
) -> SelfEvaluation:
    cells = [row for group in (indicators, lines, totals) for _, row in group]
    statements = {"narrative": Statement(), "form": Statement()}
    for where in statements:
        table, funds, total_rows = (
            [(number, row) for number, row in group if _where(row) == where]
            for group in (indicators, lines, totals)
        )
        statements[where] = _statement(table, funds, total_rows, problems)
    for name, group in (("indicators", indicators), ("lines", lines), ("totals", totals)):
        for number, row in group:
            if _where(row) not in statements:
                problems.append(_problem(name, number, "statement", _NO_STATEMENT))
    kind = next((row["kind"] for row in cells if row.get("kind")), None)
    return SelfEvaluation(
        kind=EvaluationKind.DEPARTMENT if kind is None else _kind(kind, problems),
        department=Department(
            name=_words(_first(cells, "department")), year=_number(_first(cells, "year"))
        ),
        narrative=statements["narrative"],
        form=statements["form"],
        reading=_reading(totals, problems),
    )


def _reading(totals: _Group, problems: list[Problem]) -> Reading | None:
    """How far the report was read, where its rows say so: rows behind those may be missing."""
    document, layout, *counts = READ
    for number, row in totals:
        held = {name: row.get(name) or "" for name in READ}
        if not any(held.values()):
            continue
        wrong = [name for name in counts if not _COUNT.fullmatch(held[name])]
        problems += (_problem("totals", number, n, _NO_COUNT.fill(shown(held[n]))) for n in wrong)
        if wrong:
            return None
        numbers, accounted = (int(held[name]) for name in counts)
        return Reading(
            source=held[document],
            layout=held[layout],
            encoding="",
            numbers=numbers,
            accounted=accounted,
        )
    return None


_COUNT = re.compile("[0-9]{1,9}")


def _where(row: _Cells) -> str:
    return row.get("statement") or "form"


def _first(cells: Sequence[_Cells], field: str) -> str | None:
    return next((row[field] for row in cells if row.get(field) is not None), None)


def _kind(code: str, problems: list[Problem]) -> EvaluationKind:
    for kind in EvaluationKind:
        if code in (kind.value, kind.label.zh):
            return kind
    codes = ", ".join(kind.value for kind in EvaluationKind)
    problems.append(_problem("totals", None, "kind", _NO_MEMBER.fill(shown(code), codes)))
    return EvaluationKind.DEPARTMENT


def _statement(
    indicators: _Group, lines: _Group, totals: _Group, problems: list[Problem]
) -> Statement:
    total, totals_read = FundingTotal(), 0
    sources, named = dict[int, FundingSource](), dict[int, FundingSource]()
    names = SourceNames()
    for number, row in lines:
        figures = {field: _number(row.get(field)) for field in FUNDING}
        source = row.get("source")
        role = names.role(source)
        try:
            if role == TOTAL_LINE:
                another = FundingTotal(**figures)
                if totals_read and another != total:
                    problems.append(_problem("lines", number, "source", _TWO_TOTALS))
                total, totals_read = another, totals_read + 1
            elif isinstance(role, FundingKind):
                is_code = source in (None, role.value, role.label.zh)
                label = row.get("label") or ("" if is_code else source) or ""
                is_named = role is FundingKind.UNLISTED and not is_code
                table = named if is_named else sources
                table[number] = FundingSource(kind=role, label=label, **figures)
            else:
                problems.append(_problem("lines", number, "source", _NO_SOURCE, code=LEFT_OUT))
        except BudgetperfError as error:
            problems += _located(error, "lines", number)
    if are_details(total, [*sources.values()], [*named.values()]):
        problems += (_problem("lines", n, "source", _NO_SOURCE, code=LEFT_OUT) for n in named)
    else:
        sources |= named
    indicator_rows = [
        built for number, row in indicators for built in _indicator(number, row, problems)
    ]
    cells: _Cells = totals[0][1] if totals else {}
    return Statement(
        funding=Funding(total=total, sources=[sources[number] for number in sorted(sources)]),
        indicators=indicator_rows,
        total_weight=_number(cells.get("total_weight")),
        total_score=_number(cells.get("total_score")),
        reviewed_score=_number(cells.get("reviewed_score")),
        rating=_words(cells.get("rating")),
    )


def _indicator(number: int, row: _Cells, problems: list[Problem]) -> Iterator[Indicator]:
    words = {field: _words(row.get(field)) for field in INDICATOR["words"]}
    figures = {field: _number(row.get(field)) for field in INDICATOR["numbers"]}
    for field in ("midyear", "actual", "last_year", "weight"):
        text = row.get(field)
        if text:
            kind = "weight" if field == "weight" else "actual"
            figures[field] = read_number(kind, text)
    text = row.get("target")
    printed = Target() if text is None else read_target(text)
    target = directed(printed, row.get("operator") or "")
    if isinstance(target, RowStatus):
        message = _NO_SIGN if target is RowStatus.UNREADABLE else _OTHER_SIGN.fill(text)
        problems.append(_problem("indicators", number, "operator", message))
        return
    try:
        yield Indicator(target=target, **words, **figures)  # type: ignore[arg-type]
    except BudgetperfError as error:
        problems += _located(error, "indicators", number)


def _words(text: str | None) -> str | Missing:
    if text is None:
        return NOT_STATED
    return text if text.strip() else Missing(reason=MissingReason.BLANK)


def _number(text: str | None) -> Stated:
    """What a cell says, as in a document."""
    return NOT_STATED if text is None else read_figure(text)


def _located(error: BudgetperfError, name: str, number: int) -> Iterator[Problem]:
    for problem in problems_of(error):
        field = problem.where.removeprefix("$").removeprefix(".").partition(".")[0]
        yield _problem(name, number, field, problem.message, code=problem.code)


def _problem(
    table: str, number: int | None, header: str, message: Text, code: str = "bad-cell"
) -> Problem:
    row = "" if number is None else f"[{number}]"
    return Problem(code=code, where=f"$.{table}{row}.{header}", message=message)


_OTHER = Text(
    zh="不认识这一列：请按 to_tables 的列名改名，或去掉",
    en="this column is not known: name it as to_tables does, or drop it",
)
_NOT_EVERYWHERE = Text(
    zh="有的表有 report 这一列，有的没有：请都写上，或都去掉",
    en="some of the tables have the column report, and some have not: give it in all, or in none",
)
_NO_KEY = Text(
    zh="没有这一列：不知各行属于哪份报告",
    en="this column is not there: rows do not say which report they belong to",
)
_FLOATS = Text(
    zh="这一列是浮点数：请改为文字或小数（Decimal）",
    en="this column holds floats: make it text or decimals",
)
_NO_NUMBERS = Text(
    zh="这一列既不是数也不是文字：请改为文字、整数或小数（Decimal）",
    en="this column holds neither numbers nor text: make it text, integers or decimals",
)
_NO_REPORT = Text(
    zh="这一行没有写明属于哪份报告", en="this row does not say which report it belongs to"
)
_FLOAT = Text(
    zh="{} 是浮点数：请改为文字或小数（Decimal）", en="{} is a float: make it text or a Decimal"
)
_NO_STATEMENT = Text(zh="须为 narrative 或 form", en="write narrative or form")
_NO_COUNT = Text(
    zh="{} 不是个数：请写文中有几个数字、读取了几个；报告不是从文件读取的，document、layout、"
    "numbers、accounted 都留空",
    en="{} is no count: write how many numbers the document has and how many were understood; of a "
    "report that was not read leave document, layout, numbers and accounted blank",
)
_NO_MEMBER = Text(zh="{} 不是报告的种类：可写 {}", en="{} is no kind of report: write one of {}")
_NO_SOURCE = Text(
    zh="这一行是支出或某一来源的明细，不是资金来源：请去掉，或写明它是哪一种来源",
    en="this row is expenditure or part of a source, and no source: drop it, or name the source",
)
_TWO_TOTALS = Text(
    zh="这份报告已有一行合计，金额不同：请去掉其一，或写明是哪一种来源",
    en="this report has another total with other amounts: drop one of the two, or name the source",
)
_NO_SIGN = Text(zh="须为 ≥、≤、=、>、< 或 定性", en="write ≥, ≤, =, >, < or 定性")
_OTHER_SIGN = Text(
    zh="与指标值 {} 中的符号不一致：请改正其一",
    en="it is not the sign in the target {}: correct one of the two",
)

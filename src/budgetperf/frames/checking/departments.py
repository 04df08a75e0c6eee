"""What departments state as a whole, checked against their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast, overload

import attrs

from budgetperf.auditing.engine import findings_by
from budgetperf.documents.records import Table, records
from budgetperf.exact import BudgetperfError, Problem, Text
from budgetperf.exact.checking import raise_together
from budgetperf.exact.text import MissingExtraError, WrongTypeError
from budgetperf.frames.arguments import require_columns
from budgetperf.frames.cells import kind_of
from budgetperf.frames.engine import DType, Frame, Lazy, Narwhals, narwhals
from budgetperf.frames.given import given_once
from budgetperf.frames.later.groups import Rows, grouped
from budgetperf.frames.parts import HELPERS
from budgetperf.frames.statuses import RowStatus
from budgetperf.frames.tidy.reports import (
    COLUMNS,
    LEFT_OUT,
    absent_keys,
    bad_types,
    keyed_reports,
    keys_by,
    not_everywhere,
    other_columns,
)
from budgetperf.frames.tidy.tables import KEYS, Tables, TidyTable, keys_of
from budgetperf.model import SelfEvaluation
from budgetperf.relations.finding import FOR_REVIEW, Finding, Verdict
from budgetperf.rules import RuleSet
from budgetperf.scoring.scorecards import ruleset

from .naming import Named, misnamed, named_columns, rows_by_field
from .rows import NOT_STATED, Said, reason_name, verdict_name

__all__ = ["DEPARTMENT_CHECKS", "check_departments"]

DEPARTMENT_CHECKS: Mapping[str, tuple[str, ...]] = {
    "weights": ("W01", "W15"),
    "levels": ("W02", "W02.layout"),
    "total": ("W08.text", "W08.form"),
    "rating": ("W09",),
    "funding": ("F01",),
    "execution_rate": ("F05", "F05.received", "F05.use"),
    "execution_score": ("F06",),
}
"""What is checked of a department, and the relations that say how."""


@overload
def check_departments(
    indicators: Tables | TidyTable | str | Path | Iterable[Mapping[str, object]],
    lines: TidyTable | Table = ...,
    totals: TidyTable | Table = ...,
    *,
    rules: RuleSet | str | None = ...,
    columns: Mapping[str, str] = ...,
) -> TidyTable: ...
@overload
def check_departments(
    indicators: _T,
    lines: TidyTable | Table | _T = ...,
    totals: TidyTable | Table | _T = ...,
    *,
    rules: RuleSet | str | None = ...,
    columns: Mapping[str, str] = ...,
) -> _T: ...
def check_departments(
    indicators: Tables | TidyTable | Table | _T,
    lines: TidyTable | Table | _T = (),
    totals: TidyTable | Table | _T = (),
    *,
    rules: RuleSet | str | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
) -> TidyTable | _T:
    """A table with a row for each department, and verdicts on what it states as a whole.

    Checked are, as far as they are stated: ``weights``, which add up to 100 or to their stated
    total; ``levels``, the weights and scores in the headings; ``total``, the total score, against
    the scores; ``rating``, against the total by the bands of the rule-set; ``funding``, the totals
    of the amounts, against the sources; ``execution_rate`` of every line; ``execution_score`` by
    the rule-set. Verdicts and reasons are those of :func:`budgetperf.audit` on the report; of
    several figures the one that most needs a look. A report with a cell that cannot be, such as a
    sign that is none, is ``unchecked`` as ``unreadable``; :func:`from_tables` says which cell it
    is. A source of another name than those known is one of its own; rows of expenditure, and those
    that divide a source, are none. What rows state, :func:`check` checks.

    Args:
        indicators: the indicators, as :func:`from_tables` takes them; or all three tables in one;
            or a table of any engine, as for :func:`budgetperf.frames.score`, be it worked out later
            or not.
        lines: the funding lines.
        totals: the total scores and ratings. Where the indicators are worked out later, so are
            these, by the same engine.
        rules: a rule-set, or the id of one that is shipped.
        columns: the field by the header, where the header does not tell. The headers of forms, such
            as 部门, 分值, 全年执行数(万元), are known; a table that has some may have others, too,
            which are left out.

    Returns:
        For each report ``report``, where the tables have that column, ``department``, ``year``, and
        for each check the columns ``…_verdict``, the code of a :class:`budgetperf.Verdict`, and
        ``…_reason``. Of a table of an engine it is one of the same kind, which is worked out later
        if that is; otherwise a :class:`TidyTable`.

    Raises:
        BudgetperfError: a table is none, has columns of other names, or holds floats; a row has no
            report; there is no such rule-set.
    """
    require_columns(columns)
    chosen = None if rules is None else ruleset(rules)
    frame = _frame(indicators)
    if frame is not None and not hasattr(frame, "get_column"):
        return cast("_T", _later(narwhals(), frame, lines, totals, chosen, columns))
    tables = cast("tuple[Table, Table, Table]", (indicators, lines, totals))
    if not isinstance(indicators, Tables):
        tables = _named(tables, columns)
    verdict_columns = _checked(*tables, rules=chosen)
    if frame is None:
        return TidyTable(columns=verdict_columns)
    nw = narwhals()
    types = dict(frame.collect_schema().items())
    numbered = next((h for h, f in columns.items() if f == _REPORT and h in types), _REPORT)
    data = {name: list(cells) for name, cells in verdict_columns.items()}
    schema = dict.fromkeys(data, nw.String)
    if _REPORT in data:
        schema[_REPORT] = types[numbered]
    return cast("_T", nw.from_dict(data, schema, backend=frame.implementation).to_native())


_T = TypeVar("_T")
_REPORT = KEYS[0]
_OWN = (Tables, TidyTable, str, Path, list, tuple)


def _named(
    tables: tuple[Table, Table, Table], columns: Mapping[str, str]
) -> tuple[Table, Table, Table]:
    """The tables by field.

    Raises:
        ProblemsError: what is wrong with their headers.
    """
    problems = list[Problem]()
    read = dict(zip(COLUMNS, map(records, tables), strict=True))
    problems += misnamed(columns, {name: held.headers for name, held in read.items()})
    indicators, lines, totals = (
        rows_by_field(name, held, columns, problems) for name, held in read.items()
    )
    raise_together("bad-table", problems)
    return indicators, lines, totals


def _frame(table: object) -> Frame | None:
    """A table of an engine; ``None`` if it is one of another kind."""
    if isinstance(table, _OWN):
        return None
    try:
        return given_once(narwhals(), table)
    except (MissingExtraError, WrongTypeError):
        return None


def _checked(
    indicators: Tables | TidyTable | Table,
    lines: TidyTable | Table,
    totals: TidyTable | Table,
    *,
    rules: RuleSet | None,
) -> dict[str, tuple[int | str | None, ...]]:
    """What is said of every report, by column."""
    problems = list[Problem]()
    rows = list[dict[str, int | str | None]]()
    for number, (key, report) in enumerate(keyed_reports(indicators, lines, totals, problems)):
        own = keys_of(number, report, "form")
        held = {_REPORT: cast("int | str | None", key[_REPORT])} if _REPORT in key else {}
        held |= {header: own[header] for header in _DEPARTMENT}
        is_bad = any(problem.code != LEFT_OUT for problem in problems)
        checked = dict.fromkeys(DEPARTMENT_CHECKS, _BAD) if is_bad else _verdicts(report, rules)
        problems.clear()
        for name, (verdict, reason) in checked.items():
            held |= {verdict_name(name): verdict.value, reason_name(name): reason}
        rows.append(held)
    headers = rows[0] if rows else dict.fromkeys((_REPORT, *_DEPARTMENT, *_SAID))
    return {header: tuple(row[header] for row in rows) for header in headers}


_DEPARTMENT = KEYS[1:3]
_BAD: Said = Verdict.UNCHECKED, RowStatus.UNREADABLE.value
_SAID = [name for check in DEPARTMENT_CHECKS for name in (verdict_name(check), reason_name(check))]


def _later(
    nw: Narwhals,
    indicators: Frame,
    lines: object,
    totals: object,
    rules: RuleSet | None,
    columns: Mapping[str, str],
) -> object:
    """The same of tables that are worked out later."""
    frames = {"indicators": indicators}
    for name, table in (("lines", lines), ("totals", totals)):
        if not _is_left_out(table):
            frames[name] = _alike(name, table, indicators)
    types = {name: dict(frame.collect_schema().items()) for name, frame in frames.items()}
    problems = [*misnamed(columns, types)]
    names = {name: named_columns(name, held, columns, problems) for name, held in types.items()}
    schemas = {
        name: {by.field: types[name][header] for header, by in held.items()}
        for name, held in names.items()
    }
    keys = _keys(schemas, problems)
    for name, held in names.items():
        by_field = (nw.col(header).alias(by.field) for header, by in held.items())
        frames[name] = cast("Lazy", frames[name]).select(*by_field)
    headers = dict.fromkeys(header for held in schemas.values() for header in held)
    text = nw.String
    several = [
        cast("Lazy", frame).select(
            nw.lit(name).cast(text).alias(_TABLE),
            *(
                (nw.col(header) if header in schemas[name] else nw.lit(None))
                .cast(text)
                .alias(header)
                for header in headers
            ),
        )
        for name, frame in frames.items()
    ]
    task = _Department(
        named={name: tuple(held.values()) for name, held in names.items()}, rules=rules
    )
    headers_of_verdicts = [*(header for header in _DEPARTMENT if header not in keys), *_SAID]
    native = grouped(nw.concat(several, how="vertical"), keys, headers_of_verdicts, task.verdicts)
    if keys != (_REPORT,):
        return native
    as_text = cast("Lazy", nw.from_native(native))
    number = nw.col(_REPORT).cast(schemas["indicators"][_REPORT]).alias(_REPORT)
    return as_text.select(number, *_DEPARTMENT, *_SAID).to_native()


_TABLE = f"{HELPERS}table"


def _is_left_out(table: object) -> bool:
    return isinstance(table, tuple) and not cast("tuple[object, ...]", table)


def _alike(name: str, table: object, indicators: Frame) -> Frame:
    frame = _frame(table)
    is_alike = (
        frame is not None
        and not hasattr(frame, "get_column")
        and frame.implementation == indicators.implementation
    )
    if frame is None or not is_alike:
        message = Text(
            zh="三张表须同为此引擎的惰性表",
            en="all tables are to be worked out later by the engine of the indicators",
        )
        raise BudgetperfError("other-engine", message, field=name)
    return frame


def _keys(schemas: Mapping[str, Mapping[str, DType]], problems: list[Problem]) -> tuple[str, ...]:
    """The columns in which the rows of a report agree.

    Args:
        schemas: the types of the columns by field.
        problems: what is wrong with the headers.

    Raises:
        ProblemsError: what is wrong with the columns.
    """
    for name, types in schemas.items():
        problems += other_columns(name, types)
        problems += bad_types(name, {header: kind_of(dtype) for header, dtype in types.items()})
    numbered = {_REPORT in types for types in schemas.values()}
    if len(numbered) > 1:
        problems.append(not_everywhere())
    every = keys_by(numbered == {True})
    keys = tuple(key for key in every if all(key in types for types in schemas.values()))
    is_told = any(problem.where.endswith(f".{_DEPARTMENT[0]}") for problem in problems)
    if not keys and len(numbered) == 1 and not is_told:
        problems += absent_keys("indicators", every)
    raise_together("bad-table", problems)
    return keys


@attrs.frozen(kw_only=True)
class _Department:
    """What is said of the rows of a department, whichever of the tables they stand in."""

    named: Mapping[str, tuple[Named, ...]]
    rules: RuleSet | None

    def verdicts(self, rows: Rows) -> Mapping[str, str | None]:
        """What is said of them, by header."""
        tables = {
            name: [
                {by.field: by.cell(row[by.field]) for by in held}
                for row in rows
                if row[_TABLE] == name
            ]
            for name, held in self.named.items()
        }
        every = tables["indicators"], tables.get("lines", ()), tables.get("totals", ())
        try:
            verdict_columns = _checked(*every, rules=self.rules)
        except BudgetperfError:  # rows that say of no report that they are its own
            codes = {verdict_name(name): _BAD[0].value for name in DEPARTMENT_CHECKS}
            reasons = {reason_name(name): _BAD[1] for name in DEPARTMENT_CHECKS}
            return dict.fromkeys(_DEPARTMENT) | codes | reasons
        return {header: cast("str | None", cells[0]) for header, cells in verdict_columns.items()}


def _verdicts(report: SelfEvaluation, rules: RuleSet | None) -> dict[str, Said]:
    ids = [id for several in DEPARTMENT_CHECKS.values() for id in several]
    findings = findings_by(ids, report, rules)
    return {
        name: _worst(finding for id in several for finding in findings[id])
        for name, several in DEPARTMENT_CHECKS.items()
    }


def _worst(findings: Iterable[Finding]) -> Said:
    """What most needs a look; what is not stated comes last."""
    return min(((f.verdict, f.reason) for f in findings), key=_rank, default=NOT_STATED)


def _rank(verdict_and_reason: Said) -> int:
    verdict, reason = verdict_and_reason
    if verdict is Verdict.UNCHECKED:
        return 1 if reason == FOR_REVIEW else len(_ORDER) + (reason == NOT_STATED[1])
    return _ORDER.index(verdict)


_ORDER = (
    Verdict.INCONSISTENT,
    Verdict.UNCHECKED,  # what a reviewer would ask
    Verdict.TRUNCATED,
    Verdict.UNDEFINED,
    Verdict.ROUNDING,
    Verdict.EXACT,
)

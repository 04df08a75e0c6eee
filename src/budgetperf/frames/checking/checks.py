"""What the rows of a whole table of indicators state, checked against what they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Self, TypeVar, cast

import attrs

from budgetperf.exact import LIST, Problem, Text
from budgetperf.exact.checking import raise_together
from budgetperf.frames.arguments import headers_of, require_columns, require_places
from budgetperf.frames.cells import Kind, direction_of, is_nan
from budgetperf.frames.columns import (
    INDICATORS,
    NUMBERS,
    Column,
    Columns,
    cell_text,
    columns_of,
    problem_of,
)
from budgetperf.frames.engine import Eager, Narwhals, Series, narwhals
from budgetperf.frames.given import Given, given
from budgetperf.frames.later.work import worked_later
from budgetperf.relations.finding import Verdict
from budgetperf.rules import RuleSet
from budgetperf.scoring.scorecards import ruleset

from .exact import ALONE, BLANK, EXACT, LAWLESS, states
from .rows import (
    NO_RULES,
    NOT_STATED,
    ROW_CHECKS,
    Said,
    plain_row,
    reason_name,
    verdict_name,
    verdicts,
)

__all__ = ["check"]

_T = TypeVar("_T")


def check(
    frame: _T,
    /,
    *,
    rules: RuleSet | str | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    places: Mapping[str, int] = MappingProxyType({}),
    direction: str | None = None,
    by: str | Sequence[str] = (),
) -> _T:
    """A table of indicators with a verdict on what every row states, as an audit gives it.

    Checked are the columns 完成率, 偏差率 and 得分, as far as they are there: the first two against
    what target and actual value give, the score against what the weight and the rule-set give.
    There is no tolerance: all true values behind the print decide, as in :func:`budgetperf.audit`.

    For each of them two columns are put beside the others, such as ``score_verdict``, the code of a
    :class:`budgetperf.Verdict` (``exact``, ``rounding``, ``truncated``, ``inconsistent``,
    ``undefined``, ``unchecked``), and ``score_reason``, which says why a row is ``unchecked`` or
    ``undefined``: ``not-stated``, ``unreadable``, ``direction-mismatch`` (the target has another
    sign than its column of directions), ``no-ruleset``, ``rule-silent``, ``review`` (a reviewer
    would ask) and the others of a finding; it is null otherwise. Rows are neither lost nor
    reordered.

    Args:
        frame: a table, as for :func:`budgetperf.frames.score`; the same kind comes back.
        rules: a rule-set, or the id of one that is shipped, by which scores are checked, and
            deviations where it says what one is. Without one a deviation may be by any definition,
            and scores are ``unchecked``, except where the row prints its rule.
        columns: the field by the header, where the header does not tell.
        places: by header, how many decimals a column is printed with, of integers and floats.
        direction: the direction of all targets that say none, such as ``"≥"``.
        by: the headers by which rows belong together, such as ``["部门", "年度"]``. Rows of one
            report are then as precise as their columns in it, and share one definition of
            deviations. By default each row stands alone.

    Raises:
        MissingExtraError: the extra ``frames`` is not installed.
        BudgetperfError: there is no such rule-set; nothing that is stated can be checked; columns
            are missing, stand twice, or hold what cannot be used. What is wrong with columns is
            told at once, as a ``ProblemsError``.
        WrongTypeError: it is no table that narwhals knows (a ``TypeError``).
    """
    require_columns(columns)
    require_places(places)
    together = headers_of(by)
    chosen = None if rules is None else ruleset(rules)
    stated = direction_of(direction)
    nw = narwhals()
    table = given(nw, frame)
    held = table.frame
    known = _columns(
        table,
        columns,
        places,
        together=together,
        asks_direction=stated is None,
    )
    keys = table.keys(together)
    task = _Task(nw=nw, rules=chosen, columns=table.named(known), direction=stated, together=keys)
    if hasattr(held, "get_column"):
        return cast("_T", task.of_table(cast("Eager", held)).to_native())
    return cast("_T", table.back(worked_later(nw, held, task, keys)))


def _units(by_field: Mapping[str, Column]) -> Iterator[Problem]:
    yield from INDICATORS.units(by_field)
    for field in ("completion_rate", "deviation"):
        column = by_field.get(field)
        if column is not None and column.kind is not Kind.TEXT and column.unit not in ("%", "‰"):
            yield problem_of("no-per-cent", column.name, _PER_CENT.fill(column.name))


_PER_CENT = Text(
    zh="不知这一列的 1 是 1% 还是 100%：请把表头写成“{}(%)”",
    en="1 may be 1% or 100% in this column: write {}(%) as its header",
)

_STATING = attrs.evolve(INDICATORS, numbers=(*NUMBERS, *ROW_CHECKS), units=_units)
"""The fields of an indicator, with what it states of itself."""


def _columns(
    table: Given,
    columns: Mapping[str, str],
    places: Mapping[str, int],
    *,
    together: Sequence[str],
    asks_direction: bool,
) -> Columns:
    headers = table.types
    there = {columns.get(header) or _STATING.of(header) for header in headers}
    stated = [field for field in ROW_CHECKS if field in there]
    problems = [*table.problems]
    absent = [name for name in together if name not in headers]
    if absent:
        message = _NO_GROUP.fill(LIST.join(absent), LIST.join(headers))
        problems.append(Problem(code="unknown-column", where="$.by", message=message))
    if not stated:
        problems.append(Problem(code="no-column", where="$.frame", message=_NOTHING))
        raise_together("bad-table", problems)
    needed = ("target", "actual", *(("weight",) if "score" in there else ()))
    asked = attrs.evolve(_STATING, needed=needed, further=(*INDICATORS.further, "weight", *stated))
    return columns_of(
        table.types,
        columns=columns,
        places=places,
        added=[name for field in stated for name in (verdict_name(field), reason_name(field))],
        known=asked,
        asks_direction=asks_direction,
        problems=problems,
    )


_NOTHING = Text(
    zh="没有可核对的列：完成率、偏差率、得分都不在表中；另有名称的请用 columns 注明",
    en="nothing can be checked: 完成率, 偏差率 and 得分 are not there; name them by columns",
)
_NO_GROUP = Text(
    zh="by 提到的列不在表中：{}；表中有 {}",
    en="by names columns that are not there: {}; there are {}",
)


@attrs.frozen(kw_only=True)
class _Task:
    """What is to be checked, whatever table it is."""

    nw: Narwhals
    rules: RuleSet | None
    columns: Columns
    direction: int | None
    together: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """What is stated and checked."""
        return tuple(field for field in ROW_CHECKS if self.columns.get(field))

    @property
    def added(self) -> dict[str, tuple[int, int] | None]:
        """The columns that are put beside those of the table, all of them text."""
        names = [name for f in self.fields for name in (verdict_name(f), reason_name(f))]
        return dict.fromkeys(names)

    def on(self, columns: Columns, together: Sequence[str]) -> Self:
        """The same of a table with other columns."""
        return attrs.evolve(self, columns=columns, together=tuple(together))

    def of_table(self, frame: Eager) -> Eager:
        """A table that is there, with the verdicts."""
        verdicts_by_row = self._of_groups(frame) if self.together else self._of_rows(frame)
        added = list[Series]()
        for field in self.fields:
            codes = [each[field][0].value for each in verdicts_by_row]
            reasons = [each[field][1] for each in verdicts_by_row]
            for name, values in ((verdict_name(field), codes), (reason_name(field), reasons)):
                backend = frame.implementation
                added.append(self.nw.new_series(name, values, self.nw.String, backend=backend))
        return frame.with_columns(*added)

    def _cells(self, frame: Eager) -> list[dict[str, str]]:
        """The cells of the rows by field, as they would be printed."""
        held = self.columns.by_field
        cells = frame.select(*(column.name for column in held.values())).rows()
        return [
            {f: cell_text(c, v) for (f, c), v in zip(held.items(), row, strict=True)}
            for row in cells
        ]

    def _of_rows(self, frame: Eager) -> list[Mapping[str, Said]]:
        """Each row as a report of its own; of those that say the same, one is audited."""
        known = states(self.nw, frame, self.columns, self.fields, self.rules, self.direction)
        several = list(zip(*known.values(), strict=True))
        plain = {
            each: {f: _SAID[state] for f, state in zip(self.fields, each, strict=True)}
            for each in set(several)
            if ALONE not in each
        }
        where = [at for at, each in enumerate(several) if each not in plain]
        audited = iter(self._audited(self._cells(frame[where]))) if where else iter(())
        return [plain[each] if each in plain else next(audited) for each in several]

    def _audited(self, rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, Said]]:
        seen = dict[tuple[str, ...], Mapping[str, Said]]()
        for row in rows:
            key = tuple(plain_row(row, self.rules).values())
            if key not in seen:
                (seen[key],) = verdicts([row], self.fields, self.rules, self.direction)
            yield seen[key]

    def _of_groups(self, frame: Eager) -> list[Mapping[str, Said]]:
        """The rows that belong together as a report."""
        keys = frame.select(*self.together).rows()
        groups = dict[tuple[object, ...], list[int]]()
        for at, key in enumerate(keys):
            held = tuple(None if cell is None or is_nan(cell) else str(cell) for cell in key)
            groups.setdefault(held, []).append(at)
        cells = self._cells(frame)
        verdicts_by_row = [dict[str, Said]() for _ in cells]
        for several in groups.values():
            rows = [cells[at] for at in several]
            for at, own in zip(
                several, verdicts(rows, self.fields, self.rules, self.direction), strict=True
            ):
                verdicts_by_row[at] = own
        return list[Mapping[str, Said]](verdicts_by_row)


_SAID: Mapping[object, Said] = {
    EXACT: (Verdict.EXACT, None),
    BLANK: NOT_STATED,
    LAWLESS: NO_RULES,
}
"""What an audit would say of a row of which an expression knows it."""

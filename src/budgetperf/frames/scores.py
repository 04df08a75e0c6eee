"""The scores of a whole table of indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Self, TypeVar, cast

import attrs

from budgetperf.exact import BudgetperfError, Text
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import RuleSet, ScoreRounding
from budgetperf.scoring.scorecards import ruleset

from .arguments import require_columns, require_places
from .cells import Kind, direction_of
from .columns import INDICATORS, NUMBERS, Columns, cell_text, columns_of
from .curves.plans import plans
from .engine import (
    Eager,
    Expr,
    Lazy,
    Narwhals,
    Series,
    bits_of,
    narwhals,
    together,
    worked_out,
)
from .given import given
from .kernel import CODES, Scored, Width, code_of, fitting, scored
from .later.sql import in_sql, quotient, with_units_later
from .later.work import asks_python, completed, worked_later
from .parts import HELPERS, Parts
from .reading import parts_of_relation, read_table, words_asked
from .results import DIGITS, as_said, require_decimals
from .single import scored_alone
from .statuses import UNSAID, RowStatus

__all__ = [
    "SCORE",
    "STATUS",
    "score",
    "score_steps",
]

SCORE, STATUS = "computed_score", "score_status"
"""The columns that are put beside those of the table."""

_T = TypeVar("_T")


def score(
    frame: _T,
    /,
    *,
    rules: RuleSet | str,
    columns: Mapping[str, str] = MappingProxyType({}),
    places: Mapping[str, int] = MappingProxyType({}),
    direction: str | None = None,
    round_to: int | None = None,
) -> _T:
    """A table of indicators with the score of every row beside it, exact to the last digit.

    The columns are known by their headers, as for :func:`budgetperf.indicators`: 指标值, 实际完成值
    and 分值 are needed. The direction stands before a target in text; where targets are numbers it
    stands in a column 指标性质 or 符号. The name 三级指标, its headings and 评分标准 count where a
    rule-set has rules for these. Other columns stay.

    What is put beside them is ``computed_score``, decimals that are null where no score follows,
    and ``score_status``, the code of a :class:`RowStatus` that says why. Rows are neither lost nor
    reordered, and nothing is guessed: a blank is ``missing``, never 0.

    Args:
        frame: a table of polars (eager or lazy), pandas or pyarrow, a relation of DuckDB, or one of
            PySpark over Spark Connect. The same kind comes back; one that is worked out later
            stays so. For text, and for rows that no expression scores, DuckDB needs pandas and
            pyarrow, and the workers of Spark this library and pyarrow.
        rules: a rule-set, or the id of one that is shipped.
        columns: the field by the header, where the header does not tell: ``{"planned": "target"}``.
            The fields are those of :data:`budgetperf.documents.HEADERS`.
        places: by header, how many decimals a column is printed with: of integers in units of the
            last place, and of floats, which are refused without it. A float that is not the one
            next to a number of so many decimals is ``unreadable``.
        direction: the direction of all targets that say none, such as ``"≥"``.
        round_to: the decimals of the score by a rule-set that does not say how scores are rounded,
            from 0 to 9; half away from zero. Of one that does, leave it out, or say the same.

    Raises:
        MissingExtraError: the extra ``frames`` is not installed.
        BudgetperfError: there is no such rule-set; columns are missing, stand twice, hold floats or
            other things that cannot be used; a cell is neither a number nor text; ``round_to`` is
            missing or is not what the rule-set says. What is wrong with columns is told at once,
            as a ``ProblemsError``.
        WrongTypeError: it is no table that narwhals knows (a ``TypeError``).
    """
    require_columns(columns)
    require_places(places)
    rules = ruleset(rules)
    rounding = _rounding(rules, round_to)
    stated = direction_of(direction)
    nw = narwhals()
    table = given(nw, frame)
    held = table.frame
    is_lazy = not hasattr(held, "get_column")
    known = columns_of(
        table.types,
        columns=columns,
        places=places,
        added=(SCORE, STATUS),
        reads_text=not is_lazy or asks_python(held),
        known=INDICATORS,
        asks_direction=stated is None,
        problems=table.problems,
    )
    columns_there = table.named(known)
    task = _Task(nw=nw, rules=rules, rounding=rounding, columns=columns_there, direction=stated)
    if not is_lazy:
        return cast("_T", task.of_table(cast("Eager", held)).to_native())
    if held.implementation.is_polars() or (task.has_words and asks_python(held)):
        return cast("_T", table.back(worked_later(nw, held, task)))
    return cast("_T", table.back(task.of_relation(cast("Lazy", held))))


def _rounding(rules: RuleSet, round_to: int | None) -> ScoreRounding:
    own = rules.score_rounding
    if round_to is not None:
        require_decimals(round_to, field="round_to")
    if own is not None:
        if round_to is not None and round_to != own.places:
            message = Text(
                zh="规则集 {} 规定得分保留 {} 位小数：请去掉 round_to",
                en="{} rounds scores to {} decimals: leave round_to out",
            ).fill(rules.id, own.places)
            raise BudgetperfError("rounding-fixed", message, field="round_to")
        require_decimals(own.places, field=f"rules.{rules.id}.score_rounding")
        return own
    if round_to is None:
        message = Text(
            zh="规则集 {} 未规定得分如何舍入：请写明小数位数，如 round_to=2（四舍五入）",
            en="{} does not say how scores are rounded: say to how many decimals, such as "
            "round_to=2 (half away from zero)",
        ).fill(rules.id)
        raise BudgetperfError("rounding-unsaid", message, field="round_to")
    return ScoreRounding(places=round_to)


@attrs.frozen(kw_only=True)
class _Task:
    """What is to be computed, whatever table it is."""

    nw: Narwhals
    rules: RuleSet
    rounding: ScoreRounding
    columns: Columns
    direction: int | None

    @property
    def added(self) -> dict[str, tuple[int, int] | None]:
        """The columns that are put beside those of the table."""
        return {SCORE: (DIGITS, self.rounding.places), STATUS: None}

    @property
    def has_words(self) -> bool:
        """Whether there is text that counts, which no expression reads."""
        numbers = (self.columns[field].kind is Kind.TEXT for field in NUMBERS)
        is_measured = (
            self.rules.deviation is DeviationDefinition.POINTS and "unit" in self.columns.by_field
        )
        return any(numbers) or is_measured or bool(words_asked(self.columns, self.rules))

    def on(self, columns: Columns, _: Sequence[str]) -> Self:
        """The same of a table with other columns."""
        return attrs.evolve(self, columns=columns)

    def of_table(self, frame: Eager) -> Eager:
        """A table that is there, with the scores."""
        work, parts = read_table(self.nw, frame, self.columns, self.rules, self.direction)
        nw, stages = together(self.nw, work)
        steps = score_steps(nw, parts, self.rules, self.rounding, bits=bits_of(frame))
        stages = stages.with_columns(*steps.numbers).with_columns(*steps.parts)
        rounded = steps.rounded(nw.col(steps.top) // nw.col(steps.bottom))
        computed = stages.select(rounded.cast(nw.Int64).alias(SCORE), nw.col(STATUS))
        scores, states = self._completed(frame, worked_out(self.nw, computed))
        # A choice for each status costs a pass over the column: only those that occur.
        held = [CODES[int(cast("int", code))] for code in states.unique().to_list()]
        nw, with_scores = together(self.nw, frame.with_columns(scores, states))
        return worked_out(self.nw, with_scores.with_columns(*self._as_said(nw, held)))

    def of_relation(self, frame: Lazy) -> object:
        """A table that is worked out later, with the scores, as its engine holds it."""
        nw, frame = in_sql(self.nw, frame)
        names = frame.collect_schema().names()
        frame, units = with_units_later(frame, (self.columns[field] for field in NUMBERS))
        parts = parts_of_relation(self.columns, self.rules, self.direction, units)
        steps = score_steps(nw, parts, self.rules, self.rounding, bits=bits_of(frame))
        numbers = frame.with_columns(*steps.numbers)
        rounded_down = quotient(nw, steps.top, steps.bottom).alias(SCORE)
        frame = numbers.with_columns(*steps.parts).with_columns(rounded_down)
        if steps.is_to_even:
            frame = frame.with_columns(steps.rounded(nw.col(SCORE)).alias(SCORE))
        with_scores = frame.select(*names, *self._as_said(nw, CODES))
        if steps.unsaid is None:
            return with_scores.to_native()
        return completed(self.nw, with_scores, self, numbers.filter(steps.unsaid))

    def _as_said(self, nw: Narwhals, statuses: Sequence[RowStatus]) -> list[Expr]:
        return as_said(nw, SCORE, STATUS, self.rounding.places, statuses)

    def _completed(self, frame: Eager, scored: Eager) -> tuple[Series, Series]:
        """The same with the rows that no expression scores."""
        scores, states = scored.get_column(SCORE), scored.get_column(STATUS)
        codes = {cast("int", code) for code in states.unique().to_list()}
        alone = {code_of(status) for status in UNSAID}
        if codes.isdisjoint(alone):
            return scores, states
        where = [at for at, code in enumerate(states.to_list()) if code in alone]
        fields = list(self.columns.by_field)
        cells = frame.select(*(self.columns[field].name for field in fields))[where]
        rows = (
            {f: cell_text(self.columns[f], v) for f, v in zip(fields, row, strict=True)}
            for row in cells.rows()
        )
        computed, why = scored_alone(rows, self.rules, self.rounding, self.direction)
        return scores.scatter(where, computed), states.scatter(where, [code_of(s) for s in why])


def score_steps(
    nw: Narwhals, parts: Parts, rules: RuleSet, rounding: ScoreRounding, *, bits: int
) -> Scored:
    """The score and the number of the status, in whole numbers of so many bits or fewer.

    Args:
        nw: narwhals.
        parts: the parts of the rows.
        rules: the rule-set.
        rounding: how a score is rounded.
        bits: the bits of the widest whole numbers that the engine has.
    """
    known = plans(rules, in_rates=parts.in_rates)

    def largest(width: Width) -> int:
        return width.largest(known, rounding)

    width = parts.width
    # No score is above its weight.
    most = (10**DIGITS - 1) * 10**width.weight_places // 10**rounding.places
    width = attrs.evolve(width, weights=min(width.weights, most))
    dtype, held = fitting(nw, width, largest, bits)
    row = parts.row(nw, dtype, held)
    return scored(nw, row, known, rounding, held, dtype, _named)


def _named(what: str) -> str:
    return STATUS if what == "status" else f"{HELPERS}{what}"

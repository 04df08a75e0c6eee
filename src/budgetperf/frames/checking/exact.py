"""Which rows of a table state just what they give, told by expressions over whole numbers.

What is printed is what follows, rounded half away from zero at its own place: of such a row every
audit says that it is exact. All others are for the audit itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.auditing.checks.ruled import AS_PRINTED
from budgetperf.exact import RATIO, Missing, MissingReason
from budgetperf.frames.cells import Kind, Read, fitting_columns
from budgetperf.frames.columns import Column, Columns
from budgetperf.frames.curves.plans import OTHER_DIRECTION
from budgetperf.frames.engine import Eager, Expr, Narwhals, bits_of
from budgetperf.frames.kernel import Width, choose, code_of, equal, fitting
from budgetperf.frames.parts import HELPERS, Part, Parts
from budgetperf.frames.reading import (
    distinct,
    helpers,
    looked_up,
    part_of,
    read_bounds,
    read_table,
    read_texts,
    with_strings,
    with_units,
)
from budgetperf.frames.results import MOST_DECIMALS
from budgetperf.frames.scores import SCORE, STATUS, score_steps
from budgetperf.frames.statuses import RowStatus
from budgetperf.model.indicators import is_subtotal
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import RuleSet, ScoreRounding

from .rows import read_stated

__all__ = ["ALONE", "BLANK", "EXACT", "LAWLESS", "states"]

EXACT, BLANK, LAWLESS, ALONE = range(4)
"""That what is stated is exact, that nothing is, that there is no rule-set to check it by, and that
the audit of the row has to say."""

_LARGEST = 10**15
_WEIGHT = f"{HELPERS}weight_absent"
_NAMED = f"{HELPERS}name_absent"


def states(
    nw: Narwhals,
    frame: Eager,
    columns: Columns,
    fields: Sequence[str],
    rules: RuleSet | None,
    direction: int | None,
) -> dict[str, list[object]]:
    """For each field what is known of every row.

    Args:
        nw: narwhals.
        frame: the table.
        columns: its columns.
        fields: the fields that are asked about.
        rules: the rule-set, if one is chosen.
        direction: the code of the direction of targets that say none.
    """
    if columns.get("weight") is None:
        frame = frame.with_columns(nw.lit(0, nw.Int64).alias(_WEIGHT))
        column = Column(name=_WEIGHT, field="weight", kind=Kind.INTEGER)
        columns = Columns(by_field={**columns.by_field, "weight": column})
    chosen = AS_PRINTED if rules is None else rules
    work, parts = read_table(nw, frame, columns, chosen, direction)
    work, stated = _read_stated(nw, work, columns, fields)
    names = columns.get("name")
    nameless: Expr | None = None
    if names is not None:
        texts = distinct(work, names)
        flags = [int(not text.strip() or is_subtotal(text)) for text in texts]
        work = work.with_columns(looked_up(nw, work, names, texts, flags, _NAMED))
        nameless = equal(nw.col(_NAMED), 1)
    asked = _Asked(nw=nw, work=work, parts=parts, stated=stated, rules=chosen, nameless=nameless)
    states_by_field = {field: asked.of(field) for field in fields}
    rows = (
        work.get_column(columns["target"].name).to_list()
        if None in states_by_field.values()
        else []
    )
    return {
        field: [ALONE for _ in rows] if several is None else several
        for field, several in states_by_field.items()
    }


def _read_stated(
    nw: Narwhals, work: Eager, columns: Columns, fields: Sequence[str]
) -> tuple[Eager, dict[str, Part]]:
    """What is stated, rates in %; without columns whose header has another unit."""
    due = {"completion_rate": "%", "deviation": "%", "score": ""}
    asked = [field for field in fields if columns[field].unit in ("", due[field])]
    held = Columns(by_field={field: columns[field] for field in asked})
    work = with_units(nw, with_strings(nw, work, held), held)
    reads = read_texts(work, columns, asked, _read)
    bounds = read_bounds(nw, work, [columns[f] for f in asked if not reads[f]])
    parts = {f: part_of(columns[f], reads[f], None, bounds, in_base=False) for f in asked}
    added = [e for read in reads.values() if read for e in helpers(nw, work, *read, [])]
    return work.with_columns(*added), parts


def _read(field: str, text: str) -> Read:
    figure = read_stated(field, text)
    if isinstance(figure, Missing):
        is_unreadable = figure.reason is MissingReason.UNREADABLE
        return Read(status=RowStatus.UNREADABLE if is_unreadable else RowStatus.MISSING)
    if field == "score" and figure.unit.symbol not in ("", "分"):
        return Read(status=RowStatus.ROW_BY_ROW)
    in_per_cent = 1 if field == "score" else 100
    step = figure.unit.scale * in_per_cent / Fraction(10) ** figure.places
    return fitting_columns(Read(value=figure.nominal * in_per_cent, step=step))


@attrs.frozen(kw_only=True)
class _Asked:
    """A table with its parts, and what is asked of it."""

    nw: Narwhals
    work: Eager
    parts: Parts
    stated: Mapping[str, Part]
    rules: RuleSet
    nameless: Expr | None

    def of(self, field: str) -> list[object] | None:
        """What is known of every row; ``None`` if nothing is."""
        part = self.stated.get(field)
        if part is None:
            return None
        return self._score(part) if field == "score" else self._rate(field, part)

    def _rate(self, field: str, part: Part) -> list[object] | None:
        nw = self.nw
        if field == "deviation" and self.rules.deviation is DeviationDefinition.RELATIVE_TO_ACTUAL:
            return None
        scale = 100 * int(10**part.places)

        def largest(width: Width) -> int:
            return 4 * width.values * scale + 2 * max(width.values, width.unit) + 1

        dtype, held = fitting(nw, self.parts.width, largest, bits_of(self.work))
        row = self.parts.row(nw, dtype, held)
        target, actual = row.target, row.actual
        base = choose(nw, [(target <= 0, 1)], target)
        top = actual
        if field == "deviation":
            top, base = actual - target, self._deviation_base(base, held)
        size = choose(nw, [(top < 0, top * -1)], top)
        due = (size * (2 * scale) + base) // (base * 2)
        limit = min(_LARGEST, part.bound)
        stated = part.number(nw, dtype, limit, part.places)
        fits = equal(stated, due)
        if field == "deviation":  # a shortfall is printed with its minus sign or without
            fits = ((top >= 0) & fits) | ((top < 0) & (fits | equal(stated, due * -1)))
        reasons = (*row.alone, *row.no_target, *row.no_actual)
        others = [where for _, where in reasons]
        if not isinstance(row.direction, int):
            others.append(row.direction >= OTHER_DIRECTION)
        known = [((target > 0) & (actual >= 0) & fits, EXACT)]
        return self._told(self.work, part, limit, others, known)

    def _deviation_base(self, target: Expr, held: Width) -> Expr:
        """What a deviation is divided by: 100 % of points between rates, or else the target."""
        measured = self.parts.target.dimensions
        relative = self.rules.deviation is DeviationDefinition.RELATIVE_TO_TARGET
        if relative or RATIO not in measured:
            return target
        unit = target * 0 + held.unit
        if measured <= {RATIO}:
            return unit
        code = self.nw.col(self.parts.target.helper("dimension"))
        is_rate = equal(code, self.parts.measured.index(RATIO))
        return choose(self.nw, [(is_rate, unit)], target)

    def _score(self, part: Part) -> list[object] | None:
        nw = self.nw
        rounding = self.rules.score_rounding or ScoreRounding(
            places=min(part.places, MOST_DECIMALS)
        )
        if rounding.places > MOST_DECIMALS:
            return None
        steps = score_steps(nw, self.parts, self.rules, rounding, bits=bits_of(self.work))
        work = self.work.with_columns(*steps.numbers).with_columns(*steps.parts)
        score = steps.rounded(nw.col(steps.top) // nw.col(steps.bottom))
        work = work.with_columns(score.cast(nw.Int64).alias(SCORE))
        places = max(rounding.places, part.places)
        limit = min(_LARGEST, part.bound, 10 ** (18 - places + part.places))
        stated = part.number(nw, nw.Int64, limit, places)
        due, grown = nw.col(SCORE), 10 ** (places - rounding.places)
        fits = (due <= 10**18 // grown) & equal(stated, due * grown)
        status = nw.col(STATUS)
        others = [equal(status, code_of(of)) for of in _APART]
        cases = [(equal(status, code_of(RowStatus.OK)) & fits, EXACT)]
        if self.rules is AS_PRINTED:
            cases.append((equal(status, code_of(RowStatus.RULE_SILENT)), LAWLESS))
        return self._told(work, part, limit, others, cases)

    def _told(
        self,
        work: Eager,
        part: Part,
        limit: int,
        others: Sequence[Expr],
        known: Sequence[tuple[Expr, int]],
    ) -> list[object]:
        """What is known of the rows.

        Args:
            work: the table.
            part: what is stated.
            limit: how large that may be.
            others: where the audit of the row has to say.
            known: where it has not, and what it would say.
        """
        nw = self.nw
        absent = part.absent(nw)
        apart = [*others, *(() if self.nameless is None else (self.nameless,))]
        apart += [where for _, where in (*part.alone(nw), *part.beyond(nw, limit))]
        apart += [where for status, where in absent if status is RowStatus.UNREADABLE]
        blank = [where for status, where in absent if status is RowStatus.MISSING]
        cases = [*((where, ALONE) for where in apart), *((where, BLANK) for where in blank), *known]
        state = choose(nw, cases, nw.lit(ALONE, nw.Int64)).alias(_STATE)
        return work.select(state).get_column(_STATE).to_list()


_APART = (
    RowStatus.ROW_BY_ROW,
    RowStatus.OUT_OF_RANGE,
    RowStatus.UNREADABLE,
    RowStatus.DIRECTION_MISMATCH,
)
_STATE = f"{HELPERS}state"

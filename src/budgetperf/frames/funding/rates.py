"""The rates of a whole table of funding lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Self, TypeAlias, TypeVar, cast

import attrs

from budgetperf import rates as scalar
from budgetperf.exact import (
    Amount,
    BudgetperfError,
    Missing,
    MissingReason,
    Stated,
    Undefined,
    round_to,
)
from budgetperf.frames.arguments import require_columns, require_places
from budgetperf.frames.cells import Kind
from budgetperf.frames.columns import Columns, cell_text, columns_of
from budgetperf.frames.engine import (
    Eager,
    Expr,
    Lazy,
    Narwhals,
    Series,
    bits_of,
    narwhals,
)
from budgetperf.frames.given import Given, given
from budgetperf.frames.kernel import CODES, any_of, choose, code_of, equal
from budgetperf.frames.later.sql import in_sql, quotient, with_units_later
from budgetperf.frames.later.work import asks_python, completed, worked_later
from budgetperf.frames.parts import HELPERS, Part
from budgetperf.frames.results import DIGITS, as_said, require_decimals
from budgetperf.frames.statuses import UNSAID, RowStatus
from budgetperf.rates import Computed

from .lines import (
    AMOUNTS,
    LINES,
    amount_of,
    in_other_units,
    lines_of_relation,
    read_lines,
)

__all__ = ["RATES", "FundingRate", "rates"]

_T = TypeVar("_T")


@attrs.frozen(kw_only=True)
class FundingRate:
    """A rate of a funding line: one amount, or what it is more than the other, over the other.

    Args:
        name: that of the function of :mod:`budgetperf.rates`.
        top: the field of the amount above.
        bottom: that of the amount below.
        less: whether the amount below is taken off the one above.
        function: the function for one line, of the two amounts.
    """

    name: str
    top: str
    bottom: str
    less: bool = False
    function: Callable[[Stated, Stated], Computed]

    @property
    def value_name(self) -> str:
        """The header of the rates, in %."""
        return f"computed_{self.name}_percent"

    @property
    def status_name(self) -> str:
        """The header of their statuses."""
        return f"{self.name}_status"

    def of(self, top: Stated, bottom: Stated) -> Computed:
        """The rate of one line.

        Raises:
            BudgetperfError: one amount has a unit, and the other has none.
        """
        return self.function(top, bottom)


def _adjusted(revised: Stated, initial: Stated) -> Computed:
    if isinstance(revised, Missing):
        return revised
    if isinstance(initial, Missing):
        return initial
    scalar.execution_rate(executed=revised, revised=initial)  # refuses units that differ
    adjustment = Amount(revised.nominal - initial.nominal)
    return scalar.adjustment_rate(adjustment=adjustment, initial=Amount(initial.nominal))


RATES: tuple[FundingRate, ...] = (
    FundingRate(
        name="execution_rate",
        top="executed",
        bottom="revised",
        function=lambda top, bottom: scalar.execution_rate(executed=top, revised=bottom),
    ),
    FundingRate(
        name="adjustment_rate", top="revised", bottom="initial", less=True, function=_adjusted
    ),
    FundingRate(
        name="funds_in_place_rate_on_budget",
        top="received",
        bottom="revised",
        function=lambda top, bottom: scalar.funds_in_place_rate_on_budget(
            in_place=top, budget=bottom
        ),
    ),
    FundingRate(
        name="execution_rate_on_funds_in_place",
        top="executed",
        bottom="received",
        function=lambda top, bottom: scalar.execution_rate_on_funds_in_place(
            spent=top, in_place=bottom
        ),
    ),
)
"""The rates of ``budgetperf.rates`` between the amounts of a funding line."""


def rates(
    frame: _T,
    /,
    *,
    columns: Mapping[str, str] = MappingProxyType({}),
    places: Mapping[str, int] = MappingProxyType({}),
    round_to: int = 2,
) -> _T:
    """A table of funding lines with the rates of every line beside it, exact to the last digit.

    The amounts are known by their headers: 年初预算数, 全年预算数, 到位数, 全年执行数. Each rate of
    which both amounts are there is put beside them: ``computed_execution_rate_percent`` (executed /
    revised), ``computed_adjustment_rate_percent`` ((revised - initial) / initial),
    ``computed_funds_in_place_rate_on_budget_percent`` (received / revised) and
    ``computed_execution_rate_on_funds_in_place_percent`` (executed / received): decimals in %, as
    the functions of ``budgetperf.rates`` give them, null where no rate follows. Beside each
    stands its status, such as ``execution_rate_status``, the code of a :class:`RowStatus`.

    Rows are neither lost nor reordered, and nothing is guessed: a blank is ``missing``, never 0,
    and a rate on a base of 0 is ``undefined``.

    Args:
        frame: a table, as for :func:`budgetperf.frames.score`; the same kind comes back.
        columns: the field by the header, where the header does not tell: ``{"spent": "executed"}``.
            The fields are ``initial``, ``revised``, ``received`` and ``executed``.
        places: by header, how many decimals a column is printed with: of integers in units of the
            last place, and of floats, which are refused without it.
        round_to: the decimals of a rate in %, from 0 to 9; half away from zero.

    Raises:
        MissingExtraError: the extra ``frames`` is not installed.
        BudgetperfError: no rate has both its amounts; columns stand twice, hold floats or other
            things that cannot be used, or have headers with units that do not go together. What is
            wrong with columns is told at once, as a ``ProblemsError``.
        WrongTypeError: it is no table that narwhals knows (a ``TypeError``).
    """
    require_columns(columns)
    require_places(places)
    require_decimals(round_to, field="round_to")
    nw = narwhals()
    table = given(nw, frame)
    held = table.frame
    is_lazy = not hasattr(held, "get_column")
    known, wanted = _columns(table, columns, places, reads_text=not is_lazy or asks_python(held))
    task = _Task(nw=nw, columns=table.named(known), wanted=wanted, places=round_to)
    if not is_lazy:
        return cast("_T", task.of_table(cast("Eager", held)).to_native())
    if held.implementation.is_polars() or (task.has_words and asks_python(held)):
        return cast("_T", table.back(worked_later(nw, held, task)))
    return cast("_T", table.back(task.of_relation(cast("Lazy", held))))


def _columns(
    table: Given, columns: Mapping[str, str], places: Mapping[str, int], *, reads_text: bool
) -> tuple[Columns, tuple[FundingRate, ...]]:
    """The columns of the amounts, and the rates that they are enough for."""
    there = {columns.get(header) or LINES.of(header) for header in table.types}
    wanted = tuple(rate for rate in RATES if {rate.top, rate.bottom} <= there)
    asked = attrs.evolve(LINES, needed=() if wanted else ("executed", "revised"), further=AMOUNTS)
    known = columns_of(
        table.types,
        columns=columns,
        places=places,
        added=[name for rate in wanted for name in (rate.value_name, rate.status_name)],
        reads_text=reads_text,
        known=asked,
        problems=table.problems,
    )
    return known, wanted


@attrs.frozen(kw_only=True)
class _Task:
    """What is to be computed, whatever table it is."""

    nw: Narwhals
    columns: Columns
    wanted: tuple[FundingRate, ...]
    places: int

    @property
    def fields(self) -> tuple[str, ...]:
        """The amounts that are used."""
        used = {field for rate in self.wanted for field in (rate.top, rate.bottom)}
        return tuple(field for field in AMOUNTS if field in used)

    @property
    def added(self) -> dict[str, tuple[int, int] | None]:
        """The columns that are put beside those of the table."""
        added = dict[str, tuple[int, int] | None]()
        for rate in self.wanted:
            added |= {rate.value_name: (DIGITS, self.places), rate.status_name: None}
        return added

    @property
    def has_words(self) -> bool:
        """Whether there is text that counts, which no expression reads."""
        return any(self.columns[field].kind is Kind.TEXT for field in self.fields)

    def on(self, columns: Columns, _: Sequence[str]) -> Self:
        """The same of a table with other columns."""
        return attrs.evolve(self, columns=columns)

    def of_table(self, frame: Eager) -> Eager:
        """A table that is there, with the rates."""
        nw = self.nw
        work, parts = read_lines(nw, frame, self.columns, self.fields)
        *stages, last = self._stages(parts, bits_of(frame))
        for stage in stages:
            work = work.with_columns(*stage)
        computed = work.select(*last)
        for rate in self.wanted:
            values, states = self._completed(rate, frame, computed)
            held = [CODES[int(cast("int", code))] for code in states.unique().to_list()]
            frame = frame.with_columns(values, states)
            frame = frame.with_columns(*self._as_said(rate, held))
        return frame

    def of_relation(self, frame: Lazy) -> object:
        """A table that is worked out later, with the rates, as its engine holds it."""
        nw, frame = in_sql(self.nw, frame)
        names = frame.collect_schema().names()
        frame, units = with_units_later(frame, (self.columns[field] for field in self.fields))
        parts = lines_of_relation(self.columns, self.fields, units)
        bits = bits_of(frame)
        task = attrs.evolve(self, nw=nw)
        for stage in task._stages(parts, bits):
            frame = frame.with_columns(*stage)
        columns = [expr for rate in self.wanted for expr in task._as_said(rate, _OF_RELATIONS)]
        with_rates = frame.select(*names, *columns)
        limits = self._limits(parts, bits)
        is_beyond = any(part.beyond(nw, limits[field]) for field, part in parts.items())
        # By its status: a rate may have too many digits where no amount has.
        codes = [nw.col(rate.status_name) for rate in self.wanted]
        unsaid = any_of([equal(code, code_of(status)) for code in codes for status in UNSAID])
        if unsaid is None or not is_beyond:
            return with_rates.to_native()
        return completed(self.nw, with_rates, self, frame.filter(unsaid))

    def _stages(self, parts: Mapping[str, Part], bits: int) -> list[tuple[Expr, ...]]:
        """The rates in units of their last place and the numbers of their statuses.

        They come about in stages, each of which uses the columns of the one before.
        """
        nw = self.nw
        dtype, _, places = self._width(parts, bits)
        limits = self._limits(parts, bits)
        numbers = tuple(
            part.number(nw, dtype, limits[field], places).alias(_number(field))
            for field, part in parts.items()
        )
        halves = tuple(expr for rate in self.wanted for expr in self._quotient(rate, parts, limits))
        quotients = tuple(
            quotient(nw, _helper(rate, "n"), _helper(rate, "d")).alias(_helper(rate, "q"))
            for rate in self.wanted
        )
        results = tuple(expr for rate in self.wanted for expr in self._result(rate))
        return [numbers, halves, quotients, results]

    def _limits(self, parts: Mapping[str, Part], bits: int) -> dict[str, int]:
        """How large the amounts of each column may be, in units of its last place."""
        _, most, places = self._width(parts, bits)
        return {f: most // 10 ** (places - part.places) for f, part in parts.items()}

    def _width(self, parts: Mapping[str, Part], bits: int) -> tuple[object, int, int]:
        """The type of whole numbers, the largest amount in them, and the places of the amounts.

        Nothing on the way is larger than the type holds.
        """
        places = max(part.places for part in parts.values())
        bound = max(part.bound * 10 ** (places - part.places) for part in parts.values())
        growth = 2 * self._scale * (2 if any(rate.less for rate in self.wanted) else 1) + 1
        narrow = min(bits, 64)
        if bits > narrow and bound * growth >= 2 ** (narrow - 1):
            return self.nw.Int128, min(bound, 2 ** (bits - 1) // growth - 1), places
        return self.nw.Int64, min(bound, 2 ** (narrow - 1) // growth - 1), places

    @property
    def _scale(self) -> int:
        scale: int = 100 * 10**self.places
        return scale

    def _quotient(
        self, rate: FundingRate, parts: Mapping[str, Part], limits: Mapping[str, int]
    ) -> list[Expr]:
        """What is divided by what, neither below 0, and why there is no rate."""
        nw = self.nw
        top, bottom = nw.col(_number(rate.top)), nw.col(_number(rate.bottom))
        if rate.less:
            top = top - bottom
        size, base = (choose(nw, [(value < 0, value * -1)], value) for value in (top, bottom))
        base = choose(nw, [(equal(base, 0), 1)], base)
        pair = parts[rate.top], parts[rate.bottom]
        cases = [case for part in pair for case in part.alone(nw)]
        apart = in_other_units(nw, parts, (rate.top, rate.bottom))
        cases += [] if apart is None else [(RowStatus.ROW_BY_ROW, apart)]
        for field in (rate.top, rate.bottom):
            cases += parts[field].beyond(nw, limits[field])
        cases += [case for part in pair for case in part.absent(nw)]
        cases.append((RowStatus.UNDEFINED, equal(bottom, 0)))
        status = choose(nw, [(where, code_of(s)) for s, where in cases], nw.lit(0, nw.Int64))
        return [
            (size * (2 * self._scale) + base).alias(_helper(rate, "n")),
            (base * 2).alias(_helper(rate, "d")),
            ((top < 0) ^ (bottom < 0)).alias(_helper(rate, "minus")),
            status.alias(rate.status_name),
        ]

    def _result(self, rate: FundingRate) -> list[Expr]:
        """The rate as a whole number, 0 where there is none or it has too many digits."""
        nw = self.nw
        whole_rate = nw.col(_helper(rate, "q"))
        fits = whole_rate < 10**DIGITS
        signed = choose(nw, [(nw.col(_helper(rate, "minus")), whole_rate * -1)], whole_rate)
        status = nw.col(rate.status_name)
        too_large = ~fits & equal(status, code_of(RowStatus.OK))
        return [
            choose(nw, [(fits, signed)], whole_rate * 0).cast(nw.Int64).alias(rate.value_name),
            choose(nw, [(too_large, code_of(RowStatus.OUT_OF_RANGE))], status).alias(
                rate.status_name
            ),
        ]

    def _completed(self, rate: FundingRate, frame: Eager, computed: Eager) -> tuple[Series, Series]:
        """The same with the lines that no expression computes."""
        values, states = (computed.get_column(n) for n in (rate.value_name, rate.status_name))
        alone = {code_of(status) for status in UNSAID}
        if alone.isdisjoint(states.unique().to_list()):
            return values, states
        where = [at for at, code in enumerate(states.to_list()) if code in alone]
        pair = [self.columns[field] for field in (rate.top, rate.bottom)]
        cells = frame.select(*(column.name for column in pair))[where]
        rows = [[cell_text(c, v) for c, v in zip(pair, row, strict=True)] for row in cells.rows()]
        alone_values, why = _alone(rate, rows, self.places)
        return values.scatter(where, alone_values), states.scatter(where, [code_of(s) for s in why])

    def _as_said(self, rate: FundingRate, statuses: Sequence[RowStatus]) -> list[Expr]:
        return as_said(self.nw, rate.value_name, rate.status_name, self.places, statuses)


_OF_RELATIONS = (
    RowStatus.OK,
    RowStatus.MISSING,
    RowStatus.UNREADABLE,
    RowStatus.UNDEFINED,
    *UNSAID,
)


def _number(field: str) -> str:
    return f"{HELPERS}{field}_number"


def _helper(rate: FundingRate, what: str) -> str:
    return f"{HELPERS}{rate.name}_{what}"


_Said: TypeAlias = "tuple[int, RowStatus]"


def _alone(
    rate: FundingRate, rows: Iterable[Sequence[str]], places: int
) -> tuple[list[int], list[RowStatus]]:
    """The rate of each line in units of its last place, and its status; 0 where there is none."""
    known = dict[tuple[str, ...], _Said]()
    computed = list[_Said]()
    for row in rows:
        key = tuple(row)
        if key not in known:
            known[key] = _of_line(rate, *map(amount_of, key), places=places)
        computed.append(known[key])
    return [value for value, _ in computed], [status for _, status in computed]


def _of_line(rate: FundingRate, top: Stated, bottom: Stated, *, places: int) -> _Said:
    try:
        result = rate.of(top, bottom)
    except BudgetperfError:  # one amount has a unit, and the other has none
        return 0, RowStatus.UNIT_MISMATCH
    if isinstance(result, Missing):
        is_unreadable = result.reason is MissingReason.UNREADABLE
        return 0, RowStatus.UNREADABLE if is_unreadable else RowStatus.MISSING
    if isinstance(result, Undefined):
        return 0, RowStatus.UNDEFINED
    units = int(round_to(result.ratio * 100, places) * 10**places)
    return (units, RowStatus.OK) if abs(units) < 10**DIGITS else (0, RowStatus.OUT_OF_RANGE)

"""Tables that are there and tables that are worked out later, as the numbers of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Protocol, TypeAlias, cast

import attrs

from budgetperf.exact import RATIO, Text, Unit
from budgetperf.exact.text import WrongTypeError, is_float
from budgetperf.model import Indicator
from budgetperf.model.indicators import plain_heading, plain_name
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import RuleSet
from budgetperf.scoring.marking.printed import printed_rule

from .cells import Kind, Read, ReadColumn, direction_code, in_unit, is_nan, read_cell, written
from .columns import NUMBERS, Column, Columns, cell_text, problem_of
from .engine import Eager, Expr, Narwhals, Series
from .kernel import choose, equal
from .parts import BESIDE, HELPERS, STATES, Part, Parts, scale_of, units_name
from .single import stated_words
from .statuses import RowStatus

__all__ = [
    "TextColumn",
    "distinct",
    "helpers",
    "looked_up",
    "part_of",
    "parts_of_relation",
    "read_bounds",
    "read_table",
    "read_texts",
    "with_strings",
    "with_units",
    "words_asked",
]


def read_table(
    nw: Narwhals, frame: Eager, columns: Columns, rules: RuleSet, direction: int | None
) -> tuple[Eager, Parts]:
    """A table that is there, with helper columns beside its own, and the parts of its rows.

    Each distinct text is read once.
    """
    frame, columns = with_row_units(nw, with_strings(nw, frame, columns), columns, rules)
    frame = with_units(nw, frame, columns)
    reads = read_texts(frame, columns, NUMBERS, lambda field, text: read_cell(field, text, rules))
    reads = _apart(reads, rules)
    in_base = any(reads[field] for field in ("target", "actual"))
    bounds = read_bounds(nw, frame, [columns[f] for f in NUMBERS if not reads[f]])
    parts = {
        field: part_of(columns[field], reads[field], rules, bounds, in_base=in_base)
        for field in NUMBERS
    }
    measured = sorted(parts["target"].dimensions | parts["actual"].dimensions)
    added = [
        expr for read in reads.values() if read for expr in helpers(nw, frame, *read, measured)
    ]
    stated = columns.get("operator")
    if stated is not None:
        texts = distinct(frame, stated)
        codes = [direction_code(text) for text in texts]
        added.append(looked_up(nw, frame, stated, texts, codes, BESIDE))
    flags = list(_told_apart(nw, frame, words_asked(columns, rules), rules))
    alone = tuple(name for name, _ in flags)
    added += [flag for _, flag in flags]
    return frame.with_columns(*added) if added else frame, Parts(
        target=parts["target"],
        actual=parts["actual"],
        weight=parts["weight"],
        direction=direction,
        operator=stated,
        alone=alone,
    )


def parts_of_relation(
    columns: Columns, rules: RuleSet, direction: int | None, units: Mapping[str, str]
) -> Parts:
    """The parts of the rows of a table that is worked out later: its types bound the numbers.

    Words that a rule may be for cannot be read there: rows that have some are not scored.

    Args:
        columns: the columns.
        rules: the rule-set.
        direction: the code of the direction of targets that say none.
        units: by field, a helper column with the decimals in units of their last place.
    """
    parts = dict[str, Part]()
    for field in NUMBERS:
        column = columns[field]
        factor, gained = scale_of(column, rules, in_base=False)
        most = 10 ** (19 if column.digits is None else column.digits)
        places = column.places + gained
        parts[field] = Part.of_numbers(
            column,
            places=places,
            bound=most * factor,
            factor=factor,
            units=units.get(field, ""),
        )
    return Parts(
        target=parts["target"],
        actual=parts["actual"],
        weight=parts["weight"],
        direction=direction,
        operator=columns.get("operator"),
        worded=words_asked(columns, rules),
        is_lazy=True,
    )


def words_asked(columns: Columns, rules: RuleSet) -> tuple[Column, ...]:
    """The columns of words that a rule may be for."""
    return tuple(c for c in columns.words if c.field == "scoring_rule" or rules.indicators)


# Numbers.


def with_units(nw: Narwhals, frame: Eager, columns: Columns) -> Eager:
    """With decimals as the whole numbers that polars holds them as, of 64 bits where they fit."""
    if not frame.implementation.is_polars():
        return frame
    pl = cast("_Polars", import_module("polars"))
    held = [c for c in columns.by_field.values() if c.kind is Kind.DECIMAL]
    views = [_units(pl, c).alias(units_name(c)) for c in held]
    native = cast("_PolarsTable", frame.to_native())
    return cast("Eager", nw.from_native(native.with_columns(views))) if views else frame


def _units(pl: _Polars, column: Column) -> _PolarsExpr:
    units = pl.col(column.name).to_physical()
    return units if column.digits is None or column.digits > _DIGITS else units.cast(pl.Int64)


_DIGITS = 18
"""The digits that every number of 64 bits has room for."""


class _PolarsExpr(Protocol):
    """What is used of an expression of polars."""

    def to_physical(self) -> _PolarsExpr: ...
    def cast(self, dtype: object, /) -> _PolarsExpr: ...
    def alias(self, name: str, /) -> _PolarsExpr: ...


class _Polars(Protocol):
    """What is used of the module polars."""

    Int64: object

    def col(self, name: str, /) -> _PolarsExpr: ...


class _PolarsTable(Protocol):
    """What is used of a table of polars."""

    def with_columns(self, exprs: Sequence[_PolarsExpr], /) -> object: ...


@attrs.frozen(kw_only=True)
class _Bound:
    """The largest number of a column, and whether some are not there."""

    most: int
    has_nulls: bool
    units: str


def read_bounds(nw: Narwhals, frame: Eager, columns: Sequence[Column]) -> dict[str, _Bound]:
    """How large the numbers are, in units of their last place."""
    names = set(frame.collect_schema().names())
    bounds = dict[str, _Bound]()
    if not columns:
        return bounds
    asked = list[Expr]()
    for c in columns:
        units = units_name(c)
        value = nw.col(units if units in names else c.name)
        asked += [value.max().alias(f"{c.field} max"), value.min().alias(f"{c.field} min")]
        asked.append(nw.col(c.name).null_count().alias(f"{c.field} null"))
    (row,) = frame.select(*asked).rows()
    for number, c in enumerate(columns):
        high, low, has_nulls = row[3 * number : 3 * number + 3]
        units = units_name(c) if units_name(c) in names else ""
        most = max(_size(high, c, bool(units)), _size(low, c, bool(units)))
        bounds[c.field] = _Bound(most=most, has_nulls=bool(has_nulls), units=units)
    return bounds


def _size(value: object, column: Column, in_units: bool) -> int:
    """The magnitude of a number in units of the last place; of a float no more than it can have."""
    if value is None or is_nan(value):
        return 0
    if column.kind is Kind.FLOAT:
        return 2**52
    if isinstance(value, Decimal):
        return int(abs(value).scaleb(column.places))
    size = abs(int(cast("int", value)))
    return size if in_units or column.kind is Kind.INTEGER else size * 10**column.places


def part_of(
    column: Column,
    read: TextColumn | None,
    rules: RuleSet | None,
    bounds: dict[str, _Bound],
    *,
    in_base: bool,
) -> Part:
    if read is not None:
        most = max((abs(number) for number in read[1].numbers), default=0)
        return Part(column=column, places=read[1].places, bound=most, read=read[1])
    bound = bounds[column.field]
    factor, gained = scale_of(column, rules, in_base=in_base)
    return Part.of_numbers(
        column,
        places=column.places + gained,
        bound=bound.most * factor,
        factor=factor,
        has_nulls=bound.has_nulls,
        units=bound.units,
    )


# Texts.

TextColumn: TypeAlias = tuple[Column, ReadColumn]
"""A column of text, and what its texts say."""


def with_strings(nw: Narwhals, frame: Eager, columns: Columns) -> Eager:
    """With whatever objects stand in a column as the text that they would be printed as."""
    types = dict(frame.collect_schema().items())
    added = [
        nw.new_series(
            _text_of(column),
            _printed(column, frame.get_column(column.name).to_list()),
            nw.String,
            backend=frame.implementation,
        )
        for column in columns.by_field.values()
        if column.kind is Kind.TEXT and not str(types[column.name]).startswith("String")
    ]
    return frame.with_columns(*added) if added else frame


def _printed(column: Column, values: Sequence[object]) -> list[str]:
    """The objects of a column as text.

    Raises:
        WrongTypeError: a float stands among them (a ``TypeError``).
        BudgetperfError: one is neither a number nor text.
    """
    for number, value in enumerate(values, start=1):
        if is_float(value) and not is_nan(value):
            problem = problem_of("float-refused", column.name, _FLOAT.fill(number, value))
            raise WrongTypeError(problem.code, problem.message, field=column.name)
    return [written(value, field=column.name) for value in values]


_FLOAT = Text(
    zh="第 {} 行是浮点数 {}：请把这一列按文字读入，如 dtype=str；全列都是数的可先改为浮点数列，如 "
    "astype(float)，再用 places 注明原表列示的小数位数",
    en="row {} holds the float {}: read the column as text, such as by dtype=str; where it holds "
    "numbers alone, make it a column of floats, such as by astype(float), and say by places with "
    "how many decimals it was printed",
)


def with_row_units(
    nw: Narwhals, frame: Eager, columns: Columns, rules: RuleSet
) -> tuple[Eager, Columns]:
    """With targets and actual values as text with the units of their rows, where these count."""
    held = columns.get("unit")
    if held is None:
        return frame, columns
    cells = frame.get_column(_source(frame, held)).to_list()
    texts = ["" if text is None or is_nan(text) else str(text) for text in cells]
    units = {text: cell_text(held, text) for text in dict.fromkeys(texts)}
    bare = [columns[field] for field in NUMBERS[:2] if not columns[field].unit]
    if not any(units.values()) or not bare or not _units_count(bare, units.values(), rules):
        return frame, columns
    added = list[Series]()
    changed = dict(columns.by_field)
    for column in bare:
        values = frame.get_column(_source(frame, column)).to_list()
        printed = [
            in_unit(cell_text(column, value), units[text])
            for value, text in zip(values, texts, strict=True)
        ]
        name, backend = _text_of(column), frame.implementation
        added.append(nw.new_series(name, printed, nw.String, backend=backend))
        changed[column.field] = attrs.evolve(column, kind=Kind.TEXT, places=0, digits=None)
    return frame.with_columns(*added), Columns(by_field=changed)


def _units_count(bare: Sequence[Column], units: Iterable[str], rules: RuleSet) -> bool:
    """Whether the unit of a row makes a difference: numbers that both have it compare as they do
    without, unless a deviation between rates is measured otherwise."""
    if len(bare) < 2 or any(column.kind is Kind.TEXT for column in bare):
        return True
    by_points = rules.deviation is DeviationDefinition.POINTS
    return by_points and any(Unit.of(unit).dimension == RATIO for unit in units if unit)


def _text_of(column: Column) -> str:
    return f"{HELPERS}{column.field}_text"


def _source(frame: Eager, column: Column) -> str:
    held = _text_of(column)
    return held if held in frame.collect_schema().names() else column.name


def distinct(frame: Eager, column: Column) -> list[str]:
    """Each text of a column once; a blank for what is null."""
    texts = frame.get_column(_source(frame, column)).unique().to_list()
    return list(dict.fromkeys("" if text is None or is_nan(text) else str(text) for text in texts))


def read_texts(
    frame: Eager, columns: Columns, fields: Iterable[str], read: Callable[[str, str], Read]
) -> dict[str, TextColumn | None]:
    """What the columns of text say, each distinct text read once; ``None`` for one of numbers.

    Args:
        frame: the table.
        columns: its columns.
        fields: those that are read.
        read: what a text says, by the field and the text with the unit of its header.
    """
    reads = dict[str, TextColumn | None]()
    for field in fields:
        column, reads[field] = columns[field], None
        if column.kind is Kind.TEXT:
            texts = distinct(frame, column)
            reads_of_texts = (read(field, in_unit(text, column.unit)) for text in texts)
            reads[field] = column, ReadColumn.of(texts, reads_of_texts)
    return reads


def _apart(reads: dict[str, TextColumn | None], rules: RuleSet) -> dict[str, TextColumn | None]:
    """Rates by themselves where a rule measures them otherwise than what stands among them."""
    if rules.deviation is not DeviationDefinition.POINTS:
        return reads
    texts = [read[1] for read in (reads["target"], reads["actual"]) if read is not None]
    measured = {r.dimension for read in texts for r in read.read if r.status is RowStatus.OK}
    if RATIO not in measured or (measured == {RATIO} and len(texts) == 2):
        return reads
    return {
        field: None if read is None else (read[0], _without_rates(read[1]))
        for field, read in reads.items()
    }


def _without_rates(column: ReadColumn) -> ReadColumn:
    read = tuple(
        Read(status=RowStatus.ROW_BY_ROW, direction=each.direction)
        if each.dimension == RATIO
        else each
        for each in column.read
    )
    return attrs.evolve(column, read=read)


def helpers(
    nw: Narwhals, frame: Eager, column: Column, read: ReadColumn, measured: Sequence[str]
) -> Iterator[Expr]:
    """The helper columns of a column of text: its numbers, and what stands where there is none."""
    several = {
        "value": read.numbers,
        "state": [STATES.index(each.status) for each in read.read],
        "direction": [each.direction for each in read.read],
        "dimension": [_dimension(each, measured) for each in read.read],
    }
    for what, numbers in several.items():
        if what == "value" or len(set(numbers)) > 1 or numbers[:1] != [0]:
            name = f"{HELPERS}{column.field}_{what}"
            yield looked_up(nw, frame, column, read.texts, numbers, name)


def _dimension(read: Read, measured: Sequence[str]) -> int:
    return measured.index(read.dimension) if read.dimension in measured else -1


def looked_up(
    nw: Narwhals,
    frame: Eager,
    column: Column,
    texts: Sequence[str],
    numbers: Sequence[int],
    name: str,
) -> Expr:
    """The number of each text of a column, as a column.

    Args:
        nw: narwhals.
        frame: the table.
        column: the texts.
        texts: each of them once; a blank for what is null.
        numbers: the number of each.
        name: the header of the numbers.
    """
    is_small = all(-_SMALL <= number < _SMALL for number in numbers)
    dtype = nw.Int8 if is_small else nw.Int64
    text = nw.col(_source(frame, column))
    if not 0 < len(texts) <= _FEW:
        looked = text.fill_null("").replace_strict(list(texts), list(numbers), return_dtype=dtype)
        return looked.alias(name)
    # To compare with a few texts is quicker than to look each one up. What is null is none of them,
    # and so the blank comes last.
    pairs = sorted(zip(texts, numbers, strict=True), key=lambda pair: not pair[0])
    *others, (_, last) = pairs
    cases = [(equal(text, known), nw.lit(number, dtype)) for known, number in others]
    return choose(nw, cases, nw.lit(last, dtype)).alias(name)


_SMALL = 2**7
_FEW = 5


# Rows that a rule-set tells apart.


def _told_apart(
    nw: Narwhals, frame: Eager, asked: Sequence[Column], rules: RuleSet
) -> Iterator[tuple[str, Expr]]:
    """Helper columns with 1 in the rows that are for the function for single rows."""
    tests: dict[str, Callable[[str], bool]] = {
        "name": lambda text: _is_named(text, rules),
        "level1": lambda text: _is_heading(text, rules),
        "level2": lambda text: _is_heading(text, rules),
        "scoring_rule": lambda text: bool(printed_rule(Indicator(scoring_rule=stated_words(text)))),
    }
    for column in asked:
        texts = distinct(frame, column)
        flags = [int(tests[column.field](text)) for text in texts]
        if any(flags):
            name = f"{HELPERS}{column.field}_alone"
            yield name, looked_up(nw, frame, column, texts, flags, name)


def _is_named(text: str, rules: RuleSet) -> bool:
    """Whether a rule may be for an indicator of this name, or for a heading that it speaks of."""
    name = plain_name(text)
    return any(
        name in rule.plain_names or any(heading in name for heading in rule.plain_headings)
        for rule in rules.indicators
    )


def _is_heading(text: str, rules: RuleSet) -> bool:
    heading = plain_heading(text)
    return any(heading in rule.plain_headings for rule in rules.indicators)

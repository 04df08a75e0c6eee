"""Which column of a table is which field, and everything that is wrong with them, told at once."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from budgetperf.exact import LIST, MONEY, RATIO, Problem, Text, Unit
from budgetperf.exact.checking import raise_together
from budgetperf.exact.limits import MAX_PLACES
from budgetperf.exact.printed import blank_reason
from budgetperf.exact.text import shown
from budgetperf.model.headers import (
    HEADERS,
    KEY_HEADERS,
    plain_header,
    unit_of_header,
    without_brackets,
)

from .cells import Kind, in_unit, kind_of, written
from .engine import HELPERS, DType

__all__ = [
    "INDICATORS",
    "NUMBERS",
    "TWICE",
    "WORDS",
    "Column",
    "Columns",
    "Fields",
    "cell_text",
    "columns_of",
    "in_row_unit",
    "problem_of",
]

NUMBERS = ("target", "actual", "weight")
"""The fields that a score needs."""

WORDS = ("name", "level1", "level2", "scoring_rule")
"""The fields by which a rule-set may tell rows apart."""


@attrs.frozen(kw_only=True)
class Fields:
    """What the rows of a table are made of.

    Args:
        headers: the headers of each field; the first is the one that it is spoken of by.
        numbers: the fields that hold numbers; the others hold words.
        needed: the fields that have to be there.
        further: others that are used where they are there.
        units: what is wrong with the units in the headers of columns, by field.
    """

    headers: Mapping[str, tuple[str, ...]]
    numbers: tuple[str, ...]
    needed: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    units: Callable[[Mapping[str, Column]], Iterable[Problem]]

    def of(self, header: str) -> str | None:
        """The field of a column; ``None`` if it is not known."""
        return self._by_header.get(plain_header(header))

    @functools.cached_property
    def _by_header(self) -> dict[str, str]:
        return {words: field for field, known in self.headers.items() for words in (field, *known)}


@attrs.frozen(kw_only=True)
class Column:
    """A column of a table.

    Args:
        name: its header.
        field: the field that it is.
        kind: what it holds.
        places: how many decimals it is printed with; of text each cell says so itself.
        digits: how many digits a number of it has at most, where its type says so.
        unit: the unit in its header, such as ``%``.
        is_certain: whether its header leaves no doubt of what it is.
    """

    name: str
    field: str
    kind: Kind
    places: int = 0
    digits: int | None = None
    unit: str = ""
    is_certain: bool = True


@attrs.frozen(kw_only=True)
class Columns:
    """The columns by the field that each of them is."""

    by_field: Mapping[str, Column]

    def __getitem__(self, field: str) -> Column:
        return self.by_field[field]

    def get(self, field: str) -> Column | None:
        """The column of a field, if there is one."""
        return self.by_field.get(field)

    @property
    def words(self) -> tuple[Column, ...]:
        """Those by which a rule-set may tell rows apart."""
        return tuple(self.by_field[field] for field in WORDS if field in self.by_field)


def columns_of(
    types: Mapping[str, DType],
    *,
    columns: Mapping[str, str],
    places: Mapping[str, int],
    added: Collection[str],
    reads_text: bool = True,
    known: Fields,
    asks_direction: bool = False,
    problems: Iterable[Problem] = (),
) -> Columns:
    """The columns of a table.

    Args:
        types: the headers and their types.
        columns: the field of a header, where it is not told by the header itself; no other column
            is that field then.
        places: how many decimals a column of integers or floats is printed with, by its header.
        added: the headers of what is put beside the columns.
        reads_text: whether text can be read: the table is there, or its engine asks for it later.
        asks_direction: whether the direction has to be said by a column, or before the targets.
        known: what the rows are made of.
        problems: what is wrong with the table otherwise.

    Raises:
        BudgetperfError: a column is missing, stands twice, cannot be used, or is spoken of and
            not there; several of these as a ``ProblemsError``.
    """
    problems = [*problems, *_spoken_of(types, columns, places, known), *_taken(types, added)]
    by_field = dict[str, Column]()
    mapped = {field for header, field in columns.items() if header in types}
    for header, dtype in types.items():
        field = columns.get(header) or known.of(header)
        if field is None or field not in (*known.needed, *known.further):
            continue
        if field in mapped and header not in columns:
            continue
        is_certain = header in columns or plain_header(header) not in _DOUBTFUL
        column = _column(header, field, dtype, places, known)
        if not is_certain and (field in by_field or column.kind is not Kind.TEXT):
            continue
        if field in by_field and by_field[field].is_certain:
            problems.append(_twice(header, by_field[field].name, field))
            continue
        by_field[field] = attrs.evolve(column, is_certain=is_certain)
    taken = {column.name for column in by_field.values()}
    free = [h for h in types if h not in taken and plain_header(h) not in _KEYS]
    problems += [_absent(field, free, known) for field in known.needed if field not in by_field]
    for column in by_field.values():
        problems += _unusable(column, places, known, reads_text=reads_text)
    problems += _without_direction(by_field) if asks_direction else ()
    problems += known.units(by_field)
    raise_together("bad-table", problems)
    return Columns(by_field=by_field)


_KEYS = frozenset(name for names in KEY_HEADERS.values() for name in names)
"""Headers that say which report a row is of, and are offered for no field of it."""
_DOUBTFUL = ("单位",)
"""Headers that name a unit of measurement, and in tables of many departments an office."""


def _column(
    header: str, field: str, dtype: DType, places: Mapping[str, int], known: Fields
) -> Column:
    kind, digits = kind_of(dtype), None
    shown_with = places.get(header, 0)
    if kind is Kind.DECIMAL:
        shown_with, digits = dtype.scale, dtype.precision
    elif kind is Kind.INTEGER:
        digits = _DIGITS.get(str(dtype), 19)
    unit = unit_of_header(header) if field in known.numbers else ""
    return Column(name=header, field=field, kind=kind, places=shown_with, digits=digits, unit=unit)


_DIGITS = {
    "Int8": 3,
    "Int16": 5,
    "Int32": 10,
    "UInt8": 3,
    "UInt16": 5,
    "UInt32": 10,
    "UInt64": 20,
    "Int128": 39,
    "UInt128": 39,
}
"""The digits of whole numbers that are not those of 64 bits with a sign."""


def _spoken_of(
    types: Mapping[str, DType],
    columns: Mapping[str, str],
    places: Mapping[str, int],
    fields: Fields,
) -> Iterator[Problem]:
    """What ``columns`` and ``places`` say that cannot be."""
    known = LIST.join(types)
    for argument, headers in (("columns", columns), ("places", places)):
        for header in headers:
            if header not in types:
                yield problem_of("unknown-column", header, _NO_HEADER.fill(argument, known))
    for header, field in columns.items():
        if field not in fields.headers:
            every = ", ".join(fields.headers)
            yield problem_of("unknown-field", header, _NO_FIELD.fill(shown(field), every))
    for header, number in places.items():
        is_whole = type(number) is int
        if not is_whole or not 0 <= number <= MAX_PLACES:
            yield problem_of("bad-places", header, _NO_PLACES.fill(shown(number)))


_NO_HEADER = Text(
    zh="{} 提到的这一列不在表中：有 {}", en="{} names this column, which is not there: {}"
)
_NO_FIELD = Text(zh="{} 不是字段：可写 {}", en="{} is no field: write one of {}")
_NO_PLACES = Text(zh="小数位数 {} 须是不小于 0 的整数", en="{} is no number of decimals")


def _taken(types: Mapping[str, DType], added: Collection[str]) -> Iterator[Problem]:
    names = {name.casefold() for name in added}
    for header in types:
        if header.casefold().startswith(HELPERS):
            yield problem_of("column-taken", header, _HELPER)
        if header.casefold() in names:  # the same name to DuckDB and Spark
            message = Text(
                zh="结果要用这个列名：请先改名或去掉这一列",
                en="the result has a column of this name: rename or drop it first",
            )
            yield problem_of("column-taken", header, message)


_HELPER = Text(
    zh="列名以 __budgetperf_ 开头的留作计算之用：请先改名或去掉这一列",
    en="names that begin with __budgetperf_ are kept for the computation: rename or drop it first",
)


def _twice(header: str, first: str, field: str) -> Problem:
    return problem_of("column-twice", header, TWICE.fill(first=first, field=field))


TWICE = Text(
    zh="与“{first}”同为 {field}：请去掉其一，或用 columns 注明它是什么",
    en="like {first}, it is {field}: drop one of the two, or say by columns what it is",
)
"""What is said of a column that is the same field as one before it."""


def _absent(field: str, free: Sequence[str], known: Fields) -> Problem:
    words = known.headers[field]
    near = max(free, key=lambda header: _likeness(header, words), default="")
    message = _ABSENT if _likeness(near, words) < _ALIKE else _ABSENT_BUT
    message = message.fill(words=words[0], header=near, field=field)
    return Problem(code="no-column", where=f"$.{field}", message=message)


def _likeness(header: str, words: Iterable[str]) -> float:
    """How much a header is like one of some words, of its characters from 0 to 1."""
    plain = plain_header(header)
    return max(difflib.SequenceMatcher(None, plain, word).ratio() for word in words)


_ALIKE = 0.5
_ABSENT = Text(
    zh="没有“{words}”这一列（{field}）：请用 columns 注明是哪一列",
    en="no column is {words} ({field}): say by columns which one is",
)
_ABSENT_BUT = Text(
    zh="没有“{words}”这一列（{field}）：请用 columns 注明，如 columns={'{header}': '{field}'}",
    en="no column is {words} ({field}): name it by columns, such as "
    "columns={'{header}': '{field}'}",
)


def _unusable(
    column: Column, places: Mapping[str, int], known: Fields, *, reads_text: bool
) -> Iterator[Problem]:
    if column.field not in known.numbers:
        if column.kind is not Kind.TEXT:
            yield problem_of("wrong-column-type", column.name, _NO_WORDS)
        return
    says_places = column.name in places
    if column.kind is Kind.FLOAT and not says_places:
        yield problem_of("float-refused", column.name, _FLOAT.fill(column.name))
    elif column.kind is Kind.OTHER:
        yield problem_of("wrong-column-type", column.name, _NO_NUMBERS)
    elif column.kind in (Kind.TEXT, Kind.DECIMAL) and says_places:
        yield problem_of("places-known", column.name, _KNOWN)
    elif column.kind is Kind.TEXT and not reads_text:
        yield problem_of("lazy-text", column.name, _LAZY)


_NO_WORDS = Text(zh="这一列须是文字", en="this column is to hold text")
_NO_NUMBERS = Text(
    zh="这一列既不是数也不是文字：请改为小数（Decimal）、整数或文字",
    en="this column holds neither numbers nor text: make it decimals, integers or text",
)
_FLOAT = Text(
    zh="这一列是浮点数：请按文字读入，或改为小数（Decimal）；确知原表列示的小数位数时，可写 "
    "places={'{}': 2}",
    en="this column holds floats: read it as text, or make it decimals; where it is known with how "
    "many decimals it was printed, write places={'{}': 2}",
)
_KNOWN = Text(
    zh="这一列的小数位数是已知的：请从 places 中去掉",
    en="the decimals of this column are known: leave it out of places",
)
_LAZY = Text(
    zh="这一列是文字，此引擎的惰性表不能调用 Python 函数来读：请先取出（如 collect()），或改为小数",
    en="this column holds text, and the engine of the table calls no functions of Python to read "
    "it: fetch the table first (such as by collect()), or make the column decimals",
)


def _without_direction(by_field: Mapping[str, Column]) -> Iterator[Problem]:
    target = by_field.get("target")
    if target is None or target.kind is Kind.TEXT or "operator" in by_field:
        return
    message = Text(
        zh="指标值是数，没有列出方向：请用 columns 注明方向一列（operator），或写 direction='≥'",
        en="the targets are numbers, and no column says their direction: name it by columns "
        "(operator), or write direction='≥'",
    )
    yield Problem(code="no-direction-column", where="$.operator", message=message)


def _units(by_field: Mapping[str, Column]) -> Iterator[Problem]:
    target, actual, weight = (by_field.get(field) for field in NUMBERS)
    if target is not None and actual is not None and target.unit != actual.unit:
        message = Text(
            zh="指标值与实际完成值的表头单位不同（“{}”与“{}”）：请换算为同一单位后再改表头",
            en="the headers of target and actual value have different units ({} and {}): "
            "convert one column and rename it",
        ).fill(target.unit or "—", actual.unit or "—")
        yield problem_of("mixed-units", actual.name, message)
    if weight is not None and weight.unit not in ("", "%"):
        message = Text(zh="分值的单位只能是分或 %", en="a weight is in points or in %")
        yield problem_of("mixed-units", weight.name, message)


def problem_of(code: str, header: str, message: Text) -> Problem:
    """What is wrong with a column."""
    located = Text(zh="列“{}”：{}", en="column {}: {}").fill(header, message)
    return Problem(code=code, where=f"$.{header}", message=located)


def cell_text(column: Column, value: object) -> str:
    """A cell as it would be printed: numbers with the unit of their header, a unit by its sign."""
    if column.field == "unit":
        return _unit_in(written(value, field=column.name), is_certain=column.is_certain)
    text = written(
        value, field=column.name, places=column.places, is_float=column.kind is Kind.FLOAT
    )
    return in_unit(text, column.unit)


def _unit_in(text: str, *, is_certain: bool) -> str:
    """The unit that a cell names; ``""`` of one that names none, or may name an office."""
    words = without_brackets(text.strip())
    if words == "无" or not words or blank_reason(words):
        return ""
    return words if is_certain or Unit.of(words).dimension in (RATIO, MONEY) else ""


def in_row_unit(row: Mapping[str, str]) -> Mapping[str, str]:
    """The cells of a row by field, target and actual value with the unit of the row where they
    print none."""
    unit = row.get("unit", "")
    if not unit:
        return row
    return {**row, **{field: in_unit(row[field], unit) for field in NUMBERS[:2]}}


INDICATORS = Fields(
    headers=HEADERS,
    numbers=NUMBERS,
    needed=NUMBERS,
    further=("operator", "unit", *WORDS),
    units=_units,
)
"""The fields of an indicator."""

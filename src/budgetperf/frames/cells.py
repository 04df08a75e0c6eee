"""What stands in the cells of a column: text read once for each distinct value, and directions."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isfinite
from typing import Self, cast

import attrs

from budgetperf.exact import (
    NUMBER,
    RATIO,
    BudgetperfError,
    Figure,
    FloatRefusedError,
    Missing,
    MissingReason,
    Stated,
    Text,
)
from budgetperf.exact.checking import require
from budgetperf.exact.printed import OPERATORS, widths_of
from budgetperf.exact.text import is_float as refuses
from budgetperf.exact.text import shown
from budgetperf.model import Direction, Target
from budgetperf.model.given import exactly, reached
from budgetperf.model.indicators import read_target
from budgetperf.rules import RuleSet
from budgetperf.scoring.marks import weight_points

from .curves.plans import BAD_DIRECTION, DIRECTIONS, NO_DIRECTION, OTHER_DIRECTION
from .engine import DType
from .statuses import RowStatus

__all__ = [
    "MOST_PLACES",
    "SPELLINGS",
    "Kind",
    "Read",
    "ReadColumn",
    "directed",
    "direction_code",
    "direction_of",
    "fitting_columns",
    "in_unit",
    "is_nan",
    "kind_of",
    "read_cell",
    "read_number",
    "written",
]

MOST_PLACES = 8
"""A text with more decimals than this, in its base unit, is scored in a row of its own."""

_OF_A_WEIGHT = 4
"""The same of a weight."""

_LARGEST = 10**17
_UNITS = 10**18
"""What every number of a column of text is below, in units of the last place of the column."""


class Kind(Enum):
    """What a column holds."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    TEXT = "text"
    OTHER = "other"


def kind_of(dtype: DType) -> Kind:
    """What a column of a type holds."""
    if dtype.is_integer():
        return Kind.INTEGER
    if dtype.is_float():
        return Kind.FLOAT
    if dtype.is_decimal():
        return Kind.DECIMAL
    is_text = str(dtype).startswith(("String", "Categorical", "Enum", "Object", "Unknown"))
    return Kind.TEXT if is_text else Kind.OTHER


def read_number(field: str, text: str) -> Stated:
    """An actual value or a weight, as the functions for rows take it."""
    figure = exactly(text) if field == "weight" else reached(text)
    if isinstance(figure, Figure) and (field != "weight" or figure.unit.dimension in _OF_POINTS):
        return attrs.evolve(figure)  # as a document prints it, whatever its sign, and not as typed
    # What a converter can make nothing of it hands on as it is.
    return figure if isinstance(figure, Missing) else _UNREADABLE


_OF_POINTS = (NUMBER, RATIO)
_UNREADABLE = Missing(reason=MissingReason.UNREADABLE)


def is_nan(value: object) -> bool:
    """Whether it is a mark for no number, which compares with nothing."""
    # What pandas puts there compares with nothing.
    return type(value).__name__ in ("NAType", "NaTType") or value != value  # noqa: PLR0124


def written(value: object, *, field: str = "frame", places: int = 0, is_float: bool = False) -> str:
    """A cell as it would be printed; ``""`` where nothing is.

    Args:
        value: the cell.
        field: the header of its column.
        places: the decimals of a whole number in units of the last place, and of a float.
        is_float: whether the column holds floats whose decimals are known.

    Raises:
        FloatRefusedError: it is a float among other things.
        BudgetperfError: it is neither a number nor text, such as a date.
    """
    if value is None or is_nan(value):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if refuses(value):
        if not is_float:
            raise FloatRefusedError(value, field=field)
        units = round(cast("float", value) * 10**places) if isfinite(cast("float", value)) else 0
        # The float that this print is read as, and no neighbour of it: so it was meant.
        is_printed = units / 10**places == value
        return f"{Decimal(units).scaleb(-places):f}" if is_printed else _UNPRINTED
    return f"{Decimal(_whole(value, field)).scaleb(-places):f}"


_UNPRINTED = "0.0.0"
"""What is read as no number, and as no words either."""


def _whole(value: object, field: str) -> int:
    """A whole number, of Python or of an engine; what is only convertible to one is none."""
    try:
        if not isinstance(value, bool):
            return operator.index(cast("int", value))
    except TypeError:
        pass
    message = Text(
        zh="{} 既不是数也不是文字：请把这一列改为文字、整数或小数（Decimal）",
        en="{} is neither a number nor text: make the column text, integers or decimals",
    )
    raise BudgetperfError("wrong-cell", message.fill(shown(value)), field=field)


@attrs.frozen(kw_only=True)
class Read:
    """What a text says, for the kernel.

    Args:
        value: the number in the base unit; 0 where there is none.
        status: why there is no number, or that the row is scored by itself.
        direction: the code of the direction that it says, for a target.
        dimension: what it measures.
        step: the unit of the last place in print, where that counts.
    """

    value: Fraction = Fraction(0)
    status: RowStatus = RowStatus.OK
    direction: int = NO_DIRECTION
    dimension: str = ""
    step: Fraction = Fraction(0)


def in_unit(text: str, unit: str) -> str:
    """A number with the unit of its header, where it prints none."""
    bare = text.strip()
    return bare + unit if unit and bare[-1:].isdigit() else text


def read_cell(field: str, text: str, rules: RuleSet) -> Read:
    """What a target, an actual value or a weight says.

    Args:
        field: which of them it is.
        text: its text, with the unit of its header.
        rules: the rule-set, which says what a weight in % is of.
    """
    if field == "weight":
        cell = read_number(field, text)
        if isinstance(cell, Missing):
            return _absent(cell, NO_DIRECTION)
        return fitting_columns(Read(value=weight_points(cell, rules)), places=_OF_A_WEIGHT)
    return _read_value(text, is_target=field == "target")


@functools.lru_cache(maxsize=2**15)  # a table in parts says in each what it said before
def _read_value(text: str, *, is_target: bool) -> Read:
    """What a target or an actual value says."""
    direction = NO_DIRECTION
    if is_target:
        target = read_target(text)
        cell, direction = target.value, _code(target)
    else:
        cell = read_number("actual", text)
    if isinstance(cell, Missing):
        return _absent(cell, direction)
    return fitting_columns(
        Read(value=cell.nominal, direction=direction, dimension=cell.unit.dimension)
    )


def _absent(cell: Missing, direction: int) -> Read:
    return Read(status=_STATUS.get(cell.reason, RowStatus.ROW_BY_ROW), direction=direction)


_STATUS = {
    MissingReason.NOT_STATED: RowStatus.MISSING,
    MissingReason.BLANK: RowStatus.MISSING,
    MissingReason.UNREADABLE: RowStatus.UNREADABLE,
}


def fitting_columns(read: Read, *, places: int = MOST_PLACES) -> Read:
    """The same, or that it has more digits than the columns take."""
    is_exact = all((each * 10**places).denominator == 1 for each in (read.value, read.step))
    return read if is_exact and abs(read.value) < _LARGEST else _alone(read)


def _alone(read: Read) -> Read:
    return Read(status=RowStatus.ROW_BY_ROW, direction=read.direction)


def _code(target: Target) -> int:
    if isinstance(target.direction, Missing):
        return NO_DIRECTION
    held = (target.direction, target.strict)
    return next((code for code, known in DIRECTIONS.items() if known == held), OTHER_DIRECTION)


def _decimals(value: Fraction) -> int:
    """How many decimals a number has, which has no more than some."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places


@attrs.frozen(kw_only=True)
class ReadColumn:
    """The distinct texts of a column, read.

    Args:
        texts: the texts; a blank for what is null.
        read: what each of them says; that its row is scored by itself where it does not fit in.
        places: the decimals of all others, in their base units.
    """

    texts: tuple[str, ...]
    read: tuple[Read, ...]
    places: int

    @classmethod
    def of(cls, texts: Iterable[str], read: Iterable[Read]) -> Self:
        """The texts and what they say, with the places at which the most of them fit in."""
        reads = tuple(read)
        decimals = [max(_decimals(each.value), _decimals(each.step)) for each in reads]

        def apart(places: int) -> list[bool]:
            grown = 10**places
            return [
                own > places or abs(each.value) * grown >= _UNITS
                for own, each in zip(decimals, reads, strict=True)
            ]

        places = max(decimals, default=0)
        left = apart(places)
        if any(left):
            places = min(range(places, -1, -1), key=lambda fewer: sum(apart(fewer)))
            left = apart(places)
        held = (_alone(each) if out else each for each, out in zip(reads, left, strict=True))
        return cls(texts=tuple(texts), read=tuple(held), places=places)

    @property
    def numbers(self) -> list[int]:
        """The numbers in units of the last place."""
        return [int(read.value * 10**self.places) for read in self.read]


def _spellings() -> Iterator[tuple[int, str]]:
    """Every way to spell a direction, after its code: as print does, and by name."""
    yield NO_DIRECTION, ""
    for sign in OPERATORS:
        code = _code(Target.parse(f"{sign}1"))
        yield from ((code, spelled) for spelled in widths_of(sign))
    for code, (direction, strict) in DIRECTIONS.items():
        if not strict:
            yield code, direction.value
            yield from ((code, label) for label in _labels(direction))
    yield from ((OTHER_DIRECTION, word) for word in ("定性", Direction.QUALITATIVE.value))


def _labels(direction: Direction) -> tuple[str, str]:
    """``正向（≥）`` whole, and without what it says in brackets."""
    label = direction.label.zh
    return label, label.partition("（")[0]


_CODE_OF = {spelling: code for code, spelling in _spellings()}

SPELLINGS: dict[int, tuple[str, ...]] = {
    code: tuple(spelling for spelling, of in _CODE_OF.items() if of == code)
    for code in _CODE_OF.values()
}
"""How a column of its own spells the directions, by their codes."""


@functools.lru_cache(maxsize=1024)
def direction_code(text: str) -> int:
    """The code of a direction in a column of its own, as it is spelled or printed."""
    words = text.strip()
    known = _CODE_OF.get(words)
    if known is not None:
        return known
    try:
        target = Target.parse(f"{words}1")
    except BudgetperfError:
        return BAD_DIRECTION
    is_sign = isinstance(target.value, Figure) and target.value.nominal == 1
    code = _code(target)
    return code if is_sign and code in DIRECTIONS else BAD_DIRECTION


def direction_of(direction: str | None) -> int | None:
    """The code of the direction that was stated for all rows.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        BudgetperfError: it is none.
    """
    if direction is None:
        return None
    require(direction, str, field="direction")
    words = direction.strip()
    # Signs that are doubled are read in a cell, where they may be a slip, and not in a program.
    is_known = words in _CODE_OF or any(map(str.isalpha, words))
    code = direction_code(words) if is_known else BAD_DIRECTION
    if code not in DIRECTIONS:
        message = Text(
            zh="{} 不是方向：请写 ≥、≤、=、> 或 <", en="{} is no direction: write ≥, ≤, =, > or <"
        ).fill(shown(direction))
        raise BudgetperfError("bad-direction", message, field="direction")
    return code


def directed(target: Target, beside: str, given: int | None = None) -> Target | RowStatus:
    """A target with the direction that stands beside it, as :func:`budgetperf.indicators` has it.

    Args:
        target: the target, which may print a direction itself.
        beside: the cell of the column of directions; ``""`` if there is none.
        given: the code of the direction of targets that say none.

    Returns:
        The target, or what is wrong: there stands no direction, or another than its own.
    """
    own = _code(target)
    code = direction_code(beside) or own or given or NO_DIRECTION
    if code == BAD_DIRECTION:
        return RowStatus.UNREADABLE
    if code == OTHER_DIRECTION:
        return attrs.evolve(target, direction=Direction.QUALITATIVE, strict=False)
    if own in (code, OTHER_DIRECTION):
        return target
    if own != NO_DIRECTION:
        return RowStatus.DIRECTION_MISMATCH
    direction, strict = DIRECTIONS[code]
    return attrs.evolve(target, direction=direction, strict=strict)

"""A printed number as the interval of the true values behind it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import SupportsIndex, TypeAlias, final

import attrs

from .absent import Missing, MissingReason, Place, missing_at
from .checking import check_types, keep, require
from .interval import Interval
from .limits import bounded, bounded_places
from .number import ExactInput, decimal_text, fixed_text, integer_text, to_exact
from .printed import (
    PER_SIGN,
    PrintedNumber,
    blank_of,
    fold_width,
    in_print,
    number_of,
    parse_plain,
    plain_text,
    simple_number,
    simple_parts,
    with_operator,
)
from .rounding import RoundingMode, cell, round_to, rounded_text, unit_in_last_place
from .text import (
    BudgetperfError,
    Text,
    WrongTypeError,
    is_float,
    refused,
    shown,
    visible,
)
from .unit import MONEY, NUMBER, RATIO, Unit
from .written.brief import as_code, literal
from .written.by_name import ByName, by_name
from .written.spec import ANY, DECIMAL, read_spec

__all__ = [
    "Figure",
    "Stated",
    "as_printed",
    "as_rounded",
    "as_typed",
    "as_typed_exact",
    "at_path",
    "at_place",
    "common_interval",
    "decimals_of",
    "in_place_of",
    "is_typed",
    "last_place",
    "parse_figure",
    "printed_as",
    "read_figure",
    "read_number",
    "share_precision",
    "typed_simple",
    "with_unit",
]


def _decimal(value: Decimal | SupportsIndex | str) -> Decimal:
    if type(value) is Decimal and value.is_finite():
        bounded(value, field="value")
        return value
    if not isinstance(value, (str, Decimal)) and (isinstance(value, Fraction) or is_float(value)):
        raise refused(value, field="value")
    try:
        exact = to_exact(value, field="value", remedy="'353.21'")
    except BudgetperfError as error:
        raise in_print(error, value, "Figure.parse") from None
    if isinstance(value, str) and "/" in value:
        raise BudgetperfError(
            "not-a-number",
            Text(
                zh=f"{shown(value)} 不是小数：报告中的数请写成 '353.21'",
                en=f"{shown(value)} is not a decimal number: write a stated number as '353.21'",
            ),
            field="value",
        )
    if isinstance(value, (str, Decimal)):
        return Decimal(value)
    number = Decimal(exact.numerator)
    bounded(number, field="value")
    return number


def _unit(value: Unit | str) -> Unit:
    return value if isinstance(value, Unit) else Unit.of(value)


# Given as factories: type checkers other than mypy do not know of ``@places.default``.
def _places_as_printed(figure: Figure) -> int:
    return decimals_of(figure.value)


def _text_as_printed(figure: Figure) -> str:
    return f"{figure.value:f}{figure.unit.symbol}"


def _known_mode(_: object, attribute: object, value: object) -> None:
    if value is not None:
        require(value, RoundingMode, field="rounding")


def _are_places(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    bounded_places(value, field=attribute.name)


class _Keeping:
    """What a figure works out once."""

    __slots__ = ("_half_up", "_interval", "_nominal", "_typed_exact")

    _nominal: Fraction
    _interval: Interval
    _half_up: Figure
    _typed_exact: Figure


@final
@attrs.frozen(kw_only=True)
class Figure(ByName, _Keeping):
    """A number as a report prints it: the text, what it says, and how exactly.

    Two figures are equal if they say the same in the same print at the same place.

    Args:
        value: the number in ``unit``, as printed.
        unit: a :class:`Unit` or its symbol.
        places: how many decimals of ``unit`` the print is good for; may be negative. Precision
            belongs to the column: the ``30`` among ``29.99`` has 2 places.
        rounding: how the true value became the printed one; ``None`` if the print is exact.
        text: as printed; made from value and unit where it is not given.
        path: which figure of the report this is, such as ``form.funding.total.initial``.
        place: where it stands in the source.

    Raises:
        FloatRefusedError: the value is a float.
        BudgetperfError: the value is no number or has more digits than any, ``places`` are more
            than anything is printed with or fewer than the decimals of the value, or the text,
            the path or the place is of the wrong type.
        WrongTypeError: ``places`` is no whole number, or ``rounding`` no mode (a ``TypeError``).

    >>> figure = Figure(value="353.21", unit="万元")
    >>> str(figure), str(figure.interval)
    ('353.21万元', '[3532050, 3532150)')
    """

    value: Decimal = attrs.field(converter=_decimal)
    unit: Unit = attrs.field(converter=_unit, default=Unit.of(""))
    places: int = attrs.field(
        default=attrs.Factory(_places_as_printed, takes_self=True), validator=_are_places
    )
    rounding: RoundingMode | None = attrs.field(default=RoundingMode.HALF_UP, validator=_known_mode)
    text: str = attrs.field(default=attrs.Factory(_text_as_printed, takes_self=True))
    path: str = ""
    place: Place | None = None

    def __init_subclass__(cls) -> None:
        # What holds figures looks for this class alone: one of another would stand there unseen.
        message = Text(
            zh=f"{cls.__name__} 不能以 Figure 为基类：请把 Figure 作为它的一个字段",
            en=f"{cls.__name__} cannot be a subclass of Figure: hold a Figure in one of its fields",
        )
        raise WrongTypeError("no-subclass", message)

    # Whether it was given in code as it would be printed: its column says how precise it is.
    _is_typed: bool = attrs.field(default=False, init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        are_words = type(self.text) is str and type(self.path) is str
        if not (are_words and (self.place is None or type(self.place) is Place)):
            check_types(self)
        if decimals_of(self.value) <= self.places:
            return
        if self.rounding is not None:
            # For its error: a print cannot be finer than its column says, but under NEAREST.
            cell(Fraction(self.value), self.places, self.rounding)
        elif not self._is_whole_at(self.places):
            object.__setattr__(self, "places", decimals_of(self.value))

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        exact: bool | None = None,
        rounding: RoundingMode = RoundingMode.HALF_UP,
        path: str = "",
        place: Place | None = None,
    ) -> Figure:
        """The figure printed as ``text``.

        Args:
            text: such as ``"353.21万元"``; a target (``≥90%``) is read by ``Target.parse``.
            exact: whether the print is exact. By default whole counts and bare integers are, and
                amounts in words that end in 整; money and rates are rounded.
            rounding: the mode of a figure that is not exact.
            path: which figure of the report this is.
            place: where it stands.

        Raises:
            BudgetperfError: the text is no printed number, or has an operator.
        """
        return cls.from_printed(
            parse_plain(text), exact=exact, rounding=rounding, path=path, place=place
        )

    @classmethod
    def from_printed(
        cls,
        number: PrintedNumber,
        *,
        exact: bool | None = None,
        rounding: RoundingMode = RoundingMode.HALF_UP,
        path: str = "",
        place: Place | None = None,
    ) -> Figure:
        """The figure behind a number that was read already; see :meth:`parse`."""
        value = _decimal(number.value)
        places = decimals_of(value)
        if exact is None:
            exact = number.exact or (not places and _is_counted(number.unit))
        mode = None if exact else rounding
        text = number.text.strip()
        if _are_right(mode, path, place):
            return _made(value, number.unit, places, mode, text, path, place)
        return cls(value=value, unit=number.unit, rounding=mode, text=text, path=path, place=place)

    @classmethod
    def rounded(
        cls,
        value: ExactInput,
        *,
        unit: Unit | str = "",
        places: int,
        rounding: RoundingMode = RoundingMode.HALF_UP,
        path: str = "",
    ) -> Figure:
        """Print the true ``value`` (in the base unit of ``unit``) with ``places`` decimals.

        >>> Figure.rounded("0.684748", unit="%", places=2).text
        '68.47%'
        """
        unit = _unit(unit)
        printed = round_to(to_exact(value) / unit.scale, places, rounding)
        text = fixed_text(printed, places)
        return cls(value=Decimal(text), unit=unit, places=places, rounding=rounding, path=path)

    @property
    def nominal(self) -> Fraction:
        """The printed value in the base unit (元; 1)."""
        try:
            return self._nominal
        except AttributeError:
            (n, d), (m, e) = self.value.as_integer_ratio(), self.unit.scale.as_integer_ratio()
            # Of a whole number a fraction is made with less to do.
            return keep(self, "_nominal", Fraction(n * m) if d * e == 1 else Fraction(n * m, d * e))

    def _is_whole_at(self, places: int) -> bool:
        """Whether the value has no digit behind so many places."""
        return (Fraction(self.value) / unit_in_last_place(places)).denominator == 1

    @property
    def is_exact(self) -> bool:
        """Whether nothing was rounded away."""
        return self.rounding is None

    @property
    def interval(self) -> Interval:
        """All true values that print like this, in the base unit (元; 1)."""
        try:
            return self._interval
        except AttributeError:
            return keep(self, "_interval", self.interval_under(self.rounding))

    def interval_under(self, rounding: RoundingMode | None) -> Interval:
        """The interval, had the figure been rounded by another mode."""
        if rounding is None:
            return Interval.point(self.nominal)
        places, decimals = self.places, decimals_of(self.value)
        # Only NEAREST has a cell around a value that is finer than its column, as 8.4 for all from
        # 7.9 to 8.9; under the other modes it is read by its own decimals.
        if decimals > places and rounding is not RoundingMode.NEAREST:
            places = places if self._is_whole_at(places) else decimals
        return _cell(self.value, places, rounding, self.unit)

    def to(self, unit: Unit | str) -> Figure:
        """The same figure stated in another unit; its interval stays what it was.

        Raises:
            BudgetperfError: the unit measures something else, or is not 10, 100, … times the
                other, so that the figure would print as another one.

        >>> Figure(value="353.21", unit="万元").to("元").places
        -2
        """
        unit = _unit(unit)
        self.unit.require(unit)
        ratio = self.unit.scale / unit.scale
        if not _is_power_of_ten(ratio):
            raise BudgetperfError("not-decimal", _not_decimal(self.unit, unit), field="unit")
        value = Decimal(decimal_text(Fraction(self.value) * ratio))
        # The ratio is a power of ten: its zeros are the decimals that are gained or lost.
        places = self.places + len(str(ratio.denominator)) - len(str(ratio.numerator))
        return attrs.evolve(
            self, value=value, unit=unit, places=places, text=f"{value:f}{unit.symbol}"
        )

    def __str__(self) -> str:
        return visible(self.text)

    def __format__(self, spec: str) -> str:
        """With as many decimals as the format says, and its unit; else as it is printed.

        What is printed is rounded half-up, exactly: ``.2f`` has two decimals in the unit of the
        figure, ``,.2f`` groups of three digits, too. One in per cent or per mille has ``.2%`` and
        ``.1‰`` besides. A width may stand before, as for any text, and ``+`` for a sign.

        Raises:
            BudgetperfError: it is another format.

        >>> figure = Figure(value="1353.215", unit="万元")
        >>> f"{figure}", f"{figure:,.2f}", f"{Figure.parse('68.48%'):.1%}"
        ('1353.215万元', '1,353.22万元', '68.5%')
        """
        is_rate = self.unit.symbol in _PER
        asked = read_spec(spec, ANY if is_rate else DECIMAL)
        if asked.places is None:
            return asked.laid_out(str(self))
        number, sign = Fraction(self.value), self.unit.symbol
        if asked.sign != "f":
            number, sign = self.nominal * _PER[asked.sign], asked.sign
        digits = rounded_text(number, asked.places, is_grouped=asked.is_grouped)
        return asked.laid_out(digits + sign)

    def __repr__(self) -> str:
        symbol = self.unit.symbol
        unit = literal(symbol) if self.unit == Unit.of(symbol) else repr(self.unit)
        return as_code(self, unit=unit)


_PER = {"%": 100, "‰": 1000}

Stated: TypeAlias = Figure | Missing
"""A figure of a report, or why it is not there."""


def with_unit(figure: Figure) -> str:
    """The text, with the unit of its column where the cell leaves it out."""
    text, symbol = figure.text, figure.unit.symbol
    if symbol in fold_width(text):
        return text
    return text if any(words in text for words in PER_SIGN) else text + symbol


def last_place(figure: Figure) -> Fraction:
    """The unit in the last place of the print, in base units."""
    return _last_place(figure.unit, figure.places)


@functools.lru_cache(maxsize=256)
def _last_place(unit: Unit, places: int) -> Fraction:
    return unit.scale * unit_in_last_place(places)


def as_rounded(figure: Figure) -> Figure:
    """The figure, read as a rounded one (half-up) where its print is exact."""
    if not figure.is_exact:
        return figure
    try:
        return figure._half_up  # pyright: ignore[reportPrivateUsage]
    except AttributeError:
        made = _copied(figure, places=figure.places, rounding=RoundingMode.HALF_UP)
        return keep(figure, "_half_up", made)


@by_name
def parse_figure(text: str, *, place: Place | None = None, path: str = "") -> Stated:
    """The figure that a cell of a table holds, or why it holds none. Nothing is guessed.

    A mark in use for "nothing here" (``—``, ``/``, a blank), a masked number, words in place of a
    number and a number that cannot be read each give a ``Missing`` with its own reason.

    Raises:
        WrongTypeError: it is no text.
        BudgetperfError: there is an operator (``≥90%``): it is a target, and no figure.

    >>> parse_figure("—").reason.value, parse_figure("7,00.0,77").reason.value
    ('dash', 'unreadable')
    """
    number = read_number(text, place=place)
    if isinstance(number, Missing):
        return number
    if number.operator is not None:
        raise with_operator(text)
    return Figure.from_printed(number, path=path, place=place)


def read_figure(text: str, *, place: Place | None = None) -> Stated:
    """The same of what stands in a document, where an operator is read past."""
    number = read_number(text, place=place)
    return number if isinstance(number, Missing) else Figure.from_printed(number, place=place)


def read_number(text: str, *, place: Place | None = None) -> PrintedNumber | Missing:
    """The number that a cell of a table holds, with its operator, or why it holds none."""
    simple = simple_number(text) if type(text) is str else None
    if simple is not None:
        return simple
    plain = plain_text(text)
    blank = blank_of(plain, text)
    if blank is not None:
        return missing_at(place, reason=blank.reason, text=blank.text)
    try:
        return number_of(plain, text)
    except BudgetperfError:
        is_number = any(c.isdigit() for c in text) or _FAILED.fullmatch(plain.strip())
        reason = MissingReason.UNREADABLE if is_number else MissingReason.QUALITATIVE
        return missing_at(place, reason=reason, text=text.strip())


_FAILED = re.compile(r"#(?:N/A|[A-Z]+[!?]|未计算)")
"""What a spreadsheet shows where a formula gives no number, or where its number was not stored."""


def share_precision(column: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of one column or phrase, with the precision that they have in common.

    Precision belongs to the column, not to how one cell was typed: among figures of one unit all
    get the most places that any of them shows (``30`` among ``29.99`` is 30.00), and where all
    are whole, all are exact (beside 元, whole 万元 are not). Negative places, as
    :meth:`Figure.to` gives them, are kept.
    """
    figures = tuple(column)
    places: dict[str, int] = {}
    finest: dict[str, Fraction] = {}
    last: Unit | None = None
    for figure in figures:
        symbol = figure.unit.symbol
        places[symbol] = max(places.get(symbol, 0), figure.places, decimals_of(figure.value))
        if figure.unit is not last:  # a column has one unit as a rule
            last, dimension, scale = figure.unit, figure.unit.dimension, figure.unit.scale
            finest[dimension] = min(finest.get(dimension, scale), scale)
    return tuple(
        _with_places(figure, places[figure.unit.symbol], finest[figure.unit.dimension])
        for figure in figures
    )


def _with_places(figure: Figure, places: int, finest: Fraction) -> Figure:
    if figure.places < 0 or (not places and (figure.is_exact or figure.unit.scale > finest)):
        return figure
    rounding = (figure.rounding or RoundingMode.HALF_UP) if places else None
    if figure.places == places and figure.rounding is rounding:
        return figure
    return _copied(figure, places=places, rounding=rounding)


def at_path(figure: Figure, path: str) -> Figure:
    """The same figure as one of a report: with its path."""
    return _copied(figure, places=figure.places, rounding=figure.rounding, path=path)


def at_place(figure: Figure, place: Place) -> Figure:
    """The same figure at a place that says more."""
    return _made(
        figure.value, figure.unit, figure.places, figure.rounding, figure.text, figure.path, place
    )


def printed_as(figure: Figure, text: str) -> Figure:
    """The same figure in other print: with its unit in the header of its column."""
    return _made(
        figure.value, figure.unit, figure.places, figure.rounding, text, figure.path, figure.place
    )


def _copied(
    figure: Figure, *, places: int, rounding: RoundingMode | None, path: str | None = None
) -> Figure:
    """The figure with no fewer places than its value has."""
    way = figure.path if path is None else path
    return _made(figure.value, figure.unit, places, rounding, figure.text, way, figure.place)


def in_place_of(figure: Figure, value: Decimal, places: int) -> Figure:
    """Another number as it would be printed in place of a figure, with so many decimals."""
    unit = figure.unit
    return _made(value, unit, places, figure.rounding, f"{value:f}{unit.symbol}", "", None)


def _are_right(rounding: object, path: object, place: object) -> bool:
    """Whether these are of the types that they are to be of."""
    is_mode = rounding is None or type(rounding) is RoundingMode
    return is_mode and type(path) is str and (place is None or type(place) is Place)


def _made(
    value: Decimal,
    unit: Unit,
    places: int,
    rounding: RoundingMode | None,
    text: str,
    path: str,
    place: Place | None,
) -> Figure:
    """The figure with no fewer places than its value has. What was checked is not checked again."""
    made = object.__new__(Figure)
    put = object.__setattr__
    put(made, "value", value)
    put(made, "unit", unit)
    put(made, "places", places)
    put(made, "rounding", rounding)
    put(made, "text", text)
    put(made, "path", path)
    put(made, "place", place)
    put(made, "_is_typed", False)
    return made


def as_typed(figure: Figure) -> Figure:
    """The figure as one that was given in code as it would be printed: in its column it gets the
    precision of that."""
    return _as_typed(figure, figure.rounding)


def _as_typed(figure: Figure, rounding: RoundingMode | None) -> Figure:
    made = _copied(figure, places=figure.places, rounding=rounding)
    object.__setattr__(made, "_is_typed", True)
    return made


def typed_simple(text: str) -> Figure | None:
    """The figure that is given in code as digits and a unit alone; ``None`` of all other text."""
    parts = simple_parts(text)
    if parts is None:
        return None
    number, decimals, symbol = parts
    unit, is_counted = _simple_unit(symbol)
    places = len(decimals or "")
    rounding = None if is_counted and not places else RoundingMode.HALF_UP
    value = Decimal(number)
    made = _made(value, unit, places, rounding, text, "", None)
    object.__setattr__(made, "_is_typed", True)
    return made


@functools.cache  # of the few units that are simple
def _simple_unit(symbol: str) -> tuple[Unit, bool]:
    """The unit, and whether whole numbers of it count something."""
    unit = Unit.of(symbol)
    return unit, _is_counted(unit)


def is_typed(figure: Figure) -> bool:
    """Whether it was given in code as it would be printed, and has no column yet."""
    return figure._is_typed  # pyright: ignore[reportPrivateUsage]


def as_typed_exact(figure: Figure) -> Figure:
    """The same of a figure that is exact as long as it stands in no column."""
    if figure.rounding is None and figure._is_typed:  # pyright: ignore[reportPrivateUsage]
        return figure
    try:
        return figure._typed_exact  # pyright: ignore[reportPrivateUsage]
    except AttributeError:
        return keep(figure, "_typed_exact", _as_typed(figure, None))


def as_printed(figure: Figure) -> Figure:
    """A figure that was typed as precise as its print alone says, whatever field it stands in."""
    is_counted = not figure.places and _is_counted(figure.unit)
    rounding = None if is_counted else RoundingMode.HALF_UP
    return _copied(figure, places=figure.places, rounding=rounding)


def common_interval(printings: Iterable[Figure]) -> Interval | None:
    """The true values behind one quantity that is printed several times; ``None`` if none fits.

    Two printings in the same unit, with the same places and the same mode, must be the same
    number, even where their cells touch.
    """
    seen: dict[tuple[Unit, int, RoundingMode | None], Decimal] = {}
    common: Interval | None = Interval()
    for figure in printings:
        if seen.setdefault((figure.unit, figure.places, figure.rounding), figure.value) != (
            figure.value
        ):
            return None
        common = common and common.intersection(figure.interval)
    return common


@functools.lru_cache(maxsize=4096)
def _cell(value: Decimal, places: int, rounding: RoundingMode, unit: Unit) -> Interval:
    return cell(Fraction(*value.as_integer_ratio()), places, rounding).scaled(unit.scale)


def _is_power_of_ten(ratio: Fraction) -> bool:
    least, power = sorted((ratio.numerator, ratio.denominator))
    return least == 1 and power == 10 ** (len(integer_text(power)) - 1)


def _not_decimal(unit: Unit, other: Unit) -> Text:
    return Text(
        zh=f"“{unit}”与“{other}”不是十进倍数，小数位数无法换算：请用 nominal 与 interval",
        en=f"{unit} and {other} are not a power of ten apart, so decimal places do not "
        "convert: use nominal and interval",
    )


def decimals_of(value: Decimal) -> int:
    """With how many decimals a number is written."""
    text = str(value)
    if "E" not in text and "e" not in text:
        _, _, behind = text.partition(".")
        return len(behind)
    # Where it is written with a power of ten: the exponent comes with a tuple of all digits.
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _is_counted(unit: Unit) -> bool:
    """Whether a whole number of the unit counts something: not money, no rate, no bare 5 万."""
    if unit.dimension in (MONEY, RATIO):
        return False
    return unit.dimension != NUMBER or unit.scale == 1

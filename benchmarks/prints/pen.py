"""The pen: it prints true values by rounding, hides some, and notes the shapes that it used."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

import attrs

import budgetperf as bp
from budgetperf.model import map_figures

from .catalogue import SHAPES

__all__ = ["ABSENT", "SCALES", "Pen", "Style", "decimals", "without_zeros"]

_T = TypeVar("_T")

ABSENT = bp.Missing()
"""The document has no place for it."""

SCALES = {
    "元": Fraction(1),
    "千元": Fraction(1000),
    "万元": Fraction(10**4),
    "百万元": Fraction(10**6),
    "亿元": Fraction(10**8),
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "个百分点": Fraction(1, 100),
    "": Fraction(1),
}
"""The size of the units that the pen writes; what is counted counts singly."""

_KNOWN = frozenset(SHAPES)
_HOLES = ("***", "—", "/", "-", "", "*", "——", "****")


def decimals(value: Fraction, places: int) -> str:
    """The value rounded half-up, with so many decimals; 0 has no sign."""
    scaled = abs(value) * 10**places
    steps = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(steps).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and steps else text


@attrs.frozen(kw_only=True)
class Style:
    """How the cells of a column look.

    Args:
        unit: the unit in which the numbers stand.
        places: their decimals.
        headed: whether the unit stands in the heading of the column, not in the cell.
        grouped: whether thousands are set apart.
        wide: whether digits and signs are full-width.
    """

    unit: str
    places: int
    headed: bool = False
    grouped: bool = False
    wide: bool = False

    @property
    def step(self) -> Fraction:
        """The unit in the last place, in the base unit."""
        return SCALES.get(self.unit, Fraction(1)) / Fraction(10) ** self.places


_WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
_MINUS = ("-", "−", "－")


class Pen:
    """Draws and prints for one report.

    Attributes:
        shapes: the shapes used so far, in order.
        truth: the true value behind each figure that is printed, or hidden, by its path.
    """

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.shapes: dict[str, None] = {}
        self.truth: dict[str, Fraction] = {}

    # Drawing.

    def chance(self, share: float) -> bool:
        """Whether something happens that does in this share of the cases."""
        return self.rng.random() < share

    def uses(self, shape: str, share: float) -> bool:
        """Whether a shape is used, which is noted if it is."""
        if not self.chance(share):
            return False
        self.note(shape)
        return True

    def note(self, shape: str) -> None:
        """Note a shape, which is one of the catalogue."""
        assert shape in _KNOWN, shape
        self.shapes[shape] = None

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of several, all of them as likely."""
        return self.rng.choice(choices)

    def whole(self, least: int, most: int) -> int:
        """A whole number between two, both included."""
        return self.rng.randint(least, most)

    # Printing.

    def figure(self, text: str, path: str) -> bp.Figure:
        """The figure that a reader makes of a cell."""
        return bp.Figure.parse(text, path=path)

    def number(self, path: str, value: Fraction, style: Style) -> bp.Figure:
        """Print a value; nothing is hidden."""
        self.truth[path] = value
        number = decimals(value / SCALES.get(style.unit, Fraction(1)), style.places)
        plain = number + style.unit
        if style.grouped:
            number = _grouped(number)
        text = number if style.headed else number + style.unit
        if number.startswith("-"):
            text = self.pick(_MINUS) + text[1:]
        if style.wide:
            text = text.translate(_WIDE)
        if style.headed:
            return attrs.evolve(self.figure(plain, path), text=text)
        return self.figure(text, path)

    def cell(
        self, path: str, value: Fraction | None, style: Style, hidden: float = 0.04
    ) -> bp.Figure | bp.Missing:
        """Print a value, or hide it; what has no value is a hole."""
        if value is None:
            return self.hole()
        self.truth[path] = value
        if self.uses("hidden cells", hidden):
            return self.hole()
        return self.number(path, value, style)

    def hole(self) -> bp.Missing:
        """A mark in place of a number, or no place for it."""
        if self.chance(0.3):
            return ABSENT
        found = bp.parse_figure(self.pick(_HOLES))
        assert isinstance(found, bp.Missing)
        return found

    def blank(self) -> bp.Missing:
        """An empty or a masked cell: something should stand there."""
        found = bp.parse_figure(self.pick(("", "***", "****")))
        assert isinstance(found, bp.Missing)
        return found

    def dash(self) -> bp.Missing:
        """A mark that says that it does not apply."""
        found = bp.parse_figure(self.pick(("—", "/", "-", "——")))
        assert isinstance(found, bp.Missing)
        return found

    def rate(
        self,
        path: str,
        part: Fraction,
        whole: Fraction,
        style: Style,
        hidden: float = 0.04,
    ) -> bp.Figure | bp.Missing:
        """Print a quotient; on a base of 0 there is none."""
        return self.cell(path, part / whole if whole else None, style, hidden)

    def rate_style(self) -> Style:
        """How rates are printed: in percent with 0 to 4 places, seldom as a bare fraction."""
        if self.uses("bare rates", 0.06):
            return Style(unit="", places=self.whole(2, 4))
        places = self.pick((0, 1, 2, 2, 2, 2, 3, 4))
        self.note(f"rates with {places} places")
        return Style(unit="%", places=places, wide=self.uses("full-width rates", 0.03))

    def people(self, path: str, value: int, units: Sequence[str]) -> bp.Figure:
        """Print a number of people or things, in one of several words for them."""
        self.truth[path] = Fraction(value)
        return self.figure(f"{value}{self.pick(units)}", path)


def _grouped(number: str) -> str:
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, fraction = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{fraction}"


def without_zeros(
    report: bp.SelfEvaluation, pen: Pen, column: Callable[[str], str | None]
) -> bp.SelfEvaluation:
    """The report with zeros at the end of some cells left out, as people and Excel do.

    In every column one cell keeps its decimals, which tell how precise all of them are.

    Args:
        report: the report, without figures that are printed again.
        pen: draws which.
        column: the name of the column of a path; ``None`` if it is none.
    """
    columns: dict[tuple[str, str], list[tuple[str, bp.Figure]]] = {}
    for path, figure in bp.figures(report):
        name = column(path)
        if name is not None and figure.places > 0:
            columns.setdefault((name, figure.unit.symbol), []).append((path, figure))
    shorter: dict[str, bp.Figure] = {}
    for cells in columns.values():
        most = max(figure.places for _, figure in cells)
        keeping = [path for path, figure in cells if figure.places == most]
        kept = pen.pick(keeping)
        for path, figure in cells:
            short = _shorter(figure, path)
            if path != kept and short is not None and pen.chance(0.7):
                shorter[path] = short
    if not shorter:
        return report
    pen.note("zeros left out")
    return map_figures(report, shorter.get)


def _shorter(figure: bp.Figure, path: str) -> bp.Figure | None:
    """The figure without the zeros at its end; ``None`` if it has none."""
    number = f"{figure.value:f}"
    if "." not in number or not number.endswith("0") or not figure.text.startswith(number):
        return None
    short = number.rstrip("0").rstrip(".")
    parsed = bp.Figure.parse(short + figure.unit.symbol, path=path)
    return attrs.evolve(parsed, text=short + figure.text[len(number) :])

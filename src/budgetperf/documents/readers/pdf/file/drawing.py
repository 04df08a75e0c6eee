"""What a page draws, from its operators: signs where they stand, and rules (ISO 32000-1, 8 and 9).

Only what tells where text and lines are is followed; nothing is painted.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeAlias

import attrs

from budgetperf.documents.readers.pdf.page import Box, Glyph, Page, Rule
from budgetperf.documents.readers.text import UNKNOWN, too_long

from .content import Operand, operators

__all__ = ["Allowance", "Font", "Form", "Matrix", "Resources", "draw"]

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_THIN = 3.0
"""What is filled and no wider than this is a line."""
_DEEPEST = 12
"""How deep forms lie in each other."""
_FORM = 500
"""What a form costs beside its operators, in bytes of them."""
_STATES = 500
"""How many states of drawing are kept at a time."""
_BOXES = 2_000
_MOST_LOOKS = 2_000_000
"""How often it is looked for what pale signs stand on."""
_LOWEST_SIZE = 0.5
_SLANT = 0.02


class Font(Protocol):
    """A font as far as it matters here."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def is_upright(self) -> bool:
        """Whether its text goes from left to right."""
        ...

    def signs(self, text: bytes) -> Iterable[tuple[str, float, bool]]:
        """The signs of a string: each with its text, its width in sizes, and whether it is the
        blank that is widened where words are."""
        ...


@attrs.frozen
class Form:
    """A drawing within others: its operators, how it is moved, and what it refers to."""

    data: bytes
    matrix: Matrix
    resources: Resources | None


class Resources(Protocol):
    """What operators refer to by name."""

    def font(self, name: str) -> Font | None:
        """A font."""
        ...

    def drawing(self, name: str) -> Form | None:
        """A drawing; ``None`` for what is a picture."""
        ...


class Allowance:
    """How much a document may still draw."""

    def __init__(self, *, content: int, operators: int, glyphs: int, rules: int) -> None:
        self._content = content
        self._operators = operators
        self._glyphs = glyphs
        self._rules = rules

    def take_content(self, size: int) -> None:
        """Count the bytes of a stream that is gone through.

        Raises:
            UnusableDocumentError: there are too many.
        """
        self._content -= size
        if self._content < 0:
            raise too_long()

    def take_operator(self) -> None:
        """Count an operator."""
        self._operators -= 1
        if self._operators < 0:
            raise too_long()

    def take_glyph(self) -> None:
        """Count a sign."""
        self._glyphs -= 1
        if self._glyphs < 0:
            raise too_long()

    def take_rule(self) -> None:
        """Count a rule."""
        self._rules -= 1
        if self._rules < 0:
            raise too_long()


def draw(
    data: bytes,
    resources: Resources,
    box: Box,
    turn: int,
    *,
    number: int,
    allowance: Allowance,
) -> Page:
    """The page that operators draw.

    Args:
        data: the operators.
        resources: what they refer to.
        box: what of the page is seen, in its own measure: up is more.
        turn: by how many degrees it is turned clockwise.
        number: which page it is.
        allowance: how much may be drawn.

    Raises:
        UnusableDocumentError: it is too much.
    """
    width, height = box.x1 - box.x0, box.bottom - box.top
    placing: Mapping[int, Matrix] = {
        0: (1, 0, 0, -1, -box.x0, box.bottom),
        90: (0, 1, 1, 0, -box.top, -box.x0),
        180: (-1, 0, 0, 1, box.x1, -box.top),
        270: (0, -1, -1, 0, box.bottom, box.x1),
    }
    if turn in (90, 270):
        width, height = height, width
    drawing = _Drawing(width, height, allowance)
    drawing.run(data, resources, placing.get(turn, placing[0]), 0)
    return drawing.page(number)


@attrs.define
class _State:
    """The state of drawing, as far as it matters."""

    matrix: Matrix
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    is_pale: bool = False
    clip: Box | None = None

    def copied(self) -> _State:
        """The same once more, quickly."""
        return _State(
            *(self.matrix, self.font, self.size, self.spacing, self.word_spacing, self.scale),
            *(self.leading, self.rise, self.mode, self.is_pale, self.clip),
        )


@attrs.frozen
class _Drawn:
    """A sign as it is drawn: the direction in which its line goes, and whether it shows."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    direction: int | None
    is_pale: bool


class _Drawing:
    """What the operators of a page have drawn so far: signs, rules and pictures."""

    def __init__(self, width: float, height: float, allowance: Allowance) -> None:
        self._width = width
        self._height = height
        self._allowance = allowance
        self._drawn: list[_Drawn] = []
        self._rules: list[Rule] = []
        self._boxes: list[Box] = []
        self._pictured = 0.0
        self._unseen = 0
        self._is_crowded = False
        self._looks = _MOST_LOOKS

    # Operators.

    def run(self, data: bytes, resources: Resources, matrix: Matrix, depth: int) -> None:
        self._allowance.take_content(len(data))
        runner = _Runner(self, resources, _State(matrix), depth)
        for operator, operands in operators(data):
            self._allowance.take_operator()
            runner.do(operator, operands)

    def form(self, form: Form, resources: Resources, matrix: Matrix, depth: int) -> None:
        if depth < _DEEPEST:
            self._allowance.take_content(_FORM)
            own = form.resources or resources
            self.run(form.data, own, _product(form.matrix, matrix), depth + 1)
        else:
            raise too_long()

    # What is drawn.

    def glyph(self, text: str, width: float, state: _State, matrix: Matrix) -> None:
        self._allowance.take_glyph()
        a, b, c, d, e, f = matrix
        size = state.size * math.hypot(c, d)
        x0, y0 = c * state.rise + e, d * state.rise + f
        x1, y1 = x0 + a * width, y0 + b * width
        if state.mode in (3, 7):
            self._unseen += not text.isspace()
            return
        direction = _direction(a * state.size, b * state.size, c * state.size, d * state.size)
        if abs(size) < _LOWEST_SIZE:
            self._unseen += 1
        elif state.clip is None or state.clip.holds((x0 + x1) / 2, (y0 + y1) / 2):
            self._drawn.append(_Drawn(text, x0, y0, x1, y1, abs(size), direction, state.is_pale))

    def rule(self, x0: float, y0: float, x1: float, y1: float, clip: Box | None) -> None:
        """A line, if it goes straight across or down."""
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if clip is not None:
            left, right = max(left, clip.x0 - 1), min(right, clip.x1 + 1)
            top, bottom = max(top, clip.top - 1), min(bottom, clip.bottom + 1)
            if left > right or top > bottom:
                return
        if min(right - left, bottom - top) <= 1.0 < max(right - left, bottom - top):
            self._allowance.take_rule()
            if right - left > bottom - top:
                top = bottom = (top + bottom) / 2
            else:
                left = right = (left + right) / 2
            self._rules.append(Rule(left, top, right, bottom))

    def area(self, box: Box, *, is_pale: bool, clip: Box | None = None) -> None:
        """Something filled: a line, if it is thin."""
        width, height = box.x1 - box.x0, box.bottom - box.top
        if min(width, height) <= _THIN < max(width, height) or max(width, height) <= _THIN:
            if is_pale:
                return
            x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
            if width > height:
                self.rule(box.x0, y, box.x1, y, clip)
            else:
                self.rule(x, box.top, x, box.bottom, clip)
        elif not is_pale and len(self._boxes) < _BOXES:
            self._boxes.append(box)
        elif not is_pale:
            self._is_crowded = True

    def picture(self, matrix: Matrix) -> None:
        box = _bounds(_moved(matrix, x, y) for x in (0, 1) for y in (0, 1))
        width = min(box.x1, self._width) - max(box.x0, 0)
        height = min(box.bottom, self._height) - max(box.top, 0)
        if width > 0 and height > 0:
            self._pictured += width * height
            self.area(box, is_pale=False)

    # The page.

    def page(self, number: int) -> Page:
        turns = Counter(drawn.direction for drawn in self._drawn if drawn.direction is not None)
        turn = turns.most_common(1)[0][0] if turns else 0
        seen: list[_Drawn] = []
        askew: list[str] = []
        for drawn in self._drawn:
            if drawn.direction != turn:
                askew.append(drawn.text)
            elif drawn.is_pale and not self._is_over_something(drawn):
                self._unseen += not drawn.text.isspace()
            else:
                seen.append(drawn)
        width, height = self._width, self._height
        area = width * height
        turned = _TURNS[turn](width, height)
        if turn in (90, 270):
            width, height = height, width
        glyphs: list[Glyph] = []
        for drawn in seen:
            x0, y0 = turned(drawn.x0, drawn.y0)
            x1, _ = turned(drawn.x1, drawn.y1)
            glyph = Glyph(drawn.text, min(x0, x1), max(x0, x1), y0, drawn.size)
            if -1 <= glyph.middle <= width + 1 and -1 <= glyph.base <= height + 1:
                glyphs.append(glyph)
        rules: list[Rule] = []
        for rule in self._rules:
            box = _bounds((turned(rule.x0, rule.top), turned(rule.x1, rule.bottom)))
            rules.append(Rule(box.x0, box.top, box.x1, box.bottom))
        return Page(
            number=number,
            width=width,
            height=height,
            glyphs=tuple(glyphs),
            rules=tuple(rules),
            turned="".join(askew),
            unseen=self._unseen,
            pictured=self._pictured / area if area > 0 else 0.0,
        )

    def _is_over_something(self, drawn: _Drawn) -> bool:
        self._looks -= len(self._boxes)
        if self._looks < 0:
            raise too_long()
        x, y = (drawn.x0 + drawn.x1) / 2, (drawn.y0 + drawn.y1) / 2
        return self._is_crowded or any(box.holds(x, y) for box in self._boxes)


_Turned: TypeAlias = Callable[[float, float], tuple[float, float]]
_TURNS: Mapping[int, Callable[[float, float], _Turned]] = MappingProxyType(
    {
        0: lambda width, height: lambda x, y: (x, y),
        90: lambda width, height: lambda x, y: (y, width - x),
        180: lambda width, height: lambda x, y: (width - x, height - y),
        270: lambda width, height: lambda x, y: (height - y, x),
    }
)
"""How a page is turned whose lines go down, to the left, or up, so that they go to the right."""


def _direction(a: float, b: float, c: float, d: float) -> int | None:
    """By how many degrees clockwise a line is turned; ``None`` if it stands askew or mirrored.

    Down is more on the page, so that the sign of what goes up is negative.
    """
    if abs(b) <= _SLANT * abs(a) and a * d < 0:
        return 0 if a > 0 else 180
    if abs(a) <= _SLANT * abs(b) and b * c > 0:
        return 90 if b > 0 else 270
    return None


class _Runner:
    """Follows the operators of one stream."""

    def __init__(self, drawing: _Drawing, resources: Resources, state: _State, depth: int) -> None:
        self._drawing = drawing
        self._resources = resources
        self._state = state
        self._depth = depth
        self._states: list[_State] = []
        self._line = self._text = _SAME
        self._path: list[list[tuple[float, float]]] = []
        self._is_curved = self._clips = False

    def do(self, operator: bytes, operands: list[Operand]) -> None:
        known = _OPERATORS.get(operator)
        if known is None:
            return
        count, action = known
        numbers = [value for value in operands if isinstance(value, float)]
        if count < 0:
            action(self, operands)
        elif len(numbers) >= count:
            action(self, numbers[-count:] if count else [])

    # State.

    def save(self, _: list[float]) -> None:
        if len(self._states) >= _STATES:
            raise too_long()
        self._states.append(self._state.copied())

    def restore(self, _: list[float]) -> None:
        if self._states:
            self._state = self._states.pop()

    def move(self, numbers: list[float]) -> None:
        self._state.matrix = _product(_matrix(numbers), self._state.matrix)

    def gray(self, numbers: list[float]) -> None:
        self._state.is_pale = numbers[0] >= 0.98

    def red_green_blue(self, numbers: list[float]) -> None:
        self._state.is_pale = min(numbers) >= 0.98

    def inks(self, numbers: list[float]) -> None:
        self._state.is_pale = max(numbers) <= 0.02

    def other_colour(self, _: list[Operand]) -> None:
        self._state.is_pale = False

    # Lines.

    def begin(self, numbers: list[float]) -> None:
        self._path.append([(numbers[0], numbers[1])])

    def line(self, numbers: list[float]) -> None:
        if self._path:
            self._path[-1].append((numbers[0], numbers[1]))

    def curve(self, numbers: list[float]) -> None:
        self._is_curved = True
        self.line(numbers[-2:])

    def close(self, _: list[float]) -> None:
        if self._path:
            self._path[-1].append(self._path[-1][0])

    def rectangle(self, numbers: list[float]) -> None:
        x, y, width, height = numbers
        self._path.append(
            [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        )

    def stroke(self, _: list[float]) -> None:
        self._paint(strokes=True, fills=False)

    def close_and_stroke(self, _: list[float]) -> None:
        self.close([])
        self._paint(strokes=True, fills=False)

    def fill(self, _: list[float]) -> None:
        self._paint(strokes=False, fills=True)

    def fill_and_stroke(self, _: list[float]) -> None:
        self._paint(strokes=True, fills=True)

    def no_paint(self, _: list[float]) -> None:
        if self._clips:
            self._clip()
        self._path.clear()
        self._is_curved = self._clips = False

    def clip(self, _: list[float]) -> None:
        self._clips = True  # with the path that comes next

    def _clip(self) -> None:
        points = [_moved(self._state.matrix, x, y) for part in self._path for x, y in part]
        if not points:
            return
        box, before = _bounds(points), self._state.clip
        if before is not None:
            box = Box(
                max(box.x0, before.x0),
                max(box.top, before.top),
                min(box.x1, before.x1),
                min(box.bottom, before.bottom),
            )
        self._state.clip = box

    def _paint(self, *, strokes: bool, fills: bool) -> None:
        a, b, c, d, e, f = self._state.matrix
        for part in self._path:
            if len(part) == 5 and not strokes and b == c == 0 and part[0] == part[4]:  # a rectangle
                (x0, y0), _, (x1, y1), *_ = part
                x0, x1, y0, y1 = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
                box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                self._drawing.area(box, is_pale=self._state.is_pale, clip=self._state.clip)
                continue
            points = [_moved(self._state.matrix, x, y) for x, y in part]
            if fills and len(points) > 2 and not (self._is_curved and len(points) > 8):
                is_pale = self._state.is_pale
                self._drawing.area(_bounds(points), is_pale=is_pale, clip=self._state.clip)
            if strokes and not self._is_curved:
                for (x0, y0), (x1, y1) in itertools.pairwise(points):
                    self._drawing.rule(x0, y0, x1, y1, self._state.clip)
        self.no_paint([])

    # Text.

    def begin_text(self, _: list[float]) -> None:
        self._line = self._text = _SAME

    def spacing(self, numbers: list[float]) -> None:
        self._state.spacing = numbers[0]

    def word_spacing(self, numbers: list[float]) -> None:
        self._state.word_spacing = numbers[0]

    def scale(self, numbers: list[float]) -> None:
        self._state.scale = numbers[0] / 100

    def leading(self, numbers: list[float]) -> None:
        self._state.leading = numbers[0]

    def mode(self, numbers: list[float]) -> None:
        self._state.mode = int(numbers[0])

    def rise(self, numbers: list[float]) -> None:
        self._state.rise = numbers[0]

    def font(self, operands: list[Operand]) -> None:
        if len(operands) >= 2 and isinstance(operands[-2], str):
            self._state.font = self._resources.font(operands[-2])
        if operands and isinstance(operands[-1], float):
            self._state.size = operands[-1]

    def next_line(self, numbers: list[float]) -> None:
        x, y = numbers
        self._line = self._text = _product((1, 0, 0, 1, x, y), self._line)

    def next_line_with_leading(self, numbers: list[float]) -> None:
        self._state.leading = -numbers[1]
        self.next_line(numbers)

    def line_matrix(self, numbers: list[float]) -> None:
        self._line = self._text = _matrix(numbers)

    def line_down(self, _: list[float]) -> None:
        self.next_line([0.0, -self._state.leading])

    def show(self, operands: list[Operand]) -> None:
        for operand in operands[-1:]:
            self._show(operand if isinstance(operand, list) else [operand])

    def show_on_next_line(self, operands: list[Operand]) -> None:
        self.line_down([])
        self.show(operands)

    def show_spaced(self, operands: list[Operand]) -> None:
        numbers = [value for value in operands if isinstance(value, float)]
        if len(numbers) >= 2:
            self._state.word_spacing, self._state.spacing = numbers[-2:]
        self.show_on_next_line(operands)

    def _show(self, parts: list[Operand]) -> None:
        state, font = self._state, self._state.font
        if font is None:
            return
        x = 0.0
        for part in parts:
            if isinstance(part, float):
                x -= part / 1000 * state.size * state.scale
            elif isinstance(part, bytes):
                for text, width, is_blank in font.signs(part):
                    wide = width * state.size * state.scale
                    if text:
                        at = _product((1, 0, 0, 1, x, 0), _product(self._text, state.matrix))
                        shown = text if font.is_upright else UNKNOWN
                        self._drawing.glyph(shown, wide, state, at)
                    x += wide + state.spacing * state.scale
                    x += state.word_spacing * state.scale if is_blank else 0
        self._text = _product((1, 0, 0, 1, x, 0), self._text)

    # Drawings.

    def drawing(self, operands: list[Operand]) -> None:
        name = operands[-1] if operands else None
        if not isinstance(name, str):
            return
        form = self._resources.drawing(name)
        if form is None:
            self._drawing.picture(self._state.matrix)
        else:
            self._drawing.form(form, self._resources, self._state.matrix, self._depth)

    def inline_picture(self, _: list[float]) -> None:
        self._drawing.picture(self._state.matrix)


_OPERATORS: Mapping[bytes, tuple[int, Callable[..., None]]] = MappingProxyType(
    {
        b"q": (0, _Runner.save),
        b"Q": (0, _Runner.restore),
        b"cm": (6, _Runner.move),
        b"g": (1, _Runner.gray),
        b"rg": (3, _Runner.red_green_blue),
        b"k": (4, _Runner.inks),
        b"cs": (-1, _Runner.other_colour),
        b"sc": (-1, _Runner.other_colour),
        b"scn": (-1, _Runner.other_colour),
        b"m": (2, _Runner.begin),
        b"l": (2, _Runner.line),
        b"c": (6, _Runner.curve),
        b"v": (4, _Runner.curve),
        b"y": (4, _Runner.curve),
        b"h": (0, _Runner.close),
        b"re": (4, _Runner.rectangle),
        b"S": (0, _Runner.stroke),
        b"s": (0, _Runner.close_and_stroke),
        b"f": (0, _Runner.fill),
        b"F": (0, _Runner.fill),
        b"f*": (0, _Runner.fill),
        b"B": (0, _Runner.fill_and_stroke),
        b"B*": (0, _Runner.fill_and_stroke),
        b"b": (0, _Runner.fill_and_stroke),
        b"b*": (0, _Runner.fill_and_stroke),
        b"n": (0, _Runner.no_paint),
        b"W": (0, _Runner.clip),
        b"W*": (0, _Runner.clip),
        b"BT": (0, _Runner.begin_text),
        b"Tc": (1, _Runner.spacing),
        b"Tw": (1, _Runner.word_spacing),
        b"Tz": (1, _Runner.scale),
        b"TL": (1, _Runner.leading),
        b"Tr": (1, _Runner.mode),
        b"Ts": (1, _Runner.rise),
        b"Tf": (-1, _Runner.font),
        b"Td": (2, _Runner.next_line),
        b"TD": (2, _Runner.next_line_with_leading),
        b"Tm": (6, _Runner.line_matrix),
        b"T*": (0, _Runner.line_down),
        b"Tj": (-1, _Runner.show),
        b"TJ": (-1, _Runner.show),
        b"'": (-1, _Runner.show_on_next_line),
        b'"': (-1, _Runner.show_spaced),
        b"Do": (-1, _Runner.drawing),
        b"ID": (0, _Runner.inline_picture),
    }
)


def _matrix(numbers: list[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(points: Iterable[tuple[float, float]]) -> Box:
    all_points = list(points)
    across, down = [x for x, _ in all_points], [y for _, y in all_points]
    return Box(min(across), min(down), max(across), max(down))

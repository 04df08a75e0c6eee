"""The indicator table of a form: its rows, with headings filled down, and its total."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.understanding.assembling import Found
from budgetperf.exact import Figure, Missing, MissingReason, Stated, Text, blank_reason
from budgetperf.model import Direction, Target
from budgetperf.model.indicators import heading_points, is_subtotal, points_in_name, says_points
from budgetperf.rules.ruleset import FULL_MARKS

from . import cells
from .funding import SHIFTED
from .grid import Line, Piece, forget, overlap
from .headers import Column, Header, is_number
from .notes import NO_UNITS
from .vocabulary import REVIEWED, Vocabulary
from .words import label_of, words_of

__all__ = ["PLACEHOLDER", "IndicatorTable", "is_total", "is_words", "rating_in", "total_row"]

_Cells: TypeAlias = dict[str, tuple[Piece, ...]]
_LEVELS = ("level1", "level2")
_LONGEST_HEADING = 40
_LONGEST_NAME = 200
_LONGEST_CELL = 12
"""Of a cell that may be the same in each column, such as 不涉及."""
_FILLED = ("target", "actual", "weight", "score")
_POINTED = ("weight", "mark", "score", *REVIEWED)
_IN_WORDS = ("basis", "scoring_rule", "evidence", "analysis", "explanation")
PLACEHOLDER = re.compile(r"指标\d{0,2}[:：、.]?|…+|\.{3,}|⋯+|[×xX*]{2,}|XX.*")
_PREFIX = re.compile(r"(?:★+|☆+|\*+(?!\d)|指标\d{1,2}(?:[:：、]|[.](?!\d)|(?![\d.])))+")
_SUM = re.compile(r"(?:小计|合计|总计|总分|得分)(?:\(.*\))?$")
"""How the name of a row ends that only sums others up, if nothing is due or reached in it."""
_TEMPLATE = re.compile(
    r"(?:\([≥≤<>=]+\**[^()\d]*\)|(?<=.)[≥≤]\**(?!\**[上去往同目标预计国省市行])[^()\d≥≤]{1,6}|[★☆]|(?<=.)指标\d{1,2}[:：])+$"
)


def plain_name(text: str) -> str:
    """A name without the marks of the template before and behind it."""
    prefix = _PREFIX.match(text)
    name = (text[prefix.end() :] if prefix else "") or text
    if len(name) > _LONGEST_NAME:
        return name
    return _TEMPLATE.sub("", name) or name


_LAST_NUMBER = re.compile(r"\d[\d.]*(?=\D*$)")


def _understand_points(piece: Piece) -> None:
    """Record that the points at the end of a name were understood, and no number before them."""
    last = _LAST_NUMBER.search(piece.segment.text)
    if last is not None:
        piece.segment.understand(*last.span())


@attrs.define(kw_only=True, eq=False)
class IndicatorTable:
    """An indicator table as its rows are read.

    Args:
        known: the words of forms.
        header: its columns.
        width: how many columns the table has.
        above: the headings that the next row stands under.
        count: how many rows were read.
        row: the one that is read.
        in_names: the cells of names, where weights have no column, and the points that they say.
        in_units: how many figures without a unit were read in that of their target.
    """

    known: Vocabulary
    header: Header
    width: int
    above: dict[str, str] = attrs.Factory(dict[str, str])
    count: int = 0
    row: Line | None = None
    values: list[Found] = attrs.Factory(list[Found])
    lines: list[Line] = attrs.Factory(list[Line])
    shifted: list[int] = attrs.Factory(list[int])
    declined: int = 0
    in_names: list[tuple[str, Piece, Figure | None]] = attrs.Factory(
        list[tuple[str, Piece, Figure | None]]
    )
    in_units: int = 0

    def read(self, line: Line, following: Line | None) -> None:
        """Read a row.

        Args:
            line: the row.
            following: the next one, which tells a heading's weight from an indicator's.
        """
        self.row = line
        by_field = self.header.cells(line)
        self.declined += self.header.beside(line)
        if (
            self._has_shifted(line, by_field)
            or self._is_header(line)
            or not self._fits(line, by_field)
        ):
            self.shifted.append(line.number)
            self.declined += sum(is_number(piece.text) for piece in line.pieces)
            return
        if self._is_sum(line, by_field):
            return
        values = self._read(by_field, following)
        if values:
            self.values += values
            self.lines.append(line)

    def _has_shifted(self, line: Line, by_field: _Cells) -> bool:
        """Whether a number stands where a name is due: the cells of the row stand elsewhere than
        those of the header, as a program leaves them that loses merged cells."""
        measures = [
            piece
            for name in (*_LEVELS, "name")
            for piece in by_field.get(name, ())
            if cells.is_measure(piece.text, piece.place)
        ]
        if not measures:
            return False
        is_name = measures == list(by_field.get("name", ())) and cells.may_name(measures[0].text)
        return not (is_name and self._stands_right(line, by_field))

    def _stands_right(self, line: Line, by_field: _Cells) -> bool:
        """Whether the figures of a row show that none of its cells is lost, although its name may
        be one of them: each of its points is a bare number, and what would have moved there is
        none, or the headings stand where headings are due."""
        columns = self.header.columns
        placed = [name for name in _POINTED if name in columns]
        if not placed:
            placed = [name for name in ("target", "actual") if name in columns]
            if not all(_are_measures(by_field.get(name, ())) for name in placed):
                return False
        elif not all(_are_points(by_field.get(name, ())) for name in placed):
            return False
        last = max(columns[name].last for name in placed)
        own = [
            *((c.first, name) for name, c in columns.items()),
            *((c.first, "") for c in self.header.apart),
        ]
        behind = min(
            ((first, name) for first, name in own if first > last), default=(0, "explanation")
        )
        is_sure = behind[1] in _IN_WORDS or self._is_below_headings(by_field)
        return line.width == self.header.width and is_sure

    def _is_below_headings(self, by_field: _Cells) -> bool:
        """Whether what stands in the columns of headings is one of their level."""
        known = self.known.indicators.headings["level1"]
        return all(
            words_of(piece.text).name in known
            if level == "level1"
            else words_of(piece.text).name.endswith("指标")
            for level in _LEVELS
            for piece in by_field.get(level, ())
        )

    def _fits(self, line: Line, by_field: _Cells) -> bool:
        """Whether the figures of a row stand below their words: a heading may have few cells."""
        return not any(field in by_field for field in _FILLED) or self.header.fits(line)

    def _is_sum(self, line: Line, by_field: _Cells) -> bool:
        """Whether a row only sums others up, as its first cell says, and is no heading of a level:
        nothing is due or reached in it."""
        if not line.pieces:
            return False
        first = line.pieces[0]
        measures = [piece for name in ("target", "actual") for piece in by_field.get(name, ())]
        if any(piece.text != first.text for piece in measures):  # its words may stand in each place
            return False
        if not _SUM.search(first.words.full):
            return False
        of_level = any(first in by_field.get(level, ()) for level in _LEVELS)
        return not (of_level and is_subtotal(first.text))

    def _is_header(self, line: Line) -> bool:
        """Whether a row has words of headers and nothing else: one that does not fit above it."""
        words = self.known.indicators
        known = words.column_of.keys() | words.lower_of.keys()
        return len(line.pieces) > 1 and all(piece.words.within(known) for piece in line.pieces)

    def finish(self) -> list[Found]:
        """What the rows say; nothing where some have shifted: others may have, too."""
        if not self.shifted:
            return self._in_units() + self._weights_in_names()
        for line in self.lines:
            self.shifted.append(line.number)
            self.declined += sum(is_number(piece.text) for piece in line.pieces)
            forget(line.pieces)
        return []

    @property
    def notes(self) -> list[Text]:
        """What is to be said about rows that were left out, and of units that none has."""
        texts = [SHIFTED.fill(lines=lines_text(self.shifted))] if self.shifted else []
        return [*texts, NO_UNITS.fill(self.in_units)] if self.in_units else texts

    def _in_units(self) -> list[Found]:
        """What the rows say; where two at least are due in units, and what was reached has none in
        any of them, it is in that of its target."""
        aims = {f.path.removesuffix(".target"): f.value for f in self.values}
        pairs: dict[int, tuple[Figure, Target]] = {}
        for at, stated in enumerate(self.values):
            aim = aims.get(stated.path.removesuffix(".actual"))
            if not (isinstance(stated.value, Figure) and isinstance(aim, Target)):
                continue
            if isinstance(aim.value, Figure) and aim.value.unit.symbol:
                pairs[at] = stated.value, aim
        if len(pairs) < _SEVERAL or any(actual.unit.symbol for actual, _ in pairs.values()):
            return self.values
        values = list(self.values)
        for at, (actual, aim) in pairs.items():
            value = cells.in_unit_of(actual, aim)
            self.in_units += value is not actual
            values[at] = Found(path=values[at].path, value=value)
        return values

    def _read(self, by_field: _Cells, following: Line | None) -> list[Found]:
        headings = {level: cells.text_of(by_field[level]) for level in _LEVELS if level in by_field}
        headings = {level: words for level, words in headings.items() if not _is_mark(words)}
        name = cells.text_of(by_field.get("name", ()))
        is_across = self._is_across(by_field, headings, name, following)
        if is_across:
            headings, name = {"level1": headings["level1"]}, ""
        self._fill(headings)
        above = self.above | headings
        if PLACEHOLDER.fullmatch("".join(name.split())) or _is_mark(name):
            name = ""
            for piece in by_field["name"]:
                piece.understand()
        filled = [field for field in _FILLED if field in by_field]
        if not filled:
            self._heading_among_names(name)
            return []
        if not name and all(_is_mark(cells.text_of(by_field[field])) for field in filled):
            return []  # nothing is due under this heading
        if is_subtotal(name) or any(map(is_subtotal, headings.values())):
            return self._heading_row(by_field, above) if headings else []
        if not above and not name:
            return []
        execution = self._execution(by_field, headings)
        if execution is not None:
            return execution
        measured = "target" in by_field or "actual" in by_field
        is_heading = not name and not measured and self._is_heading(headings, following)
        if is_across or is_heading:
            return self._heading_row(by_field, above)
        return list(self._indicator(by_field, above, name))

    def _is_across(
        self, by_field: _Cells, headings: dict[str, str], name: str, following: Line | None
    ) -> bool:
        """Whether a cell across the columns of the levels and the names stands in each of these,
        and the row below goes on under it: it only says what it weighs."""
        heading = headings.get("level1", "")
        texts = [headings.get("level2", heading), name or heading]
        if not heading or following is None or "target" in by_field or "actual" in by_field:
            return False
        below = self.header.cells(following)
        beneath = cells.text_of(below.get("level1", ())) or heading
        named = cells.text_of(below.get("name", ()))
        return (
            any(text == heading for text in (headings.get("level2"), name))
            and all(text == heading for text in texts)
            and words_of(beneath).name == words_of(heading).name
            and named not in ("", heading)
        )

    def _heading_among_names(self, name: str) -> None:
        """Where headings have no column of their own they stand in that of the names."""
        if "level1" in self.header.columns or not name.endswith("指标"):
            return
        if words_of(name).name in self.known.indicators.headings["level1"]:
            self.above = {"level1": name}
        elif "level1" in self.above:
            self.above["level2"] = name

    def _fill(self, headings: dict[str, str]) -> None:
        for level, below in (("level1", "level2"), ("level2", "")):
            if level in headings and not is_subtotal(headings[level]):
                if len(headings[level]) > _LONGEST_HEADING:
                    continue
                if level == "level1" or self.above.get(level) != headings[level]:
                    self.above.pop(below, None)
                self.above[level] = headings[level]

    def _is_heading(self, headings: dict[str, str], following: Line | None) -> bool:
        """Whether the row below stands under the same heading, too, so that this one only says
        what it weighs."""
        if not headings or following is None:
            return False
        below = self.header.cells(following)
        deepest = "level2" if "level2" in headings else "level1"
        own = {level for level in _LEVELS if level in below}
        if deepest == "level1":
            return "level1" not in own and any(name in below for name in ("level2", "name"))
        return not own and "name" in below

    def _heading_row(self, by_field: _Cells, above: dict[str, str]) -> list[Found]:
        where = self._next()
        headings = [
            Found(path=f"{where}.{level}", value=above[level])
            for level in _LEVELS
            if level in above and not is_subtotal(above[level])
        ]
        points = [
            Found(path=f"{where}.{field}", value=self._points(by_field, field))
            for field in ("weight", "score")
            if field in by_field
        ]
        return headings + points

    def _next(self) -> str:
        self.count += 1
        return f"form.indicators[{self.count - 1}]"

    def _points(self, by_field: _Cells, field: str) -> Stated:
        read: Callable[[Piece], Stated] = cells.weight if field == "weight" else cells.points
        return self._one(by_field, field, read)

    def _one(self, by_field: _Cells, field: str, read: Callable[[Piece], Stated]) -> Stated:
        pieces = by_field.get(field, ())
        line = _line_of(by_field)
        if not pieces:
            if self.row is None:
                return Missing(reason=MissingReason.BLANK, line=line)
            return self.header.blank(field, self.row, line)
        piece = cells.joined(pieces)
        if piece is None:
            text = cells.text_of(pieces)
            return Missing(reason=MissingReason.UNREADABLE, text=text, line=line)
        return read(piece)

    def _indicator(self, by_field: _Cells, above: dict[str, str], name: str) -> Iterator[Found]:
        where, columns = self._next(), self.header.columns
        yield from self._names(by_field, above, name, where)
        unit = cells.plain_unit(by_field.get("unit", ())) or _measure(columns.get("target"))
        aim = self._target(by_field, unit)
        if isinstance(aim, Target):
            yield Found(path=f"{where}.target", value=aim)
        elif aim is not None:
            yield Found(path=f"{where}.target.value", value=aim)
        for field in ("last_year", "midyear", "actual"):
            if field in columns:
                beside = by_field.get("actual_unit", ()) if field == "actual" else ()
                own = cells.plain_unit(beside) or unit or _measure(columns[field])
                due = aim if isinstance(aim, Target) else None
                read = functools.partial(cells.reached, unit=own, aim=due, name=name)
                value = self._one(by_field, field, read)
                yield Found(path=f"{where}.{field}", value=value)
        for field in ("completion_rate", "deviation"):
            if field in columns:
                read_rate = functools.partial(
                    cells.rate,
                    in_percent=columns[field].words.unit == "%",
                    due=None,
                    is_small=field == "deviation",
                )
                yield Found(path=f"{where}.{field}", value=self._one(by_field, field, read_rate))
        self._points_in_name(by_field, above, name, where)
        for field in ("weight", "mark", "score", *REVIEWED):
            if field in columns:
                yield Found(path=f"{where}.{field}", value=self._points(by_field, field))

    def _points_in_name(self, by_field: _Cells, above: dict[str, str], name: str, at: str) -> None:
        """The points that the name of an indicator says: its weight, or printed beside it, too."""
        points = points_in_name(name, *above.values())
        if "weight" not in self.header.columns:
            is_sure = points is not None and says_points(name)
            pieces = by_field.get("name", ()) if name else ()
            self.in_names.extend((f"{at}.weight", p, points if is_sure else None) for p in pieces)
        elif points is not None:
            stated = self._points(by_field, "weight")
            if isinstance(stated, Figure) and stated.value == points.value:
                for piece in by_field.get("name", ()):
                    _understand_points(piece)

    def _weights_in_names(self) -> list[Found]:
        """The weights that names say where they have no column: all of them do, or what stands in
        brackets may be of something else, as in 平均成绩（60分）."""
        values: list[Found] = []
        for path, piece, points in self.in_names:
            if points is None:
                return []
            values.append(Found(path=path, value=attrs.evolve(points, place=piece.place)))
        for _, piece, _ in self.in_names:
            _understand_points(piece)
        return values

    def _names(
        self, by_field: _Cells, above: dict[str, str], name: str, where: str
    ) -> Iterator[Found]:
        """What a row is called, and the words beside its figures."""
        for level in _LEVELS:
            if level in above:
                yield Found(path=f"{where}.{level}", value=above[level])
            for piece in by_field.get(level, ()):
                if heading_points(piece.text) is not None:
                    piece.understand()
        for piece in by_field.get("name", ()):
            prefix = _PREFIX.match(piece.text)
            if prefix:
                piece.segment.understand(0, prefix.end())
        # A row that leaves its name out is called by the nearest heading above it.
        called = plain_name(name) or above.get("level2") or above.get("level1", "")
        yield Found(path=f"{where}.name", value=called)
        for field in _IN_WORDS:
            if field in self.header.columns:
                for piece in by_field.get(field, ()) if field == "scoring_rule" else ():
                    piece.understand()  # its numbers are read where the row is scored
                words = cells.text_of(by_field.get(field, ()))
                blank = Missing(reason=MissingReason.BLANK, line=_line_of(by_field))
                yield Found(path=f"{where}.{field}", value=words or blank)

    def _target(self, by_field: _Cells, unit: str) -> Target | Stated | None:
        """The target; why there is none; ``None`` without a column for it."""
        if "target" not in self.header.columns:
            return None
        pieces, signs = by_field.get("target", ()), by_field.get("operator", ())
        piece = cells.joined(pieces) if pieces else None
        if piece is None:
            return self._one(by_field, "target", functools.partial(cells.reached, unit=""))
        actual = cells.text_of(by_field.get("actual", ()))
        aim = cells.target(piece, cells.text_of(signs), unit, actual)
        side = _SIDES.get(cells.text_of(by_field.get("tendency", ())).removesuffix("指标"))
        is_open = isinstance(aim.value, Figure) and not isinstance(aim.direction, Direction)
        return attrs.evolve(aim, direction=side) if side is not None and is_open else aim

    def _execution(self, by_field: _Cells, headings: dict[str, str]) -> list[Found] | None:
        """The row that is the execution of the budget, if this one is."""
        level1 = words_of(headings.get("level1", ""))
        if level1.name not in self.known.indicators.of_execution:
            return None
        values: list[Found] = []
        if "actual" in by_field:
            percent = "%" in cells.text_of(by_field.get("unit", ()))
            value = self._one(
                by_field, "actual", lambda piece: cells.rate(piece, in_percent=percent, due=None)
            )
            values.append(Found(path="form.funding.total.execution_rate", value=value))
        for field in ("weight", "score", *REVIEWED):
            if field in self.header.columns:
                path = f"form.funding.total.{field}"
                values.append(Found(path=path, value=self._points(by_field, field)))
        self.above.clear()
        return values


_SEVERAL = 2
"""How many rows tell that a column has no units."""

_SIDES = {
    **dict.fromkeys(("正向", "越大越好"), Direction.AT_LEAST),
    **dict.fromkeys(("反向", "逆向", "负向", "越小越好"), Direction.AT_MOST),
}
"""What a column of its own says of targets without a sign."""


def _are_points(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and all(isinstance(cells.points_in(piece), Figure) for piece in pieces)


def _are_measures(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and all(cells.is_measure(piece.text, piece.place) for piece in pieces)


def _line_of(by_field: _Cells) -> int | None:
    return next((piece.place.line for several in by_field.values() for piece in several), None)


def _measure(column: Column | None) -> str:
    """The unit that the words above a column give to its values: per cent, or none."""
    return "%" if column is not None and column.words.unit == "%" else ""


def _is_mark(text: str) -> bool:
    return bool(text) and blank_reason(text) is not None


def is_total(line: Line, known: Vocabulary) -> bool:
    """Whether a row holds the total of the scores."""
    words, _ = label_of(line.pieces[0].text)
    return words.within(frozenset(known.totals.score))


def is_words(line: Line, header: Header, known: Vocabulary) -> bool:
    """Whether a row below the table is words: the cell left of the names says so, and no points
    stand in it."""
    first = line.pieces[0]
    texts = {piece.text for piece in line.pieces}
    if len(line.pieces) > len(_FILLED) and len(texts) == 1 and len(first.text) > _LONGEST_CELL:
        return True  # one cell, its words repeated in each place
    names = [header.columns[name].first for name in (*_LEVELS, "name") if name in header.columns]
    by_field = header.cells(line)
    points = [
        p for name in ("weight", "score") for p in by_field.get(name, ()) if is_number(p.text)
    ]
    is_label = first.first <= min(names) and first.words.full.startswith(known.words.begin)
    return is_label and not points


def total_row(line: Line, header: Header, known: Vocabulary) -> list[Found]:
    """The total, its weight and the grade, as a row states them."""
    label, *others = line.pieces
    values: list[Found] = []
    weight, score = _weight_and_score(line, header)
    if weight is not None:
        values.append(Found(path="form.total_weight", value=cells.points(weight)))
    elif label.words.points:
        figure = heading_points(f"分值({label.words.points}分)")
        if figure is not None:
            label.understand()
            value = attrs.evolve(figure, text=label.words.points, place=label.place)
            values.append(Found(path="form.total_weight", value=value))
    if score is not None:
        values.append(Found(path="form.total_score", value=cells.points(score)))
    if weight is not None or score is not None:
        values += _reviewed(line, header)
    rating = rating_in(others, known)
    if rating:
        values.append(Found(path="form.rating", value=rating))
    return values


def _reviewed(line: Line, header: Header) -> Iterator[Found]:
    """The totals that others gave, where the row fits the header."""
    if not header.fits(line):
        return
    by_field = header.cells(line)
    for field in REVIEWED:
        piece = next((piece for piece in by_field.get(field, ()) if is_number(piece.text)), None)
        if piece is not None:
            yield Found(path=f"form.{field}", value=cells.points(piece))


_PLACED = (*REVIEWED, "mark", "completion_rate", "deviation", "midyear", "last_year")


def _weight_and_score(line: Line, header: Header) -> tuple[Piece | None, Piece | None]:
    """The cells of a total row that hold the weights' total and the scores', by their columns.

    Where cells are not merged as those above them are, two numbers are the weight and the score,
    and one is what the label says.
    """
    if not header.fits(line):
        return None, None
    label, *others = line.pieces
    numbers = [piece for piece in others if is_number(piece.text)]
    by_field = header.cells(line)
    if header.pair:
        weight, score = (by_field.get(field, (None,))[0] for field in ("weight", "score"))
        return weight, score
    if any(piece in numbers for piece in by_field.get("explanation", ())):
        return None, None  # the cells have shifted
    weight = next((p for p in by_field.get("weight", ()) if p in numbers), None)
    score = next((p for p in by_field.get("score", ()) if p in numbers), None)
    placed = {p for name in _PLACED for p in by_field.get(name, ())}
    for name, own in (("weight", weight), ("score", score)):  # words may stand in each place
        placed |= {p for p in by_field.get(name, ()) if own is not None and p.text == own.text}
    left = [p for p in numbers if p not in placed and any(p in of for of in by_field.values())]
    if weight is not None and score is None and label.words.points:
        return None, weight
    if weight is not None and score is None and _may_be_score(weight, line, header):
        return None, None
    if weight is not None and _is_over_both(weight, score, left, line, header):
        says_score = "分" in label.words.name and not _is_full(weight)
        return None, weight if says_score else None
    if left and (weight is None) is not (score is None):
        return None, None  # the cells have shifted: the other one may stand elsewhere
    if weight is not None or score is not None or not left:
        return weight, score
    is_weighed = "weight" in header.columns and not label.words.points
    if len(left) == 2 and is_weighed and "score" in header.columns:
        return left[0], left[1]
    is_score = label.words.points or "分" in label.words.name
    return None, left[0] if len(left) == 1 and is_score else None


def _is_full(piece: Piece) -> bool:
    points = cells.points_in(piece)
    return isinstance(points, Figure) and points.nominal == FULL_MARKS


def _may_be_score(weight: Piece, line: Line, header: Header) -> bool:
    """Whether the one number of a total stands beside a blank cell for the score, where a cell over
    both may have been: any but all the points that can be reached."""
    column = header.columns.get("score")
    is_blank = column is not None and column.first in line.blanks
    is_beside = column is not None and column.first == weight.last + 1
    return is_blank and is_beside and not _is_full(weight)


def _is_over_both(
    weight: Piece, score: Piece | None, others: Sequence[Piece], line: Line, header: Header
) -> bool:
    """Whether one cell takes the columns of the weight and of the score, or its words are repeated
    in each place that it takes."""
    if score is None:
        column = header.columns.get("score")
        return column is not None and overlap(weight, column.first, column.last) > 0
    if any(piece.text != weight.text for piece in (score, *others)):
        return False
    label, beside = line.pieces[:2]
    return bool(others) or (label.text == beside.text and not _is_full(weight))


def rating_in(pieces: Sequence[Piece], known: Vocabulary) -> str:
    """The grade that stands behind its label, or alone."""
    totals = known.totals
    for piece in pieces:
        label, colon, value = piece.text.strip("()").partition(":")
        if colon and label in totals.rating and value:
            return value
    for before, piece in itertools.pairwise(pieces):
        if before.words.within(frozenset(totals.rating)):
            return piece.text
    alone = [piece.text for piece in pieces if piece.text in totals.grades]
    return alone[0] if len(alone) == 1 else ""

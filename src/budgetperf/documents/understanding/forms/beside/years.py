"""A table with columns of several years: this year's figures, and those of the others apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.claims import Claim, neither
from budgetperf.documents.understanding.forms.grid import Line, Piece, forget, overlap
from budgetperf.documents.understanding.forms.headers import AMOUNTS, is_number, over
from budgetperf.documents.understanding.forms.notes import OTHER_UNIT
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import (
    label_of,
    money_unit,
    numbering_of,
    words_of,
)
from budgetperf.exact import Figure, Stated, Text

__all__ = ["YearTable", "YearWords", "heads_years", "years_header"]

_WITH_YEAR = re.compile(
    r"(?P<year>20\d{2})年度?(?P<word>.*)|(?P<near>上年|去年|本年|当年)度?(?P<rest>.*)"
)
_LAST = ("上年", "去年")
_THIS = ("本年", "当年")
_PLANNED = {"initial", "revised"}
_BUDGETS = ("three_public.", "procurement")
"""What has one budget, and no initial one beside it."""
_SUMS = ("合计", "总计", "共计")
"""Words for the sum of the rows above, whatever these are."""

_Year: TypeAlias = str
"""A year such as 2022, 上年 or 本年."""


@attrs.frozen(kw_only=True, eq=False)
class YearColumn:
    """A column: where it stands, of which year it is, and what stands in it."""

    first: int
    last: int
    year: _Year
    field: str
    unit: str


@attrs.frozen(kw_only=True, eq=False)
class YearHeader:
    """The columns of such a table, how many rows they take, and how many cells these have."""

    columns: tuple[YearColumn, ...]
    lines: int
    width: int
    unit: str

    @property
    def start(self) -> int:
        """The first column that holds no label."""
        return min(column.first for column in self.columns)


def years_header(lines: Sequence[Line], known: Vocabulary) -> YearHeader | None:
    """The header of a table of several years that begins with a row, if one does."""
    levels = known.indicators.column_of
    if any(levels.get(piece.words.name) in ("level1", "level2") for piece in lines[0].pieces):
        return None
    first = lines[0]
    parted = [_in_one(piece, known) for piece in first.pieces]
    rows = 1
    if sum(column is not None for column in parted) < _FEWEST and len(lines) > 1:
        first, rows = lines[1], 2
        parted = [_below(piece, lines[0], known) for piece in first.pieces]
    columns = [column for column in parted if column is not None]
    years = {column.year for column in columns}
    both = [(column.year, column.field) for column in columns]
    if len(columns) < _FEWEST or len(years) < _FEWEST or len(set(both)) < len(both):
        return None
    start = min(column.first for column in columns)
    labels = [piece for line in lines[:rows] for piece in line.pieces if piece.last < start]
    if any(is_number(piece.text) for piece in labels):
        return None
    units = {unit for piece in labels if (unit := money_unit(piece.text))}
    return YearHeader(
        columns=tuple(columns),
        lines=rows,
        width=max(line.width for line in lines[:rows]),
        unit=units.pop() if len(units) == 1 else "",
    )


_FEWEST = 2


def heads_years(texts: Sequence[str], known: Vocabulary) -> bool:
    """Whether cells are the header of a table of several years, or of its years alone, beside which
    there are no other numbers."""
    matches = [_WITH_YEAR.fullmatch(words_of(text).name) for text in texts]
    dated = [match for match in matches if match is not None]
    if len({match["year"] or match["near"] for match in dated}) < _FEWEST:
        return False
    if any(is_number(text) for text, match in zip(texts, matches, strict=True) if match is None):
        return False
    words = [match["word"] or match["rest"] or "" for match in dated]
    return all(not word or word in known.year_column_of for word in words)


def _in_one(piece: Piece, known: Vocabulary) -> YearColumn | None:
    """The column of a word that says its year itself, such as 2020年决算数."""
    match = _WITH_YEAR.fullmatch(piece.words.name)
    if match is None:
        return None
    year, word = match["year"] or match["near"], match["word"] or match["rest"] or ""
    return _column(piece, year, known.year_column_of.get(word), piece)


def _below(piece: Piece, upper: Line, known: Vocabulary) -> YearColumn | None:
    """The column of a word below its year."""
    above = over(piece, upper)
    match = _WITH_YEAR.fullmatch(above.words.name) if above is not None else None
    if match is None or match["word"] or match["rest"]:
        return None
    return _column(
        piece, match["year"] or match["near"], known.year_column_of.get(piece.words.name), piece
    )


def _column(piece: Piece, year: str, field: str | None, words: Piece) -> YearColumn | None:
    if field is None:
        return None
    return YearColumn(
        first=piece.first, last=piece.last, year=year, field=field, unit=words.words.unit
    )


@attrs.frozen(kw_only=True)
class YearWords:
    """What is said of a table of several years.

    Args:
        read: it was read, and the year of the report is known.
        taken_for: its last year was taken for that of the report.
        no_year: it is not known which is the year of the report.
        shifted: it was left out.
    """

    read: Text
    taken_for: Text
    no_year: Text
    shifted: Text


_Row: TypeAlias = tuple[str, str, dict[YearColumn, Piece]]
"""A row: where it belongs, its label, and its figures."""
_Placed: TypeAlias = tuple[Found, Piece | None, str]
"""What a cell says, the cell, and the label of its row."""


@attrs.define(kw_only=True, eq=False)
class YearTable:
    """A table of several years as its rows are read.

    Args:
        known: the words of forms.
        header: its columns.
        unit: the unit of money of the head of the form.
        number: the line of the header.
        section: what the rows at hand divide, by path.
        count: how many projects were read.
        shifted: whether the cells of a row do not stand below those of the header.
        declined: how many cells with numbers were left out on purpose.
        claimed: of what is stated twice, and differently, the first two cells.
        placed: the cells of what was read, by path.
        own_units: the cells with an amount in another unit than that of their column.
    """

    known: Vocabulary
    header: YearHeader
    unit: str
    number: int
    section: str = ""
    count: int = 0
    shifted: bool = False
    declined: int = 0
    claimed: list[tuple[_Placed, _Placed]] = attrs.Factory(list[tuple[_Placed, _Placed]])
    placed: dict[str, Piece] = attrs.Factory(dict[str, Piece])
    own_units: list[Piece] = attrs.Factory(list[Piece])
    rows: list[_Row] = attrs.Factory(list[_Row])
    pieces: list[Piece] = attrs.Factory(list[Piece])

    def read(self, line: Line) -> None:
        """Read a row."""
        numbers = [piece for piece in line.pieces if is_number(piece.text)]
        if not numbers:
            return self._section(line)
        self.pieces += line.pieces
        left = line.left_of(self.header.start)
        labels = [piece for piece in left if not is_number(piece.text)]
        values = self._cells(line)
        if self._has_moved(line, values) or len(labels) < len(left):
            self.shifted = True
        path = self._path(labels[-1]) if labels else ""
        if self.shifted or not path or not values:
            self.declined += len(numbers)
            return None
        label = labels[-1]
        label.segment.understand(0, len(numbering_of(label.text)))
        self.rows.append((path, label_of(label.text)[0].name, values))
        return None

    def decline(self, numbers: Sequence[Piece]) -> None:
        """Leave out cells with numbers on purpose."""
        self.declined += len(numbers)

    def widen(self, columns: Sequence[YearColumn]) -> None:
        """Take columns in that another row has."""
        self.header = attrs.evolve(self.header, columns=(*self.header.columns, *columns))

    def _section(self, line: Line) -> None:
        """A row without figures may say what those below divide."""
        if line.pieces[0].last < self.header.start:
            self._path(line.pieces[0])

    def _cells(self, line: Line) -> dict[YearColumn, Piece]:
        """The figures of a row by column."""
        return {
            column: piece
            for column in self.header.columns
            for piece in line.pieces
            if overlap(piece, column.first, column.last) and is_number(piece.text)
        }

    def _has_moved(self, line: Line, values: Mapping[YearColumn, Piece]) -> bool:
        """Whether the cells of a row do not stand below those of the header: it has more of them,
        or lacks some, or one stands below several columns, or several below one."""
        is_short = any(column.first > line.width for column in self.header.columns)
        is_crowded = any(
            sum(is_number(p.text) and bool(overlap(p, c.first, c.last)) for p in line.pieces) > 1
            for c in self.header.columns
        )
        is_other = line.width > self.header.width or is_short or is_crowded
        return is_other or len(set(values.values())) < len(values)

    def _path(self, label: Piece) -> str:
        """Where a row belongs; ``""`` if it has no place, or divides another one."""
        words, is_inner = label_of(label.text)
        rows = self.known.year_row_of
        known = rows.get(words.full) or rows.get(words.name)
        if known == "total" and words.name in _SUMS and self.section.startswith(_BUDGETS):
            return ""
        if known:
            self.section = known
            return known
        if self.section == "project_expenditure" and numbering_of(label.text) and not is_inner:
            self.count += 1
            return f"projects.listed[{self.count}]"
        if not numbering_of(label.text):
            self.section = ""
        return ""

    def finish(self, year: Figure | None) -> list[Found]:
        """What the table says of this year and of others.

        Args:
            year: the year of the report, where its head says it.
        """
        if self.shifted:
            forget(self.pieces)
            return []
        this = str(year.value) if year is not None else self.own_year
        placed = [
            (stated, piece, row[1])
            for row in self.rows
            for stated, piece in self._values(*row, this)
        ]
        self.claimed = list(_claimed_twice(placed))
        unclear = {stated.path for (stated, _, _), _ in self.claimed}
        forget(piece for stated, piece, _ in placed if stated.path in unclear and piece is not None)
        kept = [(stated, piece) for stated, piece, _ in placed if stated.path not in unclear]
        self.placed = {stated.path: piece for stated, piece in kept if piece is not None}
        return [stated for stated, _ in kept]

    @property
    def own_year(self) -> str:
        """The year of the report as its columns have it: the last one, if that alone has both a
        budget and what was executed of it; ``""`` if that is not plain."""
        if self._says_own:
            return ""
        fields: dict[str, set[str]] = {}
        for column in self.header.columns:
            if column.year.isdigit():
                fields.setdefault(column.year, set()).add(column.field)
        whole = [year for year, own in fields.items() if "executed" in own and own & _PLANNED]
        return whole[0] if len(whole) == 1 and whole[0] == max(fields) else ""

    @property
    def _says_own(self) -> bool:
        """Whether a column says that it is of this year."""
        return any(column.year in _THIS for column in self.header.columns)

    def notes(self, year: Figure | None) -> list[Text]:
        """What is to be said about it.

        Args:
            year: the year of the report, where its head says it.
        """
        contested = itertools.chain.from_iterable(map(_note_of_two, self.claimed))
        return [self._note(year), *contested, *self._note_of_units()]

    def _note_of_units(self) -> Iterator[Text]:
        read = {id(piece) for piece in self.placed.values()}
        lines = dict.fromkeys(p.place.line for p in self.own_units if id(p) in read)
        if lines:
            yield OTHER_UNIT.fill(lines=lines_text(lines))

    def _note(self, year: Figure | None) -> Text:
        words = self.words
        if self.shifted:
            return words.shifted.fill(self.number)
        if year is not None or self._says_own:
            return words.read.fill(self.number)
        if self.own_year:
            return words.taken_for.fill(self.number, self.own_year)
        return words.no_year.fill(self.number)

    @property
    def words(self) -> YearWords:
        """What is said of such a table."""
        return _OF_COLUMNS

    def revised_in(self, path: str) -> set[_Year]:
        """The years of which a place has a revised budget."""
        return {column.year for column in self.header.columns if column.field == "revised"}

    def _values(
        self, path: str, name: str, values: Mapping[YearColumn, Piece], this: str
    ) -> Iterator[tuple[Found, Piece | None]]:
        named: set[str] = set()
        revised = {_of_year(year_of_budget, this) for year_of_budget in self.revised_in(path)}
        for column, piece in values.items():
            year, field = _of_year(column.year, this), column.field
            where = f"form.{year}{path}"
            if path.startswith("projects.") and where not in named:
                named.add(where)
                yield Found(path=f"{where}.name", value=name), None
            if path.startswith(_BUDGETS):
                if field == "initial" and year in revised:
                    continue
                field = "budget" if field in ("initial", "revised") else field
            if path.startswith("three_public.") and field not in ("budget", "executed"):
                continue
            where = "form.funding.total" if where == "form.total" else where
            yield Found(path=f"{where}.{field}", value=self._value(column, piece)), piece

    def _value(self, column: YearColumn, piece: Piece) -> Stated:
        if column.field in AMOUNTS:
            unit = column.unit or self.header.unit or self.unit
            if cells.has_other_unit(piece, unit):
                self.own_units.append(piece)
            return cells.amount(piece, unit)
        return cells.rate(piece, in_percent=column.unit == "%", due=None)


def _claimed_twice(values: Sequence[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Of what several cells say differently the first cell and the first that differs."""
    first: dict[str, _Placed] = {}
    claimed = set[str]()
    for placed in values:
        stated = placed[0]
        before = first.setdefault(stated.path, placed)
        if stated.path not in claimed and _said(before[0]) != _said(stated):
            claimed.add(stated.path)
            yield before, placed


def _said(stated: Found) -> object:
    return stated.value if stated.number is None else stated.number


def _of_year(year: str, this: str) -> str:
    """The part of a path that says of which year a figure is; nothing for this year's."""
    if year == this or year in _THIS:
        return ""
    if year in _LAST:
        year = str(int(this) - 1) if this.isdigit() else "last"
    return "" if year == this else f"other_years[{year}]."


def _note_of_two(claimed: tuple[_Placed, _Placed]) -> Iterator[Text]:
    (stated, first, label), (_, second, other) = claimed
    if first is not None and second is not None:
        yield neither(stated.path, Claim.of(first, label), Claim.of(second, other))


_OF_COLUMNS = YearWords(
    read=Text(
        zh="第 {} 行起的表有几个年度的栏，本年的读作本表的，其他年度的分开保存",
        en="the table from line {} on has columns of several years: those of this year were read "
        "as the form's, those of others kept apart",
    ),
    taken_for=Text(
        zh="第 {} 行起的表有几个年度的栏；没有写明年度，以最后的 {} 年为本年"
        "（只有它既有预算又有决算），其他年度的分开保存",
        en="the table from line {} on has columns of several years; the head does not say which is "
        "this one, and the last, {}, was taken, which alone has both a budget and what was "
        "executed; those of others were kept apart",
    ),
    no_year=Text(
        zh="第 {} 行起的表有几个年度的栏；不能确定本年，都分开保存",
        en="the table from line {} on has columns of several years; which is this one is not sure, "
        "and all were kept apart",
    ),
    shifted=Text(
        zh="第 {} 行起的表有几个年度的栏，有的行各格与表头错开，整张表没有读取",
        en="the table from line {} on has columns of several years; the cells of some rows stand "
        "elsewhere than those of the header, and all of it was left out",
    ),
)

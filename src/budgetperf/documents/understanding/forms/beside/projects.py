"""A list of projects with figures of their own, which are none of the form's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.grid import Line, Piece, forget
from budgetperf.documents.understanding.forms.headers import (
    AMOUNTS,
    Header,
    is_number,
    plain_header,
)
from budgetperf.documents.understanding.forms.notes import OTHER_UNIT
from budgetperf.documents.understanding.forms.vocabulary import REVIEWED, Vocabulary
from budgetperf.documents.understanding.forms.words import label_of
from budgetperf.exact import Figure, Text

__all__ = ["ProjectTable", "project_header"]

_FIGURES = (*AMOUNTS, "execution_rate", "weight", "score", *REVIEWED)
_LIST = "form.projects"
_TOTAL = f"{_LIST}.total"
_SUMS = ("小计", "分项合计")


def project_header(line: Line, known: Vocabulary) -> Header | None:
    """The header of a list of projects, if a row is one: the word for their names, figures, and
    nothing that would be the name of one or a figure of its own."""
    columns = known.list_column_of
    header = plain_header(line, columns.get)
    figures = [field for field in _FIGURES if field in header.columns]
    if "name" not in header.columns or not figures or header.unclear:
        return None
    name = header.columns["name"].piece
    others = [piece for piece in line.pieces if piece is not name]
    if any(is_number(piece.text) for piece in others):
        return None
    behind = next((piece for piece in others if piece.first > name.last), None)
    if behind is None or not behind.words.within(columns.keys()):
        return None  # the name of a project
    return header if len(others) > 1 else None


_Total: TypeAlias = tuple[Line, list[Found]]


@attrs.define(kw_only=True, eq=False)
class ProjectTable:
    """A list of projects as its rows are read.

    Args:
        known: the words of forms.
        header: its columns.
        unit: the unit of money of the head of the form.
        number: the line of the header.
        count: how many projects were read.
        totals: the rows that have what all of them have, each with what it says.
        other_units: the lines with an amount in another unit than that of its column.
        is_partial: whether a row was left out, or divides another one.
        shifted: whether the cells of a row do not stand below those of the header.
        declined: how many cells with numbers were left out on purpose.
    """

    known: Vocabulary
    header: Header
    unit: str
    number: int
    count: int = 0
    is_partial: bool = False
    shifted: bool = False
    declined: int = 0
    values: list[Found] = attrs.Factory(list[Found])
    totals: list[_Total] = attrs.Factory(list[_Total])
    other_units: dict[int, None] = attrs.Factory(dict[int, None])
    pieces: list[Piece] = attrs.Factory(list[Piece])

    def read(self, line: Line) -> None:
        """Read a row."""
        numbers = [piece for piece in line.pieces if is_number(piece.text)]
        self.pieces += line.pieces
        if not numbers:
            return
        if self.shifted or not self.header.fits(line):
            self.shifted = True
            self.declined += len(numbers)
            return
        by_field = self.header.cells(line)
        path = self._path(line, by_field)
        if not path:
            self.is_partial = True
            self.declined += len(numbers)
            return
        self.declined += self.header.beside(line)
        values = list(self._values(by_field, path))
        if path == _TOTAL:
            self.totals.append((line, values))
        else:
            self.values += values
        for field in ("number", "name", "code", "unit"):
            for piece in by_field.get(field, ()):
                piece.understand()

    def finish(self) -> list[Found]:
        """What the list says; nothing where the cells of a row have shifted: others may have."""
        if self.shifted:
            forget(self.pieces)
            return []
        if self._has_two_totals:
            for line, _ in self.totals:
                self.declined += sum(is_number(piece.text) for piece in line.pieces)
                forget(line.pieces)
            return self.values
        total = self.totals[0][1] if self.totals else []
        if self.count and self.totals and not self.is_partial:
            return [*self.values, *total, Found(path=f"{_LIST}.complete", value=True)]
        return [*self.values, *total]

    @property
    def notes(self) -> list[Text]:
        """What is to be said about it."""
        if self.shifted:
            return [_SHIFTED.fill(self.number)]
        texts = [_READ.fill(self.number)]
        if self._has_two_totals:
            texts.append(_TWO_TOTALS.fill(self.number))
        if self.other_units:
            texts.append(OTHER_UNIT.fill(lines=lines_text(self.other_units)))
        return texts

    @property
    def _has_two_totals(self) -> bool:
        """Whether rows of totals say different things: one may be that of a part."""
        totals = [{stated.path: stated.number for stated in values} for _, values in self.totals]
        return any(total != totals[0] for total in totals)

    def _path(self, line: Line, by_field: dict[str, tuple[Piece, ...]]) -> str:
        """Where a row belongs; ``""`` if it is left out."""
        name = cells.text_of(by_field.get("name", ()))
        labels = [piece for piece in line.pieces if not is_number(piece.text)]
        words, is_inner = label_of(labels[0].text) if labels else (None, False)
        rows = self.known.funding.row_of
        is_sum = words is not None and (
            rows.get(words.name) == "total" or words.within(frozenset(self.known.totals.score))
        )
        if is_sum:
            return _TOTAL
        if not name or is_inner or label_of(name)[1] or name.startswith(_SUMS) or is_number(name):
            return ""
        self.count += 1
        return f"{_LIST}.listed[{self.count}]"

    def _values(self, by_field: dict[str, tuple[Piece, ...]], path: str) -> Iterator[Found]:
        if path != _TOTAL:
            yield Found(path=f"{path}.name", value=cells.text_of(by_field["name"]))
            for field in ("code", "unit", "rating"):
                words = cells.text_of(by_field.get(field, ()))
                if words:
                    yield Found(path=f"{path}.{field}", value=words)
        amounts: dict[str, Fraction] = {}
        for field in AMOUNTS:
            piece = cells.joined(by_field[field]) if field in by_field else None
            if piece is not None:
                unit = self.header.columns[field].words.unit or self.unit
                value = cells.amount(piece, unit)
                if cells.has_other_unit(piece, unit):
                    self.other_units[piece.place.line] = None
                if isinstance(value, Figure):
                    amounts[field] = value.nominal
                yield Found(path=f"{path}.{field}", value=value)
        budget, executed = amounts.get("revised"), amounts.get("executed")
        due = executed / budget if budget and executed is not None else None
        for field in ("execution_rate", "weight", "score", *REVIEWED):
            piece = cells.joined(by_field[field]) if field in by_field else None
            if piece is None:
                continue
            if field == "execution_rate":
                in_percent = self.header.columns[field].words.unit == "%"
                value = cells.rate(piece, in_percent=in_percent, due=due)
            else:
                value = cells.points(piece)
            yield Found(path=f"{path}.{field}", value=value)


_READ = Text(
    zh="第 {} 行起的表逐个列出各项目，按各项目自己的金额和得分读取，不是本表的",
    en="the table from line {} on lists projects, whose amounts and scores were read as their own, "
    "and not as those of the form",
)
_SHIFTED = Text(
    zh="第 {} 行起的表逐个列出各项目，有的行各格与表头错开，整张表没有读取",
    en="the table from line {} on lists projects; the cells of some rows stand elsewhere than "
    "those of the header, and all of it was left out",
)
_TWO_TOTALS = Text(
    zh="第 {} 行起逐个列出各项目的表有几行合计，数字不同，都没有读取：不能确定哪一行是全部项目的",
    en="the list of projects from line {} on has several rows of totals that differ, none of which "
    "was read: which one is that of all projects is not sure",
)

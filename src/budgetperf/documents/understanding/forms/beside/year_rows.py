"""A table with a row for each year: this year's row is the form's, those of others stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.forms.grid import Line, Piece, overlap
from budgetperf.documents.understanding.forms.headers import is_number, over
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import money_unit, words_of
from budgetperf.exact import Text

from .years import YearColumn, YearHeader, YearTable, YearWords

__all__ = ["RowColumn", "YearRows", "YearRowsHeader", "not_elsewhere", "year_rows_header"]

_YEAR = re.compile(r"(?P<year>20\d{2})年?度?|(?P<near>上年|去年|本年|当年)度?")
_LABELS = ("年度", "年份", "年", "项目", "内容", "")
_OF_HEADING = {"基本支出": "basic_expenditure", "项目支出": "project_expenditure"}
_FEWEST = 2


@attrs.frozen(kw_only=True, eq=False)
class RowColumn:
    """A column: where it stands, of what its amounts are, which of them, and their unit."""

    first: int
    last: int
    path: str
    field: str
    unit: str


@attrs.frozen(kw_only=True, eq=False)
class YearRowsHeader:
    """The columns of such a table, how many rows they take, and how many cells these have."""

    columns: tuple[RowColumn, ...]
    lines: int
    width: int
    unit: str


def year_rows_header(
    lines: Sequence[Line], heading: str, known: Vocabulary
) -> YearRowsHeader | None:
    """The header of a table with a row for each year that begins with a row, if one does.

    Args:
        lines: those from there on.
        heading: the words above the table.
        known: the words of forms.
    """
    if known.funding.is_other(heading):
        return None
    for count in (1, 2):
        rows, below = lines[:count], lines[count : count + _FEWEST]
        years = {year for line in below if (year := _year_of(line.pieces[0]))}
        if len(rows) < count or len(years) < _FEWEST:
            continue
        label, *_ = rows[0].pieces
        is_label = label.words.name in _LABELS or bool(money_unit(label.text))
        others = [piece for piece in rows[-1].pieces if piece.first > label.last]
        parted = [_column(piece, rows, heading, known) for piece in others]
        columns = [column for column in parted if column is not None]
        if is_label and columns and len(columns) == len(parted) and _are_apart(columns):
            return YearRowsHeader(
                columns=tuple(columns),
                lines=count,
                width=max(line.width for line in rows),
                unit=money_unit(label.text) or money_unit(heading),
            )
    return None


def not_elsewhere(values: Sequence[Found], of_years: Sequence[Found]) -> list[Found]:
    """What a table of several years states; of this year what the form does not state elsewhere,
    which may be counted otherwise there.

    Args:
        values: what the form states.
        of_years: what the table states.
    """
    known = {stated.path.rpartition(".")[0] for stated in values}
    is_listed = any(part.startswith("form.projects") for part in known)
    return [
        stated
        for stated in of_years
        if stated.path.rpartition(".")[0] not in known
        and not (is_listed and stated.path.startswith("form.projects"))
    ]


def _year_of(piece: Piece) -> str:
    match = _YEAR.fullmatch(words_of(piece.text).name)
    return "" if match is None else match["year"] or match["near"]


def _column(
    piece: Piece, rows: Sequence[Line], heading: str, known: Vocabulary
) -> RowColumn | None:
    """What a word above a column says; ``None`` if it is not known of what its amounts are."""
    field = known.year_column_of.get(piece.words.name)
    upper = over(piece, rows[0]) if len(rows) > 1 else None
    if upper is None:
        path = next((path for word, path in _OF_HEADING.items() if word in heading), "total")
    else:
        path = known.year_row_of.get(upper.words.name, "")
    if field is None or not path:
        return None
    return RowColumn(
        first=piece.first, last=piece.last, path=path, field=field, unit=piece.words.unit
    )


def _are_apart(columns: Sequence[RowColumn]) -> bool:
    """Whether no two columns are the same, and one is an amount."""
    both = {(column.path, column.field) for column in columns}
    return len(both) == len(columns) and any(c.field != "execution_rate" for c in columns)


@attrs.define(kw_only=True, eq=False)
class YearRows(YearTable):
    """A table with a row for each year as its rows are read.

    Args:
        fields: its columns.
    """

    fields: YearRowsHeader

    @classmethod
    def begun(cls, fields: YearRowsHeader, known: Vocabulary, unit: str, number: int) -> YearRows:
        """The table below a header, of which no row was read.

        Args:
            fields: its columns.
            known: the words of forms.
            unit: the unit of money of the head of the form.
            number: the line of the header.
        """
        header = YearHeader(columns=(), lines=fields.lines, width=fields.width, unit=fields.unit)
        return cls(known=known, header=header, unit=unit, number=number, fields=fields)

    def read(self, line: Line) -> None:
        """Read a row; one that is of no year is left out."""
        numbers = [piece for piece in line.pieces if is_number(piece.text)]
        if not numbers:
            return
        first, *others = line.pieces
        year = _year_of(first)
        if not year:
            self.decline(numbers)
            return
        self.pieces.extend(line.pieces)
        values = list(self._by_column(others, year))
        is_whole = len(values) == sum(is_number(piece.text) for piece in others)
        if not is_whole or line.width != self.header.width:
            self.shifted = True
            self.decline(numbers)
            return
        first.understand()
        self.widen([column for _, column, _ in values])
        self.rows.extend((path, "", {column: piece}) for path, column, piece in values)

    def _by_column(
        self, pieces: Sequence[Piece], year: str
    ) -> Iterator[tuple[str, YearColumn, Piece]]:
        for column in self.fields.columns:
            own = [p for p in pieces if overlap(p, column.first, column.last)]
            if len(own) == 1 and is_number(own[0].text):
                named = YearColumn(
                    first=column.first,
                    last=column.last,
                    year=year,
                    field=column.field,
                    unit=column.unit,
                )
                yield column.path, named, own[0]

    @property
    def words(self) -> YearWords:
        """What is said of such a table."""
        return _OF_ROWS

    def revised_in(self, path: str) -> set[str]:
        """The years of which a place has a revised budget."""
        return {
            column.year
            for own, _, values in self.rows
            for column in values
            if own == path and column.field == "revised"
        }


_OF_ROWS = YearWords(
    read=Text(
        zh="第 {} 行起的表一行一个年度，本年的读作本表的，其他年度的分开保存",
        en="the table from line {} on has a row for each year: that of this year was read as the "
        "form's, those of others kept apart",
    ),
    taken_for=Text(
        zh="第 {} 行起的表一行一个年度；没有写明年度，以最后的 {} 年为本年"
        "（只有它既有预算又有执行数），其他年度的分开保存",
        en="the table from line {} on has a row for each year; the head does not say which is this "
        "one, and the last, {}, was taken, which alone has both a budget and what was executed; "
        "those of others were kept apart",
    ),
    no_year=Text(
        zh="第 {} 行起的表一行一个年度；不能确定本年，都分开保存",
        en="the table from line {} on has a row for each year; which is this one is not sure, and "
        "all were kept apart",
    ),
    shifted=Text(
        zh="第 {} 行起的表一行一个年度，有的行各格与表头错开，整张表没有读取",
        en="the table from line {} on has a row for each year; the cells of some rows stand "
        "elsewhere than those of the header, and all of it was left out",
    ),
)

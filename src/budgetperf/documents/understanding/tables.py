"""The figures of the attached form: tables told by their header cells."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    LIST,
    NUMBER,
    Figure,
    Missing,
    MissingReason,
    Place,
    Stated,
    Text,
    parse_number,
)
from budgetperf.exact.absent import missing_at
from budgetperf.exact.figure import printed_as
from budgetperf.model import Target
from budgetperf.model.aims import reached_in
from budgetperf.model.fields import FigureKind
from budgetperf.model.indicators import is_subtotal
from budgetperf.model.paths import kind_of

from .assembling import Found, Value
from .forms.head import heads_others
from .layout import Layout, Table
from .narrative import as_rate, names_no_scale, read_achievements, stated, stated_target
from .segments import Row, Segment

__all__ = ["read_tables"]

Columns: TypeAlias = Mapping[str, int]
_MONEY = re.compile(r"\((元|万元|亿元)\)")


@attrs.define(kw_only=True)
class _Header:
    """The table that the rows at hand belong to, its columns, and the unit of its amounts."""

    table: Table
    columns: Columns
    unit: str = ""
    above: dict[str, str] = attrs.Factory(dict[str, str])
    used: set[str] = attrs.Factory(set[str])

    @property
    def width(self) -> int:
        """How many cells a row needs to have one in each column."""
        return max(self.columns.values()) + 1


def read_tables(rows: list[Row], layout: Layout) -> tuple[list[Found], list[Text]]:
    """What the form states, and what is to be said about its print."""
    values: list[Found] = []
    cut: list[tuple[Row, _Header]] = []
    filled: set[str] = set()
    header: _Header | None = None
    number = itertools.count()
    is_apart = False  # whether the rows at hand are of projects, or of several years
    headers = [_header(row, layout) for row in rows]
    shifted = _shifted(rows, headers)
    for row, new in zip(rows, headers, strict=True):
        if new is not None:
            is_apart = False
            header = new
            continue
        if heads_others([cell.text for cell in row.cells]):
            header, is_apart = None, True
        if is_apart and header is None:
            continue
        alone = list(_cells(row, layout, header))
        if alone:
            values += alone
        elif header is not None:
            is_moved = len(row.cells) < shifted.get(id(header), 0)
            in_row = [] if is_moved else list(_row(row, header, layout, number))
            if in_row:
                filled.add(header.table.id)
                values += in_row
            if is_moved or len(row.cells) < header.width:
                cut.append((row, header))
    return values, [*_cut(cut, shifted), *_absent(layout, filled)]


_NO_NAME = re.compile(
    r" *(?:[<>≥≤=＝＞＜≧≦] *[\d.].*|[\d.,]+ *[%‰]?"
    r"|\d[\d.,]* *(?!年|月|日)[\u4e00-\u9fff]{1,3}|[-—]+) *"
)
"""A number, what is aimed at or a dash, where the name of a row is due."""


def _shifted(rows: Sequence[Row], headers: Sequence[_Header | None]) -> Mapping[int, int]:
    """The headers, by their ``id``, below which cells have moved to the left, as where those that
    go on from above are not written: a number stands where names do. Each with how many cells its
    row has: of one with fewer it is not known which are lost."""
    moved: dict[int, int] = {}
    header: _Header | None = None
    width = 0
    for row, new in zip(rows, headers, strict=True):
        if new is not None:
            header, width = new, len(row.cells)
        elif header is not None and len(row.cells) < width:
            at = header.columns[header.table.key]
            if at < len(row.cells) and _NO_NAME.fullmatch(row.cells[at].text):
                moved[id(header)] = width
    return moved


def _plain(text: str) -> str:
    """A label without units, blanks and colons."""
    return _MONEY.sub("", text).replace(":", "").strip()


def _inner(label: str) -> str:
    """A label without 其中 before it."""
    return label.removeprefix("其中").strip() or label


@functools.cache
def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    """The words of a layout as they are compared with."""
    return frozenset(map(_plain, words))


def _header(row: Row, layout: Layout) -> _Header | None:
    """The table that a row starts, if its cells are the names of at least half of its columns."""
    labels = [_plain(cell.text) for cell in row.cells]
    for table in layout.table:
        if _plain_words(table.columns[table.key]).isdisjoint(labels):
            continue
        columns = {
            name: labels.index(word)
            for name, words in table.columns.items()
            for word in map(_plain, words)
            if word in labels
        }
        if 2 * len(columns) >= len(table.columns):
            unit = next((m[1] for cell in row.cells if (m := _MONEY.search(cell.text))), "")
            return _Header(table=table, columns=columns, unit=unit)
    return None


def _cells(row: Row, layout: Layout, header: _Header | None) -> Iterator[Found]:
    """What cells say that stand alone: a label, and the next cell that is not empty.

    A total of scores is the last cell of its row but for the rating, which may stand beside it, and
    no row of a table of amounts. What stands below the weights is their total, and no score.
    """
    filled = [i for i, cell in enumerate(row.cells) if cell.text]
    if len(filled) < 2:
        return
    label = _plain(row.cells[filled[0]].text)
    path = next(
        (path for path, labels in layout.cells.items() if label in _plain_words(labels)), ""
    )
    if not path:
        return
    if kind_of(path) is None:  # words
        yield Found(path=path, value=row.cells[filled[1]].text)
        return
    ratings = {i: match for i in filled[1:] if (match := _RATING.fullmatch(row.cells[i].text))}
    weight = None if header is None else header.columns.get("weight")
    points = [i for i in filled[1:] if i not in ratings and i != weight]
    at = points[-1] if points else filled[-1]
    if (header is not None and header.table.rows) or not _is_total(label, at, header):
        return
    if weight is not None and weight in filled[1:]:
        place = Place(line=row.line, column=weight + 1)
        yield Found(path=_WEIGHED, value=_points(row.cells[weight], place))
    if points:
        yield Found(path=path, value=_points(row.cells[at], Place(line=row.line, column=at + 1)))
    else:  # it is no indicator, though it says nothing
        yield Found(path=path, value=Missing(reason=MissingReason.BLANK, line=row.line))
    for match in ratings.values():
        if match["rating"]:
            yield Found(path=_RATED, value=match["rating"])


_WEIGHED, _RATED = "form.total_weight", "form.rating"
_RATING = re.compile(r"(?:自评|评价|绩效)?(?:等级|等次):(?P<rating>[\u4e00-\u9fff]{1,4})?")


def _points(cell: Segment, place: Place) -> Stated:
    """A weight or a score; what is none cannot be read."""
    value = _figure(cell, place)
    if _is_odd(value):
        return missing_at(place, reason=MissingReason.UNREADABLE, text=cell.text)
    return value


def _is_total(label: str, at: int, header: _Header | None) -> bool:
    """Whether the last cell of a row is the total of scores: as its label says, or because it
    stands below them. A table of something else has a row 合计, too."""
    return "分" in label or (header is not None and header.columns.get("score") == at)


def _row(row: Row, header: _Header, layout: Layout, number: Iterator[int]) -> Iterator[Found]:
    cells = {
        name: (row.cells[index], Place(line=row.line, column=index + 1))
        for name, index in header.columns.items()
        if index < len(row.cells)
    }
    if header.table.rows:
        yield from _named_row(cells, header)
    elif header.table.id == "indicators":
        yield from _indicator_row(cells, header, number)
    elif header.table.key in cells and cells[header.table.key][0].text:
        for name, (cell, _) in cells.items():
            if cell.text:
                yield Found(path=f"form.{header.table.id}.{name}", value=cell.text)
                yield from read_achievements(cell, layout, "form")


Cells: TypeAlias = Mapping[str, tuple[Segment, Place]]


def _named_row(cells: Cells, header: _Header) -> Iterator[Found]:
    """A row of amounts, told by its label; one of another name, or of a name again, stays apart."""
    label = cells[header.table.key][0].text if header.table.key in cells else ""
    own_unit = _MONEY.search(label)
    unit = own_unit[1] if own_unit else header.unit
    name = _plain(label)
    rows = header.table.rows.items()
    path = next((path for path, labels in rows if name in _plain_words(labels)), "")
    if not path and name and header.table.other:
        path = f"{header.table.other}[unlisted]"
    columns = path
    if path in header.used and path.endswith("]"):
        path = f"{path[:-1]}·{name}]"
    header.used.add(path)
    for column, (cell, place) in cells.items() if path else ():
        if column != header.table.key:
            kind = kind_of(f"{columns}.{column}")
            value = _in_column(_figure(cell, place), kind, unit)
            yield Found(path=f"{path}.{column}", value=value)
    if path.endswith("]"):
        yield Found(path=f"{path}.label", value=_inner(name))


def _indicator_row(cells: Cells, header: _Header, number: Iterator[int]) -> Iterator[Found]:
    """A row of an indicator, or of a heading alone; merged headings are filled down."""

    def says(name: str) -> bool:
        return name in cells and bool(cells[name][0].text)

    headings = {level: cells[level][0].text for level in ("level1", "level2") if says(level)}
    for level, below in (("level1", "level2"), ("level2", "")):
        if level in headings and not is_subtotal(headings[level]):
            header.above[level] = headings[level]
            header.above.pop(below, None)
    above = header.above | headings
    key = header.table.key
    named = says(key) or bool(above and (says("target") or says("actual")))
    subtotal = "level2" in headings and (says("weight") or says("score"))
    if not (named or "level1" in headings or subtotal):
        return
    if says(key) and is_subtotal(cells[key][0].text):
        return
    where = f"form.indicators[{next(number)}]"
    for level in ("level1", "level2") if named or subtotal else ("level1",):
        if level in above:
            yield Found(path=f"{where}.{level}", value=above[level])
    if named and not says(key):
        # A row that leaves its name out is called by the nearest heading above it.
        yield Found(path=f"{where}.{key}", value=above.get("level2") or above["level1"])
    actual = cells["actual"][0].text if "actual" in cells else ""
    aim = _target(*cells["target"], actual) if named and "target" in cells else None
    for name, (cell, place) in cells.items():
        if name in ("level1", "level2") or (named and name == key and not cell.text):
            continue
        kind = kind_of(f"form.indicators.{name}")
        is_points = kind in (FigureKind.WEIGHT, FigureKind.SCORE)
        if not named and not (is_points and cell.text):
            continue
        if name == "scoring_rule" and cell.text:  # its numbers are read where the row is scored
            cell.understand(0, cell.length)
        value = aim if name == "target" and aim else _in_row(cell, place, kind, aim)
        yield Found(path=f"{where}.{name}", value=value)


def _in_row(cell: Segment, place: Place, kind: FigureKind | None, aim: Target | None) -> Value:
    """What a cell of an indicator says, other than its target."""
    if kind in (FigureKind.WEIGHT, FigureKind.SCORE):
        return _points(cell, place)
    if kind is not None:
        return _reached(cell, place, aim) if kind is FigureKind.REACHED else _figure(cell, place)
    return cell.text or Missing(reason=MissingReason.BLANK, line=place.line)


def _target(cell: Segment, place: Place, actual: str) -> Target:
    target = stated_target(cell.text, place, actual)
    if isinstance(target.value, Figure) or target.value.reason in _READ:
        cell.understand(0, cell.length)
    return target


_READ = (MissingReason.DATE, MissingReason.RANGE)
"""What a target may be that is understood and is no number."""


def _reached(cell: Segment, place: Place, aim: Target | None) -> Stated:
    """What was reached: a number, a day, or words."""
    in_words = reached_in(cell.text, place=place)
    if in_words is None:
        return _figure(cell, place, aim)
    cell.understand(0, cell.length)
    return in_words


def _figure(cell: Segment, place: Place, aim: Target | None = None) -> Stated:
    value = stated(cell.text, place, aim)
    if isinstance(value, Figure):
        cell.understand(0, cell.length)
    return value


def _is_odd(points: Stated) -> bool:
    """Whether a weight or a score is none: a percentage, as in a row whose cells have shifted."""
    return isinstance(points, Figure) and points.unit.dimension != NUMBER


def _in_column(value: Stated, kind: FigureKind | None, unit: str) -> Stated:
    """A bare number with the unit of its column; a currency sign is none."""
    if isinstance(value, Missing):
        return value
    is_amount = kind is FigureKind.AMOUNT and bool(unit)
    if value.unit.symbol and not (is_amount and names_no_scale(value)):
        return value
    if is_amount:
        money = Figure.from_printed(parse_number(f"{value.text}{unit}"), place=value.place)
        return printed_as(money, value.text)
    return as_rate(value) if kind is FigureKind.RATE else value


_SHOWN = 5
_SHORT = Text(zh="第 {} 行只有 {} 格，表头有 {} 格：", en="line {} has {} cells, the header {}: ")
_CUT = Text(zh="表格可能不完整", en="the table may have been cut off")
_MOVED = Text(
    zh="缺了合并的单元格，各格属于哪一列无法确定，未读取",
    en="merged cells are lost, so that it is not known of which columns its cells are; it was left "
    "out",
)


def _cut(cut: list[tuple[Row, _Header]], shifted: Mapping[int, int]) -> Iterator[Text]:
    """Rows that end before the columns of their table do."""
    for row, header in cut[:_SHOWN]:
        why = _MOVED if id(header) in shifted else _CUT
        width = shifted.get(id(header), header.width)
        yield _SHORT.fill(row.line, len(row.cells), width) + why
    if len(cut) > _SHOWN:
        more = len(cut) - _SHOWN
        yield Text(zh=f"另有 {more} 行同样缺格", en=f"{more} more rows are also too short")


def _absent(layout: Layout, filled: set[str]) -> Iterator[Text]:
    """The tables of the form of which not one row was found."""
    keys = [table.columns[table.key][0] for table in layout.table if table.id not in filled]
    if keys:
        yield Text(
            zh="附表不完整：没有读取到以{}为表头的内容，附表可能缺失或未完整导出",
            en="the form is not complete: nothing was found under the header {}; "
            "it may be missing or have been cut",
        ).fill(LIST.join(f"“{key}”" for key in keys))

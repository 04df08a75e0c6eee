"""The columns of a table, told by the words above them, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import attrs

from budgetperf.documents.understanding.glyphs import looks_like_number
from budgetperf.exact import LIST, Missing, MissingReason, Text

from .cells import is_unit
from .grid import Line, Piece, blank_below, overlap
from .vocabulary import REVIEWED, IndicatorWords, Vocabulary
from .words import Words, label_of, words_of

__all__ = [
    "Column",
    "Header",
    "funding_header",
    "goal_header",
    "heads_numbers",
    "indicator_header",
    "is_number",
    "over",
    "plain_header",
    "unclear_funding",
]

AMOUNTS = ("initial", "revised", "received", "executed")
PAIRS = ("score_weight", "weight_score")
"""Columns with two figures in each cell, by which is the first one."""
PROGRESS = ("实际完成值", "全年实际完成值")
"""Words beside the amounts for what was reached: of the spending of a bond, what was spent."""
_MEASURED = ("actual", "score", *PAIRS)  # without these it is a plan
_LEVELS = ("level1", "level2", "name")
_IN_WORDS = (
    *("level1", "level2", "name", "basis", "scoring_rule", "evidence", "analysis", "explanation"),
    *("unit", "actual_unit", "label", "code", "rating", "number"),
)


@attrs.frozen(kw_only=True, eq=False)
class Column:
    """A column: where it stands, and the words above it."""

    first: int
    last: int
    words: Words
    piece: Piece


@attrs.frozen(kw_only=True, eq=False)
class Header:
    """The columns of a table.

    Args:
        columns: by field.
        apart: those that are known or not, and are no field of their own here.
        unclear: the words of columns that could be the same field, none of which is taken.
        unclear_fields: these fields.
        unknown: the words of columns that are not known.
        lines: how many rows the header takes.
        pieces: the cells that it is made of.
        width: how many cells its first row has, blank ones included; 0 where its rows have
            different numbers, so that none of its words may stand above what they mean.
        pair: the fields of a column with two figures in each cell, in their order.
    """

    columns: Mapping[str, Column]
    apart: tuple[Column, ...] = ()
    unclear: tuple[Text, ...] = ()
    unclear_fields: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    lines: int = 1
    pieces: tuple[Piece, ...] = ()
    width: int = 0
    pair: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """The first of the columns that hold figures."""
        return min(column.first for column in self.columns.values())

    def fits(self, line: Line) -> bool:
        """Whether a row has as many cells as the header; else its figures may have moved.

        Blank cells at the end of a row may be left out where no figure is due in them.
        """
        end = max(piece.last for piece in self.pieces)
        if line.width > self.width or (line.width in line.blanks and line.width < self.width):
            return False
        if any(piece.first > end and is_number(piece.text) for piece in line.pieces):
            return False
        beyond = {name for name, column in self.columns.items() if column.first > line.width}
        read = {name for name, own in self.cells(line).items() if _has_number(own)}
        beyond = {name for name in beyond if name == "unit" or name not in _IN_WORDS}
        read -= set(_IN_WORDS)
        has_only_amounts = read <= set(AMOUNTS) and beyond.isdisjoint(AMOUNTS)
        return has_only_amounts or not (read and beyond)

    def cells(self, line: Line) -> dict[str, tuple[Piece, ...]]:
        """The cells of a row by field; one over several fields is that of the first."""
        named = [*self.columns.items(), *((_APART, column) for column in self.apart)]
        by_field: dict[str, tuple[Piece, ...]] = {}
        for piece in line.pieces:
            shared = [(overlap(piece, c.first, c.last), name, c) for name, c in named]
            most = max((count for count, _, _ in shared), default=0)
            if not most:
                continue
            best = [(c.first, name) for count, name, c in shared if count == most]
            starting = [name for first, name in best if first == piece.first]
            name = starting[0] if starting else min(best)[1]
            if name in self.pair:
                parts = _PAIR.fullmatch(piece.text)
                for field, text in zip(self.pair, parts.groups() if parts else (), strict=False):
                    by_field[field] = (*by_field.get(field, ()), attrs.evolve(piece, text=text))
            elif name != _APART:
                by_field[name] = (*by_field.get(name, ()), piece)
        return by_field

    def blank(self, field: str, row: Line, line: int | None) -> Missing:
        """The blank cell of a row below the column of a field.

        Args:
            field: the field.
            row: the row.
            line: the line for where no more is known.
        """
        column = self.columns.get(field)
        if column is None:
            return Missing(reason=MissingReason.BLANK, line=line)
        return blank_below(column.first, row, line)

    def beside(self, line: Line) -> int:
        """How many cells of a row hold a number in a column that is none of the fields."""
        return sum(
            is_number(piece.text)
            for piece in line.pieces
            if any(overlap(piece, column.first, column.last) for column in self.apart)
        )


_APART = "apart"
_PAIR = re.compile(r"(\d+(?:\.\d+)?分?)/(\d+(?:\.\d+)?分?)")


def _has_number(pieces: Sequence[Piece]) -> bool:
    return any(is_number(piece.text) for piece in pieces)


def is_number(text: str) -> bool:
    """Whether a cell holds a number, and no words; letters may stand for its digits."""
    return looks_like_number(text) or (
        any(c.isdigit() for c in text)
        and not any("\u4e00" <= c <= "\u9fff" and c not in "万元亿分个人次" for c in text)
    )


def heads_numbers(text: str) -> bool:
    """Whether words may stand above numbers, as 上年执行数, 上年结转 and 序号 do, and 资金来源 does
    not."""
    return _COUNTED.search(text) is not None


_COUNTED = re.compile("[数额率]|结转|结余|[序编]号|编码|代码")


_Title = tuple[Words, Column]
"""A word above a column; of two rows, the lower one."""


def funding_header(lines: Sequence[Line], words: Vocabulary) -> Header | None:
    """The header of the funding block that begins with a row, if one does.

    A word above labels is no column of amounts, whatever it says (年度预算数 above 总额).
    """
    column_of = words.funding.column_of
    levels = words.indicators.column_of

    def holds(header: Header) -> bool:
        amounts = sum(name in header.columns for name in AMOUNTS)
        is_of_funds = amounts > 1 or (amounts == 1 and "execution_rate" in header.columns)
        return is_of_funds and not header.unclear

    divided = _divided(lines, column_of.get)
    for titles in _titles(lines, column_of.get, lambda title: title in divided, column_of.get):
        if any(levels.get(title.name) in _LEVELS for title, _ in titles[0]):
            return None
        if any(is_number(title.full) for title, _ in titles[0]):
            continue
        below = lines[titles[1]] if titles[1] < len(lines) else None
        named = [t for t in titles[0] if below is None or not _heads_labels(t[1], below, words)]
        named = named[1:] if _names_execution(named, column_of) else named
        header = _header(named, _budgets(named, column_of), titles[1])
        header = attrs.evolve(header, pieces=tuple(column.piece for _, column in titles[0]))
        if holds(header):
            return _with_width(header, lines)
    return None


def _budgets(titles: Sequence[_Title], column_of: Mapping[str, str]) -> Callable[[str], str | None]:
    """The columns of the words of a header: 调整预算数 beside 全年预算数 is no second budget of the
    year, and may be what it was adjusted by."""
    revised = [title for title, _ in titles if column_of.get(title.name) == "revised"]
    is_clear = sum(_WHOLE.match(title.name) is not None for title in revised) == 1
    unclear = {title.name for title in revised if _ADJUSTED.match(title.name)} if is_clear else ()
    return lambda word: None if word in unclear else column_of.get(word)


_WHOLE = re.compile("全年|调整后")
_ADJUSTED = re.compile("调整(?!后)")


def _divided(lines: Sequence[Line], known: Callable[[str], str | None]) -> list[Words]:
    """The words of a row that stand over several columns, each with words of its own below:
    预算数 over 年初预算, 调整数 and 调整后预算."""
    if len(lines) < _WITH_ROW:
        return []
    below: dict[Words, list[Piece]] = {}
    for piece in lines[1].pieces:
        above = over(piece, lines[0])
        if above is not None:
            below.setdefault(above.words, []).append(piece)
    divided: list[Words] = []
    for words, own in below.items():
        fields = {known(piece.words.full) or known(_turned(piece, words).name) for piece in own}
        if _SEVERAL <= len(own) == len(fields) and None not in fields:
            divided.append(words)
    return divided


def _turned(below: Piece, above: Words) -> Words:
    """The words of a cell with those above it behind them, which end them: 年初 below 预算数."""
    return below.words if len(below.text) > len("调整后") else words_of(below.text + above.full)


def unclear_funding(lines: Sequence[Line], words: Vocabulary) -> tuple[Text, ...]:
    """The words of a row that would be the header of a funding block if they were not those of
    several columns for the same: nothing where a row of such a block does not follow."""
    if len(lines) < _WITH_ROW or any(is_number(piece.text) for piece in lines[0].pieces):
        return ()
    header = plain_header(lines[0], words.funding.column_of.get)
    labels = words.funding.row_of.keys() - words.funding.column_of.keys()
    is_row = any(label_of(piece.text)[0].within(labels) for piece in lines[1].pieces)
    return header.unclear if is_row and not header.columns.keys().isdisjoint(AMOUNTS) else ()


_WITH_ROW = 2
_SEVERAL = 2


def _heads_labels(column: Column, below: Line, words: Vocabulary) -> bool:
    """Whether the label of a row of the funding block stands below a word for amounts."""
    column_of = words.funding.column_of
    rows = words.funding.row_of.keys() - column_of.keys()
    field = column_of.get(column.words.full) or column_of.get(column.words.name)
    return field in AMOUNTS and any(
        overlap(piece, column.first, column.last) and label_of(piece.text)[0].within(rows)
        for piece in below.pieces
    )


def _names_execution(titles: Sequence[_Title], column_of: Mapping[str, str]) -> bool:
    """Whether the first word is the label of the row below, with what it weighs: 预算执行率(10分)
    beside the column of the rate."""
    if not titles:
        return False
    (label, _), *others = titles
    field = column_of.get(label.name)
    return (
        bool(label.points)
        and field == "execution_rate"
        and any(column_of.get(title.name) == field for title, _ in others)
    )


def plain_header(line: Line, known: Callable[[str], str | None]) -> Header:
    """The columns that the words of one row say."""
    return _with_width(_header(_single(line)[0], known, 1), [line])


def goal_header(line: Line, words: Vocabulary) -> Header | None:
    """The header of the goal, if a row is one."""
    column_of = words.goal.column_of
    titles, count = _single(line)
    header = _header(titles, column_of.get, count)
    both = {"expected", "achieved"} <= set(header.columns)
    return header if both else None


def indicator_header(
    lines: Sequence[Line], words: Vocabulary, year: int | None = None
) -> Header | None:
    """The header of the indicator table that begins with a row, if one does.

    Args:
        lines: the row, and some below it.
        words: the words that are known.
        year: the year of the form, if its head says one.
    """
    indicators, reviewed = words.indicators, frozenset(words.reviewed)
    year = year or _only_year(lines[0], indicators)

    def known(word: str) -> str | None:
        if word in indicators.alone_of:
            return f"{_ALONE}{indicators.alone_of[word]}"
        field = indicators.column_of.get(word) or indicators.joined_of.get(word)
        field = field or indicators.pair_of.get(word) or ("reviewed" if word in reviewed else None)
        return field or _of_year(word, year, indicators)

    def known_below(word: str) -> str | None:
        return known(word) or indicators.lower_of.get(word)

    def group(title: Words) -> bool:
        return title.name in indicators.group_of

    for titles, count in _titles(lines, known, group, indicators.lower_of.get):
        header = _header(titles, known_below if count > 1 else known, count)
        header = _without_divided(header, lines[1:2], known_below) if count == 1 else header
        header = _with_details(header, lines[count : count + 1])
        header = _of_groups(_with_pair(_with_words_alone(header, lines[count:])))
        named = "name" in header.columns or {"level1", "level2"} <= header.columns.keys()
        if named and any(name in header.columns for name in _MEASURED):
            wide = _over_blanks(_with_first_targets(header), lines[0].blanks)
            return _with_width(wide, lines)
    return None


_ALONE = "alone "
_OF_YEAR = re.compile(r"(?P<year>20\d{2})年度?(?P<word>.+)")


def _of_year(word: str, year: int | None, words: IndicatorWords) -> str | None:
    """The column of a word behind a year: that of the form's year, or what was reached the year
    before; of another year it is none."""
    match = _OF_YEAR.fullmatch(word)
    field = words.column_of.get(match["word"]) if match is not None else None
    if match is None or field not in _YEARLY or year is None:
        return None
    if int(match["year"]) == year:
        return field
    return "last_year" if field == "actual" and int(match["year"]) == year - 1 else None


_YEARLY = ("target", "actual")


def _only_year(line: Line, words: IndicatorWords) -> int | None:
    """The one year that the words above columns say, where none of them is without it."""
    matches = [match for piece in line.pieces if (match := _OF_YEAR.fullmatch(piece.words.name))]
    years = {int(match["year"]) for match in matches}
    fields = {words.column_of.get(piece.words.name) for piece in line.pieces}
    return years.pop() if len(years) == 1 and fields.isdisjoint(_YEARLY) else None


def _with_words_alone(header: Header, below: Sequence[Line]) -> Header:
    """A header in which a word that is no clear one is the field where no other column is."""
    columns, apart, unknown = dict(header.columns), list(header.apart), list(header.unknown)
    for name in [name for name in columns if name.startswith(_ALONE)]:
        column, field = columns.pop(name), name.removeprefix(_ALONE)
        is_taken = field in columns or field in header.unclear_fields
        if not is_taken and _may_be(field, column, columns, below):
            columns[field] = column
        else:
            apart.append(column)
            unknown.append(column.words.full)
    return attrs.evolve(header, columns=columns, apart=tuple(apart), unknown=tuple(unknown))


def _may_be(
    field: str, column: Column, columns: Mapping[str, Column], below: Sequence[Line]
) -> bool:
    """Whether a column is what its word may say: a score, where a weight is in points (else it may
    be one of a hundred); units, where each cell below is one."""
    if field == "score":
        return "weight" in columns and "分" in columns["weight"].words.name
    if field == "name":
        first = below[0].pieces if below else ()
        is_one = len({piece.text for piece in first if _is_in(piece, column)}) == 1
        return is_one and columns.keys() >= {"weight", "score"} and not columns.keys() & _NO_RESULT
    if field != "unit":
        return True
    rows = (line.pieces for line in below)
    own = [p.text for row in rows for p in row[1:] if _is_in(p, column) and p.text != row[0].text]
    return bool(own) and all(is_unit(text) for text in own)


_NO_RESULT = frozenset(("level1", "level2", "name", "target", "actual"))


def _is_in(piece: Piece, column: Column) -> bool:
    return column.first <= piece.first and piece.last <= column.last


def _of_groups(header: Header) -> Header:
    """The header of a table of results: the groups of indicators alone, with what they weigh and
    what they got; these are its names then."""
    columns = header.columns
    if not columns.keys() >= _RESULT or columns.keys() & {"level2", "name", "target", "actual"}:
        return header
    named = {"name" if name == "level1" else name: column for name, column in columns.items()}
    return attrs.evolve(header, columns=named)


_RESULT = frozenset(("level1", "weight", "score"))


def _without_divided(
    header: Header, below: Sequence[Line], known: Callable[[str], str | None]
) -> Header:
    """A header without the columns that a second row divides, some of whose words are not known:
    what stands below these is not told by the words above."""
    pieces = [piece for line in below for piece in line.pieces]
    words = [piece.words for piece in pieces]
    if any(is_number(piece.text) for piece in pieces) or (
        sum(bool(known(each.full) or known(each.name)) for each in words) < _SEVERAL
    ):
        return header
    divided = {
        name: column
        for name, column in header.columns.items()
        if name not in _IN_WORDS
        and any(
            overlap(p, column.first, column.last) and p.text != column.piece.text for p in pieces
        )
    }
    return attrs.evolve(
        header,
        columns={name: c for name, c in header.columns.items() if name not in divided},
        apart=(*header.apart, *divided.values()),
        unknown=(*header.unknown, *(column.words.full for column in divided.values())),
    )


def _with_details(header: Header, below: Sequence[Line]) -> Header:
    """A header whose fourth level is that of the names, where the first row below has one."""
    columns = dict(header.columns)
    detail = columns.pop("detail", None)
    if detail is None:
        return header
    apart = (*header.apart, detail)
    if any(_is_in(piece, detail) for line in below for piece in line.pieces):
        name = columns.get("name")
        columns["name"] = detail
        apart = header.apart if name is None else (*header.apart, name)
    return attrs.evolve(header, columns=columns, apart=apart)


def _with_pair(header: Header) -> Header:
    """A header in which a column with two figures in each cell is those of both."""
    columns = dict(header.columns)
    pairs = [(name, columns.pop(name)) for name in PAIRS if name in columns]
    if not pairs:
        return header
    apart = (*header.apart, *(column for _, column in pairs))
    name, column = pairs[0]
    pair = tuple(name.split("_"))
    if len(pairs) > 1 or columns.keys() & {*pair} or header.unclear_fields & {*pair}:
        return attrs.evolve(header, columns=columns, apart=apart)
    columns |= dict.fromkeys(pair, column)
    return attrs.evolve(header, columns=columns, pair=pair)


def _with_width(header: Header, lines: Sequence[Line]) -> Header:
    """A header with the number of its cells; 0 where its own rows do not fit each other."""
    first, *others = lines[: header.lines]
    has_moved = any(
        line.width > first.width or (line.width < first.width and line.width in line.blanks)
        for line in others
    )
    return attrs.evolve(header, width=0 if has_moved else first.width)


def _with_first_targets(header: Header) -> Header:
    """A target of the start of the year stands where there is no other."""
    columns = dict(header.columns)
    apart = list(header.apart)
    for first, field in (("initial_target", "target"), ("weight_set", "weight")):
        if first in columns:
            column = columns.pop(first)
            if field in columns or field in header.unclear_fields:
                apart.append(column)
            else:
                columns[field] = column
    return attrs.evolve(header, columns=columns, apart=tuple(apart))


def _header(titles: Sequence[_Title], known: Callable[[str], str | None], lines: int) -> Header:
    by_field: dict[str, list[Column]] = {}
    unknown: list[Column] = []
    for words, column in titles:
        field = known(words.full) or known(words.name)
        if field is None:
            unknown.append(column)
            continue
        before = by_field.setdefault(field, [])
        if before and before[-1].words.full == words.full and before[-1].last + 1 == column.first:
            before[-1] = attrs.evolve(before[-1], last=column.last)  # repeated in each place
        else:
            before.append(column)
    reviewed = by_field.pop("reviewed", [])
    apart = [*by_field.pop("apart", []), *unknown, *reviewed]
    columns: dict[str, Column] = {}
    unclear: dict[str, Text] = {}
    for field, several in by_field.items():
        if len(several) == 1 or field in _IN_WORDS:
            columns[field] = several[0]
            apart += several[1:]
        else:
            unclear[field] = LIST.join(column.words.full for column in several)
            apart += several
    if len(reviewed) <= len(REVIEWED):
        columns |= zip(REVIEWED, reviewed, strict=False)
        apart = [column for column in apart if column not in reviewed]
    left = min((column.first for column in columns.values()), default=0)
    return Header(
        columns=columns,
        apart=tuple(column for column in apart if column.first >= left),
        unclear=tuple(unclear.values()),
        unclear_fields=frozenset(unclear),
        unknown=tuple(c.words.full for c in unknown if c.first > left),
        lines=lines,
        pieces=tuple(column.piece for _, column in titles),
    )


def _single(line: Line) -> tuple[list[_Title], int]:
    return [(piece.words, _column(piece, piece.words)) for piece in line.pieces], 1


def _column(piece: Piece, words: Words) -> Column:
    return Column(first=piece.first, last=piece.last, words=words, piece=piece)


def _over_blanks(header: Header, blanks: frozenset[int]) -> Header:
    """The header with the names as wide as the blank cells behind their word: where cells are not
    merged, those are theirs. They hold a heading and the name, if there is no other heading."""
    name = header.columns.get("name")
    if name is None or "level1" in header.columns:
        return header
    last = name.last
    while last + 1 in blanks:
        last += 1
    if last == name.first:
        return header
    level1 = attrs.evolve(name, last=name.first)
    wide = attrs.evolve(name, first=name.first + 1, last=last)
    return attrs.evolve(header, columns={**header.columns, "level1": level1, "name": wide})


def _titles(
    lines: Sequence[Line],
    known: Callable[[str], str | None],
    group: Callable[[Words], bool],
    lower: Callable[[str], str | None],
) -> list[tuple[list[_Title], int]]:
    """The words above the columns: of two rows together if the second one is no row of values,
    then of the first one alone."""
    both = _both(lines[0], lines[1], known, group, lower) if len(lines) > 1 else None
    return [*([(both, 2)] if both else []), _single(lines[0])]


def _both(
    upper: Line,
    below: Line,
    known: Callable[[str], str | None],
    group: Callable[[Words], bool],
    lower: Callable[[str], str | None],
) -> list[_Title] | None:
    """The words of a header of two rows; ``None`` if the two are none."""

    def is_known(words: Words) -> bool:
        return bool(known(words.full) or known(words.name))

    def is_unit_of(words: Words) -> bool:
        return known(words.full) == "actual_unit"

    def is_same(above: Words, words: Words) -> bool:
        return (known(above.full) or known(above.name)) == (known(words.full) or known(words.name))

    def is_column(words: Words) -> bool:
        field = known(words.full) or known(words.name)
        return field is not None and not field.startswith(_ALONE) and not group(words)

    titles: list[_Title] = []
    used = set[Piece]()
    is_needed = False  # whether the upper row says anything of its own
    for piece in below.pieces:
        above = over(piece, upper)
        joined = words_of(above.text + piece.text) if above is not None else None
        if (
            joined is not None
            and above is not None
            and is_known(joined)
            and (above.first == piece.first or group(above.words) or is_unit_of(joined))
        ):
            words, is_needed = joined, True
        elif above is not None and is_column(above.words) and not is_same(above.words, piece.words):
            return None  # a column has one word
        elif is_known(piece.words):
            words = piece.words
        elif above is not None and group(above.words) and is_known(_turned(piece, above.words)):
            words, is_needed = _turned(piece, above.words), True
        elif above is not None and group(above.words) and lower(piece.words.name):
            words, is_needed = piece.words, True
        else:
            return None
        if above is not None:
            used.add(above)
            if above.words.unit in _MONEY and not words.unit:  # 金额(万元) over 年初预算数
                words = attrs.evolve(words, unit=above.words.unit)
        titles.append((words, _column(piece, words)))
    start = min(piece.first for piece in below.pieces)
    for piece in upper.pieces:
        if piece in used:
            continue
        if not (
            is_known(piece.words) or group(piece.words) or piece.last < start or piece.first == 1
        ):
            return None
        is_needed = is_needed or is_known(piece.words)
        titles.append((piece.words, _column(piece, piece.words)))
    if not is_needed:
        return None
    titles.sort(key=lambda title: title[1].first)
    return titles


_MONEY = ("元", "万元", "亿元")


def over(piece: Piece, upper: Line) -> Piece | None:
    """The cell above a cell; where cells are not merged, the last one that is not blank."""
    for other in upper.pieces:
        if overlap(piece, other.first, other.last):
            return other
    before = [other for other in upper.pieces if other.last < piece.first]
    if before and all(c in upper.blanks for c in range(before[-1].last + 1, piece.first + 1)):
        return before[-1]
    return None

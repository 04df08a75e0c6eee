"""The funding block of a form: its rows of amounts, with the rate, the weight and the score."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.understanding.assembling import Found
from budgetperf.exact import LIST, Figure, Missing, MissingReason, Stated, Text
from budgetperf.model.indicators import heading_points

from . import cells
from .grid import Line, Piece, forget, overlap
from .headers import AMOUNTS, PROGRESS, Header, heads_numbers, is_number
from .notes import OTHER_UNIT
from .vocabulary import Vocabulary
from .words import Words, label_of, money_unit, words_of

__all__ = ["FundingBlock", "Pair", "pairs_in", "states_same"]

_Cells: TypeAlias = dict[str, tuple[Piece, ...]]
_FUNDING = "form.funding."
_TOTAL = "form.funding.total"
_EXPENDITURE = ("basic_expenditure", "project_expenditure")
_CHANGE = re.compile(
    "(?:年[中度]|本年|当年|预算)*(?:调整|追加|追减|调增|调减)(?:预算|资金)?(?:数|金?额)?"
)
_OF_BASIC = re.compile("(?:日常)?(?:人员|公用|运转)(?:类|支出)?经费|(?:人员|公用)(?:类)?支出")
"""What basic expenditure is divided into, which is no source of money."""
_YEAR = re.compile(r"(?:20)?\d{2}年(?:度|数)?|(?:上|本|去|当|前)年(?:度|数)?")
_PERIOD = re.compile(
    r"(?:20\d{2}年)?(?:\d{1,2}(?:[-—~至到]\d{1,2})?月(?:份|底)?|第?[一二三四1-4]季度?|[上下]半年)"
)
"""A part of the year, which is no source of money."""
_SOURCE = re.compile("(?:资金|补助|拨款|安排|经费|收入|债券|转移支付|结转|结余)$")
"""How the name of a source ends that is not known; a row of one without amounts is passed over."""
_BASES = ("revised", "received")
_DIVIDES = re.compile("按[\u4e00-\u9fff]{2,8}分(?:类|组)?")
"""A row that says by what the rows below divide the total: 按支出性质分."""
_BEHIND = ("weight", "score", "execution_rate")
_TOP = ("sources[other]", "sources[carry-over]")


@attrs.frozen(kw_only=True, eq=False)
class Pair:
    """A label and the amount beside it, of which several stand side by side."""

    field: str
    label: int
    first: int
    last: int


@attrs.frozen(kw_only=True, eq=False)
class SecondRow:
    """A row whose label stood before.

    Args:
        path: where the first one belongs.
        first: the label of that.
        second: its own.
        stated: its figures by field.
    """

    path: str
    first: Piece
    second: Piece
    stated: dict[str, Stated]


@attrs.define(kw_only=True, eq=False)
class FundingBlock:
    """A funding block as its rows are read.

    Args:
        known: the words of forms.
        declined: how many cells with numbers were left out on purpose.
        header: its columns.
        unit: the unit of the head of the form, where the block says none.
        pairs: labels and amounts side by side, where it has no columns.
        is_divided: whether the row above said by what those below divide the total.
        expenditure_beside: the rows of expenditure that is neither basic nor for projects.
        other_expenditure: whether there is an amount in any of these.
        other_units: the lines with an amount in another unit than that of its column.
    """

    known: Vocabulary
    header: Header
    unit: str
    pairs: tuple[Pair, ...] = ()
    total: bool = False
    labels: dict[str, int] = attrs.Factory(dict[str, int])
    is_nested: bool = False
    is_divided: bool = False
    amounts: dict[str, dict[str, Stated]] = attrs.Factory(dict[str, dict[str, Stated]])
    pieces: dict[str, tuple[Piece, ...]] = attrs.Factory(dict[str, tuple[Piece, ...]])
    repeated: dict[str, str] = attrs.Factory(dict[str, str])
    left_out: list[str] = attrs.Factory(list[str])
    rows: dict[str, tuple[str, Piece]] = attrs.Factory(dict[str, tuple[str, Piece]])
    again: list[SecondRow] = attrs.Factory(list["SecondRow"])
    expenditure_beside: list[str] = attrs.Factory(list[str])
    other_expenditure: bool = False
    shifted: list[int] = attrs.Factory(list[int])
    other_units: dict[int, None] = attrs.Factory(dict[int, None])
    label_at: int = 0
    declined: int = 0

    @property
    def notes(self) -> list[Text]:
        """What is to be said about rows that were left out."""
        texts = [_LEFT_OUT.fill(LIST.join(self.left_out))] if self.left_out else []
        if self.other_expenditure:
            texts.append(_OTHERS.fill(LIST.join(self.expenditure_beside)))
        if self.other_units:
            texts.append(OTHER_UNIT.fill(lines=lines_text(self.other_units)))
        return [*texts, SHIFTED.fill(lines=lines_text(self.shifted))] if self.shifted else texts

    @property
    def details(self) -> frozenset[str]:
        """The paths of sources of no known kind that divide the others: without them the sources
        make the total, and with them they do not."""
        unlisted = {path for path in self.amounts if "[unlisted" in path}
        known = self.amounts.keys() - unlisted - {_TOTAL}
        if not unlisted or not known:
            return frozenset()
        fields = [field for field in AMOUNTS if self._sum(field, {_TOTAL})]
        without = all(self._sum(field, known) == self._sum(field, {_TOTAL}) for field in fields)
        adds = any(self._sum(field, unlisted) for field in fields)
        return frozenset(unlisted) if fields and without and adds else frozenset()

    def _sum(self, field: str, paths: Iterable[str]) -> Fraction:
        stated = (self.amounts.get(path, {}).get(field) for path in paths)
        figures = (figure.nominal for figure in stated if isinstance(figure, Figure))
        return sum(figures, start=Fraction(0))

    def read(self, line: Line) -> list[Found] | None:
        """What a row says; ``None`` if it is no row of the block any more."""
        left = line.left_of(self._start) if not self.pairs else self._labels(line)
        beside = {piece.text for piece in self.header.pieces if piece.first < self._start}
        has_numbers = any(is_number(piece.text) for piece in line.pieces)
        if self.shifted and not has_numbers:
            return None
        labels = [label_of(piece.text)[0].full for piece in line.pieces]
        if not has_numbers and any(map(_DIVIDES.fullmatch, labels)):
            self.is_divided = True
            return []
        names = [
            piece
            for piece in left
            if not (is_number(piece.text) or self._is_unit(piece) or piece.text in beside)
        ]
        name = names[-1] if names else None
        fits = self.header.fits(line)
        if has_numbers and not fits and self.labels and not self._is_row(name):
            return None
        has_shifted = self._has_shifted(line, left, name) or not fits
        if self.shifted or (has_numbers and has_shifted):
            self.shifted.append(line.number)
            self.declined += sum(is_number(piece.text) for piece in line.pieces)
            return []
        own_unit = next((u for piece in left if (u := money_unit(piece.text))), "")
        if own_unit and not self._own_unit():
            self.unit = own_unit
        by_field = self._cells(line)
        has_number = any(is_number(piece.text) for pieces in by_field.values() for piece in pieces)
        path = self._path(name, by_field, has_number)
        if path is None:
            return None
        if not path:
            self.declined += sum(is_number(piece.text) for piece in line.pieces)
            return []
        values = list(self._values(by_field, path, line))
        if path.endswith("]"):
            words, _ = label_of(name.text) if name is not None else (words_of(""), False)
            values.append(Found(path=f"{path}.label", value=words.name))
        return values

    @property
    def _start(self) -> int:
        """The first column that holds no label."""
        return min(c.first for name, c in self.header.columns.items() if name != "label")

    def _has_shifted(self, line: Line, left: Sequence[Piece], name: Piece | None) -> bool:
        """Whether the cells of a row stand further to the left than those of the header, as a
        program leaves them that loses merged cells: a number among the labels, a label left of
        the first one, or in a row without any that of the next row behind its figures."""
        if any(is_number(piece.text) and not self._is_counted(piece, name) for piece in left):
            return True
        if self.pairs:
            return False
        if name is None:
            beyond = (p for p in (*line.pieces, *self.header.pieces) if p.first > self._start)
            return any(not is_number(piece.text) and self._is_row(piece) for piece in beyond)
        self.label_at = self.label_at or name.first
        return name.first < self.label_at and self._is_row(name)

    def _is_row(self, name: Piece | None) -> bool:
        """Whether a label is a known one of the block."""
        rows = self.known.funding.row_of.keys()
        return name is not None and label_of(name.text)[0].within(rows)

    def _is_counted(self, piece: Piece, name: Piece | None) -> bool:
        """Whether a number left of the amounts stands below a word for numbers, or below any where
        the label of its row is not below that of the block, which a row moves to."""
        block = min(self.header.pieces, key=lambda other: other.first)
        has_moved = name is None or overlap(name, block.first, block.last) > 0
        return any(
            overlap(piece, other.first, other.last) and (heads_numbers(other.text) or not has_moved)
            for other in self.header.pieces
        )

    def _labels(self, line: Line) -> tuple[Piece, ...]:
        at = [pair.label for pair in self.pairs]
        return tuple(piece for piece in line.pieces if piece.first in at)[:1]

    def _is_unit(self, piece: Piece) -> bool:
        return bool(money_unit(piece.text)) and not words_of(piece.text).name.strip("()万亿元:")

    def _own_unit(self) -> str:
        """The unit that the words above an amount or left of them say."""
        own = {
            unit
            for piece in self.header.pieces
            if piece.first < self._start
            if (unit := money_unit(piece.text))
        }
        return own.pop() if len(own) == 1 else ""

    @property
    def _has_expenditure(self) -> bool:
        """Whether the rows above divide the total by what it was spent on."""
        rows = self.known.funding.row_of
        return any(rows.get(label) in _EXPENDITURE for label in self.labels)

    def _is_source(self, words: Words, by_field: _Cells) -> bool:
        """Whether a row of a name that is not known is a source: amounts stand in it, and nothing
        else does in their columns."""
        known = self.known
        if words.name in known.identity_of or words.full.startswith(known.words.begin):
            return False
        if _YEAR.fullmatch(words.full):
            return False
        amounts = [cells.amount_in(piece, "") for f in AMOUNTS for piece in by_field.get(f, ())]
        if any(isinstance(value, Figure) and value.nominal < 0 for value in amounts):
            return False
        if _CHANGE.fullmatch(words.name) and not by_field.get("executed"):
            return False  # how the budget was changed, and of whose money is not said
        return any(isinstance(value, Figure) for value in amounts) and not any(
            isinstance(value, Missing)
            and value.reason in (MissingReason.UNREADABLE, MissingReason.QUALITATIVE)
            for value in amounts
        )

    def _path(self, name: Piece | None, by_field: _Cells, has_number: bool) -> str | None:
        """Where a row belongs; ``""`` if it is left out, ``None`` if it is none of the block."""
        if name is None:
            if has_number and not self.labels:
                self.total = True
                self.labels[""] = 1
                return _TOTAL
            return "" if self.labels and not has_number else None
        words, is_inner = label_of(name.text)
        rows = self.known.funding.row_of
        kind = rows.get(words.full) or rows.get(words.name) or ""
        if not kind and not (has_number and self._is_source(words, by_field)):
            is_blank_source = is_inner or _SOURCE.search(words.name) is not None
            return "" if self.labels and not has_number and is_blank_source else None
        if kind == "total":
            if self.total:
                if has_number:
                    self._once_more(_TOTAL, name, by_field)
                self.left_out.append(name.text)
                return "" if has_number else None
            self.total = True
            self.labels[words.full] = 1
            self.rows[_TOTAL] = _TOTAL, name
            return _TOTAL
        if is_inner and len(self.labels) > 1 and not self.is_divided:
            self.is_nested = True
        self.is_divided = False
        is_of_basic = not kind and self._has_expenditure and _OF_BASIC.fullmatch(words.name)
        is_part = is_of_basic or _PERIOD.fullmatch(words.name)
        if is_part or (self.is_nested and kind not in _TOP):
            self.left_out.append(name.text)
            return ""
        self.is_nested = False
        count = self.labels.get(words.full, 0)
        self.labels[words.full] = count + 1
        if count:
            self._once_more(words.full, name, by_field)
            self.left_out.append(name.text)
            return ""
        if kind in _EXPENDITURE:
            self.rows[words.full] = f"form.{kind}", name
            return f"form.{kind}"
        if not kind and words.name.endswith("支出") and self._has_expenditure:
            self.expenditure_beside.append(name.text)
            amounts = [cells.amount_in(p, "") for f in AMOUNTS for p in by_field.get(f, ())]
            self.other_expenditure |= any(isinstance(a, Figure) and a.value for a in amounts)
            return ""
        base = f"form.funding.{kind or 'sources[unlisted]'}"
        used = f"\0{base}"
        if used in self.labels or not kind:
            base = f"{base[:-1]}·{words.name}]"
        self.labels[used] = 1
        self.rows[words.full] = base, name
        return base

    def _once_more(self, row: str, name: Piece, by_field: _Cells) -> None:
        """Take note of a row whose label stood before."""
        if row not in self.rows:
            return
        path, first = self.rows[row]
        stated: dict[str, Stated] = {}
        for field, pieces in by_field.items():
            if field in AMOUNTS:
                stated[field] = cells.amount_in(pieces[0], self._unit_of(field))
            elif field in ("weight", "score"):
                stated[field] = cells.points_in(pieces[0])
        self.again.append(SecondRow(path=path, first=first, second=name, stated=stated))

    @property
    def contested(self) -> list[SecondRow]:
        """The rows whose labels stood before with other figures, where the others do not make the
        total without them: either may be the one."""
        sources = [path for path in self.amounts if path != _TOTAL]
        fields = [field for field in AMOUNTS if self._sum(field, {_TOTAL})]
        if sources and all(
            self._sum(field, sources) == self._sum(field, {_TOTAL}) for field in fields
        ):
            return []
        return self.again

    def _cells(self, line: Line) -> _Cells:
        if not self.pairs:
            return {
                field: pieces
                for field, pieces in self.header.cells(line).items()
                if field not in ("label", "explanation")
            }
        by_field: _Cells = {}
        for pair in self.pairs:
            own = tuple(p for p in line.pieces if overlap(p, pair.first, pair.last))
            label = [p for p in line.pieces if p.first == pair.label]
            if own and label:
                by_field[pair.field] = own
        of_rows = {k: c for k, c in self.header.columns.items() if k not in AMOUNTS}
        for field, column in of_rows.items():
            own = tuple(p for p in line.pieces if overlap(p, column.first, column.last))
            if own:
                by_field[field] = own
        return by_field

    def _values(self, by_field: _Cells, path: str, line_of: Line) -> Iterator[Found]:
        amounts: dict[str, Stated] = {}
        for field in (*AMOUNTS, "adjustment"):
            if field not in self._fields():
                continue
            pieces = by_field.get(field, ())
            unit = self._unit_of(field)
            read = functools.partial(cells.amount, unit=unit)
            amounts[field] = self._one(line_of, by_field, field, read)
            own = (piece for piece in pieces if cells.has_other_unit(piece, unit))
            self.other_units |= dict.fromkeys(piece.place.line for piece in own)
        self.pieces[path] = tuple(piece for own in by_field.values() for piece in own)
        if path.startswith(_FUNDING):
            self.amounts[path] = amounts
        for field, value in amounts.items():
            if field == "adjustment":
                if path == _TOTAL:
                    yield Found(path="form.adjustment.amount", value=value)
            elif field != "received" or path.startswith(_FUNDING):
                yield Found(path=f"{path}.{field}", value=value)
        columns = self.header.columns
        due, use = (_quotient(amounts.get("executed"), amounts.get(f)) for f in _BASES)
        if path != _TOTAL and self._repeats(by_field, due, use):
            # A rate alone may be a wrong one of the source: it is told as one that was not read.
            behind = [piece for field in _BEHIND for piece in by_field.get(field, ())]
            for piece in behind if len(behind) > 1 else ():
                piece.understand()
            return
        if "execution_rate" in columns:
            in_percent = columns["execution_rate"].words.unit == "%"
            value = self._one(
                line_of,
                by_field,
                "execution_rate",
                lambda piece: cells.rate(piece, in_percent=in_percent, due=due),
            )
            yield Found(path=f"{path}.execution_rate", value=value)
        for field in ("weight", "score"):
            if field in columns and path.startswith(_FUNDING):
                value = self._one(line_of, by_field, field, cells.points)
                yield Found(path=f"{path}.{field}", value=value)
        if path == _TOTAL:
            yield from self._progress(line_of, amounts)
            yield from self._weight_in_words()
            self.repeated = {
                field: cells.text_of(by_field[field]) for field in _BEHIND if field in by_field
            }

    def _one(
        self, row: Line, by_field: _Cells, field: str, read: Callable[[Piece], Stated]
    ) -> Stated:
        """The value of the one cell; blank where there is none, unreadable where there are
        several."""
        pieces = by_field.get(field, ())
        if not pieces:
            line = next((own[0].place.line for own in by_field.values()), None)
            return self.header.blank(field, row, line)
        piece = cells.joined(pieces)
        if piece is None:
            text = cells.text_of(pieces)
            return Missing(reason=MissingReason.UNREADABLE, text=text, line=pieces[0].place.line)
        return read(piece)

    def _progress(self, line: Line, amounts: Mapping[str, Stated]) -> Iterator[Found]:
        """What the column of the value reached says: the amount that was spent, or its rate."""
        executed = amounts.get("executed")
        for column in self.header.apart:
            if column.words.name not in PROGRESS:
                continue
            for piece in line.pieces:
                if not overlap(piece, column.first, column.last):
                    continue
                rate = cells.rate_in(piece, in_percent=False, due=None)
                if piece.text.endswith("%") and isinstance(rate, Figure):
                    if "execution_rate" not in self.header.columns:
                        piece.understand()
                        yield Found(path=f"{_TOTAL}.execution_rate", value=rate)
                    continue
                value = cells.amount_in(piece, self._unit_of("executed"))
                if not (isinstance(value, Figure) and isinstance(executed, Figure)):
                    continue
                if (value.value, value.unit) == (executed.value, executed.unit):
                    piece.understand()
                    yield Found(path=f"{_TOTAL}.executed", value=value)

    def _fields(self) -> set[str]:
        return {pair.field for pair in self.pairs} | set(self.header.columns)

    def _repeats(self, by_field: _Cells, due: Fraction | None, use: Fraction | None) -> bool:
        """Whether the weight, the score or the rate of the total only stands again in the row of a
        source. A rate is that of the source if it can be, also of what was received."""
        own = {field: cells.text_of(by_field[field]) for field in _BEHIND if field in by_field}
        own = {field: text for field, text in own.items() if is_number(text)}
        if not own or any(self.repeated.get(field) != text for field, text in own.items()):
            return False
        if "weight" in own or "score" in own:
            return True
        value = cells.rate_in(by_field["execution_rate"][0], in_percent=False, due=due)
        own_rates = [rate for rate in (due, use) if rate is not None]
        return due is None or not (
            isinstance(value, Figure) and any(cells.is_near(value, rate) for rate in own_rates)
        )

    def _unit_of(self, field: str) -> str:
        column = self.header.columns.get(field)
        above = column.words.unit if column is not None else ""
        return above or self._own_unit() or self.unit

    def _weight_in_words(self) -> Iterator[Found]:
        """The weight in the heading of the block or of its columns, where it has no column."""
        if "weight" in self.header.columns and not self.header.columns["weight"].words.points:
            return
        stated = [piece for piece in self.header.pieces if piece.words.points]
        for piece in stated:
            figure = heading_points(f"分值({piece.words.points}分)")
            if figure is not None:
                piece.understand()
                value = attrs.evolve(figure, text=piece.words.points, place=piece.place)
                yield Found(path=f"{_TOTAL}.weight", value=value)


SHIFTED = Text(
    zh="{lines}的各格与表头错开，没有读取：请检查合并单元格是否丢失",
    en="the cells on {lines} stand elsewhere than those of the header, and were left out: "
    "merged cells may have been lost",
)
"""What is said of rows whose cells are not below those of the header."""

_LEFT_OUT = Text(
    zh="资金表中这些行是上一行的细分或重复，没有读取：{}",
    en="rows of the funding table that divide or repeat another one were left out: {}",
)

_OTHERS = Text(
    zh="除基本支出、项目支出外还有{}，没有与之对应的填列项，支出的各项都没有读取",
    en="there is expenditure beside basic and project expenditure ({}), for which a report has "
    "no place: none of the kinds of expenditure was read",
)


def _quotient(executed: Stated | None, revised: Stated | None) -> Fraction | None:
    if isinstance(executed, Figure) and isinstance(revised, Figure) and revised.value:
        return executed.nominal / revised.nominal
    return None


def states_same(first: FundingBlock, second: FundingBlock, lines: Sequence[Line]) -> bool:
    """Whether a second block of a table states the same total as the first, so that it does not
    matter which of them is that of the form: two amounts at least are the same, and none differs.

    Args:
        first: the first one, as it was read.
        second: one of the header of the other, which reads the rows here and is of no more use.
        lines: the rows below that header.
    """
    for at, line in enumerate(lines):
        if second.read(line) is None:
            lines = lines[:at]
            break
    forget(piece for line in lines for piece in line.pieces)
    above, below = first.amounts.get(_TOTAL, {}), second.amounts.get(_TOTAL, {})
    both = [
        (a, b)
        for field, a in above.items()
        if isinstance(a, Figure) and isinstance(b := below.get(field), Figure)
    ]
    return (
        len(both) >= _SURE
        and all((a.nominal, a.unit) == (b.nominal, b.unit) for a, b in both)
        and second.amounts.keys() == {_TOTAL}
        and not second.shifted
    )


_SURE = 2


def pairs_in(line: Line, known: Vocabulary) -> tuple[Pair, ...]:
    """Labels of amounts and numbers side by side in a row, if there are two of them at least."""
    columns = known.funding.column_of
    pairs: list[Pair] = []
    for label, value in zip(line.pieces, line.pieces[1:], strict=False):
        field = columns.get(label.words.name)
        if field is not None and field in AMOUNTS and is_number(value.text):
            pairs.append(Pair(field=field, label=label.first, first=value.first, last=value.last))
    fields = {pair.field for pair in pairs}
    return tuple(pairs) if len(pairs) > 1 and len(fields) == len(pairs) else ()

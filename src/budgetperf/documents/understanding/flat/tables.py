"""A document with the tables of its text put back into rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.source import Block, Cell, Document, Heading, Paragraph, Row, Spot, Table
from budgetperf.documents.understanding.forms.beside.staff import STAFF_HEADER
from budgetperf.documents.understanding.forms.head import is_title
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import money_unit, words_of
from budgetperf.exact import Text

from .fitting import figure
from .glued import splits, taken_apart
from .headers import FlatHeader, broken_header_at, field_of, header_at
from .identity import identity_at
from .lines import TextLine, is_value, lines_in
from .pairs import pair_block_at
from .rows import FlatRow, rows_of
from .streams import in_cells
from .unfolding import unfolded
from .ways.tying import Sums

__all__ = ["with_tables"]

_Texts: TypeAlias = tuple[int, list[str]]
"""A row: its line, and the text of each column."""
_GLUED_LEVELS = re.compile(r"[一二]级指标(?:\([^()]*\))?[二三]级指标")
"""Words of a header without anything between them, as no sentence has them."""
_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节部]分?|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))[^\d。；]{,30}"
)
"""A heading of a text, which says nothing itself."""
_YEAR_COLUMN = re.compile(r"20\d{2}年度?(?:预算|决算)数?")
_TELLING = (
    "决算数",
    "执行数",
    "执行率",
    "预算数",
    "支出数",
    "支付数",
    "实际",
    "完成值",
    "指标值",
    "目标值",
)
"""Words of which each header has one."""


def with_tables(document: Document, known: Vocabulary) -> Document:
    """The document with a table for each one that stands in its text.

    Args:
        document: the document.
        known: the words of forms.
    """
    blocks: list[Block] = []
    notes: list[Text] = []
    run: list[Paragraph] = []
    is_headed = False
    for block in (*document.blocks, None):
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        blocks += _recovered(run, known, notes, is_headed=is_headed)
        run = []
        if block is not None:
            is_headed = is_headed or (isinstance(block, Heading) and _is_form(block.text))
            blocks.append(block)
    if len(blocks) == len(document.blocks) and not notes:
        return document
    return attrs.evolve(document, blocks=tuple(blocks), notes=(*document.notes, *notes))


def _is_form(text: str) -> bool:
    """Whether words are the title of a form, and not of a report in sentences."""
    return is_title(text) and "表" in text


def _recovered(
    run: Sequence[Paragraph], known: Vocabulary, notes: list[Text], *, is_headed: bool
) -> Iterable[Block]:
    """The blocks of some paragraphs that follow each other."""
    if not any(word in block.text for block in run for word in _TELLING):
        return run
    lines = [line for block in run for line in lines_in(block.text, block.spot.line)]
    lines = in_cells(taken_apart(unfolded(_unbroken(lines), known), known), known)
    reader = _Reader(lines, known, is_headed=is_headed)
    reader.read()
    notes += reader.notes
    return reader.blocks() if reader.has_tables else run


def _unbroken(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, with one for those that a break within a cell parted: Markdown ends all but the
    last of them with a backslash."""
    unbroken: list[TextLine] = []
    for line in lines:
        before = unbroken[-1] if unbroken else None
        if before is not None and before.text.endswith("\\") and len(before.parts) == 1:
            text = before.text[:-1] + line.text
            unbroken[-1] = TextLine(text=text, parts=(text,), number=before.number, raw=text)
        else:
            unbroken.append(line)
    return unbroken


class _Reader:
    """Parts the lines of a text into tables, and lines that are none."""

    def __init__(self, lines: Sequence[TextLine], known: Vocabulary, *, is_headed: bool) -> None:
        self.notes: list[Text] = []
        self._is_headed = is_headed  # whether a form is named above
        self._lines = lines
        self._known = known
        self._found: list[_Piece] = []

    def read(self) -> None:
        """All lines, one after the other."""
        at = 0
        while at < len(self._lines):
            header = header_at(self._lines, at, self._known)
            taken = (
                self._block(header, at)
                if header is not None
                else self._people(at)
                or self._pairs(at)
                or self._broken(at)
                or self._years(at)
                or self._named(at)
                or self._goal(at)
            )
            if not taken:
                self._found.append(_Piece(lines=(self._lines[at],)))
                taken = 1
            at += taken

    @property
    def has_tables(self) -> bool:
        """Whether a block was read."""
        return any(piece.kind or piece.refused for piece in self._found)

    def blocks(self) -> Iterator[Block]:
        """All of it: tables, and the lines that are none. Of a table one part of which could not
        be read none is: the others alone would be another table."""
        form, forms = 0, list[int]()
        for piece in self._found:
            form += bool(piece.lines) and is_title(piece.lines[0].parts[0])
            forms.append(form)
        partly = {
            (form, piece.refused)
            for form, piece in zip(forms, self._found, strict=True)
            if piece.refused
        }
        for form, piece in zip(forms, self._found, strict=True):
            if piece.rows and (form, piece.kind) not in partly:
                yield _table(piece.rows)
            elif piece.rows:
                yield _table(tuple(map(_opaque, piece.lines)))
            else:
                for line in piece.lines:
                    yield from _paragraphs(line)

    def _block(self, header: FlatHeader, at: int) -> int:
        """The block that a header begins: how many lines it takes; 0 if it stays text."""
        below = at + header.lines
        execution = self._execution() if header.kind == "indicators" else None
        block = rows_of(self._lines, below, header, self._known, execution)
        if not block.rows:
            listed = lines_text(block.unclear[:_SHOWN])
            self.notes.append(_UNCLEAR.fill(header.number, lines=listed))
            return self._left_out(at, header.lines, header.kind)
        self.notes += block.notes
        if block.unsure:
            self.notes.append(_UNSURE.fill(lines=lines_text(block.unsure[:_SHOWN])))
        before: tuple[TextLine, ...] = ()
        if not header.left:
            before = self._label_before()
            header = attrs.evolve(header, left="".join(line.text for line in before))
        end = below + block.lines
        self._found.append(
            _Piece(
                lines=(*before, *self._lines[at:end]),
                rows=tuple(_rows(header, block.rows)),
                kind=header.kind,
            )
        )
        return end - at

    def _execution(self) -> Sums | None:
        """Weight and score of the execution of the budget in the funding block above, 0 where it
        has none; ``None`` if there is none, or they are not known."""
        blocks = [p for p in self._found if p.kind == "funding" or p.refused == "funding"]
        if len(blocks) != 1 or not blocks[0].rows or blocks[0].refused:
            return None
        if len(blocks[0].rows) < _WITH_HEADER:
            return Fraction(), Fraction()  # amounts in a list
        (_, header), (_, first), *_ = blocks[0].rows
        fields = [field_of(word, "funding", self._known) for word in header]
        if "score" not in fields:
            return Fraction(), Fraction()
        points_said = [
            Fraction(words.points) for word in header if (words := words_of(word)).points
        ]
        figures = [figure(first[fields.index(f)]) if f in fields else None for f in _SCORED]
        weight, score = (None if value is None else value.nominal for value in figures)
        if weight is None and len(set(points_said)) == 1:
            weight = points_said[0]
        return None if weight is None or score is None else (weight, score)

    def _people(self, at: int) -> int:
        """The people of a department whose cells ran together: how many lines it takes. They are
        taken apart where only one way gives the printed rate."""
        line = self._lines[at]
        text = "".join(line.parts)
        header = STAFF_HEADER.match(text)
        run = text[header.end() :] if header is not None else ""
        ways = [own for own in splits(run, 3) if len(own) == 3 and _is_rate_of(own)]
        if header is None or len(ways) != 1:
            return 0
        (values,) = ways
        words = [header["left"], header["posts"], header["people"], "控制率"]
        rows = ((line.number, words), (line.number, ["", *values]))
        self.notes.append(_PEOPLE.fill(line=line.number, run=run, after=" | ".join(values)))
        self._found.append(_Piece(lines=(line,), rows=rows, kind="people"))
        return 1

    def _years(self, at: int) -> int:
        """A table with columns of several years: how many lines it takes. A row that has lost blank
        cells stays as it is."""
        header = _header_of_years(self._lines[at])
        if header is None:
            return 0
        columns = header[1:]
        rows: list[_Texts] = [(self._lines[at].number, header)]
        last = 1  # rows that have their values, and those above them
        for below in range(at + 1, len(self._lines)):
            line = self._lines[below]
            own = list(line.words)
            names = next((n for n, word in enumerate(own) if is_value(word)), len(own))
            if not names or len(line.text) > _LONGEST_LINE or "。" in line.text:
                break
            again = _header_of_years(line)
            if again is not None and (last == 1 or again != header):
                break  # that of another table
            is_whole = len(own) - names == len(columns) and all(map(is_value, own[names:]))
            values = own[names:] if is_whole else [""] * len(columns)
            label = "".join(own[:names]) if is_whole else line.text
            rows.append((line.number, [label, *values]))
            last = len(rows) if is_whole else last
        if last == 1:
            return 0
        lines = tuple(self._lines[at : at + last])
        self._found.append(_Piece(lines=lines, rows=tuple(rows[:last]), kind="years"))
        return last

    def _pairs(self, at: int) -> int:
        """The block of labels and values that begins with a line: how many lines it takes."""
        self._is_headed = self._is_headed or _is_form(self._lines[at].parts[0])
        block = pair_block_at(self._lines, at, self._known) if self._is_headed else None
        if block is None:
            return 0
        own = tuple(self._lines[at : at + block.lines])
        if block.rows:
            before = self._label_before() if block.kind == "funding" else ()
            left = "".join(line.text for line in before)
            (number, header), *below = block.rows
            rows = ((number, [left, *header[1:]]), *below)
            self._found.append(_Piece(lines=(*before, *own), rows=rows, kind=block.kind))
        else:
            self.notes.append(_TWICE.fill(lines=lines_text(block.unclear[:_SHOWN])))
            opaque = tuple(map(_opaque, own))
            self._found.append(_Piece(lines=own, rows=opaque, refused=block.kind))
        return block.lines

    def _broken(self, at: int) -> int:
        """The block below a header that is not whole: how many lines it takes."""
        is_glued = bool(_GLUED_LEVELS.search(self._lines[at].text))
        broken = ("indicators", 1) if is_glued else broken_header_at(self._lines, at, self._known)
        if broken is None:
            return 0
        kind, count = broken
        self.notes.append((_RUN_TOGETHER if is_glued else _BROKEN).fill(self._lines[at].number))
        return self._left_out(at, count, kind, is_glued=is_glued)

    def _left_out(
        self,
        at: int,
        count: int,
        kind: str = "",
        *,
        is_glued: bool = False,
        ends_there: bool = False,
    ) -> int:
        """Lines that stay as they are, and are no sentences: those of a header and below, whatever
        these are where all cells ran together, or stand on the line of the header."""
        end = at + count
        number = self._lines[at].number
        is_glued = is_glued or any(line.number == number for line in self._lines[end : end + 1])
        while (
            not ends_there and end < len(self._lines) and not self._is_other(end, is_glued=is_glued)
        ):
            end += 1
        own = tuple(self._lines[at:end])
        self._found.append(_Piece(lines=own, refused=kind, rows=tuple(map(_opaque, own))))
        return end - at

    def _is_other(self, at: int, *, is_glued: bool) -> bool:
        """Whether a line is none of the table above."""
        line = self._lines[at]
        is_long = len(line.text) > _LONGEST_LINE
        return (
            "。" in line.text
            or (not is_glued and (is_long or line.text.startswith(self._known.words.begin)))
            or self._begins(at)
        )

    def _begins(self, at: int) -> bool:
        """Whether a line begins a form or a part of one."""
        return (
            is_title(self._lines[at].text)
            or header_at(self._lines, at, self._known) is not None
            or broken_header_at(self._lines, at, self._known) is not None
            or identity_at(self._lines, at, self._known) is not None
        )

    def _goal(self, at: int) -> int:
        """The goal of the year, whose figures are none of the report's: how many lines it takes."""
        goal = self._known.goal.column_of
        fields = [goal.get(words_of(word).name) for word in self._lines[at].words]
        count = 1
        if len(fields) == 1 and at + 1 < len(self._lines):
            fields.append(goal.get(words_of(self._lines[at + 1].text).name))
            count = 2
        both = {"expected", "achieved"} <= set(fields)
        if not both:
            return 0
        end = at + count
        while end < len(self._lines) and not self._follows_goal(end):
            end += 1
        return self._left_out(at, end - at, ends_there=True)

    def _follows_goal(self, at: int) -> bool:
        """Whether a line is none of what is said of the goal, in however many sentences."""
        text = self._lines[at].text
        return (
            words_of(text).name in self._known.indicators.group_of
            or _HEADING.fullmatch(text) is not None
            or self._begins(at)
        )

    def _named(self, at: int) -> int:
        """The row that names something and begins with a line: how many lines it takes."""
        named = identity_at(self._lines, at, self._known)
        if named is None:
            return 0
        texts, taken = named
        name = words_of(texts[0].partition(":")[0]).name
        path = self._known.identity_of.get(name)
        self._is_headed = self._is_headed or path == "project.name"
        row = (self._lines[at].number, [*texts, *[""] * (_FEWEST - len(texts))])
        self._found.append(_Piece(lines=tuple(self._lines[at : at + taken]), rows=(row,)))
        return taken

    def _label_before(self) -> tuple[TextLine, ...]:
        """The words left of a header, which stand on the line before, or on the two before."""
        before = [piece for piece in self._found[-2:] if not piece.rows and len(piece.lines) == 1]
        if not before or before[-1] is not self._found[-1]:
            return ()
        texts = [piece.lines[0].text for piece in before]
        is_unit = bool(money_unit(texts[-1])) and texts[-1].startswith("(")
        count = 0
        if is_unit and len(texts) > 1 and _is_label(texts[0]):
            count = 2
        elif _is_label(texts[-1]) or is_unit or texts[-1] in self._known.indicators.group_of:
            count = 1
        taken = before[len(before) - count :]
        del self._found[len(self._found) - count :]
        return tuple(piece.lines[0] for piece in taken)


@attrs.frozen(kw_only=True)
class _Piece:
    """Some lines: the table that they are, or none.

    Args:
        lines: the lines.
        rows: the rows of the table.
        kind: which block of a form it is.
        refused: of which block it is a part that could not be read.
    """

    lines: tuple[TextLine, ...]
    rows: tuple[_Texts, ...] = ()
    kind: str = ""
    refused: str = ""


def _paragraphs(line: TextLine) -> Iterator[Paragraph]:
    """A line that is none of a table; a title with something behind it is two."""
    title, spot = line.parts[0], Spot(line=line.number)
    behind = line.raw.strip()[len(title) :].strip()
    if is_title(title) and behind and line.raw.strip().startswith(title):
        yield Paragraph(text=title, spot=spot)
        yield Paragraph(text=behind, spot=spot)
    else:
        yield Paragraph(text=line.text if "|" in line.raw else line.raw, spot=spot)


def _opaque(line: TextLine) -> _Texts:
    """A row that nothing is read from."""
    return line.number, [line.text, *[""] * (_FEWEST - 1)]


def _table(rows: Sequence[_Texts]) -> Table:
    return Table(
        rows=tuple(
            Row(
                line=number,
                cells=tuple(
                    Cell(text=text, column=column, spot=Spot(line=number))
                    for column, text in enumerate(texts, start=1)
                ),
            )
            for number, texts in rows
        ),
        spot=Spot(line=rows[0][0]),
    )


_FEWEST = 3
"""How many columns a table has at least: what has fewer is a frame around text."""
_WITH_HEADER = 2
_SHOWN = 8
_SCORED = ("weight", "score")
_LONGEST_LINE = 80


def _header_of_years(line: TextLine) -> list[str] | None:
    """The cells of a header of several years: what stands left of its columns, and these; ``None``
    if a line is none."""
    words = line.words
    columns = [word for word in words if _YEAR_COLUMN.fullmatch(word)]
    first = len(words) - len(columns)
    if len(columns) < 2 or first > 1 or list(words[first:]) != columns:
        return None
    return ["".join(words[:first]), *columns]


def _is_rate_of(values: Sequence[str]) -> bool:
    """Whether the last of three numbers is the second over the first, in per cent."""
    posts, people, rate = map(figure, values)
    if posts is None or people is None or rate is None or rate.unit.symbol != "%":
        return False
    are_whole = all(text.isdigit() for text in values[:2])
    return are_whole and posts.value > 0 and people.nominal / posts.nominal in rate.interval


_PEOPLE = Text(
    zh="第 {line} 行“{run}”各格连写，分作“{after}”：只有这样分，控制率才等于在职人数除以编制数",
    en="the cells of “{run}” on line {line} ran together, and were taken apart as “{after}”: only "
    "so is the rate that of the people in service over the posts",
)


def _is_label(text: str) -> bool:
    """Whether words stand left of a funding block."""
    name = words_of(text).name
    return any(word in name for word in ("资金", "预算执行", "预算安排")) and len(name) <= _LONGEST


_LONGEST = 20


def _rows(header: FlatHeader, rows: Sequence[FlatRow]) -> list[_Texts]:
    """The rows of a table with a cell for each column, blank or not: what stands left of them, in
    a funding block the label, the columns, and what is of none."""
    fields = [field for field in header.fields if field != "label"]
    label = ["label"] if header.kind == "funding" else []
    columns = [*label, *fields]
    beyond = max((len(row.beyond) for row in rows), default=0)
    texts: list[_Texts] = []
    for place, words in enumerate(header.rows):
        named = list(words)
        if label and "label" not in header.fields:
            named.insert(0, "")
        left = header.left if not place else ""
        texts.append((header.number, [left, *named, *[""] * beyond]))
    for row in rows:
        own = [row.cells.get(field, "") for field in columns]
        more = [*row.beyond, *[""] * (beyond - len(row.beyond))]
        texts.append((row.number, [row.left, *own, *more]))
    return texts


_UNCLEAR = Text(
    zh="第 {} 行起的表以文字的形式出现，空格已丢失，没有读取：{lines}的数字属于哪一栏不能确定"
    "；请改用保留表格的文件",
    en="the table in the text from line {} on was left out: blank cells were lost, and the "
    "columns of the figures on {lines} are not sure; use a file that keeps the table",
)
_BROKEN = Text(
    zh="第 {} 行的表头有不认识的词，或缺字，以文字的形式出现的这张表没有读取；请改用保留表格的文件",
    en="the header on line {} has a word that is not known, or lacks one, and the table in the "
    "text below it was left out; use a file that keeps the table",
)
_RUN_TOGETHER = Text(
    zh="第 {} 行起的表各格连写，没有读取：各个数字在哪里分开不能确定；请改用保留表格的文件",
    en="the cells of the table in the text from line {} on ran together, and it was left out: "
    "where one number ends and the next begins is not sure; use a file that keeps the table",
)
_TWICE = Text(
    zh="{lines}的标签已经出现过，或没有写明是哪一栏，逐项填列的这部分没有读取",
    en="the labels on {lines} were there before, or do not say which column they are of: "
    "this list of labels and values was left out",
)
_UNSURE = Text(
    zh="{lines}指标前的部分文字没有读取：不能确定是上一行的说明还是本行的名称",
    en="some words before the indicators on {lines} were left out: they may explain the row "
    "above or name this one",
)

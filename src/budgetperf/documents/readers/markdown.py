"""Text and Markdown: lines as they are, and tables in pipes, grids, tabs, HTML or below rulers."""

from __future__ import annotations

import html
import re

import attrs

from budgetperf.documents.readers.cells import table_of
from budgetperf.documents.readers.html import tables_in
from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.readers.rulers import ruled_table_at
from budgetperf.documents.readers.text import too_long, too_many_columns
from budgetperf.documents.source import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Spot,
    Table,
    cell_name,
)
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_COLUMNS, MAX_PARTS
from budgetperf.exact.text import columns

__all__ = ["read_markdown"]

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_PIPES = re.compile(r"\s*\|.*\|.*")
_ONLY_PIPES = re.compile(r"[\s|]*")
_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?>(?:\|\s*+:?-++:?\s*+)+)\|?\s*+")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([|<>~*_#\[\]()+.!-])")
_REFERENCE = re.compile(r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_GRID = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_TABLE = re.compile(r"<(/?)table\b[^<>]*+>", re.IGNORECASE)
_AROUND = re.compile(r"</?(?:html|body|head|div|center)\b[^<>]*+>", re.IGNORECASE)
_OPENED = re.compile(r'(?:^|\t)"(?![^"]*(?:""[^"]*)*"(?:\t|$))')
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LOST = re.compile(r"(?:^|[\s|])\[TABLE\](?:[\s|]|$)")
_LOST_TABLE = Text(
    zh="转换时有表格没有写出来，只留下 [TABLE]，其中的数字没有读取，请读取原文件，或转换为 "
    ".docx 或 HTML 再读：第 {} 行",
    en="a conversion left out a table, and only [TABLE] stands in its place; its figures were not "
    "read: read the original, or convert it to .docx or HTML; line {}",
)
_FEWEST = 4
"""How many cells rows have at least that tell how they were joined."""
_LONGEST_CELL = 50
"""Over how many lines a cell in quotes goes."""


def read_markdown(text: str, encoding: str) -> Document:
    """The text, with a paragraph for each line that is none of a table.

    Marks of Markdown other than those of headings and tables stay: in plain text, they may mean
    something else.

    Args:
        text: the whole of it.
        encoding: how it was encoded.

    Raises:
        UnusableDocumentError: it is beyond a limit.
    """
    reader = _Reader(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    reader.read()
    return Document(
        kind="text", encoding=encoding, blocks=tuple(reader.blocks), notes=tuple(reader.notes)
    )


class _Reader:
    """Goes through the lines of a text once, and tells its tables from its paragraphs."""

    def __init__(self, lines: list[str]) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Text] = []
        self._lines = lines
        self._at = 0
        self._tables = 0
        self._paragraphs = 0
        self._unclosed = 0
        self._parts = 0
        self._last_close = _last_line_with_end(lines)

    def read(self) -> None:
        """All blocks, one after the other."""
        self.notes += _of_lost_tables(self._lines)
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if "<" in line and self._html(line):
                continue
            if "\t" in line and self._tabs():
                continue
            if "|" in line and self._pipes():
                continue
            if "+" in line and _GRID.fullmatch(line) and self._grid():
                continue
            if self._rulers():
                continue
            self._paragraph(line, self._at + 1)
            self._at += 1

    def _count(self, parts: int) -> None:
        self._parts += parts
        if self._parts > 2 * MAX_PARTS:
            raise too_long()

    def _paragraph(self, text: str, line: int) -> None:
        if not text.strip():
            return
        self._count(1)
        self._paragraphs += 1
        spot = Spot(line=line, paragraph=self._paragraphs)
        heading = _HEADING.fullmatch(text)
        if heading:
            text = _referred(heading[2])
            self.blocks.append(Heading(text=text, level=len(heading[1]), spot=spot))
        else:
            self.blocks.append(Paragraph(text=_referred(text), spot=spot))

    def _add(self, rows: list[tuple[int, list[str]]], line: int) -> None:
        self._tables += 1
        self.blocks.append(table_of(rows, self._tables, line=line))

    # Tables in HTML.

    def _html(self, line: str) -> bool:
        """From the line on which a table begins to the one on which it ends."""
        first = _TABLE.search(line)
        if not first or first[1]:
            return False
        depth, end, close = 0, self._at, 0
        while end < len(self._lines):
            close = 0
            for tag in _TABLE.finditer(self._lines[end]):
                depth += -1 if tag[1] else 1
                close = tag.end() if depth <= 0 else close
            is_open = depth > 0 and end + 1 < len(self._lines)
            if not is_open or (end >= self._last_close and not self._lines[end].strip()):
                break
            end += 1
        close = close or len(self._lines[end])
        before, after = line[: first.start()], self._lines[end][close:]
        piece = "\n".join([*self._lines[self._at : end], self._lines[end][:close]])
        self._paragraph(_AROUND.sub("", before), self._at + 1)
        blocks, notes = tables_in(piece[first.start() :], self._at + 1, self._tables + 1)
        self._tables += sum(isinstance(block, Table) for block in blocks)
        self.blocks += blocks
        self.notes += notes
        self._paragraph(_AROUND.sub("", after), end + 1)
        self._at = end + 1
        return True

    # Tables in pipes.

    def _pipes(self) -> bool:
        start = self._at
        has_rule = start + 1 < len(self._lines) and bool(_RULE.fullmatch(self._lines[start + 1]))
        if not has_rule and self._joined():
            return True
        end = start
        while end < len(self._lines) and "|" in self._lines[end]:
            if not (has_rule or _PIPES.fullmatch(self._lines[end])):
                break
            end += 1
        if end == start:
            return False
        if all(_ONLY_PIPES.fullmatch(line) for line in self._lines[start:end]):
            self._at = end  # what is left of a row whose cells stand on lines of their own
            return True
        rows: list[tuple[int, list[str]]] = []
        for number in range(start + 1, end + 1):
            if not (has_rule and number == start + 2):
                rows.append((number, _piped(self._lines[number - 1])))
                self._count(len(rows[-1][1]))
        self._add(rows, start + 1)
        self._at = end
        return True

    def _joined(self) -> bool:
        """Rows whose cells were joined by pipes, with none around them: a pipe that begins one
        follows a blank cell, where a row that begins otherwise has as many cells, and may end as
        it does."""
        start = end = self._at
        while end < len(self._lines) and "|" in self._lines[end]:
            end += 1
        own = [_UNESCAPED_PIPE.split(line.strip("\r\n")) for line in self._lines[start:end]]
        blank = {len(row) for row in own if not row[0].strip() and any(map(str.strip, row))}
        named = {len(row) for row in own if row[0].strip()}
        both = {width for width in blank & named if width >= _FEWEST}
        ends = {(bool(r[0].strip()), bool(r[-1].strip())) for r in own if len(r) in both}
        if not both or ends == {(False, False), (True, True)}:
            return False
        if any(len(row) > 2 * MAX_COLUMNS for row in own):
            raise too_many_columns()
        rows = [(start + at, [_plain(text) for text in row]) for at, row in enumerate(own, start=1)]
        self._count(sum(map(len, own)))
        self._add(rows, start + 1)
        self._at = end
        return True

    # Tables in a grid.

    def _grid(self) -> bool:
        start = end = self._at
        while end < len(self._lines) and self._lines[end].strip()[:1] in ("+", "|"):
            end += 1
        rows = _grid_rows(
            [line.strip() for line in self._lines[start:end]], start + 1, self._tables + 1
        )
        if rows is None:
            return False
        self._tables += 1
        self.blocks.append(Table(rows=tuple(rows), spot=Spot(line=start + 1, table=self._tables)))
        self._at = end
        return True

    # Tables below rulers.

    def _rulers(self) -> bool:
        table = ruled_table_at(self._lines, self._at)
        if table is None:
            return False
        rows = [(line, [_plain(text) for text in texts]) for line, texts in table.rows]
        self._count(sum(len(texts) for _, texts in rows))
        self._add(rows, self._at + 1)
        self._at += table.lines
        return True

    # Tables in tabs.

    def _tabs(self) -> bool:
        rows: list[tuple[int, list[str]]] = []
        start = self._at
        while self._at < len(self._lines):
            record, lines = self._record()
            if record.count("\t") < 2:
                break
            rows.append((self._at + 1, _tabbed(record)))
            self._count(len(rows[-1][1]))
            self._at += lines
        if rows:
            self._add(rows, start + 1)
        return bool(rows)

    def _record(self) -> tuple[str, int]:
        """A row as Excel copies it: a cell with a line break stands in quotes on several lines."""
        line = record = self._lines[self._at]
        if self._at < self._unclosed or not _OPENED.search(line):
            return line, 1
        for count in range(2, _LONGEST_CELL + 1):
            if self._at + count > len(self._lines) or not self._lines[self._at + count - 1].strip():
                break
            record += "\n" + self._lines[self._at + count - 1]
            if not _OPENED.search(record):
                return record, count
            self._unclosed = self._at + count
        return line, 1


def _of_lost_tables(lines: list[str]) -> tuple[Text, ...]:
    """That tables were left out, as pandoc does in plain text with one that it cannot write."""
    remarks = Remarks()
    for number, line in enumerate(lines, start=1):
        if _LOST.search(line):
            remarks.add(_LOST_TABLE, str(number))
    return remarks.texts()


def _last_line_with_end(lines: list[str]) -> int:
    """The last line on which a table in HTML ends."""
    return max((at for at, line in enumerate(lines) if "</table" in line.lower()), default=-1)


def _piped(line: str) -> list[str]:
    if line.count("|") > 2 * MAX_COLUMNS:
        raise too_many_columns()
    texts = _UNESCAPED_PIPE.split(line.strip())
    if texts and not texts[0].strip():
        texts = texts[1:]
    if len(texts) > 1 and not texts[-1].strip():
        texts = texts[:-1]
    return [_plain(text) for text in texts]


def _referred(text: str) -> str:
    """Running text with the signs that references by number stand for, whose digits are none."""
    if "&#" not in text:
        return text
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)


def _plain(text: str) -> str:
    """A cell without escapes and references; a formula in LaTeX keeps its own."""
    text = html.unescape(_BREAK.sub("\n", text)) if "&" in text or "<" in text else text
    return (text if "$" in text else _ESCAPED.sub(r"\1", text)).strip()


def _tabbed(record: str) -> list[str]:
    """The cells of a row; what is beyond the last column that a table has stays with that one."""
    if '"' not in record:
        return record.split("\t", MAX_COLUMNS - 1)
    texts: list[str] = []
    position = 0
    while position <= len(record) and len(texts) < MAX_COLUMNS - 1:
        quoted = _QUOTED.match(record, position)
        end = quoted.end() if quoted else -1
        if quoted and (end == len(record) or record[end] == "\t"):
            inside = quoted[0][1:-1]
            is_needed = "\n" in inside or "\t" in inside or '""' in inside
            texts.append(inside.replace('""', '"') if is_needed else quoted[0])
        else:
            end = record.find("\t", position)
            end = len(record) if end < 0 else end
            texts.append(record[position:end])
        position = end + 1
    return texts if position > len(record) else [*texts, record[position:]]


def _grid_rows(lines: list[str], first: int, number: int) -> list[Row] | None:
    """The rows of a grid, with cells over several columns and rows; ``None`` if it is none.

    Args:
        lines: the lines of it, from border to border.
        first: the line of the document on which it begins.
        number: which table of the document it is.
    """
    lines = [_in_columns(line) for line in lines]
    borders = [at for at, line in enumerate(lines) if _BORDER.search(line)]
    marks = sorted({x for at in borders for x, sign in enumerate(lines[at]) if sign == "+"})
    if len(borders) < 2 or (borders[0], borders[-1]) != (0, len(lines) - 1) or len(marks) < 2:
        return None
    if len(marks) > MAX_COLUMNS:
        raise too_many_columns()
    if len(lines) * len(marks) > 4 * MAX_PARTS:
        raise too_long()
    grid = _Grid(lines, borders, marks)
    rows: list[Row] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(borders) - 1):
        cells: list[Cell] = []
        for column in range(len(marks) - 1):
            if (row, column) in taken:
                continue
            width, height = grid.size(row, column)
            span = range(column, column + width)
            taken.update((r, c) for r in range(row, row + height) for c in span)
            line = first + borders[row] + 1
            cells.append(
                Cell(
                    text=grid.text(row, column, height, width),
                    column=column + 1,
                    columns=width,
                    rows=height,
                    spot=Spot(line=line, table=number, cell=cell_name(row + 1, column + 1)),
                )
            )
        rows.append(Row(line=first + borders[row] + 1, cells=tuple(cells)))
    return rows


_BORDER = re.compile(r"\+[-=:]+\+")


def _in_columns(line: str) -> str:
    """A line with a character for each column that it takes: a Chinese one takes two."""
    return "".join(char + "\0" * (columns(char) - 1) for char in line)


@attrs.frozen
class _Grid:
    """A grid by its lines, the lines with borders, and the columns with corners."""

    lines: list[str]
    borders: list[int]
    marks: list[int]

    def size(self, row: int, column: int) -> tuple[int, int]:
        """How many columns and rows the cell takes that begins there."""
        width = height = 1
        while column + width < len(self.marks) - 1 and not self._wall(row, column + width):
            width += 1
        while row + height < len(self.borders) - 1 and not self._floor(row + height, column):
            height += 1
        return width, height

    def _wall(self, row: int, column: int) -> bool:
        """Whether the lines of a row have a border at a corner's column."""
        x = self.marks[column]
        between = self.lines[self.borders[row] + 1 : self.borders[row + 1]]
        return all(line[x : x + 1] in ("|", "+") for line in between)

    def _floor(self, row: int, column: int) -> bool:
        """Whether there is a border above a row, between two corners."""
        line = self.lines[self.borders[row]]
        return set(line[self.marks[column] + 1 : self.marks[column + 1]]) <= set("-=:+")

    def text(self, row: int, column: int, height: int, width: int) -> str:
        """What stands in a cell."""
        left, right = self.marks[column] + 1, self.marks[column + width]
        inside = self.lines[self.borders[row] + 1 : self.borders[row + height]]
        texts = (line[left:right].replace("\0", "").strip() for line in inside)
        return _plain("\n".join(filter(None, texts)))

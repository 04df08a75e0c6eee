"""CSV files, printed so that every engine reads the same rows of them.

Engines differ in what they make of blank lines, short rows, titles above the header, and anything
but UTF-8 and commas. A file that has none of these is read as it is, and another is copied first.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import attrs

from budgetperf.exact import LIST, BudgetperfError, Problem, ProblemsError, Text
from budgetperf.exact.text import shown
from budgetperf.frames.columns import INDICATORS
from budgetperf.frames.funding.lines import LINES

from .encodings import encoding_of, in_no_encoding

__all__ = ["PlainCsv", "headers_of", "plain_csv"]


@attrs.frozen(kw_only=True)
class PlainCsv:
    """A CSV file in UTF-8 with commas, in which every row has as many cells as the header.

    Args:
        path: the file.
        rows: how many rows stand below the header.
    """

    path: Path
    rows: int


def plain_csv(source: Path, beside: Path) -> PlainCsv:
    """The file itself where it is plain; otherwise a copy of it that is.

    In the copy blank lines are left out, rows that are too short are filled up, and columns without
    a header have a number for one.

    Args:
        source: the file, in UTF-8 or GB18030, with commas, tabs or semicolons; or a folder of parts
            with the same header, as Spark writes them.
        beside: where the copy goes.

    Raises:
        OSError: it cannot be read, or the copy cannot be written.
        BudgetperfError: ``empty``; ``unknown-encoding``, ``mixed-encodings``; ``damaged``, quotes
            do not come in pairs; ``title-line``, the header is not the first row; ``header-twice``;
            ``no-header``, rows have more cells than the header; ``other-header``, parts differ.
    """
    if not source.is_dir():
        rows = _rows_if_plain(source)
        if rows is not None:
            return PlainCsv(path=source, rows=rows)
    with beside.open("w", encoding="utf-8", newline="") as file:
        rows = _copied(_parts(source), csv.writer(file, lineterminator="\n"))
    return PlainCsv(path=beside, rows=rows)


def headers_of(path: Path) -> list[str]:
    """The headers of a plain CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), list[str]())


def _rows_if_plain(source: Path) -> int | None:
    """How many rows a file has if every engine reads it alike as it stands; ``None`` if not."""
    rows = 0
    with source.open("rb") as file:
        try:
            first = file.readline().decode().rstrip("\n")
            headers, commas = first.split(","), first.count(",")
            if (
                not commas
                or _separator(first) != ","
                or _HIDDEN.intersection(first)
                or not _are_named(headers)
            ):
                return None
            for rows, line in enumerate(file, start=1):
                if line.count(b",") != commas or b'"' in line or b"\r" in line:
                    return None
                # What is ASCII is UTF-8: most rows of a large file need not be decoded.
                if not line.isascii() or rows <= _TOP:
                    cells = line.decode()
                    if rows <= _TOP and _is_below(headers, cells.split(",")):
                        return None
        except UnicodeDecodeError:
            return None
    return rows


_HIDDEN = frozenset('"\r\ufeff')
"""What is in a line that is not read as it stands."""


def _are_named(headers: Sequence[str]) -> bool:
    """Whether every column has a header of its own."""
    return "" not in headers and not _twice(headers)


def _twice(headers: Sequence[str]) -> list[str]:
    """The headers that stand twice, to engines to which upper and lower case are the same."""
    times = Counter(header.casefold() for header in headers if header)
    return [header for header in dict.fromkeys(headers) if times[header.casefold()] > 1]


_TOP = 20
"""Among how many rows from the top a header is looked for."""


def _known(cells: Iterable[str]) -> set[str]:
    """The fields that cells name, as headers do."""
    fields = (INDICATORS.of(cell) or LINES.of(cell) for cell in cells)
    return {field for field in fields if field is not None}


def _is_below(first: Iterable[str], cells: Iterable[str]) -> bool:
    """Whether cells, and not those of the first row, are the header of a table."""
    return len(_known(cells)) > len(_known(first)) + 1


class _Writer(Protocol):
    """What is used of a writer of the module csv, whose type has no name."""

    def writerow(self, cells: Sequence[str], /) -> object: ...


def _parts(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    return sorted(path for path in source.glob("*.csv") if path.name[0] not in "._")


def _copied(parts: Sequence[Path], written: _Writer) -> int:
    """Write the rows of all parts below their header; gives how many there are."""
    headers, count = list[str](), 0
    for part in parts:
        with _rows(part) as rows:
            first, cells = next(rows, (0, list[str]()))
            if not cells:
                raise BudgetperfError("empty", _EMPTY, field=str(part))
            if not headers:
                _require_header(part, first, cells)
                written.writerow(_numbered(cells))
                headers = cells
            elif cells != headers:
                raise BudgetperfError("other-header", _OTHER.fill(parts[0].name), field=str(part))
            count += _below(part, rows, headers, written)
    if not headers:
        raise BudgetperfError("empty", _EMPTY, field=str(parts[0].parent) if parts else "")
    return count


def _below(
    part: Path, rows: Iterable[tuple[int, list[str]]], headers: Sequence[str], written: _Writer
) -> int:
    """Write the rows below a header, every one as long as that."""
    width, count = len(headers), 0
    problems = list[Problem]()
    for count, (line, cells) in enumerate(rows, start=1):
        if count <= _TOP and _is_below(headers, cells):
            message = _BELOW.fill(line, LIST.join(cells))
            raise BudgetperfError("title-line", message, field=str(part))
        if len(cells) > width:
            message = _LONG.fill(line=line, cells=len(cells), width=width)
            problems.append(Problem(code="no-header", where=str(part), message=message))
            if len(problems) == _MANY:
                break
        elif not problems:
            written.writerow(cells + [""] * (width - len(cells)))
    if problems:
        raise ProblemsError("bad-table", tuple(problems))
    return count


_MANY = 5
"""How many rows that are too long are told at once."""


def _require_header(part: Path, line: int, cells: Sequence[str]) -> None:
    """Refuse a first row that is no header.

    Raises:
        BudgetperfError: ``title-line``, a title; ``header-twice``.
    """
    named = [cell for cell in cells if cell.strip()]
    if len(named) < 2:
        message = _TITLE.fill(line, shown(named[0] if named else ""))
        raise BudgetperfError("title-line", message, field=str(part))
    twice = _twice(cells)
    if twice:
        problems = [
            Problem(code="header-twice", where=str(part), message=_TWICE.fill(shown(header)))
            for header in twice
        ]
        raise ProblemsError("bad-table", tuple(problems))


def _numbered(headers: Sequence[str]) -> list[str]:
    """The headers; columns without one are called by their number."""
    taken = set(headers)
    numbered = list[str]()
    for number, header in enumerate(headers, start=1):
        name = header or f"column{number}"
        while not header and name in taken:
            name += "_"
        taken.add(name)
        numbered.append(name)
    return numbered


@contextmanager
def _rows(part: Path) -> Generator[Iterator[tuple[int, list[str]]]]:
    """The rows of a file that are not blank lines, each with the line that it begins in."""
    with part.open(encoding=encoding_of(part), newline="") as file:
        try:
            first = next((line for line in file if line.strip()), "")
        except UnicodeDecodeError:
            raise in_no_encoding(part, 1) from None
        file.seek(0)
        yield _read(part, csv.reader(file, delimiter=_separator(first), strict=True))


def _separator(first: str) -> str:
    """What the first line has most of between its cells: amounts below have commas, too."""
    return max(",\t;", key=first.count)


class _Reader(Protocol):
    """What is used of a reader of the module csv, whose type has no name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def _read(part: Path, reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    line = 0
    try:
        for cells in reader:
            is_blank = not cells or (len(cells) == 1 and not cells[0].strip())
            if not is_blank:
                yield line + 1, cells
            line = reader.line_num
    except csv.Error:
        raise BudgetperfError("damaged", _DAMAGED.fill(line + 1), field=str(part)) from None
    except UnicodeDecodeError:
        raise in_no_encoding(part, line + 1) from None


_EMPTY = Text(zh="是空文件：请检查导出是否完整", en="is empty: check that it was exported in full")
_DAMAGED = Text(
    zh="第 {} 行起不是 CSV：请检查引号是否成对，或另存一次",
    en="is no CSV from line {} on: check that quotes come in pairs, or save it once more",
)
_TITLE = Text(
    zh="第 {} 行只有一格（{}），不是表头：表头须在第一行，请删去其上的标题行；各格须用逗号分开",
    en="line {} has one cell ({}) and is no header: delete the title lines above the header, and "
    "put commas between the cells",
)
_BELOW = Text(
    zh="表头在第 {} 行（{}），而不在第一行：请删去其上各行",
    en="the header stands in line {} ({}), and not in the first: delete the lines above it",
)
_TWICE = Text(
    zh="表头 {} 出现不止一次：请改名或删去其余",
    en="the header {} stands more than once: rename or remove the others",
)
_LONG = Text(
    zh="第 {line} 行有 {cells} 格，表头只有 {width} 格：含逗号的格须加引号，多余的格请删去，"
    "或补上表头",
    en="line {line} has {cells} cells, and the header {width}: put quotes around a cell with a "
    "comma, and delete a cell too many or write a header above it",
)
_OTHER = Text(
    zh="表头与 {} 不同：同一文件夹中各部分的表头须相同",
    en="the header is not that of {}: the parts in one folder must have the same header",
)

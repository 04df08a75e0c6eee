"""Excel workbooks of before 2007, written by hand: BIFF8 in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from .writing import Grid, placed

Content: TypeAlias = str | float | bool
_FONTS = 4


@attrs.frozen(kw_only=True)
class Style:
    """How a cell looks: its number format by its code or its number, and its font."""

    format: str | int = 0
    struck: bool = False
    raised: bool = False


@attrs.frozen(kw_only=True)
class Book:
    """A sheet, and what else there is.

    Args:
        cells: each with row and column from 1, its content and its style.
        merges: first row, last row, first column, last column, from 1.
        hidden_rows: from 1.
        hidden_columns: from 1.
        shows_zeros: whether zeros show.
        runs: by content, from which character on another style shows.
        hidden_sheets: the names of further sheets, which are hidden.
    """

    cells: Sequence[tuple[int, int, Content, Style]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    columns_without_width: Sequence[int] = ()
    shows_zeros: bool = True
    runs: Sequence[tuple[str, int, Style]] = ()
    hidden_sheets: Sequence[str] = ()


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _beginning(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1996, 0, 6))


_END = _record(0x000A, b"")


def _name(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _font(style: Style) -> bytes:
    looks = (220, 8 if style.struck else 0, 0x7FFF, 400, 1 if style.raised else 0, 0, 0, 0, 0)
    return _record(0x0031, struct.pack("<HHHHHBBBB", *looks) + _name("宋体"))


def xls(book: Book) -> bytes:
    """The file."""
    styles = list(dict.fromkeys([*(c[3] for c in book.cells), *(run[2] for run in book.runs)]))
    codes = list(dict.fromkeys(s.format for s in styles if isinstance(s.format, str)))
    plain = _font(Style())
    start = [_beginning(5), _record(0x0042, struct.pack("<H", 1200)), plain * _FONTS]
    start += [_font(style) for style in styles]
    for number, code in enumerate(codes, start=164):
        text = struct.pack("<HB", len(code), 1) + code.encode("utf-16-le")
        start.append(_record(0x041E, struct.pack("<H", number) + text))
    looks = [(0, 0, 0xFFF5)] * 15 + [(0, 0, 1)]
    for number, style in enumerate(styles, start=_FONTS + 1):  # there is no font 4
        key = 164 + codes.index(style.format) if isinstance(style.format, str) else style.format
        looks.append((number, key, 1))
    start += [_record(0x00E0, struct.pack("<HHH14x", *look)) for look in looks]
    strings = list(dict.fromkeys(c[2] for c in book.cells if isinstance(c[2], str)))
    shared = _strings(strings, book, styles)
    sheets = [(book, "自评表", 0), *((Book(cells=()), name, 1) for name in book.hidden_sheets)]
    bodies = [_sheet(one, strings, styles) for one, _, _ in sheets]
    before = b"".join(start)
    entries = sum(len(_bound(0, name, hidden)) for _, name, hidden in sheets)
    at = len(before) + entries + len(shared) + len(_END)
    bounds = []
    for (_, name, hidden), body in zip(sheets, bodies, strict=True):
        bounds.append(_bound(at, name, hidden))
        at += len(body)
    return compound(b"".join([before, *bounds, shared, _END, *bodies]))


def _bound(at: int, name: str, hidden: int) -> bytes:
    return _record(0x0085, struct.pack("<IBB", at, hidden, 0) + _name(name))


def _strings(strings: Sequence[str], book: Book, styles: Sequence[Style]) -> bytes:
    parts = [struct.pack("<II", len(strings), len(strings))]
    for text in strings:
        runs = [(at, _FONTS + 1 + styles.index(style)) for t, at, style in book.runs if t == text]
        head = struct.pack("<HB", len(text), 9 if runs else 1)
        count = struct.pack("<H", len(runs)) if runs else b""
        looks = b"".join(struct.pack("<HH", *run) for run in runs)
        parts += [head, count, text.encode("utf-16-le"), looks]
    return _record(0x00FC, b"".join(parts))


def _sheet(book: Book, strings: Sequence[str], styles: Sequence[Style]) -> bytes:
    height = max((row for row, *_ in book.cells), default=0)
    width = max((column for _, column, *_ in book.cells), default=0)
    parts = [_beginning(0x10), _record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))]
    parts += [
        _record(0x007D, struct.pack("<HHHHHH", column - 1, column - 1, width_of, 15, hidden, 0))
        for columns, width_of, hidden in (
            (book.hidden_columns, 2048, 1),
            (book.columns_without_width, 0, 0),
        )
        for column in columns
    ]
    parts += [
        _record(0x0208, struct.pack("<HHHHIHH", row - 1, 0, width, 0, 0, 0x20, 15))
        for row in book.hidden_rows
    ]
    for row, column, content, style in book.cells:
        where = struct.pack("<HHH", row - 1, column - 1, 16 + styles.index(style))
        if isinstance(content, str):
            parts.append(_record(0x00FD, where + struct.pack("<I", strings.index(content))))
        elif isinstance(content, bool):
            parts.append(_record(0x0205, where + struct.pack("<BB", content, 0)))
        else:
            parts.append(_record(0x0203, where + struct.pack("<d", content)))
    merges = b"".join(struct.pack("<HHHH", *(at - 1 for at in merge)) for merge in book.merges)
    options = 0x06B6 if book.shows_zeros else 0x06A6
    parts += [
        _record(0x023E, struct.pack("<H16x", options)),
        _record(0x00E5, struct.pack("<H", len(book.merges)) + merges),
        _END,
    ]
    return b"".join(parts)


def compound(data: bytes, name: str = "Workbook") -> bytes:
    """A compound file of one stream."""
    data = data.ljust(4096, b"\0")
    count = -(-len(data) // 512)
    chain = [*range(3, count + 2), -2]
    assert count < 126
    table = struct.pack("<128i", *([-3, -2, *chain] + [-1] * 128)[:128])
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHHHIIIiIIiIiI", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, -2, 0, -2, 0
    )
    head += struct.pack("<109i", 0, *[-1] * 108)
    entries = _entry("Root Entry", 5, 1, -2, 0) + _entry(name, 2, -1, 2, len(data))
    return head + table + entries.ljust(512, b"\0") + data.ljust(512 * count, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBiii", len(text) + 2, kind, 1, -1, -1, child)
    return head + bytes(36) + struct.pack("<iII", start, size, 0)


def table_in_xls(grid: Grid) -> bytes:
    """A workbook of one sheet."""
    cells: list[tuple[int, int, Content, Style]] = []
    merges: list[tuple[int, int, int, int]] = []
    for row, column, text, rows, columns in placed(grid):
        cells.append((row, column, text, Style()))
        if rows * columns > 1:
            merges.append((row, row + rows - 1, column, column + columns - 1))
    return xls(Book(cells=cells, merges=merges))


def sheet_of(*contents: Iterable[tuple[Content, Style]]) -> bytes:
    """A workbook of rows."""
    cells = [
        (row, column, content, style)
        for row, own in enumerate(contents, start=1)
        for column, (content, style) in enumerate(own, start=1)
    ]
    return xls(Book(cells=cells))

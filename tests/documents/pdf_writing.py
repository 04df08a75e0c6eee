"""PDFs written by hand: signs where they stand, rules, and pages of text and tables made of them.

The font has no file: it says what each code stands for, and how wide it is: a Chinese sign is as
wide as the size, any other half of that.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

import attrs

from .writing import Grid, placed

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 72.0, 523.0, 72.0, 770.0
SIZE = 10.5
PITCH = 20.0
INDENT = 2 * SIZE


def width(text: str, size: float = SIZE) -> float:
    """How wide a text is."""
    return sum(size if ord(char) > 0x2E7F else size / 2 for char in text)


@attrs.define
class Sheet:
    """A page on the way: its operators."""

    parts: list[str] = attrs.Factory(list[str])
    signs: set[str] = attrs.Factory(set[str])

    def text(self, x: float, base: float, text: str, size: float = SIZE, before: str = "") -> None:
        """A text whose base line is so far from the upper end of the page."""
        self.signs |= set(text)
        codes = "".join(f"{ord(char):04X}" for char in text)
        at = f"1 0 0 1 {x:.2f} {HEIGHT - base:.2f} Tm"
        self.parts.append(f"BT {before} /F1 {size} Tf {at} <{codes}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line."""
        self.parts.append(f"{x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The border of a cell."""
        for line in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.rule(*line)

    def content(self) -> str:
        """Its operators."""
        return "\n".join(self.parts)


def pdf(*sheets: Sheet, unknown: str = "", **more: str) -> bytes:
    """A PDF of these pages.

    Args:
        sheets: the pages.
        unknown: signs of which the font does not say what they are.
        more: further entries of the catalogue.
    """
    signs = sorted(set().union(*(sheet.signs for sheet in sheets)) - set(unknown))
    pairs = "\n".join(f"<{ord(s):04X}> <{s.encode('utf-16-be').hex()}>" for s in signs)
    objects: dict[int, bytes] = {
        3: _stream(f"{len(signs)} beginbfchar\n{pairs}\nendbfchar".encode()),
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 1000/W[0 11903 500]>>",
        5: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]"
        b"/ToUnicode 3 0 R>>",
    }
    pages = range(6, 6 + 2 * len(sheets), 2)
    for number, sheet in zip(pages, sheets, strict=True):
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {number + 1} 0 R"
            "/Resources<</Font<</F1 5 0 R>>>>>>"
        ).encode()
        objects[number + 1] = _stream(sheet.content().encode("latin-1"))
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects[2] = f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>".encode()
    entries = "".join(f"/{name} {value}" for name, value in more.items())
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{entries}>>".encode()
    return of_objects(objects)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)


def of_objects(objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    """A file of objects by their number; the first one is the catalogue."""
    data = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, value in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    start, count = len(data), max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        data += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    data += f"trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)


# Texts and tables.


def wrapped(text: str, first: float, other: float, *, anywhere: bool = False) -> list[str]:
    """A text in lines of these widths: numbers and words are parted only if they may be."""
    words: list[str] = []
    for char in text:
        is_bound = bool(words) and (
            (char.isascii() and words[-1][-1].isascii() and " " not in (char, words[-1][-1]))
            or char in "，。、；：）”％！？"
            or words[-1][-1] in "（“"
        )
        if is_bound and not anywhere:
            words[-1] += char
        else:
            words.append(char)
    lines = [""]
    for word in words:
        room = first if len(lines) == 1 else other
        if lines[-1] and width(lines[-1] + word.rstrip()) > room:
            lines.append(word.lstrip())
        else:
            lines[-1] += word
    return lines


@attrs.define
class Flow:
    """Paragraphs and tables one below the other, page by page, each page with its number."""

    anywhere: bool = False
    header: str = ""
    sheets: list[Sheet] = attrs.Factory(lambda: [Sheet()])
    y: float = TOP

    def next_page(self) -> None:
        """End the page."""
        self.sheets.append(Sheet())
        self.y = TOP

    def paragraph(self, text: str) -> None:
        """A paragraph whose first line is indented."""
        room = RIGHT - LEFT
        for number, line in enumerate(wrapped(text, room - INDENT, room, anywhere=self.anywhere)):
            if self.y + PITCH > BOTTOM:
                self.next_page()
            self.sheets[-1].text(LEFT + (0 if number else INDENT), self.y + SIZE, line)
            self.y += PITCH

    def table(self, grid: Grid, *, repeats: int = 0) -> None:
        """A table without merged cells: rows go over to the next page as a whole.

        Args:
            grid: its cells.
            repeats: how many of its rows stand again at the top of each page.
        """
        step = (RIGHT - LEFT) / max(map(len, grid))
        rows = [
            [
                [part for line in text.split("\n") for part in wrapped(line, step - 8, step - 8)]
                for text, _, _ in row
            ]
            for row in grid
        ]
        for row in rows:
            if self._ends_page(row):
                self.next_page()
                for header in rows[:repeats]:
                    self._row(header, step)
            self._row(row, step)

    def _ends_page(self, row: Sequence[Sequence[str]]) -> bool:
        return self.y + max(map(len, row)) * SIZE * 1.3 + 6 > BOTTOM

    def _row(self, row: Sequence[Sequence[str]], step: float) -> None:
        height = max(map(len, row)) * SIZE * 1.3 + 6
        for column, lines in enumerate(row):
            x = LEFT + column * step
            self.sheets[-1].box(x, self.y, x + step, self.y + height)
            for at, line in enumerate(lines):
                self.sheets[-1].text(x + 4, self.y + 3 + SIZE * (1 + 1.3 * at), line)
        self.y += height

    def data(self) -> bytes:
        """The whole, with what stands on each page."""
        for number, sheet in enumerate(self.sheets, start=1):
            sheet.text(WIDTH / 2 - 10, 800, f"— {number} —")
            if self.header:
                sheet.text(LEFT, 45, self.header, 9)
        return pdf(*self.sheets)


CELL = 170.0


def table_in_pdf(grid: Grid, cell: float = CELL) -> bytes:
    """A page with one table, whose cells are wide enough for what is in them."""
    sheet = Sheet()
    cells = list(placed(grid))
    heights = [SIZE * 3] * max(row + rows - 1 for row, _, _, rows, _ in cells)
    tops = [40 + sum(heights[:at]) for at in range(len(heights) + 1)]
    for row, column, text, rows, columns in cells:
        x0, x1 = 20 + cell * (column - 1), 20 + cell * (column + columns - 1)
        y0, y1 = tops[row - 1], tops[row + rows - 1]
        sheet.box(x0, y0, x1, y1)
        for at, line in enumerate(text.split("\n") if text else ()):
            sheet.text(x0 + 5, y0 + 12 + 1.2 * SIZE * at, line)
    return wide_pdf(sheet)


def wide_pdf(sheet: Sheet) -> bytes:
    """A PDF of a page that is wide."""
    return pdf(sheet).replace(
        f"[0 0 {WIDTH} {HEIGHT}]".encode(), f"[0 0 1190 {HEIGHT:.0f}]".encode().ljust(17)
    )


def lines(texts: Iterable[str]) -> Sheet:
    """A page of lines that are far from the right margin."""
    sheet = Sheet()
    for at, text in enumerate(texts):
        sheet.text(LEFT, TOP + PITCH * (at + 1), text)
    return sheet

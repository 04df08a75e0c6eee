"""PDFs with text: paragraphs in reading order and tables with their cells, page by page."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence

import attrs

from budgetperf.documents.places.prints import count_signs
from budgetperf.documents.readers.remarks import HEADERS, STRUCK, Remarks
from budgetperf.documents.readers.text import UNKNOWN, UnusableDocumentError, unusable
from budgetperf.documents.source import (
    Block,
    Cell,
    Document,
    Paragraph,
    Row,
    Spot,
    Table,
    cell_name,
)
from budgetperf.exact import Text

from .beside import put_beside
from .cells import filled
from .furniture import Margins, without_furniture
from .grids import Grid, grids
from .joints import goes_on, joined, resolved
from .lines import Line, lines_of, struck
from .page import Glyph, Page
from .tables import Part, put_together, table_of
from .unruled import Unruled, with_unruled

__all__ = ["blocks_of_pages", "read_pdf"]

_PICTURES = Text(
    zh="第 {} 页有图片，其中的数字没有读取：请核对原件",
    en="pages with pictures, in which figures were not read; check the original: {}",
)
_SCANNED = Text(
    zh="第 {} 页整页是图片，文字可能是识别出来的：请逐个核对数字",
    en="pages that are one picture, whose text may have been recognised; check each figure: {}",
)
_NOTHING = Text(
    zh="第 {} 页只有图片，没有文字，未读取：请核对原件",
    en="pages with nothing but pictures, which were not read; check the original: {}",
)
_TURNED = Text(zh="斜排、竖排或倒置的文字未读取：{}", en="text that stands askew was left out: {}")
_UNSEEN = Text(
    zh="第 {} 页有看不见的文字（如白色、透明），未读取",
    en="pages with text that does not show, which was left out: {}",
)
_SIGNS = Text(
    zh="第 {} 页有无法辨认的字（字体未说明，或图像不清），以 □ 代替，数字中的以 * 代替",
    en="pages with signs that are not clear, or that no font explains; □ stands for them, "
    "* in numbers: {}",
)
_FIELDS = Text(
    zh="有可填写的表单，填在其中的内容没有读取：请打印成 PDF 后再读",
    en="has a form to fill in; what was filled in was not read: print it as a PDF and read that",
)
_LAYERS = Text(
    zh="有不显示的图层，其中的内容也可能读取了：请核对",
    en="has layers that do not show; what is in them may have been read, too: check it",
)
_ABSENT = Text(
    zh="读取 PDF 需要先安装组件：请运行 pip install 'budgetperf[pdf]'，"
    "或用 WPS、Word 打开后另存为 .docx",
    en="is a PDF, for which a package is needed: install it by pip install 'budgetperf[pdf]', or "
    "save it as .docx in Word or WPS",
)
_SCAN = Text(
    zh="没有文字，是扫描件或图片：请使用原来的电子文件（Word、Excel），或运行 "
    "pip install 'budgetperf[ocr]' 后识别（试验性，须逐个核对）",
    en="has no text: it is a scan or pictures: name the file that it was made from, or have it "
    "recognised by pip install 'budgetperf[ocr]' (experimental: check each figure)",
)
_DAMAGED = Text(
    zh="已损坏或不完整：请重新下载，或用 PDF 阅读器打开后另存（打印）为 PDF",
    en="is damaged or cut off: fetch it again, or open it and save or print it as a PDF once more",
)
_PLAIN = Text(
    zh="第 {} 页有没有框线的表格，按上下对齐的列读取：请核对",
    en="pages with a table without lines, read by its columns; check it: {}",
)
_UNRULED = Text(
    zh="第 {} 页有没有框线的表格，各格占几行、属于哪一列无法确定，未读取：请改用原来的 Word、"
    "Excel 文件",
    en="pages with a table without lines, whose rows and columns cannot be told for certain, and "
    "which was not read; name the Word or Excel file that it was made from: {}",
)
_WIDE = 3
"""How many columns what is no cell takes, so that it is no text."""
_WHOLE_PAGE = 0.8
_MARK = 0.02
_TAIL = 4096
_NARROW = 0.72
"""How far across a page text goes at least, where its lines are full."""


def read_pdf(data: bytes, name: str) -> Document:
    """What the pages show.

    Args:
        data: the file.
        name: its name, for messages.

    Raises:
        UnusableDocumentError: the extra ``pdf`` is not installed; it is damaged, encrypted, a scan
            without text, or beyond a limit.
    """
    try:
        from .file.opening import BROKEN, Opened  # noqa: PLC0415 (an extra)
    except ImportError:
        raise unusable("needs-extra", _ABSENT.zh, _ABSENT.en, name) from None
    if b"%%EOF" not in data[-_TAIL:] or b"startxref" not in data[-_TAIL:]:
        raise unusable("damaged", _DAMAGED.zh, _DAMAGED.en, name)
    remarks = Remarks()
    try:
        opened = Opened(data)
        if opened.has_fields:
            remarks.add(_FIELDS)
        if opened.has_hidden_layers:
            remarks.add(_LAYERS)
        pages = list(opened.pages())
    except UnusableDocumentError:
        raise
    except BROKEN:
        raise unusable("damaged", _DAMAGED.zh, _DAMAGED.en, name) from None
    blocks = blocks_of_pages(pages, remarks)
    if not blocks:
        raise unusable("scan", _SCAN.zh, _SCAN.en, name)
    return Document(kind="pdf", blocks=tuple(blocks), notes=remarks.texts())


def blocks_of_pages(pages: Sequence[Page], remarks: Remarks) -> list[Block]:
    """The paragraphs and tables on pages; none where nothing is written on them.

    Args:
        pages: in order.
        remarks: where it is said what was put together, and what was left out.
    """
    sides = [_side(page, remarks) for page in put_beside(pages, remarks)]
    return _blocks(sides, remarks) if any(side.lines or side.parts for side in sides) else []


@attrs.define
class _Side:
    """A page on the way: its lines outside of tables, and its tables."""

    page: Page
    lines: list[Line]
    parts: list[tuple[Grid, Part]]

    def margins(self) -> Margins:
        tables = tuple((grid.ys[0], grid.ys[-1]) for grid, _ in self.parts)
        return Margins(tuple(self.lines), self.page.height, tables)


def _side(page: Page, remarks: Remarks) -> _Side:
    _tell(page, remarks)
    glyphs, gone = struck(page.glyphs, page.rules)
    for line in lines_of(gone):
        remarks.add(STRUCK, line.text)
    tables = grids(page.rules)
    inside: list[list[Glyph]] = [[] for _ in tables]
    outside: list[Glyph] = []
    boxes = [grid.box for grid in tables]
    for glyph in glyphs:
        x, y = glyph.middle, glyph.waist
        at = next((n for n, box in enumerate(boxes) if box.holds(x, y)), None)
        (outside if at is None else inside[at]).append(glyph)
    parts = [
        (grid, Part.of(page, grid, filled(grid, own, page.number, remarks)))
        for grid, own in zip(tables, inside, strict=True)
        if any(not glyph.text.isspace() for glyph in own)
    ]
    return _Side(page, lines_of(outside), parts)


def _tell(page: Page, remarks: Remarks) -> None:
    number = str(page.number)
    has_text = any(not glyph.text.isspace() for glyph in page.glyphs)
    if page.pictured >= _WHOLE_PAGE:
        remarks.add(_SCANNED if has_text else _NOTHING, number)
    elif page.pictured >= _MARK:
        remarks.add(_PICTURES if has_text else _NOTHING, number)
    if page.turned.strip():
        remarks.add(_TURNED, page.turned)
    if page.unseen:
        remarks.add(_UNSEEN, number)
    if any(UNKNOWN in glyph.text for glyph in page.glyphs):
        remarks.add(_SIGNS, number)


# From pages to blocks.


def _blocks(sides: Sequence[_Side], remarks: Remarks) -> list[Block]:
    lines_by_page, headers = without_furniture([side.margins() for side in sides])
    for header in headers:
        if any(char.isdigit() for char in header):
            remarks.add(HEADERS, header)
    texts: list[Line] = []
    for side, lines in zip(sides, lines_by_page, strict=True):
        side.lines = lines
        texts += lines
    margins = _text_margins(texts, statistics.median(side.page.width for side in sides))
    return _Writer(remarks, margins).blocks(sides)


@attrs.frozen
class _TextMargins:
    """Where lines begin and end, and how far they stand apart."""

    left: float
    right: float
    pitch: float


def _text_margins(lines: Sequence[Line], width: float) -> _TextMargins:
    """By where a fair part of the lines begins and ends, unless all of them are short."""
    if not lines:
        return _TextMargins(0, 0, 0)
    size = statistics.median(line.size for line in lines)
    due = max(1, len(lines) // 10)
    starts = sorted(line.x0 for line in lines)
    ends = sorted((line.x1 for line in lines), reverse=True)
    left = next(
        (x for at, x in enumerate(starts) if _count(starts[at:], x, size) >= due), starts[0]
    )
    right = next(
        (x for at, x in enumerate(ends) if _count(ends[at:], x, 1.5 * size) >= due), ends[0]
    )
    if right < _NARROW * width:
        right = max(right, width - left)
    steps = [
        after.base - line.base
        for line, after in itertools.pairwise(lines)
        if 0.5 * size < after.base - line.base < 4 * size
    ]
    return _TextMargins(left, right, statistics.median_low(steps) if steps else 2 * size)


def _count(places: Iterable[float], x: float, reach: float) -> int:
    """How many of the places, which are in order, are no further away."""
    count = 0
    for place in places:
        if abs(place - x) > reach:
            break
        count += 1
    return count


class _Writer:
    """Writes lines and tables as the blocks of a document."""

    def __init__(self, remarks: Remarks, margins: _TextMargins) -> None:
        self._remarks = remarks
        self._margins = margins
        self._blocks: list[Block] = []
        self._open: list[tuple[int, Line]] = []
        self._line = self._paragraph = self._tables = 0

    def blocks(self, sides: Sequence[_Side]) -> list[Block]:
        flow: list[tuple[int, Line | Unruled] | Part] = []
        for side in sides:
            pieces: list[tuple[float, int, Line | Unruled | Part]] = [
                *((piece.base, 0, piece) for piece in with_unruled(side.lines)),
                *((grid.ys[0], 1, part) for grid, part in side.parts),
            ]
            pieces.sort(key=lambda piece: piece[:2])
            number = side.page.number
            flow += [
                piece if isinstance(piece, Part) else (number, piece) for _, _, piece in pieces
            ]
        left = {id(part) for part in put_together(_only_parts(flow), self._remarks)}
        for piece in flow:
            if isinstance(piece, Part):
                if id(piece) in left:
                    self._table(piece)
            elif isinstance(piece[1], Unruled):
                self._unruled(piece[0], piece[1])
            else:
                self._text(piece[0], piece[1])
        self._end()
        return self._blocks

    def _text(self, page: int, line: Line) -> None:
        if self._open and not self._goes_on(page, line):
            self._end()
        self._open.append((page, line))

    def _goes_on(self, page: int, line: Line) -> bool:
        before_page, before = self._open[-1]
        left, pitch = self._margins.left, self._margins.pitch
        width = self._margins.right - left
        if before_page != page:  # as if it stood right below
            line = attrs.evolve(line, base=before.base + pitch)
        return goes_on(before, line, width=width, left=left, pitch=pitch)

    def _end(self) -> None:
        if not self._open:
            return
        page, _ = self._open[0]
        self._line += 1
        self._paragraph += 1
        lines = [line for _, line in self._open]
        width = self._margins.right - self._margins.left
        # The first line may be indented: what counts is where each ends.
        text = joined([_from(self._margins.left, line) for line in lines], width, is_running=True)
        self._blocks.append(
            Paragraph(
                text=resolved(text, f"p{page} ", self._remarks),
                spot=Spot(
                    line=self._line,
                    page=page,
                    paragraph=self._paragraph,
                    turns=tuple(_turns(self._open)),
                ),
            )
        )
        self._open.clear()

    def _table(self, part: Part) -> None:
        self._end()
        self._tables += 1
        table = table_of(part, self._tables, self._line, self._remarks)
        self._line = table.rows[-1].line
        self._blocks.append(table)

    def _unruled(self, page: int, table: Unruled) -> None:
        """A table without lines: by its columns, or as rows that say nothing but what they are."""
        self._end()
        self._tables += 1
        self._remarks.add(_PLAIN if table.rows else _UNRULED, str(page))
        rows = table.rows or [(line.text,) for line in table.lines]
        spans = 1 if table.rows else _WIDE
        self._blocks.append(
            Table(
                rows=tuple(
                    Row(
                        line=self._line + at,
                        cells=tuple(
                            Cell(
                                text=text,
                                column=column,
                                columns=spans,
                                spot=Spot(
                                    line=self._line + at,
                                    page=page,
                                    table=self._tables,
                                    cell=cell_name(at, column),
                                ),
                            )
                            for column, text in enumerate(texts, start=1)
                        ),
                    )
                    for at, texts in enumerate(rows, start=1)
                ),
                spot=Spot(line=self._line + 1, page=page, table=self._tables),
            )
        )
        self._line += len(rows)


def _turns(lines: Sequence[tuple[int, Line]]) -> Iterator[tuple[int, int]]:
    """Where lines go on on another page, as in :class:`Spot`."""
    signs = 0
    for (page, line), (after, _) in itertools.pairwise(lines):
        signs += count_signs(line.text)
        if after != page:
            yield signs, after


def _from(left: float, line: Line) -> Line:
    """A line as if it began at the margin."""
    return attrs.evolve(line, x0=left)


def _only_parts(flow: Iterable[tuple[int, Line | Unruled] | Part]) -> list[Part | None]:
    return [piece if isinstance(piece, Part) else None for piece in flow]

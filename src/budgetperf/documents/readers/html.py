"""Web pages: their text in blocks, and their tables in each other. Nothing is run or fetched.

The tokens are found in one pass, in time that grows with the length alone: where a tag, a remark or
a script is not closed, the page ends, as in browsers.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from budgetperf.documents.readers.cells import below, cell_blocks, cell_text, whole_number
from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.readers.text import RAISED, too_long, too_many_columns, unusable
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
from budgetperf.exact.limits import MAX_COLUMNS, MAX_ELEMENTS, MAX_PARTS

__all__ = ["read_html", "tables_in"]

_HIDDEN = Text(zh="网页中隐藏的内容未读取：{}", en="hidden parts of the page were left out: {}")
_PICTURES = Text(
    zh="网页中有图片，其中的数字没有读取：请核对原件",
    en="the page has pictures; figures in them were not read: check the original",
)
_CUT = Text(
    zh="网页在标记中间中断，其后没有内容：请核对是否下载完整",
    en="the page breaks off inside a tag: check whether it was fetched in full",
)
_STRUCK = Text(
    zh="网页中划去的内容未读取：{}", en="what is struck out on the page was left out: {}"
)
_FRAMES = Text(
    zh="网页内嵌了别的网页，未读取：{}", en="other pages are embedded, which were not read: {}"
)

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=/\"'>]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>\"']++)))?"
)
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
"""Not seen either, though its place stays."""
_STRIKES = ("del", "s", "strike")
_DEEPEST = 30
"""How deep tables lie in each other."""


def read_html(text: str, encoding: str) -> Document:
    """The page.

    Args:
        text: its source.
        encoding: how that was encoded.

    Raises:
        UnusableDocumentError: it is beyond a limit.
    """
    reader = _Reader(text, 1)
    blocks = reader.blocks()
    return Document(
        kind="html", encoding=encoding, blocks=tuple(blocks), notes=reader.remarks.texts()
    )


def tables_in(text: str, line: int, first_table: int) -> tuple[list[Block], tuple[Text, ...]]:
    """The blocks of a piece of HTML inside of another text, and what is said of them.

    Args:
        text: the piece.
        line: its first line.
        first_table: which table of the document its first one is.
    """
    reader = _Reader(text, line, first_table)
    return reader.blocks(), reader.remarks.texts()


# Tokens.


@attrs.frozen
class _Token:
    """A piece of text, or a tag with its attributes."""

    line: int
    text: str = ""
    name: str = ""
    closes: bool = False
    attributes: Mapping[str, str] = MappingProxyType({})


def _tokens(source: str, line: int) -> Iterator[_Token]:
    position, end = 0, len(source)
    while position < end:
        start = source.find("<", position)
        start = end if start < 0 else start
        if start > position:
            yield _Token(line, text=_characters(source[position:start]))
            line += source.count("\n", position, start)
        if start == end:
            return
        match = _TAG.match(source, start)
        if match:
            position = match.end()
            name, closes = match["name"].lower(), bool(match["close"])
            yield _Token(line, "", name, closes, {} if closes else _attributes(match["attributes"]))
            line += source.count("\n", start, position)
            if name in _RAW and not closes:
                after = _end_of_raw(source, position, name)
                line += source.count("\n", position, after)
                position = after
            continue
        after = _end_of_markup(source, start)
        if after == start:  # a sign that is no tag: "<5%"
            after = start + 1
            yield _Token(line, text="<")
        elif after > end:
            yield _Token(line, name="!cut")
            return
        line += source.count("\n", start, after)
        position = after


def _end_of_markup(source: str, start: int) -> int:
    """Where a remark or a declaration ends; beyond the end if it does not; ``start`` if none."""
    opening = source[start : start + 4]
    if opening == "<!--":
        end = source.find("-->", start + 2)
        return end + 3 if end >= 0 else len(source) + 1
    if opening[1:2] in ("!", "?") or re.match(r"</?[a-zA-Z]", opening):
        is_tag = opening[1:2] not in ("!", "?")
        end = -1 if is_tag else source.find(">", start)
        return end + 1 if end >= 0 else len(source) + 1
    return start


_RAW = ("script", "style", "noscript", "template", "title", "iframe", "svg", "math")
"""What holds no text of the page."""


def _end_of_raw(source: str, position: int, name: str) -> int:
    match = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, position)
    return match.start() if match else len(source)


def _attributes(text: str) -> Mapping[str, str]:
    return {
        match["name"].lower(): _characters(
            match["double"] or match["single"] or match["bare"] or ""
        )
        for match in _ATTRIBUTE.finditer(text)
    }


def _characters(text: str) -> str:
    """With its references resolved: ``&nbsp;``, ``&#8805;``."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text


# Blocks.


@attrs.define
class _Cell:
    """A cell of a table on the way: how far it reaches, and what has been put in it."""

    rows: int
    columns: int
    line: int
    flow: _Flow


@attrs.define
class _Table:
    """A table on the way: its rows with the lines that they begin on, and the texts of those that
    do not show, with how many rows stand above them."""

    line: int
    number: int | None
    rows: list[tuple[int, list[_Cell]]] = attrs.Factory(list[tuple[int, list[_Cell]]])
    is_open: bool = False
    sections: list[int] = attrs.Factory(list[int])
    """The rows with which a head, a body or a foot begins."""
    hidden: list[tuple[int, list[str]]] = attrs.Factory(list[tuple[int, list[str]]])


@attrs.define
class _Flow:
    """What is being put together: the page, or a cell."""

    blocks: list[Block] = attrs.Factory(list[Block])
    text: list[str] = attrs.Factory(list[str])
    line: int = 0
    level: int = 0
    is_kept: int = 0
    raised: int | None = None


class _Reader:
    """Goes through the tags of a page once, and keeps which cells and tables are open."""

    def __init__(self, source: str, line: int, first_table: int = 1) -> None:
        self.remarks = Remarks()
        self._tokens = _tokens(source, line)
        self._flows = [_Flow()]
        self._tables: list[_Table] = []
        self._next_table = first_table
        self._paragraphs = 0
        self._hidden: list[str] = []
        self._hidden_text: list[str] = []
        self._hidden_at: list[int] = []
        self._is_struck = False
        self._tags = 0
        self._cells = 0

    def blocks(self) -> list[Block]:
        """All blocks of the page, in their order."""
        for token in self._tokens:
            if not token.name:
                self._text(token)
                continue
            self._tags += 1
            if self._tags > MAX_ELEMENTS:
                raise too_long()
            if token.name == "!cut":
                self.remarks.add(_CUT)
            elif self._hidden or self._hides(token):
                self._skip(token)
            elif token.closes:
                self._close(token.name)
            else:
                self._open(token)
        self._tell_hidden()
        while self._tables:
            self._end_table()
        self._end_block()
        return self._flows[0].blocks

    # Text.

    def _text(self, token: _Token) -> None:
        flow = self._flows[-1]
        if self._hidden:
            self._hidden_text.append(token.text)
            return
        if self._tables and not self._tables[-1].is_open and not token.text.strip():
            return  # between cells
        text = token.text if flow.is_kept else _BLANKS.sub(" ", token.text)
        if text.strip() and not flow.text:
            begins = len(token.text) - len(token.text.lstrip())
            flow.line = token.line + token.text.count("\n", 0, begins)
        if text.strip() or flow.text:
            flow.text.append(text)

    def _end_block(self) -> None:
        flow = self._flows[-1]
        text = "".join(flow.text)
        flow.text, flow.raised = [], None
        if not flow.is_kept:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))
        text = text.replace("\xa0", " ").strip()
        if not text:
            return
        in_page = len(self._flows) == 1
        self._paragraphs += in_page
        spot = Spot(line=flow.line, paragraph=self._paragraphs if in_page else None)
        if flow.level:
            flow.blocks.append(Heading(text=text, level=flow.level, spot=spot))
        else:
            flow.blocks.append(Paragraph(text=text, spot=spot))

    # Tags.

    def _open(self, token: _Token) -> None:
        name = token.name
        if name == "table":
            self._end_block()
            if len(self._tables) >= _DEEPEST:
                raise unusable(
                    "too-deep",
                    "表格嵌套过深：请另存一次再读",
                    "has tables nested too deep: save it once more",
                    "",
                )
            number = None if self._tables else self._next_table
            self._next_table += not self._tables
            self._tables.append(_Table(token.line, number))
        elif name in ("tr", "td", "th") and self._tables:
            self._open_in_table(token)
        elif name in ("thead", "tbody", "tfoot") and self._tables:
            self._end_cell()
            self._tables[-1].sections.append(len(self._tables[-1].rows))
        elif name == "br":
            if self._flows[-1].text:
                self._flows[-1].text.append("\n")
        elif name in _BLOCKS:
            self._end_block()
            self._flows[-1].level = _LEVELS.get(name, 0)
            self._flows[-1].is_kept += name == "pre"
        elif name == "img":
            self.remarks.add(_PICTURES)
        elif name in ("iframe", "frame", "object", "embed"):
            self.remarks.add(_FRAMES, token.attributes.get("src", ""))
        elif name == "input" and token.attributes.get("type", "text") == "text":
            self._text(_Token(token.line, text=token.attributes.get("value", "")))
        elif name == "sup":
            self._flows[-1].raised = len(self._flows[-1].text)

    def _open_in_table(self, token: _Token) -> None:
        self._end_cell()
        table = self._tables[-1]
        if token.name == "tr" or not table.rows:
            table.rows.append((token.line, []))
        if token.name == "tr":
            return
        self._cells += 1
        if self._cells > MAX_PARTS:
            raise too_long()
        span = {
            key: min(whole_number(token.attributes.get(key, "1").strip(), 1), most)
            for key, most in (("rowspan", MAX_PARTS), ("colspan", MAX_COLUMNS))
        }
        rows = span["rowspan"] or MAX_PARTS  # 0: to the end
        cell = _Cell(rows, max(1, span["colspan"]), token.line, _Flow())
        table.rows[-1][1].append(cell)
        table.is_open = True
        self._flows.append(cell.flow)

    def _close(self, name: str) -> None:
        if name == "table":
            if self._tables:
                self._end_table()
        elif name in ("td", "th", "tr"):
            if self._tables:
                self._end_cell()
        elif name in _BLOCKS:
            self._end_block()
            flow = self._flows[-1]
            if name in _LEVELS:
                flow.level = 0
            if name == "pre":
                flow.is_kept = max(0, flow.is_kept - 1)
        elif name == "sup":
            self._raise()

    def _raise(self) -> None:
        """Raised digits are no part of the number before them."""
        flow = self._flows[-1]
        if flow.raised is not None:
            raised = "".join(flow.text[flow.raised :])
            flow.text[flow.raised :] = [raised.translate(RAISED)]
            flow.raised = None

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.is_open:
            self._end_block()
            self._flows.pop()
            table.is_open = False

    def _end_table(self) -> None:
        self._end_cell()
        raw = self._tables.pop()
        self._end_block()  # what stood between its cells
        table = _placed(raw)
        if table is not None:
            self._flows[-1].blocks.append(table)

    # What is hidden.

    def _hides(self, token: _Token) -> bool:
        if token.closes or token.name in _VOID:
            return False
        return token.name in _STRIKES or self._is_away(token) or _is_unseen(token)

    def _is_away(self, token: _Token) -> bool:
        """Whether it takes no place."""
        style = token.attributes.get("style", "")
        return "hidden" in token.attributes or bool(_NO_DISPLAY.search(style))

    def _skip(self, token: _Token) -> None:
        """Everything up to where the hidden element ends."""
        if not self._hidden:
            if token.name in ("tr", "td", "th") and self._tables and not self._is_away(token):
                self._open_in_table(token)
            elif token.name in ("td", "th", "tr", "table") and self._tables:
                self._end_cell() if token.name != "table" else None
            else:
                self._end_block() if token.name in _BLOCKS else None
            self._hidden.append(token.name)
            self._is_struck = token.name in _STRIKES
            return
        if not token.closes:
            if token.name in ("td", "th") and self._hidden == ["tr"]:
                self._hidden_at.append(len(self._hidden_text))
            if token.name == self._hidden[0] and len(self._hidden) == 1 and token.name in _ENDED:
                self._tell_hidden()
                self._again(token)
            elif token.name not in _VOID and token.name in (self._hidden[0], "table"):
                self._hidden.append(token.name)
            return
        if token.name == self._hidden[-1]:
            self._hidden.pop()
            if not self._hidden:
                self._tell_hidden()
        elif token.name in ("tr", "table") and len(self._hidden) == 1:
            self._tell_hidden()
            self._again(token)

    def _again(self, token: _Token) -> None:
        if self._hides(token):
            self._hidden.append(token.name)
        elif token.closes:
            self._close(token.name)
        else:
            self._open(token)

    def _tell_hidden(self) -> None:
        text = "".join(self._hidden_text)
        if self._hidden_at and self._tables:
            ends = itertools.pairwise((*self._hidden_at, len(self._hidden_text)))
            cells = ["".join(self._hidden_text[slice(*cell)]).strip() for cell in ends]
            self._tables[-1].hidden.append((len(self._tables[-1].rows), cells))
            text = " ".join(filter(None, cells))
        if text.strip():
            self.remarks.add(_STRUCK if self._is_struck else _HIDDEN, text)
        self._hidden, self._hidden_text, self._hidden_at = [], [], []


def _is_unseen(token: _Token) -> bool:
    return bool(_UNSEEN.search(token.attributes.get("style", "")))


def _placed(raw: _Table) -> Table | None:
    """Cells in their columns, past those that come down from above.

    A row without cells is not shown, but a cell from above that covers it ends with it; and none
    reaches from one section of the table into the next.
    """
    shown = list(itertools.accumulate((bool(cells) for _, cells in raw.rows), initial=0))
    ends = [*raw.sections, len(raw.rows)]
    until: dict[int, int] = {}  # by column: the row that a cell from above does not cover any more
    rows: list[Row] = []
    hidden: list[Cell] = []
    places = 0
    for number, (line, cells) in enumerate(raw.rows):
        if not cells:
            continue
        taken = {column for column, end in until.items() if end > number}
        hidden += below(_hidden(raw, number, taken), line)
        column, placed = 1, list[Cell]()
        for cell in cells:
            while column in taken:
                column += 1
            end = min(number + cell.rows, next(end for end in ends if end > number))
            columns = range(column, column + cell.columns)
            span = next((c for c in columns if c in taken), columns.stop) - column
            if column + span - 1 > MAX_COLUMNS:
                raise too_many_columns()
            until |= dict.fromkeys(range(column, column + span), end)
            height = shown[end] - shown[number]
            placed.append(_cell(cell, len(rows) + 1, column, span, height, raw))
            column += span
        places += max(column - 1, max(taken, default=0))
        if places > MAX_PARTS * 4:
            raise too_long()
        rows.append(Row(line=line, cells=tuple(placed)))
    if not rows:
        return None
    hidden += below(_hidden(raw, len(raw.rows), set()), rows[-1].line + 1)
    spot = Spot(line=raw.line, table=raw.number)
    return Table(rows=tuple(rows), spot=spot, hidden=tuple(hidden))


def _hidden(raw: _Table, number: int, taken: set[int]) -> Iterator[Cell]:
    """The cells of rows that do not show, right above the row of that number."""
    free = [column for column in range(1, MAX_COLUMNS + 1) if column not in taken]
    for above, texts in raw.hidden:
        if above == number:
            for column, text in zip(free, texts, strict=False):
                yield Cell(text=text, column=column, spot=Spot(line=raw.line, table=raw.number))


def _cell(cell: _Cell, at: int, column: int, span: int, height: int, table: _Table) -> Cell:
    blocks = cell.flow.blocks
    return Cell(
        text=cell_text(blocks),
        column=column,
        columns=span,
        rows=height,
        blocks=cell_blocks(blocks),
        spot=Spot(line=cell.line, table=table.number, cell=cell_name(at, column)),
    )


_LEVELS: Mapping[str, int] = MappingProxyType({f"h{level}": level for level in range(1, 7)})
_BLOCKS = frozenset(
    {
        *[
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
        ],
        *[
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "nav",
            "ol",
        ],
        *["option", "p", "pre", "section", "summary", "ul", "tbody", "thead", "tfoot"],
        *_LEVELS,
    }
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_ENDED = frozenset({"td", "th", "tr", "li", "p", "dt", "dd", "option"})
"""What ends where the next of its kind begins."""

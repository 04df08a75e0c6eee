"""OpenDocument texts and sheets (.odt, .ods): the text that they hold for display."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import attrs

from budgetperf.documents.readers.cells import below, cell_blocks, cell_text, whole_number
from budgetperf.documents.readers.remarks import COMMENTS, HIDDEN, STRUCK, Remarks
from budgetperf.documents.readers.text import (
    RAISED,
    encrypted,
    too_long,
    too_many_columns,
    unusable,
)
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
from budgetperf.exact.limits import MAX_COLUMNS, MAX_DOCUMENT, MAX_PARTS

from .archive import Archive
from .sheets import HIDDEN_SHEETS, Merge, Sheet, tables_of, with_minus

__all__ = ["read_odf"]

_CONTENT = "content.xml"
_CHANGES = Text(
    zh="有修订：按全部接受后的样子读取", en="has tracked changes: read as if all were accepted"
)
_PICTURES = Text(
    zh="有图片或嵌入的对象，其中的数字没有读取：请核对原件",
    en="has pictures or embedded objects; figures in them were not read: check the original",
)
_HIGHEST_ROW = 1_048_576
_NUMBER_FORMATS = tuple(
    f"{{datastyle}}{kind}-style" for kind in ("number", "percentage", "currency")
)


def read_odf(archive: Archive, kind: str) -> Document:
    """The document in an archive.

    Args:
        archive: the file.
        kind: ``"odt"`` or ``"ods"``.

    Raises:
        UnusableDocumentError: it is encrypted, damaged, or beyond a limit.
    """
    secret = archive.elements("META-INF/manifest.xml", "{manifest}encryption-data")
    if next(secret, None) is not None:
        raise encrypted()
    reader = _Reader(archive)
    blocks = tuple(reader.sheets() if kind == "ods" else reader.blocks())
    return Document(kind=kind, blocks=blocks, notes=reader.remarks.texts())


@attrs.frozen
class _Style:
    """What matters of a style; ``None`` is what it takes over from its parent."""

    parent: str
    hidden: bool | None
    struck: bool | None
    raised: bool | None
    format: str = ""


_LONGEST_CHAIN = 12


class _Reader:
    """Makes blocks of the content of an OpenDocument file, as its styles show it."""

    def __init__(self, archive: Archive) -> None:
        self.remarks = Remarks()
        self._archive = archive
        self._lines = itertools.count(1)
        self._paragraphs = itertools.count(1)
        self._tables = itertools.count(1)
        self._aside: list[Element] = []
        self._places = self._size = 0
        self._line = 0
        """That of the row that is read, which is one line with what stands in tables inside."""
        self._styles = {
            style.get("{style}name", ""): _style(style)
            for part in ("styles.xml", _CONTENT)
            if part in archive.names
            for style in archive.elements(part, "{style}style")
        }
        self._coloured = {
            form.get("{style}name", "")
            for part in ("styles.xml", _CONTENT)
            if part in archive.names
            for form in archive.elements(part, *_NUMBER_FORMATS)
            if any(look.get("{xsl-fo-compatible}color") is not None for look in form)
        }

    def _look(self, element: Element) -> _Style:
        """The style of an element, with what it takes over."""
        attribute = f"{element.tag.partition('}')[0]}}}style-name"
        look = self._styles.get(element.get(attribute, ""), _NO_STYLE)
        for _ in range(_LONGEST_CHAIN):
            parent = self._styles.get(look.parent)
            if parent is None:
                break
            look = _Style(
                parent.parent,
                parent.hidden if look.hidden is None else look.hidden,
                parent.struck if look.struck is None else look.struck,
                parent.raised if look.raised is None else look.raised,
                look.format or parent.format,
            )
        return look

    # Sheets.

    def sheets(self) -> Iterator[Table]:
        """The sheets that show, each a table."""
        return tables_of(self._sheets(), self.remarks)

    def _sheets(self) -> Iterator[Sheet]:
        for part in self._archive.elements(_CONTENT, "{table}table"):
            name = part.get("{table}name", "")
            if self._look(part).hidden:
                self.remarks.add(HIDDEN_SHEETS, name)
                continue
            yield self._sheet(part, name)

    def _sheet(self, part: Element, name: str) -> Sheet:
        sheet = Sheet(name)
        column = 1
        for described in _within(part, "{table}table-column"):
            times = _count(described, "{table}number-columns-repeated")
            if described.get("{table}visibility", "visible") != "visible":
                sheet.hide_columns(column, column + times - 1)
            column += times
        row = 1
        for described in _within(part, "{table}table-row"):
            times = _count(described, "{table}number-rows-repeated")
            hidden = described.get("{table}visibility", "visible") != "visible"
            has_text = self._row(described, sheet, row)
            for again in range(
                row + 1, min(row + times, _HIGHEST_ROW + 1) if has_text else row + 1
            ):
                for at, text in sheet.cells[row].items():
                    sheet.put(again, at, text)
            if hidden:
                sheet.hidden_rows.update(range(row, row + (times if has_text else 1)))
            row += times
        if next(part.iter("{draw}frame"), None) is not None:
            self.remarks.add(_PICTURES)
        return sheet

    def _row(self, part: Element, sheet: Sheet, row: int) -> bool:
        column = 1
        for cell in part:
            times = _count(cell, "{table}number-columns-repeated")
            text = self._text(cell) if len(cell) else ""
            if text.strip():
                if cell.get("{office}value", "").startswith("-"):
                    text = with_minus(
                        text,
                        f"{sheet.name}!{cell_name(row, column)}",
                        self.remarks,
                        is_coloured=self._look(cell).format in self._coloured,
                    )
                for at in range(column, min(column + times, MAX_COLUMNS + 2)):
                    sheet.put(row, at, text)
            down = _count(cell, "{table}number-rows-spanned")
            right = _count(cell, "{table}number-columns-spanned")
            if down > 1 or right > 1:
                sheet.merge(Merge(row, column, row + down - 1, column + right - 1))
            column += times
        return row in sheet.cells

    # Texts.

    def blocks(self) -> Iterator[Block]:
        """What the body of a text holds, in order; its notes behind it."""
        body = next(self._archive.elements(_CONTENT, "{office}text"), None)
        if body is None:
            raise unusable(
                "damaged",
                "没有正文：请用 WPS 或 LibreOffice 打开并另存一次",
                "has no body: open it in LibreOffice and save it once more",
                _CONTENT,
            )
        yield from self._flow(body, top=True)

    def _flow(self, parent: Element, *, top: bool) -> Iterator[Block]:
        for child in parent:
            if child.tag in ("{text}p", "{text}h"):
                yield from self._paragraph(child, top=top)
            elif child.tag == "{table}table":
                yield from self._table(child, top=top)
            elif child.tag == "{text}tracked-changes":
                self.remarks.add(_CHANGES)
            elif child.tag in _FLOWS:
                if child.get("{text}display", "true") == "none":
                    self.remarks.add(HIDDEN, "".join(child.itertext()))
                else:
                    yield from self._flow(child, top=top)
            elif (
                child.tag in ("{draw}frame", "{text}table-of-content", "{text}index-body")
                or child.tag == "{draw}text-box"
            ):
                yield from self._flow(child, top=top)
            elif child.tag in ("{draw}image", "{draw}object"):
                self.remarks.add(_PICTURES)

    def _paragraph(self, paragraph: Element, *, top: bool) -> Iterator[Block]:
        text = self._inline(paragraph)
        aside, self._aside = self._aside, []
        if text.strip() or not top:
            spot = Spot(line=self._line)
            if top:
                spot = Spot(line=next(self._lines), paragraph=next(self._paragraphs))
            if paragraph.tag == "{text}h" and text.strip():
                level = _count(paragraph, "{text}outline-level")
                yield Heading(text=text, level=level, spot=spot)
            else:
                yield Paragraph(text=text, spot=spot)
        for part in aside:
            yield from self._flow(part, top=top)

    def _text(self, cell: Element) -> str:
        """What the paragraphs of a cell show."""
        text = "\n".join(self._inline(p) for p in cell if p.tag in ("{text}p", "{text}h"))
        if text.strip() and self._look(cell).struck:
            self.remarks.add(STRUCK, text)
            return ""
        return text

    def _inline(self, element: Element) -> str:
        look = self._look(element)
        if look.hidden:
            self.remarks.add(HIDDEN, "".join(element.itertext()))
            return ""
        parts = [_collapsed(element.text)]
        for child in element:
            parts += (self._piece(child), _collapsed(child.tail))
        text = "".join(parts)
        if look.struck and text.strip():
            self.remarks.add(STRUCK, text)
            return ""
        return text.translate(RAISED) if look.raised else text

    def _piece(self, child: Element) -> str:
        tag = child.tag
        if tag == "{text}s":
            return " " * min(_count(child, "{text}c"), 100)
        if tag in ("{text}tab", "{text}line-break"):
            return "\t" if tag == "{text}tab" else "\n"
        if tag == "{office}annotation":
            self.remarks.add(COMMENTS, "".join(child.itertext()))
        elif tag == "{text}note":
            self._aside += (part for part in child if part.tag == "{text}note-body")
        elif tag == "{draw}frame":
            self._aside.append(child)
        elif tag == "{text}ruby":
            return "".join(self._inline(part) for part in child if part.tag == "{text}ruby-base")
        elif tag in ("{text}hidden-text", "{text}hidden-paragraph"):
            self.remarks.add(HIDDEN, "".join(child.itertext()))
        elif not tag.startswith("{office}"):
            return self._inline(child)
        return ""

    def _table(self, part: Element, *, top: bool) -> Iterator[Table]:
        number = next(self._tables) if top else None
        rows: list[Row] = []
        hidden: list[Cell] = []
        waiting: list[Cell] = []
        ends: dict[int, int] = {}
        for at, described in enumerate(_within(part, "{table}table-row")):
            cells = self._beside_merged(described, at, ends)
            is_hidden = described.get("{table}visibility", "visible") != "visible"
            if top and not is_hidden:
                self._line = next(self._lines)
            line = self._line
            read: list[Cell] = []
            for cell, column, times in cells:
                read += self._cells(cell, len(rows) + 1, column, times, line, number)
            if is_hidden:
                waiting += (cell for cell in read if cell.text)
                self.remarks.add(HIDDEN, " ".join(cell.text for cell in read if cell.text))
                continue
            hidden += below(waiting, line)
            waiting = []
            rows.append(Row(line=line, cells=tuple(read)))
        if rows:
            hidden += below(waiting, self._line + 1)
            spot = Spot(line=rows[0].line, table=number)
            yield Table(rows=tuple(rows), spot=spot, hidden=tuple(hidden))

    def _beside_merged(
        self, row: Element, number: int, ends: dict[int, int]
    ) -> list[tuple[Element, int, int]]:
        """The cells of a row of a text, each with its first column and how often it stands there.

        Pandoc leaves out the covered cells that merged ones ask for, and programs that show such a
        table put the next cell beside the merged one.

        Args:
            row: the row.
            number: its number.
            ends: the last row that a merged cell covers, by column; the merged cells of this row
                are added.
        """
        cells: list[tuple[Element, int, int]] = []
        column = 1
        for cell in row:
            times = _count(cell, "{table}number-columns-repeated")
            is_covered = cell.tag != "{table}table-cell"
            while not is_covered and ends.get(column, -1) >= number:
                column += 1
            if column + times - 1 > MAX_COLUMNS:
                raise too_many_columns()
            if not is_covered:
                cells.append((cell, column, times))
                right = min(_count(cell, "{table}number-columns-spanned"), MAX_COLUMNS)
                down = _count(cell, "{table}number-rows-spanned")
                if right > 1 or down > 1:
                    self._places += right
                    ends.update(dict.fromkeys(range(column, column + right), number + down - 1))
            column += times
        return cells

    def _cells(
        self, cell: Element, row: int, column: int, times: int, line: int, table: int | None
    ) -> Iterator[Cell]:
        blocks = tuple(self._flow(cell, top=False))
        text = cell_text(blocks).strip("\n")
        self._places += times
        self._size += times * len(text)
        if self._places > 4 * MAX_PARTS or self._size > MAX_DOCUMENT:
            raise too_long()
        for at in range(column, column + times):
            yield Cell(
                text=text,
                column=at,
                columns=min(_count(cell, "{table}number-columns-spanned"), MAX_COLUMNS),
                rows=_count(cell, "{table}number-rows-spanned"),
                blocks=cell_blocks(blocks),
                spot=Spot(line=line, table=table, cell=cell_name(row, at)),
            )


_NO_STYLE = _Style("", None, None, None)


def _style(style: Element) -> _Style:
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    for properties in style:
        shows = properties.get("{table}display", properties.get("{text}display"))
        if shows:
            hidden = shows in ("false", "none")
        lines = [properties.get(f"{{style}}text-line-through-{kind}") for kind in ("style", "type")]
        if any(lines):
            struck = "none" not in lines
        position = properties.get("{style}text-position")
        if position:
            raised = re.match(r"super|[0-9.]*[1-9]", position) is not None
    return _Style(
        style.get("{style}parent-style-name", ""),
        hidden,
        struck,
        raised,
        style.get("{style}data-style-name", ""),
    )


_FLOWS = frozenset(("{text}section", "{text}list", "{text}list-item", "{text}list-header"))
_GROUPS = frozenset(
    {
        *("{table}table-header-rows", "{table}table-rows", "{table}table-row-group"),
        *("{table}table-header-columns", "{table}table-columns", "{table}table-column-group"),
    }
)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows or columns of a table, through their groups."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _GROUPS:
            yield from _within(child, tag)


def _count(element: Element, attribute: str) -> int:
    return max(1, whole_number(element.get(attribute, "1"), 1))


def _collapsed(text: str | None) -> str:
    """Blanks and ends of lines of the file are one blank each."""
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""

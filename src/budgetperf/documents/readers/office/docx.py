"""Word documents (.docx): what the last page of the author's screen shows, changes accepted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

import attrs

from budgetperf.documents.readers.cells import cell_blocks, cell_text
from budgetperf.documents.readers.remarks import COMMENTS, HEADERS, HIDDEN, STRUCK, Remarks
from budgetperf.documents.readers.text import (
    RAISED,
    SYMBOLS,
    UNKNOWN,
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
from budgetperf.exact.limits import MAX_COLUMNS, MAX_PARTS

from .archive import Archive
from .numbering import Numbering, number, value

__all__ = ["docx_places", "read_docx"]

_CHANGES = Text(
    zh="有修订：按全部接受后的样子读取，删去的有：{}",
    en="has tracked changes: read as if all were accepted; deleted: {}",
)
_HIDDEN_ROWS = Text(zh="隐藏的表格行未读取：{}", en="hidden rows of tables were left out: {}")
_COVERED = Text(
    zh="被合并单元格遮住的文字未读取：{}", en="text under merged cells was left out: {}"
)
_PICTURES = Text(
    zh="有图片，其中的数字没有读取：请核对原件",
    en="has pictures; figures in them were not read: check the original",
)
_EMBEDDED = Text(
    zh="嵌入的对象或文件未读取：请打开后另存再读",
    en="embedded objects or files were not read: open and save them on their own",
)
_OUTSIDE = Text(zh="外部引用未读取：{}", en="references to what is outside were refused: {}")
_SIGN = Text(
    zh="有无法识别的符号（字体 {}），以 □ 代替",
    en="signs of the font {} are not known: □ stands for them",
)
_LABELS = Text(
    zh="自动编号已按编号规则补出", en="numbers that Word counts by itself were written out"
)


def read_docx(archive: Archive, main: str) -> Document:
    """The document in an archive.

    Args:
        archive: the file.
        main: the name of its main part.

    Raises:
        UnusableDocumentError: it is damaged, or beyond a limit.
    """
    body = next(archive.elements(main, "{w}body"), None)
    if body is None:
        raise unusable(
            "damaged",
            "没有正文：请用 Word 或 WPS 打开并另存一次",
            "has no body: open it in Word or WPS and save it once more",
            main,
        )
    reader = _Reader(archive, main)
    blocks = [*reader.blocks(body, top=True), *reader.notes()]
    return Document(kind="docx", blocks=tuple(blocks), notes=reader.remarks.texts())


def docx_places(archive: Archive, main: str) -> dict[int, tuple[str, int]]:
    """What stands on each line of :func:`read_docx`: ``{w}p`` or ``{w}tr``, and which of all those
    in the body it is, from 0. Notes stand in a part of their own, and are left out."""
    body = next(archive.elements(main, "{w}body"), None)
    if body is None:
        return {}
    reader = _Reader(archive, main)
    for _ in (*reader.blocks(body, top=True), *reader.notes()):
        pass
    numbers = {
        id(element): (tag, number)
        for tag in ("{w}p", "{w}tr")
        for number, element in enumerate(body.iter(tag))
    }
    return {
        line: numbers[id(element)]
        for line, element in reader.elements.items()
        if id(element) in numbers
    }


@attrs.frozen
class _Style:
    """What matters of a style: the level of a heading, its list, and how text of it shows."""

    level: int | None
    list: tuple[str, int] | None
    hidden: bool | None
    struck: bool | None
    raised: bool | None

    @property
    def is_plain(self) -> bool:
        """Whether text of it shows as it stands there."""
        return not (self.hidden or self.struck or self.raised)


class _Reader:
    """Makes blocks of the paragraphs and tables of a Word document, as they show."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.remarks = Remarks()
        self._lines = itertools.count(1)
        self._paragraphs = itertools.count(1)
        self._tables = itertools.count(1)
        self._boxes: list[Element] = []
        self._notes: list[tuple[str, str]] = []
        self._carried = ""
        self._places = 0
        self.elements: dict[int, Element] = {}
        """By line, the paragraph or the row of a table on it."""
        relations = archive.relations(main).values()
        parts = {relation.kind: relation for relation in relations}
        for relation in relations:
            if relation.outside and relation.kind not in ("hyperlink", "attachedTemplate"):
                self.remarks.add(_OUTSIDE, relation.target)
            elif relation.kind in ("header", "footer"):
                words = _words(archive.elements(relation.target, "{w}t"))
                if any(char.isdigit() for char in words) and not _PAGE_NUMBER.fullmatch(words):
                    self.remarks.add(HEADERS, words)

        def elements(kind: str, *tags: str) -> Iterator[Element]:
            if kind in parts and not parts[kind].outside:
                cut = _without_styles_of_tables if kind == "styles" else None
                yield from archive.elements(parts[kind].target, *tags, cut=cut)

        self._numbering = Numbering(elements("numbering", "{w}abstractNum", "{w}num"))
        self._styles = _styles(elements("styles", "{w}style"))
        self._note_texts = {
            (kind, note.get("{w}id", "")): note
            for kind in ("footnote", "endnote")
            for note in elements(f"{kind}s", f"{{w}}{kind}")
        }
        for comment in elements("comments", "{w}comment"):
            self.remarks.add(COMMENTS, _words(comment.iter("{w}t")))

    # Blocks.

    def blocks(self, parent: Element, *, top: bool) -> Iterator[Block]:
        """What stands in the body or in a cell, in order; no text is carried out of it."""
        outside, self._carried = self._carried, ""
        yield from self._flow(parent, top=top)
        yield from self._ended(top=top)
        self._carried = outside

    def _flow(self, parent: Element, *, top: bool) -> Iterator[Block]:
        for child in parent:
            if child.tag == "{w}p":
                yield from self._paragraph(child, top=top)
            elif child.tag == "{w}tbl":
                yield from self._ended(top=top)
                yield from self._table(child, top=top)
            elif child.tag in _WRAPPERS:
                yield from self._flow(child, top=top)
            elif child.tag == "{mc}AlternateContent":
                yield from self._flow(_chosen(child), top=top)
            elif child.tag in _LEFT_OUT:
                self._tell_deleted(child)
            elif child.tag == "{w}altChunk":
                self.remarks.add(_EMBEDDED)

    def _ended(self, *, top: bool) -> Iterator[Paragraph]:
        """The text whose end is deleted, where no paragraph follows that it could go on in."""
        text, self._carried = self._carried, ""
        if text.strip():
            yield Paragraph(text=text, spot=self._spot(top=top))

    def notes(self) -> Iterator[Block]:
        """The notes that the text refers to, in the order of the references."""
        position = 0
        while position < len(self._notes):  # a note may refer to another
            note = self._note_texts.pop(self._notes[position], None)
            position += 1
            if note is not None:
                yield from self.blocks(note, top=True)

    def _paragraph(self, paragraph: Element, *, top: bool) -> Iterator[Block]:
        plain = None if self._carried else self._plainly(paragraph)
        if plain is not None:
            if not top:
                yield Paragraph(text=plain, spot=_IN_CELL)
            elif plain and not plain.isspace():
                spot = self._spot(top=True)
                self.elements[spot.line] = paragraph
                yield Paragraph(text=plain, spot=spot)
            return
        properties = paragraph.find("{w}pPr")
        style = self._styles.get(value(properties, "{w}pStyle"), _NO_STYLE)
        label, text = self._label(properties, style), "".join(self._inline(paragraph, style))
        text = self._carried + text if self._carried else _labelled(label, text)
        self._carried = ""
        boxes, self._boxes = self._boxes, []
        mark = None if properties is None else properties.find("{w}rPr")
        if mark is not None and mark.find("{w}del") is not None:
            self._carried = text  # its end is deleted: the next one goes on
        elif text.strip() or not top:
            level = number(value(properties, "{w}outlineLvl"), -1)
            if level < 0:
                level = -1 if style.level is None else style.level
            spot = self._spot(top=top)
            if top:
                self.elements[spot.line] = paragraph
            if 0 <= level < 9 and text.strip():
                yield Heading(text=text, level=level + 1, spot=spot)
            else:
                yield Paragraph(text=text, spot=spot)
        for box in boxes:
            yield from self.blocks(box, top=top)

    def _spot(self, *, top: bool) -> Spot:
        if not top:
            return _IN_CELL
        return Spot(line=next(self._lines), paragraph=next(self._paragraphs))

    def _label(self, properties: Element | None, style: _Style) -> str:
        own = None if properties is None else properties.find("{w}numPr")
        if own is None and style.list is None:
            return ""
        key, level = style.list or ("0", 0)
        if own is not None:
            key = value(own, "{w}numId", key)
            level = number(value(own, "{w}ilvl"), level)
        label = self._numbering.label(key, level)
        if label:
            self.remarks.add(_LABELS)
        return label

    # Tables.

    def _table(self, table: Element, *, top: bool) -> Iterator[Table]:
        where = next(self._tables) if top else None
        rows: list[_Row] = []
        for row in _within(table, "{w}tr"):
            properties = row.find("{w}trPr")
            if properties is not None and properties.find("{w}del") is not None:
                self._tell_deleted(row)
            elif properties is not None and _is_on(properties.find("{w}hidden")):
                self.remarks.add(_HIDDEN_ROWS, _words(row.iter("{w}t")))
            else:
                cells = list(self._cells(row))
                self._places += cells[-1].column + cells[-1].span - 1 if cells else 0
                if self._places > 4 * MAX_PARTS:
                    raise too_long()
                line = next(self._lines) if top else 0
                if top:
                    self.elements[line] = row
                rows.append(_Row(line, cells))
        self._merge(rows)
        if rows:
            yield Table(
                rows=tuple(
                    Row(
                        line=row.line, cells=tuple(self._cell(c, at, row, where) for c in row.cells)
                    )
                    for at, row in enumerate(rows, start=1)
                ),
                spot=Spot(line=rows[0].line, table=where),
            )

    def _cells(self, row: Element) -> Iterator[_Cell]:
        column = 1 + number(value(row.find("{w}trPr"), "{w}gridBefore"))
        for cell in _within(row, "{w}tc"):
            span, down, right, is_deleted, text = 1, "", "", False, None
            for part in cell:
                if part.tag == "{w}tcPr":
                    for setting in part:
                        if setting.tag == "{w}gridSpan":
                            span = max(1, number(setting.get("{w}val", "1"), 1))
                        elif setting.tag == "{w}vMerge":
                            down = setting.get("{w}val", "continue")
                        elif setting.tag == "{w}hMerge":
                            right = setting.get("{w}val", "continue")
                        elif setting.tag == "{w}cellDel":
                            is_deleted = True
                elif text is None and part.tag == "{w}p":
                    text = self._plainly(part)
                    if text is None:
                        break
                else:
                    text = None
                    break
            if is_deleted:
                self._tell_deleted(cell)
                continue
            if not 0 < column + span - 1 <= MAX_COLUMNS:
                raise too_many_columns()
            blocks: tuple[Block, ...] = ()
            if text is None:
                blocks = tuple(self.blocks(cell, top=False))
                text = cell_text(blocks).strip("\n")
                blocks = cell_blocks(blocks)
            yield _Cell(column, span, text, blocks, down, right)
            column += span

    def _plainly(self, paragraph: Element) -> str | None:
        """The text of a paragraph in which it stands as it shows, as in most cells."""
        texts: list[str] = []
        for part in paragraph:
            if part.tag == "{w}r":
                for piece in part:
                    if piece.tag == "{w}t":
                        texts.append(piece.text or "")
                    elif piece.tag != "{w}rPr" or any(look.tag in _LOOKS for look in piece):
                        return None
            elif part.tag == "{w}pPr":
                if any(
                    setting.tag not in _SETTINGS and not self._is_plain(setting) for setting in part
                ):
                    return None
            elif part.tag not in _MARKS:
                return None
        return "".join(texts)

    def _is_plain(self, setting: Element) -> bool:
        """Whether a style, or what is said of the end of a paragraph, changes nothing."""
        if setting.tag == "{w}pStyle":
            style = self._styles.get(setting.get("{w}val", ""), _NO_STYLE)
            return style.is_plain and style.list is None and style.level is None
        return setting.tag == "{w}rPr" and setting.find("{w}del") is None

    def _merge(self, rows: list[_Row]) -> None:
        """Cells that go on from the left or from above become part of the one that shows."""
        above: dict[int, _Cell] = {}
        for row in rows:
            if not any(cell.goes_down or cell.goes_right for cell in row.cells):
                above = {}
                continue
            shown: list[_Cell] = []
            below: dict[int, _Cell] = {}
            for cell in row.cells:
                upper = above.get(cell.column)
                if cell.goes_right == "continue" and shown:
                    shown[-1].span += cell.span
                    self._tell_covered(cell)
                elif cell.goes_down == "continue" and upper is not None:
                    upper.rows += 1
                    below[cell.column] = upper
                    self._tell_covered(cell)
                else:
                    shown.append(cell)
                    if cell.goes_down:
                        below[cell.column] = cell
            row.cells = shown
            above = below

    def _tell_covered(self, cell: _Cell) -> None:
        if cell.text.strip():
            self.remarks.add(_COVERED, cell.text)

    def _cell(self, cell: _Cell, at: int, row: _Row, table: int | None) -> Cell:
        return Cell(
            text=cell.text,
            column=cell.column,
            columns=cell.span,
            rows=cell.rows,
            blocks=cell.blocks,
            spot=Spot(line=row.line, table=table, cell=cell_name(at, cell.column)),
        )

    # Text.

    def _inline(self, parent: Element, style: _Style) -> Iterator[str]:
        for child in parent:
            if child.tag == "{w}r":
                yield from self._run(child, style)
            elif child.tag in _WRAPPERS:
                yield from self._inline(child, style)
            elif child.tag == "{mc}AlternateContent":
                yield from self._inline(_chosen(child), style)
            elif child.tag in ("{m}oMath", "{m}oMathPara"):
                yield _formula(child)
            elif child.tag in _LEFT_OUT:
                self._tell_deleted(child)

    def _run(self, run: Element, style: _Style) -> Iterator[str]:
        properties = run.find("{w}rPr")
        if style.is_plain and (properties is None or not any(p.tag in _LOOKS for p in properties)):
            yield from self._pieces(run, style)
            return
        own = self._styles.get(value(properties, "{w}rStyle"), _NO_STYLE)
        if _first(_switch(properties, "{w}vanish"), own.hidden, style.hidden):
            self.remarks.add(HIDDEN, _words(run.iter("{w}t")))
            return
        text = "".join(self._pieces(run, style))
        if text.strip() and _first(_switch(properties, *_LINES), own.struck, style.struck):
            self.remarks.add(STRUCK, text)
            return
        raised = _first(_raised(properties), own.raised, style.raised)
        yield text.translate(RAISED) if raised else text

    def _pieces(self, run: Element, style: _Style) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == "{w}t":
                yield child.text or ""
            elif tag in _WRITTEN:
                yield _WRITTEN[tag]
            elif tag == "{w}sym":
                yield self._sign(child)
            elif tag == "{mc}AlternateContent":
                yield from self._pieces(_chosen(child), style)
            elif tag in ("{w}footnoteReference", "{w}endnoteReference"):
                kind = tag.removeprefix("{w}").removesuffix("Reference")
                self._notes.append((kind, child.get("{w}id", "")))
            elif tag in ("{w}drawing", "{w}pict", "{w}object"):
                self._drawn(child)
            elif tag == "{w}ruby":
                for base in child.iter("{w}rubyBase"):
                    yield from self._inline(base, style)

    def _sign(self, sign: Element) -> str:
        font, code = sign.get("{w}font", ""), sign.get("{w}char", "")
        at = (
            int(code, 16) & 0xFF
            if len(code) == 4 and set(code) <= set("0123456789abcdefABCDEF")
            else 0
        )
        if font == "Symbol" and (at in SYMBOLS or 0x20 < at < 0x40):
            return SYMBOLS.get(at, chr(at))
        self.remarks.add(_SIGN, font)
        return UNKNOWN

    def _drawn(self, drawn: Element) -> None:
        """Its text boxes, which follow the paragraph; pictures and objects are told of."""
        boxes = list(_boxes(drawn))
        self._boxes += boxes
        if drawn.tag == "{w}object":
            self.remarks.add(_EMBEDDED)
        elif not boxes:
            self.remarks.add(_PICTURES)

    def _tell_deleted(self, part: Element) -> None:
        words = (e.text or "" for tag in ("{w}delText", "{w}t") for e in part.iter(tag))
        self.remarks.add(_CHANGES, "".join(words))


@attrs.define
class _Cell:
    """A cell on the way: what is in it, and whether it goes on from the left or from above."""

    column: int
    span: int
    text: str
    blocks: tuple[Block, ...]
    goes_down: str
    goes_right: str
    rows: int = 1


@attrs.define
class _Row:
    """A row of a table on the way, with the cells that begin in it or go on through it."""

    line: int
    cells: list[_Cell]


_PAGE_NUMBER = re.compile(r"[\s\d第页共/—–·-]*")
_WRAPPERS = frozenset(
    {
        *("{w}sdt", "{w}sdtContent", "{w}smartTag", "{w}customXml", "{w}hyperlink", "{w}ins"),
        *("{w}moveTo", "{w}fldSimple", "{w}bdo", "{w}dir"),
    }
)
"""What holds text or blocks, and shows nothing itself."""
_LEFT_OUT = frozenset({"{w}del", "{w}moveFrom"})
_WRITTEN: Mapping[str, str] = MappingProxyType(
    {"{w}tab": "\t", "{w}br": "\n", "{w}cr": "\n", "{w}noBreakHyphen": "-", "{w}ptab": "\t"}
)
_NO_STYLE = _Style(None, None, None, None, None)
_LINES = ("{w}strike", "{w}dstrike")
_LOOKS = frozenset((*_LINES, "{w}rStyle", "{w}vanish", "{w}vertAlign"))
"""What tells that text does not show as it stands there."""
_IN_CELL = Spot(line=0)


_SETTINGS = frozenset(
    {
        *("{w}jc", "{w}spacing", "{w}ind", "{w}widowControl", "{w}snapToGrid", "{w}adjustRightInd"),
        *("{w}autoSpaceDE", "{w}autoSpaceDN", "{w}keepNext", "{w}keepLines", "{w}wordWrap"),
        *("{w}kinsoku", "{w}overflowPunct", "{w}topLinePunct", "{w}textAlignment", "{w}pBdr"),
        *("{w}tabs", "{w}shd", "{w}pageBreakBefore"),
    }
)
"""What a paragraph may say of itself that changes nothing of its text."""
_MARKS = frozenset({"{w}bookmarkStart", "{w}bookmarkEnd", "{w}proofErr"})


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get("{w}val", "1") not in ("0", "false", "off")


def _labelled(label: str, text: str) -> str:
    """A text behind its number, so that the number is no part of a figure: not ``1.5万元``."""
    if _RUNS_ON.fullmatch(label[-1:] + text.lstrip()[:1]):
        label = label.rstrip(".．") + "、"
    return label + text


_RUNS_ON = re.compile(
    r"[\d.．][-+−–—~～.．,，%％‰\d万亿千百十]|[一二三四五六七八九十百千][〇零一二三四五六七八九十百千万亿]"
)
"""The end of a number and the beginning of a text that would be read as one number."""


def _switch(properties: Element | None, *tags: str) -> bool | None:
    """Whether one of several switches is on; ``None`` where none of them is given."""
    switches = [] if properties is None else [child for child in properties if child.tag in tags]
    return any(map(_is_on, switches)) if switches else None


def _raised(properties: Element | None) -> bool | None:
    place = value(properties, "{w}vertAlign")
    return place == "superscript" if place else None


def _first(*settings: bool | None) -> bool:
    """The first that is given."""
    return next((setting for setting in settings if setting is not None), False)


def _words(elements: Iterable[Element]) -> str:
    return "".join(element.text or "" for element in elements)


def _chosen(alternatives: Element) -> Element:
    """The first of several ways to write the same; each program takes one of them."""
    return next(iter(alternatives), alternatives)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through what is wrapped around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _boxes(drawn: Element) -> Iterator[Element]:
    """The outermost text boxes; those in them follow when they are read."""
    for child in drawn:
        if child.tag == "{w}txbxContent":
            yield child
        elif child.tag == "{mc}AlternateContent":
            yield from _boxes(_chosen(child))
        else:
            yield from _boxes(child)


def _formula(part: Element) -> str:
    """A formula in one line, so that no digits of it run together."""
    if part.tag == "{m}t":
        return part.text or ""
    inner = "".join(
        # A blank does not keep figures apart: it may stand in the midst of one.
        "；" * (child.tag in _PLACES and before == child.tag) + _formula(child)
        for before, child in zip(["", *(c.tag for c in part)], part, strict=False)
    )
    sign = _OPERATORS.get(part.tag, "")
    return f"{sign}({inner})" if sign and inner else inner


_OPERATORS: Mapping[str, str] = MappingProxyType(
    {"{m}sup": "^", "{m}sub": "_", "{m}den": "/", "{m}deg": "√"}
)
_PLACES = ("{m}e", "{m}mr")
"""What stands side by side or one below the other, as in a matrix."""


def _without_styles_of_tables(data: bytes) -> bytes:
    """The styles but those of tables, most of what there is, where they can be told by sight."""
    if b"<!" in data or data.count(b"xmlns:w=") != 1:
        return data
    first, *others = data.split(b"<w:style ")
    kept_styles = [first]
    for other in others:
        head = other[: other.find(b">") + 1]
        if b'w:type="table"' in head and not head.endswith(b"/>"):
            kept_styles.append(other.partition(b"</w:style>")[2])
        else:
            kept_styles.append(b"<w:style " + other)
    return b"".join(kept_styles)


def _styles(styles: Iterable[Element]) -> dict[str, _Style]:
    by_id = {style.get("{w}styleId", ""): style for style in styles}
    return {key: _style(key, by_id) for key in by_id}


_LONGEST_CHAIN = 12


def _style(key: str, by_id: dict[str, Element]) -> _Style:
    """A style with what it takes over from those that it is based on."""
    level: int | None = None
    listed: tuple[str, int] | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    for _ in range(_LONGEST_CHAIN):
        style = by_id.get(key)
        if style is None:
            break
        properties = style.find("{w}pPr")
        own = value(properties, "{w}outlineLvl")
        level = number(own) if level is None and own else level
        list_of = None if properties is None else properties.find("{w}numPr")
        if listed is None and list_of is not None:
            listed = value(list_of, "{w}numId"), number(value(list_of, "{w}ilvl"))
        of_runs = style.find("{w}rPr")
        hidden = _switch(of_runs, "{w}vanish") if hidden is None else hidden
        struck = _switch(of_runs, *_LINES) if struck is None else struck
        raised = _raised(of_runs) if raised is None else raised
        key = value(style, "{w}basedOn")
    return _Style(level, listed, hidden, struck, raised)

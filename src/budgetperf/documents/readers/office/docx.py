"""Word documents (.docx): what the last page of the author's screen shows, changes accepted."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

import attrs

from budgetperf.documents.readers.cells import below, cell_blocks, cell_text, whole_number
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
from .looks import NEXT, PLAIN, PLAIN_CELL, in_short, styles_that_tell, without_looks
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
    reader = _Reader(archive, main)
    body = _body(archive, main, reader.cut)
    if body is None:
        raise unusable(
            "damaged",
            "没有正文：请用 Word 或 WPS 打开并另存一次",
            "has no body: open it in Word or WPS and save it once more",
            main,
        )
    blocks = [*reader.blocks(body, top=True), *reader.notes()]
    return Document(kind="docx", blocks=tuple(blocks), notes=reader.remarks.texts())


def docx_places(archive: Archive, main: str) -> dict[int, tuple[str, int]]:
    """What stands on each line of :func:`read_docx`: ``{w}p`` or ``{w}tr``, and which of all those
    in the body it is, from 0. Notes stand in a part of their own, and are left out."""
    body = _body(archive, main, without_looks)
    if body is None:
        return {}
    reader = _Reader(archive, main)
    reader.blocks(body, top=True)
    reader.notes()
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


def _body(archive: Archive, main: str, cut: Callable[[bytes], bytes]) -> Element | None:
    return next(archive.elements(main, "{w}body", cut=cut), None)


@attrs.frozen
class _Style:
    """What matters of a style: the level of a heading from 0 on, -1 if it is none, its list, and
    how text of it shows, where that is said; and whether that is as it stands there."""

    level: int = -1
    list: tuple[str, int] | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    is_plain: bool = True


class _Reader:
    """Makes blocks of the paragraphs and tables of a Word document, as they show."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.remarks = Remarks()
        self._lines = itertools.count(1)
        self._paragraphs = itertools.count(1)
        self._tables = itertools.count(1)
        self._boxes: list[Element] = []
        self._vanished: list[str] = []
        self._notes: list[tuple[str, str]] = []
        self._carried = ""
        self._places = 0
        self._line = 0
        """That of the row that is read, which is one line with what stands in tables inside."""
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
                cut = styles_that_tell if kind == "styles" else None
                yield from archive.elements(parts[kind].target, *tags, cut=cut)

        self._numbering = Numbering(elements("numbering", "{w}abstractNum", "{w}num"))
        self._styles = _Styles(elements("styles", "{w}style"))
        self._note_texts = {
            (kind, note.get("{w}id", "")): note
            for kind in ("footnote", "endnote")
            for note in elements(f"{kind}s", f"{{w}}{kind}")
        }
        for comment in elements("comments", "{w}comment"):
            self.remarks.add(COMMENTS, _words(comment.iter("{w}t")))

    def cut(self, data: bytes) -> bytes:
        """The bytes of the body without what is not read."""
        if self._styles[""] != _NO_STYLE:
            return without_looks(data)
        return in_short(data, self._level_in, self._is_plain_of_runs)

    def _level_in(self, name: str) -> int | None:
        """The level of a paragraph with that style; ``None`` if it may not show as it stands."""
        style = self._styles[name]
        return style.level if style.is_plain and style.list is None else None

    def _is_plain_of_runs(self, name: str) -> bool:
        """Whether a style of characters says nothing of how text shows."""
        style = self._styles[name]
        return style.hidden is None and style.struck is None and style.raised is None

    # Blocks.

    def blocks(self, parent: Element, *, top: bool) -> list[Block]:
        """What stands in the body or in a cell, in order; no text is carried out of it."""
        outside, self._carried = self._carried, ""
        blocks: list[Block] = []
        self._flow(parent, blocks, top=top)
        self._end(blocks, top=top)
        self._carried = outside
        return blocks

    def _flow(self, parent: Element, blocks: list[Block], *, top: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child, blocks, top=top)
            elif tag == "{w}tbl":
                self._end(blocks, top=top)
                self._table(child, blocks, top=top)
            elif tag in _WRAPPERS:
                self._flow(child, blocks, top=top)
            elif tag == "{mc}AlternateContent":
                self._flow(_chosen(child), blocks, top=top)
            elif tag in _LEFT_OUT:
                self._tell_deleted(child)
            elif tag == "{w}altChunk":
                self.remarks.add(_EMBEDDED)

    def _end(self, blocks: list[Block], *, top: bool) -> None:
        """The text whose end is deleted, where no paragraph follows that it could go on in."""
        text, self._carried = self._carried, ""
        if text.strip():
            blocks.append(Paragraph(text=text, spot=self._spot(None, top=top)))

    def notes(self) -> list[Block]:
        """The notes that the text refers to, in the order of the references."""
        blocks: list[Block] = []
        for referred in self._notes:  # which grows: a note may refer to another
            note = self._note_texts.pop(referred, None)
            if note is not None:
                blocks += self.blocks(note, top=True)
        return blocks

    def _paragraph(self, paragraph: Element, blocks: list[Block], *, top: bool) -> None:
        if paragraph.tag == PLAIN:
            first, *others = (paragraph.text or "").split(NEXT)
            text, self._carried = self._carried + first, ""
            self._put(text, int(paragraph.get("{w}val", -1)), paragraph, blocks, top=top)
            for text in others:
                if not top or (text and not text.isspace()):
                    spot = self._spot(paragraph, top=top)
                    blocks.append(Paragraph(text=text, spot=spot))
            return
        plain = None if self._carried else self._plainly(paragraph)
        if plain is not None:
            self._put(*plain, paragraph, blocks, top=top)
            return
        properties = paragraph.find("{w}pPr")
        style = self._styles[value(properties, "{w}pStyle")]
        label, text = self._label(properties, style), "".join(self._inline(paragraph, style))
        text = self._carried + text if self._carried else _labelled(label, text)
        self._carried = ""
        boxes, self._boxes = self._boxes, []
        mark = None if properties is None else properties.find("{w}rPr")
        if mark is not None and mark.find("{w}del") is not None:
            self._carried = text  # its end is deleted: the next one goes on
        else:
            level = number(value(properties, "{w}outlineLvl"), -1)
            self._put(text, style.level if level < 0 else level, paragraph, blocks, top=top)
        for box in boxes:
            blocks += self.blocks(box, top=top)

    def _put(
        self, text: str, level: int, paragraph: Element, blocks: list[Block], *, top: bool
    ) -> None:
        """A paragraph, or a heading of that level; where it is blank, only if it is in a cell."""
        is_blank = not text or text.isspace()
        if is_blank and top:
            return
        spot = self._spot(paragraph, top=top)
        if 0 <= level < 9 and not is_blank:
            blocks.append(Heading(text=text, level=level + 1, spot=spot))
        else:
            blocks.append(Paragraph(text=text, spot=spot))

    def _spot(self, paragraph: Element | None, *, top: bool) -> Spot:
        if not top:
            return _spot((self._line, None, None, None, "", "", ()))
        line = next(self._lines)
        if paragraph is not None:
            self.elements[line] = paragraph
        return _spot((line, None, next(self._paragraphs), None, "", "", ()))

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

    def _table(self, table: Element, blocks: list[Block], *, top: bool) -> None:
        where = next(self._tables) if top else None
        rows: list[_Row] = []
        hidden: list[Cell] = []
        waiting: list[Cell] = []
        for row in _within(table, "{w}tr"):
            properties = row.find("{w}trPr")
            if properties is not None and properties.find("{w}del") is not None:
                self._tell_deleted(row)
                continue
            is_hidden = properties is not None and _is_on(properties.find("{w}hidden"))
            if top and not is_hidden:
                self._line = next(self._lines)
                self.elements[self._line] = row
            first = 1 + number(value(properties, "{w}gridBefore"))
            made = self._row(row, first, Spot(line=self._line, table=where), len(rows) + 1)
            self._places += made.width
            if self._places > 4 * MAX_PARTS:
                raise too_long()
            if is_hidden:
                filled = [*(cell for cell in made.cells if cell.text.strip()), *made.hidden]
                self.remarks.add(_HIDDEN_ROWS, " ".join(cell.text for cell in filled))
                waiting += filled
                continue
            hidden += below(waiting, self._line)
            hidden += made.hidden
            waiting = []
            rows.append(made)
        if rows:
            self._merge(rows)
            merged = tuple(Row(line=row.line, cells=tuple(row.cells)) for row in rows)
            spot = Spot(line=rows[0].line, table=where)
            hidden += below(waiting, self._line + 1)
            blocks.append(Table(rows=merged, spot=spot, hidden=tuple(hidden)))

    def _row(self, row: Element, column: int, spot: Spot, row_number: int) -> _Row:
        """The cells of a row from its first column on, before any of them is merged."""
        made = _Row(spot.line, [], {}, [])
        line, table, append = spot.line, spot.table, made.cells.append
        for cell in _within(row, "{w}tc", PLAIN_CELL):
            if cell.tag == PLAIN_CELL:  # as most are
                texts = (cell.text or "").split(NEXT)
                if column + len(texts) - 1 > MAX_COLUMNS:
                    raise too_many_columns()
                for plain in texts:
                    name = _name(row_number, column)
                    at = _spot((line, None, None, table, "", name, ()))
                    append(_cell((plain, column, at, 1, 1, ())))
                    column += 1
                continue
            span, down, right = _shape(cell)
            if not span:
                self._tell_deleted(cell)
                continue
            if not 0 < column + span - 1 <= MAX_COLUMNS:
                raise too_many_columns()
            self._vanished.clear()
            text = self._text_in(cell)
            inside: tuple[Block, ...] = ()
            if text is None:
                blocks = self.blocks(cell, top=False)
                text, inside = cell_text(blocks).strip("\n"), cell_blocks(blocks)
            if down or right:
                made.goes_on[len(made.cells)] = down, right
            name = _name(row_number, column)
            at = _spot((line, None, None, table, "", name, ()))
            append(_cell((text, column, at, 1, span, inside)))
            if self._vanished and not text:
                made.hidden.append(Cell("".join(self._vanished), column, at))
            column += span
        return made

    def _text_in(self, cell: Element) -> str | None:
        """The text of a cell in which there are only paragraphs that are read plainly."""
        texts: list[str] = []
        for part in cell:
            if part.tag == PLAIN:
                texts += (part.text or "").split(NEXT)
            elif part.tag == "{w}p":
                plain = self._plainly(part)
                if plain is None:
                    return None
                texts.append(plain[0])
            elif part.tag != "{w}tcPr":
                return None
        return texts[0] if len(texts) == 1 else "\n".join(texts).strip("\n")

    def _plainly(self, paragraph: Element) -> tuple[str, int] | None:
        """The text of a paragraph in which it stands as it shows, as in most, and its level."""
        texts: list[str] = []
        level = -1
        for part in paragraph:
            tag = part.tag
            if tag == "{w}r":
                for piece in part:
                    tag = piece.tag
                    if tag == "{w}t":
                        texts.append(piece.text or "")
                    elif tag == "{w}rPr":
                        for look in piece:
                            if look.tag in _LOOKS:
                                return None
                    elif tag != "{w}lastRenderedPageBreak":
                        return None
            elif tag == "{w}pPr":
                style = self._plain_style(part)
                if style is None:
                    return None
                level = style.level
            elif tag not in _MARKS:
                return None
        return "".join(texts), level

    def _plain_style(self, properties: Element) -> _Style | None:
        """The style of a paragraph whose text shows as it stands there, with no number before it
        and none behind it."""
        style = _NO_STYLE
        for setting in properties:
            tag = setting.tag
            if tag == "{w}pStyle":
                style = self._styles[setting.get("{w}val", "")]
                if not style.is_plain or style.list is not None:
                    return None
            elif tag == "{w}rPr":
                if setting.find("{w}del") is not None:
                    return None
            elif tag in _TELLING:
                return None
        return style

    def _merge(self, rows: list[_Row]) -> None:
        """Cells that go on from the left or from above become part of the one that shows."""
        above: dict[int, tuple[_Row, int]] = {}
        for row in rows:
            below: dict[int, tuple[_Row, int]] = {}
            cells, row.cells = row.cells, [] if row.goes_on else row.cells
            for at, cell in enumerate(cells if row.goes_on else ()):
                down, right = row.goes_on.get(at, ("", ""))
                upper = above.get(cell.column)
                if right == "continue" and row.cells:
                    left = row.cells[-1]
                    row.cells[-1] = left._replace(columns=left.columns + cell.columns)
                    self._tell_covered(cell)
                elif down == "continue" and upper is not None:
                    of, number_in_row = below[cell.column] = upper
                    shown = of.cells[number_in_row]
                    of.cells[number_in_row] = shown._replace(rows=shown.rows + 1)
                    self._tell_covered(cell)
                else:
                    if down:
                        below[cell.column] = row, len(row.cells)
                    row.cells.append(cell)
            above = below

    def _tell_covered(self, cell: Cell) -> None:
        if cell.text.strip():
            self.remarks.add(_COVERED, cell.text)

    # Text.

    def _inline(self, parent: Element, style: _Style) -> Iterator[str]:
        if parent.tag == PLAIN:
            yield (parent.text or "").partition(NEXT)[0]
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
        own = self._styles[value(properties, "{w}rStyle")]
        if _first(_switch(properties, "{w}vanish"), own.hidden, style.hidden):
            words = _words(_texts(run))
            self._vanished.append(words)
            self.remarks.add(HIDDEN, words)
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
        words = _words(part.iter("{w}delText")) + _words(_texts(part))
        self.remarks.add(_CHANGES, words)


@attrs.define
class _Row:
    """A row of a table on the way: its cells, and for those which begin or end as part of others,
    by their number, how they go on downwards and to the right; and those in which nothing shows
    that is there."""

    line: int
    cells: list[Cell]
    goes_on: dict[int, tuple[str, str]]
    hidden: list[Cell]

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return self.cells[-1].column + self.cells[-1].columns - 1 if self.cells else 0


_PAGE_NUMBER = re.compile(r"[\s\d第页共/—–·-]*")
_WRAPPERS = frozenset(
    {
        *("{w}sdt", "{w}sdtContent", "{w}smartTag", "{w}customXml", "{w}hyperlink", "{w}ins"),
        *("{w}moveTo", "{w}fldSimple", "{w}bdo", "{w}dir"),
    }
)
"""What holds text or blocks, and shows nothing itself."""
_PARAGRAPHS = frozenset({"{w}p", PLAIN})
_WITH_TEXT = frozenset({"{w}t", PLAIN, PLAIN_CELL})
_LEFT_OUT = frozenset({"{w}del", "{w}moveFrom"})
_WRITTEN: Mapping[str, str] = MappingProxyType(
    {"{w}tab": "\t", "{w}br": "\n", "{w}cr": "\n", "{w}noBreakHyphen": "-", "{w}ptab": "\t"}
)
_NO_STYLE = _Style()
_LINES = ("{w}strike", "{w}dstrike")
_LOOKS = frozenset((*_LINES, "{w}rStyle", "{w}vanish", "{w}vertAlign"))
"""What tells that text does not show as it stands there."""
# Made in one step of the interpreter: there are thousands of them in one document.
_spot = functools.partial(tuple.__new__, Spot)  # pyright: ignore[reportUnknownMemberType]
_cell = functools.partial(tuple.__new__, Cell)  # pyright: ignore[reportUnknownMemberType]
_name = functools.lru_cache(maxsize=4096)(cell_name)


_TELLING = frozenset({"{w}numPr", "{w}outlineLvl"})
"""What a paragraph says of itself beyond its style that changes how it is read."""
_MARKS = frozenset({"{w}bookmarkStart", "{w}bookmarkEnd", "{w}proofErr"})


def _shape(cell: Element) -> tuple[int, str, str]:
    """How many columns a cell takes, none if it is deleted, and how it goes on downwards and to the
    right."""
    span, down, right = 1, "", ""
    properties = cell.find("{w}tcPr")
    for setting in () if properties is None else properties:
        tag = setting.tag
        if tag == "{w}gridSpan":
            span = whole_number(setting.get("{w}val", "1"), 1) or 1
        elif tag == "{w}vMerge":
            down = setting.get("{w}val", "continue")
        elif tag == "{w}hMerge":
            right = setting.get("{w}val", "continue")
        elif tag == "{w}cellDel":
            return 0, "", ""
    return span, down, right


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
    return "".join(element.text or "" for element in elements).replace(NEXT, "")


def _texts(part: Element) -> Iterator[Element]:
    return (element for element in part.iter() if element.tag in _WITH_TEXT)


def _chosen(alternatives: Element) -> Element:
    """The first of several ways to write the same; each program takes one of them."""
    return next(iter(alternatives), alternatives)


def _within(parent: Element, *tags: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through what is wrapped around them."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, *tags)


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


class _Styles(dict[str, _Style]):
    """The styles of a document that were asked for, with what each takes over from those that it is
    based on."""

    def __init__(self, styles: Iterable[Element]) -> None:
        super().__init__()
        self._elements = {style.get("{w}styleId", ""): style for style in styles}

    def __missing__(self, key: str) -> _Style:
        style = self[key] = self._made(key)
        return style

    def _made(self, key: str) -> _Style:
        level: int | None = None
        listed: tuple[str, int] | None = None
        hidden: bool | None = None
        struck: bool | None = None
        raised: bool | None = None
        for _ in range(_LONGEST_CHAIN):
            style = self._elements.get(key)
            if style is None:
                break
            key = ""
            for setting in style:
                if setting.tag == "{w}basedOn":
                    key = setting.get("{w}val", "")
                elif setting.tag == "{w}pPr":
                    own = value(setting, "{w}outlineLvl")
                    level = number(own) if level is None and own else level
                    list_of = setting.find("{w}numPr")
                    if listed is None and list_of is not None:
                        listed = value(list_of, "{w}numId"), number(value(list_of, "{w}ilvl"))
                elif setting.tag == "{w}rPr":
                    hidden = _switch(setting, "{w}vanish") if hidden is None else hidden
                    struck = _switch(setting, *_LINES) if struck is None else struck
                    raised = _raised(setting) if raised is None else raised
        is_plain = not (hidden or struck or raised)
        return _Style(-1 if level is None else level, listed, hidden, struck, raised, is_plain)


_LONGEST_CHAIN = 12

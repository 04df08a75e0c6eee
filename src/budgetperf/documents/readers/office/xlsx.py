"""Excel workbooks (.xlsx, .xlsm): what their cells show. Formulas are not computed: what was stored
beside them counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from budgetperf.documents.apart import RULES, SHEETS_APART
from budgetperf.documents.readers.cells import whole_number
from budgetperf.documents.readers.remarks import COMMENTS, HEADERS, STRUCK, Remarks
from budgetperf.documents.readers.text import RAISED, unusable
from budgetperf.documents.source import Document, cell_name
from budgetperf.exact import Text

from .archive import Archive, Relation
from .number_formats import BUILT_IN, stored_number
from .sheets import HIDDEN_SHEETS, ZEROS, Merge, Sheet, Style, shown_in_format, tables_of

__all__ = ["cell_place", "read_xlsx"]

_NOT_COMPUTED = Text(
    zh="公式没有保存结果，显示为“未计算”（请用 Excel 或 WPS 打开并保存一次）：{}",
    en="formulas without a stored result are shown as 未计算 (open it in Excel and save it): {}",
)
UNCOMPUTED = "#未计算"
_OTHER_FILES = Text(
    zh="公式引用了别的文件：读取的是保存时的结果，没有重新计算",
    en="formulas refer to other files: their results are those that were stored",
)
_PICTURES = Text(
    zh="工作表 {} 有图片或文本框，其中的内容没有读取：请核对原件",
    en="sheet {} has pictures or text boxes, which were not read: check the original",
)
_OF_THE_FORM = Text(
    zh="填报表自带公式算出的数没有读取，只读填写的：{}",
    en="what the form's own formulas show was left out, and what was filled in is read: {}",
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def read_xlsx(archive: Archive, main: str) -> Document:
    """The sheets of a workbook, each a table.

    Args:
        archive: the file.
        main: the name of its main part.

    Raises:
        UnusableDocumentError: it is damaged, or beyond a limit.
    """
    return _Reader(archive, main).document()


_NO_STYLE = Style("General", False)


class _Reader:
    """Makes tables of the sheets of a workbook, with what their cells show."""

    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._main = main
        self._relations = archive.relations(main)
        self._remarks = Remarks()
        self._strings: list[str] = []
        self._styles: list[Style] = []
        self._shows_zeros = True
        self._from_1904 = False
        self._apart: dict[str, Text] = {}
        self._is_form = False
        self._shared: dict[str, str] = {}

    def document(self) -> Document:
        listed: list[Element] = []
        for part in self._archive.elements(self._main, *_OF_WORKBOOKS):
            if part.tag == "{s}sheet":
                listed.append(part)
            elif part.tag == "{s}definedName":
                left_out = SHEETS_APART.get(part.get("name", ""))
                self._is_form |= part.get("name", "") == RULES
                if left_out is not None:
                    name = (part.text or "").rpartition("!")[0].strip("'").replace("''", "'")
                    self._apart[name.removeprefix("$")] = left_out
            else:
                self._from_1904 = part.get("date1904", "0") in ("1", "true")
        for relation in self._relations.values():
            if relation.kind == "sharedStrings":
                self._strings = list(map(self._text, self._elements(relation, "{s}si")))
            elif relation.kind == "styles":
                parts = self._elements(relation, "{s}numFmt", "{s}fonts", "{s}cellXfs")
                self._styles = list(_styles(parts))
            elif relation.kind == "externalLink":
                self._remarks.add(_OTHER_FILES)
        tables = tuple(tables_of(self._sheets(listed), self._remarks))
        return Document(kind="xlsx", blocks=tables, notes=self._remarks.texts())

    def _elements(self, relation: Relation, *tags: str) -> Iterator[Element]:
        if relation.outside:
            return iter(())
        return self._archive.elements(relation.target, *tags)

    def _sheets(self, listed: list[Element]) -> Iterator[Sheet]:
        for entry in listed:
            name = entry.get("name", "")
            relation = self._relations.get(entry.get("{r}id", ""))
            if relation is None or relation.kind != "worksheet":
                continue
            if entry.get("state", "visible") != "visible":
                self._remarks.add(HIDDEN_SHEETS, name)
                continue
            if name in self._apart:
                self._remarks.add(self._apart[name], name)
                continue
            yield self._sheet(relation, name)

    def _sheet(self, relation: Relation, name: str) -> Sheet:
        sheet = Sheet(name)
        above = 0
        self._shared = {}
        self._shows_zeros = True
        for part in self._elements(relation, *_PARTS):
            if part.tag == "{s}row":
                above = self._row(part, sheet, above)
            elif part.tag == "{s}col":
                if _is_hidden(part, "width"):
                    first, last = part.get("min", ""), part.get("max", "")
                    sheet.hide_columns(whole_number(first), whole_number(last))
            elif part.tag == "{s}mergeCell":
                first, _, last = part.get("ref", "").partition(":")
                top, left = cell_place(first) or (0, 0)
                bottom, right = cell_place(last) or (0, 0)
                if top and bottom:
                    sheet.merge(Merge(top, left, bottom, right))
            elif part.tag == "{s}sheetView":
                self._shows_zeros = part.get("showZeros", "1") not in ("0", "false")
            elif part.tag == "{s}headerFooter":
                for text in part:
                    words = _CODES.sub("", text.text or "")
                    if any(char.isdigit() for char in words):
                        self._remarks.add(HEADERS, words)
            else:
                self._remarks.add(_PICTURES, name)
        self._tell_comments(relation, name)
        return sheet

    def _tell_comments(self, sheet: Relation, name: str) -> None:
        for relation in self._archive.relations(sheet.target).values():
            if relation.kind == "comments" and relation.target in self._archive.names:
                for comment in self._elements(relation, "{s}comment"):
                    words = "".join(text.text or "" for text in comment.iter("{s}t"))
                    self._remarks.add(COMMENTS, f"{name}!{comment.get('ref', '')} {words}")

    def _row(self, part: Element, sheet: Sheet, above: int) -> int:
        row = whole_number(part.get("r", "")) or above + 1
        if _is_hidden(part, "ht"):
            sheet.hidden_rows.add(row)
        before = 0
        for cell in part:
            _, column = cell_place(cell.get("r", "")) or (row, before + 1)
            before = column
            where = f"{sheet.name}!{cell_name(row, column)}"
            shown = self._shown(cell, where)
            if shown.strip() and self._style(cell).struck:
                self._remarks.add(STRUCK, f"{where} {shown}")
            else:
                sheet.put(row, column, shown)
        return row

    def _shown(self, cell: Element, where: str) -> str:
        """What a cell shows; nothing, where an empty form computes it."""
        if self._is_form and self._is_of_form(cell):
            self._remarks.add(_OF_THE_FORM, where.rpartition("!")[0])
            return ""
        kind, stored = cell.get("t", "n"), cell.find("{s}v")
        if kind == "inlineStr":
            inside = cell.find("{s}is")
            text = "" if inside is None else self._text(inside)
            return self._formatted(text, cell, where)
        text = "" if stored is None else stored.text or ""
        if not text:
            # A formula for text may well give none; of any other one the value was never stored.
            if kind != "str" and cell.find("{s}f") is not None:
                self._remarks.add(_NOT_COMPUTED, where)
                return UNCOMPUTED
            return ""
        if kind == "s":
            at = whole_number(text, -1)
            if not 0 <= at < len(self._strings):
                raise unusable(
                    "damaged",
                    f"单元格 {where} 的文字缺失：请用 Excel 或 WPS 打开并另存一次",
                    f"the text of cell {where} is missing: open it in Excel and save it once more",
                    "",
                )
            return self._formatted(self._strings[at], cell, where)
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind == "str":
            return self._formatted(text, cell, where)
        return text if kind in ("e", "d") else self._formatted(text, cell, where, is_number=True)

    def _is_of_form(self, cell: Element) -> bool:
        """Whether the formula of a cell is one of those that an empty form comes with, and none
        that was filled in: ours have a condition, and nothing to show where it is not met."""
        formula = cell.find("{s}f")
        if formula is None:
            return False
        text, shared = formula.text or "", formula.get("si", "")
        if text and shared:
            self._shared[shared] = text
        text = (text or self._shared.get(shared, "")).strip().removeprefix("=").upper()
        return text.startswith("IF(") and '""' in text

    def _formatted(self, text: str, cell: Element, where: str, *, is_number: bool = False) -> str:
        code = self._style(cell).code
        number = stored_number(text) if is_number else None
        if number == 0 and not self._shows_zeros:
            self._remarks.add(ZEROS, where.rpartition("!")[0])
            return ""
        content = text if number is None else number
        if code in ("General", "@") and number is None:
            return text
        return shown_in_format(content, code, where, self._remarks, from_1904=self._from_1904)

    def _style(self, cell: Element) -> Style:
        at = whole_number(cell.get("s", "0"))
        return self._styles[at] if at < len(self._styles) else _NO_STYLE

    def _text(self, element: Element) -> str:
        """A text in runs, without what tells how to say it, and without what is struck out."""
        parts: list[str] = []
        for child in element:
            if child.tag == "{s}t":
                parts.append(child.text or "")
            elif child.tag == "{s}r":
                text = "".join(t.text or "" for t in child if t.tag == "{s}t")
                look = child.find("{s}rPr")
                raised = None if look is None else look.find("{s}vertAlign")
                if text.strip() and _is_struck(look):
                    self._remarks.add(STRUCK, text)
                elif raised is not None and raised.get("val") == "superscript":
                    parts.append(text.translate(RAISED))
                else:
                    parts.append(text)
        return "".join(parts).replace("_x000D_", "").replace("\r\n", "\n")


_OF_WORKBOOKS = ("{s}workbookPr", "{s}sheet", "{s}definedName")
_PARTS = ("{s}sheetView", "{s}col", "{s}row", "{s}mergeCell", "{s}headerFooter", "{s}drawing")
_CODES = re.compile(r'&(?:"[^"]*"|[0-9]+|K[0-9A-Fa-f]{6}|.)')
"""What a header has beside its words: fonts, sizes, colours, numbers of pages."""


def _styles(parts: Iterator[Element]) -> Iterator[Style]:
    """The styles that cells name by their number."""
    codes = dict(BUILT_IN)
    struck: list[bool] = []
    for part in parts:
        if part.tag == "{s}numFmt":
            codes[whole_number(part.get("numFmtId", ""))] = part.get("formatCode", "General")
        elif part.tag == "{s}fonts":
            struck = list(map(_is_struck, part))
        else:
            for style in part:
                font = whole_number(style.get("fontId", "0"))
                yield Style(
                    codes.get(whole_number(style.get("numFmtId", "0")), "General"),
                    font < len(struck) and struck[font],
                )


def _is_struck(font: Element | None) -> bool:
    line = None if font is None else font.find("{s}strike")
    return line is not None and line.get("val", "1") not in ("0", "false")


def _is_hidden(part: Element, size: str) -> bool:
    return part.get("hidden", "0") in ("1", "true") or stored_number(part.get(size, "1")) == 0


def cell_place(reference: str) -> tuple[int, int] | None:
    """The row and the column of ``B7``."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column

"""Excel workbooks (.xlsx, .xlsm): what their cells show. Formulas are not computed: what was stored
beside them counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.readers.text import unusable
from budgetperf.documents.source import Document, cell_name
from budgetperf.exact import Text

from .archive import Archive, Relation
from .number_formats import BUILT_IN, displayed, is_sign_in_doubt, stored_number
from .sheets import HIDDEN_SHEETS, Merge, Sheet, tables_of

__all__ = ["read_xlsx"]

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
_UNSEEN = Text(
    zh="数字格式使内容不显示，未读取：{}", en="cells whose number format shows nothing: {}"
)
_SIGNS = Text(
    zh="数字格式带条件，负数的负号各软件显示不一，请核对：{}",
    en="number formats with conditions, where programs differ in showing the minus; check: {}",
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


class _Reader:
    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._main = main
        self._relations = archive.relations(main)
        self._remarks = Remarks()
        self._strings: list[str] = []
        self._formats: list[str] = []
        self._from_1904 = False

    def document(self) -> Document:
        listed: list[Element] = []
        for part in self._archive.elements(self._main, "s:workbookPr", "s:sheet"):
            if part.tag == "s:sheet":
                listed.append(part)
            else:
                self._from_1904 = part.get("date1904", "0") in ("1", "true")
        for relation in self._relations.values():
            if relation.kind == "sharedStrings":
                self._strings = list(map(_text, self._elements(relation, "s:si")))
            elif relation.kind == "styles":
                self._formats = list(_formats(self._elements(relation, "s:numFmt", "s:cellXfs")))
            elif relation.kind == "externalLink":
                self._remarks.add(_OTHER_FILES)
        tables = tuple(tables_of(self._sheets(listed), self._remarks))
        return Document(kind="xlsx", encoding="xlsx", blocks=tables, notes=self._remarks.texts())

    def _elements(self, relation: Relation, *tags: str) -> Iterator[Element]:
        if relation.outside:
            return iter(())
        return self._archive.elements(relation.target, *tags)

    def _sheets(self, listed: list[Element]) -> Iterator[Sheet]:
        for entry in listed:
            name = entry.get("name", "")
            relation = self._relations.get(entry.get("r:id", ""))
            if relation is None or relation.kind != "worksheet":
                continue
            if entry.get("state", "visible") != "visible":
                self._remarks.add(HIDDEN_SHEETS, name)
                continue
            yield self._sheet(relation, name)

    def _sheet(self, relation: Relation, name: str) -> Sheet:
        sheet = Sheet(name)
        above = 0
        for part in self._elements(relation, "s:col", "s:row", "s:mergeCell", "s:drawing"):
            if part.tag == "s:row":
                above = self._row(part, sheet, above)
            elif part.tag == "s:col":
                if _is_hidden(part, "width"):
                    first, last = part.get("min", ""), part.get("max", "")
                    sheet.hide_columns(_whole(first), _whole(last))
            elif part.tag == "s:mergeCell":
                first, _, last = part.get("ref", "").partition(":")
                top, left = _place(first) or (0, 0)
                bottom, right = _place(last) or (0, 0)
                if top and bottom:
                    sheet.merge(Merge(top, left, bottom, right))
            else:
                self._remarks.add(_PICTURES, name)
        return sheet

    def _row(self, part: Element, sheet: Sheet, above: int) -> int:
        row = _whole(part.get("r", "")) or above + 1
        if _is_hidden(part, "ht"):
            sheet.hidden_rows.add(row)
        before = 0
        for cell in part:
            _, column = _place(cell.get("r", "")) or (row, before + 1)
            before = column
            sheet.put(row, column, self._shown(cell, f"{sheet.name}!{cell_name(row, column)}"))
        return row

    def _shown(self, cell: Element, where: str) -> str:
        """What a cell shows."""
        kind, stored = cell.get("t", "n"), cell.find("s:v")
        if kind == "inlineStr":
            inside = cell.find("s:is")
            text = "" if inside is None else _text(inside)
            return self._formatted(text, cell, where)
        text = "" if stored is None else stored.text or ""
        if not text:
            if kind != "str" and cell.find("s:f") is not None:
                self._remarks.add(_NOT_COMPUTED, where)
                return UNCOMPUTED
            return ""
        if kind == "s":
            at = int(text) if text.isdecimal() and text.isascii() and len(text) < 9 else -1
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

    def _formatted(self, text: str, cell: Element, where: str, *, is_number: bool = False) -> str:
        at = _whole(cell.get("s", "0"))
        code = self._formats[at] if at < len(self._formats) else "General"
        number = stored_number(text) if is_number else None
        content = text if number is None else number
        if code in ("General", "@") and number is None:
            return text
        shown = displayed(content, code, from_1904=self._from_1904)
        if number is not None and is_sign_in_doubt(number, code):
            self._remarks.add(_SIGNS, where)
        if text.strip() and not shown.strip():
            self._remarks.add(_UNSEEN, where)
        return shown


def _text(element: Element) -> str:
    """A text in runs, without what tells how to say it."""
    parts: list[str] = []
    for child in element:
        if child.tag == "s:t":
            parts.append(child.text or "")
        elif child.tag == "s:r":
            parts += (t.text or "" for t in child if t.tag == "s:t")
    return "".join(parts).replace("_x000D_", "").replace("\r\n", "\n")


def _formats(parts: Iterator[Element]) -> Iterator[str]:
    """The number format of each style of a cell."""
    codes = dict(BUILT_IN)
    for part in parts:
        if part.tag == "s:numFmt":
            codes[_whole(part.get("numFmtId", ""))] = part.get("formatCode", "General")
        else:
            for style in part:
                yield codes.get(_whole(style.get("numFmtId", "0")), "General")


def _is_hidden(part: Element, size: str) -> bool:
    return part.get("hidden", "0") in ("1", "true") or stored_number(part.get(size, "1")) == 0


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else 0


def _place(reference: str) -> tuple[int, int] | None:
    """The row and the column of ``B7``."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column

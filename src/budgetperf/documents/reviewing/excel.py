"""Notes and colours in an Excel workbook, each at the cell that it is about, and a sheet that lists
them all."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from budgetperf.documents.apart import FINDINGS
from budgetperf.documents.readers.cells import whole_number
from budgetperf.documents.readers.office.nodes import Edit, Node, renamed
from budgetperf.documents.readers.office.xlsx import cell_place
from budgetperf.documents.source import cell_name
from budgetperf.documents.writers.package import attribute, words
from budgetperf.exact.text import columns

from .package import Package, at_end, prefix_of

__all__ = ["At", "CellNote", "Line", "Listed", "with_notes"]

_KIND = "application/vnd.openxmlformats-officedocument"
_COMMENTS = f"{_KIND}.spreadsheetml.comments+xml"
_SHEET = f"{_KIND}.spreadsheetml.worksheet+xml"
_STYLES = f"{_KIND}.spreadsheetml.styles+xml"
_VML = f"{_KIND}.vmlDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEFORE = frozenset(
    f"{{s}}{name}"
    for name in (
        *("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios"),
        *("autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
        *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
        *("pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
        *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
    )
)
"""What stands before the drawing of notes in a sheet."""
_COLOURS = {"wrong": "FFF4B084", "ask": "FFFFE699", "perhaps": "FFFFF2CC"}
"""Grounds of cells. In grey they are as light as 77 %, 90 % and 95 %."""


@attrs.frozen
class At:
    """A cell: the name of its sheet, and its own."""

    sheet: str
    cell: str


@attrs.frozen(kw_only=True)
class CellNote:
    """A note at a cell.

    Args:
        at: the cell.
        lines: what it says; the first line is bold.
        tone: ``"wrong"``, ``"ask"`` or ``"perhaps"``; ``"none"`` leaves the colour as it is.
    """

    at: At
    lines: tuple[str, ...]
    tone: str


@attrs.frozen(kw_only=True)
class Line:
    """A row of the sheet that lists the findings: texts, and the cell that the first leads to."""

    cells: tuple[str, ...]
    at: At | None = None
    tone: str = ""


@attrs.frozen(kw_only=True)
class Listed:
    """The sheet that lists the findings.

    Args:
        name: of the sheet.
        lines: what stands above the table.
        heads: the heads of its columns.
        rows: its rows.
    """

    name: str
    lines: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Line, ...]


def with_notes(package: Package, notes: Sequence[CellNote], listed: Listed, author: str) -> None:
    """Put notes and the sheet that lists them into a workbook."""
    sheets = _sheets(package)
    looks = _Looks(package)
    by_sheet: dict[str, dict[str, list[CellNote]]] = {}
    for note in notes:
        by_sheet.setdefault(note.at.sheet, {}).setdefault(note.at.cell, []).append(note)
    for number, (name, cells) in enumerate(by_sheet.items(), start=1):
        part = sheets[name]
        _colour(package, part, cells, looks)
        _put_notes(package, part, cells, author, number)
    _put_list(package, listed, set(sheets), looks)
    looks.save()


def _sheets(package: Package) -> dict[str, str]:
    """The parts of the sheets by their names."""
    relations = package.archive.relations(package.main)
    return {
        sheet.attributes.get("name", ""): relations[sheet.attributes["{r}id"]].target
        for sheet in package.tree(package.main).below("{s}sheet")
        if sheet.attributes.get("{r}id") in relations
    }


# Colours.


class _Looks:
    """The styles of a workbook, and what is added to them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        part = package.related(package.main, "styles")
        if part is None or part not in package:
            part = package.free(f"{package.main.rpartition('/')[0]}/styles{{}}.xml")
            namespace = package.tree(package.main)
            declared = _namespace(package.read(package.main), namespace)
            package.put(part, _NO_STYLES.format(declared))
            package.declare(part, _STYLES)
            package.relate(package.main, "styles", part)
        self._part = part
        self._data = package.read(part)
        self._root = package.tree(part)
        self._fills = self._list("{s}fills")
        self._fonts = self._list("{s}fonts")
        self._formats = self._list("{s}cellXfs")
        self._prefix = prefix_of(self._data, self._root)
        self._new_fills: list[str] = []
        self._new_fonts: list[str] = []
        self._new_formats: list[str] = []
        self._known: dict[tuple[int, str], int] = {}

    def _list(self, tag: str) -> Node | None:
        return self._root.find(tag)

    def coloured(self, style: int, tone: str) -> int | None:
        """The number of a style that is as another one, on a ground of its own."""
        if self._fills is None or self._formats is None:
            return None
        own = [node for node in self._formats.children if node.tag == "{s}xf"]
        if style >= len(own):
            return None
        if (style, tone) not in self._known:
            old = self._data[own[style].start : own[style].end]
            fill = self._fill(tone)
            head = self._data[own[style].start : own[style].inner]
            new = head
            for name, value in (("fillId", str(fill)), ("applyFill", "1")):
                new = _with_attribute(new, name, value)
            self._new_formats.append((new + old[len(head) :]).decode())
            self._known[style, tone] = len(own) + len(self._new_formats) - 1
        return self._known[style, tone]

    def _fill(self, tone: str) -> int:
        p = self._prefix
        text = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{_COLOURS[tone]}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        )
        if text not in self._new_fills:
            self._new_fills.append(text)
        before = 0 if self._fills is None else len(self._fills.children)
        return before + self._new_fills.index(text)

    def written(self, *, bold: bool = False, link: bool = False, tone: str = "") -> int:
        """The number of a style for the sheet that lists the findings: text that wraps."""
        if self._formats is None or self._fonts is None:
            return 0
        p = self._prefix
        look = (f"<{p}b/>" if bold else "") + (f"<{p}u/>" if link else "")
        colour = f'<{p}color rgb="FF0563C1"/>' if link else ""
        font = f'<{p}font>{look}<{p}sz val="11"/>{colour}<{p}name val="宋体"/></{p}font>'
        if font not in self._new_fonts:
            self._new_fonts.append(font)
        at = len(self._fonts.children) + self._new_fonts.index(font)
        fill = self._fill(tone) if tone and self._fills is not None else 0
        text = (
            f'<{p}xf numFmtId="49" fontId="{at}" fillId="{fill}" borderId="0" xfId="0" '
            f'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
            f'<{p}alignment vertical="top" wrapText="1"/></{p}xf>'
        )
        if text not in self._new_formats:
            self._new_formats.append(text)
        return len(self._formats.children) + self._new_formats.index(text)

    def save(self) -> None:
        """Write what was added."""
        edits: list[Edit] = []
        for node, new in (
            (self._fonts, self._new_fonts),
            (self._fills, self._new_fills),
            (self._formats, self._new_formats),
        ):
            if node is not None and new:
                edits.append(renamed(self._data, node, "count", str(len(node.children) + len(new))))
                edits.append(at_end(self._data, node, "".join(new)))
        self._package.edit(self._part, edits)


_NO_STYLES = (
    '<styleSheet xmlns="{}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


def _with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A first tag with another value of an attribute."""
    pattern = rb"(\s" + name.encode() + rb"\s*=\s*)(?:\"[^\"]*\"|'[^']*')"
    new, count = re.subn(pattern, rb'\g<1>"' + value.encode() + rb'"', tag)
    if count:
        return new
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end] + f' {name}="{value}"'.encode() + tag[end:]


def _namespace(data: bytes, root: Node) -> str:
    prefix = prefix_of(data, root)
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    declared = re.search(
        rb"\s" + name.encode() + rb"\s*=\s*[\"']([^\"']+)", data[root.start : root.inner]
    )
    return declared[1].decode() if declared else ""


def _colour(package: Package, part: str, cells: dict[str, list[CellNote]], looks: _Looks) -> None:
    """The gravest tone of the notes of each cell as its ground."""
    data = package.read(part)
    edits: list[Edit] = []
    above = 0
    for row in package.tree(part).below("{s}row"):
        above = whole_number(row.attributes.get("r", "")) or above + 1
        before = 0
        for cell in row.children:
            _, column = cell_place(cell.attributes.get("r", "")) or (above, before + 1)
            before = column
            notes = cells.get(cell_name(above, column))
            tones = [t for t in _COLOURS if notes and any(note.tone == t for note in notes)]
            if cell.tag != "{s}c" or not tones:
                continue
            style = looks.coloured(whole_number(cell.attributes.get("s", "0")), tones[0])
            if style is not None:
                edits.append(renamed(data, cell, "s", str(style)))
    package.edit(part, edits)


# Notes.


def _put_notes(
    package: Package, part: str, cells: dict[str, list[CellNote]], author: str, number: int
) -> None:
    comments = package.related(part, "comments")
    folder = package.main.rpartition("/")[0]
    if comments is None or comments not in package:
        comments = package.free(f"{folder}/comments{{}}.xml")
        namespace = _namespace(package.read(part), package.tree(part))
        package.put(
            comments,
            f'<comments xmlns="{namespace}"><authors></authors><commentList></commentList>'
            "</comments>",
        )
        package.declare(comments, _COMMENTS)
        package.relate(part, "comments", comments)
    data, root = package.read(comments), package.tree(comments)
    p = prefix_of(data, root)
    authors, listed = root.find("{s}authors"), root.find("{s}commentList")
    if authors is None or listed is None:
        return
    by = len(authors.children)
    own = {node.attributes.get("ref", ""): node for node in listed.children}
    edits = [at_end(data, authors, f"<{p}author>{words(author)}</{p}author>")]
    new: list[str] = []
    drawn: list[str] = []
    for cell, notes in cells.items():
        old = own.get(cell)
        inside = None if old is None else old.find("{s}text")
        if inside is not None:
            edits.append(at_end(data, inside, _runs(notes, p, goes_on=True)))
        else:
            text = _runs(notes, p, goes_on=False)
            new.append(
                f'<{p}comment ref="{cell}" authorId="{by}"><{p}text>{text}</{p}text></{p}comment>'
            )
            drawn.append(cell)
    edits.append(at_end(data, listed, "".join(new)))
    package.edit(comments, edits)
    if drawn:
        sizes = {cell: _height(cells[cell]) for cell in drawn}
        _draw(package, part, sizes, number)


def _runs(notes: Sequence[CellNote], p: str, *, goes_on: bool) -> str:
    parts: list[str] = []
    for note in notes:
        for number, line in enumerate(note.lines):
            bold = f"<{p}b/>" if number == 0 else ""
            start = "\n" if parts or goes_on else ""
            parts.append(
                f'<{p}r><{p}rPr>{bold}<{p}sz val="9"/><{p}rFont val="宋体"/></{p}rPr>'
                f'<{p}t xml:space="preserve">{start}{words(line)}</{p}t></{p}r>'
            )
    return "".join(parts)


_WIDE = 52
"""How wide a line of a note is, about, in signs of half width."""


def _height(notes: Sequence[CellNote]) -> int:
    """How many rows a note takes, about."""
    lines = [line for note in notes for line in note.lines]
    return min(40, 2 + sum(1 + columns(line) // _WIDE for line in lines))


_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap '
    'v:ext="edit" data="{0}"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:300pt;height:120pt;'
    'z-index:{z};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill '
    'color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path '
    'o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div '
    'style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def _draw(package: Package, part: str, sizes: dict[str, int], number: int) -> None:
    """The boxes of notes, which Excel keeps in a drawing of its own."""
    drawing = _drawing_of(package, part)
    if drawing is None or drawing not in package:
        folder = package.main.rpartition("/")[0]
        drawing = package.free(f"{folder}/drawings/vmlDrawing{{}}.vml")
        package.put(drawing, _SHAPES.format(number).encode())
        package.declare_ending("vml", _VML)
        id = package.relate(part, "vmlDrawing", drawing)
        _refer(package, part, id)
    data = package.read(drawing)
    taken = [int(id_of_shape) for id_of_shape in re.findall(rb"_x0000_s([0-9]{1,9})\b", data)]
    first = max([1024 * number, *taken]) + 1
    shapes = [] if b'id="_x0000_t202"' in data else [_SHAPE_TYPE]
    for n, (cell, height) in enumerate(sizes.items()):
        row, column = cell_place(cell) or (1, 1)
        shapes.append(
            _SHAPE.format(
                id=first + n, z=first + n, row=row - 1, column=column - 1, left=column,
                right=column + 5, top=max(0, row - 2), bottom=row + height - 2,
            )
        )  # fmt: skip
    at = data.rindex(b"</xml>")
    package.edit(drawing, [Edit(at, at, "".join(shapes).encode())])


def _drawing_of(package: Package, part: str) -> str | None:
    """The drawing of the notes of a sheet; that of a picture in its header is another one."""
    node = package.tree(part).find("{s}legacyDrawing")
    relation = node and package.archive.relations(part).get(node.attributes.get("{r}id", ""))
    return relation.target if relation and not relation.outside else None


def _refer(package: Package, part: str, id: str) -> None:
    """Let a sheet refer to the drawing of its notes."""
    data, root = package.read(part), package.tree(part)
    behind = max(child.end for child in root.children if child.tag in _BEFORE)
    text = f'<{prefix_of(data, root)}legacyDrawing xmlns:rr="{_relations(data)}" rr:id="{id}"/>'
    package.edit(part, [Edit(behind, behind, text.encode())])


def _relations(data: bytes) -> str:
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml" in data
    return "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else _RELATIONS


# The sheet that lists the findings.

_WIDTHS = (7, 26, 16, 46, 66)
_LOST = 6
"""How much of the width of a cell is not written on: a line breaks before what does not fit."""


def _put_list(package: Package, listed: Listed, taken: set[str], looks: _Looks) -> None:
    name = listed.name
    number = 2
    while name.lower() in {taken_name.lower() for taken_name in taken}:
        name = f"{listed.name}{number}"
        number += 1
    main = package.read(package.main)
    root = package.tree(package.main)
    sheets = root.find("{s}sheets")
    if sheets is None:
        return
    folder = package.main.rpartition("/")[0]
    part = package.free(f"{folder}/worksheets/sheetReview{{}}.xml")
    package.put(part, _list_xml(listed, looks, _namespace(main, root)))
    package.declare(part, _SHEET)
    id = package.relate(package.main, "worksheet", part)
    ids = [whole_number(sheet.attributes.get("sheetId", "0")) for sheet in sheets.children]
    p = prefix_of(main, root)
    entry = (
        f'<{p}sheet name={attribute(name)} sheetId="{max(ids, default=0) + 1}" '
        f'xmlns:rr="{_relations(main)}" rr:id="{id}"/>'
    )
    quoted = name.replace("'", "''")
    defined = (
        f'<{p}definedName name="{FINDINGS}" hidden="1">\'{words(quoted)}\'!$A$1</{p}definedName>'
    )
    if listed.rows:  # the header stands again on every page that is printed
        at = len(listed.lines) + 1
        defined += (
            f'<{p}definedName name="_xlnm.Print_Titles" localSheetId="{len(sheets.children)}">'
            f"'{words(quoted)}'!${at}:${at}</{p}definedName>"
        )
    edits = [at_end(main, sheets, entry)]
    names = root.find("{s}definedNames")
    if names is not None:
        edits.append(at_end(main, names, defined))
    else:
        front = [
            node
            for tag in ("{s}sheets", "{s}functionGroups", "{s}externalReferences")
            if (node := root.find(tag)) is not None
        ]
        text = f"<{p}definedNames>{defined}</{p}definedNames>"
        edits.append(Edit(front[-1].end, front[-1].end, text.encode()))
    package.edit(package.main, edits)


def _list_xml(listed: Listed, looks: _Looks, namespace: str) -> str:
    plain, bold, link = looks.written(), looks.written(bold=True), looks.written(link=True)
    rows: list[str] = []
    links: list[str] = []
    merged: list[str] = []

    def row(cells: Sequence[tuple[str, int]], height: int) -> None:
        at = len(rows) + 1
        inside = "".join(
            f'<c r="{cell_name(at, n)}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
            f"{words(text)}</t></is></c>"
            for n, (text, style) in enumerate(cells, start=1)
        )
        rows.append(f'<row r="{at}" ht="{height}" customHeight="1">{inside}</row>')

    width = sum(_WIDTHS) - 4
    for number, line in enumerate(listed.lines):
        row([(line, plain if number else bold)], 16 * (1 + columns(line) // width))
        merged.append(f'<mergeCell ref="A{len(rows)}:E{len(rows)}"/>')
    if listed.rows:
        row([(head, bold) for head in listed.heads], 18)
    for entry in listed.rows:
        styles = [
            looks.written(tone=entry.tone if entry.tone in _COLOURS else ""),
            link if entry.at else plain,
        ]
        styles += [plain] * (len(entry.cells) - 2)
        longest = max(
            sum(1 + columns(part) // (size - _LOST) for part in text.split("\n"))
            for text, size in zip(entry.cells, _WIDTHS, strict=False)
        )
        row([*zip(entry.cells, styles, strict=True)], min(400, 16 * longest + 6))
        if entry.at is not None:
            sheet = entry.at.sheet.replace("'", "''")
            place = attribute(f"'{sheet}'!{entry.at.cell}")
            links.append(f'<hyperlink ref="B{len(rows)}" location={place}/>')
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_WIDTHS, start=1)
    )
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    merges = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    return (
        f'<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>{merges}{hyperlinks}"
        '<printOptions horizontalCentered="1" gridLines="1"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>"
    )

"""A form as a Word document: A4 with the margins and fonts of an official document (GB/T 9704).

It is written by the standard library, like our readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from budgetperf.documents.apart import TO_DO

from .grid import Block, Look, Page, Put
from .package import MAIN, OFFICE, archive, words
from .paragraphs import Level

__all__ = ["docx_bytes"]

# In twentieths of a point: A4; the text 37 mm from above, 35 from below, 28 from the left and 26
# from the right; the form, so that it fits on a page, 25 from above and below and 20 on the sides.
_WIDTH, _HEIGHT = 11906, 16838
_OF_TEXT = {"top": 2098, "right": 1474, "bottom": 1985, "left": 1588, "footer": 1400}
_OF_FORM = {"top": 1417, "right": 1134, "bottom": 1417, "left": 1134, "footer": 850}
_FORM_WIDTH = _WIDTH - _OF_FORM["left"] - _OF_FORM["right"]
_BODY, _HEADING, _TITLE, _NUMBER = "仿宋_GB2312", "黑体", "方正小标宋简体", "宋体"
_SECTION = "楷体_GB2312"
_LATIN = "Times New Roman"
_SIZES = {"title": 44, "form": 36, "body": 32, "table": 21, "number": 28}
"""Half points: 二号, 小二, 三号, 五号, 四号."""
_KINDS = {
    "word/document.xml": "officedocument.wordprocessingml.document.main",
    "word/styles.xml": "officedocument.wordprocessingml.styles",
    "word/settings.xml": "officedocument.wordprocessingml.settings",
    "word/fontTable.xml": "officedocument.wordprocessingml.fontTable",
    "word/footer1.xml": "officedocument.wordprocessingml.footer",
    "word/footer2.xml": "officedocument.wordprocessingml.footer",
}
_ROOT = f'xmlns:w="{MAIN["w"]}" xmlns:r="{OFFICE}"'


def docx_bytes(page: Page) -> bytes:
    """The form as a Word document."""
    parts = {
        "word/document.xml": _document(page),
        "word/styles.xml": _STYLES,
        "word/settings.xml": f"<w:settings {_ROOT}><w:evenAndOddHeaders/></w:settings>",
        "word/fontTable.xml": _FONTS,
        "word/footer1.xml": _footer("right", "rightChars"),
        "word/footer2.xml": _footer("left", "leftChars"),
    }
    related = {
        "": (("document", "officeDocument", "word/document.xml"),),
        "word/document.xml": (
            ("styles", "styles", "styles.xml"),
            ("settings", "settings", "settings.xml"),
            ("fonts", "fontTable", "fontTable.xml"),
            ("odd", "footer", "footer1.xml"),
            ("even", "footer", "footer2.xml"),
        ),
    }
    return archive(parts, _KINDS, related)


def _document(page: Page) -> str:
    body = "".join(_body(page)) + _section(_OF_FORM)
    return f"<w:document {_ROOT}><w:body>{body}</w:body></w:document>"


def _section(margins: Mapping[str, int]) -> str:
    sides = " ".join(f'w:{side}="{width}"' for side, width in margins.items())
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="odd"/>'
        '<w:footerReference w:type="even" r:id="even"/>'
        f'<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/>'
        f'<w:pgMar {sides} w:header="851" w:gutter="0"/></w:sectPr>'
    )


def _body(page: Page) -> Iterator[str]:
    for number, paragraph in enumerate(page.text, start=1):
        runs = "".join(_run(piece.text, is_open=piece.is_open) for piece in paragraph.pieces)
        ends = _section(_OF_TEXT) if number == len(page.text) else ""
        yield _paragraph_of(runs, _LEVELS[paragraph.level], ends)
    title = "Form" if page.text else "Title"  # the title of a report is that of its text
    yield _paragraph(page.heading, title)
    if page.year:
        yield _paragraph(page.year, "Year")
    for number, block in enumerate(page.blocks):
        if number:
            yield _paragraph("", "Gap")  # without one, two tables are one
        yield _table(block, page, goes_on=number + 1 < len(page.blocks))
    yield _paragraph("", "Gap")
    if page.annex is not None:
        yield _paragraph(page.annex.heading, "Annex")
        yield from (_table(block, page.annex, goes_on=False) for block in page.annex.blocks)
        yield _paragraph("", "Gap")
    if page.notes:
        yield _paragraph(TO_DO, "ToDo")
    for heading, lines in page.notes.items():
        yield _paragraph(heading, "Heading1")
        numbered = enumerate(lines, start=1)
        yield from (_paragraph(f"{at}. {line}", "BodyText") for at, line in numbered)


_LEVELS = {
    Level.TITLE: "Title", Level.CENTRED: "Year", Level.CHAPTER: "Heading1",
    Level.SECTION: "Heading2", Level.PART: "Heading3", Level.TEXT: "BodyText",
}  # fmt: skip


def _paragraph(text: str, style: str) -> str:
    return _paragraph_of(_run(text), style)


def _paragraph_of(runs: str, style: str, section: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{section}</w:pPr>{runs}</w:p>'


def _run(text: str, *, is_open: bool = False, size: int = 0) -> str:
    if not text:
        return ""
    look = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    look += _SHADE if is_open else ""
    marked = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{words(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{marked}{lines}</w:r>"


_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'
"""What is left open: it shows in print, too."""


# Tables.


def _table(block: Block, page: Page, *, goes_on: bool) -> str:
    table_width = sum(page.widths)
    widths = [width * _FORM_WIDTH // table_width for width in page.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(
        f'<w:{side} w:val="nil"/>'
        if goes_on and side == "bottom"  # the line above what follows is its own
        else f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in sides
    )
    rows = "".join(
        _row(cells, widths, is_header=number < block.header)
        for number, cells in enumerate(_with_merged(block, len(widths)))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _size_in(text: str, width: int) -> int:
    """The size of letters, in half points, in which no number of a cell is broken over two lines;
    0 where the usual one will do."""
    longest = max((len(number) for number in _UNBROKEN.findall(text)), default=0)
    room = 2 * (width - _PADDING)
    usual, *smaller = _CELL_SIZES
    if longest * usual * _DIGIT <= room:
        return 0
    return next((size for size in smaller if longest * size * _DIGIT <= room), smaller[-1])


_UNBROKEN = re.compile(r"[\d.,%≥≤<>=+-]{6,}")
_CELL_SIZES = (21, 18, 15, 13, 11)
_DIGIT = 13
"""How wide a digit is at most, in fortieths of a point for each half point of its size: also in the
letters that take the place of those that are not installed."""
_PADDING = 80
"""What is not written on beside the text of a cell, in twentieths of a point."""


@attrs.frozen
class _Cell:
    """A place in the grid of a Word table: what is put there, or that the cell above goes on."""

    put: Put
    goes_on: bool


def _with_merged(block: Block, width: int) -> Iterator[list[_Cell]]:
    """The cells of each row, also those that go on from above, and blanks where there is none."""
    above: dict[int, tuple[Put, int]] = {}
    for row in block.rows:
        own = {put.column: _Cell(put, False) for put in row}
        own |= {at: _Cell(put, True) for at, (put, left) in above.items() if left}
        covered = {
            column for at, cell in own.items() for column in range(at, at + cell.put.columns)
        }
        own |= {
            at: _Cell(Put(text="", column=at), False)
            for at in range(1, width + 1)
            if at not in covered
        }
        above = {at: (put, left - 1) for at, (put, left) in above.items() if left > 1}
        above |= {put.column: (put, put.rows - 1) for put in row if put.rows > 1}
        yield [own[at] for at in sorted(own)]


def _row(cells: list[_Cell], widths: list[int], *, is_header: bool) -> str:
    header = "<w:tblHeader/>" if is_header else ""
    inside = "".join(_cell(cell, widths) for cell in cells)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="420" w:hRule="atLeast"/>{header}'
        f"</w:trPr>{inside}</w:tr>"
    )


def _cell(cell: _Cell, widths: list[int]) -> str:
    put = cell.put
    width = sum(widths[put.column - 1 : put.column - 1 + put.columns])
    span = f'<w:gridSpan w:val="{put.columns}"/>' if put.columns > 1 else ""
    merge = ""
    if put.rows > 1:
        merge = "<w:vMerge/>" if cell.goes_on else '<w:vMerge w:val="restart"/>'
    shade = _SHADE if put.is_open else ""
    text = "" if cell.goes_on else put.text
    style = {Look.LABEL: "CellLabel"}.get(put.look, "CellLeft" if put.is_long else "Cell")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph_of(_run(text, size=_size_in(text, width)), style)}</w:tc>"
    )


# What is the same in all documents.


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{east}" w:cs="{_LATIN}"/>'


def _style(id: str, name: str, properties: str, east: str, size: int, *, more: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{properties}</w:pPr>'
        f'<w:rPr>{_fonts(east)}{more}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
    )


_EXACT = '<w:spacing w:line="560" w:lineRule="exact"/>'
_HEAD = f'<w:keepNext/>{_EXACT}<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_MIDDLE = '<w:jc w:val="center"/>'
_TIGHT = '<w:spacing w:before="20" w:after="20" w:line="280" w:lineRule="exact"/>'
_STYLES = (
    f"<w:styles {_ROOT}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_BODY)}"
    f'<w:sz w:val="{_SIZES["body"]}"/><w:szCs w:val="{_SIZES["body"]}"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    + _style("Title", "Title", _EXACT + _MIDDLE, _TITLE, _SIZES["title"])
    + _style("Year", "Year", _EXACT + _MIDDLE, _BODY, _SIZES["body"])
    + _style("Heading1", "heading 1",
             f'{_HEAD}<w:outlineLvl w:val="0"/>',
             _HEADING, _SIZES["body"])
    + _style("Heading2", "heading 2",
             f'{_HEAD}<w:outlineLvl w:val="1"/>',
             _SECTION, _SIZES["body"])
    + _style("Heading3", "heading 3",
             f'{_HEAD}<w:outlineLvl w:val="2"/>',
             _BODY, _SIZES["body"], more="<w:b/>")
    + _style("Form", "Form Title", _EXACT + _MIDDLE, _TITLE, _SIZES["form"])
    + _style("Annex", "Annex Title", f"<w:keepNext/><w:pageBreakBefore/>{_EXACT}{_MIDDLE}",
             _TITLE, _SIZES["form"])
    + _style("ToDo", "To Do", f"<w:pageBreakBefore/>{_EXACT}{_MIDDLE}", _TITLE, _SIZES["form"])
    + _style("BodyText", "Body Text",
             f'{_EXACT}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
             _BODY, _SIZES["body"])
    + _style("Gap", "Gap", '<w:spacing w:line="20" w:lineRule="exact"/>', _BODY, 2)
    + _style("Cell", "Cell", _TIGHT + _MIDDLE, _BODY, _SIZES["table"])
    + _style("CellLeft", "Cell Left", f'{_TIGHT}<w:jc w:val="left"/>', _BODY, _SIZES["table"])
    + _style("CellLabel", "Cell Label", _TIGHT + _MIDDLE, _HEADING, _SIZES["table"])
    + _style("Footer", "footer", "", _NUMBER, _SIZES["number"])
    + "</w:styles>"
)  # fmt: skip


def _font(name: str, other: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
    )


_FONTS = (
    f"<w:fonts {_ROOT}>"
    + _font(_BODY, "仿宋")
    + _font(_SECTION, "楷体")
    + _font(_HEADING, "SimHei")
    + _font(_TITLE, "宋体")
    + _font(_NUMBER, "SimSun")
    + "</w:fonts>"
)


def _footer(side: str, indent: str) -> str:
    """The number of the page between dashes, one character in from the outer side."""
    field = "".join(
        f"<w:r>{inside}</w:r>"
        for inside in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:ftr {_ROOT}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{indent}="100"/>'
        f'<w:jc w:val="{side}"/></w:pPr>{field}</w:p></w:ftr>'
    )

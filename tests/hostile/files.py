"""Files that are made to do harm, and the code with which each is refused; ``""`` if it is read.

They are made when they are asked for: unpacked, some have 100 MB.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.lines import lines_of
from tests.documents.writing import archive, docx, odf, paragraph, run, xlsx

SMALL = docx(paragraph("执行率为100%"))


def read(data: bytes, name: str = "x") -> int:
    """Everything that is read of a file: its lines are counted."""
    return sum(len(text) for _, text in lines_of(document_of(data, name)))


def _sheet(inside: str, after: str = "") -> bytes:
    return xlsx({"表": f"<sheetData>{inside}</sheetData>{after}"}, strings="<si><t>甲</t></si>")


def _cells(*names: str) -> bytes:
    cells = "".join(f'<row r="{n.lstrip("XFD")}"><c r="{n}"><v>1</v></c></row>' for n in names)
    return _sheet(cells)


def _merges(count: int) -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1))
    return _sheet('<row><c r="A1"><v>1</v></c></row>', f"<mergeCells>{merges}</mergeCells>")


def _bomb(name: str, size: int) -> bytes:
    """A part of so many megabytes, which pack to a thousandth."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for part, text in _parts(SMALL).items():
            if part != name:
                target.writestr(part, text)
        with target.open(name, "w", force_zip64=True) as part_of_it:
            for _ in range(size):
                part_of_it.write(b" " * 1024**2)
    return data.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _with(changes: dict[str, str | bytes], data: bytes = SMALL) -> bytes:
    return archive({**_parts(data), **changes})


def _nested(count: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * count + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * count


def _many_members(count: int) -> bytes:
    return archive({f"{n}": "" for n in range(count)})


def _encrypted() -> bytes:
    """With the flag that its parts have a password."""
    data = bytearray(SMALL)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        (flags,) = struct.unpack_from("<H", data, at + 8)
        struct.pack_into("<H", data, at + 8, flags | 1)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _twice() -> bytes:
    """Two bodies of one name: which one shows depends on the program."""
    data = io.BytesIO(SMALL)
    with zipfile.ZipFile(data, "a") as target:
        target.infolist()[0].filename = "[Content_Types].xml"
        target.NameToInfo.pop("word/document.xml")
        target.writestr("word/document.xml", "<w/>")
    return data.getvalue()


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><w>&j;</w>"
)
OUTSIDE = '<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'
WIDE = "".join(f"<c><v>{n}</v></c>" for n in range(10_000))

Made = tuple[Callable[[], object], str]
FILES: dict[str, Made] = {
    # Archives.
    "a part of 100 MB": (lambda: read(_bomb("word/document.xml", 100)), "too-large"),
    "styles of 100 MB": (lambda: read(_bomb("word/styles.xml", 100)), ""),  # not referred to
    "20,000 parts": (lambda: read(_many_members(20_000)), "too-many-members"),
    "an archive in an archive": (lambda: read(archive({"a.docx": SMALL})), "archive"),
    "a password": (lambda: read(_encrypted()), "encrypted"),
    "a part twice": (lambda: read(_twice()), "damaged"),
    "cut off": (lambda: read(SMALL[:-40]), "damaged"),
    "cut off early": (lambda: read(SMALL[:100]), "damaged"),
    "nothing behind the mark": (lambda: read(b"PK\x03\x04"), "damaged"),
    "no parts": (lambda: read(archive({})), "archive"),
    "parts above the root": (
        lambda: read(_with({"_rels/.rels": SMALL.replace(b"word/", b"../../../word/")})),
        "damaged",
    ),
    # XML.
    "entities in entities": (lambda: read(_with({"word/document.xml": LAUGHS})), "entities"),
    "an entity outside": (lambda: read(_with({"word/document.xml": OUTSIDE})), "entities"),
    "500,000 elements": (lambda: read(docx("<w:p/>" * 500_000)), "too-long"),
    "elements in each other": (
        lambda: read(docx("<w:ins>" * 100_000 + "</w:ins>" * 100_000)),
        "too-deep",
    ),
    "elements that never end": (lambda: read(docx("<w:ins>" * 100_000)), "damaged"),
    "no XML": (lambda: read(_with({"word/document.xml": "\x00\x01"})), "damaged"),
    "an encoding that is not known": (
        lambda: read(_with({"word/document.xml": '<?xml version="1.0" encoding="x"?><w/>'})),
        "damaged",
    ),
    "a text of 20 MB": (lambda: read(docx(paragraph("5" * 20_000_000))), ""),
    "an attribute of 20 MB": (lambda: read(docx(f'<w:p w:a="{"5" * 20_000_000}"/>')), "too-long"),
    # Word.
    "tables in tables": (lambda: read(docx(_nested(200))), "too-deep"),
    "50 tables in each other": (lambda: read(docx(_nested(50) + paragraph("5"))), ""),
    "a cell of a billion columns": (
        lambda: read(
            docx(
                '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
                "</w:tr></w:tbl>"
            )
        ),
        "too-many-columns",
    ),
    "wide rows without end": (
        lambda: read(
            docx(
                "<w:tbl>"
                + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000"/></w:tcPr><w:p/></w:tc></w:tr>'
                * 50_000
                + "</w:tbl>"
            )
        ),
        "too-long",
    ),
    "10,000 columns in Word": (
        lambda: read(docx(f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 10_000}</w:tr></w:tbl>")),
        "too-many-columns",
    ),
    "a long number of a list": (
        lambda: read(
            docx(
                paragraph("甲", '<w:numPr><w:numId w:val="1"/></w:numPr>') * 10_000,
                numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
                f'<w:numFmt w:val="upperLetter"/><w:start w:val="999999999"/>'
                f'<w:lvlText w:val="{"%1" * 500_000}"/></w:lvl></w:abstractNum>'
                '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
            )
        ),
        "",
    ),
    "styles based on each other": (
        lambda: read(
            docx(
                paragraph("甲", '<w:pStyle w:val="a"/>'),
                styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
            )
        ),
        "",
    ),
    "properties without end": (
        lambda: read(docx(paragraph("甲", '<w:jc w:val="both"/>' * 350_000))),
        "",
    ),
    "properties that do not end": (
        lambda: read(docx(f"<w:p>{'<w:pPr><w:rPr>' * 200_000}")),
        "damaged",
    ),
    "styles that do not end": (
        lambda: read(
            docx(paragraph("甲"), styles='<w:style w:styleId="a"><w:basedOn w:val="a' * 150_000)
        ),
        "damaged",
    ),
    "notes that refer to each other": (
        lambda: read(
            docx(
                f'<w:p>{run("甲")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
                footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>乙</w:t>'
                '<w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>',
            )
        ),
        "",
    ),
    # Excel.
    "a cell in the last row and column": (lambda: read(_cells("XFD1048576")), "too-many-columns"),
    "a cell in the last row": (lambda: read(_cells("A1048576")), ""),
    "10,000 columns in Excel": (lambda: read(_sheet(f"<row>{WIDE}</row>")), "too-many-columns"),
    "100,000 merged cells": (lambda: read(_merges(100_000)), "too-long"),
    "merged cells over everything": (
        lambda: read(
            _sheet(
                '<row><c r="A1"><v>1</v></c></row>' * 20_000,
                "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 10_000 + "</mergeCells>",
            )
        ),
        "too-long",
    ),
    "200,000 cells": (
        lambda: read(_sheet(f"<row>{'<c><v>1</v></c>' * 200}</row>" * 1000)),
        "too-long",
    ),
    "a long text in 50,000 cells": (
        lambda: read(
            xlsx(
                {
                    "表": "<sheetData>"
                    + '<row><c t="s"><v>0</v></c></row>' * 50_000
                    + "</sheetData>"
                },
                strings=f"<si><t>{'甲' * 100_000}</t></si>",
            )
        ),
        "too-long",
    ),
    "a number without end": (lambda: read(_sheet(f"<row><c><v>{'9' * 10**6}</v></c></row>")), ""),
    "an endless exponent": (lambda: read(_sheet("<row><c><v>1E999999999</v></c></row>")), ""),
    "a format without end": (
        lambda: read(
            xlsx(
                {"表": '<sheetData><row><c s="0"><v>5</v></c></row></sheetData>'},
                styles=f'<numFmts><numFmt numFmtId="164" formatCode="{"0" * 10**6}"/></numFmts>'
                '<cellXfs><xf numFmtId="164"/></cellXfs>',
            )
        ),
        "",
    ),
    "columns hidden again and again": (
        lambda: read(
            xlsx(
                {
                    "表": "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>"
                    "<sheetData><row><c><v>5</v></c></row></sheetData>"
                }
            )
        ),
        "empty",
    ),
    "a formula that calls out": (
        lambda: read(_sheet('<row><c><f>WEBSERVICE("http://x.invalid")</f><v>5</v></c></row>')),
        "",
    ),
    # OpenDocument.
    "a row a million times": (
        lambda: read(
            odf(
                "spreadsheet",
                '<table:table><table:table-row table:number-rows-repeated="999999999">'
                "<table:table-cell><text:p>5</text:p></table:table-cell></table:table-row>"
                "</table:table>",
            )
        ),
        "too-long",
    ),
    "a cell a million times": (
        lambda: read(
            odf(
                "text",
                "<table:table><table:table-row>"
                '<table:table-cell table:number-columns-repeated="999999999"><text:p>5</text:p>'
                "</table:table-cell></table:table-row></table:table>",
            )
        ),
        "too-many-columns",
    ),
    "blanks without end": (
        lambda: read(odf("text", '<text:p>5<text:s text:c="999999999"/>5</text:p>')),
        "",
    ),
}


def _page(text: str) -> Callable[[], object]:
    return lambda: read(f"<!DOCTYPE html>{text}".encode(), "x.html")


def _text(text: str) -> Callable[[], object]:
    return lambda: read(text.encode(), "x.md")


N = 100_000
FILES |= {
    "open tags": (_page("5" + "<a " * N), ""),
    "open remarks": (_page("5" + "<!--" * N), ""),
    "open quotes": (_page("5" + "<a title='\"" * (N // 2)), ""),
    "open scripts": (_page("5" + "<script>" * N), ""),
    "signs that are no tags": (_page("5" + "< " * N), ""),
    "tags of many attributes": (_page(f"5<a {'x=1 ' * N}>"), ""),
    "blanks": (_page("5" + " \n" * N + "5"), ""),
    "tables in tables, on a page": (_page("<table><tr><td>" * 100_000), "too-deep"),
    "500,000 tags": (_page("<b>" * 500_001), "too-long"),
    "rows that span everything": (
        _page("<table>" + "<tr><td rowspan=99999999 colspan=99999999>5" * 10_000),
        "too-many-columns",
    ),
    "cells that span a thousand": (
        _page("<table><tr>" + "<td colspan=600>5" * 3),
        "too-many-columns",
    ),
    "10,000 columns on a page": (_page("<table><tr>" + "<td>5" * 10_000), "too-many-columns"),
    "long references": (_page("<p>" + f"&#{'9' * 100_000};5" * 5), ""),
    "ends without beginnings": (_page("5" + "</table></td></p></div>" * 20_000), ""),
    "hidden in hidden": (_page("5" + "<div hidden>" * 100_000 + "6"), ""),
    "raised in raised": (_page("5" + "<sup>1" * 20_000), ""),
    "a line of pipes": (_text("|" * 4_000_000), "empty"),
    "a line of pipes with a cell": (_text("|5" + "|" * 4_000_000), "too-many-columns"),
    "a rule of pipes": (_text(f"5|\n{'-|' * 1_000_000}x"), ""),
    "blanks before a rule": (_text("5|6\n" + " " * 2_000_000 + "x"), ""),
    "open tables": (_text("<table " * 500_000), ""),
    "tables that are not closed": (_text("5<table>\n" * 400_000), "too-deep"),
    "tables on one line": (_text("<table><tr><td>5</table>" * 5_000), ""),
    "open quotes in tabs": (_text('5\t5\t"5\n' * 100_000), "too-long"),
    "quotes in tabs": (_text('\t"' * 1_000_000), ""),
    "a grid without end": (_text("+--+\n" * 300_000), "too-long"),
    "a wide grid": (
        _text("+-" * 100_000 + "+\n" + "| " * 100_000 + "|\n" + "+-" * 100_000 + "+"),
        "too-many-columns",
    ),
    "an open quote": (lambda: read(b'a,"' + b"5,\n" * 900_000, "x.csv"), "damaged"),
    "a million separators": (lambda: read(b"5," * 1_000_000, "x.csv"), "too-long"),
}

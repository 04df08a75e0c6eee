"""What is written in any format is read as what it was: each text, in its cell, over its span."""

from __future__ import annotations

import contextlib
import io
import itertools
import zipfile
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from importlib.util import find_spec

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.readers.office.archive import Archive
from budgetperf.documents.readers.office.docx import docx_places
from budgetperf.documents.readers.office.looks import in_short
from budgetperf.documents.readers.office.number_formats import displayed, stored_number
from budgetperf.documents.source import Paragraph
from budgetperf.documents.understanding.lines import lines_of
from budgetperf.exact.text import columns
from tests.documents import pdf_writing, writing, xls_writing
from tests.documents.writing import Grid, found, placed

LINE = st.text("年度预算数 0123456789.%≥<>&\"'|—#*-+()（）", min_size=1, max_size=9)
"""Of what a form has, and what means something in one of the formats."""
lines = LINE.map(lambda text: " ".join(text.split())).filter(bool)
texts = st.lists(lines, min_size=1, max_size=2).map("\n".join) | st.just("")


@st.composite
def grids(draw: st.DrawFn, *, merged: bool = True) -> Grid:
    """A table. Each row begins with a cell of its own that says something: without that, what
    shows is less than a row."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    grid: Grid = []
    for row in range(height):
        cells = [(draw(lines), 1, 1)]
        for column in range(1, width):
            if (row, column) in taken:
                continue
            down = draw(st.integers(1, height - row)) if merged else 1
            right = draw(st.integers(1, width - column)) if merged else 1
            while any((row, column + over) in taken for over in range(right)):
                right -= 1
            taken |= set(itertools.product(range(row, row + down), range(column, column + right)))
            cells.append((draw(texts), down, right))
        grid.append(cells)
    return grid


MERGED: Mapping[str, tuple[Callable[[Grid], bytes], str]] = {
    "docx": (lambda grid: writing.docx(writing.table_in_word(grid)), "x"),
    "xlsx": (writing.table_in_excel, "x"),
    "odt": (lambda grid: writing.odf("text", writing.table_in_odf(grid)), "x"),
    "ods": (lambda grid: writing.odf("spreadsheet", writing.table_in_odf(grid)), "x"),
    **({"xls": (xls_writing.table_in_xls, "x")} if find_spec("xlrd") else {}),
    "html": (
        lambda grid: f"<meta charset=gb2312>{writing.table_in_html(grid)}".encode("gb18030"),
        "x.html",
    ),
    "html in Markdown": (lambda grid: f"甲\n{writing.table_in_html(grid)}".encode(), "x.md"),
}
PLAIN: Mapping[str, tuple[Callable[[Grid], bytes], str]] = {
    "pipes": (lambda grid: writing.table_in_pipes(grid).encode(), "x.md"),
    "grid": (lambda grid: table_in_a_grid(grid).encode(), "x.md"),
}


def table_in_a_grid(grid: Grid) -> str:
    """A grid as pandoc writes it: a Chinese character is two columns wide."""
    split = [[text.split("\n") for text, _, _ in row] for row in grid]
    widths = [
        max(columns(line) for cell in column for line in cell) + 2
        for column in zip(*split, strict=True)
    ]
    border = "+" + "".join("-" * width + "+" for width in widths)
    written = [border]
    for row in split:
        for at in range(max(map(len, row))):
            cells = [cell[at] if at < len(cell) else "" for cell in row]
            padded = (
                f" {text}{' ' * (width - columns(text) - 1)}"
                for text, width in zip(cells, widths, strict=True)
            )
            written.append(f"|{'|'.join(padded)}|")
        written.append(border)
    return "\n".join(written)


@pytest.mark.parametrize("format", MERGED)
@given(data=st.data())
def test_tables_with_merged_cells_are_read_as_they_were_written(
    format: str, data: st.DataObject
) -> None:
    grid = data.draw(grids())
    write, name = MERGED[format]
    document = document_of(write(grid), name)
    assert found(document) == [cell for cell in placed(grid) if cell[2]]


@given(grids())
def test_tables_in_a_pdf_are_read_as_they_were_drawn(grid: Grid) -> None:
    """But for borders between columns that no cell has: they do not show."""
    pytest.importorskip("pdfminer")
    cells = list(placed(grid))
    seen = sorted({edge for _, c, _, _, wide in cells for edge in (c, c + wide)})
    due = [
        (row, seen.index(c) + 1, text, rows, seen.index(c + wide) - seen.index(c))
        for row, c, text, rows, wide in cells
        if text
    ]
    assume(len(cells) > 1)  # one cell is a frame around text
    document = document_of(pdf_writing.table_in_pdf(grid), "x")
    assert found(document) == due
    assert not document.notes


@pytest.mark.parametrize("format", PLAIN)
@given(data=st.data())
def test_tables_in_markdown_are_read_as_they_were_written(format: str, data: st.DataObject) -> None:
    grid = data.draw(grids(merged=False))
    assume(not any("&" in cell[0] for row in grid for cell in row))  # it may begin a reference
    write, name = PLAIN[format]
    document = document_of(write(grid), name)
    assert found(document) == [cell for cell in placed(grid) if cell[2]]


@given(grids(merged=False))
def test_tables_in_tabs_are_read_as_they_were_copied(grid: Grid) -> None:
    grid = [[*row, ("", 1, 1), ("末", 1, 1)] for row in grid]
    document = document_of(writing.table_in_tabs(grid).encode(), "x.txt")
    texts = [[cell[0] for cell in row] for row in grid]
    (table,) = document.blocks
    assert [list(row) for row in table.texts()] == texts  # type: ignore[union-attr]


@given(grids())
def test_all_formats_give_a_layout_the_same_lines(grid: Grid) -> None:
    """Whatever a table comes in, the form that layouts read is one and the same."""
    rows = {
        format: [line.rstrip("\t") for _, line in lines_of(document_of(write(grid), name))]
        for format, (write, name) in MERGED.items()
    }
    rows["html in Markdown"] = rows["html in Markdown"][1:]
    (first, *others) = rows.values()
    assert all(other == first for other in others), rows


@given(st.lists(lines, min_size=1, max_size=6))
def test_paragraphs_are_read_as_they_were_written(texts: list[str]) -> None:
    word = writing.docx("".join(map(writing.paragraph, texts)))
    odt = "".join(f"<text:p>{escape(text)}</text:p>" for text in texts)
    page = "".join(f"<p>{escape(text)}" for text in texts)
    for data, name in (
        (word, "x"),
        (writing.odf("text", odt), "x"),
        (f"<!DOCTYPE html><body>{page}".encode(), "x"),
    ):
        document = document_of(data, name)
        assert [block.text for block in document.blocks] == texts  # type: ignore[union-attr]


amounts = st.decimals("-99999999", "99999999", places=5, allow_nan=False)


@given(amounts, st.integers(0, 4), st.booleans(), st.booleans())
def test_a_number_is_shown_with_the_places_of_its_format(
    amount: Decimal, places: int, grouped: bool, in_percent: bool
) -> None:
    """As plain arithmetic has it: rounded half away from zero, with the separators asked for."""
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    code += "%" if in_percent else ""
    due = (amount * (100 if in_percent else 1)).quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP
    )
    due = due or abs(due)  # no minus before 0
    shown = displayed(amount, code)
    assert shown == (f"{due:,f}" if grouped else f"{due:f}") + "%" * in_percent


@given(amounts.map(float))
def test_what_a_file_stores_is_the_shortest_decimal_of_its_float(number: float) -> None:
    """Excel writes 17 digits, others as few as tell it from all others."""
    for written in (repr(number), f"{number:.17g}", f"{number:.20f}"):
        stored = stored_number(written)
        assert stored is not None
        assert float(stored) == number
        digits = len(stored.normalize().as_tuple().digits)
        assert digits == 1 or float(f"{number:.{digits - 1}g}") != number  # none has fewer


@pytest.mark.parametrize("format", MERGED)
@given(data=st.data())
def test_damaged_files_are_read_or_refused(format: str, data: st.DataObject) -> None:
    """Nothing else is raised, wherever a part is cut or overwritten."""
    write, name = MERGED[format]
    whole = write(data.draw(grids()))
    parts = {"": whole}
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(whole)) as source:
            parts = {part: source.read(part) for part in source.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    start = data.draw(st.integers(0, len(parts[part])))
    end = data.draw(st.integers(start, len(parts[part])))
    other = data.draw(st.sampled_from([b"", b"<", b"<w:tbl>", b"9" * 12, b"-1", b'"', b"\xff"]))
    parts[part] = parts[part][:start] + other + parts[part][end:]
    damaged = writing.archive(parts) if whole.startswith(b"PK") else parts[part]
    with contextlib.suppress(UnusableDocumentError):
        list(lines_of(document_of(damaged, name)))


SAID_BY_STYLES = (
    '<w:basedOn w:val="a"/>',
    '<w:basedOn w:val="b" />',
    '<w:basedOn w:val="a"></w:basedOn>',
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>',
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    "<w:rPr><w:vanish/></w:rPr>",
    "<w:rPr><w:strike/></w:rPr>",
    '<w:rPr><w:dstrike w:val="0"/></w:rPr>',
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    "<w:rPr><w:b/></w:rPr>",
    '<w:name w:val="a > b"/>',
)
KEYS = ("a", "b", "c", "d>", "e")
styles_of_word = st.tuples(
    *(
        st.builds(
            lambda key, kind, said: f'<w:style {kind} w:styleId="{key}">{"".join(said)}</w:style>',
            st.just(key),
            st.sampled_from(['w:type="paragraph"', 'w:type="character"', "", "w:name='>'"]),
            st.lists(st.sampled_from(SAID_BY_STYLES), min_size=1, max_size=2),
        )
        for key in KEYS
    )
).map("\n".join)
IN_STYLES = "".join(
    f'<w:p><w:pPr><w:pStyle w:val="{key}"/><w:rPr></w:rPr></w:pPr><w:r><w:t>执行率</w:t></w:r>'
    f'<w:r><w:rPr><w:rStyle w:val="{key}"/></w:rPr><w:t>95</w:t></w:r>'
    "<w:r><w:rPr></w:rPr><w:t>%</w:t></w:r></w:p>"
    for key in KEYS
)
LATENT = '<w:latentStyles w:count="1"><w:lsdException w:name="heading 1"/></w:latentStyles>'
LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


@given(styles_of_word, st.sampled_from(["", LATENT]))
def test_a_word_document_reads_the_same_whether_or_not_its_looks_are_cut_out(
    styles: str, latent: str
) -> None:
    """A comment keeps the reader from cutting: behind it may stand what only seems to be a tag."""
    body = writing.paragraph("总额") + IN_STYLES
    cut = writing.docx(body, styles=latent + styles, numbering=LIST)
    whole = writing.docx(f"{body}<!---->", styles=f"{latent}{styles}<!---->", numbering=LIST)
    read, due = document_of(cut, "x"), document_of(whole, "x")
    assert (read.blocks, read.notes) == (due.blocks, due.notes)


LOOKS = ('<w:rFonts w:eastAsia="仿宋_GB2312"/>', '<w:sz w:val="21" />', "<w:b/>", "<w:del/>")
OF_RUNS = ("<w:vanish/>", '<w:dstrike w:val="1"/>', '<w:vertAlign w:val="superscript"/>')
OF_PARAGRAPHS = (
    *('<w:pStyle w:val="c"/>', '<w:outlineLvl w:val="1"/>', "<w:rPr><w:b/></w:rPr>"),
    *("<w:rPr><w:del/></w:rPr>", '<w:numPr><w:numId w:val="1"/></w:numPr>', "<w:jc w:val='both'/>"),
)
OF_CELLS = (
    *('<w:tcW w:w="90"/>', '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'),
    *("<w:vMerge/>", "<w:hMerge/>", "<w:cellDel/>"),
    '<w:tcBorders><w:top w:val="single"/></w:tcBorders>',
)


def properties_of_word(*own: str) -> st.SearchStrategy[str]:
    """None twice, as in every file."""
    listed = st.lists(
        st.sampled_from((*LOOKS, *own)), max_size=3, unique_by=lambda said: said.split()[0][:7]
    )
    return listed.map("".join)


paragraphs_of_word = st.builds(
    "<w:p><w:pPr>{}</w:pPr><w:r><w:rPr>{}</w:rPr><w:t>95</w:t></w:r><w:r><w:t>%</w:t></w:r></w:p>".format,
    properties_of_word(*OF_PARAGRAPHS),
    properties_of_word(*OF_RUNS),
)
cells_of_word = st.builds(
    "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format, properties_of_word(*OF_CELLS), paragraphs_of_word
)


@given(
    st.lists(paragraphs_of_word, min_size=2, max_size=4).map("".join),
    st.lists(st.lists(cells_of_word, min_size=1, max_size=3).map("".join), min_size=1, max_size=3),
)
def test_properties_that_are_cut_out_of_a_word_document_say_nothing(
    paragraphs: str, rows: list[str]
) -> None:
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    body = f"{writing.paragraph('总额')}{paragraphs}<w:tbl>{table}</w:tbl>"
    styles = '<w:style w:styleId="c"><w:rPr><w:strike/></w:rPr></w:style>'
    read = document_of(writing.docx(body, styles=styles, numbering=LIST), "x")
    due = document_of(writing.docx(f"{body}<!---->", styles=styles, numbering=LIST), "x")
    assert (read.blocks, read.notes) == (due.blocks, due.notes)


TEXTS_OF_RUNS = ("执行率", "95", "%", "&lt;1", "]]", "&gt;2", ">3", "pQ", "\ue000", "&#xE000;", "")
runs_of_word = st.builds(
    "<w:r{}>{}{}</w:r>".format,
    st.sampled_from(["", "", ' w:rsidR="00A1"', ' w:a="x>y"', " w:rsidR='0'"]),
    st.sampled_from(
        [
            *("", "", "<w:rPr></w:rPr>", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:strike/></w:rPr>"),
            *map('<w:rPr><w:rStyle w:val="{}"/></w:rPr>'.format, ("code", "heading", "struck")),
            '<w:rPr><w:rStyle w:val="code"/><w:b/></w:rPr><w:rPr><w:strike/></w:rPr>',
            '<w:rPr><w:rStyle w:val="code"/><w:rStyle w:val="struck"/></w:rPr>',
            '<w:rPr><w:rStyle w:val="shown"/></w:rPr>',
        ]
    ),
    st.one_of(
        st.sampled_from(
            [
                *("", "<w:t/>", "<w:t>5</w:t><w:br/><w:t>6</w:t>", "<w:br/>", "<w:tab/>"),
                '<w:lastRenderedPageBreak/><w:br w:type="page"/><w:t>6</w:t>',
            ]
        ),
        st.builds(
            "<w:t{}>{}</w:t>".format,
            st.sampled_from(["", "", ' xml:space="preserve"', " xml:space='preserve'"]),
            st.sampled_from(TEXTS_OF_RUNS),
        ),
    ),
)
STYLES = (
    '<w:style w:styleId="plain"/>'
    '<w:style w:styleId="heading"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="struck"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:styleId="code"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:styleId="shown"><w:rPr><w:strike w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="listed"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
short_paragraphs = st.builds(
    "<w:p{}>{}{}</w:p>".format,
    st.sampled_from(["", "", ' w:rsidR="00A1"']),
    st.one_of(
        st.sampled_from(["", "", "<w:pPr></w:pPr>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"]),
        st.builds(
            '<w:pPr><w:pStyle w:val="{}"{}/>{}</w:pPr>'.format,
            st.sampled_from(["plain", "heading", "struck", "listed", "unknown"]),
            st.sampled_from(["", " "]),
            st.sampled_from(["", '<w:jc w:val="both"/>', "<w:rPr><w:b/></w:rPr>"]),
        ),
    ),
    st.lists(
        st.one_of(
            *(runs_of_word, runs_of_word, runs_of_word),
            st.sampled_from(
                [
                    '<w:bookmarkStart w:id="1" w:name="a"/>',
                    "<w:hyperlink><w:r><w:t>7</w:t></w:r></w:hyperlink>",
                ]
            ),
        ),
        max_size=4,
    ).map("".join),
)
CELL = '<w:tc><w:tcPr><w:gridSpan w:val="1"/></w:tcPr>{}</w:tc>'
AROUND = (
    *("{}", "{}", "{}{}", "<w:ins>{}</w:ins>", "<w:del>{}</w:del>"),
    f"<w:tbl><w:tr>{CELL}<w:tc>{{}}</w:tc></w:tr></w:tbl>",
    f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{CELL}</w:tr></w:tbl>",
    "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:p></w:p></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
    "<w:tbl><w:tr><w:sdt><w:tc>{}</w:tc></w:sdt><w:tc>{}</w:tc></w:tr></w:tbl>",
    "<mc:AlternateContent><w:tc>{}</w:tc><w:tc>{}</w:tc></mc:AlternateContent>",
    '<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w="9"/><w:vMerge w:val="restart"/><w:vAlign/></w:tcPr>'
    "{}</w:tc><w:tc>{}<w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{0}</w:tc></w:tr>"
    "</w:tbl>".replace("{}", "{0}", 1).replace("{}", "{1}"),
    "<w:p><w:r>{0}<w:pict><w:txbxContent>{0}{1}</w:txbxContent></w:pict></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:txbxContent>{}</w:txbxContent></w:r></w:p>",
    "<w:p><mc:AlternateContent>{}</mc:AlternateContent></w:p>",
)


@given(
    st.lists(st.tuples(st.sampled_from(AROUND), short_paragraphs, short_paragraphs), max_size=5),
    st.sampled_from(["", "", '<w:style><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>']),
)
def test_paragraphs_of_a_word_document_read_the_same_whether_or_not_they_are_written_in_short(
    parts: list[tuple[str, str, str]], own: str
) -> None:
    """And each line of what is read stands where it stood, for the marking of originals."""
    body = writing.paragraph("总额") + "".join(a.format(one, other) for a, one, other in parts)
    files = [
        writing.docx(text, styles=STYLES + own, numbering=LIST) for text in (body, f"{body}<!---->")
    ]
    read, due = (document_of(file, "x") for file in files)
    assert (read.blocks, read.notes) == (due.blocks, due.notes)
    places, places_due = (docx_places(Archive(file), "word/document.xml") for file in files)
    assert places == places_due


@pytest.mark.parametrize(
    ("body", "due"),
    [
        (
            "<w:p><w:r><w:t>执行率</w:t></w:r><w:r><w:t>95%</w:t></w:r></w:p>",
            "<w:pQ>执行率95%</w:pQ>",
        ),
        ('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>', '<w:pQ w:val="1"></w:pQ>'),
        (
            '<w:p><w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:t>5</w:t></w:r></w:p>',
            "<w:pQ>5</w:pQ>",
        ),
        (
            "<w:p><w:r><w:t>5</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>6</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>5</w:t><w:br/><w:t>6</w:t></w:r></w:p>",
        ),
        (
            "<w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc><w:tc><w:p></w:p></w:tc></w:tr>",
            "<w:tr><w:tcpQ>5\ue000</w:tcpQ></w:tr>",
        ),
        (
            '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p><w:p><w:r><w:t>5</w:t></w:r></w:p>',
            '<w:pQ w:val="1">\ue0005</w:pQ>',
        ),
        *(
            (text, text)
            for text in (
                "<w:p><w:r><w:t>]]</w:t></w:r><w:r><w:t>></w:t></w:r></w:p>",
                "<w:p><w:r><w:t>5</w:t><w:br/></w:r></w:p>",
                '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>5</w:t></w:r></w:p>',
                "<w:p><w:r><w:t>5\ue000</w:t></w:r></w:p>",
                "<w:p><w:r><w:t>&#xE000;</w:t></w:r></w:p>",
                "<w:pQ>5</w:pQ><w:p><w:r><w:t>5</w:t></w:r></w:p>",
                "<!----><w:p><w:r><w:t>5</w:t></w:r></w:p>",
                f"<w:p>{'5' * 64}</w:p><?a <w:p><w:r><w:t>5</w:t></w:r></w:p>?>",
                '<w:p><w:r><w:rPr><w:rStyle w:val="b"/></w:rPr><w:t>5</w:t></w:r></w:p>',
                "<w:p><w:r><w:t>&am</w:t></w:r><w:r><w:t>p;</w:t></w:r></w:p>",
                "<mc:AlternateContent><w:tc><w:p/></w:tc></mc:AlternateContent>",
            )
        ),
    ],
)
def test_what_is_written_in_short(body: str, due: str) -> None:
    levels: dict[str, int | None] = {"a": 1, "b": None}
    part = f"<w:body>{body}</w:body>".encode()
    short = in_short(part, lambda style: levels[style], lambda style: style == "a")
    assert short == f"<w:body>{due}</w:body>".encode()


def test_what_only_seems_to_be_a_tag_is_text() -> None:
    body = "<w:p><w:r><w:t><![CDATA[甲<w:rPr><w:b/></w:rPr>]]></w:t></w:r></w:p>"
    (paragraph,) = document_of(writing.docx(body), "x").blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "甲<w:rPr><w:b/></w:rPr>"

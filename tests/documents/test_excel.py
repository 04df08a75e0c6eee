"""Excel workbooks: what the cells show, and what is said of those that do not."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.readers.office.number_formats import BUILT_IN, displayed, stored_number
from budgetperf.documents.readers.office.sheets import shown_in_format
from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.source import Document, Table
from tests.documents.shown import notes

from .writing import SHEET, archive, odf, relations, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.00_ "/>'
    '<numFmt numFmtId="165" formatCode=\'0.00"万元"\'/>'
    '<numFmt numFmtId="166" formatCode=";;;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="14"/><xf numFmtId="166"/><xf numFmtId="43"/></cellXfs>'
)


def read(*cells: str, before: str = "", after: str = "") -> Document:
    rows = "".join(f"<row>{row}</row>" for row in cells)
    sheet = f"{before}<sheetData>{rows}</sheetData>{after}"
    return document_of(xlsx({"表": sheet}, styles=STYLES), "x")


def texts(document: Document) -> tuple[tuple[str, ...], ...]:
    (table,) = document.blocks
    assert isinstance(table, Table)
    return table.texts()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c s="1"><v>0.68480000000000008</v></c>', "68.48%"),
        ('<c s="1"><v>1.0000000000000002</v></c>', "100.00%"),
        ('<c s="2"><v>595.0699999999999</v></c>', "595.07"),
        ('<c s="2"><v>0</v></c>', "0.00"),
        ('<c s="3"><v>353.21</v></c>', "353.21万元"),
        ('<c s="4"><v>45404</v></c>', "2024/4/22"),
        ('<c s="6"><v>0</v></c>', "-"),
        ("<c><v>595.0699999999999</v></c>", "595.07"),
        ("<c><v>0.1</v></c>", "0.1"),
        ("<c><v>123456789.12</v></c>", "123456789.12"),
        ("<c><v>1E-3</v></c>", "0.001"),
        ('<c t="str"><f>A1&amp;"%"</f><v>97%</v></c>', "97%"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="inlineStr"><is><r><t>≥</t></r><r><t>90%</t></r></is></c>', "≥90%"),
        ("<c><f>SUM(A2:A9)</f><v>353.21</v></c>", "353.21"),
    ],
)
def test_what_a_cell_shows(cell: str, shown: str) -> None:
    assert texts(read(cell)) == ((shown,),)


def test_a_formula_without_a_result_is_no_blank() -> None:
    document = read("<c><f>SUM(A2:A9)</f></c>")
    assert texts(document) == (("#未计算",),)
    assert "表!A1" in notes(document)  # which the file does not say, but its place does
    assert "stored result" in notes(document)


def test_what_a_format_does_not_show_is_told() -> None:
    document = read('<c r="A1" s="5"><v>353.21</v></c><c r="B1"><v>1</v></c>')
    assert texts(document) == (("", "1"),)
    assert "表!A1" in notes(document)


def test_raised_digits_are_no_part_of_a_number() -> None:
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
    document = read(f'<c t="inlineStr"><is><r><t>595.07</t></r>{raised}</is></c>')
    assert texts(document) == (("595.07²",),)


def test_what_is_struck_out_is_left_out_and_told() -> None:
    styles = (
        "<fonts><font/><font><strike/></font></fonts>"
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="10" fontId="1"/></cellXfs>'
    )
    runs = (
        "<r><rPr><strike/></rPr><t>17.17%</t></r>"
        '<r><rPr><strike val="0"/></rPr><t>59.75%</t></r><r><t>。</t></r>'
    )
    cells = f'<c><v>5</v></c><c s="1"><v>0.6848</v></c><c t="inlineStr"><is>{runs}</is></c>'
    sheet = f"<sheetData><row>{cells}</row></sheetData>"
    document = document_of(xlsx({"表": sheet}, styles=styles), "x")
    assert texts(document) == (("5", "", "59.75%。"),)
    assert "struck out" in notes(document)
    assert {"表!B1 68.48%", "17.17%"} <= set(notes(document).partition(": ")[2].split(", "))


def test_a_sheet_that_shows_no_zeros_has_blanks_there() -> None:
    views = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    cells = '<c><v>0</v></c><c s="2"><v>0</v></c><c t="str"><v>0</v></c><c><v>5</v></c>'
    document = read(cells, before=views)
    assert texts(document) == (("", "", "0", "5"),)
    assert "sheet 表 does not show zeros" in notes(document)
    assert texts(read("<c><v>0</v></c>", before="<sheetViews><sheetView/></sheetViews>")) == (
        ("0",),
    )


def test_comments_and_headers_with_numbers_are_told() -> None:
    cell = '<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'
    headers = (
        '<headerFooter><oddHeader>&amp;L&amp;"宋体,常规"&amp;12单位：5万元</oddHeader>'
        "<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
    )
    comment = '<comment ref="A1"><text><r><t>应为</t></r><r><t>6</t></r></text></comment>'
    data = xlsx({"表": cell + headers})
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts: dict[str, str | bytes] = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("c", "comments", "../c.xml"))
    parts["xl/c.xml"] = f'<comments xmlns="{SHEET}"><commentList>{comment}</commentList></comments>'
    said = notes(document_of(archive(parts), "x"))
    assert "表!A1 应为6" in said
    assert "单位：5万元" in said
    assert "12" not in said
    assert "页，共" not in said


def test_hidden_rows_columns_and_sheets_are_left_out_and_told() -> None:
    sheet = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>4</v></c></row>'
        '<row r="3"><c r="A3"><v>5</v></c></row></sheetData>'
    )
    document = document_of(xlsx({"表": sheet, '字典" state="hidden': sheet}), "x")
    assert texts(document) == (("1", "", "3"), ("5", "", ""))
    assert {"字典", "表!2", "表!B"} <= set(notes(document).replace(": ", "\n").split("\n"))


def test_a_merged_cell_shows_where_its_rows_and_columns_do() -> None:
    document = read(
        '<c r="A1" t="str"><v>合</v></c><c r="B1" t="str"><v>被盖</v></c><c r="C1"><v>1</v></c>',
        '<c r="C2"><v>2</v></c>',
        before='<cols><col min="1" max="1" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    (table,) = document.blocks
    assert isinstance(table, Table)
    shown, *_ = table.rows[0].cells
    assert (shown.text, shown.column, shown.columns, shown.rows) == ("合", 2, 1, 2)
    assert "表!B1" in notes(document)


def test_lines_are_rows_and_those_of_a_second_sheet_come_after() -> None:
    sheet = '<sheetData><row r="7"><c r="B7"><v>1</v></c></row></sheetData>'
    document = document_of(xlsx({"一": sheet, "二": sheet}), "x")
    assert [table.rows[0].line for table in document.blocks if isinstance(table, Table)] == [7, 14]
    assert [block.spot.sheet for block in document.blocks] == ["一", "二"]
    assert "lines of sheet 二" in notes(document)


def test_days_are_counted_from_1904_where_the_file_says_so() -> None:
    sheet = '<sheetData><row><c s="4"><v>43942</v></c></row></sheetData>'
    data = xlsx({"表": sheet}, styles=STYLES, book='<workbookPr date1904="1"/>')
    assert texts(document_of(data, "x")) == (("2024/4/22",),)


def test_a_text_that_is_not_there_is_no_blank() -> None:
    with pytest.raises(UnusableDocumentError) as refused:
        read('<c t="s"><v>5</v></c>')
    assert refused.value.code == "damaged"


def shown(number: str, code: str) -> str:
    content = stored_number(number)
    assert content is not None
    return displayed(content, code)


SHOWN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "data" / "number_formats.json").read_text("utf-8")
)
"""By format and number what LibreOffice 7.4 shows in the cell."""


@pytest.mark.parametrize("code", SHOWN)
def test_formats_show_what_another_program_shows(code: str) -> None:
    ours = {text: shown(text, code) for text in SHOWN[code]}
    assert ours == SHOWN[code]


@pytest.mark.parametrize(
    ("code", "number", "due"),
    [
        # What LibreOffice has otherwise, or not at all: written down from Excel's rules.
        ('0!.0,"万"', "595070", "59.5万"),
        ("0.00_ ;[红色]-0.00 ", "-17.17", "-17.17"),
        ("G/通用格式", "353.21", "353.21"),
        ('G/通用格式"个"', "4", "4个"),
        ("0%", "1.005", "101%"),
        (BUILT_IN[31], "45404", "2024年4月22日"),
        (BUILT_IN[57], "45404", "2024年4月"),
        ("GENERAL", "353.21", "353.21"),
        ("general", "353.21", "353.21"),
        ("", "5", "5"),
    ],
)
def test_formats_of_chinese_systems(code: str, number: str, due: str) -> None:
    assert shown(number, code) == due


@pytest.mark.parametrize(("code", "number"), [("[DBNum1][$-804]General", "5"), ("# ?/?", "0.5")])
def test_what_excel_shows_in_other_writing_is_read_as_the_number(code: str, number: str) -> None:
    # Excel shows 五 and 1/2.
    assert shown(number, code) == number


def test_a_minus_that_not_all_programs_show_is_told() -> None:
    formats = ("[&gt;100]0.0;0.00", "[&lt;0]0.0;0.00", "[&gt;0]0.0;[=0]0;0.000")
    styles = "".join(
        f'<numFmt numFmtId="{at}" formatCode="{code}"/>' for at, code in enumerate(formats, 170)
    )
    cells = "".join(f'<c s="{at}"><v>-5</v></c>' for at in range(3))
    document = document_of(
        xlsx(
            {"表": f"<sheetData><row>{cells}</row></sheetData>"},
            styles=f'<numFmts>{styles}</numFmts><cellXfs><xf numFmtId="170"/>'
            '<xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>',
        ),
        "x",
    )
    doubted, bare = notes(document).splitlines()
    assert "check: 表!A1, 表!C1" in doubted
    assert "without a minus, and read so; check: 表!B1 5.0" in bare


def test_texts_with_a_format() -> None:
    assert displayed("无", '0.00;-0.00;0;"说明："@') == "说明：无"
    assert displayed("无", "0.00") == "无"


@pytest.mark.parametrize(
    ("code", "due", "said"),
    [
        ("0.00_);[Red]0.00", "-5.10", "by their colour alone"),
        ('"¥"#,##0.00;[红色]"¥"#,##0.00', "-¥5.10", "by their colour alone"),
        ("0.00_);(0.00)", "-5.10", "in brackets"),
        ("0.00%;[Color 10](0.00%)", "-510.00%", "in brackets"),
        ("0.00;0.00", "5.10", "without a minus"),
        ("0.00_ ;[Red]-0.00 ", "-5.10", ""),
        ('"增加"0.0;"减少"0.0', "减少5.1", ""),
        ("0;[Red]0", "-5", "by their colour alone"),
    ],
)
def test_what_stands_for_a_minus_is_read_as_one_and_told(code: str, due: str, said: str) -> None:
    remarks = Remarks()
    shown = shown_in_format(Decimal("-5.1"), code, "表!A1", remarks, from_1904=False)
    assert shown == due
    told = "\n".join(text.en for text in remarks.texts())
    assert (said in told) if said else not told
    assert said != "by their colour alone" or "-0" not in shown_in_format(
        Decimal("-0.00001"), code, "表!A2", Remarks(), from_1904=False
    )


def test_a_colour_stands_for_a_minus_in_an_open_document_too() -> None:
    name = "urn:oasis:names:tc:opendocument:xmlns"
    styles = (
        f'<n:number-style xmlns:n="{name}:datastyle:1.0" xmlns:f="{name}:xsl-fo-compatible:1.0" '
        'style:name="N1"><style:text-properties f:color="#ff0000"/></n:number-style>'
        '<style:style style:name="red" style:family="table-cell" style:data-style-name="N1"/>'
    )
    cells = "".join(
        f'<table:table-cell {style} office:value="{value}"><text:p>5.10</text:p></table:table-cell>'
        for style, value in (
            ('table:style-name="red"', "-5.1"),
            ('table:style-name="red"', "5.1"),
            ("", "-5.1"),
        )
    )
    body = f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'
    document = document_of(odf("spreadsheet", body, styles), "x")
    assert texts(document) == (("-5.10", "5.10", "5.10"),)
    assert "by their colour alone were read with a minus: 表!A1" in notes(document)
    assert "without a minus, and read so; check: 表!C1" in notes(document)


@pytest.mark.parametrize("zero", ["0", "0.0", "0E0"])
def test_rows_and_columns_without_height_or_width_are_hidden(zero: str) -> None:
    sheet = (
        f'<cols><col min="2" max="2" width="{zero}" customWidth="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        f'<row r="2" ht="{zero}" customHeight="1"><c r="A2"><v>4</v></c></row>'
        "</sheetData>"
    )
    document = document_of(xlsx({"表": sheet}), "x")
    assert texts(document) == (("1", "", "3"),)
    for place in ("表!2", "表!B"):
        assert place in notes(document)


def test_which_cell_is_beyond_the_last_column_is_told() -> None:
    with pytest.raises(UnusableDocumentError) as refused:
        read('<c r="XFD1"><v>5</v></c>')
    assert (refused.value.code, refused.value.field) == ("too-many-columns", "x: 表!XFD1")

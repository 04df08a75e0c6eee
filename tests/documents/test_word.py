"""Word documents: what a person sees in them, and what is said of the rest."""

from __future__ import annotations

import pytest

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Document, Heading, Paragraph, Table
from tests.documents.shown import notes, texts

from .writing import archive, docx, paragraph, relations, run, table_in_word


def read(body: str, **parts: str) -> Document:
    return document_of(docx(body, **parts), "x")


def inside(*pieces: str) -> str:
    return f"<w:p>{''.join(pieces)}</w:p>"


def test_changes_are_read_as_if_they_were_accepted() -> None:
    document = read(
        inside(
            run("执行率为"),
            '<w:del w:id="1"><w:r><w:delText>17.17%</w:delText></w:r></w:del>',
            f'<w:ins w:id="2">{run("59.75%")}</w:ins>',
            f'<w:moveFrom w:id="3">{run("移走")}</w:moveFrom>',
        )
    )
    assert texts(document) == ["执行率为59.75%"]
    assert "17.17%" in notes(document)
    assert "移走" in notes(document)


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    document = read(paragraph("满意度99.", "<w:rPr><w:del/></w:rPr>") + paragraph("98%。"))
    assert texts(document) == ["满意度99.98%。"]


ENDS = "<w:rPr><w:del/></w:rPr>"


def test_a_deleted_end_carries_no_text_out_of_its_cell() -> None:
    cells = paragraph("甲"), paragraph("5", ENDS), paragraph("6")
    document = read(
        f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
    )
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.texts() == (("甲", "5", "6"),)


def test_a_deleted_end_carries_no_text_into_a_table() -> None:
    document = read(paragraph("总额353.21", ENDS) + table_in_word([[("6", 1, 1)]]))
    first, table = document.blocks
    assert isinstance(first, Paragraph)
    assert first.text == "总额353.21"
    assert isinstance(table, Table)
    assert table.texts() == (("6",),)


def test_a_deleted_end_of_the_last_paragraph_loses_nothing() -> None:
    assert texts(read(paragraph("总额353.21", ENDS))) == ["总额353.21"]
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('98%')}</w:sdtContent></w:sdt>"
    assert texts(read(paragraph("99.", ENDS) + wrapped)) == ["99.98%"]


def test_deleted_rows_and_hidden_ones_are_left_out_and_told() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{paragraph(text)}</w:tc></w:tr>"

    rows = row("在") + row("删5", "<w:del/>") + row("隐6", "<w:hidden/>") + row("加", "<w:ins/>")
    document = read(f"<w:tbl>{rows}</w:tbl>")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.texts() == (("在",), ("加",))
    assert "删5" in notes(document)
    assert "隐6" in notes(document)


def test_hidden_text_is_left_out_and_told() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>353.21</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>595.07</w:t></w:r>'
    document = read(inside(hidden, shown))
    assert texts(document) == ["595.07"]
    assert "353.21" in notes(document)


def test_text_that_a_style_hides_is_left_out_and_told() -> None:
    hidden = '<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>353.21</w:t></w:r>'
    shown = '<w:r><w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr><w:t>595.07</w:t></w:r>'
    document = read(
        inside(hidden, shown) + paragraph("17.17%", '<w:pStyle w:val="p"/>'),
        styles='<w:style w:styleId="g"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="h"><w:basedOn w:val="g"/></w:style>'
        '<w:style w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    assert texts(document) == ["595.07"]
    assert "353.21" in notes(document)
    assert "17.17%" in notes(document)


@pytest.mark.parametrize("line", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="s"/>'])
def test_text_that_is_struck_out_is_left_out_and_told(line: str) -> None:
    struck = f"<w:r><w:rPr>{line}</w:rPr><w:t>17.17%</w:t></w:r>"
    plain = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>59.75%</w:t></w:r>'
    style = '<w:style w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>'
    document = read(inside(struck, plain), styles=style)
    assert texts(document) == ["59.75%"]
    assert "struck out" in notes(document)
    assert "17.17%" in notes(document)


def test_raised_digits_are_no_part_of_a_number() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    assert texts(read(inside(run("595.07"), raised))) == ["595.07²"]


@pytest.mark.parametrize(
    ("properties", "due"),
    [
        ('<w:rStyle w:val="up"/>', "595.07²"),
        ('<w:rStyle w:val="up"/><w:vertAlign w:val="baseline"/>', "595.072"),
        ('<w:rStyle w:val="down"/>', "595.072"),
    ],
)
def test_digits_that_a_style_raises_are_no_part_of_a_number(properties: str, due: str) -> None:
    raised = f"<w:r><w:rPr>{properties}</w:rPr><w:t>2</w:t></w:r>"
    styles = "".join(
        f'<w:style w:styleId="{key}"><w:rPr><w:vertAlign w:val="{place}"/></w:rPr></w:style>'
        for key, place in {"up": "superscript", "down": "subscript"}.items()
    )
    assert texts(read(inside(run("595.07"), raised), styles=styles)) == [due]


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Symbol" w:char="F0A3"/>', "≤"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "□"),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:tab/>", "\t"),
        ("<w:br/>", "\n"),
    ],
)
def test_signs_that_are_no_text(sign: str, shown: str) -> None:
    assert texts(read(inside(run("甲"), f"<w:r>{sign}</w:r>", run("90%")))) == [f"甲{shown}90%"]


def test_formulas_keep_their_parts_apart() -> None:
    quotient = (
        "<m:oMath><m:f><m:num><m:r><m:t>241.86</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>353.21</m:t></m:r></m:den></m:f></m:oMath>"
    )
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert texts(read(inside(quotient))) == ["241.86/(353.21)"]
    assert texts(read(inside(power))) == ["10^(4)"]


def test_formulas_keep_the_places_of_a_matrix_and_the_degree_of_a_root_apart() -> None:
    def place(text: str) -> str:
        return f"<m:e><m:r><m:t>{text}</m:t></m:r></m:e>"

    rows = f"<m:mr>{place('1')}{place('2')}</m:mr><m:mr>{place('3')}{place('4')}</m:mr>"
    root = f"<m:rad><m:deg><m:r><m:t>3</m:t></m:r></m:deg>{place('8')}</m:rad>"
    assert texts(read(inside(f"<m:oMath><m:m>{rows}</m:m></m:oMath>"))) == ["1；2；3；4"]
    assert texts(read(inside(f"<m:oMath>{root}</m:oMath>"))) == ["√(3)8"]


@pytest.mark.parametrize(
    ("form", "due"),
    [
        ("ideographTraditional", "甲、一 乙、二"),
        ("ideographZodiac", "子、一 丑、二"),
        ("chineseCounting", "一、一 二、二"),
    ],
)
def test_numbers_in_chinese_writing(form: str, due: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    document = read(paragraph("一", item) + paragraph("二", item), numbering=numbering)
    assert texts(document) == due.split()


def test_text_boxes_follow_their_paragraph_and_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('单位：万元')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(inside(run("正文"), f"<w:r>{both}</w:r>") + paragraph("后文"))
    assert texts(document) == ["正文", "单位：万元", "后文"]
    assert document.notes == ()


def test_pictures_and_embedded_objects_are_told() -> None:
    document = read(inside("<w:r><w:drawing/></w:r>", "<w:r><w:object/></w:r>", run("见图")))
    assert "pictures" in notes(document)
    assert "embedded" in notes(document)


def test_notes_come_last_and_comments_are_told() -> None:
    document = read(
        inside(run("总额"), '<w:r><w:footnoteReference w:id="7"/></w:r>') + paragraph("后文"),
        footnotes=f'<w:footnote w:id="7">{paragraph("含结转4.28万元")}</w:footnote>'
        f'<w:footnote w:id="8">{paragraph("没有引用")}</w:footnote>',
        comments=f'<w:comment w:id="1">{paragraph("核对！")}</w:comment>',
    )
    assert texts(document) == ["总额", "后文", "含结转4.28万元"]
    assert "核对！" in notes(document)


def test_headers_with_numbers_are_told_but_for_those_of_pages() -> None:
    document = read(paragraph("甲"), header=paragraph("单位：5万元"), footer=paragraph("— 11 —"))
    assert "5万元" in notes(document)
    assert "11" not in notes(document)


NUMBERED = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)


def test_numbers_that_word_counts_are_written_out() -> None:
    def item(text: str, level: int) -> str:
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>'
        return paragraph(text, numbering)

    body = "".join(
        [item("概况", 0), item("职能", 1), item("人员", 1), item("绩效", 0), item("甲", 1)]
    )
    document = read(body, numbering=NUMBERED)
    assert texts(document) == ["一、概况", "1.职能", "2.人员", "二、绩效", "1.甲"]
    assert "counts by itself" in notes(document)


@pytest.mark.parametrize(
    ("pattern", "text", "due"),
    [
        ("%1.", "5万元用于培训", "1、5万元用于培训"),
        ("%1.", " 5万元用于培训", "1、 5万元用于培训"),
        ("%1", "2023年", "1、2023年"),
        ("%1", "万人次", "1、万人次"),
        ("%1", "-5%", "1、-5%"),
        ("%1.", "培训", "1.培训"),
        ("（%1）", "5万元", "（1）5万元"),
        ("%1、", "5万元", "1、5万元"),
    ],
)
def test_a_number_that_word_counts_is_no_part_of_a_figure(
    pattern: str, text: str, due: str
) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="{pattern}"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    assert texts(read(paragraph(text, item), numbering=numbering)) == [due]


def test_what_goes_on_behind_a_deleted_end_has_no_number_but_is_counted() -> None:
    item = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>'
    body = paragraph("满意度99.", item + ENDS) + paragraph("98%", item) + paragraph("甲", item)
    assert texts(read(body, numbering=NUMBERED)) == ["1.满意度99.98%", "3.甲"]


@pytest.mark.parametrize(
    "base",
    ['<w:basedOn w:val="a"/>', '<w:basedOn w:val="a"></w:basedOn>', "<w:basedOn w:val='a' />"],
)
def test_headings_by_their_style_and_those_it_is_based_on(base: str) -> None:
    document = read(
        paragraph("章", '<w:pStyle w:val="b"/>') + paragraph("文"),
        styles='<w:style w:styleId="a"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        f'<w:style w:styleId="b"><w:name w:val="b"/>{base}<w:rPr><w:b/></w:rPr></w:style>',
    )
    first, second = document.blocks
    assert isinstance(first, Heading)
    assert first.level == 2
    assert isinstance(second, Paragraph)


def test_tables_in_cells_stay_in_their_cell() -> None:
    inner = table_in_word([[("353.21", 1, 1), ("595.07", 1, 1)]])
    document = read(
        f"<w:tbl><w:tr><w:tc>{paragraph('前')}{inner}{paragraph('后')}</w:tc></w:tr></w:tbl>"
    )
    (table,) = document.blocks
    assert isinstance(table, Table)
    (cell,) = table.rows[0].cells
    assert cell.text == "前\n后"
    (_, nested, _) = cell.blocks
    assert isinstance(nested, Table)
    assert nested.texts() == (("353.21", "595.07"),)


def test_places_are_counted_as_a_person_counts_them() -> None:
    table = table_in_word([[("甲", 1, 1)], [("乙", 1, 2), ("丙", 1, 1)]])
    document = read(paragraph("一") + table + paragraph("二"))
    first, second, third = document.blocks
    assert isinstance(second, Table)
    assert (first.spot.line, first.spot.paragraph) == (1, 1)
    assert [row.line for row in second.rows] == [2, 3]
    assert [cell.spot.cell for cell in second.rows[1].cells] == ["A2", "C2"]
    assert (third.spot.line, third.spot.paragraph) == (4, 2)


def test_what_is_outside_is_refused_and_told() -> None:
    data = archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("a", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(
                ("a", "image", "http://example.invalid/a.png"),
                ("b", "styles", "file:///etc/passwd"),
                ("c", "hyperlink", "http://example.invalid/"),
            ),
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/'
            'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>5</w:t></w:r></w:p></w:body>'
            "</w:document>",
        }
    )
    document = document_of(data, "x")
    assert "a.png" in notes(document)
    assert "passwd" in notes(document)
    assert texts(document) == ["5"]


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx", "x.txt", "x.html", "x"])
def test_the_ending_of_the_name_does_not_matter(name: str) -> None:
    assert document_of(docx(paragraph("甲")), name).kind == "docx"


def test_a_document_without_a_word_is_empty() -> None:
    with pytest.raises(UnusableDocumentError) as refused:
        read("<w:p/>")
    assert refused.value.code == "empty"

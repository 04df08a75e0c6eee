"""Web pages: what a browser shows of them, in blocks and tables."""

from __future__ import annotations

import pytest

from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Document, Heading, Table
from budgetperf.documents.understanding.lines import lines_of
from tests.documents.shown import notes, rows, texts


def read(body: str, encoding: str = "utf-8") -> Document:
    return document_of(f"<!DOCTYPE html>{body}".encode(encoding), "x")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>执行\n   率&nbsp;100%</p>", ["执行 率 100%"]),
        ("<p>一<p>二<div>三<b>四</b></div>五", ["一", "二", "三四", "五"]),
        ("<p>一<br>二</p>", ["一\n二"]),
        ("<p>&ge;90% &#8805;90% &lt;5</p>", ["≥90% ≥90% <5"]),
        ("<p>满意率<5%与5<6</p>", ["满意率<5%与5<6"]),
        ("<script>var a = '<p>595.07</p>';</script><p>正文", ["正文"]),
        ("<style>p {}</style><!-- <p>595.07</p> --><p>正文", ["正文"]),
        ("<title>题</title><h2>章</h2><p>文", ["章", "文"]),
        ("<p>595.07<sup>2</sup>万元", ["595.07²万元"]),
        ("<pre>甲  乙\n丙</pre>", ["甲  乙\n丙"]),
        ('<p>单位<input value="某局">', ["单位某局"]),
        ("<p title='a>b'>甲</p>", ["甲"]),
    ],
)
def test_texts_as_a_browser_shows_them(body: str, shown: list[str]) -> None:
    assert texts(read(body)) == shown


def test_headings_have_their_level() -> None:
    first, second = read("<h3>章</h3>文").blocks
    assert isinstance(first, Heading)
    assert first.level == 3
    assert not isinstance(second, Heading)


def test_tables_in_each_other() -> None:
    document = read("<table><tr><td>外<table><tr><td>353.21<td>595.07</table>后</table>末")
    (table, _) = document.blocks
    assert isinstance(table, Table)
    (cell,) = table.rows[0].cells
    assert cell.text == "外\n后"
    assert isinstance(cell.blocks[1], Table)
    assert cell.blocks[1].texts() == (("353.21", "595.07"),)
    assert texts(document) == ["末"]


def test_spans_that_reach_beyond_the_table_end_with_it() -> None:
    document = read("<table><tr><td rowspan=9>甲<td>乙<tr><td>丙<tr><td rowspan=0>丁</table>")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].rows == 3
    assert table.texts() == (("甲", "乙"), ("", "丙"), ("", "丁"))


@pytest.mark.parametrize(
    ("hidden", "table"),
    [
        ('<p style="display: none">353.21</p>', []),
        ("<div hidden><div>353.21</div></div>", []),
        ('<table><tr><td style="visibility:hidden">353.21<td>见</table>', [(("", "见"),)]),
        ('<table><tr><td style="display:none">353.21<td>见</table>', [(("见",),)]),
        ('<table><tr style="display:none"><td>353.21<tr><td>见</table>', [(("见",),)]),
        ('<span style="DISPLAY:NONE">353.21</span>', []),
        ("<del>353.21</del>", []),
        ("<p><s>353.21</s><strike></strike>", []),
    ],
)
def test_what_is_hidden_or_struck_out_is_left_out_and_told(
    hidden: str, table: list[tuple[tuple[str, ...], ...]]
) -> None:
    document = read(f"<p>前</p>{hidden}<p>后</p>")
    assert texts(document) == ["前", "后"]
    assert rows(document) == table
    assert "353.21" in notes(document)


def test_a_hidden_cell_keeps_its_place() -> None:
    document = read('<table><tr><td>甲<td style="visibility:hidden">5</td><td>6</table>')
    assert rows(document) == [(("甲", "", "6"),)]


def test_rows_without_cells_end_what_reaches_down_to_them() -> None:
    """As spreadsheets save a merged row that has no cell of its own."""
    three = "<tr><td rowspan=2>名称<td rowspan=2>预算<td rowspan=2>决算</tr><tr></tr>"
    document = read(f"<table>{three}<tr><td>乙<td>3<td>4</table>")
    assert rows(document) == [(("名称", "预算", "决算"), ("乙", "3", "4"))]
    head = "<thead><tr><th rowspan=2>名称<th>预算</thead>"
    document = read(f"<table>{head}<tbody><tr><td>乙<td>3</tbody></table>")
    assert rows(document) == [(("名称", "预算"), ("乙", "3"))]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("595.07</sup>万元", "595.07万元"),
        ("595.07<sup>2</sup>万元353.21</sup>", "595.07²万元353.21"),
        ("<sup>甲</p><p>595.07</sup>万元", "595.07万元"),
    ],
)
def test_the_end_of_nothing_raised_raises_nothing(source: str, text: str) -> None:
    assert texts(read(f"<p>{source}</p>"))[-1] == text


def test_what_is_not_read_is_told() -> None:
    document = read("<p>甲<img src=a.png><iframe src='http://example.invalid/表'></iframe>")
    assert "pictures" in notes(document)
    assert "example.invalid" in notes(document)


@pytest.mark.parametrize("cut", ["<td class='x", "<!-- 未完", "</p", "<!DOCTYPE"])
def test_a_page_that_breaks_off_is_told(cut: str) -> None:
    document = read(f"<p>甲</p>{cut} 595.07")
    assert texts(document) == ["甲"]
    assert "breaks off" in notes(document)


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ("gb2312", "gb18030", "gb18030"),  # with characters that GB 2312 does not have
        ("gbk", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),  # declared wrongly
        ("big5", "big5hkscs", "big5"),
    ],
)
def test_encodings(declared: str, encoding: str, told: str) -> None:
    words = "預算執行率一百" if "big5" in encoding else "㐀某市镕基街道预算执行率"
    document = read(f'<meta charset="{declared}"><p>{words}：100%', encoding)
    assert document.encoding == told
    assert texts(document) == [f"{words}：100%"]


@pytest.mark.parametrize("words", ["联通", "预预预预"])
def test_a_declaration_is_trusted_where_the_bytes_may_be_utf_8_by_chance(words: str) -> None:
    """No character of theirs would be a Chinese one."""
    page = f"<!DOCTYPE html><meta charset=gb2312><p>{words}".encode("gb18030")
    assert texts(document_of(page, "x")) == [words]


def test_lines_are_those_of_the_source() -> None:
    document = read("\n<p>甲\n</p>\n<table>\n<tr><td>乙\n<tr>\n<td>丙</table>")
    paragraph, table = document.blocks
    assert isinstance(table, Table)
    assert paragraph.spot.line == 2
    assert [cell.spot.line for row in table.rows for cell in row.cells] == [5, 7]
    assert [cell.spot.cell for row in table.rows for cell in row.cells] == ["A1", "A2"]


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    inner = "<table><tr><td>总额<td>353.21<td>595.07</table>"
    document = read(f"<table><tr><td><p>(2023 年度)</p>一、概况<br>文{inner}</table>")
    texts = [text for _, text in lines_of(document)]
    assert texts == ["(2023 年度)", "一、概况", "文", "总额\t353.21\t595.07"]

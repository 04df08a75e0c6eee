"""PDFs: text in reading order, tables with their cells, numbers that no page or line end cuts."""

from __future__ import annotations

import hashlib
import itertools
import re
import sys
from pathlib import Path

import pytest

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.reading import read_data
from budgetperf.documents.source import Document, Paragraph, Table

pytest.importorskip("pdfminer", reason="the extra pdf")

from . import pdf_writing as pdf
from .pdf_writing import LEFT, PITCH, TOP, Flow, Sheet, lines


def read(data: bytes) -> Document:
    return document_of(data, "x.pdf")


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[tuple[str, ...]]]:
    return [list(block.texts()) for block in document.blocks if isinstance(block, Table)]


def notes(document: Document) -> str:
    return "\n".join(note.zh for note in document.notes)


def refused(data: bytes) -> str:
    with pytest.raises(UnusableDocumentError) as error:
        read(data)
    assert error.value.field == "x.pdf"
    return error.value.code


def row(sheet: Sheet, y: float, xs: list[float], cells: list[str], height: float = 20.0) -> None:
    """A row of a table: cells from each x to the next, their lines from the left."""
    for (x, end), text in zip(itertools.pairwise(xs), cells, strict=True):
        sheet.box(x, y, end, y + height)
        for at, line in enumerate(text.split("\n")):
            if line:
                sheet.text(x + 4, y + 13 + 13 * at, line)


# Text.

LONG = "本年财政拨款预算数为353.21万元，执行数为241.86万元，执行率为68.48%，其余结转下年使用。"


@pytest.mark.parametrize("anywhere", [False, True])
def test_lines_are_put_together_as_paragraphs(anywhere: bool) -> None:
    flow = Flow(anywhere=anywhere)
    for text in (LONG * 3, "短的一段。", LONG * 40, LONG):
        flow.paragraph(text)
    document = read(flow.data())
    assert len(flow.sheets) == 2
    assert paragraphs(document) == [LONG * 3, "短的一段。", LONG * 40, LONG]
    assert ("行末断开的数已连成一个" in notes(document)) == anywhere
    assert [block.spot.page for block in document.blocks] == [1, 1, 1, 2]


def test_numbers_of_pages_and_running_headers_are_no_text() -> None:
    flow = Flow(header="某局 2023 年度自评")
    for _ in range(90):
        flow.paragraph("预算数为5万元。")
    document = read(flow.data())
    assert paragraphs(document) == ["预算数为5万元。"] * 90
    assert "页眉页脚未读取：某局 2023 年度自评" in notes(document)


@pytest.mark.parametrize("text", ["5", "第 1 页 共 1 页", "1/1"])
def test_what_may_be_a_number_of_a_page_is_one_in_the_margin_alone(text: str) -> None:
    sheet = lines(["执行率为99%。"])
    sheet.text(290, 810, text)
    kept = ["执行率为99%。", "5"] if text == "5" else ["执行率为99%。"]
    assert paragraphs(read(pdf.pdf(sheet))) == kept
    sheet = lines(["执行率为99%。", text])
    assert paragraphs(read(pdf.pdf(sheet))) == ["执行率为99%。", text]


def test_titles_of_forms_are_no_running_headers() -> None:
    sheets = [Sheet() for _ in range(4)]
    for number, sheet in enumerate(sheets):
        sheet.text(200, 60, "项目支出绩效自评表", 16)
        sheet.text(LEFT, 100, f"第{number}项预算数为5万元。")
    assert paragraphs(read(pdf.pdf(*sheets))).count("项目支出绩效自评表") == 4


def test_signs_drawn_twice_are_one_sign() -> None:
    sheet = lines(["得分11.11"])
    sheet.text(LEFT + 0.3, TOP + PITCH, "得分11.11")
    assert paragraphs(read(pdf.pdf(sheet))) == ["得分11.11"]


def test_numbers_that_stand_on_each_other_are_no_numbers() -> None:
    sheet = lines(["得分", ""])
    sheet.text(200, TOP + PITCH, "353.21")
    sheet.text(202, TOP + PITCH, "595.07")
    (text,) = paragraphs(read(pdf.pdf(sheet)))
    assert not re.search(r"\d{2}", text)


def test_raised_digits_are_no_part_of_a_number() -> None:
    sheet = lines(["执行数353.21"])
    sheet.text(LEFT + pdf.width("执行数353.21"), TOP + PITCH - 4, "1", 6)
    assert paragraphs(read(pdf.pdf(sheet))) == ["执行数353.21¹"]


def test_what_is_struck_out_is_left_out_and_told() -> None:
    sheet = lines(["预算数 353.21 万元", "下划线 595.07 万元"])
    x0, x1 = LEFT + pdf.width("预算数 "), LEFT + pdf.width("预算数 353.21")
    sheet.rule(x0, TOP + PITCH - 3.5, x1, TOP + PITCH - 3.5)
    sheet.rule(x0, TOP + 2 * PITCH + 1.5, x1, TOP + 2 * PITCH + 1.5)
    document = read(pdf.pdf(sheet))
    assert paragraphs(document) == ["预算数 万元", "下划线 595.07 万元"]
    assert "353.21" in notes(document)


@pytest.mark.parametrize("before", ["3 Tr", "1 g", "1 1 1 rg", "0 0 0 0 k"])
def test_what_does_not_show_is_left_out_and_told(before: str) -> None:
    sheet = lines(["执行率为99%。"])
    sheet.text(LEFT, 300, "执行率为66%。", before=before)
    document = read(pdf.pdf(sheet))
    assert paragraphs(document) == ["执行率为99%。"]
    assert "看不见的文字" in notes(document)


def test_white_text_shows_on_a_dark_ground() -> None:
    sheet = Sheet()
    sheet.parts.append(f"0.2 g {LEFT} 500 200 30 re f")
    sheet.text(LEFT + 5, pdf.HEIGHT - 510, "年度总资金", before="1 g")
    sheet.parts.append("0 g")
    assert paragraphs(read(pdf.pdf(sheet))) == ["年度总资金"]


def test_what_is_clipped_is_not_there() -> None:
    sheet = Sheet()
    sheet.parts.append(f"q {LEFT} 700 200 30 re W n")
    sheet.text(LEFT, pdf.HEIGHT - 710, "看得见5")
    sheet.text(LEFT, pdf.HEIGHT - 690, "看不见6")
    sheet.parts.append("Q")
    sheet.text(LEFT, 400, "看得见7")
    assert paragraphs(read(pdf.pdf(sheet))) == ["看得见5", "看得见7"]


def test_text_askew_is_left_out_and_told() -> None:
    sheet = lines(["执行率为99%。"])
    sheet.signs |= set("样本5")
    codes = "".join(f"{ord(char):04X}" for char in "样本5")
    sheet.parts.append(f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm <{codes}> Tj ET")
    document = read(pdf.pdf(sheet))
    assert paragraphs(document) == ["执行率为99%。"]
    assert "样本5" in notes(document)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_may_be_turned(turn: int) -> None:
    data = pdf.pdf(lines(["预算数为353.21万元。", "执行数为241.86万元。"]))
    turned = data.replace(b"/Contents", f"/Rotate {turn}/Contents".encode())
    assert paragraphs(read(_repaired(turned))) == ["预算数为353.21万元。", "执行数为241.86万元。"]


def test_a_form_may_lie_on_its_side() -> None:
    sheet = lines(["预算数为353.21万元。", "执行数为241.86万元。"])
    sheet.parts = ["q 0 1 -1 0 842 0 cm", *sheet.parts, "Q"]
    assert paragraphs(read(pdf.pdf(sheet))) == ["预算数为353.21万元。", "执行数为241.86万元。"]


def _repaired(data: bytes) -> bytes:
    """A file whose objects have moved, with their places."""
    start = data.rindex(b"xref\n0")
    start = data.rindex(b"xref\n0", 0, data.rindex(b"startxref"))
    out = bytearray(data[:start])
    for line in data[start:].split(b"\n"):
        number = len(re.findall(rb"\n\d{10} ", out[start:]))
        at = re.search(rb"\n%d 0 obj" % number, data)
        is_place = re.fullmatch(rb"\d{10} 00000 n ", line)
        out += (b"%010d 00000 n " % (at.start() + 1) if is_place and at else line) + b"\n"
    return re.sub(rb"startxref\n\d+", b"startxref\n%d" % start, bytes(out))


# Signs.


def test_signs_that_are_not_known_are_no_end_of_a_number() -> None:
    data = pdf.pdf(lines(["执行数353.21万元", "〇一二"]), unknown="3〇")
    document = read(data)
    assert paragraphs(document) == ["执行数*5*.21万元", "□一二"]
    assert "无法辨认的字" in notes(document)


@pytest.mark.parametrize(
    ("drawn", "shown"), [("⺠生⻓期", "民生长期"), ("⽤途", "用途"), ("\u00a05\u3000人", "5 人")]
)
def test_signs_are_written_as_elsewhere(drawn: str, shown: str) -> None:
    assert paragraphs(read(pdf.pdf(lines([drawn])))) == [shown]


# Tables.

XS = [72.0, 142.0, 212.0, 282.0]


def test_a_number_that_is_broken_in_its_cell_is_put_together() -> None:
    """The first line is full, and all others of the column have two decimals."""
    xs = [72.0, 172.0, 172.0 + pdf.width("3876645") + 12]
    sheet = Sheet()
    for at, number in enumerate(["执行数", "7664.62", "3876645\n.62", "3876645\n2.10", "12.50"]):
        row(sheet, 100 + 34 * at, xs, ["甲乙丙丁", number], 34)
    (table,) = tables(document := read(pdf.pdf(sheet)))
    assert [texts[1] for texts in table] == [
        *("执行数", "7664.62", "3876645.62", "38766452.10", "12.50")
    ]
    assert "38766452.10" in notes(document)


@pytest.mark.parametrize(
    ("others", "shown"),
    [
        (["7664.62", "指标值", "300"], "38766.62"),  # below another header: no matter
        (["7664.62", "—", "", "12.50", "指标值", "95"], "38766.62"),
        (["7664.6", "指标值", "300.25"], "38766.6\n2"),
        (["指标值", "300.25"], "38766.6\n2"),
        (["7664.62", "300", "指标值"], "38766.6\n2"),
    ],
)
def test_the_decimals_of_a_column_are_those_below_the_same_header(
    others: list[str], shown: str
) -> None:
    xs = [20.0, 72.0, 72.0 + pdf.width("38766.6") + 12]
    sheet = Sheet()
    for at, text in enumerate(["执行数", "38766.6\n2", *others]):
        row(sheet, 100 + 34 * at, xs, ["甲", text], 34)
    (table,) = tables(document := read(pdf.pdf(sheet)))
    assert table[1][1] == shown
    assert ("38766.62" if shown == "38766.62" else "38766.6 / 2") in notes(document)


@pytest.mark.parametrize(
    ("number", "others"),
    [
        ("3876645\n212", ["12", "5"]),  # whole numbers: it may be two
        ("3876645\n2.10", ["12.50", "7"]),  # one has decimals, one has none
        ("12345.5\n2345.5", ["1.5", "2.5"]),  # two of one decimal each
        ("20\n15", ["5", "7"]),
    ],
)
def test_digits_on_two_lines_that_may_be_two_numbers_are_no_number(
    number: str, others: list[str]
) -> None:
    narrow = 72.0 + max(pdf.width(line) for line in number.split("\n")) + 12
    sheet = Sheet()
    for at, text in enumerate([number, *others]):
        row(sheet, 100 + 34 * at, [20.0, 72.0, narrow], ["甲", text], 34)
    (table,) = tables(document := read(pdf.pdf(sheet)))
    assert table[0][1] == number
    assert "未读取" in notes(document)
    assert number.replace("\n", " / ") in notes(document)


@pytest.mark.parametrize(
    ("column", "read_as"),
    [
        # The first is one number whatever stands around it, and tells how the others are printed.
        (["1,35\n0.00", "60.0\n0"], ["1,350.00", "60.00"]),
        (["60.0\n0", "1,35\n0.00"], ["60.00", "1,350.00"]),
        (["60.0\n0", "40.0\n0"], ["60.0\n0", "40.0\n0"]),  # which may be two numbers each
        (["1,35\n0.0", "60.0\n0"], ["1,350.0", "60.0\n0"]),
        (["1,35\n0.00", "6000\n40"], ["1,350.00", "6000\n40"]),
    ],
)
def test_a_number_broken_behind_its_point_is_like_those_of_its_column(
    column: list[str], read_as: list[str]
) -> None:
    xs = [20.0, 72.0, 72.0 + pdf.width("60.0") + 12]
    sheet = Sheet()
    for at, text in enumerate(["预算", *column]):
        row(sheet, 100 + 34 * at, xs, ["甲", text], 34)
    (table,) = tables(document := read(pdf.pdf(sheet)))
    assert [texts[1] for texts in table[1:]] == read_as
    told = [text.replace("\n", " / ") for text in read_as]
    assert all(text in notes(document) for text in told)


def test_a_break_where_there_is_room_stays_one() -> None:
    sheet = Sheet()
    row(sheet, 100, XS, ["甲\n乙", "20\n15", "合计\n35"], 34)
    document = read(pdf.pdf(sheet))
    assert tables(document) == [[("甲\n乙", "20\n15", "合计\n35")]]
    assert not document.notes


def test_what_stands_before_and_behind_a_number_tells_that_it_is_one() -> None:
    sheet = Sheet()
    width = pdf.width("≥8116.6") + 12
    row(sheet, 100, [20.0, 72.0, 72.0 + width], ["甲", "≥8116.6\n3万元"], 34)
    assert tables(read(pdf.pdf(sheet)))[0][0][1] == "≥8116.63万元"


def test_a_number_across_a_border_is_none() -> None:
    sheet = Sheet()
    row(sheet, 100, XS, ["甲", "", "12"])
    sheet.text(XS[1] - 21, 113, "387664.62")
    (table,) = tables(document := read(pdf.pdf(sheet)))
    assert "□" in table[0][0]
    assert "□" in table[0][1]
    assert "越过" in notes(document)


def test_rows_over_several_pages_are_one_table() -> None:
    header = [("三级指标", 1, 1), ("指标值", 1, 1), ("得分", 1, 1)]
    body = [[(f"指标{n}", 1, 1), (f"≥{n}%", 1, 1), (f"{n}.50", 1, 1)] for n in range(10, 110)]
    for repeats in (0, 1):
        flow = Flow()
        flow.paragraph("附表")
        flow.table([header, *body], repeats=repeats)
        document = read(flow.data())
        assert tables(document) == [[tuple(text for text, _, _ in row) for row in [header, *body]]]
        assert ("重复的表头" in notes(document)) == bool(repeats)
        pages = [row.cells[0].spot.page for row in document.blocks[1].rows]  # type: ignore[union-attr]
        assert (pages[0], pages[-1]) == (1, 3)


def test_a_form_on_each_page_stays_a_form_of_its_own() -> None:
    sheets = []
    for name in ("甲项目", "乙项目"):
        sheet = Sheet()
        for at in range(25):
            label = ("项目名称", "主管部门")[at] if at < 2 else f"指标{at}"
            row(sheet, TOP + 28 * at, XS, [label, name if at == 0 else "同", f"{at}.5"], 28)
        sheets.append(sheet)
    found = tables(read(pdf.pdf(*sheets)))
    assert [table[0][1] for table in found] == ["甲项目", "乙项目"]


HEAD_WORDS = ["一级指标名", "三级指标名", "指标值", "全年实际完"]
HEAD = [20.0, 72.0, 124.0, 176.0, 228.0, 280.0]


def begun_head() -> Sheet:
    """At the end of a page the first row of a head, in which one cell goes over two columns."""
    sheet = Sheet()
    row(sheet, TOP, [HEAD[0], HEAD[-1]], ["绩效自评表"], 640)
    row(
        sheet,
        TOP + 640,
        [*HEAD[:3], *HEAD[4:]],
        HEAD_WORDS,
    )
    return sheet


def test_a_head_that_a_page_end_cuts_beside_its_parts_is_one_head() -> None:
    """The words over both rows of the head break off; below the divided cell its parts begin."""
    second = Sheet()
    row(second, TOP, HEAD, ["称", "称", "符号", "数值", "成值"])
    row(second, TOP + 20, HEAD, ["产出指标", "培训人次", "≥", "200", "210"])
    (table,) = tables(document := read(pdf.pdf(begun_head(), second)))
    assert [[text for text in row if text] for row in table[1:]] == [
        ["一级指标名称", "三级指标名称", "指标值", "全年实际完成值"],
        ["符号", "数值"],
        ["产出指标", "培训人次", "≥", "200", "210"],
    ]
    assert "分页断开" in notes(document)


@pytest.mark.parametrize(
    "below", [["称", "称", "≥", "200", "210"], ["称", "（新）", "符号", "数值", "\n成值"]]
)
def test_what_begins_below_a_head_is_no_end_of_it(below: list[str]) -> None:
    """Numbers are no words of a head; what does not begin at the top does not go on."""
    second = Sheet()
    row(second, TOP, HEAD, below, 40)
    (table,) = tables(document := read(pdf.pdf(begun_head(), second)))
    assert [text for text in table[1] if text] == HEAD_WORDS
    assert "分页断开" not in notes(document)


@pytest.mark.parametrize(("height", "is_cut"), [(27, True), (34, False)])
def test_a_row_is_cut_where_a_further_line_has_no_room(height: int, is_cut: bool) -> None:
    xs = [72.0, 140.0, 193.0]
    first, second = Sheet(), Sheet()
    row(first, TOP, xs, ["三级指标", "执行数"], 640)
    row(first, TOP + 640, xs, ["政务服务事", "中心"], height)
    row(second, TOP, xs, ["项办理率", ""], 20)
    row(second, TOP + 20, xs, ["满意度", "1.50"], 20)
    (table,) = tables(document := read(pdf.pdf(first, second)))
    assert ("分页断开" in notes(document)) == is_cut
    assert table[1][0] == ("政务服务事项办理率" if is_cut else "政务服务事")


def test_a_row_that_a_page_end_cuts_is_one_row() -> None:
    """Each cell breaks off where its line is full; the number, too."""
    xs = [72.0, 140.0, 193.0, 250.0]
    first, second = Sheet(), Sheet()
    row(first, TOP, xs, ["三级指标", "执行数", "得分"], 640)
    row(first, TOP + 640, xs, ["政务服务事", "1234567", "10"], 20)
    row(second, TOP, xs, ["项办理率", ".89", ""], 20)
    row(second, TOP + 20, xs, ["满意度", "1.50", "20"], 20)
    (table,) = tables(document := read(pdf.pdf(first, second)))
    assert table[1:] == [("政务服务事项办理率", "1234567.89", "10"), ("满意度", "1.50", "20")]
    assert "分页断开" in notes(document)


@pytest.mark.parametrize("text", ["政务服务事", "次数"])
def test_a_row_is_cut_beside_a_merged_cell_where_a_text_breaks_off(text: str) -> None:
    xs = [72.0, 140.0, 193.0, 250.0]
    first, second = Sheet(), Sheet()
    first.box(20, TOP, 72, TOP + 660)
    first.text(24, TOP + 13, "产出指标")
    second.box(20, TOP, 72, TOP + 40)
    row(first, TOP, xs, ["三级指标", "指标值", "得分"], 640)
    row(first, TOP + 640, xs, [text, "300", "10"], 20)
    row(second, TOP, xs, ["项办理率", "元/人·月", ""], 20)
    row(second, TOP + 20, xs, ["满意度", "1.50", "20"], 20)
    (table,) = tables(document := read(pdf.pdf(first, second)))
    is_cut = text != "次数"
    assert ("分页断开" in notes(document)) == is_cut
    assert len(table) == 4 - is_cut
    assert table[1][1] == ("政务服务事项办理率" if is_cut else "次数")
    assert [words.replace("\n", "") for words in table[-1][1:]] == ["满意度", "1.50", "20"]


@pytest.mark.parametrize(
    ("name", "level"), [("政务服务\n中心办事", "社会效益"), ("次数\n甲", "20")]
)
def test_words_beside_a_text_that_a_page_end_cuts_may_end_higher_up(name: str, level: str) -> None:
    xs = [72.0, 140.0, 193.0, 250.0]
    first, second = Sheet(), Sheet()
    row(first, TOP, xs, ["二级指标", "三级指标", "得分"], 626)
    row(first, TOP + 626, xs, [level, name, "10"], 34)
    row(second, TOP, xs, ["指标", "项办理率", ""], 20)
    row(second, TOP + 20, xs, ["满意度", "群众满意", "20"], 20)
    (table,) = tables(document := read(pdf.pdf(first, second)))
    is_cut = level != "20"
    assert ("分页断开" in notes(document)) == is_cut
    assert len(table) == 4 - is_cut
    if is_cut:
        texts = [text.replace("\n", "") for text in table[1]]
        assert texts == ["社会效益指标", "政务服务中心办事项办理率", "10"]


def test_rows_that_only_look_so_stay_rows() -> None:
    first, second = Sheet(), Sheet()
    row(first, TOP, XS, ["三级指标", "执行数", "得分"], 640)
    row(first, TOP + 640, XS, ["次数", "353.21", "10"], 20)
    row(second, TOP, XS, ["人数", "595.07", "20"], 20)
    row(second, TOP + 20, XS, ["社会效益", "", ""], 20)
    (table,) = tables(document := read(pdf.pdf(first, second)))
    assert table[1:] == [
        *(("次数", "353.21", "10"), ("人数", "595.07", "20"), ("社会效益", "", ""))
    ]
    assert not document.notes


def test_columns_on_a_later_page_go_back_beside_their_rows() -> None:
    first, second = Sheet(), Sheet()
    cells = [["指标", "目标", "完成"], ["甲", "10", "12"], ["乙", "20", "19"], ["丙", "5", "5"]]
    more = [["分值", "得分"], ["10", "10"], ["20", "18"], ["5", "5"]]
    for at, (left, right) in enumerate(zip(cells, more, strict=True)):
        row(first, TOP + 25 * at, XS, left, 25)
        row(second, TOP + 25 * at, [72.0, 150.0, 200.0], right, 25)
    document = read(pdf.pdf(first, second))
    assert tables(document) == [
        [tuple(left + right) for left, right in zip(cells, more, strict=True)]
    ]
    assert "右边的列" in notes(document)


STEPS = [72.0, 150.0, 200.0]


def test_cells_merged_over_a_page_end_are_one_with_the_columns_that_are_put_back() -> None:
    first, second = Sheet(), Sheet()
    for sheet, x, end in ((first, 72.0, 450.0), (second, 72.0, 200.0)):
        for y in (TOP, TOP + 30, TOP + 50, TOP + 75):  # no line down at the page end
            sheet.rule(x, y, end, y)
        sheet.rule(x if sheet is first else end, TOP, x if sheet is first else end, TOP + 75)
    first.text(80, TOP + 15, "自评表")
    first.rule(300, TOP + 30, 300, TOP + 75)
    for x, y, text in ((80, 45, "指标"), (310, 45, "目标"), (80, 65, "甲"), (310, 65, "10")):
        first.text(x, TOP + y, text)
    second.rule(150, TOP + 30, 150, TOP + 75)
    second.rule(72, TOP + 30, 72, TOP + 75)
    for x, y, text in ((80, 45, "分值"), (160, 45, "得分"), (80, 65, "20"), (160, 65, "18")):
        second.text(x, TOP + y, text)
    assert tables(read(pdf.pdf(first, second))) == [
        [("自评表", "", "", ""), ("指标", "目标", "分值", "得分"), ("甲", "10", "20", "18")]
    ]


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [0, 2, 1, 3]])
def test_columns_go_back_whether_pages_go_down_or_across_first(order: list[int]) -> None:
    sheets = [Sheet() for _ in range(4)]  # by page: down, then across
    for part, name in enumerate("甲乙"):
        for at in range(4):
            height = 25 if order[1] == 1 else 20 + 3 * at + 2 * part
            y = TOP + sum(25 if order[1] == 1 else 20 + 3 * a + 2 * part for a in range(at))
            row(sheets[part], y, XS, [f"{name}{at}", f"{part}{at}", f"1{part}{at}"], height)
            row(sheets[2 + part], y, STEPS, [f"2{part}{at}", f"3{part}{at}"], height)
    document = read(pdf.pdf(*(sheets[at] for at in order)))
    assert tables(document) == [
        [
            (f"{name}{at}", f"{part}{at}", f"1{part}{at}", f"2{part}{at}", f"3{part}{at}")
            for at in range(4)
        ]
        for part, name in enumerate("甲乙")
    ]


def test_a_title_alone_may_be_what_is_repeated() -> None:
    sheets = [Sheet(), Sheet()]
    rows = [
        ["自评表", "", ""],
        ["指标", "目标", "得分"],
        *([f"甲{n}", f"{n}", "5"] for n in range(25)),
    ]
    for at, cells in enumerate(rows[:24]):
        row(sheets[0], TOP + 29 * at, XS, cells, 29)
    for at, cells in enumerate([rows[0], *rows[24:]]):
        row(sheets[1], TOP + 29 * at, XS, cells, 29)
    document = read(pdf.pdf(*sheets))
    assert tables(document) == [[tuple(cells) for cells in rows]]
    assert "重复的表头" in notes(document)


def test_numbers_on_lines_that_lie_upon_each_other_are_no_numbers() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "12")
    sheet.text(110.5, 104, "34")
    sheet.text(100, 200, "预算数为353.21万元。")
    assert paragraphs(read(pdf.pdf(sheet)))[0] == "12*4"  # as in any number with a sign unknown


@pytest.mark.parametrize("rows", [1, 2])
def test_few_rows_at_the_same_place_are_no_columns_of_each_other(rows: int) -> None:
    sheets, wanted = [], []
    for names in (["指标", "甲"], ["科目", "乙"]):
        sheet = Sheet()
        cells = [[name, str(at), f"{at}.5"] for at, name in enumerate(names[:rows])]
        for at, texts in enumerate(cells):
            row(sheet, TOP + 25 * at, XS, texts, 25)
        sheets.append(sheet)
        wanted.append([tuple(texts) for texts in cells])
    document = read(pdf.pdf(*sheets))
    assert tables(document) == wanted
    assert not document.notes


def test_a_merged_cell_goes_on_over_a_page_end() -> None:
    first, second = Sheet(), Sheet()
    row(first, TOP, XS, ["一级", "三级", "得分"], 600)
    for at, sheet, y in ((1, first, TOP + 600), (2, first, TOP + 630), (3, second, TOP)):
        row(sheet, y, XS[1:], [f"指标{at}", f"{at}0"], 30)
    first.rule(XS[0], TOP + 600, XS[0], TOP + 660)  # no line at the page end
    second.rule(XS[0], TOP, XS[0], TOP + 30)
    second.rule(XS[0], TOP + 30, XS[1], TOP + 30)
    first.text(XS[0] + 4, TOP + 630, "产出")
    (block,) = read(pdf.pdf(first, second)).blocks
    assert isinstance(block, Table)
    assert [texts[0] for texts in block.texts()] == ["一级", "产出", "", ""]
    assert block.rows[1].cells[0].rows == 3


def test_a_frame_is_no_table() -> None:
    sheet = lines(["预算数为353.21万元。"])
    sheet.box(30, 30, 560, 810)
    assert paragraphs(read(pdf.pdf(sheet))) == ["预算数为353.21万元。"]


def test_a_table_may_be_open_at_its_sides() -> None:
    sheet = Sheet()
    for at, cells in enumerate([["指标", "得分"], ["甲", "9.5"]]):
        y = 100 + 20 * at
        sheet.rule(72, y, 300, y)
        sheet.rule(180, y, 180, y + 20)
        sheet.text(76, y + 13, cells[0])
        sheet.text(184, y + 13, cells[1])
    sheet.rule(72, 140, 300, 140)
    assert tables(read(pdf.pdf(sheet))) == [[("指标", "得分"), ("甲", "9.5")]]


# Tables without lines.


def in_columns(rows: list[list[str]]) -> Sheet:
    sheet = Sheet()
    for at, texts in enumerate(rows):
        for x, text in zip((72, 200, 300, 400), texts, strict=False):
            if text:
                sheet.text(x, TOP + PITCH * (at + 1), text)
    return sheet


PLAIN = [
    ["三级指标", "指标值", "实际完成值", "得分"],
    ["培训人数", "≥10人", "12人", "10"],
    ["完成率", "≥95%", "", "20"],
    ["满意度", "≥90%", "93%", "5.5"],
]


def test_a_table_without_lines_is_read_by_columns_that_are_plain() -> None:
    sheet = in_columns(PLAIN)
    sheet.text(72, TOP + PITCH * 7, "预算数为353.21万元，执行数为241.86万元，执行率为68.48%。")
    document = read(pdf.pdf(sheet))
    assert tables(document) == [[tuple(texts) for texts in PLAIN]]
    assert len(paragraphs(document)) == 1
    assert "没有框线的表格，按上下对齐的列读取" in notes(document)


@pytest.mark.parametrize(
    "odd",
    [
        ["类甲人员"],  # a cell that goes on in a line of its own
        ["合计 ", "", "", "35.5"],
        ["群众对政务服务的满意程度情况如何", "≥90%", "93%", "5"],  # across two columns
    ],
)
def test_a_table_without_lines_that_is_not_plain_is_no_text_either(odd: list[str]) -> None:
    document = read(pdf.pdf(in_columns([*PLAIN, odd, PLAIN[1]])))
    if len(odd) == 4 and not odd[1]:
        rows = (*PLAIN, odd, PLAIN[1])
        assert tables(document) == [[tuple(map(str.strip, texts)) for texts in rows]]
        return
    assert not paragraphs(document)
    assert {len([t for t in row if t]) for table in tables(document) for row in table} == {1}
    assert "属于哪一列无法确定，未读取" in notes(document)


def test_what_is_not_read_of_a_file_is_told_where_nothing_was_read() -> None:
    rows = [*PLAIN, ["类甲人员"], ["完成率", "≥95%", "96%", "20"]]
    with pytest.raises(UnusableDocumentError, match="没有框线的表格") as refused_with:
        read_data(pdf.pdf(in_columns(rows)), "x.pdf")
    assert refused_with.value.code == "no-figures"


# Files.


def test_a_scan_is_refused() -> None:
    sheet = Sheet(["q 595 0 0 842 0 0 cm /Im0 Do Q"])
    assert refused(pdf.pdf(sheet)) == "scan"
    recognised = Sheet()
    recognised.text(100, 100, "执行率99%", before="3 Tr")
    assert refused(pdf.pdf(recognised)) == "scan"


def test_pictures_are_told() -> None:
    sheet = lines(["执行率为99%。"])
    sheet.parts.append("q 150 0 0 150 72 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")
    assert "第 1 页有图片" in notes(read(pdf.pdf(sheet)))
    sheet.parts.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")
    assert "识别" in notes(read(pdf.pdf(sheet)))


def test_forms_to_fill_in_and_layers_are_told() -> None:
    data = pdf.pdf(
        lines(["执行率为99%。"]),
        AcroForm="<</Fields[9 0 R]>>",
        OCProperties="<</D<</OFF[9 0 R]>>>>",
    )
    assert "可填写的表单" in notes(read(data))
    assert "图层" in notes(read(data))


def test_what_is_cut_off_or_damaged_is_refused() -> None:
    data = pdf.pdf(lines(["执行率为99%。"]))
    assert refused(data[:-20]) == "damaged"
    assert refused(data[: len(data) // 2] + b"%%EOF") == "damaged"
    assert refused(data.replace(b"/Count 1", b"/Count 2")) == "damaged"
    assert refused(data.replace(b"/Filter/FlateDecode", b"/Filter/FlateDecodd")) == "scan"
    packed = data.rindex(b"stream\nx") + 12
    assert refused(data[:packed] + b"\x00\x00\x00" + data[packed + 3 :]) == "damaged"
    assert refused(b"%PDF-1.7\n%%EOF") == "damaged"


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "budgetperf.documents.readers.pdf.file.opening", None)
    with pytest.raises(UnusableDocumentError, match=r"budgetperf\[pdf\]") as error:
        read(pdf.pdf(lines(["执行率为99%。"])))
    assert error.value.code == "needs-extra"


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


@pytest.mark.parametrize("password", [False, True])
def test_what_needs_a_password_is_refused_and_what_only_forbids_printing_is_read(
    password: bool,
) -> None:
    owner = bytes(range(32))
    start = b"secret" + PADDING[:26] if password else PADDING
    key = hashlib.md5(start + owner + (2**32 - 4).to_bytes(4, "little")).digest()[:5]  # noqa: S324

    def locked(match: re.Match[bytes]) -> bytes:
        number = int(match[1])
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]  # noqa: S324
        return match[0].replace(match[3], rc4(own, match[3]))

    data = pdf.pdf(lines(["执行率为99%。"]))
    data = re.sub(
        rb"\n(\d+) 0 obj\n(<<[^>]*>>)stream\n(.*?)\nendstream", locked, data, flags=re.DOTALL
    )
    said = "".join(f"/{k}<{v.hex()}>" for k, v in (("O", owner), ("U", rc4(key, PADDING))))
    encrypt = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4{said}>>".encode()
    data = data.replace(b"/Root 1 0 R", b"/Root 1 0 R" + encrypt)
    if password:
        assert refused(data) == "encrypted"
    else:
        assert paragraphs(read(data)) == ["执行率为99%。"]


def test_a_file_of_ours_is_read(tmp_path: Path) -> None:
    """The place of each piece: its page, its line, its cell."""
    flow = Flow()
    flow.paragraph("附表")
    flow.table([[("指标", 1, 1), ("得分", 1, 1)], [("次数", 1, 1), ("9.5", 1, 1)]])
    document = read(flow.data())
    assert (document.kind, document.encoding) == ("pdf", "")
    title, table = document.blocks
    assert (title.spot.page, title.spot.line, title.spot.paragraph) == (1, 1, 1)
    assert isinstance(table, Table)
    spot = table.rows[1].cells[1].spot
    assert (spot.page, spot.line, spot.table, spot.cell) == (1, 3, 1, "B2")

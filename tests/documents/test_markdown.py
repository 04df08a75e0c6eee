"""Text and Markdown: lines stay as they are, tables are read in whichever way they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.readers.files import document_of, text_document
from budgetperf.documents.source import Document, Heading, Table
from budgetperf.documents.understanding.lines import lines_of
from tests.documents.shown import rows
from tests.factories import refused


def read(text: str) -> Document:
    return text_document(text, "x.md")


@given(st.text("甲5 .#*\n\r\x0c\u2028", min_size=1).filter(str.strip))
def test_plain_lines_stay_as_they_are(text: str) -> None:
    """But for the marks of headings, which the number of a line outlives."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    due = [(n, part) for n, line in enumerate(lines, 1) for part in line.splitlines()]
    found = list(lines_of(read(text)))
    assert [line for line, _ in found] == [n for n, part in due if part.strip()]
    shown = [part.replace("#", "").split() for _, part in found]
    assert shown == [part.replace("#", "").split() for _, part in due if part.strip()]


def test_headings() -> None:
    first, second, third = read("## 二、绩效\n#5 号\n####### 七").blocks
    assert isinstance(first, Heading)
    assert (first.level, first.text) == (2, "二、绩效")
    assert not isinstance(second, Heading)
    assert not isinstance(third, Heading)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("| 甲 | 5 |\n|---|:-:|\n| 乙 | 6 |", (("甲", "5"), ("乙", "6"))),
        ("甲 | 5\n--|--\n乙 | 6", (("甲", "5"), ("乙", "6"))),
        ("| 甲 | 5 |\n| 乙 | 6 |", (("甲", "5"), ("乙", "6"))),
        (
            "| 甲 | - |\n|---|---|\n| - | - |",
            (("甲", "-"), ("-", "-")),
        ),
        ("| 甲 || |\n|---|---|---|", (("甲", "", ""),)),
        (r"| a\|b | \<5%<br>注 | $\geq 90\%$ |", (("a|b", "<5%\n注", r"$\geq 90\%$"),)),
        ("| 年初&nbsp;数 | &ge;5 |", (("年初\xa0数", "≥5"),)),
    ],
)
def test_pipes(text: str, table: tuple[tuple[str, ...], ...]) -> None:
    assert rows(read(f"前\n\n{text}\n\n后")) == [table]


def test_a_pipe_alone_is_no_table() -> None:
    document = read("甲|乙\n丙")
    assert rows(document) == []
    assert [line for line, _ in lines_of(document)] == [1, 2]


def test_a_grid_with_merged_cells() -> None:
    text = """\
+------+------+-----+
| 项目资金    | 分  |
+======+======+     |
| 总额 | 5    | 值  |
|      +------+-----+
|      | 6    | 7   |
+------+------+-----+"""
    (table,) = read(text).blocks
    assert isinstance(table, Table)
    assert table.texts() == (("项目资金", "", "分\n值"), ("总额", "5", ""), ("", "6", "7"))
    assert [(cell.rows, cell.columns) for cell in table.rows[0].cells] == [(1, 2), (2, 1)]
    assert [row.line for row in table.rows] == [2, 4, 6]


@pytest.mark.parametrize("text", ["+---+\n| 5", "+---+", "+---+\n| 5 |\n+---", "++\n++"])
def test_what_is_no_grid_stays_as_it_is(text: str) -> None:
    assert rows(read(f"甲\n\n{text}\n")) in ([], [(("5",),)])


@pytest.mark.parametrize(
    "text",
    [
        "前\n<table><tr><td>甲</td><td>5</td></tr></table>\n后",
        "前\n<html><body><table><tr><td>甲</td><td>5</td></tr></table></body></html>\n后",
        "前\n<table>\n<tr>\n<td>甲</td>\n\n<td>5</td>\n</tr>\n</table>\n后",
        "前<TABLE><tr><td>甲<td>5</TABLE>后",
        "前\n<table><tr><td>甲<td>5\n\n后",  # never closed
    ],
)
def test_tables_in_html(text: str) -> None:
    document = read(text)
    assert rows(document) == [(("甲", "5"),)]
    assert [line for _, line in lines_of(document) if "\t" not in line] == ["前", "后"]


def test_two_tables_on_one_line_and_what_stands_between() -> None:
    table = "<table><tr><td>{}</table>"
    document = read(f"{table.format(5)}间{table.format(6)}后")
    assert rows(document) == [(("5",),), (("6",),)]
    assert [line.strip() for _, line in lines_of(document)] == ["5", "间", "6", "后"]


def test_cells_that_excel_copies_over_two_lines() -> None:
    text = '部门资金\t资金来源\t"年初\n预算数"\t得分\n\t总额\t353.21\t"他说""好"""'
    (table,) = rows(read(text))
    assert table == (
        ("部门资金", "资金来源", "年初\n预算数", "得分"),
        ("", "总额", "353.21", '他说"好"'),
    )


def test_quotes_that_excel_did_not_write_stay() -> None:
    (table,) = rows(read('"一网"通办\t5\t"好"\n"未完\t6\t7'))
    assert table == (('"一网"通办', "5", '"好"'), ('"未完', "6", "7"))


def test_separated_values() -> None:
    data = '名称,数\r\n"甲,乙","1,437"\r\n\r\n"两\n行",5'.encode("gb18030")
    document = document_of(data, "x.csv")
    assert (document.kind, document.encoding) == ("csv", "gb18030")
    assert rows(document) == [(("名称", "数"), ("甲,乙", "1,437"), ("两\n行", "5"))]
    assert [row.line for row in document.blocks[0].rows] == [1, 2, 4]  # type: ignore[union-attr]
    assert rows(document_of(b"a\tb,c\td", "x.tsv")) == [(("a", "b,c", "d"),)]
    grouped = "项目;预算;决算\n甲;1,234,567;2,345,678".encode()
    assert rows(document_of(grouped, "x.csv"))[0][1] == ("甲", "1,234,567", "2,345,678")
    with refused("damaged"):
        document_of('丙,5,"好\n乙,7,8'.encode(), "x.csv")


RULED = {
    "without a header": """
  ---------- -------- ------
  年初预算数 全年执行 执行率
  353.21     353.21   100%
  ---------- -------- ------
""",
    "with a header": """
  年初预算数   全年执行   执行率
  ------------ ---------- --------
  353.21       353.21     100%

后面的文字
""",
    "numbers at the right": """
  年初预算数   全年执行   执行率
------------ ---------- --------
      353.21     353.21     100%
""",
    "rows of several lines": """
  ----------------------------------
  年初         全年       执行率
  预算数       执行
  ------------ ---------- ----------
  353.21       353.21     100%

  1.00         \\>1        90%
  ----------------------------------
""",
}


@pytest.mark.parametrize("name", RULED)
def test_a_table_below_rulers_is_one(name: str) -> None:
    document = text_document(RULED[name], "x")
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    rows = [[text.replace("\n", "") for text in row] for row in table.texts()]
    assert rows[0][0] == "年初预算数"
    assert rows[0][2] == "执行率"
    assert rows[1] == ["353.21", "353.21", "100%"]
    assert rows[2:] == ([["1.00", ">1", "90%"]] if "several" in name else [])
    texts = [block.text for block in document.blocks if not isinstance(block, Table)]
    assert texts == (["后面的文字"] if name == "with a header" else [])


@pytest.mark.parametrize(
    "text",
    [
        "  ---- ----\n甲 乙\n没有结束",
        "标题\n----------\n文字",
        "----------\n\n---- ----\n甲",
        "甲 - 乙\n---- ----\n1 2\n",
        "----------\n甲\n" + "乙\n" * 20,
        "--- ---\n共投入1200.50万元\n--- ---\n",
        "表头一   表头二\n-------- -------\n甲       12\n乙乙乙乙乙4567\n",
        "表头一二三四五\n-------- -----\n甲       12\n",
        "甲    乙\n----- ---\n12345678 1\n",
    ],
)
def test_what_is_no_table_below_a_ruler(text: str) -> None:
    document = text_document(text, "x")
    assert not any(isinstance(block, Table) for block in document.blocks)


@pytest.mark.parametrize(
    "text", ["甲\n\n[TABLE]\n\n乙\n  [TABLE]", "甲\n\n| [TABLE] | 5 |\n\n乙\n[TABLE] "]
)
def test_a_table_that_a_conversion_left_out_is_told_with_its_place(text: str) -> None:
    (note,) = read(text).notes
    assert "[TABLE]" in note.zh
    assert note.en.endswith("line 3, 6")


@pytest.mark.parametrize("text", ["见[TABLE]一节", "[TABLES]", "[TABLE](table.html)", "[table]"])
def test_what_only_looks_like_a_table_that_was_left_out(text: str) -> None:
    assert read(text).notes == ()


def test_a_report_says_that_a_table_was_left_out() -> None:
    report = bp.parse("某局2023年度部门整体支出绩效自评报告\n全年预算数200.00万元。\n\n[TABLE]\n")
    assert report.reading is not None
    assert any("第 4 行" in note.zh and "[TABLE]" in note.zh for note in report.reading.notes)
    with pytest.raises(bp.UnusableDocumentError, match=r"\[TABLE\]"):
        bp.parse("某局绩效自评表\n\n[TABLE]\n")


# Rows whose cells are joined by pipes with none around them, a blank cell first in some.

JOINED = (
    ("项目支出绩效自评表（2023年度）",),
    ("项目名称", "水库除险"),
    ("主管部门", "某局", "实施单位", "某中心"),
    ("项目资金（元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("", "年度资金总额", "480.00", "480.00", "432.00", "10", "90%", "9"),
    ("", "其中：当年财政拨款", "480.00", "480.00", "432.00", "—", "", "—"),
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "原因"),
    ("产出指标", "数量指标", "加固水库", "≥3座", "3座", "30", "30", ""),
    ("", "质量指标", "验收合格率", "≥95%", "98%", "30", "30", ""),
    ("效益指标", "社会效益指标", "受益人数", "≥200人", "190人", "30", "28.5", "迁出"),
    ("总分", "", "", "", "", "100", "97.5", ""),
)


@pytest.mark.parametrize(
    ("between", "behind"), [(" | ", ""), ("|", ""), (" | ", " |"), ("\\t", "")]
)
def test_a_pipe_that_begins_a_row_follows_a_blank_cell(between: str, behind: str) -> None:
    """As in a table with pipes around its rows, and none of it is left out."""
    between = between.replace("\\t", "\t")
    joined = bp.parse("\n".join(between.join(row) + behind for row in JOINED))
    around = bp.parse("\n".join(f"| {' | '.join(row)} |" for row in JOINED))
    assert [(p, f.text) for p, f in bp.figures(joined)] == [
        (p, f.text) for p, f in bp.figures(around)
    ]
    assert len(joined.form.indicators) == 3
    assert not bp.audit(joined).inconsistent


def test_a_row_with_pipes_around_it_below_one_with_none_has_no_blank_cell() -> None:
    """Even if it has two cells less."""
    document = read("一级|二级|三级|指标值|完成值|得分\n|甲|5|5|10|")
    assert rows(document)[-1] == (("甲", "5", "5", "10"),)

"""Funds whose sources head the columns, and a second block of funds below the first.

Names and figures are invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from tests.strategies import crossed

from . import forms
from .test_forms import notes, pipes, said, unread
from .writing import Grid

TITLE = ("项目支出绩效自评表", 1, 8)
KINDS: dict[str, tuple[str, ...]] = {
    "年初预算数": ("180.00", "120.00", "45.00", "15.00"),
    "全年预算数": ("200.00", "140.00", "45.00", "15.00"),
    "全年执行数": ("170.00", "126.00", "36.00", "8.00"),
    "执行率": ("85.00%", "90.00%", "80.00%", "53.33%"),
    "分值": ("10", "", "", ""),
    "得分": ("8.5", "", "", ""),
}
TOTAL_AND_SOURCES = ("total", "sources[0]", "sources[1]", "sources[2]")
FIELDS = {
    "年初预算数": "initial",
    "全年预算数": "revised",
    "全年执行数": "executed",
    "执行率": "execution_rate",
    "分值": "weight",
    "得分": "score",
}
UNITS = {"执行率": "", "分值": "", "得分": ""}
DUE = {
    f"funding.{where}.{FIELDS[kind]}": f"{text}{UNITS.get(kind, '万元')}"
    for kind, texts in KINDS.items()
    for where, text in zip(TOTAL_AND_SOURCES, texts, strict=True)
    if text
}
INDICATORS: Grid = [
    [(text, 1, 1) for text in row.split("|")]
    for row in (
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
        "产出指标|数量指标|抽检批次|≥100批次|108批次|50|50|",
        "效益指标|社会效益指标|不合格批次处置率|=100%|100%|40|40|",
        "总分|||||100|98.5|",
    )
]


def one_row(kinds: dict[str, tuple[str, ...]] = KINDS) -> Grid:
    """The form with the sources in one row, below which the kinds of amounts stand."""
    header = [("项目资金（万元）", 1 + len(kinds), 1), ("资金来源", 1, 1), ("合计", 1, 1)]
    header += [("一般公共预算", 1, 2), ("政府性基金", 1, 1), ("其他资金", 1, 2)]
    spans = (1, 2, 1, 2)
    rows = [
        [(kind, 1, 1), *((text, 1, span) for text, span in zip(texts, spans, strict=True))]
        for kind, texts in kinds.items()
    ]
    return [[TITLE], [("项目名称", 1, 2), ("食品抽检", 1, 6)], header, *rows, *INDICATORS]


def two_rows() -> Grid:
    """The form with 其中 above the sources."""
    header = [("资金情况（万元）", 2, 2), ("年度资金总额", 2, 1), ("其中：", 1, 5)]
    below = [("财政拨款", 1, 1), ("单位资金", 1, 2), ("其他资金", 1, 2)]
    spans = (1, 1, 2, 2)
    rows = [
        [(kind, 1, 2), *((text, 1, span) for text, span in zip(texts, spans, strict=True))]
        for kind, texts in KINDS.items()
    ]
    return [[TITLE], [("项目名称", 1, 2), ("食品抽检", 1, 6)], header, below, *rows, *INDICATORS]


def points_behind() -> Grid:
    """The form with the points behind the sources, merged over all rows."""
    header = [("项目资金（万元）", 5, 1), ("类别", 1, 1), ("合计", 1, 1), ("一般公共预算", 1, 1)]
    header += [("政府性基金", 1, 1), ("其他资金", 1, 1), ("分值", 1, 1), ("得分", 1, 1)]
    kinds = [kind for kind in KINDS if kind not in ("分值", "得分")]
    rows = [[(kind, 1, 1), *((text, 1, 1) for text in KINDS[kind])] for kind in kinds]
    rows[0] += [(KINDS[kind][0], len(kinds), 1) for kind in ("分值", "得分")]
    return [[TITLE], [("项目名称", 1, 2), ("食品抽检", 1, 6)], header, *rows, *INDICATORS]


SHAPES = {"one row": one_row(), "two rows": two_rows(), "points behind": points_behind()}


def read(grid: Grid, written: str, folder: Path) -> bp.SelfEvaluation:
    data, name = forms.EVERY_FORMAT[written]([grid])
    file = folder / name
    file.write_bytes(data)
    return bp.read(file)


def of_funds(report: bp.SelfEvaluation) -> dict[str, str]:
    return {path: text for path, text in said(report).items() if path.startswith("funding")}


GRIDS = sorted(forms.EVERY_FORMAT.keys() - forms.TEXTS.keys())


@pytest.mark.parametrize(("shape", "written"), crossed(SHAPES, GRIDS))
def test_sources_that_head_the_columns(shape: str, written: str, tmp_path: Path) -> None:
    report = read(SHAPES[shape], written, tmp_path)
    assert of_funds(report) == DUE
    assert not (set(unread(report)) - {"000014349", "2024", "00012", "1234"})  # above a web page
    assert not bp.audit(report).inconsistent
    assert report.form.funding.sources[2].label == "其他资金"


@pytest.mark.parametrize(("shape", "written"), crossed(SHAPES, sorted(forms.TEXTS)))
def test_sources_above_columns_in_bare_text_are_not_read_wrongly(
    shape: str, written: str, tmp_path: Path
) -> None:
    report = read(SHAPES[shape], written, tmp_path)
    assert of_funds(report).items() <= DUE.items()
    assert {"120.00", "36.00"} <= set(unread(report))
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    ("kind", "at", "text", "code"),
    [
        ("全年执行数", 1, "127.00", "F01"),
        ("年初预算数", 2, "54.00", "F01"),
        ("执行率", 0, "86.00%", "F05"),
        ("执行率", 1, "99.00%", "F05"),
    ],
)
def test_what_is_wrong_in_columns_of_sources(kind: str, at: int, text: str, code: str) -> None:
    texts = list(KINDS[kind])
    texts[at] = text
    grid = one_row(KINDS | {kind: tuple(texts)})
    report = bp.parse(forms.FORMATS["pipes"]([grid])[0].decode())
    assert code in {finding.code for finding in bp.audit(report).inconsistent}


CORNER = "资金（万元）|合计|财政拨款|其他资金|"
AMOUNTS = ("年初预算数|100|60|40|", "全年预算数|110|70|40|")


@pytest.mark.parametrize(
    "rows",
    [
        ("资金（万元）|合计|财政拨款|其他资金|备注", "年初预算数|100|60|40|5", AMOUNTS[1]),
        (CORNER, "年初预算数|100|60|40|7", AMOUNTS[1]),
        (CORNER, "年初预算数|100|60|40|", "年初预算|110|70|40|"),
        (CORNER, "年初预算数|100|60|40|", "完成率|90%|90%|90%|"),
        ("采购金额（万元）|合计|财政拨款|其他资金|", *AMOUNTS),
        ("2022年|合计|财政拨款|其他资金|", *AMOUNTS),
        (
            "资金（万元）|合计|财政拨款|其他资金|得分",
            "年初预算数|100|60|40|9",
            "全年预算数|110|70|40|8",
        ),
        ("资金（万元）|财政拨款|其他资金|得分|", "年初预算数|60|40|9|", "全年预算数|70|40||"),
        ("资金（万元）|总投资|建安费|设备费|", *AMOUNTS),
    ],
    ids=[
        *("a column of words", "beside the sources", "one kind twice", "one kind alone"),
        *("procurement", "another year", "two scores", "points without a total"),
        "no sources",
    ],
)
def test_what_is_no_block_of_sources_above_columns(rows: tuple[str, ...]) -> None:
    head = ("项目支出绩效自评表", "（2023年度）", "项目名称|食品抽检")
    report = bp.parse(pipes(*head, *rows, *ROWS))
    assert of_funds(report) == {}
    assert "60" in unread(report)


@pytest.mark.parametrize("written", GRIDS)
def test_two_sources_may_have_the_same_amount(written: str, tmp_path: Path) -> None:
    """Two cells side by side that say the same are not one cell, nor its words in each place."""
    same = {"年初预算数": ("180.00", "120.00", "30.00", "30.00")}
    report = read(one_row(KINDS | same), written, tmp_path)
    initial = {path: text for path, text in of_funds(report).items() if path.endswith("initial")}
    texts = ("180.00万元", "120.00万元", "30.00万元", "30.00万元")
    assert initial == {
        f"funding.{where}.initial": text
        for where, text in zip(TOTAL_AND_SOURCES, texts, strict=True)
    }
    assert of_funds(report) == DUE | initial


# A second block.

HEAD = ("项目支出绩效自评表", "项目名称|食品抽检")
FIRST = (
    "市级预算执行情况（万元）|年初预算数|上年结余、结转及当年调整预算数|财政拨款数|实际支付数|执行率",
    "|100|10|110|99|90%",
)
SECOND = ("市级财政资金使用情况（万元）|全年预算数|全年执行数|执行率", "|110|99|90%")
ROWS = (
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标|数量指标|抽检批次|≥100批次|108批次|100|100",
)


def test_a_second_block_that_states_the_same_total() -> None:
    report = bp.parse(pipes(*HEAD, *FIRST, *SECOND, *ROWS))
    assert said(report) == {
        "funding.total.initial": "100万元",
        "funding.total.revised": "110万元",
        "funding.total.executed": "99万元",
        "funding.total.execution_rate": "90%",
        "adjustment.amount": "10万元",
        "indicators[0].target.value": "100批次",
        "indicators[0].actual": "108批次",
        "indicators[0].weight": "100",
        "indicators[0].score": "100",
    }
    assert unread(report) == []
    assert not bp.audit(report).inconsistent


def test_a_second_block_whose_rate_differs_states_it_twice() -> None:
    wrong = (SECOND[0], "|110|99|80%")
    report = bp.parse(pipes(*HEAD, *FIRST, *wrong, *ROWS))
    assert report.form.funding.total.execution_rate.text == "90%"
    assert {finding.code for finding in bp.audit(report).inconsistent} == {"F02"}


@pytest.mark.parametrize("row", ["|110|98|89%", "|60|54|90%", "|110||90%", "|110|9九|90%"])
def test_a_second_block_of_other_funds_leaves_it_unsure(row: str) -> None:
    report = bp.parse(pipes(*HEAD, *FIRST, SECOND[0], row, *ROWS))
    assert of_funds(report) == {}
    assert "都没有读取：不能确定" in notes(report)
    assert {"100", "99"} <= set(unread(report))

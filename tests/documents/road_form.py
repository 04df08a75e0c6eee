"""A form of a project in which every relation holds, to be printed in one way or another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import budgetperf as bp

TITLE = "项目支出绩效自评表\n\n（2023年度）\n\n"
_PRINTED = """\
项目名称|青龙县乡村道路养护补助经费|||||||
主管部门|青龙县交通运输局|||实施单位||青龙县公路养护中心||
项目资金（万元）||年初预算数|全年预算数|全年执行数||分值|执行率|得分
|年度资金总额|1,280.50|1,350.00|1,215.00||10|90.00%|9
|其中：当年财政拨款|1,180.50|1,250.00|1,130.00||—|90.40%|—
|上年结转资金|60.00|60.00|50.00||—|83.33%|—
|其他资金|40.00|40.00|35.00||—|87.50%|—
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析
|产出指标（50分）|数量指标|养护公路里程|≥300公里|312公里|20|20|
||质量指标|养护合格率|≥95%|96.5%|10|10|
||时效指标|按期完成率|=100%|90%|10|9|雨季影响工期
||成本指标|每公里成本|≤4.5万元/公里|3.9万元/公里|10|10|
|效益指标（30分）|社会效益指标|受益人口|≥12000人|12500人|20|20|
||可持续影响指标|管养机制健全性|健全|健全|10|10|
|满意度指标（10分）|服务对象满意度指标|沿线群众满意度|≥90%|93%|10|10|
总分||||||100|98|
"""
ROWS = tuple(tuple(cell.strip() for cell in row.split("|")) for row in _PRINTED.splitlines())
"""The rows of the form."""


def road_form(*changes: tuple[str, str]) -> str:
    """The form as Markdown, each text of the changes replaced once."""
    lines = ["| " + " | ".join(row) + " |" for row in ROWS]
    text = TITLE + "\n".join([lines[0], "|" + "---|" * len(ROWS[0]), *lines[1:]]) + "\n"
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def road_book(
    path: Path,
    cells: Mapping[str, str] | None = None,
    *,
    hidden: tuple[int | str, ...] = (),
    rows: Sequence[Sequence[str]] = ROWS,
) -> None:
    """The form as a workbook, some of its rows and columns hidden, some cells with another text."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet["A1"], sheet["A2"] = "项目支出绩效自评表", "（2023年度）"
    for number, row in enumerate(rows, start=3):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text or None)
            cell.data_type = "s"  # =100% is no formula
            cell.number_format = "@"
    for name, text in (cells or {}).items():
        sheet[name] = text
    for place in hidden:
        shown = sheet.column_dimensions if isinstance(place, str) else sheet.row_dimensions
        shown[place].hidden = True
    book.save(path)


def figures_of(report: bp.SelfEvaluation) -> dict[str, str]:
    """The figures that were read, by their paths."""
    return {path: str(figure) for path, figure in bp.figures(report)}


def wrong_in(report: bp.SelfEvaluation) -> list[str]:
    """The codes of what does not hold."""
    return [finding.code for finding in bp.audit(report).inconsistent]

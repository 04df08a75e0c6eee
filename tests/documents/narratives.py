"""Sentences of narratives under a title: what is read of them.

Names and figures are invented.
"""

from __future__ import annotations

import budgetperf as bp

PROJECT = "某某县水利局2023年农村饮水安全项目绩效自评报告\n一、基本情况\n"
DEPARTMENT = "某某县司法局2023年度部门整体支出绩效自评报告\n一、部门概况\n"
TOTAL = "narrative.funding.total."


def read(text: str, title: str = PROJECT) -> dict[str, str]:
    """The figures of a text that is right as it stands, so that nothing may be accused."""
    report = bp.parse(title + text)
    assert not bp.audit(report).inconsistent
    return {path: figure.text for path, figure in bp.figures(report)}


def total(text: str, title: str = PROJECT) -> dict[str, str]:
    """The figures of the whole."""
    said = read(text, title)
    return {path.removeprefix(TOTAL): v for path, v in said.items() if path.startswith(TOTAL)}

"""Documents of which no figure can be read: it is told whether there are numbers in them at all."""

from __future__ import annotations

import pytest

import budgetperf as bp
from tests.documents.road_form import ROWS, TITLE

BLANK = TITLE + "\n".join(
    "| " + " | ".join(cell for cell in row if not any(map(str.isdigit, cell))) + " |"
    for row in ROWS[:8]
)


def refusal(text: str) -> str:
    with pytest.raises(bp.UnusableDocumentError) as error:
        bp.parse(text)
    assert error.value.code == "no-figures"
    zh, en = (
        "除年度、编号外，文中没有数字" in error.value.message.zh,
        "there are no numbers in it" in error.value.message.en,
    )
    assert zh == en
    return "none there" if zh else "masked or lost"


@pytest.mark.parametrize(
    "text",
    [
        BLANK,
        "项目支出绩效自评表\n\n（2023年度）\n",
        "项目支出绩效自评表\n\n| 一级指标 | 二级指标 | 得分 |\n|---|---|---|\n| | | |\n",
        "关于开展绩效自评的通知\n\n各单位要认真组织。\n",
        "## 一、概况\n\n**二、管理情况**\n",
    ],
)
def test_a_document_without_numbers_is_called_so(text: str) -> None:
    assert refusal(text) == "none there"


@pytest.mark.parametrize(
    "text",
    [
        BLANK + "\n| | 年度资金总额 | *** | *** | *** | | ** | ** |\n",
        BLANK + "\n| | 年度资金总额 | ##### | ##### | ##### | | | |\n",
        "项目支出绩效自评报告\n\n全年预算数XX万元，执行率XX%。\n",
        "项目支出绩效自评报告\n\n全年预算数□□□万元。\n",
        "某办公室\n\n电话：12345678\n",
    ],
)
def test_what_is_masked_or_not_understood_is_called_so(text: str) -> None:
    assert refusal(text) == "masked or lost"

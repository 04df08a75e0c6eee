"""Tables with columns of several years, in text with a line for each row.

Names and figures are invented.
"""

from __future__ import annotations

import budgetperf as bp

from .test_forms import said

TABLE = """部门整体支出绩效评价基础数据表
填报单位：某县审计局
单位：万元
经费控制情况 2021年决算数 2022年预算数 2022年决算数
三公经费 12.60 15.00 11.20
1、公务用车购置和维护经费 8.40 9.00 7.60
其中：公车购置 0.40 0.60
公车运行维护 8.40 9.00 7.60
2、出国经费
3、公务接待 4.20 6.00 3.60
政府采购金额 10.00 30.00 28.60
说明：以上为全年数。
"""


def test_the_rows_of_several_years() -> None:
    report = bp.parse(TABLE)
    read = said(report)
    assert read["three_public.total.budget"] == "15.00万元"
    assert read["three_public.total.executed"] == "11.20万元"
    assert read["three_public.official_reception.executed"] == "3.60万元"
    assert read["procurement.executed"] == "28.60万元"
    assert not {"0.40万元", "0.60万元"} & set(read.values())  # a blank was lost: of which year?
    assert not bp.audit(report).inconsistent


def test_two_years_in_a_sentence_are_no_table() -> None:
    text = "某县审计局2022年度部门整体支出绩效自评报告\n2021年决算数 2022年决算数\n见附表。\n"
    report = bp.parse(f"{text}全年预算数100万元，全年执行数90万元，执行率90%。\n")
    assert report.narrative.funding.total.executed.text == "90万元"


def test_a_header_that_stands_again_goes_on_and_another_one_begins_a_table() -> None:
    first, header, *rows = TABLE.splitlines()[2:]
    again = "\n".join([*TABLE.splitlines()[:3], header, *rows[:3], header, *rows[3:]])
    assert first == "单位：万元"
    assert said(bp.parse(again)) == said(bp.parse(TABLE))
    other = "\n".join([*TABLE.splitlines()[:3], "基建 2020年决算数 2021年决算数", header, *rows])
    assert said(bp.parse(other)) == said(bp.parse(TABLE))

"""Forms that arrive as text: a line for each row or for each cell, with blank cells lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import budgetperf as bp
from budgetperf.documents.readers.files import text_document
from budgetperf.documents.understanding.flat.tables import with_tables
from budgetperf.documents.understanding.forms.vocabulary import vocabulary
from tests.factories import refused
from tests.strategies import crossed

from .forms import SAMPLE, SHAPES, TEXTS, Style, due, grids, in_a_stream, run_together, said
from .samples import EXAMPLES
from .test_forms import notes, pipes, unread

ROWS = """项目支出绩效自评表
（2023年度）
项目名称：某某经费
主管部门 某局 实施单位 某中心
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额： 100.00 100.00 90.00 10 90% 9
其中：当年财政拨款 100.00 100.00 90.00 — 90% —
上年结转资金 — — — — — —
年度总体目标 预期目标 实际完成情况
投入 100 万元 已投入 90 万元
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标（50分） 数量指标 培训 人员 ≥ 10人 12人 25 25
指标2：
质量指标 合格率 ≥95% 90% 25 23 时间不足，下一步 加强管理
效益指标（30分） 社会效益指标 知晓情况 提高 提高 30 30
满意度指标（10分） 服务对象满意度指标 群众满意度 ≥90% 92% 10 10
总分 100 97 优
其他需要说明的事项 无
"""
CELLS = """项目支出绩效自评表
（2023年度）
项目名称
某某经费
主管部门
实施单位
某中心
项目资金
（万元）
年初⏎预算数
全年预算数
全年执行数
分值
执行率
得分
年度资金总额
100.00
100.00
90.00
10
90%
9
其中：当年财政拨款
100.00
100.00
90.00
其他资金
绩效指标
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析及改进措施
产出指标（50分）
数量指标
培训人员
≥10人
12人
25
25
质量指标
合格率
≥95%
90%
25
23
时间不足，下一步加强管理
效益指标（30分）
社会效益指标
知晓情况
提高
提高
30
30
满意度指标（10分）
服务对象满意度指标
群众满意度
≥90%
92%
10
10
总分
100
97
自评等级
优
""".replace("⏎", "\n")


@pytest.mark.parametrize(("names", "written"), crossed(SHAPES, TEXTS))
def test_a_form_as_text_says_what_it_says_as_a_table(names: tuple[str, str], written: str) -> None:
    text = TEXTS[written](grids(SAMPLE, SHAPES[names]))
    report = bp.parse(text)
    assert said(report) == due(SAMPLE)
    assert not bp.audit(report).inconsistent
    assert report.project.name == SAMPLE.project
    wrong = bp.parse(text.replace("99", "98"))
    assert {finding.code for finding in bp.audit(wrong).inconsistent} == {"W08"}


@pytest.mark.parametrize("style", SHAPES.values(), ids=[names[1] for names in SHAPES])
def test_a_block_on_one_line(style: Style) -> None:
    report = bp.parse(in_a_stream(grids(SAMPLE, style)))
    assert said(report) == due(SAMPLE)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("text", [ROWS, CELLS], ids=["rows", "cells"])
def test_a_form_in_lines(text: str) -> None:
    report = bp.parse(text)
    form, project = report.form, report.project
    assert (project.name, project.implementing_unit) == ("某某经费", "某中心")
    assert form.funding.total.executed.unit.symbol == "万元"  # type: ignore[union-attr]
    assert [(row.level1, row.level2, row.name) for row in form.indicators] == [
        ("产出指标(50分)", "数量指标", "培训人员"),
        ("产出指标(50分)", "质量指标", "合格率"),
        ("效益指标(30分)", "社会效益指标", "知晓情况"),
        ("满意度指标(10分)", "服务对象满意度指标", "群众满意度"),
    ]
    assert str(form.indicators[1].explanation) == "时间不足，下一步加强管理"
    assert (str(form.total_weight), str(form.total_score)) == ("100", "97")
    assert form.rating == "优"
    assert not bp.audit(report).inconsistent
    for before, after, code in (("100.00 90.00 10 90%", "100.00 90.00 10 80%", "F05"),):
        spoilt = text.replace(before, after)
        spoilt = spoilt.replace(before.replace(" ", "\n"), after.replace(" ", "\n"))
        assert code in {finding.code for finding in bp.audit(bp.parse(spoilt)).inconsistent}


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("≥95% 90% 25 23", "≥95% 25 23", "第 14 行"),
        ("≥95% 90% 25 23", "90% 25 23", "第 14 行"),
        ("≥95% 90% 25 23", "提高 90% 25 23", "第 14 行"),
        ("≥95% 90% 25 23", "≥95% 90% 25. 23", "第 14 行"),
        ("≥95% 90% 25 23", "≥95% 90% 25 23 7", "第 14 行"),
        ("总分", "指标3 5", "第 17 行"),
    ],
)
def test_a_row_of_which_a_column_is_not_sure_leaves_out_the_table(
    before: str, after: str, where: str
) -> None:
    report = bp.parse(ROWS.replace(before, after, 1))
    assert not report.form.indicators
    assert where in notes(report)
    assert {"95", "92"} & set(unread(report))
    assert str(report.form.funding.total.executed) == "90.00"


def test_values_of_a_row_with_blanks_are_placed_where_one_way_is_left() -> None:
    """The total by its rate, sources by their sums."""
    text = ROWS.replace("： 100.00 100.00 90.00", "： 100.00 90.00")
    text = text.replace("拨款 100.00 100.00 90.00 — 90% —", "拨款 60.00 50.00")
    text = text.replace("结转资金 — — — — — —", "结转资金 40.00 40.00")
    funding = bp.parse(text).form.funding
    assert isinstance(funding.total.initial, bp.Missing)
    assert str(funding.total.revised) == "100.00"
    assert [(str(s.revised), str(s.executed)) for s in funding.sources] == [
        ("60.00", "50.00"),
        ("40.00", "40.00"),
    ]
    for before, after in (("60.00 50.00", "100.00 90.00 80.00 1"), ("40.00 40.00", "30.00 40.00")):
        report = bp.parse(text.replace(before, after))
        assert isinstance(report.form.funding.total.revised, bp.Missing)
        assert "第 5 行起的表" in notes(report)


def test_a_rate_that_others_have_by_chance_tells_no_columns() -> None:
    """The budget of the year was lost: 5.00 of 10 is a half, too, and no source makes them."""
    header = "执行率 得分 全年执行数 年初预算数 分值 全年预算数"
    text = ROWS.replace("年初预算数 全年预算数 全年执行数 分值 执行率 得分", header)
    text = text.replace("： 100.00 100.00 90.00 10 90% 9", "： 50.00% 5.00 0.02 0.04 10{}")
    text = text.replace("拨款 100.00 100.00 90.00 — 90% —", "拨款 0.00 0.01 0.01")
    text = text.replace("结转资金 — — — — — —", "结转资金 0.02 0.03 0.03")
    whole, short = (bp.parse(text.format(last)) for last in (" 0.04", ""))
    assert str(whole.form.funding.total.revised) == "0.04"
    assert isinstance(short.form.funding.total.revised, bp.Missing)
    assert {"5.00", "0.02"} <= set(unread(short))


def test_the_words_of_a_header_that_is_not_known_refuse_its_table() -> None:
    for header in ("完成了多少", "实际完成值 实际完成值"):
        report = bp.parse(ROWS.replace("实际完成值", header, 1))
        assert not report.form.indicators
        assert "第 11 行" in notes(report)
    with refused("no-figures") as caught:
        bp.parse(
            CELLS.partition("项目资金")[0] + CELLS.partition("绩效指标\n")[2].replace("12人\n", "")
        )
    assert "空格已丢失" in caught.value.message.zh


def test_a_part_of_a_table_that_is_not_sure_leaves_out_the_others() -> None:
    header = next(line for line in ROWS.splitlines() if line.startswith("一级"))
    cut = ROWS.replace("效益指标（30分）", f"{header}\n效益指标（30分）")
    assert len(bp.parse(cut).form.indicators) == 4
    assert not bp.parse(cut.replace("12人 25 25", "12人 25")).form.indicators


def test_totals_in_the_head() -> None:
    rows = (
        "项目名称|某项目",
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "|年度资金总额：|100.00|100.00|90.00|10|90%|9",
        "|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        "|产出指标|数量指标|培训|≥10人|12人|90|89",
    )
    total = "总分||||||100|98"
    for head in ("自评总分：98", "自评总分（分）|98", "项目总得分98分", "自评总分(100分):98"):
        for more in ((), (total,)):
            report = bp.parse(pipes(f"项目支出绩效自评表|{head}", *rows, *more))
            assert str(report.form.total_score) == "98", head
            assert not bp.audit(report).inconsistent
    wrong = bp.parse(pipes("项目支出绩效自评表|自评总分：97", *rows))
    assert {finding.code for finding in bp.audit(wrong).inconsistent} == {"W08"}
    report = bp.parse(pipes("项目支出绩效自评表|自评总分：100", *rows, total))
    assert not bp.audit(report).inconsistent  # what can be reached
    for more, score in (((), None), ((total,), "98")):
        report = bp.parse(pipes("项目支出绩效自评表|自评总分：98|自评得分：97", *rows, *more))
        total_score = report.form.total_score
        assert (None if isinstance(total_score, bp.Missing) else str(total_score)) == score
        assert unread(report) == ["98", "97"]
        assert "总分不同（98、97），都没有读取" in notes(report)
    report = bp.parse(pipes("项目支出绩效自评表|自评总分：100|自评得分：98", *rows, total))
    assert unread(report) == []
    assert "总分不同" not in notes(report)


GLUED = """某局2023年度项目绩效自评表 某某经费
预算执行情况（万元）（20分）预算数(A)执行数(B)执行率(B/A)得分(20分*执行率)年度财政资金总额194.9149.9276.92%15.38年度绩效指标
"""


def test_a_row_that_ran_together_is_split_where_one_way_fits() -> None:
    funding = bp.parse(GLUED).form.funding.total
    fields = ("revised", "executed", "execution_rate", "score", "weight")
    assert [str(getattr(funding, field)) for field in fields] == [
        *("194.9", "149.92", "76.92%", "15.38"),
        "20",
    ]
    for before, after in (("76.92", "76.42"), ("149.92", "149.2"), ("%15.38", "%")):
        with refused("no-figures") as caught:
            bp.parse(GLUED.replace(before, after))
        assert "第 2 行" in caught.value.message.zh
    report = bp.parse(run_together(grids(SAMPLE, Style())).replace("总分10099", "总分10098"))
    assert said(report) == {
        path: value
        for path, value in due(SAMPLE).items()
        if path.startswith(("form.funding", "department"))
    }
    assert not bp.audit(report).inconsistent


PAIRS = """项目支出绩效自评表
（2023年度）
项目名称：某某经费
主管部门：某局　　实施单位：某中心
金额单位：万元
1. 年初预算数：100.00，全年预算数：100.00，全年执行数：90.00
分值：10
执行率：90%
得分：9
其中：当年财政拨款：
年初预算数：60.00 全年预算数：60.00 全年执行数：50.00
上年结转资金：
年初预算数：40.00 全年预算数：40.00 全年执行数：40.00
一级指标：产出指标（50分）
二级指标：数量指标
三级指标：培训人次
指标值：≥10人
实际完成值：12人
分值：25
得分：25
二级指标：质量指标
三级指标：合格率；指标值：≥95%；实际完成值：90%；分值：25；得分：23；偏差原因分析及改进措施：时间不足
一级指标：满意度指标（40分）
三级指标：满意度 指标值：≥90% 实际完成值：92% 分值：40 得分：40
自评总分：97
"""


def test_labels_and_values() -> None:
    report = bp.parse(PAIRS)
    form = report.form
    assert (report.project.implementing_unit, form.indicators[1].explanation) == (
        "某中心",
        "时间不足",
    )
    amounts = [form.funding.total, *form.funding.sources]
    assert [f"{line.executed.text}{line.executed.unit}" for line in amounts] == [  # type: ignore[union-attr]
        *("90.00万元", "50.00万元", "40.00万元")
    ]
    assert [(row.level1, row.target.text, str(row.score)) for row in form.indicators] == [
        ("产出指标(50分)", "≥10人", "25"),
        ("产出指标(50分)", "≥95%", "23"),
        ("满意度指标(40分)", "≥90%", "40"),
    ]
    assert str(form.total_score) == "97"
    assert not unread(report)
    assert not bp.audit(report).inconsistent
    for before, after, code in (
        ("执行率：90%", "执行率：80%", "F05"),
        ("总分：97", "总分：98", "W08"),
    ):
        spoilt = bp.audit(bp.parse(PAIRS.replace(before, after)))
        assert {finding.code for finding in spoilt.inconsistent} == {code}


def test_labels_that_stand_twice_are_not_read() -> None:
    for line in ("实际完成值：12人", "执行率：90%"):
        report = bp.parse(PAIRS.replace(line, f"{line}\n{line}"))
        assert isinstance(report.form.total_score, bp.Figure)
        has_rate = isinstance(report.form.funding.total.execution_rate, bp.Figure)
        assert (bool(report.form.indicators), has_rate) == (line[0] == "执", line[0] == "实")
        assert "标签已经出现过" in notes(report)
    report = bp.parse(PAIRS.replace("财政拨款：\n", "财政拨款：60.00\n"))
    assert isinstance(report.form.funding.total.revised, bp.Missing)
    for label in ("财政拨款\n", "财政拨款：\n"):
        report = bp.parse(PAIRS.replace("财政拨款：\n", label))
        assert len(report.form.funding.sources) == 2


_YEARS = """项目支出绩效自评表
（2023年度）
项目名称：农村公路养护
2022年
项目资金（万元）：
全年预算数：80.00
全年执行数：78.00
2023年
项目资金（万元）：
全年预算数：100.00
全年执行数：95.00
执行率：95%
"""


def test_of_two_blocks_of_funds_below_one_title_that_of_the_year_is_read() -> None:
    first, second = _YEARS.index("2022年\n"), _YEARS.index("2023年\n")
    for text in (_YEARS, _YEARS[:first] + _YEARS[second:]):
        total = bp.parse(text).form.funding.total
        assert [str(total.revised), str(total.executed)] == ["100.00", "95.00"]
    assert "其他年度" in notes(bp.parse(_YEARS))
    for text in (_YEARS[:second], _YEARS[:second] + _YEARS[first:second]):
        with refused("no-figures"):
            bp.parse(text)


@pytest.mark.parametrize("heading", ["2022年度资金情况", "上年资金情况", "一、去年资金"])
def test_a_block_of_another_year_is_told_and_not_read(heading: str) -> None:
    report = bp.parse(_YEARS.replace("2022年\n", f"{heading}\n"))
    assert str(report.form.funding.total.executed) == "95.00"
    assert {"80.00", "78.00"} <= set(unread(report))


@pytest.mark.parametrize("heading", ["2023年度资金情况", "上年结转及资金情况", "资金情况"])
def test_a_block_of_the_year_is_read(heading: str) -> None:
    text = _YEARS[: _YEARS.index("2022年\n")] + _YEARS[_YEARS.index("2023年\n") :]
    report = bp.parse(text.replace("2023年\n", f"{heading}\n"))
    assert str(report.form.funding.total.executed) == "95.00"


_RECORDS = """项目支出绩效自评表
（2023年度）
项目名称：农村公路养护
一级指标：产出指标，三级指标：养护里程，指标值：≥20公里，实际完成值：21公里，分值：50，得分：50
一级指标：效益指标，三级指标：好路率，指标值：≥90%，实际完成值：95%，分值：40，得分：38
"""


@pytest.mark.parametrize(
    ("line", "score", "rating"),
    [
        ("总分：88分", "88", None),
        ("总分：88", "88", None),
        ("总得分：88分，等级：良", "88", "良"),
        ("自评得分：88分", "88", None),
        ("总分（100分）：88分", "88", None),
        ("评价等级：良", None, "良"),
        ("总分：100分", None, None),  # may be what can be reached
        ("总分：88分，共3项", None, None),
    ],
)
def test_the_total_among_labels_and_values(
    line: str, score: str | None, rating: str | None
) -> None:
    form = bp.parse(f"{_RECORDS}{line}\n", layout="forms").form
    assert len(form.indicators) == 2
    assert (str(form.total_score) if isinstance(form.total_score, bp.Figure) else None) == score
    assert (form.rating if isinstance(form.rating, str) else None) == rating


def test_a_total_of_100_that_the_scores_make_is_one() -> None:
    full = _RECORDS.replace("分值：40，得分：38", "分值：50，得分：50")
    assert str(bp.parse(f"{full}总分：100分\n").form.total_score) == "100"


def test_funds_without_a_title_below_a_form_are_told() -> None:
    own = PAIRS + "其他情况\n全年预算数：80.00\n全年执行数：78.00\n"
    report = bp.parse(own)
    assert str(report.form.funding.total.executed) == str(
        bp.parse(PAIRS).form.funding.total.executed
    )
    assert {"80.00", "78.00"} <= set(unread(report))
    assert "资金表没有表名" in notes(report)


def test_labels_of_a_narrative_are_sentences() -> None:
    text = "某局2023年度部门整体支出绩效自评报告\n预算数：100万元，执行数：90万元\n执行率：90%\n"
    document = text_document(text, "x")
    assert with_tables(document, vocabulary()) is document


def test_a_narrative_is_no_table() -> None:
    for name in ("department-2023.md",):
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        document = text_document(text, name)
        assert with_tables(document, vocabulary()) is document
    text = "某局全年预算数 100万元，全年执行数 90万元，执行率 90%。\n三级指标 完成情况良好。"
    assert with_tables(text_document(text, "x"), vocabulary()).blocks[0].text  # type: ignore[union-attr]


def test_a_word_that_markdown_breaks_with_a_backslash_is_one() -> None:
    """Else the header begins below its first word, and the unit beside it is lost."""
    words = ["项目资金（万元）", "分值\\", "权重", "全年预算数", "自评得分", "执行率", "全年执行数"]
    values = ["总额", "10", "100.00", "9.5", "95%", "95.00"]
    text = "\n\n".join(["项目支出绩效自评表", "（2023年度）", *words, *values])
    total = bp.parse(f"{text}\n\n项目名称：甲\n", layout="forms").form.funding.total
    assert isinstance(total.revised, bp.Figure)
    assert str(total.revised.unit) == "万元"


@pytest.mark.parametrize("measure", ["5kg", "≤50mg/L", "20km", "3600m2"])
def test_a_measure_in_latin_letters_is_no_part_of_a_name(measure: str) -> None:
    text = ROWS.replace("≥ 10人 12人", f"{measure} {measure.lstrip('≤')}")
    row = bp.parse(text).form.indicators[0]
    assert (row.name, row.target.text) == ("培训人员", measure)


def test_a_name_keeps_what_it_is_compared_with() -> None:
    text = ROWS.replace("合格率 ≥95%", "合格率≥上年 ≥95%")
    assert bp.parse(text).form.indicators[1].name == "合格率≥上年"


# Forms without points, as those of transfer payments.

TRANSFER = """中央对地方转移支付区域绩效目标自评表
（2023年度）
转移支付（项目）名称 农业防灾减灾补助
资金投入情况（万元） 全年预算数（A） 全年执行数（B） 预算执行率（B/A×100%）
年度资金总额： 390.00 351.00 90.00%
其中：中央财政资金 300.00 270.00 90.00%
地方资金 90.00 81.00 90.00%
其他资金
一级指标 二级指标 三级指标 指标值 全年实际完成值 未完成原因和改进措施
产出指标 数量指标 强制免疫密度 ≥90% 96%
抽检批次 ≥100批次 98批次 因雨停工
质量指标 抽检合格率 ≥95% 97%
效益指标 社会效益指标 重大疫情 不发生 未发生
满意度指标 服务对象满意度指标 养殖户满意度 ≥90% 93%
说明 无
"""
OF_TRANSFER = [
    ("产出指标", "数量指标", "强制免疫密度", "≥90%", "96%"),
    ("产出指标", "数量指标", "抽检批次", "≥100批次", "98批次"),
    ("产出指标", "质量指标", "抽检合格率", "≥95%", "97%"),
    ("满意度指标", "服务对象满意度指标", "养殖户满意度", "≥90%", "93%"),
]


def _in_cells(text: str) -> str:
    return "\n".join(word for line in text.splitlines() for word in line.split(" "))


def _rows_without_points(report: bp.SelfEvaluation) -> list[tuple[str, ...]]:
    return [
        (str(row.level1), str(row.level2), str(row.name), str(row.target.text), str(row.actual))
        for row in report.form.indicators
    ]


@pytest.mark.parametrize("written", [str, _in_cells], ids=["rows", "cells"])
def test_a_form_without_points(written: Callable[[str], str]) -> None:
    report = bp.parse(written(TRANSFER))
    assert _rows_without_points(report) == OF_TRANSFER
    assert str(report.form.funding.total.executed) == "351.00"
    assert not bp.audit(report).inconsistent
    assert "指标前的部分文字没有读取" in notes(report)  # 重大疫情 and what was reached of it
    assert all("情" not in str(row.explanation) for row in report.form.indicators)
    wrong = bp.parse(written(TRANSFER.replace("351.00 90.00%", "351.00 91.00%")))
    assert {finding.code for finding in bp.audit(wrong).inconsistent} == {"F05"}


@pytest.mark.parametrize("written", [str, _in_cells], ids=["rows", "cells"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("≥95% 97%", "≥95%"),
        ("≥95% 97%", "提高 97%"),
        ("≥95% 97%", "≥95% 97% 98%"),
        ("不发生 未发生", "2起以下 未发生"),
    ],
)
def test_without_points_a_row_that_is_not_sure_leaves_out_the_table(
    before: str, after: str, written: Callable[[str], str]
) -> None:
    report = bp.parse(written(TRANSFER.replace(before, after)))
    assert _rows_without_points(report) == []
    assert {"97", "93"} & set(unread(report))
    assert "没有读取" in notes(report)


@pytest.mark.parametrize("written", [str, _in_cells], ids=["rows", "cells"])
def test_without_points_a_number_that_may_be_a_reason_is_left_out(
    written: Callable[[str], str],
) -> None:
    report = bp.parse(written(TRANSFER.replace("≥95% 97%", "≥95% 40")))
    assert _rows_without_points(report)[0] == OF_TRANSFER[0]
    assert isinstance(report.form.indicators[2].actual, bp.Missing)
    assert "可能填在偏差原因一栏" in notes(report)


@pytest.mark.parametrize("written", [str, _in_cells], ids=["rows", "cells"])
def test_a_list_of_amounts_above_indicators_in_text(written: Callable[[str], str]) -> None:
    text = written(
        "项目支出绩效自评表\n项目名称 某某经费\n"
        "年度资金总额：3600 其中：中央补助：2400 省级资金：900 县级资金：300\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
        "产出指标 数量指标 改造户数 ≥1200户 1210户 50 50\n"
        "效益指标 社会效益指标 满意度 ≥90% 95% 50 48\n"
        "总分 100 98\n"
    )
    report = bp.parse(text)
    assert str(report.form.total_score) == "98"
    assert [str(row.score) for row in report.form.indicators] == ["50", "48"]


def test_words_beside_a_name_are_no_part_of_it() -> None:
    """指标值设置依据 stands between the name and its figures; a row with one word less may lack
    either, and the table is not read then."""
    rows = (
        "项目支出绩效自评表（2023年度）",
        "项目名称 走访慰问",
        "一级指标 二级指标 三级指标 指标值设置依据 指标值 分值 实际完成值 得分",
        "产出指标 数量指标 走访户数 工作计划 ≥800户 50 842户 50",
        "质量指标 发放准确率 慰问办法 ≥95% 40 98% 40",
    )
    report = bp.parse("\n".join(rows))
    assert [str(row.name) for row in report.form.indicators] == ["走访户数", "发放准确率"]
    assert [str(row.basis) for row in report.form.indicators] == ["工作计划", "慰问办法"]
    assert [str(row.score) for row in report.form.indicators] == ["50", "40"]
    with pytest.raises(bp.UnusableDocumentError):
        bp.parse("\n".join([*rows[:4], rows[4].replace(" 慰问办法", "")]))


# What was meant to be done and what was done stand side by side: in text, one behind the other.

GOAL = """项目支出绩效自评表
（2023年度）
项目名称：河道整治
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额： 100.00 100.00 90.00 10 90% 9
{0}
计划整治河道8公里，其中清淤5公里、护岸3公里。改造泵站20座，投入100万元。
整治河道7公里，其中清淤5公里、护岸2公里。改造泵站21座，共支出91万元。
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 整治河道 ≥8公里 7公里 90 80
"""


@pytest.mark.parametrize(
    "header",
    [
        "年度总体目标 预期目标 实际完成情况",
        "年度总体目标\n预期目标\n实际完成情况",
        "年初设定目标\n年度总体目标完成情况综述",
        "项目年度目标 年度目标完成情况",
        "年度总体目标 | 预期目标 | 实际完成情况 |",
    ],
)
@pytest.mark.parametrize("between", ["\n", " "])
def test_what_is_said_below_the_goal_is_none_of_the_results(header: str, between: str) -> None:
    report = bp.parse(GOAL.format(header).replace("。改造", f"。{between}改造"))
    assert report.form.funding.total.executed.text == "90.00"
    assert report.form.indicators[0].actual.text == "7公里"
    assert not [path for path, _ in bp.figures(report) if path.startswith("narrative")]
    assert {"5", "3", "20", "2", "21", "91"} <= set(unread(report))
    assert not bp.audit(report).inconsistent


def test_a_heading_ends_what_is_said_below_the_goal() -> None:
    text = GOAL.format("年度总体目标 预期目标 实际完成情况")
    text, _, _ = text.partition("一级指标")
    for heading in ("二、项目资金情况", "（二）资金使用情况"):
        report = bp.parse(f"{text}{heading}\n全年预算数100万元，实际支出90万元。")
        assert report.narrative.funding.total.executed.text == "90万元"


# A line for each cell, with something in the column of reasons.

REASONS = """项目支出绩效自评表
（2023年度）
项目名称：河道整治
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析及改进措施
产出指标
数量指标
整治河道
8
7
30
26
{0}
质量指标
验收合格率
100
100
30
30
{1}
效益指标
社会效益指标
受益人数
500
520
40
40
{2}
总分
100
96
"""


@pytest.mark.parametrize("number", ["0", "3", "—"])
@pytest.mark.parametrize("sentence", ["剩余1公里待征地。下年完成。", "因征地未完，剩1公里。"])
def test_reasons_in_a_list_of_cells_are_those_of_the_row_above(number: str, sentence: str) -> None:
    report = bp.parse(REASONS.format(sentence, number, number))
    rows = report.form.indicators
    assert [(row.name, row.weight.text, row.score.text) for row in rows] == [
        ("整治河道", "30", "26"),
        ("验收合格率", "30", "30"),
        ("受益人数", "40", "40"),
    ]
    assert [row.actual.text for row in rows] == ["7", "100", "520"]
    assert rows[0].explanation == sentence
    assert rows[1].level1 == "产出指标"
    assert not bp.audit(report).inconsistent
    wrong = REASONS.replace("\n26\n", "\n28\n").format(sentence, number, number)
    assert "W08" in {finding.code for finding in bp.audit(bp.parse(wrong)).inconsistent}


def test_two_numbers_behind_a_row_are_of_no_column() -> None:
    with pytest.raises(bp.UnusableDocumentError):
        bp.parse(REASONS.format("0\n3", "", ""))


# A break within a row of funds leaves its last numbers on a line of their own.

BROKEN = """部门整体支出绩效自评表（2023年度）
部门名称 某街道办事处
部门资金（万元） 资金来源 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 520.00 500.00 475.00 10 95% 9.5
基本支出 320.00 300.00 {0}
项目支出 200.00 200.00 175.00 10 87.5% 8.75
"""


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_the_rest_of_a_row_on_the_next_line_is_read_with_it(at: int) -> None:
    cells = ["300.00", "10", "100%", "10"]
    broken = f"{' '.join(cells[:at])}\n{' '.join(cells[at:])}"
    report = bp.parse(BROKEN.format(broken))
    whole = bp.parse(BROKEN.format(" ".join(cells)))
    assert {path: figure.text for path, figure in bp.figures(report)} == {
        path: figure.text for path, figure in bp.figures(whole)
    }
    assert report.form.project_expenditure.executed.text == "175.00"
    assert not bp.audit(report).inconsistent


def test_numbers_on_a_line_that_do_not_fill_the_row_above_are_none_of_it() -> None:
    report = bp.parse(BROKEN.format("300.00\n10 100%"))
    assert "form.project_expenditure.executed" not in dict(bp.figures(report))
    assert {"200.00", "175.00", "87.5"} <= set(unread(report))


PARTED = """绩效目标自评表（2023年度）
项目名称 特色种养补贴
二级指标 三级指标 分值 年度指标值 全年实际值 得分 未完成原因及拟采取的改进措施
产出指标（60分）
数量指标 补助种植面积 40 29.5亩 29.5亩 40
其中桃树种植面积 24.5亩 24.5亩
{0}
质量指标 成活率 20 95% 96% 20
效益指标（40分）
社会效益指标 受益人口 40 90人 92人 40
总分 100 100
"""


@pytest.mark.parametrize(
    "part", ["其中：苹果树种植面积 5亩 5亩", "其中苹果树 5亩", "其中：苹果树种植面积 5 5"]
)
def test_a_row_that_divides_the_one_above_and_has_no_points_is_left_out(part: str) -> None:
    report = bp.parse(PARTED.format(part))
    assert [(row.name, row.score.text) for row in report.form.indicators if row.key] == [
        ("补助种植面积", "40"),
        ("成活率", "20"),
        ("受益人口", "40"),
    ]
    assert unread(report).count("24.5") == 2
    assert "5" in unread(report)
    assert not bp.audit(report).inconsistent


def test_a_row_that_divides_another_and_has_points_is_one() -> None:
    report = bp.parse(PARTED.format("其中：苹果树种植面积 0 5亩 5亩 0"))
    assert "其中:苹果树种植面积" in [row.name for row in report.form.indicators]


def test_words_that_may_be_reasons_are_not_called_missing() -> None:
    """Whether they are or begin the next row is not sure, and told; not that there are none."""
    text = REASONS.replace("整治河道\n8", "整治河道\n≥8").replace("受益人数\n500", "受益人数\n≥530")
    report = bp.parse(text.format("征地进度慢", "已验收", ""))
    asked = {str(f) for f in bp.audit(report).to_review if f.code == "Q05"}
    assert not any("整治河道" in finding for finding in asked)
    assert any("受益人数" in finding for finding in asked)
    assert "不能确定是上一行的说明还是本行的名称" in notes(report)

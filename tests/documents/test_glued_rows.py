"""Rows of indicators whose cells ran together, as pages and doc-sharing sites have them."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf.documents.understanding.flat.glued_indicators import points_apart
from budgetperf.documents.understanding.flat.ways.row_splits import ways_of
from budgetperf.documents.understanding.forms.vocabulary import vocabulary
from tests.factories import refused

from .forms import SAMPLE, Style, due, grids, run_together, said
from .test_forms import notes, unread

WEIGHT_FIRST = Style(indicators=("weight", "target", "actual", "score", "explanation"))
STYLES = (Style(), Style(points=True), Style(total="points"))


@pytest.mark.parametrize("style", STYLES)
def test_rows_that_ran_together_say_what_they_say_as_a_table(style: Style) -> None:
    text = run_together(grids(SAMPLE, style))
    report = bp.parse(text)
    assert said(report) == due(SAMPLE)
    assert [row.name for row in report.form.indicators] == [row.name for row in SAMPLE.rows]
    assert not bp.audit(report).inconsistent
    assert notes(report).count("各格连写") == len(SAMPLE.rows)
    assert unread(report) == ["3"]


def test_what_was_taken_apart_is_told_with_before_after_and_why() -> None:
    note = _told(bp.parse(WITH_FUNDS))
    assert "“产出指标(20分)培训人数≥12人15人1010”" in note.zh
    assert "产出指标(20分) | 培训人数 | ≥12人 | 15人 | 10 | 10" in note.zh
    assert "（指标部分 30、28）" in note.zh
    assert "sum up to the totals (30 and 28" in note.en
    note = _told(bp.parse(TABLE))  # how many points the execution of the budget has is not known
    assert "分值之和才与所写的分数相符" in note.zh


def _told(report: bp.SelfEvaluation) -> bp.Text:
    return next(one for one in report.reading.notes if "连写" in one.zh)  # type: ignore[union-attr]


TABLE = """项目支出绩效自评表
（2023年度）
项目名称：某项目
一级指标三级指标年度指标值实际完成值分值得分偏差原因分析及改进措施
产出指标（20分）培训人数≥12人15人1010
合格率≥90%81%109因2023年汛期推迟
满意度指标（10分）群众满意度≥90%72%109
合计3028
"""
BLANK = str(bp.Missing(reason=bp.MissingReason.BLANK))
FUNDS = "项目资金（万元） 全年预算数 全年执行数 执行率\n年度资金总额 100 90 90%\n一级"
WITH_FUNDS = TABLE.replace("\n一级", f"\n{FUNDS}")


def test_a_total_that_may_be_one_figure_or_two_is_not_read() -> None:
    """96.8 and 4, or 96.84."""
    report = bp.parse(TABLE.replace("合计3028", "合计96.84"))
    assert [str(row.score) for row in report.form.indicators] == ["10", "9", "9"]
    assert isinstance(report.form.total_score, bp.Missing)
    assert "96.84" in unread(report)


def test_where_it_is_not_sure_which_digits_are_of_the_name_nothing_is_read() -> None:
    """A weight right behind it, or a target without a sign: 任务1 and 10, or 任务 and 110."""
    report = bp.parse(run_together(grids(SAMPLE, WEIGHT_FIRST)))
    assert not report.form.indicators
    assert "没有读取" in notes(report)
    report = bp.parse(WITH_FUNDS.replace("合格率≥90%81%", "任务12018"))
    assert not report.form.indicators
    assert "没有读取：第 7 行" in notes(report)


def test_points_in_headings_and_totals_both_tie() -> None:
    report = bp.parse(WITH_FUNDS)
    assert [
        (row.name, str(row.weight), str(row.score), str(row.explanation or ""))
        for row in report.form.indicators
    ] == [
        ("培训人数", "10", "10", BLANK),
        ("合格率", "10", "9", "因2023年汛期推迟"),
        ("群众满意度", "10", "9", BLANK),
    ]
    assert str(report.form.total_score) == "28"


@pytest.mark.parametrize(
    ("before", "after"),
    [("合计3028", "合计3029"), ("1010", "1020"), ("81%109", "81%910")],
)
def test_rows_that_do_not_tie_are_not_read(before: str, after: str) -> None:
    report = bp.parse(WITH_FUNDS.replace(before, after))
    assert not report.form.indicators
    assert "没有读取：第 7 行" in notes(report)
    assert str(report.form.funding.total.executed) == "90"


def test_where_target_and_actual_part_is_not_guessed() -> None:
    """Points that are sure are read, and what is not sure beside them is told."""
    report = bp.parse(WITH_FUNDS.replace("≥12人15人", "1215"))
    row, *_ = report.form.indicators
    assert (str(row.weight), str(row.score)) == ("10", "10")
    assert isinstance(row.target.value, bp.Missing)
    assert isinstance(row.actual, bp.Missing)
    assert row.actual.reason is bp.MissingReason.UNREADABLE
    assert "年度指标值、实际完成值从哪里分开不能确定" in notes(report)


def test_a_name_may_end_in_digits() -> None:
    known = vocabulary()
    core = ("target", "actual", "weight", "score")

    def names(text: str) -> set[str]:
        return {way.name for way in ways_of([text], core, known, has_tail=False)}

    assert {"PM", "PM10"} <= names("PM1095%95%1010")
    assert names("合格率95%95%1010") == {"合格率"}
    assert names("水质达标≥95%95%1010") == {"水质达标"}
    assert points_apart("10010", 2) == [("100", "10")]
    assert points_apart("1.05", 2) == [("1.0", "5")]


def test_a_whole_form_on_one_line() -> None:
    lines = run_together(grids(SAMPLE, Style())).split("\n")
    text = "\n".join([*lines[:4], "".join([*lines[4:9], *lines[11:-1]]), lines[-1]])
    report = bp.parse(text)
    assert said(report) == due(SAMPLE)
    assert not bp.audit(report).inconsistent
    spoilt = bp.parse(text.replace("3030质量", "303质量"))
    assert not spoilt.form.indicators
    assert said(spoilt).items() <= due(SAMPLE).items()


@pytest.mark.parametrize(
    ("total", "score"),
    [
        ("合计3028", "28"),  # not 302 and 8
        ("合计28", "28"),  # not 2 and 8
        ("合计（30分）28", "28"),
        ("合计30", None),  # that may be what the rows weigh
        ("合计5028.5", "28.5"),
    ],
)
def test_a_total_that_nothing_ties_to_is_read_where_one_reading_is_left(
    total: str, score: str | None
) -> None:
    report = bp.parse(TABLE.replace("合计3028", total))
    assert [str(row.score) for row in report.form.indicators] == ["10", "9", "9"]
    read = report.form.total_score
    assert (None if isinstance(read, bp.Missing) else str(read)) == score
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    ("cells", "target", "actual"),
    [
        ("≥12台套15台套", "≥12台套", "15台套"),
        ("≥500元/亩500元/亩", "≥500元/亩", "500元/亩"),
        ("≤5个工作日3个工作日", "≤5个工作日", "3个工作日"),
        ("2023年12月31日前2023年11月30日", "2023年12月31日前", "2023年11月30日"),
    ],
)
def test_units_and_days_are_not_cut(cells: str, target: str, actual: str) -> None:
    """And are no part of the name."""
    report = bp.parse(WITH_FUNDS.replace("≥12人15人", cells))
    row, *_ = report.form.indicators
    assert row.name == "培训人数"
    assert row.target.text == target
    assert not isinstance(row.actual, bp.Figure) or str(row.actual) == actual
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("cells", ["2023年12月底前已完成", "80-90%85%"])
def test_days_and_ranges_that_may_be_of_the_name_are_refused(cells: str) -> None:
    report = bp.parse(WITH_FUNDS.replace("≥12人15人", cells))
    assert not report.form.indicators
    assert "没有读取：第 7 行" in notes(report)


def test_a_unit_that_may_be_two_is_told() -> None:
    report = bp.parse(WITH_FUNDS.replace("≥12人15人", "≥12台套"))
    row, *_ = report.form.indicators
    assert isinstance(row.target.value, bp.Missing)
    assert not bp.audit(report).inconsistent


def test_with_columns_for_signs_units_or_other_scores_nothing_is_taken_apart() -> None:
    text = WITH_FUNDS.replace("实际完成值分值得分", "实际完成值分值得分复核得分")
    text = text.replace("15人1010", "15人101010").replace("109", "1099")
    assert not bp.parse(text).form.indicators


def test_rows_that_say_nothing_are_not_compared_to_the_end() -> None:
    row = "名1" + "1" * 150
    known = vocabulary()
    core = ("target", "actual", "weight", "score")
    assert not ways_of([row], core, known, has_tail=True)
    table = WITH_FUNDS.replace("合格率", f"{row}\n" * 100 + "合格率")
    with refused("no-figures"):
        bp.parse(table.replace(FUNDS, "一级"))


HEAD_SCORE = """专项转移支付绩效自评表 项目名称草原治理 项目总得分97.5分
资金情况(万元)全年预算数(A)全年执行数(B)执行率(B/A)年度资金总额:800万元760万元95%其中:中央补助600万元570万元95%自治区补助200万元190万元95%
一级指标二级指标三级指标分值年度指标值全年实际值得分未完成原因及改进措施
产出指标(40分)数量指标种草面积20≥2.5万亩2.5万亩20质量指标出苗率20≥85%82%17.5
效益指标(40分)生态效益指标植被盖度提高40≥5%5.2%40
满意度指标(20分)服务对象满意度指标牧民满意度20≥90%91%20
"""


def test_rows_tie_to_the_score_in_the_head_where_no_total_follows() -> None:
    report = bp.parse(HEAD_SCORE)
    read = [
        (str(row.name), row.weight.text, row.actual.text, row.score.text)
        for row in report.form.indicators
    ]
    assert read == [
        ("种草面积", "20", "2.5万亩", "20"),
        ("出苗率", "20", "82%", "17.5"),
        ("植被盖度提高", "40", "5.2%", "40"),
        ("牧民满意度", "20", "91%", "20"),
    ]
    assert report.form.total_score.text == "97.5"
    assert not bp.audit(report).inconsistent
    for other in (
        HEAD_SCORE.replace("97.5分", "96.5分"),
        HEAD_SCORE.replace("项目总得分97.5分", ""),
    ):
        assert not bp.parse(other).form.indicators


# What no rate tells apart.


def test_a_rate_of_one_digit_takes_no_amount_apart() -> None:
    """452.30 is one amount, and not 4, 5, 2.3 and a rate of 0."""
    text = (
        "县级部门预算项目绩效自评表\n金额单位：万元\n"
        "预算安排情况(调整后)资金到位情况资金执行情况预算执行进度(%)\n"
        "预算数452.30到位数452.30执行数440.0097.28\n"
        "其中：财政资金400.00其中：财政资金400.00其中：财政资金390.00\n"
    )
    with refused("no-figures"):
        bp.parse(text)


@pytest.mark.parametrize("run", ["50000048000045600095%", "48000045600095%"])
def test_amounts_that_ran_together_are_no_rate(run: str) -> None:
    text = (
        "街道项目绩效自评表（2022年）\n项目名称：垃圾分类 单位：元\n"
        f"预算执行年初预算数全年预算数全年执行数执行率备注\n{run}\n"
        "自评总分：98\n"
    )
    with refused("no-figures"):
        bp.parse(text)


# A form all of whose cells ran together: no sentence, whatever stands in it.

ALL_GLUED = """\
市本级项目支出绩效自评表(2022年)项目名称河道清淤主管部门水务局资金(万元)年初预算数全年预算数(A)\
全年执行数(B)执行率(B/A)64.264.260.994.9%年度总体目标保障河道畅通{}一级指标二级指标三级指标\
评议要点指标值全年实际值(B)分值得分项目管理(20分)制度健全性8财务制度健全,会计核算规范8\
项目监控有效性2持续有效2
2、产出指标(30分)数量指标清淤长度102370米2370米10质量指标验收合格率5100%100%5
"""


@pytest.mark.parametrize("before", ["", "年度总体目标完成情况", "绩效指标", "绩效指标 "])
def test_a_form_that_ran_together_is_no_text(before: str) -> None:
    form = ALL_GLUED.format(before)
    with pytest.raises(bp.UnusableDocumentError, match=r"第 1 行起的表.*没有读取"):
        bp.parse(form)
    report = bp.parse(f"2022年项目总投资80万元，完成清淤3处。\n{form}")
    assert "第 2 行起的表" in notes(report)
    assert not [
        figure for _, figure in bp.figures(report) if figure.text.startswith(("8项", "102"))
    ]
    assert {"10", "64.264.260.994.9"} <= set(unread(report))


def test_indicators_that_ran_together_below_a_header_with_a_word_that_is_not_known() -> None:
    _, _, indicators = ALL_GLUED.partition("{}")
    with pytest.raises(bp.UnusableDocumentError, match="第 1 行起的表各格连写"):
        bp.parse(indicators)


def test_no_number_of_a_header_that_ran_together_is_lost() -> None:
    """Behind the header stands no label of funds; another table of the text can be read."""
    glued = "项目资金(万元)年初预算数全年预算数全年执行数分值执行率得分结算48.548.541.21085%8.5"
    report = bp.parse(f"{glued}\n{WITH_FUNDS}")
    assert {"48.548.541.21085", "8.5"} <= set(unread(report))


def test_levels_in_a_sentence_are_none_of_a_header() -> None:
    text = "2022年项目设一级指标3个、二级指标6个、三级指标12个，全年预算数80万元，实际支出76万元。"
    assert "76万元" in {figure.text for _, figure in bp.figures(bp.parse(text))}

"""Forms whose blocks stand otherwise than in most: in one cell, as groups alone, with other words.

Names and figures are invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp

from . import writing
from .test_forms import notes, pipes, said, unread

TOTAL = "form.funding.total."
HEAD = ("转移支付绩效自评表", "项目名称|高标准农田建设")
ROWS = (
    "一级指标|二级指标|三级指标|指标解释|指标值|全年实际完成值|需提供的支撑材料",
    "产出指标|数量指标|建设面积|新增面积|≥8000亩|8000亩|验收报告",
)
LISTED = "年度资金总额：1200{0}其中：中央补助：800{0}市级资金：250{0}本级资金（包括结转结余）：150"


@pytest.mark.parametrize("between", ["<br>", " ", "；", "，"])
def test_funds_that_one_cell_lists(between: str) -> None:
    report = bp.parse(pipes(*HEAD, f"资金情况（万元）|{LISTED.format(between)}", *ROWS))
    funding = report.form.funding
    assert said(report)["funding.total.revised"] == "1200万元"
    assert [(one.label, one.revised.text) for one in funding.sources] == [
        ("中央补助", "800"),
        ("市级资金", "250"),
        ("本级资金(包括结转结余)", "150"),
    ]
    assert report.form.indicators[0].actual.text == "8000亩"
    audit = bp.audit(report)
    assert not audit.inconsistent
    assert "F01" in {finding.code for finding in audit.having(bp.Verdict.EXACT)}


def test_funds_that_one_cell_lists_in_word(tmp_path: Path) -> None:
    grid = [
        [(text, 1, 7 if text == HEAD[0] else 1) for text in row.split("|")]
        for row in (*HEAD, *ROWS)
    ]
    grid.insert(2, [("资金情况（万元）", 1, 1), (LISTED.format("\n"), 1, 6)])
    file = tmp_path / "form.docx"
    file.write_bytes(writing.docx(writing.table_in_word(grid)))
    report = bp.read(file)
    assert report.form.funding.total.revised.text == "1200"
    assert len(report.form.funding.sources) == 3


@pytest.mark.parametrize(
    "listed",
    [
        "年度资金总额：1200",
        "年度资金总额：1200 其中：中央补助：约800",
        "年度资金总额：1200 其中：中央补助：800，已全部拨付",
        "中央补助：800 市级资金：400",
        "年度资金总额：1200 年度资金总额：1300",
        "年度资金总额：1200 建设面积：8000",
        "年度资金总额：1200 中央补助：800 中央补助：400",
    ],
)
def test_what_is_no_list_of_funds_alone(listed: str) -> None:
    report = bp.parse(pipes(*HEAD, f"资金情况（万元）|{listed}", *ROWS))
    assert not [path for path in said(report) if path.startswith("funding")]


def test_a_block_below_a_list_of_funds_is_the_one() -> None:
    block = ("项目资金（元）|全年预算数|全年执行数|执行率", "年度资金总额|1300|1300|100%")
    report = bp.parse(pipes(*HEAD, f"资金（万元）|{LISTED.format(' ')}", *block, *ROWS))
    assert report.form.funding.total.revised.text == "1300"
    assert not report.form.funding.sources


BOND = (
    "地方政府专项债券项目绩效自评表",
    "项目名称|某医院扩建|投向领域|医疗卫生",
    "债券资金管理指标（10分）|总体支出进度|实际支出金额|下达额度|实际完成值|分值|得分",
    "||8,550|9,000|{reached}|10|9.5",
    "一级指标|二级指标|三级指标|目标值|实际完成值|分值|得分",
    "产出指标|数量指标|新增床位|≥500张|520张|90|90",
)


def test_what_was_reached_of_a_bond_may_be_a_rate() -> None:
    def read(reached: str) -> bp.SelfEvaluation:
        return bp.parse(pipes(*(row.format(reached=reached) for row in BOND)))

    assert read("95%").form.funding.total.execution_rate.text == "95%"
    assert not bp.audit(read("95%")).inconsistent
    assert {finding.code for finding in bp.audit(read("90%")).inconsistent} == {"F05"}
    assert isinstance(read("8,550").form.funding.total.execution_rate, bp.Missing)


OF_SOURCE = (
    "项目支出绩效自评表|||||||",
    "（2023年度）||||||单位：元|",
    "项目名称|食品抽检||||||",
    "项目资金|资金来源|年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "|年度资金总额|300,000|300,000|270,000|10|90%|9.0",
    "|其中：当年财政拨款|300,000|300,000|270,000|—|—|—",
    "|其他资金|—|—|—|—|—|—",
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    *(f"产出指标|数量指标|抽检批次{name}|≥100批次|108批次|10|10|" for name in "甲乙丙丁戊己庚辛壬"),
    "总分|||||100|99|",
)


@pytest.mark.parametrize("count", [2, 9], ids=["short", "long"])
def test_a_form_of_a_project_is_not_read_as_that_of_a_department(count: int) -> None:
    rows = [row for row in OF_SOURCE if "抽检批次" not in row]
    rows[-1:-1] = [row for row in OF_SOURCE if "抽检批次" in row][:count]
    report = bp.parse(pipes(*rows))
    assert report.kind is bp.EvaluationKind.PROJECT
    assert str(report.project.name) == "食品抽检"
    assert said(report)["funding.total.revised"] == "300000元"
    assert [one.label for one in report.form.funding.sources] == ["当年财政拨款", "其他资金"]


def test_the_groups_of_indicators_with_what_they_got() -> None:
    rows = ("投入|15|14", "过程|55|52.5", "产出|20|20", "效果|10|9", "合计|100|95.5")
    report = bp.parse(pipes("某馆部门整体支出绩效自评表||", "一级指标|分值|得分", *rows))
    read = [(str(row.name), row.weight.text, row.score.text) for row in report.form.indicators]
    assert read[1] == ("过程", "55", "52.5")
    assert report.form.total_score.text == "95.5"
    assert not bp.audit(report).inconsistent
    wrong = bp.parse(pipes("某馆绩效自评表||", "一级指标|分值|得分", *rows[:-1], "合计|100|96.5"))
    assert {finding.code for finding in bp.audit(wrong).inconsistent} == {"W08"}


def test_words_of_forms_of_departments_in_sichuan() -> None:
    header = "一级指标|二级指标|三级指标|绩效指标性质|绩效指标值|绩效度量单位|实际完成值|自评得分"
    row = "产出指标|数量指标|水库除险加固|≥|3|座|3|20"
    report = bp.parse(pipes("部门整体支出绩效自评表|||||||", header, row))
    assert said(report)["indicators[0].target.value"] == "3座"
    assert report.form.indicators[0].target.direction is bp.Direction.AT_LEAST


def test_the_rate_of_a_source_may_be_that_of_what_it_received() -> None:
    rows = (
        "资金（万元）||预算数|实际到位|实际支出|资金执行率|得分",
        "|总计|1500|1450|1377.5|95%|9.5",
        "|中央资金|900|900|855|95%|",
        "|省级资金|600|550|{spent}|95%|",
        ROWS[0],
        ROWS[1],
    )
    report = bp.parse(pipes(*HEAD, *(row.format(spent="522.5") for row in rows)))
    assert [one.execution_rate.text for one in report.form.funding.sources] == ["95%", "95%"]


def test_the_name_of_an_indicator_of_the_third_level() -> None:
    header = "指标类别|二级指标|指标名称（三级指标）|年初指标值|年终完成值|自评分|复核分|评价标准"
    row = "产出指标|数量指标|道路里程|300公里|300公里|15|14|按完成率"
    (read,) = bp.parse(pipes("项目绩效目标自评表|||||||", header, row)).form.indicators
    assert (str(read.name), read.score.text, read.reviewed_score.text) == ("道路里程", "15", "14")


def test_funds_that_lines_list() -> None:
    lines = LISTED.format("\n")
    head = "转移支付绩效自评表\n项目名称：高标准农田建设\n资金情况（万元）"
    text = f"{head}\n{lines}\n指标值：≥8000亩\n"
    report = bp.parse(text)
    assert report.form.funding.total.revised.text == "1200"
    assert report.form.funding.sources[0].label == "中央补助"
    assert said(report)["funding.total.revised"] == "1200万元"
    assert "F01" in {finding.code for finding in bp.audit(report).having(bp.Verdict.EXACT)}
    wrong = bp.audit(bp.parse(text.replace("250", "260")))
    assert "F01" not in {finding.code for finding in wrong.having(bp.Verdict.EXACT)}


DIVIDED = (
    "部门整体支出绩效自评表||||||",
    "年度预算申请（万元）||年初预算数|全年预算数|全年执行数|分值|执行率",
    "|年度资金总额|352.16|386.42|371.00|10|96.01%",
    "|按收入性质分：|||||",
    "|其中：一般公共预算|352.16|386.42|371.00||",
    "|政府性基金拨款|0|0|0||",
    "|按支出性质分：|||||",
    "|其中：基本支出|280.16|290.42|288.00||",
    "|项目支出|72.00|96.00|83.00||",
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标|数量指标|统计调查|≥12项|12项|90|90",
)


def test_rows_that_say_by_what_a_total_is_divided() -> None:
    report = bp.parse(pipes(*DIVIDED))
    sources = report.form.funding.sources
    assert [one.label for one in sources] == ["一般公共预算", "政府性基金拨款"]
    assert report.form.basic_expenditure.initial.text == "280.16"
    assert report.form.project_expenditure.executed.text == "83.00"
    assert not bp.audit(report).inconsistent
    wrong = pipes(*DIVIDED).replace("83.00", "93.00")
    assert {finding.code for finding in bp.audit(bp.parse(wrong)).inconsistent} == {"F11"}


# Rows whose cells begin further to the left than those of the header: a cell over several rows was
# lost.

SHIFTED = (
    (
        "项目资金（万元）|年初预算数|全年预算数|全年执行数|执行率（%）|分值|得分",
        "36.50|33.20|30.50|91.87|10|9.18|",
    ),
    (
        "资金情况（万元）|资金来源|全年预算数|到位数|全年支出数|执行率|分值|得分",
        "财政资金|280.00|280.00|266.00|95.00%|||",
        "合计|300.00|290.00|275.00|91.67%|10|9.17|",
    ),
    ("资金（万元）|预算数|执行数|执行率|分值|得分", "1,080.50|972.45|90%|10|9|"),
)


@pytest.mark.parametrize("rows", SHIFTED, ids=["no label", "a label", "few columns"])
def test_amounts_below_the_label_of_the_block_are_shifted(rows: tuple[str, ...]) -> None:
    report = bp.parse(pipes("项目支出绩效自评表", "项目名称|社区矫正", *rows, *ROWS))
    assert not [path for path in said(report) if path.startswith("funding")]
    assert "与表头错开" in notes(report)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("word", ["上年预算数", "上年结转", "年初结转和结余"])
def test_numbers_below_words_for_numbers_left_of_the_amounts_are_in_their_place(word: str) -> None:
    rows = (
        f"序号|资金来源|{word}|全年预算数|全年执行数|执行率",
        "1|年度资金总额|90.00|100.00|95.00|95%",
    )
    report = bp.parse(pipes("项目支出绩效自评表", "项目名称|社区矫正", *rows, *ROWS))
    assert said(report)["funding.total.executed"].startswith("95")
    assert "90.00" in unread(report)


def test_rows_of_indicators_that_moved_are_not_read_by_a_layout_with_a_name() -> None:
    """Those that did not move are left out with them, and count as judged."""
    report = bp.parse(
        pipes(
            "街道项目绩效自评表（2022年）",
            "项目名称：垃圾分类|||预算单位：某街道办事处",
            "一级指标|二级指标|三级指标|指标值|完成值|得分|权重|偏差原因",
            "产出指标（50分）|数量指标|设置投放点|60个|60个|20|20|",
            "质量指标|分类准确率|90%|87%|28.5|30|部分商户未配合|",
            "小计||||48.5|50||",
            "效益指标（40分）|生态效益|垃圾减量率|5%|6.2%|25|25|",
            "社会效益|居民知晓率|95%|97%|15|15||",
            "小计||||40|40||",
            "合计|||||98|100|",
        )
    )
    assert not report.form.indicators
    assert "第 5、6、7、8、9、10 行的各格与表头错开" in notes(report)
    assert not bp.audit(report).inconsistent


OF_DEPARTMENT = (
    "部门整体绩效自评表（2023年度）",
    "部门名称|某市档案馆",
    "预算情况（万元）||年初数|调整后|实际支出|执行率|分值|得分",
    "|部门支出总额|620.00|655.00|641.90|98.00%|10|9.8",
    "|其中：基本支出|420.00|430.00|430.00|100.00%||",
    "|项目支出|200.00|225.00|211.90|94.18%||",
    "一级指标|二级指标|三级指标|权重|评分标准|年度目标值|年度完成值|自评分",
    "履职效能|档案利用|数字化页数|60|完成得满分|50万页|52万页|60",
    "社会效应|满意度|查档群众满意度|30|每低1%扣1分|≥95%|94%|29",
)


@pytest.mark.parametrize(
    "total",
    ["合计|||100||||98.8", "总分（含预算执行）|总分（含预算执行）|总分（含预算执行）|100||||98.8"],
    ids=["once", "in each place"],
)
def test_short_words_above_amounts_and_a_remark_behind_the_total(total: str) -> None:
    report = bp.parse(pipes(*OF_DEPARTMENT, total))
    form = report.form
    amounts = [form.funding.total, form.basic_expenditure, form.project_expenditure]
    assert [(one.initial.text, one.revised.text, one.executed.text) for one in amounts] == [
        ("620.00", "655.00", "641.90"),
        ("420.00", "430.00", "430.00"),
        ("200.00", "225.00", "211.90"),
    ]
    assert len(form.indicators) == 2
    assert (str(form.total_weight), str(form.total_score)) == ("100", "98.8")
    assert not bp.audit(report).inconsistent


def test_a_word_that_is_not_known_above_amounts_does_not_mean_that_they_moved() -> None:
    rows = [row.replace("调整后", "另一数") for row in OF_DEPARTMENT]
    rows[2] = rows[2].replace("年初数|另一数", "甲|乙")
    report = bp.parse(pipes(*rows))
    assert report.form.funding.total.executed.text == "641.90"
    assert {"620.00", "655.00"} <= set(unread(report))


@pytest.mark.parametrize("masked", ["15**万页", "1****万页", "**5", "1**.5万页", "150**"])
def test_two_stars_that_stand_for_digits_are_no_emphasis(masked: str) -> None:
    rows = [row.replace("52万页", masked) for row in OF_DEPARTMENT]
    report = bp.parse(pipes(*rows))
    first, second = report.form.indicators
    assert isinstance(first.actual, bp.Missing)
    assert str(second.actual) == "94%"


@pytest.mark.parametrize("marked", ["**52万页**", "**52**万页", "已完成**52**万页"])
def test_emphasis_in_markdown_is_no_mask(marked: str) -> None:
    rows = [row.replace("52万页", marked) for row in OF_DEPARTMENT]
    report = bp.parse(pipes(*rows))
    assert report.form.indicators[0].actual.value == 52  # type: ignore[union-attr]


SENTENCES = "某县农业局2023年度部门整体支出绩效自评报告\n\n"


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("全年预算数100万元，印制15**万页，发放20**万页。", {"15", "20"}),
        ("**县农业局全年预算数100万元，**镇全年执行数9**万元，**人。", {"9"}),
        ("王**全年执行数9**万元，全年预算数100万元。", {"9"}),
        ("全年执行数9**万元，全年预算数100万元，**单位。", {"9"}),
    ],
)
def test_stars_on_either_side_of_words_are_no_emphasis_where_they_part_a_number_from_its_unit(
    text: str, unsure: set[str]
) -> None:
    """As many stars as emphasis has do not make it one: 9**万元 may be 950万元."""
    report = bp.parse(SENTENCES + text)
    assert unsure <= set(unread(report))
    assert unsure.isdisjoint(f"{figure.value:f}" for _, figure in bp.figures(report))


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数为**100**万元，全年执行数为**90**万元。",
        "1.**预算**全年预算数100万元，**全年执行数90万元**。",
        "**2023**年全年预算数**100万元**，**全年执行数**90万元。",
        "2023**年度**全年预算数**100**万元，全年执行数 **90.00** 万元。",
        "全年预算数**￥ 100**万元，全年执行数**90**万元，合格率**不低于95**%，**≥ 95**%。",
    ],
)
def test_emphasis_of_words_and_of_numbers_alone_hides_nothing(text: str) -> None:
    total = bp.parse(SENTENCES + text).narrative.funding.total
    assert (total.revised.value, total.executed.value) == (100, 90)  # type: ignore[union-attr]


def test_a_sentence_that_is_repeated_in_each_cell_is_no_indicator() -> None:
    sentence = "自评得分：98.6分；评价等级：优（90分及以上）"
    rows = (
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        "产出指标|数量指标|管护公园|6个|6个|90|90",
        "|".join([sentence] * 7),
    )
    report = bp.parse(pipes("项目支出绩效自评表", "项目名称|公园管护", *rows))
    assert [str(row.name) for row in report.form.indicators] == ["管护公园"]


def test_the_sum_of_sources_is_none_of_them_below_words_that_nobody_knows() -> None:
    report = bp.parse(
        pipes(
            "财政专项资金绩效自评表",
            "专项名称|文物保护",
            "资金（万元）|资金来源|预算数|||执行数|执行率|分值|得分",
            "||当初下达|中途变动|最终核定||||",
            "|合计|500|-20|480|456|95%|10|9.5",
            "|中央资金|500|-20|480|456|95%||",
            "一级指标|二级指标|三级指标|年度指标值|实际完成值||分值|得分|备注",
            "产出指标|数量指标|修缮文物点|≥8处|8处||90|90|",
            "总分||||||100|99.5|",
        )
    )
    assert "合计" not in [source.label for source in report.form.funding.sources]
    assert not bp.audit(report).inconsistent


# Rows of which a page lost a blank cell, with the label of the next row behind them.

SHORT = (
    "年初预算数|全年预算数|全年执行数|分值|执行率|得分|年度资金总额",
    "500.00|475.00|10|95%|9.5|其中：财政拨款",
    "500.00|475.00|—|",
)


@pytest.mark.parametrize(
    "label", ["其中：财政拨款", "其中：当年财政拨款", "上年结转资金", "其他资金"]
)
def test_a_row_with_the_label_of_the_next_one_behind_it_is_not_read(label: str) -> None:
    rows = [row.replace("其中：财政拨款", label) for row in SHORT]
    for block in (rows, [rows[0].removesuffix("|年度资金总额"), *rows[1:]]):
        report = bp.parse(pipes("项目支出绩效自评表", "项目名称|社区矫正", *block, *ROWS))
        assert not [path for path in said(report) if path.startswith("funding")]
        assert "与表头错开" in notes(report)
        assert not bp.audit(report).inconsistent


def test_a_label_over_several_rows_left_of_the_columns_is_none_behind_them() -> None:
    """The total without a label of its own, and a reason that is the name of a source."""
    report = bp.parse(
        pipes(
            "项目支出绩效自评表（2023年度）",
            "项目名称|社区矫正|||||",
            "年度资金总额（万元）|年初预算数|全年预算数|全年执行数|执行率|分值|得分",
            "|520.00|500.00|475.00|95%|10|9.5",
            *ROWS,
        )
    )
    assert said(report)["funding.total.executed"] == "475.00万元"
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("label", ["支出合计", "部门整体支出", "总支出", "总金额", "年度总金额"])
def test_the_expenditure_of_a_department_is_its_total(label: str) -> None:
    rows = [
        "部门名称|某县林业和草原局|||金额单位：万元",
        "项目|年初预算数|全年预算数|决算数|执行率|分值|得分",
        f"{label}|1260|1312|1298.88|99%|10|9.9",
        "基本支出|660|672|672|100%|/|/",
        "项目支出|600|640|626.88|97.95%|/|/",
    ]
    title = "# 部门整体支出绩效自评表（2023年度）\n\n"
    report = bp.parse(title + pipes(*rows))
    total = report.form.funding.total
    assert (str(total.executed), str(total.weight)) == ("1298.88", "10")
    assert report.form.funding.sources == ()
    assert not bp.audit(report).inconsistent
    wrong = bp.parse(title + pipes(*rows).replace("626.88", "662.88"))
    assert "F11" in {finding.code for finding in bp.audit(wrong).inconsistent}


def test_a_rate_of_a_source_that_may_be_that_of_the_total_is_told() -> None:
    rows = [
        "项目名称|农村道路养护|||",
        "项目资金（万元）||全年预算数|全年执行数|执行率",
        "|年度资金总额|742.60|705.47|95.00%",
        "|其中：中央财政资金|520.00|494.00|95.00%",
        "|地方资金|222.60|211.47|95.00%",
    ]
    title = "# 项目支出绩效自评表（2023年度）\n\n"
    report = bp.parse(title + pipes(*rows))
    assert unread(report) == []
    assert not bp.audit(report).inconsistent
    wrong = bp.parse(title + pipes(*rows).replace("494.00", "510.00"))
    assert unread(wrong) == ["95.00"]
    assert "F01" in {finding.code for finding in bp.audit(wrong).findings if finding.is_for_review}

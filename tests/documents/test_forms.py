"""Forms by the words in their headers: the shapes in use, and what is not to be guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf import EvaluationKind, Figure, Missing, MissingReason
from budgetperf.exact import Place
from tests.factories import refused

from .samples import EXAMPLES


def pipes(*rows: str) -> str:
    """A table in Markdown of rows in which cells are parted by ``|``."""
    cells = [row.split("|") for row in rows]
    width = max(map(len, cells))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def said(report: bp.SelfEvaluation) -> dict[str, str]:
    """The figures of a form as they are printed with their units."""
    return {
        path.removeprefix("form."): f"{figure.value:f}{figure.unit}"
        for path, figure in bp.figures(report)
    }


def unread(report: bp.SelfEvaluation) -> list[str]:
    return [number.text for number in report.reading.unread] if report.reading else []


def notes(report: bp.SelfEvaluation) -> str:
    return "\n".join(note.zh for note in report.reading.notes) if report.reading else ""


NATIONAL = pipes(
    "项目支出绩效自评表",
    "（2023年度）",
    "项目名称|某某补助经费",
    "主管部门|某县某局|||||实施单位|某中心",
    "项目资金（万元）||年初预算数|全年预算数(A)|全年执行数(B)|分值|执行率(B/A)|得分",
    "|年度资金总额：|120.00|150.00|135.00|10|90%|9",
    "|其中：本年财政拨款|100.00|130.00|115.00|-|-|",
    "|上年结转资金|20.00|20.00|20.00|-|-|",
    "|其他资金||||-|-|",
    "年度总体目标|预期目标||||实际完成情况",
    "|完成培训||||已完成培训",
    "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    "|产出指标（50分）|数量指标|指标1：培训人次|≥200人次|210人次|30|30|",
    "|||指标2：||||||",
    "|||……||||||",
    "||质量指标|指标1：合格率|≥95%|96%|20|20|",
    "|效益指标（30分）|社会效益指标|知晓率|≥90%|72%|30|24|宣传面不够",
    "|满意度指标（10分）|服务对象满意度指标|满意度|≥90%|95%|10|10|",
    "总分||||||100|93",
    "自评等级|优",
    "其他需要说明的事项|全年开展3次检查",
    "填报人：某某||联系电话：0000-1234567",
)
FUNDING = {
    "department.year": "2023",
    "funding.total.initial": "120.00万元",
    "funding.total.revised": "150.00万元",
    "funding.total.executed": "135.00万元",
    "funding.total.execution_rate": "90%",
    "funding.total.weight": "10",
    "funding.total.score": "9",
    "funding.sources[0].initial": "100.00万元",
    "funding.sources[0].revised": "130.00万元",
    "funding.sources[0].executed": "115.00万元",
    "funding.sources[1].initial": "20.00万元",
    "funding.sources[1].revised": "20.00万元",
    "funding.sources[1].executed": "20.00万元",
}
ROWS = {
    "indicators[0].target.value": "200人次",
    "indicators[0].actual": "210人次",
    "indicators[0].weight": "30",
    "indicators[0].score": "30",
    "indicators[1].target.value": "95%",
    "indicators[1].actual": "96%",
    "indicators[1].weight": "20",
    "indicators[1].score": "20",
    "indicators[2].target.value": "90%",
    "indicators[2].actual": "72%",
    "indicators[2].weight": "30",
    "indicators[2].score": "24",
    "indicators[3].target.value": "90%",
    "indicators[3].actual": "95%",
    "indicators[3].weight": "10",
    "indicators[3].score": "10",
    "total_weight": "100",
    "total_score": "93",
}


def test_the_form_of_the_state() -> None:
    report = bp.parse(NATIONAL)
    assert said(report) == FUNDING | ROWS
    form, project = report.form, report.project
    assert report.kind is EvaluationKind.PROJECT
    assert (project.name, project.supervising_department) == ("某某补助经费", "某县某局")
    assert (project.implementing_unit, project.contact) == ("某中心", "0000-1234567")
    assert (form.goal.expected, form.goal.achieved) == ("完成培训", "已完成培训")
    assert [row.name for row in form.indicators] == ["培训人次", "合格率", "知晓率", "满意度"]
    assert [row.level2 for row in form.indicators][:2] == ["数量指标", "质量指标"]
    assert form.indicators[2].explanation == "宣传面不够"
    assert form.rating == "优"
    assert unread(report) == ["3"]
    assert not bp.audit(report).inconsistent
    reading = report.reading
    assert reading is not None
    assert reading.layout == "national-project"
    assert "按表头逐栏读取" in notes(report)
    total = form.funding.total.revised
    assert isinstance(total, Figure)
    assert total.place == Place(line=7, column=4)


def test_a_form_that_does_not_hold() -> None:
    for right, wrong in (
        ("|90%|9", "|95%|9"),
        ("总分||||||100|93", "总分||||||100|94"),
        ("|其他资金||||", "|其他资金|5.00||5.00|"),
        ("满意度|≥90%|95%|10|10", "满意度|≥90%|95%|10|12"),
        ("产出指标（50分）", "产出指标（60分）"),
    ):
        text = NATIONAL.replace(" ", "").replace(right, wrong)
        assert text != NATIONAL.replace(" ", "")
        assert bp.audit(bp.parse(text)).inconsistent, wrong


def test_words_of_a_header_in_two_rows_and_a_unit_in_the_row_of_the_total() -> None:
    report = bp.parse(
        pipes(
            "2021年度部门整体支出绩效自评表",
            "部门（单位）名称|某县某局",
            "项目资金||年初|全年|全年|分值|执行率|得分",
            "||预算数|预算数|执行数",
            "（元）|年度总资金|1,000|2,000|1,900|9|0.95|8.55",
            "|其中：上级安排|1,000|1,500|1,400|9|0.95|8.55",
            "|本级安排||500|500|||",
            "|彩票公益金||0|0|||",
            "|其他资金|||||||",
            "绩效指标|一级指标|二级指标|三级指标|年度|实际|权重|得分",
            "||||指标值|完成值||",
            "|产出指标|数量指标|★甲类任务（≥**项）|≧10项|12项|91|91",
            "合计|||||||99.55",
        )
    )
    assert report.kind is EvaluationKind.DEPARTMENT
    assert report.department.name == "某县某局"
    assert said(report) == {
        "department.year": "2021",
        "funding.total.initial": "1000元",
        "funding.total.revised": "2000元",
        "funding.total.executed": "1900元",
        "funding.total.execution_rate": "0.95",
        "funding.total.weight": "9",
        "funding.total.score": "8.55",
        "funding.sources[0].initial": "1000元",
        "funding.sources[0].revised": "1500元",
        "funding.sources[0].executed": "1400元",
        "funding.sources[1].revised": "500元",
        "funding.sources[1].executed": "500元",
        "funding.sources[2].revised": "0元",
        "funding.sources[2].executed": "0元",
        "indicators[0].target.value": "10项",
        "indicators[0].actual": "12项",
        "indicators[0].weight": "91",
        "indicators[0].score": "91",
        "total_score": "99.55",
    }
    assert [(s.kind.value, s.label) for s in report.form.funding.sources] == [
        ("upper", "上级安排"),
        ("local", "本级安排"),
        ("unlisted", "彩票公益金"),
        ("other", "其他资金"),
    ]
    assert report.form.indicators[0].name == "甲类任务"
    assert not bp.audit(report).inconsistent


def test_one_row_of_funds_and_a_weight_in_the_heading() -> None:
    report = bp.parse(
        pipes(
            "项目名称|某专项经费",
            "预算执行情况(万元)(20分)||预算数(A)|执行数(B)|执行率(B/A)|得分(20分*执行率)",
            "|年度财政资金总额|10万|9万|90%|18",
            "年度绩效目标(80分)|一级指标|二级指标|三级指标|年初目标值(A)|实际完成值(B)|得分",
            "|产出指标|数量指标|甲数|500卷|500卷|40",
            "|效益指标|社会效益|乙数|300人次|310人次|40",
            "总分（100分）|98|||自评等级|优",
            "偏差大或目标未完成原因分析|支付2笔尾款",
        )
    )
    assert said(report) == {
        "funding.total.revised": "10万元",
        "funding.total.executed": "9万元",
        "funding.total.execution_rate": "90%",
        "funding.total.weight": "20",
        "funding.total.score": "18",
        "indicators[0].target.value": "500卷",
        "indicators[0].actual": "500卷",
        "indicators[0].score": "40",
        "indicators[1].target.value": "300人次",
        "indicators[1].actual": "310人次",
        "indicators[1].score": "40",
        "total_weight": "100",
        "total_score": "98",
    }
    assert report.form.rating == "优"
    assert not bp.audit(report).inconsistent


def test_three_pairs_side_by_side() -> None:
    report = bp.parse(
        pipes(
            "某局2020年度预算项目绩效自评表",
            "一、基本情况||项目名称|某津贴||||金额单位|万元",
            "二、预算执行情况||预算安排情况(调整后)||资金到位情况||资金执行情况||预算执行进度(%)",
            "||预算数|6.84|到位数|6.50|执行数|6.50|95.03",
            "||其中：财政资金|6.84|其中：财政资金|6.50|其中：财政资金|6.50|",
            "||其他|0.00|其他|0.00|其他|0.00|",
            "一级指标|二级指标|三级指标|预期指标值|||单项指标实际完成值|自评得分||",
            "|||符号|值|单位(文字描述)||单项指标得分|权重占比(%)|单项指标折算得分",
            "产出指标|质量指标|甲率|>=|98|%(百分比)|100%|100.00|90.00|90.00",
            "预算执行率|预算执行率|预算执行率||||95.03%|95.03|10.00|9.50",
            "合计|||||||||99.50",
        )
    )
    assert said(report) == {
        "department.year": "2020",
        "funding.total.revised": "6.84万元",
        "funding.total.received": "6.50万元",
        "funding.total.executed": "6.50万元",
        "funding.total.execution_rate": "95.03%",
        "funding.total.weight": "10.00",
        "funding.total.score": "9.50",
        "funding.sources[0].revised": "6.84万元",
        "funding.sources[0].received": "6.50万元",
        "funding.sources[0].executed": "6.50万元",
        "funding.sources[1].revised": "0.00万元",
        "funding.sources[1].received": "0.00万元",
        "funding.sources[1].executed": "0.00万元",
        "indicators[0].target.value": "98%",
        "indicators[0].actual": "100%",
        "indicators[0].weight": "90.00",
        "indicators[0].mark": "100.00",
        "indicators[0].score": "90.00",
        "total_score": "99.50",
    }
    assert not bp.audit(report).inconsistent


def test_scores_of_other_people_are_kept_apart() -> None:
    report = bp.parse(
        pipes(
            "一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|自评分|财政审核评分|上年完成值",
            "产出指标|数量指标|甲数|60|10个|10个|60|55|9个",
            "效益指标|社会效益|乙率|40|≥90%|95%|40|38|93%",
            "合计|||100|||100|93|",
        )
    )
    rows = report.form.indicators
    assert [str(row.score) for row in rows] == ["60", "40"]
    assert [str(row.reviewed_score) for row in rows] == ["55", "38"]
    assert said(report)["total_score"] == "100"
    assert [str(row.last_year) for row in rows] == ["9个", "93%"]
    assert str(report.form.reviewed_score) == "93"
    assert unread(report) == []
    assert not bp.audit(report).inconsistent
    assert not bp.audit(report).inconsistent


def test_execution_among_the_indicators() -> None:
    lines = (
        "项目名称|某工程",
        "当年绩效指标|债券资金管理指标（10分）|总体支出进度|实际支出金额|下达额度|实际完成值|分值|得分",
        "|||1,437|1,437|1,437|10|10",
        "|一级指标|二级指标|三级指标|目标值|实际完成值|分值|得分",
        "|产出指标（50分）|数量指标|完成量|12个|12个|10|10",
    )
    report = bp.parse(pipes(*lines))
    total = report.form.funding.total
    assert (str(total.revised), str(total.executed)) == ("1,437", "1,437")
    assert unread(report) == ["10"]  # 1,437 as 实际完成值 is what was spent, once more
    audit = bp.audit(report)
    assert not audit.inconsistent
    assert {f.code for f in audit.findings if f.is_for_review} >= {"W01", "W02"}
    other = bp.parse(pipes(*(line.replace("1,437|10", "1,400|10") for line in lines)))
    assert unread(other) == ["10", "1,400"]
    assert str(other.form.funding.total.executed) == "1,437"
    assert "实际完成值" in notes(other)


def test_weights_that_fall_short_are_a_question_where_rows_may_be_missing() -> None:
    """Without a row for the total the table may have been cut."""
    rows = NATIONAL.split("\n")
    cut = [
        line for line in rows if "满意度" not in line and "总分" not in line and "等级" not in line
    ]
    (asked,) = [f for f in bp.audit(bp.parse("\n".join(cut))).findings if f.code == "W01"]
    assert asked.is_for_review
    assert "后面可能还有指标" in asked.why.zh
    short = NATIONAL.replace("≥95% | 96% | 20 | 20", "≥95% | 96% | 15 | 20")
    assert {f.code for f in bp.audit(bp.parse(short)).inconsistent} >= {"W01", "W02"}
    more = "\n".join(cut).replace("≥95% | 96% | 20 | 20", "≥95% | 96% | 45 | 20")
    assert {f.code for f in bp.audit(bp.parse(more)).inconsistent} >= {"W01", "W02"}


def test_columns_that_could_be_the_same_field() -> None:
    report = bp.parse(
        pipes(
            "一级指标|二级指标|三级指标|指标值|实际完成值|分值|权重|得分|自评得分",
            "产出指标|数量指标|甲数|≥10个|10个|60|50|60|50",
        )
    )
    (row,) = report.form.indicators
    assert isinstance(row.weight, Missing)
    assert isinstance(row.score, Missing)
    assert "“分值、权重”可能是同一项" in notes(report)
    assert "“得分、自评得分”可能是同一项" in notes(report)
    assert unread(report) == ["60", "50", "60", "50"]


@pytest.mark.parametrize(
    "number", ["387664. 62", "387664.<br>62", "12.5 3", "3,50.1", "100(yibai)"]
)
def test_a_number_that_is_broken_is_not_read(number: str) -> None:
    text = NATIONAL.replace("150.00", number)
    report = bp.parse(text)
    revised = report.form.funding.total.revised
    assert isinstance(revised, Missing)
    assert revised.reason is MissingReason.UNREADABLE
    assert unread(report)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    ("header", "printed", "due"),
    [
        ("执行率", "0.90", "0.90"),
        ("执行率", "90", "90%"),
        ("预算执行进度(%)", "90.00", "90.00%"),
        ("预算执行率%", "90", "90%"),
        ("执行率", "135.00", "135.00%"),
    ],
)
def test_rates_without_a_sign(header: str, printed: str, due: str) -> None:
    text = NATIONAL.replace("执行率(B/A)", header).replace("90% | 9 |", f"{printed} | 9 |")
    report = bp.parse(text)
    assert said(report)["funding.total.execution_rate"] == due
    assert bool(bp.audit(report).inconsistent) == (due == "135.00%")


def test_a_rate_that_may_be_one_per_cent_or_all_of_it() -> None:
    bare = NATIONAL.replace("135.00", "").replace("90% | 9 |", "1 | 9 |")
    assert "funding.total.execution_rate" not in said(bp.parse(bare))


def test_a_table_cut_at_the_end_of_a_page() -> None:
    lines = NATIONAL.split("\n")
    header = next(line for line in lines if "一级指标" in line)
    at = next(number for number, line in enumerate(lines) if "质量指标" in line)
    rule = lines[1]
    whole = said(bp.parse(NATIONAL))
    for between in (
        ["", "- 2 -", ""],
        ["", "第2页 共3页", "", header, rule],
        ["", "项目支出绩效自评表", "", header, rule],
    ):
        text = "\n".join([*lines[:at], *between, *lines[at:]])
        assert said(bp.parse(text)) == whole, between


def test_rows_that_are_narrower_behind_a_page_end_are_not_read() -> None:
    """A program for recognition drops columns that are blank on a page."""
    lines = NATIONAL.split("\n")
    at = next(number for number, line in enumerate(lines) if "质量指标" in line)
    rest = [line.replace("|  |", "|", 1) for line in lines[at:]]
    report = bp.parse("\n".join([*lines[:at], "", *rest]))
    assert len(report.form.indicators) == 1
    assert "20" in unread(report)
    assert not bp.audit(report).inconsistent


def test_rows_that_have_shifted_are_not_read() -> None:
    """A program writes a row without the cells that go on from above."""
    lines = NATIONAL.split("\n")
    moved = [f"| {line.lstrip('| ')}" if line.startswith("|  |") else line for line in lines]
    with refused("no-figures"):
        bp.parse("\n".join(moved), layout="forms")
    foot = NATIONAL.replace("| 年度总体目标 |", "| 经办人 | | 0000-1234567 | 3 |\n| 年度总体目标 |")
    assert said(bp.parse(foot)) == FUNDING | ROWS


def _without(text: str, word: str, cell: int) -> str:
    """A table in which one row has lost a cell."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if word in line)
    cells = lines[at].split("|")
    del cells[cell]
    lines[at] = "|".join(cells)
    return "\n".join(lines)


@pytest.mark.parametrize("cell", [3, 4, 5])
@pytest.mark.parametrize("row", ["年初预算数", "年度资金总额", "本年财政拨款"])
def test_funds_in_rows_of_another_width_than_their_header_are_not_read(row: str, cell: int) -> None:
    report = bp.parse(_without(NATIONAL, row, cell), layout="forms")
    read = {path: text for path, text in said(report).items() if "funding" in path}
    assert read.items() <= FUNDING.items()
    assert "与表头错开" in notes(report) or not read
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("cell", [5, 6, 7])
@pytest.mark.parametrize("row", ["一级指标", "合格率"])
def test_indicators_in_rows_of_another_width_than_their_header_are_not_read(
    row: str, cell: int
) -> None:
    report = bp.parse(_without(NATIONAL, row, cell), layout="forms")
    assert not report.form.indicators
    assert "与表头错开" in notes(report)
    assert not bp.audit(report).inconsistent


def test_blank_cells_at_the_end_of_a_row_may_be_left_out() -> None:
    rows = [line.split("|")[1:-1] for line in NATIONAL.split("\n") if "---" not in line]
    tabs = ("\t".join(cell.strip() for cell in row).rstrip() for row in rows)
    assert said(bp.parse("\n".join(tabs), layout="forms")) == FUNDING | ROWS


@pytest.mark.parametrize("cell", [3, 5])
def test_a_total_of_another_width_than_the_header_is_not_read(cell: int) -> None:
    report = bp.parse(_without(NATIONAL, "总分", cell), layout="forms")
    assert not {"total_weight", "total_score"} & set(said(report))
    assert {"100", "93"} <= set(unread(report))


def test_several_forms(tmp_path: Path) -> None:
    other = (
        NATIONAL.replace("某某补助经费", "另一经费")
        .replace("150.00", "135.00")
        .replace("90% |", "100% |")
    )
    file = tmp_path / "forms.md"
    file.write_text(f"{NATIONAL}\n\n{other}\n", encoding="utf-8")
    with refused("several-reports", match="read_all"):
        bp.read(file)
    reports = bp.read_all(file)
    assert [report.project.name for report in reports] == ["某某补助经费", "另一经费"]
    assert [said(r)["funding.total.revised"] for r in reports] == ["150.00万元", "135.00万元"]
    assert said(reports[0]) == FUNDING | ROWS
    file.write_text(NATIONAL, encoding="utf-8")
    assert bp.read_all(file) == (bp.read(file),)


def test_forms_and_the_text_around_them(tmp_path: Path) -> None:
    """The text is the department's: of its own form, and of no project's."""
    example = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
    text = "\n".join(line for line in example.split("\n") if line.count("\t") < 2)
    whole = NATIONAL.replace("项目支出绩效自评表", "部门整体支出绩效自评表")
    whole = whole.replace("项目名称", "部门名称")
    report = bp.parse(f"{text}\n\n{whole}")
    assert report.kind is EvaluationKind.DEPARTMENT
    assert str(report.narrative.funding.total.revised) == "595.07万元"
    assert said(report)["funding.total.revised"] == "150.00万元"
    assert report.reading is not None
    assert report.reading.layout == "forms, xinjiang-department-2023"
    file = tmp_path / "report.md"
    file.write_text(f"{text}\n\n{NATIONAL}", encoding="utf-8")
    first, second = bp.read_all(file)
    assert first.kind is EvaluationKind.DEPARTMENT
    assert str(first.narrative.funding.total.revised) == "595.07万元"
    assert not first.form.indicators
    assert said(second) == FUNDING | ROWS
    file.write_text(f"{text}\n\n{whole}\n\n{NATIONAL}", encoding="utf-8")
    first, second = bp.read_all(file)
    assert str(first.form.funding.total.revised) == "150.00"
    assert len(first.narrative.indicators) == 4
    assert said(second) == FUNDING | ROWS


def test_sources_that_divide_a_source_are_left_out() -> None:
    text = NATIONAL.replace(
        "|  | 上年结转资金 |",
        "|  | 其中：一般公共预算 | 60.00 | 80.00 | 70.00 |\n|  | 上年结转资金 |",
    )
    report = bp.parse(text)
    assert said(report) == FUNDING | ROWS
    assert "其中:一般公共预算" in notes(report)
    assert {"60.00", "80.00", "70.00"} <= set(unread(report))


def test_amounts_of_something_else_are_no_form() -> None:
    table = pipes("科目|年初预算数|全年预算数|全年执行数", "合计|10|20|15", "教育支出|10|20|15")
    with refused("no-figures"):
        bp.parse(table)
    report = bp.parse(f"2023年度部门整体支出绩效自评报告\n\n{table}\n\n{NATIONAL}")
    assert said(report) == FUNDING | ROWS


def test_several_forms_in_the_layout_with_a_name(tmp_path: Path) -> None:
    """It knows of one form, and would put the rows of all into it."""

    def form(title: str, label: str, name: str, revised: str) -> str:
        return "\n".join(
            (
                f"{title}（2023年度）",
                f"{label}\t{name}\t\t\t\t\t",
                "资金来源\t年初预算数\t全年预算数\t全年执行数\t分值权重\t执行率\t得分",
                f"年度总资金\t{revised}万元\t{revised}万元\t{revised}万元\t10\t100%\t10",
                "一级指标\t二级指标\t三级指标\t指标值\t分值权重\t实际完成值\t得分",
                "产出指标\t数量指标\t甲数\t≥10个\t90\t12个\t90",
                "总分\t\t\t\t100\t\t100",
            )
        )

    file = tmp_path / "forms.txt"
    both = [
        form("部门整体支出绩效自评表", "部门（单位）名称", "某局", "100"),
        form("项目支出绩效自评表", "项目名称", "某项目", "20"),
    ]
    file.write_text("\n\n".join(both), encoding="utf-8")
    first, second = bp.read_all(file)
    assert [len(report.form.indicators) for report in (first, second)] == [1, 1]
    assert [str(report.form.funding.total.revised) for report in (first, second)] == [
        "100万元",
        "20万元",
    ]
    assert (first.kind, second.kind) == (EvaluationKind.DEPARTMENT, EvaluationKind.PROJECT)
    assert not any(bp.audit(report).inconsistent for report in (first, second))
    with refused("several-reports"):
        bp.read(file)


def test_the_rule_beside_a_row_and_targets_that_are_no_numbers() -> None:
    loss = "每少1次扣0.5分，扣完为止"
    report = bp.parse(
        pipes(
            "项目支出绩效自评表",
            "（2023年度）",
            "项目资金（万元）| |年初预算数|全年预算数|全年执行数|分值|执行率|得分| ",
            "年度资金总额| |100.00|100.00|90.00|10|90%|9| ",
            "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|评分标准|偏差原因",
            f"产出指标|数量指标|培训次数|≥10次|9次|30|29.5|{loss}| ",
            "产出指标|时效指标|完成时间|2023年12月31日前|2023年12月20日|30|30|直接赋分| ",
            "效益指标|社会效益指标|知晓率|80%-90%|85%|20|20| | ",
            "满意度指标|服务对象满意度|满意度|≥90%|95%|10|10|视情况给分| ",
            "总分| | | | |100|98.5| | ",
        )
    )
    rules = [row.scoring_rule for row in report.form.indicators]
    assert [rules[0], rules[1], rules[3]] == [loss, "直接赋分", "视情况给分"]
    assert unread(report) == []
    found = [f for f in bp.audit(report).findings if f.code == "W04" and f.operands]
    assert [f.verdict.value for f in found] == ["exact", "exact", "unchecked"]
    card = bp.scorecard(report, rules="national-2020")
    assert [str(line.score) for line in card.lines] == ["9", "29.5", "30", "20", "None"]


_LEVELS_OF_NATIONAL = "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分"


def _national(*rows: str) -> str:
    return pipes(
        "项目支出绩效自评表",
        "项目名称|某某补助经费",
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "|年度资金总额|120.00|150.00|135.00|10|90%|9",
        _LEVELS_OF_NATIONAL,
        *rows,
    )


_OUTPUT = (
    "|产出指标|数量指标|培训人次|≥200人次|210人次|30|30",
    "||质量指标|合格率|≥95%|96%|20|20",
)
_BENEFIT = "|效益指标|社会效益指标|知晓率|≥90%|72%|40|34"
_TWO_TOTALS = "有几行合计"


def _totals_of(report: bp.SelfEvaluation) -> dict[str, str]:
    return {path: text for path, text in said(report).items() if path.startswith("total_")}


@pytest.mark.parametrize("label", ["合计", "小计", "指标得分合计", "绩效指标得分小计（90分）"])
def test_the_sum_of_the_indicators_above_the_total(label: str) -> None:
    report = bp.parse(_national(*_OUTPUT, _BENEFIT, f"{label}||||||90|84", "总分||||||100|93"))
    assert _totals_of(report) == {"total_weight": "100", "total_score": "93"}
    assert len(report.form.indicators) == 3
    assert {"90", "84"} <= set(unread(report))
    assert not bp.audit(report).inconsistent


def test_a_total_for_each_part() -> None:
    parts = (*_OUTPUT, "合计||||||50|50", _BENEFIT, "合计||||||40|34")
    whole = bp.parse(_national(*parts, "总分||||||100|93"))
    for report in (whole, bp.parse(_national(*parts))):
        assert not _totals_of(report)
        assert [row.name for row in report.form.indicators] == ["培训人次", "合格率", "知晓率"]
        assert _TWO_TOTALS in notes(report)
        assert not bp.audit(report).inconsistent


def test_two_totals_that_differ_are_none_and_the_same_twice_is_one() -> None:
    rows = (*_OUTPUT, _BENEFIT, "总分||||||100|93")
    report = bp.parse(_national(*rows, "合计||||||100|91"))
    assert not _totals_of(report)
    assert _TWO_TOTALS in notes(report)
    again = bp.parse(_national(*rows, "合计||||||100|93"))
    assert _totals_of(again) == {"total_weight": "100", "total_score": "93"}
    assert _TWO_TOTALS not in notes(again)


def test_a_total_that_stands_a_column_beside_its_header_is_not_read() -> None:
    report = bp.parse(_national(*_OUTPUT, _BENEFIT, "总分|||||100|93|"))
    assert not _totals_of(report)
    assert {"100", "93"} <= set(unread(report))
    assert not bp.audit(report).inconsistent


def test_points_of_the_execution_in_both_tables() -> None:
    execution = "|过程指标|预算执行|预算执行率|100%|90%|10|9"
    report = bp.parse(_national(execution, *_OUTPUT, _BENEFIT, "总分||||||100|93"))
    read = said(report)
    assert "funding.total.weight" not in read
    assert (read["indicators[0].weight"], read["indicators[0].score"]) == ("10", "9")
    assert "预算执行的分值、得分" in notes(report)
    assert not bp.audit(report).inconsistent
    other = bp.parse(_national(execution.replace("|10|9", "|5|4.5"), *_OUTPUT))
    assert said(other)["funding.total.weight"] == "10"


def _department(*rows: str) -> str:
    return pipes(
        "部门整体支出绩效自评表",
        "部门名称|某县某局",
        "资金（万元）|支出类型|年初预算数|全年预算数|全年执行数|执行率||",
        *rows,
        "绩效指标|一级指标|三级指标|年度指标值|实际完成值|分值|得分|备注",
        "|产出指标|培训人次|≥200人次|210人次|100|100|",
    )


def test_expenditure_beside_basic_and_project_expenditure() -> None:
    rows = (
        "|合计|1200|1500|1350|90%",
        "|其中：基本支出|900|1200|1050|87.5%",
        "|项目支出|200|200|200|100%",
        "|其他支出|100|100|100|100%",
    )
    report = bp.parse(_department(*rows))
    assert not [path for path in said(report) if "expenditure" in path or "sources" in path]
    assert "其他支出" in notes(report)
    assert not bp.audit(report).inconsistent
    without = bp.parse(_department(*rows[:3], "|其他支出|0|0|0|"))
    assert said(without)["basic_expenditure.revised"] == "1200万元"
    assert "sources" not in " ".join(said(without))


def test_the_same_funds_by_what_they_are_for_and_where_they_come_from() -> None:
    report = bp.parse(
        _department(
            "|合计|1200|1500|1350|90%",
            "|按支出类型：基本支出|1000|1300|1150|88.46%",
            "|项目支出|200|200|200|100%",
            "|按资金来源：财政拨款|1000|1300|1150|88.46%",
            "|其他资金|200|200|200|100%",
        )
    )
    assert said(report)["basic_expenditure.revised"] == "1300万元"
    assert said(report)["funding.sources[1].revised"] == "200万元"
    assert "funding.sources[2].revised" not in said(report)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    ("target", "actual", "due"),
    [
        ("95", "0.96", None),
        ("95", "1", None),
        ("", "0.96", None),
        ("95", "0.96%", "0.96%"),
        ("95", "96", "96%"),
        ("95", "0", "0%"),
        ("≤5", "0.8", "0.8%"),
        ("0.5", "0.8", "0.8%"),
    ],
)
def test_a_share_in_a_row_of_per_cent_is_not_read_as_per_cent(
    target: str, actual: str, due: str | None
) -> None:
    table = pipes(
        "一级指标|二级指标|三级指标|指标值|度量单位|实际完成值|分值|得分",
        f"产出指标|质量指标|甲率|{target}|%|{actual}|100|100",
        "总分||||||100|100",
    )
    report = bp.parse(table, layout="forms")
    assert said(report).get("indicators[0].actual") == due
    assert (actual in unread(report)) is (due is None)


_OTHER_AMOUNTS = ("|合计|5.00|5.00|4.00", "|公务接待费|5.00|5.00|4.00")


@pytest.mark.parametrize(
    "header",
    [
        ("“三公”经费（万元）||年初预算数|全年预算数|执行数",),
        ("三公经费情况", "|项目|年初预算数|全年预算数|执行数"),
        ("|政府采购|年初预算数|全年预算数|执行数",),
        ("||三公经费年初预算数|全年预算数|执行数",),
        ("资产情况||年初预算数|全年预算数|执行数",),
    ],
)
def test_amounts_of_something_else_above_the_funds_are_not_the_funds(header: tuple[str]) -> None:
    rows = NATIONAL.replace("| 项目资金", "⏎| 项目资金").split("⏎")
    other = "\n".join(f"| {row.replace('|', ' | ')} |" for row in (*header, *_OTHER_AMOUNTS))
    report = bp.parse(f"{rows[0]}{other}\n{rows[1]}", layout="forms")
    assert said(report) == FUNDING | ROWS
    assert {"5.00", "4.00"} <= set(unread(report))
    alone = bp.parse(f"{rows[0]}{other}\n{_INDICATORS_OF_NATIONAL}", layout="forms")
    assert said(alone) == {"department.year": "2023"} | ROWS


_INDICATORS_OF_NATIONAL = NATIONAL[NATIONAL.index("| 年度总体目标") :]


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_tables_of_funds_that_with_the_points_is_read(is_first: bool) -> None:
    head, block, rest = (
        NATIONAL.replace("| 项目资金", "⏎| 项目资金")
        .replace("| 年度总体目标", "⏎| 年度总体目标")
        .split("⏎")
    )
    other = "\n".join(
        f"| {row.replace('|', ' | ')} |"
        for row in ("支出||年初预算数|全年预算数|全年执行数", "|合计|5.00|5.00|4.00")
    )
    blocks = f"{block}{other}\n" if is_first else f"{other}\n{block}"
    report = bp.parse(head + blocks + rest, layout="forms")
    assert said(report) == FUNDING | ROWS
    assert "另有一个资金表" in notes(report)
    plain = block.replace("分值", "甲").replace("得分", "乙")
    blocks = f"{plain}{other}\n" if is_first else f"{other}\n{plain}"
    unsure = bp.parse(head + blocks + rest, layout="forms")
    assert said(unsure) == {"department.year": "2023"} | ROWS
    assert "都没有读取：不能确定" in notes(unsure)
    assert {"5.00", "150.00"} <= set(unread(unsure))


@pytest.mark.parametrize("between", ["", "项目名称：某设备采购项目\n\n"])
def test_the_funds_of_a_project_that_buys_something_are_its_funds(between: str) -> None:
    table = NATIONAL[NATIONAL.index("| 项目资金") :]
    text = f"2023年度某设备采购项目支出绩效自评表\n\n{between}{table}"
    assert said(bp.parse(text, layout="forms")) == FUNDING | ROWS


@pytest.mark.parametrize(
    "value",
    ["新建水厂37座、管网413公里", "37座、413公里", "37座/413公里", "37座413公里", "37座，413公里"],
)
@pytest.mark.parametrize("is_text", [False, True])
def test_two_counts_in_one_cell_are_left_out_and_told(value: str, is_text: bool) -> None:
    table = NATIONAL.replace("≥200人次", value).replace("210人次", value)
    if is_text:  # one row per line, cells by blanks
        rows = [row.split("|") for row in table.splitlines() if "---" not in row]
        table = "\n".join(" ".join(filter(None, map(str.strip, row))) for row in rows)
    report = bp.parse(table)
    row = next(row for row in report.form.indicators if row.name == "培训人次")
    for read in (row.target.value, row.actual):
        assert isinstance(read, bp.Missing)
        assert read.reason is bp.MissingReason.UNREADABLE
    assert (str(row.weight), str(row.score)) == ("30", "30")
    assert [text for text in unread(report) if text in ("37", "413")] == ["37", "413"] * 2

"""Why an indicator deviates: said behind it, or in one place for all of them.

Names and figures are invented.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import budgetperf as bp

from .narratives import PROJECT
from .samples import EXAMPLES
from .test_forms import notes

FUNDS = "\n全年预算数100万元，全年执行数95万元，执行率95%。"
MISSED = "演出场次指标值≥10场，实际完成值8场"
FORM = """# 2023年度项目支出绩效自评表

| 项目名称 | 群众文化活动项目 | | | | | |
|---|---|---|---|---|---|---|
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 演出场次 | ≥10场 | 8场 | 50 | 40 |
| 产出指标 | 数量指标 | 培训人数 | ≥300人 | 300人 | 10 | 10 |
| 效益指标 | 社会效益指标 | 观众人数 | ≥3000人 | 3100人 | 30 | 30 |
| 满意度指标 | 服务对象满意度指标 | 观众满意度 | ≥90% | 96% | 10 | 10 |
| 总分 | | | | | 100 | 90 |
"""
ASKED = {"Q05", "W12"}


def asks(report: bp.SelfEvaluation) -> set[str]:
    """What is asked of the report, which is right but for a reason that may lack."""
    audit = bp.audit(report)
    assert not audit.inconsistent
    return {finding.code for finding in audit.findings if finding.is_for_review}


@pytest.mark.parametrize(
    "reason",
    [
        "因消防改造停办2场",
        "主要原因是场馆消防改造",
        "原因为场馆消防改造",
        "由于场馆改造",
        "主要受汛期影响",
        "是因场馆改造停办",
        "完成率80%，因消防改造停办2场",
    ],
)
def test_a_reason_behind_what_was_reached(reason: str) -> None:
    report = bp.parse(f"{PROJECT}{MISSED}，{reason}。{FUNDS}")
    [indicator] = report.narrative.indicators
    assert str(indicator.actual) == "8场"
    assert indicator.explanation == reason.removeprefix("完成率80%，")
    assert not asks(report) & ASKED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}。主要原因是场地改造。", "主要原因是场地改造"),
        ("{}。未完成原因是场地改造。", "未完成原因是场地改造"),
        ("{}。其主要原因为场地改造。", "其主要原因为场地改造"),
        ("{}。由于场地改造，停办2场。", "由于场地改造，停办2场"),
        ("{}。停办2场主要是场地改造。", "停办2场主要是场地改造"),
        ("{}。\n未完成原因为场地改造。", "未完成原因为场地改造"),
        ("{}，系场地改造所致。", "系场地改造所致"),
        ("{}。产生偏差的原因为场地改造。", "产生偏差的原因为场地改造"),
        ("演出场次指标值≥10场，但因场地改造，实际完成值8场。", "但因场地改造"),
        ("{}。其余2场因场地改造停办。", "其余2场因场地改造停办"),
        ("{}；主要原因是场地改造。", "主要原因是场地改造"),
        ("{}（因场地改造停办2场）。", "因场地改造停办2场"),
        ("{}，未完成目标，主要是场地改造。", "主要是场地改造"),
        ("{}，完成率80%，得分8分，扣分原因是场地改造。", "扣分原因是场地改造"),
        ("受疫情影响，{}。", "受疫情影响"),
        ("受疫情影响，部分演出停办。{}。", "受疫情影响，部分演出停办"),
        ("演出场次指标值≥10场，受疫情影响，实际完成值8场。", "受疫情影响"),
        ("演出场次指标值≥10场，因场地改造停办2场，实际完成8场，完成率80%。", "因场地改造停办2场"),
        ("演出场次指标值≥10场，因场地改造实际完成值8场。", "因场地改造"),
    ],
)
def test_a_reason_beside_what_was_reached(text: str, reason: str) -> None:
    report = bp.parse(f"{PROJECT}{text.format(MISSED)}{FUNDS}")
    [indicator] = report.narrative.indicators
    assert (str(indicator.name), str(indicator.actual)) == ("演出场次", "8场")
    assert indicator.explanation == reason
    assert not asks(report) & ASKED


def test_a_reason_of_several_is_of_those_that_missed() -> None:
    met = "培训人数指标值≥300人，实际完成值310人"
    for text in (f"{MISSED}；{met}。主要原因是场地改造。", f"受疫情影响，{met}；{MISSED}。"):
        report = bp.parse(f"{PROJECT}{text}{FUNDS}")
        explained = {str(row.name): row.explanation for row in report.narrative.indicators}
        assert explained["培训人数"] == bp.Missing()
        assert not asks(report) & ASKED


def test_a_reason_behind_a_list_of_what_was_reached() -> None:
    text = (
        "年度目标：演出≥10场，培训人数≥300人。\n完成情况：演出8场，因改造停办2场；培训人数300人。"
    )
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    explained = [row.explanation for row in report.narrative.indicators]
    assert explained == ["因改造停办2场", bp.Missing()]
    assert not asks(report) & ASKED


@pytest.mark.parametrize(
    "text",
    [
        "{}。因此群众满意。",
        "{}。群众满意率达到95%，主要原因是服务好。",
        "{}。\n由于加强管理，资金使用规范。",
        "由于加强管理，资金使用规范。{}。",
        "{}，主要是村级演出。",
        "因地制宜，{}。",
        "{}。培训人数未完成，主要是招生不足。",
        "因病致贫户救助人数指标值≥10人，实际完成8人。",
    ],
)
def test_no_reason_is_given(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text.format(MISSED)}{FUNDS}")
    assert "Q05" in asks(report)


@pytest.mark.parametrize("behind", ["", "，完成率80%", "，因此群众满意", "，群众反映良好"])
def test_no_reason_is_asked_for(behind: str) -> None:
    report = bp.parse(f"{PROJECT}{MISSED}{behind}。{FUNDS}")
    assert "Q05" in asks(report)


def test_a_reason_is_of_its_own_indicator_alone() -> None:
    several = f"{MISSED}，因消防改造停办2场；培训人数指标值≥300人，实际完成值280人。"
    report = bp.parse(f"{PROJECT}{several}{FUNDS}")
    explained = [row.explanation for row in report.narrative.indicators]
    assert explained == ["因消防改造停办2场", bp.Missing()]
    assert "Q05" in asks(report)


BELOW = [
    "偏差大或目标未完成原因分析：{}",
    "未完成原因分析及下一步改进措施：{}",
    "三、偏离绩效目标的原因和下一步改进措施\n{}",
    "（三）未完成的绩效指标及原因分析\n{}",
    "扣分原因：{}",
    "存在的问题及原因分析：{}",
    "四、存在的主要问题和原因\n{}",
    "四、存在问题及原因分析\n（一）预算编制不细。\n（二）{}",
    "| 存在的问题及原因分析 | {} | | | | | |",
    "| 偏差大或目标未完成原因分析 | {} | | | | | |",
    "| 未完成原因和改进措施：{} | | | | | | |",
]


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        ("演出场次未完成，主要是剧场消防改造停办。", False),
        ("1.演出场次未完成，主要是剧场消防改造停办；其他指标均已完成。", False),
        ("受疫情影响，部分活动未能如期举办。", False),
        ("观众人数略多，主要是增加了宣传。", True),
        ("无", True),
        ("各项指标均已完成，无偏差。", True),
    ],
)
def test_reasons_for_all_of_a_form(below: str, words: str, is_asked: bool) -> None:
    gap = "" if below.startswith("|") else "\n"
    report = bp.parse(FORM + gap + below.format(words))
    assert asks(report) & ASKED == (ASKED if is_asked else set())
    assert [str(row.name) for row in report.form.indicators][-1] == "观众满意度"


@pytest.mark.parametrize("below", ["存在的问题及原因分析：{}", "存在的问题及原因分析\n{}"])
def test_problems_of_something_else_are_no_reasons(below: str) -> None:
    report = bp.parse(f"{FORM}\n{below.format('预算编制不够细化，主要是前期调研不足。')}")
    assert asks(report) & ASKED == ASKED


def test_a_list_of_reasons_is_kept_whole() -> None:
    text = "扣分原因：\n1.演出场次因消防改造停办2场。\n2.培训人数无偏差。\n共维修泵站5处。"
    report = bp.parse(f"{FORM}\n{text}")
    assert report.form.deviation_reasons == "1.演出场次因消防改造停办2场。2.培训人数无偏差。"


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "md"])
def test_they_are_written_into_the_form(ending: str, tmp_path: Path) -> None:
    words = "演出场次未完成，主要是剧场消防改造停办。"
    report = bp.parse(f"{FORM}\n扣分原因：{words}")
    bp.write(report, tmp_path / f"form.{ending}")
    again = bp.read(tmp_path / f"form.{ending}")
    assert again.form.deviation_reasons == words
    assert not asks(again) & ASKED


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_they_are_written_into_the_form_of_a_department(ending: str, tmp_path: Path) -> None:
    words = "来访群众满意度高于目标，主要是首次设置。"
    report = bp.read(EXAMPLES / "department-2023.md")
    report = attrs.evolve(report, form=attrs.evolve(report.form, deviation_reasons=words))
    bp.write(report, tmp_path / f"form.{ending}")
    again = bp.read(tmp_path / f"form.{ending}")
    assert again.form.deviation_reasons == words
    assert len(again.form.indicators) == len(report.form.indicators)


def test_without_them_both_are_asked() -> None:
    assert asks(bp.parse(FORM)) >= ASKED


@pytest.mark.parametrize(
    "text",
    [
        "新建管网：目标值≥45公里，完成值46.8公里；改造水厂3座，计划3座，完成率100%；验收合格率100%。",
        "新建管网：目标值≥45公里，完成值46.8公里；培训完成率100%。",
        "新建管网目标值≥45公里，完成46.8公里；改造水厂3座，得分9分。",
    ],
)
def test_what_stands_behind_a_semicolon_may_be_of_something_else(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    assert not bp.audit(report).inconsistent
    first = report.narrative.indicators[0]
    assert isinstance(first.completion_rate, bp.Missing)
    assert isinstance(first.score, bp.Missing)


@pytest.mark.parametrize(
    "text",
    [
        "学生数目标值≥3120人，实际3158人；维修面积目标值≥1200平方米，实际完成1246平方米。",
        "学生数指标值≥3120人，实际为3158人，完成率101.22%。",
    ],
)
def test_what_was_reached_may_be_called_real_alone(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    first = report.narrative.indicators[0]
    assert (str(first.name), str(first.actual)) == ("学生数", "3158人")
    assert not asks(report)
    assert report.reading is not None
    assert report.reading.unread == ()


def test_what_was_planned_may_be_called_so_alone() -> None:
    text = (
        "目标完成情况：新建公路计划8公里，实际8.2公里，完成率102.5%；改造户厕计划300户，"
        "实际完成285户，完成率95%，主要原因是部分农户外出；群众满意率目标90%，实际92%。"
    )
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    rows = [(str(r.name), str(r.target.text), str(r.actual)) for r in report.narrative.indicators]
    assert rows == [
        ("新建公路", "8公里", "8.2公里"),
        ("改造户厕", "300户", "285户"),
        ("群众满意率", "90%", "92%"),
    ]
    assert report.narrative.indicators[1].explanation == "主要原因是部分农户外出"
    assert not bp.audit(report).inconsistent
    wrong = bp.parse(f"{PROJECT}{text.replace('285户', '258户')}{FUNDS}")
    assert [finding.code for finding in bp.audit(wrong).inconsistent] == ["W10"]


@pytest.mark.parametrize(
    "text",
    [
        "补贴农机具目标1,100台，实际1,243台，完成113%。",
        "补贴农机具目标1100台，实际完成1243台，完成113%。",
        "补贴农机具目标1,100台，实际1,243台，完成率113%。",
    ],
)
def test_a_share_of_what_was_due_is_no_result(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    [row] = report.narrative.indicators
    assert (str(row.actual), str(row.completion_rate)) == (
        "1243台" if "1243" in text else "1,243台",
        "113%",
    )
    assert not asks(report)


def test_a_share_alone_is_no_result_of_a_target_in_units() -> None:
    report = bp.parse(f"{PROJECT}补贴农机具目标1,100台，完成113%。{FUNDS}")
    assert report.narrative.indicators == ()
    assert not asks(report)


NOT_DONE = "停办、缓办、未完成等的数"


@pytest.mark.parametrize(
    "text",
    [
        "停办2场。",
        "因消防改造停办2场。",
        "因消防改造，停办演出2场。",
        "存在的问题及原因分析：演出停办2场。",
        "取消2场。",
        "演出缓办2场。",
        "少办2场。",
        "演出因故未办2场。",
        "演出未能如期举办2场。",
        "延期举办演出2场。",
    ],
)
def test_what_was_not_done_is_no_achievement(text: str) -> None:
    report = bp.parse(f"{PROJECT}{MISSED}。{text}共维修泵站5处。{FUNDS}")
    assert [str(each.value) for each in report.narrative.achievements] == ["5处"]
    assert NOT_DONE in notes(report)
    assert report.reading is not None
    assert report.reading.unread == ()


@pytest.mark.parametrize(
    "text", ["改造水厂目标值10座，未完成2座。", "改造水厂目标值10座，没有完成2座。"]
)
def test_what_was_not_completed_is_no_result(text: str) -> None:
    assert bp.parse(f"{PROJECT}{text}{FUNDS}").narrative.indicators == ()


@pytest.mark.parametrize(
    "text",
    [
        "取消行政审批事项15项。",
        "减少安全事故15起。",
        "培训未成年人15人。",
        "新增停车位15个。",
        "压减办理环节15个。",
        "至少开展培训15期。",
        "办理延期还本付息15户。",
        "整治未达标水体15处。",
        "督促停工项目15个复工。",
        "因加强宣传，参训人数达到15人。",
    ],
)
def test_what_was_done_away_with_is_one(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    assert [str(each.value)[:2] for each in report.narrative.achievements] == ["15"]
    assert NOT_DONE not in notes(report)


@pytest.mark.parametrize("text", ["因资金不到位，减少改造3公里。", "扣分原因：因疫情减少3公里。"])
def test_what_became_less_for_a_reason_is_not_read(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    assert report.narrative.achievements == ()
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == ["3"]


@pytest.mark.parametrize(
    "text",
    [
        f"{MISSED}。主要原因是场馆消防改造。",
        f"{MISSED}。因场馆消防改造，停办2场。",
        f"{MISSED}。\n偏差原因：场馆消防改造。",
        f"{MISSED}，场馆改造停办2场。",
        f"受疫情影响，{MISSED}。",
        MISSED.replace("，", "，受疫情影响，") + "。",
        MISSED.replace("，", "，由于场馆改造，") + "。",
        f"{MISSED.replace('完成值', '举办')}。原因是场馆改造。",
    ],
)
def test_a_reason_before_what_was_reached_or_in_the_next_sentence(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    [indicator] = report.narrative.indicators
    assert (indicator.name, str(indicator.actual)) == ("演出场次", "8场")
    assert isinstance(indicator.explanation, str)
    assert not asks(report) & ASKED
    assert report.narrative.achievements == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("取消行政审批事项12项", "取消行政审批事项"), ("停产整治企业5家", "停产整治企业")],
)
def test_what_was_abolished_may_be_what_was_reached(text: str, name: str) -> None:
    report = bp.parse(f"{PROJECT}{text}。{FUNDS}")
    assert [each.name for each in report.narrative.achievements] == [name]


def test_what_was_to_be_held_and_was() -> None:
    text = "举办惠民演出10场，实际举办8场，停办2场。"
    report = bp.parse(f"{PROJECT}{text}{FUNDS}")
    [indicator] = report.narrative.indicators
    assert (str(indicator.target.text), str(indicator.actual)) == ("10场", "8场")
    assert report.narrative.achievements == ()


@pytest.mark.parametrize(
    ("below", "is_asked"),
    [
        ("存在的问题及原因分析：演出场次未完成，场地改造。", False),
        ("二、存在的问题及原因分析\n（一）预算编制不细。\n（二）演出场次未完成，场地改造。", False),
        ("未完成原因分析：\n场地改造。", False),
        ("二、存在的问题及原因分析\n（一）预算编制不细，主要是前期调研不足。", True),
        ("二、存在问题\n预算编制不细。", True),
    ],
)
def test_reasons_in_a_chapter_of_a_narrative(below: str, is_asked: bool) -> None:
    report = bp.parse(f"{PROJECT}{MISSED}。\n{below}")
    assert ("Q05" in asks(report)) is is_asked

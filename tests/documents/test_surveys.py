"""Questionnaires as texts and cells of forms tell of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf.model import Survey

HEAD = "某县某局2023年项目支出绩效自评报告\n一、绩效\n2023年实际支出100万元。\n"


def read(text: str) -> tuple[Survey, ...]:
    return bp.parse(HEAD + text).narrative.surveys


def numbers(survey: Survey) -> dict[str, str]:
    names = ("sent", "returned", "valid", "satisfied", "return_rate", "satisfaction")
    stated = {name: getattr(survey, name) for name in names}
    return {name: each.text for name, each in stated.items() if isinstance(each, bp.Figure)}


@pytest.mark.parametrize(
    ("text", "found", "is_share"),
    [
        (
            "发放问卷100份，收回98份，满意率97%。",
            {"sent": "100份", "returned": "98份", "satisfaction": "97%"},
            True,
        ),
        (
            "本次向服务对象随机发放满意度调查问卷1,200份，回收有效问卷1,180份。经统计，满意率为98.5%。",
            {"sent": "1,200份", "valid": "1,180份", "satisfaction": "98.5%"},
            True,
        ),
        (
            "发放调查表50张，收回50张，回收率100%，其中满意48张，基本满意2张，满意率96%。",
            {
                "sent": "50张",
                "returned": "50张",
                "satisfied": "48张",
                "return_rate": "100%",
                "satisfaction": "96%",
            },
            False,
        ),
        (
            "发放问卷50份，收回50份，综合满意度97.5%。",
            {"sent": "50份", "returned": "50份", "satisfaction": "97.5%"},
            False,
        ),
        (
            "发放问卷100份，收回约98份，满意率达到95%以上。回收98份。",
            {},
            None,
        ),
        ("发放问卷100份，收回98份，满意率≥90%。", {"sent": "100份", "returned": "98份"}, False),
    ],
)
def test_a_sentence(text: str, found: dict[str, str], is_share: bool | None) -> None:
    surveys = read(text)
    assert [numbers(survey) for survey in surveys] == ([found] if found else [])
    assert [survey.is_share for survey in surveys] == ([is_share] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "向学生发放问卷100份，向家长发放问卷200份，满意率97%。",
        "发放问卷100份，学生满意率97%，家长满意率96%。",
        "发放宣传资料100份，群众满意率97%。",
        "发放问卷100余份，满意率95%左右。",
        "满意率97%。",
    ],
)
def test_of_several_groups_or_of_none_nothing_is_read(text: str) -> None:
    assert read(text) == ()


def test_figures_have_their_places_and_are_no_achievements() -> None:
    report = bp.parse(HEAD + "发放问卷100份，收回98份，满意率97%。")
    (survey,) = report.narrative.surveys
    assert isinstance(survey.sent, bp.Figure)
    assert survey.sent.place is not None
    assert survey.sent.place.line == 4
    assert survey.sent.path == "narrative.surveys[0].sent"
    assert report.narrative.achievements == ()
    assert report.reading is not None
    assert report.reading.unread == ()


def test_a_cell_of_a_form() -> None:
    form = """某部门2023年度部门整体支出绩效自评表
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t353.21\t353.21\t353.21\t10\t100%\t10
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
满意度指标\t服务对象满意度\t群众满意率\t≥90%\t97%\t90\t90\t发放问卷100份，收回98份，满意率97%
总分\t\t\t\t\t100\t100\t
"""
    report = bp.parse(form)
    (survey,) = report.form.surveys
    assert numbers(survey) == {"sent": "100份", "returned": "98份", "satisfaction": "97%"}
    assert report.form.indicators[0].score.text == "90"


SURVEYS = (
    Survey(
        name="群众满意率调查", sent="120份", returned="118份", valid="115份", satisfied="110份",
        return_rate="98.33%", satisfaction="95.65%", is_share=True,
    ),
    Survey(name="企业评议", sent="20份", returned="18份", satisfaction="91.5%"),
)  # fmt: skip


@pytest.mark.parametrize("end", [".docx", ".xlsx", ".html", ".md", ".csv"])
@pytest.mark.parametrize("template", [None, "form-only"])
def test_what_is_written_is_read_again(end: str, template: str | None, tmp_path: Path) -> None:
    """In a text in sentences, and otherwise in the table of basic data."""
    whole = bp.SelfEvaluation(
        kind="department",
        department=bp.Department(name="某局", year=2024),
        form=bp.Statement(surveys=SURVEYS),
    )
    written = bp.write(whole, tmp_path / f"report{end}", template=template)
    assert written.left_out == ()
    again = bp.read(written.path)
    found = again.form.surveys or again.narrative.surveys
    assert [numbers(one) for one in found] == [numbers(one) for one in SURVEYS]
    assert [(one.name, one.is_share) for one in found] == [
        (one.name, one.is_share) for one in SURVEYS
    ]


def test_the_text_of_a_project_tells_of_surveys(tmp_path: Path) -> None:
    form = bp.Statement(
        funding=bp.Funding(total=bp.FundingTotal(revised="10万元", executed="9万元")),
        surveys=SURVEYS,
    )
    whole = bp.SelfEvaluation(kind="project", project=bp.Project(name="某项目"), form=form)
    written = bp.write(whole, tmp_path / "report.docx")
    found = bp.read(written.path).narrative.surveys
    assert [numbers(one) for one in found] == [numbers(one) for one in SURVEYS]
    assert [one.name for one in found] == [one.name for one in SURVEYS]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("群众满意度调查：发放问卷100份，收回98份。", "群众满意度调查"),
        ("（二）2023年学生评议：共发放问卷100份，收回98份。", "2023年学生评议"),
        ("本次调查结果如下，群众评议：发放问卷100份，收回98份。", "问卷调查"),
        ("共发放问卷100份，收回98份。", "问卷调查"),
    ],
)
def test_its_name(text: str, name: str) -> None:
    (survey,) = read(text)
    assert survey.name == name

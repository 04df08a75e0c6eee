"""The text of a report, written by a template: what is not there is marked, never 0."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf.documents.writers.chapters.filling import chapters_of, template_text
from budgetperf.documents.writing import form_names, narrative_template
from tests.documents.test_writing import content, report, row
from tests.factories import typed

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = (".docx", ".html", ".md")
every_text = pytest.mark.parametrize("end", TEXTS)


def figures_of(whole: bp.SelfEvaluation) -> dict[str, object]:
    return {path: (f.value, f.unit, f.rounding) for path, f in bp.figures(whole)}


@every_text
def test_the_example_is_read_as_it_was_written_and_audits_clean(end: str, tmp_path: Path) -> None:
    example = bp.read(EXAMPLES / "department-2023-clean.md")
    written = bp.write(example, tmp_path / f"report{end}")
    again = bp.read(written.path)
    alone, other = (attrs.evolve(whole, repeated=()) for whole in (example, again))
    assert figures_of(other) == figures_of(alone)
    assert bp.audit(again).inconsistent == ()
    rows = zip(again.narrative.indicators, example.narrative.indicators, strict=True)
    for read, stated in rows:
        assert (read.key, read.level1, read.level2) == (stated.key, stated.level1, stated.level2)
        assert typed(str, read.explanation) == stated.explanation
    left = {path for path in written.left_out if not path.startswith("repeated")}
    assert left == {"form.achievements[0].value", "form.achievements[1].value"}


def project(**others: str) -> bp.Composition:
    second = {"name": "覆盖率", "target": "≥90%", "actual": "100%", "weight": "30"}
    rows = [row(name="宣讲次数", weight=60), row(2, **second, **others)]
    return bp.compose(report(*rows), rules="national-2020")


@every_text
def test_the_text_of_a_project_is_read_as_its_form_states(end: str, tmp_path: Path) -> None:
    done = project(score="28")
    again = bp.read(bp.write(done, tmp_path / f"report{end}").path)
    form, text = done.report.form, again.narrative
    for field in ("initial", "revised", "executed", "execution_rate"):
        due = typed(bp.Figure, getattr(form.funding.total, field))
        found = typed(bp.Figure, getattr(text.funding.total, field))
        assert (found.value, found.unit) == (due.value, due.unit)
    assert [typed(bp.Figure, one.score).value for one in text.indicators] == [
        typed(bp.Figure, one.score).value for one in form.indicators
    ]
    assert typed(bp.Figure, text.total_score).value == typed(bp.Figure, form.total_score).value
    assert bp.audit(again).inconsistent == ()
    assert again.project.name == "政务大厅扩容"


@every_text
def test_what_is_left_open_is_marked_and_no_figure(end: str, tmp_path: Path) -> None:
    done = project()
    path = bp.write(done, tmp_path / f"report{end}").path
    text = re.sub("<[^>]*>", "", content(path))
    assert "自评得分＿＿＿分" in text
    assert "总得分＿＿＿分，评价等级为“＿＿＿”" in text
    assert "待办清单" in text
    again = bp.read(path)
    assert isinstance(again.narrative.total_score, bp.Missing)
    assert isinstance(again.narrative.rating, bp.Missing)
    assert isinstance(again.narrative.indicators[1].score, bp.Missing)


@pytest.mark.parametrize("layout", form_names())
def test_of_an_empty_report_nothing_is_said(layout: str, tmp_path: Path) -> None:
    text = chapters_of(bp.SelfEvaluation(), template_text(layout))
    lines = [one.text for one in text.paragraphs]
    assert not any(re.search(r"[0-9０-９]+(?:[.]\d+)?(?:万元|%|分)", line) for line in lines)
    assert "其中：。" not in "".join(lines)
    assert all(line.strip("。，；") for line in lines)
    assert text.held <= frozenset(path for path in text.held if path)
    assert "全年预算数" in text.blanks


def test_a_dash_is_left_out_and_a_blank_cell_is_marked() -> None:
    sources = [
        bp.FundingSource(kind="本级", revised="10万元"),
        bp.FundingSource(kind="上级", revised="—"),
        bp.FundingSource(kind="其他", revised=bp.Missing(reason=bp.MissingReason.BLANK)),
    ]
    whole = bp.SelfEvaluation(form=bp.Statement(funding=bp.Funding(sources=sources)))
    template = "[其中：{each funding.sources}[{.title}{.revised}]{between}，{end}]。"
    (line,) = chapters_of(whole, template).paragraphs
    assert line.text == "其中：本级安排10万元，其他资金＿＿＿万元。"
    assert [piece.text for piece in line.pieces if piece.is_open] == ["＿＿＿万元"]


def test_the_form_only(tmp_path: Path) -> None:
    path = bp.write(project(), tmp_path / "form.md", template="form-only").path
    assert "项目基本情况" not in path.read_text(encoding="utf-8")


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text(
        "// 说明\n# {project.name}\n## 资金\n预算{funding.total.revised}，[[含税]]，共{{1}}项。"
        "\n{each indicators by level1}\n{number 一}、{.level1}：{each rows}{number ①}{.name}"
        "{between}；{end}\n{end}\n备注|完\n",
        encoding="utf-8",
    )
    path = bp.write(project(), tmp_path / "report.md", template=own).path
    text = path.read_text(encoding="utf-8")
    assert text.startswith(
        "# 政务大厅扩容\n\n## 资金\n\n预算607.07万元，&#91;含税&#93;，共{1}项。\n"
    )
    assert "一、产出指标：①宣讲次数；②覆盖率" in text
    assert "备注&#124;完" in text
    assert "说明" not in text.partition("待办清单")[0].partition("备注")[0]


WRONG = """# {project.nam}
预算{funding.total.revised
[没有字段]
{each funding.total}{.revised}{end}
{each indicators}{.scor}{number}
{.score} {number}
{funding.sources.revised}
{write }
]{end}
{第一章}
"""


def test_what_is_wrong_with_a_template_is_told_together(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text(WRONG, encoding="utf-8")
    with pytest.raises(bp.ProblemsError) as caught:
        bp.write(project(), tmp_path / "report.docx", template=own)
    told = {(one.code, one.where) for one in caught.value.problems}
    assert told >= {
        ("no-field", "1:3"), ("not-opened", "2:3"), ("no-rows", "4:1"), ("no-field", "5:18"),
        ("needs-each", "7:1"), ("no-field", "8:1"), ("bad-mark", "10:1"),
    }  # fmt: skip
    assert "project.name" in str(caught.value)
    assert not (tmp_path / "report.docx").exists()
    for text, code in (
        ("{.score}", "no-row"), ("{number}", "no-row"), ("[甲]", "no-figure"),
        ("{end}", "not-opened"), ("{each rows}{.name}{end}", "no-row"), ("[{rating}", "not-closed"),
        ("{each indicators by nam}{.name}{end}", "no-field"), ("{funding.total}", "no-field"),
    ):  # fmt: skip
        with pytest.raises(bp.ProblemsError) as caught:
            chapters_of(bp.SelfEvaluation(), text)
        assert [one.code for one in caught.value.problems] == [code], text
    with pytest.raises(bp.BudgetperfError):
        bp.write(project(), tmp_path / "report.docx", template=tmp_path / "nowhere.txt")


def test_the_shipped_templates_can_be_had() -> None:
    for layout in form_names():
        assert "{funding.total.revised}" in narrative_template(layout)
    with pytest.raises(bp.NotFoundError):
        narrative_template("nowhere")


def test_many_rows_are_numbered() -> None:
    rows = [row(number, name=f"事项{number}") for number in range(1, 53)]
    template = "{each indicators}{number 一}{number ①}{number}\n{end}"
    lines = [one.text for one in chapters_of(report(*rows), template).paragraphs]
    assert [lines[at] for at in (0, 9, 10, 19, 20, 40, 51)] == [
        "一①1", "十⑩10", "十一⑪11", "二十⑳20", "二十一㉑21", "四十一㊶41", "五十二（52）52",
    ]  # fmt: skip


def test_more_than_twenty_indicators_are_read_again(tmp_path: Path) -> None:
    rows = [row(number, name=f"事项{number}") for number in range(1, 53)]
    whole = attrs.evolve(report(*rows), kind="department", project=bp.Project())
    path = bp.write(whole, tmp_path / "report.docx").path
    again = bp.read(path, layout="xinjiang-department-2023")
    assert [one.key for one in again.narrative.indicators] == [f"事项{n}" for n in range(1, 53)]


def test_what_the_table_tells_is_counted() -> None:
    rows = [
        row(1, level2="数量指标"), row(2, level2="质量指标"),
        row(3, level1="效益指标", level2="质量指标"), bp.Indicator(level1="满意度指标"),
    ]  # fmt: skip
    template = "{level_counts.level1|个}{level_counts.level2|个}{level_counts.level3|个}"
    (line,) = chapters_of(report(*rows), template).paragraphs
    assert line.text == "2个3个3个"
    stated = attrs.evolve(report(*rows).form, level_counts=bp.LevelCounts(level1=4))
    (line,) = chapters_of(attrs.evolve(report(), form=stated), template).paragraphs
    assert line.text == "4个3个3个"
    bare = report(row(1, level2=None))
    (line,) = chapters_of(bare, template).paragraphs
    assert line.text == "1个＿＿＿个1个"


def test_words_keep_the_marks_of_chinese_print() -> None:
    goal = bp.Goal(achieved="如期完工;未超支,比例为3:1。")
    whole = bp.SelfEvaluation(form=bp.Statement(goal=goal))
    (line,) = chapters_of(whole, "[{goal.achieved}]。").paragraphs
    assert line.text == "如期完工；未超支，比例为3:1。"


def test_a_reason_that_is_not_due_is_left_out() -> None:
    blank = bp.Missing(reason=bp.MissingReason.BLANK)
    whole = report(row(explanation=blank))
    template = "{each indicators}{.name}[：{.explanation}]{end}"
    (line,) = chapters_of(whole, template).paragraphs
    assert line.text == "宣讲次数1"
    due = chapters_of(whole, template, left_open=["form.indicators[0].explanation"])
    assert due.paragraphs[0].text == "宣讲次数1：＿＿＿"
    assert due.blanks == ("指标“宣讲次数1”·偏差原因及改进措施",)
    told = ["form.indicators[0].explanation"]
    assert chapters_of(whole, template, left_open=told, listed_apart=told).blanks == ()


@pytest.mark.parametrize("end", [".xlsx", ".csv"])
def test_the_year_above_a_form_is_read_by_the_layout_with_a_name(end: str, tmp_path: Path) -> None:
    example = bp.read(EXAMPLES / "department-2023-clean.md")
    path = bp.write(example, tmp_path / f"form{end}").path
    for layout in (None, "xinjiang-department-2023", "forms"):
        again = bp.read(path, layout=layout)
        assert typed(bp.Figure, again.department.year).value == 2023
        assert again.form.rating == example.form.rating


TEXT = """部门整体支出绩效自评报告
（2023年度）
一、基本概况
2023年我部门年初安排预算数100万元，其中：上级安排10万元，彩票公益金20万元，其他资金70万元。
我部门年初批复预算数100万元，其中：基本支出60万元，项目支出40万元。
2023年度部门整体支出绩效自评综合得分&#95;&#95;分，评价结果为“＿＿＿”。
"""


def test_other_sources_and_lines_to_write_on_are_read_as_what_they_are() -> None:
    whole = bp.parse(TEXT, layout="xinjiang-department-2023")
    sources = whole.narrative.funding.sources
    assert [(one.label, typed(bp.Figure, one.initial).text) for one in sources] == [
        ("", "10万元"), ("", "70万元"), ("彩票公益金", "20万元"),
    ]  # fmt: skip
    assert bp.audit(whole).inconsistent == ()
    for blank in (whole.narrative.rating, whole.narrative.total_score):
        assert isinstance(blank, bp.Missing)
    reading = whole.reading
    assert reading is not None
    assert [one.text for one in reading.unread] == ["60", "40"]

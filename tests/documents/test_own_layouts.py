"""Layouts that are asked for: by name, or a file with words of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf import NotFoundError, ProblemsError
from tests.cli.cases import run
from tests.factories import refused, says

from .samples import EXAMPLES
from .test_forms import NATIONAL, notes, pipes, said

OWN = """
id = "某县 2024"
reviewed = ["县财政局评分"]
[funding.columns]
revised = ["批复金额（万元）", "批复 金额"]
executed = ["支付金额"]
[funding.rows]
"sources[local]" = ["县本级", "其他资金"]
[indicators.columns]
actual = ["年末完成情况"]
"""
TABLE = pipes(
    "项目名称|某经费",
    "资金来源|批复金额（万元）|支付金额|执行率",
    "合计|10.00万元|9.00万元|90%",
    "县本级|10.00万元|9.00万元|",
    "三级指标|年度指标值|年末完成情况|分值|得分|县财政局评分",
    "甲数|≥10个|12个|90|90|80",
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_words_of_ones_own(own: Path, tmp_path: Path) -> None:
    report = bp.parse(TABLE, layout=own)
    assert said(report)["funding.total.revised"] == "10.00万元"
    assert [source.kind.value for source in report.form.funding.sources] == ["local"]
    (row,) = report.form.indicators
    assert (str(row.actual), str(row.score), str(row.reviewed_score)) == ("12个", "90", "80")
    assert report.reading is not None
    assert report.reading.layout == "某县 2024"
    file = tmp_path / "x.md"
    file.write_text(TABLE, encoding="utf-8")
    assert said(bp.read(file, layout=str(own))) == said(report)
    assert bp.read_all(file, layout=own) == (bp.read(file, layout=own),)
    assert said(bp.parse(NATIONAL, layout=own)) == said(bp.parse(NATIONAL))


def test_a_layout_says_which_of_two_columns_is_meant(own: Path) -> None:
    """Left out with a word where the columns may be the same; read where a layout parts them."""
    text = pipes(
        "项目支出绩效自评表",
        "项目名称|某经费",
        "项目资金（万元）||全年预算数|预算数|全年执行数|执行率|分值|得分",
        "|年度资金总额|100.00|120.00|90.00|90%|10|9",
        "一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|自评得分|得分",
        "产出指标|数量指标|培训人次|90|≥200人次|210人次|90|88",
    )
    report = bp.parse(text)
    assert not isinstance(report.form.funding.total.executed, bp.Figure)
    assert "第 4 行起的资金表没有读取：表头“全年预算数、预算数”可能是同一项" in notes(report)
    assert "表头“自评得分、得分”可能是同一项，都没有读取" in notes(report)
    assert report.reading is not None
    said_in_english = "\n".join(note.en for note in report.reading.notes)
    assert "the headers “全年预算数, 预算数” may be the same" in said_in_english
    assert "the columns “自评得分, 得分” may be the same field" in said_in_english
    own.write_text(
        """
        id = "own"
        [funding.columns]
        initial = ["预算数"]
        [indicators.columns]
        score = ["自评得分"]
        apart = ["得分"]
        """,
        encoding="utf-8",
    )
    again = bp.parse(text, layout=str(own))
    total, (row,) = again.form.funding.total, again.form.indicators
    read = (total.initial, total.revised, total.executed, total.score, row.score)
    assert [figure.text for figure in read if isinstance(figure, bp.Figure)] == [
        *("120.00", "100.00", "90.00", "9", "90"),
    ]
    assert "没有读取" not in notes(again)


def test_a_layout_by_its_name() -> None:
    text = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
    known = bp.parse(text, layout="xinjiang-department-2023")
    assert known == bp.parse(text)
    by_words = bp.parse(text, layout="forms")
    assert by_words.reading is not None
    assert by_words.reading.layout == "forms, xinjiang-department-2023"
    form, other = by_words.form, known.form
    assert form.funding.total.revised == other.funding.total.revised
    scores = [str(row.score) for row in form.indicators]
    assert scores == [str(row.score) for row in other.indicators if row.key]
    with refused("no-figures"):
        bp.parse("只有2023年3件事，没有表格。", layout="forms")
    with pytest.raises(NotFoundError, match="xinjiang-department-2023") as caught:
        bp.parse(text, layout="xinjiang")
    assert caught.value.code == "unknown-layout"


def test_the_command_reads_by_a_layout(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text(TABLE, encoding="utf-8")
    status, out, _ = run("read", str(file), "--layout", str(own))
    assert status == 0
    assert "某县 2024" in out
    for command in (["audit", str(file)], ["score", str(file), "--rules", "national-2020"]):
        assert run(*command, "--layout", "forms")[0] in (0, 1)
        status, _, err = run(*command, "--layout", "none")
        assert (status, "xinjiang-department-2023" in err) == (2, True)
    own.write_text("reviewed = 1", encoding="utf-8")
    status, out, err = run("audit", str(file), str(file), "--layout", str(own))
    assert (status, out) == (2, "")
    assert err.count("$.id") == err.count("$.reviewed") == 1


def test_what_is_wrong_with_a_file_is_told_together(own: Path, tmp_path: Path) -> None:
    own.write_text(
        """
        reviewed = "复核分"
        unknown = 1
        goal = ["目标"]
        [funding]
        columns = ["甲"]
        rowz = { total = ["甲"] }
        [indicators.columns]
        actual = ["完成", "完成 "]
        score = ["完成", ""]
        points = ["分"]
        """,
        encoding="utf-8",
    )
    with pytest.raises(ProblemsError) as caught:
        bp.parse(TABLE, layout=own)
    assert caught.value.code == "bad-layout"
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("no-id", "$.id"),
        ("bad-type", "$.reviewed"),
        ("unknown-key", "$.unknown"),
        ("bad-type", "$.goal"),
        ("bad-type", "$.funding.columns"),
        ("unknown-key", "$.funding.rowz"),
        ("word-twice", "$.indicators.columns.actual"),
        ("bad-type", "$.indicators.columns.score"),
        ("word-twice", "$.indicators.columns.score"),
        ("unknown-key", "$.indicators.columns.points"),
    ]
    with refused("cannot-open"):
        bp.parse(TABLE, layout=tmp_path / "nothing.toml")
    own.write_text("id = 甲", encoding="utf-8")
    with refused("bad-layout"):
        bp.parse(TABLE, layout=own)


DIRECTED = pipes(
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标|质量指标|合格率|95%|97%|40|40",
    "产出指标|成本指标|项目成本|100万元|80万元|40|40",
    "产出指标|时效指标|天数|30天|20天|20|20",
)


def test_directions_of_a_layout_count_and_are_said(own: Path) -> None:
    own.write_text(
        OWN + '[directions]\n"成本指标" = "≤"\n"质量指标" = "at-least"\n"满意度" = "≥"\n', "utf-8"
    )
    report = bp.parse(DIRECTED, layout=own)
    assert isinstance(report.form.indicators[1].target.direction, bp.Missing)  # as it is printed
    card = bp.scorecard(report, rules="yitihua-default")
    assert [str(line.score) for line in card.lines[1:]] == ["40", "40", "None"]
    audit = bp.audit(report, rules="yitihua-default")
    for remark in (card.remarks[0], *audit.remarks):
        says(remark, "按版式的方向：成本指标 ≤、质量指标 ≥（2 项）", "as the layout has them")
        assert "没有用上" not in remark.zh  # 满意度 is for other forms
    says(card.lines[2].remarks[0], "按版式的 ≤ 计", "taken for ≤ as the layout has it")
    # What is given in person comes first; that and the layout are told apart.
    other = bp.scorecard(report, rules="yitihua-default", directions={"成本指标": "≥"})
    assert str(other.lines[2].score) == "32"
    assert "按给定的方向：成本指标 ≥（1 项）" in other.remarks[0].zh
    assert "按版式的方向：质量指标 ≥（1 项）" in other.remarks[1].zh
    assert bp.verify(audit.receipt, report).holds
    plain = bp.scorecard(bp.parse(DIRECTED), rules="yitihua-default")
    assert [str(line.score) for line in plain.lines[1:]] == ["None", "None", "None"]


def test_directions_of_a_layout_that_are_none(own: Path) -> None:
    own.write_text('id = "x"\n[directions]\n"成本" = "约"\n"质量" = 3\n', encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        bp.parse(TABLE, layout=own)
    places = [problem.where for problem in caught.value.problems]
    assert places == ["$.directions.成本", "$.directions.质量"]
    own.write_text('id = "x"\ndirections = "≤"\n', encoding="utf-8")
    with pytest.raises(ProblemsError, match="成本指标"):
        bp.parse(TABLE, layout=own)

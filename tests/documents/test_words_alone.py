"""Words of headers that say what a column is only by what else stands there: a bare word, a word
behind a year, a label beside one row, groups of indicators above the indicators.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .test_forms import notes, pipes, said

HEAD = ("项目支出绩效自评表", "（2023年度）", "项目名称|某项目经费")
FUNDS = (
    "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "|年度资金总额|200|200|180|10|90%|9",
)
ROWS = (
    "产出指标|数量指标|培训人数|{}200人|210人|50|50",
    "成本指标|经济成本指标|人均成本|{}500元|480元|20|20",
    "效益指标|社会效益指标|知晓率|{}90%|92%|20|20",
)
LEVELS = "一级指标|二级指标|三级指标|"
TOTAL = "总分|||||100|99"


def read(*rows: str, head: tuple[str, ...] = HEAD) -> bp.SelfEvaluation:
    report = bp.parse(pipes(*head, *FUNDS, *rows))
    assert not bp.audit(report).inconsistent
    assert said(report)["funding.total.executed"] == "180万元"
    return report


def signed(*signs: str) -> list[str]:
    return [row.format(sign) for row, sign in zip(ROWS, signs or ("≥", "≤", "≥"), strict=True)]


def figures(report: bp.SelfEvaluation, *fields: str) -> list[tuple[str, ...]]:
    return [tuple(str(getattr(row, field)) for field in fields) for row in report.form.indicators]


FULL = [("210人", "50", "50"), ("480元", "20", "20"), ("92%", "20", "20")]


@pytest.mark.parametrize(
    "header",
    [
        "年度指标值|实际完成值|分值|单项得分",
        "2023年目标值|2023年实际完成值|分值|得分",
        "2023年度目标值|2023年度完成值|分值|得分",
        "目标|完成|分值|得分",
        "年度目标|完成情况|标准分|单项得分",
    ],
)
@pytest.mark.parametrize("head", [HEAD, (HEAD[0], HEAD[2])], ids=["year", "no year"])
def test_a_word_that_is_the_only_one_for_its_column(header: str, head: tuple[str, ...]) -> None:
    report = read(LEVELS + header, *signed(), TOTAL, head=head)
    assert figures(report, "actual", "weight", "score") == FULL
    assert [row.target.text for row in report.form.indicators] == ["≥200人", "≤500元", "≥90%"]
    assert said(report)["total_score"] == "99"


def test_a_bare_word_beside_the_usual_one_is_none() -> None:
    header = f"{LEVELS}年度指标值|实际完成值|分值|得分|完成情况"
    report = read(header, *(f"{row}|完成{n}次" for n, row in enumerate(signed())), TOTAL)
    assert figures(report, "actual", "weight", "score") == FULL
    assert "不认识的表头：完成情况" in notes(report)


def test_a_single_score_beside_a_weight_in_per_cent_may_be_one_of_a_hundred() -> None:
    rows = (
        "产出指标|数量指标|培训人数|≥200人|210人|60%|100",
        "效益指标|社会效益指标|知晓率|≥90%|92%|40%|95",
    )
    report = read(f"{LEVELS}年度指标值|实际完成值|权重|单项得分", *rows)
    assert all(isinstance(row.score, bp.Missing) for row in report.form.indicators)


def test_only_the_columns_of_the_year_of_the_form_are_its_own() -> None:
    header = f"{LEVELS}2023年目标值|2023年完成值|分值|得分|2021年完成值|2022年完成值|2024年目标值"
    report = read(header, *(f"{row}|{n}8|{n}9|{n}7" for n, row in enumerate(signed(), 1)), TOTAL)
    assert figures(report, "actual", "weight", "score") == FULL
    assert figures(report, "last_year") == [("19",), ("29",), ("39",)]
    assert "不认识的表头：2021年完成值、2024年目标值" in notes(report)


def test_columns_of_several_years_in_a_form_without_one_are_not_read() -> None:
    header = f"{LEVELS}年度指标值|2022年完成值|分值|得分|2023年完成值"
    report = read(header, *(f"{row}|9" for row in signed()), head=(HEAD[0], HEAD[2]))
    assert all(isinstance(row.actual, bp.Missing) for row in report.form.indicators)


def test_a_target_of_all_years_beside_that_of_one_is_not_sure() -> None:
    header = f"{LEVELS}目标值|2023年完成值|分值|得分|2023年目标值"
    report = read(header, *(f"{row}|5" for row in signed()))
    assert "表头“目标值、2023年目标值”可能是同一项" in notes(report)
    assert not any(isinstance(row.target.value, bp.Figure) for row in report.form.indicators)


@pytest.mark.parametrize(("up", "down"), [("正向", "反向"), ("正向指标", "逆向指标")])
def test_a_column_that_says_whether_more_is_better(up: str, down: str) -> None:
    rows = [f"{row}|{side}" for row, side in zip(signed("", "", "="), (up, down, up), strict=True)]
    report = read(f"{LEVELS}年度指标值|实际完成值|分值|得分|指标方向", *rows, TOTAL)
    assert figures(report, "actual", "weight", "score") == FULL
    sides = [row.target.direction for row in report.form.indicators]
    assert sides[:2] == [bp.Direction.AT_LEAST, bp.Direction.AT_MOST]
    assert sides[2] is not bp.Direction.AT_LEAST  # the sign of the target says otherwise
    assert "不认识的表头" not in notes(report)


UNITS = (
    "产出指标|数量指标|培训人数|≥|200|{}|210|50|50",
    "效益指标|社会效益指标|知晓率|≥|90|{}|92|40|40",
)


def test_a_column_of_units() -> None:
    header = f"{LEVELS}指标性质|指标值|单位|实际完成值|分值|得分"
    first, second = UNITS
    report = read(header, first.format("人"), second.format("%"), "总分||||||||99")
    assert [row.target.text for row in report.form.indicators] == ["≥200人", "≥90%"]
    units = [row.actual.unit.symbol for row in report.form.indicators]  # type: ignore[union-attr]
    assert units == ["人", "%"]
    other = read(header, first.format("人"), second.format("宣传科"))
    assert "不认识的表头：单位" in notes(other)


def test_results_alone() -> None:
    rows = ("培训人数|50|50|100%", "人均成本|30|27|90%", "知晓率|20|18|90%", "合计|100|95|95%")
    report = bp.parse(pipes("绩效自评结果表", HEAD[2], "指标|权重|得分|得分率", *rows))
    assert figures(report, "name", "weight", "score")[1] == ("人均成本", "30", "27")
    assert said(report)["total_score"] == "95"
    assert not bp.audit(report).inconsistent


SUMMARY = ("{}||||分值|得分", "产出指标||||70|70", "效益指标||||20|20", "合计||||90|90")


@pytest.mark.parametrize("word", ["一级指标", "指标", "评价指标"])
@pytest.mark.parametrize("is_above", [True, False], ids=["above", "below"])
def test_the_sums_of_groups_beside_the_indicators(word: str, is_above: bool) -> None:
    summary = [row.format(word) for row in SUMMARY[: 4 if is_above else 3]]
    table = [f"{LEVELS}年度指标值|实际完成值|分值|得分", *signed(), TOTAL]
    report = read(*(summary + table if is_above else table + summary))
    assert figures(report, "actual", "weight", "score") == FULL
    assert said(report)["total_score"] == "99"
    assert "另有一个表只列各类指标的分值、得分" in notes(report)


@pytest.mark.parametrize("is_above", [True, False], ids=["above", "below"])
def test_the_sums_of_groups_under_a_wide_word(is_above: bool) -> None:
    funds = ("||全年预算数|全年执行数|分值|执行率|得分", "|年度资金总额|200|180|10|90%|9")
    rows = [*funds, f"{LEVELS}年度指标值|实际完成值|分值|得分", *signed(), TOTAL]
    cells = [[f"<td>{cell}</td>" for cell in row.split("|")] for row in rows]
    at = len(funds) if is_above else len(cells)
    for row in reversed(SUMMARY[:3]):
        name, *points = (part for part in row.format("评价指标").split("|") if part)
        beside = [f"<td>{point}</td>" for point in points]
        cells.insert(at, [f"<td colspan=5>{name}</td>", *beside])
    table = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    head = f"<p>{HEAD[0]}</p><p>{HEAD[2].replace('|', '：')}</p>"
    report = bp.parse(f"{head}<table>{table}</table>")
    assert figures(report, "actual", "weight", "score") == FULL
    assert "另有一个表只列各类指标的分值、得分" in notes(report)
    assert not bp.audit(report).inconsistent


def test_the_execution_as_the_label_of_one_row() -> None:
    rows = ("预算执行率（10分）|预算数（万元）|执行数（万元）|执行率|得分", "|200|180|90%|9")
    table = (f"{LEVELS}年度指标值|实际完成值|分值|得分", *signed(), TOTAL)
    report = bp.parse(pipes(*HEAD, *rows, *table))
    stated = said(report)
    assert stated["funding.total.revised"] == "200万元"
    assert stated["funding.total.weight"] == "10"
    assert stated["funding.total.score"] == "9"
    assert not bp.audit(report).inconsistent


def test_parts_of_the_year_are_no_sources() -> None:
    rows = ("月份|预算数（万元）|执行数（万元）|执行率", "1-6月|100|80|80%", "下半年|100|100|100%")
    table = (f"{LEVELS}年度指标值|实际完成值|分值|得分", *signed())
    report = bp.parse(pipes(*HEAD, *rows, "合计|200|180|90%", *table))
    assert not report.form.funding.sources
    assert said(report)["funding.total.executed"] == "180万元"
    assert "1-6月、下半年" in notes(report)


def test_the_total_of_one_source_is_not_that_of_the_form() -> None:
    header = "{}（万元）|年初预算数|全年预算数|全年执行数|执行率"
    rows = [header.format("中央资金"), "资金总额|120|120|108|90%"]
    rows += [header.format("省级资金"), "资金总额|80|80|72|90%"]
    report = bp.parse(pipes(*HEAD, *rows, f"{LEVELS}年度指标值|实际完成值|分值|得分", *signed()))
    assert not [path for path in said(report) if path.startswith("funding")]
    assert "不能确定哪一个是资金合计" in notes(report)


@pytest.mark.parametrize("total", ["<td colspan=2>97</td>", "<td>97</td><td></td>"])
def test_a_total_over_the_columns_of_weight_and_score(total: str) -> None:
    rows = [*FUNDS, f"{LEVELS}年度指标值|实际完成值|分值|得分|", *signed()]
    rows[-1] = "效益指标|社会效益指标|知晓率|≥90%|81%|20|18"
    cells = [
        f"<tr>{''.join(f'<td>{c}</td>' for c in (row + '|').split('|')[:8])}</tr>" for row in rows
    ]
    last = f"<tr><td colspan=5>总分</td>{total}<td></td></tr>"
    report = bp.parse(
        f"<p>{HEAD[0]}</p><p>{HEAD[2].replace('|', '：')}</p><table>{''.join(cells)}{last}</table>"
    )
    assert "total_weight" not in said(report)
    assert said(report).get("total_score") == ("97" if "colspan" in total else None)
    assert not bp.audit(report).inconsistent


def test_a_total_that_is_the_same_in_each_column() -> None:
    funds = (FUNDS[0], "|年度资金总额|200|200|200|10|100%|10")
    header = f"{LEVELS}年度指标值|实际完成值|分值|得分|复核得分"
    rows = [f"{row}|{row.split('|')[-1]}" for row in signed()]
    report = bp.parse(pipes(*HEAD, *funds, header, *rows, "总分|||||100|100|100"))
    stated = said(report)
    assert (stated["total_weight"], stated["total_score"]) == ("100", "100")
    assert stated["reviewed_score"] == "100"

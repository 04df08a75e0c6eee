"""Directions that print leaves out: stated by a person, or taken by the rule-set; always said."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf.rules import DefaultDirection, get, load
from budgetperf.scoring.directions import given_directions
from tests.factories import refused, says, there

SILENT = get("yitihua-default")


def cost(**changed: Any) -> bp.Indicator:
    cells: dict[str, Any] = {
        "name": "项目成本",
        "level1": "产出指标",
        "level2": "成本指标",
        "target": "100万元",
        "actual": "80万元",
        "weight": 10,
        "score": 10,
    }
    return bp.Indicator(**cells | changed)


def test_a_target_without_an_operator_has_no_one_score() -> None:
    assert bp.score(cost(), rules=SILENT).score is None


@pytest.mark.parametrize("name", ["成本指标", "成本", "2.项目成本", "产出指标（50分）"])
@pytest.mark.parametrize("sign", ["≤", "<=", "at-most", "<", bp.Direction.AT_MOST])
def test_it_has_one_in_the_direction_that_is_stated(name: str, sign: str | bp.Direction) -> None:
    line = bp.score(cost(), rules=SILENT, directions={name: sign})
    assert str(line.score) == "10"
    says(line.remarks[0], "按给定的", "as stated")


def test_the_name_comes_before_the_headings() -> None:
    stated: dict[str, bp.Direction | str] = {"产出指标": "=", "成本指标": "≥", "项目成本": "≤"}
    assert str(bp.score(cost(), rules=SILENT, directions=stated).score) == "10"
    other = cost(name="其他成本")
    assert str(bp.score(other, rules=SILENT, directions=stated).score) == "8"
    other = cost(name="其他成本", level2="数量指标")
    assert str(bp.score(other, rules=SILENT, directions=stated).score) == "8"


@pytest.mark.parametrize(
    "row",
    [
        cost(target="≥100万元"),
        cost(target="及时", actual="及时"),
        cost(level2="质量指标", name="x"),
        cost(target="2023年12月31日前", actual="2023年12月"),
        cost(target=None),
    ],
)
def test_what_is_not_used_is_said(row: bp.Indicator) -> None:
    line = bp.score(row, rules=SILENT, directions={"成本指标": "≤"})
    says(line.remarks[0], "没有用上", "not used")


def test_a_scorecard_says_what_it_took() -> None:
    card = bp.scorecard(
        [cost(), cost(name="数量", level2="数量指标")],
        rules=SILENT,
        directions={"成本指标": "≤", "质量指标": "≥"},
    )
    assert [str(line.score) for line in card.lines[1:]] == ["10", "None"]
    says(card.remarks[0], "成本指标 ≤（1 项）", "成本指标 ≤ (rows: 1)")
    says(card.remarks[1], "质量指标 ≥", "质量指标 ≥")
    assert "成本指标" not in card.remarks[1].zh  # what was used is not told as unused


def test_an_audit_says_what_it_took_and_keeps_the_report() -> None:
    row = cost(actual="120万元", score=10)
    report = bp.SelfEvaluation(
        narrative=bp.Statement(indicators=[row]), form=bp.Statement(indicators=[row])
    )
    plain = bp.audit(report, rules=SILENT)
    directed = bp.audit(report, rules=SILENT, directions={"成本指标": "≤"})
    assert directed.report == report
    says(directed.remarks[0], "成本指标 ≤（2 项）", "成本指标 ≤ (rows: 2)")
    assert not plain.remarks
    codes = {finding.code for finding in directed.findings if finding.code in ("W05", "Q05")}
    assert codes == {"W05", "Q05"}
    assert all(
        finding.reason == "not-stated" for finding in plain.findings if finding.code == "W05"
    )
    again: bp.Audit = pickle.loads(pickle.dumps(directed))  # noqa: S301
    assert [cause.message for cause in again.causes] == [c.message for c in directed.causes]


def with_directions(*names: str) -> bp.model.Reading:
    """A form read by a layout that says ``≤`` of these."""
    return bp.model.Reading(
        source="x.docx",
        layout="own",
        encoding="",
        numbers=4,
        accounted=4,
        directions=tuple(bp.model.LayoutDirection(name=name, sign="≤") for name in names),
    )


def test_the_directions_of_a_layout_count_where_none_is_stated() -> None:
    reading = with_directions("成本指标")
    report = bp.SelfEvaluation(form=bp.Statement(indicators=[cost()]), reading=reading)
    by_layout = bp.scorecard(report, rules=SILENT)
    assert str(by_layout.lines[-1].score) == "10"
    says(by_layout.remarks[0], "按版式的方向：成本指标 ≤", "as the layout has them: 成本指标 ≤")
    says(by_layout.lines[-1].remarks[0], "按版式的 ≤ 计", "taken for ≤ as the layout has it")
    stated = bp.scorecard(report, rules=SILENT, directions={"成本指标": "≥"})
    assert str(stated.lines[-1].score) == "8"


def test_equal_is_a_direction() -> None:
    line = bp.score(cost(), rules=get("national-2020"), directions={"成本": "="})
    says(line.remarks[0], "=", "=")
    assert str(line.score) == "8"


@pytest.mark.parametrize(
    "sign", ["约", "", "定性", "qualitative", "≥90", 3, bp.Direction.QUALITATIVE]
)
def test_what_is_no_direction_is_refused(sign: Any) -> None:
    with refused("bad-direction", match="≥, ≤, =, > or <"):
        bp.score(cost(), rules=SILENT, directions={"成本指标": sign})


@pytest.mark.parametrize("directions", ["≤", ["成本指标"], {1: "≤"}, {" ": "≤"}])
def test_what_is_no_mapping_of_names_is_refused(directions: Any) -> None:
    with refused("wrong-type", "directions"):
        bp.scorecard([cost()], rules=SILENT, directions=directions)


def test_none_are_stated() -> None:
    assert given_directions(None) == ()


# The default of a rule-set.

TAKEN = attrs.evolve(
    SILENT,
    id="own",
    directions=(
        DefaultDirection(direction=bp.Direction.AT_MOST, names=("成本指标",)),
        DefaultDirection(direction=bp.Direction.AT_LEAST),
    ),
)


def test_a_rule_set_may_take_a_direction_and_says_so() -> None:
    line = bp.score(cost(), rules=TAKEN)
    assert str(line.score) == "10"
    assert any("缺省方向 ≤" in remark.zh for remark in line.remarks)
    line = bp.score(cost(level2="数量指标", name="数量"), rules=TAKEN)
    assert str(line.score) == "8"
    assert any("缺省方向 ≥" in remark.zh for remark in line.remarks)


def test_rows_of_the_same_figures_have_each_the_direction_of_their_heading() -> None:
    rows = [cost(), cost(name="数量", level2="数量指标")]
    card = bp.scorecard(rows, rules=TAKEN)
    assert [str(line.score) for line in card.lines[1:]] == ["10", "8"]


def test_it_is_said_where_no_score_follows_too() -> None:
    line = bp.score(cost(actual="80次"), rules=TAKEN)
    says(there(line.why), "缺省方向 ≤", "by default of the rule-set")


def test_it_is_said_in_an_audit() -> None:
    report = bp.SelfEvaluation(form=bp.Statement(indicators=[cost(actual="120万元")]))
    (finding,) = [f for f in bp.audit(report, rules=TAKEN).findings if f.code == "W04"]
    says(finding.why, "缺省方向 ≤", "taken for ≤")


def test_words_and_operators_are_left_as_they_are() -> None:
    assert bp.score(cost(target="及时", actual="及时"), rules=TAKEN).reason == "qualitative"
    for aim, reached, due in (("≥100万元", "80万元", "8"), ("12月31日前", "12月3日", "10")):
        line = bp.score(cost(target=aim, actual=reached), rules=TAKEN)
        assert str(line.score) == due
        assert not any("缺省" in remark.zh for remark in line.remarks)


def test_without_a_default_for_the_rest_it_stays_open() -> None:
    rules = attrs.evolve(TAKEN, directions=TAKEN.directions[:1])
    assert bp.score(cost(level2="数量指标", name="数量"), rules=rules).score is None
    assert str(bp.score(cost(), rules=rules).score) == "10"


def test_a_rule_set_in_toml_has_them(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        'base = "yitihua-default"\nid = "own"\ntitle = { zh = "自定", en = "own" }\n'
        '[[directions]]\ndirection = "at-most"\nnames = ["成本指标"]\n',
        encoding="utf-8",
    )
    rules = load(file)
    assert there(rules.default_direction("成本")).direction is bp.Direction.AT_MOST


def test_words_are_no_default() -> None:
    with refused("qualitative-direction"):
        DefaultDirection(direction=bp.Direction.QUALITATIVE)


@pytest.mark.parametrize("name", ["（50分）", "1."])
def test_a_name_that_is_nothing_but_numbering_is_no_blank_heading(name: str) -> None:
    row = cost(level1=None, level2=None)
    line = bp.score(row, rules=SILENT, directions={name: "≤"})
    assert line.score is None
    says(line.remarks[0], "没有用上", "not used")


def test_of_the_directions_of_a_layout_those_that_nothing_has_are_not_told() -> None:
    reading = with_directions("成本指标", "时效指标")
    rows = [cost(), cost(name="成本之二"), cost(name="数量", level2="数量指标")]
    report = bp.SelfEvaluation(form=bp.Statement(indicators=rows), reading=reading)
    card = bp.scorecard(report, rules=SILENT, directions={"数量": "≥", "质量": "≥"})
    told = [remark.zh for remark in card.remarks[:3]]
    assert "按给定的方向：数量 ≥（1 项）" in told[0]
    assert "按版式的方向：成本指标 ≤（2 项）" in told[1]
    assert "没有用上：质量 ≥（" in told[2]
    assert not any("时效指标" in remark.zh for remark in card.remarks)

"""Pictures of a report: scores against weights, and the funds by source."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf.display.html.audit import audit_html
from budgetperf.display.html.markup import PALETTE
from budgetperf.display.html.report import report_html
from tests.markup import Node, display, fragment

REPORT = bp.read(Path(__file__).parents[2] / "examples" / "department-2023.md")


def drawn(svg: str) -> Node:
    (picture,) = fragment(svg).children
    assert isinstance(picture, Node)
    return picture


def words(picture: Node) -> list[str]:
    return [node.text for node in picture.all("text")]


def boxes(picture: Node, fill: str) -> list[tuple[Fraction, Fraction]]:
    """Where the bars of a colour begin, and how wide they are; not those of the legend."""
    colour = PALETTE[fill][0] if fill else "none"
    return [
        (Fraction(rect.attributes["x"]), Fraction(rect.attributes["width"]))
        for group in picture.all("g")
        if group.attributes.get("fill") == colour
        for rect in group.all("rect")
        if rect.attributes["y"] != "36"
    ]


def scored(*indicators: bp.Indicator) -> Node:
    return drawn(bp.Statement(indicators=indicators).to_svg())


class TestScores:
    def test_as_the_form_states_them(self) -> None:
        picture = drawn(REPORT.form.to_svg())
        assert words(picture)[:4] == ["预算执行", "10 / 10", "惠企政策宣讲次数", "30 / 30"]
        assert words(picture)[-3:] == ["得分与分值", "得分", "分值"]
        lengths = [width for _, width in boxes(picture, "near")]
        # 10, 30, 18, 20 and 20 points on one scale
        assert [round(width / lengths[1] * 30) for width in lengths] == [10, 30, 18, 20, 20]

    def test_what_is_missing_is_an_empty_outline(self) -> None:
        picture = scored(bp.Indicator(name="甲", weight=20), bp.Indicator(name="乙", score=7))
        assert len(boxes(picture, "near")) == 1
        (outline,) = [g for g in picture.all("g") if g.attributes.get("stroke-dasharray")][1:]
        assert outline.attributes["fill"] == "none"
        assert {"未填报 / 20", "7 / 未填报", "无数字"} <= set(words(picture))

    def test_a_zero_that_is_stated_is_there(self) -> None:
        ((_, width),) = boxes(scored(bp.Indicator(name="甲", weight=20, score=0)), "near")
        assert width == 1

    def test_more_than_the_weight_stands_out(self) -> None:
        picture = scored(bp.Indicator(name="甲", weight=10, score=14))
        ((start, within),), ((above, beyond),) = boxes(picture, "near"), boxes(picture, "bad")
        assert above == start + within
        assert beyond / within == pytest.approx(Fraction(4, 10), rel=1e-3)
        assert "超出分值" in words(picture)

    def test_below_zero_goes_to_the_left(self) -> None:
        picture = scored(bp.Indicator(name="甲", weight=10, score=bp.Figure.parse("-5")))
        ((start, lost),), ((zero, full),) = boxes(picture, "near"), boxes(picture, "band")
        assert start + lost == zero
        assert full / lost == pytest.approx(2, rel=1e-3)

    def test_names_go_on_in_further_lines(self) -> None:
        name = "建档立卡贫困人口参加城乡居民基本养老保险和基本医疗保险的比例不低于上年水平"
        picture = scored(bp.Indicator(name=name, weight=10, score=9))
        pieces = [word for word in words(picture) if word in name and len(word) > 2]
        assert "".join(pieces) == name
        assert len(pieces) > 1

    def test_of_very_many_some_are_drawn_and_the_others_counted(self) -> None:
        picture = scored(*(bp.Indicator(name=f"甲{i}", weight=1, score=1) for i in range(100)))
        assert "另有 40 项没有画出" in words(picture)
        assert len(boxes(picture, "near")) == 60
        (described,) = picture.all("desc")
        assert "甲99：1 / 1" in "".join(map(str, described.children))

    def test_a_report_without_scores(self) -> None:
        assert words(drawn(bp.Statement().to_svg(lang="en"))) == [
            "Scores against weights", "no figures to draw",
        ]  # fmt: skip

    def test_by_a_rule_set_with_the_stated_score_as_a_mark(self) -> None:
        picture = drawn(bp.scorecard(REPORT, rules="yitihua-default").to_svg())
        assert "填列得分" in words(picture)
        # one on the bar, one in the legend
        assert len([g for g in picture.all("g") if g.attributes.get("stroke-width") == "2"]) == 2

    def test_a_score_that_does_not_follow(self) -> None:
        form = bp.Statement(indicators=[bp.Indicator(name="甲", weight=10)])
        card = bp.scorecard(bp.SelfEvaluation(form=form), rules="yitihua-default")
        assert "得不出 / 10" in words(drawn(card.to_svg()))
        assert "does not follow / 10" in words(drawn(card.to_svg(lang="en")))

    def test_a_range_of_scores(self) -> None:
        form = bp.Statement(
            indicators=[bp.Indicator(name="甲", weight=10, target="达到预期", actual="基本达到")]
        )
        card = bp.scorecard(bp.SelfEvaluation(form=form), rules="national-2020")
        (line,) = [line for line in card.lines if line.name == "甲"]
        assert line.score is None
        assert any(word.endswith(" / 10") for word in words(drawn(card.to_svg())))


class TestFunds:
    def test_three_bars_for_each_source_and_the_total(self) -> None:
        picture = drawn(REPORT.form.funding.to_svg())
        assert words(picture).count("353.21万元") == 2
        assert len(boxes(picture, "near")) == 4
        assert {"合计", "上级安排", "本级安排", "其他资金"} <= set(words(picture))

    def test_units_are_compared_and_blanks_are_no_zeros(self) -> None:
        funding = bp.Funding(
            sources=[
                bp.FundingSource(kind="local", executed="10000元"),
                bp.FundingSource(kind="other", executed="2万元", initial="—"),
            ]
        )
        picture = drawn(funding.to_svg())
        (_, first), (_, second) = boxes(picture, "near")
        assert second / first == pytest.approx(2, rel=1e-3)
        assert "—" in words(picture)
        assert "0" not in words(picture)

    def test_money_taken_back(self) -> None:
        funding = bp.Funding(total=bp.FundingTotal(initial="10万元", executed="-5万元"))
        picture = drawn(funding.to_svg())
        ((start, taken),) = boxes(picture, "near")
        ((zero, budget),) = boxes(picture, "surface")
        assert start + taken == zero
        assert budget / taken == pytest.approx(2, rel=1e-3)


class TestPlaces:
    def test_in_a_report_and_in_its_audit(self) -> None:
        for html in (report_html(REPORT), audit_html(bp.audit(REPORT))):
            sheet = display(html)
            titles = [node.children[0] for svg in sheet.all("svg") for node in svg.all("title")]
            assert titles == ["得分与分值", "资金来源"]
            assert not any(svg.all("style") for svg in sheet.all("svg"))

    def test_the_narrative_where_the_form_states_nothing(self) -> None:
        report = bp.SelfEvaluation(narrative=REPORT.form)
        assert len(display(report_html(report)).all("svg")) == 2

    def test_none_where_there_is_nothing_to_draw(self) -> None:
        assert not display(report_html(bp.SelfEvaluation())).all("svg")

    def test_alone_they_bring_their_colours_and_a_description(self) -> None:
        for svg in (REPORT.form.to_svg(), REPORT.form.funding.to_svg(lang="en")):
            picture = drawn(svg)
            assert len(picture.all("style")) == 1
            assert picture.attributes["role"] == "img"
            (described,) = picture.all("desc")
            assert described.children
            assert "\n" not in svg

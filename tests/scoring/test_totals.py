"""Totals of weights that do not add up to those of the rule-set, and values in words."""

from __future__ import annotations

from typing import Any, cast

import attrs
import pytest

from budgetperf import (
    Figure,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    Points,
    RuleSet,
    Scorecard,
    Text,
    scorecard,
)
from budgetperf.display.data.scores import scorecard_data
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.display.text.scorecard import scorecard_text
from budgetperf.rules import Band, Gauge, NotApplicable, Trigger
from tests import factories
from tests.factories import Written, form, says, unscored
from tests.markup import display

RULES = attrs.evolve(
    factories.RULES,
    qualitative=(Band(grade=Text(zh="好", en="good"), shares=Interval(lower="1/3", upper="2/3")),),
)
DASH = Missing(reason=MissingReason.DASH, text="/")
HUNDRED_AND_TEN = Text(
    zh="分值合计 110，规则集为 100", en="the weights add up to 110; the rule-set has 100"
)


def card(
    *rows: Indicator, rules: RuleSet = RULES, executed: str | None = "5元", **parts: Written
) -> Scorecard:
    return scorecard(form(*rows, revised="5元", executed=executed, **parts), rules=rules)


def displays(shown_card: Scorecard) -> dict[str, str]:
    """The text and the HTML in both languages."""
    return {
        f"{kind} {lang}": scorecard_text(shown_card, lang)
        if kind == "text"
        else display(scorecard_html(shown_card, lang=lang)).text
        for kind in ("text", "html")
        for lang in ("zh", "en")
    }


def test_weights_that_add_up_to_more_have_no_rating() -> None:
    result = card(unscored("≥10次", "10次", "60"), unscored("≥10次", "10次", "40"))
    assert (result.total, result.rating, result.rating_status) == (Points(110), None, None)
    assert result.remarks == (HUNDRED_AND_TEN,)
    for name, words in displays(result).items():
        assert HUNDRED_AND_TEN.pick(name[-2:]) in words
        assert "优" not in words
    data = cast("dict[str, Any]", scorecard_data(result))
    assert (data["total"], data["rating"]) == ("110", None)
    assert data["remarks"] == [{"zh": HUNDRED_AND_TEN.zh, "en": HUNDRED_AND_TEN.en}]


def test_weights_that_add_up_to_less_have_none_either() -> None:
    result = card(unscored("≥10次", "10次", "80.5"))
    assert (result.total, result.rating) == (Points("90.5"), None)
    says(result.remarks[0], "90.5", "90.5")


def test_weights_that_add_up_are_not_spoken_of() -> None:
    result = card(unscored("≥10次", "10次", "60"), unscored("≥10次", "10次", "30"))
    assert (result.total, result.rating, result.remarks) == (Points(100), "优", ())
    assert result.rating_status is RULES.status
    fifty = attrs.evolve(RULES, total=50)
    result = card(unscored("≥10次", "10次", "40"), rules=fifty)
    assert (result.total, result.rating, result.remarks) == (Points(50), "差", ())


def test_the_weights_are_looked_at_also_where_no_total_follows() -> None:
    result = card(unscored("≤10次", "10次", "60"), unscored("≥10次", "10次", "40"), executed=None)
    assert (result.total, result.remarks[1:]) == (None, (HUNDRED_AND_TEN,))
    result = card(unscored("≥10次", "10次", "100"), unscored("≥10次", "10次", None))
    assert (result.total, len(result.remarks)) == (None, 1)
    assert card().remarks == ()


def test_rows_without_a_score_for_one_reason_keep_weights_of_their_own() -> None:
    blank = [unscored("≥10次", Missing(), weight) for weight in ("60", "20", "10")]
    lines = card(*blank).lines[1:]
    assert [(line.weight, line.reason) for line in lines] == [
        (Points(weight), "not-stated") for weight in (60, 20, 10)
    ]


def test_why_there_is_no_total_is_said_with_what_the_indicators_have() -> None:
    """A sheet with no row of budget execution is another thing than a row without a weight."""
    rows = unscored("≥10次", "10次", "60"), unscored("≥10次", "9次", "30")
    absent = scorecard(rows, rules=RULES)
    assert (absent.total, absent.subtotal, absent.lines[0].reason) == (None, Points(87), "absent")
    says(
        absent.remarks[0],
        "预算执行率（10 分，预算数和执行数均未提供）",
        "budget execution (10 points, neither budget nor amount executed is given)",
    )
    says(absent.remarks[0], "指标得分小计 87（分值 90）", "the indicators have 87 of 90 points")
    for words in displays(absent).values():
        assert absent.remarks[0].zh in words or absent.remarks[0].en in words
    stated = card(*rows, executed=None)  # a budget, and nothing executed
    assert (stated.total, stated.subtotal) == (None, Points(87))
    assert stated.lines[0].reason == "not-stated"
    unweighted = card(*rows, unscored("≥10次", "10次", None))
    assert (unweighted.total, unweighted.subtotal) == (None, None)
    says(unweighted.remarks[0], "某指标（分值未填报）", "某指标 (the weight is not stated)")
    assert "87" not in unweighted.remarks[0].zh
    for number, zh, en in (
        (5, "", ""),
        (6, "等 6 项", ", and 1 more"),
        (7, "等 7 项", "and 2 more"),
    ):
        several = card(*rows, *[unscored("≥10次", "10次", None)] * number)
        says(several.remarks[0], zh, en)
        assert ("等" in several.remarks[0].zh) is (zh != "")
        assert several.remarks[0].zh.count("某指标") == 5
    nothing = scorecard(
        (unscored("≥10次", DASH, "100"),),
        rules=attrs.evolve(RULES, execution=None, not_applicable=NotApplicable.RESCALE),
    )
    assert (nothing.total, nothing.subtotal, nothing.remarks) == (None, None, ())
    complete = card(*rows)
    assert (complete.total, complete.subtotal, complete.remarks) == (Points(97), Points(87), ())


def test_what_does_not_apply_counts_among_the_weights() -> None:
    rules = attrs.evolve(RULES, not_applicable=NotApplicable.RESCALE)
    result = card(unscored("≥10次", "10次", "60"), unscored("≥10次", DASH, "30"), rules=rules)
    assert (result.total, result.rating, result.remarks) == (Points(100), "优", ())
    more = card(unscored("≥10次", "10次", "60"), unscored("≥10次", DASH, "40"), rules=rules)
    assert (more.total, more.rating, more.remarks) == (Points(100), None, (HUNDRED_AND_TEN,))


def test_what_the_indicators_have_is_of_those_that_apply() -> None:
    rules = attrs.evolve(RULES, not_applicable=NotApplicable.RESCALE)
    rows = unscored("≥10次", "9次", "60"), unscored("≥10次", DASH, "30")
    absent = scorecard(rows, rules=rules)
    assert absent.subtotal == Points(54)
    says(absent.remarks[0], "指标得分小计 54（分值 60）", "the indicators have 54 of 60 points")


def test_what_applies_and_has_no_weight_leaves_the_total_open() -> None:
    rules = attrs.evolve(RULES, not_applicable=NotApplicable.RESCALE)
    rows = unscored("≥10次", "9次", "60"), unscored("≥10次", DASH, "30")
    result = card(*rows, unscored("≥10次", "10次", None), rules=rules)
    assert (result.total, result.admissible) == (None, None)


def test_a_weight_in_print_is_a_place_for_budget_execution() -> None:
    """Also under a rule-set that has no rule for it: its score is missing in the total."""
    rules = attrs.evolve(RULES, execution=None)
    ten = Figure(value=10, rounding=None)
    assert card(unscored("≥10次", "10次", "90"), rules=rules).total == Points(90)
    assert card(unscored("≥10次", "10次", "90"), rules=rules, weight=ten).total is None


def test_a_form_without_execution_has_all_its_weights_in_its_rows() -> None:
    rules = attrs.evolve(RULES, execution=None)
    assert card(unscored("≥10次", "10次", "100"), rules=rules).remarks == ()
    less = card(unscored("≥10次", "10次", "90"), rules=rules)
    assert (less.total, less.rating) == (Points(90), None)
    assert "90" in less.remarks[0].zh


@pytest.mark.parametrize("executed", ["5元", None])
def test_another_weight_of_execution_in_print(executed: str | None) -> None:
    """The score is that of the rule; that the form gives 20 points is said beside it."""
    twenty = Figure(value=20, rounding=None)
    result = card(unscored("≥10次", "10次", "90"), executed=executed, weight=twenty)
    line = result.lines[0]
    assert line.weight == Points(10)
    remark = Text(
        zh="表中分值为 20，按规则集规定的分值 10 计算",
        en="the form gives a weight of 20; the weight of 10 of the rule-set is used",
    )
    assert line.remarks == (remark,)
    for name, words in displays(result).items():
        assert remark.pick(name[-2:]) in words


@pytest.mark.parametrize("printed", ["10", "10分", "10.0", "10%"])
def test_the_same_weight_of_execution_in_print(printed: str) -> None:
    weight = Figure.parse(printed, exact=True)
    result = card(unscored("≥10次", "10次", "90"), weight=weight)
    assert result.lines[0].remarks == ()


# Values in words.


def test_an_open_score_shows_the_shares_that_set_a_trigger_off() -> None:
    low = Trigger(on=Gauge.SCORE_SHARE, within=Interval(upper=1, upper_closed=False))
    rules = attrs.evolve(RULES, triggers=(low,))
    good = Missing(reason=MissingReason.QUALITATIVE, text="好")
    result = card(unscored("效果明显", good, "90"), rules=rules)
    (remark,) = result.lines[1].remarks
    assert remark.zh.startswith("得分 ÷ 分值在 [33.33%, 66.67%] 之内：")
    assert remark.en.startswith("score / weight within [33.33%, 66.67%]: ")


def test_a_trigger_for_every_score_says_so_where_none_follows() -> None:
    rules = attrs.evolve(RULES, triggers=(Trigger(on=Gauge.SCORE_SHARE, within=Interval()),))
    result = card(unscored("≤10次", "10次", "90"), rules=rules)
    (remark,) = result.lines[1].remarks
    assert remark.zh.startswith("得分 ÷ 分值（不论多少）：")
    assert remark.en.startswith("score / weight (whatever it is): ")


def test_fractions_in_text_have_the_decimal_beside_them() -> None:
    """2 of 3: 60/3 = 20 points of 30; 1 of 19 of 25: 25/19."""
    rows = (unscored("≥3次", "2次", "25"), unscored("≥19次", "7次", "25"))
    result = card(*rows, unscored("≥10次", "10次", "40"))
    for lang in ("zh", "en"):
        text = scorecard_text(result, lang)
        assert "175/19 ≈ 9.2105" in text
        assert "50/3 ≈ 16.6667" in text
        assert "4325/57 ≈ 75.8772" in text  # 10 + 50/3 + 175/19 + 40
    data = cast("dict[str, Any]", scorecard_data(result))
    assert data["total"] == "4325/57"
    assert [line["score"] for line in data["lines"]] == ["10", "50/3", "175/19", "40"]


def test_fractions_of_a_range_too() -> None:
    """A third to two thirds of 20."""
    good = Missing(reason=MissingReason.QUALITATIVE, text="好")
    result = card(unscored("效果明显", good, "20"), unscored("≥10次", "10次", "70"))
    for words in displays(result).values():
        assert "[20/3 ≈ 6.6667, 40/3 ≈ 13.3333]" in words
        assert "[260/3 ≈ 86.6667, 280/3 ≈ 93.3333]" in words
    data = cast("dict[str, Any]", scorecard_data(result))
    assert data["lines"][1]["admissible"] == "[20/3, 40/3]"


# The display in a notebook.


def test_a_stated_score_that_differs_is_marked() -> None:
    """9 stated beside 10: whether that is rounding is not for the card to say."""
    result = card(unscored("≥10次", "10次", "90"), score=Figure(value=9, rounding=None))
    assert "10与填列不同" in display(scorecard_html(result)).text
    english = display(scorecard_html(result, lang="en")).text
    assert "10differs" in english
    assert "the audit says whether a difference is only rounding (W04)" in english
    same = card(unscored("≥10次", "10次", "90"), score=Figure(value=10, rounding=None))
    assert "与填列不同" not in display(scorecard_html(same)).text

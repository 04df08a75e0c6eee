"""Budget execution in a table of rows: given beside them, or as one of them, and never both."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import FundingTotal, Indicator, Points, Rate, scorecard
from budgetperf.rules import Gauge, TotalCap
from budgetperf.scoring.execution import form_to_score
from tests.factories import RULES, refused, says, there

ROWS = (
    Indicator(level1="产出指标", name="宣讲次数", target="≥10次", actual="10次", weight=50),
    Indicator(level1="效益指标", name="满意度", target="≥90%", actual="81%", weight=40),
)
ROW: dict[str, Any] = {"name": "预算执行率", "target": "100%", "actual": "86.2%", "weight": 10}


def row(**changes: Any) -> Indicator:
    return Indicator(**{**ROW, **changes})


PLAIN = [
    row(score="8.62"),
    row(target=None),
    row(target="≥100%"),
    row(name="1.预算执行率（%）"),
    row(name="资金执行率（10分）"),
    row(level1="预算执行率（10分）"),
    row(level1="资金执行", level2="预算执行情况"),
    row(level1="管理效率", level2="预算管理"),  # with it all weights make up the total
    row(weight="10%"),
    row(name="全年预算执行率（%）", target="100", actual="86.2"),
    row(target="—"),
    row(name="预 算 执 行 率"),
    row(target="=100%"),
]


@pytest.mark.parametrize("taken", PLAIN)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_row_that_plainly_is_budget_execution_is(taken: Indicator, place: int) -> None:
    """86.2 % of 10, not of 100 % aimed at by whatever rule there is for an indicator."""
    rows = [*ROWS[:place], taken, *ROWS[place:]]
    if place and not taken.level1:
        rows = [attrs.evolve(each, level1=None) for each in rows]
    card = scorecard(rows, rules=RULES)
    line = card.lines[0]
    assert (line.name, line.score, line.weight) == ("预算执行率", Points("8.62"), Points(10))
    assert line.path == f"form.indicators[{place}]"
    assert line.stated == (Points("8.62") if isinstance(taken.score, bp.Figure) else None)
    says(line.remarks[0], f"第 {place + 1} 行“{taken.name}”", f"row {place + 1} of the indicators")
    assert (card.total, card.subtotal, len(card.lines)) == (Points("94.62"), Points(86), 3)
    assert [other.path for other in card.lines[1:]] == [
        f"form.indicators[{index}]" for index in range(3) if index != place
    ]
    assert card == scorecard(bp.SelfEvaluation(form=bp.Statement(indicators=rows)), rules=RULES)


def test_a_card_in_brief() -> None:
    """8.62 of 10 and 50; the satisfaction, which may be 9 % more or less, leaves the total open."""
    open_ = attrs.evolve(ROWS[1], actual="90%", scoring_rule="每低1%扣1分", target="≥95%")
    card = scorecard([row(), ROWS[0], open_], rules=RULES)
    assert repr(card.lines[0]) == "<ScoreLine 预算执行率: 8.62 of 10>"
    last = card.lines[-1]
    assert (last.score, card.total) == (None, None)
    assert repr(last) == f"<ScoreLine 满意度: {last.admissible} of 40>"
    assert repr(card) == f"<Scorecard by own: {card.admissible}, 3 lines>"
    bare = scorecard([row(), attrs.evolve(ROWS[0], actual=None)], rules=RULES)
    assert repr(bare.lines[-1]) == "<ScoreLine 宣讲次数: — of 50>"
    assert repr(bare) == "<Scorecard by own: —, 2 lines>"


def test_a_name_with_a_sign_of_it_is_none_of_two() -> None:
    rows = [row(), attrs.evolve(ROWS[0], name="执法检查次数"), ROWS[1]]
    card = scorecard(rows, rules=RULES)
    assert [line.name for line in card.lines] == ["预算执行率", "执法检查次数", "满意度"]
    assert card.total == Points("94.62")


def test_a_dash_beside_a_number_that_stands_elsewhere_does_apply() -> None:
    form = attrs.evolve(ROWS[0], actual="—")
    elsewhere = bp.Statement(indicators=(attrs.evolve(ROWS[0], weight=None),))
    alone, told = (
        scorecard(
            bp.SelfEvaluation(narrative=text, form=bp.Statement(indicators=(form,))), rules=RULES
        ).lines[-1]
        for text in (bp.Statement(), elsewhere)
    )
    says(there(told.why), "另一处填有数值", "it is stated elsewhere")
    assert "另一处" not in there(alone.why).zh
    number = bp.SelfEvaluation(narrative=elsewhere, form=bp.Statement(indicators=ROWS[:1]))
    assert scorecard(number, rules=RULES).lines[-1].score == Points(50)


BESIDE = attrs.evolve(ROWS[0], weight=40)
OTHERS: list[tuple[str, list[Indicator]]] = [
    ("another weight", [row(weight=5), *ROWS]),
    ("no weight", [row(weight=None), *ROWS]),
    ("another target", [row(target="≥95%"), *ROWS]),
    ("no more than that is aimed at", [row(target="≤100%"), *ROWS]),
    ("words are aimed at", [row(target="达到要求"), *ROWS]),
    ("what cannot be read", [row(target=bp.Target.parse("7,00.0%")), *ROWS]),
    ("a bare number", [row(target=None, actual="86.2"), *ROWS]),
    ("another unit", [row(target="100", actual="86.2%"), *ROWS]),
    ("amounts", [row(target="100万元", actual="86.2万元"), *ROWS]),
    ("a hundred of something", [row(target="100次", actual="86次"), *ROWS]),
    (
        "under two headings, one of which is its own",
        [
            row(level1="资金执行", level2="数量指标"),
            *ROWS[:1],
        ],
    ),
    ("two of them", [row(), row(name="资金执行率"), *ROWS]),
    ("under a heading, in part of a table", [row(level1="管理效率"), *ROWS[:1]]),
    ("under a heading that is merged", [*ROWS[:1], row()]),
]


@pytest.mark.parametrize(("why", "rows"), OTHERS)
def test_another_row_of_that_name_is_an_indicator_and_is_told(
    why: str, rows: list[Indicator]
) -> None:
    card = scorecard(rows, rules=RULES)
    assert len(card.lines) == len(rows) + 1, why
    assert (card.lines[0].reason, card.total) == ("absent", None)
    (remark,) = (each for each in card.remarks if "按一般指标计分" in each.zh)
    says(remark, "用 scorecard 的 execution 给出", "by execution of scorecard")
    beside = scorecard(rows, rules=RULES, execution="86.2%")
    assert beside.lines[1:] == card.lines[1:]
    assert beside.lines[0].score == Points("8.62")
    assert not any("按一般指标计分" in each.zh for each in beside.remarks)


def test_a_row_beside_budget_execution_is_an_indicator_without_a_word() -> None:
    """40, 40 and 10 leave just the 10 points of budget execution."""
    card = scorecard([row(), BESIDE, ROWS[1]], rules=RULES)
    assert len(card.lines) == 4
    assert not any("按一般指标计分" in each.zh for each in card.remarks)
    whole = scorecard([row(), BESIDE, ROWS[1]], rules=RULES, execution="100%")
    assert there(whole.lines[0].score) == Points(10)


def test_funds_that_are_stated_go_before_a_row_of_that_name() -> None:
    """Half of the budget was spent: 5 of 10 points, whatever the row says."""
    funds = bp.Funding(total=FundingTotal(revised="100万元", executed="50万元", weight=10))
    form = bp.Statement(funding=funds, indicators=[row(), *ROWS])
    card = scorecard(bp.SelfEvaluation(form=form), rules=RULES)
    assert (card.lines[0].score, len(card.lines)) == (Points(5), 4)


@pytest.mark.parametrize("rules", ["zhengzhou", "hunan-dept-weight-8"])
def test_a_rule_set_that_has_none_scores_an_indicator(rules: str) -> None:
    card = scorecard([row(), *ROWS], rules=rules)
    assert len(card.lines) == 4
    assert not any("按一般指标计分" in each.zh for each in card.remarks)


def test_a_rule_of_its_own_name_is_for_an_indicator() -> None:
    own = bp.rulesets["zhengzhou"].indicators
    assert own
    named = attrs.evolve(RULES, indicators=own)
    assert len(scorecard([row(), *ROWS], rules=named).lines) == 4


@pytest.mark.parametrize(
    "execution",
    [
        "86.2%",
        Rate("86.2%"),
        bp.Figure.parse("86.2%"),
        FundingTotal(revised="100.00", executed="86.20"),
        bp.Execution(revised="100.00万元", executed="862000元"),
    ],
)
def test_budget_execution_is_given_beside_the_rows(execution: Any) -> None:
    card = scorecard(ROWS, rules=RULES, execution=execution)
    assert (card.total, card.lines[0].score) == (Points("94.62"), Points("8.62"))
    report = bp.SelfEvaluation(form=bp.Statement(indicators=ROWS))
    assert scorecard(report, rules=RULES, execution=execution) == card


def test_a_rate_without_end_is_exact() -> None:
    card = scorecard(ROWS, rules=RULES, execution=Rate("1/3"))
    assert there(card.total).value == 86 + Fraction(10, 3)


def test_a_missing_figure_is_told_from_a_missing_row() -> None:
    without = scorecard(ROWS, rules=RULES)
    unmeasured = scorecard([row(actual=None), *ROWS], rules=RULES)
    empty = scorecard([row(target=None, actual=None), *ROWS], rules=RULES)
    assert (empty.lines[0], len(empty.lines)) == (unmeasured.lines[0], 3)
    for rows in (ROWS, ROWS[:1]):  # none of which is called so
        told = scorecard(rows, rules=RULES).remarks
        assert not any("按一般指标计分" in remark.zh for remark in told)
    half = scorecard(ROWS, rules=RULES, execution=FundingTotal(executed="5元"))
    unweighted = scorecard([row(weight=None), *ROWS], rules=RULES)
    assert without.lines[0].reason == "absent"
    assert unmeasured.lines[0].reason == half.lines[0].reason == "not-stated"
    assert len(unmeasured.lines) == len(without.lines) == 3
    assert [line.reason for line in unweighted.lines[:2]] == ["absent", "not-stated"]
    assert {card.total for card in (without, unmeasured, half, unweighted)} == {None}


def test_what_is_given_twice_or_is_none_is_refused() -> None:
    with refused("execution-twice", "execution", match="第 3 行即为预算执行率"):
        scorecard([*ROWS, row(level1="资金执行")], rules=RULES, execution="86%")
    total = FundingTotal(revised="100元", executed="86元")
    report = bp.SelfEvaluation(form=bp.Statement(funding=bp.Funding(total=total), indicators=ROWS))
    with refused("execution-twice", "execution"):
        scorecard(report, rules=RULES, execution="86%")
    for wrong in ("5元", bp.Funding(), 86):
        with refused("wrong-type", "execution") as caught:
            scorecard(ROWS, rules=RULES, execution=wrong)  # type: ignore[arg-type]
        assert "bp.FundingTotal(revised=" in str(caught.value)
    with pytest.raises(bp.FloatRefusedError):
        scorecard(ROWS, rules=RULES, execution=0.86)  # type: ignore[arg-type]


def test_a_report_that_states_a_rate_alone_is_scored_by_it() -> None:
    total = FundingTotal(execution_rate="86%", score="8.6")
    report = bp.SelfEvaluation(form=bp.Statement(funding=bp.Funding(total=total), indicators=ROWS))
    card = scorecard(report, rules=RULES)
    assert card.lines[0] == bp.score_execution(total, rules=RULES)
    assert there(card.lines[0].possible) == bp.Interval(
        lower="8.55", upper="8.65", upper_closed=False
    )


RULED = [rules for rules in bp.rulesets if rules.execution is not None]


@given(st.sampled_from(RULED), st.integers(0, 11000), st.integers(0, 2), st.randoms())
def test_a_row_gives_what_the_rate_gives(
    rules: bp.RuleSet, hundredths: int, place: int, chance: random.Random
) -> None:
    rule = there(rules.execution)
    others = [
        Indicator(
            name=f"指标{n}", target="≥10次", actual=f"{chance.randrange(12)}次", weight=weight
        )
        for n, weight in enumerate((Fraction(30), rules.total - rule.weight - 30))
    ]
    rate = f"{hundredths // 100}.{hundredths % 100:02}%"
    executed = Indicator(name="预算执行率", actual=rate, weight=rule.weight)
    rows = [*others[:place], executed, *others[place:]]
    card, beside = scorecard(rows, rules=rules), scorecard(others, rules=rules, execution=rate)
    assert form_to_score(bp.SelfEvaluation(form=bp.Statement(indicators=rows)), rules).row == place
    assert (card.total, card.admissible, card.subtotal, card.rating, card.caps) == (
        beside.total, beside.admissible, beside.subtotal, beside.rating, beside.caps,
    )  # fmt: skip
    alone = bp.score_execution(rate=rate, rules=rules)
    for line in (card.lines[0], beside.lines[0]):
        assert (line.score, line.possible) == (alone.score, alone.possible)
    assert card.lines[1:] == beside.lines[1:]


def test_a_rule_set_without_budget_execution_knows_no_row_of_it() -> None:
    without = attrs.evolve(RULES, execution=None)
    report = bp.SelfEvaluation(form=bp.Statement(indicators=[*ROWS, row()]))
    rate = Rate("0.9")
    assert form_to_score(report, without, rate).rate is rate
    with refused("execution-twice"):
        form_to_score(report, RULES, rate)


@pytest.mark.parametrize("given", ["", b"", "form.xlsx", b"PK", 5, None, [5], {"name": 1}])
def test_what_is_neither_a_report_nor_rows_is_refused(given: Any) -> None:
    """Text is no list of rows, though it can be gone through: not even an empty one."""
    with refused("wrong-type", "report", match=r"bp\.indicators"):
        scorecard(given, rules=RULES)
    assert [line.name for line in scorecard([], rules=RULES).lines] == ["预算执行率"]


def test_rows_without_a_name_are_not_counted() -> None:
    """Headings alone, and a sum: with them all weights would be 200."""
    heading, whole = Indicator(level1="产出指标"), Indicator(name="合计", weight=100)
    rows = [heading, *ROWS, row(level1="管理效率"), whole]
    card = scorecard(rows, rules=RULES)
    assert [line.name for line in card.lines] == ["预算执行率", "宣讲次数", "满意度"]
    assert card.total == Points("94.62")


def test_a_rate_stands_for_amounts_that_are_not_stated_and_for_no_other() -> None:
    """Scores come from exact ratios: one amount is stated, so the other one is missing."""
    for amount in ("executed", "revised", "initial"):
        total = FundingTotal(execution_rate="86%", **{amount: "5元"})
        assert bp.score_execution(total, rules=RULES).reason == "not-stated"
    assert bp.score_execution(FundingTotal(execution_rate="86%"), rules=RULES).score == Points(
        "8.6"
    )


def test_a_rate_alone_sets_a_cap_whatever_points_it_has() -> None:
    """Below 60 % no total is more than 60, also where budget execution has no points itself."""
    low = TotalCap(on=Gauge.EXECUTION, within=bp.Interval(upper="0.6", upper_closed=False), most=60)
    without = attrs.evolve(RULES, execution=None, total_caps=(low,))
    rows = (attrs.evolve(ROWS[0], weight=100),)
    for rate, total in (("50%", 60), ("60.0%", 100), ("70%", 100)):
        funds = bp.Funding(total=FundingTotal(execution_rate=rate))
        report = bp.SelfEvaluation(form=bp.Statement(funding=funds, indicators=rows))
        assert scorecard(report, rules=without).total == Points(total)

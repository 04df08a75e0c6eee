"""A form that is filled in as far as a preparer does, and what becomes of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf.composing import Computed
from budgetperf.model import resolve
from budgetperf.relations.binding import bind_blanks
from budgetperf.relations.catalogue import relations
from budgetperf.relations.expression import Operand
from tests.factories import BLANK, DASH, RULES, says, there, typed

SCORED = attrs.evolve(
    RULES, deviation=bp.DeviationDefinition.RELATIVE_TO_TARGET, at_most=RULES.at_least
)


def form(*rows: bp.Indicator, **others: Any) -> bp.Statement:
    given = {"initial": "353.21万元", "revised": "595.07万元", "executed": "355.55万元"}
    return bp.Statement(
        funding=bp.Funding(total=bp.FundingTotal(**{**given, **others})), indicators=rows
    )


def row(
    target: str = "≥10次", actual: Any = "9次", weight: Any = 90, **others: Any
) -> bp.Indicator:
    names = {"level1": "产出指标", "level2": "数量指标", "name": "宣讲次数"}
    return bp.Indicator(**{**names, **others}, target=target, actual=actual, weight=weight)


def text(done: bp.Composition, path: str) -> str:
    value = resolve(done.report, path)
    return value.text if isinstance(value, (bp.Figure, bp.Missing)) else str(value)


def test_what_one_row_says_keeps_no_other_from_being_filled_in() -> None:
    rows = row(weight=45, deviation="-10%"), row(name="培训次数", actual="8次", weight=45)
    for order in (rows, rows[::-1]):
        done = bp.compose(form(*order), rules=SCORED)
        blank = order.index(rows[1])
        assert text(done, f"form.indicators[{blank}].deviation") == "-20%"
        assert text(done, f"form.indicators[{blank}].completion_rate") == "80%"
        assert text(done, f"form.indicators[{1 - blank}].deviation") == "-10%"
    told = bp.Funding.from_rows(
        "kind initial revised executed execution_rate",
        [
            ("合计", "3.00万元", "5.00万元", "4.00万元", None),
            ("本级", "1.00万元", "2.00万元", "1.00万元", "50%"),
            ("其他", "2.00万元", "3.00万元", "3.00万元", None),
        ],
    )
    done = bp.compose(bp.Statement(funding=told))
    assert text(done, "form.funding.sources[1].execution_rate") == "100%"
    assert text(done, "form.funding.total.execution_rate") == "80%"


def test_a_form_is_completed() -> None:
    done = bp.compose(form(row()), rules=SCORED)
    assert {computed.path.removeprefix("form."): computed.text for computed in done.computed} == {
        "adjustment.amount": "241.86万元",
        "funding.total.execution_rate": "59.75%",
        "adjustment.rate": "68.47%",
        "indicators[0].completion_rate": "90%",
        "indicators[0].deviation": "-10%",
        "funding.total.weight": "10",
        "funding.total.score": "5.97",
        "indicators[0].score": "81.00",
        "total_weight": "100",
        "total_score": "86.97",
        "rating": "差",
    }
    assert done.left_open == ()
    assert done.conflicts == ()
    assert {asked.path: {f.code for f in asked.findings} for asked in done.asked} == {
        "": {"F07"},
        "form.adjustment.reason": {"F09"},
        "form.indicators[0].explanation": {"Q05", "W12"},
    }
    assert not done.is_complete


def test_the_trace_says_what_was_computed_from_what() -> None:
    done = bp.compose(form(row()), rules=SCORED)
    rate = there(done.how("form.funding.total.execution_rate"))
    assert rate.code == "F05"
    says(rate.how, "355.55万元 / 595.07万元", "355.55 wan yuan / 595.07 wan yuan")
    assert rate.exact == Fraction(35555, 59507)
    assert rate.rounding is bp.RoundingMode.HALF_UP
    assert [operand.path for operand in rate.operands] == [
        "form.funding.total.executed",
        "form.funding.total.revised",
    ]
    change = there(done.how("form.adjustment.amount"))
    assert change.rounding is None
    assert change.exact == 2418600
    score = there(done.how("form.funding.total.score"))
    assert score.exact == 10 * Fraction(35555, 59507)
    assert score.steps[-1].value == score.exact
    total = there(done.how("form.total_score"))
    says(total.how, "5.97 + 81.00", "5.97 + 81.00")
    assert done.how("form.funding.total.initial") is None


def test_sources_that_are_all_are_added_up() -> None:
    sources = bp.Funding.from_rows(
        "kind initial revised executed",
        [
            ("当年财政拨款", "1.20", "2.35", "2"),
            ("上年结转资金", "—", "0.4", "0.4"),
            ("其他资金", 0, 0, 0),
        ],
    )
    done = bp.compose(bp.in_unit(bp.Statement(funding=sources), "万元"))
    total = done.report.form.funding.total
    assert [str(figure) for figure in (total.initial, total.revised, total.executed)] == [
        "1.20万元", "2.75万元", "2.40万元",
    ]  # fmt: skip
    assert done.left_open == ()


def test_sources_that_need_not_be_all_are_not() -> None:
    sources = [bp.FundingSource(kind="当年财政拨款", initial="1.20万元")]
    done = bp.compose(bp.Statement(funding=bp.Funding(sources=sources)))
    (left_open,) = done.left_open
    assert (left_open.path, left_open.reason) == (
        "form.funding.total.initial",
        "perhaps-incomplete",
    )
    says(left_open.why, "其他资金", "其他资金")


def test_a_blank_is_never_0() -> None:
    sources = [
        bp.FundingSource(kind="当年财政拨款", initial="1.20万元"),
        bp.FundingSource(kind="其他资金", initial=BLANK),
    ]
    done = bp.compose(bp.Statement(funding=bp.Funding(sources=sources)))
    assert isinstance(done.report.form.funding.total.initial, bp.Missing)
    assert [(left_open.path, left_open.reason) for left_open in done.left_open] == [
        ("form.funding.total.initial", "not-stated")
    ]


def test_what_was_stated_stays_and_a_conflict_is_told() -> None:
    done = bp.compose(form(row(score=90), execution_rate="95%"), rules=SCORED)
    assert text(done, "form.funding.total.execution_rate") == "95%"
    assert text(done, "form.indicators[0].score") == "90"
    assert text(done, "form.total_score") == "95.97"
    assert {finding.code for finding in done.conflicts} == {"F05", "W04"}


def test_a_dash_stays_and_what_does_not_apply_gets_one() -> None:
    rules = attrs.evolve(SCORED, not_applicable=bp.rules.NotApplicable.RESCALE)
    rows = row(weight=60), row(actual="—", weight=30, name="培训人次")
    done = bp.compose(form(*rows, revised="355.55万元", execution_rate="—"), rules=rules)
    assert text(done, "form.funding.total.execution_rate") == "—"
    assert text(done, "form.indicators[1].score") == "—"
    total = there(done.how("form.total_score"))
    assert total.exact == Fraction(64) * 100 / 70
    assert total.text == "91.43"
    assert not done.conflicts


def test_a_base_of_0_has_no_rate() -> None:
    done = bp.compose(form(revised="0万元", executed="0万元"))
    assert ("form.funding.total.execution_rate", "undefined") in {
        (left_open.path, left_open.reason) for left_open in done.left_open
    }
    assert isinstance(done.report.form.funding.total.execution_rate, bp.Missing)


def test_judgement_is_left_to_the_preparer_within_its_limits() -> None:
    done = bp.compose(form(row(actual="12次")), rules="national-2020")
    score, total, rating = done.left_open
    assert (score.path, score.reason) == ("form.indicators[0].score", "judgement")
    assert score.admissible == bp.Interval(lower=0, upper=90)
    assert total.path == "form.total_score"
    assert there(total.admissible).upper == 90 + Fraction("5.97")
    assert rating.path == "form.rating"
    again = bp.compose(attrs.evolve(
        done.report.form, indicators=[attrs.evolve(done.report.form.indicators[0], score=88)]
    ), rules="national-2020")  # fmt: skip
    assert text(again, "form.total_score") == "93.97"
    assert again.report.form.rating == "优"


@pytest.mark.parametrize(
    ("operator", "rate"), [("≥", "90%"), ("=", "90%"), ("≤", "90%"), ("", None)]
)
def test_completion_needs_to_know_which_side_is_good(operator: str, rate: str | None) -> None:
    done = bp.compose(form(row(target=f"{operator}10次")), rules=SCORED)
    completion = done.report.form.indicators[0].completion_rate
    assert (None if isinstance(completion, bp.Missing) else completion.text) == rate
    given = bp.compose(form(row(target="10次")), rules=SCORED, directions={"产出指标": "≥"})
    assert text(given, "form.indicators[0].completion_rate") == "90%"
    assert text(given, "form.indicators[0].score") == "81.00"


def test_low_is_good_only_as_a_rule_measures_it() -> None:
    silent = attrs.evolve(SCORED, at_most=None)
    done = bp.compose(form(row(target="≤10次")), rules=silent)
    assert ("form.indicators[0].completion_rate", "rule-silent") in {
        (left_open.path, left_open.reason) for left_open in done.left_open
    }


@pytest.mark.parametrize(
    ("stated", "actual", "computed"),
    [
        ("100%", "100", "66.67%"), ("100%", "99.7", "67%"), ("99.5%", "99.5", "66.7%"),
        ("53%", "53", "67%"),
    ],
)  # fmt: skip
def test_a_column_keeps_its_decimals(stated: str, actual: str, computed: str) -> None:
    """Rates beside a whole 100% have decimals, unless that was a rounded one."""
    rows = (
        row(actual=actual, target="≥100", completion_rate=stated, weight=60),
        row(actual="2次", target="≥3次", weight=40),
    )
    done = bp.compose(form(*rows))
    assert text(done, "form.indicators[0].completion_rate") == stated
    assert text(done, "form.indicators[1].completion_rate") == computed
    assert not done.conflicts


def test_whole_scores_stay_whole_where_all_are() -> None:
    done = bp.compose(form(row(actual="10次"), revised="355.55万元"), rules=SCORED)
    assert text(done, "form.funding.total.score") == "10"
    assert text(done, "form.total_score") == "100"
    assert done.report.form.rating == "优"


def test_rounding_is_half_up_to_the_places_asked_for() -> None:
    third = form(row(target="≥3次", actual="2次"), executed="297.535万元")
    for places, expected in ((0, "67%"), (1, "66.7%"), (3, "66.667%")):
        done = bp.compose(third, rules=SCORED, places=places)
        assert text(done, "form.indicators[0].completion_rate") == expected
    assert text(bp.compose(third, places=0), "form.funding.total.execution_rate") == "50%"
    with pytest.raises(bp.BudgetperfError):
        bp.compose(third, places=-1)
    with pytest.raises(bp.WrongTypeError):
        bp.compose(third, places=2.0)  # type: ignore[arg-type]


def test_subtotals_are_computed_under_their_heading() -> None:
    rows = (
        row(weight=50), row(weight=BLANK, target="", actual=None, name="小计", level2=None),
        row(weight=40, level1="效益指标", level2="社会效益", name="覆盖面"),
        row(weight=BLANK, target="", actual=None, name="小计", level1="效益指标", level2=None),
    )  # fmt: skip
    done = bp.compose(form(*rows), rules=SCORED)
    assert text(done, "form.indicators[1].weight") == "50"
    assert text(done, "form.indicators[1].score") == "45.00"
    assert text(done, "form.indicators[3].score") == "36.00"
    assert text(done, "form.total_score") == "86.97"
    assert not done.conflicts


def test_no_execution_row_is_begun_where_the_weights_are_whole_without() -> None:
    done = bp.compose(form(row(weight=100)), rules=SCORED)
    assert isinstance(done.report.form.funding.total.weight, bp.Missing)
    assert isinstance(done.report.form.funding.total.score, bp.Missing)
    assert text(done, "form.total_score") == "90"


def test_a_text_gets_the_total_and_a_silent_one_nothing() -> None:
    report = bp.SelfEvaluation(
        narrative=bp.Statement(funding=form().funding), form=form(row(actual="10次"))
    )
    done = bp.compose(report, rules=SCORED)
    assert text(done, "narrative.total_score") == text(done, "form.total_score") == "95.97"
    assert text(done, "narrative.rating") == "优"
    assert text(done, "narrative.funding.total.execution_rate") == "59.75%"
    alone = bp.compose(form(row()), rules=SCORED)
    assert alone.report.narrative == bp.Statement()


def test_units_that_do_not_go_together_are_told() -> None:
    done = bp.compose(form(row(actual="9人")), rules=SCORED)
    reasons = {left_open.path: left_open.reason for left_open in done.left_open}
    assert reasons["form.indicators[0].completion_rate"] == "unit-mismatch"


def test_composing_again_computes_nothing() -> None:
    done = bp.compose(form(row()), rules=SCORED)
    again = bp.compose(done.report, rules=SCORED)
    assert again.computed == ()
    assert again.report == done.report


def test_dashes_and_values_are_told_in_text_data_and_rows() -> None:
    rows = row(weight=60), row(actual=DASH, weight=30, name="培训人次")
    done = bp.compose(
        form(*rows), rules=attrs.evolve(SCORED, not_applicable=bp.rules.NotApplicable.RESCALE)
    )
    dash = there(done.how("form.indicators[1].score"))
    assert (dash.text, dash.exact) == ("—", None)
    assert "—" in done.to_text()
    assert {r["state"] for r in done.to_rows()} == {"computed", "asked"}
    data = done.to_data()
    assert data["schema"] == "budgetperf/composition/1"
    exact = next(
        entry["exact"] for entry in typed(list, data["computed"])
        if entry["path"] == "form.funding.total.execution_rate"
    )  # fmt: skip
    assert Fraction(exact) == Fraction(3555500, 59507)
    assert all(isinstance(computed, Computed) for computed in done.computed)


def test_what_is_given_is_checked() -> None:
    with pytest.raises(bp.NotFoundError):
        bp.compose(form(), rules="nowhere")
    with pytest.raises(bp.WrongTypeError):
        bp.compose("report.md")  # type: ignore[arg-type]
    with pytest.raises(bp.BudgetperfError):
        bp.compose(form(), directions={"产出指标": "?"})


def test_the_figures_of_an_amount_are_not_rounded() -> None:
    done = bp.compose(form(initial="1.1万元", revised="2.25万元", executed="0.001万元"))
    assert text(done, "form.adjustment.amount") == "1.150万元"
    assert typed(bp.Figure, done.report.form.adjustment.amount).value == Decimal("1.150")


def test_of_all_relations_only_equations_give_a_blank_its_value() -> None:
    """在职人数不超过编制数 gives none."""
    bound = {r.id: list(bind_blanks(r, bp.SelfEvaluation())) for r in relations()}
    assert all(e.comparator == "=" for equations in bound.values() for e in equations)
    assert all(isinstance(e.left, Operand) for equations in bound.values() for e in equations)
    assert bound["F17.service"]
    assert {r.id for r in relations() if r.equation and "<=" in r.equation} & bound.keys()


def test_points_of_execution_that_the_form_does_not_have_are_in_no_total() -> None:
    """The indicators weigh 100 points already; whether a cap is in force is not sure."""
    funds = bp.FundingSource(kind="其他资金", initial="0元", revised="5元", executed="5元")
    rows = [
        bp.Indicator(level1=level, level2="二级", name=level, target="≥0%", actual="0%", weight=w)
        for level, w in (("产出指标", 60), ("效益指标", 40))
    ]
    form = bp.Statement(funding=bp.Funding(sources=[funds]), indicators=rows)
    done = bp.compose(bp.SelfEvaluation(form=form), rules="guangxi-mode")
    assert "form.total_score" in {entry.path for entry in done.left_open}
    assert not done.audit.inconsistent

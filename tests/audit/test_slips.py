"""How wrong figures came about: slips from published reports, and what chance says of each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest

from budgetperf import Figure, Interval, Missing, Operand, RoundingMode, Unit
from budgetperf.auditing.slips.explanations import Accused, Ledger, explain, explain_together
from budgetperf.relations.expression import Binary, Const, Expression
from tests.audit.slip_cases import (
    BY_THE_OTHERS,
    EXECUTED,
    HUNDRED,
    INITIAL,
    REVISED,
    SHARE,
    TOTAL,
    D,
    N,
    admits,
    before,
    equals,
    exactly,
    explained,
    kinds,
    minus,
    op,
    over,
    plus,
)
from tests.strategies import pickled

# --- The report of 2023


def test_the_initial_budget_was_used_for_the_executed_one() -> None:
    (explanation,) = explained(
        SHARE, BY_THE_OTHERS, over(EXECUTED, TOTAL), (INITIAL, REVISED, EXECUTED, TOTAL)
    )
    assert explanation.kind == "operand-replaced"
    assert before(explanation) == "59.75%"
    assert explanation.figures == (INITIAL, TOTAL)
    assert explanation.text.zh == (
        "17.17% = 102.17万元 / 595.07万元：误用了narrative.project_expenditure.initial"
        "（102.17万元），应使用narrative.project_expenditure.executed（355.55万元），结果为59.75%"
    )
    assert explanation.text.en == (
        "17.17% = 102.17 wan yuan / 595.07 wan yuan: "
        "narrative.project_expenditure.initial (102.17 wan yuan) was used in place of "
        "narrative.project_expenditure.executed (355.55 wan yuan), "
        "which gives 59.75%"
    )
    # Two other amounts in place of each of the two. A numerator that gives 17.17 % lies within
    # 0.01 % x 595.07, near 102.17: of two amounts one lies near, within 3/2 of that. Near the
    # denominator of 355.55 / 17.17 % = 2070.8 there is none.
    assert explanation.tried == 4
    assert (
        explanation.chance
        == Fraction(59507, 10**6) / (Fraction(1717, 10**4) * 595070 * 3 / 2) * 1000
    )


@pytest.mark.parametrize(
    ("admissible", "admitted"),
    [
        (Interval(lower=3, upper=5), range(3, 6)),
        (Interval(lower=3), None),
        (Interval(upper=5), None),
        (Interval(), None),
    ],
)
def test_without_both_ends_there_is_no_end_of_what_is_admitted(
    admissible: Interval, admitted: range | None
) -> None:
    assert Accused(operand=op("x", "7个"), admissible=admissible).admitted == admitted
    missing = Operand(path="x", stated=Missing())
    assert Accused(operand=missing, admissible=admissible).admitted is None


def test_the_same_slip_is_told_once() -> None:
    share = over(EXECUTED, TOTAL)
    figures = (SHARE, INITIAL, REVISED, EXECUTED, TOTAL)
    accused = Accused(operand=SHARE, admissible=BY_THE_OTHERS)
    once = explain(accused, (equals(SHARE, share),), figures)
    twice = explain(accused, (equals(SHARE, share), equals(share, SHARE)), figures)
    assert [e.text for e in once] == [e.text for e in twice]
    assert explain(accused, (equals(SHARE, share),), (), ledger=Ledger.of(figures)) == once
    assert pickled(once) == once


def scores_and_weights(*pairs: tuple[str, str]) -> tuple[list[Operand], list[Operand]]:
    scores = [op(f"form.indicators[{i}].score", score) for i, (score, _) in enumerate(pairs)]
    weights = [op(f"form.indicators[{i}].weight", weight) for i, (_, weight) in enumerate(pairs)]
    return scores, weights


def test_the_total_score_is_the_total_of_the_weights() -> None:
    scores, weights = scores_and_weights(
        ("10", "10"), ("30", "30"), ("18", "20"), ("20", "20"), ("20", "20")
    )
    total = op("narrative.total_score", "100分")
    result = plus(scores[0], plus(*scores[1:]))
    (explanation,) = explained(total, exactly(98), result, [*scores, *weights])
    assert explanation.kind == "copied-from-weights"
    assert explanation.text.zh.startswith("100分 = 10 + 30 + 20 + 20 + 20：")
    assert before(explanation) == "98分"
    assert explanation.figures == tuple(weights)
    assert (explanation.tried, explanation.chance) == (1, Fraction(1, 150))


def test_weights_that_do_not_give_the_total_explain_nothing() -> None:
    scores, weights = scores_and_weights(("10", "10"), ("30", "30"), ("18", "20"))
    total = op("narrative.total_score", "63分")
    assert explained(total, exactly(58), plus(*scores), [*scores, *weights]) == ()
    assert "copied-from-weights" not in kinds(explained(total, exactly(58), plus(*scores), scores))
    # The scores add up to 58, which is not admitted.
    sixty = op("narrative.total_score", "60分")
    assert explained(sixty, exactly(57), plus(*scores), [*scores, *weights]) == ()


def test_no_weights_add_up_to_nothing() -> None:
    scores, weights = scores_and_weights(("28", "30"), ("20", "30"))
    total = op("narrative.total_score", "0分")
    for figures in (scores, [*scores, *weights]):
        explanations = explained(total, exactly(48), plus(*scores), figures)
        assert "copied-from-weights" not in kinds(explanations)


@pytest.mark.parametrize(("last", "is_of_weights"), [("score", True), ("bonus", False)])
def test_weights_are_those_of_all_parts(last: str, is_of_weights: bool) -> None:
    """30 and 30 are 60. The bonus beside the scores has no weight: of all three there is none."""
    scores, weights = scores_and_weights(("28", "30"), ("20", "30"))
    parts = [*scores, op(f"form.indicators[2].{last}", "5")]
    total = op("narrative.total_score", "60分")
    explanations = explained(total, exactly(53), plus(*parts), [*parts, *weights])
    assert ("copied-from-weights" in kinds(explanations)) is is_of_weights


BY_LEVEL, OTHER = "form.funding.sources[1].initial", "form.funding.sources[2].initial"


def folded_figures() -> list[Accused]:
    """The form's 353.21 and 0, where the narrative has 348.93 and 4.28."""
    return [
        Accused(
            operand=op(BY_LEVEL, "353.21", unit=Unit.of("万元"), rounding=RoundingMode.HALF_UP),
            admissible=admits("万元", "348.925", "348.935"),
        ),
        Accused(
            operand=op(OTHER, "0", unit=Unit.of("万元"), places=2, rounding=RoundingMode.HALF_UP),
            admissible=admits("万元", "4.275", "4.285"),
        ),
    ]


def test_one_source_was_folded_into_another() -> None:
    accused = folded_figures()
    (explanation,) = explain_together(accused, [a.operand for a in accused])
    assert explanation.kind == "folded"
    assert explanation.text.zh == (
        "353.21万元 = 348.93万元 + 4.28万元：form.funding.sources[2].initial（4.28万元）并入了"
        "form.funding.sources[1].initial（353.21万元）"
    )
    assert "was added to form.funding.sources[1].initial (353.21 wan yuan)" in explanation.text.en
    assert before(explanation) == "348.93万元"
    assert explanation.figures == tuple(a.operand for a in accused)
    assert explanation.tried == 2  # either into the other
    assert explanation.chance == 2 * Fraction(3, 100) / (Fraction("353.21") * 3 / 2)
    assert explain_together(accused[::-1], ())[0].text == explanation.text
    assert explain_together(accused, (), ledger=Ledger.of(())) == (explanation,)


def test_folded_needs_an_empty_figure_and_the_sum() -> None:
    receiver, donor = folded_figures()
    full = attrs.evolve(donor, operand=op(OTHER, "1.00万元"))
    assert explain_together([receiver, full], ()) == ()
    more = attrs.evolve(donor, admissible=admits("万元", "5.275", "5.285"))
    assert explain_together([receiver, more], ()) == ()
    count = attrs.evolve(donor, operand=op(OTHER, "0个"))
    assert explain_together([receiver, count], ()) == ()
    right = attrs.evolve(donor, admissible=Interval(lower=-1, upper=1))
    assert explain_together([receiver, right], ()) == ()
    endless = attrs.evolve(donor, admissible=Interval(lower=40000))
    assert explain_together([receiver, endless], ()) == ()


def test_things_are_not_folded_into_an_amount() -> None:
    """Two things beside the 4.28 万元: they are so little that a sum of all three would do."""
    receiver, donor = folded_figures()
    things = Accused(operand=op("things", "0个"), admissible=exactly(2))
    (explanation,) = explain_together([receiver, donor, things], ())
    assert explanation.figures == (receiver.operand, donor.operand)
    assert explanation.tried == 2


def test_a_value_that_stands_elsewhere_is_the_likeliest() -> None:
    receiver, donor = folded_figures()
    # Anything from 348.90 to 349.00 would do, and 348.97 is stated elsewhere.
    wide = [
        attrs.evolve(receiver, admissible=admits("万元", "348.90", "349.00")),
        attrs.evolve(donor, admissible=admits("万元", "4.20", "4.30")),
    ]
    (explanation,) = explain_together(wide, [op("narrative.x", "348.97万元")])
    assert explanation.text.zh.startswith("353.21万元 = 348.97万元 + 4.24万元：")
    ledger = Ledger.of([op("narrative.x", "348.97万元")])
    assert explain_together(wide, (), ledger=ledger) == (explanation,)
    (explanation,) = explain_together(wide, ())
    assert explanation.text.zh.startswith("353.21万元 = 348.95万元 + 4.26万元：")


def test_three_folded_into_one() -> None:
    receiver, donor = folded_figures()
    third = attrs.evolve(
        donor,
        operand=attrs.evolve(donor.operand, path="form.funding.sources[0].initial"),
        admissible=admits("万元", "2.005", "2.015"),
    )
    receiver = attrs.evolve(receiver, admissible=admits("万元", "346.915", "346.925"))
    (explanation,) = explain_together([receiver, donor, third], ())
    assert explanation.text.zh.startswith("353.21万元 = 346.92万元 + 4.28万元 + 2.01万元：")
    assert len(explanation.figures) == 3
    assert explanation.tried == 9  # of three, each takes up one or both of the others


def test_a_value_that_no_print_shows() -> None:
    """Exact figures that may be anything between 4.2 and 4.4 only: no whole number is."""
    half = [
        Accused(operand=op("a", "10分"), admissible=Interval(lower="4.2", upper="4.4")),
        Accused(operand=op("b", "0分"), admissible=Interval(lower="5.6", upper="5.8")),
    ]
    (explanation,) = explain_together(half, ())
    assert explanation.before == Figure(
        value="4", unit="分"
    )  # rounded, as an exact 4 it would not fit
    things = [
        attrs.evolve(accused, operand=op(accused.operand.path, text))
        for accused, text in zip(half, ("10个", "0个"), strict=True)
    ]
    assert explain_together(things, ()) == ()  # there are no 4.3 things


def test_what_is_folded_is_a_part() -> None:
    """70 may be 72 less 2, but nobody folds what is less than nothing, or nothing."""

    def parts(whole: str, first: int, second: int) -> list[Accused]:
        return [
            Accused(operand=op("a", whole), admissible=exactly(first)),
            Accused(operand=op("b", f"0{whole[-1]}"), admissible=exactly(second)),
        ]

    assert kinds(explain_together(parts("100元", 70, 30), ())) == ["folded"]
    assert kinds(explain_together(parts("100元", 0, 100), ())) == ["folded"]
    assert kinds(explain_together(parts("100个", 0, 100), ())) == ["folded"]
    assert kinds(explain_together(parts("-100元", -70, -30), ())) == ["folded"]
    assert explain_together(parts("100元", 130, -30), ()) == ()
    assert explain_together(parts("100元", -30, 130), ()) == ()
    assert explain_together(parts("-100元", 30, -130), ()) == ()


def test_nothing_folded_is_no_slip() -> None:
    accused = [
        Accused(operand=op("a", "0.3元"), admissible=admits("", "0.4", "0.6")),
        Accused(operand=op("b", "0元", exact=True), admissible=admits("", "-0.5", "0")),
    ]
    assert explain_together(accused, [op("c", "0.4元")]) == ()


def test_two_figures_exchanged() -> None:
    initial, revised = op("a.initial", "239.53万元"), op("a.revised", "251.04万元")
    accused = [
        Accused(operand=initial, admissible=admits("万元", "251.035", "251.045")),
        Accused(operand=revised, admissible=admits("万元", "239.525", "239.535")),
    ]
    (explanation,) = explain_together(accused, (initial, revised))
    assert explanation.kind == "exchanged"
    assert before(explanation) == "251.04万元"
    assert explanation.figures == (initial, revised)
    assert explanation.text.zh == "a.initial（239.53万元）与a.revised（251.04万元）填列位置互换"
    assert explanation.text.en.endswith("have changed places")
    # The likelier of both coincidences: two widths of 0.01 near 239.53.
    assert (explanation.tried, explanation.chance) == (
        1,
        Fraction(2, 100) / (Fraction("239.53") * 3 / 2),
    )
    accused[1] = attrs.evolve(accused[1], admissible=admits("万元", "239.605", "239.615"))
    assert explain_together(accused, ()) == ()


# --- Totals


def test_a_total_that_was_not_updated() -> None:
    """021: the last item, 4.0, was added later."""
    parts = [
        op(f"sources[{i}]", f"{text}万元") for i, text in enumerate(("1500.1", "0.0", "5.2", "4.0"))
    ]
    total = op("total", "1505.3万元")
    explanations = explained(total, admits("万元", "1509.1", "1509.5"), plus(*parts), parts)
    first = explanations[0]
    assert first.kind == "total-not-updated"
    assert before(first) == "1509.3万元"
    assert (
        first.text.zh
        == "1505.3万元 = 1500.1万元 + 5.2万元：合计漏计了sources[3]（4.0万元），应为1509.3万元"
    )
    assert first.figures == (parts[3], parts[0], parts[2])
    # Of three parts, two (5.2 and 4.0) are about as much as the total lacks, 4.0.
    assert (first.tried, first.chance) == (3, 2 * Fraction(1, 10) / 6)


def test_a_total_whose_parts_add_up_within_rounding_only() -> None:
    """100.00 of 33.33, 33.33 and 33.33, and 80.00 of 13.33 more: 66.67 = 33.33 + 33.33."""
    parts = [op("a", "33.33万元"), op("b", "33.33万元"), op("c", "33.33万元")]
    admissible = admits("万元", "99.995", "100.005")
    (explanation, *_) = explained(op("t", "66.67万元"), admissible, plus(*parts))
    assert (explanation.kind, before(explanation)) == ("total-not-updated", "100.00万元")
    assert explanation.text.zh.startswith(
        "66.67万元 = 33.33万元 + 33.33万元：合计漏计了c（33.33万元）"
    )
    # The cells of both parts are as wide as that of the total; one part's size counts.
    assert explanation.chance == Fraction(3, 100) / (Fraction("33.32") * 3 / 2)
    # 66.655 to 66.675 is all that both can add up to; 99.975 to 100.005 all that three can.
    assert explained(op("t", "66.69万元"), admissible, plus(*parts)) == ()
    beyond = admits("万元", "100.005", "100.015")
    assert explained(op("t", "66.67万元"), beyond, plus(*parts)) == ()


def test_a_total_is_that_of_its_parts_as_they_are_printed() -> None:
    """105.00 may be 105.004 to 105.005; only where it may not, it is what true parts add up to."""
    parts = [op("a", "33.33万元"), op("b", "33.33万元"), op("c", "38.34万元")]
    for lower, due in (("105.004", "105.00万元"), ("105.005", "105.01万元")):
        admissible = admits("万元", lower, "105.300")
        (explanation, *_) = explained(op("t", "66.66万元"), admissible, plus(*parts))
        assert (explanation.kind, before(explanation)) == ("total-not-updated", due)


def test_the_last_part_is_the_likeliest_to_be_left_out() -> None:
    parts = [op("a", "40.25"), op("b", "300.10"), op("c", "40.25")]
    explanations = explained(
        op("t", "340.35"), admits("", "380.595", "380.605"), plus(*parts), parts
    )
    assert kinds(explanations) == ["total-not-updated", "total-not-updated"]
    assert [e.figures[0].path for e in explanations] == ["c", "a"]


def test_the_last_part_is_not_the_likeliest_where_any_would_fit() -> None:
    """163.60 became 136.60: it lacks 27.00, as the last part is, but so are nearly all of them."""
    near = ("27.01", "26.99", "27.03", "26.97", "27.02", "27.00")
    parts = [op(str(number), text) for number, text in enumerate(("1.58", *near))]
    explanations = explained(
        op("t", "136.60"), admits("", "163.595", "163.605"), plus(*parts), parts
    )
    swapped, last, *_ = explanations
    assert kinds([swapped, last]) == ["digits-swapped", "total-not-updated"]
    assert last.figures[0].path == "6"
    # Swapped digits are six times as seldom; of what is as likely by that, chance gives them less.
    assert swapped.chance < 6 * swapped.chance <= last.chance


@pytest.mark.parametrize(
    "result",
    [
        plus(op("a", "40.25"), op("b", "0.00")),  # one part
        minus(op("a", "70.25"), op("b", "30.00")),
        plus(op("a", "40.25"), Const(value=Fraction(30), unit=Unit.of(""))),
        plus(op("a", "40.25"), Binary(symbol="*", left=op("b", "3.00"), right=op("c", "10.00"))),
        plus(op("a", "40.25"), op("b", "20.00"), Const(value=Fraction(10), unit=Unit.of(""))),
        plus(op("a", "40.25"), op("b", "33.33")),  # its total is not admitted
    ],
)
def test_no_plain_total(result: Expression) -> None:
    explanations = explained(op("t", "40.25"), admits("", "70.245", "70.255"), result)
    assert "total-not-updated" not in kinds(explanations)


@pytest.mark.parametrize(
    ("total", "admissible", "parts", "left_out"),
    [
        ("0.00", ("40.245", "40.255"), ("40.25",), []),  # nothing would be left to add up
        ("0.00", ("40.245", "40.255"), ("40.25", "0.00"), []),
        ("0.00", ("45.345", "45.355"), ("40.25", "5.10"), []),  # not both
        ("5.10", ("45.345", "45.355"), ("40.25", "5.10"), ["s[0]"]),
        ("40.25", ("45.345", "45.355"), ("40.25", "5.10", "0.00"), ["s[1]"]),
        ("40.25", ("80.495", "80.505"), ("40.25", "40.25"), ["s[1]", "s[0]"]),
    ],
)
def test_a_part_that_was_left_out_leaves_others(
    total: str, admissible: tuple[str, str], parts: Sequence[str], left_out: Sequence[str]
) -> None:
    result = plus(*(op(f"s[{place}]", text) for place, text in enumerate(parts)))
    explanations = explained(op("t", total), admits("", *admissible), result)
    told = [each for each in explanations if each.kind == "total-not-updated"]
    assert [each.figures[0].path for each in told] == left_out


def test_a_share_that_was_made_to_fit() -> None:
    """101: the shares add up to 100.00 because one of them was cut to fit."""
    shares = [op("share[0]", "60.31%"), op("share[1]", "30.14%"), op("share[2]", "9.55%")]
    whole = equals(HUNDRED, plus(*shares))
    accused = Accused(operand=shares[2], admissible=admits("%", "9.5565", "9.5575"))
    explanations = explain(accused, (whole,), shares)
    assert kinds(explanations) == ["remainder-forced", "truncated"]
    assert [before(e) for e in explanations] == ["9.56%", "9.56%"]
    assert explanations[0].text.zh.startswith("9.55% = 100% - 60.31% - 30.14%：")
    assert explanations[0].text.zh.endswith("，应为9.56%")
    assert explanations[1].text.zh == "9.55%是截断所得，四舍五入应为9.56%"
    assert explanations[1].text.en == "9.55% was cut off; rounded, it is 9.56%"
    assert (explanations[0].tried, explanations[0].chance) == (1, Fraction(1, 955) * 2 / 3)
    # 40 % would be left of another whole: of the two that were tried, one gives the print.
    other = equals(HUNDRED, plus(op("share[3]", "60.00%"), shares[2]))
    (made, _) = explain(accused, (other, whole), shares)
    assert (made.text, made.tried) == (explanations[0].text, 2)
    # The other way round, and from values that do not print as one number only.
    wide = attrs.evolve(accused, admissible=admits("%", "9.556", "9.576"))
    (first, *_) = explain(wide, (equals(plus(*shares), HUNDRED),), shares)
    assert first.kind == "remainder-forced"
    assert first.before is None
    assert first.text.en.endswith("it was forced to make up the whole")


@pytest.mark.parametrize(
    ("printed", "due", "right", "kind"),
    [
        ("45.25", "57.59", plus(op("a", "45.25"), op("b", "12.34")), "total-not-updated"),
        ("45.25", "57.59", plus(op("c", "17.29"), op("b", "40.30")), "operand-replaced"),
        ("60", "48", plus(op("a.score", "28"), op("b.score", "20")), "copied-from-weights"),
        ("133.33%", "75.00%", over(op("n", "36.00"), op("d", "48.00")), "other-definition"),
    ],
)
def test_of_several_equations_each_is_looked_at(
    printed: str, due: str, right: Expression, kind: str
) -> None:
    """The other one gives what is not admitted, a figure or a rate: it explains nothing."""
    suspect = op("t", printed)
    figures = [op("x", "27.96"), op("a.weight", "30"), op("b.weight", "30")]
    accused = Accused(operand=suspect, admissible=Figure.parse(due).interval)
    others = (plus(op("y", "1.50"), op("z", "2.25")), op("y", "1.50"), over(D, D))
    for other in others:
        for sides in ((other, right), (right, other)):
            equations = [equals(suspect, side) for side in sides]
            assert kinds(explain(accused, equations, figures)).count(kind) == 1


WEIGHTS = [op(f"weight[{i}]", text) for i, text in enumerate(("10", "30", "20", "20", "20"))]


def test_a_part_that_was_made_to_fit() -> None:
    """The form has 57.23 + 30.14 + 12.64 = 100.01; elsewhere the last part is 12.65."""
    parts = [op("s[0]", "57.23万元"), op("s[1]", "30.14万元"), op("s[2]", "12.64万元")]
    total = equals(op("t", "100.01万元"), plus(*parts))
    accused = Accused(operand=parts[2], admissible=admits("万元", "12.645", "12.655"))
    (explanation, *_) = explain(accused, (total,), parts)
    assert (explanation.kind, before(explanation)) == ("remainder-forced", "12.65万元")
    assert explanation.text.zh.startswith("12.64万元 = 100.01万元 - 57.23万元 - 30.14万元：")
    # By 0.015 at most, rounding can shift what is left.
    further = attrs.evolve(accused, admissible=admits("万元", "12.655", "12.665"))
    assert "remainder-forced" in kinds(explain(further, (total,), parts))
    beyond = attrs.evolve(accused, admissible=admits("万元", "12.656", "12.666"))
    assert "remainder-forced" not in kinds(explain(beyond, (total,), parts))


def test_exact_parts_are_not_made_to_fit() -> None:
    """The weights add up to 100, whatever else is said of one of them."""
    hundred = Const(value=Fraction(100), unit=Unit.of(""))
    total = equals(hundred, plus(*WEIGHTS))
    accused = Accused(operand=WEIGHTS[4], admissible=exactly(25))
    assert explain(accused, (total,), WEIGHTS[:4]) == ()
    near = Accused(operand=WEIGHTS[4], admissible=Interval.point("20.4"))
    assert "remainder-forced" not in kinds(explain(near, (total,), WEIGHTS[:4]))


def test_no_remainder() -> None:
    shares = [op("share[0]", "60.31%"), op("share[1]", "30.04%"), op("share[2]", "9.55%")]
    accused = Accused(operand=shares[2], admissible=admits("%", "20", "20.01"))
    for whole in (
        equals(HUNDRED, plus(*shares)),  # 9.65 % would remain
        equals(HUNDRED, plus(*shares[:2])),  # it takes no part
        equals(HUNDRED, plus(shares[2])),  # nothing else does
        equals(op("t", "100%"), plus(*shares)),  # the whole is a figure as any other
    ):
        assert explain(accused, (whole,), ()) == ()
    # Of 100 % 9.55 % remains, by how much more it should be does not matter; of a figure it does.
    fitting = [shares[0], op("share[1]", "30.14%"), shares[2]]
    for hundred, is_offered in ((HUNDRED, True), (op("t", "100.00%"), False)):
        explanations = explain(accused, (equals(hundred, plus(*fitting)),), ())
        assert ("remainder-forced" in kinds(explanations)) is is_offered
    alone = op("share[4]", "100.00%")  # it is the whole, by itself
    accused = Accused(operand=alone, admissible=admits("%", "99.985", "99.995"))
    assert "remainder-forced" not in kinds(explain(accused, (equals(HUNDRED, plus(alone)),), ()))
    with_other = equals(HUNDRED, plus(alone, op("share[5]", "0.00%")))
    assert "remainder-forced" in kinds(explain(accused, (with_other,), ()))


# --- Rates


@pytest.mark.parametrize(
    ("printed", "calculation", "note"),
    [
        ("133.33%", "48.00万元 / 36.00万元", "分子与分母颠倒"),
        ("-25.00%", "(36.00万元 - 48.00万元) / 48.00万元", "按增减率计算"),
        ("175.00%", "(36.00万元 + 48.00万元) / 48.00万元", "分子误含基数"),
        ("42.86%", "36.00万元 / (36.00万元 + 48.00万元)", "以两者之和为分母"),
        ("25.00%", "100% - 36.00万元 / 48.00万元", "按其余部分的比重计算"),
    ],
)
def test_a_rate_by_another_definition(printed: str, calculation: str, note: str) -> None:
    rate = op("row.rate", printed)
    explanations = explained(rate, admits("%", "74.995", "75.005"), over(N, D))
    first = explanations[0]
    assert first.kind == "other-definition"
    assert first.text.zh == f"{printed} = {calculation}：{note}；按规定口径应为75.00%"
    assert before(first) == "75.00%"
    assert set(first.figures) == {N, D}
    assert first.tried == 5


def test_only_a_quotient_has_another_definition() -> None:
    """36 % of 48 % are 17.28 %; 48 / 36 and the other quotients of both have no part in that."""
    product = Binary(symbol="*", left=op("row.a", "36.00%"), right=op("row.b", "48.00%"))
    for printed in ("133.33%", "-25.00%", "175.00%", "42.86%", "25.00%"):
        explanations = explained(op("row.rate", printed), admits("%", "17.275", "17.285"), product)
        assert "other-definition" not in kinds(explanations)


def test_what_two_definitions_agree_on_is_no_alternative() -> None:
    """36 / 36 is 100 % as well if it is turned over; the four others give 0, 2, 1/2 and 0."""
    same = over(N, op("row.initial", "36.00万元"))
    explanations = explained(op("row.rate", "200.00%"), admits("%", "99.995", "100.005"), same)
    (made,) = [e for e in explanations if e.kind == "other-definition"]
    assert "分子误含基数" in made.text.zh
    # Of the four the 2 alone is of the size of 200 %.
    assert (made.tried, made.chance) == (4, Fraction(1, 10**4) / (2 * Fraction(3, 2)))


def test_a_definition_that_is_not_admitted_explains_nothing() -> None:
    """36 / 48 is 75 %, and something else says that it must be 80 %."""
    rate = op("row.rate", "133.33%")
    assert explained(rate, admits("%", "79.995", "80.005"), over(N, D)) == ()


def test_another_definition_of_a_rate_of_unlike_things() -> None:
    """Of 4 points per 5 things only the fraction turned over makes sense."""
    unlike = over(op("a", "4分"), op("b", "5个"))
    (explanation,) = explained(op("r", "125.00%"), admits("%", "79.9", "80.1"), unlike)
    assert (explanation.kind, explanation.tried) == ("other-definition", 1)
    nested = over(plus(op("a", "20个"), op("c", "20元")), op("b", "5个"))
    assert explained(op("r", "500.55%"), exactly(8), nested) == ()
    (explanation,) = explained(op("r", "12.50%"), exactly(8), nested)  # 5 / 40
    assert (explanation.kind, explanation.tried) == ("other-definition", 1)


def test_a_rate_on_a_zero_base_has_no_other_definition() -> None:
    zero = over(N, op("row.revised", "0.00万元"))
    assert explained(op("r", "100.00%"), admits("%", "79.9", "80.1"), zero) == ()
    turned = over(op("n", "0.00万元"), D)  # 48 / 0
    explanations = explained(op("r", "50.00%"), Interval.point(0), turned)
    assert "other-definition" not in kinds(explanations)


ACTUAL, TARGET = op("i.actual", "99.0%"), op("i.target", "90.0%")
POINTS = minus(ACTUAL, TARGET)
RELATIVE = admits("%", "9.95", "10.05")


@pytest.mark.parametrize(
    ("printed", "result", "admissible", "calculation"),
    [
        ("10.0%", POINTS, admits("%", "8.95", "9.05"), "(99.0% - 90.0%) / 90.0%"),
        ("9.0%", over(POINTS, TARGET), RELATIVE, "99.0% - 90.0%"),
        ("9.0%", minus(over(ACTUAL, TARGET), HUNDRED), RELATIVE, "99.0% - 90.0%"),
    ],
)
def test_points_for_percent(
    printed: str, result: Expression, admissible: Interval, calculation: str
) -> None:
    explanations = explained(op("i.deviation", printed), admissible, result)
    points = [e for e in explanations if e.kind == "points-for-percent"]
    assert [e.text.zh.partition("：")[0] for e in points] == [f"{printed} = {calculation}"]
    assert before(points[0]) in ("9.0%", "10.0%")
    assert points[0].tried == 1


@pytest.mark.parametrize(
    ("result", "value"),
    [
        (minus(over(N, D), HUNDRED), "-1/4"),  # amounts have no points
        (over(minus(N, D), D), "-1/4"),
        (over(minus(op("i.a", "36"), op("i.b", "48")), op("i.b", "48")), "-1/4"),
        (minus(over(plus(ACTUAL, TARGET), TARGET), HUNDRED), "11/10"),
        (over(minus(ACTUAL, TARGET), ACTUAL), "1/11"),  # relative to something else
        (over(ACTUAL, TARGET), "11/10"),
        (plus(ACTUAL, TARGET), "189/100"),
    ],
)
def test_nothing_in_points(result: Expression, value: str) -> None:
    for printed in ("9.0%", "10.0%", "-12.0%", "-1200.0%"):
        explanations = explained(op("i.deviation", printed), Interval.point(value), result)
        assert "points-for-percent" not in kinds(explanations)


def row(actual: str, target: str) -> list[Operand]:
    return [op("i.actual", actual), op("i.target.value", target)]


@pytest.mark.parametrize(
    ("printed", "figures", "due", "kind", "words"),
    [
        # 99 % of 90 %: 9 points, 10 % of the target, 9.1 % of what was reached.
        ("10.0%", ("99.0%", "90.0%"), "9.0", "points-for-percent", "relative to the target"),
        ("9.1%", ("99.0%", "90.0%"), "9.0", "points-for-percent", "relative to the actual value"),
        ("9.0%", ("99.0%", "90.0%"), "10.0", "points-for-percent", "in percentage points"),
        ("9.1%", ("99.0%", "90.0%"), "10.0", "other-definition", "relative to the actual value"),
        ("-25.0%", ("36人", "48人"), "-33.3", "other-definition", "relative to the target"),
        ("-33.3%", ("36人", "48人"), "-25.0", "other-definition", "relative to the actual value"),
    ],
)
def test_a_deviation_by_another_definition(
    printed: str, figures: tuple[str, str], due: str, kind: str, words: str
) -> None:
    suspect = op("i.deviation", printed)
    admissible = Figure.parse(f"{due}%").interval
    explanations = explain(Accused(operand=suspect, admissible=admissible), (), row(*figures))
    (explanation,) = [
        e for e in explanations if e.kind in ("points-for-percent", "other-definition")
    ]
    assert explanation.kind == kind
    assert words in explanation.text.en
    assert before(explanation) == f"{due}%"
    assert explanation.text.zh.startswith(f"{printed} = ")
    assert [figure.path for figure in explanation.figures] == ["i.actual", "i.target.value"]
    # Of rates there are three definitions, of numbers two; one is that which the report goes by.
    assert explanation.tried == (2 if "%" in figures[0] else 1)


def test_a_deviation_of_other_things_has_no_definition() -> None:
    def kinds_for(path: str, figures: Sequence[Operand], printed: str = "10.0%") -> list[str]:
        accused = Accused(operand=op(path, printed), admissible=admits("%", "8.95", "9.05"))
        return kinds(explain(accused, (), figures))

    both = row("99.0%", "90.0%")
    assert kinds_for("i.deviation", both) == ["points-for-percent"]
    assert kinds_for("j.deviation", both) == []
    assert kinds_for("i.deviation", both[:1]) == []
    assert kinds_for("i.deviation", both[1:]) == []
    assert kinds_for("i.deviation", row("99.0%", "90人")) == []
    assert kinds_for("i.rate", both) == []
    assert kinds_for("i", both) == []
    assert kinds_for("i.deviation", both, "12.0%") == []
    # None of the definitions is admitted; of 0 there is nothing relative.
    assert kinds_for("i.deviation", row("88.0%", "80.0%")) == []
    assert kinds_for("i.deviation", row("9.0%", "0.0%"), "100.0%") == ["points-for-percent"]


@pytest.mark.parametrize(("unit", "count"), [("人", 1), ("个", 0), ("%", 0)])
def test_unlike_things_have_no_deviation(unit: str, count: int) -> None:
    """36 of 48 are 25 % less; of 48 people, and not of anything else."""
    accused = Accused(
        operand=op("i.deviation", "-25.0%"), admissible=admits("%", "-33.35", "-33.25")
    )
    explanations = explain(accused, (), row("36人", f"48{unit}"))
    assert kinds(explanations).count("other-definition") == count

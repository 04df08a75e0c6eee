"""How wrong figures came about: slips from published reports, and what chance says of each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest

from budgetperf.audit.expression import Binary, Const, Equation, Expression, Operand, Sum
from budgetperf.audit.misprints import Grid, factors, misprints
from budgetperf.audit.slip_values import distance, expected
from budgetperf.audit.slips import (
    COINCIDENCE,
    Accused,
    Explanation,
    Ledger,
    _crowd,
    explain,
    explain_together,
)
from budgetperf.exact import Figure, Interval, Missing, RoundingMode, Text, Unit
from tests.strategies import pickled

HUNDRED = Const(value=Fraction(1), unit=Unit.of("%"))


def op(path: str, text: str, *, exact: bool | None = None, **changes: object) -> Operand:
    """The figure printed as ``text``; its label is its path."""
    figure = attrs.evolve(Figure.parse(text, exact=exact, path=path), **changes)  # type: ignore[arg-type]
    return Operand(path=path, stated=figure, label=Text(zh=path, en=path))


def admits(unit: str, lower: str, upper: str) -> Interval:
    """From ``lower``, included, up to ``upper``."""
    values = Interval(lower=lower, upper=upper, upper_closed=False)
    return values.scaled(Unit.of(unit).scale)


def exactly(value: int) -> Interval:
    return Interval.point(value)


def plus(*terms: Expression) -> Sum:
    return Sum(terms=tuple((1, term) for term in terms))


def minus(a: Expression, b: Expression) -> Sum:
    return Sum(terms=((1, a), (-1, b)))


def over(a: Expression, b: Expression) -> Binary:
    return Binary(symbol="/", left=a, right=b)


def equals(a: Expression, b: Expression) -> Equation:
    return Equation(left=a, comparator="=", right=b)


def explained(
    suspect: Operand,
    admissible: Interval,
    result: Expression | None = None,
    figures: Sequence[Operand] = (),
) -> tuple[Explanation, ...]:
    equations = () if result is None else (equals(suspect, result),)
    accused = Accused(operand=suspect, admissible=admissible)
    return explain(accused, equations, (suspect, *figures))


def kinds(found: Sequence[Explanation]) -> list[str]:
    return [explanation.kind for explanation in found]


def before(explanation: Explanation) -> str:
    assert explanation.before is not None
    return str(explanation.before)


# --- The report of 2023


PROJECT = "narrative.project_expenditure"
SHARE = op(f"{PROJECT}.share", "17.17%")
INITIAL = op(f"{PROJECT}.initial", "102.17万元")
REVISED = op(f"{PROJECT}.revised", "355.55万元")
EXECUTED = op(f"{PROJECT}.executed", "355.55万元")
TOTAL = op("narrative.funding.total.executed", "595.07万元")
BY_THE_OTHERS = admits("%", "59.7479", "59.7507")


def test_the_initial_budget_was_used_for_the_executed_one() -> None:
    (found,) = explained(
        SHARE, BY_THE_OTHERS, over(EXECUTED, TOTAL), (INITIAL, REVISED, EXECUTED, TOTAL)
    )
    assert found.kind == "operand-replaced"
    assert before(found) == "59.75%"
    assert found.figures == (INITIAL, TOTAL)
    assert found.text.zh == (
        "17.17% = 102.17万元 / 595.07万元：误用了 narrative.project_expenditure.initial"
        "（102.17万元），应为 narrative.project_expenditure.executed（355.55万元），得 59.75%"
    )
    assert found.text.en == (
        "17.17% = 102.17万元 / 595.07万元: narrative.project_expenditure.initial (102.17万元) "
        "was used in place of narrative.project_expenditure.executed (355.55万元), "
        "which gives 59.75%"
    )
    # Two other amounts in place of each of the two. A numerator that gives 17.17 % lies within
    # 0.01 % x 595.07, near 102.17: of two amounts one lies near, within 3/2 of that. Near the
    # denominator of 355.55 / 17.17 % = 2070.8 there is none.
    assert found.tried == 4
    assert found.chance == Fraction(59507, 10**6) / (Fraction(1717, 10**4) * 595070 * 3 / 2) * 1000


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
    (found,) = explained(total, exactly(98), result, [*scores, *weights])
    assert found.kind == "copied-from-weights"
    assert found.text.zh.startswith("100分 = 10 + 30 + 20 + 20 + 20：")
    assert before(found) == "98分"
    assert found.figures == tuple(weights)
    assert (found.tried, found.chance) == (1, Fraction(1, 150))


def test_weights_that_do_not_give_the_total_explain_nothing() -> None:
    scores, weights = scores_and_weights(("10", "10"), ("30", "30"), ("18", "20"))
    total = op("narrative.total_score", "63分")
    assert explained(total, exactly(58), plus(*scores), [*scores, *weights]) == ()
    assert "copied-from-weights" not in kinds(explained(total, exactly(58), plus(*scores), scores))
    # The scores add up to 58, which is not admitted.
    sixty = op("narrative.total_score", "60分")
    assert explained(sixty, exactly(57), plus(*scores), [*scores, *weights]) == ()


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
    (found,) = explain_together(accused, [a.operand for a in accused])
    assert found.kind == "folded"
    assert found.text.zh == (
        "353.21万元 = 348.93万元 + 4.28万元：form.funding.sources[2].initial（4.28万元） 并入了 "
        "form.funding.sources[1].initial（353.21万元）"
    )
    assert "was folded into form.funding.sources[1].initial (353.21万元)" in found.text.en
    assert before(found) == "348.93万元"
    assert found.figures == tuple(a.operand for a in accused)
    assert found.tried == 2  # either into the other
    assert found.chance == 2 * Fraction(3, 100) / (Fraction("353.21") * 3 / 2)
    assert explain_together(accused[::-1], ())[0].text == found.text
    assert explain_together(accused, (), ledger=Ledger.of(())) == (found,)


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
    endless = attrs.evolve(donor, admissible=Interval(lower=1))
    assert explain_together([receiver, endless], ()) == ()


def test_a_value_that_stands_elsewhere_is_the_likeliest() -> None:
    receiver, donor = folded_figures()
    # Anything from 348.90 to 349.00 would do, and 348.97 is stated elsewhere.
    wide = [
        attrs.evolve(receiver, admissible=admits("万元", "348.90", "349.00")),
        attrs.evolve(donor, admissible=admits("万元", "4.20", "4.30")),
    ]
    (found,) = explain_together(wide, [op("narrative.x", "348.97万元")])
    assert found.text.zh.startswith("353.21万元 = 348.97万元 + 4.24万元：")
    (found,) = explain_together(wide, ())
    assert found.text.zh.startswith("353.21万元 = 348.95万元 + 4.26万元：")


def test_three_folded_into_one() -> None:
    receiver, donor = folded_figures()
    third = attrs.evolve(
        donor,
        operand=attrs.evolve(donor.operand, path="form.funding.sources[0].initial"),
        admissible=admits("万元", "2.005", "2.015"),
    )
    receiver = attrs.evolve(receiver, admissible=admits("万元", "346.915", "346.925"))
    (found,) = explain_together([receiver, donor, third], ())
    assert found.text.zh.startswith("353.21万元 = 346.92万元 + 4.28万元 + 2.01万元：")
    assert len(found.figures) == 3
    assert found.tried == 9  # of three, each takes up one or both of the others


def test_a_value_that_no_print_shows() -> None:
    """Exact figures that may be anything between 4.2 and 4.4 only: no whole number is."""
    half = [
        Accused(operand=op("a", "10分"), admissible=Interval(lower="4.2", upper="4.4")),
        Accused(operand=op("b", "0分"), admissible=Interval(lower="5.6", upper="5.8")),
    ]
    (found,) = explain_together(half, ())
    assert found.before == Figure(value="4", unit="分")  # rounded, as an exact 4 it would not fit
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
            Accused(operand=op("b", "0元"), admissible=exactly(second)),
        ]

    assert kinds(explain_together(parts("100元", 70, 30), ())) == ["folded"]
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
    one, other = op("a.initial", "239.53万元"), op("a.revised", "251.04万元")
    accused = [
        Accused(operand=one, admissible=admits("万元", "251.035", "251.045")),
        Accused(operand=other, admissible=admits("万元", "239.525", "239.535")),
    ]
    (found,) = explain_together(accused, (one, other))
    assert found.kind == "exchanged"
    assert before(found) == "251.04万元"
    assert found.figures == (one, other)
    assert found.text.zh == "a.initial（239.53万元） 与 a.revised（251.04万元） 互相填错了位置"
    assert found.text.en.endswith("stand in each other's place")
    # The likelier of both coincidences: two widths of 0.01 near 239.53.
    assert (found.tried, found.chance) == (1, Fraction(2, 100) / (Fraction("239.53") * 3 / 2))
    accused[1] = attrs.evolve(accused[1], admissible=admits("万元", "239.605", "239.615"))
    assert explain_together(accused, ()) == ()


# --- Totals


def test_a_total_that_was_not_updated() -> None:
    """021: the last item, 4.0, was added later."""
    parts = [
        op(f"sources[{i}]", f"{text}万元") for i, text in enumerate(("1500.1", "0.0", "5.2", "4.0"))
    ]
    total = op("total", "1505.3万元")
    found = explained(total, admits("万元", "1509.1", "1509.5"), plus(*parts), parts)
    first = found[0]
    assert first.kind == "total-not-updated"
    assert before(first) == "1509.3万元"
    assert (
        first.text.zh
        == "1505.3万元 = 1500.1万元 + 5.2万元：合计未计入 sources[3]（4.0万元），应为 1509.3万元"
    )
    assert first.figures == (parts[3], parts[0], parts[2])
    # Of three parts, two (5.2 and 4.0) are about as much as the total lacks, 4.0.
    assert (first.tried, first.chance) == (3, 2 * Fraction(1, 10) / 6)


def test_a_total_whose_parts_add_up_within_rounding_only() -> None:
    """100.00 of 33.33, 33.33 and 33.33, and 80.00 of 13.33 more: 66.67 = 33.33 + 33.33."""
    parts = [op("a", "33.33万元"), op("b", "33.33万元"), op("c", "33.33万元")]
    admissible = admits("万元", "99.995", "100.005")
    (found, *_) = explained(op("t", "66.67万元"), admissible, plus(*parts))
    assert (found.kind, before(found)) == ("total-not-updated", "100.00万元")
    assert found.text.zh.startswith("66.67万元 = 33.33万元 + 33.33万元：合计未计入 c（33.33万元）")
    # The cells of both parts are as wide as that of the total; one part's size counts.
    assert found.chance == Fraction(3, 100) / (Fraction("33.32") * 3 / 2)
    # 66.655 to 66.675 is all that both can add up to; 99.975 to 100.005 all that three can.
    assert explained(op("t", "66.69万元"), admissible, plus(*parts)) == ()
    beyond = admits("万元", "100.005", "100.015")
    assert explained(op("t", "66.67万元"), beyond, plus(*parts)) == ()


def test_the_last_part_is_the_likeliest_to_be_left_out() -> None:
    parts = [op("a", "40.25"), op("b", "300.10"), op("c", "40.25")]
    found = explained(op("t", "340.35"), admits("", "380.595", "380.605"), plus(*parts), parts)
    assert kinds(found) == ["total-not-updated", "total-not-updated"]
    assert [e.figures[0].path for e in found] == ["c", "a"]


@pytest.mark.parametrize(
    "result",
    [
        plus(op("a", "40.25"), op("b", "0.00")),  # one part
        minus(op("a", "70.25"), op("b", "30.00")),
        plus(op("a", "40.25"), Const(value=Fraction(30), unit=Unit.of(""))),
        plus(op("a", "40.25"), Binary(symbol="*", left=op("b", "3.00"), right=op("c", "10.00"))),
        plus(op("a", "40.25"), op("b", "33.33")),  # its total is not admitted
    ],
)
def test_no_plain_total(result: Expression) -> None:
    found = explained(op("t", "40.25"), admits("", "70.245", "70.255"), result)
    assert "total-not-updated" not in kinds(found)


def test_a_share_that_was_made_to_fit() -> None:
    """101: the shares add up to 100.00 because one of them was cut to fit."""
    shares = [op("share[0]", "60.31%"), op("share[1]", "30.14%"), op("share[2]", "9.55%")]
    whole = equals(HUNDRED, plus(*shares))
    accused = Accused(operand=shares[2], admissible=admits("%", "9.5565", "9.5575"))
    found = explain(accused, (whole,), shares)
    assert kinds(found) == ["remainder-forced", "truncated"]
    assert [before(e) for e in found] == ["9.56%", "9.56%"]
    assert found[0].text.zh.startswith("9.55% = 100% - 60.31% - 30.14%：")
    assert found[0].text.zh.endswith("，应为 9.56%")
    assert found[1].text.zh == "9.55% 是截断所得，按舍入应为 9.56%"
    assert found[1].text.en == "9.55% was cut off; rounded it is 9.56%"
    assert (found[0].tried, found[0].chance) == (1, Fraction(1, 955) * 2 / 3)
    # The other way round, and from values that do not print as one number only.
    wide = attrs.evolve(accused, admissible=admits("%", "9.556", "9.576"))
    (first, *_) = explain(wide, (equals(plus(*shares), HUNDRED),), shares)
    assert first.kind == "remainder-forced"
    assert first.before is None
    assert first.text.en.endswith("what the other parts leave of the whole")


WEIGHTS = [op(f"weight[{i}]", text) for i, text in enumerate(("10", "30", "20", "20", "20"))]


def test_a_part_that_was_made_to_fit() -> None:
    """The form has 57.23 + 30.14 + 12.64 = 100.01; elsewhere the last part is 12.65."""
    parts = [op("s[0]", "57.23万元"), op("s[1]", "30.14万元"), op("s[2]", "12.64万元")]
    total = equals(op("t", "100.01万元"), plus(*parts))
    accused = Accused(operand=parts[2], admissible=admits("万元", "12.645", "12.655"))
    (found, *_) = explain(accused, (total,), parts)
    assert (found.kind, before(found)) == ("remainder-forced", "12.65万元")
    assert found.text.zh.startswith("12.64万元 = 100.01万元 - 57.23万元 - 30.14万元：")
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


# --- Rates


N, D = op("row.executed", "36.00万元"), op("row.revised", "48.00万元")


@pytest.mark.parametrize(
    ("printed", "calculation", "note"),
    [
        ("133.33%", "48.00万元 / 36.00万元", "分子与分母颠倒"),
        ("-25.00%", "(36.00万元 - 48.00万元) / 48.00万元", "按增减率计算"),
        ("175.00%", "(36.00万元 + 48.00万元) / 48.00万元", "分子多计了基数"),
        ("42.86%", "36.00万元 / (36.00万元 + 48.00万元)", "以两者之和为分母"),
        ("25.00%", "100% - 36.00万元 / 48.00万元", "按其余部分的比重计算"),
    ],
)
def test_a_rate_by_another_definition(printed: str, calculation: str, note: str) -> None:
    rate = op("row.rate", printed)
    found = explained(rate, admits("%", "74.995", "75.005"), over(N, D))
    first = found[0]
    assert first.kind == "other-definition"
    assert first.text.zh == f"{printed} = {calculation}：{note}；按应有定义为 75.00%"
    assert before(first) == "75.00%"
    assert set(first.figures) == {N, D}
    assert first.tried == 5


def test_a_definition_that_is_not_admitted_explains_nothing() -> None:
    """36 / 48 is 75 %, and something else says that it must be 80 %."""
    rate = op("row.rate", "133.33%")
    assert explained(rate, admits("%", "79.995", "80.005"), over(N, D)) == ()


def test_another_definition_of_a_rate_of_unlike_things() -> None:
    """Of 4 points per 5 things only the fraction turned over makes sense."""
    unlike = over(op("a", "4分"), op("b", "5个"))
    (found,) = explained(op("r", "125.00%"), admits("%", "79.9", "80.1"), unlike)
    assert (found.kind, found.tried) == ("other-definition", 1)
    nested = over(plus(op("a", "20个"), op("c", "20元")), op("b", "5个"))
    assert explained(op("r", "500.55%"), exactly(8), nested) == ()


def test_a_rate_on_a_zero_base_has_no_other_definition() -> None:
    zero = over(N, op("row.revised", "0.00万元"))
    assert explained(op("r", "100.00%"), admits("%", "79.9", "80.1"), zero) == ()
    turned = over(op("n", "0.00万元"), D)  # 48 / 0
    found = explained(op("r", "50.00%"), Interval.point(0), turned)
    assert "other-definition" not in kinds(found)


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
    found = explained(op("i.deviation", printed), admissible, result)
    points = [e for e in found if e.kind == "points-for-percent"]
    assert [e.text.zh.partition("：")[0] for e in points] == [f"{printed} = {calculation}"]
    assert before(points[0]) in ("9.0%", "10.0%")
    assert points[0].tried == 1


@pytest.mark.parametrize(
    ("result", "value"),
    [
        (minus(over(N, D), HUNDRED), "-1/4"),  # amounts have no points
        (over(minus(N, D), D), "-1/4"),
        (over(minus(ACTUAL, TARGET), ACTUAL), "1/11"),  # relative to something else
        (over(ACTUAL, TARGET), "11/10"),
        (plus(ACTUAL, TARGET), "189/100"),
    ],
)
def test_nothing_in_points(result: Expression, value: str) -> None:
    for printed in ("9.0%", "10.0%", "-12.0%", "-1200.0%"):
        found = explained(op("i.deviation", printed), Interval.point(value), result)
        assert "points-for-percent" not in kinds(found)


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
    found = explain(Accused(operand=suspect, admissible=admissible), (), row(*figures))
    (told,) = [e for e in found if e.kind in ("points-for-percent", "other-definition")]
    assert told.kind == kind
    assert words in told.text.en
    assert before(told) == f"{due}%"
    assert told.text.zh.startswith(f"{printed} = ")
    assert [figure.path for figure in told.figures] == ["i.actual", "i.target.value"]


def test_a_deviation_of_other_things_has_no_definition() -> None:
    def told(path: str, figures: Sequence[Operand], printed: str = "10.0%") -> list[str]:
        accused = Accused(operand=op(path, printed), admissible=admits("%", "8.95", "9.05"))
        return kinds(explain(accused, (), figures))

    both = row("99.0%", "90.0%")
    assert told("i.deviation", both) == ["points-for-percent"]
    assert told("j.deviation", both) == []
    assert told("i.deviation", both[:1]) == []
    assert told("i.deviation", both[1:]) == []
    assert told("i.deviation", row("99.0%", "90人")) == []
    assert told("i.rate", both) == []
    assert told("i.deviation", both, "12.0%") == []
    # None of the definitions is admitted; of 0 there is nothing relative.
    assert told("i.deviation", row("88.0%", "80.0%")) == []
    assert told("i.deviation", row("9.0%", "0.0%"), "100.0%") == ["points-for-percent"]


# --- Another figure of the report


def test_another_figure_was_copied() -> None:
    suspect = op("n.funding.total.revised", "353.21万元")
    initial = op("n.funding.total.initial", "353.21万元")
    same = op("n.funding.sources[0].initial", "3532100元")
    right = admits("万元", "595.065", "595.075")
    found = explained(suspect, right, None, (same, initial))
    assert kinds(found) == ["another-figure"]
    assert found[0].figures == (initial,)
    assert before(found[0]) == "595.07万元"
    assert (
        found[0].text.zh == "353.21万元 与 n.funding.total.initial（353.21万元） 相同：误抄了该数"
    )
    assert found[0].text.en.startswith("353.21万元 is that of n.funding.total.initial")
    # All three are one value.
    assert (found[0].tried, found[0].chance) == (1, Fraction(1, 35321) * 2 / 3)
    # What it must be equal to is the same figure, not another.
    twins = [equals(suspect, initial), equals(same, suspect)]
    assert explain(Accused(operand=suspect, admissible=right), twins, (same, initial)) == ()
    # It may be anything from 500: no one figure comes before.
    (open_,) = explained(suspect, Interval(lower=5000000), None, (initial,))
    assert open_.before is None


def test_round_figures_agree_by_chance() -> None:
    """300.00 is a common number: as wide as 100, its last digit that is not 0."""
    others = [op(f"r[{i}].a", f"{i}00.00万元") for i in range(1, 10)]
    right = admits("万元", "595.065", "595.075")
    assert explained(op("t", "300.00万元"), right, None, others) == ()
    (found,) = explained(op("t", "300.50万元"), right, None, [*others, op("b", "300.50万元")])
    # Of ten amounts six (200 to 600, and 300.50) lie near; the grain is 0.1.
    assert found.chance == 6 * Fraction(1, 10) / (Fraction("300.5") * 3 / 2)


def test_an_operand_replaced_in_sums_and_products() -> None:
    a, b, c = op("r.a", "12.34万元"), op("r.b", "40.25万元"), op("r.c", "77.19万元")
    figures = (a, b, c)
    found = explained(
        op("t", "64.85万元"), admits("万元", "-27.915", "-27.905"), minus(a, b), figures
    )
    assert found == ()  # 77.19 - 12.34: not one operand
    (found_,) = explained(
        op("t", "36.94万元"), admits("万元", "-27.915", "-27.905"), minus(a, b), figures
    )
    assert found_.text.zh.startswith("36.94万元 = 77.19万元 - 40.25万元：")
    assert found_.figures == (c, b)
    rate = op("r.rate", "50.00%")
    product = Binary(symbol="*", left=rate, right=a)
    (found_,) = explained(
        op("t", "38.60万元", rounding=RoundingMode.UP),
        admits("万元", "6.165", "6.175"),
        product,
        figures,
    )
    assert found_.text.zh.startswith("38.60万元 = 50.00% * 77.19万元：")
    zero = Binary(symbol="*", left=op("r.z", "0.00%"), right=a)
    assert explained(op("t", "38.61万元"), Interval(lower=-1, upper=1), zero, figures) == ()


def test_near_an_exact_figure_is_not_the_figure() -> None:
    """18.1 and 18.2 are not 18, though both would be printed so."""
    due, used = op("r.a", "90.5%"), op("r.b", "91.0%")
    score = op("r.score", "18分")
    product = Binary(symbol="*", left=op("r.weight", "20分"), right=due)
    assert explained(score, Interval.point("18.1"), product, (due, used)) == ()
    (found,) = explained(score, Interval.point("18.1"), product, (due, op("r.c", "90.0%")))
    assert found.text.zh.startswith("18分 = 20分 * 90.0%：")
    assert before(found) == "18分"  # not exactly: it was 18.1, rounded
    assert found.before != score.stated


def test_a_denominator_replaced() -> None:
    used = op("row.initial", "53.00万元")
    found = explained(
        op("row.rate", "67.92%"), admits("%", "74.99", "75.01"), over(N, D), (N, D, used)
    )
    assert kinds(found)[0] == "operand-replaced"
    assert found[0].figures == (used, N)
    zero = over(op("z", "0.00万元"), D)
    assert explained(op("r", "67.92%"), Interval(lower=-1, upper="0.0001"), zero, (D, used)) == ()


def test_what_does_not_make_a_case() -> None:
    right = admits("%", "17", "18")
    assert explained(SHARE, right, over(EXECUTED, TOTAL), (INITIAL, EXECUTED, TOTAL)) == ()
    absent = Operand(path="x", stated=Missing())
    assert explained(absent, right) == ()
    # Not what it is equal to: an order, a missing operand, itself on both sides, another.
    accused = Accused(operand=SHARE, admissible=BY_THE_OTHERS)
    share = over(EXECUTED, TOTAL)
    for equation in (
        Equation(left=SHARE, comparator="≤", right=share),
        equals(SHARE, over(absent, TOTAL)),
        equals(SHARE, plus(share, SHARE)),
        equals(plus(SHARE), share),
        equals(op("other", "17.17%"), share),
    ):
        assert explain(accused, (equation,), (INITIAL, EXECUTED, TOTAL, absent)) == ()


def test_figures_typed_by_hand() -> None:
    """Without paths and labels a figure is named by its print."""
    bare = [
        Operand(stated=Figure.parse(t))
        for t in ("17.17%", "355.55万元", "595.07万元", "102.17万元")
    ]
    (found,) = explained(bare[0], BY_THE_OTHERS, over(bare[1], bare[2]), bare[1:])
    assert "误用了 102.17万元，应为 355.55万元，得" in found.text.zh


# --- One number, misprinted


@pytest.mark.parametrize(
    ("printed", "right", "kind", "words"),
    [
        ("335.21万元", "353.21万元", "digits-swapped", "相邻两位数字颠倒"),
        ("352.31万元", "353.21万元", "digits-swapped", "相邻两位数字颠倒"),
        ("153.23万元", "353.21万元", "digits-swapped", "两位数字互换"),
        ("358.21万元", "353.21万元", "digit-wrong", "有一位数字写错"),
        ("3553.21万元", "353.21万元", "digit-doubled", "一位数字重复写了两次"),
        ("33.21万元", "353.21万元", "digit-lost", "漏写了一位数字"),
        ("-353.21万元", "353.21万元", "sign", "正负号写反"),
        ("3532.10万元", "353.21万元", "decimal-point", "小数点错位"),
        ("35.32万元", "353.21万元", "decimal-point", "小数点错位"),
        ("353.21元", "3532100.00元", "unit", "单位误写，原意是 353.21万元"),
        ("3532100.00万元", "353.21万元", "unit", "单位误写，原意是 3532100.00元"),
        ("0.60%", "59.75%", "ratio-for-percent", "比值与百分数相混，差 100 倍"),
        ("5975%", "59.75%", "ratio-for-percent", "比值与百分数相混，差 100 倍"),
        ("99.3%", "99.4%", "truncated", "99.3% 是截断所得，按舍入应为 99.4%"),
    ],
)
def test_misprints(printed: str, right: str, kind: str, words: str) -> None:
    due = Figure.parse(right)
    admissible = due.interval if kind != "truncated" else admits("%", "99.3845", "99.3855")
    first = explained(op("x", printed), admissible)[0]
    assert first.kind == kind
    assert first.text.zh.endswith(words)
    assert first.before is not None
    assert first.before.interval.intersection(admissible) is not None
    if printed not in ("0.60%", "35.32万元"):  # digits are lost there
        assert first.before.nominal == due.nominal


def test_twenty_yuan() -> None:
    """109: "20元" for 20 万元."""
    (found, *_) = explained(op("x", "20元"), Figure.parse("20万元").interval)
    assert found.kind == "unit"
    assert found.text.zh == "20元 应为 200000元：单位误写，原意是 20万元"
    assert found.text.en == "20元 for 200000元: the unit is wrong, 20万元 was meant"


def test_the_more_usual_comes_first() -> None:
    """1000 for 100: the point was moved, or a digit was written twice."""
    found = explained(op("x", "1000个"), exactly(100))
    assert kinds(found) == ["decimal-point", "digit-doubled"]
    assert [before(e) for e in found] == ["100个", "100个"]
    assert [e.tried for e in found] == [6, 1]
    assert [e.chance for e in found] == [Fraction(1, 150), Fraction(1, 150)]


def test_a_hundred_for_a_thousand() -> None:
    """051: 100 where 1000 件 are due: the point, or a 0 that was lost."""
    found = explained(op("x", "100件"), exactly(1000))
    assert kinds(found) == ["decimal-point", "digit-lost"]
    assert [before(e) for e in found] == ["1000件", "1000件"]
    assert found[1].tried == len(
        {f"{d}100" for d in range(1, 10)}
        | {f"1{d}00" for d in range(10)}
        | {f"10{d}0" for d in range(10)}
        | {f"100{d}" for d in range(10)}
    )


def test_a_point_is_moved_and_not_a_percent_sign() -> None:
    by_kind = {
        unit: sorted(f.kind for f in factors(Figure(value=1, unit=unit)))
        for unit in ("万元", "元", "%", "")
    }
    points = ["decimal-point"] * 6
    assert by_kind["万元"] == by_kind["元"] == [*points, "sign", "unit", "unit"]
    assert by_kind["%"] == [*points[:4], "ratio-for-percent", "ratio-for-percent", "sign"]
    assert by_kind[""] == [*points, "sign"]


def originals(text: str, kind: str, places: int | None = None) -> list[set[str]]:
    stated = (op("x", text) if places is None else op("x", text, places=places)).stated
    assert isinstance(stated, Figure)
    grid = Grid.of(stated)
    return [
        {str(grid.printed(n).value) for n in slip.originals}
        for slip in misprints(grid)
        if slip.kind == kind
    ]


def test_every_number_that_a_slip_turns_into_the_print() -> None:
    assert originals("12.3", "digits-swapped") == [{"21.3", "13.2"}, {"21.3", "13.2", "32.1"}]
    assert originals("100", "digits-swapped") == [set(), set()]  # 010 and 001 are no numbers
    assert originals("11.55", "digit-doubled") == [{"1.55", "11.50"}]
    assert originals("1.15", "digit-doubled") == [set()]  # across the point nobody doubles
    assert originals("0.7", "digit-wrong") == [
        {f"{a}.7" for a in range(1, 10)} | {f"0.{b}" for b in range(10) if b != 7}
    ]
    (lost,) = originals("12", "digit-lost")
    assert lost == {f"{d}12" for d in range(1, 10)} | {f"1{d}2" for d in range(10)} | {
        f"12{d}" for d in range(10)
    }
    assert originals("-12", "digits-swapped") == [{"-21"}, {"-21"}]


def test_a_digit_lost_behind_the_point_shows() -> None:
    """Among two decimals, 353.1 lacks one."""
    whole, behind = originals("353.1", "digit-lost", places=2)
    assert "353.21" in behind
    assert "353.21" not in whole
    assert len(originals("353.1", "digit-lost")) == 1
    assert len(originals("353", "digit-lost", places=2)) == 1
    right = admits("万元", "353.205", "353.215")
    (found,) = explained(op("x", "353.1万元", places=2), right)
    assert (found.kind, before(found)) == ("digit-lost", "353.21万元")
    # 353.16 to 353.19, 353.21 and 353.31 are off by 0.055 to 0.22, a length of 0.165; and 353.1
    # for 353.10 is one print in ten.
    assert found.chance == Fraction(6) / Fraction(165, 10) / 10


def test_numbers_in_words_have_no_digits_to_swap() -> None:
    assert misprints(Grid.of(Figure.parse("三百五十三万元"))) == ()
    assert misprints(Grid.of(Figure.parse("３５３万元"))) != ()


def test_numbers_without_the_last_places() -> None:
    """3530 万元 to ten: the 0 is no digit that anyone wrote wrongly."""
    figure = Figure(value="3530", unit="万元", places=-1)
    grid = Grid.of(figure)
    assert grid.number == 353
    assert grid.step == 100000
    by_kind = {slip.kind: slip for slip in misprints(grid)}
    assert 358 in by_kind["digit-wrong"].originals
    assert str(grid.printed(358)) == "3580万元"
    suspect = Operand(path="x", stated=figure)
    (first, *_) = explained(suspect, Figure(value="5330", unit="万元", places=-1).interval)
    assert (first.kind, before(first)) == ("digits-swapped", "5330万元")


def test_an_exact_figure_finer_than_its_column() -> None:
    figure = Figure(value="18.5", places=0, rounding=None)
    grid = Grid.of(figure)
    assert (grid.places, grid.number, grid.step) == (1, 185, Fraction(1, 10))


def test_one_wrong_digit_is_no_news_where_every_number_is_one_digit_away() -> None:
    # Of 353.21 to 353.28, all are one digit away from 353.24.
    assert explained(op("x", "353.24万元"), admits("万元", "353.205", "353.215")) == ()
    # Tens are not: of the numbers off by 0.15 to 0.60 to that side, 353.44 to 353.84 are.
    (found,) = explained(op("x", "353.24万元"), admits("万元", "353.535", "353.545"))
    assert found.kind == "digit-wrong"
    assert found.chance == Fraction(5) / 45


def test_nothing_is_offered_where_everything_fits() -> None:
    unbounded = Interval(lower=10**9)
    assert explained(op("x", "335.21万元"), unbounded) == ()
    wide = admits("万元", "340", "400")
    assert explained(op("x", "335.21万元"), wide) == ()
    assert explained(op("x", "0.00万元"), admits("万元", "0.005", "0.006")) == ()


def test_exact_figures_are_not_cut() -> None:
    assert "truncated" not in kinds(explained(op("x", "17分"), admits("", "17.78", "17.79")))
    (found,) = explained(op("x", "17.0%"), admits("%", "17.08", "17.09"))
    assert (found.kind, found.tried) == ("truncated", 1)
    assert found.chance == Fraction(11, 100) / (Fraction("17.085") * 3 / 2)


def test_an_exact_figure_by_a_factor() -> None:
    (found, *_) = explained(op("x", "20分"), exactly(-20))
    assert (found.kind, before(found)) == ("sign", "-20分")
    (found, *_) = explained(op("x", "3532分"), Interval.point("35.32"))
    assert (found.kind, before(found)) == ("decimal-point", "35.32分")
    assert found.before == Figure(value="35.32", unit="分", rounding=None)
    # By ones, one number in three is as near to 2 as that: 20 for 2 may be anything.
    assert explained(op("x", "20个"), exactly(2)) == ()


def test_what_is_counted_is_whole_and_not_below_none() -> None:
    (found,) = explained(op("x", "4000个"), exactly(40))
    assert (found.kind, before(found)) == ("decimal-point", "40个")
    assert explained(op("x", "4004个"), admits("", "40.03", "40.05")) == ()
    assert explained(op("x", "4个"), admits("", "0.3", "0.5")) == ()
    assert explained(op("x", "20个"), exactly(-20)) == ()
    (found,) = explained(op("x", "123人"), exactly(123000))
    assert (found.kind, before(found)) == ("decimal-point", "123000人")


def test_a_number_is_moved_after_it_was_rounded() -> None:
    """74 % as 7400 %: the rate is 73.59 %, which is not 74.00 %. And 1 for 100 %."""
    (found, *_) = explained(op("x", "7400%"), Interval.point(Fraction(326, 443)))
    assert (found.kind, before(found)) == ("ratio-for-percent", "74%")
    # Of both factors the one: as wide as the cell of 74 %.
    assert found.chance == Fraction(1, 100) / (Fraction(326, 443) * 3 / 2)
    (found, *_) = explained(op("x", "1%"), exactly(1))
    assert (found.kind, before(found)) == ("ratio-for-percent", "100%")
    assert found.chance == Fraction(1, 150)
    # What was rounded after it was moved has lost a digit: 87.2 % may have been.
    (found,) = explained(op("x", "8.7%"), admits("%", "87.15", "87.25"))
    assert (found.kind, before(found)) == ("decimal-point", "87.2%")


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_the_numbers_admitted_under_every_mode(mode: RoundingMode) -> None:
    """Against the cells of all numbers around."""
    grid = Grid.of(Figure(value="0.7", rounding=mode))
    for lower in range(-30, 30, 5):
        for upper in range(lower, 30, 5):
            for closed in (True, False) if lower < upper else (True,):
                values = Interval(
                    lower=Fraction(lower, 100),
                    upper=Fraction(upper, 100),
                    lower_closed=closed,
                    upper_closed=closed,
                )
                fits = [
                    n
                    for n in range(-9, 10)
                    if grid.printed(n).interval.intersection(values) is not None
                ]
                assert list(grid.admitted(values)) == fits


def test_the_whole_numbers_in_an_interval() -> None:
    grid = Grid.of(Figure(value="7", rounding=None))
    assert list(grid.admitted(Interval(lower=2, upper=4))) == [2, 3, 4]
    assert list(
        grid.admitted(Interval(lower=2, upper=4, lower_closed=False, upper_closed=False))
    ) == [3]
    assert list(grid.admitted(Interval(lower="2.1", upper="2.9"))) == []


# --- Chance


def test_what_fits_is_counted_wherever_it_lies() -> None:
    """From 0 (excluded) up to 1, and 1/10 in it: no value is within a factor of 2 of the middle."""
    value, half = Fraction(1, 10), Fraction(1, 2)
    assert expected([value], half, Fraction(1)) == Fraction(4, 3)
    ledger = Ledger.of([op("r", "0.1")])
    assert ledger.expected("number", Fraction(0), Fraction(1), ()) == Fraction(4, 3)
    assert ledger.expected("number", Fraction(0), Fraction(1), (value,)) == 0
    # The middle of the numbers from 1 to 20 is 10.5, which is 4.5 away from 6.
    assert _crowd([0], 6, range(1, 21)) == 0
    assert _crowd([1], 6, range(1, 21)) == Fraction(20, 1) / (Fraction(9, 2) * Fraction(3, 2))


@pytest.mark.parametrize(("lower", "upper"), [("-50", "50"), ("0", "50"), ("-20", "50")])
def test_near_0_whatever_is_small_enough_fits(lower: str, upper: str) -> None:
    """4.28万元 may be 4.28元 among all that is less than 50元: so would be most other numbers."""
    assert explained(op("x", "4.28万元"), admits("元", lower, upper)) == ()


def test_what_chance_lets_expect() -> None:
    values = [Fraction(n) for n in (1, 5, 5, 10, -20, 20, 21)]
    # 5, 10, -20 and 20 are within a factor of 2 of 10; a width of 3 of the 15 from 5 to 20.
    assert expected(values, Fraction(10), Fraction(3)) == Fraction(4 * 3, 15)
    # Around 0 only 1 does: from 1/2 to 2, two thirds are within 3/2. From 5/2 on, nothing is.
    assert expected(values, Fraction(0), Fraction(3)) == Fraction(2, 3)
    assert expected(values, Fraction(0), Fraction(6)) == 1 + Fraction(1, 15)
    assert expected([Fraction(0)], Fraction(0), Fraction(3)) == 1
    assert expected([], Fraction(0), Fraction(3)) == 0


def test_the_ledger_expects_the_same() -> None:
    texts = ("1", "5", "5", "10", "-20", "20", "21", "0")
    ledger = Ledger.of([op(f"r[{i}]", text) for i, text in enumerate(texts)])
    half = Fraction(3, 2)
    assert ledger.expected("number", 10 - half, 10 + half, ()) == Fraction(4 * 3, 15)
    assert ledger.expected("number", 10 - half, 10 + half, (Fraction(5),)) == Fraction(3 * 3, 15)
    assert ledger.expected("number", 10 - half, 10 + half, (Fraction(7),)) == Fraction(4 * 3, 15)
    assert ledger.expected("number", -half, half, ()) == Fraction(2, 3)
    assert ledger.expected("number", -half, half, (Fraction(1),)) == 0
    assert ledger.expected("money", -half, half, ()) == 0
    assert ledger.count("number", (Fraction(5), Fraction(7))) == 5


@pytest.mark.parametrize(
    ("path", "other", "steps"),
    [
        ("form.funding.total.initial", "form.funding.total.revised", 2),
        ("form.funding.total.initial", "form.funding.sources[0].initial", 5),
        ("form.indicators[1].score", "form.indicators[2].score", 4),
        ("a.b", "a.b", 0),
        ("", "", 0),
    ],
)
def test_how_far_figures_stand_apart(path: str, other: str, steps: int) -> None:
    assert distance(path, other) == distance(other, path) == steps


def test_all_that_is_offered_is_less_than_a_coincidence() -> None:
    assert Fraction(1, 10) < COINCIDENCE < Fraction(1, 2)

"""However a figure is given in code, it is the same one, and as precise as its column."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from benchmarks.prints import report as printed
from budgetperf import Amount, Count, Figure, FundingTotal, Points, Rate, Statement
from budgetperf.exact.figure import as_typed
from budgetperf.model import Given, map_figures
from budgetperf.model.fields import holds_typed
from budgetperf.model.given import stated
from tests.strategies import pickled

decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**9), st.integers(0, 4)
)


@given(number=decimals)
def test_every_spelling_is_the_same_figure(number: Decimal) -> None:
    text = f"{number:f}"
    due = Figure.parse(text)
    spellings: list[Given] = [text, f" {text} ", number, due]
    if number == number.to_integral_value() and number.as_tuple().exponent == 0:
        spellings += [int(number), Fraction(number), Points(number), Count(int(number))]
    for spelling in spellings:
        assert Statement(total_score=spelling).total_score == due


@given(number=decimals, unit=st.sampled_from(["元", "万元", "亿元"]))
def test_amounts_and_rates_are_as_they_are_printed(number: Decimal, unit: str) -> None:
    plain = f"{number.normalize():f}"
    total = FundingTotal(initial=Amount(number, unit), execution_rate=Rate(Fraction(number) / 100))
    assert total.initial == Figure.parse(f"{plain}{unit}")
    assert total.execution_rate == Figure.parse(f"{plain}%")


@given(amounts=st.lists(decimals, min_size=3, max_size=3), scores=st.lists(decimals, min_size=2))
def test_what_is_typed_is_as_precise_as_what_is_read(
    amounts: list[Decimal], scores: list[Decimal]
) -> None:
    """Typed into one report; or as figures, with the call that gives them their precision."""
    money = [f"{amount:f}万元" for amount in amounts]

    def built(*figures: Given, marks: list[Given]) -> bp.SelfEvaluation:
        initial, revised, executed = figures
        total = FundingTotal(initial=initial, revised=revised, executed=executed, weight="10")
        rows = [bp.Indicator(name=str(n), score=mark, actual=mark) for n, mark in enumerate(marks)]
        return bp.SelfEvaluation(
            form=Statement(funding=bp.Funding(total=total), indicators=rows, total_score=marks[0])
        )

    typed = built(*money, marks=[*scores])
    parsed = built(*map(Figure.parse, money), marks=[Figure.parse(f"{s:f}") for s in scores])
    due = bp.with_column_precision(attrs.evolve(parsed))
    total = attrs.evolve(due.form.funding.total, weight=Figure(value="10", rounding=None))
    assert typed == attrs.evolve(
        due, form=attrs.evolve(due.form, funding=attrs.evolve(due.form.funding, total=total))
    )
    assert bp.with_column_precision(typed) == typed
    assert bp.loads(bp.dumps(typed)) == typed


@pytest.mark.parametrize("seed", range(24))
def test_a_report_that_is_typed_in_again_is_the_same(seed: int) -> None:
    """However it is printed: in every unit, with and without decimals, a column here and there."""
    report = printed(seed).report
    # A figure that is printed again in the same way may be the very same object.
    again = tuple(attrs.evolve(figure, text=figure.text) for figure in report.repeated)
    report = attrs.evolve(report, repeated=again)

    def typed(_: str, figure: Figure) -> Figure:
        if any(figure is again for again in report.repeated):
            return figure
        plain = Figure(value=figure.value, unit=figure.unit, text=figure.text)
        due = stated(figure.text)
        is_whole = isinstance(due, Figure) and due.is_exact
        return as_typed(attrs.evolve(plain, rounding=None) if is_whole else plain)

    assert map_figures(report, typed) == attrs.evolve(
        map_figures(report, lambda _, f: attrs.evolve(f, path="", place=None)),
        repeated=report.repeated,
    )


@pytest.mark.parametrize(("part", "due"), [("5", "inconsistent"), ("10", "exact")])
def test_whole_amounts_are_exact_as_in_a_document(part: str, due: str) -> None:
    sources = [
        bp.FundingSource(kind="本级", initial=90),
        bp.FundingSource(kind="其他", initial=part),
    ]
    funding = bp.in_unit(bp.Funding(total=FundingTotal(initial=100), sources=sources), "万元")
    (finding,) = [
        finding
        for finding in bp.audit(bp.SelfEvaluation(form=Statement(funding=funding))).findings
        if finding.code == "F01" and finding.equation is not None
    ]
    assert finding.verdict.value == due


def test_a_figure_that_says_how_precise_it_is_keeps_that() -> None:
    rough = Figure(value="30", unit="万元", places=0)
    report = bp.SelfEvaluation(
        form=Statement(funding=bp.Funding(total=FundingTotal(initial="29.99万元", revised=rough)))
    )
    assert report.form.funding.total.revised is rough


def test_one_figure_that_is_typed_into_a_report_gets_its_column() -> None:
    report = bp.SelfEvaluation(form=Statement(total_score="98.25", indicators=[
        bp.Indicator(name="a", score="29.99")]))  # fmt: skip
    rows = [attrs.evolve(report.form.indicators[0], score="30")]
    again = attrs.evolve(report, form=attrs.evolve(report.form, indicators=rows))
    score = again.form.indicators[0].score
    assert isinstance(score, Figure)
    assert (score.places, score.text) == (2, "30")


def test_the_unit_of_a_table_is_that_of_its_bare_amounts() -> None:
    total = FundingTotal(initial="353.21", revised="5950700元", executed=None, score=8, weight="—")
    read = bp.in_unit(total, "万元")
    assert read == FundingTotal(
        initial="353.21万元", revised="5950700元", executed=None, score=8, weight="—"
    )
    with pytest.raises(bp.BudgetperfError, match="not a unit of money"):
        bp.in_unit(total, "个")


def test_several_things_that_are_wrong_are_told_together() -> None:
    with pytest.raises(bp.ProblemsError) as caught:
        FundingTotal(initial="353,,21万元", revised=1.5, executed="很多", score="9")  # type: ignore[arg-type]
    assert [problem.where for problem in caught.value.problems] == [
        "$.initial", "$.revised", "$.executed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("execution_rate", 1),  # 1 % or all of it
        ("execution_rate", "0.5"),
        ("execution_rate", Points(100)),
        ("initial", Points(10)),
        ("initial", Count(10)),
        ("initial", Rate(1)),
        ("initial", "50分"),
        ("initial", "5万"),
        ("initial", "≥353.21万元"),
        ("score", "10万元"),
        ("weight", Amount(10)),
    ],
)
def test_what_would_be_another_thing_is_refused(field: str, value: Given) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        FundingTotal(**{field: value})
    assert (caught.value.code, caught.value.field) == ("wrong-type", field)


def test_what_is_no_target_is_refused() -> None:
    wrong: list[object] = ["7,00.0,77", [], True]
    for value in wrong:
        with pytest.raises(bp.BudgetperfError) as caught:
            bp.Indicator(target=value)  # type: ignore[arg-type]
        assert caught.value.field == "target"
    with pytest.raises(bp.BudgetperfError):
        bp.Target(value="≥90%")  # its operator would be lost
    assert bp.Indicator(target="效果明显").target.direction is bp.Direction.QUALITATIVE
    missing = bp.Indicator(target="/").target.value
    assert isinstance(missing, bp.Missing)
    assert missing.reason is bp.MissingReason.DASH


def test_units_are_given_to_bare_amounts_alone() -> None:
    exact = Figure(value="30", places=2, rounding=None)
    total = bp.in_unit(FundingTotal(initial=exact, revised="353.21", score="10分"), "万元")
    assert isinstance(total.initial, Figure)
    assert (total.initial.places, total.initial.is_exact, total.initial.text) == (2, True, "30万元")
    assert str(total.score) == "10分"
    with pytest.raises(bp.BudgetperfError):
        bp.in_unit([total], "万元")  # type: ignore[type-var]


def test_a_repeated_figure_keeps_what_it_says() -> None:
    again = Figure(value="50.5", path="form.total_score")
    report = bp.SelfEvaluation(form=Statement(total_score="50.5"), repeated=[again])
    assert report.repeated[0] is again


def test_what_is_typed_is_known_after_a_journey() -> None:
    """A part that was pickled does not know of itself what is typed in it."""
    rows = [bp.Indicator(name="a", score="29.99"), bp.Indicator(name="b", score=30)]
    statement = pickled(Statement(indicators=rows))
    first, second = (row.score for row in bp.SelfEvaluation(form=statement).form.indicators)
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert first.places == second.places == 2


@given(weight=decimals, actual=decimals, unit=st.sampled_from(["", "%", "次", "万元", "万件"]))
def test_what_is_typed_is_as_precise_alone_as_the_only_row_of_a_form(
    weight: Decimal, actual: Decimal, unit: str
) -> None:
    row = bp.Indicator(target=f"≥{actual:f}{unit}", actual=f"{actual:f}{unit}", weight=weight)
    report = bp.SelfEvaluation(form=Statement(indicators=[row]))
    assert report.form.indicators == (row,)
    assert holds_typed(row)
    assert not holds_typed(report.form)


@pytest.mark.parametrize(("other", "due"), [(0, "exact"), ("0.00", "exact"), (5, "unchecked")])
def test_0_is_0_in_every_unit(other: Given, due: str) -> None:
    """Beside 万元 a bare 0 is 0万元, to the decimals of its column; any other number is not."""
    sources = [
        bp.FundingSource(kind="本级", initial="100.25万元"),
        bp.FundingSource(kind="其他", initial=other),
    ]
    funding = bp.Funding(total=FundingTotal(initial="100.25万元"), sources=sources)
    report = bp.SelfEvaluation(form=Statement(funding=funding))
    (finding,) = [f for f in bp.audit(report).findings if f.code == "F01"]
    assert finding.verdict.value == due
    assert due == "exact" or "in_unit(" in finding.why.zh
    zero = report.form.funding.sources[1].initial
    assert isinstance(zero, Figure)
    assert due != "exact" or (zero.unit.symbol, zero.places) == ("万元", 2)
    assert bp.loads(bp.dumps(report)) == report

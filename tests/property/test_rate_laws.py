"""Laws of the rates, all of them by way of the catalogue."""

from __future__ import annotations

import inspect
import itertools
import operator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import (
    Amount,
    Count,
    DeviationDefinition,
    Figure,
    Missing,
    MissingReason,
    Points,
    Rate,
    Undefined,
    UndefinedReason,
    rates,
)
from budgetperf.rates import RateDefinition, Takes
from tests.strategies import fewer, modes, points_of, rationals

SCALE = {"元": 1, "千元": 10**3, "万元": 10**4, "亿元": 10**8}

units = st.sampled_from(sorted(SCALE))
amounts = st.builds(Amount, rationals, units)
counts = st.builds(Count, st.integers(-1000, 1000))
factors = st.fractions(min_value=-100, max_value=100, max_denominator=50).filter(bool)

# Values of one kind for each argument of that sort: a rate takes no two kinds at once.
DRAWN: dict[Takes, list[st.SearchStrategy[Any]]] = {
    Takes.AMOUNT: [amounts],
    Takes.AMOUNTS: [st.lists(amounts, max_size=4)],
    Takes.COUNT: [counts],
    Takes.RATE: [st.builds(Rate, rationals)],
    Takes.MEASURE: [amounts, counts, rationals, st.builds(Points, rationals)],
    Takes.DURATION: [counts, rationals],
    Takes.DEVIATION: [st.sampled_from(DeviationDefinition)],
}

every_rate = pytest.mark.parametrize("rate", rates.catalogue.values(), ids=lambda rate: rate.id)
Values = dict[str, Any]


@st.composite
def values_for(draw: st.DrawFn, rate: RateDefinition) -> Values:
    takes = dict.fromkeys(argument.takes for argument in rate.arguments)
    kinds = {kind: draw(st.sampled_from(DRAWN[kind])) for kind in takes}
    return {argument.name: draw(kinds[argument.takes]) for argument in rate.arguments}


def size(value: Any) -> Any:
    """In the base unit, from the public attributes."""
    match value:
        case list():
            return [size(part) for part in value]
        case Amount():
            return value.value * SCALE[value.unit.symbol]
        case Rate():
            return value.ratio
        case Points() | Count():
            return Fraction(value.value)
        case _:
            return value


def over(numerator: Fraction, denominator: Fraction) -> Rate | Undefined:
    if denominator:
        return Rate(numerator / denominator)
    zero = UndefinedReason.ZERO_OVER_ZERO
    return Undefined(reason=UndefinedReason.DIVISION_BY_ZERO if numerator else zero)


def as_defined(actual: Any, target: Any, definition: DeviationDefinition) -> Rate | Undefined:
    """Nothing that is drawn here is a rate: points are then in percent of the target."""
    base = actual if definition.value == "relative-to-actual" else target
    return NEGATIVE if base < 0 else over(actual - target, base)


# The formulas of rules.md once more, by hand: what is divided, and by what.
PLAIN = {
    "execution-rate": "executed / revised",
    "adjustment-rate": "adjustment / initial",
    "share": "part / total",
    "completion-rate": "actual / target",
    "staffing-control-rate": "in_service / authorised",
    "three-public-change-rate": "this_year - last_year / last_year",
    "three-public-actual-change-rate": "this_year - last_year / last_year",
    "key-expenditure-rate": "key_projects / all_projects",
    "budget-completion-rate": "completed / budget",
    "gross-adjustment-rate": "sum(map(abs, moves)) / budget",
    "payment-progress-rate": "paid / budget * planned",
    "carry-over-rate": "carried_over / budget",
    "carry-over-rate-on-executed": "carried_over / executed",
    "carry-over-change-rate": "this_year - last_year / last_year",
    "operating-cost-control-rate": "actual / budget",
    "three-public-control-rate": "actual / budget",
    "procurement-execution-rate": "actual / budget",
    "fixed-asset-use-rate": "in_use / total",
    "task-completion-rate": "completed / planned",
    "task-timeliness-rate": "on_time / planned",
    "task-quality-rate": "up_to_standard / planned",
    "key-task-closure-rate": "completed / assigned",
    "special-funds-detail-rate": "detailed / distributed",
    "goals-set-rate": "done / projects",
    "monitoring-completion-rate": "done / projects",
    "self-evaluation-completion-rate": "done / projects",
    "key-evaluation-completion-rate": "done / key_projects",
    "evaluation-use-rate": "adopted / made",
    "funds-in-place-rate": "in_place / planned",
    "funds-in-place-rate-on-budget": "in_place / budget",
    "funds-on-time-rate": "on_time / due",
    "execution-rate-on-funds-in-place": "spent / in_place",
    "output-completion-rate": "actual / planned",
    "output-timeliness-rate": "planned - actual / planned",
    "output-quality-rate": "up_to_standard / actual",
    "cost-saving-rate": "planned - actual / planned",
    "cost-control-rate": "budget - actual / budget",
    "asset-formation-rate": "formed / invested",
    "quota-match-rate": "needed / applied",
    "project-output-rate": "actual / planned",
    "personnel-funding-rate": "per_head / standard",
    "operating-funding-rate": "per_head / standard",
    "operating-funding-change-rate": "this_year - last_year / last_year",
    "livelihood-share": "livelihood / expenditure",
    "livelihood-share-change-rate": "this_year - last_year / last_year",
    "fiscal-staff-control-rate": "actual - standard / standard",
    "debt-rate": "debt / resources",
    "revenue-completion-rate": "actual / budget",
    "expenditure-completion-rate": "completed / budget",
    "expenditure-balance-rate": "paid / budget * planned",
    "funds-carry-over-rate": "carried_over / budget",
    "funds-carry-over-change-rate": "this_year - last_year / last_year",
    "temporary-balance-rate": "balance / budget",
    "revenue-to-gdp": "revenue / gdp",
    "tax-share": "tax / revenue",
    "tax-share-change-rate": "this_year - last_year / last_year",
    "non-tax-share": "non_tax / revenue",
    "non-tax-share-change-rate": "this_year - last_year / last_year",
    "expenditure-multiplier": "gdp - last_gdp / expenditure - last_expenditure",
    "urban-income-change-rate": "this_year - last_year / last_year",
    "rural-income-change-rate": "this_year - last_year / last_year",
    "schooling-change-rate": "this_year - last_year / last_year",
    "life-expectancy-change-rate": "this_year - last_year / last_year",
    "unemployment-change-rate": "this_year - last_year / last_year",
    "air-quality-change-rate": "this_year - last_year / last_year",
    "green-space-change-rate": "this_year - last_year / last_year",
    "energy-intensity-change-rate": "this_year - last_year / last_year",
}


NEGATIVE = Undefined(reason=UndefinedReason.NEGATIVE_BASE)
OF_TARGETS = ("completion-rate", "deviation")
"""Rates of a target: of one below 0 there are none."""


def in_plain(id: str, sizes: Values) -> Rate | Undefined:
    """Nothing that is drawn here is a rate: points are then in percent of the target."""
    if id == "deviation":
        base = "actual" if sizes["definition"].value == "relative-to-actual" else "target"
        formula = f"actual - target / {base}"
    else:
        formula = PLAIN[id]
    top, bottom = (Fraction(eval(part, None, sizes)) for part in formula.split(" / "))  # noqa: S307
    return NEGATIVE if bottom < 0 and id in OF_TARGETS else over(top, bottom)


@every_rate
@fewer
@given(data=st.data())
def test_a_rate_is_its_formula(rate: RateDefinition, data: st.DataObject) -> None:
    values = data.draw(values_for(rate))
    sizes = {name: size(value) for name, value in values.items()}
    assert rate.function(**values) == in_plain(rate.id, sizes)


@every_rate
@fewer
@given(data=st.data(), factor=factors)
def test_a_common_factor_changes_no_rate(
    rate: RateDefinition, data: st.DataObject, factor: Fraction
) -> None:
    """Ten times the money, the tasks, the outputs or the days is the same rate."""
    values = data.draw(values_for(rate))
    factor = abs(factor) if rate.id in OF_TARGETS else factor
    grown = {name: times(value, factor) for name, value in values.items()}
    rate_found, again = rate.function(**values), rate.function(**grown)
    if rate.id == "gross-adjustment-rate" and factor < 0 and isinstance(rate_found, Rate):
        rate_found = -rate_found  # moves count without their sign, the budget with it
    assert rate_found == again


def times(value: Any, factor: Fraction) -> Any:
    match value:
        case list():
            return [times(part, factor) for part in value]
        case Count():
            return Count(value.value * factor.numerator)
        case Rate() | DeviationDefinition():
            return value
        case _:
            return value * factor


@every_rate
@fewer
@given(data=st.data())
def test_the_unit_of_money_changes_no_rate(rate: RateDefinition, data: st.DataObject) -> None:
    values = data.draw(values_for(rate))

    def moved(value: Any) -> Any:
        if isinstance(value, list):
            return [moved(part) for part in value]
        return value.to(data.draw(units)) if isinstance(value, Amount) else value

    assert rate.function(**values) == rate.function(
        **{name: moved(value) for name, value in values.items()}
    )


# Figures of a report in place of the quantities: what is printed, and what may be behind it.


def printed(unit: st.SearchStrategy[str]) -> st.SearchStrategy[Figure]:
    return st.builds(
        lambda digits, places, unit, mode: Figure(
            value=Decimal(digits).scaleb(-places), unit=unit, rounding=mode
        ),
        st.integers(-300, 300),
        st.integers(0, 2),
        unit,
        st.one_of(st.none(), modes),
    )


money = printed(st.sampled_from(["元", "万元"]))
FIGURES: dict[Takes, list[st.SearchStrategy[Any]]] = {
    Takes.AMOUNT: [money],
    Takes.AMOUNTS: [st.lists(money, max_size=3)],
    Takes.COUNT: [printed(st.sampled_from(["人", "名", ""]))],
    Takes.RATE: [printed(st.just("%"))],
    Takes.MEASURE: [money, printed(st.just("%")), printed(st.just("次"))],
    Takes.DURATION: [printed(st.just("天"))],
    Takes.DEVIATION: [st.sampled_from(DeviationDefinition)],
}


@st.composite
def figures_for(draw: st.DrawFn, rate: RateDefinition) -> Values:
    takes = dict.fromkeys(argument.takes for argument in rate.arguments)
    kinds = {kind: draw(st.sampled_from(FIGURES[kind])) for kind in takes}
    return {argument.name: draw(kinds[argument.takes]) for argument in rate.arguments}


def plainly(rate: RateDefinition, values: Values, true: Values) -> Rate | Undefined:
    """The formula by hand; points exist between rates."""
    are_points = rate.id == "deviation" and values["definition"].value == "points"
    if are_points and values["actual"].unit.dimension == "ratio":
        return Rate(true["actual"] - true["target"])
    return in_plain(rate.id, true)


def chosen(values: Values, choose: Any) -> Values:
    def of(value: Any) -> Any:
        if isinstance(value, list):
            return [of(part) for part in value]
        return choose(value) if isinstance(value, Figure) else value

    return {name: of(value) for name, value in values.items()}


@every_rate
@fewer
@given(data=st.data())
def test_figures_give_the_rate_of_the_print_and_all_that_may_be_behind_it(
    rate: RateDefinition, data: st.DataObject
) -> None:
    values = data.draw(figures_for(rate))
    computed = rate.function(**values)
    assert computed == plainly(rate, values, chosen(values, lambda figure: figure.nominal))
    true = chosen(values, lambda figure: data.draw(points_of(figure.interval)))
    actual = plainly(rate, values, true)
    if isinstance(computed, Rate) and isinstance(actual, Rate):
        assert actual.ratio in computed.interval
        assert computed.ratio in computed.interval


@every_rate
@fewer
@given(data=st.data())
def test_the_interval_of_a_rate_is_as_narrow_as_can_be(
    rate: RateDefinition, data: st.DataObject
) -> None:
    """Each figure is used once, so that the extremes are at corners, but for a size around 0."""
    values = data.draw(figures_for(rate))
    computed = rate.function(**values)
    figures = list[Figure]()
    chosen(values, figures.append)
    sides = [[figure.interval.lower, figure.interval.upper] for figure in figures]
    sides = [[*ends, Fraction(0)] if ends[0] < 0 < ends[1] else ends for ends in sides]  # type: ignore[operator]
    corners = list[Rate | Undefined]()
    for corner in itertools.product(*sides):
        ends = iter(corner)
        corners.append(plainly(rate, values, chosen(values, lambda _, ends=ends: next(ends))))
    ratios = [corner.ratio for corner in corners if isinstance(corner, Rate)]
    if not isinstance(computed, Rate):
        return
    if len(ratios) == len(corners) and computed.interval.width is not None:
        assert (computed.interval.lower, computed.interval.upper) == (min(ratios), max(ratios))
    else:  # 0 over what may be 0 is 0, or nothing
        assert computed.interval.width in (None, 0)


@every_rate
@fewer
@given(data=st.data())
def test_what_is_missing_is_missing_for_the_same_reason(
    rate: RateDefinition, data: st.DataObject
) -> None:
    """Of several the first in the order of the arguments."""
    values = data.draw(st.one_of(values_for(rate), figures_for(rate)))
    names = [argument.name for argument in rate.arguments if argument.takes is not Takes.DEVIATION]
    gone = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    reasons = data.draw(st.permutations(list(MissingReason)))
    for name, reason in zip(gone, reasons, strict=False):
        missing = Missing(reason=reason)
        values[name] = [missing, *values[name]] if isinstance(values[name], list) else missing
    first = next(values[name] for name in names if name in gone)
    assert rate.function(**values) == (first[0] if isinstance(first, list) else first)


@given(a=printed(st.just("%")), b=printed(st.just("%")), data=st.data())
def test_what_is_computed_with_rates_keeps_their_intervals(
    a: Figure, b: Figure, data: st.DataObject
) -> None:
    left, right = (Rate.within(figure.nominal, figure.interval) for figure in (a, b))
    x, y = (data.draw(points_of(figure.interval)) for figure in (a, b))
    places = data.draw(st.integers(-1, 3))
    for computed, true in (
        (left + right, Rate(x + y)), (left - right, Rate(x - y)), (-left, Rate(-x)),
        (abs(left), Rate(abs(x))), (left * right, Rate(x * y)), (left * 3, Rate(x * 3)),
        (Fraction(-1, 2) * left, Rate(-x / 2)), (left / right, over(x, y)),
        (sum([left, right]), Rate(x + y)), (round(left, places), round(Rate(x), places)),
        (left.rounded(places), Rate(x).rounded(places)),
    ):  # fmt: skip
        if isinstance(computed, Rate) and isinstance(true, Rate):
            assert true.ratio in computed.interval
            assert computed.ratio in computed.interval
    # A zero that is rounded up, away from 0, can be nothing but 0: a point that is not exact.
    points = a.interval.is_point and b.interval.is_point
    assert (left + right).interval.is_point == points
    other_kind: Any = Count(1)
    for operation in (operator.add, operator.sub, operator.mul, operator.truediv):
        with pytest.raises(TypeError):
            operation(left, other_kind)
    assert left == Rate(a.nominal)
    assert hash(left) == hash(Rate(a.nominal))


@every_rate
def test_arguments_go_by_name(rate: RateDefinition) -> None:
    """Two amounts in the wrong order would be a rate, too."""
    parameters = inspect.signature(rate.function).parameters.values()
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}


def ratio(rate: rates.Computed) -> Fraction:
    assert isinstance(rate, Rate)
    return rate.ratio


bases = amounts.filter(lambda amount: amount.value != 0)


@given(part=amounts, total=bases)
def test_parts_add_up(part: Amount, total: Amount) -> None:
    others = total - part
    assert ratio(rates.share(part=part, total=total)) + ratio(
        rates.share(part=others, total=total)
    ) == Fraction(1)


@given(actual=amounts, budget=bases)
def test_what_is_saved_and_what_is_spent_are_all(actual: Amount, budget: Amount) -> None:
    saved = ratio(rates.cost_saving_rate(planned=budget, actual=actual))
    assert saved == ratio(rates.cost_control_rate(budget=budget, actual=actual))
    for spent in (
        rates.operating_cost_control_rate(actual=actual, budget=budget),
        rates.execution_rate(executed=actual, revised=budget),
        rates.budget_completion_rate(completed=actual, budget=budget),
    ):
        assert saved + ratio(spent) == 1
    left = rates.carry_over_rate(carried_over=budget - actual, budget=budget)
    assert ratio(left) == saved


@given(this_year=amounts, last_year=bases)
def test_a_change_is_the_quotient_less_one(this_year: Amount, last_year: Amount) -> None:
    quotient = ratio(rates.share(part=this_year, total=last_year))
    for change in (
        rates.three_public_change_rate,
        rates.three_public_actual_change_rate,
        rates.carry_over_change_rate,
    ):
        assert ratio(change(this_year=this_year, last_year=last_year)) == quotient - 1
        assert change(this_year=last_year, last_year=last_year) == Rate(0)


@given(spent=amounts, in_place=bases, budget=bases)
def test_the_two_execution_rates_are_tied_by_the_funds_in_place(
    spent: Amount, in_place: Amount, budget: Amount
) -> None:
    on_funds = rates.execution_rate_on_funds_in_place(spent=spent, in_place=in_place)
    arrived = rates.funds_in_place_rate_on_budget(in_place=in_place, budget=budget)
    on_budget = rates.execution_rate(executed=spent, revised=budget)
    assert ratio(on_funds) * ratio(arrived) == ratio(on_budget)


@given(carried_over=bases, budget=bases, executed=bases)
def test_the_two_carry_over_rates_are_tied_by_the_execution_rate(
    carried_over: Amount, budget: Amount, executed: Amount
) -> None:
    on_budget = rates.carry_over_rate(carried_over=carried_over, budget=budget)
    on_executed = rates.carry_over_rate_on_executed(carried_over=carried_over, executed=executed)
    assert ratio(on_budget) == ratio(on_executed) * ratio(
        rates.execution_rate(executed=executed, revised=budget)
    )


tasks = st.integers(0, 50)
some_tasks = st.integers(1, 50)


@given(good=tasks, bad=tasks, planned=some_tasks)
def test_the_two_quality_rates_are_tied_by_completion(good: int, bad: int, planned: int) -> None:
    """Of a department and of a project, were tasks and outputs the same things."""
    done = good + bad
    assume(done)
    of_tasks = rates.task_quality_rate(up_to_standard=Count(good), planned=Count(planned))
    of_outputs = rates.output_quality_rate(up_to_standard=Count(good), actual=Count(done))
    completed = rates.task_completion_rate(completed=Count(done), planned=Count(planned))
    assert ratio(of_tasks) == ratio(of_outputs) * ratio(completed)
    assert completed == rates.output_completion_rate(actual=Count(done), planned=Count(planned))
    assert 0 <= ratio(of_outputs) <= 1


@given(planned=some_tasks, actual=tasks)
def test_time_saved_has_the_sign_of_being_early(planned: int, actual: int) -> None:
    saved = ratio(rates.output_timeliness_rate(planned=planned, actual=actual))
    assert (saved > 0, saved == 0, saved < 0) == (
        actual < planned,
        actual == planned,
        actual > planned,
    )
    assert saved + ratio(rates.completion_rate(actual=actual, target=planned)) == 1


@given(paid=amounts, budget=bases, planned=rationals.filter(bool))
def test_progress_times_plan_is_what_was_paid(
    paid: Amount, budget: Amount, planned: Fraction
) -> None:
    progress = rates.payment_progress_rate(paid=paid, budget=budget, planned=Rate(planned))
    assert ratio(progress) * planned == ratio(rates.share(part=paid, total=budget))


positive = st.builds(Amount, st.integers(1, 10**6), units)


@given(moves=st.lists(amounts, min_size=1, max_size=6), budget=positive, data=st.data())
def test_moves_never_offset_each_other(
    moves: list[Amount], budget: Amount, data: st.DataObject
) -> None:
    gross = rates.gross_adjustment_rate(moves=moves, budget=budget)
    net = rates.adjustment_rate(adjustment=sum(moves, start=Amount(0)), initial=budget)
    assert ratio(gross) >= abs(ratio(net))
    one_sign = all(move.value >= 0 for move in moves) or all(move.value <= 0 for move in moves)
    assert (ratio(gross) == abs(ratio(net))) == one_sign
    mixed = [-move if data.draw(st.booleans()) else move for move in moves]
    assert rates.gross_adjustment_rate(moves=reversed(mixed), budget=budget) == gross
    assert rates.gross_adjustment_rate(moves=iter(moves), budget=budget) == gross


measured = st.one_of(
    st.tuples(amounts, amounts), st.tuples(counts, counts), st.tuples(rationals, rationals)
)


@given(pair=measured)
def test_deviation_from_the_target_is_completion_less_one(pair: tuple[Any, Any]) -> None:
    actual, target = pair
    completion = rates.completion_rate(actual=actual, target=target)
    definition = DeviationDefinition.RELATIVE_TO_TARGET
    deviation = rates.deviation(actual=actual, target=target, definition=definition)
    if isinstance(completion, Rate):
        assert ratio(deviation) == completion.ratio - 1
    else:
        assert deviation == completion


@given(actual=rationals, target=rationals)
def test_points_between_rates_are_a_difference(actual: Fraction, target: Fraction) -> None:
    definition = DeviationDefinition.POINTS
    forth = rates.deviation(actual=Rate(actual), target=Rate(target), definition=definition)
    back = rates.deviation(actual=Rate(target), target=Rate(actual), definition=definition)
    assert ratio(forth) == actual - target == -ratio(back)

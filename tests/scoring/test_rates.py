"""The rates of the field: exact, and undefined on a zero base (domain/rules.md §1, §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest

from budgetperf import (
    Amount,
    BudgetperfError,
    Count,
    DeviationDefinition,
    Figure,
    FloatRefusedError,
    Missing,
    Points,
    Rate,
    RoundingMode,
    Undefined,
    UndefinedReason,
    WrongTypeError,
    adjustment_rate,
    completion_rate,
    deviation,
    execution_rate,
    gross_adjustment_rate,
    procurement_execution_rate,
    rates,
    share,
    staffing_control_rate,
    three_public_change_rate,
    three_public_control_rate,
)
from tests.factories import refused, typed


@pytest.mark.parametrize(
    ("actual", "target", "rate"),
    [
        (Rate("100%"), Rate("90%"), Fraction(10, 9)),
        (Count(12), Count(10), Fraction(6, 5)),
        (Amount(1, "万元"), Amount(20000, "元"), Fraction(1, 2)),
        (Points(9), Points(10), Fraction(9, 10)),
        ("12", 10, Fraction(6, 5)),
        (Fraction(1, 3), "1/6", Fraction(2)),
    ],
)
def test_completion(actual: Rate, target: Rate, rate: Fraction) -> None:
    assert completion_rate(actual=actual, target=target) == Rate(rate)


@pytest.mark.parametrize(
    ("actual", "target"),
    [(Rate(1), Count(10)), (Count(1), 10), ("12", Points(10)), (Amount(1), Rate(1))],
)
def test_kinds_do_not_mix(actual: Rate, target: Rate) -> None:
    for definition in DeviationDefinition:
        with refused("unit-mismatch"):
            deviation(actual=actual, target=target, definition=definition)
    with pytest.raises(BudgetperfError):
        completion_rate(actual=actual, target=target)


POINTS, TO_TARGET, TO_ACTUAL = DeviationDefinition


@pytest.mark.parametrize(
    ("definition", "actual", "target", "expected"),
    [
        # the report of 2023: 100 against 90, 97 against 95, 99 against 90
        (POINTS, Rate("100%"), Rate("90%"), Fraction(10, 100)),
        (POINTS, Rate("97%"), Rate("95%"), Fraction(2, 100)),
        (POINTS, Rate("99%"), Rate("90%"), Fraction(9, 100)),
        (TO_TARGET, Rate("99%"), Rate("90%"), Fraction(1, 10)),
        (TO_ACTUAL, Rate("100%"), Rate("90%"), Fraction(1, 10)),
        (POINTS, Count(12), Count(10), Fraction(1, 5)),
        (POINTS, "12", "10", Fraction(1, 5)),
        (TO_TARGET, Count(8), Count(10), Fraction(-1, 5)),
        (TO_ACTUAL, Count(8), Count(10), Fraction(-1, 4)),
    ],
)
def test_deviation(
    definition: DeviationDefinition, actual: Rate, target: Rate, expected: Fraction
) -> None:
    assert deviation(actual=actual, target=target, definition=definition) == Rate(expected)


def test_deviation_on_nothing() -> None:
    zero, some = Count(0), Count(5)
    for definition, actual, target in (
        (TO_TARGET, some, zero), (POINTS, some, zero), (TO_ACTUAL, zero, some),
    ):  # fmt: skip
        on_nothing = deviation(actual=actual, target=target, definition=definition)
        assert on_nothing == Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)
    assert deviation(actual=zero, target=zero, definition=TO_TARGET) == Undefined(
        reason=UndefinedReason.ZERO_OVER_ZERO
    )
    assert deviation(actual=Rate(1), target=Rate(0), definition=POINTS) == Rate(1)


@pytest.mark.parametrize(("actual", "target"), [(30, -20), (-30, -20), (0, -20)])
def test_there_is_no_completion_of_a_target_below_0(actual: int, target: int) -> None:
    """30 beside -20 is not -150 % of it; a fall by 30 % where 20 % were planned is no 150 %."""
    none = Undefined(reason=UndefinedReason.NEGATIVE_BASE)
    assert completion_rate(actual=actual, target=target) == none
    assert deviation(actual=actual, target=target, definition=TO_TARGET) == none
    assert deviation(actual=target, target=actual, definition=TO_ACTUAL) == none
    assert completion_rate(actual=target, target=30) == Rate(f"{target}/30")
    points = deviation(actual=Rate(actual), target=Rate(target), definition=POINTS)
    assert points == Rate(actual - target)


def wan(value: str) -> Amount:
    return Amount(value, "万元")


PUBLISHED: list[tuple[rates.Computed, str]] = [
    # the report of 2023, which prints 68.48 % for the adjustment
    (execution_rate(executed=wan("595.07"), revised=wan("595.07")), "100.00%"),
    (adjustment_rate(adjustment=wan("241.86"), initial=wan("353.21")), "68.47%"),
    (share(part=wan("239.53"), total=wan("595.07")), "40.25%"),
    (share(part=wan("355.55"), total=wan("595.07")), "59.75%"),
    # reports/tables.md 103: the printed 86.19 % and 45.17 %; the first one is 86.18 %
    (execution_rate(executed=Amount("215457.6"), revised=Amount(250000)), "86.18%"),
    (execution_rate(executed=Amount(9034), revised=Amount(20000)), "45.17%"),
    # 049: 100 % is printed, 80.45 % is true; 092: 100.00 % and 50 %
    (execution_rate(executed=wan("3824.26"), revised=wan("4753.66")), "80.45%"),
    (execution_rate(executed=wan("10"), revised=wan("20")), "50.00%"),
    # 021: staff, the three public expenses, operating costs, procurement, the year's funds
    (staffing_control_rate(in_service=Count(15), authorised=Count(15)), "100.00%"),
    (three_public_control_rate(actual=wan("1"), budget=wan("1")), "100.00%"),
    (rates.three_public_actual_change_rate(this_year=wan("1"), last_year=wan("1")), "0.00%"),
    (rates.operating_cost_control_rate(actual=wan("20"), budget=wan("20")), "100.00%"),
    (procurement_execution_rate(actual=wan("4.5"), budget=wan("4.5")), "100.00%"),
    (rates.budget_completion_rate(completed=wan("1389.3"), budget=wan("1397.90")), "99.38%"),
    # rules.md §4.4, Hunan: 95.10 %, 98.31 %, 99.27 %, 39.9 %
    (staffing_control_rate(in_service=Count(136), authorised=Count(143)), "95.10%"),
    (three_public_change_rate(this_year=wan("63.46"), last_year=wan("32")), "98.31%"),
    (rates.budget_completion_rate(completed=wan("2690.62"), budget=wan("2710.42")), "99.27%"),
    (adjustment_rate(adjustment=wan("767.86"), initial=wan("1922.76")), "39.94%"),
    # defects.md: 031 at 62.7 %, 98.6 % and 71.4 %
    (rates.output_completion_rate(actual=Count(770), planned=Count(1228)), "62.70%"),
    (rates.output_completion_rate(actual=Count(209), planned=Count(212)), "98.58%"),
    (rates.output_completion_rate(actual="4044", planned="5662"), "71.42%"),
    # 052: a cost of 150 planned and 125.25 spent; 049: 1100 and 1093
    (rates.cost_saving_rate(planned=wan("150"), actual=wan("125.25")), "16.50%"),
    (rates.cost_saving_rate(planned=wan("1100"), actual=wan("1093")), "0.64%"),
]


@pytest.mark.parametrize(("computed", "percent"), PUBLISHED)
def test_published_figures(computed: rates.Computed, percent: str) -> None:
    assert typed(Rate, computed).percent(2) == percent


BY_HAND: list[tuple[rates.Computed, str]] = [
    (rates.three_public_actual_change_rate(this_year=wan("30"), last_year=wan("40")), "-1/4"),
    (rates.payment_progress_rate(paid=wan("60"), budget=wan("100"), planned=Rate("50%")), "6/5"),
    (rates.carry_over_change_rate(this_year=wan("15"), last_year=wan("20")), "-1/4"),
    (rates.operating_cost_control_rate(actual=wan("17.5"), budget=wan("20")), "7/8"),
    (rates.task_completion_rate(completed=Count(9), planned=Count(12)), "3/4"),
    (rates.key_task_closure_rate(completed=Count(5), assigned=Count(4)), "5/4"),
    (rates.funds_on_time_rate(on_time=Amount(10000), due=wan("4")), "1/4"),
    (rates.output_completion_rate(actual=wan("3"), planned=Amount(40000)), "3/4"),
    (rates.output_timeliness_rate(planned="12.5", actual="12.5"), "0"),
    (rates.cost_saving_rate(planned=wan("100"), actual=wan("125")), "-1/4"),
    # Henan, departments: 3 of 4 millions assigned; 18, 16 and 15 of 20 projects; 3 of 4; 9 of 12
    (rates.special_funds_detail_rate(detailed=wan("300"), distributed=wan("400")), "3/4"),
    (rates.goals_set_rate(done=Count(18), projects=Count(20)), "9/10"),
    (rates.monitoring_completion_rate(done=Count(16), projects=Count(20)), "4/5"),
    (rates.self_evaluation_completion_rate(done=Count(15), projects=Count(20)), "3/4"),
    (rates.key_evaluation_completion_rate(done=Count(3), key_projects=Count(4)), "3/4"),
    (rates.evaluation_use_rate(adopted=Count(9), made=Count(12)), "3/4"),
    # Henan, bonds: more was applied for than is needed, and less
    (rates.asset_formation_rate(formed=wan("9000"), invested=wan("12000")), "3/4"),
    (rates.quota_match_rate(needed=wan("9000"), applied=wan("10000")), "9/10"),
    (rates.quota_match_rate(needed=wan("9000"), applied=wan("8000")), "9/8"),
    (rates.project_output_rate(actual=Count(12), planned=Count(16)), "3/4"),
    # 53号, annex 3: 95 where 100 are the standard is −5 %, and 105 is 5 %
    (rates.fiscal_staff_control_rate(actual=Count(95), standard=Count(100)), "-1/20"),
    (rates.fiscal_staff_control_rate(actual=Count(105), standard=Count(100)), "1/20"),
    (rates.personnel_funding_rate(per_head=wan("9"), standard=Amount(100000)), "9/10"),
    (rates.operating_funding_rate(per_head=wan("1.8"), standard=wan("2")), "9/10"),
    (rates.operating_funding_change_rate(this_year=wan("1.8"), last_year=wan("1.5")), "1/5"),
    (rates.livelihood_share(livelihood=wan("75"), expenditure=wan("100")), "3/4"),
    (rates.livelihood_share_change_rate(this_year=Rate("55%"), last_year=Rate("50%")), "1/10"),
    (rates.debt_rate(debt=wan("60"), resources=wan("80")), "3/4"),
    (rates.revenue_completion_rate(actual=wan("102"), budget=wan("100")), "51/50"),
    (rates.expenditure_completion_rate(completed=wan("96"), budget=wan("100")), "24/25"),
    (
        rates.expenditure_balance_rate(paid=wan("45"), budget=wan("100"), planned=Rate("50%")),
        "9/10",
    ),
    (rates.funds_carry_over_rate(carried_over=wan("5"), budget=wan("100")), "1/20"),
    (rates.funds_carry_over_change_rate(this_year=wan("4"), last_year=wan("5")), "-1/5"),
    (rates.temporary_balance_rate(balance=wan("8"), budget=wan("100")), "2/25"),
    (rates.revenue_to_gdp(revenue=wan("12"), gdp=wan("100")), "3/25"),
    (rates.tax_share(tax=wan("80"), revenue=wan("100")), "4/5"),
    (rates.tax_share_change_rate(this_year=Rate("72%"), last_year=Rate("80%")), "-1/10"),
    (rates.non_tax_share(non_tax=wan("20"), revenue=wan("100")), "1/5"),
    (rates.non_tax_share_change_rate(this_year=Rate("22%"), last_year=Rate("20%")), "1/10"),
    # 50 more of GDP with 20 more of expenditure
    (
        rates.expenditure_multiplier(
            gdp=wan("1050"),
            last_gdp=wan("1000"),
            expenditure=wan("220"),
            last_expenditure=wan("200"),
        ),
        "5/2",
    ),
    (rates.urban_income_change_rate(this_year=wan("5.25"), last_year=Amount(50000)), "1/20"),
    (rates.rural_income_change_rate(this_year=wan("2.16"), last_year=wan("2")), "2/25"),
    (rates.schooling_change_rate(this_year="9.9", last_year=9), "1/10"),
    (rates.life_expectancy_change_rate(this_year=Count(81), last_year=Count(80)), "1/80"),
    (rates.unemployment_change_rate(this_year=Rate("3%"), last_year=Rate("4%")), "-1/4"),
    (rates.air_quality_change_rate(this_year=36, last_year=40), "-1/10"),
    (rates.green_space_change_rate(this_year="13.2", last_year=12), "1/10"),
    (rates.energy_intensity_change_rate(this_year="0.48", last_year="0.5"), "-1/25"),
]


@pytest.mark.parametrize(("computed", "ratio"), BY_HAND)
def test_by_hand(computed: rates.Computed, ratio: str) -> None:
    assert computed == Rate(Fraction(ratio))


def test_one_name_two_formulas() -> None:
    """12 tasks or outputs planned, 9 done, 6 of them good: what each kind of report calls it."""
    good, done, planned = Count(6), Count(9), Count(12)
    assert rates.task_quality_rate(up_to_standard=good, planned=planned) == Rate("50%")
    assert rates.output_quality_rate(up_to_standard=good, actual=done) == Rate(Fraction(2, 3))
    # All of them done on the last day of 30: 100 % of a department, 0 of a project.
    assert rates.task_timeliness_rate(on_time=planned, planned=planned) == Rate("100%")
    assert rates.output_timeliness_rate(planned=30, actual=30) == Rate(0)
    # Absolute moves add up in the 2013 framework: +30 and -20 are 50 of 100, not 10.
    budget = wan("100")
    assert gross_adjustment_rate(moves=[wan("30"), wan("-20")], budget=budget) == Rate("50%")
    assert adjustment_rate(adjustment=wan("30") - wan("20"), initial=budget) == Rate("10%")
    # 95 people where 100 are authorised: 95 % of a department, −5 % of a region.
    people, posts = Count(95), Count(100)
    assert staffing_control_rate(in_service=people, authorised=posts) == Rate("95%")
    assert rates.fiscal_staff_control_rate(actual=people, standard=posts) == Rate("-5%")
    # Half of the funds in place, all of them spent.
    spent = in_place = wan("50")
    assert execution_rate(executed=spent, revised=budget) == Rate("50%")
    assert rates.execution_rate_on_funds_in_place(spent=spent, in_place=in_place) == Rate("100%")


ZERO = UndefinedReason.ZERO_OVER_ZERO
BY_ZERO = UndefinedReason.DIVISION_BY_ZERO
NONE, SOME = Amount(0), Amount(5)
UNDEFINED: list[tuple[rates.Computed, UndefinedReason]] = [
    (execution_rate(executed=NONE, revised=NONE), ZERO),
    (execution_rate(executed=SOME, revised=NONE), BY_ZERO),
    (staffing_control_rate(in_service=Count(0), authorised=Count(0)), ZERO),
    (gross_adjustment_rate(moves=[SOME], budget=NONE), BY_ZERO),
    (rates.carry_over_change_rate(this_year=NONE, last_year=NONE), ZERO),
    (rates.carry_over_change_rate(this_year=SOME, last_year=NONE), BY_ZERO),
    (rates.payment_progress_rate(paid=NONE, budget=NONE, planned=Rate("50%")), ZERO),
    (rates.payment_progress_rate(paid=SOME, budget=NONE, planned=Rate("50%")), BY_ZERO),
    (rates.payment_progress_rate(paid=NONE, budget=SOME, planned=Rate(0)), ZERO),
    (rates.payment_progress_rate(paid=SOME, budget=SOME, planned=Rate(0)), BY_ZERO),
    (rates.cost_saving_rate(planned=NONE, actual=NONE), ZERO),
    (rates.cost_control_rate(budget=NONE, actual=SOME), BY_ZERO),
    (rates.output_timeliness_rate(planned=0, actual=0), ZERO),
    (rates.output_timeliness_rate(planned=0, actual=5), BY_ZERO),
    (rates.output_quality_rate(up_to_standard=0, actual=0), ZERO),
    (rates.task_timeliness_rate(on_time=Count(1), planned=Count(0)), BY_ZERO),
    (rates.evaluation_use_rate(adopted=Count(0), made=Count(0)), ZERO),
    (rates.asset_formation_rate(formed=SOME, invested=NONE), BY_ZERO),
    (rates.fiscal_staff_control_rate(actual=Count(0), standard=Count(0)), ZERO),
    (rates.tax_share_change_rate(this_year=Rate("5%"), last_year=Rate(0)), BY_ZERO),
    (rates.expenditure_balance_rate(paid=SOME, budget=SOME, planned=Rate(0)), BY_ZERO),
    (rates.air_quality_change_rate(this_year=36, last_year=0), BY_ZERO),
    # expenditure as in the year before
    (
        rates.expenditure_multiplier(
            gdp=SOME, last_gdp=NONE, expenditure=SOME, last_expenditure=SOME
        ),
        BY_ZERO,
    ),
]


@pytest.mark.parametrize(("computed", "reason"), UNDEFINED)
def test_new_rates_on_nothing(computed: rates.Computed, reason: UndefinedReason) -> None:
    assert computed == Undefined(reason=reason)


# Wrong on purpose, and past the type checker.
REFUSED: list[tuple[Callable[..., object], dict[str, object], str]] = [
    (execution_rate, {"executed": 1.5, "revised": SOME}, "Amount"),
    (execution_rate, {"executed": "595.07", "revised": SOME}, "Amount"),
    (execution_rate, {"executed": Rate(1), "revised": SOME}, "Amount"),
    (execution_rate, {"executed": None, "revised": SOME}, "Amount"),
    (share, {"part": SOME, "total": 5}, "Amount"),
    (staffing_control_rate, {"in_service": 10, "authorised": Count(12)}, "Count"),
    (completion_rate, {"actual": 0.9, "target": 1}, "0.9"),
    (rates.payment_progress_rate, {"paid": SOME, "budget": SOME, "planned": "50%"}, "Rate"),
    (rates.payment_progress_rate, {"paid": SOME, "budget": 5, "planned": Rate(1)}, "Amount"),
    (rates.payment_progress_rate, {"paid": 5, "budget": SOME, "planned": Rate(1)}, "Amount"),
    (rates.cost_saving_rate, {"planned": 5, "actual": SOME}, "Amount"),
    (rates.cost_saving_rate, {"planned": SOME, "actual": Rate(1)}, "Amount"),
    (rates.cost_control_rate, {"budget": SOME, "actual": 0.5}, "Amount"),
    (rates.carry_over_change_rate, {"this_year": SOME, "last_year": "5"}, "Amount"),
    (rates.task_quality_rate, {"up_to_standard": Count(1), "planned": 2}, "Count"),
    (rates.task_completion_rate, {"completed": SOME, "planned": SOME}, "Count"),
    (rates.output_timeliness_rate, {"planned": SOME, "actual": SOME}, "Count"),
    (rates.output_timeliness_rate, {"planned": 5, "actual": Rate(1)}, "Count"),
    (rates.output_timeliness_rate, {"planned": Points(5), "actual": 5}, "Count"),
    (rates.output_timeliness_rate, {"planned": 5, "actual": dt.date(2024, 1, 1)}, "2024"),
    (rates.output_completion_rate, {"actual": 0.5, "planned": 1}, "0.5"),
    (rates.goals_set_rate, {"done": SOME, "projects": Count(5)}, "Count"),
    (rates.debt_rate, {"debt": SOME, "resources": Rate(1)}, "Amount"),
    (rates.tax_share_change_rate, {"this_year": "72%", "last_year": Rate(1)}, "Rate"),
    (rates.schooling_change_rate, {"this_year": SOME, "last_year": SOME}, "Count"),
    (rates.energy_intensity_change_rate, {"this_year": 0.5, "last_year": 1}, "0.5"),
]


@pytest.mark.parametrize(("function", "values", "remedy"), REFUSED)
def test_new_rates_refuse_what_is_no_such_quantity(
    function: Callable[..., object], values: dict[str, object], remedy: str
) -> None:
    with pytest.raises(WrongTypeError, match=remedy):
        function(**values)


def test_outputs_and_times_of_two_kinds_do_not_mix() -> None:
    with pytest.raises(BudgetperfError, match=r"实际产出数 5 与计划产出数 12 .*planned output 12"):
        rates.output_completion_rate(actual=Count(5), planned=12)
    with refused("unit-mismatch", match=r"质量达标产出数 5元 与实际产出数 5 "):
        rates.output_quality_rate(up_to_standard=Amount(5), actual=Count(5))
    with pytest.raises(BudgetperfError, match=r"计划完成时间 30 与实际完成时间 25 "):
        rates.output_timeliness_rate(planned=Count(30), actual=25)


def figure(text: str) -> Figure:
    return Figure.parse(text)


def test_figures_of_a_report_just_work() -> None:
    """The report of 2023: 68.48 % is printed, 68.47 % follows, and 68.48 % is within rounding."""
    initial, revised = figure("353.21万元"), figure("595.07万元")
    rate = typed(Rate, adjustment_rate(adjustment=figure("241.86万元"), initial=initial))
    assert f"{rate:.2%}" == "68.47%"
    assert Fraction("0.68475") in rate.interval
    assert Fraction("0.6848") not in rate.interval
    # Each figure once: 1.01 of all at most, not 1.02 of what naive arithmetic would leave.
    assert typed(Rate, execution_rate(executed=revised, revised=revised)) == Rate(1)
    # A figure and an amount, in two units; 0 and a table without a unit.
    half = execution_rate(executed=Amount("2975350", "元"), revised=revised)
    assert half == Rate("50%")
    assert execution_rate(executed=figure("5"), revised=figure("10")) == Rate("50%")
    assert execution_rate(executed=figure("0"), revised=revised) == Rate(0)
    assert share(part=initial, total=Missing()) == Missing()


@pytest.mark.parametrize("missing", ["gdp", "last_gdp", "expenditure", "last_expenditure"])
def test_a_difference_without_one_of_its_figures_is_missing(missing: str) -> None:
    figures = {"gdp": 1050, "last_gdp": 1000, "expenditure": 220, "last_expenditure": 200}
    given = {name: Amount(value) for name, value in figures.items()}
    assert rates.expenditure_multiplier(**(given | {missing: Missing()})) == Missing()


def test_a_base_printed_as_0_is_0_in_print_and_open_behind_it() -> None:
    none = figure("0.00万元")
    assert execution_rate(executed=SOME, revised=none) == Undefined(reason=BY_ZERO)
    near = Figure(value="0.01", unit="万元", rounding=RoundingMode.NEAREST)
    wide = Figure(value="0.01", unit="万元", rounding=RoundingMode.UP, places=2)
    assert typed(Rate, execution_rate(executed=SOME, revised=near)).interval.width is not None
    assert 0 not in wide.interval
    cut = typed(Rate, execution_rate(executed=SOME, revised=wide))
    assert (cut.interval.lower, cut.interval.upper) == (Fraction(5, 100), None)


@pytest.mark.parametrize(
    ("function", "values", "code"),
    [
        (execution_rate, {"executed": "5", "revised": "10万元"}, "no-unit"),
        (execution_rate, {"executed": "5%", "revised": "10万元"}, "unit-mismatch"),
        (execution_rate, {"executed": "5人", "revised": "10人"}, "unit-mismatch"),
        (share, {"part": "5万元", "total": "10次"}, "unit-mismatch"),
        (staffing_control_rate, {"in_service": "5人", "authorised": "10个"}, "unit-mismatch"),
        (staffing_control_rate, {"in_service": "5元", "authorised": "10元"}, "unit-mismatch"),
        (staffing_control_rate, {"in_service": "5%", "authorised": "10"}, "unit-mismatch"),
        (completion_rate, {"actual": "90", "target": "90%"}, "unit-mismatch"),
        (completion_rate, {"actual": "9次", "target": "10"}, "unit-mismatch"),
        (rates.output_timeliness_rate, {"planned": "5元", "actual": "5元"}, "unit-mismatch"),
    ],
)
def test_figures_of_two_kinds_do_not_mix(
    function: Callable[..., object], values: dict[str, str], code: str
) -> None:
    with refused(code):
        function(**{name: figure(text) for name, text in values.items()})


def test_a_figure_beside_a_quantity() -> None:
    assert completion_rate(actual=figure("99%"), target=Rate("90%")) == Rate("110%")
    assert completion_rate(actual=figure("9次"), target=Count(10)) == Rate("90%")
    assert completion_rate(actual=9, target=figure("10次")) == Rate("90%")
    assert completion_rate(actual=Points(9), target=figure("10分")) == Rate("90%")
    progress = rates.payment_progress_rate(
        paid=figure("45万元"), budget=Amount(100, "万元"), planned=figure("50%")
    )
    assert progress == Rate("90%")
    unplanned = Missing()
    assert unplanned == rates.payment_progress_rate(paid=SOME, budget=SOME, planned=unplanned)
    assert unplanned == rates.payment_progress_rate(paid=SOME, budget=unplanned, planned=Rate(1))
    for wrong, planned in ((Count(9), figure("10%")), (Amount(9), figure("10次")), (99, "99%")):
        base = figure(planned) if isinstance(planned, str) else planned
        with refused("unit-mismatch"):
            completion_rate(actual=wrong, target=base)
    with refused("unit-mismatch"):
        rates.payment_progress_rate(paid=SOME, budget=SOME, planned=figure("0.5"))
    # What is no such quantity is refused even where the other one is missing.
    with pytest.raises(FloatRefusedError):
        execution_rate(executed=Missing(), revised=0.5)  # type: ignore[arg-type]

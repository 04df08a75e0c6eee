"""The rates of the field, as pure functions of exact quantities and of figures of a report.

A rate on a zero base is ``Undefined``, never 0 % and never 100 %; where a figure is missing, the
rate is ``Missing`` for the same reason. Nothing is rounded, nothing is capped, and a sign is kept.
Of printed figures it is the rate of what is printed, and ``rate.interval`` is all that it may be
for the true values behind them.

Several rates share one official name: each formula is a function of its own, and its docstring
names the others. ``catalogue`` lists them all, with their Chinese names, arguments, formulas,
sources and traps, so that forms and pages can be built from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetperf.citations import Likelihood, Status
from budgetperf.citations import Provision as Source

from .common import (
    DeviationDefinition,
    adjustment_rate,
    completion_rate,
    deviation,
    execution_rate,
    share,
)
from .definition import Argument, RateCatalogue, RateDefinition, Takes, Trap
from .department import (
    budget_completion_rate,
    carry_over_change_rate,
    carry_over_rate,
    carry_over_rate_on_executed,
    evaluation_use_rate,
    fixed_asset_use_rate,
    goals_set_rate,
    gross_adjustment_rate,
    key_evaluation_completion_rate,
    key_expenditure_rate,
    key_task_closure_rate,
    monitoring_completion_rate,
    operating_cost_control_rate,
    payment_progress_rate,
    procurement_execution_rate,
    self_evaluation_completion_rate,
    special_funds_detail_rate,
    staffing_control_rate,
    task_completion_rate,
    task_quality_rate,
    task_timeliness_rate,
    three_public_actual_change_rate,
    three_public_change_rate,
    three_public_control_rate,
)
from .inputs import Computed, Counted, Duration, Measured, Money, Ratio
from .project import (
    asset_formation_rate,
    cost_control_rate,
    cost_saving_rate,
    execution_rate_on_funds_in_place,
    funds_in_place_rate,
    funds_in_place_rate_on_budget,
    funds_on_time_rate,
    output_completion_rate,
    output_quality_rate,
    output_timeliness_rate,
    project_output_rate,
    quota_match_rate,
)
from .region import (
    air_quality_change_rate,
    debt_rate,
    energy_intensity_change_rate,
    expenditure_balance_rate,
    expenditure_completion_rate,
    expenditure_multiplier,
    fiscal_staff_control_rate,
    funds_carry_over_change_rate,
    funds_carry_over_rate,
    green_space_change_rate,
    life_expectancy_change_rate,
    livelihood_share,
    livelihood_share_change_rate,
    non_tax_share,
    non_tax_share_change_rate,
    operating_funding_change_rate,
    operating_funding_rate,
    personnel_funding_rate,
    revenue_completion_rate,
    revenue_to_gdp,
    rural_income_change_rate,
    schooling_change_rate,
    tax_share,
    tax_share_change_rate,
    temporary_balance_rate,
    unemployment_change_rate,
    urban_income_change_rate,
)

if TYPE_CHECKING:
    catalogue: RateCatalogue
    """Every rate by its id: those of both kinds first, then of departments, projects, regions."""
else:

    def __getattr__(name: str) -> object:
        # The catalogue is read when it is first asked for.
        if name == "catalogue":
            from .reading import shipped

            return shipped()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Argument",
    "Computed",
    "Counted",
    "DeviationDefinition",
    "Duration",
    "Likelihood",
    "Measured",
    "Money",
    "RateCatalogue",
    "RateDefinition",
    "Ratio",
    "Source",
    "Status",
    "Takes",
    "Trap",
    "adjustment_rate",
    "air_quality_change_rate",
    "asset_formation_rate",
    "budget_completion_rate",
    "carry_over_change_rate",
    "carry_over_rate",
    "carry_over_rate_on_executed",
    "catalogue",
    "completion_rate",
    "cost_control_rate",
    "cost_saving_rate",
    "debt_rate",
    "deviation",
    "energy_intensity_change_rate",
    "evaluation_use_rate",
    "execution_rate",
    "execution_rate_on_funds_in_place",
    "expenditure_balance_rate",
    "expenditure_completion_rate",
    "expenditure_multiplier",
    "fiscal_staff_control_rate",
    "fixed_asset_use_rate",
    "funds_carry_over_change_rate",
    "funds_carry_over_rate",
    "funds_in_place_rate",
    "funds_in_place_rate_on_budget",
    "funds_on_time_rate",
    "goals_set_rate",
    "green_space_change_rate",
    "gross_adjustment_rate",
    "key_evaluation_completion_rate",
    "key_expenditure_rate",
    "key_task_closure_rate",
    "life_expectancy_change_rate",
    "livelihood_share",
    "livelihood_share_change_rate",
    "monitoring_completion_rate",
    "non_tax_share",
    "non_tax_share_change_rate",
    "operating_cost_control_rate",
    "operating_funding_change_rate",
    "operating_funding_rate",
    "output_completion_rate",
    "output_quality_rate",
    "output_timeliness_rate",
    "payment_progress_rate",
    "personnel_funding_rate",
    "procurement_execution_rate",
    "project_output_rate",
    "quota_match_rate",
    "revenue_completion_rate",
    "revenue_to_gdp",
    "rural_income_change_rate",
    "schooling_change_rate",
    "self_evaluation_completion_rate",
    "share",
    "special_funds_detail_rate",
    "staffing_control_rate",
    "task_completion_rate",
    "task_quality_rate",
    "task_timeliness_rate",
    "tax_share",
    "tax_share_change_rate",
    "temporary_balance_rate",
    "three_public_actual_change_rate",
    "three_public_change_rate",
    "three_public_control_rate",
    "unemployment_change_rate",
    "urban_income_change_rate",
]

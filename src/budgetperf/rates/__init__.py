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
    fixed_asset_use_rate,
    gross_adjustment_rate,
    key_expenditure_rate,
    key_task_closure_rate,
    operating_cost_control_rate,
    payment_progress_rate,
    procurement_execution_rate,
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
    cost_control_rate,
    cost_saving_rate,
    execution_rate_on_funds_in_place,
    funds_in_place_rate,
    funds_in_place_rate_on_budget,
    funds_on_time_rate,
    output_completion_rate,
    output_quality_rate,
    output_timeliness_rate,
)

if TYPE_CHECKING:
    catalogue: RateCatalogue
    """Every rate by its id: those of both kinds first, then those of departments, of projects."""
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
    "budget_completion_rate",
    "carry_over_change_rate",
    "carry_over_rate",
    "carry_over_rate_on_executed",
    "catalogue",
    "completion_rate",
    "cost_control_rate",
    "cost_saving_rate",
    "deviation",
    "execution_rate",
    "execution_rate_on_funds_in_place",
    "fixed_asset_use_rate",
    "funds_in_place_rate",
    "funds_in_place_rate_on_budget",
    "funds_on_time_rate",
    "gross_adjustment_rate",
    "key_expenditure_rate",
    "key_task_closure_rate",
    "operating_cost_control_rate",
    "output_completion_rate",
    "output_quality_rate",
    "output_timeliness_rate",
    "payment_progress_rate",
    "procurement_execution_rate",
    "share",
    "staffing_control_rate",
    "task_completion_rate",
    "task_quality_rate",
    "task_timeliness_rate",
    "three_public_actual_change_rate",
    "three_public_change_rate",
    "three_public_control_rate",
]

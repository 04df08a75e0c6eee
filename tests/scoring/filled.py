"""Forms with a row of budget execution, and grades, that tests of scorecards are made of."""

from __future__ import annotations

import attrs

from budgetperf import Figure, Indicator, Interval, Text
from budgetperf import SelfEvaluation as Report
from budgetperf.rules import Band, Status
from tests.factories import RULES, form

GRADES = attrs.evolve(
    RULES,
    qualitative=(
        Band(grade=Text(zh="好", en="good"), shares=Interval.point(1), status=Status.UNVERIFIED),
        Band(
            grade=Text(zh="一般", en="fair"),
            shares=Interval(lower="0.6", upper="0.8", upper_closed=False),
        ),
    ),
)


def money(value: str) -> Figure:
    return Figure(value=value, unit="元", rounding=None)


def report(
    *rows: Indicator,
    initial: str = "100",
    revised: str = "100",
    executed: str = "100",
    **others: str,
) -> Report:
    return form(
        *rows, initial=f"{initial}元", revised=f"{revised}元", executed=f"{executed}元", **others
    )

"""Hypothesis strategies for the tests of what is built on this library.

Needs the extra: ``pip install 'budgetperf[testing]'``.
"""

from __future__ import annotations

from importlib.util import find_spec

from budgetperf.exact import MissingExtraError, Text

if find_spec("hypothesis") is None:
    raise MissingExtraError(
        "missing-extra",
        Text(
            zh="budgetperf.testing 需要 Hypothesis：pip install 'budgetperf[testing]'",
            en="budgetperf.testing needs Hypothesis: pip install 'budgetperf[testing]'",
        ),
        field="hypothesis",
    )

from .generated import Case, reports
from .planting import Planted, planted_errors
from .values import amounts, figures, indicators, rulesets, targets
from .years import TwoYears, two_years

__all__ = [
    "Case",
    "Planted",
    "TwoYears",
    "amounts",
    "figures",
    "indicators",
    "planted_errors",
    "reports",
    "rulesets",
    "targets",
    "two_years",
]

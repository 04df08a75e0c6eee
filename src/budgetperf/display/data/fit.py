"""Which conventions fit, as plain data: schema ``budgetperf/fit/1``."""

from __future__ import annotations

from budgetperf.auditing.conventions.fit import (
    BasisFit,
    BasisRow,
    Candidate,
    Candidates,
    Convention,
    Fit,
    Told,
)
from budgetperf.exact.shown import Json
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet

from .audit import finding_data

__all__ = ["fit_data"]


def fit_data(told: Told) -> dict[str, Json]:
    """The same as plain data; numbers exact and in strings."""
    match told:
        case Fit():
            return {
                "schema": "budgetperf/fit/1",
                "rules": _candidates_data(told.rules),
                "deviation": _candidates_data(told.deviation),
                "rounding": _candidates_data(told.rounding),
                "basis": [_basis_data(one) for one in told.basis],
            }
        case Candidates():
            return _candidates_data(told)
        case Candidate():
            return _candidate_data(told)
        case BasisFit():
            return _basis_data(told)
        case _:
            return _row_data(told)


def _code(convention: Convention) -> str:
    return convention.id if isinstance(convention, RuleSet) else convention.value


def _candidate_data(one: Candidate[Convention]) -> dict[str, Json]:
    convention = one.convention
    source: dict[str, Json] = {}
    if isinstance(convention, RuleSet):
        source = {"status": convention.status.value, "sha256": convention.sha256}
    return {
        "id": _code(convention),
        **source,
        "outcome": one.outcome.value,
        "holding": len(one.holding),
        "by_judgement": len(one.by_judgement),
        "refuting": len(one.refuting),
        "refutation": None if one.refutation is None else finding_data(one.refutation),
        "undecided": [_undecided_data(finding) for finding in one.undecided],
    }


def _undecided_data(finding: Finding) -> dict[str, Json]:
    return {**finding_data(finding), "reason": finding.reason}


def _candidates_data(many: Candidates[Convention]) -> dict[str, Json]:
    return {
        "candidates": [_candidate_data(one) for one in many.candidates],
        "unexplained": [finding_data(finding) for finding in many.unexplained],
    }


def _basis_data(one: BasisFit) -> dict[str, Json]:
    return {
        "ruleset": one.rules.id,
        "outcomes": {c.convention.value: c.outcome.value for c in one.tried.candidates},
        "rows": [_row_data(row) for row in one.rows],
    }


def _row_data(row: BasisRow) -> dict[str, Json]:
    bases = row.bases
    return {
        "bases": None if bases is None else [basis.value for basis in bases],
        "exact_ratio": finding_data(row.exact_ratio),
        "printed_rate": finding_data(row.printed_rate),
    }

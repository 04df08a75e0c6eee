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
from .receipt import receipt_or_null

__all__ = ["fit_data"]


def fit_data(fit: Told) -> dict[str, Json]:
    """The same as plain data; numbers exact and in strings."""
    match fit:
        case Fit():
            return {
                "schema": "budgetperf/fit/1",
                "rules": _candidates_data(fit.rules),
                "deviation": _candidates_data(fit.deviation),
                "rounding": _candidates_data(fit.rounding),
                "basis": [_basis_data(basis) for basis in fit.basis],
                "receipt": receipt_or_null(fit.receipt),
            }
        case Candidates():
            return _candidates_data(fit)
        case Candidate():
            return _candidate_data(fit)
        case BasisFit():
            return _basis_data(fit)
        case _:
            return _row_data(fit)


def _code(convention: Convention) -> str:
    return convention.id if isinstance(convention, RuleSet) else convention.value


def _candidate_data(candidate: Candidate[Convention]) -> dict[str, Json]:
    convention = candidate.convention
    source: dict[str, Json] = {}
    if isinstance(convention, RuleSet):
        source = {"status": convention.status.value, "sha256": convention.sha256}
    return {
        "id": _code(convention),
        **source,
        "outcome": candidate.outcome.value,
        "holding": len(candidate.holding),
        "by_judgement": len(candidate.by_judgement),
        "refuting": len(candidate.refuting),
        "refutation": None if candidate.refutation is None else finding_data(candidate.refutation),
        "undecided": [_undecided_data(finding) for finding in candidate.undecided],
    }


def _undecided_data(finding: Finding) -> dict[str, Json]:
    return {**finding_data(finding), "reason": finding.reason}


def _candidates_data(many: Candidates[Convention]) -> dict[str, Json]:
    return {
        "candidates": [_candidate_data(candidate) for candidate in many.candidates],
        "unexplained": [finding_data(finding) for finding in many.unexplained],
    }


def _basis_data(basis: BasisFit) -> dict[str, Json]:
    return {
        "ruleset": basis.rules.id,
        "outcomes": {c.convention.value: c.outcome.value for c in basis.tried.candidates},
        "rows": [_row_data(row) for row in basis.rows],
    }


def _row_data(row: BasisRow) -> dict[str, Json]:
    bases = row.bases
    return {
        "bases": None if bases is None else [basis.value for basis in bases],
        "exact_ratio": finding_data(row.exact_ratio),
        "printed_rate": finding_data(row.printed_rate),
    }

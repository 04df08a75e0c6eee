"""The checks that are functions, by the names under which the catalogue of relations knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from budgetperf.model import SelfEvaluation
from budgetperf.relations.finding import Finding
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet

from .checks import (
    breakdowns,
    comparisons,
    demands,
    deviations,
    executed,
    falls,
    quality,
    reasons,
    scores,
    totals,
    weights,
)
from .checks.evidence import questionnaires
from .checks.two_years import figures, words

__all__ = ["CHECKS", "CHECKS_OF_TWO", "Check", "CheckOfTwo"]

Check: TypeAlias = Callable[[Relation, SelfEvaluation, RuleSet | None], Iterator[Finding]]
"""What a relation finds in a report, under a rule-set if one is chosen."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "breakdowns": breakdowns.breakdowns,
        "repeated": comparisons.repeated,
        "level-counts": comparisons.level_counts,
        "marks-and-targets": comparisons.marks_and_targets,
        "executions": demands.executions,
        "adjustments": demands.adjustments,
        "demands-of-totals": demands.totals,
        "leads": demands.leads,
        "completions": demands.completions,
        "execution-rates": executed.execution_rates,
        "deviations": deviations.deviations,
        "deviation-bases": deviations.deviation_bases,
        "reverse-completions": deviations.reverse_completions,
        "monotone-scores": falls.monotone_scores,
        "numbers": quality.numbers,
        "operators": quality.operators,
        "unquantified": quality.unquantified,
        "shortfalls": quality.shortfalls,
        "questionnaire-numbers": questionnaires.questionnaire_numbers,
        "questionnaire-rates": questionnaires.questionnaire_rates,
        "project-sums": breakdowns.project_sums,
        "project-expenditure": breakdowns.project_expenditure,
        "deductions": reasons.deductions,
        "execution-score": scores.execution_score,
        "indicator-scores": scores.indicator_scores,
        "qualitative-scores": scores.qualitative_scores,
        "rating": scores.rating,
        "weights": totals.weights,
        "total-of-weights": totals.total_of_weights,
        "total": totals.total,
        "caps": totals.caps,
        "level-sums": weights.level_sums,
        "layout": weights.layout,
    }
)
"""Every check but J01, which takes the findings of all others."""

CheckOfTwo: TypeAlias = Callable[[Relation, SelfEvaluation, SelfEvaluation], Iterator[Finding]]
"""What a relation finds in a report beside last year's."""

CHECKS_OF_TWO: Mapping[str, CheckOfTwo] = MappingProxyType(
    {
        "of-one-year": figures.of_one_year,
        "last-years-values": figures.last_years_values,
        "carried-over": figures.carried_over,
        "staff": figures.staff,
        "same-words": words.same_words,
    }
)

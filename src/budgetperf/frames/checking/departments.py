"""What departments state as a whole, checked against their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from budgetperf.auditing.engine import findings_by
from budgetperf.documents.records import Table
from budgetperf.frames.tidy.reports import from_tables
from budgetperf.frames.tidy.tables import KEYS, Tables, TidyTable, keys_of
from budgetperf.model import SelfEvaluation
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.rules import RuleSet
from budgetperf.scoring.scorecards import ruleset

from .rows import NOT_STATED, Said

__all__ = ["DEPARTMENT_CHECKS", "check_departments"]

DEPARTMENT_CHECKS: Mapping[str, tuple[str, ...]] = {
    "weights": ("W01", "W15"),
    "levels": ("W02", "W02.layout"),
    "total": ("W08.text", "W08.form"),
    "rating": ("W09",),
    "funding": ("F01",),
    "execution_rate": ("F05", "F05.received", "F05.use"),
    "execution_score": ("F06",),
}
"""What is checked of a department, and the relations that say how."""


def check_departments(
    indicators: Tables | TidyTable | Table,
    lines: TidyTable | Table = (),
    totals: TidyTable | Table = (),
    *,
    rules: RuleSet | str | None = None,
) -> TidyTable:
    """A table with a row for each department, and verdicts on what it states as a whole.

    Checked are, as far as they are stated: ``weights``, which add up to 100 or to their stated
    total; ``levels``, the weights and scores in the headings; ``total``, the total score, against
    the scores; ``rating``, against the total by the bands of the rule-set; ``funding``, the totals
    of the amounts, against the sources; ``execution_rate`` of every line; ``execution_score`` by
    the rule-set. Verdicts and reasons are those of :func:`budgetperf.audit` on the report; of
    several figures the one that most needs a look. What rows state, :func:`check` checks.

    Args:
        indicators: the indicators, as :func:`from_tables` takes them; or all three tables in one.
        lines: the funding lines.
        totals: the total scores and ratings.
        rules: a rule-set, or the id of one that is shipped.

    Returns:
        For each report ``report`` (its number), ``department``, ``year``, and for each check the
        columns ``…_verdict``, the code of a :class:`budgetperf.Verdict`, and ``…_reason``.

    Raises:
        BudgetperfError: as :func:`from_tables` raises; there is no such rule-set.
    """
    chosen = None if rules is None else ruleset(rules)
    reports = from_tables(indicators, lines, totals)
    keys = [keys_of(number, report, "form") for number, report in enumerate(reports)]
    columns: dict[str, tuple[int | str | None, ...]] = {
        key: tuple(each[key] for each in keys) for key in KEYS[:3]
    }
    said = [_verdicts(report, chosen) for report in reports]
    for name in DEPARTMENT_CHECKS:
        columns[f"{name}_verdict"] = tuple(each[name][0].value for each in said)
        columns[f"{name}_reason"] = tuple(each[name][1] for each in said)
    return TidyTable(columns=columns)


def _verdicts(report: SelfEvaluation, rules: RuleSet | None) -> dict[str, Said]:
    ids = [id for several in DEPARTMENT_CHECKS.values() for id in several]
    found = findings_by(ids, report, rules)
    return {
        name: _worst(finding for id in several for finding in found[id])
        for name, several in DEPARTMENT_CHECKS.items()
    }


def _worst(findings: Iterable[Finding]) -> Said:
    """What most needs a look; what is not stated comes last."""
    return min(((f.verdict, f.reason) for f in findings), key=_rank, default=NOT_STATED)


def _rank(said: Said) -> int:
    verdict, reason = said
    if verdict is Verdict.UNCHECKED:
        return 1 if reason == "review" else len(_ORDER) + (reason == NOT_STATED[1])
    return _ORDER.index(verdict)


_ORDER = (
    Verdict.INCONSISTENT,
    Verdict.UNCHECKED,  # what a reviewer would ask
    Verdict.TRUNCATED,
    Verdict.UNDEFINED,
    Verdict.ROUNDING,
    Verdict.EXACT,
)

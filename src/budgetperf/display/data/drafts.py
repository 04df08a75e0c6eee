"""Two drafts of a report as plain data: schema ``budgetperf/diff/1``."""

from __future__ import annotations

from budgetperf.auditing.drafts import DraftFinding, Drafts, Redrawn, Since
from budgetperf.exact.shown import Json, Row

from .audit import decision_data, finding_data, lapsed_data, text_data

__all__ = ["drafts_data", "drafts_rows"]


def drafts_data(drafts: Drafts) -> dict[str, Json]:
    """What changed, as plain data."""
    return {
        "schema": "budgetperf/diff/1",
        "summary": {since.value: len(drafts.having(since)) for since in Since},
        "figures": [_figure(change) for change in drafts.figures],
        "findings": [_finding(each, drafts) for each in drafts.findings],
        "lapsed": [lapsed_data(lapsed) for lapsed in drafts.lapsed],
    }


def drafts_rows(drafts: Drafts) -> list[Row]:
    """A row for each figure that changed."""
    return [
        {
            "path": change.path,
            "label_zh": change.label.zh,
            "label_en": change.label.en,
            "before": change.before,
            "after": change.after,
        }
        for change in drafts.figures
    ]


def _figure(change: Redrawn) -> Json:
    return {
        "path": change.path,
        "label": text_data(change.label),
        "before": change.before,
        "after": change.after,
    }


def _finding(each: DraftFinding, drafts: Drafts) -> Json:
    decision = drafts.new.decision_on(each.finding)
    return {
        "since": each.since.value,
        "figures_changed": each.figures_changed,
        **finding_data(each.finding),
        **({} if decision is None else {"decision": decision_data(decision)}),
    }

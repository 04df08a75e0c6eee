"""Scores as plain data: schemas ``budgetperf/scorecard/1`` and ``budgetperf/examples/1``."""

from __future__ import annotations

from collections.abc import Iterable

from budgetperf.display.words.scorecard import points_text
from budgetperf.exact import decimal_text
from budgetperf.exact.shown import Json
from budgetperf.rules import Example, RuleSet, TotalCap
from budgetperf.scoring import Mismatch, Scorecard, ScoreLine, Step

from .audit import text_data
from .receipt import receipt_or_null

__all__ = ["examples_data", "line_data", "ruleset_key", "scorecard_data"]


def examples_data(rules: RuleSet, ran: Iterable[tuple[Example, tuple[Mismatch, ...]]]) -> Json:
    """Worked examples as plain data: whether each holds, and every difference."""
    return {
        "schema": "budgetperf/examples/1",
        "ruleset": ruleset_key(rules),
        "examples": [
            {
                "name": text_data(example.name),
                "holds": not mismatches,
                "mismatches": [
                    {"key": m.key, "where": text_data(m.where), "due": m.due, "found": m.found}
                    for m in mismatches
                ],
            }
            for example, mismatches in ran
        ],
    }


def scorecard_data(card: Scorecard) -> dict[str, Json]:
    """The scorecard as plain data; numbers exact and in strings."""
    return {
        "schema": "budgetperf/scorecard/1",
        "ruleset": ruleset_key(card.rules),
        "lines": [line_data(line) for line in card.lines],
        "total": points_text(card.total),
        "subtotal": points_text(card.subtotal),
        "admissible": None if card.admissible is None else str(card.admissible),
        "rating": card.rating,
        "rating_status": None if card.rating_status is None else card.rating_status.value,
        "caps": [_cap_data(cap) for cap in card.caps],
        "steps": [_step_data(step) for step in card.steps],
        "demands": [demand.value for demand in card.demands],
        "remarks": [text_data(remark) for remark in card.remarks],
        "receipt": receipt_or_null(card.receipt),
    }


def line_data(line: ScoreLine) -> dict[str, Json]:
    """One row of a scorecard as plain data."""
    return {
        "name": line.name,
        "weight": points_text(line.weight),
        "stated": points_text(line.stated),
        "score": points_text(line.score),
        "admissible": None if line.admissible is None else str(line.admissible),
        "possible": None if line.possible is None else str(line.possible),
        "path": line.path or None,
        "steps": [_step_data(step) for step in line.steps],
        "why": None if line.why is None else text_data(line.why),
        "reason": line.reason,
        "status": None if line.status is None else line.status.value,
        "excluded": line.excluded,
        "demands": [demand.value for demand in line.demands],
        "remarks": [text_data(remark) for remark in line.remarks],
    }


def ruleset_key(rules: RuleSet) -> Json:
    """Which rule-set it is, and what it rests on."""
    return {"id": rules.id, "status": rules.status.value, "sha256": rules.sha256}


def _step_data(step: Step) -> Json:
    return {**text_data(step.title), "value": decimal_text(step.value)}


def _cap_data(cap: TotalCap) -> Json:
    status = None if cap.status is None else cap.status.value
    return {"on": cap.on.value, "most": decimal_text(cap.most), "status": status}

"""Completed reports as plain data: schema ``budgetperf/composition/1``, and as rows."""

from __future__ import annotations

from budgetperf.composing import Asked, Composition, Computed, LeftOpen
from budgetperf.exact import Figure, decimal_text
from budgetperf.exact.shown import Json, Row

from .audit import finding_data, text_data
from .receipt import receipt_data
from .scores import ruleset_key

__all__ = [
    "asked_data",
    "asked_rows",
    "composition_data",
    "composition_rows",
    "computed_data",
    "computed_rows",
    "open_data",
    "open_rows",
]


def composition_data(done: Composition) -> dict[str, Json]:
    """The trace as plain data; numbers exact and in strings. The report has a JSON of its own."""
    rules = done.rules
    return {
        "schema": "budgetperf/composition/1",
        "ruleset": None if rules is None else ruleset_key(rules),
        "computed": [computed_data(one) for one in done.computed],
        "left_open": [open_data(one) for one in done.left_open],
        "asked": [asked_data(one) for one in done.asked],
        "conflicts": [finding_data(finding) for finding in done.conflicts],
        "receipt": receipt_data(done.receipt),
    }


def computed_data(one: Computed) -> dict[str, Json]:
    """A computed figure as plain data; ``exact`` is in the unit of the figure."""
    figure = one.result if isinstance(one.result, Figure) else None
    scale = 1 if figure is None else figure.unit.scale
    return {
        "path": one.path,
        "label": text_data(one.label),
        "text": one.text,
        "value": None if figure is None else f"{figure.value:f}",
        "unit": None if figure is None else figure.unit.symbol,
        "exact": None if one.exact is None else decimal_text(one.exact / scale),
        "rounding": None if one.rounding is None else one.rounding.value,
        "code": one.code,
        "how": text_data(one.how),
        "from": [operand.path for operand in one.operands],
        "steps": [
            {**text_data(step.title), "value": decimal_text(step.value)} for step in one.steps
        ],
    }


def open_data(one: LeftOpen) -> dict[str, Json]:
    """What was left open as plain data."""
    return {
        "path": one.path,
        "label": text_data(one.label),
        "reason": one.reason,
        "why": text_data(one.why),
        "admissible": None if one.admissible is None else str(one.admissible),
    }


def asked_data(one: Asked) -> dict[str, Json]:
    """A reason that is due as plain data."""
    return {
        "path": one.path or None,
        "label": text_data(one.label),
        "codes": list(dict.fromkeys(finding.code for finding in one.findings)),
        "why": text_data(one.why),
    }


def composition_rows(done: Composition) -> list[Row]:
    """A row for each figure that was computed, left open or asked for."""
    return [
        *(row for one in done.computed for row in computed_rows(one)),
        *(row for one in done.left_open for row in open_rows(one)),
        *(row for one in done.asked for row in asked_rows(one)),
    ]


def computed_rows(one: Computed) -> list[Row]:
    """One row."""
    data = computed_data(one)
    exact = data["exact"]
    return [
        _row(one.path, "computed", one.code, one.text, exact if isinstance(exact, str) else None)
    ]


def open_rows(one: LeftOpen) -> list[Row]:
    """One row."""
    return [_row(one.path, "left-open", one.reason, None, None)]


def asked_rows(one: Asked) -> list[Row]:
    """One row."""
    codes = " ".join(dict.fromkeys(finding.code for finding in one.findings))
    return [_row(one.path or None, "asked", codes, None, None)]


def _row(path: str | None, state: str, by: str, text: str | None, exact: str | None) -> Row:
    return {"path": path, "state": state, "by": by, "text": text, "exact": exact}

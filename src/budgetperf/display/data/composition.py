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
        "computed": [computed_data(computed) for computed in done.computed],
        "left_open": [open_data(left_open) for left_open in done.left_open],
        "asked": [asked_data(asked) for asked in done.asked],
        "conflicts": [finding_data(finding) for finding in done.conflicts],
        "receipt": receipt_data(done.receipt),
    }


def computed_data(computed: Computed) -> dict[str, Json]:
    """A computed figure as plain data; ``exact`` is in the unit of the figure."""
    figure = computed.result if isinstance(computed.result, Figure) else None
    scale = 1 if figure is None else figure.unit.scale
    return {
        "path": computed.path,
        "label": text_data(computed.label),
        "text": computed.text,
        "value": None if figure is None else f"{figure.value:f}",
        "unit": None if figure is None else figure.unit.symbol,
        "exact": None if computed.exact is None else decimal_text(computed.exact / scale),
        "rounding": None if computed.rounding is None else computed.rounding.value,
        "code": computed.code,
        "how": text_data(computed.how),
        "from": [operand.path for operand in computed.operands],
        "steps": [
            {**text_data(step.title), "value": decimal_text(step.value)} for step in computed.steps
        ],
    }


def open_data(left_open: LeftOpen) -> dict[str, Json]:
    """What was left open as plain data."""
    return {
        "path": left_open.path,
        "label": text_data(left_open.label),
        "reason": left_open.reason,
        "why": text_data(left_open.why),
        "admissible": None if left_open.admissible is None else str(left_open.admissible),
    }


def asked_data(asked: Asked) -> dict[str, Json]:
    """A reason that is due as plain data."""
    return {
        "path": asked.path or None,
        "label": text_data(asked.label),
        "codes": list(dict.fromkeys(finding.code for finding in asked.findings)),
        "why": text_data(asked.why),
    }


def composition_rows(done: Composition) -> list[Row]:
    """A row for each figure that was computed, left open or asked for."""
    return [
        *(row for computed in done.computed for row in computed_rows(computed)),
        *(row for left_open in done.left_open for row in open_rows(left_open)),
        *(row for asked in done.asked for row in asked_rows(asked)),
    ]


def computed_rows(computed: Computed) -> list[Row]:
    """One row."""
    data = computed_data(computed)
    exact = data["exact"] if isinstance(data["exact"], str) else None
    return [_row(computed.path, "computed", computed.code, computed.text, exact)]


def open_rows(left_open: LeftOpen) -> list[Row]:
    """One row."""
    return [_row(left_open.path, "left-open", left_open.reason, None, None)]


def asked_rows(asked: Asked) -> list[Row]:
    """One row."""
    codes = " ".join(dict.fromkeys(finding.code for finding in asked.findings))
    return [_row(asked.path or None, "asked", codes, None, None)]


def _row(path: str | None, state: str, by: str, text: str | None, exact: str | None) -> Row:
    return {"path": path, "state": state, "by": by, "text": text, "exact": exact}

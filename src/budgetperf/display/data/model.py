"""Reports, rates, rule-sets and curves as plain data."""

from __future__ import annotations

from budgetperf.citations import Provision
from budgetperf.exact import Text, decimal_text
from budgetperf.exact.shown import Json
from budgetperf.model import SelfEvaluation
from budgetperf.model.fields import Part
from budgetperf.plain.structuring import shared_converter
from budgetperf.rates import RateCatalogue, RateDefinition
from budgetperf.rules import Curve, RuleSet, Rulesets

from .audit import text_data

__all__ = [
    "REPORT_SCHEMA",
    "catalogue_data",
    "curve_data",
    "part_data",
    "rate_data",
    "report_data",
    "ruleset_data",
    "rulesets_data",
    "standing_data",
]


REPORT_SCHEMA = "budgetperf/report/1"


def part_data(part: Part) -> dict[str, Json]:
    """A part of a report as it stands in the JSON of the whole: what is not stated is left out."""
    data: dict[str, Json] = shared_converter().unstructure(part)
    return data


def report_data(report: SelfEvaluation) -> dict[str, Json]:
    """The report in the schema ``budgetperf/report/1``, which :func:`budgetperf.loads` reads."""
    return {"schema": REPORT_SCHEMA, "report": part_data(report)}


def ruleset_data(rules: RuleSet) -> dict[str, Json]:
    """The rule-set as plain data, with its hash."""
    data: dict[str, Json] = shared_converter().unstructure(rules)
    return {**data, "sha256": rules.sha256}


def curve_data(curve: Curve) -> dict[str, Json]:
    """The curve as a rule-set of TOML or JSON has it."""
    data: dict[str, Json] = shared_converter().unstructure(curve)
    return data


def rulesets_data(rulesets: Rulesets) -> dict[str, Json]:
    """The catalogue: of each rule-set what it is called and what it rests on."""
    return {
        "rulesets": [
            {
                "id": rules.id,
                "title": text_data(rules.title),
                "place": text_data(rules.place),
                **standing_data(rules),
            }
            for rules in rulesets
        ]
    }


def standing_data(rules: RuleSet) -> dict[str, str | None]:
    """From when to when a rule-set holds, what it rests on, its points and its hash."""
    return {
        "effective": rules.effective or None,
        "until": rules.until or None,
        "status": rules.status.value,
        "total": decimal_text(rules.total),
        "sha256": rules.sha256,
    }


def rate_data(rate: RateDefinition) -> dict[str, Json]:
    """One rate: its names, arguments, formula, sources and traps."""
    return {
        "id": rate.id,
        "title": text_data(rate.title),
        "kinds": [kind.value for kind in rate.kinds],
        "function": rate.function.__name__,
        "arguments": [
            {
                "name": argument.name,
                "label": text_data(argument.label),
                "takes": argument.takes.value,
                "unit": _text(argument.unit),
                "note": _text(argument.note),
            }
            for argument in rate.arguments
        ],
        "formula": text_data(rate.formula),
        "status": rate.status.value,
        "sources": [_source(source) for source in rate.sources],
        "traps": [{"note": text_data(trap.note), "rates": list(trap.rates)} for trap in rate.traps],
    }


def catalogue_data(rates: RateCatalogue) -> dict[str, Json]:
    """The rates, each in full."""
    return {"rates": [rate_data(rate) for rate in rates.values()]}


def _source(source: Provision) -> Json:
    data: Json = shared_converter().unstructure(source)
    return data


def _text(text: Text) -> Json:
    return text_data(text) if text else None

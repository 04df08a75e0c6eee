"""An audit as JSON: schema ``budgetperf/audit/1``, numbers exact and in strings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import attrs

from budgetperf.auditing.decisions import Decision, Lapsed
from budgetperf.auditing.diagnosis.suspects import Cause, Suspect
from budgetperf.auditing.engine import Audit
from budgetperf.auditing.previous import year_of
from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.display.words.audit import Detail, listed
from budgetperf.display.words.whereabouts import has_more_than_lines
from budgetperf.exact import Interval, Missing, Place, Text, Unit, decimal_text
from budgetperf.exact.shown import Json
from budgetperf.model import Reading, SelfEvaluation
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding

from .receipt import receipt_data

if TYPE_CHECKING:
    from budgetperf.rules import RuleSet

__all__ = [
    "audit_data",
    "cause_data",
    "decision_data",
    "explanation_data",
    "finding_data",
    "lapsed_data",
    "suspect_data",
    "text_data",
]


def audit_data(audit: Audit, *, detail: Detail = "all") -> dict[str, Json]:
    """The audit as plain data, in the stable schema ``budgetperf/audit/1``.

    Intervals and gaps are in the unit of the figure that they belong to. A number without a
    finite decimal is ``"n/d"``; an unbounded end is null.

    Args:
        audit: the audit.
        detail: which findings are listed; all are counted, and causes and suspects point to those
            that are listed. With ``"causes"`` none is, nor a suspect: each cause names what it
            blames and what it concerns.
    """
    findings = listed(audit, detail)
    places = {id(finding): number for number, finding in enumerate(findings)}
    reading, rules, previous = audit.report.reading, audit.rules, audit.previous
    return {
        "schema": "budgetperf/audit/1",
        "report": _report_data(audit.report),
        **({} if previous is None else {"previous": _report_data(previous)}),
        "ruleset": None if rules is None else _ruleset_data(rules),
        "remarks": [text_data(remark) for remark in audit.remarks],
        "reading": None if reading is None else _reading_data(reading),
        "summary": {verdict.value: number for verdict, number in audit.summary.items()},
        "detail": detail,
        "causes": _named_causes(audit) if detail == "causes" else _causes_data(audit, places),
        "suspects": [] if detail == "causes" else _suspects_data(audit, places),
        "findings": [{**finding_data(finding), **_decided(audit, finding)} for finding in findings],
        **({"lapsed": [lapsed_data(each) for each in audit.lapsed]} if audit.lapsed else {}),
        "receipt": receipt_data(audit.receipt),
    }


def _report_data(report: SelfEvaluation) -> Json:
    department, project, reading = report.department, report.project.name, report.reading
    return {
        "department": department.name if isinstance(department.name, str) else None,
        **({"project": project} if isinstance(project, str) else {}),
        "year": year_of(report),
        "source": reading.source if reading else None,
    }


def _decided(audit: Audit, finding: Finding) -> dict[str, Json]:
    decision = audit.decision_on(finding)
    return {} if decision is None else {"decision": decision_data(decision)}


def decision_data(decision: Decision) -> dict[str, Json]:
    """What was decided, as plain data."""
    return {
        "ruling": None if decision.ruling is None else decision.ruling.value,
        "reason": decision.reason,
        "by": decision.by,
    }


def lapsed_data(lapsed: Lapsed) -> dict[str, Json]:
    """A decision that no longer applies, as plain data."""
    return {
        "code": lapsed.decision.code,
        "figures": [
            {"path": figure.path, "text": figure.text} for figure in lapsed.decision.figures
        ],
        **decision_data(lapsed.decision),
        "lapse": lapsed.lapse.value,
        "message": text_data(lapsed.message),
    }


_Places: TypeAlias = "dict[int, int]"
"""By the identity of a finding: where it stands in the list."""


def _causes_data(audit: Audit, places: _Places) -> list[Json]:
    """Each cause with the places of its findings and suspects in their lists."""
    data: list[Json] = []
    first = 0
    for cause in audit.causes:
        diagnoses: list[Json] = []
        for diagnosis in cause.diagnoses:
            diagnoses.append(list(range(first, first + len(diagnosis))))
            first += len(diagnosis)
        data.append(
            {
                "verdict": cause.verdict.value,
                "findings": _listed(cause.findings, places),
                "diagnoses": diagnoses,
                "further": cause.further,
                "undecided": cause.undecided,
                "message": text_data(cause.message),
                **_consequences(audit, cause),
            }
        )
    return data


def _named_causes(audit: Audit) -> list[Json]:
    """Each cause with what it blames and what it concerns by name, where neither is listed."""
    return [
        {
            "verdict": cause.verdict.value,
            "findings": [],
            "diagnoses": [],
            "further": cause.further + len(cause.diagnoses),
            "undecided": cause.undecided,
            "message": text_data(cause.message),
            **_consequences(audit, cause),
            "blamed": [_blamed_data(suspect) for group in cause.diagnoses[:1] for suspect in group],
            "concerns": [
                {**_concern_data(finding), **_decided(audit, finding)} for finding in cause.findings
            ],
        }
        for cause in audit.causes
    ]


def _blamed_data(suspect: Suspect) -> dict[str, Json]:
    becomes = None if suspect.becomes is None else suspect.becomes.text
    return {**_figure_data(suspect.operand), "becomes": becomes}


def _concern_data(finding: Finding) -> dict[str, Json]:
    return {
        "code": finding.code,
        "verdict": finding.verdict.value,
        "title": text_data(finding.title),
        "figures": [_figure_data(operand) for operand in finding.operands],
    }


def _figure_data(operand: Operand) -> dict[str, Json]:
    place = _place_data(operand.place)
    return {"path": operand.path, "text": operand.stated.text, "line": operand.line, **place}


def _consequences(audit: Audit, cause: Cause) -> dict[str, Json]:
    consequences = audit.consequences(cause)
    return {"consequences": [text_data(text) for text in consequences]} if consequences else {}


def _suspects_data(audit: Audit, places: _Places) -> list[Json]:
    return [
        {
            "cause": number,
            **suspect_data(
                suspect,
                convicted_by=_listed(suspect.convicted_by, places),
                acquitted_by=_listed(suspect.acquitted_by, places),
            ),
        }
        for number, cause in enumerate(audit.causes)
        for suspect in cause.suspects
    ]


def cause_data(cause: Cause) -> dict[str, Json]:
    """One cause as plain data, with its findings and its suspects."""
    return {
        "verdict": cause.verdict.value,
        "findings": [finding_data(finding) for finding in cause.findings],
        "diagnoses": [[suspect_data(suspect) for suspect in group] for group in cause.diagnoses],
        "further": cause.further,
        "undecided": cause.undecided,
        "message": text_data(cause.message),
    }


def suspect_data(suspect: Suspect, **findings: list[Json]) -> dict[str, Json]:
    """One suspect as plain data.

    Args:
        suspect: the suspect.
        findings: those that speak for and against it, by their places in the audit.
    """
    stated, admissible = suspect.operand.stated, suspect.admissible
    unit = Unit.of("") if isinstance(stated, Missing) else stated.unit
    return {
        "path": suspect.operand.path,
        "text": stated.text,
        "line": suspect.operand.line,
        **_place_data(suspect.operand.place),
        "others": [operand.path for operand in suspect.others],
        "unit": unit.symbol,
        "admissible": _ends(admissible, unit),
        "closed": [admissible.lower_closed, admissible.upper_closed],
        "becomes": None if suspect.becomes is None else suspect.becomes.text,
        "unique": suspect.unique,
        **findings,
        "explanations": [explanation_data(explanation) for explanation in suspect.explanations],
        "message": text_data(suspect.message),
    }


def explanation_data(explanation: Explanation) -> dict[str, Json]:
    """One explanation as plain data."""
    return {
        "kind": explanation.kind,
        "before": None if explanation.before is None else explanation.before.text,
        "figures": [operand.path for operand in explanation.figures],
        "tried": explanation.tried,
        "chance": decimal_text(explanation.chance),
        "message": text_data(explanation.text),
    }


def _listed(findings: tuple[Finding, ...], places: _Places) -> list[Json]:
    """Where findings stand in the list; those that are not listed are left out."""
    return [places[id(finding)] for finding in findings if id(finding) in places]


def _ruleset_data(rules: RuleSet) -> dict[str, Json]:
    return {
        "id": rules.id,
        "effective": rules.effective or None,
        "status": rules.status.value,
        "sha256": rules.sha256,
    }


def _reading_data(reading: Reading) -> dict[str, Json]:
    return {
        "numbers": reading.numbers,
        "accounted": reading.accounted,
        "unread": [
            {"text": unread.text, "line": unread.line, **_place_data(unread.place)}
            for unread in reading.unread
        ],
        "repairs": [
            {
                "path": repair.path,
                "line": repair.line,
                **_place_data(repair.place),
                "before": repair.before,
                "after": repair.after,
                "why": text_data(repair.why),
            }
            for repair in reading.repairs
        ],
        "format": reading.format,
        "layout": reading.layout,
        "why": text_data(reading.why),
        "notes": [text_data(note) for note in reading.notes],
    }


def finding_data(finding: Finding) -> dict[str, Json]:
    """One finding as plain data, as in ``findings`` of :func:`audit_data`."""
    return {
        "code": finding.code,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "relation": finding.relation,
        "operands": [_operand_data(operand) for operand in finding.operands],
        "derived": None if finding.derived is None else _ends(finding.derived, finding.unit),
        "gap": None if finding.gap is None else decimal_text(finding.gap / finding.unit.scale),
        "provision": finding.provision,
        "reason": finding.reason,
        "assumes": [assumption.value for assumption in finding.assumes],
        "message": text_data(finding.message),
    }


def text_data(text: Text) -> dict[str, Json]:
    """A text as plain data."""
    return {"zh": text.zh, "en": text.en}


def _operand_data(operand: Operand) -> dict[str, Json]:
    stated = operand.stated
    if isinstance(stated, Missing):
        return {
            "path": operand.path,
            "text": stated.text,
            "value": None,
            "unit": None,
            "interval": None,
            "closed": None,
            "line": operand.line,
            **_place_data(stated.place),
        }
    interval = stated.interval
    return {
        "path": operand.path,
        "text": stated.text,
        "value": decimal_text(Fraction(stated.value)),
        "unit": stated.unit.symbol,
        "interval": _ends(interval, stated.unit),
        "closed": [interval.lower_closed, interval.upper_closed],
        "line": operand.line,
        **_place_data(stated.place),
    }


def _place_data(place: Place | None) -> dict[str, Json]:
    """A place of which more is known than the line and the column."""
    if place is None or not has_more_than_lines(place):
        return {}
    known = attrs.asdict(place, filter=lambda _, value: value is not None)
    return {"place": known}


def _ends(interval: Interval, unit: Unit) -> list[Json]:
    return [
        None if end is None else decimal_text(end / unit.scale)
        for end in (interval.lower, interval.upper)
    ]

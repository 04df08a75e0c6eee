"""Making the receipt for a result."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import attrs

from budgetperf.exact import Interval
from budgetperf.exact.calls import Called
from budgetperf.exact.shown import Json
from budgetperf.model import SelfEvaluation
from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import shared_converter
from budgetperf.plain.version import __version__
from budgetperf.relations.catalogue import relations_sha256
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet

from .receipt import Made, Pinned, Receipt

__all__ = [
    "Library",
    "ends_told",
    "findings_told",
    "library",
    "pinned",
    "receipt_for",
    "report_sha256",
]


@attrs.frozen(kw_only=True)
class Library(Called):
    """What computes: the library as it is installed.

    Args:
        version: its version.
        relations: the SHA-256 of its catalogue of relations.
    """

    version: str
    relations: str


@functools.cache
def library() -> Library:
    """The library that is running."""
    return Library(version=__version__, relations=relations_sha256())


def receipt_for(
    made: Made,
    report: SelfEvaluation,
    by: Library,
    *,
    result: Json,
    rules: Iterable[RuleSet] = (),
    trust: Mapping[str, int] | None = None,
    directions: Mapping[str, str] | None = None,
    outcome: Mapping[str, str] | None = None,
) -> Receipt:
    """The receipt for a result.

    Args:
        made: what was made.
        report: of what.
        by: by what.
        result: all of it that counts, as plain data.
        rules: the rule-sets that were used.
        trust: how much parts of the report are trusted.
        directions: the directions that were stated for targets without an operator.
        outcome: the result in short.
    """
    reading = report.reading
    document = layout = None
    if reading is not None and reading.sha256:
        document = Pinned(id=reading.source, sha256=reading.sha256)
    if reading is not None and reading.layout_sha256:
        layout = Pinned(id=reading.layout, sha256=reading.layout_sha256)
    return Receipt(
        made=made,
        version=by.version,
        report=report_sha256(report),
        result=fingerprint(result),
        document=document,
        layout=layout,
        rules=tuple(Pinned(id=ruleset.id, sha256=ruleset.sha256) for ruleset in rules),
        relations=None if made is Made.SCORECARD else by.relations,
        trust=dict(trust or {}),
        directions=dict(directions or {}),
        outcome=dict(outcome or {}),
    )


def pinned(report: SelfEvaluation) -> Pinned:
    """A report that takes part beside the one that the receipt is for."""
    reading = report.reading
    return Pinned(id="" if reading is None else reading.source, sha256=report_sha256(report))


def report_sha256(report: SelfEvaluation) -> str:
    """The hash of what a report says, without how it was read."""
    says: dict[str, Json] = shared_converter().unstructure(report)
    return fingerprint({key: value for key, value in says.items() if key != "reading"})


def findings_told(findings: Iterable[Finding]) -> list[Json]:
    """What counts of findings, as plain data: everything but the words."""
    return [
        [
            finding.code,
            finding.relation,
            finding.verdict.value,
            finding.severity.value,
            finding.reason,
            [operand.path for operand in finding.operands],
            ends_told(finding.derived),
            None if finding.gap is None else str(finding.gap),
            [assumption.value for assumption in finding.assumes],
        ]
        for finding in findings
    ]


def ends_told(interval: Interval | None) -> Json:
    """An interval as plain data, in base units."""
    if interval is None:
        return None
    lower, upper = interval.lower, interval.upper
    return [
        None if lower is None else str(lower),
        None if upper is None else str(upper),
        interval.lower_closed,
        interval.upper_closed,
    ]

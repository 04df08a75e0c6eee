"""Values as rows of a table for other tools: flat, with stable keys, numbers as exact text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from budgetperf.auditing import Audit
from budgetperf.auditing.conventions.fit import (
    BasisFit,
    BasisRow,
    Candidate,
    Candidates,
    Convention,
    Fit,
    Told,
    kinds_of,
)
from budgetperf.auditing.diagnosis.suspects import Cause, Suspect
from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.display.words.ruleset import sections
from budgetperf.display.words.scorecard import points_text
from budgetperf.exact import (
    BudgetperfError,
    Figure,
    Interval,
    Missing,
    Rate,
    Stated,
    Text,
    Unit,
    decimal_text,
)
from budgetperf.exact.shown import Row
from budgetperf.model import SelfEvaluation, describe, figures
from budgetperf.model.fields import Part
from budgetperf.model.walking import collect
from budgetperf.rates import RateCatalogue, RateDefinition
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding
from budgetperf.rules import Curve, RuleSet, Rulesets
from budgetperf.scoring import Scorecard, ScoreLine
from budgetperf.scoring.comparison import Compared, Comparison, number_of, unit_of

from .model import standing_data

__all__ = [
    "audit_rows",
    "catalogue_rows",
    "cause_rows",
    "comparison_rows",
    "curve_rows",
    "explanation_rows",
    "finding_rows",
    "fit_rows",
    "line_rows",
    "part_rows",
    "rate_rows",
    "report_rows",
    "ruleset_rows",
    "rulesets_rows",
    "scorecard_rows",
    "suspect_rows",
]


def audit_rows(audit: Audit) -> list[Row]:
    """A row for each finding, with the figure that it is about."""
    return [_finding(finding) for finding in audit.findings]


def finding_rows(finding: Finding) -> list[Row]:
    """A row for each of its figures."""
    known: Row = {"code": finding.code, "verdict": finding.verdict.value}
    return [{**known, **_operand(operand)} for operand in finding.operands]


def cause_rows(cause: Cause) -> list[Row]:
    """A row for each suspect of each diagnosis, which are counted from 1."""
    return [
        {"verdict": cause.verdict.value, "diagnosis": number, **_suspect(suspect)}
        for number, diagnosis in enumerate(cause.diagnoses, start=1)
        for suspect in diagnosis
    ]


def suspect_rows(suspect: Suspect) -> list[Row]:
    """One row."""
    return [_suspect(suspect)]


def explanation_rows(explanation: Explanation) -> list[Row]:
    """One row."""
    return [_explanation(explanation)]


def fit_rows(fit: Told) -> list[Row]:
    """A row for each convention that was tried; of the basis of scores one for each rule-set."""
    match fit:
        case Fit():
            rows = [row for name, many in kinds_of(fit) for row in _candidates(many, name)]
            bases = (_basis(basis) for basis in fit.basis)
            return [*rows, *(row for of_one in bases for row in of_one)]
        case Candidates():
            return list(_candidates(fit, None))
        case Candidate():
            return [_candidate(fit, None)]
        case BasisFit():
            return list(_basis(fit))
        case BasisRow():
            return [
                {**_about(finding), "basis": basis.value} for basis, finding in fit.findings.items()
            ]


def scorecard_rows(card: Scorecard) -> list[Row]:
    """A row for each line: budget execution first, then the indicators; none for the total."""
    return [{"ruleset": card.rules.id, **_line(line)} for line in card.lines]


def comparison_rows(comparison: Comparison) -> list[Row]:
    """A row for each thing that is compared, in one unit: that of the last report that has it.

    The columns of reports are numbered: ``value1``, ``value2``, ``change2``, ``by2`` and so on.
    """
    return [_compared(row) for row in comparison.rows]


def line_rows(line: ScoreLine) -> list[Row]:
    """One row."""
    return [_line(line)]


def ruleset_rows(rules: RuleSet) -> list[Row]:
    """A row for each knot of its curves, by the section that the curve stands in."""
    return [
        {
            "ruleset": rules.id,
            "section": section.anchor,
            "curve": number,
            **_words("title", drawn.title),
            **_words("measure", drawn.measure),
            **row,
        }
        for section in sections(rules)
        for number, drawn in enumerate(section.curves, start=1)
        for row in curve_rows(drawn.curve)
    ]


def rulesets_rows(rulesets: Rulesets) -> list[Row]:
    """A row for each rule-set that is shipped."""
    return [
        {
            "id": rules.id,
            **_words("title", rules.title),
            **_words("place", rules.place),
            **standing_data(rules),
        }
        for rules in rulesets
    ]


def curve_rows(curve: Curve) -> list[Row]:
    """A row for each knot: the value there, just below and just above."""
    return [
        {
            "x": decimal_text(knot.x),
            "y": decimal_text(knot.y),
            "below": decimal_text(knot.before),
            "above": decimal_text(knot.after),
        }
        for knot in curve.knots
    ]


def rate_rows(rate: RateDefinition) -> list[Row]:
    """One row."""
    return [
        {
            "id": rate.id,
            **_words("title", rate.title),
            **_words("formula", rate.formula),
            "arguments": ", ".join(argument.name for argument in rate.arguments),
            "kinds": ", ".join(kind.value for kind in rate.kinds),
            "status": rate.status.value,
        }
    ]


def catalogue_rows(rates: RateCatalogue) -> list[Row]:
    """A row for each rate."""
    return [row for rate in rates.values() for row in rate_rows(rate)]


def part_rows(part: Part) -> list[Row]:
    """A row for each figure that is stated, with its path."""
    pairs: list[tuple[str, Figure]] = []
    collect("", part, pairs)
    return [{"path": path.removeprefix("."), **_figure(figure)} for path, figure in pairs]


def report_rows(report: SelfEvaluation) -> list[Row]:
    """A row for each figure of the report, with its path; repeated printings last."""
    return [
        {"path": path, **_words("label", _label(report, path)), **_figure(figure)}
        for path, figure in figures(report)
    ]


def _label(report: SelfEvaluation, path: str) -> Text | None:
    """What a figure is called; a repeated printing may say of itself that it stands nowhere."""
    try:
        return describe(report, path)
    except BudgetperfError:
        return None


# The parts of rows.


def _words(key: str, text: Text | None) -> Row:
    """A text in both languages; nothing where there is none."""
    shown = text or None
    return {
        f"{key}_zh": None if shown is None else shown.zh,
        f"{key}_en": None if shown is None else shown.en,
    }


def _ends(values: Interval | None, unit: Unit | None = None, *, of: str = "") -> Row:
    """The ends of a range in ``unit``, and whether they belong to it."""
    before, scale = f"{of}_" if of else "", Fraction(1) if unit is None else unit.scale
    if values is None:
        names = ("lower", "upper", "lower_closed", "upper_closed")
        return {f"{before}{name}": None for name in names}
    return {
        f"{before}lower": None if values.lower is None else decimal_text(values.lower / scale),
        f"{before}upper": None if values.upper is None else decimal_text(values.upper / scale),
        f"{before}lower_closed": values.lower_closed,
        f"{before}upper_closed": values.upper_closed,
    }


def _figure(stated: Stated) -> Row:
    """A figure: as printed, its value and its true values in its unit; or why there is none."""
    if isinstance(stated, Missing):
        missing: Row = {"text": stated.text or None, "value": None, "unit": None}
        return {**missing, **_ends(None), "line": stated.line, "missing": stated.reason.value}
    return {
        "text": stated.text,
        "value": decimal_text(Fraction(stated.value)),
        "unit": stated.unit.symbol,
        **_ends(stated.interval, stated.unit),
        "line": None if stated.place is None else stated.place.line,
        "missing": None,
    }


def _operand(operand: Operand) -> Row:
    return {
        "path": operand.path or None,
        **_words("label", operand.label),
        **_figure(operand.stated),
    }


def _about(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "reason": finding.reason,
        "relation": finding.relation,
        **_words("title", finding.title),
        **_words("why", finding.why),
    }


def _finding(finding: Finding) -> Row:
    first = finding.operands[0] if finding.operands else Operand(stated=Missing())
    return {
        **_about(finding),
        **_operand(first),
        **_ends(finding.derived, finding.unit, of="derived"),
        "gap": None if finding.gap is None else decimal_text(finding.gap / finding.unit.scale),
        "provision": finding.provision,
    }


def _suspect(suspect: Suspect) -> Row:
    stated = suspect.operand.stated
    unit = suspect.becomes.unit if suspect.becomes else None
    unit = unit if isinstance(stated, Missing) else stated.unit
    likeliest = suspect.explanations[0] if suspect.explanations else None
    return {
        **_operand(suspect.operand),
        **_ends(suspect.admissible, unit, of="admissible"),
        "becomes": None if suspect.becomes is None else suspect.becomes.text,
        "unique": suspect.unique,
        "explanation": None if likeliest is None else likeliest.kind,
        **_words("explanation", None if likeliest is None else likeliest.text),
    }


def _explanation(explanation: Explanation) -> Row:
    return {
        "kind": explanation.kind,
        "before": None if explanation.before is None else explanation.before.text,
        "figures": ", ".join(operand.path for operand in explanation.figures),
        "tried": explanation.tried,
        "chance": decimal_text(explanation.chance),
        **_words("text", explanation.text),
    }


def _candidates(many: Candidates[Convention], kind: str | None) -> Iterator[Row]:
    return (_candidate(candidate, kind) for candidate in many.candidates)


def _candidate(
    candidate: Candidate[Convention], kind: str | None, ruleset: str | None = None
) -> Row:
    convention, against = candidate.convention, candidate.refutation
    return {
        "kind": kind,
        "ruleset": ruleset,
        "id": convention.id if isinstance(convention, RuleSet) else convention.value,
        "outcome": candidate.outcome.value,
        "holding": len(candidate.holding),
        "by_judgement": len(candidate.by_judgement),
        "refuting": len(candidate.refuting),
        "undecided": len(candidate.undecided),
        "refuted_by": None if against is None else against.code,
        **_words("refuted", None if against is None else against.message),
    }


def _basis(basis: BasisFit) -> Iterator[Row]:
    tried: Iterable[Candidate[Convention]] = basis.tried.candidates
    return (_candidate(candidate, "basis", basis.rules.id) for candidate in tried)


def _line(line: ScoreLine) -> Row:
    return {
        "name": line.name,
        "path": line.path or None,
        "weight": points_text(line.weight),
        "stated": points_text(line.stated),
        "score": points_text(line.score),
        **_ends(line.admissible),
        **_ends(line.possible, of="possible"),
        "excluded": line.excluded,
        "reason": line.reason,
        **_words("why", line.why),
        "status": None if line.status is None else line.status.value,
        "demands": ", ".join(demand.value for demand in line.demands) or None,
    }


def _compared(row: Compared) -> Row:
    known = [value for value in row.values if isinstance(value, (Figure, Rate))]
    unit = unit_of(known[-1]) if known else Unit.of("")
    cells: Row = {"key": row.key, **_words("title", row.title), "unit": unit.symbol}
    differences = (None, *row.changes)
    for number, (value, difference) in enumerate(zip(row.values, differences, strict=True), 1):
        in_unit = number_of(value, unit)
        cells[f"value{number}"] = None if in_unit is None else decimal_text(in_unit)
        if difference is not None:
            by = difference.by
            cells[f"change{number}"] = difference.change.value
            cells[f"by{number}"] = None if by is None else decimal_text(by / unit.scale)
    return {**cells, **_words("note", row.note)}

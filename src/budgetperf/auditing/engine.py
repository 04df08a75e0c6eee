"""The audit of a report: every declared relation, each with its verdict."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from budgetperf.exact import SEMICOLON, BudgetperfError, Interval, Missing, Text
from budgetperf.exact.checking import require
from budgetperf.exact.limits import MAX_WEIGHT
from budgetperf.exact.shown import Shown, text_of
from budgetperf.exact.text import WrongTypeError, shortened, shown
from budgetperf.exact.written.brief import Several, in_brief
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import Direction, SelfEvaluation, elements, is_whole, resolve
from budgetperf.model.report import require_report
from budgetperf.receipts import Library, Made, Receipt
from budgetperf.receipts.making import findings_told, library, pinned, receipt_for
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import Indexed, bind
from budgetperf.relations.catalogue import relations
from budgetperf.relations.composing import equation_finding, unchecked
from budgetperf.relations.expression import (
    Equation,
    Sum,
    missing,
)
from budgetperf.relations.finding import FOR_REVIEW, Finding, Verdict
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import explain
from budgetperf.rules import RuleSet
from budgetperf.scoring import ruleset
from budgetperf.scoring.ages import out_of_time
from budgetperf.scoring.directions import (
    Directions,
    directed_report,
    direction_remarks,
    given_for,
    signs_of,
)

from .consequences import consequences
from .decisions import Decision, Decisions, Lapsed, Ruling, Settled, settled
from .diagnosis.causes import causes
from .diagnosis.suspects import Cause, Suspect
from .diagnosis.together import bounds, together
from .previous import previous_remarks, require_previous
from .registry import CHECKS, CHECKS_OF_TWO
from .shown import with_round_amounts
from .unread_rows import is_blank, unless_unread

__all__ = ["Audit", "InconsistentReportError", "audit", "findings_by"]

_ORDER = (
    Verdict.INCONSISTENT,
    Verdict.TRUNCATED,
    Verdict.UNDEFINED,
    Verdict.UNCHECKED,
    Verdict.ROUNDING,
    Verdict.EXACT,
)


class InconsistentReportError(BudgetperfError):
    """Raised on request for a report in which something is inconsistent.

    Attributes:
        findings: the inconsistent findings.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        message = SEMICOLON.join(f"{finding.code} " + finding.message for finding in findings)
        super().__init__("inconsistent-report", message)
        self.findings = findings

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.findings,))


@attrs.frozen(kw_only=True, repr=False)
class Audit(Shown):
    """What an audit found. Every relation is recorded, also those that hold.

    Args:
        report: the report.
        rules: the rule-set that was chosen, if one was.
        findings: in the order of the catalogue.
        weights: how much parts of the report are trusted; see :func:`audit`.
        directions: the directions that were stated for targets without an operator.
        decisions: what a reviewer decided on findings of this draft, or an earlier one.
        previous: last year's report, where they were compared.
        by: the library that made it. Two audits are equal whichever version made them.
    """

    report: SelfEvaluation
    rules: RuleSet | None
    findings: tuple[Finding, ...]
    weights: Mapping[str, int] = attrs.field(factory=dict[str, int])
    directions: Mapping[str, Direction | str] = attrs.field(factory=dict[str, Direction | str])
    decisions: Decisions = attrs.field(factory=Decisions)
    previous: SelfEvaluation | None = None
    by: Library = attrs.field(factory=library, eq=False)

    @functools.cached_property
    def _settled(self) -> Settled:
        about = self.report.about
        name = about if isinstance(about, str) else ""
        return settled(self.findings, self.decisions, about=name)

    @functools.cached_property
    def _decided(self) -> Mapping[int, Decision]:
        return {id(self.findings[place]): decision for place, decision in self._settled.of.items()}

    def decision_on(self, finding: Finding) -> Decision | None:
        """What was decided on one of its findings; ``None`` if nothing was."""
        return self._decided.get(id(finding))

    def is_dismissed(self, finding: Finding) -> bool:
        """Whether a reviewer dismissed one of its findings."""
        decision = self.decision_on(finding)
        return decision is not None and decision.ruling is Ruling.DISMISSED

    @property
    def unresolved(self) -> tuple[Finding, ...]:
        """The relations that hold for no true values, but for those that a reviewer dismissed."""
        return Several(f for f in self.inconsistent if not self.is_dismissed(f))

    @property
    def lapsed(self) -> tuple[Lapsed, ...]:
        """The decisions that no longer apply, each with the reason."""
        return Several(self._settled.lapsed)

    @property
    def receipt(self) -> Receipt:
        """What a second person needs to get the same result; it is made when it is asked for.

        It says nothing of causes and suspects, which follow from the findings.
        """
        counts = {verdict.value: str(number) for verdict, number in self.summary.items() if number}
        receipt = receipt_for(
            Made.AUDIT,
            self.report,
            self.by,
            result=findings_told(self.findings),
            rules=() if self.rules is None else (self.rules,),
            trust=self.weights,
            directions=signs_of(self.directions),
            outcome=counts,
        )
        before = self.previous
        return receipt if before is None else attrs.evolve(receipt, previous=pinned(before))

    def having(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings with one verdict."""
        return Several(finding for finding in self.findings if finding.verdict is verdict)

    @property
    def inconsistent(self) -> tuple[Finding, ...]:
        """The relations that hold for no true values."""
        return self.having(Verdict.INCONSISTENT)

    @functools.cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What lies behind the findings that do not hold: those of one diagnosis as one.

        The gravest first; at the end what a reviewer asks.
        """
        return Several(causes(self._indexed, self.findings, self.weights, self._recheck))

    def consequences(self, cause: Cause) -> tuple[Text, ...]:
        """What follows once one of its causes is mended: whether the rating stays, under the
        rule-set, and what comes to be asked or no longer is, where a threshold or a rule decides.

        Only what is certain: nothing where a figure may become several values.

        Args:
            cause: one of ``causes``.
        """
        known = self._followed.get(id(cause))
        if known is None:  # the cause is kept, too, so that no other gets its id
            texts = consequences(cause, self._indexed, self.findings, self.rules, self._recheck)
            known = self._followed[id(cause)] = cause, texts
        return known[1]

    @functools.cached_property
    def _followed(self) -> dict[int, tuple[Cause, tuple[Text, ...]]]:
        return {}

    @functools.cached_property
    def _indexed(self) -> Indexed:
        """The report as its relations read it."""
        directed, _ = directed_report(self.report, given_for(self.report, self.directions))
        return with_round_amounts(directed)

    def _recheck(self, relation: Relation, report: SelfEvaluation) -> Iterator[Finding]:
        """What a relation finds in this report once it is mended."""
        return _findings(relation, report, self.rules, self._previous)

    @functools.cached_property
    def _previous(self) -> Indexed | None:
        """Last year's report as relations read it."""
        return None if self.previous is None else with_round_amounts(self.previous)

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The figures to blame, cause by cause, the likeliest first."""
        return Several(suspect for cause in self.causes for suspect in cause.suspects)

    def bounds(self, path: str) -> Interval | None:
        """The values that all relations that hold leave for a figure, stated or missing.

        A blank is computed this way, as far as the others determine it. Exact: an end that is open
        is not attained. ``None`` if the others cannot all be true.

        Args:
            path: the path of the figure, such as ``form.indicators[7].score``.

        Raises:
            BudgetperfError: no figure stands or could stand there.
        """
        return bounds(self._indexed, self.findings, path)

    @property
    def to_review(self) -> tuple[Finding, ...]:
        """What a reviewer would ask, and arithmetic does not decide."""
        return Several(finding for finding in self.findings if finding.is_for_review)

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What is to be known of the audit as a whole.

        The directions that were stated, last year's report, and that the rule-set was not in force
        when the report was made, where that is certain.
        """
        given = given_for(self.report, self.directions)
        _, directions_by_path = directed_report(self.report, given)
        age = None if self.rules is None else out_of_time(self.rules, self.report.department)
        beside = () if self.previous is None else previous_remarks(self.report, self.previous)
        return (
            *direction_remarks(given, directions_by_path),
            *beside,
            *(() if age is None else (age,)),
        )

    @property
    def summary(self) -> Mapping[Verdict, int]:
        """How many findings have each verdict."""
        return {verdict: len(self.having(verdict)) for verdict in Verdict}

    def raise_if_inconsistent(self) -> None:
        """Raise if anything is inconsistent that no reviewer dismissed.

        Raises:
            InconsistentReportError: with the findings.
        """
        if self.unresolved:
            raise InconsistentReportError(self.unresolved)

    def sorted(self) -> tuple[Finding, ...]:
        """The findings as a reviewer reads them: inconsistent first, those that hold last."""

        def rank(finding: Finding) -> tuple[int, bool]:
            return _ORDER.index(finding.verdict), not finding.is_for_review

        return Several(sorted(self.findings, key=rank))

    def to_text(self, *, lang: str = "zh", everything: bool = False) -> str:
        """The audit as a table in plain text; ``str(audit)`` is the one in Chinese.

        Args:
            lang: ``"zh"`` or ``"en"``.
            everything: whether to list the relations that hold exactly, too, and each of those of
                which the report states no figures.
        """
        return text_of(self, lang=lang, everything=everything)

    def __repr__(self) -> str:
        name = self.report.about
        known = "—" if isinstance(name, Missing) else shortened(name)
        number, wrong = len(self.findings), len(self.inconsistent)
        return in_brief(self, f"of {known}: {number} findings, {wrong} wrong")


@by_name
def audit(
    report: SelfEvaluation,
    *,
    rules: RuleSet | str | None = None,
    weights: Mapping[str, int] | None = None,
    directions: Directions | None = None,
    decisions: Decisions | str | Path | None = None,
    previous: SelfEvaluation | None = None,
) -> Audit:
    """Audit a report: every declared relation that it can answer, and all of them together.

    Args:
        report: the report, read or built.
        rules: a rule-set or the id of a shipped one. Without one, what needs one is unchecked.
        weights: how much parts of the report are trusted, by the path of the part:
            ``{"form": 3}`` trusts the form more than the narrative. The default is 1. Of several
            diagnoses the one of the least weight comes first.
        directions: the direction of targets that are printed without an operator, by the name of
            the indicator or its heading: ``{"成本指标": "≤"}``. What was used is in ``remarks``.
        decisions: what a reviewer decided on findings, or the path of a file with that. Findings
            stay what they are; what is decided is told with them, and which decisions no longer
            apply is in ``lapsed``.
        previous: last year's report, of the same kind, department and project. Then what both say
            of one year, what was carried over and words that did not change are asked about, too.

    Figures are taken as precise as they say. One that was read is as precise as its column; a
    report that was built in code gets that from :func:`budgetperf.with_column_precision`.

    Raises:
        BudgetperfError: there is no rule-set of that id; a weight is less than 1, or more than
            :data:`budgetperf.exact.limits.MAX_WEIGHT`; its path is none of this report; a direction
            is none; ``previous`` is of another kind (``other-kind``), of another department or
            project (``other-name``) or not of the year before (``not-last-year``).
        ProblemsError: the file of decisions is wrong; all that is wrong is listed. Or ``previous``
            is not what it should be in several ways.
        OSError: it cannot be read.
        WrongTypeError: ``report`` or ``previous`` is no report, ``decisions`` are none, a weight is
            no whole number (a ``TypeError``).
    """
    require_report(report)
    if isinstance(decisions, (str, Path)):
        decisions = Decisions.load(decisions)
    if decisions is not None:
        require(decisions, Decisions, field="decisions")
    _require_weights({} if weights is None else weights, report)
    chosen = None if rules is None else ruleset(rules)
    directed, _ = directed_report(report, given_for(report, directions))
    before = None
    if previous is not None:
        require_previous(report, previous)
        before = with_round_amounts(previous)
    stated, report = report, with_round_amounts(directed)
    findings: list[Finding] = []
    *single, joint = relations()
    for relation in single:
        if before is not None or not relation.with_previous:
            findings += _or_not_stated(relation, _findings(relation, report, chosen, before))
    findings += _or_not_stated(joint, together(joint, report, findings))
    result = Audit(
        report=stated,
        rules=chosen,
        findings=Several(findings),
        weights=dict(weights or {}),
        directions=dict(directions or {}),
        decisions=Decisions() if decisions is None else decisions,
        previous=previous,
    )
    object.__setattr__(result, "_indexed", report)  # with what was looked up in it already
    return result


def findings_by(
    ids: Collection[str], report: SelfEvaluation, rules: RuleSet | None
) -> dict[str, tuple[Finding, ...]]:
    """What some relations find, as in an audit of the report: by their ids.

    For whole tables, where an audit of every row would take too long.
    """
    indexed = with_round_amounts(report)
    return {
        relation.id: tuple(_findings(relation, indexed, rules))
        for relation in relations()
        if relation.id in ids
    }


def _require_weights(weights: Mapping[str, object], report: SelfEvaluation) -> None:
    require(weights, Mapping, field="weights")
    for path, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, int):
            raise WrongTypeError(
                "wrong-type",
                Text(
                    zh="应为整数，如 3，而不是 {}", en="expected a whole number, such as 3, not {}"
                ).fill(shown(weight)),
                field=f"weights[{shown(path)}]",
            )
        if not 1 <= weight <= MAX_WEIGHT or not _is_part(report, path):
            raise BudgetperfError(
                "bad-weight",
                Text(
                    zh=f"{shown(weight)} 不能作 {shown(path)} 的权重：路径以 {'、'.join(_PARTS)} "
                    f"开头，报告中须有这一部分；权重为 1 至 {MAX_WEIGHT} 的整数",
                    en=f"{shown(weight)} is not a weight for {shown(path)}: paths begin with "
                    f"{', '.join(_PARTS)} and lead to a part that the report has; weights are "
                    f"from 1 to {MAX_WEIGHT}",
                ),
                field="weights",
            )


_PARTS = ("department", "narrative", "form")


def _is_part(report: SelfEvaluation, path: object) -> bool:
    """Whether the path leads to a part of the report, or to a figure in it."""
    if not isinstance(path, str) or path.partition(".")[0] not in _PARTS:
        return False
    try:
        resolve(report, path)
    except BudgetperfError:
        return False
    return True


def _or_not_stated(relation: Relation, findings: Iterable[Finding]) -> list[Finding]:
    """What a relation finds, or that the report states nothing that it is about."""
    of_relation = list(findings)
    if of_relation or relation.by_rules or relation.where_stated:
        return of_relation
    return [unchecked(relation, "not-stated", relation.say("not-stated"))]


def _findings(
    relation: Relation,
    report: SelfEvaluation,
    rules: RuleSet | None,
    previous: SelfEvaluation | None = None,
) -> Iterator[Finding]:
    for finding in _found(relation, report, rules, previous):
        yield finding if relation.parts else unless_unread(finding, report)


def _found(
    relation: Relation,
    report: SelfEvaluation,
    rules: RuleSet | None,
    previous: SelfEvaluation | None,
) -> Iterator[Finding]:
    if relation.with_previous:
        if previous is not None:
            yield from CHECKS_OF_TWO[relation.check](relation, report, previous)
        return
    if relation.check:
        yield from CHECKS[relation.check](relation, report, rules)
        return
    for equation in bind(relation, report):
        finding = equation_finding(relation, equation)
        if relation.parts:
            finding = unless_unread(finding, report, of_list=True)
            finding = _unless_incomplete(finding, relation, report)
        yield finding


def _unless_incomplete(finding: Finding, relation: Relation, report: SelfEvaluation) -> Finding:
    """Parts that need not be all of the whole leave a question where they differ from it.

    More than the whole they are only if what is not listed is 0 or more; where some may overlap,
    nothing follows.
    """
    statement = finding.operands[0].path.partition(".")[0]
    whole = is_whole(elements(report, f"{statement}.{relation.parts}"))
    equation = finding.equation
    if equation is not None and whole and finding.verdict is Verdict.UNCHECKED:
        return _of_stated_parts(finding, equation, relation)
    if equation is None or whole:
        return finding
    at_least = attrs.evolve(equation, comparator="≥", assumes=(Assumption.NOT_NEGATIVE,))
    finding = attrs.evolve(finding, equation=None if whole is None else at_least)
    if finding.verdict is not Verdict.INCONSISTENT:
        return finding
    too_much = judge(at_least).verdict is Verdict.INCONSISTENT
    assumed = Assumption.NOT_NEGATIVE if too_much and whole is False else Assumption.COMPLETE
    return attrs.evolve(
        finding,
        verdict=Verdict.UNCHECKED,
        reason=FOR_REVIEW,
        why=relation.say("perhaps-incomplete", why=finding.why),
        assumes=(*(a for a in finding.assumes if a is not Assumption.COMPLETE), assumed),
    )


def _of_stated_parts(finding: Finding, equation: Equation, relation: Relation) -> Finding:
    """A question to a reviewer where some parts are blank, which is not 0, and those that are
    stated do not make the whole: more than it they are only if amounts are 0 or more."""
    terms = equation.right.terms if isinstance(equation.right, Sum) else ()
    stated = tuple((sign, term) for sign, term in terms if not is_blank(term))
    known = attrs.evolve(equation, right=Sum(terms=stated))
    if not stated or missing(known):
        return finding
    judgement = judge(known)  # an equation whose figures do not go together was left out before
    if judgement.verdict is not Verdict.INCONSISTENT:
        return finding
    too_much = judge(attrs.evolve(known, comparator="≥")).verdict is Verdict.INCONSISTENT
    return attrs.evolve(
        finding,
        reason=FOR_REVIEW,
        why=relation.say("perhaps-incomplete", why=explain(known, judgement)),
        assumes=(Assumption.NOT_NEGATIVE if too_much else Assumption.COMPLETE,),
    )

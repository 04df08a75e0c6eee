"""Which conventions a report keeps, as values: candidates, and the rows for and against each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Generic, TypeAlias, TypeVar, cast

import attrs

from budgetperf.exact import COLON, COMMA, LIST, SEMICOLON, Labelled, RoundingMode, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.shown import Json, Shown
from budgetperf.exact.written.brief import Several, in_brief
from budgetperf.model import SelfEvaluation
from budgetperf.rates import DeviationDefinition
from budgetperf.receipts import Library, Made, Receipt
from budgetperf.receipts.making import findings_told, library, receipt_for
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.rules import RuleSet

__all__ = [
    "TITLES",
    "Basis",
    "BasisFit",
    "BasisRow",
    "Candidate",
    "Candidates",
    "Convention",
    "Fit",
    "Outcome",
    "Told",
    "candidate",
    "counts_of",
    "kinds_of",
    "name_of",
    "names_of",
    "speaks_against",
]


class Outcome(Labelled):
    """What became of a convention. The values are stable ASCII codes."""

    FITS = ("fits", "相符", "fits")
    """Every row that it decides holds."""
    REFUTED = ("refuted", "不符", "refuted")
    """A row does not hold under it."""
    OPEN = ("open", "无法判断", "open")
    """It decides no row: it neither fits nor is refuted."""


class Basis(Labelled):
    """What a score was computed from. The values are stable ASCII codes."""

    EXACT_RATIO = ("exact-ratio", "按精确比值", "from the exact ratio")
    """The ratio of the two figures, unrounded."""
    PRINTED_RATE = ("printed-rate", "按填列的比率", "from the stated rate")
    """The rate as it is printed."""


Convention: TypeAlias = RuleSet | DeviationDefinition | RoundingMode | Basis
"""What a report may keep to."""
C = TypeVar("C", bound=Convention)
C_co = TypeVar("C_co", bound=Convention, covariant=True)


class _Told(Shown):
    """What can be told in one sentence."""

    __slots__ = ()

    @property
    def message(self) -> Text:
        """The outcome in one sentence."""
        return fit_message(cast("Told", self))

    def __repr__(self) -> str:
        return in_brief(self, self.message.en)


@attrs.frozen(kw_only=True, repr=False)
class Candidate(_Told, Generic[C_co], Called):
    """One convention, and what the rows of a report say of it, in the order of the report.

    Args:
        convention: the rule-set, definition, mode or basis.
        holding: the rows that hold under it.
        refuting: the rows that do not, also those that hold only if the figure was cut off.
        undecided: the rows of which it says nothing, each with its reason.
        by_judgement: those of ``holding`` where the rule-set leaves room for judgement, so that
            they say little for it.
    """

    convention: C_co
    holding: tuple[Finding, ...] = ()
    refuting: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    by_judgement: tuple[Finding, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Whether it fits, is refuted, or nothing could be checked."""
        if self.refuting:
            return Outcome.REFUTED
        return Outcome.FITS if self.holding else Outcome.OPEN

    @property
    def refutation(self) -> Finding | None:
        """The first row that does not hold under it, if there is one."""
        return self.refuting[0] if self.refuting else None


@attrs.frozen(kw_only=True, repr=False)
class Candidates(_Told, Generic[C_co], Called):
    """The conventions of one kind that were tried on a report.

    Args:
        candidates: each of them, in the order in which they were given.
        unexplained: rows that speak against all of them. Where all conventions there are were
            tried, such a row shows a wrong figure and not a convention, and refutes none of them;
            among rule-sets it is left empty, for there may always be another one.
    """

    candidates: tuple[Candidate[C_co], ...]
    unexplained: tuple[Finding, ...] = ()

    @property
    def fitting(self) -> tuple[C_co, ...]:
        """The conventions under which every row that they decide holds."""
        return Several(c.convention for c in self.candidates if c.outcome is Outcome.FITS)

    @property
    def refuted(self) -> tuple[Candidate[C_co], ...]:
        """Those that a row speaks against."""
        return Several(c for c in self.candidates if c.outcome is Outcome.REFUTED)

    @property
    def open(self) -> tuple[Candidate[C_co], ...]:
        """Those that decide no row."""
        return Several(c for c in self.candidates if c.outcome is Outcome.OPEN)


@attrs.frozen(kw_only=True, repr=False)
class BasisRow(_Told, Called):
    """A score under one rule-set, on either basis.

    Args:
        exact_ratio: the finding from the ratio of the two figures.
        printed_rate: the finding from the printed rate; unchecked where none is printed.
    """

    exact_ratio: Finding
    printed_rate: Finding

    @property
    def findings(self) -> dict[Basis, Finding]:
        """The finding on each basis."""
        return {Basis.EXACT_RATIO: self.exact_ratio, Basis.PRINTED_RATE: self.printed_rate}

    @property
    def bases(self) -> tuple[Basis, ...] | None:
        """The bases on which the printed score holds: both, one or none.

        ``None`` if one of them could not be tried.
        """
        if any(not _decides(finding) for finding in self.findings.values()):
            return None
        return tuple(basis for basis, finding in self.findings.items() if finding.verdict.holds)


@attrs.frozen(kw_only=True, repr=False)
class BasisFit(_Told, Called):
    """The scores of a report under one rule-set, on either basis.

    Args:
        rules: the rule-set.
        rows: the execution score and those of the quantitative indicators.
    """

    rules: RuleSet
    rows: tuple[BasisRow, ...]

    @property
    def tried(self) -> Candidates[Basis]:
        """Both bases, with the rows for and against each."""
        return Candidates(
            candidates=tuple(
                candidate(basis, (row.findings[basis] for row in self.rows)) for basis in Basis
            )
        )

    @property
    def telling(self) -> tuple[BasisRow, ...]:
        """The rows that hold on one basis only, and so tell them apart."""
        return tuple(row for row in self.rows if row.bases is not None and len(row.bases) == 1)


@attrs.frozen(kw_only=True, repr=False)
class Fit(_Told):
    """Which conventions a report keeps, and the first row that refutes each of the others.

    Args:
        rules: the rule-sets, by the execution score, the scores of indicators and the rating.
        deviation: the definitions of 偏差率, by the deviations that are stated.
        rounding: the modes by which printed rates were rounded.
        basis: for each rule-set, whether scores follow from the exact ratio or the printed rate.
        report: the report; ``None`` of one that was put together by hand.
        by: the library that made it. What was found is compared, not of which report or by what.
    """

    rules: Candidates[RuleSet]
    deviation: Candidates[DeviationDefinition]
    rounding: Candidates[RoundingMode]
    basis: tuple[BasisFit, ...]
    report: SelfEvaluation | None = attrs.field(default=None, eq=False)
    by: Library = attrs.field(factory=library, eq=False)

    @property
    def receipt(self) -> Receipt | None:
        """What a second person needs to get the same result; ``None`` if there is no report."""
        if self.report is None:
            return None
        tried = [candidate.convention for candidate in self.rules.candidates]
        counts = Counter(candidate.outcome.value for candidate in self.rules.candidates)
        return receipt_for(
            Made.FIT,
            self.report,
            self.by,
            result=_result_data(self),
            rules=tried,
            outcome={outcome: str(number) for outcome, number in counts.items()},
        )

    @property
    def fitting(self) -> tuple[RuleSet, ...]:
        """The rule-sets under which every score that they decide holds."""
        return self.rules.fitting

    @property
    def refuted(self) -> tuple[Candidate[RuleSet], ...]:
        """The rule-sets that a score speaks against."""
        return self.rules.refuted

    @property
    def open(self) -> tuple[Candidate[RuleSet], ...]:
        """The rule-sets that decide no score."""
        return self.rules.open


Told: TypeAlias = Fit | Candidates[Convention] | Candidate[Convention] | BasisFit | BasisRow
"""What can be told in words and as data."""


def candidate(
    convention: C, findings: Iterable[Finding], *, by_judgement: Iterable[Finding] = ()
) -> Candidate[C]:
    """The convention with its findings sorted into those for, against and undecided."""
    tried = tuple(findings)
    holding = tuple(finding for finding in tried if finding.verdict.holds)
    return Candidate(
        convention=convention,
        holding=holding,
        refuting=tuple(finding for finding in tried if speaks_against(finding)),
        undecided=tuple(finding for finding in tried if not _decides(finding)),
        by_judgement=tuple(finding for finding in by_judgement if finding in holding),
    )


def speaks_against(finding: Finding) -> bool:
    """Whether the row does not hold, or only if its figure was cut off."""
    return _decides(finding) and not finding.verdict.holds


def _decides(finding: Finding) -> bool:
    return finding.verdict not in (Verdict.UNCHECKED, Verdict.UNDEFINED)


def _result_data(fit: Fit) -> Json:
    """What counts of a fit, as plain data: every row for and against, without the words."""
    kinds: list[Json] = [_candidates_data(many) for _, many in kinds_of(fit)]
    bases: list[Json] = [
        [basis.rules.id, *(findings_told(row.findings.values()) for row in basis.rows)]
        for basis in fit.basis
    ]
    return [*kinds, bases]


def _candidates_data(many: Candidates[Convention]) -> Json:
    candidates: list[Json] = [
        [
            name_of(candidate.convention).en,
            findings_told(candidate.holding),
            findings_told(candidate.refuting),
            findings_told(candidate.undecided),
            len(candidate.by_judgement),
        ]
        for candidate in many.candidates
    ]
    return [*candidates, findings_told(many.unexplained)]


TITLES = {
    "rules": Text(zh="规则集", en="rule-set"),
    "deviation": Text(zh="偏差率口径", en="definition of the deviation"),
    "rounding": Text(zh="填列比率的舍入方式", en="rounding of stated rates"),
    "basis": Text(zh="得分的依据", en="basis of scores"),
}


def fit_message(fit: Told) -> Text:
    """The outcome in one sentence."""
    match fit:
        case Fit():
            return _fit_message(fit)
        case Candidates():
            return _candidates_message(fit)
        case Candidate():
            return _candidate_message(fit)
        case BasisFit():
            return _basis_message(fit)
        case _:
            return _row_message(fit)


def name_of(convention: Convention) -> Text:
    """A rule-set by its id, anything else by its label."""
    return Text.of(convention.id) if isinstance(convention, RuleSet) else convention.label


def names_of(conventions: Iterable[Convention]) -> Text:
    """The conventions by name; that there are none, if so."""
    return LIST.join(map(name_of, conventions)) or Text(zh="无", en="none")


def _candidate_message(tried: Candidate[Convention]) -> Text:
    why = counts_of(tried) if tried.refutation is None else tried.refutation.message
    return COLON.join((name_of(tried.convention) + " " + tried.outcome.label, why))


def counts_of(tried: Candidate[Convention]) -> Text:
    """How many rows hold and how many are undecided."""
    holding, judged, undecided = len(tried.holding), len(tried.by_judgement), len(tried.undecided)
    if tried.outcome is Outcome.OPEN:
        return Text(
            zh=f"{undecided} 项均不能判定",
            en=f"none of {undecided} could be checked",
        )
    verb = "holds" if holding == 1 else "hold"
    parts = [Text(zh=f"{holding} 项成立", en=f"{holding} {verb}")]
    if judged:
        parts.append(
            Text(
                zh=f"其中 {judged} 项规则留有判断余地",
                en=f"{judged} of them only because the rule leaves room for judgement",
            )
        )
    if tried.refuting:
        number = len(tried.refuting)
        verb = "does" if number == 1 else "do"
        parts.append(Text(zh=f"{number} 项不成立", en=f"{number} {verb} not"))
    if undecided:
        parts.append(Text(zh=f"未判定 {undecided} 项", en=f"{undecided} undecided"))
    return COMMA.join(parts)


def _candidates_message(many: Candidates[Convention]) -> Text:
    parts: list[Text] = []
    for outcome in Outcome:
        of_it = [tried.convention for tried in many.candidates if tried.outcome is outcome]
        if of_it or outcome is Outcome.FITS:
            parts.append(COLON.join((outcome.label, names_of(of_it))))
    return SEMICOLON.join(parts)


def _basis_message(basis: BasisFit) -> Text:
    then = Text(zh="", en=": ")
    outcomes = [t.convention.label + then + t.outcome.label for t in basis.tried.candidates]
    return COLON.join((basis.rules.id, Text(zh="，", en="; ").join(outcomes)))


def _row_message(row: BasisRow) -> Text:
    return COLON.join((row.exact_ratio.subject or row.exact_ratio.title, _ANSWERS[row.bases]))


_ANSWERS: dict[tuple[Basis, ...] | None, Text] = {
    tuple(Basis): Text(zh="两种依据都成立", en="it holds on either basis"),
    (Basis.EXACT_RATIO,): Text(zh="只有按精确比值成立", en="only the exact ratio makes it hold"),
    (Basis.PRINTED_RATE,): Text(zh="只有按填列的比率成立", en="only the stated rate makes it hold"),
    (): Text(zh="两种依据都不成立", en="it holds on neither basis"),
    None: Text(zh="两种依据未能都判定", en="not both could be tried"),
}


def _fit_message(fit: Fit) -> Text:
    return SEMICOLON.join(
        COLON.join((TITLES[name], names_of(many.fitting))) for name, many in kinds_of(fit)
    )


def kinds_of(fit: Fit) -> tuple[tuple[str, Candidates[Convention]], ...]:
    return ("rules", fit.rules), ("deviation", fit.deviation), ("rounding", fit.rounding)

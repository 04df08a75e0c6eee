"""What follows once a cause is mended: whether the rating and the cap on the total stay, and which
demands come or go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from budgetperf.exact import Figure, Points, Text, decimal_text, in_brackets
from budgetperf.exact.figure import at_path
from budgetperf.model import SelfEvaluation, map_figures
from budgetperf.relations.binding import Indexed, indexed_again
from budgetperf.relations.catalogue import relations
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet
from budgetperf.scoring.gauges import gauge_text

from .checks.totals import cap_in_force, is_cap_sure
from .decisions import is_decidable
from .diagnosis.repairs import Recheck
from .diagnosis.suspects import Cause, Suspect

__all__ = ["consequences"]

_MOST = 400
"""How many findings may be worked out again for one cause."""


def consequences(
    cause: Cause,
    report: SelfEvaluation,
    findings: Sequence[Finding],
    rules: RuleSet | None,
    recheck: Recheck,
) -> tuple[Text, ...]:
    """What follows if the likeliest figures of a cause are mended, as far as it is certain.

    Nothing where a figure may become several values, or where nothing else changes.

    Args:
        cause: the cause.
        report: the report as its relations read it.
        findings: all of its audit.
        rules: the rule-set.
        recheck: what a relation finds in another report.
    """
    blamed = cause.diagnoses[0] if cause.diagnoses else ()
    if not blamed or any(suspect.becomes is None for suspect in blamed):
        return ()
    return (
        *_rating(blamed, report, rules),
        *_caps(blamed, report, rules),
        *_demands(blamed, cause, report, findings, recheck),
    )


def _mended(blamed: Sequence[Suspect], report: SelfEvaluation) -> Indexed:
    """The report with what the figures become."""
    paths = {suspect.operand.path for suspect in blamed}
    figures = {
        (s.operand.path, s.operand.stated.text, _place(s.operand.stated)): s.becomes
        for s in blamed
        if s.becomes is not None
    }

    def mended(path: str, figure: Figure) -> Figure:
        other = figures.get((path, figure.text, figure.place), figure)
        return at_path(other, figure.path)  # one printed again says of what

    return indexed_again(map_figures(report, mended, only=paths), report, paths)


# The rating.

_STAYS = Text(
    zh="总分为{}分时，评价等级仍为“{}”", en="with a total of {} points the rating stays {}"
)
_CHANGES = Text(
    zh="总分为{}分时，评价等级由“{}”变为“{}”",
    en="with a total of {} points the rating changes from {} to {}",
)


def _rating(
    blamed: Sequence[Suspect],
    report: SelfEvaluation,
    rules: RuleSet | None,
) -> Iterator[Text]:
    """The rating that is stated, or that the total earns as it is printed; and as it is mended."""
    if rules is None:
        return
    for where in ("narrative", "form"):
        printed = getattr(report, where).total_score
        if not isinstance(printed, Figure):
            continue
        path = f"{where}.total_score"
        mended = (s.becomes for s in blamed if s.operand.path == path)
        total = next((becomes.nominal for becomes in mended if becomes is not None), None)
        if total is None:
            continue
        stated = getattr(report, where).rating
        before, after = rules.rating(printed.nominal), rules.rating(total)
        if before is None or after is None or (isinstance(stated, str) and stated != before):
            continue  # W09 tells of a rating that the total does not earn
        points = Text.of(str(Points(total)))
        if before == after:
            yield _STAYS.fill(points, before)
        else:
            yield _CHANGES.fill(points, before, after)
        return


# Caps.

_STAYS_CAPPED = Text(zh="{}，总分上限仍为{}分", en="{}: the total stays capped at {} points")
_OTHER_CAP = Text(
    zh="更正后{}，总分上限由{}分变为{}分",
    en="once it is mended, {}: the cap on the total changes from {} to {} points",
)
_CAPPED_NOW = Text(
    zh="更正后{}，总分不超过{}分", en="once it is mended, {}: the total is capped at {} points"
)
_FREE_NOW = Text(
    zh="更正后总分不再以{}分为上限",
    en="once it is mended, the total is no longer capped at {} points",
)


def _caps(
    blamed: Sequence[Suspect], report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Text]:
    """The cap on the total, where the mended figures are the total or what a cap depends on.

    Most rule-sets have none; and where it is not sure whether one is in force, nothing is said.
    """
    concerned = [s for s in blamed if _ON_TOTALS.search(s.operand.path)]
    if rules is None or not rules.total_caps or not concerned:
        return
    changed = _mended(blamed, report)
    if not (is_cap_sure(report, rules) and is_cap_sure(changed, rules)):
        return
    before, after = cap_in_force(report, rules), cap_in_force(changed, rules)
    if after is None:
        if before is not None:
            yield _FREE_NOW.fill(decimal_text(before[0].most))
        return
    (cap, value), most = after, decimal_text(after[0].most)
    gauged = gauge_text(cap.on, value)
    if before is None:
        yield _CAPPED_NOW.fill(gauged, most)
    elif before[0].most == cap.most:
        yield _STAYS_CAPPED.fill(gauged, most)
    else:
        yield _OTHER_CAP.fill(gauged, decimal_text(before[0].most), most)


_ON_TOTALS = re.compile(r"(?:narrative|form)\.(?:total_score|funding\.total\.\w+)$")


# Demands and scores.

_TOLD = {"J01", "W09"}
"""All relations together, and the rating, which is told already."""

_COMES = Text(zh="更正后须复核：{}", en="once it is mended, to be reviewed: {}")
_BREAKS = Text(zh="更正后不相符：{}", en="once it is mended, inconsistent: {}")
_GOES = Text(zh="更正后不再有疑问：{}", en="once it is mended, no longer in question: {}")


def _demands(
    blamed: Sequence[Suspect],
    cause: Cause,
    report: SelfEvaluation,
    findings: Sequence[Finding],
    recheck: Recheck,
) -> Iterator[Text]:
    """What comes to be asked, or is no longer, of relations that thresholds and rules decide."""
    paths = {suspect.operand.path for suspect in blamed}
    codes = {
        finding.code
        for finding in findings
        if any(operand.path in paths for operand in finding.operands)
    }
    codes -= _TOLD
    asked = [r for r in relations() if r.code in codes and (r.check or r.asks)]
    concerned = [finding for finding in findings if finding.code in codes]
    if len(concerned) > _MOST:
        return
    changed = _mended(blamed, report)
    again = [finding for relation in asked for finding in recheck(relation, changed)]
    own = {_key(finding) for finding in cause.findings}
    known = {relation.title for relation in asked}
    before = _open([finding for finding in concerned if finding.title in known])
    after = _open(again)
    for key, finding in after.items():
        if key not in before:
            yield (_COMES if finding.is_for_review else _BREAKS).fill(_said(finding))
    for key, finding in before.items():
        if key not in after and key not in own:
            yield _GOES.fill(_said(finding))


def _place(stated: object) -> object:
    return stated.place if isinstance(stated, Figure) else None


def _key(finding: Finding) -> tuple[str, str, str, str]:
    first = finding.operands[0].path if finding.operands else ""
    return finding.code, finding.title.zh, first, finding.subject.zh


def _open(findings: Iterable[Finding]) -> dict[tuple[str, str, str, str], Finding]:
    return {_key(finding): finding for finding in findings if is_decidable(finding)}


def _said(finding: Finding) -> Text:
    return Text.of(f"{finding.code} ") + finding.title + in_brackets(finding.subject)

"""The reasons that a report gives for what its indicators lost, and whether they are due."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast

import attrs

from budgetperf.exact import Figure, Missing, Text
from budgetperf.model import SelfEvaluation
from budgetperf.model.indicators import plain_name
from budgetperf.relations.binding import matched, once, once_before
from budgetperf.relations.composing import simple
from budgetperf.relations.expression import Equation
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation
from budgetperf.rules import Gauge, RuleSet
from budgetperf.scoring.gauges import gives_reason, set_off, shows, triggers_for

from .rows import Row, is_met, rows
from .ruled import provision_of

__all__ = ["deductions", "explanations"]


def explanations(report: SelfEvaluation) -> Mapping[str, str]:
    """The reasons that the text and the form give for each indicator, by both of its paths: its
    own, or those that are given for all of them."""
    return {**_known(report, "all", _of_all), **_known(report, "own", _own)}


def _known(
    report: SelfEvaluation, key: str, made: Callable[[SelfEvaluation], Mapping[str, str]]
) -> Mapping[str, str]:
    # Where figures were changed for a try, the words are what they were.
    before = cast("Mapping[str, str] | None", once_before(report, ("explanations", key)))
    return once(report, ("explanations", key), lambda: made(report) if before is None else before)


def _of_all(report: SelfEvaluation) -> dict[str, str]:
    """The reasons given in one place, for the indicators that they name; for all where they name
    none, and do not say that there is nothing to explain."""
    reasons: dict[str, str] = {}
    for part in (report.narrative, report.form):
        text = part.deviation_reasons
        if isinstance(text, Missing) or not gives_reason(text):
            continue
        words = "".join(text.split())
        names = {row.path: plain_name(row.indicator.name) for row in rows(report)}
        named = [path for path, name in names.items() if name in words]
        says_nothing = _CLAIMS.search(words) or any(denial in words for denial in _DENIALS)
        reasons |= dict.fromkeys(named or ([] if says_nothing else names), text)
    return reasons


def _own(report: SelfEvaluation) -> dict[str, str]:
    words = {
        row.path: row.indicator.explanation.strip()
        for row in rows(report)
        if isinstance(row.indicator.explanation, str) and gives_reason(row.indicator.explanation)
    }
    reasons = dict(words)
    for pair in matched(report, ("narrative.indicators", "form.indicators")):
        paths = [f"{container}[{index}]" for container, index in pair.items()]
        together = "".join(dict.fromkeys(words.get(path, "") for path in paths))
        reasons |= dict.fromkeys(paths, together) if together else {}
    return reasons


_DENIALS = ("合理范围内", "无偏差", "偏差较小")
# Said of a target that is missed, these contradict it; 未完成 and 尚未达到 do not.
_CLAIMS = re.compile(r"(?<![未没不])(?:超额完成|全部完成|圆满完成|已完成|已达标|已达到)")


def deductions(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W12: a deduction has a reason that does not deny it; so has what the rule-set asks about."""
    own, explained = _known(report, "own", _own), explanations(report)
    for row in rows(report):
        if not row.is_scored:
            continue
        score, weight = row.score, row.weight
        full = judge(Equation(left=score, comparator="≥", right=weight)).verdict
        lost, asked = full is Verdict.INCONSISTENT, rules is not None and _is_asked(row, rules)
        if not lost and not asked:
            continue
        words = explained.get(row.path, "")
        verdict, why = _worth(relation, row, words, lost=lost, is_own=row.path in own)
        formula = f"reason given if {score.path} < {weight.path}"
        if asked:
            formula += " or the rule-set asks"
        finding = simple(relation, verdict, why, (score, weight), formula)
        yield attrs.evolve(finding, provision=provision_of(rules if asked else None))


def _worth(
    relation: Relation, row: Row, words: str, *, lost: bool, is_own: bool
) -> tuple[Verdict, Text]:
    """What the words beside a score are worth as the reason why marks were lost, if some were;
    those that are given for all indicators may say of others that they are met."""
    marks = relation.say("marks", weight=row.weight.stated, score=row.score.stated)
    if not words:
        return Verdict.INCONSISTENT, relation.say("unexplained", marks=marks)
    if is_own and _CLAIMS.search(words) and row.is_measured and is_met(row) is False:
        return Verdict.INCONSISTENT, relation.say("claimed", marks=marks, words=words)
    if is_own and lost and any(denial in words for denial in _DENIALS):
        return Verdict.INCONSISTENT, relation.say("denied", marks=marks, words=words)
    return Verdict.EXACT, relation.say("explained", marks=marks, words=words)


def _is_asked(row: Row, rules: RuleSet) -> bool:
    """Whether the rule-set asks for a reason beside a score such as this one."""
    score, weight = row.indicator.score, row.indicator.weight
    if not isinstance(score, Figure) or not isinstance(weight, Figure) or not weight.nominal:
        return False
    share = {Gauge.SCORE_SHARE: shows(score.nominal / weight.nominal)}
    return bool(set_off(triggers_for(row.indicator, rules), share))

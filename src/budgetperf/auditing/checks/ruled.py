"""What checks by a rule-set have in common: its provision, its silence, scores as its results."""

from __future__ import annotations

from budgetperf.exact import Figure, Interval, Text
from budgetperf.exact.figure import as_rounded
from budgetperf.relations.catalogue import Relation
from budgetperf.relations.composing import unchecked
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet

__all__ = ["as_result", "is_shown_rounded", "no_ruleset", "provision_of", "silent"]


def no_ruleset(relation: Relation) -> Finding:
    """The finding for what needs a rule-set, where none was chosen."""
    why = Text(
        zh="未指定规则集：请用 --rules 或 rules= 指定",
        en="no rule-set was chosen: choose one with --rules or rules=",
    )
    return unchecked(relation, "no-ruleset", why)


def silent(relation: Relation, rules: RuleSet) -> Finding:
    """The finding for what the chosen rule-set says nothing of."""
    why = Text(zh=f"规则集 {rules.id} 对此没有规定", en=f"{rules.id} says nothing of it")
    return unchecked(relation, "rule-silent", why, provision=provision_of(rules))


def provision_of(rules: RuleSet | None) -> str | None:
    """The documents that a rule-set rests on, each with its status."""
    if rules is None:
        return None
    documents = [f"{p.document.zh}{p.article.zh} [{p.status.value}]" for p in rules.provisions]
    return "; ".join(documents) or f"{rules.id} [{rules.status.value}]"


def as_result(score: Figure, due: Interval, rules: RuleSet) -> Figure:
    """A printed score as the result of a rule.

    A whole score is exact among whole scores, and where a whole score is due. Against a rule that
    does not say how scores are rounded it is else a rounded result: 9 may stand for 8.6.
    """
    is_whole = due.is_point and due.lower is not None and due.lower.denominator == 1
    if not score.is_exact or rules.score_rounding is not None or is_whole:
        return score
    return as_rounded(score)


def is_shown_rounded(score: Figure, due: Interval, rules: RuleSet) -> bool:
    """Whether a rule shows that a whole score is a rounded one: 9 is none of its own, 8.6 is.

    Then the column is rounded: its total may have been added up before, or after.
    """
    read = as_result(score, due, rules)
    return read != score and score.nominal not in due and read.interval.gap(due) is None

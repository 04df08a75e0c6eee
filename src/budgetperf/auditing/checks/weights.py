"""The checks of weights by level: against the headings of the form, and against a rule-set."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import Figure, Text, decimal_text, in_brackets
from budgetperf.exact.figure import as_rounded
from budgetperf.model import Indicator, SelfEvaluation, StatedText, resolve
from budgetperf.model.indicators import (
    heading_name,
    heading_points,
    headings_near,
    is_subtotal,
    plain_heading,
    points_in_name,
    says_points,
)
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import is_claimed, operand_at
from budgetperf.relations.composing import equation_finding, unchecked
from budgetperf.relations.expression import Equation, Operand, Sum
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet

from .rows import STATEMENTS, figure_of, is_dash, points, rows, statement
from .ruled import provision_of, silent
from .totals import sum_finding, unless_cut

__all__ = ["layout", "level_sums"]


@attrs.frozen(kw_only=True)
class _Heading:
    """A heading of the table, what it says it weighs, and what stands under it.

    Args:
        names: 一级指标, or 一级 and 二级指标, without the weight in their words.
        stated: the weights or scores that it says, in a cell of its own or in its words.
        parts: those of the indicators under it.
        perhaps: those of the rows beside it that have no heading of their own: a merged cell whose
            words stand in one row, or rows under none.
        is_mixed: whether some indicators stand right under it, and others under a heading below.
        is_last: whether the last row of the table stands under it.
    """

    names: tuple[str, ...]
    stated: tuple[Operand, ...]
    parts: tuple[Operand, ...]
    perhaps: tuple[Operand, ...]
    is_mixed: bool
    is_last: bool


def level_sums(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """W02: what a heading weighs, or scores, is the sum of what stands under it, level by level."""
    for where, column in itertools.product(STATEMENTS, ("weight", "score")):
        headings = _headings(relation, report, where, column)
        yield from _if_points(relation, list(_sums(relation, headings, report)), report)
    for where in STATEMENTS:
        yield from _names(relation, report, where)


def _names(relation: Relation, report: SelfEvaluation, where: str) -> Iterator[Finding]:
    """What the name of an indicator says that it weighs, as 调解成功率（20分）, is what it weighs;
    where none does, these numbers need not be its points, unless their words say so (分值20)."""
    findings: list[Finding] = []
    is_plain = False
    for row in rows(report, of=[where]):
        name = row.indicator.name
        points = points_in_name(name, row.indicator.level1, row.indicator.level2)
        if points is not None and is_claimed(row.weight):
            plain = heading_name(name)
            is_plain |= any(word in str(name) and word not in plain for word in _WORDS)
            label = relation.say("in-heading", name=plain)
            words = Operand(path=f"{row.path}.name", stated=points, label=label)
            findings.append(
                equation_finding(relation, Equation(left=row.weight, comparator="=", right=words))
            )
    if is_plain or any(finding.verdict.holds for finding in findings):
        yield from findings


_WORDS = ("分值", "标准分")


def _sums(
    relation: Relation, headings: Sequence[_Heading], report: SelfEvaluation
) -> Iterator[Finding]:
    for heading in headings:
        below = [under for under in headings if under.names[:-1] == heading.names]
        sums: list[Sequence[Operand]] = []
        if any(map(is_claimed, heading.parts)):
            sums.append(heading.parts)
        if below and not heading.is_mixed and all(under.stated for under in below):
            sums.append([under.stated[0] for under in below])
        for stated in heading.stated:
            yield from (_sum(relation, stated, parts, heading, report) for parts in sums)


def _if_points(
    relation: Relation, findings: Sequence[Finding], report: SelfEvaluation
) -> Iterator[Finding]:
    """The findings, where those on numbers that need not be points are questions, unless others
    that are printed alike show that they are: the 50 of 产出指标（50）."""
    kinds = [_doubt_on(finding, report) for finding in findings]
    are_points = {
        kind for finding, kind in zip(findings, kinds, strict=True) if finding.verdict.holds
    }
    for finding, kind in zip(findings, kinds, strict=True):
        if not kind or kind in are_points or finding.verdict is not Verdict.INCONSISTENT:
            yield finding
        elif not _counts_rows(finding):
            asked = for_review(finding, relation.say("perhaps-points", why=finding.why))
            yield attrs.evolve(asked, equation=None)


def _doubt_on(finding: Finding, report: SelfEvaluation) -> tuple[str, ...]:
    """Where the words of headings have numbers that need not be points, and how these are printed:
    those of one level are alike, a share of a share is printed as one of the whole is."""
    doubts = dict[str, None]()
    for operand in finding.operands:
        level = operand.path.rpartition(".")[2]
        words = resolve(report, operand.path) if level in ("level1", "level2") else None
        if isinstance(words, str) and not says_points(words):
            doubts[f"{level}{'%' if words.rstrip(')）')[-1:] in ('%', '％') else ''}"] = None
    return tuple(doubts)


def _counts_rows(finding: Finding) -> bool:
    """Whether the number of a heading is how many rows stand under it."""
    whole, *parts = finding.operands
    return isinstance(whole.stated, Figure) and whole.stated.nominal == len(parts)


def _sum(
    relation: Relation,
    stated: Operand,
    parts: Sequence[Operand],
    heading: _Heading,
    report: SelfEvaluation,
) -> Finding:
    finding = sum_finding(relation, _added_up(stated, parts), report)
    if heading.is_last:
        finding = unless_cut(relation, finding, report)
    if heading.perhaps:
        finding = _with_blank_headings(relation, finding, stated, parts, heading, report)
    computed = [stated] if parts is heading.parts else [stated, *parts]
    if not all(figure_of(part).is_exact for part in computed):
        finding = attrs.evolve(finding, equation=None)
    subject = relation.say("heading", name=" / ".join(heading.names))
    return attrs.evolve(finding, subject=subject)


def _with_blank_headings(
    relation: Relation,
    finding: Finding,
    stated: Operand,
    parts: Sequence[Operand],
    heading: _Heading,
    report: SelfEvaluation,
) -> Finding:
    """The finding where rows without a heading may belong to this one, or to none."""
    finding = attrs.evolve(finding, equation=None)
    if finding.verdict is not Verdict.INCONSISTENT:
        return finding
    filled = sum_finding(relation, _added_up(stated, (*parts, *heading.perhaps)), report)
    if filled.verdict.holds:
        return attrs.evolve(filled, equation=None)
    applying = [part for part in parts if isinstance(part.stated, Figure)]  # dashes are left out
    # Weights in another unit than the heading say nothing of it.
    if filled.reason != "unit-mismatch" and not any(
        judge(equation).verdict.holds for equation in _with_some(stated, applying, heading.perhaps)
    ):
        return finding
    return for_review(finding, relation.say("no-heading", why=finding.why))


def _added_up(stated: Operand, parts: Sequence[Operand], comparator: str = "=") -> Equation:
    right = Sum(terms=tuple((1, part) for part in parts))
    return Equation(left=stated, comparator=comparator, right=right)


_FEW = 8
"""Of how many rows without a heading each choice is tried."""


def _with_some(
    stated: Operand, parts: Sequence[Operand], perhaps: Sequence[Operand]
) -> Iterator[Equation]:
    """What can hold if some of the rows belong to the heading: of one of them is enough."""
    known = [row for row in perhaps if isinstance(row.stated, Figure)]
    if len(known) < len(perhaps) or len(known) > _FEW:
        yield _added_up(stated, parts, "≥")
        return
    for count in range(1, len(known)):
        for some in itertools.combinations(known, count):
            yield _added_up(stated, (*parts, *some))


def _headings(
    relation: Relation, report: SelfEvaluation, where: str, column: str
) -> list[_Heading]:
    """The headings of both levels, in the order of the table."""
    stated: dict[tuple[str, ...], list[Operand]] = {}
    parts: dict[tuple[str, ...], list[Operand]] = {}
    perhaps: dict[tuple[str, ...], list[Operand]] = {}
    direct = set[tuple[str, ...]]()
    indicators = statement(report, where).indicators
    last = set[tuple[str, ...]]()
    for (index, indicator), maybe in zip(
        enumerate(indicators), headings_near(indicators), strict=True
    ):
        path = f"{where}.indicators[{index}]"
        cell = operand_at(report, f"{path}.{column}")
        above = list(_above(relation, indicator, path))
        last = {names for names, _ in above} or last
        for names, words in above:
            weights, under = stated.setdefault(names, []), parts.setdefault(names, [])
            weights += [new for new in words if column == "weight" and not _is_in(weights, new)]
            under += [cell] if indicator.key else []
        for names in maybe if indicator.key else ():
            perhaps.setdefault(names, []).append(cell)
        if above and indicator.key:
            direct.add(above[-1][0])
        if above and not indicator.key and isinstance(cell.stated, Figure):
            nearest, _ = above[-1]
            stated[nearest].append(_computed(cell, cell.stated))
    return [
        _Heading(
            names=names,
            stated=tuple(stated[names]),
            parts=tuple(parts[names]),
            perhaps=tuple(perhaps.get(names, ())),
            is_mixed=names in direct,
            is_last=names in last,
        )
        for names in stated
    ]


def _computed(part: Operand, figure: Figure) -> Operand:
    """What a heading states is computed, not set: one that is not whole may have been rounded."""
    return (
        part if figure.nominal.denominator == 1 else attrs.evolve(part, stated=as_rounded(figure))
    )


def _is_in(weights: Sequence[Operand], words: Operand) -> bool:
    """Whether a row above has the heading, too, with the same weight in its words."""
    return any(other.stated == words.stated for other in weights)


def _above(
    relation: Relation, indicator: Indicator, path: str
) -> Iterator[tuple[tuple[str, ...], list[Operand]]]:
    """The headings of a row, the wider first, each with the weight in its words."""
    names: tuple[str, ...] = ()
    for level, heading in (("level1", indicator.level1), ("level2", indicator.level2)):
        name = heading_name(heading)
        if not name or is_subtotal(heading):
            return
        names = (*names, name)
        yield names, _in_words(relation, heading, name, f"{path}.{level}")


def _in_words(relation: Relation, heading: StatedText, name: str, path: str) -> list[Operand]:
    figure = heading_points(heading)
    if figure is None:
        return []
    label = relation.say("in-heading", name=name)
    return [_computed(Operand(path=path, stated=figure, label=label), figure)]


def layout(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W02: the weights by level-1 heading are those of the rule-set; of several, the nearest.

    A reviewer asks: the texts fix them in principle, and let special cases differ.
    """
    if rules is None or not rules.layouts:
        return
    table = _table(report)
    if "" in table or not any(is_claimed(part) for parts in table.values() for part in parts):
        why = relation.say("not-weighed")
        yield unchecked(relation, "not-stated", why, provision=provision_of(rules))
        return
    execution = operand_at(report, "form.funding.total.weight")
    if isinstance(execution.stated, Figure):
        table.setdefault(_EXECUTION, []).append(execution)
    known = [due for due in _layouts(rules) if table.keys() <= {_EXECUTION, *due.weights}]
    if not known:
        yield silent(relation, rules)
        return
    nearest = min(known, key=lambda due: _distance(table, due))
    for name in nearest.weights:
        # A form may have no row for budget execution; an indicator that is not there weighs 0.
        if name in table or name != _EXECUTION:
            yield _heading_finding(relation, name, table.get(name, []), nearest, rules)


_EXECUTION = "预算执行"


def _table(report: SelfEvaluation) -> dict[str, list[Operand]]:
    """The weights of the form's indicators that apply, by level-1 heading."""
    table = dict[str, list[Operand]]()
    for row in rows(report, of=["form"]):
        under = table.setdefault(plain_heading(row.indicator.level1), [])
        under += [] if is_dash(row.weight.stated) else [row.weight]
    return table


@attrs.frozen(kw_only=True)
class _Layout:
    """The weights that are due by heading, and when this variant is used."""

    weights: Mapping[str, Fraction]
    variant: Text


def _layouts(rules: RuleSet) -> Iterator[_Layout]:
    execution = {} if rules.execution is None else {_EXECUTION: rules.execution.weight}
    for layout in rules.layouts:
        own = {plain_heading(level.level1): level.weight for level in layout.weights}
        yield _Layout(weights=execution | own, variant=layout.variant)


def _distance(table: Mapping[str, Sequence[Operand]], due: _Layout) -> tuple[int, int]:
    """How many headings of a layout the table does not have, and how many weigh something else."""
    broken = sum(_weight(table.get(name, [])) != weight for name, weight in due.weights.items())
    return len(due.weights.keys() - table.keys()), broken


def _weight(parts: Sequence[Operand]) -> Fraction:
    stated = (part.stated for part in parts)
    figures = (figure.nominal for figure in stated if isinstance(figure, Figure))
    return sum(figures, start=Fraction(0))


def _heading_finding(
    relation: Relation, name: str, parts: Sequence[Operand], layout: _Layout, rules: RuleSet
) -> Finding:
    """Whether a heading weighs what the layout gives it."""
    due = layout.weights[name]
    left = Sum(terms=tuple((1, part) for part in parts)) if parts else points(Fraction(0))
    finding = equation_finding(relation, Equation(left=left, comparator="=", right=points(due)))
    if finding.reason is None or finding.is_for_review:
        why = relation.say(
            "weights", weight=decimal_text(_weight(parts)),
            variant=in_brackets(layout.variant), due=decimal_text(due),
        )  # fmt: skip
        absent = () if parts else (Assumption.ABSENT_IS_ZERO,)
        finding = attrs.evolve(finding, why=why, assumes=absent)
    subject = relation.say("heading", name=name)
    return attrs.evolve(finding, subject=subject, provision=provision_of(rules))

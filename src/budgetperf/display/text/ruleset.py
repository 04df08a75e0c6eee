"""Rule-sets and their examples as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetperf.display.words import heads
from budgetperf.display.words.ruleset import Said, Section, facts, sections, standing_text
from budgetperf.exact import COLON, Text, columns, padded
from budgetperf.rules import Example, RuleSet
from budgetperf.scoring import Mismatch

from .lines import joined_lines
from .tables import table_text

__all__ = ["catalogue_text", "examples_text", "ruleset_text"]


def catalogue_text(rulesets: Iterable[RuleSet], lang: str) -> str:
    """The rule-sets, one a line: id, effective from, what it rests on, title."""
    head = heads(
        lang, ("规则集", "rule-set"), ("施行", "effective"), ("依据", "based on"), ("名称", "title")
    )
    rows = [tuple(head)]
    rows += [
        (r.id, r.effective or "—", r.status.label.pick(lang), r.title.pick(lang)) for r in rulesets
    ]
    return table_text(rows)


def ruleset_text(rules: RuleSet, lang: str) -> str:
    """One rule-set in full: what it rests on, its rules, and what it leaves open."""
    return joined_lines(_ruleset_lines(rules, lang))


def examples_text(ran: Iterable[tuple[Example, tuple[Mismatch, ...]]], lang: str) -> str:
    """Worked examples, one a line: whether each holds, and below it every difference."""
    return joined_lines(line.pick(lang) for tried in ran for line in _example_lines(*tried))


def _ruleset_lines(rules: RuleSet, lang: str) -> Iterator[str]:
    yield Text(zh="　", en=", ").join((rules.id, rules.title)).pick(lang)
    yield f"  {standing_text(rules.status).pick(lang)}"
    if rules.note:
        yield from (f"  {line}" for line in rules.note.pick(lang).split("\n"))
    known = facts(rules)
    width = max(columns(fact.label.pick(lang)) for fact in known)
    for fact in known:
        label = fact.label.pick(lang)
        for value in fact.values or (Said(text=Text.of("—")),):
            yield f"  {padded(label, width)}  {_said(value, lang)}"
            label = ""
    for section in sections(rules):
        yield ""
        yield from _section_lines(section, lang)


def _section_lines(section: Section, lang: str) -> Iterator[str]:
    yield _said(Said(text=section.title, status=section.status), lang)
    for drawn in section.curves:
        if drawn.title != section.title:
            yield f"  {drawn.title.pick(lang)}"
        yield f"  {COLON.join(('x', drawn.measure)).pick(lang)}"
        yield from (f"    {line}" for line in drawn.curve.to_text(lang=lang).splitlines())
    if section.rows:
        rows = [tuple(head.pick(lang) for head in section.head)]
        rows += [tuple(_said(cell, lang) for cell in row) for row in section.rows]
        yield from (f"  {line}" for line in table_text(rows).splitlines())
    for remark in section.remarks:
        yield f"  {_said(remark, lang)}"


def _said(words: Said, lang: str) -> str:
    text = words.text.pick(lang)
    return text if words.status is None else f"{text} · {standing_text(words.status).pick(lang)}"


def _example_lines(example: Example, mismatches: tuple[Mismatch, ...]) -> Iterator[Text]:
    holds, differs = Text(zh="相符  ", en="holds    "), Text(zh="不符  ", en="differs  ")
    yield (differs if mismatches else holds) + example.name
    difference = Text(zh="      {}：应为 {}，算得 {}", en="         {}: should be {}, computed {}")
    for m in mismatches:
        yield difference.fill(m.where, m.due, m.found)

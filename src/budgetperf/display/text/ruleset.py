"""Rule-sets, their examples and scorecards as plain text and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetperf.display.data.audit import text_data
from budgetperf.display.words import heads
from budgetperf.display.words.ruleset import Said, Section, facts, sections, standing_text
from budgetperf.display.words.scorecard import (
    admissible_text,
    line_name,
    rating_text,
    score_heads,
    step_text,
)
from budgetperf.exact import COLON, SEMICOLON, Points, Text, columns, decimal_text, padded
from budgetperf.exact.rounding import approximate_text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import visible
from budgetperf.plain.structuring import shared_converter
from budgetperf.rules import Example, RuleSet, TotalCap
from budgetperf.scoring import Mismatch, Scorecard, ScoreLine, Step

from .tables import joined_lines, table_text

__all__ = [
    "catalogue_text",
    "examples_data",
    "examples_text",
    "line_data",
    "line_text",
    "ruleset_data",
    "ruleset_text",
    "scorecard_data",
    "scorecard_text",
]


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


def ruleset_data(rules: RuleSet) -> dict[str, Json]:
    """The rule-set as plain data, with its hash."""
    data: dict[str, Json] = shared_converter().unstructure(rules)
    return {**data, "sha256": rules.sha256}


def examples_text(ran: Iterable[tuple[Example, tuple[Mismatch, ...]]], lang: str) -> str:
    """Worked examples, one a line: whether each holds, and below it every difference."""
    return joined_lines(line.pick(lang) for tried in ran for line in _example_lines(*tried))


def examples_data(rules: RuleSet, ran: Iterable[tuple[Example, tuple[Mismatch, ...]]]) -> Json:
    """Worked examples as plain data: whether each holds, and every difference."""
    return {
        "schema": "budgetperf/examples/1",
        "ruleset": _ruleset_key(rules),
        "examples": [
            {
                "name": text_data(example.name),
                "holds": not mismatches,
                "mismatches": [
                    {"key": m.key, "where": text_data(m.where), "due": m.due, "found": m.found}
                    for m in mismatches
                ],
            }
            for example, mismatches in ran
        ],
    }


def scorecard_text(card: Scorecard, lang: str) -> str:
    """The scores as a table, with the steps that led to each."""
    return joined_lines(_scorecard_lines(card, lang))


def scorecard_data(card: Scorecard) -> dict[str, Json]:
    """The scorecard as plain data; numbers exact and in strings."""
    return {
        "schema": "budgetperf/scorecard/1",
        "ruleset": _ruleset_key(card.rules),
        "lines": [line_data(line) for line in card.lines],
        "total": _points(card.total),
        "admissible": None if card.admissible is None else str(card.admissible),
        "rating": card.rating,
        "rating_status": None if card.rating_status is None else card.rating_status.value,
        "caps": [_cap_data(cap) for cap in card.caps],
        "steps": [_step_data(step) for step in card.steps],
        "demands": [demand.value for demand in card.demands],
        "remarks": [text_data(remark) for remark in card.remarks],
    }


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


def _scorecard_lines(card: Scorecard, lang: str) -> Iterator[str]:
    rules = card.rules
    label = Text(zh="规则集：", en="rule-set: ").pick(lang)
    yield f"{label}{rules.id} · {rules.title.pick(lang)} · {rules.status.label.pick(lang)}"
    rows = [tuple(score_heads(lang, ("依据", "by")))]
    rows += [_line_cells(line, lang) for line in card.lines]
    yield from table_text(rows).split("\n")
    open_total = Text(zh="不能得出单一总分", en="no single value").pick(lang)
    total = _shown(card.total) or open_total
    if card.total is None and card.admissible is not None:
        within = admissible_text(card.admissible)
        total += Text(zh=f"，在 {within} 之内", en=f", within {within}").pick(lang)
    parts = (Text(zh="总分：", en="total: ").pick(lang) + total, rating_text(card, lang))
    yield " ".join(filter(None, parts))
    for step in card.steps:
        yield f"  {step_text(step, lang)}"
    for remark in card.remarks:
        yield f"  {remark.pick(lang)}"


def line_text(line: ScoreLine, *, lang: str) -> str:
    """One row of a scorecard in words."""
    name, weight, stated, score, by = _line_cells(line, lang)
    words = Text(zh="分值 {}，填列 {}，应得 {}", en="weight {}, stated {}, score {}").fill(
        weight, stated, score
    )
    words = COLON.join((name, words)) if name else words
    return visible(SEMICOLON.join((words, by)).pick(lang) if by else words.pick(lang))


def _line_cells(line: ScoreLine, lang: str) -> tuple[str, ...]:
    score = _shown(line.score) or (admissible_text(line.admissible) if line.admissible else "—")
    parts = [step_text(step, lang) for step in line.steps]
    if line.why is not None:
        parts.append(line.why.pick(lang))
    parts += [remark.pick(lang) for remark in line.remarks]
    by = SEMICOLON.join(parts).pick(lang)
    return (
        line_name(line, lang),
        _points(line.weight) or "—",
        _points(line.stated) or "—",
        score,
        by,
    )


def line_data(line: ScoreLine) -> dict[str, Json]:
    """One row of a scorecard as plain data."""
    return {
        "name": line.name,
        "weight": _points(line.weight),
        "stated": _points(line.stated),
        "score": _points(line.score),
        "admissible": None if line.admissible is None else str(line.admissible),
        "steps": [_step_data(step) for step in line.steps],
        "why": None if line.why is None else text_data(line.why),
        "reason": line.reason,
        "status": None if line.status is None else line.status.value,
        "excluded": line.excluded,
        "demands": [demand.value for demand in line.demands],
        "remarks": [text_data(remark) for remark in line.remarks],
    }


def _example_lines(example: Example, mismatches: tuple[Mismatch, ...]) -> Iterator[Text]:
    holds, differs = Text(zh="相符  ", en="holds    "), Text(zh="不符  ", en="differs  ")
    yield (differs if mismatches else holds) + example.name
    difference = Text(zh="      {}：应为 {}，算得 {}", en="         {}: should be {}, computed {}")
    for m in mismatches:
        yield difference.fill(m.where, m.due, m.found)


def _ruleset_key(rules: RuleSet) -> Json:
    return {"id": rules.id, "status": rules.status.value, "sha256": rules.sha256}


def _step_data(step: Step) -> Json:
    return {**text_data(step.title), "value": decimal_text(step.value)}


def _cap_data(cap: TotalCap) -> Json:
    status = None if cap.status is None else cap.status.value
    return {"on": cap.on.value, "most": decimal_text(cap.most), "status": status}


def _shown(points: Points | None) -> str | None:
    return None if points is None else approximate_text(points.value)


def _points(points: Points | None) -> str | None:
    return None if points is None else str(points)

"""An audit as plain text: a table that a reviewer can read without a manual."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from budgetperf.auditing.diagnosis.suspects import (
    Cause,
    Suspect,
    cause_story,
    explanation_text,
)
from budgetperf.auditing.engine import Audit
from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.display.words.audit import (
    Detail,
    cause_head,
    consequence_texts,
    listed,
    severity_text,
)
from budgetperf.display.words.decisions import LAPSED, cause_decisions, decision_text
from budgetperf.display.words.receipt import receipt_line
from budgetperf.display.words.repair import repair_text
from budgetperf.display.words.ruleset import named
from budgetperf.display.words.whereabouts import places_text, unread_place_text
from budgetperf.exact import COLON, COMMA, LIST, SEMICOLON, Missing, Text, padded
from budgetperf.exact.text import visible
from budgetperf.model import Reading, Unread
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.words import REVIEW

from .lines import WIDTH, headline, wrapped

__all__ = [
    "audit_text",
    "cause_text",
    "explanation_said",
    "finding_said",
    "finding_text",
    "suspect_text",
]

_UNREAD = 20
"""How many numbers that were not read are listed, unless all are asked for."""


def audit_text(audit: Audit, *, lang: str = "zh", detail: Detail = "findings") -> str:
    """The audit in ``lang``: causes, then the inconsistent findings first.

    Args:
        audit: the audit.
        lang: ``"zh"`` or ``"en"``.
        detail: which findings are listed below the causes; all are counted.
    """
    return "\n".join(map(visible, _lines(audit, lang, detail)))


def finding_said(finding: Finding, *, lang: str = "zh") -> str:
    """One finding on its own: its code and verdict, then what was found, with its lines."""
    verdict = REVIEW if finding.is_for_review else finding.verdict.label
    places = places_text(operand.place for operand in finding.operands)
    heading = COLON.join((Text.of(f"{finding.code} ") + verdict, finding.message + places))
    return "\n".join(wrapped(heading.pick(lang)))


def cause_text(cause: Cause, *, lang: str = "zh") -> str:
    """One cause: what to mend, how it came about, what else it could be."""
    head, *story = _cause(cause, lang)
    lines = [*wrapped(head)]
    lines += [f"  {line}" for text in story for line in wrapped(text, WIDTH - 2)]
    return "\n".join(map(visible, lines))


def suspect_text(suspect: Suspect, *, lang: str = "zh") -> str:
    """One suspect in words."""
    return "\n".join(wrapped(suspect.message.pick(lang)))


def explanation_said(explanation: Explanation, *, lang: str = "zh") -> str:
    """One explanation in words, with how likely a coincidence is."""
    return "\n".join(wrapped(explanation_text(explanation).pick(lang)))


def _lines(audit: Audit, lang: str, detail: Detail) -> Iterator[str]:
    yield from _head(audit, lang, detail == "all")
    yield from _causes(audit, lang)
    shown = {id(finding) for finding in listed(audit, detail)}
    groups: dict[Text, list[Finding]] = {}
    for finding in audit.sorted():
        if id(finding) in shown:
            groups.setdefault(_group(finding), []).append(finding)
    for title, group in groups.items():
        yield ""
        yield headline(f"{title.pick(lang)} ({len(group)})")
        silent = [finding for finding in group if finding.reason == "not-stated"]
        folds = detail == "findings" and len(silent) >= _FOLDED
        for finding in group:
            if not (folds and finding.reason == "not-stated"):
                yield from finding_text(finding, lang)
                yield from _decided(audit, finding, lang)
        if folds:
            yield from _folded(silent, lang)
    if audit.lapsed:
        yield ""
        yield headline(f"{LAPSED.pick(lang)} ({len(audit.lapsed)})")
        for lapsed in audit.lapsed:
            yield from wrapped(lapsed.message.pick(lang))
    yield ""
    yield _counts(audit, lang)
    yield receipt_line(audit.receipt).pick(lang)
    if detail == "findings" and audit.having(Verdict.EXACT):
        hint = Text(zh="列出相符的关系请加 --all", en="add --all to list the relations that hold")
        yield hint.pick(lang)


def _decided(audit: Audit, finding: Finding, lang: str) -> Iterator[str]:
    decision = audit.decision_on(finding)
    if decision is not None:
        for line in wrapped(decision_text(decision).pick(lang), WIDTH - 13):
            yield " " * 13 + line


def _folded(findings: list[Finding], lang: str) -> Iterator[str]:
    """Relations of which the report says nothing: many where it is a form alone."""
    codes = LIST.join(dict.fromkeys(finding.code for finding in findings))
    text = _NOT_STATED.fill(len(findings), codes).pick(lang)
    first, *further = wrapped(text, WIDTH - 13)
    yield " " * 13 + first
    for line in further:
        yield " " * 13 + line


_FOLDED = 4
"""From how many on relations of which the report says nothing are told together."""
_NOT_STATED = Text(
    zh="报告没有列出涉及的数字，{} 项：{}（逐项列出请加 --all）",
    en="the report does not state their figures, {} relations: {} (add --all to list them)",
)


def _causes(audit: Audit, lang: str) -> Iterator[str]:
    """What lies behind everything that does not hold: what to mend, and how it came about."""
    if not audit.causes:
        return
    title = Text(zh="原因", en="causes").pick(lang)
    yield ""
    yield headline(f"{title} ({len(audit.causes)})")
    for number, cause in enumerate(audit.causes, start=1):
        head, *story = _cause(cause, lang)
        texts = (*consequence_texts(audit, cause), *cause_decisions(audit, cause))
        story += [text.pick(lang) for text in texts]
        first, *more = wrapped(head, WIDTH - 5)
        yield f"{padded(f'{number}.', 5)}{first}"
        for line in more:
            yield " " * 5 + line
        for text in story:
            for line in wrapped(text, WIDTH - 7):
                yield " " * 7 + line


def _cause(cause: Cause, lang: str) -> Iterator[str]:
    """What to mend with its lines; how it came about; what else it could be; what it explains."""
    figures = cause.diagnoses[0] if cause.diagnoses else ()
    where = places_text(suspect.operand.place for suspect in figures)
    yield (cause_head(cause) + where).pick(lang)
    if cause.diagnoses:  # else the findings below say what was found
        yield from (text.pick(lang) for text in cause_story(cause))
    elif cause.undecided is not None:
        yield cause_story(cause)[-1].pick(lang)
    names = dict.fromkeys(f"{f.code} {f.title.pick(lang)}" for f in cause.findings)
    yield COLON.join((Text(zh="涉及", en="concerns"), SEMICOLON.join(names))).pick(lang)


def _group(finding: Finding) -> Text:
    if finding.is_for_review:
        return REVIEW
    return finding.verdict.label


def _head(audit: Audit, lang: str, everything: bool) -> Iterator[str]:
    department = audit.report.department
    about = audit.report.about
    name = about if isinstance(about, str) else "—"
    year = "—" if isinstance(department.year, Missing) else str(department.year.value)
    yield Text(
        zh=f"{name}　{year} 年度绩效自评报告",
        en=f"{name}, self-evaluation for {year} (1 wan yuan = 10,000 yuan)",
    ).pick(lang)
    yield named(audit.rules).pick(lang)
    for remark in audit.remarks:
        yield from (f"  {line}" for line in wrapped(remark.pick(lang), WIDTH - 2))
    if audit.report.reading is not None:
        yield from _reading(audit.report.reading, lang, everything)


def _reading(reading: Reading, lang: str, everything: bool) -> Iterator[str]:
    """How many numbers were read, which were not, and notes about the document."""
    by = Text(zh="版式 {}", en="layout {}").fill(reading.layout)
    if reading.encoding:
        by = COMMA.join((by, Text(zh="编码 {}", en="encoding {}").fill(reading.encoding)))
    elif reading.format:  # a file whose format says how its text is encoded
        by = COMMA.join((by, Text(zh="格式 {}", en="format {}").fill(reading.format)))
    yield Text(
        zh=f"读取：文中共 {reading.numbers} 个数字，已读取 {reading.accounted} 个（{by.zh}）",
        en=f"read: {reading.accounted} of {reading.numbers} numbers ({by.en})",
    ).pick(lang)
    shown = reading.unread if everything else reading.unread[:_UNREAD]
    if shown:
        parts = [
            Text(zh="{place} {texts}", en="{texts} ({place})").fill(
                place=place, texts=LIST.join(unread.text for unread in group)
            )
            for place, group in _by_place(shown)
        ]
        if len(shown) < len(reading.unread):
            more = len(reading.unread) - len(shown)
            parts.append(Text(zh=f"另有 {more} 个（--all）", en=f"{more} more (--all)"))
        text = COLON.join((Text(zh="未读取", en="not read"), SEMICOLON.join(parts)))
        yield from (f"  {line}" for line in wrapped(text.pick(lang), WIDTH - 2))
    for repair in reading.repairs:
        yield from (f"  {line}" for line in wrapped(repair_text(repair).pick(lang), WIDTH - 2))
    for note in reading.notes:
        yield from (f"  {line}" for line in wrapped(note.pick(lang), WIDTH - 2))


def _by_place(unread: tuple[Unread, ...]) -> Iterator[tuple[Text, list[Unread]]]:
    for place, group in itertools.groupby(unread, key=unread_place_text):
        yield place, list(group)


def finding_text(finding: Finding, lang: str) -> Iterator[str]:
    """One finding: code, severity and place in words, with the lines of its figures."""
    is_named = finding.verdict is Verdict.INCONSISTENT or finding.is_for_review
    severity = severity_text(finding).pick(lang) if is_named else ""
    head = f"{padded(finding.code, 5)}{padded(severity, 8)}"
    text = finding.message.pick(lang)
    text += places_text(operand.place for operand in finding.operands).pick(lang)
    first, *further = wrapped(text, WIDTH - 13)
    yield head + first
    for line in further:
        yield " " * 13 + line


def _counts(audit: Audit, lang: str) -> str:
    parts = [verdict.label + f" {number}" for verdict, number in audit.summary.items() if number]
    total = Text(zh="共 {} 项关系", en="{} relations").fill(len(audit.findings))
    text = COLON.join((total, COMMA.join(parts)))
    dismissed = len(audit.inconsistent) - len(audit.unresolved)
    if dismissed:
        text += Text(
            zh="；不符中有 {} 项不采纳", en="; {} of the inconsistent were dismissed"
        ).fill(dismissed)
    return text.pick(lang)

"""An audit as plain text: a table that a reviewer can read without a manual."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from budgetperf.exact import Missing, Text, columns, padded

from .engine import Audit
from .finding import Finding, Verdict

__all__ = ["audit_text", "finding_text"]

_WIDTH = 96


def audit_text(audit: Audit, *, lang: str = "zh", everything: bool = False) -> str:
    """The audit in ``lang``: the inconsistent findings first; those that hold are counted.

    Args:
        audit: the audit.
        lang: ``"zh"`` or ``"en"``.
        everything: whether to list the relations that hold exactly, too.
    """
    return "\n".join(_lines(audit, lang, everything))


def _lines(audit: Audit, lang: str, everything: bool) -> Iterator[str]:
    yield from _head(audit, lang)
    shown = [f for f in audit.sorted() if everything or f.verdict is not Verdict.EXACT]
    groups: dict[Text, list[Finding]] = {}
    for finding in shown:
        groups.setdefault(_group(finding), []).append(finding)
    for title, group in groups.items():
        yield ""
        yield f"── {title.pick(lang)} ({len(group)}) " + "─" * 40
        for finding in group:
            yield from finding_text(finding, lang)
    yield ""
    yield _counts(audit, lang)
    if not everything and audit.having(Verdict.EXACT):
        hint = Text(zh="列出相符的关系：--all", en="to list the relations that hold: --all")
        yield hint.pick(lang)


def _group(finding: Finding) -> Text:
    if finding.reason == "review":
        return Text(zh="未判定：请复核", en="unchecked: a reviewer would ask")
    return finding.verdict.label


def _head(audit: Audit, lang: str) -> Iterator[str]:
    department = audit.report.department
    name = department.name if isinstance(department.name, str) else "—"
    year = "—" if isinstance(department.year, Missing) else str(department.year.value)
    yield Text(
        zh=f"{name}　{year} 年度绩效自评报告", en=f"{name}, self-evaluation for {year}"
    ).pick(lang)
    rules = audit.rules
    if rules is None:
        yield Text(
            zh="规则集：未指定（需要规则集的关系不作判定）",
            en="rule-set: none chosen (what needs one is unchecked)",
        ).pick(lang)
    else:
        status = rules.status.label.pick(lang)
        label = Text(zh="规则集", en="rule-set").pick(lang)
        yield f"{label}: {rules.id} · {rules.title.pick(lang)} · {status}"
    reading = audit.report.reading
    if reading is not None:
        yield Text(
            zh=f"识读：文中 {reading.numbers} 个数字，已识别 {reading.accounted} 个"
            f"（版式 {reading.layout}，编码 {reading.encoding}）",
            en=f"reading: {reading.accounted} of {reading.numbers} numbers accounted for "
            f"(layout {reading.layout}, encoding {reading.encoding})",
        ).pick(lang)
        for unread in reading.unread:
            yield Text(
                zh=f"  未识别：第 {unread.line} 行 {unread.text}",
                en=f"  not understood: line {unread.line} {unread.text}",
            ).pick(lang)
        for note in reading.notes:
            yield f"  {note.pick(lang)}"


def finding_text(finding: Finding, lang: str) -> Iterator[str]:
    """One finding: code, severity and place in words, with the lines of its figures."""
    lines = sorted({operand.line for operand in finding.operands if operand.line is not None})
    told = finding.verdict is Verdict.INCONSISTENT or finding.reason == "review"
    severity = finding.severity.label.pick(lang) if told else ""
    head = f"{padded(finding.code, 5)}{padded(severity, 8)}"
    text = finding.message.pick(lang)
    if lines:
        where = ", ".join(map(str, lines))
        text += Text(zh=f" 〔第 {where} 行〕", en=f" [line {where}]").pick(lang)
    first, *rest = _wrapped(text, _WIDTH - 13)
    yield head + first
    for line in rest:
        yield " " * 13 + line


def _counts(audit: Audit, lang: str) -> str:
    parts = [
        f"{verdict.label.pick(lang)} {number}"
        for verdict, number in audit.summary.items()
        if number
    ]
    total = Text(zh=f"共 {len(audit.findings)} 项关系", en=f"{len(audit.findings)} relations").pick(
        lang
    )
    return f"{total}: " + ", ".join(parts)


def _wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns, broken at blanks or between characters."""
    lines: list[str] = []
    line = word = ""
    for c in text + " ":
        word += c
        if c != " " and not _breaks_after(c):
            continue
        if line and columns(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word
        word = ""
    return [*lines, line.rstrip()]


def _breaks_after(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF" and c not in "（《“「"

"""An audit and a finding in a notebook: what does not hold first, what holds folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgetperf.auditing.decisions import Decision
from budgetperf.auditing.diagnosis.suspects import (
    Cause,
    Suspect,
    blame_text,
    cause_story,
    chance_text,
)
from budgetperf.auditing.engine import Audit
from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.display.words import heads
from budgetperf.display.words.audit import cause_head, consequence_texts, severity_text
from budgetperf.display.words.decisions import LAPSED, cause_decisions, decision_text
from budgetperf.display.words.whereabouts import place_cell, place_head
from budgetperf.exact import COLON, SEMICOLON, Figure, Interval, Missing, Text, Unit
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.words import REVIEW, range_text

from .markup import Markup, counted, facts, fold, joined, label, sheet, stated, table, tag
from .pictures.charts import overview
from .receipt import receipt_note
from .report import heading, reading_html
from .ruleset import ruleset_line

__all__ = [
    "audit_html",
    "cause_html",
    "causes_html",
    "explanation_html",
    "finding_html",
    "suspect_html",
]


def audit_html(audit: Audit, *, causes: Sequence[Cause] = (), lang: str = "zh") -> str:
    """The audit as HTML: causes, then what does not hold; what holds is folded away."""
    return sheet(*_audit(audit, causes, lang), lang=lang)


def finding_html(finding: Finding, *, lang: str = "zh") -> str:
    """One finding as HTML: a card with its figures and the true values behind them."""
    return sheet(*_finding(finding, lang), lang=lang)


def cause_html(cause: Cause, *, lang: str = "zh") -> str:
    """One cause as HTML: what to mend, how it came about, and the figures to blame."""
    return sheet(*_cause(cause, lang), lang=lang)


def suspect_html(suspect: Suspect, *, lang: str = "zh") -> str:
    """One suspect as HTML: what is printed, and what it should be."""
    title = tag("p", tag("b", blame_text([suspect]).pick(lang)))
    return sheet(title, _diagnoses([(suspect,)], lang), lang=lang)


def explanation_html(explanation: Explanation, *, lang: str = "zh") -> str:
    """One explanation as HTML: the slip, the figures that it uses, and how likely chance is."""
    head = _operand_heads(explanation.figures, lang)
    rows = [_operand(operand, lang) for operand in explanation.figures]
    return sheet(
        tag("p", tag("code", explanation.kind), " ", explanation.text.pick(lang)),
        tag("p", chance_text(explanation).pick(lang), cls="bp-soft"),
        table(head, rows, kinds=_OPERAND_KINDS) if rows else "",
        lang=lang,
    )


_TONES = {
    Verdict.INCONSISTENT: "bad",
    Verdict.TRUNCATED: "warn",
    Verdict.UNDEFINED: "warn",
    Verdict.UNCHECKED: "open",
    Verdict.ROUNDING: "near",
    Verdict.EXACT: "good",
}


def _audit(audit: Audit, causes: Sequence[Cause], lang: str) -> Iterator[str]:
    yield heading(
        audit.report, Text(zh="绩效自评报告复核", en="audit of the self-evaluation"), lang
    )
    yield ruleset_line(audit.rules, lang)
    for remark in audit.remarks:
        yield tag("p", remark.pick(lang))
    yield tag("p", *_counts(audit, lang), cls="bp-counts")
    yield from reading_html(audit.report.reading, lang)
    yield overview(audit.report, lang)
    yield causes_html(causes, lang, audit)
    if audit.lapsed:
        head = counted(LAPSED, len(audit.lapsed), lang)
        items = [tag("li", lapsed.message.pick(lang)) for lapsed in audit.lapsed]
        yield tag("div", tag("p", tag("b", head)), tag("ul", *items), cls="bp-card")
    open_ones: dict[Text, list[Finding]] = {}
    folded: dict[Text, list[Finding]] = {}
    for finding in audit.sorted():
        groups = folded if _is_folded(finding) else open_ones
        groups.setdefault(_group(finding), []).append(finding)
    for title, group in open_ones.items():
        yield _table(group, lang, audit, caption=counted(title, len(group), lang))
    for title, group in folded.items():
        yield fold(counted(title, len(group), lang), _table(group, lang, audit))
    yield receipt_note(audit.receipt, lang)


def _counts(audit: Audit, lang: str) -> Iterator[str]:
    number = len(audit.findings)
    yield tag("span", Text(zh=f"共 {number} 项关系", en=f"{number} relations").pick(lang))
    counts = sorted(audit.summary.items(), key=lambda item: list(_TONES).index(item[0]))
    for verdict, count in counts:
        if count:
            yield label(f"{verdict.label.pick(lang)} {count}", _TONES[verdict])


def _is_folded(finding: Finding) -> bool:
    """What holds, and what could not be checked for want of figures or rules."""
    unasked = finding.verdict is Verdict.UNCHECKED and not finding.is_for_review
    return finding.verdict.holds or unasked


def _group(finding: Finding) -> Text:
    if finding.is_for_review:
        return REVIEW
    if finding.verdict is Verdict.UNCHECKED:
        return Text(zh="未判定：缺少数字或规则", en="unchecked: figures or rules are missing")
    return finding.verdict.label


_KINDS = ("bp-code", "bp-holds", "bp-print", "bp-verdict", "", "bp-lines")


def _table(findings: Sequence[Finding], lang: str, audit: Audit, *, caption: str = "") -> Markup:
    return table(
        [
            *heads(
                lang,
                ("编号", "code"),
                ("应当成立", "what should hold"),
                ("填列数", "stated"),
                ("结论", "verdict"),
                ("说明", "why"),
            ),
            place_head((o.place for f in findings for o in f.operands), several=True).pick(lang),
        ],
        [_cells(finding, lang, audit.decision_on(finding)) for finding in findings],
        caption=caption,
        kinds=_KINDS,
        cls="bp-findings",
    )


def _cells(finding: Finding, lang: str, decision: Decision | None) -> list[str]:
    subject = _subject(finding)
    decided = "" if decision is None else tag("div", tag("b", decision_text(decision).pick(lang)))
    about = tag("div", finding.subject.pick(lang), cls="bp-soft")
    return [
        finding.code,
        joined((finding.title.pick(lang), about if finding.subject else "")),
        "" if subject is None else stated(subject.stated, lang),
        _verdict(finding, lang),
        joined((finding.why.pick(lang), decided)),
        place_cell(operand.place for operand in finding.operands).pick(lang),
    ]


def _subject(finding: Finding) -> Operand | None:
    """The figure that a finding is about: the first that has a name, or the first."""
    named = [operand for operand in finding.operands if operand.label]
    return next(iter([*named, *finding.operands]), None)


def _verdict(finding: Finding, lang: str) -> Markup:
    """The verdict in words on its colour; where there is something to mend, how much it matters."""
    if finding.is_for_review:
        shown = label(Text(zh="请复核", en="for review").pick(lang), "warn")
    else:
        shown = label(finding.verdict.label.pick(lang), _TONES[finding.verdict])
    if finding.verdict is not Verdict.INCONSISTENT and not finding.is_for_review:
        return shown
    return joined((shown, " ", tag("span", severity_text(finding).pick(lang), cls="bp-soft")))


def _finding(finding: Finding, lang: str) -> Iterator[str]:
    yield tag("p", tag("code", finding.code), " ", finding.title.pick(lang), " ", cls="bp-title")
    yield tag("p", _verdict(finding, lang))
    if finding.subject:
        yield tag("p", finding.subject.pick(lang), cls="bp-soft")
    yield tag("p", finding.why.pick(lang))
    if finding.operands:
        rows = [_operand(operand, lang) for operand in finding.operands]
        yield table(_operand_heads(finding.operands, lang), rows, kinds=_OPERAND_KINDS)
    yield facts((name.pick(lang), value) for name, value in _facts(finding))


_OPERAND_KINDS = ("bp-name", "bp-number", "", "bp-short")


def _operand_heads(operands: Iterable[Operand], lang: str) -> list[str]:
    return [
        *heads(lang, ("数字", "figure"), ("填列数", "stated"), ("实际值范围", "true values")),
        place_head(operand.place for operand in operands).pick(lang),
        *heads(lang, ("路径", "path")),
    ]


def _operand(operand: Operand, lang: str) -> list[str]:
    figure = operand.stated
    return [
        operand.label.pick(lang) or "—",
        stated(figure, lang),
        "—" if isinstance(figure, Missing) else _range(figure.interval, figure, lang),
        place_cell([operand.place]).pick(lang) or "—",
        tag("code", operand.path) if operand.path else "—",
    ]


_SPARE = 2
"""How many decimals more than the print a range is shown with."""


def _range(interval: Interval, figure: Figure | None, lang: str) -> str:
    unit = Unit.of("") if figure is None else figure.unit
    places = 0 if figure is None else max(figure.places, 0)
    return range_text(interval, unit, places + _SPARE).pick(lang)


def _facts(finding: Finding) -> Iterator[tuple[Text, str]]:
    yield Text(zh="关系", en="relation"), tag("code", finding.relation)
    if finding.provision is not None:
        yield Text(zh="依据", en="based on"), finding.provision
    if finding.reason is not None:
        yield Text(zh="原因代码", en="reason"), tag("code", finding.reason)


def causes_html(causes: Sequence[Cause], lang: str, audit: Audit | None = None) -> Markup:
    """The causes behind the findings, each with the figures to blame; nothing if there are none."""
    if not causes:
        return Markup()
    title = counted(Text(zh="原因", en="causes"), len(causes), lang)
    decided = [
        () if audit is None else (*consequence_texts(audit, cause), *cause_decisions(audit, cause))
        for cause in causes
    ]
    cards = (
        tag(
            "div",
            *_cause(cause, lang),
            *(tag("p", tag("b", text.pick(lang))) for text in texts),
            cls="bp-card",
        )
        for cause, texts in zip(causes, decided, strict=True)
    )
    return joined((tag("p", tag("b", title)), *cards))


_MORE_DIAGNOSES = Text(zh="另有 {} 组诊断没有列出", en="{} more diagnoses are not listed")


def _cause(cause: Cause, lang: str) -> Iterator[str]:
    """What to mend and how it came about; the smallest diagnoses, one figure to a row."""
    yield tag("p", tag("b", cause_head(cause).pick(lang)))
    for text in cause_story(cause):
        yield tag("p", text.pick(lang))
    smallest = [group for group in cause.diagnoses if len(group) == len(cause.diagnoses[0])]
    if smallest:
        yield _diagnoses(smallest, lang)
    larger = len(cause.diagnoses) - len(smallest) + cause.further
    if larger:
        yield tag("p", _MORE_DIAGNOSES.fill(larger).pick(lang), cls="bp-soft")
    about = dict.fromkeys(f"{item.code} {item.title.pick(lang)}" for item in cause.findings)
    behind = COLON.join((Text(zh="涉及", en="concerns"), SEMICOLON.join(about)))
    yield tag("p", behind.pick(lang), cls="bp-soft")


def _diagnoses(diagnoses: Sequence[Sequence[Suspect]], lang: str) -> Markup:
    """The figures to blame, one a row, with the number of their diagnosis."""
    places = (suspect.operand.place for diagnosis in diagnoses for suspect in diagnosis)
    head = [
        *heads(lang, ("诊断", "diagnosis"), ("可疑的数字", "suspect"), ("填列数", "stated")),
        place_head(places).pick(lang),
        *heads(
            lang,
            ("应在范围", "lies within"),
            ("应为", "should be"),
            ("可能的由来", "likely slip"),
        ),
    ]
    rows = [
        [str(number), *_suspect(suspect, lang)]
        for number, diagnosis in enumerate(diagnoses, start=1)
        for suspect in diagnosis
    ]
    kinds = ("bp-short", "bp-name", "bp-number", "bp-short", "bp-short", "bp-number")
    return table(head, rows, kinds=kinds, cls="bp-wide")


def _suspect(suspect: Suspect, lang: str) -> list[str]:
    operand, becomes = suspect.operand, suspect.becomes
    figure = becomes if isinstance(operand.stated, Missing) else operand.stated
    explanations = [tag("li", explanation.text.pick(lang)) for explanation in suspect.explanations]
    return [
        joined((operand.label.pick(lang), tag("div", tag("code", operand.path), cls="bp-soft"))),
        stated(operand.stated, lang),
        place_cell([operand.place]).pick(lang) or "—",
        _range(suspect.admissible, figure, lang),
        "—" if becomes is None else stated(becomes, lang),
        tag("ul", *explanations) if explanations else "—",
    ]

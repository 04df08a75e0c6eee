"""Laws of the displays: whatever a report says, they are good HTML, and say it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import RuleSet
from budgetperf.display.html.audit import audit_html, finding_html
from budgetperf.display.html.markup import (
    Markup,
    facts,
    fold,
    joined,
    label,
    sheet,
    stated,
    table,
    tag,
)
from budgetperf.display.html.report import report_html
from budgetperf.display.html.ruleset import ruleset_html
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.rules import Band, Provision, RatingBand, Status
from budgetperf.testing import Case, reports
from tests.markup import Node, display, fragment
from tests.strategies import acts_unseen, fewer, written_out

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></div><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' & &amp; &#x3c;b&#x3e;",
    "<!-- -->]]><?xml ?><!DOCTYPE html>",
    "@import url(http://example.org)",
    "$x$ \\(y\\) {{z}}",
    "长" * 3000,
    "\x00\x1b[31m\u202e\u2028\u2066",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(st.characters(), max_size=20))
languages = st.sampled_from(["zh", "en"])


def as_shown(text: str) -> str:
    """What a document shows of ``text``: what acts unseen is written out, one kind of line."""

    def shown(char: str) -> str:
        code = ord(char)
        if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            return "\ufffd"
        return char if char in "\t\n" or not acts_unseen(char) else written_out(char)

    one_kind = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(shown, one_kind))


@given(texts)
@example("<script>")
@example("a\r\nb\rc")
@example("\ud800\U0010ffff\ufdd0")
def test_text_is_read_back_as_it_was(text: str) -> None:
    assert fragment(tag("p", text)).text == as_shown(text)
    assert fragment(joined([text, text], text)).text == as_shown(text) * 3
    (node,) = fragment(tag("p", cls=text)).children
    assert isinstance(node, Node)
    assert node.attributes.get("class", "") == as_shown(text)
    tag("p", text, cls=text).encode()


@given(texts, texts)
def test_what_is_glued_by_hand_is_escaped_again(inside: str, behind: str) -> None:
    glued = tag("b", inside) + behind
    assert not isinstance(glued, Markup)
    assert fragment(tag("p", glued)).text == f"{tag('b', inside)}{as_shown(behind)}"


@given(texts, languages)
@example("\x85", "en")
def test_every_part_escapes(text: str, lang: str) -> None:
    missing = bp.Missing(reason=bp.MissingReason.UNREADABLE, text=text)
    figure = bp.Figure(value=1, unit="元", text=text)
    parts = [
        table([text, text], [[text, text]], caption=text),
        facts([(text, text)]),
        fold(text, text),
        label(text, "bad"),
        stated(missing, lang),
        stated(figure, lang),
    ]
    read = display(sheet(*parts, lang=lang))
    # In English a print is translated, and one of nothing but blanks leaves the unit alone.
    is_translated = lang == "en" and (not text.strip() or any(c >= "\u2e80" for c in text))
    assert not text or read.text.count(as_shown(text)) >= 12 - is_translated
    assert read.attributes["lang"] == {"zh": "zh-Hans", "en": "en"}[lang]


def named(case: Case, text: str) -> bp.SelfEvaluation:
    """The report of a case, with ``text`` wherever it has words, and once for a figure."""

    def of(statement: bp.Statement) -> bp.Statement:
        indicators = tuple(
            attrs.evolve(
                row,
                name=f"{row.name}{text}",
                level1=text,
                midyear=bp.Missing(reason=bp.MissingReason.NOT_MEASURED, text=text),
                target=attrs.evolve(row.target, text=text),
            )
            for row in statement.indicators
        )
        return attrs.evolve(statement, indicators=indicators, rating=text)

    return attrs.evolve(
        case.report,
        department=attrs.evolve(case.report.department, name=text),
        narrative=of(case.report.narrative),
        form=of(case.report.form),
    )


@fewer
@given(reports(), texts, languages)
def test_a_report_and_its_audit_are_good_html(case: Case, text: str, lang: str) -> None:
    report = named(case, text)
    audit = bp.audit(report, rules=case.rules)
    shown = display(audit_html(audit, lang=lang))
    assert as_shown(text) in shown.text
    rows = [row for findings in shown.all("table", "bp-findings") for row in findings.rows]
    assert len(rows) == len(audit.findings)
    assert sorted(row[0] for row in rows) == sorted(f.code for f in audit.findings)
    assert as_shown(text) in display(report_html(report, lang=lang)).text
    for finding in audit.findings[:: len(audit.findings) // 5 or 1]:
        card = display(finding_html(finding, lang=lang)).text
        assert as_shown(finding.why.pick(lang)) in card
        assert as_shown(finding.title.pick(lang)) in card
    if case.rules is not None:
        score = bp.scorecard(report, rules=case.rules)
        (lines,) = display(scorecard_html(score, lang=lang)).all("table")
        assert [row[0] for row in lines.rows[1:]] == [
            as_shown(line.name) for line in score.lines[1:]
        ]


@given(texts, languages, st.sampled_from(Status))
@example("\ud800", "zh", Status.TEXT)
def test_a_rule_set_is_good_html(text: str, lang: str, status: Status) -> None:
    words = bp.Text(zh=text, en=text)
    rules = RuleSet(
        id="own",
        title=words,
        place=words,
        status=status,
        note=words,
        replaces=text,
        effective="2024-05",
        provisions=(Provision(document=text, article=text, note=words, status=status),),
        qualitative=(Band(grade=words, shares=bp.Interval(lower=0, upper=1)),),
        ratings=(RatingBand(rating=text, least=0),),
    )
    shown = display(ruleset_html(rules, lang=lang))
    assert as_shown(text) in shown.text
    assert rules.sha256 in shown.text
    assert status.label.pick(lang) in shown.text


@pytest.mark.parametrize("lang", ["de", "", "zh-CN"])
def test_there_are_two_languages(lang: str) -> None:
    with pytest.raises(ValueError, match="zh"):
        sheet(lang=lang)

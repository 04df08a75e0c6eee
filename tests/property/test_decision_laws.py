"""Laws of decisions and drafts: over reports with and without an error."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.auditing import DecisionFigure, Ruling, Since
from budgetperf.auditing.decisions import is_decidable
from budgetperf.model import map_figures
from budgetperf.testing import Planted, planted_errors

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def decisions(draw: st.DrawFn) -> bp.Decision:
    ruling = draw(st.sampled_from([None, *Ruling]))
    reason = draw(WORDS.map(str.strip).filter(bool))
    figure = st.builds(DecisionFigure, path=WORDS, text=WORDS, name=WORDS)
    return bp.Decision(
        code=draw(WORDS),
        figures=tuple(draw(st.lists(figure, max_size=3))),
        ruling=ruling,
        reason=reason,
        by=draw(WORDS.map(str.strip)),
        says=draw(WORDS),
        about=draw(WORDS),
    )


@given(st.lists(decisions(), max_size=4), st.sampled_from(["zh", "en"]))
def test_a_file_says_what_was_decided(listed: list[bp.Decision], lang: str) -> None:
    unique = {
        (d.about, d.code, tuple((f.name, f.text, f.path) for f in d.figures)): d for d in listed
    }
    held = bp.Decisions(decisions=tuple(unique.values()))
    assert bp.Decisions.parse(held.to_toml(lang=lang)) == held


def _all(audit: bp.Audit, ruling: Ruling) -> bp.Decisions:
    open_ones = bp.Decisions().with_open(audit.findings)
    return bp.Decisions(
        decisions=tuple(attrs.evolve(d, ruling=ruling, reason="甲") for d in open_ones.decisions)
    )


@pytest.mark.law
@given(planted_errors())
@settings(max_examples=3, deadline=None)
def test_what_is_decided_on_a_draft_holds_for_it_and_lapses_where_it_changes(
    case: Planted,
) -> None:
    audit = bp.audit(case.report, rules=case.rules)
    decided = bp.audit(case.report, rules=case.rules, decisions=_all(audit, Ruling.DISMISSED))
    assert decided.findings == audit.findings
    assert not decided.unresolved
    assert not decided.lapsed
    for finding in decided.findings:
        assert decided.is_dismissed(finding) == is_decidable(finding)
    mended = map_figures(case.report, lambda way, figure: case.true if way == case.path else figure)
    after = bp.audit(mended, rules=case.rules, decisions=decided.decisions)
    for finding in after.findings:
        decision = after.decision_on(finding)
        if decision is not None:
            assert case.path not in [figure.path for figure in decision.figures]
    drafts = bp.diff(decided, after)
    assert [change.path for change in drafts.figures] == [case.path]
    assert (drafts.figures[0].before, drafts.figures[0].after) == (case.wrong.text, case.true.text)
    back = bp.diff(after, audit)
    new = {each.finding.code for each in back.having(Since.NEW)}
    assert new == {each.finding.code for each in drafts.having(Since.SETTLED)}
    same = bp.diff(audit, audit)
    assert not same.figures
    assert len(same.having(Since.STILL)) == len(same.findings)

"""W12: what is lost has a reason, and one that does not contradict the result."""

from __future__ import annotations

import attrs
import pytest

from budgetperf import Interval, Missing, MissingReason, Statement, audit
from budgetperf import SelfEvaluation as Report
from budgetperf.rules import Gauge, Trigger, derive
from tests.audit.check_cases import E, findings_of, verdicts
from tests.factories import OWN, form, row


@pytest.mark.parametrize(
    ("explanation", "outcome"),
    [
        ("", "review"),
        ("无", "review"),
        ("无偏差。", "review"),
        ("偏差在合理范围内", "review"),
        ("下半年设备故障，停办两场", E),
    ],
)
def test_a_deduction_has_a_reason(explanation: str, outcome: object) -> None:
    report = form(row("a", "≥90%", "80%", score="18", explanation=explanation))
    assert verdicts(report, "W12") == [outcome]


def test_the_reason_may_stand_in_the_text() -> None:
    explained = attrs.evolve(row("a", "≥90%", "80%", explanation="设备故障"), score=Missing())
    report = Report(
        narrative=Statement(indicators=(explained,)),
        form=Statement(indicators=(row("a", "≥90%", "80%", score="18"),)),
    )
    assert verdicts(report, "W12") == [E]


@pytest.mark.parametrize(
    ("actual", "words", "outcome"),
    [
        ("8次", "超额完成任务", "review"),
        ("8次", "已完成", "review"),
        ("8次", "两场未完成，已改期", E),
        ("8次", "尚未达到预期", E),
        ("10次", "已完成，报送迟了两天", E),  # met: the reason is another one
    ],
)
def test_a_reason_that_contradicts_the_result(actual: str, words: str, outcome: object) -> None:
    report = form(row("a", "≥10次", actual, weight="10", score="8", explanation=words))
    assert verdicts(report, "W12") == [outcome]
    words_only = form(
        attrs.evolve(report.form.indicators[0], actual=Missing(), explanation="已完成")
    )
    assert verdicts(words_only, "W12") == [E]


@pytest.mark.parametrize(
    ("rules", "score", "explanation", "outcome"),
    [
        ("guangxi-mode", "20", "", ["review"]),  # qualitative rows always need a reason
        ("guangxi-mode", "20", "资料齐全", [E]),
        ("guangxi-mode", "16", "资料不全", [E]),
        ("yitihua-default", "20", "", ["not-stated"]),  # nothing lost, nothing asked
        ("yitihua-default", "16", "", ["review"]),
        (None, "20", "", ["not-stated"]),
    ],
)
def test_a_reason_beside_a_qualitative_score(
    rules: str | None, score: str, explanation: str, outcome: list[object]
) -> None:
    words = Missing(reason=MissingReason.QUALITATIVE, text="达成")
    indicator = attrs.evolve(
        row("a", "效果明显", "1", score=score, explanation=explanation), actual=words
    )
    report = Report(form=Statement(indicators=(indicator,)))
    asked = [f for f in audit(report, rules=rules).findings if f.code == "W12"]
    assert [f.reason or f.verdict for f in asked] == outcome
    if rules == "guangxi-mode":
        assert asked[0].provision is not None
        assert "rule-set asks" in asked[0].relation


def test_a_row_without_weight_has_no_share_of_it() -> None:
    none = row("a", "效果明显", "1", weight="0", score="0")
    report = Report(form=Statement(indicators=(none,)))
    assert verdicts(report, "W12", "guangxi-mode") == ["not-stated"]


@pytest.mark.parametrize(("score", "outcome"), [("20", "review"), ("16", "review")])
def test_a_rule_set_may_ask_about_full_marks_alone(score: str, outcome: str) -> None:
    """20 of 20 is the whole of the weight, and 16 of 20 is asked about since marks were lost."""
    full = Trigger(on=Gauge.SCORE_SHARE, within=Interval.point(1))
    rules = derive("yitihua-default", id="own", title=OWN, triggers=(full,))
    report = form(row("a", "≥90%", "90%", score=score))
    (finding,) = findings_of(report, "W12", rules)
    assert finding.reason == outcome
    assert (finding.provision is not None) == (score == "20")

"""Satisfaction rates beside their questionnaires: which can be, which are asked about, and which
may be averages."""

from __future__ import annotations

from typing import Any

import pytest

import budgetperf as bp
from budgetperf.auditing import relations
from budgetperf.auditing.registry import CHECKS
from budgetperf.model import Survey
from tests.factories import says

OF_SURVEYS = [relation for relation in relations() if relation.code == "T01"]


def judged(*surveys: Survey, where: str = "narrative") -> list[bp.Finding]:
    told = bp.Statement(surveys=surveys)
    report = bp.SelfEvaluation(form=told) if where == "form" else bp.SelfEvaluation(narrative=told)
    return [f for each in OF_SURVEYS for f in CHECKS[each.check](each, report, None)]


def survey(satisfaction: str | None, *, is_share: bool = True, **numbers: Any) -> Survey:
    return Survey(name="问卷调查", satisfaction=satisfaction, is_share=is_share, **numbers)


@pytest.mark.parametrize(
    ("rate", "numbers", "verdict"),
    [
        ("97%", {"sent": 100, "returned": 98}, "exact"),
        ("96.94%", {"sent": 100, "returned": 98}, "rounding"),
        ("96.93%", {"sent": 100, "returned": 98}, "rounding"),  # 96.938…, cut off
        ("96.95%", {"sent": 100, "returned": 98}, "review"),
        ("97.92%", {"sent": 100, "returned": 98, "valid": 96}, "rounding"),
        ("97.5%", {"sent": 50}, "review"),
        ("12.5%", {"sent": 8}, "exact"),
        ("12.4%", {"sent": 8}, "review"),
        ("12%", {"sent": 8}, "rounding"),  # half-even
        ("13%", {"sent": 8}, "rounding"),  # half-up
        ("14%", {"sent": 8}, "review"),
        ("100%", {"sent": 7}, "exact"),
        ("0%", {"sent": 7}, "exact"),
        ("96.94%", {"sent": 100, "returned": 98, "satisfied": 95}, "rounding"),
        ("95%", {"sent": 100, "returned": 98, "satisfied": 95}, "exact"),
        ("97.94%", {"sent": 100, "returned": 98, "satisfied": 95}, "review"),
        ("12%", {"sent": 100, "satisfied": 13}, "review"),  # cut off, 13 % begins
        ("100%", {"sent": 200, "satisfied": 200}, "exact"),
        ("100%", {"sent": 200, "satisfied": 201}, "review"),  # more than there are
        ("50%", {"sent": 0}, "not-stated"),
        ("50%", {"sent": "10.5"}, "not-stated"),
        ("100%", {"sent": 1}, "exact"),
        ("95%", {"sent": 41, "returned": 20}, "exact"),  # 39 of 41 would print so as well
        ("95%", {"sent": 20, "returned": 41}, "exact"),
        ("50%", {"sent": 1}, "review"),
        ("50%", {"sent": 1000}, "exact"),  # 495 would print so as well
    ],
)
def test_a_rate_is_a_share_of_the_questionnaires(
    rate: str, numbers: dict[str, Any], verdict: str
) -> None:
    finding = judged(survey(rate, **numbers))[0]
    assert (finding.reason or finding.verdict.value) == verdict
    assert finding.severity is bp.Severity.WARNING
    assert finding.verdict is not bp.Verdict.INCONSISTENT


def test_what_is_asked_says_of_which_numbers() -> None:
    (finding, *_) = judged(survey("97.5%", sent="50份", returned="50份"))
    says(finding.why, "以50份问卷为分母，没有哪一个整数份数", "no whole number of 50")
    (finding, *_) = judged(survey("97.5%", sent="50张"))
    says(finding.why, "以50张问卷为分母", "no whole number of 50 questionnaires")
    (finding, *_) = judged(survey("97.94%", sent="100份", satisfied="95份"))
    says(finding.why, "满意95份，以100份问卷为分母都得不出", "95 satisfied of 100")


def test_what_may_be_an_average_is_not_asked_about() -> None:
    (finding,) = judged(survey("97.5%", sent=50, is_share=False))
    assert finding.reason == "may-be-average"
    says(finding.why, "可能是几个问题、等级或几组的平均", "an average of several questions")
    several = judged(survey("97.5%", sent=50), survey("97.5%", sent=50))
    assert [finding.reason for finding in several] == ["may-be-average"] * 2
    assert [f.verdict.value for f in judged(survey("98%", sent=50, is_share=False))] == ["exact"]
    assert judged(survey("98%")) == judged(survey(None, sent=50)) == []


def test_no_more_come_back_than_were_sent() -> None:
    def numbers(**stated: Any) -> list[str]:
        return [f.reason or f.verdict.value for f in judged(survey(None, **stated), where="form")]

    assert numbers(sent=100, returned=98, valid=96) == ["exact", "exact"]
    assert numbers(sent=100, returned=101) == ["review"]
    assert numbers(sent=100, returned=98, valid=99) == ["exact", "review"]
    assert numbers(sent=100, returned=98, return_rate="98%") == ["exact", "exact"]
    assert numbers(sent=100, returned=98, valid=96, return_rate="96%")[-1] == "exact"
    assert numbers(sent=100, returned=98, return_rate="97%") == ["exact", "review"]
    # What was sent is no part of what came back, 100 / 98, and nothing is a part of itself.
    assert numbers(sent=100, returned=98, return_rate="100%") == ["exact", "review"]
    assert numbers(sent=100, returned=98, return_rate="102.04%") == ["exact", "review"]
    assert numbers(sent=100, return_rate="97%") == []
    assert numbers(returned=196, valid=190, return_rate="98%") == ["exact"], "200 may be sent"

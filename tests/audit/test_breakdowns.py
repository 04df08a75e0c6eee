"""Amounts that the text splits into parts, and what was received against the budget."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf import Breakdown, Portion, Statement, Verdict


def report(total: str, *amounts: str, complete: bool = True) -> bp.SelfEvaluation:
    parts = [Portion(name=f"第{i}批", amount=amount) for i, amount in enumerate(amounts)]
    split = Breakdown(name="补助资金", total=total, parts=parts, complete=complete)
    return bp.SelfEvaluation(narrative=Statement(breakdowns=[split]))


def finding(of: bp.SelfEvaluation, code: str) -> bp.Finding:
    (only,) = (
        finding for finding in bp.audit(of).findings if finding.code == code and finding.operands
    )
    return only


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("246.2万元", ("57.5万元", "188.7万元"), Verdict.EXACT),
        ("246.3万元", ("57.5万元", "188.7万元"), Verdict.ROUNDING),
        ("247.2万元", ("57.5万元", "188.7万元"), Verdict.INCONSISTENT),
        ("100万元", ("60万元", "39万元"), Verdict.INCONSISTENT),
    ],
)
def test_an_amount_is_the_sum_of_its_parts(
    total: str, parts: tuple[str, ...], verdict: Verdict
) -> None:
    assert finding(report(total, *parts), "F01").verdict is verdict


@pytest.mark.parametrize("total", ["247.2万元", "240万元"])
def test_parts_that_need_not_be_all_are_a_question(total: str) -> None:
    of_sum = finding(report(total, "57.5万元", "188.7万元", complete=False), "F01")
    assert (of_sum.verdict, of_sum.is_for_review) == (Verdict.UNCHECKED, True)


@pytest.mark.parametrize(
    ("names", "amounts", "is_wrong"),
    [
        (("基本支出", "项目支出"), ("60万元", "45万元"), True),
        (("基本支出预算", "项目支出预算", "经营支出"), ("60万元", "35万元", "10万元"), True),
        (("基本支出", "项目支出"), ("60万元", "35万元"), False),
        (("基本支出", "项目支出"), ("60万元", "40万元"), False),
        (("基本支出", "培训费"), ("60万元", "45万元"), False),
        (("基本支出", "基本支出追加"), ("60万元", "45万元"), False),
    ],
)
def test_kinds_of_expenditure_are_not_more_than_all_of_it(
    names: tuple[str, ...], amounts: tuple[str, ...], is_wrong: bool
) -> None:
    """Less may be spent on them: on operations, or for other bodies."""
    parts = [Portion(name=n, amount=a) for n, a in zip(names, amounts, strict=True)]
    split = Breakdown(name="支出", total="100万元", parts=parts)
    of_all = bp.audit(bp.SelfEvaluation(narrative=Statement(breakdowns=[split])))
    assert bool(of_all.inconsistent) is is_wrong


def test_parts_that_need_not_be_all_and_add_up_hold() -> None:
    of_sum = finding(report("246.2万元", "57.5万元", "188.7万元", complete=False), "F01")
    assert of_sum.verdict is Verdict.EXACT


def test_nothing_is_said_of_a_list_without_its_whole_or_of_a_whole_without_parts() -> None:
    parts = [Portion(name=name, amount="1万元") for name in ("中央", "省级")]
    of_parts = Breakdown(name="资金", parts=parts, complete=True)
    of_whole = Breakdown(name="款", total="1万元", complete=True)
    both = bp.SelfEvaluation(narrative=Statement(breakdowns=[of_parts, of_whole]))
    assert not any(
        finding.code == "F01" and finding.operands for finding in bp.audit(both).findings
    )


def test_a_wrong_part_is_suspected() -> None:
    (cause,) = bp.audit(report("246.2万元", "57.5万元", "189.7万元")).causes
    paths = {suspect.operand.path for suspect in cause.suspects}
    assert "narrative.breakdowns[0].total" in paths


@pytest.mark.parametrize(
    ("field", "printed", "verdict"),
    [
        ("received_rate", "98.75%", Verdict.EXACT),
        ("received_rate", "98.76%", Verdict.INCONSISTENT),
        ("use_rate", "96.2%", Verdict.EXACT),
        ("use_rate", "96%", Verdict.EXACT),
        ("use_rate", "95%", Verdict.INCONSISTENT),
    ],
)
def test_what_was_received_has_rates(field: str, printed: str, verdict: Verdict) -> None:
    total = bp.FundingTotal(
        revised="80万元", received="79万元", executed="76万元", **{field: printed}
    )
    statement = Statement(funding=bp.Funding(total=total))
    of_rate = [
        finding
        for finding in bp.audit(bp.SelfEvaluation(narrative=statement)).findings
        if finding.code == "F05" and field in finding.relation and finding.operands
    ]
    assert [finding.verdict for finding in of_rate] == [verdict]


def test_what_was_received_is_the_sum_of_its_sources() -> None:
    sources = [
        bp.FundingSource(kind="upper", received="3万元"),
        bp.FundingSource(kind="other", received="1万元"),
    ]
    funding = bp.Funding(total=bp.FundingTotal(received="5万元"), sources=sources)
    (wrong,) = bp.audit(bp.SelfEvaluation(narrative=Statement(funding=funding))).inconsistent
    assert wrong.code == "F01"


@pytest.mark.parametrize(("complete", "verdicts"), [(True, [Verdict.INCONSISTENT]), (False, [])])
def test_one_part_is_the_whole_where_nothing_is_left_out(
    complete: bool, verdicts: list[Verdict]
) -> None:
    """Of one part where others may be left out nothing follows, not even a question."""
    of_one = bp.audit(report("246.2万元", "57.5万元", complete=complete)).findings
    assert [f.verdict for f in of_one if f.code == "F01" and f.operands] == verdicts


def test_what_is_said_of_one_amount_hides_no_other() -> None:
    """One without its parts, one that is their sum, one that is not, one that may have more."""
    (wrong,) = report("247.2万元", "57.5万元", "188.7万元").narrative.breakdowns
    (right,) = report("246.2万元", "57.5万元", "188.7万元").narrative.breakdowns
    (partly,) = report("300.0万元", "57.5万元", "188.7万元", complete=False).narrative.breakdowns
    bare = Breakdown(name="款", total="1万元", complete=True)
    for splits in ((bare, right, wrong, partly), (partly, wrong, right, bare)):
        findings = bp.audit(bp.SelfEvaluation(narrative=Statement(breakdowns=splits))).findings
        outcomes = [f.verdict for f in findings if f.code == "F01" and f.operands]
        assert len(outcomes) == len(splits) - 1
        assert {*outcomes} == {Verdict.EXACT, Verdict.INCONSISTENT, Verdict.UNCHECKED}

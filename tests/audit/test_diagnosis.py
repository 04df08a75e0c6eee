"""Causes and suspects: which figure is wrong, what it should be, and how it came about."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import (
    Cause,
    Figure,
    Interval,
    Missing,
    SelfEvaluation,
    Statement,
    Suspect,
    Verdict,
    with_column_precision,
)
from budgetperf.auditing import Relation, relations
from budgetperf.auditing.diagnosis import causes as diagnosis
from budgetperf.auditing.diagnosis.repairs import broken_after
from budgetperf.auditing.diagnosis.suspects import chance_text, due_text, explained_later
from budgetperf.auditing.slips.evidence import Accused
from budgetperf.display.data.audit import audit_data
from budgetperf.display.text.audit import audit_text
from budgetperf.linear.system import Solver, Undecided
from budgetperf.model import (
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    Staffing,
    ThreePublicExpenses,
)
from budgetperf.model.accounts import ThreePublicItem
from tests.factories import LOCKED, form, row, says, there, typed
from tests.strategies import pickled

INCONSISTENT = Verdict.INCONSISTENT
EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"


@pytest.fixture(scope="module")
def audit() -> bp.Audit:
    return bp.audit(bp.read(EXAMPLE))


def without_a_score() -> bp.Audit:
    """The example with the score of the satisfaction row blanked."""
    text = EXAMPLE.read_text(encoding="utf-8")
    blank = text.replace("\t99%\t20", "\t99%\t")
    assert blank != text
    return bp.audit(bp.parse(blank))


def cause_of(audit: bp.Audit, code: str) -> Cause:
    (only,) = [cause for cause in audit.causes if cause.findings[0].code == code]
    return only


def money(text: str) -> Figure:
    return Figure(value=text, unit="万元", places=2)


# --- The report of 2023


def test_six_causes(audit: bp.Audit) -> None:
    """defects.md §4: wrong numerator; source folded; new projects; deduction; total; two bases."""
    codes = [[finding.code for finding in cause.findings] for cause in audit.causes]
    assert codes == [["F02", "F02"], ["F13", "F13"], ["F18"], ["W08"], ["W05", "W12"], ["W11"]]
    assert [cause.verdict for cause in audit.causes] == [Verdict.INCONSISTENT] * 4 + [
        Verdict.UNCHECKED
    ] * 2
    in_causes = {id(finding) for cause in audit.causes for finding in cause.findings}
    assert all(id(finding) in in_causes for finding in (*audit.inconsistent, *audit.to_review))


def test_the_share_is_convicted_alone(audit: bp.Audit) -> None:
    """355.55 / 595.07 = 59.7493 %; 100 - 40.25 = 59.75; 102.17 / 595.07 = 17.169 %."""
    (suspect,) = cause_of(audit, "F13").suspects
    assert suspect.operand.path == "narrative.project_expenditure.share"
    assert suspect.unique
    assert suspect.others == ()
    assert str(suspect.becomes) == "59.75%"
    # 59.745 % to 59.755 % by the sum; 355.545/595.075 to 355.555/595.065 by the quotient, whose
    # parts are tied: project = total - basic, and basic / total is printed 40.25 %.
    low, high = suspect.admissible.lower, suspect.admissible.upper
    assert there(low) >= Fraction("355.545") / Fraction("595.075")
    assert there(high) <= Fraction("355.555") / Fraction("595.065")
    best = suspect.explanations[0]
    assert best.kind == "operand-replaced"
    assert str(best.before) == "59.75%"
    assert "narrative.project_expenditure.initial" in {o.path for o in best.figures}
    assert "17.17% = 102.17万元 / 595.07万元" in best.text.zh
    assert 0 < best.chance < Fraction(1, 100)
    assert {f.code for f in suspect.convicted_by} == {"F13"}
    assert len(suspect.convicted_by) == 2
    assert not suspect.acquitted_by


def test_what_does_not_hold_speaks_against_a_figure_and_what_holds_for_it() -> None:
    blamed = [
        (cause, suspect)
        for cause in bp.audit(bp.read(EXAMPLE)).causes
        for diagnosis in cause.diagnoses
        for suspect in diagnosis
    ]
    for cause, suspect in blamed:
        against, acquitting = suspect.convicted_by, suspect.acquitted_by
        assert {*map(id, against)} <= {*map(id, cause.findings)}
        assert against
        assert all(finding.verdict.holds for finding in acquitting)
        assert all(suspect.operand in finding.operands for finding in acquitting)
        # The likeliest slip is part of what is said of it, and no other one.
        said = [slip.text.zh in suspect.message.zh for slip in suspect.explanations]
        assert said == [number == 0 for number in range(len(said))]
    assert sum(len(suspect.acquitted_by) for _, suspect in blamed) > 10


def test_a_repair_is_tried_out_on_the_print_that_it_is_of() -> None:
    """The share in the text, by its path, its print and its place; everything else stays."""
    report = bp.read(EXAMPLE)
    (suspect,) = cause_of(bp.audit(report), "F13").suspects
    tried: list[SelfEvaluation] = []

    def recheck(_: Relation, changed: SelfEvaluation) -> list[bp.Finding]:
        tried.append(changed)
        return []

    repair = {suspect.operand: there(suspect.becomes)}
    assert broken_after(repair, report, relations()[:1], recheck) == 0
    before, after = dict(bp.figures(report)), dict(bp.figures(tried[0]))
    assert {path for path in before if before[path] != after[path]} == {suspect.operand.path}
    assert str(after[suspect.operand.path]) == "59.75%"


def test_beside_the_only_one_of_its_size_the_next_larger_is_named() -> None:
    sizes_of_others = list[set[int]]()
    for cause in bp.audit(bp.read(EXAMPLE)).causes:
        if not cause.diagnoses or not cause.diagnoses[0][0].unique:
            continue
        first, *others = cause.diagnoses
        larger = [other for other in others if len(other) == len(first) + 1]
        assert ("需同时修改多处" in cause.message.zh) is bool(larger)
        for suspect in larger[0] if larger else ():
            assert suspect.operand.label.zh in cause.message.zh
        sizes_of_others.append({len(other) for other in others})
    assert any(sizes_of_others)


def test_the_source_was_folded_into_another(audit: bp.Audit) -> None:
    """348.93 + 4.28 = 353.21."""
    local, other = cause_of(audit, "F02").diagnoses[0]
    assert local.operand.path == "form.funding.sources[1].initial"
    assert other.operand.path == "form.funding.sources[2].initial"
    assert local.others == (other.operand,)
    assert (str(local.becomes), str(other.becomes)) == ("348.93万元", "4.28万元")
    assert local.explanations[0].kind == other.explanations[0].kind == "folded"
    assert "353.21万元 = 348.93万元 + 4.28万元" in local.explanations[0].text.zh
    assert not local.unique  # the text could be wrong as well
    rival = cause_of(audit, "F02").diagnoses[1]
    assert {s.operand.path for s in rival} == {
        "narrative.funding.sources[1].initial", "narrative.funding.sources[2].initial",
    }  # fmt: skip


def test_the_total_is_convicted_by_the_scores(audit: bp.Audit) -> None:
    """10 + 30 + 18 + 20 + 20 = 98; only the 18 could be 20 within its weight."""
    cause = cause_of(audit, "W08")
    first, second = cause.diagnoses[:2]
    assert [s.operand.path for s in first] == ["narrative.total_score"]
    assert first[0].admissible == Interval.point(98)
    assert str(first[0].becomes) == "98分"
    assert first[0].explanations[0].kind == "copied-from-weights"
    (finding,) = first[0].convicted_by
    assert {o.path for o in finding.operands} == {
        "narrative.total_score", "form.funding.total.score",
        *(f"form.indicators[{i}].score" for i in (2, 3, 4, 7)),
    }  # fmt: skip
    assert [(s.operand.path, str(s.becomes)) for s in second] == [
        ("form.indicators[3].score", "20")
    ]
    assert not first[0].unique
    assert all(len(d) > 1 for d in cause.diagnoses[2:])


def test_new_projects_alone_are_not_to_blame(audit: bp.Audit) -> None:
    """0 new of 4 = 4 + 0: 2 new ones would leave 2 recurring, or make 6 in all."""
    cause = cause_of(audit, "F18")
    assert [[s.operand.path for s in d] for d in cause.diagnoses[:2]] == [
        ["narrative.adjustment.projects_added"],
        ["narrative.project_counts.recurring", "narrative.project_counts.new"],
    ]
    recurring, new = cause.diagnoses[1]
    assert recurring.admissible == Interval(lower=0, upper=2)
    assert new.admissible == Interval(lower=2, upper=4)
    assert recurring.becomes is None


def test_a_rule_set_decides_between_total_and_score() -> None:
    """Under a capped rule the 18 should be 20, and 100 is right."""
    audited = bp.audit(bp.read(EXAMPLE), rules=LOCKED)
    (cause,) = [c for c in audited.causes if "W08" in [f.code for f in c.findings]]
    assert {f.code for f in cause.findings} == {"W04", "W08"}
    suspect = cause.suspects[0]
    assert suspect.operand.path == "form.indicators[3].score"
    assert (str(suspect.becomes), suspect.unique) == ("20", True)
    # Each figure of a diagnosis can be other than it is printed.
    for other in audited.suspects:
        assert not typed(Figure, other.operand.stated).interval.covers(other.admissible)


def test_trust_decides_between_text_and_form() -> None:
    report = bp.read(EXAMPLE)
    for trusted, blamed in (("form", "narrative"), ("narrative", "form")):
        audited = bp.audit(report, weights={trusted: 3})
        first = cause_of(audited, "F02").diagnoses[0]
        assert all(s.operand.path.startswith(blamed) for s in first)
    mixed = bp.audit(report, weights={"form": 3, "form.funding.sources": 1})
    assert all(s.operand.path.startswith("form") for s in cause_of(mixed, "F02").diagnoses[0])


@pytest.mark.parametrize("trusted", ["received", "received_rate", "revised"])
def test_trust_in_a_figure_is_none_in_one_that_is_called_alike(trusted: str) -> None:
    """50 of 100 are not 60 %: any of the three may be wrong, and first those not trusted more."""
    amounts = {"revised": money("100.00"), "received": money("50.00")}
    report = form(received_rate=Figure(value="60.00", unit="%"), **amounts)
    (cause,) = bp.audit(report, weights={f"form.funding.total.{trusted}": 3}).causes
    paths = [suspect.operand.path.rpartition(".")[2] for suspect in cause.suspects]
    assert {*paths[:2]} == {"received", "received_rate", "revised"} - {trusted}
    assert paths[2:] == [trusted]


@pytest.mark.parametrize(
    "weights",
    [
        {"form": 0},
        {"form": 1_000_001},
        {"forms": 2},
        {"": 1},
        {"reading": 2},
        {"form.fund": 9},
        {"form.x.y[9]": 3},
        {"form.funding.sources[0]": 3},  # there are none
        {"form.indicators[99999999999]": 3},
    ],
)
def test_weights_that_are_none(weights: dict[str, int]) -> None:
    with pytest.raises(bp.BudgetperfError, match="权重为 1 至 1000000") as caught:
        bp.audit(SelfEvaluation(), weights=weights)
    (path,) = weights
    assert caught.value.code == "bad-weight"
    assert repr(path) in caught.value.message.en


@pytest.mark.parametrize("weight", [1, 1_000_000])
def test_weights_reach_from_one_to_a_million(weight: int) -> None:
    given = {"form": weight, "narrative": 1}
    assert bp.audit(SelfEvaluation(), weights=given).weights == given


def test_the_path_of_a_weight_is_a_text() -> None:
    with pytest.raises(bp.BudgetperfError, match="权重为 1 至 1000000"):
        bp.audit(SelfEvaluation(), weights={5: 1})  # type: ignore[dict-item]


@pytest.mark.parametrize("weight", [True, "2", Fraction(1, 2)])
def test_a_weight_is_a_whole_number(weight: object) -> None:
    with pytest.raises(TypeError, match="whole number"):
        bp.audit(SelfEvaluation(), weights={"form": weight})  # type: ignore[dict-item]


# --- Small reports


def sources(total: str, *parts: str) -> SelfEvaluation:
    """A form whose sources end in 其他资金, so that they are known to be all."""
    kinds = [FundingKind.LOCAL] * (len(parts) - 1) + [FundingKind.OTHER]
    listed = [
        FundingSource(kind=kind, executed=money(part))
        for kind, part in zip(kinds, parts, strict=True)
    ]
    funding = Funding(total=FundingTotal(executed=money(total)), sources=tuple(listed))
    return SelfEvaluation(form=Statement(funding=funding))


def test_of_a_sum_alone_all_are_suspects() -> None:
    """1 + 2 = 4: each of the three could be wrong."""
    (cause,) = bp.audit(sources("4.00", "1.00", "2.00")).causes
    assert {s.operand.path for s in cause.suspects} == {
        "form.funding.total.executed",
        "form.funding.sources[0].executed",
        "form.funding.sources[1].executed",
    }
    assert not any(s.unique for s in cause.suspects)
    says(cause.message, "诊断不唯一", "not unique")
    due = {s.operand.path: s.admissible for s in cause.suspects}
    # 1 + 2, each of the width of its cell; and 4 - 1.
    assert due["form.funding.total.executed"] == Interval(
        lower=29900, upper=30100, upper_closed=False
    )
    assert due["form.funding.sources[1].executed"] == Interval(
        lower=29900, upper=30100, lower_closed=False, upper_closed=False
    )


@pytest.mark.parametrize("retired", ["0人", "1人"])
def test_nobody_is_fewer_than_none(retired: str) -> None:
    """10 in service and 8 on the roll: neither of the others makes up for that, as 0 or as 1."""
    staffing = Staffing(on_roll="8人", in_service="10人", retired=retired, honorary_retired="0人")
    report = SelfEvaluation(department=bp.Department(name="某局", staffing=staffing))
    (cause,) = bp.audit(report).causes
    names = [suspect.operand.path.rpartition(".")[2] for suspect in cause.suspects]
    assert sorted(names) == ["in_service", "on_roll"]


def test_what_holds_has_no_cause() -> None:
    audited = bp.audit(sources("3.00", "1.00", "2.00"))
    assert not audited.causes
    assert not audited.suspects
    assert "── 原因" not in str(audited)


def test_of_many_parts_some_are_listed_and_all_are_counted() -> None:
    """100 parts and the total, all suspects: the last is only counted."""
    (cause,) = bp.audit(sources("999.00", *["1.00"] * 120)).causes
    assert (len(cause.diagnoses), cause.further) == (100, 21)
    says(cause.message, f"另有 {99 - 3 + 21} 种", f"{99 - 3 + 21} more")


def test_a_figure_printed_twice() -> None:
    report = sources("3.00", "1.00", "2.00")
    again = attrs.evolve(money("5.00"), path="form.funding.total.executed")
    (cause,) = bp.audit(attrs.evolve(report, repeated=(again,))).causes
    suspect = cause.suspects[0]  # 1 + 2 speak for the first print
    assert suspect.operand.stated == again
    assert str(suspect.becomes) == "3.00万元"
    assert suspect.unique


def test_a_truncated_rate_is_a_cause_of_its_own() -> None:
    """2 / 3 = 66.67 %, cut to 66.66 %."""
    # A reviewer asks for a reason, as it is below 80 %.
    amounts = {"revised": money("30000.00"), "executed": money("20000.00")}
    audited = bp.audit(form(execution_rate=Figure(value="66.66", unit="%"), **amounts))
    cause = audited.causes[0]
    assert cause.verdict is Verdict.TRUNCATED
    assert not audited.inconsistent
    (rate,) = [s for s in cause.suspects if s.operand.path.endswith("execution_rate")]
    assert rate.explanations[0].kind == "truncated"
    assert str(rate.becomes) == "66.67%"


def test_the_order_of_scores_names_suspects() -> None:
    """80 % done earns 20 and 100 % done 10: a score, or a figure that the order rests on."""
    rows = (row("甲", "≥100件", "80件"), row("乙", "≥100件", "100件", score="10"))
    audited = bp.audit(form(*rows))
    (cause,) = [c for c in audited.causes if c.findings[0].code == "W06"]
    paths = {s.operand.path for s in cause.suspects}
    assert {"form.indicators[0].score", "form.indicators[1].score"} <= paths
    assert "form.indicators[0].actual" in paths
    (score,) = [s for s in cause.suspects if s.operand.path == "form.indicators[0].score"]
    assert score.admissible == Interval(lower=0, upper=10)
    (actual,) = [s for s in cause.suspects if s.operand.path == "form.indicators[0].actual"]
    assert due_text(actual).zh == "另一数值"
    assert due_text(actual).en == "another value"


def test_a_rating_belongs_to_the_total_that_it_rests_on() -> None:
    """98 would be 优, too; 30 is not: the rating follows from the wrong total."""
    rows = tuple(row(name, "≥100件", "100件", weight="45", score="45") for name in "甲乙")
    report = form(*rows, weight="10", score="10", total="30")
    audited = bp.audit(excellent(report), rules="national-2020")
    (cause,) = [c for c in audited.causes if c.verdict is Verdict.INCONSISTENT]
    assert [f.code for f in cause.findings] == ["W08", "W09"]
    assert cause.suspects[0].operand.path == "form.total_score"
    assert str(cause.suspects[0].becomes) == "100"


def excellent(report: SelfEvaluation) -> SelfEvaluation:
    return attrs.evolve(report, form=attrs.evolve(report.form, rating="优"))


def test_a_finding_that_no_figure_explains_is_told_all_the_same() -> None:
    """The rating alone: 30 points are no 优, and no other figure speaks of them."""
    audited = bp.audit(excellent(form(total="30")), rules="national-2020")
    (cause,) = audited.causes
    assert [f.code for f in cause.findings] == ["W09"]
    assert not cause.suspects
    assert not cause.explanations
    assert "30" in cause.message.zh
    assert cause.title.zh in audit_text(audited)


def test_two_slips_are_found_as_a_pair() -> None:
    """10 = 1 + 2 + 7 and 4 = 1 + 2 + 7, in text and form, with the text's total right."""
    three_public = ThreePublicExpenses(
        total=ThreePublicItem(budget=money("10.00"), executed=money("4.00")),
        overseas_travel=ThreePublicItem(budget=money("1.00"), executed=money("1.00")),
        vehicle_purchase=ThreePublicItem(budget=money("2.00"), executed=money("2.00")),
        vehicle_operation=ThreePublicItem(budget=money("0.00"), executed=money("0.00")),
        official_reception=ThreePublicItem(budget=money("7.50"), executed=money("7.00")),
    )
    audited = bp.audit(SelfEvaluation(narrative=Statement(three_public=three_public)))
    wrong = [c for c in audited.causes if c.verdict is Verdict.INCONSISTENT]
    assert len(wrong) == 2  # one sum has nothing to do with the other
    assert all(len(cause.findings) == 1 for cause in wrong)
    assert all(len(diagnosis) == 1 for cause in wrong for diagnosis in cause.diagnoses)


def test_jointly_impossible_figures_have_a_cause() -> None:
    """10 + 30 + 18 + 20 and at most 20 more are 98 at the most, not 100."""
    audited = without_a_score()
    (joint,) = [f for f in audited.inconsistent if f.code == "J01"]
    assert joint.derived == Interval(lower=78, upper=98)
    (cause,) = [c for c in audited.causes if joint in c.findings]
    assert any(s.operand.path == "narrative.total_score" for s in cause.suspects)


def test_a_base_whose_parts_are_0_may_be_0_itself() -> None:
    """2 of parts that are all 0, with 100 % beside it: the 2 alone may be wrong."""
    nothing = ThreePublicItem(budget=exact("0"), executed=exact("0"))
    three_public = ThreePublicExpenses(
        total=ThreePublicItem(budget=exact("2"), executed=exact("0")),
        overseas_travel=nothing,
        vehicle_purchase=nothing,
        vehicle_operation=nothing,
        official_reception=nothing,
        control_rate=Figure(value="100", unit="%"),
    )
    audited = bp.audit(SelfEvaluation(narrative=Statement(three_public=three_public)))
    blamed = {d[0].operand.path for c in audited.causes for d in c.diagnoses if len(d) == 1}
    assert "narrative.three_public.total.budget" in blamed
    codes = [f.code for c in audited.causes for f in c.findings if c.verdict is INCONSISTENT]
    assert sorted(codes) == ["F14", "F14"]  # the sum, and the rate of a base that is printed as 2


def exact(text: str) -> Figure:
    return Figure(value=text, unit="万元", rounding=None)


def test_rates_that_can_only_have_been_cut_off_together() -> None:
    """66 % of 2.00 / 3.00 may be rounded from 66.4 %; of 2.0000 / 3.0000 it was cut off."""

    def total(revised: str, executed: str, rate: str | None) -> Statement:
        return form(
            revised=Figure(value=revised, unit="万元"),
            executed=Figure(value=executed, unit="万元"),
            execution_rate=Figure(value=rate, unit="%") if rate else None,
        ).form

    report = SelfEvaluation(
        narrative=total("3.00", "2.00", "66"), form=total("3.0000", "2.0000", None)
    )
    audited = bp.audit(report)
    assert not audited.inconsistent
    (joint,) = audited.having(Verdict.TRUNCATED)
    assert joint.code == "J01"
    assert joint.gap is None
    (cause,) = [c for c in audited.causes if joint in c.findings]
    assert cause.suspects[0].explanations[0].kind == "truncated"
    apart = attrs.evolve(report, narrative=total("3.00", "2.00", "65.95"))
    assert [f.code for f in bp.audit(apart).inconsistent] == ["F05"]


def test_an_undecided_diagnosis_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    report = sources("4.00", "1.00", "2.00")
    audit = bp.audit(report)
    monkeypatch.setattr(Solver, "conflict", lambda *_: Undecided(code="step-bound"))
    (cause,) = audit.causes
    assert cause.suspects == ()
    assert [f.code for f in cause.findings] == ["F01"]
    assert cause.undecided == "step-bound"
    assert "未能判定是哪个数字有误（step-bound）" in audit_text(audit)
    assert "(step-bound)" in audit_text(audit, lang="en")


def test_what_is_no_equation_is_not_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missed target without a reason is no matter of the system, however hard that is."""
    wrong = sources("4.00", "1.00", "2.00")
    missed = bp.Indicator(name="宣讲", target="≥10次", actual="8次", weight="20", score="16")
    audit = bp.audit(
        attrs.evolve(wrong, form=attrs.evolve(wrong.form, indicators=(missed,))),
        rules="national-2020",
    )
    monkeypatch.setattr(Solver, "conflict", lambda *_: Undecided(code="step-bound"))
    undecided = {each.code: cause.undecided for cause in audit.causes for each in cause.findings}
    assert undecided["F01"] == "step-bound"
    assert undecided["Q05"] is None


# --- What the others leave for a figure


def test_a_blank_is_computed_from_the_others() -> None:
    """3.00 - 2.00, each of the width of its cell, whether or not 1.00 is printed."""
    report = sources("3.00", "1.00", "2.00")
    audit = bp.audit(report)
    path = "form.funding.sources[0].executed"
    assert audit.bounds(path) == Interval(
        lower=9900, upper=10100, lower_closed=False, upper_closed=False
    )
    blank = attrs.evolve(
        report.form.funding.sources[0], executed=Missing(reason=bp.MissingReason.BLANK)
    )
    funding = attrs.evolve(report.form.funding, sources=(blank, *report.form.funding.sources[1:]))
    without = attrs.evolve(report, form=attrs.evolve(report.form, funding=funding))
    assert bp.audit(without).bounds(path) == audit.bounds(path)


def test_of_what_no_relation_speaks_nothing_is_known() -> None:
    audit = bp.audit(sources("3.00", "1.00", "2.00"))
    assert audit.bounds("department.offices") == Interval()
    with pytest.raises(bp.BudgetperfError, match="没有这一路径"):
        audit.bounds("form.nothing")


def test_where_the_others_contradict_each_other_nothing_is_left() -> None:
    audit = without_a_score()
    assert audit.bounds("form.indicators[7].score") is None
    assert audit.bounds("narrative.total_score") == Interval(lower=78, upper=98)


def test_an_audit_in_brief() -> None:
    audit = bp.audit(bp.read(EXAMPLE))
    count = len(audit.findings)
    assert repr(audit) == f"<Audit of 云杉市松河区政务服务中心: {count} findings, 6 wrong>"
    assert repr(bp.audit(SelfEvaluation())).startswith("<Audit of —: ")


# --- Faces


def test_words(audit: bp.Audit) -> None:
    for cause in audit.causes:
        says(cause.message, cause.title.zh, cause.title.en)
        for suspect in cause.suspects:
            says(suspect.message, suspect.operand.label.zh, suspect.operand.label.en)
    pair = cause_of(audit, "F02").suspects[0]
    says(pair.message, "一并更正", "together with")


def test_the_text_leads_with_the_causes(audit: bp.Audit) -> None:
    zh, en = audit_text(audit), audit_text(audit, lang="en")
    assert zh.index("── 原因 (6)") < zh.index("── 不符 (6)")
    assert en.index("── causes (6)") < en.index("── inconsistent (6)")
    assert "应为59.75%" in zh
    assert "should be 59.75%" in " ".join(en.split())


def test_the_data(audit: bp.Audit) -> None:
    data = audit_data(audit)
    assert json.loads(json.dumps(data)) == data
    assert data["schema"] == "budgetperf/audit/1"
    causes, suspects, findings = data["causes"], data["suspects"], data["findings"]
    assert isinstance(causes, list)
    assert isinstance(suspects, list)
    assert isinstance(findings, list)
    assert len(suspects) == len(audit.suspects)
    listed: list[object] = []
    for cause, own in zip(causes, audit.causes, strict=True):
        assert isinstance(cause, dict)
        assert list(cause) == [
            "verdict", "findings", "diagnoses", "further", "undecided", "message",
        ]  # fmt: skip
        places = cause["findings"]
        assert isinstance(places, list)
        assert [audit.findings[int(str(p))] for p in places] == list(own.findings)
        diagnoses = cause["diagnoses"]
        assert isinstance(diagnoses, list)
        for numbers in diagnoses:
            assert isinstance(numbers, list)
            listed += numbers
    assert listed == list(range(len(suspects)))
    for suspect, own_suspect in zip(suspects, audit.suspects, strict=True):
        assert isinstance(suspect, dict)
        assert list(suspect) == [
            "cause", "path", "text", "line", "others", "unit", "admissible", "closed", "becomes",
            "unique", "convicted_by", "acquitted_by", "explanations", "message",
        ]  # fmt: skip
        assert suspect["path"] == own_suspect.operand.path
    share = next(s for s in suspects if isinstance(s, dict) and s["text"] == "17.17%")
    assert isinstance(share, dict)
    assert share["becomes"] == "59.75%"
    assert share["unique"] is True


def test_causes_are_worked_out_once_and_can_be_kept(audit: bp.Audit) -> None:
    assert audit.causes is audit.causes
    assert pickled(audit).causes == audit.causes


def test_slips_are_found_once_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def explain(accused: Accused, *_: object, **__: object) -> tuple[bp.Explanation, ...]:
        asked.append(accused.operand.path)
        return ()

    monkeypatch.setattr(diagnosis, "explain", explain)
    (cause,) = bp.audit(sources("4.00", "1.00", "2.00")).causes
    assert len(asked) == len(cause.diagnoses) == 3  # nothing else tells the three apart
    asked.clear()
    (suspect,) = cause_of(without_a_score(), "F13").suspects  # the only one that it can be
    assert suspect.operand.path not in asked
    assert suspect.explanations == suspect.explanations == ()
    assert asked.count(suspect.operand.path) == 1


def test_a_suspect_is_the_same_before_it_is_asked_for_slips() -> None:
    slip = bp.Explanation(
        kind="sign", text=bp.Text(zh="", en=""), before=None, figures=(), tried=1,
        chance=Fraction(0),
    )  # fmt: skip
    operand = bp.Operand(path="form.total_score", stated=exact("90"))
    known = Suspect(
        operand=operand, admissible=Interval(), becomes=None, unique=False, explanations=(slip,)
    )

    def unasked() -> Suspect:
        return explained_later(attrs.evolve(known, explanations=()), lambda: (slip,))

    assert unasked() == known
    assert hash(unasked()) == hash(known)
    assert repr(unasked()) == repr(known)
    assert pickled(unasked()) == known
    assert copy.deepcopy(unasked()) == known
    assert attrs.evolve(unasked(), unique=True) == attrs.evolve(known, unique=True)
    with pytest.raises(AttributeError, match="'Suspect' has no attribute 'slips'"):
        getattr(unasked(), "slips")  # noqa: B009


def test_no_chance_of_a_coincidence() -> None:
    explanation = bp.Explanation(
        kind="sign", text=bp.Text(zh="", en=""), before=None, figures=(), tried=1,
        chance=Fraction(0),
    )  # fmt: skip
    assert chance_text(explanation).zh == "比对同类差错 1 种，不可能碰巧相符"
    assert chance_text(explanation).en == "1 such slip tried; a coincidence is ruled out"
    rare = attrs.evolve(explanation, chance=Fraction(1, 10_000))
    assert "0.1%" in chance_text(rare).zh  # upwards: never called impossible


def suspect_of(path: str, *chances: Fraction, unique: bool = False) -> Suspect:
    slips = [
        bp.Explanation(
            kind="sign", text=bp.Text(zh="", en=""), before=None, figures=(), tried=1, chance=each
        )
        for each in chances
    ]
    return Suspect(
        operand=bp.Operand(path=path, stated=exact("90"), label=bp.Text(zh=path, en=path)),
        admissible=Interval.point(910000),
        becomes=exact("91"),
        unique=unique,
        explanations=tuple(slips),
    )


def test_all_of_a_diagnosis_must_be_explained() -> None:
    """It is as likely a coincidence as the least of the slips that it takes, the likeliest each."""
    rare, usual, likely = Fraction(1, 100), Fraction(1, 20), Fraction(1, 5)
    first, other = suspect_of("a", rare, likely), suspect_of("b", usual)
    assert diagnosis._coincidence([first]) == rare
    assert diagnosis._coincidence([first, other]) == usual
    assert diagnosis._coincidence([other, first]) == usual
    assert diagnosis._coincidence([first, suspect_of("c")]) == 1


def test_of_several_diagnoses_those_of_one_size_are_alternatives() -> None:
    """Three are named, and the others counted with those that are not listed; larger ones not."""
    one, *others = ((suspect_of(name),) for name in "甲乙丙丁戊")
    pair = (suspect_of("己"), suspect_of("庚"))
    audited = bp.audit(sources("4.00", "1.00", "2.00"))
    (cause,) = audited.causes
    cause = attrs.evolve(cause, diagnoses=(one, others[0], pair, *others[1:], pair), further=4)
    zh = cause.message.zh
    assert zh.count("另一种可能") == 1
    why = cause.findings[0].why.zh  # told only where no figure is named
    assert why not in zh
    assert why in attrs.evolve(cause, diagnoses=()).message.zh
    assert [name for name in "甲乙丙丁戊己庚" if f"{name}填列为" in zh] == [*"甲乙丙丁"]
    assert "另有 5 种可能" in zh
    # The only one of its size: the first of those with one figure more, if there is one.
    only = (suspect_of("甲", unique=True),)
    three = (*pair, suspect_of("辛"))
    for rest, named in [((three, pair, one + others[0]), "己庚"), ((three,), ""), ((), "")]:
        zh = attrs.evolve(cause, diagnoses=(only, *rest), further=4).message.zh
        assert [name for name in "乙丙丁戊己庚辛" if f"{name}填列为" in zh] == [*named]
        assert ("需同时修改多处" in zh) is bool(named)


@pytest.mark.parametrize(
    ("ranges", "due", "else_due"),
    [
        ((("-0.1", "-0.1"), ("0.1", "0.2")), "-10%或10%至20%", "另一数值"),
        (((None, "-0.1"), ("0.1", None)), "不超过-10%或不少于10%", "另一数值"),
        (
            (("0.0996", "0.1004"), ("0.1004", "0.1006"), ("0.2", None)),
            "10%或不少于20%",
            "不少于9%",  # in whole percent 9.96 % is no less
        ),
    ],
)
def test_of_several_ranges_each_is_named(
    ranges: tuple[tuple[str | None, str | None], ...], due: str, else_due: str
) -> None:
    """Where a rule leaves them to this very print, and nothing else narrows them down."""
    several = tuple(Interval(lower=lower, upper=upper) for lower, upper in ranges)
    printed = bp.Operand(path="form.indicators[0].deviation", stated=Figure.parse("5%"))
    (cause,) = bp.audit(sources("4.00", "1.00", "2.00")).causes
    plain = cause.findings[0]
    ruled = attrs.evolve(plain, operands=(printed, *plain.operands), ranges=several)

    def due_of(operand: bp.Operand, admissible: Interval, *findings: bp.Finding) -> str:
        suspect = Suspect(
            operand=operand,
            admissible=admissible,
            becomes=None,
            unique=True,
            convicted_by=findings,
        )
        return due_text(suspect).zh

    whole = Interval.hull(several)
    assert due_of(printed, whole, plain, ruled) == due_of(printed, whole, ruled) == due
    assert due_of(printed, Interval(lower="0.3"), plain, ruled) == "不少于30%"
    assert due_of(printed, whole, plain) == else_due
    elsewhere = attrs.evolve(printed, path="form.indicators[1].deviation")
    assert due_of(elsewhere, whole, ruled) == else_due
    other = attrs.evolve(printed, stated=Figure.parse("6%"))
    assert due_of(other, whole, ruled) == else_due


def test_a_missing_figure_is_no_suspect() -> None:
    blank = bp.Operand(path="form.total_score", stated=Missing())
    suspect = Suspect(operand=blank, admissible=Interval(), becomes=None, unique=False)
    assert due_text(suspect).zh == ""
    accused = Accused(operand=blank, admissible=Interval.point(1))
    assert diagnosis._printed_as(accused) is None


def test_precision_of_the_column_counts() -> None:
    """30 beside 29.99 is 30.00: the total of 30 + 30 + 29.99 is 89.975 to 90.005."""
    report = sources("89.97", "30.00", "30.00", "29.99")
    listed = report.form.funding.sources
    whole = Figure(value="30", unit="万元")
    typed = tuple(attrs.evolve(source, executed=whole) for source in listed[:2])
    funding = attrs.evolve(report.form.funding, sources=(*typed, listed[2]))
    report = attrs.evolve(report, form=attrs.evolve(report.form, funding=funding))
    (cause,) = bp.audit(with_column_precision(report)).causes
    total = next(s for s in cause.suspects if s.operand.path.endswith("total.executed"))
    assert total.admissible == Interval(lower=899750, upper=900050, upper_closed=False)
    assert total.becomes is None  # 89.98, 89.99 and 90.00 would all do


def test_a_rate_printed_a_digit_short() -> None:
    """50 / 100 printed as 5 %."""
    amounts = {"revised": money("100.00"), "executed": money("50.00")}
    audited = bp.audit(form(execution_rate=Figure(value="5", unit="%"), **amounts))
    (cause,) = [c for c in audited.causes if c.verdict is INCONSISTENT]
    kinds = {s.operand.path: [e.kind for e in s.explanations] for s in cause.suspects}
    assert kinds["form.funding.total.execution_rate"][0] == "decimal-point"

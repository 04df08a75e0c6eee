"""What is composed audits clean; what was stated stays; nothing is computed twice."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from benchmarks.prints import report
from budgetperf.model import NOT_STATED, Direction
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of, put
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.testing import Case, reports
from tests.factories import typed
from tests.strategies import times

RULES = tuple(rules.id for rules in bp.rulesets)
FOLLOWS = re.compile(
    r"funding\.total\.(initial|revised|executed|received|\w+_rate|score)|sources\[\d+\]\.\w+_rate"
    r"|adjustment\.(amount|rate)|(basic|project)_expenditure\.(share|execution_rate)"
    r"|procurement\.execution_rate|three_public\.(total\.\w+|control_rate)|net_value|on_roll"
    r"|in_service|project_counts\.total|indicators\[\d+\]\.(completion_rate|deviation|score)"
    r"|total_score|total_weight"
)
SETTLED = (FigureKind.AMOUNT, FigureKind.RATE)
WRONG = (Verdict.INCONSISTENT, Verdict.TRUNCATED)


def blanked(whole: bp.SelfEvaluation, draw: random.Random) -> bp.SelfEvaluation:
    """The report without some of what follows from the rest, or without any of it."""
    share = draw.choice([0.3, 1.0])
    alone = attrs.evolve(whole, repeated=())
    paths = [
        path for path, _ in bp.figures(alone) if FOLLOWS.search(path) and draw.random() < share
    ]
    return put(alone, dict.fromkeys(paths, NOT_STATED))


def wrong(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.verdict in WRONG)


def marked(stated: bp.SelfEvaluation, done: bp.Composition) -> bp.SelfEvaluation:
    """With a blank for what was computed, so that all relations take part."""
    blank = bp.Missing(reason=bp.MissingReason.BLANK)
    settled = [computed.path for computed in done.computed if kind_of(computed.path) in SETTLED]
    return put(stated, dict.fromkeys(settled, blank))


def require_clean(stated: bp.SelfEvaluation, rules: str | None) -> bp.Composition:
    done = bp.compose(stated, rules=rules)
    known = {finding.relation for finding in wrong(bp.audit(stated, rules=rules).findings)}
    news = [finding for finding in wrong(done.audit.findings) if finding.relation not in known]
    given = {path for path, _ in bp.figures(stated) if FOLLOWS.search(path)}
    holds = bool(given) or not any(wrong(bp.audit(marked(stated, done), rules=rules).findings))
    for finding in (
        news if holds else ()
    ):  # what is rounded may not fit what was stated of the same: that stays
        assert finding in done.conflicts
        assert not given.isdisjoint(o.path for o in finding.operands), finding.message.en
    assert given or not news or not holds
    figures = dict(bp.figures(done.report))
    for path, figure in bp.figures(stated):
        assert (figures[path].value, figures[path].text) == (figure.value, figure.text)
    computed = {entry.path for entry in done.computed}
    for finding in done.conflicts:
        undefined = finding.verdict is Verdict.UNDEFINED
        assert not undefined or finding.operands[0].path not in computed
    return done


# Of the same reports each time: where the parts of two totals were rounded, what is composed of
# either may differ, which is told, and is nothing wrong.
@pytest.mark.parametrize("seeds", [range(10), pytest.param(range(10, 45), marks=pytest.mark.law)])
def test_what_follows_from_a_true_report_audits_clean(seeds: range) -> None:
    for seed in seeds:
        case = report(seed)
        stated = blanked(case.report, random.Random(seed))
        if any(f.code == "F01" for f in bp.audit(case.report).to_review):
            continue  # a dash there is no 0
        require_clean(stated, case.rules)


@pytest.mark.law
@times(Fraction(1, 10))
@given(
    case=st.one_of(reports(mode=st.just(bp.RoundingMode.HALF_UP)), reports()),
    seed=st.integers(0, 999),
)
def test_what_follows_from_a_drawn_report_audits_clean(case: Case, seed: int) -> None:
    """However its columns were rounded."""
    require_clean(blanked(case.report, random.Random(seed)), case.rules)


# Forms that a preparer fills in: exact inputs, under every rule-set.


@st.composite
def inputs(draw: st.DrawFn) -> bp.Statement:
    """A form of which only the inputs are stated."""
    cents = st.integers(0, 10**9)
    sources = [
        bp.FundingSource(
            kind=kind,
            **{phase: amount(draw(cents)) for phase in ("initial", "revised", "executed")},
        )
        for kind in ("当年财政拨款", "上年结转资金", "其他资金")
    ]
    weights = draw(st.sampled_from([(90,), (50, 30, 10), (40, 20, 20, 10), (60, 40)]))
    return bp.Statement(
        funding=bp.Funding(sources=sources),
        indicators=[draw(row(number, weight)) for number, weight in enumerate(weights)],
    )


def amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}元"


@st.composite
def row(draw: st.DrawFn, number: int, weight: int) -> bp.Indicator:
    heading = ("产出指标", "效益指标", "满意度指标", "成本指标")[number]
    unit = draw(st.sampled_from(["%", "次", "万元", ""]))
    sign = draw(st.sampled_from(["≥", "≤", "=", ">", ""]))
    actual = draw(st.one_of(st.integers(0, 300), st.sampled_from(["—", "", "达成年度指标"])))
    is_number = isinstance(actual, int)
    return bp.Indicator(
        level1=heading,
        level2=f"二级{number}",
        name=f"事项{number}办理情况",
        target=f"{sign}{draw(st.integers(0, 200))}{unit}",
        actual=f"{actual}{unit}" if is_number else actual or None,
        weight=weight,
    )


def held(form: bp.Statement, rules: str) -> None:
    done = require_clean(bp.SelfEvaluation(form=form), rules)
    again = bp.compose(done.report, rules=rules)
    assert again.report == done.report
    assert again.computed == ()
    open_paths = {left_open.path for left_open in done.left_open}
    for index, indicator in enumerate(done.report.form.indicators):
        blank = isinstance(indicator.score, bp.Missing) and not indicator.score.says_none
        assert blank == (f"form.indicators[{index}].score" in open_paths)
        if isinstance(indicator.target.direction, Direction) and not blank:
            assert done.how(f"form.indicators[{index}].score") is not None


@times(Fraction(1, 20))
@given(form=inputs(), rules=st.sampled_from(RULES))
def test_a_form_composed_under_any_rule_set_audits_clean(form: bp.Statement, rules: str) -> None:
    held(form, rules)


@pytest.mark.law
@pytest.mark.parametrize("rules", RULES)
def test_a_form_composed_under_each_rule_set_audits_clean(rules: str) -> None:
    @times(Fraction(1, 20))
    @given(form=inputs())
    def law(form: bp.Statement) -> None:
        held(form, rules)

    law()


# The basic data of a department, which its form has no cell for.


@st.composite
def departments(draw: st.DrawFn) -> bp.SelfEvaluation:
    """A form of a department of which only the inputs are stated, each as it is true."""
    cents = st.integers(0, 10**8)
    people = st.integers(0, 40)
    kinds = ("上级", "本级", "其他")
    parts = {kind: [draw(cents) for _ in range(3)] for kind in kinds}
    total = [sum(column) for column in zip(*parts.values(), strict=True)]
    phases = ("initial", "revised", "executed")
    basic = [draw(st.integers(0, whole)) for whole in total]
    project = [whole - part for whole, part in zip(total, basic, strict=True)]
    categories, sources = (
        split(draw, whole, count) for whole, count in ((basic[2], 4), (project[2], 3))
    )
    pairs = [(draw(cents), draw(cents)) for _ in range(5)]
    original, depreciation = sorted((draw(cents), draw(cents)), reverse=True)
    items: dict[str, Any] = {
        name: bp.model.ThreePublicItem(budget=amount(of), executed=amount(by))
        for name, (of, by) in zip(PUBLIC, pairs, strict=False)
    }
    recurring, new = draw(people), draw(people)
    completed = draw(st.integers(0, recurring + new))
    phased = [dict(zip(phases, map(amount, of), strict=True)) for of in (basic, project)]
    form = bp.Statement(
        funding=bp.Funding(
            sources=[
                bp.FundingSource(kind=kind, **dict(zip(phases, map(amount, of), strict=True)))
                for kind, of in parts.items()
            ]
        ),
        basic_expenditure=bp.model.BasicExpenditure(
            **phased[0],
            categories=[
                bp.model.CategoryAmount(category=one, executed=amount(spent))
                for one, spent in zip(bp.model.EconomicCategory, categories, strict=True)
            ],
        ),
        project_expenditure=bp.model.ProjectExpenditure(
            **phased[1],
            sources=[
                bp.FundingSource(kind=one, executed=amount(spent))
                for one, spent in zip(kinds, sources, strict=True)
            ],
        ),
        three_public=bp.model.ThreePublicExpenses(**items),
        procurement=bp.model.Procurement(budget=amount(pairs[4][0]), executed=amount(pairs[4][1])),
        fixed_assets=bp.model.FixedAssets(
            original_value=amount(original), accumulated_depreciation=amount(depreciation)
        ),
        project_counts=bp.model.ProjectCounts(
            recurring=recurring,
            new=new,
            completed=completed,
            unfinished=recurring + new - completed,
        ),
        indicators=[draw(row(number, weight)) for number, weight in enumerate((50, 40))],
    )
    staffing = bp.model.Staffing(
        administrative=draw(people), public_institution=draw(people), retired=draw(people),
        honorary_retired=draw(people), authorised=draw(people), change=draw(st.integers(-5, 40)),
    )  # fmt: skip
    return bp.SelfEvaluation(department=bp.Department(name="某部门", staffing=staffing), form=form)


PUBLIC = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")
FOLLOWING = (
    "department.staffing.in_service", "department.staffing.on_roll", "form.adjustment.amount",
    "form.three_public.total.budget", "form.three_public.total.executed",
    "form.fixed_assets.net_value", "form.project_counts.total",
)  # fmt: skip


def split(draw: st.DrawFn, whole: int, count: int) -> list[int]:
    """So many parts of a whole."""
    cuts = sorted(draw(st.integers(0, whole)) for _ in range(count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]


def department_held(case: Case, folder: Path) -> None:
    rules = typed(str, case.rules)
    done = require_clean(case.report, rules)
    stated = {(finding.code, finding.why.en) for finding in done.audit.inconsistent}
    assert {finding.code for finding in done.conflicts} <= {"Q01"}  # words for a number
    assert {computed.path for computed in done.computed} >= set(FOLLOWING)
    assert bp.compose(done.report, rules=rules).computed == ()
    for end in (".xlsx", ".md"):
        written = bp.write(done, folder / f"form{end}")
        assert written.left_out == ()
        again = bp.read(written.path)
        found = bp.audit(again, rules=rules).inconsistent
        # What the form says may stand in its text, too.
        assert {(finding.code, finding.why.en) for finding in found} <= stated
        if end == ".xlsx":
            known = dict(bp.figures(again))
            for path, figure in bp.figures(done.report):
                assert (known[path].value, known[path].unit) == (figure.value, figure.unit), path


@times(Fraction(1, 60))
@given(case=st.builds(Case, departments(), st.sampled_from(RULES)))
def test_the_basic_data_of_a_department_composed_audits_clean(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    department_held(case, tmp_path_factory.mktemp("law"))


@pytest.mark.law
@times(Fraction(1, 5))
@given(case=st.builds(Case, departments(), st.sampled_from(RULES)))
def test_the_basic_data_of_any_department_composed_audits_clean(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    department_held(case, tmp_path_factory.mktemp("law"))

"""Laws of the audit: a report that is right and then printed is never called wrong."""

from __future__ import annotations

import json
import random
from collections import Counter
from fractions import Fraction
from typing import Any, TypeVar

import attrs
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    Figure,
    Finding,
    Indicator,
    Missing,
    MissingReason,
    RoundingMode,
    SelfEvaluation,
    Statement,
    Verdict,
    audit,
    check,
    figures,
)
from budgetperf.display.data.audit import audit_data
from budgetperf.display.text.audit import audit_text
from budgetperf.exact.unit import MONEY
from budgetperf.model import Funding, FundingTotal, map_figures
from budgetperf.rules import RatingBand, RuleSet
from budgetperf.testing import Case, reports
from tests.factories import RULES, form, there
from tests.strategies import fewer, fewest, flags, times

_T = TypeVar("_T")
HOLDING = {Verdict.EXACT, Verdict.ROUNDING, Verdict.UNDEFINED, Verdict.UNCHECKED}


@st.composite
def mixed_reports(draw: st.DrawFn) -> Case:
    """A report that is right, or one in which some figures are wrong."""
    case = draw(reports())
    if draw(st.booleans()):
        return case
    paths = sorted({path for path, _ in figures(case.report)})
    chosen = draw(st.sets(st.sampled_from(paths)))

    def wrong(path: str, figure: Figure) -> Figure:
        if path not in chosen or path.startswith("department"):
            return figure
        return attrs.evolve(figure, value=figure.value * 3 + 10, text="wrong")

    return Case(map_figures(case.report, wrong), case.rules)


def verdicts(report: SelfEvaluation, rules: str | None) -> Counter[tuple[str, Verdict]]:
    return Counter((f.code, f.verdict) for f in audit(report, rules=rules).findings)


def broken(report: SelfEvaluation, rules: str | None) -> Counter[str]:
    return Counter(f.code for f in audit(report, rules=rules).inconsistent)


def lines_of(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{f.code} {f.relation}: {f.message.en}" for f in findings]


@given(case=reports(mode=st.just(RoundingMode.HALF_UP)))
def test_a_right_report_rounded_half_up_is_never_called_wrong(case: Case) -> None:
    audited = audit(case.report, rules=case.rules)
    assert lines_of(audited.inconsistent) == []
    assert {finding.verdict for finding in audited.findings} <= HOLDING
    assert len(audited.having(Verdict.EXACT)) > 40


@given(case=reports())
def test_a_right_report_is_never_called_wrong(case: Case) -> None:
    """In whatever mode each column was rounded."""
    audited = audit(case.report, rules=case.rules)
    assert lines_of(audited.inconsistent) == []
    assert {finding.verdict for finding in audited.findings} <= HOLDING


@given(case=reports(mode=st.just(RoundingMode.HALF_UP), cut=True))
def test_results_that_were_cut_off_are_never_called_wrong(case: Case) -> None:
    """Rates and shares are printed cut off; everything else is rounded."""
    audited = audit(case.report, rules=case.rules)
    assert lines_of(audited.inconsistent) == []
    assert {f.code for f in audited.having(Verdict.TRUNCATED)} <= {
        "F02", "F05", "F08", "F13", "F14", "F15", "W10", "W11", "J01",
    }  # fmt: skip


def test_cutting_off_is_seen_at_all() -> None:
    """The law above would hold, too, if nothing were ever called truncated."""
    # 1397.90 + 0.05 at the most, 1389.25 at the least: above 99.37 %, never below 99.35 %.
    assert check("99.3% = 1389.3 / 1397.90").verdict is Verdict.TRUNCATED
    assert Fraction("1389.25") / Fraction("1397.905") > Fraction("0.9935")


in_units = st.sampled_from(["元", "千元", "万元", "百万元", "亿元"])


@fewer
@given(case=mixed_reports(), data=st.data())
def test_units_change_no_verdict(case: Case, data: st.DataObject) -> None:
    report = case.report

    def converted(_: str, figure: Figure) -> Figure:
        return figure.to(data.draw(in_units)) if figure.unit.dimension == MONEY else figure

    again = map_figures(report, converted)
    assert [f.unit for _, f in figures(again)] != [f.unit for _, f in figures(report)] or (
        again == report
    )
    assert verdicts(again, case.rules) == verdicts(report, case.rules)


def _shuffled(statement: Statement, chance: random.Random) -> Statement:
    def mixed(items: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(chance.sample(items, len(items)))

    return attrs.evolve(
        statement,
        indicators=mixed(statement.indicators),
        funding=attrs.evolve(statement.funding, sources=mixed(statement.funding.sources)),
        basic_expenditure=attrs.evolve(
            statement.basic_expenditure, categories=mixed(statement.basic_expenditure.categories)
        ),
        project_expenditure=attrs.evolve(
            statement.project_expenditure, sources=mixed(statement.project_expenditure.sources)
        ),
    )


@fewer
@given(case=mixed_reports(), chance=st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_verdict(case: Case, chance: random.Random) -> None:
    report = case.report
    mixed = attrs.evolve(
        report, narrative=_shuffled(report.narrative, chance), form=_shuffled(report.form, chance)
    )
    assert verdicts(mixed, case.rules) == verdicts(report, case.rules)


def _blanked(value: Any, chosen: set[str], path: str = "") -> Any:
    """``value`` with the figures at the chosen paths gone."""
    if isinstance(value, Figure):
        return Missing(reason=MissingReason.BLANK) if path in chosen else value
    if isinstance(value, tuple):
        return tuple(_blanked(item, chosen, f"{path}[{i}]") for i, item in enumerate(value))
    if attrs.has(type(value)) and not isinstance(value, Missing):
        return attrs.evolve(
            value,
            **{
                a.name: _blanked(getattr(value, a.name), chosen, f"{path}.{a.name}")
                for a in attrs.fields(type(value))
            },
        )
    return value


@fewer
@given(case=mixed_reports(), data=st.data())
def test_a_blank_makes_nothing_wrong(case: Case, data: st.DataObject) -> None:
    """Nor does it add to what is wrong already; and with all figures gone, nothing is exact."""
    report = case.report
    paths = sorted({path for path, _ in figures(report)})
    chosen = data.draw(st.sets(st.sampled_from(paths)))
    blank = attrs.evolve(
        report,
        narrative=_blanked(report.narrative, {p.removeprefix("narrative") for p in chosen}),
        form=_blanked(report.form, {p.removeprefix("form") for p in chosen}),
    )
    assert len(list(figures(blank))) <= len(list(figures(report)))
    before, after = broken(report, case.rules), broken(blank, case.rules)
    # What a figure that is gone showed by itself, the others may still show together.
    assert after - Counter(J01=after["J01"]) <= before
    assert before or not after


def test_an_empty_report_passes_nothing() -> None:
    for rules in (None, "national-2020", "yitihua-default"):
        audited = audit(SelfEvaluation(), rules=rules)
        assert {f.verdict for f in audited.findings} == {Verdict.UNCHECKED}
        assert {f.reason for f in audited.findings} == {"not-stated"}


PRINTS = [
    "0",
    "1",
    "5",
    "10次",
    "9次",
    "≥10次",
    "≤10次",
    "=10次",
    "90%",
    "100%",
    "≥90%",
    "0%",
    "-3",
    "3.5万元",
    "—",
    "全部",
    "10",
    "12.5",
    "≥0",
    "≤0",
    "2023-06-01",
    "99.999%",
]
ODD_ROWS = st.builds(
    Indicator,
    name=st.sampled_from(["甲", "乙", None, "小计", "预算执行率"]),
    level1=st.sampled_from([None, "产出指标", "产出指标（50分）", "效益指标"]),
    target=st.sampled_from([None, *PRINTS]),
    actual=st.sampled_from([None, *(text for text in PRINTS if text[0] not in "≥≤=")]),
    weight=st.sampled_from([None, "10", "20", "50", "0", "—"]),
    score=st.sampled_from([None, "10", "9", "0", "20", "—"]),
)
AMOUNTS = st.sampled_from([None, "100万元", "95万元", "0万元", "—"])
ODD_FUNDS = st.builds(
    FundingTotal,
    initial=AMOUNTS,
    revised=AMOUNTS,
    executed=AMOUNTS,
    weight=st.sampled_from([None, "10"]),
    score=st.sampled_from([None, "9.5", "10", "—"]),
)


@given(
    rows=st.lists(ODD_ROWS, max_size=4),
    funds=ODD_FUNDS,
    total=st.sampled_from([None, "98", "100", "—"]),
    rules=st.sampled_from([None, "national-2020", "yitihua-default", "guangxi-mode", RULES]),
)
def test_any_form_is_audited(
    rows: list[Indicator], funds: FundingTotal, total: str | None, rules: RuleSet | str | None
) -> None:
    """Blanks, dashes and zeros anywhere, rows and sums under any heading or none."""
    statement = Statement(funding=Funding(total=funds), indicators=tuple(rows), total_score=total)
    audited = audit(SelfEvaluation(form=statement), rules=rules)
    assert all(finding.message.zh and finding.message.en for finding in audited.findings)
    for cause in audited.causes:
        assert set(cause.findings) <= set(audited.findings)


@fewest
@given(case=mixed_reports())
def test_an_audit_is_the_same_every_time(case: Case) -> None:
    report = case.report
    again = map_figures(report, lambda _, figure: attrs.evolve(figure))
    first, second = audit(report, rules=case.rules), audit(again, rules=case.rules)
    assert first == second
    assert str(first) == str(second)


@fewest
@given(case=mixed_reports())
def test_an_audit_is_json(case: Case) -> None:
    """Numbers are strings that are exact, the summary adds up, and text exists for each."""
    report = case.report
    audited = audit(report, rules=case.rules)
    written = json.loads(json.dumps(audit_data(audited), ensure_ascii=False))
    assert written["schema"] == "budgetperf/audit/1"
    assert written["report"] == {"department": "某部门", "year": 2023, "source": None}
    assert (written["ruleset"] or {}).get("id") == case.rules
    assert written["reading"] is None
    assert set(written["summary"]) == {v.value for v in Verdict}
    assert sum(written["summary"].values()) == len(written["findings"]) == len(audited.findings)
    for finding, plain in zip(audited.findings, written["findings"], strict=True):
        assert plain["verdict"] == finding.verdict.value
        assert plain["message"]["zh"]
        assert plain["message"]["en"]
        if plain["gap"] is not None:
            assert finding.verdict is Verdict.INCONSISTENT or finding.reason == "review"
            assert Fraction(plain["gap"]) * finding.unit.scale == finding.gap
        if finding.derived is not None:
            ends = [None if e is None else Fraction(e) for e in plain["derived"]]
            scale = finding.unit.scale
            assert [None if e is None else e * scale for e in ends] == [
                finding.derived.lower, finding.derived.upper,
            ]  # fmt: skip
        for operand, shown in zip(finding.operands, plain["operands"], strict=True):
            if isinstance(operand.stated, Missing):
                assert shown["value"] is None
                continue
            low, high = map(Fraction, shown["interval"])
            assert Fraction(shown["value"]) == Fraction(operand.stated.value)
            assert low <= Fraction(shown["value"]) <= high
            assert shown["closed"] == [
                operand.stated.interval.lower_closed, operand.stated.interval.upper_closed,
            ]  # fmt: skip
    for lang in ("zh", "en"):
        shown_text = audit_text(audited, lang=lang, detail="all")
        for finding in audited.findings:
            assert finding.code in shown_text


def _add(figure: Figure, steps: int) -> Figure:
    """The figure with so many units in the last place more."""
    step = Fraction(10) ** -figure.places
    raised = Figure.rounded(
        (Fraction(figure.value) + steps * step) * figure.unit.scale,
        unit=figure.unit, places=figure.places,
    )  # fmt: skip
    return attrs.evolve(raised, rounding=figure.rounding, path=figure.path)


SUMS = [
    "funding.total.initial",
    "funding.total.revised",
    "funding.total.executed",
    "basic_expenditure.executed",
    "project_expenditure.executed",
    "three_public.total.budget",
    "fixed_assets.net_value",
]


@fewer
@given(case=reports(), path=st.sampled_from(SUMS), statement=st.sampled_from(["narrative", "form"]))
def test_a_wrong_sum_is_found(case: Case, path: str, statement: str) -> None:
    """A total off by more than all roundings together is found out by its own parts.

    Where the parts listed may not be all, a greater total is left to a reviewer.
    """
    where = f"{statement}.{path}"
    before = dict(figures(case.report))[where]
    # Every other figure of the sum is off by less than its own last place.
    others = [
        f for p, f in figures(case.report) if p.startswith(statement) and f.unit.dimension == MONEY
    ]
    coarsest = max(f.unit.scale * Fraction(10) ** -f.places for f in others)
    steps = int(20 * coarsest / (before.unit.scale * Fraction(10) ** -before.places)) + 1
    report = map_figures(case.report, lambda p, f: _add(f, steps) if p == where else f)
    audited = audit(report, rules=case.rules)
    blamed = [
        finding.code
        for finding in (*audited.inconsistent, *audited.to_review)
        if finding.operands[0].path == where
    ]
    assert audited.inconsistent
    assert set(blamed) & {"F01", "F12", "F14", "F16"}


RATES = {
    "funding.total.execution_rate": "F05",
    "project_expenditure.execution_rate": "F05",
    "adjustment.rate": "F08",
    "project_expenditure.share": "F13",
}


@fewer
@given(
    case=reports(),
    path=st.sampled_from(sorted(RATES)),
    statement=st.sampled_from(["narrative", "form"]),
    sign=st.sampled_from([1, -1]),
)
def test_a_wrong_rate_is_found(case: Case, path: str, statement: str, sign: int) -> None:
    """A rate far outside all quotients of the true amounts is inconsistent."""
    where = f"{statement}.{path}"
    before = dict(figures(case.report))[where]
    # Amounts of VISIBLE and more, printed to a unit in the last place of VISIBLE / 10 at the
    # coarsest, so that a quotient of q is off by less than q / 2 + 1.
    off = int((abs(before.nominal) * 2 + 4) * 100 * 10**before.places) * sign
    report = map_figures(case.report, lambda p, f: _add(f, off) if p == where else f)
    blamed = [
        finding.code
        for finding in audit(report, rules=case.rules).inconsistent
        if finding.operands[0].path == where
    ]
    assert RATES[path] in blamed


@fewer
@given(case=reports(mode=st.just(RoundingMode.HALF_UP)), extra=st.integers(1, 50))
def test_a_score_above_its_weight_is_found(case: Case, extra: int) -> None:
    where = "form.indicators[0].score"
    weight = case.report.form.indicators[0].weight
    assert isinstance(weight, Figure)
    off = Figure(value=weight.value + extra + 1, rounding=None)
    report = map_figures(case.report, lambda p, f: off if p == where else f)
    blamed = [f.code for f in audit(report, rules=case.rules).inconsistent]
    assert "W03" in blamed
    assert "W08" in blamed


BANDS = "甲乙丙丁"


@st.composite
def ratings(draw: st.DrawFn) -> RuleSet:
    """Bands, the best first, of which some begin only above where the next one ends."""
    leasts = sorted(draw(st.sets(st.integers(80, 84), min_size=1, max_size=4)), reverse=True)
    bands: list[RatingBand] = []
    for name, least, above in zip(BANDS, leasts, [None, *leasts], strict=False):
        within = st.integers(2 * least, 2 * above - 1) if above is not None else st.nothing()
        most = Fraction(draw(within), 2) if above is not None and draw(flags) else None
        bands.append(RatingBand(rating=name, least=least, most=most))
    return attrs.evolve(RULES, ratings=tuple(bands))


@times(10)
@given(
    rules=ratings(),
    rating=st.sampled_from([*BANDS, "戊"]),
    total=st.builds(
        Figure, value=st.integers(79, 85), rounding=st.sampled_from([None, *RoundingMode])
    ),
)
def test_a_rating_is_one_that_a_total_behind_the_print_may_have(
    rules: RuleSet, rating: str, total: Figure
) -> None:
    """In a gap either of the bands beside it; below all bands one that is none of them."""

    def may_have(points: Fraction) -> bool:
        band = rules.rating_band(points)
        if band is not None:
            return rating == band.rating
        above = [each.rating for each in rules.ratings if each.least > points][-1:]
        below = [each.rating for each in rules.ratings if each.least <= points][:1]
        return rating in [*above, *below] if below else rating not in BANDS[: len(rules.ratings)]

    statement = attrs.evolve(form(total="0").form, total_score=total, rating=rating)
    (finding,) = [
        f for f in audit(SelfEvaluation(form=statement), rules=rules).findings if f.code == "W09"
    ]
    if rules.rating(total.nominal) is None:
        assert finding.reason == "rule-silent"
    elif rules.rating(total.nominal) == rating:
        assert finding.verdict is Verdict.EXACT
    else:
        cell = total.interval
        low, high = there(cell.lower), there(cell.upper)
        tried = [low + (high - low) * Fraction(part, 96) for part in range(97)]
        may = any(may_have(points) for points in tried if points in cell)
        assert finding.verdict is (Verdict.ROUNDING if may else Verdict.INCONSISTENT)

"""Laws of the checks of totals and weights, and of what a rule-set asks."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import (
    Direction,
    Figure,
    Finding,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    RoundingMode,
    RuleSet,
    Statement,
    Target,
    Verdict,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing import relations
from budgetperf.auditing.checks import demands, totals, weights
from budgetperf.exact import Stated
from budgetperf.model import Adjustment, Funding, FundingTotal
from budgetperf.rules import Demand, Gauge, TotalCap, Trigger, derive, get, shipped
from budgetperf.testing.truth import half_up
from tests.factories import OWN
from tests.strategies import flags, intervals

RELATIONS = {relation.id: relation for relation in relations()}
DASH = Missing(reason=MissingReason.DASH, text="—")
SHIPPED = shipped()

rulesets = st.sampled_from(SHIPPED)
hundredths = st.integers(0, 9000).map(lambda n: Fraction(n, 100))
words = st.sampled_from(["", " ", "无", "无偏差。", "上级追加"])
percents = st.integers(1, 40000).map(lambda n: Fraction(n, 10000))
"""Up to 400 %, in hundredths of a percent; a fourth of them is below 100 %."""


def printed(value: Fraction | int, unit: str = "") -> Figure:
    """A decimal number, exactly."""
    return Figure(value=_decimal(Fraction(value)), unit=unit, rounding=None)


def _decimal(value: Fraction) -> str:
    scaled = value * 10**8
    assert scaled.denominator == 1
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled.numerator)).rjust(9, "0")
    return f"{sign}{digits[:-8]}.{digits[-8:]}".rstrip("0").rstrip(".")


def rank(finding: Finding) -> int:
    """How bad: it holds, a reviewer is asked, it cannot be."""
    if finding.verdict is Verdict.INCONSISTENT:
        return 2
    return 1 if finding.reason == "review" else 0


# Totals and caps.


@attrs.frozen(kw_only=True)
class Case:
    """A form of which the scores are whole hundredths, with its budget."""

    weights: tuple[Fraction, ...]
    scores: tuple[Fraction, ...]
    initial: Fraction
    revised: Fraction
    executed: Fraction

    @property
    def sum(self) -> Fraction:
        return sum(self.scores, start=Fraction(0))

    def report(self, total: Fraction | Stated, reason: str = "", extra: int = 0) -> Report:
        """With rows of dashes at the end, if there are to be ``extra``."""
        (weight, *others), (score, *scores) = self.weights, self.scores
        pairs = list(zip(others, scores, strict=True))
        rows = [
            Indicator(name=f"指标{n}", level1="产出", weight=printed(w), score=printed(s))
            for n, (w, s) in enumerate(pairs)
        ]
        dash = Indicator(name="不适用", level1="产出", weight=DASH, score=DASH)
        rows += [attrs.evolve(dash, name=f"不适用{n}") for n in range(extra)]
        budget = FundingTotal(
            weight=printed(weight), score=printed(score), initial=printed(self.initial, "元"),
            revised=printed(self.revised, "元"), executed=printed(self.executed, "元"),
        )  # fmt: skip
        stated = total if isinstance(total, (Figure, Missing)) else printed(total)
        form = Statement(
            funding=Funding(total=budget), indicators=tuple(rows), total_score=stated,
            adjustment=Adjustment(reason=reason),
        )  # fmt: skip
        return Report(form=form)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(2, 6))
    weighed = draw(st.lists(hundredths, min_size=count, max_size=count))
    scores = [weight * draw(st.integers(0, 4)) / 4 for weight in weighed]
    money = st.integers(1, 300).map(Fraction)
    return Case(
        weights=tuple(weighed),
        scores=tuple(scores),
        initial=draw(money),
        revised=draw(money),
        executed=draw(money),
    )


@st.composite
def caps(draw: st.DrawFn) -> TotalCap:
    return TotalCap(
        on=draw(st.sampled_from([Gauge.EXECUTION, Gauge.ADJUSTMENT])),
        within=draw(intervals()),
        most=draw(st.integers(0, 120)),
        unless_explained=draw(flags),
    )


def capping(base: RuleSet, *caps: TotalCap) -> RuleSet:
    return derive(base, id="own", title=OWN, total_caps=caps)


def w14(report: Report, rules: RuleSet) -> list[Finding]:
    return list(totals.caps(RELATIONS["W14"], report, rules))


def w08(report: Report, rules: RuleSet | None) -> Finding:
    (finding,) = totals.total(RELATIONS["W08.form"], report, rules)
    return finding


def in_force(cap: TotalCap, case: Case, reason: str) -> bool:
    """As a school book has it."""
    rate = case.executed / case.revised
    size = abs(case.revised - case.initial) / case.initial
    value = rate if cap.on is Gauge.EXECUTION else size
    explained = cap.unless_explained and reason == "上级追加"
    return value in cap.within and not explained


# 100 of a budget of 100, whatever the denominator: rules that divide by the initial budget are
# looked at apart.
REVISED = get("national-2020")


@given(case=cases(), total=hundredths, cap=caps(), reason=words)
def test_a_total_is_held_against_its_cap(
    case: Case, total: Fraction, cap: TotalCap, reason: str
) -> None:
    """Inconsistent just where the cap is in force and exceeded; a total at the cap never is."""
    rules = capping(REVISED, cap)
    (finding,) = w14(case.report(total, reason), rules)
    broken = in_force(cap, case, reason) and total > cap.most
    assert finding.verdict is (Verdict.INCONSISTENT if broken else Verdict.EXACT)
    (at_cap,) = w14(case.report(cap.most, reason), rules)
    assert at_cap.verdict is Verdict.EXACT


@given(case=cases(), total=hundredths, more=hundredths, cap=caps(), reason=words)
def test_more_points_never_mend_a_total_above_its_cap(
    case: Case, total: Fraction, more: Fraction, cap: TotalCap, reason: str
) -> None:
    rules = capping(REVISED, cap)
    ranks = [
        rank(w14(case.report(stated_total, reason), rules)[0])
        for stated_total in (total, total + more)
    ]
    assert ranks == sorted(ranks)


@given(case=cases(), total=hundredths, cap=caps())
def test_a_reason_never_makes_a_total_exceed_its_cap(
    case: Case, total: Fraction, cap: TotalCap
) -> None:
    rules = capping(REVISED, cap)
    silent, explained = (w14(case.report(total, why), rules)[0] for why in ("", "上级追加"))
    assert rank(explained) <= rank(silent)
    if not cap.unless_explained:
        assert rank(explained) == rank(silent)
    elif rank(silent):
        assert rank(explained) == 0


@given(case=cases(), revised=st.integers(1, 300), total=hundredths, cap=caps())
def test_rounded_budgets_are_inconsistent_only_if_all_true_values_are(
    case: Case, revised: int, total: Fraction, cap: TotalCap
) -> None:
    """A budget in whole 元 against budgets near it; their quotients rise or fall with it."""
    rules = capping(REVISED, cap)
    report = case.report(total)
    near = [Fraction(revised) + Fraction(k, 1000) for k in (-500, -499, -1, 0, 1, 250, 499)]
    about = Figure(value=revised, unit="元", rounding=RoundingMode.HALF_UP)
    budget = attrs.evolve(report.form.funding.total, revised=about)
    form = attrs.evolve(report.form, funding=Funding(total=budget))
    (finding,) = w14(attrs.evolve(report, form=form), rules)
    each = [
        total > cap.most and in_force(cap, attrs.evolve(case, revised=true_value), "")
        for true_value in near
    ]
    if finding.verdict is Verdict.INCONSISTENT:
        assert all(each)
    if finding.verdict is Verdict.EXACT:
        assert not any(each)


@given(case=cases(), rules=rulesets, extra=st.integers(0, 2))
def test_an_exact_sum_holds_under_every_rule_set(case: Case, rules: RuleSet, extra: int) -> None:
    assert w08(case.report(case.sum), rules).verdict is Verdict.EXACT
    assert w08(case.report(case.sum, extra=extra), None).verdict is Verdict.EXACT


@given(case=cases(), off=st.integers(1, 5000), up=flags)
def test_a_total_that_is_off_is_inconsistent(case: Case, off: int, up: bool) -> None:
    wrong = case.sum + Fraction(off if up else -off, 100)
    assert w08(case.report(wrong), None).verdict is Verdict.INCONSISTENT
    open_ = w08(case.report(wrong, extra=1), None)
    assert open_.reason == ("review" if up else None)
    assert (open_.verdict is Verdict.INCONSISTENT) is not up


@given(case=cases(), cap=caps(), quarters=st.integers(0, 3), reason=words)
def test_a_total_at_the_cap_needs_a_cap(
    case: Case, cap: TotalCap, quarters: int, reason: str
) -> None:
    assume(case.sum >= 1)  # one below a cent is 0 in print, as the cap may be
    # A whole score that rounds the one that is due shows that all are rounded: 1 may add up to 0.
    due = min(10 * case.executed / case.revised, Fraction(10))
    assume(case.scores[0] == due or abs(case.scores[0] - due) > Fraction(1, 2))
    cap = attrs.evolve(cap, most=case.sum * quarters / 4)
    report = case.report(cap.most, reason)
    held = w08(report, capping(REVISED, cap)).verdict
    assert held.holds is in_force(cap, case, reason)
    for none in (None, REVISED):
        assert w08(report, none).verdict is Verdict.INCONSISTENT


@given(
    case=cases(),
    applies=st.lists(flags, min_size=6, max_size=6),
    places=st.integers(0, 4),
    whole=flags,
)
def test_a_rescaled_total_holds(case: Case, applies: list[bool], places: int, whole: bool) -> None:
    """Whichever rows do not apply, and whether a dash stands for the weight, too."""
    chosen = [True, *applies[: len(case.weights) - 1]]
    pairs = list(zip(case.weights, case.scores, chosen, strict=True))
    counted = [(weight, score) for weight, score, counts in pairs if counts]
    weight = sum((w for w, _ in counted), start=Fraction(0))
    assume(any(chosen[1:]) and not all(chosen) and weight not in (0, 100))
    exact = sum((s for _, s in counted), start=Fraction(0)) * 100 / weight
    total = Figure(
        value=_decimal(half_up(exact, places)), places=places, rounding=RoundingMode.HALF_UP
    )
    report = case.report(total)
    rows = tuple(
        row if applies_here else attrs.evolve(row, score=DASH, weight=row.weight if whole else DASH)
        for row, applies_here in zip(report.form.indicators, chosen[1:], strict=True)
    )
    report = attrs.evolve(report, form=attrs.evolve(report.form, indicators=rows))
    rescaling = get("generic-form-rescale")
    assert w08(report, rescaling).verdict.holds
    step = Fraction(2, 10**places)
    wrong = attrs.evolve(total, value=_decimal(half_up(exact, places) + step))
    report = attrs.evolve(report, form=attrs.evolve(report.form, total_score=wrong))
    assert w08(report, rescaling).verdict is Verdict.INCONSISTENT


# Weights.


@st.composite
def shares(draw: st.DrawFn, whole: int, least: int = 1) -> tuple[Fraction, ...]:
    """Parts of a whole, each more than 0, in hundredths."""
    cuts = st.integers(1, whole * 100 - 1)
    ends = draw(st.lists(cuts, min_size=least - 1, max_size=5, unique=True))
    return tuple(Fraction(b - a, 100) for a, b in pairwise([0, *sorted(ends), whole * 100]))


def table(parts: tuple[Fraction, ...]) -> Report:
    scores = tuple(Fraction(0) for _ in parts)
    return Case(
        weights=parts, scores=scores, initial=Fraction(1), revised=Fraction(1), executed=Fraction(1)
    ).report(Missing())


def w01(report: Report, rules: RuleSet | None = None) -> Finding:
    (finding,) = totals.weights(RELATIONS["W01"], report, rules)
    return finding


def with_dashes(report: Report, count: int, order: random.Random) -> Report:
    dash = Indicator(name="不适用", level1="产出", weight=DASH, score=DASH)
    rows = [*report.form.indicators, *(attrs.evolve(dash, name=f"不适用{n}") for n in range(count))]
    order.shuffle(rows)
    return attrs.evolve(report, form=attrs.evolve(report.form, indicators=tuple(rows)))


@given(
    parts=shares(100, 2), off=st.integers(-100, 100), count=st.integers(1, 3), order=st.randoms()
)
def test_rows_of_dashes_change_no_verdict_for_the_worse(
    parts: tuple[Fraction, ...], off: int, count: int, order: random.Random
) -> None:
    """Nothing changes where the others make 100, or more; where they are short it is asked."""
    changed = (parts[0] + off, *parts[1:])
    assume(changed[0] >= 0)
    report = table(changed)
    plain, dashed = w01(report), w01(with_dashes(report, count, order))
    assert rank(plain) == (2 if off else 0)
    assert rank(dashed) == (1 if off < 0 else rank(plain))


@st.composite
def trees(draw: st.DrawFn) -> dict[tuple[str, str], list[Fraction]]:
    """Weights by level-1 and level-2 heading."""
    tree: dict[tuple[str, str], list[Fraction]] = {}
    for name in draw(st.sampled_from([["产出"], ["产出", "效益"], ["甲", "乙", "丙"]])):
        for below in draw(st.sampled_from([["数量"], ["数量", "质量"]])):
            tree[name, below] = draw(st.lists(hundredths, min_size=1, max_size=3))
    return tree


def headed(
    tree: dict[tuple[str, str], list[Fraction]],
    due: dict[tuple[str, ...], Fraction],
    in_words: bool,
    order: random.Random,
) -> Report:
    """A form whose headings state ``due``: in their words, or in rows of their own."""

    def name(heading: str, *above: str) -> str:
        return f"{heading}（{_decimal(due[(*above, heading)])}分）" if in_words else heading

    rows = [
        Indicator(
            level1=name(level1),
            level2=name(level2, level1),
            name=f"{level1}{level2}{n}",
            weight=printed(weight),
        )
        for (level1, level2), leaves in tree.items()
        for n, weight in enumerate(leaves)
    ]
    if not in_words:
        rows += [
            Indicator(
                level1=names[0], level2=names[1] if len(names) > 1 else Missing(),
                weight=printed(weight),
            )
            for names, weight in due.items()
        ]  # fmt: skip
    order.shuffle(rows)
    return Report(form=Statement(indicators=tuple(rows)))


def sums(tree: dict[tuple[str, str], list[Fraction]]) -> dict[tuple[str, ...], Fraction]:
    due: dict[tuple[str, ...], Fraction] = {}
    for (level1, level2), leaves in tree.items():
        whole = sum(leaves, start=Fraction(0))
        due[level1, level2] = whole
        due[(level1,)] = due.get((level1,), Fraction(0)) + whole
    return due


@given(tree=trees(), in_words=flags, order=st.randoms(), off=st.integers(1, 1000), data=st.data())
def test_levels_add_up_and_one_leaf_breaks_just_what_is_above_it(
    tree: dict[tuple[str, str], list[Fraction]],
    in_words: bool,
    order: random.Random,
    off: int,
    data: st.DataObject,
) -> None:
    due = sums(tree)
    report = headed(tree, due, in_words, order)
    findings = list(weights.level_sums(RELATIONS["W02"], report, None))
    assert {finding.verdict for finding in findings} == {Verdict.EXACT}
    # Each level-1 heading by its rows and by its headings, each level-2 heading by its rows.
    ones = len({level1 for level1, _ in tree})
    assert len(findings) == 2 * ones + len(tree)
    level1, level2 = data.draw(st.sampled_from(sorted(tree)))
    changed = {key: list(leaves) for key, leaves in tree.items()}
    changed[level1, level2][0] += Fraction(off, 10)  # more than a heading may have been rounded by
    wrong = [
        finding.subject.en
        for finding in weights.level_sums(
            RELATIONS["W02"], headed(changed, due, in_words, order), None
        )
        if finding.verdict is Verdict.INCONSISTENT
    ]
    assert sorted(wrong) == sorted([level1, f"{level1} / {level2}"])


LAYOUTS = [(rules, layout) for rules in SHIPPED for layout in rules.layouts]


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[RuleSet, list[tuple[str, Fraction]]]:
    """A rule-set, and the headings and weights of a form that follows one of its layouts."""
    rules, layout = draw(st.sampled_from(LAYOUTS))
    rows: list[tuple[str, Fraction]] = []
    for level in layout.weights:
        heading = level.level1 if draw(flags) else level.level1.removesuffix("指标")
        rows += [(heading, part) for part in draw(shares(int(level.weight)))]
    return rules, draw(st.permutations(rows))


def asked_of(rules: RuleSet, rows: list[tuple[str, Fraction]]) -> list[str]:
    """The headings about which a reviewer asks."""
    assert rules.execution is not None
    indicators = (
        Indicator(name=f"指标{n}", level1=heading, weight=printed(weight))
        for n, (heading, weight) in enumerate(rows)
    )
    total = FundingTotal(weight=printed(rules.execution.weight))
    form = Statement(funding=Funding(total=total), indicators=tuple(indicators))
    findings = list(weights.layout(RELATIONS["W02.layout"], Report(form=form), rules))
    assert {finding.verdict for finding in findings} <= {Verdict.EXACT, Verdict.UNCHECKED}
    assert len(findings) == len({heading for heading, _ in rows}) + 1
    return [finding.subject.en for finding in findings if rank(finding)]


@given(case=laid_out(), order=st.randoms(), off=st.integers(1, 99))
def test_every_layout_takes_the_forms_that_follow_it(
    case: tuple[RuleSet, list[tuple[str, Fraction]]], order: random.Random, off: int
) -> None:
    """With some other weight, just its heading is asked about; whatever the order."""
    rules, rows = case
    assert asked_of(rules, rows) == []
    heading, weight = rows[0]
    changed = [(heading, weight + off), *rows[1:]]
    shuffled = order.sample(changed, len(changed))
    assert asked_of(rules, changed) == asked_of(rules, shuffled) == [heading.removesuffix("指标")]


# What is asked.


MISSED = Interval(upper=1, upper_closed=False)
thresholds = st.integers(0, 300).map(lambda n: Fraction(n, 100))


def asking(gauge: Gauge, within: Interval, base: str = "generic-form-rescale") -> RuleSet:
    trigger = Trigger(on=gauge, within=within, demand=Demand.EXPLAIN)
    return derive(base, id="own", title=OWN, triggers=(trigger,))


def q04(completion: Fraction, why: str, rules: RuleSet | None) -> Finding:
    target = Target(direction=Direction.AT_LEAST, value=printed(100, "件"))
    actual = printed(completion * 100, "件")
    row = Indicator(name="办件", target=target, actual=actual, explanation=why)
    report = Report(form=Statement(indicators=(row,)))
    (finding,) = demands.completions(RELATIONS["Q04"], report, rules)
    return finding


def f07(rate: Fraction, rules: RuleSet) -> Finding:
    total = FundingTotal(revised=printed(100, "元"), executed=printed(rate * 100, "元"))
    report = Report(form=Statement(funding=Funding(total=total)))
    (finding,) = demands.executions(RELATIONS["F07"], report, rules)
    return finding


def f09(rate: Fraction, why: str, rules: RuleSet | None) -> Finding:
    total = FundingTotal(initial=printed(100, "元"), revised=printed(100 + rate * 100, "元"))
    form = Statement(funding=Funding(total=total), adjustment=Adjustment(reason=why))
    (finding,) = demands.adjustments(RELATIONS["F09"], Report(form=form), rules)
    return finding


@given(value=percents, within=intervals(), why=words)
def test_a_reason_is_due_just_where_the_rule_set_says(
    value: Fraction, within: Interval, why: str
) -> None:
    """Open and closed ends, unbounded ends; given reasons answer, words that are none do not."""
    inside, given_ = value in within, why == "上级追加"
    due = 1 if inside and not given_ else 0
    if within != MISSED:
        assert rank(q04(value, why, asking(Gauge.COMPLETION, within))) == due
    assert rank(f09(value, why, asking(Gauge.ADJUSTMENT, within))) == due
    assert rank(f07(value, asking(Gauge.EXECUTION, within))) == inside


@given(value=percents, why=words)
def test_what_is_asked_of_every_miss_says_nothing_of_high_completions(
    value: Fraction, why: str
) -> None:
    """Q05 asks of every miss; from 130 % Q04 asks as without a rule-set."""
    far_above = int(value >= Fraction(13, 10) and why != "上级追加")
    assert rank(q04(value, why, asking(Gauge.COMPLETION, MISSED))) == far_above


@given(at=thresholds, closed=flags)
def test_the_boundary_belongs_to_a_closed_end_alone(at: Fraction, closed: bool) -> None:
    above = Interval(lower=at, lower_closed=closed)
    step = Fraction(1, 10**6)
    for value, due in ((at - step, 0), (at, int(closed)), (at + step, 1)):
        assert rank(q04(value, "", asking(Gauge.COMPLETION, above))) == due
        assert rank(f07(value, asking(Gauge.EXECUTION, above))) == due
        if value >= 0:
            assert rank(f09(value, "", asking(Gauge.ADJUSTMENT, above))) == due


@given(value=percents, second_value=percents, at=thresholds, why=words)
def test_what_is_asked_rises_with_the_value_and_falls_with_the_threshold(
    value: Fraction, second_value: Fraction, at: Fraction, why: str
) -> None:
    low, high = sorted((value, second_value))
    lax, strict = Interval(lower=at + 1), Interval(lower=at)
    for gauge, check in ((Gauge.COMPLETION, q04), (Gauge.ADJUSTMENT, f09)):
        rules = asking(gauge, strict)
        assert rank(check(low, why, rules)) <= rank(check(high, why, rules))
        assert rank(check(value, why, asking(gauge, lax))) <= rank(check(value, why, rules))
        assert rank(check(value, "上级追加", rules)) == 0


@given(value=percents, rules=st.sampled_from([None, *SHIPPED]), why=words)
def test_the_thresholds_of_the_catalogue(value: Fraction, rules: RuleSet | None, why: str) -> None:
    """From 130 %, and above 30 %, wherever no rule-set says something else."""
    given_ = why == "上级追加"
    own = None if rules is None or rules.at_least is None else rules.at_least.over_completion
    asked = rules is not None and any(trigger.on is Gauge.COMPLETION for trigger in rules.triggers)
    if own is None and not asked:
        assert rank(q04(value, why, rules)) == int(value >= Fraction(13, 10) and not given_)
    assert rank(f09(value, why, rules)) == int(value > Fraction(3, 10) and not given_)
    for down in (value, -value):
        same = f09(down, why, rules)
        assert rank(same) == rank(f09(value, why, rules))


@given(total=hundredths, within=intervals())
def test_measures_are_due_just_where_the_rule_set_says(total: Fraction, within: Interval) -> None:
    report = Report(form=Statement(total_score=printed(total)))
    (finding,) = demands.totals(RELATIONS["W12.total"], report, asking(Gauge.TOTAL, within))
    assert rank(finding) == (total in within)


@given(case=cases(), within=intervals(), extra=st.integers(0, 2))
def test_a_lead_is_that_of_the_shares(case: Case, within: Interval, extra: int) -> None:
    """(S - E) / S, with S and E the shares of the weights that are earned."""
    (weight, *others), (score, *scores) = case.weights, case.scores
    assume(weight and sum(others) and sum(scores))
    report = case.report(Missing(), extra=extra)
    (finding,) = demands.leads(RELATIONS["W13"], report, asking(Gauge.LEAD, within))
    share = Fraction(sum(scores)) / sum(others)
    assert rank(finding) == ((share - score / weight) / share in within)

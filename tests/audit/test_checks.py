"""The checks that no equation over names can say, each on a report of a few figures."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from budgetperf import (
    Audit,
    Department,
    Figure,
    InconsistentReportError,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    Operand,
    RoundingMode,
    Statement,
    Target,
    Unit,
    Verdict,
    audit,
    parse_figure,
    with_column_precision,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing import relations
from budgetperf.auditing.checks.ruled import is_shown_rounded
from budgetperf.auditing.checks.totals import is_plain_sum
from budgetperf.display.text.audit import audit_text
from budgetperf.model import (
    Adjustment,
    BasicExpenditure,
    Execution,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    LevelCounts,
    ProjectExpenditure,
    Staffing,
    ThreePublicExpenses,
    ThreePublicItem,
)
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.expression import Ref, interval, nominal, render
from budgetperf.relations.words import range_text
from budgetperf.rules import NotApplicable, derive, get
from tests.audit.check_cases import C, E, I, R, T, findings_of, verdicts
from tests.factories import LOCKED, OWN, figure, form, row, says
from tests.strategies import pickled

# --- W05


@pytest.mark.parametrize(
    ("target", "actual", "score", "outcome"),
    [
        ("≥90%", "100%", "20", E),
        ("≥90%", "100%", "18", "review"),
        ("≥90%", "89%", "20", "review"),
        ("≥90%", "89%", "19", E),
        (">90%", "90%", "20", "review"),
        ("≤10次", "10次", "20", E),
        ("<10次", "10次", "20", "review"),
        ("≤10次", "12次", "16", E),
        ("=10次", "12次", "20", E),
        ("=10次", "8次", "20", "review"),
        ("90%", "90%", "20", "not-stated"),  # no direction: nothing is claimed
        ("≥90%", "90次", "20", "not-stated"),
    ],
)
def test_marks_and_targets(target: str, actual: str, score: str, outcome: object) -> None:
    assert verdicts(form(row("a", target, actual, score=score)), "W05") == [outcome]


def test_a_target_that_may_be_met_is_left_open() -> None:
    near = attrs.evolve(row("a", "≥90%", "90%"), actual=Figure(value="90", unit="%", places=0))
    above = attrs.evolve(near, target=Target.parse(">90%"))
    # ≥ is met in print; > is met by some of the true values only.
    assert verdicts(form(near), "W05") == [E]
    assert verdicts(form(above), "W05") == ["not-stated"]


def test_marks_that_the_rule_set_takes_are_no_question() -> None:
    lost = form(row("a", "≥90%", "100%", score="18"))
    assert verdicts(lost, "W05") == ["review"]
    assert verdicts(lost, "W05", "xinjiang-observed-2023") == [E]  # 20 × (1 - 10 %)
    assert verdicts(lost, "W05", "national-2020") == [E]  # within discretion
    assert verdicts(lost, "W05", "yitihua-default") == ["review"]
    (due,) = findings_of(lost, "W05", "xinjiang-observed-2023")
    says(due.why, "符合规则集的规定", "as the rule-set provides")
    (full,) = findings_of(form(row("a", "≥90%", "90%", score="20")), "W05", "national-2020")
    assert "规则集" not in full.why.zh  # full marks for what is met need no rule
    silent = form(row("a", "≤90%", "80%", score="18"))
    assert verdicts(silent, "W05", "national-2020") == ["review"]


# --- W04, F06, W07


def test_scores_need_a_rule_set() -> None:
    report = form(row("a", "≥90%", "45%", score="10"))
    assert verdicts(report, "W04") == ["no-ruleset"]
    assert verdicts(report, "W04", "yitihua-default") == [E]
    assert verdicts(report, "W04", "xinjiang-observed-2023") == ["rule-silent"]
    other = form(row("a", "≥90%", "45%", score="11"))
    assert verdicts(other, "W04", LOCKED) == [I]
    assert verdicts(other, "W04", "yitihua-default") == ["review"]  # written by hand, it may be


def test_a_score_within_discretion() -> None:
    """national-2020: a reasoned deduction above the target, but no more than the weight."""
    for score, outcome in (("20", E), ("13", E), ("0", E), ("21", I)):
        report = form(row("a", "≥90%", "100%", score=score))
        assert verdicts(report, "W04", "national-2020") == [outcome]


@pytest.mark.parametrize(
    ("actual", "score", "outcome"),
    [
        ("86次", "9", E),  # 8.6, rounded
        ("86次", "8", T),  # 8.6, cut
        ("86次", "7", I),
        ("90次", "9", E),
        ("90次", "8", I),  # a whole score is due
    ],
)
def test_a_column_of_whole_scores_may_have_been_rounded(
    actual: str, score: str, outcome: object
) -> None:
    """The form of 2016 does not say how scores are rounded."""
    report = form(row("a", "≥100次", actual, weight="10", score=score))
    assert verdicts(report, "W04", "national-pilot-2016") == [outcome]


def funding(executed: str | None, revised: str | None, score: str = "8.62") -> Report:
    def money(text: str | None) -> Figure | Missing:
        if text is None:
            return Missing(reason=MissingReason.BLANK)
        return Figure(value=text, unit="元", rounding=None if text == "0" else RoundingMode.HALF_UP)

    return form(executed=money(executed), revised=money(revised), score=Figure(value=score))


@pytest.mark.parametrize(
    ("report", "rules", "outcome"),
    [
        (funding("215457.6", "250000"), "yitihua-default", E),  # rules.md §2.2, Shanghai
        (funding("215457.6", "250000", "8.61"), "yitihua-default", I),
        (funding("215457.6", "250000", "8.61"), "national-2020", T),  # 8.618 cut
        (funding("215457.6", "250000"), "national-2020", E),
        (funding("215457.6", "250000"), None, "no-ruleset"),
        (funding(None, "250000"), "yitihua-default", "not-stated"),
        (funding("215457.6", None), "yitihua-default", "not-stated"),
        (funding("215457.6", "250000"), "xinjiang-observed-2023", "rule-silent"),
        (funding("0", "0", "0"), "yitihua-default", E),
        (funding("0", "0", "10"), "yitihua-default", I),
        (funding("0", "0", "10"), "national-2020", "undefined"),
    ],
)
def test_execution_scores(report: Report, rules: str | None, outcome: object) -> None:
    (finding,) = findings_of(report, "F06", rules)
    assert (finding.reason or finding.verdict) == outcome
    if finding.verdict is not C:
        names = [operand.path.rpartition(".")[2] for operand in finding.operands]
        assert names == ["score", "executed", "revised"]


def test_a_rule_set_without_an_execution_rule() -> None:
    rules = attrs.evolve(get("yitihua-default"), execution=None)
    assert verdicts(funding("5", "5"), "F06", rules) == ["rule-silent"]


def qualitative(grade: str, score: str) -> Report:
    actual = Missing(reason=MissingReason.QUALITATIVE, text=grade)
    return form(attrs.evolve(row("a", "效果明显", "1", score=score), actual=actual))


@pytest.mark.parametrize(
    ("grade", "score", "outcome"),
    [
        # rules.md §2.1: [0.8w, w], [0.6w, 0.8w), [0, 0.6w) of a weight of 20
        ("达成", "20", E),
        ("达成", "16", E),
        ("达成", "15", I),
        ("部分达成", "16", I),
        ("部分达成", "12", E),
        ("未达成", "12", I),
        ("未达成", "0", E),
        ("好", "20", "rule-silent"),
    ],
)
def test_qualitative_scores(grade: str, score: str, outcome: object) -> None:
    assert verdicts(qualitative(grade, score), "W07", "yitihua-default") == [outcome]
    assert verdicts(qualitative(grade, score), "W07") == ["no-ruleset"]
    assert verdicts(qualitative(grade, score), "W04", "yitihua-default") == ["not-stated"]


# --- W09


def rated(total: Figure, rating: str) -> Report:
    return Report(narrative=Statement(total_score=total, rating=rating))


@pytest.mark.parametrize(
    ("total", "rating", "outcome"),
    [
        (figure("90"), "优", E),  # checks.md W09: exactly 90 is 优
        (figure("89.99"), "优", I),
        (figure("84.47"), "优", I),  # defects.md §1 P: 083
        (figure("85.82"), "良", E),  # 069
        (figure("59"), "差", E),
        (figure("100"), "卓越", I),
        (Figure(value="90", rounding=RoundingMode.HALF_UP), "良", R),  # 89.6 prints as 90
        (Figure(value="90", rounding=RoundingMode.HALF_UP), "中", I),
        (figure("-1"), "差", "rule-silent"),
    ],
)
def test_ratings(total: Figure, rating: str, outcome: object) -> None:
    assert verdicts(rated(total, rating), "W09", "yitihua-default") == [outcome]
    assert verdicts(rated(total, rating), "W09") == ["no-ruleset"]


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
def test_a_rating_begins_at_its_limit(kept: int) -> None:
    """Of each band that a rule-set has: there, one point below it, and by the next one's name."""
    ratings = get("yitihua-default").ratings[:kept]
    rules = derive("yitihua-default", id="own", title=OWN, ratings=ratings)
    names = [*(band.rating for band in ratings[1:]), "其他"]
    for band, next_one in zip(ratings, names, strict=True):
        at, below = (figure(str(least)) for least in (band.least, band.least - 1))
        assert verdicts(rated(at, band.rating), "W09", rules) == [E]
        assert verdicts(rated(at, next_one), "W09", rules) == [I]
        # Below the lowest one, nothing is said.
        lowest = band is ratings[-1]
        assert verdicts(rated(below, band.rating), "W09", rules) == ["rule-silent" if lowest else I]


@pytest.mark.parametrize(
    ("names", "total", "rating", "outcome"),
    [
        ("优 良 中 差", "90", "优秀", E),
        ("优 良 中 差", "89.99", "优秀", I),
        ("优 良 中 差", "85", "良好", E),
        ("优 良 中 差", "60", "中等", E),
        ("优 良 中 差", "59", "较差", I),
        ("优秀 良好 中等 差", "90", "优", E),
        ("优秀 良好 中等 差", "90", "良", I),
        ("优秀 优 良 差", "90", "优", I),  # two ratings of their own
        ("优秀 优 良 差", "85", "优", E),
        ("优秀 优 良 差", "60", "良好", E),
    ],
)
def test_a_rating_may_have_a_longer_name(
    names: str, total: str, rating: str, outcome: object
) -> None:
    """优秀 for 优, where the rule-set has but one of the two."""
    bands = get("yitihua-default").ratings
    ratings = tuple(
        attrs.evolve(band, rating=name) for band, name in zip(bands, names.split(), strict=True)
    )
    rules = derive("yitihua-default", id="own", title=OWN, ratings=ratings)
    assert verdicts(rated(figure(total), rating), "W09", rules) == [outcome]


@pytest.mark.parametrize(
    ("total", "rating", "outcome"),
    [
        ("89", "良", E), ("89", "优", I), ("60", "差", I),
        ("89.5", "良", "rule-silent"), ("89.5", "差", "rule-silent"),
        ("90", "优", E), ("59", "差", E),
    ],
)  # fmt: skip
def test_a_total_between_two_ratings_earns_none(total: str, rating: str, outcome: object) -> None:
    """Zhengzhou prints 90-100, 80-89, 60-79, 0-59."""
    assert verdicts(rated(figure(total), rating), "W09", "zhengzhou") == [outcome]


def test_a_rounded_total_may_lie_between_two_ratings() -> None:
    """89.0 stands for 88.95 to 89.05: 优 or 良 may be stated of it, 中 may not."""
    total = Figure.parse("89.0分")
    outcomes = [verdicts(rated(total, name), "W09", "zhengzhou") for name in "优良中"]
    assert outcomes == [[R], [E], [I]]


@pytest.mark.parametrize(("rating", "outcome"), [("良", E), ("优", I)])
def test_without_a_total_the_scores_are_rated(rating: str, outcome: object) -> None:
    scores = form(row("a", "≥9次", "9次", weight="80", score="75"), weight="10", score="10")
    report = attrs.evolve(scores, form=attrs.evolve(scores.form, rating=rating))
    assert verdicts(report, "W09", "yitihua-default") == [outcome]


@pytest.mark.parametrize(
    ("total", "rating", "outcomes"),
    [
        ("80.000", "良", [E, R]),  # rated by the total in print
        ("80.0000", "中", [R, E]),
        ("79.9999", "良", [I, I]),
        ("80.1", "良", [E, I]),  # of other scores than these
    ],
)
def test_scores_that_a_printed_total_rounds_earn_its_rating(
    total: str, rating: str, outcomes: list[object]
) -> None:
    """9.2065 and 70.7934 are 79.9999, and less than 80 whatever was rounded to them."""
    text = Statement(total_score=total, rating=rating)
    scores = Statement(
        funding=Funding(total=FundingTotal(score="9.2065")),
        indicators=[Indicator(name="甲", score="70.7934")],
    )
    assert verdicts(Report(narrative=text, form=scores), "W09", "national-2020") == outcomes


def test_a_rating_below_the_bands_that_are_known() -> None:
    """Only 优 from 90 on was observed: 89.6 prints as 90, and may have been rated 良."""
    for total, outcome in (
        (figure("90"), I),
        (Figure(value="90", rounding=RoundingMode.HALF_UP), R),
        (Figure(value="91", rounding=RoundingMode.HALF_UP), I),
        (figure("89.99"), "rule-silent"),
    ):
        assert verdicts(rated(total, "良"), "W09", "xinjiang-observed-2023") == [outcome]


def test_a_rating_without_a_total_claims_nothing() -> None:
    report = Report(form=Statement(rating="优"))
    assert verdicts(report, "W09", "yitihua-default") == ["not-stated"]


def test_the_score_of_budget_execution_alone_earns_no_rating() -> None:
    """10 points are none of a report whose indicators stand elsewhere."""
    funds = Funding(total=FundingTotal(score=figure("10")))
    report = Report(form=Statement(funding=funds, rating="优"))
    assert verdicts(report, "W09", "yitihua-default") == ["not-stated"]


def test_the_rating_is_held_against_the_sum_too() -> None:
    report = Report(
        narrative=Statement(total_score=figure("95"), rating="优"),
        form=Statement(
            funding=Funding(total=FundingTotal(score=figure("10"))),
            indicators=(row("a", "≥9", "9", score="75", weight="90"),),
        ),
    )
    assert verdicts(report, "W09", "yitihua-default") == [E, I]  # 10 + 75 = 85 is 良


# --- F09, C05


@pytest.mark.parametrize(
    ("rate", "reason", "outcome"),
    [
        ("30", "", E),
        ("30.01", "", "review"),
        ("-31", "", "review"),
        ("68.48", "新增项目", E),
        ("68.48", "  ", "review"),
    ],
)
def test_a_large_adjustment_has_a_reason(rate: str, reason: str, outcome: object) -> None:
    adjustment = Adjustment(rate=Figure(value=rate, unit="%"), reason=reason)
    assert verdicts(Report(narrative=Statement(adjustment=adjustment)), "F09") == [outcome]


@pytest.mark.parametrize(
    ("counts", "outcome"), [((1, 1, 2), [E, E, E]), ((2, 1, 3), [I, E, I]), ((1, 2, 2), [E, I, E])]
)
def test_level_counts(counts: tuple[int, int, int], outcome: list[Verdict]) -> None:
    """Empty headings do not count."""
    numbers = [Figure(value=n, unit="个", rounding=None) for n in counts]
    report = Report(
        narrative=Statement(
            level_counts=LevelCounts(level1=numbers[0], level2=numbers[1], level3=numbers[2])
        ),
        form=Statement(
            indicators=(Indicator(level1="空"), row("a", "≥9", "9"), row("b", "≥9", "9"))
        ),
    )
    assert verdicts(report, "C05") == list(outcome)
    second = LevelCounts(level2=numbers[1])  # what is not said of one level says nothing of another
    bare = attrs.evolve(report, narrative=Statement(level_counts=second))
    assert verdicts(bare, "C05") == [outcome[1]]


# --- repeated figures, units, missing figures


def test_a_figure_that_is_printed_again() -> None:
    path = "form.total_score"
    for again, outcome in (("98", E), ("99", I)):
        report = Report(
            form=Statement(total_score=figure("98")),
            repeated=(attrs.evolve(figure(again), path=path),),
        )
        assert outcome in verdicts(report, "F02")
    nothing = Report(repeated=(attrs.evolve(figure("98"), path=path),))
    assert set(verdicts(nothing, "F02")) == {"not-stated"}
    elsewhere = attrs.evolve(figure("98"), path="narrative.total_score")
    total = Statement(total_score=figure("98"))
    both = Report(form=total, repeated=(elsewhere, attrs.evolve(figure("99"), path=path)))
    assert I in verdicts(both, "F02")


def test_units_that_do_not_fit_are_unchecked() -> None:
    expenditure = Execution(
        executed=Figure(value="5", unit="人"),
        revised=Figure(value="5", unit="万元"),
        execution_rate=Figure(value="100", unit="%"),
    )
    report = Report(form=Statement(basic_expenditure=BasicExpenditure(**attrs.asdict(
        expenditure, recurse=False
    ))))  # fmt: skip
    (finding,) = [f for f in findings_of(report, "F05") if f.operands]
    assert (finding.verdict, finding.reason) == (C, "unit-mismatch")
    assert "同一" in finding.message.zh or "统一" in finding.message.zh


def test_what_is_missing_is_named() -> None:
    report = Report(
        form=Statement(
            project_expenditure=ProjectExpenditure(
                executed=Figure(value="5", unit="万元"),
                revised=Missing(reason=MissingReason.MASKED, text="**"),
                execution_rate=Figure(value="100", unit="%"),
            )
        )
    )
    (finding,) = [f for f in findings_of(report, "F05") if f.operands]
    assert (finding.verdict, finding.reason) == (C, "not-stated")
    says(finding.message, "遮盖", "masked")


# --- matching by name, lists that need not be complete


def twice(*levels: str, again: tuple[str, ...] | None = None) -> Report:
    """Indicators of one name in text and form, under these headings of level 1."""
    text = tuple(row("合格率", "≥90%", "91%", level1=level) for level in levels)
    there = levels if again is None else again
    table = tuple(row("合格率", "≥90%", "91%", level1=level) for level in there)
    return Report(narrative=Statement(indicators=text), form=Statement(indicators=table))


def test_rows_of_one_name_are_told_apart_by_their_headings() -> None:
    findings = [f for f in findings_of(twice("甲", "乙"), "F02") if ".actual" in f.relation]
    assert [(f.verdict, f.relation) for f in findings] == [
        (E, f"narrative.indicators[{i}].actual = form.indicators[{i}].actual") for i in (0, 1)
    ]
    crossed = [f for f in findings_of(twice("甲", "乙", again=("乙", "甲")), "F02") if f.operands]
    assert {f.verdict for f in crossed} == {E}
    assert "narrative.indicators[0].actual = form.indicators[1].actual" in {
        f.relation for f in crossed
    }


def test_which_of_two_is_meant_is_not_guessed() -> None:
    same = [f for f in findings_of(twice("甲", "甲"), "F02") if ".actual" in f.relation]
    assert {(f.verdict, f.reason) for f in same} == {(C, "not-stated")}


def sources(total: str, *parts: tuple[FundingKind, str]) -> Report:
    funds = Funding(
        total=FundingTotal(initial=Figure(value=total, unit="万元")),
        sources=tuple(
            FundingSource(kind=kind, initial=Figure(value=text, unit="万元"))
            for kind, text in parts
        ),
    )
    return Report(form=Statement(funding=funds))


@pytest.mark.parametrize(
    ("total", "last", "outcome"),
    [
        ("9.99", FundingKind.OTHER, I),  # a list that ends in 其他资金 is complete
        ("9.99", FundingKind.UPPER, "review"),  # 5.00 more may come from elsewhere
        ("4.00", FundingKind.UPPER, "review"),  # less than its parts: others may be below 0
        ("4.99", FundingKind.UPPER, E),
    ],
)
def test_parts_that_need_not_be_all(total: str, last: FundingKind, outcome: object) -> None:
    report = sources(total, (FundingKind.LOCAL, "3.00"), (last, "1.99"))
    assert outcome in verdicts(report, "F01")


def test_what_is_assumed_of_parts() -> None:
    """The verdict of a sum says whether its parts are taken to be all, or none below 0."""
    for total, last, assumed in (
        ("9.99", FundingKind.OTHER, Assumption.COMPLETE),
        ("9.99", FundingKind.UPPER, Assumption.COMPLETE),
        ("4.00", FundingKind.UPPER, Assumption.NOT_NEGATIVE),
    ):
        report = sources(total, (FundingKind.LOCAL, "3.00"), (last, "1.99"))
        (finding,) = [f for f in audit(report).findings if f.code == "F01" and f.assumes]
        assert finding.assumes == (assumed,)
        says(finding.message, assumed.label.zh, assumed.label.en)


@pytest.mark.parametrize(("parts", "is_assumed"), [(("3", "6"), True), (("3", "3"), False)])
def test_whole_amounts_are_taken_to_be_exact(parts: tuple[str, str], is_assumed: bool) -> None:
    """10 of 3 and 6 may be 9.6 of 3.4 and 6.2, had they been rounded; 10 of 3 and 3 may not."""
    listed = zip((FundingKind.LOCAL, FundingKind.OTHER), parts, strict=True)
    report = with_column_precision(sources("10", *listed))
    (finding,) = [f for f in findings_of(report, "F01") if f.verdict is I]
    assert (Assumption.WHOLE_IS_EXACT in finding.assumes) is is_assumed


def test_two_partitions_at_once_do_not_add_up() -> None:
    report = sources(
        "4.00", (FundingKind.LOCAL, "4.00"), (FundingKind.CARRY_OVER, "1.00"),
        (FundingKind.OTHER, "3.00"),
    )  # fmt: skip
    assert "review" in verdicts(report, "F01")
    assert I not in verdicts(report, "F01")
    (finding,) = [f for f in findings_of(report, "F01") if f.is_for_review]
    assert finding.assumes == (Assumption.COMPLETE,)  # twice 4.00, with no part below 0
    assert finding.equation is None


# --- the audit as a whole


def test_every_relation_is_recorded() -> None:
    """Also those that are unchecked; what a rule-set or a report brings is there only with it."""
    bare = form(row("a", "≥9", "9"))
    alone = [relation for relation in relations() if not relation.with_previous]
    everything = {relation.code for relation in alone if not relation.where_stated}
    always = {r.code for r in alone if not (r.by_rules or r.where_stated)}
    assert {f.code for f in audit(bare).findings} == always
    assert everything - always == {"W14"}
    assert {f.code for f in audit(bare, rules="guangxi-mode").findings} == everything


def test_what_is_raised_survives_a_journey() -> None:
    wrong: Audit = audit(rated(figure("84"), "优"), rules="yitihua-default")
    with pytest.raises(InconsistentReportError) as caught:
        wrong.raise_if_inconsistent()
    again = pickled(caught.value)
    assert again.findings == wrong.inconsistent
    assert again.message == caught.value.message


@pytest.mark.parametrize("value", ["report.md", None, 5])
def test_what_is_no_report_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"bp\.read"):
        audit(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("lang", "word"), [("zh", "不符"), ("en", "inconsistent")])
def test_text_of_an_audit_without_a_document(lang: str, word: str) -> None:
    audited = audit(rated(figure("84"), "优"), rules="yitihua-default")
    assert word in audit_text(audited, lang=lang)


@pytest.mark.parametrize(
    ("values", "en"),
    [
        (Interval(), "anything"),
        (Interval(upper="0.5"), "at most 50%"),
        (Interval(lower="0.5"), "at least 50%"),
        (Interval.point("0.5"), "50%"),
        (Interval(lower="0.12345", upper="0.5"), "12.34% to 50%"),  # rounded outwards
        (Interval(lower="0.1", upper="0.12345"), "10% to 12.35%"),
    ],
)
def test_ranges_in_words(values: Interval, en: str) -> None:
    assert range_text(values, Unit.of("%"), 2).en == en


def test_what_is_not_bound_has_no_value() -> None:
    name = Ref(name="form.total_score")
    blank = Operand(stated=Missing())
    for expression in (name, blank):
        with pytest.raises(TypeError, match="bind and state"):
            nominal(expression)
        with pytest.raises(TypeError, match="bind and state"):
            interval(expression)
    assert render(name, str) == "form.total_score"


# --- C05: headings that are one heading


def counted(level1: str, *headings: str) -> Report:
    rows = [
        attrs.evolve(row(f"指标{n}", "≥1", "1"), level1=heading or Missing())
        for n, heading in enumerate(headings)
    ]
    statement = Statement(level_counts=LevelCounts(level1=Figure.parse(level1)))
    return Report(narrative=statement, form=Statement(indicators=tuple(rows)))


@pytest.mark.parametrize(
    ("headings", "outcome"),
    [
        (("产出指标（60分）", "产出指标", "效益指标 （40分）"), E),
        (("产出指标", "", "效益指标"), E),
        (("产出指标", "", "产出指标"), "review"),
        (("产出指标", "产出指标"), I),
    ],
)
def test_spellings_of_a_heading_are_counted_once(
    headings: tuple[str, ...], outcome: object
) -> None:
    assert outcome in verdicts(counted("2个", *headings), "C05")


@pytest.mark.parametrize(
    ("level1", "level2", "outcome"),
    [
        ("产出指标", "数量指标", I),
        ("产出指标", "质量指标", I),
        ("效益指标", "数量指标", I),  # a name below two headings is two
        ("", "数量指标", "review"),  # that of the one above, or another one
        ("产出指标", "", "review"),
    ],
)
def test_a_blank_heading_leaves_the_number_at_the_second_level_open(
    level1: str, level2: str, outcome: object
) -> None:
    """Three are stated, and there are two at the most. What is open leaves nothing for others."""
    rows = (
        row("甲", "≥1", "1", level1="产出指标", level2="数量指标"),
        row("乙", "≥1", "1", level1=level1, level2=level2),
    )
    statement = Statement(level_counts=LevelCounts(level2=Figure.parse("3个")))
    report = Report(narrative=statement, form=Statement(indicators=rows))
    (finding,) = [f for f in findings_of(report, "C05") if "level2" in f.relation]
    assert (finding.reason or finding.verdict) == outcome
    assert (finding.equation is None) is (outcome != I)


# --- Counts with and without their unit


def staffed(on_roll: str, in_service: str, retired: str, honorary: str) -> Report:
    numbers = {"on_roll": on_roll, "in_service": in_service, "retired": retired,
               "honorary_retired": honorary}  # fmt: skip
    staffing = Staffing(**{name: Figure.parse(text) for name, text in numbers.items()})
    return Report(department=Department(staffing=staffing))


@pytest.mark.parametrize(
    ("numbers", "outcome"),
    [
        (("80人", "24", "26人", "30人"), E),
        (("80", "24人", "26名", "30"), E),
        (("169人", "24", "26人", "30人"), I),  # they are 80
        (("81", "24", "26", "30人"), I),
        (("80人", "24个", "26人", "30人"), "unit-mismatch"),
        (("80人", "24%", "26人", "30人"), "unit-mismatch"),
        (("80万人", "24", "26万人", "30万人"), "unit-mismatch"),
    ],
)
def test_a_bare_number_of_people_counts_people(numbers: tuple[str, ...], outcome: object) -> None:
    on_roll, in_service, retired, honorary = numbers
    report = staffed(on_roll, in_service, retired, honorary)
    first, *_ = [f for f in findings_of(report, "F17") if "on_roll" in f.relation]
    assert (first.reason or first.verdict) == outcome
    # The sum is part of the system as well: any one of the four may be wrong.
    suspects = audit(report).suspects
    assert len(suspects) == (4 if outcome is I else 0)


@pytest.mark.parametrize(("target", "actual"), [("≥10次", "9"), ("≥10", "9次"), ("≥9万次", "0")])
def test_a_target_is_missed_by_a_number_without_its_unit(target: str, actual: str) -> None:
    short = form(row("a", target, actual))
    assert verdicts(short, "W05") == ["review"]
    assert verdicts(short, "Q05") == ["review"]


@pytest.mark.parametrize(("completion", "outcome"), [("90%", E), ("95%", I)])
@pytest.mark.parametrize(("target", "actual"), [("≥10次", "9"), ("≥10", "9次")])
def test_a_completion_by_a_number_without_its_unit(
    target: str, actual: str, completion: str, outcome: Verdict
) -> None:
    indicator = attrs.evolve(row("a", target, actual), completion_rate=Figure.parse(completion))
    assert verdicts(form(indicator), "W10") == [outcome, "not-stated"]


# --- Dashes among the parts of a sum

NONE_THERE = Assumption.ABSENT_IS_ZERO


def public(*texts: str) -> Report:
    total, *items = (ThreePublicItem(executed=parse_figure(text)) for text in texts)
    expenses = ThreePublicExpenses(
        total=total, overseas_travel=items[0], vehicle_purchase=items[1],
        vehicle_operation=items[2], official_reception=items[3],
    )  # fmt: skip
    return Report(narrative=Statement(three_public=expenses))


@pytest.mark.parametrize(
    ("texts", "outcome", "assumes"),
    [
        (("5.00万元", "—", "—", "3.00万元", "2.00万元"), E, [NONE_THERE]),
        (
            ("9.00万元", "—", "0.00万元", "3.00万元", "2.00万元"),
            "review",
            [Assumption.COMPLETE, NONE_THERE],
        ),
        (("9.00万元", "0.00万元", "0.00万元", "3.00万元", "2.00万元"), I, [Assumption.COMPLETE]),
        (("9.00万元", "—", "***", "3.00万元", "2.00万元"), "not-stated", []),
    ],
)
def test_a_dash_among_the_parts_of_a_sum_is_none(
    texts: tuple[str, ...], outcome: object, assumes: list[Assumption]
) -> None:
    (finding,) = [f for f in audit(public(*texts)).findings if "vehicle_purchase" in f.relation
                  or "vehicle_operation" in f.relation]  # fmt: skip
    assert (finding.reason or finding.verdict) == outcome
    assert [
        assumption for assumption in finding.assumes if assumption is not Assumption.WHOLE_IS_EXACT
    ] == assumes


def test_dashes_alone_claim_nothing() -> None:
    sums = [f for f in audit(public(*"—————")).findings if "vehicle_operation" in f.relation]
    assert [f.operands for f in sums] == [()]


# --- what scores and totals rest on


@pytest.mark.parametrize(
    ("score", "due", "is_shown"),
    [
        ("9", "8.6", True),  # 9 is none of its own, and 8.6 is printed as 9
        ("9", "8.5", True),
        ("9", "9.4", True),
        ("9", "9", False),
        ("9", "8.4", False),  # it would be 8
        ("9", "9.5", False),
        ("8.6", "8.6", False),
        ("8.6", "8.64", False),  # it has decimals: rounded anyway
    ],
)
def test_a_rule_shows_that_a_whole_score_is_rounded(score: str, due: str, is_shown: bool) -> None:
    """Where the rule-set says nothing of rounding; one that rounds to hundredths prints 8.60."""
    printed, point = Figure.parse(score), Interval.point(due)
    assert is_shown_rounded(printed, point, get("national-2020")) == is_shown
    assert not is_shown_rounded(printed, point, get("yitihua-default"))
    with_itself = Interval(lower=min(printed.value, Decimal(due)), upper=10)
    assert not is_shown_rounded(printed, with_itself, get("national-2020"))


@pytest.mark.parametrize(
    ("score", "actual", "is_plain"),
    [
        ("20", "10次", True),
        ("—", "10次", False),
        ("—", "—", False),
        ("20", "—", False),
        (None, "10次", True),
    ],
)
def test_a_total_is_rescaled_where_a_row_has_no_place_in_it(
    score: str | None, actual: str, is_plain: bool
) -> None:
    row = Indicator(name="宣讲", target="≥10次", actual=actual, weight="20", score=score)
    other = attrs.evolve(row, name="巡查", actual="10次", score="20")
    report = Report(form=Statement(indicators=(row, other)))
    rules = attrs.evolve(get("yitihua-default"), total_caps=())
    rescaling = attrs.evolve(rules, not_applicable=NotApplicable.RESCALE)
    assert is_plain_sum(report, rescaling) == is_plain
    assert is_plain_sum(report, attrs.evolve(rules, not_applicable=NotApplicable.FULL))

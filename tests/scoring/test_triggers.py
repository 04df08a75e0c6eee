"""What rule-sets ask for, and how they cap the total, where a gauge lies in some range."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import (
    Direction,
    Figure,
    Indicator,
    Interval,
    Missing,
    MissingReason,
    Points,
    RoundingMode,
    RuleSet,
    Statement,
    Text,
    scorecard,
)
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.model import Adjustment, Funding
from budgetperf.rules import Demand, Gauge, NotApplicable, TotalCap, Trigger, derive, get
from tests.factories import RULES, unscored
from tests.scoring.filled import GRADES, money, report

# What is asked for.


def remarks(rules: RuleSet, *rows: Indicator) -> list[tuple[str, ...]]:
    lines = scorecard(report(*rows), rules=rules).lines[1:]
    return [tuple(remark.en for remark in line.remarks) for line in lines]


@pytest.mark.parametrize(
    ("id", "target", "actual", "words"),
    [
        ("guangxi-mode", "≥10次", "13次", "completion 130%: flagged & completion 130%: a reason"),
        ("guangxi-mode", "≥10次", "12次", "completion 120%: flagged"),
        ("guangxi-mode", "=10次", "11次", ""),
        ("guangxi-mode", "≥0次", "30次", "the actual value 30: a reason must be given"),
        ("guangxi-mode", "≥0次", "29次", ""),
        (
            "guangxi-mode",
            "≥0%",
            "30%",
            "the actual value 30: a reason must be given",
        ),
        ("sichuan-pidu-review-2025", "≥10次", "13次", ""),
        ("sichuan-pidu-review-2025", "≥10次", "14次", "a remark only, nothing is deducted"),
        ("hebei-tianjin-mode", "≥10次", "12次", "flagged"),
        ("hebei-tianjin-mode", "≥10次", "11次", ""),
        ("hebei-tianjin-mode", "<10次", "10次", ""),
        ("hebei-tianjin-mode", "<10次", "11次", "completion 110%: flagged & weight 90%: a reason"),
        ("hebei-tianjin-mode", "=10次", "9次", "completion 90%: flagged & weight 90%: a reason"),
        ("hebei-tianjin-mode", "=10次", "11次", "completion 110%: flagged"),
        ("hebei-tianjin-mode", "=10次", "10次", ""),
        ("sichuan-dept-2020", "≥10次", "14次", ""),
        ("yitihua-default", "≥10次", "12次", "completion 120%: flagged"),
        ("yitihua-default", "≥10次", "11.9次", ""),
        ("yitihua-default", "≥10次", "9次", "score / weight 90%: a reason must be given (none is)"),
        ("national-2020", "≥10次", "10次", ""),
    ],
)
def test_what_a_row_sets_off(id: str, target: str, actual: str, words: str) -> None:
    (row_remarks,) = remarks(get(id), unscored(target, actual))
    due = words.split(" & ") if words else []
    assert len(row_remarks) == len(due)
    assert all(part in remark for part, remark in zip(due, row_remarks, strict=True))


def test_a_reason_that_is_given_is_seen() -> None:
    rules = attrs.evolve(
        RULES,
        triggers=(
            Trigger(on=Gauge.SCORE_SHARE, within=Interval(upper=1, upper_closed=False)),
            Trigger(
                on=Gauge.COMPLETION,
                within=Interval(lower=2),
                demand=Demand.MEASURES,
                directions=(Direction.AT_MOST,),
                note=Text(zh="备注", en="a note"),
            ),
        ),
    )
    all_remarks = remarks(
        rules,
        unscored("≥10次", "9次"),
        unscored("≥10次", "9次", explanation="天气"),
        unscored("≥10次", "9次", explanation=" "),
        unscored("≥10次", "9次", explanation="无"),
        unscored("≥10次", "30次"),
        unscored("≤10次", "30次"),
        unscored("≥10次", "9%"),
        unscored("≥10次", "9次", "0"),
        unscored("≥-10次", "9次"),
    )
    assert all_remarks == [
        ("score / weight 90%: a reason must be given (none is)",),
        ("score / weight 90%: a reason must be given (one is)",),
        ("score / weight 90%: a reason must be given (none is)",),
        ("score / weight 90%: a reason must be given (none is)",),
        (),
        ("completion 300%: problems and measures must be stated; a note",),
        (),
        (),
        (),
    ]


def test_what_the_execution_rate_and_the_adjustment_set_off() -> None:
    rules = attrs.evolve(
        get("sichuan-transfer-2022"),
        triggers=(
            *get("sichuan-transfer-2022").triggers,
            Trigger(on=Gauge.ADJUSTMENT, within=Interval(lower="0.3")),
        ),
    )
    short = scorecard(report(executed="89"), rules=rules)
    assert [remark.en for remark in short.lines[0].remarks] == [
        "execution rate 89%: a reason must be given"
    ]
    assert short.remarks == ()
    assert scorecard(report(executed="90"), rules=rules).lines[0].remarks == ()
    moved = scorecard(report(initial="150", executed="90"), rules=rules)
    assert [remark.zh for remark in moved.remarks] == ["预算调整率（绝对值）为33.33%：须说明原因"]


@pytest.mark.parametrize(
    ("rows", "executed", "words"),
    [
        # (10/10 - 9/10) / (10/10), and the same by half: (5/10 - 0.45) / 0.5
        ((unscored("≥10次", "10次"),), "90", "execution 10%: flagged"),
        ((unscored("≥10次", "5次"),), "45", "execution 10%: flagged"),
        ((unscored("≥10次", "10次"),), "95", ""),
        ((unscored("≥10次", "10次", "0"),), "90", ""),  # nothing to earn
        ((unscored("≥10次", "0次"),), "90", ""),  # nothing earned
        ((unscored("≥10次", "10次"), unscored("≤10次", "9次")), "90", ""),  # no score follows
        ((), "90", ""),
    ],
)
def test_a_lead_over_execution(rows: tuple[Indicator, ...], executed: str, words: str) -> None:
    trigger = Trigger(
        on=Gauge.LEAD, within=Interval(lower="0.05", lower_closed=False), demand=Demand.FLAG
    )
    card = scorecard(
        report(*rows, executed=executed), rules=attrs.evolve(RULES, triggers=(trigger,))
    )
    known = ("the weights add up", "without a score")
    lead_remarks = [remark.en for remark in card.remarks if not remark.en.startswith(known)]
    assert len(lead_remarks) == bool(words)
    assert words in "".join(lead_remarks)


def test_a_low_total_asks_for_measures() -> None:
    """rules.md §4.1, ningxia-mode: below 80."""
    for actual, words in (("7次", "total 70: problems and measures must be stated"), ("8次", "")):
        card = scorecard(report(unscored("≥10次", actual, "100")), rules="ningxia-mode")
        assert "".join(remark.en for remark in card.remarks) == words
        assert words in scorecard_html(card, lang="en")


# Caps.


CAPPED = derive(
    RULES,
    id="capped",
    title=RULES.title,
    total_caps=(
        TotalCap(on=Gauge.EXECUTION, within=Interval(upper="0.6", upper_closed=False), most=60),
        TotalCap(
            on=Gauge.ADJUSTMENT, within=Interval(lower="0.3"), most=90, unless_explained=True,
            note=Text(zh="调整过大", en="moved too far"),
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("initial", "revised", "executed", "reason", "total"),
    [
        ("100", "100", "60", "", "96"),  # 6 + 90
        ("100", "100", "59", "", "60"),
        ("100", "129", "129", "", "100"),
        ("100", "130", "130", "", "90"),
        ("100", "70", "70", "", "90"),
        ("100", "130", "130", "上级要求", "100"),
        ("100", "130", "65", "上级要求", "60"),
        ("100", "130", "65", "", "60"),
        ("100", "100", "0", "", "60"),
    ],
)
def test_caps(initial: str, revised: str, executed: str, reason: str, total: str) -> None:
    filled = report(
        unscored("≥10次", "10次", "90"),
        initial=initial,
        revised=revised,
        executed=executed,
        reason=reason,
    )
    card = scorecard(filled, rules=CAPPED)
    assert card.total == Points(total)
    assert card.admissible == Interval.point(Fraction(total))
    assert card.rating == ("优" if Fraction(total) >= 90 else "差")
    assert bool(card.steps) == (total in ("60", "90"))


def test_a_reason_in_the_text_counts_too() -> None:
    filled = report(unscored("≥10次", "10次", "90"), initial="50", revised="100")
    narrative = Statement(adjustment=Adjustment(reason="上级要求"))
    assert scorecard(filled, rules=CAPPED).total == Points(90)
    explained = attrs.evolve(filled, narrative=narrative)
    assert scorecard(explained, rules=CAPPED).total == Points(100)


def test_a_cap_says_so_also_where_it_changes_nothing() -> None:
    card = scorecard(report(unscored("≥10次", "5次", "90"), initial="50"), rules=CAPPED)
    assert (card.total, card.steps) == (Points(55), ())
    assert [remark.en for remark in card.remarks] == ["moved too far"]
    low = scorecard(report(unscored("≥10次", "5次", "90"), executed="10"), rules=CAPPED)
    assert "caps the total at 60" in low.remarks[0].en


def test_a_cap_that_rounding_leaves_open_bounds_nothing() -> None:
    """129.6 to 130.4 of 100: the adjustment is 29.6 % to 30.4 %."""
    filled = report(unscored("≥10次", "10次", "90"), initial="100")
    wide = attrs.evolve(money("130"), rounding=RoundingMode.HALF_UP)
    total = attrs.evolve(filled.form.funding.total, revised=wide, executed=money("140"))
    form = attrs.evolve(filled.form, funding=Funding(total=total))
    card = scorecard(attrs.evolve(filled, form=form), rules=CAPPED)
    assert card.total == Points(90)
    assert card.admissible == Interval(lower=90, upper=100)


def test_a_cap_that_only_true_values_set() -> None:
    """100 of 77 is 29.87 % more, but of 76.5, which prints as 77, it is 30.7 %."""
    filled = report(unscored("≥10次", "10次", "90"))
    wide = attrs.evolve(money("77"), rounding=RoundingMode.HALF_UP)
    total = attrs.evolve(filled.form.funding.total, initial=wide)
    form = attrs.evolve(filled.form, funding=Funding(total=total))
    card = scorecard(attrs.evolve(filled, form=form), rules=CAPPED)
    assert (card.total, card.remarks) == (Points(100), ())
    assert card.admissible == Interval(lower=90, upper=100)


def test_words_that_give_no_reason_lift_no_cap() -> None:
    filled = report(unscored("≥10次", "10次", "90"), initial="50", reason="无")
    assert scorecard(filled, rules=CAPPED).total == Points(90)


def test_a_cap_on_a_total_that_is_open() -> None:
    rules = attrs.evolve(CAPPED, qualitative=GRADES.qualitative)
    fair = Missing(reason=MissingReason.QUALITATIVE, text="一般")
    card = scorecard(report(unscored("好", fair, "90"), executed="10"), rules=rules)
    assert card.total is None
    # 1 + (54 to 72), at most 60
    assert card.admissible == Interval(lower=55, upper=60)
    missing = scorecard(report(unscored("≤10次", "9次", "90"), executed="10"), rules=rules)
    assert (missing.total, missing.admissible) == (None, None)


def test_a_cap_without_its_rate_is_not_set() -> None:
    filled = report(unscored("≥10次", "10次", "90"))
    for part in ({"initial": Missing()}, {"initial": money("0")}, {"initial": Figure.parse("5人")}):
        total = attrs.evolve(filled.form.funding.total, **part)
        form = attrs.evolve(filled.form, funding=Funding(total=total))
        assert scorecard(attrs.evolve(filled, form=form), rules=CAPPED).total == Points(100)


def test_a_total_that_is_just_what_a_cap_allows_is_not_cut() -> None:
    """5 + 55 are 60: the cap is told, and no step leads to what is there already."""
    filled = report(unscored("≥10次", "10次", "55"), executed="50")
    card = scorecard(filled, rules=CAPPED)
    assert (card.total, card.steps) == (Points(60), ())
    assert [cap.most for cap in card.caps] == [60]
    more = scorecard(report(unscored("≥10次", "10次", "56"), executed="50"), rules=CAPPED)
    assert more.total == Points(60)
    assert [step.value for step in more.steps] == [60]


def test_what_does_not_apply_is_neither_ahead_of_execution_nor_behind() -> None:
    """10 of 10 where half was spent: half ahead. The row that is left out has no share of marks."""
    trigger = Trigger(on=Gauge.LEAD, within=Interval(lower="0.5"), demand=Demand.FLAG)
    rules = attrs.evolve(RULES, triggers=(trigger,), not_applicable=NotApplicable.RESCALE)
    out = unscored("≥10次", Missing(reason=MissingReason.DASH, text="/"), "30")
    rows = (unscored("≥10次", "10次", "60"), out)
    assert scorecard(report(*rows, executed="50"), rules=rules).demands == (Demand.FLAG,)
    assert scorecard(report(*rows, executed="51"), rules=rules).demands == ()

"""W06: no rule that rises up to 100 % makes a contradiction, and what no such rule gives does."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from budgetperf import Figure, Finding, Indicator, RoundingMode, Target, Verdict, audit
from budgetperf.exact import unit_in_last_place
from tests.factories import form, there, typed
from tests.strategies import flags, modes, times

WEIGHT = 20


@st.composite
def rules(draw: st.DrawFn) -> Callable[[Fraction], Fraction]:
    """A share of the weight that does not fall up to 100 %; above, anything."""
    steps = sorted(draw(st.lists(st.fractions(0, 1, max_denominator=40), min_size=6, max_size=6)))
    beyond = draw(st.lists(st.fractions(0, 1, max_denominator=40), min_size=3, max_size=3))
    straight = draw(flags)

    def share(completion: Fraction) -> Fraction:
        if completion > 1:
            return beyond[min(2, int((completion - 1) * 4))]
        at = completion * 5
        low = int(at)
        if not straight or low == 5:
            return steps[low]
        return steps[low] + (steps[low + 1] - steps[low]) * (at - low)

    return share


def indicator(number: int, actual: Figure, target: int, score: Figure) -> Indicator:
    return Indicator(
        name=f"指标{number}",
        target=Target.parse(f"≥{target}次"),
        actual=actual,
        weight=Figure(value=WEIGHT, rounding=None),
        score=score,
    )


def falls(
    indicators: list[Indicator], code: str = "W06", rules: str | None = None
) -> list[Finding]:
    report = form(*indicators)
    return [finding for finding in audit(report, rules=rules).findings if finding.code == code]


@given(
    rule=rules(),
    numbers=st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 9000), st.integers(0, 2), st.integers(0, 2)),
        min_size=2,
        max_size=6,
    ),
    mode=modes,
    exact=flags,
)
def test_no_rule_that_rises_is_a_contradiction(
    rule: Callable[[Fraction], Fraction],
    numbers: list[tuple[int, int, int, int]],
    mode: RoundingMode,
    exact: bool,
) -> None:
    """However the scores and what was reached are rounded, as long as it is in one mode."""
    table: list[Indicator] = []
    for number, (target, thousandths, places, score_places) in enumerate(numbers):
        reached = Fraction(thousandths, 100)
        score = Figure.rounded(WEIGHT * rule(reached / target), places=score_places, rounding=mode)
        if exact and not score_places:
            score = Figure(value=score.value, rounding=None)  # as whole numbers are read
        actual = Figure.rounded(reached, unit="次", places=places, rounding=mode)
        table.append(indicator(number, actual, target, score))
    findings = falls(table)
    assert [f.why.en for f in findings if f.verdict is Verdict.INCONSISTENT] == []
    assert len(findings) == 1


@given(
    low=st.integers(0, 98),
    ahead=st.integers(1, 99),
    score=st.integers(1, 2000),
    fall=st.integers(1, 2000),
    places=st.integers(0, 2),
)
def test_what_no_rule_gives_is_a_contradiction(
    low: int, ahead: int, score: int, fall: int, places: int
) -> None:
    """More reached of the same and fewer points, if only by one unit in the last place."""
    steps = 10**places
    points = [Fraction(score, steps), Fraction(max(0, score - fall), steps)]
    reached = (low, min(100, low + ahead))
    table = [
        indicator(
            number,
            Figure(value=done, unit="次", rounding=None),
            100,
            Figure.rounded(value, places=places),
        )
        for number, (done, value) in enumerate(zip(reached, points, strict=True))
    ]
    (finding,) = falls(table)
    assert finding.verdict is Verdict.INCONSISTENT


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["≥", "="]), st.integers(0, 130), st.integers(0, WEIGHT)),
        min_size=2,
        max_size=5,
    )
)
def test_a_rule_set_takes_a_contradiction_only_where_it_finds_the_cause(
    rows: list[tuple[str, int, int]],
) -> None:
    """This one scores targets with ≥ in proportion, and says nothing of those with =."""
    rule_set = "national-pilot-2016"
    table = [
        Indicator(
            name=f"指标{number}",
            target=Target.parse(f"{operator}100次"),
            actual=Figure(value=done, unit="次", rounding=None),
            weight=Figure(value=WEIGHT, rounding=None),
            score=Figure(value=score, rounding=None),
        )
        for number, (operator, done, score) in enumerate(rows)
    ]
    (plain,), (ruled,) = falls(table), falls(table, rules=rule_set)
    scores = [f.verdict for f in falls(table, "W04", rule_set)]
    if plain.verdict is Verdict.INCONSISTENT and ruled.verdict is not Verdict.INCONSISTENT:
        assert Verdict.INCONSISTENT in scores
    if ruled.reason == "by-rule":
        assert Verdict.INCONSISTENT in scores
    if set(scores) <= {Verdict.EXACT, Verdict.ROUNDING, Verdict.INCONSISTENT}:
        assert ruled.verdict is not Verdict.INCONSISTENT
    if {operator for operator, _, _ in rows} == {"="}:
        assert ruled.verdict is plain.verdict


@st.composite
def numbers_of_one_kind(draw: st.DrawFn) -> list[Indicator]:
    """Rows of which cells of what was reached meet, overlap and are one, below their target."""
    table: list[Indicator] = []
    for number in range(draw(st.integers(2, 6))):
        mode = draw(st.sampled_from([None, *RoundingMode]))
        reached = Figure(value=draw(st.integers(40, 44)), unit="次", rounding=mode)
        places = draw(st.integers(0, 2))
        steps = 10**places
        points = Fraction(draw(st.integers(17 * steps, 19 * steps)), steps)
        score = Figure.rounded(points, places=places)
        table.append(indicator(number, reached, 100, score))
    return table


@times(10)
@given(table=numbers_of_one_kind())
def test_a_fall_is_found_wherever_there_is_one(table: list[Indicator]) -> None:
    """Of all pairs: surely more reached, and fewer points by more than rounding can do."""

    def is_behind(a: Indicator, b: Indicator) -> bool:
        below, above = (typed(Figure, each.actual).interval for each in (a, b))
        top, bottom = there(below.upper), there(above.lower)
        return top < bottom or (top == bottom and not (below.upper_closed and above.lower_closed))

    def lost(a: Indicator, b: Indicator) -> Fraction:
        return typed(Figure, a.score).nominal - typed(Figure, b.score).nominal

    def is_certain(a: Indicator, b: Indicator) -> bool:
        steps = [unit_in_last_place(typed(Figure, each.score).places) for each in (a, b)]
        return lost(a, b) >= max(steps)

    falling = [(a, b) for a in table for b in table if is_behind(a, b) and lost(a, b) > 0]
    certain = [(a, b) for a, b in falling if is_certain(a, b)]
    (finding,) = falls(table)
    if not certain:
        assert finding.verdict is (Verdict.ROUNDING if falling else Verdict.EXACT)
        return
    assert finding.verdict is Verdict.INCONSISTENT
    worse, better = (finding.operands[place].stated.text for place in (0, 4))
    assert Fraction(worse) - Fraction(better) == max(lost(a, b) for a, b in certain)
    more = len({b.name for _, b in certain}) - 1
    assert (f"{more} more score less" in finding.why.en) is (more > 0)

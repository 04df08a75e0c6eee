"""Another figure of the report in the place of the right one."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import Figure, Interval, Missing, Operand, RoundingMode
from budgetperf.auditing.slips.evidence import Case
from budgetperf.auditing.slips.explanations import Accused, Ledger, explain
from budgetperf.auditing.slips.recomputed import recomputed
from budgetperf.exact import Place
from budgetperf.relations.expression import Binary, Equation
from tests.audit.slip_cases import (
    BY_THE_OTHERS,
    EXECUTED,
    HUNDRED,
    INITIAL,
    SHARE,
    TOTAL,
    D,
    N,
    admits,
    before,
    equals,
    explained,
    kinds,
    minus,
    op,
    over,
    plus,
)
from tests.factories import there


def test_one_print_in_two_places_of_the_report_was_not_copied() -> None:
    right = admits("万元", "595.065", "595.075")
    for line, due in ((3, []), (4, ["another-figure"])):
        suspect = op("n.funding.total.revised", "353.21万元", place=Place(line=3))
        initial = op("n.funding.total.initial", "353.21万元", place=Place(line=line))
        assert kinds(explained(suspect, right, None, [initial])) == due


def test_another_figure_was_copied() -> None:
    suspect = op("n.funding.total.revised", "353.21万元")
    initial = op("n.funding.total.initial", "353.21万元")
    same = op("n.funding.sources[0].initial", "3532100元")
    right = admits("万元", "595.065", "595.075")
    explanations = explained(suspect, right, None, (same, initial))
    assert kinds(explanations) == ["another-figure"]
    assert explanations[0].figures == (initial,)
    assert before(explanations[0]) == "595.07万元"
    assert (
        explanations[0].text.zh
        == "353.21万元与n.funding.total.initial（353.21万元）相同：误抄了该数"
    )
    assert explanations[0].text.en.startswith(
        "353.21 wan yuan is the figure of n.funding.total.initial"
    )
    # All three are one value.
    assert (explanations[0].tried, explanations[0].chance) == (1, Fraction(1, 35321) * 2 / 3)
    # What it must be equal to is the same figure, not another.
    twins = [equals(suspect, initial), equals(same, suspect)]
    assert explain(Accused(operand=suspect, admissible=right), twins, (same, initial)) == ()
    # It may be anything from 500: no one figure comes before.
    (open_,) = explained(suspect, Interval(lower=5000000), None, (initial,))
    assert open_.before is None


def test_round_figures_agree_by_chance() -> None:
    """300.00 is a common number: as wide as 100, its last digit that is not 0."""
    others = [op(f"r[{i}].a", f"{i}00.00万元") for i in range(1, 10)]
    right = admits("万元", "595.065", "595.075")
    assert explained(op("t", "300.00万元"), right, None, others) == ()
    (explanation,) = explained(op("t", "300.50万元"), right, None, [*others, op("b", "300.50万元")])
    # Of ten amounts six (200 to 600, and 300.50) lie near; the grain is 0.1.
    assert explanation.chance == 6 * Fraction(1, 10) / (Fraction("300.5") * 3 / 2)


def test_an_operand_replaced_in_sums_and_products() -> None:
    a, b, c = op("r.a", "12.34万元"), op("r.b", "40.25万元"), op("r.c", "77.19万元")
    figures = (a, b, c)
    explanations = explained(
        op("t", "64.85万元"), admits("万元", "-27.915", "-27.905"), minus(a, b), figures
    )
    assert explanations == ()  # 77.19 - 12.34: not one operand
    (found_,) = explained(
        op("t", "36.94万元"), admits("万元", "-27.915", "-27.905"), minus(a, b), figures
    )
    assert found_.text.zh.startswith("36.94万元 = 77.19万元 - 40.25万元：")
    assert found_.figures == (c, b)
    rate = op("r.rate", "50.00%")
    product = Binary(symbol="*", left=rate, right=a)
    (found_,) = explained(
        op("t", "38.60万元", rounding=RoundingMode.UP),
        admits("万元", "6.165", "6.175"),
        product,
        figures,
    )
    assert found_.text.zh.startswith("38.60万元 = 50.00% * 77.19万元：")
    zero = Binary(symbol="*", left=op("r.z", "0.00%"), right=a)
    assert explained(op("t", "38.61万元"), Interval(lower=-1, upper=1), zero, figures) == ()


def test_near_an_exact_figure_is_not_the_figure() -> None:
    """18.1 and 18.2 are not 18, though both would be printed so."""
    due, used = op("r.a", "90.5%"), op("r.b", "91.0%")
    score = op("r.score", "18分")
    product = Binary(symbol="*", left=op("r.weight", "20分"), right=due)
    assert explained(score, Interval.point("18.1"), product, (due, used)) == ()
    (explanation,) = explained(score, Interval.point("18.1"), product, (due, op("r.c", "90.0%")))
    assert explanation.text.zh.startswith("18分 = 20分 * 90.0%：")
    assert before(explanation) == "18分"  # not exactly: it was 18.1, rounded
    assert explanation.before != score.stated


def test_a_denominator_replaced() -> None:
    used = op("row.initial", "53.00万元")
    explanations = explained(
        op("row.rate", "67.92%"), admits("%", "74.99", "75.01"), over(N, D), (N, D, used)
    )
    assert kinds(explanations)[0] == "operand-replaced"
    assert explanations[0].figures == (used, N)
    zero = over(op("z", "0.00万元"), D)
    assert explained(op("r", "67.92%"), Interval(lower=-1, upper="0.0001"), zero, (D, used)) == ()


def test_the_figure_itself_did_not_take_another_place() -> None:
    """45.253 and 0.00 are 45.25: the figure itself with 0.00 would fit as well, and is not it."""
    suspect, due, nothing = op("row.t", "45.25"), op("row.a", "57.59"), op("row.b", "0.00")
    admissible = admits("", "57.585", "57.595")
    for text in ("45.253", "45.25"):
        used = op("far.x", text)
        explanations = explained(suspect, admissible, plus(due, nothing), (due, nothing, used))
        first, copied = explanations
        assert (first.kind, first.figures, first.tried) == ("operand-replaced", (used, nothing), 3)
        assert (copied.kind, copied.figures) == ("another-figure", (used,))
        # What it must be equal to has no operands: there the figure was copied.
        explanations = explained(suspect, admissible, due, (due, used))
        assert kinds(explanations) == ["another-figure"]


@pytest.mark.parametrize(
    ("path", "row", "elsewhere"),
    [("r[0].x", 1, 3), ("r[1].x", 3, 3), ("r[0].x.y", 3, 3), ("r[1].a", 3, 3)],
)
def test_in_the_same_row_a_figure_is_sooner_taken_for_another(
    path: str, row: int, elsewhere: int
) -> None:
    """As the rough order beside the search has it, one step less for the wrong operand."""
    suspect, due, other = op("r[0].t", "45.25"), op("r[0].a", "57.59"), op("s.b", "12.34")
    used = op(path, "32.91")
    admissible = admits("", "69.925", "69.935")

    def rarities(suspect: Operand, *used: Operand) -> dict[str, int]:
        accused = Accused(operand=suspect, admissible=admissible)
        case = there(Case.of(accused, (equals(suspect, plus(due, other)),)))
        offers = recomputed(case, Ledger.of((suspect, due, other, *used)))
        return {offer.explanation.kind: offer.rarity for offer in offers}

    assert rarities(suspect, used) == {"operand-replaced": row}
    copied = attrs.evolve(used, stated=suspect.stated)
    assert rarities(suspect, copied) == {"another-figure": row + 1}
    assert rarities(suspect, attrs.evolve(used, path="q")) == {"operand-replaced": elsewhere}


def test_where_the_numerator_is_0_no_base_was_replaced() -> None:
    zero = op("row.n", "0.00万元")
    (first, *_) = explained(op("r", "75.00%"), Interval.point(0), over(zero, D), (zero, N, D))
    assert first.text.zh.startswith("75.00% = 36.00万元 / 48.00万元：")
    assert first.tried == 2  # either amount for the 0


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_what_may_be_a_quotient_of_nothing_has_no_base(mode: RoundingMode) -> None:
    """-100 % is the change to 0 or nearly 0: whatever the base was."""
    figure = Figure(value="-100.00", unit="%", rounding=mode)
    suspect = Operand(path="r", stated=figure)
    change = minus(over(N, D), HUNDRED)
    admissible = admits("%", "-25.005", "-24.995")
    assert explained(suspect, admissible, change, (N, D, op("row.x", "0.001万元"))) == ()


def test_of_what_has_no_value_nothing_is_left() -> None:
    """36 / 0 is no total of 50 % and 20 %."""
    suspect = op("r", "50.00%")
    nothing = over(N, op("row.z", "0.00万元"))
    equation = equals(nothing, plus(suspect, op("q", "20.00%")))
    accused = Accused(operand=suspect, admissible=admits("%", "10", "11"))
    assert "remainder-forced" not in kinds(explain(accused, (equation,), ()))


def test_what_does_not_make_a_case() -> None:
    right = admits("%", "17", "18")
    assert explained(SHARE, right, over(EXECUTED, TOTAL), (INITIAL, EXECUTED, TOTAL)) == ()
    absent = Operand(path="x", stated=Missing())
    assert explained(absent, right) == ()
    # Not what it is equal to: an order, a missing operand, itself on both sides, another.
    accused = Accused(operand=SHARE, admissible=BY_THE_OTHERS)
    share = over(EXECUTED, TOTAL)
    for equation in (
        Equation(left=SHARE, comparator="≤", right=share),
        equals(SHARE, over(absent, TOTAL)),
        equals(SHARE, plus(share, SHARE)),
        equals(plus(SHARE), share),
        equals(op("other", "17.17%"), share),
    ):
        assert explain(accused, (equation,), (INITIAL, EXECUTED, TOTAL, absent)) == ()


def test_a_figure_is_no_result_of_itself() -> None:
    """45.25 + 12.34 is the 57.59 that is due, but not as a total that has itself for a part."""
    suspect, part = op("t", "45.25"), op("b", "12.34")
    due = admits("", "57.585", "57.595")
    assert kinds(explained(suspect, due, plus(op("a", "45.25"), part))) == ["total-not-updated"]
    for side in (plus(suspect, part), plus(part, suspect), plus(part, plus(suspect))):
        assert explained(suspect, due, side) == ()


def test_what_is_missing_is_no_figure_of_the_ledger() -> None:
    """What comes behind it is."""
    absent, amount = Operand(path="x", stated=Missing()), op("y", "3.00")
    for figures in ([absent, amount], [amount, absent]):
        assert Ledger.of(figures).by_path == {"y": amount}
        assert Ledger.of(figures).count("number", ()) == 1


def test_figures_typed_by_hand() -> None:
    """Without paths and labels a figure is named by its print."""
    bare = [
        Operand(stated=Figure.parse(t))
        for t in ("17.17%", "355.55万元", "595.07万元", "102.17万元")
    ]
    (explanation,) = explained(bare[0], BY_THE_OTHERS, over(bare[1], bare[2]), bare[1:])
    assert "误用了102.17万元，应使用355.55万元，结果为" in explanation.text.zh


def test_a_finer_figure_that_prints_otherwise_was_not_copied() -> None:
    """353.215 is printed as 353.22: it stands at the end of what 353.21 can be, and not in it."""
    suspect, right = op("t", "353.21万元"), admits("万元", "595.065", "595.075")
    assert kinds(explained(suspect, right, None, [op("a", "353.205万元")])) == ["another-figure"]
    assert explained(suspect, right, None, [op("a", "353.215万元")]) == ()


def test_a_total_of_one_part_lacks_none_of_several() -> None:
    part = op("a", "4.0万元")
    made = explained(op("t", "0.0万元"), admits("万元", "3.95", "4.05"), plus(part), [part])
    assert "total-not-updated" not in kinds(made)

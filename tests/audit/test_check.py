"""One equation typed by hand. The reasons beside the cases are arithmetic or domain/defects.md."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetperf import BudgetperfError, Figure, Verdict, check
from tests.factories import refused, says, typed

E, R, T, I, U = (  # noqa: E741
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.INCONSISTENT, Verdict.UNDEFINED,
)  # fmt: skip

CASES = [
    # design.md
    ("68.48% = 241.86 / 353.21", R),  # 241.865 / 353.205 = 68.4772 %
    ("17.17% = 355.55 / 595.07", I),
    # the report of 2023
    ("353.21 = 0 + 348.93 + 4.28", E),
    ("595.07 = 353.21 + 241.86", E),
    ("595.07 = 239.53 + 355.55", R),  # 595.08, three halves of 0.01 to spare
    ("241.86 = (239.53 - 251.04) + (355.55 - 102.17)", R),  # 241.87
    ("40.25% = 239.53 / 595.07", E),  # 40.2524
    ("100% = 40.25% + 17.17%", I),
    ("100% = 40.25% + 59.75%", E),
    ("100% = 0 / 0", U),
    ("156.76 - 97.87 = 58.89", E),
    ("100 = 10 + 30 + 18 + 20 + 20", I),  # 98
    ("98 = 10 + 30 + 18 + 20 + 20", E),
    ("-(1 + 2) = -3", E),
    ("-(1 + 2) = 3", I),
    ("-(2 * 3) + 7 = 1", E),
    ("+(1 + 2) = 3", E),
    ("5 - (2 - 1) = 4", E),
    ("111% = 100% / 90%", E),  # 111.11
    ("348.93 = 353.21", I),
    # defects.md §1: truncated instead of rounded
    ("99.3% = 1389.3 / 1397.90", T),  # 99.385
    ("86.19% = 215457.6 / 250000", I),  # 86.183, neither rounded nor cut
    ("86.18% = 215457.6 / 250000", E),
    # defects.md §1: parts and totals
    ("30 + 30 + 29.99 = 89.97", I),  # 89.99; four times 0.005 is 0.02, and that is not enough
    ("30 + 30 + 29.99 = 89.98", R),
    ("1505.3 = 1509.3", I),
    ("7165.32 = 7165.29", I),
    ("69.06 + 21.31 - 76.36 = 0", I),
    # Precision belongs to the column: whole numbers among themselves are exact
    ("30 + 30 + 30 = 91", I),
    ("3 = 1 + 1", I),
    ("3.0 = 1.0 + 1.9", R),
    ("30 = 29.99 + 0.02", R),  # 30 beside 29.99 is 30.00: 30.01 is 0.01 off
    ("30 = 29.99 + 0.03", I),  # 30.02 is 0.02 off, three halves of 0.01 is less
    ("90 = 89.974 + 0.02", I),  # three decimals now: 89.994
    # rates are results: rounded, whole or not, and 100 % may be the whole or 99.6 %
    ("100% = 33% + 33% + 33%", R),  # three thirds
    ("67% = 33% + 33%", R),  # twice 33.3
    ("100% = 50% + 49%", R),  # 49.9 and 49.4 make 99.6 (99.3 at the least)
    ("100% = 50% + 48%", I),  # less than 50.5 + 48.5
    ("100% = 33% + 33% + 32%", T),  # 33.6, 33.6 and 32.8, cut off
    ("100.00% = 33.33% + 33.33% + 33.32%", T),  # the same two places on
    ("100% = 33% + 33% + 31%", I),
    ("100‰ = 33‰ + 33‰ + 33‰", R),
    ("34% = 67% - 34%", R),
    ("35% = 67% - 34%", I),  # 67.5 - 33.5 at the most, and not that
    ("111% = 100% / 90%", E),
    ("99 = 33 + 33 + 34", I),  # counts stay exact
    # whole results of quotients are rounded
    ("67% = 2 / 3", E),
    ("66% = 2 / 3", T),
    ("68% = 2 / 3", I),
    ("33 = 100 / 3", E),
    ("34 = 100 / 3", I),
    # units
    ("1 亿元 = 9999.996 万元 + 0.004 万元", E),
    ("20.26万元 = 202600元", E),
    ("202.64万元 = 2026400元", E),
    ("353万元 = 3532100元", E),  # whole, but coarser than what stands beside it
    ("353万元 = 3535100元", T),
    ("353万元 = 251.04万元 + 102.17万元", I),  # one column: 353.00
    ("2.03亿元 = 20264万元", E),  # 2.0264 亿元 prints as 2.03
    ("353.21 万元 = 348.93 万元 + 42800 元", E),
    ("50.0‰ = 5%", E),
    ("12名 = 10人 + 2人", E),
    ("10人 ≤ 12名", E),
    # a bare number beside what is counted counts the same
    ("80人 = 24 + 26人 + 30人", E),
    ("80 = 24 + 26人 + 30名", E),
    ("169人 = 24 + 26人 + 30人", I),
    ("81 = 24 + 26人 + 30人", I),
    ("12人 ≥ 10", E),
    ("9次 ≥ 10", I),
    ("6人 = 2 × 3", E),
    ("5人 = 10 / 2", E),
    ("5人 = 10人 / 2", E),
    ("5 = 10人 / 2", E),
    ("80% = 8 / 10人", E),
    ("80% = 8人 / 10", E),
    ("90% = 8人 / 10", I),
    ("10.6公里 = 3 + 7.5公里", R),  # 3 beside 7.5 is 3.0: 10.5 is less than 0.15 off
    ("10.7公里 = 3 + 7.5公里", I),
    ("2.05公里 = 10.1公里 / 5", I),  # a factor is as exact as it is printed: 2.03 at the most
    ("98分 = 10 + 30 + 18 + 20 + 20", E),
    # parentheses, signs of multiplication and division
    ("6 = (1 + 2) * 2", E),
    ("6 = (1 + 2) × 2", E),
    ("5 = 1 + 2 × 2", E),
    ("2 = 6 ÷ 3", E),
    ("2 = 12 / 3 / 2", E),
    ("6 * 2 = 3 * 4", E),
    ("6 * 2 = 3 * 5", I),
    ("8 = 12 / (3 / 2)", E),
    ("8 = 2 · 4", E),
    ("18 = 20 × (100% - 10%)", E),
    ("20.54 = 10.25 * 2", I),  # factors are no column: 2 is 2, and not 2.00
    ("13.2万元 = 140 × 300元 + 96 × 500元 + 42 × 1000元", E),  # 4.2 + 4.8 + 4.2
    ("16万元 = 140 × 300元 + 96 × 500元 + 42 × 1000元", I),  # defects.md §1 I
    ("10 - 2 - 3 = 5", E),
    ("10 - (2 - 3) = 11", E),
    ("-2 = 3 - 5", E),
    ("0 - 2 = 3 - 5", E),
    ("+2 = 5 - 3", E),
    # orders
    ("353.21 ≤ 595.07", E),
    ("353.21 <= 595.07", E),
    ("353.21 >= 595.07", I),
    ("353.21 ≥ 353.21", E),
    ("353.21 > 353.21", R),
    ("353.21 < 353.21", R),
    ("10 > 10", I),
    ("10 >= 10", E),
    ("10 =< 10", E),
    ("10 => 10", E),
    ("353.21 ≤ 353.20", I),  # the cells touch at 353.205, which prints as 353.21 only
    ("353.214 ≤ 353.21", R),  # two prints, each with its own precision
    ("100% ≥ 97% + 2%", E),
    # typing
    ("３５３．２１　＝　３４８．９３　＋　４．２８", E),
    ("353.21==348.93+4.28", E),
    ("1,234.5 = 1,000.0 + 234.5", E),
    ("5 = 1 / 0", U),
    ("0 = 0 / 0", U),
    ("1 + 0/0 = 2", U),
    ("2 * (0/0) = 2", U),
    ("sum(1 + 2) = 3", E),
    ("595.0 = 239.9 + 355.9", I),  # 595.8: totals are added up, not cut off
    # LaTeX
    (r"$68.48\% = 241.86 \div 353.21$", R),
    (r"$17.17\% = 355.55 / 595.07$", I),
    (r"$6 = \left(1 + 2\right) \times 2$", E),
    (r"$8 = 2 \cdot 4$", E),
    (r"$353.21 \leq 595.07$", E),
    (r"353.21 \geq 595.07", I),
    (r"$10 \gt 10$", I),
    (r"$1{,}234.5 = 1{,}000.0 + 234.5$", E),
    (r"${353.21}\,万元 = {348.93}\,万元 + 42800\,元$", E),
    (r"$353.2 \ge 353.31$", I),
    (r"{353.21}\,万元 = {348.93}\,万元 + 42800\,元", E),
    # numerals
    ("三百五十三万元 = 353万元", E),
    ("百分之九十 = 90%", E),
    ("九十% = 90%", E),
    ("三点五亿元 = 三亿元 + 5000万元", E),
    ("叁佰元整 = 300元", E),
    ("五个 = 两个 + 3个", E),
    ("五个 = 两个 + 二个", I),
    ("二〇二三 = 2023", E),
    ("¥353.21 = 353.21元", E),
    ("353.2 = 353.24", E),  # two prints: 353.24 prints as 353.2
    ("353.2 = 353.26", T),
    ("353.2 = 353.31", I),
    ("4.28元 = 4.289元", T),
]  # fmt: skip


@pytest.mark.parametrize(("equation", "verdict"), CASES)
def test_verdict(equation: str, verdict: Verdict) -> None:
    finding = check(equation)
    assert finding.verdict is verdict, finding.message
    assert (finding.gap is not None and finding.verdict is not I) is False
    assert finding.code == "EQUATION"
    assert finding.message.zh.startswith("算式")
    assert finding.message.en.startswith("equation")


@pytest.mark.parametrize("equation", [e for e, v in CASES if "=" in e and not set(e) & set("<>≤≥")])
def test_the_sides_may_be_swapped(equation: str) -> None:
    left, right = equation.replace("==", "=").replace("＝", "=").split("=")
    assert check(f"{right} = {left}").verdict is check(equation).verdict


def test_a_sum_of_n_parts_ties_within_n_plus_one_halves() -> None:
    """Strictly: five parts and a total, 6 × 0.005 = 0.03 apart, do not tie (design.md)."""
    parts = ["1433.06", "1433.06", "1433.06", "1433.06", "1433.05"]
    assert sum(map(Fraction, parts)) == Fraction("7165.29")
    assert check(f"7165.31 = {' + '.join(parts)}").verdict is R
    assert check(f"7165.32 = {' + '.join(parts)}").verdict is I
    apart = check(f"7165.32 = {' + '.join(parts)}")
    assert apart.gap == 0  # the cells touch where neither has a value
    assert "touch" in apart.message.en


@pytest.mark.parametrize("n", range(1, 9))
def test_ties_by_number_of_parts(n: int) -> None:
    """Off by less than (n + 1) / 2 units in the last place: n // 2, or n / 2 for even n."""
    parts = " + ".join(["1.00"] * n)
    within = n // 2  # the greatest whole number below (n + 1) / 2
    for off in range(2 * n):
        verdict = check(f"{n}.{off:02} = {parts}").verdict
        assert verdict.holds == (off <= within)
        below = Fraction(n) - Fraction(off, 100)
        text = f"{below.numerator / below.denominator:.2f}"
        # Below, a total that was cut off explains one unit more; the upper end is open.
        assert check(f"{text} = {parts}").verdict.holds == (off <= within)


def test_the_derived_range_is_that_of_the_other_figures() -> None:
    finding = check("17.17% = 355.55 / 595.07")
    assert finding.derived is not None
    assert finding.derived.lower == Fraction("355.545") / Fraction("595.075")
    assert finding.derived.upper == Fraction("355.555") / Fraction("595.065")
    assert finding.gap == Fraction("355.545") / Fraction("595.075") - Fraction("0.17175")
    assert "59.7479%" in finding.message.en
    says(finding.message, "42.5729个百分点", "42.5729 percentage points")


def test_operands_are_kept_as_typed() -> None:
    finding = check("353.21 万元 = 348.93 万元 + 42800 元")
    assert [str(operand.stated) for operand in finding.operands] == [
        "353.21 万元", "348.93 万元", "42800 元",
    ]  # fmt: skip
    assert [operand.path for operand in finding.operands] == ["", "", ""]
    assert [operand.line for operand in finding.operands] == [None] * 3
    assert finding.relation == "353.21 万元 = 348.93 万元 + 42800 元"
    counted = check("80人 = 24 + 26人 + 30人").operands
    units = [o.stated.unit.symbol for o in counted if isinstance(o.stated, Figure)]
    assert units == ["人", "", "人", "人"]
    single = check("3.5万人 = 15000人 + 20000人").operands[1].stated
    assert typed(Figure, single).is_exact
    divided = check("60% = 300 / 500.5").operands[1].stated  # both from one table
    assert typed(Figure, divided).places == 1
    # LaTeX is read, and what it prints is what was typed.
    assert check(r"50\% = 1{,}000 / 2{,}000").relation == "50% = 1,000 / 2,000"


def test_brackets_are_written_where_they_are_needed() -> None:
    for equation in (
        "8 = 12 / (3 / 2)", "2 = 12 / 3 / 2", "6 = (1 + 2) * 2", "11 = 10 - (2 - 3)",
    ):  # fmt: skip
        assert check(equation).relation == equation


def test_whole_figures_are_exact_and_results_rounded() -> None:
    exact = [o.stated for o in check("98 = 10 + 88").operands]
    assert all(isinstance(f, Figure) and f.is_exact for f in exact)
    result, *operands = (o.stated for o in check("33 = 100 / 3").operands)
    assert not typed(Figure, result).is_exact
    assert all(isinstance(f, Figure) and f.is_exact for f in operands)


ERRORS = [
    ("", "incomplete"),
    ("   ", "incomplete"),
    ("353.21", "incomplete"),
    ("353.21 =", "incomplete"),
    ("= 353.21", "column 1"),
    ("1 + = 2", "column 5"),
    ("1 = 2 = 3", "column 7"),
    ("1 = (2", "a ) is missing"),
    ("1 = 2)", "column 6"),
    ("1 = 2 3", "column 7"),
    ("1 = 2 & 3", "column 7"),
    ("1 = (2 = 3)", "column 8"),
    ("合计 = 3", "column 1"),
    ("1 = 7,00.0,77", "column 5"),
    ("1 = 2 + 12,34", "column 9"),
    ("1 = 100余人", "column 5"),
    ("1 = 5.", "column 5"),
    (".5 = 0.25 + 0.25", "column 1"),
    ("1 = 2.3.4", "column 5"),
    ("1 = 2 * / 3", "column 9"),
    ("()=1", "column 2"),
    ("sum(1 + 2 = 3", "column 11"),
    ("total(1 + 2) = 3", "column 6"),
    ("{} = 3", "column 1"),
]


@pytest.mark.parametrize(("text", "place"), ERRORS)
def test_what_is_no_equation_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(BudgetperfError) as caught:
        check(text)
    assert place in caught.value.message.en
    if place.startswith("column"):
        assert f"第 {place.removeprefix('column ')} 列" in caught.value.message.zh


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (r"$\frac{1}{2} = 0.5$", "第 2 列的 '\\\\frac'", r"write \times, \div, \geq, \leq and \%"),
        (r"$1 = \text{一}$", "分式请写成 a / b", "in column 6"),
        ("1 = 1 × {2}", "第 9 列的 '{'", "'{' in column 9"),
        ("年初 = 5", "第 1 列的 '年'", "'年' in column 1"),
        ("三百二 = 320", "第 1 列", "column 1"),
    ],
)
def test_what_to_write_in_place_of_other_signs(text: str, zh: str, en: str) -> None:
    with pytest.raises(BudgetperfError) as caught:
        check(text)
    says(caught.value.message, zh, en)


@pytest.mark.parametrize(
    "text",
    ["total = 1 + 2", "sum(a[*].b) = 3", "1 = 2 / funding.total.initial", "1 = 2 * (3 + abc)"],
)
def test_names_belong_to_reports(text: str) -> None:
    """A name typed by hand has no value: it is refused, and says so."""
    with refused("not-an-equation") as caught:
        check(text)
    says(caught.value.message, "没有值", "has no value")


@pytest.mark.parametrize(
    "text",
    [
        "353.21万元 = 10人",
        "1 = 10元 + 3人",
        "5 = 10元 / 2人",
        "5 = 10 / 2元",
        "20% = 40% / 2元",
        "500% = 10 / (4元 / 2元)",
        "3元 = 2元 + 1元 / 1元",
        "3元 = 1元 / 1元 + 2元",
        "3人 = 2人 + 50% / 50%",
        "5元 = 10元 × 2元",
        "10次 ≤ 12人",
        "5元 = 5",
        "10% = 10元",
        "30 = 10人 + 20个",
        "30 = 10人 + 5 + 15个",
        "10人 + 5 = 15个",
        "5个 = 10人 / 2",
        "5人 = 10人 / 2人",
        "10人 = 4分 + 6人",
        "3元 = 1 + 2元",
        "3% = 1 + 2%",
        "10万人 = 3 + 7万人",  # 3 may be 30 000
        "3 + 7人 = 1万人",
        "10人 = 10万 - 9万",
    ],
)
def test_units_that_do_not_fit_are_refused(text: str) -> None:
    with refused("unit-mismatch") as caught:
        check(text)
    says(caught.value.message, "统一单位", "same unit")


@pytest.mark.parametrize("text", ["50% / 25% = 10元", "10 / 2 = 10元", "10人 / 2人 = 10元"])
def test_a_quotient_of_like_things_is_called_a_ratio(text: str) -> None:
    with refused("unit-mismatch") as caught:
        check(text)
    says(caught.value.message, "比值与金额", "a ratio and money")


def test_a_long_sum_is_one_column() -> None:
    """Also through parentheses; a quotient in it has a column of its own, and so has a factor."""
    terms = ["1.25", *["(3 + 4)"] * 400, "6 / 2", "2 * 5"]
    finding = check(f"{' + '.join(terms)} = 2814.25")

    assert finding.verdict is Verdict.EXACT
    places = [o.stated.places for o in finding.operands if isinstance(o.stated, Figure)]
    assert places == [2] * 801 + [0] * 4 + [2]


def test_a_result_that_may_be_anything_is_said_so() -> None:
    """0.3 - 0.2 - 0.1 may be 0: the quotient may be any number."""
    message = check("5 = 1.0 / (0.3 - 0.2 - 0.1 + 0.01)").message
    assert "按其余数字可为任何值" in message.zh
    assert "应任何值" not in message.zh


def test_sums_and_products_lie_in_each_other_up_to_60_deep() -> None:
    """A sum with a product with a sum, and so on: two more for each, and one for the number."""

    def nested(times: int) -> str:
        return f"{'1+2*(' * times}1{')' * times} = 1"

    check(nested(29))
    check(f"1 = {'/'.join(['2'] * 60)}")
    with refused("too-deep"):
        check(nested(30))


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (f"{'(' * 330}1{')' * 330} = 1", "too-deep", "column 61"),
        (f"1 = {'/'.join(['2'] * 500)}", "too-deep", "60"),
        (f"1 = {'/'.join(['2'] * 61)}", "too-deep", "60"),
        (f"{'+'.join(['1'] * 25_000)} = 1", "too-many-terms", "25000 terms"),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(text: str, code: str, place: str) -> None:
    with refused(code, match=place):
        check(text)


@pytest.mark.parametrize(
    ("equation", "is_cut_off"),
    [("99.3% = 1389.3 / 1397.90", True), ("99.4% = 1389.3 / 1397.90", False), ("3 = 1 + 1", False)],
)
def test_what_was_cut_off_is_told(equation: str, is_cut_off: bool) -> None:
    """99.385 %: 99.3 without rounding."""
    message = check(equation).message
    assert ("按截断才相符" in message.zh) == is_cut_off
    assert ("it holds only if it was cut off" in message.en) == is_cut_off


def test_a_sum_is_no_result() -> None:
    """A figure alone against something computed is rounded; those of a sum are what they say."""
    assert check("3 = 2 * 1.7").verdict.holds
    assert check("1 + 2 = 2 * 1.7").verdict is Verdict.INCONSISTENT
    assert check("2 * 1.7 = 1 + 2").verdict is Verdict.INCONSISTENT


@pytest.mark.parametrize("text", ["5 ≥ 6", "5.1 ≤ 5", "6 < 5.5"])
def test_of_an_inequality_nothing_is_due(text: str) -> None:
    """The other side is a bound, and no value that the figure should have."""
    finding = check(text)
    assert finding.verdict is Verdict.INCONSISTENT
    says(finding.why, text, text)
    assert "按其余数字" not in finding.why.zh


@pytest.mark.parametrize("other", ["5元", "5次", "5亩"])
def test_a_ratio_is_added_to_rates_alone(other: str) -> None:
    """Whichever of the two comes first: 1元/1元 is 1, and not 1 of something."""
    whole = other.replace("5", "6")
    for text in (f"1元/1元 + {other} = {whole}", f"{other} + 1元/1元 = {whole}"):
        with refused("unit-mismatch"):
            check(text)
    assert check("1元/1元 + 50% = 150%").verdict is Verdict.EXACT
    assert check("50% + 1元/1元 = 150%").verdict is Verdict.EXACT

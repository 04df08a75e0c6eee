"""Equations typed by hand: whatever is typed, there is a finding or an error that explains."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from budgetperf import BudgetperfError, Finding, Text, Verdict, check

SIGNS = ["+", "-", "*", "/", "×", "÷", "·", "(", ")", "=", "≤", ">=", "<", " ", ",", ".", "%", "‰"]
WORDS = [
    "万元",
    "亿元",
    "人",
    "元",
    "sum",
    "[*]",
    "[k]",
    "{}",
    "a.b",
    "０",
    "９９",
    "…",
    "\t",
    "一",
]
soup = st.lists(
    st.one_of(st.sampled_from(SIGNS + WORDS), st.integers(0, 999).map(str)), max_size=12
).map("".join)


def answered(text: str) -> None:
    """There is a finding, or an error that says in both languages what is wrong."""
    finding: Finding | None = None
    message: Text | None = None
    try:
        finding = check(text)
    except BudgetperfError as error:
        message = error.message
    if finding is None:
        assert message is not None
        assert message.zh
        assert message.en
    else:
        assert finding.verdict in Verdict
        assert finding.message.zh
        assert finding.operands


@given(text=st.text(max_size=40))
@example("")
@example("1=" + "9" * 500)
def test_any_text_is_answered(text: str) -> None:
    answered(text)


@given(text=soup)
@example("1/0.0=1")
@example("0 = 1 / (0.0 * 2)")
@example("-(-1) = 1")
@example("1 = - 2 - - 3")
def test_any_soup_of_signs_is_answered(text: str) -> None:
    answered(text)


@given(text=soup, more=soup)
def test_any_comparison_is_answered(text: str, more: str) -> None:
    answered(f"{text} = {more}")


@given(parts=st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=6))
def test_a_right_sum_is_exact(parts: list[object]) -> None:
    total = sum((Fraction(str(part)) for part in parts), start=Fraction(0))
    text = f"{total.numerator * (100 // total.denominator):03}"
    printed = f"{text[:-2]}.{text[-2:]}"
    assert check(f"{printed} = {' + '.join(map(str, parts))}").verdict is Verdict.EXACT


@given(a=st.integers(0, 10**6), b=st.integers(1, 10**6))
def test_a_rate_that_is_rounded_holds(a: int, b: int) -> None:
    hundredths = (20000 * a + b) // (2 * b)  # of a percent, half-up
    rate = f"{hundredths // 100}.{hundredths % 100:02}%"
    assert check(f"{rate} = {a}元 / {b}元").verdict is Verdict.EXACT


def half_up(value: Fraction, places: int) -> str:
    """A value that is not negative in print, rounded as at school."""
    steps = (value * 10**places + Fraction(1, 2)).__floor__()
    whole, behind = divmod(steps, 10**places)
    return f"{whole}.{behind:0{places}}" if places else str(whole)


shares = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


@given(
    parts=shares, scale=st.integers(1, 10**6), places=st.integers(0, 4), unit=st.sampled_from("%‰")
)
@example(parts=[1, 1, 1], scale=3, places=0, unit="%")
@example(parts=[500, 500], scale=10, places=0, unit="%")
def test_a_true_list_of_rates_is_never_wrong(
    parts: list[int], scale: int, places: int, unit: str
) -> None:
    """Whatever the places are; the total may be any."""
    values = [Fraction(part, scale) for part in parts]
    printed = [
        f"{half_up(value, places)}{unit}" for value in (sum(values, start=Fraction(0)), *values)
    ]
    finding = check(f"{printed[0]} = {' + '.join(printed[1:])}")
    assert finding.verdict.holds, finding.message


@given(parts=shares.filter(any), places=st.integers(0, 4))
@example(parts=[1, 1, 1], places=0)
def test_shares_of_a_whole_are_never_wrong(parts: list[int], places: int) -> None:
    """Nor is 100 % that is printed without the decimals of its parts."""
    printed = [f"{half_up(Fraction(100 * part, sum(parts)), places)}%" for part in parts]
    assert check(f"100% = {' + '.join(printed)}").verdict.holds


@given(
    parts=st.lists(st.integers(0, 10**6), min_size=1, max_size=12),
    names=st.sampled_from([["", "人"], ["", "名", "人"], ["", "个"], ["", "次"], ["", "公里"]]),
    off=st.sampled_from([0, 0, 1, -1]),
    data=st.data(),
)
def test_counts_add_up_however_their_units_are_printed(
    parts: list[int], names: list[str], off: int, data: st.DataObject
) -> None:
    """With a unit or without one; and off by 1 they do not."""
    total, *terms = (
        f"{number}{data.draw(st.sampled_from(names))}" for number in (sum(parts) + off, *parts)
    )
    verdict = check(f"{total} = {' + '.join(terms)}").verdict
    assert verdict is (Verdict.INCONSISTENT if off else Verdict.EXACT)

"""One number, misprinted, and what chance lets expect."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetperf import Figure, Interval, Operand, RoundingMode
from budgetperf.auditing.slips import explanations
from budgetperf.auditing.slips.evidence import Case, distance, expected, middle
from budgetperf.auditing.slips.explanations import (
    COINCIDENCE,
    Accused,
    Ledger,
    _crowd,
    _misprinted,
)
from budgetperf.auditing.slips.misprints import Grid, factors, misprints
from tests.audit.slip_cases import admits, before, exactly, explained, kinds, op
from tests.factories import there

# --- One number, misprinted


@pytest.mark.parametrize(
    ("printed", "right", "kind", "words"),
    [
        ("335.21万元", "353.21万元", "digits-swapped", "相邻两位数字颠倒"),
        ("352.31万元", "353.21万元", "digits-swapped", "相邻两位数字颠倒"),
        ("153.23万元", "353.21万元", "digits-swapped", "两位数字互换"),
        ("358.21万元", "353.21万元", "digit-wrong", "一位数字写错"),
        ("3553.21万元", "353.21万元", "digit-doubled", "一位数字重复书写"),
        ("33.21万元", "353.21万元", "digit-lost", "漏写一位数字"),
        ("-353.21万元", "353.21万元", "sign", "正负号写反"),
        ("353.21万元", "-353.21万元", "sign", "正负号写反"),
        ("-3532.10万元", "-353.21万元", "decimal-point", "小数点错位"),
        ("-353.21元", "-3532100.00元", "unit", "单位误写，应为-353.21万元"),
        ("3532.10万元", "353.21万元", "decimal-point", "小数点错位"),
        ("35.32万元", "353.21万元", "decimal-point", "小数点错位"),
        ("353.21元", "3532100.00元", "unit", "单位误写，应为353.21万元"),
        ("3532100.00万元", "353.21万元", "unit", "单位误写，应为3532100.00元"),
        ("0.60%", "59.75%", "ratio-for-percent", "比值与百分数相混，差 100 倍"),
        ("5975%", "59.75%", "ratio-for-percent", "比值与百分数相混，差 100 倍"),
        ("99.3%", "99.4%", "truncated", "99.3%是截断所得，四舍五入应为99.4%"),
    ],
)
def test_misprints(printed: str, right: str, kind: str, words: str) -> None:
    due = Figure.parse(right)
    admissible = due.interval if kind != "truncated" else admits("%", "99.3845", "99.3855")
    first = explained(op("x", printed), admissible)[0]
    assert first.kind == kind
    assert first.text.zh.endswith(words)
    assert first.before is not None
    assert first.before.interval.intersection(admissible) is not None
    if printed not in ("0.60%", "35.32万元"):  # digits are lost there
        assert first.before.nominal == due.nominal


@pytest.mark.parametrize(
    ("printed", "right", "kind", "rarity"),
    [
        ("-353.21万元", "353.21万元", "sign", 1),
        ("353.21元", "3532100.00元", "unit", 1),
        ("0.60%", "59.75%", "ratio-for-percent", 1),
        ("99.3%", "99.4%", "truncated", 1),
        ("3532.10万元", "353.21万元", "decimal-point", 4),
        ("335.21万元", "353.21万元", "digits-swapped", 6),
        ("33.21万元", "353.21万元", "digit-lost", 8),
        ("3553.21万元", "353.21万元", "digit-doubled", 8),
        ("358.21万元", "353.21万元", "digit-wrong", 12),
        ("153.23万元", "353.21万元", "digits-swapped", 12),
    ],
)
def test_how_seldom_a_misprint_is_met(printed: str, right: str, kind: str, rarity: int) -> None:
    """As the rough order beside the search has it."""
    admissible = Figure.parse(right).interval
    case = there(Case.of(Accused(operand=op("x", printed), admissible=admissible)))
    rarities = [offer.rarity for offer in _misprinted(case) if offer.explanation.kind == kind]
    assert min(rarities) == rarity


@pytest.mark.parametrize(
    ("lower", "upper", "mid"), [(0, 10, 5), (-10, 0, -5), (0, 0, 0), (-3, 5, 1), (2, 4, 3)]
)
def test_the_middle_of_what_is_admitted(lower: int, upper: int, mid: int) -> None:
    assert middle(Interval(lower=lower, upper=upper)) == mid


def test_zeros_behind_the_places_are_no_digits_that_can_be_wrong() -> None:
    """1.230 of a column of two decimals is 1.23."""
    long, short = (
        misprints(Grid.of(Figure(value=value, unit="万元", places=2)))
        for value in ("1.230", "1.23")
    )
    assert [slip.originals for slip in long] == [slip.originals for slip in short]
    assert all(type(number) is int for slip in long for number in slip.originals)


def test_twenty_yuan() -> None:
    """109: "20元" for 20 万元."""
    (explanation, *_) = explained(op("x", "20元"), Figure.parse("20万元").interval)
    assert explanation.kind == "unit"
    assert explanation.text.zh == "20元应为200000元：单位误写，应为20万元"
    assert (
        explanation.text.en
        == "20 yuan in place of 200000 yuan: the unit is wrong, 20 wan yuan was meant"
    )


def test_the_more_usual_comes_first() -> None:
    """1000 for 100: the point was moved, or a digit was written twice."""
    explanations = explained(op("x", "1000个"), exactly(100))
    assert kinds(explanations) == ["decimal-point", "digit-doubled"]
    assert [before(e) for e in explanations] == ["100个", "100个"]
    assert [e.tried for e in explanations] == [6, 1]
    assert [e.chance for e in explanations] == [Fraction(1, 150), Fraction(1, 150)]


def test_a_hundred_for_a_thousand() -> None:
    """051: 100 where 1000 件 are due: the point, or a 0 that was lost."""
    explanations = explained(op("x", "100件"), exactly(1000))
    assert kinds(explanations) == ["decimal-point", "digit-lost"]
    assert [before(e) for e in explanations] == ["1000件", "1000件"]
    assert explanations[1].tried == len(
        {f"{d}100" for d in range(1, 10)}
        | {f"1{d}00" for d in range(10)}
        | {f"10{d}0" for d in range(10)}
        | {f"100{d}" for d in range(10)}
    )


def test_a_point_is_moved_and_not_a_percent_sign() -> None:
    by_kind = {
        unit: sorted(f.kind for f in factors(Figure(value=1, unit=unit)))
        for unit in ("万元", "元", "%", "")
    }
    points = ["decimal-point"] * 6
    assert by_kind["万元"] == by_kind["元"] == [*points, "sign", "unit", "unit"]
    assert by_kind["%"] == [*points[:4], "ratio-for-percent", "ratio-for-percent", "sign"]
    assert by_kind[""] == [*points, "sign"]


def originals(text: str, kind: str, places: int | None = None) -> list[set[str]]:
    stated = (op("x", text) if places is None else op("x", text, places=places)).stated
    assert isinstance(stated, Figure)
    grid = Grid.of(stated)
    return [
        {str(grid.printed(n).value) for n in slip.originals}
        for slip in misprints(grid)
        if slip.kind == kind
    ]


def test_every_number_that_a_slip_turns_into_the_print() -> None:
    assert originals("12.3", "digits-swapped") == [{"21.3", "13.2"}, {"21.3", "13.2", "32.1"}]
    assert originals("0.75", "digits-swapped") == [{"7.05", "0.57"}, {"7.05", "0.57", "5.70"}]
    assert originals("100", "digits-swapped") == [set(), set()]  # 010 and 001 are no numbers
    assert originals("11.55", "digit-doubled") == [{"1.55", "11.50"}]
    assert originals("1.15", "digit-doubled") == [set()]  # across the point nobody doubles
    assert originals("0.7", "digit-wrong") == [
        {f"{a}.7" for a in range(1, 10)} | {f"0.{b}" for b in range(10) if b != 7}
    ]
    (lost,) = originals("12", "digit-lost")
    assert lost == {f"{d}12" for d in range(1, 10)} | {f"1{d}2" for d in range(10)} | {
        f"12{d}" for d in range(10)
    }
    assert originals("-12", "digits-swapped") == [{"-21"}, {"-21"}]
    # Nobody writes 02 for 12, nor did anyone write 02.7 before a 2 was lost.
    assert originals("12", "digit-wrong") == [
        {f"{a}2" for a in range(2, 10)} | {f"1{b}" for b in range(10) if b != 2}
    ]
    assert originals("5", "digit-wrong") == [{f"{a}" for a in range(10) if a != 5}]
    assert originals("0.7", "digit-lost") == [{f"{d}0.7" for d in range(1, 10)}]
    assert originals("0", "digit-lost") == [{f"{d}0" for d in range(1, 10)}]


def test_a_digit_lost_behind_the_point_shows() -> None:
    """Among two decimals, 353.1 lacks one."""
    whole, behind = originals("353.1", "digit-lost", places=2)
    assert "353.21" in behind
    assert "353.21" not in whole
    assert len(originals("353.1", "digit-lost")) == 1
    assert len(originals("353", "digit-lost", places=2)) == 1
    right = admits("万元", "353.205", "353.215")
    (explanation,) = explained(op("x", "353.1万元", places=2), right)
    assert (explanation.kind, before(explanation)) == ("digit-lost", "353.21万元")
    # 353.16 to 353.19, 353.21 and 353.31 are off by 0.055 to 0.22, a length of 0.165; and 353.1
    # for 353.10 is one print in ten.
    assert explanation.chance == Fraction(6) / Fraction(165, 10) / 10


def test_numbers_in_words_have_no_digits_to_swap() -> None:
    assert misprints(Grid.of(Figure.parse("三百五十三万元"))) == ()
    assert misprints(Grid.of(Figure.parse("３５３万元"))) != ()


def test_numbers_without_the_last_places() -> None:
    """3530 万元 to ten: the 0 is no digit that anyone wrote wrongly."""
    figure = Figure(value="3530", unit="万元", places=-1)
    grid = Grid.of(figure)
    assert grid.number == 353
    assert grid.step == 100000
    by_kind = {slip.kind: slip for slip in misprints(grid)}
    assert 358 in by_kind["digit-wrong"].originals
    assert str(grid.printed(358)) == "3580万元"
    suspect = Operand(path="x", stated=figure)
    (first, *_) = explained(suspect, Figure(value="5330", unit="万元", places=-1).interval)
    assert (first.kind, before(first)) == ("digits-swapped", "5330万元")


def test_an_exact_figure_finer_than_its_column() -> None:
    figure = Figure(value="18.5", places=0, rounding=None)
    grid = Grid.of(figure)
    assert (grid.places, grid.number, grid.step) == (1, 185, Fraction(1, 10))


def test_a_figure_between_the_numbers_of_its_column() -> None:
    """8.4 for anything within 0.5 of it is counted in tenths; with its digits swapped it is 4.8."""
    figure = Figure(value="8.4", places=0, rounding=RoundingMode.NEAREST)
    grid = Grid.of(figure)

    assert figure.interval == Interval(lower="7.9", upper="8.9")
    assert (grid.places, grid.number, grid.step) == (1, 84, Fraction(1, 10))
    assert grid.printed(48).nominal == Fraction("4.8")


def test_one_wrong_digit_is_no_news_where_every_number_is_one_digit_away() -> None:
    # Of 353.21 to 353.28, all are one digit away from 353.24.
    assert explained(op("x", "353.24万元"), admits("万元", "353.205", "353.215")) == ()
    # Tens are not: of the numbers off by 0.15 to 0.60 to that side, 353.44 to 353.84 are.
    (explanation,) = explained(op("x", "353.24万元"), admits("万元", "353.535", "353.545"))
    assert explanation.kind == "digit-wrong"
    assert explanation.chance == Fraction(5) / 45


def test_nothing_is_offered_where_everything_fits() -> None:
    unbounded = Interval(lower=10**9)
    assert explained(op("x", "335.21万元"), unbounded) == ()
    wide = admits("万元", "340", "400")
    assert explained(op("x", "335.21万元"), wide) == ()
    assert explained(op("x", "0.00万元"), admits("万元", "0.005", "0.006")) == ()


def test_a_factor_that_only_just_misses() -> None:
    """5.0 is up to 5.05, and not 5.05: ten times as much may be 50.49, and is never 50.5."""
    explanations = explained(op("x", "5.0万元"), admits("万元", "50.4", "50.45"))
    assert "decimal-point" in kinds(explanations)
    missed = explained(op("x", "5.0万元"), admits("万元", "50.5", "50.55"))
    assert "decimal-point" not in kinds(missed)


@pytest.mark.parametrize("sign", ["", "-"])
def test_what_is_moved_is_not_cut_off(sign: str) -> None:
    """8.7 is ten times 0.87: neither 0.8 nor 0.9 was moved, though 0.87 is printed as 0.9."""
    for due in ("0.8", "0.9"):
        admissible = Figure.parse(f"{sign}{due}%", exact=True).interval
        assert "decimal-point" not in kinds(explained(op("x", f"{sign}8.7%"), admissible))


@pytest.mark.parametrize(
    ("figure", "width", "ends"),
    [
        (Figure(value="0.7"), "0.1", ("0.65", "0.75")),
        (Figure(value="18.5", rounding=None), "0.1", ("18.45", "18.55")),
        (Figure(value="300", rounding=None), "1", ("299.5", "300.5")),
        (Figure(value="8.4", places=0, rounding=RoundingMode.NEAREST), "1", ("7.9", "8.9")),
        (Figure(value="0.0", rounding=RoundingMode.DOWN), "0.2", ("-0.1", "0.1")),
        (Figure(value="1.2", rounding=RoundingMode.DOWN), "0.1", ("1.2", "1.3")),
        (Figure(value="1.2", rounding=RoundingMode.UP), "0.1", ("1.1", "1.2")),
    ],
)
def test_how_wide_a_print_is(figure: Figure, width: str, ends: tuple[str, str]) -> None:
    """As wide as all that it may stand for; an exact one as if its last digit were rounded."""
    operand = Operand(path="x", stated=figure)
    case = there(Case.of(Accused(operand=operand, admissible=exactly(1000))))
    assert case.width == Fraction(width)
    assert case.ends == tuple(map(Fraction, ends))


def test_exact_figures_are_not_cut() -> None:
    assert "truncated" not in kinds(explained(op("x", "17分"), admits("", "17.78", "17.79")))
    (explanation,) = explained(op("x", "17.0%"), admits("%", "17.08", "17.09"))
    assert (explanation.kind, explanation.tried) == ("truncated", 1)
    assert explanation.chance == Fraction(11, 100) / (Fraction("17.085") * 3 / 2)


def test_an_exact_figure_by_a_factor() -> None:
    (explanation, *_) = explained(op("x", "20分"), exactly(-20))
    assert (explanation.kind, before(explanation)) == ("sign", "-20分")
    (explanation, *_) = explained(op("x", "3532分"), Interval.point("35.32"))
    assert (explanation.kind, before(explanation)) == ("decimal-point", "35.32分")
    assert explanation.before == Figure(value="35.32", unit="分", rounding=None)
    # By ones, one number in three is as near to 2 as that: 20 for 2 may be anything.
    assert explained(op("x", "20个"), exactly(2)) == ()


def test_what_is_counted_is_whole_and_not_below_none() -> None:
    (explanation,) = explained(op("x", "4000个"), exactly(40))
    assert (explanation.kind, before(explanation)) == ("decimal-point", "40个")
    assert explained(op("x", "4004个"), admits("", "40.03", "40.05")) == ()
    assert explained(op("x", "4个"), admits("", "0.3", "0.5")) == ()
    assert explained(op("x", "20个"), exactly(-20)) == ()
    (explanation,) = explained(op("x", "123人"), exactly(123000))
    assert (explanation.kind, before(explanation)) == ("decimal-point", "123000人")


def test_a_number_is_moved_after_it_was_rounded() -> None:
    """74 % as 7400 %: the rate is 73.59 %, which is not 74.00 %. And 1 for 100 %."""
    (explanation, *_) = explained(op("x", "7400%"), Interval.point(Fraction(326, 443)))
    assert (explanation.kind, before(explanation)) == ("ratio-for-percent", "74%")
    # Of both factors the one: as wide as the cell of 74 %.
    assert explanation.chance == Fraction(1, 100) / (Fraction(326, 443) * 3 / 2)
    (explanation, *_) = explained(op("x", "1%"), exactly(1))
    assert (explanation.kind, before(explanation)) == ("ratio-for-percent", "100%")
    assert explanation.chance == Fraction(1, 150)
    (explanation, *_) = explained(op("x", "3532.10万元"), admits("万元", "353.205", "353.215"))
    assert explanation.chance == Fraction(2, 100) / (Fraction("353.21") * 3 / 2)
    # What was rounded after it was moved has lost a digit: 87.2 % may have been.
    (explanation,) = explained(op("x", "8.7%"), admits("%", "87.15", "87.25"))
    assert (explanation.kind, before(explanation)) == ("decimal-point", "87.2%")


@pytest.mark.parametrize(
    ("printed", "lower", "upper", "kind", "count"),
    [
        ("20元", "200000", "200000.1", "unit", 1),
        ("20元", "199999.6", "199999.9", "unit", 0),  # 20 万元 is 200000 元, and no less
        ("20元", "200000.1", "200000.4", "unit", 0),
        ("20.0万元", "199999.6", "199999.9", "unit", 0),
        ("20.0元", "199999.6", "199999.9", "unit", 1),  # 20.0 万元 may be
        ("20元", "200", "200.1", "decimal-point", 1),
        ("20元", "199.6", "199.9", "decimal-point", 0),
        ("20.0元", "199.6", "199.9", "decimal-point", 1),
    ],
)
def test_a_unit_is_of_the_number_as_it_is_printed(
    printed: str, lower: str, upper: str, kind: str, count: int
) -> None:
    """20 is exact here, and 20.0 is not: it may be 19.95 to 20.05."""
    suspect = op("x", printed, exact=None if "." in printed else True)
    assert kinds(explained(suspect, admits("", lower, upper))).count(kind) == count


def test_in_a_greater_unit_a_number_is_rounded_to_more() -> None:
    """353.21 万元 is right to 100 元: so much, and the 0.01 of what is due, could fit by chance."""
    first = explained(op("x", "353.21元"), admits("", "3532099.995", "3532100.005"))[0]
    assert (first.kind, before(first)) == ("unit", "3532100.00元")
    assert first.chance == Fraction("100.01") / (3532100 * Fraction(3, 2))


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_the_numbers_admitted_under_every_mode(mode: RoundingMode) -> None:
    """Against the cells of all numbers around."""
    grid = Grid.of(Figure(value="0.7", rounding=mode))
    for lower in range(-30, 30, 5):
        for upper in range(lower, 30, 5):
            for closed in (True, False) if lower < upper else (True,):
                values = Interval(
                    lower=Fraction(lower, 100),
                    upper=Fraction(upper, 100),
                    lower_closed=closed,
                    upper_closed=closed,
                )
                fits = [
                    n
                    for n in range(-9, 10)
                    if grid.printed(n).interval.intersection(values) is not None
                ]
                assert list(grid.admitted(values)) == fits


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_a_value_is_printed_as_the_figure_is(mode: RoundingMode) -> None:
    """By its own rounding; an exact figure has none, and what it does not show was rounded."""
    grid = Grid.of(Figure(value="0.7", rounding=mode))
    exact = Grid.of(Figure(value="0.7", rounding=None))
    for hundredths in range(-29, 30):
        value = Fraction(hundredths, 100)
        assert value in grid.like(value).interval
        assert grid.like(value).rounding is mode
        whole = hundredths % 10 == 0
        assert exact.like(value).rounding is (None if whole else RoundingMode.HALF_UP)
        assert value in exact.like(value).interval


def test_the_whole_numbers_in_an_interval() -> None:
    grid = Grid.of(Figure(value="7", rounding=None))
    assert list(grid.admitted(Interval(lower=2, upper=4))) == [2, 3, 4]
    assert list(
        grid.admitted(Interval(lower=2, upper=4, lower_closed=False, upper_closed=False))
    ) == [3]
    assert list(grid.admitted(Interval(lower="2.1", upper="2.9"))) == []


# --- Chance


def test_what_fits_is_counted_wherever_it_lies() -> None:
    """From 0 (excluded) up to 1, and 1/10 in it: no value is within a factor of 2 of the middle."""
    value, half = Fraction(1, 10), Fraction(1, 2)
    assert expected([value], half, Fraction(1)) == Fraction(4, 3)
    ledger = Ledger.of([op("r", "0.1")])
    assert ledger.expected("number", Fraction(0), Fraction(1), ()) == Fraction(4, 3)
    assert ledger.expected("number", Fraction(0), Fraction(1), (value,)) == 0
    # And what lies just so far off as the interval is wide, as a figure that was cut off may.
    assert expected([Fraction(1, 4)], Fraction(1), Fraction(3, 4)) == Fraction(1, 2)
    assert expected([Fraction(1, 4)], Fraction(1), Fraction(2, 3)) == 0
    # The middle of the numbers from 1 to 20 is 10.5, which is 4.5 away from 6.
    assert _crowd([0], 6, range(1, 21)) == 0
    assert _crowd([1], 6, range(1, 21)) == Fraction(20, 1) / (Fraction(9, 2) * Fraction(3, 2))
    # Around 0 they are 6 away from it: as far as half of that and twice as much are 3 to -6.
    assert _crowd([4, 3, 0, -6, -7], 6, range(-1, 2)) == Fraction(3 * 3, 9)


@pytest.mark.parametrize(("lower", "upper"), [("-50", "50"), ("0", "50"), ("-20", "50")])
def test_near_0_whatever_is_small_enough_fits(lower: str, upper: str) -> None:
    """4.28万元 may be 4.28元 among all that is less than 50元: so would be most other numbers."""
    assert explained(op("x", "4.28万元"), admits("元", lower, upper)) == ()


def test_what_chance_lets_expect() -> None:
    values = [Fraction(n) for n in (1, 5, 5, 10, -20, 20, 21)]
    # 5, 10, -20 and 20 are within a factor of 2 of 10; a width of 3 of the 15 from 5 to 20.
    assert expected(values, Fraction(10), Fraction(3)) == Fraction(4 * 3, 15)
    # Around 0 only 1 does: from 1/2 to 2, two thirds are within 3/2. From 5/2 on, nothing is.
    assert expected(values, Fraction(0), Fraction(3)) == Fraction(2, 3)
    assert expected(values, Fraction(0), Fraction(6)) == 1 + Fraction(1, 15)
    assert expected([Fraction(0)], Fraction(0), Fraction(3)) == 1
    assert expected([], Fraction(0), Fraction(3)) == 0


def test_the_ledger_expects_the_same() -> None:
    texts = ("1", "5", "5", "10", "-20", "20", "21", "0")
    ledger = Ledger.of([op(f"r[{i}]", text) for i, text in enumerate(texts)])
    half = Fraction(3, 2)
    assert ledger.expected("number", 10 - half, 10 + half, ()) == Fraction(4 * 3, 15)
    assert ledger.expected("number", 10 - half, 10 + half, (Fraction(5),)) == Fraction(3 * 3, 15)
    assert ledger.expected("number", 10 - half, 10 + half, (Fraction(7),)) == Fraction(4 * 3, 15)
    assert ledger.expected("number", -half, half, ()) == Fraction(2, 3)
    assert ledger.expected("number", -half, half, (Fraction(1),)) == 0
    assert ledger.expected("money", -half, half, ()) == 0
    assert ledger.count("number", (Fraction(5), Fraction(7))) == 5


@pytest.mark.parametrize(
    ("path", "other", "steps"),
    [
        ("form.funding.total.initial", "form.funding.total.revised", 2),
        ("form.funding.total.initial", "form.funding.sources[0].initial", 5),
        ("form.indicators[1].score", "form.indicators[2].score", 4),
        ("a.b", "a.b", 0),
        ("a.b", "a.b.c", 1),
        ("", "", 0),
    ],
)
def test_how_far_figures_stand_apart(path: str, other: str, steps: int) -> None:
    assert distance(path, other) == distance(other, path) == steps


@pytest.mark.parametrize("printed", ["3532.10万元", "335.21万元"])
def test_all_that_is_offered_is_less_than_a_coincidence(
    printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Fraction(1, 10) < COINCIDENCE < Fraction(1, 2)
    right = admits("万元", "353.205", "353.215")
    (slip, *_) = explained(op("x", printed), right)
    monkeypatch.setattr(explanations, "COINCIDENCE", slip.chance)
    assert slip not in explained(op("x", printed), right)
    monkeypatch.setattr(explanations, "COINCIDENCE", slip.chance * Fraction(101, 100))
    assert slip in explained(op("x", printed), right)


@pytest.mark.parametrize("scale", ["1", "-1", "1/3", "7/2"])
def test_what_is_of_the_size_of_a_figure(scale: str) -> None:
    """From half of it to twice as much, to either side of 0; each is spread over all of that."""
    unit = Fraction(scale)
    mid, width = 10 * unit, 3 * abs(unit)
    for value in ("5", "5.5", "10", "19.5", "20", "-5", "-20"):
        assert expected([Fraction(value) * unit], mid, width) == Fraction(2 * 3, 3 * 10)
    for value in ("0", "4", "4.9", "20.1", "25", "-4.9", "-25"):
        assert expected([Fraction(value) * unit], mid, width) == 0

"""Reading printed numbers: every accepted form, every refused one, and the marks for nothing."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetperf import BudgetperfError, Figure, Missing, MissingReason, parse_figure
from budgetperf.exact import Operator, Place, blank_reason, fold_width, parse_number, plain_text
from budgetperf.exact.figure import read_figure
from tests.factories import refused, says, typed

# --- accepted ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # plain
        ("353.21万元", "353.21", "万元"),
        ("百分之九十", "90", "%"),
        ("百分之百", "100", "%"),
        ("百分之一百", "100", "%"),
        ("千分之三点五", "3.5", "‰"),
        ("353.21 万元", "353.21", "万元"),
        ("  353.21万元\n", "353.21", "万元"),
        ("1,234.5", "1234.5", ""),
        ("22,373.87", "22373.87", ""),
        ("1,234,567.00元", "1234567.00", "元"),
        ("1234567", "1234567", ""),
        ("0", "0", ""),
        ("007", "7", ""),
        ("0.0900000762939453", "0.0900000762939453", ""),
        ("-55.78", "-55.78", ""),
        ("+5", "5", ""),
        ("- 5", "-5", ""),
        # units
        ("68.48%", "68.48", "%"),
        ("0.9‰", "0.9", "‰"),
        ("100百分比", "100", "百分比"),
        ("2.6亿元", "2.6", "亿元"),
        ("2.6亿", "2.6", "亿"),
        ("16.3万件", "16.3", "万件"),
        ("8个", "8", "个"),
        ("1600元/亩", "1600", "元/亩"),
        ("400元/人、天", "400", "元/人、天"),
        ("25℃", "25", "℃"),
        ("30m²", "30", "m²"),
        ("¥353.21", "353.21", "元"),
        ("￥-3", "-3", "元"),
        ("¥353.21万元", "353.21", "万元"),
        # full width
        ("３５３．２１％", "353.21", "%"),
        ("１，２３４．５", "1234.5", ""),
        ("－３", "-3", ""),
        ("−3", "-3", ""),
        ("＋３", "3", ""),
        ("３　万元", "3", "万元"),
        ("5﹪", "5", "%"),
        ("５ＫＭ", "5", "KM"),
        # characters
        ("三百五十三万元", "3530000", "元"),
        ("三百五十三万二千一百元", "3532100", "元"),
        ("二〇二三年", "2023", "年"),
        ("一二三四五六七八九〇", "1234567890", ""),
        ("三点五万元", "3.5", "万元"),
        ("三点一四", "3.14", ""),
        ("两个", "2", "个"),
        ("十二次", "12", "次"),
        ("二十", "20", ""),
        ("一百零五", "105", ""),
        ("一百一十", "110", ""),
        ("一百十", "110", ""),
        ("三千零五十", "3050", ""),
        ("一万零二", "10002", ""),
        ("两万两千", "22000", ""),
        ("一千零一万", "10010000", ""),
        ("五万三千亿", "5300000000000", ""),
        ("三亿五千万元", "350000000", "元"),
        ("一亿零五万", "100050000", ""),
        ("九%", "9", "%"),
        ("零", "0", ""),
        ("-一", "-1", ""),
        # capitals
        ("叁佰元伍角整", "300.50", "元"),
        ("叁佰元整", "300.00", "元"),
        ("叁佰圆正", "300.00", "元"),
        ("叁佰元伍角", "300.50", "元"),
        ("叁佰元零伍分", "300.05", "元"),
        ("壹万贰仟叁佰肆拾伍元陆角柒分", "12345.67", "元"),
        ("壹萬億元整", "1000000000000.00", "元"),
        ("玖拾捌元", "98", "元"),
    ],
)
def test_accepted(text: str, value: str, unit: str) -> None:
    number = parse_number(text)
    assert (number.value, number.unit.symbol) == (Decimal(value), unit)
    assert number.value.as_tuple() == Decimal(value).as_tuple(), "the decimals are kept"
    assert number.operator is None
    assert number.text == text


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        *((f"{sign}95%", Operator.AT_LEAST) for sign in ("≥", "≧", "⩾", ">=", "=>", "≥≥", "＞＝")),
        *((f"{word}95%", Operator.AT_LEAST) for word in ("不低于", "不少于", "不小于", "至少")),
        *((f"{word}95%", Operator.AT_LEAST) for word in ("大于等于", "大于或等于")),
        *((f"95%{word}", Operator.AT_LEAST) for word in ("以上", "及以上")),
        ("≥95%以上", Operator.AT_LEAST),
        *(
            (f"{sign}95%", Operator.ABOVE)
            for sign in (">", "＞", "﹥", "大于", "高于", "超过", "多于")
        ),
        *((f"{sign}95%", Operator.AT_MOST) for sign in ("≤", "≦", "⩽", "<=", "=<", "＜＝", "﹤﹦")),
        *((f"{word}95%", Operator.AT_MOST) for word in ("不高于", "不超过", "不大于", "不多于")),
        *((f"{word}95%", Operator.AT_MOST) for word in ("小于等于", "小于或等于", "至多")),
        *((f"95%{word}", Operator.AT_MOST) for word in ("以下", "及以下", "以内")),
        *((f"{sign}95%", Operator.BELOW) for sign in ("<", "＜", "﹤", "小于", "低于", "少于")),
        *((f"{sign}95%", Operator.EQUAL) for sign in ("=", "＝", "﹦", "==", "等于")),
        ("≥ 95 %", Operator.AT_LEAST),
        (r"$\geq 95\%$", Operator.AT_LEAST),
        (r"$\ge 95\%$", Operator.AT_LEAST),
        (r"$\geqslant 95\%$", Operator.AT_LEAST),
        (r"$\leq 95\%$", Operator.AT_MOST),
        (r"$\le95\%$", Operator.AT_MOST),
        (r"$\leqslant{95}\%$", Operator.AT_MOST),
        (r"$\gt\,95\%$", Operator.ABOVE),
        (r"$\lt 95\%$", Operator.BELOW),
        (r"$95\%$", None),
    ],
)
def test_operators(text: str, operator: Operator | None) -> None:
    number = parse_number(text)
    assert (number.operator, number.value, number.unit.symbol) == (operator, Decimal(95), "%")


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("叁佰元整", True),
        ("叁佰元伍角整", True),
        ("叁佰元伍角伍分", True),
        ("叁佰元伍角", False),
        ("三百元", False),
        ("300元", False),
    ],
)
def test_what_says_that_nothing_was_rounded_away(text: str, exact: bool) -> None:
    assert parse_number(text).exact == exact
    assert Figure.parse(text).is_exact == exact


def test_every_digit_is_kept() -> None:
    """Beyond the 28 digits of the default decimal context, too."""
    digits = "1234567890" * 5
    assert parse_number(f"-{digits}.5").value == Decimal(f"-{digits}.5")
    characters = "一二三四五六七八九〇" * 5
    assert parse_number(f"{characters}元五分").value == Decimal(f"{digits}.05")


def in_characters(n: int) -> str:
    """``n`` as it is written by the book: 零 over each gap, 一十 within a number."""
    text, gap = "", False
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if n >= power:
            text += in_characters(n // power) + name
            n %= power
            gap = 0 < n < power // 10
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text or "零"


CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@given(n=st.one_of(st.integers(0, 10**12 - 1), st.sampled_from([10**k for k in range(16)])))
@example(n=1010101010101010)
@example(n=10_000_001)
def test_whole_numbers_in_characters(n: int) -> None:
    text = in_characters(n)
    assert parse_number(text).value == n
    assert parse_number(f"{text}元").value == n
    assert parse_number(f"{text}次").value == n
    capitals = parse_number(f"{text.translate(CAPITALS)}元整")
    assert capitals.value == n
    assert capitals.exact


@given(digits=st.text("0123456789", min_size=1, max_size=12))
def test_separators_in_groups_of_three_and_in_no_others(digits: str) -> None:
    number = int(digits)
    assert parse_number(f"{number:,}").value == number
    for at in range(1, len(digits)):
        text = f"{digits[:at]},{digits[at:]}"
        if len(digits) - at == 3 and at <= 3:
            assert parse_number(text).value == number
        else:
            with refused("bad-separator"):
                parse_number(text)


# --- refused ----------------------------------------------------------------------------------

NO_NUMBER = "not-a-printed-number"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "bad-separator") for text in ("7,00.0,77", "12,34", "1,2345", "1234,567")),
        *((text, "bad-separator") for text in ("1,234,56", "１２，３４", "12.51,2", "5,")),
        *((text, "two-operators") for text in ("≥<9", "≥9以下", "=>=9", "不低于9以内")),
        *((text, NO_NUMBER) for text in ("", "   ", ".5", "5.", "1.2.3", "1 2", "1 234", "20_")),
        *((text, NO_NUMBER) for text in ("--5", "5-6", "1-12月", "2021年12月31日", "每亩300")),
        *((text, NO_NUMBER) for text in ("已完成100%", "836项，超额", "1e5", "½", "٣")),
        *((text, NO_NUMBER) for text in ("10\n2、0%", "5 units of a very long name", "≥")),
        *((text, NO_NUMBER) for text in ("万元", "千元", "元", "点五", "三点", "三点五点六")),
        ("三点十五", NO_NUMBER),
        # 320 or 302, 12,000 or 10,002?
        *((text, NO_NUMBER) for text in ("三百二", "一万二", "三四个", "五六天", "一二三")),
        # not the order in which numbers are written
        *((text, NO_NUMBER) for text in ("一万万", "一亿亿", "一亿二亿", "一亿二万三亿", "万亿")),
        *((text, NO_NUMBER) for text in ("零万", "十百", "三零二百", "一百五零", "三四百", "二两")),
        *((text, NO_NUMBER) for text in ("三十五元五", "叁佰元十角")),
        # of LaTeX there are two
        *((text, NO_NUMBER) for text in ("$353.21", "＄353.21", "353.21$", "$$9$")),
        # words that begin with a numeral
        *((text, NO_NUMBER) for text in ("一般", "十分满意", "三分之二", "十几人", "三公经费")),
        ("正常", NO_NUMBER),
    ],
)
def test_refused(text: str, code: str) -> None:
    with refused(code) as caught:
        parse_number(text)
    says(caught.value.message, f"“{text}”", repr(text))


def read(text: str) -> str:
    """Read ``text`` in every way there is; the code of the refusal, if it is one."""
    blank_reason(text)
    stated = read_figure(text)
    assert isinstance(stated, (Figure, Missing))
    try:
        number = parse_number(text)
    except BudgetperfError as error:
        assert isinstance(stated, Missing)
        return error.code
    assert number.value.is_finite()
    assert number.text == text
    return ""


@given(text=st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read(text) in ("", "bad-separator", "two-operators", NO_NUMBER)


PRINTED = (
    "0123456789.,，．-－ 　$\\{}%％‰≥≤<>=＝≧¥*×X_—/以上下及内不低于少至〇零一二十百千万亿点元角分整"
)


@given(text=st.text(PRINTED, max_size=20))
def test_anything_that_looks_like_print_is_read_or_refused(text: str) -> None:
    assert read(text) in ("", "bad-separator", "two-operators", NO_NUMBER)


# Two parts of a pattern that share a run took minutes, or for ever.
@pytest.mark.parametrize("times", [80, 20_000])
@pytest.mark.parametrize(
    ("form", "code"),
    [
        (("", "=", "x"), NO_NUMBER),
        (("", ">=", "x"), NO_NUMBER),
        (("≥", " ", "x"), NO_NUMBER),
        (("", "1", "!"), NO_NUMBER),
        (("1", ".", "!"), NO_NUMBER),
        (("", "1,", ""), "bad-separator"),
        (("", "1,111", ""), "bad-separator"),
        (("", "一", "!"), NO_NUMBER),
        (("", "一亿", ""), NO_NUMBER),
        (("", "一万", ""), NO_NUMBER),
        (("5", " ", "!"), NO_NUMBER),
        (("", "*", "五个字以上"), NO_NUMBER),
        (("", "1", "*五个字以上"), NO_NUMBER),
        (("", "X", "五个字以上"), NO_NUMBER),
        (("", "1", ""), ""),
    ],
    ids=lambda value: "…".join(value) if isinstance(value, tuple) else None,
)
def test_long_text_is_read_or_refused(form: tuple[str, str, str], code: str, times: int) -> None:
    start, run, end = form
    too_long = "too-many-digits" if run == "1" else "too-long"
    assert read(start + run * times + end) == (code if times < 100 else too_long)


def test_marks_that_print_nothing_do_not_make_a_number_long() -> None:
    assert read("$" * 20_000 + "5" + " " * 20_000) == ""
    assert read("$\\" * 20_000) == "too-long"


@pytest.mark.parametrize(
    "text",
    [
        "9" * 101,
        "0." + "1" * 101,
        "1" + ",111" * 34,
        "九" * 101,
        "九点" + "一" * 101,
        "≥" + "9" * 101 + "%",
    ],
)
def test_more_digits_than_a_number_has(text: str) -> None:
    assert read(text) == "too-many-digits"
    assert isinstance(parse_figure(text), Missing)


@pytest.mark.parametrize("text", ["9" * 100, "0." + "1" * 100, "1" + ",111" * 33, "九" * 100])
def test_as_many_digits_as_a_number_has(text: str) -> None:
    assert read(text) == ""
    figure = typed(Figure, parse_figure(text))
    assert len(str(figure.interval)) > 100


# --- nothing is printed, or words ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *((text, MissingReason.BLANK) for text in ("", " 　\n", "……", "......")),
        *((text, MissingReason.DASH) for text in ("—", "——", "-", "----", "－", "/", "／", "\\")),
        *((text, MissingReason.MASKED) for text in ("*", "****", "＊＊", "XX", "xx万元", "20_")),
        *((text, MissingReason.MASKED) for text in ("20__年", "3*.*5万元")),
        *((text, MissingReason.PLACEHOLDER) for text in ("待填报", "(200字以内)", "（200字以内）")),
        *((text, MissingReason.PLACEHOLDER) for text in ("指标2:", "指标2：")),
        *((text, MissingReason.NOT_MEASURED) for text in ("未达到监控节点", "未达监控节点")),
        *((text, MissingReason.NOT_MEASURED) for text in ("未到监控节点，年底统计", "尚未监测")),
    ],
)
def test_marks_for_nothing(text: str, reason: MissingReason) -> None:
    assert blank_reason(text) == Missing(reason=reason, text=text.strip())
    assert parse_figure(text, place=Place(line=7)) == Missing(
        reason=reason, text=text.strip(), line=7
    )


@pytest.mark.parametrize("text", ["", "—", "达成预期指标", "7,00.0,77"])
def test_what_is_missing_has_its_place_only_where_that_says_more_than_the_line(text: str) -> None:
    in_cell = Place(line=7, column=3, sheet="自评表", cell="C7")
    own = parse_figure(text, place=in_cell)
    assert isinstance(own, Missing)
    assert (own.line, own.place) == (7, in_cell)
    in_line = parse_figure(text, place=Place(line=7))
    assert isinstance(in_line, Missing)
    assert (in_line.line, in_line.place) == (7, None)
    nowhere = parse_figure(text)
    assert isinstance(nowhere, Missing)
    assert (nowhere.line, nowhere.place) == (None, None)


def test_what_is_missing_on_one_line_is_equal_whatever_else_is_known_of_its_place() -> None:
    in_cell = Place(line=7, column=3, sheet="自评表", cell="C7")
    own = Missing(reason=MissingReason.BLANK, line=7, place=in_cell)
    in_line = Missing(reason=MissingReason.BLANK, line=7)
    assert own == in_line == Missing(reason=MissingReason.BLANK, place=in_cell)
    assert len({own, in_line}) == 1
    assert own != Missing(reason=MissingReason.DASH, line=7, place=in_cell)
    assert own != Missing(reason=MissingReason.BLANK, line=8, place=in_cell)


def test_what_is_missing_stands_on_the_line_of_its_place() -> None:
    assert Missing(place=Place(line=7, column=3)).line == 7
    assert Missing(place=Place(line=7, column=3)) != Missing()


@pytest.mark.parametrize("text", ["0", "100%", "X", "≥90%", "达成预期指标", "一般", "…5"])
def test_what_is_no_mark_for_nothing(text: str) -> None:
    assert blank_reason(text) is None


@pytest.mark.parametrize("text", ["达成预期指标", "好", "及时", "一般", "十分满意", "效果明显"])
def test_words_in_place_of_a_number_are_qualitative(text: str) -> None:
    assert parse_figure(f" {text} ") == Missing(reason=MissingReason.QUALITATIVE, text=text)


@pytest.mark.parametrize(
    "text", ["7,00.0,77", "1 2", "310.2154.741050%5", "已完成100%", "５．５．５", "≥<9", "5-6"]
)
def test_print_with_digits_that_is_no_number_is_unreadable(text: str) -> None:
    place = Place(line=3, column=2)
    assert parse_figure(text, place=place) == Missing(
        reason=MissingReason.UNREADABLE, text=text, line=3, place=place
    )


# --- folding ----------------------------------------------------------------------------------


@given(text=st.text())
def test_folding_keeps_positions_and_is_done_once(text: str) -> None:
    folded = fold_width(text)
    assert len(folded) == len(text)
    assert fold_width(folded) == folded
    kept = [(a, b) for a, b in zip(text, folded, strict=True) if a.isascii()]
    assert all(a == b for a, b in kept)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"$\geq 90\%$", "≥ 90%"),
        (r" $5\,\% \leqslant x$ ", "5% ≤ x"),
        ("１２％", "12%"),
        (r"a\b", r"a\b"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_folding_is_that_of_unicode() -> None:
    """Every full-width ASCII character that is folded gets its compatibility character."""
    full_width = [chr(code) for code in range(0xFF01, 0xFF5F)]
    for character in full_width:
        assert fold_width(character) in (character, chr(ord(character) - 0xFEE0))
    assert re.fullmatch(r"[0-9A-Za-z%]+", fold_width("０９ＡＺａｚ％"))

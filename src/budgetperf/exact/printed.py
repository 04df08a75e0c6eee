"""Reading printed numbers: operators, signs, separators, units, Chinese numerals, LaTeX."""

from __future__ import annotations

import enum
import functools
import itertools
import re
from collections.abc import Mapping
from decimal import Decimal

import attrs

from .absent import Missing, MissingReason
from .calls import Called
from .checking import check_types
from .limits import MAX_PRINTED, bounded, bounded_text, require_text
from .text import BudgetperfError, Text, compiled, shortened, shown
from .unit import MONEY, NUMBER, RATIO, Unit

__all__ = [
    "OPERATORS",
    "PER_SIGN",
    "Operator",
    "PrintedNumber",
    "blank_of",
    "blank_reason",
    "fold_width",
    "in_print",
    "number_of",
    "parse_number",
    "parse_plain",
    "plain_text",
    "simple_number",
    "simple_parts",
    "widths_of",
    "with_operator",
]


class Operator(enum.Enum):
    """The comparison printed in front of (or after) a number."""

    AT_LEAST = "≥"
    ABOVE = ">"
    AT_MOST = "≤"
    BELOW = "<"
    EQUAL = "="


@attrs.frozen(kw_only=True)
class PrintedNumber(Called):
    """A number as read from print.

    Args:
        text: as printed.
        operator: ``≥``, ``不低于`` and the like, or ``None``.
        value: the number in its unit, with the decimals that were printed.
        unit: the unit, ``Unit.of("")`` for a bare number.
        exact: whether the print itself says that nothing was rounded away (``…元整``).
    """

    text: str
    operator: Operator | None
    value: Decimal
    unit: Unit
    exact: bool = False

    def __attrs_post_init__(self) -> None:
        is_number = type(self.value) is Decimal and type(self.unit) is Unit
        is_said = type(self.text) is str and type(self.exact) is bool
        if not (
            is_number and is_said and (self.operator is None or type(self.operator) is Operator)
        ):
            check_types(self)


_FOLD = {
    **{ord("０") + i: ord("0") + i for i in range(10)},
    **{ord("Ａ") + i: ord("A") + i for i in range(26)},
    **{ord("ａ") + i: ord("a") + i for i in range(26)},
    **str.maketrans("．，％＋－−﹣–：；（）［］＜＞＝／＊＄　\xa0", ".,%+----:;()[]<>=/*$  "),
    **str.maketrans("≧⩾≦⩽﹪﹤﹥﹦﹢", "≥≥≤≤%<>=+"),
}
_WIDE = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]+")


def fold_width(text: str) -> str:
    """``text`` with full-width digits, letters, signs and blanks made half-width.

    Every character stays one character, so that positions are kept.

    >>> fold_width("３５３．２１％")
    '353.21%'
    """
    require_text(text)
    # Few signs of a text are folded, and to look for them is quicker than to write it all anew.
    return text if text.isascii() else _WIDE.sub(lambda m: m[0].translate(_FOLD), text)


def widths_of(text: str) -> tuple[str, ...]:
    """Every text that :func:`fold_width` makes this one, itself first.

    >>> widths_of("≥")
    ('≥', '≧', '⩾')
    """
    wide = (
        (sign, *(chr(c) for c, to in _FOLD.items() if to in (sign, ord(sign)))) for sign in text
    )
    return tuple(map("".join, itertools.product(*wide)))


_LATEX = re.compile(r"\\(?P<name>geqslant|leqslant|geq|leq|ge|le|gt|lt|%|,|;|:| )|(?P<math>[${}])")
_LATEX_SIGN = {
    "geqslant": "≥", "geq": "≥", "ge": "≥", "gt": ">",
    "leqslant": "≤", "leq": "≤", "le": "≤", "lt": "<", "%": "%",
}  # fmt: skip


_FORMULA = r"\$[^$\t\n|\u4e00-\u9fff]{1,80}\$|\\\((?:(?!\\[()])[^\t\n|\u4e00-\u9fff]){1,80}\\\)"
_SPACED = re.compile(r"(?<![\d.,])[\d.,](?>(?: [\d.,])+)(?![\d.,])|\\[()]")
"""Digits and marks of a formula that stand one by one, as recognition programs write them."""


def _one_by_one(formula: re.Match[str]) -> str:
    return _SPACED.sub(lambda m: m[0].replace(" ", "").strip("\\()"), formula[0])


def plain_text(text: str) -> str:
    """``text`` with widths folded and LaTeX marks replaced by the signs that they print.

    >>> plain_text("$\\\\geq 90\\\\%$"), plain_text("$9 0 . 5 \\\\%$"), plain_text("9 0")
    ('≥ 90%', '90.5 %', '9 0')
    """
    folded = fold_width(text)
    if "$" in folded or "\\" in folded:
        folded = compiled(_FORMULA).sub(_one_by_one, folded)
        folded = _LATEX.sub(lambda m: _LATEX_SIGN.get(m["name"] or "", ""), folded)
    return folded.strip()


OPERATORS: Mapping[str, Operator] = {
    "≥": Operator.AT_LEAST, ">=": Operator.AT_LEAST, "=>": Operator.AT_LEAST,
    "大于等于": Operator.AT_LEAST, "大于或等于": Operator.AT_LEAST, "不低于": Operator.AT_LEAST,
    "不少于": Operator.AT_LEAST, "不小于": Operator.AT_LEAST, "至少": Operator.AT_LEAST,
    ">": Operator.ABOVE, "大于": Operator.ABOVE, "高于": Operator.ABOVE,
    "超过": Operator.ABOVE, "多于": Operator.ABOVE,
    "≤": Operator.AT_MOST, "<=": Operator.AT_MOST, "=<": Operator.AT_MOST,
    "小于等于": Operator.AT_MOST, "小于或等于": Operator.AT_MOST, "不高于": Operator.AT_MOST,
    "不超过": Operator.AT_MOST, "不大于": Operator.AT_MOST, "不多于": Operator.AT_MOST,
    "至多": Operator.AT_MOST,
    "<": Operator.BELOW, "小于": Operator.BELOW, "低于": Operator.BELOW, "少于": Operator.BELOW,
    "=": Operator.EQUAL, "==": Operator.EQUAL, "等于": Operator.EQUAL,
}  # fmt: skip
"""What is printed before a number, in half-width signs, and the operator that it is."""

_AFTER = {
    "及以上": Operator.AT_LEAST, "以上": Operator.AT_LEAST,
    "及以下": Operator.AT_MOST, "以下": Operator.AT_MOST, "以内": Operator.AT_MOST,
}  # fmt: skip

_CHINESE = "〇零一二三四五六七八九两十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬億元圆角分整正"
_SIGNS = "|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True))
_SIGN = re.compile(_SIGNS)
_ABOUT = re.compile("[余多几约]|左右|上下|%.*%")  # 100余人 is no number
_MORE_THAN_RATIO = "[%‰][\u4e00-\u9fff]"  # 100%完成 has no unit of that name
_FOOTNOTE = re.compile("(?<![mM米里])[²³]")  # what is not square or cubic; 95%² has a footnote
_PER = re.compile(
    r"(?P<per>百分之|百分(?=百$)|千分之)(?P<number>[〇零一二两三四五六七八九十百点]+)"
)
PER_SIGN = {"百分之": "%", "百分": "%", "千分之": "‰"}
"""What is said before a number in words, and the unit that it is."""


_UNIT_WORDS = (
    r"[%‰℃²³/、A-Za-z\u3380-\u33df\u4e00-\u9fff]{0,10}?"  # ㎡ is one sign
    r"|[\u4e00-\u9fff]{1,4}/[\u4e00-\u9fff]{1,3}[·•・*.][\u4e00-\u9fff]{1,3}?"  # 元/人·月
    r"|[ckh]?m[23]"
)


@functools.cache
def _number() -> re.Pattern[str]:
    """A whole printed number; possessive where two parts could share a run: no backtracking."""
    return re.compile(
        rf"(?P<before>(?>(?:{_SIGNS})*))\s*+(?P<currency>[¥￥])?\s*+(?P<sign>[+-]?)\s*+"
        rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{_CHINESE}]+)\s*"
        rf"(?P<unit>{_UNIT_WORDS})(?P<after>{'|'.join(_AFTER)}|)",
        re.ASCII,
    )


def parse_number(text: str) -> PrintedNumber:
    """Read one printed number, with its operator and unit.

    Accepted are ``353.21万元``, ``1,234.5`` (separators in groups of three only), full-width
    digits and signs, ``%`` and ``‰``, ``2.6亿元``, ``16.3万件``, ``三百五十三万元``,
    ``叁佰元伍角整``, ``$\\geq 90\\%$``, ``不低于95%``, ``95%以上``.

    Raises:
        WrongTypeError: it is no text.
        BudgetperfError: anything else, with what is wrong; nothing is guessed. Also what is longer
            than :data:`budgetperf.exact.limits.MAX_PRINTED`, or has more digits than any number.

    >>> number = parse_number("$\\\\geq 90\\\\%$")
    >>> number.operator, number.value, number.unit.symbol
    (<Operator.AT_LEAST: '≥'>, Decimal('90'), '%')
    """
    return number_of(plain_text(text), text)


def parse_plain(text: str, *, field: str = "") -> PrintedNumber:
    """The same of a number that has no operator: what has one is no number, but says what a number
    is to be.

    Raises:
        BudgetperfError: there is an operator, or it is no printed number.
    """
    number = parse_number(text)
    if number.operator is not None:
        raise with_operator(text, field=field)
    return number


def with_operator(text: str, *, field: str = "") -> BudgetperfError:
    """The error that an operator stands where a number alone is due."""
    remedy = f"Target.parse({shown(text)})"
    message = Text(
        zh=f"{shown(text)} 带比较符号：指标值请写成 {remedy}，数字请去掉符号",
        en=f"{shown(text)} has a comparison sign: write a target as {remedy}, and a number "
        "without the sign",
    )
    return BudgetperfError("has-operator", message, field=field)


# Units that are nothing else: behind a number they are no part of a date, and of no other word.
_UNITS = (
    "%|‰|元|万元|亿元|个|次|人|件|户|家|项|份|场|期|批|条|台|套|人次|公里|亩|吨|万人|万件|万人次|"
)


@functools.cache
def _simple() -> re.Pattern[str]:
    return re.compile(rf"(\d{{1,15}}(?:\.(\d{{1,9}}))?)({_UNITS})", re.ASCII)


def simple_parts(text: str) -> tuple[str, str | None, str] | None:
    """The number, its decimals and its unit, of digits and a unit alone; ``None`` of all else."""
    match = _simple().fullmatch(text)
    return None if match is None else match.groups()  # type: ignore[return-value]


def simple_number(text: str) -> PrintedNumber | None:
    """The number that :func:`parse_number` reads, of digits and a unit alone; ``None`` of all else.

    So most cells of a table are printed, and the long way gives the same.
    """
    match = _simple().fullmatch(text)
    if match is None:
        return None
    return _made(text, None, Decimal(match[1]), Unit.of(match[3]), False)


def _made(
    text: str, operator: Operator | None, value: Decimal, unit: Unit, exact: bool
) -> PrintedNumber:
    """A number that was just read, which is not checked again."""
    made = object.__new__(PrintedNumber)
    put = object.__setattr__
    put(made, "text", text)
    put(made, "operator", operator)
    put(made, "value", value)
    put(made, "unit", unit)
    put(made, "exact", exact)
    return made


# A report prints its numbers in the text and again in the form, and "10" and "100%" all over.
@functools.lru_cache(maxsize=1024)
def number_of(plain: str, text: str) -> PrintedNumber:
    """The number that :func:`parse_number` reads, of a text that was made plain already."""
    bounded(plain)
    bounded_text(plain, MAX_PRINTED, _PRINTED)
    plain = _PER.sub(lambda m: _per_number(m["number"]) + PER_SIGN[m["per"]], plain)
    match = _number().fullmatch(plain)
    if (
        text.count("$") + text.count("＄")
    ) % 2:  # LaTeX has them in pairs; one alone is another currency
        match = None
    if not match or any(
        (
            _ABOUT.search(match["unit"]),
            compiled(_MORE_THAN_RATIO).match(match["unit"]),
            _FOOTNOTE.search(match["unit"]),
        )
    ):
        raise _refused(text, plain)
    operator = _operator(match["before"], match["after"], text)
    digits, unit, exact = match["digits"], match["unit"], False
    if digits[0].isascii():
        value = Decimal(digits.replace(",", ""))
    else:
        value, unit, exact = _chinese(digits, unit, text)
    bounded(f"{value:f}")
    if match["currency"]:
        unit = unit or "元"
    if match["sign"] == "-":
        value = value.copy_negate()  # unary minus would round to the context
    return _made(text, operator, value, Unit.of(unit), exact)


_PRINTED = Text(zh="数字", en="the number")


def _per_number(number: str) -> str:
    """百分之百 is 100 %; a number never starts with 百 otherwise."""
    return f"一{number}" if number.startswith("百") else number


def _operator(before: str, after: str, text: str) -> Operator | None:
    if not (before or after):
        return None
    operators = {OPERATORS[sign] for sign in _SIGN.findall(before)}
    if after:
        operators.add(_AFTER[after])
    if len(operators) > 1:
        raise BudgetperfError(
            "two-operators",
            Text(
                zh=f"“{shortened(text)}”有两个不同的比较符号：只留一个",
                en=f"{shown(text)} has two different comparison signs: keep one",
            ),
        )
    return operators.pop() if operators else None


def in_print(error: BudgetperfError, value: object, reader: str, kind: str = "") -> BudgetperfError:
    """The error that text is no plain number; where it is one in print, with what reads it.

    Args:
        error: what :func:`~budgetperf.exact.to_exact` said.
        value: what it was given.
        reader: what reads numbers in print, such as ``"Amount.parse"``.
        kind: the dimension of what it reads, if it reads only that.
    """
    if error.code != "not-a-number" or not isinstance(value, str):
        return error
    try:
        number = parse_number(value)
    except BudgetperfError:
        return error
    if number.operator:
        return with_operator(value, field=error.field)
    if kind not in ("", number.unit.dimension):
        return error
    remedy = f"{reader}({shown(value)})"
    message = Text(
        zh=f"{shown(value)} 不是普通数字：请写成 {remedy}",
        en=f"{shown(value)} is not a plain number: write {remedy}",
    )
    return BudgetperfError(error.code, message, field=error.field)


_SEPARATED = re.compile(r"\d\.*,")


def _refused(text: str, plain: str) -> BudgetperfError:
    if _SEPARATED.search(plain):
        return BudgetperfError(
            "bad-separator",
            Text(
                zh=f"“{shortened(text)}”的千分位不是每三位一组：请核对原件",
                en=f"{shown(text)} has separators that are not in groups of three: check the "
                "original",
            ),
        )
    return BudgetperfError(
        "not-a-printed-number",
        Text(
            zh=f"“{shortened(text)}”不是可读取的数字：应形如 353.21万元、68.48%、≥90%",
            en=f"{shown(text)} is not a readable number: expected such as 353.21万元, 68.48%, ≥90%",
        ),
    )


# After a numeral in characters a word may follow that is no unit: 一般, 十分满意, 百分之九十.
_COUNTED = (
    "[年月日天次人个项件家户名位处所场期批份篇部台套辆座栋间条米亩吨]"
    "|个月|人次|公里|平方米|公顷|公斤"
)
_MONEY_TAIL = (
    r"(?P<yuan>[^元圆角分整正]+)[元圆](?:(?P<jiao>[^元圆角分整正])角)?"
    r"零?(?:(?P<fen>[^元圆角分整正])分)?(?P<whole>[整正])?"
)


def _chinese(digits: str, unit: str, text: str) -> tuple[Decimal, str, bool]:
    """The value of a Chinese numeral, the unit after it, and whether it is exact (整)."""
    money = None if unit or "点" in digits else compiled(_MONEY_TAIL).fullmatch(digits)
    try:
        if money:
            cents = [_digits(money[part] or "零") for part in ("jiao", "fen")]
            yuan = _chinese_value(money["yuan"])
            whole = bool(money["whole"] or money["fen"])
            if not whole and not money["jiao"]:
                return yuan, "元", False
            return Decimal(f"{yuan}.{cents[0]}{cents[1]}"), "元", whole
        number = digits.rstrip("元圆角分整正")
        unit = digits[len(number) :] + unit
        if "点" in number:  # 三点五万元 is 3.5 万元: the power belongs to the unit
            decimal = number.rstrip("万萬亿億")
            unit = number[len(decimal) :].translate(_ORDINARY) + unit
            number = decimal
        dimension = Unit.of(unit).dimension
        if dimension not in (MONEY, NUMBER, RATIO) and not compiled(_COUNTED).fullmatch(dimension):
            raise ValueError
        return _chinese_value(number), unit, False
    except ValueError:
        raise _refused(text, "") from None


_ORDINARY = str.maketrans("零两壹贰叁肆伍陆柒捌玖拾佰仟萬億", "〇二一二三四五六七八九十百千万亿")
_VALUES = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGIT = "[一二三四五六七八九]"
# 五六天 are five or six, not 56; of digits side by side a year has four, and 一二〇 has a 〇.
_ABOUT_SO_MANY = re.compile(f"{_DIGIT}{{2,3}}")
# 三千零五十一, below 10,000. Not 三百二 (320 to the ear, 302 to the eye).
_GROUP = (
    rf"(?:({_DIGIT})千)?(?:〇?({_DIGIT})百)?(?:〇?({_DIGIT})十|(十))?"
    rf"(?:(?:^|〇|(?<=十))({_DIGIT}))?"
)


def _digits(characters: str) -> str:
    """二〇二三, digit by digit."""
    ordinary = characters.translate(_ORDINARY)
    if not all(c in _VALUES for c in ordinary) or (len(ordinary) > 1 and "两" in characters):
        raise ValueError
    return "".join(str(_VALUES[c]) for c in ordinary)


def _chinese_value(characters: str) -> Decimal:
    whole, point, fraction = characters.partition("点")
    if not whole or (point and not fraction):
        raise ValueError
    ordinary = whole.translate(_ORDINARY)
    if _ABOUT_SO_MANY.fullmatch(ordinary):
        raise ValueError
    spelt = any(c not in _VALUES for c in ordinary)
    integer = str(_chinese_whole(ordinary)) if spelt else _digits(whole)
    return Decimal(f"{integer}.{_digits(fraction)}" if fraction else integer)


def _chinese_whole(characters: str) -> int:
    """三百五十三万二千一百: what stands before 亿, before 万, and the group below."""
    for name, power in (("亿", 10**8), ("万", 10**4)):
        head, name_there, tail = characters.partition(name)
        if name_there:
            above = _chinese_whole(head)
            # 一万二 is 12,000 to the ear and 10,002 to the eye.
            if not above or name in tail or len(tail) == 1:
                raise ValueError
            return above * power + _chinese_whole(tail)
    match = compiled(_GROUP).fullmatch(characters)
    if not match:
        raise ValueError
    values = (_VALUES[c] if c in _VALUES else int(bool(c)) for c in match.groups(""))
    return sum(v * power for v, power in zip(values, (1000, 100, 10, 10, 1), strict=True))


_BLANK = re.compile(
    r"(?P<BLANK>|…+|\.{3,})"
    r"|(?P<DASH>[-—―─/\\]+)"
    r"|(?P<NOT_APPLICABLE>\(?(?:本(?:年度?|项目|单位|部门|项|次)|该(?:项目|指标|项)|此项)?"
    r"(?:不 *适 *用|[不未] *涉 *及|无此项|(?i:n/?a))[。.]?\)?)"
    r"|(?P<MASKED>[\d.,]*+(?:[*×]|[Xx]{2}|_)[\d.,*×Xx_]*+\D{0,4}|##+%?)"
    r"|(?P<PLACEHOLDER>待填.*|\(?\d+字以内\)?|指标\d+:?)"
    r"|(?P<NOT_MEASURED>(?:未达到?|未到)监控节点.*|尚?未监测.*)"
)


def blank_reason(text: str) -> Missing | None:
    """Why ``text`` holds no number, if it is one of the marks in use for that; else ``None``.

    >>> blank_reason(" — ").reason.value, blank_reason("***").reason.value
    ('dash', 'masked')
    """
    return blank_of(plain_text(text), text)


def blank_of(plain: str, text: str) -> Missing | None:
    """The same of a text that was made plain already."""
    match = _BLANK.fullmatch(plain)
    if match is None or match.lastgroup is None:
        return None
    return Missing(reason=MissingReason[match.lastgroup], text=text.strip())

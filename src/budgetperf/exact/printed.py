"""Reading printed numbers: operators, signs, separators, units, Chinese numerals, LaTeX."""

from __future__ import annotations

import enum
import re
from decimal import Decimal

import attrs

from .absent import Missing, MissingReason
from .text import BudgetperfError, Text
from .unit import Unit

__all__ = ["Operator", "PrintedNumber", "blank_reason", "fold_width", "parse_number"]


class Operator(enum.Enum):
    """The comparison printed in front of (or after) a number."""

    AT_LEAST = "≥"
    ABOVE = ">"
    AT_MOST = "≤"
    BELOW = "<"
    EQUAL = "="


@attrs.frozen(kw_only=True)
class PrintedNumber:
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


_FOLD = {
    **{ord("０") + i: ord("0") + i for i in range(10)},
    **{ord("Ａ") + i: ord("A") + i for i in range(26)},
    **{ord("ａ") + i: ord("a") + i for i in range(26)},
    **str.maketrans("．，％＋－−﹣–：；（）［］＜＞＝／＊＄　\xa0", ".,%+----:;()[]<>=/*$  "),
    **str.maketrans("≧⩾≦⩽﹪", "≥≥≤≤%"),
}


def fold_width(text: str) -> str:
    """``text`` with full-width digits, letters, signs and blanks made half-width.

    Every character stays one character, so that positions are kept.

    >>> fold_width("３５３．２１％")
    '353.21%'
    """
    return text.translate(_FOLD)


_LATEX = re.compile(r"\\(?P<name>geqslant|leqslant|geq|leq|ge|le|gt|lt|%|,|;|:| )|(?P<math>[${}])")
_LATEX_SIGN = {"geqslant": "≥", "geq": "≥", "ge": "≥", "leqslant": "≤", "leq": "≤", "le": "≤"}
_LATEX_SIGN |= {"gt": ">", "lt": "<", "%": "%"}


def _plain(text: str) -> str:
    folded = fold_width(text)
    if "$" in folded or "\\" in folded:
        folded = _LATEX.sub(lambda m: _LATEX_SIGN.get(m["name"] or "", ""), folded)
    return folded.strip()


_BEFORE = {
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
_AFTER = {"及以上": Operator.AT_LEAST, "以上": Operator.AT_LEAST}
_AFTER |= {"及以下": Operator.AT_MOST, "以下": Operator.AT_MOST, "以内": Operator.AT_MOST}

_CHINESE = "〇零一二三四五六七八九两十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬億元圆角分整正"
_SIGNS = "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))
_OPERATORS = re.compile(_SIGNS)
_NUMBER = re.compile(
    rf"(?P<before>(?:{_SIGNS})*)\s*(?P<currency>[¥￥])?\s*(?P<sign>[+-]?)\s*"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{_CHINESE}]+)\s*"
    rf"(?P<unit>[%‰℃²³/、A-Za-z\u4e00-\u9fff]{{0,10}}?)(?P<after>{'|'.join(_AFTER)}|)",
    re.ASCII,
)


def parse_number(text: str) -> PrintedNumber:
    """Read one printed number, with its operator and unit.

    Accepted are ``353.21万元``, ``1,234.5`` (separators in groups of three only), full-width
    digits and signs, ``%`` and ``‰``, ``2.6亿元``, ``16.3万件``, ``三百五十三万元``,
    ``叁佰元伍角整``, ``$\\geq 90\\%$``, ``不低于95%``, ``95%以上``.

    Raises:
        BudgetperfError: anything else, with what is wrong; nothing is guessed.

    >>> number = parse_number("$\\\\geq 90\\\\%$")
    >>> number.operator, number.value, number.unit.symbol
    (<Operator.AT_LEAST: '≥'>, Decimal('90'), '%')
    """
    plain = _plain(text)
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise _refused(text, plain)
    operator = _operator(match["before"], match["after"], text)
    digits, unit, exact = match["digits"], match["unit"], False
    if digits[0].isascii():
        value = Decimal(digits.replace(",", ""))
    else:
        value, unit, exact = _chinese(digits, unit, text)
    if match["currency"]:
        unit = unit or "元"
    if match["sign"] == "-":
        value = -value
    return PrintedNumber(text=text, operator=operator, value=value, unit=Unit.of(unit), exact=exact)


def _operator(before: str, after: str, text: str) -> Operator | None:
    found = {_BEFORE[sign] for sign in _OPERATORS.findall(before)}
    if after:
        found.add(_AFTER[after])
    if len(found) > 1:
        raise BudgetperfError(
            "two-operators",
            Text(
                zh=f"“{text}”有两个不同的比较符号：只留一个",
                en=f"{text!r} has two different comparison signs: keep one",
            ),
        )
    return found.pop() if found else None


_SEPARATED = re.compile(r"\d[\d.]*,[\d.,]*")


def _refused(text: str, plain: str) -> BudgetperfError:
    if _SEPARATED.search(plain):
        return BudgetperfError(
            "bad-separator",
            Text(
                zh=f"“{text}”的千分位不是每三位一组：请核对原件",
                en=f"{text!r} has separators that are not in groups of three: check the original",
            ),
        )
    return BudgetperfError(
        "not-a-printed-number",
        Text(
            zh=f"“{text}”不是可识读的数字：应形如 353.21万元、68.48%、≥90%",
            en=f"{text!r} is not a readable number: expected such as 353.21万元, 68.48%, ≥90%",
        ),
    )


_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MONEY_TAIL = re.compile(
    r"(?P<yuan>[^元圆角分整正]+)[元圆](?:(?P<jiao>[^元圆角分整正])角)?"
    r"零?(?:(?P<fen>[^元圆角分整正])分)?(?P<whole>[整正])?"
)


def _chinese(digits: str, unit: str, text: str) -> tuple[Decimal, str, bool]:
    """The value of a Chinese numeral, the unit after it, and whether it is exact (整)."""
    money = None if unit or "点" in digits else _MONEY_TAIL.fullmatch(digits)
    try:
        if money:
            cents = [_DIGITS[money[part]] if money[part] else 0 for part in ("jiao", "fen")]
            yuan = _chinese_value(money["yuan"])
            whole = bool(money["whole"] or money["fen"])
            if not whole and not money["jiao"]:
                return yuan, "元", False
            return yuan + Decimal(f"0.{cents[0]}{cents[1]}"), "元", whole
        number = digits.rstrip("元圆角分整正")
        unit = digits[len(number) :] + unit
        if "点" in number:  # 三点五万元 is 3.5 万元: the power belongs to the unit
            decimal = number.rstrip("万萬亿億")
            return _chinese_value(decimal), number[len(decimal) :] + unit, False
        return _chinese_value(number), unit, False
    except (KeyError, ValueError):
        raise _refused(text, "") from None


def _chinese_value(digits: str) -> Decimal:
    whole, point, fraction = digits.partition("点")
    if not whole or (point and not fraction):
        raise ValueError
    if all(c in _DIGITS for c in whole):  # 二〇二三: digit by digit
        if len(whole) > 1 and "两" in whole:
            raise ValueError
        integer = "".join(str(_DIGITS[c]) for c in whole)
    else:
        integer = str(_chinese_whole(whole))
    return Decimal(integer + point.replace("点", ".") + "".join(str(_DIGITS[c]) for c in fraction))


def _chinese_whole(digits: str) -> int:
    """三百五十三万二千一百: groups of four below 万 and 亿, each power falling."""
    total = group = 0
    digit: int | None = None
    power = 10**4
    for c in digits:
        if c in _MYRIADS:
            group += digit or 0
            if not total + group:
                raise ValueError
            total, group = _raised(total, group, _MYRIADS[c])
            digit, power = None, 10**4
        elif c in _TENS:
            if _TENS[c] >= power or digit == 0:
                raise ValueError
            power = _TENS[c]
            group += (1 if digit is None else digit) * power
            digit = None
        elif digit and _DIGITS[c]:
            raise ValueError
        else:
            digit = _DIGITS[c]
    return total + group + (digit or 0)


def _raised(total: int, group: int, myriad: int) -> tuple[int, int]:
    """After 万 or 亿: a total that is smaller than the power belongs to the same group (万亿)."""
    if total and total < myriad:
        return (total + group) * myriad, 0
    return total + group * myriad, 0


_BLANKS = (
    (MissingReason.BLANK, re.compile(r"|…+|\.{3,}")),
    (MissingReason.DASH, re.compile(r"[-—―─/\\]+")),
    (MissingReason.MASKED, re.compile(r"[\d.,]*(?:[*×]+|[Xx]{2,}|_+)[\d.,*×Xx_]*\D{0,4}")),
    (MissingReason.PLACEHOLDER, re.compile(r"待填.*|\(?\d+字以内\)?|指标\d+[::]?")),
    (MissingReason.NOT_MEASURED, re.compile(r"(?:未达到?|未到)监控节点.*|尚?未监测.*")),
)


def blank_reason(text: str) -> Missing | None:
    """Why ``text`` holds no number, if it is one of the marks in use for that; else ``None``.

    >>> blank_reason(" — ").reason.value, blank_reason("***").reason.value
    ('dash', 'masked')
    """
    plain = _plain(text)
    for reason, pattern in _BLANKS:
        if pattern.fullmatch(plain):
            return Missing(reason=reason, text=text.strip())
    return None

"""How large what enters the library may be: one place for every limit, and what is told beyond it.

A report has numbers of up to some thirty digits, a few hundred figures and a table of indicators.
Every limit is far above that, so that it is met by mistakes and by files that are made to do harm,
and what is within them is worked out in bounded time and memory.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from .text import (
    MAX_PROBLEMS,
    BudgetperfError,
    Problem,
    Text,
    WrongTypeError,
    compiled,
    refused,
    shown,
)

__all__ = [
    "JSON_TOKENS",
    "MAX_COLUMNS",
    "MAX_DATA",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_DOCUMENT",
    "MAX_ELEMENTS",
    "MAX_EQUATION",
    "MAX_KNOTS",
    "MAX_MEMBERS",
    "MAX_MERGES",
    "MAX_NAME",
    "MAX_NESTING",
    "MAX_NUMBERS",
    "MAX_PACKAGE",
    "MAX_PAGES",
    "MAX_PARTS",
    "MAX_PLACES",
    "MAX_PRINTED",
    "MAX_PROBLEMS",
    "MAX_RESULT_DIGITS",
    "MAX_ROWS",
    "MAX_RULES",
    "MAX_TERMS",
    "MAX_UNIT",
    "MAX_UNPACKED",
    "MAX_WEIGHT",
    "TOML_TOKENS",
    "bounded",
    "bounded_places",
    "bounded_result",
    "bounded_text",
    "excess",
    "require_text",
]

MAX_DIGITS = 100
"""How many digits a number in text has before its point, and how many behind it."""
MAX_RESULT_DIGITS = 100_000
"""How many digits an ``int`` or ``Fraction`` has: these may be results of long computations."""
MAX_PLACES = 1_000
"""To how many decimals, or with a minus in front to what power of ten, something is rounded; and
how many digits a ``Decimal`` has on either side of its point.

What is worked out from a number in text, such as the same in another unit, is far below that.
"""
MAX_PRINTED = 500
"""How many characters a printed number has with its signs, words and unit."""
MAX_NAME = 200
"""How many characters the name of a place has that rule-sets are looked up for."""
MAX_UNIT = 40
"""How many characters a unit has."""
MAX_EQUATION = 400_000
"""How many characters an equation has that is typed by hand."""
MAX_TERMS = 25_000
"""How many numbers and names such an equation has."""
MAX_DEPTH = 60
"""How deep parentheses and factors, or lists and tables of JSON and TOML, lie in each other."""
MAX_ROWS = 500
"""How many elements a list in a rule-set has: indicators, ratings, names."""
MAX_KNOTS = 1_000
"""How many knots a curve has, and how many steps a deduction."""
MAX_WEIGHT = 1_000_000
"""The highest weight of a part of a report that is trusted more."""
MAX_DOCUMENT = 4 * 1024 * 1024
"""How many bytes a report in text has. One has well under 1 MB."""
MAX_PARTS = 100_000
"""How many lines and cells a report in text has. One has a few hundred."""
MAX_NUMBERS = 40_000
"""How many numbers a report in text has. One has a few hundred."""
MAX_PACKAGE = 32 * 1024 * 1024
"""How many bytes a report in an office file or a PDF has, with its pictures."""
MAX_PAGES = 300
"""How many pages a PDF has. A report has some twenty."""
MAX_UNPACKED = 64 * 1024 * 1024
"""How many bytes the parts of an office file or a PDF have that are read, unpacked."""
MAX_MEMBERS = 5_000
"""How many parts an office file has."""
MAX_ELEMENTS = 500_000
"""How many elements of XML, or tags of HTML, a document has. One has some ten thousand."""
MAX_NESTING = 250
"""How deep elements of XML lie in each other."""
MAX_COLUMNS = 1_000
"""How many columns a table has. The widest form has some twenty."""
MAX_MERGES = 20_000
"""How many merged cells a sheet has."""
MAX_RULES = 1024 * 1024
"""How many bytes a file of rules or examples has."""
MAX_DATA = 32 * 1024 * 1024
"""How many characters a report as JSON has."""


def _digits_message(most: int) -> Text:
    return Text(
        zh=f"数字过长：小数点前后各不超过 {most} 位；请核对是否漏了分隔，或几个数粘连在一起",
        en=f"a number has at most {most} digits before its point and {most} behind it: check "
        "whether a separator was lost, or several numbers ran together",
    )


_DIGITS = re.compile(r"[0-9]+")


def bounded(value: str | Decimal, *, most: int = MAX_DIGITS, field: str = "") -> None:
    """Refuse a number of more digits than any number has, before it is worked out.

    Args:
        value: a number in text, or one that may have been worked out, with more digits.
        most: how many digits one in text has on either side of its point.
        field: where it stands.

    Raises:
        BudgetperfError: ``too-many-digits``.

    >>> bounded("353.21")
    >>> try:
    ...     bounded(Decimal("1e999999"))
    ... except BudgetperfError as error:
    ...     error.code
    'too-many-digits'
    """
    if isinstance(value, str):
        is_long = any(len(run) > most for run in _DIGITS.findall(value))
    else:
        most, exponent = MAX_PLACES, value.as_tuple().exponent
        is_long = value.adjusted() >= most or (isinstance(exponent, int) and exponent < -most)
    if is_long:
        raise BudgetperfError("too-many-digits", _digits_message(most), field=field)


_MOST = 1 << (MAX_RESULT_DIGITS * 100_000 // 30_103)
_LEAST = -_MOST


def bounded_result(value: Fraction, *, field: str = "") -> Fraction:
    """``value``, unless it has more digits than can be printed in reasonable time.

    Raises:
        BudgetperfError: ``too-many-digits``.
    """
    numerator, denominator = value.as_integer_ratio()
    if not _LEAST < numerator < _MOST or denominator >= _MOST:
        raise BudgetperfError("too-many-digits", _digits_message(MAX_RESULT_DIGITS), field=field)
    return value


def bounded_places(places: int, *, field: str = "places") -> int:
    """``places``, unless they are no number of decimals that anything is printed with.

    Raises:
        WrongTypeError: they are no whole number (a ``TypeError``).
        BudgetperfError: ``too-many-places``.
    """
    if isinstance(places, bool) or not isinstance(places, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        message = Text(zh="应为整数，如 2，而不是 {}", en="expected an int, such as 2, not {}")
        raise WrongTypeError("wrong-type", message.fill(shown(places)), field=field)
    if abs(places) > MAX_PLACES:
        message = Text(
            zh=f"小数位数在 -{MAX_PLACES} 与 {MAX_PLACES} 之间，不能是 {shown(places)}",
            en=f"the number of decimals is from -{MAX_PLACES} to {MAX_PLACES}, not {shown(places)}",
        )
        raise BudgetperfError("too-many-places", message, field=field)
    return places


def require_text(text: object, *, field: str = "", remedy: str = "") -> None:
    """Refuse what is no text.

    Raises:
        WrongTypeError: it is something else (a ``TypeError``).
    """
    if not isinstance(text, str):
        raise refused(text, field=field or "text", remedy=remedy)


def bounded_text(text: str, most: int, what: Text, *, field: str = "") -> str:
    """``text``, unless it is no text, or longer than ``what`` may be.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        BudgetperfError: ``too-long``.
    """
    require_text(text, field=field)
    if len(text) > most:
        message = Text(
            zh=f"{what.zh}过长：不超过 {most} 个字符，这里有 {len(text)} 个；"
            "请核对是否粘连了别的内容",
            en=f"{what.en} is too long: {most} characters at most, not {len(text)}; check whether "
            "something else ran into it",
        )
        raise BudgetperfError("too-long", message, field=field)
    return text


# What is between quotes, or in a remark, is no structure. An opening quote without a closing one
# reaches to the end, where the parser tells of it. Possessive: no way back.
_NUMBER_RUN = rf"(?<![\w.])(?P<digits>[0-9][0-9A-Fa-fx_]{{{MAX_DIGITS},}})"
_BRACKETS = r"(?P<opened>[\[{])|(?P<closed>[\]}])"
JSON_TOKENS = rf'"(?:[^"\\]++|\\.)*+"?|{_BRACKETS}|{_NUMBER_RUN}'
"""What matters of JSON here: text in quotes, brackets, long numbers."""
TOML_TOKENS = (
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+"{0,5}'
    r"|'''(?:[^']++|''?(?!'))*+'{0,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    rf"|{_BRACKETS}|{_NUMBER_RUN}|(?P<dot>\.)|(?P<end>[=,\n])"
)
"""The same of TOML, where the dots of a key open tables as well."""


def excess(text: str, tokens: str, *, where: str) -> Problem | None:
    """The first place where data lies too deep or has too long a number, before it is parsed.

    Args:
        text: the data.
        tokens: ``JSON_TOKENS`` or ``TOML_TOKENS``.
        where: what the problem is told of: a file, or ``$``.
    """
    depth = dots = 0
    for token in compiled(tokens, re.DOTALL).finditer(text):
        kind = token.lastgroup
        if kind == "opened":
            depth += 1
        elif kind == "closed":
            depth -= 1
        elif kind == "dot":
            dots += 1
        elif kind == "end":
            dots = 0
        elif kind == "digits":
            message = _at(text, token.start(), _digits_message(MAX_DIGITS))
            return Problem(code="too-many-digits", where=where, message=message)
        if depth + dots > MAX_DEPTH:
            return Problem(
                code="too-deep", where=where, message=_at(text, token.start(), _TOO_DEEP)
            )
    return None


_TOO_DEEP = Text(
    zh=f"嵌套过深：列表、对象与表不超过 {MAX_DEPTH} 层；请检查括号是否成对",
    en=f"nested too deep: lists, objects and tables lie in each other {MAX_DEPTH} times at most; "
    "check whether each bracket has its partner",
)


def _at(text: str, position: int, message: Text) -> Text:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    where = Text(zh="第 {} 行第 {} 列：{}", en="line {}, column {}: {}")
    return where.fill(line, column, message)

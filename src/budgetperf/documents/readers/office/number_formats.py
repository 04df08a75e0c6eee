"""Numbers of a sheet as their cells show them: ``0.00%``, ``#,##0.00"万元"``, ``yyyy"年"m"月"``.

Formats are those of ECMA-376 part 1, 18.8.30 and 18.8.31, with the dates of a Chinese system. A
number is rounded half away from zero from its 15 digits, as spreadsheets do. Two formats are not
followed: Chinese digits (``[DBNum1]``: 五) and quotients (``# ?/?``: 1/2) are read as the number.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType

import attrs

__all__ = [
    "BUILT_IN",
    "displayed",
    "general",
    "has_colour",
    "is_sign_in_doubt",
    "stored_number",
]

_PRECISION = Context(prec=400, rounding=ROUND_HALF_UP)
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_MOST_DECIMALS = 9
"""What fits behind ``0.`` where a cell shows eleven characters."""
_LONGEST_FORMAT = 500

BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
        5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
        7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
        9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
        14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
        18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
        27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy",
        31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
        34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
        37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
        41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
        42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
        43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
        45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
        50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
        54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
        57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
    }
)  # fmt: skip
"""The formats that a file names by number alone."""

_STORED = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)


def stored_number(text: str) -> Decimal | None:
    """The number that a file stores, by the shortest decimal text of its float.

    >>> stored_number("0.68479999999999996"), stored_number("1e999")
    (Decimal('0.6848'), None)
    """
    if len(text) > 400 or not _STORED.fullmatch(text):
        return None
    shortest = Decimal(repr(float(text)))
    return shortest if shortest.is_finite() else None


def general(number: Decimal) -> str:
    """A number without a format: its 15 digits, and no more decimals than a cell has room for.

    >>> general(Decimal("595.0699999999999")), general(Decimal("0.6847526966963"))
    ('595.07', '0.684752697')
    """
    short = _FIFTEEN.plus(number)
    if abs(short) < Decimal("1e-9") and short:
        return f"{short.normalize(_FIFTEEN)}"
    if -_exponent(short) > _MOST_DECIMALS:
        short = short.quantize(Decimal(1).scaleb(-_MOST_DECIMALS), context=_PRECISION)
    text = f"{short:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def displayed(content: Decimal | str, code: str, *, from_1904: bool = False) -> str:
    """What a cell shows.

    Args:
        content: the number or the text in it.
        code: its format.
        from_1904: whether days are counted from 1904 and not from 1900.

    >>> displayed(Decimal("0.6848"), "0.00%"), displayed(Decimal("45404"), BUILT_IN[31])
    ('68.48%', '2024年4月22日')
    """
    sections = _sections(code)
    if isinstance(content, str):
        last = sections[-1]
        if any(kind == "text" for kind, _ in last.tokens) or len(sections) == 4:
            return "".join(
                content if kind == "text" else text for kind, text in last.tokens
            ).strip()
        return content
    # A last section with @ is for text: no number is shown by it.
    if any(kind == "text" for kind, _ in sections[-1].tokens) and len(sections) > 1:
        sections = sections[:-1]
    section, is_negative = _chosen(sections, content)
    if section is None:
        return "-" * (content < 0) + general(abs(content))
    if section.is_date:
        return _date(content, section, from_1904=from_1904)
    number = abs(content) if is_negative else content
    # What the float has beyond 15 digits is none of what Excel rounds to the places of a format.
    return _number(_FIFTEEN.plus(number), section).strip()


def is_sign_in_doubt(number: Decimal, code: str) -> bool:
    """Whether a format with conditions of its own shows a negative number without its minus.

    Programs differ in that, but for what is above, below or at 0.

    >>> is_sign_in_doubt(Decimal(-5), "[>100]0.0;0.00"), is_sign_in_doubt(Decimal(-5), "0;0")
    (True, False)
    """
    sections = _sections(code)
    bounds = [section.condition[1] for section in sections if section.condition]
    if number >= 0 or not bounds:
        return False
    section, writes_minus = _chosen(sections, number)
    return writes_minus and (any(bounds) or section is sections[-1] is not sections[1])


def has_colour(number: Decimal, code: str) -> bool:
    """Whether a format shows a number in a colour: red is what stands for a minus.

    >>> has_colour(Decimal(-5), "0.00;[Red]0.00"), has_colour(Decimal(5), "0.00;[Red]0.00")
    (True, False)
    """
    section, _ = _chosen(_sections(code), number)
    return section is not None and section.is_coloured


# The sections of a format, and what they are made of.


@attrs.frozen
class _Section:
    """What stands between two semicolons: a condition, and tokens of a kind and a text each."""

    condition: tuple[str, Decimal] | None
    tokens: tuple[tuple[str, str], ...]
    is_coloured: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it has a day, a time or a span of time."""
        return any(kind in ("date", "span") for kind, _ in self.tokens)


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.?)"
    r"|_(?P<blank>.?)"
    r"|(?P<fill>\*.?)"
    r"|\[(?P<condition>[<>=]{1,2}-?[0-9.]+)\]"
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]?"
    r"|\[(?P<span>[hH]+|[mM]+|[sS]+)\]"
    r"|(?P<bracket>\[[^\]]*\]?)"
    r"|(?P<general>(?i:General)|G/通用格式)"
    r"|(?P<halves>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>[eE][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|a{3,4}|[eE]+|b{2,4})"
    r"|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)"
    r"|(?P<literal>.)",
    re.DOTALL,
)


@functools.lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; that of what is no format is General."""
    parts: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    coloured: set[int] = set()
    for match in _TOKEN.finditer(code if 0 < len(code) <= _LONGEST_FORMAT else "General"):
        kind, text = match.lastgroup or "literal", match[match.lastgroup or 0]
        if kind == "literal" and text == ";":
            parts.append([])
            conditions.append(None)
        elif kind == "condition":
            sign = text.rstrip("-.0123456789")
            number = text[len(sign) :]
            if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", number):
                conditions[-1] = sign, Decimal(number)
        elif kind == "blank":
            parts[-1].append(("literal", " "))
        elif kind in ("quoted", "escaped", "currency"):
            parts[-1].append(("literal", text))
        elif kind == "bracket" and _COLOUR.fullmatch(text):
            coloured.add(len(parts) - 1)
        elif kind not in ("fill", "bracket"):
            parts[-1].append((kind, text))
    return tuple(
        _Section(condition, tuple(tokens), at in coloured)
        for at, (tokens, condition) in enumerate(list(zip(parts, conditions, strict=True))[:4])
    )


_COLOUR = re.compile(
    r"\[(?:red|blue|green|cyan|magenta|yellow|colou?r ?\d+|[红蓝绿青黄]色?|洋红色?|颜色 ?\d+)\]",
    re.IGNORECASE,
)


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it writes the minus itself; ``None`` for General."""
    if any(section.condition for section in sections):
        for at, section in enumerate(sections):
            if section.condition is None and at < len(sections) - 1 and at < 2:
                holds = number > 0 if at == 0 else number < 0
            else:
                holds = section.condition is None or _holds(number, *section.condition)
            if holds:
                return section, number < 0 and _is_of_negatives(section.condition, at)
        return None, False
    at = 0
    if number < 0 and len(sections) > 1:
        at = 1
    elif not number and len(sections) > 2:
        at = 2
    return sections[at], at == 1


def _is_of_negatives(condition: tuple[str, Decimal] | None, at: int) -> bool:
    """Whether a section writes the minus itself, as LibreOffice has it."""
    if condition is None or at == 2:
        return at >= 1
    sign, bound = condition
    return sign in ("<", "<=") and (bound <= 0 if at else bound == 0)


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": number < bound,
        ">": number > bound,
        "<=": number <= bound,
        ">=": number >= bound,
        "=": number == bound,
    }.get(sign, number != bound)


# Numbers.


def _number(number: Decimal, section: _Section) -> str:
    tokens = list(section.tokens)
    kinds = [kind for kind, _ in tokens]
    sign = "-" if number < 0 else ""
    if "general" in kinds or "text" in kinds or ("slash" in kinds and "digit" in kinds):
        # A quotient such as 1/2 is shown as the number that it is about.
        text = general(abs(number))
        if "slash" in kinds and "general" not in kinds:
            return sign + text
        return sign + "".join(
            text if k in ("general", "text") else t for k, t in tokens if k in _SHOWN
        )
    if "digit" not in kinds:  # words alone
        return sign * bool(tokens) + "".join(t for k, t in tokens if k in _SHOWN)
    if "exponent" in kinds:
        return sign + _scientific(abs(number), tokens)
    last = max(at for at, kind in enumerate(kinds) if kind == "digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole_end = max(
        (at for at in range(min(point, len(kinds))) if kinds[at] == "digit"), default=-1
    )
    behind = [kinds[whole_end + 1 : point], kinds[last + 1 :] if point < last else []]
    scaling = sum(len(list(itertools.takewhile("comma".__eq__, part))) for part in behind)
    grouped = any(kinds[at] == "comma" for at in range(max(whole_end, 0)))
    scaled = abs(number).scaleb(2 * kinds.count("percent") - 3 * scaling, _PRECISION)
    places = [text for kind, text in tokens[point:] if kind == "digit"]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), context=_PRECISION)
    whole, _, decimals = f"{rounded:f}".partition(".")
    optional = len(places) - max((at + 1 for at, p in enumerate(places) if p == "0"), default=0)
    while optional and decimals.endswith("0"):
        decimals, optional = decimals[:-1], optional - 1
    before = _spread(tokens[:point], whole, grouped=grouped)
    after = _decimals(tokens[point:], decimals)
    # What rounds to 0 shows no minus.
    return sign * bool(rounded) + before + after.removeprefix("." * (not decimals))


_SHOWN = ("general", "text", "literal", "percent", "point", "comma", "slash")


def _spread(tokens: list[tuple[str, str]], whole: str, *, grouped: bool) -> str:
    """The whole part over its places from the right; what is left over stands at the first one."""
    digits = list(whole.lstrip("0"))
    left = sum(kind == "digit" for kind, _ in tokens)
    written: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if grouped and count and count % 3 == 0:
            written.append(",")
        written.append(digit)
        count += 1

    for kind, text in reversed(tokens):
        if kind == "digit":
            left -= 1
            if digits:
                put(digits.pop())
                while not left and digits:
                    put(digits.pop())
            elif text == "0":
                put("0")
        elif kind in ("literal", "percent", "slash"):
            written.append(text[::-1])
    return "".join(written)[::-1]


def _decimals(tokens: list[tuple[str, str]], decimals: str) -> str:
    written, left = "", list(decimals)
    for kind, text in tokens:
        if kind == "point":
            written += "."
        elif kind == "digit":
            written += left.pop(0) if left else ""
        elif kind in ("literal", "percent", "slash"):
            written += text
    return written


def _scientific(number: Decimal, tokens: list[tuple[str, str]]) -> str:
    at = [kind for kind, _ in tokens].index("exponent")
    point = next((i for i, (kind, _) in enumerate(tokens[:at]) if kind == "point"), at)
    places = sum(kind == "digit" for kind, _ in tokens[point:at])
    least = sum(kind == "digit" for kind, _ in tokens[at:])
    exponent = number.adjusted() if number else 0
    unit = Decimal(1).scaleb(-places)
    mantissa = number.scaleb(-exponent, _PRECISION).quantize(unit, context=_PRECISION)
    if mantissa >= 10:
        exponent += 1
        mantissa = number.scaleb(-exponent, _PRECISION).quantize(unit, context=_PRECISION)
    sign = "-" if exponent < 0 else "+" * (tokens[at][1][1] == "+")
    return f"{mantissa:f}E{sign}{abs(exponent):0{least}}"


# Dates.

_HIGHEST_DAY = 2_958_465  # 9999-12-31
_WEEKDAYS = "一二三四五六日"
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def _date(number: Decimal, section: _Section, *, from_1904: bool) -> str:
    if not 0 <= number <= _HIGHEST_DAY:
        return general(number)
    seconds = (number * 86_400).quantize(Decimal("0.001"), context=_PRECISION)
    shown = [text for kind, text in section.tokens if kind == "date" and text[0] in "sS"]
    if shown:  # what is beyond the last unit that shows is rounded, days are not
        places = max(len(text.partition(".")[2]) for text in shown)
        seconds = seconds.quantize(Decimal(1).scaleb(-places), context=_PRECISION)
    days, of_day = divmod(seconds, 86_400)
    # 1900 is taken for a leap year: day 60 is 29 February.
    first = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 31 if days < 60 else 30)
    if int(days) > (dt.date.max - first).days:
        return general(number)
    day = first + dt.timedelta(days=int(days))
    return _written(section, day, seconds, of_day).strip()


def _written(section: _Section, day: dt.date, seconds: Decimal, of_day: Decimal) -> str:
    hour, minute, second = int(of_day // 3600), int(of_day // 60 % 60), of_day % 60
    halves = any(kind == "halves" for kind, _ in section.tokens)
    if not any(kind == "date" and text[0] in "sS" for kind, text in section.tokens):
        second = Decimal(0)
    written: list[str] = []
    tokens = [(k, t) for k, t in section.tokens if k != "text"]
    parts = [(at, t.lower()) for at, (k, t) in enumerate(tokens) if k in ("date", "span")]
    minutes = {
        at
        for number, (at, text) in enumerate(parts)
        if text[0] == "m"
        and len(text) <= 2
        and (
            (number and parts[number - 1][1][0] == "h")
            or (number + 1 < len(parts) and parts[number + 1][1][0] == "s")
        )
    }
    for at, (kind, text) in enumerate(tokens):
        letter, size = text.lower()[:1], len(text)
        if kind == "span":
            total = {"h": seconds // 3600, "m": seconds // 60, "s": seconds // 1}[letter]
            written.append(f"{int(total):0{size}}")
        elif kind == "halves":
            first, _, last = text.partition("/")
            written.append(last if hour >= 12 else first)
        elif kind != "date":
            written.append(text)
        elif at in minutes:
            written.append(f"{minute:0{size}}")
        elif letter == "h":
            written.append(f"{(hour - 1) % 12 + 1 if halves else hour:0{min(size, 2)}}")
        elif letter == "s":
            whole, _, digits = f"{second:f}".partition(".")
            width = min(size - len(digits) - bool(digits), 2)
            written.append(f"{int(whole):0{width}}" + (f".{digits}" if "." in text else ""))
        else:
            written.append(_of_day(letter, size, day))
    return "".join(written)


def _of_day(letter: str, size: int, day: dt.date) -> str:
    weekday = _WEEKDAYS[day.weekday()]
    if letter in "ye":
        return f"{day.year:04}" if size > 2 or letter == "e" else f"{day.year % 100:02}"
    if letter == "m":
        short = _MONTHS[3 * day.month - 3 : 3 * day.month]
        return {1: f"{day.month}", 2: f"{day.month:02}", 3: short, 5: short[0]}.get(
            size, f"{day:%B}"
        )
    if letter == "d":
        return {1: f"{day.day}", 2: f"{day.day:02}"}.get(size, f"星期{weekday}")
    return f"星期{weekday}" if size == 4 else f"{weekday}"

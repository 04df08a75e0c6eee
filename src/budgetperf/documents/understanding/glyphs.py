"""What a number may be that a recognition program left with wrong signs: ``IO`` for ``10``.

It says what may be meant, never what is: that is for the other figures to confirm.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from budgetperf.exact import LIST, BudgetperfError, Figure, Missing, MissingReason, Stated, Text
from budgetperf.exact.absent import missing_at
from budgetperf.exact.figure import read_figure
from budgetperf.exact.printed import parse_number, plain_text

__all__ = [
    "LIKE_DIGITS",
    "LIKE_PERCENT",
    "Doubt",
    "Slip",
    "doubt_of",
    "looks_like_number",
    "unit_of_both",
    "without_signs",
]

_DIGITS = {
    "O": "0",
    "o": "0",
    "〇": "0",
    "I": "1",
    "l": "1",
    "|": "1",
    "S": "5",
    "B": "8",
    "Z": "2",
}
"""Letters and signs that look like a digit."""
_TWO = {"M": "14"}
LIKE_DIGITS = "".join(_DIGITS)
"""Letters and signs that a recognition program puts for digits."""
LIKE_PERCENT = "°℅٪"
"""Signs that it puts for that of per cent, or for its beginning."""
_ODD_UNIT = re.compile(rf"[{LIKE_DIGITS}]{{1,3}}(?=$|[%‰\u4e00-\u9fff])|.*[兀亓]")
"""A unit that is rather the end of a number, or the sign of one that was not recognised."""
_UNITS_LIKE_DIGITS = ("S", "B", "l")
"""Seconds, bytes and litres."""
_NO_POINT = re.compile(r"\D{0,4}0\d")
"""How a number begins whose point is lost: nobody prints 0.40 as 040."""
_ONLY_LIKE = re.compile(rf"[Oo〇Il|]|[\d{LIKE_DIGITS}.,]*[{LIKE_DIGITS}][\d{LIKE_DIGITS}.,]*[%％]?")


class Slip(enum.Enum):
    """What is wrong with a number."""

    DIGITS = "digits"
    """Letters or signs stand where digits are due."""
    MARK = "mark"
    """The decimal mark is another one, or a blank stands in the number."""
    LISTED = "listed"
    """The number of a paragraph stands in it."""
    UNIT = "unit"
    """The sign of the unit is another one."""
    STRAY = "stray"
    """There are signs around it that belong to nothing."""
    OPERATOR = "operator"
    """The operator is another letter."""
    PERCENT = "percent"
    """The sign of per cent is not there."""
    OPERATOR_AS_DIGIT = "operator-as-digit"
    """The operator became a digit."""


@attrs.frozen(kw_only=True)
class Doubt:
    """What a number may be.

    Args:
        slips: what is wrong with it.
        likely: what is most likely meant, as it should be printed.
        others: what else could stand there: with other digits, another mark, another unit.
        is_number_sure: whether its digits are as printed, and only the unit or operator is not.
    """

    slips: tuple[Slip, ...]
    likely: tuple[str, ...]
    others: tuple[str, ...]
    is_number_sure: bool

    @property
    def readings(self) -> Iterator[tuple[str, bool]]:
        """All that may stand there, each with whether it is likely."""
        yield from ((text, True) for text in self.likely)
        yield from ((text, False) for text in self.others)

    @property
    def in_words(self) -> Text:
        """What is wrong with it, in words."""
        return LIST.join(_WORDS[slip] for slip in self.slips)


_WORDS: Mapping[Slip, Text] = MappingProxyType(
    {
        Slip.DIGITS: Text(
            zh="以形似的字母代替数字", en="letters stand for the digits that they look like"
        ),
        Slip.MARK: Text(zh="小数点或空格有误", en="the decimal point or a blank is wrong"),
        Slip.LISTED: Text(zh="夹有段落序号", en="the number of a paragraph stands in it"),
        Slip.UNIT: Text(zh="单位符号有误", en="the sign of its unit is wrong"),
        Slip.STRAY: Text(zh="前后有多余符号", en="stray marks stand beside it"),
        Slip.OPERATOR: Text(zh="比较符号有误", en="the comparison sign is wrong"),
        Slip.PERCENT: Text(zh="缺百分号", en="the per cent sign is missing"),
        Slip.OPERATOR_AS_DIGIT: Text(
            zh="“≥”误作“2”", en="a 2 stands in the place of the comparison sign ≥"
        ),
    }
)


def looks_like_number(text: str) -> bool:
    """Whether a cell holds letters that look like digits, and nothing else: ``IO``, ``lOO%``.

    >>> looks_like_number("IO"), looks_like_number("B"), looks_like_number("合格")
    (True, False, False)
    """
    if not _ONLY_LIKE.fullmatch(text):
        return False
    return len(text) > 1 or text in "Oo〇Il|"


def unit_of_both(target: str, actual: str) -> str:
    """The unit of a target and of what was reached where they have one that looks like a digit, so
    that it is none: of ≤3S and 2S; ``""`` if they have not."""
    both = [read_figure(text) for text in (target, actual)]
    units = {value.unit.symbol if isinstance(value, Figure) else "" for value in both}
    unit = units.pop()
    return unit if not units and unit in _UNITS_LIKE_DIGITS else ""


def without_signs(text: str, value: Stated, unit: str = "") -> Stated:
    """What a cell says, unless letters stand in it that look like digits: ``9O%`` is not 9.

    Args:
        text: what is printed.
        value: what it was read as.
        unit: one that is no such letter, as others show.
    """
    if isinstance(value, Figure):
        own = "" if value.unit.symbol == unit else value.unit.symbol
        is_odd = bool(_ODD_UNIT.match(own)) and any(c.isdigit() for c in value.text)
        is_odd = is_odd or bool(_NO_POINT.match(plain_text(text)))
    else:
        is_odd = value.reason is MissingReason.QUALITATIVE and looks_like_number(plain_text(text))
    if not is_odd:
        return value
    if isinstance(value, Missing):
        return attrs.evolve(value, reason=MissingReason.UNREADABLE, text=text)
    return missing_at(value.place, reason=MissingReason.UNREADABLE, text=text)


_PERCENT = re.compile(r"(?:℅|٪|[°o]/[oO0°])$")
_MONEY = re.compile(r"(?P<power>[万力方亿]?)(?P<sign>[兀亓无冗])$")
_SIGN = r"(?P<sign>(?:[≥≤<>=]+|W(?=[\dOIl]))?)"
_BODY = rf"[\d{LIKE_DIGITS}M](?:[\d{LIKE_DIGITS}M.,·。;:、 ]*[\d{LIKE_DIGITS}])?"
_WHOLE = re.compile(
    rf"(?P<before>['’‘`´·_~\"“”.,、:;^]*)\s*{_SIGN}\s*(?P<minus>-?)(?P<body>{_BODY})"
    rf"(?P<after>[ '’‘`´·_~\"“”.,。、:;^]*)(?P<unit>(?:[%‰]|[\u4e00-\u9fff]{{1,6}})?)"
    rf"(?P<behind>['’‘`´·_~.,。、:;^]*)"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_APART = re.compile(r"[.,·。;:、 ]+")
_LONGEST = 40
_MOST_GROUPS = 4
_MOST_UNSURE = 3


def doubt_of(text: str) -> Doubt | None:
    """What the text of a numeric place may be; ``None`` if nothing is known to look like it.

    >>> doubt_of("IO").likely, doubt_of("99.8℅").likely, doubt_of("12. 51").likely
    (('10',), ('99.8%',), ('12.51',))

    Args:
        text: as printed.
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(plain_text(text.replace("␣", " ")).split())
    slips: list[Slip] = []
    unit_alternatives: tuple[str, ...] = ()
    percent = _PERCENT.search(plain)
    money = _MONEY.search(plain)
    if percent and percent.start():
        plain, unit_alternatives = f"{plain[: percent.start()]}%", ("", "‰")
    elif money and money.start():
        power = {"力": "万", "方": "万"}.get(money["power"], money["power"])
        plain = f"{plain[: money.start()]}{power}元"
        unit_alternatives = tuple(unit for unit in _UNITS if unit != f"{power}元")
    if unit_alternatives:
        slips.append(Slip.UNIT)
    match = _WHOLE.fullmatch(plain)
    if match is None:
        return None
    sign = match["sign"]
    if sign == "W":
        sign = "≤"
        slips.append(Slip.OPERATOR)
    if match["before"] or match["after"].strip() or match["behind"]:
        slips.append(Slip.STRAY)
    bodies, is_sure = _bodies(match["body"], slips)
    lost = ("O." if _has_point(match["before"]) else "", ".O" if _has_point(match["after"]) else "")
    if not slips or not bodies:
        return None
    frame = f"{sign}{match['minus']}", match["unit"]
    likely = _valid(f"{frame[0]}{body}{frame[1]}" for body in map(_as_it_looks, bodies))
    if not likely:
        return None
    return Doubt(
        slips=tuple(slips),
        likely=likely,
        others=tuple(_others(match["body"], bodies, lost, frame, unit_alternatives)),
        is_number_sure=is_sure and Slip.STRAY not in slips,
    )


_UNITS = ("元", "万元", "亿元")


def _has_point(marks: str) -> bool:
    """Whether one of the marks beside a number may be the point before or behind a lost digit."""
    return not set(marks).isdisjoint(".,·。")


def _bodies(body: str, slips: list[Slip]) -> tuple[tuple[str, ...], bool]:
    """The ways to take the marks in a number, and whether its digits and mark are as printed."""
    unsure = sum(c in _DIGITS for c in body) + 2 * body.count("M")
    if unsure > _MOST_UNSURE:
        return (), False
    if unsure:
        slips.append(Slip.DIGITS)
    if _GROUPED.fullmatch(_as_it_looks(body)):
        if _lacks_point(body):
            slips.append(Slip.MARK)
            return (_pointed((body[0], body[1:]), 1),), False
        return (body.replace(",", ""),), not unsure
    groups, marks = _APART.split(body), _APART.findall(body)
    if len(groups) > _MOST_GROUPS:
        return (), False
    for at in range(len(marks) - 1):
        is_listed = marks[at] == " " and marks[at + 1].strip() == "、"
        if is_listed and groups[at + 1].isdigit() and len(groups[at + 1]) < 3:
            left = "".join(f"{g}{m}" for g, m in zip(groups[:at], marks[:at], strict=True))
            right = "".join(
                f"{m}{g}" for m, g in zip(marks[at + 2 :], groups[at + 3 :], strict=True)
            )
            whole = f"{left}{groups[at]}{groups[at + 2]}{right}"
            slips.append(Slip.LISTED)
            return ((whole,) if _GROUPED.fullmatch(_as_it_looks(whole)) else ()), False
    slips.append(Slip.MARK)
    if len(marks) > 1:
        return (_pointed(groups, len(marks)), *_ways(groups)), False
    return ((_pointed(groups, 1),) if marks[0].strip() else _ways(groups)), False


def _lacks_point(body: str) -> bool:
    return body[1:].isalnum() and _as_it_looks(body).startswith("0")


def _pointed(groups: Sequence[str], at: int) -> str:
    """The number with its point before one of its groups."""
    return f"{''.join(groups[:at])}.{''.join(groups[at:])}"


def _ways(groups: Sequence[str]) -> tuple[str, ...]:
    return ("".join(groups), *(_pointed(groups, at) for at in range(1, len(groups))))


def _as_it_looks(body: str) -> str:
    return "".join((_DIGITS | _TWO).get(c, c) for c in body)


def _others(
    body: str,
    bodies: Sequence[str],
    lost: tuple[str, str],
    frame: tuple[str, str],
    units: Sequence[str],
) -> Iterator[str]:
    """All that could stand there besides: any digit for an unsure one, the mark elsewhere or
    nowhere, one of several numbers alone, digits that were lost, another unit."""
    groups = _APART.split(body)
    forms = list(bodies)
    if len(groups) > 1 and not _GROUPED.fullmatch(_as_it_looks(body)):
        forms += [*_ways(groups), *groups]
    elif _lacks_point(body):
        forms += _ways(body)
    forms += [
        f"{before}{form}{behind}" for form in forms for before, behind in (lost,) if any(lost)
    ]
    for form in dict.fromkeys(forms):
        for filled in _filled(form):
            for unit in (frame[1], *units):
                yield from _valid([f"{frame[0]}{filled}{unit}"])


def _filled(body: str) -> Iterator[str]:
    """The body with every digit in its unsure places."""
    parts = ["0123456789" if c in _DIGITS else c for c in body.replace("M", "OO")]
    return map("".join, itertools.product(*parts))


def _valid(texts: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    valid: dict[str, None] = {}
    for text in texts:
        try:
            parse_number(text)
        except BudgetperfError:
            continue
        valid[text] = None
    return tuple(valid)

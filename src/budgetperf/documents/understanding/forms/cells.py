"""What a cell says, by what its column is: an amount, a rate, points, a target, a value."""

from __future__ import annotations

import functools
import re
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.narrative import names_no_scale, stated, stated_target
from budgetperf.documents.understanding.phrases.words import words as phrase_words
from budgetperf.exact import (
    MONEY,
    NUMBER,
    RATIO,
    Figure,
    Missing,
    MissingReason,
    Place,
    Stated,
    Unit,
    fold_width,
    parse_number,
)
from budgetperf.exact.absent import missing_at
from budgetperf.exact.figure import last_place, printed_as
from budgetperf.model import Direction, Target
from budgetperf.model.aims import reached_in

from .grid import Piece
from .words import words_of

__all__ = [
    "amount",
    "amount_in",
    "has_other_unit",
    "in_unit_of",
    "is_measure",
    "is_near",
    "is_unit",
    "joined",
    "may_name",
    "plain_unit",
    "points",
    "points_in",
    "rate",
    "rate_in",
    "reached",
    "target",
    "text_of",
    "weight",
]


def is_measure(text: str, place: Place) -> bool:
    """Whether a cell holds what a name does not: a number, or a target."""
    return isinstance(stated_target(text.translate(_SAME), place).value, Figure)


_COUNTED = (
    "元|人次|人日|人天|户次|人|次|名|位|户|家|项|件次|件|份|篇|场次|场|期|批次|批|条|台套|台|套|辆|座|处|所|册|本|宗"
    "|起|例|天|日|周岁|岁|周|个?月|季度?|年|小时|分钟|个?工作日|课时|学时|分|米|公里|千米|平方米|立方米|平方公里|亩|公顷"
    "|吨|公斤|千克|倍|个?百分点|个|只|头|株|棵|块|间|种|类|组|队|座|部|张|℃|度|村|户"
)
_MEASURE = re.compile(
    r"(?:[≥≤><=≧≦+±-]|大于|小于|不低于|不少于|不高于|不超过)*\d[\d,.]*"
    rf"(?:[%‰]|[十百千万亿]*(?:{_COUNTED}|[A-Za-zμ]{{1,4}}[²³23]?)?(?:/[^\d]{{1,4}})?)"
    r"(?:以上|以下|以内|左右)?"
)
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 2


def may_name(text: str) -> bool:
    """Whether words that begin with a sign or a number may be a name: more stands behind the number
    than what it counts.

    >>> may_name("12345热线办结率"), may_name("-18℃冷库"), may_name("≥200人次"), may_name("+86")
    (True, True, False, False)

    Args:
        text: the words of a cell, plain.
    """
    return not _MEASURE.fullmatch(text) and len(_LETTERS.findall(text)) >= _FEWEST_LETTERS


def text_of(pieces: tuple[Piece, ...]) -> str:
    """The words of some cells of one row."""
    return "".join(dict.fromkeys(piece.text for piece in pieces))


def joined(pieces: tuple[Piece, ...]) -> Piece | None:
    """The one cell of a field; ``None`` if several say different things."""
    texts = {piece.text for piece in pieces}
    return pieces[0] if len(texts) == 1 else None


def _unreadable(piece: Piece) -> Missing:
    return missing_at(piece.place, reason=MissingReason.UNREADABLE, text=piece.text)


def _in_unit(figure: Figure, unit: str, text: str) -> Figure:
    number = parse_number(f"{_digits(figure.text)}{unit}")
    return printed_as(Figure.from_printed(number, place=figure.place), text)


_BARE = re.compile(r"[+-]?[\d,.]+")


def _digits(text: str) -> str:
    match = _BARE.search(fold_width(text))
    return match[0] if match else text


_POWERS = {"万": "万元", "亿": "亿元"}


def amount(piece: Piece, unit: str) -> Stated:
    """An amount of money; a bare number is in the unit of its table, whether it has a currency sign
    or not, and ``10万`` is 10 万元."""
    value = amount_in(piece, unit)
    if isinstance(value, Figure):
        piece.understand()
    return value


def amount_in(piece: Piece, unit: str) -> Stated:
    """The same, where it is not yet sure that the cell is read as one."""
    value = stated(piece.text, piece.place)
    if isinstance(value, Missing):
        return value
    symbol = "" if unit and names_no_scale(value) else value.unit.symbol
    if symbol and value.unit.dimension == MONEY:
        amount_read = value
    elif symbol in _POWERS:
        amount_read = _in_unit(value, _POWERS[symbol], piece.text)
    elif not symbol:
        amount_read = _in_unit(value, unit, piece.text) if unit else value
    else:
        return _unreadable(piece)
    return amount_read


def has_other_unit(piece: Piece, unit: str) -> bool:
    """Whether a cell itself says another unit of money than its table does."""
    value = amount_in(piece, unit)
    return bool(unit) and isinstance(value, Figure) and value.unit.symbol != unit


def rate(piece: Piece, *, in_percent: bool, due: Fraction | None, is_small: bool = False) -> Stated:
    """A rate. A bare number is in per cent, or the rate itself, as its column and the figures that
    it is made of leave no doubt; else it is not read.

    Args:
        piece: the cell.
        in_percent: whether the header of its column says %.
        due: the quotient of the figures that it is made of, if both are known.
        is_small: whether it may well be a few per cent, as a deviation.
    """
    value = rate_in(piece, in_percent=in_percent, due=due, is_small=is_small)
    if isinstance(value, Figure):
        piece.understand()
    return value


def rate_in(
    piece: Piece, *, in_percent: bool, due: Fraction | None, is_small: bool = False
) -> Stated:
    """The same, where it is not yet sure that the cell is read as one."""
    value = stated(piece.text, piece.place)
    if isinstance(value, Missing):
        return value
    rate_read = value
    if value.unit.dimension == NUMBER and not value.unit.symbol:
        percent = attrs.evolve(
            Figure(value=value.value, unit="%"), text=value.text, place=value.place
        )
        itself = value
        fits = [
            reading for reading in (percent, itself) if due is not None and _is_about(reading, due)
        ]
        if len(fits) == 1:
            rate_read = fits[0]
        elif is_small:
            if not in_percent and value.value != 0:
                return _unreadable(piece)
            rate_read = percent
        elif value.value == 0 or value.value > 2 or (in_percent and value.value > 1):
            rate_read = percent
        elif not in_percent and value.value < 1:
            rate_read = itself
        else:
            return _unreadable(piece)
    elif value.unit.dimension != RATIO:
        return _unreadable(piece)
    return rate_read


def _is_about(figure: Figure, due: Fraction) -> bool:
    """Whether a rate is about what it should be: a tenth of it apart or less."""
    return abs(figure.nominal - due) * 10 <= abs(due)


def is_near(figure: Figure, due: Fraction) -> bool:
    """Whether a rate prints what it should be, or its neighbour: amounts are rounded, too."""
    return abs(figure.nominal - due) <= 2 * last_place(figure)


def points(piece: Piece, *, in_percent: bool = False) -> Stated:
    """A weight or a score. What is a percentage where points are due is none."""
    value = points_in(piece)
    if isinstance(value, Figure):
        piece.understand()
    return value


def points_in(piece: Piece) -> Stated:
    """The same, where it is not yet sure that the cell is read as one."""
    value = stated(piece.text, piece.place)
    if isinstance(value, Missing):
        return value
    if value.unit.dimension != NUMBER or value.unit.scale != 1:
        return _unreadable(piece)
    return value


def weight(piece: Piece) -> Stated:
    """A weight, in points or in per cent of the total."""
    value = stated(piece.text, piece.place)
    if isinstance(value, Figure) and value.unit.symbol == "%":
        piece.understand()
        return value
    return points(piece)


_NO_UNIT = ("无", "/", "-", "—", "其他", "")


def plain_unit(pieces: tuple[Piece, ...]) -> str:
    """The unit that a cell of its own says: of ``%(百分比)`` the sign."""
    words = words_of(text_of(pieces)).full.partition("(")[0]
    return "" if words in _NO_UNIT or len(words) > _LONGEST_UNIT else words


_LONGEST_UNIT = 8


def is_unit(text: str) -> bool:
    """Whether a cell is a unit and nothing else, or says that there is none."""
    words = words_of(text).full.partition("(")[0]
    return words in _NO_UNIT or _unit_pattern().fullmatch(words) is not None


@functools.cache
def _unit_pattern() -> re.Pattern[str]:
    units = f"{phrase_words().units}|{_COUNTED}"
    return re.compile(rf"%|‰|[十百千万亿]*(?:{units})(?:/[\u4e00-\u9fff]{{1,3}})?")


def reached(piece: Piece, unit: str, aim: Target | None = None, name: str = "") -> Stated:
    """What was reached, in the unit of its row; or the day, or all of it.

    Args:
        piece: the cell.
        unit: the unit of the row.
        aim: the target of the row, which tells 0.96 % from a share of 0.96.
        name: that of the row, which the cell may say again.
    """
    in_words = reached_in(piece.text, place=piece.place)
    if in_words is not None:
        piece.understand()
        return in_words
    has_unit = bool(unit) and Unit.of(unit).dimension == MONEY
    value = stated(piece.text, piece.place, None if has_unit else aim)
    due = aim.value.unit.symbol if aim is not None and isinstance(aim.value, Figure) else None
    is_unread = _is_unread(value, piece.text, due)
    number_text = _number_said(piece.text, name, due) if is_unread else ""
    behind_words = stated(number_text, piece.place, aim) if number_text else value
    if is_unread and isinstance(behind_words, Missing):
        if not any(c.isdigit() for c in piece.text):
            numerals = re.finditer(f"(?:[百千]分之)?{_NUMERALS}+", piece.segment.text)
            piece.segment.in_words += [numeral.span() for numeral in numerals]
        return _unreadable(piece)
    if number_text:
        if _begins_with(piece.text, name) and not _is_alike(behind_words, aim):
            return value  # the name of 任务完成率 stands before 任务5个, too
        value = _printed(behind_words, piece.text)
    if isinstance(value, Figure):
        if unit and _is_bare(value, unit):
            if unit == "%" and 0 < value.value <= 1 and not _is_low(aim):
                return _unreadable(piece)
            value = _with_unit(value, unit, piece.text)
        piece.understand()
    return value


def in_unit_of(actual: Figure, aim: Target) -> Figure:
    """A number without a unit in that of its target; as it is where that has others of its kind
    (万人 and 人, money), or where a share may be printed as a decimal."""
    unit = aim.value.unit if isinstance(aim.value, Figure) else actual.unit
    is_of_several = "元" in unit.symbol or unit.scale != 1
    if unit.dimension == RATIO:
        is_of_several = 0 < actual.value <= 1 and not _is_low(aim)
    if is_of_several:
        return actual
    return _with_unit(actual, unit.symbol, actual.text)


def _is_bare(value: Figure, unit: str) -> bool:
    """Whether a number has no unit, or a currency sign alone where the unit of its row is money."""
    is_money = names_no_scale(value) and Unit.of(unit).dimension == MONEY
    return is_money or not value.unit.symbol


def _is_low(aim: Target | None) -> bool:
    """Whether a target is at most so much, or a per cent or less: few per cent are due then."""
    if aim is None or not isinstance(aim.value, Figure):
        return False
    return aim.direction is Direction.AT_MOST or aim.value.nominal <= _ONE_PER_CENT


_ONE_PER_CENT = Fraction(1, 100)


def _with_unit(value: Figure, unit: str, text: str) -> Figure:
    try:
        number = parse_number(f"{_digits(value.text)}{unit}")
    except ValueError:
        return value
    return printed_as(Figure.from_printed(number, place=value.place), text)


def _is_unread(value: Stated, text: str = "", due: str | None = None) -> bool:
    """Whether there are digits in a cell, or a numeral in its text that may be a number (in the
    unit that is due, of several characters where a number is due, or with a unit), and words that
    make no number of them."""
    if not isinstance(value, Missing):
        return False
    if value.reason is not MissingReason.QUALITATIVE:
        return value.reason is MissingReason.UNREADABLE
    in_unit = rf"|(?:{_NUMERALS}(?:[余多几]|\()?|几){re.escape(due)}" if due else ""
    is_said = due is not None and re.search(f"{_SOME}{in_unit}", text)
    return bool(is_said or _counted_pattern().search(text))


def _number_said(text: str, name: str = "", due: str | None = None) -> str:
    """The number of a cell that says it with words which change nothing: of 已完成35公里, 达到98%,
    3个(全部完成), 100(盏), 95%(含)以上, or with those of its row: 合格率95% in the row 养护合格率;
    \"\" if there is none, or words that may change it, or one character that counts something
    else than is due: 完成一批."""
    match = _said_pattern().fullmatch(_without_name(_INCLUDED.sub("", text), name))
    if match is None or match["number"] + (match["unit"] or "") + (match["after"] or "") == text:
        return ""
    unit = match["unit"] or match["inside"] or ""
    if unit != due and re.match(rf"{_NUMERALS}(?!{_NUMERALS}|分)", f"{match['number']}{unit}"):
        return ""
    return f"{match['number']}{unit}{match['after'] or ''}"


def _without_name(text: str, name: str) -> str:
    """A cell without the words before its number, if they are some of the name of its row and may
    not make the number another one."""
    begun = _BEGUN.match(text) if _begins_with(text, name) else None
    return text if begun is None else text[begun.end() :]


def _begins_with(text: str, name: str) -> bool:
    """Whether the words before a number are some of a name that is of the same measure with all of
    its words: 合格率 of 养护合格率, and not of 合格率提升幅度 or 不合格率."""
    begun = _BEGUN.match(text)
    if begun is None or re.search(_CHANGES, begun[0]):
        return False
    before, within, behind = name.partition(begun["words"])
    return bool(within) and not (_TURNED.search(before[-2:]) or _TURNED.search(behind))


def _is_alike(value: Stated, aim: Target | None) -> bool:
    """Whether what was reached is in the unit of what was due."""
    due = None if aim is None else aim.value
    return isinstance(value, Figure) and isinstance(due, Figure) and value.unit == due.unit


_BEGUN = re.compile(
    r"(?P<words>[\u4e00-\u9fff]{2,20}?)(?:(?:达到?|为|是|[:：])?)(?=[≥≤><=]{0,2}\d)"
)
_TURNED = re.compile(
    "[不未非无超欠低减少降增升差缺漏误退失]|提高|改善|节约|变[动化]|占比|比[重例率]"
)
"""Words beside others that make a measure another one."""
_CHANGES = (
    "预计|预期|计划|目标|应|拟|约|估|近|超|余|多|左右|以[上下]|上下|(?<!不)含|其中|不[足到满全完低高少超大小是予]|未|无|非|缺|欠|差|少|减|降|负|增|扩|同比|环比"
    "|去年|上年|往年|上半|下半|季|月|旬|周|每|人均|户均|年均|平均|部分|仅|除|剩|余|第|截|一半|百分"
)
"""Words in brackets that may make a number another one: 80%(上半年), 35公里(不足)."""
_INCLUDED = re.compile(r"\(含(?:本数)?\)")
_NUMERALS = "[〇零一二三四五六七八九十百千万亿两点廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億]"
_SOME = (
    rf"{_NUMERALS}{{2}}|百分[之百]|[数几][十百千万]|[十百千万][几余多]"
    rf"|(?:实际|完成|达到?)了?{_NUMERALS}$"
)
"""Numbers, some only about, where one is due."""


@functools.cache
def _counted_pattern() -> re.Pattern[str]:
    """A numeral in characters, such as may be counted, with what is counted: 三百余公里."""
    return re.compile(
        rf"{_NUMERALS}{{2,}}[余多几]?(?:元|万元|{phrase_words().units})"
        "|[一二三四五六七八九几]成(?![立果功效本员份分为年])"
    )


@functools.cache
def _said_pattern() -> re.Pattern[str]:
    unit = rf"%|‰|[十百千万亿]*(?:元|万元|{phrase_words().units})(?:/[\u4e00-\u9fff]{{1,3}})?"
    before = "(?:已经?|共|全部|实际|累计|全年)*(?:(?:完成率?|达到?|实现)了?|共计?|合计|累计|"
    before += "(?:实际(?:完成)?|完成)(?:值|数|量|情况)?[为是]?):?"
    return re.compile(
        rf"(?:{before})?(?P<number>[≥≤><=]{{0,2}}\d[\d,.]*+|百分之{_NUMERALS}+|百分百"
        rf"|{_NUMERALS}+?(?=\(?(?:{unit}))|{_NUMERALS}{{2,}}$)"
        rf"(?:\((?P<inside>{unit})\)"
        rf"|(?P<unit>{unit}))?"
        r"(?P<after>及?以[上下]|以内)?"
        rf"(?:\((?![^()]*(?:{_CHANGES}))[^()\d]{{1,20}}\))?[。；;]?"
    )


def _printed(value: Stated, text: str) -> Stated:
    return printed_as(value, text) if isinstance(value, Figure) else value


_SAME = str.maketrans(
    {"═": "=", "﹦": "=", "﹥": ">", "﹤": "<", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤"}
)


def target(piece: Piece, operator: str, unit: str, actual: str = "") -> Target:
    """The target, with the operator and the unit that stand in columns of their own.

    Args:
        piece: the cell of the target.
        operator: what the cell of the operator says; ``""`` if there is none.
        unit: the unit of the row.
        actual: what the cell of the actual value says.
    """
    sign = "".join(operator.translate(_SAME).split())
    signed = stated_target(f"{sign}1", piece.place)
    is_sign = isinstance(signed.value, Figure) and isinstance(signed.direction, Direction)
    text = piece.text.translate(_SAME)
    beside = actual if not unit or text.endswith(unit) else ""
    own = stated_target(text, piece.place, beside, is_directed=is_sign)
    number_text = _number_said(text) if _is_unread(own.value) else ""
    if number_text:
        own = stated_target(number_text, piece.place, beside, is_directed=is_sign)
        own = attrs.evolve(own, value=_printed(own.value, piece.text), text=piece.text)
    value = own.value
    if isinstance(value, Figure):
        if unit and _is_bare(value, unit):
            value = attrs.evolve(_with_unit(value, unit, piece.text), rounding=None)
        piece.understand()
    elif value.reason in (MissingReason.DATE, MissingReason.RANGE):
        piece.understand()
    own = attrs.evolve(own, value=value)
    if sign == Direction.QUALITATIVE.label.zh and not isinstance(value, Figure):
        return attrs.evolve(own, direction=Direction.QUALITATIVE, strict=False)
    if not is_sign or not isinstance(value, Figure):
        return own
    side = (signed.direction, signed.strict)
    if isinstance(own.direction, Direction) and (own.direction, own.strict) != side:
        unclear = missing_at(piece.place, reason=MissingReason.AMBIGUOUS, text=sign)
        return attrs.evolve(own, direction=unclear, strict=False)
    with_sign_and_unit = f"{sign}{piece.text}" + (unit if piece.text[-1:].isdigit() else "")
    return attrs.evolve(
        own, direction=signed.direction, strict=signed.strict, text=with_sign_and_unit
    )

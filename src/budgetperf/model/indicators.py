"""The indicators of a report: targets, actual values, weights, scores."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar, cast

import attrs
from attrs import field

from budgetperf.exact import (
    BudgetperfError,
    Figure,
    Labelled,
    Missing,
    MissingReason,
    Operator,
    Place,
    Stated,
    Text,
)
from budgetperf.exact.checking import keep
from budgetperf.exact.figure import read_number
from budgetperf.exact.text import WrongTypeError, compiled, shown
from budgetperf.exact.written.brief import literal

from .aims import aim_of, reached_in
from .fields import (
    ITEMS,
    NOT_STATED,
    REVIEW_SCORES,
    Element,
    FigureKind,
    Part,
    Sign,
    StatedText,
    blank,
    figure,
    part,
    words,
)
from .given import Given, aimed, exactly, member, number, rate, reached, stated, stated_text

__all__ = [
    "Direction",
    "Indicator",
    "LevelCounts",
    "Target",
    "heading_name",
    "heading_points",
    "headings_near",
    "is_subtotal",
    "plain_heading",
    "plain_name",
    "points_in_name",
    "read_target",
    "says_points",
]


class Direction(Labelled):
    """What counts as reaching a target."""

    AT_LEAST = ("at-least", "正向（≥）", "at least")
    AT_MOST = ("at-most", "反向（≤）", "at most")
    EQUAL = ("equal", "等于（=）", "equal")
    QUALITATIVE = ("qualitative", "定性", "qualitative")


_OPERATORS = {
    Operator.AT_LEAST: (Direction.AT_LEAST, False),
    Operator.ABOVE: (Direction.AT_LEAST, True),
    Operator.AT_MOST: (Direction.AT_MOST, False),
    Operator.BELOW: (Direction.AT_MOST, True),
    Operator.EQUAL: (Direction.EQUAL, False),
}


_NOT_STRICT = Text(
    zh="strict 表示 > 或 <，只能与 Direction.AT_LEAST 或 Direction.AT_MOST 一起用",
    en="strict means > or <: give Direction.AT_LEAST or Direction.AT_MOST with it",
)


def _direction(value: Direction | Missing | str | None) -> Direction | Missing:
    """A direction, or the one of that code, that label or that operator."""
    if value is None:
        return NOT_STATED
    if not isinstance(value, str):
        return value
    sign = value.strip()
    return _SIDES.get(sign) or _by_operator(sign) or member(Direction, value)


def _by_operator(sign: str) -> Direction | None:
    """The direction of another operator, such as 不低于 or >=, as it stands before a number."""
    is_one = sign.isalpha() or 0 < len(sign) == len(set(sign))  # ≥≥ is none
    printed = read_number(f"{sign}1") if is_one else Missing()
    if isinstance(printed, Missing) or printed.operator is None or printed.value != 1:
        return None
    direction, strict = _OPERATORS[printed.operator]
    return None if strict else direction


_SIDES: dict[str, Direction] = {
    operator.value: direction for operator, (direction, strict) in _OPERATORS.items() if not strict
}


@attrs.frozen(kw_only=True, repr=False)
class Target(Part):
    """指标值: what is to be reached.

    Args:
        direction: which side is good; missing where no operator is printed.
        strict: whether the operator is ``>`` or ``<``.
        value: the number to reach; exact, as targets are.
        text: as printed.
    """

    direction: Direction | Missing = field(default=NOT_STATED, converter=_direction)
    strict: bool = False
    value: Stated = field(
        default=NOT_STATED, converter=aimed, metadata=figure("", "", FigureKind.TARGET)
    )
    text: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("指标值原文", "target as printed")
    )

    def __attrs_post_init__(self) -> None:
        if isinstance(self.value, str):  # handed on by its converter, such as one with an operator
            self._name_parse(self.value)
        super().__attrs_post_init__()
        if self.strict and self.direction not in (Direction.AT_LEAST, Direction.AT_MOST):
            raise BudgetperfError("strict-direction", _NOT_STRICT, field="strict")

    @staticmethod
    def _name_parse(text: str) -> None:
        if isinstance(read_number(text), Missing):
            return
        message = Text(
            zh="带比较符号的指标值请写成 {}", en="a target with an operator is written {}"
        )
        remedy = f"Target.parse({shown(text)})"
        raise WrongTypeError("wrong-type", message.fill(remedy), field="value")

    @classmethod
    def parse(cls, text: str) -> Target:
        """The target printed as ``text``.

        Words without a number are a qualitative target. A number that cannot be read stays
        unreadable.

        >>> target = Target.parse("≥90%")
        >>> target.direction.value, str(target.value)
        ('at-least', '≥90%')
        """
        return read_target(text)

    def __repr__(self) -> str:
        text = self.text
        is_read = isinstance(text, str) and read_target(text) == self
        return f"Target.parse({literal(text)})" if is_read else super().__repr__()

    def _in_line(self) -> str:
        """Its text, where that says what it is, wherever it stands."""
        text = self.text
        says_it = isinstance(text, str) and _without_place(read_target(text)) == _without_place(
            self
        )
        return literal(text) if says_it else super()._in_line()


def _without_place(target: Target) -> tuple[object, ...]:
    value = target.value
    if isinstance(value, Missing):
        return target.direction, target.strict, value.reason
    return target.direction, target.strict, value.value, value.unit, value.interval


def _target(value: Target | Given) -> Target:
    """A target, or the one that is printed so."""
    if isinstance(value, Target):
        return value
    if isinstance(value, str):
        return _typed_target(value) or cast("Target", value)
    named = stated(value)
    if isinstance(named, Missing):
        return Target(value=named)
    if type(named) is not Figure:
        return cast("Target", named)
    return attrs.evolve(read_target(named.text), value=attrs.evolve(named, rounding=None))


@functools.lru_cache(maxsize=4096)
def _typed_target(text: str) -> Target | None:
    """The target that is typed so; ``None`` if it cannot be read."""
    target = read_target(text)
    read = target.value
    is_unreadable = isinstance(read, Missing) and read.reason is MissingReason.UNREADABLE
    return None if is_unreadable else target


class _Keeping(Element):
    """What an indicator works out once."""

    __slots__ = ("_key", "_title")

    _key: str
    _title: Text


@attrs.frozen(kw_only=True, repr=False)
class Indicator(_Keeping):
    """A row of the indicator table: an indicator of level 3 under its two headings.

    A heading without indicators is a row of its own, with only ``level1`` stated. ``weight`` and
    ``score`` are points; ``target``, ``midyear`` and ``actual`` share the indicator's unit;
    ``completion_rate`` and ``deviation`` are rates. ``mark`` is out of 100, before it is multiplied
    by the weight (单项指标得分 beside 单项指标折算得分); ``reviewed_score`` is what others gave
    (复核得分, 财政审核评分), and no score of the report's own; the second and the third are those
    of further columns, from left to right. ``scoring_rule`` is what the form prints beside the
    indicator of how it is scored, ``evidence`` the papers that it names.
    ``last_year`` is what was reached in the year before (上年完成值), and nothing of this one.
    """

    level1: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("一级指标", "level-1 heading")
    )
    level2: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("二级指标", "level-2 heading")
    )
    name: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("三级指标", "indicator")
    )
    target: Target = field(
        factory=blank(Target),
        converter=_target,
        metadata=part(Target, "指标值", "target", example="Target.parse('≥90%')"),
    )
    basis: StatedText = field(
        default=NOT_STATED,
        converter=stated_text,
        metadata=words("指标值设定依据", "basis of the target"),
    )
    weight: Stated = field(
        default=NOT_STATED,
        converter=exactly,
        metadata=figure("分值（权重）", "weight", FigureKind.WEIGHT),
    )
    midyear: Stated = field(
        default=NOT_STATED,
        converter=reached,
        metadata=figure("年中监控值", "mid-year value", FigureKind.REACHED),
    )
    actual: Stated = field(
        default=NOT_STATED,
        converter=reached,
        metadata=figure("实际完成值", "actual value", FigureKind.REACHED),
    )
    completion_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("指标完成率", "completion rate", FigureKind.RATE, sign=Sign.EITHER),
    )
    deviation: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("偏差率", "deviation", FigureKind.RATE, sign=Sign.EITHER),
    )
    mark: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("折算前得分", "mark before weighting", FigureKind.SCORE),
    )
    score: Stated = field(
        default=NOT_STATED, converter=number, metadata=figure("得分", "score", FigureKind.SCORE)
    )
    reviewed_score: Stated = field(default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[0])
    second_reviewed_score: Stated = field(
        default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[1]
    )
    third_reviewed_score: Stated = field(
        default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[2]
    )
    last_year: Stated = field(
        default=NOT_STATED,
        converter=reached,
        metadata=figure("上年完成值", "last year's value", FigureKind.REACHED),
    )
    scoring_rule: StatedText = field(
        default=NOT_STATED,
        converter=stated_text,
        metadata=words("评分标准", "scoring rule as printed"),
    )
    evidence: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("佐证资料", "evidence")
    )
    analysis: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("指标成效分析", "analysis")
    )
    explanation: StatedText = field(
        default=NOT_STATED,
        converter=stated_text,
        metadata=words("偏差原因及改进措施", "explanation of the deviation"),
    )

    @property
    def key(self) -> str:
        """What tells this indicator from its neighbours: its name without blanks, or ``""``.

        A subtotal is no indicator.
        """
        try:
            return self._key
        except AttributeError:
            name = _without_blanks(self.name)
            return keep(self, "_key", "" if name in _SUBTOTALS else name)

    @property
    def long_key(self) -> str:
        return " ".join((heading_name(self.level1), heading_name(self.level2), self.key))

    @property
    def title(self) -> Text:
        try:
            return self._title
        except AttributeError:
            name = self.key or (self.level1 if isinstance(self.level1, str) else "")
            return keep(self, "_title", Text(zh=f"指标“{name}”", en=f"indicator {name}"))


def read_target(text: str, *, place: Place | None = None) -> Target:
    """The target printed as ``text``, which stands at ``place``; see :meth:`Target.parse`."""
    other = aim_of(text, place=place)
    if other is not None:
        return Target(value=other, text=text.strip())
    in_words = reached_in(text, place=place)
    if in_words is not None:
        return Target(value=in_words, text=text.strip())
    printed = read_number(text, place=place)
    if isinstance(printed, Missing):
        qualitative = printed.reason is MissingReason.QUALITATIVE
        direction = Direction.QUALITATIVE if qualitative else NOT_STATED
        return Target(direction=direction, value=printed, text=text.strip())
    direction, strict = _OPERATORS[printed.operator] if printed.operator else (NOT_STATED, False)
    exact = Figure.from_printed(printed, exact=True, place=place)
    return Target(direction=direction, strict=strict, value=exact, text=text.strip())


def is_subtotal(words: StatedText) -> bool:
    """Whether the words in the place of a heading or a name only say that a sum stands there."""
    return _without_blanks(words) in _SUBTOTALS


_SUBTOTALS = ("小计", "合计", "总计")


# Headings and names in print: one thing is spelled in several ways.

_POINTS = r"[:：为]?(?P<points>[0-9]+(?:\.[0-9]+)?)"
_IN_WORDS = (
    r"[（(\[【〔](?:(?P<word>标准分值?|分值)|(?P<share>权重(?=[^分]+$))|权重|满分|[共占计])?"
    rf"{_POINTS}(?(word)分?|(?(share)[%％]?|分))[）)\]】〕]"
)
"""The weight in brackets: (20分), (分值20), (权重20%)."""
_OF_GROUP = (
    r"(?P<name>.*(?:指标|产出|效益|效果|满意度|成本|投入|过程|决策|管理))"
    r"(?:[（(](?:分值|权重|满分|共|占)?[:：]?(?P<inside>[0-9]+(?:\.[0-9]+)?)(?P<unit>分|[%％]?)[）)]"
    r"|(?P<bare>[0-9]+(?:\.[0-9]+)?)分)"
)
"""The heading of a group with its weight: also without 分, or without brackets."""
_FEWEST_POINTS = 5
"""What is less stands in brackets for a numbering or a remark, and is no weight of a group."""
_NUMBER = "[一二三四五六七八九十]+"
_NUMBERING = rf"(?:[（(](?:\d+|{_NUMBER})[）)]|\d+[.．、)）](?!\d)|{_NUMBER}、|[①-⒛㈠-㈩])(?=.)"
_QUOTES = "[\"'＂＇“”„‟‘’‚‛「」『』〝〞〟《》〈〉]"
_COUNTED = (
    "元|人次|人日|人天|人|次|个|名|位|户|家|项|件|份|篇|场|期|批|条|台|套|辆|座|处|所|册|本|宗|起|例"
    "|天|日|周|月|季|年|小时|分钟|分|米|公里|千米|平方米|立方米|平方公里|亩|公顷|吨|公斤|千克|倍"
)
_UNIT = (
    rf"(?<=.)[（(](?:单位[:：]?)?(?:[%％‰]|百分比|百分点|[十百千万亿]*(?:{_COUNTED}))"
    r"(?:[/／][^（()）]+)?[）)]$"
)
_BEFORE_SATISFACTION = "(?:社会公众|服务对象)(?:[或和及与、/](?:社会公众|服务对象))?(?=满意)"


def heading_name(words: StatedText) -> str:
    """A heading without blanks and without the weight in its words; ``""`` if there is none.

    >>> heading_name("产出指标 （50 分）")
    '产出指标'
    """
    text = _without_blanks(words)
    group = _group(text)
    return compiled(_IN_WORDS).sub("", text) if group is None else group["name"]


def heading_points(words: StatedText) -> Figure | None:
    """The weight in the words of a heading, as in 产出指标（50分）; ``None`` if it says none.

    >>> [str(heading_points(text)) for text in ("产出指标50分", "产出指标（50）", "公租房（50套）")]
    ['50', '50', 'None']
    """
    text = _without_blanks(words)
    match = compiled(_IN_WORDS).search(text)
    group = None if match else _group(text)
    if group is not None:
        return Figure(value=group["inside"] or group["bare"], rounding=None)
    return None if match is None else Figure(value=match["points"], rounding=None)


def points_in_name(name: StatedText, *headings: StatedText) -> Figure | None:
    """The weight at the end of the name of an indicator, as in 调解成功率（20分）; ``None`` if it
    says none, or is called by a heading that it stands under, whose weight it is then.

    >>> names = ("调解成功率（20分）", "数量指标（20分）", "公租房（20套）")
    >>> [str(points_in_name(name, "产出指标", "数量指标")) for name in names]
    ['20', 'None', 'None']
    """
    text = _without_blanks(name)
    match = compiled(_IN_WORDS).search(text)
    if match is None or not compiled(_UNIT).sub("", text).endswith(match[0]):
        return None
    is_of_heading = plain_heading(name) in map(plain_heading, headings)
    return None if is_of_heading else heading_points(name)


def says_points(words: StatedText) -> bool:
    """Whether the number in the words of a heading is plainly of points: that of 产出指标（50） may
    be a count, that of 产出指标（50%） a share of something else.

    >>> [says_points(text) for text in ("产出指标（50分）", "产出指标（50）", "产出指标（50%）")]
    [True, False, False]
    """
    text = _without_blanks(words)
    group = _group(text)
    if group is None:
        match = compiled(_IN_WORDS).search(text)
        return match is None or not match["share"]
    return bool(group["bare"]) or group["unit"] == "分"


def _group(text: str) -> re.Match[str] | None:
    """A heading with a number behind it that may be its weight."""
    group = compiled(_OF_GROUP).fullmatch(text)
    if group is None or group["bare"] or group["unit"] == "分":
        return group
    return group if Fraction(group["inside"]) >= _FEWEST_POINTS else None


def plain_heading(words: StatedText) -> str:
    """What the spellings of a heading have in common: two headings of which it is equal are one.

    >>> plain_heading("社会公众或服务对象满意度指标（10分）"), plain_heading("满意度")
    ('满意度', '满意度')
    """
    name = compiled(_BEFORE_SATISFACTION).sub("", _unnumbered(heading_name(words)), count=1)
    return name.removesuffix("指标").removesuffix("率")


def plain_name(words: StatedText) -> str:
    """What the spellings of an indicator's name have in common, as for headings.

    Left out are blanks, quotation marks, a number before it and a unit in brackets after it.

    >>> plain_name("1.“三公经费” 变动率（%）")
    '三公经费变动率'
    """
    text = compiled(_IN_WORDS).sub("", _without_blanks(words))
    return compiled(_UNIT).sub("", _unnumbered(compiled(_QUOTES).sub("", text)))


def _without_blanks(words: StatedText) -> str:
    return "".join(words.split()) if isinstance(words, str) else ""


def _unnumbered(name: str) -> str:
    match = compiled(_NUMBERING).match(name)
    return name if match is None else name[match.end() :]


def headings_near(indicators: Sequence[Indicator]) -> Iterator[list[tuple[str, ...]]]:
    """For each row the headings that it may stand under where its own are blank.

    Those nearest to it, above and below: the words of a merged cell stand in one of its rows,
    mostly the first, or the one in the middle. A pair is 一级 and 二级指标; weights in the words
    are left out.
    """
    own = [(_own_name(row.level1), _own_name(row.level2)) for row in indicators]
    firsts = [first for first, _ in own]
    above, below = _filled(firsts), _filled(firsts[::-1])[::-1]
    paired = [(first or up, second) for (first, second), up in zip(own, above, strict=True)]
    seconds = [pair if pair[1] else None for pair in paired]
    pairs_above, pairs_below = _filled(seconds), _filled(seconds[::-1])[::-1]
    for (first, second), up, down, over, under in zip(
        own, above, below, pairs_above, pairs_below, strict=True
    ):
        maybe: list[tuple[str, ...]] = [] if first else [(name,) for name in (up, down) if name]
        if second and not first:
            maybe += [(*name, second) for name in list(maybe)]
        elif not second:
            near = (pair for pair in (over, under) if pair)
            maybe += [pair for pair in near if not first or pair[0] == first]
        yield list(dict.fromkeys(maybe))


def _own_name(heading: StatedText) -> str:
    return "" if is_subtotal(heading) else heading_name(heading)


def _filled(values: Sequence[_T]) -> list[_T]:
    """Each value, or where it is empty the last one before it that is not."""
    filled: list[_T] = []
    for value in values:
        filled.append(value or (filled[-1] if filled else value))
    return filled


_T = TypeVar("_T")


@attrs.frozen(kw_only=True, repr=False)
class LevelCounts(Part):
    """How many indicators of each level the text says there are."""

    level1: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure(
            "一级指标数", "number of level-1 indicators", FigureKind.COUNT, units=ITEMS
        ),
    )
    level2: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure(
            "二级指标数", "number of level-2 indicators", FigureKind.COUNT, units=ITEMS
        ),
    )
    level3: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure(
            "三级指标数", "number of level-3 indicators", FigureKind.COUNT, units=ITEMS
        ),
    )

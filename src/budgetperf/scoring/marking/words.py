"""What forms print beside an indicator of how it is scored, from words to what they say.

Nothing is guessed: words are read whole, or not at all.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import Interval
from budgetperf.exact.printed import plain_text
from budgetperf.rules.policies import Counting

__all__ = ["Loss", "Met", "Miss", "Proportion", "Quotient", "Said", "Tier", "Tiers", "said"]

MAX_WORDS = 300
"""Longer words are a text, and no rule."""
MAX_TIERS = 20
"""More tiers are no rule of a form."""


class Quotient(enum.Enum):
    """What is multiplied by the weight."""

    COMPLETION = "completion"
    """完成比例: how far the target is reached, without saying how."""
    ACTUAL_BY_TARGET = "actual/target"
    TARGET_BY_ACTUAL = "target/actual"
    EITHER = "either"
    """B/A or A/B, by the direction of the target."""
    RATE = "rate"
    """The actual value itself, such as 执行率."""


class Miss(enum.Enum):
    """What a missed target has, where no curve says it."""

    NOTHING = "nothing"
    OPEN = "open"


@attrs.frozen(kw_only=True)
class Proportion:
    """Points in proportion to a quotient.

    Args:
        of: the quotient.
        least: below this quotient there are no points.
        points: the points that it is multiplied by, where the words have a number.
        met: whether a target that is met is said to have full marks.
    """

    of: Quotient
    least: Fraction | None = None
    points: Fraction | None = None
    met: bool = False


@attrs.frozen(kw_only=True)
class Loss:
    """So many points off for each step below or above the target.

    Args:
        below, above: which side loses.
        width: the length of a step, in ``unit``.
        unit: ``"%"``, ``"百分点"``, or what is counted.
        loss: the points that a step costs.
        of_completion: whether steps are of the completion.
        counting: which steps count.
        points: the points of a target that is met, where the words have a number.
        start: the rate up to which all points are kept, where the words have that, too.
    """

    below: bool
    above: bool
    width: Fraction
    unit: str
    loss: Fraction
    of_completion: bool = False
    counting: Counting = Counting.UNSAID
    points: Fraction | None = None
    start: Fraction | None = None


@attrs.frozen(kw_only=True)
class Met:
    """Full marks where the target is met, and what else.

    Args:
        miss: what a missed one has.
        points: the points of one that is met, where the words have a number.
        timely: whether the words are about time: of a number they say nothing then.
    """

    miss: Miss
    points: Fraction | None = None
    timely: bool = False


@attrs.frozen(kw_only=True)
class Tier:
    """The points of values between two limits.

    Args:
        values: from where to where.
        firm: whether the lower and the upper limit are said to belong to it or not.
        points: the points; or
        share: the share of the weight.
    """

    values: Interval
    firm: tuple[bool, bool]
    points: Fraction | None = None
    share: Fraction | None = None


@attrs.frozen(kw_only=True)
class Tiers:
    """Points by tiers.

    Args:
        tiers: each of them, in any order.
        subject: what they are of: ``"completion"``, ``"actual"``, or ``""`` where it is not said.
        percent: whether the limits are in percent.
        rest: whether everything else has no points.
    """

    tiers: tuple[Tier, ...]
    subject: str
    percent: bool
    rest: bool


Said: TypeAlias = "Proportion | Loss | Met | Tiers"
"""What words say of a score."""


@functools.lru_cache(maxsize=1024)
def said(text: str) -> Said | None:
    """What the words say; ``None`` if they are not understood.

    >>> said("按完成比例赋分").of.value, said("达到指标值得满分，否则不得分").miss.value
    ('completion', 'nothing')
    >>> said("制度健全得2分，执行有效得3分") is None
    True
    """
    if len(text) > MAX_WORDS:
        return None
    words = _plain(text)
    for read in (_direct, _met, _proportion, _formula, _loss, _tiers):
        rule = read(words)
        if rule is not None:
            return rule
    return None


_FOLD = str.maketrans({"；": ",", ";": ",", "。": ",", "、": ",", "×": "*", "÷": "/", "∶": ":"})


def _plain(text: str) -> str:
    """The words without blanks and particles, with one sign for each meaning."""
    words = plain_text("".join(text.split())).translate(_FOLD)
    return re.sub("的|(?<!否)则", "", words).strip(",.")


_NUM = r"\d{1,9}(?:\.\d{1,6})?"
_ITEM = r"(?:该|本|此)?(?:项|指标)*"
_GET = r"(?:可?(?:得|计|记|赋|给|为))?"
_FULL = (
    rf"(?:{_GET}{_ITEM}(?:所赋)?(?:满分|全分|全部分值?)"
    rf"|(?:得|计|记|赋|给)(?P<met_points>{_NUM})分)"
)
_NIL = rf"(?:{_ITEM}不(?:得|计|给|赋)分|{_GET}(?:0|零)分|扣除?{_ITEM}(?:全部分值?|全分|满分))"
_OPEN = r"(?:(?:酌情|适当|视情况?|视情形)(?:扣分|扣减|给分|得分|赋分)|扣除?相应(?:分值?|分数))"
_TIMELY = "及时|按时|准时|如期|按期"
_HOW = (
    r"(?:全部|指标|任务|目标|项目|工作|全年|年度|实际|完成值|值|按(?:要求|计划|目标|规定)"
    rf"|{_TIMELY})*"
)
_DONE = r"(?:完成|达到|达成|实现|达标|符合)"
_WHAT = r"(?:年度|年初|全年|预期|计划|既定|绩效|指标|目标|任务|要求|标准|值|数|及以上|或以上|以上)*"
_MET = rf"(?:{_HOW}{_DONE}{_WHAT})"
_MISS = rf"(?:否则|反之|(?:未|没有|没|不)能?{_HOW}{_DONE}{_WHAT})"
_END = (
    rf"(?:直至|直到)?(?:扣完{_ITEM}(?:分[值数]?)?|扣[至到]0分)(?:为止)?|最低(?:得|为)?0分|不计负分"
)
_BY = r"(?:按照?|根据|依据|以)?"
_GIVEN = r"(?:相应)?(?:赋分|得分|计分|记分|给分|评分|打分|计算得分|计算|扣分|扣减)?法?"
_COMPLETED = r"(?:实际|指标|其)?(?:完成|达成)(?:率|比例|比率)"
_PROP = rf"{_BY}(?:{_COMPLETED}|(?:相应|同)比例|比例){_GIVEN}"


def _direct(words: str) -> Said | None:
    return Met(miss=Miss.OPEN) if re.fullmatch(r"(?:按|按照)?直接赋分法?", words) else None


_MET_RULE = re.compile(
    rf"(?P<met>{_MET}),?{_FULL}(?:,?{_MISS},?(?:(?P<nil>{_NIL})|(?P<open>{_OPEN})))?"
)


def _met(words: str) -> Said | None:
    match = _MET_RULE.fullmatch(words)
    if match is None:
        return None
    return Met(
        miss=Miss.NOTHING if match["nil"] else Miss.OPEN,
        points=_number(match["met_points"]),
        timely=re.search(_TIMELY, match["met"]) is not None,
    )


_PROPORTION = re.compile(
    rf"(?P<met>{_MET},?{_FULL},?)?(?:{_MISS},?)?{_PROP}"
    rf"(?:,?(?:{_COMPLETED})?(?:低于|小于|不足|<)(?P<least>{_NUM})%,?{_NIL})?"
)


def _proportion(words: str) -> Said | None:
    match = _PROPORTION.fullmatch(words)
    if match is None:
        return None
    least = _number(match["least"])
    return Proportion(
        of=Quotient.COMPLETION,
        least=None if least is None else least / 100,
        points=_number(match["met_points"]),
        met=match["met"] is not None,
    )


_ACTUAL = (
    r"(?:(?:全年|年度|指标|当年)?(?:实际)?完成[值数]|(?:全年|年度)?实际[值数]|实际完成)(?:\(B\))?"
    r"|\(?B\)?"
)


_TARGET = (
    r"(?:(?:年度|年初|全年|预期|绩效|计划)*(?:指标|目标)值|计划(?:完成)?[值数])(?:\(A\))?"
    r"|\(?A\)?"
)
_WEIGHT = rf"{_ITEM}(?:指标)?(?:分值|权重|标准分|满分)|(?P<points>{_NUM})分?"
_QUOTIENT = (
    rf"(?:(?P<both>\(?B/A\)?或\(?A/B\)?|\(?A/B\)?或\(?B/A\)?)"
    rf"|[(\[]?(?P<up>{_ACTUAL})/(?:{_TARGET})[)\]]?|[(\[]?(?P<down>{_TARGET})/(?:{_ACTUAL})[)\]]?"
    rf"|(?P<done>{_COMPLETED})|(?P<rate>(?:预算|资金)?(?:执行|支出|支付)率))"
)
_CAP = rf"(?:,?(?:且)?(?:最高)?不(?:得)?超过?{_ITEM}(?:分值|满分|权重)(?:上限)?)?"
_FORMULA = re.compile(
    rf"(?P<met>{_MET},?{_FULL},?)?(?:{_MISS},?)?{_BY}(?:{_ITEM}得分(?:=|为|:))?"
    rf"{_QUOTIENT}(?:\*100%)?\*(?:{_WEIGHT})(?:计分|记分|得分|计算)?{_CAP}"
)


def _formula(words: str) -> Said | None:
    match = _FORMULA.fullmatch(words)
    if match is None:
        return None
    of = next(quotient for name, quotient in _QUOTIENTS.items() if match[name])
    points = _number(match["points"])
    if match["met_points"] and points not in (None, _number(match["met_points"])):
        return None
    points = points or _number(match["met_points"])
    return Proportion(of=of, points=points, met=match["met"] is not None)


_QUOTIENTS = {
    "both": Quotient.EITHER,
    "up": Quotient.ACTUAL_BY_TARGET,
    "down": Quotient.TARGET_BY_ACTUAL,
    "done": Quotient.ACTUAL_BY_TARGET,
    "rate": Quotient.RATE,
}

_MORE = "超过|超出|高于|大于|超|增加|提高|上升|多"
_LESS = "低于|少于|小于|不足|降低|下降|减少|低|少|减"
_OFF = rf"偏离|偏差|相差|变动|(?:{_MORE})[/或和](?:{_LESS})|(?:{_LESS})[/或和](?:{_MORE})"
_STEP_UNIT = r"个?百分点|%|[个人次项户件家份篇场期批例起座处台套]{1,2}"
_LOSS = re.compile(
    rf"(?:(?:{_MET}|(?:≥|达到|不低于)?(?P<start>{_NUM})%(?:\(含\))?(?:及?以上)?),?{_FULL},?)?"
    rf"(?:{_MISS},?)?(?P<of>{_COMPLETED})?"
    rf"每(?:(?P<off>{_OFF})|(?P<more>{_MORE})|(?P<less>{_LESS}))"
    rf"(?:指标值|目标值|目标|计划数?|预期值?)?(?P<width>{_NUM}|一)?(?P<unit>{_STEP_UNIT}),?"
    rf"(?:扣减|扣除|扣|减)(?P<loss>{_NUM})分(?:,?(?:{_END}))?"
    rf"(?:,?不足(?:{_NUM}|一)?(?:{_STEP_UNIT})(?:按(?:{_NUM}|一)(?:{_STEP_UNIT})(?P<part>计算?|扣分)"
    rf"|(?P<whole>不扣分?|不计算?)))?(?:,?(?:{_END}))?"
)


def _loss(words: str) -> Said | None:
    match = _LOSS.fullmatch(words)
    if match is None:
        return None
    width = Fraction(1) if match["width"] in (None, "一") else Fraction(match["width"])
    loss = Fraction(match["loss"])
    if not width or not loss:
        return None
    counting = Counting.PART if match["part"] else Counting.UNSAID
    return Loss(
        below=not match["more"],
        above=not match["less"],
        width=width,
        unit="百分点" if match["unit"].endswith("百分点") else match["unit"],
        loss=loss,
        of_completion=match["of"] is not None,
        counting=Counting.WHOLE if match["whole"] else counting,
        points=_number(match["met_points"]),
        start=None if match["start"] is None else Fraction(match["start"]) / 100,
    )


_SIDES = {
    **dict.fromkeys(("≥", ">=", "大于等于", "大于或等于", "不低于", "不少于"), (True, True)),
    **dict.fromkeys((">", "大于", "高于", "超过"), (True, False)),
    **dict.fromkeys(("≤", "<=", "小于等于", "小于或等于", "不超过", "不高于"), (False, True)),
    **dict.fromkeys(("<", "小于", "低于", "不足"), (False, False)),
}
"""What a sign says: whether the values are above it, and whether the limit belongs to them."""
_SIGN = "|".join(sorted(map(re.escape, _SIDES), key=len, reverse=True))
_OF_COMPLETION = r"(?:实际|指标)?(?:完成率|完成比例)"
_OF_ACTUAL = (
    r"(?:群众|服务对象)?满意[度率]|达标率|合格率|覆盖率|(?:实际)?(?:完成)?值"
    r"|(?:预算|资金)?(?:执行|支出|支付)率"
)
_IN = r"(?P<{0}>\((?:不含|含)\))?"
_TIER = re.compile(
    rf"(?:(?P<completion>{_OF_COMPLETION})|(?P<actual>{_OF_ACTUAL}))?(?:达到|为|在)?(?:"
    rf"(?P<sign>{_SIGN})(?P<a>{_NUM})(?P<pa>%)?(?:(?:且|,)?(?P<sign2>{_SIGN})(?P<b>{_NUM})(?P<pb>%)?)?"
    rf"|(?P<c>{_NUM})(?P<pc>%)?{_IN.format('ic')}(?P<side>及?以[上下]){_IN.format('ie')}"
    rf"|(?P<d>{_NUM})(?P<pd>%)?{_IN.format('id')}[-~—–至到](?P<e>{_NUM})(?P<pe>%)?{_IN.format('if')}"
    r"(?:之间)?"
    rf"|(?P<f>{_NUM})(?P<pf>%)?(?P<sf>≤|<)(?:完成率|满意度|实际值|完成值|[xX])(?P<sg>≤|<)"
    rf"(?P<g>{_NUM})(?P<pg>%)?"
    r"|(?P<rest>其他|其余|否则|其它)"
    rf"),?{_GET}{_ITEM}(?:(?P<full>满分|全分)|(?P<points>{_NUM})分|(?P<nil>不得分|不计分|零分)"
    rf"|(?:分值|权重|满分)?(?P<share>{_NUM})%(?:分值|权重|分数)?)(?:,|$)"
)


def _tiers(words: str) -> Said | None:
    matches = list(_run(words))
    if not matches:
        return None
    bounded = [match for match in matches if not match["rest"]]
    subjects = {
        "completion" if match["completion"] else "actual"
        for match in matches
        if match["completion"] or match["actual"]
    }
    percents = {_is_percent(match) for match in bounded}
    rests = [match for match in matches if match["rest"]]
    is_plain = len(subjects) <= 1 and len(percents) == 1 and rests in ([], [matches[-1]])
    if not is_plain or any(_marks(match) != (Fraction(0), None) for match in rests):
        return None
    tiers = [_tier(match, percent=True in percents) for match in bounded]
    if None in tiers or _overlap([tier for tier in tiers if tier]):
        return None
    return Tiers(
        tiers=tuple(tier for tier in tiers if tier is not None),
        subject=next(iter(subjects), ""),
        percent=True in percents,
        rest=bool(rests),
    )


def _run(words: str) -> Iterator[re.Match[str]]:
    """The tiers that the words are made of, if they are made of nothing else."""
    matches: list[re.Match[str]] = []
    at = 0
    while at < len(words) and len(matches) < MAX_TIERS:
        match = _TIER.match(words, at)
        if match is None:
            return
        matches.append(match)
        at = match.end()
    if at == len(words):
        yield from matches


_LIMITS = ("a", "b", "c", "d", "e", "f", "g")


def _is_percent(match: re.Match[str]) -> bool:
    """Whether its limits are in percent: of 80-90% both are."""
    return any(match[f"p{name}"] for name in _LIMITS)


def _marks(match: re.Match[str]) -> tuple[Fraction | None, Fraction | None]:
    """The points, or the share of the weight."""
    if match["full"]:
        return None, Fraction(1)
    if match["share"]:
        share = Fraction(match["share"]) / 100
        return None, share if share <= 1 else None
    return (Fraction(0) if match["nil"] else Fraction(match["points"])), None


def _tier(match: re.Match[str], *, percent: bool) -> Tier | None:
    points, share = _marks(match)
    if points is None and share is None:
        return None
    scale = Fraction(1, 100) if percent else Fraction(1)
    lower, upper, closed, firm = _limits(match)
    if lower is not None and upper is not None and lower >= upper:
        return None
    values = Interval(
        lower=None if lower is None else lower * scale,
        upper=None if upper is None else upper * scale,
        lower_closed=closed[0],
        upper_closed=closed[1],
    )
    return Tier(values=values, firm=firm, points=points, share=share)


_Limits: TypeAlias = "tuple[Fraction | None, Fraction | None, tuple[bool, bool], tuple[bool, bool]]"


def _limits(match: re.Match[str]) -> _Limits:
    """The limits, whether they belong to the tier, and whether that is said."""
    if match["sign"]:
        return _signed(match)
    if match["side"]:
        limit, above = Fraction(match["c"]), match["side"].endswith("上")
        bounds = match["ic"] or match["ie"] or ""
        closed = "不含" not in bounds
        is_firm = bool(bounds) or match["side"].startswith("及")
        if above:
            return limit, None, (closed, False), (is_firm, True)
        return None, limit, (False, closed), (True, is_firm)
    if match["f"]:
        ends = match["sf"] == "≤", match["sg"] == "≤"
        return Fraction(match["f"]), Fraction(match["g"]), ends, (True, True)
    bounds = match["id"] or "", match["if"] or ""
    ends = "不含" not in bounds[0], "不含" not in bounds[1]
    return Fraction(match["d"]), Fraction(match["e"]), ends, (bool(bounds[0]), bool(bounds[1]))


def _signed(match: re.Match[str]) -> _Limits:
    above, closed = _SIDES[match["sign"]]
    limit = Fraction(match["a"])
    if match["sign2"] is None:
        if above:
            return limit, None, (closed, False), (True, True)
        return None, limit, (False, closed), (True, True)
    other_above, other_closed = _SIDES[match["sign2"]]
    other = Fraction(match["b"])
    if above and not other_above:
        return limit, other, (closed, other_closed), (True, True)
    if other_above and not above:
        return other, limit, (other_closed, closed), (True, True)
    return Fraction(0), Fraction(0), (False, False), (True, True)  # two limits on one side: none


def _overlap(tiers: Sequence[Tier]) -> bool:
    """Whether two of them have more in common than a limit."""
    for index, tier in enumerate(tiers):
        for other in tiers[:index]:
            common = tier.values.intersection(other.values)
            if common is not None and not common.is_point:
                return True
    return False


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)

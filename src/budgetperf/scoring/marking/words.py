"""What forms print beside an indicator of how it is scored: from words to what they say.

Nothing is guessed: words are read whole, or not at all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import Interval
from budgetperf.exact.printed import plain_text
from budgetperf.rules.policies import Counting

from .meanings import Loss, Met, Miss, Proportion, Quotient, Said, Side, Tier, Tiers

__all__ = ["COMPLETION", "USUAL", "meaning_of"]

MAX_WORDS = 300
"""Longer words are a text, and no rule."""
MAX_TIERS = 20
"""More tiers are no rule of a form."""


@functools.lru_cache(maxsize=1024)
def meaning_of(text: str) -> Said | None:
    """What the words say; ``None`` if they are not understood.

    >>> meaning_of("按完成比例赋分").of.value, meaning_of("达到指标值得满分，否则不得分").miss.value
    ('completion', 'nothing')
    >>> meaning_of("制度健全得2分，执行有效得3分") is None
    True
    """
    if len(text) > MAX_WORDS:
        return None
    words = _plain(text)
    whole = re.match(_WHOLE, words)
    rule = _read(words[whole.end() :] if whole else words)
    return rule if whole is None or rule is None else _out_of(rule, Fraction(whole["whole"]))


def _read(words: str) -> Said | None:
    readers = (_direct, _met, _happened, _proportion, _formula, _passing, _loss, _tiers)
    return next((rule for rule in (read(words) for read in readers) if rule is not None), None)


def _out_of(rule: Said, points: Fraction) -> Said | None:
    """A rule of which the words first say how many points there are."""
    if isinstance(rule, Tiers):
        tiers = [
            attrs.evolve(tier, points=points, share=Fraction(0)) if tier.share == 1 else tier
            for tier in rule.tiers
        ]
        most = max((tier.points for tier in tiers if tier.points is not None), default=None)
        return attrs.evolve(rule, tiers=tuple(tiers)) if most == points else None
    return attrs.evolve(rule, points=points) if rule.points in (None, points) else None


_FOLD = str.maketrans(
    {
        "；": ",",
        ";": ",",
        "。": ",",
        "、": ",",
        "×": "*",
        "÷": "/",
        "∶": ":",
        "≧": "≥",
        "≦": "≤",
        "﹥": ">",
        "﹤": "<",
        "﹦": "=",
        "═": "=",
        **dict.fromkeys("“”‘’\"'《》①②③④⑤⑥⑦⑧⑨⑩"),
    }
)


def _plain(text: str) -> str:
    """The words without blanks, quotes, numbering and particles, with one sign for each meaning."""
    words = plain_text("".join(text.split()).translate(_FOLD)).translate(_FOLD)
    words = re.sub("的|(?<!否)则", "", words)
    words = re.sub(r"^(?:评分|计分|赋分|扣分|得分)(?:标准|规则|方法|办法|细则):", "", words)
    return re.sub(",{2,}", ",", words).strip(",.")


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
    r"(?:全部|指标|任务|目标|项目|工作|全年|年度|实际|完成值|值|100%|按(?:要求|计划|目标|规定)"
    rf"|{_TIMELY})*"
)
_DONE = r"(?:(?:达到|等于)(?:或|/)?(?:超过|高于|大于|优于)|完成|达到|达成|实现|达标|符合)"
_WHAT = (
    r"(?:年度|年初|全年|预期|计划|既定|绩效|指标|目标|任务|要求|标准|值|数"
    r"|及以上|或以上|以上)*"
)
_MET = (
    rf"(?:{_HOW}{_DONE}{_WHAT}"
    r"|(?:年度|实际|指标|目标|任务)*(?:完成|达成)(?:率|比例)(?:达到?|为|=|≥)?100%(?:及?以上)?)"
)
_MISSED = rf"(?:未|没有|没|不)能?{_HOW}{_DONE}{_WHAT}"
_MISS = rf"(?:否则|反之|{_MISSED})"
_END = (
    rf"(?:直至|直到)?(?:扣完{_ITEM}(?:分[值数]?)?|扣[至到]0分)(?:为止)?|最低(?:得|为)?0分"
    r"|不计负分|不(?:得)?负分|不倒扣"
)
_BY = r"(?:按照?|根据|依据|以)?"
_GIVEN = r"(?:相应)?(?:赋分|得分|计分|记分|给分|评分|打分|计算得分|计算|扣分|扣减)?法?"
_COMPLETED = r"(?:年度|实际|指标值?|目标值?|任务|其)*(?:完成|达成)(?:率|比例|比率)"
_ACTUAL = (
    r"(?:(?:全年|年度|指标|当年)?(?:实际)?完成[值数]|(?:全年|年度)?实际[值数]?|实际完成)(?:\(B\))?"
    r"|\(?B\)?"
)
_TARGET = (
    r"(?:(?:年度|年初|全年|预期|绩效|计划)*(?:指标|目标)值?|计划(?:完成)?[值数]?)(?:\(A\))?"
    r"|\(?A\)?"
)
_RATIO = rf"(?:{_ACTUAL})[与占和](?:{_TARGET})(?:之)?(?:比例|比率|比)"
_PROP = rf"{_BY}(?:{_COMPLETED}|{_RATIO}|(?:相应|同)比例|比例){_GIVEN}"
_CAP = (
    rf"(?:,?(?:且)?(?:最高)?不(?:得)?超过?{_ITEM}(?:分值|满分|权重)(?:上限)?"
    r"|,?超(?:额|出)(?:完成)?(?:部分)?不(?:另)?加分)?"
)
_BELOW = rf"(?:,(?:{_COMPLETED})?(?:低于|小于|不足|<)(?P<least>{_NUM})%,?{_NIL})?"
_WHOLE = rf"{_ITEM}(?:满分|分值|标准分|权重|共计?)(?:为|:)?(?P<whole>{_NUM})分,"
_AIM = (
    r"(?:年度|年初|全年|预期|计划|既定|绩效|指标|目标|任务|标准|控制|要求)+"
    r"(?:值|数|额|成本|标准|要求)?"
)
_AT_LEAST = "≥|>=|不低于|不少于|大于等于|大于或等于"
_AT_MOST = "≤|<=|不超过|不高于|未超过|未超出|不大于|小于等于|小于或等于|控制在"
_STEP_UNIT = (
    r"个?百分点|%|[万亿]?元|[个人次项户件家份篇场期批例起座处台套条宗天日周月]{1,2}|个工作日"
)
_MANY = rf"(?:(?:1|一)(?:{_STEP_UNIT}))?"
_NOUN = r"[一-鿿]{0,8}?"


def _direct(words: str) -> Said | None:
    return Met(miss=Miss.OPEN) if re.fullmatch(r"(?:按|按照)?直接赋分法?", words) else None


_MET_RULE = (
    rf"(?:(?P<met>{_MET})"
    rf"|(?:(?P<least_of>{_AT_LEAST})|(?P<most_of>{_AT_MOST})){_AIM}(?:以内|之内|内)?),?"
    rf"(?:{_FULL}(?:,?(?:{_MISS}|(?:超过|超出|超支|低于|高于)(?:{_AIM})?),?"
    rf"(?:(?P<nil>{_NIL})|(?P<open>{_OPEN})))?"
    rf"|(?:得|计|记)分,?{_MISS},?(?P<bare>{_NIL}))"
)
_BEYOND_RULE = (
    rf"(?:(?P<under>低于|少于|小于|达不到)|(?P<over>超过|超出|高于|大于|突破)){_AIM},?{_NIL}"
)
_MISSED_RULE = rf"{_MISSED},?{_NIL}"


def _met(words: str) -> Said | None:
    if re.fullmatch(_MISSED_RULE, words):
        return Met(miss=Miss.NOTHING, timely=re.search(_TIMELY, words) is not None)
    beyond = re.fullmatch(_BEYOND_RULE, words)
    if beyond is not None:
        return Met(miss=Miss.NOTHING, side=Side.LEAST if beyond["under"] else Side.MOST)
    match = re.fullmatch(_MET_RULE, words)
    if match is None:
        return None
    return Met(
        miss=Miss.NOTHING if match["nil"] or match["bare"] else Miss.OPEN,
        points=_number(match["met_points"]),
        timely=re.search(_TIMELY, match["met"] or "") is not None,
        side=Side.LEAST if match["least_of"] else Side.MOST if match["most_of"] else Side.UNSAID,
    )


_NOTHING = rf"(?:未(?:发生|出现|发现|存在)|没有(?:发生|出现|发现)?|无){_NOUN}"
_HAPPENED = rf"(?:发生|出现|发现|存在|查出|有){_MANY}(?:及以上)?{_NOUN}(?:即|就)?"
_HAPPENED_RULE = rf"(?:{_NOTHING},?{_FULL},?(?:否则|{_HAPPENED})|{_HAPPENED}),?{_NIL}"


def _happened(words: str) -> Said | None:
    """All points where nothing happened, and else none."""
    match = re.fullmatch(_HAPPENED_RULE, words)
    if match is None:
        return None
    return Met(miss=Miss.NOTHING, points=_number(match["met_points"]), side=Side.NONE)


_PROPORTION = rf"(?P<met>{_MET},?{_FULL},?)?(?:{_MISS},?)?{_PROP}{_CAP}{_BELOW}"


def _proportion(words: str) -> Said | None:
    match = re.fullmatch(_PROPORTION, words)
    if match is None:
        return None
    return Proportion(
        of=Quotient.COMPLETION,
        least=_percent(match["least"]),
        points=_number(match["met_points"]),
        met=match["met"] is not None,
    )


_OF_COMPLETION = r"(?:实际|指标|目标|任务)*(?:完成率|完成比例|达成率)"
_OF_ACTUAL = (
    r"满意[度率]|达标率|合格率|覆盖率|(?:实际)?(?:完成)?值|(?:预算|资金)?(?:执行|支出|支付)率"
)
_OF_NAMED = rf"(?:群众|服务对象)?(?:{_OF_ACTUAL})|[一-鿿]{{2,14}}[率度]"
USUAL = re.compile(rf"(?:群众|服务对象)?(?:{_OF_ACTUAL})")
"""Rates that words name, whatever the indicator is called."""
COMPLETION = re.compile("完成率|完成比例|完成比率|达成率|达成比例")
"""The completion; or an indicator of that name."""

_WEIGHT = rf"{_ITEM}(?:指标)?(?:分值|权重|标准分|满分)|{{0}}分?"
_QUOTIENT = (
    rf"(?:(?P<both>\(?B/A\)?或\(?A/B\)?|\(?A/B\)?或\(?B/A\)?)"
    rf"|[(\[]?(?P<up>{_ACTUAL})/(?:{_TARGET})[)\]]?|[(\[]?(?P<down>{_TARGET})/(?:{_ACTUAL})[)\]]?"
    rf"|(?P<done>{_COMPLETED})|(?P<rate>(?:预算|资金)?(?:执行|支出|支付)率)"
    rf"|(?P<named>[一-鿿]{{2,14}}[率度]))"
)
_FORMULA = (
    rf"(?P<met>{_MET},?{_FULL},?)?(?:{_MISS},?)?{_BY}(?:{_ITEM}得分(?:=|为|:))?"
    rf"(?:(?:{_WEIGHT.format(f'(?P<before>{_NUM})')})\*)?{_QUOTIENT}(?:\*100%)?"
    rf"(?:\*(?:{_WEIGHT.format(f'(?P<points>{_NUM})')}))?(?:计分|记分|得分|计算)?{_CAP}{_BELOW}"
)


def _formula(words: str) -> Said | None:
    match = re.fullmatch(_FORMULA, words)
    if match is None:
        return None
    of, name = next((quotient, name) for name, quotient in _QUOTIENTS.items() if match[name])
    is_before = "*" in words[: match.start(name)]
    if is_before == ("*" in words[match.end(name) :].replace("*100%", "")):
        return None  # one weight is multiplied, before or behind
    points = _number(match["points"]) or _number(match["before"])
    met_points = _number(match["met_points"])
    if met_points is not None and points not in (None, met_points):
        return None
    return Proportion(
        of=of,
        least=_percent(match["least"]),
        points=points or met_points,
        met=match["met"] is not None,
        named=match["named"] or "",
    )


_QUOTIENTS = {
    "both": Quotient.EITHER,
    "up": Quotient.ACTUAL_BY_TARGET,
    "down": Quotient.TARGET_BY_ACTUAL,
    "done": Quotient.ACTUAL_BY_TARGET,
    "rate": Quotient.RATE,
    "named": Quotient.RATE,
}

_PASSING = (
    rf"(?P<met>{_MET},?{_FULL},?)?(?:{_MISS},?)?"
    rf"(?:{_COMPLETED}(?:低于|小于|不足|<)(?P<under>{_NUM})%,?{_NIL},)?"
    rf"(?:(?:{_COMPLETED})?(?:{_AT_LEAST}|达到)?(?P<over>{_NUM})%(?:\(含\))?(?:及?以上)?,?)?"
    rf"(?:{_ITEM}得分(?:=|为|:))?"
    rf"\({_COMPLETED}-(?P<low>{_NUM})%\)/\((?:1|100%)-(?P<again>{_NUM})%\)"
    rf"\*(?:{_WEIGHT.format(f'(?P<points>{_NUM})')}){_BELOW}"
)


def _passing(words: str) -> Said | None:
    """In proportion above a completion that is a pass."""
    match = re.fullmatch(_PASSING, words)
    if match is None:
        return None
    limits = {match[name] for name in ("low", "again", "under", "over", "least")} - {None}
    passing = Fraction(match["low"]) / 100
    if len(limits) > 1:
        return None
    points = {_number(match["points"]), _number(match["met_points"])} - {None}
    if len(points) > 1 or passing >= 1:
        return None
    return Proportion(
        of=Quotient.COMPLETION,
        passing=passing,
        points=next(iter(points), None),
        met=match["met"] is not None,
    )


_MORE = "超过|超出|高于|大于|超|增加|提高|上升|增长|多"
_LESS = "低于|少于|小于|不足|降低|下降|减少|少完成|未完成|低|少|减|缺"
_OFF = (
    rf"偏离|偏差|相差|变动|(?:{_MORE})(?:[/或和](?:{_LESS})|\((?:{_LESS})\))"
    rf"|(?:{_LESS})(?:[/或和](?:{_MORE})|\((?:{_MORE})\))"
)
_EACH = "发生|出现|发现|存在|查出|有"
_LATE = "延迟|延误|推迟|逾期|延期|滞后|超期|拖延|晚|迟"
_STARTING = (
    rf"(?:以{_NUM}%为标准,)?(?P<of_start>{_OF_COMPLETION}|{_OF_NAMED})??,?(?:"
    rf"(?:(?P<up>{_AT_LEAST}|达到)|=|等于|为)?(?P<start>{_NUM})(?P<start_unit>{_STEP_UNIT})?"
    r"(?:\(含\))?(?:(?P<over>及?以上)|(?P<under>及?以下|以内))?(?:\(含\))?"
    rf"|(?:{_AT_MOST})(?P<ceiling>{_NUM})(?P<ceiling_unit>{_STEP_UNIT})?(?:\(含\))?"
    r"(?:及?以[下内]|内)?)"
)
_BEYOND = (
    rf"(?:(?P<of_beyond>{_OF_COMPLETION}|{_OF_NAMED})??"
    r"(?P<sign><|低于|小于|不足|>|高于|大于|超过|超出)"
    rf"(?P<beyond>{_NUM})(?P<beyond_unit>{_STEP_UNIT})?,?)"
)
_PART_OF = rf"{_ITEM}(?:分值|权重分?|标准分|满分)"
_LOSS = (
    rf"(?:(?:{_MET}|{_NOTHING}|{_STARTING}),?{_FULL},?)?"
    rf"(?:{_MISS},?|{_BEYOND})?(?P<of>{_COMPLETED}|{_OF_NAMED})??"
    rf"每(?:(?P<off>{_OFF})|(?P<more>{_MORE})|(?P<less>{_LESS})"
    rf"|(?P<each>{_EACH})|(?P<late>{_LATE}))"
    rf"(?:{_AIM})?(?P<width>{_NUM}|一)?(?P<unit>{_STEP_UNIT})(?(each){_NOUN}),?"
    rf"(?:扣减|扣除|扣|减)(?:(?P<loss>{_NUM})分|{_PART_OF}(?P<share>{_NUM})%"
    rf"|(?P<share_of>{_NUM})%{_PART_OF})"
    rf"(?:,?(?:{_END}))?"
    rf"(?:,?不足(?:{_NUM}|一)?(?:{_STEP_UNIT})"
    rf"(?:按(?:{_NUM}|一)(?:{_STEP_UNIT})(?P<part>计算?|扣分)|(?P<whole>不扣分?|不计算?)))?"
    rf"(?:,?(?:{_END}|(?:累计)?(?:最多|最高|至多)扣(?P<most>{_NUM})分(?:为止)?"
    rf"|扣完(?P<all>{_NUM})分为止|(?:最低|至少)得?(?P<floor>{_NUM})分))?"
)


def _loss(words: str) -> Said | None:
    match = re.fullmatch(_LOSS, words)
    if match is None:
        return None
    width = Fraction(1) if match["width"] in (None, "一") else Fraction(match["width"])
    loss = _number(match["loss"]) or Fraction(0)
    share = _percent(match["share"] or match["share_of"]) or Fraction(0)
    subjects = {match[name] for name in ("of_start", "of_beyond", "of")} - {None}
    bounds = _starts(match)
    if not width or not (loss or share) or len(subjects) > 1 or len(bounds) > 1:
        return None
    start, unit, side = next(iter(bounds), (None, "", Side.UNSAID))
    if (side is Side.LEAST and match["more"]) or (side is Side.MOST and match["less"]):
        return None
    if match["less"] in ("少完成", "未完成", "缺") and match["unit"].endswith(("%", "百分点")):
        return None
    counting = Counting.PART if match["part"] else Counting.UNSAID
    return Loss(
        below=not (match["more"] or match["each"] or match["late"]),
        above=not match["less"],
        width=width,
        unit="百分点" if match["unit"].endswith("百分点") else match["unit"],
        loss=loss,
        share=share,
        subject=next(iter(subjects), ""),
        each=match["each"] is not None,
        late=match["late"] is not None,
        counting=Counting.WHOLE if match["whole"] else counting,
        most=_number(match["most"] or match["all"]),
        floor=_number(match["floor"]),
        points=_number(match["met_points"]),
        start=start,
        start_unit=unit,
        side=side,
    )


def _starts(match: re.Match[str]) -> set[tuple[Fraction, str, Side]]:
    """From where points are lost, by all that the words say of it; several are a contradiction."""
    bounds = dict[tuple[Fraction, str], set[Side]]()

    def note_start(number: str | None, unit: str | None, side: Side) -> None:
        if number is None:
            return
        scale = 100 if unit == "%" else 1
        at = Fraction(number) / scale
        bounds.setdefault((at, (unit or "") if at else ""), set()).add(side)

    if match["up"] or match["over"]:
        note_start(match["start"], match["start_unit"], Side.LEAST)
    note_start(match["start"], match["start_unit"], Side.MOST if match["under"] else Side.UNSAID)
    note_start(match["ceiling"], match["ceiling_unit"], Side.MOST)
    below = match["sign"] in ("<", "低于", "小于", "不足")
    note_start(match["beyond"], match["beyond_unit"], Side.LEAST if below else Side.MOST)
    return {
        (*at, side)
        for at, sides in bounds.items()
        for side in (sides - {Side.UNSAID} or {Side.UNSAID})
    }


_SIDES = {
    **dict.fromkeys(("≥", ">=", "大于等于", "大于或等于", "不低于", "不少于"), (True, True)),
    **dict.fromkeys((">", "大于", "高于", "超过"), (True, False)),
    **dict.fromkeys(("≤", "<=", "小于等于", "小于或等于", "不超过", "不高于"), (False, True)),
    **dict.fromkeys(("<", "小于", "低于", "不足"), (False, False)),
}
"""What a sign says: whether the values are above it, and whether the limit belongs to them."""
_SIGN = "|".join(sorted(map(re.escape, _SIDES), key=len, reverse=True))


def _within_it(name: str) -> str:
    """Whether a limit belongs to a tier, where that is said beside it."""
    return rf"(?P<{name}>\((?:不含|含)(?:{_NUM}%?)?\))?"


def _limit(name: str) -> str:
    return rf"(?P<{name}>{_NUM})(?P<p{name}>%)?"


_TIER = (
    rf"(?P<subject>{_OF_COMPLETION}|{_OF_NAMED})??(?:[xX]|为|在)?(?:"
    rf"(?P<sign>{_SIGN}){_limit('a')}(?:(?:且|,)?(?P<sign2>{_SIGN}){_limit('b')})?"
    rf"|(?:达到)?{_limit('c')}{_within_it('ic')}(?P<side>及?以[上下]){_within_it('ie')}"
    rf"|{_limit('d')}{_within_it('id')}[-~—–至到]{_limit('e')}{_within_it('if')}(?:之间)?"
    rf"|{_limit('f')}(?P<sf>≤|<)(?:(?P<middle>{_OF_COMPLETION}|{_OF_NAMED})|[xX])"
    rf"(?P<sg>≤|<){_limit('g')}"
    rf"|(?P<reach>达到|=|等于)?{_limit('h')}"
    r"|(?P<rest>其他|其余|否则|其它)"
    rf"),?{_GET}{_ITEM}(?:(?P<full>满分|全分)|扣(?P<less>{_NUM})分|(?P<points>{_NUM})分"
    r"|(?P<nil>不得分|不计分|零分)"
    rf"|(?:分值|权重|满分)?(?P<share>{_NUM})%(?:分值|权重|分数)?)(?:,|$)"
)


def _tiers(words: str) -> Said | None:
    matches = list(_run(words))
    bounded = [match for match in matches if not match["rest"]]
    subjects = {match["subject"] or match["middle"] for match in matches} - {None}
    percents = {_is_percent(match) for match in bounded} - {None}
    rests = [match for match in matches if match["rest"]]
    is_plain = len(subjects) <= 1 and len(percents) <= 1 and rests in ([], matches[-1:])
    is_plain = is_plain and not any(not match["nil"] for match in rests)
    if not is_plain or all(match["less"] for match in bounded):
        return None  # 超过1%扣1分 may mean each of them
    tiers = [_tier(match, percent=True in percents) for match in bounded]
    cut = _cut([tier for tier in tiers if tier is not None])
    if None in tiers or _overlap(cut):
        return None
    return Tiers(
        tiers=tuple(cut),
        subject=next(iter(subjects), ""),
        percent=next(iter(percents), None),
        others_have_none=bool(rests),
    )


def _run(words: str) -> Iterator[re.Match[str]]:
    """The tiers that the words are made of, if they are made of nothing else."""
    matches, tier = list[re.Match[str]](), re.compile(_TIER)
    at = 0
    while at < len(words) and len(matches) < MAX_TIERS:
        match = tier.match(words, at)
        if match is None:
            return
        matches.append(match)
        at = match.end()
    if at == len(words):
        yield from matches


_LIMITS = ("a", "b", "c", "d", "e", "f", "g", "h")


def _is_percent(match: re.Match[str]) -> bool | None:
    """Whether its limits are in percent: of 80-90% both are, and of 0 it need not be said."""
    if any(match[f"p{name}"] for name in _LIMITS):
        return True
    return False if any(Fraction(match[name] or 0) for name in _LIMITS) else None


def _tier(match: re.Match[str], *, percent: bool) -> Tier | None:
    share = Fraction(1) if match["full"] else _percent(match["share"]) or Fraction(0)
    points = Fraction(0) if match["nil"] else _number(match["points"])
    if share > 1:
        return None
    scale = Fraction(1, 100) if percent else Fraction(1)
    lower, upper, closed, firm = _limits(match)
    is_point = lower == upper and closed == (True, True)
    if lower is not None and upper is not None and lower >= upper and not is_point:
        return None
    values = Interval(
        lower=None if lower is None else lower * scale,
        upper=None if upper is None else upper * scale,
        lower_closed=closed[0],
        upper_closed=closed[1],
    )
    return Tier(values=values, firm=firm, points=points, share=share, off=_number(match["less"]))


_Limits: TypeAlias = "tuple[Fraction | None, Fraction | None, tuple[bool, bool], tuple[bool, bool]]"


def _limits(match: re.Match[str]) -> _Limits:
    """The limits, whether they belong to the tier, and whether that is said."""
    if match["sign"]:
        return (*_signed(match), (True, True))
    if match["side"]:
        limit, above = Fraction(match["c"]), match["side"].endswith("上")
        bounds = match["ic"] or match["ie"] or ""
        closed = "不含" not in bounds
        is_firm = bool(bounds) or match["side"].startswith("及")
        lower, upper = (limit, None) if above else (None, limit)
        return lower, upper, (closed, closed), (is_firm, is_firm)
    if match["f"]:
        both = match["sf"] == "≤", match["sg"] == "≤"
        return Fraction(match["f"]), Fraction(match["g"]), both, (True, True)
    if match["h"]:
        at = Fraction(match["h"])
        return at, None if match["reach"] == "达到" else at, (True, True), (True, True)
    bounds = match["id"] or "", match["if"] or ""
    both = "不含" not in bounds[0], "不含" not in bounds[1]
    return Fraction(match["d"]), Fraction(match["e"]), both, (bool(bounds[0]), bool(bounds[1]))


def _signed(match: re.Match[str]) -> tuple[Fraction | None, Fraction | None, tuple[bool, bool]]:
    above, closed = _SIDES[match["sign"]]
    limit = Fraction(match["a"])
    if match["sign2"] is None:
        lower, upper = (limit, None) if above else (None, limit)
        return lower, upper, (closed, closed)
    other_above, other_closed = _SIDES[match["sign2"]]
    other = Fraction(match["b"])
    if above and not other_above:
        return limit, other, (closed, other_closed)
    if other_above and not above:
        return other, limit, (other_closed, closed)
    return limit, limit, (False, False)  # two limits on one side: none


def _cut(tiers: Sequence[Tier]) -> list[Tier]:
    """Tiers without an end, such as ≥90% and ≥80%, each to where the next one begins."""
    return [_to_the_next(tier, tiers) for tier in tiers]


def _to_the_next(tier: Tier, tiers: Sequence[Tier]) -> Tier:
    values = tier.values
    if values.upper is None and (low := values.lower) is not None:
        beyond = [
            (start, other)
            for other in tiers
            if other.values.upper is None
            and (start := other.values.lower) is not None
            and start > low
        ]
        if beyond:
            start, nearest = min(beyond, key=_first)
            closed = not nearest.values.lower_closed
            values = attrs.evolve(values, upper=start, upper_closed=closed)
            return attrs.evolve(tier, values=values, firm=(tier.firm[0], nearest.firm[0]))
    if values.lower is None and (high := values.upper) is not None:
        beyond = [
            (end, other)
            for other in tiers
            if other.values.lower is None and (end := other.values.upper) is not None and end < high
        ]
        if beyond:
            end, nearest = max(beyond, key=_first)
            closed = not nearest.values.upper_closed
            values = attrs.evolve(values, lower=end, lower_closed=closed)
            return attrs.evolve(tier, values=values, firm=(nearest.firm[1], tier.firm[1]))
    return tier


def _first(pair: tuple[Fraction, Tier]) -> Fraction:
    return pair[0]


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


def _percent(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text) / 100

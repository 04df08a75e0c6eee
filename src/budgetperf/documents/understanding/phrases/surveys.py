"""Surveys that a text tells of: how many questionnaires were sent and came back, and what they say.

Only what one reading is left of: a text with several numbers of one kind tells of several groups,
and none of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact import Figure, Place
from budgetperf.exact.figure import read_figure

__all__ = ["read_surveys"]

_SHEET = "(?:调查|测评|评议|评价|满意度)*(?:问卷|调查表|测评表|评议表|答卷)"
_COUNT = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s*(?:余|多)?(?P<unit>[份张])"
_RATE = r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>[%％])"
_WORD = r"[^\d，,。；;%％≥≤><＞＜]"
_GAP = f"{_WORD}{{0,12}}?"
_BOUND = "目标|指标|不低于|不少于|大于"
_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "sent": re.compile(rf"(?:发放|发出|下发|派发|投放){_GAP}{_COUNT}"),
        "valid": re.compile(rf"有效(?!率|回收){_GAP}{_COUNT}"),
        "returned": re.compile(rf"(?:收回|回收)(?!率)(?:(?!有效){_WORD}){{0,12}}?{_COUNT}"),
        "satisfied": re.compile(
            rf"(?<![不非常较本为够])满意(?![度率])的?(?:{_SHEET})?(?:共|有|为|:)?{_COUNT}"
        ),
        "return_rate": re.compile(rf"(?<!有效)(?:回收|收回)率{_GAP}{_RATE}"),
        "satisfaction": re.compile(rf"满意[度率](?:(?!{_BOUND}){_WORD}){{0,8}}?{_RATE}"),
    }
)
_ABOUT = re.compile(r"[余多]|左右|以上|以下|以内|上下")
_TOLD = re.compile("问卷|调查表|测评表|评议表|答卷")
_ENDS = re.compile(r"[。！？!?\n]")
_NO_SHARE = re.compile(
    "综合|平均|加权|总体|均值|各项|分项|五级|等级|档|非常满意|很满意|比较满意|较满意|较为满意|基本满意"
    "|一般|分值|得分|评分|指数|分别|其中|各类|两类|三类|部分满意"
    "|不满意|无效|作废|废卷|未作答|未填|弃权|不了解|说不清|缺失"
)
"""Words of averages, of levels of satisfaction, of several groups, and of answers left out."""


def read_surveys(segments: Iterable[Segment], statement: str) -> list[Found]:
    """What a text states of surveys; what is read of it is told to be understood.

    Args:
        segments: the pieces of the text.
        statement: the part of the report that they are of.
    """
    values: list[Found] = []
    number = 0
    for segment in segments:
        text = segment.text
        if not _TOLD.search(text):
            continue
        for start, end in _windows(text):
            own = [*_survey(segment, start, end, f"{statement}.surveys[{number}]")]
            if own:
                values += own
                number += 1
    return values


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence that tells of questionnaires, with the one behind it that gives the rate."""
    starts = [0, *(end.end() for end in _ENDS.finditer(text))]
    sentences = [*zip(starts, [*starts[1:], len(text)], strict=True)]
    for place, (start, end) in enumerate(sentences):
        if not _TOLD.search(text, start, end) or not _PATTERNS["sent"].search(text, start, end):
            continue
        goes_on = [] if _PATTERNS["satisfaction"].search(text, start, end) else sentences
        following = goes_on[place + 1 : place + 2]
        yield start, next((e for s, e in following if not _TOLD.search(text, s, e)), end)


def _survey(segment: Segment, start: int, end: int, path: str) -> Iterator[Found]:
    text = segment.text
    matches = {name: [*pattern.finditer(text, start, end)] for name, pattern in _PATTERNS.items()}
    if any(len(several) > 1 for several in matches.values()):
        return
    read = {name: hits[0] for name, hits in matches.items() if hits}
    figures = {name: _figure(segment, match) for name, match in read.items()}
    stated = {name: figure for name, figure in figures.items() if figure is not None}
    if _LEVELS.search(text, start, end):
        stated.pop("satisfied", None)  # 非常满意150份，满意36份: one of several levels
    if "sent" not in stated or len(stated) < _FEWEST:
        return
    satisfaction = read.get("satisfaction")
    name = _NAMED.search(text, start, min(match.start() for match in read.values()))
    if name is not None and name.start() > start and text[name.start() - 1] not in _BEFORE_NAMES:
        name = None
    called = "" if name is None else _NUMBERING.sub("", name["name"])
    yield Found(path=f"{path}.name", value=called or _NAME)
    for field, figure in stated.items():
        segment.understand(read[field].start("n"), read[field].end("unit"))
        yield Found(path=f"{path}.{field}", value=figure)
    is_share = satisfaction is not None and satisfaction[0].startswith("满意率")
    if is_share and not _NO_SHARE.search(text, start, end):
        yield Found(path=f"{path}.is_share", value=True)


_FEWEST = 2
_LEVELS = re.compile(r"(?:非常|很|十分)满意(?![度率])[^\d，,。；;]{0,6}\d")
_NAME = "问卷调查"
_NAMED = re.compile(r"(?P<name>[^，,。；;：:】\s]{2,40})[：:]共?$")
"""A name in front of what was sent: 群众满意度调查：发放问卷100份."""
_NUMBERING = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])+")
_BEFORE_NAMES = "】 \n\t"


def _figure(segment: Segment, match: re.Match[str]) -> Figure | None:
    """The figure that was matched; ``None`` of one that is only about so much."""
    text = segment.text
    behind = _ABOUT.match(text, match.end("n")) or _ABOUT.match(text, match.end())
    if behind or text[match.start() : match.start("n")].endswith(("约", "近")):
        return None
    figure = read_figure(
        match["n"] + match["unit"], place=Place(line=segment.line_at(match.start("n")))
    )
    return figure if isinstance(figure, Figure) else None

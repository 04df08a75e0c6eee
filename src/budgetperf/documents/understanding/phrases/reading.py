"""A narrative of whatever template: its text in pieces, and the figures that its phrases state."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.segments import (
    Segment,
    clean,
    is_apart,
    reasons_below,
    reasons_in,
)
from budgetperf.exact import Figure, Place, Text
from budgetperf.model import EvaluationKind

from .about import About, about
from .kinds.groups import Group, why_groups
from .kinds.left_out import LeftOut, notes_on
from .kinds.listed import without_those_of_items
from .kinds.people import leave_people_of_some
from .kinds.three_public import read_three_public
from .mention import Mention
from .mentions import mentions
from .placing import exceeds_the_year, place
from .projects import LISTED, listed, sections_in, summary_label
from .reasons import give_reason, reason_before, reason_behind
from .sentences import sentences
from .surveys import read_surveys
from .titles import annex_of, name_beside, project_beside, title_in
from .words import Words, words

__all__ = ["PHRASES", "PhraseReading", "read_phrases"]

PHRASES = "phrases"
"""The id of the reading by phrases."""

_HEADINGS = (
    re.compile(r"第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]+、"),
    re.compile(r"\([一二三四五六七八九十]+\)"),
    re.compile(
        r"项目(?:[一二三四五六七八九十]{1,2}|\d{1,2})[:、]|"
        r"\d{1,2}(?:\.\d{1,2}){1,3} ?(?=[\u4e00-\u9fff])"
        r"(?![十百千万亿元件户亩倍次吨米台座]|个(?!人)|人(?!员|才|力)|名(?!称|单)|项(?!目)|公[里顷斤]|平方)|"
        r"\d{1,2}[.、](?!\d+(?:[^\d年]|$))"
    ),
    re.compile(r"\(\d{1,2}\)|[①-⑳]"),
    re.compile(r"[●◆▲★○◇•◎➢❖] ?|[·-](?=[\u4e00-\u9fff])"),
)
_BULLET = len(_HEADINGS)
_SUMMARY = 3
"""The level of a label that the summary of a project begins with, without a number."""
_NO_HEADING = re.compile("[。；，;]")
_HEADING_LENGTH = 40
_BEGUN = re.compile(r"([^\d。；，;、:]{2,30})[。:]")
"""A heading that its text follows on the same line."""
_CHROME = re.compile(
    "索引号|浏览次?数|浏览量|点击[量数次]|发布(?:日期|时间)|发文日期|(?:信息|文章)来源"
)
"""What a site prints around a text, which no sentence of it goes on from."""
_GENERAL = re.compile(
    "资金|预算|支出|收入|执行|到位|情况|概况|分析|绩效|结论|评价|自评|目标|指标|管理|投入|过程|产出|"
    "效益|基本|总体|整体|说明|结果|计$|汇总|全部"
)
"""Words of headings that are no name of a thing."""
_ENDS = tuple("。；！？;”)")
_PROJECT = re.compile("项目|专项|转移支付|工程|资金|经费")
_TITLE_END = re.compile("(?:报告|自评|评价|总结|情况说明|自评表|决算|决算公开)$")


@attrs.frozen(kw_only=True)
class PhraseReading:
    """What a narrative states.

    Args:
        values: each value at its path.
        segments: the text in pieces, with what of it was understood.
        kind: what is evaluated, as the title says.
        is_of_project: whether the title says that it is a project.
        is_of_several: whether it states the same of several projects, one after the other.
        notes: what is told of numbers that are not used.
    """

    values: tuple[Found, ...]
    segments: tuple[Segment, ...]
    kind: EvaluationKind
    is_of_project: bool
    is_of_several: bool = False
    notes: tuple[Text, ...] = ()


def read_phrases(
    lines: Iterable[tuple[int, str]], *, beside_form: bool = False, statement: str = "narrative"
) -> PhraseReading:
    """The figures that the sentences of a text state, whatever its template.

    A figure of another year, of another unit or project, of a plan or a regulation is none of the
    report's; what is not understood stays unread.

    Args:
        lines: the lines of the text, each with its number; tables are left out.
        beside_form: whether a form states the totals: then only what is plainly said of the whole
            is, so that an amount of something else contradicts nothing.
        statement: the part of the report that states them.
    """
    field = words()
    cleaned = [(number, line) for number, raw in lines if (line := clean(raw))]
    whose = about((line for _, line in cleaned), field)
    pieces = _pieces(cleaned)
    values = _year(pieces, whose) if whose.year else []
    sections = list(sections_in(pieces, whose))
    of_projects = {id(segment) for section in sections for segment, _ in section.pieces}
    own = [piece for piece in pieces if id(piece[0]) not in of_projects]
    whole = _read(own, whose, statement, beside_form=beside_form)
    is_of_several = whole.is_of_several or len(sections) > 1
    values += _names(whose, may_be_of_one=not (beside_form or is_of_several))
    values += whole.values
    left_out, rivals = whole.left_out, whole.notes
    for number, section in enumerate(sections):
        project = About(title=section.words + section.name, year=whose.year, words=field)
        below = _read(section.pieces, project, statement, fields=LISTED)
        values += listed(section.name, statement, number, below.values)
        left_out, rivals = left_out + below.left_out, rivals + below.notes
    is_of_department = whose.is_department or (whose.is_of_accounts and bool(sections))
    reasons = _reasons(pieces)
    if reasons:
        values.append(Found(path=f"{statement}.deviation_reasons", value=reasons))
    return PhraseReading(
        values=tuple(values),
        segments=tuple(segment for segment, _ in pieces),
        kind=EvaluationKind.DEPARTMENT if is_of_department else EvaluationKind.PROJECT,
        is_of_project=not whose.is_department and bool(_PROJECT.search(whose.title)),
        is_of_several=is_of_several,
        notes=(*rivals, *notes_on(left_out)),
    )


@attrs.frozen(kw_only=True)
class _Read:
    """What pieces of text state.

    Args:
        values: each value at its path.
        left_out: what is understood and not used, each with its line.
        notes: what is told of amounts of which two may be the same.
        is_of_several: whether they state the same of several projects.
    """

    values: list[Found]
    left_out: list[tuple[LeftOut, int]]
    notes: list[Text]
    is_of_several: bool


def _read(
    pieces: Sequence[tuple[Segment, Sequence[str]]],
    whose: About,
    statement: str,
    *,
    beside_form: bool = False,
    fields: Set[str] = frozenset(),
) -> _Read:
    """What the sentences of pieces of text state; what of them was understood is recorded there.

    Args:
        pieces: the text, each with the headings that it stands under.
        whose: who reports, and on which year.
        statement: the part of the report that states it.
        beside_form: whether a form states the totals.
        fields: those that are asked for; all where none is named.
    """
    texts = [s for s, headings in pieces if s.kind == "text" and not _are_apart(headings, whose)]
    beside: list[Found] = []
    left_of_public: list[tuple[LeftOut, int]] = []
    if not fields:
        beside += read_surveys(texts, statement)
        of_public, left_of_public = read_three_public(texts, whose, statement)
        beside += of_public
    in_sentences = _in_sentences(pieces, whose)
    collected, starts = in_sentences.mentions, in_sentences.starts
    left_out = left_of_public + in_sentences.left_out

    def at(position: int) -> tuple[Segment, int]:
        index = bisect.bisect_right(starts, position) - 1
        return pieces[index][0], position - starts[index]

    def line_at(position: int) -> int:
        segment, place_in = at(position)
        return segment.line_at(place_in)

    if in_sentences.has_other_year or exceeds_the_year(
        collected
    ):  # 累计支出 may be of several years then
        collected = _without_those_so_far(collected)
    all_text = "\n".join(segment.text for segment, _ in pieces)
    collected = without_those_of_items(collected, all_text)
    leave_people_of_some(collected, [segment.text for segment in texts])
    kept = _without_things(collected)
    is_of_several = any(mention.project and mention not in kept for mention in collected)
    placed = place(kept, whose.words, line_at, statement, beside_form=beside_form, fields=fields)
    for left in placed.left_out:
        segment, start = at(left.number.start)
        segment.understand(start, start + left.number.end - left.number.start)
        left_out.append((left, line_at(left.number.start)))
    total = next((v.value for v in placed.values if v.path == f"{statement}.total_score"), None)
    left_out += _of_groups(in_sentences.groups, total if isinstance(total, Figure) else None)
    for number in placed.numbers:
        segment, start = at(number.start)
        segment.understand(start, start + number.end - number.start)
    rating = _rating(pieces, whose)
    of_rating = [Found(path=f"{statement}.rating", value=rating)] if rating else []
    return _Read(
        values=[*beside, *of_rating, *placed.values],
        left_out=left_out,
        notes=list(placed.notes),
        is_of_several=is_of_several,
    )


@attrs.define(kw_only=True)
class _InSentences:
    """What the sentences of a text say.

    Args:
        mentions: what they say of this report.
        left_out: what is understood and not used, each with its line.
        groups: the groups of indicators, with what they weigh or earned, each with its piece.
        starts: where each piece of the text begins in all of it.
        has_other_year: whether an amount of another year is among it.
    """

    mentions: list[Mention] = attrs.Factory(list[Mention])
    left_out: list[tuple[LeftOut, int]] = attrs.Factory(list[tuple[LeftOut, int]])
    groups: list[tuple[Group, Segment]] = attrs.Factory(list[tuple[Group, Segment]])
    starts: list[int] = attrs.Factory(list[int])
    has_other_year: bool = False


def _in_sentences(pieces: Sequence[tuple[Segment, Sequence[str]]], whose: About) -> _InSentences:
    """What the sentences of a text say, one after the other."""
    collected, field = _InSentences(), whose.words
    count, base = 0, 0
    for segment, headings in pieces:
        collected.starts.append(base)
        last = before = False
        project, why = "", ""
        stated: list[Mention] = []
        before_it = len(collected.mentions)
        text, of_surveys = segment.text, sorted(segment.understood)
        for sentence in sentences(text, field):
            for start, end in sentence.apart:
                segment.understand(start, end)
            if segment.kind == "text" and not _are_apart(headings, whose):
                goes_on = not sentence.begins
                own = mentions(
                    sentence,
                    whose,
                    count,
                    of_others=last and goes_on,
                    of_other_year=before and goes_on,
                    project=project if goes_on else "",
                )
                text_of_it = text[sentence.start : sentence.end]
                give_reason(own.mentions, why if goes_on else "")
                if not any(mention.kind == "item" for mention in own.mentions):
                    give_reason(
                        stated if goes_on else collected.mentions[before_it:],
                        reason_behind(text_of_it, goes_on=goes_on),
                    )
                why = reason_before(text_of_it)
                stated = list(own.mentions) or stated
                project = own.project
                last, before = own.of_others, own.ends_in_other_year
                collected.has_other_year = collected.has_other_year or own.has_other_year
                for left in own.left_out:
                    collected.left_out.append(_left(left, segment))
                if not project:
                    collected.groups += [(group, segment) for group in own.groups]
                collected.mentions += [
                    _moved(mention, base, headings[-1] if headings else "")
                    for mention in own.mentions
                    if not _is_of_chapter(mention, headings, field)
                    and not _is_of_survey(mention, of_surveys)
                    and _is_named(mention, headings)
                ]
            count += 1
        base += segment.length + 1
    return collected


def _is_named(mention: Mention, headings: Sequence[str]) -> bool:
    """Whether an indicator has a name, or its heading is one: 1.演出场次 above 目标值≥10场，实际
    举办12场."""
    if mention.kind == "item" and not mention.name and headings:
        name = _OF_RESULT.sub("", headings[-1])
        mention.name = name if _is_thing(name) and not _NO_NAME.search(name) else ""
    return mention.kind != "item" or bool(mention.name)


_NO_NAME = re.compile(r"[。；，;\d]|项目|实施|工作|任务|主要|措施|做法|经验|问题|背景|内容|组织")
_OF_RESULT = re.compile("(?:指标)?(?:完成|实现)?情况$|指标$|[:：]$")


def _left(left: LeftOut, segment: Segment) -> tuple[LeftOut, int]:
    """A number that is not used, with its line, which is told to be understood."""
    number = left.number
    segment.understand(number.start, number.end)
    return left, segment.line_at(number.start)


def _of_groups(
    groups: Sequence[tuple[Group, Segment]], total: Figure | None
) -> Iterator[tuple[LeftOut, int]]:
    """The numbers of groups of indicators, none of which is used, each with its line."""
    segments = {
        id(number): segment
        for group, segment in groups
        for number in (group.weight, group.score, group.either)
    }
    for number, why in why_groups([group for group, _ in groups], total):
        yield _left(LeftOut(number=number, why=why), segments[id(number)])


def _names(whose: About, *, may_be_of_one: bool) -> Iterator[Found]:
    """Who reports, or on which project, where the text may be of one alone."""
    if whose.name and (whose.is_department or whose.is_of_accounts):
        yield Found(path="department.name", value=whose.name)
    if whose.project and may_be_of_one and not whose.is_department:
        yield Found(path="project.name", value=whose.project)


_FIRST = 3


def _is_of_survey(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a number is one of a survey's, which stand between these positions."""
    if mention.number is None:
        return False
    start = mention.number.start
    last = bisect.bisect_right(spans, start, key=lambda span: span[0]) - 1
    return last >= 0 and start < spans[last][1]


def _is_of_chapter(mention: Mention, headings: Sequence[str], field: Words) -> bool:
    """Whether an amount, a rate or a score without a name is of what its chapter is about, or what
    was to be reached: what is counted in such a chapter is a target."""
    if any(_GOALS.search(heading) and not _REACHED.search(heading) for heading in headings):
        if mention.kind == "count" and mention.name:
            mention.kind = "target"
        return mention.kind in ("money", "rate", "score", "staff")
    if mention.kind == "score" and mention.strength < _SURELY:
        return any(re.search(field.result["parts"], heading) for heading in headings)
    return mention.is_of_whole and any(re.search(field.subjects, words) for words in headings)


_SURELY = 2
_GOALS = re.compile("目标(?:设[定置立]|申报|概况)?(?:情况|内容)?$")
_REACHED = re.compile("完成|实现|达成|[和与及、]")


def _without_those_so_far(collected: Sequence[Mention]) -> list[Mention]:
    """Without what is said to be all so far."""
    so_far = [mention for mention in collected if mention.is_of_whole and mention.is_cumulative]
    for mention in so_far:
        mention.is_own = False
    return [mention for mention in collected if mention not in so_far]


def _without_things(collected: Sequence[Mention]) -> list[Mention]:
    """Without what is said alike under the names of several things, such as (1)管网改造。"""
    under: dict[str, set[str]] = defaultdict(set)
    for mention in collected:
        if mention.is_of_whole and _thing(mention):
            under[mention.role].add(_thing(mention))
    things = {name for names in under.values() if len(names) > 1 for name in names}
    plain = {
        (mention.role, _digits(mention))
        for mention in collected
        if mention.is_of_whole and not mention.project
    }
    roles = {role for role, _ in plain}
    return [
        mention
        for mention in collected
        if not mention.is_of_whole
        or not (
            _thing(mention) in things
            or (mention.project and mention.role in roles and _is_other(mention, plain))
        )
    ]


def _is_other(mention: Mention, plain: Set[tuple[str, str]]) -> bool:
    """Whether an amount of a project is another one than those that are said of the whole."""
    return (mention.role, _digits(mention)) not in plain


def _digits(mention: Mention) -> str:
    return mention.number.text if mention.number is not None else ""


def _thing(mention: Mention) -> str:
    """What an amount is of, other than the whole: a project, or what its heading names."""
    return mention.project or (mention.heading if _is_thing(mention.heading) else "")


def _is_thing(heading: str) -> bool:
    is_source = re.match("中央|自治区|[省市州县区]级|上级|本级|地方", heading) is not None
    return bool(heading) and (is_source or not _GENERAL.search(heading))


def _moved(mention: Mention, by: int, heading: str) -> Mention:
    """The mention with its place in the whole text instead of one piece of it."""
    number = mention.number
    mention.heading = heading
    if number is not None:
        mention.number = attrs.evolve(number, start=number.start + by, end=number.end + by)
    for part in mention.parts:
        _moved(part, by, heading)
    return mention


def _year(pieces: Sequence[tuple[Segment, Sequence[str]]], whose: About) -> list[Found]:
    """The year as it stands first."""
    for segment, _ in pieces:
        match = re.search(rf"{whose.year}(?=年)", segment.text)
        if match:
            place = segment.line_at(match.start())
            figure = Figure(value=whose.year, rounding=None)
            figure = attrs.evolve(figure, place=Place(line=place))
            return [Found(path="department.year", value=figure)]
    return []


def _rating(pieces: Sequence[tuple[Segment, Sequence[str]]], whose: About) -> str:
    """The rating, where one alone is stated."""
    ratings: set[str] = set()
    for segment, headings in pieces:
        if segment.kind != "text" or _are_apart(headings, whose):
            continue
        for sentence in sentences(segment.text, whose.words):
            text = segment.text[sentence.start : sentence.end]
            if not re.search(whose.words.quoted, text):
                stated = re.finditer(whose.words.result["rating"], text)
                ratings |= {match["rating"] for match in stated}
    return ratings.pop() if len(ratings) == 1 else ""


def _reasons(pieces: Sequence[tuple[Segment, Sequence[str]]]) -> str:
    """The reasons for deviations that stand behind their label, or below it."""
    given: list[str] = []
    for segment, headings in pieces:
        if segment.kind != "text":
            continue
        below = (reasons_below(heading, segment.text) for heading in headings)
        lines = segment.text.split("\n")
        within = itertools.chain(
            map(reasons_in, lines), itertools.starmap(reasons_below, itertools.pairwise(lines))
        )
        reasons = reasons_in(segment.text) or next(filter(None, (*below, *within)), "")
        given += [reasons] if reasons else []
    return "".join(given)


def _are_apart(headings: Sequence[str], whose: About) -> bool:
    """Whether what stands under these headings is of something else."""
    return any(
        (re.search(whose.words.apart, heading) and not _CONCLUDES.search(heading))
        or whose.is_foreign(heading)
        or whose.is_wider(heading)
        for heading in headings
    )


_CONCLUDES = re.compile("结论(?:和|及|与|、)")
"""评价结论及建议: a chapter of both, whose parts have headings of their own."""


def _pieces(lines: Sequence[tuple[int, str]]) -> list[tuple[Segment, tuple[str, ...]]]:
    """Headings and running text, each with the headings that it stands under."""
    pieces: list[tuple[Segment, tuple[str, ...]]] = []
    stack: list[tuple[int, str]] = []
    current: Segment | None = None
    is_head = True
    for position, (number, line) in enumerate(lines):
        level, start = _heading(line)
        summary = summary_label(line, start)
        level = level or (_SUMMARY if summary else 0)
        is_short = len(line) <= _HEADING_LENGTH and not _NO_HEADING.search(line)
        is_title = position < _FIRST and is_short and bool(_TITLE_END.search(line))
        annex = annex_of(line)
        if title_in(line) is not None:
            is_title, stack = True, []
        is_head = is_head and "。" not in line
        is_label = bool(name_beside(line)) or (is_short and bool(project_beside(line)))
        is_title = is_title or (is_head and is_label)
        if (level and level < _BULLET and is_short) or is_title:
            alone = Segment(kind="heading")
            alone.append(line, number)
            if annex:
                alone.numbering.append((0, annex))
            if level:
                alone.numbering.append((0, start))
                stack = [(above, words) for above, words in stack if above < level]
                stack.append((level, line[start:]))
            pieces.append((alone, tuple(words for _, words in stack[:-1])))
            current = None
            continue
        if _CHROME.search(line) and "。" not in line:
            alone = Segment(kind="text")
            alone.append(line, number)
            pieces.append((alone, tuple(words for _, words in stack)))
            current = None
            continue
        begun = _BEGUN.match(line, start)
        if level and (level <= 2 or begun or summary):
            # (一)资金到位情况。2023年…: a heading and its text on one line
            words = line[start : start + _HEADING_LENGTH].partition("。")[0]
            stack = [(above, words) for above, words in stack if above < level]
            stack.append((level, summary or (begun[1] if begun else words)))
            current = None
        elif level and any(above >= level for above, _ in stack):
            stack = [(above, words) for above, words in stack if above < level]
            current = None
        if current is None:
            current = Segment(kind="text")
            pieces.append((current, tuple(words for _, words in stack)))
        _join(current, line, number, start if level else 0)
    return pieces


def _heading(line: str) -> tuple[int, int]:
    """The level of the numbering that a line begins with, and where that ends; or 0."""
    for level, pattern in enumerate(_HEADINGS, start=1):
        match = pattern.match(line)
        if match:
            return level, match.end()
    return 0, 0


def _join(segment: Segment, line: str, number: int, numbering: int) -> None:
    """Append a line to running text: a new paragraph, or what a line end cut off."""
    if segment.pieces:
        before = segment.pieces[-1]
        if before.endswith(_ENDS) or numbering:
            segment.append("\n", number)
        elif is_apart(before, line):
            segment.append(" ", number)
    if numbering:
        segment.numbering.append((segment.length, segment.length + numbering))
    segment.append(line, number)

"""The head of a form: what it is called, whom and which year it is about, in which unit."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import Figure, Place
from budgetperf.model import EvaluationKind
from budgetperf.rules.ruleset import FULL_MARKS

from .beside.years import heads_years
from .grid import Line, Piece
from .headers import is_number
from .vocabulary import Vocabulary, vocabulary
from .words import words_of

__all__ = [
    "Result",
    "heads_others",
    "identity_in",
    "is_title",
    "kind_in",
    "lists_projects",
    "names_last_year",
    "result_in",
    "score_in",
    "scores_beside",
    "title_of",
    "unit_in",
    "year_in",
    "years_named",
]

_TITLE = re.compile(
    r"(?=.*(?:自评|绩效评价|绩效目标|整体支出|项目支出|项目绩效|专项资金|转移支付))"
    r"(?=.*(?:自评|评价))(?=.*(?:表|报告))[^,。;:]{4,60}"
)
_ANNEX = re.compile(r"附(?:件|表)?[\d一二三四五六七八九十-]*[:.、]?")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年度?(?!\d)|\((20\d{2})(?:年度?)?\)")
_YEAR_ALONE = re.compile(r"\(?(?:(?:自评|评价|项目|预算)?年度:?)?20\d{2}(?:年度?)?\)?")
_UNIT = re.compile(
    r"(?:(?:^|[^\u4e00-\u9fff])(?:金额|货币|计量)?单位[:：]?|单位[:：])"
    r"(?:人民币)?(?P<unit>万元|亿元|元)"
    r"(?:(?![\u4e00-\u9fff/])"
    r"|(?=(?:填报|填表|填写|制表|编制|编报|报送|评价|日期|时间)[\u4e00-\u9fff]{0,3}[:：]))"
)
_BEHIND_NAME = re.compile(
    r"[\s,;、(]*(?:(?:金额|货币|计量)?单位[:：](?:人民币)?(?:万元|亿元|元)(?![\u4e00-\u9fff/])"
    r"|(?:填报|填表|编报|报送)(?:日期|时间)[:：]).*$"
)
"""What stands on the line of a name and is none of it: 某县档案馆 单位:元."""
_LONGEST = 60


def title_of(text: str) -> str:
    """A title without blanks and the number of the annex."""
    return _ANNEX.sub("", "".join(text.split()), count=1)


def is_title(text: str) -> bool:
    """Whether words are the title of a form."""
    return len(text) <= _LONGEST and _TITLE.fullmatch(title_of(text)) is not None


def kind_in(text: str) -> EvaluationKind | None:
    """What a title says that is evaluated."""
    if "整体" in text or "部门支出" in text:
        return EvaluationKind.DEPARTMENT
    if "项目" in text or "专项" in text or "转移支付" in text:
        return EvaluationKind.PROJECT
    return None


def year_in(text: str, place: Place) -> Figure | None:
    """The year that a title says, or a line of its own."""
    plain = "".join(text.split())
    if not (is_title(text) or _YEAR_ALONE.fullmatch(plain)):
        return None
    years = {first or second for first, second in _YEAR.findall(plain)}
    years |= set(re.findall(r"20\d{2}", plain)) if _YEAR_ALONE.fullmatch(plain) else set()
    return Figure.parse(years.pop(), place=place) if len(years) == 1 else None


def years_named(text: str) -> frozenset[str]:
    """The years that words name.

    >>> sorted(years_named("二、2022年度资金使用情况"))
    ['2022']
    """
    plain = _FILED.sub("", "".join(text.split()))
    return frozenset(first or second for first, second in _NAMED_YEAR.findall(plain))


def names_last_year(text: str) -> bool:
    """Whether a heading is of the year before: 上年度资金情况, but not 上年结转资金情况."""
    return _LAST_YEAR.search("".join(text.split())) is not None


_FILED = re.compile(r"(?:填报|填表|制表|编报|报送|填写)(?:日期|时间):?20\d{2}年")
"""When a form was filled in, which is in the year behind its own."""
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d{2})年|\((20\d{2})\)")
_LAST_YEAR = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,2}[、.])?(?:上一?|去|前)年度?(?!结|末|余|底|剩)"
)


def unit_in(text: str) -> str:
    """The unit of money that the head says: of 金额单位:万元, also behind or before other things.

    >>> unit_in("填报单位:某县档案馆 单位:元"), unit_in("单位:某县档案馆"), unit_in("单位:元/人")
    ('元', '', '')
    """
    units = {match["unit"] for match in _UNIT.finditer("".join(text.split()))}
    return units.pop() if len(units) == 1 else ""


def score_in(text: str, known: Vocabulary) -> re.Match[str] | None:
    """The total score that the head of a form says, as the match of its figure.

    >>> from budgetperf.documents.understanding.forms.vocabulary import vocabulary
    >>> score_in("自评总分:95", vocabulary())["figure"]
    '95'
    """
    if len(text) > _LONGEST or "。" in text:
        return None
    scores = list(_score_pattern(known.totals.head).finditer(text))
    return scores[0] if len(scores) == 1 else None


@functools.lru_cache(maxsize=8)
def _score_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"(?:{listed})(?:\((?:满分)?(?:\d+)?分\))?[:为]?(?P<figure>\d+(?:\.\d+)?)分?(?![\d.,%]|\()"
    )


@attrs.frozen(kw_only=True)
class Result:
    """What a line below a table says of the result.

    Args:
        score: the total score, as the match of its figure; ``None`` if it says none.
        rating: the grade; ``""`` if it says none.
        may_be_full: whether the score may as well be what can be reached, as of 总分:100分.
    """

    score: re.Match[str] | None = None
    rating: str = ""
    may_be_full: bool = False


def result_in(text: str, known: Vocabulary) -> Result | None:
    """The total score and the grade of a line that says nothing else, each behind its label.

    >>> from budgetperf.documents.understanding.forms.vocabulary import vocabulary
    >>> result = result_in("总分:98分，等级:优", vocabulary())
    >>> result.score["figure"], result.rating
    ('98', '优')
    """
    if len(text) > _LONGEST:
        return None
    words = tuple(word for word in known.totals.score if "分" in word)
    score, rating, at = None, "", 0
    for part in _PARTS.findall(text):
        match = _score_pattern(words).match(text, at)
        label, colon, value = part.partition(":")
        if match and match.end() == at + len(part) and score is None:
            score = match
        elif colon and label in known.totals.rating and value in known.totals.grades and not rating:
            rating = value
        else:
            return None
        at += len(part) + 1
    if score is None and not rating:
        return None
    may_be_full = score is not None and Fraction(score["figure"]) == FULL_MARKS
    return Result(score=score, rating=rating, may_be_full=may_be_full)


_PARTS = re.compile("[^，;；、 ]+")


def scores_beside(line: Line, known: Vocabulary) -> Piece | None:
    """The cell of the total score in a row of the head: the one beside its label."""
    words = frozenset(known.totals.head)
    scores = [
        value
        for label, value in itertools.pairwise(line.pieces)
        if label.words.within(words) and is_number(value.text)
    ]
    return scores[0] if len(scores) == 1 else None


def identity_in(line: Line, known: Vocabulary) -> Iterator[tuple[Piece, str, str, Piece]]:
    """Each label of the head in a row: its cell, its path, what stands beside it, and where."""
    labels = known.identity_of
    pieces = list(line.pieces)
    for number, piece in enumerate(pieces):
        label, colon, inside = piece.text.partition(":")
        own = _label(label, known) if colon else None
        inside = _BEHIND_NAME.sub("", inside)
        if own and inside.strip():
            yield piece, own, inside.strip(), piece
            continue
        path = labels.get(piece.words.full) or labels.get(piece.words.name)
        if path is None:
            continue
        others = (other for other in pieces[number + 1 :] if other.text != piece.text)
        value = next(others, None)
        if value is None or (value.words.full in labels or value.words.name in labels):
            continue
        yield piece, path, value.text, value


def lists_projects(line: Line, known: Vocabulary) -> bool:
    """Whether a row is the header of a list of projects."""
    return heads_projects([piece.text for piece in line.pieces], known)


def heads_projects(texts: Sequence[str], known: Vocabulary) -> bool:
    """Whether cells are the header of a list of projects: the word for their names, with words of
    columns behind it and no name."""
    words = [words_of(text) for text in texts if text]
    for name, other in itertools.pairwise(words):
        path = known.identity_of.get(name.full) or known.identity_of.get(name.name)
        if path != "project.name":
            continue
        columns = known.funding.column_of.keys() | known.indicators.column_of.keys()
        columns |= known.list_column_of.keys()
        if other.within(columns):
            figures = (known.list_column_of.get(each.name) for each in words)
            is_measured = any(field in _FIGURES for field in figures)
            return is_measured and sum(each.within(columns) for each in words) > _FEW
    return False


def heads_others(texts: Sequence[str]) -> bool:
    """Whether cells are the header of a table that stands beside a form and is none of it: of a
    list of projects or of several years, whose rows are no indicators."""
    known = vocabulary()
    return heads_projects(texts, known) or heads_years(texts, known)


_FEW = 1
_FIGURES = (
    *("initial", "revised", "received", "executed", "execution_rate", "weight", "score"),
    "reviewed",
)


def _label(text: str, known: Vocabulary) -> str | None:
    words = words_of(text)
    labels = known.identity_of
    return labels.get(words.full) or labels.get(words.name)

"""Scores of groups of indicators, which make up the total: 投入得10分，过程得18分，产出得40分，….

A report has no place for them: they are told, with a word of its own where they do not add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.mention import Mention
from budgetperf.documents.understanding.phrases.sentences import Number, Sentence
from budgetperf.exact import Figure
from budgetperf.exact.figure import read_figure
from budgetperf.relations.expression import Equation, Operand, Sum
from budgetperf.relations.judging import judge
from budgetperf.rules.ruleset import FULL_MARKS

from .left_out import NO_SUM, OF_GROUP, OF_ROW, OVER

__all__ = ["Group", "groups_in", "why_groups"]

_DIGITS = r"\d+(?:\.\d+)?"
_POINTS = f"{_DIGITS}(?=分)"
_WEIGHT = "(?:满分|分值|权重|总分|[共计为占:])*"
_GROUP = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=分)|(?P<within>(?<=其中)))(?:项目|资金|服务对象|一级指标)*"
    "(?P<name>投入|决策|过程|产出|效果|效益|满意度|预算执行|成本|运行成本|管理效率|履职效能|社会效应|可持续发展能力)"
    rf"(?:率|类|一级|管理|完成|情况|方面|部分|指标)*{_WEIGHT}"
    rf"(?:\({_WEIGHT}(?P<inside>{_POINTS})分\)|(?P<bare>{_POINTS})分)?"
    r"(?:[，;:]?[^，。;:()\d分]{0,8}\d+(?:\.\d+)?%)?"
    rf"(?:[，;:]?(?:实际|自评|评价|综合|计)*得分?[为:]*"
    rf"(?:(?P<score>{_POINTS})分|(?P<of>{_DIGITS})分?/(?P<over>{_DIGITS})分?(?![\d.%])))?"
    rf"(?:\({_WEIGHT}(?P<behind>{_POINTS})分\))?"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_SAME = {"决策": "投入", "效果": "效益"}
_SYSTEMS = (
    (frozenset({"投入", "过程", "产出", "效益"}), {"成本"}),
    (frozenset({"预算执行", "产出", "效益", "满意度"}), {"成本"}),
    (
        frozenset({"管理效率", "履职效能", "社会效应"}),
        {"运行成本", "可持续发展能力", "满意度"},
    ),
)
"""The groups that a form has at the least, so that they are all of it, and those that it may have
beside them."""


@attrs.frozen(kw_only=True)
class Group:
    """A group of indicators as one sentence has it.

    Args:
        name: its name.
        weight: what it weighs.
        score: what it earned.
        either: one of the two, where the sentence does not say which: 产出40分.
    """

    name: str
    weight: Number | None
    score: Number | None
    either: Number | None


def groups_in(sentence: Sentence, stated: Sequence[Mention], about: About) -> Iterator[Group]:
    """The groups of which a sentence says what they weigh or earned; none of another year.

    Args:
        sentence: the sentence.
        stated: what it says, what is dropped of it included.
        about: what the title says.
    """
    points = {
        mention.number.start: mention
        for mention in stated
        if mention.number is not None and mention.kind in ("score", "") and mention.is_dropped
    }
    own = sentence.text[sentence.start : sentence.end]
    is_of_other_year = re.search(about.words.other_year, own) or {*_YEAR.findall(own)} - {
        about.year
    }
    if not points or is_of_other_year:
        return
    is_first = True
    for match in _GROUP.finditer(sentence.text, sentence.start, sentence.end):
        mentioned = {
            name: points[match.start(name)]
            for name in ("inside", "bare", "behind", "over", "score", "of")
            if match.start(name) in points
        }
        if not mentioned or (match["within"] is not None and not is_first):
            continue  # 效益得27分，其中满意度得10分
        is_first = False
        for mention in mentioned.values():
            mention.why = ""  # it is told of all groups at once
        numbers = {name: mention.number for name, mention in mentioned.items()}
        score, bare = numbers.get("score") or numbers.get("of"), numbers.get("bare")
        weights = (numbers.get(name) for name in ("inside", "behind", "over"))
        weight = next(filter(None, weights), bare if score else None)
        yield Group(
            name=_SAME.get(match["name"], match["name"]),
            weight=weight,
            score=score,
            either=None if weight or score else bare,
        )


def why_groups(groups: Sequence[Group], total: Figure | None) -> Iterator[tuple[Number, str]]:
    """Why the numbers of groups are not used, each with its reason; without those of which it is
    not sure what they are.

    Args:
        groups: those of the whole text.
        total: the total score that it states.
    """
    groups = _sorted_out(groups, total)
    weights = _by_name((group.name, group.weight) for group in groups)
    scores = _by_name((group.name, group.score) for group in groups)
    are_all_weighed = bool(weights) and weights.keys() == scores.keys()
    are_all = _is_system(scores) or (are_all_weighed and _weigh_all(weights))
    of_scores = OF_ROW
    if are_all and total is not None:
        of_scores = OF_GROUP if _makes_up(scores, total) else NO_SUM
    for group in groups:
        weight, score = group.weight, group.score
        if weight and score and _is_above(score, weight):
            yield from ((weight, OVER), (score, OVER))
            continue
        if weight and are_all and are_all_weighed:
            yield weight, OF_GROUP if _weigh_all(weights) else NO_SUM
        if score:
            yield score, of_scores


def _sorted_out(groups: Sequence[Group], total: Figure | None) -> Sequence[Group]:
    """Groups of which it is known what each number is: a bare one is what a group weighs where it
    is said elsewhere what it earned; else what it earned, unless it may be what it weighs."""
    if any(group.score for group in groups):
        return [attrs.evolve(group, weight=group.weight or group.either) for group in groups]
    first = {group.name: group for group in reversed(groups)}
    again = [group for group in groups if group is not first[group.name]]
    weights = [
        attrs.evolve(group, weight=group.either) for group in groups if group is first[group.name]
    ]
    if again and _weigh_all(_by_name((group.name, group.weight) for group in weights)):
        return [*weights, *_sorted_out(again, total)]  # 决策20分、…，满分100分。其中决策18分、…
    either = _by_name((group.name, group.either) for group in groups)
    makes_up = total is not None and _makes_up(either, total)
    if makes_up or (_is_system(either) and not _weigh_all(either)):
        return [attrs.evolve(group, score=group.either) for group in groups]
    return []


def _by_name(numbers: Iterable[tuple[str, Number | None]]) -> dict[str, Figure]:
    """The figure of each group that has one; none at all where a group has two."""
    by_name: dict[str, Figure] = {}
    for name, number in numbers:
        figure = None if number is None else _figure(number)
        if figure is not None:
            first = by_name.setdefault(name, figure)
            if first.nominal != figure.nominal:
                return {}
    return by_name


def _figure(number: Number) -> Figure | None:
    """The points that a number is, also where it has no unit: 得分18.2/20."""
    figure = read_figure(number.text if number.unit else f"{number.text}分")
    return figure if isinstance(figure, Figure) else None


def _is_above(score: Number, weight: Number) -> bool:
    earned, most = _figure(score), _figure(weight)
    return earned is not None and most is not None and earned.nominal > most.nominal


def _is_system(of_groups: Mapping[str, Figure]) -> bool:
    """Whether groups are all those of a form."""
    return any(system <= of_groups.keys() <= {*system, *more} for system, more in _SYSTEMS)


def _weigh_all(weights: Mapping[str, Figure]) -> bool:
    return sum(weight.nominal for weight in weights.values()) == FULL_MARKS


def _makes_up(scores: Mapping[str, Figure], total: Figure) -> bool:
    """Whether scores add up to the total, as far as their digits show."""
    terms = tuple((1, Operand(stated=score)) for score in scores.values())
    equation = Equation(left=Operand(stated=total), comparator="=", right=Sum(terms=terms))
    return bool(terms) and judge(equation).verdict.holds

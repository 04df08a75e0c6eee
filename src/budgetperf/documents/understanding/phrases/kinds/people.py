"""Whose people a number counts: those of the whole, or of a part of it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import bare, untailed
from budgetperf.documents.understanding.phrases.mention import Mention, nominal
from budgetperf.documents.understanding.phrases.sentences import Sentence

from .left_out import NO_SUM

__all__ = ["give_kinds", "leave_people_of_some", "with_whose_people"]

_OF_SUBORDINATES = re.compile("[;，][下所]属[^，。;]{0,12}(?:编制|在编|在职|实有)")
"""People of the body itself stand before those of its units: 机关在职19人；下属单位在职16人."""
_RETIRED = ("retired", "honorary_retired")
_WENT = re.compile(
    r"招录|招聘|调[入出]|辞职|离职|转隶|(?:当年|本年度?|年内|今年|新增|\d年)[退离]休$"
)
"""Of those who went in the year: 调出1人，退休2人."""
_BODY_ITSELF = re.compile(r"[^，。;:\d]{0,16}?(?:机关|本级)(?!事业|单位|党|工委|工作)")
_DIGIT = re.compile(r"\d")
_MARKS = re.compile("[，,;、:]")
_PEOPLE = re.compile("(?:核定|批准|共有|现有|人员|事业|行政|全额|编制|在编|在职|实有|数|为|总)+$")
_BEFORE_BODY = re.compile("^(?:其中|下[设属辖]|所属|直属)+")
_OTHER_BODY = re.compile("(?![我本该全])[\u4e00-\u9fff]{2,20}(?:中心|[大支]队|[站所院馆校])|公证处")
_OF_KIND = re.compile(r"[^，。;:\d]{0,10}?(?:机关|行政|事业|参公|工勤)")
_ALL_PEOPLE = re.compile("共|合计|总|全[局系部厅委院校县市区镇乡]|部门|整体")
_SUBORDINATES = re.compile("(?<![无没])(?<!没有)(?:[下所直局]属|二级)[^，。;]{0,8}(?:单位|机构)")
_PEOPLE_OF_SUBORDINATES = re.compile(
    r"(?:[下所直局]属|二级)[^。;\d]{0,30}(?:编制|在[编职]|实有|退休)[^。;，\d]{0,6}\d"
)


_ON_ROLL = re.compile("(?:实有|现有)(?:人员|职工|干部职工)?(?:总?人?数)?")
_OPENS = re.compile(r"\((?:其中:?)?|，其中[:，]?")
_IN_LIST = re.compile(
    r"(?!其中|实有|现有|核定|编制|年末|当年|[调招])(?:机关)?(?P<name>[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{0,8}?"
    r"(?P<count>\d+)[人名个位]"
)
_POSTS = re.compile(
    "(?:机关|全额|差额|拨款|财政|核定|批准)*(?:行政|事业|工勤|参公)[\u4e00-\u9fff]{0,4}编制?(?:人?数|人员)?"
)
"""Posts of one kind are no results, whatever they are listed for."""
_PEOPLE_UNITS = ("人", "名", "个", "位")
_AND = re.compile("[、，和]")
_SERVICE = {"行政", "事业", "工勤", "参公"}
_KINDS = {"行政": "administrative", "事业": "public_institution"}
_RETIRED_KINDS = {"离休", "退休"}
_OF_ROLL = {"在职", *_RETIRED_KINDS}


def give_kinds(mentions: Sequence[Mention], sentence: Sentence, about: About) -> None:
    """Tell who is on the roll and who is in service by the kinds that make them up, which alone say
    it: 实有45人（其中行政20人，事业25人）; kinds of posts (编制50人，其中行政20人) are no people.

    Args:
        mentions: what the sentence says, what is dropped of it included.
        sentence: the sentence.
        about: what the title says.
    """
    by_start = {
        mention.number.start: mention
        for mention in mentions
        if mention.number is not None and mention.number.unit in _PEOPLE_UNITS
    }
    for whole in by_start.values():
        number = whole.number
        if number is not None:
            parts = _listed(whole, number.end, sentence, by_start)
            if parts:
                _give_kinds(whole, parts, is_roll=_is_roll(number.start, sentence, about))
    for mention in by_start.values():
        if mention.kind == "count" and _POSTS.fullmatch(mention.name):
            mention.is_dropped = True


def _listed(
    whole: Mention, position: int, sentence: Sentence, by_start: Mapping[int, Mention]
) -> dict[str, Mention]:
    """The people of a list behind a number by how their names begin, until they make it up; none
    where one of them is not of this report."""
    parts: dict[str, Mention] = {}
    mark = _OPENS.match(sentence.text, position, sentence.end)
    while mark and not (len(parts) > 1 and _sum(parts) == nominal(whole)):
        match = _IN_LIST.match(sentence.text, mark.end(), sentence.end)
        if match is None or match["name"] in parts:
            break
        part = by_start.get(match.start("count"))
        is_known = match["name"] in _SERVICE | _OF_ROLL
        if part is None or not (is_known or nominal(part) <= nominal(whole)):
            break  # 其中党员20人，全年培训干部300人
        if part.is_dropped:
            return {}
        parts[match["name"]] = part
        mark = _AND.match(sentence.text, match.end(), sentence.end)
    return parts


def _give_kinds(whole: Mention, parts: Mapping[str, Mention], *, is_roll: bool) -> None:
    """Give a list of people and its whole their kinds where it makes that up, or is more than it,
    so that this is seen; of less there may be kinds that it leaves out."""
    summed, in_all = _sum(parts), nominal(whole)
    if is_roll and "在职" in parts and len(parts) > 1 and parts.keys() <= _OF_ROLL:
        if summed == in_all or (summed > in_all and set(parts) == _OF_ROLL):
            _is_staff(whole, "on_roll")
        else:
            whole.is_dropped, whole.why = True, NO_SUM
        return
    if "离退休" in whole.name and set(parts) == _RETIRED_KINDS:
        whole.is_dropped, whole.why = True, "" if summed == in_all else NO_SUM
        return
    of_kinds = {name: part for name, part in parts.items() if name in _KINDS}
    are_posts = any("编" in part.name for part in of_kinds.values())
    is_too_much = _sum(of_kinds) > in_all and not are_posts
    makes_up = summed == in_all and parts.keys() == _KINDS.keys()
    if len(of_kinds) == len(_KINDS) and (
        (makes_up and (is_roll or whole.role == "in_service"))
        or (is_too_much and whole.role == "in_service")
    ):
        _is_staff(whole, "in_service")
        for name, role in _KINDS.items():
            _is_staff(parts[name], role)
    elif is_roll or whole.kind == "staff":
        is_told = summed != in_all and len(of_kinds) == len(_KINDS)
        for part in parts.values():
            if part.kind == "count":
                part.is_dropped, part.why = True, NO_SUM if is_told else ""


def _sum(parts: Mapping[str, Mention]) -> Fraction:
    return sum(map(nominal, parts.values()), Fraction(0))


def _is_staff(mention: Mention, role: str) -> None:
    mention.kind, mention.role, mention.is_dropped = "staff", role, False


def _is_roll(position: int, sentence: Sentence, about: About) -> bool:
    """Whether the last words before a number say that it counts the people on the roll."""
    label = _MARKS.split(sentence.text[sentence.start : position])[-1]
    plain = untailed(bare(label), "共|为|是|共有|共计|合计|:")
    return any(map(_ON_ROLL.fullmatch, about.stripped(plain)))


def with_whose_people(
    own: Sequence[Mention], sentence: Sentence, about: About
) -> Iterator[Mention]:
    """The mentions, those of people with whether they are of the whole or of the body itself;
    without those of one of several: 行政编制22人，在职19人；事业编制18人，在职17人."""
    if not any(mention.kind == "staff" for mention in own):
        yield from own
        return
    is_of_several = _OF_SUBORDINATES.search(sentence.text, sentence.start, sentence.end)
    bounds = [sentence.start]
    bounds += [chunk.end + 1 for chunk in sentence.chunks if chunk.after == ";"]
    groups = [sentence.text[start:end] for start, end in pairwise([*bounds, sentence.end])]
    of_kinds = [_OF_KIND.match(group) is not None for group in groups]
    for mention in own:
        number = mention.number
        if mention.kind == "staff" and number is not None:
            at = bisect.bisect_right(bounds, number.start) - 1
            before = sentence.text[bounds[at] : number.start]
            if is_of_several or (of_kinds[at] and sum(of_kinds) > 1):
                continue
            mention.is_own = not _is_of_other_body(groups[at], about)
            if mention.role in _RETIRED and _WENT.search(before):
                continue
            mention.is_of_all = _ALL_PEOPLE.search(before) is not None
            mention.is_of_body = _BODY_ITSELF.match(before) is not None
        yield mention


def _is_of_other_body(group: str, about: About) -> bool:
    """Whether words begin with the name of a body that the title does not name:
    法律援助中心编制10名，在职9名."""
    head = _PEOPLE.sub("", _DIGIT.split(group, maxsplit=1)[0]).rstrip("，:、 ")
    name = _BEFORE_BODY.sub("", _MARKS.split(head)[-1])
    return _OTHER_BODY.fullmatch(name) is not None and not about.names(name)


def leave_people_of_some(collected: Sequence[Mention], texts: Sequence[str]) -> None:
    """Mark people who may be those of the body itself alone, where it has others below it, as not
    all of its own: 局机关在职19人。下属单位在职17人."""
    people = [mention for mention in collected if mention.kind == "staff"]
    are_of_others = any(not mention.is_own for mention in people)
    are_counted = any(map(_PEOPLE_OF_SUBORDINATES.search, texts))
    are_named = are_counted or are_of_others or any(map(_SUBORDINATES.search, texts))
    for mention in people:
        may_be_some = are_counted or (are_named and mention.is_of_body)
        mention.is_own = mention.is_own and (mention.is_of_all or not may_be_some)

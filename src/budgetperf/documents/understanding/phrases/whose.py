"""Whose people and whose score a number is: those of the whole, or of a part of it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from .about import About
from .mention import Mention
from .sentences import Number, Sentence

__all__ = [
    "GONE_BY",
    "is_of_one_part",
    "is_score_of_all",
    "leave_people_of_some",
    "with_whose_people",
]

GONE_BY = re.compile("^(?:根据|按照?|依据|对照)[^，。]{0,40}，")
"""What a sentence goes by, which is not what it says: 根据评分标准，得95分."""

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


_OF_HUNDRED = re.compile(r"(?:满分|总分|分值|百分制)[^，。;\d]{0,6}100(?:\.0+)?分|百分制")
_THIS_ITEM = "[该此][项部类条]|本项(?!目|$)|本部分|分值|满分|权重"
_EVALUATED = re.compile(
    r"[^，。;]{0,20}(?:评价|自评|评分|打分|评定|测算|综上|总体)[^，。;\d]{0,8}，"
)
_BY_ALL = re.compile("方面[^，。;]{0,8}(?:评价|评分|打分|自评|考核)[^，。;]{0,4}，")
"""从决策、过程、产出、效益四个方面进行评价，自评得分95分."""
_REACH = 2000
_LONGEST_NAME = 20


_PARTS = ("投入", "决策", "过程", "产出", "效益", "效果", "满意", "预算执行")
_SEVERAL = 2


def is_of_one_part(number: Number, sentence: Sentence, result: Mapping[str, str]) -> bool:
    """Whether what is called the sum of scores may be that of one group, of which alone the
    sentence speaks: 群众满意度98%，综合得分10分."""
    own = GONE_BY.sub("", sentence.text[sentence.start : number.start])
    speaks_of_several = sum(part in own for part in _PARTS) >= _SEVERAL
    if speaks_of_several or not re.search(result["parts"], own):
        return False
    return not _is_beside_all_marks(number, sentence, result)


def _is_beside_all_marks(number: Number, sentence: Sentence, result: Mapping[str, str]) -> bool:
    """Whether the full marks of the whole stand before a score, or a rating stands behind it."""
    text = sentence.text
    if _OF_HUNDRED.search(text, sentence.start, number.start):
        return True
    behind = text[number.end : sentence.end]
    return re.match(f"[，;:()]*(?:{result['rating']})", behind) is not None


def is_score_of_all(
    number: Number, label: str, sentence: Sentence, result: Mapping[str, str]
) -> bool:
    """Whether a score without a name is that of the whole: its sentence and its paragraph speak of
    no part, or give a rating or the full marks of the whole with it.

    Args:
        number: the score.
        label: the words before it.
        sentence: the sentence that it stands in.
        result: the words for results.
    """
    text = sentence.text
    own = text[sentence.start : number.start]
    if _is_beside_all_marks(number, sentence, result):
        return True
    reach = max(0, sentence.start - _REACH)  # not to the start of a line of megabytes, each time
    start = text.rfind("\n", reach, sentence.start) + 1 or reach
    begins = GONE_BY.sub("", text[start : number.start])[:_LONGEST_NAME]
    without_basis = GONE_BY.sub("", own)
    if sum(part in own for part in _PARTS) >= _SEVERAL and _BY_ALL.search(own):
        return True
    if re.search(f"{result['parts']}|{_THIS_ITEM}", begins + without_basis):
        return False
    return without_basis != own or _EVALUATED.match(own) is not None or own.startswith(label)

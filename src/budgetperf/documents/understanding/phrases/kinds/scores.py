"""Whose score a number is: that of the whole, or of a part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import bare
from budgetperf.documents.understanding.phrases.mention import Mention, nominal
from budgetperf.documents.understanding.phrases.sentences import Number, Sentence

from .chains import chain_in
from .left_out import CHANGE, OF_ROW, OTHER_YEAR

__all__ = ["GONE_BY", "beside_marks", "score_of", "without_deducted"]

GONE_BY = re.compile("^(?:(?:根据|按照?|依据|对照)[^，。]{0,160}，)+")
"""What a sentence goes by, which is not what it says: 根据评分标准，得95分."""

_OF_OTHERS = re.compile(
    "对(?:各|所有|全部)?(?:下属|所属|直属|下级|基层|各)[\u4e00-\u9fff]{0,6}?"
    "(?:单位|部门|学校|机构|乡镇|街道|科室|项目(?!标))"
)
"""What the score is of that a sentence gives: 对下属单位开展绩效评价，综合评分97分."""
_NAMED = ("项目", "工程", "专项", "资金", "经费", "支出")
_FULL_MARKS = re.compile(r"100(?:\.0+)?分")
_OF_ANY = ("综合得分", "总分", "总得分", "综合评分", "综合评价得分", "最终得分")
"""What the marks of one group may be called, too."""
_SCORED = re.compile("得|自评|综合")
"""Without these words 总分100分 may be what can be reached."""
_EARNED = re.compile(
    r"[，;。](?:实际|合计|最终|综合|自评|总)+得分(?:合计)?[为:]? ?(?!100(?:\.0+)?分)\d[\d.]*分"
)


_DEDUCTED = re.compile(
    r"(?:(?<=[，;(])|^)(?:共计?|合计|总计|累计|总)?扣(?:除|减)?分?(?:合计|共|为|:)*"
    r"(?P<off>\d+(?:\.\d+)?)分(?:[，;]|(?=[)])|$)"
)
_OFF = r"扣(?:除|减)?分?(?:了|为|:)*"
_GOT = r"(?:实际|自评|最终|应|故|该项|本项|此项|该指标|本指标)*得分?(?:为|:)*"
_OF_ROW = re.compile(
    rf"[，;]{_OFF}(?P<off>\d+(?:\.\d+)?)分[，;]{_GOT}(?P<score>\d+(?:\.\d+)?)分"
    rf"|[，;]{_GOT}(?P<rest>\d+(?:\.\d+)?)分[，;]{_OFF}(?P<less>\d+(?:\.\d+)?)分"
)
_RULES = re.compile(
    "每|[低高大小少多]于|未达|不足|以[上下内]|超过|[的则]，?扣|[若如]果?|规则|标准|细则|扣完"
)
"""Words of a rule by which points are given."""
_EARNED_TOO = re.compile(r"得分?[为:]?\d")
_SCORE = re.compile(r"\d+(?:\.\d+)?(?=分)")
_FULL = 100


_EARLIER_SCORE = re.compile(
    r"^(?:(?:(?:19|20)\d{2}年度?|上一?年度?|去年)[^，。;\d]{0,10}[得评]分[^，。;\d]{0,3}\d[\d.]*分"
    r"(?:[，(]?[^，。;\d]{0,6}(?:优|良|中|差|合格)秀?\)?)?[，;、])+"
)
"""The score of another year before that of this one, where that has its year."""


def without_deducted(text: str) -> str:
    """A sentence without what it says was taken off its score, where both make up the full marks,
    so that it is no rule: 自评得分98.5分，扣分1.5分."""
    deducted = _DEDUCTED.search(text)
    if deducted is None or text.replace("扣分原因", "").count("扣") > 1:
        return text
    without = (text[: deducted.start()] + text[deducted.end() :]).replace("扣分原因", "")
    off = Fraction(deducted["off"])
    scores = [Fraction(score) for score in _SCORE.findall(without)]
    is_of_whole = any(off + score == _FULL for score in scores)
    return without if is_of_whole or _is_of_row(text) else text


def _is_of_row(text: str) -> bool:
    """Whether points were taken off those of one row, of which the rest is stated beside them:
    执行率95%，扣0.5分，得9.5分."""
    of_row = _OF_ROW.search(text)
    if of_row is None or text.count("得") > 1 or _RULES.search(text):
        return False
    off, score = (of_row["off"], of_row["score"]) if of_row["off"] else of_row.group("less", "rest")
    return (Fraction(off) + Fraction(score)).denominator == 1


def score_of(
    number: Number, plain: str, sentence: Sentence, about: About, before: Sequence[Mention]
) -> Mention:
    """A score by the words before it; dropped where it is not that of the whole.

    Args:
        number: the score.
        plain: the words before it.
        sentence: the sentence that it stands in.
        about: what the title says.
        before: what that says before it.
    """
    result, label = about.words.result, bare(plain)
    is_full = _FULL_MARKS.fullmatch(number.text) is not None
    if is_full and (not _SCORED.search(label) or _is_less_earned(number, label, sentence.text)):
        return Mention(number=number, kind="score", is_dropped=True)
    if _OF_OTHERS.search(sentence.text, sentence.start, number.start):
        return Mention(number=number, kind="score", is_dropped=True)
    for form in about.stripped(label):
        named = label.removesuffix(form) if form == "得分" else ""
        named = re.sub("(?:支出)?(?:绩效)?(?:自评价?|评价)$", "", named)
        if named and named.endswith(_NAMED) and about.names(named):
            return Mention(number=number, kind="score", strength=1)
        if re.fullmatch(result["score"], form):
            is_surely = re.search(result["surely"], plain) is not None
            if is_surely and form in _OF_ANY:
                is_surely = not _is_of_one_part(number, sentence, result)
            is_alone = form == label and _is_behind_rate(number, sentence, about, before)
            if is_surely or is_alone or _is_score_of_all(number, form, sentence, about):
                return Mention(number=number, kind="score", strength=1 + is_surely)
    last = next((mention for mention in reversed(before) if not mention.is_dropped), None)
    is_of_rate = last is not None and last.role == "execution_rate"
    is_plain = label.endswith(("得", "得分")) and not re.search("总|合计|综合", label)
    why = OF_ROW if is_of_rate and is_plain else ""
    return Mention(number=number, kind="score", is_dropped=True, why=why)


def _is_less_earned(number: Number, label: str, text: str) -> bool:
    """Whether the paragraph says behind 总分 how much of it was earned."""
    behind = text[number.end :].partition("\n")[0]
    return label.endswith("总分") and _EARNED.search(behind) is not None


_MOST_OF_A_PART = 80
"""No part has more of 100 points: in principle execution of the budget and satisfaction have 10
each (财预〔2020〕10号). The words do not tell: they are the same in 执行率95%，自评得分9.5分."""


def _is_behind_rate(
    number: Number, sentence: Sentence, about: About, before: Sequence[Mention]
) -> bool:
    """Whether a score stands behind the rate of execution of the whole, whose own points it cannot
    be, and behind nothing that names a part: 全年预算数118万元，执行率95%，自评得分97分."""
    own = [mention for mention in before if mention.why not in (OTHER_YEAR, CHANGE)]
    is_of_whole = all(
        (mention.is_of_whole or (mention.is_own and mention.step))
        and not (mention.is_dropped or mention.origin or mention.whole)
        for mention in own
    )
    is_rated = any(mention.role == "execution_rate" for mention in own)
    if not (is_of_whole and is_rated) or _EARNED_TOO.search(
        sentence.text, number.end, sentence.end
    ):
        return False
    if nominal(Mention(number=number, kind="score")) <= _MOST_OF_A_PART:
        return False
    text = sentence.text
    without_numbers = (chunk for chunk in sentence.chunks if not chunk.numbers)
    if any(
        about.named_by(bare(text[chunk.start : chunk.end]))
        for chunk in without_numbers
        if chunk.start < number.start
    ):
        return False
    begins = _paragraph_before(sentence)[:_LONGEST_NAME]
    return re.search(f"{about.words.result['parts']}|{_THIS_ITEM}", begins) is None


def beside_marks(collected: Sequence[Mention]) -> list[Mention]:
    """What a sentence with marks says: scores, and the budget where it says nothing of it twice, as
    what marks are given for would be, nor what it is split into."""
    amounts = [mention for mention in collected if mention.kind == "money"]
    chain = chain_in(amounts)
    roles = [mention.role for mention in amounts if mention.role and mention not in chain[:-1]]
    is_sure = len(set(roles)) == len(roles) and not any(mention.parts for mention in amounts)
    return [
        mention
        for mention in collected
        if mention.kind == "score"
        or mention.is_dropped
        or (is_sure and (mention in chain or _is_said_beside_marks(mention)))
    ]


def _is_said_beside_marks(mention: Mention) -> bool:
    """Whether a number is a score, or one of the budget that a sentence with marks says, too:
    全年执行数92万元，执行率92%，得9.2分."""
    of_rate = mention.before if mention.kind == "rate" and mention.role else None
    amount = mention if of_rate is None else of_rate
    is_plain = amount.kind == "money" and amount.strength > 1 and amount.is_own and not amount.parts
    return mention.kind == "score" or is_plain


_OF_HUNDRED = re.compile(r"(?:满分|总分|分值|百分制)[^，。;\d]{0,6}100(?:\.0+)?分|百分制")
_THIS_ITEM = "[该此][项部类条]|本项(?!目|$)|本部分|分值|满分|权重"
_EVALUATED = re.compile(
    r"[^，。;]{0,40}(?:评价|自评|评分|打分|评定|测算|综上|总体)[^，。;\d]{0,8}，"
)
_BY_ALL = re.compile("方面[^，。;]{0,8}(?:评价|评分|打分|自评|考核)[^，。;]{0,4}，")
"""从决策、过程、产出、效益四个方面进行评价，自评得分95分."""
_REACH = 2000
_LONGEST_NAME = 20


_PARTS = ("投入", "决策", "过程", "产出", "效益", "效果", "满意", "预算执行")
_SEVERAL = 2


def _is_of_one_part(number: Number, sentence: Sentence, result: Mapping[str, str]) -> bool:
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


def _is_score_of_all(number: Number, label: str, sentence: Sentence, about: About) -> bool:
    """Whether a score without a name is that of the whole: its sentence and its paragraph speak of
    no part, or give a rating or the full marks of the whole with it.

    Args:
        number: the score.
        label: the words before it.
        sentence: the sentence that it stands in.
        about: what the title says.
    """
    text, result = sentence.text, about.words.result
    own = _DEDUCTED.sub("", text[sentence.start : number.start])
    if _is_beside_all_marks(number, sentence, result):
        return True
    before = _paragraph_before(sentence)
    begins = GONE_BY.sub("", before + text[sentence.start : number.start])[:_LONGEST_NAME]
    without_basis = GONE_BY.sub("", own)
    if sum(part in own for part in _PARTS) >= _SEVERAL and _BY_ALL.search(own):
        return True
    if re.search(f"{result['parts']}|{_THIS_ITEM}", begins + without_basis):
        return False
    is_evaluated = _EVALUATED.match(without_basis) is not None
    of_year = re.sub(f"^(?:{about.year}年度?|今年|本年度?)", "", _EARLIER_SCORE.sub("", own))
    return without_basis != own or is_evaluated or of_year.startswith(label)


def _paragraph_before(sentence: Sentence) -> str:
    """What stands in the paragraph of a sentence before it."""
    text = sentence.text
    reach = max(0, sentence.start - _REACH)  # not to the start of a line of megabytes, each time
    return text[text.rfind("\n", reach, sentence.start) + 1 or reach : sentence.start]

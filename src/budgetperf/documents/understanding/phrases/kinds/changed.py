"""Budgets that a change follows, which are not what was to be spent in the end, and what they were
changed to: 项目预算200万元，追加20万元，支出209万元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import bare
from budgetperf.documents.understanding.phrases.mention import Mention
from budgetperf.documents.understanding.phrases.sentences import Sentence

from .roles import give_role

__all__ = ["before_change", "is_change", "leave_changed", "new_budget", "says_change"]

_NEW_BUDGET = "调整后预算"
_STRONG = 2
_NEAR = 6
"""So many sentences on, behind headings, may say that a budget changed."""
_AGAIN = ("再", "又")
_BUDGETS = ("initial", "revised")
_STEPS = ("added", "cut", "changed")
_DONE = (
    "追加|追减|调增|调减|核增|核减|压减|压缩|收回|缴回|退回|扣减|削减|增拨|增补|调剂|调出|调入|划转|净增|净减"
    "|补充(?=了?(?:下达|安排))|调整(?!后|前)"
)
"""What is done to a budget."""
_CHANGES = re.compile(f"{_DONE}|上缴|(?:增加|减少|新增)(?:了|预算|资金|指标|额度)*$")
_SAYS_CHANGE = re.compile(
    f"(?:{_DONE})(?:增加|减少)?(?:了|预算|资金|指标|额度|财政|下达|安排|国库|结余|结转)*$"
)
_SURELY = re.compile("追加|追减|调增|调减|核增|核减|压减|调整(?:增加|减少)")
"""What is done to a budget and never to what is left of it: 支出171万元，收回结余29万元."""
_OF_THING = re.compile("(?:新增|增加)(?!了|预算|资金|指标|额度|$)")
"""新增就业岗位补贴20万元: something that was paid for."""
_MAY_CHANGE = re.compile(
    f"{_DONE}|(?:增加|减少|新增|增长|上升|提高|提升|下降|降低)(?:了|预算|资金|指标|额度|[到至为约])*$"
)
_NOT_YET = re.compile(
    "(?:拟|计划|预计|需要?|力争|争取|建议|下一步)[^，。;]{0,3}$|明年|下年|(?:拟|计划|需要?)追"
)
_GONE_BY = re.compile("根据|按照?|依据|因|经")
_COMPARES = re.compile("[较比]|上年|去年|同期|含|其中|包括|审核|结算")
"""追加 beside these words is within the budget before it, or the budget is after it."""
_AFTER = re.compile("调整|追加|调[增减]|增加|减少|压减|核减|收回|后|总额|总资金|应到位|最终|实际")
"""What a budget is called after it was changed, or whenever it is stated."""
_TO = re.compile(
    "(?:(?:追加|调增|调减|核增|核减|压减|压缩|增加|减少|调整)(?:预算)?[到至]|调整[为成]"
    "|(?:追加|调[增减]|核[增减]|压减|收回|增加|减少|调整)后(?:到|至|为|达|是|剩余)+)$"
)
_BEHIND_CHANGE = re.compile(
    "后(?:的)?(?:项目|全年|年度)?(?:预算|资金)?(?:总?[数额])?(?:为|是|剩余|达到?|到|至|共计?)+$"
    "|(?:调整|追加|调[增减]|核[增减]|压减)后"
)
_FROM = re.compile("(?P<budget>[^，。;、:()\\d]{2,30})[由从](?:年初|原来|原)?(?:预算|的)*$")
_FILLERS = re.compile(
    "(?:根据|按照?|依据|因|由于|经)[^，。;由从]{2,12}$|后|再|又|经|将|已|被|其|财政|批复|批准|统一"
    "|(?:预算)?执行(?:过程|期间)?中|年中|年底|中期|期间|最终|预算"
)
"""Words before 调整为 that name nothing of which there are several."""


def is_change(mention: Mention) -> bool:
    """Whether an amount is what was added to a budget or cut from it."""
    name = mention.name
    is_of_thing = _OF_THING.match(name) is not None
    if mention.kind != "money" or mention.role or _COMPARES.search(name) or is_of_thing:
        return False
    return mention.step in _STEPS or _CHANGES.search(name) is not None


def says_change(name: str) -> bool:
    """Whether words end by saying no more than that a budget was changed: 执行过程中追加了."""
    return _SAYS_CHANGE.search(name) is not None


def before_change(money: Sequence[Mention]) -> set[int]:
    """Budgets that a change follows: not those of the year, whatever is stated behind it.

    Args:
        money: the amounts of a text, in its order.
    """
    ids: set[int] = set()
    for start, budget in enumerate(money):
        if budget.role not in ("revised", "received"):
            continue
        own = _said_before(money, start)
        is_again = any(other.name.startswith(_AGAIN) for other in money[start + 1 : start + 2])
        if _is_after(budget) and not (is_again or any(map(is_change, own))):
            continue
        if _has_change_in_brackets(budget):
            ids.add(id(budget))
        has_initial = any(other.role == "initial" for other in own)
        if has_initial and budget.strength >= _STRONG and not _is_after(budget):
            continue  # 年初预算100万元，全年预算120万元，年中追加20万元
        is_spent = False
        for place in range(start + 1, len(money)):
            other = money[place]
            apart = other.sentence - budget.sentence
            is_next = not apart or (apart <= _NEAR and other is money[start + 1])
            if not is_next or other.role in (budget.role, "initial"):
                break
            is_spent = is_spent or other.role == "executed"
            is_surely = not is_spent or _SURELY.search(other.name) is not None
            is_more = _is_carried(other) and budget.strength < _STRONG and not is_spent
            if is_more or (is_change(other) and is_surely):
                ids.add(id(budget))
    return ids


def _said_before(money: Sequence[Mention], place: int) -> list[Mention]:
    """The amounts that the sentence of one says before it, the nearest first."""
    own: list[Mention] = []
    for before in range(place - 1, -1, -1):
        if money[before].sentence != money[place].sentence:
            break
        own.append(money[before])
    return own


def _is_carried(mention: Mention) -> bool:
    """Whether an amount was carried over, beside the budget: 预算200万元，上年结转20万元."""
    return mention.origin is not None and mention.origin.kind == "carry-over"


def _has_change_in_brackets(budget: Mention) -> bool:
    """Whether no more than a change stands in brackets behind a budget, of which it need not be a
    part: 预算60万元（年中追加10万元）."""
    if budget.strength >= _STRONG or len(budget.parts) != 1 or not is_change(budget.parts[0]):
        return False
    number, change = budget.number, budget.parts[0].number
    if number is None or change is None:
        return False
    return change.start - number.end <= len(budget.parts[0].name) + len("(")


def leave_changed(label: str, before: Sequence[Mention]) -> None:
    """Leave the budget that an amount which is not used itself changed, or may have: 预算90万元，
    经申请追加9万元.

    Args:
        label: the words before the amount.
        before: what the sentence says before it.
    """
    is_plan = _NOT_YET.search(label) is not None and not _GONE_BY.search(label)
    if is_plan or _COMPARES.search(label) or not _MAY_CHANGE.search(label):
        return
    for mention in reversed(before):
        if mention.role == "executed":
            return
        if mention.role in ("revised", "received"):
            mention.strength = mention.strength if _is_after(mention) else -1
            return


def _is_after(budget: Mention) -> bool:
    """Whether a budget is called one that was changed, or the one of all that was had."""
    return budget.strength >= _STRONG and _AFTER.search(budget.name) is not None


def new_budget(
    label: str,
    sentence: Sentence,
    about: About,
    before: Sequence[Mention],
    last: Mention | None,
) -> str | None:
    """What an amount is called that words say a budget of the whole was changed to
    (后调整为180万元): 调整后预算; ``""`` where it may be what something else was changed to, and
    ``None`` where the words say nothing of this.

    Args:
        label: the words before an amount.
        sentence: the sentence that it stands in.
        about: what the title says.
        before: what that says before it, without the parts of what else it says.
        last: the amount right before it, if there is one.
    """
    budgets = [mention for mention in before if mention.role in _BUDGETS]
    is_ours = bool(budgets) and budgets[-1].is_own and budgets[-1].origin is None
    is_changed = last is not None and is_change(last)
    is_part = last is None or not before or last is not before[-1]  # 其中培训费由20万元调减至18万元
    if _BEHIND_CHANGE.fullmatch(label) and is_changed:
        is_whole = is_ours and not is_part
    else:
        to = _TO.search(label)
        if to is None:
            return None
        is_named = about.named_by(_FILLERS.sub("", bare(label[: to.start()])))
        is_whole = not (is_part or is_named) and (
            is_ours
            if last is not None and (is_changed or last.role in _BUDGETS)
            else _is_from_budget(last, sentence, about)
        )
    is_own = last is not None and last.is_own
    return _NEW_BUDGET if is_whole and is_own else ""


def _is_from_budget(last: Mention | None, sentence: Sentence, about: About) -> bool:
    """Whether an amount is the budget of the whole from which another was made: 预算由200万元."""
    number = None if last is None else last.number
    start = number and _FROM.search(sentence.text, sentence.start, number.start)
    if not start:
        return False
    trial = Mention(number=number, kind="money")
    give_role(trial, bare(start["budget"]), "", about, says_sum=False, is_in_list=False)
    return trial.role in _BUDGETS and trial.origin is None and not trial.is_named

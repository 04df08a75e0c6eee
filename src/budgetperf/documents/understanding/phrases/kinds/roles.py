"""What an amount is in a budget, and of which source, by the words before it."""

from __future__ import annotations

import re

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.mention import Mention, Origin
from budgetperf.documents.understanding.phrases.words import Role, Source

__all__ = ["give_role"]

_PRICE = re.compile("(?:工程|设备|材料|货|尾|进度|合同|价|质保|预付)款$")


def give_role(
    mention: Mention, plain: str, right: str, about: About, *, says_sum: bool, is_in_list: bool
) -> None:
    """Give an amount its role and its source.

    Args:
        mention: the amount.
        plain: the words before it.
        right: those behind it.
        about: what the title says.
        says_sum: whether the words before it say that it is a sum.
        is_in_list: whether it stands in a list of parts.
    """
    words = about.words
    if plain.endswith("预算支出"):
        return  # spent, or to be spent
    for form in about.stripped(plain):
        origin = _origin(form, words.source, general=is_in_list)
        if origin is not None:
            mention.origin = origin
            return
        if re.fullmatch(words.investment, form):
            return
        given = re.match(words.givers, form)
        giver = given["giver"].rstrip("厅局") if given else ""  # 省财政厅
        of_giver = _origin(giver, words.source, general=False) if given else None
        if given is not None and of_giver is not None:
            of = form[given.end() :]
            give_role(mention, of, right, about, says_sum=says_sum, is_in_list=is_in_list)
            if mention.role and mention.origin is None:
                mention.origin, mention.strength = of_giver, max(mention.strength, 1)
            return
        for role in words.role:
            if _has_role(mention, form, role, about, says_sum=says_sum):
                return
        for name, pattern in words.after.items():
            behind = f"(?:{words.edges['time']}|，)*(?:{pattern})"
            if re.fullmatch(words.funds, form) and re.match(behind, right):
                mention.role, mention.strength = name, 2
                return


def _has_role(mention: Mention, form: str, role: Role, about: About, *, says_sum: bool) -> bool:
    """Whether words say a role of the whole, of a source, or of what the money is for."""
    words = about.words
    strength = 2 if role.strong else int(says_sum and not role.least)
    if role.pattern and role.whole.fullmatch(form):
        mention.role, mention.strength = role.role, strength
        return True
    for pattern in (role.behind, role.before):
        match = pattern.fullmatch(form)
        if match is None:
            continue
        of = match["of"]
        origin = _origin(of, words.source, general=False)
        if origin is not None:
            mention.origin = origin
            mention.role, mention.strength = role.role, max(strength, 1)
            return True
        if _is_of_all(of, about):
            mention.role, mention.strength = role.role, strength
            return True
        is_named = words.compiled("{money}").fullmatch(of) and not _PRICE.search(of)
        if role.special and pattern is role.behind and is_named:
            mention.role, mention.strength, mention.is_named = role.role, 0, True
            return True
    return False


def _is_of_all(of: str, about: About) -> bool:
    """Whether what the money is called is no more than that of this report."""
    forms = list(about.stripped(of))
    if about.is_department and any(form.startswith("项目") for form in forms):
        return False  # 2023年项目支出
    return not of or any(re.fullmatch(about.words.funds, form) for form in forms)


def _origin(words: str, sources: tuple[Source, ...], *, general: bool) -> Origin | None:
    for source in sources:
        if (general or not source.general) and source.whole.fullmatch(words):
            return Origin(kind=source.kind, label=words)
    return None

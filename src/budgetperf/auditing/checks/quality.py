"""The checks of how indicators are set and filled in: numbers, units, operators, words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import attrs

from budgetperf.exact import (
    LIST,
    MONEY,
    NUMBER,
    RATIO,
    BudgetperfError,
    Figure,
    Missing,
    MissingReason,
    Operator,
    Stated,
    Text,
    Unit,
    parse_number,
)
from budgetperf.model import Direction, Indicator, SelfEvaluation
from budgetperf.relations.binding import is_claimed
from budgetperf.relations.composing import asked, simple, unchecked
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import missing_text, printed_text
from budgetperf.rules import RuleSet

from .reasons import explanations
from .rows import Row, is_met, rows

__all__ = ["numbers", "operators", "shortfalls", "unquantified"]

# --- Q01


def numbers(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """Q01: what was reached of a number is a number in the same unit.

    Words for none (无, 未发生) and units that may be the same thing are for a reviewer.
    """
    for row in rows(report):
        target, actual = row.target, row.actual
        if not _is_quantitative(row, target) or not is_claimed(actual):
            continue
        parts = (actual, target)
        formula = f"{actual.path} is a number in the unit of {target.path}"
        if isinstance(target.stated, Missing) or _is_unknown(actual.stated):
            why = missing_text(tuple(part for part in parts if _is_unknown(part.stated)))
            yield unchecked(relation, "not-stated", why, formula=formula, taking_part=parts)
            continue
        verdict, why = _same_measure(relation, actual.stated, target.stated)
        if verdict is Verdict.UNCHECKED:
            yield asked(relation, why, parts, formula)
        else:
            yield simple(relation, verdict, why, parts, formula)


_DATE = re.compile(
    r"(?:19|20)\d\d年|[\d一二三四五六七八九十](?:月|[日号]之?前|季度)"  # but not 12个月
)


def _is_quantitative(row: Row, target: Operand) -> bool:
    """Whether the target is a number, read or not; a date is a point in time and none."""
    stated = target.stated
    words = isinstance(stated, Missing) and stated.reason is MissingReason.QUALITATIVE
    if words or row.indicator.target.direction is Direction.QUALITATIVE:
        return False
    return is_claimed(target) and not _DATE.search(stated.text)


def _is_unknown(stated: Stated) -> bool:
    return isinstance(stated, Missing) and stated.reason is not MissingReason.QUALITATIVE


_NONE = ("无", "零", "未发生", "未出现", "没有")


def _same_measure(relation: Relation, actual: Stated, target: Figure) -> tuple[Verdict, Text]:
    """Whether both are numbers of one measure; unchecked where a reviewer has to say."""
    if isinstance(actual, Missing):
        why = relation.say("words", target=target, actual=actual.text)
        if not actual.text.startswith(_NONE):
            return Verdict.INCONSISTENT, why
        return Verdict.UNCHECKED, relation.say("perhaps-none", why=why)
    ours, theirs = actual.unit, target.unit
    if _counted(ours) == _counted(theirs):
        values = relation.say("values", target=target, actual=actual)
        return Verdict.EXACT, relation.say("one-unit", values=values)
    # Here the units are the matter: they stand as they are printed, in English, too.
    values = relation.say("values", target=printed_text(target).zh, actual=printed_text(actual).zh)
    kinds = {_kind(ours), _kind(theirs)}
    if len(kinds) > 1 and NUMBER not in kinds:
        return Verdict.INCONSISTENT, relation.say("two-kinds", values=values)
    return Verdict.UNCHECKED, relation.say("two-units", values=values)


def _counted(unit: Unit) -> str:
    """What is counted: 个工作日内 and 工作日 are one."""
    return unit.dimension.removeprefix("个").removesuffix("内")


_SHARES = ("倍", "成")


def _kind(unit: Unit) -> str:
    """Money, rates, bare numbers, or ``""`` for whatever is counted or measured.

    Only different kinds contradict each other. ``Unit`` tells what is counted by the word in
    print, and never converts one into another; but the same things are counted in several words
    (5 件 and 5 个, 10 次 and 10 场), so that two words alone prove nothing.
    """
    head = Unit.of(re.split("[/每]", unit.symbol)[0]).dimension  # 元/亩 is money
    if head.endswith("元"):  # another currency
        return MONEY
    if head in _SHARES:
        return RATIO
    return head if head in (MONEY, RATIO, NUMBER) else ""


# --- Q02


def operators(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """Q02: the operator fits what the indicator measures, and an actual value has none.

    Shares of ≥100% are common, harmless, and asked about once for all of a statement.
    """
    at_least_whole: dict[str, list[Row]] = defaultdict(list)
    for row in rows(report):
        target, actual = row.target, row.actual
        if isinstance(actual.stated, Figure):
            yield from _bound(relation, actual, actual.stated)
        if not isinstance(target.stated, Figure):
            continue
        direction = row.indicator.target.direction
        doubt = _doubt(relation, row.indicator, target.stated)
        formula = f"the operator of {target.path} fits the indicator"
        if doubt is not None:
            yield simple(relation, Verdict.INCONSISTENT, doubt, (target,), formula)
        elif _is_at_least_whole(row.indicator, target.stated):
            at_least_whole[row.statement].append(row)
        elif direction in _SIDED:
            why = relation.say("fits", target=target.stated)
            yield simple(relation, Verdict.EXACT, why, (target,), formula)
    for statement, shares in at_least_whole.items():
        names = LIST.join(row.indicator.key for row in shares)
        why = relation.say("whole", count=len(shares), names=names)
        formula = f"no share of {statement}.indicators has a target of ≥100%"
        taking_part = tuple(row.target for row in shares)
        yield simple(relation, Verdict.INCONSISTENT, why, taking_part, formula)


_SIDED = (Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL)


def _bound(relation: Relation, actual: Operand, figure: Figure) -> Iterator[Finding]:
    """The actual value that is printed as a bound, not as the number that was reached."""
    try:
        operator = parse_number(figure.text).operator
    except BudgetperfError:
        return
    if operator in (None, Operator.EQUAL):
        return
    why = relation.say("bound", actual=figure)
    formula = f"{actual.path} is a number without an operator"
    yield simple(relation, Verdict.INCONSISTENT, why, (actual,), formula)


# Of these a lower cost makes a greater number, or the number is no cost.
_NOT_LESS = ("节约", "节省", "节支", "降低", "下降", "压缩", "压减", "减少", "执行率", "到位率")
# Under the heading of satisfaction, these should stay few.
_COMPLAINTS = ("不满意", "投诉", "差评", "信访", "上访")
# Growth starts from another year's number, and what is done is measured against a plan or a limit;
# neither is a part of its base. Other rates are taken for shares.
_MAY_EXCEED = (
    "增", "提高", "提升", "上升", "变动", "同比", "比上年", "完成率", "执行率", "达成率", "控制率",
    "使用率", "利用率", "杠杆", "产出",
)  # fmt: skip


def _doubt(relation: Relation, indicator: Indicator, target: Figure) -> Text | None:
    """Why the operator does not fit what the indicator measures, if it does not."""
    direction, nature = indicator.target.direction, _nature(indicator)
    if nature == "成本" and direction is Direction.AT_LEAST:
        return relation.say("cost", target=target)
    if nature == "满意" and direction is Direction.AT_MOST:
        return relation.say("satisfaction", target=target)
    if not _is_share(indicator, target) or direction is Direction.AT_MOST:
        return None
    if target.nominal > 1 or (target.nominal == 1 and indicator.target.strict):
        return relation.say("out-of-reach", target=target)
    return None


def _nature(indicator: Indicator) -> str:
    """成本, 满意 or ``""``: by the name, else by the nearer heading that says so."""
    for words in (indicator.key, indicator.level2, indicator.level1):
        for nature, others in (("满意", _COMPLAINTS), ("成本", _NOT_LESS)):
            if isinstance(words, str) and nature in words:
                return "" if any(other in indicator.key for other in others) else nature
    return ""


def _is_share(indicator: Indicator, target: Figure) -> bool:
    """Whether it is a part of a whole, in percent."""
    is_ratio = target.unit.dimension == RATIO
    return is_ratio and not any(word in indicator.key for word in _MAY_EXCEED)


def _is_at_least_whole(indicator: Indicator, target: Figure) -> bool:
    at_least = indicator.target.direction is Direction.AT_LEAST
    return at_least and target.nominal == 1 and _is_share(indicator, target)


# --- Q03


def unquantified(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """Q03: a target is a number, a date, or a grade of the rule-set, not mere words.

    A column that calls an indicator qualitative is not part of the model: words are told from
    such a declaration only where they are a scale themselves.
    """
    grades = [] if rules is None else [name for band in rules.qualitative for name in band.names]
    for row in rows(report):
        target = row.target
        stated, formula = target.stated, f"{target.path} is a number"
        if isinstance(stated, Figure):
            why = relation.say("number", target=stated)
            yield simple(relation, Verdict.EXACT, why, (target,), formula)
        elif stated.reason in _IN_WORDS:
            is_read = stated.reason is not MissingReason.QUALITATIVE
            known = is_read or stated.text in grades or _SAYS_WHAT.search(stated.text)
            why = relation.say("telling" if known else "words", target=stated.text)
            verdict = Verdict.EXACT if known else Verdict.INCONSISTENT
            yield simple(relation, verdict, why, (target,), formula)


_IN_WORDS = (MissingReason.QUALITATIVE, MissingReason.DATE, MissingReason.RANGE)
_SAYS_WHAT = re.compile(
    # deadlines; 及时率 is a rate
    r"(?:及时|按时|按期|如期|准时)(?!率)|序时|按进度|限期|时限|规定时间|年[底末内]|年度内|月[底末]"
    r"|季[度末]|半年|[底日月]前|之前|前完成"
    # scales of grades, as the systems print them for what is qualitative
    r"|定性|优良中|高中低|好坏"
    # numbers in characters
    r"|零(?!距离)|百分之|(?<!统)[一二两三四五六七八九十百千]+[次场个项人名家件份期篇套台年月天日季倍成]"
)


# --- Q05


def shortfalls(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """Q05: a target that is surely missed has an explanation, in the text or in the form."""
    explained = explanations(report)
    for row in rows(report):
        if not row.is_measured or is_met(row) is not False:
            continue
        actual, target = row.actual, row.target
        missed = relation.say(
            "missed", target=printed_text(target.stated), actual=printed_text(actual.stated)
        )
        words = explained.get(row.path, "")
        verdict, why = Verdict.INCONSISTENT, relation.say("unexplained", missed=missed)
        if words:
            verdict, why = Verdict.EXACT, relation.say("explained", missed=missed, words=words)
        # The score comes first: what else is asked of its points belongs to the same shortfall.
        points = () if isinstance(row.score.stated, Missing) else (row.score,)
        formula = f"reason given if {actual.path} misses {target.path}"
        finding = simple(relation, verdict, why, (*points, actual, target), formula)
        yield attrs.evolve(finding, subject=actual.label)

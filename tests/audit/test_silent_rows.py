"""What is found in a row does not depend on rows beside it that say nothing."""

from __future__ import annotations

import re
from collections import Counter

import attrs
import pytest

from budgetperf import Indicator, Missing, MissingReason, audit
from tests.factories import form, row, stated

TELLING = (
    row("甲", "≥10次", "13次", completion="120%", score="21", deviation="5%"),
    row("乙", "≥10次", "8次", completion="80%"),
    row("丙", "≤10天", "12天", deviation="10%"),
    row("丁", "完成", Missing(reason=MissingReason.QUALITATIVE, text="基本完成"), score="25"),
    row("戊", "≥90%", "95%", score="-1"),
    row("己", "10个", "1万个"),
    row("低", "≤10件", "12件", completion="70%", deviation="30%"),
    row("庚", "≥95%", "80%"),
    attrs.evolve(
        row("辛", "≥10次", "9次", score="18"),
        midyear=stated("12次"),
        mark=stated("80"),
        scoring_rule="达标得20分，每少1次扣3分",
    ),
)
"""Rows with something wrong, or something to ask about, in each of their columns."""

SILENT = (
    Indicator(name="空"),
    row("没有实际值", "≥10次", None, score=None),
    row("低而没有实际值", "≤10次", None, score=None, completion="100%", deviation="0%"),
    row("没有分值与得分", "≥10次", "11次", weight=None, score=None),
    row(
        "定性",
        "按时完成",
        Missing(reason=MissingReason.QUALITATIVE, text="未完成"),
        weight=None,
        score=None,
    ),
    Indicator(name="没有目标", actual=stated("5个"), explanation="无"),
    Indicator(name="只有分数", weight=stated("5"), score=stated("5")),
)


def found(rows: tuple[Indicator, ...], before: int, rules: str | None) -> Counter[object]:
    """What is found in one or some of the telling rows, of which so many others stand in front."""

    def own_place(match: re.Match[str]) -> str:
        return f"[{int(match[1]) - before}]"

    told = Counter[object]()
    for finding in audit(form(*rows), rules=rules).findings:
        places = [re.match(r"form\.indicators\[(\d+)\]", o.path) for o in finding.operands]
        own = {int(place[1]) - before if place else -1 for place in places}
        if own and own < {*range(len(TELLING))} and finding.code != "J01":
            relation = re.sub(r"\[(\d+)\]", own_place, finding.relation)
            told[finding.code, finding.verdict, finding.reason, relation, finding.why] += 1
    return told


@pytest.mark.parametrize("rules", [None, "yitihua-default", "guangxi-mode", "hebei-tianjin-mode"])
def test_rows_that_say_nothing_change_nothing_in_others(rules: str | None) -> None:
    alone = found(TELLING, 0, rules)
    assert sum(alone.values()) > 60
    for silent in SILENT:
        assert found((silent, *TELLING), 1, rules) == alone
    assert found((*SILENT, *TELLING, *SILENT), len(SILENT), rules) == alone

"""What is found in a row does not depend on what is missing elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from budgetperf import (
    Indicator,
    Missing,
    MissingReason,
    SelfEvaluation,
    Statement,
    audit,
    figures,
    read,
)
from budgetperf.model import Achievement, ListedProject, OtherYear, ProjectList, Survey
from budgetperf.model.paths import put
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


@pytest.mark.parametrize("rules", [None, "yitihua-default", "guangxi-mode"])
def test_rows_that_say_nothing_change_nothing_in_others(rules: str | None) -> None:
    alone = found(TELLING, 0, rules)
    assert sum(alone.values()) > 60
    for silent in SILENT:
        assert found((silent, *TELLING), 1, rules) == alone
    assert found((*SILENT, *TELLING, *SILENT), len(SILENT), rules) == alone


def told_of_rows(report: SelfEvaluation, kept: Collection[int]) -> Counter[object]:
    """What is found in one of these rows alone, but for what all rows together decide (W11)."""
    told = Counter[object]()
    for finding in audit(report).findings:
        places = {operand.path.partition("]")[0] for operand in finding.operands}
        if finding.code not in ("J01", "W11") and places in [
            {f"form.indicators[{number}"} for number in kept
        ]:
            told[finding.code, finding.verdict, finding.reason, finding.relation, finding.why] += 1
    return told


@pytest.mark.parametrize(("first", "reason"), list(enumerate(MissingReason)))
def test_what_is_missing_in_some_rows_changes_nothing_in_others(
    first: int, reason: MissingReason
) -> None:
    whole = form(*TELLING, weight="10", score="8", total="150", revised="90万元", executed="95万元")
    paths = [path for path, _ in figures(whole)][first :: len(MissingReason)]
    kept = [n for n in range(len(TELLING)) if not any(f"[{n}]" in path for path in paths)]
    assert len(kept) > 4
    partial = put(whole, dict.fromkeys(paths, Missing(reason=reason)))
    assert told_of_rows(partial, kept) == told_of_rows(whole, kept)


CLEAN_FILE = Path(__file__).parents[2] / "examples" / "department-2023-clean.md"
CLEAN = read(CLEAN_FILE)


@pytest.mark.parametrize(("first", "reason"), list(enumerate(MissingReason)))
def test_what_is_missing_contradicts_nothing(first: int, reason: MissingReason) -> None:
    """Beside last year's report with the same figures, and with a rule-set or without."""
    then = attrs.evolve(CLEAN, department=attrs.evolve(CLEAN.department, year="2022年"))
    paths = [path for path, _ in figures(CLEAN)][first :: len(MissingReason)]
    partial = put(CLEAN, dict.fromkeys(paths, Missing(reason=reason)))
    rules = ("yitihua-default", None)[first % 2]
    wrong = audit(partial, rules=rules, previous=then).inconsistent
    # Words beside a number that was aimed at are a contradiction of their own.
    words = {"Q01"} if reason is MissingReason.QUALITATIVE else set[str]()
    assert {finding.code for finding in wrong} <= words


SILENT_PARTS: Mapping[type, object] = {
    Achievement: Achievement(name="别的"),
    Indicator: Indicator(),
    Survey: Survey(name="别的"),
    ListedProject: ListedProject(name="别的"),
    OtherYear: OtherYear(year="2019年"),
}


def padded(value: Any) -> Any:
    """The same with a part that says nothing in front of each list, but of those added up."""
    if isinstance(value, tuple):
        first = SILENT_PARTS.get(type(value[0])) if value else None
        return (*([] if first is None else [first]), *map(padded, value))
    if not isinstance(value, (Statement, ProjectList, OtherYear)):
        return value
    names = [field.name for field in attrs.fields(type(value))]
    return attrs.evolve(value, **{name: padded(getattr(value, name)) for name in names})


def told_of(report: SelfEvaluation) -> Counter[object]:
    return Counter(
        (f.code, f.verdict, f.reason, re.sub(r"\[\d+\]", "[k]", f.relation), f.why)
        for f in audit(report).findings
    )


@pytest.mark.parametrize("name", ["department-2023", "department-2023-clean"])
def test_parts_that_say_nothing_change_nothing(name: str) -> None:
    # What is stated again is so of a path, which is another one behind a part more.
    report = attrs.evolve(read(CLEAN_FILE.with_name(f"{name}.md")), repeated=())
    more = attrs.evolve(report, narrative=padded(report.narrative), form=padded(report.form))
    assert len(more.form.indicators) == len(report.form.indicators) + 1
    assert len(more.narrative.achievements) > len(report.narrative.achievements)
    assert told_of(more) == told_of(report)

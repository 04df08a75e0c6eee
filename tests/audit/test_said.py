"""What is said of a figure goes with the verdict on it: no fault is named where there is none.

Each sentence of the catalogue stands here with the outcomes that its own words can mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from budgetperf import (
    Finding,
    Indicator,
    SelfEvaluation,
    Statement,
    audit,
    read,
)
from budgetperf.auditing import relations
from budgetperf.exact.figure import read_figure
from budgetperf.exact.text import PLACE
from budgetperf.model import Goal, LevelCounts, Survey
from tests.audit.test_silent_rows import TELLING
from tests.factories import DASH, form, indicator, row, stated

RIGHT, ASKED, WRONG, OPEN = (
    {"exact", "rounding"}, {"review"}, {"inconsistent"}, {"not-stated", "unchecked"},
)  # fmt: skip

MEANT: dict[str, dict[str, set[str]]] = {
    "gauge-in-order gauge-explained": {"": RIGHT},
    "no-heading perhaps-cut sum-rescaled sum-counted perhaps-incomplete": {"": ASKED},
    "no-ruleset": {"": {"no-ruleset"}},
    "rule-silent": {"": {"rule-silent"}},
    "not-stated not-weighed gauge-lacking budget-lacking": {"": OPEN},
    "rising but-for-rules but-for-rounding": {"W06": RIGHT},
    "fall": {"W06": WRONG},
    "more-falls": {"W06": WRONG},
    "see-score": {"W06": {"by-rule"}},
    "no-operator exceeding own-rule": {"W06": ASKED},
    "explained": {"W06": ASKED, "W12": RIGHT, "W14": RIGHT, "Q05": RIGHT},
    "unexplained": {"W12": ASKED, "Q05": ASKED},
    "claimed denied": {"W12": ASKED},
    "by": {"W10": RIGHT | {"truncated"}},
    "by-none": {"W10": WRONG},
    "undefined": {"W10": {"division-by-zero", "zero-over-zero"}, "W11": {"undefined"}},
    "one-base": {"W11": RIGHT},
    "two-bases": {"W11": ASKED},
    "not-capped": {"W14": RIGHT},
    "words": {"Q01": WRONG, "Q03": ASKED},
    "perhaps-none two-units": {"Q01": ASKED},
    "one-unit": {"Q01": RIGHT},
    "two-kinds": {"Q01": WRONG, "W06": ASKED},
    "fits": {"Q02": RIGHT},
    "whole bound cost satisfaction out-of-reach": {"Q02": ASKED},
    "number telling": {"Q03": RIGHT},
    "share": {"T01": RIGHT},
    "none not-these": {"T01": ASKED},
    "average": {"T01": {"may-be-average"}},
    "no-base": {"T01": OPEN},
    "others": {"T06": RIGHT},
    "same": {"T06": ASKED},
    "together": {"J01": RIGHT},
}
"""By the names of sentences, for each relation that says them, or for all."""

LOOSE = {"heading", "gauge-demanded"}
"""Of these nearly all that is said is filled in: any words would be one of them."""


def meant(code: str, name: str) -> set[str] | None:
    """What a sentence can mean; ``None`` where it says nothing of that by itself."""
    for names, outcomes in MEANT.items():
        if name in names.split() and (code in outcomes or "" in outcomes):
            return outcomes.get(code, outcomes.get(""))
    return None


def patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The sentences of each relation's code, as patterns of both languages joined by a line."""
    found = defaultdict[str, dict[str, re.Pattern[str]]](dict)
    for relation in relations():
        for name in relation.sentences.keys() - LOOSE:
            sentence = relation.sentences[name]
            text = f"{sentence.zh}\n{sentence.en}"
            parts = [re.escape(part) for part in PLACE.split(text)[::2]]
            found[relation.code][f"{relation.id} {name}"] = re.compile(".*?".join(parts), re.DOTALL)
    return {code: [*by_name.items()] for code, by_name in found.items()}


def sentence_of(finding: Finding, known: list[tuple[str, re.Pattern[str]]]) -> str | None:
    """The sentence that the words of a finding are: one that goes on from others comes first."""
    words = f"{finding.why.zh}\n{finding.why.en}"
    fitting = [
        (pattern.pattern.startswith(".*?"), len(pattern.pattern), name)
        for name, pattern in known
        if pattern.fullmatch(words)
    ]
    return max(fitting)[2].partition(" ")[2] if fitting else None


def printed(number: int, target: str, actual: str) -> Indicator:
    """A row with an actual value that need not be a number."""
    base = row(f"甲{number}", target, "1", weight="2", score="2")
    return attrs.evolve(base, actual=read_figure(actual))


def done(name: str, target: str, actual: str, score: str, weight: str = "20") -> Indicator:
    return row(name, target, actual, weight=weight, score=score)


CELLS = (
    ("100%", "1000件"), ("≥12次", "已完成"), ("20万元", "200000元"), ("5件", "5个"), ("0起", "无"),
    ("显著提升", "显著提升"), ("按时完成", "完成"), ("≥266米", "≥266米"), ("≥100%", "100%"),
    ("2021年12月31日", "100%"), ("零事故", "无"),
)  # fmt: skip
QUALITY = (
    *(printed(number, target, actual) for number, (target, actual) in enumerate(CELLS)),
    row("设备购置成本", "≥20万元", "21万元"),
    row("居民满意度", "≤90%", "90%"),
    row("覆盖率", "≥120%", "90%"),
    row("培训场次", "≥10次", "8次", score="10", explanation="超额完成任务"),
    row("演出场次", "≥10次", "8次", score="10", explanation="偏差在合理范围内"),
    row("巡查次数", "≥10次", "8次", score="10", explanation="下半年设备故障，停办两场"),
    row("回访次数", "≥10次", "20次", score="20"),
)
FALLS = (
    done("甲", "≥100次", "80次", "19"), done("乙", "≥100次", "90次", "8"),
    done("丙", "=100次", "85次", "18"), done("丁", "=100次", "90次", "17"),
    done("戊", "100次", "60次", "8", "9"), done("己", "100次", "70次", "7", "9"),
    done("壬", "≥100次", "60次", "6", "7"), done("癸", "≥100次", "70次", "5", "7"),
    done("庚", "≥100次", "60次", "7", "8"), done("辛", "≥100次", "70次", "7.5", "8"),
)  # fmt: skip
LOW = (
    row("甲", "≤10件", "12件", completion="83.33%", deviation="20%"),
    row("乙", "≤0件", "3件", completion="0%"),
    row("丙", "≤0件", "0件", completion="50%"),
    row("丁", "≥90%", "100%", completion="111%", deviation="10%"),
)
HEADINGS = (
    indicator("甲", "产出指标（60分）", "30", "30"), indicator("乙", "", "20", "20"),
    indicator("丙", "效益指标（40分）", "40", DASH),
)  # fmt: skip


def reports() -> Iterator[SelfEvaluation]:
    money = {"initial": "100万元", "revised": "140万元", "executed": "95万元"}
    for table in (TELLING, QUALITY, FALLS, LOW, HEADINGS):
        yield form(*table, weight="10", score="9", total="95", **money)
    yield form(*FALLS, weight="10", score="9", total="95", reason="上级追加", **money)
    level = {"initial": "100万元", "revised": "100万元", "executed": "95万元"}
    one = row("丁", "≥90%", "100%", completion="111%", deviation="11%")
    yield form(one, weight="10", score="9", total="29", **level)
    surveys = (
        Survey(name="甲", satisfaction="97%", is_share=True, sent=100),
        Survey(name="乙", satisfaction="97.5%", is_share=False, sent=50),
        Survey(name="丙", satisfaction="97.94%", is_share=True, sent=100, satisfied=95),
        Survey(name="丁", satisfaction="50%", is_share=True, sent=0),
    )
    yield SelfEvaluation(form=Statement(surveys=surveys))
    yield SelfEvaluation(form=Statement(surveys=surveys[2:3]))
    counted = form(*HEADINGS)
    counts = LevelCounts(level1=stated("3个"), level2=stated("4个"), level3=stated("3个"))
    yield attrs.evolve(counted, narrative=Statement(level_counts=counts))
    yield read(Path(__file__).parents[2] / "examples" / "department-2023.md")


def pairs() -> Iterator[tuple[SelfEvaluation, SelfEvaluation]]:
    """Reports beside those of last year, which differ in some figures and not in their words."""
    words = "受疫情影响，部分活动未能按计划开展，后续将加大力度"
    for now, then, why in (
        ("7场", "8场", words),
        ("7场", "8场", "本年场地检修"),
        ("12场", "8场", words),
    ):
        both = []
        for year, actual, said in ((2023, now, words), (2022, then, why)):
            table = (row("活动场次", "≥10场", actual, weight="10", score="8", explanation=said),)
            report = form(*table, initial="100万元", revised="100万元", executed="80万元")
            goal = Goal(achieved="全年共组织开展活动8场，效果良好，其余按计划完成")
            report = attrs.evolve(report, form=attrs.evolve(report.form, goal=goal))
            department = attrs.evolve(report.department, name="某部门", year=f"{year}年")
            both.append(attrs.evolve(report, department=department))
        yield both[0], both[1]


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str], set[str]]:
    """The outcomes beside which each sentence was said."""
    known = patterns()
    audits = [
        audit(report, rules=rules)
        for report in reports()
        for rules in (None, "guangxi-mode", "national-pilot-2016")
    ]
    audits += [audit(now, previous=then) for now, then in pairs()]
    outcomes = defaultdict[tuple[str, str], set[str]](set)
    for each in audits:
        for finding in each.findings:
            name = sentence_of(finding, known.get(finding.code, []))
            if name is not None:
                outcomes[finding.code, name].add(finding.reason or finding.verdict.value)
    return dict(outcomes)


def test_no_sentence_is_said_beside_another_outcome_than_it_means(
    told: dict[tuple[str, str], set[str]],
) -> None:
    for (code, name), outcomes in told.items():
        due = meant(code, name)
        assert due is None or outcomes <= due, (code, name, outcomes)


def test_most_sentences_are_said_here(told: dict[tuple[str, str], set[str]]) -> None:
    said = {name for _, name in told}
    for names in MEANT:
        assert said & {*names.split()}, names

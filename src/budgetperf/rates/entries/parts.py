"""What the entries of the catalogue are put together from: arguments, documents, kinds."""

from __future__ import annotations

from budgetperf.exact import Text
from budgetperf.model import EvaluationKind

from .definition import Argument, Likelihood, Source, Status, Takes, Trap

__all__ = [
    "BOTH",
    "DEPARTMENT",
    "FRAMEWORK_2020",
    "FRAMEWORK_2020_NAME",
    "PROJECT",
    "PROJECT_2013",
    "REPORTS",
    "days",
    "department_2013",
    "measure",
    "money",
    "number",
    "same_name",
    "trap",
]

DEPARTMENT = (EvaluationKind.DEPARTMENT,)
PROJECT = (EvaluationKind.PROJECT,)
BOTH = (EvaluationKind.DEPARTMENT, EvaluationKind.PROJECT)

_MONEY = Text(zh="元、万元或亿元", en="元, 万元 or 亿元")
_OWN = Text(zh="指标自身的单位", en="the indicator's own unit")
_DAYS = Text(zh="天或其他时间单位", en="days or another unit of time")
_NO_NOTE = Text(zh="", en="")


def money(name: str, zh: str, en: str, note: Text = _NO_NOTE) -> Argument:
    return Argument(name=name, label=Text(zh=zh, en=en), takes=Takes.AMOUNT, unit=_MONEY, note=note)


def number(name: str, zh: str, en: str, unit: Text, note: Text = _NO_NOTE) -> Argument:
    return Argument(name=name, label=Text(zh=zh, en=en), takes=Takes.COUNT, unit=unit, note=note)


def measure(name: str, zh: str, en: str) -> Argument:
    return Argument(name=name, label=Text(zh=zh, en=en), takes=Takes.MEASURE, unit=_OWN)


def days(name: str, zh: str, en: str, note: Text) -> Argument:
    label = Text(zh=zh, en=en)
    return Argument(name=name, label=label, takes=Takes.DURATION, unit=_DAYS, note=note)


def trap(zh: str, en: str, *rates: str) -> Trap:
    return Trap(note=Text(zh=zh, en=en), rates=rates)


def same_name(zh: str, en: str, *rates: str) -> Trap:
    """The same official name, another formula."""
    return trap(f"同名不同式：{zh}", f"same name, other formula: {en}", *rates)


def department_2013(status: Status = Status.UNVERIFIED, *addresses: str) -> Source:
    """Annex 2 of 财预〔2013〕53号."""
    return _framework_2013(Text(zh="附件2", en="annex 2"), status, *addresses)


def _framework_2013(annex: Text, status: Status, *addresses: str) -> Source:
    return Source(
        document=Text(
            zh="财预〔2013〕53号《预算绩效评价共性指标体系框架》",
            en="财预〔2013〕53号, framework of common indicators of budget performance",
        ),
        status=status,
        likelihood=Likelihood.LIKELY if status is Status.UNVERIFIED else None,
        article=annex,
        published="2013-04-21",
        addresses=addresses,
    )


FRAMEWORK_2020_NAME = Text(
    zh="财预〔2020〕10号所附参考框架", en="财预〔2020〕10号, its reference framework"
)
PROJECT_2013 = _framework_2013(Text(zh="附件1", en="annex 1"), Status.UNVERIFIED)
FRAMEWORK_2020 = Source(
    document=FRAMEWORK_2020_NAME,
    status=Status.UNVERIFIED,
    likelihood=Likelihood.LIKELY,
    article=Text(zh="附件", en="annex"),
    published="2020-02",
)
REPORTS = Source(
    document=Text(zh="公开的绩效自评报告", en="published self-evaluation reports"),
    status=Status.OBSERVED,
)

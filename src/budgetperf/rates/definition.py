"""What the catalogue says of a rate: its names, arguments, formula, sources and traps."""

from __future__ import annotations

import enum
from collections.abc import Callable

import attrs

from budgetperf.exact import Rate, Text, Undefined
from budgetperf.model import EvaluationKind

__all__ = ["Argument", "Likelihood", "RateDefinition", "Source", "Status", "Takes", "Trap"]


class Status(enum.Enum):
    """What a formula rests on. Only ``TEXT`` and ``FORM`` are official."""

    TEXT = "text"
    FORM = "form"
    IMPLEMENTATION = "implementation"
    OBSERVED = "observed"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> Text:
        return _STATUS[self]

    @property
    def is_official(self) -> bool:
        """Whether a text or a published form was read."""
        return self in (Status.TEXT, Status.FORM)


_STATUS = {
    Status.TEXT: Text(zh="法规原文", en="text of a regulation"),
    Status.FORM: Text(zh="公开表样", en="published form"),
    Status.IMPLEMENTATION: Text(
        zh="系统实现（非官方规定）", en="implementation (practice, not a regulation)"
    ),
    Status.OBSERVED: Text(
        zh="由公开报告观察所得（未见规则原文）", en="observed in a report (rule text not found)"
    ),
    Status.UNVERIFIED: Text(zh="未核实（未读到原文）", en="unverified (the text was not read)"),
}


class Likelihood(enum.Enum):
    """How likely what is unverified is to be right. The values are stable codes."""

    LIKELY = "likely"
    UNCERTAIN = "uncertain"

    @property
    def label(self) -> Text:
        if self is Likelihood.LIKELY:
            return Text(zh="很可能如此", en="likely")
        return Text(zh="不确定", en="uncertain")


class Takes(enum.Enum):
    """What an argument of a rate is. The values are stable codes."""

    AMOUNT = "amount"
    """An ``Amount``."""
    AMOUNTS = "amounts"
    """Any number of ``Amount``."""
    COUNT = "count"
    """A ``Count``."""
    RATE = "rate"
    """A ``Rate``."""
    MEASURE = "measure"
    """A ``Measured``: a quantity or a bare number, in the indicator's own unit."""
    DURATION = "duration"
    """A ``Duration``: a number of days, or of another unit of time."""
    DEVIATION = "deviation-definition"
    """A ``DeviationDefinition``."""

    @property
    def label(self) -> Text:
        return _TAKES[self]


_TAKES = {
    Takes.AMOUNT: Text(zh="金额", en="an amount of money"),
    Takes.AMOUNTS: Text(zh="若干笔金额", en="amounts of money"),
    Takes.COUNT: Text(zh="个数", en="a count"),
    Takes.RATE: Text(zh="比率", en="a rate"),
    Takes.MEASURE: Text(zh="数量或比率", en="a quantity or a bare number"),
    Takes.DURATION: Text(zh="时长", en="a length of time"),
    Takes.DEVIATION: Text(zh="偏差率口径", en="a definition of the deviation"),
}

_NONE = Text(zh="", en="")
_MONEY = Text(zh="元、万元或亿元", en="元, 万元 or 亿元")
_UNITS = {
    Takes.AMOUNT: _MONEY,
    Takes.AMOUNTS: _MONEY,
    Takes.RATE: Text(zh="%", en="%"),
    Takes.MEASURE: Text(zh="指标自身的单位", en="the indicator's own unit"),
    Takes.DURATION: Text(zh="天或其他时间单位", en="days or another unit of time"),
}


def _unit(argument: Argument) -> Text:
    return _UNITS.get(argument.takes, _NONE)


@attrs.frozen(kw_only=True)
class Argument:
    """One argument of a rate.

    Args:
        name: the name of the keyword.
        label: what the field calls it; the formula is written with these labels.
        takes: what it is.
        unit: the units that it may be in; those of ``takes`` if not given, empty for none.
        note: what belongs to it and what does not, where a source says so.
    """

    name: str
    label: Text
    takes: Takes
    unit: Text = attrs.Factory(_unit, takes_self=True)
    note: Text = _NONE


@attrs.frozen(kw_only=True)
class Source:
    """A document that has the rate, or says something of it.

    Args:
        document: its title or number.
        status: how well it is known.
        likelihood: for what is unverified, how likely it is to be right.
        article: where in it, if that is known.
        published: the day or month, such as ``2013-04-21``, if it is known.
        addresses: where on the web it was read, without the scheme.
        note: what this document says, where it is not simply the formula.
    """

    document: Text
    status: Status
    likelihood: Likelihood | None = None
    article: Text = _NONE
    published: str = ""
    addresses: tuple[str, ...] = ()
    note: Text = _NONE

    @property
    def standing(self) -> Text:
        """The status in words, with the likelihood."""
        status = self.status.label
        if self.likelihood is None:
            return status
        likelihood = self.likelihood.label
        return Text(zh=f"{status.zh}，{likelihood.zh}", en=f"{status.en}, {likelihood.en}")


@attrs.frozen(kw_only=True)
class Trap:
    """What is easily taken for something else.

    Args:
        note: what to mind.
        rates: the ids of the rates that it may be taken for.
    """

    note: Text
    rates: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RateDefinition:
    """One rate of the catalogue.

    Args:
        id: a stable code.
        title: the field's name. Different rates may have the same Chinese name.
        kinds: whether departments, projects or both report it.
        function: what computes it; it takes ``arguments`` by keyword.
        arguments: in the order of the function.
        formula: in the labels of the arguments.
        sources: what it rests on; the first one is that of the formula.
        traps: what it may be taken for.

    >>> from budgetperf.rates import catalogue
    >>> rate = catalogue["staffing-control-rate"]
    >>> rate.title.zh, rate.formula.zh, rate.status.value
    ('在职人员控制率', '在职人员数 ÷ 编制数 × 100%', 'form')
    """

    id: str
    title: Text
    kinds: tuple[EvaluationKind, ...]
    function: Callable[..., Rate | Undefined]
    arguments: tuple[Argument, ...]
    formula: Text
    sources: tuple[Source, ...]
    traps: tuple[Trap, ...] = ()

    @property
    def status(self) -> Status:
        """How well the formula is known."""
        return self.sources[0].status

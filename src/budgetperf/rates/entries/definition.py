"""What the catalogue says of a rate: its names, arguments, formula, sources and traps."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from budgetperf.exact import COMMA, Labelled, Rate, Text, Undefined
from budgetperf.model import EvaluationKind

__all__ = ["Argument", "Likelihood", "RateDefinition", "Source", "Status", "Takes", "Trap"]


class Status(Labelled):
    """What a formula rests on. Only ``TEXT`` and ``FORM`` are official."""

    TEXT = ("text", "法规原文", "text of a regulation")
    FORM = ("form", "公开表样", "published form")
    IMPLEMENTATION = (
        "implementation",
        "系统实现（非官方规定）",
        "implementation (practice, not a regulation)",
    )
    OBSERVED = (
        "observed",
        "由公开报告观察所得（未见规则原文）",
        "observed in a report (rule text not found)",
    )
    UNVERIFIED = ("unverified", "未核实（未读到原文）", "unverified (the text was not read)")

    @property
    def is_official(self) -> bool:
        """Whether a text or a published form was read."""
        return self in (Status.TEXT, Status.FORM)


class Likelihood(Labelled):
    """How likely what is unverified is to be right. The values are stable codes."""

    LIKELY = ("likely", "很可能如此", "likely")
    UNCERTAIN = ("uncertain", "不确定", "uncertain")


class Takes(Labelled):
    """What an argument of a rate is. The values are stable codes."""

    AMOUNT = ("amount", "金额", "an amount of money")
    """An ``Amount``."""
    AMOUNTS = ("amounts", "若干笔金额", "amounts of money")
    """Any number of ``Amount``."""
    COUNT = ("count", "个数", "a count")
    """A ``Count``."""
    RATE = ("rate", "比率", "a rate")
    """A ``Rate``."""
    MEASURE = ("measure", "数量或比率", "a quantity or a bare number")
    """A ``Measured``: a quantity or a bare number, in the indicator's own unit."""
    DURATION = ("duration", "时长", "a length of time")
    """A ``Duration``: a number of days, or of another unit of time."""
    DEVIATION = ("deviation-definition", "偏差率口径", "a definition of the deviation")
    """A ``DeviationDefinition``."""


_NONE = Text(zh="", en="")


@attrs.frozen(kw_only=True)
class Argument:
    """One argument of a rate.

    Args:
        name: the name of the keyword.
        label: what the field calls it; the formula is written with these labels.
        takes: what it is.
        unit: the units that it may be in; empty for what has none.
        note: what belongs to it and what does not, where a source says so.
    """

    name: str
    label: Text
    takes: Takes
    unit: Text = _NONE
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
        return COMMA.join((status, likelihood))


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

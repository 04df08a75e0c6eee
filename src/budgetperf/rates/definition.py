"""What the catalogue says of a rate: its names, arguments, formula, sources and traps."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from budgetperf.citations import Provision, Status
from budgetperf.exact import LIST, NO_WORDS, Labelled, NotFoundError, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.shown import Shown
from budgetperf.exact.text import shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.model import EvaluationKind

from .inputs import Computed

__all__ = ["Argument", "RateCatalogue", "RateDefinition", "Takes", "Trap"]


class Takes(Labelled):
    """What an argument of a rate is. The values are stable codes."""

    AMOUNT = ("amount", "金额", "an amount of money")
    """A ``Money``: an ``Amount``, or a figure of a report."""
    AMOUNTS = ("amounts", "若干笔金额", "amounts of money")
    """Any number of ``Money``."""
    COUNT = ("count", "个数", "a count")
    """A ``Counted``: a ``Count``, or a figure of a report."""
    RATE = ("rate", "比率", "a rate")
    """A ``Ratio``: a ``Rate``, or a figure of a report."""
    MEASURE = ("measure", "数量或比率", "a quantity or a bare number")
    """A ``Measured``: a quantity, a figure or a bare number, in the indicator's own unit."""
    DURATION = ("duration", "时长", "a length of time")
    """A ``Duration``: a number of days, or of another unit of time, or a figure."""
    DEVIATION = ("deviation-definition", "偏差率口径", "a definition of the deviation")
    """A ``DeviationDefinition``."""


_MONEY = Text(zh="元、万元或亿元", en="yuan, wan yuan or yi yuan")
_UNITS = {
    Takes.AMOUNT: _MONEY,
    Takes.AMOUNTS: _MONEY,
    Takes.RATE: Text(zh="%", en="%"),
    Takes.MEASURE: Text(zh="指标自身的单位", en="the indicator's own unit"),
    Takes.DURATION: Text(zh="天或其他时间单位", en="days or another unit of time"),
}


def _unit(argument: Argument) -> Text:
    return _UNITS.get(argument.takes, NO_WORDS)


@attrs.frozen(kw_only=True)
class Argument(Called):
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
    note: Text = NO_WORDS


@attrs.frozen(kw_only=True)
class Trap(Called):
    """What is easily taken for something else.

    Args:
        note: what to mind.
        rates: the ids of the rates that it may be taken for.
    """

    note: Text
    rates: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RateDefinition(Shown):
    """One rate of the catalogue.

    Args:
        id: a stable code.
        title: the field's name. Different rates may have the same Chinese name.
        kinds: whether departments, projects or regions report it, or several of these.
        function: what computes it; it takes ``arguments`` by keyword.
        arguments: in the order of the function.
        formula: in the labels of the arguments.
        sources: what it rests on; the first one is that of the formula.
        traps: what it may be taken for.

    >>> from budgetperf.rates import catalogue
    >>> rate = catalogue["staffing-control-rate"]
    >>> rate.title.zh, rate.formula.zh, rate.status.value
    ('在职人员控制率', '在职人员数 ÷ 编制数 × 100%', 'text')
    """

    id: str
    title: Text
    kinds: tuple[EvaluationKind, ...]
    function: Callable[..., Computed]
    arguments: tuple[Argument, ...]
    formula: Text
    sources: tuple[Provision, ...]
    traps: tuple[Trap, ...] = ()

    @property
    def status(self) -> Status:
        """How well the formula is known."""
        return self.sources[0].status

    def __repr__(self) -> str:
        names = ", ".join(argument.name for argument in self.arguments)
        return in_brief(self, f"{self.id}({names})")


def _by_id(rates: Mapping[str, RateDefinition]) -> Mapping[str, RateDefinition]:
    return dict(rates)


@attrs.frozen(repr=False)
class RateCatalogue(Shown, Mapping[str, RateDefinition]):
    """Rates by their ids, in the order in which they are listed.

    Args:
        rates: the rates.
    """

    rates: Mapping[str, RateDefinition] = attrs.field(converter=_by_id)

    def __getitem__(self, id: str) -> RateDefinition:
        try:
            return self.rates[id]
        except (KeyError, TypeError):
            raise _no_such(id, tuple(self.rates)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.rates)

    def __len__(self) -> int:
        return len(self.rates)

    def __repr__(self) -> str:
        return in_brief(self, f"{len(self)}: {', '.join(self)}")


def _no_such(id: object, known: Sequence[str]) -> NotFoundError:
    words = id.strip().lower().replace("_", "-") if isinstance(id, str) else ""
    near = difflib.get_close_matches(words, known, n=3)
    message = Text(
        zh="没有比率 {}；{}全部见 bp.rates.catalogue",
        en="there is no rate {}; {}bp.rates.catalogue lists all",
    )
    meant = (
        Text(zh="是否为 {}？", en="did you mean {}? ").fill(LIST.join(near)) if near else NO_WORDS
    )
    return NotFoundError("unknown-rate", message.fill(shown(id), meant), field="id")

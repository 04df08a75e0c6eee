"""Rates as plain text."""

from __future__ import annotations

from budgetperf.display.words import heads
from budgetperf.exact import COLON, Text, in_brackets
from budgetperf.rates import RateCatalogue, RateDefinition

from .lines import joined_lines
from .tables import table_text

__all__ = ["catalogue_text", "rate_text"]


def rate_text(rate: RateDefinition, *, lang: str) -> str:
    """One rate: its formula, its arguments, what it rests on, what it may be taken for."""
    lines = [rate.title + in_brackets(Text.of(rate.id)), rate.formula]
    lines += [
        Text(zh="  {}：{}", en="  {}: {}").fill(argument.name, argument.label)
        for argument in rate.arguments
    ]
    lines.append(COLON.join((Text(zh="依据", en="rests on"), rate.status.label)))
    lines += [trap.note for trap in rate.traps]
    return joined_lines(line.pick(lang) for line in lines)


def catalogue_text(rates: RateCatalogue, *, lang: str) -> str:
    """The rates, one a line: id, name, formula."""
    rows = [tuple(heads(lang, ("标识", "id"), ("名称", "rate"), ("公式", "formula")))]
    rows += [(id, rate.title.pick(lang), rate.formula.pick(lang)) for id, rate in rates.items()]
    return table_text(rows)

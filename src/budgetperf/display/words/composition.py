"""Completed reports in words: the same for plain text and for notebooks."""

from __future__ import annotations

from budgetperf.composing import Asked, Composition, Computed, LeftOpen
from budgetperf.exact import NO_WORDS, SEMICOLON, Figure, Text, Unit, in_brackets
from budgetperf.exact.rounding import approximate_text
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of
from budgetperf.relations.words import printed_text, range_text

from . import heads

__all__ = [
    "asked_cells",
    "asked_heads",
    "computed_cells",
    "computed_heads",
    "open_cells",
    "open_heads",
    "summary_text",
]


def summary_text(done: Composition) -> Text:
    """How much was computed, and what is left to do."""
    counts = map(len, (done.computed, done.left_open, done.asked, done.conflicts))
    words = Text(
        zh="计算 {} 项；待填 {} 项，须说明 {} 处，与所填不符 {} 处",
        en="computed: {}; left open: {}, reasons asked: {}, conflicts: {}",
    )
    return words.fill(*counts)


def computed_heads(lang: str) -> list[str]:
    """The heads above what was computed."""
    names = (("结果", "result"), ("关系", "by"), ("由何算得", "computed from"))
    return heads(lang, ("项目", "figure"), *names)


def computed_cells(computed: Computed, lang: str) -> tuple[str, ...]:
    """A figure, how it is printed, the relation, and what it was computed from."""
    result = computed.result
    shown = printed_text(result) if isinstance(result, Figure) else Text.of(computed.text)
    return computed.label.pick(lang), shown.pick(lang), computed.code, _how(computed).pick(lang)


def _how(computed: Computed) -> Text:
    steps = [step.title + f" = {approximate_text(step.value)}" for step in computed.steps]
    how = SEMICOLON.join([computed.how, *steps])
    result, rounding = computed.result, computed.rounding
    if rounding is None or computed.exact is None or not isinstance(result, Figure):
        return how
    value = f"{approximate_text(computed.exact / result.unit.scale)}{result.unit.symbol}"
    exact = Text(zh="精确值 {}，{}", en="exactly {}, rounded {}").fill(value, rounding.label)
    return how + in_brackets(exact)


def open_heads(lang: str) -> list[str]:
    """The heads above what was left open."""
    return heads(lang, ("项目", "figure"), ("范围", "range"), ("原因", "why"))


def open_cells(left_open: LeftOpen, lang: str) -> tuple[str, ...]:
    """A figure, the values that are admitted, and why none follows."""
    return left_open.label.pick(lang), _range(left_open).pick(lang), left_open.why.pick(lang)


def _range(left_open: LeftOpen) -> Text:
    within = left_open.admissible
    if within is None:
        return NO_WORDS
    if kind_of(left_open.path) is FigureKind.SCORE:
        points = range_text(within, Unit.of(""), _PLACES)
        return Text(zh="{} 分", en="{} points").fill(points)
    return range_text(within, Unit.of("%"), _PLACES)


_PLACES = 2


def asked_heads(lang: str) -> list[str]:
    """The heads above the reasons that are due."""
    return heads(lang, ("填在何处", "where"), ("原因", "why"))


def asked_cells(asked: Asked, lang: str) -> tuple[str, ...]:
    """Where a reason is to stand, and what asks for it."""
    return asked.label.pick(lang), asked.why.pick(lang)

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


def computed_cells(one: Computed, lang: str) -> tuple[str, ...]:
    """A figure, how it is printed, the relation, and what it was computed from."""
    shown = printed_text(one.result) if isinstance(one.result, Figure) else Text.of(one.text)
    return one.label.pick(lang), shown.pick(lang), one.code, _how(one).pick(lang)


def _how(one: Computed) -> Text:
    steps = [step.title + f" = {approximate_text(step.value)}" for step in one.steps]
    said = SEMICOLON.join([one.how, *steps])
    if one.rounding is None or one.exact is None or not isinstance(one.result, Figure):
        return said
    unit = one.result.unit
    value = f"{approximate_text(one.exact / unit.scale)}{unit.symbol}"
    exact = Text(zh="精确值 {}，{}", en="exactly {}, rounded {}").fill(value, one.rounding.label)
    return said + in_brackets(exact)


def open_heads(lang: str) -> list[str]:
    """The heads above what was left open."""
    return heads(lang, ("项目", "figure"), ("范围", "range"), ("原因", "why"))


def open_cells(one: LeftOpen, lang: str) -> tuple[str, ...]:
    """A figure, the values that are admitted, and why none follows."""
    return one.label.pick(lang), _range(one).pick(lang), one.why.pick(lang)


def _range(one: LeftOpen) -> Text:
    within = one.admissible
    if within is None:
        return NO_WORDS
    if kind_of(one.path) is FigureKind.SCORE:
        points = range_text(within, Unit.of(""), _PLACES)
        return Text(zh="{} 分", en="{} points").fill(points)
    return range_text(within, Unit.of("%"), _PLACES)


_PLACES = 2


def asked_heads(lang: str) -> list[str]:
    """The heads above the reasons that are due."""
    return heads(lang, ("填在何处", "where"), ("原因", "why"))


def asked_cells(one: Asked, lang: str) -> tuple[str, ...]:
    """Where a reason is to stand, and what asks for it."""
    return one.label.pick(lang), one.why.pick(lang)

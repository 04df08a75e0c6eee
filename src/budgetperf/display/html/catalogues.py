"""The catalogues in a notebook: rule-sets, and rates."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.display.words import heads
from budgetperf.exact import COMMA, LIST, Text
from budgetperf.rates import RateCatalogue, RateDefinition
from budgetperf.rules import Rulesets

from .markup import Markup, counted, facts, joined, sheet, table, tag
from .ruleset import standing

__all__ = ["catalogue_html", "rate_html", "rulesets_html"]


def rulesets_html(rulesets: Rulesets, *, lang: str = "zh") -> str:
    """The rule-sets that are shipped, one a row."""
    head = heads(
        lang,
        ("规则集", "rule-set"),
        ("名称", "title"),
        ("地区", "place"),
        ("施行", "effective"),
        ("依据", "rests on"),
    )
    rows = [
        [
            tag("code", rules.id),
            rules.title.pick(lang),
            rules.place.pick(lang) or "—",
            rules.effective or "—",
            standing(rules.status, lang),
        ]
        for rules in rulesets
    ]
    title = counted(Text(zh="规则集", en="Rule-sets"), len(rows), lang)
    kinds = ("", "", "", "bp-short", "")
    return sheet(table(head, rows, caption=title, kinds=kinds, cls="bp-wide"), lang=lang)


def catalogue_html(rates: RateCatalogue, *, lang: str = "zh") -> str:
    """The rates, one a row, with their formulas."""
    head = heads(
        lang,
        ("比率", "rate"),
        ("公式", "formula"),
        ("函数", "function"),
        ("依据", "rests on"),
    )
    rows = [
        [rate.title.pick(lang), rate.formula.pick(lang), _call(rate), standing(rate.status, lang)]
        for rate in rates.values()
    ]
    title = counted(Text(zh="各种比率", en="Rates"), len(rows), lang)
    return sheet(table(head, rows, caption=title, cls="bp-wide"), lang=lang)


def rate_html(rate: RateDefinition, *, lang: str = "zh") -> str:
    """One rate: its formula, its arguments, what it rests on, what it may be taken for."""
    return sheet(*_rate(rate, lang), lang=lang)


def _rate(rate: RateDefinition, lang: str) -> Iterator[str]:
    yield tag("p", rate.title.pick(lang), cls="bp-title")
    yield tag("p", standing(rate.status, lang))
    kinds = LIST.join(kind.label for kind in rate.kinds)
    yield facts(
        (
            (Text(zh="公式", en="formula").pick(lang), rate.formula.pick(lang)),
            (Text(zh="函数", en="function").pick(lang), _call(rate)),
            (Text(zh="用于", en="reported for").pick(lang), kinds.pick(lang)),
        )
    )
    head = heads(lang, ("参数", "argument"), ("名称", "label"), ("类型", "takes"), ("单位", "unit"))
    yield table(
        head,
        [
            [
                tag("code", argument.name),
                COMMA.join(filter(None, (argument.label, argument.note))).pick(lang),
                argument.takes.label.pick(lang),
                argument.unit.pick(lang) or "—",
            ]
            for argument in rate.arguments
        ],
        cls="bp-facts",
    )
    if rate.traps:
        traps = (tag("li", trap.note.pick(lang)) for trap in rate.traps)
        yield tag("p", tag("b", Text(zh="易错之处", en="What to mind").pick(lang)))
        yield tag("ul", *traps)


def _call(rate: RateDefinition) -> Markup:
    names = ", ".join(f"{argument.name}=" for argument in rate.arguments)
    return joined([tag("code", f"{rate.function.__name__}({names})")])

"""A rule-set in a notebook: what it rests on, its curves, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetperf.citations import Status
from budgetperf.display.words import ruleset as wording
from budgetperf.display.words.ruleset import (
    NO_RULESET,
    RULESET,
    SHARE,
    Drawn,
    Said,
    Section,
    standing_text,
)
from budgetperf.exact import Text
from budgetperf.rules.curve import percent_text
from budgetperf.rules.ruleset import RuleSet

from .markup import Markup, facts, joined, label, sheet, table, tag
from .pictures.curve import curve_figure

__all__ = ["ruleset_html", "ruleset_line", "standing"]


def ruleset_html(rules: RuleSet, *, lang: str = "zh") -> str:
    """The rule-set as HTML, in full."""
    return sheet(*_parts(rules, lang), lang=lang)


def standing(status: Status, lang: str) -> Markup:
    """What a rule rests on; said aloud where that is no official text."""
    return label(standing_text(status).pick(lang), "good" if status.is_official else "warn")


def ruleset_line(rules: RuleSet | None, lang: str) -> Markup:
    """The rule-set that something was done by, with what it rests on."""
    if rules is None:
        return tag("p", NO_RULESET.pick(lang))
    name = RULESET.pick(lang), tag("code", rules.id), " "
    return tag("p", *name, rules.title.pick(lang), " ", standing(rules.status, lang))


def _parts(rules: RuleSet, lang: str) -> Iterator[str]:
    yield tag("p", rules.title.pick(lang), cls="bp-title")
    yield tag("p", standing(rules.status, lang))
    if rules.note.pick(lang):
        yield tag("p", rules.note.pick(lang))
    yield facts(
        (fact.label.pick(lang), _lines(fact.values, lang) or "—") for fact in wording.facts(rules)
    )
    for section in wording.sections(rules):
        if section.rows:
            yield _table(section, lang)
        else:
            yield tag("div", *_card(section, lang), cls="bp-card")


def _table(section: Section, lang: str) -> Markup:
    return table(
        [head.pick(lang) for head in section.head],
        [[_said(cell, lang) for cell in row] for row in section.rows],
        caption=section.title.pick(lang),
        cls="bp-facts",
    )


def _card(section: Section, lang: str) -> Iterator[str]:
    if section.status is not None:
        yield tag("p", standing(section.status, lang))
    if not section.curves:
        yield tag("p", tag("b", section.title.pick(lang)))
    for drawn in section.curves:
        yield _curve(drawn, lang)
        yield tag("p", drawn.reach.pick(lang))
    for remark in section.remarks:
        yield tag("p", _said(remark, lang))


def _lines(several: Iterable[Said], lang: str) -> Markup:
    return joined((_said(words, lang) for words in several), Markup("<br>"))


def _said(words: Said, lang: str) -> str:
    text = words.text.pick(lang)
    if words.status is not None:
        return joined((text, " ", standing(words.status, lang)))
    return tag("code", text) if words.is_code else text


def _curve(drawn: Drawn, lang: str) -> Markup:
    """The knots, with the values beside them if the curve jumps; and the picture."""
    knots = drawn.curve.knots
    head = [drawn.measure.pick(lang), SHARE.pick(lang)]
    rows = [[percent_text(knot.x), percent_text(knot.y)] for knot in knots]
    if any(knot.left is not None or knot.right is not None for knot in knots):
        head.append(Text(zh="刚好低于此处", en="just below").pick(lang))
        head.append(Text(zh="刚好高于此处", en="just above").pick(lang))
        for row, knot in zip(rows, knots, strict=True):
            row += [percent_text(knot.before), percent_text(knot.after)]
    numbers = ["bp-number"] * len(head)
    caption = drawn.title.pick(lang)
    values = table(head, rows, caption=caption, kinds=numbers, cls="bp-facts")
    picture = curve_figure(drawn.curve, title=drawn.title, measure=drawn.measure, lang=lang)
    return tag("div", values, picture, cls="bp-beside")

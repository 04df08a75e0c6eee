"""Scores under a rule-set in a notebook: beside what was stated, with the steps that led there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetperf.display.words.scorecard import (
    admissible_text,
    line_name,
    rating_text,
    score_heads,
    step_text,
)
from budgetperf.exact import Text, decimal_text
from budgetperf.exact.rounding import approximate_text
from budgetperf.scoring import Scorecard, ScoreLine, Step

from .markup import Markup, counted, fold, joined, label, sheet, table, tag
from .pictures.charts import scorecard_figure
from .receipt import receipt_note
from .ruleset import ruleset_line

__all__ = ["line_html", "scorecard_html"]


def scorecard_html(card: Scorecard, *, lang: str = "zh") -> str:
    """The scorecard as HTML: weight, stated and recomputed score of each row, then the total."""
    return sheet(*_parts(card, lang), lang=lang)


def _parts(card: Scorecard, lang: str) -> Iterator[str]:
    yield tag(
        "p", Text(zh="按规则集重算的得分", en="Scores by a rule-set").pick(lang), cls="bp-title"
    )
    yield ruleset_line(card.rules, lang)
    yield _table(card.lines, lang)
    yield tag("p", *_total(card, lang))
    yield tag("div", scorecard_figure(card, lang))
    if card.steps:
        yield _steps(card.steps, lang)
    for remark in card.remarks:
        yield tag("p", remark.pick(lang))
    if any(_differs(line) for line in card.lines):
        judged = Text(
            zh="填列得分与重算得分之差是否只是舍入，由复核判定（W04）",
            en="the audit says whether a difference is only rounding (W04)",
        )
        yield tag("p", judged.pick(lang), cls="bp-soft")
    yield receipt_note(card.receipt, lang)


def line_html(line: ScoreLine, *, lang: str = "zh") -> str:
    """One row of a scorecard as HTML."""
    return sheet(_table([line], lang), lang=lang)


def _table(lines: Sequence[ScoreLine], lang: str) -> Markup:
    return table(
        score_heads(lang, ("说明", "how")),
        [_cells(line, lang) for line in lines],
        kinds=["bp-name", *["bp-number"] * 3, "bp-rest"],
    )


def _cells(line: ScoreLine, lang: str) -> list[str]:
    silent = tag("span", Text(zh="未填报", en="not stated").pick(lang), cls="bp-none")
    return [
        line_name(line, lang),
        silent if line.weight is None else str(line.weight),
        silent if line.stated is None else str(line.stated),
        _score(line, lang),
        joined(_how(line, lang)),
    ]


def _score(line: ScoreLine, lang: str) -> str:
    if line.score is None:
        if line.admissible is not None:
            return admissible_text(line.admissible)
        return label(Text(zh="无法得出", en="cannot be computed").pick(lang), "open")
    if not _differs(line):
        return approximate_text(line.score.value)
    differs = Text(zh="与填列不同", en="differs").pick(lang)
    return joined((approximate_text(line.score.value), Markup("<br>"), label(differs, "warn")))


def _differs(line: ScoreLine) -> bool:
    return line.stated is not None and line.score is not None and line.stated != line.score


def _how(line: ScoreLine, lang: str) -> Iterator[str]:
    if line.why is not None:
        yield line.why.pick(lang)
    for remark in line.remarks:
        yield tag("div", remark.pick(lang), cls="bp-soft")
    if line.steps:
        yield _steps(line.steps, lang)


def _steps(steps: Sequence[Step], lang: str) -> Markup:
    lines = [step_text(step, lang) for step in steps]
    title = Text(zh="计算步骤", en="steps")
    return fold(counted(title, len(lines), lang), tag("ol", *(tag("li", line) for line in lines)))


def _total(card: Scorecard, lang: str) -> Iterator[str]:
    yield Text(zh="总分：", en="total: ").pick(lang)
    if card.total is not None:
        yield tag("b", approximate_text(card.total.value))
        full = decimal_text(card.rules.total)
        yield Text(zh=f"，满分 {full}", en=f" of {full}").pick(lang)
    elif card.admissible is not None:
        open_total = Text(
            zh="不能得出单一总分，在 {} 之内", en="there is no single total; it lies within {}"
        )
        yield open_total.fill(admissible_text(card.admissible)).pick(lang)
    else:
        yield Text(zh="不能得出总分", en="no total can be computed").pick(lang)
    rating = rating_text(card, lang)
    if rating:
        yield Text(zh="；评价等级：", en="; rating: ").pick(lang) + rating

"""Scores under a rule-set in a notebook: beside what was stated, with the steps that led there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Protocol

from budgetperf.citations import Status
from budgetperf.display.words import heads
from budgetperf.exact import Interval, Points, Text, decimal_text
from budgetperf.exact.rounding import approximate_text
from budgetperf.rules.ruleset import RuleSet
from budgetperf.scoring.marks import with_standing

from .markup import Markup, counted, fold, joined, label, sheet, table, tag
from .ruleset import ruleset_line

__all__ = ["admissible_text", "rating_text", "scorecard_html"]


class _Step(Protocol):
    @property
    def title(self) -> Text: ...
    @property
    def value(self) -> Fraction: ...


class _Line(Protocol):
    """A row of a scorecard, as far as it is shown: scoring stands on a floor above."""

    @property
    def name(self) -> str: ...
    @property
    def weight(self) -> Points | None: ...
    @property
    def stated(self) -> Points | None: ...
    @property
    def score(self) -> Points | None: ...
    @property
    def admissible(self) -> Interval | None: ...
    @property
    def steps(self) -> Sequence[_Step]: ...
    @property
    def why(self) -> Text | None: ...
    @property
    def remarks(self) -> Sequence[Text]: ...


class _Scorecard(Protocol):
    @property
    def rules(self) -> RuleSet: ...
    @property
    def lines(self) -> Sequence[_Line]: ...
    @property
    def total(self) -> Points | None: ...
    @property
    def admissible(self) -> Interval | None: ...
    @property
    def rating(self) -> str | None: ...
    @property
    def rating_status(self) -> Status | None: ...
    @property
    def steps(self) -> Sequence[_Step]: ...
    @property
    def remarks(self) -> Sequence[Text]: ...


def scorecard_html(card: _Scorecard, *, lang: str = "zh") -> str:
    """The scorecard as HTML: weight, stated and recomputed score of each row, then the total."""
    return sheet(*_parts(card, lang), lang=lang)


def _parts(card: _Scorecard, lang: str) -> Iterator[str]:
    yield tag(
        "p", Text(zh="按规则集重算的得分", en="Scores by a rule-set").pick(lang), cls="bp-title"
    )
    yield ruleset_line(card.rules, lang)
    head = heads(
        lang,
        ("指标", "indicator"),
        ("分值", "weight"),
        ("所填", "stated"),
        ("应得", "score"),
        ("说明", "how"),
    )
    yield table(
        head,
        [_cells(line, lang) for line in card.lines],
        kinds=["", *["bp-number"] * 3, "bp-rest"],
    )
    yield tag("p", *_total(card, lang))
    if card.steps:
        yield _steps(card.steps, lang)
    for remark in card.remarks:
        yield tag("p", remark.pick(lang))
    if any(_differs(line) for line in card.lines):
        judged = Text(
            zh="所填得分与重算得分之差是否只是舍入，由复核判定（W04）",
            en="whether a difference is only rounding, the audit says (W04)",
        )
        yield tag("p", judged.pick(lang), cls="bp-soft")


def _cells(line: _Line, lang: str) -> list[str]:
    is_own = lang == "en" and line.name == "预算执行率"  # our name of the row, not the report's
    silent = tag("span", Text(zh="未填报", en="not stated").pick(lang), cls="bp-none")
    return [
        "budget execution" if is_own else line.name,
        silent if line.weight is None else str(line.weight),
        silent if line.stated is None else str(line.stated),
        _score(line, lang),
        joined(_how(line, lang)),
    ]


def _score(line: _Line, lang: str) -> str:
    if line.score is None:
        if line.admissible is not None:
            return admissible_text(line.admissible)
        return label(Text(zh="得不出", en="does not follow").pick(lang), "open")
    if not _differs(line):
        return approximate_text(line.score.value)
    differs = Text(zh="与所填不同", en="differs").pick(lang)
    return joined((approximate_text(line.score.value), Markup("<br>"), label(differs, "warn")))


def _differs(line: _Line) -> bool:
    return line.stated is not None and line.score is not None and line.stated != line.score


def _how(line: _Line, lang: str) -> Iterator[str]:
    if line.why is not None:
        yield line.why.pick(lang)
    for remark in line.remarks:
        yield tag("div", remark.pick(lang), cls="bp-soft")
    if line.steps:
        yield _steps(line.steps, lang)


def _steps(steps: Sequence[_Step], lang: str) -> Markup:
    lines = [f"{step.title.pick(lang)} = {approximate_text(step.value)}" for step in steps]
    title = Text(zh="计算步骤", en="steps")
    return fold(counted(title, len(lines), lang), tag("ol", *(tag("li", line) for line in lines)))


def _total(card: _Scorecard, lang: str) -> Iterator[str]:
    yield Text(zh="总分：", en="total: ").pick(lang)
    if card.total is not None:
        yield tag("b", approximate_text(card.total.value))
        full = decimal_text(card.rules.total)
        yield Text(zh=f"，满分 {full}", en=f" of {full}").pick(lang)
    elif card.admissible is not None:
        open_total = Text(
            zh="不能得出单一总分，在 {} 之内", en="no single total follows; within {}"
        )
        yield open_total.fill(admissible_text(card.admissible)).pick(lang)
    else:
        yield Text(zh="不能得出总分", en="no total follows").pick(lang)
    rating = rating_text(card, lang)
    if rating:
        yield Text(zh="；评价等级：", en="; rating: ").pick(lang) + rating


def rating_text(card: _Scorecard, lang: str) -> str:
    """The rating, and what it rests on where that is not what the rule-set rests on."""
    rating = Text.of(card.rating or "")
    return with_standing(rating, card.rating_status, card.rules).pick(lang)


def admissible_text(interval: Interval) -> str:
    """A range of scores, those without a finite decimal with one beside them."""
    left, right = "[" if interval.lower_closed else "(", "]" if interval.upper_closed else ")"
    low = "-∞" if interval.lower is None else approximate_text(interval.lower)
    high = "∞" if interval.upper is None else approximate_text(interval.upper)
    return f"{left}{low}, {high}{right}"

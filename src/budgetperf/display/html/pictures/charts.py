"""A report at a glance: scores against their weights, and the funds by source, as bars.

What is not stated is said and drawn as an empty outline, never as 0. A score above its weight
stands out, and what is below 0 goes to the left.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.display.html.markup import Markup, joined, tag
from budgetperf.display.words.part import cell_text
from budgetperf.display.words.ruleset import EXECUTION
from budgetperf.display.words.scorecard import admissible_text, line_name
from budgetperf.exact import (
    COLON,
    LIST,
    NO_WORDS,
    SEMICOLON,
    Figure,
    Missing,
    Stated,
    Text,
    in_brackets,
)
from budgetperf.exact.rounding import approximate_text
from budgetperf.exact.text import shortened
from budgetperf.model import Execution, Funding, SelfEvaluation, Statement
from budgetperf.scoring import Scorecard, ScoreLine

from .drawing import Scale, broken, cut, drawing, length, line, painted, text_width, word

__all__ = ["card_svg", "funding_svg", "overview", "scorecard_figure", "scores_svg"]

_COLOURS = ("surface", "ink", "soft", "line", "band", "near", "near-ground", "bad")
_WIDTH = Fraction(560)
_NAMES, _VALUES = Fraction(184), Fraction(170)
"""How wide names and values may be; names go on in further lines."""
_LINES, _LEADING = 4, Fraction(15)
_BAR, _GAP, _EDGE = Fraction(12), Fraction(9), Fraction(8)
_HEAD = Fraction(58)
_MOST = 60
"""How many rows are drawn; of more it is said how many there are."""


@attrs.frozen(kw_only=True)
class _Bar:
    """One bar of a picture: a value, and what it is held against.

    Args:
        value: how long it is; ``None`` where nothing is stated.
        full: how long it can be, if that is known.
        mark: another value to compare it with.
        words: what stands behind it.
        look: the colours of the fill and the stroke.
    """

    value: Fraction | None
    words: str
    full: Fraction | None = None
    mark: Fraction | None = None
    look: tuple[str, str] = ("near", "near")

    @property
    def ends(self) -> list[Fraction]:
        return [end for end in (self.value, self.full, self.mark) if end is not None]


@attrs.frozen(kw_only=True)
class _Row:
    """Bars with one name beside them, drawn below each other."""

    name: str
    bars: tuple[_Bar, ...]


def scores_svg(part: Statement, *, title: Text | None = None, lang: str = "zh") -> str:
    """The scores that a part of a report states, each against its weight."""
    return str(_scores(part, title or _SCORES, lang, alone=True))


def funding_svg(funding: Funding, *, title: Text | None = None, lang: str = "zh") -> str:
    """The funds by source: initial and revised budget, and what was executed."""
    return str(_funds(funding, title or _FUNDS, lang, alone=True))


def card_svg(card: Scorecard, *, title: Text | None = None, lang: str = "zh") -> str:
    """The scores by a rule-set, each against its weight; a line marks the score as stated."""
    return str(_card(card, title or _BY_RULES, lang, alone=True))


def scorecard_figure(card: Scorecard, lang: str) -> Markup:
    """The same as a part of a sheet."""
    return _card(card, _BY_RULES, lang, alone=False)


def overview(report: SelfEvaluation, lang: str) -> Markup:
    """Both pictures of a report as a part of a sheet; of the form, where it states anything."""
    form, narrative = report.form, report.narrative
    scored = next((part for part in (form, narrative) if _score_rows(part, lang)), None)
    funded = next((part for part in (form, narrative) if _fund_rows(part.funding, lang)), None)
    pictures = [
        Markup() if scored is None else _scores(scored, _SCORES, lang, alone=False),
        Markup() if funded is None else _funds(funded.funding, _FUNDS, lang, alone=False),
    ]
    drawn = [tag("div", picture) for picture in pictures if picture]
    return tag("div", *drawn, cls="bp-beside") if drawn else Markup()


_SCORES = Text(zh="得分与分值", en="Scores against weights")
_BY_RULES = Text(zh="重算得分与分值", en="Recomputed scores against weights")
_FUNDS = Text(zh="资金来源", en="Funds by source")
_NOTHING = Text(zh="没有可画的数字", en="no figures to draw")
_SCORE, _WEIGHT = Text(zh="得分", en="score"), Text(zh="分值", en="weight")
_AS_STATED = Text(zh="填列得分", en="as stated")
_ABOVE = Text(zh="超出分值", en="above the weight")
_ABSENT = Text(zh="无数字", en="no figure")
_TOTAL = Text(zh="合计", en="total")
_PHASES = (
    ("initial", Text(zh="年初预算数", en="initial budget"), ("surface", "near")),
    ("revised", Text(zh="全年预算数", en="revised budget"), ("near-ground", "near")),
    ("executed", Text(zh="全年执行数", en="executed"), ("near", "near")),
)

_Sample = tuple[Text, tuple[str, str]]


# What is drawn.


def _scores(part: Statement, title: Text, lang: str, *, alone: bool) -> Markup:
    rows = _score_rows(part, lang)
    return _chart(rows, title, _legend(rows, _SCORE), lang, alone=alone)


def _score_rows(part: Statement, lang: str) -> list[_Row]:
    total = part.funding.total
    rows = [(EXECUTION.pick(lang), total.weight, total.score)]
    rows += [
        (_named(indicator.name, lang), indicator.weight, indicator.score)
        for indicator in part.indicators
        if indicator.key
    ]
    stated = [isinstance(w, Figure) or isinstance(s, Figure) for _, w, s in rows]
    if not any(stated):
        return []
    return [
        _Row(name=name, bars=(_score_bar(_value(score), _value(weight), _of(score, weight, lang)),))
        for name, weight, score in (rows if stated[0] else rows[1:])
    ]


def _card(card: Scorecard, title: Text, lang: str, *, alone: bool) -> Markup:
    rows = [_Row(name=line_name(row, lang), bars=(_card_bar(row, lang),)) for row in card.lines]
    legend = _legend(rows, _SCORE)
    if any(bar.mark is not None for row in rows for bar in row.bars):
        legend.append((_AS_STATED, ("", "ink")))
    return _chart(rows, title, legend, lang, alone=alone)


def _card_bar(row: ScoreLine, lang: str) -> _Bar:
    score = None if row.score is None else row.score.value
    weight = None if row.weight is None else row.weight.value
    if score is not None:
        label = approximate_text(score)
    elif row.admissible is not None:
        label = admissible_text(row.admissible)
    else:
        label = Text(zh="得不出", en="does not follow").pick(lang)
    of = "—" if weight is None else approximate_text(weight)
    mark = None if row.stated is None or row.stated == row.score else row.stated.value
    return attrs.evolve(_score_bar(score, weight, f"{label} / {of}"), mark=mark)


def _score_bar(score: Fraction | None, weight: Fraction | None, label: str) -> _Bar:
    return _Bar(value=score, full=weight, words=label)


def _funds(funding: Funding, title: Text, lang: str, *, alone: bool) -> Markup:
    rows = _fund_rows(funding, lang)
    legend: list[_Sample] = [(label, look) for _, label, look in _PHASES]
    return _chart(rows, title, _with_absent(legend, rows), lang, alone=alone)


def _fund_rows(funding: Funding, lang: str) -> list[_Row]:
    lines: list[tuple[str, Execution]] = [(_TOTAL.pick(lang), funding.total)]
    lines += [(source.title.pick(lang), source) for source in funding.sources]
    rows = [
        _Row(
            name=name,
            bars=tuple(
                _Bar(value=_value(stated), words=_stated_words(stated, lang), look=look)
                for stated, look in ((getattr(funds, phase), look) for phase, _, look in _PHASES)
            ),
        )
        for name, funds in lines
    ]
    return rows if any(bar.value is not None for row in rows for bar in row.bars) else []


def _legend(rows: Sequence[_Row], title: Text) -> list[_Sample]:
    samples: list[_Sample] = [(title, ("near", "near")), (_WEIGHT, ("band", "soft"))]
    if any(_excess(bar) for row in rows for bar in row.bars):
        samples.append((_ABOVE, ("bad", "bad")))
    return _with_absent(samples, rows)


def _with_absent(samples: list[_Sample], rows: Sequence[_Row]) -> list[_Sample]:
    absent = any(bar.value is None for row in rows for bar in row.bars)
    return [*samples, (_ABSENT, ("", "soft"))] if absent else samples


def _excess(bar: _Bar) -> bool:
    return bar.value is not None and bar.full is not None and bar.value > bar.full >= 0


def _value(stated: Stated) -> Fraction | None:
    return None if isinstance(stated, Missing) else stated.nominal


def _stated_words(stated: Stated, lang: str) -> str:
    return shortened(cell_text(stated, lang))


def _of(score: Stated, weight: Stated, lang: str) -> str:
    return f"{_stated_words(score, lang)} / {_stated_words(weight, lang)}"


def _named(name: str | Missing, lang: str) -> str:
    return cell_text(name, lang)


# How it is drawn.


def _scale(rows: Sequence[_Row]) -> Scale:
    """Where bars begin and end: between the names and what stands behind the bars."""
    ends = [Fraction(0), *(end for row in rows for bar in row.bars for end in bar.ends)]
    low, high = min(ends), max(ends)
    names = max((text_width(piece) for row in rows for piece in _pieces(row)), default=_EDGE)
    values = max((text_width(_fitted(bar)) for row in rows for bar in row.bars), default=_EDGE)
    return Scale(
        low=low,
        high=high if high > low else low + 1,
        start=_EDGE + names + 12,
        end=_WIDTH - _EDGE - values - 10,
    )


def _pieces(row: _Row) -> list[str]:
    return broken(row.name, _NAMES, _LINES)


def _fitted(bar: _Bar) -> str:
    return cut(bar.words, _VALUES)


def _height(row: _Row) -> Fraction:
    names, bars = len(_pieces(row)) * _LEADING, len(row.bars) * (_BAR + 4)
    return max(names, bars)


def _chart(
    rows: Sequence[_Row], title: Text, legend: Sequence[_Sample], lang: str, *, alone: bool
) -> Markup:
    shown = rows[:_MOST]
    scale = _scale(shown)
    tops = list(itertools.accumulate((_height(row) + _GAP for row in shown), initial=_HEAD))
    bottom = tops[-1]
    remark = _NOTHING if not rows else _more(len(rows) - len(shown))
    return drawing(
        _axis(scale, bottom) if rows else "",
        *(_drawn(row, top, scale) for row, top in zip(shown, tops, strict=False)),
        _heading(title, legend if rows else (), lang),
        _words([(_EDGE, bottom + 14, remark.pick(lang))], "soft") if remark else "",
        title=title.pick(lang),
        described=_described(rows, title, legend, lang),
        size=(_WIDTH, bottom + (24 if remark else 8)),
        colours=_COLOURS if alone else (),
        lang=lang,
    )


def _more(number: int) -> Text:
    if not number:
        return NO_WORDS
    return Text(zh=f"另有 {number} 项没有画出", en=f"{number} more are not drawn")


def _described(rows: Sequence[_Row], title: Text, legend: Sequence[_Sample], lang: str) -> str:
    """All that is drawn in words, for those who cannot see it."""
    keys = title + in_brackets(LIST.join(label for label, _ in legend))
    parts = [COLON.join((row.name, LIST.join(bar.words for bar in row.bars))) for row in rows]
    return COLON.join((keys, SEMICOLON.join(parts) or _NOTHING)).pick(lang)


def _heading(title: Text, legend: Sequence[_Sample], lang: str) -> Markup:
    """The title, and below it what the looks of bars mean."""
    x, parts = _EDGE, list[Markup]()
    words = list[tuple[Fraction, Fraction, str]]()
    for label, (fill, stroke) in legend:
        meaning = label.pick(lang)
        if fill == "" and stroke == "ink":
            mark = line((x + 7, Fraction(33)), (x + 7, Fraction(49)))
            parts.append(_group(mark, stroke=stroke, width="2"))
        else:
            box = tag("rect", x=length(x), y="36", width="14", height="10")
            parts.append(_group(box, fill=fill, stroke=stroke, dashed=not fill))
        words.append((x + 20, Fraction(45), meaning))
        x += 20 + text_width(meaning) + 16
    above = tag(
        "g",
        word(_EDGE, Fraction(22), cut(title.pick(lang), _WIDTH - 2 * _EDGE)),
        **painted(fill="ink"),
        **{"font-weight": "600"},
    )
    return joined((above, *parts, _words(words, "soft")))


def _axis(scale: Scale, bottom: Fraction) -> Markup:
    zero = scale(Fraction(0))
    return _group(line((zero, _HEAD - 4), (zero, bottom - 4)), stroke="soft")


def _drawn(row: _Row, top: Fraction, scale: Scale) -> Markup:
    height = _height(row)
    pieces = _pieces(row)
    first = top + (height - len(pieces) * _LEADING) / 2 + 12
    names = [(_EDGE, first + number * _LEADING, piece) for number, piece in enumerate(pieces)]
    step = _BAR + 4
    begin = top + (height - len(row.bars) * step) / 2 + 2
    bars = [_bar(bar, begin + number * step, scale) for number, bar in enumerate(row.bars)]
    values = [
        (scale.end + 10, begin + number * step + 10, _fitted(bar))
        for number, bar in enumerate(row.bars)
    ]
    return joined((_words(names, "ink"), *bars, _words(values, "soft")))


def _bar(bar: _Bar, y: Fraction, scale: Scale) -> Markup:
    """The track of what can be reached, the bar on it, what exceeds it, and the mark."""
    return joined(_strokes(bar, y, scale))


def _strokes(bar: _Bar, y: Fraction, scale: Scale) -> Iterator[Markup]:
    nothing = Fraction(0)
    if bar.full is not None:
        look = {"fill": "band", "stroke": "soft"} if bar.value is not None else {"stroke": "soft"}
        yield _group(_box(nothing, bar.full, y, scale), dashed=bar.value is None, **look)
    elif bar.value is None:
        empty = tag("rect", x=length(scale(nothing)), y=length(y), width="14", height=length(_BAR))
        yield _group(empty, stroke="soft", dashed=True)
    if bar.value is not None:
        fill, stroke = bar.look
        reached = min(bar.value, bar.full) if _excess(bar) and bar.full is not None else bar.value
        yield _group(_box(nothing, reached, y, scale), fill=fill, stroke=stroke)
        if reached != bar.value:
            yield _group(_box(reached, bar.value, y, scale), fill="bad", stroke="bad")
    if bar.mark is not None:
        x = scale(bar.mark)
        yield _group(line((x, y - 4), (x, y + _BAR + 4)), stroke="ink", width="2")


def _box(start: Fraction, end: Fraction, y: Fraction, scale: Scale) -> Markup:
    left, right = sorted((scale(start), scale(end)))
    width = max(right - left, Fraction(1))  # a 0 that is stated is there
    return tag("rect", x=length(left), y=length(y), width=length(width), height=length(_BAR))


def _group(
    part: Markup, *, fill: str = "", stroke: str = "", dashed: bool = False, width: str = ""
) -> Markup:
    extra = {"stroke-dasharray": "3 3" if dashed else "", "stroke-width": width}
    return tag("g", part, **painted(fill=fill, stroke=stroke), **extra)


def _words(words: Iterable[tuple[Fraction, Fraction, str]], colour: str) -> Markup:
    return tag("g", *(word(x, y, text) for x, y, text in words), **painted(fill=colour))

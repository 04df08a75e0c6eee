"""A report in a notebook: its funds and indicators, narrative beside form, and what is missing."""

from __future__ import annotations

import functools
import itertools
import typing
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from budgetperf.display.words import heads
from budgetperf.display.words.part import FORM, NARRATIVE
from budgetperf.display.words.repair import repair_text
from budgetperf.display.words.whereabouts import unread_place_text
from budgetperf.exact import (
    COLON,
    COMMA,
    LIST,
    SEMICOLON,
    Figure,
    Missing,
    MissingReason,
    Stated,
    Text,
)
from budgetperf.model.accounts import Execution, FundingSource
from budgetperf.model.fields import StatedText, declared, label_of
from budgetperf.model.indicators import Indicator
from budgetperf.model.report import Reading, SelfEvaluation, Statement

from .markup import Markup, counted, facts, fold, joined, sheet, stated, table, tag
from .pictures.charts import overview

__all__ = ["heading", "reading_html", "report_html"]


def report_html(report: SelfEvaluation, *, lang: str = "zh") -> str:
    """The report as HTML: what its two parts state, side by side, and what they leave out."""
    return sheet(*_parts(report, lang), lang=lang)


def _parts(report: SelfEvaluation, lang: str) -> Iterator[str]:
    yield heading(report, Text(zh="绩效自评报告", en="self-evaluation"), lang)
    yield tag("p", report.kind.label.pick(lang), cls="bp-soft")
    yield facts(_facts(report, lang))
    yield from reading_html(report.reading, lang)
    yield overview(report, lang)
    yield _funding(report, lang)
    yield from _indicators(report, lang)


def heading(report: SelfEvaluation, what: Text, lang: str) -> Markup:
    """Who reports, for which year, and what is shown of it."""
    department = report.department
    if isinstance(department.year, Missing):
        when = joined((Text(zh="年度", en="year").pick(lang), " ", stated(department.year, lang)))
    else:
        year = department.year.value
        when = joined([Text(zh=f"{year} 年度", en=str(year)).pick(lang)])
    space = Text(zh="　", en=", ").pick(lang)
    name = words(report.about, lang)
    return tag("p", joined((name, when, what.pick(lang)), space), cls="bp-title")


def words(value: StatedText, lang: str) -> Markup:
    """Words of a report, or why there are none."""
    return stated(value, lang) if isinstance(value, Missing) else joined([value])


def reading_html(reading: Reading | None, lang: str) -> Iterator[Markup]:
    """How much of the document was understood, and what was not."""
    if reading is None:
        return
    yield tag(
        "p",
        Text(
            zh=f"读取：文中共 {reading.numbers} 个数字，已读取 {reading.accounted} 个",
            en=f"read: {reading.accounted} of {reading.numbers} numbers",
        ).pick(lang),
        cls="bp-soft",
    )
    if reading.unread:
        items = [
            _unread(where, [number.text for number in group], lang)
            for where, group in itertools.groupby(reading.unread, key=unread_place_text)
        ]
        title = Text(zh="未读取的数字", en="numbers not read")
        yield fold(counted(title, len(reading.unread), lang), tag("ul", *items))
    if reading.repairs:
        title = Text(zh="改读的数字", en="numbers read despite the print")
        repairs = [tag("li", repair_text(repair).pick(lang)) for repair in reading.repairs]
        yield fold(counted(title, len(reading.repairs), lang), tag("ul", *repairs))
    if reading.notes:
        title = Text(zh="关于报告文本的提示", en="notes about the document")
        notes = [tag("li", note.pick(lang)) for note in reading.notes]
        yield fold(counted(title, len(reading.notes), lang), tag("ul", *notes))


def _unread(where: Text, texts: list[str], lang: str) -> Markup:
    return tag("li", COLON.join((where, LIST.join(texts))).pick(lang))


def _facts(report: SelfEvaluation, lang: str) -> Iterator[tuple[str, str]]:
    for statement, part in ((report.narrative, NARRATIVE), (report.form, FORM)):
        places = list(_figures(statement))
        absent = Counter(place.reason for place in places if isinstance(place, Missing))
        yield (
            Text(zh="{}的数字", en="figures of the {}").fill(part).pick(lang),
            _counted(len(places) - absent.total(), absent, lang),
        )
    for statement, part in ((report.narrative, NARRATIVE), (report.form, FORM)):
        score, rating = stated(statement.total_score, lang), words(statement.rating, lang)
        yield (
            Text(zh="{}综合得分、等级", en="score and rating, {}").fill(part).pick(lang),
            joined((score, rating), COMMA.pick(lang)),
        )


def _counted(number: int, absent: Mapping[MissingReason, int], lang: str) -> str:
    parts = [Text(zh="已填列 {}", en="{} stated").fill(number)]
    parts += [
        Text(zh="{label} {count}", en="{count} {label}").fill(label=reason.label, count=count)
        for reason in MissingReason
        if (count := absent.get(reason, 0))
    ]
    return SEMICOLON.join(parts).pick(lang)


def _figures(value: object) -> Iterator[Stated]:
    """Every place for a figure in a part of a report, filled or not; words have others."""
    if isinstance(value, tuple):
        for item in typing.cast("tuple[object, ...]", value):
            yield from _figures(item)
        return
    for name, is_figure in _fields(type(value)):  # type: ignore[arg-type] # classes do hash
        held = getattr(value, name)
        if is_figure:
            yield held
        else:
            yield from _figures(held)


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a part of a report, and whether each holds a figure."""
    if not attrs.has(kind) or kind is Missing:
        return ()
    return tuple(
        (attribute.name, (field := declared(attribute)) is not None and field.kind is not None)
        for attribute in attrs.fields(kind)
    )


_PHASES = {attribute.name: label_of(attribute) for attribute in attrs.fields(Execution)}


def _funding(report: SelfEvaluation, lang: str) -> Markup:
    source = Text(zh="资金", en="funds").pick(lang)
    head: list[str] = [source]
    for phase in _PHASES.values():
        head += [
            joined((phase.pick(lang), Markup("<br>"), part.pick(lang)))
            for part in (NARRATIVE, FORM)
        ]
    rows = [
        [title.pick(lang), *(stated(cell, lang) for cell in _cells(first, second))]
        for title, first, second in _lines(report.narrative, report.form)
    ]
    return table(
        head,
        rows,
        caption=Text(zh="资金：正文与附表", en="Funds: narrative and form").pick(lang),
        kinds=["", *["bp-number"] * 2 * len(_PHASES)],
        cls="bp-wide",
    )


def _cells(first: Execution, second: Execution) -> Iterator[Stated]:
    for phase in _PHASES:
        yield getattr(first, phase)
        yield getattr(second, phase)


def _lines(narrative: Statement, form: Statement) -> Iterator[tuple[Text, Execution, Execution]]:
    """The total, the sources of either part, basic and project expenditure."""
    nothing = Execution()
    total = Text(zh="年度资金总额", en="total")
    yield total, narrative.funding.total, form.funding.total
    first, second = _keyed(narrative.funding.sources), _keyed(form.funding.sources)
    for key in dict.fromkeys([*first, *second]):
        source = first.get(key) or second[key]
        yield source.title, first.get(key, nothing), second.get(key, nothing)
    basic = Text(zh="基本支出", en="basic expenditure")
    yield basic, narrative.basic_expenditure, form.basic_expenditure
    project = Text(zh="项目支出", en="project expenditure")
    yield project, narrative.project_expenditure, form.project_expenditure


def _keyed(sources: Sequence[FundingSource]) -> dict[tuple[str, int], FundingSource]:
    """Sources by what tells them apart; of several alike, the first goes with the first."""
    seen: Counter[str] = Counter()
    keyed: dict[tuple[str, int], FundingSource] = {}
    for source in sources:
        keyed[source.key, seen[source.key]] = source
        seen[source.key] += 1
    return keyed


def _indicators(report: SelfEvaluation, lang: str) -> Iterator[Markup]:
    first, second = _named(report.narrative.indicators), _named(report.form.indicators)
    pairs = [
        (first.get(key, _NO_INDICATOR), second.get(key, _NO_INDICATOR))
        for key in dict.fromkeys([*second, *first])
    ]
    empty = [pair for pair in pairs if all(map(_is_heading, pair))]
    rows = [_indicator(*pair, lang) for pair in pairs if pair not in empty]
    head = heads(
        lang,
        ("三级指标", "indicator"),
        ("一级、二级指标", "headings"),
        ("指标值", "target"),
        ("年中监控值", "mid-year"),
        ("实际完成值", "actual"),
        ("完成率", "completion"),
        ("偏差率", "deviation"),
        ("分值", "weight"),
        ("得分", "score"),
    )
    both = Text(
        zh="指标（正文与附表填列不一致的，分别列示）",
        en="Indicators (where narrative and form differ, both are shown)",
    )
    yield table(
        head,
        rows,
        caption=both.pick(lang),
        kinds=["", "", *["bp-number"] * 7],
        cls="bp-wide",
    )
    if empty:
        title = Text(zh="没有三级指标的一级指标：", en="headings without indicators: ")
        names = [words(_level1(pair), lang) for pair in empty]
        listed = joined(names, LIST.pick(lang))
        yield tag("p", title.pick(lang), listed, cls="bp-soft")


def _is_heading(indicator: Indicator) -> bool:
    """Whether the row states nothing but a heading."""
    return not indicator.key and all(map(_silent, _figures(indicator)))


def _level1(pair: tuple[Indicator, Indicator]) -> StatedText:
    return pair[0].level1 if isinstance(pair[0].level1, str) else pair[1].level1


_NO_INDICATOR = Indicator()


def _named(indicators: Sequence[Indicator]) -> dict[tuple[str, int], Indicator]:
    seen: Counter[str] = Counter()
    named: dict[tuple[str, int], Indicator] = {}
    for indicator in indicators:
        key = indicator.key or indicator.long_key
        named[key, seen[key]] = indicator
        seen[key] += 1
    return named


def _indicator(first: Indicator, second: Indicator, lang: str) -> list[str]:
    """A row; for what only one part has a place for, what stands there."""

    def both(first: Markup, other: Markup, *, silent: tuple[bool, bool]) -> Markup:
        if first == other or silent[0]:
            return other
        if silent[1]:
            return first
        parts = zip((NARRATIVE, FORM), (first, other), strict=True)
        return joined((joined((p.pick(lang), " ", v)) for p, v in parts), Markup("<br>"))

    def cell(first: Stated | StatedText, other: Stated | StatedText) -> Markup:
        shown = [stated(v, lang) if not isinstance(v, str) else joined([v]) for v in (first, other)]
        return both(shown[0], shown[1], silent=(_silent(first), _silent(other)))

    levels = [cell(first.level1, second.level1), cell(first.level2, second.level2)]
    return [
        cell(first.name, second.name),
        joined(levels, Markup("<br>")),
        cell(first.target.text, second.target.text),
        cell(first.midyear, second.midyear),
        cell(first.actual, second.actual),
        cell(first.completion_rate, second.completion_rate),
        cell(first.deviation, second.deviation),
        cell(first.weight, second.weight),
        cell(first.score, second.score),
    ]


def _silent(value: Figure | Missing | str) -> bool:
    return isinstance(value, Missing) and value.reason is MissingReason.NOT_STATED

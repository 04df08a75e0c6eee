"""The figures in the text: lines, phrases, achievements, indicators."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from budgetperf.exact import Figure, Missing, MissingReason, Place, Stated
from budgetperf.exact.absent import missing_at
from budgetperf.exact.figure import read_figure
from budgetperf.model import Direction, FundingKind, Target
from budgetperf.model.fields import FigureKind
from budgetperf.model.indicators import read_target
from budgetperf.model.paths import kind_of

from .assembling import Found, Value
from .glyphs import unit_of_both, without_signs
from .layout import Layout, compiled
from .segments import Segment

__all__ = ["names_no_scale", "read_achievements", "read_narrative", "stated", "stated_target"]

_LONGEST = 60
"""What is longer is no printed number."""


def read_narrative(segments: list[Segment], layout: Layout) -> list[Found]:
    """What the text states, in the order of the document."""
    values: list[Found] = []
    year = ""
    for segment in segments:
        if segment.kind == "line":
            own = list(_line(segment, layout))
            values += own
            year = next((str(item.value) for item in own if item.path == "department.year"), year)
        elif segment.kind == "text":
            values += _phrases(segment, layout, year)
    values += _indicators(segments, layout)
    for segment in segments:
        values += read_achievements(segment, layout, "narrative")
    return values


def read_achievements(segment: Segment, layout: Layout, statement: str) -> Iterator[Found]:
    """The results that a piece of text states with a figure."""
    text = segment.text
    for name, pattern in layout.results:
        for match in pattern.finditer(text):
            path = f"{statement}.achievements[{name}].value"
            yield _found(path, match, segment)


def _line(segment: Segment, layout: Layout) -> Iterator[Found]:
    for line in layout.line:
        match = compiled(line.pattern).fullmatch(segment.text)
        if match:
            yield _found(line.path, match, segment)


def _phrases(segment: Segment, layout: Layout, year: str) -> Iterator[Found]:
    """Each anchor of the reported year, and its fields in order up to the next anchor."""
    text = segment.text
    anchors = [
        (match, phrase) for anchor, phrase in layout.anchors for match in anchor.finditer(text)
    ]
    anchors.sort(key=lambda anchor: anchor[0].start())
    ends = [match.start() for match, _ in anchors] + [segment.length]
    for (anchor, phrase), end in zip(anchors, ends[1:], strict=True):
        if _of_another_year(text, anchor.start(), layout, year):
            continue
        yield _found(phrase.path, anchor, segment)
        yield from _in_order(segment, phrase.fields, anchor.end(), end)
        yield from _other_sources(segment, phrase.fields, anchor.end(), end)


_CLAUSE_ENDS = "。；\n"
_REACH = 300


def _of_another_year(text: str, position: int, layout: Layout, year: str) -> bool:
    """Whether the last year that the sentence names in front of ``position`` is not this one."""
    reach = max(0, position - _REACH)  # not to the start of a line of megabytes, each time
    start = max(reach, *(text.rfind(end, reach, position) + 1 for end in _CLAUSE_ENDS))
    named = re.findall(layout.years, text[start:position])
    if not named:
        return False
    if re.match(layout.last_year, named[-1]):
        return True
    return named[-1][0].isdigit() and bool(year) and not named[-1].startswith(year)


def _in_order(
    segment: Segment, fields: tuple[tuple[str, str], ...], start: int, end: int
) -> Iterator[Found]:
    """The fields in their order. One behind which a later one stands is not its own: left out."""
    position, text = start, segment.text
    for pattern, later, path in _ordered(fields):
        match = pattern.search(text, position, end)
        if not match or any(other.search(text, position, match.start()) for other in later):
            continue
        yield _found(path, match, segment)
        position = match.end()


_SOURCE = re.compile(r"(?P<way>.*\.sources)\[[a-z-]+\]\.(?P<field>\w+)")
_LISTED = "其中:"
_OTHER_SOURCE = (
    r"(?:其中:|[，、;])(?P<name>[\u4e00-\u9fff（）()]{1,24}"
    r"(?:资金|拨款|收入|补助|转移支付|来源|公益金|债券|贷款|结余|结转))#"
)


def _other_sources(
    segment: Segment, fields: tuple[tuple[str, str], ...], start: int, end: int
) -> Iterator[Found]:
    """Sources of other names in a list of sources: without them it does not add up."""
    ways = [match for _, path in fields if (match := _SOURCE.fullmatch(path))]
    text = segment.text
    begin = text.find(_LISTED, start, end)
    if not ways or begin < 0:
        return
    stop = text.find("。", begin, end)
    end = end if stop < 0 else stop
    known = [pattern for pattern, path in fields if _SOURCE.fullmatch(path)]
    is_list = any(compiled(pattern).search(text, begin, end) for pattern in known)
    for match in compiled(_OTHER_SOURCE).finditer(text, begin, end):
        is_taken = any(a <= match.start("figure") < b for a, b in segment.understood)
        if not is_taken and (is_list or match["name"] == FundingKind.UNLISTED.label.zh):
            path = f"{ways[0]['way']}[unlisted·{match['name']}]"
            yield _found(f"{path}.{ways[0]['field']}", match, segment)
            yield Found(path=f"{path}.label", value=match["name"])


@functools.cache
def _ordered(
    fields: tuple[tuple[str, str], ...],
) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...], str], ...]:
    """Each field with its pattern, and those of the fields behind it."""
    patterns = [compiled(pattern) for pattern, _ in fields]
    return tuple(
        (own, tuple(other for other in dict.fromkeys(patterns[number:]) if other is not own), path)
        for number, (own, (_, path)) in enumerate(zip(patterns, fields, strict=True))
    )


def _found(path: str, match: re.Match[str], segment: Segment) -> Found:
    """What a pattern's one mark caught, for the path that the layout gives it."""
    value = _value(match, segment)
    less = match.groupdict().get("less")
    if less and isinstance(value, Figure) and value.value:
        below = value.value.copy_negate()
        value = attrs.evolve(value, value=below, text=f"{less}{value.text}")
    if isinstance(value, Figure) and kind_of(path) is FigureKind.RATE:
        value = as_rate(value)
    return Found(path=path, value=value)


def as_rate(value: Stated) -> Stated:
    """A bare number where a rate is due: above 1 it is in percent, else it is the ratio itself."""
    if isinstance(value, Missing) or value.unit.symbol or value.value <= 1:
        return value
    percent = Figure(value=value.value, unit="%")
    return attrs.evolve(percent, text=value.text, place=value.place)


def _value(match: re.Match[str], segment: Segment) -> Value:
    """The value that a pattern's one mark caught."""
    caught = match.lastgroup or "figure"
    start, end = match.span(caught)
    line = segment.line_at(start)
    if caught == "blank":
        return Missing(reason=MissingReason.BLANK, line=line)
    if caught == "odd":
        return Missing(reason=MissingReason.UNREADABLE, text=match[caught], line=line)
    if caught == "words":
        return _words(match[caught], line)
    if caught == "date":
        year, month, day = (int(part) for part in re.findall(r"\d+", match[caught]))
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return Missing(reason=MissingReason.UNREADABLE, text=match[caught], line=line)
        segment.understand(start, end)
        return date
    value = stated(match[caught], Place(line=line))
    if isinstance(value, Figure):
        segment.understand(start, end)
    return value


def _words(text: str, line: int) -> str | Missing:
    """Words; a line to write on is none."""
    return Missing(reason=MissingReason.BLANK, line=line) if _TO_FILL.fullmatch(text) else text


_TO_FILL = re.compile("_{2,}")


def stated(text: str, place: Place, aim: Target | None = None) -> Stated:
    """The figure printed as ``text``, or why there is none.

    Args:
        text: as it is printed.
        place: where it stands.
        aim: the target, where it is what was reached: its unit is one.
    """
    if len(text) > _LONGEST:
        has_digits = any(c.isdigit() for c in text)
        reason = MissingReason.UNREADABLE if has_digits else MissingReason.QUALITATIVE
        return missing_at(place, reason=reason, text=f"{text[:_LONGEST]}…")
    due = aim.value if aim is not None else None
    unit = due.unit.symbol if isinstance(due, Figure) else ""
    value = read_figure(text, place=place)
    if due is not None and _is_beside_other(value, due):
        return missing_at(place, reason=MissingReason.UNREADABLE, text=text)
    return without_signs(text, value, unit)


def names_no_scale(figure: Figure) -> bool:
    """Whether a currency sign alone says that a figure is money: under 万元 it is of 万元.

    >>> [names_no_scale(stated(text, Place(line=1))) for text in ("￥150.00", "￥150.00元")]
    [True, False]
    """
    is_signed = not {"¥", "￥"}.isdisjoint(figure.text)
    return is_signed and figure.unit.symbol == "元" and "元" not in figure.text


def _is_beside_other(value: Stated, other: Stated) -> bool:
    """Whether a currency sign alone says what money a number is, and the number that it is compared
    with is in another unit: ￥135 beside 150万元."""
    return (
        isinstance(value, Figure)
        and isinstance(other, Figure)
        and names_no_scale(value)
        and other.unit.dimension == value.unit.dimension
        and other.unit != value.unit
    )


def stated_target(
    text: str, place: Place, actual: str = "", *, is_directed: bool = False
) -> Target:
    """The target printed as ``text``.

    Args:
        text: as it is printed.
        place: where it stands.
        actual: what was reached, as it is printed; in both, S may be seconds.
        is_directed: whether its operator stands in a column of its own.
    """
    if len(text) > _LONGEST:
        value = stated(text, place)
        words = isinstance(value, Missing) and value.reason is MissingReason.QUALITATIVE
        direction = Direction.QUALITATIVE if words else Missing()
        return Target(direction=direction, value=value, text=text)
    target = read_target(text, place=place)
    has_side = is_directed or isinstance(target.direction, Direction)
    unit = unit_of_both(text, actual) if has_side and actual else ""
    if actual and _is_beside_other(target.value, stated(actual, place)):
        unread = missing_at(place, reason=MissingReason.UNREADABLE, text=text)
        return attrs.evolve(target, value=unread)
    value = without_signs(text, target.value, unit)
    if value is not target.value:
        is_sure = isinstance(target.value, Figure) and isinstance(target.direction, Direction)
        direction = target.direction if is_sure else Missing()
        target = attrs.evolve(target, direction=direction, value=value)
    if isinstance(target.value, Missing) and target.value.line is None:
        at_it = missing_at(place, reason=target.value.reason, text=target.value.text)
        return attrs.evolve(target, value=at_it)
    return target


def _indicators(segments: list[Segment], layout: Layout) -> Iterator[Found]:
    headings = {"level1": "", "level2": ""}
    number = itertools.count()
    wording = layout.indicators
    first, second, item_start = map(compiled, (wording.level1, wording.level2, wording.item))
    for segment in segments:
        text = segment.text
        if segment.kind == "heading":
            level1, level2 = first.fullmatch(text), second.fullmatch(text)
            if level1:
                headings = {"level1": level1["words"], "level2": ""}
            elif level2:
                headings["level2"] = level2["words"]
            continue
        items = list(item_start.finditer(text))
        ends = [item.start() for item in items] + [segment.length]
        for item, end in zip(items, ends[1:], strict=True):
            fields = _fields(segment, item.end(), end, layout)
            if len(fields) < 2:  # the word alone, as in "指标①: …" of a list
                continue
            where = f"narrative.indicators[{next(number)}]"
            for level, heading in headings.items():
                if heading:
                    yield Found(path=f"{where}.{level}", value=heading)
            yield from _indicator(segment, fields, where, layout)


_Fields: TypeAlias = dict[str, tuple[str, int]]
"""The text of each field of an indicator, and where it starts."""


def _fields(segment: Segment, start: int, end: int, layout: Layout) -> _Fields:
    """The fields of one indicator, each from its label to the next."""
    labels: list[tuple[str, int, int]] = []
    position, text = start, segment.text
    for name, label in layout.indicators.labels:
        match = compiled(label).search(text, position, end)
        if match:
            labels.append((name, match.start(), match.end()))
            position = match.end()
    stops = [begin for _, begin, _ in labels[1:]] + [end]
    return {
        name: (text[begin:stop].strip("，;。\n"), begin)
        for (name, _, begin), stop in zip(labels, stops, strict=True)
    }


def _indicator(segment: Segment, fields: _Fields, where: str, layout: Layout) -> Iterator[Found]:
    aim: Target | None = None
    for name, (text, begin) in fields.items():
        path = f"{where}.{name}"
        place, kind = Place(line=segment.line_at(begin)), kind_of(path)
        value: Value = _words(text, segment.line_at(begin))
        if name == "target":
            actual, _ = fields.get("actual", ("", 0))
            value = aim = stated_target(text, place, actual)
        elif kind is not None:
            value = stated(text, place, aim if kind is FigureKind.REACHED else None)
            if kind is FigureKind.RATE:
                value = as_rate(value)
        if isinstance(value.value if isinstance(value, Target) else value, Figure):
            segment.understand(begin, begin + len(text))
        yield Found(path=path, value=value)
    if fields["name"][0] and "analysis" in fields:
        yield from _again(segment, fields, where, layout)


def _again(segment: Segment, fields: _Fields, where: str, layout: Layout) -> Iterator[Found]:
    """The actual value as the analysis says it again, after the indicator's name."""
    name, _ = fields["name"]
    analysis, start = fields["analysis"]
    pattern = compiled(layout.indicators.again)
    position = segment.text.find(name, start, start + len(analysis))
    if position >= 0:
        end = start + len(analysis)
        match = pattern.match(segment.text, position + len(name), end)
        if match:
            yield _found(f"{where}.actual", match, segment)

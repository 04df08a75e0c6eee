"""The figures in the text: lines, phrases, achievements, indicators."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

import attrs

from budgetperf.exact import Figure, Missing, MissingReason, Place, Stated, parse_figure
from budgetperf.model import Target

from .assembling import Found, Value
from .layout import Layout, Phrase, compiled
from .segments import Segment

__all__ = ["read_achievements", "read_narrative"]


def read_narrative(segments: list[Segment], layout: Layout) -> list[Found]:
    """What the text states, in the order of the document."""
    found: list[Found] = []
    for segment in segments:
        if segment.kind == "line":
            found += _line(segment, layout)
        elif segment.kind == "text":
            found += _phrases(segment, layout)
    found += _indicators(segments, layout)
    for segment in segments:
        found += read_achievements(segment, layout, "narrative")
    return found


def read_achievements(segment: Segment, layout: Layout, statement: str) -> Iterator[Found]:
    """The results that a piece of text states with a figure."""
    for name, pattern in layout.achievements.items():
        for match in compiled(pattern).finditer(segment.text):
            path = f"{statement}.achievements[{name}].value"
            yield Found(path=path, value=_value(match, segment))


def _line(segment: Segment, layout: Layout) -> Iterator[Found]:
    for line in layout.line:
        match = compiled(line.pattern).fullmatch(segment.text)
        if match:
            yield Found(path=line.path, value=_value(match, segment))


def _phrases(segment: Segment, layout: Layout) -> Iterator[Found]:
    """Each anchor, and its fields in order up to the next anchor."""
    anchors: list[tuple[re.Match[str], Phrase]] = sorted(
        (
            (match, phrase)
            for phrase in layout.phrase
            for match in compiled(phrase.anchor).finditer(segment.text)
        ),
        key=lambda anchor: anchor[0].start(),
    )
    ends = [match.start() for match, _ in anchors] + [segment.length]
    for (anchor, phrase), end in zip(anchors, ends[1:], strict=True):
        yield Found(path=phrase.path, value=_value(anchor, segment))
        position = anchor.end()
        for pattern, path in phrase.fields:
            match = compiled(pattern).search(segment.text, position, end)
            if match:
                yield Found(path=path, value=_value(match, segment))
                position = match.end()


def _value(match: re.Match[str], segment: Segment) -> Value:
    """The value that a pattern's one mark caught."""
    caught = match.lastgroup or "figure"
    start, end = match.span(caught)
    line = segment.line_at(start)
    if caught == "words":
        return match[caught]
    segment.understand(start, end)
    if caught == "date":
        year, month, day = (int(part) for part in re.findall(r"\d+", match[caught]))
        try:
            return dt.date(year, month, day)
        except ValueError:
            return Missing(reason=MissingReason.UNREADABLE, text=match[caught], line=line)
    return _figure(match[caught], segment, start)


def _figure(text: str, segment: Segment, start: int) -> Stated:
    return parse_figure(text, place=Place(line=segment.line_at(start)))


def _indicators(segments: list[Segment], layout: Layout) -> Iterator[Found]:
    headings = {"level1": "", "level2": ""}
    number = itertools.count()
    for segment in segments:
        if segment.kind == "heading":
            level1 = compiled(layout.indicators.level1).fullmatch(segment.text)
            level2 = compiled(layout.indicators.level2).fullmatch(segment.text)
            if level1:
                headings = {"level1": level1["words"], "level2": ""}
            elif level2:
                headings["level2"] = level2["words"]
            continue
        items = list(re.finditer(layout.indicators.item, segment.text))
        ends = [item.start() for item in items] + [segment.length]
        for item, end in zip(items, ends[1:], strict=True):
            where = f"narrative.indicators[{next(number)}]"
            for level, heading in headings.items():
                if heading:
                    yield Found(path=f"{where}.{level}", value=heading)
            yield from _indicator(segment, item.end(), end, where, layout)


def _indicator(
    segment: Segment, start: int, end: int, where: str, layout: Layout
) -> Iterator[Found]:
    """The fields of one indicator, each from its label to the next."""
    labels: list[tuple[str, int, int]] = []
    position = start
    for name, label in layout.indicators.labels:
        match = re.compile(label).search(segment.text, position, end)
        if match:
            labels.append((name, match.start(), match.end()))
            position = match.end()
    stops = [begin for _, begin, _ in labels[1:]] + [end]
    texts = {
        name: (segment.text[begin:stop].strip("，;。\n"), begin)
        for (name, _, begin), stop in zip(labels, stops, strict=True)
    }
    for name, (text, begin) in texts.items():
        value: Value = text
        if name == "target":
            value = _target(text, segment, begin)
        elif name not in ("name", "analysis", "explanation"):
            value = _figure(text, segment, begin)
        if isinstance(value, (Figure, Target)):
            segment.understand(begin, begin + len(text))
        yield Found(path=f"{where}.{name}", value=value)
    title, analysis = texts.get("name"), texts.get("analysis")
    if title and analysis:
        again = layout.indicators.again.replace("{name}", re.escape(title[0]))
        stop = analysis[1] + len(analysis[0])
        match = compiled(again).search(segment.text, analysis[1], stop)
        if match:
            yield Found(path=f"{where}.actual", value=_value(match, segment))


def _target(text: str, segment: Segment, start: int) -> Target:
    target = Target.parse(text)
    if isinstance(target.value, Missing):
        return target
    place = Place(line=segment.line_at(start))
    return attrs.evolve(target, value=attrs.evolve(target.value, place=place))

"""A part of a report as a list of facts and as tables: the same for plain text and notebooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeAlias, cast

import attrs

from budgetperf.exact import Figure, Labelled, Missing, Text
from budgetperf.model.fields import NOT_STATED, Element, Part, label_of
from budgetperf.model.indicators import Target
from budgetperf.relations.words import printed_text

__all__ = ["FORM", "NARRATIVE", "NOTHING", "Listing", "Value", "cell_text", "facts", "listings"]

Value: TypeAlias = Figure | Missing | Labelled | Text | dt.date | str | int
"""What a field holds that is no part itself."""

_LABELS = {
    "direction": Text(zh="方向", en="direction"),
    "filing_date": Text(zh="填报日期", en="filed on"),
    "value": Text(zh="数值", en="value"),
    "source": Text(zh="文件", en="document"),
    "layout": Text(zh="版式", en="layout"),
    "encoding": Text(zh="编码", en="encoding"),
    "format": Text(zh="文件格式", en="format"),
    "recognised": Text(zh="由图片识别而得", en="recognised from pictures"),
    "numbers": Text(zh="文中数字", en="numbers"),
    "accounted": Text(zh="已读取", en="accounted for"),
    "unread": Text(zh="未读取的数字", en="numbers not read"),
    "repairs": Text(zh="改读的数字", en="numbers read despite the print"),
    "before": Text(zh="原文", en="as printed"),
    "after": Text(zh="读作", en="read as"),
    "why": Text(zh="依据", en="why"),
    "notes": Text(zh="提示", en="notes"),
    "text": Text(zh="原文", en="as printed"),
    "line": Text(zh="行", en="line"),
}
"""What the fields are called that the model declares no label for; others are not shown."""
NARRATIVE, FORM = Text(zh="正文", en="narrative"), Text(zh="附表", en="form")
"""The two statements of a report."""
NOTHING = Text(zh="没有填列任何内容", en="nothing is stated")
"""Of a part that states nothing."""
_WITHIN = Text(zh="·", en=", ")


@attrs.frozen(kw_only=True)
class Listing:
    """Parts of one kind as a table.

    Args:
        title: what they are.
        heads: the heads of the columns, the first one that of their names.
        rows: a row for each part.
    """

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Value, ...], ...]


def facts(part: Part, within: Text | None = None) -> Iterator[tuple[Text, Value]]:
    """What a part states, each with its label; what is not stated is left out."""
    for label, value in _fields(part):
        name = label if within is None else within + _WITHIN + label
        if isinstance(value, Part):
            yield from facts(value, name)
        elif not isinstance(value, tuple) and value not in (None, "", NOT_STATED):
            yield name, cast("Value", value)


def listings(part: Part, within: Text | None = None) -> Iterator[Listing]:
    """What a part has several of, each kind as a table of what at least one of them states."""
    for label, value in _fields(part):
        name = label if within is None else within + _WITHIN + label
        if isinstance(value, Part):
            yield from listings(value, name)
        elif isinstance(value, tuple) and value:
            yield _listing(name, cast("tuple[object, ...]", value))


def cell_text(value: Value, lang: str) -> str:
    """A value as it is printed, with the unit of its column; or why there is none."""
    match value:
        case Figure():
            return printed_text(value).pick(lang)
        case Missing():
            if value.says_none:
                return value.text or "—"
            printed = f"“{value.text}”" if value.text else ""
            return f"{value.reason.label.pick(lang)}{printed}"
        case Labelled():
            return value.label.pick(lang)
        case Text():
            return value.pick(lang)
        case _:
            return str(value)


def _fields(part: Part) -> Iterator[tuple[Text, object]]:
    for attribute in attrs.fields(type(cast("attrs.AttrsInstance", part))):
        value = getattr(part, attribute.name)
        if isinstance(value, Target):  # one cell, as it is printed
            value = value.value if isinstance(value.text, Missing) else value.text
        label = label_of(attribute) or _LABELS.get(attribute.name)
        if label is not None:
            yield label, value


def _listing(title: Text, items: Sequence[object]) -> Listing:
    rows = [dict(facts(item)) if isinstance(item, Part) else {} for item in items]
    labels = tuple(dict.fromkeys(label for row in rows for label in row))
    if not labels:  # words, which are no parts
        values = tuple((cast("Value", item),) for item in items)
        return Listing(title=title, heads=(title,), rows=values)
    names = [_name(item) for item in items]
    cells = [tuple(row.get(label, NOT_STATED) for label in labels) for row in rows]
    if None in names:
        return Listing(title=title, heads=labels, rows=tuple(cells))
    return Listing(
        title=title,
        heads=(Text(zh="名称", en="name"), *labels),
        rows=tuple((name or "—", *row) for name, row in zip(names, cells, strict=True)),
    )


def _name(item: object) -> Text | str | None:
    """What an element is called, where no field of its own says it."""
    if not isinstance(item, Element):
        return None
    fields = attrs.fields_dict(type(cast("attrs.AttrsInstance", item)))
    if "name" not in fields:
        return item.title
    return None if label_of(fields["name"]) else item.key

"""Two places of a form that state one thing, and differ: what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.exact import Figure, Missing, MissingReason, Text
from budgetperf.exact.absent import missing_at
from budgetperf.model.paths import describe_field

from .grid import Piece

__all__ = [
    "Claim",
    "ambiguous",
    "claim_of",
    "left_to_form",
    "neither",
    "printed_twice",
    "two_names",
]

_FORM = "form."
_OF_YEAR = re.compile(r"other_years\[(?P<year>\d{4})\]")


@attrs.frozen(kw_only=True)
class Claim:
    """A place that states something.

    Args:
        line: its line in the document.
        text: what stands there.
        label: the label of its row; ``""`` if it has none.
    """

    line: int
    text: str
    label: str = ""

    @classmethod
    def of(cls, piece: Piece, label: str = "") -> Claim:
        """The place of a cell."""
        return cls(line=piece.place.line, text=piece.text, label=label)

    @property
    def where(self) -> Text:
        """Its line, and its label."""
        where = Text(zh="第 {} 行", en="line {}").fill(self.line)
        if not self.label:
            return where
        return Text(zh="{where}“{label}”", en="{where} ({label})").fill(
            where=where, label=self.label
        )


def neither(path: str, first: Claim, second: Claim) -> Text:
    """The note that neither of two places was read.

    Args:
        path: what both state.
        first: the one.
        second: the other.
    """
    return _filled(_NEITHER, path, first, second)


def left_to_form(path: str, first: Claim, second: Claim) -> Text:
    """The note that what a table of several years says was left out.

    Args:
        path: what both state.
        first: the form.
        second: the table.
    """
    return _filled(_LEFT_TO_FORM, path, first, second)


def two_names(first: Claim, second: Claim) -> Text:
    """The note that two places name one thing differently."""
    return _NAMES.fill(first=first.where, second=second.where, text=first.text, other=second.text)


def _filled(note: Text, path: str, first: Claim, second: Claim) -> Text:
    title = describe_field(path.removeprefix(_FORM))
    year = _OF_YEAR.search(path)
    if year is not None:
        title = Text(zh="{year}年{title}", en="{title} of {year}").fill(
            year=year["year"], title=title
        )
    return note.fill(
        title=title,
        how=_IN_UNITS if first.text == second.text else _DIFFERENTLY,
        first=first.where,
        second=second.where,
        text=first.text,
        other=second.text,
    )


def printed_twice(values: Sequence[Found]) -> Iterator[Text]:
    """A note for each figure of a form that is printed once more and differs.

    Args:
        values: what the form states, in the order in which it is taken.
    """
    first: dict[str, Figure] = {}
    for stated in values:
        figure = stated.value
        if not stated.path.startswith(_FORM) or not isinstance(figure, Figure):
            continue
        before = first.setdefault(stated.path, figure)
        claim, other = claim_of(before), claim_of(figure)
        if before.nominal != figure.nominal and claim is not None and other is not None:
            yield _filled(_FIRST, stated.path, claim, other)


def claim_of(figure: Figure) -> Claim | None:
    """Where a figure stands; ``None`` if that is not known."""
    return Claim(line=figure.place.line, text=figure.text) if figure.place is not None else None


def ambiguous(figure: Figure) -> Missing:
    """What stands in the place of a figure of which it is not sure whether it is the one."""
    return missing_at(figure.place, reason=MissingReason.AMBIGUOUS, text=figure.text)


_DIFFERENTLY = Text(zh="数字不同", en="differently")
_IN_UNITS = Text(zh="单位不同或没有写明", en="in other units, or in none")
_NEITHER = Text(
    zh="{title}有两处，{how}：{first}为 {text}，{second}为 {other}；"
    "不能确定以哪一处为准，都没有读取",
    en="two places state {title} {how}: {first} has {text}, {second} has {other}; which one "
    "holds is not sure, and neither was read",
)
_LEFT_TO_FORM = Text(
    zh="{title}有两处，{how}：{first}为 {text}，几个年度的表中{second}为 {other}；"
    "以{first}的为准，另一处口径可能不同，没有读取",
    en="two places state {title} {how}: {first} has {text}, and the table of several years "
    "on {second} {other}; the first stands, and the second, which may be counted otherwise, was "
    "left out",
)
_NAMES = Text(
    zh="{first}和{second}所写的名称不同（{text}、{other}）：以{first}的为准",
    en="{first} and {second} say different names ({text}, {other}): that on {first} was taken",
)
_FIRST = Text(
    zh="{title}有两处，{how}：{first}为 {text}，{second}为 {other}；"
    "以{first}的为准，另一处作为重复列示",
    en="two places state {title} {how}: {first} has {text}, {second} has {other}; the first "
    "stands, and the second is kept as a repeated figure",
)

"""What stands where a number does not, ``Missing`` and ``Undefined``, and where that is."""

from __future__ import annotations

import attrs

from .calls import Called
from .checking import check_types
from .text import Labelled, visible
from .written.brief import as_code
from .written.by_name import ByName
from .written.spec import ANY, read_spec

__all__ = ["Missing", "MissingReason", "Place", "Undefined", "UndefinedReason", "missing_at"]


class MissingReason(Labelled):
    """Why a figure is not there. The values are stable ASCII codes."""

    NOT_STATED = ("not-stated", "未填报", "not stated")
    """The document has no place for it, or says nothing there."""
    BLANK = ("blank", "空白", "blank")
    """The cell is there and empty."""
    DASH = ("dash", "填横线或斜线，表示不适用", "a dash or slash: not applicable")
    """The cell holds a dash or a slash: not applicable on this form."""
    MASKED = ("masked", "数字被遮盖", "digits masked")
    """The digits are hidden (``*``, ``XX``)."""
    PLACEHOLDER = ("placeholder", "保留了模板提示语", "a prompt of the template was left in")
    """A prompt of the form was left in."""
    NOT_MEASURED = ("not-measured", "未监测", "not measured")
    """The text gives a reason instead of a number (未达到监控节点)."""
    QUALITATIVE = ("qualitative", "定性描述", "qualitative")
    """Words stand where a number could (达成预期指标)."""
    UNREADABLE = ("unreadable", "无法读取", "unreadable")
    """Something is printed that is not a valid number."""
    NOT_APPLICABLE = ("not-applicable", "填写不适用", "stated not to apply")
    """Words say that it does not apply (不适用, 未涉及, N/A)."""
    DATE = ("date", "填写日期", "a date")
    """A day stands there (2023年12月31日前)."""
    RANGE = ("range", "填写区间", "a range")
    """A target from one number to another (80%-90%)."""
    AMBIGUOUS = ("ambiguous", "有多项同名，无法对应", "several of the same name")
    """Several of one name are there, and which one is meant does not show."""


_NOTHING = {type(None)}


@attrs.frozen(kw_only=True, cache_hash=True)
class Place(Called):
    """Where a figure stands in its source: everything is counted from 1, and ``None`` where the
    kind of document has none of it or it is not known.

    Args:
        line: the line; in a document without lines a paragraph or a row of a table is one.
        column: the column of a table; ``None`` in running text.
        page: the page of a PDF.
        sheet: the name of the sheet of a workbook.
        cell: the cell of a sheet or of a table, such as ``"C12"``.
        table: the table of a text document or a web page.
        paragraph: the paragraph of one, those in tables not counted.
    """

    line: int
    column: int | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    paragraph: int | None = None

    def __attrs_post_init__(self) -> None:
        kinds = {type(self.page), type(self.sheet), type(self.cell), type(self.table)}
        is_plain = kinds == _NOTHING and self.paragraph is None
        if not (
            is_plain
            and type(self.line) is int
            and (self.column is None or type(self.column) is int)
        ):
            check_types(self)

    def __repr__(self) -> str:
        return as_code(self)


@attrs.frozen(kw_only=True)
class Missing(ByName):
    """A figure that is not given, and why. A blank is never 0.

    Two are equal if they say the same on the same line, whatever else is known of their places.

    Args:
        reason: the kind of absence.
        text: what is printed in its place, if anything.
        line: the line of the source where it should be, counted from 1, if known; by default that
            of ``place``.
        place: the same with all else that is known of it, such as the cell; ``None`` if that is
            nothing but the line.
    """

    reason: MissingReason = MissingReason.NOT_STATED
    text: str = ""
    line: int | None = None
    place: Place | None = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        is_whole = self.line is None or type(self.line) is int
        is_placed = self.place is None or type(self.place) is Place
        is_said = type(self.reason) is MissingReason and type(self.text) is str
        if not (is_said and is_whole and is_placed):
            check_types(self)
        if self.line is None and self.place is not None:
            object.__setattr__(self, "line", self.place.line)

    @property
    def says_none(self) -> bool:
        """Whether a mark or words say that it does not apply."""
        return self.reason in _NONE_DUE

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there: neither a mark nor words, and nothing unreadable."""
        return self.reason in _NOTHING_THERE

    def __str__(self) -> str:
        return (
            f"{self.reason.label.zh}“{visible(self.text)}”" if self.text else self.reason.label.zh
        )

    def __format__(self, spec: str) -> str:
        """The text itself, over the width that the format says, in any format of a number.

        Raises:
            BudgetperfError: it is the format of no number.
        """
        return _in_place(self, spec)

    def __repr__(self) -> str:
        return as_code(self)


def missing_at(place: Place | None, *, reason: MissingReason, text: str = "") -> Missing:
    """What stands at a place where a figure does not.

    >>> missing_at(Place(line=7), reason=MissingReason.BLANK).place is None
    True
    """
    if place is None:
        return Missing(reason=reason, text=text)
    more = (place.column, place.page, place.sheet, place.cell, place.table, place.paragraph)
    own = None if more == _NO_MORE else place
    return Missing(reason=reason, text=text, line=place.line, place=own)


_NO_MORE = (None,) * 6
_NONE_DUE = (MissingReason.DASH, MissingReason.NOT_APPLICABLE)
_NOTHING_THERE = (MissingReason.NOT_STATED, MissingReason.BLANK)


class UndefinedReason(Labelled):
    """Why arithmetic gives no value. The values are stable ASCII codes."""

    ZERO_OVER_ZERO = (
        "zero-over-zero",
        "0/0，无定义（不是 0%，也不是 100%）",
        "0/0, undefined (neither 0% nor 100%)",
    )
    DIVISION_BY_ZERO = ("division-by-zero", "分母为 0，无定义", "division by zero, undefined")
    NEGATIVE_BASE = (
        "negative-base",
        "指标值为负，比率没有意义",
        "a negative base: the quotient has no meaning as a rate",
    )
    """The base is below 0: 30 beside a target of -20 is not -150 % of it."""


@attrs.frozen(kw_only=True)
class Undefined(ByName):
    """A quotient on a zero base, neither 0 % nor 100 %, or a completion of a negative target.

    Args:
        reason: whether the numerator is 0, too, or the base is negative.
    """

    reason: UndefinedReason

    def __attrs_post_init__(self) -> None:
        check_types(self)

    def __str__(self) -> str:
        return self.reason.label.zh

    def __format__(self, spec: str) -> str:
        """The text itself, over the width that the format says, in any format of a number.

        Raises:
            BudgetperfError: it is the format of no number.
        """
        return _in_place(self, spec)

    def __repr__(self) -> str:
        return as_code(self)


def _in_place(absent: object, spec: str) -> str:
    """What stands in the place of a number, laid out as that would be."""
    return format(str(absent), read_spec(spec, ANY).padding)

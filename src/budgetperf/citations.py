"""What a rule or a formula rests on, how well that is known, and from when to when."""

from __future__ import annotations

import datetime as dt
import re

import attrs

from budgetperf.exact import COMMA, NO_WORDS, Labelled, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import check_types
from budgetperf.exact.limits import MAX_ROWS
from budgetperf.exact.text import Name, in_both

__all__ = ["Likelihood", "Provision", "Status", "first_day", "is_period", "last_day"]


class Status(Labelled):
    """What a formula rests on. Only ``TEXT`` and ``FORM`` are official."""

    TEXT = ("text", "法规原文", "text of a regulation")
    FORM = ("form", "公开表样", "published form")
    IMPLEMENTATION = (
        "implementation",
        "系统实现，非官方规定",
        "implementation, not a regulation",
    )
    OBSERVED = (
        "observed",
        "据公开报告推得，未见规则原文",
        "inferred from a report, rule text not found",
    )
    UNVERIFIED = ("unverified", "未核实，未读到原文", "unverified, text not read")

    @property
    def is_official(self) -> bool:
        """Whether a text or a published form was read."""
        return self in (Status.TEXT, Status.FORM)


class Likelihood(Labelled):
    """How likely what is unverified is to be right. The values are stable codes."""

    LIKELY = ("likely", "很可能如此", "likely")
    UNCERTAIN = ("uncertain", "不确定", "uncertain")


@attrs.frozen(kw_only=True)
class Provision(Called):
    """A document that a rule or a formula rests on, and how well it is known.

    Args:
        document: its name or number; a string is its name in both languages.
        status: how well it is known.
        article: the article, if there is one.
        published: when it was published: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        note: a remark.
        issuer: the body that issued it.
        number: its document number (文号).
        articles: the articles, if there are several.
        address: where it was read.
        verified: the day on which a person last compared the rules with it, if one did.
        likelihood: for what is unverified, how likely it is to be right.
        addresses: where it was read, if in several places.
    """

    document: Name = attrs.field(converter=in_both)
    status: Status
    article: Name = attrs.field(default=NO_WORDS, converter=in_both)
    published: str = ""
    note: Text = NO_WORDS
    issuer: Text = NO_WORDS
    number: str = ""
    articles: tuple[str, ...] = ()
    address: str = ""
    verified: dt.date | None = None
    likelihood: Likelihood | None = None
    addresses: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_types(self, rows=MAX_ROWS)

    @property
    def standing(self) -> Text:
        """The status in words, with the likelihood."""
        status = self.status.label
        if self.likelihood is None:
            return status
        return COMMA.join((status, self.likelihood.label))


_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_period(text: str) -> bool:
    """Whether ``text`` is a year, a month or a day: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def first_day(period: str) -> dt.date:
    """The first day of a year, a month or a day.

    >>> first_day("2020-02"), last_day("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    year, month, day = [*_parts(period), 1, 1][:3]
    return dt.date(year, month, day)


def last_day(period: str) -> dt.date:
    """The last day of a year, a month or a day."""
    parts = _parts(period)
    year, month, day = (*parts, *(12, 0)[len(parts) - 1 :])
    if day or month == 12:
        return dt.date(year, month, day or 31)
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def _parts(period: str) -> list[int]:
    return [int(part) for part in period.split("-")]

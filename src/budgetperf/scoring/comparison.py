"""Reports side by side, of several years or departments: what is the same, and what has changed."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, cast

import attrs

from budgetperf.exact import (
    MONEY,
    NO_WORDS,
    RATIO,
    SEMICOLON,
    BudgetperfError,
    Figure,
    Labelled,
    Missing,
    Rate,
    Text,
    Undefined,
    Unit,
    common_interval,
    decimal_text,
    fixed_text,
    round_to,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import require
from budgetperf.exact.shown import Shown
from budgetperf.exact.unit import divides
from budgetperf.exact.written.brief import Several, in_brief
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import Indicator, ListedProject, SelfEvaluation, Statement, resolve
from budgetperf.model.paths import describe_field
from budgetperf.model.report import require_report
from budgetperf.rates import Computed, share
from budgetperf.relations.words import printed_text, unit_text

__all__ = [
    "Change",
    "Compared",
    "Comparison",
    "Difference",
    "Value",
    "compare",
    "number_of",
    "unit_of",
]

Value: TypeAlias = Figure | Rate | Missing | Undefined
"""What a report says of something, or what follows from it; or why there is nothing."""


class Change(Labelled):
    """What has become of a figure from one report to the next."""

    SAME = ("same", "一致", "the same")
    """Both print the same."""
    UP = ("up", "增加", "up")
    DOWN = ("down", "减少", "down")
    WITHIN_ROUNDING = ("within-rounding", "差额在舍入范围内", "within rounding")
    """They print differently, and the true values behind them may be the same."""
    UNKNOWN = ("unknown", "无法比较", "cannot be compared")
    """One of them is missing or has no value, or they are in units that do not compare."""


@attrs.frozen(kw_only=True)
class Difference(Called):
    """A figure of one report against the one before it.

    Args:
        change: what has become of it.
        by: the printed value less the one before, in base units (元; 1 for 100 %; points);
            ``None`` where they cannot be compared.
        unit: the unit that it is told in.
    """

    change: Change
    by: Fraction | None
    unit: Unit

    def __repr__(self) -> str:
        by = [] if self.by is None else [_in_unit(self.by, self.unit).en]
        return in_brief(self, self.change.value, *by)

    @property
    def text(self) -> Text:
        """The same in words."""
        if not self.by:
            return self.change.label
        size = _in_unit(abs(self.by), self.unit)
        if self.unit.dimension == RATIO:
            size = Text(zh="{} 个百分点", en="{} percentage points").fill(_percent(abs(self.by)))
        if self.change is Change.WITHIN_ROUNDING:
            return Text(zh="相差 {}，在舍入范围内", en="{} apart, which is within rounding").fill(
                size
            )
        return self.change.label + " " + size


@attrs.frozen(kw_only=True)
class Compared(Called):
    """A row: one thing in all reports.

    Args:
        key: a stable name of it; of an indicator ``score:`` and its name, of a listed project
            ``project:``, its name and ``:executed`` or ``:score``.
        title: what it is.
        values: what each report says, in their order.
        changes: each but the first against the one before it.
        note: what else is to be said, such as that text and form of a report differ.
    """

    key: str
    title: Text
    values: tuple[Value, ...]
    changes: tuple[Difference, ...]
    note: Text = NO_WORDS

    def __repr__(self) -> str:
        return in_brief(self, f"{self.key}:", ", ".join(text.en for text in self.texts))

    @property
    def texts(self) -> tuple[Text, ...]:
        """The values in words; rates that were computed in percent, rounded to two decimals."""
        return tuple(map(_said, self.values))


@attrs.frozen(kw_only=True)
class Comparison(Shown):
    """Reports side by side.

    Args:
        names: of the reports, in their order.
        rows: what is compared: amounts, rates, scores, the total.
    """

    names: tuple[str, ...]
    rows: tuple[Compared, ...]

    def __repr__(self) -> str:
        return in_brief(self, f"of {len(self.names)} reports, {len(self.rows)} rows")


@by_name
def compare(reports: Iterable[SelfEvaluation] | Mapping[str, SelfEvaluation]) -> Comparison:
    """Reports side by side, each against the one before it: years in their order, or departments.

    Amounts and scores are those of the form, or of the text where the form has none. Rates follow
    from the amounts where these are there, and are the printed ones where not. A change that
    rounding may have made is said to be one.

    Args:
        reports: two or more; by name, or named by year, or by what they are about.

    Raises:
        BudgetperfError: there are fewer than two.
        WrongTypeError: one of them is something else (a ``TypeError``).

    >>> before, after = (
    ...     SelfEvaluation(form=Statement(total_score=score)) for score in ("96.5", "98.0")
    ... )
    >>> print(compare({"2022": before, "2023": after}).to_text(lang="en"))
                 2022  2023  change
    total score  96.5  98.0  up 1.5
    """
    require(reports, Iterable, field="reports")
    if isinstance(reports, Mapping):
        named = cast("Mapping[str, SelfEvaluation]", reports)
        several = list(named.values())
    else:
        named, several = None, list(reports)
    for report in several:
        require_report(report)
    for name in named or ():
        require(name, str, field="reports")
    names = _names(several) if named is None else list(named)
    if len(several) < 2:
        message = Text(zh="至少要给两份报告", en="give at least two reports")
        raise BudgetperfError("too-few-reports", message, field="reports")
    return Comparison(names=tuple(names), rows=Several(_rows(several)))


def _names(reports: Sequence[SelfEvaluation]) -> list[str]:
    """The years if they tell the reports apart, or what these are about, or else their numbers."""
    years = [str(report.department.year) for report in reports]
    about = [str(report.about) for report in reports]
    both = [f"{name} {year}" for name, year in zip(about, years, strict=True)]
    stated_years = all(isinstance(report.department.year, Figure) for report in reports)
    stated = all(isinstance(report.about, str) for report in reports)
    for names, are_stated in (
        (years, stated_years),
        (about, stated),
        (both, stated and stated_years),
    ):
        if are_stated and len(set(names)) == len(names):
            return names
    return [str(number) for number in range(1, len(reports) + 1)]


# What is compared.

_AMOUNTS = (
    *("funding.total.initial", "funding.total.revised", "funding.total.executed"),
    *("basic_expenditure.executed", "project_expenditure.executed"),
    *("three_public.total.budget", "three_public.total.executed"),
    *("procurement.budget", "procurement.executed"),
)


def _rows(reports: Sequence[SelfEvaluation]) -> Iterator[Compared]:
    for path in _AMOUNTS:
        yield from _stated_row(path, reports)
    for path, operands in _RATES.items():
        rates = [_rate(report, path, operands) for report in reports]
        yield from _row(path, describe_field(path), rates)
    yield from _stated_row("funding.total.score", reports)
    yield from _score_rows(reports)
    yield from _stated_row("total_score", reports)
    yield from _project_rows(reports)


def _stated_row(path: str, reports: Sequence[SelfEvaluation]) -> Iterator[Compared]:
    return _row(path, describe_field(path), [_figure(report, path) for report in reports])


def _score_rows(reports: Sequence[SelfEvaluation]) -> Iterator[Compared]:
    tables = [_indicators(report) for report in reports]
    twice = {key for rows in tables for key, n in Counter(r.key for r in rows).items() if n > 1}
    by_name = [_named(table, twice) for table in tables]
    for name in dict.fromkeys(name for table in by_name for name in table):
        known = next(table[name] for table in by_name if name in table)
        title = known.title + _SCORE
        scores = [(_score(table.get(name)), NO_WORDS) for table in by_name]
        yield from _row(f"score:{name}", title, scores)


def _project_rows(reports: Sequence[SelfEvaluation]) -> Iterator[Compared]:
    """Of each project that only one row of a report lists, what was executed, and its score."""
    tables = [_listed(report) for report in reports]
    for name in dict.fromkeys(name for table in tables for name in table):
        title = next(table[name] for table in tables if name in table).title
        for field, of in (("executed", _EXECUTED), ("score", _SCORE)):
            figures = [_of_project(table.get(name), field) for table in tables]
            yield from _row(f"project:{name}:{field}", title + of, figures)


_EXECUTED = Text(zh="·全年执行数", en=", executed")
_SCORE = Text(zh="·得分", en=", score")


def _listed(report: SelfEvaluation) -> dict[str, ListedProject]:
    """The projects of the form, or else of the text, by name."""
    rows = report.form.projects.listed or report.narrative.projects.listed
    counted = Counter(row.key for row in rows)
    return {row.key: row for row in rows if counted[row.key] == 1 and row.key}


def _of_project(row: ListedProject | None, field: str) -> tuple[Figure | Missing, Text]:
    value = Missing() if row is None else getattr(row, field)
    return value if isinstance(value, (Figure, Missing)) else Missing(), NO_WORDS


def _named(table: Iterable[Indicator], twice: Container[str]) -> dict[str, Indicator]:
    """Each row by its name, with its headings where the name stands twice, or else its number."""
    named: dict[str, Indicator] = {}
    for row in table:
        # Twice in any of the reports: its headings tell it apart in all of them, or it would be
        # compared with another one.
        name = row.long_key if row.key in twice else row.key
        numbers = itertools.count(2)
        free = name
        while free in named:
            free = f"{name} ({next(numbers)})"
        named[free] = row
    return named


def _row(key: str, title: Text, printed: Sequence[tuple[Value, Text]]) -> Iterator[Compared]:
    """The row, if any report says anything there."""
    values = tuple(value for value, _ in printed)
    # A blank or a dash is shown: only what no report has a place for makes no row.
    if all(value == Missing() for value in values):
        return
    changes = tuple(_difference(before, after) for before, after in pairwise(values))
    notes = list(dict.fromkeys(note for _, note in printed if note))
    yield Compared(key=key, title=title, values=values, changes=changes, note=SEMICOLON.join(notes))


def _figure(report: SelfEvaluation, path: str) -> tuple[Figure | Missing, Text]:
    """What the form states, or else the text; and that the two differ, if they do."""
    form, text = (_stated(part, report, path) for part in ("form", "narrative"))
    if not isinstance(form, Figure):
        return (text if isinstance(text, Figure) else form), NO_WORDS
    if not isinstance(text, Figure) or form.unit.dimension != text.unit.dimension:
        return form, NO_WORDS
    if common_interval((form, text)) is not None:
        return form, NO_WORDS
    differ = Text(zh="附表为 {}，正文为 {}", en="the form has {}, the text {}").fill(form, text)
    return form, differ


def _stated(part: str, report: SelfEvaluation, path: str) -> Figure | Missing:
    value = resolve(report, f"{part}.{path}")
    return value if isinstance(value, (Figure, Missing)) else Missing()


def _rate(report: SelfEvaluation, path: str, operands: tuple[str, str]) -> tuple[Value, Text]:
    """The rate that follows from the amounts, or else the printed one."""
    (top, note), (bottom, other) = (_figure(report, operand) for operand in operands)
    notes = SEMICOLON.join(dict.fromkeys(filter(None, (note, other))))
    try:
        rate = _quotient(path, top, bottom)
    except BudgetperfError:  # in units that do not go together
        rate = Missing()
    if isinstance(rate, Missing):
        return _figure(report, path)
    return rate, notes


def _quotient(path: str, top: Figure | Missing, bottom: Figure | Missing) -> Computed:
    if path == "adjustment.rate":
        whole = share(part=top, total=bottom)
        return whole - Rate(1) if isinstance(whole, Rate) else whole
    return share(part=top, total=bottom)


_RATES = {
    "funding.total.execution_rate": ("funding.total.executed", "funding.total.revised"),
    "adjustment.rate": ("funding.total.revised", "funding.total.initial"),
    "basic_expenditure.share": ("basic_expenditure.executed", "funding.total.executed"),
    "project_expenditure.share": ("project_expenditure.executed", "funding.total.executed"),
    "three_public.control_rate": ("three_public.total.executed", "three_public.total.budget"),
    "procurement.execution_rate": ("procurement.executed", "procurement.budget"),
}
"""The rates, each with the amounts that it is the quotient of; the adjustment less 1."""


def _indicators(report: SelfEvaluation) -> list[Indicator]:
    """Those of the form, or else of the text."""
    parts: tuple[Statement, ...] = (report.form, report.narrative)
    tables = [[row for row in part.indicators if row.key] for part in parts]
    return tables[0] or tables[1]


def _score(row: Indicator | None) -> Figure | Missing:
    return Missing() if row is None else row.score


# How they differ.


def _difference(before: Value, after: Value) -> Difference:
    unit = unit_of(after)
    if not isinstance(before, (Figure, Rate)) or not isinstance(after, (Figure, Rate)):
        return Difference(change=Change.UNKNOWN, by=None, unit=unit)
    a, b = _nominal(before), _nominal(after)
    if not divides(unit_of(before), unit, base_is_zero=not a, is_zero=not b):
        return Difference(change=Change.UNKNOWN, by=None, unit=unit)
    by = b - a
    change = Change.UP if by > 0 else Change.DOWN if by < 0 else Change.SAME
    if by and 0 in after.interval - before.interval:
        change = Change.WITHIN_ROUNDING
    return Difference(change=change, by=by, unit=unit)


def number_of(value: Value, unit: Unit) -> Fraction | None:
    """What is printed, or computed, in a unit; ``None`` where there is nothing, or no such unit."""
    if not isinstance(value, (Figure, Rate)) or unit_of(value).dimension != unit.dimension:
        return None
    return _nominal(value) / unit.scale


def _nominal(value: Figure | Rate) -> Fraction:
    return value.ratio if isinstance(value, Rate) else value.nominal


def unit_of(value: Value) -> Unit:
    """The unit that a value is told in: a computed rate in percent."""
    return value.unit if isinstance(value, Figure) else _PER_CENT


_PER_CENT = Unit.of("%")


def _in_unit(size: Fraction, unit: Unit) -> Text:
    """A size in base units as a number in a unit: these come from print, and are decimals."""
    number = Text.of(decimal_text(size / unit.scale))
    return number + unit_text(unit) if unit.dimension == MONEY else number


def _percent(size: Fraction) -> str:
    """A size above 0 in percent with two decimals, or as many as it takes not to be 0."""
    places = 2
    while not round_to(size * 100, places):
        places += 1
    return fixed_text(round_to(size * 100, places), places)


def _said(value: Value) -> Text:
    match value:
        case Rate():
            return Text.of(f"{value:.2%}")
        case Figure():
            return printed_text(value)
        case _:
            return value.reason.label

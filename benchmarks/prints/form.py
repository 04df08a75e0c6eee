"""The print of indicators: headings with and without points, rows of sums, absent columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

import budgetperf as bp
from budgetperf.model.aims import reached_in
from budgetperf.model.indicators import LevelCounts

from .marks import deviation_by, half_up
from .pen import ABSENT, SCALES, Pen, Style, decimals
from .rows import Row
from .table import Table

__all__ = ["Customs", "level_counts", "print_table", "shortest"]


@attrs.frozen(kw_only=True)
class Customs:
    """What is done in one way throughout a report.

    Args:
        deviation: the definition of 偏差率.
        unsigned: whether deviations are printed without their sign.
        low: how the completion is defined of what should stay low.
    """

    deviation: bp.DeviationDefinition
    unsigned: bool
    low: str

    @classmethod
    def drawn(cls, pen: Pen, fixed: bp.DeviationDefinition | None) -> Customs:
        """Draw them; the definition of a rule-set is fixed."""
        deviation = fixed or pen.pick(list(bp.DeviationDefinition))
        return cls(
            deviation=deviation,
            unsigned=pen.chance(0.3),
            low=pen.pick(("actual/target", "target/actual", "2-actual/target", "met")),
        )


def shortest(value: Fraction) -> str:
    """A value with a finite decimal in the fewest digits."""
    places = next(n for n in range(12) if (value * 10**n).denominator == 1)
    return decimals(value, places)


# Cells of a row.


_SIGNS = {
    "≥": ("≥", "≥", "≧", ">=", "不低于", "不少于"),
    ">": (">", "＞", "大于", "超过"),
    "≤": ("≤", "≤", "≦", "<=", "不超过", "不高于"),
    "<": ("<", "＜", "小于", "低于"),
    "=": ("=", "＝", "等于"),
    "": ("",),
}


def _target(pen: Pen, row: Row, path: str) -> bp.Target:
    if row.target is None:
        return bp.Target.parse(row.words) if row.words else bp.Target()
    number = shortest(row.target / SCALES.get(row.unit, Fraction(1)))
    if row.is_rate and pen.chance(0.1):
        number = decimals(row.target * 100, 2)
    pen.truth[f"{path}.target.value"] = row.target
    if row.operator == "≥" and pen.chance(0.06):
        return bp.Target.parse(f"{number}{row.unit}以上")
    unit = row.unit
    if unit not in SCALES and pen.uses("counts with and without units", 0.04):
        unit = ""
    return bp.Target.parse(f"{pen.pick(_SIGNS[row.operator])}{number}{unit}")


def _actual(pen: Pen, row: Row, path: str, styles: dict[str, Style]) -> bp.Figure | bp.Missing:
    if not row.applies or (row.actual is None and not row.reached):
        return pen.dash()
    if row.actual is None:
        in_words = reached_in(row.reached)
        return in_words if isinstance(in_words, bp.Missing) else bp.parse_figure(row.reached)
    style = styles[row.unit]
    if row.unit == "%" and pen.uses("bare fractions beside targets in percent", 0.02):
        style = Style(unit="", places=style.places + 2)
    elif (
        style.places == 0
        and row.unit not in SCALES
        and pen.uses("counts with and without units", 0.04)
    ):
        style = attrs.evolve(style, unit="")
    return pen.cell(path, row.actual, style, 0.02)


def _styles(pen: Pen, table: Table) -> dict[str, Style]:
    """The decimals of the actual values, unit by unit: none only where all of them are whole."""
    found: dict[str, Style] = {}
    for row in table.rows:
        values = [
            one.actual / SCALES.get(one.unit, Fraction(1))
            for one in table.rows
            if one.unit == row.unit and one.actual is not None
        ]
        if row.unit in found:
            continue
        whole = all(value.denominator == 1 for value in values)
        if whole and not (row.unit == "%" and pen.chance(0.4)):
            places = 0
        else:
            places = pen.pick((1, 2, 2, 2, 3))
        if whole and places:
            pen.note("whole numbers in columns with decimals")
        found[row.unit] = Style(unit=row.unit, places=places)
    if "万元" in found and pen.uses("actual values in another unit", 0.15):
        places = max(2, found["元"].places if "元" in found else 0)
        # One column, one precision.
        found |= dict.fromkeys({"元", "万元"} & found.keys(), Style(unit="元", places=places))
    return found


def _completion(row: Row, customs: Customs) -> Fraction | None:
    if row.actual is None or row.target is None or row.target <= 0:
        return None
    ratio = row.actual / row.target
    if not row.stays_low or customs.low == "actual/target":
        return ratio
    if customs.low == "target/actual":
        return row.target / row.actual if row.actual > 0 else None
    met = row.actual < row.target if row.operator == "<" else row.actual <= row.target
    if customs.low == "met" and met:
        return Fraction(1)
    return 2 - ratio


def _deviation(row: Row, customs: Customs) -> Fraction | None:
    if row.actual is None or row.target is None:
        return None
    if row.target <= 0 and not (row.is_rate and customs.deviation is bp.DeviationDefinition.POINTS):
        return None
    found = deviation_by(customs.deviation, row.actual, row.target, is_rate=row.is_rate)
    return abs(found) if found is not None and customs.unsigned else found


# Headings.


@attrs.frozen(kw_only=True)
class _Headings:
    """How headings look, and the points that each of them has in its words."""

    points: dict[tuple[str, ...], str]
    first_only: bool
    first_points: bool
    nameless: bool

    def words(self, level1: str, level2: str, *, is_first: bool, level: int) -> str:
        """The words of a heading in a row."""
        name = level1 if level == 1 else level2
        said = self.points.get((level1,) if level == 1 else (level1, level2), "")
        if self.first_points and not is_first:
            said = ""
        return said if self.nameless and said and level == 1 else name + said


_BRACKETS = ("（{}分）", "({}分)", "（{}分)", "（分值：{}分）", "（共{}分）", " （{} 分）")


def _headings(pen: Pen, table: Table) -> _Headings:
    at = pen.pick(("no", "no", "level 1", "level 1", "level 2", "both", "some"))
    points: dict[tuple[str, ...], str] = {}
    if at != "no":
        pen.note(f"points in headings: {at}")
        shape = pen.pick(_BRACKETS)
        places = pen.pick((0, 0, 1, 2))
        for names in dict.fromkeys(
            names for row in table.rows for names in ((row.level1,), (row.level1, row.level2))
        ):
            if (len(names) == 1 and at == "level 2") or (len(names) == 2 and at == "level 1"):
                continue
            if at == "some" and pen.chance(0.5):
                continue
            points[names] = shape.format(_points(pen, _under(table.rows, names), places))
    repeated = not pen.uses("headings in their first row only", 0.05)
    return _Headings(
        points=points,
        first_only=not repeated,
        first_points=bool(points) and pen.uses("points in the first row of a heading only", 0.2),
        nameless=bool(points)
        and at != "level 2"
        and pen.uses("headings that are only points", 0.15),
    )


def _under(rows: Sequence[Row], names: tuple[str, ...]) -> Fraction:
    return sum(
        (row.weight for row in rows if (row.level1, row.level2)[: len(names)] == names),
        start=Fraction(0),
    )


def _points(pen: Pen, weight: Fraction, places: int) -> str:
    if weight.denominator == 1:
        if places:
            pen.note("points in headings with decimals")
        return decimals(weight, places)
    if pen.uses("points in headings rounded", 0.3) and half_up(weight, 1).denominator != 1:
        return decimals(weight, 1)
    return shortest(weight)


# The table.


@attrs.frozen(kw_only=True)
class _Columns:
    """Which columns a table has."""

    target: bool
    actual: bool
    weight: bool
    score: bool
    completion: bool
    deviation: bool
    reason: bool
    midyear: bool

    @classmethod
    def drawn(cls, pen: Pen, *, form: bool) -> _Columns:
        shares = (0.95, 0.95, 0.9, 0.9, 0.3, 0.25, 0.6, 0.15)
        if not form:
            shares = (0.85, 0.9, 0.15, 0.2, 0.5, 0.4, 0.3, 0.3)
        names = [field.name for field in attrs.fields(cls)]
        found = {name: pen.chance(share) for name, share in zip(names, shares, strict=True)}
        for name in ("target", "actual", "weight", "score"):
            if form and not found[name]:
                pen.note(f"no column of {name}")
        return cls(**found)


def print_table(
    pen: Pen, table: Table, where: str, customs: Customs, *, form: bool
) -> tuple[bp.Indicator, ...]:
    """The rows of a statement.

    Args:
        pen: draws and prints.
        table: the truth.
        where: the name of the statement.
        customs: what is done in one way throughout the report.
        form: whether this is the form, with every indicator, and not the text with some.
    """
    columns, styles = _Columns.drawn(pen, form=form), _styles(pen, table)
    rows = list(table.rows)
    if not form:
        rows = [row for row in rows if pen.chance(0.8)]
        if pen.uses("indicators in another order", 0.1):
            pen.rng.shuffle(rows)
    headings = _headings(pen, table) if form else _plain_headings()
    printer = _Printer(
        pen=pen, table=table, path=f"{where}.indicators", customs=customs, columns=columns,
        styles=styles, headings=headings, completions=pen.rate_style(), deviations=_percent(pen),
        weights=pen.pick(("", "", "", ".00", "分")), scores=pen.pick(("", "", "", "分")),
        in_percent=form and pen.uses("weights in percent", 0.02),
    )  # fmt: skip
    sums = form and pen.chance(0.35)
    return tuple(printer.rows(rows, sums=sums, form=form))


def _plain_headings() -> _Headings:
    return _Headings(points={}, first_only=False, first_points=False, nameless=False)


def _percent(pen: Pen) -> Style:
    unit = "个百分点" if pen.chance(0.1) else "%"
    return Style(unit=unit, places=pen.pick((0, 1, 2, 2, 3)))


@attrs.frozen(kw_only=True)
class _Printer:
    pen: Pen
    table: Table
    path: str
    customs: Customs
    columns: _Columns
    styles: dict[str, Style]
    headings: _Headings
    completions: Style
    deviations: Style
    weights: str
    scores: str
    in_percent: bool

    def rows(self, rows: Sequence[Row], *, sums: bool, form: bool) -> Iterator[bp.Indicator]:
        """The rows with the headings, sums and empty rows around them."""
        pen, number = self.pen, 0
        above = sums and pen.uses("heading rows with their own points", 0.6)
        below = sums and not above
        kind = pen.pick(("level 1", "level 2", "name", "words")) if below else ""
        if below:
            pen.note(f"subtotal rows: {kind}")
        seen: set[tuple[str, ...]] = set()
        for index, row in enumerate(rows):
            names = (row.level1, row.level2)
            first = [names[: n + 1] not in seen for n in range(2)]
            if above and first[0]:
                yield self.sum_row(number, names[:1], self.words(row, first, 1), None, None)
                number += 1
                first[0] = not self.headings.first_only
            if above and first[1] and pen.chance(0.5):
                words = self.words(row, first, 1), self.words(row, first, 2)
                yield self.sum_row(number, names, words[0], words[1], None)
                number += 1
            seen |= {names[:1], names}
            yield self.row(number, row, first, form=form)
            number += 1
            after = rows[index + 1].level1 if index + 1 < len(rows) else ""
            if below and after != row.level1:
                yield self.subtotal(number, names[:1], kind, row)
                number += 1
        if form and pen.uses("empty level-1 rows", 0.15):
            yield bp.Indicator(
                level1=pen.pick(("可持续发展能力", "生态效益指标（0分）", "其他指标"))
            )
            number += 1
        if form and pen.uses("a row of the total among the indicators", 0.06):
            yield self.sum_row(number, (), "合计", None, None)

    def words(self, row: Row, first: Sequence[bool], level: int) -> str | bp.Missing:
        if self.headings.first_only and not first[level - 1]:
            return bp.Missing(reason=bp.MissingReason.BLANK)
        return self.headings.words(row.level1, row.level2, is_first=first[level - 1], level=level)

    def subtotal(self, number: int, names: tuple[str, ...], kind: str, row: Row) -> bp.Indicator:
        """A row below a heading with the sum of what stands under it."""
        level1 = self.words(row, (False, False), 1)
        match kind:
            case "level 1":
                return self.sum_row(number, names, "小计", None, None)
            case "level 2":
                return self.sum_row(number, names, level1, "小计", None)
            case "name":
                return self.sum_row(number, names, level1, None, "小计")
            case _:
                return self.sum_row(number, names, level1, None, None)

    def sum_row(
        self,
        number: int,
        names: tuple[str, ...],
        level1: str | bp.Missing,
        level2: str | bp.Missing | None,
        name: str | None,
    ) -> bp.Indicator:
        """A row that is no indicator, with the sums of weights and scores."""
        path = f"{self.path}[{number}]"
        under = [row for row in self.table.rows if (row.level1, row.level2)[: len(names)] == names]
        weight = sum((row.weight for row in under), start=Fraction(0))
        score = sum((row.score for row in under if row.applies), start=Fraction(0))
        cells: dict[str, Any] = {}
        if self.columns.weight and self.pen.chance(0.9):
            cells["weight"] = self.weight(path, weight)
        if self.columns.score and self.pen.chance(0.7):
            cells["score"] = self.score(f"{path}.score", score)
        return bp.Indicator(
            level1=level1, level2=ABSENT if level2 is None else level2,
            name=ABSENT if name is None else name, **cells,
        )  # fmt: skip

    def weight(self, path: str, weight: Fraction) -> bp.Figure:
        self.pen.truth[f"{path}.weight"] = weight
        text = shortest(weight)
        if self.in_percent:
            self.pen.truth[f"{path}.weight"] = weight / 100
            return self.pen.figure(f"{text}%", f"{path}.weight")
        if self.weights == ".00":
            text = decimals(weight, 2)
        return self.pen.figure(text + self.weights.removeprefix(".00"), f"{path}.weight")

    def score(self, path: str, score: Fraction) -> bp.Figure:
        self.pen.truth[path] = score
        return self.pen.figure(decimals(score, self.table.places) + self.scores, path)

    def row(self, number: int, row: Row, first: Sequence[bool], *, form: bool) -> bp.Indicator:
        """An indicator."""
        pen, path, columns = self.pen, f"{self.path}[{number}]", self.columns
        cells: dict[str, Any] = {}
        if form or pen.chance(0.3):
            cells["level1"] = self.words(row, first, 1)
            if not form or not pen.uses("level-2 cells left out", 0.01):
                cells["level2"] = self.words(row, first, 2)
        cells["name"] = row.name
        if columns.target:
            cells["target"] = (
                bp.Target() if pen.uses("hidden targets", 0.02) else _target(pen, row, path)
            )
        if columns.actual:
            cells["actual"] = _actual(pen, row, f"{path}.actual", self.styles)
        if columns.weight:
            hidden = pen.uses("hidden weights", 0.02) or (not row.applies and pen.chance(0.5))
            cells["weight"] = pen.hole() if hidden else self.weight(path, row.weight)
        if columns.score:
            cells["score"] = self.scored(row, f"{path}.score")
        if columns.completion:
            cells["completion_rate"] = pen.cell(
                f"{path}.completion_rate", _completion(row, self.customs), self.completions
            )
        if columns.deviation:
            deviation = _deviation(row, self.customs)
            cells["deviation"] = pen.cell(f"{path}.deviation", deviation, self.deviations)
            if deviation is not None:
                pen.note(f"deviations: {self.customs.deviation.value}")
                if self.customs.unsigned:
                    pen.note("deviations without their sign")
        if columns.midyear and row.actual is not None and row.applies:
            style = self.styles[row.unit]
            style = attrs.evolve(style, places=max(1, style.places))
            cells["midyear"] = pen.cell(f"{path}.midyear", row.actual * row.midyear, style)
        by_excess = row.attained > Fraction(13, 10) and row.score < row.weight
        if row.rule:
            cells["scoring_rule"] = row.rule
        if row.reason and (columns.reason or by_excess):
            cells["explanation"] = row.reason
        return bp.Indicator(**cells)

    def scored(self, row: Row, path: str) -> bp.Figure | bp.Missing:
        if not row.applies:
            return self.pen.dash()
        if self.pen.uses("blank scores that the total includes", 0.02):
            self.pen.truth[path] = row.score
            return self.pen.blank()
        return self.score(path, row.score)


def level_counts(pen: Pen, table: Table) -> LevelCounts:
    """How many indicators the text says there are."""
    rows = table.rows
    values = {
        "level1": len({row.level1 for row in rows}),
        "level2": len({(row.level1, row.level2) for row in rows}),
        "level3": len(rows),
    }
    return LevelCounts(
        **{
            name: pen.people(f"narrative.level_counts.{name}", value, ("", "个", "项"))
            for name, value in values.items()
        }
    )

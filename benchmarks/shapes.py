"""Random reports in which everything is right: exact true amounts, and then their print.

The true values are made first, as plain arithmetic on exact numbers, so that every relation holds
for them. Then each is printed with the unit and the decimals of its column, rounded half-up. The
same seed gives the same report.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs

from benchmarks.truth import (
    LEVELS,
    POINT,
    Item,
    Line,
    Source,
    in_grains,
    items,
    kinds,
    line,
    lucky,
    some,
    sources,
    spend,
    split,
)
from budgetperf.exact import (
    Figure,
    Missing,
    MissingReason,
    PrintedNumber,
    Stated,
    Unit,
    decimal_text,
    fixed_text,
    round_to,
)
from budgetperf.model import (
    Achievement,
    Adjustment,
    BasicExpenditure,
    CategoryAmount,
    Department,
    Direction,
    EconomicCategory,
    EvaluationKind,
    FixedAssets,
    Funding,
    FundingSource,
    FundingTotal,
    Indicator,
    LevelCounts,
    Procurement,
    ProjectCounts,
    ProjectExpenditure,
    SelfEvaluation,
    Staffing,
    Statement,
    Target,
    ThreePublicExpenses,
    ThreePublicItem,
    map_figures,
    with_column_precision,
)
from budgetperf.rates import DeviationDefinition

__all__ = ["SHAPES", "as_read", "clean"]

PHASES = ("initial", "revised", "executed")
PUBLIC = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")
RATINGS = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
DASH = Missing(reason=MissingReason.DASH)


@attrs.frozen(kw_only=True)
class Style:
    """How a report prints its figures.

    Args:
        grain: the true amounts are multiples of it, in 元.
        money: unit and decimals of the amounts of each phrase; of the other phrases by ``""``.
        rates: how many decimals a rate may have.
        results: the decimals of completion rates and deviations.
        values: the decimals of actual values in percent.
        trims: whether zeros at the end are left out where they say nothing.
        deviation: what the report calls 偏差率.
    """

    grain: Fraction
    money: Mapping[str, tuple[str, int]]
    rates: Sequence[int] = (2,)
    results: int = 0
    values: int = 0
    trims: bool = True
    deviation: DeviationDefinition = DeviationDefinition.POINTS

    def amount(self, phrase: str, value: Fraction, *, in_cell: bool = False) -> Figure:
        """An amount in 元 as its phrase prints it; in a cell without its unit."""
        unit, places = self.money.get(phrase) or self.money[""]
        return printed(value, unit, places, trims=self.trims, in_cell=in_cell)


_unit = functools.cache(Unit.of)


def printed(
    value: Fraction, unit: str, places: int = 0, *, trims: bool = True, in_cell: bool = False
) -> Figure:
    """A true value in print. Zeros go only where nothing was rounded: ``0``, ``100%``."""
    symbol = _unit(unit)
    exact = value / symbol.scale
    rounded = round_to(exact, places)
    whole = trims and rounded == exact
    text = decimal_text(rounded) if whole else fixed_text(rounded, places)
    return Figure(value=text, unit=symbol, text=text if in_cell else f"{text}{unit}")


def as_read(report: SelfEvaluation) -> SelfEvaluation:
    """The report as one takes it who has only its print: each figure as precise as its column."""

    def from_print(path: str, figure: Figure) -> Figure:
        number = PrintedNumber(
            text=figure.text, operator=None, value=figure.value, unit=figure.unit
        )
        return Figure.from_printed(number, path=path, place=figure.place)

    return with_column_precision(map_figures(report, from_print))


def rate(rng: random.Random, style: Style, a: Fraction, b: Fraction, *, column: bool) -> Stated:
    """A rate; in a column all have the same decimals, in the text each is a phrase of its own."""
    if not b:
        return DASH
    places = max(style.rates) if column else rng.choice(style.rates)
    return printed(a / b, "%", places, trims=style.trims)


def executions(
    rng: random.Random, style: Style, phrase: str, line: Line, *, form: bool, rated: bool = True
) -> dict[str, Any]:
    """The figures of a budget line."""
    found: dict[str, Any] = {
        name: style.amount(phrase, getattr(line, name), in_cell=form) for name in PHASES
    }
    if rated:
        found["execution_rate"] = rate(rng, style, line.executed, line.revised, column=form)
    elif form:
        found["execution_rate"] = DASH
    return found


def funding(
    rng: random.Random,
    style: Style,
    total: Line,
    parts: Sequence[Source],
    *,
    score: Fraction | None = None,
    rated: bool = False,
) -> Funding:
    """年度资金总额 and its sources; with a ``score`` as the form has them."""
    form = score is not None
    scored: dict[str, Any] = {"weight": DASH, "score": DASH} if form else {}
    marks: dict[str, Any] = {}
    if score is not None:
        marks = {"weight": printed(Fraction(10), ""), "score": printed(score, "", 2)}
    return Funding(
        total=FundingTotal(**executions(rng, style, "funding", total, form=form), **marks),
        sources=tuple(
            FundingSource(
                kind=part.kind,
                label=part.label,
                **executions(rng, style, "funding", part.line, form=form, rated=rated),
                **scored,
            )
            for part in parts
        ),
    )


def deviation(style: Style, item: Item) -> Fraction:
    """偏差率 as the report has it: points exist only between percentages."""
    difference = item.actual - item.target
    if style.deviation is DeviationDefinition.RELATIVE_TO_ACTUAL:
        return difference / item.actual
    points = style.deviation is DeviationDefinition.POINTS and item.unit == "%"
    return difference if points else difference / item.target


def told(rng: random.Random, style: Style, item: Item) -> dict[str, Any]:
    """What the text says of an indicator."""
    completion: Stated = DASH
    if item.direction is not Direction.AT_MOST:
        completion = printed(item.actual / item.target, "%", style.results, trims=style.trims)
    midyear = printed(item.midyear, item.unit, style.values if item.unit == "%" else 0)
    return {
        "midyear": Missing(reason=MissingReason.NOT_MEASURED) if lucky(rng, 5) else midyear,
        "completion_rate": completion,
        "deviation": printed(deviation(style, item), "%", style.results, trims=style.trims),
    }


def indicator(item: Item, style: Style, *, marked: bool, **told: Any) -> Indicator:
    """An indicator with its target and actual value, in the form also with its marks."""
    reason = "目标未达到，下年改进" if item.score < item.weight else "无"
    marks: dict[str, Any] = {}
    if marked:
        marks = {
            "weight": printed(Fraction(item.weight), ""),
            "score": printed(item.score, "", 2, trims=style.trims),
        }
    return Indicator(
        level1=item.level1,
        level2=item.level2,
        name=item.name,
        target=Target(direction=item.direction, value=printed(item.target, item.unit)),
        actual=printed(item.actual, item.unit, style.values if item.unit == "%" else 0),
        explanation=reason,
        **marks,
        **told,
    )


def staffing(rng: random.Random) -> Staffing:
    """People, of whom no more are in service than there are posts."""
    a, b, retired, honorary = rng.randint(0, 60), rng.randint(1, 90), rng.randint(0, 40), 0
    if lucky(rng, 4):
        honorary = rng.randint(1, 3)
    people = {
        "authorised": a + b + rng.randint(0, 9),
        "on_roll": a + b + retired + honorary,
        "in_service": a + b,
        "administrative": a,
        "public_institution": b,
        "retired": retired,
        "honorary_retired": honorary,
    }
    return Staffing(**{name: printed(Fraction(n), "人") for name, n in people.items()})


def accounts(
    rng: random.Random, style: Style, part_count: int
) -> tuple[Statement, Line, tuple[Source, ...]]:
    """The text on money and projects; the total and its sources, which the form repeats."""
    grain = style.grain
    basic, project = line(rng, grain), line(rng, grain)
    total = basic + project
    parts = sources(rng, total, kinds(rng, part_count), grain)
    adjusted = total.revised - total.initial
    of_project = sources(rng, project, kinds(rng, part_count + 1), grain)
    added = rng.randint(0, 3)
    new, recurring = added + rng.randint(0, 3), rng.randint(1, 40)
    done = rng.randint(0, new + recurring)
    projects = {
        "total": new + recurring,
        "recurring": recurring,
        "new": new,
        "completed": done,
        "unfinished": new + recurring - done,
    }

    def spending(name: str, of: Line) -> dict[str, Any]:
        share = rate(rng, style, of.executed, total.executed, column=False)
        return {**executions(rng, style, name, of, form=False), "share": share}

    return (
        Statement(
            funding=funding(rng, style, total, parts),
            adjustment=Adjustment(
                amount=style.amount("funding", adjusted),
                rate=rate(rng, style, adjusted, total.initial, column=False),
                projects_added=printed(Fraction(added), "个"),
                reason="年中追加专项经费",
            ),
            basic_expenditure=BasicExpenditure(
                **spending("basic", basic),
                categories=tuple(
                    CategoryAmount(category=category, executed=style.amount("basic", amount))
                    for category, amount in zip(
                        EconomicCategory, split(rng, basic.executed, 4, grain), strict=True
                    )
                ),
            ),
            project_expenditure=ProjectExpenditure(
                **spending("project", project),
                sources=tuple(
                    FundingSource(
                        kind=part.kind,
                        label=part.label,
                        executed=style.amount("project", part.line.executed),
                    )
                    for part in of_project
                ),
            ),
            project_counts=ProjectCounts(
                **{name: printed(Fraction(n), "个") for name, n in projects.items()}
            ),
            **_further(rng, style),
        ),
        total,
        parts,
    )


def _further(rng: random.Random, style: Style) -> dict[str, Any]:
    """“三公”经费 (in a quarter of the reports all 0), procurement and fixed assets."""
    grain, none = style.grain, lucky(rng, 4)
    most = Fraction(0 if none else rng.randint(10**5, 10**7))
    budgets = split(rng, in_grains(most, grain), len(PUBLIC), grain)
    spent = spend(rng, budgets, some(rng, sum(budgets, Fraction(0)), 40, grain), grain)
    public = dict(zip(PUBLIC, zip(budgets, spent, strict=True), strict=True))
    total = (sum(budgets, Fraction(0)), sum(spent, Fraction(0)))
    control = (
        printed(Fraction(1), "%") if none else rate(rng, style, total[1], total[0], column=False)
    )

    def public_item(amounts: tuple[Fraction, Fraction]) -> ThreePublicItem:
        budget, executed = (style.amount("three_public", amount) for amount in amounts)
        return ThreePublicItem(budget=budget, executed=executed)

    bought = line(rng, grain)
    value = in_grains(Fraction(rng.randint(10**6, 10**9), 7), grain)
    gone = some(rng, value, 5, grain)
    assets = {
        "original_value": value,
        "accumulated_depreciation": gone,
        "net_value": value - gone,
        "under_construction": some(rng, value, 0, grain),
    }
    return {
        "three_public": ThreePublicExpenses(
            total=public_item(total),
            control_rate=control,
            **{name: public_item(amounts) for name, amounts in public.items()},
        ),
        "procurement": Procurement(
            budget=style.amount("procurement", bought.revised),
            executed=style.amount("procurement", bought.executed),
            execution_rate=rate(rng, style, bought.executed, bought.revised, column=False),
        ),
        "fixed_assets": FixedAssets(
            **{name: style.amount("fixed_assets", amount) for name, amount in assets.items()}
        ),
    }


def form_of(
    style: Style, money: Funding, rows: Sequence[Item], *, told: Sequence[dict[str, Any]] = ()
) -> Statement:
    """The form: funding, headings without indicators, indicators with their marks."""
    figures = told or [{} for _ in rows]
    table: list[Indicator] = []
    for level1 in LEVELS:
        under = [
            indicator(row, style, marked=True, **extra)
            for row, extra in zip(rows, figures, strict=True)
            if row.level1 == level1
        ]
        table += under or [Indicator(level1=level1)]
    return Statement(funding=money, indicators=tuple(table))


def scores(total: Line, rows: Sequence[Item]) -> tuple[Fraction, Fraction]:
    """The score of execution, and the total."""
    execution = round_to(10 * min(Fraction(1), total.executed / total.revised), 2)
    return execution, execution + sum(row.score for row in rows)


def rated(style: Style, total: Fraction, unit: str) -> dict[str, Any]:
    """The total score and its rating."""
    rating = next(name for name, least in RATINGS if total >= least)
    return {"total_score": printed(total, unit, 2, trims=style.trims), "rating": rating}


def style_of(rng: random.Random, money: Mapping[str, tuple[str, int]]) -> Style:
    """A style with these units; true amounts are whole cents, 元 or hundreds of 元."""
    return Style(
        grain=rng.choice((POINT, Fraction(1), Fraction(100))),
        money=money,
        rates=rng.choice(((2,), (2,), (1, 2))),
        results=rng.choice((0, 0, 2)),
        values=rng.choice((0, 0, 1, 2)),
        trims=not lucky(rng, 4),
        deviation=rng.choice(list(DeviationDefinition)),
    )


IN_WAN = MappingProxyType({"": ("万元", 2)})
"""All amounts in 万元 with two decimals, as on most forms."""


def whole_department(rng: random.Random, part_count: int, row_count: int) -> SelfEvaluation:
    """A text and a form that state the same figures, some of them twice in the text."""
    style = style_of(rng, IN_WAN)
    text, total, parts = accounts(rng, style, part_count)
    rows = items(rng, row_count, style.values)
    execution, points = scores(total, rows)
    counts = {
        "level1": len({row.level1 for row in rows}),
        "level2": len({(row.level1, row.level2) for row in rows}),
        "level3": len(rows),
    }
    done = Achievement(name="事项", value=printed(Fraction(rng.randint(100, 999)), "项"))
    text = attrs.evolve(
        text,
        indicators=tuple(
            indicator(row, style, marked=False, **told(rng, style, row)) for row in rows
        ),
        level_counts=LevelCounts(
            **{name: printed(Fraction(number), "个") for name, number in counts.items()}
        ),
        achievements=(done,),
        **rated(style, points, "分"),
    )
    form = form_of(style, funding(rng, style, total, parts, score=execution), rows)
    people = staffing(rng)
    again = {
        "narrative.funding.total.initial": text.funding.total.initial,
        "narrative.funding.total.revised": text.funding.total.revised,
        "department.staffing.in_service": people.in_service,
    }
    return SelfEvaluation(
        department=Department(name="某局", year=printed(Fraction(2023), ""), staffing=people),
        narrative=text,
        form=attrs.evolve(form, achievements=(done,)),
        repeated=tuple(
            attrs.evolve(figure, path=path)
            for path, figure in again.items()
            if isinstance(figure, Figure)
        ),
    )


def department_2023(rng: random.Random) -> SelfEvaluation:
    """The figures of a department's report for 2023: text and form, 4 to 12 indicators."""
    return whole_department(rng, 3, rng.randint(4, 12))


def whole_department_wide(rng: random.Random) -> SelfEvaluation:
    """The same with 10 to 40 sources and 20 to 60 indicators."""
    return whole_department(rng, rng.randint(10, 40), rng.randint(20, 60))


def project(rng: random.Random) -> SelfEvaluation:
    """A project: only a form, with 6 to 15 indicators, its rates by source and its total."""
    style = style_of(rng, rng.choice((IN_WAN, IN_WAN, {"": ("元", 2)}, {"": ("万元", 6)})))
    total = line(rng, style.grain)
    parts = sources(rng, total, kinds(rng, rng.randint(3, 6)), style.grain)
    rows = items(rng, rng.randint(6, 15), style.values)
    execution, points = scores(total, rows)
    money = funding(rng, style, total, parts, score=execution, rated=not lucky(rng, 3))
    told_too = [told(rng, style, row) for row in rows] if lucky(rng, 2) else ()
    return SelfEvaluation(
        kind=EvaluationKind.PROJECT,
        department=Department(name="某项目", year=printed(Fraction(2023), "")),
        form=attrs.evolve(form_of(style, money, rows, told=told_too), **rated(style, points, "")),
    )


def narrative_only(rng: random.Random) -> SelfEvaluation:
    """Text only, its phrases in 元 or 万元 with their own decimals, and shares with theirs."""
    phrases = ("funding", "basic", "project", "three_public", "procurement", "fixed_assets")
    choices = [("元", 0), ("元", 2), ("万元", 2), ("万元", 4), ("万元", 6)]
    alike = rng.choice(choices)
    mixed = lucky(rng, 2)
    money = {phrase: rng.choice(choices) if mixed else alike for phrase in phrases}
    style = attrs.evolve(
        style_of(rng, money), grain=Fraction(rng.choice((1, 100))), rates=(0, 1, 2)
    )
    text, _, _ = accounts(rng, style, rng.randint(3, 5))
    return SelfEvaluation(
        department=Department(
            name="某局", year=printed(Fraction(2023), ""), staffing=staffing(rng)
        ),
        narrative=text,
    )


SHAPES: Mapping[str, Callable[[random.Random], SelfEvaluation]] = MappingProxyType(
    {
        "department-2023": department_2023,
        "project": project,
        "whole-department-wide": whole_department_wide,
        "narrative-only": narrative_only,
    }
)
"""The shapes of reports, by name."""


def clean(shape: str, seed: int) -> SelfEvaluation:
    """The report of that shape and seed. Nothing in it is wrong."""
    return as_read(SHAPES[shape](random.Random(f"{shape} {seed}")))

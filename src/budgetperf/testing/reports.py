"""Whole reports, built from exact true values and then printed.

The sums, rates and scores here are plain arithmetic on ``Fraction``, written down from the rules of
the field and not taken from the library.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import strategies as st

from budgetperf import (
    Department,
    DeviationDefinition,
    Direction,
    Figure,
    Indicator,
    Missing,
    MissingReason,
    RoundingMode,
    SelfEvaluation,
    Statement,
    Target,
    Unit,
)
from budgetperf.exact import Stated, decimal_text
from budgetperf.model import (
    Achievement,
    Adjustment,
    BasicExpenditure,
    Breakdown,
    CategoryAmount,
    EconomicCategory,
    FixedAssets,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    LevelCounts,
    Portion,
    Procurement,
    ProjectCounts,
    ProjectExpenditure,
    Staffing,
    ThreePublicExpenses,
    ThreePublicItem,
)

__all__ = ["Case", "half_up", "reports"]

flags: st.SearchStrategy[bool] = st.booleans()
modes: st.SearchStrategy[RoundingMode] = st.sampled_from(RoundingMode)

VISIBLE = 10**6
"""What is divided by is no less than this many 元: it never prints as 0 in a unit below."""
MONEY_UNITS = {"元": (-1, 2), "万元": (0, 4), "亿元": (3, 6)}
"""Units of money, and how few and how many decimals they are printed with."""
PHASES = ("initial", "revised", "executed")
RESULTS = ("rate", "share", "completion", "deviation")
"""The columns of figures that no other figure is computed from."""


@attrs.frozen(repr=False)
class Case:
    """A report that is right in every figure, as printed.

    Args:
        report: the report.
        rules: the id of the rule-set by which its scores were given; ``None`` where they follow
            from the plain ratio.
    """

    report: SelfEvaluation
    rules: str | None

    def __repr__(self) -> str:
        """Short: a whole report would fill the screen."""
        return f"<a report under {self.rules}>"


@attrs.frozen(kw_only=True)
class Item:
    """The true values of an indicator."""

    name: str
    direction: Direction
    unit: str
    target: Fraction
    actual: Fraction
    midyear: Fraction
    weight: int
    score: Fraction
    completion: Fraction | None
    deviation: Fraction | None


Printer = Callable[[str, Fraction | None, str], Stated]
"""Prints a true value: the column that it stands in, the value in base units, its unit."""


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounding of a value that is not negative, as at school."""
    steps: int = math.floor(value * 10**places + Fraction(1, 2))
    return Fraction(steps, 10**places)


def exact(value: Fraction | int, unit: str = "") -> Figure:
    """A count, a target or a weight: nothing was rounded."""
    scaled = Fraction(value) / Unit.of(unit).scale
    return Figure(value=decimal_text(scaled), unit=unit, rounding=None)


def share_of_weight(rules: str | None, direction: Direction, a: Fraction, t: Fraction) -> Fraction:
    """The share of the weight that an indicator earns."""
    if not t:
        return Fraction(1)
    if direction is Direction.AT_MOST:  # w × (1 - (B - A) / A), from A to 2A
        return min(Fraction(1), max(Fraction(0), 1 - (a - t) / t))
    if rules == "xinjiang-observed-2023":
        return Fraction(1) if a - t < Fraction(1, 10) else max(Fraction(0), 1 - (a - t))
    return min(Fraction(1), a / t)


def deviation_of(definition: DeviationDefinition, unit: str, a: Fraction, t: Fraction) -> Fraction:
    """偏差率: points exist only between percentages."""
    if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
        return (a - t) / a
    if definition is DeviationDefinition.POINTS and unit == "%":
        return a - t
    return (a - t) / t


@st.composite
def _items(draw: st.DrawFn, rules: str | None, definition: DeviationDefinition) -> tuple[Item, ...]:
    count = draw(st.integers(1, 4))
    weights = draw(
        st.sampled_from({1: [[90]], 2: [[45, 45], [60, 30]], 3: [[30] * 3, [50, 20, 20]]}[count])
        if count < 4
        else st.sampled_from([[30, 20, 20, 20], [45, 15, 15, 15]])
    )
    over_only = rules == "xinjiang-observed-2023"
    items: list[Item] = []
    for index, weight in enumerate(weights):
        direction = Direction.AT_LEAST
        unit = "%"
        if not over_only:
            direction = draw(
                st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL])
            )
            unit = draw(st.sampled_from(["%", "%", "次", "", "万元"]))
        scale = Unit.of(unit).scale
        target = draw(st.integers(0 if not over_only else 1, 200)) * scale
        ratio = draw(
            st.one_of(
                st.sampled_from([Fraction(1), Fraction(11, 10), Fraction(2)]),
                st.fractions(min_value=1 if over_only else Fraction(1, 8), max_value=3),
            )
        )
        actual = target * ratio
        score = weight * share_of_weight(rules, direction, actual, target)
        items.append(
            Item(
                name=f"指标{index}",
                direction=direction,
                unit=unit,
                target=target,
                actual=actual,
                midyear=actual * draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)])),
                weight=weight,
                score=half_up(score, 2) if rules == "yitihua-default" else score,
                completion=actual / target if target else None,
                deviation=deviation_of(definition, unit, actual, target) if target else None,
            )
        )
    return tuple(items)


def _split(draw: st.DrawFn, total: Fraction, parts: int) -> list[Fraction]:
    """Parts that add up to ``total``."""
    weights = [draw(st.integers(0, 9)) for _ in range(parts - 1)]
    whole = sum(weights) + draw(st.integers(1, 9))
    shares = [total * weight / whole for weight in weights]
    return [*shares, total - sum(shares)]


def _quotient(a: Fraction, b: Fraction) -> Fraction | None:
    return a / b if b >= VISIBLE else None


amounts: st.SearchStrategy[Fraction] = st.one_of(
    st.builds(Fraction, st.integers(VISIBLE, 10**9), st.just(1)),
    st.builds(Fraction, st.integers(7 * VISIBLE, 10**10), st.sampled_from([3, 7])),
)
maybe: st.SearchStrategy[Fraction] = st.one_of(st.just(Fraction(0)), amounts)


def _printer(draw: st.DrawFn, mode: st.SearchStrategy[RoundingMode], cut: bool) -> Printer:
    """A printer with places, unit and mode of each column, as they come up."""
    styles: dict[str, tuple[int, str, RoundingMode]] = {}

    def styled(column: str, unit: str) -> tuple[int, str, RoundingMode]:
        key = f"{column} {unit}"
        if key not in styles:
            symbol = draw(st.sampled_from(sorted(MONEY_UNITS))) if unit == "money" else unit
            low, high = MONEY_UNITS[symbol] if unit == "money" else (0, 3)
            styles[key] = (draw(st.integers(low, high)), symbol, draw(mode))
        return styles[key]

    def printer(column: str, value: Fraction | None, unit: str) -> Stated:
        if value is None:
            return Missing(reason=MissingReason.BLANK)
        places, symbol, how = styled(column, unit)
        if cut and column.rsplit(".", maxsplit=1)[-1] in RESULTS:
            figure = Figure.rounded(value, unit=symbol, places=places, rounding=RoundingMode.DOWN)
            return attrs.evolve(figure, rounding=RoundingMode.HALF_UP)
        return Figure.rounded(value, unit=symbol, places=places, rounding=how)

    return printer


_KINDS = list(FundingKind)


@st.composite
def reports(
    draw: st.DrawFn, *, mode: st.SearchStrategy[RoundingMode] = modes, cut: bool = False
) -> Case:
    """A report that is right in every figure, as printed.

    Args:
        mode: how columns are rounded.
        cut: whether rates and shares are cut off, and taken for rounded half-up.
    """
    rules = draw(
        st.sampled_from([None, "national-2020", "yitihua-default", "xinjiang-observed-2023"])
    )
    definition = draw(st.sampled_from(DeviationDefinition))
    if rules == "xinjiang-observed-2023":
        definition = DeviationDefinition.POINTS
    printer = _printer(draw, mode, cut)
    unsigned = draw(flags)  # shortfalls are printed without their sign

    basic = {phase: draw(maybe) for phase in PHASES}
    project = {phase: draw(amounts) for phase in PHASES}
    if rules == "xinjiang-observed-2023" or draw(flags):
        basic["executed"], project["executed"] = basic["revised"], project["revised"]
    total = {phase: basic[phase] + project[phase] for phase in PHASES}
    kinds = draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=4, unique=True))
    received = total["revised"] * draw(st.sampled_from([Fraction(1), Fraction(2, 3)]))
    sources = {phase: _split(draw, total[phase], len(kinds)) for phase in PHASES}
    received_sources = _split(draw, received, len(kinds))
    batches = _split(draw, received, draw(st.integers(2, 3)))
    categories = draw(st.permutations(list(EconomicCategory)))
    by_category = _split(draw, basic["executed"], len(categories))
    project_sources = _split(draw, project["executed"], len(kinds))
    public = {
        name: (
            budget := draw(maybe),
            budget * draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)])),
        )
        for name in (
            "overseas_travel",
            "vehicle_purchase",
            "vehicle_operation",
            "official_reception",
        )
    }
    procurement = (draw(maybe), draw(maybe))
    original, depreciation = draw(amounts), draw(amounts)

    items = draw(_items(rules, definition))
    execution = min(Fraction(1), total["executed"] / total["revised"]) * 10
    if rules == "yitihua-default":
        execution = half_up(execution, 2)
    total_score = execution + sum(item.score for item in items)
    bands = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    rating = next(name for name, least in bands if total_score >= least)

    def statement(where: str, *, extra: bool) -> Statement:
        def money(column: str, value: Fraction | None) -> Stated:
            return printer(f"{where}.{column}", value, "money")

        def rate(column: str, value: Fraction | None) -> Stated:
            return printer(f"{where}.{column}", value, "%")

        def execution_of(column: str, of: dict[str, Fraction]) -> dict[str, Any]:
            figures: dict[str, Any] = {phase: money(column, of[phase]) for phase in PHASES}
            figures["execution_rate"] = rate("rate", _quotient(of["executed"], of["revised"]))
            return figures

        def points(value: Fraction) -> Stated:
            return printer(f"{where}.score", value, "")

        def indicator(item: Item) -> Indicator:
            deviation = item.deviation
            if deviation is not None and unsigned:
                deviation = abs(deviation)
            return Indicator(
                level1=f"一级{item.direction.value}",
                level2=f"二级{item.unit}",
                name=item.name,
                target=Target(direction=item.direction, value=exact(item.target, item.unit)),
                weight=exact(item.weight),
                midyear=printer(f"{where}.actual", item.midyear, item.unit),
                actual=printer(f"{where}.actual", item.actual, item.unit),
                completion_rate=rate("completion", item.completion),
                deviation=rate("deviation", deviation),
                score=points(item.score),
            )

        executed = total["executed"]
        public_total = [sum((p[i] for p in public.values()), Fraction(0)) for i in (0, 1)]
        return Statement(
            funding=Funding(
                total=FundingTotal(
                    **execution_of("funding", total),
                    received=money("funding", received),
                    received_rate=rate("rate", _quotient(received, total["revised"])),
                    use_rate=rate("rate", _quotient(total["executed"], received)),
                    weight=exact(10),
                    score=points(execution),
                ),
                sources=tuple(
                    FundingSource(
                        kind=kind,
                        received=money("funding", received_sources[i]),
                        **execution_of("funding", {p: sources[p][i] for p in PHASES}),
                    )
                    for i, kind in enumerate(kinds)
                ),
            ),
            adjustment=Adjustment(
                amount=money("funding", total["revised"] - total["initial"]),
                rate=rate("rate", _quotient(total["revised"] - total["initial"], total["initial"])),
                projects_added=exact(1, "个"),
            ),
            basic_expenditure=BasicExpenditure(
                **execution_of("basic", basic),
                share=rate("share", _quotient(basic["executed"], executed)),
                categories=tuple(
                    CategoryAmount(category=category, executed=money("basic", amount))
                    for category, amount in zip(categories, by_category, strict=True)
                ),
            ),
            project_expenditure=ProjectExpenditure(
                **execution_of("project", project),
                share=rate("share", _quotient(project["executed"], executed)),
                sources=tuple(
                    FundingSource(kind=kind, executed=money("project", amount))
                    for kind, amount in zip(kinds, project_sources, strict=True)
                ),
            ),
            project_counts=ProjectCounts(
                total=exact(5, "个"),
                recurring=exact(3, "个"),
                new=exact(2, "个"),
                completed=exact(4, "个"),
                unfinished=exact(1, "个"),
            ),
            three_public=ThreePublicExpenses(
                total=ThreePublicItem(
                    budget=money("public", public_total[0]),
                    executed=money("public", public_total[1]),
                ),
                control_rate=rate("rate", _quotient(public_total[1], public_total[0])),
                **{
                    name: ThreePublicItem(
                        budget=money("public", budget), executed=money("public", spent)
                    )
                    for name, (budget, spent) in public.items()
                },
            ),
            procurement=Procurement(
                budget=money("procurement", procurement[0]),
                executed=money("procurement", procurement[1]),
                execution_rate=rate("rate", _quotient(procurement[1], procurement[0])),
            ),
            fixed_assets=FixedAssets(
                original_value=money("assets", original),
                accumulated_depreciation=money("assets", depreciation),
                net_value=money("assets", original - depreciation),
            ),
            indicators=tuple(indicator(item) for item in items),
            level_counts=LevelCounts(
                level1=exact(len({item.direction for item in items}), "个"),
                level2=exact(len({(item.direction, item.unit) for item in items}), "个"),
                level3=exact(len(items), "个"),
            )
            if extra
            else LevelCounts(),
            achievements=(Achievement(name="办件", value=exact(836, "件")),),
            breakdowns=(
                Breakdown(
                    name="补助资金",
                    total=money("breakdowns", received),
                    parts=tuple(
                        Portion(name=f"第{number}批", amount=money("breakdowns", batch))
                        for number, batch in enumerate(batches, start=1)
                    ),
                    complete=True,
                ),
            )
            if extra
            else (),
            total_score=printer(f"{where}.total", total_score, ""),
            rating=rating,
        )

    first = statement("narrative", extra=True)
    repeated = [
        attrs.evolve(again, path="narrative.funding.total.initial")
        for again in [printer("again", total["initial"], "money")]
        if isinstance(again, Figure)
    ]
    report = SelfEvaluation(
        department=Department(
            name="某部门",
            year=exact(2023, "年"),
            staffing=Staffing(
                authorised=exact(12, "人"),
                on_roll=exact(11, "人"),
                in_service=exact(10, "人"),
                administrative=exact(3, "人"),
                public_institution=exact(7, "人"),
                retired=exact(1, "人"),
                honorary_retired=exact(0, "人"),
            ),
        ),
        narrative=first,
        form=statement("form", extra=False),
        repeated=repeated,
    )
    return Case(report=report, rules=rules)

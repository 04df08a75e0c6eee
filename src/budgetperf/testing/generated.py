"""Whole reports, printed from true values, each column in a way of its own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st

from budgetperf import (
    Department,
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
from budgetperf.exact.calls import Called
from budgetperf.model import (
    Achievement,
    Adjustment,
    BasicExpenditure,
    Breakdown,
    CategoryAmount,
    FixedAssets,
    Funding,
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

from .truth import PHASES, Item, Phases, Truth, quotient, truths

__all__ = ["Case", "Printer", "Writer", "exact", "printing", "reports", "written"]

MONEY_UNITS = {"元": (-1, 2), "万元": (0, 4), "亿元": (3, 6)}
"""Units of money, and how few and how many decimals they are printed with."""
RESULTS = ("rate", "share", "completion", "deviation")
"""The columns of figures that no other figure is computed from."""
MODES: st.SearchStrategy[RoundingMode] = st.sampled_from(RoundingMode)


@attrs.frozen(repr=False)
class Case(Called):
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


@st.composite
def reports(
    draw: st.DrawFn, *, mode: st.SearchStrategy[RoundingMode] = MODES, cut: bool = False
) -> Case:
    """A report that is right in every figure, as printed.

    Args:
        draw: given by Hypothesis.
        mode: how columns are rounded.
        cut: whether rates and shares are cut off, and taken for rounded half-up.
    """
    truth = draw(truths())
    return Case(report=written(draw, truth, printing(draw, mode, cut=cut)), rules=truth.rules)


def written(draw: st.DrawFn, truth: Truth, printer: Printer, year: int = 2023) -> SelfEvaluation:
    """The report that prints a truth.

    Args:
        draw: given by Hypothesis.
        truth: the true values.
        printer: prints each of them.
        year: the year of the report.
    """
    unsigned = draw(st.booleans())
    narrative, form = (
        Writer(truth=truth, where=where, printer=printer, unsigned=unsigned)
        for where in ("narrative", "form")
    )
    again = printer("again", truth.total["initial"], "money")
    return SelfEvaluation(
        department=Department(
            name="某部门",
            year=exact(year, "年"),
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
        narrative=attrs.evolve(
            narrative.statement(),
            level_counts=_level_counts(truth),
            breakdowns=[narrative.breakdown()],
        ),
        form=form.statement(),
        repeated=[attrs.evolve(again, path="narrative.funding.total.initial")]
        if isinstance(again, Figure)
        else [],
    )


Printer: TypeAlias = Callable[[str, Fraction | None, str], Stated]
"""Prints a true value: the column that it stands in, the value in base units, its unit."""


def printing(
    draw: st.DrawFn, mode: st.SearchStrategy[RoundingMode] = MODES, *, cut: bool = False
) -> Printer:
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


def exact(value: Fraction | int, unit: str = "") -> Figure:
    """A count, a target or a weight: nothing was rounded."""
    scaled = Fraction(value) / Unit.of(unit).scale
    return Figure(value=decimal_text(scaled), unit=unit, rounding=None)


def _level_counts(truth: Truth) -> LevelCounts:
    items = truth.items
    return LevelCounts(
        level1=exact(len({item.direction for item in items}), "个"),
        level2=exact(len({(item.direction, item.unit) for item in items}), "个"),
        level3=exact(len(items), "个"),
    )


@attrs.frozen(kw_only=True)
class Writer:
    """What writes one part of a report.

    Args:
        truth: the true values.
        where: which part it is.
        printer: prints each of them.
        unsigned: whether shortfalls are printed without their sign.
    """

    truth: Truth
    where: str
    printer: Printer
    unsigned: bool

    def statement(self) -> Statement:
        """All that the part states."""
        truth = self.truth
        return Statement(
            funding=self._funding(),
            adjustment=self._adjustment(),
            basic_expenditure=self._basic(),
            project_expenditure=self._project(),
            project_counts=ProjectCounts(
                total=exact(5, "个"),
                recurring=exact(3, "个"),
                new=exact(2, "个"),
                completed=exact(4, "个"),
                unfinished=exact(1, "个"),
            ),
            three_public=self.public(),
            procurement=self.procurement(),
            fixed_assets=self._assets(),
            indicators=map(self._indicator, truth.items),
            achievements=[Achievement(name="办件", value=exact(836, "件"))],
            total_score=self.printer(f"{self.where}.total", truth.total_score, ""),
            rating=truth.rating,
        )

    def breakdown(self) -> Breakdown:
        """What was received, in the batches that it came in."""
        return Breakdown(
            name="补助资金",
            total=self._money("breakdowns", self.truth.received_total),
            parts=[
                Portion(name=f"第{number}批", amount=self._money("breakdowns", batch))
                for number, batch in enumerate(self.truth.batches, start=1)
            ],
            complete=True,
        )

    def _money(self, column: str, value: Fraction) -> Stated:
        return self.printer(f"{self.where}.{column}", value, "money")

    def _rate(self, column: str, value: Fraction | None) -> Stated:
        return self.printer(f"{self.where}.{column}", value, "%")

    def _points(self, value: Fraction) -> Stated:
        return self.printer(f"{self.where}.score", value, "")

    def execution(self, column: str, of: Phases) -> dict[str, Any]:
        """The amounts of a line, and its rate."""
        figures: dict[str, Any] = {phase: self._money(column, of[phase]) for phase in PHASES}
        figures["execution_rate"] = self._rate("rate", quotient(of["executed"], of["revised"]))
        return figures

    def _share(self, of: Phases) -> Stated:
        return self._rate("share", quotient(of["executed"], self.truth.total["executed"]))

    def _funding(self) -> Funding:
        truth, received = self.truth, self.truth.received_total
        return Funding(
            total=FundingTotal(
                **self.execution("funding", truth.total),
                received=self._money("funding", received),
                received_rate=self._rate("rate", quotient(received, truth.total["revised"])),
                use_rate=self._rate("rate", quotient(truth.total["executed"], received)),
                weight=exact(10),
                score=self._points(truth.execution_score),
            ),
            sources=[
                FundingSource(
                    kind=kind,
                    received=self._money("funding", truth.received[kind]),
                    **self.execution("funding", of),
                )
                for kind, of in truth.sources.items()
            ],
        )

    def _adjustment(self) -> Adjustment:
        initial, revised = self.truth.total["initial"], self.truth.total["revised"]
        return Adjustment(
            amount=self._money("funding", revised - initial),
            rate=self._rate("rate", quotient(revised - initial, initial)),
            projects_added=exact(1, "个"),
        )

    def _basic(self) -> BasicExpenditure:
        return BasicExpenditure(
            **self.execution("basic", self.truth.basic),
            share=self._share(self.truth.basic),
            categories=[
                CategoryAmount(category=category, executed=self._money("basic", amount))
                for category, amount in self.truth.categories.items()
            ],
        )

    def _project(self) -> ProjectExpenditure:
        return ProjectExpenditure(
            **self.execution("project", self.truth.project),
            share=self._share(self.truth.project),
            sources=[
                FundingSource(kind=kind, executed=self._money("project", amount))
                for kind, amount in self.truth.project_sources.items()
            ],
        )

    def public(self) -> ThreePublicExpenses:
        """The three public expenses."""
        pairs = {"total": self.truth.public_total, **self.truth.public}
        budget, spent = pairs["total"]
        return ThreePublicExpenses(
            control_rate=self._rate("rate", quotient(spent, budget)),
            **{
                name: ThreePublicItem(
                    budget=self._money("public", of), executed=self._money("public", by)
                )
                for name, (of, by) in pairs.items()
            },
        )

    def procurement(self) -> Procurement:
        """What was bought."""
        budget, spent = self.truth.procurement
        return Procurement(
            budget=self._money("procurement", budget),
            executed=self._money("procurement", spent),
            execution_rate=self._rate("rate", quotient(spent, budget)),
        )

    def _assets(self) -> FixedAssets:
        original, depreciation = self.truth.assets
        return FixedAssets(
            original_value=self._money("assets", original),
            accumulated_depreciation=self._money("assets", depreciation),
            net_value=self._money("assets", original - depreciation),
        )

    def _indicator(self, item: Item) -> Indicator:
        deviation = item.deviation
        if deviation is not None and self.unsigned:
            deviation = abs(deviation)
        reached = f"{self.where}.actual"
        return Indicator(
            level1=f"一级{item.direction.value}",
            level2=f"二级{item.unit}",
            name=item.name,
            target=Target(direction=item.direction, value=exact(item.target, item.unit)),
            weight=exact(item.weight),
            midyear=self.printer(reached, item.midyear, item.unit),
            actual=self.printer(reached, item.actual, item.unit),
            completion_rate=self._rate("completion", item.completion),
            deviation=self._rate("deviation", deviation),
            score=self._points(item.score),
        )

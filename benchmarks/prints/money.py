"""True amounts of a department or a project, and the statements of them in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from budgetperf.model import (
    Adjustment,
    BasicExpenditure,
    CategoryAmount,
    EconomicCategory,
    FixedAssets,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    Procurement,
    ProjectCounts,
    ProjectExpenditure,
    Staffing,
    ThreePublicExpenses,
    ThreePublicItem,
)

from .pen import ABSENT, SCALES, Pen, Style

__all__ = ["Books", "Phases", "Source", "books", "print_accounts", "staffing"]

PHASES = ("initial", "revised", "executed")


@attrs.frozen(kw_only=True)
class Phases:
    """A budget line: what it was at first, after adjustment, and what was spent."""

    initial: Fraction
    revised: Fraction
    executed: Fraction

    def __add__(self, other: Phases) -> Phases:
        return Phases(**{name: getattr(self, name) + getattr(other, name) for name in PHASES})

    def __sub__(self, other: Phases) -> Phases:
        return Phases(**{name: getattr(self, name) - getattr(other, name) for name in PHASES})

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The three amounts."""
        return self.initial, self.revised, self.executed


NOTHING = Phases(initial=Fraction(0), revised=Fraction(0), executed=Fraction(0))


@attrs.frozen(kw_only=True)
class Source:
    """A source of funds."""

    kind: FundingKind
    label: str
    phases: Phases


@attrs.frozen(kw_only=True)
class Books:
    """Every true amount, in 元.

    Args:
        grain: all amounts are multiples of it.
        sources: the sources; those of ``divided`` divide the same total once more.
        total: the sum of the sources.
        basic, project: what the total was spent on; together the total.
        categories: what the basic expenditure was spent on.
        project_sources: where the money of the projects came from.
        three_public: budget and actual of the four items.
        procurement: budget and actual.
        assets: original value, depreciation, under construction.
        counts: recurring and new projects, completed ones, and those added during the year.
    """

    grain: Fraction
    sources: tuple[Source, ...]
    divided: tuple[Source, ...]
    total: Phases
    basic: Phases
    project: Phases
    categories: tuple[Fraction, ...]
    project_sources: tuple[Source, ...]
    three_public: tuple[tuple[Fraction, Fraction], ...]
    procurement: tuple[Fraction, Fraction]
    assets: tuple[Fraction, Fraction, Fraction]
    counts: tuple[int, int, int, int]


# The truth.

_BY_LEVEL = (
    (FundingKind.CENTRAL_TRANSFER, "中央转移支付"),
    (FundingKind.REGIONAL_TRANSFER, "自治区转移支付"),
    (FundingKind.UPPER, "上级安排"),
    (FundingKind.LOCAL, "本级安排"),
)
_BY_YEAR = (
    (FundingKind.CURRENT_APPROPRIATION, "当年财政拨款"),
    (FundingKind.CARRY_OVER, "上年结转资金"),
)
_OTHER = (FundingKind.OTHER, "其他资金")
_NAMED = ("彩票公益金", "单位资金", "财政专户管理资金", "国债资金")


def books(pen: Pen) -> Books:
    """Draw the truth."""
    grain = pen.pick((Fraction(1, 100),) * 4 + (Fraction(1), Fraction(100), Fraction(10**4)))
    magnitude = Fraction(10) ** pen.whole(3, 9)
    size = max(magnitude, 100 * grain)
    if pen.uses("a budget of 0", 0.03):
        size = Fraction(0)
    sources = _sources(pen, size, grain)
    total = _sum(one.phases for one in sources)
    basic = _part(pen, total, grain)
    project = total - basic
    return Books(
        grain=grain,
        sources=sources,
        divided=_division(pen, total, grain)
        if pen.uses("two divisions of one total", 0.06)
        else (),
        total=total,
        basic=basic,
        project=project,
        categories=_split(pen, basic.executed, 4, grain),
        project_sources=_divided(pen, project, grain),
        three_public=tuple(
            (_amount(pen, size / 100, grain, zero=0.4), _amount(pen, size / 100, grain, zero=0.4))
            for _ in range(4)
        ),
        procurement=(_amount(pen, size, grain, zero=0.1), _amount(pen, size, grain, zero=0.1)),
        assets=_assets(pen, grain),
        counts=_counts(pen),
    )


def _sum(several: Iterator[Phases]) -> Phases:
    total = NOTHING
    for one in several:
        total += one
    return total


def _amount(
    pen: Pen, most: Fraction, grain: Fraction, *, zero: float = 0.05, negative: float = 0.0
) -> Fraction:
    if pen.chance(zero):
        return Fraction(0)
    value = pen.whole(0, max(1, int(most / grain))) * grain
    if pen.uses("negative amounts", negative):
        return -value
    return value


def _phases(pen: Pen, most: Fraction, grain: Fraction, *, negative: float = 0.0) -> Phases:
    """A budget line that is plausible: adjusted or not, spent in full or not."""
    initial = _amount(pen, most, grain, negative=negative)
    revised = initial
    if pen.chance(0.6):
        revised = _amount(pen, most, grain, negative=negative)
    if pen.chance(0.3):
        executed = revised
    elif pen.chance(0.8):
        executed = int(revised / grain * Fraction(pen.whole(0, 1000), 1000)) * grain
    else:
        executed = _amount(pen, most * Fraction(11, 10), grain, negative=negative)
    if pen.uses("amounts next to a limit", 0.05):
        revised = int(initial / grain * pen.pick((Fraction(7, 10), Fraction(13, 10)))) * grain
        executed = int(revised / grain * Fraction(pen.pick((6, 8, 10)), 10)) * grain
        executed += pen.whole(-1 if executed else 0, 1) * grain
    return Phases(initial=initial, revised=revised, executed=executed)


def _sources(pen: Pen, size: Fraction, grain: Fraction) -> tuple[Source, ...]:
    kinds = list(pen.pick((_BY_LEVEL, _BY_LEVEL[2:], _BY_LEVEL[3:], _BY_YEAR, _BY_YEAR)))
    if pen.chance(0.75):
        kinds.append(_OTHER)
    if pen.uses("sources of another name", 0.12):
        kinds.insert(pen.whole(0, 1), (FundingKind.UNLISTED, pen.pick(_NAMED)))
    if pen.uses("two sources of one kind", 0.05):
        kinds.insert(0, (FundingKind.LOCAL, "镇级资金"))
        kinds.insert(0, (FundingKind.LOCAL, "县级资金"))
    negative = 0.3 if pen.uses("negative sources", 0.08) else 0.0
    return tuple(
        Source(kind=kind, label=label, phases=_phases(pen, size, grain, negative=negative))
        for kind, label in kinds
    )


def _division(pen: Pen, total: Phases, grain: Fraction) -> tuple[Source, ...]:
    """The same total by year as well as by level."""
    first = _part(pen, total, grain)
    parts = zip(_BY_YEAR, (first, total - first), strict=True)
    return tuple(Source(kind=k, label=label, phases=p) for (k, label), p in parts)


def _divided(pen: Pen, total: Phases, grain: Fraction) -> tuple[Source, ...]:
    """Sources that end in 其他资金 and make the total."""
    kinds = (*pen.pick((_BY_LEVEL[1:], _BY_LEVEL[3:], _BY_YEAR)), _OTHER)
    found, left = [], total
    for kind, label in kinds[:-1]:
        part = left if pen.chance(0.3) else _part(pen, left, grain)
        found.append(Source(kind=kind, label=label, phases=part))
        left -= part
    return (*found, Source(kind=_OTHER[0], label=_OTHER[1], phases=left))


def _part(pen: Pen, whole: Phases, grain: Fraction) -> Phases:
    """A part of every amount; seldom more than it, so that the rest is negative."""

    def part(value: Fraction) -> Fraction:
        share = Fraction(pen.whole(0, 1000), 1000)
        if pen.uses("parts above the whole", 0.01):
            share += 1
        return int(value / grain * share) * grain

    return Phases(
        initial=part(whole.initial), revised=part(whole.revised), executed=part(whole.executed)
    )


def _split(pen: Pen, whole: Fraction, number: int, grain: Fraction) -> tuple[Fraction, ...]:
    parts, left = [], whole
    for _ in range(number - 1):
        share = Fraction(pen.pick((0, 0, pen.whole(0, 1000), pen.whole(0, 1000))), 1000)
        part = int(left / grain * share) * grain
        parts.append(part)
        left -= part
    if pen.uses("a negative category", 0.03):
        parts[0] -= 7 * grain
        left += 7 * grain
    return (*parts, left)


def _assets(pen: Pen, grain: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    original = _amount(pen, Fraction(10**7), grain)
    worn = int(original / grain * Fraction(pen.whole(0, 100), 100)) * grain
    return original, worn, _amount(pen, Fraction(10**6), grain, zero=0.5)


def _counts(pen: Pen) -> tuple[int, int, int, int]:
    recurring, new = pen.whole(0, 9), pen.whole(0, 5)
    return recurring, new, pen.whole(0, recurring + new), pen.whole(0, new)


# The print.


@attrs.frozen(kw_only=True)
class _Look:
    """How the amounts of a statement look: one unit, the places block by block."""

    unit: str
    places: int
    headed: bool
    grouped: bool


def _look(pen: Pen, grain: Fraction) -> _Look:
    units = ["元", "万元", "万元", "万元", "万元", "千元", "百万元", "亿元"]
    unit = pen.pick(units)
    pen.note(f"amounts in {unit}")
    return _Look(
        unit=unit,
        places=_places(pen, unit, grain),
        headed=pen.uses("the unit in the heading", 0.3),
        grouped=pen.uses("thousands set apart", 0.15),
    )


def _places(pen: Pen, unit: str, grain: Fraction) -> int:
    """Decimals: none only where every amount is whole in the unit."""
    if SCALES[unit] <= grain and pen.uses("whole amounts", 0.5):
        return 0
    places = pen.pick((1, 2, 2, 2, 2, 2, 3, 4, 6))
    pen.note(f"amounts with {places} places")
    return places


def print_accounts(pen: Pen, truth: Books, where: str, *, share: float) -> dict[str, Any]:
    """The blocks of a statement, as arguments of ``Statement``.

    Args:
        pen: draws and prints.
        truth: the true amounts.
        where: the name of the statement.
        share: how likely each block is to be there.
    """
    if where == "narrative" and pen.uses("the text in round amounts", 0.08):
        return {"funding": _round_funding(pen, truth, where)}
    look = _look(pen, truth.grain)

    def style() -> Style:
        places = look.places
        if pen.uses("blocks differ in places", 0.1):
            places = _places(pen, look.unit, truth.grain)
        return Style(
            unit=look.unit, places=places, headed=look.headed, grouped=look.grouped,
            wide=pen.uses("full-width digits", 0.02),
        )  # fmt: skip

    blocks: dict[str, Any] = {}
    funds = style()
    if pen.chance(share):
        blocks["funding"] = _funding(pen, truth, where, funds)
        if pen.chance(0.5):
            blocks["adjustment"] = _adjustment(pen, truth, where, funds)
    else:
        pen.note("no funding block")
    if pen.chance(share * 0.6):
        if pen.chance(0.85):
            blocks["basic_expenditure"] = _basic(pen, truth, where, style())
        if pen.chance(0.85):
            blocks["project_expenditure"] = _project(pen, truth, where, style())
    if pen.chance(share * 0.5):
        blocks["three_public"] = _three_public(pen, truth, where, style())
    if pen.chance(share * 0.5):
        blocks["procurement"] = _procurement(pen, truth, where, style())
    if pen.chance(share * 0.5):
        blocks["fixed_assets"] = _fixed_assets(pen, truth, where, style())
    if pen.chance(share * 0.5):
        blocks["project_counts"] = _project_counts(pen, truth, where)
    return blocks


def _line(
    pen: Pen, path: str, phases: Phases, style: Style, hidden: float, rates: Style | None = None
) -> dict[str, Any]:
    """The amounts of a budget line and its execution rate; columns may be absent.

    Rates of the form are one column and look alike; those of the text are each a phrase.
    """
    found: dict[str, Any] = {
        name: pen.cell(f"{path}.{name}", getattr(phases, name), style, hidden) for name in PHASES
    }
    if not pen.uses("no execution rate", 0.2):
        found["execution_rate"] = pen.rate(
            f"{path}.execution_rate",
            phases.executed,
            phases.revised,
            rates or pen.rate_style(),
            hidden,
        )
    return found


def _funding(pen: Pen, truth: Books, where: str, style: Style) -> Funding:
    path = f"{where}.funding"
    hidden = pen.pick((0, 0, 0.02, 0.15))
    rates = pen.rate_style() if where == "form" else None
    total = FundingTotal(**_line(pen, f"{path}.total", truth.total, style, hidden, rates))
    return Funding(total=total, sources=_print_sources(pen, truth, path, style, hidden, rates))


def _round_funding(pen: Pen, truth: Books, where: str) -> Funding:
    """Few amounts, rounded to whole 万元 and the like: 353万元 for 353.21万元."""
    style = Style(unit=pen.pick(("万元", "万元", "亿元", "千元")), places=0)
    names = pen.pick((("revised",), ("executed",), ("initial", "executed"), PHASES))
    path = f"{where}.funding.total"
    cells = {
        name: pen.number(f"{path}.{name}", getattr(truth.total, name), style) for name in names
    }
    return Funding(total=FundingTotal(**cells))


def _print_sources(
    pen: Pen, truth: Books, path: str, style: Style, hidden: float, rates: Style | None
) -> tuple[FundingSource, ...]:
    listed = [*truth.sources, *truth.divided]
    if truth.divided:
        kinds = {one.kind for one in truth.sources}
        if kinds & {one.kind for one in truth.divided} or not kinds & {k for k, _ in _BY_LEVEL}:
            listed = list(truth.sources)
    if pen.uses("no sources", 0.2):
        return ()
    if pen.uses("some sources left out", 0.15):
        # What ends in 其他资金 is a complete list: an incomplete one does not.
        listed = [one for one in listed if one.kind is not FundingKind.OTHER and pen.chance(0.7)]
    elif not truth.divided and pen.uses("sources of 0 left out", 0.1):
        listed = [one for one in listed if any(one.phases.values)]
    if pen.uses("sources in another order", 0.1):
        pen.rng.shuffle(listed)
    if pen.uses("sources in another unit", 0.06):
        unit = pen.pick([one for one in ("元", "万元", "亿元") if one != style.unit])
        style = attrs.evolve(style, unit=unit, places=pen.whole(1, 4))
    return tuple(
        _source(pen, one, f"{path}.sources[{i}]", style, hidden, rates)
        for i, one in enumerate(listed)
    )


def _source(
    pen: Pen, one: Source, path: str, style: Style, hidden: float, rates: Style | None
) -> FundingSource:
    line = _line(pen, path, one.phases, style, hidden, rates)
    if pen.chance(0.7):
        line["execution_rate"] = pen.pick((ABSENT, pen.dash()))
    line |= {name: pen.pick((ABSENT, pen.dash())) for name in ("weight", "score")}
    return FundingSource(kind=one.kind, label=one.label, **line)


def _adjustment(pen: Pen, truth: Books, where: str, style: Style) -> Adjustment:
    path, change = f"{where}.adjustment", truth.total.revised - truth.total.initial
    if change < 0:
        pen.note("negative adjustments")
    reason = pen.pick(("", "政策性增资，追加项目", "无", "年中追加人员经费"))
    added = truth.counts[3]
    return Adjustment(
        amount=pen.cell(f"{path}.amount", change, style),
        rate=pen.rate(f"{path}.rate", change, truth.total.initial, pen.rate_style()),
        projects_added=pen.people(f"{path}.projects_added", added, ("", "个", "项"))
        if pen.chance(0.3)
        else ABSENT,
        reason=reason or ABSENT,
    )


def _basic(pen: Pen, truth: Books, where: str, style: Style) -> BasicExpenditure:
    path, hidden = f"{where}.basic_expenditure", pen.pick((0, 0, 0.1))
    listed = list(zip(EconomicCategory, truth.categories, strict=True))
    if pen.uses("some categories left out", 0.25):
        pen.rng.shuffle(listed)
        listed = listed[: pen.whole(1, 3)]
    categories = tuple(
        CategoryAmount(
            category=category,
            executed=pen.cell(f"{path}.categories[{i}].executed", amount, style, hidden),
        )
        for i, (category, amount) in enumerate(listed)
    )
    return BasicExpenditure(
        **_line(pen, path, truth.basic, style, hidden),
        share=pen.rate(
            f"{path}.share", truth.basic.executed, truth.total.executed, pen.rate_style()
        ),
        categories=() if pen.chance(0.3) else categories,
    )


def _project(pen: Pen, truth: Books, where: str, style: Style) -> ProjectExpenditure:
    path, hidden = f"{where}.project_expenditure", pen.pick((0, 0, 0.1))
    listed = list(truth.project_sources)
    if pen.uses("some sources of projects left out", 0.2):
        listed = [one for one in listed if one.kind is not FundingKind.OTHER][: pen.whole(1, 2)]
    sources = tuple(
        FundingSource(
            kind=one.kind,
            label=one.label,
            executed=pen.cell(f"{path}.sources[{i}].executed", one.phases.executed, style, hidden),
        )
        for i, one in enumerate(listed)
    )
    return ProjectExpenditure(
        **_line(pen, path, truth.project, style, hidden),
        share=pen.rate(
            f"{path}.share", truth.project.executed, truth.total.executed, pen.rate_style()
        ),
        sources=() if pen.chance(0.3) else sources,
    )


_ITEMS = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")


def _three_public(pen: Pen, truth: Books, where: str, style: Style) -> ThreePublicExpenses:
    path, hidden = f"{where}.three_public", pen.pick((0, 0, 0.1))
    incomplete = pen.uses("some of the three public expenses left out", 0.2)
    budget = sum((one for one, _ in truth.three_public), start=Fraction(0))
    spent = sum((one for _, one in truth.three_public), start=Fraction(0))

    def item(name: str, amounts: tuple[Fraction, Fraction]) -> ThreePublicItem:
        return ThreePublicItem(
            budget=pen.cell(f"{path}.{name}.budget", amounts[0], style, hidden),
            executed=pen.cell(f"{path}.{name}.executed", amounts[1], style, hidden),
        )

    items = {
        name: item(name, amounts)
        for name, amounts in zip(_ITEMS, truth.three_public, strict=True)
        if not incomplete or pen.chance(0.6)
    }
    return ThreePublicExpenses(
        total=item("total", (budget, spent)),
        control_rate=pen.rate(f"{path}.control_rate", spent, budget, pen.rate_style()),
        **items,
    )


def _procurement(pen: Pen, truth: Books, where: str, style: Style) -> Procurement:
    path, (budget, spent) = f"{where}.procurement", truth.procurement
    return Procurement(
        budget=pen.cell(f"{path}.budget", budget, style),
        executed=pen.cell(f"{path}.executed", spent, style),
        execution_rate=pen.rate(f"{path}.execution_rate", spent, budget, pen.rate_style()),
    )


def _fixed_assets(pen: Pen, truth: Books, where: str, style: Style) -> FixedAssets:
    path, (original, worn, building) = f"{where}.fixed_assets", truth.assets
    return FixedAssets(
        original_value=pen.cell(f"{path}.original_value", original, style),
        accumulated_depreciation=pen.cell(f"{path}.accumulated_depreciation", worn, style),
        net_value=pen.cell(f"{path}.net_value", original - worn, style),
        under_construction=pen.cell(f"{path}.under_construction", building, style),
    )


def _project_counts(pen: Pen, truth: Books, where: str) -> ProjectCounts:
    path, (recurring, new, completed, _) = f"{where}.project_counts", truth.counts
    values = {
        "total": recurring + new,
        "recurring": recurring,
        "new": new,
        "completed": completed,
        "unfinished": recurring + new - completed,
    }
    units = _counted(pen, ("个", "项"))
    return ProjectCounts(
        **{
            name: pen.people(f"{path}.{name}", value, units)
            for name, value in values.items()
            if pen.chance(0.85)
        }
    )


def _counted(pen: Pen, words: Sequence[str]) -> Sequence[str]:
    """The words among which numbers of one thing are printed."""
    if pen.uses("counts with and without units", 0.15):
        return ("", words[0])
    return (pen.pick(("", *words)),)


def staffing(pen: Pen) -> Staffing:
    """Numbers of people: on the roll, in service, retired."""
    administrative, institution = pen.whole(0, 40), pen.whole(0, 160)
    honorary, retired = pen.whole(0, 3), pen.whole(0, 60)
    serving = administrative + institution
    values = {
        "authorised": pen.whole(0, 220),
        "on_roll": serving + honorary + retired,
        "in_service": serving,
        "administrative": administrative,
        "public_institution": institution,
        "honorary_retired": honorary,
        "retired": retired,
        "change": pen.whole(-9, 9),
    }
    units = _counted(pen, ("人",))
    if pen.uses("several words for people", 0.1):
        units = ("人", "名", "位")
    return Staffing(
        **{
            name: pen.people(f"department.staffing.{name}", value, units)
            for name, value in values.items()
            if pen.chance(0.85)
        }
    )

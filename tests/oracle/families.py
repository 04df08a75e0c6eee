"""Small reports by hand, family by family: what the generators of the benchmarks leave out.

Blanks, dashes and masks, lists that are not complete, headings with points, whole numbers beside
finer ones, targets of all directions and of 0. True numbers come first and are then printed, so
that the report can be true; ``jolted`` then moves one figure by a few units in its last place,
which is where a verdict turns.

``wild`` reports hold what the audit is known to take wrong: amounts of 0, less than nothing, or
not there, dashes, counts without their unit, points in the words of headings, targets without an
operator, no score of execution.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs

from budgetperf import (
    Department,
    Figure,
    Indicator,
    RoundingMode,
    SelfEvaluation,
    Statement,
    Target,
    figures,
    parse_figure,
)
from budgetperf.exact import Stated
from budgetperf.exact.number import fixed_text
from budgetperf.exact.rounding import round_to
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
    LevelCounts,
    Procurement,
    ProjectCounts,
    ProjectExpenditure,
    Staffing,
    ThreePublicExpenses,
    ThreePublicItem,
    map_figures,
)

__all__ = ["FAMILIES", "jolted"]

BLANKS = ("", "", "***", "待填")
PHASES = ("initial", "revised", "executed")


def cell(value: Fraction, unit: str, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> str:
    """A number as a table prints it, with its unit."""
    return f"{fixed_text(round_to(value, places, mode), places)}{unit}"


def sometimes(rng: random.Random, chances: int) -> bool:
    return rng.randrange(chances) == 0


def blanked(rng: random.Random, text: str, chances: int = 6, *, none: bool = False) -> Stated:
    """The figure, or now and then nothing in its place; a dash only where there is none."""
    if not chances or not sometimes(rng, chances):
        return parse_figure(text)
    return parse_figure("—" if none else rng.choice(BLANKS))


def amount(
    rng: random.Random, grain: Fraction, most: int = 10**6, *, wild: bool = False
) -> Fraction:
    """An amount in 万元, in grains; a wild one may be nothing, a little, or less than nothing."""
    if not wild:
        return grain * rng.randint(100, most)
    value = rng.choice(
        (
            Fraction(rng.randint(0, most), 10**4),
            Fraction(rng.randint(0, most), 10**4),
            Fraction(rng.randint(0, most)),
            Fraction(0),
            Fraction(rng.randint(-60, 60), 10**4),
            Fraction(rng.randint(-most, 0), 10**4),
        )
    )
    return value // grain * grain


YUAN, WAN = Fraction(1, 10**4), Fraction(1)
PRINTS = {
    YUAN: (("万元", 2), ("万元", 2), ("万元", 2), ("元", 0), ("万元", 4), ("元", 2)),
    WAN: (("万元", 0), ("万元", 2), ("元", 0)),
}
"""How amounts in such grains are printed: whole numbers only where nothing is rounded away."""


def grain_of(rng: random.Random) -> Fraction:
    return rng.choice((YUAN, YUAN, YUAN, WAN))


KINDS = list(FundingKind)


def sources(rng: random.Random, *, wild: bool = False) -> SelfEvaluation:
    """Funding by source in text and form, some of it not there, some of it negative."""
    count = rng.randint(1, 5)
    kinds = rng.sample(KINDS[:-1], count)
    if sometimes(rng, 2) and FundingKind.OTHER not in kinds:
        kinds[-1] = FundingKind.OTHER
    if sometimes(rng, 3):
        kinds += [FundingKind.UNLISTED] * rng.randint(1, 2)
    labels = [
        f"专项{rng.choice('甲乙')}" if kind is FundingKind.UNLISTED else kind.label.zh
        for kind in kinds
    ]
    plain, grain = not sometimes(rng, 3), grain_of(rng)
    true = {
        phase: [
            abs(amount(rng, grain, wild=wild)) if plain else amount(rng, grain, wild=wild)
            for _ in kinds
        ]
        for phase in PHASES
    }
    hidden = {
        phase: abs(amount(rng, grain, wild=wild))
        if FundingKind.OTHER not in kinds and sometimes(rng, 2)
        else Fraction(0)
        for phase in PHASES
    }
    whole = {phase: sum(true[phase], hidden[phase]) for phase in PHASES}

    unit, places = rng.choice(PRINTS[grain])
    change = whole["revised"] - whole["initial"]
    scale = 10**4 if unit == "元" else 1
    adjustment = Adjustment()
    mode = RoundingMode.DOWN if sometimes(rng, 6) else RoundingMode.HALF_UP
    if sometimes(rng, 3):
        share = None if not whole["initial"] else change / whole["initial"]
        adjustment = Adjustment(
            amount=blanked(rng, cell(change * scale, unit, places), 6 if wild else 0),
            rate=parse_figure("" if share is None else cell(100 * share, "%", 2)),
        )

    def printed_funding(unit: str, places: int, decimals: int | None) -> Funding:
        scale = 10**4 if unit == "元" else 1

        def stated(value: Fraction, chances: int) -> Stated:
            chances = chances if wild else 0
            return blanked(rng, cell(value * scale, unit, places), chances, none=not value)

        def rate(above: Fraction, below: Fraction) -> Stated:
            if not below:
                return parse_figure(rng.choice(("100%", "0%", "—")))
            shown = rng.choice((0, 1, 2)) if decimals is None else decimals
            return blanked(rng, cell(100 * above / below, "%", shown, mode), 4)

        return Funding(
            total=FundingTotal(
                **{phase: stated(whole[phase], 8) for phase in PHASES},
                execution_rate=rate(whole["executed"], whole["revised"]),
            ),
            sources=tuple(
                FundingSource(
                    kind=kind,
                    label=label,
                    **{phase: stated(true[phase][index], 7) for phase in PHASES},
                    execution_rate=rate(true["executed"][index], true["revised"][index]),
                )
                for index, (kind, label) in enumerate(zip(kinds, labels, strict=True))
            ),
        )

    narrative = Statement(funding=printed_funding(unit, places, None), adjustment=adjustment)
    form = Statement()
    if sometimes(rng, 2):
        unit, places = rng.choice(PRINTS[grain])
        form = Statement(funding=printed_funding(unit, places, rng.choice((0, 1, 2))))
    return SelfEvaluation(narrative=narrative, form=form)


def spending(rng: random.Random, *, wild: bool = False) -> SelfEvaluation:
    """Basic and project expenditure, categories, shares, in phrases of their own precision."""
    kinds = list(EconomicCategory)
    if sometimes(rng, 2):
        kinds = rng.sample(kinds, rng.randint(1, 3))
    grain = grain_of(rng)
    by_kind = [abs(amount(rng, grain, wild=wild)) for _ in kinds]
    further = (
        abs(amount(rng, grain, wild=wild)) if len(kinds) < 4 and sometimes(rng, 2) else Fraction(0)
    )
    of = rng.sample(KINDS[:-1], rng.randint(1, 3))
    if sometimes(rng, 2) and FundingKind.OTHER not in of:
        of.append(FundingKind.OTHER)
    by_source = [abs(amount(rng, grain, wild=wild)) for _ in of]
    basic = {"executed": sum(by_kind, further)}
    project = {"executed": sum(by_source, Fraction(0))}
    for line in (basic, project):
        line["revised"] = line["executed"] + abs(amount(rng, grain, 10**4, wild=wild))
        change = amount(rng, grain, 10**5, wild=wild)
        line["initial"] = line["revised"] + (-change if wild else change)
    whole = {phase: basic[phase] + project[phase] for phase in PHASES}
    mode = RoundingMode.DOWN if sometimes(rng, 8) else RoundingMode.HALF_UP

    def phrase() -> Callable[[Fraction], Stated]:
        unit, places = rng.choice(PRINTS[grain])
        scale = 10**4 if unit == "元" else 1
        chances = 9 if wild else 0
        return lambda value: blanked(
            rng, cell(value * scale, unit, places), chances, none=not value
        )

    def rates(line: Mapping[str, Fraction]) -> dict[str, Stated]:
        rates_printed: dict[str, Stated] = {}
        if line["revised"]:
            text = cell(100 * line["executed"] / line["revised"], "%", 2, mode)
            rates_printed["execution_rate"] = blanked(rng, text)
        if whole["executed"]:
            places = rng.choice((0, 1, 2))
            text = cell(100 * line["executed"] / whole["executed"], "%", places, mode)
            rates_printed["share"] = blanked(rng, text)
        return rates_printed

    of_all, of_basic, of_project = phrase(), phrase(), phrase()
    change = whole["revised"] - whole["initial"]
    narrative = Statement(
        funding=Funding(total=FundingTotal(**{phase: of_all(whole[phase]) for phase in PHASES})),
        adjustment=Adjustment(amount=of_all(change)),
        basic_expenditure=BasicExpenditure(
            **{phase: of_basic(basic[phase]) for phase in PHASES},
            **rates(basic),
            categories=tuple(
                CategoryAmount(category=kind, executed=of_basic(value))
                for kind, value in zip(kinds, by_kind, strict=True)
            ),
        ),
        project_expenditure=ProjectExpenditure(
            **{phase: of_project(project[phase]) for phase in PHASES},
            **rates(project),
            sources=tuple(
                FundingSource(kind=kind, label=kind.label.zh, executed=of_project(value))
                for kind, value in zip(of, by_source, strict=True)
            ),
        ),
    )
    return SelfEvaluation(narrative=narrative)


def holdings(rng: random.Random, *, wild: bool = False) -> SelfEvaluation:
    """三公经费, procurement, fixed assets, people and projects; much of it blank or 0."""
    names = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")
    none, grain = wild and sometimes(rng, 3), grain_of(rng)
    budget = [Fraction(0) if none else abs(amount(rng, grain, 10**4, wild=wild)) for _ in names]
    spent = [
        budgeted * rng.choice((0 if wild else 1, 1, 1, Fraction(7, 9))) // grain * grain
        for budgeted in budget
    ]
    totals = (sum(budget, Fraction(0)), sum(spent, Fraction(0)))
    unit, places = rng.choice(PRINTS[grain])
    scale = 10**4 if unit == "元" else 1

    def stated(value: Fraction, chances: int = 8) -> Stated:
        chances = chances if wild else 0
        return blanked(rng, cell(value * scale, unit, places), chances, none=not value)

    def rate(above: Fraction, below: Fraction) -> Stated:
        if not below:
            return parse_figure(rng.choice(("100%", "0", "0.00%", "—", "")))
        return blanked(rng, cell(100 * above / below, "%", 2))

    bought, paid, value, gone = (abs(amount(rng, grain, wild=wild)) for _ in range(4))
    a, b, retired, honorary = (rng.randint(0, 30) for _ in range(4))
    new, recurring = rng.randint(0, 4), rng.randint(0, 9)
    done = rng.randint(0, new + recurring)

    def people(count: int) -> Stated:
        unit = rng.choice(("人", "人", "名", "" if wild else "人"))
        return blanked(rng, f"{count}{unit}", none=wild and not count)

    def projects(count: int) -> Stated:
        unit = rng.choice(("个", "个", "" if wild else "个"))
        return blanked(rng, f"{count}{unit}", none=wild and not count)

    return SelfEvaluation(
        department=Department(
            staffing=Staffing(
                authorised=people(a + b),
                on_roll=people(a + b + retired + honorary),
                in_service=people(a + b),
                administrative=people(a),
                public_institution=people(b),
                retired=people(retired),
                honorary_retired=people(honorary),
            )
        ),
        narrative=Statement(
            three_public=ThreePublicExpenses(
                total=ThreePublicItem(budget=stated(totals[0]), executed=stated(totals[1])),
                control_rate=rate(totals[1], totals[0]),
                **{
                    name: ThreePublicItem(budget=stated(budgeted), executed=stated(paid_out))
                    for name, budgeted, paid_out in zip(names, budget, spent, strict=True)
                },
            ),
            procurement=Procurement(
                budget=stated(bought), executed=stated(paid), execution_rate=rate(paid, bought)
            ),
            fixed_assets=FixedAssets(
                original_value=stated(value),
                accumulated_depreciation=stated(gone),
                net_value=stated(value - gone),
            ),
            adjustment=Adjustment(projects_added=projects(rng.randint(0, new))),
            project_counts=ProjectCounts(
                total=projects(new + recurring),
                recurring=projects(recurring),
                new=projects(new),
                completed=projects(done),
                unfinished=projects(new + recurring - done),
            ),
        ),
    )


LEVELS = (
    ("产出指标", ("数量指标", "质量指标")),
    ("效益指标", ("社会效益", "经济效益")),
    ("满意度指标", ("服务对象满意度",)),
)


def marks(rng: random.Random, *, wild: bool = False) -> SelfEvaluation:
    """Weights and scores under headings, which say sums in rows of their own or in their words."""
    execution = rng.choice(("stated", "absent", "no score", "dash")) if wild else "stated"
    of_rows = 100 if execution == "absent" and sometimes(rng, 2) else 90
    levels = LEVELS[: rng.randint(1, 3)]
    table = [
        (upper, lower) for upper, twos in levels for lower in twos for _ in range(rng.randint(1, 2))
    ]
    weights = _split(rng, of_rows, len(table))
    places = rng.choice((0, 1, 2, 2))
    scores = [_mark(rng, weight, places) for weight in weights]
    in_words, own_rows = wild and sometimes(rng, 2), sometimes(rng, 3)
    point = rng.choice(("", "分"))

    def points(value: Fraction) -> str:
        whole = value.denominator == 1
        return f"{fixed_text(value, 0 if whole else places)}{point}"

    def sums(values: Sequence[Fraction], *names: str) -> Fraction:
        below = (
            value for row, value in zip(table, values, strict=True) if row[: len(names)] == names
        )
        return sum(below, Fraction(0))

    def title(*names: str) -> str:
        is_said = in_words and sometimes(rng, 2)
        weight = sums([Fraction(part) for part in weights], *names)
        return f"{names[-1]}（{fixed_text(weight, 0)}分）" if is_said else names[-1]

    def heading(*names: str) -> Indicator:
        shown: dict[str, Any] = dict(zip(("level1", "level2"), map(str, names), strict=False))
        return Indicator(
            **shown,
            weight=blanked(rng, points(sums([Fraction(part) for part in weights], *names)), 3),
            score=blanked(rng, points(sums(scores, *names)), 3),
        )

    rows: list[Indicator] = []
    for number, ((upper, lower), weight, score) in enumerate(
        zip(table, weights, scores, strict=True)
    ):
        if own_rows and (not number or table[number - 1][0] != upper):
            rows.append(heading(upper))
        if own_rows and sometimes(rng, 2) and (not number or table[number - 1] != (upper, lower)):
            rows.append(heading(upper, lower))
        rows.append(
            Indicator(
                level1=title(upper),
                level2=title(upper, lower),
                name=f"任务{number + 1 if not sometimes(rng, 9) else 1}",
                weight=blanked(rng, points(Fraction(weight)), 25),
                score=blanked(rng, points(score), 12),
            )
        )
    if sometimes(rng, 5):
        rows.append(
            Indicator(
                level1="合计",
                weight=parse_figure(str(of_rows)),
                score=parse_figure(points(sum(scores, Fraction(0)))),
            )
        )
    mark = _mark(rng, 10, places)
    total = sum(scores, Fraction(0))
    marked: dict[str, Stated] = {}
    if execution in ("stated", "no score"):
        marked["weight"] = parse_figure("10")
    if execution == "stated":
        marked["score"] = parse_figure(points(mark))
    if execution == "dash":
        marked = {"weight": parse_figure("—"), "score": parse_figure("—")}
    if of_rows == 90:
        total += mark
    total_printed = parse_figure(f"{points(total).removesuffix('分')}分")
    counts = [len(levels), len(set(table)), len(table)]
    narrative = Statement(
        total_score=total_printed,
        level_counts=LevelCounts(
            **{
                f"level{depth}": blanked(rng, f"{count}个", 3)
                for depth, count in enumerate(counts, 1)
            }
        ),
    )
    form = Statement(
        funding=Funding(total=FundingTotal(**marked)),
        indicators=tuple(rows),
        total_score=blanked(rng, points(total), 3),
    )
    return SelfEvaluation(narrative=narrative, form=form)


def _split(rng: random.Random, whole: int, count: int) -> list[int]:
    cuts = sorted(rng.sample(range(1, whole), count - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def _mark(rng: random.Random, weight: int, places: int) -> Fraction:
    """A score that is printed in full."""
    if sometimes(rng, 2):
        return Fraction(weight)
    return round_to(Fraction(weight * rng.randint(0, 997), 997), places)


def targets(rng: random.Random, *, wild: bool = False) -> SelfEvaluation:
    """Completion rates and deviations of all directions, under one definition or two."""
    definition = rng.choice(("points", "target", "actual"))
    shown = rng.choice((0, 0, 2))
    rows: list[Indicator] = []
    for number in range(rng.randint(1, 4)):
        unit = rng.choice(("%", "%", "次", "天", ""))
        sign = rng.choice(("≥", "≥", "≥", "≤", "＝", "<", ">", "" if wild else "≥"))
        aim = Fraction(rng.choice((rng.randint(1, 20), rng.randint(50, 100), 0)))
        places = rng.choice((0, 0, 2)) if unit == "%" else rng.choice((0, 0, 0, 1))
        actual = aim * rng.choice((1, 1, Fraction(rng.randint(50, 150), 100)))
        actual += Fraction(rng.randint(0, 30), 10) if sometimes(rng, 3) else 0
        actual = round_to(actual, places)
        low = sign in ("≤", "<")
        completion: Stated = parse_figure("")
        if aim and actual:
            ways = [actual / aim]
            if low or not sign:
                ways += [aim / actual, 2 - actual / aim]
                ways += [Fraction(1)] if actual < aim or (actual == aim and sign != "<") else []
            mode = RoundingMode.DOWN if sometimes(rng, 8) else RoundingMode.HALF_UP
            text = cell(100 * rng.choice(ways), "%", shown, mode)
            completion = blanked(rng, text, 4)
        deviation: Stated = parse_figure("")
        if aim and actual:
            base = {"points": Fraction(1) if unit == "%" else aim, "target": aim, "actual": actual}
            divisor = base[definition] if not sometimes(rng, 12) else aim
            points = definition == "points" and unit == "%"
            off = (actual - aim) / divisor
            percent = off if points and divisor == 1 else 100 * off
            if percent < 0 and sometimes(rng, 2):
                percent = -percent
            deviation = blanked(rng, cell(percent, "%", shown), 4)
        rows.append(
            Indicator(
                level1="产出指标",
                name=f"任务{number}",
                target=Target.parse(f"{sign}{fixed_text(aim, 0)}{unit}"),
                actual=blanked(rng, cell(actual, unit if not sometimes(rng, 9) else "", places), 9),
                completion_rate=completion,
                deviation=deviation,
            )
        )
    return SelfEvaluation(form=Statement(indicators=tuple(rows)))


FAMILIES: Mapping[str, Callable[..., SelfEvaluation]] = MappingProxyType(
    {
        "sources": sources,
        "spending": spending,
        "holdings": holdings,
        "marks": marks,
        "targets": targets,
    }
)
"""The families, by name."""


def jolted(report: SelfEvaluation, rng: random.Random, *, wild: bool = False) -> SelfEvaluation:
    """The report with one figure moved by some units in its last place.

    Only a wild one is moved to 0 or beyond.
    """
    paths = [path for path, _ in figures(report)]
    if not paths:
        return report
    chosen, steps = rng.choice(paths), rng.choice((1, 1, 2, 2, 3, 4, 5, 10, 100))
    steps *= rng.choice((1, -1))

    def moved(path: str, figure: Figure) -> Figure:
        if path != chosen:
            return figure
        value = figure.value + steps * Decimal(1).scaleb(-figure.places)
        if not wild and value * figure.value <= 0:
            return figure
        text = f"{value:f}{figure.unit.symbol}"
        return attrs.evolve(figure, value=value, text=text)

    return map_figures(report, moved)

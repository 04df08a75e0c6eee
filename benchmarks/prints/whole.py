"""A whole report: its truth, its two statements, and what is printed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

import budgetperf as bp
from budgetperf.model import Achievement, Funding, resolve
from budgetperf.rules import Gauge, RuleSet

from .form import Customs, level_counts, print_table
from .marks import Shares, execution_shares, half_up, is_rescaled
from .money import Books, books, print_accounts, staffing
from .pen import SCALES, Pen, Style, decimals, without_zeros
from .table import Table, draw_table

__all__ = ["Case", "report"]


@attrs.frozen(kw_only=True)
class Case:
    """A report that can be true.

    Args:
        seed: what it was drawn from.
        report: the report.
        rules: the id of the rule-set that its scores follow, if they follow one.
        shapes: the shapes that it uses.
        capped: whether its total is below the sum of its scores by a cap of its rule-set.
        truth: the true value behind the figures, by path.
    """

    seed: int
    report: bp.SelfEvaluation
    rules: str | None
    shapes: tuple[str, ...]
    capped: bool
    truth: dict[str, Fraction] = attrs.field(repr=False)


def report(seed: int) -> Case:
    """The report of a seed: always the same one."""
    pen = Pen(seed)
    rules = _drawn_rules(pen)
    truth = books(pen)
    table = draw_table(pen, rules, truth, _execution_shares(rules, truth))
    customs = Customs.drawn(pen, None if rules is None else rules.deviation)
    kind = pen.pick([bp.EvaluationKind.DEPARTMENT, bp.EvaluationKind.PROJECT])
    pen.note(f"{kind.value} report")
    parts = pen.pick(("both", "both", "both", "form", "text"))
    if parts != "both":
        pen.note(f"{parts} only")
    is_department = kind is bp.EvaluationKind.DEPARTMENT
    narrative: dict[str, Any] = {}
    form: dict[str, Any] = {}
    if parts != "form":
        narrative = print_accounts(pen, truth, "narrative", share=0.8 if is_department else 0.5)
        narrative["indicators"] = print_table(pen, table, "narrative", customs, form=False)
    if parts != "text":
        form = print_accounts(pen, truth, "form", share=1.0)
        if pen.chance(0.8):  # most forms have nothing but funds and indicators
            form = {name: form[name] for name in ("funding", "adjustment") if name in form}
        if pen.uses("no execution row", 0.1):
            form.pop("funding")
        else:
            form["funding"] = _with_score(pen, form["funding"], table)
        form["indicators"] = print_table(pen, table, "form", customs, form=True)
        if parts == "both" and pen.chance(0.25):
            narrative["level_counts"] = level_counts(pen, table)
    achievements = _achievements(pen)
    total, capped = _total(rules, truth, table, narrative, form, pen)
    for where, statement in (("narrative", narrative), ("form", form)):
        if statement:
            scored = any(isinstance(one.score, bp.Figure) for one in statement["indicators"])
            statement.update(_results(pen, where, total, table, rules, scored=scored))
            if pen.chance(0.3):
                statement["achievements"] = _print_achievements(pen, where, achievements)
    made = bp.SelfEvaluation(
        kind=kind,
        department=bp.Department(
            name="某单位", year=bp.Figure.parse("2023"), staffing=staffing(pen)
        )
        if is_department
        else bp.Department(),
        narrative=bp.Statement(**narrative),
        form=bp.Statement(**form),
    )
    made = without_zeros(made, pen, _column) if pen.chance(0.25) else made
    made = attrs.evolve(made, repeated=tuple(_repeated(pen, made)))
    return Case(
        seed=seed, report=bp.with_column_precision(made),
        rules=None if rules is None else rules.id, shapes=tuple(pen.shapes), capped=capped,
        truth=pen.truth,
    )  # fmt: skip


def _drawn_rules(pen: Pen) -> RuleSet | None:
    if pen.chance(0.35):
        pen.note("scores by judgement")
        return None
    rules = pen.pick(list(bp.rulesets))
    pen.note(f"scores by {rules.id}")
    return rules


def _execution_shares(rules: RuleSet | None, truth: Books) -> Shares | None:
    if rules is None or rules.execution is None:
        return None
    total = truth.total
    return execution_shares(
        rules.execution, initial=total.initial, revised=total.revised, executed=total.executed
    )


def _with_score(pen: Pen, funding: Funding, table: Table) -> Funding:
    """The funding block with the weight and the score of budget execution, as far as printed."""
    if table.execution is None:
        return funding
    weight, score = table.execution
    path = "form.funding.total"
    cells: dict[str, Any] = {}
    if not pen.uses("execution row without a weight", 0.08):
        cells["weight"] = pen.figure(
            decimals(weight, 0) + pen.pick(("", "", ".00", "分")), f"{path}.weight"
        )
    elif pen.chance(0.5):
        cells["weight"] = pen.blank()
    if not pen.uses("execution row without a score", 0.08):
        pen.truth[f"{path}.score"] = score
        cells["score"] = pen.figure(decimals(score, table.places), f"{path}.score")
    elif pen.chance(0.5):
        cells["score"] = pen.blank()
    total = attrs.evolve(funding.total, **cells)
    sources = funding.sources
    if sources and cells.get("score") and pen.uses("source rows repeat weight and score", 0.05):
        sources = (attrs.evolve(sources[0], **cells), *sources[1:])
    return attrs.evolve(funding, total=total, sources=sources)


def _total(
    rules: RuleSet | None, truth: Books, table: Table, narrative: dict[str, Any],
    form: dict[str, Any], pen: Pen,
) -> tuple[Fraction, bool]:  # fmt: skip
    """The true total, and whether a cap is below the sum of the scores."""
    total = table.total
    applying = [row for row in table.rows if row.applies]
    if len(applying) < len(table.rows):
        whole = sum((row.weight for row in applying), start=Fraction(0))
        whole += table.execution[0] if table.execution else 0
        by_hand = rules is None and pen.chance(0.5)
        if (is_rescaled(rules) or by_hand) and whole:
            pen.note("rescaled totals")
            total = total * 100 / whole
            if table.rounded_first:
                total = half_up(total, table.places)
    if rules is None:
        return total, False
    reasons = [getattr(one.get("adjustment"), "reason", None) for one in (narrative, form)]
    explained = any(isinstance(one, str) and one != "无" for one in reasons)
    budgets = truth.total
    gauges = {}
    if budgets.initial:
        gauges[Gauge.ADJUSTMENT] = abs((budgets.revised - budgets.initial) / budgets.initial)
    if budgets.revised:
        gauges[Gauge.EXECUTION] = budgets.executed / budgets.revised
    for cap in rules.total_caps:
        lifted = cap.unless_explained and explained
        if cap.on in gauges and gauges[cap.on] in cap.within and not lifted:
            pen.note("a cap in force")
            if total > cap.most:
                return cap.most, True
    return total, False


_NATIONAL = (("优", 90), ("良", 80), ("中", 60), ("差", 0))


def _results(
    pen: Pen, where: str, total: Fraction, table: Table, rules: RuleSet | None, *, scored: bool
) -> dict[str, Any]:
    """The total and the rating of a statement, as far as printed."""
    found: dict[str, Any] = {}
    places = table.places
    if where == "narrative" and not scored and places > 1 and pen.chance(0.2):
        pen.note("a shorter total in the text")
        places -= 1
    elif where == "narrative" and not scored and total.denominator == 1:
        places = 0 if pen.uses("a whole total in the text", 0.4) else places
    if not pen.uses("no total", 0.15):
        path = f"{where}.total_score"
        pen.truth[path] = total
        found["total_score"] = pen.figure(decimals(total, places) + pen.pick(("", "", "分")), path)
    if not pen.uses("no rating", 0.4):
        bands = (
            [(one.rating, one.least) for one in rules.ratings] if rules and rules.ratings else []
        )
        bands = bands or [(name, Fraction(least)) for name, least in _NATIONAL]
        by = total
        if pen.uses("the rating of the total in print", 0.3):
            by = half_up(total, places)
        rating = next((name for name, least in bands if by >= least), None)
        if rating is not None:
            found["rating"] = rating
    return found


# Achievements and repeated figures.


def _achievements(pen: Pen) -> list[tuple[str, Fraction, str]]:
    return [
        ("办理事项", Fraction(pen.whole(1, 9999)), "件"),
        ("带动投资", Fraction(pen.whole(1, 10**9), 100), "万元"),
        ("授权率", Fraction(pen.whole(1, 10**5), 10**5), "%"),
    ]


def _print_achievements(
    pen: Pen, where: str, several: list[tuple[str, Fraction, str]]
) -> tuple[Achievement, ...]:
    chosen = [one for one in several if pen.chance(0.7)]
    return tuple(
        Achievement(
            name=name,
            value=pen.number(
                f"{where}.achievements[{i}].value", value,
                Style(unit=unit, places=0 if unit == "件" else pen.whole(1, 4)),
            ),
        )
        for i, (name, value, unit) in enumerate(chosen)
    )  # fmt: skip


_MONEY = re.compile(
    r"\.(?:funding|basic_expenditure|project_expenditure|procurement|three_public|fixed_assets)\."
)


def _repeated(pen: Pen, made: bp.SelfEvaluation) -> Iterator[bp.Figure]:
    """Some figures printed again, in other units and places; some that are hidden elsewhere."""
    if not pen.uses("repeated figures", 0.4):
        return
    paths = [path for path in pen.truth if _is_there(made, path)]
    for path in pen.rng.choices(paths, k=pen.whole(1, 6)) if paths else ():
        value, style = pen.truth[path], _style_again(pen, path, made)
        if style is not None:
            again = Pen(pen.whole(0, 10**9)).number(path, value, style)
            yield again


def _is_there(made: bp.SelfEvaluation, path: str) -> bool:
    try:
        resolve(made, path)
    except bp.BudgetperfError:
        return False
    return True


def _style_again(pen: Pen, path: str, made: bp.SelfEvaluation) -> Style | None:
    if path.endswith(("rate", "share", "deviation")):
        return Style(unit="%", places=pen.whole(0, 4))
    if path.endswith(("total_score", ".score")):
        return Style(unit=pen.pick(("", "分")), places=pen.whole(1, 3))
    if _MONEY.search(path) and not path.endswith("weight"):
        unit = pen.pick(("元", "元", "万元", "万元", "亿元"))
        return Style(unit=unit, places=pen.pick((0, 1, 2, 2, 2)))
    figure = resolve(made, path)
    if isinstance(figure, bp.Figure) and figure.is_exact and not figure.unit.symbol.endswith("元"):
        value = pen.truth[path] / SCALES.get(figure.unit.symbol, Fraction(1))
        if value.denominator == 1 and ".target." not in path:
            return Style(unit=figure.unit.symbol, places=0)
    return None


_COLUMNS = (
    r"(\w+)\.(funding)\.(?:total|sources\[\d+\])\.(?:initial|revised|executed)|(\w+)\.(adjustment)\.amount",
    r"(\w+)\.(basic_expenditure|project_expenditure|three_public|procurement)\..*(?:initial|revised|executed|budget)",
    r"(\w+)\.(fixed_assets)\.\w+",
    r"(form)\.(?:funding\.total\.(score)|indicators\[\d+\]\.(score)|total_(score))",
    r"(\w+)\.indicators\[\d+\]\.(actual)",
)


def _column(path: str) -> str | None:
    for pattern in _COLUMNS:
        match = re.fullmatch(pattern, path)
        if match:
            return " ".join(filter(None, match.groups()))
    return None

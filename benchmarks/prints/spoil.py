"""One visible error in a report that can be true: a printed total with all its parts beside it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

import budgetperf as bp
from budgetperf.model import FundingKind, map_figures

from .pen import decimals
from .whole import Case

__all__ = ["Spoilt", "spoilt"]

_PHASES = ("initial", "revised", "executed")
_ITEMS = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")
_LEVELS = {FundingKind.UPPER, FundingKind.LOCAL}
_YEARS = {FundingKind.CURRENT_APPROPRIATION, FundingKind.CARRY_OVER}


@attrs.frozen(kw_only=True)
class Spoilt:
    """A report with one wrong figure.

    Args:
        report: the report.
        path: the figure.
        right: what was printed.
        wrong: what is printed now.
    """

    report: bp.SelfEvaluation
    path: str
    right: str
    wrong: str


def spoilt(case: Case, rng: random.Random) -> Spoilt | None:
    """The report with one total changed by more than rounding explains; ``None`` if none is whole.

    Args:
        case: a report that can be true.
        rng: draws the total, and whether it becomes too high or too low.
    """
    report = case.report
    stated = dict(bp.figures(attrs.evolve(report, repeated=())))
    again = {figure.path for figure in report.repeated}
    sums = [
        (total, parts)
        for total, parts in _sums(case)
        if total in stated and total not in again and all(part in stated for part in parts)
    ]
    if not sums:
        return None
    path, parts = rng.choice(sums)
    figure = stated[path]
    step = figure.unit.scale / Fraction(10) ** figure.places
    reach = sum((_width(stated[part]) for part in parts), start=_width(figure))
    steps = reach // step + 1
    value = Fraction(figure.value) + rng.choice((-1, 1)) * steps / Fraction(10) ** figure.places
    text = decimals(value, max(figure.places, 0))
    changed = attrs.evolve(figure, value=text, text=text + figure.unit.symbol)

    def put(at: str, old: bp.Figure) -> bp.Figure:
        return changed if at == path and old is figure else old

    return Spoilt(report=map_figures(report, put), path=path, right=figure.text, wrong=changed.text)


def _width(figure: bp.Figure) -> Fraction:
    """How far apart the true values are behind a figure; whole amounts may have been rounded."""
    if figure.is_exact and not figure.unit.symbol.endswith("元"):
        return Fraction(0)
    return figure.unit.scale / Fraction(10) ** figure.places


def _sums(case: Case) -> Iterator[tuple[str, Sequence[str]]]:
    """Totals and all their parts; a part that is not printed is not looked for here."""
    for where in ("narrative", "form"):
        statement: bp.Statement = getattr(case.report, where)
        yield from _funds(statement, where)
        path = f"{where}.three_public"
        for name in ("budget", "executed"):
            yield f"{path}.total.{name}", [f"{path}.{item}.{name}" for item in _ITEMS]
        path = f"{where}.fixed_assets"
        parts = ("original_value", "accumulated_depreciation")
        yield f"{path}.net_value", [f"{path}.{name}" for name in parts]
        path = f"{where}.project_counts"
        yield f"{path}.total", [f"{path}.recurring", f"{path}.new"]
        yield f"{path}.total", [f"{path}.completed", f"{path}.unfinished"]
    path = "department.staffing"
    yield f"{path}.on_roll", [f"{path}.{n}" for n in ("in_service", "retired", "honorary_retired")]
    yield f"{path}.in_service", [f"{path}.{n}" for n in ("administrative", "public_institution")]
    yield from _scores(case)


def _funds(statement: bp.Statement, where: str) -> Iterator[tuple[str, Sequence[str]]]:
    sources, path = statement.funding.sources, f"{where}.funding"
    kinds = {source.kind for source in sources}
    whole = FundingKind.OTHER in kinds and not (kinds & _LEVELS and kinds & _YEARS)
    spent = f"{where}.basic_expenditure", f"{where}.project_expenditure"
    for name in _PHASES:
        total = f"{path}.total.{name}"
        if whole:
            yield total, [f"{path}.sources[{i}].{name}" for i in range(len(sources))]
        yield total, [f"{one}.{name}" for one in spent]
    categories = statement.basic_expenditure.categories
    if len(categories) == 4:
        yield f"{spent[0]}.executed", [f"{spent[0]}.categories[{i}].executed" for i in range(4)]
    sources = statement.project_expenditure.sources
    if FundingKind.OTHER in {source.kind for source in sources}:
        parts = [f"{spent[1]}.sources[{i}].executed" for i in range(len(sources))]
        yield f"{spent[1]}.executed", parts


def _scores(case: Case) -> Iterator[tuple[str, Sequence[str]]]:
    """The totals of the form and of the text, where they are plain sums of what is printed."""
    names = ("name", "score")
    rows = {
        f"form.indicators[{index}].score": [getattr(row, name) for name in names]
        for index, row in enumerate(case.report.form.indicators)
    }
    kept = [path for path, (name, _) in rows.items() if isinstance(name, str) and name != "小计"]
    apart = any(
        isinstance(row.score, bp.Missing) and row.score.reason is bp.MissingReason.DASH
        for row in case.report.form.indicators
    )
    if case.capped or apart or not kept:
        return
    for where in ("narrative", "form"):
        yield f"{where}.total_score", ["form.funding.total.score", *kept]

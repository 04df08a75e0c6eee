"""The rows that no expression scores, one by one through the function for a single row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from budgetperf.exact import BudgetperfError, Missing, MissingReason, round_to
from budgetperf.model import Indicator
from budgetperf.model.indicators import read_target
from budgetperf.rules import RuleSet, ScoreRounding
from budgetperf.scoring.marks import NoScore, row_score

from .cells import directed, read_number
from .columns import WORDS, in_row_unit
from .results import DIGITS
from .statuses import RowStatus

__all__ = ["scored_alone", "stated_words"]


def scored_alone(
    rows: Iterable[Mapping[str, str]],
    rules: RuleSet,
    rounding: ScoreRounding,
    direction: int | None,
) -> tuple[list[int], list[RowStatus]]:
    """The score of each row in units of its last place, and its status; 0 where there is none.

    Args:
        rows: the cells by field.
        rules: the rule-set.
        rounding: how a score is rounded.
        direction: the code of the direction of targets that say none.
    """
    known = dict[tuple[str, ...], tuple[int, RowStatus]]()
    scores, statuses = list[int](), list[RowStatus]()
    for row in rows:
        key = tuple(row.values())
        if key not in known:
            known[key] = _scored(row, rules, rounding, direction)
        score, status = known[key]
        scores.append(score)
        statuses.append(status)
    return scores, statuses


def _scored(
    row: Mapping[str, str], rules: RuleSet, rounding: ScoreRounding, direction: int | None
) -> tuple[int, RowStatus]:
    row = in_row_unit(row)
    target = directed(read_target(row["target"]), row.get("operator", ""), direction)
    if isinstance(target, RowStatus):
        return 0, target
    actual, weight = (read_number(field, row[field]) for field in ("actual", "weight"))
    words = {field: stated_words(row[field]) for field in WORDS if field in row}
    try:
        indicator = Indicator(target=target, actual=actual, weight=weight, **words)
    except BudgetperfError:  # a number in a unit that cannot be there
        return 0, RowStatus.UNREADABLE
    result = row_score(indicator, rules)
    if result is not None and not isinstance(result, NoScore) and result.value is not None:
        units = _units(result.value, rounding)
        return (units, RowStatus.OK) if abs(units) < 10**DIGITS else (0, RowStatus.OUT_OF_RANGE)
    if result is not None and not isinstance(result, NoScore):
        return 0, RowStatus.OPEN
    return 0, _why("not-stated" if result is None else result.code, target.value, actual, weight)


def stated_words(text: str) -> str | Missing:
    """Words of a cell, or that there are none."""
    return text if text.strip() else Missing(reason=MissingReason.BLANK)


def _units(value: Fraction, rounding: ScoreRounding) -> int:
    return int(round_to(value, rounding.places, rounding.mode) * 10**rounding.places)


def _why(code: str, *cells: object) -> RowStatus:
    """The status for the reason of the single row."""
    if code in ("not-stated", "no-direction"):
        missing = [cell.reason for cell in cells if isinstance(cell, Missing)]
        if MissingReason.UNREADABLE in missing:
            return RowStatus.UNREADABLE
        if missing:
            return RowStatus.MISSING
    return _STATUSES.get(code, RowStatus.OTHER)


_STATUSES = {status.value: status for status in RowStatus} | {"qualitative": RowStatus.OPEN}

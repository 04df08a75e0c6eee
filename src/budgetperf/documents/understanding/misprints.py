"""Numbers of indicators that were read, and whose print is another than their table: one that lacks
the sign of per cent, and one whose ≥ became a 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetperf.exact import Figure, Missing, MissingReason
from budgetperf.exact.absent import missing_at
from budgetperf.exact.printed import parse_number
from budgetperf.model import Direction, Indicator, SelfEvaluation, Target

from .glyphs import Doubt, Slip

__all__ = ["misprints", "unsigned"]


def misprints(report: SelfEvaluation) -> Iterator[tuple[str, tuple[Missing, Doubt]]]:
    """The figures that lack their sign of per cent, or whose operator became a digit."""
    alone = unsigned(report)
    for statement in ("narrative", "form"):
        rows: tuple[Indicator, ...] = getattr(report, statement).indicators
        for number, row in enumerate(rows):
            path = f"{statement}.indicators[{number}]"
            aim, actual = row.target.value, row.actual
            if not isinstance(aim, Figure) or not isinstance(actual, Figure):
                continue
            for own, other, field in (
                (actual, aim, "actual"),
                (aim, actual, "target.value"),
            ):
                if other.unit.symbol == "%" and not own.unit.symbol:
                    text = own.text if field == "actual" else str(row.target.text)
                    doubt = Doubt(
                        slips=(Slip.PERCENT,),
                        likely=(f"{text}%",),
                        others=(text,),
                        is_number_sure=False,
                    )
                    yield f"{path}.{field}", (_unreadable(text, own), doubt)
            printed = row.target.text
            text = printed if isinstance(printed, str) else ""
            if f"{path}.target.value" in alone and _lacks_sign(row, text):
                doubt = Doubt(
                    slips=(Slip.OPERATOR_AS_DIGIT,),
                    likely=(f"≥{text[1:]}",),
                    others=(text,),
                    is_number_sure=False,
                )
                yield f"{path}.target.value", (_unreadable(text, aim), doubt)


_FEWEST_SIGNED = 2
"""How many targets of a table have an operator where the one that has none is in doubt."""
_TWO_FIRST = re.compile(r"2(?!0(?!\.))\d+(?:\.\d+)?[^\d.]*")
"""A number that is one without its first 2, too: none of 20, 200 and 2023."""


def unsigned(report: SelfEvaluation) -> dict[str, Missing]:
    """The targets that begin with a 2 and have no operator, where all others of the table have
    one: each as it is printed, by its path."""
    without_sign: dict[str, Missing] = {}
    for statement in ("narrative", "form"):
        rows: tuple[Indicator, ...] = getattr(report, statement).indicators
        aims = [
            (number, row.target, row.target.value)
            for number, row in enumerate(rows)
            if isinstance(row.target.value, Figure) and isinstance(row.target.text, str)
        ]
        own = {
            f"{statement}.indicators[{number}].target.value": _unreadable(str(aim.text), value)
            for number, aim, value in aims
            if isinstance(aim.direction, Missing) and _TWO_FIRST.fullmatch(str(aim.text))
        }
        read = sum(_is_signed(aim) for _, aim, _ in aims)
        signed = sum(_has_sign(row.target) for row in rows)
        if signed >= _FEWEST_SIGNED and read + len(own) == len(aims):
            without_sign |= own
    return without_sign


def _has_sign(target: Target) -> bool:
    """Whether a target is printed with an operator, be its number readable or not."""
    return isinstance(target.text, str) and not set(target.text).isdisjoint(_SIGNS)


def _is_signed(target: Target) -> bool:
    is_directed = isinstance(target.direction, Direction)
    return is_directed and isinstance(target.text, str) and target.text.startswith(_SIGNS)


_SIGNS = tuple("≥≤><=＞＜＝≧≦")


def _lacks_sign(row: Indicator, text: str) -> bool:
    """Whether a target without an operator begins with a 2 that is rather a ≥: with it less than
    half was reached, for full marks, and without it about as much as was due."""
    aim, actual = row.target.value, row.actual
    if not isinstance(row.target.direction, Missing) or not _TWO_FIRST.fullmatch(text):
        return False
    if not isinstance(row.score, Figure) or not isinstance(row.weight, Figure):
        return False
    if not isinstance(aim, Figure) or not isinstance(actual, Figure) or aim.unit != actual.unit:
        return False
    due = Figure.from_printed(parse_number(text[1:])).nominal
    is_full = row.score.nominal == row.weight.nominal
    return is_full and 2 * actual.nominal < aim.nominal and due <= actual.nominal <= 2 * due


def _unreadable(text: str, figure: Figure) -> Missing:
    return missing_at(figure.place, reason=MissingReason.UNREADABLE, text=text)

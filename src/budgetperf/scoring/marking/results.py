"""A score that follows: its steps, the range that is admitted, and how a curve gives it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import attrs

from budgetperf.citations import Status
from budgetperf.exact import Interval, Text, decimal_text, round_to
from budgetperf.exact.calls import Called
from budgetperf.exact.written.brief import as_code
from budgetperf.rules.curve import Curve
from budgetperf.rules.ruleset import ScoreRounding
from budgetperf.scoring.measures import Measured, NoScore, product, rounded, rounded_range

__all__ = ["SHARES", "ScoreRange", "Scoring", "Step", "percent"]

SHARES = Interval(lower=0, upper=1)
"""All shares of a weight."""


@attrs.frozen(kw_only=True)
class Step(Called):
    """One step of a score: what was computed, and its exact value.

    Args:
        title: what was computed.
        value: its exact value.
    """

    title: Text
    value: Fraction

    def __repr__(self) -> str:
        return as_code(self)


@attrs.frozen(kw_only=True)
class ScoreRange(Called):
    """What a rule gives at the printed figures, and over all true values behind them.

    Args:
        value: the score at the printed figures, rounded as the rule-set says; ``None`` where the
            rule leaves room for judgement.
        admissible: every score that the rule admits for some true value, in points.
        steps: how ``value`` came about.
        why: why there is no single score, where there is none.
        status: what the rule rests on, if it is known which one gave the score.
        words: the rule printed beside the row, where that gave the score and not the rule-set.
        notes: what was assumed, such as a direction that the print leaves out.
    """

    value: Fraction | None
    admissible: Interval
    steps: tuple[Step, ...] = ()
    why: Text | None = None
    status: Status | None = None
    words: str = ""
    notes: tuple[Text, ...] = ()


# Made for every row of a table, of what was just worked out here: past ``__init__``.
_new, _set = object.__new__, object.__setattr__


def _step(title: Text, value: Fraction) -> Step:
    made = _new(Step)
    _set(made, "title", title)
    _set(made, "value", value)
    return made


def _certain(
    value: Fraction, admissible: Interval, steps: tuple[Step, ...], status: Status | None
) -> ScoreRange:
    """A score that follows."""
    made = _new(ScoreRange)
    _set(made, "value", value)
    _set(made, "admissible", admissible)
    _set(made, "steps", steps)
    _set(made, "why", None)
    _set(made, "status", status)
    _set(made, "words", "")
    _set(made, "notes", ())
    return made


class Scoring(NamedTuple):
    """What turns a measure into points.

    Args:
        weight: the points.
        rounding: how a score is rounded.
        why: why a score between two curves is open.
        status: what the rule rests on.
    """

    weight: Fraction
    rounding: ScoreRounding | None
    why: Text
    status: Status | None

    def by(self, curve: Curve, lowest: Curve | None, measured: Measured) -> ScoreRange | NoScore:
        """The weight times the curve, at the printed figures and over their true values."""
        value, values, title, shown = measured
        share = curve.value(value)
        if share is None:
            return NoScore(
                code="rule-silent",
                why=Text(
                    zh="{}为 {}，规则未作规定", en="{} is {}, for which there is no rule"
                ).fill(title, percent(value)),
            )
        score = self._points(share)
        admissible = Interval.point(score) if values is None else self._admitted(curve, values)
        steps = (
            _step(title, value if shown is None else shown),
            _step(_SHARE, share),
            _step(_SCORE, score),
        )
        if lowest is not None:
            floor = lowest.value(value)
            floors = self._floors(lowest, values) if values is not None else self._floor(floor)
            if floors is not None:
                admissible = Interval.hull((admissible, floors))
            if floor is not None and floor < share:
                return ScoreRange(
                    value=None,
                    admissible=admissible,
                    steps=steps[:2],
                    why=self.why,
                    status=self.status,
                )
        return _certain(score, admissible, steps, self.status)

    def _admitted(self, curve: Curve, values: Interval) -> Interval:
        # Where the rule is silent over some of the true values, it speaks against no score.
        shares = curve.image(values) if curve.domain.covers(values) else None
        return self._scaled(shares or SHARES)

    def _floor(self, share: Fraction | None) -> Interval | None:
        return None if share is None else Interval.point(self._points(share))

    def _floors(self, lowest: Curve, values: Interval) -> Interval | None:
        shares = lowest.image(values)
        return None if shares is None else self._scaled(shares)

    def _points(self, share: Fraction) -> Fraction:
        return rounded(product(share, self.weight), self.rounding)

    def _scaled(self, shares: Interval) -> Interval:
        return rounded_range(shares.scaled(self.weight), self.rounding)


_SHARE = Text(zh="得分系数", en="share of the weight")
_SCORE = Text(zh="得分 = 分值 × 系数", en="score = weight × share")


def percent(value: Fraction) -> str:
    """A share in percent, for reading."""
    return f"{decimal_text(round_to(value * 100, 2))}%"

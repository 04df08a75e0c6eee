"""Small reports and their parts, from figures as they are written in a form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

import attrs
import pytest

from budgetperf import (
    BudgetperfError,
    Figure,
    Indicator,
    Missing,
    MissingReason,
    RuleSet,
    Statement,
    Target,
    Text,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.exact import Stated
from budgetperf.model import Adjustment, Funding, FundingTotal
from budgetperf.rules import (
    Curve,
    ExecutionRule,
    Knot,
    Measure,
    QuantitativeRule,
    RatingBand,
    Status,
    get,
)
from budgetperf.scoring import NoScore, ScoreRange, indicator_score

Written: TypeAlias = str | int | Stated | None
"""A figure, what stands in its place, or the text of one; ``None`` or no text: nothing."""

NONE = Missing()
BLANK = Missing(reason=MissingReason.BLANK)
DASH = Missing(reason=MissingReason.DASH, text="—")
OWN = Text(zh="自定", en="own")
PROPORTIONAL = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
RULES = RuleSet(
    id="own",
    title=OWN,
    status=Status.TEXT,
    execution=ExecutionRule(weight=10, curve=PROPORTIONAL),
    at_least=QuantitativeRule(measure=Measure.COMPLETION, curve=PROPORTIONAL),
    ratings=(RatingBand(rating="优", least=90), RatingBand(rating="差", least=0)),
)


LOCKED = attrs.evolve(get("yitihua-default"), editable=False)
"""The default algorithm where its setting locks the scores: another score is a contradiction."""


Kind = TypeVar("Kind")


def there(value: Kind | None) -> Kind:
    """What is there."""
    assert value is not None
    return value


def typed(kind: type[Kind], value: object) -> Kind:
    """What is of this kind."""
    assert isinstance(value, kind), value
    return value


def says(text: Text, zh: str, en: str) -> None:
    """The words stand in both languages."""
    assert zh in text.zh
    assert en in text.en


@contextmanager
def refused(
    code: str, field: str | None = None, *, match: str | None = None
) -> Iterator[pytest.ExceptionInfo[BudgetperfError]]:
    """What is done within is refused with this code, where it is told because of this field."""
    with pytest.raises(BudgetperfError, match=match) as caught:
        yield caught
    assert caught.value.code == code
    assert field is None or caught.value.field == field


def figure(text: str) -> Figure:
    """An exact figure."""
    return Figure.parse(text, exact=True)


def stated(text: Written, *, exact: bool | None = True) -> Stated:
    """The figure that is written so: exact, rounded, or by itself (``None``) one of the two."""
    if text is None or text == "":
        return NONE
    return text if isinstance(text, Figure | Missing) else Figure.parse(f"{text}", exact=exact)


def row(
    name: str,
    target: str,
    actual: Written,
    *,
    weight: Written = "20",
    score: Written = "20",
    score_exact: bool | None = True,
    completion: Written = None,
    deviation: Written = None,
    explanation: str | Missing = NONE,
    level1: str = "一",
    level2: str = "二",
) -> Indicator:
    """A row of the form: its rates are rounded, the other figures are exact."""
    return Indicator(
        name=name,
        level1=level1 or NONE,
        level2=level2 or NONE,
        target=Target.parse(target),
        actual=stated(actual),
        weight=stated(weight),
        score=stated(score, exact=score_exact),
        completion_rate=stated(completion, exact=None),
        deviation=stated(deviation, exact=None),
        explanation=explanation or NONE,
    )


def unscored(target: str, actual: Written, weight: Written = "10", **others: Any) -> Indicator:
    """A row that is to be given a score, without headings."""
    plain = row("某指标", target, actual, weight=weight, score=None, level1="", level2="")
    return attrs.evolve(plain, **others)


def indicator(
    name: str, level1: str, weight: Written, score: Written = None, level2: str = ""
) -> Indicator:
    """A row by its headings, without what was aimed at."""
    return Indicator(
        name=name or NONE, level1=level1 or NONE, level2=level2 or NONE,
        weight=stated(weight), score=stated(score),
    )  # fmt: skip


def form(*rows: Indicator, total: Written = None, reason: Any = NONE, **budget: Written) -> Report:
    """A form: its rows, the figures of its row of funds, its total score."""
    funds = FundingTotal(**{name: stated(text) for name, text in budget.items()})
    return Report(
        form=Statement(
            funding=Funding(total=funds),
            indicators=rows,
            total_score=stated(total),
            adjustment=Adjustment(reason=reason),
        )
    )


def in_text(report: Report) -> Report:
    """The same, said in the text alone."""
    return Report(narrative=report.form)


def scored(indicator: Indicator, rules: RuleSet) -> ScoreRange | NoScore:
    return indicator_score(indicator, rules, weight=typed(Figure, indicator.weight))


def points(indicator: Indicator, rules: RuleSet) -> Fraction | None:
    return typed(ScoreRange, scored(indicator, rules)).value


def unscorable(indicator: Indicator, rules: RuleSet) -> NoScore:
    """Why there is no score, in both languages."""
    result = typed(NoScore, scored(indicator, rules))
    assert result.why.zh
    assert result.why.en
    return result

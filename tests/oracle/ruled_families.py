"""Reports whose scores follow from a rule-set, by the curves as its TOML draws them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from budgetperf import Direction, Figure, Indicator, SelfEvaluation, Statement, Target, parse_figure
from budgetperf.exact import Stated
from budgetperf.exact.number import fixed_text
from budgetperf.exact.rounding import round_to
from budgetperf.model import Funding, FundingTotal
from tests.oracle.families import WAN, YUAN, amount, blanked, cell, sometimes
from tests.oracle.scoring_claims import pieces, ruleset

__all__ = ["RULES", "WILD_RULES", "ruled"]

ZERO, ONE = Fraction(0), Fraction(1)
RULES = ("national-2020", "hubei-2020", "guangxi-mode", "generic-form-rescale")
"""Rule-sets that say all that there is to say of the indicators they are for."""
WILD_RULES = (
    *RULES,
    "hefei-mode",
    "yitihua-default",
    "central-2021-101",
    "xinjiang-observed-2023",
    "hebei-tianjin-mode",
    "beijing-haidian-2016",
    "shanghai-2022",
    "self-eval-checker",
    "sichuan-dept-2020",
    "yitihua-zero-budget",
    "yitihua-80-70-60",
    "anhui-chizhou-2022",
    "zhengzhou",
)
"""The same, with those that flag rows or are silent over a part of an interval."""


def share(data: Mapping[str, Any], x: Fraction, rng: random.Random) -> Fraction | None:
    """The share that the curve gives, or one that a judgement may leave; ``None`` outside it."""

    def at(curve: Mapping[str, Any]) -> Fraction | None:
        values = (p.at + p.slope * (x - p.origin) for p in pieces(curve) if x in p.xs)
        return next(values, None)

    high = at(data["curve"])
    if high is None or "discretion" not in data or sometimes(rng, 2):
        return high
    low = at(data["discretion"])
    return high if low is None else low + (high - low) * rng.randint(0, 4) / 4


def ruled(rng: random.Random, name: str, *, wild: bool = False) -> SelfEvaluation:
    """A form whose scores the rule-set gives, printed with few or many decimals."""
    rules = ruleset(name)
    rounding = rules.get("score_rounding")
    # A rule-set that rounds to hundredths does not give whole scores.
    shown = rng.choice((0, 1, 2, 2)) if rounding is None else rounding["places"]
    places = shown
    is_rounded = rounding is not None or sometimes(rng, 2)

    def given(score: Fraction) -> Fraction:
        """What is added up."""
        return round_to(score, places) if is_rounded else score

    def printed(score: Fraction) -> str:
        return fixed_text(round_to(score, shown), shown)

    grain = rng.choice((YUAN, WAN))
    execution = rules.get("execution")
    top: dict[str, Stated] = {}
    scores: list[Fraction] = []
    of_execution = Fraction(str(execution["weight"])) if execution else Fraction(10)
    budget = 1 + abs(amount(rng, grain, wild=wild))
    spent = budget * rng.choice((1, 1, Fraction(rng.randint(0, 1100), 1000))) // grain * grain
    rate = share(execution, spent / budget, rng) if execution else None
    mark = Fraction(rng.randint(0, int(of_execution))) if rate is None else of_execution * rate
    scores.append(given(mark))
    unit, digits = ("万元", 2) if grain == YUAN else ("万元", 0)
    top = {
        "initial": parse_figure(cell(budget, unit, digits)),
        "revised": blanked(rng, cell(budget, unit, digits), 12 if wild else 0),
        "executed": blanked(rng, cell(spent, unit, digits), 12 if wild else 0),
        "weight": parse_figure(fixed_text(of_execution, 0)),
        "score": blanked(rng, printed(mark), 12 if wild else 0),
    }
    count = rng.randint(1, 5)
    left = int(100 - of_execution)
    cuts = sorted(rng.sample(range(1, left), count - 1))
    rows = []
    for number, weight in enumerate(b - a for a, b in zip([0, *cuts], [*cuts, left], strict=True)):
        row, score = indicator(rng, rules, number, Fraction(weight), printed, wild=wild)
        rows.append(row)
        scores.append(given(score))
    total = sum(scores, Fraction(0))
    rating = next(
        (band["rating"] for band in rules.get("ratings", ()) if total >= Fraction(band["least"])),
        None,
    )
    rating_shown: dict[str, Any] = {} if rating is None or sometimes(rng, 3) else {"rating": rating}
    statement = Statement(
        funding=Funding(total=FundingTotal(**top)),
        indicators=tuple(rows),
        total_score=blanked(rng, printed(total), 8),
        **rating_shown,
    )
    return SelfEvaluation(form=statement)


def indicator(
    rng: random.Random,
    rules: Mapping[str, Any],
    number: int,
    weight: Fraction,
    printed: Callable[[Fraction], str],
    *,
    wild: bool,
) -> tuple[Indicator, Fraction]:
    """A row, and its score by the rule-set, or some score where that says nothing."""
    sign = rng.choice(("≥", "≥", "≥", "≤", "＝", ">", "<", "" if wild else "≥"))
    unit = rng.choice(("%", "次", "天"))
    aim = Fraction(rng.choice((rng.randint(1, 20), rng.randint(50, 100), 0 if wild else 10)))
    decimals = rng.choice((0, 0, 1)) if unit == "%" else 0
    actual = round_to(aim * Fraction(rng.choice((100, 100, rng.randint(20, 220))), 100), decimals)
    target = Target.parse(f"{sign}{fixed_text(aim, 0)}{unit}")
    scale = 100 if unit == "%" else 1
    rule = None
    if not isinstance(target.direction, Direction):
        # Any direction will do.
        rule = rules.get("at_least")
    else:
        plain = {"at-least": "at_least", "at-most": "at_most", "equal": "equal"}
        strict = {"at-least": "above", "at-most": "below"}.get(target.direction.value, "")
        rule = rules.get(strict) if target.strict else None
        rule = rule or rules.get(plain[target.direction.value])
    share_due = None
    if rule is not None and not aim:
        of_none = {"full": ONE, "none": ZERO, "full-unless-above": ZERO if actual > 0 else ONE}
        is_met = {"≥": actual >= 0, ">": actual > 0, "≤": actual <= 0, "<": actual < 0}
        if is_met.get(sign, actual == 0):
            of_none["full-if-met"] = ONE
        share_due = of_none.get(rule.get("zero_target", ""))
    elif rule is not None and (actual or rule["measure"] != "deviation"):
        off = (actual - aim) / scale
        points = rules.get("deviation") == "points" and unit == "%"
        measure = {
            "actual/target": actual / aim,
            "target/actual": aim / actual if actual else aim * 1000,
            "deviation": off if points else (actual - aim) / aim,
        }[rule["measure"]]
        share_due = share(rule, measure, rng)
    # A score that no rule gives is as good as it is printed.
    score = (
        Fraction(printed(weight * rng.randint(0, 8) / 8))
        if share_due is None
        else weight * share_due
    )
    shown = parse_figure(cell(actual, unit, decimals))
    assert isinstance(shown, Figure)
    row = Indicator(
        level1="产出指标",
        name=f"任务{number}",
        target=target,
        actual=shown,
        weight=parse_figure(fixed_text(weight, 0)),
        score=blanked(rng, printed(score), 15),
    )
    return row, score

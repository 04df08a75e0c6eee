"""A target that is met exactly has full marks, or its rule-set says nothing of it, and why."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.rules import Status, get, ids
from budgetperf.scoring import NoScore, ScoreRange, indicator_score
from tests.factories import figure

OPERATORS = ("≥", "≤", "=", "")
SILENT: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "guangxi-form-2021",
            "hunan-dept-2016",
            "hunan-dept-weight-5",
            "hunan-dept-weight-8",
            "yueyang-dept",
        ),
        ("≥≤=.", "no articles: the forms score indicators of certain names alone"),
    ),
    "zhengzhou": ("≥≤=.", "annex 5-1 scores indicators of certain names"),
    "henan-bond": ("≥≤=.", "art. 22 has weights alone"),
    "sichuan-2025": ("≥≤=.", "articles not read: a digest of the ratings"),
    "sichuan-pidu-project-2025": (
        "≥≤=.",
        "articles not read: a digest, without the scoring of indicators",
    ),
    "sichuan-pidu-dept-2025": ("≥≤=.", "annex 3 not read: a digest, of 重点履职 alone"),
    "yitihua-manual-2022": ("≤=", "no articles: a digest, of what is far above a target"),
    **dict.fromkeys(
        ("chongqing-2021", "generic-form-rescale", "hubei-2020", "sichuan-transfer-2022"),
        ("=", "no articles: the forms have B/A and A/B, for ≥ and ≤"),
    ),
    "central-2021-101": ("≤=", "part 3 (7): by completion, which says nothing of ≤ and ="),
    "hebei-tianjin-mode": (
        "≤",
        "no articles: the module has a formula of its own, which was not found",
    ),
    "self-eval-checker": ("≤=", "no articles: the tool does not deal with them"),
    "shanghai-2022": ("≤", "no articles: no such row in the published tables"),
    "sichuan-dept-2020": ("≤=", "no articles: the form speaks of quantities that are reached"),
    "sichuan-pidu-review-2025": ("≤=", "no articles: criteria of a review, not seen"),
    "xinjiang-observed-2023": ("≤=", "no articles: observed for ≥ alone"),
}
"""The operators of which a rule-set says nothing, ``.`` for none, and what it rests on instead."""
AT_ZERO = {
    **dict.fromkeys(
        ("anhui-chizhou-2022", "chongqing-2021", "generic-form-rescale", "guangxi-form-2021",
         "hubei-2020", "hunan-dept-2016", "hunan-dept-weight-5", "hunan-dept-weight-8",
         "shanghai-2022", "sichuan-dept-2020", "sichuan-transfer-2022", "yueyang-dept"),
        "no articles: the forms say nothing of a target of 0",
    ),
    "henan-bond": "art. 22 has weights alone",
    "zhengzhou": "annex 5-1 scores indicators of certain names",
    **dict.fromkeys(
        ("sichuan-2025", "sichuan-pidu-project-2025", "sichuan-pidu-dept-2025",
         "yitihua-manual-2022"),
        "articles not read: digests, which say nothing of it",
    ),
    "central-2021-101": "part 3 (7): a completion has no value beside a target of 0",
    "self-eval-checker": "no articles: a target of 0 is an error of the tool",
    "sichuan-pidu-review-2025": "no articles: criteria of a review, which were not seen",
    "xinjiang-observed-2023": "no articles: not observed",
    "yitihua-80-70-60": "no articles: the formula of that patch divides by the target",
}  # fmt: skip
"""The rule-sets that do not score every target of 0 that is met."""

weights = st.integers(1, 60).map(lambda points: figure(str(points)))


def result(id: str, operator: str, value: str, weight: bp.Figure) -> ScoreRange | NoScore:
    row = bp.Indicator(
        name="某指标",
        level1="产出指标",
        target=bp.Target.parse(f"{operator}{value}"),
        actual=bp.parse_figure(value),
    )
    return indicator_score(row, get(id), weight=weight)


def full(result: ScoreRange | NoScore, weight: bp.Figure) -> bool:
    return isinstance(result, ScoreRange) and result.value == weight.nominal


@pytest.mark.parametrize("id", ids())
@given(number=st.integers(1, 10**6), unit=st.sampled_from("次个户%"), weight=weights)
def test_a_target_that_is_met_exactly_has_full_marks(
    id: str, number: int, unit: str, weight: bp.Figure
) -> None:
    silent, _ = SILENT.get(id, ("", ""))
    for operator in OPERATORS:
        scored = result(id, operator, f"{number}{unit}", weight)
        assert full(scored, weight) is ((operator or ".") not in silent)
        if not full(scored, weight):
            assert isinstance(scored, NoScore)  # never a lower score
            assert scored.code in ("rule-silent", "no-direction")


@pytest.mark.parametrize("id", ids())
@pytest.mark.parametrize("operator", OPERATORS)
def test_so_has_a_target_of_0(id: str, operator: str) -> None:
    scored, weight = result(id, operator, "0次", figure("10")), figure("10")
    if id not in AT_ZERO and (operator or ".") not in SILENT.get(id, ("", ""))[0]:
        assert full(scored, weight)
    elif not full(scored, weight):
        assert isinstance(scored, NoScore)
        assert scored.code in ("undefined", "rule-silent", "no-direction")


def test_the_exceptions_are_rule_sets_with_a_reason() -> None:
    """Each is one that is shipped, and is needed for a target of 0 or for some operator."""
    assert {*SILENT, *AT_ZERO} <= set(ids())
    for id, why in [*((id, why) for id, (_, why) in SILENT.items()), *AT_ZERO.items()]:
        has_text = get(id).status is Status.TEXT
        cited = re.match(r"(?:art\.|annex|part) \d", why) is not None
        assert cited or not has_text, id
        assert cited or re.match("no articles: |articles not read: |annex 3 not read: ", why), id
    for id in AT_ZERO:
        scores = [result(id, operator, "0次", figure("10")) for operator in OPERATORS]
        assert any(isinstance(scored, NoScore) for scored in scores)


@given(id=st.sampled_from(ids()), number=st.integers(2, 1000), weight=weights)
def test_a_miss_is_not_taken_for_a_target_that_is_met(
    id: str, number: int, weight: bp.Figure
) -> None:
    """Half of ≥ and twice of ≤ have less than full marks, or nothing follows."""
    for operator, factor in (("≥", Fraction(1, 2)), ("≤", Fraction(2))):
        row = bp.Indicator(
            name="某指标",
            target=bp.Target.parse(f"{operator}{2 * number}次"),
            actual=bp.parse_figure(f"{int(2 * number * factor)}次"),
        )
        scored = indicator_score(row, get(id), weight=weight)
        assert isinstance(scored, NoScore) or (
            scored.value is not None and scored.value < weight.nominal
        )

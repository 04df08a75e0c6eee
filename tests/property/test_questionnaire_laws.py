"""Laws of questionnaires: what some answers give is never asked about, however it is rounded; what
none can give is."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.model import Survey
from tests.audit.test_questionnaires import judged

MODES = st.sampled_from([bp.RoundingMode.HALF_UP, bp.RoundingMode.HALF_EVEN, bp.RoundingMode.DOWN])
HEAD = "某县某局2023年项目支出绩效自评报告\n二、绩效\n"


@st.composite
def surveys(draw: st.DrawFn) -> tuple[dict[str, int], int, str]:
    """Numbers that go together, how many are satisfied, and the rate as it is printed."""
    sent = draw(st.integers(1, 3000))
    returned = draw(st.integers(1, sent))
    valid = draw(st.integers(1, returned))
    numbers = {"sent": sent, "returned": returned, "valid": valid}
    base = draw(st.sampled_from([*numbers.values()]))
    satisfied = draw(st.integers(0, base))
    rate = bp.Figure.rounded(
        Fraction(satisfied, base), unit="%", places=draw(st.integers(0, 3)), rounding=draw(MODES)
    )
    return numbers, satisfied, rate.text


@given(surveys(), st.booleans())
def test_what_answers_give_holds(case: tuple[dict[str, int], int, str], told: bool) -> None:
    numbers, satisfied, rate = case
    survey = Survey(
        name="问卷",
        satisfaction=rate,
        is_share=True,
        satisfied=satisfied if told else None,
        **numbers,
    )
    assert all(finding.verdict.holds for finding in judged(survey))


@given(st.integers(1, 60), st.integers(0, 10000))
def test_what_no_answers_give_is_asked_about(number: int, hundredths: int) -> None:
    """By trying each number of answers."""
    rate = Fraction(hundredths, 10**4)
    step = Fraction(1, 10**4)
    fits = any(
        rate - step / 2 <= Fraction(answers, number) < rate + step for answers in range(number + 1)
    )
    printed = f"{hundredths // 100}.{hundredths % 100:02}%"
    (finding,) = judged(Survey(name="问卷", sent=number, satisfaction=printed, is_share=True))
    assert finding.verdict.holds is fits
    assert finding.is_for_review is not fits


@given(surveys(), st.sampled_from(["满意率", "满意度", "综合满意率", "总体满意度"]))
def test_what_is_printed_in_a_sentence_is_read_and_holds(
    case: tuple[dict[str, int], int, str], word: str
) -> None:
    numbers, _, rate = case
    sent, returned, valid = numbers.values()
    text = f"共发放调查问卷{sent}份，收回{returned}份，有效问卷{valid}份，群众{word}为{rate}。"
    (survey,) = bp.parse(HEAD + text).narrative.surveys
    printed = [figure.text for figure in (survey.sent, survey.returned, survey.valid)]
    assert printed == [f"{number}份" for number in numbers.values()]
    assert survey.satisfaction.text == rate
    assert survey.is_share is (word == "满意率")
    assert all(finding.verdict.holds for finding in judged(survey))

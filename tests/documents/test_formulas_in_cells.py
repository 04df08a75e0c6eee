"""Numbers that recognition wrote as formulas, all their signs one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact import plain_text
from tests.documents.road_form import figures_of, road_form, wrong_in

PERFECT = figures_of(bp.parse(road_form()))


@given(
    st.integers(0, 10**12),
    st.integers(0, 4),
    st.booleans(),
    st.sampled_from([r"$\geq {}$", r"${}$", r"\( {} \)", r"$\ge {}$", r"${} \%$"]),
)
def test_the_signs_of_a_formula_stand_one_by_one(
    digits: int, places: int, grouped: bool, frame: str
) -> None:
    number = f"{digits:,}" if grouped else str(digits)
    number += f".{digits % 10**places:0{places}d}" if places else ""
    spaced = plain_text(frame.format(" ".join(number)))
    assert spaced.replace(" ", "") == plain_text(frame.format(number)).replace(" ", "")
    assert number in spaced


@pytest.mark.parametrize(
    "text", ["9 5", "$9 25$", "$95 2$", "$9  5$", "$9 | 5$", "$9 至 5$", "$9 5"]
)
def test_other_blanks_part_numbers(text: str) -> None:
    assert plain_text(text) == text.replace("$", "")


@pytest.mark.parametrize(
    "changes",
    [
        ((r"≥95%", r"$\geq 9 5 \%$"),),
        ((r"≥95%", r"$\ge95\%$"), ("96.5%", r"$9 6 . 5 \%$")),
        (("≥300公里", r"$\geqslant 3 0 0$公里"), ("312公里", "$3 1 2$公里")),
        (("=100%", r"$= 1 0 0 \%$"), ("| 90% |", r"| $9 0 \%$ |")),
        (("1,350.00", "$1 , 3 5 0 . 0 0$"), ("90.00%", r"$9 0 . 0 0 \%$")),
        (("≤4.5万元/公里", r"$\leq 4 . 5$ 万元/公里"),),
    ],
)
def test_a_form_with_formulas_is_read_as_any(changes: tuple[tuple[str, str], ...]) -> None:
    report = bp.parse(road_form(*changes))
    assert figures_of(report) == PERFECT
    assert wrong_in(report) == []
    assert report.reading is not None
    assert report.reading.unread == ()


def test_a_wrong_number_in_a_formula_is_found() -> None:
    assert "F05" in wrong_in(bp.parse(road_form(("90.00%", r"$9 1 . 0 0 \%$"))))


def test_blanks_outside_of_formulas_stay_in_doubt() -> None:
    report = bp.parse(road_form(("≥95%", "≥ 9 5 %")))
    assert "form.indicators[1].target.value" not in figures_of(report)
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == ["9", "5"]


def test_sentences_have_formulas_too() -> None:
    text = (
        "2023年度农村公路养护项目绩效自评报告\n\n一、资金情况\n全年预算数$5 0 0$万元，"
        r"全年执行数$4 7 5 . 5 0$万元，执行率$9 5 . 1 0 \%$。"
    )
    figures = figures_of(bp.parse(text))
    assert figures["narrative.funding.total.revised"] == "500万元"
    assert figures["narrative.funding.total.executed"] == "475.50万元"
    assert figures["narrative.funding.total.execution_rate"] == "95.10%"

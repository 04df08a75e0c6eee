"""The three public expenses in sentences.

Names and figures are invented.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp

from .narratives import DEPARTMENT, read

AT = "narrative.three_public."
COUNTED = "全年调解纠纷120件。"


def public(text: str) -> dict[str, str]:
    """The three public expenses of a text that is right as it stands."""
    said = read(COUNTED + text, DEPARTMENT)
    assert [v for path, v in said.items() if "achievements" in path] == ["120件"]
    return {path.removeprefix(AT): v for path, v in said.items() if path.startswith(AT)}


TOTAL = {"total.budget": "12万元", "total.executed": "9.6万元"}
ITEMS = {
    "overseas_travel.executed": "0万元",
    "vehicle_operation.executed": "8.1万元",
    "official_reception.executed": "1.5万元",
}


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费预算12万元，实际支出9.6万元。",
        "全年“三公”经费预算数12万元，决算数9.6万元，较上年减少1.2万元，下降11.11%。",
        "2023年财政拨款“三公”经费支出预算为12万元，支出决算为9.6万元。",
        "三公经费：预算12万元，支出9.6万元。",
        "2022年“三公”经费支出11万元；2023年“三公”经费预算12万元，实际支出9.6万元。",
    ],
)
def test_the_total(text: str) -> None:
    assert public(text) == TOTAL


@pytest.mark.parametrize("rate", ["控制率80%", "“三公”经费控制率为80%", "完成预算的80%"])
def test_the_rate_of_control(rate: str) -> None:
    text = f"“三公”经费预算12万元，实际支出9.6万元，{rate}。"
    assert public(text) == {**TOTAL, "control_rate": "80%"}
    wrong = bp.audit(bp.parse(DEPARTMENT + text.replace("80%", "85%"))).inconsistent
    assert [finding.code for finding in wrong] == ["F14"]


@pytest.mark.parametrize("between", ["，其中：", "，其中", "。其中：", "（", "。其中", "，其中，"])
def test_items_that_make_up_the_total(between: str) -> None:
    items = "公务用车运行维护费8.1万元，公务接待费1.5万元，因公出国（境）费0万元"
    end = "）。" if between == "（" else "。"
    text = f"“三公”经费支出9.6万元{between}{items}{end}"
    assert public(text) == {"total.executed": "9.6万元", **ITEMS}
    wrong = bp.audit(bp.parse(DEPARTMENT + text.replace("8.1", "8.4")))
    asked = [finding.code for finding in wrong.findings if finding.is_for_review]
    assert asked + [finding.code for finding in wrong.inconsistent] == ["F01"]


def test_both_of_budget_and_of_what_was_spent() -> None:
    text = (
        "“三公”经费预算12万元，实际支出9.6万元，其中：因公出国（境）费预算0万元，支出0万元；"
        "公务用车购置及运行维护费预算10万元，支出8.1万元（其中购置费0万元，运行维护费8.1万元）；"
        "公务接待费预算2万元，支出1.5万元。"
    )
    said = public(text)
    assert said == {
        **TOTAL,
        **ITEMS,
        "vehicle_purchase.executed": "0万元",
        "overseas_travel.budget": "0万元",
        "official_reception.budget": "2万元",
    }
    wrong = bp.audit(bp.parse(DEPARTMENT + text.replace("预算10万元", "预算14万元")))
    assert [finding.code for finding in wrong.inconsistent] == ["F01"]


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费支出9.6万元，其中公务接待费1.5万元。",
        "“三公”经费支出9.6万元，其中公务接待费1.5万元，会议费3万元。",
    ],
)
def test_some_items_alone_are_told(text: str) -> None:
    assert {k: v for k, v in read(text, DEPARTMENT).items() if k.startswith(AT)} == {
        f"{AT}total.executed": "9.6万元"
    }
    report = bp.parse(DEPARTMENT + text)
    assert report.reading is not None
    assert "三公" in str(report.reading.notes)


@pytest.mark.parametrize(
    "text",
    [
        "2022年“三公”经费支出9.6万元。",
        "上年“三公”经费支出9.6万元。",
        "全国“三公”经费支出9.6万元。",
        "下属单位“三公”经费支出9.6万元。",
        "2024年“三公”经费预算12万元。",
        "“三公”经费支出约9.6万元。",
        "“三公”经费支出不超过9.6万元。",
        "“三公”经费比上年减少1.2万元。",
        "2023年“三公”经费12万元。",
        "年初安排“三公”经费12万元。",
        "年初安排“三公”经费支出12万元。",
        "核定公务接待费支出2万元。",
    ],
)
def test_what_is_of_others_or_of_another_year(text: str) -> None:
    assert not public(text)


def test_two_amounts_of_one_field_are_none() -> None:
    text = "“三公”经费支出9.6万元。会议多。“三公”经费支出9.8万元。"
    said = read(COUNTED + text, DEPARTMENT)
    assert not any(path.startswith(AT) for path in said)


cents = st.integers(0, 10**6)


@given(cents, cents, cents, cents, st.permutations(range(4)))
def test_whatever_adds_up_is_read_and_right(
    abroad: int, cars: int, running: int, guests: int, order: list[int]
) -> None:
    names = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    amounts = [str(Decimal(value).scaleb(-2)) for value in (abroad, cars, running, guests)]
    total = str(Decimal(abroad + cars + running + guests).scaleb(-2))
    listed = "、".join(f"{names[at]}{amounts[at]}万元" for at in order)
    said = public(f"2023年“三公”经费支出{total}万元，其中：{listed}。")
    fields = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")
    due = {f"{field}.executed": f"{v}万元" for field, v in zip(fields, amounts, strict=True)}
    assert said == {"total.executed": f"{total}万元", **due}

"""Reports side by side: what is the same, what has changed, and what rounding may have changed."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import (
    Change,
    Compared,
    Comparison,
    Department,
    Difference,
    Figure,
    Funding,
    FundingTotal,
    Indicator,
    ListedProject,
    Missing,
    MissingReason,
    SelfEvaluation,
    Statement,
    Unit,
    compare,
)
from budgetperf.model import ProjectList
from budgetperf.scoring.comparison import number_of
from tests.factories import refused, there
from tests.markup import display
from tests.strategies import modes, points_of


def report(year: int | None = None, name: str | None = None, **total: Any) -> SelfEvaluation:
    rows = total.pop("rows", ())
    score = total.pop("total_score", None)
    funding = Funding(total=FundingTotal(**total))
    return SelfEvaluation(
        department=Department(year=year, name=name),
        form=Statement(funding=funding, indicators=rows, total_score=score),
    )


def row(comparison: Comparison, key: str) -> Compared:
    (row_of,) = (candidate for candidate in comparison.rows if candidate.key == key)
    return row_of


def change(comparison: Comparison, key: str) -> str:
    return row(comparison, key).changes[0].text.zh


def test_two_years() -> None:
    """By hand: 595.07 of 595.07, then 480 of 600; one indicator lost two points."""
    before = report(
        2022, initial="353.21万元", revised="595.07万元", executed="595.07万元", score=10,
        rows=[Indicator(name="满意度", score=20)], total_score=100,
    )  # fmt: skip
    after = report(
        2023, initial="3532100元", revised="6000000元", executed="4800000元", score=8,
        rows=[Indicator(name="满意度", score=18), Indicator(name="新增", score=5)], total_score=96,
    )  # fmt: skip
    comparison = compare([before, after])
    assert comparison.names == ("2022", "2023")
    assert change(comparison, "funding.total.initial") == "一致"
    assert change(comparison, "funding.total.revised") == "增加 49300元"
    assert change(comparison, "funding.total.execution_rate") == "减少 20.00 个百分点"
    assert row(comparison, "funding.total.execution_rate").texts[1].zh == "80.00%"
    assert change(comparison, "adjustment.rate") == "增加 1.40 个百分点"
    assert [text.zh for text in row(comparison, "adjustment.rate").texts] == ["68.47%", "69.87%"]
    assert change(comparison, "score:满意度") == "减少 2"
    assert change(comparison, "score:新增") == "无法比较"
    assert change(comparison, "total_score") == "减少 4"
    assert row(comparison, "score:新增").values[0] == Missing()
    assert not [compared for compared in comparison.rows if compared.key.startswith("procurement")]


def test_a_change_within_rounding_is_no_difference() -> None:
    """353 stands for 352.5 to 353.5: 353.2 may be the same, 353.6 may not."""
    for other, change_text in (
        ("353.2", "相差 0.2万元，在舍入范围内"),
        ("353.6", "增加 0.6万元"),
        ("353.0", "一致"),
    ):
        before = report(initial=Figure(value=353, unit="万元"))
        after = report(initial=Figure(value=other, unit="万元"))
        assert change(compare([before, after]), "funding.total.initial") == change_text
    english = row(
        compare([report(initial=Figure(value=353, unit="万元")),
                 report(initial=Figure(value="353.2", unit="万元"))]),
        "funding.total.initial",
    )  # fmt: skip
    assert english.changes[0].text.en == "0.2 wan yuan apart, which is within rounding"
    small = compare([report(executed="1.0000元", revised="3.0000元"),
                     report(executed="1.0001元", revised="3.0000元")])  # fmt: skip
    change_text = change(
        small, "funding.total.execution_rate"
    )  # 0.0022 points to either side of each
    assert change_text == "相差 0.003 个百分点，在舍入范围内"


def test_what_cannot_be_compared() -> None:
    masked = Missing(reason=MissingReason.MASKED)
    comparison = compare([report(initial=masked, revised="0元", executed="0元"),
                     report(initial="5元", revised="5", executed="5元")])  # fmt: skip
    assert [compared.changes[0].change for compared in comparison.rows] == [Change.UNKNOWN] * 2 + [
        Change.UP, *[Change.UNKNOWN] * (len(comparison.rows) - 3),
    ]  # fmt: skip
    rate = row(comparison, "funding.total.execution_rate")
    assert rate.texts[0].zh.startswith("0/0")
    assert rate.values[1] == Missing()
    ends = compare([report(initial="5元"), report(initial=masked), report(initial="5元")]).rows[0]
    assert [difference.change for difference in ends.changes] == [Change.UNKNOWN] * 2
    with refused("too-few-reports"):
        compare([report()])


def test_the_printed_rate_where_the_amounts_are_not_there() -> None:
    comparison = compare([report(execution_rate="80%"), report(execution_rate="90.0%")])
    assert change(comparison, "funding.total.execution_rate") == "增加 10.00 个百分点"


def test_text_and_form_in_unlike_units_are_not_compared() -> None:
    """Only the form's is shown: without a unit, 5 is neither 5.00万元 nor another amount."""
    text = Statement(funding=Funding(total=FundingTotal(initial="5")))
    form = Statement(funding=Funding(total=FundingTotal(initial="6.00万元")))
    both = SelfEvaluation(narrative=text, form=form)
    initial = row(compare([both, both]), "funding.total.initial")
    assert (initial.texts[0].zh, initial.note.zh) == ("6.00万元", "")


def test_text_and_form_that_differ_are_told_of() -> None:
    text = Statement(funding=Funding(total=FundingTotal(initial="5.00万元", revised="7万元")))
    form = Statement(funding=Funding(total=FundingTotal(initial="6.00万元")))
    both = SelfEvaluation(narrative=text, form=form)
    comparison = compare([both, both])
    assert row(comparison, "funding.total.initial").note.zh == "附表为 6.00万元，正文为 5.00万元"
    assert "附表为 6.00万元" in row(comparison, "adjustment.rate").note.zh
    once = compare([SelfEvaluation(form=form), both])
    assert row(once, "funding.total.initial").note == row(comparison, "funding.total.initial").note
    assert row(comparison, "funding.total.revised").texts[0].zh == "7万元"
    for lang in ("zh", "en"):
        assert "6.00万元" in comparison.to_text(lang=lang)
        assert (
            there(comparison.rows[0].note).pick(lang) in display(comparison.to_html(lang=lang)).text
        )


def test_names() -> None:
    assert compare([report(2022, "甲"), report(2023, "甲")]).names == ("2022", "2023")
    assert compare([report(2023, "甲"), report(2023, "乙")]).names == ("甲", "乙")
    four = [report(year, name) for name in "甲乙" for year in (2022, 2023)]
    assert compare(four).names == ("甲 2022", "甲 2023", "乙 2022", "乙 2023")
    assert compare([report(), report()]).names == ("1", "2")
    assert compare({"去年": report(), "今年": report()}).names == ("去年", "今年")


def test_an_indicator_that_stands_twice_goes_by_its_headings() -> None:
    rows = [
        Indicator(level1="产出", name="次数", score=1),
        Indicator(level1="效益", name="次数", score=2),
    ]
    comparison = compare([report(rows=rows), report(rows=rows[::-1])])
    assert [compared.changes[0].change for compared in comparison.rows] == [Change.SAME] * 2


def test_rows_for_a_data_frame() -> None:
    comparison = compare([report(2022, initial="353.21万元"), report(2023, initial="6000000元")])
    (first,) = comparison.to_rows()
    assert first == {
        "key": "funding.total.initial",
        "title_zh": "资金·合计·年初预算数", "title_en": "funding › total › initial budget",
        "unit": "元", "value1": "3532100", "value2": "6000000", "change2": "up", "by2": "2467900",
        "note_zh": None, "note_en": None,
    }  # fmt: skip

    masked = compare([report(2022), report(2023, initial="5元")])
    assert masked.to_rows()[0]["value1"] is masked.to_rows()[0]["by2"] is None
    assert masked.to_rows()[0]["change2"] == "unknown"


def test_plain_data() -> None:
    """Each number in its own unit; what cannot be compared says why there is nothing."""
    masked = Missing(reason=MissingReason.MASKED, text="***")
    before = report(initial="353.21万元", revised="1元", executed=masked)
    after = report(initial="6000000元", revised="3元", executed="1元")
    comparison = compare({"2022": before, "2023": after})
    data: Any = json.loads(json.dumps(comparison.to_data()))
    assert (data["schema"], data["reports"]) == ("budgetperf/comparison/1", ["2022", "2023"])
    by_key = {row["key"]: row for row in data["rows"]}
    initial = by_key["funding.total.initial"]
    assert initial["title"] == {
        "zh": "资金·合计·年初预算数",
        "en": "funding › total › initial budget",
    }
    assert initial["note"] is None
    assert initial["changes"] == [{"change": "up", "by": "2467900", "unit": "元"}]
    assert initial["values"] == [
        {"text": {"zh": "353.21万元", "en": "353.21 wan yuan"}, "value": "353.21", "unit": "万元",
         "missing": None},
        {"text": {"zh": "6000000元", "en": "6000000 yuan"}, "value": "6000000", "unit": "元",
         "missing": None},
    ]  # fmt: skip
    executed, rate = by_key["funding.total.executed"], by_key["funding.total.execution_rate"]
    assert executed["values"][0]["missing"] == "masked"
    assert executed["values"][0]["value"] is executed["values"][0]["unit"] is None
    assert executed["changes"] == [{"change": "unknown", "by": None, "unit": None}]
    assert (rate["values"][1]["value"], rate["values"][1]["unit"]) == ("100/3", "%")
    assert rate["values"][1]["text"]["zh"] == "33.33%"


def test_displays() -> None:
    three = compare([report(2021 + n, initial=f"{n}万元", score=n) for n in range(3)])
    assert three.to_text() == str(three)
    assert "2023 比 2022" in three.to_text()
    assert "2023 against 2022" in three.to_text(lang="en")
    assert "增加 1万元" in display(three._repr_html_()).text
    assert repr(three) == "<Comparison of 3 reports, 2 rows>"
    assert (
        repr(three.rows[0])
        == "<Compared funding.total.initial: 0 wan yuan, 1 wan yuan, 2 wan yuan>"
    )
    assert repr(three.rows[0].changes[0]) == "<Difference up 1 wan yuan>"


EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"


def test_a_report_is_itself() -> None:
    same = bp.read(EXAMPLE)
    comparison = compare([same, same])
    assert len(comparison.rows) > 15
    for compared in comparison.rows:
        known = isinstance(compared.values[0], (Figure, bp.Rate))
        assert compared.changes[0].change is (Change.SAME if known else Change.UNKNOWN), (
            compared.key
        )


figures = st.builds(
    lambda digits, places, unit, mode: Figure(
        value=Decimal(digits).scaleb(-places), unit=unit, rounding=mode
    ),
    st.integers(0, 200), st.integers(0, 2), st.sampled_from(["元", "千元"]),
    st.one_of(st.none(), modes),
)  # fmt: skip


@given(before=figures, after=figures, data=st.data())
def test_a_change_is_one_for_all_true_values(
    before: Figure, after: Figure, data: st.DataObject
) -> None:
    compared = row(
        compare([report(initial=before), report(initial=after)]), "funding.total.initial"
    )
    (difference,) = compared.changes
    x, y = (data.draw(points_of(figure.interval)) for figure in (before, after))
    assert difference.by == after.nominal - before.nominal
    match difference.change:
        case Change.UP:
            assert x < y
        case Change.DOWN:
            assert x > y
        case Change.SAME:
            assert before.nominal == after.nominal
        case Change.WITHIN_ROUNDING:
            assert before.interval.gap(after.interval) is None
            assert difference.by
        case _:
            pytest.fail("amounts compare")


def test_rows_of_one_name_and_heading_are_all_there() -> None:
    rows = [Indicator(name="培训", level1="产出指标", score=score) for score in (5, 6, 7)]
    report = SelfEvaluation(form=Statement(indicators=rows))
    by_key = {row.key: row.values for row in compare([report, report]).rows}
    scores = {key: values for key, values in by_key.items() if key.startswith("score:")}
    assert [[str(score) for score in values] for values in scores.values()] == [
        ["5", "5"],
        ["6", "6"],
        ["7", "7"],
    ]
    first, *others = scores
    assert others == [f"{first} (2)", f"{first} (3)"]


def test_what_is_no_report_is_refused() -> None:
    evaluation = SelfEvaluation()
    for wrong in ({"a": 1, "b": evaluation}, [evaluation, 5], {1: evaluation, 2: evaluation}, 5):
        with pytest.raises(bp.WrongTypeError, match="report"):
            compare(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reports", "names"),
    [
        # neither years nor names tell them apart, and not all have both
        ([(2022, "甲"), (None, "甲")], ("1", "2")),
        ([(2022, "甲"), (2022, None), (2023, "甲")], ("1", "2", "3")),
        ([(2022, "甲"), (2022, "甲")], ("1", "2")),
        ([(2022, "甲"), (2022, None)], ("1", "2")),
        # not all years are stated, but all names
        ([(2022, "甲"), (None, "乙")], ("甲", "乙")),
        ([(2022, "甲"), (2023, None)], ("2022", "2023")),
    ],
)
def test_what_all_reports_state_and_none_shares_is_their_name(
    reports: list[tuple[int | None, str | None]], names: tuple[str, ...]
) -> None:
    assert compare([report(year, name) for year, name in reports]).names == names


def test_a_listed_project_is_compared_by_a_name_that_one_row_has() -> None:
    def listing(*names: str) -> SelfEvaluation:
        listed = [ListedProject(name=name, executed="5元", score=9) for name in names]
        return SelfEvaluation(form=Statement(projects=ProjectList(listed=listed)))

    twice = listing("甲", "乙", "乙", "")
    keys = [compared.key for compared in compare([twice, twice]).rows]
    assert keys == ["project:甲:executed", "project:甲:score"]
    in_text = SelfEvaluation(narrative=listing("丙").form)
    assert [compared.key for compared in compare([in_text, in_text]).rows] == [
        "project:丙:executed", "project:丙:score",
    ]  # fmt: skip
    form_first = attrs.evolve(in_text, form=twice.form)
    assert [compared.key for compared in compare([form_first, twice]).rows] == keys
    other = compare([twice, listing("乙")])
    assert [compared.key for compared in other.rows] == [
        "project:甲:executed", "project:甲:score", "project:乙:executed", "project:乙:score",
    ]  # fmt: skip


def test_a_place_that_is_left_blank_is_shown_and_one_that_is_not_there_is_none() -> None:
    """A blank or a dash says something: only what no report has a place for makes no row."""
    blank = Missing(reason=MissingReason.BLANK)
    rows = compare([report(initial=blank), report()]).rows
    assert [compared.key for compared in rows] == ["funding.total.initial"]
    assert rows[0].values == (blank, Missing())


def test_what_the_form_leaves_open_is_taken_from_the_text() -> None:
    """A number from the text, but no other word than that of the form."""
    dash, masked = Missing(reason=MissingReason.DASH), Missing(reason=MissingReason.MASKED)
    for in_text, shown in ((Figure.parse("5元"), Figure.parse("5元")), (masked, dash)):
        text = Statement(funding=Funding(total=FundingTotal(initial=in_text)))
        form = Statement(funding=Funding(total=FundingTotal(initial=dash)))
        both = SelfEvaluation(narrative=text, form=form)
        assert row(compare([both, both]), "funding.total.initial").values == (shown, shown)


def test_a_number_in_a_unit_that_it_can_be_told_in() -> None:
    wan, percent = Unit.of("万元"), Unit.of("%")
    assert number_of(Figure.parse("5000元"), wan) == Decimal("0.5")
    assert number_of(bp.Rate("1/4"), percent) == 25
    assert number_of(Figure.parse("5000元"), percent) is None
    assert number_of(Missing(), wan) is None


@pytest.mark.parametrize(
    ("before", "after", "change_text"),
    [
        ("0", "5元", "增加 5元"), ("5元", "0", "减少 5"),  # 0 is 0 in every unit
        ("5", "6元", "无法比较"), ("5元", "6", "无法比较"),
        ("0", "0元", "一致"),
    ],
)  # fmt: skip
def test_of_bare_numbers_0_alone_compares_with_amounts(
    before: str, after: str, change_text: str
) -> None:
    comparison = compare([report(initial=before), report(initial=after)])
    assert change(comparison, "funding.total.initial") == change_text


@pytest.mark.parametrize(
    ("points_apart", "words"),
    [
        ("0.00498", "0.005"),
        ("0.005", "0.01"),
        ("0.0049", "0.005"),
        ("0.0004", "0.0004"),
        ("12", "12.00"),
    ],
)
def test_a_difference_of_rates_is_never_told_as_0(points_apart: str, words: str) -> None:
    """Two decimals, or as many as it takes."""
    percent = Unit.of("%")
    for by in (Fraction(points_apart) / 100, -Fraction(points_apart) / 100):
        difference = Difference(change=Change.UP if by > 0 else Change.DOWN, by=by, unit=percent)
        sign = "增加" if by > 0 else "减少"
        assert difference.text.zh == f"{sign} {words} 个百分点"


def test_scores_are_those_of_named_rows_of_the_form_or_else_of_the_text() -> None:
    rows = [Indicator(name="满意度", score=9), Indicator(name="小计", score=9), Indicator(score=5)]
    text = Statement(indicators=[Indicator(name="宣讲次数", score=8)])
    both, alone = (
        SelfEvaluation(narrative=text, form=form)
        for form in (Statement(indicators=rows), Statement())
    )
    for reported, keys in ((both, ["score:满意度"]), (alone, ["score:宣讲次数"])):
        assert [compared.key for compared in compare([reported, reported]).rows] == keys

"""A table is checked as the audit checks a report of each of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact import BudgetperfError, Missing, ProblemsError
from tests.frames.engines import engines, through

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import check  # noqa: E402 - where the engines are

CODES = {"completion_rate": ("W10",), "deviation": ("W11",), "score": ("W04", "W07")}
HEADERS = {
    "name": "三级指标",
    "operator": "指标性质",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "completion_rate": "完成率",
    "deviation": "偏差率",
    "score": "得分",
}
ADDED = [f"{field}_{what}" for field in CODES for what in ("verdict", "reason")]
RULES = ("yitihua-default", "national-2020", "hubei-2020", "sichuan-2025")

Row = Mapping[str, str | None]


def due(rows: Sequence[Row], rules: str | None) -> list[dict[str, tuple[str, str | None]]]:
    """What the audit of a report with these rows says of each, by field."""
    table = [{HEADERS[field]: cell for field, cell in row.items()} for row in rows]
    indicators = bp.indicators(table)
    report = bp.SelfEvaluation(form=bp.Statement(indicators=indicators))
    audit = bp.audit(report, rules=rules)
    said = list[dict[str, tuple[str, str | None]]]()
    for at, indicator in enumerate(indicators):
        own = dict[str, tuple[str, str | None]]()
        for field, codes in CODES.items():
            path = f"form.indicators[{at}].{field}"
            found = [
                finding
                for finding in audit.findings
                if finding.code in codes
                and finding.operands
                and finding.operands[0].path == path
                and "[*]" not in finding.relation
            ]
            general = [
                finding
                for finding in audit.findings
                if finding.code in codes and finding.reason == "no-ruleset"
            ]
            if isinstance(getattr(indicator, field), Missing):
                own[field] = "unchecked", "not-stated"
            elif found or general:
                first = (found or general)[0]
                own[field] = first.verdict.value, first.reason
            else:
                own[field] = "unchecked", "not-stated"
        said.append(own)
    return said


def table_of(rows: Sequence[Row]) -> Any:
    fields = list(rows[0])
    return pl.DataFrame(
        {HEADERS[field]: [row[field] for row in rows] for field in fields},
        schema=dict.fromkeys((HEADERS[field] for field in fields), pl.String),
    )


def differing(rows: Sequence[Row], rules: str | None, engine: str, **more: Any) -> list[object]:
    """The rows of which a table says something else than the audit."""
    found = through(engine, table_of(rows), lambda t: check(t, rules=rules, **more), ADDED)
    expected = due(rows, rules) if more else [due([row], rules)[0] for row in rows]
    wrong = list[object]()
    for at, row in enumerate(rows):
        for field in CODES:
            got = found[f"{field}_verdict"][at], found[f"{field}_reason"][at]
            wrong += [] if got == expected[at][field] else [(row, field, got, expected[at][field])]
    return wrong


def a_row(*cells: str | None) -> Row:
    return dict(zip(HEADERS, ("指标", *cells), strict=True))


SOME = [
    a_row("≥", "90%", "81%", "20", "90%", "-10%", "18.00"),
    a_row("≥", "90%", "81%", "20", "91%", "10%", "19"),
    a_row("≥", "90%", "81%", "20", "90.0%", "9%", "18.1"),
    a_row("≤", "5次", "6次", "10", "120%", "20%", "8"),
    a_row("≤", "5次", "6次", "10", "83.3%", "-20.0%", "10"),
    a_row("=", "3", "4", "10", "", "33%", "10.00"),
    a_row("定性", "优", "优", "5", "100%", "", "5"),
    a_row(None, "90", "81", "5", "89.9%", "—", "4.5"),
    a_row(">", "353.21万元", "241.86万元", "10", "68.47%", "-31.53%", "6.85"),
    a_row("≥", "353.21万元", "2418600元", "10", "68.48%", "-31.52%", "6.84"),
    a_row("≥", "0", "3", "10", "100%", "3%", "10"),
    a_row("≥", "3", "0", "10", "0%", "-100%", "0"),
    a_row("≥", "3", "1", "10", "33.3%", "-66.6%", "3.3"),
    a_row("≥", "90%", "—", "5", "100%", "0%", "5"),
    a_row("≥", "90%", "81", "5", "90%", "-10%", "4.5"),
]


@engines()
def test_zeros_that_are_printed_count(engine: str) -> None:
    """2 of 3 is 66.67%, and not 66.670%, to whose last place it would be 66.667%."""
    prints = {
        "exact": ("66.67%", "-33.33%", "6.67"),
        "inconsistent": ("66.670%", "-33.330%", "6.670"),
    }
    for verdict, cells in prints.items():
        row = a_row("≥", "3", "2", "10", *cells)
        assert [said[0] for said in due([row], "national-2020")[0].values()] == [verdict] * 3
        assert not differing([row], "national-2020", engine)
        coarser = a_row("≥", "3", "2", "10", "66.7%", "-33.3%", "6.7")
        assert not differing([row, coarser], "national-2020", engine)


@engines()
@pytest.mark.parametrize("rules", [None, "yitihua-default"])
def test_every_engine_says_what_the_audit_says(engine: str, rules: str | None) -> None:
    assert not differing(SOME, rules, engine)


@pytest.mark.slow
@pytest.mark.parametrize("rules", [None, *RULES])
def test_a_group_is_audited_as_one_report(rules: str | None) -> None:
    for start in range(len(SOME)):
        rows = [*SOME[start:], *SOME[:start]][:5]
        assert not differing(rows, rules, "polars", by="三级指标")
        assert not differing(rows, rules, "polars, lazy", by=["三级指标"])


numbers = st.sampled_from(("0", "1", "3", "5", "7", "90", "100", "81", "3.5", "99.99"))
units = st.sampled_from(("", "%", "次", "万元"))
percents = st.sampled_from(("", "—", None)) | st.builds(
    lambda units, places: f"{Decimal(units).scaleb(-places):f}%",
    st.integers(-20000, 20000),
    st.integers(0, 2),
)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """Rows whose figures fit, nearly fit or do not."""
    unit = draw(units)
    target, actual = draw(numbers), draw(numbers)
    weight = draw(st.sampled_from(("5", "10", "20", "0")))
    rate, deviation, score = draw(percents), draw(percents), draw(st.sampled_from((weight, "4.5")))
    if target != "0" and draw(st.integers(0, 3)):
        share = Decimal(actual) / Decimal(target)
        places = draw(st.integers(0, 2))
        step = Decimal(1).scaleb(-places)
        off = step * draw(st.sampled_from((0, 0, 0, 1, -1)))
        rate = f"{(share * 100).quantize(step) + off:f}%"
        moved = (share - 1) * 100 if unit != "%" else Decimal(actual) - Decimal(target)
        deviation = f"{moved.quantize(step) + off:f}%"
        due = (min(share, Decimal(1)) * Decimal(weight)).quantize(step)
        score = f"{max(due + off, Decimal(0)):f}"
    sign = draw(st.sampled_from(("≥", "≤", "=", ">", "<", "", None)))
    row = a_row(sign, target + unit, actual + unit, weight, rate, deviation, score)
    return {**row, "name": draw(st.sampled_from(("指标", "群众满意度", "小计")))}


@settings(max_examples=6, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=6), st.sampled_from([None, *RULES]))
def test_a_table_is_checked_as_its_rows_are(several: list[Row], rules: str | None) -> None:
    assert not differing(several, rules, "polars")


@pytest.mark.slow
@engines()
@settings(max_examples=60, deadline=None)
@given(several=st.lists(rows(), min_size=1, max_size=8), rules=st.sampled_from([None, *RULES]))
def test_so_it_is_on_every_engine(several: list[Row], rules: str | None, engine: str) -> None:
    assert not differing(several, rules, engine)


def test_decimals_are_as_precise_as_their_column() -> None:
    table = pl.DataFrame(
        {
            "指标值(%)": [Decimal("90.00")] * 3,
            "实际完成值(%)": [Decimal("81.00")] * 3,
            "完成率(%)": [Decimal("90.00"), Decimal("90.01"), None],
            "分值": [20] * 3,
            "得分": [Decimal("18.00"), Decimal("17.90"), Decimal("18.00")],
        }
    )
    found = check(table, rules="national-2020", direction="≥")
    assert found["completion_rate_verdict"].to_list() == ["exact", "rounding", "unchecked"]
    assert found["completion_rate_reason"].to_list() == [None, None, "not-stated"]
    assert found["score_verdict"].to_list() == ["exact", "inconsistent", "exact"]
    assert "deviation_verdict" not in found.columns


def numbers_of(rows_: Sequence[Sequence[Decimal]], places_: Sequence[int], unit: str) -> Any:
    """A table of decimals: target, actual value, weight, completion rate, deviation, score."""
    of_value = f"({unit})" if unit else ""
    headers = [
        *(f"年度指标值{of_value}", f"实际完成值{of_value}", "分值"),
        *("完成率(%)", "偏差率(%)", "得分"),
    ]
    return pl.DataFrame(
        {
            header: pl.Series([row[at] for row in rows_], dtype=pl.Decimal(18, places_[at]))
            for at, header in enumerate(headers)
        }
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    places=st.tuples(*[st.integers(0, 2)] * 6),
    units=st.lists(st.tuples(*[st.integers(0, 30000)] * 3), min_size=1, max_size=8),
    unit=st.sampled_from(("%", "万元", "")),
    off=st.sampled_from((0, 0, 1, -1)),
    rules=st.sampled_from([None, *RULES]),
    sign=st.sampled_from(("≥", "≤", "=", ">", "<")),
)
def test_decimals_are_checked_as_text_of_their_places_is(
    places: tuple[int, ...],
    units: list[tuple[int, int, int]],
    unit: str,
    off: int,
    rules: str | None,
    sign: str,
) -> None:
    table = list[list[Decimal]]()
    for row in units:
        target, actual = (Decimal(n).scaleb(-places[0]) for n in row[:2])
        weight = Decimal(row[2] % 300).scaleb(-places[2])
        share = actual / target if target else Decimal(1)
        moved = (actual - target) if unit == "%" else (share - 1) * 100
        due_ = share * 100, moved, min(share, Decimal(1)) * weight
        stated = [
            (value.quantize(step) + off * step).quantize(step)
            for value, step in zip(due_, (Decimal(1).scaleb(-p) for p in places[3:]), strict=True)
        ]
        table.append([target, actual, weight, *stated[:2], abs(stated[2])])
    same = (places[0], places[0], *places[2:])
    found = check(numbers_of(table, same, unit), rules=rules, direction=sign)
    for at, row_ in enumerate(table):
        suffixes = unit, unit, "", "%", "%", ""
        texts = [f"{value:f}{end}" for value, end in zip(row_, suffixes, strict=True)]
        expected = due([a_row(sign, *texts)], rules)[0]
        for field in CODES:
            got = found[f"{field}_verdict"][at], found[f"{field}_reason"][at]
            assert got == expected[field], (texts, field)


def test_rows_that_state_what_they_give_need_no_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    row = [Decimal(n) for n in ("80.00", "60.00", "20.0", "75.00", "-20.00", "15.00")]
    table = numbers_of([row] * 3, (2, 2, 1, 2, 2, 2), "%")

    def refused(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("budgetperf.frames.checking.checks.verdicts", refused)
    found = check(table, rules="national-2020", direction="≥")
    assert {found[f"{field}_verdict"][0] for field in CODES} == {"exact"}
    lawless = check(table, direction="≥")
    assert lawless["score_reason"].to_list() == ["no-ruleset"] * 3
    blank = table.with_columns(pl.lit(None, pl.Decimal(18, 2)).alias("得分"))
    assert check(blank, direction="≥")["score_reason"].to_list() == ["not-stated"] * 3


def test_what_cannot_be_read_is_said_and_no_row_is_lost() -> None:
    table = pl.DataFrame(
        {
            "指标值": ["≥90%", "≥90%", "90", "≥90%"],
            "指标性质": [None, None, "?", "≤"],
            "实际完成值": ["81%", "8.1.0%", "81", "81%"],
            "完成率": ["90", "90%", "90%", "90%"],
        }
    )
    for found in (check(table), check(table, by="指标值")):
        assert found["completion_rate_verdict"].to_list() == ["unchecked"] * 4
        reasons = found["completion_rate_reason"].to_list()
        assert reasons == ["unreadable", "not-stated", "unreadable", "direction-mismatch"]


def test_what_is_wrong_with_columns_is_told() -> None:
    numbers = pl.DataFrame({"指标值": ["≥1"], "实际完成值": [1], "完成率": [100], "得分": [1]})
    with pytest.raises(ProblemsError) as caught:
        check(numbers)
    assert sorted(p.code for p in caught.value.problems) == ["no-column", "no-per-cent"]
    with pytest.raises(BudgetperfError) as other:
        check(pl.DataFrame({"指标值": ["≥1"], "实际完成值": ["1"]}))
    assert other.value.code == "no-column"
    with pytest.raises(BudgetperfError, match=r"by 提到的列不在表中：部门；表中有 .*实际完成值"):
        check(table_of(SOME), by="部门")


def test_rows_without_a_department_are_not_those_of_one_that_is_called_none() -> None:
    """Rows of one report are as precise as their columns in it: two decimals, or one."""
    table = pl.DataFrame(
        {
            "部门": [None, "None"],
            "指标值": ["≥3次", "≥3次"],
            "实际完成值": ["2次", "2次"],
            "完成率": ["66.7%", "66.67%"],
        }
    )
    found = check(table, by="部门")
    alone = check(table.head(1), by="部门")
    assert found["completion_rate_verdict"][0] == alone["completion_rate_verdict"][0]

"""Laws of tables of several years: a year's row says what its columns would."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from tests.documents.test_forms import pipes, said

_HEAD = ("部门整体支出绩效自评表", "（2023年度）", "部门名称|某局", "金额单位|万元")
_WORDS = {"initial": "年初预算数", "revised": "全年预算数", "executed": "全年执行数"}
_AMOUNT = st.integers(0, 10**6).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[str], list[str], dict[tuple[str, str], str]]:
    """Years and columns in the order in which they are printed, and the amounts."""
    years = draw(
        st.lists(st.sampled_from(["2020", "2021", "2022", "2023"]), min_size=2, unique=True)
    )
    fields = draw(st.lists(st.sampled_from(sorted(_WORDS)), min_size=2, unique=True))
    return years, fields, {(year, field): draw(_AMOUNT) for year in years for field in fields}


@given(_tables())
@settings(max_examples=15)
def test_each_year_of_a_table_with_rows_of_years_is_kept_apart(
    table: tuple[list[str], list[str], dict[tuple[str, str], str]],
) -> None:
    years, fields, amounts = table
    rows = [f"{year}年|{'|'.join(amounts[year, field] for field in fields)}" for year in years]
    report = bp.parse(pipes(*_HEAD, f"年度|{'|'.join(map(_WORDS.__getitem__, fields))}", *rows))
    others = {year.year: year.total for year in report.form.other_years}
    for year in years:
        total = report.form.funding.total if year == "2023" else others[year]
        for field in fields:
            value = getattr(total, field)
            assert isinstance(value, bp.Figure)
            assert value.nominal == Fraction(amounts[year, field]) * 10_000
    assert len(said(report)) == 1 + len(years) * len(fields)
    sides = [f"{year}年{_WORDS[field]}" for year in years for field in fields]
    beside = [amounts[year, field] for year in years for field in fields]
    other = bp.parse(pipes(*_HEAD, f"项目|{'|'.join(sides)}", f"合计|{'|'.join(beside)}"))
    assert said(other) == said(report)

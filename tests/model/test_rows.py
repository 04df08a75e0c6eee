"""Parts of a report from rows in code: as they would be given one by one."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.testing import Case, indicators, reports
from tests.factories import refused, says


@given(st.lists(indicators(), max_size=4))
def test_rows_are_parts_given_one_by_one(several: list[bp.Indicator]) -> None:
    names = [field.name for field in attrs.fields(bp.Indicator)]
    rows = [[getattr(indicator, name) for name in names] for indicator in several]
    assert bp.Indicator.from_rows(names, rows) == tuple(several)
    assert bp.Indicator.from_rows(" ".join(names), iter(rows)) == tuple(several)


@given(reports(), st.sampled_from(["合计", "年度资金总额", "total"]), st.integers(0, 4))
def test_a_table_of_funds_has_its_total_anywhere(case: Case, total: str, at: int) -> None:
    funding = case.report.form.funding
    names = ["kind", "initial", "revised", "received", "executed", "execution_rate"]
    rows = [[getattr(source, name) for name in names] for source in funding.sources]
    rows.insert(at, [total, *(getattr(funding.total, name) for name in names[1:])])
    table = bp.Funding.from_rows(names, rows)
    assert table.sources == funding.sources
    assert [getattr(table.total, name) for name in names[1:]] == rows[min(at, len(rows) - 1)][1:]
    assert isinstance(table.total.weight, bp.Missing)
    assert type(table.total) is bp.FundingTotal


def test_what_is_typed_is_as_precise_as_its_column() -> None:
    rows = [("合计", 100, 100), ("本级", "29.99", 30), ("其他", "70.01", 70)]
    funding = bp.Funding.from_rows("kind initial executed", rows)
    report = bp.SelfEvaluation(form=bp.Statement(funding=bp.in_unit(funding, "万元")))
    built = report.form.funding
    assert [figure.places for _, figure in bp.figures(report)] == [2] * 6
    assert str(built.total.initial) == "100万元"


def test_without_a_total_there_are_sources_alone() -> None:
    funding = bp.Funding.from_rows("kind initial", [("本级", 5)])
    assert (funding.total, len(funding.sources)) == (bp.FundingTotal(), 1)


def test_what_is_wrong_is_told_together_with_its_rows() -> None:
    with refused("bad-rows") as caught:
        bp.FundingSource.from_rows(
            "kind initial executed",
            [("县级", 0, 0), ("本级", "很多", 0.5), ("其他", 1), "其他1", ("其他", "1万元", 2)],
        )
    error = caught.value
    assert isinstance(error, bp.ProblemsError)
    assert [problem.where for problem in error.problems] == [
        "$[0].kind", "$[1].initial", "$[1].executed", "$[2]", "$[3]",
    ]  # fmt: skip
    says(error.problems[3].message, "须有 3 项", "must have 3 cells")


def test_what_is_no_field_is_told_with_what_is_near() -> None:
    with refused("unknown-field", "excuted") as caught:
        bp.FundingSource.from_rows("kind excuted", [])
    says(caught.value.message, "executed", "executed")
    with refused("unknown-field", "colour"):
        bp.Achievement.from_rows(["name", "colour"], [])
    with refused("field-twice", "kind"):
        bp.FundingSource.from_rows("kind kind", [])


def test_funds_have_one_total_and_kinds() -> None:
    with refused("total-twice", "[2].kind"):
        bp.Funding.from_rows("kind initial", [("合计", 1), ("本级", 1), ("总计", 1)])
    with refused("missing-field", "kind"):
        bp.Funding.from_rows("initial executed", [(1, 2), (3, 4)])
    with refused("wrong-type", "[0].initial"):
        bp.Funding.from_rows("kind initial", [("合计", "很多")])


def test_repeated_printings_are_given_with_what_they_repeat() -> None:
    path = "department.offices"
    report = bp.SelfEvaluation(
        department=bp.Department(offices=2),
        repeated=[(path, "2个"), bp.Figure.parse("3个", path=path)],
    )
    assert [(figure.path, figure.text) for figure in report.repeated] == [
        (path, "2个"),
        (path, "3个"),
    ]
    verdicts = [
        finding.verdict
        for finding in bp.audit(report).findings
        if [operand.path for operand in finding.operands] == [path, path]
    ]
    assert verdicts == [bp.Verdict.EXACT, bp.Verdict.INCONSISTENT]
    assert bp.loads(bp.dumps(report)) == report


@pytest.mark.parametrize(
    "wrong", [("department.offices", "很多"), ("department.offices", "≥2个"), 5]
)
def test_what_is_no_repeated_printing_is_refused(wrong: object) -> None:
    with refused("wrong-type", "repeated"):
        bp.SelfEvaluation(repeated=[wrong])  # type: ignore[list-item]
    with refused("wrong-type", "repeated"):
        bp.SelfEvaluation(repeated=5)  # type: ignore[arg-type]

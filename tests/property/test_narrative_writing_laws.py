"""The text that is written of a report is read again as the same figures, and audits as they do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact.figure import read_number
from budgetperf.model import NOT_STATED, FundingKind, Statement
from budgetperf.model.fields import Element, Part
from budgetperf.model.paths import put
from budgetperf.testing import Case, reports
from tests.documents.test_writing import composed

TEXTS = (".docx", ".html", ".md")
XINJIANG = "xinjiang-department-2023"
HALF_UP = st.just(bp.RoundingMode.HALF_UP)


def as_printed(whole: bp.SelfEvaluation) -> bp.SelfEvaluation:
    """The report as who reads it knows it: print does not say what was rounded."""

    def printed(_: str, figure: bp.Figure) -> bp.Figure:
        read = read_number(figure.text)
        assert not isinstance(read, bp.Missing)
        unit = figure.unit if not read.unit.symbol else read.unit
        return attrs.evolve(bp.Figure.from_printed(read), unit=unit, text=figure.text)

    return bp.with_column_precision(bp.model.map_figures(whole, printed))


def by_key(statement: Statement) -> dict[str, object]:
    """The figures of a text, each by what it is of, in whatever order the text names them."""
    return dict(_of("", statement))


def _of(path: str, value: object) -> Iterator[tuple[str, object]]:
    match value:
        case bp.Figure():
            unit = value.unit.symbol if value.unit.dimension in ("money", "ratio") else ""
            yield path, (value.value, unit)
        case tuple():
            for one in cast("tuple[Element, ...]", value):
                is_unlisted = getattr(one, "kind", None) is FundingKind.UNLISTED
                yield from _of(f"{path}[{'unlisted' if is_unlisted else one.key}]", one)
        case Part():
            for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
                if not field.name.startswith("_"):
                    yield from _of(f"{path}.{field.name}", getattr(value, field.name))
        case _:
            return


NOT_IN_TEXT = ("weight", "score", "received", "received_rate", "use_rate", "midyear_rate")


def held(statement: Statement) -> dict[str, object]:
    """What the chapters have a place for and the layout has a phrase for."""
    plain = attrs.evolve(statement, achievements=(), breakdowns=(), total_weight=None)
    found = by_key(plain)
    rows = (".funding.sources[", ".project_expenditure.sources[")
    return {
        path: one
        for path, one in found.items()
        if path.rpartition(".")[2] not in NOT_IN_TEXT
        if not (path.startswith(rows) and path.endswith("_rate"))
        if path != ".level_counts"
    }


def require_text(case: Case, folder: Path, end: str) -> None:
    whole = as_printed(attrs.evolve(case.report, repeated=()))
    written = bp.write(whole, folder / f"report{end}")
    again = bp.read(written.path, layout=XINJIANG)
    assert held(again.narrative) == held(whole.narrative)
    if not bp.audit(whole).inconsistent:  # print may say that what was rounded is exact
        assert bp.audit(again).inconsistent == ()


quiet = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.law
@pytest.mark.parametrize("end", TEXTS)
def test_the_text_of_a_department_is_read_as_it_was_written(
    end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("law")

    @quiet
    @given(case=reports(mode=HALF_UP))
    def law(case: Case) -> None:
        require_text(case, folder, end)

    law()


@settings(quiet, max_examples=2)
@given(case=reports(mode=HALF_UP))
def test_a_text_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    require_text(case, tmp_path_factory.mktemp("law"), ".md")


# The text of a project: whatever is read of it is what the form states.


def require_project(whole: bp.SelfEvaluation, folder: Path, end: str) -> None:
    again = bp.read(bp.write(whole, folder / f"project{end}").path)
    form, text = with_names(whole.form), by_key(again.narrative)
    for path, value in text.items():
        assert form.get(path) == value, path
    for field in ("initial", "revised", "executed"):
        assert f".funding.total.{field}" in text
    if isinstance(whole.form.total_score, bp.Figure):
        assert ".total_score" in text
    if not bp.audit(whole).inconsistent:
        assert bp.audit(again).inconsistent == ()


def with_names(statement: Statement) -> dict[str, object]:
    return by_key(attrs.evolve(statement, achievements=(), breakdowns=()))


@st.composite
def projects(draw: st.DrawFn) -> bp.SelfEvaluation:
    whole = draw(composed())
    names = ("宣讲次数", "覆盖率", "群众满意度", "运行成本")
    rows = zip(whole.form.indicators, names, strict=False)
    form = attrs.evolve(whole.form, indicators=[attrs.evolve(row, name=name) for row, name in rows])
    project = bp.Project(name="政务大厅扩容", implementing_unit="某中心")
    return attrs.evolve(whole, kind="project", project=project, form=form)


@pytest.mark.law
@pytest.mark.parametrize("end", TEXTS)
def test_the_text_of_a_project_is_read_as_its_form_says(
    end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("law")

    @quiet
    @given(whole=projects())
    def law(whole: bp.SelfEvaluation) -> None:
        require_project(whole, folder, end)

    law()


@pytest.mark.law
def test_what_is_blank_in_a_text_makes_no_other_figure(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A line to write on never lets a figure be read in another's place."""
    folder = tmp_path_factory.mktemp("law")

    @quiet
    @given(case=reports(mode=HALF_UP), seed=st.integers(0, 999))
    def law(case: Case, seed: int) -> None:
        draw = random.Random(seed)
        whole = as_printed(attrs.evolve(case.report, repeated=()))
        paths = [path for path, _ in bp.figures(whole) if not path.startswith("department")]
        gone = [path for path in paths if draw.random() < 0.3]
        whole = put(whole, dict.fromkeys(gone, NOT_STATED))
        again = bp.read(bp.write(whole, folder / "report.md").path, layout=XINJIANG)
        text, form = by_key(whole.narrative), by_key(whole.form)
        for path, value in by_key(again.narrative).items():
            is_counted = path.startswith(".level_counts") and path not in text
            assert is_counted or value in (text.get(path), form.get(path)), path

    law()

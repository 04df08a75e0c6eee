"""A form that was written is read as it was, in every format, by every way of reading."""

from __future__ import annotations

from typing import cast

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.writing import FORMATS
from budgetperf.model import EvaluationKind, Target
from budgetperf.model.fields import Part
from tests.documents.test_writing import printed

FORMS = tuple(end for end in FORMATS if end != ".json")
LONG = "很长的指标名称，连同说明（含括号）"
DASH = "—"


@st.composite
def indicator(draw: st.DrawFn, number: int, level1: str, level2: str) -> bp.Indicator:
    unit = draw(st.sampled_from(["%", "次", "万元", ""]))
    sign = draw(st.sampled_from(["≥", "≤", "=", ">", ""]))
    actual = draw(st.sampled_from([f"12{unit}", "7.5%", "0", DASH, None, "按期完成"]))
    name = draw(st.sampled_from(["事项", LONG, LONG * 4]))
    return bp.Indicator(
        level1=level1,
        level2=level2,
        name=f"{name}{number}",
        target=draw(st.sampled_from([f"{sign}10{unit}", f"{sign}0.50{unit}", "持续完善"])),
        actual=actual,
        weight=draw(st.sampled_from(["10", "2.25", "0"])),
        score=draw(st.sampled_from(["10", "9.80", "0", DASH, None])),
    )


@st.composite
def wholes(draw: st.DrawFn) -> bp.SelfEvaluation:
    """A report whose form has all that a form may have."""
    kind = draw(st.sampled_from([EvaluationKind.PROJECT, EvaluationKind.DEPARTMENT]))
    unit = draw(st.sampled_from(["元", "万元"]))
    amount = st.sampled_from(["353.21", "0", "1234567.89", DASH, None])
    names = {
        EvaluationKind.PROJECT: ("当年财政拨款", "上年结转资金", "其他资金"),
        EvaluationKind.DEPARTMENT: ("上级", "本级", "其他"),
    }[kind]
    rate = st.sampled_from(["94.74%", DASH, None])
    rows: list[tuple[str | None, ...]]
    rows = [(name, draw(amount), "9.5", "9", draw(rate)) for name in ("合计", *names)]
    rows[1] = (names[0], draw(amount), draw(amount), draw(amount), DASH)
    fields = "kind initial revised executed execution_rate"
    funding = bp.in_unit(bp.Funding.from_rows(fields, rows), unit)
    count = draw(st.sampled_from([1, 4, 40]))
    levels = [("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标")]
    table = [
        draw(indicator(number, *levels[number * len(levels) // count])) for number in range(count)
    ]
    if kind is EvaluationKind.DEPARTMENT and draw(st.booleans()):
        table = [bp.Indicator(level1="运行成本"), *table, bp.Indicator(level1="可持续发展能力")]
    form = bp.Statement(
        funding=funding,
        goal=bp.Goal(
            expected=draw(st.sampled_from(["组织十场宣讲；其余照旧。", LONG * 5])),
            achieved="如期办完",
        ),
        indicators=table,
        total_score=draw(st.sampled_from(["98.5", "0", None])),
        rating=draw(st.sampled_from(["优", None])),
    )
    return bp.SelfEvaluation(
        kind=kind,
        department=bp.Department(name="某部门" if kind is EvaluationKind.DEPARTMENT else None,
                                 year=2024),
        project=bp.Project(name="某项目", implementing_unit="某单位")
        if kind is EvaluationKind.PROJECT else bp.Project(),
        form=form,
    )  # fmt: skip


def stated(path: str, value: object) -> dict[str, object]:
    """All that a part says, each by its path; words without blanks and widths, which readers
    fold."""
    match value:
        case bp.Figure():
            return {path: printed(value)}
        case bp.Missing():
            return {path: "none"} if value.says_none else {path: value.text} if value.text else {}
        case Target():
            text = value.text if isinstance(value.text, str) else ""
            target = stated(f"{path}.value", value.value) | {f"{path}.direction": value.direction}
            return target | {path: folded(text)} if isinstance(value.value, bp.Missing) else target
        case str():
            return {path: folded(value)} if value else {}
        case tuple():
            parts: dict[str, object] = {}
            for number, item in enumerate(value):
                parts |= stated(f"{path}[{number}]", item)
            return parts
        case Part():
            parts = {}
            for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
                if not field.name.startswith("_"):
                    parts |= stated(f"{path}.{field.name}", getattr(value, field.name))
            return parts
        case _:
            return {path: value}


def folded(text: str) -> str:
    return "".join(bp.exact.fold_width(text).split())


def all_of(whole: bp.SelfEvaluation, layout: str | None) -> dict[str, object]:
    """All that the form and its head say.

    By the words of headers alone a heading without an indicator is no row.
    """
    precise = bp.with_column_precision(whole)
    if layout == "forms":
        rows = tuple(row for row in precise.form.indicators if row.key)
        precise = attrs.evolve(precise, form=attrs.evolve(precise.form, indicators=rows))
    whole_form: dict[str, object] = {"kind": precise.kind}
    for name in ("department", "project", "form"):
        whole_form |= stated(name, getattr(precise, name))
    return whole_form


def require_back(whole: bp.SelfEvaluation, path: str, layout: str | None) -> None:
    written = bp.write(whole, path, template="form-only")
    again = all_of(bp.read(written.path, layout=layout), layout)
    due = {
        path: value for path, value in all_of(whole, layout).items() if path not in written.left_out
    }
    # The form prints what a source is called, also where the report only says its kind.
    assert {
        path: value for path, value in again.items() if path in due or ".label" not in path
    } == due
    assert not [path for path in written.left_out if path.startswith(("form.", "project."))]


def ways(whole: bp.SelfEvaluation) -> list[str | None]:
    is_department = whole.kind is EvaluationKind.DEPARTMENT
    return [None, "forms", *(["xinjiang-department-2023"] if is_department else [])]


quiet = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.law
@pytest.mark.parametrize("end", FORMS)
def test_each_form_is_read_as_it_was_written(
    end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("law")

    @quiet
    @given(whole=wholes())
    def law(whole: bp.SelfEvaluation) -> None:
        for layout in ways(whole):
            require_back(whole, str(folder / f"form{end}"), layout)

    law()


@settings(quiet, max_examples=3)
@given(whole=wholes(), end=st.sampled_from(FORMS))
def test_a_form_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, whole: bp.SelfEvaluation, end: str
) -> None:
    require_back(whole, str(tmp_path_factory.mktemp("law") / f"form{end}"), ways(whole)[-1])

"""A form that was written is read as it was, in every format, by every way of reading."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

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
def indicator(
    draw: st.DrawFn, number: int, level1: str, level2: str, *, is_department: bool
) -> bp.Indicator:
    unit = draw(st.sampled_from(["%", "次", "万元", ""]))
    sign = draw(st.sampled_from(["≥", "≤", "=", ">", ""]))
    actual = draw(st.sampled_from([f"12{unit}", "7.5%", "0", DASH, None, "按期完成"]))
    name = draw(st.sampled_from(["事项", LONG, LONG * 4]))
    rate = st.sampled_from(["90%", "112.50%", DASH, None])
    words = st.sampled_from(["如期，且好于上年", LONG, "=1+1", "<b>甲</b>", None])
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more = {
            "midyear": draw(st.sampled_from([f"6{unit}", "0", DASH, "尚未开展", None])),
            "completion_rate": draw(rate),
            "deviation": draw(st.sampled_from(["-10%", "12.50%", "0%", None])),
            "analysis": draw(words),
            "explanation": draw(words),
        }
    return bp.Indicator(
        **(more if is_department else {}),
        level1=level1,
        level2=level2,
        name=f"{name}{number}",
        target=draw(st.sampled_from([f"{sign}10{unit}", f"{sign}0.50{unit}", "持续完善"])),
        actual=actual,
        weight=draw(st.sampled_from(["10", "2.25", "0"])),
        score=draw(st.sampled_from(["10", "9.80", "0", DASH, None])),
    )


@st.composite
def departments(draw: st.DrawFn) -> bp.Department:
    """A department, with what the form has no cell for."""
    people = st.sampled_from([None, "0", "12人", "36", DASH])
    staffing = {field.name: draw(people) for field in attrs.fields(bp.model.Staffing)}
    staffing["change"] = draw(people | st.sampled_from(["-2", "-3人"]))
    return bp.Department(
        name="某部门",
        year=2024,
        filing_date=draw(st.sampled_from([None, "2025-03-15"])),
        offices=draw(st.sampled_from([None, "6个", "6"])),
        staffing=bp.model.Staffing(**staffing) if draw(st.booleans()) else bp.model.Staffing(),
    )


@st.composite
def beside(draw: st.DrawFn, unit: str) -> dict[str, Any]:
    """What a form states, and has no cell for: each part in full, in part, or not at all."""
    amount = st.sampled_from(["353.21", "0", "1234567.89", "7", DASH, None])
    values = {"rate": st.sampled_from(["94.74%", "0%", DASH, None]), "count": people}
    parts: dict[str, Any] = {}

    def some(kind: Callable[..., Part], **fields: st.SearchStrategy[Any]) -> Any:
        given = {name: draw(drawn) for name, drawn in fields.items()}
        part = kind(**given)
        return bp.in_unit(part, unit)

    phases = dict.fromkeys(("initial", "revised", "executed"), amount)
    rates = dict.fromkeys(("execution_rate", "share"), values["rate"])
    for name, kind in _PARTS.items():
        if draw(st.booleans()):
            parts[name] = some(
                kind,
                **{
                    field.name: values.get(_KINDS.get(field.name, ""), amount)
                    for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind))
                    if field.name != "reason"
                },
            )
    if draw(st.booleans()):
        reason = draw(st.sampled_from([None, "年中追加", "+追加：一项|两项"]))
        parts["adjustment"] = attrs.evolve(
            parts.get("adjustment", bp.model.Adjustment()), reason=reason
        )
    if draw(st.booleans()):
        # A list of which nothing is stated cannot be told from one that is not filled in.
        sure = st.sampled_from(["0", "20.10"])
        categories = [
            some(
                functools.partial(bp.model.CategoryAmount, category=one),
                executed=amount if number else sure,
            )
            for number, one in enumerate(draw(st.permutations(list(bp.model.EconomicCategory)))[:3])
        ]
        parts["basic_expenditure"] = attrs.evolve(
            some(bp.model.BasicExpenditure, **phases, **rates), categories=categories
        )
        sources = [
            some(
                functools.partial(bp.FundingSource, kind=one, label=label),
                executed=amount if number else sure,
            )
            for number, (one, label) in enumerate(draw(st.sampled_from([(), SOURCES[:2], SOURCES])))
        ]
        parts["project_expenditure"] = attrs.evolve(
            some(bp.model.ProjectExpenditure, **phases, **rates), sources=sources
        )
    if draw(st.booleans()):
        items = {
            name: some(bp.model.ThreePublicItem, budget=amount, executed=amount)
            for name in ("total", "overseas_travel", "vehicle_purchase", "official_reception")
        }
        parts["three_public"] = bp.model.ThreePublicExpenses(
            control_rate=draw(values["rate"]), **items
        )
    if draw(st.booleans()):
        names = draw(st.sampled_from([("办件",), ("办件]", "增长1.5倍", "=应进必进")]))
        shown = st.sampled_from(["836件", "98%", "0", "有所提高"])
        parts["achievements"] = [
            bp.model.Achievement(name=name, value=draw(shown)) for name in names
        ]
    if draw(st.booleans()):
        parts["surveys"] = [draw(surveys(is_share=said)) for said in (True, True, False)]
    return parts


@st.composite
def surveys(draw: st.DrawFn, *, is_share: bool) -> bp.model.Survey:
    """A survey; those of shares stand first."""
    sheets = st.sampled_from([None, "0", "96", "118份", DASH])
    rates = st.sampled_from(["95.65%", DASH, None])
    counts = {field: draw(sheets) for field in ("returned", "valid", "satisfied")}
    return bp.model.Survey(
        name=draw(st.sampled_from(["问卷调查", "群众]评议", "=企业评议"])),
        sent="120",
        **counts,
        return_rate=draw(rates),
        satisfaction=draw(rates),
        is_share=is_share,
    )


people = st.sampled_from([None, "0", "12", "3个", DASH])
_PARTS: dict[str, type[Part]] = {
    "adjustment": bp.model.Adjustment,
    "procurement": bp.model.Procurement,
    "fixed_assets": bp.model.FixedAssets,
    "project_counts": bp.model.ProjectCounts,
    "level_counts": bp.model.LevelCounts,
}
_KINDS = {
    **dict.fromkeys(("rate", "execution_rate"), "rate"),
    **dict.fromkeys(("projects_added", "total", "recurring", "new", "completed"), "count"),
    **dict.fromkeys(("unfinished", "level1", "level2", "level3"), "count"),
}
SOURCES = (
    ("upper", "上级安排"), ("local", "本级安排"), ("unlisted", "彩票公益金"),
    ("central-transfer", "中央转移支付"), ("other", "其他资金"),
)  # fmt: skip


@st.composite
def wholes(draw: st.DrawFn) -> bp.SelfEvaluation:
    """A report whose form has all that a form may have."""
    kind = draw(st.sampled_from([EvaluationKind.PROJECT, EvaluationKind.DEPARTMENT]))
    is_department = kind is EvaluationKind.DEPARTMENT
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
        draw(indicator(number, *levels[number * len(levels) // count], is_department=is_department))
        for number in range(count)
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
        **draw(beside(unit)) if is_department else {},
    )
    return bp.SelfEvaluation(
        kind=kind,
        department=draw(departments()) if is_department else bp.Department(year=2024),
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
    parts = ("form.", "project.", "department.")
    assert not [path for path in written.left_out if path.startswith(parts)]


def ways(whole: bp.SelfEvaluation) -> list[str | None]:
    is_department = whole.kind is EvaluationKind.DEPARTMENT
    return [None, "forms", *(["xinjiang-department-2023"] if is_department else [])]


quiet = settings(
    max_examples=8,
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

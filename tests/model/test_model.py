"""The model: paths, labels, column precision, values."""

from __future__ import annotations

import typing
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from budgetperf import (
    Amount,
    Department,
    Direction,
    EvaluationKind,
    Figure,
    FloatRefusedError,
    Indicator,
    Missing,
    MissingReason,
    Rate,
    RoundingMode,
    SelfEvaluation,
    Statement,
    Target,
    figures,
    read,
    with_column_precision,
)
from budgetperf.exact import Stated
from budgetperf.model import (
    NOT_STATED,
    Achievement,
    Adjustment,
    CategoryAmount,
    EconomicCategory,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    describe,
    map_figures,
    resolve,
)
from budgetperf.model.fields import FigureKind, declared
from budgetperf.model.paths import kind_of
from budgetperf.testing import Case, reports
from tests.factories import form, refused, typed
from tests.strategies import fewer, pickled

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "department-2023.md"


def money(text: str) -> Figure:
    return Figure(value=text, unit="万元")


def source(kind: FundingKind = FundingKind.LOCAL, initial: str = "0") -> FundingSource:
    return FundingSource(kind=kind, initial=money(initial))


# --- paths


@fewer
@given(case=reports())
def test_every_figure_is_found_at_its_path(case: Case) -> None:
    for path, figure in figures(case.report):
        resolved = resolve(case.report, path)
        assert resolved == figure or figure in case.report.repeated
        label = describe(case.report, path)
        assert label.zh
        assert label.en
    assert len(list(figures(case.report))) > 50


def test_paths_are_those_of_python() -> None:
    report = read(EXAMPLE)
    assert resolve(report, "form.indicators[3].score") is report.form.indicators[3].score
    assert resolve(report, "narrative.funding") is report.narrative.funding
    assert resolve(report, "") is report
    assert resolve(report, "narrative.rating") == "优"


def test_repeated_printings_come_last() -> None:
    report = read(EXAMPLE)
    assert report.repeated
    tail = list(figures(report))[-len(report.repeated) :]
    assert tail == [(figure.path, figure) for figure in report.repeated]


@pytest.mark.parametrize(
    "path",
    [
        "nowhere",
        "form.nowhere",
        "form.funding.total.initial.nowhere.more",
        "form.indicators[99]",
        "form.indicators[-1]",
        "form.indicators[x]",
        "form.funding[0]",
        "form.indicators.score",
        "form..funding",
        "form.total_score ",
        "form.indicators[0",
        "form.__class__",
    ],
)
def test_a_path_that_leads_nowhere_is_named(path: str) -> None:
    report = read(EXAMPLE)
    for function in (resolve, describe):
        with refused("no-such-path", path):
            function(report, path)


@pytest.mark.parametrize(
    ("path", "zh"),
    [
        ("form.funding.total.initial", "附表·资金·合计·年初预算数"),
        ("narrative.funding.sources[1].revised", "正文·资金·本级安排·全年预算数"),
        ("narrative.basic_expenditure.categories[0].executed", "正文·基本支出·工资福利支出·支出"),
        ("department.staffing.on_roll", "部门·人员·实有人数"),
        ("narrative.adjustment.rate", "正文·预算调整·预算调整率"),
    ],
)
def test_a_figure_in_words(path: str, zh: str) -> None:
    label = describe(read(EXAMPLE), path)
    assert label.zh == zh
    assert label.en.count(" › ") == zh.count("·")


def test_an_indicator_in_words() -> None:
    report = read(EXAMPLE)
    name = report.form.indicators[3].name
    assert isinstance(name, str)
    assert name in describe(report, "form.indicators[3].score").zh
    heading = report.form.indicators[0]
    assert heading.key == ""
    assert isinstance(heading.level1, str)
    assert heading.level1 in heading.title.zh
    assert Indicator().title.zh == "指标“”"


def parts_of(kind: type) -> set[type]:
    """The class and those of all parts that it holds."""
    kinds, waiting = {kind}, [kind]
    while waiting:
        for attribute in attrs.fields(waiting.pop()):
            declaration = declared(attribute)
            if (
                declaration is not None
                and declaration.of is not None
                and declaration.of not in kinds
            ):
                kinds.add(declaration.of)
                waiting.append(declaration.of)
    return kinds - {Figure}


def test_every_figure_has_a_label() -> None:
    """Also those that the example does not state: every field is declared with both languages."""
    kinds = parts_of(SelfEvaluation)
    assert {Statement, Funding, FundingSource, CategoryAmount, Achievement, Department} <= kinds
    for kind in kinds:
        for attribute in attrs.fields(kind):
            declaration = declared(attribute)
            if declaration is not None and (kind, attribute.name) != (Target, "value"):
                assert declaration.label.zh
                assert declaration.label.en


def test_every_figure_is_declared_with_what_it_is() -> None:
    """So that nothing has to be known of it anywhere else, by its name."""
    for kind in parts_of(SelfEvaluation):
        hints = typing.get_type_hints(kind)
        for attribute in attrs.fields(kind):
            declaration = declared(attribute)
            holds_a_figure = declaration is not None and isinstance(declaration.kind, FigureKind)
            assert holds_a_figure == (hints[attribute.name] == Stated), (kind, attribute.name)


def test_every_figure_of_a_report_is_known_by_its_path() -> None:
    paths = [path for path, _ in figures(read(EXAMPLE))]
    assert {kind_of(path) for path in paths} == set(FigureKind)
    assert kind_of("form.funding.sources[k].score") is FigureKind.SCORE
    assert kind_of("form.funding.sources[unlisted].initial") is FigureKind.AMOUNT


@pytest.mark.parametrize(
    "path", ["", "form", "form.count", "form.indicators[0].level1", "form.nothing.score", "a.score"]
)
def test_where_there_is_no_figure_there_is_no_kind(path: str) -> None:
    assert kind_of(path) is None


# --- map_figures


def test_mapping_nothing_changes_nothing() -> None:
    report = read(EXAMPLE)
    assert map_figures(report, lambda _, figure: figure) == report


def test_mapping_reaches_every_figure_once() -> None:
    report = read(EXAMPLE)
    seen: list[tuple[str, Figure]] = []

    def note(path: str, figure: Figure) -> Figure:
        seen.append((path, figure))
        return attrs.evolve(figure, text=f"{figure.text}!")

    changed = map_figures(report, note)
    assert Counter(path for path, _ in seen) == Counter(path for path, _ in figures(report))
    assert all(figure.text.endswith("!") for _, figure in figures(changed))
    assert map_figures(changed, lambda _, f: attrs.evolve(f, text=f.text[:-1])) == report
    assert changed.reading == report.reading


def test_mapping_one_figure_leaves_the_others() -> None:
    report = read(EXAMPLE)
    path = "form.indicators[3].score"
    other = map_figures(report, lambda p, f: attrs.evolve(f, value=Decimal(20)) if p == path else f)
    before, after = dict(figures(report)), dict(figures(other))
    assert {p for p in before if before[p] != after[p]} == {path}
    assert other.form.indicators[4] is report.form.indicators[4]
    assert other.narrative is report.narrative


def test_mapping_some_figures_asks_of_no_other() -> None:
    report = read(EXAMPLE)
    again = report.repeated[0].path
    some = {path for path, _ in figures(report)} - {again}
    asked = list[str]()

    def note(path: str, figure: Figure) -> Figure:
        asked.append(path)
        return figure

    for only in (some, {again}):
        asked.clear()
        assert map_figures(report, note, only=only) == report
        assert Counter(asked) == Counter(path for path, _ in figures(report) if path in only)


# --- column precision


def precise(report: SelfEvaluation) -> dict[str, tuple[int, bool]]:
    """Places of each figure, and whether it is exact."""
    return {
        path: (figure.places, figure.is_exact)
        for path, figure in figures(with_column_precision(report))
    }


def test_a_whole_number_in_a_column_of_decimals() -> None:
    """defects.md §2: 30 among 29.99 is 30.00, ±0.005."""
    sources = [
        source(FundingKind.UPPER, initial="30"),
        source(FundingKind.LOCAL, initial="30"),
        source(FundingKind.OTHER, initial="29.99"),
    ]
    total = FundingTotal(initial=money("89.97"))
    precisions = precise(
        SelfEvaluation(form=Statement(funding=Funding(total=total, sources=tuple(sources))))
    )
    assert set(precisions.values()) == {(2, False)}
    assert len(precisions) == 4


def test_an_all_integer_column_is_exact() -> None:
    funding = Funding(
        total=FundingTotal(initial=money("60")),
        sources=(source(initial="30"), source(FundingKind.OTHER, initial="30")),
    )
    assert set(precise(SelfEvaluation(form=Statement(funding=funding))).values()) == {(0, True)}


def test_narrative_and_form_are_columns_of_their_own() -> None:
    report = SelfEvaluation(
        narrative=Statement(
            funding=Funding(total=FundingTotal(initial=money("30"))),
            adjustment=Adjustment(amount=money("4")),
        ),
        form=form(initial=money("30"), revised=money("29.99")).form,
    )
    precisions = precise(report)
    assert precisions["narrative.funding.total.initial"] == (0, True)
    assert precisions["narrative.adjustment.amount"] == (0, True)
    assert precisions["form.funding.total.initial"] == (2, False)


def points(*texts: str) -> SelfEvaluation:
    rows = tuple(
        Indicator(name=f"{i}", score=Figure(value=text), weight=Figure(value="2"))
        for i, text in enumerate(texts)
    )
    return form(*rows, score=Figure(value="10"), total=Figure(value="98"))


def test_scores_share_their_decimals() -> None:
    """defects.md §2: 1, 1.9, 1.8 share one decimal, and 10 among 8.62 has two."""
    precisions = precise(points("1", "1.9", "1.8"))
    assert precisions["form.indicators[0].score"] == (1, False)
    assert precisions["form.total_score"] == (1, False)
    assert precisions["form.funding.total.score"] == (1, False)
    assert precise(points("8.62"))["form.funding.total.score"] == (2, False)
    assert precise(points("1", "2"))["form.indicators[0].score"] == (0, True)


def test_targets_and_weights_are_exact() -> None:
    """defects.md §2: percent targets ("90%") are exact."""
    row = Indicator(
        name="某", target=Target(value=Figure(value="90", unit="%")), weight=Figure(value="12.5")
    )
    precisions = precise(form(row))
    assert precisions["form.indicators[0].target.value"] == (0, True)
    assert precisions["form.indicators[0].weight"] == (1, True)


def test_rates_stay_rounded() -> None:
    """All of them whole, and yet 111 % stands for 111.11 %."""
    rows = tuple(
        Indicator(
            name=text,
            completion_rate=Figure(value=text, unit="%"),
            deviation=Figure(value="10", unit="%", rounding=None),
            actual=Figure(value="100", unit="%"),
        )
        for text in ("111", "102.5")
    )
    in_form = precise(form(*rows))
    assert in_form["form.indicators[0].completion_rate"] == (1, False)
    assert in_form["form.indicators[0].deviation"] == (0, False)
    assert in_form["form.indicators[0].actual"] == (0, True)
    # In the text each stands in a phrase of its own.
    in_text = precise(SelfEvaluation(narrative=Statement(indicators=rows)))
    assert in_text["narrative.indicators[0].completion_rate"] == (0, False)
    assert in_text["narrative.indicators[1].completion_rate"] == (1, False)
    assert in_text["narrative.indicators[0].actual"] == (0, True)


def test_a_mode_that_was_given_is_kept() -> None:
    cut = attrs.evolve(money("30"), rounding=RoundingMode.DOWN)
    report = with_column_precision(form(initial=cut, revised=money("29.99")))
    assert report.form.funding.total.initial == attrs.evolve(cut, places=2)


def test_figures_outside_the_columns_are_left_alone() -> None:
    report = SelfEvaluation(
        narrative=Statement(
            achievements=(Achievement(name="a", value=Figure(value="16.3", unit="万件")),),
            adjustment=Adjustment(rate=Figure(value="68.48", unit="%")),
        )
    )
    assert with_column_precision(report) == report


@fewer
@given(case=reports())
def test_precision_is_settled_at_once(case: Case) -> None:
    once = with_column_precision(case.report)
    assert with_column_precision(once) == once
    pairs = zip(figures(case.report), figures(once), strict=True)
    assert all(p == q and f.value == g.value and f.text == g.text for (p, f), (q, g) in pairs)


# --- values


def test_a_report_is_a_value() -> None:
    first, second = read(EXAMPLE), read(EXAMPLE)
    assert first == second
    assert hash(first) == hash(second)
    assert first is not second
    changed = attrs.evolve(first, kind=EvaluationKind.PROJECT)
    assert changed != first
    assert attrs.evolve(changed, kind=EvaluationKind.DEPARTMENT) == first
    assert pickled(first) == first
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        first.kind = EvaluationKind.PROJECT  # type: ignore[misc]


@pytest.mark.parametrize("reason", MissingReason)
def test_a_blank_is_a_value(reason: MissingReason) -> None:
    blank = Missing(reason=reason, text="/", line=3)
    row = Indicator(name="某", score=blank)
    assert pickled(row) == row
    assert row.score is blank
    assert reason.label.zh in str(blank)


def test_the_same_figure_in_two_places_is_kept_apart() -> None:
    report = SelfEvaluation(
        narrative=Statement(total_score=Figure(value="100")),
        form=Statement(total_score=Figure(value="98")),
    )
    assert [str(figure) for _, figure in figures(report)] == ["100", "98"]


def test_nothing_is_stated_by_default() -> None:
    empty = SelfEvaluation()
    assert list(figures(empty)) == []
    assert empty.form.total_score is NOT_STATED
    assert empty.reading is None
    assert empty.form.indicators == ()


def test_lists_become_tuples() -> None:
    rows = [Indicator(name="a"), Indicator(name="b")]
    assert Statement(indicators=rows).indicators == tuple(rows)


@pytest.mark.parametrize(
    "value",
    [True, 1 << 16000, "9" * 5000, [], b"98", "98,,5", "很多", Fraction(1, 3), Rate("1/3"),
     Decimal("NaN"), Decimal("1e99999999"), Amount("1/3")],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_no_figure_is_refused(value: object) -> None:
    """Unreadable text in a document is told as such; in code it is a slip of the one who writes."""
    with refused("wrong-type", "total_score") as caught:
        Statement(total_score=value)  # type: ignore[arg-type]
    assert "'19.5'" in caught.value.message.en


def test_a_float_is_refused() -> None:
    with pytest.raises(FloatRefusedError) as caught:
        Statement(total_score=98.0)  # type: ignore[arg-type]
    assert caught.value.field == "total_score"
    assert "'98.0'" in str(caught.value)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Statement(rating=5), "rating"),  # type: ignore[arg-type]
        (lambda: Statement(funding=None), "funding"),  # type: ignore[arg-type]
        (lambda: Statement(indicators=(1,)), "indicators"),  # type: ignore[arg-type]
        (lambda: SelfEvaluation(repeated=(Missing(),)), "repeated"),  # type: ignore[arg-type]
        (lambda: Indicator(target=[]), "target"),  # type: ignore[arg-type]
    ],
)
def test_parts_are_of_their_kind(make: object, field: str) -> None:
    with refused("wrong-type", field):
        make()  # type: ignore[operator]


# --- targets and keys


@pytest.mark.parametrize(
    ("text", "direction", "strict", "value"),
    [
        ("≥90%", Direction.AT_LEAST, False, "90"),
        (">90%", Direction.AT_LEAST, True, "90"),
        ("≤5‰", Direction.AT_MOST, False, "5"),
        ("<5次", Direction.AT_MOST, True, "5"),
        ("=8个", Direction.EQUAL, False, "8"),
        ("95%以上", Direction.AT_LEAST, False, "95"),
        ("不低于95%", Direction.AT_LEAST, False, "95"),
        (" $\\geq 10$ 次", Direction.AT_LEAST, False, "10"),
    ],
)
def test_targets(text: str, direction: Direction, strict: bool, value: str) -> None:
    target = Target.parse(text)
    assert (target.direction, target.strict) == (direction, strict)
    assert isinstance(target.value, Figure)
    assert target.value.value == Decimal(value)
    assert target.value.is_exact
    assert target.text == text.strip()


def test_targets_without_operator_or_number() -> None:
    bare = Target.parse("90%")
    assert bare.direction == NOT_STATED
    words = Target.parse("效果明显")
    assert words.direction is Direction.QUALITATIVE
    assert isinstance(words.value, Missing)
    unreadable = Target.parse("≥9,0%")
    assert unreadable.direction == NOT_STATED
    assert typed(Missing, unreadable.value).reason is MissingReason.UNREADABLE
    assert Target.parse("/").direction == NOT_STATED


def test_keys_tell_neighbours_apart() -> None:
    assert Indicator(name=" 办 件\n数").key == "办件数"
    assert source(FundingKind.CARRY_OVER).key == "carry-over"
    assert CategoryAmount(category=EconomicCategory.CAPITAL).key == "capital"
    assert Achievement(name="a").key == "a"


def test_official_names() -> None:
    """terms.md."""
    assert FundingKind.UPPER.label.zh == "上级安排"
    assert EconomicCategory.GOODS_AND_SERVICES.label.zh == "商品和服务支出"
    assert EvaluationKind.DEPARTMENT.label.zh == "部门整体支出"
    assert EvaluationKind.PROJECT.label.zh == "项目支出"


@pytest.mark.parametrize("direction", [Direction.EQUAL, Direction.QUALITATIVE, Missing()])
def test_only_sides_are_strict(direction: Direction | Missing) -> None:
    with refused("strict-direction", "strict", match="strict means > or <"):
        Target(direction=direction, strict=True)

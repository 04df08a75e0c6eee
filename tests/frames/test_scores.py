"""A table is scored as its rows are, one by one, to the last digit, on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, cast

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import rules as rulebook
from budgetperf.exact import BudgetperfError, ProblemsError, Stated
from budgetperf.exact.printed import OPERATORS, widths_of
from budgetperf.frames import RowStatus, score
from budgetperf.frames.cells import direction_code
from budgetperf.frames.curves.plans import DIRECTIONS
from budgetperf.rules import QuantitativeRule, RuleSet, ScoreRounding
from budgetperf.rules.ruleset import Measure, ZeroBase
from tests.frames import tables
from tests.frames.engines import (
    Lists,
    duckdb,
    engines,
    of_duckdb,
    of_polars,
    pa,
    pd,
    through,
)
from tests.frames.tables import SIGNS, Row, many_due, places_of
from tests.frames.test_stretches import curves

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)


needs_duckdb = pytest.mark.skipif(duckdb is None, reason="duckdb is not installed")
needs_pandas = pytest.mark.skipif(not (pd and pa), reason="pandas and pyarrow are not installed")

ADDED = ("computed_score", "score_status")

Result = tuple[list[Decimal | None], list[str]]


def table_of(rows: Sequence[Row]) -> Any:
    decimals = pl.Decimal(18, 2)
    return pl.DataFrame(
        {
            "指标值": pl.Series([row.target for row in rows], dtype=decimals),
            "实际完成值": pl.Series([row.actual for row in rows], dtype=decimals),
            "分值": pl.Series([row.weight for row in rows], dtype=pl.Decimal(10, 1)),
            "指标性质": pl.Series([row.sign for row in rows], dtype=pl.String),
        }
    )


def as_lists(table: Any) -> Result:
    return in_result(of_polars(table, ADDED))


def in_result(found: Lists) -> Result:
    scores, statuses = (found[name] for name in ADDED)
    return scores, statuses


def scored(table: Any, rules: RuleSet, engine: str = "polars") -> Result:
    places = places_of(rules)
    found = through(engine, table, lambda t: score(t, rules=rules, round_to=places), ADDED)
    return in_result(found)


def differing(rows: Sequence[Row], rules: RuleSet, engine: str) -> list[object]:
    """The rows whose scores are not those of single rows."""
    scores, statuses = scored(table_of(rows), rules, engine)
    own = rules.score_rounding
    wanted = many_due(tuple(rows), rules, 2 if own is None else own.places)
    return [
        (row, score, status, due)
        for row, score, status, due in zip(rows, scores, statuses, wanted, strict=True)
        if score != due
    ]


SOME = list(tables.adversarial_rows())[::97]


@engines()
def test_every_engine_gives_the_digits_of_single_rows(engine: str) -> None:
    for rules in map(rulebook.get, ("yitihua-default", "national-2020", "hubei-2020")):
        assert not differing(SOME, rules, engine)


@pytest.mark.parametrize("rules", tables.shipped(), ids=lambda rules: rules.id)
def test_every_shipped_rule_set_gives_the_digits_of_single_rows(rules: RuleSet) -> None:
    assert not differing(SOME, rules, "polars")


@pytest.mark.slow
@engines()
@pytest.mark.parametrize("rules", tables.shipped(), ids=lambda rules: rules.id)
def test_adversarial_rows(rules: RuleSet, engine: str) -> None:
    assert not differing(tables.adversarial(), rules, engine)


@pytest.mark.slow
@engines()
@pytest.mark.parametrize("rules", tables.shipped(), ids=lambda rules: rules.id)
def test_a_hundred_thousand_rows(rules: RuleSet, engine: str) -> None:
    assert not differing(tables.hundred_thousand(), rules, engine)


amounts = st.none() | st.decimals(
    min_value=-1000, max_value=Decimal("9999999999999999.99"), places=2
)
near = st.sampled_from([Decimal(n) for n in ("0", "1", "0.01", "99.99", "100", "100.01", "200")])
weights = st.none() | st.decimals(min_value=-1, max_value=1000, places=1)
rows = st.builds(
    Row,
    target=amounts | near,
    actual=amounts | near,
    weight=weights,
    sign=st.sampled_from(sorted(SIGNS)),
)


@given(st.lists(rows, min_size=1, max_size=30), st.sampled_from(tables.shipped()))
def test_a_table_is_scored_as_its_rows_are(several: list[Row], rules: RuleSet) -> None:
    assert not differing(several, rules, "polars")


@given(
    several=st.lists(rows, min_size=1, max_size=30),
    curve=curves(),
    lowest=st.none() | curves(),
    measure=st.sampled_from(Measure),
    deviation=st.none() | st.sampled_from(bp.rates.DeviationDefinition),
    zero=st.sampled_from(ZeroBase),
    rounding=st.builds(
        ScoreRounding, places=st.integers(0, 4), mode=st.sampled_from(bp.RoundingMode)
    ),
)
def test_so_it_is_by_any_rule(several: list[Row], rounding: ScoreRounding, **parts: Any) -> None:
    rule = QuantitativeRule(
        measure=parts["measure"],
        curve=parts["curve"],
        discretion=parts["lowest"],
        zero_target=parts["zero"],
    )
    rules = attrs.evolve(
        rulebook.get("sichuan-2025"),
        at_least=rule,
        at_most=rule,
        equal=rule,
        deviation=parts["deviation"],
        score_rounding=rounding,
    )
    assert not differing(several, rules, "polars")


TEXTS = [
    ("≥90%", "81%", "20", "18.00", "ok"),
    ("≥９０％", "81.0%", "20分", "18.00", "ok"),
    ("≥1,234.56", "617.28", "10", "5.00", "ok"),
    ("≥353.21万元", "241.86万元", "10", "6.85", "ok"),
    ("≥353.21万元", "2418600元", "10", "6.85", "ok"),
    ("≤5次", "6次", "10", "8.00", "ok"),
    (">3次", "5", "10", "10.00", "ok"),
    ("", "81%", "20", None, "missing"),
    (None, "81%", "20", None, "missing"),
    ("≥90%", None, "20", None, "missing"),
    ("≥90%", "81%", None, None, "missing"),
    ("≥9x0%", "81%", "20", None, "unreadable"),
    ("≥90%", "8..1%", "20", None, "unreadable"),
    ("≥90%", "81%", "2o", None, "unreadable"),
    ("≥90%", "81", "20", None, "unit-mismatch"),
    ("达成年度指标", "达成年度指标", "10", None, "open"),
    ("≥90%", "81%", "-20", None, "negative-weight"),
    ("≥-5%", "81%", "20", None, "negative-target"),
    ("2023年12月31日前", "2023年12月1日", "5", "5.00", "ok"),
    ("90%", "81%", "20", None, "open"),
    ("90%", "81", "20", None, "no-direction"),
]


@engines()
def test_text_is_read_as_in_a_report_and_every_row_comes_back(engine: str) -> None:
    targets, actuals, weights_, due_, statuses = map(list, zip(*TEXTS, strict=True))
    table = pl.DataFrame({"指标值": targets, "实际完成值": actuals, "分值": weights_})
    scores, found = scored(table, rulebook.get("yitihua-default"), engine)
    assert found == statuses
    assert scores == [None if text is None else Decimal(text) for text in due_]


@engines()
def test_a_number_under_a_qualitative_direction_is_not_computed(engine: str) -> None:
    table = pl.DataFrame(
        {"指标值": [90, 90], "实际完成值": [81, 81], "分值": [20, 20], "指标性质": ["定性", "≥"]}
    )
    scores, statuses = scored(table, rulebook.get("yitihua-default"), engine)
    assert scores == [None, Decimal("18.00")]
    assert statuses == ["open", "ok"]


TARGETS = (
    "≥90%",
    "90%",
    "≤100元",
    "≥353.21万元",
    "=5次",
    "≤0",
    "—",
    "优",
    "≥9X%",
    "全部",
    "",
    None,
)
ACTUALS = ("81.5%", "100%", "5", "6次", "2418600元", "-3%", "—", "达成年度指标", "1.2.3", "", None)
WEIGHTS = ("20", "10分", "5%", "-1", "2次", "1/3", "", None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TARGETS),
            st.sampled_from(ACTUALS),
            st.sampled_from(WEIGHTS),
            st.sampled_from(("≥", "≤", ">", "定性", "", None)),
        ),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from(tables.shipped()),
)
def test_text_of_any_kind_is_scored_as_its_rows_are(
    several: list[tuple[str | None, str | None, str | None, str | None]], rules: RuleSet
) -> None:
    headers = ("指标值", "实际完成值", "分值", "指标性质")
    held = {name: [row[at] for row in several] for at, name in enumerate(headers)}
    table = pl.DataFrame(held, schema=dict.fromkeys(headers, pl.String))
    for (target, actual, weight, sign), got, status in zip(
        several, *scored(table, rules), strict=True
    ):
        told = aimed(target or "", sign or "")
        if told is None:
            assert got is None
            # Of a row without a weight, or with one that cannot be, that is said before.
            assert status == "direction-mismatch" or weight not in WEIGHTS[:3]
            continue
        indicator = bp.Indicator(
            target=told,
            actual=typed("actual", actual or ""),
            weight=typed("weight", weight or ""),
        )
        alone = bp.score(indicator, rules=rules).score
        assert got == (None if alone is None else tables.printed(alone.value, 2))


def aimed(text: str, sign: str) -> bp.Target | None:
    """The target of a report with the direction beside it; ``None`` where its own is another."""
    target = bp.Target.parse(text)
    if not sign or target.direction is bp.Direction.QUALITATIVE:
        return target
    if sign == "定性":
        return attrs.evolve(target, direction=bp.Direction.QUALITATIVE, strict=False)
    beside = bp.Target.parse(f"{sign}1")
    told = beside.direction, beside.strict
    if not isinstance(target.direction, bp.Missing):
        return target if told == (target.direction, target.strict) else None
    return attrs.evolve(target, direction=told[0], strict=told[1])


SIGNED = ("≥90%", "＞９０％", "≤100%", "=5%", "90%", "优")


@engines()
@pytest.mark.parametrize("sign", ["≥", ">", "≤", "<", "=", "定性", "?", ""])
def test_a_sign_beside_another_is_told_where_indicators_refuse_it(engine: str, sign: str) -> None:
    rows = [
        {"三级指标": "满意度", "指标值": text, "指标性质": sign, "实际完成值": "81%", "分值": "20"}
        for text in SIGNED
    ]
    scores, statuses = scored(pl.DataFrame(rows), rulebook.get("yitihua-default"), engine)
    for row, got, status in zip(rows, scores, statuses, strict=True):
        if status in ("unreadable", "direction-mismatch"):
            with pytest.raises(BudgetperfError, match="指标性质") as caught:
                bp.indicators([row])
            assert caught.value.code == "bad-operator"
            assert (got, status == "unreadable") == (None, sign == "?")
        else:
            (indicator,) = bp.indicators([row])
            alone = bp.score(indicator, rules="yitihua-default").score
            assert got == (None if alone is None else tables.printed(alone.value, 2))


def typed(field: str, text: str) -> Stated:
    """A cell of an indicator as it is typed; what cannot be there is unreadable."""
    try:
        return cast("Stated", getattr(bp.Indicator(**{field: text}), field))
    except BudgetperfError:
        return bp.Missing(reason=bp.MissingReason.UNREADABLE)


def test_a_row_of_text_is_scored_as_alone() -> None:
    for target, actual, weight, _, status in TEXTS:
        if status != "ok" or target is None:
            continue
        alone = bp.score(
            target=bp.Target.parse(target), actual=actual, weight=weight, rules="yitihua-default"
        )
        table = pl.DataFrame({"指标值": [target], "实际完成值": [actual], "分值": [weight]})
        (got,), _ = as_lists(score(table, rules="yitihua-default"))
        assert alone.score is not None
        assert got == Decimal(str(alone.score.value.numerator)) / alone.score.value.denominator


def test_integers_are_in_units_of_their_stated_places() -> None:
    table = pl.DataFrame({"指标值": [9000], "实际完成值": [8100], "分值": [200]})
    places = {"指标值": 2, "实际完成值": 2, "分值": 1}
    result = score(table, rules="yitihua-default", places=places, direction="≥")
    assert as_lists(result) == ([Decimal("18.00")], ["ok"])


def test_floats_are_refused_until_it_is_said_how_they_were_printed() -> None:
    table = pl.DataFrame(
        {"指标值": [90.0, 0.1, 90.0], "实际完成值": [81.0, 0.07, 81.003], "分值": [20, 10, 10]}
    )
    with pytest.raises(ProblemsError, match="floats") as caught:
        score(table, rules="yitihua-default", direction="≥")
    assert [problem.code for problem in caught.value.problems] == ["float-refused"] * 2
    places = {"指标值": 2, "实际完成值": 2}
    result = score(table, rules="yitihua-default", direction="≥", places=places)
    expected = [Decimal("18.00"), Decimal("7.00"), None], ["ok", "ok", "unreadable"]
    assert as_lists(result) == expected


def test_what_is_wrong_with_columns_is_told_at_once() -> None:
    table = pl.DataFrame({"指标值": [90.0], "年度指标值": [1], "分值": [True], "地区": ["x"]})
    with pytest.raises(ProblemsError) as caught:
        score(table, rules="yitihua-default", columns={"实际": "actual"}, places={"权重": 2})
    codes = [problem.code for problem in caught.value.problems]
    assert sorted(codes) == sorted(
        [
            "unknown-column",
            "unknown-column",
            "column-twice",
            "no-column",
            "float-refused",
            "wrong-column-type",
            "no-direction-column",
        ]
    )


def test_units_of_headers_that_differ_are_refused() -> None:
    table = pl.DataFrame({"指标值(%)": [90], "实际完成值(万元)": [81], "分值": [20]})
    with pytest.raises(BudgetperfError, match="units"):
        score(table, rules="yitihua-default", direction="≥")


def test_columns_of_other_names_are_named() -> None:
    table = pl.DataFrame({"plan": [90], "got": [81], "w": [20], "地区": ["甲"]})
    names = {"plan": "target", "got": "actual", "w": "weight"}
    result = score(table, rules="yitihua-default", columns=names, direction="≥")
    assert result.columns == ["plan", "got", "w", "地区", "computed_score", "score_status"]


def test_a_rule_set_that_does_not_round_asks_for_decimals() -> None:
    table = pl.DataFrame({"指标值": [3], "实际完成值": [1], "分值": [10]})
    with pytest.raises(BudgetperfError, match="round_to") as caught:
        score(table, rules="hubei-2020", direction="≥")
    assert caught.value.code == "rounding-unsaid"
    result = score(table, rules="hubei-2020", direction="≥", round_to=4)
    assert as_lists(result) == ([Decimal("3.3333")], ["ok"])


@engines()
def test_no_digit_of_a_long_score_is_lost_beside_a_row_without_one(engine: str) -> None:
    weights_ = [Decimal("20000001.123456789"), Decimal(5)]  # more than the 53 bits of a float
    table = pl.DataFrame(
        {
            "指标值": pl.Series([Decimal(90), None], dtype=pl.Decimal(4, 2)),
            "实际完成值": pl.Series([Decimal(90), Decimal(1)], dtype=pl.Decimal(4, 2)),
            "分值": pl.Series(weights_, dtype=pl.Decimal(17, 9)),
        }
    )
    rules = rulebook.get("hubei-2020")
    found = through(
        engine, table, lambda t: score(t, rules=rules, direction="≥", round_to=9), ADDED
    )
    assert in_result(found) == ([weights_[0], None], ["ok", "missing"])


@engines()
@pytest.mark.parametrize("places", [10, 14, 18, 20, 28])
def test_decimals_of_many_places_are_scored(engine: str, places: int) -> None:
    """Spark and Oracle declare such columns by themselves."""
    values = ["353.21", "0.03", "0.000000000000000001", "-7", "1234567890.45", "90"]
    with localcontext(prec=38):
        numbers = [round(Decimal(value), places) for value in values]
    decimals = pl.Decimal(38, places)
    table = pl.DataFrame(
        {
            "指标值": pl.Series([abs(number) for number in numbers], dtype=decimals),
            "实际完成值": pl.Series(numbers[1:] + numbers[:1], dtype=decimals),
            "分值": pl.Series([20] * len(numbers), dtype=pl.Int64),
        }
    )
    found = through(
        engine, table, lambda frame: score(frame, rules="yitihua-default", direction="≥"), ADDED
    )
    alone = [
        bp.score(target=f"≥{target:f}", actual=f"{actual:f}", weight=20, rules="yitihua-default")
        for target, actual in table.select("指标值", "实际完成值").rows()
    ]
    due = [
        None if line.score is None else Decimal(int(line.score.value * 100)) / 100 for line in alone
    ]
    assert found["computed_score"] == due
    assert "out-of-range" not in found["score_status"]


@engines()
@pytest.mark.parametrize("field", ["指标值", "实际完成值", "分值"])
@pytest.mark.parametrize("places", [19, 30, 35, 38])
def test_decimals_finer_than_whole_numbers_are_scored(engine: str, field: str, places: int) -> None:
    numbers = [Decimal("0.9"), Decimal(0), None, Decimal("0.123456789012345678")]
    fine = pl.Series([None if n is None else f"{n:f}" for n in numbers]).cast(
        pl.Decimal(38, places)
    )
    columns = {"指标值": [3, 3, 3, 0], "实际完成值": [2, 0, 0, 2], "分值": [5, 5, 5, 5]}
    table = pl.DataFrame({**columns, field: fine})
    found = through(
        engine, table, lambda frame: score(frame, rules="yitihua-default", direction="≥"), ADDED
    )
    rows = [
        Row(target=t, actual=a, weight=w, sign="≥")
        for t, a, w in zip(
            *([None if n is None else Decimal(n) for n in table[name]] for name in columns),
            strict=True,
        )
    ]
    assert found["computed_score"] == [*many_due(tuple(rows), rulebook.get("yitihua-default"), 2)]


@engines()
def test_decimals_that_are_all_below_one_are_scored(engine: str) -> None:
    rows = [
        Row(target=Decimal("0.05"), actual=Decimal(n).scaleb(-2), weight=Decimal("0.3"), sign="≥")
        for n in range(6)
    ]
    assert not differing(rows, rulebook.get("yitihua-default"), engine)


@needs_duckdb
def test_a_relation_that_is_never_twice_the_same_is_refused_when_it_is_worked_out() -> None:
    relation = duckdb.sql(
        "select '≥90%' as 指标值, random()::varchar as 实际完成值, 20 as 分值 from range(9)"
    )
    scored_ = score(relation, rules="yitihua-default")
    with pytest.raises(duckdb.Error, match="fetch it first"):
        scored_.count("*").fetchall()


@needs_duckdb
def test_a_relation_says_which_rows_take_python_where_it_cannot_be_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    relation = duckdb.sql(
        "select 90 as 指标值, 81 as 实际完成值, 20 as 分值, unnest(['≥', null, '?']) as 指标性质"
    )
    monkeypatch.setattr("budgetperf.frames.later.work.has_arrow", lambda: False)
    scores, statuses = in_result(of_duckdb(score(relation, rules="yitihua-default"), ADDED))
    assert scores == [Decimal("18.00"), None, None]
    assert statuses == ["ok", "row-by-row", "unreadable"]


@needs_duckdb
@needs_pandas
def test_rows_of_a_relation_that_no_expression_scores_stay_in_their_places() -> None:
    """A table of several row groups, on all threads: each ten thousandth row is left over."""
    relation = duckdb.sql(
        """select range as 编号, 90::decimal(9,2) as 指标值, 20::decimal(9,2) as 分值,
        (range % 90)::decimal(9,2) as 实际完成值, if(range % 10000 = 90, null, '≥') as 指标性质
        from range(400000)"""
    )
    found = score(relation, rules="yitihua-default")
    assert found.columns[-2:] == list(ADDED)
    assert found.columns[:-2] == relation.columns
    got = of_duckdb(found, ["编号", *ADDED])
    assert got["编号"] == list(range(400_000))
    due = (Decimal(n % 90) * 20 / 90 for n in range(400_000))
    for number, points, status, exact in zip(*got.values(), due, strict=True):
        alone = number % 10_000 == 90
        assert (status, points is None) == (("open", True) if alone else ("ok", False))
        assert alone or abs(points - exact) <= Decimal("0.005")


@needs_duckdb
@needs_pandas
def test_rows_that_are_left_over_and_never_twice_the_same_are_refused() -> None:
    relation = duckdb.sql(
        """select 90 as 指标值, (random() * 1e8)::integer as 实际完成值, 20 as 分值,
        null::varchar as 指标性质 from range(9)"""
    )
    with pytest.raises(duckdb.Error, match="fetch it first"):
        score(relation, rules="yitihua-default").order("实际完成值").fetchall()


@needs_duckdb
def test_where_every_row_fits_a_relation_asks_no_python() -> None:
    relation = duckdb.sql("select 90 as 指标值, 81 as 实际完成值, 20::decimal(5,1) as 分值")
    narrow = score(relation, rules="yitihua-default", direction="≥")
    assert "python" not in narrow.explain()
    assert in_result(of_duckdb(narrow, ADDED)) == ([Decimal("18.00")], ["ok"])
    if pd and pa:
        signs = relation.project("*, unnest(['≥', '≤']) as 指标性质")
        each = score(signs, rules="yitihua-default")
        assert "python" in each.explain()


@engines()
def test_a_printed_rule_is_never_passed_over(engine: str) -> None:
    rule = "完成得满分，每低1%扣1分"
    table = pl.DataFrame(
        {
            "指标值": [90, 90, 90],
            "实际完成值": [81, 81, 81],
            "分值": [20, 20, 20],
            "指标性质": ["≥", "≥", "≥"],
            "评分标准": [rule, " \u3000", None],
        }
    )
    indicator = bp.Indicator(
        target=bp.Target.parse("≥90"),
        actual=bp.Figure.parse("81"),
        weight=bp.Figure.parse("20"),
        scoring_rule=rule,
    )
    alone = bp.score(indicator, rules="yitihua-default").score
    assert alone is not None
    assert alone.value == 10  # 81 is ten times 1% below 90
    scores, statuses = scored(table, rulebook.get("yitihua-default"), engine)
    assert scores == [Decimal(10), Decimal(18), Decimal(18)]
    assert statuses == ["ok", "ok", "ok"]


@engines()
def test_a_name_with_a_rule_of_its_own_is_never_passed_over(engine: str) -> None:
    rules = rulebook.get("hunan-dept-weight-5")
    name = rules.indicators[0].names[0]
    table = pl.DataFrame(
        {
            "三级指标": [name, None],
            "指标值": [100, 100],
            "实际完成值": [90, 90],
            "分值": [5, 5],
            "指标性质": ["≤", "≤"],
        }
    )
    scores, statuses = scored(table, rules, engine)
    indicator = bp.Indicator(
        target=bp.Target.parse("≤100"),
        actual=bp.Figure.parse("90"),
        weight=bp.Figure.parse("5"),
        name=name,
    )
    alone = bp.score(indicator, rules=rules).score
    assert scores[0] == (None if alone is None else tables.printed(alone.value, 2))
    assert "row-by-row" not in statuses
    # Where a rule-set has no rule by name, names are left alone.
    _, statuses = scored(table, rulebook.get("yitihua-default"), engine)
    assert statuses == ["ok", "ok"]


SIGNS_READ = [
    (f"{before}{wide}{after}", direction_code(sign))
    for sign in OPERATORS
    for wide in widths_of(sign)
    for before, after in (("", ""), (" ", "\u3000"), ("\t", "\xa0"))
]


def test_a_direction_is_spelled_as_targets_print_it() -> None:
    for spelled, code in SIGNS_READ:
        target = bp.Target.parse(f"{spelled}90")
        assert DIRECTIONS[code] == (target.direction, target.strict)
        assert direction_code(spelled) == code
    for direction in bp.Direction:
        assert direction_code(direction.value) == direction_code(
            direction.label.zh.strip("（≥≤=）")
        )


@engines()
def test_every_spelling_of_a_direction_is_known_to_every_engine(engine: str) -> None:
    spellings = [*(spelled for spelled, _ in SIGNS_READ), "正向", "反向", "at-least", "9", "不"]
    numbers = {"指标值": 100, "实际完成值": 90, "分值": 20}
    table = pl.DataFrame({"指标性质": spellings}).with_columns(
        pl.lit(number).alias(header) for header, number in numbers.items()
    )
    for rules in map(rulebook.get, ("yitihua-default", "hubei-2020")):
        assert scored(table, rules, engine) == scored(table, rules)
    _, statuses = scored(table, rulebook.get("yitihua-default"), engine)
    assert statuses == ["ok"] * (len(spellings) - 2) + ["unreadable"] * 2


@needs_duckdb
def test_a_column_that_duckdb_takes_for_the_result_is_refused() -> None:
    """To it the names are one, and what stands there would come back as the score."""
    relation = duckdb.sql(
        """select 90::decimal(9,2) as 指标值, 81::decimal(9,2) as 实际完成值,
        20::decimal(9,2) as 分值, 77 as "Computed_Score" """
    )
    with pytest.raises(BudgetperfError, match="Computed_Score") as caught:
        score(relation, rules="yitihua-default", direction="≥")
    assert caught.value.code == "column-taken"


@needs_duckdb
@needs_pandas
def test_whole_numbers_of_any_type_are_scored() -> None:
    relation = duckdb.sql(
        """select * from (values (170141183460469231731687303715884105727::hugeint,
        170141183460469231731687303715884105727::hugeint, 10::utinyint), (10, 9, 10))
        rows(指标值, 实际完成值, 分值)"""
    )
    found = score(relation, rules="yitihua-default", direction="≥")
    rows = found.select("computed_score, score_status").fetchall()
    assert rows == [(Decimal("10.00"), "ok"), (Decimal("9.00"), "ok")]
    wide = duckdb.sql(
        """select 18446744073709551615::ubigint as 指标值, 10::tinyint as 分值,
        18446744073709551614::ubigint as 实际完成值"""
    )
    found = score(wide, rules="yitihua-default", direction="≥")
    assert found.select("computed_score, score_status").fetchall() == [(Decimal("10.00"), "ok")]


@needs_duckdb
def test_words_of_few_kinds_in_a_relation() -> None:
    relation = duckdb.sql(
        "select 90 as 指标值, 81 as 实际完成值, 20 as 分值, "
        "unnest(['≥', null])::enum('≥', '≤') as 指标性质, "
        "unnest([null, '每低1%扣1分'])::enum('每低1%扣1分') as 评分标准"
    )
    found = of_duckdb(score(relation, rules="yitihua-default"), ADDED)
    assert in_result(found) == as_lists(score(relation.pl(), rules="yitihua-default"))
    assert found["score_status"] == ["ok", "ok"]


@pytest.mark.parametrize("cell", [Fraction(1, 2), True, date(2024, 1, 1), b"90"])
def test_a_cell_that_is_neither_number_nor_text_is_refused_with_its_column(cell: object) -> None:
    held = pl.Series(["81%", cell], dtype=pl.Object)
    table = pl.DataFrame({"指标值": ["≥90%", "≥90%"], "实际完成值": held, "分值": [20, 20]})
    with pytest.raises(BudgetperfError, match=r"实际完成值.*make the column text") as caught:
        score(table, rules="yitihua-default")
    assert caught.value.code == "wrong-cell"


def test_cells_of_several_kinds_are_read_as_printed() -> None:
    held = pl.Series(["81", 81, Decimal("81.0"), None], dtype=pl.Object)
    table = pl.DataFrame({"指标值": ["≥90"] * 4, "实际完成值": held, "分值": [20] * 4})
    scores, statuses = as_lists(score(table, rules="yitihua-default"))
    assert scores == [Decimal(18)] * 3 + [None]
    assert statuses == ["ok", "ok", "ok", "missing"]


FEW = {"enum": pl.Enum(["≥", "≤"]), "categorical": pl.Categorical}


@pytest.mark.parametrize("kind", FEW)
@engines(without=["duckdb"])
def test_a_direction_of_few_kinds_may_be_absent(engine: str, kind: str) -> None:
    signs = pl.Series(["≥", None, "≤"], dtype=FEW[kind])
    table = pl.DataFrame(
        {"指标值": [90] * 3, "实际完成值": [81] * 3, "分值": [20] * 3, "指标性质": signs}
    )
    scores, statuses = scored(table, rulebook.get("yitihua-default"), engine)
    assert scores == [Decimal(18), None, Decimal(20)]
    assert statuses == ["ok", "open", "ok"]


@pytest.mark.parametrize("places", [-1, 10, 30])
def test_a_rule_set_that_rounds_beyond_a_column_is_refused(places: int) -> None:
    rounding = ScoreRounding(places=places)
    rules = attrs.evolve(rulebook.get("sichuan-2025"), score_rounding=rounding)
    table = pl.DataFrame({"指标值": [90], "实际完成值": [81], "分值": [20]})
    with pytest.raises(BudgetperfError, match="from 0 to 9 decimals") as caught:
        score(table, rules=rules, direction="≥")
    assert caught.value.code == "bad-places"


def test_named_indicators_are_scored_by_their_own_rule() -> None:
    rules = rulebook.get("hunan-dept-weight-5")
    name = rules.indicators[0].names[0]
    table = pl.DataFrame(
        {"三级指标": [name], "指标值": ["≤100%"], "实际完成值": ["90%"], "分值": ["5"]}
    )
    alone = bp.score(
        target=bp.Target.parse("≤100%"), actual="90%", weight="5", name=name, rules=rules
    )
    (got,), _ = as_lists(score(table, rules=rules, round_to=2))
    assert alone.score is not None
    assert got == alone.score.value


@needs_pandas
def test_an_index_of_pandas_is_kept() -> None:
    table = pd.DataFrame(
        {"指标值": ["≥90%", "—"], "实际完成值": ["81%", "—"], "分值": [20, 5]}, index=[7, 3]
    )
    result = score(table, rules="yitihua-default")
    assert list(result.index) == [7, 3]
    assert result["computed_score"].iloc[0] == Decimal("18.00")


def test_an_empty_table_comes_back_empty() -> None:
    table = pl.DataFrame(
        {"指标值": [], "实际完成值": [], "分值": []},
        schema_overrides={
            "指标值": pl.Decimal(18, 2),
            "实际完成值": pl.Decimal(18, 2),
            "分值": pl.Int64,
        },
    )
    assert len(score(table, rules="yitihua-default", direction="≥")) == 0


def test_every_status_has_a_label() -> None:
    assert len({status.label.zh for status in RowStatus}) == len(RowStatus)


def test_a_column_that_is_named_is_the_field_and_no_other() -> None:
    """年初指标值 and 调整指标值 are both targets: which of them counts is said, and not guessed."""
    table = pl.DataFrame(
        {"年初指标值": ["≥10"], "调整指标值": ["≥5"], "自评完成值": ["5"], "分值": ["10"]}
    )
    with pytest.raises(bp.BudgetperfError, match="调整指标值"):
        score(table, rules="yitihua-default")
    for header, due in (("年初指标值", "5.00"), ("调整指标值", "10.00")):
        scored = score(table, rules="yitihua-default", columns={header: "target"})
        assert str(scored["computed_score"][0]) == due

"""What a message says to write instead is written instead, and works."""

from __future__ import annotations

import datetime as dt
import importlib.util
import inspect
import numbers
import pkgutil
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf import exact, model, rules

NAMES: dict[str, object] = {"bp": bp, "datetime": dt, "rules": rules}
NAMES |= vars(exact) | vars(model) | {name: getattr(bp, name) for name in bp.__all__}
IN_CODE = re.compile(
    r"[A-Z]\w+(?:\.\w+)?\([^()]*\)|datetime\.date\([^()]*\)|\['[^']*'\]|'[^']*'|[A-Z]\w+\.[A-Z_]+"
    r"|\b(?:None|True|False)\b|(?<=such as )\d+|(?<=如 )\d+"
)
GIVEN = re.compile(
    r".*?(?:不是普通数字|不是整数|不是小数|类型的 [^：]+)：|，而不是 .*"
    r"|.*?(?:is not a plain number|is not whole|is not a decimal number|is refused):|, not .*"
)
"""What a message says of what was given, before the remedy or behind it."""


class Stranger:
    """Of no class that anything is made of."""

    def __repr__(self) -> str:
        return "Stranger"


@numbers.Real.register
class LikeNumpyFloat:
    """A float that is none of Python's, as those of numpy are."""

    def __str__(self) -> str:
        return "0.25"

    def __repr__(self) -> str:
        return "np.float32(0.25)"


@numbers.Integral.register
class LikeNumpyInteger:
    """A whole number that is no ``int``, as those of numpy are."""

    def __index__(self) -> int:
        return 7


NAMES |= {"Stranger": Stranger(), "single": LikeNumpyFloat()}
WRONG = [
    # Numbers that are not exact, or none.
    ("bp.Amount({})", "0.5"),
    ("bp.Amount({})", "1e-7"),
    ("bp.Amount({})", "float('nan')"),
    ("bp.Amount({})", "1e300"),
    ("bp.Amount({})", "single"),
    ("bp.Amount({})", "True"),
    ("bp.Amount({})", "None"),
    ("bp.Amount({})", "'12元5角'"),
    ("bp.Amount(1, {})", "5"),
    ("bp.Amount.parse({})", "3"),
    ("bp.Amount.parse({})", "1.5"),
    ("bp.Rate({})", "0.5"),
    ("bp.Rate({})", "'abc'"),
    ("bp.Points({})", "'20分'"),
    ("bp.Points({})", "Stranger"),
    ("bp.Count({})", "1.5"),
    ("bp.Count({})", "'1.5'"),
    ("bp.Count({})", "'10人'"),
    ("bp.Count({})", "None"),
    ("bp.Amount(5) * {}", "0.5"),
    ("bp.Interval(lower={}, upper=10**6)", "0.5"),
    ("bp.Figure(value={})", "0.5"),
    ("bp.Figure(value={})", "Stranger"),
    ("bp.Figure(value={})", "'1/3'"),
    ("bp.Figure(value=5, places={})", "0.5"),
    ("bp.Figure(value=5, rounding={})", "'half-even'"),
    ("bp.Figure(value=5, text={})", "5"),
    ("bp.Amount(5).rounded({})", "'x'"),
    ("bp.Amount(5).rounded(2, {})", "'x'"),
    ("bp.execution_rate(executed={}, revised=bp.Amount(5))", "595.07"),
    ("bp.staffing_control_rate(in_service={}, authorised=bp.Count(5))", "5"),
    # Text.
    ("bp.parse_figure({})", "68.48"),
    ("bp.parse_figure({})", "5"),
    ("bp.Target.parse({})", "0.9"),
    ("bp.Text(zh={}, en='a')", "5"),
    ("bp.Text(zh='甲', en='a').pick({})", "'fr'"),
    # Parts of a report.
    ("bp.Department(name={})", "5"),
    ("bp.Department(name={})", "0.5"),
    ("bp.Department(filing_date={})", "'2024-02-30'"),
    ("bp.SelfEvaluation(kind={})", "'school'"),
    ("bp.FundingSource(kind={})", "'学校'"),
    ("bp.FundingTotal(initial={})", "0.5"),
    ("bp.FundingTotal(initial={})", "'5%'"),
    ("bp.FundingTotal(initial={})", "bp.Rate(1)"),
    ("bp.FundingTotal(execution_rate={})", "5"),
    ("bp.FundingTotal(execution_rate={})", "0.5"),
    ("bp.Indicator(weight={})", "'5万元'"),
    ("bp.Indicator(weight={})", "Stranger"),
    ("bp.Indicator(target={})", "0.5"),
    ("bp.Indicator(target={})", "'7,00,0%'"),
    ("bp.Indicator(actual={})", "Stranger"),
    ("bp.Target(direction={})", "'abc'"),
    ("bp.Target(value={})", "'7,00,0%'"),
    ("bp.Target(strict={}, direction='≥')", "0.5"),
    ("bp.Missing(reason={})", "'blank'"),
    ("bp.Undefined(reason={})", "5"),
    # Functions.
    ("bp.rulesets[{}]", "5"),
    ("bp.audit(bp.SelfEvaluation(), rules={})", "5"),
    ("bp.scorecard(bp.SelfEvaluation(), rules={})", "Stranger"),
    ("bp.rules_that_fit(bp.SelfEvaluation(), among={})", "'hubei-2020'"),
    ("bp.audit(bp.SelfEvaluation(form=bp.Statement()), weights={{'form': {}}})", "0.5"),
]  # fmt: skip


def run(code: str) -> object:
    return eval(code, NAMES)  # noqa: S307


@pytest.mark.parametrize(("call", "wrong"), WRONG)
def test_each_remedy_that_is_named_works(call: str, wrong: str) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        run(call.format(wrong))
    error = caught.value
    for words in (error.message.zh, error.message.en):
        remedies = IN_CODE.findall(GIVEN.sub("", words))
        assert remedies, words
        for remedy in remedies:
            run(call.format(remedy))


@pytest.mark.parametrize("sign", ["≥", "＞", "不低于", "<=", "="])
@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("bp.Amount.parse({})", "3万元"),
        ("bp.Amount({})", "3万元"),
        ("bp.Rate({})", "90%"),
        ("bp.Figure.parse({})", "90%"),
        ("bp.Figure(value={})", "90%"),
        ("bp.parse_figure({})", "3"),
        ("bp.Target(value={})", "90%"),
    ],
)
def test_an_operator_is_never_dropped(call: str, text: str, sign: str) -> None:
    words = f"'{sign}{text}'"
    with pytest.raises(bp.BudgetperfError) as caught:
        run(call.format(words))
    remedy = f"Target.parse({words})"
    assert remedy in caught.value.message.zh
    assert remedy in caught.value.message.en
    assert isinstance(run(remedy), bp.Target)


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ("bp.Amount('353.21万元')", "Amount.parse('353.21万元')"),
        ("bp.Figure(value='353.21万元')", "Figure.parse('353.21万元')"),
        ("bp.Target(value='≥90%')", "Target.parse('≥90%')"),
        ("bp.Target('≥90%')", "Target.parse('≥90%')"),
        ("bp.Figure('353.21万元')", "Figure.parse('353.21万元')"),
        ("bp.Missing('dash')", "Missing(reason=MissingReason.DASH)"),
        ("bp.Achievement('进驻率', '97%')", "Achievement(name='进驻率', value='97%')"),
        ("bp.CategoryAmount('资本性支出', 5)", "CategoryAmount(category='资本性支出', executed=5)"),
    ],
)
def test_what_reads_print_is_named_where_print_is_given(wrong: str, remedy: str) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        run(wrong)
    assert caught.value.message.zh.endswith(remedy)
    assert caught.value.message.en.endswith(remedy)
    run(remedy)


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ("bp.Indicator('满意度')", "Indicator(level1=…, level2=…, name=…, target=…, "),
        ("bp.FundingSource('本级', 5)", "FundingSource(kind=…, initial=…, revised=…, "),
        ("bp.Undefined('0/0')", "Undefined(reason='0/0')"),
        ("bp.Figure('353.21', '万元')", "Figure(value=…, unit=…, places=…, rounding=…, "),
    ],
)
def test_where_no_call_is_sure_the_names_are_told(wrong: str, names: str) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        run(wrong)
    assert caught.value.code == "by-position"
    assert names in caught.value.message.zh
    assert names in caught.value.message.en


@pytest.mark.parametrize(
    ("kind", "count"), [("Staffing", 8), ("ProjectFigures", 8), ("FundingTotal", 8)]
)
def test_up_to_eight_names_are_told(kind: str, count: int) -> None:
    """Of a class with more fields the rest is dots."""
    fields = [field.name for field in attrs.fields(getattr(bp, kind)) if field.init]
    with pytest.raises(bp.WrongTypeError) as caught:
        run(f"bp.{kind}('5', '6')")
    shown = ", ".join(f"{name}=…" for name in fields[:count]) + ", …" * (len(fields) > count)
    assert caught.value.message.en.endswith(f"write {kind}({shown})")


RATE = "execution_rate(executed='5万元', revised='6万元')"


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ("bp.execution_rate('5万元', '6万元')", RATE),
        ("bp.execution_rate('5万元', revised='6万元')", RATE),
        ("bp.execution_rate('5万元')", "execution_rate(executed='5万元')"),
        ("bp.deviation(1, 2, 3, 4)", "deviation(actual=1, target=2, definition=3)"),
        ("bp.scorecard([], 'hubei-2020')", "scorecard(…, rules='hubei-2020')"),
        ("bp.audit(bp.SelfEvaluation(), 'hubei-2020')", "audit(…, rules='hubei-2020')"),
        ("bp.read('report.md', 'forms')", "read(…, layout='forms')"),
        (
            "bp.score_execution(None, 'hubei-2020', rate='86%')",
            "score_execution(…, rules='hubei-2020', rate='86%')",
        ),
        ("bp.rules_that_fit(bp.SelfEvaluation(), ('x' * 80))", "rules_that_fit(…, among=…)"),
    ],
)
def test_arguments_by_position_are_told_with_their_names(wrong: str, remedy: str) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        run(wrong)
    assert caught.value.code == "by-position"
    assert caught.value.message.zh.endswith(f"请写成 {remedy}")
    assert caught.value.message.en.endswith(f"write {remedy}")


@pytest.mark.parametrize(
    ("wrong", "code", "told"),
    [
        ("bp.scorecard([])", "missing-argument", ["scorecard(…, rules=…)"]),
        ("bp.scorecard()", "missing-argument", ["report", "rules", "scorecard(report=…, rules=…)"]),
        (
            "bp.execution_rate(executed=bp.Amount(1))",
            "missing-argument",
            ["revised", "execution_rate(executed=…, revised=…)"],
        ),
        ("bp.scorecard([], rule='hubei-2020')", "unknown-argument", ["'rule'", "rules"]),
        (
            "bp.deviation(actual=bp.Amount(1), colour=2)",
            "missing-argument",
            ["'colour'", "target", "deviation(actual=…, target=…, definition=…)"],
        ),
        ("bp.read('a', path='b')", "unknown-argument", ["read(…)"]),
        (
            "bp.score(target='≥90%', actual='99%', weight=20)",
            "missing-argument",
            ["score(rules=…, target=…, actual=…, weight=…)"],
        ),
        ("bp.score_execution()", "missing-argument", ["score_execution(rules=…)"]),
    ],
)
def test_arguments_that_are_missing_or_unknown_are_told(
    wrong: str, code: str, told: list[str]
) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        run(wrong)
    assert caught.value.code == code
    for words in told:
        assert words in caught.value.message.zh
        assert words in caught.value.message.en


def test_what_is_given_is_not_told_as_missing() -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        run("bp.execution_rate(executed=bp.Amount(1), colour=2)")
    assert (caught.value.code, caught.value.field) == ("missing-argument", "revised")
    assert "execution_rate 还须给出 revised：" in caught.value.message.zh
    assert "execution_rate also needs revised: " in caught.value.message.en


FUNCTIONS = [name for name in bp.__all__ if inspect.isfunction(getattr(bp, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_tells_of_a_call_that_does_not_fit(name: str) -> None:
    function: Any = getattr(bp, name)
    needed = [
        one.name
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty
    ]
    with pytest.raises(bp.WrongTypeError) as caught:
        function(colour_of_the_cover=1)
    told = str(caught.value)
    assert f"{name} 没有参数 'colour_of_the_cover'" in told
    assert all(argument in told for argument in needed)


def test_a_type_error_from_within_a_function_is_left_as_it_is() -> None:
    class Broken:
        def __iter__(self) -> Iterator[bp.Indicator]:
            raise TypeError("from within")

    with pytest.raises(TypeError, match="from within"):
        bp.scorecard(Broken(), rules="hubei-2020")


def test_every_rate_tells_its_names() -> None:
    for rate in bp.rates.catalogue.values():
        with pytest.raises(bp.WrongTypeError) as caught:
            rate.function("5")
        assert f"{rate.function.__name__}({rate.arguments[0].name}='5')" in caught.value.message.zh


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ("bp.FundingTotal(revized='5万元')", ("'revized'", "revised")),
        ("bp.Indicator(nam='满意度', weigth=20)", ("'nam'", "'weigth'", "name", "weight")),
        ("bp.Figure(val='353.21')", ("'val'", "value")),
        ("bp.Missing(why='—')", ("'why'", "line", "reason", "text")),
        ("bp.Statement(财政=3)", ("'财政'",)),
    ],
)
def test_a_name_that_no_field_has_is_told_with_those_that_it_is_like(
    wrong: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        run(wrong)
    assert caught.value.code == "unknown-field"
    assert caught.value.field == names[0].strip("'")
    for words in names:
        assert words in caught.value.message.zh
        assert words in caught.value.message.en


@pytest.mark.parametrize(
    ("words", "members"),
    [
        ("县级", ["LOCAL", "UPPER", "UNLISTED"]),
        ("专项", ["UPPER", "LOCAL", "OTHER", "UNLISTED"]),
        ("carryover", ["CARRY_OVER"]),
        ("财政拔款", ["CURRENT_APPROPRIATION"]),
        ("转移支付", ["CENTRAL_TRANSFER", "REGIONAL_TRANSFER"]),
    ],
)
def test_the_members_that_may_be_meant_come_first(words: str, members: list[str]) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        bp.FundingSource(kind=words)
    for message in (caught.value.message.zh, caught.value.message.en):
        assert re.findall(r"FundingKind\.([A-Z_]+)", message) == members
        assert len(message) < 200


def test_names_that_are_near_are_there() -> None:
    with pytest.raises(KeyError) as caught:
        bp.rulesets["hubei-2021"]
    (near,) = re.findall(r"did you mean ([a-z0-9 -]+)\?", str(caught.value))
    assert "hubei-2020" in near.split(" or ")
    for name in near.split(" or "):
        assert bp.rulesets[name] is bp.rulesets.get(name)


FLOATS = [0.5, float("inf"), LikeNumpyFloat()]
OTHERS = [None, True, [1], b"1", 1j, Stranger()]


@pytest.mark.parametrize("kind", [bp.Amount, bp.Rate, bp.Points, bp.Count])
def test_floats_alone_are_refused_as_floats(kind: type) -> None:
    for value in FLOATS:
        with pytest.raises(bp.FloatRefusedError):
            kind(value)
    for value in OTHERS:
        with pytest.raises(bp.WrongTypeError) as caught:
            kind(value)
        assert not isinstance(caught.value, bp.FloatRefusedError)


def test_whole_numbers_of_other_makers_are_whole_numbers() -> None:
    seven = LikeNumpyInteger()
    for kind in (bp.Amount, bp.Rate, bp.Points, bp.Count):
        assert kind(seven) == kind(7)
    assert bp.Figure(value=seven) == bp.Figure(value=7)
    assert type(bp.Figure(value=seven).value) is Decimal
    assert bp.Indicator(weight=seven) == bp.Indicator(weight=7)
    assert bp.Amount(1) * seven == bp.Amount(7)


def test_numpy_is_told_apart_by_its_kinds() -> None:
    numpy = pytest.importorskip("numpy")
    for kind in (numpy.float64, numpy.float32, numpy.float16, numpy.longdouble):
        with pytest.raises(bp.FloatRefusedError, match=r"such as '0\.5'"):
            bp.Amount(kind(0.5))
    assert bp.Amount(numpy.int64(7)) == bp.Amount(numpy.uint8(7)) == bp.Amount(7)
    with pytest.raises(bp.WrongTypeError):
        bp.Amount(numpy.bool_(True))


ON_PURPOSE = [
    ("bp.Amount(0.5)", TypeError),
    ("bp.audit(5)", TypeError),
    ("bp.rules_that_fit(5)", TypeError),
    ("bp.scorecard(5, rules='hubei-2020')", TypeError),
    ("bp.dumps(5)", TypeError),
    ("list(bp.figures(5))", TypeError),
    ("bp.with_column_precision(5)", TypeError),
    ("bp.in_unit(5, '元')", TypeError),
    ("bp.read(5)", TypeError),
    ("bp.Text(zh='甲', en='a').pick('fr')", ValueError),
    ("bp.Text(zh='{}', en='{}').fill()", LookupError),
    ("bp.Text(zh='{a}', en='{a}').fill(b=1)", LookupError),
    ("bp.Interval(lower=1, upper=2) / bp.Interval(lower=-1, upper=1)", ZeroDivisionError),
    ("bp.rulesets['nothing']", KeyError),
]


@pytest.mark.parametrize(("call", "kind"), ON_PURPOSE)
def test_one_class_catches_what_is_raised_on_purpose(call: str, kind: type[Exception]) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        run(call)
    assert isinstance(caught.value, kind)


RAISED = re.compile(r"^\s+raise (?P<name>[A-Z]\w+)", re.MULTILINE)
BY_PYTHON = {
    *("AttributeError", "NotImplementedError", "IterableValidationError", "StepBoundError"),
    *("PDFNoValidXRef", "PDFObjectNotFound"),
}
"""What a protocol of Python asks for, and what is caught again inside."""


def test_no_bare_errors_are_raised() -> None:
    """``ValueError`` only where the function around it catches it."""
    seen: dict[str, int] = {}
    for module in pkgutil.walk_packages(bp.__path__, "budgetperf."):
        if module.name.endswith("__main__"):
            continue
        spec = importlib.util.find_spec(module.name)
        source = (spec and spec.origin) or ""
        with open(source, encoding="utf-8") as file:
            for name in RAISED.findall(file.read()):
                seen[name] = seen.get(name, 0) + 1
    kinds = {name: getattr(exact, name, getattr(bp, name, None)) for name in seen}
    known = {name for name, kind in kinds.items() if isinstance(kind, type)}
    assert all(issubclass(kinds[name], bp.BudgetperfError) for name in known)  # type: ignore[arg-type]
    assert seen.keys() - known - BY_PYTHON == {"ValueError"}
    assert len(seen) > 5
    assert Fraction(1) == bp.Amount(1).value


@pytest.mark.parametrize(
    ("call", "named"),
    [
        ("bp.scorecard([{'指标': '甲'}], rules='hubei-2020')", "bp.indicators("),
        ("bp.scorecard('rows.csv', rules='hubei-2020')", "bp.indicators("),
        ("bp.score('甲', rules='hubei-2020')", "score(target="),
        ("bp.compare([bp.audit(bp.SelfEvaluation())] * 2)", "bp.read("),
        ("bp.compare([bp.scorecard(bp.SelfEvaluation(), rules='hubei-2020')] * 2)", "bp.read("),
        ("bp.Department(filing_date='2023/5/6')", "datetime.date(2023, 5, 6)"),
        ("bp.Department(filing_date='2023年5月6日')", "datetime.date(2023, 5, 6)"),
        ("bp.Indicator(actual=bp.Rate('1/3'))", "'33.33%'"),
        ("bp.Amount(bp.Figure.parse('5万元'))", ".nominal"),
        ("bp.completion_rate(actual=5, target=bp.Target.parse('≥5'))", ".value"),
    ],
)
def test_what_to_do_instead_is_named(call: str, named: str) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        run(call)
    assert named in caught.value.message.zh
    assert named in caught.value.message.en


def test_a_range_is_no_number() -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        run("bp.Indicator(actual='80%-90%')")
    assert "区间" in caught.value.message.zh
    assert "range" in caught.value.message.en


def test_of_a_misspelt_member_the_nearest_alone_is_named() -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        run("bp.SelfEvaluation(kind='projekt')")
    assert "EvaluationKind.PROJECT" in caught.value.message.en
    assert "EvaluationKind.DEPARTMENT" not in caught.value.message.en


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-05-06 10:00", "datetime.date(2023, 5, 6)"),
        ("24.5.6", "datetime.date(2024, 4, 22)"),  # the year 24 is not meant: an example
    ],
)
def test_the_day_that_is_meant_is_named_where_it_is_sure(written: str, day: str) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        bp.Department(filing_date=written)
    assert day in caught.value.message.en

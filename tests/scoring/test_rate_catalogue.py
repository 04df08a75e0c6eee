"""The catalogue of the rates: complete, true to the functions, and in both languages."""

from __future__ import annotations

import inspect
import itertools
import pickle
import re
import tomllib
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, get_type_hints

import attrs
import pytest

from budgetperf import (
    Amount,
    Count,
    DeviationDefinition,
    EvaluationKind,
    Rate,
    Text,
    rates,
)
from budgetperf.exact import ProblemsError
from budgetperf.plain.structuring import data_folder
from budgetperf.rates import (
    Argument,
    Computed,
    Counted,
    Duration,
    Likelihood,
    Measured,
    Money,
    RateDefinition,
    Ratio,
    Source,
    Status,
    Takes,
    Trap,
    catalogue,
    department,
    project,
)
from budgetperf.rates.reading import entries

every_rate = pytest.mark.parametrize("rate", catalogue.values(), ids=lambda rate: rate.id)
LANGUAGES = ("zh", "en")

# Ids are kept for good; the statuses are those of texts.md.
KNOWN = {
    "execution-rate": "form",
    "adjustment-rate": "observed",
    "share": "observed",
    "completion-rate": "observed",
    "deviation": "observed",
    "staffing-control-rate": "text",
    "three-public-change-rate": "text",
    "three-public-actual-change-rate": "form",
    "key-expenditure-rate": "text",
    "budget-completion-rate": "text",
    "gross-adjustment-rate": "text",
    "payment-progress-rate": "text",
    "carry-over-rate": "text",
    "carry-over-rate-on-executed": "form",
    "carry-over-change-rate": "text",
    "operating-cost-control-rate": "text",
    "three-public-control-rate": "text",
    "procurement-execution-rate": "text",
    "fixed-asset-use-rate": "text",
    "task-completion-rate": "text",
    "task-timeliness-rate": "text",
    "task-quality-rate": "text",
    "key-task-closure-rate": "text",
    "special-funds-detail-rate": "text",
    "goals-set-rate": "text",
    "monitoring-completion-rate": "text",
    "self-evaluation-completion-rate": "text",
    "key-evaluation-completion-rate": "text",
    "evaluation-use-rate": "text",
    "funds-in-place-rate": "text",
    "funds-in-place-rate-on-budget": "text",
    "funds-on-time-rate": "text",
    "execution-rate-on-funds-in-place": "text",
    "output-completion-rate": "text",
    "output-timeliness-rate": "text",
    "output-quality-rate": "text",
    "cost-saving-rate": "text",
    "cost-control-rate": "form",
    "asset-formation-rate": "text",
    "quota-match-rate": "text",
    "project-output-rate": "text",
    "personnel-funding-rate": "text",
    "operating-funding-rate": "text",
    "operating-funding-change-rate": "text",
    "livelihood-share": "text",
    "livelihood-share-change-rate": "text",
    "fiscal-staff-control-rate": "text",
    "debt-rate": "text",
    "revenue-completion-rate": "text",
    "expenditure-completion-rate": "text",
    "expenditure-balance-rate": "text",
    "funds-carry-over-rate": "text",
    "funds-carry-over-change-rate": "text",
    "temporary-balance-rate": "text",
    "revenue-to-gdp": "text",
    "tax-share": "text",
    "tax-share-change-rate": "text",
    "non-tax-share": "text",
    "non-tax-share-change-rate": "text",
    "expenditure-multiplier": "text",
    "urban-income-change-rate": "text",
    "rural-income-change-rate": "text",
    "schooling-change-rate": "text",
    "life-expectancy-change-rate": "text",
    "unemployment-change-rate": "text",
    "air-quality-change-rate": "text",
    "green-space-change-rate": "text",
    "energy-intensity-change-rate": "text",
}

# The rates that rules.md §1, texts.md and terms.md name, with how many formulas each has.
NAMES = {
    "department": "在职人员控制率 “三公经费”变动率×2 重点支出安排率 预算完成率 预算调整率×2 "
    "支付进度率 结转结余率×2 结转结余变动率 公用经费控制率 “三公经费”控制率 政府采购执行率 "
    "固定资产利用率 实际完成率 完成及时率 质量达标率 重点工作办结率 专项资金细化率 "
    "绩效目标编制完成率 绩效监控完成率 绩效自评完成率 部门绩效评价完成率 评价结果应用率 "
    "预算执行率 占比 指标完成率 偏差率",
    "project": "资金到位率×2 到位及时率 预算执行率×2 实际完成率 完成及时率 质量达标率 "
    "成本节约率 成本控制率 资产形成率 额度匹配率 项目产出率 预算调整率 占比 指标完成率 偏差率",
    "region": "人员经费保障率 公用经费保障率 人均公用经费变动率 民生支出占比 民生支出占比变动率 "
    "财政供养人员控制率 债务率 收入完成率 支出完成率 支出均衡率 资金结转率 资金结转变动率 "
    "总预算暂存暂付率 财政总收入占GDP的比重 税收收入占比 税收收入占比变动率 非税收入占比 "
    "非税收入占比变动率 财政支出乘数 城镇居民人均可支配收入变动率 农村居民人均纯收入变动率 "
    "人均受教育年限变动率 人均期望寿命变动率 城镇登记失业率变动率 空气质量变动率 "
    "人均公共绿地面积变动率 万元GDP能耗变动率",
}


def test_ids_and_statuses() -> None:
    assert {id: standing_of(rate.sources[0]) for id, rate in catalogue.items()} == KNOWN
    assert {id: rate.status.value for id, rate in catalogue.items()} == {
        id: known.partition(":")[0] for id, known in KNOWN.items()
    }


def standing_of(source: Source) -> str:
    likelihood = source.likelihood
    return source.status.value + (f": {likelihood.value}" if likelihood else "")


@pytest.mark.parametrize("kind", EvaluationKind)
def test_every_name_of_the_field_is_there(kind: EvaluationKind) -> None:
    titles = sorted(rate.title.zh for rate in catalogue.values() if kind in rate.kinds)
    wanted: list[str] = []
    for word in NAMES[kind.value].split():
        name, _, times = word.partition("×")
        wanted += [name] * int(times or 1)
    assert titles == sorted(wanted)


def test_every_public_function_is_in_it_once() -> None:
    public = [getattr(rates, name) for name in rates.__all__]
    functions = {value for value in public if inspect.isfunction(value)}
    listed = [rate.function for rate in catalogue.values()]
    assert set(listed) == functions
    assert len(listed) == len(functions) == len(KNOWN)


@every_rate
def test_ids_are_the_names_of_the_functions(rate: RateDefinition) -> None:
    assert catalogue[rate.id] is rate
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rate.id, re.ASCII)
    assert rate.id.replace("-", "_") == rate.function.__name__
    assert getattr(rates, rate.function.__name__) is rate.function


TYPES = {
    Takes.AMOUNT: Money,
    Takes.AMOUNTS: Iterable[Money],
    Takes.COUNT: Counted,
    Takes.RATE: Ratio,
    Takes.MEASURE: Measured,
    Takes.DURATION: Duration,
    Takes.DEVIATION: DeviationDefinition,
}


@every_rate
def test_arguments_are_those_of_the_function(rate: RateDefinition) -> None:
    hints = get_type_hints(rate.function)
    assert hints.pop("return") == Computed
    assert {argument.name: TYPES[argument.takes] for argument in rate.arguments} == hints
    assert [argument.name for argument in rate.arguments] == list(
        inspect.signature(rate.function).parameters
    )


@every_rate
def test_docstrings_say_what_the_catalogue_says(rate: RateDefinition) -> None:
    """Each argument, the name, the source and how well it is known; every namesake by name."""
    doc = inspect.getdoc(rate.function) or ""
    assert rate.title.zh in doc
    standing = standing_of(rate.sources[0]).replace("form", "published form")
    assert standing in doc.replace("unverified:\n", "unverified: ")
    assert "Source" in doc
    assert len(re.findall(r"^    \w+: ", doc.partition("Args:\n")[2], re.MULTILINE)) >= len(
        rate.arguments
    )
    for argument in rate.arguments:
        assert re.search(rf"^    {argument.name}: ", doc, re.MULTILINE)
        if argument.takes in (Takes.AMOUNT, Takes.AMOUNTS):
            assert re.search(rf"^    {argument.name}: [^:]*money in any unit", doc, re.MULTILINE)
    for other in namesakes(rate):
        assert f"`{other.function.__name__}`" in doc


FILE = data_folder("budgetperf.rates", "data") / "department.toml"
PROJECTS = data_folder("budgetperf.rates", "data") / "project.toml"


@pytest.mark.parametrize(
    ("right", "wrong", "where", "code"),
    [
        ('status = "form"', 'status = "law"', "sources[0].status", "unknown-value"),
        ('takes = "count"', 'takes = "money"', "arguments[0].takes", "unknown-value"),
        ('kinds = ["department"]', 'kinds = ["office"]', "kinds[0]", "unknown-value"),
        ("formula = {", 'remark = "?"\nformula = {', "remark", "unknown-key"),
        ("unit = {", "units = {", "arguments[0].units", "unknown-key"),
        ("traps = [", "trap = [", "trap", "unknown-key"),
        ('base = "framework-2013"', 'base = "framework-2031"', "sources[0].base", "unknown-key"),
        ("sources = [", "source = [", "sources", "missing-key"),
        ("[rates.", "[rates.not-", "function", "no-function"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(
    right: str, wrong: str, where: str, code: str
) -> None:
    """One change, to the first rate that has such a part, and no other problem is in the way."""
    text = FILE.read_text(encoding="utf-8")
    assert entries(text, FILE.name, department)
    with pytest.raises(ProblemsError) as caught:
        entries(text.replace(right, wrong, 1), FILE.name, department)
    places = {problem.where.split(".", 3)[3]: problem.code for problem in caught.value.problems}
    assert places[where] == code


def test_a_likelihood_that_is_none_is_told_with_its_place() -> None:
    text = PROJECTS.read_text(encoding="utf-8")
    wrong = text.replace('likelihood = "likely"', 'likelihood = "sure"')
    with pytest.raises(ProblemsError, match=r"sources\[1\]\.likelihood"):
        entries(wrong, PROJECTS.name, project)


def test_no_rate_stands_twice() -> None:
    """In one file TOML refuses it; several files have none in common."""
    text = FILE.read_text(encoding="utf-8")
    with pytest.raises(ProblemsError, match="not valid TOML"):
        entries(text + "\n[rates.staffing-control-rate]\n", FILE.name, department)
    files = data_folder("budgetperf.rates", "data").iterdir()
    listed = [id for file in files for id in tomllib.loads(file.read_text("utf-8"))["rates"]]
    assert sorted(listed) == sorted(catalogue)


def namesakes(rate: RateDefinition) -> list[RateDefinition]:
    return [o for o in catalogue.values() if o.title.zh == rate.title.zh and o is not rate]


@every_rate
def test_traps_name_the_namesakes(rate: RateDefinition) -> None:
    named = [id for trap in rate.traps for id in trap.rates]
    assert rate.id not in named
    assert len(set(named)) == len(named)
    assert {other.id for other in namesakes(rate)} <= set(named)
    for id in named:
        assert rate.id in [back for trap in catalogue[id].traps for back in trap.rates], id
    for trap in rate.traps:
        same = {catalogue[id].title.zh for id in trap.rates} == {rate.title.zh}
        assert trap.note.zh.startswith("同名不同式") == same
        assert trap.note.en.startswith("same name, other formula") == same


@pytest.mark.parametrize(
    ("id", "confused_with"),
    [
        ("task-timeliness-rate", "output-timeliness-rate"),
        ("task-quality-rate", "output-quality-rate"),
        ("task-completion-rate", "output-completion-rate"),
        ("execution-rate", "execution-rate-on-funds-in-place"),
        ("adjustment-rate", "gross-adjustment-rate"),
        ("three-public-change-rate", "three-public-control-rate"),
        ("three-public-change-rate", "three-public-actual-change-rate"),
        ("carry-over-rate", "carry-over-rate-on-executed"),
        ("funds-in-place-rate", "funds-in-place-rate-on-budget"),
        ("cost-saving-rate", "cost-control-rate"),
        ("staffing-control-rate", "fiscal-staff-control-rate"),
        ("carry-over-rate", "funds-carry-over-rate"),
    ],
)
def test_the_traps_of_the_field_are_told(id: str, confused_with: str) -> None:
    assert confused_with in [rate for trap in catalogue[id].traps for rate in trap.rates]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_namesakes_can_be_told_apart(lang: str) -> None:
    """The official name may be shared; the formula is not, nor is the English title."""
    formulas = [(rate.title.zh, rate.formula.pick(lang)) for rate in catalogue.values()]
    assert len(set(formulas)) == len(formulas)
    titles = [rate.title.en for rate in catalogue.values()]
    assert len(set(titles)) == len(titles)


def texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, (RateDefinition, Argument, Source, Trap)):
        for field in attrs.fields(type(value)):
            yield from texts(getattr(value, field.name))


@every_rate
def test_everything_is_in_both_languages(rate: RateDefinition) -> None:
    han = re.compile(r"[一-鿿]")
    for text in texts(rate):
        assert bool(text.zh) == bool(text.en)
        assert text.zh == text.zh.strip()
        assert text.en == text.en.strip()
        assert not text.zh or han.search(text.zh) or text.zh == "%"
    required = [rate.title, rate.formula, *(source.document for source in rate.sources)]
    required += [label for argument in rate.arguments for label in (argument.label,)]
    required += [trap.note for trap in rate.traps]
    required += [argument.unit for argument in rate.arguments if argument.takes != Takes.DEVIATION]
    assert all(text.zh and text.en for text in required)
    assert not han.search(rate.formula.en)
    assert not han.search(rate.title.en)


@every_rate
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_formula_as_written_gives_the_rate(rate: RateDefinition, lang: str) -> None:
    """The text of the formula, worked out with the labels of the arguments replaced by numbers."""
    numbers = (37, 89, 3, 11)
    values: dict[str, Any] = {}
    plain: dict[str, Fraction] = {}
    definition = Takes.DEVIATION
    for argument, number in zip(rate.arguments, numbers, strict=False):
        match argument.takes:
            case Takes.AMOUNT:
                values[argument.name] = Amount(number, "万元")
            case Takes.AMOUNTS:
                values[argument.name] = [Amount(number + 5, "万元"), Amount(-5, "万元")]
            case Takes.COUNT:
                values[argument.name] = Count(number)
            case Takes.RATE:
                values[argument.name] = Rate(number)
            case Takes.MEASURE | Takes.DURATION:
                values[argument.name] = number
            case Takes.DEVIATION:
                continue
        plain[argument.label.pick(lang)] = Fraction(number + 10 * (argument.name == "moves"))
    formulas = re.split("[；;]", rate.formula.pick(lang))
    if rate.id != "deviation":
        (formula,) = formulas
        assert rate.function(**values) == Rate(worked_out(formula, plain))
        return
    assert [argument.takes for argument in rate.arguments][-1] is definition
    values = {name: Rate(value) for name, value in values.items()}
    for formula, meant in zip(formulas, DeviationDefinition, strict=True):
        assert rate.function(**values, definition=meant) == Rate(worked_out(formula, plain))


def worked_out(formula: str, values: dict[str, Fraction]) -> Fraction:
    for words, sign in (
        ("绝对值之和", ""), ("sum of |moves|", "moves"), ("× 100%", ""),
        ("÷", "/"), ("−", "-"), ("（", "("), ("）", ")"),
    ):  # fmt: skip
        formula = formula.replace(words, sign)
    for label in sorted(values, key=len, reverse=True):
        assert label in formula
        formula = formula.replace(label, repr(values[label]))
    left_over = re.sub(r"Fraction\(\d+, \d+\)", "", formula)
    assert re.fullmatch(r"[-/() ]*", left_over), left_over
    result = eval(formula, {"Fraction": Fraction})  # noqa: S307
    assert isinstance(result, Fraction)
    return result


def sources() -> list[Source]:
    return list(itertools.chain.from_iterable(rate.sources for rate in catalogue.values()))


def test_what_is_unverified_says_how_likely_it_is() -> None:
    for source in sources():
        assert (source.likelihood is not None) == (source.status is Status.UNVERIFIED)
        if source.status is Status.TEXT:  # read, by somebody, on a day, in a print
            assert source.verified is not None
            assert source.address
        assert all(
            re.fullmatch(r"[a-z0-9.-]+/\S+", address, re.ASCII) for address in source.addresses
        )
    assert {source.likelihood for source in sources()} == {Likelihood.LIKELY, None}


@pytest.mark.parametrize(
    ("id", "statuses"),
    [
        ("execution-rate", ["form", "text"]),
        ("adjustment-rate", ["observed", "text"]),
        ("three-public-control-rate", ["text", "text", "text"]),
        ("three-public-actual-change-rate", ["form", "text"]),
        ("carry-over-change-rate", ["text", "form"]),
        ("funds-on-time-rate", ["text", "text"]),
        ("output-timeliness-rate", ["text", "text"]),
        ("output-quality-rate", ["text", "unverified: likely"]),  # the row of 2013 is lost
        ("funds-in-place-rate", ["text"]),
    ],
)
def test_several_sources(id: str, statuses: list[str]) -> None:
    assert [standing_of(source) for source in catalogue[id].sources] == statuses


def test_annexes() -> None:
    """财预〔2013〕53号: annex 1 is on projects, annex 2 on departments, annex 3 on regions."""
    annexes = {
        (rate.kinds, source.article.zh)
        for rate in catalogue.values()
        for source in rate.sources
        if "〔2013〕53号" in source.document.zh
    }
    department, project, region = ((kind,) for kind in EvaluationKind)
    assert annexes == {
        *((project, "附件1"), (department, "附件2"), (region, "附件3")),
        (department, "附件3"),  # of the three public expenses, as departments have them
    }


def test_standing_in_words() -> None:
    standing = {standing_of(source): source.standing for source in sources()}
    assert standing["form"] == Text(zh="公开表样", en="published form")
    assert standing["unverified: likely"] == Text(
        zh="未核实，未读到原文，很可能如此", en="unverified, text not read, likely"
    )


def test_only_texts_and_forms_are_official() -> None:
    assert [status.value for status in Status if status.is_official] == ["text", "form"]
    official = [rate.id for rate in catalogue.values() if rate.status.is_official]
    assert official == [id for id, known in KNOWN.items() if known in ("form", "text")]


def test_what_arguments_take_has_names() -> None:
    used = {argument.takes for rate in catalogue.values() for argument in rate.arguments}
    assert used == set(Takes)
    assert len({taken.label.zh for taken in Takes}) == len({taken.label.en for taken in Takes}) == 7
    for argument in itertools.chain.from_iterable(rate.arguments for rate in catalogue.values()):
        assert bool(argument.unit.zh) == (argument.takes is not Takes.DEVIATION)
        assert ("万元" in argument.unit.zh) == (argument.takes in (Takes.AMOUNT, Takes.AMOUNTS))


def test_a_form_from_the_catalogue() -> None:
    """What a form needs: titles and labels to show, names to call by."""
    rate = catalogue["output-timeliness-rate"]
    assert [argument.label.zh for argument in rate.arguments] == ["计划完成时间", "实际完成时间"]
    typed = dict(zip([argument.name for argument in rate.arguments], ("100", "90"), strict=True))
    assert rate.function(**typed) == Rate("10%")


@every_rate
def test_entries_are_values(rate: RateDefinition) -> None:
    again = pickle.loads(pickle.dumps(rate))  # noqa: S301
    assert again == rate
    assert hash(again) == hash(rate)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rate.id = "other"  # type: ignore[misc]


def test_the_catalogue_does_not_change() -> None:
    with pytest.raises(TypeError):
        catalogue["other"] = catalogue["share"]  # type: ignore[index]


def test_what_is_not_there() -> None:
    with pytest.raises(AttributeError, match=r"'budgetperf.rates' has no attribute 'execution'"):
        rates.execution  # type: ignore[attr-defined]  # noqa: B018

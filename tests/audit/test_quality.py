"""Q01, Q02, Q03 and Q05 on rows of published tables and on what must stay silent.

The three digits are those of domain/defects.md and reports/tables.md.
"""

from __future__ import annotations

import attrs
import pytest

from budgetperf import (
    Direction,
    Figure,
    Finding,
    Indicator,
    Missing,
    MissingReason,
    RoundingMode,
    Statement,
    Target,
    audit,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.exact.figure import read_figure
from budgetperf.rules import get
from tests.audit.check_cases import E, I, findings_of
from tests.factories import form, row, says

REVIEW, UNKNOWN = "review", "not-stated"
SILENT: list[object] = []


def cells(
    target: str,
    actual: str,
    *,
    name: str = "指标甲",
    level1: str = "产出指标",
    level2: str = "数量指标",
    explanation: str = "",
    weight: str = "2",
    score: str = "2",
) -> Indicator:
    """A row as it is printed; an actual value need not be a number."""
    base = row(name, target, "1", weight=weight, score=score, explanation=explanation)
    return attrs.evolve(base, level1=level1, level2=level2, actual=read_figure(actual))


def findings_on(code: str, *rows: Indicator, rules: str | None = None) -> list[Finding]:
    """The findings on rows; none if the check has nothing to say of them."""
    return [f for f in findings_of(form(*rows), code, rules) if f.operands]


def outcomes(code: str, *rows: Indicator, rules: str | None = None) -> list[object]:
    return [f.reason or f.verdict for f in findings_on(code, *rows, rules=rules)]


# --- Q01


@pytest.mark.parametrize(
    ("target", "actual", "outcome"),
    [
        ("100%", "1000件", [I]),  # 051
        ("1000件", "100%", [I]),
        ("=8个", "100%", [I]),  # 005, 030: percent where a count is due
        ("≥12次", "已完成", [I]),  # 005, 030: words
        ("≥90%", "达成预期指标", [I]),
        ("20万元", "100%", [I]),
        ("20万元", "20人", [I]),
        ("1600元/亩", "100%", [I]),
        ("50人", "300美元", [I]),
        ("20万元", "200000元", [E]),  # one measure
        ("16.3万件", "163000件", [E]),
        ("5名", "5人", [E]),
        ("≥90%", "93.5%", [E]),
        ("小于0.9‰", "0.05%", [E]),
        ("≥100百分比", "100%", [E]),
        ("≤5个工作日内", "3个工作日", [E]),
        ("36", "35", [E]),
        ("1600元/亩", "1600元/亩", [E]),
        ("≥266米", "≥266米", [E]),  # 092: the operator is Q02's
        ("≥90%", "100", [REVIEW]),  # a rate column
        ("100", "100%", [REVIEW]),
        ("≥90%", "95分", [REVIEW]),
        ("=8个", "8", [REVIEW]),
        ("20万元", "20", [REVIEW]),
        ("5件", "5个", [REVIEW]),  # two words, perhaps for one thing
        ("10次", "10场", [REVIEW]),
        ("100人次", "100人", [REVIEW]),
        ("1600元/亩", "1600元", [REVIEW]),
        ("20万元", "3万美元", [REVIEW]),
        ("≥200%", "2倍", [REVIEW]),
        ("0起", "无", [REVIEW]),  # 0 in words
        ("=0次", "未发生安全事故", [REVIEW]),
        ("≥90%", "", [UNKNOWN]),
        ("≥90%", "***", [UNKNOWN]),
        ("≥90%", "7,00.0,77", [UNKNOWN]),  # 028
        ("≥90%", "未达到监控节点", [UNKNOWN]),
        ("每亩300", "每亩300", [UNKNOWN]),  # 049
        ("", "完成", [UNKNOWN]),
        ("", "", [UNKNOWN]),
        ("≥90%", "—", SILENT),
        ("/", "100%", SILENT),
        ("显著提升", "显著提升", SILENT),  # 092
        ("显著提升", "85%", SILENT),  # words with a number are fine
        ("2021年底", "已完成", SILENT),
        ("2021年12月31日", "100%", SILENT),
        ("1-12月", "完成", SILENT),
        ("十二月底前", "完成", SILENT),
        ("12个月", "100%", [I]),  # but this is a length of time
        ("3年", "完成", [I]),
    ],
)
def test_numbers(target: str, actual: str, outcome: list[object]) -> None:
    assert outcomes("Q01", cells(target, actual)) == outcome


def test_a_declared_qualitative_target_needs_no_number() -> None:
    words = Missing(reason=MissingReason.QUALITATIVE, text="好")
    declared = Target(direction=Direction.QUALITATIVE, value=Figure(value=100, unit="%"))
    for target in (declared, Target(value=words)):
        assert outcomes("Q01", attrs.evolve(cells("", "完成"), target=target)) == SILENT


def test_what_is_not_there_is_not_claimed() -> None:
    """A form without a column of actual values, a heading, an empty report."""
    no_column = attrs.evolve(cells("≥90%", ""), actual=Missing())
    assert outcomes("Q01", no_column, Indicator(level1="社会效益")) == SILENT
    assert [f.reason for f in findings_of(Report(), "Q01")] == [UNKNOWN]


def test_a_contradiction_names_both_cells() -> None:
    (finding,) = findings_on("Q01", cells("100%", "1000件"))
    assert [operand.path for operand in finding.operands] == [
        "form.indicators[0].actual", "form.indicators[0].target.value",
    ]  # fmt: skip
    for text in (finding.message.zh, finding.message.en):
        assert "100%" in text
        assert "1000件" in text
    assert finding.severity.value == "error"


def test_only_what_is_not_stated_is_named() -> None:
    (finding,) = findings_on("Q01", cells("≥12次", ""))
    assert finding.reason == UNKNOWN
    assert "实际完成值" in finding.why.zh
    assert "指标值" not in finding.why.zh.replace("实际完成值", "")


# --- Q02

COST, PEOPLE = "经济成本指标", "服务对象满意度指标"


@pytest.mark.parametrize(
    ("target", "name", "level2", "outcome"),
    [
        ("≥20万元", "设备购置成本", "数量指标", [REVIEW]),
        (">20万元", "设备购置", COST, [REVIEW]),
        ("≥100%", "成本到位", COST, [REVIEW]),
        ("≤20万元", "设备购置成本", COST, [E]),
        ("=20万元", "设备购置成本", COST, [E]),
        ("≥5%", "成本节约率", COST, [E]),  # more is better
        ("≥95%", "预算执行率", COST, [E]),
        ("≥90%", "居民满意度", COST, [E]),  # the name goes before the heading
        ("≤90%", "居民满意度", "质量指标", [REVIEW]),
        ("<90%", "居民评价", PEOPLE, [REVIEW]),
        ("≥90%", "居民满意度", PEOPLE, [E]),
        ("≤5%", "投诉率", PEOPLE, [E]),
        ("≤5%", "不满意率", "质量指标", [E]),
        ("≥120%", "覆盖率", "质量指标", [REVIEW]),
        ("120%", "覆盖率", "质量指标", [REVIEW]),
        (">100%", "覆盖率", "质量指标", [REVIEW]),
        (">99%", "覆盖率", "质量指标", [E]),
        (">90%", "覆盖率", "质量指标", [E]),
        ("<100%", "覆盖率", "质量指标", [E]),
        ("=101%", "合格率", "质量指标", [REVIEW]),
        ("≥1001‰", "合格率", "质量指标", [REVIEW]),
        ("≤120%", "资产负债率", "质量指标", [E]),  # a limit, however wide
        ("≥120%", "收入增长率", "质量指标", [E]),
        ("≥120%", "任务完成率", "质量指标", [E]),
        ("≥100%", "任务完成率", "质量指标", [E]),
        ("≥120次", "培训次数", "数量指标", [E]),
        ("≥1次", "培训次数", "数量指标", [E]),
        ("=100%", "覆盖率", "质量指标", [E]),
        ("100%", "覆盖率", "质量指标", SILENT),  # no operator, nothing to fit
        ("显著", "覆盖率", "质量指标", SILENT),
        ("", "设备购置成本", COST, SILENT),
    ],
)
def test_operators(target: str, name: str, level2: str, outcome: list[object]) -> None:
    assert outcomes("Q02", cells(target, "1", name=name, level2=level2)) == outcome


@pytest.mark.parametrize("level1", ["成本指标", "运行成本"])
def test_the_heading_of_level_1_counts_where_no_other_is_printed(level1: str) -> None:
    bare = attrs.evolve(cells("≥9人", "9人", level1=level1), level2=Missing())
    assert outcomes("Q02", bare) == [REVIEW]


def test_at_least_all_is_asked_once_and_harmless() -> None:
    """checks.md: ≥100百分比."""
    rows = (
        cells("≥100百分比", "100%", name="覆盖率"),
        cells("≥100%", "100%", name="合格率"),
        cells("≥90%", "95%", name="及时率"),
    )
    exact, together = findings_on("Q02", *rows)
    assert exact.verdict is E
    assert together.reason == REVIEW
    assert [operand.path for operand in together.operands] == [
        f"form.indicators[{i}].target.value" for i in (0, 1)
    ]
    assert "覆盖率、合格率" in together.message.zh
    says(together.message, "数字本身没有问题", "the numbers are right")
    both = Report(narrative=Statement(indicators=rows[:1]), form=Statement(indicators=rows[:1]))
    assert [f.reason for f in findings_of(both, "Q02")] == [REVIEW, REVIEW]


@pytest.mark.parametrize(
    ("actual", "outcome"),
    [
        ("≥266米", [REVIEW]),  # 092
        ("266米以上", [REVIEW]),
        ("不超过266米", [REVIEW]),
        ("=266米", SILENT),
        ("266米", SILENT),
        ("≥很多", SILENT),
        ("", SILENT),
    ],
)
def test_an_actual_value_is_no_bound(actual: str, outcome: list[object]) -> None:
    assert outcomes("Q02", cells("显著", actual)) == outcome


def test_a_figure_made_in_code_need_not_have_a_readable_text() -> None:
    made = attrs.evolve(cells("显著", ""), actual=Figure(value=5, text="about five"))
    assert outcomes("Q02", made) == SILENT


# --- Q03


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ("有效提升", [REVIEW]),
        ("显著", [REVIEW]),  # 049
        ("显著提升", [REVIEW]),  # 092
        ("进一步完善", [REVIEW]),
        ("及时率提升", [REVIEW]),
        ("统一人员管理", [REVIEW]),
        ("零距离服务", [REVIEW]),
        ("及时", [E]),  # 103
        ("年底前", [E]),
        ("第四季度完成", [E]),
        ("按时完成", [E]),
        ("优良中低差", [E]),  # a scale of grades
        ("零事故", [E]),  # numbers in characters
        ("每季度一次", [E]),
        ("≥90%", [E]),
        ("2021年底", [E]),
        ("每亩300", SILENT),  # a number that is not readable is none in words
        ("2021年12月31日", [E]),
        ("/", SILENT),
        ("", SILENT),
    ],
)
def test_unquantified(target: str, outcome: list[object]) -> None:
    assert outcomes("Q03", cells(target, "1")) == outcome


def test_a_grade_of_the_rule_set_is_no_mere_word() -> None:
    for grade in get("yitihua-default").qualitative:
        grown = cells(grade.grade.zh, "1")
        assert outcomes("Q03", grown) == [REVIEW]
        assert outcomes("Q03", grown, rules="yitihua-default") == [E]
    assert outcomes("Q03", cells("有效提升", "1"), rules="yitihua-default") == [REVIEW]


# --- Q05


@pytest.mark.parametrize(
    ("target", "actual", "explanation", "outcome"),
    [
        ("38508人", "37442人", "", SILENT),  # 031 as printed: no operator, no side is good
        ("≥38508人", "37442人", "", [REVIEW]),
        ("≥100.00%", "97.30%", "", [REVIEW]),
        ("≥3807人", "3224人", "无", [REVIEW]),
        ("≥1228人", "770人", "无偏差。", [REVIEW]),
        ("≥1228人", "770人", "  ", [REVIEW]),
        ("≥1228人", "770人", "部分人员外出务工", [E]),
        ("≥8例", "8例", "", SILENT),
        ("≤10次", "12次", "", [REVIEW]),
        ("=10次", "12次", "", SILENT),  # more than =10 is no shortfall
        ("=10次", "8次", "", [REVIEW]),
        (">10次", "10次", "", [REVIEW]),
        ("≥2.6亿元", "2.45亿元", "", [REVIEW]),  # 049: 2.455 at the most
        ("1100万元", "1093万元", "", SILENT),  # 049
        ("≥90%", "85件", "", SILENT),
        ("≥90%", "", "", SILENT),
        ("显著", "85%", "", SILENT),
    ],
)
def test_shortfalls(target: str, actual: str, explanation: str, outcome: list[object]) -> None:
    assert outcomes("Q05", cells(target, actual, explanation=explanation)) == outcome


def test_a_target_that_may_be_met_is_no_shortfall() -> None:
    """89.5 % and more print as 90 %; 89 % stands for less than 89.5 %."""
    for actual, outcome in (("90", SILENT), ("89", [REVIEW])):
        rounded = Figure(value=actual, unit="%", rounding=RoundingMode.HALF_UP)
        near = attrs.evolve(cells(">90%", "1"), actual=rounded)
        assert outcomes("Q05", near) == outcome
        edge = attrs.evolve(cells("≥89.5%", "1"), actual=rounded)
        assert outcomes("Q05", edge) == outcome


@pytest.mark.parametrize(
    ("text", "table", "outcome"),
    [("疫情影响", "", E), ("", "疫情影响", E), ("无", "无", REVIEW), ("无", "疫情影响", E)],
)
def test_the_reason_may_stand_in_the_text_or_in_the_form(
    text: str, table: str, outcome: object
) -> None:
    report = Report(
        narrative=Statement(indicators=(cells("≥9人", "5人", explanation=text),)),
        form=Statement(indicators=(cells("≥9人", "5人", explanation=table),)),
    )
    assert [f.reason or f.verdict for f in findings_of(report, "Q05")] == [outcome, outcome]


def test_what_is_asked_of_one_shortfall_is_one_question() -> None:
    """As in 031: full marks, and marks lost, for a missed target without a word."""
    for score, other in (("2", "W05"), ("1", "W12")):
        causes = audit(form(cells("≥9人", "5人", score=score))).causes
        codes = [[finding.code for finding in cause.findings] for cause in causes]
        assert [group for group in codes if "Q05" in group] == [[other, "Q05"]]
    (finding,) = findings_on("Q05", cells("≥9人", "5人"))
    assert finding.subject.zh == "附表·指标“指标甲”·实际完成值"
    assert [operand.path for operand in finding.operands] == [
        f"form.indicators[0].{name}" for name in ("score", "actual", "target.value")
    ]
    unscored = attrs.evolve(cells("≥9人", "5人"), score=Missing())
    (finding,) = findings_on("Q05", unscored)
    assert finding.operands[0].path == "form.indicators[0].actual"


# --- whole tables


def test_scores_with_neither_target_nor_actual() -> None:
    """036: nothing passes; the row that has 90 % and 100 % in its cells is compared."""
    table = (
        *(cells("1", "1", name=f"数量{i}") for i in (1, 2)),
        cells("", "", name="质量"),
        cells("", "", name="年度资金支付完成率100%"),
        cells("/", "/", name="生态效益"),
        cells("90%", "100%", name="满意度"),
    )
    assert outcomes("Q01", *table) == [E, E, UNKNOWN, UNKNOWN, E]
    assert outcomes("Q02", *table) == SILENT
    assert outcomes("Q05", *table) == SILENT


def test_operators_in_the_column_of_actual_values() -> None:
    """092: three counts and three rates are bounds; 100 %, 20 万元 and words are not."""
    printed = [
        "≥266米", "≥50厘米", "100%", "≥90%", "≥90%", "20万元", "≥1000人", "显著提升", "≥95%",
    ]  # fmt: skip
    table = [cells(text, text, name=f"指标{i}") for i, text in enumerate(printed)]
    asked = [f for f in findings_on("Q02", *table) if f.reason == REVIEW]
    assert [f.operands[0].path for f in asked] == [
        f"form.indicators[{i}].actual" for i in (0, 1, 3, 4, 6, 8)
    ]
    assert outcomes("Q01", *table) == [E] * 8
    assert outcomes("Q03", *table).count(REVIEW) == 1

"""How findings and causes are worded, in both languages."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import Figure, Interval, RoundingMode, Text, Unit
from budgetperf.exact import fold_width
from budgetperf.relations.expression import Const, Expression, Operand, Ref, map_leaves
from budgetperf.relations.grammar import parse_equation
from budgetperf.relations.judging import is_rate, judge
from budgetperf.relations.words import explain, printed_text, range_text, should_be_text
from tests.factories import typed

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "department-2023.md"
PACKAGE = Path(bp.__file__).parent
RULES = (None, "national-2020", "yitihua-default")


@functools.cache
def texts(rules: str | None) -> tuple[Text, ...]:
    audit = bp.audit(bp.read(EXAMPLE), rules=rules)
    return (
        *(finding.message for finding in audit.findings),
        *(cause.message for cause in audit.causes),
        *(suspect.message for suspect in audit.suspects),
        Text(zh=audit.to_text(), en=audit.to_text(lang="en")),
        bp.rules_that_fit(audit.report).message,
    )


@pytest.mark.parametrize("rules", RULES)
def test_no_blank_parts_chinese_words(rules: str | None) -> None:
    """Lines of a table begin with columns; within a sentence nothing is set apart."""
    parted = re.compile(r"[\u4e00-\u9fff）」”] [\u4e00-\u9fff（「“〔]")
    assert [text.zh for text in texts(rules) if parted.search(text.zh)] == []


@pytest.mark.parametrize("rules", RULES)
def test_units_are_translated(rules: str | None) -> None:
    unit = re.compile(r"\d ?(?:[个次人名项件分]|[万亿]?元)|两个")
    assert any(unit.search(text.zh) for text in texts(rules))
    assert [text.en for text in texts(rules) if unit.search(text.en)] == []


@pytest.mark.parametrize("rules", RULES)
def test_a_verdict_is_said_once(rules: str | None) -> None:
    for finding in bp.audit(bp.read(EXAMPLE), rules=rules).findings:
        verdict = finding.verdict.label
        assert not finding.why.zh.endswith(f"，{verdict.zh}")
        assert not finding.why.en.endswith((f": {verdict.en}", " holds"))


def test_what_a_report_does_not_state_is_told_in_one_line() -> None:
    """A form alone says nothing of a narrative's figures: dozens of lines would hide the rest."""
    audit = bp.audit(bp.SelfEvaluation(kind="department", form=bp.Statement(total_score="100")))
    silent = [finding for finding in audit.findings if finding.reason == "not-stated"]
    assert len(silent) > 20
    for lang, sentence in (("zh", "报告没有列出"), ("en", "the report does not state")):
        lines = audit.to_text(lang=lang).splitlines()
        assert sum(sentence in line for line in lines) == 1
        text = " ".join(lines)
        assert f"{len(silent)} " in text
        assert all(finding.code in text for finding in silent)
        listed = audit.to_text(lang=lang, everything=True).splitlines()
        for code in {finding.code for finding in silent}:
            of_code = sum(finding.code == code for finding in audit.findings)
            assert sum(line.startswith(code) for line in listed) == of_code


def test_words_that_no_finance_officer_would_write() -> None:
    odd = re.compile(
        "印为|印作|印出|所印|识读|试过|若多改|真值|裁量余地|无从判断|已识别|"
        "not go without saying|the print stands"
    )
    files = [file for pattern in ("*.py", "*.toml") for file in PACKAGE.rglob(pattern)]
    files += [file for pattern in ("*.md", "*.py") for file in (ROOT / "docs").rglob(pattern)]
    files += ROOT.glob("*.md")
    pages = ROOT / "docs"  # the installed wheel has none beside the tests
    assert (pages / "diagnosis.md" in files) is pages.is_dir()
    odd_words = {str(file): odd.findall(file.read_text(encoding="utf-8")) for file in files}
    assert {file: words for file, words in odd_words.items() if words} == {}


@pytest.mark.parametrize(
    ("text", "unit", "zh", "en"),
    [
        ("353.21万元", "万元", "353.21万元", "353.21 wan yuan"),
        ("353.21", "万元", "353.21万元", "353.21 wan yuan"),
        ("1.5亿元", "亿元", "1.5亿元", "1.5 yi yuan"),
        ("20元", "元", "20元", "20 yuan"),
        ("30千元", "千元", "30千元", "30 thousand yuan"),
        ("≥10次", "次", "≥10次", "≥10"),
        ("98分", "分", "98分", "98"),
        ("68.48%", "%", "68.48%", "68.48%"),
        ("5‰", "‰", "5‰", "5‰"),
        ("3个百分点", "个百分点", "3个百分点", "3 percentage points"),
        ("12天", "天", "12天", "12 days"),
        ("40亩", "亩", "40亩", "40 mu"),
        ("500元/人", "元/人", "500元/人", "500元/人"),  # no unit that is known
        ("7", "", "7", "7"),
        ("98.5％", "%", "98.5％", "98.5%"),
        ("98.5 %", "%", "98.5 %", "98.5%"),
        ("３５３．２１", "万元", "３５３．２１万元", "353.21 wan yuan"),
        ("353.21 万元", "万元", "353.21 万元", "353.21 wan yuan"),
        ("$353.21$", "万元", "$353.21$万元", "$353.21$ wan yuan"),
    ],
)
def test_figures_in_words(text: str, unit: str, zh: str, en: str) -> None:
    number = re.sub(r"[^\d.]", "", fold_width(text))
    printed = printed_text(Figure(value=number, unit=unit, text=text))
    assert (printed.zh, printed.en) == (zh, en)


@pytest.mark.parametrize(("text", "en"), [("两个", "2"), ("百分之九十", "90%"), ("千分之五", "5‰")])
def test_a_number_in_chinese_numerals_is_a_number_in_english(text: str, en: str) -> None:
    printed = printed_text(Figure.parse(text))
    assert (printed.zh, printed.en) == (text, en)


def test_ranges_name_their_unit_once_in_english() -> None:
    values = Interval(lower=3532050, upper=3532150, upper_closed=False)
    printed = range_text(values, Unit.of("万元"), 3)
    assert (printed.zh, printed.en) == ("353.205万元至353.215万元", "353.205 to 353.215 wan yuan")
    half = range_text(Interval(lower="0.5", upper=1), Unit.of("%"), 0)
    assert (half.zh, half.en) == ("50%至100%", "50% to 100%")
    assert should_be_text(values, Unit.of("元"), 0).zh == "应在3532050元至3532150元之间"
    assert should_be_text(Interval.point(2), Unit.of("个"), 0).zh == "应为2个"
    assert should_be_text(Interval(lower=2), Unit.of("个"), 0).zh == "应不少于2个"
    assert should_be_text(Interval(upper=2), Unit.of("个"), 0).en == "at most 2"
    assert range_text(Interval(), Unit.of(""), 0).en == "anything"


@pytest.mark.parametrize(
    ("mode", "zh"),
    [
        (RoundingMode.HALF_UP, "按四舍五入，实际值应在68.475%至68.485%之间"),
        (RoundingMode.DOWN, "按截断，实际值应在68.48%至68.49%之间"),
        (RoundingMode.UP, "按进一，实际值应在68.47%至68.48%之间"),
    ],
)
def test_the_rounding_that_is_named_is_the_one_that_holds(mode: RoundingMode, zh: str) -> None:
    equation = parse_equation("68.48% = 240 / 353.21")
    rate = Operand(stated=Figure(value="68.48", unit="%", rounding=mode))
    read = attrs.evolve(equation, left=rate)
    assert zh in explain(read, judge(read)).zh


@pytest.mark.parametrize(
    ("text", "derived"),
    [
        ("4.00 = 2.0", Interval(lower="1.95", upper="2.05", upper_closed=False)),
        ("4 = 1 + 2", Interval.point(3)),
        ("1 + 2 = 4", Interval.point(3)),  # what stands alone is held against the sum
        ("1 + 2 = 2 + 2", Interval.point(4)),
    ],
)
def test_the_figure_that_stands_alone_is_held_against_the_other_side(
    text: str, derived: Interval
) -> None:
    assert bp.check(text).derived == derived


def test_an_exact_figure_has_no_rounding_to_tell() -> None:
    finding = bp.check("100分 = 10分 + 88分")
    assert finding.why.zh == "100分 = 10分 + 88分：按其余数字应为98分；相差2分"
    assert finding.why.en == "100 = 10 + 88: the other figures give 98; the difference is 2"


def test_beside_a_range_even_an_exact_figure_is_off_by_at_least_so_much() -> None:
    read = parse_equation("100人 = 49.5人 + 49.5人")
    stated = typed(Figure, typed(Operand, read.left).stated)
    exact = attrs.evolve(read, left=Operand(stated=attrs.evolve(stated, rounding=None)))
    assert explain(exact, judge(exact)).zh.endswith("应在98.9人至99.1人之间；至少相差0.9人")


def test_what_stands_alone_on_neither_side_is_shown_to_four_places() -> None:
    assert bp.check("1.1 + 2.4 = 10 / 3").why.en.endswith(
        "the other figures give 3.3333 to 3.3334; the difference is at least 0.0666"
    )


def test_between_rounded_figures_the_difference_is_at_least_so_much() -> None:
    why = bp.check("4.00 = 3.00 + 0.50").why  # 3.995 - 3.51
    assert why.zh.endswith("；至少相差0.485")
    assert why.en.endswith("; the difference is at least 0.485")


@pytest.mark.parametrize(
    ("right", "zh", "en"),
    [
        ("298人 / 3", "；至少相差0.66人", "; the difference is at least 0.66"),  # 2/3, cut off
        ("303人 / 3", "；相差1人", "; the difference is 1"),
        ("2 * 49.75人", "；相差0.5人", "; the difference is 0.5"),
        ("2 * 49.9875人", "；至少相差0.02人", "; the difference is at least 0.02"),
    ],
)
def test_a_difference_that_does_not_end_is_at_least_what_is_shown(
    right: str, zh: str, en: str
) -> None:
    """Shown with two places more than the result, which has none, and never with too much."""

    def exact(leaf: Operand | Const | Ref) -> Expression:
        stated = typed(Figure, typed(Operand, leaf).stated)
        return Operand(stated=attrs.evolve(stated, rounding=None))

    read = parse_equation(f"100人 = {right}")
    equation = attrs.evolve(
        read, left=map_leaves(read.left, exact), right=map_leaves(read.right, exact)
    )
    why = explain(equation, judge(equation))
    assert why.zh.endswith(zh)
    assert why.en.endswith(en)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("5%", True), ("3‰", True), ("0.5", False), ("12万元", False), ("3人", False)],
)
def test_a_rate_is_a_share_with_its_sign(text: str, *, is_so: bool) -> None:
    figure = bp.parse_figure(text)
    assert isinstance(figure, bp.Figure)
    assert is_rate(figure) is is_so


def test_what_is_left_to_a_reviewer_is_shown_as_no_error() -> None:
    weights = [("甲", "50"), ("乙", "40"), ("丙", "—")]
    rows = [bp.Indicator(name=name, weight=weight) for name, weight in weights]
    audit = bp.audit(bp.SelfEvaluation(form=bp.Statement(indicators=rows)))
    [finding] = [finding for finding in audit.findings if finding.is_for_review]
    assert (finding.code, finding.severity) == ("W01", bp.Severity.ERROR)
    assert "W01  提醒 " in audit.to_text(lang="zh")
    assert "错误" not in audit.to_html(lang="zh")
    wrong = bp.Statement(indicators=[bp.Indicator(name="甲", weight="10", score="12")])
    assert "W03  错误 " in bp.audit(bp.SelfEvaluation(form=wrong)).to_text(lang="zh")

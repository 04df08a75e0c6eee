"""Numbers recognised wrongly: what is read all the same, and where that is told."""

from __future__ import annotations

import json

import attrs
import pytest

import budgetperf as bp
from budgetperf.display.text.reading import reading_text
from budgetperf.documents.understanding.glyphs import Slip, doubt_of
from budgetperf.documents.understanding.repairing import _choices
from budgetperf.model import Reading
from tests.documents import writing
from tests.documents.forms import SAMPLE, Form, Style, flat, grids
from tests.factories import there, typed

TOTAL = "form.funding.total"


def parsed(form: Form, style: Style | None = None) -> tuple[bp.SelfEvaluation, Reading]:
    tables = map(flat, grids(form, style or Style()))
    report = bp.parse("\n\n".join(map(writing.table_in_pipes, tables)))
    return report, there(report.reading)


def with_total(**changes: str) -> Form:
    return attrs.evolve(SAMPLE, total={**SAMPLE.total, **changes})


def with_row(number: int, **changes: str) -> Form:
    rows = list(SAMPLE.rows)
    rows[number] = attrs.evolve(rows[number], **changes)
    return attrs.evolve(SAMPLE, rows=tuple(rows))


@pytest.mark.parametrize(
    ("form", "path", "before", "after", "why"),
    [
        (attrs.evolve(SAMPLE, weight="IO"), f"{TOTAL}.weight", "IO", "10", "W01"),
        (attrs.evolve(SAMPLE, score="9。"), f"{TOTAL}.score", "9。", "9", "W08"),
        (attrs.evolve(SAMPLE, rate="9O.00"), f"{TOTAL}.execution_rate", "9O.00%", "90.00%", "F05"),
        (with_total(initial="l20.00"), f"{TOTAL}.initial", "l20.00", "120.00", "F01"),
        (with_total(initial="12〇.00"), f"{TOTAL}.initial", "12〇.00", "120.00", "F01"),
        (with_total(revised="150,00"), f"{TOTAL}.revised", "150,00", "150.00", "F01"),
        (with_total(revised="150.00万兀"), f"{TOTAL}.revised", "150.00万兀", "150.00万元", "F01"),
        (attrs.evolve(SAMPLE, total_score="9 9"), "form.total_score", "9 9", "99", "W08"),
        (with_row(0, score="3O"), "form.indicators[0].score", "3O", "30", "W08"),
        (with_row(1, score="2\n3、0"), "form.indicators[1].score", "2 3、0", "20", "W08"),
    ],
)
def test_a_number_is_read_where_a_relation_holds_with_nothing_else(
    form: Form, path: str, before: str, after: str, why: str
) -> None:
    report, reading = parsed(form)
    (repair,) = reading.repairs
    assert (repair.path, repair.before, repair.after) == (path, before, after)
    assert why in repair.why.zh
    assert why in repair.why.en
    clean, _ = parsed(SAMPLE)
    values = [{p: f.nominal for p, f in bp.figures(one)} for one in (report, clean)]
    assert values[0] == values[1]
    assert not bp.audit(report).inconsistent
    assert not [one for one in reading.unread if one.line == repair.line]


def test_where_others_would_hold_as_rounded_the_reason_says_no_more_than_that() -> None:
    """120.01 would be the sum of its rounded parts, too, and 120.00 is it exactly."""
    report, reading = parsed(with_total(initial="120.0O"))
    (repair,) = reading.repairs
    assert (repair.after, str(report.form.funding.total.initial)) == ("120.00", "120.00")
    assert "只有这一种与其他数字最相符（F01“资金合计" in repair.why.zh
    assert "fits the other figures best: F01 (the funding" in repair.why.en
    assert "只有这样读" in parsed(with_total(initial="l20.00"))[1].repairs[0].why.zh


@pytest.mark.parametrize(
    "form",
    [
        attrs.evolve(SAMPLE, total_score="9B"),  # 98 is not the sum
        with_row(0, actual="20O"),  # nothing follows from it
        with_total(executed="l35.0O", initial="l20.O"),
    ],
)
def test_what_nothing_confirms_stays_unread_and_is_told(form: Form) -> None:
    _, reading = parsed(form)
    assert all(repair.path != "form.total_score" for repair in reading.repairs)
    if not reading.repairs:
        assert "请对照原件" in reading.notes[-1].zh
        assert "compared with the original" in reading.notes[-1].en


def test_letters_for_digits_are_no_unit() -> None:
    report, _ = parsed(with_row(2, actual="9O%"))
    missing = typed(bp.Missing, report.form.indicators[2].actual)
    assert (missing.reason, missing.text) == (bp.MissingReason.UNREADABLE, "9O%%")


def test_a_bad_sign_of_per_cent_is_one_beside_a_target_in_per_cent() -> None:
    tables = grids(SAMPLE, Style())
    text = "\n\n".join(map(writing.table_in_pipes, map(flat, tables)))
    reading = there(bp.parse(text.replace("| 95% |", "| 95℅ |")).reading)
    assert [(one.before, one.after) for one in reading.repairs] == [("95℅", "95%")]
    assert "同一行" in reading.repairs[0].why.zh


def test_an_operator_that_became_a_letter_is_one_where_all_others_have_one() -> None:
    text = "\n\n".join(map(writing.table_in_pipes, map(flat, grids(SAMPLE, Style()))))
    report = bp.parse(text.replace("≥95%", "W95%"))
    (repair,) = there(report.reading).repairs
    assert (repair.before, repair.after) == ("W95%", "≤95%")
    assert report.form.indicators[1].target.direction is bp.Direction.AT_MOST


def test_an_operator_that_became_a_two_is_not_read_as_a_digit() -> None:
    text = "\n\n".join(map(writing.table_in_pipes, map(flat, grids(SAMPLE, Style()))))
    report = bp.parse(text.replace("≥95%", "295%"))
    assert isinstance(report.form.indicators[1].target.value, bp.Missing)
    reading = there(report.reading)
    assert "295" in [one.text for one in reading.unread]
    assert "295%" in reading.notes[-1].zh


def test_a_table_in_which_a_target_has_no_operator_says_nothing_of_it() -> None:
    """Targets without an operator are common: only one alone among others that have one, which
    begins with a 2, may have lost it."""
    rows = [attrs.evolve(row, operator="") for row in SAMPLE.rows[:2]]
    form = attrs.evolve(SAMPLE, rows=(*rows, *SAMPLE.rows[2:]))
    _, reading = parsed(form)
    assert not reading.repairs
    assert not any("比较符号" in note.zh for note in reading.notes)


def test_repairs_are_shown_wherever_the_reading_is() -> None:
    report, reading = parsed(attrs.evolve(SAMPLE, weight="IO"))
    audit = bp.audit(report)
    said = "“IO”读作“10”"
    assert said in audit.to_text()
    assert "“IO” on line" in audit.to_text(lang="en")
    assert said in audit.to_html()
    assert said in report.to_html()
    assert said in reading_text(report)
    (repair,) = json.loads(json.dumps(audit.to_data()))["reading"]["repairs"]
    assert (repair["before"], repair["after"], repair["path"]) == ("IO", "10", f"{TOTAL}.weight")
    assert bp.loads(bp.dumps(report)) == report
    assert reading.accounted == reading.numbers - len(reading.unread)


@pytest.mark.parametrize(
    ("text", "slips", "likely"),
    [
        ("IO", {Slip.DIGITS}, ("10",)),
        ("M.8", {Slip.DIGITS}, ("14.8",)),
        ("1. 36", {Slip.MARK}, ("1.36",)),
        ("1 3、2.5", {Slip.LISTED}, ("12.5",)),
        ("10 2、0%", {Slip.LISTED}, ("100%",)),
        ("5.4万兀", {Slip.UNIT}, ("5.4万元",)),
        ("99°/o", {Slip.UNIT}, ("99%",)),
        ("W5%", {Slip.OPERATOR}, ("≤5%",)),
        ("'10", {Slip.STRAY}, ("10",)),
        ("040", {Slip.MARK}, ("0.40",)),
        ("lO℅", {Slip.DIGITS, Slip.UNIT}, ("10%",)),
    ],
)
def test_what_a_number_may_be(text: str, slips: set[Slip], likely: tuple[str, ...]) -> None:
    doubt = there(doubt_of(text))
    assert set(doubt.slips) == slips
    assert doubt.likely == likely


@pytest.mark.parametrize(
    "text",
    ["10", "1,234.5", "合格", "优", "2023年12月", "OOOO", "B", "1 2 3 4 5", "9" * 50, "万兀"],
)
def test_what_looks_like_no_number(text: str) -> None:
    assert doubt_of(text) is None or text == "B"


@pytest.mark.parametrize("target", ["20", "200", "2000", "20天", "2023年"])
def test_a_two_before_a_naught_is_no_lost_operator(target: str) -> None:
    text = "\n\n".join(map(writing.table_in_pipes, map(flat, grids(SAMPLE, Style()))))
    report = bp.parse(text.replace("≥95%", target))
    assert "比较符号" not in "".join(note.zh for note in there(report.reading).notes)


def test_a_sound_target_beside_others_without_an_operator_stays() -> None:
    """25 days were allowed, eight were taken, and another target has no operator either."""
    table = (
        "| 部门整体支出绩效自评表 | | | | | | |\n|---|---|---|---|---|---|---|\n"
        "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
        "| 产出指标 | 数量指标 | 培训 | ≥10人 | 12人 | 30 | 30 |\n"
        "| 产出指标 | 质量指标 | 合格率 | ≥95% | 96% | 30 | 30 |\n"
        "| 产出指标 | 数量指标 | 场次 | 13场 | 13场 | 20 | 20 |\n"
        "| 产出指标 | 时效指标 | 办结时间 | 25天 | 8天 | 20 | 20 |\n"
    )
    report = bp.parse(table)
    target = report.form.indicators[3].target
    assert (target.text, str(target.value)) == ("25天", "25天")
    assert there(report.reading).unread == ()
    assert not any("比较符号" in note.zh for note in there(report.reading).notes)


def test_a_repair_of_what_was_read_hides_no_other_number() -> None:
    """The number of a lost sign of per cent was counted as read: one like it beside it was not."""
    report = bp.parse(
        "| 项目支出绩效自评表 | | | | | | | | |\n|---|---|---|---|---|---|---|---|---|\n"
        "|一级指标|二级指标|三级指标|年度指标值|实际完成值|完成率|分值|得分|旁注|\n"
        "| 产出指标 | 质量指标 | 合格率 | ≥95% | 96 | 101.05% | 50 | 50 | 96 |\n"
        "| 产出指标 | 数量指标 | 培训 | ≥10人 | 12人 | 120% | 50 | 50 | 优 |\n"
    )
    reading = there(report.reading)
    assert [(one.before, one.after) for one in reading.repairs] == [("96", "96%")]
    assert [one.text for one in reading.unread] == ["96"]
    assert reading.accounted == reading.numbers - 1


def test_what_rounding_alone_confirms_is_judged_as_precise_as_its_column() -> None:
    """A 10 is 15.70 less 5.30 as rounded by itself, and is not in a column of two decimals."""
    parts = dict(zip(SAMPLE.sources, ("1O", "5.30", "0.00"), strict=True))
    sources = {k: {**row, "initial": parts[k]} for k, row in SAMPLE.sources.items()}
    report, reading = parsed(attrs.evolve(with_total(initial="15.70"), sources=sources))
    assert isinstance(report.form.funding.sources[0].initial, bp.Missing)
    assert reading.repairs == ()
    assert "“1O”" in reading.notes[-1].zh
    assert not bp.audit(report).inconsistent
    report, reading = parsed(attrs.evolve(with_total(initial="15.30"), sources=sources))
    assert [one.after for one in reading.repairs] == ["10"]
    assert not bp.audit(report).inconsistent


def test_each_unit_that_a_print_may_be_in_is_tried() -> None:
    report, _ = parsed(with_row(1, actual="9O"))
    path = "form.indicators[1].actual"
    missing = typed(bp.Missing, report.form.indicators[1].actual)
    choices = _choices(report, path, missing, there(doubt_of("9O")))
    units = {one.figure.unit.symbol: one.is_likely for one in choices if one.text == "90"}
    assert units == {"%": True, "": True}


COLUMNS = ("operator", "target", "unit", "actual", "weight", "score", "explanation")
APART = Style(in_columns=True, indicators=COLUMNS)


@pytest.mark.parametrize("style", [Style(), APART], ids=["in one", "in columns"])
@pytest.mark.parametrize(("sign", "unit"), [("≤", "S"), ("≥", "B"), ("≥", "l")])
def test_a_unit_that_looks_like_a_digit_is_one_in_a_target_and_beside_it(
    style: Style, sign: str, unit: str
) -> None:
    """3S are three seconds where a target has a direction, and two of them were reached."""
    row = {"operator": sign, "target": f"3{unit}", "unit": "", "actual": f"2{unit}"}
    report, reading = parsed(with_row(1, **row), style)
    one = report.form.indicators[1]
    values = typed(bp.Figure, one.target.value), typed(bp.Figure, one.actual)
    assert [(str(v.value), v.unit.symbol) for v in values] == [("3", unit), ("2", unit)]
    assert isinstance(one.target.direction, bp.Direction)
    assert not any("识别错误" in note.zh for note in reading.notes)
    for change in ({"operator": ""}, {"actual": "2"}, {"actual": f"2{unit}%"}, {"unit": "%"}):
        report, reading = parsed(with_row(1, **row | change), style)
        assert isinstance(report.form.indicators[1].target.value, bp.Missing)
        assert "识别错误" in reading.notes[-1].zh
    report, _ = parsed(with_row(1, **row, score=f"2{unit}"), style)
    assert isinstance(report.form.indicators[1].score, bp.Missing)

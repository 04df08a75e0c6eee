"""What is public shows itself well: everything in ``__all__``, looked at one by one."""

from __future__ import annotations

import enum
import inspect
import json
import pickle
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.exact.shown import Shown
from tests.markup import display
from tests.strategies import acts_unseen

REPORT = bp.read(Path(__file__).parents[1] / "examples" / "department-2023.md")
AUDIT = bp.audit(REPORT, rules="xinjiang-observed-2023")
CARD = bp.scorecard(REPORT, rules="yitihua-default")
FIT = bp.rules_that_fit(REPORT)
RULES = bp.rules.get("central-2021-101")
NARRATIVE = REPORT.narrative
CURVE = RULES.execution.curve if RULES.execution else None
SIDE_BY_SIDE = bp.compare({"2022": REPORT, "2023": REPORT})
DECIDED = bp.Decisions().with_open(AUDIT.findings)
COMPOSED = bp.compose(
    bp.Statement(
        funding=bp.Funding(total=bp.FundingTotal(revised="595.07万元", executed="355.55万元")),
        indicators=[
            bp.Indicator(name="宣讲次数", target="≥10次", actual="9次", weight=50),
            bp.Indicator(name="<b>覆盖率</b>", target="≥90%", actual="100%", weight=40),
        ],
    ),
    rules="national-2020",
)
OF_EACH: dict[str, object] = {
    "Achievement": NARRATIVE.achievements[0],
    "Adjustment": NARRATIVE.adjustment,
    "Amount": bp.Amount("353.21", "万元"),
    "Audit": AUDIT,
    "BasicExpenditure": NARRATIVE.basic_expenditure,
    "Breakdown": bp.Breakdown(name="补助资金", total="246.2万元"),
    "CategoryAmount": NARRATIVE.basic_expenditure.categories[0],
    "Cause": AUDIT.causes[0],
    "Compared": SIDE_BY_SIDE.rows[0],
    "Comparison": SIDE_BY_SIDE,
    "Decision": DECIDED.decisions[0],
    "Decisions": DECIDED,
    "Drafts": bp.diff(AUDIT, AUDIT),
    "Composition": COMPOSED,
    "Count": bp.Count(3),
    "Department": REPORT.department,
    "Difference": SIDE_BY_SIDE.rows[0].changes[0],
    "Execution": bp.Execution(initial="1.20万元"),
    "Explanation": AUDIT.causes[1].explanations[0],
    "Figure": bp.Figure(value="353.21", unit="万元"),
    "Finding": AUDIT.inconsistent[0],
    "Fit": FIT,
    "FixedAssets": NARRATIVE.fixed_assets,
    "Funding": REPORT.form.funding,
    "FundingSource": REPORT.form.funding.sources[1],
    "FundingTotal": REPORT.form.funding.total,
    "Goal": REPORT.form.goal,
    "Indicator": REPORT.form.indicators[2],
    "Interval": bp.Interval(lower="353.205", upper="353.215", upper_closed=False),
    "LevelCounts": NARRATIVE.level_counts,
    "ListedProject": bp.ListedProject(name="<b>甲</b>", revised="60万元", score="96"),
    "Mismatch": bp.Mismatch(
        key="rows[0].score", where=bp.Text(zh="得分", en="score"), due="10", found="9"
    ),
    "Missing": bp.Missing(reason=bp.MissingReason.DASH, text="—"),
    "Operand": AUDIT.inconsistent[0].operands[0],
    "OtherYear": bp.OtherYear(year="2022", total=bp.Execution(executed="90万元")),
    "Points": bp.Points("8.6"),
    "Portion": bp.Portion(name="中央资金", amount="226.7万元"),
    "Procurement": NARRATIVE.procurement,
    "Project": bp.Project(name="老旧小区改造"),
    "ProjectCounts": NARRATIVE.project_counts,
    "ProjectExpenditure": NARRATIVE.project_expenditure,
    "ProjectFigures": bp.ProjectFigures(executed="95万元"),
    "ProjectList": bp.ProjectList(listed=[bp.ListedProject(name="甲", executed="57万元")]),
    "Rate": bp.Rate("24186/35321"),
    "Receipt": AUDIT.receipt,
    "RuleSet": RULES,
    "ScoreLine": CARD.lines[0],
    "Scorecard": CARD,
    "SelfEvaluation": REPORT,
    "Staffing": REPORT.department.staffing,
    "Statement": REPORT.form,
    "Reviewed": bp.Reviewed(path=Path("review.docx"), format="docx", points=6, beside=()),
    "Suspect": AUDIT.suspects[0],
    "Target": REPORT.form.indicators[2].target,
    "Text": AUDIT.inconsistent[0].message,
    "ThreePublicExpenses": NARRATIVE.three_public,
    "ThreePublicItem": NARRATIVE.three_public.total,
    "Undefined": bp.Undefined(reason=bp.UndefinedReason.ZERO_OVER_ZERO),
    "Unit": bp.Unit.of("万元"),
    "Verification": bp.verify(AUDIT.receipt, REPORT),
    "Written": bp.Written(
        path=Path("form.docx"), format="docx", layout="national-project", left_out=()
    ),
    "rulesets": bp.rulesets,
}
"""A value of each public class, and the public values."""
BESIDE: dict[str, object] = {
    "Curve": CURVE,
    "rates.catalogue": bp.rates.catalogue,
    "a rate": bp.rates.catalogue["staffing-control-rate"],
    "the reading": REPORT.reading,
    "candidates": FIT.rules,
    "a candidate": FIT.rules.candidates[0],
    "a basis": FIT.basis[0],
    "a row of a basis": FIT.basis[0].rows[0],
    "a step": CARD.lines[0].steps[0],
    "a computed figure": COMPOSED.computed[0],
    "a figure left open": COMPOSED.left_open[0],
    "a reason asked": COMPOSED.asked[0],
    "nothing stated": bp.SelfEvaluation(),
    "no figures": bp.Statement(),
    "the audit of nothing": bp.audit(bp.SelfEvaluation()),
    "a cause without figures": next(c for c in AUDIT.causes if not c.diagnoses),
}
"""What the READMEs and the pages show besides."""
VALUES = {**OF_EACH, **BESIDE}
RESULTS = {name: value for name, value in VALUES.items() if isinstance(value, Shown)}
LANGUAGES = ("zh", "en")


def every(values: dict[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("value", values.values(), ids=values)


@pytest.mark.parametrize("name", bp.__all__)
def test_everything_public_is_looked_at_here(name: str) -> None:
    value = getattr(bp, name)
    if name == "__version__" or inspect.ismodule(value) or inspect.isfunction(value):
        return
    if isinstance(value, type):
        assert inspect.getdoc(value)
        if issubclass(value, (Exception, enum.Enum)):
            return
        assert type(OF_EACH[name]) is value
    assert name in OF_EACH


def test_what_a_reader_looks_at_is_a_display() -> None:
    """What the issue of displays names; values of arithmetic are read in one line."""
    assert {
        "Audit", "Cause", "Suspect", "Finding", "Explanation", "Fit", "Scorecard", "ScoreLine",
        "RuleSet", "rulesets", "SelfEvaluation", "Statement", "Indicator", "Curve",
        "rates.catalogue", "Funding",
    } <= set(RESULTS)  # fmt: skip


@every(VALUES)
def test_a_value_in_one_line(value: object) -> None:
    line = repr(value)
    assert line
    assert len(line) < 200
    assert not any(map(acts_unseen, line))
    assert type(value).__name__ in line


@every(VALUES)
def test_a_value_as_text(value: object) -> None:
    text = str(value)
    assert text
    assert "object at 0x" not in text
    assert not any(acts_unseen(char) for char in text if char != "\n")


@every(VALUES)
def test_a_value_is_pickled(value: object) -> None:
    again = pickle.loads(pickle.dumps(value))  # noqa: S301
    assert again == value
    assert repr(again) == repr(value)


@every(RESULTS)
def test_a_result_in_a_notebook(value: Shown) -> None:
    for lang, shown in (("zh", value), ("en", value.in_english())):
        html = shown._repr_html_()  # pyright: ignore[reportPrivateUsage]
        sheet = display(html)
        assert sheet.attributes["lang"] == {"zh": "zh-Hans", "en": "en"}[lang]
        assert sheet.text.strip()
        assert html == value.to_html(lang=lang)


@every(RESULTS)
def test_a_result_as_data(value: Shown) -> None:
    data = value.to_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@every(RESULTS)
def test_a_result_as_rows(value: Shown) -> None:
    rows = value.to_rows()
    assert len({tuple(row) for row in rows}) <= 1, "the rows of a table have the same columns"
    for row in rows:
        assert all(key.isascii() and key.isidentifier() for key in row)
        assert all(cell is None or type(cell) in (str, int, bool) for cell in row.values())
    assert json.loads(json.dumps(rows)) == rows


@every(RESULTS)
def test_there_are_two_languages(value: Shown) -> None:
    assert str(value) == value.to_text() == value.to_text(lang="zh")
    english = value.in_english()
    assert str(english) == value.to_text(lang="en")
    assert repr(english).startswith("<InEnglish ")
    assert len(repr(english)) < 200
    for show in (value.to_text, value.to_html):
        with pytest.raises(ValueError, match="the languages are 'zh' and 'en'"):
            show(lang="de")


TUPLES = (
    AUDIT.causes, AUDIT.findings, AUDIT.suspects, AUDIT.inconsistent,
    AUDIT.sorted(), CARD.lines, FIT.fitting, FIT.refuted, FIT.open, SIDE_BY_SIDE.rows,
)  # fmt: skip


@pytest.mark.parametrize("several", TUPLES)
def test_a_tuple_of_results_in_one_line(several: tuple[object, ...]) -> None:
    assert len(several) > 1
    first, more = repr(several[0])[:60], f", … {len(several) - 1} more)"
    for value in (several, several[:2], several[:1], several[:0]):
        assert len(repr(value)) < 200
        assert type(value) is type(several)
        assert value == tuple(value)
        assert repr(pickle.loads(pickle.dumps(value))) == repr(value)  # noqa: S301
        assert str(value).splitlines() == ([repr(item) for item in value] or ["()"])
    assert repr(several).startswith(f"({first}")
    assert repr(several) == repr(tuple(several)) or repr(several).endswith(more)
    assert repr(several[:0]) == "()"


def test_an_indicator_shows_its_target_wherever_it_was_read() -> None:
    assert "target='≥10次'" in repr(REPORT.form.indicators[2])
    assert "target=Target(…)" in repr(bp.Indicator(target=bp.Target(value=5)))
    assert "target='显著'" in repr(bp.Indicator(target="显著"))


def test_a_tuple_of_results_is_a_list_of_short_lines() -> None:
    for several in (AUDIT.causes, AUDIT.findings, AUDIT.suspects, CARD.lines, FIT.fitting):
        assert all(len(repr(value)) < 200 for value in several)
    assert repr(AUDIT.causes[1]) == (
        "<Cause F13 inconsistent: narrative › project expenditure › share of total expenditure "
        "is stated as 17.17% and should be 59.75%>"
    )
    assert repr(AUDIT.causes[1].suspects[0]) == (
        "<Suspect narrative.project_expenditure.share: 17.17% should be 59.75%>"
    )


class TestWrittenAsCode:
    """Values that a person types are shown as they are typed."""

    @pytest.mark.parametrize(
        "written",
        [
            "Figure(value='353.21', unit='万元')",
            "Figure(value='30', places=2)",
            "Figure(value='17.17', unit='%', rounding=RoundingMode.DOWN, place=Place(line=3))",
            "Figure(value='0', unit=Unit(symbol='元', dimension='own', scale='7'))",
            "Missing()",
            "Missing(reason=MissingReason.DASH, text='—')",
            "Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)",
            "Interval(lower='353.205', upper='1060/3', upper_closed=False)",
            "Amount('353.21', '万元')",
            "Target.parse('≥90%')",
            "Unit.of('万件')",
            "Text(zh='年度', en='year')",
            "Indicator(name='覆盖率', target='≥90%', weight='20', score='18')",
        ],
    )
    def test_it_is_read_again(self, written: str) -> None:
        names = {**vars(bp), "Place": bp.exact.Place}
        value = eval(written, names)  # noqa: S307
        assert repr(value) == written

    def test_a_part_that_was_read_shows_the_unit_that_its_cells_leave_out(self) -> None:
        total = REPORT.form.funding.total
        again = eval(repr(total), dict(vars(bp)))  # noqa: S307
        assert str(total.initial) == "353.21"
        for field in ("initial", "revised", "executed", "execution_rate", "weight", "score"):
            typed, read = getattr(again, field), getattr(total, field)
            assert (typed.value, typed.unit) == (read.value, read.unit)

    def test_what_is_long_is_cut_and_shows_it(self) -> None:
        name = "一" * 1000
        text = repr(bp.Indicator(name=name, level1=name, level2=name, analysis=name))
        assert len(text) < 200
        assert text.count("…") >= 1
        assert repr(bp.Text(zh=name, en=name)).count("…") == 2


class TestRows:
    def test_scores(self) -> None:
        rows = CARD.to_rows()
        assert [row["name"] for row in rows] == [line.name for line in CARD.lines]
        assert [row["score"] for row in rows] == ["10", "30", "20", "20", "20"]
        assert [row["stated"] for row in rows] == ["10", "30", "18", "20", "20"]

    def test_rows_of_one_name_are_told_apart_and_say_what_is_possible(self) -> None:
        """By hand: 45 of 50 is 90 %, and 45 in a column of tenths is 44.95 to 45.05."""
        rows = [
            bp.Indicator(name="次数", target="≥50", actual=actual, weight=10)
            for actual in ("45.0", "45", "50")
        ]
        report = bp.SelfEvaluation(form=bp.Statement(indicators=[rows[0], bp.Indicator(), rows[2]]))
        card = bp.scorecard(report, rules="yitihua-default")
        paths = [row["path"] for row in card.to_rows()]
        assert paths == ["form.funding.total", "form.indicators[0]", "form.indicators[2]"]
        for line in card.lines:
            assert bp.model.resolve(report, line.path)
        first = card.to_rows()[1]
        assert (first["possible_lower"], first["possible_upper"]) == ("8.99", "9.01")
        assert first["score"] == "9"
        alone = bp.score(rows[1], rules="yitihua-default")
        (row,) = alone.to_rows()
        assert (row["path"], row["possible_lower"], row["possible_upper"]) == (None, "9", "9")

    def test_a_line_without_a_name_has_none(self) -> None:
        line = bp.score(target="≥10", actual="0", weight=0, rules="yitihua-default")
        assert repr(line) == "<ScoreLine 0 of 0>"

    def test_numbers_are_exact(self) -> None:
        for row, finding in zip(AUDIT.to_rows(), AUDIT.findings, strict=True):
            operand = finding.operands[0] if finding.operands else None
            if operand is not None and isinstance(operand.stated, bp.Figure):
                figure = operand.stated
                assert Fraction(str(row["value"])) * figure.unit.scale == figure.nominal
                lower = figure.interval.lower
                assert lower is not None
                assert Fraction(str(row["lower"])) * figure.unit.scale == lower

    def test_figures_of_a_report(self) -> None:
        rows = REPORT.to_rows()
        assert len(rows) == len(list(bp.figures(REPORT)))
        (share,) = [r for r in rows if r["path"] == "narrative.project_expenditure.share"]
        assert share["text"] == "17.17%"
        assert share["label_zh"] == "正文·项目支出·占总支出的比重"
        assert (share["lower"], share["upper"]) == ("17.165", "17.175")

    def test_a_figure_that_stands_nowhere_has_no_label(self) -> None:
        odd = bp.Figure(value=1)
        (row,) = bp.SelfEvaluation(repeated=(odd,)).to_rows()
        assert (row["label_zh"], row["value"]) == (None, "1")

    def test_suspects_of_a_cause(self) -> None:
        rows = AUDIT.causes[0].to_rows()
        assert [row["diagnosis"] for row in rows] == [1, 1, 2, 2]
        assert rows[0]["becomes"] == "348.93万元"

    def test_conventions(self) -> None:
        rows = FIT.to_rows()
        fits = [r["id"] for r in rows if (r["kind"], r["outcome"]) == ("rules", "fits")]
        assert fits == [rules.id for rules in FIT.fitting]
        assert {r["kind"] for r in rows} == {"rules", "deviation", "rounding", "basis"}


@pytest.mark.parametrize("name", ["pandas", "polars"])
class TestDataFrames:
    """One line each: ``DataFrame(card.to_rows())``."""

    def test_of_scores(self, name: str) -> None:
        library: Any = pytest.importorskip(name)
        frame = library.DataFrame(CARD.to_rows())
        scores = [Fraction(score) for score in frame["score"]]
        assert scores == [line.score.value for line in CARD.lines if line.score is not None]

    def test_of_everything(self, name: str) -> None:
        library: Any = pytest.importorskip(name)
        for value in RESULTS.values():
            rows = value.to_rows()
            frame = library.DataFrame(rows)
            assert len(frame) == len(rows)
            if rows:
                assert list(frame.columns) == list(rows[0])


@pytest.mark.parametrize(("count", "is_cut"), [(79, False), (80, False), (81, True)])
def test_a_text_in_a_line_has_up_to_80_characters(count: int, is_cut: bool) -> None:
    name = "甲" * 80 + "…" if is_cut else "甲" * count
    assert repr(bp.Indicator(name="甲" * count)) == f"Indicator(name='{name}')"


@pytest.mark.parametrize(("count", "is_cut"), [(69, False), (70, False), (71, True)])
def test_a_line_has_up_to_170_characters(count: int, is_cut: bool) -> None:
    """Two texts of 80 and of 70 characters, with 20 signs of code around them."""
    first, second = "甲" * 80, "乙" * count
    line = f"level1='{first}', level2='{second}'"
    assert len(line) == 100 + count
    shown = repr(bp.Indicator(level1=first, level2=second))
    assert shown == f"Indicator({line[:170]}…)" if is_cut else f"Indicator({line})"

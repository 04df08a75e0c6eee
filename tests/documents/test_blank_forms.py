"""Empty forms: what they let a person fill in, and what their formulas compute."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf.cli import main as cli
from budgetperf.documents.writers.blank.rule_formulas import (
    Row,
    curve_formula,
    indicator_formula,
)
from budgetperf.documents.writers.form_layout import form_layouts
from budgetperf.documents.writing import form_names, write_blank
from budgetperf.rules import Curve, IndicatorRule, Knot
from tests.documents.formulas import Value, computed
from tests.factories import there, typed

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LAYOUTS = form_names()
RULES = tuple(rules.id for rules in bp.rulesets)


def sheet(path: Path, number: int = 1) -> ET.Element:
    with zipfile.ZipFile(path) as file:
        return ET.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314


def formulas(path: Path) -> list[str]:
    return [found.text or "" for found in sheet(path).iter(f"{X}f")]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("rules", ["yitihua-default", "national-2020", None])
def test_an_empty_form_has_input_lists_formulas_and_rules(
    layout: str, rules: str | None, tmp_path: Path
) -> None:
    chosen = None if rules is None else bp.rules.get(rules)
    path = write_blank(tmp_path / "fill-me.xlsx", layout, rules=chosen, rows=3)
    form = sheet(path)
    assert form.find(f"{X}sheetProtection") is not None
    lists = [found.findtext(f"{X}formula1") for found in form.iter(f"{X}dataValidation")]
    assert any("≥,≤,=" in (one or "") for one in lists)
    assert form.find(f".//{X}cfRule") is not None
    found = formulas(path)
    assert any("ROUND(" in one and "/" in one for one in found)
    assert any(re.fullmatch(r'IF\(OR\(.*COUNTBLANK.*,"",SUM\(\w+:\w+\)\)', one) for one in found)
    told = "".join(sheet(path, 2 if layout == "national-project" else 3).itertext())
    assert (rules or "没有选用规则集") in told


def test_no_formula_is_too_long_or_too_deep(tmp_path: Path) -> None:
    """A spreadsheet takes 8192 characters, and 64 functions within each other."""
    for rules in RULES[::5]:
        path = write_blank(tmp_path / "fill-me.xlsx", rules=bp.rules.get(rules), rows=1)
        for formula in formulas(path):
            assert len(formula) < 8192
            depth = deepest = 0
            for sign in formula:
                depth += (sign == "(") - (sign == ")")
                deepest = max(deepest, depth)
            assert depth == 0
            assert deepest < 64


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(bp.BudgetperfError):
        write_blank(tmp_path / "fill-me.docx")
    with pytest.raises(bp.BudgetperfError):
        write_blank(tmp_path / "fill-me.xlsx", rows=0)
    with pytest.raises(bp.NotFoundError):
        write_blank(tmp_path / "fill-me.xlsx", "nowhere")
    assert tuple(layout.id for layout in form_layouts()) == LAYOUTS


def value(formula: str) -> Fraction | str:
    """A formula of conditions and lines, as a spreadsheet computes it."""
    text = formula.replace('""', "'none'")
    text = re.sub(r"(?<![\d.])\d+(?:\.\d+)?", lambda match: f"F('{match[0]}')", text)
    names: dict[str, Any] = {
        "__builtins__": {},
        "F": Fraction,
        "IF": lambda test, yes, no: yes if test else no,
        "AND": lambda *tests: all(tests),
    }
    found: Fraction | str = eval(text, names)  # noqa: S307 - a formula of our own
    return found


CURVES = {
    repr(curve): curve
    for rules in bp.rulesets
    for rule in (rules.execution, rules.at_least, rules.at_most, rules.equal)
    if rule is not None
    for curve in [rule.curve]
}


@pytest.mark.law
@pytest.mark.parametrize("curve", CURVES.values(), ids=range(len(CURVES)))
def test_each_curve_as_a_formula_is_the_curve(curve: Curve) -> None:
    require_curve(curve, [Fraction(n, 100) for n in range(-20, 320, 5)])


def test_curves_as_formulas_are_the_curves() -> None:
    for curve in list(CURVES.values())[::8]:
        require_curve(curve, [*(knot.x for knot in curve.knots[:4]), Fraction("0.87")])


def require_curve(curve: Curve, points: list[Fraction]) -> None:
    formula = curve_formula(curve, "(XX)")
    for x in points:
        due = curve.value(x)
        found = value(formula.replace("XX", f"{x.numerator}/{x.denominator}"))
        assert found == ("none" if due is None else due), x


def test_a_jump_stays_one() -> None:
    curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1, left="0.5", right="0.8"), Knot(x=2, y=0)))
    at = {x: value(curve_formula(curve, f"({x})")) for x in ("0.5", "1", "1.5", "3")}
    assert at == {"0.5": Fraction(1, 4), "1": 1, "1.5": Fraction(2, 5), "3": curve.value(3)}


def test_a_jump_at_a_third_is_where_a_quotient_of_one_third_is() -> None:
    """A measure is rounded before it is compared, and so is what it is compared with."""
    curve = Curve(
        knots=(
            Knot(x=0, y=0),
            Knot(x="1/3", y="0.5", left="0.25", right="0.5"),
            Knot(x=1, y=1),
        )
    )
    formula = curve_formula(curve, "ROUND(A1/B1,13)")
    cells: dict[str, Value] = {"A1": Fraction(1), "B1": Fraction(3)}
    shown = Fraction(computed(formula, cells))
    assert curve.value(Fraction(1, 3)) == Fraction("0.5")
    assert round(shown, 10) == Fraction("0.5")


def test_a_heading_in_quotes_is_one_in_a_formula() -> None:
    heading = '推进"放管服"'
    cells: dict[str, Value] = {
        "A1": "产出指标", "B1": heading, "C1": "某指标", "D1": "≥", "E1": Fraction(90), "F1": "%",
        "G1": Fraction(50), "H1": Fraction(10),
    }  # fmt: skip
    plain = bp.rules.get("hubei-2020")
    curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
    rules = attrs.evolve(plain, indicators=(IndicatorRule(headings=(heading,), curve=curve),))
    row = Row(
        level1="A1", level2="B1", name="C1", sign="D1", target="E1", unit="F1", actual="G1",
        weight="H1",
    )  # fmt: skip
    assert computed(indicator_formula(rules, row), cells) == 5


INPUTS = """项目名称,某项目,,,,,
项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额,10,10,9.5,10,,
,其中：当年财政拨款,10,10,9.5,,,
,其他资金,0,0,0,,,
一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施
产出指标,数量指标,宣讲次数,≥10次,10次,90,,
总分,,,,,,,
"""


def test_the_command_makes_a_form_and_completes_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "fill-me.xlsx"
    assert cli.main(["form", "--rules", "yitihua-default", "--rows", "2", "-o", str(blank)]) == 0
    assert blank.is_file()
    inputs, out = tmp_path / "inputs.csv", tmp_path / "out.docx"
    inputs.write_text(INPUTS, encoding="utf-8")
    command = ["compose", str(inputs), "--rules", "yitihua-default"]
    assert cli.main([*command, "-o", str(out)]) == 0
    assert "99.5" in capsys.readouterr().out
    again = bp.read(out)
    assert typed(bp.Figure, again.form.total_score).nominal == Fraction("99.5")
    assert again.form.rating == "优"
    assert cli.main([*command, "--format", "json"]) == 0
    assert '"budgetperf/composition/1"' in capsys.readouterr().out
    assert cli.main([*command, "-o", str(tmp_path / "nowhere" / "a.docx")]) == 2
    assert cli.main([*command, "-o", str(tmp_path / "a.pdf")]) == 2
    assert cli.main(["form", "-o", str(tmp_path / "nowhere" / "a.xlsx")]) == 2
    inputs.write_text(INPUTS.replace("9.5,10,,", "9.5,10,80%,"), encoding="utf-8")
    assert cli.main(command) == 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_a_form_that_was_filled_in_is_computed_by_libreoffice_and_completed(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = write_blank(tmp_path / "in.xlsx", rules=bp.rules.get("yitihua-default"), rows=3)
    book = openpyxl.load_workbook(path)
    form = book["自评表"]
    rows = (
        ("产出指标", "数量指标", "宣讲次数", "≥", 10, "次", 9, 60),
        ("效益指标", "社会效益指标", "覆盖率", "≥", 90, "%", 88, 30),
    )
    cells: dict[str, object] = {"B4": "某项目", "A2": "（2024年度）"}
    amounts = {8: (353.21, 595.07, 355.55), 9: (0, 0, 0), 10: (0, 0, 0)}
    for at, several in amounts.items():
        cells |= {f"{column}{at}": one for column, one in zip("DFH", several, strict=True)}
    for number, row in enumerate(rows):
        cells |= {f"{c}{14 + number}": one for c, one in zip("BCDEFGHI", row, strict=True)}
    for name, one in cells.items():
        form[name] = one
    book.save(path)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = tmp_path / "out" / "in.xlsx"
    done = bp.compose(bp.read(saved), rules="yitihua-default")
    assert (done.conflicts, done.left_open) == ((), ())
    form = done.report.form
    shown = openpyxl.load_workbook(saved, data_only=True)["自评表"]
    by_hand = {"K7": (form.funding.total.score, "5.97"), "J17": (form.total_score, "89.3")}
    for cell, (figure, due) in by_hand.items():
        assert typed(bp.Figure, figure).nominal == Fraction(due)
        assert Fraction(str(shown[cell].value)) == Fraction(due)
    assert form.rating == "良"


def test_what_the_form_computes_is_left_to_compose(tmp_path: Path) -> None:
    """A program stores results beside the formulas: they are nobody's statement, and those that
    somebody typed are."""
    path = write_blank(tmp_path / "in.xlsx", rules=bp.rules.get("yitihua-default"), rows=1)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    text = parts["xl/worksheets/sheet1.xml"].replace("<v></v>", "<v>77</v>")
    typed_in = {"D8": "<f>300+53.21</f><v>353.21</v>", "D9": "<v>0</v>", "D10": "<v>0</v>",
                "J14": "<f>5+4</f><v>9</v>", "H14": "<v>10</v>", "F14": "<v>10</v>",
                "D14": "<is><t>宣讲次数</t></is>"}  # fmt: skip
    for name, inside in typed_in.items():
        match = re.search(rf'<c r="{name}" s="(\d+)"(?:/>|[^>]*>.*?</c>)', text)
        assert match
        kind = ' t="inlineStr"' if inside.startswith("<is>") else ""
        cell = f'<c r="{name}" s="{match[1]}"{kind}>{inside}</c>'
        text = text[: match.start()] + cell + text[match.end() :]
    with zipfile.ZipFile(path, "w") as file:
        for name, part in {**parts, "xl/worksheets/sheet1.xml": text}.items():
            file.writestr(name, part)
    report = bp.read(path)
    known = {path: figure.text for path, figure in bp.figures(report)}
    assert known == {
        "form.funding.total.weight": "10",
        "form.funding.sources[0].initial": "353.21",
        "form.funding.sources[1].initial": "0",
        "form.funding.sources[2].initial": "0",
        "form.indicators[0].target.value": "10",
        "form.indicators[0].actual": "10",
        "form.indicators[0].score": "9",
    }
    assert any("自带公式" in note.zh for note in there(report.reading).notes)

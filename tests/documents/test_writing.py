"""What is written is what is read again: forms in every format."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.cli import main as cli
from budgetperf.documents.readers.files import read_document
from budgetperf.documents.source import Table
from budgetperf.documents.writers.form import page_of
from budgetperf.documents.writers.form_layout import form_layout, form_layouts
from budgetperf.documents.writers.package import words
from budgetperf.documents.writing import FORMATS
from budgetperf.model import EvaluationKind
from tests.factories import there, typed
from tests.property.test_composing_laws import inputs
from tests.strategies import fewer

EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"
FORMS = tuple(end for end in FORMATS if end != ".json")
ODD = (
    "=1+1",
    "+86",
    "-甲",
    "@乙",
    "<b>甲</b>&",
    "甲|乙",
    "*甲*",
    "_甲_",
    "`甲`",
    "[甲](乙)",
    "#甲",
)
every_form = pytest.mark.parametrize("end", FORMS)


def report(*rows: bp.Indicator, **others: Any) -> bp.SelfEvaluation:
    funding = bp.Funding.from_rows(
        "kind initial revised executed",
        [
            ("合计", None, None, None), ("当年财政拨款", "353.21", "595.07", "355.55"),
            ("上年结转资金", "—", 12, 12), ("其他资金", 0, 0, 0),
        ],
    )  # fmt: skip
    form = bp.Statement(
        funding=bp.in_unit(funding, "万元"),
        goal=bp.Goal(expected="组织十场宣讲", achieved="如期办完"),
        indicators=rows or [row()],
    )
    project = bp.Project(name="政务大厅扩容", implementing_unit="松河区政务服务中心")
    head = {"kind": "project", "project": project, "department": bp.Department(year=2023)}
    return bp.SelfEvaluation(**{**head, **others}, form=form)


def row(number: int = 1, **others: Any) -> bp.Indicator:
    given: dict[str, Any] = {
        "level1": "产出指标", "level2": "数量指标", "name": f"宣讲次数{number}", "target": "≥10次",
        "actual": "9次", "weight": 90, "explanation": "一场改期",
    }  # fmt: skip
    return bp.Indicator(**{**given, **others})


def printed(figure: bp.Figure) -> object:
    return figure.value, figure.unit, figure.places, figure.rounding


def told(whole: bp.SelfEvaluation, left_out: tuple[str, ...]) -> dict[str, object]:
    """All figures that a form holds, each as precise as its column."""
    precise = bp.with_column_precision(whole)
    return {p: printed(f) for p, f in bp.figures(precise) if p not in left_out}


def names(whole: bp.SelfEvaluation) -> list[object]:
    """The words of the rows, without blanks and widths, which readers fold."""
    return [
        tuple(
            "".join(bp.exact.fold_width(w).split()) if isinstance(w, str) else ""
            for w in (r.level1, r.level2, r.name, r.explanation)
        )
        for r in whole.form.indicators
        if r.key
    ]


def back(
    whole: bp.SelfEvaluation | bp.Composition, folder: Path, end: str, layout: str | None = None
) -> tuple[bp.Written, bp.SelfEvaluation]:
    path = folder / f"form{end}"
    written = bp.write(whole, path, layout=layout, template="form-only")
    return written, bp.read(written.path, layout="forms")


@every_form
def test_a_form_is_read_as_it_was_written(end: str, tmp_path: Path) -> None:
    done = bp.compose(report(row(), row(2, weight=None, target="持续完善", actual="完善")),
                      rules="yitihua-default")  # fmt: skip
    written, again = back(done.report, tmp_path, end)
    assert told(again, ()) == told(done.report, written.left_out)
    assert again.kind is EvaluationKind.PROJECT
    assert again.project.name == "政务大厅扩容"
    assert again.project.implementing_unit == "松河区政务服务中心"
    assert again.form.goal.expected == "组织十场宣讲"
    assert names(again) == names(done.report)
    assert again.form.rating == done.report.form.rating
    assert set(written.left_out) == {
        "form.adjustment.amount", "form.adjustment.rate", "form.indicators[0].completion_rate",
    }  # fmt: skip


@every_form
def test_the_form_of_the_example_is_read_as_it_was_written(end: str, tmp_path: Path) -> None:
    example = bp.read(EXAMPLE)
    written, again = back(example, tmp_path, end)
    assert written.layout == "xinjiang-department-2023"
    assert names(again) == names(example)

    def by_name(whole: bp.SelfEvaluation) -> list[object]:
        return [(r.key, printed_or(r.weight), printed_or(r.score), printed_or(r.actual))
                for r in whole.form.indicators if r.key]  # fmt: skip

    assert by_name(again) == by_name(example)
    figures = {p: v for p, v in told(example, written.left_out).items() if ".funding." in p}
    assert {p: v for p, v in told(again, ()).items() if ".funding." in p} == figures
    assert all(path.startswith(("narrative.", "department.", "form.achievements", "repeated"))
               for path in written.left_out)  # fmt: skip


def printed_or(stated: object) -> object:
    return printed(stated) if isinstance(stated, bp.Figure) else None


@every_form
def test_what_looks_like_formulas_or_markup_stays_text(end: str, tmp_path: Path) -> None:
    rows = [row(number, name=name, explanation=name) for number, name in enumerate(ODD)]
    written = bp.write(report(*rows), tmp_path / f"form{end}", template="form-only")
    cells = [
        cell.text
        for block in read_document(written.path).blocks
        if isinstance(block, Table)
        for line in block.rows
        for cell in line.cells
    ]
    for text in ODD:
        assert cells.count(text) == 2, text
    if end == ".csv":
        text = (tmp_path / "form.csv").read_text(encoding="utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
        assert not [cell for cell in cells if cell[:1] in ("=", "@")]
    if end == ".html":
        text = (tmp_path / "form.html").read_text(encoding="utf-8")
        assert "<b>" not in text
        assert "&lt;b&gt;甲&lt;/b&gt;&amp;" in text
    if end == ".xlsx":
        assert not [f for f in formulas(tmp_path / "form.xlsx").values() if "1+1" in f]


@every_form
def test_forty_indicators_and_long_names(end: str, tmp_path: Path) -> None:
    rows = [
        row(number, name=f"{'很长的指标名称' * 8}{number}", weight="2.25",
            level1="产出指标" if number < 20 else "效益指标",
            level2="数量指标" if number < 9 else "质量指标")
        for number in range(40)
    ]  # fmt: skip
    done = bp.compose(report(*rows), rules="yitihua-default")
    written, again = back(done, tmp_path, end)
    assert told(again, ()) == told(done.report, written.left_out)
    assert names(again) == names(done.report)


def test_json_holds_all_of_a_report(tmp_path: Path) -> None:
    example = bp.read(EXAMPLE)
    written = bp.write(example, tmp_path / "form.json")
    assert written.left_out == ()
    assert bp.loads(written.path.read_text(encoding="utf-8")) == example


def test_what_is_left_open_is_marked_and_listed(tmp_path: Path) -> None:
    done = bp.compose(report(row(actual="12次")), rules="national-2020")
    page = page_of(done.report, form_layouts()[0], left_open=[o.path for o in done.left_open])
    assert {cell.path for line in page.rows for cell in line if cell.is_open} == {
        "form.indicators[0].score", "form.total_score", "form.rating",
    }  # fmt: skip
    for end in FORMS:
        text = content(bp.write(done, tmp_path / f"form{end}").path)
        assert ("规则允许有理由地扣分" in text) is (end != ".csv")
    _, again = back(done, tmp_path, ".docx")
    assert isinstance(again.form.total_score, bp.Missing)


def content(path: Path) -> str:
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(path) as file:
        return "".join(file.read(name).decode() for name in file.namelist())


# Word and Excel.

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(path: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(path) as file:
        return ET.fromstring(file.read(name))  # noqa: S314


def formulas(path: Path) -> dict[str, str]:
    sheet = part(path, "xl/worksheets/sheet1.xml")
    return {c.get("r", ""): there(c.findtext(f"{X}f")) for c in sheet.iter(f"{X}c")
            if c.find(f"{X}f") is not None}  # fmt: skip


def test_sums_and_rates_are_formulas_with_their_values(tmp_path: Path) -> None:
    done = bp.compose(report(), rules="yitihua-default")
    path = bp.write(done, tmp_path / "form.xlsx").path
    found = formulas(path)
    assert set(found.values()) == {
        "ROUND(SUM(D7,D9),2)", "ROUND(SUM(E7:E9),2)", "ROUND(SUM(F7:F9),2)", "ROUND(F6/E6,4)",
        "ROUND(F7/E7,4)", "ROUND(F8/E8,4)", "ROUND(SUM(G6,G13),0)", "ROUND(SUM(I6,H13),2)",
    }  # fmt: skip
    sheet = part(path, "xl/worksheets/sheet1.xml")
    values = {c.get("r"): c.findtext(f"{X}v") for c in sheet.iter(f"{X}c")}
    assert values["H6"] == "0.6054"
    assert values["E6"] == "607.07"


def test_a_rate_that_is_wrong_is_written_as_it_was_stated(tmp_path: Path) -> None:
    total = bp.FundingTotal(revised="595.07万元", executed="355.55万元", execution_rate="95%")
    whole = report()
    wrong = attrs.evolve(whole, form=attrs.evolve(whole.form, funding=bp.Funding(total=total)))
    path = bp.write(wrong, tmp_path / "form.xlsx").path
    assert not [f for f in formulas(path).values() if "/" in f]
    assert typed(bp.Figure, bp.read(path).form.funding.total.execution_rate).text == "95%"


def test_a_word_file_has_fonts_margins_headers_and_page_numbers(tmp_path: Path) -> None:
    path = bp.write(bp.compose(report(), rules="yitihua-default"), tmp_path / "form.docx").path
    document, styles = part(path, "word/document.xml"), part(path, "word/styles.xml")
    margins = there(document.find(f".//{W}pgMar"))
    millimetres = [round(int(margins.get(f"{W}{side}", "0")) * 25.4 / 1440)
                   for side in ("top", "bottom", "left", "right")]  # fmt: skip
    assert millimetres == [37, 35, 28, 26]
    fonts = {f.get(f"{W}eastAsia") for f in styles.iter(f"{W}rFonts")}
    assert fonts == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"}
    assert len(list(document.iter(f"{W}tblHeader"))) == 1
    assert "PAGE" in "".join(
        there(part(path, "word/footer1.xml").find(f".//{W}instrText")).itertext()
    )
    with zipfile.ZipFile(path) as file:
        assert all(ET.fromstring(file.read(name)) is not None for name in file.namelist())  # noqa: S314


def test_other_libraries_open_what_is_written(tmp_path: Path) -> None:
    docx, openpyxl = pytest.importorskip("docx"), pytest.importorskip("openpyxl")
    done = bp.compose(report(), rules="yitihua-default")
    for end in (".docx", ".xlsx"):
        bp.write(done, tmp_path / f"form{end}")
    tables = docx.Document(str(tmp_path / "form.docx")).tables
    assert [len(t.rows) for t in tables] == [9, 3]
    assert tables[0].cell(3, 7).text == "60.54%"
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx", data_only=True)["自评表"]
    assert sheet["H6"].value == 0.6054
    assert sheet["H6"].number_format == "0.00%"
    assert openpyxl.load_workbook(tmp_path / "form.xlsx")["自评表"]["H6"].value == "=ROUND(F6/E6,4)"


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    whole = report()
    for end in FORMATS:
        first = bp.write(whole, tmp_path / f"a{end}").path.read_bytes()
        assert bp.write(whole, tmp_path / f"b{end}").path.read_bytes() == first


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    assert words("甲\x00\ufffe<\r\n") == "甲\ufffd\ufffd&lt;\n"
    whole = report(row(name="甲\x07乙"))
    for end in FORMS:
        assert "\x07" not in content(bp.write(whole, tmp_path / f"form{end}").path)


# What is refused, and what is there already.


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(bp.BudgetperfError, match=r"form\.pdf"):
        bp.write(report(), tmp_path / "form.pdf")
    with pytest.raises(bp.NotFoundError):
        bp.write(report(), tmp_path / "form.docx", layout="nowhere")
    with pytest.raises(bp.WrongTypeError):
        bp.write("report", tmp_path / "form.docx")  # type: ignore[arg-type]
    with pytest.raises(OSError, match=r"form\.docx|No such"):
        bp.write(report(), tmp_path / "nowhere" / "form.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    bp.write(report(), path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert "before" not in path.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["form.md"]


def test_a_form_has_a_place_for_each_kind() -> None:
    assert form_layout(None, EvaluationKind.PROJECT).id == "national-project"
    assert form_layout(None, EvaluationKind.DEPARTMENT).id == "xinjiang-department-2023"
    assert form_layout(None, EvaluationKind.REGION).id
    for layout in form_layouts():
        assert re.fullmatch(r"[a-z0-9-]+", layout.id)


# Laws.


@st.composite
def composed(draw: st.DrawFn) -> bp.SelfEvaluation:
    """A form that was composed, as a project's or a department's."""
    form = draw(inputs())
    kind = draw(st.sampled_from([EvaluationKind.PROJECT, EvaluationKind.DEPARTMENT]))
    unit = draw(st.sampled_from(["元", "万元"]))
    sources = [
        attrs.evolve(
            s,
            initial=in_unit(s.initial, unit),
            revised=in_unit(s.revised, unit),
            executed=in_unit(s.executed, unit),
        )
        for s in form.funding.sources
    ]
    form = attrs.evolve(form, funding=bp.Funding(sources=sources))
    whole = bp.SelfEvaluation(
        kind=kind,
        project=bp.Project(name="某项目") if kind is EvaluationKind.PROJECT else bp.Project(),
        department=bp.Department(name="某部门", year=2024),
        form=form,
    )
    return bp.compose(
        whole, rules=draw(st.sampled_from(["yitihua-default", "national-2020"]))
    ).report


def in_unit(stated: bp.Figure | bp.Missing, unit: str) -> bp.Figure:
    return typed(bp.Figure, stated).to(unit)


@pytest.mark.law
@every_form
def test_every_form_is_read_as_it_was_written(end: str, tmp_path: Path) -> None:
    @settings(
        fewer,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(whole=composed())
    def law(whole: bp.SelfEvaluation) -> None:
        require_back(whole, tmp_path, end)

    law()


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(whole=composed(), end=st.sampled_from(FORMS))
def test_a_form_is_read_as_it_was_written_whatever_it_says(
    tmp_path_factory: pytest.TempPathFactory, whole: bp.SelfEvaluation, end: str
) -> None:
    require_back(whole, tmp_path_factory.mktemp("written"), end)


def require_back(whole: bp.SelfEvaluation, folder: Path, end: str) -> None:
    written, again = back(whole, folder, end)
    assert told(again, ()) == told(whole, written.left_out)
    assert names(again) == names(whole)


# LibreOffice computes the formulas once more.


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize(
    "example", ["two rows", "department-2023.md", "department-2023-clean.md", "inputs.xlsx"]
)
def test_libreoffice_computes_the_same(example: str, tmp_path: Path) -> None:
    if example == "two rows":
        stated = report(row(), row(2, actual="7次", weight="0.5"))
    else:
        stated = bp.read(EXAMPLE.parent / example)
    done = bp.compose(stated, rules="yitihua-default")
    path = bp.write(done.report, tmp_path / "form.xlsx").path
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    bare = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", sheet)
    assert bare != sheet
    with zipfile.ZipFile(tmp_path / "bare.xlsx", "w") as target:
        for name, data in {**parts, "xl/worksheets/sheet1.xml": bare.encode()}.items():
            target.writestr(name, data)
    shown = [csv_of(p, tmp_path) for p in (path, tmp_path / "bare.xlsx")]
    assert shown[0] == shown[1]
    rate = typed(bp.Figure, done.report.form.funding.total.execution_rate).text
    assert any(rate in cell for line in shown[0] for cell in line)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_computes_of_the_form_what_is_composed(tmp_path: Path) -> None:
    """The live formulas of the form that is filled in give what ``compose`` gives."""
    done = bp.compose(bp.read(EXAMPLE.parent / "inputs.xlsx"), rules="yitihua-default")
    computed = [cell for line in csv_of(EXAMPLE.parent / "inputs.xlsx", tmp_path) for cell in line]
    form = done.report.form
    total = form.funding.total
    for figure in (total.initial, total.revised, total.executed, total.score, form.total_score):
        value = typed(bp.Figure, figure).value.normalize()
        assert f"{value:f}" in computed, value
    assert typed(bp.Figure, total.execution_rate).text in computed
    for indicator in form.indicators:
        assert f"{typed(bp.Figure, indicator.score).value.normalize():f}" in computed


def test_the_example_of_a_form_that_is_filled_in(tmp_path: Path) -> None:
    """The script makes the very file that lies there, and one command completes it."""
    folder = EXAMPLE.parent
    spec = importlib.util.spec_from_file_location("inputs", folder / "inputs.py")
    module = importlib.util.module_from_spec(there(spec))
    there(there(spec).loader).exec_module(module)
    module.make(tmp_path / "inputs.xlsx")
    inputs = folder / "inputs.xlsx"
    assert (tmp_path / "inputs.xlsx").read_bytes() == inputs.read_bytes()
    department = folder / "department-inputs.xlsx"
    module.make_department(tmp_path / department.name)
    assert (tmp_path / department.name).read_bytes() == department.read_bytes()
    done = bp.compose(bp.read(department), rules="yitihua-default")
    assert (done.conflicts, done.left_open) == ((), ())
    for end in (".docx", ".xlsx"):
        out = tmp_path / f"report{end}"
        command = ["compose", str(inputs), "--rules", "yitihua-default", "-o", str(out)]
        assert cli.main(command) == 0
        again = bp.read(out)
        assert bp.audit(again).inconsistent == ()
        assert typed(bp.Figure, again.form.total_score).text == "98.22"


def csv_of(path: Path, folder: Path) -> list[list[str]]:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    text = (folder / f"{path.stem}.csv").read_text(encoding="utf-8")
    return [line for line in _lines(text) if any(line)]


def _lines(text: str) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(text))


@pytest.mark.parametrize(
    ("change", "said"), [("-2", "减少2人"), ("2人", "增加2人"), (0, "增加0人")]
)
def test_fewer_people_are_told_in_words_and_read_again(
    tmp_path: Path, change: str | int, said: str
) -> None:
    staffing = bp.model.Staffing(in_service="30人", change=change)
    whole = bp.SelfEvaluation(department=bp.Department(name="某部门", year=2024, staffing=staffing))
    path = bp.write(whole, tmp_path / "report.md").path
    text = path.read_text(encoding="utf-8")
    assert f"同比上年{said}。" in text
    read = bp.read(path).department.staffing.change
    assert typed(bp.Figure, read).value == typed(bp.Figure, staffing.change).value
    # Nobody knows what fewer than none are.
    path.write_text(text.replace(said, f"减少-{said[2:]}"), encoding="utf-8")
    assert not isinstance(bp.read(path).department.staffing.change, bp.Figure)


def test_no_number_of_a_table_in_word_is_broken_over_two_lines(tmp_path: Path) -> None:
    """One that is too long for its cell is written smaller; others have the usual size."""
    rows = [("合计", "123456789.00", "100", "123456789.00")]
    fields = "kind initial revised executed"
    funding = bp.in_unit(bp.Funding.from_rows(fields, rows), "元")
    whole = report(row())
    large = attrs.evolve(whole, form=attrs.evolve(whole.form, funding=funding))
    path = bp.write(large, tmp_path / "a.docx", template="form-only").path
    with zipfile.ZipFile(path) as file:
        body = file.read("word/document.xml").decode()
    run = re.compile(r"<w:r>(<w:rPr>[^t]*?</w:rPr>)?<w:t [^>]*>([^<]*)</w:t>")
    looks = {text: look for look, text in run.findall(body)}
    assert "<w:sz " in looks["123456789.00"]
    assert looks["宣讲次数1"] == looks["≥10次"] == ""

"""The basic data of a department beside its form: filled in, read, composed and written."""

from __future__ import annotations

import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf.documents.basic_data import basic_data, terms_of
from budgetperf.documents.readers.office import xlsx
from budgetperf.documents.writing import write_blank
from budgetperf.model import figures
from tests.factories import there, typed

DEPARTMENT = "xinjiang-department-2023"
TITLE = "部门整体支出绩效自评基础数据表"
FORM = """部门（单位）名称,某部门,,,,,,
部门资金（万元）,资金来源,年初预算数,全年预算数,全年执行数,分值权重,执行率,得分
,年度资金总额,353.21,595.07,355.55,10,59.75%,5.97
,其中：本级安排,353.21,595.07,355.55,,59.75%,
,其他资金,0,0,0,,,
一级指标,二级指标,三级指标,指标值,指标设定依据,分值权重,实际完成值,得分
履职效能,数量指标,办件量,≥10件,,90,10件,90
总分,,,,,100,,95.97
"""


def read(data: str, folder: Path) -> bp.SelfEvaluation:
    path = folder / "form.csv"
    path.write_text(f"{FORM}{TITLE},,,,,,,\n{data}", encoding="utf-8")
    return bp.read(path)


def test_every_kind_of_cell_is_read_at_its_place(tmp_path: Path) -> None:
    report = read(
        "机构人员,填列\n填报时间,2025/3/15\n编制数（名）,12\n在职人员（人）,10人\n离休人员（人）,—\n"
        "预算调整（万元）,填列\n预算调整率,68.47%\n调整预算的主要原因,年中追加\n"
        "“三公”经费（万元）,预算数,实际支出,控制率\n公务接待费,1,0.52,\n合计,6.4,5.38,84.06%\n"
        "三级指标,年中监控值,指标完成率,偏差率,成效说明,偏差原因及改进措施\n"
        "办件量,6件,100%,0%,稳步上升,无\n",
        tmp_path,
    )
    department, form = report.department, report.form
    assert str(department.filing_date) == "2025-03-15"
    assert typed(bp.Figure, department.staffing.authorised).value == 12
    assert typed(bp.Figure, department.staffing.in_service).text == "10人"
    assert typed(bp.Missing, department.staffing.honorary_retired).says_none
    assert typed(bp.Missing, department.staffing.retired).reason is bp.MissingReason.NOT_STATED
    assert typed(bp.Figure, form.adjustment.rate).nominal == Fraction("0.6847")
    assert form.adjustment.reason == "年中追加"
    spent = typed(bp.Figure, form.three_public.official_reception.executed)
    assert spent.nominal == 5200
    assert there(spent.place).column == 3
    assert typed(bp.Figure, form.three_public.control_rate).text == "84.06%"
    (row,) = form.indicators
    assert typed(bp.Figure, row.midyear).text == "6件"
    assert (row.analysis, row.explanation) == ("稳步上升", "无")
    assert there(report.reading).unread == ()


def test_an_amount_in_a_unit_of_its_own_is_told(tmp_path: Path) -> None:
    """The unit that the section names is that of bare numbers alone."""
    for spent, is_told in (("5200元", True), ("0.52万元", False), ("0.52", False)):
        report = read(
            f"“三公”经费（万元）,预算数,实际支出,控制率\n公务接待费,1,{spent},\n", tmp_path
        )
        executed = typed(bp.Figure, report.form.three_public.official_reception.executed)
        assert executed.nominal == 5200
        told = [note.zh for note in there(report.reading).notes if "自带单位" in note.zh]
        assert told == (
            ["第 11 行的金额自带单位，与表头的不同，按自带的单位读取：请核对"] if is_told else []
        )


def test_what_is_not_filled_in_states_nothing_and_a_gap_is_a_blank(tmp_path: Path) -> None:
    report = read(
        "固定资产（元）,填列\n固定资产原值,\n累计折旧,\n政府采购（元）,填列\n政府采购预算数,7\n"
        "实际政府采购数,\n主要成效（名称）,数值（连同单位）\n,\n进驻率,\n办件量,836件\n",
        tmp_path,
    )
    assert report.form.fixed_assets == bp.model.FixedAssets()
    assert typed(bp.Figure, report.form.procurement.budget).nominal == 7
    spent = typed(bp.Missing, report.form.procurement.executed)
    assert spent.reason is bp.MissingReason.BLANK
    assert [one.name for one in report.form.achievements] == ["办件量"]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    report = read(
        "机构人员,填列\n填报时间,开春\n编制数（名）,12%\n来历不明,7\n离休人员（人）,若干\n"
        "三级指标,年中监控值,指标完成率,偏差率,成效说明,偏差原因及改进措施\n没有的指标,6件,,,,\n",
        tmp_path,
    )
    for stated in (report.department.filing_date, report.department.staffing.authorised):
        assert typed(bp.Missing, stated).reason is bp.MissingReason.UNREADABLE
    assert [one.text for one in there(report.reading).unread] == ["12", "7", "6"]
    assert not isinstance(report.department.staffing.honorary_retired, bp.Figure)
    assert isinstance(report.form.indicators[0].midyear, bp.Missing)


def test_rows_of_one_name_go_to_the_indicators_in_their_order(tmp_path: Path) -> None:
    rows = [bp.Indicator(level1=one, name="满意度", target="≥90%", midyear=n)
            for one, n in (("甲", "50%"), ("乙", "60%"))]  # fmt: skip
    whole = bp.SelfEvaluation(department=bp.Department(name="某部门"),
                              form=bp.Statement(indicators=rows))  # fmt: skip
    again = bp.read(bp.write(whole, tmp_path / "form.xlsx").path)
    assert [typed(bp.Figure, row.midyear).text for row in again.form.indicators] == ["50%", "60%"]


def test_the_title_of_the_table_alone_tells_it(tmp_path: Path) -> None:
    """Rows of the same words in another table are no basic data."""
    path = tmp_path / "form.csv"
    path.write_text(f"{FORM}政府采购（万元）,填列\n政府采购预算数,7\n", encoding="utf-8")
    assert bp.read(path).form.procurement == bp.model.Procurement()


def test_basic_data_alone_is_a_report(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(f"{TITLE},,\n政府采购（万元）,填列\n政府采购预算数,7\n", encoding="utf-8")
    assert typed(bp.Figure, bp.read(path).form.procurement.budget).nominal == 70000


def test_all_paths_lead_to_what_the_model_has() -> None:
    whole = bp.SelfEvaluation()
    for section in basic_data().section:
        for row in section.rows:
            paths = [row.at(column.field) for column in section.columns if row.has(column.field)]
            paths += [path for text in row.formulas.values() for _, path in terms_of(text)]
            paths += [
                path
                for check in row.checks
                for side in (check.left, check.right)
                for _, path in terms_of(side)
            ]
            for path in paths:
                if "[" not in path:
                    bp.model.resolve(whole, path)


# A form that is filled in: LibreOffice computes what we do, and it audits clean.

FUNDS = {"C": (100, "253.21", 0), "E": ("120.5", "474.57", 0), "G": ("110.25", "245.3", 0)}
ROWS = [
    ("履职效能", "数量指标", "办件量", "≥", 30000, "件", "", 60, 32000),
    ("社会效应", "满意度", "群众满意度", "≥", 90, "%", "", 30, 81),
]
DATA: dict[str, tuple[Any, ...]] = {
    "编制数（名）": (32,), "其中：行政在职（人）": (10,), "事业在职（人）": (20,),
    "退休人员（人）": (12,), "离休人员（人）": (0,),
    "比上年增加（人，减少填负数）": (-2,), "内设处室（个）": (6,),
    "调整预算的主要原因": ("=追加项目",),
    "年初未批、后期追加的项目（个）": (1,),
    "基本支出": ("210.5", "230.07", "190.25"), "其中：工资福利支出": (None, None, "120.1"),
    "商品和服务支出": (None, None, "50.15"), "对个人和家庭的补助": (None, None, 20),
    "资本性支出": (None, None, 0), "项目支出": ("142.71", 365, "165.3"),
    "其中：上级安排": (None, None, 100), "本级安排": (None, None, "65.3"),
    "其他资金": (None, None, 0),
    "因公出国（境）费": (0, 0), "公务用车购置费": (0, 0), "公务用车运行维护费": ("5.4", "4.86"),
    "公务接待费": (1, "0.52"), "政府采购预算数": ("45.6",), "实际政府采购数": ("42.33",),
    "固定资产原值": ("1000.1",), "累计折旧": ("999.9",), "在建工程": (0,),
    "其中：经常性项目（个）": (3,), "当年度新增项目（个）": (1,), "已完成项目（个）": (3,),
    "未完成项目（个）": (1,),
}  # fmt: skip
COMPUTED = {
    "department.staffing.in_service": "30", "department.staffing.on_roll": "42",
    "form.adjustment.amount": "241.86", "form.adjustment.rate": "68.47%",
    "form.basic_expenditure.execution_rate": "82.69%", "form.basic_expenditure.share": "53.51%",
    "form.project_expenditure.execution_rate": "45.29%",
    "form.project_expenditure.share": "46.49%", "form.three_public.total.budget": "6.4",
    "form.three_public.total.executed": "5.38", "form.three_public.control_rate": "84.06%",
    "form.procurement.execution_rate": "92.83%", "form.fixed_assets.net_value": "0.2",
    "form.project_counts.total": "4",
}  # fmt: skip
"""By hand: 241.86 / 353.21, 190.25 / 230.07, 190.25 / 355.55 and so on."""


def filled(folder: Path, changes: dict[str, tuple[Any, ...]]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    path = write_blank(folder / "in.xlsx", DEPARTMENT, rules=bp.rules.get("yitihua-default"),
                       rows=3)  # fmt: skip
    book = openpyxl.load_workbook(path)
    form, data = book["自评表"], book["基础数据"]
    form["A2"], form["B4"] = "（2024年度）", "某部门"
    for column, amounts in FUNDS.items():
        for number, amount in enumerate(amounts):
            form[f"{column}{7 + number}"] = number_of(amount)
    for number, cells in enumerate(ROWS):
        for column, text in zip("ABCDEFGHI", cells, strict=True):
            form[f"{column}{13 + number}"] = text
    rows = {data.cell(at, 1).value: at for at in range(data.max_row, 2, -1)}
    for name, several in {**DATA, **changes}.items():
        for place, one in enumerate(several, start=2):
            if one is not None:
                cell = data.cell(rows[name], place, number_of(one))
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(path)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / "out" / "in.xlsx"


def number_of(value: object) -> object:
    text = str(value)
    return float(text) if text.replace(".", "", 1).isdigit() and "." in text else value


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_computes_what_is_composed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the formulas of the form show is left out otherwise.
    monkeypatch.setattr(xlsx._Reader, "_is_of_form", lambda *_: False)
    path = filled(tmp_path, {})
    report = bp.read(path)
    assert there(report.reading).unread == ()
    known = dict(figures(report))
    for where, text in COMPUTED.items():
        due = bp.Figure.from_printed(bp.exact.parse_number(text))
        assert known[where].value == due.value, where
    # What the spreadsheet computed is what we compute of the rest.
    silent = attrs.evolve(report, repeated=())
    blank = dict.fromkeys(COMPUTED, bp.model.NOT_STATED)
    done = bp.compose(bp.model.paths.put(silent, blank), rules="yitihua-default")
    ours = dict(figures(done.report))
    for where in COMPUTED:
        assert (ours[where].value, ours[where].unit) == (known[where].value, known[where].unit)
    assert done.conflicts == bp.compose(report, rules="yitihua-default").conflicts == ()
    openpyxl = pytest.importorskip("openpyxl")
    data = openpyxl.load_workbook(path, data_only=True)["基础数据"]
    told = [data.cell(at, 8).value for at in range(3, data.max_row + 1)]
    assert {one for one in told if one} == {"✓"}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_the_column_of_checks_tells_what_does_not_tie(tmp_path: Path) -> None:
    wrong: dict[str, tuple[Any, ...]] = {
        "编制数（名）": (29,), "公务接待费": (1, 2), "合计": (7, None), "固定资产净值": (1,),
        "基本支出": ("210.5", "230.07", 190), "未完成项目（个）": (2,),
    }  # fmt: skip
    openpyxl = pytest.importorskip("openpyxl")
    data = openpyxl.load_workbook(filled(tmp_path, wrong), data_only=True)["基础数据"]
    told = {data.cell(at, 1).value: data.cell(at, 8).value for at in range(3, data.max_row + 1)}
    assert told["在职人员（人）"] == "在职人员多于编制数"
    assert told["公务接待费"] == "实际支出超过预算"
    assert told["合计"] == "预算数合计不等于各项之和"
    assert told["固定资产净值"] == "净值不等于原值减累计折旧"
    assert told["基本支出"] == "执行数不等于各经济分类之和"
    assert told["项目支出"] == "基本支出加项目支出，不等于资金总额的全年执行数"
    assert told["项目个数（个）"] == "不等于已完成与未完成项目之和"
    assert told["实有人员（人）"] == "✓"


def test_a_total_that_is_left_open_is_no_indicator_and_no_weight_a_score(tmp_path: Path) -> None:
    row = bp.Indicator(level1="履职效能", level2="数量", name="办件量", target="≥10件", weight="90")
    for weight in (None, "100"):
        form = bp.Statement(indicators=[row], total_weight=weight, rating="优")
        whole = bp.SelfEvaluation(department=bp.Department(name="某部门"), form=form)
        for end in (".md", ".xlsx", ".csv", ".docx"):
            path = bp.write(whole, tmp_path / f"form{end}").path
            again = bp.read(path, layout=DEPARTMENT).form
            assert (len(again.indicators), again.rating) == (1, "优")
            assert isinstance(again.total_score, bp.Missing)
            assert (weight is None) == isinstance(again.total_weight, bp.Missing)

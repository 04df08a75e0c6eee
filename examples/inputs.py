"""Makes inputs.xlsx and department-inputs.xlsx: empty forms of a project and of a department,
filled in; `python examples/inputs.py`.

Whoever fills in such a form does it in Excel, WPS or LibreOffice. Here the cells are filled in by
the standard library alone, so that the same bytes come out each time.
"""

import re
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import budgetperf as bp
from budgetperf.documents.writing import write_blank

HERE = Path(__file__).parent
ROWS: list[tuple[str | int, ...]] = [
    ("产出指标", "数量指标", "政务大厅改造面积", "≥", 1200, "平方米", 1200, 15),
    ("产出指标", "数量指标", "新增自助终端", "≥", 20, "台", 18, 15),
    ("产出指标", "质量指标", "工程验收合格率", "=", 100, "%", 100, 10),
    ("产出指标", "时效指标", "改造工期", "≤", 120, "天", 120, 10),
    ("效益指标", "社会效益指标", "办事平均等候时间", "≤", 15, "分钟", 15, 15),
    ("效益指标", "可持续影响指标", "一窗受理事项占比", "≥", 90, "%", 90, 15),
    ("满意度指标", "服务对象满意度指标", "办事群众满意度", "≥", 90, "%", 93, 10),
]
REASON = "两台终端到货延迟，已于次年一月安装；今后在合同中约定到货期限。"
CELLS: dict[str, str | int | float] = {
    "A2": "（2024年度）", "B4": "政务大厅扩容", "B5": "云杉市松河区人民政府办公室",
    "G5": "云杉市松河区政务服务中心", "D8": "353.21", "F8": "400", "H8": "388.5",
    "D9": 0, "F9": "12.6", "H9": "12.6", "D10": 0, "F10": 0, "H10": 0,
    "B12": "年内完成政务大厅改造，增设自助终端，群众办事少跑路、少等候。",
    "G12": "改造按期完工，大厅已启用；自助终端安装 18 台。",
}  # fmt: skip

OF_DEPARTMENT: dict[str, str | int | float] = {
    "A2": "（2024年度）", "B4": "云杉市松河区行政审批局",
    "C7": "100", "E7": "120.5", "G7": "110.25", "C8": "253.21", "E8": "474.57", "G8": "445.3",
    "C9": 0, "E9": 0, "G9": 0,
    "B11": "保障政务服务中心运行，办件不少于三万件。", "H11": "中心平稳运行，办件三万二千件。",
}  # fmt: skip
ROWS_OF_DEPARTMENT: list[tuple[str | int, ...]] = [
    ("履职效能", "数量指标", "办件量", "≥", 30000, "件", "三定方案", 30, 32000),
    ("履职效能", "质量指标", "按期办结率", "=", 100, "%", "三定方案", 30, 100),
    ("社会效应", "服务对象满意度", "办事群众满意度", "≥", 90, "%", "问卷调查", 30, 93),
]
BASIC_DATA: dict[str, tuple[str | int, ...]] = {
    "填报时间": ("2025年3月15日",), "内设处室（个）": (6,), "编制数（名）": (32,),
    "其中：行政在职（人）": (10,), "事业在职（人）": (20,), "退休人员（人）": (12,),
    "离休人员（人）": (0,), "比上年增加（人，减少填负数）": (2,),
    "年初未批、后期追加的项目（个）": (1,),
    "调整预算的主要原因": ("年中追加政务大厅改造项目",),
    "基本支出": ("210.5", "230.07", "230.07"), "其中：工资福利支出": ("", "", "159.92"),
    "商品和服务支出": ("", "", "50.15"), "对个人和家庭的补助": ("", "", 20),
    "资本性支出": ("", "", 0), "项目支出": ("142.71", 365, "325.48"),
    "其中：上级安排": ("", "", "110.25"), "本级安排": ("", "", "215.23"), "其他资金": ("", "", 0),
    "因公出国（境）费": (0, 0), "公务用车购置费": (0, 0), "公务用车运行维护费": ("5.4", "4.86"),
    "公务接待费": (1, "0.52"), "政府采购预算数": ("45.6",), "实际政府采购数": ("42.33",),
    "固定资产原值": ("812.4",), "累计折旧": ("301.25",), "在建工程": (0,),
    "其中：经常性项目（个）": (3,), "当年度新增项目（个）": (1,), "已完成项目（个）": (3,),
    "未完成项目（个）": (1,),
}  # fmt: skip
SURVEYS = "问卷调查（满意率按份数计）"
SURVEY: tuple[str | int, ...] = ("办事群众满意率调查", 200, 196, 190, 177, "98%", "93.16%")


def cell(name: str, style: str, value: str | int | float) -> str:
    """A cell: what looks like a number is one."""
    text = str(value)
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return f'<c r="{name}" s="{style}"><v>{text}</v></c>'
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def fill(
    source: Path,
    target: Path,
    cells: dict[str, str | int | float],
    beside: dict[str, tuple[str | int, ...]] | None = None,
) -> None:
    """Write the workbook with these cells filled in; on its second sheet those behind labels."""
    with zipfile.ZipFile(source) as file:
        parts = {entry: file.read(entry) for entry in file.infolist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry, data in parts.items():
            text = data.decode()
            own: dict[str, str | int | float] = {}
            if entry.filename == "xl/worksheets/sheet1.xml":
                own = cells
            elif entry.filename == "xl/worksheets/sheet2.xml":
                own = behind_labels(text, beside or {})
            for name, value in own.items():
                match = re.search(rf'<c r="{name}" s="(\d+)"(?:/>|[^>]*>.*?</c>)', text)
                if match is None:
                    raise SystemExit(f"there is no cell {name} to fill in")
                text = text[: match.start()] + cell(name, match[1], value) + text[match.end() :]
            out.writestr(entry, text.encode())


def behind_labels(
    sheet: str, data: dict[str, tuple[str | int, ...]]
) -> dict[str, str | int | float]:
    """The cells to the right of labels, by their names."""
    cells: dict[str, str | int | float] = {}
    for label, values in data.items():
        row = row_of(label, sheet)
        for column, value in zip("BCD", values, strict=False):
            if value != "":
                cells[f"{column}{row}"] = value
    if data:  # a survey stands in the row below its header, with its name
        row = row_of(SURVEYS, sheet) + 1
        cells |= {f"{column}{row}": value for column, value in zip("ABCDEFG", SURVEY, strict=True)}
    return cells


def row_of(label: str, sheet: str) -> int:
    """The number of the row that begins with a label."""
    match = re.search(rf'<c r="A(\d+)"[^>]*><is><t[^>]*>{re.escape(label)}</t>', sheet)
    if match is None:
        raise SystemExit(f"there is no row {label} to fill in")
    return int(match[1])


def make_department(target: Path) -> None:
    """Write the form of a department, filled in."""
    cells = dict(OF_DEPARTMENT)
    for number, row in enumerate(ROWS_OF_DEPARTMENT):
        cells |= {f"{c}{13 + number}": v for c, v in zip("ABCDEFGHI", row, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "blank.xlsx"
        rules = bp.rules.get("yitihua-default")
        write_blank(blank, "xinjiang-department-2023", rules=rules, rows=4)
        fill(blank, target, cells, BASIC_DATA)


def make(target: Path) -> None:
    """Write the form, filled in."""
    cells = dict(CELLS)
    for number, row in enumerate(ROWS):
        cells |= {f"{c}{14 + number}": v for c, v in zip("BCDEFGHI", row, strict=True)}
    cells["K15"] = REASON
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "blank.xlsx"
        write_blank(blank, "national-project", rules=bp.rules.get("yitihua-default"), rows=8)
        fill(blank, target, cells)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "inputs.xlsx")
    if len(sys.argv) == 1:
        make_department(HERE / "department-inputs.xlsx")

"""Makes inputs.xlsx: an empty form of a project, filled in; `python examples/inputs.py`.

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


def cell(name: str, style: str, value: str | int | float) -> str:
    """A cell: what looks like a number is one."""
    text = str(value)
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return f'<c r="{name}" s="{style}"><v>{text}</v></c>'
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def fill(source: Path, target: Path, cells: dict[str, str | int | float]) -> None:
    """Write the workbook with these cells filled in."""
    with zipfile.ZipFile(source) as file:
        parts = {entry: file.read(entry) for entry in file.infolist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry, data in parts.items():
            text = data.decode()
            if entry.filename == "xl/worksheets/sheet1.xml":
                for name, value in cells.items():
                    match = re.search(rf'<c r="{name}" s="(\d+)"(?:/>|[^>]*>.*?</c>)', text)
                    if match is None:
                        raise SystemExit(f"there is no cell {name} to fill in")
                    text = text[: match.start()] + cell(name, match[1], value) + text[match.end() :]
            out.writestr(entry, text.encode())


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

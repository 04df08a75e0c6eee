"""The example reports, and what stands in them, written down by hand from the documents.

Each group is a phrase that stands just once in the document, and the figures that the line of that
phrase states: path, number, unit. Elements of lists are named by what tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import attrs

from budgetperf import Figure, SelfEvaluation, figures
from budgetperf.exact import Place
from budgetperf.model import resolve

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"
"""Published documents beside the repository; they are not shipped, and their tests are skipped."""
REAL = SHARED / "reports" / "karamay-2023.md"

Figures: TypeAlias = tuple[tuple[str, str, str], ...]
Group: TypeAlias = tuple[str, Figures]
"""A phrase of the document, and path, number and unit of each figure on its line."""

LEVELS = "[upper] [local] [other]"
TRANSFERS = "[central-transfer] [regional-transfer] [local] [other]"
CATEGORIES = "[wages-and-welfare] [goods-and-services] [personal-and-family-subsidies] [capital]"
THREE_PUBLIC = "overseas_travel vehicle_purchase vehicle_operation official_reception"
PHASES = "initial revised executed"


def _figures(path: str, names: str, values: str, units: str = "万元", end: str = "") -> Figures:
    """The figures of one part: a number (``-`` for none) for each name, and its unit or one of all.

    ``.`` is no unit; ``end`` is where the paths go on to from the names.
    """
    fields = [f"{path}{name}{end}" for name in names.split()]
    given = [unit.strip(".") for unit in units.split()]
    given *= len(fields) // len(given)
    rows = zip(fields, values.split(), given, strict=True)
    return tuple(row for row in rows if row[1] != "-")


def _sources(field: str, values: str) -> Figures:
    return _figures("narrative.funding.sources", LEVELS, values, end=f".{field}")


def _achieved(where: str, names: str, values: str, units: str) -> Figures:
    return _figures(f"{where}.achievements", names, values, units, ".value")


def _three_public(total: str, pairs: str) -> Figures:
    names = " ".join(f"{name}.budget {name}.executed" for name in THREE_PUBLIC.split())
    path = "narrative.three_public."
    return (
        *_figures(path, "total.budget total.executed control_rate", total, "万元 万元 %"),
        *_figures(path, names, pairs.replace("/", " ")),
    )


def _project(share: str, amount: str) -> Figures:
    path = "narrative.project_expenditure."
    return (
        *_figures(path, PHASES, f"102.17 {amount} {amount}"),
        *_figures(path, "execution_rate share", f"100 {share}", "%"),
        *_figures(f"{path}sources", TRANSFERS, f"0 0 {amount} 0", end=".executed"),
    )


def _counts(values: str) -> Figures:
    names = "total recurring new completed unfinished"
    return _figures("narrative.project_counts.", names, values, "个")


def _indicator(number: int, unit: str, values: str) -> Figures:
    """Target, mid-year (``-`` if not measured), actual; completion rate and deviation in %."""
    names = "target.value midyear actual completion_rate deviation"
    path = f"narrative.indicators[{number}]."
    return _figures(path, names, values, f"{unit} {unit} {unit} % %")


def _row(number: int, unit: str, values: str) -> Figures:
    """Target, weight, actual, score; the empty level-1 headings are counted."""
    names = "target.value weight actual score"
    return _figures(f"form.indicators[{number}].", names, values, f"{unit} . {unit} .")


def _amounts(path: str, values: str) -> Figures:
    return _figures(f"form.funding.{path}.", PHASES, values)


_TOTAL = "narrative.funding.total."
_BASIC = "narrative.basic_expenditure."
_STAFF = "department.staffing."
_MOVED_IN = "[“应进必进”事项]"

_HEAD: tuple[Group, ...] = (
    ("\n(2023 年度)", (("department.year", "2023", ""),)),
    (
        "部门单位编制数 12 名",
        _figures(
            _STAFF,
            "authorised on_roll in_service retired honorary_retired",
            "12 10 10 0 0",
            "名 人 人 人 人",
        ),
    ),
    ("部门内设 2 个处室", (("department.offices", "2", "个"),)),
    (
        "我部门保障实有在职人员为 10 人",
        _figures(
            _STAFF,
            "in_service administrative public_institution honorary_retired retired change",
            "10 0 10 0 0 0",
            "人",
        ),
    ),
    (
        "我部门年初安排预算数为 353.21 万元",
        (*_figures(_TOTAL, "initial", "353.21"), *_sources("initial", "0 348.93 4.28")),
    ),
    (
        "我部门全年预算数为 595.07 万元",
        (
            *_figures(
                _TOTAL, "revised executed execution_rate", "595.07 595.07 100", "万元 万元 %"
            ),
            *_sources("revised", "0 595.07 0"),
            *_sources("executed", "0 595.07 0"),
        ),
    ),
    ("基本支出年初预算安排251.04万元", _figures(_BASIC, PHASES, "251.04 239.53 239.53")),
    (
        "100%，占总支出的 40.25%",
        (
            *_figures(_BASIC, "execution_rate share", "100 40.25", "%"),
            *_figures(f"{_BASIC}categories", CATEGORIES, "188.76 50.25 0.52 0", end=".executed"),
        ),
    ),
    (
        "年初政府采购预算数为111.45万元",
        _figures(
            "narrative.procurement.",
            "budget executed execution_rate",
            "111.45 111.45 100",
            "万元 万元 %",
        ),
    ),
    (
        "单位固定资产原值156.76万元",
        _figures(
            "narrative.fixed_assets.",
            "original_value accumulated_depreciation net_value under_construction",
            "156.76 97.87 58.89 3",
        ),
    ),
    (
        "共设置一级指标2个",
        _figures("narrative.level_counts.", "level1 level2 level3", "2 3 4", "个"),
    ),
    ("自评综合得分 100 分", (("narrative.total_score", "100", "分"),)),
    (
        "\t年度总资金\t",
        (
            *_amounts("total", "353.21 595.07 595.07"),
            *_figures("form.funding.total.", "weight execution_rate score", "10 100 10", ". % ."),
        ),
    ),
    ("\t其中：上级安排(万元)\t", _amounts("sources[upper]", "0 0 0")),
)


def _adjusted(rate: str) -> Group:
    return (
        "年初批复预算数 353.21 万元",
        (
            *_figures(_TOTAL, "initial revised", "353.21 595.07"),
            *_figures(
                "narrative.adjustment.",
                "amount rate projects_added",
                f"241.86 {rate} 2",
                "万元 % 个",
            ),
        ),
    )


_AS_FILED: tuple[Group, ...] = (
    *_HEAD,
    _adjusted("68.48"),
    ("“三公”经费预算数为 0 万元", _three_public("0 0 100", "0/0 0/0 0/0 0/0")),
    ("专项项目年初预算 102.17 万元", _project("17.17", "355.55")),
    ("单位共有4个项目", _counts("4 4 0 4 0")),
    ("“应进必进”事项 836 项", _achieved("narrative", f"{_MOVED_IN} [进驻率]", "836 97", "项 %")),
    (
        "累计办件 16.3 万件",
        _achieved("narrative", "[累计办件] [综合评价满意度]", "16.3 99.98", "万件 %"),
    ),
    ("\t本级安排(万元)\t", _amounts("sources[local]", "353.21 595.07 595.07")),
    ("\t其他资金(万元)\t", _amounts("sources[other]", "0 0 0")),
    (
        "综合评价满意99.98%",
        _achieved("form", f"{_MOVED_IN} [进驻率] [综合评价满意度]", "836 97 99.98", "项 % %"),
    ),
)

EXPECTED: dict[str, tuple[Group, ...]] = {
    "department-2023.md": (
        *_AS_FILED,
        ("指标①：惠企政策宣讲次数", _indicator(0, "次", "10 10 10 100 0")),
        ("指标①：便民窗口街道覆盖率", _indicator(1, "%", "90 50 100 111 10")),
        (
            "指标②：窗口事项办理授权率",
            (
                *_indicator(2, "%", "95 90 97 102 2"),
                *_achieved("narrative", _MOVED_IN, "836", "项"),
            ),
        ),
        ("指标①: 来访群众满意度", _indicator(3, "%", "90 - 99 110 9")),
        ("数量指标\t惠企政策宣讲次数", _row(2, "次", "10 30 10 30")),
        ("质量指标\t便民窗口街道覆盖率", _row(3, "%", "90 20 100 18")),
        ("质量指标\t窗口事项办理授权率", _row(4, "%", "95 20 97 20")),
        ("满意度指标\t来访群众满意度", _row(7, "%", "90 20 99 20")),
    ),
    "department-2023-clean.md": (
        *_HEAD,
        _adjusted("68.47"),
        (
            "“三公”经费预算数为 2.00 万元",
            _three_public("2.00 1.50 75", "0/0 0/0 1.60/1.20 0.40/0.30"),
        ),
        ("专项项目年初预算 102.17 万元", _project("59.75", "355.54")),
        ("单位共有4个项目", _counts("4 2 2 4 0")),
        ("“应进必进”事项 836 项", _achieved("narrative", _MOVED_IN, "836", "项")),
        (
            "累计办件 16.3 万件",
            _achieved("narrative", "[累计办件] [综合评价满意度]", "16.3 93", "万件 %"),
        ),
        ("\t本级安排(万元)\t", _amounts("sources[local]", "348.93 595.07 595.07")),
        ("\t其他资金(万元)\t", _amounts("sources[other]", "4.28 0 0")),
        ("综合评价满意93%", _achieved("form", f"{_MOVED_IN} [综合评价满意度]", "836 93", "项 %")),
        ("指标①：惠企政策宣讲次数", _indicator(0, "次", "10 6 10 100 0")),
        ("指标①：便民窗口社区覆盖率", _indicator(1, "%", "90 50 92 102 2")),
        (
            "指标②：窗口事项办理授权率",
            (
                *_indicator(2, "%", "95 90 97 102 2"),
                *_achieved("narrative", _MOVED_IN, "836", "项"),
            ),
        ),
        ("指标①: 来访群众满意度", _indicator(3, "%", "90 - 93 103 3")),
        ("数量指标\t惠企政策宣讲次数", _row(2, "次", "10 30 10 30")),
        ("质量指标\t便民窗口社区覆盖率", _row(3, "%", "90 20 92 20")),
        ("质量指标\t窗口事项办理授权率", _row(4, "%", "95 20 97 20")),
        ("满意度指标\t来访群众满意度", _row(7, "%", "90 20 93 20")),
    ),
    "karamay-2023.md": (
        *_AS_FILED,
        ("指标①：为企服务次数", _indicator(0, "次", "10 10 10 100 0")),
        (
            "指标①：政务服务就近办街道覆盖率",
            (
                *_indicator(1, "%", "90 50 100 111 10"),
                *_achieved("narrative", "[覆盖街道]", "6", "个"),
            ),
        ),
        (
            "指标②：政务服务事项办理授权率",
            (
                *_indicator(2, "%", "95 90 97 102 2"),
                ("narrative.indicators[2].actual", "97", "%"),  # said again in the analysis
                *_achieved("narrative", _MOVED_IN, "836", "项"),
            ),
        ),
        (
            "指标①: 办事群众满意度",
            (*_indicator(3, "%", "90 - 99 110 9"), ("narrative.indicators[3].actual", "99", "%")),
        ),
        ("数量指标\t为企服务次数", _row(2, "次", "10 30 10 30")),
        ("质量指标\t政务服务就近办街道覆盖率", _row(3, "%", "90 20 100 18")),
        ("质量指标\t政务服务事项办理授权率", _row(4, "%", "95 20 97 20")),
        ("满意度指标\t办事群众满意度", _row(7, "%", "90 20 99 20")),
    ),
}
"""Every figure of the documents: those of the real one are listed in the notes on defects, too."""

UNREAD = {
    # 上门讲政策10次; 6个街道; 占97%; 占 99%
    "department-2023.md": ["10", "6", "97", "99"],
    # 10次; 50个社区 46个; 占97%; 200 份, 186 份; 授权率 97% in the text and in the form
    "department-2023-clean.md": ["10", "50", "46", "97", "200", "186", "97", "97"],
    # 活动10次
    "karamay-2023.md": ["10"],
}
"""The numbers that the layout has no phrase for, in the order of the document."""


@attrs.frozen
class Found:
    """A figure of a report, its elements named by what tells them apart."""

    path: str
    value: Decimal
    unit: str
    line: int | None = None


def text_of(name: str) -> str:
    path = REAL if name == REAL.name else EXAMPLES / name
    return path.read_text(encoding="utf-8")


def expected(name: str) -> Counter[Found]:
    """What should be found in a document, with the line of each phrase looked up in it."""
    text = text_of(name)
    numbers: Counter[Found] = Counter()
    for phrase, rows in EXPECTED[name]:
        assert text.count(phrase) == 1, f"{name}: {phrase!r} does not stand there just once"
        line = text.count("\n", 0, text.index(phrase) + len(phrase)) + 1
        numbers.update(Found(path, Decimal(value), unit, line) for path, value, unit in rows)
    return numbers


_KEYED = re.compile(r"(.*\.(?:sources|categories|achievements))\[(\d+)\]")


def name_of(report: SelfEvaluation, path: str) -> str:
    """``path`` with the elements of keyed lists named by their key."""
    match = _KEYED.match(path)
    if not match:
        return path
    element = resolve(report, match[0])
    key = next(
        str(getattr(kind, "value", kind))
        for attribute in ("kind", "category", "name")
        if (kind := getattr(element, attribute, None)) is not None
    )
    return f"{match[1]}[{key}]{path[match.end() :]}"


def found_in(report: SelfEvaluation, *, lines: bool = True) -> Counter[Found]:
    """Every figure of a report, also the repeated ones."""
    return Counter(
        Found(
            name_of(report, path),
            figure.value,
            figure.unit.symbol,
            _place(figure).line if lines else None,
        )
        for path, figure in figures(report)
    )


def _place(figure: Figure) -> Place:
    assert figure.place is not None, f"{figure.path} has no place"
    return figure.place


_NUMBERING = re.compile(r"^[\s#*]*\d{1,2}[.、](?!\d)[ *]*")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def numbers_in(text: str) -> list[tuple[str, int, int, int]]:
    """Every number of the raw text that is no list number: itself, line, start and end."""
    numbers = []
    position = 0
    for number, line in enumerate(text.split("\n"), start=1):
        listed = _NUMBERING.match(line)
        numbers += [
            (match[0], number, position + match.start(), position + match.end())
            for match in _NUMBER.finditer(line, listed.end() if listed else 0)
        ]
        position += len(line) + 1
    return numbers

"""What published forms print above the columns of their indicators, and which field that is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from budgetperf.exact import fold_width

__all__ = [
    "FIELD_OF",
    "HEADERS",
    "field_of_header",
    "plain_header",
    "unit_of_header",
    "without_brackets",
]

HEADERS: Mapping[str, tuple[str, ...]] = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称", "指标"),
    "operator": ("指标性质", "符号", "计算符号"),
    "target": (
        *("指标值", "年度指标值", "目标值", "年初目标值", "年初指标值", "预期指标值"),
        *("指标目标值", "年度数值", "预期实现值"),
    ),
    "unit": ("度量单位", "计量单位", "单位"),
    "basis": ("指标值设定依据", "指标设定依据", "指标值设置依据"),
    "weight": ("分值", "权重", "分值权重", "指标权重", "指标分值", "指标分值权重", "权重占比"),
    "midyear": ("年中监控值",),
    "actual": (
        *("实际完成值", "全年实际值", "全年完成值", "全年实际完成值", "完成值"),
        *("指标实际完成值", "单项指标实际完成值", "年终完成值"),
    ),
    "completion_rate": ("完成率", "指标完成率"),
    "deviation": ("偏差率",),
    "score": ("得分", "指标得分", "自评得分", "自评分", "实际得分"),
    "scoring_rule": (
        *("评分标准", "赋分规则", "指标赋分规则", "评分规则", "计分标准", "计分规则", "计分方法"),
        *("得分计算方法", "评分方法", "指标评分标准", "扣分标准", "评分细则", "评分办法"),
        *("计分办法", "赋分标准", "得分标准", "计分说明"),
    ),
    "analysis": ("指标成效分析",),
    "explanation": (
        *("偏差原因分析及改进措施", "偏差原因及改进措施", "偏差原因", "偏差原因分析"),
        *("未完成原因分析", "未完成原因及改进措施", "未完成原因和改进措施"),
        "未完成原因及拟采取的改进措施",
    ),
}
"""The fields of an indicator, and what published forms print above their columns. ``operator`` and
``unit`` belong to the target and the values, where these stand as bare numbers."""

FIELD_OF: Mapping[str, str] = {
    header: field for field, headers in HEADERS.items() for header in (field, *headers)
}
"""The field by its header, and by its own name."""

_TAIL = re.compile(r"\((?P<words>[^()]*)\)$")
_NO_UNIT = re.compile(r"[A-Z][0-9]?(?:/[A-Z][0-9]?)?(?:×100%)?|\d*分|[文字描述包含数及]+|权重")
_UNITS = ("%", "‰", "元", "万元", "亿元")


def plain_header(header: str) -> str:
    """A header without blanks, a colon behind it, and remarks, roles or a unit in brackets."""
    words = fold_width("".join(header.split())).rstrip(":：")
    while (tail := _TAIL.search(words)) and (
        tail["words"] in _UNITS or _NO_UNIT.fullmatch(tail["words"])
    ):
        words = words[: tail.start()]
    return words.lower() if words.isascii() else words


def field_of_header(header: str) -> str | None:
    """The field of an indicator that a column of this header is; ``None`` if it is not known."""
    return FIELD_OF.get(plain_header(header))


def unit_of_header(header: str) -> str:
    """The unit in the brackets of a header; ``""`` if there is none.

    >>> field_of_header("年度指标值（%）"), unit_of_header("年度指标值（%）")
    ('target', '%')
    """
    words = fold_width("".join(header.split())).rstrip(":：")
    while (tail := _TAIL.search(words)) and tail["words"] not in _UNITS:
        words = words[: tail.start()] if _NO_UNIT.fullmatch(tail["words"]) else ""
    return tail["words"] if tail else ""


def without_brackets(text: str) -> str:
    """A text without what stands in brackets behind it."""
    return _TAIL.sub("", fold_width(text))

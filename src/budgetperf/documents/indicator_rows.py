"""The indicators of a table: which header is which field, and what is wrong in which row."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

import attrs

from budgetperf.exact import (
    COLON,
    LIST,
    NO_WORDS,
    BudgetperfError,
    Missing,
    MissingReason,
    Problem,
    Text,
    blank_reason,
    fold_width,
)
from budgetperf.exact.checking import problems_of, raise_together
from budgetperf.exact.text import is_float, shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import Direction, Indicator, Target

from .records import Table, is_blank, records

__all__ = ["HEADERS", "field_of_header", "indicators", "plain_header", "unit_of_header"]

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

_FIELD_OF = {header: field for field, headers in HEADERS.items() for header in (field, *headers)}
_WORDS = ("level1", "level2", "name", "basis", "scoring_rule", "analysis", "explanation")
_IN_UNIT = ("target", "midyear", "actual")
_IN_PER_CENT = ("completion_rate", "deviation")
_PER_CENT = Text(
    zh="不知 {value} 是 {value}% 还是它的一百倍：请写成 '{value}%'，或把表头写成“{header}(%)”",
    en="{value} may be {value}% or a hundred times that: write '{value}%', or {header}(%) as the "
    "header",
)


@by_name
def indicators(
    table: Table,
    *,
    columns: Mapping[str, str] | None = None,
    ignore: str | Iterable[str] = (),
) -> tuple[Indicator, ...]:
    """The indicators of a table, a row each, as they would be given one by one.

    A blank cell is blank, never 0; so are NaN and None. A row with nothing in it is left out.

    Args:
        table: the path of a CSV file (UTF-8 or GB18030), rows as mappings by header, or a table of
            pandas, polars, pyarrow or alike.
        columns: the field of an indicator by its header, for headers other than those of
            :data:`HEADERS`.
        ignore: headers that are left out. Others that are not known are refused.

    Raises:
        BudgetperfError: it is no table, a header is not known, two are one field, or cells hold
            what they cannot; several of these as a ``ProblemsError``, each with its row and column.
        UnusableDocumentError: the file cannot be read.

    >>> rows = [{"三级指标": "群众满意度", "年度指标值": "≥90%", "实际完成值": "99%", "分值": 10}]
    >>> [str(row.target.value) for row in indicators(rows)]
    ['≥90%']
    """
    read = records(table)
    left_out = {ignore} if isinstance(ignore, str) else set(ignore)
    fields, problems = _fields(read.headers, columns or {}, left_out)
    rows = list[Indicator]()
    for number, cells in enumerate(read.rows):
        if all(map(is_blank, cells)):
            continue
        row = _Row(number, {f: (h, cells[at]) for at, (h, f) in fields.items()})
        try:
            rows.append(row.indicator())
        except BudgetperfError as error:
            problems += row.located(error)
    raise_together("bad-table", _told_once(problems))
    return tuple(rows)


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What to do about floats stands with the first: there is a whole column of them as a rule."""
    is_told = False
    for problem in problems:
        if problem.code == "float-refused" and not is_told:
            is_told = True
            yield attrs.evolve(problem, message=problem.message + _AS_TEXT)
        else:
            yield problem


# The headers.


def _fields(
    headers: Sequence[str], columns: Mapping[str, str], ignore: set[str]
) -> tuple[dict[int, tuple[str, str]], list[Problem]]:
    """The header and the field of each column that has one, and what is wrong with headers."""
    fields = dict[int, tuple[str, str]]()
    problems = [*_unknown(columns, headers)]
    for at, header in enumerate(headers):
        if header in ignore:
            continue
        field = columns.get(header) or field_of_header(header)
        if field is None:
            problems.append(_problem("unknown-column", header, _not_known(header)))
        elif any(field == other for _, other in fields.values()):
            first = next(name for name, other in fields.values() if field == other)
            message = Text(
                zh=f"与“{first}”同为 {field}：请用 ignore 去掉其一",
                en=f"it is {field}, as {shown(first)} is: leave one of the two out by ignore",
            )
            problems.append(_problem("column-twice", header, message))
        else:
            fields[at] = header, field
    if headers and not problems and all(field != "name" for _, field in fields.values()):
        message = Text(
            zh="没有指标名称这一列：请加上“三级指标”，或用 columns 注明是哪一列",
            en="no column has the names of the indicators: add 三级指标, or name it by columns",
        )
        problems.append(Problem(code="no-name-column", where="$", message=message))
    return fields, problems


def _unknown(columns: Mapping[str, str], headers: Sequence[str]) -> Iterator[Problem]:
    """What ``columns`` says that cannot be: of no column, or of no field."""
    for header, field in columns.items():
        if header not in headers:
            message = Text(
                zh=f"columns 中的“{header}”不是表头：有 {'、'.join(headers)}",
                en=f"{shown(header)} in columns is no header: there are {', '.join(headers)}",
            )
            yield _problem("unknown-column", header, message)
        elif field not in HEADERS:
            message = Text(
                zh=f"{shown(field)} 不是指标的字段：可写 {'、'.join(HEADERS)}",
                en=f"{shown(field)} is no field of an indicator: write {', '.join(HEADERS)}",
            )
            yield _problem("unknown-field", header, message)


def _not_known(header: str) -> Text:
    near = difflib.get_close_matches(plain_header(header), _FIELD_OF, n=3, cutoff=0.5)
    meant = NO_WORDS
    if near:
        meant = Text(zh="是否为 {}？", en="is it {}? ").fill(LIST.join(near))
    return Text(
        zh="不认识这个表头，{}请用 columns 注明它是什么，或用 ignore 去掉",
        en="this header is not known: {}say what it is by columns, or leave it out by ignore",
    ).fill(meant)


def _problem(code: str, header: str, message: Text) -> Problem:
    located = Text(zh="表头“{}”：{}", en="header {}: {}").fill(header, message)
    return Problem(code=code, where=f"$.{header}", message=located)


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
    return _FIELD_OF.get(plain_header(header))


def unit_of_header(header: str) -> str:
    """The unit in the brackets of a header; ``""`` if there is none.

    >>> field_of_header("年度指标值（%）"), unit_of_header("年度指标值（%）")
    ('target', '%')
    """
    words = fold_width("".join(header.split())).rstrip(":：")
    while (tail := _TAIL.search(words)) and tail["words"] not in _UNITS:
        words = words[: tail.start()] if _NO_UNIT.fullmatch(tail["words"]) else ""
    return tail["words"] if tail else ""


# A row.


@attrs.frozen
class _Row:
    """A row: its number, counted from 0, and by field the header and the cell."""

    number: int
    cells: dict[str, tuple[str, object]]

    def indicator(self) -> Indicator:
        """The indicator.

        Raises:
            BudgetperfError: a cell holds what it cannot.
        """
        parts = dict[str, object]()
        problems = list[Problem]()
        for field, (_, cell) in self.cells.items():
            if field in ("operator", "unit"):
                continue
            try:
                parts[field] = self._part(field, cell)
            except BudgetperfError as error:
                problems += problems_of(error, field=field)
        stated = any(isinstance(parts.get(name), (str, Target)) for name in ("target", "actual"))
        if stated and isinstance(parts.get("name"), Missing):
            message = Text(zh="有数值而没有名称", en="there are values and no name")
            problems.append(Problem(code="no-name", where="$.name", message=message))
        try:
            built = Indicator(**parts)  # type: ignore[arg-type]
        except BudgetperfError as error:
            raise_together("bad-row", [*problems, *problems_of(error)])
            raise
        raise_together("bad-row", problems)
        return built

    def _part(self, field: str, cell: object) -> object:
        """What a cell is given as: words as they are, numbers with their unit and operator."""
        if is_blank(cell):
            return Missing(reason=MissingReason.BLANK)
        if is_float(cell):
            raise BudgetperfError("float-refused", _IS_FLOAT.fill(shown(cell)), field=field)
        text = _written(cell)
        if text is None or field in _WORDS:
            return cell if text is None else text
        unit = self._unit(field)
        text = text + unit if text[-1].isdigit() else text
        if field in _IN_PER_CENT and text[-1].isdigit():
            message = _PER_CENT.fill(value=text, header=self.cells[field][0])
            raise BudgetperfError("no-per-cent", message, field=field)
        return self._target(text) if field == "target" else text

    def _unit(self, field: str) -> str:
        own = unit_of_header(self.cells[field][0])
        _, cell = self.cells.get("unit", ("", None))
        if own or field not in _IN_UNIT or not isinstance(cell, str):
            return own
        words = _TAIL.sub("", fold_width(cell.strip()))
        return "" if words == "无" or blank_reason(words) else words

    def _target(self, text: str) -> object:
        """The target with the operator that stands in a column of its own."""
        header, cell = self.cells.get("operator", ("", None))
        if is_blank(cell):
            return text
        sign, target = Target.parse(f"{cell}1"), Target.parse(text)
        if str(cell).strip() == Direction.QUALITATIVE.label.zh:
            return attrs.evolve(target, direction=Direction.QUALITATIVE, strict=False)
        if not isinstance(sign.direction, Direction) or sign.direction is Direction.QUALITATIVE:
            message = Text(
                zh=f"{shown(cell)} 不是 ≥、≤、=、>、<、定性 之一：请改正，或用 ignore 去掉"
                f"“{header}”",
                en=f"{shown(cell)} is none of ≥, ≤, =, >, < and 定性: correct it, or leave "
                f"{shown(header)} out by ignore",
            )
            raise BudgetperfError("bad-operator", message, field="operator")
        if target.direction is Direction.QUALITATIVE or isinstance(target.value, Missing):
            return text
        if isinstance(target.direction, Missing):
            return attrs.evolve(target, direction=sign.direction, strict=sign.strict)
        if (target.direction, target.strict) != (sign.direction, sign.strict):
            message = Text(
                zh=f"与指标值 {text} 中的符号不一致：请改正其一",
                en=f"it is not the sign in the target {text}: correct one of the two",
            )
            raise BudgetperfError("bad-operator", message, field="operator")
        return text

    def located(self, error: BudgetperfError) -> Iterator[Problem]:
        """The problems of this row, each with its column."""
        for problem in problems_of(error):
            field = problem.where.removeprefix("$").removeprefix(".").partition(".")[0]
            header, _ = self.cells.get(field, (field, None))
            place = Text(zh="第 {} 行“{}”", en="row {}, {}").fill(self.number + 1, header)
            yield Problem(
                code=problem.code,
                where=f"$[{self.number}].{header}",
                message=COLON.join((place, problem.message)),
            )


_IS_FLOAT = Text(zh="{} 是浮点数", en="{} is a float")
_AS_TEXT = Text(
    zh="：请把表格按文字读入：pd.read_csv(…, dtype=str)、pd.read_excel(…, dtype=str)、"
    "pl.read_csv(…, infer_schema=False)；自己写的请写成字符串",
    en=": read the table as text, by pd.read_csv(…, dtype=str), pd.read_excel(…, dtype=str) or "
    "pl.read_csv(…, infer_schema=False); in code, write a string",
)


def _written(cell: object) -> str | None:
    """A cell as it would be printed; ``None`` of what is neither text nor an exact number."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    is_whole = hasattr(cell, "__index__") and not isinstance(cell, bool)
    return str(int(cast("int", cell))) if is_whole else None

"""The indicators of a table: which header is which field, and what is wrong in which row."""

from __future__ import annotations

import difflib
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
)
from budgetperf.exact.checking import problems_of, raise_together
from budgetperf.exact.text import is_float, shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import Direction, Indicator, Target
from budgetperf.model.headers import (
    FIELD_OF,
    HEADERS,
    field_of_header,
    plain_header,
    unit_of_header,
    without_brackets,
)

from .records import Table, is_blank, records

__all__ = ["HEADERS", "indicators"]

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
    near = difflib.get_close_matches(plain_header(header), FIELD_OF, n=3, cutoff=0.5)
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
        words = without_brackets(cell.strip())
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

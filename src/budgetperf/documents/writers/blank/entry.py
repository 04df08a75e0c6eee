"""The cells of an empty form: what each is for, what may be entered in it, and what turns red."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence

import attrs

from budgetperf.documents.source import cell_name
from budgetperf.documents.writers.grid import Look
from budgetperf.documents.writers.package import attribute, words
from budgetperf.documents.writers.sheet import Styles

__all__ = [
    "CHECK",
    "LOCKED",
    "MONEY_UNIT",
    "UNITS",
    "Cell",
    "Entry",
    "Kind",
    "checks_xml",
    "rows_xml",
    "style_numbers",
]

LOCKED = '<sheetProtection sheet="1" objects="1" scenarios="1" formatRows="0"/>'
"""What locks all cells but those to fill in, without a password."""
MONEY_UNIT = "万元"
"""The unit of all amounts."""
CHECK = "核对（不填）"
"""What stands above the column of the checks."""
_SIGNS = ("≥", "≤", "=", ">", "<", "定性")
UNITS = ("%", "次", "个", "项", "件", "人", "人次", "户", "家", "天", "元", "万元")
"""The units to choose from; others may be written, too."""


class Kind(enum.Enum):
    """What a cell is for."""

    LABEL = "label"
    NAME = "name"
    INPUT = "input"
    FIXED = "fixed"
    RATE = "rate"
    TITLE = "title"
    YEAR = "year"
    DATE = "date"
    HINT = "hint"
    TEXT = "text"


class Entry(enum.Enum):
    """What may be entered in a cell."""

    SIGN = "sign"
    UNIT = "unit"
    POINTS = "points"
    AMOUNT = "amount"


@attrs.frozen(kw_only=True)
class Cell:
    """A cell of the form.

    Args:
        row: its first row.
        at: its first column.
        to: its last column; 0 if it is the first.
        rows: how many rows it takes.
        kind: what it is for.
        text: the words in it.
        formula: what it is computed by.
        number: the number that stands in it.
        entry: what may be entered.
    """

    row: int
    at: int
    kind: Kind
    to: int = 0
    rows: int = 1
    text: str = ""
    formula: str = ""
    number: str = ""
    entry: Entry | None = None

    @property
    def last(self) -> int:
        """Its last column."""
        return max(self.at, self.to)

    @property
    def name(self) -> str:
        """What a formula calls it."""
        return cell_name(self.row, self.at)

    @property
    def stretch(self) -> str:
        """The cells that are merged in it; ``""`` if it is one."""
        last = cell_name(self.row + self.rows - 1, self.last)
        return "" if last == self.name else f"{self.name}:{last}"

    def xml(self, style: int) -> str:
        """The XML of its first cell."""
        kind = ' t="str"' if self.formula else ' t="inlineStr"' if self.text else ""
        inside = ""
        if self.formula:
            inside = f"<f>{words(self.formula)}</f><v></v>"
        elif self.text:
            inside = f'<is><t xml:space="preserve">{words(self.text)}</t></is>'
        elif self.number:
            inside = f"<v>{self.number}</v>"
        return f'<c r="{self.name}" s="{style}"{kind}>{inside}</c>'


def style_numbers(styles: Styles) -> dict[Kind, int]:
    """The number of the style of each kind of cell."""
    return {
        Kind.LABEL: styles.number(look=Look.LABEL),
        Kind.NAME: styles.number(look=Look.WORDS, align="left"),
        Kind.INPUT: styles.number(look=Look.WORDS, is_open=True, is_locked=False),
        Kind.FIXED: styles.number(look=Look.NUMBER),
        Kind.RATE: styles.number(look=Look.NUMBER, format="0.00%"),
        Kind.TITLE: styles.number(look=None),
        Kind.YEAR: styles.free,
        Kind.DATE: styles.number(
            look=Look.WORDS, is_open=True, is_locked=False, format='yyyy"年"m"月"d"日"'
        ),
        Kind.HINT: styles.plain,
        Kind.TEXT: styles.left,
    }


def rows_xml(cells: Sequence[Cell], styles: dict[Kind, int], height: Callable[[int], str]) -> str:
    """The XML of all rows.

    Args:
        cells: those in them.
        styles: the number of the style of each kind.
        height: the XML of the height of a row.
    """
    placed: dict[int, dict[int, str]] = {}
    for cell in cells:
        style = styles[cell.kind]
        for row in range(cell.row, cell.row + cell.rows):
            for at in range(cell.at, cell.last + 1):
                blank = f'<c r="{cell_name(row, at)}" s="{style}"/>'
                placed.setdefault(row, {})[at] = blank
        placed[cell.row][cell.at] = cell.xml(style)
    return "".join(
        f'<row r="{row}"{height(row)}>'
        + "".join(text for _, text in sorted(own.items()))
        + "</row>"
        for row, own in sorted(placed.items())
    )


# What may be entered, and what turns red.


def checks_xml(cells: Sequence[Cell], first: str, last: str) -> str:
    """The XML of both.

    Args:
        cells: those of the sheet.
        first: the first cell of the column of the checks.
        last: its last cell.
    """
    wrong = f'AND(LEN({first})>0,{first}<>"✓")'
    red = (
        f'<conditionalFormatting sqref="{first}:{last}"><cfRule type="expression" dxfId="0" '
        f'priority="1"><formula>{words(wrong)}</formula></cfRule></conditionalFormatting>'
    )
    named = {entry: [cell.name for cell in cells if cell.entry is entry] for entry in Entry}
    listed = (
        _choice(named[Entry.SIGN], _SIGNS, "stop", "请从列表中选择比较符号"),
        _choice(named[Entry.UNIT], UNITS, "", ""),
        _least(named[Entry.AMOUNT], "金额应为不小于 0 的数；没有的填 0"),
        _least(named[Entry.POINTS], "分值应为不小于 0 的数"),
    )
    checks = [check for check in listed if check]
    return red + f'<dataValidations count="{len(checks)}">{"".join(checks)}</dataValidations>'


def _choice(cells: Sequence[str], values: Sequence[str], style: str, message: str) -> str:
    """A list to choose from; without a message other values are taken, too."""
    alert = (
        f' showErrorMessage="1" errorStyle="{style}" error={attribute(message)}' if message else ""
    )
    formula = words('"' + ",".join(values) + '"')
    return (
        f'<dataValidation type="list" allowBlank="1"{alert} sqref="{" ".join(cells)}">'
        f"<formula1>{formula}</formula1></dataValidation>"
    )


def _least(cells: Sequence[str], message: str) -> str:
    """Numbers from 0 on; of others the program warns."""
    if not cells:
        return ""
    return (
        '<dataValidation type="decimal" operator="greaterThanOrEqual" allowBlank="1" '
        f'showErrorMessage="1" errorStyle="warning" error={attribute(message)} '
        f'sqref="{" ".join(cells)}"><formula1>0</formula1></dataValidation>'
    )

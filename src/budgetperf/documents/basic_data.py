"""The table of a department's basic data, which stands beside its form: what its rows and columns
are, as data. Who writes it and who reads it know it from here."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

import attrs

from budgetperf.exact import fold_width
from budgetperf.plain.structuring import make_converter, structure

__all__ = ["BasicData", "Check", "Column", "Row", "Section", "basic_data", "plain", "terms_of"]


@attrs.frozen(kw_only=True)
class Column:
    """A column: what stands behind the path of the row, and the word above it."""

    field: str
    word: str


@attrs.frozen(kw_only=True)
class Check:
    """What is to hold between cells, and what is told where it does not.

    Args:
        left: a sum of paths.
        sign: ``<=`` or ``=``.
        right: another sum.
        message: the words.
    """

    left: str
    sign: str
    right: str
    message: str


@attrs.frozen(kw_only=True)
class Row:
    """A row.

    Args:
        path: where the report has it; elements of a list are told by their key.
        word: what it is called.
        fields: the columns that it has; all, where none is named.
        paths: the paths of cells that stand elsewhere, by their columns.
        formulas: what cells are computed by, by their columns: paths with ``+``, ``-`` or ``/``.
        checks: what is to hold.
        entry: what is filled in, where that is not plain: ``"date"``, ``"words"`` or ``"any"``
            number, also below 0.
        blank: whether an empty form has it.
    """

    path: str
    word: str
    fields: tuple[str, ...] = ()
    paths: Mapping[str, str] = attrs.Factory(dict[str, str])
    formulas: Mapping[str, str] = attrs.Factory(dict[str, str])
    checks: tuple[Check, ...] = ()
    entry: str = ""
    blank: bool = True

    def has(self, field: str) -> bool:
        """Whether there is a cell in that column."""
        return not self.fields or field in self.fields

    def at(self, field: str) -> str:
        """The path of its cell in a column."""
        return self.paths.get(field) or ".".join(filter(None, (self.path, field)))

    @property
    def list_path(self) -> str:
        """The list that it is an element of, by a key; ``""`` if it is of none."""
        return self.path.partition("[")[0] if self.path.endswith("]") else ""

    @property
    def key(self) -> str:
        """By what it is told in that list."""
        return self.path.rpartition("[")[2].removesuffix("]")


@attrs.frozen(kw_only=True)
class Section:
    """Rows with the same columns.

    Args:
        word: what stands above their names, with ``{unit}`` for the unit of money.
        columns: the columns.
        rows: the rows.
        each: the list whose elements are its rows, under whatever names; ``""`` where they are
            those above.
        lines: how many rows an empty form has for these.
        says: what stands in such a list beside its columns: the rows that say so are its own.
        checks: those of its rows, by the names of their fields.
    """

    word: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    each: str = ""
    lines: int = 0
    says: Mapping[str, bool] = attrs.Factory(dict[str, bool])
    checks: tuple[Check, ...] = ()

    def row(self, key: str, word: str = "") -> Row:
        """The row of one element of the list, told by a key."""
        path = f"{self.each}[{key}]"

        def whole(formula: str) -> str:
            return " ".join(part if part in "+-/" else f"{path}.{part}" for part in formula.split())

        return Row(
            path=path,
            word=word,
            checks=tuple(
                attrs.evolve(check, left=whole(check.left), right=whole(check.right))
                for check in self.checks
            ),
        )

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """The word as it is read: with any unit of money."""
        return re.compile(re.escape(plain(self.word)).replace(r"\{unit\}", "(?P<unit>.{0,3}元)"))

    def unit_in(self, word: str) -> str | None:
        """The unit of money that the word above the names says; ``None`` if it is another word."""
        match = self.pattern.fullmatch(plain(word))
        return None if match is None else match.groupdict().get("unit") or ""


@attrs.frozen(kw_only=True)
class BasicData:
    """The table.

    Args:
        title: what it is called.
        section: its sections.
    """

    title: str
    section: tuple[Section, ...]

    def is_title(self, text: str) -> bool:
        """Whether that is what it is called."""
        return self.title[0] in text and plain(text) == self.title


@functools.cache
def basic_data() -> BasicData:
    """The table as it is shipped."""
    file = resources.files("budgetperf.documents") / "basic_data.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return structure(make_converter(), data, BasicData, code="bad-layout")


def plain(text: str) -> str:
    """Words as they are compared: without blanks, in the width of a typewriter."""
    return "".join(fold_width(text).split())


def terms_of(formula: str) -> list[tuple[str, str]]:
    """The paths of a formula, each with the sign in front of it: ``+``, ``-`` or ``/``.

    >>> terms_of("a - b")
    [('+', 'a'), ('-', 'b')]
    """
    words = ["+", *formula.split()]
    return list(zip(words[::2], words[1::2], strict=True))

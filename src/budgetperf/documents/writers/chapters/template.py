"""Templates of narratives: chapters in words, with places for the figures of a report.

A template is plain text, a paragraph on each line; what its signs mean is told in
``writers/narratives/``. It is checked before it is used, all that is wrong together.
"""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from budgetperf.exact import LIST, Problem, ProblemsError, Text
from budgetperf.exact.text import shown
from budgetperf.model import SelfEvaluation
from budgetperf.model.fields import Declaration
from budgetperf.model.walking import declarations_of

__all__ = ["Each", "Field", "Maybe", "Node", "Number", "Place", "Words", "parse_template"]

Numerals: TypeAlias = Literal["1", "一", "①"]


@attrs.frozen(kw_only=True)
class Words:
    """Words as they stand in the template."""

    text: str


@attrs.frozen(kw_only=True)
class Field:
    """The figure or the words at a path.

    Args:
        path: that of a report; without ``department``, ``project``, ``narrative`` or ``form`` in
            front as the narrative states it, or else the form; with a dot in front that of a row.
        unit: what stands behind a number without a unit; ``""``: the number alone; ``None``: as it
            is stated.
        label: what it is.
    """

    path: str
    unit: str | None
    label: str


@attrs.frozen(kw_only=True)
class Place:
    """A place that is left to whoever writes the report."""

    label: str


@attrs.frozen(kw_only=True)
class Number:
    """The number of a row in its list."""

    numerals: Numerals


@attrs.frozen(kw_only=True)
class Maybe:
    """A stretch that is left out where the report has none of the figures in it."""

    inside: tuple[Node, ...]
    other: tuple[Node, ...]


@attrs.frozen(kw_only=True)
class Each:
    """A stretch for each row.

    Args:
        path: the rows; ``rows`` are those of the group at hand.
        by: the field whose equal values make rows a group; ``""`` for each row on its own.
        inside: the stretch.
        between: what stands between two of them.
    """

    path: str
    by: str
    inside: tuple[Node, ...]
    between: tuple[Node, ...]


Node: TypeAlias = Words | Field | Place | Number | Maybe | Each

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\|\||\{[^{}\n]*\}|[\[\]|{}]")
_EACH = re.compile(r"each ([a-z_0-9.]+)(?: by ([a-z_0-9]+))?")
_FIELD = re.compile(r"(\.?[a-z_0-9]+(?:\.[a-z_0-9]+)*)(?:\|([^|{}]{0,8}))?")
_NUMBER = re.compile(r"number(?: ([1一①]))?")
_WRITE = re.compile(r"write (.{1,60})")
_ROOTS = ("department", "project", "narrative", "form")
_DATE = "department.filing_date"
_NAMES = {"title": "名称"}
"""What a row has beside its fields."""
_NAMES_OF = {"surveys": {"satisfaction_name": "满意率或满意度"}}
"""What rows of one kind have beside that."""


def parse_template(text: str) -> tuple[Node, ...]:
    """The parts of a template.

    Args:
        text: the whole template. Lines that begin with ``//`` are remarks.

    Raises:
        ProblemsError: ``bad-template``: all that is wrong, each with its line and column.
    """
    reader = _Reader(text)
    nodes = reader.nodes(_Scope())
    if reader.problems:
        problems = sorted(reader.problems, key=lambda placed: placed[0])
        raise ProblemsError("bad-template", tuple(problem for _, problem in problems))
    return nodes


@attrs.frozen(kw_only=True)
class _Scope:
    """The part of a template that is being read: how often it is repeated, and what ends it.

    Args:
        rows: the way to the rows that it is repeated for; ``""`` if it is not.
        ends: the marks that end it.
        opened: where it was opened.
    """

    rows: str = ""
    ends: tuple[str, ...] = ()
    opened: int = 0


class _Reader:
    """Parses a template, and gathers all that is wrong with it instead of stopping at the first."""

    def __init__(self, text: str) -> None:
        self.text = _REMARK.sub(lambda match: " " * len(match[0]), text.replace("\r\n", "\n"))
        self.lines = [0, *(match.end() for match in re.finditer("\n", self.text))]
        self.tokens = list(_TOKEN.finditer(self.text))
        self.at = 0
        self.position = 0
        self.last = ""
        self.problems: list[tuple[int, Problem]] = []

    def nodes(self, scope: _Scope) -> tuple[Node, ...]:
        """The parts up to the mark that ends them, which is then in ``last``."""
        nodes: list[Node] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            nodes += _words(self.text[self.position : token.start()])
            self.position = token.end()
            mark = token[0]
            if mark in _DOUBLED:
                nodes += _words(mark[0])
            elif mark in scope.ends:
                self.last = mark
                return tuple(nodes)
            else:
                nodes += self._node(mark, token.start(), scope)
        nodes += _words(self.text[self.position :])
        self.position = len(self.text)
        self.last = ""
        if scope.ends:
            self._wrong("not-closed", scope.opened, _NOT_CLOSED.fill(shown(scope.ends[-1])))
        return tuple(nodes)

    def _node(self, mark: str, start: int, scope: _Scope) -> Iterator[Node]:
        inside = mark[1:-1].strip() if mark.startswith("{") else ""
        if mark == "[":
            yield self._maybe(start, scope)
        elif mark == "|":
            yield Words(text=mark)
        elif not inside or mark in ("{end}", "{between}"):
            self._wrong("not-opened", start, _NOT_OPENED.fill(shown(mark)))
        elif match := _EACH.fullmatch(inside):
            yield self._each(match[1], match[2] or "", start, scope)
        elif match := _NUMBER.fullmatch(inside):
            if not scope.rows:
                self._wrong("no-row", start, _no_row(mark))
            yield Number(numerals=_numerals(match[1]))
        elif match := _WRITE.fullmatch(inside):
            yield Place(label=match[1])
        elif match := _FIELD.fullmatch(inside):
            yield from self._field(match[1], match[2], start, scope)
        else:
            self._wrong("bad-mark", start, _BAD_MARK.fill(shown(mark)))

    def _maybe(self, start: int, scope: _Scope) -> Maybe:
        inner = attrs.evolve(scope, ends=("|", "]"), opened=start)
        inside, other = self.nodes(inner), tuple[Node, ...]()
        if self.last == "|":
            other = self.nodes(attrs.evolve(inner, ends=("]",)))
        if not _has_fields(inside) and not self.problems:
            self._wrong("no-figure", start, _NO_FIGURE)
        return Maybe(inside=inside, other=other)

    def _each(self, path: str, by: str, start: int, scope: _Scope) -> Each:
        way = scope.rows if path == "rows" else path
        if path == "rows" and not scope.rows:
            self._wrong("no-row", start, _no_row(path))
        elif path != "rows" and not _rows_at(path):
            self._wrong("no-rows", start, _NO_ROWS.fill(shown(path)))
            way = ""
        elif by and not _of_row(way, by):
            self._wrong("no-field", start, _no_field(by, _fields_of_rows(way)))
        inner = _Scope(rows=way or "?", ends=("{between}", "{end}"), opened=start)
        inside, between = self.nodes(inner), tuple[Node, ...]()
        if self.last == "{between}":
            between = self.nodes(attrs.evolve(inner, ends=("{end}",)))
        return Each(path=path, by=by, inside=inside, between=between)

    def _field(self, path: str, unit: str | None, start: int, scope: _Scope) -> Iterator[Field]:
        if path.startswith("."):
            name = path[1:]
            if not scope.rows:
                self._wrong("no-row", start, _no_row(path))
            elif scope.rows != "?":
                label = _names_of(scope.rows).get(name) or _label(_of_row(scope.rows, name))
                if label:
                    yield Field(path=path, unit=unit, label=label)
                else:
                    self._wrong("no-field", start, _no_field(name, _fields_of_rows(scope.rows)))
            return
        steps = _steps(path)
        if path == _DATE:
            yield Field(path=path, unit=unit, label="填报时间")
        elif not steps:
            self._wrong("no-field", start, _no_field(path, _all_fields()))
        elif any(step.of is not None and _is_rows(path, at) for at, step in enumerate(steps)):
            self._wrong("needs-each", start, _NEEDS_EACH.fill(shown(path), end="{end}"))
        elif steps[-1].of is not None and not path.endswith("target"):
            self._wrong("no-field", start, _no_field(path, _all_fields(path)))
        else:
            yield Field(path=path, unit=unit, label=_label(steps))

    def _wrong(self, code: str, start: int, message: Text) -> None:
        line = bisect.bisect_right(self.lines, start)
        column = start - self.lines[line - 1] + 1
        problem = Problem(code=code, where=f"{line}:{column}", message=message)
        self.problems.append((start, problem))


_REMARK = re.compile(r"^//[^\n]*$", re.MULTILINE)
_DOUBLED = ("{{", "}}", "[[", "]]", "||")


def _has_fields(nodes: Sequence[Node]) -> bool:
    return any(
        isinstance(node, Field) or (isinstance(node, (Maybe, Each)) and _has_fields(node.inside))
        for node in nodes
    )


def _words(text: str) -> Sequence[Words]:
    return [Words(text=text)] if text else []


def _numerals(text: str | None) -> Numerals:
    return "一" if text == "一" else "①" if text == "①" else "1"


# What the model has.


def _steps(path: str) -> tuple[Declaration, ...]:
    """What the model says of each step of a path, which may lack the part of the report."""
    first = path.partition(".")[0]
    full_path = path if first in _ROOTS else f"form.{path}"
    return declarations_of(SelfEvaluation, full_path)


def _is_rows(path: str, at: int) -> bool:
    names = path.split(".")
    full_names = names if names[0] in _ROOTS else ["form", *names]
    return full_names[at] in _PLURAL


_PLURAL = (
    "sources", "categories", "indicators", "achievements", "surveys", "breakdowns", "parts",
)  # fmt: skip
"""The fields of the model that hold rows."""


def _rows_at(path: str) -> tuple[Declaration, ...]:
    steps = _steps(path)
    return steps if path.rpartition(".")[2] in _PLURAL else ()


def _of_row(rows: str, name: str) -> tuple[Declaration, ...]:
    return _steps(f"{rows}.{name}")


def _label(steps: Sequence[Declaration]) -> str:
    return steps[-1].label.zh if steps else ""


def _fields_of_rows(rows: str) -> list[str]:
    steps = _steps(rows)
    kind = steps[-1].of if steps else None
    names = [] if kind is None else [field.name for field in attrs.fields(kind)]
    return [*(name for name in names if _of_row(rows, name)), *_names_of(rows)]


def _names_of(rows: str) -> Mapping[str, str]:
    return _NAMES | _NAMES_OF.get(rows.rpartition(".")[2], {})


def _all_fields(below: str = "") -> list[str]:
    """The paths of single figures and words, those below a path where one is given."""
    paths: list[str] = []
    for root in ("department", "project", "form"):
        for path in _leaves(root):
            short = path.removeprefix("form.")
            if short.startswith(below):
                paths.append(short)
    return paths


def _leaves(path: str) -> Iterator[str]:
    steps = declarations_of(SelfEvaluation, path)
    kind = steps[-1].of
    if kind is None or path.rpartition(".")[2] == "target":
        yield path
    elif path.rpartition(".")[2] not in _PLURAL:
        for field in attrs.fields(kind):
            if declarations_of(SelfEvaluation, f"{path}.{field.name}"):
                yield from _leaves(f"{path}.{field.name}")


def _no_field(path: str, known: Sequence[str]) -> Text:
    near = difflib.get_close_matches(path, known, n=2, cutoff=0.5) or known[:3]
    return _NO_FIELD.fill(shown(path), LIST.join(near))


def _no_row(mark: str) -> Text:
    return _NO_ROW.fill(shown(mark), end="{end}")


_NOT_CLOSED = Text(
    zh="没有结束：请在后面写上 {}（字面上的括号写两个，如 [[）",
    en="is not closed: write {} behind it (a bracket that is meant as one is written twice, as [[)",
)
_NO_FIGURE = Text(
    zh="方括号里没有字段，永远不会写出：字面上的方括号写两个，如 [[",
    en="there is no field in these brackets, which would never be written: a bracket that is meant "
    "as one is written twice, as [[",
)
_NOT_OPENED = Text(
    zh="{} 前面没有与之相配的开头：请删去，字面上的括号写两个",
    en="{} ends nothing that was opened: remove it; a bracket that is meant as one is written "
    "twice",
)
_NO_ROW = Text(
    zh="{} 只能写在 {each …} 和 {end} 之间",
    en="{} can stand between {each …} and {end} only",
)
_NO_ROWS = Text(
    zh="{} 不是逐行的内容：可用的是 funding.sources、basic_expenditure.categories、"
    "project_expenditure.sources、indicators、achievements、surveys",
    en="{} has no rows: what has are funding.sources, basic_expenditure.categories, "
    "project_expenditure.sources, indicators, achievements and surveys",
)
_NEEDS_EACH = Text(
    zh="{} 有多行：请写成 {each …}{.字段}{end}",
    en="{} has several rows: write {each …}{.field}{end}",
)
_NO_FIELD = Text(
    zh="报告中没有字段 {}：相近或可用的有 {}",
    en="the report has no field {}: near it, or at hand, are {}",
)
_BAD_MARK = Text(
    zh="看不懂 {}：字段写作 {funding.total.initial}，待写的文字写作 {write 主要职能}",
    en="{} is not understood: a field is {funding.total.initial}, and words to be written are "
    "{write 主要职能}",
)

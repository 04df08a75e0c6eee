"""The chapters of a report: a template filled in with its figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from typing import cast

import attrs

from budgetperf.documents.writers.paragraphs import Level, Paragraph, Piece
from budgetperf.documents.writers.printed import (
    called_alone,
    date_text,
    in_chinese,
    printed_in_text,
    target_text,
)
from budgetperf.exact import MONEY, Figure, Missing, MissingReason
from budgetperf.model import (
    Achievement,
    CategoryAmount,
    EconomicCategory,
    FundingKind,
    FundingSource,
    Indicator,
    SelfEvaluation,
    Statement,
    Survey,
    Target,
    resolve,
)
from budgetperf.model.fields import Element, FigureKind
from budgetperf.model.paths import kind_of
from budgetperf.plain.structuring import data_folder

from .template import Each, Field, Maybe, Node, Number, Numerals, Place, Words, parse_template

__all__ = ["BLANK", "Chapters", "chapters_of", "template_text"]

BLANK = "＿＿＿"
"""What stands for a figure or words that are not there, as on paper: never 0."""


@attrs.frozen(kw_only=True)
class Chapters:
    """The text of a report.

    Args:
        paragraphs: from top to bottom.
        held: the paths of what stands in it.
        blanks: what is left to be filled in, in words.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    held: frozenset[str] = frozenset()
    blanks: tuple[str, ...] = ()


def template_text(id: str) -> str:
    """The template that is shipped for the form of that id."""
    folder = data_folder("budgetperf.documents", "writers") / "narratives"
    return (folder / f"{id}.txt").read_text(encoding="utf-8")


def chapters_of(
    report: SelfEvaluation,
    template: str,
    *,
    left_open: Collection[str] = (),
    listed_apart: Collection[str] = (),
) -> Chapters:
    """The text of a report.

    Args:
        report: the report.
        template: the whole template.
        left_open: the paths of what is still to be filled in.
        listed_apart: the paths of what is listed elsewhere as to be filled in.

    Raises:
        ProblemsError: the template is wrong; all that is wrong is listed.
    """
    filling = _Filling(report, frozenset(left_open))
    runs = [run for node in parse_template(template) for run in filling.runs(node, _Row())]
    return Chapters(
        paragraphs=tuple(_paragraphs(runs)),
        held=frozenset(path for run in runs for path in (run.path, *run.also) if path),
        blanks=tuple(
            dict.fromkeys(run.label for run in runs if run.label and run.path not in listed_apart)
        ),
    )


@attrs.frozen(kw_only=True)
class _Run:
    """A stretch of the text on its way into a paragraph: words, or a figure of the report.

    Args:
        text: its words.
        is_own: whether they are the template's.
        path: what it holds.
        also: what it holds beside that: the same heading of other rows.
        label: what is missing there.
        is_stated: whether the report has it, or it is to be filled in.
    """

    text: str
    is_own: bool = False
    path: str = ""
    also: tuple[str, ...] = ()
    label: str = ""
    is_stated: bool = False


@attrs.frozen(kw_only=True)
class _Row:
    """The row at hand: where it stands and beside which one, its group, and its number."""

    ways: tuple[str, ...] = ()
    group: tuple[tuple[str, ...], ...] = ()
    number: int = 0
    name: str = ""


class _Filling:
    """Fills the nodes of a template with what a report states, in one unit for all blanks."""

    def __init__(self, report: SelfEvaluation, left_open: frozenset[str]) -> None:
        self.report = report
        self.left_open = left_open
        self.unit = _money_unit(report)

    def runs(self, node: Node, row: _Row) -> Iterator[_Run]:
        """The words of a part of the template."""
        match node:
            case Words():
                yield _Run(text=node.text, is_own=True)
            case Place():
                yield _Run(text=f"【待写：{node.label}】", label=node.label)
            case Number():
                yield _Run(text=_numeral(row.number, node.numerals))
            case Field():
                yield self._field(node, row)
            case Maybe():
                inside = self._all(node.inside, row)
                is_there = any(run.is_stated for run in inside)
                yield from inside if is_there else self._all(node.other, row)
            case Each():
                yield from self._each(node, row)

    def _all(self, nodes: Sequence[Node], row: _Row) -> list[_Run]:
        return [run for node in nodes for run in self.runs(node, row)]

    def _each(self, node: Each, row: _Row) -> Iterator[_Run]:
        rows = row.group if node.path == "rows" else self._rows(node.path)
        groups = self._grouped(rows, node.by) if node.by else [(ways,) for ways in rows]
        several: list[list[_Run]] = []
        for group in groups:
            inner = _Row(
                ways=group[0],
                group=tuple(group),
                number=len(several) + 1,
                name=self._name(group[0]),
            )
            own = self._all(node.inside, inner)
            headings = tuple(f"{way}.{node.by}" for ways in group for way in ways if node.by)
            if any(run.text.strip() for run in own):
                several.append([*own, _Run(text="", also=headings)])
        for at, own in enumerate(several):
            yield from self._all(node.between, row) if at else ()
            yield from own

    def _rows(self, path: str) -> tuple[tuple[str, ...], ...]:
        """The rows at a path, each with where else the same one stands: in the form."""
        first = path.partition(".")[0]
        if first in ("department", "project", "narrative", "form"):
            return tuple((f"{path}[{at}]",) for at, _ in self._elements(path))
        own, form = (self._elements(f"{part}.{path}") for part in ("narrative", "form"))
        beside: dict[str, list[int]] = {}
        for at, element in form:
            beside.setdefault(element.key, []).append(at)
        if not own:
            return tuple((f"form.{path}[{at}]",) for at, _ in form)
        return tuple(
            (f"narrative.{path}[{at}]", *(f"form.{path}[{i}]" for i in same if len(same) == 1))
            for at, element in own
            for same in [beside.get(element.key, [])]
        )

    def _elements(self, path: str) -> list[tuple[int, Element]]:
        """The rows at a path; sources and categories in the order in which texts name them."""
        numbered = enumerate(cast("tuple[object, ...]", resolve(self.report, path)))
        rows = [(at, element) for at, element in numbered if isinstance(element, Element)]
        rows = [
            (at, element)
            for at, element in rows
            if not isinstance(element, Indicator) or element.key
        ]
        return sorted(rows, key=lambda row: _place_of(row[1]))

    def _grouped(
        self, rows: Sequence[tuple[str, ...]], by: str
    ) -> list[tuple[tuple[str, ...], ...]]:
        groups: dict[object, list[tuple[str, ...]]] = {}
        for ways in rows:
            value = self._first(f"{way}.{by}" for way in ways)[1]
            groups.setdefault(value if isinstance(value, str) else "", []).append(ways)
        return [tuple(group) for group in groups.values()]

    def _name(self, ways: tuple[str, ...]) -> str:
        element = resolve(self.report, ways[0])
        if isinstance(element, FundingSource) and element.label:
            return called_alone(element.label)
        if isinstance(element, Achievement):
            return element.name
        return element.title.zh if isinstance(element, Element) else ""

    def _field(self, node: Field, row: _Row) -> _Run:
        if node.path == ".title":
            return _Run(text=row.name, also=tuple(f"{way}.name" for way in row.ways))
        if node.path == ".satisfaction_name":
            survey = resolve(self.report, row.ways[0])
            is_share = isinstance(survey, Survey) and survey.is_share
            also = tuple(f"{way}.is_share" for way in row.ways)
            return _Run(text="满意率" if is_share else "满意度", also=also)
        path, value = self._first(self._ways(node.path, row))
        if isinstance(value, Missing) and node.path in _COUNTS and path not in self.left_open:
            value = self._count(_COUNTS[node.path]) or value
        match value:
            case Figure():
                text = printed_in_text(value, node.unit)
            case Target():
                text = target_text(value)
            case str():
                text = in_chinese(value)
            case dt.date():
                text = date_text(value)
            case Missing() if value.says_none or value.reason in _NOTHING:
                text = value.text or ("—" if value.says_none else "")
            case Missing():  # a blank cell, or what cannot be read
                text = value.text
            case _:
                text = str(value)
        is_open = path in self.left_open or (isinstance(value, Missing) and value.is_blank)
        if text and not (is_open and isinstance(value, Missing)):
            is_none = isinstance(value, Missing) and value.says_none
            also = (f"{path}.value",) if isinstance(value, Target) else ()
            return _Run(text=text, path=path, also=also, is_stated=not is_none)
        is_due = path in self.left_open or _is_blank_cell(path, value)
        unit = self.unit if kind_of(path) is FigureKind.AMOUNT else node.unit or ""
        label = f"{row.name}·{node.label}" if row.name and node.path.startswith(".") else node.label
        return _Run(text=f"{BLANK}{unit}", path=path, label=label, is_stated=is_due)

    def _count(self, levels: tuple[str, ...]) -> Figure | None:
        """How many indicators of a level the table has; ``None`` where a heading is not stated."""
        rows = self._rows("indicators")
        names = [
            tuple(self._first(tuple(f"{way}.{level}" for way in ways))[1] for level in levels)
            for ways in rows
        ]
        if not rows or any(not isinstance(word, str) for words in names for word in words):
            return None
        number = len(set(names)) if levels else len(rows)
        return Figure(value=str(number), unit="个", rounding=None)

    def _ways(self, path: str, row: _Row) -> tuple[str, ...]:
        if path.startswith("."):
            return tuple(f"{way}{path}" for way in row.ways)
        if path.partition(".")[0] in ("department", "project", "narrative", "form"):
            return (path,)
        return tuple(f"{part}.{path}" for part in ("narrative", "form"))

    def _first(self, ways: Iterator[str] | tuple[str, ...]) -> tuple[str, object]:
        """The first of some paths at which something is stated, or is to be filled in."""
        known = [(path, resolve(self.report, path)) for path in ways]
        for path, value in known:
            is_there = not (isinstance(value, Missing) and value.is_blank) and value != Target()
            if is_there:
                return path, value
        due = (
            (path, value)
            for path, value in known
            if path in self.left_open or _is_blank_cell(path, value)
        )
        return next(due, known[0])


_COUNTS = {
    "level_counts.level1": ("level1",),
    "level_counts.level2": ("level1", "level2"),
    "level_counts.level3": (),
}
"""What the table tells where the report does not state it, and by which headings."""


def _is_blank_cell(path: str, value: object) -> bool:
    """Whether a cell is empty in which a figure is due; words are due where they are asked for."""
    is_blank = isinstance(value, Missing) and value.reason is MissingReason.BLANK
    return is_blank and kind_of(path) is not None


def _place_of(row: Element) -> int:
    match row:
        case FundingSource():
            return _KINDS.index(row.kind)
        case CategoryAmount():
            return list(EconomicCategory).index(row.category)
        case _:
            return 0


_KINDS = (
    FundingKind.UPPER,
    FundingKind.CENTRAL_TRANSFER,
    FundingKind.REGIONAL_TRANSFER,
    FundingKind.LOCAL,
    FundingKind.CURRENT_APPROPRIATION,
    FundingKind.CARRY_OVER,
    FundingKind.UNLISTED,
    FundingKind.OTHER,
)
_NOTHING = (MissingReason.NOT_STATED, MissingReason.BLANK)


def _money_unit(report: SelfEvaluation) -> str:
    """The unit that blanks for amounts have."""
    symbols = {
        figure.unit.symbol
        for statement in (report.narrative, report.form)
        for figure in _amounts(statement)
        if figure.unit.dimension == MONEY
    }
    return symbols.pop() if len(symbols) == 1 else "万元"


def _amounts(statement: Statement) -> Iterator[Figure]:
    total = statement.funding.total
    for amount in (total.initial, total.revised, total.executed):
        if isinstance(amount, Figure):
            yield amount


# Numbers of rows.


def _numeral(number: int, numerals: Numerals) -> str:
    if numerals == "一":
        return _in_chinese(number)
    if numerals == "①":
        return _circled(number)
    return str(number)


_DIGITS = "〇一二三四五六七八九"


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    front = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones else "") or _DIGITS[0]


def _circled(number: int) -> str:
    for start, first, last in ((0x2460, 1, 20), (0x3251, 21, 35), (0x32B1, 36, 50)):
        if first <= number <= last:
            return chr(start + number - first)
    return f"（{number}）"


# Paragraphs.


def _paragraphs(runs: Sequence[_Run]) -> Iterator[Paragraph]:
    """The paragraphs of the template: lines that came out empty are left out."""
    line: list[_Run] = []
    for run in [*runs, _Run(text="\n", is_own=True)]:
        parts = run.text.split("\n") if run.is_own else [run.text]
        for at, part in enumerate(parts):
            if at:
                yield from _paragraph(line)
                line = []
            if part:
                line.append(attrs.evolve(run, text=part))


def _paragraph(line: Sequence[_Run]) -> Iterator[Paragraph]:
    if not any(run.text.strip() for run in line):
        return
    level, first = Level.TEXT, line[0]
    mark, blank, heading = first.text.lstrip().partition(" ")
    if first.is_own and blank and mark in _LEVELS:
        level, line = _LEVELS[mark], [attrs.evolve(first, text=heading.lstrip()), *line[1:]]
    pieces: list[Piece] = []
    for run in line:
        is_open, text = bool(run.label), run.text
        before = pieces[-1].text if pieces else ""
        if run.is_own and before.endswith("。"):
            text = text.removeprefix("。")  # the words had an end of their own
        if not run.is_own and before.endswith(_MORE) and _BELOW_ZERO.match(text):
            before, text = before.removesuffix(_MORE) + _LESS, text[1:]
        if pieces and pieces[-1].is_open == is_open:
            pieces[-1] = Piece(text=before + text, is_open=is_open)
        elif text:
            pieces.append(Piece(text=text, is_open=is_open))
    yield Paragraph(level=level, pieces=tuple(pieces))


_MORE, _LESS = "增加", "减少"
_BELOW_ZERO = re.compile(r"-\d")
_LEVELS = {level.value: level for level in Level if level is not Level.TEXT}

"""The forms of a document, one after the other: which rows are which block of which form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.narrative import stated
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact import Figure, Missing, MissingReason, Place, Stated, Text
from budgetperf.model import EvaluationKind

from . import cells, notes
from .beside.reviews import note_of
from .beside.year_rows import YearRows, not_elsewhere, year_rows_header
from .funding import FundingBlock, pairs_in
from .grid import Item, Line, Prose, Sheet, forget
from .head import (
    identity_in,
    is_title,
    kind_in,
    lists_projects,
    names_last_year,
    result_in,
    score_in,
    scores_beside,
    title_of,
    unit_in,
    year_in,
    years_named,
)
from .headers import Header, funding_header, goal_header, indicator_header, is_number
from .indicators import IndicatorTable, is_total, is_words, rating_in, total_row
from .projects import ProjectTable, project_header
from .vocabulary import Vocabulary
from .words import money_unit
from .years import YearHeader, YearTable, years_header

__all__ = ["Form", "read_forms"]


@attrs.frozen(kw_only=True, eq=False)
class HeadScore:
    """A total score above or below a table: its figure, and where that stands in its text."""

    figure: Figure
    segment: Segment
    span: tuple[int, int]


@attrs.define(kw_only=True, eq=False)
class Form:
    """One form of a document.

    Args:
        known: the words by which it was read.
        title: what it is called.
        kind: what its title says that it evaluates.
        values: what it states, each at its path.
        notes: what is to be said about its print.
        unit: the unit of its head.
        names: what its head says, by path.
        funding: its funding block.
        table: its indicator table.
        projects: its list of projects.
        years: its table with columns of several years.
        totals: the rows that were read as its total.
        segments: the pieces of text that belong to it.
        declined: how many cells with numbers were left out on purpose.
        head_scores: the total scores that its head says, or a line below it.
        words: the words of its cells, as headers are compared.
    """

    known: Vocabulary
    title: str = ""
    kind: EvaluationKind | None = None
    values: list[Found] = attrs.Factory(list[Found])
    notes: list[Text] = attrs.Factory(list[Text])
    unit: str = ""
    names: dict[str, str] = attrs.Factory(dict[str, str])
    funding: FundingBlock | None = None
    table: IndicatorTable | None = None
    projects: ProjectTable | None = None
    years: YearTable | None = None
    totals: list[Line] = attrs.Factory(list[Line])
    segments: list[Segment] = attrs.Factory(list[Segment])
    declined: int = 0
    head_scores: list[HeadScore] = attrs.Factory(list[HeadScore])
    words: set[str] = attrs.Factory(set[str])

    @property
    def has_total(self) -> bool:
        """Whether a total was read."""
        return bool(self.totals)

    @property
    def is_begun(self) -> bool:
        """Whether it has a block of figures."""
        return self.funding is not None or self.table is not None

    @property
    def is_form(self) -> bool:
        """Whether it is one: with indicators, or with funds under the title or the name of one.

        A table of amounts alone may be any.
        """
        if self.table is not None and self.table.count:
            return True
        is_named = "表" in self.title or "project.name" in self.names
        return self.funding is not None and self.funding.total and is_named

    @property
    def has_beside(self) -> bool:
        """Whether it has figures of projects or of several years."""
        return self.projects is not None or self.years is not None

    @property
    def year(self) -> Figure | None:
        """The year that its head says."""
        said = [found.value for found in self.values if found.path == "department.year"]
        return said[0] if said and isinstance(said[0], Figure) else None

    @property
    def list_columns(self) -> frozenset[str]:
        """The columns of its list of projects."""
        return frozenset(self.projects.header.columns if self.projects is not None else ())

    def evaluates_by(self, default: EvaluationKind) -> EvaluationKind:
        """What is evaluated: as the title says, else a project where one is named, else what is
        given."""
        named = "project.name" in self.names
        return self.kind or (EvaluationKind.PROJECT if named else default)


def read_forms(items: Sequence[Item], known: Vocabulary) -> list[Form]:
    """The forms that a document holds, in its order, told by the words that are known."""
    reader = _Reader(known)
    for item in items:
        if isinstance(item, Prose):
            reader.prose(item)
        else:
            reader.sheet(item)
    return _with_all_text(reader.forms)


def _with_all_text(forms: Sequence[Form]) -> list[Form]:
    """The forms that are any; the text of the others goes with the one before, or the first."""
    alone = _with_lists(forms)
    kept: list[Form] = []
    before: list[Segment] = []
    head: list[Found] = []
    apart: list[Form] = []
    for form in forms:
        if form.is_form or form is alone:
            form.segments[:0] = before
            for other in apart:
                _leave_out_apart(other, form)
            apart = []
            known = {value.path for value in form.values}
            form.values[:0] = [value for value in head if value.path not in known]
            before, head = [], []
            _finish(form)
            kept.append(form)
        elif kept:
            _leave_out_apart(form, kept[-1])
            kept[-1].segments += form.segments
        else:
            apart.append(form)
            before += form.segments
            head += [v for v in form.values if v.path.startswith(("department.", "project."))]
    return kept


def _with_lists(forms: Sequence[Form]) -> Form | None:
    """Give a list of projects that stands by itself to the form of the department. Where there is
    no form at all, it may be all that there is of one, which is returned then."""
    own = [form for form in forms if form.is_form]
    apart = [form for form in forms if form.has_beside and form not in own]
    if not own:
        (alone,) = apart if len(apart) == 1 else (None,)
        if alone is None or not ("表" in alone.title or "code" in alone.list_columns):
            return None
        if alone.years is None and (alone.projects is None or alone.projects.count < _SEVERAL):
            return None
        alone.kind = EvaluationKind.DEPARTMENT
        return alone
    department = EvaluationKind.DEPARTMENT
    departments = [form for form in own if form.evaluates_by(department) is department]
    if len(departments) == 1 and len(apart) == 1:
        (whole,), (alone,) = departments, apart
        if whole.projects is None:
            whole.projects, alone.projects = alone.projects, None
        if whole.years is None:
            whole.years, alone.years = alone.years, None
    return None


_SEVERAL = 2


def _leave_out_beside(other: Form, form: Form) -> None:
    """Take back a list of projects or a table of several years that belongs to no form that was
    read, and say so to one."""
    for block, note in ((other.projects, notes.PROJECTS_APART), (other.years, notes.YEARS_APART)):
        if block is not None:
            form.declined += sum(is_number(piece.text) for piece in block.pieces)
            forget(block.pieces)
            form.notes.append(note.fill(block.number))


def _leave_out_apart(other: Form, form: Form) -> None:
    """Take back the funds below no title and beside no indicators, and say so: they are those of
    another year, or of a part. Where the funds of the form are no more than that, neither is sure
    to be those of the form."""
    _leave_out_beside(other, form)
    funding, own = other.funding, form.funding
    if funding is None or not any(funding.amounts.values()):
        return
    if own is not None and _numbers(own) == _numbers(funding):
        return  # once more the same
    form.declined += sum(
        is_number(piece.text) for pieces in funding.pieces.values() for piece in pieces
    )
    _leave_out_funding(other)
    number = funding.header.pieces[0].place.line
    if own is not None and form.table is None and funding.total:
        _leave_out_funding(form)
        form.notes.append(notes.NEITHER.fill(own.header.pieces[0].place.line, number))
    else:
        form.notes.append(notes.APART.fill(number))


def _numbers(funding: FundingBlock) -> dict[str, Fraction | None]:
    """The amounts of the total, without where they stand."""
    return {field: _number(value) for field, value in funding.amounts.get(_TOTAL, {}).items()}


_TOTAL = "form.funding.total"
_OF_EXPENDITURE = ("form.basic_expenditure", "form.project_expenditure")
_OF_FUNDING = ("form.funding.", "form.basic_", "form.project_", "form.adjustment")


def _finish(form: Form) -> None:
    """What is known of a form when all of it was read."""
    if form.table is not None:
        rows = form.table.finish()
        _leave_out_points_told_twice(form, rows)
        form.values += rows
        form.notes += form.table.notes
        form.declined += form.table.declined
    if form.projects is not None:
        form.values += form.projects.finish()
        form.notes += form.projects.notes
        form.declined += form.projects.declined
    if form.years is not None:
        form.values += not_elsewhere(form.values, form.years.finish(form.year))
        form.notes.append(form.years.note(form.year))
        form.declined += form.years.declined
    form.values += _score_of_head(form)
    funding = form.funding
    if funding is None:
        return
    details = funding.details
    if funding.shifted:
        _leave_out_funding(form)
    if funding.other_expenditure:
        form.values = [v for v in form.values if not v.path.startswith(_OF_EXPENDITURE)]
        for path in _OF_EXPENDITURE:
            forget(funding.pieces.get(path, ()))
    labels = [
        str(value.value)
        for value in form.values
        if value.path.endswith("].label") and value.path.removesuffix(".label") in details
    ]
    form.values = [v for v in form.values if v.path.rpartition(".")[0] not in details]
    funding.left_out += labels
    for path in details:
        forget(funding.pieces[path])
    form.notes += funding.notes
    form.declined += funding.declined


def _score_of_head(form: Form) -> list[Found]:
    """The total score above the table. One of 100 that is not that of the total row is what can be
    reached; of several that differ otherwise none is taken, which is told."""
    row = [_number(v.value) for v in form.values if v.path == "form.total_score"][:1]
    scores = {score.figure.nominal for score in form.head_scores}
    if len(scores) > 1 and not (row and scores <= {*row, _FULL}):
        shown = dict.fromkeys(score.figure.text for score in form.head_scores)
        form.notes.append(notes.TWO_SCORES.fill(zh="、".join(shown), en=", ".join(shown)))
        return []
    for score in form.head_scores:
        score.segment.understand(*score.span)
    if len(scores) != 1 or (scores == {_FULL} and row and row[0] != _FULL):
        return []
    return [Found(path="form.total_score", value=form.head_scores[0].figure)]


_FULL = 100


def _leave_out_funding(form: Form) -> None:
    """Take back what was read of the funding block."""
    form.values = [v for v in form.values if not v.path.startswith(_OF_FUNDING)]
    blocks = form.funding.pieces.values() if form.funding is not None else ()
    for pieces in blocks:
        forget(pieces)


def _scored(form: Form, table: IndicatorTable) -> Fraction:
    """The sum of the scores that were read."""
    values = (*form.values, *table.values)
    scores = (_number(found.value) for found in values if found.path.endswith(".score"))
    return sum((score for score in scores if score is not None), start=Fraction(0))


_EXECUTION = ("form.funding.total.weight", "form.funding.total.score")


def _leave_out_points_told_twice(form: Form, rows: Sequence[Found]) -> None:
    """The points of the execution beside the funds, where a row of the table that is called so has
    the same: they may be these once more, or others."""
    table = form.table
    before = {found.path: found for found in form.values if found.path in _EXECUTION}
    if table is None or len(before) < len(_EXECUTION):
        return
    at = {found.path: found.value for found in rows}
    due = [_number(before[path].value) for path in _EXECUTION]
    for path, name in at.items():
        where, _, field = path.rpartition(".")
        is_execution = field == "name" and name in table.known.indicators.of_execution
        own = [_number(at.get(f"{where}.{points}")) for points in ("weight", "score")]
        if not is_execution or None in own or own != due:
            continue
        for found in before.values():
            figure = found.value
            if isinstance(figure, Figure):
                line = figure.place.line if figure.place is not None else None
                unclear = Missing(reason=MissingReason.AMBIGUOUS, text=figure.text, line=line)
                form.values[form.values.index(found)] = Found(path=found.path, value=unclear)
        form.notes.append(notes.TWICE)
        return


def _number(value: object) -> Fraction | None:
    return value.nominal if isinstance(value, Figure) else None


_PAGE = re.compile(r"[-—第]*\d{1,3}[-—页]*(?:/?共?\d{1,3}页?)?|续表?|\(续\)")


class _Reader:
    def __init__(self, known: Vocabulary) -> None:
        self._known = known
        self.forms: list[Form] = [Form(known=known)]
        self._block: FundingBlock | IndicatorTable | None = None
        self._goal: Header | None = None
        self._funding_here = False  # whether the funding block stands in the table at hand
        self._table_here = False  # whether the indicator table does
        self._in_projects = False  # whether the rows at hand list projects, or are left out
        self._projects: ProjectTable | None = None  # the list that they belong to, if it is read
        self._years: YearTable | None = None  # the table of several years that they belong to
        self._heading = ""  # the words that stand alone above the row at hand

    @property
    def _form(self) -> Form:
        return self.forms[-1]

    def _start(self) -> None:
        self.forms.append(Form(known=self._known))
        self._block = self._goal = None
        self._funding_here = self._table_here = False

    # Prose.

    def prose(self, item: Prose) -> None:
        """What stands between tables."""
        if is_title(item.text):
            self._title(item.text, item.line, item.segment)
        elif not (_PAGE.fullmatch(item.text) or self._result(item)):
            self._block = None
            self._heading = item.text
            self._head(item.text, item.line, item.segment)
        self._form.segments.append(item.segment)

    def _result(self, item: Prose) -> bool:
        """Whether a line below the indicators is their total or the grade, and nothing else.

        A total of 100 may be what can be reached, unless the scores make it.
        """
        table = self._form.table
        result = result_in(item.text, self._known) if table is not None and table.count else None
        if table is None or result is None:
            return False
        if result.score is not None:
            figure = stated(result.score["figure"], Place(line=item.line))
            is_full = result.may_be_full and _scored(self._form, table) != _FULL
            if not is_full and isinstance(figure, Figure):
                self._score(figure, item.segment)
        known = any(value.path == "form.rating" for value in self._form.values)
        if result.rating and not known:
            self._form.values.append(Found(path="form.rating", value=result.rating))
        return True

    def _title(self, text: str, line: int, segment: Segment) -> None:
        """A title begins a form; what follows may tell that it is the one before once more."""
        if self._form.is_begun:
            self._start()
        self._form.title = title_of(text)
        self._form.kind = kind_in(text) or self._form.kind
        self._head(text, line, segment)

    def _head(self, text: str, line: int, segment: Segment) -> None:
        """The year, the unit and the total score that the head of a form says; the score also a
        line below it that says nothing else."""
        score = score_in(text, self._known)
        if self._form.is_begun and not (score and score.span() == (0, len(text))):
            return
        if score is not None:
            figure = stated(score["figure"], Place(line=line))
            self._score(figure, segment, score.span("figure"))
        if self._form.is_begun:
            return
        year = year_in(text, Place(line=line))
        if year is not None and self._form.year is None:
            self._form.values.append(Found(path="department.year", value=year))
        self._form.unit = unit_in(text) or self._form.unit

    def _score(self, value: Stated, segment: Segment, span: tuple[int, int] | None = None) -> None:
        """A total score in the head, or below the table."""
        if isinstance(value, Figure):
            whole = span or (0, segment.length)
            score = HeadScore(figure=value, segment=segment, span=whole)
            self._form.head_scores.append(score)

    # Tables.

    def sheet(self, sheet: Sheet) -> None:
        """The rows of a table."""
        self._funding_here = self._table_here = self._in_projects = False
        self._years = None
        table = self._block if isinstance(self._block, IndicatorTable) else None
        self._block = table if table is not None and _goes_on(table, sheet) else None
        self._table_here = self._block is not None
        at = 0
        while at < len(sheet.lines):
            count = self._row(sheet, at)
            last = sheet.lines[at + count - 1]
            self._heading = last.pieces[0].text if len(last.pieces) == 1 else ""
            for line in sheet.lines[at : at + count]:
                self._form.segments += [piece.segment for piece in line.pieces]
                self._form.words |= line.words
            at += count
        self._goal = None
        if isinstance(self._block, FundingBlock):
            self._block = None

    def _row(self, sheet: Sheet, at: int) -> int:
        """Read a row, or a header; how many rows that were."""
        line, two = sheet.lines[at], sheet.lines[at : at + 2]
        listed = project_header(line, self._known)
        if listed is not None or lists_projects(line, self._known):
            self._begin_projects(listed, line.number)
            return 1
        header = indicator_header(two, self._known)
        if header is not None:
            self._in_projects, self._years = False, None
            self._begin_indicators(header, sheet.width)
            return header.lines
        of_years = years_header(two, self._known)
        if of_years is not None:
            self._begin_years(of_years, line.number)
            return of_years.lines
        of_rows = year_rows_header(sheet.lines[at:], self._heading, self._known)
        if of_rows is not None:
            unit = unit_in(self._heading) or self._form.unit
            self._begin_years_of(YearRows.begun(of_rows, self._known, unit, line.number))
            return of_rows.lines
        header = funding_header(two, self._known)
        if header is not None:
            self._in_projects, self._years = False, None
            self._begin_funding(header, sheet.lines[at + header.lines :])
            return header.lines
        header = goal_header(line, self._known)
        if header is not None:
            self._block, self._goal, self._years = None, header, None
            return 1
        self._one_row(line, sheet.lines[at + 1] if at + 1 < len(sheet.lines) else None)
        return 1

    def _begin_projects(self, header: Header | None, number: int) -> None:
        """A list of projects; one of other columns than the list before it is left out."""
        if self._is_of_another_year([self._heading]):
            self._leave_out(number)
            return
        form, self._projects = self._form, None
        unit = unit_in(self._heading) or form.unit
        if header is not None and form.projects is None:
            form.projects = ProjectTable(known=self._known, header=header, unit=unit, number=number)
        known = form.projects
        if header is not None and known is not None and _alike(header, known.header):
            known.header, self._projects = header, known
        if self._projects is None:
            form.notes.append(notes.OF_PROJECTS.fill(number))
        self._block = self._goal = None
        self._funding_here = self._table_here = False
        self._in_projects = True

    def _begin_years(self, header: YearHeader, number: int) -> None:
        """A table of several years; a second one is left out."""
        is_relative = not all(column.year.isdigit() for column in header.columns)
        names_one = len(years_named(self._heading)) == 1
        if is_relative and names_one and self._is_of_another_year([self._heading]):
            self._leave_out(number)
            return
        unit = unit_in(self._heading) or self._form.unit
        table = YearTable(known=self._known, header=header, unit=unit, number=number)
        self._begin_years_of(table)

    def _begin_years_of(self, years: YearTable) -> None:
        form = self._form
        self._block = self._goal = self._projects = None
        self._in_projects = False
        self._years = years
        if form.years is None:
            form.years = self._years
        else:
            form.notes.append(notes.OF_YEARS.fill(years.number))

    def _one_row(self, line: Line, following: Line | None) -> None:
        block = self._block
        if self._beside(line):
            pass
        elif self._goal is not None:
            self._read_goal(line)
        elif self._is_title(line):
            self._title(line.pieces[0].text, line.number, line.pieces[0].segment)
        elif self._identity(line) or self._total(line) or self._rating(line):
            pass
        elif isinstance(block, FundingBlock):
            found = block.read(line)
            if found is None:
                self._block = None
                self._heads(line)
            else:
                self._form.values += found
                self._form.declined += block.header.beside(line)
        elif isinstance(block, IndicatorTable):
            if is_words(line, block.header, self._known):
                self._block = None
            else:
                block.read(line, following)
        elif self._is_row_below_total(line):
            self._block = self._form.table
            self._one_row(line, following)
        else:
            self._heads(line)

    def _beside(self, line: Line) -> bool:
        """Whether a row is one of a list of projects, or of a table of several years."""
        if (self._in_projects or self._years) and any(identity_in(line, self._known)):
            self._in_projects, self._years = False, None
        if self._years is not None:
            self._years.read(line)
            return bool(line.pieces[1:])
        if not (self._in_projects and line.pieces[1:]):
            return False
        if self._projects is not None:
            self._projects.read(line)
        else:
            self._form.declined += sum(is_number(piece.text) for piece in line.pieces)
        return True

    def _is_row_below_total(self, line: Line) -> bool:
        """Whether a row goes on with the indicators below a total, which was one of a part then: it
        has a name, what was due or reached, and points."""
        table = self._form.table
        if table is None or not (self._table_here and self._form.has_total):
            return False
        found = table.header.cells(line)
        points = [piece for name in ("weight", "score") for piece in found.get(name, ())]
        return (
            "name" in found
            and ("target" in found or "actual" in found)
            and bool(points)
            and all(is_number(piece.text) for piece in points)
        )

    def _is_title(self, line: Line) -> bool:
        is_inside = isinstance(self._block, IndicatorTable) and line.pieces[0].first > 1
        return len(line.pieces) == 1 and not is_inside and is_title(line.pieces[0].text)

    def _heads(self, line: Line) -> None:
        for piece in line.pieces:
            self._head(piece.text, line.number, piece.segment)
        score = None if self._form.is_begun else scores_beside(line, self._known)
        if score is not None:
            self._score(cells.points_in(score), score.segment)

    def _begin_indicators(self, header: Header, width: int) -> None:
        if self._is_of_another_year([self._heading]):
            self._leave_out(header.pieces[0].place.line)
            return
        before = self._before(header)
        if before is not None:
            here = self.forms.pop()
            before.segments += here.segments
            before.words |= here.words
            before.head_scores += here.head_scores
        elif self._is_another(header):
            self._start()
        for piece in header.pieces:
            if piece.words.points:
                piece.understand()
        form = self._form
        if form.table is None:
            form.table = IndicatorTable(known=self._known, header=header, width=width)
            self._tell(header)
        else:
            form.table.header, form.table.width = header, width
        self._block, self._goal, self._table_here = form.table, None, True

    def _is_another(self, header: Header) -> bool:
        """Whether a header begins another table than that of the form at hand."""
        table = self._form.table
        if table is None or self._table_here:
            return False
        return self._form.has_total or not _alike(header, table.header)

    def _before(self, header: Header) -> Form | None:
        """The form before, if the head at hand only repeats its head on another page."""
        if len(self.forms) < 2 or self._form.is_begun:
            return None
        before = self.forms[-2]
        goes_on = (
            before.table is not None
            and not before.has_total
            and _alike(header, before.table.header)
            and self._form.title == before.title
            and self._form.names.items() <= before.names.items()
        )
        return before if goes_on else None

    def _begin_funding(self, header: Header, lines: Sequence[Line]) -> None:
        form = self._form
        self._block, self._goal = None, None
        number = header.pieces[0].place.line
        beside = [piece.text for line in lines[:1] for piece in line.left_of(header.start)]
        above = [text for text in (self._heading, *beside) if not _names_project(text)]
        labels = [*above, *(piece.text for piece in header.pieces)]
        if any(map(self._known.funding.is_other, labels)):
            form.notes.append(notes.OF_OTHERS.fill(number))
            return
        if self._is_of_another_year(above):  # a column may be of one
            self._leave_out(number)
            return
        if form.funding is not None and form.table is None and self._funding_here:
            first = form.funding
            if _alike(header, first.header) or _is_scored(first.header) > _is_scored(header):
                form.notes.append(notes.SECOND.fill(number))
                return
            _leave_out_funding(form)
            if _is_scored(first.header) == _is_scored(header):
                form.notes.append(notes.NEITHER.fill(first.header.pieces[0].place.line, number))
                return
            form.notes.append(notes.SECOND.fill(first.header.pieces[0].place.line))
        elif form.table is not None or form.funding is not None:
            self._start()
            form = self._form
        self._tell(header)
        pairs = pairs_in(lines[0], self._known) if lines else ()
        self._block = form.funding = FundingBlock(
            known=self._known, header=header, unit=form.unit, pairs=pairs
        )
        self._funding_here = True

    def _leave_out(self, number: int) -> None:
        """Pass over the rows below a header, on that line, that is of another year."""
        self._form.notes.append(notes.OF_ANOTHER_YEAR.fill(number))
        self._block = self._goal = self._projects = self._years = None
        self._in_projects = True

    def _is_of_another_year(self, labels: Sequence[str]) -> bool:
        """Whether the words above or beside a block say another year than the head of the form."""
        own = self._form.year
        if own is None:
            return False
        years = {int(year) for label in labels for year in years_named(label)}
        return (bool(years) and own.nominal not in years) or any(map(names_last_year, labels))

    def _tell(self, header: Header) -> None:
        for words in header.unclear:
            self._form.notes.append(notes.UNCLEAR.fill(words))
        titles = {field: column.words.full for field, column in header.columns.items()}
        of_others = note_of(header.pieces[0].place.line, titles)
        if of_others is not None and of_others not in self._form.notes:
            self._form.notes.append(of_others)
        if header.unknown:
            self._form.notes.append(notes.UNKNOWN.fill(zh="、".join(header.unknown)))

    def _read_goal(self, line: Line) -> None:
        goal, self._goal = self._goal, None
        found = goal.cells(line) if goal is not None else {}
        for field in ("expected", "achieved"):
            if field in found:
                value = cells.text_of(found[field])
                self._form.values.append(Found(path=f"form.goal.{field}", value=value))
        if goal is not None and "completion_rate" in found:
            percent = goal.columns["completion_rate"].words.unit == "%"
            rate = cells.rate(found["completion_rate"][0], in_percent=percent, due=None)
            self._form.values.append(Found(path="form.goal.completion_rate", value=rate))

    def _identity(self, line: Line) -> bool:
        """Whether a row of the head, or of the foot, names something."""
        named = list(identity_in(line, self._known))
        if not named or (self._block is not None and named[0][0] is not line.pieces[0]):
            return False
        for _, path, value, piece in named:
            if path == "unit":
                self._form.unit = money_unit(value) or self._form.unit
                continue
            before = self._form.names.get(path)
            is_other = path in ("project.name", "department.name") and before not in (None, value)
            if is_other and self._form.is_begun:
                self._start()
            if path not in self._form.names:
                self._form.names[path] = value
                self._form.values.append(Found(path=path, value=value))
            piece.understand()
        return True

    def _total(self, line: Line) -> bool:
        table = self._form.table
        if table is None or not self._table_here or isinstance(self._block, FundingBlock):
            return False
        if not is_total(line, self._known):
            return False
        values = total_row(line, table.header, self._known)
        if self._form.has_total:
            values = self._other_total(values)
        self._form.values += values
        self._form.totals.append(line)
        self._block = None
        return True

    def _other_total(self, values: list[Found]) -> list[Found]:
        """What a second total says: it is the total if it weighs more, as one of which the first
        is a part; where neither is sure to be the total, neither is kept."""
        form = self._form
        first, second = _totals(form.values), _totals(values)
        if all(first.get(path) == value for path, value in second.items()):
            return []
        weight, before = second.get(_TOTALS[0]), first.get(_TOTALS[0])
        weighs_more = weight is not None and before is not None and weight > before
        form.values = [value for value in form.values if value.path not in _TOTALS]
        for line in form.totals:
            forget(line.pieces)
        if weighs_more:
            return values
        if notes.TWO_TOTALS not in form.notes:
            form.notes.append(notes.TWO_TOTALS)
        return [value for value in values if value.path not in _TOTALS]

    def _rating(self, line: Line) -> bool:
        """Whether a row below the table is the grade alone."""
        label = line.pieces[0].words
        if not self._table_here or not label.within(frozenset(self._known.totals.rating)):
            return False
        rating = rating_in(line.pieces, self._known)
        if rating and not any(value.path == "form.rating" for value in self._form.values):
            self._form.values.append(Found(path="form.rating", value=rating))
        return True


_TOTALS = ("form.total_weight", "form.total_score")


def _totals(values: Sequence[Found]) -> dict[str, Fraction]:
    """The figures of a total, as numbers."""
    return {
        found.path: found.value.nominal
        for found in values
        if found.path in _TOTALS and isinstance(found.value, Figure)
    }


def _goes_on(table: IndicatorTable, sheet: Sheet) -> bool:
    """Whether a table without a header is the rest of one that a page end cut: as wide, and with
    numbers where there are points."""
    if table.width != sheet.width or indicator_header(sheet.lines[:2], table.known) is not None:
        return table.width == sheet.width
    found = table.header.cells(sheet.lines[0])
    points = [piece for name in ("weight", "score") for piece in found.get(name, ())]
    return bool(points) and all(is_number(piece.text) for piece in points)


def _names_project(text: str) -> bool:
    """Whether words are a title or the name of a project, which may buy something."""
    return "项目" in text or is_title(text)


def _is_scored(header: Header) -> bool:
    """Whether a table of funds has the points of the execution beside them."""
    return "score" in header.columns


def _alike(header: Header, other: Header) -> bool:
    """Whether two headers have the same words."""
    words, before = (
        {name: column.words.full for name, column in each.columns.items()}
        for each in (header, other)
    )
    return words == before

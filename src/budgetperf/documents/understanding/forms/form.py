"""A form of a document, and what is known of it when all of it was read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact import LIST, Figure, Text
from budgetperf.model import EvaluationKind
from budgetperf.rules.ruleset import FULL_MARKS

from . import notes
from .beside.projects import ProjectTable
from .beside.year_rows import not_elsewhere
from .beside.years import YearTable
from .claims import Claim, ambiguous, claim_of, left_to_form, neither, printed_twice
from .funding import FundingBlock
from .grid import Line, forget
from .headers import is_number
from .indicators import IndicatorTable
from .vocabulary import Vocabulary

__all__ = ["Form", "HeadScore", "complete", "is_scored_in_full", "leave_out_funding"]


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
        named_at: where it says so.
        funding: its funding block.
        table: its indicator table.
        projects: its list of projects.
        years: its table with columns of several years.
        is_listed: whether one cell lists its funds.
        has_staff: whether it says how many people the department has.
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
    named_at: dict[str, Claim] = attrs.Factory(dict[str, Claim])
    funding: FundingBlock | None = None
    table: IndicatorTable | None = None
    projects: ProjectTable | None = None
    years: YearTable | None = None
    is_listed: bool = False
    has_staff: bool = False
    totals: list[Line] = attrs.Factory(list[Line])
    segments: list[Segment] = attrs.Factory(list[Segment])
    declined: int = 0
    head_scores: list[HeadScore] = attrs.Factory(list[HeadScore])
    words: set[str] = attrs.Factory(set[str])

    def leave_out_indicators(self) -> None:
        """Take back what was read of the indicators, with their total: another table says it in
        full."""
        lines = [*(self.table.lines if self.table is not None else ()), *self.totals]
        for line in lines:
            forget(line.pieces)
            self.declined += sum(is_number(piece.text) for piece in line.pieces)
        self.values = [v for v in self.values if v.path not in _TOTALS]
        self.table, self.totals = None, []

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
        has_funds = self.is_listed or (self.funding is not None and self.funding.total)
        return has_funds and is_named

    @property
    def has_beside(self) -> bool:
        """Whether it has figures of projects, of several years or of people."""
        return self.projects is not None or self.years is not None or self.has_staff

    @property
    def year(self) -> Figure | None:
        """The year that its head says."""
        years = [stated.value for stated in self.values if stated.path == "department.year"]
        return years[0] if years and isinstance(years[0], Figure) else None

    @property
    def list_columns(self) -> frozenset[str]:
        """The columns of its list of projects."""
        return frozenset(self.projects.header.columns if self.projects is not None else ())

    def evaluates_by(self, default: EvaluationKind) -> EvaluationKind:
        """What is evaluated: as the title says, else a project where one is named, else what is
        given."""
        named = "project.name" in self.names
        return self.kind or (EvaluationKind.PROJECT if named else default)


def complete(forms: Sequence[Form]) -> list[Form]:
    """The forms that are any, each with all that is known of it; the text of the others goes with
    the one before, or the first.

    Args:
        forms: what was read as one, in the order of the document.
    """
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
            _leave_out_list_of_all(form)
            _finish(form)
            kept.append(form)
        elif kept:
            _leave_out_apart(form, kept[-1])
            kept[-1].segments += form.segments
            known = {value.path for value in kept[-1].values}
            people = [v for v in form.values if v.path.startswith(_OF_PEOPLE)]
            kept[-1].values += [value for value in people if value.path not in known]
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
        has_list = alone.years is not None or alone.has_staff
        if not has_list and (alone.projects is None or alone.projects.count < _SEVERAL):
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


def _leave_out_list_of_all(form: Form) -> None:
    """Take back a list of projects of which the form's own is one: it is that of the department,
    above the first of the forms, and no part of this one."""
    listed, own = form.projects, form.names.get("project.name")
    if listed is None or form.evaluates_by(EvaluationKind.DEPARTMENT) is EvaluationKind.DEPARTMENT:
        return
    names = [value.value for value in listed.values if value.path.endswith(".name")]
    if own in names and len(names) >= _SEVERAL:
        _leave_out_beside(Form(known=form.known, projects=listed), form)
        form.projects = None


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
    leave_out_funding(other)
    number = funding.header.pieces[0].place.line
    if own is not None and form.table is None and funding.total:
        leave_out_funding(form)
        form.notes.append(notes.NEITHER.fill(own.header.pieces[0].place.line, number))
    else:
        form.notes.append(notes.APART.fill(number))


def _numbers(funding: FundingBlock) -> dict[str, Fraction | None]:
    """The amounts of the total, without where they stand."""
    return {field: _number(value) for field, value in funding.amounts.get(_TOTAL, {}).items()}


_OF_PEOPLE = "department.staffing."
_TOTAL = "form.funding.total"
_TOTALS = ("form.total_weight", "form.total_score")
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
        _add_years(form, form.years)
    form.values += _score_of_head(form)
    if form.funding is not None:
        _finish_funding(form, form.funding)
    form.notes += printed_twice(form.values)


def _add_years(form: Form, years: YearTable) -> None:
    """Take in what a table of several years says; what the form states otherwise is told."""
    of_years = years.finish(form.year)
    kept = not_elsewhere(form.values, of_years)
    form.notes += years.notes(form.year)
    form.declined += years.declined
    before = {
        stated.path: stated.value for stated in form.values if isinstance(stated.value, Figure)
    }
    for of_year in of_years:
        piece, figure = years.placed.get(of_year.path), before.get(of_year.path)
        if (
            piece is None
            or of_year in kept
            or (figure is not None and figure.nominal == of_year.number)
        ):
            continue
        forget([piece])
        form.declined += 1
        claim = claim_of(figure) if figure is not None else None
        if claim is not None:
            form.notes.append(left_to_form(of_year.path, claim, Claim.of(piece)))
    form.values += kept


def _leave_out_contested(form: Form, funding: FundingBlock) -> None:
    """Take back the figures of rows of funds of which another one has the label, and other ones."""
    for row in funding.contested:
        first: Claim | None = None
        for at, stated in enumerate(form.values):
            where, _, field = stated.path.rpartition(".")
            other, own = row.stated.get(field), stated.value
            if where != row.path or not (isinstance(other, Figure) and isinstance(own, Figure)):
                continue
            if other.nominal == own.nominal:
                continue
            if first is None:
                first = Claim(line=row.first.place.line, text=own.text, label=row.first.text)
                second = Claim(line=row.second.place.line, text=other.text, label=row.second.text)
                form.notes.append(neither(stated.path, first, second))
                funding.left_out.remove(row.second.text)
            form.values[at] = Found(path=stated.path, value=ambiguous(own))
            forget(p for p in funding.pieces.get(row.path, ()) if p.place == own.place)


def _finish_funding(form: Form, funding: FundingBlock) -> None:
    details = funding.details
    _leave_out_contested(form, funding)
    if funding.shifted:
        leave_out_funding(form)
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
    row = [v.number for v in form.values if v.path == "form.total_score"][:1]
    scores = {score.figure.nominal for score in form.head_scores}
    if len(scores) > 1 and not (row and scores <= {*row, FULL_MARKS}):
        shown = dict.fromkeys(score.figure.text for score in form.head_scores)
        form.notes.append(notes.TWO_SCORES.fill(LIST.join(shown)))
        return []
    for score in form.head_scores:
        score.segment.understand(*score.span)
    if len(scores) != 1 or (scores == {FULL_MARKS} and row and row[0] != FULL_MARKS):
        return []
    return [Found(path="form.total_score", value=form.head_scores[0].figure)]


def leave_out_funding(form: Form) -> None:
    """Take back what was read of the funding block.

    Args:
        form: the form, which loses what its values say of it.
    """
    form.values = [v for v in form.values if not v.path.startswith(_OF_FUNDING)]
    blocks = form.funding.pieces.values() if form.funding is not None else ()
    for pieces in blocks:
        forget(pieces)


def is_scored_in_full(form: Form) -> bool:
    """Whether the scores that were read make all the points that can be reached.

    Args:
        form: the form, of which all rows were read.
    """
    rows = form.table.values if form.table is not None else ()
    scores = (stated.number for stated in (*form.values, *rows) if stated.path.endswith(".score"))
    return sum((score for score in scores if score is not None), Fraction()) == FULL_MARKS


_EXECUTION = ("form.funding.total.weight", "form.funding.total.score")


def _leave_out_points_told_twice(form: Form, rows: Sequence[Found]) -> None:
    """The points of the execution beside the funds, where a row of the table that is called so has
    the same: they may be these once more, or others."""
    table = form.table
    before = {stated.path: stated for stated in form.values if stated.path in _EXECUTION}
    if table is None or len(before) < len(_EXECUTION):
        return
    at = {stated.path: stated for stated in rows}
    due = [before[path].number for path in _EXECUTION]
    for row in rows:
        where, _, field = row.path.rpartition(".")
        is_execution = field == "name" and row.value in table.known.indicators.of_execution
        points = [at.get(f"{where}.{name}") for name in ("weight", "score")]
        own = [None if own_points is None else own_points.number for own_points in points]
        if not is_execution or None in own or own != due:
            continue
        for stated in before.values():
            figure = stated.value
            if isinstance(figure, Figure):
                unclear = Found(path=stated.path, value=ambiguous(figure))
                form.values[form.values.index(stated)] = unclear
        form.notes.append(notes.TWICE)
        return


def _number(value: object) -> Fraction | None:
    return value.nominal if isinstance(value, Figure) else None

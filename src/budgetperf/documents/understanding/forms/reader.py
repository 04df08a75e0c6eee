"""The forms of a document, one after the other: which rows are which block of which form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.narrative import stated
from budgetperf.documents.understanding.segments import (
    Segment,
    is_for_reasons,
    label_of_reasons,
    reasons_below,
    reasons_in,
)
from budgetperf.exact import LIST, Figure, Place, Stated

from . import cells, notes
from .beside.listed import listed_amounts
from .beside.projects import ProjectTable, project_header
from .beside.reviews import note_of
from .beside.staff import staff_header, staff_in, year_of
from .beside.turned import turned
from .beside.year_rows import YearRows, year_rows_header
from .beside.years import YearHeader, YearTable, years_header
from .claims import Claim, two_names
from .form import Form, HeadScore, complete, is_scored_in_full, leave_out_funding
from .funding import FundingBlock, pairs_in, states_same
from .grid import Item, Line, Piece, Prose, Sheet, forget
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
from .headers import (
    Header,
    funding_header,
    goal_header,
    heads_numbers,
    indicator_header,
    is_number,
    unclear_funding,
)
from .indicators import IndicatorTable, is_total, is_words, rating_in, total_row
from .vocabulary import Vocabulary
from .words import money_unit

__all__ = ["read_forms"]


def read_forms(items: Sequence[Item], known: Vocabulary) -> list[Form]:
    """The forms that a document holds, in its order, told by the words that are known."""
    reader = _Reader(known)
    for item in items:
        if isinstance(item, Prose):
            reader.prose(item)
        else:
            reader.sheet(item)
    return complete(reader.forms)


_PAGE = re.compile(r"[-—第]*\d{1,3}[-—页]*(?:/?共?\d{1,3}页?)?|续表?|\(续\)")


class _Reader:
    """Gives each row of a document to the block of the form that it belongs to."""

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
        self._label = ""  # that of reasons for deviations, which a list goes on about
        self._is_label_above = False  # whether it stands alone right above

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
        label = label_of_reasons(item.text)
        if not (label or self._is_label_above or _LISTED.match(item.text)):
            self._label = ""
        reasons = reasons_in(item.text) or reasons_below(self._label or self._heading, item.text)
        self._explain(reasons, more=bool(self._label))
        self._label, self._is_label_above = label or self._label, bool(label) and not reasons
        if is_title(item.text):
            self._title(item.text, item.line, item.segment)
        elif not (_PAGE.fullmatch(item.text) or self._result(item.text, item.line, item.segment)):
            self._block = None
            self._heading = item.text
            self._head(item.text, item.line, item.segment)
        self._form.segments.append(item.segment)

    def _result(self, text: str, line: int, segment: Segment) -> bool:
        """Whether a line below the indicators is their total or the grade, and nothing else.

        A total of 100 may be what can be reached, unless the scores make it.
        """
        table = self._form.table
        result = result_in(text, self._known) if table is not None and table.count else None
        if table is None or result is None:
            return False
        if result.score is not None:
            figure = stated(result.score["figure"], Place(line=line))
            is_due = result.may_be_full and not is_scored_in_full(self._form)
            if not is_due and isinstance(figure, Figure):
                self._score(figure, segment)
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
        sheet = attrs.evolve(sheet, lines=turned(sheet.lines, self._known))
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
                own = {id(piece.segment): piece.segment for piece in line.pieces}
                self._form.segments += own.values()
                if not self._in_projects:  # what heads a list of projects is no word of the form
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
        year = self._form.year
        own_year = int(year.nominal) if year is not None else None
        header = indicator_header(sheet.lines[at : at + _LOOKED_AT], self._known, own_year)
        if header is not None:
            self._in_projects, self._years = False, None
            self._begin_indicators(header, sheet.width)
            return header.lines
        people = staff_header(two)
        if people is not None:
            return self._read_staff(people, line, two[1])
        of_years = years_header(two, self._known)
        if of_years is not None:
            self._begin_years(of_years, line.number)
            return of_years.lines
        of_rows = year_rows_header(sheet.lines[at:], self._heading, self._known)
        if of_rows is not None:
            unit = unit_in(self._heading) or self._form.unit
            self._begin_years_of(YearRows.begun(of_rows, self._known, unit, line.number))
            return of_rows.lines
        header = funding_header(sheet.lines[at : at + 3], self._known)
        if header is not None:
            self._in_projects, self._years = False, None
            self._begin_funding(header, sheet.lines[at + header.lines :])
            return header.lines
        for words in unclear_funding(two, self._known):
            self._form.notes.append(notes.UNCLEAR_FUNDS.fill(line.number, words))
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

    def _read_staff(self, header: Mapping[str, Piece], line: Line, below: Line) -> int:
        """The people of the department; those of another year are left out."""
        self._block = self._goal = self._projects = self._years = None
        self._in_projects = False
        if self._is_of_another_year([f"{year_of(header)}年" if year_of(header) else ""]):
            self._form.notes.append(notes.OF_ANOTHER_YEAR.fill(line.number))
            self._form.declined += sum(is_number(piece.text) for piece in below.pieces)
            return 2
        known = {value.path for value in self._form.values}
        staff = [value for value in staff_in(below, header) if value.path not in known]
        self._form.values += staff
        self._form.has_staff = self._form.has_staff or bool(staff)
        return 2

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
        if self._beside(line) or self._reasons(line):
            pass
        elif self._goal is not None:
            self._read_goal(line)
        elif self._is_title(line):
            self._title(line.pieces[0].text, line.number, line.pieces[0].segment)
        elif self._identity(line) or self._total(line) or self._rating(line):
            pass
        elif self._result_across(line):
            self._block = None
        elif isinstance(block, FundingBlock):
            values = block.read(line)
            if values is None:
                self._block = None
                self._heads(line)
            else:
                self._form.values += values
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
        by_field = table.header.cells(line)
        points = [piece for name in ("weight", "score") for piece in by_field.get(name, ())]
        texts = [cells.text_of(by_field.get(field, ())) for field in ("name", "target")]
        return (
            texts[0] != texts[1]
            and "name" in by_field
            and ("target" in by_field or "actual" in by_field)
            and bool(points)
            and all(isinstance(cells.points_in(piece), Figure) for piece in points)
        )

    def _is_title(self, line: Line) -> bool:
        is_inside = isinstance(self._block, IndicatorTable) and line.pieces[0].first > 1
        return len(line.pieces) == 1 and not is_inside and is_title(line.pieces[0].text)

    def _heads(self, line: Line) -> None:
        for piece in line.pieces:
            self._head(piece.text, line.number, piece.segment)
        self._score_beside(line)
        self._listed(line)

    def _listed(self, line: Line) -> None:
        """The funds that one cell of a row lists, where no block of them stands above."""
        form = self._form
        if form.funding is not None or form.is_listed or len(line.pieces) > _LABEL_AND_LIST:
            return
        beside = next((u for piece in line.pieces[:-1] if (u := money_unit(piece.text))), "")
        amounts = listed_amounts(line.pieces[-1], beside or form.unit, self._known)
        form.values += amounts
        form.is_listed = bool(amounts)

    def _score_beside(self, line: Line) -> None:
        """The total score that a row of the head says, beside what it names, too."""
        score = None if self._form.is_begun else scores_beside(line, self._known)
        if score is not None:
            self._score(cells.points_in(score), score.segment)

    def _begin_indicators(self, header: Header, width: int) -> None:
        if self._is_of_another_year([self._heading]):
            self._leave_out(header.pieces[0].place.line)
            return
        before, table = self._before(header), self._form.table
        is_summed_up = table is not None and self._sums_up(header) != self._sums_up(table.header)
        if before is not None:
            here = self.forms.pop()
            before.segments += here.segments
            before.words |= here.words
            before.head_scores += here.head_scores
        elif not is_summed_up and self._is_another(header):
            self._start()
        for piece in header.pieces:
            if piece.words.points:
                piece.understand()
        form = self._form
        if is_summed_up:
            form.notes.append(notes.SUMMARY)
            if self._sums_up(header):
                self._block, self._in_projects = None, True
                return
            form.leave_out_indicators()
        if form.table is None:
            form.table = IndicatorTable(known=self._known, header=header, width=width)
            self._tell(header)
        else:
            form.table.header, form.table.width = header, width
        self._block, self._goal, self._table_here = form.table, None, True

    def _sums_up(self, header: Header) -> bool:
        """Whether a table has the points of groups of indicators alone."""
        columns, words = header.columns, self._known.indicators
        name = columns.get("name")
        is_named = name is None or words.column_of.get(name.words.name) == "name"
        return not is_named and columns.keys().isdisjoint(("target", "actual"))

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
        beside = [
            *(p.text for p in header.pieces if p.last < header.start and not heads_numbers(p.text)),
            *(piece.text for line in lines[:1] for piece in line.left_of(header.start)),
        ]
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
            sources = {self._source_beside(first.header), self._source_beside(header)}
            if len(sources) > 1 and "" not in sources:  # the total of neither is that of the form
                leave_out_funding(form)
                form.notes.append(notes.NEITHER.fill(first.header.pieces[0].place.line, number))
                return
            if _alike(header, first.header) or _is_scored(first.header) > _is_scored(header):
                form.notes.append(notes.SECOND.fill(number))
                return
            if states_same(first, self._new_block(header, lines), lines):
                self._block = self._new_block(header, lines)
                return
            leave_out_funding(form)
            if _is_scored(first.header) == _is_scored(header):
                form.notes.append(notes.NEITHER.fill(first.header.pieces[0].place.line, number))
                return
            form.notes.append(notes.SECOND.fill(first.header.pieces[0].place.line))
        elif form.table is not None or form.funding is not None:
            self._start()
            form = self._form
        if form.is_listed:
            form.values = [v for v in form.values if not v.path.startswith("form.funding.")]
        self._tell(header)
        self._block = form.funding = self._new_block(header, lines)
        self._funding_here = True

    def _source_beside(self, header: Header) -> str:
        """The source that the words left of the columns of funds name; ``""`` if none."""
        rows = self._known.funding.row_of
        beside = (piece.words for piece in header.pieces if piece.last < header.start)
        named = (rows.get(words.full) or rows.get(words.name) or "" for words in beside)
        return next((path for path in named if path.startswith("sources[")), "")

    def _new_block(self, header: Header, lines: Sequence[Line]) -> FundingBlock:
        pairs = pairs_in(lines[0], self._known) if lines else ()
        return FundingBlock(known=self._known, header=header, unit=self._form.unit, pairs=pairs)

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
            self._form.notes.append(notes.UNKNOWN.fill(LIST.join(header.unknown)))

    def _read_goal(self, line: Line) -> None:
        goal, self._goal = self._goal, None
        by_field = goal.cells(line) if goal is not None else {}
        for field in ("expected", "achieved"):
            if field in by_field:
                value = cells.text_of(by_field[field])
                self._form.values.append(Found(path=f"form.goal.{field}", value=value))
        if goal is not None and "completion_rate" in by_field:
            percent = goal.columns["completion_rate"].words.unit == "%"
            rate = cells.rate(by_field["completion_rate"][0], in_percent=percent, due=None)
            self._form.values.append(Found(path="form.goal.completion_rate", value=rate))

    def _identity(self, line: Line) -> bool:
        """Whether a row of the head, or of the foot, names something."""
        named = list(identity_in(line, self._known))
        if not named or (self._block is not None and named[0][0] is not line.pieces[0]):
            return False
        texts = [piece.text for piece in line.pieces]
        labelled = (f"{label.rstrip(':')}:{text}" for label, text in itertools.pairwise(texts))
        units = {unit for text in (*texts, *labelled) if (unit := unit_in(text))}
        if len(units) == 1 and not self._form.is_begun:
            (self._form.unit,) = units
        for _, path, value, piece in named:
            if path == "unit":
                self._form.unit = money_unit(value) or self._form.unit
                continue
            before = self._form.names.get(path)
            is_other = path in _NAMES and before not in (None, value)
            if is_other and self._form.is_begun:
                self._start()
            claim = Claim(line=line.number, text=value)
            first = self._form.named_at.setdefault(path, claim)
            if path in _NAMES and self._form.names.get(path, value) != value:
                self._form.notes.append(two_names(first, claim))
            if path not in self._form.names:
                self._form.names[path] = value
                self._form.values.append(Found(path=path, value=value))
            piece.understand()
        self._score_beside(line)
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

    def _result_across(self, line: Line) -> bool:
        """Whether a row below the indicators is one cell with the total or the grade."""
        piece = line.pieces[0]
        is_one = {other.text for other in line.pieces} == {piece.text}
        return (
            is_one
            and isinstance(self._block, IndicatorTable)
            and self._result(piece.text, line.number, piece.segment)
        )

    def _reasons(self, line: Line) -> bool:
        """Whether a row below the indicators gives the reasons for deviations of all of them."""
        label, *others = line.pieces
        if self._form.table is None or len(others) > 1:
            return False
        beside = "".join(piece.text for piece in others)
        reasons = reasons_below(label.text, beside) if others else reasons_in(label.text)
        if not (reasons or is_for_reasons(label.text)):
            return False
        self._explain(reasons)
        self._block = None
        return True

    def _explain(self, reasons: str, *, more: bool = False) -> None:
        """Keep the first of the reasons that are given below the indicators, and what goes on about
        them."""
        form, path = self._form, "form.deviation_reasons"
        if reasons and form.table is not None:
            before = [value for value in form.values if value.path == path]
            if more and before:
                form.values.remove(before[0])
                reasons = f"{before[0].value}{reasons}"
            if more or not before:
                form.values.append(Found(path=path, value=reasons))

    def _rating(self, line: Line) -> bool:
        """Whether a row below the table is the grade alone."""
        label = line.pieces[0].words
        if not self._table_here or not label.within(frozenset(self._known.totals.rating)):
            return False
        rating = rating_in(line.pieces, self._known)
        if rating and not any(value.path == "form.rating" for value in self._form.values):
            self._form.values.append(Found(path="form.rating", value=rating))
        return True


_LISTED = re.compile(
    r"(?:\d{1,2}[.、)）]|[(（](?:\d{1,2}|[一二三四五六七八九十]+)[)）]|[①-⑳])(?=.*[，。；;])"
)
"""One of a list, and no heading."""
_LABEL_AND_LIST = 2
_LOOKED_AT = 24
"""Rows below a header that tell what a column of it holds."""
_NAMES = ("project.name", "department.name")
_TOTALS = ("form.total_weight", "form.total_score")


def _totals(values: Sequence[Found]) -> dict[str, Fraction]:
    """The figures of a total, as numbers."""
    return {
        value.path: value.number
        for value in values
        if value.path in _TOTALS and value.number is not None
    }


def _goes_on(table: IndicatorTable, sheet: Sheet) -> bool:
    """Whether a table without a header is the rest of one that a page end cut: as wide, and with
    numbers where there are points."""
    if table.width != sheet.width or indicator_header(sheet.lines[:2], table.known) is not None:
        return table.width == sheet.width
    by_field = table.header.cells(sheet.lines[0])
    points = [piece for name in ("weight", "score") for piece in by_field.get(name, ())]
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

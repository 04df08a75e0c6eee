"""The rows below a header in text: which of its words and figures stand in which column."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.head import is_title, score_in
from budgetperf.documents.understanding.forms.indicators import PLACEHOLDER
from budgetperf.documents.understanding.forms.vocabulary import REVIEWED, Vocabulary
from budgetperf.documents.understanding.forms.words import label_of, money_unit, words_of
from budgetperf.exact import Place, Text
from budgetperf.rules.ruleset import FULL_MARKS

from .fitting import Placed, figure, fitted, may_be
from .glued import splits
from .glued_indicators import AS_IT_STANDS, GluedTotal, glued_table, total_label
from .headers import FlatHeader, header_at
from .headings import heads_in, is_heading, rows_apart
from .lines import SIGN, SIGNS, UNITS, TextLine, is_mark, is_value
from .ways.rivals import EXPLAINED, rivals_of, tie
from .ways.row_splits import POINTS
from .ways.tying import Sums

__all__ = ["FlatRow", "FlatRows", "rows_of"]

_LEVELS = ("level1", "level2")
_POINTS = ("weight", "mark", "score", *REVIEWED, "weight_set")
_RATES = ("completion_rate", "deviation")
_MEASURES = ("target", "initial_target", "actual", "midyear")
_FIGURES = (*_POINTS, *_RATES, *_MEASURES)
_IN_WORDS = ("analysis", "explanation", "basis", "scoring_rule")
_LONGEST = 40
_LONGEST_UNIT = 8


@attrs.frozen(kw_only=True)
class FlatRow:
    """A row: what stands in each field, left of them and beyond them.

    Args:
        cells: the texts by field.
        number: its line in the document.
        left: what stands left of all columns.
        beyond: what is of no column that could be told.
        is_glued: whether its figures ran together.
    """

    cells: Placed
    number: int
    left: str = ""
    beyond: tuple[str, ...] = ()
    is_glued: bool = False


@attrs.frozen(kw_only=True)
class FlatRows:
    """The rows of a block.

    Args:
        rows: those that could be told; nothing if one could not.
        lines: how many lines they take.
        unclear: the lines of those that could not be told.
        unsure: the lines on which words were left out.
        notes: which rows ran together, and how they were taken apart.
    """

    rows: tuple[FlatRow, ...]
    lines: int
    unclear: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()
    notes: tuple[Text, ...] = ()


def rows_of(
    lines: Sequence[TextLine],
    at: int,
    header: FlatHeader,
    known: Vocabulary,
    execution: Sums | None = None,
) -> FlatRows:
    """The rows below a header.

    Args:
        lines: those of the text.
        at: the first one below the header.
        header: the header.
        known: the words of forms.
        execution: weight and score of the execution of the budget, 0 where it has none; ``None`` if
            they are not known.
    """
    if header.kind == "funding":
        return _Funding(lines, at, header, known).read()
    reader = _Indicators(lines, at, header, known)
    in_lines = reader.read(execution)
    return in_lines if in_lines.rows else reader.read_glued(execution) or in_lines


_Cells: TypeAlias = Sequence[str]


class _Block:
    """The lines below a header, one after the other, and where a block of either kind ends."""

    def __init__(
        self, lines: Sequence[TextLine], at: int, header: FlatHeader, known: Vocabulary
    ) -> None:
        self._lines = lines
        self._start = self._at = at
        self._header = header
        self._known = known

    def _ends(self, line: TextLine) -> bool:
        """Whether a line is none of the block, whatever stands in it."""
        known, first = self._known, line.words[0]
        words = label_of(first)[0]
        return (
            is_title(line.text)
            or words_of(line.text.partition(":")[0]).within(known.identity_of.keys())
            or words.within(known.identity_of.keys())
            or words.full.startswith(known.words.begin)
            or header_at(self._lines, self._at, known) is not None
        )

    def _refused(self, numbers: Sequence[int]) -> FlatRows:
        return FlatRows(rows=(), lines=0, unclear=tuple(numbers))


class _Funding(_Block):
    """The rows of a funding block: a label, and amounts."""

    def read(self) -> FlatRows:
        """All of them."""
        read = list(self._listed() if self._header.is_listed else self._in_lines())
        fields = [f for f in self._header.fields if f not in ("label", "explanation", "apart")]
        values = [row.beyond for row in read]
        with_values = [at for at, own in enumerate(values) if own]
        if not with_values or any(f == "apart" for f in self._header.fields):
            return self._refused([self._header.number])
        total = next((at for at in with_values if self._is_total(read[at])), None)
        ways = [
            splits(own[0], len(fields)) if row.is_glued and len(own) == 1 else [own]
            for row, own in zip(read, values, strict=True)
        ]
        placed = fitted(fields, ways, total)
        if placed is None:
            return self._refused([read[at].number for at in with_values])
        rows = tuple(
            attrs.evolve(row, cells={**row.cells, **own}, beyond=())
            for row, own in zip(read, placed, strict=True)
        )
        return FlatRows(rows=rows, lines=self._at - self._start)

    def _is_total(self, row: FlatRow) -> bool:
        label = row.cells.get("label", "")
        rows = self._known.funding.row_of
        words, _ = label_of(label)
        return not label or (rows.get(words.full) or rows.get(words.name)) == "total"

    def _is_label(self, text: str) -> bool:
        return label_of(text)[0].within(self._known.funding.row_of.keys())

    def _in_lines(self) -> Iterator[FlatRow]:
        """Rows with a line for each."""
        count = 0
        while self._at < len(self._lines):
            line, taken = self._with_rest(self._lines[self._at])
            words = list(line.words)
            left = words.pop(0) if len(words) > 1 and _is_unit(words[0]) else ""
            first = next((at for at, word in enumerate(words) if is_value(word)), len(words))
            last = next(
                (at for at in range(first, len(words)) if not is_value(words[at])), len(words)
            )
            label, values, tail = "".join(words[:first]), words[first:last], words[last:]
            is_row = bool(values) or self._is_label(label)
            if (
                not is_row
                or self._ends(line)
                or (tail and "explanation" not in self._header.fields)
            ):
                return
            if not label and count:
                return
            count += 1
            self._at += taken
            texts = {"label": label, "explanation": "".join(tail)}
            yield FlatRow(
                cells=texts,
                number=line.number,
                left=left,
                beyond=tuple(values),
                is_glued=line.is_glued,
            )

    def _with_rest(self, line: TextLine) -> tuple[TextLine, int]:
        """A row with the numbers that a break within it left on the next line, which fill it, and
        how many lines it takes."""
        below = self._lines[self._at + 1 : self._at + 2]
        others = [word for own in below for word in own.words]
        values = [word for word in line.words if is_value(word)]
        is_broken = line.words[-1:] == tuple(values[-1:]) and not is_value(line.words[0])
        due = sum(field not in ("label", "explanation", "apart") for field in self._header.fields)
        is_broken = bool(others and values) and is_broken and all(map(is_value, others))
        if not is_broken or len(values) + len(others) != due:
            return line, 1
        parts = (*line.parts, *below[0].parts)
        return attrs.evolve(line, text=f"{line.text} {below[0].text}", parts=parts), 2

    def _listed(self) -> Iterator[FlatRow]:
        """Rows with a line for each cell."""
        left, count = "", 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if _is_unit(line.text):
                left = line.text
                self._at += 1
                continue
            label = "" if is_value(line.text) else line.text
            begin = self._at + bool(label)
            end = begin
            while end < len(self._lines) and is_value(self._lines[end].text):
                end += 1
            values = [own.text for own in self._lines[begin:end]]
            if (not label and count) or self._ends(line) or not (values or self._is_label(label)):
                return
            count += 1
            self._at = end
            yield FlatRow(
                cells={"label": label}, number=line.number, left=left, beyond=tuple(values)
            )
            left = ""


def _left_out(row: FlatRow, fields: Sequence[str]) -> FlatRow:
    """A row without what it is not sure of: as it stands."""
    texts = {field: AS_IT_STANDS.format(row.cells[field]) for field in fields}
    return attrs.evolve(row, cells={**row.cells, **texts}) if texts else row


def _is_measure(text: str) -> bool:
    """Whether a cell holds a number: one that words follow, as of 2023年完成项目数, is a name."""
    return cells.is_measure(text, _PLACE) and not cells.may_name(text)


def _in_one(heads: _Cells, first: int) -> list[str]:
    """The words before figures, with those of the name in one."""
    return [*heads[:first], *(["".join(heads[first:])] if heads[first:] else [])]


def _is_part_of_figure(word: str) -> bool:
    return bool(SIGN.fullmatch(word)) or word in UNITS or _is_measure(word)


def _is_unit(text: str) -> bool:
    return bool(money_unit(text)) and not words_of(text).name.strip("()万亿元:")


class _Indicators(_Block):
    """The rows of an indicator table: headings and a name, then figures."""

    def __init__(
        self, lines: Sequence[TextLine], at: int, header: FlatHeader, known: Vocabulary
    ) -> None:
        super().__init__(lines, at, header, known)
        fields = header.fields
        heads = [at for at, field in enumerate(fields) if field in (*_LEVELS, "name")]
        measured = (*_FIGURES, "operator", "unit")
        figures = [at for at, field in enumerate(fields) if field in measured]
        self._is_plain = bool(figures) and max(heads) < min(figures)
        last = max(figures, default=max(heads))
        self._core = fields[max(heads) + 1 : last + 1]
        words = [field for field in self._core if field in _IN_WORDS]
        self._cores = tuple(
            tuple(field for field in self._core if field not in left_out)
            for count in range(len(words) + 1)
            for left_out in itertools.combinations(words, count)
            if not self._core or self._core[0] not in words or self._core[0] in left_out
        )
        self._has_words_first = bool(words) and self._core[0] in words
        self._tail = fields[last + 1 :]
        self._heads = fields[: max(heads) + 1]
        self._has_points = any(field in _POINTS for field in self._core)
        self._unsure: list[int] = []
        self._named_by = set[int]()  # how many words stand before the figures of a row
        self._undivided = Fraction()  # points of a heading that none below it has yet

    def read(self, execution: Sums | None) -> FlatRows:
        """All of them, and the total below."""
        is_told = self._has_points or frozenset(self._core) == _BOTH
        if not (self._is_plain and is_told):
            return self._refused([self._header.number])
        rows = self._listed() if self._header.is_listed else self._in_lines()
        if rows is None:
            last = min(self._at, len(self._lines) - 1)
            return self._refused([self._lines[last].number])
        if not rows or self._is_unsure_of_points(rows) or not all(map(self._is_sure, rows)):
            return self._refused([self._header.number])
        total = self._total(rows)
        fields = (*self._core, *self._tail)
        rivals = [rivals_of(row.cells, fields, self._fits) for row in rows]
        if not tie(rivals, self._sums(rows, total, execution)):
            return self._refused([self._header.number])
        sure = [_left_out(row, own.unsure) for row, own in zip(rows, rivals, strict=True)]
        explained = [row.number for row, own in zip(rows, rivals, strict=True) if own.unsure]
        return FlatRows(
            rows=(*sure, *([total] if total else [])),
            lines=self._at - self._start,
            unsure=tuple(self._unsure),
            notes=(EXPLAINED.fill(lines=lines_text(explained)),) if explained else (),
        )

    def _sums(
        self, rows: Sequence[FlatRow], total: FlatRow | None, execution: Sums | None
    ) -> list[Sums]:
        """What the rows sum up to, as the total and the headings say."""
        headings = [words_of(row.cells["level1"]) for row in rows if row.cells.get("level1")]
        by_heading = {words.name: Fraction(words.points) for words in headings if words.points}
        is_said = bool(headings) and {words.name for words in headings} == by_heading.keys()
        points = sum(by_heading.values(), start=Fraction()) if is_said else None
        if total is None:
            return [(points, None)]
        texts = [total.cells.get(field, "") for field in POINTS]
        points_said = words_of(total.left).points
        whole, score = (figure(text) for text in (texts[0] or points_said, texts[1]))
        weight_of, score_of = execution or (Fraction(), Fraction())
        return [
            (
                points if whole is None or weight_of is None else whole.nominal - weight_of,
                None if score is None or score_of is None else score.nominal - score_of,
            )
        ]

    def read_glued(self, execution: Sums | None) -> FlatRows | None:
        """All of them, where cells ran together and only one way to take them apart ties."""
        self._at, self._undivided = self._start, Fraction()
        if not self._is_plain or self._header.is_listed:
            return None
        lines, left_out = list[TextLine](), list[FlatRow]()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if self._begins_total(line) or self._ends(line):
                break
            if line.is_placeholder:
                left_out.append(FlatRow(cells={}, number=line.number, beyond=(line.text,)))
            elif any(c.isdigit() for c in line.text) or all(
                is_heading(head, self._known) for head in heads_in(line, self._known)
            ):
                lines += rows_apart(line)
            else:
                break
            self._at += 1
        below = self._lines[self._at] if self._at < len(self._lines) else None
        if below is not None and not self._begins_total(below):
            below = None
        head = self._head_score() if below is None else None
        table = glued_table(lines, below, self._header, self._core, self._known, execution, head)
        if table is None:
            return None
        rows: list[FlatRow] = []
        for own in table.rows:
            number = own.line.number
            if own.cells:
                first = self._behind_headings(own.heads)
                row = self._named(_in_one(own.heads, first), number)
            else:
                row = self._headings(own.heads, number)
            if row is None or row.beyond:
                return None
            tail = {self._tail[0]: own.tail} if own.tail else {}
            rows.append(attrs.evolve(row, cells={**row.cells, **own.cells, **tail}))
        total = self._glued_total(table.total) if table.total else None
        count = self._at - self._start + bool(total)
        more = (*left_out, *([total] if total else []))
        return FlatRows(rows=(*rows, *more), lines=count, notes=table.notes)

    def _head_score(self) -> Fraction | None:
        """The total score that a line above says, if one does."""
        matches = [score_in(line.text, self._known) for line in self._lines[: self._start]]
        scores = {Fraction(match["figure"]) for match in matches if match is not None}
        return scores.pop() if len(scores) == 1 else None

    def _begins_total(self, line: TextLine) -> bool:
        label = total_label(line.text, self._known)
        return bool(label) and line.text[len(label) :][:1] in ("", *"(:0123456789")

    def _glued_total(self, total: GluedTotal) -> FlatRow:
        beyond = (total.behind,) if total.behind else ()
        return FlatRow(cells=total.cells, number=total.line.number, left=total.label, beyond=beyond)

    def _is_unsure_of_points(self, rows: Sequence[FlatRow]) -> bool:
        """Whether a heading may have been missed where some say how many points the rows below
        them have, and others do not."""
        headings = [words_of(row.cells["level1"]) for row in rows if "level1" in row.cells]
        pointed = [bool(words.points) for words in headings]
        return bool(self._unsure) and any(pointed) and not all(pointed)

    def _is_sure(self, row: FlatRow) -> bool:
        """Whether the words of a row are what they were taken for: one without a name may have it
        where a measure is due, with a figure lost."""
        measures = [row.cells[field] for field in _MEASURES if field in row.cells]
        is_measured = all(_is_measure(text) for text in measures)
        return bool(row.cells.get("name")) or is_measured

    # What the figures of a row are.

    def _matching(self, texts: _Cells) -> list[Placed]:
        """The ways in which cells are those of the columns with figures: none of them is blank but
        for those in words."""
        return [
            own
            for core in self._cores
            if len(texts) >= len(core) and self._fits(own := dict(zip(core, texts, strict=False)))
            if self._has_points or all(map(_is_measure, own.values()))
        ]

    def _fits(self, own: Placed) -> bool:
        if not all(self._may_be(text, field) for field, text in own.items()):
            return False
        aim, reached = own.get("target") or own.get("initial_target", ""), own.get("actual", "")
        return not (aim and not _is_measure(aim) and _is_measure(reached))

    def _may_be(self, text: str, field: str) -> bool:
        if field in (*_POINTS, *_RATES):
            return may_be(text, field)
        if field in _MEASURES:
            if _is_measure(text) or is_mark(text):
                return True
            if is_value(text) or PLACEHOLDER.fullmatch(text):  # 指标2： begins a row
                return False
            return len(text) <= _LONGEST and not self._is_word(text)
        if field == "operator":
            return bool(SIGN.fullmatch(text)) or text in SIGNS
        if field == "unit":
            is_short = len(text) <= _LONGEST_UNIT and figure(text) is None
            return is_short and not self._is_word(text) and not PLACEHOLDER.fullmatch(text)
        return not is_value(text) and not self._is_word(text)

    def _is_word(self, text: str) -> bool:
        """Whether words are those of a header or a heading."""
        words = words_of(text)
        return (
            is_heading(text, self._known)
            or words.within(self._known.indicators.column_of.keys())
            or words.within(self._known.indicators.group_of.keys())
            or words.within(frozenset(self._known.totals.score))
            or words.full.startswith(self._known.words.begin)
        )

    def _behind_headings(self, heads: _Cells) -> int:
        """Where the name begins in the words before figures: behind the last heading, or where
        there is a word for each column."""
        is_whole = len(heads) == len(self._heads) and self._is_first_level(heads[0])
        if is_whole and not self._has_words_first:
            return len(heads) - 1
        known = [at for at, word in enumerate(heads) if is_heading(word, self._known)]
        known += [at for at, word in enumerate(heads[:-1]) if words_of(word).points]
        return max(known) + 1 if known else 0

    def _heads_rows(self, word: str) -> bool:
        """Whether a word before a name is a heading: it is known as one, or says points."""
        return is_heading(word, self._known) or bool(words_of(word).points)

    def _is_part(self, headings: _Cells) -> bool:
        """Whether the points of a heading are some of those of the heading above it, as of
        产出指标(50分) below 年度绩效目标(80分), where the first one below says its points, too.
        """
        points_said = [Fraction(words.points or 0) for words in map(words_of, headings)]
        if len(points_said) == 2:
            self._undivided = points_said[0] - points_said[1] if all(points_said) else Fraction()
        elif len(points_said) == 1 and points_said[0]:
            is_part = points_said[0] <= self._undivided
            self._undivided -= points_said[0] if is_part else self._undivided
            return is_part
        return False

    def _is_first_level(self, text: str) -> bool:
        """Whether words are a heading of the first level."""
        words = words_of(text)
        return bool(words.points) or words.name in (*_FIRST, "满意度指标")

    def _headings(self, heads: _Cells, number: int) -> FlatRow | None:
        """A row of headings alone."""
        row = self._named([*heads, "甲"], number)  # whatever its name is
        return None if row is None else attrs.evolve(row, cells={**row.cells, "name": ""})

    def _named(self, heads: _Cells, number: int) -> FlatRow | None:
        """What the words before the figures of a row are: headings and a name."""
        known = self._known
        if not heads or any(is_value(head) or _is_measure(head) for head in heads):
            return None
        *before, name = heads
        texts: dict[str, str] = {}
        if "name" not in self._heads:
            return None
        if is_heading(name, known):
            if self._core[0] not in _MEASURES:
                return None
            before, name = list(heads), ""
        headings: list[str] = []
        while before and self._heads_rows(before[-1]) and len(headings) < 2:
            headings.insert(0, before.pop())
        levels = [level for level in _LEVELS if level in self._heads]
        if not headings and len(levels) == 2 and any(words_of(w).points for w in before[-2:-1]):
            headings, before = before[-2:], before[:-2]
        if len(before) + len(headings) + 1 == len(self._heads) and len(levels) == 2 and name:
            headings, before = [*before, *headings], []
        if len(levels) == 2:
            is_part = self._is_part(headings)
            if len(headings) == 1:
                only = words_of(headings[0])
                is_first = bool(only.points) or only.name in _FIRST
                levels = levels[:1] if is_first and not is_part else levels[1:]
        if before and self._has_words_first:
            return None
        if before and not self._tail and levels == ["level2"]:
            texts["level1"] = before.pop()  # there is no column of which it could be
        texts |= dict(zip(levels, headings, strict=False))
        texts["name"] = name
        return FlatRow(cells=texts, number=number, beyond=tuple(before))

    # Rows with a line for each.

    def _in_lines(self) -> list[FlatRow] | None:
        rows: list[FlatRow] = []
        last = self._at  # behind the last row with figures
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if self._is_total(line.words[0]) or self._ends(line):
                break
            is_part = rows and self._has_points and line.text.startswith("其中")
            if line.is_placeholder or (is_part and self._row(line) is None):
                rows.append(FlatRow(cells={}, number=line.number, beyond=(line.text,)))
            elif all(is_heading(word, self._known) for word in line.words):
                row = self._headings(line.words, line.number)
                if row is not None:
                    rows.append(row)
            elif not any(is_value(word) or self._may_be_due(word) for word in line.words):
                if any(c.isdigit() for c in line.text):
                    return None
                if self._has_points:
                    break
                self._unsure.append(line.number)  # of which words are the name is not sure
                rows.append(FlatRow(cells={}, number=line.number, beyond=(line.text,)))
            else:
                row = self._row(line)
                if row is None:
                    return None
                rows.append(row)
                last = self._at + 1
            self._at += 1
        return rows if self._has_points else self._without_words_behind(rows, last)

    def _may_be_due(self, word: str) -> bool:
        """Whether a word may be all that tells a row with figures: where there are no points."""
        return not self._has_points and _is_measure(word)

    def _without_words_behind(self, rows: list[FlatRow], end: int) -> list[FlatRow]:
        """The rows but those of words alone behind the last one with figures, which may be none of
        the table."""
        behind = {line.number for line in self._lines[end : self._at]}
        self._at = end
        self._unsure = [number for number in self._unsure if number not in behind]
        return [row for row in rows if row.number not in behind]

    def _row(self, line: TextLine) -> FlatRow | None:
        apart = {"operator", "unit"} & set(self._core)
        words = line.parts if apart else line.words
        fitting = [
            (at, own)
            for at in range(1, len(words))
            for own in self._matching(words[at:])
            if not any(map(is_value, words[at + len(own) :]))
        ]
        if len(fitting) != 1:
            return None
        start, own = fitting[0]
        tail = words[start + len(own) :]
        if tail and len(self._tail) != 1:
            return None
        heads = list(words[:start])
        if heads and heads[0] in self._known.indicators.group_of:
            heads = heads[1:]
        first = self._behind_headings(heads)
        known = sum(map(self._heads_rows, heads[:-1]))
        known += sum(is_heading(head, self._known) for head in heads[-1:])
        is_whole = len(heads) == len(self._heads) and self._is_first_level(heads[0])
        if not is_whole and first > known and (first, known, len(self._heads)) != (2, 1, 3):
            return None
        if any(_is_part_of_figure(word) for word in heads[first:]):
            return None  # of a column that is not known, or of a figure that is broken
        beside: dict[str, str] = {}
        if self._has_words_first:  # a word of the name, or of the column beside it
            self._named_by.add(len(heads) - first)
            if len(self._named_by) > 1 or len(heads) - first > _WITH_WORDS:
                return None
            if len(heads) - first == _WITH_WORDS:
                beside[self._core[0]] = heads.pop()
        row = self._named(_in_one(heads, first), line.number)
        if row is None:
            return None
        texts = {**row.cells, **beside, **own, **({self._tail[0]: "".join(tail)} if tail else {})}
        return attrs.evolve(row, cells=texts)

    # Rows with a line for each cell.

    def _listed(self) -> list[FlatRow] | None:
        rows: list[FlatRow] = []
        heads: list[str] = []
        begin = self._at
        width = len(self._core)
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not heads:
                begin = self._at
            if self._is_total(line.text) or self._ends(line):
                break
            if line.is_placeholder:
                rows.append(FlatRow(cells={}, number=line.number, beyond=(line.text,)))
                self._at += 1
                continue
            following = [own.text for own in self._lines[self._at : self._at + width]]
            matching = self._matching(following) if heads else []
            if len(matching) > 1:
                return None
            if matching:
                row = self._named(heads, self._lines[begin].number)
                if row is None:
                    return None
                if not self._has_points:
                    row = self._without_other_words(row)
                if row.beyond and rows and self._is_tail(row):
                    words = {self._tail[0]: "".join(row.beyond)}
                    rows[-1] = attrs.evolve(rows[-1], cells={**rows[-1].cells, **words})
                    row = attrs.evolve(row, beyond=())
                if row.beyond:
                    self._unsure.append(row.number)
                    self._explain(rows, "".join(row.beyond))
                rows.append(attrs.evolve(row, cells={**row.cells, **matching[0]}))
                self._at += len(matching[0])
                heads = []
            elif not heads and rows and self._is_explanation(line.text, rows[-1]):
                cells = {**rows[-1].cells, self._tail[0]: line.text}
                rows[-1] = attrs.evolve(rows[-1], cells=cells)
                self._at += 1
            elif is_value(line.text):
                return None
            else:
                heads.append(line.text)
                self._at += 1
        if heads:  # words that no figures follow are none of the table
            if any(is_heading(head, self._known) for head in heads):
                return None
            self._at = begin
        return self._with_tails(rows)

    def _explain(self, rows: list[FlatRow], words: str) -> None:
        """Give words that may be the reasons of the last row with figures to it as such: that it
        states none is not sure."""
        at = next((n for n in reversed(range(len(rows))) if rows[n].cells.get("name")), None)
        if at is not None and len(self._tail) == 1:
            rows[at] = attrs.evolve(rows[at], cells={self._tail[0]: words, **rows[at].cells})

    def _is_explanation(self, text: str, row: FlatRow) -> bool:
        """Whether what stands behind a row can only be in its last column: a sentence, or a number
        where all other columns have their figures."""
        if len(self._tail) != 1 or self._tail[0] in row.cells:
            return False
        own = {field: text for field, text in row.cells.items() if field in _FIGURES}
        is_full = (
            self._has_points and own.keys() == {*self._core} and all(map(is_value, own.values()))
        )
        return is_full if is_value(text) else bool(own) and "。" in text

    def _without_other_words(self, row: FlatRow) -> FlatRow:
        """A row without what may be words of the one above, which no points tell apart."""
        first = row.cells.get("level1", "")
        if first and not self._heads_rows(first):
            texts = {field: text for field, text in row.cells.items() if field != "level1"}
            row = attrs.evolve(row, cells=texts, beyond=(*row.beyond, first))
        if row.beyond:
            self._unsure.append(row.number)
        return attrs.evolve(row, beyond=())

    def _with_tails(self, rows: Sequence[FlatRow]) -> list[FlatRow] | None:
        """The rows, with words that were taken for a heading of the first level as the explanation
        of the row above where the points of the heading before are not those of its rows without
        the next ones, or are not said; ``None`` if neither is sure."""
        with_tails: list[FlatRow] = []
        due: Fraction | None = None  # points of the heading that no row has yet
        for own in rows:
            row, first = own, own.cells.get("level1", "")
            weight = figure(row.cells.get("weight", ""))
            may_explain = bool(first and self._tail) and not self._heads_rows(first)
            if may_explain and (due or (due is None and with_tails)):
                is_one = len(self._tail) == 1 and weight is not None
                if due and not (is_one and with_tails and weight and weight.nominal <= due):
                    return None
                self._unsure += [] if due else [row.number]
                self._explain(with_tails, first)
                cells = {field: text for field, text in row.cells.items() if field != "level1"}
                row = attrs.evolve(row, cells=cells)
            elif first:
                points = words_of(first).points
                due = Fraction(points) if points and "weight" in self._core else None
            if due is not None and weight is not None:
                due -= weight.nominal
            with_tails.append(row)
        return with_tails

    def _is_tail(self, row: FlatRow) -> bool:
        """Whether words before a heading of the first level belong to the row above."""
        return "level1" in row.cells and len(self._tail) == 1 and "level1" in self._heads[:1]

    # The total.

    def _is_total(self, text: str) -> bool:
        words, _ = label_of(text.partition(":")[0])
        return words.within(frozenset(self._known.totals.score))

    def _total(self, rows: Sequence[FlatRow]) -> FlatRow | None:
        """The row of the total, if one follows, also below words that say something else."""
        begin = self._behind_words()
        if begin >= len(self._lines):
            return None
        line = self._lines[begin]
        texts = list(line.words)
        if not self._is_total(texts[0] if not self._header.is_listed else line.text):
            return None
        if self._header.is_listed:
            texts = [line.text]
        end = begin + 1
        while self._header.is_listed and end < len(self._lines):
            own = self._lines[end]
            grades = (*self._known.totals.grades, *self._known.totals.rating)
            if not (is_value(own.text) or own.text in grades):
                break
            texts.append(own.text)
            end += 1
        self._at = end
        label, *others = texts
        values = [text for text in others if is_value(text)]
        placed = self._total_cells(label, values, rows)
        words = [text for text in others if text not in values or placed is None]
        return FlatRow(cells=placed or {}, number=line.number, left=label, beyond=tuple(words))

    def _behind_words(self) -> int:
        """Where the total may stand: here, or below 其他需要说明的事项 and what is said there."""
        first = self._lines[self._at : self._at + 1]
        if not any(line.text.startswith(self._known.words.begin) for line in first):
            return self._at
        for at, line in enumerate(self._lines[self._at : self._at + _FEW_LINES], start=self._at):
            if self._is_total(line.words[0]):
                return at
            if any(c.isdigit() for c in line.text):
                break
        return self._at

    def _total_cells(
        self, label: str, values: _Cells, rows: Sequence[FlatRow]
    ) -> dict[str, str] | None:
        """Where the numbers of the total stand; ``None`` if that is not sure."""
        fields = [field for field in self._core if field in ("weight", "score")]
        points = [field for field in self._core if field in _POINTS]
        for own in (fields, points):
            if len(values) == len(own) and (len(values) > 1 or own == ["score"]):
                both = dict(zip(own, values, strict=True))
                return both if all(may_be(text, f) for f, text in both.items()) else None
        if len(values) != 1 or "score" not in self._core or not may_be(values[0], "score"):
            return None
        if words_of(label).points:
            return {"score": values[0]}
        value = figure(values[0])
        weights = [figure(row.cells.get("weight", "")) for row in rows]
        due = sum(weight.nominal for weight in weights if weight)
        is_score = value is not None and value.nominal not in (FULL_MARKS, due)
        return (
            {"score": values[0]}
            if is_score and value and value.nominal < due + _MOST_MORE
            else None
        )


_WITH_WORDS = 2
_BOTH: frozenset[str] = frozenset(("target", "actual"))
_FEW_LINES = 4
_MOST_MORE = 21
"""How many points the execution of the budget has at most, and one."""
_PLACE = Place(line=1)
_FIRST = ("产出指标", "效益指标", "效果指标", "投入指标", "过程指标")

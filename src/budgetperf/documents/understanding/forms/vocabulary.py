"""The words of forms, as data: which header, label or row is which field."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping

import attrs

from budgetperf.model.fields import REVIEWED
from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import data_folder, make_converter, structure

__all__ = [
    "REVIEWED",
    "FundingWords",
    "IndicatorWords",
    "TotalWords",
    "Vocabulary",
    "shipped_words",
    "vocabulary",
    "vocabulary_sha256",
]

Columns = Mapping[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class FundingWords:
    """Those of the funding block: its columns, its rows by path, and what tables with the same
    columns are about that are no funding block."""

    columns: Columns
    rows: Columns
    others: tuple[str, ...]

    def is_other(self, text: str) -> bool:
        """Whether words say that a table is about something else."""
        return any(word in text for word in self.others)

    @functools.cached_property
    def column_of(self) -> Mapping[str, str]:
        """The column of each word."""
        return _inverted(self.columns)

    @functools.cached_property
    def row_of(self) -> Mapping[str, str]:
        """The path of the row of each word."""
        return _inverted(self.rows)


@attrs.frozen(kw_only=True)
class IndicatorWords:
    """Those of the indicator table: columns, what stands over or alone, headings, execution."""

    columns: Columns
    groups: Columns
    alone: Columns
    pairs: Columns
    joined: Columns
    lower: Columns
    headings: Columns
    execution: Columns

    @functools.cached_property
    def column_of(self) -> Mapping[str, str]:
        """The column of each word."""
        return _inverted(self.columns)

    @functools.cached_property
    def group_of(self) -> Mapping[str, str]:
        """What each word stands over."""
        return _inverted(self.groups)

    @functools.cached_property
    def alone_of(self) -> Mapping[str, str]:
        """The column of each word that heads one where no other word does."""
        return _inverted(self.alone)

    @functools.cached_property
    def pair_of(self) -> Mapping[str, str]:
        """The column of each word that heads two figures in a cell."""
        return _inverted(self.pairs)

    @functools.cached_property
    def joined_of(self) -> Mapping[str, str]:
        """The column of each word in the second row of a header, with the one above it."""
        return _inverted(self.joined)

    @functools.cached_property
    def lower_of(self) -> Mapping[str, str]:
        """The column of each word in the second row of a header."""
        return _inverted(self.lower)

    @functools.cached_property
    def of_execution(self) -> frozenset[str]:
        """The level-1 headings of a row that is the execution of the budget."""
        return frozenset(self.execution["level1"])


@attrs.frozen(kw_only=True)
class GoalWords:
    """Those of the goal of the year."""

    columns: Columns

    @functools.cached_property
    def column_of(self) -> Mapping[str, str]:
        """The column of each word."""
        return _inverted(self.columns)


@attrs.frozen(kw_only=True)
class ProjectWords:
    """Those of a list of projects."""

    columns: Columns

    @functools.cached_property
    def column_of(self) -> Mapping[str, str]:
        """The column of each word."""
        return _inverted(self.columns)


@attrs.frozen(kw_only=True)
class YearWords:
    """Those of a table with columns of several years."""

    columns: Columns
    rows: Columns


@attrs.frozen(kw_only=True)
class TotalWords:
    """Those of the total and the grade, in the head of a form, too."""

    head: tuple[str, ...]
    score: tuple[str, ...]
    rating: tuple[str, ...]
    grades: tuple[str, ...]


@attrs.frozen(kw_only=True)
class RowWords:
    """Those that begin a row of words."""

    begin: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Vocabulary:
    """All of them.

    Args:
        remarks: what may stand in brackets behind a word and changes nothing.
        known: the patterns of numbers that are no figures.
        reviewed: columns with scores that others gave.
        funding: the funding block.
        indicators: the indicator table.
        goal: the goal.
        projects: a list of projects.
        years: a table with columns of several years.
        identity: cells that name what the form is about, by path.
        totals: the total and the grade.
        words: rows that are no indicators.
    """

    remarks: tuple[str, ...]
    known: tuple[str, ...]
    reviewed: tuple[str, ...]
    funding: FundingWords
    indicators: IndicatorWords
    goal: GoalWords
    projects: ProjectWords
    years: YearWords
    identity: Columns
    totals: TotalWords
    words: RowWords

    @functools.cached_property
    def identity_of(self) -> Mapping[str, str]:
        """The path of each label of the head."""
        return _inverted(self.identity)

    @functools.cached_property
    def list_column_of(self) -> Mapping[str, str]:
        """The column of each word above a list of projects: of its own, of the funds, or of scores
        that others gave."""
        beside = ("label", "explanation")
        of_funds = {w: name for w, name in self.funding.column_of.items() if name not in beside}
        return of_funds | dict.fromkeys(self.reviewed, "reviewed") | dict(self.projects.column_of)

    @functools.cached_property
    def year_column_of(self) -> Mapping[str, str]:
        """The column of each word behind a year."""
        fields = ("initial", "revised", "executed", "execution_rate")
        of_funds = {w: name for w, name in self.funding.column_of.items() if name in fields}
        return of_funds | dict(_inverted(self.years.columns))

    @functools.cached_property
    def year_row_of(self) -> Mapping[str, str]:
        """The path of the row of each word in a table of several years."""
        kinds = ("total", "basic_expenditure", "project_expenditure")
        of_funds = {w: path for w, path in self.funding.row_of.items() if path in kinds}
        return of_funds | dict(_inverted(self.years.rows))


def _inverted(columns: Columns) -> Mapping[str, str]:
    return {word: name for name, words in columns.items() for word in words}


@functools.cache
def vocabulary() -> Vocabulary:
    """The words that are shipped."""
    return structure(make_converter(), shipped_words(), Vocabulary, code="bad-vocabulary")


@functools.cache
def vocabulary_sha256() -> str:
    """The hash of the words that are shipped."""
    return fingerprint(shipped_words())


def shipped_words() -> dict[str, object]:
    """The words that are shipped, as data."""
    file = data_folder("budgetperf.documents", "understanding") / "forms" / "vocabulary.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))

"""Layouts: the structure and the phrases of a kind of report, as data."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping

import attrs

from budgetperf.documents.readers.text import UNKNOWN
from budgetperf.exact import Text
from budgetperf.exact.calls import Called
from budgetperf.model import EvaluationKind
from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import data_folder, make_converter, structure

from .glyphs import LIKE_DIGITS, LIKE_PERCENT

__all__ = [
    "UNSEEN",
    "IndicatorText",
    "Layout",
    "Line",
    "Note",
    "Phrase",
    "Table",
    "compiled",
    "compiled_anchor",
    "layout_sha256",
    "layouts",
]


@attrs.frozen(kw_only=True)
class Note:
    """Something about the print that a reviewer should know, and the pattern that tells it."""

    pattern: str
    text: Text


@attrs.frozen(kw_only=True)
class Line:
    """A line that is one field."""

    pattern: str
    path: str


@attrs.frozen(kw_only=True)
class Phrase:
    """A phrase with figures: an anchor, and the fields that follow it in their order."""

    anchor: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class IndicatorText:
    """How the text states an indicator: headings, the start of an item, labels of its fields."""

    level1: str
    level2: str
    item: str
    again: str
    labels: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Table:
    """A table of the form: the words in its header cells, and those that name its rows.

    ``key`` is the column without which a row says nothing; ``other`` is where rows of another name
    go.
    """

    id: str
    key: str
    columns: Mapping[str, tuple[str, ...]]
    other: str = ""
    rows: Mapping[str, tuple[str, ...]] = attrs.Factory(dict[str, tuple[str, ...]])


@attrs.frozen(kw_only=True, slots=False)  # see ``keep``
class Layout(Called):
    """One kind of report. A second kind is a second description, not a second program.

    The patterns are explained at the top of the file in ``documents/layouts/``.

    Args:
        id: a stable code.
        title: the kind of report in words.
        kind: what such a report evaluates.
        headings: the patterns of headings and list items.
        known: those of numbers that are no figures, such as dates.
        years: the words that say which year a figure is of.
        last_year: those of them that say the year before.
        indicators: how the narrative states an indicator.
        note: what is remarked on where it is found.
        line: the lines that are one field each.
        phrase: the phrases with figures.
        table: the tables of the form.
        achievements: the results that the narrative states, each with its pattern.
        cells: the cells whose words hold figures, each with their patterns.
    """

    id: str
    title: Text
    kind: EvaluationKind
    headings: tuple[str, ...]
    known: tuple[str, ...]
    years: str
    last_year: str
    indicators: IndicatorText
    note: tuple[Note, ...] = ()
    line: tuple[Line, ...] = ()
    phrase: tuple[Phrase, ...] = ()
    table: tuple[Table, ...] = ()
    achievements: Mapping[str, str] = attrs.Factory(dict[str, str])
    cells: Mapping[str, tuple[str, ...]] = attrs.Factory(dict[str, tuple[str, ...]])

    @functools.cached_property
    def anchors(self) -> tuple[tuple[re.Pattern[str], Phrase], ...]:
        """Where each phrase begins."""
        return tuple((compiled_anchor(phrase.anchor), phrase) for phrase in self.phrase)

    @functools.cached_property
    def counted(self) -> tuple[re.Pattern[str], ...]:
        """What is known to be no figure, and is understood."""
        return tuple(map(re.compile, self.known))

    @functools.cached_property
    def remarks(self) -> tuple[tuple[re.Pattern[str], Text], ...]:
        """What is to be said about print of some kind."""
        return tuple((re.compile(note.pattern), note.text) for note in self.note)

    @functools.cached_property
    def results(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """How the text states what was achieved, each with its name."""
        return tuple((name, compiled(pattern)) for name, pattern in self.achievements.items())


@functools.cache
def layouts() -> tuple[Layout, ...]:
    """The layouts that are shipped."""
    return tuple(
        structure(make_converter(), data, Layout, code="bad-layout") for data in _shipped()
    )


def layout_sha256(layout: Layout) -> str:
    """The hash of what a shipped layout says: of its data, whatever remarks stand in the file."""
    return _hashes()[layout.id]


@functools.cache
def _hashes() -> Mapping[str, str]:
    return {str(data["id"]): fingerprint(data) for data in _shipped()}


def _shipped() -> Iterator[dict[str, object]]:
    folder = data_folder("budgetperf.documents", "layouts")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


# A run of digits is taken whole or not at all: not the 3 of 3-5万元, of 3万余元, of 3 50 or of 3%5.
# Possessive, and never begun inside a run: the time stays proportional to the text.
UNSEEN = UNKNOWN + "■�"
"""What stands for a sign that could not be read: a number with one in it, or beside it, is none."""
_LIKE = f"{LIKE_DIGITS}{LIKE_PERCENT}{UNSEEN}"
"""What a number does not end beside: a part of it was recognised as something else."""
_MASK = r"[*×][\d*×.]*+|[Xx]{2,}+|_{2,}+"
_UNITS = r"(?:%|‰|个?百分点|[十百千万亿]{0,4}元|万?[件亩人次个户]|[名项分])?"
_RANGE = rf"{_UNITS}[-~—–～至到]\d"
_NUMERAL = "〇零一二两三四五六七八九十百千"
_FIGURE = (
    rf"(?P<figure>[+-]?(?:\d[\d*]*+(?>(?:[,.][\d*]++)*)|{_MASK})(?!{_RANGE}){_UNITS})"
    rf"(?![\d*%‰十百千万亿A-Za-z·{_LIKE}]| ?\d|[.,][\d{_LIKE}])"
    r"(?!(?<=\d)(?:。|[.,] )\d)"
)
_ODD = (
    rf"(?P<odd>[+-]?[\d{UNSEEN}]"
    rf"[\d*×.,·%‰ \-~—–～至到十百千万亿元兀余多人次个名项件户分/{_LIKE}]{{0,40}}+)"
)
_MARKS = {
    "##": rf"(?<![\d*.,{_NUMERAL}{UNSEEN}])"
    rf"(?P<figure>(?:\d++|[{_NUMERAL}]{{1,12}}+)(?!{_RANGE}){_UNITS})"
    rf"(?![\d*%‰{_NUMERAL}万亿{UNSEEN}])",
    "#": rf"(?<![\d*×.,Xx_{LIKE_DIGITS}{UNSEEN}])(?<!\d[-~—–～至到])(?:{_FIGURE}|{_ODD})",
    "{date}": r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)",
    "{}": r"(?P<words>.{1,500}?)",
}


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a layout as a regular expression."""
    return re.compile(re.sub(r"##|#|\{date\}|\{\}", lambda m: _MARKS[m[0]], pattern))


@functools.cache
def compiled_anchor(pattern: str) -> re.Pattern[str]:
    """An anchor as a regular expression that also matches where its number is left out."""
    end = r"(?=[，。;、)\n]|$)" if pattern.endswith("#") else ""
    return re.compile(
        re.sub("##?", lambda m: rf"(?:{_MARKS[m[0]]}|(?P<blank>){_UNITS}{end})", pattern)
    )

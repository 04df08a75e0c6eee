"""Labels with what they say behind a colon: lines of them as the rows of tables."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from budgetperf.documents.understanding.forms.headers import AMOUNTS
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import label_of, words_of

from .headers import Kind, field_of
from .lines import TextLine

__all__ = ["PairBlock", "pair_block_at"]

_LEVELS = ("level1", "level2", "name")
_FIGURES = ("target", "initial_target", "actual", "weight", "score")
_LONGEST = 300
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[)、.]|\(?[一二三四五六七八九十]{1,2}[)、.]|[-·•●◆])+")


@attrs.frozen(kw_only=True)
class _Pair:
    """A label and what stands behind its colon, with the field that the label names."""

    label: str
    field: str
    value: str
    number: int


_Record: TypeAlias = dict[str, _Pair]


@attrs.frozen(kw_only=True)
class PairBlock:
    """A block of a form as labels and values.

    Args:
        kind: which block it is.
        rows: the rows of a table with the same, each with its line: the labels first.
        lines: how many lines it takes.
        unclear: the lines of labels that say the same thing twice; there are no rows then.
    """

    kind: Kind
    rows: tuple[tuple[int, list[str]], ...]
    lines: int
    unclear: tuple[int, ...] = ()


def pair_block_at(lines: Sequence[TextLine], at: int, known: Vocabulary) -> PairBlock | None:
    """The block of labels and values that begins with a line, if one does.

    Args:
        lines: those of a text.
        at: the line.
        known: the words of forms.
    """
    for read in (_funding, _indicators):
        block = read(lines, at, known)
        if block is not None:
            return block
    return None


def _pairs(line: TextLine, kind: Kind, known: Vocabulary) -> list[_Pair] | None:
    """The pairs of which a line consists; ``None`` if there is anything else in it."""
    if ":" not in line.text or len(line.text) > _LONGEST:
        return None
    numbered = _NUMBERED.match(line.text)
    text = line.text[numbered.end() :] if numbered else line.text
    labels = list(_pattern(_labels(kind, known)).finditer(text))
    if not labels or labels[0].start():
        return None
    ends = [match.start() for match in labels[1:]] + [len(text)]
    return [
        _Pair(
            label=match["label"],
            field=field_of(match["label"], kind, known),
            value=text[match.end() : end].strip(" ,，;；、。|"),
            number=line.number,
        )
        for match, end in zip(labels, ends, strict=True)
    ]


def _labels(kind: Kind, known: Vocabulary) -> frozenset[str]:
    if kind == "funding":
        return frozenset(known.funding.column_of) | frozenset(known.funding.row_of)
    return frozenset(known.indicators.column_of)


@functools.lru_cache(maxsize=8)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?:其中:?)?(?P<label>(?:{listed})(?:\([^()]{{1,12}}\))*):")


def _funding(lines: Sequence[TextLine], at: int, known: Vocabulary) -> PairBlock | None:
    """Amounts of the total, or of the row that a label without a value names."""
    records: dict[str, _Record] = {"": {}}
    row, end, unclear = "", at, list[int]()
    bare: list[_Pair] = []
    if at and _row_named(lines[at - 1].text, known):
        return None  # begun above
    while end < len(lines):
        named = _row_named(lines[end].text, known) if end > at else ""
        pairs = _pairs(lines[end], "funding", known) if not named else []
        if pairs is None:
            break
        row = named or row
        for pair in pairs:
            own = _row_named(pair.label, known)
            if own and not pair.value:
                row = own
            elif own and not pair.field:
                unclear.append(pair.number)  # of which column is not said
                bare.append(pair)
            elif pair.field in records.setdefault(_place(row, known), {}):
                unclear.append(pair.number)
            else:
                records[_place(row, known)][pair.field] = pair
        end += 1
    fields = list(dict.fromkeys(f for record in records.values() for f in record))
    if not fields and len(bare) > 1 and _place(bare[0].label, known) == "":
        texts = " ".join(f"{pair.label}:{pair.value}" for pair in bare)
        return PairBlock(kind="funding", rows=((bare[0].number, ["", texts]),), lines=end - at)
    amounts = [field for field in fields if field in AMOUNTS]
    if len(amounts) < 2 and not (amounts and "execution_rate" in fields):
        return None
    listed = list(_table("funding", fields, records, lines[at].number))
    return PairBlock(
        kind="funding",
        rows=() if unclear else tuple(listed),
        lines=end - at,
        unclear=tuple(unclear),
    )


def _row_named(text: str, known: Vocabulary) -> str:
    """The row of a funding block that words name; ``""`` if they name none."""
    words = label_of(text)[0]
    return words.full if words.within(known.funding.row_of.keys()) else ""


def _place(row: str, known: Vocabulary) -> str:
    """The record of a row; ``""`` for the total."""
    words = words_of(row)
    rows = known.funding.row_of
    return "" if (rows.get(words.full) or rows.get(words.name)) == "total" else row


def _indicators(lines: Sequence[TextLine], at: int, known: Vocabulary) -> PairBlock | None:
    """Indicators, each from a label of its levels or its name to the next one."""
    records: list[_Record] = []
    end, twice = at, list[int]()
    while end < len(lines):
        pairs = _pairs(lines[end], "indicators", known)
        if pairs is None or (records and _is_total(pairs, records[-1], known)):
            break
        for pair in pairs:
            has_figures = bool(records) and any(field in records[-1] for field in _FIGURES)
            if not records or (
                pair.field in _LEVELS and (has_figures or pair.field in records[-1])
            ):
                records.append({})
            if pair.field in records[-1]:
                twice.append(pair.number)
            records[-1][pair.field] = pair
        end += 1
    fields = list(dict.fromkeys(f for record in records for f in record))
    if "name" not in fields or not {"actual", "score"} & set(fields):
        return None
    numbered = {str(number): record for number, record in enumerate(records)}
    listed = list(_table("indicators", fields, numbered, lines[at].number))
    return PairBlock(
        kind="indicators",
        rows=() if twice else tuple(listed),
        lines=end - at,
        unclear=tuple(twice),
    )


def _is_total(pairs: Sequence[_Pair], record: _Record, known: Vocabulary) -> bool:
    """Whether a line below an indicator is the score of all of them: it says nothing else, and the
    indicator has its own."""
    words = words_of(pairs[0].label)
    return len(pairs) == 1 and pairs[0].field in record and words.within({*known.totals.score})


def _table(
    kind: Kind, fields: Sequence[str], records: dict[str, _Record], number: int
) -> Iterator[tuple[int, list[str]]]:
    """The labels, and the values of each record below them."""
    ordered = [field for field in _LEVELS if field in fields] if kind == "indicators" else []
    ordered += [field for field in fields if field not in ordered]
    labels = [
        next(record[field].label for record in records.values() if field in record)
        for field in ordered
    ]
    first = [""] if kind == "funding" else []
    yield number, ["", *first, *labels]
    for name, record in records.items():
        if record:
            own = [record[field].value if field in record else "" for field in ordered]
            at = min(pair.number for pair in record.values())
            yield at, ["", *([name] if kind == "funding" else []), *own]

"""Numbers of sentences with wrong signs (全年执行数9O万元): read where a relation of the report
holds with one reading alone; each is told, and so is what nothing confirms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import attrs

from budgetperf.documents.source import Document, Heading, Paragraph
from budgetperf.documents.understanding.confirming import Choice, confirmed
from budgetperf.documents.understanding.glyphs import LIKE_DIGITS, Doubt, Slip, doubt_of
from budgetperf.exact import LIST, SEMICOLON, Figure, Text
from budgetperf.exact.printed import parse_number
from budgetperf.model import Reading, Repair, SelfEvaluation, figures
from budgetperf.model.fields import copied

__all__ = ["reread"]

_TOKEN = re.compile(
    rf"(?<![A-Za-z0-9.,|])[\d{LIKE_DIGITS}][\d{LIKE_DIGITS}.,·]*"
    r"(?:[万亿]?[元兀亓]|%|℅|٪|分(?![之析别])|[°o]/[oO0°])"
)
_SURE = re.compile(r"(?:0|[1-9]\d*+)(?:\.\d++)?(?:[万亿]?元|%|分)")
"""A number that nothing else looks like, as most are."""
_MOST = 5
"""How many numbers of one text are tried; where more are wrong it is to be recognised anew."""
_TOLD = (Slip.DIGITS, Slip.MARK, Slip.UNIT)


@attrs.frozen(kw_only=True)
class _Place:
    """A number that looks wrong: which block it stands in and where there."""

    block: int
    start: int
    text: str
    line: int
    doubt: Doubt


def reread(
    document: Document,
    report: SelfEvaluation,
    read: Callable[[Document], SelfEvaluation | None],
) -> SelfEvaluation:
    """The report with the numbers of its sentences read of which the others leave one reading.

    A number that was read is never changed: with the number in place of its print the text must
    state all that it stated, and one figure more, and relations must hold with that figure and with
    nothing else that could stand there.

    Args:
        document: what was read.
        report: as it was read.
        read: reads a document as that one was; ``None`` if it gives no single report.
    """
    places = list(_places(document))
    if not places or len(places) > _MOST or report.reading is None:
        return report
    repairs: list[Repair] = []
    doubtful: list[_Place] = []
    while places:
        tried = [(place, _repaired(document, report, place, read)) for place in places]
        doubtful = [place for place, (is_figure, _) in tried if is_figure]
        done = next(((p, outcome) for p, (_, outcome) in tried if outcome is not None), None)
        if done is None:
            break
        place, (repair, document, report) = done
        repairs.append(repair)
        places = [_moved(other, place, repair) for other in places if other is not place]
        doubtful = [other for other in doubtful if other is not place]
    return _told(report, repairs, doubtful)


def _places(document: Document) -> Iterator[_Place]:
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph | Heading):
            continue
        for match in _TOKEN.finditer(block.text):
            if _SURE.fullmatch(match[0]):
                continue
            doubt = doubt_of(match[0])
            if doubt is not None and len(doubt.likely) == 1 and set(doubt.slips) <= set(_TOLD):
                line = block.spot.line + block.text.count("\n", 0, match.start())
                yield _Place(
                    block=number, start=match.start(), text=match[0], line=line, doubt=doubt
                )


def _moved(place: _Place, other: _Place, repair: Repair) -> _Place:
    """A place after another number of its block has become longer or shorter."""
    if place.block != other.block or place.start < other.start:
        return place
    return attrs.evolve(place, start=place.start + len(repair.after) - len(other.text))


def _repaired(
    document: Document,
    report: SelfEvaluation,
    place: _Place,
    read: Callable[[Document], SelfEvaluation | None],
) -> tuple[bool, tuple[Repair, Document, SelfEvaluation] | None]:
    """Whether a figure of the report would be read in a place, and what it is if that is sure."""
    (likely,) = place.doubt.likely
    changed = _with(document, place, likely)
    reread_report = read(changed)
    if reread_report is None:
        return False, None
    before = {path: (figure.value, figure.unit) for path, figure in figures(report)}
    after = dict(figures(reread_report))
    still_read = {
        path: (figure.value, figure.unit) for path, figure in after.items() if path in before
    }
    more = [path for path in after if path not in before]
    if still_read != before or len(more) != 1 or after[more[0]].text != likely:
        return False, None
    (path,) = more
    choices = tuple(_choices(place.doubt, after[path]))
    sure = confirmed(reread_report, path, choices)
    if sure is None or sure.alone is None or sure.choice.text != likely:
        return True, None
    repair = Repair(
        path=path,
        line=place.line,
        before=place.text,
        after=likely,
        why=SEMICOLON.join((place.doubt.in_words, sure.reason)),
    )
    return True, (repair, changed, reread_report)


def _with(document: Document, place: _Place, text: str) -> Document:
    """The document with another number in a place."""
    blocks = list(document.blocks)
    block = blocks[place.block]
    if not isinstance(block, Paragraph | Heading):
        return document
    before, behind = block.text[: place.start], block.text[place.start + len(place.text) :]
    blocks[place.block] = attrs.evolve(block, text=f"{before}{text}{behind}")
    return attrs.evolve(document, blocks=tuple(blocks))


def _choices(doubt: Doubt, figure: Figure) -> Iterator[Choice]:
    """All that may stand in a place, as figures of one kind."""
    for text, is_likely in doubt.readings:
        other = Figure.from_printed(parse_number(text), place=figure.place, path=figure.path)
        if other.unit.dimension == figure.unit.dimension:
            yield Choice(text=text, figure=figure if is_likely else other, is_likely=is_likely)


def _told(
    report: SelfEvaluation, repairs: Sequence[Repair], doubtful: Sequence[_Place]
) -> SelfEvaluation:
    """The report with what was read after all, and what nothing confirms."""
    reading = report.reading
    if reading is None or not (repairs or doubtful):
        return report
    notes = reading.notes
    if doubtful:
        listed = LIST.join(_ONE.fill(line=place.line, text=place.text) for place in doubtful)
        notes = (*notes, _UNCONFIRMED.fill(listed))
    with_repairs: Reading = attrs.evolve(reading, repairs=(*reading.repairs, *repairs), notes=notes)
    return copied(report, SelfEvaluation, {"reading": with_repairs})


_ONE = Text(zh="第 {line} 行“{text}”", en="“{text}” on line {line}")
_UNCONFIRMED = Text(
    zh="正文中的这些数字疑有识别错误，其他数字不能确认应为何数，没有读取，请对照原件：{}",
    en="these numbers of the text may have been recognised wrongly, and no other figure confirms "
    "what they should be; they were left out, and are to be compared with the original: {}",
)

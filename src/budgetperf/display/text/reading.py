"""What was read of a document, figure by figure with its place, and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.display.text.lines import headline, joined_lines
from budgetperf.display.text.tables import table_text
from budgetperf.display.words.repair import repair_text
from budgetperf.display.words.whereabouts import has_more_than_lines, place_text, unread_place_text
from budgetperf.exact import COLON, Figure, Missing, Text
from budgetperf.model import Reading, SelfEvaluation, figures
from budgetperf.relations.binding import label_at
from budgetperf.relations.words import unit_text

__all__ = ["reading_text"]

_LINE, _COLUMN = Text(zh="行", en="line"), Text(zh="列", en="column")
_WHERE = Text(zh="位置", en="place")
_PRINTED = Text(zh="原文", en="as printed")
_HEADS = (_PRINTED, Text(zh="读作", en="read as"), Text(zh="所指", en="what it is"))


def reading_text(report: SelfEvaluation, *, lang: str = "zh") -> str:
    """Each figure in the order of the document, then the numbers that were not read.

    Args:
        report: the report, as it was read.
        lang: ``"zh"`` or ``"en"``.
    """
    return joined_lines(_lines(report, lang))


def _lines(report: SelfEvaluation, lang: str) -> Iterator[str]:
    name, year, reading = report.about, report.department.year, report.reading
    when = "—" if isinstance(year, Missing) else str(year.value)
    title = Text(zh="{}　{} 年度绩效自评报告（{}）", en="{}, self-evaluation for {} ({})")
    about = "—" if isinstance(name, Missing) else name
    yield title.fill(about, when, report.kind.label).pick(lang)
    if reading is not None:
        yield _summary(reading).pick(lang)
    yield from _section(Text(zh="已读取", en="read"), lang)
    placed = sorted(figures(report), key=lambda path_and_figure: _place(path_and_figure[1]))
    in_lines = not any(has_more_than_lines(figure.place) for _, figure in placed)
    first = (_LINE, _COLUMN) if in_lines else (_WHERE,)
    rows = [tuple(head.pick(lang) for head in (*first, *_HEADS))]
    for path, figure in placed:
        where = _in_lines(figure) if in_lines else (_where(figure).pick(lang),)
        rows.append((*where, *_row(report, path, figure, lang)))
    yield from table_text(rows).split("\n")
    if reading is None:
        return
    if reading.unread:
        yield from _section(Text(zh="未读取", en="not read"), lang)
        heads = tuple(head.pick(lang) for head in (_LINE if in_lines else _WHERE, _PRINTED))
        numbers = [heads]
        for number in reading.unread:
            at = str(number.line) if in_lines else unread_place_text(number).pick(lang)
            numbers.append((at, number.text))
        yield from table_text(numbers).split("\n")
    if reading.repairs:
        yield from _section(Text(zh="改读", en="read despite the print"), lang)
        yield from (repair_text(repair).pick(lang) for repair in reading.repairs)
    if reading.notes:
        yield from _section(Text(zh="提示", en="notes"), lang)
        yield from (note.pick(lang) for note in reading.notes)


_RECOGNISED = Text(zh="{}（识别）", en="{} (recognised)")


def _section(title: Text, lang: str) -> Iterator[str]:
    yield ""
    yield headline(title.pick(lang))


def _summary(reading: Reading) -> Text:
    layout = Text.of(reading.layout)
    if reading.why:
        layout = COLON.join((layout, reading.why))
    return Text(
        zh="文中共 {all} 个数字，已读取 {known} 个（版式 {layout}）",
        en="{known} of {all} numbers were read (layout {layout})",
    ).fill(all=reading.numbers, known=reading.accounted, layout=layout)


def _place(figure: Figure) -> tuple[int, int]:
    place = figure.place
    return (0, 0) if place is None else (place.line, place.column or 0)


def _in_lines(figure: Figure) -> tuple[str, str]:
    line, column = _place(figure)
    return str(line or "—"), str(column or "—")


def _where(figure: Figure) -> Text:
    return Text.of("—") if figure.place is None else place_text(figure.place)


def _row(report: SelfEvaluation, path: str, figure: Figure, lang: str) -> tuple[str, ...]:
    reading = report.reading
    printed = _RECOGNISED if reading is not None and reading.recognised else Text.of("{}")
    repairs = () if reading is None else reading.repairs
    before = next((repair.before for repair in repairs if repair.path == path), figure.text)
    return (
        printed.fill(before).pick(lang),
        f"{figure.value:f}" + unit_text(figure.unit).pick(lang),
        label_at(report, path).pick(lang),
    )

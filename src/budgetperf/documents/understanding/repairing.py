"""Numbers with wrong signs, as recognition programs leave them, read where the other figures leave
one reading only; each is told, and what nothing confirms stays unread and is told, too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator, Sequence
from typing import TypeAlias, cast

import attrs

from budgetperf.exact import (
    LIST,
    MONEY,
    NUMBER,
    RATIO,
    SEMICOLON,
    Figure,
    Missing,
    MissingReason,
    Place,
    Text,
)
from budgetperf.exact.figure import printed_as
from budgetperf.exact.printed import parse_number
from budgetperf.model import (
    Reading,
    Repair,
    SelfEvaluation,
    Target,
    Unread,
    figures,
)
from budgetperf.model.fields import FigureKind, copied
from budgetperf.model.indicators import read_target
from budgetperf.model.paths import kind_of, put, resolve
from budgetperf.model.precision import column_of, column_precision
from budgetperf.model.walking import ROOTS, unread_places

from .confirming import Choice, confirmed
from .glyphs import Doubt, Slip, doubt_of
from .misprints import misprints, unsigned

__all__ = ["repaired"]

_MOST = 60
"""How many numbers are tried; a document in which more are wrong is to be recognised anew."""
_WERE_READ = {Slip.PERCENT, Slip.OPERATOR_AS_DIGIT}
"""What is wrong with numbers that were read."""
_POWERS = {"万": "万元", "亿": "亿元"}
_Doubts: TypeAlias = dict[str, tuple[Missing, Doubt]]


def repaired(report: SelfEvaluation) -> SelfEvaluation:
    """The report with the numbers read of which the other figures leave one reading only.

    None is made up: what is read must look like the print, and relations of the report must hold
    with it and with nothing else that could stand there, or only within rounding; or only its unit
    is unsure and the others of its column have that. Of numbers that were read only those are read
    otherwise that lack the sign of per cent or have a 2 in the place of their operator; where
    nothing confirms a number whose 2 may be one, it is left out.

    Args:
        report: as it was read.
    """
    reading = report.reading
    if reading is None:
        return report
    doubts = dict((*_doubts(report), *misprints(report)))
    alone = unsigned(report)
    if not doubts and not alone:
        return report
    repairs: list[Repair] = []
    were_read = {path for path, (_, doubt) in doubts.items() if _WERE_READ & {*doubt.slips}}
    # A number that was read may confirm another one: after each all that are left are tried anew.
    while True:
        tried = itertools.islice(doubts.items(), _MOST)
        repair_and_report = next(
            filter(None, (_repair(report, path, *doubt) for path, doubt in tried)), None
        )
        if repair_and_report is None:
            break
        repair, report = repair_and_report
        repairs.append(repair)
        del doubts[repair.path]
    for path, (missing, doubt) in doubts.items():
        if Slip.OPERATOR_AS_DIGIT in doubt.slips:
            report = put(report, {path: missing})
            reading = _with_unread(reading, missing)
    unconfirmed = [missing for missing, doubt in doubts.values() if Slip.PERCENT not in doubt.slips]
    known = {repair.path for repair in repairs} | doubts.keys()
    not_known = [m for path, m in alone.items() if path not in known]
    reading = _told(reading, repairs, were_read, unconfirmed, not_known)
    return copied(report, SelfEvaluation, {"reading": reading})


def _doubts(report: SelfEvaluation) -> Iterator[tuple[str, tuple[Missing, Doubt]]]:
    """The places with something that looks like a number, by their paths."""
    for root in ROOTS:
        for path, missing in unread_places(root, getattr(report, root)):
            if missing.reason is MissingReason.UNREADABLE:
                text = missing.text
                if path.endswith("target.value"):
                    target_text = cast("Target", resolve(report, path.removesuffix(".value"))).text
                    text = target_text if isinstance(target_text, str) else text
                doubt = doubt_of(text)
                if doubt is not None:
                    yield path, (attrs.evolve(missing, text=text), doubt)


def _with_unread(reading: Reading, missing: Missing) -> Reading:
    """The reading with a number left out that was read."""
    more = tuple(Unread(text=t, line=missing.line or 1) for t in _NUMBER.findall(missing.text))
    unread = tuple(sorted((*reading.unread, *more), key=lambda number: number.line))
    return attrs.evolve(reading, unread=unread, accounted=reading.accounted - len(more))


def _repair(
    report: SelfEvaluation, path: str, missing: Missing, doubt: Doubt
) -> tuple[Repair, SelfEvaluation] | None:
    """What a number is read as, and the report with that; ``None`` if nothing confirms it."""
    choices = _choices(report, path, missing, doubt)
    if not any(choice.is_likely for choice in choices):
        return None
    first = next(choice for choice in choices if choice.is_likely)
    confirmation = confirmed(_with(report, path, first), path, choices)
    if confirmation is not None and _holds_as_put(report, path, confirmation.choice):
        choice = confirmation.choice
        reason = confirmation.reason
    else:
        alike = _by_column(report, path, choices, doubt)
        if alike is None:
            return None
        choice, reason = alike
    repair = Repair(
        path=path,
        line=missing.line,
        before=missing.text,
        after=choice.text,
        why=SEMICOLON.join((doubt.in_words, reason)),
    )
    return repair, _with(report, path, choice)


def _holds_as_put(report: SelfEvaluation, path: str, choice: Choice) -> bool:
    """Whether what confirms a reading holds with it as precise as its column, too: 10 among 10.00
    and 5.30 is not 10 with what may be rounded away."""
    as_put = _with(report, path, choice)
    put_so = cast("Figure", resolve(as_put, path))
    return confirmed(as_put, path, [attrs.evolve(choice, figure=put_so)]) is not None


def _with(report: SelfEvaluation, path: str, choice: Choice) -> SelfEvaluation:
    """The report with a figure read, as precise as its column."""
    if kind_of(path) is FigureKind.TARGET:
        where = path.removesuffix(".value")
        target = cast("Target", resolve(report, where))
        own = read_target(choice.text)
        value = attrs.evolve(choice.figure, rounding=None)
        target = attrs.evolve(target, text=choice.text, value=value)
        if not isinstance(own.direction, Missing):
            target = attrs.evolve(target, direction=own.direction, strict=own.strict)
        report = put(report, {where: target})
    else:
        report = put(report, {path: choice.figure})
    parts = column_precision(report, report.repeated)
    return copied(report, SelfEvaluation, parts) if parts else report


def _choices(
    report: SelfEvaluation, path: str, missing: Missing, doubt: Doubt
) -> tuple[Choice, ...]:
    """All that may stand at a path, as figures that the field takes."""
    choices: dict[tuple[str, str], Choice] = {}
    for text, is_likely in doubt.readings:
        for printed, figure in _figures(report, path, text, missing):
            choice = Choice(text=printed, figure=figure, is_likely=is_likely)
            choices.setdefault((printed, figure.unit.symbol), choice)
    return tuple(choices.values())


def _figures(
    report: SelfEvaluation, path: str, text: str, missing: Missing
) -> Iterator[tuple[str, Figure]]:
    """What a text says at a path: a bare number in the unit of its column."""
    number = parse_number(text)
    place = missing.place or (None if missing.line is None else Place(line=missing.line))
    kind, symbol = kind_of(path), number.unit.symbol
    if number.operator is not None and kind is not FigureKind.TARGET:
        return
    for unit in _units(report, path, kind, symbol):
        with_unit = text if unit == symbol else f"{text.removesuffix(symbol)}{unit}"
        figure = Figure.from_printed(parse_number(with_unit), place=place, path=path)
        dimension = figure.unit.dimension
        if kind is FigureKind.AMOUNT and dimension != MONEY:
            continue
        if kind is FigureKind.RATE and dimension not in (RATIO, NUMBER):
            continue
        if kind in (FigureKind.WEIGHT, FigureKind.SCORE) and (
            dimension != NUMBER or figure.unit.scale != 1
        ):
            continue
        shown = with_unit if kind is FigureKind.RATE or unit == symbol else text
        yield shown, printed_as(figure, shown)


def _units(
    report: SelfEvaluation, path: str, kind: FigureKind | None, symbol: str
) -> Sequence[str]:
    """The units that a number may be in, as it is printed at a path."""
    match kind:
        case FigureKind.AMOUNT if symbol in _POWERS:
            return (_POWERS[symbol],)
        case FigureKind.AMOUNT if not symbol:
            units = _units_of_column(report, path)
            return units if len(units) == 1 else ()
        case FigureKind.RATE if not symbol:
            return ("%", "")
        case FigureKind.TARGET | FigureKind.REACHED if not symbol:
            other = _beside(report, path)
            own = other.unit.symbol if isinstance(other, Figure) else ""
            return (own, "") if own else ("",)
        case _:
            return (symbol,)


def _beside(report: SelfEvaluation, path: str) -> object:
    """The target beside what was reached, and the other way round; ``None`` beside others."""
    row, _, field = path.removesuffix(".value").rpartition(".")
    others = {"target": "actual", "actual": "target.value", "midyear": "target.value"}
    if "indicators[" not in path or field not in others:
        return None
    return resolve(report, f"{row}.{others[field]}")


def _units_of_column(report: SelfEvaluation, path: str) -> tuple[str, ...]:
    column = column_of(SelfEvaluation, path)
    units = {
        figure.unit.symbol
        for other, figure in figures(report)
        if other != path and column is not None and column_of(SelfEvaluation, other) == column
    }
    return tuple(units)


def _by_column(
    report: SelfEvaluation, path: str, choices: Sequence[Choice], doubt: Doubt
) -> tuple[Choice, Text] | None:
    """The reading of a number whose digits are sure, where the others of its column or the one
    beside it are alike, and which these are."""
    likely = [choice for choice in choices if choice.is_likely]
    if not doubt.is_number_sure or len({choice.text for choice in likely}) != 1:
        return None
    choice = likely[0]
    if Slip.OPERATOR in doubt.slips:
        return (choice, _BY_COLUMN) if _others_have_operators(report, path) else None
    unit = choice.figure.unit.symbol
    beside = _beside(report, path)
    if isinstance(beside, Figure):
        return (choice, _BY_ROW) if beside.unit.symbol == unit else None
    return (choice, _BY_COLUMN) if _units_of_column(report, path) == (unit,) else None


def _others_have_operators(report: SelfEvaluation, path: str) -> bool:
    """Whether every other target of the table that is a number has an operator."""
    where, _, _ = path.partition("[")
    rows = cast("tuple[object, ...]", resolve(report, where))
    targets = [getattr(row, "target", None) for row in rows]
    signed = [
        not isinstance(target.direction, Missing)
        for target in targets
        if isinstance(target, Target) and isinstance(target.value, Figure)
    ]
    return bool(signed) and all(signed)


_NUMBER = re.compile(r"\d+(?:[,.]\d+)*")


_MOST_LINES = 4
"""How many lines a number takes at most that a page end cut."""


def _told(
    reading: Reading,
    repairs: Sequence[Repair],
    were_read: Container[str],
    unconfirmed: Sequence[Missing],
    alone: Sequence[Missing],
) -> Reading:
    """The reading with what was read after all, what nothing confirms, and the targets that alone
    have no operator. A number that was read before it was repaired is none of those unread."""
    unread = list(reading.unread)
    for repair in repairs:
        if repair.path in were_read:
            continue
        for text in _NUMBER.findall(repair.before):
            first = repair.line or 1
            lines = range(first, first + _MOST_LINES)
            places = (n for n, u in enumerate(unread) if u.line in lines and u.text == text)
            at = next(places, None)
            if at is not None:
                del unread[at]
    notes = reading.notes
    for missing, note in ((unconfirmed, _UNCONFIRMED), (alone, _UNSIGNED)):
        if missing:
            listed = LIST.join(_ONE.fill(line=m.line or "—", text=m.text) for m in missing)
            notes = (*notes, note.fill(listed))
    return attrs.evolve(
        reading,
        unread=tuple(unread),
        accounted=reading.accounted + len(reading.unread) - len(unread),
        repairs=tuple(repairs),
        notes=notes,
    )


_ONE = Text(zh="第 {line} 行“{text}”", en="“{text}” on line {line}")
_UNSIGNED = Text(
    zh="这些指标值没有比较符号，而表中其他指标值都有，开头的“2”可能是“≥”的误认，请对照原件：{}",
    en="these targets have no comparison sign, although all others of the table do, and their "
    "first 2 may be a ≥; they are to be compared with the original: {}",
)
_UNCONFIRMED = Text(
    zh="这些数字疑有识别错误，其他数字不能确认应为何数，没有读取，请对照原件：{}",
    en="these numbers may have been recognised wrongly, and no other figure confirms what they "
    "should be; they were left out, and are to be compared with the original: {}",
)
_BY_ROW = Text(
    zh="与同一行的指标值、实际完成值单位一致",
    en="the target and the actual value of its row have one unit so",
)
_BY_COLUMN = Text(zh="本栏其他各项均如此填列", en="so the others of its column are printed")

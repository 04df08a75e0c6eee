"""Which reading of a document is taken: the one that understands most of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.apart import without_to_do
from budgetperf.documents.places.hidden import with_hidden
from budgetperf.documents.places.located import located
from budgetperf.documents.readers.text import UnusableDocumentError, unusable
from budgetperf.documents.source import Document
from budgetperf.documents.understanding.apart.basic_data import without_basic_data
from budgetperf.documents.understanding.apart.reports import narratives_in
from budgetperf.documents.understanding.assembling import Beside, Found
from budgetperf.documents.understanding.by_layout import (
    lines_in,
    read_by_layout,
    read_by_phrases,
)
from budgetperf.documents.understanding.flat.tables import with_tables
from budgetperf.documents.understanding.forms.head import heads_others
from budgetperf.documents.understanding.forms.reports import (
    ASKED_FOR,
    ByWords,
    Told,
    form_reports,
)
from budgetperf.documents.understanding.forms.vocabulary import vocabulary
from budgetperf.documents.understanding.forms.words import words_of
from budgetperf.documents.understanding.phrases.kinds.whole import tells_rivals
from budgetperf.documents.understanding.phrases.reading import PHRASES, PhraseReading, read_phrases
from budgetperf.documents.understanding.phrases.rereading import reread
from budgetperf.documents.understanding.repairing import repaired
from budgetperf.documents.understanding.segments import clean, is_row
from budgetperf.documents.understanding.ways import Way
from budgetperf.exact import COLON, SEMICOLON, Figure, Missing, Text, plain_text
from budgetperf.model import EvaluationKind, SelfEvaluation, Statement, figures
from budgetperf.model.fields import copied

__all__ = ["reports_of"]


def reports_of(document: Document, source: str, way: Way) -> tuple[SelfEvaluation, ...]:
    """The reports of a document, with the numbers of its sentences that were printed wrongly read
    where the others leave one reading.

    Args:
        document: the document.
        source: its name.
        way: how it is read, where one asks for that.

    Raises:
        UnusableDocumentError: it is too long, or no figure of it can be read.
    """
    parts = narratives_in(document)
    if len(parts) > 1:
        lines_in(document, source)  # the bounds are those of the whole
        try:
            reports = tuple(report for part in parts for report in _reports_of(part, source, way))
            return tuple(_placed(document, report) for report in reports)
        except UnusableDocumentError:  # a part of which nothing can be read is no report
            pass
    return tuple(_placed(document, report) for report in _reports_of(document, source, way))


def _placed(document: Document, report: SelfEvaluation) -> SelfEvaluation:
    """A report with where all stands, and with what hidden rows hold of it."""
    return with_hidden(document, located(document, report))


def _reports_of(document: Document, source: str, way: Way) -> tuple[SelfEvaluation, ...]:
    """The reports of what is one narrative, or forms."""
    reports = _as_printed(document, source, way)

    def again(changed: Document) -> SelfEvaluation | None:
        try:
            others = _as_printed(changed, source, way)
        except UnusableDocumentError:
            return None
        return others[0] if len(others) == 1 else None

    return (reread(document, reports[0], again),) if len(reports) == 1 else reports


def _as_printed(document: Document, source: str, way: Way) -> tuple[SelfEvaluation, ...]:
    """The reports as whatever understands most of a document reads it: of two alike, the layout
    with a name.

    Args:
        document: the document.
        source: its name.
        way: how it is read, where one asks for that.

    Raises:
        UnusableDocumentError: it is too long, or no figure of it can be read.
    """
    document, beside = without_basic_data(without_to_do(document))
    lines = lines_in(document, source)
    as_read = document
    named = _named(document, lines, source, way, beside) if way.by == "any" else []
    best = _best(named)
    if best is not None and _is_its_own(best, lines):
        reports: tuple[SelfEvaluation, ...] = (best,)
    else:
        document = with_tables(document, way.own.words if way.own else vocabulary())
        lines = lines_in(document, source)
        named = _named(document, lines, source, way, beside)
        best = _best(named)
        is_enough = way.by == "name" or (way.by == "any" and _is_its_own(best, lines))
        if best is not None and is_enough:
            reports = (_beside_forms_alone(best, document, source) if way.by == "name" else best,)
        else:
            reports = _by_words(document, lines, source, way, named, beside)
    reports = tuple(map(repaired, reports))
    if not any(
        path not in _BESIDE and any(c.isdigit() for c in figure.text)
        for report in reports
        for path, figure in figures(report)
    ):
        recovered = document.notes[len(as_read.notes) :][:1]
        is_blank = not (as_read.recognised or _has_numbers(reports, lines))
        reasons = recovered or _rivals_in(reports) or [_NO_NUMBERS if is_blank else _NO_FIGURES]
        why = SEMICOLON.join((*reasons, *as_read.notes[:_FIRST]))
        nothing_read = Text(zh="没有读取到任何数字", en="no figure could be read") + COLON + why
        raise unusable("no-figures", nothing_read.zh, nothing_read.en, source)
    reports = tuple(_with_why(report, way) for report in reports)
    return tuple(map(_as_recognised, reports)) if as_read.recognised else reports


def _rivals_in(reports: Sequence[SelfEvaluation]) -> list[Text]:
    """What is told of amounts of the whole that a text states twice and not alike."""
    readings = [report.reading for report in reports if report.reading is not None]
    return [note for reading in readings for note in reading.notes if tells_rivals(note)]


def _has_numbers(reports: Sequence[SelfEvaluation], lines: Sequence[tuple[int, str]]) -> bool:
    """Whether there is a number that was not read, or what stands in the place of one."""
    readings = [report.reading for report in reports if report.reading is not None]
    return any(reading.unread for reading in readings) or any(
        _IN_PLACE.search(clean(cell)) for _, line in lines for cell in line.split("\t")
    )


_IN_PLACE = re.compile(
    r"[□\ufffd]|##|[*×XxＸ_]+(?:[%‰元分]|[万亿]元?|$)|^[*×XxＸ]+"
    "|[一二三四五六七八九十百千万]{2,}(?:[人名个户场次亩件元分]|公里)"
)


def _beside_forms_alone(report: SelfEvaluation, document: Document, source: str) -> SelfEvaluation:
    """A report by the layout that was asked for; where the words in headers say more, that is
    told."""
    forms = form_reports(document, source, None)
    read, reading = _accounted(forms.reports), report.reading
    if reading is None or read <= reading.accounted:
        return report
    return _with_note(report, _FEWER.fill(reading.layout, reading.accounted, read))


_FEWER = Text(
    zh="按要求用版式 {} 读取，只认出 {} 个数字；按表头中的词可认出 {} 个：请核对版式",
    en="the layout {} was asked for and accounts for {} numbers; the words in the headers account "
    "for {}: check the layout",
)


def _with_why(report: SelfEvaluation, way: Way) -> SelfEvaluation:
    """A report with why it was read by its layout, where that is not told yet."""
    reading = report.reading
    if reading is None or reading.why:
        return report
    why = _MOST.fill(reading.accounted, reading.numbers) if way.by == "any" else ASKED_FOR
    return copied(report, SelfEvaluation, {"reading": attrs.evolve(reading, why=why)})


_MOST = Text(zh="它读懂的数字最多：{} / {}", en="it understands most of the numbers: {} of {}")


def _named(
    document: Document,
    lines: Sequence[tuple[int, str]],
    source: str,
    way: Way,
    beside: Beside,
) -> list[tuple[SelfEvaluation, Told]]:
    """What each of the layouts with a name makes of a document."""
    return [read_by_layout(document, lines, source, layout, beside) for layout in way.named]


def _best(named: Sequence[tuple[SelfEvaluation, Told]]) -> SelfEvaluation | None:
    """The report that understands most, if there is one."""
    readings = [report for report, _ in named]
    return max(readings, key=_understood) if len(readings) > 1 else next(iter(readings), None)


def _by_words(
    document: Document,
    lines: Sequence[tuple[int, str]],
    source: str,
    way: Way,
    named: Sequence[tuple[SelfEvaluation, Told]],
    beside: Beside,
) -> tuple[SelfEvaluation, ...]:
    """By the phrases of the text, by the headers of forms and the text around them, or by a layout
    with a name after all."""
    text = [line for line in lines if not is_row(line[1])]
    narrative = read_phrases(text)
    in_phrases = read_by_phrases(document, lines, source, narrative, beside)
    if way.by == "phrases":
        return (in_phrases,)
    fitting = [
        (report, by_layout) for report, by_layout in named if not _misfits(report, narrative)
    ]
    layouts_that_fit = [
        by_layout
        for _, by_layout in fitting
        if not (by_layout.kind is EvaluationKind.DEPARTMENT and narrative.is_of_project)
    ]
    forms = _in_forms(document, source, way, layouts_that_fit, text, beside)
    if way.by == "forms":
        return forms.reports
    readings = [*(report for report, _ in fitting), in_phrases]
    best = max(readings, key=_understood)
    accounted = _accounted((best,))
    is_parted = any(_parts_targets(line) for _, line in lines if is_row(line))
    is_empty = not any(True for _ in figures(best))
    says_more = any(True for report in forms.reports for _ in figures(report))
    is_of_others = _is_of_department(best) and any(
        report.kind is EvaluationKind.PROJECT for report in forms.reports
    )
    # Where both account for nearly as many numbers, the project that a form names counts; where
    # no department is named, half of them will do.
    is_unnamed = is_of_others and isinstance(best.department.name, Missing)
    least = _HALF if is_unnamed else _NEARLY_ALL if is_parted or is_of_others else None
    if not (is_empty and says_more) and not _is_better(forms, accounted, least):
        return (best,)
    note = _BY_WORDS.fill(_accounted(forms.reports), accounted)
    return tuple(_with_note(report, note) for report in forms.reports)


def _understood(report: SelfEvaluation) -> tuple[int, int]:
    """How many of the document's numbers were understood, and how many figures they gave."""
    return _accounted((report,)), sum(1 for _ in figures(report))


def _is_its_own(report: SelfEvaluation | None, lines: Sequence[tuple[int, str]]) -> bool:
    """Whether the document is plainly of the layout that it was read by: a long one with one form,
    nearly all of whose numbers were understood. Nothing else need be tried then."""
    reading = None if report is None else report.reading
    if reading is None or reading.numbers < _LONG:
        return False
    rows = [line for _, line in lines if is_row(line)]
    return (
        _NEARLY_ALL * reading.numbers <= reading.accounted
        and sum(_LEVEL in row for row in rows) < 2
        and not any(heads_others(row.split("\t")) or _parts_targets(row) for row in rows)
        and not (_is_of_department(report) and any(map(_names_project, rows)))
    )


def _is_of_department(report: SelfEvaluation | None) -> bool:
    return report is not None and report.kind is EvaluationKind.DEPARTMENT


def _names_project(line: str) -> bool:
    """Whether a row of the head names the project that a form is of."""
    label = words_of(plain_text(line.partition("\t")[0]))
    return vocabulary().identity_of.get(label.name) == "project.name"


def _parts_targets(line: str) -> bool:
    """Whether a row is the header of indicators whose targets have columns for sign or unit,
    which a layout with a name does not read."""
    columns = vocabulary().indicators.column_of
    fields = {columns.get(words_of(plain_text(cell)).name) for cell in line.split("\t")}
    return "target" in fields and bool(fields & {"operator", "unit"})


_LONG = 50
_NEARLY_ALL = Fraction(9, 10)
_HALF = Fraction(1, 2)
_LEVEL = "一级指标"


def _misfits(report: SelfEvaluation, narrative: PhraseReading) -> bool:
    """Whether a layout for departments read the text of a project, or of several of them, or what
    is said of a part as said of the whole: its phrases are found in any sentence."""
    if not _is_of_department(report) or report.form != Statement():
        return False
    if narrative.is_of_project or narrative.is_of_several:
        return True
    by_phrases = {
        (item.path, item.value.nominal)
        for item in narrative.values
        if isinstance(item.value, Figure)
    }
    return any(
        path.startswith(_OF_ALL) and (path, figure.nominal) not in by_phrases
        for path, figure in figures(report)
    )


_OF_ALL = ("narrative.funding.total.", "narrative.total_score")


def _beside_forms(text: Sequence[tuple[int, str]]) -> list[Told]:
    """What the sentences around forms state, if they state anything."""
    narrative = read_phrases(text, beside_form=True)
    if not _says_more([item for item in narrative.values if item.path != _NAME]):
        return []
    of_department = narrative.kind is EvaluationKind.DEPARTMENT
    return [
        Told(
            values=narrative.values,
            segments=narrative.segments,
            layout=PHRASES,
            kind=narrative.kind if of_department else None,
            notes=narrative.notes,
        )
    ]


_NAME = "department.name"


def _says_more(read: Sequence[Found]) -> bool:
    """Whether text says more than the year, which stands above forms, too."""
    return any(item.path != "department.year" for item in read)


def _in_forms(
    document: Document,
    source: str,
    way: Way,
    named: Sequence[Told],
    text: Sequence[tuple[int, str]],
    beside: Beside,
) -> ByWords:
    """The forms alone, or with the text around them if more is understood then."""
    by_name = way.by == "any"
    ask = functools.partial(
        form_reports, document, source, own=way.own, by_name=by_name, beside=beside
    )
    tried = [ask(None)]
    if tried[0].reports:
        fitting = (by_layout for by_layout in named if _says_more(by_layout.values))
        around = [*fitting, *_beside_forms(text)]
        tried += [ask(narrative) for narrative in around]
    return max(tried, key=lambda read: read.judged)


def _is_better(forms: ByWords, accounted: int, least: Fraction | None) -> bool:
    """Whether forms told by their words say more than a layout with a name, which knows of one
    form only, and of no targets in parts; a share of it is enough there, and where it is of
    departments and they are not."""
    if len(forms.reports) > 1 or (least is not None and forms.reports):
        return forms.judged >= accounted * (_NEARLY_ALL if least is None else least)
    return forms.judged > accounted


_FIRST = 3
"""How many notes on the file are told where nothing was read."""
_NO_FIGURES = Text(
    zh="数字可能被遮盖或丢失，或不是已知版式的自评报告；请核对原件",
    en="digits may be masked or lost, or the report is not in a known layout; check the original",
)
_NO_NUMBERS = Text(
    zh="除年度、编号外，文中没有数字：是空白表，或只有标题、说明；请核对是否为填报后的文件",
    en="there are no numbers in it but years and numberings: the form is blank, or only headings "
    "or explanations are there; check whether it is the completed one",
)
_BESIDE = ("department.year", "form.total_score")
"""What is no report without any other figure."""

_BY_WORDS = Text(
    zh="附表按表头逐栏读取，认出 {} 个数字；按整份报告的模板读取，至多认出 {} 个",
    en="the form was read column by column by its headers, which account for {} numbers; a "
    "template for whole reports accounts for {} at most",
)


def _with_note(report: SelfEvaluation, note: Text) -> SelfEvaluation:
    reading = report.reading
    if reading is None:
        return report
    noted = attrs.evolve(reading, notes=(note, *reading.notes))
    return copied(report, SelfEvaluation, {"reading": noted})


def _as_recognised(report: SelfEvaluation) -> SelfEvaluation:
    """A report of a scan: each of its figures was recognised."""
    reading = report.reading
    if reading is None:
        return report
    return copied(report, SelfEvaluation, {"reading": attrs.evolve(reading, recognised=True)})


def _accounted(reports: tuple[SelfEvaluation, ...]) -> int:
    return sum(report.reading.accounted for report in reports if report.reading is not None)

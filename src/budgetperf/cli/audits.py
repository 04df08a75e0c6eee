"""``budgetperf audit``: one report or many, in one process or several."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from budgetperf.auditing import Audit, Decisions, Verdict, audit
from budgetperf.auditing.previous import previous_among
from budgetperf.cli.sources import Source
from budgetperf.display.data.audit import audit_data, text_data
from budgetperf.display.pages import index_page, page
from budgetperf.display.text.audit import audit_text
from budgetperf.display.text.lines import headline
from budgetperf.display.text.tables import table_text
from budgetperf.display.words.audit import Detail, cause_head
from budgetperf.exact import BudgetperfError, Missing, Text
from budgetperf.exact.checking import problems_of, together
from budgetperf.exact.shown import Json
from budgetperf.exact.text import shortened
from budgetperf.model import SelfEvaluation
from budgetperf.receipts.receipt import REFUSAL
from budgetperf.relations.words import REVIEW
from budgetperf.rules import RuleSet

__all__ = [
    "Format",
    "Outcome",
    "Settings",
    "audited",
    "index_of",
    "pages",
    "several_data",
    "summary_text",
]

Format: TypeAlias = Literal["text", "json", "html"]


@attrs.frozen(kw_only=True)
class Settings:
    """How reports are audited and shown.

    Args:
        rules: the rule-set.
        weights: how much their parts are trusted.
        directions: the directions of targets without an operator.
        decisions: what a reviewer decided on findings.
        previous: the reports of last year.
        detail: which findings are listed.
        form: the format.
        lang: the language.
    """

    rules: RuleSet | None
    weights: Mapping[str, int]
    directions: Mapping[str, str]
    decisions: Decisions
    previous: tuple[SelfEvaluation, ...]
    detail: Detail
    form: Format
    lang: str


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of one document.

    Args:
        name: how it is called.
        shown: its audits in the format that was asked for, JSON as data.
        rows: for each audit the row of the summary, without the name of the document.
        error: why it could not be read, or one of its reports not be compared with last year's.
        is_inconsistent: whether an audit found something inconsistent.
        unpaired: how many of its reports could not be compared with last year's, and were not
            audited.
    """

    name: str
    shown: tuple[Json, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    error: BudgetperfError | None = None
    is_inconsistent: bool = False
    unpaired: int = 0


def audited(sources: Sequence[Source], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """What comes of each document, in their order; one that breaks stops no other.

    Args:
        sources: the documents.
        settings: how they are audited and shown.
        jobs: how many processes share the work.
    """
    if jobs == 1 or len(sources) < 2:
        yield from (_outcome(source, settings) for source in sources)
        return
    done = 0
    while done < len(sources):
        for outcome in _shared(sources[done:], settings, jobs):
            done += 1
            yield outcome
        for source in sources[done : done + 1]:  # it may be this one that breaks: it runs alone
            done += 1
            alone = [*_shared([source], settings, 1)]
            yield from alone or [Outcome(name=source.name, error=_broken(source, _KILLED))]


_KILLED = "BrokenProcessPool"


def _shared(sources: Sequence[Source], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """The same, by processes; it ends where one of them is killed, such as for want of memory."""
    # Fresh processes: the same on every system, whatever else this one does.
    context = multiprocessing.get_context("spawn")
    pool = concurrent.futures.ProcessPoolExecutor(min(jobs, len(sources)), context)
    try:
        for outcome in [pool.submit(_outcome, source, settings) for source in sources]:
            yield outcome.result()
    except concurrent.futures.process.BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)


def _outcome(source: Source, settings: Settings) -> Outcome:
    try:
        return _of_reports(source, source.read(), settings)
    except BudgetperfError as error:
        return Outcome(name=source.name, error=error)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one report stops no other
        return Outcome(name=source.name, error=_broken(source, type(error).__name__))


def _of_reports(source: Source, reports: Iterable[SelfEvaluation], settings: Settings) -> Outcome:
    """The audits of those reports that have one of last year beside them, where that was given."""
    pairs: list[tuple[SelfEvaluation, SelfEvaluation | None]] = []
    unpaired: list[BudgetperfError] = []
    for report in reports:
        try:
            before = previous_among(report, settings.previous) if settings.previous else None
            pairs.append((report, before))
        except BudgetperfError as error:
            unpaired.append(error)
    done = [_audit(report, before, settings) for report, before in pairs]
    outcome = _of_audits(source, done, settings)
    if not unpaired:
        return outcome
    problems = [
        attrs.evolve(problem, where=source.name)
        for error in unpaired
        for problem in problems_of(error)
    ]
    return attrs.evolve(outcome, error=together("no-previous", problems), unpaired=len(unpaired))


def _audit(report: SelfEvaluation, before: SelfEvaluation | None, settings: Settings) -> Audit:
    return audit(
        report,
        rules=settings.rules,
        weights=settings.weights,
        directions=settings.directions,
        decisions=settings.decisions,
        previous=before,
    )


def _broken(source: Source, kind: str) -> BudgetperfError:
    why = Text(
        zh="处理时发生内部错误（{}），未得出结果：请把文件单独复核一次，并报告此问题",
        en="an internal error ({}), no result: audit this file alone, and report the problem",
    )
    return BudgetperfError("internal-error", why.fill(kind), field=source.name)


def _of_audits(source: Source, audits: Sequence[Audit], settings: Settings) -> Outcome:
    return Outcome(
        name=source.name,
        shown=tuple(_shown(done, settings) for done in audits),
        rows=tuple(_row(done, settings.lang) for done in audits),
        is_inconsistent=any(done.unresolved for done in audits),
    )


def _shown(done: Audit, settings: Settings) -> Json:
    if settings.form == "json":
        return audit_data(done, detail=settings.detail)
    if settings.form == "html":
        name = done.report.about
        title = Text(zh="{}　绩效自评报告复核", en="{}: audit of the self-evaluation")
        heading = title.fill("—" if isinstance(name, Missing) else name).pick(settings.lang)
        return page(done.to_html(lang=settings.lang), title=heading, lang=settings.lang)
    return audit_text(done, lang=settings.lang, detail=settings.detail)


# The summary.

_HEADS = (
    Text(zh="文件", en="file"),
    Text(zh="单位或项目", en="department or project"),
    Text(zh="已读取", en="read"),
    *(verdict.label for verdict in (Verdict.INCONSISTENT, Verdict.TRUNCATED)),
    REVIEW,
    Text(zh="首要原因", en="gravest cause"),
)
_KINDS = ("", "", *["bp-number"] * (len(_HEADS) - 3))
_LONGEST = 48
"""How long what a cell of the summary says is in plain text."""


def _row(done: Audit, lang: str) -> tuple[str, ...]:
    name, reading = done.report.about, done.report.reading
    cause = cause_head(done.causes[0]).pick(lang) if done.causes else "—"
    return (
        "—" if isinstance(name, Missing) else name,
        "—" if reading is None else f"{reading.accounted}/{reading.numbers}",
        str(len(done.inconsistent)),
        str(len(done.having(Verdict.TRUNCATED))),
        str(len(done.to_review)),
        cause,
    )


def _folder_of(names: Iterable[str]) -> str:
    """The folder that all are in."""
    try:
        return os.path.commonpath(map(os.path.dirname, names))
    except ValueError:  # some from the root, others from here
        return ""


def _summary(outcomes: Sequence[Outcome], lang: str) -> Iterator[tuple[str, ...]]:
    folder = _folder_of(outcome.name for outcome in outcomes)
    for outcome in outcomes:
        name = os.path.relpath(outcome.name, folder) if folder else outcome.name
        yield from ((name, *row) for row in outcome.rows)
        if outcome.error is not None:
            why = outcome.error.message.pick(lang)
            yield (name, *["—"] * (len(_HEADS) - 2), why)


def summary_text(outcomes: Sequence[Outcome], lang: str) -> str:
    """All documents in one table, then how many held."""
    rows = [tuple(head.pick(lang) for head in _HEADS)]
    for name, *cells in _summary(outcomes, lang):
        rows.append((name, *(shortened(cell, _LONGEST) for cell in cells)))
    title = Text(zh="汇总", en="summary").pick(lang)
    return "\n".join((headline(title), table_text(rows), _counted(outcomes).pick(lang)))


def _counted(outcomes: Sequence[Outcome]) -> Text:
    unread = sum(1 for outcome in outcomes if outcome.error is not None and not outcome.unpaired)
    wrong = sum(1 for outcome in outcomes if outcome.is_inconsistent)
    right = sum(1 for outcome in outcomes if outcome.rows and not outcome.is_inconsistent)
    counted = Text(
        zh="共 {all} 个文件：有不符 {wrong} 个，没有不符 {right} 个，无法读取 {unread} 个",
        en="{all} {files}: {wrong} with something inconsistent, {right} without, {unread} not read",
    )
    files = "file" if len(outcomes) == 1 else "files"
    counted = counted.fill(all=len(outcomes), files=files, wrong=wrong, right=right, unread=unread)
    unpaired = sum(outcome.unpaired for outcome in outcomes)
    return counted + _UNPAIRED.fill(unpaired) if unpaired else counted


_UNPAIRED = Text(
    zh="；{} 份报告未能与上年对照，没有复核",
    en="; reports not audited because they could not be compared with last year's: {}",
)


# JSON.


def several_data(outcomes: Iterable[Outcome]) -> list[Json]:
    """The audits of several documents, each with the path of its document, and beside them why a
    document gave none."""
    data: list[Json] = []
    for outcome in outcomes:
        data += [_with_path(shown_audit, outcome.name) for shown_audit in outcome.shown]
        if outcome.error is not None:
            data.append(_refusal_data(outcome.name, outcome.error))
    return data


def _with_path(shown_audit: Json, path: str) -> Json:
    """An audit whose document is named by its path: files in several folders may have one name."""
    if not isinstance(shown_audit, dict) or not isinstance(report := shown_audit["report"], dict):
        return shown_audit
    return {**shown_audit, "report": {**report, "source": path}}


def _refusal_data(path: str, error: BudgetperfError) -> Json:
    return {
        "schema": REFUSAL,
        "source": path,
        "code": error.code,
        "message": text_data(error.message),
    }


# Pages.


def pages(outcomes: Sequence[Outcome]) -> list[tuple[str, Outcome, str]]:
    """For each audit the name of its page, what it is of, and the page."""
    named: list[tuple[str, Outcome, str]] = []
    for outcome in outcomes:
        for content in outcome.shown:
            stem = _file_name(Path(outcome.name).name)
            named.append((f"{len(named) + 1:03}-{stem}.html", outcome, str(content)))
    return named


def _file_name(name: str) -> str:
    """The name of a document as that of a page: of signs that any system writes, and not too long
    for it. A name that is no UTF-8 has signs that cannot be written."""
    signs = (sign if sign.isprintable() and sign not in _RESERVED else "_" for sign in name)
    plain = "".join(signs).strip("-.") or "report"
    return plain.encode()[:_LONGEST_NAME].decode(errors="ignore")


_RESERVED = '<>:"/\\|?*'
"""What Windows takes in no name."""
_LONGEST_NAME = 200
"""In bytes: systems take 255, of which some go to what stands beside it."""


def index_of(outcomes: Sequence[Outcome], lang: str) -> str:
    """The page that leads to the others."""
    rows = list(_summary(outcomes, lang))
    names = iter(name for name, _, _ in pages(outcomes))
    links: list[str] = []
    for outcome in outcomes:
        links += [f"./{urllib.parse.quote(next(names))}" for _ in outcome.shown]
        links += [""] if outcome.error is not None else []
    return index_page(
        [head.pick(lang) for head in _HEADS],
        rows,
        links,
        kinds=_KINDS,
        title=Text(zh="绩效自评报告复核汇总", en="Audits of self-evaluations").pick(lang),
        closing=_counted(outcomes).pick(lang),
        lang=lang,
    )

"""The commands for those who give reports back: ``review``, ``decide``, ``diff``, ``ledger``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from budgetperf.auditing import Audit, audit, diff
from budgetperf.auditing.previous import previous_among
from budgetperf.cli.answers import HOLDS, INCONSISTENT, Answer, as_json, not_written, replaced
from budgetperf.cli.arguments import Parser, side, weight
from budgetperf.cli.ledger import ledger_data, ledger_text
from budgetperf.cli.options import (
    audited_as,
    common,
    decided,
    language,
    layout_of,
    previous_given,
    read_as,
    rules_of,
)
from budgetperf.cli.sources import given
from budgetperf.display.pages import page
from budgetperf.documents.reviewing import review, reviewed_text
from budgetperf.exact import Missing, Text
from budgetperf.exact.text import shown
from budgetperf.model import SelfEvaluation
from budgetperf.scoring.directions import given_directions

__all__ = ["add_reviewing"]


def add_reviewing(add: Callable[..., Parser]) -> None:
    """The commands for those who give reports back."""
    sub = add("review", help="在原件上批注 / a copy of a report with the findings in it")
    sub.add_argument("path", metavar="PATH", help="报告文件 / a report")
    sub.add_argument(
        "-o", "--output", metavar="FILE", required=True,
        help="与原件同类（.docx、.xlsx），或 .html / of the original's kind, or .html",
    )  # fmt: skip
    audited_as(sub)
    sub.add_argument(
        "--author", metavar="NAME", default="budgetperf", help="批注者 / the author of the comments"
    )
    read_as(sub)
    language(sub)
    sub.set_defaults(run=_review)

    sub = add("decide", help="列出待决定的结论 / list the findings to decide on in a file")
    sub.add_argument("path", metavar="PATH", help="报告文件 / a report")
    sub.add_argument(
        "-o", "--output", metavar="FILE", required=True,
        help=".toml；已有的决定保留，只加新的 / decisions in it are kept, new findings added",
    )  # fmt: skip
    audited_as(sub)
    read_as(sub)
    language(sub)
    sub.set_defaults(run=_decide)

    sub = add("diff", help="对比两稿 / what changed between two drafts")
    sub.add_argument("old", metavar="OLD", help="原稿 / the old draft")
    sub.add_argument("new", metavar="NEW", help="新稿 / the new draft")
    audited_as(sub)
    common(sub, "html", reads=True)
    sub.set_defaults(run=_diff)

    sub = add(
        "ledger", help="应核对的事项，是否已核对 / what ought to be checked, and whether it is"
    )
    common(sub)
    sub.set_defaults(run=_ledger)


def _review(options: argparse.Namespace) -> Answer:
    audits = _audits_of(options.path, options)
    try:
        done = review(
            options.path, audits, options.output,
            author=options.author, lang=options.lang, layout=options.layout,
        )  # fmt: skip
    except OSError as error:
        raise not_written(error, options.output) from None
    status = INCONSISTENT if any(audit.unresolved for audit in audits) else HOLDS
    return Answer(reviewed_text(done).pick(options.lang), status)


def _audits_of(name: str, options: argparse.Namespace) -> list[Audit]:
    """The audits of the reports in a document, as the options say."""
    audited = _auditing(options)
    return [audited(report) for report in given(name, layout_of(options)).read()]


def _auditing(options: argparse.Namespace) -> Callable[[SelfEvaluation], Audit]:
    """The audit that the options ask for; what is wrong with them is told before all else."""
    directions = dict(map(side, options.direction))
    given_directions(directions)
    before = previous_given(options)
    audited = partial(
        audit,
        rules=rules_of(options),
        weights=dict(map(weight, options.trust)),
        directions=directions,
        decisions=decided(options.decisions),
    )
    if not before:
        return audited
    return lambda report: audited(report, previous=previous_among(report, before))


def _decide(options: argparse.Namespace) -> Answer:
    file = Path(options.output)
    decisions = decided(options.decisions)
    if file.exists():
        decisions = decisions.joined_by(decided(options.output))
    audits = _audits_of(options.path, options)
    before = len(decisions.decisions)
    for done in audits:
        about = done.report.about
        is_one = len(audits) == 1 or isinstance(about, Missing)
        decisions = decisions.with_open(done.findings, about="" if is_one else str(about))
    try:
        replaced(file, decisions.to_toml(lang=options.lang))
    except (OSError, ValueError) as error:
        raise not_written(error, options.output) from None
    text = Text(
        zh="已写入 {}：共 {} 条，新增待决定 {} 条", en="written to {}: {} in all, {} new and open"
    ).fill(shown(file.name), len(decisions.decisions), len(decisions.decisions) - before)
    return Answer(text.pick(options.lang))


def _diff(options: argparse.Namespace) -> Answer:
    audited, layout = _auditing(options), layout_of(options)
    old, new = (audited(given(name, layout).read_one()) for name in (options.old, options.new))
    drafts = diff(old, new)
    status = INCONSISTENT if new.unresolved else HOLDS
    if options.format == "json":
        return Answer(as_json(drafts.to_data()), status)
    if options.format == "html":
        title = Text(zh="两稿对比", en="two drafts").pick(options.lang)
        body = drafts.to_html(lang=options.lang)
        return Answer(page(body, title=title, lang=options.lang).rstrip("\n"), status)
    return Answer(drafts.to_text(lang=options.lang), status)


def _ledger(options: argparse.Namespace) -> Answer:
    if options.format == "json":
        return Answer(as_json(ledger_data()))
    return Answer(ledger_text(lang=options.lang))

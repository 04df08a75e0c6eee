"""Repeating what a receipt is for, and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from budgetperf.auditing import audit
from budgetperf.auditing.conventions.fitting import rules_that_fit
from budgetperf.auditing.previous import previous_among
from budgetperf.documents.readers.text import UnusableDocumentError
from budgetperf.exact import BudgetperfError, NotFoundError, Text
from budgetperf.exact.checking import require
from budgetperf.exact.text import shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import SelfEvaluation
from budgetperf.plain.files import as_path
from budgetperf.receipts import Made, Pinned, Receipt, Verification
from budgetperf.receipts.making import report_sha256
from budgetperf.rules import RuleSet, get, ids
from budgetperf.scoring import scorecard

from .json import loads
from .readers.text import read_text
from .reading import read_all

__all__ = ["reports_for", "reports_in", "verify", "verify_among"]


@by_name
def verify(
    receipt: Receipt,
    report: SelfEvaluation | str | Path,
    *,
    rules: Iterable[RuleSet] = (),
    layout: str | Path | None = None,
    previous: SelfEvaluation | str | Path | None = None,
) -> Verification:
    """Do again what a receipt is for, with the same rule-sets and options, and compare.

    Args:
        receipt: the receipt, which an audit, a scorecard and a fit have; ``Receipt.parse`` reads
            one.
        report: the document, or a report as JSON (``.json``), by its path; or the report itself.
            Of several reports in a document it is the one that the receipt is for.
        rules: rule-sets that are not shipped. One that has the id of a shipped one is taken
            instead of that.
        layout: how to read the document, such as the TOML file of a layout of one's own. Without
            it a document is read as :func:`~budgetperf.read` does, and where that gives another
            report than that of the receipt, by the layout that the receipt names.
        previous: last year's report, or its document, where the receipt names one.

    Raises:
        BudgetperfError: ``needs-previous``: the receipt names last year's report, which is not
            given.
        NotFoundError: a rule-set of the receipt is not shipped, and not among ``rules``; or the
            layout that is needed is not shipped.
        UnusableDocumentError: the document cannot be read.
        BudgetperfError: the receipt trusts a part that the report does not have.
        WrongTypeError: one of the three is something else (a ``TypeError``).
    """
    require(receipt, Receipt, field="receipt")
    before = () if previous is None else _reports_of(previous, layout)
    if isinstance(report, SelfEvaluation):
        return verify_among(receipt, (report,), rules=rules, previous=before)
    path = as_path(report)
    reports = reports_for([receipt], path, layout=layout)
    return verify_among(receipt, reports, rules=rules, previous=before)


def _reports_of(
    given: SelfEvaluation | str | Path, layout: str | Path | None
) -> Sequence[SelfEvaluation]:
    if isinstance(given, SelfEvaluation):
        return (given,)
    return reports_in(as_path(given), layout=layout)


def reports_for(
    receipts: Sequence[Receipt], path: Path, *, layout: str | Path | None = None
) -> tuple[SelfEvaluation, ...]:
    """The reports of a document, read so that those of the receipts are among them.

    Args:
        receipts: the receipts.
        path: the document, or a report as JSON.
        layout: as for :func:`verify`.

    Raises:
        BudgetperfError: as for :func:`verify`.
    """
    wanted = {receipt.report for receipt in receipts}
    named = [receipt.layout.id for receipt in receipts if receipt.layout is not None]
    pinned = {id.partition(", ")[0] for id in named}  # "forms, phrases": with the text around them
    reports, unusable = tuple[SelfEvaluation, ...](), None
    try:
        reports = reports_in(path, layout=layout)
    except UnusableDocumentError as error:
        unusable = error
    is_settled = layout is not None or path.suffix.lower() == ".json" or len(pinned) != 1
    if is_settled or wanted & set(map(report_sha256, reports)):
        if unusable is not None:
            raise unusable
        return reports
    again = _by_layout(path, *pinned)
    if again or unusable is None:
        return again or reports
    raise unusable


def _by_layout(path: Path, pinned: str) -> tuple[SelfEvaluation, ...]:
    """The reports as the layout of a receipt reads them; none if it can read none."""
    try:
        return read_all(path, layout=pinned)
    except UnusableDocumentError:
        return ()
    except NotFoundError:
        message = _NO_LAYOUT.fill(shown(pinned))
        raise NotFoundError("unknown-layout", message, field="layout") from None


_NO_LAYOUT = Text(
    zh="凭据中的版式 {} 不是随库发布的：请用 --layout（在代码中用 layout=）给出它的 TOML 文件",
    en="the layout {} of the receipt is not shipped: give its TOML file by --layout, or by layout= "
    "in code",
)


def reports_in(path: Path, *, layout: str | Path | None = None) -> tuple[SelfEvaluation, ...]:
    """The reports of a document, or the one in JSON."""
    is_json = path.suffix.lower() == ".json"
    return (loads(read_text(path).text),) if is_json else read_all(path, layout=layout)


def verify_among(
    receipt: Receipt,
    reports: Sequence[SelfEvaluation],
    *,
    rules: Iterable[RuleSet] = (),
    previous: Sequence[SelfEvaluation] = (),
) -> Verification:
    """The same with the one of several reports that the receipt is for; with the first if none is.

    Args:
        receipt: the receipt.
        reports: those of one document.
        rules: as for :func:`verify`.
        previous: those of last year, of which the one is taken that the receipt names.

    Raises:
        BudgetperfError: as for :func:`verify`.
    """
    require(receipt, Receipt, field="receipt")
    chosen = _chosen(receipt.rules, rules)
    of_it = [report for report in reports if report_sha256(report) == receipt.report]
    report = (of_it or reports)[0]
    before = _before(receipt, report, previous)
    return Verification(receipt=receipt, repeated=_repeated(receipt, report, chosen, before))


def _before(
    receipt: Receipt, report: SelfEvaluation, previous: Sequence[SelfEvaluation]
) -> SelfEvaluation | None:
    """Last year's report, where the receipt names one."""
    pinned = receipt.previous
    if pinned is None:
        return None
    if not previous:
        message = _NEEDS_PREVIOUS.fill(Text.of(f" {shown(pinned.id)}" if pinned.id else ""))
        raise BudgetperfError("needs-previous", message, field="previous")
    same = [other for other in previous if report_sha256(other) == pinned.sha256]
    return same[0] if same else previous_among(report, previous)


_NEEDS_PREVIOUS = Text(
    zh="凭据所依据的还有上年报告{}：请用 --previous（在代码中用 previous=）给出",
    en="the receipt rests on last year's report{}, too: give it with --previous, or previous= "
    "in code",
)


def _chosen(pinned: Iterable[Pinned], own_rules: Iterable[RuleSet]) -> tuple[RuleSet, ...]:
    """The rule-sets of a receipt, as they are now."""
    own = dict[str, RuleSet]()
    for rules in own_rules:
        require(rules, RuleSet, field="rules")
        own[rules.id] = rules
    shipped = ids()
    for ruleset in pinned:
        if ruleset.id not in own and ruleset.id not in shipped:
            raise NotFoundError(
                "unknown-ruleset", _NOT_SHIPPED.fill(shown(ruleset.id)), field="rules"
            )
    return tuple(own.get(ruleset.id) or get(ruleset.id) for ruleset in pinned)


_NOT_SHIPPED = Text(
    zh="凭据中的规则集 {} 不是随库发布的：请用 --rules（在代码中用 rules=）给出它的 TOML 文件",
    en="the rule-set {} of the receipt is not shipped: give its TOML file by --rules, or the "
    "rule-set by rules= in code",
)


def _repeated(
    receipt: Receipt,
    report: SelfEvaluation,
    chosen: tuple[RuleSet, ...],
    previous: SelfEvaluation | None,
) -> Receipt:
    match receipt.made:
        case Made.AUDIT:
            rules = chosen[0] if chosen else None
            return audit(
                report,
                rules=rules,
                weights=receipt.trust,
                directions=receipt.directions,
                previous=previous,
            ).receipt
        case Made.SCORECARD:
            card = scorecard(report, rules=chosen[0], directions=receipt.directions)
            return cast("Receipt", card.receipt)
        case Made.FIT:
            return cast("Receipt", rules_that_fit(report, among=chosen).receipt)

"""Repeating what a receipt is for, and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from budgetperf.auditing import audit
from budgetperf.auditing.conventions.fitting import rules_that_fit
from budgetperf.exact import NotFoundError, Text
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

__all__ = ["reports_in", "verify", "verify_among"]


@by_name
def verify(
    receipt: Receipt, report: SelfEvaluation | str | Path, *, rules: Iterable[RuleSet] = ()
) -> Verification:
    """Do again what a receipt is for, with the same rule-sets and options, and compare.

    Args:
        receipt: the receipt, which an audit, a scorecard and a fit have; ``Receipt.parse`` reads
            one.
        report: the document, or a report as JSON (``.json``), by its path; or the report itself.
            Of several reports in a document it is the one that the receipt is for.
        rules: rule-sets that are not shipped. One that has the id of a shipped one is taken
            instead of that.

    Raises:
        NotFoundError: a rule-set of the receipt is not shipped, and not among ``rules``.
        UnusableDocumentError: the document cannot be read.
        BudgetperfError: the receipt trusts a part that the report does not have.
        WrongTypeError: one of the three is something else (a ``TypeError``).
    """
    reports = (report,) if isinstance(report, SelfEvaluation) else reports_in(as_path(report))
    return verify_among(receipt, reports, rules=rules)


def reports_in(path: Path) -> tuple[SelfEvaluation, ...]:
    """The reports of a document, or the one in JSON."""
    is_json = path.suffix.lower() == ".json"
    return (loads(read_text(path).text),) if is_json else read_all(path)


def verify_among(
    receipt: Receipt, reports: Sequence[SelfEvaluation], *, rules: Iterable[RuleSet] = ()
) -> Verification:
    """The same with the one of several reports that the receipt is for; with the first if none is.

    Args:
        receipt: the receipt.
        reports: those of one document.
        rules: as for :func:`verify`.

    Raises:
        BudgetperfError: as for :func:`verify`.
    """
    require(receipt, Receipt, field="receipt")
    chosen = _chosen(receipt.rules, rules)
    of_it = [report for report in reports if report_sha256(report) == receipt.report]
    report = (of_it or reports)[0]
    return Verification(receipt=receipt, repeated=_repeated(receipt, report, chosen))


def _chosen(pinned: Iterable[Pinned], given: Iterable[RuleSet]) -> tuple[RuleSet, ...]:
    """The rule-sets of a receipt, as they are now."""
    own = dict[str, RuleSet]()
    for rules in given:
        require(rules, RuleSet, field="rules")
        own[rules.id] = rules
    shipped = ids()
    for one in pinned:
        if one.id not in own and one.id not in shipped:
            raise NotFoundError("unknown-ruleset", _NOT_SHIPPED.fill(shown(one.id)), field="rules")
    return tuple(own.get(one.id) or get(one.id) for one in pinned)


_NOT_SHIPPED = Text(
    zh="凭据中的规则集 {} 不是随库发布的：请用 --rules（在代码中用 rules=）给出它的 TOML 文件",
    en="the rule-set {} of the receipt is not shipped: give its TOML file by --rules, or the "
    "rule-set by rules= in code",
)


def _repeated(receipt: Receipt, report: SelfEvaluation, chosen: tuple[RuleSet, ...]) -> Receipt:
    match receipt.made:
        case Made.AUDIT:
            rules = chosen[0] if chosen else None
            return audit(
                report, rules=rules, weights=receipt.trust, directions=receipt.directions
            ).receipt
        case Made.SCORECARD:
            card = scorecard(report, rules=chosen[0], directions=receipt.directions)
            return cast("Receipt", card.receipt)
        case Made.FIT:
            return cast("Receipt", rules_that_fit(report, among=chosen).receipt)

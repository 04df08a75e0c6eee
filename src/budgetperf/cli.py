"""The command: ``budgetperf audit``, ``check``, ``rules`` and ``score``."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from budgetperf import rules as rulebook
from budgetperf.audit import Audit, Verdict, audit, check
from budgetperf.audit.export import Json, audit_data, finding_data
from budgetperf.audit.text import audit_text
from budgetperf.documents import read
from budgetperf.exact import BudgetperfError
from budgetperf.rules import RuleSet
from budgetperf.scoring import scorecard
from budgetperf.texts import (
    catalogue_text,
    ruleset_data,
    ruleset_text,
    scorecard_data,
    scorecard_text,
)

__all__ = ["main"]

HOLDS, INCONSISTENT, UNUSABLE = 0, 1, 2
"""The exit statuses."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: the arguments; those of the process by default.

    Returns:
        0 if all holds, 1 if something is inconsistent, 2 if the input is unusable.
    """
    parser = _parser()
    with contextlib.suppress(ImportError):
        import argcomplete

        argcomplete.autocomplete(parser)
    options = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        status: int = options.run(options)
    except BudgetperfError as error:
        _complain(error, options.lang)
        return UNUSABLE
    except BrokenPipeError:
        sys.stderr.close()
        return HOLDS
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="budgetperf",
        description="预算绩效自评报告的核对 / audit of budget performance self-evaluations",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("audit", help="核对报告 / audit reports")
    one.add_argument("paths", nargs="+", metavar="PATH", help="报告文件 / a report")
    one.add_argument("--rules", metavar="ID", help="规则集或 TOML 文件 / a rule-set or TOML file")
    one.add_argument("--all", action="store_true", help="也列出相符的 / list what holds, too")
    _common(one)
    one.set_defaults(run=_audit)

    two = commands.add_parser("check", help="核对一个算式 / check one equation")
    two.add_argument("equation", help="如 / such as: 68.48%% = 241.86 / 353.21")
    _common(two)
    two.set_defaults(run=_check)

    three = commands.add_parser("rules", help="规则集 / the rule-sets")
    three.add_argument("id", nargs="?", help="其中一个 / one of them")
    _common(three)
    three.set_defaults(run=_rules)

    four = commands.add_parser("score", help="重新计分 / recompute the scores")
    four.add_argument("path", metavar="PATH", help="报告文件 / a report")
    four.add_argument("--rules", metavar="ID", required=True, help="规则集 / a rule-set")
    _common(four)
    four.set_defaults(run=_score)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["text", "json"], default="text", help="输出 / output")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="语言 / language")


def _complain(error: BudgetperfError, lang: str) -> None:
    where = f"{error.field}: " if error.field else ""
    print(f"budgetperf: {where}{error.message.pick(lang)}", file=sys.stderr)


def _chosen(name: str) -> RuleSet:
    """The rule-set of that id, or in the TOML file of that name."""
    if name.endswith(".toml"):
        return rulebook.load(name)
    return rulebook.get(name)


def _audit(options: argparse.Namespace) -> int:
    rules = None if options.rules is None else _chosen(options.rules)
    audits: list[Audit] = []
    failed = False
    for path in options.paths:
        try:
            audits.append(audit(read(Path(path)), rules=rules))
        except BudgetperfError as error:
            _complain(error, options.lang)
            failed = True
    if options.format == "json":
        data: list[Json] = [audit_data(one) for one in audits]
        if len(options.paths) > 1:
            _print_json(data)
        elif data:
            _print_json(data[0])
    else:
        texts = (audit_text(one, lang=options.lang, everything=options.all) for one in audits)
        print("\n\n".join(texts), end="\n" if audits else "")
    if failed:
        return UNUSABLE
    return INCONSISTENT if any(one.inconsistent for one in audits) else HOLDS


def _check(options: argparse.Namespace) -> int:
    finding = check(options.equation)
    if options.format == "json":
        _print_json(finding_data(finding))
    else:
        label = finding.verdict.label.pick(options.lang)
        print(f"{label}: {finding.message.pick(options.lang)}")
    return INCONSISTENT if finding.verdict is Verdict.INCONSISTENT else HOLDS


def _rules(options: argparse.Namespace) -> int:
    if options.id is not None:
        rules = _chosen(options.id)
        if options.format == "json":
            _print_json(ruleset_data(rules))
        else:
            print(ruleset_text(rules, options.lang))
        return HOLDS
    known = [rulebook.get(id) for id in rulebook.ids()]
    if options.format == "json":
        _print_json([ruleset_data(rules) for rules in known])
    else:
        print(catalogue_text(known, options.lang))
    return HOLDS


def _score(options: argparse.Namespace) -> int:
    card = scorecard(read(options.path), rules=_chosen(options.rules))
    if options.format == "json":
        _print_json(scorecard_data(card))
    else:
        print(scorecard_text(card, options.lang))
    return HOLDS


def _print_json(data: Json) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))

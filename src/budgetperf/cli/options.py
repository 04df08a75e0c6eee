"""The options that several commands have, and what they name."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, cast

import attrs

from budgetperf import rules as rulebook
from budgetperf.auditing import Decisions
from budgetperf.cli.arguments import Parser
from budgetperf.documents.readers.text import why_not_opened
from budgetperf.documents.understanding.known import known_layouts
from budgetperf.documents.understanding.ways import require_layout
from budgetperf.documents.verifying import reports_in
from budgetperf.exact import BudgetperfError, ProblemsError
from budgetperf.model import SelfEvaluation
from budgetperf.rules import RuleSet

__all__ = [
    "audited_as",
    "beside_previous",
    "by_rules",
    "chosen",
    "common",
    "decided",
    "directed",
    "language",
    "layout_of",
    "loaded",
    "one_of_layouts",
    "one_of_rules",
    "previous_given",
    "read_as",
    "rules_of",
]


def audited_as(parser: Parser) -> None:
    """The options of commands that audit a report."""
    by_rules(parser)
    parser.add_argument(
        "--trust", action="append", default=[], metavar="PATH=N",
        help="可信度较高的部分，如 form=3 / a part to trust more, such as form=3",
    )  # fmt: skip
    directed(parser)
    parser.add_argument(
        "--decisions", metavar="FILE", help="复核决定 / what a reviewer decided, a TOML file"
    )
    beside_previous(parser)


def by_rules(parser: Parser, *, required: bool = False) -> None:
    """The option that names a rule-set."""
    rules = parser.add_argument(
        "--rules", metavar="ID", required=required,
        help="规则集或 TOML 文件 / a rule-set or TOML file",
    )  # fmt: skip
    one_of_rules(rules)


def one_of_rules(argument: argparse.Action) -> None:
    """Let the shell propose the ids of rule-sets, or TOML files where none is meant."""
    _propose(argument, rulebook.ids)


def one_of_layouts(argument: argparse.Action) -> None:
    """Let the shell propose the ids of layouts, or TOML files where none is meant."""
    _propose(argument, lambda: [layout.id for layout in known_layouts()])


def _propose(argument: argparse.Action, ids: Callable[[], Sequence[str]]) -> None:
    """The ids are looked up when the shell asks for them: argcomplete looks for this attribute."""

    def proposed(prefix: str, **_: object) -> list[str]:
        from argcomplete.completers import FilesCompleter  # noqa: PLC0415 - it is optional

        known = [id for id in ids() if id.startswith(prefix)]
        return known or list(FilesCompleter(("toml",))(prefix))

    argument.completer = proposed  # type: ignore[attr-defined]


def beside_previous(parser: Parser) -> None:
    """The option that names last year's report."""
    parser.add_argument(
        "--previous", metavar="OLD",
        help="对照的上年报告 / last year's report, to compare this one with",
    )  # fmt: skip


def directed(parser: Parser) -> None:
    """The option that says the directions of targets without an operator."""
    parser.add_argument(
        "--direction", action="append", default=[], metavar="NAME=SIGN",
        help="没有运算符的指标值按哪个方向，如 成本指标=≤ / the direction of targets without an "
        "operator, by heading or name",
    )  # fmt: skip


def common(parser: Parser, *further: str, reads: bool = False) -> None:
    """The options of several commands; ``reads`` are those of one that reads a report."""
    if reads:
        read_as(parser)
    parser.add_argument(
        "--format", choices=["text", "json", *further], default="text", help="格式 / format"
    )
    language(parser)


def read_as(parser: Parser) -> None:
    """The option that says how a report is read."""
    layout = parser.add_argument(
        "--layout", metavar="ID",
        help="版式、forms 或 TOML 文件 / a layout, forms, or a TOML file",
    )  # fmt: skip
    one_of_layouts(layout)


def language(parser: Parser, default: str = argparse.SUPPRESS) -> None:
    """Before the command or after it: the last one counts."""
    parser.add_argument("--lang", choices=["zh", "en"], default=default, help="语言 / language")


def layout_of(options: argparse.Namespace) -> str | None:
    """The layout that was asked for; a file that is wrong is told once."""
    if options.layout is not None:
        loaded(require_layout, options.layout)
    return cast("str | None", options.layout)


def chosen(name: str) -> RuleSet:
    """The rule-set of that id, or in the TOML file of that name."""
    return loaded(rulebook.load, name) if name.lower().endswith(".toml") else rulebook.get(name)


def rules_of(options: argparse.Namespace) -> RuleSet | None:
    """The rule-set that was asked for."""
    return None if options.rules is None else chosen(options.rules)


_T = TypeVar("_T")


def loaded(load: Callable[[str], _T], name: str) -> _T:
    """What a TOML file holds; what is wrong is told with its name."""
    try:
        return load(name)
    except ProblemsError as error:
        problems = (attrs.evolve(p, where=_within(name, p.where)) for p in error.problems)
        raise ProblemsError(error.code, tuple(problems)) from None
    except OSError as error:
        raise BudgetperfError("cannot-open", why_not_opened(error), field=name) from None


def _within(name: str, where: str) -> str:
    """A place in a file, with the name that the file was asked for by."""
    return name if where == Path(name).name else f"{name} {where}"


def decided(name: str | None) -> Decisions:
    """The decisions in the file of that name."""
    return Decisions() if name is None else loaded(Decisions.load, name)


def previous_given(options: argparse.Namespace) -> tuple[SelfEvaluation, ...]:
    """The reports of last year, if they are given."""
    if options.previous is None:
        return ()
    return reports_in(Path(options.previous), layout=layout_of(options))

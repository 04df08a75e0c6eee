"""The command: ``audit``, ``check``, ``compose``, ``form``, ``read``, ``rules`` and the others."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from budgetperf import rules as rulebook
from budgetperf.auditing import Verdict, check
from budgetperf.auditing.conventions.fitting import rules_that_fit
from budgetperf.cli.answers import (
    HOLDS,
    INCONSISTENT,
    INTERRUPTED,
    UNUSABLE,
    Answer,
    as_json,
    not_written,
)
from budgetperf.cli.arguments import Parser, count, default_language, side, weight
from budgetperf.cli.audits import (
    Outcome,
    Settings,
    audited,
    index_of,
    pages,
    several_data,
    summary_text,
)
from budgetperf.cli.folders import add_read, read_to_tables
from budgetperf.cli.layouts import layouts_data, layouts_named, layouts_text
from budgetperf.cli.options import (
    audited_as,
    beside_previous,
    by_rules,
    chosen,
    common,
    decided,
    directed,
    language,
    layout_of,
    loaded,
    one_of_layouts,
    one_of_rules,
    previous_given,
    read_as,
    rules_of,
)
from budgetperf.cli.reviewing import add_reviewing
from budgetperf.cli.sources import Source, gathered, given, passed_over
from budgetperf.cli.tables import add_table, table_text
from budgetperf.cli.terminal import coloured, followed, has_colours
from budgetperf.composing import compose
from budgetperf.display.data.audit import finding_data
from budgetperf.display.data.model import report_data, ruleset_data
from budgetperf.display.data.schemas import schema_names, schema_text
from budgetperf.display.data.scores import examples_data, scorecard_data
from budgetperf.display.pages import page
from budgetperf.display.text.reading import reading_text
from budgetperf.display.text.ruleset import catalogue_text, examples_text, ruleset_text
from budgetperf.display.text.scorecard import scorecard_text
from budgetperf.documents.readers.text import (
    UnusableDocumentError,
    read_text,
)
from budgetperf.documents.verifying import reports_for, verify_among
from budgetperf.documents.writing import (
    FORM_ONLY,
    form_names,
    narrative_template,
    write,
    write_blank,
)
from budgetperf.exact import COLON, BudgetperfError, ProblemsError, Text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import visible, visible_lines
from budgetperf.model import SelfEvaluation
from budgetperf.plain.version import __version__
from budgetperf.receipts import Receipt
from budgetperf.rules import RuleSet
from budgetperf.rules.places import is_for_everywhere, is_known, understood
from budgetperf.scoring import run_example, scorecard
from budgetperf.scoring.directions import given_directions

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: the arguments; those of the process by default.

    Returns:
        0 if all holds, 1 if something is inconsistent, 2 if the input is unusable.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What no encoding can say, such as a file name of stray bytes, is shown escaped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = _parser()
    with contextlib.suppress(ImportError):
        import argcomplete  # noqa: PLC0415 - it is optional

        argcomplete.autocomplete(parser)
    options = parser.parse_args(argv)
    try:
        answer: Answer = options.run(options)
    except BudgetperfError as error:
        _complain(error, options)
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    _print(answer.text)
    return answer.status


def _print(text: str) -> None:
    try:
        if text:
            shown_text = visible_lines(text)
            print(coloured(shown_text) if has_colours(sys.stdout) else shown_text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> Parser:
    parser = Parser(
        prog="budgetperf",
        description="预算绩效自评报告的复核 / audit of budget performance self-evaluations",
    )
    version = f"budgetperf {__version__}"
    parser.add_argument("--version", action="version", version=version, help="版本 / version")
    language(parser, default_language())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    sub = commands.add_parser("audit", help="复核报告 / audit reports")
    sub.add_argument(
        "paths", nargs="+", metavar="PATH",
        help="报告文件、文件夹，- 为标准输入 / a report, a folder, or - for standard input",
    )  # fmt: skip
    audited_as(sub)
    sub.add_argument(
        "--detail", choices=["causes", "findings", "all"], default="findings",
        help="列出原因、不成立的结论或全部 / causes, what does not hold, or all",
    )  # fmt: skip
    sub.add_argument(
        "--all", action="store_const", const="all", dest="detail",
        help="同时列出相符的关系 / also list the relations that hold",
    )  # fmt: skip
    sub.add_argument(
        "--pattern", metavar="GLOB",
        help="文件夹中的文件名，如 '*自评*' / names of files in folders, such as '*.docx'",
    )  # fmt: skip
    sub.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="进程数 / how many processes"
    )
    sub.add_argument(
        "-o", "--output", metavar="PATH",
        help="写入文件；多份 HTML 写入文件夹 / write to a file; many pages to a folder",
    )  # fmt: skip
    common(sub, "html", reads=True)
    sub.set_defaults(run=_audit)

    sub = commands.add_parser("read", help="读取的内容 / what is read of a report")
    sub.add_argument("path", metavar="PATH", help="报告文件 / a report")
    common(sub, "html", reads=True)
    sub.set_defaults(run=_read)

    sub = commands.add_parser("check", help="核对一个算式 / check one equation")
    sub.add_argument("equation", help="如 / such as: 68.48%% = 241.86 / 353.21")
    common(sub)
    sub.set_defaults(run=_check)

    sub = commands.add_parser("rules", help="规则集 / the rule-sets")
    one_of_rules(
        sub.add_argument("id", nargs="?", help="规则集标识或 TOML 文件 / an id or a TOML file")
    )
    sub.add_argument("--fit", metavar="PATH", help="与报告相符的规则集 / those that fit a report")
    sub.add_argument("--examples", metavar="FILE", help="试算算例 / run worked examples")
    sub.add_argument("--date", metavar="YYYY-MM-DD", help="某日施行的 / those in force on a day")
    sub.add_argument("--place", help="某地的和全国的 / those of a place and national ones")
    common(sub)
    sub.set_defaults(run=_rules)

    sub = commands.add_parser("score", help="重新计分 / recompute the scores")
    sub.add_argument("path", metavar="PATH", help="报告文件 / a report")
    by_rules(sub, required=True)
    directed(sub)
    common(sub, reads=True)
    sub.set_defaults(run=_score)

    _tables(commands.add_parser)
    _preparing(commands.add_parser)
    add_reviewing(commands.add_parser)

    sub = commands.add_parser("verify", help="按凭据重做并比对 / repeat what a receipt is for")
    sub.add_argument("receipt", metavar="RECEIPT", help="凭据 / the receipt, or a result with one")
    sub.add_argument("path", metavar="PATH", help="报告文件 / the report")
    sub.add_argument(
        "--rules", action="append", default=[], metavar="FILE",
        help="凭据用到的自定规则集 / a rule-set of your own that the receipt names",
    )  # fmt: skip
    beside_previous(sub)
    common(sub, reads=True)
    sub.set_defaults(run=_verify)

    _known(commands.add_parser)
    for known in commands.choices.values():
        parser.knows(known)
    return parser


def _known(add: Callable[..., Parser]) -> None:
    """The commands that list what the library knows."""
    sub = add("layouts", help="已知的版式 / the layouts that are known")
    named = sub.add_argument("id", nargs="?", metavar="ID", help="版式的标识 / the id of a layout")
    one_of_layouts(named)
    common(sub)
    sub.set_defaults(run=_layouts)

    sub = add("schema", help="JSON 的格式 / a JSON Schema")
    sub.add_argument("name", choices=schema_names(), help="哪一种 / of what")
    language(sub)
    sub.set_defaults(run=_schema)


def _tables(add: Callable[..., Parser]) -> None:
    """The commands for whole tables."""
    add_kind, kinds = add_table(add)
    for sub in kinds:
        common(sub)
        sub.set_defaults(run=_table)
    sub = add_read(add_kind)
    read_as(sub)
    language(sub)
    sub.set_defaults(run=_table_read)


def _preparing(add: Callable[..., Parser]) -> None:
    """The commands for those who fill in a form."""
    sub = add("compose", help="由所填的数算出其余 / compute what follows")
    sub.add_argument("path", metavar="PATH", help="填好的表 / a form that was filled in")
    by_rules(sub)
    directed(sub)
    sub.add_argument(
        "-o", "--output", metavar="FILE",
        help="写成 .docx、.xlsx、.html、.md、.csv 或 .json / write it, as the name ends",
    )  # fmt: skip
    sub.add_argument(
        "--form", choices=form_names(), metavar="ID",
        help="写成哪种表 / the form that is written",
    )  # fmt: skip
    sub.add_argument(
        "--template", metavar="FILE",
        help=f"正文的模板，{FORM_ONLY} 只写表 / chapters of the text; {FORM_ONLY}: none",
    )  # fmt: skip
    common(sub, reads=True)
    sub.set_defaults(run=_compose)

    sub = add("form", help="空白的填报表 / an empty form to fill in")
    sub.add_argument(
        "--layout", choices=form_names(), default=form_names()[0], help="哪种表 / which form"
    )
    by_rules(sub)
    sub.add_argument(
        "--rows", type=count, default=20, metavar="N", help="指标的行数 / rows for indicators"
    )
    sub.add_argument("-o", "--output", metavar="FILE", required=True, help=".xlsx")
    language(sub)
    sub.set_defaults(run=_form)

    sub = add("template", help="正文的模板，可改成自己的 / the chapters of the text, to change")
    sub.add_argument(
        "--layout", choices=form_names(), default=form_names()[0], help="哪种表 / which form"
    )
    language(sub)
    sub.set_defaults(run=_template)


_OPTIONS = {
    "date": "date",
    "directions": "direction",
    "engine": "engine",
    "layout": "layout",
    "out": "output",
    "rules": "rules",
    "weights": "trust",
}
"""The arguments of functions, and the options that give them."""


def _complain(error: BudgetperfError, options: argparse.Namespace) -> None:
    lang, colon = options.lang, COLON.pick(options.lang)
    option = _OPTIONS.get(error.field.partition("[")[0], "")
    field = f"--{option}" if option and hasattr(options, option) else error.field
    where = f"{field}{colon}" if field else ""
    lines = [error.message.pick(lang)]
    if isinstance(error, ProblemsError):
        lines = [
            f"{problem.where}{colon}{problem.message.pick(lang)}" for problem in error.problems
        ]
    for line in lines:
        print(visible(f"budgetperf: {where}{line}"), file=sys.stderr)


def _audit(options: argparse.Namespace) -> Answer:
    settings = Settings(
        rules=rules_of(options),
        weights=dict(map(weight, options.trust)),
        directions=dict(map(side, options.direction)),
        decisions=decided(options.decisions),
        previous=previous_given(options),
        detail=options.detail,
        form=options.format,
        lang=options.lang,
    )
    layout = layout_of(options)
    given_directions(settings.directions)
    inputs = list(gathered(options.paths, options.pattern))
    sources = [attrs.evolve(s, layout=layout) for s in inputs if isinstance(s, Source)]
    refused = [Outcome(name=e.field, error=e) for e in inputs if isinstance(e, BudgetperfError)]
    if options.format == "html" and len(inputs) > 1:
        _folder_for_pages(options.output)  # at once: many reports take long
    ran = followed(audited(sources, settings, options.jobs), len(sources), options.lang)
    outcomes = [*ran, *refused]
    for outcome in outcomes:
        if outcome.error is not None:
            _complain(outcome.error, options)
    others = None if options.pattern else passed_over(options.paths)
    if others is not None:
        print(visible(f"budgetperf: {others.pick(options.lang)}"), file=sys.stderr)
    status = INCONSISTENT if any(outcome.is_inconsistent for outcome in outcomes) else HOLDS
    if any(outcome.error is not None for outcome in outcomes):
        status = UNUSABLE
    is_one = len(options.paths) == len(outcomes) == 1 and len(outcomes[0].shown) < 2
    if options.format == "html":
        return Answer(_as_pages(outcomes, options), status)
    parts = [part for outcome in outcomes for part in outcome.shown]
    if options.format == "json":
        is_one = is_one and not os.path.isdir(options.paths[0])
        text = "".join(map(as_json, parts)) if is_one else as_json(several_data(outcomes))
    else:
        texts = [str(part) for part in parts]
        text = "\n\n".join(texts if is_one else [*texts, summary_text(outcomes, options.lang)])
    return Answer(_written(text, options.output), status)


def _as_pages(outcomes: Sequence[Outcome], options: argparse.Namespace) -> str:
    """Pages on disk, several with an index of them; a single one may be printed."""
    made = pages(outcomes)
    if len(outcomes) == 1 and len(made) < 2:
        return _written("".join(content for _, _, content in made).rstrip("\n"), options.output)
    folder = _folder_for_pages(options.output)
    try:
        for name, _, content in made:
            (folder / name).write_text(content, encoding="utf-8")
        index = folder / "index.html"
        index.write_text(index_of(outcomes, options.lang), encoding="utf-8")
    except OSError as error:
        raise not_written(error, options.output) from None
    return str(index)


def _folder_for_pages(output: str | None) -> Path:
    """The folder that was asked for, which is made where there is none."""
    if output is None:
        message = Text(
            zh="有几份报告，HTML 各成一页：请用 -o 指明文件夹",
            en="several reports are several pages: name a folder by -o",
        )
        raise BudgetperfError("no-folder", message, field="--format html")
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(error, output) from None
    return folder


def _written(text: str, output: str | None) -> str:
    """Nothing more to print, where the text goes to a file."""
    if output is None:
        return text
    try:
        Path(output).write_text(visible_lines(text) + "\n" if text else "", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise not_written(error, output) from None
    return ""


def _read(options: argparse.Namespace) -> Answer:
    reports = given(options.path, layout_of(options)).read()
    if options.format == "json":
        parts: list[Json] = [report_data(report) for report in reports]
        return Answer(as_json(parts[0] if len(parts) == 1 else parts))
    if options.format == "html":
        title = Text(zh="读取的内容", en="what was read").pick(options.lang)
        body = "".join(report.to_html(lang=options.lang) for report in reports)
        return Answer(page(body, title=title, lang=options.lang).rstrip("\n"))
    texts = (reading_text(report, lang=options.lang) for report in reports)
    return Answer("\n\n".join(texts))


def _check(options: argparse.Namespace) -> Answer:
    finding = check(options.equation)
    status = INCONSISTENT if finding.verdict is Verdict.INCONSISTENT else HOLDS
    if options.format == "json":
        return Answer(as_json(finding_data(finding)), status)
    text = COLON.join((finding.verdict.label, finding.why))
    return Answer(text.pick(options.lang), status)


def _rules(options: argparse.Namespace) -> Answer:
    is_json = options.format == "json"
    if options.examples is not None:
        return _examples(options)
    if options.fit is not None:
        among = None if options.id is None else [chosen(options.id)]
        fit = rules_that_fit(given(options.fit).read_one(), among=among)
        return Answer(as_json(fit.to_data()) if is_json else fit.to_text(lang=options.lang))
    if options.id is not None and (options.date is not None or options.place is not None):
        message = Text(
            zh="已指明规则集，不能再按日期或地区选取：请去掉其一",
            en="a rule-set is already named: leave out either its id or the date and place",
        )
        raise BudgetperfError("one-of-both", message, field=options.id)
    if options.id is not None:
        rules = chosen(options.id)
        return Answer(
            as_json(ruleset_data(rules)) if is_json else ruleset_text(rules, options.lang)
        )
    known = rulebook.shipped(place=options.place)
    if options.date is not None:
        known = rulebook.at(options.date, place=options.place)
    if is_json:
        return Answer(as_json([ruleset_data(rules) for rules in known]))
    parts = [catalogue_text(known, options.lang)]
    if options.place is not None:
        of_place = rulebook.shipped(place=options.place)
        before = (_understood(options.place), _nothing_known(options.place, known, of_place))
        parts[:0] = [text.pick(options.lang) for text in before if text is not None]
        undated = [r for r in of_place if not r.effective and not is_for_everywhere(r)]
        if undated and options.date is not None:
            parts += ["", _OF_NO_DAY.pick(options.lang), catalogue_text(undated, options.lang)]
        in_force = None if options.date is None else rulebook.at(options.date)
        near = [r for r in rulebook.nearby(options.place) if in_force is None or r in in_force]
        if near:
            parts += ["", _OF_NEIGHBOURS.pick(options.lang), catalogue_text(near, options.lang)]
    return Answer("\n".join(parts))


def _understood(place: str) -> Text | None:
    meant = understood(place)
    text = Text(zh="{place} 即 {meant}", en="{place} is {meant}")
    return None if meant is None else text.fill(place=place, meant=meant)


def _nothing_known(
    place: str, known: Sequence[RuleSet], of_any_day: Sequence[RuleSet]
) -> Text | None:
    """That nothing of the place itself is among the known rule-sets."""
    if is_known(place, known):
        return None
    if is_known(place, of_any_day):
        return Text(
            zh=f"{place} 没有已知在这一天施行的规则集；以下为全国的和不限地区的：",
            en=f"no rule-set for {place} itself is known to be in force on that day; these are "
            "national or for any place:",
        )
    return Text(
        zh=f"没有 {place} 的已知规则集；以下为全国的和不限地区的：",
        en=f"no rule-set is known for {place} itself; these are national or for any place:",
    )


_OF_NO_DAY = Text(
    zh="施行日不明，这一天是否施行不能确定：",
    en="in force since an unknown day, and perhaps not on this one:",
)
_OF_NEIGHBOURS = Text(
    zh="同一省份其他地方的，未必适用：",
    en="of other places in the same province; they may not hold here:",
)


def _examples(options: argparse.Namespace) -> Answer:
    if options.id is None:
        message = Text(
            zh="请同时写明算例所属的规则集：标识或 TOML 文件",
            en="also say which rule-set they are for: an id or a TOML file",
        )
        raise BudgetperfError("no-ruleset", message, field="--examples")
    if options.fit is not None or options.date is not None or options.place is not None:
        message = Text(
            zh="不能与 --fit、--date、--place 同时使用",
            en="cannot be used with --fit, --date or --place",
        )
        raise BudgetperfError("one-of-both", message, field="--examples")
    rules = chosen(options.id)
    examples = loaded(rulebook.load_examples, options.examples)
    ran = [(example, run_example(example, rules)) for example in examples]
    status = INCONSISTENT if any(mismatches for _, mismatches in ran) else HOLDS
    if options.format == "json":
        return Answer(as_json(examples_data(rules, ran)), status)
    return Answer(examples_text(ran, options.lang), status)


def _layouts(options: argparse.Namespace) -> Answer:
    named = layouts_named(options.id)
    if options.format == "json":
        data = layouts_data(named)
        return Answer(as_json(data if options.id is None else data[0]))
    return Answer(layouts_text(named, options.lang))


def _score(options: argparse.Namespace) -> Answer:
    directions = dict(map(side, options.direction))
    report = given(options.path, layout_of(options)).read_one()
    card = scorecard(report, rules=chosen(options.rules), directions=directions)
    if options.format == "json":
        return Answer(as_json(scorecard_data(card)))
    return Answer(scorecard_text(card, options.lang))


def _compose(options: argparse.Namespace) -> Answer:
    rules = rules_of(options)  # what is wrong with it is told before the report is read
    report = given(options.path, layout_of(options)).read_one()
    done = compose(report, rules=rules, directions=dict(map(side, options.direction)))
    if options.output is not None:
        try:
            write(done, options.output, layout=options.form, template=options.template)
        except OSError as error:
            raise not_written(error, options.output) from None
    status = INCONSISTENT if done.conflicts else HOLDS
    is_json = options.format == "json"
    return Answer(as_json(done.to_data()) if is_json else done.to_text(lang=options.lang), status)


def _form(options: argparse.Namespace) -> Answer:
    rules = rules_of(options)
    try:
        write_blank(options.output, options.layout, rules=rules, rows=options.rows)
    except OSError as error:
        raise not_written(error, options.output) from None
    return Answer("")


def _template(options: argparse.Namespace) -> Answer:
    return Answer(narrative_template(options.layout))


def _table(options: argparse.Namespace) -> Answer:
    return Answer(table_text(options, rules_of(options)))


def _table_read(options: argparse.Namespace) -> Answer:
    summary, refused = read_to_tables(options, layout_of(options))
    for error in refused:
        _complain(error, options)
    return Answer(summary, UNUSABLE if refused else HOLDS)


def _verify(options: argparse.Namespace) -> Answer:
    receipts = _receipts(options.receipt)
    reports = reports_for(receipts, Path(options.path), layout=layout_of(options))
    if len(receipts) > 1:
        receipts = _of_document(receipts, reports, options.path)
    rules = [chosen(name) for name in options.rules]
    before = previous_given(options)
    done = [verify_among(receipt, reports, rules=rules, previous=before) for receipt in receipts]
    status = HOLDS if all(verification.holds for verification in done) else INCONSISTENT
    if options.format == "json":
        data: list[Json] = [verification.to_data() for verification in done]
        return Answer(as_json(data if len(data) > 1 else data[0]), status)
    return Answer(
        "\n\n".join(verification.to_text(lang=options.lang) for verification in done), status
    )


def _receipts(name: str) -> tuple[Receipt, ...]:
    """The receipts in the file of that name; what is wrong is told with it."""
    try:
        text = read_text(Path(name)).text
    except UnusableDocumentError as error:
        if error.code in ("other-kind", "binary"):
            raise BudgetperfError("no-receipt", _NO_RECEIPT, field=name) from None
        raise
    if not text.lstrip().startswith(("{", "[")):
        raise BudgetperfError("no-receipt", _NO_RECEIPT, field=name)
    try:
        return Receipt.parse_several(text)
    except ProblemsError as error:
        problems = (attrs.evolve(p, where=f"{name} {p.where}") for p in error.problems)
        raise ProblemsError(error.code, tuple(problems)) from None
    except BudgetperfError as error:
        raise BudgetperfError(error.code, error.message, field=name) from None


_NO_RECEIPT = Text(
    zh="不是凭据：请先写凭据（--format json 的输出），后写报告文件",
    en="is no receipt: name first the receipt, which --format json prints, and then the report",
)


def _of_document(
    receipts: Sequence[Receipt], reports: Sequence[SelfEvaluation], path: str
) -> tuple[Receipt, ...]:
    """Of many receipts those for one document: by what it holds, or else by its name."""
    hashes = {report.reading.sha256 for report in reports if report.reading is not None}
    named = [(receipt, receipt.document) for receipt in receipts if receipt.document is not None]
    of_it = tuple(receipt for receipt, document in named if document.sha256 in hashes)
    of_it = of_it or tuple(receipt for receipt, document in named if document.id == Path(path).name)
    if of_it:
        return of_it
    message = Text(
        zh="{} 张凭据中没有这个文件的：请核对文件名，或给出它的凭据",
        en="none of {} receipts is for this file: check its name, or give its receipt",
    )
    raise BudgetperfError("no-receipt", message.fill(len(receipts)), field=path)


def _schema(options: argparse.Namespace) -> Answer:
    return Answer(schema_text(options.name).rstrip("\n"))

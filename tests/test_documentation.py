"""The examples in the READMEs and on the pages are run: what they show is true.

- ``python`` blocks are executed, ``pycon`` blocks are doctests; a page is one session.
- ``console`` blocks: each ``$ budgetperf …`` is run in this process, and the lines shown below it
  are compared with what it prints. A line ``...`` stands for any number of lines, and
  ``$ echo $?`` shows the exit status of the command before. A command with nothing shown below is
  run and has to be usable input.
- ``yaml`` blocks are workflows: each ``run: budgetperf …`` in them passes.
- ``toml`` blocks are rule-sets that can be loaded, or lines of a layout that is shipped. One with a
  ``title="FILE"`` is a file of that name for what follows on the page, right or wrong.

The pages that are written from the data are in no folder; what they say is compared with it.
"""

from __future__ import annotations

import builtins
import contextlib
import doctest
import enum
import functools
import importlib
import io
import itertools
import json
import re
import shlex
import shutil
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf import DeviationDefinition, MissingReason, RoundingMode, RuleSet
from budgetperf.auditing import relations
from budgetperf.cli import main as cli
from budgetperf.display.data.audit import audit_data
from budgetperf.display.words.ruleset import sections, standing_text
from budgetperf.documents.readers import text as decoding
from budgetperf.exact import decimal_text, limits
from budgetperf.rates import RateDefinition, Takes
from budgetperf.rules.ruleset import ZeroBase
from tests.rules import test_examples as worked
from tests.test_public_api import AT_HOME

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(bp.__file__).parent
READMES = sorted(ROOT.glob("README*.md"))
PAGES = sorted((ROOT / "docs").rglob("*.md"))
NOTEBOOKS = sorted((ROOT / "docs").rglob("*.ipynb"))
LANGUAGES = ("zh", "en")

pytestmark = pytest.mark.skipif(not PAGES, reason="the installed wheel: no pages beside the tests")

# The set-up commands are tried by .ci/run, in fresh environments.
SET_UP = re.compile(r"python3 -m (?:venv|pip) ")
# Servers and what is sent to them are run by tests of their own: tests/frames.
SERVED = re.compile(r"docker compose |sail spark server |python (?:database|score)\.py ")
OPTIONAL = re.compile(
    r"^(?:>>> )?(?:import|from) (duckdb|pandas|polars|pyarrow|pysail)\b", re.MULTILINE
)
FENCE = re.compile(
    r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"/]+)\")?[^\n]*\n(?P<source>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@attrs.frozen(kw_only=True)
class Block:
    """A fenced block of a page."""

    language: str
    title: str
    source: str
    page: Path
    line: int

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@attrs.frozen(kw_only=True)
class Command:
    """A command in a console block, and the lines shown below it."""

    words: str
    shown: tuple[str, ...]


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            language=match["language"],
            title=match["title"] or "",
            source=match["source"],
            page=page,
            line=text.count("\n", 0, match.start()) + 1,
        )
        for match in FENCE.finditer(text)
    ]


def commands(block: Block) -> Iterator[Command]:
    words, shown = "", list[str]()
    for line in block.source.splitlines():
        if line.startswith("$ "):
            if words:
                yield Command(words=words, shown=tuple(shown))
            words, shown = line.removeprefix("$ "), []
        else:
            assert words, f"{block.place}: a console block starts with a command"
            shown.append(line)
    yield Command(words=words, shown=tuple(shown))


def run(words: str) -> tuple[list[str], int]:
    """What the command prints, to either stream, and its exit status."""
    name, *arguments = shlex.split(words)
    assert name == "budgetperf", f"{words}: only the library's own command is run"
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            status = cli.main(arguments)
        except SystemExit as exit:
            status = int(exit.code or 0)
    return out.getvalue().splitlines(), status


def not_found(shown: tuple[str, ...], printed: list[str]) -> str | None:
    """The first line that is shown and not printed where it should be; ``None`` if all are."""
    pieces = [
        list(lines)
        for elided, lines in itertools.groupby(shown, key=lambda line: line == "...")
        if not elided
    ]
    if not pieces:
        return None
    position = 0
    for number, piece in enumerate(pieces):
        starts = [
            start
            for start in range(position, len(printed) - len(piece) + 1)
            if printed[start : start + len(piece)] == piece
        ]
        if not starts or (number == 0 and shown[0] != "..." and starts[0] != 0):
            return "\n".join(piece)
        last = number == len(pieces) - 1 and shown[-1] != "..."
        start = starts[-1] if last else starts[0]
        if last and start + len(piece) != len(printed):
            return "\n".join(piece)
        position = start + len(piece)
    return None


def run_console(block: Block) -> None:
    status: int | None = None
    for command in commands(block):
        if SET_UP.match(command.words) or SERVED.match(command.words):
            continue
        if command.words == "echo $?":
            assert command.shown == (str(status),), f"{block.place}: the status is {status}"
            continue
        printed, status = run(command.words)
        wrong = not_found(command.shown, printed)
        output = "\n".join(printed)
        assert wrong is None, (
            f"{block.place}: $ {command.words}\nnot there:\n{wrong}\nin:\n{output}"
        )
        assert command.shown or status != 2, f"{block.place}: $ {command.words}\n{output}"


def run_doctest(block: Block, session: dict[str, Any]) -> None:
    page = str(block.page.relative_to(ROOT))
    test = doctest.DocTestParser().get_doctest(
        block.source, session, page, str(block.page), block.line
    )
    failures = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    runner.run(test, out=failures.write, clear_globs=False)
    session.update(test.globs)
    assert not runner.failures, failures.getvalue()
    assert test.examples, f"{block.place}: no examples in the block"


def check_toml(block: Block, folder: Path) -> None:
    if block.title:
        (folder / block.title).write_text(block.source, encoding="utf-8")
        mentioned = block.page.read_text(encoding="utf-8").count(block.title)
        assert mentioned > 1, f"{block.place}: nothing is done with the file"
        return
    if re.search(r"^status = ", block.source, re.MULTILINE):
        file = folder / "rules.toml"
        file.write_text(block.source, encoding="utf-8")
        assert bp.rules.load(file).id
        return
    layouts = PACKAGE / "documents" / "layouts"
    known = {
        line for file in layouts.glob("*.toml") for line in file.read_text("utf-8").splitlines()
    }
    unknown = [line for line in block.source.splitlines() if line not in known and line != "# …"]
    assert not unknown, f"{block.place}: in no layout: {unknown}"


def in_two_languages() -> Iterator[Any]:
    """The pages: by default those in Chinese that are read first; the others, and those in English,
    whose examples are the same, are asked for by ``-m law``."""
    for page in [*READMES, *PAGES]:
        first = page.name in ("README.md", "quickstart.md") or page.parent.name == "tutorial"
        later = [] if first else [pytest.mark.law]
        yield pytest.param(page, marks=later, id=str(page.relative_to(ROOT)))


@pytest.mark.parametrize("page", list(in_two_languages()))
def test_examples(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    session: dict[str, Any] = {"__name__": "__page__"}
    for block in blocks(page):
        if "pydantic" in block.source:  # at the end of its page
            pytest.importorskip("pydantic")
        for engine in OPTIONAL.findall(block.source):  # likewise
            pytest.importorskip(engine)
            pytest.importorskip("narwhals")
            if engine == "pysail":  # it warns of versions of pandas
                warnings.simplefilter("ignore")
        if block.language == "python":
            exec(compile(block.source, block.place, "exec"), session)  # noqa: S102
        elif block.language == "pycon":
            run_doctest(block, session)
        elif block.language == "console":
            run_console(block)
        elif block.language == "yaml":
            lines = re.findall(r"run: (budgetperf .+)", block.source)
            assert lines, block.place
            assert [run(line)[1] for line in lines] == [0] * len(lines), block.place
        else:
            assert block.language == "toml", f"{block.place}: {block.language} blocks are not run"
            check_toml(block, tmp_path)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.name)
def test_the_cells_of_a_notebook_run(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as when the site is built; no outputs are kept in the file."""
    monkeypatch.chdir(ROOT)
    session: dict[str, Any] = {"__name__": "__page__"}
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert 10 <= len(code) <= len(cells) / 2 + 2
    for number, cell in enumerate(code):
        assert cell["outputs"] == [], number
        source = "".join(cell["source"])
        exec(compile(source, f"{notebook.name}:{number}", "exec"), session)  # noqa: S102
    page = notebook.parent / notebook.name.replace("report", "index").replace(".ipynb", ".md")
    assert f"<!-- notebook: {notebook.name} -->" in page.read_text(encoding="utf-8")


def test_the_notebooks_have_the_same_cells() -> None:
    kinds = [
        [cell["cell_type"] for cell in json.loads(notebook.read_text("utf-8"))["cells"]]
        for notebook in NOTEBOOKS
    ]
    assert len(kinds) == len(LANGUAGES)
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("page", [*READMES, *PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_no_block_escapes(page: Path) -> None:
    """Every fence starts a line and names its language."""
    text = page.read_text(encoding="utf-8")
    assert text.count("```") == 2 * len(blocks(page))


def test_what_is_not_there_is_missed() -> None:
    printed = ["a", "b", "c", "d"]
    there = ["", "a b c d", "... b c ...", "a ... d", "... d", "a ... c ..."]
    not_there = ["b ...", "a ... c", "a c", "... d ... a", "... a b", "e"]
    assert [text for text in there if not_found(tuple(text.split()), printed)] == []
    assert [text for text in not_there if not not_found(tuple(text.split()), printed)] == []


def test_there_are_examples() -> None:
    """Nothing above fails where no block is found: count them."""
    languages = [block.language for page in [*READMES, *PAGES] for block in blocks(page)]
    assert all(languages.count(language) > 3 for language in ("pycon", "console", "toml"))


def test_both_languages_have_the_same_examples() -> None:
    pairs = [(ROOT / "README.md", ROOT / "README.en.md")]
    pairs += [(page, page.with_suffix(".en.md")) for page in PAGES if ".en." not in page.name]
    for chinese, english in pairs:
        assert shape(chinese) == shape(english), chinese


def shape(page: Path) -> list[str]:
    """The levels of the headings of a page and the languages of its blocks, in their order."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"(<!-- notebook: \w+)\.en", r"\1", text)
    outside = FENCE.sub(lambda match: f"```{match['language']}", text)
    return re.findall(r"^(?:#+(?= )|```\w+|<!-- .* -->)", outside, re.MULTILINE)


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_the_code_of_the_readme_is_what_the_type_checkers_see(readme: Path) -> None:
    """``mypy --strict`` and pyright check ``typing_tests/readme.py``: it is the same code."""
    parser = doctest.DocTestParser()
    code = "".join(
        example.source
        for block in blocks(readme)
        if block.language == "pycon"
        for example in parser.get_examples(block.source)
    )
    checked = (ROOT / "typing_tests" / "readme.py").read_text(encoding="utf-8")
    seen = checked.partition("annotations\n")[2].replace("\n\n", "\n").lstrip()
    assert code.replace(".en)", ".zh)") == seen


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_a_readme_is_read_in_one_go(readme: Path) -> None:
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_links_of_the_readmes_lead_somewhere(readme: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", readme.read_text(encoding="utf-8"))
    assert targets
    for target in targets:
        assert target.startswith("https://") or (ROOT / target).is_file(), target


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """What writes from the data, by the name of its module."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "hooks"))
    return importlib.import_module


@pytest.fixture
def catalogue(hook: Callable[[str], Any]) -> Any:
    return hook("catalogue")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_generated_tables_are_complete(catalogue: Any, lang: str) -> None:
    table = catalogue.relation_tables(lang)
    for relation in relations():
        assert f"`{relation.id}`" in table
        assert relation.title.pick(lang) in table
    table = catalogue.ruleset_table(lang)
    for rules in bp.rules.shipped():
        (row,) = (line for line in table.splitlines() if f"(rulesets/{rules.id}.md)" in line)
        assert rules.status.label.pick(lang) in row
    table = catalogue.rate_table(lang)
    assert all(f"(rates/{id}.md)" in table for id in bp.rates.catalogue)
    assert all(f"`{mode.value}`" in catalogue.rounding_tables(lang) for mode in RoundingMode)
    assert all(f"`{reason.value}`" in catalogue.missing_table(lang) for reason in MissingReason)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markers_are_known(catalogue: Any, lang: str) -> None:
    """Each marker for generated text on the pages is one that the hook replaces."""
    for page in PAGES:
        if (".en." in page.name) == (lang == "en"):
            text = page.read_text(encoding="utf-8")
            assert "<!-- generated:" not in catalogue.filled(text, lang)
    with pytest.raises(KeyError):
        catalogue.filled("<!-- generated: nonsense -->", lang)


def test_what_floats_get_wrong_is_counted(
    hook: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a page with the numbers of its own build: ours is never wrong, every other way is."""
    numbers = hook("float_numbers")
    middle = Fraction(1, 2)
    assert all(Fraction(10_000 * a, t) % 1 == middle for a, t in numbers.exact_ties(50))
    off = [abs(Fraction(10_000 * a, t) % 1 - middle) for a, t in numbers.near_ties(50)]
    assert all(0 < each < Fraction(1, 10**12) for each in off)
    for name, count in (("ROWS", 1_500), ("TIES", 60), ("REPORTS", 150)):
        monkeypatch.setattr(numbers, name, count)
    for lang, ending in (("zh", "md"), ("en", "en.md")):
        text = (ROOT / "docs" / f"floats.{ending}").read_text(encoding="utf-8")
        page = numbers.counted(text, lang)
        assert "<!--" not in page
        assert text.count("<!-- counted: ") == 3
        assert f"| {'本库' if lang == 'zh' else 'this library'} | 0 | 0 | 0 | 0 |" in page
    rates = numbers.rate_counts(1_500, 60)
    assert rates.pop("budgetperf") == [0, 0, 0]
    assert all(any(counts) for counts in rates.values())
    scores = numbers.score_counts(1_500)
    assert scores.pop("budgetperf") == 0
    assert all(scores.values())
    alarms = numbers.alarm_counts(150)
    assert alarms["budgetperf"][0] == 0
    assert alarms["equal"][0] > 0
    assert alarms["tolerance"][1] < alarms["budgetperf"][1]


def public_classes() -> Iterator[tuple[str, type]]:
    """Each public class that has fields or members, by its package."""
    for name in (
        "exact",
        "model",
        "rates",
        "rules",
        "receipts",
        "scoring",
        "auditing",
        "documents",
    ):
        package = importlib.import_module(f"budgetperf.{name}")
        for kind in (getattr(package, public) for public in package.__all__):
            if isinstance(kind, type) and (attrs.has(kind) or issubclass(kind, enum.Enum)):
                yield name, kind
    top = (getattr(bp, name) for name in bp.__all__)
    yield from (("", kind) for kind in top if isinstance(kind, type))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_member_is_documented(hook: Callable[[str], Any], lang: str) -> None:
    """On a page of the API, with its label, unit and meaning."""
    tables = hook("field_tables")
    rows: dict[tuple[str, str], list[str]] = {}
    for package in tables.PACKAGES:
        page = ROOT / "docs" / "api" / f"{package}{'.en' if lang == 'en' else ''}.md"
        assert f"<!-- generated: fields-{package} -->" in page.read_text(encoding="utf-8")
        fields = tables.field_tables(package, lang)
        for kind, table in re.findall(r"^### (\w+) \{.*\}\n\n((?:\|.*\n?)+)", fields, re.MULTILINE):
            for line in table.splitlines()[2:]:
                name, *cells = re.split(r" \| (?=(?:[^`]*`[^`]*`)*[^`]*$)", line.strip("| "))
                rows[kind, name.strip("`")] = cells
    assert all(any(cells) and all(cells[-1:]) for cells in rows.values())
    needed = {
        (kind.__name__, name)
        for _, kind in public_classes()
        for name in (
            kind.__members__
            if issubclass(kind, enum.Enum)
            else [f.name for f in attrs.fields(kind) if not f.name.startswith("_")]
            if attrs.has(kind)
            else []
        )
    }
    assert len(needed) > 400
    assert needed - set(rows) == set()
    assert rows["FixedAssets", "original_value"][:2] == (
        ["原值", "元、万元或亿元"]
        if lang == "zh"
        else ["original value", "元, 万元 or 亿元 (yuan)"]
    )


def test_a_field_of_which_nothing_is_said_is_missed(hook: Callable[[str], Any]) -> None:
    made_up = attrs.make_class("MadeUp", ["field"])
    with pytest.raises(KeyError, match=r"MadeUp\.field"):
        hook("field_tables").field_table(made_up, "zh")


@pytest.mark.parametrize("ending", [".md", ".en.md"])
def test_every_rule_set_and_every_rate_has_a_page(hook: Callable[[str], Any], ending: str) -> None:
    pages = {path for path in hook("pages").pages() if path.endswith(ending)}
    english = {path for path in pages if path.endswith(".en.md")}
    assert (pages if ending == ".en.md" else pages - english) == {
        *(f"rulesets/{id}{ending}" for id in bp.rules.ids()),
        *(f"rates/{id}{ending}" for id in bp.rates.catalogue),
    }


@pytest.mark.law
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rules", bp.rules.shipped(), ids=lambda rules: rules.id)
def test_the_page_of_a_rule_set(hook: Callable[[str], Any], rules: RuleSet, lang: str) -> None:
    page = hook("ruleset_pages").ruleset_page(rules, lang)
    standing = standing_text(rules.status).pick(lang)
    kind = "note" if rules.status.value in ("text", "form") else "warning"
    assert f'!!! {kind} "{standing}"'.casefold() in page.casefold()
    assert rules.sha256 in page.replace("<wbr>", "")
    curves = [rules.execution, rules.at_least, rules.above, rules.at_most, rules.below, rules.equal]
    drawn = sum(1 + (rule.discretion is not None) for rule in curves if rule is not None)
    assert page.count("<svg ") >= drawn
    parts = [section.anchor for section in sections(rules)]
    examples = bp.rules.examples(rules.id)
    parts += ["examples", *(f"example-{number + 1}" for number in range(len(examples)))]
    assert re.findall(r"^##+ .* \{ #(.*) \}$", page, re.MULTILINE) == parts
    section = plain(page.partition("{ #examples }")[2])
    for example in examples:
        due = [example.execution, example.total, *(row.score for row in example.rows)]
        texts = [example.name.pick(lang), example.source.pick(lang), example.budget]
        texts += [row.actual for row in example.rows]
        assert all(text in section for text in texts)
        assert all(decimal_text(score) in section for score in due if score is not None)


def plain(markdown: str) -> str:
    """The text without the signs that keep it from being read as Markdown."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("&lt;", "<")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rate", bp.rates.catalogue.values(), ids=lambda rate: rate.id)
def test_the_page_of_a_rate(hook: Callable[[str], Any], rate: RateDefinition, lang: str) -> None:
    """It says what the catalogue says, and its example is true."""
    page = hook("rate_pages").rate_page(rate, lang)
    shown = plain(page)
    notes = [rate.title, rate.formula, *(trap.note for trap in rate.traps)]
    notes += [
        text
        for argument in rate.arguments
        for text in (argument.label, argument.unit, argument.note)
    ]
    notes += [
        text for source in rate.sources for text in (source.document, source.standing, source.note)
    ]
    assert [note for note in notes if note.pick(lang) not in shown] == []
    links = re.findall(r"\]\(([a-z-]+)\.md\)", page)
    assert links == [id for trap in rate.traps for id in trap.rates]
    (example,) = FENCE.finditer(page)
    run_doctest(
        Block(language="pycon", title="", source=example["source"], page=ROOT / rate.id, line=1),
        {"__name__": "__page__"},
    )


@pytest.mark.parametrize("rate", bp.rates.catalogue.values(), ids=lambda rate: rate.id)
def test_the_denominators_on_the_page_of_a_rate(
    hook: Callable[[str], Any], rate: RateDefinition
) -> None:
    """A rate is undefined where one of them is 0, and where nothing else is."""
    makers: dict[Takes, Callable[[int], Any]] = {
        Takes.AMOUNT: bp.Amount,
        Takes.AMOUNTS: lambda number: [bp.Amount(number)],
        Takes.COUNT: bp.Count,
        Takes.RATE: bp.Rate,
        Takes.MEASURE: bp.Rate,
        Takes.DURATION: bp.Count,
    }
    below = {argument.name for argument in hook("rate_pages").denominators(rate)}
    if not below:  # it divides by a difference
        page = hook("rate_pages").rate_page(rate, "en")
        assert "denominator of 0 (this year's expenditure - last year's expenditure)" in page
        return
    numbers = [argument for argument in rate.arguments if argument.takes in makers]
    definitions = [{"definition": definition} for definition in DeviationDefinition]
    for zero in numbers:
        values = {
            argument.name: makers[argument.takes](0 if argument is zero else 7)
            for argument in numbers
        }
        results = [
            rate.function(**values, **extra)
            for extra in (definitions if len(numbers) < len(rate.arguments) else [{}])
        ]
        undefined = any(isinstance(result, bp.Undefined) for result in results)
        assert undefined == (zero.name in below), zero.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_of_a_rule_set_is_documented(hook: Callable[[str], Any], lang: str) -> None:
    """Those that the shipped files use are listed, and each has a meaning."""
    keys = hook("key_tables")
    tables = keys.ruleset_keys(lang), keys.example_keys(lang)
    folder = Path(bp.rules.__file__).parent
    for table, name in zip(tables, ("data", "examples"), strict=True):
        rows = re.findall(r"^\| `(\w+)`.*? \| (.+) \| (.+) \|$", table, re.MULTILINE)
        assert all(value.strip() and meaning.strip() for _, value, meaning in rows)
        files = [tomllib.loads(file.read_text("utf-8")) for file in folder.glob(f"{name}/*.toml")]
        assert files
        used = set(itertools.chain.from_iterable(map(keys_of, files))) - {"zh", "en", "example"}
        assert used - {key for key, _, _ in rows} == set()


def keys_of(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        data = list(data.values())
    if isinstance(data, list):
        yield from itertools.chain.from_iterable(map(keys_of, data))


@pytest.mark.parametrize("page", ["add-region.md", "add-region.en.md"])
def test_the_examples_of_a_new_region_are_true(page: str, tmp_path: Path) -> None:
    for block in blocks(ROOT / "docs" / page):
        if block.title:
            check_toml(block, tmp_path)
    rules = bp.rules.load(tmp_path / "shili-2025.toml")
    examples = bp.rules.load_examples(tmp_path / "shili-2025.examples.toml")
    assert len(examples) >= 3
    for example in examples:
        worked.test_worked_examples(rules, example)


@pytest.mark.parametrize("page", ["reading.md", "reading.en.md"])
def test_errors_and_limits_of_reading_are_documented(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    sources = (PACKAGE / "documents").rglob("*.py")
    codes = {
        code
        for source in sources
        for code in re.findall(r'unusable\(\s*"([a-z-]+)"', source.read_text(encoding="utf-8"))
    }
    assert len(codes) > 5
    assert {code for code in codes if f"| `{code}` |" not in text} == set()
    assert f"{decoding.MAX_BYTES // 1024**2} MB" in text
    assert f"{limits.MAX_NUMBERS}" in text.replace(",", "")


@pytest.mark.parametrize("page", ["cli.md", "cli.en.md"])
def test_keys_of_the_json_are_documented(page: str) -> None:
    """Each key of a finding, an operand, a cause, a suspect and an explanation has its row, in the
    order of the JSON."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    audit = bp.audit(bp.read(ROOT / "examples" / "department-2023.md"), rules="yitihua-default")
    data: dict[str, Any] = json.loads(json.dumps(audit_data(audit)))
    section = text.partition("{ #json }")[2].partition("{ #reasons }")[0]
    tables = [
        re.findall(r"^\| (`.*?`) \|", part, re.MULTILINE) for part in section.split("\n| --- |")
    ]
    top, finding, operand, cause, suspect, explanation = (
        re.findall(r"`\.?([\w.]+)`", " ".join(rows)) for rows in tables[1:7]
    )
    assert finding == list(data["findings"][0])
    assert operand == list(data["findings"][0]["operands"][0])
    assert cause == list(data["causes"][0])
    assert suspect == list(data["suspects"][0])
    assert explanation == list(data["suspects"][0]["explanations"][0])
    assert {key.partition(".")[0] for key in top} >= set(data)
    for part in ("report", "ruleset", "reading"):
        assert {
            key for key in data[part] if not re.search(rf"`({part})?\.{key}`", section)
        } == set()
    assert {verdict for verdict in data["summary"] if f"`{verdict}`" not in section} == set()


@pytest.mark.law
@pytest.mark.parametrize("page", ["cli.md", "cli.en.md"])
def test_reasons_are_documented(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert {reason for reason in reasons() if f"`{reason}`" not in text} == set()


@functools.cache
def reasons() -> set[str]:
    """Those of the examples, by every rule-set."""
    reports = [bp.read(file) for file in sorted((ROOT / "examples").glob("*.md"))]
    audits = (bp.audit(report, rules=id) for report in reports for id in (None, *bp.rules.ids()))
    return {finding.reason for audit in audits for finding in audit.findings if finding.reason}


@pytest.mark.parametrize("ending", ["md", "en.md"])
def test_codes_of_a_base_of_0_are_documented(ending: str) -> None:
    for page, members in (("add-region", ZeroBase), ("concepts", bp.UndefinedReason)):
        text = (ROOT / "docs" / f"{page}.{ending}").read_text(encoding="utf-8")
        codes = {member.value for member in members} - {"undefined"}
        assert {code for code in codes if code not in text} == set()


@pytest.mark.parametrize("page", ["diagnosis.md", "diagnosis.en.md"])
def test_slips_and_codes_are_documented(page: str) -> None:
    """Each kind of slip and each code of what is undecided has its row, and nothing else has."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    kinds, codes = (
        set(re.findall(r"^\| `([a-z-]+)` \|", part, re.MULTILINE))
        for part in (
            text.partition("{ #explanations }")[2].partition("\n## ")[0],
            text.partition("{ #exact }")[2].partition("\n## ")[0],
        )
    )
    slips = quoted(r"\w+-[\w-]+|(?<=kind=.)\w+", *(PACKAGE / "auditing" / "slips").glob("*.py"))
    assert kinds - {"kind"} == slips
    undecided = ("linear/system.py", "linear/diagnoses.py", "auditing/diagnosis/together.py")
    assert codes == quoted(r"\w+-[\w-]+", *(PACKAGE / name for name in undecided))


@pytest.mark.parametrize("page", ["stability.md", "stability.en.md"])
def test_public_modules_and_errors_are_listed(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(budgetperf[\w.]*)` \|", text, re.MULTILINE)
    assert listed == ["budgetperf", *(f"budgetperf.{room}" for room in AT_HOME)]
    rows = dict(re.findall(r"^\| `(\w+Error)` \| .* \| `(\w+)` \|$", text, re.MULTILINE))
    assert rows.keys() == {name for name in bp.__all__ if name.endswith("Error")}
    for name, also in rows.items():
        assert issubclass(getattr(bp, name), bp.BudgetperfError)
        assert issubclass(getattr(bp, name), getattr(builtins, also))


def quoted(pattern: str, *modules: Path) -> set[str]:
    """The strings of some modules that match a pattern."""
    sources = [module.read_text(encoding="utf-8") for module in modules]
    return {word for source in sources for word in re.findall(f'"({pattern})"', source)}


TYPED = [
    *READMES,
    *(page for page in PAGES if page.name.split(".")[0] in ("quickstart", "scoring")),
]
"""The pages that a type checker reads as well."""


def code_of(page: Path) -> str:
    """The Python of a page, without what is there to be refused."""
    pieces = list[str]()
    for block in blocks(page):
        if block.language == "python":
            pieces.append(block.source)
        elif block.language == "pycon":
            examples = doctest.DocTestParser().get_examples(block.source)
            pieces += [example.source for example in examples if example.exc_msg is None]
    return "".join(pieces)


if __name__ == "__main__":  # .ci/run has them checked
    for number, typed_page in enumerate(TYPED):
        name = re.sub(r"\W", "_", typed_page.stem)
        target = Path(sys.argv[1]) / f"page_{number}_{name}.py"
        target.write_text(code_of(typed_page), encoding="utf-8")

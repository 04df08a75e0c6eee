"""What holds of every module, beside the contracts of imports in pyproject.toml."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

import budgetperf
from budgetperf import Figure, Indicator, Interval, RuleSet
from budgetperf.rules import Curve, OverCompletion, QuantitativeRule

PACKAGE = Path(budgetperf.__file__).parent
ROOMS = (
    "exact",
    "plain",
    "linear",
    "model",
    "relations",
    "citations",
    "rates",
    "rules",
    "receipts",
    "scoring",
    "auditing",
    "display",
    "documents",
    "frames",
    "cli",
    "__main__",
    "face",
)
"""From the ground up."""
HALVES = ("documents.readers", "documents.understanding")
ARITHMETIC = ROOMS[: ROOMS.index("display")]
THIRD_PARTY = {"attrs", "cattrs"}
OPTIONAL = {
    "cli": {"argcomplete", "rich"},
    "testing": {"hypothesis"},
    "budgetperf.documents.readers.pdf.file.opening": {"pdfminer"},  # imported when a PDF is read
}
"""What a room or a module may also import, where it is installed."""
SAY_NOTHING = {"found", "one", "rest", "said", "told"}
"""Names that hold anything: what they hold has a name of its own."""


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@functools.cache
def tree(name: str) -> ast.Module:
    """What is written in a module of ours."""
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


@functools.cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """Each part of what is written in it."""
    return tuple(ast.walk(tree(name)))


def room(name: str) -> str:
    """The room of a module of ours."""
    return name.split(".")[1] if "." in name else "face"


def imported(name: str, node: ast.AST) -> Iterator[str]:
    """The absolute names that an import statement of a module imports; ours are modules."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = name if FILES[name].name == "__init__.py" else name.rpartition(".")[0]
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
        for alias in node.names:
            full = f"{base}.{alias.name}"
            yield full if full in FILES else base


def imports(name: str) -> set[str]:
    """All that a module imports: at once, late, or for type checkers only."""
    return {module for node in nodes(name) for module in imported(name, node)}


def called(call: ast.Call) -> str:
    """The last word of what is called; ``""`` if it has no name."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_none_of_our_modules_is_imported_by_a_string_but_by_the_face() -> None:
    """A contract of imports sees none of these, and no circle that they make."""
    for name in FILES:
        by_name = [
            node
            for call in nodes(name)
            if isinstance(call, ast.Call) and called(call) == "import_module"
            for node in ast.walk(call)
            if isinstance(node, ast.Constant) and str(node.value).startswith("budgetperf")
        ]
        assert not by_name or room(name) == "face", name


TOKENS = {
    "budgetperf.documents.readers.files",
    "budgetperf.documents.readers.html",
    "budgetperf.documents.readers.office.nodes",
    "budgetperf.documents.readers.pdf.file.content",
    "budgetperf.exact.limits",
}
"""Where patterns go over files of any length: no group of theirs fails halfway but at an end."""


def test_groups_of_patterns_are_atomic_and_not_possessive() -> None:
    """Python before 3.11.5 does not give back what a possessive group took before it failed."""
    possessive = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
    found = {
        name
        for name in FILES
        for node in nodes(name)
        if isinstance(node, ast.Constant) and possessive.search(str(node.value))
    }
    assert found == TOKENS


def test_no_room_is_crowded() -> None:
    """At most three tenths of the lines in one room, and about a dozen modules in one folder. The
    two halves of the room of documents, which a contract parts, are each a room here."""
    lines = Counter[str]()
    for name, path in FILES.items():
        half = ".".join(name.split(".")[1:3])
        lines[half if half in HALVES else room(name)] += path.read_text(encoding="utf-8").count(
            "\n"
        )
    assert max(lines.values()) < 0.3 * lines.total()
    modules = (path for path in FILES.values() if path.name != "__init__.py")
    folders = Counter(path.parent for path in modules)
    assert max(folders.values()) <= 13


@pytest.mark.law  # starts processes
def test_two_libraries_at_run_time_and_no_more() -> None:
    for name in FILES:
        optional = OPTIONAL.get(room(name), set()) | OPTIONAL.get(name, set())
        allowed = THIRD_PARTY | optional | {"budgetperf"}
        roots = {module.partition(".")[0] for module in imports(name)}
        assert roots - set(sys.stdlib_module_names) <= allowed, name


def arithmetic(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything but what hands a float to who asks for one: ``float(rate)``."""
    if not (isinstance(tree, ast.FunctionDef) and tree.name == "__float__"):
        yield tree
        for child in ast.iter_child_nodes(tree):
            yield from arithmetic(child)


@pytest.mark.parametrize("place", ARITHMETIC)
def test_no_float_takes_part(place: str) -> None:
    for name in (module for module in FILES if room(module) == place):
        for node in arithmetic(tree(name)):
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, (float, complex)), (name, node.lineno)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("float", "complex"), (name, node.lineno)
                if node.func.id == "round":
                    assert len(node.args) == 1, "round(x, n) gives back a float"
        assert not {"numpy", "statistics", "random"} & imports(name), name


def test_attributes_of_what_rows_go_through_are_found_the_short_way() -> None:
    """A class with ``__getattr__`` takes the long way round to each of its attributes: attrs makes
    one for ``functools.cached_property``."""
    for kind in (Curve, Figure, Indicator, Interval, OverCompletion, QuantitativeRule, RuleSet):
        assert not hasattr(kind, "__getattr__")


def stored(node: ast.AST) -> str | None:
    """The name that is stored here: of a variable, a parameter or a function."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.arg):
        return node.arg
    named = (ast.FunctionDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
    return node.name if isinstance(node, named) else None


@pytest.mark.parametrize(
    "code",
    [
        "def f(told): ...",
        "def said(): ...",
        "lambda one: 0",
        "[0 for _, one in ()]",
        "first, *rest = ()",
        "if (found := 0): ...",
        "match 0:\n case [*rest]: ...",
        "with open('') as told: ...",
    ],
)
def test_every_way_to_store_a_name_is_seen(code: str) -> None:
    assert {stored(node) for node in ast.walk(ast.parse(code))} & SAY_NOTHING


def test_names_say_what_they_hold() -> None:
    """Fields of classes are left out: one, of a public class, is called so."""
    for name in FILES:
        fields = {
            field.target
            for kind in nodes(name)
            if isinstance(kind, ast.ClassDef)
            for field in kind.body
            if isinstance(field, ast.AnnAssign)
        }
        for node in nodes(name):
            if node not in fields and stored(node) in SAY_NOTHING:
                pytest.fail(f"{name}:{getattr(node, 'lineno', '')}: {stored(node)}")


def test_every_class_says_what_it_is_for() -> None:
    for name in FILES:
        for node in nodes(name):
            if isinstance(node, ast.ClassDef):
                assert ast.get_docstring(node), (name, node.name)


BY_PLACE = {
    "auditing.checks.two_years.words._Changed",
    "auditing.decisions._Known",
    "auditing.drafts._Print",
    "exact.quantities.Amount",
    "exact.quantities.Count",
    "exact.quantities.Points",
    "exact.quantities.Rate",
    "exact.shown.InEnglish",
    "exact.written.spec.Spec",
    "exact.written.spec.SpecKind",
    "plain.structuring.InexactNumber",
    "plain.structuring._Leaf",
    "rates.definition.RateCatalogue",
    "rates.inputs.Operand",
    "rates.reading._File",
    "rules.places._Part",
    "scoring.marking.printed._Row",
}
"""Made of one or two parts, written in code as they are written down, or made in one module."""


@pytest.mark.parametrize("place", ARITHMETIC)
def test_values_are_made_by_name_and_stay_what_they_are(place: str) -> None:
    """Each class of the exact rooms: its parts in the order of the fields would bind whoever uses
    it to that order, and what changes cannot be shared outside of its module."""
    kinds = [
        kind
        for name in FILES
        if room(name) == place
        for kind in vars(importlib.import_module(name)).values()
        if inspect.isclass(kind) and kind.__module__ == name and attrs.has(kind)
    ]
    for kind in kinds:
        placed = [field.name for field in attrs.fields(kind) if field.init and not field.kw_only]
        full = f"{kind.__module__}.{kind.__name__}".removeprefix("budgetperf.")
        assert bool(placed) == (full in BY_PLACE), full
        assert kind.__setattr__ is not object.__setattr__ or kind.__name__.startswith("_"), full


def test_no_module_is_over_long() -> None:
    """design.md: no module over about 800 lines, each with a docstring of its own."""
    for name, path in FILES.items():
        assert path.read_text(encoding="utf-8").count("\n") <= 800, name
        assert ast.get_docstring(tree(name)), name

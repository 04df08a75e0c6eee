"""The floors of the house (design.md): a room imports only from the floors below it."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import budgetperf

PACKAGE = Path(budgetperf.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = {
    "exact": 1,
    "model": 2,
    "rates": 3,
    "rules": 3,
    "scoring": 3,
    "example_run": 3,
    "audit": 4,
    "documents": 5,
    "frames": 5,
    "codec": 5,
    "__init__": 6,
    "__main__": 6,
    "cli": 6,
    "texts": 6,
    "testing": 6,
}
ARITHMETIC = ("exact", "model", "rates", "rules", "scoring", "example_run", "audit")
THIRD_PARTY = {"attrs", "cattrs"}
COMPLETION = {"cli": {"argcomplete"}}
"""What a room may also import, where it is installed."""


def room(name: str) -> str:
    """The room of a module of ours: its package, or itself."""
    return name.split(".")[1] if "." in name else "__init__"


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs on import: not what functions hold, or only type checkers see."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            continue
        yield node
        yield from run_time(node)


def imports(path: Path, *, at_once: bool = False) -> Iterator[str]:
    """The absolute names that a module imports: anywhere, or as soon as it is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in run_time(tree) if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield base
            for alias in node.names:
                file = PACKAGE.parent / Path(*base.split("."), alias.name)
                if file.is_dir() or file.with_suffix(".py").exists():
                    yield f"{base}.{alias.name}"


def ours(names: Iterator[str]) -> set[str]:
    return {name for name in names if name.partition(".")[0] == "budgetperf"}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_room_imports_from_below_only(path: Path) -> None:
    """Type checkers see the same house: their imports count, too."""
    here = room(dotted(path))
    for name in ours(imports(path)):
        there = room(name)
        if there == "__init__" and name == "budgetperf":
            # `from budgetperf import rates` names the room beside.
            continue
        assert here == there or FLOORS[there] < FLOORS[here] or _beside(here, there), name


def _beside(here: str, there: str) -> bool:
    """On one floor: rates < rules < scoring < example_run, and texts < cli < __main__."""
    order = ["rates", "rules", "scoring", "example_run", "texts", "cli", "__main__"]
    return (
        FLOORS[here] == FLOORS[there]
        and here in order
        and there in order
        and order.index(there) < order.index(here)
    )


def test_every_module_has_a_floor() -> None:
    assert {room(dotted(path)) for path in MODULES} <= set(FLOORS)
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_only_the_faces_import_the_face(path: Path) -> None:
    if FLOORS[room(dotted(path))] == 6:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "budgetperf" and not node.level:
            assert all((PACKAGE / f"{a.name}.py").exists() or (PACKAGE / a.name).is_dir()
                       for a in node.names)  # fmt: skip


def test_the_rooms_do_not_go_in_circles() -> None:
    below: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        here = room(dotted(path))
        below[here] |= {room(n) for n in ours(imports(path)) if n != "budgetperf"} - {here}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way, name))
        if name not in done:
            for other in below[name]:
                visit(other, (*way, name))
            done.add(name)

    for name in list(below):
        visit(name, ())
    assert done >= set(below)


@pytest.mark.parametrize("package", ["exact", "model", "rates", "rules", "audit", "documents"])
def test_the_modules_of_a_room_do_not_go_in_circles(package: str) -> None:
    """On import: what a function imports when it is called comes later."""
    below = {
        dotted(path): {
            name
            for name in ours(imports(path, at_once=True))
            if name.startswith(f"budgetperf.{package}.") and name != dotted(path)
        }
        for path in MODULES
        if room(dotted(path)) == package and path.name != "__init__.py"
    }

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way, name))
        for other in below.get(name, ()):
            visit(other, (*way, name))

    for name in below:
        visit(name, ())
    assert below


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_two_libraries_at_run_time_and_no_more(path: Path) -> None:
    allowed = THIRD_PARTY | COMPLETION.get(room(dotted(path)), set()) | {"budgetperf"}
    found = {name.partition(".")[0] for name in imports(path)}
    assert found - set(sys.stdlib_module_names) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_nothing_is_asserted(path: Path) -> None:
    """``python -O`` takes assertions out: what must hold is checked and told."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("path", [p for p in MODULES if room(dotted(p)) in ARITHMETIC], ids=dotted)
def test_no_float_takes_part(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, (float, complex)), node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("float", "complex"), node.lineno
            if node.func.id == "round":
                assert len(node.args) == 1, "round(x, n) gives back a float"
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [a.name for a in node.names]
            assert not {"numpy", "statistics", "random"} & set(names), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_module_is_over_long(path: Path) -> None:
    """design.md: no module over about 800 lines, each with a docstring of its own."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 820
    assert ast.get_docstring(ast.parse(text))

"""How strong the tests of the exact core are: small changes to it, and which test notices each.

    nice python -m benchmarks.mutants --mutants 52 --seed 2026
    nice python -m benchmarks.mutants --mutants 52 --seed 2026 --only 7 31
    nice python -m benchmarks.mutants --at scoring/marks.py:112 --reached FOLDER

A mutant is the core with one change: another comparison or operation, a condition negated, dropped
or joined otherwise, a number moved by one, a truth turned round, a call left out. What the core is
stands in `pyproject.toml`, for coverage; which tests are its own, in `.ci/run`. First all are run
on a copy of the source as it is, and must pass; which of them reach which line is noted. Then a
mutant stands in the copy. The tests that reach the changed statement are tried on it: those of its
module, then of its room, then all others, the quickest first. Only then come the tests that do not
reach it, until one fails. To take twice the time is to fail. All are first tried in one run, in
forks, where most are killed; what survives there is tried in processes of its own.

A test that fails without having reached the statement is told apart: it may rest on what another
one left behind, or on a process of its own, or have failed for a reason of its own. What survives
is for a person to judge: a test is missing, or the change changes nothing. With ``--near`` those
that do not reach it are left out, and what survives is to be tried once more without.
"""

from __future__ import annotations

import argparse
import ast
import copy
import itertools
import json
import math
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from .forking import TIME
from .reaching import Reached, reached

__all__ = ["Mutant", "core", "failure", "in_turns", "killer", "main", "mutants", "tests", "written"]

ROOT = Path(__file__).parents[1]
MEMORY = 6 * 1024**3  # bytes, the most that the tests of a mutant may take
GONE = "status 4"  # a test is not found

ROOMS = {
    "auditing": "audit/ property/test_diagnosis_laws",
    "exact": "exact/ property/test_(beside|figure|format|interval|quantity|rounding|text)_laws",
    "linear": "audit/test_(alike|diagnoses|system|tableau) property/test_(diagnosis|interval)_laws",
    "rates": "scoring/test_rate property/test_rate_laws",
    "relations": "property/test_judging_laws audit/ composing/",
    "scoring": "property/test_scor(e_formula|ing)_laws scoring/ rules/",
}
"""By room of the core: the beginnings of the tests that are tried first, as patterns."""

OTHERS = (
    "Lt LtE  LtE Lt  Gt GtE  GtE Gt  Eq NotEq  NotEq Eq  Is IsNot  IsNot Is  In NotIn  NotIn In  "
    "And Or  Or And  Add Sub  Sub Add  Mult Div  Div Mult  FloorDiv Mult  Mod FloorDiv  Pow Mult  "
    "BitAnd BitOr  BitOr BitAnd  BitXor BitOr  LShift RShift  RShift LShift  "
    "Break Continue  Continue Break"
)
SWAPS: dict[str, str] = dict(re.findall(r"(\w+) (\w+)", OTHERS))
NAMES = {"all": "any", "any": "all", "max": "min", "min": "max"}


@attrs.frozen(kw_only=True)
class Mutant:
    """One change to one module.

    Args:
        module: its file.
        line: where the change stands.
        statement: the lines of the statement that it stands in, or of the head of that.
        start: the first byte that is replaced.
        end: the one behind the last.
        after: what stands there instead.
    """

    module: Path
    line: int
    statement: range
    start: int
    end: int
    after: str

    def __str__(self) -> str:
        before = " ".join(self.module.read_bytes()[self.start : self.end].decode().split())
        return f"{self.module.relative_to(ROOT)}:{self.line}  {before}  ->  {self.after}"


# ---------------------------------------------------------------- what is changed


def core() -> list[Path]:
    """The modules of the exact core: those whose coverage is measured."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = settings["tool"]["coverage"]["run"]["source_pkgs"]
    folders = [ROOT / "src" / package.replace(".", "/") for package in packages]
    return [file for folder in folders for file in sorted(folder.rglob("*.py"))]


def _is_apart(node: ast.AST) -> bool:
    """Whether only type checkers look at it, or it does not say where it stands."""
    match node:
        case (
            ast.If(test=ast.Name(id="TYPE_CHECKING"))
            | ast.FunctionDef(decorator_list=[ast.Name(id="overload"), *_])
            | ast.AnnAssign(annotation=ast.Name(id="TypeAlias"))
            | ast.Assign(targets=[ast.Name(id="__all__")])
            | ast.Subscript(value=ast.Name(id="Literal"))
            | ast.Call(func=ast.Name(id="assert_never" | "cast" | "TypeVar"))
            | ast.JoinedStr()  # it does so from Python 3.12 on
        ):
            return True
        case _:
            return False


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    if _is_apart(node):
        return
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in {"annotation", "returns"}:
                yield from _walk(child)


def _other(node: ast.AST) -> ast.AST:
    other: ast.AST = getattr(ast, SWAPS[type(node).__name__])()
    return other


def _with(node: ast.AST, field: str, value: object) -> str:
    changed = copy.copy(node)
    setattr(changed, field, value)
    return f"({ast.unparse(changed)})"


def _is_text(node: ast.AST) -> bool:
    """Whether it is a text or a row, which can be added and nothing else: that tells nothing."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text or isinstance(node, ast.JoinedStr | ast.Tuple | ast.List | ast.ListComp)


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What may be replaced in this node itself, and by what."""
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                yield node, _with(node, "ops", [*ops[:at], _other(op), *ops[at + 1 :]])
        case ast.BoolOp(op=op, values=values):
            yield node, _with(node, "op", _other(op))
            for at in range(len(values)):
                left = [*values[:at], *values[at + 1 :]]
                yield node, _with(node, "values", left) if left[1:] else f"({ast.unparse(left[0])})"
        case ast.BinOp(left=left, op=op, right=right) if not _is_text(left) and not _is_text(right):
            yield node, _with(node, "op", _other(op))
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.Constant(value=bool(value)):
            yield node, repr(not value)
        case ast.Constant(value=int(value)):
            yield node, "0" if value == 1 else str(value + 1)
        case ast.Name(id=name) if name in NAMES:
            yield node, NAMES[name]
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):  # they are changed themselves
                yield test, f"(not ({ast.unparse(test)}))"
        case ast.comprehension(ifs=conditions):
            yield from ((condition, "True") for condition in conditions)
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield node, "pass"
        case ast.Break() | ast.Continue():
            yield node, ast.unparse(_other(node))
        case _:
            pass


def _statement(place: ast.expr | ast.stmt, spans: Sequence[range]) -> range:
    """The lines of the statement that it stands in; of one with a body, those up to it."""
    last = place.end_lineno or place.lineno
    around = [span for span in spans if place.lineno in span]
    if not around:
        return range(place.lineno, last + 1)
    innermost = max(around, key=lambda span: span.start)
    inside = [span for span in spans if span.start in innermost and span != innermost]
    before = [span.stop for span in inside if span.stop <= place.lineno]
    return range(max([innermost.start, *before]), last + 1 if inside else innermost.stop)


def mutants(module: Path) -> list[Mutant]:
    """All changes of one module, in the order in which they stand there."""
    source = module.read_bytes()
    lines = source.splitlines(keepends=True)
    begins = [0, 0, *itertools.accumulate(map(len, lines))]
    tree = ast.parse(source)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    spans = [range(node.lineno, (node.end_lineno or 0) + 1) for node in statements]
    found = [
        Mutant(
            module=module,
            line=place.lineno,
            statement=_statement(place, spans),
            start=begins[place.lineno] + place.col_offset,
            end=begins[place.end_lineno or 0] + (place.end_col_offset or 0),
            after=after,
        )
        for node in _walk(tree)
        for place, after in _changes(node)
    ]
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end))


def written(mutant: Mutant) -> bytes:
    """Its module, with the change."""
    source = mutant.module.read_bytes()
    return source[: mutant.start] + mutant.after.encode() + source[mutant.end :]


# ---------------------------------------------------------------- what is tried on it


def tests() -> list[str]:
    """The files with the tests of the core, by the list that `.ci/run` covers it with."""
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^core=\(([^)]*)\)$", script, re.MULTILINE)
    command = ["bash", "-c", f"echo {' '.join(listed.split())}"]
    expanded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    files = []
    for path in map(ROOT.joinpath, expanded):
        files += [path] if path.is_file() else sorted(path.rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files]


def in_turns(module: Path, files: Sequence[str]) -> list[list[str]]:
    """The tests that are called as the module or its folder, those of its room, and all others."""
    room, *names = module.relative_to(ROOT / "src/budgetperf").with_suffix("").parts
    alike = "|".join(re.escape(name.removesuffix("s")) for name in names)
    patterns = [f"tests/(audit|exact|property|scoring)/test_({alike})(s|_|$)"]
    patterns += [f"tests/({'|'.join(ROOMS[room].split())})", ""]
    turns: list[list[str]] = []
    for pattern in patterns:
        tried = set(itertools.chain(*turns))
        turns.append([f for f in files if f not in tried and re.match(pattern, f[:-3])])
    return [turn for turn in turns if turn]


def failure(
    source: Path, chosen: Sequence[str], seconds: int, options: Sequence[str] = ()
) -> str | None:
    """The first of these tests that fails with this source, or what went wrong instead."""

    def bound() -> None:
        # The soft bounds alone: tests of hostile input start processes with bounds of their own.
        for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MEMORY)):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))

    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as listed:
        print(*chosen, sep="\n", file=listed, flush=True)  # they may be too many for a command
        done = subprocess.run(
            [*command, "--hypothesis-profile", "ci", *options, f"@{listed.name}"],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(source), "CI": "1"},
            preexec_fn=bound,
        )
    if done.returncode == 0:
        return None
    named = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    is_late = done.returncode == -signal.SIGXCPU
    return named[1] if named else TIME if is_late else f"status {done.returncode}"


def noted(source: Path, files: Sequence[str], folder: Path) -> Reached:
    """What these tests, all of which must pass, reach of this source: also kept in the folder."""
    if not folder.exists():
        folder.mkdir(parents=True)
        options = ["-p", "benchmarks.reaching", "--reached", str(folder), "--of", str(source)]
        before = failure(source, files, 4 * 3600, options)
        if before:
            raise SystemExit(f"error: it fails without a change: {before}")
    return reached(folder)


def _seconds(chosen: Iterable[str], known: Reached) -> int:
    # Coverage, with which the time was taken, makes them slower by itself.
    return 30 + 2 * math.ceil(sum(known.seconds[test] for test in chosen))


def quickly(
    chosen: Mapping[int, Mutant], source: Path, files: Sequence[str], known: Reached
) -> dict[int, str]:
    """What kills these mutants among the tests that reach them, all in one run, by their numbers.

    Some others may be killed as well: by what was made when modules were imported.
    """
    tried: list[dict[str, object]] = []
    every = set[str]()
    for number, mutant in chosen.items():
        module = mutant.module.relative_to(ROOT / "src")
        near = known.tests(module.as_posix(), mutant.statement)
        turns = in_turns(mutant.module, files)
        tests = [test for turn in turns for test in near if test.partition("::")[0] in turn]
        tried.append(
            {
                "number": number,
                "file": str(source / module),
                "source": written(mutant).decode(),
                "line": mutant.line,
                "tests": tests,
                "seconds": _seconds(tests, known),
            }
        )
        every.update(tests)
    with tempfile.TemporaryDirectory() as folder:
        mutated, told = Path(folder) / "mutated.json", Path(folder) / "told.json"
        mutated.write_text(json.dumps(tried), encoding="utf-8")
        options = ["-p", "benchmarks.forking", "--mutated", str(mutated), "--told", str(told)]
        if every and (wrong := failure(source, sorted(every), 4 * 3600, options)):
            raise SystemExit(f"error: the mutants cannot be tried in one run: {wrong}")
        results = json.loads(told.read_text(encoding="utf-8")) if every else {}
    return {int(number): by for number, by in results.items() if by}


def killer(
    mutant: Mutant, source: Path, files: Sequence[str], known: Reached, *, near_only: bool = False
) -> str | None:
    """What kills this mutant, if anything does: the test, and whether it reaches the statement."""
    module = mutant.module.relative_to(ROOT / "src")
    near = known.tests(module.as_posix(), mutant.statement)
    far = sorted(known.seconds.keys() - {*near}, key=lambda test: known.seconds[test])
    beyond = f", which is none of the {len(near)} that reach it" if near else ""
    turns = [
        (told, [test for test in tests if test.partition("::")[0] in turn])
        for told, tests in (("", near), (beyond, [] if near and near_only else far))
        for turn in in_turns(mutant.module, files)
    ]
    copied = source / module
    copied.write_bytes(written(mutant))
    try:
        for told, chosen in turns:
            seconds = _seconds(chosen, known)
            by = failure(source, chosen, seconds) if chosen else None
            if by == GONE:  # there are other tests than without the change: all that there are
                by = failure(source, sorted({test.partition("::")[0] for test in chosen}), seconds)
            if by:
                return f"{by}{told}"
        return None
    finally:
        shutil.copy2(mutant.module, copied)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants", description=(__doc__ or "").partition("\n")[0]
    )
    options.add_argument("--mutants", type=int, default=52, help="how many are drawn")
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--only", type=int, nargs="+", help="numbers among those drawn")
    options.add_argument("--at", nargs="+", help="all of these places, like scoring/marks.py:112")
    options.add_argument("--tests", nargs="+", help="other files with tests than the core's own")
    options.add_argument("--reached", type=Path, help="folder with what is reached, kept for later")
    options.add_argument("--near", action="store_true", help="only tests that reach the statement")
    options.add_argument("--list", action="store_true", help="do not try them")
    return options


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Draw the mutants, print what kills each of them, and how many are killed."""
    arguments = parser().parse_args(arguments_given)
    everything = [mutant for module in core() for mutant in mutants(module)]
    if arguments.at:
        places = tuple(f"src/budgetperf/{place}  " for place in arguments.at)
        drawn = [mutant for mutant in everything if str(mutant).startswith(places)]
        print(f"{len(drawn)} mutants at {', '.join(arguments.at)}", flush=True)
    else:
        drawn = random.Random(arguments.seed).sample(everything, arguments.mutants)
        print(f"{len(drawn)} of {len(everything)} mutants, seed {arguments.seed}", flush=True)
    chosen = [n for n in range(1, len(drawn) + 1) if n in (arguments.only or [n])]
    if arguments.list:
        for number in chosen:
            print(f"{number:>3}  {drawn[number - 1]}")
        return
    files = arguments.tests or tests()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        known = noted(source, files, arguments.reached or Path(folder) / "reached")
        killed = 0
        quick = quickly({number: drawn[number - 1] for number in chosen}, source, files, known)
        for number in chosen:
            by = quick.get(number) or killer(
                drawn[number - 1], source, files, known, near_only=arguments.near
            )
            killed += by is not None
            told = f"killed by {by}" if by else "SURVIVED"
            print(f"{number:>3}  {drawn[number - 1]}\n     {told}", flush=True)
    print(f"{killed} of {len(chosen)} killed")


if __name__ == "__main__":
    main()

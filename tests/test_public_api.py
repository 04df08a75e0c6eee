"""The public names, exactly: a change of `tests/data/public_api.txt` is a change of the API."""

from __future__ import annotations

import enum
import importlib
import inspect
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf.exact import Labelled

SNAPSHOT = Path(__file__).parent / "data" / "public_api.txt"
UPDATE = "BUDGETPERF_UPDATE_API"
HOW = f"if the change is meant, run {UPDATE}=1 pytest tests/test_public_api.py and read the diff"
AT_HOME = [
    "exact",
    "model",
    "relations",
    "rates",
    "rules",
    "scoring",
    "auditing",
    "documents",
    "documents.json",
]
"""The packages whose own ``__all__`` is public too."""


def public(module: object) -> list[tuple[str, object]]:
    names: list[str] = getattr(module, "__all__")  # noqa: B009
    return [(name, getattr(module, name)) for name in names]


def written(name: str, value: object) -> Iterator[str]:
    """One public name: a signature, or the fields, members and methods of a class."""
    if inspect.ismodule(value):
        yield f"module {name}"
    elif isinstance(value, type) and issubclass(value, enum.Enum):
        yield f"enum {name}: " + ", ".join(f"{m.name}={m.value}" for m in value)
        yield from methods(value)
    elif isinstance(value, type):
        bases = ", ".join(b.__name__ for b in value.__bases__ if not b.__name__.startswith("_"))
        yield f"class {name}({bases})"
        if attrs.has(value):
            annotations: dict[
                str, object
            ] = {}  # as written: attrs puts the types themselves in when it needs them
            for base in reversed(value.__mro__):
                annotations |= inspect.get_annotations(base)
            for field in attrs.fields(value):
                required = "required" if field.default is attrs.NOTHING else "optional"
                kind = "keyword" if field.kw_only else "positional"
                yield f"    {field.name}: {annotations[field.name]} ({required}, {kind})"
        yield from methods(value)
    elif callable(value):
        yield f"def {name}{inspect.signature(value)}"
    elif name != "__version__":
        yield f"{name}: {type(value).__name__}"


def methods(kind: type) -> Iterator[str]:
    bases = [base for base in kind.__mro__ if base.__module__.startswith("budgetperf")]
    for name in sorted({name for base in bases for name in vars(base)}):
        value = inspect.getattr_static(kind, name)
        if name.startswith("_"):
            continue
        if isinstance(value, property):
            yield f"    .{name}"
        elif isinstance(value, classmethod):
            yield f"    .{name}{inspect.signature(getattr(kind, name))} (class)"
        elif inspect.isfunction(value) and value.__module__.startswith("budgetperf"):
            yield f"    .{name}{inspect.signature(value)}"


def snapshot() -> str:
    lines = ["# budgetperf"]
    for name, value in public(bp):
        lines += written(name, value)
    for room in AT_HOME:
        module = importlib.import_module(f"budgetperf.{room}")
        lines += ["", f"# budgetperf.{room}"]
        lines += [f"{name}" for name in module.__all__]
    return "\n".join(lines) + "\n"


def test_the_public_api_is_as_recorded() -> None:
    found = snapshot()
    if os.environ.get(UPDATE):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(found, encoding="utf-8")
    recorded = SNAPSHOT.read_text(encoding="utf-8")
    assert found.splitlines() == recorded.splitlines(), HOW


@pytest.mark.parametrize("name", bp.__all__)
def test_every_public_name_is_explained(name: str) -> None:
    value = getattr(bp, name)
    if name == "__version__":
        assert value.count(".") == 2
        return
    doc = inspect.getdoc(value)
    assert doc
    if isinstance(value, type) and not issubclass(value, (Exception, enum.Enum)):
        assert not doc.startswith(f"{name}("), "attrs made this up"
        for method, attribute in vars(value).items():
            if not method.startswith("_") and inspect.isfunction(attribute):
                assert attribute.__doc__, method


def test_names_are_sorted_and_listed() -> None:
    assert bp.__all__ == sorted(bp.__all__)
    assert len(set(bp.__all__)) == len(bp.__all__)
    assert set(dir(bp)) >= set(bp.__all__)
    assert all(not name.startswith("_") or name == "__version__" for name in dir(bp))


def test_the_version_that_is_cited_is_this_one() -> None:
    citation = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {bp.__version__}\n" in citation


@pytest.mark.parametrize("room", AT_HOME)
def test_every_room_lists_its_names(room: str) -> None:
    module = importlib.import_module(f"budgetperf.{room}")
    for name, value in public(module):
        assert value is not None, name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'budgetperf' has no attribute 'nothing'"):
        bp.nothing  # noqa: B018  # type: ignore[attr-defined]
    assert not hasattr(bp, "__path_of__")


def run(*codes: str) -> list[str]:
    """What each of the codes prints where nothing of the package was imported before it."""
    child = """
import contextlib, io, json, sys
for code in json.load(sys.stdin):
    for name in [name for name in sys.modules if name.partition(".")[0] == "budgetperf"]:
        del sys.modules[name]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, code, "exec"), {})
    print(json.dumps(out.getvalue().strip()))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", child],
        input=json.dumps(codes),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_names_that_are_loaded_late_work() -> None:
    names = ("read", "loads", "scorecard", "RuleSet", "rules", "rates")
    codes = [
        f"from budgetperf import {name}; import budgetperf as bp; print({name} is bp.{name})"
        for name in names
    ]
    assert run(*codes) == ["True"] * len(codes)


def test_audit_is_the_function_whatever_was_imported_first() -> None:
    """Rooms have names of their own."""
    firsts = [
        "import budgetperf.display.data.audit",
        "import budgetperf.display.text.audit, budgetperf.auditing.checks.scores",
        "from budgetperf.auditing import audit, relations; relations()",
        "from budgetperf.auditing import engine, registry",
        "import importlib; importlib.import_module('budgetperf.auditing.engine')",
        "import budgetperf.cli",
        "import budgetperf.rules; import budgetperf.relations.judging",
        "import budgetperf; budgetperf.audit(budgetperf.SelfEvaluation(), rules='national-2020')",
    ]
    then = """
import budgetperf as bp
from budgetperf import audit, check
import budgetperf.display.data.audit, budgetperf.auditing.checks.scores
print(type(bp.audit).__name__, bp.audit is audit, bp.check is check)
"""
    printed = run(*(f"{first}\n{then}" for first in firsts))
    assert dict(zip(firsts, printed, strict=True)) == dict.fromkeys(firsts, "function True True")


def test_names_stay_what_they_are() -> None:
    codes = [
        f"""
import inspect
import budgetperf.{module}
import budgetperf as bp
print(inspect.ismodule(bp.rules), inspect.ismodule(bp.rates), callable(bp.scorecard))
from budgetperf.{module} import {name}
print(getattr(bp, "{name}", {name}) is {name})
"""
        for module, name in (
            ("scoring", "scorecard"),
            ("rules", "get"),
            ("rates", "share"),
            ("documents", "read"),
        )
    ]
    assert run(*codes) == ["True True True\nTrue"] * len(codes)


def test_importing_does_not_load_what_is_read_later() -> None:
    """Documents, rule-sets and the converter are imported when they are first used."""
    code = """
import sys
before = set(sys.modules)  # measuring coverage loads some of its own
import budgetperf
late = ("cattrs", "tomllib", "budgetperf.documents", "budgetperf.documents.json", "argparse")
print([name for name in late if name in sys.modules and name not in before])
"""
    assert run(code) == ["[]"]


def test_every_code_has_a_name_in_both_languages() -> None:
    for room in AT_HOME:
        importlib.import_module(f"budgetperf.{room}")
    kinds = Labelled.__subclasses__()
    assert len(kinds) > 20
    for member in itertools.chain.from_iterable(kinds):
        assert member.value.isascii()
        assert re.search("[一-鿿]", member.label.zh)
        assert member.label.en.isascii()
        assert member.label.en

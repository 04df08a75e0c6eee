"""The public names, exactly: a change of `tests/data/public_api.txt` is a change of the API."""

from __future__ import annotations

import ast
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
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf import auditing
from budgetperf.exact import Labelled
from budgetperf.exact.text import warn_deprecated

DATA = Path(__file__).parent / "data"
UPDATE = "BUDGETPERF_UPDATE_API"
HOW = f"if the change is meant, run {UPDATE}=1 pytest tests/test_public_api.py and read the diff"
AT_HOME = [
    "exact",
    "model",
    "relations",
    "rates",
    "rules",
    "receipts",
    "scoring",
    "auditing",
    "documents",
    "documents.json",
    "frames",
    "testing",
]
"""The packages whose own ``__all__`` is public too; ``docs/stability.md`` lists them."""


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
            yield from fields(value)
        yield from methods(value)
    elif callable(value):
        yield f"def {name}{inspect.signature(value)}"
    elif name != "__version__":  # objects without a value of their own by their class
        yield f"{name}: {type(value).__name__}"


def fields(kind: type[attrs.AttrsInstance]) -> Iterator[str]:
    """The fields of a class: what each holds, and what it is given as where that is more."""
    holds: dict[str, object] = {}  # as written: attrs puts the types in when it needs them
    for base in reversed(kind.__mro__):
        holds |= inspect.get_annotations(base)
    takes = inspect.signature(kind).parameters
    for field in attrs.fields(kind):
        if not field.init:
            continue
        required = "required" if field.default is attrs.NOTHING else "optional"
        placed = "keyword" if field.kw_only else "positional"
        given = str(takes[field.name].annotation)
        given_as = f"; from {given}" if given != str(holds[field.name]) else ""
        yield f"    {field.name}: {holds[field.name]} ({required}, {placed}{given_as})"


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


def api() -> str:
    """Everything public; what has two homes is written in full at the first."""
    lines = ["# budgetperf"]
    seen: list[object] = []
    for room in ("", *AT_HOME):
        module = importlib.import_module(f"budgetperf.{room}".rstrip("."))
        lines += ["", f"# {module.__name__}"] if room else []
        for name, value in public(module):
            again = any(value is other for other in seen)
            lines += [name] if again else written(name, value)
            seen.append(value)
    return "\n".join(lines) + "\n"


CODED = ("unusable", "together", "raise_together", "__init__")
"""What takes a code first, beside the classes of errors."""


def codes(*modules: Path) -> set[str]:
    """The codes of errors, problems and reasons that are written in some modules."""
    written_codes: set[str] = set()
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = {"unchecked": 1}.get(name, 0)
            coded = name.endswith("Error") or name in CODED or name == "unchecked"
            values = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            values += node.args[place : place + 1] if coded else []
            written_codes |= {
                str(value.value) for value in values if isinstance(value, ast.Constant)
            }
    return {code for code in written_codes if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", code)}


def ids() -> str:
    """What is not spelled in Python and yet relied on: codes, and ids of rules and relations."""
    sources = Path(bp.__file__).parent.rglob("*.py")
    parts = {
        "rule-sets": bp.rules.ids(),
        "relations": sorted(relation.id for relation in auditing.relations()),
        "rates": sorted(bp.rates.catalogue),
        "codes of errors, problems and reasons": sorted(codes(*sources)),
    }
    return "\n".join(f"# {title}\n" + "\n".join(names) + "\n" for title, names in parts.items())


def recorded(name: str, text: str) -> str:
    """The snapshot of that name; written anew where that is asked for."""
    if os.environ.get(UPDATE):
        (DATA / name).write_text(text, encoding="utf-8")
    return (DATA / name).read_text(encoding="utf-8")


def test_the_public_api_is_as_recorded() -> None:
    text = api()
    assert text.splitlines() == recorded("public_api.txt", text).splitlines(), HOW


def test_ids_and_codes_are_as_recorded() -> None:
    text = ids()
    assert text.splitlines() == recorded("stable_ids.txt", text).splitlines(), HOW


def test_a_field_of_another_name_is_another_api() -> None:
    known = (DATA / "public_api.txt").read_text(encoding="utf-8")
    assert "\n".join(written("FixedAssets", bp.FixedAssets)) in known
    names = [field.name.replace("under_", "in_") for field in attrs.fields(bp.FixedAssets)]
    body: dict[str, Any] = {name: attrs.field(default=bp.Missing()) for name in names}
    body["__annotations__"] = dict.fromkeys(names, "Stated")
    renamed = attrs.frozen(kw_only=True)(type("FixedAssets", bp.FixedAssets.__bases__, body))
    assert "in_construction" in attrs.fields_dict(renamed)
    assert "\n".join(written("FixedAssets", renamed)) not in known
    assert "under_construction: Stated" in known


def test_a_code_that_is_gone_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        """
raise BudgetperfError("gone-too", Text(zh="a", en="b"))
Problem(code="of-a-problem", where="$", message=message)
unchecked(relation, "of-a-reason", relation.say("no-code"))
""",
        encoding="utf-8",
    )
    assert codes(module) == {"gone-too", "of-a-problem", "of-a-reason"}
    known = (DATA / "stable_ids.txt").read_text(encoding="utf-8").splitlines()
    assert {"hubei-2020", "W08.form", "not-a-number", "unknown-key", "no-figures"} <= set(known)


def test_what_is_to_go_says_when_and_what_to_use() -> None:
    def old() -> int:
        """A double: nothing is deprecated today."""
        warn_deprecated("bp.old()", since="1.2.0", instead="bp.new()")
        return 1

    with pytest.warns(
        bp.BudgetperfDeprecationWarning, match=r"goes in 1\.4\.0: use bp\.new\(\)"
    ) as warned:
        assert old() == 1
    (warning,) = warned
    assert warning.filename == __file__
    assert issubclass(bp.BudgetperfDeprecationWarning, DeprecationWarning)


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


@pytest.mark.law
def test_names_that_are_loaded_late_work() -> None:
    names = ("read", "loads", "scorecard", "RuleSet", "rules", "rates")
    codes = [
        f"from budgetperf import {name}; import budgetperf as bp; print({name} is bp.{name})"
        for name in names
    ]
    assert run(*codes) == ["True"] * len(codes)


@pytest.mark.law
def test_audit_is_the_function_whatever_was_imported_first() -> None:
    """Rooms have names of their own."""
    firsts = [
        "import budgetperf.display.data.audit",
        "import budgetperf.display.text.audit, budgetperf.auditing.checks.scores",
        "from budgetperf.auditing import audit, engine, registry, relations; relations()",
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


@pytest.mark.law  # starts processes
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

"""The generators of the benchmark: clean reports are clean, and slips do what they say."""

from __future__ import annotations

import ast
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from benchmarks import documents, forking, hard, mutants, reaching
from benchmarks.diagnosis import are_apart, covers, is_alarm, main, measure
from benchmarks.oracle import Oracle
from benchmarks.planting import SLIPS, Planted, plant, plant_pair
from benchmarks.shapes import SHAPES, as_read, clean
from benchmarks.sizes import FORMS, show, timed, with_slip
from budgetperf import Cause, Explanation, Suspect
from budgetperf.linear.diagnoses import diagnose
from budgetperf.linear.system import Quotient, Solver
from tests.factories import form, there

pytestmark = pytest.mark.law  # what they generate is tried in each run of the laws

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.md"))
WRONG = {bp.Verdict.INCONSISTENT, bp.Verdict.TRUNCATED}
SEEDS = range(3)


@pytest.fixture(scope="module")
def reports() -> list[bp.SelfEvaluation]:
    wide = "whole-department-wide"
    return [clean(wide, 0)] + [clean(s, seed) for s in SHAPES if s != wide for seed in SEEDS]


def figures(report: bp.SelfEvaluation) -> dict[str, bp.Figure]:
    return dict(bp.figures(attrs.evolve(report, repeated=())))


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_in_a_clean_report_is_wrong(shape: str) -> None:
    for seed in SEEDS if shape != "whole-department-wide" else SEEDS[:1]:
        audit = bp.audit(clean(shape, seed))
        assert [f.message.en for f in audit.findings if f.verdict in WRONG] == []
        decided = [f for f in audit.findings if f.verdict.holds]
        assert len(decided) >= 30


def test_a_seed_gives_one_report() -> None:
    assert clean("project", 7) == clean("project", 7)
    assert clean("project", 7) != clean("project", 8)


def test_the_shapes_differ_as_they_should() -> None:
    for seed in SEEDS:
        department, project, wide, text = (clean(shape, seed) for shape in SHAPES)
        assert 4 <= len(department.narrative.indicators) <= 12
        assert department.repeated
        assert project.narrative == bp.Statement()
        assert 6 <= len([i for i in project.form.indicators if i.key]) <= 15
        assert 10 <= len(wide.form.funding.sources) <= 40
        assert 20 <= len(wide.narrative.indicators) <= 60
        assert text.form == bp.Statement()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_print_is_taken_as_the_reader_takes_it(path: Path) -> None:
    report = bp.read(path)
    assert as_read(report) == report


KIND = "total-not-updated"


def plant_one(kind: str, shape: str, seed: int) -> Planted:
    return there(plant(kind, clean(shape, seed), random.Random(0)))


def planted(kind: str, reports: list[bp.SelfEvaluation]) -> list[tuple[bp.SelfEvaluation, Planted]]:
    """The reports into which the slip could be planted, each with what it became."""
    tried = [(report, plant(kind, report, random.Random(kind))) for report in reports]
    return [(report, slip) for report, slip in tried if slip]


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_changes_only_what_it_names(kind: str, reports: list[bp.SelfEvaluation]) -> None:
    slips = planted(kind, reports)
    assert slips
    for report, slip in slips:
        before, after = figures(report), figures(slip.report)
        changed = [path for path in before if before[path].text != after[path].text]
        assert sorted(changed) == sorted(slip.paths)
        assert before.keys() == after.keys()
        assert [before[path] for path in slip.paths] == list(slip.before)
        assert [after[path] for path in slip.paths] == list(slip.after)
        assert [f.text for f in slip.report.repeated] == [f.text for f in report.repeated]
        assert all(path in slip.text for path in slip.paths)


def test_a_slip_is_the_same_each_time(reports: list[bp.SelfEvaluation]) -> None:
    first, second = (plant("digit-wrong", reports[0], random.Random(3)) for _ in range(2))
    assert first == second is not None


def digits(figure: bp.Figure) -> str:
    return f"{figure.value:f}".replace(".", "")


def is_neighbour_swap(before: bp.Figure, after: bp.Figure) -> bool:
    a, b = digits(before), digits(after)
    at = [i for i in range(len(a)) if a[i] != b[i]]
    return len(at) == 2 and at[1] == at[0] + 1 and sorted(a) == sorted(b)


def is_one_digit_wrong(before: bp.Figure, after: bp.Figure) -> bool:
    a, b = f"{before.value:f}", f"{after.value:f}"
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def is_digit_by(times: int) -> Callable[[bp.Figure, bp.Figure], bool]:
    """Whether one digit stands so many times after the slip."""

    def is_so(before: bp.Figure, after: bp.Figure) -> bool:
        a = digits(before)
        return any(a[:i] + times * a[i] + a[i + 1 :] == digits(after) for i in range(len(a)))

    return is_so


def is_off_by(powers: set[int]) -> Callable[[bp.Figure, bp.Figure], bool]:
    """Whether the value is off by a power of ten, up to the rounding of what is smaller."""

    def is_off(before: bp.Figure, after: bp.Figure) -> bool:
        step = Fraction(1, 10**after.places) * after.unit.scale
        return any(
            abs(before.nominal * Fraction(10) ** power - after.nominal) <= step / 2
            for power in powers
        )

    return is_off


ALIKE: dict[str, Callable[[bp.Figure, bp.Figure], bool]] = {
    "digits-swapped": is_neighbour_swap,
    "digit-wrong": is_one_digit_wrong,
    "digit-lost": is_digit_by(0),
    "digit-doubled": is_digit_by(2),
    "decimal-point": is_off_by({-2, -1, 1, 2}),
    "unit": is_off_by({-8, -4, 4, 8}),
    "ratio-for-percent": is_off_by({-2}),
    "sign": lambda before, after: before.value == -after.value,
    "truncated": lambda a, b: a.value - b.value == Decimal(1).scaleb(-a.places),
}


@pytest.mark.parametrize("kind", ALIKE)
def test_a_slip_of_the_keys_leaves_its_marks(kind: str, reports: list[bp.SelfEvaluation]) -> None:
    for _, slip in planted(kind, reports):
        ((before, after),) = zip(slip.before, slip.after, strict=True)
        assert ALIKE[kind](before, after), slip.text


def test_another_figure_stands_elsewhere_in_the_report(reports: list[bp.SelfEvaluation]) -> None:
    for report, slip in planted("another-figure", reports):
        (path,), (after,) = slip.paths, slip.after
        others = [f for p, f in figures(report).items() if p != path and f.unit == after.unit]
        assert after.value in [other.value for other in others]


def test_a_replaced_operand_is_another_figure(reports: list[bp.SelfEvaluation]) -> None:
    for report, slip in planted("operand-replaced", reports):
        (after,) = slip.after
        values = {f.nominal for f in figures(report).values()}
        half = Fraction(1, 2 * 10**after.places) * after.unit.scale
        assert any(abs(a / b - after.nominal) <= half for a in values for b in values if b)


def test_folding_keeps_the_sum(reports: list[bp.SelfEvaluation]) -> None:
    for _, slip in planted("folded", reports):
        assert [f.value for f in slip.after if not f.value] == [0]
        assert sum(f.nominal for f in slip.before) == sum(f.nominal for f in slip.after)
        assert slip.report.narrative.funding.sources
        assert slip.report.form.funding.sources


def test_a_total_lacks_its_last_part(reports: list[bp.SelfEvaluation]) -> None:
    """By what it lacks, up to the rounding of all parts, some figure of the report goes."""
    for report, slip in planted("total-not-updated", reports):
        (before,), (after,) = slip.before, slip.after
        missing = before.nominal - after.nominal
        assert missing > 0
        reach = Fraction(50, 10**after.places) * after.unit.scale
        values = [f.nominal for f in figures(report).values() if f.unit == after.unit]
        assert any(abs(missing - value) <= reach for value in values)


def test_a_total_is_copied_from_the_weights(reports: list[bp.SelfEvaluation]) -> None:
    for _, slip in planted("copied-from-weights", reports):
        assert slip.paths[0].endswith(".total_score")
        assert slip.before[0].nominal < slip.after[0].nominal == 100


def test_shares_are_forced_to_a_hundred() -> None:
    statement = clean("narrative-only", 0).narrative
    basic, project = statement.basic_expenditure, statement.project_expenditure
    short = bp.Statement(
        basic_expenditure=attrs.evolve(basic, share=bp.Figure.parse("40.3%"), categories=()),
        project_expenditure=attrs.evolve(project, share=bp.Figure.parse("59.75%"), sources=()),
    )
    report = as_read(bp.SelfEvaluation(narrative=short))
    slip = there(plant("remainder-forced", report, random.Random(0)))
    assert slip.paths == ("narrative.project_expenditure.share",)
    assert slip.after[0].text == "59.70%"


def test_deviations_follow_another_definition(reports: list[bp.SelfEvaluation]) -> None:
    for report, slip in planted("points-for-percent", reports):
        head = slip.paths[0].removesuffix(".deviation")
        stated = figures(report)
        points = stated[f"{head}.actual"].nominal - stated[f"{head}.target.value"].nominal
        half = Fraction(1, 2 * 10 ** slip.after[0].places) / 100
        assert abs(points - slip.after[0].nominal) <= half


def test_what_a_report_has_not_cannot_go_wrong_there() -> None:
    text = clean("narrative-only", 1)
    assert plant("folded", text, random.Random(0)) is None
    assert plant("copied-from-weights", text, random.Random(0)) is None
    assert plant_pair(("folded", "sign"), text, random.Random(0)) is None


def test_two_slips_are_both_told(reports: list[bp.SelfEvaluation]) -> None:
    pair = there(plant_pair(("truncated", "total-not-updated"), reports[0], random.Random(0)))
    assert pair.kind == "truncated+total-not-updated"
    after = figures(pair.report)
    assert [after[path] for path in pair.paths] == list(pair.after)
    assert len(set(pair.paths)) == 2


def blame(paths: str, kind: str = "sign", *, unique: bool = False) -> Suspect:
    text = bp.Text(zh=kind, en=kind)
    slip = Explanation(kind=kind, text=text, before=None, figures=(), tried=1, chance=Fraction(0))
    first, *others = (bp.Operand(path=path, stated=bp.Missing()) for path in paths.split())
    return Suspect(
        operand=first,
        others=tuple(others),
        admissible=bp.Interval(),
        becomes=None,
        unique=unique,
        explanations=(slip,),
    )


@pytest.mark.parametrize(
    ("blamed", "outcomes"),
    [
        ([blame("slip", KIND, unique=True)], (True, True, True, True)),
        ([blame("slip", "sign", unique=True)], (True, True, False, True)),
        ([blame("slip"), blame("other")], (True, True, False, False)),
        ([blame("other", unique=True), blame("slip", KIND)], (True, False, False, True)),
        ([blame("other")], (False, False, False, False)),
        ([], (False, False, False, False)),
    ],
)
def test_blame_is_compared_with_the_slip(
    blamed: list[Suspect], outcomes: tuple[bool, bool, bool, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = attrs.evolve(plant_one(KIND, "narrative-only", 0), paths=("slip",))
    causes = (Cause(findings=(), diagnoses=tuple((suspect,) for suspect in blamed)),)
    monkeypatch.setattr(bp.Audit, "causes", causes)
    outcome = measure(slip)
    assert (outcome.among, outcome.first, outcome.explained, outcome.unique) == outcomes
    assert outcome.leading == tuple(frozenset({s.operand.path}) for s in blamed[:1])


def test_blame_on_others_is_no_hit() -> None:
    assert covers([blame("a")], frozenset("a"))
    assert covers([blame("c"), blame("a b")], frozenset("ab"))
    assert covers([blame("a"), blame("b")], frozenset("ab"))
    assert not covers([blame("a")], frozenset("ab"))
    assert not covers([blame("a c")], frozenset("a"))
    assert not covers([], frozenset("a"))


def causes_of(*diagnoses: str) -> list[Cause]:
    """Causes, each with its diagnoses: the figures of one stand together, ``|`` between them."""
    causes = []
    for cause in diagnoses:
        sets = tuple(
            tuple(blame(path) for path in diagnosis.split()) for diagnosis in cause.split("|")
        )
        causes.append(Cause(findings=(), diagnoses=sets))
    return causes


def test_two_slips_are_found_as_such() -> None:
    assert are_apart(causes_of("x|a b"), frozenset("ab"))
    assert are_apart(causes_of("x|a", "b|y z"), frozenset("ab"))
    assert not are_apart(causes_of("x|a"), frozenset("ab"))
    assert not are_apart(causes_of("a|b"), frozenset("ab"))  # the one or the other
    assert not are_apart(causes_of("a b c"), frozenset("ab"))
    assert not are_apart([], frozenset("ab"))


def test_what_a_reviewer_would_ask_is_no_alarm(reports: list[bp.SelfEvaluation]) -> None:
    audit = bp.audit(reports[0])
    review = next(f for f in audit.findings if f.verdict.holds)
    asked = attrs.evolve(review, verdict=bp.Verdict.UNCHECKED, reason="review")
    assert not is_alarm(audit, audit.causes)
    assert not is_alarm(audit, [Cause(findings=(asked,))])
    assert is_alarm(audit, [Cause(findings=(review,))])
    slip = plant_one(KIND, "whole-department-wide", 0)
    assert is_alarm(bp.audit(slip.report), [])
    outcome = measure(slip)
    assert outcome.detected
    assert outcome.related


# What can be seen of a slip at all


def test_an_oracle_tells_what_can_be_seen(reports: list[bp.SelfEvaluation]) -> None:
    pytest.importorskip("z3")
    oracle = Oracle.of(reports[-1], bp.audit(reports[-1]).findings)
    assert oracle.is_possible()
    assert oracle.fewest(2) == 0
    slip = plant_one(KIND, "whole-department-wide", 0)
    outcome = measure(slip, oracle=True)
    assert outcome.visible
    assert outcome.fewest
    oracle = Oracle.of(slip.report, bp.audit(slip.report).findings)
    assert oracle.is_possible() is False
    assert oracle.is_diagnosis(slip.paths)
    assert oracle.is_diagnosis(["narrative.total_score"]) is False
    assert oracle.is_diagnosis(["of another report"]) is False
    assert oracle.fewest(0) is None


def test_an_oracle_sees_nothing_where_nothing_is_stated() -> None:
    pytest.importorskip("z3")
    alone = attrs.evolve(plant_one("digit-wrong", "project", 0), report=bp.SelfEvaluation())
    outcome = measure(alone, oracle=True)
    assert (outcome.visible, outcome.fewest) == (False, False)


def test_an_oracle_reads_rates_as_quotients() -> None:
    """17.17 % of 595.07 is 102.17; 17.18 % is not. Nothing is wrong with 100 % of nothing."""
    pytest.importorskip("z3")

    def possible(rate: str, executed: str, revised: str) -> bool | None:
        printed = map(bp.Figure.parse, (rate, executed, revised))
        names = ("execution_rate", "executed", "revised")
        report = form(**dict(zip(names, printed, strict=True)))
        return Oracle.of(report, bp.audit(report).findings).is_possible()

    assert possible("17.17%", "102.17万元", "595.07万元")
    assert possible("17.18%", "102.17万元", "595.07万元") is False
    assert possible("100%", "0.00万元", "0.00万元")


# Documents


def test_reading_is_timed_beside_the_usual_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "TURNS", 1)
    file = tmp_path / "report.docx"
    file.write_bytes(documents.written()["report.docx"])
    documents.main([str(file)])
    header, row = (line.split() for line in capsys.readouterr().out.splitlines())
    assert header == ["ms", "open", "texts", "read", "/open", "/texts", "report", "audit"]
    assert row[0] == "report.docx"
    assert len(row) == 8


# Time against size


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("figures", [20, 60])
def test_systems_are_as_large_as_they_are_called(kind: str, figures: int) -> None:
    system = FORMS[kind](figures, random.Random(0))
    assert figures - 2 <= len(system.printings) <= figures
    assert Solver(system).conflict() is None
    rates = [constraint for constraint in system.constraints if isinstance(constraint, Quotient)]
    assert bool(rates) == (kind == "tree")


@pytest.mark.parametrize("kind", FORMS)
def test_the_slip_of_a_system_is_a_diagnosis(kind: str) -> None:
    for seed in SEEDS:
        system = FORMS[kind](40, random.Random(seed))
        wrong = with_slip(system, random.Random(seed))
        pairs = zip(system.printings, wrong.printings, strict=True)
        (changed,) = [number for number, (a, b) in enumerate(pairs) if a != b]
        (group,) = diagnose(Solver(wrong))
        assert 1 << changed in group.sets
        timing = timed(wrong, 60)
        assert timing.is_finished
        assert (timing.figures, timing.diagnoses) == (len(wrong.printings), len(group.sets))
        assert timing.suspects <= timing.figures


def test_a_table_of_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    show([8, 16], 0, 60)
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split() for line in lines if line.startswith(("tree", "wide sum"))]
    assert len(rows) == 8
    assert [row[-1] == "-" for row in rows] == [True, False] * 4


def test_what_takes_too_long_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def rings(solver: Solver) -> None:
        signal.raise_signal(signal.SIGALRM)

    monkeypatch.setattr("benchmarks.sizes.diagnose", rings)
    timing = timed(FORMS["wide sum"](8, random.Random(0)), 0)
    assert len(timing.steps) == 2
    assert not timing.is_finished
    show([8, 16], 0, 0)
    lines = capsys.readouterr().out.splitlines()
    rows = [line for line in lines if line.startswith(("tree", "wide sum"))]
    assert [line.split()[-6:] for line in rows] == [[">", "0", "s", *"---"]] * 8


@pytest.mark.parametrize(
    ("arguments", "heading"),
    [
        ("--reports 2 --kinds sign truncated --shapes project --missed", "truncated"),
        ("--pairs 4 --shapes narrative-only --missed", "two slips"),
        ("--clean 2 --shapes project", "project"),
        ("--sizes 10", "wide sum"),
    ],
)
def test_the_tables_are_printed(
    arguments: str,
    heading: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["diagnosis", *arguments.split()])
    main()
    assert any(line.startswith(heading) for line in capsys.readouterr().out.splitlines())


def test_a_hard_case_is_measured_in_a_process_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hard.main(["--cases", "sum-53x2"])
    header, row = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["case", "time", "memory"]
    # 53 weights of 2 are 106, not 100; their scores are not the 104 in print.
    assert re.fullmatch(r"sum-53x2 +[0-9]+ ms +[0-9]+ MB  2 wrong, [1-9] causes", row)


def test_a_hard_case_that_takes_too_long_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("python", 3)

    monkeypatch.setattr(subprocess, "run", stopped)
    hard.main(["--cases", "check-2000", "--limit", "3"])
    assert capsys.readouterr().out.splitlines()[1].split() == ["check-2000", ">", "3", "s", "-"]


# Mutants of the exact core

CHANGED = {
    "x = a < b": ["(a <= b)"],
    "x = a == b >= c": ["(a != b >= c)", "(a == b > c)"],
    "x = a is not None": ["(a is None)"],
    "x = a and b and c": ["(a or b or c)", "(b and c)", "(a and c)", "(a and b)"],
    "x = not a": ["(a)"],
    "x = -(a - b)": ["(a - b)", "(a + b)"],
    "x = 'text' + a": [],
    "x = f'{a + 1}'": [],
    "x = 0, 1, 7, True, 0.5": ["1", "0", "8", "False"],
    "x = a if f(b) else c": ["(not (f(b)))"],
    "x = [a for a in b if a]": ["True"],
    "x = max(a)": ["min"],
    "a.append(b)": ["pass"],
    "x += a": ["pass"],
    "for a in b: break": ["continue"],
    "def f(a: X < Y) -> X < Y: ...": [],
    "__all__ = [1]": [],
}


@pytest.mark.parametrize("source", CHANGED)
def test_each_change_stands_where_it_was_found(source: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(f'"""数 < 0"""\n{source}\n', encoding="utf-8")
    found = mutants.mutants(module)
    assert sorted(mutant.after for mutant in found) == sorted(CHANGED[source])
    assert {mutant.line for mutant in found} <= {2}
    trees = [ast.dump(ast.parse(mutants.written(mutant))) for mutant in found]
    assert len({ast.dump(ast.parse(module.read_bytes())), *trees}) == len(found) + 1


def test_the_tests_of_a_module_are_tried_first_and_all_in_the_end() -> None:
    files = mutants.tests()
    assert all((mutants.ROOT / file).is_file() for file in files)
    modules = mutants.core()
    assert {
        module.relative_to(mutants.ROOT / "src/budgetperf").parts[0] for module in modules
    } == set(mutants.ROOMS)
    for module in modules:
        turns = mutants.in_turns(module, files)
        assert len(turns) >= 2
        assert sorted(file for turn in turns for file in turn) == sorted(files)
    misprints = mutants.ROOT / "src/budgetperf/auditing/slips/misprints.py"
    first, *_ = mutants.in_turns(misprints, files)
    laws = "tests/property/test_slip_laws.py"
    assert first == ["tests/audit/test_misprints.py", "tests/audit/test_slips.py", laws]


def test_a_change_that_no_test_reaches_is_killed_by_none() -> None:
    assert forking._failing([]) is None  # pyright: ignore[reportPrivateUsage]


def test_the_lines_of_the_statement_around_a_change(tmp_path: Path) -> None:
    """A statement with a body is the lines up to what is changed: they run whenever that does."""
    module = tmp_path / "module.py"
    module.write_text(
        "A = 1\ndef f(a):\n  if (a\n      < 2):\n    return [\n      a,\n      3,\n    ]\n"
        "  match a:\n    case 5 if a < 6:\n      pass\n    case 7:\n      pass\n",
        encoding="utf-8",
    )
    found = {mutant.after: mutant.statement for mutant in mutants.mutants(module)}
    head, row = range(3, 5), range(5, 9)
    assert {after: found[after] for after in ("0", "(a <= 2)", "3", "4", "(a <= 6)", "8")} == {
        "0": range(1, 2), "(a <= 2)": head, "3": head, "4": row,
        "(a <= 6)": range(9, 11), "8": range(12, 13),
    }  # fmt: skip


NUMBERS = "tests/exact/test_number.py"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, reaching.Reached]:
    """A copy of the source, and what the tests of numbers reach of it."""
    folder = tmp_path_factory.mktemp("mutants")
    shutil.copytree(mutants.ROOT / "src", folder / "src")
    return folder / "src", mutants.noted(folder / "src", [NUMBERS], folder / "reached")


def test_what_a_test_reaches_is_known(followed: tuple[Path, reaching.Reached]) -> None:
    """A sum is reached by the tests that sum; a head of a function by none, but by its import."""
    known = followed[1]
    lines = (mutants.ROOT / "src/budgetperf/exact/number.py").read_text("utf-8").splitlines()
    (head,) = [n for n, line in enumerate(lines, 1) if line.startswith("def exact_sum")]
    end = next(n for n, line in enumerate(lines, 1) if n > head and line.startswith("def "))
    summing = known.tests("budgetperf/exact/number.py", range(head + 1, end))
    text = (mutants.ROOT / NUMBERS).read_text("utf-8")
    parts = re.split(r"^def (?=test_)", text, flags=re.MULTILINE)[1:]
    assert {test.partition("::")[2].partition("[")[0] for test in summing} == {
        part.partition("(")[0] for part in parts if "exact_sum(" in part
    }
    assert known.tests("budgetperf/exact/number.py", range(head, head + 1)) == []
    assert {test.partition("::")[0] for test in known.seconds} == {NUMBERS}


def test_a_mutant_dies_by_a_test_that_is_named(followed: tuple[Path, reaching.Reached]) -> None:
    source, known = followed
    module = mutants.ROOT / "src/budgetperf/exact/number.py"
    (changed,) = [mutant for mutant in mutants.mutants(module) if "fives += 1" in str(mutant)]
    unchanged = attrs.evolve(changed, end=changed.start, after="")
    assert mutants.killer(unchanged, source, [NUMBERS], known) is None
    by = mutants.killer(changed, source, [NUMBERS], known) or ""
    assert by.partition(",")[0] in known.tests("budgetperf/exact/number.py", changed.statement)
    # The statement as one that is reached by nothing that minds it: then what kills it is told so.
    blind = attrs.evolve(
        known,
        by_line={("budgetperf/exact/number.py", changed.line): frozenset([min(known.seconds)])},
    )
    assert mutants.killer(changed, source, [NUMBERS], blind, near_only=True) is None
    by = mutants.killer(changed, source, [NUMBERS], blind) or ""
    assert by.endswith(", which is none of the 1 that reach it")
    assert (source / "budgetperf/exact/number.py").read_bytes() == module.read_bytes()


def test_in_one_run_the_same_ones_die(followed: tuple[Path, reaching.Reached]) -> None:
    """Each in a fork of its own, of which nothing is left for the next one."""
    source, known = followed
    module = mutants.ROOT / "src/budgetperf/exact/number.py"
    changes = mutants.mutants(module)
    (changed,) = [mutant for mutant in changes if "fives += 1" in str(mutant)]
    (summed,) = [mutant for mutant in changes if mutant.after.endswith("0) - numerator)")]
    unchanged = attrs.evolve(changed, end=changed.start, after="")
    tried = {1: unchanged, 2: changed, 3: unchanged, 4: summed, 5: unchanged}
    by = mutants.quickly(tried, source, [NUMBERS], known)
    assert by.keys() == {2, 4}
    assert by[2] in known.tests("budgetperf/exact/number.py", changed.statement)
    assert (source / "budgetperf/exact/number.py").read_bytes() == module.read_bytes()


def test_a_test_that_is_there_no_more_is_not_what_kills(
    followed: tuple[Path, reaching.Reached],
) -> None:
    """What a change takes away from the parameters of a test has not failed."""
    source, known = followed
    module = mutants.ROOT / "src/budgetperf/exact/number.py"
    (changed,) = [mutant for mutant in mutants.mutants(module) if "fives += 1" in str(mutant)]
    unchanged = attrs.evolve(changed, end=changed.start, after="")
    gone = f"{NUMBERS}::test_that_never_was"
    more = attrs.evolve(known, seconds={**known.seconds, gone: 0.0})
    assert mutants.failure(source, [gone], 100) == mutants.GONE
    assert mutants.killer(unchanged, source, [NUMBERS], more) is None


def test_the_killed_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    killers = iter([None, "time"])
    modules = mutants.core()[:3]
    monkeypatch.setattr(mutants, "core", lambda: modules)
    monkeypatch.setattr(mutants, "noted", lambda *_: None)
    monkeypatch.setattr(mutants, "quickly", lambda *_: {1: "tests/a.py::test_a"})
    monkeypatch.setattr(mutants, "killer", lambda *_, **__: next(killers))
    mutants.main(["--mutants", "5", "--only", "1", "3", "4"])
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch("5 of [0-9]+ mutants, seed 2026", lines[0])
    assert [line[:4] for line in lines[1::2]] == ["  1 ", "  3 ", "  4 ", "2 of"]
    assert [line.strip() for line in lines[2::2]] == [
        "killed by tests/a.py::test_a",
        "SURVIVED",
        "killed by time",
    ]
    mutants.main(["--mutants", "5", "--list"])
    listed = capsys.readouterr().out.splitlines()
    assert [listed[number] for number in (0, 1, 3, 4)] == [lines[0], *lines[1:7:2]]
    monkeypatch.undo()
    monkeypatch.setattr(mutants, "failure", lambda *_: "tests/a.py::test_a")
    with pytest.raises(SystemExit, match=r"fails without a change: tests/a\.py::test_a"):
        mutants.main(["--mutants", "5"])

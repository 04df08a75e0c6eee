"""A search for hostile input that is neither read nor refused: ``… -m tests.hostile.search N``.

Every way in gets what it does not expect, again and again, in one process with bounds. What is
found is printed, and the process ends with 1.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import BudgetperfError
from budgetperf.cli import main as cli
from budgetperf.display.data.model import ruleset_data
from budgetperf.display.html.ruleset import ruleset_html
from budgetperf.display.text.ruleset import examples_text, ruleset_text
from budgetperf.exact import cell, decimal_text, parse_number, round_to
from budgetperf.model import describe
from budgetperf.rules import load, load_examples
from tests.hostile.corpus import (
    EXAMPLE,
    EXAMPLE_REPORT,
    EXAMPLES,
    HEAD,
    ROW,
    TOML,
    changed,
    displays,
    report_named,
)
from tests.hostile.guard import bound_process, bounded_case
from tests.strategies import acts_unseen

UNSEEN = (
    "\x00\x07\x08\x0d\x1b\x7f\x85\x9b\u061c\u200b\u200f\u2028\u2029\u202e\u2066\ufeff\ud800\udfff"
)
SIGNS = "0123456789.,-+*/=()%‰≥≤<> $\\{}¥eE_'\"[]#\n:元万亿分点百之三十零次年度指标值得综合评价"
words = st.one_of(
    st.text(SIGNS, max_size=30),
    st.text(UNSEEN + SIGNS, max_size=10),
    st.text(max_size=10),
    st.builds(
        lambda text, times: text * times,
        st.text(SIGNS + UNSEEN, min_size=1, max_size=3),
        st.sampled_from([2, 40, 101, 501, 5000, 30_000]),
    ),
    st.integers(0, 400).map(lambda digits: f"{10**digits}"),
    st.integers(0, 400).map(lambda digits: f"0.{10**digits}"),
)
integers = st.one_of(
    st.integers(-200, 200), st.integers(0, 20_000).map(lambda n: 10**n), st.just(-(10**9))
)
numbers = st.one_of(
    words, integers, st.decimals(), st.fractions(), st.floats(), st.booleans(), st.none()
)
plain = st.recursive(
    st.one_of(words, integers.filter(lambda n: n < 10**200), st.booleans(), st.none(), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=4,
)


def taken_or_refused(call: Callable[..., object], *arguments: object) -> object:
    """What is called ends in time, with a value or with an error that is documented."""
    try:
        with bounded_case():
            return call(*arguments)
    except BudgetperfError as error:
        message = str(error)
        message.encode()
        assert all_seen(message), message
        assert len(message) < 40_000, len(message)
        return None


def all_seen(text: str) -> bool:
    return not any(acts_unseen(char) and char != "\n" for char in text)


@given(numbers, st.one_of(words, st.sampled_from(["元", "万元", "%"])), integers)
def numbers_and_units(value: Any, unit: str, places: Any) -> None:
    calls: list[Callable[[], object]] = [
        lambda: str(bp.Amount(value)),
        lambda: str(bp.Amount(value, unit)),
        lambda: str(bp.Amount(value).rounded(places)),
        lambda: str(bp.Rate(value)),
        lambda: bp.Rate(value).percent(places),
        lambda: str(bp.Points(value)),
        lambda: str(bp.Count(value)),
        lambda: str(bp.Unit.of(value)),
        lambda: str(bp.Interval(lower=value)),
        lambda: str(bp.Figure(value=value, unit=unit, places=places).interval),
        lambda: str(bp.Figure(value=value, unit=unit).to("元").interval),
        lambda: str(cell(value, places)),
        lambda: decimal_text(round_to(value, places)),
        lambda: parse_number(value),
        lambda: bp.parse_figure(value),
        lambda: bp.Target.parse(value),
        lambda: describe(bp.SelfEvaluation(), value),
    ]
    for call in calls:
        taken_or_refused(call)


@given(st.one_of(words, st.lists(st.sampled_from([*SIGNS, "12.5", "(", " = "])).map("".join)))
def equations(text: str) -> None:
    finding = taken_or_refused(bp.check, text)
    if isinstance(finding, bp.Finding):
        assert all_seen(finding.why.pick("zh"))
        finding._repr_html_()


FIELDS = ["value", "unit", "places", "rounding", "text", "path", "place", "more"]


@given(
    st.dictionaries(st.sampled_from(FIELDS), plain, max_size=3), st.randoms(use_true_random=False)
)
def reports_as_json(parts: dict[str, Any], chance: random.Random) -> None:
    text = changed(**parts)
    if chance.random() < 0.5:
        start = chance.randrange(len(text))
        insert = chance.choice(
            ["[" * 200, "]", "9" * 200, '"\\ud800"', "\x00", "1e9999", '"', "{}"]
        )
        text = text[:start] + insert + text[start + chance.randrange(20) :]
    report = taken_or_refused(bp.loads, text)
    if isinstance(report, bp.SelfEvaluation):
        written = bp.dumps(report)
        assert all_seen(written)
        assert bp.loads(written) == report
        taken_or_refused(lambda: str(bp.audit(report)))


@given(words)
def names(text: str) -> None:
    report = report_named(text)
    for name, shown in displays(report).items():
        assert all_seen(shown), name
    assert bp.loads(bp.dumps(report)) == report


def written(value: object) -> str:
    """Plain data as TOML, as far as it is any."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(k)} = {written(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False)


PLACES = [
    HEAD + "effective = {}\n",
    HEAD + "note = {}\n",
    HEAD + "total = {}\n",
    HEAD + "score_rounding = {{places = {}}}\n",
    HEAD + 'base = "national-2020"\nwithout = {}\n',
    HEAD + '[execution]\nweight = {}\ncurve = {{knots = [{{x = "0", y = "1"}}]}}\n',
    HEAD + '[execution]\nweight = "20"\ncurve = {{knots = [{{x = {}, y = "1"}}]}}\n',
    HEAD + ROW + 'steps = {{start = "1", width = {}, loss = "1"}}\n',
    HEAD + ROW + 'steps = {{start = "1", width = "0.1", loss = {}}}\n',
    HEAD + ROW + 'weight = {}\nsteps = {{start = "1", width = "0.1", loss = "1"}}\n',
    HEAD + "[[ratings]]\nrating = {}\nleast = 0\n",
    HEAD + "{} = 1\n",
    EXAMPLE + "budget = {}\n",
    EXAMPLE + "[[example.rows]]\nweight = {}\n",
    EXAMPLE + '[[example.rows]]\nweight = "5"\ntarget = {}\nactual = "5"\n',
    "{}",
]
PLACES = [place.replace("{zh", "{{zh").replace('"}\n', '"}}\n') for place in PLACES]


@given(st.sampled_from(PLACES), st.one_of(plain.map(written), words))
def rules_as_toml(place: str, value: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.toml"
        file.write_bytes(place.format(value).encode("utf-8", "surrogatepass"))
        rules = taken_or_refused(load, file)
        if isinstance(rules, bp.RuleSet):
            assert all_seen(ruleset_text(rules, "zh"))
            ruleset_html(rules)
            ruleset_data(rules)
            taken_or_refused(lambda: str(bp.scorecard(report_named("甲"), rules=rules)))
            taken_or_refused(lambda: str(bp.audit(report_named("甲"), rules=rules)))
        examples = taken_or_refused(load_examples, file)
        if isinstance(examples, tuple):
            ran = [(example, bp.run_example(example, "national-2020")) for example in examples]
            assert all_seen(examples_text(ran, "zh"))


DOCUMENT = Path(EXAMPLE_REPORT).read_text(encoding="utf-8")


@given(st.lists(st.tuples(st.integers(0, len(DOCUMENT)), words), max_size=3), st.integers(0, 40))
def documents(changes: list[tuple[int, str]], cut: int) -> None:
    text = DOCUMENT
    for position, insert in changes:
        text = text[:position] + insert + text[position + cut :]
    report = taken_or_refused(bp.parse, text)
    if isinstance(report, bp.SelfEvaluation):
        assert all_seen(str(bp.audit(report)))


FILES = [*TOML.values(), *EXAMPLES.values()]
arguments = st.one_of(
    words.filter(lambda text: "\x00" not in text),
    st.sampled_from(
        ["audit", "check", "rules", "score", "--rules", "--trust", "--all", "--fit", "--examples",
         "--date", "--place", "--format", "--lang", "json", "en", "zh", "national-2020", "1 = 1",
         EXAMPLE_REPORT, "form=3", "own.toml", "2024-01-01", "新疆"]
    ),
)  # fmt: skip


@given(
    st.sampled_from(["audit", "check", "rules", "score"]),
    st.lists(arguments, max_size=4),
    st.sampled_from(FILES),
)
def the_command(command: str, options: list[str], file: tuple[str, str]) -> None:
    out, err = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("own.toml").write_bytes(file[0].encode("utf-8", "surrogateescape"))
        try:
            with bounded_case(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status: object = cli.main([command, *options])
        except SystemExit as error:
            status = error.code
    assert status in (0, 1, 2), (status, err.getvalue())
    assert all_seen(out.getvalue()), out.getvalue()
    assert all_seen(err.getvalue()), err.getvalue()
    assert bool(err.getvalue()) == (status == 2), err.getvalue()


SEARCHES = {
    numbers_and_units: 1,
    equations: 1,
    reports_as_json: 1,
    names: 8,
    rules_as_toml: 1,
    documents: 6,
    the_command: 1,
}
"""The searches, and how many examples of the others one of them takes as long as."""


def main(examples: int) -> int:
    bound_process()
    failures = 0
    for search, effort in SEARCHES.items():
        bounded = settings(
            max_examples=examples // effort + 1,
            deadline=None,
            database=None,
            derandomize=examples <= BRIEF,
            suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
        )
        try:
            bounded(search)()
        except BaseException:  # noqa: BLE001 (whatever it is, it is told)
            sys.stdout.write(f"{search.__name__}\n{traceback.format_exc()}\n")
            failures += 1
    return min(failures, 1)


BRIEF = 50
"""So many examples are the same every time."""

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

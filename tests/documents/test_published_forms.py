"""Published forms of several provinces, in every format: their figures and verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.exact import fold_width

from .samples import SHARED

TABLES = SHARED / "documents" / "tables"
FILES = sorted(
    file
    for expected in TABLES.glob("*.json")
    for file in TABLES.glob(f"{expected.stem}.*")
    if file.suffix != ".json"
)
GLUED = ".txt"
COLUMNS = {
    "年初预算数": "initial",
    "全年预算数": "revised",
    "预算数": "revised",
    "预算": "revised",
    "下达额度": "revised",
    "到位数": "received",
    "全年执行数": "executed",
    "执行数": "executed",
    "实际支出金额": "executed",
    "预算执行率": "execution_rate",
    "预算执行进度": "execution_rate",
    "执行率": "execution_rate",
    "分值": "weight",
    "得分": "score",
}
FIELDS = {
    "实际": "actual",
    "分值": "weight",
    "权重占比": "weight",
    "单项得分": "mark",
    "折算得分": "score",
    "得分": "score",
}
_PEOPLE = {"编制数": "authorised", "实际在职人数": "in_service"}
_SPENT = "form.funding.total.executed"
OPERATORS = {"≥": "at-least", ">=": "at-least", "﹦": "equal"}


def plain(text: str) -> str:
    return "".join(fold_width(text).split())


def printed(value: object) -> str | None:
    return value.text if isinstance(value, bp.Figure) else None


def read_as(report: bp.SelfEvaluation, key: str) -> str | None:
    """What a report says where the JSON has a key; ``None`` if nothing was read there."""
    kind, _, rest = key.partition("/")
    if kind == "自评得分":
        return printed(report.form.total_score)
    if key == "资金/实际完成值":  # what was spent, once more
        again = (figure for figure in report.repeated if figure.path == _SPENT)
        return next((figure.text for figure in again), None)
    if kind == "人员":
        path = _PEOPLE.get(rest)
        return printed(getattr(report.department.staffing, path)) if path else None
    if kind == "资金":
        return _of_funding(report, plain(rest))
    if kind == "指标":
        name, _, field = rest.rpartition("/")
        rows = [row for row in report.form.indicators if plain(str(row.name)) == plain(name)]
        return _of_row(rows[0], field) if len(rows) == 1 else None
    return printed(report.form.goal.completion_rate) if kind.startswith("总体完成率") else None


def _of_funding(report: bp.SelfEvaluation, key: str) -> str | None:
    key = key.removesuffix("(%)").removesuffix("(B/A)").removesuffix("(A)").removesuffix("(B)")
    row, _, column = key.rpartition("/")
    lines = {source.label: source for source in report.form.funding.sources}
    line = report.form.funding.total if row in ("", "年度资金总额") else lines.get(row)
    return printed(getattr(line, COLUMNS[column])) if line and column in COLUMNS else None


def _of_row(row: bp.Indicator, field: str) -> str | None:
    value = row.target.value
    if field in ("符号", "性质"):
        direction = row.target.direction
        return next((s for s, d in OPERATORS.items() if getattr(direction, "value", "") == d), None)
    if field == "单位":
        return str(value.unit) if isinstance(value, bp.Figure) else None
    if field in ("指标值", "目标值", "值"):
        return printed(value)
    return printed(getattr(row, FIELDS[field]))


def compared(
    report: bp.SelfEvaluation, expected: dict[str, Any]
) -> Iterator[tuple[str, str, str | None]]:
    """Each figure that is due: its key, how it is printed, and how it was read."""
    for key, text in expected["figures"].items():
        got = read_as(report, key)
        if key.endswith(("/符号", "/性质")):
            yield key, OPERATORS[text], OPERATORS[got] if got else None
        else:
            yield key, plain(text), None if got is None else plain(got)


@pytest.mark.skipif(not FILES, reason="these documents are not shipped")
def test_every_figure_is_read_and_none_is_wrong() -> None:
    right: list[str] = []
    missed: list[str] = []
    for file in FILES:
        expected: dict[str, Any] = json.loads(file.with_suffix(".json").read_text("utf-8"))
        for key, due, got in compared(bp.read(file), expected):
            assert got in (due, None), (file.name, key, due, got)
            (missed if got is None else right).append(f"{file.name} {key}")
    assert len(right) >= 0.98 * (len(right) + len(missed)), missed
    assert len(right) > 700


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_found_is_what_was_judged(file: Path) -> None:
    expected: dict[str, Any] = json.loads(file.with_suffix(".json").read_text("utf-8"))
    if file.suffix == GLUED:
        for key, due, got in _of_glued(file, expected):
            assert got in (due, None), (key, due, got)
        return
    report = bp.read(file)
    fails = [one for one in expected["relations"] if one["verdict"] == "fails"]
    found = bp.audit(report).inconsistent
    assert bool(found) == bool(fails), [finding.why.zh for finding in found]


def _of_glued(file: Path, expected: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """The figures of a table whose cells ran together; none where no split is the only one."""
    found = list(compared(bp.read(file), expected))
    assert sum(got is not None for *_, got in found) >= _TOLD
    assert not bp.audit(bp.read(file)).inconsistent
    return found


_TOLD = 2


@pytest.mark.skipif(not FILES, reason="these documents are not shipped")
def test_a_form_says_the_same_in_every_format() -> None:
    by_form: dict[str, list[list[tuple[str, str, str]]]] = {}
    for file in FILES:
        if file.suffix != GLUED:
            said = [(path, f.text, str(f.unit)) for path, f in bp.figures(bp.read(file))]
            by_form.setdefault(file.stem, []).append(said)
    for first, *others in by_form.values():
        assert all(other == first for other in others)

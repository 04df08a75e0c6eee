"""How the work of an audit grows with the report: counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import attrs
import pytest

import budgetperf as bp
from budgetperf import Finding, Indicator, SelfEvaluation, Statement, Target
from budgetperf.auditing import engine
from budgetperf.auditing.diagnosis import causes as diagnosis
from budgetperf.exact import decimal_text
from budgetperf.model import locate
from budgetperf.model.paths import locate_in
from budgetperf.relations import binding
from budgetperf.relations.binding import Indexed, indexed, operand_at, rows_of
from budgetperf.relations.expression import Operand
from budgetperf.relations.relation import Relation
from tests.factories import form


def exact(value: Fraction | int) -> bp.Figure:
    return bp.Figure(value=decimal_text(Fraction(value)), rounding=None)


def table(count: int, *, headings: int = 4) -> SelfEvaluation:
    """So many indicators that are all right, in the text and in the form."""
    weight = exact(Fraction(100, count))
    rows = tuple(
        Indicator(
            level1=f"一级{number % headings}",
            level2=f"二级{number % (2 * headings)}",
            name=f"指标{number}",
            target=Target.parse("≥100件"),
            actual=bp.Figure(value=100 + number, unit="件", rounding=None),
            weight=weight,
            score=weight,
        )
        for number in range(count)
    )
    statement = Statement(indicators=rows, total_score=exact(100))
    return SelfEvaluation(narrative=statement, form=statement)


@pytest.mark.parametrize("rules", [None, "national-2020"])
@pytest.mark.parametrize("headings", [2, 10])
def test_each_row_has_as_many_findings_as_any_other(rules: str | None, headings: int) -> None:
    """Four times the rows under the same headings: each relation of rows has four times as many."""
    few, many = (
        Counter(f.code for f in bp.audit(table(n, headings=headings), rules=rules).findings)
        for n in (25, 100)
    )

    assert few.keys() == many.keys()
    assert max(few.values()) > 25
    for code, number in few.items():
        assert many[code] <= 4 * number, code


def worked_out_again(report: SelfEvaluation) -> int:
    """How many findings are worked out again while the causes are found."""
    rules = bp.rulesets.get("national-2020")
    number = 0

    def counted(relation: Relation, report: SelfEvaluation) -> Iterator[Finding]:
        nonlocal number
        for finding in engine._findings(relation, report, rules):
            number += 1
            yield finding

    assert diagnosis.causes(report, bp.audit(report, rules=rules).findings, {}, counted)
    return number


def test_repairs_are_tried_out_within_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wrong score has repairs to choose from, and each of them asks for all rows again."""
    report = table(20)
    rows = tuple(
        attrs.evolve(row, actual=bp.Figure(value=97, unit="件", rounding=None))
        for row in report.form.indicators
    )
    report = attrs.evolve(report, form=attrs.evolve(report.form, indicators=rows))
    without_limit = worked_out_again(report)
    monkeypatch.setattr(diagnosis, "_RECHECKED", without_limit // 3)

    assert 0 < worked_out_again(report) <= without_limit // 3


def told_apart(monkeypatch: pytest.MonkeyPatch, count: int) -> int:
    """How often a print is told from others while the causes of so many contradictions are found.

    A figure is printed again and again in the text, each time another.
    """
    key = diagnosis._key
    asked = 0

    def counting(operand: Operand) -> tuple[str, object]:
        nonlocal asked
        asked += 1
        return key(operand)

    head = "XX县农业农村局2023年度部门整体支出绩效自评报告\n\n一、基本情况\n\n"
    text = "".join(f"2023年全年执行数{100 + number}万元。\n\n" for number in range(count))
    audit = bp.audit(bp.parse(head + text))
    with monkeypatch.context() as patch:
        patch.setattr(diagnosis, "_key", counting)
        assert len(audit.causes) >= count // 3
    return asked


def test_prints_are_told_apart_as_often_as_there_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the contradictions: what a print takes part in is looked up, not searched for."""
    assert told_apart(monkeypatch, 60) <= 5 * told_apart(monkeypatch, 15)


def test_a_figure_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check asks for the same figures; each path is followed once."""
    followed = Counter[str]()

    def counting(report: SelfEvaluation, path: str) -> tuple[object, bp.Text]:
        followed[path] += 1
        return locate(report, path)

    def counting_in(part: object, name: bp.Text, step: str, path: str) -> tuple[object, bp.Text]:
        followed[path] += 1
        return locate_in(part, name, step, path)

    monkeypatch.setattr(binding, "locate", counting)
    monkeypatch.setattr(binding, "locate_in", counting_in)
    bp.audit(table(10), rules="national-2020")

    assert followed["form.indicators[3].score"] == 1
    assert set(followed.values()) == {1}


def test_a_report_that_remembers_says_the_same() -> None:
    report = table(5)
    kept = indexed(report)

    assert isinstance(kept, Indexed)
    assert attrs.asdict(kept, recurse=False) == attrs.asdict(report, recurse=False)
    path = "form.indicators[2].weight"
    assert operand_at(kept, path) == operand_at(report, path)
    assert operand_at(kept, path) is operand_at(kept, path)
    rows = rows_of(kept, "form.indicators")
    assert rows == rows_of(report, "form.indicators")
    assert rows is rows_of(kept, "form.indicators")
    for asked in (report, kept):
        with pytest.raises(bp.BudgetperfError, match="no figure is at this path"):
            operand_at(asked, "form.indicators[2].name")


def test_what_is_remembered_is_of_one_report() -> None:
    """A changed report is asked anew."""
    kept = indexed(table(4))
    before = operand_at(kept, "form.total_score")
    total = attrs.evolve(kept.form, total_score=exact(99))
    changed = attrs.evolve(kept, form=total)

    assert str(before.stated) == "100"
    assert str(operand_at(changed, "form.total_score").stated) == "99"


def test_an_audit_keeps_the_report_that_it_was_given() -> None:
    report = attrs.evolve(table(4), form=form(weight="10", score="10").form)

    assert bp.audit(report).report is report

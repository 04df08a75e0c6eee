"""The public names as a type checker sees them: checked, never run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, assert_type

import attrs

import budgetperf as bp
from budgetperf import rules
from budgetperf.display.data.audit import audit_data
from budgetperf.exact.shown import Json
from budgetperf.model import describe, map_figures, resolve
from budgetperf.rates import Computed


def numbers() -> None:
    amount = bp.Amount("595.07", "万元")
    assert_type(amount, bp.Amount)
    assert_type(amount + amount, bp.Amount)
    assert_type(amount - amount, bp.Amount)
    assert_type(amount / amount, bp.Rate | bp.Undefined)
    assert_type(amount * 2, bp.Amount)
    assert_type(amount * bp.Rate("90%"), bp.Amount)
    assert_type(amount.to("元"), bp.Amount)
    assert_type(amount.yuan, Fraction)
    assert_type(bp.Amount.parse("353.21万元"), bp.Amount)
    assert_type(amount < amount, bool)
    assert_type(bp.Rate(1).percent(2), str)
    assert_type(bp.Points(20) * bp.Rate("90%"), bp.Points)
    assert_type(bp.Count(10) / bp.Count(12), bp.Rate | bp.Undefined)
    bp.Amount(1.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    amount + bp.Points(1)  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]


def figures(report: bp.SelfEvaluation) -> None:
    figure = bp.Figure.parse("353.21万元")
    assert_type(figure, bp.Figure)
    assert_type(figure.value, Decimal)
    assert_type(figure.unit, bp.Unit)
    assert_type(figure.rounding, bp.RoundingMode | None)
    assert_type(figure.nominal, Fraction)
    assert_type(figure.interval, bp.Interval)
    assert_type(figure.interval.lower, Fraction | None)
    assert_type(figure.interval.intersection(figure.interval), bp.Interval | None)
    assert_type(figure.interval.gap(figure.interval), Fraction | None)
    assert_type(bp.parse_figure("—"), bp.Figure | bp.Missing)
    assert_type(bp.Missing().reason, bp.MissingReason)
    assert_type(list(bp.figures(report)), list[tuple[str, bp.Figure]])
    assert_type(bp.figures(report), Iterator[tuple[str, bp.Figure]])
    assert_type(bp.with_column_precision(report), bp.SelfEvaluation)
    assert_type(map_figures(report, lambda _, one: one), bp.SelfEvaluation)
    assert_type(describe(report, "form.total_score"), bp.Text)
    assert_type(resolve(report, "form.total_score"), object)


def model(report: bp.SelfEvaluation) -> None:
    assert_type(report.kind, bp.EvaluationKind)
    assert_type(report.department, bp.Department)
    assert_type(report.form, bp.Statement)
    assert_type(report.form.total_score, bp.Figure | bp.Missing)
    assert_type(report.form.rating, str | bp.Missing)
    assert_type(report.form.indicators, tuple[bp.Indicator, ...])
    assert_type(report.form.indicators[0].target, bp.Target)
    assert_type(report.form.indicators[0].target.direction, bp.Direction | bp.Missing)
    assert_type(report.repeated, tuple[bp.Figure, ...])
    assert_type(attrs.evolve(report, kind=bp.EvaluationKind.PROJECT), bp.SelfEvaluation)
    table = [("合计", "353.21", 353), ("本级", "353.21", 353)]
    assert_type(bp.Funding.from_rows("kind initial executed", table), bp.Funding)
    assert_type(bp.FundingSource.from_rows(["kind"], [["本级"]]), tuple[bp.FundingSource, ...])
    assert_type(bp.Indicator.from_rows("name", [("甲",)]), tuple[bp.Indicator, ...])
    bp.SelfEvaluation(repeated=[("department.offices", "2个"), bp.Figure.parse("2个")])
    bp.Target("≥90%")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bp.Figure("353.21万元")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bp.Statement("98")  # type: ignore[call-arg, arg-type]  # pyright: ignore[reportCallIssue]
    assert_type(bp.Statement(total_score="98").total_score, bp.Figure | bp.Missing)
    bp.Statement(total_score=9.8)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def rates(report: bp.SelfEvaluation) -> None:
    money = bp.Amount("595.07", "万元")
    total = report.form.funding.total
    rate = bp.execution_rate(executed=total.executed, revised=total.revised)
    assert_type(rate, bp.Rate | bp.Undefined | bp.Missing)
    assert_type(bp.execution_rate(executed=money, revised=total.revised), Computed)
    if isinstance(rate, bp.Rate):
        assert_type(rate.interval, bp.Interval)
        assert_type(round(rate, 4), bp.Rate)
        assert_type(float(rate), float)
        assert_type(bp.Points(10) * rate, bp.Points)
        assert_type(rate * 2, bp.Rate)
        assert_type(rate - rate, bp.Rate)
    assert_type(f"{rate:.2%}", str)
    assert_type(bp.share(part=money, total=money), Computed)
    assert_type(bp.gross_adjustment_rate(moves=[money], budget=money), Computed)
    assert_type(bp.gross_adjustment_rate(moves=[total.initial], budget=money), Computed)
    assert_type(
        bp.deviation(
            actual=bp.Rate("100%"),
            target=report.form.indicators[0].target.value,
            definition=bp.DeviationDefinition.POINTS,
        ),
        Computed,
    )
    assert_type(bp.completion_rate(actual="12", target=10), Computed)
    assert_type(bp.staffing_control_rate(in_service=bp.Count(9), authorised=bp.Missing()), Computed)
    assert_type(sum([money, money]), bp.Amount | Literal[0])
    assert_type(sum([money, money], start=bp.Amount(0)), bp.Amount)
    assert_type(sum([bp.Points(1)], start=bp.Points(0)), bp.Points)
    bp.execution_rate(money, money)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bp.execution_rate(executed=1.5, revised=money)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def auditing(report: bp.SelfEvaluation) -> None:
    assert_type(bp.check("68.48% = 241.86 / 353.21"), bp.Finding)
    found = bp.audit(report, rules="national-2020")
    assert_type(found, bp.Audit)
    assert_type(bp.audit(report, rules=rules.get("national-2020")), bp.Audit)
    assert_type(found.findings, tuple[bp.Finding, ...])
    assert_type(found.inconsistent, tuple[bp.Finding, ...])
    assert_type(found.summary, Mapping[bp.Verdict, int])
    assert_type(found.rules, bp.RuleSet | None)
    finding = found.findings[0]
    assert_type(finding.verdict, bp.Verdict)
    assert_type(finding.severity, bp.Severity)
    assert_type(finding.message, bp.Text)
    assert_type(finding.operands, tuple[bp.Operand, ...])
    assert_type(finding.derived, bp.Interval | None)
    assert_type(finding.gap, Fraction | None)
    assert_type(finding.reason, str | None)
    assert_type(finding.operands[0].stated, bp.Figure | bp.Missing)
    assert_type(finding.operands[0].line, int | None)
    assert_type(audit_data(found), dict[str, Json])


def scoring(report: bp.SelfEvaluation) -> None:
    card = bp.scorecard(report, rules="yitihua-default")
    assert_type(card.receipt, bp.Receipt | None)
    assert_type(bp.verify(bp.audit(report).receipt, report), bp.Verification)
    assert_type(card, bp.Scorecard)
    assert_type(card.lines, tuple[bp.ScoreLine, ...])
    assert_type(card.total, bp.Points | None)
    assert_type(card.rating, str | None)
    assert_type(card.lines[0].score, bp.Points | None)
    line = bp.score(target="≥90%", actual="99%", weight=20, rules="national-2020")
    assert_type(line, bp.ScoreLine)
    assert_type(line.possible, bp.Interval | None)
    assert_type(bp.score(report.form.indicators[0], rules=bp.rulesets["hubei-2020"]), bp.ScoreLine)
    assert_type(bp.score_execution(rate="86%", rules="national-2020"), bp.ScoreLine)
    assert_type(bp.score_execution(report.form.funding.total, rules="hubei-2020"), bp.ScoreLine)
    bp.score(target="≥90%", rules="hubei-2020")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    assert_type(bp.scorecard(report.form.indicators, rules="hubei-2020"), bp.Scorecard)
    assert_type(rules.get("national-2020"), bp.RuleSet)
    assert_type(rules.ids(), tuple[str, ...])
    assert_type(rules.load(Path("own.toml")), bp.RuleSet)
    assert_type(rules.get("national-2020").sha256, str)


def execution(report: bp.SelfEvaluation) -> None:
    rows = report.form.indicators
    for given in ("86.18%", bp.Rate("86.18%"), bp.FundingTotal(), bp.Execution(), None):
        assert_type(bp.scorecard(rows, rules="hubei-2020", execution=given), bp.Scorecard)
    bp.scorecard(rows, rules="hubei-2020", execution=0.86)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def tables(path: Path) -> None:
    rows = bp.indicators([{"name": "群众满意度", "target": "≥90%", "weight": 10}])
    assert_type(rows, tuple[bp.Indicator, ...])
    assert_type(
        bp.indicators(path, columns={"名称": "name"}, ignore=["备注"]), tuple[bp.Indicator, ...]
    )
    assert_type(bp.scorecard(rows, rules="hubei-2020").subtotal, bp.Points | None)
    bp.indicators(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def comparing(report: bp.SelfEvaluation) -> None:
    compared = bp.compare([report, report])
    assert_type(compared, bp.Comparison)
    assert_type(bp.compare({"2022": report, "2023": report}), bp.Comparison)
    assert_type(compared.rows[0].changes[0].change, bp.Change)
    assert_type(compared.rows[0].changes[0].by, Fraction | None)
    assert_type(compared.to_rows(), list[dict[str, str | int | bool | None]])
    assert_type(compared.to_text(lang="en"), str)


def documents() -> None:
    assert_type(bp.read("report.md"), bp.SelfEvaluation)
    assert_type(bp.read(Path("report.md")), bp.SelfEvaluation)
    assert_type(bp.parse("…", source="report"), bp.SelfEvaluation)
    assert_type(bp.loads(bp.dumps(bp.SelfEvaluation())), bp.SelfEvaluation)
    assert_type(bp.dumps(bp.SelfEvaluation(), indent=2), str)


def errors(error: bp.InconsistentReportError, problems: bp.ProblemsError) -> None:
    assert_type(error.findings, tuple[bp.Finding, ...])
    assert_type(error.message.zh, str)
    assert_type(problems.problems[0].where, str)
    caught: list[ValueError] = [error, problems]
    refused: list[TypeError] = [bp.FloatRefusedError(1)]
    assert_type((caught, refused), tuple[list[ValueError], list[TypeError]])

"""Rule-sets and scorecards as plain text and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetperf.audit.export import Json
from budgetperf.exact import Points, Text, columns, decimal_text, padded
from budgetperf.exact.rounding import approximate_text
from budgetperf.exact.structuring import make_converter
from budgetperf.rules import Curve, Measure, QuantitativeRule, RuleSet
from budgetperf.scoring import Scorecard, ScoreLine

__all__ = [
    "catalogue_text",
    "ruleset_data",
    "ruleset_text",
    "scorecard_data",
    "scorecard_text",
]


def catalogue_text(rulesets: Iterable[RuleSet], lang: str) -> str:
    """The rule-sets, one a line: id, effective from, what it rests on, title."""
    head = Text(zh="规则集|施行|依据|名称", en="rule-set|effective|rests on|title").pick(lang)
    rows = [tuple(head.split("|"))]
    rows += [
        (r.id, r.effective or "—", r.status.label.pick(lang), r.title.pick(lang)) for r in rulesets
    ]
    return _table(rows)


def ruleset_text(rules: RuleSet, lang: str) -> str:
    """One rule-set in full: what it rests on, its rules, and what it leaves open."""
    return "\n".join(_ruleset_lines(rules, lang))


def ruleset_data(rules: RuleSet) -> Json:
    """The rule-set as plain data, with its hash."""
    data: dict[str, Json] = make_converter().unstructure(rules)
    return {**data, "sha256": rules.sha256}


def scorecard_text(card: Scorecard, lang: str) -> str:
    """The scores as a table, with the steps that led to each."""
    return "\n".join(_scorecard_lines(card, lang))


def scorecard_data(card: Scorecard) -> Json:
    """The scorecard as plain data; numbers exact and in strings."""
    return {
        "schema": "budgetperf/scorecard/1",
        "ruleset": {
            "id": card.rules.id,
            "status": card.rules.status.value,
            "sha256": card.rules.sha256,
        },
        "lines": [_line_data(line) for line in card.lines],
        "total": _points(card.total),
        "admissible": None if card.admissible is None else str(card.admissible),
        "rating": card.rating,
        "steps": [
            {"zh": s.title.zh, "en": s.title.en, "value": decimal_text(s.value)} for s in card.steps
        ],
        "remarks": [{"zh": one.zh, "en": one.en} for one in card.remarks],
    }


def _ruleset_lines(rules: RuleSet, lang: str) -> Iterator[str]:
    yield Text(zh=f"{rules.id}　{rules.title.zh}", en=f"{rules.id}, {rules.title.en}").pick(lang)
    yield _labelled(Text(zh="依据", en="rests on"), rules.status.label.pick(lang), lang)
    if rules.place.zh:
        yield _labelled(Text(zh="地区", en="place"), rules.place.pick(lang), lang)
    yield _labelled(Text(zh="施行", en="effective"), rules.effective or "—", lang)
    verified = rules.verified.isoformat() if rules.verified else "—"
    yield _labelled(Text(zh="核实日期", en="last verified"), verified, lang)
    for provision in rules.provisions:
        status = provision.status.label.pick(lang)
        document = f"{provision.document}{provision.article} · {status}"
        yield _labelled(Text(zh="文件", en="document"), document, lang)
    if rules.note.zh:
        yield _labelled(Text(zh="说明", en="note"), rules.note.pick(lang), lang)
    silent = Text(zh="未规定（不作推定）", en="not said (nothing is assumed)").pick(lang)
    execution = silent
    if rules.execution is not None:
        weight = decimal_text(rules.execution.weight)
        execution = f"{weight} × {_curve(rules.execution.curve, _EXECUTION, lang)}"
    yield _labelled(Text(zh="预算执行", en="execution"), execution, lang)
    for label, rule in (
        (Text(zh="正向（≥）", en="at least"), rules.at_least),
        (Text(zh="反向（≤）", en="at most"), rules.at_most),
        (Text(zh="等于（=）", en="equal"), rules.equal),
    ):
        yield _labelled(label, silent if rule is None else _rule(rule, lang), lang)
    comma = Text(zh="，", en=", ").pick(lang)
    bands = comma.join(f"{band.grade.pick(lang)} {band.shares}" for band in rules.qualitative)
    yield _labelled(Text(zh="定性", en="qualitative"), bands or silent, lang)
    deviation = rules.deviation.label.pick(lang) if rules.deviation else silent
    yield _labelled(Text(zh="偏差率", en="deviation"), deviation, lang)
    ratings = comma.join(f"{band.rating} ≥ {decimal_text(band.least)}" for band in rules.ratings)
    yield _labelled(Text(zh="评价等级", en="ratings"), ratings or silent, lang)
    yield _labelled(Text(zh="内容哈希", en="sha256"), rules.sha256, lang)


def _labelled(label: Text, value: str, lang: str) -> str:
    return f"  {padded(label.pick(lang), 15)}{value}"


def _rule(rule: QuantitativeRule, lang: str) -> str:
    text = _curve(rule.curve, _MEASURES[rule.measure], lang)
    if rule.discretion is not None:
        text += Text(
            zh="；可有理由地扣分", en="; a reasoned deduction is a matter of judgement"
        ).pick(lang)
    return text


_EXECUTION = Text(zh="执行数/预算数", en="executed/revised")
_MEASURES = {
    Measure.COMPLETION: Text(zh="实际值/指标值", en="actual/target"),
    Measure.INVERSE: Text(zh="指标值/实际值", en="target/actual"),
    Measure.DEVIATION: Text(zh="偏差率", en="deviation"),
}


def _curve(curve: Curve, measure: Text, lang: str) -> str:
    """The knots of a curve: ``curve(actual/target: 0 → 0, 1 → 1)``."""
    knots = [f"{decimal_text(k.x)} → {decimal_text(k.y)}" for k in curve.knots]
    return Text(
        zh=f"折线（{measure.zh}：{'，'.join(knots)}）",
        en=f"curve({measure.en}: {', '.join(knots)})",
    ).pick(lang)


def _scorecard_lines(card: Scorecard, lang: str) -> Iterator[str]:
    rules = card.rules
    label = Text(zh="规则集：", en="rule-set: ").pick(lang)
    yield f"{label}{rules.id} · {rules.title.pick(lang)} · {rules.status.label.pick(lang)}"
    head = Text(zh="指标|分值|所填|应得|依据", en="indicator|weight|stated|score|by").pick(lang)
    rows = [tuple(head.split("|"))]
    rows += [_line_cells(line, lang) for line in card.lines]
    yield _table(rows)
    open_total = Text(zh="不能得出单一总分", en="no single total follows").pick(lang)
    total = _points(card.total) or open_total
    if card.total is None and card.admissible is not None:
        total += Text(zh=f"，在 {card.admissible} 之内", en=f", within {card.admissible}").pick(
            lang
        )
    rating = f" {card.rating}" if card.rating else ""
    yield Text(zh="总分：", en="total: ").pick(lang) + total + rating
    for step in card.steps:
        yield f"  {step.title.pick(lang)} = {approximate_text(step.value)}"
    for remark in card.remarks:
        yield f"  {remark.pick(lang)}"


def _line_cells(line: ScoreLine, lang: str) -> tuple[str, ...]:
    score = _points(line.score) or (str(line.admissible) if line.admissible else "—")
    parts = [f"{step.title.pick(lang)} = {approximate_text(step.value)}" for step in line.steps]
    if line.why is not None:
        parts.append(line.why.pick(lang))
    parts += [remark.pick(lang) for remark in line.remarks]
    by = Text(zh="；", en="; ").pick(lang).join(parts)
    is_own = lang == "en" and line.name == "预算执行率"  # our name of the row, not the report's
    name = "budget execution" if is_own else line.name
    return name, _points(line.weight) or "—", _points(line.stated) or "—", score, by


def _line_data(line: ScoreLine) -> Json:
    return {
        "name": line.name,
        "weight": _points(line.weight),
        "stated": _points(line.stated),
        "score": _points(line.score),
        "admissible": None if line.admissible is None else str(line.admissible),
        "steps": [
            {"zh": s.title.zh, "en": s.title.en, "value": decimal_text(s.value)} for s in line.steps
        ],
        "why": None if line.why is None else {"zh": line.why.zh, "en": line.why.en},
        "status": None if line.status is None else line.status.value,
        "excluded": line.excluded,
        "remarks": [{"zh": one.zh, "en": one.en} for one in line.remarks],
    }


def _points(points: Points | None) -> str | None:
    return None if points is None else str(points)


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )

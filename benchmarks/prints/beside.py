"""Rules that a form prints beside its rows, and what people make of them."""

from __future__ import annotations

import math
from fractions import Fraction

import attrs

from .marks import Shares
from .pen import Pen
from .rows import Row

__all__ = ["met_aim", "with_aim", "with_rule"]

_ALL, _NIL = Shares.only(Fraction(1)), Shares.only(Fraction(0))
_ANY = Shares(low=Fraction(0), high=Fraction(1))
_LESS = Shares(low=Fraction(0), high=Fraction(1), excluded=True)


def with_rule(pen: Pen, row: Row) -> Row:
    """The row with a rule beside it, and the score that a person gives by that."""
    if not row.applies:
        return row
    if row.target is None or row.actual is None:
        met = met_aim(row)
        if met is None:
            return _scored(pen, row, pen.pick(_WORDS), _ANY)
        in_time = met or row.reached == "按时完成"
        words = pen.pick(
            ("及时完成得满分，否则不得分", "按时完成得满分，未按时完成不得分", "直接赋分")
        )
        missed = _LESS if words == "直接赋分" else _NIL
        return _scored(pen, row, words, _ALL if in_time else missed)
    rules = [_proportion, _met, _direct, _texts, _both]
    if row.operator in ("≥", "=", "") and row.is_rate:
        rules += [_points, _tiers, _tiers]
    if row.operator == "≥" and row.target > 0:
        rules += [_steps, _formula, _completions]
    if row.operator == "≤" and row.target > 0 and row.actual > 0:
        rules += [_inverse]
    words, shares = pen.pick(rules)(pen, row)
    return _scored(pen, row, words, shares)


def _scored(pen: Pen, row: Row, words: str, shares: Shares) -> Row:
    share = shares.draw(pen)
    reason = "按评分标准扣分" if share < 1 else row.reason
    return attrs.evolve(row, rule=words, score=row.weight * share, room=shares, reason=reason)


_WORDS = (
    "制度健全得2分，执行到位得3分", "由评价人酌情打分", "视完成质量给分", "好得满分，较好得80%",
    "每延迟一天扣0.5分", "定性指标按等级赋分", "见附件", "及时完成得满分，否则不得分",
)  # fmt: skip


def _values(row: Row) -> tuple[Fraction, Fraction]:
    """What was reached, and what was to be."""
    assert row.actual is not None
    assert row.target is not None
    return row.actual, row.target


def _is_met(row: Row) -> bool | None:
    """Whether a person says that it is met; ``None`` where two would differ."""
    actual, target = _values(row)
    match row.operator:
        case "≥":
            return actual >= target
        case ">":
            return actual > target
        case "≤":
            return actual <= target
        case "<":
            return actual < target
        case _:
            return True if actual == target else None if actual > target else False


_Said = tuple[str, Shares]


def _proportion(pen: Pen, row: Row) -> _Said:
    words = pen.pick(("完成比例", "按完成比例赋分", "按照完成率计分", "按完成比例得分。"))
    actual, target = _values(row)
    met = _is_met(row)
    if met:
        return words, _ALL
    if target <= 0 or row.operator in ("≤", "<") or met is None:
        return words, _ANY
    share = min(Fraction(1), max(Fraction(0), actual / target))
    return words, Shares.only(share)


def _formula(pen: Pen, row: Row) -> _Said:
    words = pen.pick(
        ("实际完成值/指标值×分值", "得分=实际完成值÷年度指标值×100%×分值", "B/A×该指标分值",
         "全年实际值(B)/年度指标值(A)×该指标分值", "（实际完成值/目标值）*权重", "完成率×分值")
    )  # fmt: skip
    actual, target = _values(row)
    return words, Shares.only(min(Fraction(1), max(Fraction(0), actual / target)))


def _inverse(pen: Pen, row: Row) -> _Said:
    words = pen.pick(("指标值/实际完成值×分值", "A/B×该指标分值"))
    actual, target = _values(row)
    return words, Shares.only(min(Fraction(1), target / actual))


def _met(pen: Pen, row: Row) -> _Said:
    words = pen.pick(
        ("达到指标值得满分，否则不得分", "完成得满分，未完成不得分", "完成得满分；未完成得0分。",
         "达标得满分，未达标不得分")
    )  # fmt: skip
    met = _is_met(row)
    return words, pen.pick((_ALL, _NIL)) if met is None else _ALL if met else _NIL


def _direct(pen: Pen, row: Row) -> _Said:
    met = _is_met(row)
    words = pen.pick(("直接赋分", "按直接赋分"))
    return words, _ANY if met is None else _ALL if met else _LESS


def _both(pen: Pen, row: Row) -> _Said:
    words = "完成得满分，未完成按完成比例得分"
    _, shares = _proportion(pen, row)
    return words, shares


def _texts(pen: Pen, _: Row) -> _Said:
    return pen.pick(_WORDS), _ANY


def _loss(pen: Pen, short: Fraction, loss: Fraction, weight: Fraction) -> Shares:
    """What is left after a loss for each step, as the person counts."""
    steps = pen.pick((Fraction(math.floor(short)), Fraction(math.ceil(short)), short))
    return Shares.only(max(Fraction(0), 1 - steps * loss / weight))


def _points(pen: Pen, row: Row) -> _Said:
    """Points off below the target; of = and more than that a person may take some off, or not."""
    actual, target = _values(row)
    width = pen.pick((1, 1, 2, 5))
    loss = Fraction(pen.pick((1, 5, 10, 20)), 10)
    unit = pen.pick(("个百分点", "%"))
    number = "一" if width == 1 and unit != "%" else str(width)
    way = pen.pick(("低于", "低", "降低", "少"))
    tail = pen.pick(("", "，扣完为止", "，扣完为止。", "，扣完本项分值为止"))
    words = f"每{way}{number}{unit}扣{float(loss):g}分{tail}"
    short = (target - actual) * 100 / width
    if unit == "%" and target > 0 and pen.chance(0.5):  # a part of the target
        short /= target
    if short <= 0:
        return words, _ALL if row.operator != "=" or short == 0 else _ANY
    return words, _loss(pen, short, loss, row.weight)


def _steps(pen: Pen, row: Row) -> _Said:
    actual, target = _values(row)
    loss = Fraction(pen.pick((1, 5, 10)), 10)
    if row.is_rate or row.unit in ("万元", "元", "公里"):
        return _points(pen, row) if row.is_rate else _completions(pen, row)
    words = f"每少1{row.unit or '个'}扣{float(loss):g}分，扣完为止"
    short = target - actual
    return words, _ALL if short <= 0 else _loss(pen, short, loss, row.weight)


def _completions(pen: Pen, row: Row) -> _Said:
    """Tiers of the completion: at a limit that two have, a person takes either."""
    actual, target = _values(row)
    words = pen.pick(
        ("完成率90%以上得满分，60%-90%得分值的60%，60%以下不得分",
         "完成率≥90%得满分，完成率60%-90%得60%分值，完成率＜60%不得分")
    )  # fmt: skip
    done = actual / target
    shares = [Fraction(1)] if done >= Fraction(9, 10) else []
    shares += [Fraction(3, 5)] if Fraction(3, 5) <= done < Fraction(9, 10) else []
    shares += [Fraction(0)] if done < Fraction(3, 5) else []
    return words, Shares.only(pen.pick(shares))


def _tiers(pen: Pen, row: Row) -> _Said:
    """Tiers of the value itself, or where the target is another than 100% of the completion."""
    actual, target = _values(row)
    words = pen.pick(
        ("≥90%得满分，80%（含）-90%得分值的80%，60%（含）-80%得分值的50%，＜60%不得分",
         "满意度90%（含）以上得满分，80%（含）-90%得80%分值，60%（含）-80%得50%分值，60%以下不得分",
         "90%-100%得满分，80%-90%得分值的80%，60%-80%得分值的50%，60%以下得0分")
    )  # fmt: skip
    read = actual
    if "满意" not in words and "满意" not in row.name and target > 0 and pen.chance(0.3):
        read = actual / target
    for least, share in (("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5")):
        if read >= Fraction(least):
            return words, Shares.only(Fraction(share))
    return words, _NIL


_DAYS = (
    ("2023年12月31日前", "2023年12月20日"), ("2023年12月底前", "2023年11月"),
    ("12月底前", "12月20日"), ("2023-12-31前", "2023-12-05"), ("年底前", "2023年12月"),
    ("2023年6月30日前", "2023年7月3日"), ("9月底前", "2024年1月"), ("第四季度", "按时完成"),
)  # fmt: skip
_RANGES = (("80%-90%", "85%"), ("80%～90%", "92%"), ("3-5次", "4次"), ("10—20人", "25人"))


def with_aim(pen: Pen, row: Row) -> Row:
    """The row with a day or a range for its target, or without one that applies."""
    kind = pen.pick(("day", "day", "range", "none"))
    if kind == "none":
        pen.note("targets that do not apply in words")
        words = pen.pick(("不适用", "未涉及", "无", "N/A", "不涉及"))
        reached = pen.pick((words, words, "—", "无"))
        return attrs.evolve(
            row, operator="", target=None, words=words, actual=None, reached=reached, unit="",
            applies=True,
        )  # fmt: skip
    pen.note("targets that are days" if kind == "day" else "targets that are ranges")
    words, reached = pen.pick(_DAYS if kind == "day" else _RANGES)
    return attrs.evolve(
        row, operator="", target=None, words=words, actual=None, reached=reached, unit=""
    )


def met_aim(row: Row) -> bool | None:
    """Whether a day or a range is met, as a person says; ``None`` if it is neither."""
    known = {**dict(_DAYS), **dict(_RANGES)}
    if known.get(row.words) != row.reached:
        return None
    return row.reached not in ("2023年7月3日", "2024年1月", "92%", "25人", "按时完成")

"""The rule that a form prints beside an indicator: its words, and the scores that follow."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact import Interval
from budgetperf.exact.limits import MAX_KNOTS
from budgetperf.rules import Status, get
from budgetperf.scoring import NoScore, ScoreRange
from budgetperf.scoring.marking.printed import printed_rule, printed_score
from budgetperf.scoring.marking.words import MAX_TIERS, MAX_WORDS, meaning_of
from tests.factories import says, there, typed

NIL = "得分"  # no rule


def scored(
    words: str, target: str, actual: str, weight: int = 10, name: str = "某指标"
) -> ScoreRange | NoScore:
    row = bp.Indicator(name=name, target=target, actual=actual, scoring_rule=words)
    return printed_score(row, printed_rule(row), Fraction(weight), None)


def points(words: str, target: str, actual: str, weight: int = 10, name: str = "某指标") -> str:
    result = scored(words, target, actual, weight, name)
    assert isinstance(result, NoScore) or result.words == words.strip()
    return told(result)


def told(result: ScoreRange | NoScore) -> str:
    """The score, and what else true values give; or all that is admitted; or why there is none."""
    if isinstance(result, NoScore):
        return result.code
    assert (result.why is None) == (result.value is not None)
    if result.value is None:
        return str(result.admissible)
    score = str(bp.Points(result.value))
    return score if result.admissible.is_point else f"{score} of {result.admissible}"


DIRECT, HALF, PROPORTION = "直接赋分", "达到指标值得满分，否则不得分", "按完成比例赋分"
OFF, EITHER, UNIT = "每低于一个百分点扣0.5分，扣完为止", "每超过/低于1个扣0.5分", "每少1个扣0.5分"
TIERS = "≥90%得满分，80%（含）-90%得8分，60%（含）-80%得5分，＜60%不得分"
OPEN_TIERS = "90%以上得10分，80%-90%得8分，60%-80%得5分，60%以下不得分"
QUOTIENT, INVERSE = "实际完成值/指标值×分值", "指标值/实际完成值×分值"

CASES = [
    # yes or no, with or without a deduction
    (DIRECT, "≥90%", "95%", "10"),
    (DIRECT, "≥90%", "85%", "[0, 10)"),
    (DIRECT, "≤90次", "95次", "[0, 10)"),
    (DIRECT, "=90次", "95次", "[0, 10]"),
    (DIRECT, "90次", "90次", "10"),
    (DIRECT, "90次", "91次", "[0, 10]"),
    (HALF, ">90次", "90次", "0"),
    (HALF, ">90次", "91次", "10"),
    (HALF, "<90次", "90次", "0"),
    (HALF, "≤90次", "91次", "0"),
    (HALF, "=90次", "89次", "0"),
    (HALF, "=90次", "91次", "[0, 10]"),
    (HALF, "≤0次", "0次", "10"),
    ("完成得10分，未完成得0分", "≥5次", "4次", "0"),
    ("完成得8分，未完成得0分", "≥5次", "4次", "printed-rule"),
    ("完成得满分，未完成酌情扣分", "≥5次", "4次", "[0, 10)"),
    ("完成得满分", "≥5次", "4次", "[0, 10)"),
    ("及时完成得满分，否则不得分", "≥90%", "80%", "printed-rule"),
    # in proportion
    (PROPORTION, "≥90%", "45%", "5"),
    (PROPORTION, "≥90%", "95%", "10"),
    (PROPORTION, "=10次", "5次", "5"),
    (PROPORTION, "=10次", "11次", "[0, 10]"),
    (PROPORTION, "≤10次", "9次", "10"),
    (PROPORTION, "≤10次", "11次", "printed-rule"),
    (PROPORTION, "≥0次", "0次", "10"),
    (PROPORTION, "10次", "10次", "10"),
    (PROPORTION, "10次", "5次", "[5, 10]"),
    (PROPORTION, "10次", "11次", "printed-rule"),
    ("按完成比例得分，完成率低于60%的不得分", "≥10次", "5次", "0"),
    ("按完成比例得分，完成率低于60%的不得分", "≥10次", "6次", "6"),
    ("按完成比例得分，完成率低于100%的不得分", "≥10次", "6次", "printed-rule"),
    ("每低1个百分点扣0.001分", "≥90%", "88%", "printed-rule"),
    ("完成得满分，未完成按完成比例得分", "≥10次", "5次", "5"),
    ("完成得满分，未完成按完成比例得分", "≥-5%", "1%", "10"),
    ("完成得满分，未完成按完成比例得分", "≥-5%", "-6%", "printed-rule"),
    (QUOTIENT, "≥10次", "5次", "5"),
    (QUOTIENT, "10次", "5次", "5"),
    (QUOTIENT, "10次", "12次", "10"),
    (QUOTIENT, "≤10次", "5次", "printed-rule"),
    (QUOTIENT, "≥0次", "5次", "printed-rule"),
    ("得分=实际完成值÷年度指标值×100%×10分", "≥10次", "5次", "5"),
    ("得分=实际完成值÷年度指标值×100%×8分", "≥10次", "5次", "printed-rule"),
    ("完成率×分值", "≥10次", "5次", "5"),
    (INVERSE, "≤10次", "20次", "5"),
    (INVERSE, "≤0.5次", "1次", "5"),
    (INVERSE, "≤0.2次", "0.5次", "4 of (40/11, 40/9]"),
    (INVERSE, "≤10次", "5次", "10"),
    (INVERSE, "≤10次", "0次", "10"),
    (INVERSE, "≥10次", "20次", "printed-rule"),
    ("B/A或A/B×该指标分值", "≤10次", "20次", "5"),
    ("未达到指标值，按B/A或A/B×该指标分值记分", "≥10次", "5次", "5"),
    ("B/A或A/B×该指标分值", "10次", "10次", "10"),
    ("B/A或A/B×该指标分值", "10次", "5次", "[5, 10]"),
    ("预算执行率×分值", "≥95%", "90%", "9"),
    ("预算执行率×分值", "≥95次", "90次", "printed-rule"),
    # points off
    (OFF, "≥90%", "88%", "9"),
    (OFF, "≥90%", "88.5%", "[9, 9.5]"),
    (OFF, "≥90%", "95%", "10"),
    (OFF, "≥90%", "50%", "0"),
    (OFF, "90%", "95%", "10"),
    (OFF, "≤90%", "88%", "printed-rule"),
    (OFF, "=90%", "91%", "printed-rule"),
    (OFF, "=90%", "89%", "9.5"),
    (OFF, "≥90次", "89次", "printed-rule"),
    (OFF, "≥-1%", "-2%", "9.5"),
    ("每超过一个百分点扣1分", "≤90%", "92%", "8"),
    ("每超过一个百分点扣1分", "90%", "88%", "10"),
    ("每超过一个百分点扣1分", "=90%", "92%", "8"),
    ("每超过一个百分点扣1分", "=90%", "88%", "printed-rule"),
    ("每超过一个百分点扣1分", "≥90%", "92%", "printed-rule"),
    ("每低5%扣1分", "≥100%", "90%", "8"),
    ("每低5%扣1分", "≥50%", "45%", "[8, 9]"),
    ("每低5%扣1分", "≥20次", "18次", "8"),
    ("每低5%扣1分", "≥0次", "0次", "printed-rule"),
    ("每低5%扣1分", "≥0%", "0%", "10"),
    ("完成率每低于1个百分点扣1分", "≥20次", "19次", "5"),
    ("完成率每低于1个百分点扣1分", "≥0%", "0%", "printed-rule"),
    ("每低于1个百分点扣1分，不足1个百分点按1个百分点计算", "≥90%", "88.5%", "8"),
    ("每低于1个百分点扣1分，不足1个百分点不扣分，扣完为止", "≥90%", "88.5%", "9"),
    ("达到目标值得满分，每降低1%扣0.5分，扣完为止", "≥100%", "99%", "9.5"),
    ("完成得8分，每降低1%扣0.5分，扣完为止", "≥100%", "99%", "printed-rule"),
    (UNIT, "≥20次", "18次", "9"),
    (UNIT, "≥20", "18", "9"),
    (UNIT, "≥20万元", "18万元", "printed-rule"),
    ("每少1次扣0.5分", "≥20次", "18次", "9"),
    ("每少0个扣0.5分", "≥20次", "18次", "printed-rule"),
    ("每少1个扣0.0001分", "≥20次", "18次", "printed-rule"),
    (EITHER, "=20个", "22个", "9"),
    (EITHER, "=20个", "18个", "9"),
    (EITHER, "≥20个", "22个", "[9, 10]"),
    (EITHER, "≥20个", "18个", "9"),
    (EITHER, "≤20个", "18个", "[9, 10]"),
    (EITHER, "≤20个", "22个", "9"),
    ("每偏离1%扣1分，不足1%按1%计算", "=100%", "98.5%", "8"),
    ("达到90%得满分，每低1个百分点扣0.5分，扣完为止", "≥90%", "88%", "9"),
    ("90%（含）以上得10分，每低1个百分点扣0.5分", "≥90%", "88%", "9"),
    ("达到90%得满分，每低1个百分点扣0.5分，扣完为止", "≥95%", "88%", "[9, 10]"),
    ("达到90%得满分，每低1个扣0.5分，扣完为止", "≥90次", "88次", "printed-rule"),
    ("完成得8分，未完成按B/A×10计分", "≥10次", "5次", "printed-rule"),
    ("完成得10分，未完成按B/A×10计分", "≥10次", "5次", "5"),
    ("完成得10分，未完成按B/A×分值计分", "≥10次", "5次", "5"),
    ("完成得8分，未完成按B/A×分值计分", "≥10次", "5次", "printed-rule"),
    ("完成得11分，（完成率-60%）/（1-60%）×10分", "≥10次", "8次", "printed-rule"),
    ("完成得10分，（完成率-60%）/（1-60%）×分值", "≥10次", "8次", "5"),
    # tiers
    (TIERS, "≥100%", "90%", "10"),
    (TIERS, "≥100%", "80%", "8"),
    (TIERS, "≥100%", "59.9%", "0"),
    (TIERS, "≥10次", "8次", "8"),
    (TIERS, "≤10次", "8次", "printed-rule"),
    (TIERS, "≥0次", "8次", "printed-rule"),
    (TIERS, "≥90%", "80%", "8"),
    (TIERS, "≥80%", "70%", "[5, 8]"),
    (OPEN_TIERS, "≥100%", "90%", "[8, 10]"),
    (OPEN_TIERS, "≥100%", "85%", "8"),
    (OPEN_TIERS, "≥100%", "10%", "0"),
    # neither rising nor falling: it is against no target but one that should stay low
    ("90%以上得8分，80%-90%得10分，60%-80%得5分，60%以下不得分", "≥100%", "85%", "10"),
    ("90%以上得8分，80%-90%得10分，60%-80%得5分，60%以下不得分", "≤100%", "85%", "printed-rule"),
    ("≥90%得满分，80-90%得8分", "≥100%", "79%", "printed-rule"),
    ("90%-100%得10分，80%-89%得8分", "≥100%", "89.5%", "[8, 10]"),
    ("90%-100%得10分，80%-89%得8分", "≥100%", "89%", "8"),
    ("90%及以上得满分，其余不得分", "≥100%", "89%", "0"),
    ("90%（不含）以上得满分，90%以下（含90%）得5分", "≥100%", "90%", "5"),
    (">90%得满分，<90%得5分", "≥100%", "90%", "[5, 10]"),
    (">90%得满分", "≥100%", "90%", "printed-rule"),
    (">90%得满分", "≥100%", "91%", "10"),
    ("大于等于90%且小于95%得5分，≥95%得满分", "≥100%", "90%", "5"),
    ("小于95%且大于等于90%得5分，≥95%得满分", "≥100%", "90%", "5"),
    ("≥90%且≥95%得满分", "≥100%", "96%", "printed-rule"),
    ("≤95%且<90%得满分", "≤100%", "80%", "printed-rule"),
    ("<90%且≤95%得满分", "≤100%", "80%", "printed-rule"),
    ("80%≤x＜90%得8分，≥90%得10分", "≥100%", "80%", "8"),
    ("80%≤x＜90%得8分，≥90%得9分", "≥100%", "80%", "printed-rule"),
    ("≥90%得满分，80%-95%得8分", "≥100%", "80%", "printed-rule"),
    ("90%-80%得满分", "≥100%", "80%", "printed-rule"),
    ("≥90%得12分", "≥100%", "95%", "printed-rule"),
    ("≥90%得12分，80%-90%得8分", "≥100%", "85%", "printed-rule"),
    ("80%-90%得12分，≥90%得满分", "≥100%", "95%", "printed-rule"),
    ("≥90%得满分，≥80%且<90%得分值的120%", "≥100%", "95%", "printed-rule"),
    ("≥90%得满分，≥80%且<90%得分值的80%", "≥100%", "85%", "8"),
    ("完成率≥90%得满分，完成率<90%不得分", "≥10次", "9次", "10"),
    ("满意度≥90%得满分，满意度<90%不得分", "≥10次", "9次", "printed-rule"),
    ("满意度≥90%得满分，完成率<90%不得分", "≥95%", "91%", "printed-rule"),
    ("≥10得满分，<10不得分", "≥12次", "10次", "10"),
    ("≥10得满分，<10不得分", "≥12次", "9次", "0"),
    # a tier that ends by itself is no end of one that does not
    ("≥90%得10分，60%-80%得6分，≥50%得3分", "≥100%", "55%", "printed-rule"),
    ("≤5%得10分，10%-20%得6分，≤30%得3分", "≤0%", "25%", "printed-rule"),
    # whether a limit belongs to 以上 and 以下 is not said
    ("90%以上得10分，80%以上得8分", "≥100%", "90%", "[8, 10]"),
    ("90%及以上得10分，80%以上得8分", "≥100%", "90%", "10"),
    ("10%以下得10分，20%以下得8分", "≤0%", "10%", "[8, 10]"),
    ("10%及以下得10分，20%以下得8分", "≤0%", "10%", "10"),
    ("10%以下得10分，20%及以下得8分", "≤0%", "10%", "[8, 10]"),
    ("≥10得满分，<10不得分", "≥12%", "10%", "printed-rule"),
    ("完成率≥10得满分，<10不得分", "≥12次", "10次", "printed-rule"),
    ("≥10得满分，<10%不得分", "≥12次", "10次", "printed-rule"),
    ("其余不得分，≥10得满分", "≥12次", "10次", "printed-rule"),
    ("≥90%得满分，其余得5分", "≥100%", "80%", "printed-rule"),
    # as forms print them
    ("≥90%得10分，每低1%扣1分", "≥90%", "88%", "[7, 8]"),
    ("≥90%得10分，每低1%扣1分", "≥90%", "95%", "10"),
    ("≥90%得10分，每低1个百分点扣1分", "≥95%", "93%", "10"),
    ("≥90%得10分，每低1个百分点扣1分", "≥20次", "18次", "10"),
    ("≥90%得10分，每低1个百分点扣1分", "≥20次", "17次", "5"),
    ("100%得满分，每降低1%扣0.5分，扣完为止", "≥95%", "94%", "[7, 9.5]"),
    ("每发生1次扣2分", "0次", "0次", "10"),
    ("每发生1次扣2分", "0次", "2次", "6"),
    ("每发生1次扣2分", "≤0次", "2次", "6"),
    ("每发生1次扣2分", "=0起", "2起", "6"),
    ("每发生1次扣2分", "≤2次", "2次", "[6, 10]"),
    ("每发生1次扣2分", "≤2次", "3次", "[4, 8]"),
    ("每发生1次扣2分", "2次", "2次", "printed-rule"),
    ("每发生1次扣2分", "≥2次", "2次", "printed-rule"),
    ("每发生1次扣2分", "≥0次", "2次", "printed-rule"),
    ("每发生1起安全事故扣3分，最多扣5分", "0起", "1起", "7"),
    ("每发生1起安全事故扣3分，最多扣5分", "0起", "2起", "5"),
    ("每发生1起安全事故扣3分，最多扣5分", "0起", "9起", "5"),
    ("无事故得满分，每发生一起扣5分", "0起", "1起", "5"),
    ("每低1个百分点扣0.5分，最多扣5分", "≥90%", "50%", "5"),
    ("每低1个百分点扣0.5分，扣完5分为止", "≥90%", "50%", "5"),
    ("每低1个百分点扣0.5分，最低得6分", "≥90%", "50%", "6"),
    ("每低1个百分点扣0.5分，最低得16分", "≥90%", "50%", "printed-rule"),
    ("每低1个百分点扣权重分的5%", "≥90%", "88%", "9"),
    ("每低1个百分点扣5%权重", "≥90%", "88%", "9"),
    ("未完成不得分", "≥5次", "4次", "0"),
    ("未完成不得分", "≥5次", "5次", "10"),
    ("完成得分，未完成不得分", "≥5次", "4次", "0"),
    ("完成指标值得满分，未完成指标值的，按照完成值与指标值的比例记分", "≥10次", "9次", "9"),
    ("实际/目标×分值", "≥10次", "9次", "9"),
    ("分值×实际完成率", "≥10次", "9次", "9"),
    ("10×实际完成值/指标值", "≥10次", "9次", "9"),
    ("8×实际完成值/指标值", "≥10次", "9次", "printed-rule"),
    ("完成率低于60%不得分，60%以上得分=（完成率-60%）/（1-60%）×分值", "≥10次", "8次", "5"),
    ("（完成率-60%）/（1-60%）×分值", "≥10次", "8次", "5"),
    ("（完成率-60%）/（1-60%）×分值，低于60%不得分", "≥10次", "5次", "0"),
    ("≤5%得满分，每超过1个百分点扣1分", "≤5%", "7%", "8"),
    ("≤5%得满分，每超过1个百分点扣1分", "5%", "7%", "8"),
    ("≤5%得满分，每超过1个百分点扣1分", "5%", "3%", "10"),
    ("≤5%得满分，每超过1个百分点扣1分", "≥5%", "7%", "printed-rule"),
    ("≤0得满分，＞0每超过一个百分点扣0.5分，扣完为止", "≤0%", "1%", "9.5"),
    ("≤0得满分，＞0每超过一个百分点扣0.5分，扣完为止", "≤0%", "-3%", "10"),
    ("变动率≤0计10分，变动率＞0每超过一个百分点扣0.8分，扣完为止", "≤0%", "2%", "printed-rule"),
    (
        "以100%为标准。在职人员控制率≦100%，计10分；每超过一个百分点扣0.5分，扣完为止。",
        "100%",
        "95%",
        "printed-rule",
    ),
    ("达到90%得满分，低于90%不得分", "≥90%", "89%", "[0, 10]"),
    ("100%得10分，90%-99%得8分，80%-89%得6分，80%以下得0分", "≥100%", "99.5%", "[8, 10]"),
    ("100%得10分，90%-99%得8分，80%-89%得6分，80%以下得0分", "≥100%", "100%", "10"),
    ("100%得10分，90%-99%得8分，80%-89%得6分，80%以下得0分", "≥100%", "105%", "printed-rule"),
    ("100%得10分，90%-99%得8分，80%-89%得6分，80%以下得0分", "≥100%", "89.5%", "[6, 8]"),
    ("≥90%得10分，≥80%得8分，≥70%得6分，≥60%得4分，＜60%得0分", "≥100%", "85%", "8"),
    ("≥90%得10分，≥80%得8分，≥70%得6分，≥60%得4分，＜60%得0分", "≥100%", "90%", "10"),
    ("≥90%得10分，≥80%得8分，≥70%得6分，≥60%得4分，＜60%得0分", "≥100%", "60%", "4"),
    (
        "=0得10分，0-10%（含）得8分，10-20%（含）得6分，20-30%（含）得4分，大于30%不得分",
        "≤0%",
        "10%",
        "8",
    ),
    (
        "=0得10分，0-10%（含）得8分，10-20%（含）得6分，20-30%（含）得4分，大于30%不得分",
        "≤0%",
        "0%",
        "10",
    ),
    ("≤10%得10分，≤20%得8分，＞20%得0分", "≤10%", "15%", "8"),
    ("90%以上得满分，80%-90%扣2分，80%以下不得分", "≥100%", "85%", "8"),
    ("超过1%扣1分", "≤5%", "7%", "printed-rule"),
    ("发生一起不得分", "0起", "0起", "10"),
    ("发生一起不得分", "0起", "1起", "0"),
    ("发生一起不得分", "≤1起", "1起", "printed-rule"),
    ("发生一起不得分", "≥1起", "1起", "printed-rule"),
    ("未发生得满分，发生不得分", "≤0起", "1起", "0"),
    ("不超过目标值得满分，超过不得分", "≤100万元", "101万元", "0"),
    ("不超过目标值得满分，超过不得分", "100万元", "90万元", "10"),
    ("不超过目标值得满分，超过不得分", "≥100万元", "110万元", "printed-rule"),
    ("控制在指标值以内得满分，否则不得分", "=100万元", "90万元", "10"),
    ("≥目标值得满分，否则不得分", "90%", "95%", "10"),
    ("≥目标值得满分，否则不得分", "=90%", "85%", "0"),
    # whether the limit itself is right, words and target say differently
    ("不超过目标值得满分，超过不得分", "<100万元", "99万元", "printed-rule"),
    ("低于目标值不得分", ">10次", "11次", "printed-rule"),
    ("每延迟1天扣1分", "2023年12月31日前", "2024年1月3日", "7"),
    ("每延迟1天扣1分", "2023年12月31日前", "2023年12月", "10"),
    ("每延迟1天扣1分", "2023年12月31日前", "2024年1月", "[0, 9]"),
    ("每延迟2天扣1分", "2023年12月31日前", "2024年1月3日", "[8, 9]"),
    ("每延迟1天扣1分", "≥30天", "31天", "printed-rule"),  # of days to be reached none is late
    ("每延迟1天扣1分", "=30天", "31天", "printed-rule"),
    ("按时完成得满分，每延期1个月扣1分", "2023年12月31日前", "2024年1月3日", "[0, 10)"),
    ("每延迟1天扣1分", "12月31日前", "1月3日", "10 of [0, 10]"),
    ("每延迟1天扣1分，最低得6分", "2023年12月31日前", "2024年1月30日", "6"),
    ("每延迟1天扣1分，最低得16分", "2023年12月31日前", "2024年1月3日", "printed-rule"),
    ("每延迟1天扣1分，最低得16分", "2023年12月31日前", "2023年12月3日", "printed-rule"),
    ("每延迟1天扣1分", "≤30天", "31天", "9"),
    ("每延迟1天扣1分", "≤30天", "28天", "10"),  # early is not late
    ("本项满分10分，每低于一个百分点扣0.5分", "≥90%", "88%", "9"),
    ("满分8分，每低于一个百分点扣0.5分", "≥90%", "88%", "printed-rule"),
    ("满分10分，完成得满分，否则不得分", "≥90%", "88%", "0"),
    ("满分10分，≥90%得10分，80%-90%得8分", "≥100%", "85%", "8"),
    ("①完成得满分；②未完成不得分", "≥5次", "4次", "0"),
    ("≥5次得满分，每少1次扣1分", "≥5次", "3次", "8"),
    ("≥5次得满分，每少1次扣1分", "≥8次", "6次", "10"),
    ("每少完成1个扣1分", "≥5个", "3个", "8"),
    ("评分标准：每少完成1个扣1分", "≥5个", "3个", "8"),
    ("完成率达到100%得满分，未达到的按完成比例计分", "≥10次", "9次", "9"),
    ("完成率≥100%得满分，完成率每低1%扣1分", "≥20次", "19次", "5"),
    ("每发生1次扣2分", "0%", "2%", "printed-rule"),
    ("每发生1%扣2分", "0%", "2%", "printed-rule"),
    ("每发生1次扣2分", "0", "2", "6"),
    ("发生一起不得分", "0%", "0%", "printed-rule"),
    ("未发生得8分，发生不得分", "0起", "0起", "printed-rule"),
    ("每延迟1天扣1分", "≥30天", "31天", "printed-rule"),
    ("每延迟1天扣1分，扣完为止", "2023年12月31日前", "2024年3月", "0"),
    ("每延迟7天扣1分，不足7天按7天计算", "2023年12月31日前", "2024年1月3日", "9"),
    ("每延迟7天扣1分，不足7天不扣分", "2023年12月31日前", "2024年1月3日", "10"),
    ("每延迟1天扣1分，最多扣5分", "2023年12月31日前", "2024年1月31日", "5"),
    ("每延迟1天扣1分", "2023年12月31日前", "按时完成", "printed-rule"),
    ("每延迟1天扣1分", "80%-90%", "95%", "printed-rule"),
    ("≥90%得满分，每超过1个百分点扣1分", "≥90%", "92%", "printed-rule"),
    ("≤90%得满分，每低1个百分点扣1分", "≤90%", "92%", "printed-rule"),
    ("≥90%得满分，低于80%每低1个百分点扣1分", "≥90%", "92%", "printed-rule"),
    ("低于90%每低1个百分点扣1分", "≥90%", "88%", "8"),
    ("完成率≥90%得满分，满意度每低1个百分点扣1分", "≥90%", "88%", "printed-rule"),
    ("完成率每低于1个百分点扣1分", "≥20次", "20次", "10"),
    ("完成率每低于1次扣1分", "≥20次", "19次", "printed-rule"),
    ("≥90得满分，每低1个百分点扣1分", "≥90%", "88%", "printed-rule"),
    ("≥5次得满分，每少1次扣1分", "≥5万元", "3万元", "printed-rule"),
    ("=100%得满分，每低1个百分点扣1分", "=100%", "101%", "printed-rule"),
    ("100%以下（含）计10分，每超出1%扣1分，扣完为止", "≤100%", "102%", "8"),
    ("100%以下（含）计10分，每超出1%扣1分，扣完为止", "100%", "95%", "10"),
    ("达到100%以下计10分，每超出1%扣1分", "100%", "95%", "printed-rule"),
    ("100%计满分，每超过（降低）1%扣0.5分，扣完为止", "100%", "98%", "9"),
    ("100%计满分，每降低（超过）1%扣0.5分，扣完为止", "100%", "102%", "9"),
    ("完成率低于80%不得分", "≥10次", "9次", "printed-rule"),
    ("完成率低于80%不得分", "≥10次", "7次", "printed-rule"),
    ("控制在100万元以内得满分，每超出1万元扣1分", "≤100万元", "102万元", "8"),
    ("每超出5000元扣1分", "≤100万元", "101万元", "8"),
    ("每超出1万元扣1分", "≤100次", "101次", "printed-rule"),
    ("低于目标值不得分", "≥10次", "9次", "0"),
    ("低于目标值不得分", "≤10次", "9次", "printed-rule"),
    ("超过计划成本不得分", "≤100万元", "102万元", "0"),
    ("超过计划成本不得分", "≤100万元", "98万元", "10"),
    ("按实际完成比例得分，超额完成不加分", "≥10次", "12次", "10"),
    ("≥95%得10分；90%≤X<95%得8分；X<90%得0分", "≥100%", "92%", "8"),
    ("每少完成1%扣1分", "≥90%", "88%", "printed-rule"),
    ("满意度×分值", "≥90%", "88%", "8.8"),
    ("满意度×分值，低于90%不得分", "≥90%", "88%", "0"),
    ("覆盖面宽度×分值", "≥90%", "88%", "printed-rule"),
    ("分值×完成率×分值", "≥90%", "81%", "printed-rule"),
    ("按完成率", "≥90%", "81%", "9"),
    ("完成率", "≥90%", "81%", "9"),
    ("得分=（完成率-60%）/（1-50%）×分值", "≥10次", "8次", "printed-rule"),
    ("完成得8分，（完成率-60%）/（1-60%）×10分", "≥10次", "8次", "printed-rule"),
    ("（完成率-100%）/（1-100%）×10分", "≥10次", "8次", "printed-rule"),
    ("90%以上得满分，80%-90%扣12分，80%以下不得分", "≥100%", "85%", "printed-rule"),
    ("≥90%不得分，＜90%得满分", "≥100%", "95%", "printed-rule"),
    ("≤90%得满分，≤95%得8分，其余不得分", "90%", "92%", "[0, 8]"),
    ("≤80%得6分，≤90%得8分，＞90%得10分", "≥100%", "85%", "8"),
    ("0得满分，其余不得分", "0%", "0%", "10"),
    ("0得满分，其余不得分", "0次", "1次", "0"),
    ("0得满分，其余不得分", "0万元", "0万元", "printed-rule"),
    ("90%以上得10分，80%以上得8分，80%以下得0分", "≥100%", "80%", "[0, 8]"),
    ("10%以下得10分，20%以下得8分，20%以上得0分", "≤10%", "20%", "[0, 8]"),
    # what is right on one side is not lost on it
    ("≥90%得满分，每超过1个百分点扣1分", "=90%", "92%", "printed-rule"),
    ("≤90%得满分，每低1个百分点扣1分", "=90%", "88%", "printed-rule"),
    # between a tier that is one value and the next one it is one of both
    ("0得满分，10%及以上得5分", "0%", "5%", "[5, 10]"),
    ("0得满分，10%及以上得5分", "0%", "10%", "5"),
    ("100%得满分，80%及以下得5分", "100%", "90%", "[5, 10]"),
    ("100%得满分，80%及以下得5分", "100%", "101%", "printed-rule"),
    ("达到80%得6分，达到90%得10分，其余不得分", "≥100%", "85%", "6"),
    ("变动率≤0得满分，＞0不得分", "≤0%", "-5%", "printed-rule"),
    # at the limits, and on both sides of them
    (DIRECT, ">90次", "90次", "[0, 10)"),
    (DIRECT, "<90次", "90次", "[0, 10)"),
    (DIRECT, "≤90次", "90次", "10"),
    (HALF, "≤90次", "90次", "10"),
    (HALF, "=90次", "90次", "10"),
    (PROPORTION, "=10次", "10次", "10"),
    ("80%-90%得8分，90%-100%得10分", "≥100%", "79%", "printed-rule"),
    ("80%-90%得8分，90%-100%得10分", "≥100%", "80%", "8"),
    ("80%-90%得8分，90%-100%得10分", "≥100%", "100%", "10"),
    ("80%-90%得8分，90%-100%得10分", "≥100%", "101%", "printed-rule"),
    ("80%（不含）-90%得8分，90%-100%得10分", "≥100%", "80%", "printed-rule"),
    ("80%（不含）-90%得8分，90%-100%得10分", "≥100%", "81%", "8"),
    ("80%-90%得8分，90%-100%（不含）得10分", "≥100%", "99%", "10"),
    ("80%-90%得8分，90%-100%（不含）得10分", "≥100%", "100%", "printed-rule"),
    # tiers that give the same fit any target, those that give more for less none
    ("≥90%得10分，80%-90%得10分", "≥100%", "85%", "10"),
    ("≤5%得10分，5%-10%得10分", "≤5%", "7%", "10"),
    ("≥90%得满分，＜90%不得分", "≤90%", "95%", "printed-rule"),
    ("≤5%得满分，＞5%不得分", "≥5%", "7%", "printed-rule"),
    # what is met has all, whatever the quotient is
    ("完成得满分，未完成按B/A×分值计分", "≤10次", "9次", "10"),
    ("完成得满分，未完成按B/A×分值计分", "≤10次", "11次", "printed-rule"),
    ("完成得满分，未完成按B/A×分值计分", "≥0次", "0次", "10"),
    ("B/A×分值", "≥0次", "0次", "printed-rule"),
    ("完成得满分，未完成按指标值/实际完成值×分值", "≥10次", "20次", "10"),
    # 1 of 30 is 3.33 %: three steps, and a part of one
    ("完成率每低于1个百分点扣1分，不足1个百分点按1个百分点计算", "≥30次", "29次", "6"),
    ("完成率每低于1个百分点扣1分，不足1个百分点不扣分", "≥30次", "29次", "7"),
    # 1 to 31 days: up to four weeks, and a part of one
    ("每延迟7天扣1分，不足7天按7天计算", "2023年12月31日前", "2024年1月", "[5, 9]"),
    ("每延迟7天扣1分，不足7天不扣分", "2023年12月31日前", "2024年1月", "[6, 10]"),
    ("每延迟7天扣1分", "2023年12月31日前", "2024年1月", "[5, 10]"),
    ("每低5%扣1分", "≥0%", "-5%", "9"),
    # only more than the target is a loss
    ("每超过一个百分点扣1分", "≤90%", "88%", "10"),
    ("每发生1起扣2分", "≤3起", "1起", "[8, 10]"),  # of each, or of each beyond the target
    # what is open is open on one side of a target alone
    (DIRECT, "=90次", "85次", "[0, 10)"),
    ("按完成比例得分，完成率低于60%的不得分", "≥10次", "8次", "8"),
    # a quotient that the words have is that of any target that they do not go against
    (INVERSE, "10次", "20次", "5"),
    (INVERSE, "10次", "5次", "10"),
    (INVERSE, "=10次", "20次", "5"),
    (QUOTIENT, "=10次", "12次", "10"),
    # whatever the completion is of, a step is a part of the target and no point of the rate
    ("完成率每低于1个百分点扣0.5分", "≥50%", "45%", "5"),
    ("完成率≥90%得满分，完成率每低1%扣0.5分", "≥50%", "40%", "5"),
    ("每低50%扣1分", "≥1次", "0次", "8"),
    ("每低1个百分点扣0分", "≥90%", "88%", "printed-rule"),
    ("每低1个百分点扣0.5分，最低得10分", "≥90%", "50%", "10"),
    ("每延迟1天扣1分，最低得10分", "2023年12月31日前", "2024年1月3日", "10"),
    ("每延迟1天扣2分", "2023年12月31日前", "2024年1月3日", "4"),
    # up to three are no loss, though none is aimed at
    ("≤3起得满分，每发生1起扣2分", "0起", "2起", "10"),
    ("≤3起得满分，每发生1起扣2分", "0起", "4起", "8"),
    # more or less than the target: a part of a step counts as one, or not
    ("每超过/低于2个扣0.5分", "≥20个", "17个", "[9, 9.5]"),
    ("每超过/低于2个扣0.5分", "≤20个", "23个", "[9, 9.5]"),
    ("每超过/低于2个扣0.5分", "=20个", "23个", "[9, 9.5]"),
    (EITHER, "=20个", "20个", "10"),
    # on the side that the words speak of = is met at the limit and, if they say so, beyond it
    (OFF, "=90%", "90%", "10"),
    ("每超过一个百分点扣1分", "=90%", "90%", "10"),
    ("≤5%得满分，每超过1个百分点扣1分", "=5%", "3%", "10"),
    ("≥90%得满分，每低1个百分点扣1分", "=90%", "95%", "10"),
    ("90%及以上得满分，每低1个百分点扣1分", "=90%", "95%", "10"),
    ("90%及以上得满分，每超过1个百分点扣1分", "=90%", "92%", "printed-rule"),
    # of what is to stay low it is not said what its completion is
    ("≤100%得满分，>100%不得分", "≤10次", "8次", "printed-rule"),
    ("≥10得满分，<10不得分", "≥12", "10", "10"),
    (">90%得满分，其余不得分", "≥100%", "90%", "0"),
    ("80%≤满意度<90%得8分，90%≤满意度≤100%得10分", "≥10次", "9次", "printed-rule"),
    ("80%≤完成率<90%得8分，90%≤完成率≤100%得10分", "≥10次", "8次", "8"),
    # of signs it is said whether a limit belongs to a tier; of a range that ends there it is not
    ("80%≤x<90%得8分，90%<x≤100%得10分", "≥100%", "90%", "[8, 10]"),
    ("80%≤x≤90%得8分，90%<x≤100%得10分", "≥100%", "90%", "8"),
    ("80%≤x<90%得8分，90%≤x<100%得10分", "≥100%", "90%", "10"),
    ("80%<x≤90%得8分，90%<x≤100%得10分", "≥100%", "80%", "printed-rule"),
    ("80%≤x≤90%得8分，90%<x<100%得10分", "≥100%", "100%", "printed-rule"),
    ("80%≤x≤90%得8分，90%<x≤100%得10分", "≥100%", "100%", "10"),
    ("达到100%得10分，90%-100%得8分", "≥100%", "100%", "10"),
    ("100%得10分，90%-100%得8分", "≥100%", "100%", "10"),
    ("90%-100%得8分，>100%得10分", "≥100%", "100%", "8"),
    # words that first say how many points there are
    ("满分10分，另行规定", "≥90%", "90%", "printed-rule"),
    ("满分10分，≥90%得10分，80%-90%得分值的80%", "≥100%", "85%", "8"),
    ("满分10分，≥90%得满分，80%-90%得7分", "≥100%", "85%", "7"),
    ("满分10分，≥90%得满分，80%-90%得7分", "≥100%", "90%", "10"),
    ("满分8分，≥90%得满分，80%-90%得7分", "≥100%", "85%", "printed-rule"),
    ("满分12分，≥90%得满分，80%-90%得7分", "≥100%", "85%", "printed-rule"),
    ("满分10分，≥90%得9分，80%-90%得7分", "≥100%", "85%", "printed-rule"),
    ("满分10分，≥90%得分值的90%，80%-90%得分值的70%", "≥100%", "85%", "printed-rule"),
    # what cannot be told
    ("制度健全得2分，执行有效得3分", "≥10次", "10次", "printed-rule"),
    ("达到90%得满分就好", "≥90%", "90%", "printed-rule"),
    ("好" * (MAX_WORDS + 1), "≥90%", "90%", "printed-rule"),
    (HALF, "≥90%", "90次", "printed-rule"),
    (HALF, "及时", "及时", "printed-rule"),
    (HALF, "≥90%", "达成", "not-stated"),
    # days and ranges
    (HALF, "2023年12月31日前", "2023年12月31日", "10"),
    (HALF, "2023年12月31日前", "2024年1月", "0"),
    (DIRECT, "2023年12月31日前", "2024年1月", "[0, 10)"),
    (HALF, "2023年12月31日前", "1月20日", "10 of [0, 10]"),
    (HALF, "6月30日前", "6月30日", "10 of [0, 10]"),
    (HALF, "6月底前", "7月1日", "printed-rule"),
    (HALF, "6月底前", "2023年7月1日", "printed-rule"),
    (HALF, "2023年6月底前", "7月1日", "printed-rule"),
    (HALF, "2023年12月1日前", "2023年12月", "printed-rule"),  # on that day, or later
    (HALF, "2023年11月30日前", "2023年12月", "0"),
    (HALF, "2023年12月31日前", "按时完成", "printed-rule"),
    ("及时完成得满分，否则不得分", "2023年12月31日前", "2024年1月", "0"),
    (PROPORTION, "2023年12月31日前", "2023年12月", "printed-rule"),
    ("完成得满分，未完成按完成比例得分", "2023年12月31日前", "2023年12月", "10"),
    ("完成得满分，未完成按完成比例得分", "2023年12月31日前", "2024年1月", "printed-rule"),
    ("完成得8分，未完成得0分", "2023年12月31日前", "2023年12月", "printed-rule"),
    (OFF, "2023年12月31日前", "2023年12月", "printed-rule"),
    (TIERS, "2023年12月31日前", "2023年12月", "printed-rule"),
    ("完成得10分，（完成率-60%）/（1-60%）×10分", "2023年12月31日前", "2023年12月", "10"),
    ("（完成率-60%）/（1-60%）×10分", "2023年12月31日前", "2023年12月", "printed-rule"),
    (HALF, "80%-90%", "85%", "10"),
    (HALF, "80%-90%", "95%", "0"),
    (HALF, "80%-90%", "85次", "printed-rule"),
    (HALF, "80%-90%", "达成", "printed-rule"),
    ("，".join(f"{n}%-{n + 1}%得{n}分" for n in range(11, 32)), "≥100%", "20%", "printed-rule"),
]


@pytest.mark.parametrize(("words", "target", "actual", "due"), CASES)
def test_the_words_and_their_score(words: str, target: str, actual: str, due: str) -> None:
    assert points(words, target, actual) == due


@pytest.mark.parametrize("actual", ["0%", "1%", "45%", "89%"])
def test_below_its_target_a_completion_is_the_same_for_any_operator(actual: str) -> None:
    equal, at_least = (typed(ScoreRange, scored(PROPORTION, f"{s}90%", actual)) for s in "=≥")
    assert (equal.value, equal.admissible) == (at_least.value, at_least.admissible)


def test_tiers_of_a_satisfaction_are_of_the_rate_itself() -> None:
    assert points(TIERS, "≥80%", "75%") == "[5, 10]"  # 75/80 is 93.75 %
    assert points(TIERS, "≥80%", "75%", name="群众满意度") == "5"


@pytest.mark.parametrize(
    ("name", "due"), [("验收合格率", "[0, 5]"), ("群众满意率", "0"), (bp.Missing(), "0")]
)
def test_a_heading_does_not_make_a_satisfaction_of_another_rate(
    name: str | bp.Missing, due: str
) -> None:
    """46.3 % of 60 % is 77.2 %, which has five of ten points; as a satisfaction it has none."""
    row = bp.Indicator(
        level1="满意度指标", name=name, target="=60%", actual="46.30%", scoring_rule=TIERS
    )
    result = typed(ScoreRange, printed_score(row, printed_rule(row), Fraction(10), None))
    assert str(result.admissible if result.value is None else bp.Points(result.value)) == due


def test_without_a_name_and_headings_a_rate_may_be_of_anything() -> None:
    """46.3 % has none of the points; as 77.2 % of its target it has half of them."""
    row = bp.Indicator(target="=60%", actual="46.30%", scoring_rule=TIERS)
    result = typed(ScoreRange, printed_score(row, printed_rule(row), Fraction(10), None))
    assert result.admissible == Interval(lower=0, upper=5)


def test_where_two_readings_agree_the_first_is_told() -> None:
    """80 % has 8 points, and so have the 88.9 % that it is of its target."""
    result = typed(ScoreRange, scored(TIERS, "≥90%", "80%"))
    assert result.value == 8
    assert result.steps[0].value == Fraction(4, 5)


@pytest.mark.parametrize(
    ("words", "target", "actual", "due"),
    [
        # 89.95 % to 90.05 %: it may be more than its target, or not
        (DIRECT, ">90%", "90.0%", "[0, 10]"),
        (DIRECT, "<90%", "90.0%", "[0, 10]"),
        (HALF, ">90%", "90.0%", "0 of [0, 10]"),
        (HALF, "<90%", "90.0%", "0 of [0, 10]"),
        (HALF, "=90%", "90.0%", "10 of [0, 10]"),
        (HALF, "80%-90%", "90.0%", "10 of [0, 10]"),
        (HALF, "80%-90%", "90.1%", "0"),
        (HALF, "80%-90.05%", "90.1%", "printed-rule"),  # as printed it is missed, and may be met
        # no loss, or some of one step; less than nothing was not lost
        ("每发生1万元损失扣1分", "=0万元", "0.00万元", "10 of [9, 10]"),
        # 9.5 to 10.5 of each kind: up to half a step off
        (
            "每超过一个百分点扣1分",
            "=90%",
            "90%",
            "10 of [0, 10]",
        ),  # of less than =90% nothing is said
        ("每超过一个百分点扣1分", "=90%", "91%", "9 of [8, 10]"),
        (OFF, "=90%", "89%", "9.5 of [9, 10]"),
    ],
)
def test_a_rounded_value_has_what_all_behind_it_have(
    words: str, target: str, actual: str, due: str
) -> None:
    figure = bp.Figure.parse(actual)
    row = bp.Indicator(name="某指标", target=target, actual=figure, scoring_rule=words)
    result = printed_score(row, words, Fraction(10), None)
    assert told(result) == due


@pytest.mark.parametrize("reason", [bp.MissingReason.DATE, bp.MissingReason.RANGE])
def test_an_aim_that_is_no_day_and_no_range_is_not_reached(reason: bp.MissingReason) -> None:
    aim = bp.Target(value=bp.Missing(reason=reason, text="尽快"))
    for actual in ("2023年12月31日", "85%"):
        row = bp.Indicator(name="某指标", target=aim, actual=actual)
        assert told(printed_score(row, HALF, Fraction(10), None)) == "printed-rule"


def test_a_loss_of_more_steps_than_a_curve_has_for_a_side_is_not_read() -> None:
    most = MAX_KNOTS // 2
    for weight, due in ((most, str(most - 1)), (most + 1, "printed-rule")):
        assert points("每少1次扣1分", f"≥{most * 2}次", f"{most * 2 - 1}次", weight) == due


def test_longer_words_are_a_text() -> None:
    assert meaning_of(HALF.ljust(MAX_WORDS)) == meaning_of(HALF)
    assert meaning_of(HALF.ljust(MAX_WORDS + 1)) is None


@pytest.mark.parametrize(
    ("words", "target", "actual", "name", "due"),
    [
        # 完成率 is the indicator, or how far its target is reached.
        ("完成率≥95%得满分，90%-95%得8分", "≥95%", "93%", "任务完成率", "printed-rule"),
        ("完成率×分值", "≥95%", "93%", "任务完成率", "printed-rule"),
        ("完成率×分值", "≥100%", "93%", "任务完成率", "9.3"),
        ("完成率×分值", "≥10次", "5次", "任务完成率", "5"),
        ("≥95%得满分，90%-95%得8分", "≥95%", "93%", "任务完成率", "[8, 10]"),
        ("预算完成率100%计10分，每低于5%扣2分", "100%", "95%", "预算完成率", "8"),
        # A rate of that name, or of another.
        ("验收合格率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "项目验收合格率", "8"),
        ("验收合格率≥90%得满分，每低1个百分点扣1分", "≥95%", "88%", "项目验收合格率", "8"),
        ("发放率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "项目验收率", "printed-rule"),
        ("发放率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "", "printed-rule"),
        ("项目验收达到率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "达到率", "8"),
        ("补助发放率×分值", "≥95%", "93%", "补助发放率", "9.3"),
        ("补助发放率×分值", "≥95%", "93%", "补助到位率", "printed-rule"),
        ("变动率≤0计10分，变动率＞0每超过1个百分点扣1分", "≤0%", "2%", "“三公”变动率", "8"),
        (
            "以100%为标准。在职人员控制率≦100%，计10分；每超过一个百分点扣0.5分，扣完为止。",
            "100%", "102%", "1.在职人员控制率", "9",
        ),
        ("到位率≥90%得10分，≥80%得8分，＜80%得0分", "≥100%", "85%", "资金到位率", "8"),
        ("到位率≥90%得10分，≥80%得8分，＜80%得0分", "≥100%", "85%", "支出率", "printed-rule"),
    ],
)  # fmt: skip
def test_a_rate_that_words_name(words: str, target: str, actual: str, name: str, due: str) -> None:
    assert points(words, target, actual, name=name) == due


def test_what_is_missed_by_its_day_is_told_with_the_days() -> None:
    missed = typed(ScoreRange, scored(HALF, "2023年12月31日前", "2024年1月"))
    assert [step.value for step in missed.steps] == [0]
    late = typed(ScoreRange, scored("每延迟1天扣1分", "2023年12月31日前", "2024年1月3日"))
    assert [step.value for step in late.steps] == [3]
    assert late.value == 7
    assert late.why is None
    open_ = typed(ScoreRange, scored("每延迟1天扣1分", "2023年12月31日前", "2024年1月"))
    assert open_.value is None
    assert open_.why is not None
    assert [step.value for step in open_.steps] == [1]  # the first of January: so many at least


@pytest.mark.parametrize(
    ("first", "second", "is_read"),
    [
        ("≥80%", "<90%", True),
        ("<90%", "≥80%", True),
        ("≤90%", ">80%", True),
        ("<80%", "<90%", False),
        ("<90%", "<80%", False),
        ("≤90%", "<80%", False),
        ("≥80%", "≥90%", False),
        ("≥90%", "≥80%", False),
        (">80%", "≥90%", False),
    ],
)
def test_two_limits_of_a_tier_are_one_on_each_side(first: str, second: str, is_read: bool) -> None:
    said = meaning_of(f"{first}且{second}得5分")
    assert (said is not None) is is_read
    assert said == (meaning_of(f"{second}且{first}得5分") if is_read else None)


@pytest.mark.parametrize(("count", "is_read"), [(MAX_TIERS, True), (MAX_TIERS + 1, False)])
def test_more_tiers_than_a_form_has_are_not_read(count: int, is_read: bool) -> None:
    words = "，".join(f"{n}%-{n + 1}%得{n}分" for n in range(count))
    assert len(words) < MAX_WORDS
    assert (meaning_of(words) is not None) is is_read


def test_no_points_are_no_share() -> None:
    assert points(HALF, "≥90%", "95%", weight=0) == "printed-rule"


@pytest.mark.parametrize("words", ["", " ", "—", "/", "无", "暂无"])
def test_a_mark_for_nothing_is_no_rule(words: str) -> None:
    assert printed_rule(bp.Indicator(scoring_rule=words)) == ""


@pytest.mark.parametrize(
    ("words", "target", "actual"),
    [
        ("每延迟一天扣0.5分", "≤693人", "571人"),
        ("每延迟一天扣0.5分", "<14630公里", "7870.9公里"),
        ("每延迟一天扣0.5分", "≤693", "571"),
        ("每少1日扣1分", "≥12场", "10场"),
        ("每少1个扣1分", "≥12公里", "10公里"),
    ],
)
def test_steps_of_another_kind_than_the_target_are_no_rule(
    words: str, target: str, actual: str
) -> None:
    """Days late say nothing of people."""
    assert isinstance(scored(words, target, actual), NoScore)


def test_words_that_are_not_understood_are_quoted() -> None:
    result = typed(NoScore, scored("视情况给分", "≥90%", "95%"))
    says(result.why, "视情况给分", "视情况给分")


def test_the_same_rule_printed_otherwise() -> None:
    for words in ("完成比例", "按照完成率计分", " 按完成比例 得分。", "完成比例赋分法"):
        assert points(words, "≥90%", "45%") == "5"
    for words in (
        "完成得满分;未完成不得分",
        "完成，得满分，未完成，得0分",
        "达标得满分，不达标得零分",
    ):
        assert points(words, "≥90%", "45%") == "0"
    for words in ("全年实际值(B)/年度指标值(A)×该指标分值", "（实际完成值÷目标值）*权重", "B/A×10"):
        assert points(words, "≥90%", "45%") == "5"


def test_true_values_on_both_sides_of_a_limit_have_both_scores() -> None:
    row = bp.Indicator(name="某率", target="≥90%", actual=bp.Figure.parse("90%"), scoring_rule=HALF)
    result = typed(ScoreRange, printed_score(row, HALF, Fraction(10), None))
    assert result.value == 10
    assert result.admissible == Interval(lower=0, upper=10)


def test_what_is_met_as_printed_may_be_missed_behind_the_print() -> None:
    """By proportion: what a miss of ≤ has is not said, so any score is possible."""
    actual = bp.Figure.parse("10.0%")
    row = bp.Indicator(name="某率", target="≤10%", actual=actual, scoring_rule=PROPORTION)
    result = typed(ScoreRange, printed_score(row, PROPORTION, Fraction(10), None))
    assert result.value == 10
    assert result.admissible == Interval(lower=0, upper=10)


def test_points_are_rounded_as_the_rule_set_says() -> None:
    row = bp.Indicator(name="某率", target="≥90%", actual="85%", scoring_rule=PROPORTION, weight=10)
    line = bp.score(row, rules="yitihua-default")
    assert str(line.score) == "9.44"
    for status in Status:  # also where the rule-set rests on a form itself
        line = bp.score(row, rules=attrs.evolve(get("yitihua-default"), status=status))
        assert any(PROPORTION in remark.zh for remark in line.remarks)


def test_the_printed_rule_comes_before_that_of_the_rule_set() -> None:
    row: dict[str, Any] = {
        "target": "≥90%",
        "actual": "81%",
        "weight": 10,
        "rules": "national-2020",
    }
    assert str(bp.score(**row).score) == "9"
    line = bp.score(**row, scoring_rule=HALF)
    assert str(line.score) == "0"
    assert there(line.status).value == "form"
    unread = bp.score(**row, scoring_rule="另行规定")
    assert (unread.score, unread.reason) == (None, "printed-rule")


TEXTS = [words for words, *_ in CASES]


@given(
    words=st.sampled_from(TEXTS),
    sign=st.sampled_from(["≥", "≤", "=", ">", "<", ""]),
    target=st.integers(0, 120),
    actual=st.decimals(0, 150, places=1),
    weight=st.integers(1, 40),
    unit=st.sampled_from(["%", "次", "", "万元"]),
)
def test_a_score_lies_within_the_weight_and_within_what_is_admitted(
    words: str, sign: str, target: int, actual: object, weight: int, unit: str
) -> None:
    row = bp.Indicator(
        name="某指标",
        target=f"{sign}{target}{unit}",
        actual=f"{actual}{unit}",
        scoring_rule=words,
    )
    result = printed_score(row, words, Fraction(weight), None)
    if isinstance(result, NoScore):
        assert result.code in ("printed-rule", "rule-silent", "not-stated")
        return
    whole = Interval(lower=0, upper=weight)
    assert whole.covers(result.admissible)
    assert result.value is None or result.value in result.admissible


@given(
    words=st.sampled_from([HALF, PROPORTION, QUOTIENT, DIRECT, OFF, UNIT, TIERS, OPEN_TIERS]),
    target=st.integers(1, 100),
    over=st.integers(0, 50),
    weight=st.integers(10, 40),
)
def test_what_is_met_never_loses_for_sure(words: str, target: int, over: int, weight: int) -> None:
    """Of tiers only where they are of all of the target."""
    unit = "次" if words == UNIT else "%"
    if words in (TIERS, OPEN_TIERS):
        target, weight = 100, 10
    result = scored(words, f"≥{target}{unit}", f"{target + over}{unit}", weight)
    assert isinstance(result, ScoreRange)
    assert weight in result.admissible


@given(
    weight=st.integers(1, 30),
    loss=st.integers(1, 6),
    most=st.integers(1, 30),
    number=st.integers(0, 12),
    width=st.integers(1, 3),
)
def test_points_off_for_each_that_happened_up_to_a_cap(
    weight: int, loss: int, most: int, number: int, width: int
) -> None:
    """Worked out by hand; part of a step may count as one, or not."""
    words = f"每发生{width}起扣{loss}分，最多扣{most}分"
    result = typed(ScoreRange, scored(words, "0起", f"{number}起", weight))
    kept = max(0, weight - most)
    whole = max(weight - number // width * loss, kept)
    part = max(weight - -(-number // width) * loss, kept)
    assert result.admissible == Interval(lower=part, upper=whole)
    assert result.value == (whole if whole == part else None)


SIDES: dict[str, dict[str, Callable[[int, int], bool]]] = {
    "≥100%": {
        **dict.fromkeys(("≥{}%", "不低于{}%", "{}%（含）以上", "{}%以上（含）"), operator.ge),
        **dict.fromkeys((">{}%", "超过{}%", "{}%（不含）以上", "{}%以上（不含）"), operator.gt),
    },
    "≤1%": {
        **dict.fromkeys(("≤{}%", "不超过{}%", "{}%（含）以下", "{}%以下（含）"), operator.le),
        **dict.fromkeys(("<{}%", "低于{}%", "{}%（不含）以下", "{}%以下（不含）"), operator.lt),
    },
}
"""How a tier without an end may be printed, by the target beside it, and what it says."""


@pytest.mark.parametrize("target", SIDES)
@given(limits=st.lists(st.integers(1, 100), min_size=1, max_size=5, unique=True), data=st.data())
def test_of_tiers_without_an_end_the_nearest_counts_in_any_order(
    target: str, limits: list[int], data: st.DataObject
) -> None:
    """At the limits themselves and beside them: it is the best of those whose words hold there."""
    best_last = sorted(limits, reverse=target[0] == "≤")
    tiers = [
        (data.draw(st.sampled_from(list(SIDES[target]))), limit, mark)
        for mark, limit in enumerate(best_last, 11 - len(limits))
    ]
    printed = data.draw(st.permutations(tiers))
    words = "，".join(f"{said.format(limit)}得{mark}分" for said, limit, mark in printed)
    for actual in {near for limit in limits for near in (limit - 1, limit, limit + 1)}:
        held = [m for said, limit, m in tiers if SIDES[target][said](actual, limit)]
        result = scored(words, target, f"{actual}%")
        assert (result.value if isinstance(result, ScoreRange) else None) == max(held, default=None)
        result = typed(ScoreRange, scored(f"{words}，其余不得分", target, f"{actual}%"))
        assert result.value == max(held, default=0)


@given(
    words=st.text(
        alphabet="完成得满分否则不按比例率每低于个百点扣0123.5%，；≥-以上下/×AB", max_size=60
    )
)
def test_any_words_are_read_or_not(words: str) -> None:
    rule = meaning_of(words)
    assert rule is None or rule == meaning_of(words)

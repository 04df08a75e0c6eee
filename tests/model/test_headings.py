"""Headings and names in the spellings of the forms."""

from __future__ import annotations

import pytest

from budgetperf import Missing
from budgetperf.model.indicators import heading_name, heading_points, plain_heading, plain_name


@pytest.mark.parametrize(
    ("words", "name", "points"),
    [
        ("产出指标", "产出指标", None),
        (" 产出 指标 ", "产出指标", None),
        ("产出指标（50分）", "产出指标", "50"),
        ("产出指标 (50.5 分)", "产出指标", "50.5"),
        ("产出指标（分值：50分）", "产出指标", "50"),
        ("产出指标(权重50分)", "产出指标", "50"),
        ("产出指标（共50分）", "产出指标", "50"),
        ("产出（50分）指标", "产出指标", "50"),
        ("效益指标（三成）", "效益指标（三成）", None),
        ("效益指标（30）", "效益指标", "30"),
        ("效益指标(30%)", "效益指标", "30"),
        ("效益指标30分", "效益指标", "30"),
        ("效益指标（2）", "效益指标（2）", None),  # the second one
        ("效益指标30", "效益指标30", None),
        ("公租房（30）", "公租房（30）", None),
        ("效益指标（30户）", "效益指标（30户）", None),
        ("", "", None),
        (Missing(), "", None),
    ],
)
def test_the_weight_in_a_heading(words: str | Missing, name: str, points: str | None) -> None:
    assert heading_name(words) == name
    weight = heading_points(words)
    assert (weight is None) == (points is None)
    if weight is not None:
        assert (str(weight.value), weight.unit.symbol, weight.is_exact) == (points, "", True)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("满意度", "满意度"),
        ("服务对象满意度指标（10分）", "满意度"),
        ("社会公众或服务对象满意度", "满意度"),
        ("预算执行率", "预算执行"),
        ("预算执行率指标", "预算执行"),
        ("预算执行率（10分）", "预算执行"),
        ("（一）产出指标", "产出"),
        ("2.产出指标", "产出"),
        ("社会公众指标", "社会公众"),
        (Missing(), ""),
    ],
)
def test_what_spellings_of_a_heading_have_in_common(words: str | Missing, plain: str) -> None:
    assert plain_heading(words) == plain


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("1.“三公经费” 变动率（%）", "三公经费变动率"),
        ("受益人数（万人）", "受益人数"),
        ("受益人数（人次）", "受益人数"),
        ("补助标准（元/人）", "补助标准"),
        ("受益人数（全年）", "受益人数（全年）"),
        ("2023年受益人数", "2023年受益人数"),
        ("1.5倍补助", "1.5倍补助"),
        ("5A级景区数量", "5A级景区数量"),
        ("①", "①"),
        ("（%）", "（%）"),
        (Missing(), ""),
    ],
)
def test_what_spellings_of_a_name_have_in_common(words: str | Missing, plain: str) -> None:
    assert plain_name(words) == plain

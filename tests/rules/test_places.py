"""Which rule-sets are for a place."""

from __future__ import annotations

from typing import Any

import pytest

from budgetperf import BudgetperfError, Text, rules
from budgetperf.rules.places import fits, is_for_everywhere, is_known

HEBEI = Text(zh="天津市、河北省", en="Tianjin and Hebei")
KARAMAY = Text(zh="新疆维吾尔自治区克拉玛依市克拉玛依区", en="Karamay, Xinjiang")
PUTUO = Text(zh="上海市普陀区", en="Putuo, Shanghai")
PIDU = Text(zh="四川省成都市郫都区", en="Pidu, Chengdu, Sichuan")
HUBEI = Text(zh="湖北省", en="Hubei")
SCIENCE = Text(zh="重庆市（重庆科学城）", en="Science City, Chongqing")
GUANGXI = Text(zh="广西壮族自治区", en="Guangxi")


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        # around: the rule-set is of the province, a place in it is asked for
        *((HEBEI, asked) for asked in ("河北省石家庄市", "河北石家庄", "天津市河西区")),
        *((HEBEI, asked) for asked in ("Hebei province", "Shijiazhuang, Hebei")),
        (HEBEI, "Hexi District, Tianjin"),
        *((HUBEI, asked) for asked in ("湖北省武汉市", "湖北·武汉", "武汉市 湖北省")),
        *((GUANGXI, asked) for asked in ("广西南宁", "广西壮族自治区南宁市")),
        (PIDU, "四川成都郫都区犀浦镇"),
        # within: a place around that of the rule-set is asked for
        *((PUTUO, asked) for asked in ("上海", "上海市", "Shanghai", "SHANGHAI CITY")),
        *((KARAMAY, asked) for asked in ("新疆", "新疆维吾尔自治区", "新疆克拉玛依")),
        *((KARAMAY, asked) for asked in ("新疆克拉玛依区", "克拉玛依")),
        *((PIDU, asked) for asked in ("成都", "郫都区", "四川郫都")),
        *((SCIENCE, asked) for asked in ("重庆", "重庆科学城")),
        # the same
        *((HEBEI, asked) for asked in ("河北", "河北省", "天津市、河北省", "Tianjin and Hebei")),
        (HEBEI, "  河北  "),
        (GUANGXI, "广西"),
        # one of several that are asked for
        *((HUBEI, asked) for asked in ("Hunan and Hubei", "湖南、湖北")),
        # a word for a place in its name
        (Text(zh="湖南省津市市", en="Jinshi, Hunan"), "津市市"),
        (Text(zh="湖北省荆州市沙市区", en="Shashi, Jingzhou, Hubei"), "湖北沙市区"),
        (Text(zh="上海市浦东新区", en="Pudong, Shanghai"), "上海浦东"),
        (Text(zh="广东省广州市", en="Guangzhou, Guangdong"), "广州"),
        (Text(zh="天津市和平区", en="Heping, Tianjin"), "和平区"),
        (Text(zh="延边朝鲜族自治州", en="Yanbian"), "延边"),
    ],
)
def test_places_that_fit(place: Text, asked: str) -> None:
    assert fits(place, asked)


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        *((PUTUO, asked) for asked in ("hai", "海", "上", "海市", "Shang", "上海市浦东新区")),
        *((PUTUO, asked) for asked in ("上海浦东", "Pudong, Shanghai")),
        *((KARAMAY, asked) for asked in ("新疆乌鲁木齐", "克拉")),
        *((HEBEI, asked) for asked in ("湖北", "北京", "bei", "河北区")),
        *((HUBEI, asked) for asked in ("河北省", "湖", "省", "province", "!?")),
        (PIDU, "成都市锦江区"),
        (SCIENCE, "重庆市渝北区"),
        (GUANGXI, "广东"),
        (Text(zh="", en=""), "上海"),
    ],
)
def test_places_that_do_not_fit(place: Text, asked: str) -> None:
    assert not fits(place, asked)


@pytest.mark.parametrize(
    ("asked", "id"),
    [
        ("河北省石家庄市", "hebei-tianjin-mode"),
        ("天津市河西区", "hebei-tianjin-mode"),
        ("Hebei province", "hebei-tianjin-mode"),
        ("新疆克拉玛依", "xinjiang-observed-2023"),
        ("上海", "shanghai-2022"),
    ],
)
def test_the_rule_set_of_a_place_comes_first(asked: str, id: str) -> None:
    first, *rest = rules.at("2024-12-31", place=asked)
    assert first.id == id
    assert all(is_for_everywhere(one) for one in rest)
    found = rules.shipped(place=asked)
    assert id in [one.id for one in found]
    assert is_known(asked, found)


@pytest.mark.parametrize("asked", ["hai", "海", "甘肃", "Atlantis"])
def test_a_place_of_which_nothing_is_known(asked: str) -> None:
    """Only those for everywhere are left."""
    found = rules.shipped(place=asked)
    assert found
    assert all(is_for_everywhere(one) for one in found)
    assert not is_known(asked, found)


@pytest.mark.parametrize("asked", ["全国", "national", "National"])
def test_the_whole_country_is_known(asked: str) -> None:
    found = rules.shipped(place=asked)
    assert "national-2020" in [one.id for one in found]
    assert is_known(asked, found)


@pytest.mark.parametrize("asked", ["", "  ", "\u3000"])
def test_an_empty_place_is_refused(asked: str) -> None:
    for date in (None, "2024-01-01"):
        with pytest.raises(BudgetperfError) as caught:
            rules.shipped(place=asked) if date is None else rules.at(date, place=asked)
        assert (caught.value.code, caught.value.field) == ("no-place", "place")
        assert "河北省石家庄市" in caught.value.message.zh
        assert "Hebei" in caught.value.message.en


def test_a_place_is_a_name() -> None:
    wrong: Any = 5
    with pytest.raises(BudgetperfError, match="place"):
        rules.shipped(place=wrong)

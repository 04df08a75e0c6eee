"""Which rule-sets are for a place."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from budgetperf import BudgetperfError, Text, rules
from budgetperf.rules.gazetteer import divisions
from budgetperf.rules.places import (
    fits,
    is_for_everywhere,
    is_known,
    is_near,
    unclear,
    understood,
)

HEBEI = Text(zh="天津市、河北省", en="Tianjin and Hebei")
KARAMAY = Text(zh="新疆维吾尔自治区克拉玛依市克拉玛依区", en="Karamay, Xinjiang")
PUTUO = Text(zh="上海市普陀区", en="Putuo, Shanghai")
PIDU = Text(zh="四川省成都市郫都区", en="Pidu, Chengdu, Sichuan")
HUBEI = Text(zh="湖北省", en="Hubei")
SCIENCE = Text(zh="重庆市（重庆科学城）", en="Science City, Chongqing")
GUANGXI = Text(zh="广西壮族自治区", en="Guangxi")
HUNAN = Text(zh="湖南省", en="Hunan")
JILIN = Text(zh="吉林省", en="Jilin")
XINJIANG = Text(zh="新疆维吾尔自治区", en="Xinjiang")
YUNNAN = Text(zh="云南省", en="Yunnan")
ZHONGJIANG = Text(zh="四川省中江县", en="Zhongjiang, Sichuan")


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
        # the province is not said
        *((HUNAN, asked) for asked in ("岳阳", "岳阳市", "岳阳县", "岳阳楼区", "Yueyang")),
        *((HUNAN, asked) for asked in ("Yueyang County", "湘西", "湘西州", "长沙高新区")),
        *((XINJIANG, asked) for asked in ("阜康", "Fukang", "克孜勒苏", "石河子", "乌鲁木齐")),
        *((XINJIANG, asked) for asked in ("新疆生产建设兵团第八师", "Urumqi", "Kashgar")),
        *((HUBEI, asked) for asked in ("恩施", "仙桃市", "神农架", "中国湖北省")),
        *((YUNNAN, asked) for asked in ("大理", "大理州", "西双版纳")),
        *((JILIN, asked) for asked in ("延边", "吉林市", "四平市公主岭市", "吉林吉林市")),
        *((HEBEI, asked) for asked in ("石家庄", "正定县", "雄安新区", "天津河北区")),
        (HEBEI, "河北区"),  # in Tianjin
        (PIDU, "成都"),
        (ZHONGJIANG, "德阳"),
        (Text(zh="青海省", en="Qinghai"), "海南州"),
        (Text(zh="山东省青岛市", en="Qingdao, Shandong"), "青岛市南区"),
        # names that they had
        (HUBEI, "襄樊"),
        (Text(zh="湖北省襄阳市", en="Xiangyang, Hubei"), "湖北省襄樊市"),
        (Text(zh="湖北省襄樊市", en="Xiangfan, Hubei"), "襄阳市襄州区"),
        (Text(zh="北京市东城区", en="Dongcheng, Beijing"), "崇文区"),
        (Text(zh="山东省济南市", en="Jinan, Shandong"), "莱芜市"),
        (Text(zh="安徽省合肥市", en="Hefei, Anhui"), "巢湖"),
        (Text(zh="安徽省芜湖市", en="Wuhu, Anhui"), "安徽省巢湖市无为县"),
        (PIDU, "郫县"),
        (Text(zh="重庆市", en="Chongqing"), "渝北区"),
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
        *((HEBEI, asked) for asked in ("湖北", "北京", "bei", "湖北石家庄")),
        *((HUBEI, asked) for asked in ("河北省", "湖", "省", "province", "!?")),
        (PIDU, "成都市锦江区"),
        (SCIENCE, "重庆市渝北区"),
        (GUANGXI, "广东"),
        (Text(zh="", en=""), "上海"),
        *((HUNAN, asked) for asked in ("湖北", "湖北长沙", "Yueyang, Hubei", "阜康", "衡水")),
        *((Text(zh="河北省", en="Hebei"), asked) for asked in ("河北区", "天津河北", "和平区")),
        *((Text(zh="海南省", en="Hainan"), asked) for asked in ("海南州", "海南区", "青海海南")),
        (Text(zh="青海省", en="Qinghai"), "海南"),
        *(
            (Text(zh=zh, en=""), asked)
            for zh in ("辽宁省朝阳市", "北京市朝阳区")
            for asked in ("北京朝阳门街道", "北京 朝阳门街道")
        ),
        (Text(zh="福建省漳州市", en="Zhangzhou, Fujian"), "Nanjing"),  # not 南靖县
        (Text(zh="安徽省芜湖市", en="Wuhu, Anhui"), "巢湖"),  # a county, not what was divided
        (Text(zh="山西省", en="Shanxi"), "Shaanxi"),
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
    first, *others = rules.at("2024-12-31", place=asked)
    assert first.id == id
    assert all(is_for_everywhere(ruleset) for ruleset in others)
    shipped = rules.shipped(place=asked)
    assert id in [ruleset.id for ruleset in shipped]
    assert is_known(asked, shipped)


@pytest.mark.parametrize("asked", ["hai", "海", "甘肃", "Atlantis"])
def test_a_place_of_which_nothing_is_known(asked: str) -> None:
    """Only those for everywhere are left."""
    shipped = rules.shipped(place=asked)
    assert shipped
    assert all(is_for_everywhere(ruleset) for ruleset in shipped)
    assert not is_known(asked, shipped)


@pytest.mark.parametrize("asked", ["全国", "national", "National"])
def test_the_whole_country_is_known(asked: str) -> None:
    shipped = rules.shipped(place=asked)
    assert "national-2020" in [ruleset.id for ruleset in shipped]
    assert is_known(asked, shipped)


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


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("南沙", ["广东省广州市南沙区", "海南省三沙市南沙区"]),
        ("南沙区", ["广东省广州市南沙区", "海南省三沙市南沙区"]),
        ("朝阳区", ["北京市朝阳区", "吉林省长春市朝阳区"]),
        ("西安区", ["吉林省辽源市西安区", "黑龙江省牡丹江市西安区"]),
        ("海南市", ["内蒙古自治区乌海市海南区", "海南省", "青海省海南藏族自治州"]),
        ("Suzhou", ["江苏省苏州市", "安徽省宿州市"]),
        ("Yulin", ["广西壮族自治区玉林市", "陕西省榆林市"]),
        *((name, []) for name in ("朝阳市", "朝阳县", "西安市", "北京朝阳", "Chaoyang, Liaoning")),
        *((name, []) for name in ("桥西区", "吉林", "海南", "河北", "河南", "Nanjing", "大理")),
        *((name, []) for name in ("示例县", "全国", "北京、上海")),
    ],
)
def test_a_name_of_several_provinces_is_unclear(asked: str, places: list[str]) -> None:
    assert [place.zh for place in unclear(asked)] == places


@pytest.mark.parametrize("asked", ["鼓楼区", "朝阳", "Chaoyang", "和平区", "河北、朝阳区"])
def test_no_province_is_guessed(asked: str) -> None:
    """Each place of the name is listed, in both languages."""
    choices = [
        functools.partial(rules.shipped, place=asked),
        functools.partial(rules.at, "2024-12-31", place=asked),
        functools.partial(rules.nearby, asked),
    ]
    for choose in choices:
        with pytest.raises(BudgetperfError) as caught:
            choose()
        assert (caught.value.code, caught.value.field) == ("unclear-place", "place")
        for place in unclear(asked):
            assert place.zh in caught.value.message.zh
            assert place.en in caught.value.message.en


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        ("阜康", "新疆维吾尔自治区昌吉回族自治州阜康市", "Fukang, Changji Prefecture, Xinjiang"),
        ("Yueyang County", "湖南省岳阳市岳阳县", "Yueyang County, Yueyang, Hunan"),
        ("喀什地区", "新疆维吾尔自治区喀什地区", "Kashgar Prefecture, Xinjiang"),
        ("崇文区", "北京市东城区", "Dongcheng District, Beijing"),
        ("河北", "河北省（不是 天津市河北区）", "Hebei (not Hebei District, Tianjin)"),
        ("湖北、阜新市", "辽宁省阜新市", "Fuxin, Liaoning"),
    ],
)
def test_what_a_name_stands_for_is_said(asked: str, zh: str, en: str) -> None:
    assert understood(asked) == Text(zh=zh, en=en)


@pytest.mark.parametrize("asked", ["湖南省岳阳市", "湖南", "Hunan", "湖南省直机关", "示例县"])
def test_of_what_says_so_itself_nothing_is_said(asked: str) -> None:
    assert understood(asked) is None


def test_what_neighbours_do_is_told_apart() -> None:
    assert "xinjiang-observed-2023" in [ruleset.id for ruleset in rules.nearby("阜康")]
    assert "xinjiang-observed-2023" not in [ruleset.id for ruleset in rules.shipped(place="阜康")]
    assert "xinjiang-observed-2023" not in [ruleset.id for ruleset in rules.nearby("克拉玛依")]
    assert not any(is_near(HUNAN, asked) for asked in ("武汉", "全国", "示例县"))
    with pytest.raises(BudgetperfError, match="地名"):
        rules.nearby("x" * 1000)


@pytest.mark.parametrize(("length", "is_named"), [(200, True), (201, False)])
def test_a_place_has_a_name_of_up_to_200_characters(length: int, is_named: bool) -> None:
    place = "湖南省".ljust(length, "某")
    if is_named:
        rules.nearby(place)
        return
    with pytest.raises(BudgetperfError, match="200 characters at most, not 201"):
        rules.nearby(place)


def test_the_table_has_all_divisions() -> None:
    """34 provinces and 333 prefectures, as the yearly statistics of the ministry count them."""
    codes = divisions()
    assert sum(code.endswith("0000") for code in codes) == 34
    assert sum(code.endswith("00") and not code.endswith("0000") for code in codes) == 333
    assert all(f"{code[:2]}0000" in codes for code in codes)
    assert list(codes) == sorted(codes)

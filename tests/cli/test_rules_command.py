"""``budgetperf rules``: the catalogue, one rule-set, worked examples of one's own."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from budgetperf import rules
from tests.cli.cases import DEFAULT, EXAMPLE, NATIONAL, OBSERVED, run
from tests.rules.files import HEAD

# rules


def test_rules_by_date_and_place() -> None:
    """Shanghai's form of 2022 first; nothing of 2025, and nothing of Sichuan."""
    lines = run("rules", "--date", "2022-12-31", "--place", "上海")[1].splitlines()
    listed = [line.split()[0] for line in lines[1:]]
    assert listed[0] == "shanghai-2022"
    assert "national-2020" in listed
    assert not [id for id in listed if id.startswith("sichuan")]
    data = json.loads(run("rules", "--date", "2021-01-01", "--format", "json")[1])
    ids = [one["id"] for one in data]
    assert "hubei-2020" in ids
    assert "shanghai-2022" not in ids
    assert "2016" in run("rules", "--date", "1999-01-01")[2]


def test_rules_of_a_place_need_no_date() -> None:
    data = json.loads(run("rules", "--place", "Sichuan", "--format", "json")[1])
    ids = [one["id"] for one in data]
    assert [id for id in ids if id.startswith("sichuan")] == sorted(
        id for id in rules.ids() if id.startswith("sichuan")
    )
    assert "national-2020" in ids
    assert "shanghai-2022" not in ids


def test_the_catalogue_lists_every_rule_set() -> None:
    out = run("rules")[1].splitlines()
    assert [line.split()[0] for line in out[1:]] == list(rules.ids())
    data = json.loads(run("rules", "--format", "json")[1])
    assert [one["id"] for one in data] == list(rules.ids())
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in data)


def test_one_rule_set_says_what_it_rests_on_and_leaves_open() -> None:
    out = run("rules", OBSERVED)[1]
    assert out.splitlines()[1] == "  注意（非官方文本）：据公开报告推得，未见规则原文"
    assert re.search(r"0% ≤ x < 10% +100%\n +10% ≤ x < 100% +100% − x（由 90% 降至 0%）", out)
    assert re.search(r"未作规定（不作推定） +反向（≤）、等于（=）、定性\n", out)
    assert json.loads(run("rules", OBSERVED, "--format", "json")[1])["id"] == OBSERVED


def test_of_a_place_of_which_nothing_is_known_that_is_said() -> None:
    """In a line before the list; in JSON the list is as it is."""
    known = run("rules", "--place", "河北省石家庄市")[1]
    assert "hebei-tianjin-mode" in known
    assert "河北省石家庄市" not in known
    for lang, words in (
        ("zh", "没有 甘肃 的已知规则集"),
        ("en", "no rule-set is known for 甘肃"),
    ):
        status, out, _ = run("rules", "--place", "甘肃", "--lang", lang)
        assert status == 0
        first, *rest = out.splitlines()
        assert words in first
        assert any(NATIONAL in line for line in rest)
        dated = run("rules", "--date", "2024-12-31", "--place", "甘肃", "--lang", lang)[1]
        assert dated.splitlines()[0] == first
        assert first not in run("rules", "--place", "全国", "--lang", lang)[1]
    data = json.loads(run("rules", "--place", "甘肃", "--format", "json")[1])
    assert NATIONAL in [one["id"] for one in data]


def test_what_a_place_stands_for_is_said() -> None:
    out = run("rules", "--place", "岳阳县")[1]
    assert out.splitlines()[0] == "岳阳县 即 湖南省岳阳市岳阳县"
    assert "hunan-dept-2016" in out
    assert run("rules", "--place", "河北")[1].startswith("河北 即 河北省（不是 天津市河北区）\n")
    english = run("rules", "--place", "Yueyang County", "--lang", "en")[1]
    assert english.startswith("Yueyang County is Yueyang County, Yueyang, Hunan\n")


def test_a_name_of_several_provinces_is_sent_back() -> None:
    status, out, err = run("rules", "--place", "鼓楼区")
    assert (status, out) == (2, "")
    for place in (
        "江苏省南京市鼓楼区",
        "江苏省徐州市鼓楼区",
        "福建省福州市鼓楼区",
        "河南省开封市鼓楼区",
    ):
        assert place in err
    assert run("rules", "--place", "开封鼓楼区")[0] == 0


def test_rule_sets_of_neighbours_are_listed_apart() -> None:
    """Only in the text: a list in JSON is of those that are for the place."""
    place = ("rules", "--place", "阜康")
    own, _, others = run(*place)[1].partition("同一省份其他地方的，未必适用：")
    assert OBSERVED in others
    assert OBSERVED not in own
    assert OBSERVED not in [one["id"] for one in json.loads(run(*place, "--format", "json")[1])]
    assert OBSERVED in run(*place, "--date", "2023-12-31")[1]
    assert OBSERVED not in run(*place, "--date", "2022-12-31")[1]
    assert "未必适用" not in run("rules", "--place", "新疆")[1]


def test_rule_sets_of_an_unknown_day_are_listed_apart() -> None:
    out = run("rules", "--place", "岳阳市", "--date", "2024-06-01")[1]
    assert "岳阳市 没有已知在这一天施行的规则集" in out
    in_force, _, undated = out.partition("施行日不明，这一天是否施行不能确定：")
    assert "yueyang-dept" in undated
    assert "yitihua-default" not in out  # of any place
    assert "hunan-dept-2016" not in in_force + undated
    assert "岳阳市 没有" not in run("rules", "--place", "岳阳市")[1]
    english = run("rules", "--place", "岳阳市", "--date", "2024-06-01", "--lang", "en")[1]
    assert "is known to be in force on that day" in english
    assert "in force since an unknown day" in english


def test_a_place_without_a_name() -> None:
    for place in ("", "  "):
        status, out, err = run("rules", "--place", place)
        assert (status, out) == (2, "")
        assert "地名" in err
        assert run("rules", NATIONAL, "--place", place)[0] == 2


def test_a_file_is_known_by_its_ending_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "OWN.TOML"
    path.write_text(HEAD, encoding="utf-8-sig")
    status, out, _ = run("rules", str(path))
    assert status == 0
    assert out.startswith("own")


def test_an_unknown_rule_set_is_answered_with_near_ones() -> None:
    _, out, err = run("rules", "national-2021")
    assert out == ""
    assert NATIONAL in err
    assert OBSERVED not in err
    assert NATIONAL in run("rules", NATIONAL.upper())[2]
    near_nothing = run("rules", "xyz")[2]
    assert [id for id in rules.ids() if id in near_nothing] == list(rules.ids()[:5])
    assert "budgetperf rules" in near_nothing


def test_a_rule_set_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    shipped = resources.files("budgetperf.rules") / "data" / f"{DEFAULT}.toml"
    text = shipped.read_text(encoding="utf-8").replace(f'"{DEFAULT}"', '"own-2024"')
    text = text.replace("editable = true", "editable = false")
    path.write_text(text, encoding="utf-8")
    assert "own-2024" in run("rules", str(path))[1]
    status, out, _ = run("audit", EXAMPLE, "--rules", str(path), "--format", "json")
    assert status == 1
    audit = json.loads(out)
    assert audit["ruleset"]["id"] == "own-2024"
    (w04,) = [f for f in audit["findings"] if f["code"] == "W04" and f["verdict"] == "inconsistent"]
    assert "18" in w04["message"]["zh"]  # full marks are due under proportional scoring
    assert run("score", EXAMPLE, "--rules", str(path))[0] == 0


def test_every_problem_of_a_rule_set_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('id = 5\ntitle = "x"\nstatus = "sure"\nwhat = 1\n', encoding="utf-8")
    for command in (["rules", str(path)], ["audit", EXAMPLE, "--rules", str(path)]):
        status, out, err = run(*command)
        assert (status, out) == (2, "")
        lines = err.splitlines()
        assert len(lines) >= 3
        assert all(line.startswith(f"budgetperf: {path} ") for line in lines)
        for key in ("id", "title", "status"):
            assert any(key in line for line in lines), key


@pytest.mark.parametrize(
    ("content", "said"), [(b"id = [", "TOML"), ("标题 = 1".encode("gb18030"), "UTF-8"), (b"", "id")]
)
def test_a_file_that_is_no_rule_set(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    status, out, err = run("rules", str(path))
    assert (status, out) == (2, "")
    assert err.startswith(f"budgetperf: {path}")
    assert said in err


def test_a_rule_set_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert "是文件夹" in run("rules", str(tmp_path / "folder.toml"))[2]
    assert "没有这个文件" in run("rules", str(tmp_path / "no.toml"))[2]
    assert run("rules", "a\0b.toml")[0] == 2


# rules --examples

OWN = """
[[example]]
name = { zh = "按比例", en = "in proportion" }
source = { zh = "手算：10 × 8 ÷ 10 = 8", en = "by hand: 10 × 8 / 10 = 8" }
rows = [{ target = "≥10次", actual = "8次", weight = "10", score = "8" }]

[[example]]
name = { zh = "两处不对", en = "wrong in two places" }
source = { zh = "手算", en = "by hand" }
budget = "10万元"
executed = "8万元"
execution = "8"
total = "9"
rows = [
  { target = "≥10次", actual = "8次", weight = "10", score = "8" },
  { target = "≥10次", actual = "12次", weight = "20", score = "20", name = "场次", asks = [] },
]
"""
"""By the default algorithm: 8 + 8 + 20 = 36, and the third row is flagged (120 %)."""


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = tmp_path / "own.examples.toml"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def test_examples_one_a_line_with_every_difference(own: str) -> None:
    assert run("rules", DEFAULT, "--examples", own) == (
        1,
        (
            "相符  按比例\n"
            "不符  两处不对\n"
            "      第 2 行（场次）要求：应为 —，算得 flag\n"
            "      总分：应为 9，算得 36\n"
        ),
        "",
    )
    assert run("rules", DEFAULT, "--examples", own, "--lang", "en") == (
        1,
        (
            "holds    in proportion\n"
            "differs  wrong in two places\n"
            "         row 2 (场次), what is asked for: should be —, computed flag\n"
            "         total: should be 9, computed 36\n"
        ),
        "",
    )


def test_examples_of_a_rule_set_of_ones_own(own: str, tmp_path: Path) -> None:
    """Half the marks for 8 of 10, whatever the weight: 5 points, and 20 for what is reached."""
    path = tmp_path / "own.toml"
    path.write_text(
        f'base = "{NATIONAL}"\nid = "own"\ntitle = {{ zh = "自定", en = "own" }}\n'
        '[at_least]\ncurve = { knots = [{ x = "0.6", y = "0" }, { x = "1", y = "1" }] }\n'
        "over_completion = { policy = 'none' }\n",
        encoding="utf-8",
    )
    status, out, _ = run("rules", str(path), "--examples", own)
    assert status == 1
    assert "第 1 行（≥10次，8次）得分：应为 8，算得 5" in out


def test_examples_as_json(own: str) -> None:
    as_json = ("rules", DEFAULT, "--examples", own, "--format", "json")
    status, out, _ = run(*as_json)
    assert status == 1
    assert run(*as_json, "--lang", "en")[1] == out
    assert json.loads(out) == {
        "schema": "budgetperf/examples/1",
        "ruleset": {"id": DEFAULT, "status": "implementation", "sha256": rules.get(DEFAULT).sha256},
        "examples": [
            {"name": {"zh": "按比例", "en": "in proportion"}, "holds": True, "mismatches": []},
            {
                "name": {"zh": "两处不对", "en": "wrong in two places"},
                "holds": False,
                "mismatches": [
                    {
                        "key": "rows[1].asks",
                        "where": {
                            "zh": "第 2 行（场次）要求",
                            "en": "row 2 (场次), what is asked for",
                        },
                        "due": "—",
                        "found": "flag",
                    },
                    {
                        "key": "total",
                        "where": {"zh": "总分", "en": "total"},
                        "due": "9",
                        "found": "36",
                    },
                ],
            },
        ],
    }


@pytest.mark.parametrize(
    "id", [id if id == NATIONAL else pytest.param(id, marks=pytest.mark.law) for id in rules.ids()]
)
def test_the_shipped_examples_hold(id: str) -> None:
    path = Path(rules.__file__).parent / "examples" / f"{id}.toml"
    status, out, _ = run("rules", id, "--examples", str(path))
    assert status == 0
    assert out.count("相符") >= len(out.splitlines()) == len(rules.examples(id))


def test_every_problem_of_examples_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.examples.toml"
    text = OWN.replace('name = "场次"', 'nam = "场次"').replace('"8万元"', '"约8万元"')
    path.write_text(text.replace('actual = "8次"', 'actual = "8至9次"', 1), encoding="utf-8")
    status, out, err = run("rules", NATIONAL, "--examples", str(path))
    assert (status, out) == (2, "")
    lines = [line.removeprefix(f"budgetperf: {path} ") for line in err.splitlines()]
    assert [line.partition("：")[0] for line in lines] == [
        "$.example[0].rows[0].actual", "$.example[1].rows[1].nam", "$.example[1].executed",
    ]  # fmt: skip
    path.write_text(OWN.replace('"8万元"', '"约8万元"'), encoding="utf-8")
    err = run("rules", NATIONAL, "--examples", str(path))[2]
    assert err.startswith(f"budgetperf: {path} $.example[1].executed：'约8万元'")


def test_what_is_no_toml_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[", encoding="utf-8")
    for command in (["rules", str(path)], ["rules", NATIONAL, "--examples", str(path)]):
        assert run(*command)[2].startswith(f"budgetperf: {path}：不是有效的 TOML")

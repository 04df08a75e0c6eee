"""The command, in this process and in one of its own: statuses, languages, streams, order."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from budgetperf import cli, rules

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = str(ROOT / "examples" / "department-2023.md")
CLEAN = str(ROOT / "examples" / "department-2023-clean.md")
WORKED = str(Path(rules.__file__).parent / "examples" / "national-2020.toml")
NATIONAL, DEFAULT, OBSERVED = "national-2020", "yitihua-default", "xinjiang-observed-2023"
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    status = cli.main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def own_process(
    *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    names = ("PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LANG")
    clean = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "budgetperf", *arguments],
        capture_output=True,
        check=False,
        env=clean | (env or {}),
        cwd=cwd,
    )


# Exit statuses.


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["audit", CLEAN], 0),
        (["audit", EXAMPLE], 1),
        (["audit", CLEAN, EXAMPLE], 1),
        (["audit", CLEAN, CLEAN], 0),
        (["audit", CLEAN, "--rules", DEFAULT], 0),
        (["audit", CLEAN, "--rules", NATIONAL], 0),
        (["audit", CLEAN, "--rules", OBSERVED], 0),
        (["audit", "nowhere.md"], 2),
        (["audit", EXAMPLE, "nowhere.md"], 2),
        (["audit", EXAMPLE, "--rules", "nowhere"], 2),
        (["check", "68.48% = 241.86 / 353.21"], 0),
        (["check", "3 = 1 + 2"], 0),
        (["check", "100% = 0 / 0"], 0),
        (["check", "17.17% = 355.55 / 595.07"], 1),
        (["check", "98 = 100"], 1),
        (["check", "1 +"], 2),
        (["check", "1万元 = 3个"], 2),
        (["check", "(" * 500 + "1"], 2),
        (["check", "1 = " + "9" * 5000], 2),
        (["rules"], 0),
        (["rules", NATIONAL], 0),
        (["rules", "national-2021"], 2),
        (["rules", "--date", "2022-12-31", "--place", "上海"], 0),
        (["rules", "--place", "Sichuan"], 0),
        (["rules", "--date", "1999-01-01"], 2),
        (["rules", "--date", "2022"], 2),
        (["rules", NATIONAL, "--place", "上海"], 2),
        (["rules", NATIONAL, "--examples", WORKED], 0),
        (["rules", OBSERVED, "--examples", WORKED], 1),
        (["rules", "nowhere", "--examples", WORKED], 2),
        (["rules", "nowhere.toml", "--examples", WORKED], 2),
        (["rules", NATIONAL, "--examples", "nowhere.toml"], 2),
        (["rules", NATIONAL, "--examples", EXAMPLE], 2),
        (["rules", "--examples", WORKED], 2),
        (["rules", NATIONAL, "--examples", WORKED, "--fit", EXAMPLE], 2),
        (["rules", NATIONAL, "--examples", WORKED, "--date", "2022-12-31"], 2),
        (["rules", NATIONAL, "--examples", WORKED, "--place", "上海"], 2),
        (["score", EXAMPLE, "--rules", OBSERVED], 0),
        (["score", "nowhere.md", "--rules", OBSERVED], 2),
        (["score", EXAMPLE, "--rules", "nowhere"], 2),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_exit_statuses(arguments: list[str], status: int, form: str, capsys: Capture) -> None:
    found, out, err = run(capsys, *arguments, "--format", form)
    assert found == status
    assert bool(err) == (status == 2)
    assert "Traceback" not in err
    if status < 2:
        assert out.endswith("\n")
        assert not out.endswith("\n\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["audit"],
        ["check"],
        ["score", EXAMPLE],
        ["audit", EXAMPLE, "--lang", "fr"],
        ["audit", EXAMPLE, "--format", "xml"],
        ["audit", EXAMPLE, "--what"],
        ["rules", NATIONAL, "--examples"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: budgetperf")


@pytest.mark.parametrize("arguments", [[], ["audit"], ["check"], ["rules"], ["score"]])
def test_help(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "--help"])
    assert ended.value.code == 0
    out, _ = capsys.readouterr()
    assert CHINESE.search(out)
    assert "--help" in out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["audit", CLEAN], 0),
        (["audit", EXAMPLE], 1),
        (["audit", "nowhere.md"], 2),
        (["check", "17.17% = 355.55 / 595.07"], 1),
        (["audit"], 2),
    ],
)
def test_a_process_of_its_own_ends_with_the_same_status(arguments: list[str], status: int) -> None:
    done = own_process(*arguments)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


def test_the_installed_command() -> None:
    command = Path(sys.executable).with_name("budgetperf")
    if not command.exists():
        pytest.skip("the command is not beside this interpreter")
    done = subprocess.run([str(command), "rules"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# Several paths.


def test_good_and_bad_paths(capsys: Capture) -> None:
    status, out, err = run(capsys, "audit", "nowhere.md", CLEAN, str(ROOT), "--format", "json")
    assert status == 2
    (only,) = json.loads(out)  # an array, as several were asked for
    assert only["report"]["source"] == "department-2023-clean.md"
    lines = err.splitlines()
    assert len(lines) == 2
    assert "nowhere.md" in lines[0]
    assert str(ROOT) in lines[1]


def test_several_reports_as_text_stand_apart(capsys: Capture) -> None:
    one, two = run(capsys, "audit", EXAMPLE)[1], run(capsys, "audit", CLEAN)[1]
    _, both, _ = run(capsys, "audit", EXAMPLE, CLEAN)
    assert both == f"{one}\n{two}"


def test_nothing_readable_prints_nothing(capsys: Capture) -> None:
    assert run(capsys, "audit", "nowhere.md", "--format", "json")[1] == ""
    assert run(capsys, "audit", "nowhere.md")[1] == ""
    assert json.loads(run(capsys, "audit", "a.md", "b.md", "--format", "json")[1]) == []


# The text of an audit.


def groups(out: str) -> list[tuple[str, int]]:
    titles = re.compile(r"^── (.+) \((\d+)\) ─+$", re.MULTILINE)
    return [(title, int(number)) for title, number in titles.findall(out)]


ORDER = {
    "zh": ["原因", "不符", "截断", "无定义", "未判定：请复核", "未判定", "舍入范围内相符", "相符"],
    "en": [
        "causes",
        "inconsistent",
        "truncated",
        "undefined",
        "unchecked: a reviewer would ask",
        "unchecked",
        "within rounding",
        "exact",
    ],
}


def truncated(tmp_path: Path) -> str:
    """The clean example with a rate that was cut: 241.86 / 353.21 is 68.4724 % to 68.4773 %."""
    text = Path(CLEAN).read_text(encoding="utf-8")
    # 1.50 / 2.00 is 74.6 % to 75.4 %; 59.75 % cut from 59.7462 % to 59.749 % would be 59.74 %.
    text = text.replace("占总支出的 59.75%", "占总支出的 59.74%")
    path = tmp_path / "truncated.md"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_groups_come_in_the_order_of_their_weight(
    lang: str, tmp_path: Path, capsys: Capture
) -> None:
    shown = []
    for path in (EXAMPLE, truncated(tmp_path)):
        for extra in ([], ["--all"]):
            out = run(capsys, "audit", path, "--lang", lang, *extra)[1]
            titles = [title for title, _ in groups(out)]
            assert titles == sorted(titles, key=ORDER[lang].index)
            assert (ORDER[lang][-1] in titles) == bool(extra)
            shown += titles
    assert set(shown) == set(ORDER[lang])


def test_what_holds_is_counted_and_listed_on_request(capsys: Capture) -> None:
    short, full = run(capsys, "audit", EXAMPLE)[1], run(capsys, "audit", EXAMPLE, "--all")[1]
    assert "--all" in short
    assert "--all" not in full
    listed = {title: number for title, number in groups(full) if title != "原因"}
    counts = {
        label: int(number)
        for label, number in re.findall(r"(相符|舍入范围内相符|不符|无定义|未判定) (\d+)", short)
    }
    assert counts["相符"] == listed["相符"] > 40
    total = re.search(r"^共 (\d+) 项关系：", short, re.MULTILINE)
    assert total is not None
    assert int(total[1]) == sum(counts.values()) == sum(listed.values())
    # One paragraph with a code for every finding.
    assert len(re.findall(r"^[A-Z]\d\d ", full, re.MULTILINE)) == int(total[1])


def test_lines_are_no_wider_than_a_terminal(capsys: Capture) -> None:
    from budgetperf.exact import columns

    for lang in ("zh", "en"):
        out = run(capsys, "audit", EXAMPLE, "--all", "--lang", lang, "--rules", NATIONAL)[1]
        wide = [line for line in out.splitlines()[2:] if columns(line) > 96]
        assert wide == []


def test_no_line_begins_with_a_closing_mark_or_the_unit_of_a_number(capsys: Capture) -> None:
    out = run(capsys, "audit", EXAMPLE, "--all")[1]
    lines = out.splitlines()
    assert not [line for line in lines if re.match(r" *[，。；：、）”」〕]", line)]
    for above, below in itertools.pairwise(lines):
        assert not (re.search(r"\d[十百千万]*$", above) and re.match(r" *[万元个]", below)), below


def test_unread_numbers_are_listed_up_to_a_point(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "many.md"
    extra = "\n".join(f"另有 {n} 份材料。" for n in range(1000, 1050))
    path.write_text(f"{Path(CLEAN).read_text(encoding='utf-8')}\n{extra}\n", encoding="utf-8")
    short, full = (run(capsys, "audit", str(path), *more)[1] for more in ([], ["--all"]))
    assert "1011" in short
    assert "1012" not in short  # eight in the report itself, and twelve of these
    assert "另有 38 个（--all）" in short
    assert "1049" in full
    assert "--all" not in full
    assert "38 more (--all)" in run(capsys, "audit", str(path), "--lang", "en")[1]


def test_the_head_says_what_was_read(capsys: Capture) -> None:
    out = run(capsys, "audit", EXAMPLE)[1].splitlines()
    assert out[0] == "云杉市松河区政务服务中心　2023 年度绩效自评报告"
    assert out[1].startswith("规则集：未指定")
    assert "160" in out[2]
    assert "156" in out[2]
    assert out[3] == "  未识别：第 129 行 10；第 133 行 6；第 135 行 97；第 141 行 99"
    assert out[4] == "  第 87 行：“其中：”重复"
    english = run(capsys, "audit", EXAMPLE, "--lang", "en", "--rules", DEFAULT)[1].splitlines()
    assert english[1].startswith(f"rule-set: {DEFAULT} · ")
    assert "  not understood: 10 (line 129); 6 (line 133); 97 (line 135); 99 (line 141)" in english


def test_a_report_without_name_and_year(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "short.md"
    path.write_text("全年实际支出资金5万元。", encoding="utf-8")
    status, out, _ = run(capsys, "audit", str(path))
    assert status == 0
    assert out.startswith("—　— 年度")


# Languages.

QUOTED = [
    "云杉市松河区政务服务中心",
    "惠企政策宣讲次数",
    "便民窗口街道覆盖率",
    "窗口事项办理授权率",
    "来访群众满意度",
    "实际值高出指标值的幅度在合理范围内",
    "“应进必进”事项",
    "进驻率",
    "综合评价满意度",
    "累计办件",
    "其中：",
    # titles of documents that rule-sets rest on
    "财预〔2020〕10号",
    "预算管理一体化系统绩效模块",
    "克拉玛依区某部门 2023 年度整体支出绩效自评报告",
    # headings of the form, of which layouts give the weights
    "产出指标",
    "效益指标",
    "满意度指标",
    # terms that have no other name, after their translation
    "(离休)",
    "(退休)",
]
GRADES = r"(?<![\u4e00-\u9fff])[优良中差](?![\u4e00-\u9fff])"
UNITS = re.compile(rf"[万亿]?元|[\d两][个人名次项分]|'个'|{GRADES}")


def not_quoted(text: str) -> list[str]:
    """The lines with Chinese that is neither quoted from the report nor a unit or a grade."""
    text = re.sub(r"\n {5,13}(?=\S)", "", text)  # findings and causes are broken anywhere
    text = text.replace("\n", " \n ")
    for quoted in QUOTED:
        text = text.replace(quoted, "")
    return [line for line in UNITS.sub("", text).splitlines() if CHINESE.search(line)]


COMMANDS = [
    ["audit", EXAMPLE, "--all"],
    ["audit", EXAMPLE, "--all", "--rules", NATIONAL],
    ["audit", EXAMPLE, "--all", "--rules", DEFAULT],
    ["audit", EXAMPLE, "--all", "--rules", OBSERVED],
    ["check", "68.48% = 241.86 / 353.21"],
    ["check", "17.17% = 355.55 / 595.07"],
    ["check", "100% = 0 / 0"],
    ["check", "3 = 1 + 2"],
    ["check", "1 +"],
    ["check", "1万元 = 3个"],
    ["check", "(" * 500 + "1"],
    ["rules"],
    ["rules", NATIONAL],
    ["rules", DEFAULT],
    ["rules", OBSERVED],
    ["rules", "national-2021"],
    ["rules", "--date", "2022-12-31", "--place", "上海"],
    ["rules", "--date", "1999-01-01"],
    ["rules", NATIONAL, "--date", "2022-12-31"],
    ["rules", "nowhere.toml"],
    ["rules", NATIONAL, "--examples", WORKED],
    ["rules", "--examples", WORKED],
    ["rules", NATIONAL, "--examples", "nowhere.toml"],
    ["rules", NATIONAL, "--examples", WORKED, "--place", "上海"],
    ["score", EXAMPLE, "--rules", NATIONAL],
    ["score", EXAMPLE, "--rules", DEFAULT],
    ["score", EXAMPLE, "--rules", OBSERVED],
    ["audit", "nowhere.md"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_english_is_english(arguments: list[str], capsys: Capture) -> None:
    _, out, err = run(capsys, *arguments, "--lang", "en")
    assert out + err
    assert not_quoted(out + err) == []


# Words of ASCII that stand in Chinese output: ids, formulas, names of formats and options.
TECHNICAL = re.compile(
    r"budgetperf(?: rules)?|xinjiang-department-2023"
    r"|(?:national|yitihua|xinjiang)[\w.-]*|(?<=\n)[a-z]+(?:-[a-z0-9]+)+|central-2021-101|nowhere\.\w+|utf-8"
    r"|gb18030|--?\w+|rules=|TOML|UTF-8|Markdown|MB|[0-9a-f]{64}|[A-Z]\d\d\b|\b[AB]\b"
)


def _without_ids(text: str) -> str:
    """The text without what is the same in both languages: ids, and the names of arguments."""
    for word in (*rules.ids(), "rules：", "date："):
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_chinese_has_no_english_words(arguments: list[str], capsys: Capture) -> None:
    _, out, err = run(capsys, *arguments, "--lang", "zh")
    assert CHINESE.search(out + err)
    words = re.findall(r"[A-Za-z]{2,}", TECHNICAL.sub("", _without_ids(out + err)))
    assert words == []


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_chinese_is_the_default(arguments: list[str], capsys: Capture) -> None:
    assert run(capsys, *arguments) == run(capsys, *arguments, "--lang", "zh")


# check


def test_check_says_the_verdict_first(capsys: Capture) -> None:
    assert run(capsys, "check", "68.48% = 241.86 / 353.21")[1].startswith("舍入范围内相符：68.48%")
    english = run(capsys, "check", "17.17% = 355.55 / 595.07", "--lang", "en")[1]
    assert english.startswith("inconsistent: 17.17%")
    assert "42.57" in english  # 59.7479 - 17.175


def test_check_as_json(capsys: Capture) -> None:
    finding = json.loads(run(capsys, "check", "98 = 100", "--format", "json")[1])
    assert finding["verdict"] == "inconsistent"
    assert finding["gap"] == "2"
    assert [operand["value"] for operand in finding["operands"]] == ["98", "100"]


# rules


def test_rules_by_date_and_place(capsys: Capture) -> None:
    """Shanghai's form of 2022 first; nothing of 2025, and nothing of Sichuan."""
    lines = run(capsys, "rules", "--date", "2022-12-31", "--place", "上海")[1].splitlines()
    listed = [line.split()[0] for line in lines[1:]]
    assert listed[0] == "shanghai-2022"
    assert "national-2020" in listed
    assert not [id for id in listed if id.startswith("sichuan")]
    data = json.loads(run(capsys, "rules", "--date", "2021-01-01", "--format", "json")[1])
    ids = [one["id"] for one in data]
    assert "hubei-2020" in ids
    assert "shanghai-2022" not in ids
    assert "2016" in run(capsys, "rules", "--date", "1999-01-01")[2]


def test_rules_of_a_place_need_no_date(capsys: Capture) -> None:
    data = json.loads(run(capsys, "rules", "--place", "Sichuan", "--format", "json")[1])
    ids = [one["id"] for one in data]
    assert [id for id in ids if id.startswith("sichuan")] == sorted(
        id for id in rules.ids() if id.startswith("sichuan")
    )
    assert "national-2020" in ids
    assert "shanghai-2022" not in ids


def test_the_catalogue_lists_every_rule_set(capsys: Capture) -> None:
    out = run(capsys, "rules")[1].splitlines()
    assert [line.split()[0] for line in out[1:]] == list(rules.ids())
    data = json.loads(run(capsys, "rules", "--format", "json")[1])
    assert [one["id"] for one in data] == list(rules.ids())
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in data)


def test_one_rule_set_says_what_it_rests_on_and_leaves_open(capsys: Capture) -> None:
    out = run(capsys, "rules", OBSERVED)[1]
    assert out.splitlines()[1] == "  注意，非官方文本：由公开报告观察所得（未见规则原文）"
    assert re.search(r"0% ≤ x < 10% +100%\n +10% ≤ x < 100% +100% − x（由 90% 降至 0%）", out)
    assert re.search(r"没有规定（不作推定） +反向（≤）、等于（=）、定性\n", out)
    assert json.loads(run(capsys, "rules", OBSERVED, "--format", "json")[1])["id"] == OBSERVED


def test_of_a_place_of_which_nothing_is_known_that_is_said(capsys: Capture) -> None:
    """In a line before the list; in JSON the list is as it is."""
    known = run(capsys, "rules", "--place", "河北省石家庄市")[1]
    assert "hebei-tianjin-mode" in known
    assert "河北省石家庄市" not in known
    for lang, words in (
        ("zh", "没有 甘肃 自己的已知规则集"),
        ("en", "no rule-set is known of 甘肃"),
    ):
        status, out, _ = run(capsys, "rules", "--place", "甘肃", "--lang", lang)
        assert status == 0
        first, *rest = out.splitlines()
        assert words in first
        assert any(NATIONAL in line for line in rest)
        dated = run(capsys, "rules", "--date", "2024-12-31", "--place", "甘肃", "--lang", lang)[1]
        assert dated.splitlines()[0] == first
        assert first not in run(capsys, "rules", "--place", "全国", "--lang", lang)[1]
    data = json.loads(run(capsys, "rules", "--place", "甘肃", "--format", "json")[1])
    assert NATIONAL in [one["id"] for one in data]


def test_a_place_without_a_name(capsys: Capture) -> None:
    for place in ("", "  "):
        status, out, err = run(capsys, "rules", "--place", place)
        assert (status, out) == (2, "")
        assert "地名" in err
        assert run(capsys, "rules", NATIONAL, "--place", place)[0] == 2


def test_a_file_is_known_by_its_ending_in_any_case(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "OWN.TOML"
    path.write_text(
        'id = "own"\ntitle = { zh = "自定", en = "own" }\nstatus = "form"\n', encoding="utf-8-sig"
    )
    status, out, _ = run(capsys, "rules", str(path))
    assert status == 0
    assert out.startswith("own")


def test_an_unknown_rule_set_is_answered_with_near_ones(capsys: Capture) -> None:
    _, out, err = run(capsys, "rules", "national-2021")
    assert out == ""
    assert NATIONAL in err
    assert OBSERVED not in err
    assert NATIONAL in run(capsys, "rules", NATIONAL.upper())[2]
    near_nothing = run(capsys, "rules", "xyz")[2]
    assert [id for id in rules.ids() if id in near_nothing] == list(rules.ids()[:5])
    assert "budgetperf rules" in near_nothing


def test_a_rule_set_of_ones_own(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "own.toml"
    shipped = resources.files("budgetperf.rules") / "data" / f"{DEFAULT}.toml"
    text = shipped.read_text(encoding="utf-8").replace(f'"{DEFAULT}"', '"own-2024"')
    path.write_text(text, encoding="utf-8")
    assert "own-2024" in run(capsys, "rules", str(path))[1]
    status, out, _ = run(capsys, "audit", EXAMPLE, "--rules", str(path), "--format", "json")
    assert status == 1
    audit = json.loads(out)
    assert audit["ruleset"]["id"] == "own-2024"
    (w04,) = [f for f in audit["findings"] if f["code"] == "W04" and f["verdict"] == "inconsistent"]
    assert "18" in w04["message"]["zh"]  # full marks are due under proportional scoring
    assert run(capsys, "score", EXAMPLE, "--rules", str(path))[0] == 0


def test_every_problem_of_a_rule_set_is_named(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('id = 5\ntitle = "x"\nstatus = "sure"\nwhat = 1\n', encoding="utf-8")
    for command in (["rules", str(path)], ["audit", EXAMPLE, "--rules", str(path)]):
        status, out, err = run(capsys, *command)
        assert (status, out) == (2, "")
        lines = err.splitlines()
        assert len(lines) >= 3
        assert all(line.startswith(f"budgetperf: {path} ") for line in lines)
        for key in ("id", "title", "status"):
            assert any(key in line for line in lines), key


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id = [", "TOML"),
        ("标题 = 1".encode("gb18030"), "UTF-8"),
        (b"", "id"),
    ],
)
def test_a_file_that_is_no_rule_set(
    content: bytes, said: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    status, out, err = run(capsys, "rules", str(path))
    assert (status, out) == (2, "")
    assert err.startswith(f"budgetperf: {path}")
    assert said in err


def test_a_rule_set_file_that_cannot_be_opened(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert "是文件夹" in run(capsys, "rules", str(tmp_path / "folder.toml"))[2]
    assert "没有这个文件" in run(capsys, "rules", str(tmp_path / "no.toml"))[2]
    assert run(capsys, "rules", "a\0b.toml")[0] == 2


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


def test_examples_one_a_line_with_every_difference(own: str, capsys: Capture) -> None:
    assert run(capsys, "rules", DEFAULT, "--examples", own) == (
        1,
        (
            "相符  按比例\n"
            "不符  两处不对\n"
            "      第 2 行（场次）要求：应为 —，算得 flag\n"
            "      总分：应为 9，算得 36\n"
        ),
        "",
    )
    assert run(capsys, "rules", DEFAULT, "--examples", own, "--lang", "en") == (
        1,
        (
            "holds    in proportion\n"
            "differs  wrong in two places\n"
            "         row 2 (场次), what is asked for: due —, computed flag\n"
            "         total: due 9, computed 36\n"
        ),
        "",
    )


def test_examples_of_a_rule_set_of_ones_own(own: str, tmp_path: Path, capsys: Capture) -> None:
    """Half the marks for 8 of 10, whatever the weight: 5 points, and 20 for what is reached."""
    path = tmp_path / "own.toml"
    path.write_text(
        f'base = "{NATIONAL}"\nid = "own"\ntitle = {{ zh = "自定", en = "own" }}\n'
        '[at_least]\ncurve = { knots = [{ x = "0.6", y = "0" }, { x = "1", y = "1" }] }\n'
        "over_completion = { policy = 'none' }\n",
        encoding="utf-8",
    )
    status, out, _ = run(capsys, "rules", str(path), "--examples", own)
    assert status == 1
    assert "第 1 行（≥10次，8次）得分：应为 8，算得 5" in out


def test_examples_as_json(own: str, capsys: Capture) -> None:
    as_json = ("rules", DEFAULT, "--examples", own, "--format", "json")
    status, out, _ = run(capsys, *as_json)
    assert status == 1
    assert run(capsys, *as_json, "--lang", "en")[1] == out
    assert json.loads(out) == {
        "schema": "budgetperf/examples/1",
        "ruleset": {
            "id": DEFAULT,
            "status": "implementation",
            "sha256": rules.get(DEFAULT).sha256,
        },
        "examples": [
            {
                "name": {"zh": "按比例", "en": "in proportion"},
                "holds": True,
                "mismatches": [],
            },
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


@pytest.mark.parametrize("id", rules.ids())
def test_the_shipped_examples_hold(id: str, capsys: Capture) -> None:
    path = Path(rules.__file__).parent / "examples" / f"{id}.toml"
    status, out, _ = run(capsys, "rules", id, "--examples", str(path))
    assert status == 0
    assert out.count("相符") >= len(out.splitlines()) == len(rules.examples(id))


def test_every_problem_of_examples_is_named(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bad.examples.toml"
    text = OWN.replace('name = "场次"', 'nam = "场次"').replace('"8万元"', '"约8万元"')
    path.write_text(text.replace('actual = "8次"', 'actual = "8至9次"', 1), encoding="utf-8")
    status, out, err = run(capsys, "rules", NATIONAL, "--examples", str(path))
    assert (status, out) == (2, "")
    lines = [line.removeprefix(f"budgetperf: {path} ") for line in err.splitlines()]
    assert [line.partition("：")[0] for line in lines] == [
        "$.example[0].rows[0].actual", "$.example[1].rows[1].nam", "$.example[1].executed",
    ]  # fmt: skip
    path.write_text(OWN.replace('"8万元"', '"约8万元"'), encoding="utf-8")
    err = run(capsys, "rules", NATIONAL, "--examples", str(path))[2]
    assert err.startswith(f"budgetperf: {path} $.example[1].executed：'约8万元'")


def test_what_is_no_toml_is_named_once(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[", encoding="utf-8")
    for command in (["rules", str(path)], ["rules", NATIONAL, "--examples", str(path)]):
        assert run(capsys, *command)[2].startswith(f"budgetperf: {path}：不是有效的 TOML")


# score


def test_scores(capsys: Capture) -> None:
    """By hand: 10 + 30 + 20 + 20 + 20, and under the observed rule 18 for the second."""
    assert run(capsys, "score", EXAMPLE, "--rules", DEFAULT)[1].splitlines()[-1] == "总分：100 优"
    assert (
        run(capsys, "score", EXAMPLE, "--rules", OBSERVED)[1].splitlines()[-1]
        == "总分：98 优 · 未核实（未读到原文）"
    )
    english = run(capsys, "score", EXAMPLE, "--rules", OBSERVED, "--lang", "en")[1]
    assert english.splitlines()[2].split()[:5] == ["budget", "execution", "10", "10", "10"]
    open_total = run(capsys, "score", EXAMPLE, "--rules", NATIONAL)[1].splitlines()[-1]
    assert "[40, 100]" in open_total  # three rows exceed their targets: 0 to 20 each


def test_scores_as_json(capsys: Capture) -> None:
    data = json.loads(run(capsys, "score", EXAMPLE, "--rules", OBSERVED, "--format", "json")[1])
    assert data["schema"] == "budgetperf/scorecard/1"
    assert data["total"] == "98"
    assert data["rating"] == "优"
    assert data["admissible"] == "[98, 98]" or data["admissible"] == "98"
    assert [line["score"] for line in data["lines"]] == ["10", "30", "18", "20", "20"]
    assert [line["weight"] for line in data["lines"]] == ["10", "30", "20", "20", "20"]
    assert data["lines"][2]["steps"][0]["value"] == "0.1"
    assert data["lines"][0]["why"] is None
    assert [line["demands"] for line in data["lines"]] == [[], [], [], [], []]
    assert (data["demands"], data["lines"][0]["reason"]) == ([], None)


def test_what_is_asked_for_as_json(tmp_path: Path, capsys: Capture) -> None:
    """12 of at least 10: flagged from 120 % on."""
    path = tmp_path / "more.md"
    text = Path(EXAMPLE).read_text(encoding="utf-8").replace("30\t10次\t30", "30\t12次\t30")
    path.write_text(text, encoding="utf-8")
    data = json.loads(run(capsys, "score", str(path), "--rules", DEFAULT, "--format", "json")[1])
    assert data["lines"][1]["demands"] == ["flag"]
    assert "120%" in data["lines"][1]["remarks"][0]["en"]


def test_scores_that_do_not_follow(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "blank.md"
    text = Path(EXAMPLE).read_text(encoding="utf-8").replace("30\t10次\t30", "30\t\t30")
    path.write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "score", str(path), "--rules", DEFAULT)
    row = next(line for line in out.splitlines() if line.startswith("惠企政策宣讲次数"))
    assert row.split()[3] == "—"
    assert "不能得出单一总分" in out.splitlines()[-1]
    assert "之内" not in out.splitlines()[-1]
    data = json.loads(run(capsys, "score", str(path), "--rules", DEFAULT, "--format", "json")[1])
    assert data["total"] is None
    assert data["lines"][1]["why"]["en"]
    assert data["lines"][1]["reason"] == "not-stated"


# Streams.

LOCALES = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "ASCII": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "C without coercion": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}


@pytest.mark.parametrize("locale", LOCALES)
def test_output_is_utf_8_in_every_locale(locale: str) -> None:
    done = own_process("audit", EXAMPLE, "nowhere.md", env=LOCALES[locale])
    assert done.returncode == 2
    assert "不符" in done.stdout.decode("utf-8")
    assert "没有这个文件" in done.stderr.decode("utf-8")


def test_help_is_utf_8_in_every_locale() -> None:
    """It is printed before any command has been chosen."""
    shown = own_process("--help", env=LOCALES["ASCII"])
    assert shown.returncode == 0
    assert "核对" in shown.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="names of stray bytes need a file system")
def test_a_file_name_of_stray_bytes(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.md"
    with open(name, "wb") as file:
        file.write(Path(EXAMPLE).read_bytes())
    paths = (os.fsdecode(name), os.fsdecode(name) + "x")
    as_text, as_json = (own_process("audit", *paths, "--format", f) for f in ("text", "json"))
    for done in (as_text, as_json):
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert done.stdout
    (only,) = json.loads(as_json.stdout)
    assert only["report"]["source"] == "\udcff\udcfe.md"


@pytest.mark.skipif(os.name != "posix", reason="a shell is needed")
@pytest.mark.parametrize("arguments", [["audit", EXAMPLE, "--all"], ["rules", "--format", "json"]])
def test_a_reader_that_goes_away(arguments: list[str]) -> None:
    """As ``| head -1``: the pipe is closed before anything is written."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "budgetperf", *arguments],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == (1 if arguments[0] == "audit" else 0)


def test_a_closed_pipe_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.close(read)
    with io.TextIOWrapper(io.FileIO(write, "w"), encoding="ascii") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert cli.main(["check", "98 = 100"]) == 1


def test_streams_that_cannot_change_their_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert cli.main(["check", "3 = 1 + 2"]) == 0
    assert stream.getvalue().startswith("相符：")


def test_completion_is_asked_for_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    import types

    asked: list[object] = []
    module = types.ModuleType("argcomplete")
    module.autocomplete = asked.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "argcomplete", module)
    assert cli.main(["check", "3 = 1 + 2"]) == 0
    assert len(asked) == 1


def test_without_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    assert cli.main(["check", "3 = 1 + 2"]) == 0

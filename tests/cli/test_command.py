"""The command, in this process and in one of its own: statuses, languages, streams, order."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf import rules
from budgetperf.cli import main as cli
from budgetperf.exact import columns
from tests.cli.cases import (
    CHINESE,
    CLEAN,
    DEFAULT,
    EXAMPLE,
    NATIONAL,
    OBSERVED,
    WORKED,
    Capture,
    own_process,
    run,
)
from tests.factories import there

# Exit statuses.


STATUSES = [
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
]


@pytest.mark.parametrize(("arguments", "status"), STATUSES)
@pytest.mark.parametrize("form", ["text", "json"])
def test_exit_statuses(arguments: list[str], status: int, form: str) -> None:
    found, out, err = run(*arguments, "--format", form)
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


@pytest.mark.law  # starts processes
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "3 = 1 + 2"], 0),
        (["check", "17.17% = 355.55 / 595.07"], 1),
        (["audit", "nowhere.md"], 2),
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


def test_version(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr() == (f"budgetperf {bp.__version__}\n", "")


# Several paths.


def test_good_and_bad_paths(tmp_path: Path) -> None:
    folder = str(tmp_path)  # without reports
    (tmp_path / "report.py").write_text("", encoding="utf-8")
    status, out, err = run("audit", "nowhere.md", CLEAN, folder, "--format", "json")
    assert status == 2
    missing, audit, empty = json.loads(out)  # an array, as several were asked for
    assert audit["report"]["source"] == CLEAN
    assert (missing["source"], missing["code"]) == ("nowhere.md", "cannot-open")
    assert (empty["source"], empty["code"]) == (folder, "empty-folder")
    lines = err.splitlines()
    assert len(lines) == 3
    assert "nowhere.md" in lines[0]
    assert folder in lines[1]
    assert ".py 1" in lines[2]


def test_several_reports_as_text_stand_apart() -> None:
    one, two = run("audit", EXAMPLE)[1], run("audit", CLEAN)[1]
    _, both, _ = run("audit", EXAMPLE, CLEAN)
    assert both.startswith(f"{one}\n{two}\n── 汇总 ")


def test_nothing_readable_prints_nothing() -> None:
    assert run("audit", "nowhere.md", "--format", "json")[1] == ""
    assert run("audit", "nowhere.md")[1] == ""
    refused = json.loads(run("audit", "a.md", "b.md", "--format", "json")[1])
    assert [(one["source"], one["code"]) for one in refused] == [
        *(("a.md", "cannot-open"), ("b.md", "cannot-open"))
    ]


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
        "unchecked: for review",
        "unchecked",
        "within rounding",
        "exact",
    ],
}


def changed(tmp_path: Path, old: str, new: str, report: str = EXAMPLE) -> str:
    """The path of a copy in which something else is printed."""
    path = tmp_path / "changed.md"
    text = Path(report).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_groups_come_in_the_order_of_their_weight(lang: str, tmp_path: Path) -> None:
    shown = []
    # 59.75 % cut from 59.7462 % to 59.749 % would be 59.74 %.
    cut = changed(tmp_path, "占总支出的 59.75%", "占总支出的 59.74%", CLEAN)
    for path in (EXAMPLE, cut):
        for extra in ([], ["--all"]):
            out = run("audit", path, "--lang", lang, *extra)[1]
            titles = [title for title, _ in groups(out)]
            assert titles == sorted(titles, key=ORDER[lang].index)
            assert (ORDER[lang][-1] in titles) == bool(extra)
            shown += titles
    assert set(shown) == set(ORDER[lang])


def test_what_holds_is_counted_and_listed_on_request() -> None:
    short, full = run("audit", EXAMPLE)[1], run("audit", EXAMPLE, "--all")[1]
    assert "--all" in short
    assert "--all" not in full
    listed = {title: number for title, number in groups(full) if title != "原因"}
    counts = {
        label: int(number)
        for label, number in re.findall(r"(相符|舍入范围内相符|不符|无定义|未判定) (\d+)", short)
    }
    assert counts["相符"] == listed["相符"] > 40
    total = there(re.search(r"^共 (\d+) 项关系：", short, re.MULTILINE))
    assert int(total[1]) == sum(counts.values()) == sum(listed.values())
    # One paragraph with a code for every finding.
    assert len(re.findall(r"^[A-Z]\d\d ", full, re.MULTILINE)) == int(total[1])


def test_lines_are_no_wider_than_a_terminal() -> None:
    for lang in ("zh", "en"):
        out = run("audit", EXAMPLE, "--all", "--lang", lang, "--rules", NATIONAL)[1]
        wide = [line for line in out.splitlines()[2:] if columns(line) > 96]
        assert wide == []


def test_no_line_begins_with_a_closing_mark_or_the_unit_of_a_number() -> None:
    out = run("audit", EXAMPLE, "--all")[1]
    lines = out.splitlines()
    assert not [line for line in lines if re.match(r" *[，。；：、）”」〕]", line)]
    for above, below in itertools.pairwise(lines):
        assert not (re.search(r"\d[十百千万]*$", above) and re.match(r" *[万元个]", below)), below


def test_unread_numbers_are_listed_up_to_a_point(tmp_path: Path) -> None:
    path = tmp_path / "many.md"
    extra = "\n".join(f"另有 {n} 份材料。" for n in range(1000, 1050))
    path.write_text(f"{Path(CLEAN).read_text(encoding='utf-8')}\n{extra}\n", encoding="utf-8")
    short, full = (run("audit", str(path), *more)[1] for more in ([], ["--all"]))
    assert "1011" in short
    assert "1012" not in short  # eight in the report itself, and twelve of these
    assert "另有 38 个（--all）" in short
    assert "1049" in full
    assert "--all" not in full
    assert "38 more (--all)" in run("audit", str(path), "--lang", "en")[1]


def test_the_head_says_what_was_read() -> None:
    out = run("audit", EXAMPLE)[1].splitlines()
    assert out[0] == "云杉市松河区政务服务中心　2023 年度绩效自评报告"
    assert out[1].startswith("规则集：未指定")
    assert "160" in out[2]
    assert "156" in out[2]
    assert out[3] == "  未读取：第 129 行 10；第 133 行 6；第 135 行 97；第 141 行 99"
    assert out[4] == "  第 87 行：“其中：”重复"
    english = run("audit", EXAMPLE, "--lang", "en", "--rules", DEFAULT)[1].splitlines()
    assert english[1].startswith(f"rule-set: {DEFAULT} · ")
    assert "  not read: 10 (line 129); 6 (line 133); 97 (line 135); 99 (line 141)" in english


def test_a_report_without_name_and_year(short: Path) -> None:
    status, out, _ = run("audit", str(short))
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
    "财预〔2011〕285号",
    # articles of the regulation, names of grades
    *(article for provision in rules.get(NATIONAL).provisions for article in provision.articles),
    *sorted(
        (
            name
            for id in (NATIONAL, DEFAULT)
            for band in rules.get(id).qualitative
            for name in band.aliases
        ),
        key=len,
        reverse=True,
    ),
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


QUOTING = (
    ["rules", "--date", "2022"],
    ["rules", OBSERVED, "--examples", WORKED],
    ["rules", NATIONAL, "--examples", EXAMPLE],
)
"""What is said there quotes files, and code in either language."""
COMMANDS = [
    ["audit", EXAMPLE, "--all"],
    *(["audit", EXAMPLE, "--all", "--rules", id] for id in (NATIONAL, DEFAULT, OBSERVED)),
    *(["score", EXAMPLE, "--rules", id] for id in (NATIONAL, DEFAULT)),
    ["rules", DEFAULT],
    ["rules", OBSERVED],
    ["rules", NATIONAL, "--date", "2022-12-31"],
    ["rules", "nowhere.toml"],
    *(arguments for arguments, _ in STATUSES if arguments not in QUOTING),
]


@pytest.mark.law
@pytest.mark.parametrize("arguments", COMMANDS)
def test_english_is_english(arguments: list[str]) -> None:
    _, out, err = run(*arguments, "--lang", "en")
    assert out + err
    assert not_quoted(out + err) == []


# Words of ASCII that stand in Chinese output: ids, formulas, names of formats and options.
TECHNICAL = re.compile(
    r"budgetperf(?: rules)?|xinjiang-department-2023"
    r"|(?:national|yitihua|xinjiang)[\w.-]*|(?<=\n)[a-z]+(?:-[a-z0-9]+)+|central-2021-101|nowhere(?:\.\w+)?|utf-8"
    r"|github\.com/\w+/\w+|gb18030|--?\w+|rules=|TOML|UTF-8|Markdown|MB|\b[0-9a-f]{8}\b|[0-9a-f]{64}|[A-Z]\d\d\b|\b[AB]\b"
)


def _without_ids(text: str) -> str:
    """The text without what is the same in both languages: ids, and the names of arguments."""
    names = (EXAMPLE, Path(EXAMPLE).name, Path(CLEAN).name)  # of files, as they are called
    for word in (*rules.ids(), *names, "rules："):
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize("arguments", COMMANDS)
def test_chinese_has_no_english_words(arguments: list[str]) -> None:
    _, out, err = run(*arguments, "--lang", "zh")
    assert CHINESE.search(out + err)
    words = re.findall(r"[A-Za-z]{2,}", TECHNICAL.sub("", _without_ids(out + err)))
    assert words == []


@pytest.mark.parametrize("arguments", COMMANDS[::5])
def test_chinese_is_the_default(arguments: list[str]) -> None:
    assert run(*arguments) == run(*arguments, "--lang", "zh")


# check


def test_check_says_the_verdict_first() -> None:
    assert run("check", "68.48% = 241.86 / 353.21")[1].startswith("舍入范围内相符：68.48%")
    english = run("check", "17.17% = 355.55 / 595.07", "--lang", "en")[1]
    assert english.startswith("inconsistent: 17.17%")
    assert "42.57" in english  # 59.7479 - 17.175


def test_check_as_json() -> None:
    finding = json.loads(run("check", "98 = 100", "--format", "json")[1])
    assert finding["verdict"] == "inconsistent"
    assert finding["gap"] == "2"
    assert [operand["value"] for operand in finding["operands"]] == ["98", "100"]


# score


def test_scores() -> None:
    """By hand: 10 + 30 + 20 + 20 + 20, and under the observed rule 18 for the second."""
    assert run("score", EXAMPLE, "--rules", DEFAULT)[1].splitlines()[-2] == "总分：100 优"
    assert (
        run("score", EXAMPLE, "--rules", OBSERVED)[1].splitlines()[-2]
        == "总分：98 优 · 未核实，未读到原文"
    )
    english = run("score", EXAMPLE, "--rules", OBSERVED, "--lang", "en")[1]
    assert english.splitlines()[2].split()[:5] == ["budget", "execution", "10", "10", "10"]
    open_total = run("score", EXAMPLE, "--rules", NATIONAL)[1].splitlines()[-2]
    assert "[40, 100]" in open_total  # three rows exceed their targets: 0 to 20 each


def test_scores_as_json() -> None:
    data = json.loads(run("score", EXAMPLE, "--rules", OBSERVED, "--format", "json")[1])
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


def test_what_is_asked_for_as_json(tmp_path: Path) -> None:
    """12 of at least 10: flagged from 120 % on."""
    path = changed(tmp_path, "30\t10次\t30", "30\t12次\t30")
    data = json.loads(run("score", path, "--rules", DEFAULT, "--format", "json")[1])
    assert data["lines"][1]["demands"] == ["flag"]
    assert "120%" in data["lines"][1]["remarks"][0]["en"]


def test_scores_that_do_not_follow(tmp_path: Path) -> None:
    path = changed(tmp_path, "30\t10次\t30", "30\t\t30")
    _, out, _ = run("score", path, "--rules", DEFAULT)
    row = next(line for line in out.splitlines() if line.startswith("惠企政策宣讲次数"))
    assert row.split()[3] == "—"
    total, missing = out.splitlines()[-3:-1]
    assert "不能得出单一总分" in total
    assert "之内" not in total
    assert missing.strip().startswith("尚无得分：惠企政策宣讲次数（30 分，")
    data = json.loads(run("score", path, "--rules", DEFAULT, "--format", "json")[1])
    assert data["total"] is None
    assert data["lines"][1]["why"]["en"]
    assert data["lines"][1]["reason"] == "not-stated"


# Streams.


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A report of one sentence."""
    path = tmp_path / "short.md"
    path.write_text("全年实际支出资金5万元。", encoding="utf-8")
    return path


LOCALES = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "ASCII": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "C without coercion": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}


HARDEST = ("C without coercion",)


@pytest.mark.parametrize(
    "locale",
    [name if name in HARDEST else pytest.param(name, marks=pytest.mark.law) for name in LOCALES],
)
def test_output_is_utf_8_in_every_locale(locale: str, short: Path) -> None:
    done = own_process("audit", str(short), "nowhere.md", env=LOCALES[locale])
    assert done.returncode == 2
    assert "未判定" in done.stdout.decode("utf-8")
    assert "没有这个文件" in done.stderr.decode("utf-8")


@pytest.mark.law
def test_help_is_utf_8_in_every_locale() -> None:
    """It is printed before any command has been chosen."""
    shown = own_process("--help", env=LOCALES["ASCII"])
    assert shown.returncode == 0
    assert "核对" in shown.stdout.decode("utf-8")


@pytest.mark.law
@pytest.mark.skipif(sys.platform != "linux", reason="names of stray bytes need a file system")
def test_a_file_name_of_stray_bytes(tmp_path: Path, short: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.md"
    short.rename(os.fsdecode(name))
    paths = (os.fsdecode(name), os.fsdecode(name) + "x")
    as_text, as_json = (own_process("audit", *paths, "--format", f) for f in ("text", "json"))
    for done in (as_text, as_json):
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert done.stdout
    audit, refused = json.loads(as_json.stdout)
    assert audit["report"]["source"].endswith("/\udcff\udcfe.md")
    assert refused["source"].endswith("/\udcff\udcfe.mdx")


@pytest.mark.law
@pytest.mark.skipif(os.name != "posix", reason="a shell is needed")
@pytest.mark.parametrize("arguments", [["audit", EXAMPLE, "--all"], ["check", "3 = 1 + 2"]])
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
    asked: list[object] = []
    module = types.ModuleType("argcomplete")
    module.autocomplete = asked.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "argcomplete", module)
    assert cli.main(["check", "3 = 1 + 2"]) == 0
    assert len(asked) == 1


def test_without_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    assert cli.main(["check", "3 = 1 + 2"]) == 0


# Directions that the print leaves out.


def undirected(tmp_path: Path) -> str:
    file = tmp_path / "undirected.md"
    text = Path(CLEAN).read_text(encoding="utf-8")
    file.write_text(text.replace("≥10次\t", "10次\t"), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("command", ["audit", "score"])
@pytest.mark.parametrize("sign", ["≥", "at-least", "≤", ">="])
def test_directions_are_stated_and_said(command: str, sign: str, tmp_path: Path) -> None:
    file = undirected(tmp_path)
    status, out, err = run(command, file, "--rules", DEFAULT, "--direction", f"数量指标={sign}")
    assert (status, err) == (0, "")
    assert "指标值没有运算符的，按给定的方向：数量指标" in out


@pytest.mark.parametrize("given", ["数量指标", "=≤", "数量指标=", "数量指标=约"])
def test_what_is_no_direction(given: str, tmp_path: Path) -> None:
    status, out, err = run("audit", undirected(tmp_path), "--direction", given)
    assert (status, out) == (2, "")
    assert "方向" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", EXAMPLE, "--rules", "none"], "budgetperf: --rules："),
        (["audit", EXAMPLE, "--trust", "other=3"], "budgetperf: --trust："),
        (["audit", EXAMPLE, "--direction", "成本=?"], "budgetperf: --direction："),
        (["read", EXAMPLE, "--layout", "none"], "budgetperf: --layout："),
        (["review", EXAMPLE, "-o", "x.pdf"], "budgetperf: --output："),
        (["rules", "--date", "2023"], "budgetperf: --date："),
        (["rules", "none"], "budgetperf: rules："),
    ],
)
def test_what_is_wrong_is_told_by_the_option(arguments: list[str], said: str) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert err.startswith(said)

"""Many reports at once: folders, standard input, processes, pages, and one summary of all."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import sys
import types
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.cli import main as cli
from budgetperf.cli import terminal
from budgetperf.cli.arguments import default_language
from budgetperf.cli.audits import Settings, audited
from budgetperf.cli.sources import Source, gathered
from tests.cli.cases import CLEAN, EXAMPLE, Capture, own_process, run

SHORT = "全年预算数5万元，全年实际支出资金5万元。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports on two floors, one that is none, one that has to be unpacked, and the rest."""
    below = tmp_path / "reports" / "2023"
    below.mkdir(parents=True)
    shutil.copy(CLEAN, below / "整体自评.md")
    shutil.copy(EXAMPLE, tmp_path / "reports" / "b.md")
    (tmp_path / "reports" / "a.txt").write_text("无", encoding="utf-8")
    (tmp_path / "reports" / "all.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    for other in ("~$b.docx", ".hidden.md", "picture.png"):
        (tmp_path / "reports" / other).write_text(SHORT, encoding="utf-8")
    return tmp_path / "reports"


def names(*given: str, pattern: str | None = None) -> list[str]:
    """What is found, by the names of files; of what is refused, the code."""
    found = gathered(given, pattern)
    return [Path(one.name).name if isinstance(one, Source) else one.code for one in found]


def test_a_folder_is_what_stands_below_it(folder: Path) -> None:
    assert names(str(folder)) == ["a.txt", "all.zip", "b.md", "整体自评.md"]
    assert names(str(folder), pattern="*自评*") == ["整体自评.md"]
    assert names(str(folder / "b.md"), str(folder), pattern="*.md") == ["b.md", "整体自评.md"]
    assert names(str(folder), pattern="*.pdf") == ["empty-folder"]
    (folder / "none").mkdir()
    assert names(str(folder / "none"), str(folder / "b.md")) == ["empty-folder", "b.md"]


def test_what_breaks_stops_no_other(folder: Path) -> None:
    status, out, err = run("audit", str(folder), "--lang", "en")
    assert status == 2
    assert len(err.splitlines()) == 3
    assert err.splitlines()[2].startswith("budgetperf: not read in the folders: 1 (.png 1); ")
    assert "all.zip: is an archive: unpack it" in err
    table = out.partition("── summary ")[2]
    assert re.search(r"2023/整体自评\.md .* 0 +0 +0 +—$", table, re.MULTILINE)
    assert re.search(r"b\.md .* 6 +0 +\d+ +\S", table, re.MULTILINE)
    assert table.splitlines()[-1] == (
        "4 files: 1 with something inconsistent, 1 without, 2 not read"
    )


def test_a_fault_of_ours_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: Source) -> tuple[bp.SelfEvaluation, ...]:
        if source.name.endswith("b.md"):
            raise RecursionError
        return bp.read_all(source.name)

    monkeypatch.setattr(Source, "read", fails)
    status, out, err = run("audit", str(folder), "--pattern", "*.md")
    assert status == 2
    assert "内部错误（RecursionError）" in err
    assert "整体自评.md" in out.partition("── 汇总 ")[2]


@pytest.mark.law
@pytest.mark.parametrize("form", ["text", "json"])
def test_several_processes_say_the_same(folder: Path, form: str) -> None:
    one, two = (run("audit", str(folder), "--jobs", n, "--format", form) for n in ("1", "2"))
    assert one == two


class Fatal(Source):
    """A document that ends the process which reads it."""

    def read(self) -> tuple[bp.SelfEvaluation, ...]:
        os._exit(9)


@pytest.mark.law  # starts processes
def test_a_process_that_is_killed_stops_no_other() -> None:
    settings = Settings(
        rules=None,
        weights={},
        directions={},
        decisions=bp.Decisions(),
        previous=(),
        detail="causes",
        form="text",
        lang="en",
    )
    whole = [Source(name=CLEAN), Source(name=EXAMPLE), Source(name=CLEAN)]
    fatal = Fatal(name="fatal.md")
    given = [*whole[:1], fatal, *whole[1:], fatal]
    wanted = [*audited(whole, settings, 1)]
    found = [*audited(given, settings, 2)]
    assert [outcome for outcome in found if outcome.error is None] == wanted
    errors = [outcome.error for outcome in (found[1], found[4])]
    assert [(error.code, error.field) for error in errors if error] == [
        *(("internal-error", "fatal.md"), ("internal-error", "fatal.md"))
    ]


def test_one_report_has_no_summary() -> None:
    assert "── 汇总 " not in run("audit", EXAMPLE)[1]
    assert "── 汇总 " in run("audit", EXAMPLE, CLEAN)[1]


def test_what_is_to_be_reviewed_is_said_to_be(tmp_path: Path) -> None:
    """What is asked of a report that may be right does not look like what is wrong with one."""
    asked = tmp_path / "asked.md"
    asked.write_text("年初预算数10万元，全年预算数20万元，全年执行数20万元。", encoding="utf-8")
    (cause,) = bp.audit(bp.read(asked)).causes
    assert cause.verdict is bp.Verdict.UNCHECKED
    said = f"请复核：{cause.title.zh}"
    table = run("audit", str(asked), CLEAN)[1].partition("── 汇总 ")[2]
    assert said in table
    assert said in run("audit", str(asked), "--format", "html")[1]
    assert said not in run("audit", EXAMPLE, CLEAN)[1].partition("── 汇总 ")[2]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["audit", "-"], ["read", "-"], ["score", "-", "--rules", "national-2020"]):
        piped = types.SimpleNamespace(buffer=io.BytesIO(Path(EXAMPLE).read_bytes()))
        monkeypatch.setattr(sys, "stdin", piped)
        changed = [EXAMPLE if part == "-" else part for part in command]
        assert run(*command, "--lang", "zh")[:2] == run(*changed)[:2]


# What is listed.


def listed(detail: str) -> tuple[str, dict[str, Any]]:
    ran = (run("audit", EXAMPLE, "--detail", detail, "--format", form) for form in ("text", "json"))
    (_, text, _), (_, data, _) = ran
    return text, json.loads(data)


def test_text_and_json_list_the_same() -> None:
    audit = bp.audit(bp.read(EXAMPLE))
    kept = {"causes": 0, "findings": 0, "all": 0}
    for detail in kept:
        text, data = listed(detail)
        findings = data["findings"]
        kept[detail] = len(findings)
        assert data["detail"] == detail
        assert data["summary"] == {v.value: n for v, n in audit.summary.items()}
        counts = re.findall(r"^── (?!原因).* \((\d+)\)", text, re.MULTILINE)
        assert sum(map(int, counts)) == len(findings)
    assert kept["all"] == len(audit.findings)
    assert kept["findings"] == kept["all"] - len(audit.having(bp.Verdict.EXACT))
    assert kept["causes"] == 0
    assert run("audit", EXAMPLE, "--all") == run("audit", EXAMPLE, "--detail", "all")
    assert run("audit", EXAMPLE) == run("audit", EXAMPLE, "--detail", "findings")


def test_causes_point_to_what_is_listed() -> None:
    _, whole = listed("all")
    _, short = listed("findings")
    for one, other in zip(whole["causes"], short["causes"], strict=True):
        named = [[data["findings"][n] for n in cause["findings"]] for data, cause in
                 ((whole, one), (short, other))]  # fmt: skip
        assert named[0] == named[1] != []
    for one, other in zip(whole["suspects"], short["suspects"], strict=True):
        against = [[data["findings"][n] for n in suspect["convicted_by"]] for data, suspect in
                   ((whole, one), (short, other))]  # fmt: skip
        assert against[0] == against[1]


def test_causes_alone_name_what_the_whole_lists() -> None:
    """The same figures, codes and verdicts, a quarter of the length, nothing pointed to."""
    _, whole = listed("all")
    _, short = listed("causes")
    assert short["findings"] == short["suspects"] == []
    assert len(run("audit", EXAMPLE, "--detail", "causes", "--format", "json")[1].encode()) < 15000
    keys = ("path", "text", "line")
    for one, other in zip(whole["causes"], short["causes"], strict=True):
        assert (one["verdict"], one["message"]) == (other["verdict"], other["message"])
        assert other["findings"] == other["diagnoses"] == []
        assert other["further"] == one["further"] + len(one["diagnoses"])
        blamed = [whole["suspects"][n] for n in (one["diagnoses"] or [[]])[0]]
        wanted = [{key: suspect[key] for key in (*keys, "becomes")} for suspect in blamed]
        assert other["blamed"] == wanted
        found = [whole["findings"][n] for n in one["findings"]]
        assert [(c["code"], c["verdict"]) for c in other["concerns"]] == [
            (finding["code"], finding["verdict"]) for finding in found
        ]
        assert [c["figures"] for c in other["concerns"]] == [
            [{key: operand[key] for key in keys} for operand in finding["operands"]]
            for finding in found
        ]


def test_files_in_json_are_told_apart_and_none_is_left_out(folder: Path) -> None:
    """As many as there are files, each by its path, also where two have one name."""
    other = folder / "2022" / "b.md"
    other.parent.mkdir()
    other.write_text((folder / "b.md").read_text(encoding="utf-8"), encoding="utf-8")
    _, out, _ = run("audit", str(folder), "--format", "json")
    data = json.loads(out)
    audits = [one for one in data if one["schema"] == "budgetperf/audit/1"]
    refused = [one for one in data if one["schema"] == "budgetperf/refusal/1"]
    named = [one["report"]["source"] for one in audits] + [one["source"] for one in refused]
    files = ("2023/整体自评.md", "2022/b.md", "b.md", "a.txt", "all.zip")
    assert sorted(named) == sorted(str(folder / file) for file in files)
    for one in refused:
        assert list(one) == ["schema", "source", "code", "message"]
        assert re.fullmatch("[a-z-]+", one["code"])
        assert all(one["message"][lang] for lang in ("zh", "en"))
    assert len(bp.Receipt.parse_several(out)) == len(audits)


def test_a_folder_of_one_file_gives_an_array(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(Path(CLEAN).read_text(encoding="utf-8"), encoding="utf-8")
    (audit,) = json.loads(run("audit", str(tmp_path), "--format", "json")[1])
    assert audit["report"]["source"] == str(tmp_path / "a.md")
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    (refusal,) = json.loads(run("audit", str(tmp_path), "--format", "json")[1])
    assert refusal["source"] == str(tmp_path / "a.md")
    with pytest.raises(bp.BudgetperfError):
        bp.Receipt.parse_several(json.dumps([refusal]))


# Files that are written.


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "audit.json"
    status, out, _ = run("audit", EXAMPLE, "--format", "json", "-o", str(target))
    assert (status, out) == (1, "")
    assert target.read_text(encoding="utf-8") == run("audit", EXAMPLE, "--format", "json")[1]
    status, out, err = run("audit", EXAMPLE, "-o", str(tmp_path / "no" / "audit.txt"))
    assert (status, out) == (2, "")
    assert "无法写入（没有这个文件夹）" in err
    _, _, err = run("audit", EXAMPLE, "-o", str(tmp_path), "--lang", "en")
    assert "cannot be written (it is a folder, not a file)" in err
    _, _, err = run("audit", EXAMPLE, CLEAN, "--format", "html", "-o", str(target))
    assert "无法写入（是文件，不是文件夹）" in err


def test_one_page_for_one_report(tmp_path: Path) -> None:
    target = tmp_path / "audit.html"
    assert run("audit", EXAMPLE, "--format", "html", "-o", str(target))[:2] == (1, "")
    text = target.read_text(encoding="utf-8")
    assert text == run("audit", EXAMPLE, "--format", "html")[1]
    assert text.startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!#)', text)


def test_many_pages_and_their_index(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    refused = run("audit", str(folder), "--format", "html")
    assert refused[0] == 2
    assert "-o" in refused[2]
    assert run("audit", str(folder), "--format", "html", "-o", str(target))[0] == 2
    assert sorted(path.name for path in target.iterdir()) == [
        *("001-b.md.html", "002-整体自评.md.html", "index.html"),
    ]
    index = (target / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]*)"', index) == [
        "./001-b.md.html", "./002-%E6%95%B4%E4%BD%93%E8%87%AA%E8%AF%84.md.html",
    ]  # fmt: skip
    assert "all.zip" in index
    assert "共 4 个文件：有不符 1 个，没有不符 1 个，无法读取 2 个" in index
    for outcome in (bp.audit(bp.read(EXAMPLE)).causes[0].title.zh, "或只有标题、说明"):
        assert html.escape(outcome) in index  # as long as it is


@pytest.mark.skipif(sys.platform == "win32", reason="other names cannot be there at all")
def test_pages_have_names_that_can_be_written_whatever_those_of_the_files_are(
    tmp_path: Path,
) -> None:
    """No UTF-8, as from an archive of GBK; too long with what stands beside it; signs that act,
    and those that Windows takes in no name."""
    given = tmp_path / "given"
    given.mkdir()
    for name in (
        "自评表".encode("gbk") + b".md",
        "自".encode() * 80 + b".md",
        b'a\x1b[2J\nb:"?.md',
    ):
        with open(os.path.join(os.fsencode(given), name), "wb") as file:
            file.write(Path(CLEAN).read_bytes())
    target = tmp_path / "pages"
    assert run("audit", str(given), "--format", "html", "-o", str(target))[0] == 0
    made = sorted(path.name for path in target.iterdir())
    assert len(made) == 4
    assert all(name.isprintable() and not set('<>:"|?*') & set(name) for name in made)
    index = (target / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="\./([^"]*)"', index)
    assert sorted(urllib.parse.unquote(link) for link in links) == made[:3]


def test_no_folder_for_the_pages_is_told_before_the_work(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "audited", None)  # an audit would break
    assert "-o" in run("audit", str(folder), "--format", "html")[2]
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    told = run("audit", str(folder), "--format", "html", "-o", str(taken))
    assert told[0] == 2
    assert "不是文件夹" in told[2]


def test_what_a_folder_holds_besides_is_counted(folder: Path) -> None:
    (folder / "linked").symlink_to(folder / "2023", target_is_directory=True)
    (folder / "说明").write_text("", encoding="utf-8")
    os.mkfifo(folder / "endless.md")  # which is never read
    _, out, err = run("audit", str(folder))
    assert "另有 4 项未读取（无扩展名 2、.md 1、.png 1）" in err
    assert "共 4 个文件" in out
    assert "未读取（" not in run("audit", str(folder), "--pattern", "*自评*")[2]
    assert names(str(folder), f"{folder}/./b.md") == ["a.txt", "all.zip", "b.md", "整体自评.md"]


def test_names_of_files_that_cannot_be_read_are_those_that_were_given(folder: Path) -> None:
    (folder / "2023" / "a.txt").write_text("无", encoding="utf-8")
    _, _, err = run("audit", str(folder), "--pattern", "a.txt")
    assert [line.split("：")[0] for line in err.splitlines()] == [
        f"budgetperf: {file}" for file in (folder / "a.txt", folder / "2023" / "a.txt")
    ]


# What was read.


def test_what_was_read_and_what_was_not() -> None:
    report = bp.read(EXAMPLE)
    text = run("read", EXAMPLE)[1]
    read, _, rest = text.partition("── 未读取 ")
    rows = read.partition("── 已读取 ")[2].splitlines()[2:]
    assert len([row for row in rows if row.strip()]) == len(list(bp.figures(report)))
    assert re.search(r"^25 +— +12名 +12名 +部门·人员·编制数$", read, re.MULTILINE)
    reading = report.reading
    assert reading is not None
    for unread in reading.unread:
        assert re.search(rf"^{unread.line} +{re.escape(unread.text)}$", rest, re.MULTILINE)
    assert bp.loads(run("read", EXAMPLE, "--format", "json")[1]) == report
    assert run("read", EXAMPLE, "--format", "html")[1].startswith("<!DOCTYPE html>")
    assert run("read", "nowhere.md")[:2] == (2, "")
    english = run("read", EXAMPLE, "--lang", "en")[1]
    assert "── not read ──" in english
    assert "读取" not in english


# Options.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audti", EXAMPLE], "是否指 audit？"),
        (["audit", EXAMPLE, "--ruls", "national-2020"], "是否指 --rules？"),
        (["audit", EXAMPLE, "--format", "jsno"], "did you mean json?"),
        (["audit"], "缺少参数：PATH / missing: PATH"),
        (["score", EXAMPLE], "缺少参数：--rules / missing: --rules"),
        (["audit", EXAMPLE, "--format", "xml"], "可以是 text、json、html / --format cannot be xml"),
        (["audit", EXAMPLE, "--format", "xml"], "choose from text, json, html"),
        (["audit", EXAMPLE, "--jobs", "0"], ": --jobs：应为 1 至 999 的整数 / --jobs: a whole"),
        (["rules", "--place"], "--place 之后应有内容 / --place needs a value after it"),
        (["--versoin"], "unknown argument: --versoin; did you mean --version?"),
        (["--lnag", "en", "audit", EXAMPLE], "不认识的参数：--lnag；是否指 --lang？"),
        (["score", EXAMPLE, "--ruls=national-2020"], "--ruls；是否指 --rules？"),
        (["audit", EXAMPLE, "--form", "xml"], "--format cannot be xml"),
        (["rules", "--zzzzz"], "不认识的参数：--zzzzz / unknown argument: --zzzzz"),
        (["table", "read", EXAMPLE, "-o", "x", "--format", "json"], "argument: --format json\n"),
        (["audit", EXAMPLE, "--version"], "audit: 不认识的参数：--version / unknown argument: "),
    ],
)
def test_what_is_wrong_with_options(arguments: list[str], said: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_the_language_of_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_language({}) == default_language({"LANG": "zh_CN.GB18030"}) == "zh"
    assert default_language({"LC_ALL": "C", "LANG": "en_US.UTF-8"}) == "zh"
    assert default_language({"LC_ALL": "", "LANG": "fr_FR@euro"}) == "en"
    equation = ("check", "3 = 1 + 1")
    chinese, english = ("--lang", "zh"), ("--lang", "en")
    assert run(*english, *equation)[1] == run(*equation, *english)[1] != run(*equation)[1]
    assert run(*english, *equation, *chinese) == run(*equation)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    cli.main([*equation])
    assert out.getvalue() == run(*equation, *english)[1]


# Terminals.


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.has_colours(Terminal())
    assert not terminal.has_colours(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.has_colours(Terminal())
    text = run("audit", EXAMPLE)[1]
    assert "\x1b" not in text
    coloured = terminal.coloured(text)
    assert "\x1b[1;31m── 不符 (6) " in coloured
    assert "\x1b[1;33m── 未判定：请复核" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text


@pytest.mark.parametrize("has_rich", [True, False])
def test_a_terminal_shows_how_far_it_is(has_rich: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if has_rich:
        pytest.importorskip("rich")
    else:
        monkeypatch.setitem(sys.modules, "rich.console", None)
    err = Terminal()
    monkeypatch.setattr(sys, "stderr", err)
    assert list(terminal.followed(iter("abc"), 3, "zh")) == ["a", "b", "c"]
    assert ("100%" if has_rich else "3/3") in err.getvalue()
    monkeypatch.setattr(sys, "stderr", quiet := io.StringIO())
    assert list(terminal.followed(iter("abc"), 3, "zh")) == ["a", "b", "c"]
    assert quiet.getvalue() == ""


@pytest.mark.law  # starts processes
def test_streams_that_are_piped_hold_no_codes(folder: Path) -> None:
    done = own_process("audit", str(folder), "--jobs", "2", env={"TERM": "xterm", "NO_COLOR": ""})
    assert done.returncode == 2
    assert b"\x1b" not in done.stdout + done.stderr
    assert os.linesep.encode() in done.stdout
